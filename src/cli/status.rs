//! `rppsim status`: what of a sweep is done, missing, failed or damaged, its results too.

use super::outcome::{Failure, Found};
use super::sweep::{stored_plan, sweep_of};
use clap::Args;
use rppsim::report::folder::{Fault, MANIFEST, faults};
use rppsim::report::words::counted;
use rppsim::store::{Shard, Status, Store};
use serde_json::json;
use std::path::{Path, PathBuf};

#[derive(Args)]
#[command(after_help = "Exit codes: 0 nothing is damaged; 1 something is; 2 there is no sweep.")]
pub struct Arguments {
    /// The folder of a sweep
    folder: PathBuf,
}

pub fn run(arguments: &Arguments) -> Result<Found, Failure> {
    let store = Store::read(&arguments.folder)?;
    let status = store.status()?;
    let failed = failed(&store)?;
    // None where there are no results yet, which is no damage.
    let results = Some(store.results()).filter(|folder| folder.is_dir());
    let results = results.map(|folder| faults(&folder));
    let damaged: Vec<_> =
        status.damaged.iter().map(|(chunk, why)| json!([chunk, why.to_string()])).collect();
    let paths = |paths: &[PathBuf]| json!(paths.iter().map(|path| text(path)).collect::<Vec<_>>());
    let told = failed.as_ref().map(|failed| failed.iter().map(|f| &f.told).collect::<Vec<_>>());
    let json = json!({
        "shard": status.shard.to_string(),
        "wanted": status.wanted,
        "done": status.done,
        "missing": status.missing,
        "damaged": damaged,
        "leftovers": paths(&status.leftovers),
        "foreign": paths(&status.foreign),
        "failed": told,
        "complete": status.is_complete(),
        "results": results.as_ref().map(|faults| json!({ "damaged": faults })),
    });
    let mut lines = vec![format!(
        "{}: shard {}, {} of {} done",
        arguments.folder.display(),
        status.shard,
        status.done,
        counted(status.wanted, "chunk")
    )];
    lines.push(lacks(&status));
    // A shard has none.
    if status.shard == Shard::WHOLE || results.is_some() {
        lines.push(format!("  results      {}", of_results(results.as_deref())));
    }
    lines.extend(words_of_failed(&store, failed.as_deref()));
    let damaged = !status.damaged.is_empty() || results.is_some_and(|faults| !faults.is_empty());
    Ok(Found { json, words: lines.join("\n"), damaged })
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

/// The first few of a list.
fn few(list: Vec<String>) -> String {
    match list.len() {
        n if n > 12 => format!("{}, … ({n} in all)", list[..12].join(", ")),
        _ => list.join(", "),
    }
}

fn lacks(status: &Status) -> String {
    let chunks = |number: usize| format!("{number} of {}: ", counted(status.wanted, "chunk"));
    let missing = match (status.missing.len(), few(ranges(&status.missing))) {
        (0, _) => "none".into(),
        (1, number) => format!("{}chunk {number}", chunks(1)),
        (n, numbers) => format!("{}chunks {numbers}", chunks(n)),
    };
    let damaged = status.damaged.iter().map(|(chunk, why)| format!("chunk {chunk} ({why})"));
    let damaged = match status.damaged.len() {
        0 => "none".into(),
        n => format!("{}{}", chunks(n), few(damaged.collect())),
    };
    let files = |paths: &[PathBuf]| match paths {
        [] => "none".into(),
        paths => few(paths.iter().map(|path| path.display().to_string()).collect()),
    };
    format!(
        "  missing      {missing}\n  damaged      {damaged}\n  leftovers    {}\n  foreign      {}",
        files(&status.leftovers),
        files(&status.foreign)
    )
}

fn of_results(faults: Option<&[Fault]>) -> String {
    match faults {
        None => "none yet".into(),
        Some([]) => "whole".into(),
        Some(faults) => {
            let each = faults.iter().map(|fault| format!("{} {}", fault.file, fault.why));
            let files = counted(faults.len() as u64, "damaged file");
            // Without a manifest nothing says that the files are ours to replace.
            let mend = match faults.iter().any(|fault| fault.file == MANIFEST) {
                true => "remove the folder results, and --resume writes it again",
                false => "--resume writes the results again",
            };
            format!("{files}: {} ({mend})", few(each.collect()))
        }
    }
}

fn words_of_failed(store: &Store, failed: Option<&[Failed]>) -> Vec<String> {
    match failed {
        Some(failed) => {
            let each = failed.iter().take(10).map(|f| format!("    {}", f.described));
            [format!("  failed runs  {}", failed.len())].into_iter().chain(each).collect()
        }
        None => vec![format!(
            "  failed runs  unknown: the store is of version {}, this program is {}",
            store.identity().version,
            env!("CARGO_PKG_VERSION")
        )],
    }
}

/// A failed run, for programs and for people.
struct Failed {
    told: serde_json::Value,
    described: String,
}

/// The failed runs of a store; none if another version made it, whose plan may mean something
/// else here.
fn failed(store: &Store) -> Result<Option<Vec<Failed>>, Failure> {
    if store.identity().version != env!("CARGO_PKG_VERSION") {
        return Ok(None);
    }
    let plan = stored_plan(store)?;
    let sweep = sweep_of(&plan);
    let failed = sweep.failures(store)?.into_iter().map(|f| Failed {
        described: sweep.described(&f),
        told: json!({
            "row": f.row + 1,
            "replicate": f.replicate + 1,
            "repeat": plan.command(f.row, f.replicate),
            "why": f.why,
        }),
    });
    Ok(Some(failed.collect()))
}

/// Numbers that follow one another, as stretches.
fn ranges(numbers: &[u64]) -> Vec<String> {
    let mut all: Vec<(u64, u64)> = Vec::new();
    for &number in numbers {
        match all.last_mut() {
            Some((_, last)) if *last + 1 == number => *last = number,
            _ => all.push((number, number)),
        }
    }
    let text = |(first, last): (u64, u64)| {
        if first == last { first.to_string() } else { format!("{first}–{last}") }
    };
    all.into_iter().map(text).collect()
}
