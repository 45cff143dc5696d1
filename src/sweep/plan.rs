//! Plans of sweeps: a TOML file says what is varied, how often it is run and what is measured.

mod reading;
mod rows;

use super::factor::Factor;
use crate::measure::Measure;
use crate::scenario::World;
use crate::scenario::document::{Problem, Problems, Source, parse, read_file_up_to};
use crate::sweep::design::{Kind, Place};
use reading::Reading;
use std::cell::RefCell;
use std::path::Path;
use std::sync::Arc;

/// A checked plan.
#[derive(Clone, Debug)]
pub struct Plan {
    /// A title for tables and pictures.
    pub title: String,
    /// The scenario that is varied.
    pub world: World,
    /// What is varied, in the order of the columns.
    pub factors: Vec<Factor>,
    /// How the rows were chosen; none for rows of a table made elsewhere.
    pub design: Option<Kind>,
    /// By row: the value of each factor.
    pub rows: Vec<Vec<f64>>,
    /// By row: what it is for in the design.
    pub places: Vec<Place>,
    /// Runs of each row.
    pub replicates: u64,
    /// The seed of all runs, and of the design.
    pub seed: u64,
    /// Whether replicate k of every row is run k of the seed, so that rows differ only by
    /// consequences; otherwise every run has a number of its own.
    pub common: bool,
    /// What is measured.
    pub outcomes: Vec<Measure>,
    /// Whether a table of all runs is made, beside that of rows.
    pub keep_runs: bool,
    /// Whether the meetings of every run are kept, for fans of role share.
    pub keep_meetings: bool,
    /// Runs in a chunk of the store, if the plan says so.
    pub runs_a_chunk: Option<u64>,
    /// So many failed runs are put up with; with one more the sweep is given up.
    pub failures: u64,
    /// The scenario and the assignments that were asked for.
    pub asked: Vec<String>,
    /// The plan as one file that needs no other: [`Plan::from_text`] reads it back. Only `failures`
    /// is not in it, for results do not depend on it, and a sweep that was given up can go on.
    pub text: String,
}

/// Values of one row of a sweep that are held in memory at a time: replicates times outcomes, and
/// four kept meetings for one value.
pub const MOST_VALUES_OF_A_ROW: u64 = 500_000;
/// Runs that a chunk holds at most.
pub(super) const MOST_RUNS_OF_A_CHUNK: u64 = 4096;
/// Keys that a scenario may have and no plan.
const OF_A_SCENARIO: [&str; 8] =
    ["extends", "calendar", "organization", "seat", "meeting", "agenda", "nation", "class"];
/// The largest plan or table of rows that is read, in bytes.
const MOST_BYTES: u64 = 64 * 1024 * 1024;

impl Plan {
    /// Reads a plan; paths in it are relative to its file.
    ///
    /// # Errors
    /// Every problem found, with its place.
    pub fn open(path: &Path) -> Result<Plan, Problems> {
        Plan::from_source(read_file_up_to(path, MOST_BYTES)?)
    }

    /// Reads a plan from its text; paths in it are relative to `name`.
    ///
    /// # Errors
    /// Every problem found, with its place.
    pub fn from_text(name: &str, text: &str) -> Result<Plan, Problems> {
        Plan::from_source(Source::new(name, text))
    }

    fn from_source(source: Arc<Source>) -> Result<Plan, Problems> {
        let table = parse(source)?;
        let has = |key: &&str| table.get(key).is_some();
        if ["design", "outcomes", "factor"].iter().all(|key| !has(key))
            && OF_A_SCENARIO.iter().any(has)
        {
            let run = format!("rppsim run {}", quoted(table.place().source_name()));
            let problem =
                Problem::new("this looks like a scenario, not a plan (it has no [design])");
            return Err(problem.at(table.place()).help(run).into());
        }
        let problems = RefCell::new(Problems::new());
        let plan = Reading { table: &table, problems: &problems }.plan();
        problems.into_inner().into_result(())?;
        // Without a problem there is a plan.
        plan.ok_or_else(|| Problem::new("the plan cannot be read").at(table.place()).into())
    }

    /// All runs.
    pub fn runs(&self) -> u64 {
        self.rows.len() as u64 * self.replicates
    }

    /// The number of the run that a replicate (from 0) of a row is.
    pub fn run_number(&self, row: usize, replicate: u64) -> u64 {
        match self.common {
            true => replicate + 1,
            false => row as u64 * self.replicates + replicate + 1,
        }
    }

