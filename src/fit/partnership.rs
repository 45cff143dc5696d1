//! A scenario as a model whose numbers are sought.

use super::prior::{normals, values_of};
use super::{FitError, Simulator};
use crate::model::RunId;
use crate::scenario::World;
use crate::scenario::patterns::{Pattern, Published, Use};
use crate::worlds::Stopped;

/// The numbers of the runs of a fit begin here, far from those of other commands.
const FIRST: u64 = 1 << 48;

/// Runs that are lived to see that each pattern can be had.
const FEW: u64 = 100;

/// A world with the numbers it seeks and the patterns that are fitted.
#[derive(Clone, Debug)]
pub struct Partnership<'a> {
    world: &'a World,
    ranges: Vec<(f64, f64)>,
    fitted: Vec<&'a Pattern>,
    observed: Vec<f64>,
    seed: u64,
}

impl<'a> Partnership<'a> {
    /// A world, under its own theory.
    ///
    /// # Errors
    /// If it states no numbers to seek, or no patterns to fit.
    pub fn of(world: &'a World, seed: u64) -> Result<Partnership<'a>, FitError> {
        let value = |pattern: &Pattern| match pattern.published {
            Published::Value(value) if pattern.used_for == Use::Fit => Some(value),
            _ => None,
        };
        let fitted = world.patterns.iter().filter_map(|pattern| Some((pattern, value(pattern)?)));
        let (fitted, observed): (Vec<_>, Vec<_>) = fitted.unzip();
        if world.priors.is_empty() {
            return Err(FitError::NoPriors(world.name.clone()));
        }
        if fitted.is_empty() {
            return Err(FitError::NoPattern(world.name.clone()));
        }
        let ranges = world.priors.iter().map(|prior| (prior.low, prior.high)).collect();
        Ok(Partnership { world, ranges, fitted, observed, seed })
    }

    /// The world.
    pub fn world(&self) -> &'a World {
        self.world
    }

    /// The patterns that are fitted.
    pub fn fitted(&self) -> &[&'a Pattern] {
        &self.fitted
    }

    /// What was published of them.
    pub fn observed(&self) -> &[f64] {
        &self.observed
    }

    /// Lives a few runs at numbers from their ranges, to see that each pattern can be had.
    ///
    /// # Errors
    /// If there can be no such run, or none has a value for one of the patterns.
    pub fn tried_out(&self) -> Result<(), FitError> {
        let mut lacking = vec![true; self.fitted.len()];
        for place in 0..FEW {
            let values = values_of(&normals(self.seed, place, self.ranges.len()), &self.ranges);
            let run = self.simulate(&values, place)?;
            lacking.iter_mut().zip(run).for_each(|(lacks, value)| *lacks &= value.is_none());
        }
        match lacking.iter().position(|lacks| *lacks) {
            Some(at) => {
                let pattern = self.fitted[at].name.clone();
                Err(FitError::NoValue { pattern, runs: FEW, whole: 0 })
            }
            None => Ok(()),
        }
    }

    /// A fault in which a pattern goes by its place, with its name.
    pub fn named(&self, why: FitError) -> FitError {
        match why {
            FitError::NoValue { pattern, runs, whole } => {
                let place = pattern.parse().ok().and_then(|at: usize| self.fitted.get(at));
                let pattern = place.map_or(pattern, |pattern| pattern.name.clone());
                FitError::NoValue { pattern, runs, whole }
            }
            other => other,
        }
    }
}

impl Simulator for Partnership<'_> {
    fn ranges(&self) -> &[(f64, f64)] {
        &self.ranges
    }

    fn patterns(&self) -> usize {
        self.fitted.len()
    }

    fn simulate(&self, values: &[f64], place: u64) -> Result<Vec<Option<f64>>, Stopped> {
        let number = FIRST + place;
        let run = self.world.at(values).run(RunId::new(self.seed, number));
        let run = run.map_err(|why| Stopped::Unlivable { run: number, why })?;
        Ok(self.fitted.iter().map(|pattern| pattern.measure.of(&run)).collect())
    }
}
