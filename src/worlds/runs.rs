//! The engine: runs lived in several worlds at once, in parallel, and folded in their order.
//!
//! Everything that runs a world more than once goes through here. The worlds of a run share its
//! seed and its number, so that they differ only by consequences; runs are computed in blocks of
//! fixed size and folded in the order of their numbers, so that the answer is the same on any
//! number of threads.

use super::together;
use crate::measure::record::{Depth, RunRecord};
use crate::model::RunId;
use crate::model::event::Watch;
use crate::model::{Unfounded, Unlivable};
use crate::scenario::World;
use rayon::prelude::*;
use std::fmt;
use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};

/// Runs computed at a time. A constant, so that nothing depends on the number of threads; large
/// enough to keep many of them busy.
const BLOCK: u64 = 256;

/// How long work is stopped: when a flag is raised, or never.
#[derive(Clone, Copy, Debug, Default)]
pub struct Stop<'a>(Option<&'a AtomicBool>);

impl Stop<'_> {
    /// Nothing stops it.
    pub const NEVER: Stop<'static> = Stop(None);

    /// Whether somebody asked to stop.
    pub fn is_asked(self) -> bool {
        self.0.is_some_and(|flag| flag.load(Ordering::Relaxed))
    }
}

impl<'a> From<&'a AtomicBool> for Stop<'a> {
    fn from(flag: &'a AtomicBool) -> Self {
        Stop(Some(flag))
    }
}

/// Which runs are lived, and in which worlds.
#[derive(Clone, Debug)]
pub struct Runs<'a> {
    /// The worlds.
    pub worlds: Vec<&'a World>,
    /// The seed.
    pub seed: u64,
    /// The number of the first run, from 1.
    pub first: u64,
    /// How many runs.
    pub runs: u64,
    /// How many of them keep every episode and event.
    pub detailed: u64,
    /// What stops them, between blocks.
    pub stop: Stop<'a>,
}

/// One run, lived in every world; there is at least one.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Run {
    /// Its number.
    pub number: u64,
    /// Its record in each world, in their order.
    pub records: Vec<RunRecord>,
}

impl Run {
    /// Its record in the first world.
    pub fn record(&self) -> &RunRecord {
        &self.records[0]
    }

    /// Its record in the second world, if there is one.
    pub fn twin(&self) -> Option<&RunRecord> {
        self.records.get(1)
    }
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
    /// There is no world to live in.
    NoWorld,
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
            Stopped::NoWorld => write!(f, "there is no world to live in"),
            Stopped::Unlivable { run, why } => write!(f, "run {run}: {why}"),
            Stopped::TooMany { partnerships } => write!(
                f,
                "{partnerships} partnerships; a world has at most {}",
                RunId::MOST_PARTNERSHIPS
            ),
        }
    }
}

impl std::error::Error for Stopped {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Stopped::Unlivable { why, .. } => Some(why),
            _ => None,
        }
    }
}

impl<'a> Runs<'a> {
    /// So many runs of some worlds from the first on, which nothing stops.
    pub fn of(worlds: impl IntoIterator<Item = &'a World>, runs: u64, seed: u64) -> Runs<'a> {
        let worlds = worlds.into_iter().collect();
        Runs { worlds, seed, first: 1, runs, detailed: 0, stop: Stop::NEVER }
    }

    /// The numbers of the runs; none lies at or beyond the largest that there is.
    pub fn numbers(&self) -> Range<u64> {
        self.first..self.first.saturating_add(self.runs)
    }

    /// Whether a run keeps every episode and event.
    fn is_detailed(&self, number: u64) -> bool {
        number < self.first.saturating_add(self.detailed)
    }

    /// One run by its number.
    ///
    /// # Errors
    /// If there is no world, its setup cannot be founded, or a theory cannot be lived by.
    pub fn run(&self, number: u64) -> Result<Run, Stopped> {
        if self.worlds.is_empty() {
            return Err(Stopped::NoWorld);
        }
        if self.is_detailed(number) {
            let lived = self.watched(number, |_| ())?;
            let records = lived.into_iter().map(|(record, ())| record).collect();
            return Ok(Run { number, records });
        }
        match together::records(&self.worlds, RunId::new(self.seed, number)) {
            Ok(records) => Ok(Run { number, records }),
            Err(why) => Err(Stopped::Unlivable { run: number, why }),
        }
    }

    /// The same with a watcher beside the record of each world.
    ///
    /// # Errors
    /// As [`Runs::run`].
    pub fn watched<W: Watch>(
        &self,
        number: u64,
        watcher: impl Fn(&World) -> W,
    ) -> Result<Vec<(RunRecord, W)>, Stopped> {
        let depth = if self.is_detailed(number) { Depth::Detail } else { Depth::Record };
        let live = |world: &&World| {
            let mut watch = watcher(world);
            let record = world.run_watched(RunId::new(self.seed, number), depth, &mut watch);
            match record {
                Ok(record) => Ok((record, watch)),
                Err(why) => Err(Stopped::Unlivable { run: number, why }),
            }
        };
        self.worlds.iter().map(live).collect()
    }

    /// All runs: `each` is called on many threads to make what is kept of a run, `fold` on this
    /// one, in the order of the runs.
    ///
    /// # Errors
    /// If it was stopped, a run cannot be founded or lived, or `fold` fails.
    pub fn fold<K: Send, E: From<Stopped>>(
        &self,
        each: impl Fn(Run) -> K + Sync,
        fold: impl FnMut(K) -> Result<(), E>,
    ) -> Result<(), E> {
        self.fold_numbers(|number| self.run(number).map(&each), fold)
    }

    /// The same for what is made of the number of a run.
    ///
    /// # Errors
    /// If it was stopped, or the first error of `each` or `fold`, in the order of the numbers.
    pub fn fold_numbers<K: Send, E: From<Stopped>>(
        &self,
        each: impl Fn(u64) -> Result<K, Stopped> + Sync,
        mut fold: impl FnMut(K) -> Result<(), E>,
    ) -> Result<(), E> {
        let numbers = self.numbers();
        for start in numbers.clone().step_by(BLOCK as usize) {
            if self.stop.is_asked() {
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
}
