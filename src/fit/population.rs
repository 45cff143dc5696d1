//! The runs of a fit: half of them at numbers from the prior, the rest in generations around those
//! that came nearest to the observation.

use super::keep::{Stores, decode, encode};
use super::posterior::{Posterior, posterior};
use super::prior::{normals, values_of};
use super::summaries::{Summaries, Unlearnt};
use super::{FitError, Simulator};
use crate::streams::{Process, Streams};
use crate::worlds::runs::{Stop, Stopped};
use crate::worlds::statistics::Among;
use crate::worlds::statistics::linear::cholesky;
use rayon::prelude::*;
use serde::Serialize;
use std::ops::Range;

/// Runs in a chunk of the store.
pub const CHUNK: u64 = 500;
/// Generations around the nearest runs.
pub const GENERATIONS: u64 = 5;
/// The smallest budget of runs.
pub const FEWEST: u64 = 2 * GENERATIONS * CHUNK;
/// Places around which a generation draws.
const PARENTS: usize = 500;
/// Runs from the prior among which an observation is looked for.
const REACH: usize = 10_000;
/// Differences of a published value that are none: it is rounded.
const SLACK: f64 = 0.005;
/// Part of a generation that is drawn from the prior all the same, so that no run can weigh more
/// than ten times as much as one from the prior (Hesterberg 1995).
const FROM_PRIOR: f64 = 0.1;
/// How far a generation strays from its parents: a part of their covariance.
const STRAY: f64 = 0.5;

/// How a fit is made.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Settings {
    /// Runs in all.
    pub budget: u64,
    /// The seed.
    pub seed: u64,
}

impl Default for Settings {
    fn default() -> Self {
        Settings { budget: 400_000, seed: 1 }
    }
}

impl Settings {
    /// Runs from the prior: half of the budget, in whole chunks.
    pub fn from_prior(self) -> u64 {
        (self.budget / 2).div_ceil(CHUNK) * CHUNK
    }

    /// Runs of each generation after that, in whole chunks.
    pub fn a_generation(self) -> u64 {
        (self.budget.saturating_sub(self.from_prior()) / GENERATIONS / CHUNK).max(1) * CHUNK
    }

    /// Runs that are kept at the end: the nearest hundredth, at least 200.
    pub fn kept(self) -> usize {
        (self.budget / 100).clamp(200, 10_000) as usize
    }
}

/// Runs: where their numbers lie on the normal scale, and their patterns.
#[derive(Clone, Debug, Default)]
pub struct Table {
    numbers: usize,
    patterns: usize,
    cells: Vec<f64>,
}

impl Table {
    /// No runs yet, of so many numbers and patterns.
    pub fn new(numbers: usize, patterns: usize) -> Table {
        Table { numbers, patterns, cells: Vec::new() }
    }

    /// Takes a run in; a pattern that it lacks is not a number.
    pub fn push(&mut self, places: &[f64], patterns: impl IntoIterator<Item = f64>) {
        self.cells.extend(places);
        self.cells.extend(patterns);
    }

