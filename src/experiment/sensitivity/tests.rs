//! The estimators against functions whose indices are known, and against SALib.

use super::regression::{ranked, standardized};
use super::screening::{Screened, screen};
use super::variance::{Index, indices};
use super::*;
use crate::experiment::design::{Aim, Design, Kind};
use crate::samplers::normal_quantile;
use std::f64::consts::PI;

fn outputs(design: &Design, of: impl Fn(&[f64]) -> f64) -> Vec<f64> {
    design.points.iter().map(|point| of(point)).collect()
}

/// Ishigami and Homma 1990, with a = 7 and b = 0.1, on the unit cube.
fn ishigami(u: &[f64]) -> f64 {
    let x = |i: usize| PI * (2.0 * u[i] - 1.0);
    let (sine, square) = (libm::sin(x(1)), x(2) * x(2));
    libm::sin(x(0)) * (1.0 + 0.1 * square * square) + 7.0 * sine * sine
}

/// Its first-order and total indices, by hand.
fn ishigami_indices() -> [(f64, f64); 3] {
    let (a, b) = (7.0, 0.1);
    let (pi4, pi8) = (PI * PI * PI * PI, PI * PI * PI * PI * PI * PI * PI * PI);
    let one = 0.5 * (1.0 + b * pi4 / 5.0) * (1.0 + b * pi4 / 5.0);
    let two = a * a / 8.0;
    let both = b * b * pi8 * (1.0 / 18.0 - 1.0 / 50.0);
    let v = one + two + both;
    [(one / v, (one + both) / v), (two / v, two / v), (0.0, both / v)]
}

/// Sobol's G function with Saltelli's coefficients, and its indices.
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
    let variance = 3.5 * 3.5 / 2.0 + 0.5 + 0.1 * PI.powi(4) / 5.0 + 0.01 * PI.powi(8) / 18.0;
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

#[test]
fn elementary_effects_of_a_linear_function_are_its_coefficients() {
    let coefficients = [3.0, -2.0, 0.0, 0.5];
    let design = Kind::Morris { trajectories: 6, levels: 4 }.design(4, 2).unwrap();
    let linear = |x: &[f64]| 1.0 + x.iter().zip(coefficients).map(|(x, b)| x * b).sum::<f64>();
    let screened = screen(&design.points, &outputs(&design, linear), 1).unwrap();
    for (factor, b) in screened.iter().zip(coefficients) {
        assert!((factor.mu - b).abs() < 1e-12);
        for strength in [factor.mu_star.value, factor.mu_star.low, factor.mu_star.high] {
            assert!((strength - b.abs()).abs() < 1e-12);
        }
        assert!(factor.sigma < 1e-12);
    }
}

/// The test function of Morris 1991, section 5, with the coefficients he draws as standard normal
/// numbers set to (−1)ⁱ and (−1)ⁱ⁺ʲ, as in Saltelli et al. 2000, "Sensitivity analysis", and the
/// remaining third and fourth orders zero.
fn morris_function(x: &[f64]) -> f64 {
    let w: Vec<f64> = x
        .iter()
        .enumerate()
        .map(|(i, x)| match i + 1 {
            3 | 5 | 7 => 2.0 * (1.1 * x / (x + 0.1) - 0.5),
            _ => 2.0 * (x - 0.5),
        })
        .collect();
    let sign = |i: usize| if i % 2 == 0 { 1.0 } else { -1.0 };
    let mut y = 0.0;
    for i in 0..20 {
        y += w[i] * if i < 10 { 20.0 } else { sign(i + 1) };
        for j in i + 1..20 {
            y += w[i] * w[j] * if j < 6 { -15.0 } else { sign(i + j) };
            for l in j + 1..5 {
                y -= 10.0 * w[i] * w[j] * w[l];
                for s in l + 1..4 {
                    y += 5.0 * w[i] * w[j] * w[l] * w[s];
                }
            }
        }
    }
    y
}

fn morris_screened(trajectories: usize) -> Vec<Screened> {
    let design = Kind::Morris { trajectories, levels: 4 }.design(20, 1).unwrap();
    screen(&design.points, &outputs(&design, morris_function), 1).unwrap()
}

#[test]
fn the_groups_of_morris_separate() {
    let screened = morris_screened(20);
    let (important, negligible) = screened.split_at(10);
    let weakest = important.iter().map(|f| f.mu_star.value).fold(f64::INFINITY, f64::min);
    let strongest = negligible.iter().map(|f| f.mu_star.value).fold(0.0, f64::max);
    assert!(weakest > strongest, "the first ten matter, the others do not");
    let (curved, linear) = important.split_at(7);
    let least = curved.iter().map(|f| f.sigma).fold(f64::INFINITY, f64::min);
    let most = linear.iter().map(|f| f.sigma).fold(0.0, f64::max);
    assert!(least > most, "the first seven interact or are curved");
    for factor in linear {
        assert!(factor.mu > 0.9 * factor.mu_star.value, "the next three only rise");
        assert!((factor.mu - 40.0).abs() < 5.0 * 10.0 / 20.0f64.sqrt());
    }
}

