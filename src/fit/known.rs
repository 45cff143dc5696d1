//! Models whose answer is known, to hold the engine against.

use super::Simulator;
use super::prior::normals;
use crate::samplers::binomial;
use crate::streams::{Process, Streams};
use crate::worlds::Stopped;

/// Places of the model's own draws, apart from those of its numbers.
const OWN: u64 = 1 << 60;

/// Shares of people who name something, each asked independently: k of n is all that is seen. From a
/// flat prior a share is then Beta(k + 1, n − k + 1).
#[derive(Clone, Debug)]
pub struct Shares {
    ranges: Vec<(f64, f64)>,
    /// By share: how many are asked.
    pub asked: Vec<u32>,
    /// The seed.
    pub seed: u64,
}

impl Shares {
    /// So many shares of so many people each.
    pub fn of(asked: &[u32], seed: u64) -> Shares {
        Shares { ranges: vec![(0.0, 1.0); asked.len()], asked: asked.to_vec(), seed }
    }

    /// Mean and standard deviation of a share of which `k` of `n` were seen.
    pub fn truth(k: u32, n: u32) -> (f64, f64) {
        let (a, b) = (f64::from(k) + 1.0, f64::from(n - k) + 1.0);
        let all = a + b;
        (a / all, libm::sqrt(a * b / (all * all * (all + 1.0))))
    }
}

impl Simulator for Shares {
    fn ranges(&self) -> &[(f64, f64)] {
        &self.ranges
    }

    fn patterns(&self) -> usize {
        self.asked.len()
    }

    fn simulate(&self, values: &[f64], place: u64) -> Result<Vec<Option<f64>>, Stopped> {
        let at = Streams::new(self.seed, OWN | place, 0).at(Process::Candidate);
        let count = |(item, (share, asked)): (usize, (&f64, &u32))| {
            Some(f64::from(binomial(at.item(item).uniform(), *asked, *share)))
        };
        Ok(values.iter().zip(&self.asked).enumerate().map(count).collect())
    }
}

/// Two numbers of which only sums are seen, each with a normal error: 1 y₁ = a + b + e₁,
/// y₂ = a − b/2 + e₂, and y₃ = y₁ + small noise, which says what y₁ says. Within wide ranges the
/// answer is normal.
#[derive(Clone, Debug)]
pub struct Sums {
    /// The seed.
    pub seed: u64,
}

/// Standard deviations of the errors.
const ERRORS: [f64; 3] = [1.0, 0.5, 0.1];
/// What is observed of them.
pub const OBSERVED: [f64; 3] = [1.5, 0.5, 1.55];

impl Sums {
    /// Means and standard deviations of the two numbers. y₃ − y₁ is noise alone, so that it says
    /// nothing about them.
    pub fn truth() -> [(f64, f64); 2] {
        let (p, q) = (1.0 / (ERRORS[0] * ERRORS[0]), 1.0 / (ERRORS[1] * ERRORS[1]));
        // Precision matrix of (a, b), and what it is multiplied with.
        let (aa, ab, bb) = (p + q, p - 0.5 * q, p + 0.25 * q);
        let (ya, yb) = (p * OBSERVED[0] + q * OBSERVED[1], p * OBSERVED[0] - 0.5 * q * OBSERVED[1]);
        let determinant = aa * bb - ab * ab;
        let mean = [(bb * ya - ab * yb) / determinant, (aa * yb - ab * ya) / determinant];
        [(mean[0], libm::sqrt(bb / determinant)), (mean[1], libm::sqrt(aa / determinant))]
    }
}

impl Simulator for Sums {
    fn ranges(&self) -> &[(f64, f64)] {
        &[(-8.0, 8.0), (-8.0, 8.0)]
    }

    fn patterns(&self) -> usize {
        3
    }

    fn simulate(&self, values: &[f64], place: u64) -> Result<Vec<Option<f64>>, Stopped> {
        let noise = normals(self.seed, OWN | place, 3);
        let first = values[0] + values[1] + ERRORS[0] * noise[0];
        let second = values[0] - 0.5 * values[1] + ERRORS[1] * noise[1];
        Ok(vec![Some(first), Some(second), Some(first + ERRORS[2] * noise[2])])
    }
}
