//! What several commands ask for in the same words: a scenario, and a folder for the results.

use super::outcome::Failure;
use super::papers;
use clap::Args;
use rppsim::report::Folder;
use rppsim::scenario::Scenario;
use rppsim::scenario::document::{Problem, Problems, parse, read_file};
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

#[derive(Args)]
pub struct Asked {
    /// A built-in case (see `rppsim cases`) or the path of a scenario file
    #[arg(default_value = "cypress")]
    pub scenario: String,
    /// Seed of all randomness
    #[arg(long, default_value_t = 1)]
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
    /// Print one JSON object instead of tables
    #[arg(long)]
    pub json: bool,
}

impl Asked {
    /// The scenario with the assignments laid over it, and some more.
    pub fn scenario(&self, more: &[String]) -> Result<Scenario, Failure> {
        let assignments = [&self.set[..], more].concat();
        Ok(Scenario::open(&self.scenario, &assignments)?)
    }

    /// Begins the folder; `command` goes before the scenario's name unless a folder is given.
    pub fn folder(&self, scenario: &Scenario, command: &str) -> Result<Folder, Failure> {
        let default = || PathBuf::from("out").join(format!("{command}{}", scenario.name));
        papers::begin(&self.out.clone().unwrap_or_else(default), self.force)
    }
}
