//! How far a record of several values lies among others like it.
//!
//! A record that is ordinary in each value may be strange as a whole, and one that is at the edge in
//! one of thirty values need not be. So all values are looked at together: the distance of a record
//! from the others is Mahalanobis' (1936), which counts a difference in standard deviations and allows
//! for what goes together.

use super::LEVEL;
use super::linear::{cholesky, forward};
use serde::Serialize;

/// How far the covariance is drawn toward one without correlations. Where one value follows from
/// others, the covariance alone has no inverse; so a departure from what follows counts, though not
/// beyond all measure.
const SHRINKAGE: f64 = 0.05;

/// Fewest runs: among fewer, no record can be one of the nearest or of the farthest 2.5 %.
const FEWEST: usize = 39;

/// Where a record lies among runs.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Among {
    /// Its distance from the runs, in standard deviations.
    pub distance: f64,
    /// The distance of a run from all other records: the median over the runs.
    pub usual: f64,
    /// The distance that 95 % of the runs do not exceed.
    pub limit: f64,
    /// The share of runs that lie nearer than the record; half of those that lie as far count.
    pub nearer: f64,
    /// How probable it is for one of the runs to lie at least so far toward either end of their
    /// order: twice the share of all records, this one among them, that lie at least as far, or at
    /// least as near, whichever are fewer.
    pub p: f64,
}

impl Among {
    /// Where a record lies among runs. `None` below 39 runs, without values, or if a value is not
    /// finite. All have as many values as the record.
    ///
    /// Each of the n + 1 records is measured from the other n. If the record is one more run, it is
    /// equally likely to be the nearest, the second nearest and so on to the farthest, whatever the
    /// distribution of the values: it is among the nearest or the farthest 2.5 % in at most 5 % of
    /// cases, for any number of runs. The shrinkage takes from all n + 1 records only the variances,
    /// which favours none of them.
    pub fn runs(record: &[f64], runs: &[Vec<f64>]) -> Option<Among> {
        let all: Vec<&[f64]> =
            std::iter::once(record).chain(runs.iter().map(Vec::as_slice)).collect();
        let finite = |values: &&[f64]| values.iter().all(|value| value.is_finite());
        if runs.len() < FEWEST || record.is_empty() || !all.iter().all(finite) {
            return None;
        }
        let (own, others) = distances(standardized(&all))?;
        let n = others.len() as f64;
        let many = |holds: fn(&f64, &f64) -> bool| others.iter().filter(|o| holds(o, &own)).count();
        let (nearer, farther) = (many(f64::lt) as f64, many(f64::gt) as f64);
        let ties = n - nearer - farther;
        let mut sorted = others;
        sorted.sort_by(f64::total_cmp);
        let quantile = |q: f64| sorted[((q * n).ceil() as usize).clamp(1, sorted.len()) - 1];
        Some(Among {
            distance: own,
            usual: quantile(0.5),
            limit: quantile(0.95),
            nearer: (nearer + 0.5 * ties) / n,
            p: (2.0 * (nearer.min(farther) + ties + 1.0) / (n + 1.0)).min(1.0),
        })
    }

    /// Whether the record is outside the central 95 %, as a run would be in one of twenty cases: too
    /// far off, or so near the middle that the runs scatter more than such records do.
    pub fn is_outside(&self) -> bool {
        self.p <= LEVEL
    }
}

/// Values less their mean, in units of their standard deviation over all records; 0 where they do
/// not vary.
fn standardized(all: &[&[f64]]) -> Vec<Vec<f64>> {
    let mut rows = vec![Vec::new(); all.len()];
    for place in 0..all[0].len() {
        let column = || all.iter().map(|record| record[place]);
        let (low, high) = (column().fold(f64::MAX, f64::min), column().fold(f64::MIN, f64::max));
        // What differs by less than the last digits that a number has does not vary.
        let varies = high - low > 1e-13 * low.abs().max(high.abs());
        let mean = column().sum::<f64>() / all.len() as f64;
        let squares: f64 = column().map(|value| (value - mean) * (value - mean)).sum();
        let sd = libm::sqrt(squares / (all.len() - 2) as f64);
        for (row, value) in rows.iter_mut().zip(column()) {
            row.push(if varies { (value - mean) / sd } else { 0.0 });
        }
    }
    rows
}

