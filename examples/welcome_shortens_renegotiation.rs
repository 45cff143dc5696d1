//! Does a welcome of newcomers shorten the time in which roles are renegotiated?
//!
//! The authors of the study recommend it; nobody has tested it. In the model a welcome tells a
//! newcomer, before the first meeting, what was agreed about the partner, and takes staff time
//! in the month in which it is given. It does not touch talk: whether talk returns to normal
//! sooner has to follow. How much it tells is assumed, so the question is asked across that range,
//! and first of a welcome that takes the time and tells nothing.
//!
//! `cargo run --release --example welcome_shortens_renegotiation` writes a picture to
//! `out/welcome_shortens_renegotiation/`.

mod essay;

use essay::{Answer, Essay, judged, world};
#[cfg(feature = "plots")]
use rppsim::measure::followed::Followed;
use rppsim::scenario::Numbers;
use rppsim::worlds::Stop;
use rppsim::worlds::compare::response::Response;
use rppsim::worlds::compare::{Comparison, Estimate, Pairs, Variant};
use rppsim::worlds::hypothesis::{Expected, Finding, together};
use std::error::Error;

const ESSAY: Essay = Essay {
    name: "welcome_shortens_renegotiation",
    claim: "Telling newcomers the history, answering their questions and saying what roles are \
            acceptable shortens the renegotiation of roles.",
    source: "Recommended, not tested, by Farrell, Harrison & Coburn 2019, AERA Open 5(2). No size \
             is published; the range of 3 to 30 observations is assumed.",
    design: "The published case with a welcome of several strengths against the same runs without \
             one. Back to normal: months from the first arrival until talk about roles stays \
             within what the partnership without newcomers shows. And the share of \
             talk in all meetings, and months lost: what the time of the welcome costs, less what \
             it saves. A welcome that tells nothing shows the price alone; it must shorten nothing.",
};

/// How much a welcome tells, in observations; at 10 half of the uncertainty of one who trusts
/// fully is gone.
const TELLS: [u32; 4] = [0, 3, 10, 30];
const OUTCOMES: [(&str, &str); 3] = [
    ("back_to_normal", "months until talk is back to normal"),
    ("role_share", "share of talk about roles"),
    ("months_lost", "months lost"),
];

fn welcome(tells: u32) -> Result<Variant, Box<dyn Error>> {
    let strength = format!("welcome.evidence={tells}.0");
    let scenario = world("cypress", &["intervention.welcome.from=1", &strength])?;
    let name = match tells {
        0 => "a welcome that tells nothing".into(),
        tells => format!("a welcome worth {tells} observations"),
    };
    Ok(Variant { name, world: scenario })
}

fn main() -> Result<(), Box<dyn Error>> {
    print!("{ESSAY}");
    let variants = TELLS.map(welcome).into_iter().collect::<Result<Vec<_>, _>>()?;
    let cypress = world("cypress", &[])?.drawing(Numbers::Posterior);
    let comparison =
        Comparison::on(OUTCOMES.map(|(name, _)| name), cypress.clone(), variants, Essay::SEED)?;
    let pairs = Pairs::Exactly(ESSAY.runs(2000));
    let found = comparison.answer(pairs, Stop::NEVER, |_| {})?;

    // Expected of every strength but the first, which must shorten nothing.
    let expected = |which: usize, outcome: usize| match (which, outcome) {
        (0, 0) => Expected::Within(-0.25, 0.25),
        (0, 1) => Expected::Within(-0.01, 0.01),
        (0, _) => Expected::More,
        _ => Expected::Less,
    };
    let estimates: Vec<(usize, usize, &Estimate)> = (0..OUTCOMES.len())
        .flat_map(|o| (0..TELLS.len()).map(move |v| (v, o)))
        .map(|(v, o)| (v, o, &found.estimates[v][o]))
        .collect();
    let of = |(v, o, e): &(usize, usize, &Estimate)| {
        judged(&e.differences.mean, expected(*v, *o), if *o == 1 { "share" } else { "months" })
    };
    let mut findings: Vec<Finding> = estimates.iter().map(of).collect();
    together(&mut findings);

    println!("\nWith a welcome against without, judged together ({} claims)", findings.len());
    let mut answers = Vec::new();
    for ((v, o, estimate), finding) in estimates.iter().zip(findings) {
        let decimals = if *o == 1 { 3 } else { 2 };
        let split = estimate.split();
        let answer = Answer::new(finding, &estimate.differences.mean, split.as_ref());
        if *v == 0 {
            println!("{} (without a welcome: {})", OUTCOMES[*o].1, without(estimate));
        }
        println!("  {}\n    {answer:.decimals$}", comparison.variants()[*v].name);
        answers.push(answer);
    }
    let censored = found.estimates.iter().map(|estimates| estimates[0].censored).max();
    println!(
        "\nIn up to {} of {} pairs talk was not back to normal by the last month in one world; there it",
        censored.unwrap_or(0),
        found.pairs
    );
    println!("counts as back one month later, so the true difference may be larger.");
    Essay::result(format!(
        "a welcome that tells as much as {} observations, months until talk is back to normal: {:.2}; \
         months lost: {:.2}",
        TELLS[2],
        answers[2].finding,
        answers[2 * TELLS.len() + 2].finding
    ));
    #[cfg(feature = "plots")]
    println!(
        "\n{}",
        ESSAY
            .save("excess_talk", &picture(&course()?, cypress.template().calendar.months)?)?
            .display()
    );
    Ok(())
}