    /// How many runs there are.
    pub fn len(&self) -> usize {
        self.cells.len() / (self.numbers + self.patterns).max(1)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// How many numbers each run has.
    pub fn numbers(&self) -> usize {
        self.numbers
    }

    fn row(&self, run: usize) -> &[f64] {
        let width = self.numbers + self.patterns;
        &self.cells[run * width..(run + 1) * width]
    }

    /// Where the numbers of a run lie on the normal scale.
    pub fn places(&self, run: usize) -> &[f64] {
        &self.row(run)[..self.numbers]
    }

    /// The patterns of a run.
    pub fn patterns(&self, run: usize) -> &[f64] {
        &self.row(run)[self.numbers..]
    }

    /// Whether a run has all of these patterns.
    pub fn has(&self, run: usize, columns: &[usize]) -> bool {
        let patterns = self.patterns(run);
        columns.iter().all(|column| patterns[*column].is_finite())
    }
}

/// A generation: around which places it was drawn, and how far it strayed from them.
#[derive(Clone, Debug)]
pub(super) struct Proposal {
    parents: Vec<Vec<f64>>,
    /// L of the covariance LLᵀ of a step.
    lower: Vec<Vec<f64>>,
    /// Part of all runs that were drawn like this.
    part: f64,
}

impl Proposal {
    /// Around the runs kept so far, each in proportion to its weight.
    fn around(kept: &Posterior, seed: u64, generation: u64) -> Proposal {
        let start = Streams::new(seed, generation << 40, 0).named(Process::Candidate, "parents");
        let parents = kept.resampled(PARENTS, start.uniform());
        let covariance: Vec<Vec<f64>> = kept.covariance();
        let size = covariance.len();
        let cell = |i: usize, j: usize| {
            // A number on which all agree still strays a little.
            STRAY * covariance[i][j] + if i == j { 1e-6 } else { 0.0 }
        };
        let spread = (0..size).map(|i| (0..size).map(|j| cell(i, j)).collect()).collect();
        let alone = |i: usize| (0..size).map(|j| if i == j { 0.5 } else { 0.0 }).collect();
        let lower = cholesky(spread).unwrap_or_else(|| (0..size).map(alone).collect());
        Proposal { parents, lower, part: 0.0 }
    }

    fn drawn(&self, seed: u64, place: u64) -> Vec<f64> {
        let streams = Streams::new(seed, place, 0);
        let (which, whom) = streams.named(Process::Candidate, "parent").pair();
        let steps = normals(seed, place, self.lower.len());
        if which < FROM_PRIOR {
            return steps;
        }
        let parent = &self.parents[(whom * self.parents.len() as f64) as usize];
        let step = |i: usize| (0..=i).map(|j| self.lower[i][j] * steps[j]).sum::<f64>();
        parent.iter().enumerate().map(|(i, centre)| centre + step(i)).collect()
    }

    /// How much more probable it is to draw a place here than from the prior.
    fn ratio(&self, place: &[f64]) -> f64 {
        let mut off = vec![0.0; place.len()];
        let mut density = 0.0;
        for parent in &self.parents {
            // Forward substitution, in place.
            let mut squares = 0.0;
            for i in 0..place.len() {
                let known: f64 = (0..i).map(|j| self.lower[i][j] * off[j]).sum();
                off[i] = (place[i] - parent[i] - known) / self.lower[i][i];
                squares += off[i] * off[i];
            }
            if squares < 80.0 {
                density += libm::exp(-0.5 * squares);
            }
        }
        let volume: f64 = (0..place.len()).map(|i| self.lower[i][i]).product();
        let prior = libm::exp(-0.5 * place.iter().map(|z| z * z).sum::<f64>());
        let ratio = density / (self.parents.len() as f64 * volume * prior.max(f64::MIN_POSITIVE));
        FROM_PRIOR + (1.0 - FROM_PRIOR) * ratio
    }
}

/// All runs of a fit.
#[derive(Clone, Debug)]
pub struct Tried {
    /// The runs, those from the prior first.
    pub table: Table,
    /// How many of them are from the prior.
    pub from_prior: usize,
    /// Smallest distances that were kept, generation by generation.
    pub tolerances: Vec<f64>,
    /// The settings.
    pub settings: Settings,
    ranges: Vec<(f64, f64)>,
    proposals: Vec<Proposal>,
}

impl Tried {
    /// Lives the whole budget of runs, of which the nearest to `observed` say what is known.
    /// What the stores hold is not lived again. `told` hears of every chunk with its runs.
    ///
    /// # Errors
    /// If it was stopped, too few runs have all patterns, or a store refuses.
    pub fn around<S: Simulator>(
        simulator: &S,
        observed: &[f64],
        settings: Settings,
        stores: Option<&Stores>,
        stop: Stop<'_>,
        told: impl Fn(u64) + Sync,
    ) -> Result<Tried, FitError> {
        let mut tried = Tried::prior(simulator, settings, stores, stop, &told)?;
        let columns: Vec<usize> = (0..simulator.patterns()).collect();
        tried.learnt(&columns)?;
        let (all, each) = (settings.from_prior(), settings.a_generation());
        let whole = (all + GENERATIONS * each) as f64;
        for generation in 1..=GENERATIONS {
            let kept = tried.nearest(observed, &columns, settings.kept())?;
            tried.tolerances.push(kept.tolerance);
            let proposal = Proposal::around(&kept, settings.seed, generation);
            let draw = |place| proposal.drawn(settings.seed, place);
            let first = (generation - 1) * (each / CHUNK);
            let near = Live { simulator, stop, told: &told };
            let runs = near.lived(generation, each, first, stores.and_then(|s| s.near()), draw)?;
            tried.table.cells.extend(runs);
            tried.proposals.push(Proposal { part: each as f64 / whole, ..proposal });
        }
        Ok(tried)
    }

