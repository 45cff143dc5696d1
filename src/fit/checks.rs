//! Checks of the engine: a known answer, and calibration on simulated observations.
//!
//! *Calibration* (Talts et al. 2018): numbers are drawn from their ranges, one run is lived at them,
//! and the run is fitted as if it had been observed. If the engine is right, the number lies below
//! any quantile of the answer just as often as the quantile says: its place among the draws is even,
//! and a 90 % range holds it in nine of ten cases.

use super::known::{OBSERVED, Shares, Sums};
use super::population::Tried;
use super::posterior::posterior;
use super::prior::{normals, values_of};
use super::{FitError, Posterior, Settings, Simulator};
use crate::worlds::runs::{Stop, Stopped};
use rayon::prelude::*;
use serde::Serialize;

/// Bars of a histogram of places.
pub const BARS: usize = 10;
/// Where the truths of a calibration are drawn.
const TRUTHS: u64 = 1 << 46;

/// How often the ranges held the truth.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Calibration {
    /// How many truths were fitted.
    pub truths: u64,
    /// How many were not, since their run lacks a pattern, as no observation does.
    pub left_out: u64,
    /// By number.
    pub numbers: Vec<Covered>,
}

/// How often the ranges of one number held the truth.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Covered {
    /// By how many of the central 50 % ranges.
    pub half: u64,
    /// By how many of the central 90 % ranges.
    pub nine_tenths: u64,
    /// How many truths have a place among the draws in each tenth.
    pub places: [u64; BARS],
    /// Mean over the truths of how much narrower the standard deviation is than before.
    pub contraction: f64,
}

/// Fits so many simulated observations, all from the same runs of the prior: each takes its nearest
/// runs, their weights and their regression, by the same summaries as the fit itself. What it leaves
/// out is the generations after the prior, which make the nearest runs nearer.
///
/// # Errors
/// If it was stopped, or too few runs have all patterns.
pub fn calibration<S: Simulator>(
    simulator: &S,
    tried: &Tried,
    truths: u64,
    stop: Stop<'_>,
    told: impl Fn(u64) + Sync,
) -> Result<Calibration, FitError> {
    let (ranges, seed) = (simulator.ranges(), tried.settings.seed);
    let columns: Vec<usize> = (0..simulator.patterns()).collect();
    let summaries = tried.learnt(&columns)?;
    let alone = tried.prior_alone();
    let of_runs = summaries.of_all(&alone.table);
    // As near as the fit itself keeps runs, were they all from the prior.
    let kept = tried.settings.kept() / 2;
    let of_truth = |truth: u64| -> Result<Option<Vec<(f64, f64)>>, FitError> {
        if stop.is_asked() {
            return Err(Stopped::Interrupted.into());
        }
        let places = normals(seed, TRUTHS + truth, ranges.len());
        let values = values_of(&places, ranges);
        let observed = simulator.simulate(&values, TRUTHS + truth)?;
        let observed: Option<Vec<f64>> = observed.into_iter().collect();
        let found = observed.map(|observed| {
            let target = summaries.of(&observed);
            let found = posterior(&alone, &of_runs, &target, kept).adjusted();
            let of = |(i, summary): (usize, super::Summary)| {
                (found.below(i, values[i]), summary.contraction)
            };
            found.summaries().into_iter().enumerate().map(of).collect()
        });
        told(1);
        Ok(found)
    };
    let all: Result<Vec<_>, FitError> = (0..truths).into_par_iter().map(of_truth).collect();
    let mut found =
        Calibration { numbers: vec![Covered::default(); ranges.len()], ..Calibration::default() };
    for places in all? {
        let Some(places) = places else {
            found.left_out += 1;
            continue;
        };
        found.truths += 1;
        for (number, (place, contraction)) in found.numbers.iter_mut().zip(places) {
            number.half += u64::from((0.25..=0.75).contains(&place));
            number.nine_tenths += u64::from((0.05..=0.95).contains(&place));
            number.places[((place * BARS as f64) as usize).min(BARS - 1)] += 1;
            number.contraction += contraction;
        }
    }
    let count = found.truths.max(1) as f64;
    found.numbers.iter_mut().for_each(|number| number.contraction /= count);
    Ok(found)
}

