//! `[data]`: a study of one's own, from its tables to patterns of the scenario.
//!
//! The tables are read before the scenario is, and their patterns are written into it as
//! `[pattern.data-…]` tables. So whatever reads patterns has them without knowing where they come
//! from, and a scenario that is written out holds them and needs no tables.

mod become_patterns;
mod columns;
mod described;
mod understood;

pub use understood::{Level, Understood, WaveUnderstood};

use super::document::{Node, Place, Problem, Problems, Source, Table, nearest, read_file_up_to};
use crate::data::{Fault, Told};
use crate::model::setup::Calendar;
use described::Described;
use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The largest table that is read, in bytes (64 MiB).
const MOST_BYTES: u64 = 64 << 20;

/// Takes `[data]` out of a scenario and puts what it comes to in its place: patterns.
pub(super) fn expand(
    table: &mut Table,
    calendar: &Calendar,
    problems: &mut Problems,
) -> Option<Understood> {
    let entry = table.remove("data")?;
    let unheard = RefCell::new(Problems::new());
    let described = Described::read(&entry.node, table, &unheard);
    let found = unheard.into_inner();
    if !found.is_empty() {
        problems.extend(found);
        return None;
    }
    let described = described?;
    match understood::understand(&described, table, calendar) {
        Ok(mut understood) => {
            let made = become_patterns::patterns(&understood, &described);
            understood.patterns = become_patterns::enter(table, made, problems);
            Some(understood)
        }
        Err(problem) => {
            problems.extend(problem);
            None
        }
    }
}

/// A table of the study: where it is, and whether it must be there.
fn open(folder: &Path, file: &str, named: Option<&Place>) -> Result<Option<Arc<Source>>, Problems> {
    let path: PathBuf = folder.join(file);
    if !path.exists() && named.is_none() {
        return Ok(None);
    }
    read_file_up_to(&path, MOST_BYTES).map(Some).map_err(|found| {
        let place = |mut problem: Problem| {
            if let (None, Some(place)) = (&problem.place, named) {
                problem.place = Some(place.clone());
            }
            problem.message = format!("`data`: {}", problem.message);
            problem
        };
        found.into_iter().map(place).collect()
    })
}

/// A fault of a table as a problem with its place.
fn told(fault: Fault, source: &Arc<Source>) -> Problem {
    let Told { span, message, found, allowed, mut help, unknown, known, .. } = fault.told();
    if let Some(unknown) = unknown
        && let Some(near) = nearest(&unknown, known.iter().map(String::as_str))
    {
        help = format!("did you mean `{near}`? Otherwise {help}");
    }
    let mut problem = Problem::new(message).at(&Place::new(source, span));
    for (text, put) in [
        (found, Problem::found as fn(Problem, String) -> Problem),
        (allowed, Problem::allowed),
        (help, Problem::help),
    ] {
        if !text.is_empty() {
            problem = put(problem, text);
        }
    }
    problem
}

/// The names of the tables below a key.
fn names_below(table: &Table, key: &str) -> Vec<String> {
    let inner = table.get(key).and_then(Node::as_table);
    inner.map_or(Vec::new(), |inner| inner.keys().map(str::to_owned).collect())
}

#[cfg(test)]
mod tests;
