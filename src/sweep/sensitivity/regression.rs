//! Standardised regression coefficients.

use super::{SensitivityError, check, factors, mean, same};
use serde::Serialize;

/// A linear regression of the output on all factors, each in units of its standard deviation.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Regression {
    /// By factor: standard deviations by which the output rises with one of the factor.
    pub coefficients: Vec<f64>,
    /// R²: the share of the output's variance that the straight lines explain. Where it is low the
    /// coefficients say little.
    pub r_squared: f64,
}

/// A column whose part of its own, beside the columns before it, is smaller than this counts as a
/// linear combination of them: about the square root of a double's precision.
const COLLINEAR: f64 = 1e-8;

/// Standardised regression coefficients (Saltelli et al. 2008, "Global sensitivity analysis: the
/// primer", section 1.2.5): by least squares, through modified Gram–Schmidt on the standardised
/// columns with the output as the last (Björck 1967, BIT 7, 1–21). For a factor at two levels of a
/// balanced design it is half the difference of the two means, in standard deviations of the
/// output.
///
/// # Errors
/// If points or outputs cannot be used, there are not more points than factors and the intercept,
/// the output or a factor is constant, or a factor is a linear combination of others.
pub fn standardized(points: &[Vec<f64>], outputs: &[f64]) -> Result<Regression, SensitivityError> {
    let factors = factors(points)?;
    check(outputs, points.len(), factors + 2)?;
    let column = |factor: usize| points.iter().map(|point| point[factor]).collect();
    regress((0..factors).map(column).collect(), outputs.to_vec())
}

/// Standardised rank regression coefficients (Iman and Conover 1979, Technometrics 21, 499–509):
/// the same on ranks, equal values sharing their mean rank; for outputs that rise or fall
/// steadily, but not in straight lines.
///
/// # Errors
/// As [`standardized`].
pub fn ranked(points: &[Vec<f64>], outputs: &[f64]) -> Result<Regression, SensitivityError> {
    let factors = factors(points)?;
    check(outputs, points.len(), factors + 2)?;
    let column = |factor: usize| ranks(&points.iter().map(|p| p[factor]).collect::<Vec<f64>>());
    regress((0..factors).map(column).collect(), ranks(outputs))
}

/// The points with every coordinate replaced by its rank among the points.
pub(super) fn ranked_points(points: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let factors = points.first().map_or(0, Vec::len);
    let column = |factor: usize| ranks(&points.iter().map(|p| p[factor]).collect::<Vec<f64>>());
    let columns: Vec<Vec<f64>> = (0..factors).map(column).collect();
    (0..points.len()).map(|row| columns.iter().map(|column| column[row]).collect()).collect()
}

fn regress(
    mut columns: Vec<Vec<f64>>,
    mut output: Vec<f64>,
) -> Result<Regression, SensitivityError> {
    if let Some(factor) = columns.iter().position(|column| same(column)) {
        return Err(SensitivityError::ConstantFactor { factor });
    }
    columns.iter_mut().chain([&mut output]).for_each(|column| standardize(column));
    let factors = columns.len();
    // Upper triangle of R: what each later column, and at last the output, has of each direction.
    let mut shared = vec![vec![0.0; factors + 1]; factors];
    for factor in 0..factors {
        let (done, rest) = columns.split_at_mut(factor + 1);
        let direction = &mut done[factor];
        let length = libm::sqrt(dot(direction, direction));
        if length < COLLINEAR {
            return Err(SensitivityError::Collinear { factor });
        }
        direction.iter_mut().for_each(|value| *value /= length);
        shared[factor][factor] = length;
        for (after, column) in rest.iter_mut().chain([&mut output]).enumerate() {
            let part = dot(direction, column);
            column.iter_mut().zip(&*direction).for_each(|(value, along)| *value -= part * along);
            shared[factor][factor + 1 + after] = part;
        }
    }
    let mut coefficients = vec![0.0; factors];
    for factor in (0..factors).rev() {
        let row = &shared[factor];
        let explained: f64 = (factor + 1..factors).map(|k| row[k] * coefficients[k]).sum();
        coefficients[factor] = (row[factors] - explained) / row[factor];
    }
    Ok(Regression { coefficients, r_squared: 1.0 - dot(&output, &output) })
}

/// Mean 0 and length 1.
fn standardize(column: &mut [f64]) {
    let centre = mean(column.iter().copied());
    column.iter_mut().for_each(|value| *value -= centre);
    let length = libm::sqrt(dot(column, column));
    column.iter_mut().for_each(|value| *value /= length);
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

/// Ranks from 1; equal values share their mean rank.
fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|&a, &b| values[a].total_cmp(&values[b]));
    let mut ranks = vec![0.0; values.len()];
    let mut before = 0;
    for tied in order.chunk_by(|&a, &b| values[a] == values[b]) {
        let rank = before as f64 + (tied.len() + 1) as f64 / 2.0;
        tied.iter().for_each(|&row| ranks[row] = rank);
        before += tied.len();
    }
    ranks
}
