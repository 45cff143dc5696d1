//! `rppsim sweep`, `merge`: many rows, into a store.

use super::asked::{made, pool, tell_left_out, whole};
use super::outcome::{Failure, Found, note, stop_on_interrupt};
use super::progress::Progress;
use clap::Args;
use rppsim::report::words::counted;
use rppsim::store::{Shard, Store, StoreError};
use rppsim::sweep::{Plan, Sweep, SweepError};
use serde_json::json;
use std::ffi::OsString;
use std::fs::OpenOptions;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

#[derive(Args)]
pub struct Arguments {
    /// The plan of the sweep
    plan: PathBuf,
    /// Folder for the results [default: out/sweep-<name of the plan>]
    #[arg(long)]
    out: Option<PathBuf>,
    /// Threads to use; results do not depend on it [default: all]
    #[arg(long, value_parser = whole(1_u32, 1024))]
    threads: Option<u32>,
    /// Run only this part of the chunks: --shard 2/7
    #[arg(long, value_name = "i/n", default_value_t = Shard::WHOLE, allow_hyphen_values = true)]
    shard: Shard,
    /// Go on with what the folder lacks
    #[arg(long)]
    resume: bool,
    /// Stop after this time and keep what was done: 90s, 10m, 2h
    #[arg(long, value_name = "DURATION", value_parser = duration)]
    stop_after: Option<Duration>,
    /// Run nothing: show the rows, and how long the whole sweep would take
    #[arg(long)]
    dry_run: bool,
    /// How many rows --dry-run shows
    #[arg(long, default_value_t = 10, requires = "dry_run", value_parser = whole(0, u32::MAX))]
    rows: u32,
}

#[derive(Args)]
pub struct MergeArguments {
    /// The folders of all shards
    #[arg(required = true)]
    folders: Vec<PathBuf>,
    /// Folder for the whole
    #[arg(long)]
    out: PathBuf,
}

/// `90s`, `10m`, `2h`.
fn duration(text: &str) -> Result<Duration, String> {
    let wrong = || format!("`{text}` is no duration; write 90s, 10m or 2h");
    let unit = text.chars().last().ok_or_else(wrong)?;
    let factor = match unit {
        's' => 1.0,
        'm' => 60.0,
        'h' => 3600.0,
        _ => return Err(wrong()),
    };
    let count: f64 = text[..text.len() - 1].parse().map_err(|_| wrong())?;
    Duration::try_from_secs_f64(count * factor).map_err(|_| wrong())
}

pub fn sweep_of(plan: &Plan) -> Sweep<'_> {
    Sweep { plan }
}

/// The plan that a store was made of, from the text it holds.
pub fn stored_plan(store: &Store) -> Result<Plan, Failure> {
    Ok(Plan::from_text("plan.toml", &store.identity().plan)?)
}

/// Writes the results of a complete store; returns their folder.
fn results(of: &Sweep<'_>, store: &Store) -> Result<PathBuf, Failure> {
    let written = rppsim::report::sweep::write(of, store, stop_on_interrupt().into());
    let done = written.map_err(|why| match why.into() {
        // The chunks are there.
        Failure::Interrupted => Failure::Paused,
        other => other,
    })?;
    made(&done);
    Ok(done.folder)
}

pub fn run(arguments: &Arguments) -> Result<Found, Failure> {
    let plan = Plan::open(&arguments.plan)?;
    tell_left_out(plan.world.beyond_horizon());
    let sweep = sweep_of(&plan);
    let pool = pool(arguments.threads)?;
    if arguments.dry_run {
        return pool.install(|| expect(&sweep, arguments.rows as usize));
    }
    let default = || {
        let mut name = OsString::from("sweep-");
        name.push(arguments.plan.file_stem().unwrap_or_default());
        PathBuf::from("out").join(name)
    };
    let folder = arguments.out.clone().unwrap_or_else(default);
    let identity = sweep.identity(arguments.shard)?;
    let stop = stop_on_interrupt();
    let store = match arguments.resume {
        false => Store::create(&folder, &identity),
        true => match Store::resume(&folder, &identity) {
            // Killed before anything was written, or not begun yet.
            Err(StoreError::NotAStore { .. }) => Store::create(&folder, &identity),
            opened => opened,
        },
    }?;
    static OUT_OF_TIME: AtomicBool = AtomicBool::new(false);
    if let Some(after) = arguments.stop_after {
        let stop = move || {
            std::thread::sleep(after);
            OUT_OF_TIME.store(true, Ordering::Relaxed);
            stop.store(true, Ordering::Relaxed);
        };
        // No time at all is over before anything runs, not at about the same moment.
        if after.is_zero() {
            stop();
        } else {
            std::thread::spawn(stop);
        }
    }
    let status = store.status()?;
    let began = (SystemTime::now(), Instant::now());
    let left = plan.runs() * status.to_do().len() as u64 / sweep.chunks().max(1);
    let progress = Mutex::new(Progress::begin("runs", left));
    let told = |runs: u64| {
        if let Ok(mut progress) = progress.lock() {
            progress.steps(runs);
        }
    };
    let done = pool.install(|| sweep.run(&store, stop.into(), told));
    if let Ok(progress) = progress.into_inner() {
        progress.end();
    }
    let seconds = began.1.elapsed().as_secs_f64();
    let after = store.quick_status()?;
    log(
        &store,
        began.0,
        seconds,
        pool.current_num_threads(),
        after.done.saturating_sub(status.done),
    );
    match done {
        Ok(()) => {}
        Err(SweepError::Interrupted) if OUT_OF_TIME.load(Ordering::Relaxed) => {}
        Err(why) => return Err(why.into()),
    }
    let complete = after.is_complete();
    let whole = arguments.shard == Shard::WHOLE;
    let results = match complete && whole {
        true => match results(&sweep, &store) {
            Err(Failure::Paused) if OUT_OF_TIME.load(Ordering::Relaxed) => None,
            written => Some(written?),
        },
        false => None,
    };
    let json = json!({
        "folder": folder.to_string_lossy(),
        "chunks": after.wanted,
        "done": after.done,
        "complete": complete,
        "seconds": seconds,
        "results": results.as_deref().map(Path::to_string_lossy),
    });
    let then = match results {
        Some(results) => format!("results: {}", results.display()),
        None if complete && !whole => {
            "this shard is complete; rppsim merge puts shards together".into()
        }
        None => "stopped; go on with the same command and --resume".into(),
    };
    let chunks = counted(after.wanted, "chunk");
    Found::new(json, format!("{} of {chunks} done in {}\n{then}", after.done, folder.display()))
}

