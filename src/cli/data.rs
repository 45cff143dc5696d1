//! `rppsim data check`: what was understood of a study; `rppsim data make`: a run as a study would
//! have coded it.

use super::asked::{Asked, begin, made, tell_left_out, whole};
use super::outcome::{Failure, Found, is_whole};
use clap::{Args, Subcommand, ValueEnum};
use rppsim::measure::Depth;
use rppsim::model::RunId;
use rppsim::report::study::{self, forms};
use rppsim::scenario::World;
use rppsim::scenario::document::Assignment;
use serde_json::json;
use std::path::PathBuf;

#[derive(Subcommand)]
pub enum Arguments {
    /// Say what was understood of the tables that a scenario names in [data], and draw it
    Check(Check),
    /// Write one run of a scenario as a study would have coded it: a study of known truth
    Make(Make),
}

#[derive(Args)]
pub struct Check {
    /// The path of a scenario file with [data]
    scenario: String,
    /// Change a value of the scenario: --set data.folder='"study"' (may be repeated)
    #[arg(long, value_name = "KEY=TOML")]
    set: Vec<String>,
    /// Also make this folder: the patterns, rates of leaving, and pictures of what was observed
    #[arg(long)]
    out: Option<PathBuf>,
    /// Replace the files that the manifest of an existing folder lists
    #[arg(long, requires = "out")]
    force: bool,
}

#[derive(Args)]
pub struct Make {
    #[command(flatten)]
    asked: Asked,
    /// Number of the run
    #[arg(long, default_value_t = 1, value_parser = whole(1, u64::MAX / 2))]
    run: u64,
    /// The form of its tables
    #[arg(long, value_enum, default_value_t = Form::Plain)]
    form: Form,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    Plain,
    R,
    Taguette,
    Qualcoder,
    Dedoose,
}

pub fn run(arguments: &Arguments) -> Result<Found, Failure> {
    match arguments {
        Arguments::Check(arguments) => check(arguments),
        Arguments::Make(arguments) => make(arguments),
    }
}

fn check(arguments: &Check) -> Result<Found, Failure> {
    let set: Vec<Assignment> = arguments.set.iter().map(|text| Assignment::set(text)).collect();
    let world = World::open_assigned(&arguments.scenario, &set)?;
    tell_left_out(world.beyond_horizon());
    let Some(understood) = &world.data else {
        return Err(Failure::BadInput(format!(
            "`{}` names no data\n  help: write [data] with folder = \"FOLDER\", where episodes.csv, interviews.csv and people.csv are",
            arguments.scenario
        )));
    };
    let mut lines = study::told(&world, understood);
    let mut json = study::to_json(&world, understood);
    if let Some(out) = &arguments.out {
        let mut folder = begin(out, arguments.force)?;
        folder.state("assignments", &arguments.set);
        let done = study::write(folder, &world, understood)?;
        made(&done);
        json["folder"] = json!(done.folder.to_string_lossy());
        lines.push(format!("{} files in {}", done.files.len(), done.folder.display()));
    }
    Found::new(json, lines.join("\n"))
}

fn make(arguments: &Make) -> Result<Found, Failure> {
    let world = arguments.asked.scenario(&[])?;
    tell_left_out(world.beyond_horizon());
    let form = match arguments.form {
        Form::Plain => forms::Form::Plain,
        Form::R => forms::Form::R,
        Form::Taguette => forms::Form::Taguette,
        Form::Qualcoder => forms::Form::QualCoder,
        Form::Dedoose => forms::Form::Dedoose,
    };
    let mut folder = arguments.asked.folder("data-", &world.name)?;
    let origin = RunId::new(arguments.asked.seed, arguments.run);
    let record = world
        .run_watched(origin, Depth::Detail, &mut ())
        .map_err(|why| Failure::BadInput(why.to_string()))?;
    let tables = forms::tables(&world, &record, form);
    tables.iter().try_for_each(|(name, rows)| folder.write(name, rows))?;
    let target = folder.target().to_owned();
    // A study has no manifest: what is written is what a scholar would have.
    folder.commit()?;
    is_whole(target.clone());
    let names: Vec<&str> = tables.iter().map(|(name, _)| *name).collect();
    let words = format!(
        "{} in {}: run {} of `{}`, seed {}, as a study would have coded it",
        names.join(", "),
        target.display(),
        arguments.run,
        world.name,
        arguments.asked.seed
    );
    Found::new(json!({ "folder": target.to_string_lossy(), "files": names }), words)
}
