//! Regression against functions of which it is exact.

use super::super::regression::{ranked, standardized};
use super::super::*;
use super::outputs;
use crate::sweep::design::{Aim, Kind};

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
