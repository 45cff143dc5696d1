//! Rows of a design made elsewhere: a CSV file with a column for each factor.

use super::factor::{Factor, Values};
use crate::scenario::World;
use crate::scenario::document::cells::{Rows, uneven};
use crate::scenario::document::{Place, Problem, Problems, Source, nearest};
use std::sync::Arc;

/// Problems that are told; more of the same kind help nobody.
const TOLD: usize = 20;

/// Columns that a sweep's own `design.csv` begins with.
const OF_A_DESIGN: [&str; 2] = ["row", "place"];

/// Reads the rows. Columns are keys of the scenario; where the plan names factors, just these. The
/// columns that number the rows of a sweep's own design are passed over.
///
/// # Errors
/// Every problem found, with line and column.
pub(super) fn rows(
    source: &Arc<Source>,
    scenario: &World,
    named: &[Factor],
) -> Result<(Vec<Factor>, Vec<Vec<f64>>), Problems> {
    let mut problems = Problems::new();
    let (header, rows) = Rows::begin(source)?;
    let passed = match header[..] {
        [ref row, ref place, ..] if [&row.text, &place.text] == OF_A_DESIGN => 2,
        _ => 0,
    };
    let mut factors: Vec<Factor> = Vec::new();
    for cell in &header[passed..] {
        let key = &cell.text;
        let Some(allowed) = scenario.allowed(key) else {
            let near = nearest(key, scenario.keys());
            problems.push(
                Problem::new(format!("the scenario has no number called `{key}`"))
                    .at(&cell.place)
                    .suggest(near),
            );
            continue;
        };
        if factors.iter().any(|factor| factor.key == *key) {
            let twice = format!("there are two columns for `{key}`");
            problems.push(Problem::new(twice).at(&cell.place));
        }
        let known = named.iter().find(|factor| factor.key == *key);
        if known.is_none() && !named.is_empty() {
            let extra = format!("`{key}` is not among the factors of the plan");
            let names: Vec<&str> = named.iter().map(|factor| factor.key.as_str()).collect();
            problems.push(Problem::new(extra).at(&cell.place).allowed(names.join(", ")));
        }
        let (key, label) = (key.clone(), key.clone());
        let new = Factor { key, label, values: Values::Given, allowed: allowed.clone() };
        factors.push(known.cloned().unwrap_or(new));
    }
    for factor in named.iter().filter(|f| !factors.iter().any(|there| there.key == f.key)) {
        let missing = format!("there is no column for the factor `{}`", factor.key);
        problems.push(Problem::new(missing).at(&Place::beginning(source)));
    }
    if problems.is_empty() {
        let rows = read_rows(rows, &factors, passed, &mut problems);
        if rows.is_empty() && problems.is_empty() {
            problems.push(Problem::new("the table has no rows").at(&Place::beginning(source)));
        }
        return problems.into_result((factors, rows));
    }
    problems.into_result((factors, Vec::new()))
}

/// The rows as a table that [`rows`] reads back; it is the same for tables that say the same.
pub(super) fn text(factors: &[Factor], rows: &[Vec<f64>]) -> String {
    let keys: Vec<&str> = factors.iter().map(|factor| factor.key.as_str()).collect();
    let mut text = keys.join(",") + "\n";
    for row in rows {
        let cells: Vec<String> = row.iter().map(|value| format!("{value:?}")).collect();
        text.push_str(&cells.join(","));
        text.push('\n');
    }
    text
}

fn read_rows(
    rows: Rows<'_>,
    factors: &[Factor],
    passed: usize,
    problems: &mut Problems,
) -> Vec<Vec<f64>> {
    let mut read = Vec::new();
    let mut told = 0;
    for cells in rows {
        let mut problem = |problem: Problem| {
            told += 1;
            if told <= TOLD {
                problems.push(problem);
            }
        };
        let cells = match cells {
            Ok(cells) if cells.len() == passed + factors.len() => cells,
            Ok(cells) => {
                problem(uneven(&cells, passed + factors.len()));
                continue;
            }
            Err(broken) => {
                problem(broken);
                continue;
            }
        };
        let mut row = Vec::new();
        for (cell, factor) in cells[passed..].iter().zip(factors) {
            let (what, instead) = match cell.number() {
                Ok(value) if factor.allowed.holds(value) => {
                    row.push(value);
                    continue;
                }
                Ok(_) => ("is out of range", None),
                Err(why) => (why.what, why.instead),
            };
            let (low, high) = (factor.allowed.range.start(), factor.allowed.range.end());
            let whole = if factor.allowed.whole { ", whole" } else { "" };
            let found = Problem::new(format!("a value of `{}` {what}", factor.key))
                .at(&cell.place)
                .allowed(format!("{low} to {high}{whole}"));
            problem(match instead {
                Some(instead) => found.help(instead),
                None => found,
            });
        }
        if row.len() == factors.len() {
            read.push(row);
        }
    }
    read
}
