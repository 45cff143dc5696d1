//! Latin hypercubes, plain and rearranged.

use super::{Drawn, below, draw, shuffled};
use serde::Serialize;

/// What the columns of a Latin hypercube are rearranged for.
///
/// Two points chosen at random change places in one factor, which keeps the hypercube Latin, and
/// the swap stays if it helps. What is aimed at therefore never gets worse, and the result depends
/// on the number of swaps tried and the seed alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Aim {
    /// For nothing.
    Plain,
    /// For distance: a swap stays if the nearest neighbour of the two points gets farther (the
    /// maximin criterion of Johnson, Moore and Ylvisaker 1990, Journal of Statistical Planning and
    /// Inference 26, 131–148; by swaps as Morris and Mitchell 1995, same journal 43, 381–402).
    Maximin {
        /// Swaps tried.
        swaps: u32,
    },
    /// For independence: a swap stays if the largest absolute correlation of the factor with any
    /// other gets smaller (as Owen 1994, "Controlling correlations in Latin hypercube samples",
    /// JASA 89, 1517–1522, aims at; by swaps instead of regressions).
    Uncorrelated {
        /// Swaps tried.
        swaps: u32,
    },
}

/// A Latin hypercube of `count` points.
pub(super) fn points(count: usize, factors: usize, aim: Aim, seed: u64) -> Vec<Vec<f64>> {
    let column = |factor: usize| -> Vec<f64> {
        let uniform = |drawn, index| draw(seed, drawn, index, factor).uniform();
        let slices = shuffled(count, |step| uniform(Drawn::Slice, step));
        let rows = slices.into_iter().enumerate();
        rows.map(|(row, slice)| (slice as f64 + uniform(Drawn::Within, row as u64)) / count as f64)
            .collect()
    };
    let columns: Vec<Vec<f64>> = (0..factors).map(column).collect();
    let point = |row: usize| columns.iter().map(|column| column[row]).collect();
    let mut points: Vec<Vec<f64>> = (0..count).map(point).collect();
    match aim {
        Aim::Plain => {}
        Aim::Maximin { swaps } => {
            improve(&mut points, swaps, seed, |points, _, pair| -nearest(points, pair));
        }
        Aim::Uncorrelated { swaps } => {
            improve(&mut points, swaps, seed, |points, factor, _| correlated(points, factor));
        }
    }
    points
}

/// Tries swaps, and keeps those that make `bad` of the factor and the two rows smaller.
fn improve(
    points: &mut [Vec<f64>],
    swaps: u32,
    seed: u64,
    bad: impl Fn(&[Vec<f64>], usize, [usize; 2]) -> f64,
) {
    let (count, factors) = (points.len(), points[0].len());
    if count < 2 {
        return;
    }
    let exchange = |points: &mut [Vec<f64>], factor: usize, [a, b]: [usize; 2]| {
        let kept = points[a][factor];
        points[a][factor] = points[b][factor];
        points[b][factor] = kept;
    };
    for step in 0..u64::from(swaps) {
        let drawn = draw(seed, Drawn::Swap, step, 0);
        let factor = below(factors, drawn.place(1).uniform());
        let (first, second) = drawn.pair();
        let a = below(count, first);
        let b = (a + 1 + below(count - 1, second)) % count; // any other
        let before = bad(points, factor, [a, b]);
        exchange(points, factor, [a, b]);
        if bad(points, factor, [a, b]) >= before {
            exchange(points, factor, [a, b]);
        }
    }
}

/// Squared distance of two points.
pub(super) fn apart(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(x, y)| (x - y) * (x - y)).sum()
}

/// Squared distance from either of two points to its nearest neighbour.
fn nearest(points: &[Vec<f64>], [a, b]: [usize; 2]) -> f64 {
    let from = |this: usize| {
        let others = points.iter().enumerate().filter(move |(row, _)| *row != this);
        others.map(|(_, other)| apart(&points[this], other)).fold(f64::INFINITY, f64::min)
    };
    from(a).min(from(b))
}

/// Largest absolute correlation of a factor with any other.
pub(super) fn correlated(points: &[Vec<f64>], factor: usize) -> f64 {
    let mean = |f: usize| points.iter().map(|p| p[f]).sum::<f64>() / points.len() as f64;
    let product = |f: usize, g: usize| {
        let (centre_f, centre_g) = (mean(f), mean(g));
        points.iter().map(|p| (p[f] - centre_f) * (p[g] - centre_g)).sum::<f64>()
    };
    let own = product(factor, factor);
    let others = (0..points[0].len()).filter(|&other| other != factor);
    others
        .map(|other| product(factor, other).abs() / libm::sqrt(own * product(other, other)))
        .fold(0.0, f64::max)
}
