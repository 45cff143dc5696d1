//! Fitting: which parameter values give the published patterns, and how sharply they are pinned.
//!
//! Approximate Bayesian computation by population Monte Carlo (Beaumont et al. 2009): candidates
//! are drawn from the ranges of the scenario's priors, run several times each, and kept if their
//! patterns lie near the published ones; later generations are drawn around those kept, with a
//! nearer and nearer bound. The distance counts each pattern in units of its own sampling error,
//! so that a count of two among 25 is not fitted as if it were known to the digit. Every number
//! has its own address: the same seed gives the same answer on any number of threads.

use crate::samplers::{normal_cdf, normal_quantile};
use crate::scenario::World;
use crate::scenario::number::Prior;
use crate::scenario::patterns::{Pattern, Published, Use};
use crate::streams::{Process, Streams};
use crate::worlds::runs::{Runs, Stop, Stopped};
use crate::worlds::statistics::Mean;
use rayon::prelude::*;
use serde::Serialize;
use std::fmt;

/// How a search is made.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Search {
    /// Candidates kept in each generation, at least five.
    pub particles: usize,
    /// Generations after the first.
    pub generations: u32,
    /// Runs of each candidate.
    pub runs: u64,
    /// Runs with which the best are judged again.
    pub final_runs: u64,
    /// The seed.
    pub seed: u64,
}

impl Default for Search {
    fn default() -> Self {
        Search { particles: 100, generations: 8, runs: 48, final_runs: 1000, seed: 1 }
    }
}

/// Parameter values, and how near the patterns came.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Candidate {
    /// Values, in the order of the scenario's priors.
    pub values: Vec<f64>,
    /// Distance from the published patterns; 1 is one sampling error a pattern.
    pub distance: f64,
    /// Mean of each pattern over its runs; none if no run has a value.
    pub patterns: Vec<Option<f64>>,
    /// Its weight among those kept; they sum to one.
    pub weight: f64,
}

/// What a search found.
#[derive(Clone, Debug, Serialize)]
pub struct Fitted {
    /// Those kept in the last generation, weighted.
    pub kept: Vec<Candidate>,
    /// The best of them, judged again by fresh runs.
    pub best: Candidate,
    /// The bound of each generation on the distance.
    pub bounds: Vec<f64>,
    /// Candidates tried in all.
    pub tried: u64,
}

/// Why a search found nothing.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum FitError {
    /// The scenario states no numbers to search for.
    NoPriors,
    /// The scenario states no pattern to fit.
    NoPattern,
    /// Not one run of any set of values tried has a value for a pattern that is to be fitted: so
    /// none of them is nearer to it than another.
    NoValue {
        /// The pattern.
        pattern: String,
    },
    /// It was stopped, or a candidate's setup cannot be founded.
    Stopped(Stopped),
}

impl fmt::Display for FitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FitError::NoPriors => write!(f, "there are no numbers to search for"),
            FitError::NoPattern => write!(f, "there is no pattern to fit"),
            FitError::NoValue { pattern } => write!(
                f,
                "no run has a value for the pattern `{pattern}`, so nothing can be fitted to it\n  help: look at what it measures, or write use = \"report\""
            ),
            FitError::Stopped(why) => write!(f, "{why}"),
        }
    }
}

impl std::error::Error for FitError {}

impl From<Stopped> for FitError {
    fn from(why: Stopped) -> Self {
        FitError::Stopped(why)
    }
}

/// Batches tried for one generation before it makes do with what it has.
const MOST_BATCHES: u32 = 20;
/// Candidates kept at least, whatever is asked for.
const FEWEST: usize = 5;
/// Candidates judged again at the end.
const JUDGED_AGAIN: usize = 12;
/// First run of the final judgement, far from those of the search.
const FRESH: u64 = 1_000_000;

/// Distance of simulated means from what was published: the root mean square, over the patterns
/// that may be fitted, of the difference in units of sampling error. A pattern without a value is
/// as far off as ten errors.
pub fn distance(patterns: &[Pattern], means: &[Option<f64>]) -> f64 {
    let terms = patterns.iter().zip(means).filter_map(|(pattern, mean)| {
        let Published::Value(published) = pattern.published else { return None };
        let sd = pattern.sampling_sd().filter(|_| pattern.used_for == Use::Fit)?;
        let off = mean.map_or(10.0, |mean| (mean - published) / sd);
        Some(off * off)
    });
    let (sum, count) = terms.fold((0.0, 0u32), |(sum, count), term| (sum + term, count + 1));
    libm::sqrt(sum / f64::from(count.max(1)))
}

