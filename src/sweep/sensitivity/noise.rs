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
mod tests;
