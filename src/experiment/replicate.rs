//! Replicates: runs of a scenario, and of its twin, in parallel and in order.

use crate::measure::record::{Recorder, RunRecord};
use crate::model::partnership::{Origin, Partnership, Unfounded};
use crate::model::rivals::Live;
use crate::scenario::Scenario;
use rayon::prelude::*;
use std::fmt;
use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};

/// Runs computed at a time. A constant, so that nothing depends on the number of threads; large
/// enough to keep many of them busy.
pub const BLOCK: u64 = 256;

/// Which runs of a scenario.
#[derive(Clone)]
pub struct Replicates<'a> {
    /// The scenario.
    pub scenario: &'a Scenario,
    /// Its twin, to be run beside it with the same seed and run numbers.
    pub twin: Option<&'a Scenario>,
    /// The seed.
    pub seed: u64,
    /// Number of the first run, from 1.
    pub first: u64,
    /// How many runs.
    pub runs: u64,
    /// How many of them keep every episode and event.
    pub detailed: u64,
}

/// One run, and its twin if there is one.
#[derive(Clone, Debug)]
pub struct Run {
    /// Its number.
    pub number: u64,
    /// The run.
    pub record: RunRecord,
    /// The same run in the twin world.
    pub twin: Option<RunRecord>,
}

/// Why runs did not come to their end.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Stopped {
    /// Somebody asked to stop.
    Interrupted,
    /// A setup could not be founded: a fault of the scenario that its checks missed.
    Unfounded {
        /// The run.
        run: u64,
        /// What was wrong.
        why: Unfounded,
    },
}

impl fmt::Display for Stopped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Stopped::Interrupted => write!(f, "interrupted"),
            Stopped::Unfounded { run, why } => write!(f, "run {run}: {why}"),
        }
    }
}

impl std::error::Error for Stopped {}

impl Replicates<'_> {
    /// The numbers of the runs.
    pub fn numbers(&self) -> Range<u64> {
        self.first..self.first + self.runs
    }

    /// One run by its number.
    ///
    /// # Errors
    /// If its setup cannot be founded.
    pub fn run<L: Live>(&self, number: u64, theory: &L) -> Result<Run, Stopped> {
        let origin = Origin::new(self.seed, number);
        let detail = number < self.first + self.detailed;
        let live = |scenario: &Scenario| {
            let found = Partnership::found(scenario.setup(origin), origin);
            let mut p = found.map_err(|why| Stopped::Unfounded { run: number, why })?;
            let mut recorder = Recorder::of(&p, &scenario.interviews, detail);
            theory.live_on(&mut p, &mut recorder);
            Ok(recorder.finish(&p))
        };
        let twin = self.twin.map(live).transpose()?;
        Ok(Run { number, record: live(self.scenario)?, twin })
    }

    /// All runs: `each` is called on many threads to make what is kept of a run, `fold` on this
    /// one, in the order of the runs. `stop` ends it between blocks.
    ///
    /// # Errors
    /// If it was stopped, a run cannot be founded, or `fold` fails.
    pub fn fold<L: Live, K: Send, E: From<Stopped>>(
        &self,
        theory: &L,
        stop: &AtomicBool,
        each: impl Fn(Run) -> K + Sync,
        fold: impl FnMut(K) -> Result<(), E>,
    ) -> Result<(), E> {
        in_blocks(self.numbers(), stop, |n| self.run(n, theory).map(&each), fold)
    }
}

/// Calls `each` for every number on many threads, a block at a time, and `fold` on this one in
/// their order. `stop` ends it between blocks.
///
/// # Errors
/// If it was stopped, or the first error of `each` or `fold`, in the order of the numbers.
pub fn in_blocks<K: Send, E: From<Stopped>>(
    numbers: Range<u64>,
    stop: &AtomicBool,
    each: impl Fn(u64) -> Result<K, Stopped> + Sync,
    mut fold: impl FnMut(K) -> Result<(), E>,
) -> Result<(), E> {
    for start in numbers.clone().step_by(BLOCK as usize) {
        if stop.load(Ordering::Relaxed) {
            return Err(Stopped::Interrupted.into());
        }
        let block: Vec<u64> = (start..numbers.end.min(start + BLOCK)).collect();
        let kept: Vec<Result<K, Stopped>> = block.into_par_iter().map(&each).collect();
        for kept in kept {
            fold(kept?)?;
        }
    }
    Ok(())
}