struct Fitting<'a> {
    scenario: &'a World,
    search: Search,
    stop: Stop<'a>,
}

/// Searches for values of the world's priors, under its theory. `told` hears of each generation
/// (its number, its bound, candidates tried so far).
///
/// # Errors
/// If there is nothing to search or to fit, or it was stopped.
pub fn fit(
    scenario: &World,
    search: Search,
    stop: Stop<'_>,
    mut told: impl FnMut(u32, f64, u64),
) -> Result<Fitted, FitError> {
    let to_fit = |pattern: &Pattern| {
        pattern.used_for == Use::Fit
            && matches!(pattern.published, Published::Value(_))
            && pattern.sampling_sd().is_some()
    };
    if scenario.priors.is_empty() {
        return Err(FitError::NoPriors);
    }
    if !scenario.patterns.iter().any(to_fit) {
        return Err(FitError::NoPattern);
    }
    let fitting = Fitting { scenario, search, stop };
    let count = search.particles.max(FEWEST);
    let mut kept = fitting.batch(0, 0, 2 * count, |at| fitting.anywhere(at))?;
    for (place, pattern) in scenario.patterns.iter().enumerate().filter(|(_, p)| to_fit(p)) {
        if kept.iter().all(|candidate| candidate.patterns[place].is_none()) {
            return Err(FitError::NoValue { pattern: pattern.name.clone() });
        }
    }
    let mut tried = 2 * count as u64;
    keep_nearest(&mut kept, count);
    let mut bounds = vec![kept.last().map_or(f64::INFINITY, |c| c.distance)];
    told(0, bounds[0], tried);
    for generation in 1..=search.generations {
        let bound = kept[kept.len() * 6 / 10].distance;
        let spread = spread(&kept);
        let mut next: Vec<Candidate> = Vec::new();
        for batch in 0..MOST_BATCHES {
            let near =
                fitting.batch(generation, batch, count, |at| fitting.around(&kept, &spread, at))?;
            tried += near.len() as u64;
            next.extend(near.into_iter().filter(|candidate| candidate.distance <= bound));
            if next.len() >= count {
                break;
            }
        }
        if next.len() < count / 5 {
            break; // The bound cannot be met by sampling; what is kept is what there is.
        }
        keep_nearest(&mut next, count);
        weigh(&mut next, &kept, &spread, &scenario.priors);
        kept = next;
        bounds.push(bound);
        told(generation, bound, tried);
    }
    let best = fitting.judged_again(&kept)?;
    Ok(Fitted { kept, best, bounds, tried })
}

impl Fitting<'_> {
    /// Runs a candidate: its patterns' means and its distance.
    fn judge(&self, values: Vec<f64>, first: u64, runs: u64) -> Result<Candidate, Stopped> {
        let scenario = self.scenario.at(&values);
        let mut means = vec![Mean::default(); scenario.patterns.len()];
        // Candidates are judged in parallel, so the runs of each follow one another.
        let alone = Runs::of([&scenario], runs, self.search.seed);
        for number in first..first + runs {
            let run = alone.run(number)?;
            for (mean, pattern) in means.iter_mut().zip(&scenario.patterns) {
                pattern.measure.of(run.record()).into_iter().for_each(|value| mean.add(value));
            }
        }
        let patterns: Vec<Option<f64>> =
            means.iter().map(|mean| (mean.count() > 0).then(|| mean.mean())).collect();
        let distance = distance(&scenario.patterns, &patterns);
        Ok(Candidate { values, distance, patterns, weight: 1.0 })
    }

    /// Candidates of one batch, in parallel; each generation has runs of its own.
    fn batch(
        &self,
        generation: u32,
        batch: u32,
        count: usize,
        propose: impl Fn(u64) -> Vec<f64> + Sync,
    ) -> Result<Vec<Candidate>, Stopped> {
        let first = 1 + u64::from(generation) * self.search.runs;
        let place = (u64::from(generation) << 40) | (u64::from(batch) << 24);
        (0..count as u64)
            .into_par_iter()
            .map(|candidate| {
                if self.stop.is_asked() {
                    return Err(Stopped::Interrupted);
                }
                self.judge(propose(place | candidate), first, self.search.runs)
            })
            .collect()
    }

    /// Anywhere within the priors.
    fn anywhere(&self, place: u64) -> Vec<f64> {
        let streams = Streams::new(self.search.seed, place, 0);
        let priors = self.scenario.priors.iter();
        priors
            .map(|prior| {
                let u = streams.named(Process::Candidate, &prior.key).uniform();
                prior.low + u * (prior.high - prior.low)
            })
            .collect()
    }

    /// Around one of those kept: a normal step in each parameter, cut off at its range.
    fn around(&self, kept: &[Candidate], spread: &[f64], place: u64) -> Vec<f64> {
        let streams = Streams::new(self.search.seed, place, 0);
        let mut left = streams.at(Process::Candidate).uniform();
        let parent = kept.iter().find(|candidate| {
            left -= candidate.weight;
            left < 0.0
        });
        let parent = parent.unwrap_or(&kept[0]);
        let moved = self.scenario.priors.iter().zip(&parent.values).zip(spread);
        moved
            .map(|((prior, &centre), &sd)| {
                let (below, inside) = normal_within(prior, centre, sd);
                let u = streams.named(Process::Candidate, &prior.key).uniform();
                let value = centre + sd * normal_quantile(below + u * inside);
                value.clamp(prior.low, prior.high) // rounding at the very ends
            })
            .collect()
    }

    /// The nearest few again, with fresh runs, so that luck does not choose.
    fn judged_again(&self, kept: &[Candidate]) -> Result<Candidate, Stopped> {
        let few = &kept[..kept.len().min(JUDGED_AGAIN)];
        let judged: Result<Vec<Candidate>, Stopped> = few
            .par_iter()
            .map(|candidate| {
                let again = self.judge(candidate.values.clone(), FRESH, self.search.final_runs)?;
                Ok(Candidate { weight: candidate.weight, ..again })
            })
            .collect();
        let mut judged = judged?;
        judged.sort_by(|a, b| a.distance.total_cmp(&b.distance));
        Ok(judged.swap_remove(0))
    }
}