    /// Lives the runs from the prior alone: half of the budget.
    ///
    /// # Errors
    /// As [`Tried::around`].
    pub fn prior<S: Simulator>(
        simulator: &S,
        settings: Settings,
        stores: Option<&Stores>,
        stop: Stop<'_>,
        told: impl Fn(u64) + Sync,
    ) -> Result<Tried, FitError> {
        if settings.budget < FEWEST {
            return Err(FitError::SmallBudget(settings.budget));
        }
        let ranges = simulator.ranges().to_vec();
        let draw = |place| normals(settings.seed, place, ranges.len());
        let live = Live { simulator, stop, told: &told };
        let store = stores.map(Stores::prior);
        let runs = live.lived(0, settings.from_prior(), 0, store, draw)?;
        let mut table = Table::new(ranges.len(), simulator.patterns());
        table.cells = runs;
        let from_prior = table.len();
        let (tolerances, proposals) = (Vec::new(), Vec::new());
        Ok(Tried { table, from_prior, tolerances, settings, ranges, proposals })
    }

    /// The ranges of the numbers.
    pub fn ranges(&self) -> &[(f64, f64)] {
        &self.ranges
    }

    /// What an observation says about the numbers, by these patterns alone.
    ///
    /// # Errors
    /// If too few runs have all of them.
    pub fn posterior(&self, observed: &[f64], columns: &[usize]) -> Result<Posterior, FitError> {
        Ok(self.nearest(observed, columns, self.settings.kept())?.adjusted())
    }

    /// Where an observation lies among runs from the prior, by all patterns together: one that lies
    /// beyond them cannot be met, and what is then said of the numbers is an extrapolation.
    pub fn reach(&self, observed: &[f64]) -> Option<Among> {
        let columns: Vec<usize> = (0..observed.len()).collect();
        let runs = (0..self.from_prior).filter(|run| self.table.has(*run, &columns));
        let runs = runs.take(REACH).map(|run| self.table.patterns(run).to_vec());
        Among::runs(observed, &runs.collect::<Vec<_>>())
    }

    /// Whether no run from the prior has as little, or as much, of a pattern as was observed.
    pub fn beyond(&self, observed: &[f64]) -> Vec<usize> {
        let values = |at: usize| (0..self.from_prior).map(move |run| self.table.patterns(run)[at]);
        let beyond = |at: &usize| {
            let (own, mut values) = (observed[*at], values(*at));
            values.clone().all(|value| value.is_nan() || value > own + SLACK)
                || values.all(|value| value.is_nan() || value < own - SLACK)
        };
        (0..observed.len()).filter(beyond).collect()
    }

    /// The same without the generations after the prior.
    pub(super) fn prior_alone(&self) -> Tried {
        let (table, proposals) = (self.of_prior(), Vec::new());
        let (tolerances, ranges) = (Vec::new(), self.ranges.clone());
        Tried { table, proposals, tolerances, ranges, ..*self }
    }

    /// The runs from the prior.
    pub fn of_prior(&self) -> Table {
        let Table { numbers, patterns, .. } = self.table;
        let cells = self.table.cells[..self.from_prior * (numbers + patterns)].to_vec();
        Table { numbers, patterns, cells }
    }

