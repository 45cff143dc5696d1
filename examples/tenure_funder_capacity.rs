//! Tenure track, misaligned funder, little capacity: do they interact?
//!
//! Two research alliances were followed for four years, and three factors found that "interacted
//! in ways that both enhanced and curtailed opportunities". Two cases cannot tell an interaction
//! from a sum. Eight worlds can, in a model.
//!
//! `cargo run --release --example tenure_funder_capacity` writes a picture to
//! `out/tenure_funder_capacity/`.

mod essay;

use essay::{Claimed, Essay, Judged, world};
use rppsim::measure::RunRecord;
use rppsim::scenario::document::Problems;
use rppsim::worlds::conditions::{Contrasts, ThreeWay};
use rppsim::worlds::hypothesis::Expected::{self, Less};
use rppsim::worlds::statistics::Mean;
use std::error::Error;

const ESSAY: Essay = Essay {
    name: "tenure_funder_capacity",
    claim: "Reliance on tenure-track faculty, a funder with other priorities, and a district of \
            little capacity and urgent needs each reduce what a partnership gives, and they \
            interact.",
    source: "An AERA abstract on two research alliances (Designing Partnerships for Learning and \
             Improvement): the three \"interacted in ways that both enhanced and curtailed \
             opportunities for learning and improvement\". No size is published.",
    design: "Eight worlds for every run, five years without newcomers: the partner's staff are on \
             the tenure track or not; its grant comes from a funder with quite other priorities or \
             the partners' own; the district has half the ordinary capacity and the utmost urgency, \
             or ordinary capacity and none. Half of the district's benefit comes with results used. \
             Measured are results used, work, and benefit to the district: what each condition \
             makes alone, in pairs and all together. An interaction of one scale can vanish on \
             another, so work and results are contrasted as logarithms too. Less than zero: they \
             compound. More than zero: they relieve one another. As a check, the same with pulls \
             so small that the limit of staff time is never reached, since a limit alone makes \
             an interaction.",
};

/// Eight worlds, all with these numbers changed.
fn eight(more: &'static [&'static str]) -> Result<ThreeWay, Problems> {
    ThreeWay::of(|[tenure, funder, district]| {
        let alignment = if funder { 0.0 } else { 1.0 };
        let grant = format!(
            "grant.core={{ purpose=\"operating\", payee=\"pdi\", amount=900000, months=120, \
             alignment={alignment:?} }}"
        );
        let tenure = format!("organization.pdi.tenure_track={:?}", f64::from(u8::from(tenure)));
        let (capacity, urgency) = if district { (0.5, 1.0) } else { (1.0, 0.0) };
        let capacity = format!("organization.cypress.capacity={capacity:?}");
        let urgency = format!("organization.cypress.urgency={urgency:?}");
        let mut all = vec!["calendar.months=60", "benefit.results_used=0.5"];
        // What a month needs is just what the grant pays, and buys nothing that bears on the claim.
        all.extend(["money={ currency=\"USD\", upkeep=7500 }", "funding.contact=0.0"]);
        all.extend([grant.as_str(), &tenure, &capacity, &urgency]);
        all.extend(more);
        world("quiet", &all)
    })
}

const ALONE: [&str; 3] = ["tenure track", "misaligned funder", "little capacity, urgent needs"];
const IN_PAIRS: [&str; 3] = ["tenure × funder", "tenure × district", "funder × district"];

type Read = fn(&RunRecord) -> Option<f64>;

const READ: [(&str, &str, &str, usize, Read); 5] = [
    ("Results used", "Results used: together", "work in them", 2, |run| Some(run.ledger.used)),
    ("Work", "Work: together", "work", 2, |run| Some(run.ledger.done)),
    (
        "Benefit to the district",
        "Benefit to the district: together",
        "benefit, 1 is the fullest",
        4,
        |run| run.benefits.first().copied(),
    ),
    ("Results used, logarithm", "Results used, logarithm: together", "log", 4, |run| {
        Some(libm::log(run.ledger.used))
    }),
    ("Work, logarithm", "Work, logarithm: together", "log", 4, |run| {
        Some(libm::log(run.ledger.done))
    }),
];

/// Little of a partner's time, so that no limit is reached.
const SMALL_PULLS: &[&str] =
    &["incentives.pull=0.1", "funding.misdirected=0.1", "requests.staff=0.04"];

fn main() -> Result<(), Box<dyn Error>> {
    print!("{ESSAY}");
    let (usual, small) = (eight(&[])?, eight(SMALL_PULLS)?);
    let runs = ESSAY.runs(60);
    let mut claims = Vec::new();
    for (alone, together, unit, decimals, read) in READ {
        let found = usual.contrasts(read, runs, Essay::SEED)?;
        claims.extend(said([alone, together], (unit, decimals), &found, Some(Less)));
    }
    let found = small.contrasts(|run| Some(run.ledger.done), runs, Essay::SEED)?;
    let about = ["Work, pulls too small for the limit", "The same: together"];
    claims.extend(said(about, ("work", 2), &found, None));
    let judged = Judged::of(claims);
    print!("{judged}");
    Essay::result(judged.result());
    println!(
        "\nBuilt in: that each condition takes something, that capacity multiplies what is left, so that\n\
         there is less to lose, and that staff time can be taken only once. Both make conditions\n\
         relieve one another; the first vanishes on the scale of logarithms, the second where pulls\n\
         are small. No rule was written to make them compound."
    );
    #[cfg(feature = "plots")]
    {
        let image = judged.picture(
            "Tenure track, funder, district: alone and together",
            &format!("{runs} runs of five years in eight worlds each"),
            "Below zero, two conditions compound; above, they relieve one another. All strengths are assumed.",
        )?;
        println!("\n{}", ESSAY.save("alone_and_together", &image)?.display());
    }
    Ok(())
}

/// The seven contrasts of a number as claims.
fn said(
    [about, about_together]: [&'static str; 2],
    unit: (&'static str, usize),
    found: &Contrasts,
    expected: Option<Expected>,
) -> Vec<Claimed> {
    let claim = |about, what: &str, mean: &Mean| {
        let (what, estimate) = (what.to_owned(), mean.estimate());
        Claimed { about, what, unit, estimate, expected }
    };
    let alone = ALONE.iter().zip(&found.alone).map(|(what, mean)| claim(about, what, mean));
    let pairs = IN_PAIRS.iter().zip(&found.in_pairs);
    let pairs = pairs.map(|(what, mean)| claim(about_together, what, mean));
    let all = claim(about_together, "tenure × funder × district", &found.all_three);
    alone.chain(pairs).chain([all]).collect()
}
