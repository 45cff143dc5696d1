//! Replicate noise in the means of rows, and what is left of it without what a replicate does to
//! all rows alike.
//!
//! Rows crossed with replicates are a two-way layout without interaction. What neither the row nor
//! the replicate explains is the luck that tells rows apart. Where values are missing it is that
//! of least squares (Searle 1987, "Linear models for unbalanced data", chapter 4): each row is
//! swept out as it comes, and the normal equations of the replicates are solved at the end.

use crate::worlds::statistics::Mean;

/// A sum of squares this much smaller than its parts is nothing but rounding.
const ROUNDING: f64 = 1e-12;
/// A pivot this much smaller than its diagonal belongs to an equation that follows from others.
const DEPENDENT: f64 = 1e-9;
/// Replicates up to which values may be missing: equations are held for each pair of them.
const MOST_EQUATIONS: usize = 512;

/// One outcome of rows crossed with replicates, taken in row by row.
#[derive(Clone, Debug)]
pub(super) struct Layout {
    /// Rows with a value.
    rows: u64,
    values: u64,
    /// Rows that lack no value.
    whole: u64,
    /// Squares of deviations from the means of rows.
    within: f64,
    /// By replicate: the sum of its deviations from the means of rows.
    off: Vec<f64>,
    /// Normal equations of the replicates, by pair of them, from rows that lack values.
    equations: Vec<f64>,
    /// The sum of one over the number of values of each row.
    inverse: f64,
    /// Of rows with two values or more: the variance of a value, and of the mean.
    variance: Mean,
    squared_errors: f64,
}

impl Layout {
    pub(super) fn new(replicates: u64) -> Layout {
        Layout {
            rows: 0,
            values: 0,
            whole: 0,
            within: 0.0,
            off: vec![0.0; replicates as usize],
            equations: Vec::new(),
            inverse: 0.0,
            variance: Mean::default(),
            squared_errors: 0.0,
        }
    }

    /// Takes in the values of a row, by replicate (not a number where there is none), and their
    /// mean.
    pub(super) fn add(&mut self, values: &[f64], mean: &Mean) {
        let (count, all) = (mean.count(), self.off.len());
        if count == 0 {
            return;
        }
        self.rows += 1;
        self.values += count;
        self.inverse += 1.0 / count as f64;
        if count > 1 {
            let variance = mean.sd() * mean.sd();
            self.within += variance * (count - 1) as f64;
            self.variance.add(variance);
            self.squared_errors += variance / count as f64;
        }
        let present: Vec<usize> = (0..all).filter(|&k| values[k].is_finite()).collect();
        present.iter().for_each(|&k| self.off[k] += values[k] - mean.mean());
        if present.len() == all {
            self.whole += 1;
        } else if all <= MOST_EQUATIONS {
            self.equations.resize(all * all, 0.0);
            for &k in &present {
                self.equations[k * all + k] += 1.0;
                present.iter().for_each(|l| self.equations[k * all + l] -= 1.0 / count as f64);
            }
        }
    }

    /// The variance of a row's mean that is luck, as if rows were independent, on average over
    /// rows; `None` if no row has two values. A row with a single value has the variance of the
    /// others.
    pub(super) fn noise(&self) -> Option<f64> {
        let single = match self.rows - self.variance.count() {
            0 => 0.0,
            rows => rows as f64 * self.variance.mean(),
        };
        let each = (self.squared_errors + single) / self.rows as f64;
        Some(each).filter(|noise| noise.is_finite())
    }

    /// The same without what a replicate does to all rows alike; `None` if nothing is left to
    /// estimate it from, or values are missing and there are too many replicates to solve for.
    pub(super) fn noise_between(&self) -> Option<f64> {
        let all = self.off.len();
        let (explained, rank) = if self.whole == self.rows {
            let squares: f64 = self.off.iter().map(|off| off * off).sum();
            (squares / self.rows as f64, all.saturating_sub(1))
        } else if self.equations.is_empty() {
            return None;
        } else {
            self.solved()
        };
        let degrees = self.values.checked_sub(self.rows + rank as u64).filter(|left| *left > 0)?;
        let left = self.within - explained;
        let left = if left <= ROUNDING * self.within { 0.0 } else { left };
        let noise = left / degrees as f64 * self.inverse / self.rows as f64;
        Some(noise).filter(|noise| noise.is_finite())
    }

