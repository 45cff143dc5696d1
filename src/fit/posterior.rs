//! What is known of the numbers once something is observed.

use super::population::Tried;
use super::prior::value_of;
use crate::worlds::statistics::linear::LeastSquares;
use rayon::prelude::*;
use serde::Serialize;

/// A range that is nearly as wide as that before anything was observed: the number is not
/// identified.
const NOT_IDENTIFIED: f64 = 0.8;
/// Narrower than so much of it, a number is identified; between the two, weakly.
const IDENTIFIED: f64 = 0.5;

/// Squared distances up to here are none.
const SAME: f64 = 1e-18;
/// The logarithm of the most by which the scatter of a run is stretched.
const MOST: f64 = 1.0;

/// Places of the numbers, weighted.
#[derive(Clone, Debug)]
pub struct Posterior {
    ranges: Vec<(f64, f64)>,
    /// By run kept: where its numbers lie on the normal scale.
    places: Vec<Vec<f64>>,
    /// By run kept: its weight; they sum to one.
    weights: Vec<f64>,
    /// By run kept: its summaries less those of the observation.
    off: Vec<Vec<f64>>,
    /// Distance of the farthest run that is kept, in standard deviations of the numbers over their
    /// ranges.
    pub tolerance: f64,
}

/// The nearest runs to an observation with these summaries, weighted by how near they are
/// (Epanechnikov's kernel) and by where their numbers were drawn. Where so many runs have just the
/// summaries of the observation, all of these are kept and no others.
pub(super) fn posterior(
    tried: &Tried,
    summaries: &[Vec<f64>],
    target: &[f64],
    kept: usize,
) -> Posterior {
    let square = |its: &[f64]| its.iter().zip(target).map(|(a, b)| (a - b) * (a - b)).sum::<f64>();
    let runs = (0..summaries.len()).filter(|run| !summaries[*run].is_empty());
    let all: Vec<(f64, usize)> = runs.map(|run| (square(&summaries[run]), run)).collect();
    let in_order = |a: &(f64, usize), b: &(f64, usize)| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1));
    let mut near = all.clone();
    if near.len() > kept + 1 {
        near.select_nth_unstable_by(kept, in_order);
        near.truncate(kept + 1);
    }
    // The first that is not kept is the bound.
    let bound = near.iter().map(|(square, _)| *square).fold(0.0, f64::max);
    if bound <= SAME {
        near = all.into_iter().filter(|(square, _)| *square <= SAME).collect();
    }
    near.sort_unstable_by(in_order);
    let width = if bound > SAME { bound } else { f64::INFINITY };
    near.retain(|(square, _)| *square < width);
    let weigh = |(square, run): &(f64, usize)| {
        (1.0 - square / width) * tried.importance(tried.table.places(*run))
    };
    let mut weights: Vec<f64> = near.par_iter().map(weigh).collect();
    let total: f64 = weights.iter().sum();
    weights.iter_mut().for_each(|weight| *weight /= total);
    let off = |(_, run): &(f64, usize)| -> Vec<f64> {
        summaries[*run].iter().zip(target).map(|(a, b)| a - b).collect()
    };
    Posterior {
        ranges: tried.ranges().to_vec(),
        places: near.iter().map(|(_, run)| tried.table.places(*run).to_vec()).collect(),
        weights,
        off: near.iter().map(off).collect(),
        tolerance: if bound > SAME { libm::sqrt(bound) } else { 0.0 },
    }
}

impl Posterior {
    /// The same after a local regression: each run is moved to where it would lie had it met the
    /// observation (Beaumont, Zhang and Balding 2002), and stretched as far as runs there scatter
    /// more or less (Blum and François 2010). All is done on the normal scale, so that every number
    /// stays in its range.
    pub(super) fn adjusted(mut self) -> Posterior {
        let numbers = self.ranges.len();
        let terms: Vec<Vec<f64>> = self.off.iter().map(|off| [&[1.0], &off[..]].concat()).collect();
        let Some(means) = regression(&terms, &self.places, &self.weights) else { return self };
        let at = |by: &[f64], terms: &[f64]| by.iter().zip(terms).map(|(b, x)| b * x).sum::<f64>();
        let residual = |(terms, places): (&Vec<f64>, &Vec<f64>)| -> Vec<f64> {
            (0..numbers).map(|i| places[i] - at(&means[i], terms)).collect()
        };
        let residuals: Vec<Vec<f64>> = terms.iter().zip(&self.places).map(residual).collect();
        let log = |row: &Vec<f64>| row.iter().map(|r| libm::log(r * r + 1e-12)).collect();
        let logs: Vec<Vec<f64>> = residuals.iter().map(log).collect();
        let Some(spreads) = regression(&terms, &logs, &self.weights) else { return self };
        for ((places, terms), residuals) in self.places.iter_mut().zip(&terms).zip(&residuals) {
            for (i, place) in places.iter_mut().enumerate() {
                let stretch = 0.5 * (spreads[i][0] - at(&spreads[i], terms));
                *place = means[i][0] + residuals[i] * libm::exp(stretch.clamp(-MOST, MOST));
            }
        }
        self
    }

