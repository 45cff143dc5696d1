//! Replicates: runs of a scenario, and of its twin, in parallel and in order.

use crate::measure::record::{RunRecord, record_run};
use crate::model::partnership::RunId;
use crate::model::refused::{Unfounded, Unlivable};
use crate::model::rivals::Live;
use crate::scenario::World;
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
    pub scenario: &'a World,
    /// Its twin, to be run beside it with the same seed and run numbers.
    pub twin: Option<&'a World>,
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
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Stopped {
    /// Somebody asked to stop.
    Interrupted,
    /// A partnership could not be founded (a fault of the scenario that its checks missed) or
    /// not be lived (a fault of a theory).
    Unlivable {
        /// The run.
        run: u64,
        /// What was wrong.
        why: Unlivable,
    },
    /// A world of many has more partnerships than can be told apart.
    TooMany {
        /// How many.
        partnerships: usize,
    },
}

impl Stopped {
    /// A setup could not be founded in a run.
    pub(crate) fn unfounded(run: u64, why: Unfounded) -> Self {
        Stopped::Unlivable { run, why: why.into() }
    }
}

impl fmt::Display for Stopped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Stopped::Interrupted => write!(f, "interrupted"),
            Stopped::Unlivable { run, why } => write!(f, "run {run}: {why}"),
            Stopped::TooMany { partnerships } => write!(
                f,
                "{partnerships} partnerships; a world has at most {}",
                RunId::MOST_PARTNERSHIPS
            ),
        }
    }
}

impl std::error::Error for Stopped {}

impl Replicates<'_> {
    /// The numbers of the runs; none lies at or beyond the largest that there is.
    pub fn numbers(&self) -> Range<u64> {
        self.first..self.first.saturating_add(self.runs)
    }

    /// One run by its number.
    ///
    /// # Errors
    /// If its setup cannot be founded, or the theory cannot be lived by.
    pub fn run<L: Live>(&self, number: u64, theory: &L) -> Result<Run, Stopped> {
        let origin = RunId::new(self.seed, number);
        let detail = number < self.first.saturating_add(self.detailed);
        let live = |scenario: &World| {
            record_run(scenario.setup(origin), origin, theory, &scenario.interviews, detail)
                .map_err(|why| Stopped::Unlivable { run: number, why })
        };
        let twin = self.twin.map(live).transpose()?;
        Ok(Run { number, record: live(self.scenario)?, twin })
    }

    /// All runs: `each` is called on many threads to make what is kept of a run, `fold` on this
    /// one, in the order of the runs. `stop` ends it between blocks.
    ///
    /// # Errors
    /// If it was stopped, a run cannot be founded or lived, or `fold` fails.
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
        let block: Vec<u64> = (start..numbers.end.min(start.saturating_add(BLOCK))).collect();
        let kept: Vec<Result<K, Stopped>> = block.into_par_iter().map(&each).collect();
        for kept in kept {
            fold(kept?)?;
        }
    }
    Ok(())
}
