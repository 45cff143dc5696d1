//! Results: a complete store, folded into rows one at a time.

use super::chunk::{self, Kept, Outcome};
use super::{Failure, Sweep, SweepError};
use crate::store::Store;
use crate::worlds::statistics::{Distribution, Mean};
use crate::worlds::trajectory::FAN;
use std::collections::VecDeque;

/// Role shares are ratios of small whole numbers; this step keeps them apart, and a quantile of a
/// fan is off by at most half of it.
const FAN_STEP: f64 = 0.0001;

/// What all runs of one row gave.
#[derive(Clone, Debug)]
pub struct Row {
    /// Its place in the plan, from 0.
    pub row: usize,
    /// By outcome.
    pub outcomes: Vec<Scalar>,
    /// By run of the row, if it came to its end: by outcome.
    pub runs: Vec<Option<Kept>>,
    /// Runs that failed.
    pub failures: Vec<Failure>,
    /// By meeting: role share, if the plan keeps meetings.
    pub fan: Vec<Distribution>,
}

/// One outcome over the runs of a row.
#[derive(Clone, Copy, Debug)]
pub struct Scalar {
    /// Mean and spread.
    pub mean: Mean,
    /// Runs without a value.
    pub missing: u64,
    /// Exact quantiles, at [`FAN`]; not numbers if there is no value.
    pub quantiles: [f64; 5],
}

impl Row {
    /// The share of partnerships alive after each month, of those runs that did not fail.
    pub fn alive(&self, months: u32) -> Vec<f64> {
        let done: Vec<Option<u32>> = self.runs.iter().flatten().map(|kept| kept.ended).collect();
        let after = |month: u32| {
            let alive = done.iter().filter(|ended| ended.is_none_or(|ended| ended > month));
            alive.count() as f64 / done.len() as f64
        };
        (1..=months).map(after).collect()
    }
}

/// Folds a complete store: `each` sees every row, in order. Memory grows with the replicates of
/// one row, not with the rows.
///
/// # Errors
/// If a chunk is missing, damaged or not of this plan, or `each` fails.
pub fn fold<E: From<SweepError>>(
    sweep: &Sweep<'_>,
    store: &Store,
    mut each: impl FnMut(Row) -> Result<(), E>,
) -> Result<(), E> {
    let status = store.quick_status().map_err(SweepError::Store)?;
    if !status.is_complete() {
        let missing = status.to_do().len() as u64;
        return Err(SweepError::Incomplete { missing }.into());
    }
    let plan = sweep.plan;
    // Taken off in front, without moving what follows.
    let mut kept: VecDeque<Outcome> = VecDeque::new();
    let mut row = 0;
    let failed: Result<(), Error<E>> = store.fold(|number, bytes| {
        let runs = chunk::decode(bytes, plan.outcomes.len(), plan.keep_meetings);
        let expected = sweep.runs_of(number);
        match runs {
            Some(runs) if runs.len() as u64 == expected.end - expected.start => kept.extend(runs),
            _ => return Err(Error::Sweep(SweepError::Unreadable(number))),
        }
        while kept.len() as u64 >= plan.replicates {
            let runs: Vec<Outcome> = kept.drain(..plan.replicates as usize).collect();
            each(row_of(row, runs, plan.outcomes.len())).map_err(Error::Each)?;
            row += 1;
        }
        Ok(())
    });
    failed.map_err(|error| match error {
        Error::Sweep(why) => why.into(),
        Error::Each(why) => why,
    })
}

/// Either of two errors, while a store is folded.
enum Error<E> {
    Sweep(SweepError),
    Each(E),
}

impl<E> From<crate::store::StoreError> for Error<E> {
    fn from(why: crate::store::StoreError) -> Self {
        Error::Sweep(SweepError::Store(why))
    }
}

fn row_of(row: usize, runs: Vec<Outcome>, outcomes: usize) -> Row {
    let mut failures = Vec::new();
    let mut kept = Vec::with_capacity(runs.len());
    let mut fan: Vec<Distribution> = Vec::new();
    for (replicate, run) in (0u64..).zip(runs) {
        kept.push(match run {
            Outcome::Done(run) => {
                for (place, (roles, all)) in run.meetings.iter().enumerate() {
                    if fan.len() <= place {
                        fan.push(Distribution::new(FAN_STEP));
                    }
                    if *all > 0 {
                        fan[place].add(f64::from(*roles) / f64::from(*all));
                    }
                }
                Some(run)
            }
            Outcome::Failed(why) => {
                failures.push(Failure { row, replicate, why });
                None
            }
        });
    }
    let scalar = |outcome: usize| {
        let mut mean = Mean::default();
        let mut values = Vec::new();
        let mut missing = 0;
        for run in kept.iter().flatten() {
            match run.values[outcome] {
                Some(value) => {
                    mean.add(value);
                    values.push(value);
                }
                None => missing += 1,
            }
        }
        values.sort_by(f64::total_cmp);
        let quantile = |q: f64| {
            let place = (q * values.len() as f64).ceil().max(1.0) as usize - 1;
            values.get(place).copied().unwrap_or(f64::NAN)
        };
        Scalar { mean, missing, quantiles: FAN.map(quantile) }
    };
    let scalars = (0..outcomes).map(scalar).collect();
    Row { row, outcomes: scalars, runs: kept, failures, fan }
}