    /// How many runs were kept.
    pub fn len(&self) -> usize {
        self.weights.len()
    }

    /// Whether none were.
    pub fn is_empty(&self) -> bool {
        self.weights.is_empty()
    }

    /// How many draws of equal weight say as much (Kish 1965).
    pub fn effective(&self) -> f64 {
        1.0 / self.weights.iter().map(|weight| weight * weight).sum::<f64>()
    }

    /// Mean of each number on the normal scale.
    fn centre(&self) -> Vec<f64> {
        let mean = |i: usize| self.places.iter().zip(&self.weights).map(|(z, w)| w * z[i]).sum();
        (0..self.ranges.len()).map(mean).collect()
    }

    /// Covariance of the numbers on the normal scale.
    pub(super) fn covariance(&self) -> Vec<Vec<f64>> {
        let centre = self.centre();
        let cell = |i: usize, j: usize| {
            let product = |(z, w): (&Vec<f64>, &f64)| w * (z[i] - centre[i]) * (z[j] - centre[j]);
            self.places.iter().zip(&self.weights).map(product).sum()
        };
        let size = self.ranges.len();
        (0..size).map(|i| (0..size).map(|j| cell(i, j)).collect()).collect()
    }

    /// So many places on the normal scale, each as often as its weight says (systematic resampling;
    /// Kitagawa 1996); `start` is a uniform number.
    pub(super) fn resampled(&self, count: usize, start: f64) -> Vec<Vec<f64>> {
        let mut taken = Vec::with_capacity(count);
        let (mut at, mut below) = (0, self.weights.first().copied().unwrap_or(1.0));
        for k in 0..count {
            let wanted = (k as f64 + start) / count as f64;
            while below < wanted && at + 1 < self.weights.len() {
                at += 1;
                below += self.weights[at];
            }
            taken.extend(self.places.get(at).cloned());
        }
        taken
    }

    /// So many draws of equal weight, each with all numbers, in no order that means anything.
    /// `start` is a uniform number.
    pub fn draws(&self, count: usize, start: f64) -> Vec<Vec<f64>> {
        let values = |places: Vec<f64>| super::prior::values_of(&places, &self.ranges);
        let sorted: Vec<Vec<f64>> = self.resampled(count, start).into_iter().map(values).collect();
        // Runs are kept in the order of their distance; by a step that has no divisor in common with
        // their number every first so many draws are from all distances.
        let step = (1..count)
            .rev()
            .find(|step| *step as f64 <= 0.618 * count as f64 && gcd(*step, count) == 1);
        let step = step.unwrap_or(1);
        (0..sorted.len()).map(|k| sorted[(k * step) % sorted.len()].clone()).collect()
    }

    /// The value of a number of each run kept, with its weight, from the lowest to the highest.
    fn sorted(&self, number: usize) -> Vec<(f64, f64)> {
        let value = |(z, w): (&Vec<f64>, &f64)| (value_of(z[number], self.ranges[number]), *w);
        let mut all: Vec<(f64, f64)> = self.places.iter().zip(&self.weights).map(value).collect();
        all.sort_by(|a, b| a.0.total_cmp(&b.0));
        all
    }

    /// Where a value of a number lies: the probability that the number is lower.
    pub fn below(&self, number: usize, value: f64) -> f64 {
        let all = self.sorted(number);
        all.iter().take_while(|(other, _)| *other < value).map(|(_, weight)| weight).sum()
    }

    /// The value below which a number lies with this probability.
    pub fn quantile(&self, number: usize, q: f64) -> f64 {
        quantile(&self.sorted(number), q)
    }

