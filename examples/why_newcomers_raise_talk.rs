//! Why do newcomers raise talk about roles? Four causes, one at a time and together.
//!
//! The newcomers of the published case differ from those they follow in several ways at once: they
//! know little, they expect something else, they meet a partner that will not say in one word what
//! it is, and they may have more voice than others. Which of these makes the talk, and do they need
//! one another? Every cause is switched on and off with every other, in the same runs.
//!
//! Some of it is arithmetic, and the essay says what. An ambiguous partner leaves people unsure by
//! a rule, so that it raises talk by construction; that it adds *more* talk where newcomers come is
//! no rule, and that is what is asked: everything is read against the same world where nobody joins.
//!
//! `cargo run --release --example why_newcomers_raise_talk` writes a picture to
//! `out/why_newcomers_raise_talk/`.

mod essay;

use essay::{Claimed, Essay, Judged, identity, sharpened, signed_with_half, with_half, world};
use rppsim::ids::{Meeting, Month};
use rppsim::measure::{RunRecord, WHOLE};
use rppsim::model::setup::StartFrom;
use rppsim::model::{Standard, Theory};
use rppsim::scenario::World;
use rppsim::scenario::document::Problems;
use rppsim::worlds::Worlds;
use rppsim::worlds::hypothesis::Expected::{self, Less, More, Within};
use rppsim::worlds::statistics::Mean;
use std::collections::BTreeMap;
use std::error::Error;

const ESSAY: Essay = Essay {
    name: "why_newcomers_raise_talk",
    claim: "Newcomers raise talk about roles because they do not know the partner, because they \
            expect something else of it, and because the partner is ambiguous; each makes more of it \
            where another is there too, and who holds what those at the table hold raises none.",
    source: "Farrell, Harrison & Coburn 2019, AERA Open 5(2), name turnover, divergent expectations and \
             an ambiguous identity as causes, in one case in which all came together. They are taken \
             apart here; no size of any part is published.",
    design: "The Cypress case with its two newcomers, who are or are not: unsure (certainty 1.5 and \
             trust 0.5, or 40 and 0.75 as those who leave); divergent (their own expectation and \
             picture of the partner, or what was agreed); before an ambiguous partner (its identity as \
             it is, or the same identity whose people always answer, the rival `clear`); and of much \
             voice (status 3, or that of their seats). Sixteen worlds of the same runs, and the same \
             where nobody joins, from which every number is a difference. A main effect is what a cause \
             makes on the mean over the others; an interaction, how much more it makes where another is \
             there too. Placebo: newcomers with none of the four may change the share of talk by half a \
             point at most. They still differ a little from those who leave (what they hold is more scattered), \
             and the partner turns to another department, so that people at the table know one another \
             less; so the placebo is also run with newcomers of the very profile of those who leave, and \
             where trust does not rest on whom one knows. The claim is false where a placebo moves talk \
             by more, where one of the first three causes adds nothing or less, and where two of them \
             together make no more than their sum. As there is another way to be clear, the same is read \
             with an identity sharpened. Then ladders of two causes; the case with talk muted; a misfit \
             who is replaced by somebody who fits, the reverse of a newcomer; and a launch, where \
             everybody is new.",
};

/// The four causes, in the order of their places in a cell.
const CAUSES: [&str; 4] = ["unsure", "divergent", "ambiguous", "voice"];
/// What switches a cause of the newcomers on, and what switches it off.
const OFF: [&[&str]; 4] = [
    &["profile.newcomer.certainty=40.0", "profile.newcomer.trust=0.75"],
    &[
        "profile.newcomer.about.pdi.expectation.weight=0.0",
        "profile.newcomer.about.pdi.conception.weight=0.0",
    ],
    &[],
    &[],
];
const ON: [&[&str]; 4] = [
    &["profile.newcomer.certainty=1.5", "profile.newcomer.trust=0.5"],
    &[
        "profile.newcomer.about.pdi.expectation.weight=1.0",
        "profile.newcomer.about.pdi.conception.weight=1.0",
    ],
    &[],
    &["profile.newcomer.status=3.0"],
];
const PAIRS: [(usize, usize); 6] = [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)];

