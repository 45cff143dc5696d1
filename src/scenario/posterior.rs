//! What a fit says of numbers of a scenario, as draws: every draw has all of them, and all draws are
//! equally likely.
//!
//! `posterior` in a scenario names them: a built-in case, or the `posterior.csv` that `rppsim fit`
//! wrote, by a path relative to the scenario's file. A world whose numbers [are drawn](Numbers) lives
//! every run at one of the draws. Runs go by twos: the first and the second live at the same draw, the
//! third and the fourth at the next, so that what differs between draws can be told from what
//! differs by chance alone.

use super::document::cells::{Cell, Rows, uneven};
use super::document::{Place, Problem, Reader, Source, read_file};
use super::number::Set;
use super::{World, built_in};
use crate::model::{RunId, Setup};
use crate::streams::{Process, Streams};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

const COLUMNS: [&str; 3] = ["draw", "key", "value"];
/// The columns of what `calibrate` once wrote.
const OF_SETS: [&str; 5] = ["set", "weight", "distance", "key", "value"];
/// Runs in a row that live at the same draw.
const AT_A_DRAW: u64 = 2;

/// Draws from what is known of numbers.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Posterior {
    /// By draw: values by key.
    draws: Vec<BTreeMap<String, f64>>,
    /// Whether they ship with the program, fitted to the Cypress case, rather than come from a fit
    /// of the user's own.
    pub ship: bool,
}

/// The numbers that runs live at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Numbers {
    /// Those that the scenario states, in every run.
    #[default]
    Fixed,
    /// Where the scenario carries a posterior, those of one of its draws, by the number of the run.
    Posterior,
}

impl Numbers {
    /// Both.
    pub const ALL: [Numbers; 2] = [Numbers::Fixed, Numbers::Posterior];

    /// The word used in options and tables.
    pub fn word(self) -> &'static str {
        ["fixed", "posterior"][self as usize]
    }
}

impl Posterior {
    /// Reads the table that `rppsim fit` writes: one row for each draw and key, with the columns
    /// draw, key, value.
    ///
    /// # Errors
    /// The first place that cannot be read, and the reason.
    pub fn from_table(source: &Arc<Source>) -> Result<Posterior, Problem> {
        let (header, rows) = Rows::begin(source)?;
        let columns: Vec<&str> = header.iter().map(|cell| cell.text.as_str()).collect();
        if columns != COLUMNS {
            let problem = Problem::new("these are not the columns of a posterior")
                .at(&header[0].place)
                .found(columns.join(","))
                .allowed(COLUMNS.join(","));
            return Err(match columns == OF_SETS {
                true => problem.help("these are sets that `calibrate` kept, which are no posterior: fit anew with `rppsim fit`"),
                false => problem,
            });
        }
        let mut draws: BTreeMap<u64, BTreeMap<String, f64>> = BTreeMap::new();
        for cells in rows {
            let cells = cells?;
            let [draw, key, value] = &cells[..] else {
                return Err(uneven(&cells, COLUMNS.len()));
            };
            let number = |cell: &Cell| {
                cell.number().map_err(|why| {
                    let problem = Problem::new(format!("a number {}", why.what)).at(&cell.place);
                    why.instead.into_iter().fold(problem, Problem::help)
                })
            };
            let Ok(nth) = draw.text.parse() else {
                let problem = Problem::new("a draw has no whole number").at(&draw.place);
                return Err(problem.allowed("0 or more"));
            };
            let values = draws.entry(nth).or_default();
            if values.insert(key.text.clone(), number(value)?).is_some() {
                let why = format!("draw {nth} has two values of `{}`", key.text);
                return Err(Problem::new(why).at(&key.place));
            }
        }
        let mut all = draws.into_iter();
        let Some((first, own)) = all.next() else {
            return Err(Problem::new("there is no draw").at(&Place::beginning(source)));
        };
        let mut draws = vec![own];
        for (nth, values) in all {
            if !values.keys().eq(draws[0].keys()) {
                let why = format!("draw {nth} does not have the same keys as draw {first}");
                return Err(Problem::new(why).at(&Place::beginning(source)));
            }
            draws.push(values);
        }
        Ok(Posterior { draws, ship: false })
    }

    /// How many draws there are.
    pub fn len(&self) -> usize {
        self.draws.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.draws.is_empty()
    }

    /// The draws: values by key.
    pub fn draws(&self) -> &[BTreeMap<String, f64>] {
        &self.draws
    }

