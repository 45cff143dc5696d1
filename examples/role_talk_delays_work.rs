//! Does talk about roles delay the joint work, and is there more to it than the time it takes?
//!
//! Within a meeting the claim is arithmetic: an episode is about roles or it is not. The question
//! worth asking is what else delays the work when leaders change. The model has two more
//! channels, both assumed in size: unclear roles slow the work, and so does distrust. Its ledger
//! accounts for each apart, and each has a switch.
//!
//! `cargo run --release --example role_talk_delays_work` writes a picture to
//! `out/role_talk_delays_work/`.

mod essay;

use essay::{Answer, Essay, judged, signed_with_half, world};
use rppsim::measure::{RunRecord, months_lost};
use rppsim::scenario::World;
use rppsim::worlds::Worlds;
use rppsim::worlds::hypothesis::{Expected, Finding, signed, together};
use rppsim::worlds::statistics::{Mean, Split};
use std::error::Error;

const ESSAY: Essay = Essay {
    name: "role_talk_delays_work",
    claim: "The more time a partnership spends on who is to do what, the less is left for the work \
            itself, so that work stalls when newcomers make roles unclear.",
    source: "Farrell, Harrison & Coburn 2019, AERA Open 5(2). No study has measured the work that \
             is lost; months lost are a quantity of the model.",
    design: "The published case against the same runs without newcomers, in six models: as it is; \
             with the agenda alone (unclear roles and distrust slow nothing); with talk that costs \
             no time, which is the rival `costless-talk`; with unclear roles alone; with distrust \
             alone; and with all three switched off, where nothing should be lost. Months lost: \
             how much earlier the partnership without newcomers had done the same work. That the \
             agenda is not all is claimed of the rival: there, work must still be lost. And \
             against arithmetic: talk in one meeting must go with less work in the month after.",
};

/// What is on: its name, then theory, weight of unclear roles, weight of distrust.
const MODELS: [(&str, &str, u8, u8); 6] = [
    ("all three channels, as shipped", "standard", 1, 1),
    ("time of the agenda alone", "standard", 0, 0),
    ("all but the time of the agenda (costless talk)", "costless-talk", 1, 1),
    ("unclear roles alone", "costless-talk", 1, 0),
    ("distrust alone", "costless-talk", 0, 1),
    ("none of them", "costless-talk", 0, 0),
];

fn model((_, theory, unclear, distrust): (&str, &str, u8, u8)) -> Result<World, Box<dyn Error>> {
    let theory = format!("theory=\"{theory}\"");
    let unclear = format!("work.clarity_weight={unclear}.0");
    let distrust = format!("work.trust_weight={distrust}.0");
    Ok(world("cypress", &[&theory, &unclear, &distrust])?)
}

fn main() -> Result<(), Box<dyn Error>> {
    print!("{ESSAY}");
    let mut lost = Vec::new();
    for which in MODELS {
        lost.push(months_lost_in(&model(which)?)?);
    }
    let follows = talk_and_later_work()?;

    let nothing = Expected::Within(-0.1, 0.1);
    let expected = [[Expected::More; 5].as_slice(), &[nothing]].concat();
    let claims = lost.iter().map(|(mean, _)| mean).zip(expected);
    let mut findings: Vec<Finding> =
        claims.map(|(mean, expected)| judged(mean, expected, "months")).collect();
    findings.extend(follows.iter().map(|mean| judged(mean, Expected::Less, "")));
    together(&mut findings);

    println!("\nMonths lost, judged together with two more ({} claims)", findings.len());
    let mut answers = Vec::new();
    for (((name, ..), (mean, numbers)), finding) in MODELS.iter().zip(&lost).zip(&findings) {
        let answer = Answer::new(*finding, mean, numbers.as_ref());
        println!("  {name}\n    {answer:.2}");
        answers.push((*name, answer));
    }
    println!("\nTalk in a meeting with the work of the month after, correlation within a run");
    for (name, i) in [("as shipped", 0), ("where talk takes no time", 1)] {
        println!("  {name}\n    {:.3}", Answer::new(findings[MODELS.len() + i], &follows[i], None));
    }
    let ledger = ledger(&model(MODELS[0])?)?;
    println!("\nWork kept from being done by newcomers, by channel, as shipped (work units)");
    for (name, mean) in &ledger {
        let part = 100.0 * mean.mean() / ledger.iter().map(|(_, mean)| mean.mean()).sum::<f64>();
        let mean = signed_with_half(mean, 1.0, 2);
        println!("  {name:<24} {mean:>13}   {:>3} %", signed(part, 0));
    }
    println!(
        "  The ledger books a loss once: what talk has taken, distrust cannot slow any more. So a\n  \
         part here is not what the channel makes alone (above)."
    );
    Essay::result(format!(
        "months lost to newcomers: {:.2}; by the time that talk takes alone: {:.2}",
        answers[0].1.finding, answers[1].1.finding
    ));
    #[cfg(feature = "plots")]
    println!("\n{}", ESSAY.save("channels", &picture(&answers, &ledger)?)?.display());
    Ok(())
}