const OUTCOMES: [(&str, &str, usize); 4] = [
    ("Talk about roles, all meetings", "share of episodes", 4),
    ("Talk about roles, meetings 3 to 9", "share of episodes", 4),
    ("Work at the horizon", "work", 2),
    ("Settlements", "number", 3),
];
const PEAK: (Meeting, Meeting) = (Meeting(3), Meeting(9));
const AFTER: (Meeting, Meeting) = (Meeting(10), Meeting(u32::MAX));

fn outcomes(run: &RunRecord) -> [Option<f64>; 4] {
    let settled = Some(run.settlements.len() as f64);
    [run.role_share(WHOLE), run.role_share(PEAK), run.work(), settled]
}

/// Cells are numbered 0 to 15: the bit of a cause is set where it is on.
fn on(cell: usize, cause: usize) -> bool {
    cell >> cause & 1 == 1
}

/// The cell of the published case: its newcomers have the voice of their seats.
const CASE: usize = 0b0111;
const NONE: usize = 0;

fn name_of(cell: usize) -> String {
    let causes: Vec<&str> = (0..4).filter(|c| on(cell, *c)).map(|c| CAUSES[c]).collect();
    if causes.is_empty() { "none of them: the placebo".to_owned() } else { causes.join(" + ") }
}

/// Cells with few causes first.
fn in_order() -> [usize; 16] {
    let mut cells = std::array::from_fn(|cell| cell);
    cells.sort_by_key(|cell: &usize| (cell.count_ones(), *cell));
    cells
}

/// How each outcome of 16 cells, each against nobody joining, is contrasted: the cells themselves,
/// four main effects and six interactions.
const CONTRASTS: usize = 16 + 4 + 6;

fn contrasts(cells: &[f64; 16]) -> [f64; CONTRASTS] {
    let sign = |cell: usize, cause: usize| if on(cell, cause) { 1.0 } else { -1.0 };
    let sum = |sign: &dyn Fn(usize) -> f64| -> f64 {
        cells.iter().enumerate().map(|(cell, value)| sign(cell) * value).sum()
    };
    std::array::from_fn(|i| match i {
        0..16 => cells[i],
        16..20 => sum(&|cell| sign(cell, i - 16)) / 8.0,
        _ => {
            let (a, b) = PAIRS[i - 20];
            sum(&|cell| sign(cell, a) * sign(cell, b)) / 4.0
        }
    })
}

/// What stands in for a clear partner.
struct Clear {
    name: &'static str,
    assignment: String,
    /// What to think of the difference that ambiguity makes where nobody joins.
    where_nobody_joins: &'static str,
}

/// Sixteen worlds, and those in which nobody joins a clear and an ambiguous partner.
struct Factorial {
    cells: Vec<World>,
    calm: [World; 2],
}

/// Contrasts of every outcome; of talk, what ambiguity makes where nobody joins.
struct Found {
    of: [[Mean; CONTRASTS]; 4],
    ambiguous_alone: Mean,
}

impl Factorial {
    fn with(clear: &Clear) -> Result<Factorial, Problems> {
        let made = |cell: usize| {
            let mut all: Vec<&str> = Vec::new();
            (0..4).for_each(|c| all.extend(if on(cell, c) { ON[c] } else { OFF[c] }));
            if !on(cell, 2) {
                all.push(&clear.assignment);
            }
            world("cypress", &all)
        };
        let cells = (0..16).map(made).collect::<Result<Vec<World>, Problems>>()?;
        let calm = [&cells[NONE], &cells[CASE]].map(World::without_shocks);
        Ok(Factorial { cells, calm })
    }

    /// The same at a draw of the numbers.
    fn at(&self, draw: &BTreeMap<String, f64>) -> Factorial {
        Factorial {
            cells: self.cells.iter().map(|cell| cell.at_draw(draw)).collect(),
            calm: self.calm.each_ref().map(|calm| calm.at_draw(draw)),
        }
    }