    /// What the replicates explain of the squares within rows, and how many equations are
    /// independent: by elimination, which for such equations needs no pivoting.
    fn solved(&self) -> (f64, usize) {
        let all = self.off.len();
        let (mut left, mut off) = (self.equations.clone(), self.off.clone());
        let whole = self.whole as f64;
        for k in 0..all {
            left[k * all + k] += whole;
            left[k * all..(k + 1) * all].iter_mut().for_each(|cell| *cell -= whole / all as f64);
        }
        let diagonal: Vec<f64> = (0..all).map(|k| left[k * all + k]).collect();
        let (mut explained, mut rank) = (0.0, 0);
        for k in 0..all {
            let pivot = left[k * all + k];
            if pivot <= DEPENDENT * diagonal[k] {
                continue;
            }
            explained += off[k] * off[k] / pivot;
            rank += 1;
            for row in k + 1..all {
                let times = left[row * all + k] / pivot;
                for column in k..all {
                    left[row * all + column] -= times * left[k * all + column];
                }
                off[row] -= times * off[k];
            }
        }
        (explained, rank)
    }
}

#[cfg(test)]
mod tests {
    use super::super::regression::standardized;
    use super::*;

    const GONE: f64 = f64::NAN;

    fn layout(rows: &[Vec<f64>]) -> Layout {
        let mut layout = Layout::new(rows[0].len() as u64);
        for row in rows {
            let mut mean = Mean::default();
            row.iter().filter(|value| value.is_finite()).for_each(|value| mean.add(*value));
            layout.add(row, &mean);
        }
        layout
    }

    /// The mean square of what rows and replicates leave, by regression on both as dummies.
    fn by_regression(rows: &[Vec<f64>]) -> f64 {
        let cells = || {
            let row = |(r, row): (usize, &Vec<f64>)| {
                let cell = move |(k, value): (usize, &f64)| (r, k, *value);
                row.iter().enumerate().map(cell).collect::<Vec<_>>()
            };
            rows.iter().enumerate().flat_map(row).filter(|(.., value)| value.is_finite())
        };
        let dummies = |(r, k, _): (usize, usize, f64)| {
            let is = |yes: bool| if yes { 1.0 } else { 0.0 };
            let of_rows = (1..rows.len()).map(|other| is(r == other));
            of_rows.chain((1..rows[0].len()).map(|other| is(k == other))).collect()
        };
        let points: Vec<Vec<f64>> = cells().map(dummies).collect();
        let outputs: Vec<f64> = cells().map(|(.., value)| value).collect();
        let mut all = Mean::default();
        outputs.iter().for_each(|value| all.add(*value));
        let squares = all.sd() * all.sd() * (outputs.len() - 1) as f64;
        let left = 1.0 - standardized(&points, &outputs).expect("a regression").r_squared;
        left * squares / (outputs.len() - points[0].len() - 1) as f64
    }

    #[test]
    fn the_residual_is_that_of_rows_crossed_with_replicates_values_missing_or_not() {
        let whole = vec![
            vec![1.0, 2.0, 3.5, 2.5],
            vec![4.0, 4.5, 5.0, 7.0],
            vec![2.0, 3.0, 2.5, 1.0],
            vec![6.0, 6.5, 9.0, 9.25],
        ];
        let noise = layout(&whole).noise_between().expect("noise");
        assert!((noise - by_regression(&whole) / 4.0).abs() < 1e-12, "{noise}");
        let mut some = whole;
        (some[0][3], some[1][1], some[2][2], some[2][3]) = (GONE, GONE, GONE, GONE);
        let noise = layout(&some).noise_between().expect("noise");
        let inverse = (2.0 / 3.0 + 0.5 + 0.25) / 4.0;
        assert!((noise - by_regression(&some) * inverse).abs() < 1e-12, "{noise}");
        // A row without a value says nothing.
        some.push(vec![GONE; 4]);
        assert_eq!(layout(&some).noise_between(), Some(noise));
    }

    #[test]
    fn what_all_rows_share_is_no_noise_between_them() {
        let luck = [0.3, -1.0, 2.0, 0.1];
        let row = |r: usize| luck.map(|luck| 5.0 * r as f64 + luck).to_vec();
        let mut rows: Vec<Vec<f64>> = (0..6).map(row).collect();
        let of = layout(&rows);
        assert!(of.noise_between().expect("noise") < 1e-12 && of.noise().expect("noise") > 0.1);
        (rows[1][0], rows[4][2]) = (GONE, GONE);
        assert!(layout(&rows).noise_between().expect("noise") < 1e-12);
    }

    #[test]
    fn without_a_second_value_nothing_is_said_of_noise() {
        let apart = layout(&[vec![1.0, GONE], vec![GONE, 2.0]]);
        assert_eq!((apart.noise(), apart.noise_between()), (None, None));
        assert_eq!(layout(&[vec![GONE, GONE]]).noise_between(), None);
        let one = layout(&[vec![1.0, 3.0], vec![2.0, GONE]]);
        // As the other row, with half the values.
        assert!((one.noise().expect("noise") - (1.0 + 2.0) / 2.0).abs() < 1e-12);
        assert_eq!(one.noise_between(), None, "every value is spent on a row or a replicate");
        let mut many = vec![vec![0.0; MOST_EQUATIONS + 1]; 2];
        many[0][0] = GONE;
        assert_eq!(layout(&many).noise_between(), None);
    }
}
