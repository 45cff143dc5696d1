//! Does it matter whether a leader's successor comes from within or from outside?
//!
//! In one published partnership the successor had been a colleague who knew the researchers, and
//! the work went on. A successor from within knows the partner somewhat and holds no picture taken
//! from vendors; one who has sat at the table knows it well; and a leader brought in from outside
//! may come with more voice than those who were there. The worlds below take these apart.
//!
//! `cargo run --release --example a_successor_from_within` writes a picture to
//! `out/a_successor_from_within/`.

mod essay;

use essay::{Answer, Essay, judged, signed_with_half, world};
use rppsim::measure::{RunRecord, WHOLE, months_lost};
use rppsim::scenario::World;
use rppsim::scenario::document::Problems;
use rppsim::worlds::Worlds;
use rppsim::worlds::hypothesis::{Expected, Finding, together};
use rppsim::worlds::statistics::Mean;
use std::error::Error;

const ESSAY: Essay = Essay {
    name: "a_successor_from_within",
    claim: "When a leader's successor comes from within the district, a partnership goes on more \
            smoothly than when the successor comes from outside.",
    source: "Coburn, Penuel & Geil 2013, white paper of the W.T. Grant Foundation, on Bellevue: the \
             replacement came from the group that had worked with the researchers and valued what \
             they did. One case; no size is published.",
    design: "First, the two years of the published case, in which two directors of the team are \
             followed at their own seats (in the case the partner turned to another department \
             instead), so that nothing but who follows them differs. Five times over: both successors come from \
             outside, like the newcomers of the case; from outside, with twice the voice; from \
             within, a colleague of the office who has not been to the meetings and leaves a place \
             empty there; people who hold what those at the table hold; and nobody comes or goes. \
             Then ten years under published turnover, with no successor from within, half of them, \
             and all where somebody can move up. Claimed is less talk about roles and less work \
             lost from within than from outside at the same voice, less still where the successor \
             knows the table, and over ten years less talk, more work and more partnerships that \
             survive. It is false where any of these differences has the other sign.",
};

fn talk(run: &RunRecord) -> Option<f64> {
    run.role_share(WHOLE)
}

fn less(a: Option<f64>, b: Option<f64>) -> Option<f64> {
    a.zip(b).map(|(a, b)| a - b)
}

const WHO: [&str; 4] = [
    "from outside",
    "from outside, with twice the voice",
    "from within, not from the team",
    "people who hold what the table holds",
];

/// What each kind of successor makes against no change: talk, months lost.
type Excess = [[Mean; 2]; 4];

fn main() -> Result<(), Box<dyn Error>> {
    print!("{ESSAY}");
    let (excess, mut answers) = two_years()?;
    answers.extend(ten_years()?);
    let mut findings: Vec<Finding> = answers.iter().map(|(_, answer, _)| answer.finding).collect();
    together(&mut findings);
    println!("\nFrom within against from outside, judged together ({} claims)", findings.len());
    for ((what, answer, decimals), finding) in answers.iter_mut().zip(findings) {
        answer.finding = finding;
        println!("  {what}\n    {answer:.decimals$}");
    }
    println!("\nAgainst no change at all: talk about roles, months lost");
    for (who, [share, lost]) in WHO.iter().zip(&excess) {
        let (share, lost) = (signed_with_half(share, 1.0, 3), signed_with_half(lost, 1.0, 2));
        println!("  {who:<50} {share}   {lost}");
    }
    Essay::result(format!(
        "from within against from outside, at the same voice: months lost {:.2}; share of talk {:.3}",
        answers[1].1.finding, answers[0].1.finding
    ));
    #[cfg(feature = "plots")]
    println!("\n{}", ESSAY.save("who_follows", &picture(&excess)?)?.display());
    Ok(())
}