/// The mean without a welcome; none for what only a pair of worlds has.
fn without(estimate: &Estimate) -> String {
    match estimate.base.count() {
        0 => "0".into(),
        _ => format!("{:.2}", estimate.base.mean()),
    }
}

/// For the picture: month by month, what the newcomers make of talk and work: without a welcome and with each.
#[cfg(feature = "plots")]
fn course() -> Result<Vec<(String, Response)>, Box<dyn Error>> {
    let cypress = world("cypress", &[])?.drawing(Numbers::Posterior);
    let calm = cypress.twin().ok_or("nobody joins")?;
    let mut variants = vec![Variant { name: "no welcome".into(), world: cypress }];
    for tells in [3, 10, 30] {
        variants.push(welcome(tells)?);
    }
    let names = variants.iter().map(|variant| variant.name.clone()).collect::<Vec<_>>();
    let comparison = Comparison::on(["role_share"], calm, variants, Essay::SEED)?;
    let found = comparison.answer(Pairs::Exactly(ESSAY.runs(1000)), Stop::NEVER, |_| {})?;
    Ok(names.into_iter().zip(found.responses).collect())
}

#[cfg(feature = "plots")]
fn picture(
    course: &[(String, Response)],
    months: u32,
) -> Result<rppsim::plot::Image, rppsim::plot::PlotError> {
    use rppsim::ids::Month;
    use rppsim::plot::{BandPoint, Quantity, ResponsePanel, ResponsePicture, SpanMark};
    let line = |response: &Response, followed| {
        let at = |month| {
            let (y, half) = response.at(followed, month).unwrap_or((f64::NAN, f64::NAN));
            BandPoint::around(f64::from(month), y, half)
        };
        (1..=months).map(at).collect()
    };
    let panel = |followed: Followed, y_quantity: Quantity| ResponsePanel {
        title: followed.title().into(),
        y_label: y_quantity.unit("").into(),
        y_quantity,
        y_range: None,
        lines: course.iter().map(|(_, response)| line(response, followed)).collect(),
    };
    ResponsePicture {
        title: "What newcomers bring, with and without a welcome".into(),
        subtitle: "difference from the same runs without newcomers; bands: 95 % Monte-Carlo intervals".into(),
        x_label: "month".into(),
        variants: course.iter().map(|(name, _)| name.clone()).collect(),
        panels: vec![panel(Followed::RoleShare, Quantity::Points), panel(Followed::Work, Quantity::Number)],
        markers: vec![SpanMark {
            from: Month(1).into(),
            to: Month(6).into(),
            label: "months in which they may arrive".into(),
        }],
        footnote: "How much a welcome tells is assumed; no estimate is published. Less talk is not better talk.".into(),
    }
    .draw()
}
