//! A superintendent leaves next spring. What would that do to a partnership?
//!
//! The base is a large district under published yearly turnover, without any scheduled exit. The
//! superintendent does not attend the meetings; what her exit does, it does through those below
//! her, who leave more often in the year after (`turnover.cascade`, whose direction is stated in
//! Coburn, Penuel & Geil 2013). The model ships with none, since published rates of leaving hold such
//! exits already; whoever asks about one exit must say how it spreads, and half as many exits again
//! is our assumption. Month 1 is an October, so an exit in April is month 7. The second variant prepares successors from within; the third does that
//! without the exit, so that the two can be told apart.
//!
//! `cargo run --release --example what_would_an_exit_do` writes `out/what_would_an_exit_do/`.

use rppsim::report::page::{self, About};
use rppsim::report::{Folder, words};
use rppsim::scenario::{Numbers, World};
use rppsim::worlds::Stop;
use rppsim::worlds::compare::study::Plan;
use rppsim::worlds::compare::{Comparison, Pairs, Variant};
use std::error::Error;
use std::path::Path;

const NAME: &str = "what_would_an_exit_do";
const EXIT: &str = "shock.exit={ kind=\"leave\", seat=\"superintendent\", month=7 }";
/// Of the others below her in the year after, against the published rates.
const CASCADE: &str = "turnover.cascade=1.5";
const WITHIN: &str = "intervention.succession.from=1";

fn main() -> Result<(), Box<dyn Error>> {
    // Four years, so that a grant of three is renewed within them.
    let open = |more: &[&str]| -> Result<World, Box<dyn Error>> {
        let all = [&["calendar.months=48", CASCADE], more].concat();
        let all: Vec<String> = all.into_iter().map(str::to_owned).collect();
        Ok(World::open_with("churn", &all)?)
    };
    let variant = |name: &str, more: &[&str]| -> Result<Variant, Box<dyn Error>> {
        Ok(Variant { name: name.into(), world: open(more)? })
    };
    let variants = vec![
        variant("the superintendent leaves", &[EXIT])?,
        variant("she leaves, successors come from within", &[EXIT, WITHIN])?,
        variant("nobody leaves early, successors come from within", &[WITHIN])?,
    ];
    let outcomes = ["months_lost", "role_share", "prioritized", "trust", "survival"];
    let comparison = Comparison::on(outcomes, open(&[])?.drawing(Numbers::Posterior), variants, 1)?;

    let small = std::env::var_os("RPPSIM_SMALL").is_some();
    let (pairs, pairs_each) = if small { (20, 8) } else { (600, 40) };
    let plan = Plan { pairs: Pairs::Exactly(pairs), pairs_each, break_even: false };
    let study = comparison.study(plan, Stop::NEVER, |_| {})?;

    let out = Path::new("out").join(NAME);
    if out.exists() {
        std::fs::remove_dir_all(&out)?;
    }
    let mut folder = Folder::begin(&out)?;
    let about = About {
        question: Some(
            "What would it do to the partnership if the superintendent left next spring?".into(),
        ),
        command: format!("cargo run --release --example {NAME}"),
        ..About::default()
    };
    page::write(&mut folder, &study, about)?;
    folder.commit()?;
    let told = words::answer(&study);
    println!("{told}\n\nThe page: {}", out.join(page::FILE).display());
    println!("\nResult: {}", told.lines().next().unwrap_or_default());
    Ok(())
}
