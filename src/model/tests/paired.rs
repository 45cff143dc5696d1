//! Pairs of worlds, run by run: what a change makes of a measure, with its error.

use crate::ids::Meeting;
use crate::measure::RunRecord;
use crate::measure::record::{Depth, record_run};
use crate::model::RunId;
use crate::model::setup::{Profile, Setup};
use crate::scenario::World;
use rayon::prelude::*;

/// A mean and its standard error.
#[derive(Clone, Copy, Debug)]
pub struct Estimate {
    pub mean: f64,
    pub error: f64,
}

impl Estimate {
    pub fn of(values: &[f64]) -> Estimate {
        let n = values.len() as f64;
        let mean = values.iter().sum::<f64>() / n;
        let squares: f64 = values.iter().map(|v| (v - mean) * (v - mean)).sum();
        Estimate { mean, error: libm::sqrt(squares / (n - 1.0) / n) }
    }

    /// Above a number by four standard errors.
    pub fn surely_above(self, number: f64) -> bool {
        self.mean - 4.0 * self.error > number
    }

    pub fn surely_below(self, number: f64) -> bool {
        self.mean + 4.0 * self.error < number
    }
}

pub fn records(runs: u64, world: &World, change: impl Fn(&mut Setup) + Sync) -> Vec<RunRecord> {
    let record = |run| {
        let origin = RunId::new(13, run);
        let mut setup = world.setup(origin);
        change(&mut setup);
        record_run(setup, origin, &world.theory, &[], Depth::Record, &mut ())
            .expect("a sound setup")
    };
    (1..=runs).into_par_iter().map(record).collect()
}

pub fn unchanged(_: &mut Setup) {}

/// What a measure of the first is above that of the second, run by run.
pub fn differences<T>(a: &[T], b: &[T], measure: impl Fn(&T) -> f64) -> Estimate {
    let pairs = a.iter().zip(b).map(|(a, b)| measure(a) - measure(b));
    Estimate::of(&pairs.collect::<Vec<_>>())
}

pub fn share(record: &RunRecord) -> f64 {
    record.role_share((Meeting(3), Meeting(9))).expect("meetings were held")
}

pub fn work(record: &RunRecord) -> f64 {
    record.ledger.done
}

/// Gives newcomers another profile.
pub fn newcomers(change: impl Fn(&mut Profile) + Sync) -> impl Fn(&mut Setup) + Sync {
    move |setup| {
        let newcomer = setup.profiles.iter_mut().find(|profile| profile.name == "newcomer");
        change(newcomer.expect("a profile of newcomers"));
    }
}
