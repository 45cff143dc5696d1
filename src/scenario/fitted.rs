//! Fitted sets: sets of parameter values, kept by a search, that reproduce the published patterns.
//!
//! `fitted_sets` in a scenario names them: a built-in case, or the `particles.csv` that
//! `rppsim calibrate` wrote, by a path relative to the scenario's file.

use super::document::cells::{Cell, Rows, uneven};
use super::document::{Place, Problem, Reader, Source, read_file};
use super::{World, built_in};
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

const COLUMNS: [&str; 5] = ["set", "weight", "distance", "key", "value"];

/// Sets of parameter values with their weights.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Sets {
    all: Vec<Set>,
    /// Whether they ship with the program, fitted to the Cypress case, rather than come from a
    /// search of the user's own.
    pub ship: bool,
}

/// One set.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Set {
    /// Its weight; the weights of all sets sum to one.
    pub weight: f64,
    /// Its distance from the published patterns, in sampling errors per pattern.
    pub distance: f64,
    /// Its values, by key.
    pub values: BTreeMap<String, f64>,
}

impl Sets {
    /// Reads the table that `rppsim calibrate` writes: one row for each set and key, with the
    /// columns set, weight, distance, key, value.
    ///
    /// # Errors
    /// The first place that cannot be read, and the reason.
    pub fn from_table(source: &Arc<Source>) -> Result<Sets, Problem> {
        let (header, rows) = Rows::begin(source)?;
        if !header.iter().map(|cell| cell.text.as_str()).eq(COLUMNS) {
            return Err(Problem::new("these are not the columns of fitted sets")
                .at(&header[0].place)
                .found(header.iter().map(|cell| cell.text.as_str()).collect::<Vec<_>>().join(","))
                .allowed(COLUMNS.join(",")));
        }
        let mut sets: BTreeMap<u64, Set> = BTreeMap::new();
        for cells in rows {
            let cells = cells?;
            let [set, weight, distance, key, value] = &cells[..] else {
                return Err(uneven(&cells, COLUMNS.len()));
            };
            let number = |cell: &Cell, least: f64| match cell.number() {
                Ok(number) if number >= least => Ok(number),
                Ok(_) => Err(Problem::new("a weight or a distance is negative").at(&cell.place)),
                Err(why) => {
                    let problem = Problem::new(format!("a number {}", why.what)).at(&cell.place);
                    Err(why.instead.into_iter().fold(problem, Problem::help))
                }
            };
            let Ok(nth) = set.text.parse() else {
                let problem = Problem::new("a set has no whole number").at(&set.place);
                return Err(problem.allowed("0 or more"));
            };
            let (weight, distance) = (number(weight, 0.0)?, number(distance, 0.0)?);
            let kept =
                sets.entry(nth).or_insert_with(|| Set { weight, distance, ..Set::default() });
            if (kept.weight, kept.distance) != (weight, distance) {
                let why = format!("set {nth} has another weight or distance above");
                return Err(Problem::new(why).at(&set.place));
            }
            if kept.values.insert(key.text.clone(), number(value, f64::MIN)?).is_some() {
                let why = format!("set {nth} has two values of `{}`", key.text);
                return Err(Problem::new(why).at(&key.place));
            }
        }
        let total: f64 = sets.values().map(|set| set.weight).sum();
        if !(total > 0.0 && total.is_finite()) {
            let why = "the weights of the sets do not sum to a number above 0";
            return Err(Problem::new(why).at(&Place::beginning(source)));
        }
        let scaled = sets.into_values().map(|set| Set { weight: set.weight / total, ..set });
        Ok(Sets { all: scaled.collect(), ship: false })
    }

    /// A number of sets, each in proportion to its weight. The choice is always the same.
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

    /// The smallest distance from the patterns.
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
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Outside {
    /// Its key.
    pub key: String,
    /// Its value; for a number that differs from run to run, the end nearer to the sets.
    pub value: f64,
    /// The lowest and the highest value in the sets.
    pub sets: (f64, f64),
}

/// Values of a set are written with four decimals when the set becomes a scenario.
const ROUNDED: f64 = 1e-4;

impl World {
    /// Numbers of the fitted sets that lie outside all sets although no file of the user's states
    /// them: what runs is then not one of the fits.
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

    /// The same world at the values of a set. Numbers that the user's own file or an assignment
    /// states, and numbers that the world does not have or allow, keep their values.
    #[must_use]
    pub fn at_set(&self, set: &Set) -> World {
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
    let written_in = Path::new(node.place.source_name());
    // What stands in an assignment is seen from where the program runs.
    let beside = match written_in.is_file() {
        true => written_in.parent().unwrap_or(Path::new("")).join(&name),
        false => Path::new(&name).to_path_buf(),
    };
    let shipped = built_in::fitted_sets(&name);
    let ship = shipped.is_some();
    let source = match shipped {
        Some(text) => Source::new(format!("built-in {name}"), text),
        None => match read_file(&beside) {
            Ok(source) => source,
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
    let refused = |problem: Problem| top.problem(problem.note(&node.place, "`fitted_sets`"));
    let sets = Sets::from_table(&source).map_err(refused).ok()?;
    Some(Sets { ship, ..sets })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Sets, String> {
        Sets::from_table(&Source::new("sets.csv", text)).map_err(|problem| problem.to_string())
    }

    #[test]
    fn sets_are_read_however_other_programs_write_them() {
        let plain = read("set,weight,distance,key,value\n1,1,0.5,a,0.6\n2,3,0.7,a,0.8\n");
        let sets = plain.clone().expect("sets");
        assert_eq!((sets.len(), sets.nearest()), (2, 0.5));
        assert_eq!(sets.all[1].weight, 0.75);
        let quoted = "\u{feff}\"set\",\"weight\",\"distance\",\"key\",\"value\"\r\n1,1,0.5,\"a\",0.6\r\n\r\n2,3,0.7,\"a\",0.8\r\n";
        assert_eq!(read(quoted), plain);
    }

    #[test]
    fn what_is_no_table_of_sets_is_told_with_its_place() {
        let told = |rows: &str, says: &[&str]| {
            let said = read(&format!("set,weight,distance,key,value\n{rows}")).expect_err(rows);
            says.iter().for_each(|part| assert!(said.contains(part), "{part} in {said}"));
        };
        told("1,1,0.5,a\n", &["sets.csv:2:9", "as many cells", "5 cells"]);
        told("1,1,\"0,5\",a,1\n", &["sets.csv:2:5", "write 0.5"]);
        told("1,-1,0.5,a,1\n", &["sets.csv:2:3", "negative"]);
        told("one,1,0.5,a,1\n", &["sets.csv:2:1", "no whole number"]);
        told("1,1,0.5,a,1\n1,1,0.5,a,2\n", &["sets.csv:3:9", "two values of `a`"]);
        told("1,1,0.5,a,1\n1,2,0.5,b,2\n", &["sets.csv:3:1", "another weight"]);
        told("1,1e308,0.5,a,1\n2,1e308,0.5,a,1\n", &["do not sum to a number above 0"]);
        told("1,0,0.5,a,1\n", &["do not sum to a number above 0"]);
        let index = read(",set,weight,distance,key,value\n0,1,1,0.5,a,1\n").expect_err("an index");
        assert!(index.contains("index=False"), "{index}");
        let other = read("set,weight,key,value\n").expect_err("a column is missing");
        assert!(other.contains("allowed: set,weight,distance,key,value"), "{other}");
    }
}