/// A number whose answer is known, and what the fit says.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Answer {
    /// What is observed, in words.
    pub what: String,
    /// Mean and standard deviation by the fit.
    pub found: (f64, f64),
    /// Those that are right.
    pub truth: (f64, f64),
}

impl Answer {
    /// By how much mean and standard deviation are off: the mean as a part of itself or of the
    /// standard deviation, whichever is larger, the standard deviation as a part of itself.
    pub fn off(&self) -> (f64, f64) {
        let ((mean, sd), (true_mean, true_sd)) = (self.found, self.truth);
        ((mean - true_mean).abs() / true_mean.abs().max(true_sd), (sd - true_sd).abs() / true_sd)
    }
}

/// Runs with which models of a known answer are fitted.
const KNOWN: u64 = 200_000;
/// So often, from other seeds, so that luck does not hide what is wrong.
const TIMES: u64 = 10;

/// Fits models whose answer is known, ten times each from other seeds, and gives the means of what is
/// found: shares of which none, some and all of those asked were seen (Beta distributions), and sums
/// of two numbers, seen twice (a normal distribution).
///
/// # Errors
/// If it was stopped.
pub fn known_answers(seed: u64, stop: Stop<'_>) -> Result<Vec<Answer>, FitError> {
    let mut found: Vec<Answer> = Vec::new();
    for time in 0..TIMES {
        let seed = seed.wrapping_add(time << 32);
        let part = 1.0 / TIMES as f64;
        for (at, answer) in answers(Settings { budget: KNOWN, seed }, stop)?.into_iter().enumerate()
        {
            let (mean, sd) = (part * answer.found.0, part * answer.found.1);
            match found.get_mut(at) {
                Some(before) => before.found = (before.found.0 + mean, before.found.1 + sd),
                None => found.push(Answer { found: (mean, sd), ..answer }),
            }
        }
    }
    Ok(found)
}

fn answers(settings: Settings, stop: Stop<'_>) -> Result<Vec<Answer>, FitError> {
    let (asked, seen) = ([26, 12, 9], [3, 0, 9]);
    let shares = Shares::of(&asked, settings.seed);
    let found = fitted(&shares, &seen.map(f64::from), settings, stop)?;
    let mut answers: Vec<Answer> = (0..asked.len())
        .map(|i| Answer {
            what: format!("{} of {} seen", seen[i], asked[i]),
            found: found.moments(|values| values[i]),
            truth: Shares::truth(seen[i], asked[i]),
        })
        .collect();
    let found = fitted(&Sums { seed: settings.seed }, &OBSERVED, settings, stop)?;
    for (i, truth) in Sums::truth().into_iter().enumerate() {
        let what = format!("sums seen twice, number {}", i + 1);
        answers.push(Answer { what, found: found.moments(|values| values[i]), truth });
    }
    Ok(answers)
}

fn fitted<S: Simulator>(
    model: &S,
    observed: &[f64],
    settings: Settings,
    stop: Stop<'_>,
) -> Result<Posterior, FitError> {
    let columns: Vec<usize> = (0..model.patterns()).collect();
    let tried = Tried::around(model, observed, settings, None, stop, |_| {})?;
    tried.posterior(observed, &columns)
}