    /// How patterns become summaries, learnt from the runs from the prior.
    ///
    /// # Errors
    /// If too few of them have all patterns.
    pub fn learnt(&self, columns: &[usize]) -> Result<Summaries, FitError> {
        let prior = self.of_prior();
        Summaries::learnt(&prior, columns).map_err(|why| match why {
            Unlearnt::NothingVaries => FitError::NothingVaries,
            Unlearnt::TooFew(whole) => {
                let lacking = |column: &usize| {
                    (0..prior.len()).filter(|run| !prior.has(*run, &[*column])).count()
                };
                let most = columns.iter().copied().max_by_key(|column| lacking(column));
                let (runs, whole) = (prior.len() as u64, whole as u64);
                FitError::NoValue { pattern: most.unwrap_or(0).to_string(), runs, whole }
            }
        })
    }

    fn nearest(
        &self,
        observed: &[f64],
        columns: &[usize],
        kept: usize,
    ) -> Result<Posterior, FitError> {
        let summaries = self.learnt(columns)?;
        Ok(posterior(self, &summaries.of_all(&self.table), &summaries.of(observed), kept))
    }

    /// How much a run counts for where its numbers were drawn: the density of the prior there over
    /// that of all runs of the fit (Owen and Zhou 2000).
    pub(super) fn importance(&self, place: &[f64]) -> f64 {
        let later: f64 = self.proposals.iter().map(|proposal| proposal.part).sum();
        let drawn: f64 = self.proposals.iter().map(|p| p.part * p.ratio(place)).sum();
        1.0 / (1.0 - later + drawn)
    }
}

struct Live<'a, S, T> {
    simulator: &'a S,
    stop: Stop<'a>,
    told: &'a T,
}

impl<S: Simulator, T: Fn(u64) + Sync> Live<'_, S, T> {
    /// The cells of all runs of a generation, whose first chunk has this number in the store.
    fn lived(
        &self,
        generation: u64,
        runs: u64,
        first: u64,
        store: Option<&crate::store::Store>,
        draw: impl Fn(u64) -> Vec<f64> + Sync,
    ) -> Result<Vec<f64>, FitError> {
        let to_do = match store {
            Some(store) => store.status()?.to_do(),
            None => Vec::new(),
        };
        let width = self.simulator.ranges().len() + self.simulator.patterns();
        let held = |chunk: u64| store.is_none_or(|s| s.identity().shard.holds(first + chunk));
        let chunks: Vec<u64> = (0..runs / CHUNK).filter(|chunk| held(*chunk)).collect();
        let cells: Result<Vec<Vec<f64>>, FitError> = chunks
            .into_par_iter()
            .map(|chunk| {
                let number = first + chunk;
                let there = store.filter(|_| to_do.binary_search(&number).is_err());
                let cells = match there {
                    Some(store) => decode(&store.read_chunk(number)?, width)
                        .filter(|cells| cells.len() as u64 == CHUNK * width as u64)
                        .ok_or(FitError::Unreadable(number))?,
                    None => {
                        let cells =
                            self.chunk(generation, chunk * CHUNK..(chunk + 1) * CHUNK, &draw)?;
                        if let Some(store) = store {
                            store.write(number, &encode(&cells))?;
                        }
                        cells
                    }
                };
                (self.told)(CHUNK);
                Ok(cells)
            })
            .collect();
        Ok(cells?.concat())
    }

    fn chunk(
        &self,
        generation: u64,
        runs: Range<u64>,
        draw: impl Fn(u64) -> Vec<f64>,
    ) -> Result<Vec<f64>, FitError> {
        let ranges = self.simulator.ranges();
        let mut cells = Vec::new();
        for run in runs {
            if self.stop.is_asked() {
                return Err(Stopped::Interrupted.into());
            }
            let address = (generation << 40) | run;
            let places = draw(address);
            let patterns = self.simulator.simulate(&values_of(&places, ranges), address)?;
            cells.extend(&places);
            cells.extend(patterns.into_iter().map(|value| value.unwrap_or(f64::NAN)));
        }
        Ok(cells)
    }
}
