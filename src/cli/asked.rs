//! What several commands ask for in the same words: a scenario, and a folder for the results.

use super::outcome::{Failure, is_whole, note, stop_on_interrupt};
use clap::Args;
use rppsim::report::{Folder, Made};
use rppsim::scenario::Numbers;
use rppsim::scenario::World;
use rppsim::scenario::document::{Assignment, Problem, Problems, parse, read_file};
use rppsim::scenario::posterior::Outside;
use std::fmt::Display;
use std::path::{Path, PathBuf};

/// Says so if a file is the plan of a sweep: as a scenario it would be a list of unknown keys.
pub fn is_no_plan(file: &str) -> Result<(), Failure> {
    // What cannot be read or parsed is told of by those who open it as a scenario.
    let Some(table) = read_file(Path::new(file)).and_then(parse).ok() else { return Ok(()) };
    let design = table.get("design").filter(|_| table.get("factor").is_some());
    design.map_or(Ok(()), |design| {
        let problem = Problem::new("this looks like a plan, not a scenario (it has [design])");
        let help = format!("rppsim sweep {file}");
        Err(Problems::from(problem.at(&design.place).help(help)).into())
    })
}

/// Reads a whole number between two ends; says what is allowed where it is not one.
pub fn whole<T>(low: T, high: T) -> impl Fn(&str) -> Result<T, String> + Clone
where
    T: Copy + Display + Into<i128> + TryFrom<i128>,
{
    move |text| {
        let number = text.parse::<i128>().ok();
        let within = number.filter(|number| (low.into()..=high.into()).contains(number));
        let number = within.and_then(|number| T::try_from(number).ok());
        number.ok_or_else(|| format!("allowed is a whole number from {low} to {high}"))
    }
}

/// Names what an assignment's shorter horizon left out.
pub fn tell_left_out(left_out: &[String]) {
    if !left_out.is_empty() {
        note(&format!("note: beyond the horizon, and so left out: {}", left_out.join(", ")));
    }
}

/// Names numbers that lie outside all draws of the posterior that a scenario carries.
pub fn tell_outside(outside: &[Outside]) {
    for Outside { key, value, draws: (low, high) } in outside {
        note(&format!(
            "note: `{key}` is {value}, outside all draws of the posterior ({low:.4} to {high:.4}): with fixed numbers the scenario is not what was fitted\n  help: extend the fitted.toml that rppsim fit wrote beside them"
        ));
    }
}

/// `fixed` or `posterior`.
pub fn numbers(word: &str) -> Result<Numbers, String> {
    let found = Numbers::ALL.into_iter().find(|numbers| numbers.word() == word);
    found.ok_or_else(|| "allowed is fixed or posterior".into())
}

#[derive(Args)]
pub struct Asked {
    /// A built-in case (see `rppsim cases`) or the path of a scenario file
    #[arg(default_value = "cypress")]
    pub scenario: String,
    /// Seed of all randomness
    #[arg(long, default_value_t = 1, value_parser = whole(0, u64::MAX))]
    pub seed: u64,
    /// Change a value of the scenario: --set agenda.threshold=0.7 (may be repeated)
    #[arg(long, value_name = "KEY=TOML")]
    pub set: Vec<String>,
    /// Folder for the results [default: out/<name of the scenario>, after the command's name
    /// unless it is run]
    #[arg(long)]
    pub out: Option<PathBuf>,
    /// Replace the files that the manifest of an existing folder lists
    #[arg(long)]
    pub force: bool,
}

impl Asked {
    /// The assignments, and some more.
    pub fn assignments(&self, more: &[Assignment]) -> Vec<Assignment> {
        let set = self.set.iter().map(|text| Assignment::set(text));
        set.chain(more.iter().cloned()).collect()
    }

    /// The scenario with the assignments laid over it, and some more.
    pub fn scenario(&self, more: &[Assignment]) -> Result<World, Failure> {
        Ok(World::open_assigned(&self.scenario, &self.assignments(more))?)
    }

    /// Begins the folder; `command` goes before the scenario's name unless a folder is given.
    pub fn folder(&self, command: &str, name: &str) -> Result<Folder, Failure> {
        let default = || PathBuf::from("out").join(format!("{command}{name}"));
        let mut folder = begin(&self.out.clone().unwrap_or_else(default), self.force)?;
        folder.state("assignments", &self.set);
        Ok(folder)
    }
}

/// Begins a folder, before anything is computed. From here on a signal to end leaves nothing.
pub fn begin(target: &Path, force: bool) -> Result<Folder, Failure> {
    let stop = stop_on_interrupt();
    let begin = if force { Folder::replace } else { Folder::begin };
    Ok(begin(target)?.stopped_by(stop.into()))
}

/// Says what is not as it should be in a folder that is in its place.
pub fn made(made: &Made) {
    made.notes.iter().for_each(|lacking| note(&format!("note: {lacking}")));
    is_whole(made.folder.clone());
}

/// The threads that were asked for.
pub fn pool(threads: Option<u32>) -> Result<rayon::ThreadPool, Failure> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads.unwrap_or(0) as usize).build();
    pool.map_err(|e| Failure::system("cannot start threads", e))
}