/// What varies with the occasion. That it cannot be written is no reason to lose a sweep.
fn log(store: &Store, began: SystemTime, seconds: f64, threads: usize, chunks: u64) {
    let since = began.duration_since(UNIX_EPOCH).map_or(0, |d| d.as_secs());
    let line = json!({
        "began_unix_seconds": since,
        "seconds": seconds,
        "threads": threads,
        "chunks": chunks,
        "command": std::env::args_os().map(|w| w.to_string_lossy().into_owned()).collect::<Vec<_>>(),
    });
    let file = OpenOptions::new().create(true).append(true).open(store.log());
    if let Err(error) = file.and_then(|mut file| writeln!(file, "{line}")) {
        note(&format!("note: the log cannot be written: {error}"));
    }
}

/// Rows, runs, expected time and disk, before anything runs.
fn expect(sweep: &Sweep<'_>, shown: usize) -> Result<Found, Failure> {
    let plan = sweep.plan;
    let rate = sweep.rate();
    let seconds = plan.runs() as f64 / rate;
    let bytes = sweep.bytes();
    let keys: Vec<&str> = plan.factors.iter().map(|factor| factor.key.as_str()).collect();
    let outcomes: Vec<&str> = plan.outcomes.iter().map(|outcome| outcome.name.as_str()).collect();
    let json = json!({
        "title": plan.title,
        "factors": keys,
        "rows": plan.rows.len(),
        "first_rows": plan.rows.iter().take(shown).collect::<Vec<_>>(),
        "replicates": plan.replicates,
        "runs": plan.runs(),
        "chunks": sweep.chunks(),
        "outcomes": outcomes,
        "expected_seconds": seconds,
        "expected_bytes": bytes,
    });
    let mut lines = vec![format!("{}\n\n  row  {}", plan.title, keys.join("  "))];
    lines.extend(plan.rows.iter().take(shown).enumerate().map(|(row, values)| {
        let cells = keys.iter().zip(values).map(|(key, value)| {
            let width = key.chars().count();
            format!("{:>width$}", rppsim::report::tables::number(*value))
        });
        format!("{:>5}  {}", row + 1, cells.collect::<Vec<_>>().join("  "))
    }));
    if plan.rows.len() > shown {
        lines.push(format!("    …  and {} more", plan.rows.len() - shown));
    }
    lines.push(format!(
        "\n  rows {}, runs of each {}, runs in all {}, chunks {}\n  outcomes: {}\n  expected: {} on {} threads (measured now at {rate:.0} runs a second), {}\n  {}",
        plan.rows.len(),
        plan.replicates,
        plan.runs(),
        sweep.chunks(),
        outcomes.join(", "),
        in_words(seconds),
        rayon::current_num_threads(),
        size(bytes),
        match plan.common {
            true =>
                "replicate k of every row is run k of the seed: rows differ only by consequences",
            false => "every run has a number of its own: rows are independent",
        }
    ));
    Found::new(json, lines.join("\n"))
}

fn in_words(seconds: f64) -> String {
    match seconds {
        s if s < 90.0 => format!("{s:.0} s"),
        s if s < 5400.0 => format!("{:.0} min", s / 60.0),
        s => format!("{:.1} h", s / 3600.0),
    }
}

fn size(bytes: u64) -> String {
    match bytes as f64 / 1048576.0 {
        mib if mib < 1.0 => format!("{:.0} KiB of disk", mib * 1024.0),
        mib => format!("{mib:.0} MiB of disk"),
    }
}

pub fn merge(arguments: &MergeArguments) -> Result<Found, Failure> {
    let (folders, out) = (&arguments.folders, &arguments.out);
    let store = rppsim::store::merge(folders, out)?;
    let plan = stored_plan(&store)?;
    let results = results(&sweep_of(&plan), &store)?;
    let json = json!({ "folder": out.to_string_lossy(), "results": results.to_string_lossy() });
    let shards = counted(folders.len() as u64, "shard");
    let (out, results) = (out.display(), results.display());
    Found::new(json, format!("{shards} merged into {out}\nresults: {results}"))
}