/// Months lost, and what is not known of them, in its parts.
type Lost = (Mean, Option<Split>);

/// Months lost against the twin of the same model.
fn months_lost_in(model: &World) -> Result<Lost, Box<dyn Error>> {
    let calm = model.twin().ok_or("nobody joins")?;
    let side = Worlds::of([model, &calm]).runs(ESSAY.runs(1500)).seed(Essay::SEED);
    let read = |[with, without]: [&RunRecord; 2]| [months_lost(with, without)];
    let [mean] = side.means(read)?;
    let sets = side.split(read)?;
    Ok((mean, sets.map(|[split]| split)))
}

/// Correlation of talk with the work of the month after, as shipped and where talk takes no time.
fn talk_and_later_work() -> Result<[Mean; 2], Box<dyn Error>> {
    let (shipped, costless) = (model(MODELS[0])?, model(MODELS[2])?);
    let side = Worlds::of([&shipped, &costless]).runs(ESSAY.runs(1500)).seed(Essay::SEED);
    Ok(side.means(|runs| runs.map(|run| run.talk_and_later_work()))?)
}

/// What newcomers keep from being done, by channel of the ledger.
fn ledger(model: &World) -> Result<[(&'static str, Mean); 4], Box<dyn Error>> {
    let calm = model.twin().ok_or("nobody joins")?;
    let side = Worlds::of([model, &calm]).runs(ESSAY.runs(1500)).seed(Essay::SEED);
    let [displaced, unclear, distrust, requests] = side.means(|[with, without]| {
        let (a, b) = (with.ledger, without.ledger);
        [
            Some(a.displaced - b.displaced),
            Some(a.lost_to_unclear_roles - b.lost_to_unclear_roles),
            Some(a.lost_to_distrust - b.lost_to_distrust),
            Some(a.diverted - b.diverted),
        ]
    })?;
    Ok([
        ("time of the agenda", displaced),
        ("unclear roles", unclear),
        ("distrust", distrust),
        ("requests", requests),
    ])
}

#[cfg(feature = "plots")]
fn picture(
    models: &[(&str, Answer)],
    ledger: &[(&str, Mean)],
) -> Result<rppsim::plot::Image, rppsim::plot::PlotError> {
    use rppsim::plot::{ForestGroup, ForestPicture, Quantity};
    let by_channel = ledger.iter().map(|(name, mean)| {
        let finding = judged(mean, Expected::More, "months");
        Answer::new(finding, mean, None).row(name, 2, Quantity::Number)
    });
    ForestPicture {
        title: "What delays the work when leaders change".into(),
        subtitle: format!("the published case against the same runs without newcomers; {} pairs", ledger[0].1.count()),
        legend: essay::legend(),
        text_label: "mean ± half".into(),
        groups: vec![
            ForestGroup {
                heading: "Months lost, by the channels that are switched on".into(),
                unit: "months".into(),
                quantity: Quantity::Number,
                rows: models.iter().map(|(name, answer)| answer.row(name, 2, Quantity::Number)).collect(),
            },
            ForestGroup {
                heading: "Work kept from being done, as shipped, by channel of the ledger".into(),
                unit: "work; 1 is a substantive episode at full clarity and trust".into(),
                quantity: Quantity::Number,
                rows: by_channel.collect(),
            },
        ],
        footnote: "No source measures work lost. That unclear roles and distrust slow the work is assumed, and so is by how much.".into(),
    }
    .draw()
}