    fn found(&self, runs: u64) -> Result<Found, Box<dyn Error>> {
        let worlds: [&World; 18] =
            std::array::from_fn(|i| if i < 16 { &self.cells[i] } else { &self.calm[i - 16] });
        let side = Worlds::of(worlds).runs(runs).seed(Essay::SEED);
        const READ: usize = 4 * CONTRASTS + 1;
        let means: [Mean; READ] = side.means(|runs| {
            let read = runs.map(outcomes);
            let contrasted: [Option<[f64; CONTRASTS]>; 4] = std::array::from_fn(|outcome| {
                let mut cells = [0.0; 16];
                for (cell, value) in cells.iter_mut().enumerate() {
                    let calm = read[16 + usize::from(on(cell, 2))][outcome]?;
                    *value = read[cell][outcome]? - calm;
                }
                Some(contrasts(&cells))
            });
            std::array::from_fn(|i| match contrasted.get(i / CONTRASTS) {
                Some(of) => of.map(|of| of[i % CONTRASTS]),
                None => Some(read[17][0]? - read[16][0]?),
            })
        })?;
        let of = std::array::from_fn(|o| std::array::from_fn(|i| means[o * CONTRASTS + i]));
        Ok(Found { of, ambiguous_alone: means[READ - 1] })
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    print!("{ESSAY}");
    let sharp = identity("cypress", "pdi", sharpened)?;
    let readings = [
        Clear {
            name: "the partner always answers",
            assignment: "theory=\"clear\"".into(),
            where_nobody_joins: "by construction",
        },
        Clear {
            name: "its identity is sharpened",
            assignment: format!("organization.pdi.identity={sharp}"),
            where_nobody_joins: "the distances differ too, see above",
        },
    ];
    distances(&readings)?;
    let factorials = [Factorial::with(&readings[0])?, Factorial::with(&readings[1])?];
    let runs = ESSAY.runs(1000);
    let found = [factorials[0].found(runs)?, factorials[1].found(runs)?];
    for (reading, found) in readings.iter().zip(&found) {
        table(reading, found);
    }
    over_draws(&factorials[0])?;

    let mut claims = of_the_factorial(&found[0], "");
    claims.extend(
        of_the_factorial(&found[1], "; clear: sharpened")
            .into_iter()
            .filter(|claim| claim.expected.is_some() && (claim.what.contains("ambiguous"))),
    );
    claims.extend(placebo()?);
    claims.extend(ladders()?);
    claims.extend(muted()?);
    claims.extend(misfit()?);
    claims.extend(launch()?);
    let judged = Judged::of(claims);
    print!("{judged}");
    println!(
        "\nArithmetic: who is unsure, and whoever's picture is far from what they expect, has tension, and\n\
         tension raises roles; an ambiguous partner answers less, so that people stay unsure, newcomers or\n\
         not; a settlement, which makes everybody surer, takes somebody who expects something else than\n\
         was agreed. Not arithmetic: how much each cause is of the whole; whether causes need or replace\n\
         one another; that divergence may end talk as well as make it; what becomes of work."
    );
    let points = |i: usize| signed_with_half(&found[0].of[0][i], 100.0, 1);
    Essay::result(format!(
        "newcomers add {} points of talk about roles; on the mean over the other causes, being unsure \
         makes {}, divergent {}, an ambiguous partner {}, voice {}; newcomers with none of it {}; {}.",
        points(CASE),
        points(16),
        points(17),
        points(18),
        points(19),
        points(NONE),
        judged.counts(),
    ));
    #[cfg(feature = "plots")]
    println!("\n{}", ESSAY.save("causes", &picture(&found[0])?)?.display());
    Ok(())
}

/// What the two ways to be clear have in common with the identity as it is, and what they have not.
fn distances(readings: &[Clear; 2]) -> Result<(), Box<dyn Error>> {
    println!("\nThe partner: distance of its identity from what newcomers expect, from the");
    println!("arrangement, and how often its people answer without content");
    let rows =
        [("as it is", ""), (readings[0].name, ""), (readings[1].name, &readings[1].assignment)];
    for (place, (name, assignment)) in rows.into_iter().enumerate() {
        let changes: Vec<&str> = Some(assignment).into_iter().filter(|a| !a.is_empty()).collect();
        let setup = world("cypress", &changes)?.template().clone();
        let about = setup.organizations.iter().position(|o| o.name == "pdi").ok_or("no partner")?;
        let newcomer =
            setup.profiles.iter().find(|p| p.name == "newcomer").ok_or("no newcomers")?;
        let StartFrom::Mix(expected) = &newcomer.about[about].expectation.from else {
            return Err("newcomers expect nothing of their own".into());
        };
        let partner = &setup.organizations[about];
        let apart = |mix| partner.repertoire.distance(&partner.identity, mix);
        let roles = partner.repertoire.roles().len();
        let defers = if place == 1 { 0.0 } else { Standard.defers(&partner.identity, roles) };
        println!(
            "  {name:<28} {:.2}   {:.2}   {:>3.0} %",
            apart(expected),
            apart(&partner.agreed),
            100.0 * defers
        );
    }
    Ok(())
}

/// All cells, main effects and interactions, with 95 % Monte-Carlo intervals.
fn table(reading: &Clear, found: &Found) {
    println!(
        "\nAgainst nobody joining, {} runs; not ambiguous means: {}",
        found.of[0][0].count(),
        reading.name
    );
    println!(
        "  {:<40} {:>15} {:>15} {:>15} {:>15}",
        "", "talk, points", "meetings 3-9", "work", "settlements"
    );
    let row = |name: &str, i: usize| {
        let scaled = [(100.0, 1), (100.0, 1), (1.0, 1), (1.0, 2)];
        let cells = scaled.iter().zip(&found.of);
        let cells = cells.map(|((scale, d), of)| signed_with_half(&of[i], *scale, *d));
        let cells: Vec<String> = cells.map(|text| format!("{text:>15}")).collect();
        println!("  {name:<40} {}", cells.join(" "));
    };
    for cell in in_order() {
        row(&name_of(cell), cell);
    }
    println!("  Main effects");
    (0..4).for_each(|cause| row(CAUSES[cause], 16 + cause));
    println!("  Interactions");
    for (i, (a, b)) in PAIRS.into_iter().enumerate() {
        row(&format!("{} × {}", CAUSES[a], CAUSES[b]), 20 + i);
    }
    println!(
        "  (where nobody joins, being ambiguous makes {} points of talk: {})",
        signed_with_half(&found.ambiguous_alone, 100.0, 1),
        reading.where_nobody_joins
    );
}

/// How many draws of the numbers give each sign, surely: with a 95 % interval on one side of nothing.
fn over_draws(factorial: &Factorial) -> Result<(), Box<dyn Error>> {
    let Some(posterior) = factorial.cells[CASE].posterior.clone() else {
        println!("\nThe case carries no posterior: signs over draws are not told.");
        return Ok(());
    };
    let draws: Vec<&BTreeMap<String, f64>> = posterior.some(ESSAY.draws(12)).collect();
    let mut signs = [[[0_usize; 2]; 10]; 4];
    let mut placebo = [f64::INFINITY, f64::NEG_INFINITY];
    for draw in &draws {
        let found = factorial.at(draw).found(ESSAY.runs(80))?;
        for (outcome, of) in found.of.iter().enumerate() {
            for (i, mean) in of[16..].iter().enumerate() {
                let Some((low, high)) = mean.interval() else { continue };
                signs[outcome][i][0] += usize::from(low > 0.0);
                signs[outcome][i][1] += usize::from(high < 0.0);
            }
        }
        let clone = found.of[0][NONE].mean();
        placebo = [placebo[0].min(clone), placebo[1].max(clone)];
    }
    println!(
        "\nOver {} draws of the numbers that the data leave open: how many give more, and less, surely",
        draws.len()
    );
    println!(
        "  {:<24} {:>12} {:>14} {:>9} {:>13}",
        "", "all talk", "meetings 3-9", "work", "settlements"
    );
    for i in 0..10 {
        let name = match i {
            0..4 => CAUSES[i].to_owned(),
            _ => format!("{} × {}", CAUSES[PAIRS[i - 4].0], CAUSES[PAIRS[i - 4].1]),
        };
        let [a, b, c, d] = signs.map(|of| format!("+{} −{}", of[i][0], of[i][1]));
        println!("  {name:<24} {a:>12} {b:>14} {c:>9} {d:>13}");
    }
    let [low, high] = placebo.map(|share| 100.0 * share);
    println!("  The placebo changes talk by {low:+.2} to {high:+.2} points.");
    Ok(())
}

fn of_the_factorial(found: &Found, clear: &str) -> Vec<Claimed> {
    let mut claims = Vec::new();
    for (outcome, (about, unit, decimals)) in OUTCOMES.into_iter().enumerate() {
        let mut claim = |what: String, i: usize, expected| {
            let estimate = found.of[outcome][i].estimate();
            let what = what + clear;
            claims.push(Claimed { about, what, unit: (unit, decimals), estimate, expected });
        };
        let talk = outcome == 0;
        claim("newcomers of the case".into(), CASE, Some(More).filter(|_| talk));
        claim(
            "placebo: none of the causes".into(),
            NONE,
            Some(Within(-0.005, 0.005)).filter(|_| talk),
        );
        for (cause, name) in CAUSES.into_iter().enumerate() {
            let expected = match (outcome, cause) {
                (0, 0..3) => Some(More),
                (2, 0..2) => Some(Less),
                _ => None,
            };
            claim(format!("{name}, mean over the others"), 16 + cause, expected);
        }
        for (i, (a, b)) in PAIRS.into_iter().enumerate() {
            let expected = Some(More).filter(|_| talk && a < 3 && b < 3);
            claim(format!("{} × {}", CAUSES[a], CAUSES[b]), 20 + i, expected);
        }
    }
    claims
}

/// Newcomers who hold in everything what those who leave do, and the same where trust does not rest
/// on whom one knows, so that a table with others at it is trusted as much.
fn placebo() -> Result<Vec<Claimed>, Box<dyn Error>> {
    let alike = ["instruction_director", "mathematics_director"]
        .map(|seat| format!("seat.{seat}.successor=\"district_core\""));
    let unknown = [&alike[0], &alike[1], "trust.personal=0.0"];
    let worlds = [world("cypress", &[&alike[0], &alike[1]])?, world("cypress", &unknown)?];
    let calm = worlds.each_ref().map(World::without_shocks);
    let side = Worlds::of([&worlds[0], &calm[0], &worlds[1], &calm[1]]);
    let means: [Mean; 4] = side.runs(ESSAY.runs(1000)).seed(Essay::SEED).means(|runs| {
        let made = |i: usize| {
            let talk = less(runs[i].role_share(WHOLE), runs[i + 1].role_share(WHOLE));
            [talk, less(runs[i].work(), runs[i + 1].work())]
        };
        let [[a, b], [c, d]] = [made(0), made(2)];
        [a, b, c, d]
    })?;
    let what = [
        "placebo: the profile of those who leave",
        "the same, trust not resting on whom one knows",
    ];
    let claim = |i: usize| {
        let (about, unit, decimals) = OUTCOMES[2 * (i % 2)];
        let (unit, estimate) = ((unit, decimals), means[i].estimate());
        let expected = Some(Within(-0.005, 0.005)).filter(|_| i == 0);
        Claimed { about, what: what[i / 2].into(), unit, estimate, expected }
    };
    Ok((0..4).map(claim).collect())
}

fn less(a: Option<f64>, b: Option<f64>) -> Option<f64> {
    a.zip(b).map(|(a, b)| a - b)
}

/// Two causes in steps: how much of their own newcomers expect and see, and how little they know.
fn ladders() -> Result<Vec<Claimed>, Box<dyn Error>> {
    const ABOUT: [&str; 2] =
        ["Ladders: talk in all meetings, by step", "Ladders: talk in meetings 3 to 9, by step"];
    let about_pdi =
        |key: &str, value: &str| format!("profile.newcomer.about.pdi.{key}.weight={value}");
    let weights = ["0.0", "0.25", "0.5", "0.75", "1.0"];
    let own = |weight: &&str| {
        world("cypress", &[&about_pdi("expectation", weight), &about_pdi("conception", weight)])
    };
    let certainties = ["40.0", "20.0", "10.0", "5.0", "1.5"];
    let sure = |n: &&str| world("cypress", &[&format!("profile.newcomer.certainty={n}")]);
    let ladders = [
        (
            "own expectation and picture",
            weights,
            weights.iter().map(own).collect::<Result<Vec<_>, _>>()?,
        ),
        ("certainty", certainties, certainties.iter().map(sure).collect::<Result<Vec<_>, _>>()?),
    ];
    let mut claims = Vec::new();
    for (what, steps, worlds) in ladders {
        let worlds: [&World; 5] = std::array::from_fn(|i| &worlds[i]);
        let side = Worlds::of(worlds).runs(ESSAY.runs(1000)).seed(Essay::SEED);
        let means: [Mean; 18] = side.means(|runs| {
            let talk =
                [runs.map(|run| run.role_share(WHOLE)), runs.map(|run| run.role_share(PEAK))];
            std::array::from_fn(|i| match i {
                0..10 => talk[i / 5][i % 5],
                _ => less(talk[(i - 10) / 4][(i - 10) % 4 + 1], talk[(i - 10) / 4][(i - 10) % 4]),
            })
        })?;
        println!("\nNewcomers' {what}: share of talk in all meetings, in meetings 3 to 9");
        for (i, step) in steps.iter().enumerate() {
            let share = |i: usize| with_half(&means[i], 100.0, 1);
            println!("  {step:<5} {:>12} {:>12} %", share(i), share(5 + i));
        }
        for (i, pair) in steps.windows(2).enumerate() {
            for (which, about) in ABOUT.into_iter().enumerate() {
                claims.push(Claimed {
                    about,
                    what: format!("{what}, {} to {}", pair[0], pair[1]),
                    unit: ("share of episodes", 4),
                    estimate: means[10 + 4 * which + i].estimate(),
                    expected: Some(More),
                });
            }
        }
    }
    Ok(claims)
}

/// The case with talk muted: does talk fall again, does it settle, and what do leaders name later?
fn muted() -> Result<Vec<Claimed>, Box<dyn Error>> {
    let (case, mute) = (world("cypress", &[])?, world("cypress", &["theory=\"mute\""])?);
    // What leaders named in the second year, of whom "researcher" was nearly gone.
    let named = case.patterns.iter().find(|pattern| pattern.name == "P7b");
    let named = named.ok_or("the case has no pattern P7b, researcher in year 2")?.measure.clone();
    let side = Worlds::of([&case, &mute]).runs(ESSAY.runs(1000)).seed(Essay::SEED);
    let means: [Mean; 12] = side.means(|runs| {
        let read = runs.map(|run| {
            [
                run.role_share(PEAK),
                run.role_share(AFTER),
                Some(run.settlements.len() as f64),
                named.of(run),
            ]
        });
        std::array::from_fn(|i| match i / 4 {
            0 | 1 => read[i / 4][i % 4],
            _ => less(read[1][i % 4], read[0][i % 4]),
        })
    })?;
    println!("\nTalk that teaches, and muted talk");
    let rows = [
        ("talk in meetings 3 to 9, %", 100.0, 1),
        ("talk from meeting 10 on, %", 100.0, 1),
        ("settlements", 1.0, 2),
        ("leaders who name \"researcher\" in year 2", 1.0, 2),
    ];
    for (i, (what, scale, d)) in rows.into_iter().enumerate() {
        let value = |world: usize| with_half(&means[4 * world + i], scale, d);
        println!("  {what:<40} {:>13} {:>13}", value(0), value(1));
    }
    let claim = |what: &str, i: usize, unit, expected| Claimed {
        about: if i < 2 {
            "Muted talk, against talk that teaches"
        } else {
            "Muted talk: what is settled and named"
        },
        what: what.into(),
        unit,
        estimate: means[8 + i].estimate(),
        expected: Some(expected),
    };
    Ok(vec![
        claim("talk from meeting 10 on", 1, ("share of episodes", 4), More),
        claim("settlements", 2, ("number", 2), Less),
        claim("\"researcher\" named in year 2", 3, ("number", 2), More),
    ])
}

/// The reverse of a newcomer: a leader who expects something else, and is sure of it, is followed
/// by one who fits, or by another of the kind.
fn misfit() -> Result<Vec<Claimed>, Box<dyn Error>> {
    const MISFIT: &str = r#"
extends = "quiet"

[calendar]
months = 24

[profile.misfit]
trust = 0.75
tenure = 48
certainty = 40

[profile.misfit.about.pdi]
expectation = { from = { vendor = 0.5, "PD provider" = 0.5 }, scatter = 0.05 }
conception = { from = "agreed", scatter = 0.05 }

[profile.misfit.about.cypress]
expectation = { from = "identity", scatter = 0.05 }
conception = { from = "agreed", scatter = 0.03 }

[seat.secondary_director]
count = 1

[seat.misfit]
organization = "cypress"
level = "director"
team = true
status = 1.5
attendance = 0.85
holder = "misfit"
successor = "district_core"
"#;
    let followed = |profile: &str| {
        let shock = format!(
            "\n[shock.leaves]\nkind = \"replace\"\nseat = \"misfit\"\nprofile = \"{profile}\"\nmonth = 6\n"
        );
        World::from_text("a misfit", &format!("{MISFIT}{shock}"))
    };
    let (fits, another) = (followed("district_core")?, followed("misfit")?);
    let stays = fits.without_shocks();
    let side = Worlds::of([&fits, &another, &stays]).runs(ESSAY.runs(1000)).seed(Essay::SEED);
    let means: [Mean; 4] = side.means(|[fits, another, stays]| {
        let talk = |run: &RunRecord| run.role_share_since(Month(6));
        [
            less(talk(fits), talk(stays)),
            less(fits.work(), stays.work()),
            less(talk(another), talk(stays)),
            less(another.work(), stays.work()),
        ]
    })?;
    let claim = |what: &str, i: usize, expected: Option<Expected>| Claimed {
        about: ["A misfit leaves: talk since", "A misfit leaves: work in two years"][i % 2],
        what: what.into(),
        unit: [("share of episodes", 4), ("work", 2)][i % 2],
        estimate: means[i].estimate(),
        expected,
    };
    Ok(vec![
        claim("followed by somebody who fits, against staying", 0, Some(Less)),
        claim("followed by somebody who fits, against staying", 1, Some(More)),
        claim("followed by another misfit, against staying", 2, None),
        claim("followed by another misfit, against staying", 3, None),
    ])
}

/// At a launch everybody is new; nobody joins or leaves.
fn launch() -> Result<Vec<Claimed>, Box<dyn Error>> {
    let new = world("quiet", &["calendar.age=0", "calendar.months=36"])?;
    let side = Worlds::of([&new]).runs(ESSAY.runs(1000)).seed(Essay::SEED);
    let means: [Mean; 7] = side.means(|[run]| {
        let share = |half: u32| {
            let meetings = || run.meetings.iter().filter(|m| (m.month.0 - 1) / 6 == half);
            let episodes: u32 = meetings().map(|m| m.episodes).sum();
            let roles: u32 = meetings().map(|m| m.roles).sum();
            (episodes > 0).then(|| f64::from(roles) / f64::from(episodes))
        };
        std::array::from_fn(|i| match i {
            0..6 => share(i as u32),
            _ => less(share(2), share(0)),
        })
    })?;
    let halves: Vec<String> = means[..6].iter().map(|mean| with_half(mean, 100.0, 1)).collect();
    println!("\nA launch: share of talk by half-year, %\n  {}", halves.join("   "));
    Ok(vec![Claimed {
        about: "A launch: talk about roles",
        what: "third half-year, less the first".into(),
        unit: ("share of episodes", 4),
        estimate: means[6].estimate(),
        expected: Some(Less),
    }])
}

#[cfg(feature = "plots")]
fn picture(found: &Found) -> Result<rppsim::plot::Image, rppsim::plot::PlotError> {
    use rppsim::plot::{DotGroup, DotKind, DotMark, DotPicture, DotRow, DotSeries, Quantity};
    let mark = |mean: &Mean| {
        let (low, high) = mean.interval().unzip();
        Some(DotMark { x: mean.mean(), low, high })
    };
    let row = |label: String, i: usize| DotRow {
        label,
        marks: vec![mark(&found.of[0][i]), mark(&found.of[1][i])],
        joined: false,
    };
    let group = |heading: &str, rows: Vec<DotRow>| DotGroup { heading: heading.into(), rows };
    let cells = in_order().into_iter().map(|cell| row(name_of(cell), cell)).collect();
    let effects = (0..4).map(|cause| row(CAUSES[cause].to_owned(), 16 + cause)).collect();
    let pairs = PAIRS.into_iter().enumerate();
    let pairs = pairs.map(|(i, (a, b))| row(format!("{} × {}", CAUSES[a], CAUSES[b]), 20 + i));
    DotPicture {
        title: "Why newcomers raise talk about roles: four causes, on and off".into(),
        subtitle: format!(
            "{} runs in sixteen worlds, against the same runs in which nobody joins",
            found.of[0][0].count()
        ),
        x_label: "more talk about roles, percentage points of episodes".into(),
        x_range: None,
        x_quantity: Quantity::Points,
        series: vec![
            DotSeries { label: "all meetings (95 % Monte-Carlo interval)".into(), kind: DotKind::Simulated },
            DotSeries { label: "meetings 3 to 9".into(), kind: DotKind::Other(0) },
        ],
        groups: vec![
            group("What newcomers add, by what is true of them and of the partner", cells),
            group("What a cause makes, mean over the others", effects),
            group("How much more where another cause is there too", pairs.collect()),
        ],
        reference: Some((0.0, "as if nobody joined".into())),
        footnote: "Not ambiguous: the same identity, but its people always answer. What newcomers hold is assumed, after one case. Less talk is not better talk.".into(),
    }
    .draw()
}
