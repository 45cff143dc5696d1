//! What does the re-enacted case rest on? One assumption moved at a time.
//!
//! Eight numbers of the Cypress case were estimated; many more are assumed. Here each assumed
//! number, the voice of status (ν) and the months in which the newcomers arrive are moved one at
//! a time, down to a half and up to one and a half times their value (within their range), and the
//! fitted patterns are read again. An assumption that moves a pattern far is one to argue about;
//! one that moves none can stay wrong. Numbers that are switched off (0) are left out.
//!
//! One at a time says nothing of what happens when two assumptions are wrong together.
//!
//! `cargo run --release --example what_the_fit_rests_on` writes `out/fit_rests_on/`.

use rayon::prelude::*;
use rppsim::experiment::statistics::Mean;
use rppsim::measure::record::record_run;
use rppsim::model::partnership::Origin;
use rppsim::parameters::{Provenance, TABLE};
use rppsim::plot::{DotGroup, DotKind, DotMark, DotPicture, DotRow, DotSeries};
use rppsim::scenario::Scenario;
use std::error::Error;
use std::fs;

/// Runs of each world; the same run numbers everywhere, so that differences are paired.
const RUNS: u64 = 200;

/// The patterns that are read: name in the scenario, and what its axis says.
const PATTERNS: [(&str, &str); 6] = [
    ("P2", "role share, all meetings"),
    ("P3", "meetings with role talk, of 17"),
    ("P4b", "role share, meetings 3-9"),
    ("P4c", "role share, meetings 10-17"),
    ("P7b", "leaders naming researcher, year 2"),
    ("P7d", "leaders naming team member, year 2"),
];

/// Rows shown in a picture: those that move the pattern most.
const SHOWN: usize = 20;

struct Moved {
    what: String,
    low: Vec<f64>,
    high: Vec<f64>,
}

fn means(assignments: &[String]) -> Result<Vec<f64>, Box<dyn Error + Send + Sync>> {
    let scenario = Scenario::open("cypress", assignments).map_err(|p| p.to_string())?;
    let mut means = vec![Mean::default(); PATTERNS.len()];
    for run in 1..=RUNS {
        let origin = Origin::new(1, run);
        let setup = scenario.setup(origin);
        let record = record_run(setup, origin, &scenario.theory, &scenario.interviews, false)?;
        for (mean, (name, _)) in means.iter_mut().zip(PATTERNS) {
            let pattern = scenario.patterns.iter().find(|pattern| pattern.name == name);
            if let Some(value) = pattern.and_then(|pattern| pattern.outcome.of(&record)) {
                mean.add(value);
            }
        }
    }
    Ok(means.iter().map(Mean::mean).collect())
}

/// Every assumption with its lower and upper value.
fn assumptions() -> Vec<(String, [String; 2])> {
    let fixed = ["meeting.most_status", "learning.half_certainty"];
    let rows = TABLE.iter().filter(|row| {
        row.provenance == Provenance::Assumed
            && row.default != 0.0
            && !row.key.starts_with("rival.")
            && !fixed.contains(&row.key)
    });
    let moved = rows.map(|row| {
        let (a, b) = (0.5 * row.default, 1.5 * row.default);
        let (low, high) = (a.min(b).max(row.low), a.max(b).min(row.high));
        let write = |value: f64| match row.whole {
            true => format!("{}={}", row.key, value.round()),
            false => format!("{}={value:?}", row.key),
        };
        let (low, high) = (write(low), write(high));
        (row.key.to_owned(), [low, high])
    });
    let months = [
        ("month the first newcomer arrives (3, 5)", "shock.karl.month", 3, 5),
        ("month the second arrives (3, 8)", "shock.second_leader.month", 3, 8),
    ];
    let months = months.map(|(what, key, low, high)| {
        (what.to_owned(), [format!("{key}={low}"), format!("{key}={high}")])
    });
    months.into_iter().chain(moved).collect()
}

fn main() -> Result<(), Box<dyn Error>> {
    let default = means(&[]).map_err(|e| e.to_string())?;
    // Estimated numbers are set by the scenario, so only what it leaves assumed is moved.
    let estimated: Vec<String> =
        Scenario::open("cypress", &[])?.priors.iter().map(|prior| prior.key.clone()).collect();
    let assumptions: Vec<_> =
        assumptions().into_iter().filter(|(key, _)| !estimated.contains(key)).collect();
    let moved: Result<Vec<Moved>, Box<dyn Error + Send + Sync>> = assumptions
        .par_iter()
        .map(|(what, [low, high])| {
            let (low, high) =
                (means(std::slice::from_ref(low))?, means(std::slice::from_ref(high))?);
            Ok(Moved { what: what.clone(), low, high })
        })
        .collect();
    let mut moved = moved.map_err(|e| e.to_string())?;

    fs::create_dir_all("out/fit_rests_on")?;
    let mut table = csv::Writer::from_path("out/fit_rests_on/moved.csv")?;
    table.write_record(["assumption", "pattern", "low", "default", "high"])?;
    for row in &moved {
        for (i, (name, _)) in PATTERNS.iter().enumerate() {
            let numbers = [row.low[i], default[i], row.high[i]].map(|v| format!("{v:.4}"));
            table.write_record([&row.what, *name, &numbers[0], &numbers[1], &numbers[2]])?;
        }
    }
    table.flush()?;

    println!("{} assumptions moved one at a time, {RUNS} runs each\n", moved.len());
    for (i, (name, title)) in PATTERNS.into_iter().enumerate() {
        let size = |row: &Moved| (row.high[i] - row.low[i]).abs();
        moved.sort_by(|a, b| size(b).total_cmp(&size(a)));
        println!("{title}: {:.3} as set; moved most by", default[i]);
        for row in moved.iter().take(3) {
            println!("  {:<44} {:.3} to {:.3}", row.what, row.low[i], row.high[i]);
        }
        let mark = |x: f64| Some(DotMark { x, low: None, high: None });
        let rows = moved.iter().take(SHOWN).map(|row| DotRow {
            label: row.what.clone(),
            marks: vec![mark(row.low[i]), mark(row.high[i])],
            joined: true,
        });
        let series = |label: &str, kind| DotSeries { label: label.into(), kind };
        let picture = DotPicture {
            title: format!("What the pattern rests on: {title}"),
            subtitle: format!("assumptions moved one at a time; the {SHOWN} that move it most"),
            x_label: title.into(),
            x_range: None,
            x_percent: title.starts_with("role share"),
            series: vec![
                series("at half its value (or earliest)", DotKind::Low),
                series("at one and a half times (or latest)", DotKind::High),
            ],
            groups: vec![DotGroup { heading: String::new(), rows: rows.collect() }],
            reference: Some((default[i], "as set".into())),
            footnote: format!(
                "Means over {RUNS} runs with the same random numbers. One at a time: interactions are not shown."
            ),
        }
        .draw()?;
        fs::write(format!("out/fit_rests_on/{name}.svg"), picture.svg)?;
        fs::write(format!("out/fit_rests_on/{name}.png"), picture.png)?;
    }
    println!("\nout/fit_rests_on: moved.csv and a picture a pattern");
    Ok(())
}
