//! What does core funding make, against the same money in a series of project grants?
//!
//! A funder's question that nobody has answered from data: "We haven't demonstrated that [stable
//! funding for infrastructure] is important." Here it is put to the model, with one budget for ten
//! years in five forms, and what makes the difference is switched off part by part.
//!
//! `cargo run --release --example core_funding` writes a picture to `out/core_funding/`.

mod essay;

use essay::{Claimed, Essay, Judged, NONE, signed_with_half, world};
use rppsim::measure::{RunRecord, WHOLE};
use rppsim::scenario::World;
use rppsim::scenario::document::Problems;
use rppsim::worlds::Worlds;
use rppsim::worlds::hypothesis::Expected::{Less, More};
use rppsim::worlds::statistics::Mean;
use std::error::Error;

const ESSAY: Essay = Essay {
    name: "core_funding",
    claim: "Stable funding of the infrastructure of a partnership matters: for the same money, more \
            work is done, more partnerships live on, staff are kept, trust is higher and less talk \
            is about roles than with a series of project grants.",
    source: "Coburn, Penuel & Geil 2013, white paper of the W.T. Grant Foundation: short grants make \
             long agendas hard; and a voice in it: \"We haven't demonstrated that [stable funding for \
             infrastructure] is important\". No size is published for any part.",
    design: "Ten years under published turnover. The partner's four positions depend on money; \
             upkeep of the relationship and meetings have a price. The same money comes as three \
             project grants of 36 months with gaps of 6, as an operating grant, as the yield of an \
             endowment, as a year of seed money and then project grants, or is itself the endowment. \
             The tight budget is what project grants need for salaries alone; the ample one pays \
             for salaries, upkeep and meetings all the time. Then gaps, the search for money, the \
             setting up of projects, and the prices of upkeep and meetings are switched off, \
             in both worlds. Survival is asked again where renewals are harder (benefit.end_base = 2.5). \
             Control: an endowment that yields as much as the operating grant must be the same.",
};

const SALARY: f64 = 8_000.0;
const TIGHT: f64 = 108.0 * 4.0 * SALARY;
const AMPLE: f64 = 120.0 * (4.0 * SALARY + 4_000.0 + 800.0);
const PRICES: &str = "money={ currency=\"USD\", upkeep=4000, meeting=800 }";
const NO_PRICES: &str = "money={ currency=\"USD\" }";

/// Three of them, one after the other.
fn project_grants(money: f64, months: u32, gap: u32) -> String {
    let amount = money / 3.0;
    format!(
        "grant.projects={{ purpose=\"project\", payee=\"pdi\", amount={amount:?}, months={months}, \
         renewal=1.0, gap={gap} }}"
    )
}

/// Not in sight of its end in these ten years, nor is an endowment.
fn operating(money: f64) -> String {
    let amount = 2.0 * money;
    format!("grant.core={{ purpose=\"operating\", payee=\"pdi\", amount={amount:?}, months=240 }}")
}

fn endowment(principal: f64) -> String {
    format!("grant.endowment={{ purpose=\"endowment\", payee=\"pdi\", amount={principal:?} }}")
}

/// A world with these grants.
fn funded(grants: &[String], more: &[&str]) -> Result<World, Problems> {
    let salary = ["partner_lead", "partner_staff"].map(|s| format!("seat.{s}.salary={SALARY:?}"));
    let mut all = vec![PRICES, &salary[0], &salary[1]];
    all.extend(grants.iter().map(String::as_str));
    all.extend(more);
    world("churn", &all)
}

const READ: [(&str, &str, usize); 5] = [
    ("Work in ten years", "work", 1),
    ("Partnerships alive after ten years", "share", 3),
    ("Paid positions held while they live", "share", 3),
    ("Trust of the team", "0 to 1", 3),
    ("Talk about roles", "share of episodes", 3),
];

fn read(run: &RunRecord) -> [Option<f64>; 5] {
    [run.work(), run.survives(), run.positions(), run.trust(), run.role_share(WHOLE)]
}

/// The first world, and how the others differ from it: five numbers of each.
fn against_first<const WORLDS: usize, const READS: usize>(
    worlds: [&World; WORLDS],
    runs: u64,
) -> Result<[Mean; READS], Box<dyn Error>> {
    let side = Worlds::of(worlds).runs(ESSAY.runs(runs)).seed(Essay::SEED);
    Ok(side.means(|runs| {
        let read = runs.map(read);
        std::array::from_fn(|i| match i / 5 {
            0 => read[0][i],
            world => Some(read[world][i % 5]? - read[0][i % 5]?),
        })
    })?)
}

