//! Does leadership turnover raise talk about roles and delay the work?
//!
//! The first thing the published case is about. No rule of the model says so: whoever arrives
//! differs from who left only in what they hold, and a person who holds what the others hold
//! should change nothing. That placebo is run beside the claim.
//!
//! `cargo run --release --example turnover_raises_role_talk` writes a picture to
//! `out/turnover_raises_role_talk/`.

mod essay;

use essay::{Answer, Essay, judged, world};
use rppsim::measure::{RunRecord, WHOLE};
use rppsim::scenario::World;
use rppsim::worlds::Worlds;
use rppsim::worlds::hypothesis::{Expected, Finding, together};
use rppsim::worlds::statistics::Mean;
use std::error::Error;

const ESSAY: Essay = Essay {
    name: "turnover_raises_role_talk",
    claim: "When district leaders leave and others take their place, more of the meetings goes to \
            talk about roles, and joint work is delayed.",
    source: "Farrell, Harrison & Coburn 2019, AERA Open 5(2): two leaders joined, and role \
             negotiation rose from 1 of about 16 episodes to two fifths of them. Yearly turnover of \
             district leaders is published as 14 to 23 %.",
    design: "First, the published case of 17 meetings against the same runs in which the \
             counterpart of the partner stays and the two newcomers do not join. Then a large district for ten years in which nobody leaves, or 10, 20 or \
             30 % of its leaders leave each year; the partner's staff stay, all successors come \
             from outside and no renewal falls due, so that only turnover differs. Placebo, in \
             both: those who come hold what those who left held. It should change talk by less \
             than one point in a hundred; if it does not, something else than what newcomers hold \
             is at work.",
};

/// Yearly turnover, in percent.
const RATES: [u32; 4] = [0, 10, 20, 30];
/// Less than one point in a hundred.
const NOTHING: Expected = Expected::Within(-0.01, 0.01);

fn talk(run: &RunRecord) -> Option<f64> {
    run.role_share(WHOLE)
}

fn less(a: Option<f64>, b: Option<f64>) -> Option<f64> {
    a.zip(b).map(|(a, b)| a - b)
}

/// A district that many of whose leaders leave; `alike`: for people who hold what they held.
fn district(percent: u32, alike: bool) -> Result<World, Box<dyn Error>> {
    let mut changes: Vec<String> =
        ["turnover.lead=0.0", "turnover.staff=0.0"].map(String::from).into();
    changes.extend(["turnover.internal=0.0", "benefit.renewal_every=0"].map(String::from));
    for level in ["cabinet", "director", "specialist"] {
        changes.push(format!("turnover.{level}={:?}", f64::from(percent) / 100.0));
    }
    for seat in ["assistant_superintendent", "secondary_director", "mathematics_specialist"] {
        if alike {
            changes.push(format!("seat.{seat}.successor=\"district_core\""));
        }
    }
    Ok(World::open_with("churn", &changes)?)
}

fn main() -> Result<(), Box<dyn Error>> {
    print!("{ESSAY}");
    let answers_of_two_years = two_years()?;
    let (shares, answers_of_ten_years) = ten_years()?;

    let mut answers: Vec<_> =
        answers_of_two_years.into_iter().chain(answers_of_ten_years).collect();
    let mut findings: Vec<Finding> = answers.iter().map(|(_, answer)| answer.finding).collect();
    together(&mut findings);
    println!("\nAnswers, judged together ({} of them)", findings.len());
    for ((what, answer), finding) in answers.iter_mut().zip(findings) {
        answer.finding = finding;
        let decimals = if what.contains("work") { 1 } else { 3 };
        println!("  {what}\n    {answer:.decimals$}");
    }
    println!("\nTalk about roles by yearly turnover: newcomers from outside; placebo");
    for (percent, [strange, alike]) in RATES.iter().zip(&shares) {
        println!("  {percent:>2} %   {:.3}   {:.3}", strange.mean(), alike.mean());
    }
    Essay::result(format!(
        "newcomers of the published case, share of talk about roles: {:.3}; work done: {:.1}",
        answers[0].1.finding, answers[1].1.finding
    ));
    #[cfg(feature = "plots")]
    println!("\n{}", ESSAY.save("talk_by_turnover", &picture(&shares)?)?.display());
    Ok(())
}

