//! Sobol' indices against functions whose indices are known by hand.

use super::super::variance::{Index, indices};
use super::super::*;
use super::{ishigami, outputs};
use crate::samplers::normal_quantile;
use crate::sweep::design::{Aim, Kind};
use std::f64::consts::PI;

/// First-order and total indices of the Ishigami function, by hand.
fn ishigami_indices() -> [(f64, f64); 3] {
    let (a, b) = (7.0, 0.1);
    let (pi4, pi8) = (PI * PI * PI * PI, PI * PI * PI * PI * PI * PI * PI * PI);
    let one = 0.5 * (1.0 + b * pi4 / 5.0) * (1.0 + b * pi4 / 5.0);
    let two = a * a / 8.0;
    let both = b * b * pi8 * (1.0 / 18.0 - 1.0 / 50.0);
    let v = one + two + both;
    [(one / v, (one + both) / v), (two / v, two / v), (0.0, both / v)]
}

/// Sobol's G function, with coefficients from decisive to negligible.
const G: [f64; 6] = [0.0, 0.5, 3.0, 9.0, 99.0, 99.0];

fn g_function(x: &[f64]) -> f64 {
    x.iter().zip(G).map(|(x, a)| ((4.0 * x - 2.0).abs() + a) / (1.0 + a)).product()
}

fn g_indices() -> Vec<(f64, f64)> {
    let part = |a: f64| 1.0 / (3.0 * (1.0 + a) * (1.0 + a));
    let all: f64 = G.iter().map(|a| 1.0 + part(*a)).product();
    let of = |a: &f64| (part(*a) / (all - 1.0), part(*a) * all / (1.0 + part(*a)) / (all - 1.0));
    G.iter().map(of).collect()
}

fn estimated(base: usize, factors: usize, seed: u64, of: fn(&[f64]) -> f64) -> Vec<Index> {
    let design = Kind::Saltelli { base }.design(factors, seed).unwrap();
    indices(&outputs(&design, of), factors, seed).unwrap()
}

/// Each estimate lies within its whole interval's width of the truth, about four standard errors
/// of independent sampling, and the widths shrink as one over the root of the base.
fn meets_the_truth(of: fn(&[f64]) -> f64, truth: &[(f64, f64)]) {
    for seed in 1..4 {
        let (small, large) =
            (estimated(256, truth.len(), seed, of), estimated(4096, truth.len(), seed, of));
        for estimates in [&small, &large] {
            for (index, (first, total)) in estimates.iter().zip(truth) {
                for (estimate, truth) in [(index.first, first), (index.total, total)] {
                    assert!(estimate.low <= estimate.value && estimate.value <= estimate.high);
                    assert!((estimate.value - truth).abs() <= estimate.width(), "{estimate:?}");
                }
            }
        }
        for (small, large) in small.iter().zip(&large) {
            let ratio = small.total.width() / large.total.width();
            assert!((2.0..8.0).contains(&ratio), "{ratio}"); // √16 = 4, on 256 rows
        }
    }
}

#[test]
fn the_indices_of_ishigami_are_found() {
    meets_the_truth(ishigami, &ishigami_indices());
    // At 4096 base points a scrambled net errs by less than 0.01.
    for (index, (first, total)) in estimated(4096, 3, 9, ishigami).iter().zip(ishigami_indices()) {
        assert!((index.first.value - first).abs() < 0.01);
        assert!((index.total.value - total).abs() < 0.01);
    }
}

#[test]
fn the_indices_of_the_g_function_are_found() {
    meets_the_truth(g_function, &g_indices());
}

/// Points drawn independently are what the bootstrap assumes: its 95 % intervals then hold the
/// truth about 95 times in a hundred; below 88 of 100 would be three standard errors off.
#[test]
fn bootstrap_intervals_hold_the_truth_as_often_as_they_say() {
    let (base, factors, mut held) = (400, 3, [0; 2]);
    let truth = ishigami_indices()[0];
    for seed in 0..100 {
        let both = Kind::Latin { points: 1, aim: Aim::Plain };
        let rows: Vec<Vec<f64>> = (0..base)
            .map(|row| both.design(2 * factors, 1000 * seed + row).unwrap().points.remove(0))
            .collect();
        let mut all: Vec<f64> = rows.iter().map(|row| ishigami(&row[..3])).collect();
        all.extend(rows.iter().map(|row| ishigami(&row[3..])));
        for factor in 0..factors {
            all.extend(rows.iter().map(|row| {
                let mut point = row[..3].to_vec();
                point[factor] = row[3 + factor];
                ishigami(&point)
            }));
        }
        let index = indices(&all, factors, seed).unwrap()[0];
        held[0] += u32::from((index.first.low..=index.first.high).contains(&truth.0));
        held[1] += u32::from((index.total.low..=index.total.high).contains(&truth.1));
    }
    assert!(held.iter().all(|held| *held >= 88), "{held:?}");
}

#[test]
fn indices_do_not_depend_on_the_units_of_the_output() {
    let design = Kind::Saltelli { base: 64 }.design(3, 1).unwrap();
    let one = outputs(&design, ishigami);
    let other: Vec<f64> = one.iter().map(|y| 500.0 - 20.0 * y).collect();
    for (a, b) in indices(&one, 3, 1).unwrap().iter().zip(indices(&other, 3, 1).unwrap()) {
        assert!((a.first.value - b.first.value).abs() < 1e-9);
        assert!((a.total.high - b.total.high).abs() < 1e-9);
    }
}

/// Noise of standard deviation σ on every output: its share is σ²/(V + σ²), and taking it out
/// gives back the indices of the function.
#[test]
fn a_known_noise_is_recovered_and_taken_out() {
    let (base, sigma) = (4096, 2.0);
    let design = Kind::Saltelli { base }.design(3, 4).unwrap();
    let streams = Streams::new(77, 0, 0);
    let noisy: Vec<f64> = outputs(&design, ishigami)
        .into_iter()
        .enumerate()
        .map(|(row, y)| {
            let at = streams.at(Process::Benchmark).month(row as u32);
            y + sigma * normal_quantile(at.uniform())
        })
        .collect();
    let share = noise_share(&noisy, &vec![sigma; noisy.len()]).unwrap();
    let variance = 13.844_588; // a²/8 + bπ⁴/5 + b²π⁸/18 + 1/2
    assert!((share - sigma * sigma / (variance + sigma * sigma)).abs() < 0.005, "{share}");
    let estimates = indices(&noisy, 3, 4).unwrap();
    for (index, (first, total)) in estimates.iter().zip(ishigami_indices()) {
        let clean = index.without_noise(share).unwrap();
        assert!((clean.first.value - first).abs() < clean.first.width());
        assert!((clean.total.value - total).abs() < 0.02, "{clean:?}");
        assert!(index.total.value > total + 0.05, "noise counts as interaction");
    }
    assert_eq!(estimates[0].without_noise(1.0), None);
}