type Answers = Vec<(&'static str, Answer, usize)>;

/// The published case, in which both directors of the team are followed at their own seats.
fn followed_by(profile: &str, more: &[&str]) -> Result<World, Problems> {
    let replaced = |name: &str, seat: u32, month: &str| {
        format!(
            "shock.{name}={{ kind=\"replace\", seat=\"secondary_director.{seat}\", \
             profile=\"{profile}\", month={month} }}"
        )
    };
    let first = replaced("first", 1, "{ integers=[1, 6] }");
    let second = replaced("second", 2, "6");
    let own = ["shock.counterpart.enabled=false", "shock.karl.enabled=false", &first, &second];
    let elsewhere = ["instruction_director", "mathematics_director"]
        .map(|seat| format!("seat.{seat}.enabled=false"));
    world("cypress", &[&own, &elsewhere.each_ref().map(String::as_str)[..], more].concat())
}

fn two_years() -> Result<(Excess, Answers), Box<dyn Error>> {
    let outside = followed_by("newcomer", &[])?;
    // The seats of directors have half of this status.
    let louder = followed_by("newcomer", &["profile.newcomer.status=3.0"])?;
    // Preparing successors is not asked to take staff time here: the question is who comes.
    let prepared = ["intervention.succession={ from = 1, staff = 0.0 }", "succession.internal=1.0"];
    let within = followed_by("newcomer", &prepared)?;
    let known = followed_by("district_core", &[])?;
    let calm = outside.twin().ok_or("nobody joins")?;
    let side = Worlds::of([&outside, &louder, &within, &known, &calm])
        .runs(ESSAY.runs(2000))
        .seed(Essay::SEED);
    let m = side.means(|runs| {
        let calm = runs[4];
        let share = |i: usize| less(talk(runs[i]), talk(calm));
        let lost = |i: usize| months_lost(runs[i], calm);
        [share(0), lost(0), share(1), lost(1), share(2), lost(2), share(3), lost(3)]
    })?;
    let read = |[outside, _, within, known, _]: [&RunRecord; 5]| {
        [
            less(talk(within), talk(outside)),
            months_lost(within, outside),
            less(talk(known), talk(within)),
            months_lost(known, within),
        ]
    };
    let means = side.means(read)?;
    let sets = side.split(read)?;
    let claims = [
        (
            "two years, at the same voice, from within against from outside: share of talk",
            "share",
            3,
        ),
        (
            "two years, at the same voice, from within against from outside: months lost",
            "months",
            2,
        ),
        (
            "two years, who holds what the table holds against from within: share of talk",
            "share",
            3,
        ),
        ("two years, who holds what the table holds against from within: months lost", "months", 2),
    ];
    let answers =
        claims.into_iter().zip(&means).enumerate().map(|(i, ((what, unit, decimals), mean))| {
            let finding = judged(mean, Expected::Less, unit);
            (what, Answer::new(finding, mean, sets.as_ref().map(|sets| &sets[i])), decimals)
        });
    Ok(([[m[0], m[1]], [m[2], m[3]], [m[4], m[5]], [m[6], m[7]]], answers.collect()))
}

fn ten_years() -> Result<Answers, Box<dyn Error>> {
    let none = world("churn", &["turnover.internal=0.0"])?;
    let half = world("churn", &["turnover.internal=0.5"])?;
    let all = world("churn", &["turnover.internal=1.0"])?;
    let worlds = [&none, &half, &all];
    let side = Worlds::of(worlds).runs(ESSAY.runs(500)).seed(Essay::SEED);
    let means = side.means(|[none, half, all]| {
        [
            less(talk(half), talk(none)),
            less(talk(all), talk(none)),
            Some(half.ledger.done - none.ledger.done),
            Some(all.ledger.done - none.ledger.done),
            less(all.survives(), none.survives()),
        ]
    })?;
    let claims = [
        ("ten years, half from within against none: share of talk", Expected::Less, "share", 3),
        ("ten years, all from within against none: share of talk", Expected::Less, "share", 3),
        ("ten years, half from within against none: work", Expected::More, "work", 1),
        ("ten years, all from within against none: work", Expected::More, "work", 1),
        ("ten years, all from within against none: partnerships alive", Expected::More, "share", 3),
    ];
    let answers = claims.into_iter().zip(&means).map(|((what, expected, unit, decimals), mean)| {
        (what, Answer::new(judged(mean, expected, unit), mean, None), decimals)
    });
    Ok(answers.collect())
}

#[cfg(feature = "plots")]
fn picture(excess: &Excess) -> Result<rppsim::plot::Image, rppsim::plot::PlotError> {
    use rppsim::plot::{ForestGroup, ForestLegend, ForestPicture, Quantity};
    let rows = |which: usize, decimals, quantity| {
        let row = |(who, means): (&&str, &[Mean; 2])| {
            let mean = &means[which];
            let finding = judged(mean, Expected::More, "");
            Answer::new(finding, mean, None).row(who, decimals, quantity)
        };
        WHO.iter().zip(excess).map(row).collect()
    };
    let group = |heading: &str, unit: &str, quantity, rows| ForestGroup {
        heading: heading.into(),
        unit: unit.into(),
        quantity,
        rows,
    };
    let legend = essay::legend();
    ForestPicture {
        title: "What a change of two leaders makes, by who follows".into(),
        subtitle: format!(
            "{} runs of two years, against the same runs without a change",
            excess[0][0].count()
        ),
        legend: ForestLegend {
            interval: "95 % Monte-Carlo interval".into(),
            range: String::new(),
            ..legend
        },
        text_label: "mean ± half".into(),
        groups: vec![
            group(
                "Talk about roles, share of episodes",
                "percentage points",
                Quantity::Points,
                rows(0, 1, Quantity::Points),
            ),
            group(
                "Months lost",
                "months",
                Quantity::Number,
                rows(1, 2, Quantity::Number),
            ),
        ],
        footnote: "What newcomers and colleagues hold is assumed, after one case. Less talk is not better talk.".into(),
    }
    .draw()
}