/// The published case against its twin, and the placebo against the same twin.
fn two_years() -> Result<Vec<(String, Answer)>, Box<dyn Error>> {
    let cypress = world("cypress", &[])?;
    let alike = ["instruction_director", "mathematics_director"]
        .map(|seat| format!("seat.{seat}.successor=\"district_core\""));
    let alike = alike.each_ref().map(String::as_str);
    let (alike, calm) = (world("cypress", &alike)?, cypress.twin().ok_or("nobody joins")?);
    let side = Worlds::of([&cypress, &alike, &calm]).runs(ESSAY.runs(1500)).seed(Essay::SEED);
    let read = |[with, alike, without]: [&RunRecord; 3]| {
        let work = with.ledger.done - without.ledger.done;
        [less(talk(with), talk(without)), Some(work), less(talk(alike), talk(without))]
    };
    let means = side.means(read)?;
    let sets = side.split(read)?;
    let claims = [
        ("two years: share of talk about roles, newcomers against none", Expected::More, "share"),
        ("two years: work done, newcomers against none", Expected::Less, "work"),
        ("two years, placebo: share of talk, newcomers like those who left", NOTHING, "share"),
    ];
    let answers =
        claims.into_iter().zip(means).enumerate().map(|(i, ((what, expected, unit), mean))| {
            let across = sets.as_ref().map(|sets| &sets[i]);
            (what.to_owned(), Answer::new(judged(&mean, expected, unit), &mean, across))
        });
    Ok(answers.collect())
}

type TenYears = (Vec<[Mean; 2]>, Vec<(String, Answer)>);

/// Ten years at every rate: shares of talk, and what each step of turnover does.
fn ten_years() -> Result<TenYears, Box<dyn Error>> {
    let open = |alike| RATES.map(|percent| district(percent, alike));
    let [s0, s10, s20, s30] = open(false);
    let [a0, a10, a20, a30] = open(true);
    let (s0, s10, s20, s30, a0, a10, a20, a30) = (s0?, s10?, s20?, s30?, a0?, a10?, a20?, a30?);
    let side = Worlds::of([&s0, &s10, &s20, &s30, &a0, &a10, &a20, &a30])
        .runs(ESSAY.runs(300))
        .seed(Essay::SEED);
    let means: [Mean; 15] = side.means(|runs| {
        let share = runs.map(talk);
        let step = |i: usize| less(share[i], share[i - 1]);
        let work = |i: usize| Some(runs[i].ledger.done - runs[i - 1].ledger.done);
        let placebo = less(share[7], share[4]);
        let [a, b, c, d, e, f, g, h] = share;
        [a, b, c, d, e, f, g, h, step(1), step(2), step(3), work(1), work(2), work(3), placebo]
    })?;
    let shares = (0..4).map(|i| [means[i], means[i + 4]]).collect();
    let mut answers = Vec::new();
    let mut answer = |what: String, mean: &Mean, expected, unit| {
        answers.push((what, Answer::new(judged(mean, expected, unit), mean, None)));
    };
    for (i, pair) in RATES.windows(2).enumerate() {
        let step = format!("ten years, {} to {} % a year:", pair[0], pair[1]);
        answer(format!("{step} share of talk about roles"), &means[8 + i], Expected::More, "share");
        answer(format!("{step} work done"), &means[11 + i], Expected::Less, "work");
    }
    answer(
        "ten years, placebo: share of talk, 0 to 30 % a year".into(),
        &means[14],
        NOTHING,
        "share",
    );
    Ok((shares, answers))
}

#[cfg(feature = "plots")]
fn picture(shares: &[[Mean; 2]]) -> Result<rppsim::plot::Image, rppsim::plot::PlotError> {
    use rppsim::plot::{BandPoint, BandSeries, CurvePicture, Quantity, SpanMark};
    let series = |label: &str, who: usize| BandSeries {
        label: label.into(),
        points: RATES
            .iter()
            .zip(shares)
            .map(|(percent, means)| {
                let (low, high) = means[who].interval().unwrap_or((f64::NAN, f64::NAN));
                BandPoint { x: f64::from(*percent) / 100.0, y: means[who].mean(), low, high }
            })
            .collect(),
    };
    CurvePicture {
        title: "Talk about roles rises with leadership turnover".into(),
        subtitle: format!("{} runs of ten years at each rate; bands: 95 % Monte-Carlo intervals", shares[0][0].count()),
        x_label: "leaders who leave in a year".into(),
        x_quantity: Quantity::Share,
        y_label: "share of episodes about roles".into(),
        y_quantity: Quantity::Share,
        y_range: Some((0.0, 0.3)),
        series: vec![
            series("newcomers from outside", 0),
            series("placebo: newcomers who hold what those who left held", 1),
        ],
        spans: vec![SpanMark { from: 0.14, to: 0.23, label: "published turnover, 14 to 23 %".into() }],
        lines: Vec::new(),
        interval: String::new(),
        zero: false,
        footnote: "How unlike the others newcomers are was set up with one partnership. Less talk is not better talk.".into(),
    }
    .draw()
}
