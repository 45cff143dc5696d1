//! Elementary effects against functions of which they are known.

use super::super::screening::{Screened, screen};
use super::outputs;
use crate::sweep::design::Kind;

#[test]
fn elementary_effects_of_a_linear_function_are_its_coefficients() {
    let coefficients = [3.0, -2.0, 0.0, 0.5];
    let design = Kind::Morris { trajectories: 6, levels: 4 }.design(4, 2).unwrap();
    let linear = |x: &[f64]| 1.0 + x.iter().zip(coefficients).map(|(x, b)| x * b).sum::<f64>();
    let screened = screen(&design.points, &design.points, &outputs(&design, linear), 1).unwrap();
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
    let sign = |i: usize| if i.is_multiple_of(2) { 1.0 } else { -1.0 };
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
    screen(&design.points, &design.points, &outputs(&design, morris_function), 1).unwrap()
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
