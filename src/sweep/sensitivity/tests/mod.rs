//! The estimators against functions whose sensitivities are known, and against SALib.

mod regression;
mod salib;
mod screening;
mod variance;

use super::error::TRAJECTORIES;
use super::regression::{ranked, standardized};
use super::screening::screen;
use super::variance::indices;
use super::*;
use crate::sweep::design::Design;
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

#[test]
fn what_cannot_be_estimated_says_why() {
    use SensitivityError::*;
    let points = |rows: &[[f64; 2]]| rows.iter().map(|row| row.to_vec()).collect::<Vec<_>>();
    let square = points(&[[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]);
    let y = [1.0, 2.0, 3.0, 5.0];
    assert_eq!(standardized(&square, &y[..3]), Err(Length { given: 3, expected: 4 }));
    assert_eq!(standardized(&square[..3], &y[..3]), Err(TooFew { of: ROWS, given: 3, least: 4 }));
    assert_eq!(standardized(&square, &[1.0; 4]), Err(ConstantOutput));
    assert_eq!(standardized(&square, &[1.0, f64::NAN, 2.0, 3.0]), Err(NotFinite { row: 1 }));
    assert_eq!(standardized(&[], &[]), Err(TooFew { of: FACTORS, given: 0, least: 1 }));
    let level = points(&[[0.0, 0.3], [0.1, 0.3], [0.4, 0.3], [1.0, 0.3]]);
    assert_eq!(ranked(&level, &y), Err(ConstantFactor { factor: 1 }));
    let line = points(&[[0.0, 0.1], [0.1, 0.3], [0.4, 0.9], [1.0, 2.1]]);
    assert_eq!(standardized(&line, &y), Err(Collinear { factor: 1 }));
    let ragged = vec![vec![0.0, 1.0], vec![1.0], vec![0.0, 0.0], vec![1.0, 1.0]];
    assert_eq!(standardized(&ragged, &y), Err(BadPoint { row: 1 }));

    let walk = points(&[[0.0, 0.0], [1.0, 0.0], [1.0, 1.0]]);
    assert_eq!(
        screen(&walk, &walk, &y[..3], 0),
        Err(TooFew { of: TRAJECTORIES, given: 1, least: 2 })
    );
    assert_eq!(screen(&square, &square, &y, 0), Err(Length { given: 4, expected: 6 }));
    let twice = points(&[[0.0, 0.0], [1.0, 0.0], [0.0, 0.0]]);
    assert_eq!(screen(&twice, &twice, &y[..3], 0), Err(NotATrajectory { row: 2 }));

    assert_eq!(indices(&[1.0; 11], 3, 0), Err(Length { given: 11, expected: 10 }));
    assert_eq!(indices(&[1.0, 1.0, 1.0, 1.0, 2.0, 3.0], 1, 0), Err(ConstantOutput));
    assert_eq!(indices(&y[..3], 1, 0), Err(TooFew { of: ROWS, given: 3, least: 6 }));
    assert!(indices(&[], usize::MAX, 0).is_err() && indices(&y, 0, 0).is_err());
    assert_eq!(noise_share(&y, &[0.1, 0.1, -0.1, 0.1]), Err(NotFinite { row: 2 }));
    assert!(!Collinear { factor: 1 }.to_string().is_empty());
}
