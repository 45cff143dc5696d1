//! The tables of a sweep.
//!
//! Columns that hang on the plan (a column for each factor, or for each outcome) follow the fixed
//! ones of the dictionary.

use super::dictionary::{self, Table};
use super::tables::{Rows, dictionary_with, number, optional};
use crate::measure::Measure;
use crate::sweep::design::Place;
use crate::sweep::results::Row;
use crate::sweep::{Factor, Failure, Plan};
use crate::worlds::trajectory::FAN;

/// The table [`dictionary::DESIGN`]: what each row is.
pub fn design(plan: &Plan) -> Vec<u8> {
    let keys: Vec<String> = plan.factors.iter().map(|factor| factor.key.clone()).collect();
    let mut rows = Rows::headed_with(dictionary::DESIGN, &keys);
    for (row, values) in plan.rows.iter().enumerate() {
        let start = [(row + 1).to_string(), place(plan, row)];
        // In full, so that a run can be repeated from the table.
        rows.push(start.into_iter().chain(values.iter().map(f64::to_string)));
    }
    rows.bytes()
}

/// The dictionary of these tables, with the columns that the plan adds to them.
pub fn dictionary(plan: &Plan, tables: &[Table]) -> Vec<u8> {
    let factor = |factor: &Factor| {
        let known = crate::parameters::find(&factor.key);
        let unit = known.map_or("as in the scenario", |row| row.unit);
        let label = if factor.label == factor.key { "" } else { &factor.label };
        let meaning = known.map_or("a number of the scenario", |row| row.meaning);
        let said = [label, meaning].into_iter().filter(|text| !text.is_empty());
        let said = said.collect::<Vec<_>>().join(": ");
        [factor.key.clone(), unit.to_owned(), format!("factor: {said}")]
    };
    let outcome = |of: &Measure| {
        [of.name.clone(), of.unit.clone(), format!("{}; empty if there is none", of.title)]
    };
    dictionary_with(tables, |table| match *table {
        dictionary::DESIGN => plan.factors.iter().map(factor).collect(),
        dictionary::SWEEP_RUNS => plan.outcomes.iter().map(outcome).collect(),
        _ => Vec::new(),
    })
}

/// What a row is for in its design, in words.
pub fn place(plan: &Plan, row: usize) -> String {
    let key = |factor: &usize| plan.factors[*factor].key.as_str();
    match &plan.places[row] {
        Place::Anywhere => "anywhere".into(),
        Place::Cell { .. } => "cell".into(),
        Place::Start { trajectory } => format!("start of {}", trajectory + 1),
        Place::Moved { trajectory, factor } => format!("{}: {}", trajectory + 1, key(factor)),
        Place::A { row } => format!("A {}", row + 1),
        Place::B { row } => format!("B {}", row + 1),
        Place::Mixed { row, factor } => format!("A {} with {} of B", row + 1, key(factor)),
    }
}

/// The header of [`dictionary::SWEEP_RUNS`].
pub fn runs_header(plan: &Plan) -> Vec<u8> {
    let names: Vec<String> = plan.outcomes.iter().map(|outcome| outcome.name.clone()).collect();
    Rows::headed_with(dictionary::SWEEP_RUNS, &names).bytes()
}

/// The runs of a row.
pub fn runs(plan: &Plan, row: &Row) -> Vec<u8> {
    let mut rows = Rows::with_more(dictionary::SWEEP_RUNS, plan.outcomes.len());
    for (replicate, kept) in (0u64..).zip(&row.runs) {
        let Some(kept) = kept else { continue };
        let start = [
            (row.row + 1).to_string(),
            (replicate + 1).to_string(),
            plan.run_number(row.row, replicate).to_string(),
            kept.ended.map_or(String::new(), |month| month.to_string()),
        ];
        let values = kept.values.iter().map(|value| optional(*value));
        rows.push(start.into_iter().chain(values));
    }
    rows.bytes()
}

/// The rows that a row adds to [`dictionary::SWEEP_ROWS`]: one for each outcome.
pub fn row(plan: &Plan, row: &Row) -> Vec<u8> {
    let mut rows = Rows::of(dictionary::SWEEP_ROWS);
    for (outcome, scalar) in plan.outcomes.iter().zip(&row.outcomes) {
        let start = [
            (row.row + 1).to_string(),
            outcome.name.clone(),
            outcome.unit.clone(),
            scalar.mean.count().to_string(),
            scalar.missing.to_string(),
            row.failures.len().to_string(),
        ];
        let mean = [scalar.mean.mean(), scalar.mean.sd(), scalar.mean.error()];
        rows.push(start.into_iter().chain(mean.map(number)).chain(scalar.quantiles.map(number)));
    }
    rows.bytes()
}

/// The rows that a row adds to [`dictionary::FANS`].
pub fn fans(row: &Row) -> Vec<u8> {
    let mut rows = Rows::of(dictionary::FANS);
    for (place, share) in row.fan.iter().enumerate() {
        let start =
            [(row.row + 1).to_string(), (place + 1).to_string(), share.mean.count().to_string()];
        let mean = [share.mean.mean(), share.mean.error()].map(number);
        rows.push(start.into_iter().chain(mean).chain(FAN.map(|q| number(share.quantile(q)))));
    }
    rows.bytes()
}

/// The rows that a row adds to [`dictionary::SURVIVAL`].
pub fn survival(row: &Row, months: u32) -> Vec<u8> {
    let mut rows = Rows::of(dictionary::SURVIVAL);
    let runs = row.runs.iter().flatten().count().to_string();
    for (month, alive) in (1u32..).zip(row.alive(months)) {
        rows.push([(row.row + 1).to_string(), month.to_string(), runs.clone(), number(alive)]);
    }
    rows.bytes()
}

/// A row of [`dictionary::FAILURES`].
pub fn failure(plan: &Plan, failure: &Failure) -> Vec<u8> {
    let mut rows = Rows::of(dictionary::FAILURES);
    rows.push([
        (failure.row + 1).to_string(),
        (failure.replicate + 1).to_string(),
        plan.run_number(failure.row, failure.replicate).to_string(),
        failure.why.clone(),
        plan.command(failure.row, failure.replicate),
    ]);
    rows.bytes()
}
