//! Rows of a design made elsewhere: a CSV file with a column for each factor.

use super::factor::{Factor, Values};
use crate::scenario::Scenario;
use crate::scenario::document::{Place, Problem, Problems, Source, nearest};
use std::sync::Arc;

/// Problems that are told; more of the same kind help nobody.
const TOLD: usize = 20;

/// Reads the rows. Columns are keys of the scenario; where the plan names factors, just these.
///
/// # Errors
/// Every problem found, with line and column.
pub(super) fn rows(
    source: &Arc<Source>,
    scenario: &Scenario,
    named: &[Factor],
) -> Result<(Vec<Factor>, Vec<Vec<f64>>), Problems> {
    let mut problems = Problems::new();
    let mut lines = Lines { source, at: 0 };
    let Some((header, start)) = lines.next() else {
        problems.push(Problem::new("the table is empty").at(&Place::beginning(source)));
        return problems.into_result((Vec::new(), Vec::new()));
    };
    let place = |start: usize, cell: &Cell<'_>| {
        Place::new(source, start + cell.at..start + cell.at + cell.text.len().max(1))
    };
    let mut factors: Vec<Factor> = Vec::new();
    for cell in cells(header) {
        let at = place(start, &cell);
        let Some(allowed) = scenario.allowed(cell.text) else {
            let near = nearest(cell.text, scenario.keys());
            problems.push(
                Problem::new(format!("the scenario has no number called `{}`", cell.text))
                    .at(&at)
                    .suggest(near),
            );
            continue;
        };
        if factors.iter().any(|factor| factor.key == cell.text) {
            let twice = format!("there are two columns for `{}`", cell.text);
            problems.push(Problem::new(twice).at(&at));
        }
        let known = named.iter().find(|factor| factor.key == cell.text);
        if known.is_none() && !named.is_empty() {
            let extra = format!("`{}` is not among the factors of the plan", cell.text);
            let names: Vec<&str> = named.iter().map(|factor| factor.key.as_str()).collect();
            problems.push(Problem::new(extra).at(&at).allowed(names.join(", ")));
        }
        let (key, label) = (cell.text.to_owned(), cell.text.to_owned());
        let new = Factor { key, label, values: Values::Given, allowed: allowed.clone() };
        factors.push(known.cloned().unwrap_or(new));
    }
    for factor in named.iter().filter(|f| !factors.iter().any(|there| there.key == f.key)) {
        let missing = format!("there is no column for the factor `{}`", factor.key);
        problems.push(Problem::new(missing).at(&Place::beginning(source)));
    }
    if problems.is_empty() {
        let rows = read_rows(lines, &factors, &place, &mut problems);
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
    lines: Lines<'_>,
    factors: &[Factor],
    place: &dyn Fn(usize, &Cell<'_>) -> Place,
    problems: &mut Problems,
) -> Vec<Vec<f64>> {
    let mut rows = Vec::new();
    let mut told = 0;
    for (line, start) in lines {
        if line.trim().is_empty() {
            continue;
        }
        let cells: Vec<Cell<'_>> = cells(line).collect();
        let mut problem = |problem: Problem| {
            told += 1;
            if told <= TOLD {
                problems.push(problem);
            }
        };
        if cells.len() != factors.len() {
            let last = &cells[cells.len() - 1];
            problem(
                Problem::new("a row has as many cells as the header")
                    .at(&place(start, last))
                    .found(format!("{} cells", cells.len()))
                    .allowed(format!("{} cells", factors.len())),
            );
            continue;
        }
        let mut row = Vec::new();
        for (cell, factor) in cells.iter().zip(factors) {
            match cell.text.parse::<f64>() {
                Ok(value) if factor.allowed.holds(value) => row.push(value),
                parsed => {
                    let (low, high) = (factor.allowed.range.start(), factor.allowed.range.end());
                    let whole = if factor.allowed.whole { ", whole" } else { "" };
                    let what = match parsed {
                        _ if cell.text.is_empty() => "is missing",
                        Ok(value) if value.is_finite() => "is out of range",
                        _ => "is not a number",
                    };
                    problem(
                        Problem::new(format!("a value of `{}` {what}", factor.key))
                            .at(&place(start, cell))
                            .allowed(format!("{low} to {high}{whole}")),
                    );
                }
            }
        }
        if row.len() == factors.len() {
            rows.push(row);
        }
    }
    rows
}

/// Lines with the byte at which they begin.
struct Lines<'a> {
    source: &'a Arc<Source>,
    at: usize,
}

impl<'a> Iterator for Lines<'a> {
    type Item = (&'a str, usize);

    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.source.text().get(self.at..).filter(|rest| !rest.is_empty())?;
        let line = rest.split_inclusive('\n').next()?;
        let start = self.at;
        self.at += line.len();
        let mark = if start == 0 && line.starts_with('\u{feff}') { 3 } else { 0 };
        Some((line[mark..].trim_end_matches(['\n', '\r']), start + mark))
    }
}

/// A cell and where in its line it begins.
struct Cell<'a> {
    text: &'a str,
    at: usize,
}

/// Cells between commas, without quotation marks and spaces around them; keys and numbers hold
/// neither commas nor quotation marks.
fn cells(line: &str) -> impl Iterator<Item = Cell<'_>> {
    let mut at = 0;
    line.split(',').map(move |cell| {
        let start = at;
        at += cell.len() + 1;
        let inner = cell.trim().trim_matches('"');
        let before = inner.as_ptr() as usize - cell.as_ptr() as usize;
        Cell { text: inner, at: start + before }
    })
}
