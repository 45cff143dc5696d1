//! Checks of the engine: a known answer, and calibration on simulated observations.
//!
//! *Calibration* (Talts et al. 2018): numbers are drawn from their ranges, one run is lived at them,
//! and the run is fitted as if it had been observed. If the engine is right, the number lies below
//! any quantile of the answer just as often as the quantile says: its place among the draws is even,
//! and a 90 % range holds it in nine of ten cases.

use super::population::Tried;
use super::posterior::posterior;
use super::prior::{normals, values_of};
use super::{FitError, Simulator};
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
            let found = posterior(&alone, &summaries, &observed, &columns, kept).adjusted();
            let of = |(i, summary): (usize, super::Summary)| {
                (found.below(i, values[i]), summary.contraction)
            };
            found.summaries().into_iter().enumerate().map(of).collect()
        });
        told(1);
        Ok(found)
    };
    let all: Result<Vec<_>, FitError> = (0..truths).into_par_iter().map(of_truth).collect();
    let mut found = Calibration {
        numbers: vec![Covered::default(); ranges.len()],
        ..Calibration::default()
    };
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
    use crate::fit::known::{OBSERVED, Shares, Sums};
    use crate::fit::{Posterior, Settings};

    fn fitted<S: Simulator>(model: &S, observed: &[f64], budget: u64) -> Posterior {
        let settings = Settings { budget, seed: 3 };
        let tried = Tried::around(model, observed, settings, None, Stop::NEVER, |_| {});
        let columns: Vec<usize> = (0..model.patterns()).collect();
        tried.and_then(|tried| tried.posterior(observed, &columns)).expect("a fit")
    }

    fn is(found: (f64, f64), truth: (f64, f64), part: f64) {
        let near = |a: f64, b: f64, unit: f64| (a - b).abs() <= part * unit;
        assert!(near(found.0, truth.0, truth.0.abs().max(truth.1)), "{found:?} {truth:?}");
        assert!(near(found.1, truth.1, truth.1), "{found:?} {truth:?}");
    }

    /// None, some, and all of those asked.
    #[test]
    fn shares_have_the_means_and_spreads_of_the_beta_distribution() {
        let (asked, seen) = ([26, 12, 9], [3, 0, 9]);
        let found = fitted(&Shares::of(&asked, 5), &seen.map(f64::from), 60_000);
        for (i, (k, n)) in seen.into_iter().zip(asked).enumerate() {
            is(found.moments(|values| values[i]), Shares::truth(k, n), 0.08);
        }
    }

    #[test]
    fn sums_seen_twice_count_once() {
        let found = fitted(&Sums { seed: 5 }, &OBSERVED, 60_000);
        for (i, truth) in Sums::truth().into_iter().enumerate() {
            is(found.moments(|values| values[i]), truth, 0.08);
        }
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
