//! Does leadership turnover raise talk about roles and delay the work, step by step?
//!
//! A large urban district for ten years (`churn`), four times: nobody leaves, and 10, 20 and 30 % of
//! its leaders leave each year. The partner's own turnover is off, so that only the district's
//! differs. Each run keeps its random numbers from world to world, so differences are paired. No
//! rule says that turnover raises talk: newcomers know less, expect otherwise, and the rest
//! follows.
//!
//! Source of the rates: published turnover of superintendents and district leaders, 14 to 23 % a
//! year. `cargo run --release --example turnover_step_by_step`

use rayon::prelude::*;
use rppsim::experiment::statistics::Mean;
use rppsim::measure::record::record_run;
use rppsim::model::partnership::Origin;
use rppsim::scenario::Scenario;
use std::error::Error;

const RUNS: u64 = 1000;

/// Role share over all meetings, and work done in ten years, of each run.
fn lived(percent: u32) -> Result<Vec<(f64, f64)>, Box<dyn Error>> {
    let rate = f64::from(percent) / 100.0;
    let mut changes: Vec<String> = ["lead", "staff"].map(|l| format!("turnover.{l}=0.0")).into();
    for level in ["cabinet", "director", "specialist"] {
        changes.push(format!("turnover.{level}={rate:?}"));
    }
    let scenario = Scenario::open("churn", &changes)?;
    let runs: Result<Vec<_>, _> = (1..=RUNS)
        .into_par_iter()
        .map(|run| {
            let origin = Origin::new(1, run);
            let record = record_run(scenario.setup(origin), origin, &scenario.theory, &[], false)?;
            let share = record.role_share((1, u32::MAX)).unwrap_or(f64::NAN);
            Ok((share, record.ledger.done))
        })
        .collect();
    runs.map_err(|unfounded: rppsim::model::partnership::Unfounded| unfounded.into())
}

fn step(title: &str, from: &[f64], to: &[f64]) -> Mean {
    let mut paired = Mean::default();
    from.iter().zip(to).for_each(|(a, b)| paired.add(b - a));
    let (low, high) = paired.interval();
    println!(
        "  {title:<11} {:+.4} (95 % Monte-Carlo {low:+.4} to {high:+.4}), {:+.2} standard deviations of single pairs",
        paired.mean(),
        paired.mean() / paired.sd()
    );
    paired
}

fn main() -> Result<(), Box<dyn Error>> {
    println!("churn, {RUNS} paired runs, seed 1");
    let mut before: Option<(u32, Vec<(f64, f64)>)> = None;
    let mut as_said = true;
    for percent in [0, 10, 20, 30] {
        let now = lived(percent)?;
        if let Some((last, from)) = &before {
            println!("{last} to {percent} % a year");
            let shares = |runs: &[(f64, f64)]| runs.iter().map(|r| r.0).collect::<Vec<_>>();
            let works = |runs: &[(f64, f64)]| runs.iter().map(|r| r.1).collect::<Vec<_>>();
            let share = step("role share", &shares(from), &shares(&now));
            let work = step("work", &works(from), &works(&now));
            as_said &= share.interval().0 > 0.0 && work.interval().1 < 0.0;
        }
        before = Some((percent, now));
    }
    println!(
        "verdict: each step {} role share and lowers work",
        if as_said { "raises" } else { "does NOT surely raise" }
    );
    Ok(())
}