    /// So many of the draws, from all over them; the choice is always the same.
    pub fn some(&self, count: usize) -> impl Iterator<Item = &BTreeMap<String, f64>> {
        let count = count.min(self.draws.len());
        (0..count).map(move |k| &self.draws[k * self.draws.len() / count])
    }

    /// The keys of the numbers that are drawn.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.draws.first().into_iter().flat_map(|draw| draw.keys().map(String::as_str))
    }

    /// The value of a number below which a part of the draws lies.
    pub fn quantile(&self, key: &str, part: f64) -> Option<f64> {
        let mut values: Vec<f64> =
            self.draws.iter().filter_map(|draw| draw.get(key).copied()).collect();
        values.sort_by(f64::total_cmp);
        values.get(((part * values.len() as f64) as usize).min(values.len().max(1) - 1)).copied()
    }

    /// The draw that a run lives at.
    fn of(&self, run: RunId) -> usize {
        let all = self.draws.len() as u64;
        let start = Streams::new(run.seed(), 0, 0).named(Process::Number, "posterior").uniform();
        let start = (start * all as f64) as u64;
        ((start + (run.run().max(1) - 1) / AT_A_DRAW) % all.max(1)) as usize
    }
}

/// A number whose own value lies outside all draws of the posterior that a scenario carries.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Outside {
    /// Its key.
    pub key: String,
    /// Its value; for a number that differs from run to run, the end nearer to the draws.
    pub value: f64,
    /// The lowest and the highest value drawn.
    pub draws: (f64, f64),
}

/// Values are written with four decimals when a fit becomes a scenario.
const ROUNDED: f64 = 1e-4;

impl World {
    /// The same world with the numbers of its runs fixed, or drawn from the posterior that it
    /// carries, if it carries one. Numbers that the user's own file or an assignment states, or that
    /// were moved, keep their values. Draws that are not allowed together with what the world states
    /// are left out.
    ///
    /// ```
    /// use rppsim::model::RunId;
    /// use rppsim::scenario::{Numbers, World};
    /// let world = World::open("cypress")?.drawing(Numbers::Posterior);
    /// let threshold = |run| world.setup(RunId::new(1, run)).parameters.agenda.threshold;
    /// assert_eq!(threshold(1), threshold(2));
    /// assert_ne!(threshold(1), threshold(3));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn drawing(&self, numbers: Numbers) -> World {
        let mut there = World { numbers, ..self.clone() };
        if numbers == Numbers::Fixed {
            return there;
        }
        let Some(posterior) = &self.posterior else { return there };
        let allowed = |draw: &BTreeMap<String, f64>| {
            let mut setup = there.template.clone();
            there.put_draw(draw, &mut setup) && setup.check().is_empty()
        };
        let kept: Vec<_> = posterior.draws.iter().filter(|draw| allowed(draw)).cloned().collect();
        if kept.len() < posterior.len() {
            let numbers = if kept.is_empty() { Numbers::Fixed } else { numbers };
            there.numbers = numbers;
            there.posterior = Some(Posterior { draws: kept, ..posterior.as_ref().clone() }.into());
        }
        there
    }

    /// The same world with the numbers of its runs drawn as those of a base are: by the same draws,
    /// or not at all. What the base states itself stays as it is here, too.
    #[must_use]
    pub fn drawing_like(&self, base: &World) -> World {
        let mut there = self.clone();
        (there.posterior, there.numbers) = (base.posterior.clone(), base.numbers);
        let keys = base.posterior.iter().flat_map(|posterior| posterior.keys());
        let stays = keys.filter(|key| !base.is_drawn(key)).map(str::to_owned);
        there.undrawn = stays.collect::<BTreeSet<String>>().into();
        there
    }

    /// The same world at the numbers of a draw. Numbers that the user's own file or an assignment
    /// states, and numbers that the world does not have or allow, keep their values.
    #[must_use]
    pub fn at_draw(&self, draw: &BTreeMap<String, f64>) -> World {
        let mut there = self.clone();
        for (key, value) in draw.iter().filter(|(key, _)| !self.states(key)) {
            if let Ok(moved) = there.with([(key.as_str(), *value)]) {
                there = moved;
            }
        }
        there
    }

    /// Whether the numbers of its runs are drawn from a posterior.
    pub fn draws(&self) -> bool {
        self.numbers == Numbers::Posterior
            && self.posterior.as_ref().is_some_and(|p| p.keys().any(|key| self.is_drawn(key)))
    }

    /// The draw that a run lives at, by its place; `None` where numbers are fixed.
    pub fn draw_of(&self, run: RunId) -> Option<usize> {
        self.posterior.as_ref().filter(|_| self.draws()).map(|posterior| posterior.of(run))
    }

    fn is_drawn(&self, key: &str) -> bool {
        !self.states(key) && !self.moved.contains_key(key) && !self.undrawn.contains(key)
    }

    /// Puts the numbers of the draw that a run lives at in their places.
    pub(super) fn put_drawn(&self, setup: &mut Setup, run: RunId) {
        if let Some(posterior) = self.posterior.as_ref().filter(|_| self.draws()) {
            self.put_draw(&posterior.draws[posterior.of(run)], setup);
        }
    }

    /// Puts the numbers of a draw in their places; whether every one is allowed.
    fn put_draw(&self, draw: &BTreeMap<String, f64>, setup: &mut Setup) -> bool {
        let mut mixes = BTreeMap::new();
        let mut allowed = true;
        for (key, value) in draw.iter().filter(|(key, _)| self.is_drawn(key)) {
            let Some(known) = self.known.get(key) else { continue };
            allowed &= known.allowed.holds(*value);
            match &known.set {
                Set::Place(set) => set(setup, *value),
                Set::Share(mix, _) => _ = mixes.insert(&mix.key, mix),
                Set::Again => allowed = false,
            }
        }
        for mix in mixes.into_values() {
            let weight = |share: &str| {
                let drawn = draw.get(share).filter(|_| self.is_drawn(share));
                drawn.or(self.moved.get(share)).copied()
            };
            match mix.with(weight) {
                Some(shares) => (mix.set)(setup, shares),
                None => allowed = false,
            }
        }
        allowed
    }

    /// Numbers of the posterior whose own value lies outside all draws although no file of the
    /// user's states them: with fixed numbers, what runs is then not what was fitted.
    pub fn outside_its_posterior(&self) -> Vec<Outside> {
        let Some(posterior) = &self.posterior else { return Vec::new() };
        let outside = posterior.keys().filter(|key| !self.states(key)).filter_map(|key| {
            let draws = (posterior.quantile(key, 0.0)?, posterior.quantile(key, 1.0)?);
            let stated = self.known.get(key)?.stated;
            let (low, high) = stated.or_else(|| self.value(key).map(|value| (value, value)))?;
            let value = if low > draws.1 + ROUNDED {
                low
            } else if high < draws.0 - ROUNDED {
                high
            } else {
                return None;
            };
            Some(Outside { key: key.to_owned(), value, draws })
        });
        outside.collect()
    }
}