fn main() -> Result<(), Box<dyn Error>> {
    print!("{ESSAY}");
    let seeded = |money: f64| {
        let seed = format!(
            "grant.seed={{ purpose=\"seed\", payee=\"pdi\", amount={:?}, months=12 }}",
            0.1 * money
        );
        let after = project_grants(0.9 * money, 32, 6).replace("months=", "from=13, months=");
        [seed, after]
    };
    let tight = [
        funded(&[project_grants(TIGHT, 36, 6)], &[])?,
        funded(&[operating(TIGHT)], &[])?,
        funded(&[endowment(TIGHT / 0.45)], &[])?,
        funded(&seeded(TIGHT), &[])?,
        funded(&[endowment(TIGHT)], &[])?,
    ];
    let forms: [Mean; 25] = against_first(tight.each_ref(), 150)?;
    let ample = [funded(&[project_grants(AMPLE, 36, 6)], &[])?, funded(&[operating(AMPLE)], &[])?];
    let ample: [Mean; 10] = against_first(ample.each_ref(), 150)?;

    // Nearly all live on; where renewals are hard, more can be told about who does.
    let hard = |grant: String| funded(&[grant], &["benefit.end_base=2.5"]);
    let hard = [hard(project_grants(TIGHT, 36, 6))?, hard(operating(TIGHT))?];
    let hard: [Mean; 10] = against_first(hard.each_ref(), 150)?;

    // Core against project grants again, with one part of the difference switched off in both.
    let off = [
        ("no gaps", vec![]),
        ("nothing to seek", vec!["funding.seeking=0.0"]),
        ("nothing to set up", vec!["funding.set_up=0.0"]),
        ("no upkeep to pay", vec![NO_PRICES]),
    ];
    let mut without = Vec::new();
    for (what, switch) in &off {
        let (months, gap) = if switch.is_empty() { (40, 0) } else { (36, 6) };
        let projects = funded(&[project_grants(TIGHT, months, gap)], switch)?;
        let core = funded(&[operating(TIGHT)], switch)?;
        let means: [Mean; 10] = against_first([&projects, &core], 70)?;
        without.push((format!("core, {what}"), means));
    }

    println!("\nWith project grants, on a tight and on an ample budget");
    for (i, (about, unit, d)) in READ.into_iter().enumerate() {
        println!("  {about}, {unit}: {:.d$}, {:.d$}", forms[i].mean(), ample[i].mean());
    }

    let mut claims = Vec::new();
    for (i, (about, unit, decimals)) in READ.into_iter().enumerate() {
        let expected = Some(if i == 4 { Less } else { More });
        let mut claim = |what: &str, estimate, expected| {
            let (what, unit) = (what.to_owned(), (unit, decimals));
            claims.push(Claimed { about, what, unit, estimate, expected });
        };
        claim("core, tight budget", forms[5 + i].estimate(), expected);
        claim("core, ample budget", ample[5 + i].estimate(), expected);
        if i == 1 {
            claim("core, tight, hard renewals", hard[5 + i].estimate(), expected);
        }
        claim("seed money, then projects", forms[15 + i].estimate(), None);
        claim("the money as an endowment", forms[20 + i].estimate(), None);
        // What was switched off is told for work and talk.
        for (what, means) in without.iter().filter(|_| i % 4 == 0) {
            claim(what, means[5 + i].estimate(), None);
        }
    }
    // An operating grant and the yield of an endowment: the same.
    let same: [Mean; 10] = against_first([&tight[1], &tight[2]], 70)?;
    for (i, (about, unit, decimals)) in READ.into_iter().enumerate() {
        let what = "control: endowment that yields as much, less operating grant".into();
        let (unit, estimate) = ((unit, decimals), same[5 + i].estimate());
        claims.push(Claimed { about, what, unit, estimate, expected: NONE });
    }
    let judged = Judged::of(claims);
    print!("{judged}");
    Essay::result(judged.result());
    println!(
        "\nBuilt in: what money may be spent on, that nobody works unpaid, and that time goes into the\n\
         next grant. Not built in: how these weigh against one another, and what newcomers after a\n\
         gap do to talk, trust and work. What core funding gains in work on the tight budget, and what\n\
         of it is left without a part of the difference:"
    );
    println!("  core, tight budget         {}", signed_with_half(&forms[5], 1.0, 1));
    for (what, means) in &without {
        println!("  {what:<26} {}", signed_with_half(&means[5], 1.0, 1));
    }
    #[cfg(feature = "plots")]
    {
        let [runs, switched] = [&forms[0], &without[0].1[0]].map(Mean::count);
        let image = judged.picture(
            "Core funding against project grants, for the same money",
            &format!("{runs} runs of ten years, {switched} with parts switched off; a tight budget unless said"),
            "All strengths and prices are assumed. Tight core money pays three of four positions.",
        )?;
        println!("\n{}", ESSAY.save("forms_of_money", &image)?.display());
    }
    Ok(())
}
