//! Sweeps: a scenario at many parameter values, so many runs of each, into a store that can be
//! stopped, split over machines and trusted.
//!
//! A [`Plan`] says what is run; every run has its place in it: row by row, replicate by replicate.
//! A *chunk* is a fixed stretch of runs, a function of the plan alone, so that neither threads, nor
//! shards, nor interruptions change a byte. [`Sweep::run`] computes the chunks a store lacks;
//! [`results`] folds a complete store into rows.

mod chunk;
pub mod design;
mod factor;
mod plan;
pub mod results;
pub mod sensitivity;
mod table;

pub use chunk::{Kept, Outcome};
pub use factor::{Factor, Values};
pub use plan::{MOST_VALUES_OF_A_ROW, Plan, quoted};

use crate::measure::normal::Band;
use crate::measure::{Measure, Seen};
use crate::scenario::World;
use crate::store::{Identity, Shard, Store, StoreError};
use crate::worlds::fingerprint::fingerprint;
use crate::worlds::runs::{Run, Runs, Stop, Stopped};
use rayon::prelude::*;
use serde_json::json;
use std::fmt;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};

/// Months of a seat that a processor is planned to live in a second. Only the size of chunks
/// hangs on it.
const PLANNED_SPEED: u64 = 1_000_000;

/// A plan, ready to run. Every run lives by the theory of the plan's world.
#[derive(Clone, Copy, Debug)]
pub struct Sweep<'a> {
    /// The plan.
    pub plan: &'a Plan,
}

/// Why a sweep did not come to its end.
#[derive(Debug)]
#[non_exhaustive]
pub enum SweepError {
    /// Somebody asked to stop; what was done is kept.
    Interrupted,
    /// The built-in runs that give the model its fingerprint failed.
    Model(Stopped),
    /// The store refused.
    Store(StoreError),
    /// More runs failed than the plan allows.
    TooManyFailed {
        /// How many.
        failed: u64,
        /// The first of them, with the command that repeats it.
        first: String,
    },
    /// A chunk holds what this program did not write.
    Unreadable(
        /// Its number.
        u64,
    ),
    /// Not every chunk is there.
    Incomplete {
        /// How many are missing or damaged.
        missing: u64,
    },
}

impl fmt::Display for SweepError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SweepError::Interrupted => write!(f, "interrupted; what was done is kept"),
            SweepError::Model(why) => write!(f, "the built-in runs fail: {why}"),
            SweepError::Store(why) => why.fmt(f),
            SweepError::TooManyFailed { failed, first } => {
                let runs = if *failed == 1 { "run" } else { "runs" };
                write!(
                    f,
                    "{failed} {runs} failed, more than the plan allows (`failures`)\n  {first}\n  help: what was done is kept; allow more in the plan, then sweep with --resume"
                )
            }
            SweepError::Unreadable(number) => write!(
                f,
                "chunk {number} holds no runs of this plan\n  help: delete it, then sweep with --resume"
            ),
            SweepError::Incomplete { missing } => write!(
                f,
                "{missing} chunks are missing or damaged\n  help: sweep with --resume, or merge the shards that hold them"
            ),
        }
    }
}

impl std::error::Error for SweepError {}

impl From<StoreError> for SweepError {
    fn from(why: StoreError) -> Self {
        SweepError::Store(why)
    }
}

/// The world of a row, and its twin if that is needed; or why there is none.
type RowWorlds = Result<Vec<World>, String>;

/// A failed run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// Its row, from 0.
    pub row: usize,
    /// Its replicate, from 0.
    pub replicate: u64,
    /// Why.
    pub why: String,
}