/// The fewest and the most of `n` cases of probability `p` that chance brings except with
/// probability `level`, half of it at either end.
pub fn band(n: u64, p: f64, level: f64) -> (u64, u64) {
    let (mut below, mut low, mut high) = (0.0, 0, n);
    for k in 0..=n {
        let log = libm::lgamma(n as f64 + 1.0)
            - libm::lgamma(k as f64 + 1.0)
            - libm::lgamma((n - k) as f64 + 1.0)
            + k as f64 * libm::log(p)
            + (n - k) as f64 * libm::log1p(-p);
        below += libm::exp(log);
        if below <= 0.5 * level {
            low = k + 1;
        }
        if below >= 1.0 - 0.5 * level {
            high = k;
            break;
        }
    }
    (low, high)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fit::Stores;
    use crate::store::{Identity, Shard};
    use std::sync::atomic::AtomicBool;

    /// None, some and all of those asked; numbers of which a sum is seen twice.
    #[test]
    fn known_answers_are_found_again() {
        let settings = Settings { budget: 150_000, seed: 3 };
        let found = answers(settings, Stop::NEVER).expect("fits");
        assert_eq!(found.len(), 5);
        for answer in &found {
            let (mean, sd) = answer.off();
            // What some 500 effective draws of a skewed distribution leave open; the command asks more.
            assert!(mean < 0.2 && sd < 0.2, "{answer:?}");
        }
    }

    /// On any number of threads, and however often it is interrupted.
    #[test]
    fn a_fit_is_the_same_on_one_thread_and_from_what_was_kept() {
        let model = Shares::of(&[12], 1);
        let settings = Settings { budget: super::super::population::FEWEST, seed: 4 };
        let fit = |stores: Option<&Stores>, stop: Stop<'_>| {
            let tried = Tried::around(&model, &[4.0], settings, stores, stop, |_| {})?;
            Ok::<_, FitError>(tried.posterior(&[4.0], &[0])?.draws(50, 0.5))
        };
        let free = fit(None, Stop::NEVER).expect("a fit");
        let alone = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread");
        assert_eq!(alone.install(|| fit(None, Stop::NEVER)).expect("a fit"), free);

        let home = tempfile::tempdir().expect("a folder");
        let about = Identity {
            version: "1".into(),
            fingerprint: "toy".into(),
            chunks: 0,
            shard: Shard::WHOLE,
            about: serde_json::json!(null),
            plan: String::new(),
        };
        let of = |shard: &str, folder: &str| {
            let shard: Shard = shard.parse().expect("a shard");
            let about = about.of_shard(shard);
            Stores::open(&home.path().join(folder), &about, settings, true).expect("stores")
        };
        for (shard, folder) in [("1/2", "a"), ("2/2", "b")] {
            let stores = of(shard, folder);
            Tried::prior(&model, settings, Some(&stores), Stop::NEVER, |_| {}).expect("a shard");
        }
        let shards = ["a", "b"].map(|folder| home.path().join(folder));
        Stores::merged(&shards, &home.path().join("whole")).expect("merged");
        let asked = AtomicBool::new(true);
        let stopped = fit(Some(&of("1/1", "whole")), Stop::from(&asked));
        assert!(matches!(stopped, Err(FitError::Stopped(Stopped::Interrupted))));
        assert_eq!(fit(Some(&of("1/1", "whole")), Stop::NEVER).expect("a fit"), free);
        // All that there is to live is there.
        assert_eq!(fit(Some(&of("1/1", "whole")), Stop::from(&asked)).expect("kept"), free);
    }

    #[test]
    fn ranges_hold_as_many_truths_as_they_say() {
        let model = Shares::of(&[20, 7], 1);
        let settings = Settings { budget: 20_000, seed: 2 };
        let tried = Tried::prior(&model, settings, None, Stop::NEVER, |_| {}).expect("runs");
        let found = calibration(&model, &tried, 400, Stop::NEVER, |_| {}).expect("a check");
        assert_eq!((found.truths, found.left_out), (400, 0));
        for number in &found.numbers {
            let within = |count: u64, p| {
                let (low, high) = band(400, p, 0.001);
                assert!((low..=high).contains(&count), "{count}: {low} to {high}");
            };
            within(number.half, 0.5);
            within(number.nine_tenths, 0.9);
            number.places.iter().for_each(|count| within(*count, 0.1));
        }
    }

    #[test]
    fn a_band_holds_what_chance_brings() {
        // R: qbinom(c(0.025, 0.975), 200, 0.9) and of 0.5.
        assert_eq!(band(200, 0.9, 0.05), (171, 188));
        assert_eq!(band(200, 0.5, 0.05), (86, 114));
        assert_eq!(band(10, 0.5, 1e-9), (0, 10));
    }
}
