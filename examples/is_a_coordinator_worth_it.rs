//! Is a coordinator on site worth the money?
//!
//! What a coordinator costs is known to whoever pays; what one gives has never been measured. So
//! the question is turned round: how much would the team have to learn from a coordinator for the
//! months saved to be worth the salary? Two posts are compared, a full one and a day a week, that
//! are assumed to give the same: the cheaper one shows how far the answer rests on the price.
//!
//! The budget of the partnership and both prices are assumptions of whoever asks, here round
//! numbers in US dollars. Change them to yours.
//!
//! `cargo run --release --example is_a_coordinator_worth_it` writes
//! `out/is_a_coordinator_worth_it/`.

use rppsim::report::page::{self, About};
use rppsim::report::{Folder, words};
use rppsim::scenario::{Numbers, World};
use rppsim::worlds::Stop;
use rppsim::worlds::compare::study::Plan;
use rppsim::worlds::compare::{Comparison, Pairs, Variant};
use std::error::Error;
use std::path::Path;

const NAME: &str = "is_a_coordinator_worth_it";
const MONTHS: u32 = 36;
const BUDGET_A_MONTH: u32 = 15_000;
const FULL_POST_A_MONTH: u32 = 7_500;
const DAY_A_WEEK_A_MONTH: u32 = 1_500;

fn main() -> Result<(), Box<dyn Error>> {
    let money = format!("money={{ currency=\"USD\", month={BUDGET_A_MONTH} }}");
    let open = |more: &[String]| {
        let asked = [format!("calendar.months={MONTHS}"), money.clone()];
        World::open_with("churn", [&asked[..], more].concat())
    };
    let post = |name: &str, price: u32| -> Result<Variant, Box<dyn Error>> {
        let coordinator = format!("intervention.coordinator={{ from=1, price_month={price} }}");
        Ok(Variant { name: name.into(), world: open(&[coordinator])? })
    };
    let variants = vec![
        post("a full-time coordinator", FULL_POST_A_MONTH)?,
        post("a coordinator one day a week", DAY_A_WEEK_A_MONTH)?,
    ];
    let outcomes = ["months_lost", "budget_delayed", "price", "role_share", "trust"];
    let comparison = Comparison::on(outcomes, open(&[])?.drawing(Numbers::Posterior), variants, 1)?;

    let small = std::env::var_os("RPPSIM_SMALL").is_some();
    let (pairs, pairs_each) = if small { (20, 8) } else { (300, 40) };
    let plan = Plan { pairs: Pairs::Exactly(pairs), pairs_each, break_even: true };
    let study = comparison.study(plan, Stop::NEVER, |_| {})?;

    let out = Path::new("out").join(NAME);
    if out.exists() {
        std::fs::remove_dir_all(&out)?;
    }
    let mut folder = Folder::begin(&out)?;
    let about = About {
        question: Some("Is a coordinator on site worth the money?".into()),
        command: format!("cargo run --release --example {NAME}"),
        ..About::default()
    };
    page::write(&mut folder, &study, about)?;
    folder.commit()?;
    println!("{}\n", words::answer(&study));
    for found in &study.break_even {
        println!("{}\n", words::breaking_even(&study, found));
    }
    // At the strength that is assumed, the months saved pay for this much, and no more.
    let saved = &study.answer.estimates[0][1];
    let a_month = |saved: f64| -saved / f64::from(MONTHS);
    let most = a_month(saved.mean());
    let half = saved.half_width().ok_or("too few pairs for an interval")?;
    let error = half / f64::from(MONTHS);
    println!(
        "At the strength assumed, the delayed months that it saves have a budget of USD {:.0} (simulation error ± {:.0}):\nover {MONTHS} months, a post that costs more than USD {most:.0} a month does not pay in this model.\n",
        -saved.mean(),
        half
    );
    let range = study.answer.estimates[0][1].split().map(|split| split.range());
    let over_numbers = range.map_or(String::new(), |(low, high)| {
        let (low, high) = (a_month(high), a_month(low));
        format!("; {low:.0} to {high:.0} over the numbers that the data leave open")
    });
    println!("The page: {}", out.join(page::FILE).display());
    println!(
        "\nResult: in this model, at the strength assumed, a post that costs more than USD {most:.0} ± {error:.0} a month (95 % Monte-Carlo interval{over_numbers}) does not pay."
    );
    Ok(())
}
