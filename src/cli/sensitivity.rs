//! `rppsim sensitivity`: what the outcomes of a complete sweep depend on, from its store alone.

use super::asked::{begin, made};
use super::outcome::{Failure, Found};
use super::sweep::{stored_plan, sweep_of};
use clap::Args;
use rppsim::report::sensitivity::{OfOutcome, Sensitivity};
use rppsim::report::words::sensitivity::method;
use rppsim::store::{Shard, Store};
use rppsim::sweep::Plan;
use rppsim::sweep::results::{Row, fold};
use rppsim::sweep::sensitivity::gathered::Gathered;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// Factors of an outcome that are printed.
const PRINTED: usize = 12;

#[derive(Args)]
pub struct Arguments {
    /// The folder of a complete sweep
    folder: PathBuf,
    /// Folder for the results [default: beside the sweep, with -sensitivity after its name]
    #[arg(long)]
    out: Option<PathBuf>,
    /// Replace the files that the manifest of an existing folder lists
    #[arg(long)]
    force: bool,
    /// An outcome of the sweep (may be repeated) [default: all]
    #[arg(long, value_name = "NAME")]
    outcome: Vec<String>,
}

pub fn run(arguments: &Arguments) -> Result<Found, Failure> {
    let store = Store::read(&arguments.folder)?;
    if store.identity().shard != Shard::WHOLE {
        return Err(Failure::BadInput(format!(
            "{} is shard {} of a sweep, not the whole\n  help: put the shards together with rppsim merge",
            arguments.folder.display(),
            store.identity().shard
        )));
    }
    let plan = stored_plan(&store)?;
    let chosen = chosen(&plan, &arguments.outcome)?;
    // Beside the sweep: a folder within it would be foreign to the store.
    let target = arguments.out.clone().unwrap_or_else(|| beside(&arguments.folder));
    let folder = begin(&target, arguments.force)?;
    let mut gathered = Gathered::new(&plan);
    fold(&sweep_of(&plan), &store, |row: Row| {
        if folder.stop().is_asked() {
            return Err(Failure::Interrupted);
        }
        gathered.add(&plan, &row);
        Ok(())
    })?;
    let found = Sensitivity::of(&plan, &gathered, &chosen);
    let done = found.write(folder)?;
    made(&done);
    let outcomes: Vec<Value> = found.outcomes.iter().map(|of| told(&found, of)).collect();
    let method = method(plan.design.as_ref());
    let json =
        json!({ "folder": done.folder.to_string_lossy(), "method": method, "outcomes": outcomes });
    let mut lines = vec![format!("{method}\n")];
    lines.extend(found.outcomes.iter().map(|of| found.printed(of, PRINTED)));
    lines.push(format!("{}: sensitivity.md, sensitivity.csv and pictures", done.folder.display()));
    Found::new(json, lines.join("\n"))
}

fn beside(folder: &Path) -> PathBuf {
    let whole = folder.canonicalize().unwrap_or_else(|_| folder.to_path_buf());
    let name = folder.file_name().or_else(|| whole.file_name()).unwrap_or_default();
    let mut name = name.to_owned();
    name.push("-sensitivity");
    match folder.file_name() {
        Some(_) => folder.with_file_name(name),
        None => whole.with_file_name(name),
    }
}

/// The places of the outcomes that were asked for.
fn chosen(plan: &Plan, asked: &[String]) -> Result<Vec<usize>, Failure> {
    if asked.is_empty() {
        return Ok((0..plan.outcomes.len()).collect());
    }
    let place = |name: &String| {
        plan.outcomes.iter().position(|outcome| outcome.name == *name).ok_or_else(|| {
            let names: Vec<&str> = plan.outcomes.iter().map(|o| o.name.as_str()).collect();
            Failure::BadInput(format!(
                "the sweep does not measure `{name}`\n  allowed: {}",
                names.join(", ")
            ))
        })
    };
    asked.iter().map(place).collect()
}

fn told(found: &Sensitivity<'_>, of: &OfOutcome) -> Value {
    let figure = |figure: &rppsim::report::sensitivity::Figure| {
        let (low, high) = figure.interval;
        json!({ "figure": figure.name, "value": figure.value, "low": low, "high": high })
    };
    let entries: Vec<Value> = of
        .entries
        .iter()
        .map(|entry| {
            json!({
                "factor": found.keys(entry),
                "figures": entry.figures.iter().map(figure).collect::<Vec<_>>(),
                "meaning": entry.meaning,
            })
        })
        .collect();
    json!({
        "outcome": found.outcome(of).name,
        "about": found.about(of),
        "whole": of.whole.iter().map(figure).collect::<Vec<_>>(),
        "factors": entries,
    })
}