impl Sweep<'_> {
    /// Runs in a chunk: as many as the plan says, or about a second's work at the planned speed.
    pub fn runs_a_chunk(&self) -> u64 {
        if let Some(runs) = self.plan.runs_a_chunk {
            return runs;
        }
        let setup = self.plan.world.template();
        let worlds = 1 + u64::from(self.needs_twin());
        let work = u64::from(setup.calendar.months) * setup.seats.len() as u64 * worlds;
        (PLANNED_SPEED / work.max(1)).clamp(1, plan::MOST_RUNS_OF_A_CHUNK)
    }

    /// How many chunks there are.
    pub fn chunks(&self) -> u64 {
        self.plan.runs().div_ceil(self.runs_a_chunk())
    }

    fn needs_twin(&self) -> bool {
        self.plan.outcomes.iter().any(Measure::is_of_pairs)
    }

    /// What the results depend on.
    ///
    /// # Errors
    /// If the built-in runs that give the model its fingerprint fail.
    pub fn identity(&self, shard: Shard) -> Result<Identity, SweepError> {
        let outcomes: Vec<&str> = self.plan.outcomes.iter().map(|o| o.name.as_str()).collect();
        let rows = crate::worlds::fingerprint::of_numbers(self.plan.rows.iter().flatten());
        Ok(Identity {
            version: env!("CARGO_PKG_VERSION").into(),
            fingerprint: fingerprint().map_err(SweepError::Model)?,
            chunks: self.chunks(),
            shard,
            about: json!({
                "rows": self.plan.rows.len(),
                "values_of_rows": rows,
                "outcomes": outcomes,
                "runs_a_chunk": self.runs_a_chunk(),
                "theory": self.plan.world.theory.word(),
            }),
            plan: self.plan.text.clone(),
        })
    }

    /// Runs what a store lacks, on all threads of the pool it is called in. `told` hears of every
    /// chunk done with the number of its runs. Failed runs that the store holds already count.
    ///
    /// # Errors
    /// If it was stopped, the store refuses, or too many runs fail. What was done is kept.
    pub fn run(
        &self,
        store: &Store,
        stop: Stop<'_>,
        told: impl Fn(u64) + Sync,
    ) -> Result<(), SweepError> {
        let failed = AtomicU64::new(0);
        let add = |failures: &[Failure]| {
            let count = failures.len() as u64;
            let so_far = failed.fetch_add(count, Ordering::Relaxed) + count;
            match failures.first() {
                Some(first) if so_far > self.plan.failures => {
                    let first = self.described(first);
                    Err(SweepError::TooManyFailed { failed: so_far, first })
                }
                _ => Ok(()),
            }
        };
        let to_do = store.status()?.to_do();
        add(&self.failures_beside(store, &to_do)?)?;
        to_do.par_iter().try_for_each(|&number| {
            if stop.is_asked() {
                return Err(SweepError::Interrupted);
            }
            let runs = self.runs_of(number);
            let (bytes, failures) = self.chunk(runs.clone());
            store.write(number, &bytes)?;
            told(runs.end - runs.start);
            add(&failures)
        })
    }

    /// Runs a second at present, on all threads: measured on a few runs of the first rows.
    pub fn rate(&self) -> f64 {
        let threads = rayon::current_num_threads() as u64;
        let runs = 16 * threads;
        let began = std::time::Instant::now();
        let mine = runs.min(self.plan.runs());
        (0..threads).into_par_iter().for_each(|t| {
            let per = mine.div_ceil(threads);
            let _ = self.chunk((t * per).min(mine)..((t + 1) * per).min(mine));
        });
        mine as f64 / began.elapsed().as_secs_f64()
    }

    /// Bytes that the chunks will take on the disk, about.
    pub fn bytes(&self) -> u64 {
        let meetings = self.plan.world.template().calendar.meetings();
        let meetings = if self.plan.keep_meetings { 2 + 2 * u64::from(meetings) } else { 0 };
        let run = 3 + 8 * self.plan.outcomes.len() as u64 + meetings;
        self.plan.runs() * run + 200 * self.chunks()
    }

    /// The failed runs of a store, complete or not.
    ///
    /// # Errors
    /// If a chunk that is there cannot be read.
    pub fn failures(&self, store: &Store) -> Result<Vec<Failure>, SweepError> {
        self.failures_beside(store, &store.status()?.to_do())
    }

    /// The failed runs of the chunks that are not among these.
    fn failures_beside(&self, store: &Store, to_do: &[u64]) -> Result<Vec<Failure>, SweepError> {
        let mut failures = Vec::new();
        let shard = store.identity().shard;
        for number in shard.chunks(self.chunks()).filter(|n| to_do.binary_search(n).is_err()) {
            let bytes = store.read_chunk(number)?;
            let plan = self.plan;
            let runs = chunk::decode(&bytes, plan.outcomes.len(), plan.keep_meetings)
                .ok_or(SweepError::Unreadable(number))?;
            for (place, run) in self.runs_of(number).zip(runs) {
                if let Outcome::Failed(why) = run {
                    let row = (place / plan.replicates) as usize;
                    failures.push(Failure { row, replicate: place % plan.replicates, why });
                }
            }
        }
        Ok(failures)
    }

    /// A failed run in words, with the command that repeats it.
    pub fn described(&self, failure: &Failure) -> String {
        let Failure { row, replicate, why } = failure;
        let command = self.plan.command(*row, *replicate);
        format!("row {}, replicate {}: {why}\n  repeat: {command}", row + 1, replicate + 1)
    }

    /// The places in the plan of the runs of a chunk.
    fn runs_of(&self, number: u64) -> Range<u64> {
        let size = self.runs_a_chunk();
        number * size..((number + 1) * size).min(self.plan.runs())
    }

    fn chunk(&self, runs: Range<u64>) -> (Vec<u8>, Vec<Failure>) {
        let mut bytes = Vec::new();
        let mut failures = Vec::new();
        let mut worlds: Option<(usize, RowWorlds)> = None;
        for place in runs {
            let row = (place / self.plan.replicates) as usize;
            let replicate = place % self.plan.replicates;
            if worlds.as_ref().is_none_or(|(of, _)| *of != row) {
                let there = self.plan.world_of(row).map(|world| {
                    let twin = if self.needs_twin() { world.twin() } else { None };
                    [world].into_iter().chain(twin).collect()
                });
                worlds = Some((row, there));
            }
            let outcome = match worlds.as_ref().map(|(_, worlds)| worlds) {
                Some(Ok(worlds)) => self.outcome(worlds, self.plan.run_number(row, replicate)),
                Some(Err(why)) => Err(why.clone()),
                None => continue,
            };
            let outcome = match outcome {
                Ok(kept) => Outcome::Done(kept),
                Err(why) => {
                    failures.push(Failure { row, replicate, why: why.clone() });
                    Outcome::Failed(why)
                }
            };
            chunk::encode(&outcome, &mut bytes, self.plan.keep_meetings);
        }
        (bytes, failures)
    }

    /// One run; a fault of the program in it is a failure of this run and of no other.
    fn outcome(&self, worlds: &[World], number: u64) -> Result<Kept, String> {
        let run = || {
            let runs = Runs::of(worlds, 1, self.plan.seed);
            runs.run(number).map(|run| self.kept(&run)).map_err(|why| match why {
                Stopped::Unlivable { why, .. } => why.to_string(),
                other => other.to_string(),
            })
        };
        catch_unwind(AssertUnwindSafe(run)).unwrap_or_else(|panic| {
            let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
            let text = text.or_else(|| panic.downcast_ref::<String>().cloned());
            Err(format!("a fault of the program: {}", text.unwrap_or_default()))
        })
    }

    fn kept(&self, run: &Run) -> Kept {
        let (record, normal) = (run.record(), &Band::default());
        let seen = |run| Seen { run, since: record.first_shock, normal };
        let value = |measure: &Measure| match run.twin() {
            Some(twin) if measure.is_of_pairs() => {
                measure.paired(seen(record), seen(twin)).difference
            }
            _ => measure.of(record),
        };
        let few = |count: u32| count.min(255) as u8;
        let meetings = record.meetings.iter().map(|m| (few(m.roles), few(m.episodes)));
        Kept {
            ended: record.ended.map(|month| month.0),
            values: self.plan.outcomes.iter().map(value).collect(),
            meetings: if self.plan.keep_meetings { meetings.collect() } else { Vec::new() },
        }
    }
}