    /// The world of a row.
    ///
    /// # Errors
    /// Why the values cannot be set.
    pub fn world_of(&self, row: usize) -> Result<World, String> {
        let values = self.factors.iter().map(|factor| factor.key.as_str());
        self.world.with(values.zip(self.rows[row].iter().copied())).map_err(|why| why.to_string())
    }

    /// The command that repeats a run alone.
    pub fn command(&self, row: usize, replicate: u64) -> String {
        let values = self.factors.iter().zip(&self.rows[row]);
        let world = self.world_of(row).ok();
        let mut sets: Vec<String> = Vec::new();
        for (factor, value) in values {
            let whole = |world: &World| world.assignment(&factor.key);
            let set =
                world.as_ref().and_then(whole).unwrap_or_else(|| match factor.allowed.whole {
                    true => format!("{}={value}", factor.key),
                    false => format!("{}={value:?}", factor.key),
                });
            // Several shares of a mix are one assignment.
            if !sets.contains(&set) {
                sets.push(set);
            }
        }
        let (seed, run) = (self.seed, self.run_number(row, replicate));
        let mut asked = self.asked.iter();
        let scenario = asked.next().map_or(String::new(), |name| quoted(name));
        let sets = asked.cloned().chain(sets).map(|set| format!(" --set {}", quoted(&set)));
        let sets: String = sets.collect();
        format!("rppsim run {scenario}{sets} --seed {seed} --first {run} --runs 1")
    }
}

/// A word as a shell takes it, in quotation marks where it needs them.
pub fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./=,:".contains(c);
    match !word.is_empty() && word.chars().all(plain) {
        true => word.to_owned(),
        false => format!("'{}'", word.replace('\'', r"'\''")),
    }
}

#[cfg(test)]
mod tests {
    use super::{Plan, quoted};
    use crate::scenario::World;
    use crate::scenario::number::Kind;
    use std::fmt::Write;

    /// Shares of one mix that are moved together, a number of seats, and a number of a role.
    #[test]
    fn the_command_of_a_run_gives_its_world_whatever_kind_of_number_is_moved() {
        let numbers = World::open("cypress").expect("cypress").numbers();
        let first = |kind: Kind, start: &str, end: &str, count: usize| {
            let fits = numbers.iter().filter(move |number| {
                let key = &number.key;
                number.kind == kind && key.starts_with(start) && key.ends_with(end)
            });
            fits.filter(|number| number.moves.is_ok()).take(count).collect::<Vec<_>>()
        };
        let shares = first(Kind::Share, "organization.pdi.identity", "", 2);
        let seats = first(Kind::Seats, "seat.", "", 1);
        let seen = first(Kind::Plain, "organization.pdi.role.", ".visibility", 1);
        let moved = [shares, seats, seen].concat();
        assert_eq!(moved.len(), 4);
        let mut text = "schema = 1\nscenario = \"cypress\"\noutcomes = [\"role_share\"]\n\
                        [design]\nkind = \"latin\"\npoints = 5\n"
            .to_owned();
        for number in &moved {
            let span = number.moves.expect("a span");
            let (key, low, high) = (&number.key, span.low, span.high);
            let _ = writeln!(text, "[factor.{key:?}]\nrange = [{low:?}, {high:?}]");
        }
        let plan = Plan::from_text("mine.toml", &text).expect("a plan");
        for row in 0..plan.rows.len() {
            let command = plan.command(row, 0);
            let (sets, _) = command.split_once(" --seed").expect("a seed");
            let sets: Vec<&str> =
                sets.split(" --set ").skip(1).map(|set| set.trim_matches('\'')).collect();
            assert_eq!(sets.len(), 3, "two shares are one mix: {command}");
            let repeated = World::open_with("cypress", sets).expect("the command is read");
            let lived = plan.world_of(row).expect("the row can be run");
            assert_eq!(repeated.template(), lived.template(), "{command}");
        }
    }

    #[test]
    fn a_shell_takes_a_quoted_word_for_what_it_was() {
        let words = ["plain", "", "two words", "it's", "$HOME `x` \"y\" \\"];
        for word in words {
            let script = format!("printf %s {}", quoted(word));
            let told = std::process::Command::new("sh").args(["-c", &script]).output();
            assert_eq!(String::from_utf8_lossy(&told.expect("a shell").stdout), word);
        }
    }
}