    /// Mean and standard deviation of something about the numbers.
    pub fn moments(&self, of: impl Fn(&[f64]) -> f64) -> (f64, f64) {
        let at = |z: &Vec<f64>| of(&super::prior::values_of(z, &self.ranges));
        let all: Vec<(f64, f64)> =
            self.places.iter().zip(&self.weights).map(|(z, w)| (at(z), *w)).collect();
        let mean: f64 = all.iter().map(|(x, w)| w * x).sum();
        let variance: f64 = all.iter().map(|(x, w)| w * (x - mean) * (x - mean)).sum();
        (mean, libm::sqrt(variance))
    }

    /// What is known of each number, in their order.
    pub fn summaries(&self) -> Vec<Summary> {
        (0..self.ranges.len()).map(|number| self.summary(number)).collect()
    }

    fn summary(&self, number: usize) -> Summary {
        let all = self.sorted(number);
        let (mean, sd) = self.moments(|values| values[number]);
        let (low, high) = self.ranges[number];
        let range =
            |part: f64| (quantile(&all, 0.5 - 0.5 * part), quantile(&all, 0.5 + 0.5 * part));
        let middle = range(0.9);
        let others = (0..self.ranges.len()).filter(|other| *other != number);
        let moves_with = others.map(|other| (other, self.correlation(number, other)));
        let moves_with = moves_with.reduce(|a, b| if b.1.abs() > a.1.abs() { b } else { a });
        Summary {
            range: (low, high),
            mean,
            sd,
            median: quantile(&all, 0.5),
            half: range(0.5),
            nine_tenths: middle,
            contraction: 1.0 - sd / ((high - low) / libm::sqrt(12.0)),
            width: (middle.1 - middle.0) / (0.9 * (high - low)),
            moves_with,
        }
    }

    fn correlation(&self, a: usize, b: usize) -> f64 {
        let covariance = self.covariance();
        let r = covariance[a][b] / libm::sqrt(covariance[a][a] * covariance[b][b]);
        if r.is_finite() { r } else { 0.0 }
    }
}

/// Coefficients of each column on the terms.
fn regression(terms: &[Vec<f64>], rows: &[Vec<f64>], weights: &[f64]) -> Option<Vec<Vec<f64>>> {
    let mut squares = LeastSquares::new(terms.first()?.len(), rows.first()?.len());
    for ((terms, row), weight) in terms.iter().zip(rows).zip(weights) {
        squares.add(terms, row, *weight);
    }
    squares.solved(1e-9)
}

fn gcd(a: usize, b: usize) -> usize {
    if b == 0 { a } else { gcd(b, a % b) }
}

/// The value below which a part `q` of the weight lies, between the middles of two steps.
fn quantile(sorted: &[(f64, f64)], q: f64) -> f64 {
    let (mut below, mut last): (f64, Option<(f64, f64)>) = (0.0, None);
    for (value, weight) in sorted {
        let middle = below + 0.5 * weight;
        if middle >= q {
            return match last {
                Some((before, at)) if middle > at => {
                    before + (value - before) * (q - at) / (middle - at)
                }
                _ => *value,
            };
        }
        below += weight;
        last = Some((*value, middle));
    }
    last.map_or(f64::NAN, |(value, _)| value)
}

/// Whether what was observed says anything about a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Known {
    /// Its 90 % range is less than half as wide as before.
    Identified,
    /// It is narrower, though not by half.
    Weakly,
    /// It is hardly narrower.
    NotIdentified,
}

impl Known {
    /// The words for it.
    pub fn word(self) -> &'static str {
        ["identified", "weakly identified", "not identified"][self as usize]
    }
}

/// What is known of one number.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Summary {
    /// Its range before anything was observed, flat.
    pub range: (f64, f64),
    /// Its mean.
    pub mean: f64,
    /// Its standard deviation.
    pub sd: f64,
    /// Its median.
    pub median: f64,
    /// The central 50 %.
    pub half: (f64, f64),
    /// The central 90 %.
    pub nine_tenths: (f64, f64),
    /// By how much its standard deviation is smaller than before: 0 not at all, 1 wholly.
    pub contraction: f64,
    /// Width of the 90 % range as a part of that before.
    pub width: f64,
    /// The number it goes together with most, by its place, and their correlation.
    pub moves_with: Option<(usize, f64)>,
}

impl Summary {
    /// Whether what was observed says anything about it.
    pub fn known(&self) -> Known {
        match self.width {
            width if width > NOT_IDENTIFIED => Known::NotIdentified,
            width if width > IDENTIFIED => Known::Weakly,
            _ => Known::Identified,
        }
    }
}
