//! The folder of a world's runs: tables, a summary, pictures, and one run event by event.

use super::dictionary::{self, Table};
use super::folder::{FileInFolder, Folder, Made};
use super::summary::Folded;
use super::tables::of_run;
use super::{ReportError, Summary};
use crate::measure::record::RunRecord;
use crate::model::RunId;
use crate::worlds::trajectory::normal;
use crate::worlds::twins::Effects;
use crate::worlds::{Run, Runs, Stopped};
use serde_json::json;
use std::time::Instant;

/// Runs that keep every episode and interview, as a rule.
pub const DETAILED: u64 = 10;

/// What is kept of every run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// Its rows.
    Runs,
    /// Nothing but what quantiles over all runs need.
    Quantiles,
}

/// What runs came to, and the folder it is in.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Ran {
    /// The summary.
    pub summary: Summary,
    /// The folder.
    pub made: Made,
    /// Seconds that the runs took.
    pub seconds: f64,
}

/// The tables to which runs add rows.
fn tables(runs: &Runs<'_>, keep: Keep) -> Vec<Table> {
    let mut tables = vec![dictionary::EPISODES, dictionary::INTERVIEWS];
    if keep == Keep::Runs {
        tables.extend([
            dictionary::MEETINGS,
            dictionary::MONTHS,
            dictionary::RUNS,
            dictionary::OUTCOMES,
            dictionary::PRACTICES,
        ]);
        let funded = runs.worlds.iter().any(|world| world.template().is_funded());
        tables.extend(funded.then_some(dictionary::MONEY));
        tables.extend(runs.worlds.get(1).map(|_| dictionary::DIFFERENCES));
    }
    tables
}

/// Runs a world, its twin beside it if there is a second world, and makes the folder. `step` hears
/// of each run.
///
/// # Errors
/// If it was stopped, a run cannot be founded or lived, or the system refuses.
pub fn write(
    mut folder: Folder,
    runs: &Runs<'_>,
    keep: Keep,
    mut step: impl FnMut(),
) -> Result<Ran, ReportError> {
    let Some(&world) = runs.worlds.first() else { return Err(Stopped::NoWorld.into()) };
    let effects = match runs.worlds.get(1) {
        Some(calm) => Some(Effects::new(world, normal(calm, runs.seed, runs.stop)?)),
        None => None,
    };
    let tables = tables(runs, keep);
    let begin = |table: &Table| folder.begin_table(*table);
    let mut files = tables.iter().map(begin).collect::<Result<Vec<FileInFolder>, _>>()?;
    let mut summary = Summary::new(world, effects.clone());
    let mut first: Option<RunRecord> = None;
    let began = Instant::now();
    let each = |run: Run| {
        let pairs = effects.as_ref().and_then(|effects| effects.of_run(&run));
        let both = effects.as_ref().zip(pairs.as_deref());
        let rows = of_run(world, &run, both, &tables);
        let draw = world.draw_of(RunId::new(runs.seed, run.number));
        let mut folded = Folded::of(world, run, pairs);
        folded.draw = draw;
        (rows, folded)
    };
    runs.fold(each, |(rows, folded)| {
        files.iter_mut().zip(&rows).try_for_each(|(file, rows)| file.put(rows))?;
        first.get_or_insert_with(|| folded.record().clone());
        summary.add(folded);
        step();
        Ok::<(), ReportError>(())
    })?;
    let seconds = began.elapsed().as_secs_f64();
    files.into_iter().try_for_each(|file| folder.keep(file))?;
    folder.table(dictionary::QUANTILES, &summary.quantiles_table())?;
    folder.table(dictionary::PATTERNS, &summary.patterns_table())?;
    if summary.effects.is_some() {
        folder.table(dictionary::EFFECTS, &summary.effects_table())?;
    }
    folder.write("scenario.toml", world.to_toml().as_bytes())?;
    if let Some(journal) = first.as_ref().and_then(|run| run.journal.as_ref()) {
        folder.write("events.jsonl", journal.lines().as_bytes())?;
    }
    #[cfg(feature = "plots")]
    folder.pictures(super::pictures::all(world, &summary, first.as_ref(), runs.seed))?;
    let worlds = runs.worlds.len() as u64;
    folder.log(json!({
        "seconds_for_runs": seconds,
        "runs_a_second": (worlds * runs.runs) as f64 / seconds,
        "threads": rayon::current_num_threads(),
    }))?;
    let basis = json!({
        "beyond_horizon": world.beyond_horizon(),
        "seed": runs.seed,
        "first": runs.first,
        "runs": runs.runs,
        "twin": worlds > 1,
        "numbers": if world.draws() { "posterior" } else { "fixed" },
    });
    let made = folder.finish(world, basis)?;
    Ok(Ran { summary, made, seconds })
}
