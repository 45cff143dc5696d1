//! What is made of a complete store: the folder `results` in it.

use super::outcome::Failure;
use super::papers;
use rppsim::report::Folder;
use rppsim::report::dictionary::{self, Table};
use rppsim::report::folder::FileInFolder;
use rppsim::report::sweep;
use rppsim::report::tables::Rows;
use rppsim::store::Store;
use rppsim::sweep::results::{Row, fold};
use rppsim::sweep::{Plan, Sweep, SweepError};
use rppsim::worlds::Stopped;
use serde_json::json;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};

/// The plan that a store was made of, from the text it holds.
pub fn stored_plan(store: &Store) -> Result<Plan, Failure> {
    Ok(Plan::from_text("plan.toml", &store.identity().plan)?)
}

/// Writes the tables of a complete store that this process has locked; returns their folder.
pub fn write(of: &Sweep<'_>, store: &Store, stop: &AtomicBool) -> Result<PathBuf, Failure> {
    let plan = of.plan;
    let target = store.results();
    let mut folder = papers::begin(&target, true)?;
    let mut tables = vec![dictionary::DESIGN, dictionary::SWEEP_ROWS, dictionary::FAILURES];
    folder.write(dictionary::DESIGN.file, &sweep::design(plan))?;
    let header = Rows::header;
    let mut rows = begun(&folder, dictionary::SWEEP_ROWS, &header(dictionary::SWEEP_ROWS))?;
    let mut failures = begun(&folder, dictionary::FAILURES, &header(dictionary::FAILURES))?;
    let optional = |wanted: bool, table: Table, header: &[u8]| {
        wanted.then(|| begun(&folder, table, header)).transpose()
    };
    let mut runs = optional(plan.keep_runs, dictionary::SWEEP_RUNS, &sweep::runs_header(plan))?;
    let mut fans = optional(plan.keep_meetings, dictionary::FANS, &header(dictionary::FANS))?;
    #[cfg(feature = "parquet")]
    let mut parquet = super::parquet::Tables::begin(&folder, plan)?;
    let survives = plan.scenario.template().parameters.benefit.renewal_every > 0.0
        || plan.factors.iter().any(|factor| factor.key == "benefit.renewal_every");
    let mut survival = optional(survives, dictionary::SURVIVAL, &header(dictionary::SURVIVAL))?;
    let months = plan.scenario.template().calendar.months;
    fold(of, store, |row: Row| {
        if stop.load(Ordering::Relaxed) {
            return Err(SweepError::Interrupted.into());
        }
        rows.put(&sweep::row(plan, &row))?;
        for failure in &row.failures {
            failures.put(&sweep::failure(plan, failure))?;
        }
        #[cfg(feature = "parquet")]
        parquet.add(plan, &row)?;
        put_in(&mut runs, || sweep::runs(plan, &row))?;
        put_in(&mut fans, || sweep::fans(&row))?;
        put_in(&mut survival, || sweep::survival(&row, months))
    })?;
    for file in [rows, failures].into_iter().chain([runs, fans, survival].into_iter().flatten()) {
        folder.keep(file)?;
    }
    #[cfg(feature = "parquet")]
    parquet.end(&mut folder)?;
    tables.extend(plan.keep_runs.then_some(dictionary::SWEEP_RUNS));
    tables.extend(plan.keep_meetings.then_some(dictionary::FANS));
    tables.extend(survives.then_some(dictionary::SURVIVAL));
    folder.write(dictionary::DICTIONARY.file, &sweep::dictionary(plan, &tables))?;
    folder.write("plan.toml", plan.text.as_bytes())?;
    let basis = json!({ "runs": plan.runs(), "rows": plan.rows.len(), "seed": plan.seed });
    papers::manifest(&mut folder, &plan.scenario, basis)?;
    papers::commit(folder).map_err(|why| match why {
        // The chunks are there.
        Failure::Stopped(Stopped::Interrupted) => Failure::Paused,
        other => other,
    })?;
    Ok(target)
}

fn begun(folder: &Folder, table: Table, header: &[u8]) -> Result<FileInFolder, Failure> {
    let mut file = folder.file(table.file)?;
    file.put(header)?;
    Ok(file)
}

fn put_in(file: &mut Option<FileInFolder>, bytes: impl Fn() -> Vec<u8>) -> Result<(), Failure> {
    Ok(file.as_mut().map_or(Ok(()), |file| file.put(&bytes()))?)
}