/// The distance of the first record from the others, and that of each other from the rest.
///
/// With all N records' sum of squares Q, mean m and v = x − m, the other N − 1 have mean
/// m − v/(N − 1) and sum of squares Q − N/(N − 1)·vvᵀ. Their covariance, shrunk toward the variances
/// D of all, is A − k·vvᵀ, with A = (1 − λ)·Q/(N − 2) + λ·D and k = (1 − λ)·N/((N − 1)(N − 2)). So
/// with h = vᵀA⁻¹v the squared distance is (N/(N − 1))²·h/(1 − k·h) (Sherman and Morrison 1950): to
/// leave each record out in turn takes one decomposition.
fn distances(rows: Vec<Vec<f64>>) -> Option<(f64, Vec<f64>)> {
    let (n, size) = (rows.len() as f64, rows[0].len());
    let mut a = vec![vec![0.0; size]; size];
    for row in &rows {
        for (i, line) in a.iter_mut().enumerate() {
            for (j, cell) in line.iter_mut().enumerate().take(i + 1) {
                *cell += row[i] * row[j];
            }
        }
    }
    for (i, line) in a.iter_mut().enumerate() {
        line.iter_mut().for_each(|cell| *cell *= (1.0 - SHRINKAGE) / (n - 2.0));
        line[i] += SHRINKAGE;
    }
    let lower = cholesky(a)?;
    let k = (1.0 - SHRINKAGE) * n / ((n - 1.0) * (n - 2.0));
    let mut distances = rows.into_iter().map(|v| {
        let h: f64 = forward(&lower, v).iter().map(|part| part * part).sum();
        n / (n - 1.0) * libm::sqrt(h / (1.0 - k * h))
    });
    let own = distances.next()?;
    let others: Vec<f64> = distances.collect();
    (own.is_finite() && others.iter().all(|other| other.is_finite())).then_some((own, others))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samplers::normal_quantile;
    use crate::streams::{Process, Streams};

    /// A partnership of four values: two that go together, one that is a count and mostly zero, and
    /// the mean of the first two.
    fn drawn(seed: u64, number: u64) -> Vec<f64> {
        let streams = Streams::new(seed, number, 0);
        let normal = |item: usize| {
            normal_quantile(
                streams.at(Process::Number).item(item).uniform().clamp(1e-9, 1.0 - 1e-9),
            )
        };
        let (a, b, c) = (normal(0), normal(1), normal(2));
        let b = 0.9 * a + 0.3 * b;
        vec![a, b, (c - 0.7).max(0.0).floor(), 0.5 * (a + b)]
    }

    fn cloud(seed: u64, runs: u64) -> Vec<Vec<f64>> {
        (1..=runs).map(|number| drawn(seed, number)).collect()
    }

    fn near(a: f64, b: f64) -> bool {
        (a - b).abs() <= 1e-9 * (1.0 + a.abs())
    }

    #[test]
    fn one_more_run_is_rejected_in_a_twentieth_of_cases_and_its_place_is_even() {
        const TRIALS: u64 = 2000;
        for runs in [39, 199] {
            let (mut outside, mut places) = (0_u64, 0.0);
            for trial in 1..=TRIALS {
                let found = Among::runs(&drawn(trial, 0), &cloud(trial, runs)).expect("a place");
                outside += u64::from(found.is_outside());
                places += found.nearer / TRIALS as f64;
            }
            // Four standard errors of a share of 0.05, and of a mean of even places.
            let share = outside as f64 / TRIALS as f64;
            assert!((share - 0.05).abs() < 0.02, "{runs} runs: {share}");
            assert!((places - 0.5).abs() < 0.026, "{runs} runs: {places}");
        }
    }

    #[test]
    fn a_record_far_in_one_value_is_rejected_and_one_in_the_middle_is_not() {
        let runs = cloud(1, 500);
        let middle = Among::runs(&[0.3, 0.4, 0.0, 0.35], &runs).expect("a place");
        assert!(!middle.is_outside() && middle.nearer < 0.5, "{middle:?}");
        let far = Among::runs(&[0.0, 0.0, 8.0, 0.0], &runs).expect("a place");
        assert!(far.is_outside() && far.nearer == 1.0 && far.distance > far.limit, "{far:?}");
        assert!(far.usual < far.limit);
    }

    /// Runs that scatter more than what was published have it in their very middle.
    #[test]
    fn a_record_nearer_the_middle_than_nearly_all_runs_is_rejected_too() {
        let wide = |number: u64| (0..6).map(|place| 5.0 * drawn(place, number)[0]).collect();
        let runs: Vec<Vec<f64>> = (1..=200).map(wide).collect();
        let found = Among::runs(&[0.1, -0.2, 0.1, 0.3, 0.0, -0.1], &runs).expect("a place");
        assert!(found.is_outside() && found.nearer < 0.025, "{found:?}");
    }

    #[test]
    fn values_that_are_ordinary_alone_and_strange_together_are_rejected() {
        let runs: Vec<Vec<f64>> = cloud(1, 500).into_iter().map(|run| run[..2].to_vec()).collect();
        let along = Among::runs(&[1.3, 1.2], &runs).expect("a place");
        let against = Among::runs(&[1.3, -1.2], &runs).expect("a place");
        assert!(!along.is_outside(), "{along:?}");
        assert!(against.is_outside(), "{against:?}");
        for value in [0, 1] {
            let alone: Vec<Vec<f64>> = runs.iter().map(|run| vec![run[value]]).collect();
            assert!(!Among::runs(&[-1.3], &alone).expect("a place").is_outside(), "{value}");
        }
    }

    #[test]
    fn neither_units_nor_the_order_of_values_matter() {
        let (record, runs) = (vec![0.4, -0.9, 1.0, 0.1], cloud(3, 200));
        let plain = Among::runs(&record, &runs).expect("a place");
        let same = |change: &dyn Fn(&Vec<f64>) -> Vec<f64>| {
            let runs: Vec<Vec<f64>> = runs.iter().map(change).collect();
            let other = Among::runs(&change(&record), &runs).expect("a place");
            assert!(near(plain.distance, other.distance) && near(plain.limit, other.limit));
            assert_eq!((plain.nearer, plain.p), (other.nearer, other.p));
        };
        same(&|values| vec![1e6 * values[0] - 3e5, values[1], -0.01 * values[2], values[3]]);
        same(&|values| vec![values[3], values[1], values[0], values[2]]);
    }

    #[test]
    fn what_never_varies_adds_nothing_and_what_only_the_record_has_is_far() {
        let (record, runs) = (drawn(5, 0), cloud(5, 100));
        let with = |of_record: f64| {
            let runs: Vec<Vec<f64>> = runs.iter().map(|run| [&run[..], &[0.3]].concat()).collect();
            Among::runs(&[&record[..], &[of_record]].concat(), &runs).expect("a place")
        };
        let plain = Among::runs(&record, &runs).expect("a place");
        assert!(near(with(0.3).distance, plain.distance) && with(0.3).p == plain.p);
        assert!(with(0.4).is_outside() && with(0.4).distance.is_finite());
        let all_alike = Among::runs(&[1.0], &vec![vec![1.0]; 40]).expect("a place");
        assert_eq!((all_alike.distance, all_alike.nearer, all_alike.p), (0.0, 0.5, 1.0));
    }

    /// Each distance is the one that leaving the record out and beginning anew gives.
    #[test]
    fn a_record_is_measured_from_the_others_alone() {
        let (record, runs) = (vec![1.5, -0.5], cloud(7, 40));
        let runs: Vec<Vec<f64>> = runs.into_iter().map(|run| run[..2].to_vec()).collect();
        let all: Vec<&Vec<f64>> = std::iter::once(&record).chain(&runs).collect();
        let n = runs.len() as f64;
        let mean =
            |of: &[&Vec<f64>], i: usize| of.iter().map(|x| x[i]).sum::<f64>() / of.len() as f64;
        let product = |of: &[&Vec<f64>], i: usize, j: usize| {
            let (a, b) = (mean(of, i), mean(of, j));
            of.iter().map(|x| (x[i] - a) * (x[j] - b)).sum::<f64>()
        };
        let others = &all[1..];
        let cell = |i: usize, j: usize| {
            let toward = if i == j { SHRINKAGE * product(&all, i, j) } else { 0.0 };
            ((1.0 - SHRINKAGE) * product(others, i, j) + toward) / (n - 1.0)
        };
        let (a, b, c) = (cell(0, 0), cell(0, 1), cell(1, 1));
        let off = [record[0] - mean(others, 0), record[1] - mean(others, 1)];
        let squared = (c * off[0] * off[0] - 2.0 * b * off[0] * off[1] + a * off[1] * off[1])
            / (a * c - b * b);
        let found = Among::runs(&record, &runs).expect("a place");
        assert!(near(found.distance, libm::sqrt(squared)), "{found:?} {squared}");
    }

    #[test]
    fn too_few_runs_and_what_is_no_number_have_no_place() {
        assert_eq!(Among::runs(&drawn(1, 0), &cloud(1, 38)), None);
        assert_eq!(Among::runs(&[], &vec![vec![]; 40]), None);
        assert_eq!(Among::runs(&[f64::NAN], &vec![vec![1.0]; 40]), None);
        // More values than runs: the covariance alone has no inverse.
        let wide = |number| (0..60).map(|place| drawn(place, number)[0]).collect::<Vec<f64>>();
        let runs: Vec<Vec<f64>> = (1..=45).map(wide).collect();
        assert!(Among::runs(&wide(0), &runs).is_some());
    }
}
