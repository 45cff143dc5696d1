//! Sets of parameter values that a search kept: other answers to the question which values give
//! the published patterns.
//!
//! `fitted_sets` in a scenario names them: a built-in case, or the `particles.csv` that
//! `rppsim calibrate` wrote, by a path relative to the scenario's file.

use super::document::{Problem, Reader, read_file};
use super::{Scenario, built_in};
use std::collections::BTreeMap;
use std::path::Path;

/// Sets of parameter values with their weights.
#[derive(Clone, Debug, PartialEq)]
pub struct Sets {
    all: Vec<Set>,
    /// Whether they ship with the program, found with the Cypress case; else a search of somebody's
    /// own found them.
    pub ship: bool,
}

/// One set.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Set {
    /// Its weight among all; they sum to one.
    pub weight: f64,
    /// Its distance from the published patterns, in sampling errors a pattern.
    pub distance: f64,
    /// Its values, by key.
    pub values: BTreeMap<String, f64>,
}

impl Sets {
    /// Sets from the table that `rppsim calibrate` writes: one row a set and key, with the
    /// columns set, weight, distance, key, value.
    ///
    /// # Errors
    /// The line that cannot be read, and why.
    pub fn from_table(text: &str) -> Result<Sets, String> {
        let mut sets: BTreeMap<u64, Set> = BTreeMap::new();
        let mut lines = text.lines().enumerate();
        let header = lines.next().map_or("", |(_, line)| line.trim());
        if header != "set,weight,distance,key,value" {
            return Err("line 1: the header must be set,weight,distance,key,value".into());
        }
        for (place, line) in lines {
            let at = |what: &str| format!("line {}: {what}", place + 1);
            let cells: Vec<&str> = line.trim().split(',').collect();
            let [set, weight, distance, key, value] = cells[..] else {
                return Err(at("five cells are wanted"));
            };
            let number = |cell: &str| cell.parse().ok().filter(|number: &f64| number.is_finite());
            let (Ok(set), Some(weight), Some(distance), Some(value)) =
                (set.parse(), number(weight), number(distance), number(value))
            else {
                return Err(at("a number is wanted in every cell but the key"));
            };
            let kept = sets.entry(set).or_default();
            (kept.weight, kept.distance) = (weight, distance);
            kept.values.insert(key.to_owned(), value);
        }
        let total: f64 = sets.values().map(|set| set.weight).sum();
        if sets.values().any(|set| set.weight < 0.0) || total <= 0.0 {
            return Err("the weights must be 0 or more, and not all 0".into());
        }
        let scaled = sets.into_values().map(|set| Set { weight: set.weight / total, ..set });
        Ok(Sets { all: scaled.collect(), ship: false })
    }

    /// So many of them, each as often as its weight says: always the same ones.
    pub fn some(&self, count: usize) -> Vec<&Set> {
        let mut below = 0.0;
        let mut last = self.all.iter();
        let mut at = last.next();
        let place = |k: usize| (k as f64 + 0.5) / count as f64;
        let mut chosen = Vec::new();
        for k in 0..count {
            while let Some(set) = at {
                if place(k) < below + set.weight || last.len() == 0 {
                    chosen.push(set);
                    break;
                }
                below += set.weight;
                at = last.next();
            }
        }
        chosen
    }

    /// The least distance from the patterns among them.
    pub fn nearest(&self) -> f64 {
        self.all.iter().map(|set| set.distance).fold(f64::INFINITY, f64::min)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }
}

/// A number that lies outside all the sets that a scenario names.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Outside {
    /// Its key.
    pub key: String,
    /// Its value; of a number that differs from run to run, the nearer end.
    pub value: f64,
    /// The lowest and the highest value in the sets.
    pub sets: (f64, f64),
}

/// The sets' values are written with four decimals where one becomes a scenario.
const ROUNDED: f64 = 1e-4;

impl Scenario {
    /// Numbers that the fitted sets hold, that no file of the user's states, and that nevertheless
    /// lie outside all sets: what is run is then none of the fits.
    pub fn outside_its_sets(&self) -> Vec<Outside> {
        let mut sets: BTreeMap<&str, (f64, f64)> = BTreeMap::new();
        for (key, value) in
            self.fitted.iter().flat_map(|sets| &sets.all).flat_map(|set| &set.values)
        {
            let ends = sets.entry(key).or_insert((*value, *value));
            *ends = (ends.0.min(*value), ends.1.max(*value));
        }
        let outside =
            sets.into_iter().filter(|(key, _)| !self.states(key)).filter_map(|(key, sets)| {
                let stated = self.known.get(key)?.stated;
                let (low, high) = stated.or_else(|| self.value(key).map(|value| (value, value)))?;
                let value = if low > sets.1 + ROUNDED {
                    low
                } else if high < sets.0 - ROUNDED {
                    high
                } else {
                    return None;
                };
                Some(Outside { key: key.to_owned(), value, sets })
            });
        outside.collect()
    }

    /// The same scenario at the values of a set; numbers that the user's own file or an
    /// assignment states, and those the scenario does not have or allow, stay as they are.
    pub fn at_set(&self, set: &Set) -> Scenario {
        let mut there = self.clone();
        for (key, value) in set.values.iter().filter(|(key, _)| !self.states(key)) {
            if let Ok(moved) = there.with([(key.as_str(), *value)]) {
                there = moved;
            }
        }
        there
    }
}

pub(super) fn read(top: &mut Reader<'_>) -> Option<Sets> {
    let node = top.node("fitted_sets")?;
    let name = top.string("fitted_sets")?;
    let wrong = |why: String| top.problem(Problem::new(why).at(&node.place));
    let written_in = Path::new(node.place.source_name());
    // What stands in an assignment is seen from where the program runs.
    let beside = match written_in.is_file() {
        true => written_in.parent().unwrap_or(Path::new("")).join(&name),
        false => Path::new(&name).to_path_buf(),
    };
    let shipped = built_in::fitted_sets(&name);
    let text = match shipped {
        Some(text) => text.to_owned(),
        None => match read_file(&beside) {
            Ok(source) => source.text().to_owned(),
            Err(problems) => {
                for mut problem in problems {
                    problem.message = format!("`fitted_sets`: {}", problem.message);
                    problem.place.get_or_insert_with(|| node.place.clone());
                    top.problem(problem);
                }
                return None;
            }
        },
    };
    let sets = Sets::from_table(&text);
    let sets = sets.map_err(|why| wrong(format!("`fitted_sets`, {name}: {why}"))).ok()?;
    Some(Sets { ship: shipped.is_some(), ..sets })
}
