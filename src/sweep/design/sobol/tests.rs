//! Tests of the sequence: published points, balance, and uniformity when scrambled.

use super::*;

#[test]
fn the_first_points_are_the_published_ones() {
    // As Joe and Kuo's own program prints them for three dimensions.
    let published = [
        [0.0, 0.0, 0.0],
        [0.5, 0.5, 0.5],
        [0.75, 0.25, 0.25],
        [0.25, 0.75, 0.75],
        [0.375, 0.375, 0.625],
        [0.875, 0.875, 0.125],
        [0.625, 0.125, 0.875],
        [0.125, 0.625, 0.375],
    ];
    let sobol = Sobol::new(3).unwrap();
    for (place, point) in published.iter().enumerate() {
        assert_eq!(sobol.point(place as u32), point);
    }
    assert_eq!(Sobol::new(DIMENSIONS + 1), None);
    // Far out, as SciPy 1.17.1 (stats.qmc.Sobol, unscrambled) gives them.
    let sobol = Sobol::new(DIMENSIONS).unwrap();
    let at = |place| [9, 63, 127].map(|d| sobol.point(place)[d]);
    assert_eq!(at(1000), [0.0693359375, 0.4462890625, 0.5439453125]);
    assert_eq!(at(4095), [0.246337890625, 0.553466796875, 0.261474609375]);
}

/// One point in each of the cells that `cell` numbers from 0 to the number of points.
fn one_in_each(points: &[Vec<f64>], cell: impl Fn(&[f64]) -> usize) {
    let mut seen = vec![false; points.len()];
    for point in points {
        assert!(!std::mem::replace(&mut seen[cell(point)], true));
    }
}

fn is_balanced(point: impl Fn(u32) -> Vec<f64>) {
    let slice = |x: f64, k: u32| (x * f64::from(1 << k)) as usize;
    for k in 0..=9u32 {
        for block in [0, 1, 5] {
            let first = block << k;
            let points: Vec<Vec<f64>> = (first..first + (1 << k)).map(&point).collect();
            for d in 0..DIMENSIONS {
                one_in_each(&points, |p| slice(p[d], k));
            }
            for wide in 0..=k {
                let tall = k - wide;
                one_in_each(&points, |p| (slice(p[0], wide) << tall) + slice(p[1], tall));
            }
        }
    }
}

#[test]
fn every_block_is_balanced_in_each_dimension_and_in_the_first_two_together() {
    let sobol = Sobol::new(DIMENSIONS).unwrap();
    is_balanced(|place| sobol.point(place));
}

#[test]
fn scrambling_keeps_the_balance() {
    let sobol = Sobol::new(DIMENSIONS).unwrap();
    is_balanced(|place| sobol.scrambled(place, 3));
}

/// Over many seeds one scrambled point is uniform: its mean lies within five standard errors,
/// √(1/12n), of one half, and so does that of the product of two coordinates around zero.
#[test]
fn a_scrambled_point_is_uniform_over_seeds() {
    let sobol = Sobol::new(3).unwrap();
    let n = 4000;
    for place in [0, 1, 6] {
        let points: Vec<Vec<f64>> = (0..n).map(|seed| sobol.scrambled(place, seed)).collect();
        let mean = |of: &dyn Fn(&[f64]) -> f64| {
            points.iter().map(|p| of(p)).sum::<f64>() / points.len() as f64
        };
        for d in 0..3 {
            assert!((mean(&|p| p[d]) - 0.5).abs() < 5.0 * (1.0 / (12.0 * n as f64)).sqrt());
            let e = (d + 1) % 3;
            let product = mean(&|p| (p[d] - 0.5) * (p[e] - 0.5));
            assert!(product.abs() < 5.0 / (12.0 * (n as f64).sqrt()));
        }
    }
}