fn keep_nearest(candidates: &mut Vec<Candidate>, count: usize) {
    candidates.sort_by(|a, b| a.distance.total_cmp(&b.distance));
    candidates.truncate(count);
    let weight = 1.0 / candidates.len() as f64;
    candidates.iter_mut().for_each(|candidate| candidate.weight = weight);
}

/// How far proposals stray, by parameter: twice the variance of those kept.
fn spread(kept: &[Candidate]) -> Vec<f64> {
    let count = kept.first().map_or(0, |candidate| candidate.values.len());
    (0..count).map(|i| libm::sqrt(2.0) * weighted(kept, |c| c.values[i]).1.max(1e-9)).collect()
}

/// Weighted mean and standard deviation of something about those kept.
pub fn weighted(kept: &[Candidate], of: impl Fn(&Candidate) -> f64) -> (f64, f64) {
    let mean: f64 = kept.iter().map(|c| c.weight * of(c)).sum();
    let variance: f64 = kept.iter().map(|c| c.weight * (of(c) - mean) * (of(c) - mean)).sum();
    (mean, libm::sqrt(variance))
}

/// How much of a normal distribution lies below a prior's range, and how much within it.
fn normal_within(prior: &Prior, centre: f64, sd: f64) -> (f64, f64) {
    let below = normal_cdf((prior.low - centre) / sd);
    (below, (normal_cdf((prior.high - centre) / sd) - below).max(f64::MIN_POSITIVE))
}

/// Importance weights: the prior is flat, so a weight is one over the density of proposals.
fn weigh(next: &mut [Candidate], parents: &[Candidate], spread: &[f64], priors: &[Prior]) {
    let cut = |parent: &Candidate| {
        let parts = priors.iter().zip(&parent.values).zip(spread);
        parts.map(|((prior, v), sd)| normal_within(prior, *v, *sd).1).product::<f64>()
    };
    let parents: Vec<(&Candidate, f64)> =
        parents.iter().map(|parent| (parent, parent.weight / cut(parent))).collect();
    let density = |values: &[f64]| -> f64 {
        let kernel = |(parent, weight): &(&Candidate, f64)| {
            let steps = values.iter().zip(&parent.values).zip(spread);
            let squares: f64 = steps.map(|((a, b), sd)| (a - b) / sd).map(|z| z * z).sum();
            weight * libm::exp(-0.5 * squares)
        };
        parents.iter().map(kernel).sum()
    };
    for candidate in next.iter_mut() {
        candidate.weight = 1.0 / density(&candidate.values).max(f64::MIN_POSITIVE);
    }
    let total: f64 = next.iter().map(|candidate| candidate.weight).sum();
    next.iter_mut().for_each(|candidate| candidate.weight /= total);
}
