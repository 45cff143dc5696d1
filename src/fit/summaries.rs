//! What the patterns of one run say about each number, as one summary for each.
//!
//! A summary is the best guess of a number from the patterns of a single run: a regression, over
//! runs at numbers drawn from their ranges, of the number (on its normal scale) on the patterns,
//! their squares and their products (Fearnhead and Prangle 2012). It is all that matters about the
//! patterns for the mean of what is then known. Distances between summaries are in the units of the
//! ranges themselves, so that a number about which a run says little hardly counts.

use super::population::Table;
use crate::worlds::statistics::Mean;
use crate::worlds::statistics::linear::LeastSquares;
use rayon::prelude::*;

/// How many runs there are at least for each term of the regression.
const RUNS_A_TERM: usize = 20;
/// How much the coefficients are held back, as a part of each term's own product.
const RIDGE: f64 = 1e-6;

/// How patterns become summaries.
#[derive(Clone, Debug)]
pub struct Summaries {
    /// The patterns that are read, each with its mean and its standard deviation over the runs.
    columns: Vec<(usize, f64, f64)>,
    /// Patterns that a run must have, those that never vary among them.
    needed: Vec<usize>,
    /// Whether products of two patterns are among the terms.
    products: bool,
    /// By number: the coefficient of each term.
    coefficients: Vec<Vec<f64>>,
}

/// Why there are no summaries.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Unlearnt {
    /// So many runs have all patterns, too few.
    TooFew(usize),
    /// The patterns are the same in every run.
    NothingVaries,
}

impl Summaries {
    /// Learns them from runs at numbers drawn from their ranges. Runs that lack one of these
    /// patterns are left out: the observation has them all.
    ///
    /// # Errors
    /// If too few runs have all of them, or none varies.
    pub fn learnt(runs: &Table, columns: &[usize]) -> Result<Summaries, Unlearnt> {
        let whole: Vec<usize> = (0..runs.len()).filter(|run| runs.has(*run, columns)).collect();
        let mut varying = Vec::new();
        for &column in columns {
            let mut mean = Mean::default();
            whole.iter().for_each(|run| mean.add(runs.patterns(*run)[column]));
            if mean.sd() > 1e-12 * (1.0 + mean.mean().abs()) {
                varying.push((column, mean.mean(), mean.sd()));
            }
        }
        let many = varying.len();
        let products = whole.len() >= RUNS_A_TERM * terms(many, true);
        if whole.len() < RUNS_A_TERM * terms(many.max(1), false) {
            return Err(Unlearnt::TooFew(whole.len()));
        }
        if varying.is_empty() {
            return Err(Unlearnt::NothingVaries);
        }
        let (needed, coefficients) = (columns.to_vec(), Vec::new());
        let mut of = Summaries { columns: varying, needed, products, coefficients };
        let mut squares = LeastSquares::new(terms(many, products), runs.numbers());
        let mut row = Vec::new();
        for run in whole {
            of.terms(runs.patterns(run), &mut row);
            squares.add(&row, runs.places(run), 1.0);
        }
        of.coefficients = squares.solved(RIDGE).ok_or(Unlearnt::NothingVaries)?;
        Ok(of)
    }

    /// The summaries of one run that has all patterns.
    pub fn of(&self, patterns: &[f64]) -> Vec<f64> {
        let mut row = Vec::new();
        self.terms(patterns, &mut row);
        let sum = |by: &Vec<f64>| by.iter().zip(&row).map(|(a, b)| a * b).sum();
        self.coefficients.iter().map(sum).collect()
    }

    /// Those of many runs, row by row; a run that lacks a pattern that is read has none.
    pub fn of_all(&self, runs: &Table) -> Vec<Vec<f64>> {
        let columns: Vec<usize> = self.needed.clone();
        let one = |run: usize| match runs.has(run, &columns) {
            true => self.of(runs.patterns(run)),
            false => Vec::new(),
        };
        (0..runs.len()).into_par_iter().map(one).collect()
    }

    fn terms(&self, patterns: &[f64], row: &mut Vec<f64>) {
        row.clear();
        row.push(1.0);
        row.extend(self.columns.iter().map(|(at, mean, sd)| (patterns[*at] - mean) / sd));
        for i in 1..=self.columns.len() {
            let last = if self.products { self.columns.len() } else { i };
            (i..=last).for_each(|j| row.push(row[i] * row[j]));
        }
    }
}

/// How many terms so many patterns have.
fn terms(patterns: usize, products: bool) -> usize {
    let second = if products { patterns * (patterns + 1) / 2 } else { patterns };
    1 + patterns + second
}