pub(super) fn read(top: &mut Reader<'_>) -> Option<Arc<Posterior>> {
    if let Some(node) = top.node("fitted_sets") {
        top.problem(
            Problem::new("`fitted_sets` is no more: sets that fit about as well are no statement of what is not known")
                .at(&node.place)
                .help("write posterior = \"FILE\", with the posterior.csv that `rppsim fit` wrote, or posterior = \"cypress\""),
        );
    }
    let node = top.node("posterior")?;
    let name = top.string("posterior")?;
    let written_in = Path::new(node.place.source_name());
    // What stands in an assignment is seen from where the program runs.
    let beside = match written_in.is_file() {
        true => written_in.parent().unwrap_or(Path::new("")).join(&name),
        false => Path::new(&name).to_path_buf(),
    };
    let shipped = built_in::posterior(&name);
    let ship = shipped.is_some();
    let source = match shipped {
        Some(text) => Source::new(format!("built-in {name}"), text),
        None => match read_file(&beside) {
            Ok(source) => source,
            Err(problems) => {
                for mut problem in problems {
                    problem.message = format!("`posterior`: {}", problem.message);
                    problem.place.get_or_insert_with(|| node.place.clone());
                    top.problem(problem);
                }
                return None;
            }
        },
    };
    let refused = |problem: Problem| top.problem(problem.note(&node.place, "`posterior`"));
    let posterior = Posterior::from_table(&source).map_err(refused).ok()?;
    Some(Posterior { ship, ..posterior }.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Posterior, String> {
        let source = Source::new("posterior.csv", text);
        Posterior::from_table(&source).map_err(|problem| problem.to_string())
    }

    #[test]
    fn draws_are_read_however_other_programs_write_them() {
        let plain = read("draw,key,value\n1,a,0.6\n2,a,0.8\n");
        let draws = plain.clone().expect("draws");
        assert_eq!((draws.len(), draws.quantile("a", 1.0)), (2, Some(0.8)));
        let quoted = "\u{feff}\"draw\",\"key\",\"value\"\r\n1,\"a\",0.6\r\n\r\n2,\"a\",0.8\r\n";
        assert_eq!(read(quoted), plain);
    }

    #[test]
    fn what_is_no_posterior_is_told_with_its_place() {
        let told = |rows: &str, says: &[&str]| {
            let said = read(&format!("draw,key,value\n{rows}")).expect_err(rows);
            says.iter().for_each(|part| assert!(said.contains(part), "{part} in {said}"));
        };
        told("1,a\n", &["posterior.csv:2:3", "as many cells", "3 cells"]);
        told("1,a,\"0,5\"\n", &["posterior.csv:2:5", "write 0.5"]);
        told("one,a,1\n", &["posterior.csv:2:1", "no whole number"]);
        told("1,a,1\n1,a,2\n", &["posterior.csv:3:3", "two values of `a`"]);
        told("1,a,1\n2,b,2\n", &["draw 2 does not have the same keys"]);
        told("", &["there is no draw"]);
        let sets = read("set,weight,distance,key,value\n1,1,0.5,a,1\n").expect_err("sets");
        assert!(sets.contains("rppsim fit"), "{sets}");
    }

    fn carrying(text: &str) -> World {
        let table = "draw,key,value\n1,agenda.threshold,0.6\n1,learning.talk,2\n2,agenda.threshold,0.9\n2,learning.talk,3\n3,agenda.threshold,-7\n3,learning.talk,3\n";
        let posterior = Posterior::from_table(&Source::new("posterior.csv", table)).expect("draws");
        let mut world = World::from_text("mine", text).expect("a world");
        world.posterior = Some(posterior.into());
        world.drawing(Numbers::Posterior)
    }

    #[test]
    fn runs_live_at_draws_two_by_two_and_what_is_stated_stays() {
        let world = carrying("extends = \"quiet\"");
        let at = |world: &World, run| {
            let setup = world.setup(RunId::new(1, run));
            (setup.parameters.agenda.threshold, setup.parameters.learning.talk)
        };
        // The draw that is not allowed is left out.
        let four: Vec<_> = (1..=4).map(|run| at(&world, run)).collect();
        assert!(four[0] == four[1] && four[2] == four[3] && four[0] != four[2]);
        assert!(four.iter().all(|pair| [(0.6, 2.0), (0.9, 3.0)].contains(pair)), "{four:?}");
        let own = carrying("extends = \"quiet\"\nagenda.threshold = 0.7");
        assert_eq!((at(&own, 1).0, at(&own, 3).0), (0.7, 0.7));
        assert_ne!(at(&own, 1).1, at(&own, 3).1);
        let moved = world.with([("learning.talk", 1.5)]).expect("allowed");
        assert_eq!((at(&moved, 1).1, at(&moved, 3).1), (1.5, 1.5));
        let fixed = world.drawing(Numbers::Fixed);
        assert_eq!(at(&fixed, 1), at(&fixed, 3));
    }

    /// A run is lived at its draw, not only set up at it.
    #[test]
    fn a_run_is_that_of_the_world_at_its_draw() {
        let world = World::open("cypress").expect("a case").drawing(Numbers::Posterior);
        let draws = world.posterior.as_ref().expect("a posterior").draws();
        for run in [1, 2, 3, 9] {
            let run = RunId::new(5, run);
            let there = world.at_draw(&draws[world.draw_of(run).expect("a draw")]);
            let [drawn, there] = [&world, &there].map(|world| world.run(run).expect("a run"));
            assert_eq!(format!("{:?}", drawn.months), format!("{:?}", there.months));
        }
    }

    #[test]
    fn a_variant_draws_as_its_base_does() {
        let base = carrying("extends = \"quiet\"\nagenda.threshold = 0.7");
        let variant = World::from_text("other", "extends = \"quiet\"\nlearning.retention = 0.9");
        let variant = variant.expect("a world").drawing_like(&base);
        for run in 1..=6 {
            let of = |world: &World| world.setup(RunId::new(3, run)).parameters.learning.talk;
            assert_eq!(of(&base), of(&variant));
        }
        let threshold = |run| variant.setup(RunId::new(3, run)).parameters.agenda.threshold;
        assert_eq!(threshold(1), threshold(3));
    }
}
