//! What a fit foretells: the patterns of runs at numbers drawn from what is known.

use super::population::Tried;
use super::{FitError, Partnership, Posterior};
use crate::model::RunId;
use crate::scenario::World;
use crate::scenario::patterns::{Pattern, Use};
use crate::streams::{Process, Streams};
use crate::worlds::Stopped;
use crate::worlds::joint::{Gathered, Group, Joint};
use crate::worlds::runs::Stop;
use rayon::prelude::*;

/// The numbers of the runs that foretell begin here, apart from those of a fit.
const FIRST: u64 = 1 << 52;
/// Runs computed at a time.
const BLOCK: usize = 256;

/// What is known, and what follows from it.
#[derive(Clone, Debug)]
pub struct Foretold {
    /// What is known of the numbers.
    pub posterior: Posterior,
    /// Draws of equal weight from it.
    pub draws: Vec<Vec<f64>>,
    /// The names of the patterns that it rests on.
    pub rests_on: Vec<String>,
    /// All patterns, over runs at the draws. A pattern that was left out of the fit although it may
    /// be fitted is a prediction here.
    pub gathered: Gathered,
}

impl Foretold {
    /// What the patterns that `keep` holds say, and runs at draws from that.
    ///
    /// # Errors
    /// If it was stopped, or too few runs have all patterns.
    pub fn from(
        partnership: &Partnership<'_>,
        tried: &Tried,
        keep: impl Fn(&Pattern) -> bool,
        (draws, runs): (usize, usize),
        stop: Stop<'_>,
    ) -> Result<Foretold, FitError> {
        let fitted = partnership.fitted();
        let columns: Vec<usize> = (0..fitted.len()).filter(|at| keep(fitted[*at])).collect();
        let posterior = tried.posterior(partnership.observed(), &columns)?;
        let seed = tried.settings.seed;
        let start = Streams::new(seed, FIRST, 0).named(Process::Candidate, "draws").uniform();
        let draws = posterior.draws(draws, start);
        let mut world = partnership.world().clone();
        for pattern in &mut world.patterns {
            let left_out = pattern.used_for == Use::Fit && !keep(pattern);
            if left_out {
                pattern.used_for = Use::Prediction;
            }
        }
        let rests_on = columns.iter().map(|at| fitted[*at].name.clone()).collect();
        let gathered = foretold(&world, &draws, runs, seed, stop)?;
        Ok(Foretold { posterior, draws, rests_on, gathered })
    }

    /// Where the published record lies among the runs, by the later patterns alone.
    pub fn later(&self) -> Joint {
        self.gathered.joint(Group::Later)
    }

    /// Of the later patterns with one published value: how many there are, and how many have it in
    /// the central 50 % and 90 % of the runs. A value that many runs have just so counts if any of
    /// its place lies within.
    pub fn held(&self) -> (u64, u64, u64) {
        let (mut all, mut half, mut nine) = (0, 0, 0);
        for compared in self.gathered.patterns.iter().filter(|c| c.pattern.later) {
            let Some(place) = compared.place() else { continue };
            all += 1;
            half += u64::from((0.25..=0.75).contains(&place));
            nine += u64::from((0.05..=0.95).contains(&place));
        }
        (all, half, nine)
    }
}

/// The patterns of so many runs, each at the numbers of one of the draws in turn.
fn foretold(
    world: &World,
    draws: &[Vec<f64>],
    runs: usize,
    seed: u64,
    stop: Stop<'_>,
) -> Result<Gathered, Stopped> {
    let mut gathered = Gathered::of(world);
    let live = |run: usize| {
        let number = FIRST + run as u64;
        let there = world.at(&draws[run % draws.len()]);
        let record = there.run(RunId::new(seed, number));
        let record = record.map_err(|why| Stopped::Unlivable { run: number, why })?;
        Ok(Gathered::of_run(world, &record))
    };
    for block in (0..runs).step_by(BLOCK) {
        if stop.is_asked() {
            return Err(Stopped::Interrupted);
        }
        let lived: Result<Vec<_>, Stopped> =
            (block..(block + BLOCK).min(runs)).into_par_iter().map(live).collect();
        lived?.into_iter().for_each(|run| gathered.add(run));
    }
    Ok(gathered)
}