#[test]
fn regression_gives_back_a_linear_function_exactly() {
    let design = Kind::Latin { points: 40, aim: Aim::Plain }.design(3, 2).unwrap();
    let b = [2.0, -1.0, 0.0];
    let y = outputs(&design, |x| 7.0 + x.iter().zip(b).map(|(x, b)| x * b).sum::<f64>());
    let found = standardized(&design.points, &y).unwrap();
    let sd = |values: Vec<f64>| {
        let mut mean = Mean::default();
        values.into_iter().for_each(|value| mean.add(value));
        mean.sd()
    };
    for (factor, b) in b.iter().enumerate() {
        let spread = sd(design.points.iter().map(|point| point[factor]).collect());
        assert!((found.coefficients[factor] - b * spread / sd(y.clone())).abs() < 1e-12);
    }
    assert!((found.r_squared - 1.0).abs() < 1e-12);
}

#[test]
fn at_two_levels_a_coefficient_is_half_the_effect() {
    let design = Kind::Factorial { levels: vec![2, 2] }.design(2, 0).unwrap();
    // y = 1, 3, 5, 11: effects 6 and 4, population variance 14.
    let found = standardized(&design.points, &[1.0, 3.0, 5.0, 11.0]).unwrap();
    assert!((found.coefficients[0] - 3.0 / 14.0f64.sqrt()).abs() < 1e-12);
    assert!((found.coefficients[1] - 2.0 / 14.0f64.sqrt()).abs() < 1e-12);
    assert!((found.r_squared - 13.0 / 14.0).abs() < 1e-12);
}

#[test]
fn ranks_straighten_a_steady_curve() {
    let points: Vec<Vec<f64>> = (0..30).map(|i| vec![f64::from(i) / 29.0]).collect();
    let y: Vec<f64> = points.iter().map(|x| libm::exp(-9.0 * x[0])).collect();
    assert!(standardized(&points, &y).unwrap().r_squared < 0.8);
    let found = ranked(&points, &y).unwrap();
    assert!((found.coefficients[0] + 1.0).abs() < 1e-12);
    assert!((found.r_squared - 1.0).abs() < 1e-12);
}

#[test]
fn what_cannot_be_estimated_says_why() {
    use SensitivityError::*;
    let points = |rows: &[[f64; 2]]| rows.iter().map(|row| row.to_vec()).collect::<Vec<_>>();
    let square = points(&[[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]);
    let y = [1.0, 2.0, 3.0, 5.0];
    assert_eq!(standardized(&square, &y[..3]), Err(Length { given: 3, expected: 4 }));
    assert_eq!(standardized(&square[..3], &y[..3]), Err(TooFew { given: 3, least: 4 }));
    assert_eq!(standardized(&square, &[1.0; 4]), Err(ConstantOutput));
    assert_eq!(standardized(&square, &[1.0, f64::NAN, 2.0, 3.0]), Err(NotFinite { row: 1 }));
    assert_eq!(standardized(&[], &[]), Err(TooFew { given: 0, least: 1 }));
    let level = points(&[[0.0, 0.3], [0.1, 0.3], [0.4, 0.3], [1.0, 0.3]]);
    assert_eq!(ranked(&level, &y), Err(ConstantFactor { factor: 1 }));
    let line = points(&[[0.0, 0.1], [0.1, 0.3], [0.4, 0.9], [1.0, 2.1]]);
    assert_eq!(standardized(&line, &y), Err(Collinear { factor: 1 }));
    let ragged = vec![vec![0.0, 1.0], vec![1.0], vec![0.0, 0.0], vec![1.0, 1.0]];
    assert_eq!(standardized(&ragged, &y), Err(BadPoint { row: 1 }));

    let walk = points(&[[0.0, 0.0], [1.0, 0.0], [1.0, 1.0]]);
    assert_eq!(screen(&walk, &y[..3], 0), Err(TooFew { given: 1, least: 2 }));
    assert_eq!(screen(&square, &y, 0), Err(Length { given: 4, expected: 6 }));
    let twice = points(&[[0.0, 0.0], [1.0, 0.0], [0.0, 0.0]]);
    assert_eq!(screen(&twice, &y[..3], 0), Err(NotATrajectory { row: 2 }));

    assert_eq!(indices(&[1.0; 11], 3, 0), Err(Length { given: 11, expected: 10 }));
    assert_eq!(indices(&[1.0, 1.0, 1.0, 1.0, 2.0, 3.0], 1, 0), Err(ConstantOutput));
    assert_eq!(indices(&y[..3], 1, 0), Err(TooFew { given: 3, least: 6 }));
    assert!(indices(&[], usize::MAX, 0).is_err() && indices(&y, 0, 0).is_err());
    assert_eq!(noise_share(&y, &[0.1, 0.1, -0.1, 0.1]), Err(NotFinite { row: 2 }));
    assert!(!Collinear { factor: 1 }.to_string().is_empty());
}
