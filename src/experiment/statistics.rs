//! Means, errors and quantiles that fold runs one at a time in a fixed order.

use serde::Serialize;
use std::collections::BTreeMap;

/// Two-sided 95 % point of the standard normal distribution.
pub const Z95: f64 = 1.959_963_984_540_054;

/// A mean and its spread (Welford 1962), folded value by value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Mean {
    count: u64,
    mean: f64,
    squares: f64,
}

impl Mean {
    /// Takes one value in.
    pub fn add(&mut self, value: f64) {
        self.count += 1;
        let off = value - self.mean;
        self.mean += off / self.count as f64;
        self.squares += off * (value - self.mean);
    }

    /// How many values.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// Their mean; not a number if there are none.
    pub fn mean(&self) -> f64 {
        if self.count == 0 { f64::NAN } else { self.mean }
    }

    /// Sample standard deviation (n − 1); not a number below two values.
    pub fn sd(&self) -> f64 {
        if self.count < 2 { f64::NAN } else { libm::sqrt(self.squares / (self.count - 1) as f64) }
    }

    /// Monte-Carlo standard error of the mean.
    pub fn error(&self) -> f64 {
        self.sd() / libm::sqrt(self.count as f64)
    }

    /// The mean and its Monte-Carlo standard error.
    pub fn estimate(&self) -> (f64, f64) {
        (self.mean(), self.error())
    }

    /// Half of the 95 % Monte-Carlo interval, by Student's distribution; not a number below two
    /// values.
    pub fn half_width(&self) -> f64 {
        t95(self.count.saturating_sub(1) as f64) * self.error()
    }

    /// 95 % Monte-Carlo interval of the mean: how far more runs could still move it. Not a
    /// forecast.
    pub fn interval(&self) -> (f64, f64) {
        (self.mean() - Z95 * self.error(), self.mean() + Z95 * self.error())
    }
}

/// 95 % interval of a share of which `k` of `n` were seen (Wilson 1927).
pub fn wilson(k: u64, n: u64) -> (f64, f64) {
    wilson_of(k as f64 / n as f64, n as f64)
}

/// The same for a share that is known as well as from `n` independent draws.
pub fn wilson_of(p: f64, n: f64) -> (f64, f64) {
    let z = Z95;
    let centre = (p + z * z / (2.0 * n)) / (1.0 + z * z / n);
    let half = z * libm::sqrt(p * (1.0 - p) / n + z * z / (4.0 * n * n)) / (1.0 + z * z / n);
    (centre - half, centre + half)
}

/// Two-sided 95 % point of Student's distribution: an expansion in the degrees of freedom (Fisher
/// and Cornish 1960), within 0.002 from 10 on.
pub fn t95(degrees: f64) -> f64 {
    let (z, v) = (Z95, degrees);
    let (z3, z5, z7) = (z * z * z, z * z * z * z * z, z * z * z * z * z * z * z);
    z + (z3 + z) / (4.0 * v)
        + (5.0 * z5 + 16.0 * z3 + 3.0 * z) / (96.0 * v * v)
        + (3.0 * z7 + 19.0 * z5 + 17.0 * z3 - 15.0 * z) / (384.0 * v * v * v)
}

/// A distribution kept in steps of a stated resolution, in memory that does not grow with the
/// number of values: a quantile is off by at most half a step.
#[derive(Clone, Debug, PartialEq)]
pub struct Distribution {
    resolution: f64,
    counts: BTreeMap<i64, u64>,
    /// Mean and spread, exact.
    pub mean: Mean,
}

impl Distribution {
    /// An empty distribution.
    pub fn new(resolution: f64) -> Self {
        Distribution { resolution, counts: BTreeMap::new(), mean: Mean::default() }
    }

    /// Takes one value in.
    pub fn add(&mut self, value: f64) {
        self.mean.add(value);
        *self.counts.entry((value / self.resolution).round() as i64).or_default() += 1;
    }

    /// The smallest kept value at or below which at least a part `q` of all values lies; not a
    /// number if there are none.
    pub fn quantile(&self, q: f64) -> f64 {
        let wanted = (q * self.mean.count() as f64).ceil().max(1.0) as u64;
        let mut below = 0;
        for (step, count) in &self.counts {
            below += count;
            if below >= wanted {
                return *step as f64 * self.resolution;
            }
        }
        f64::NAN
    }

    /// The share of values above zero, counting half of those at zero.
    pub fn share_above_zero(&self) -> f64 {
        let weigh = |(step, count): (&i64, &u64)| match step.signum() {
            1 => *count as f64,
            0 => 0.5 * *count as f64,
            _ => 0.0,
        };
        self.counts.iter().map(weigh).sum::<f64>() / self.mean.count() as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mean_and_the_sample_spread_are_the_textbook_ones() {
        let mut mean = Mean::default();
        [2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0].into_iter().for_each(|x| mean.add(x));
        assert_eq!(mean.mean(), 5.0);
        assert!((mean.sd() - (32.0f64 / 7.0).sqrt()).abs() < 1e-12);
        assert!((mean.error() - mean.sd() / 8.0f64.sqrt()).abs() < 1e-12);
        assert!(Mean::default().mean().is_nan());
    }

    #[test]
    fn students_points_are_the_textbook_ones() {
        for (degrees, point) in [(10.0, 2.2281), (30.0, 2.0423), (63.0, 1.9983), (1000.0, 1.9623)] {
            assert!((t95(degrees) - point).abs() < 2e-3, "{degrees}");
        }
    }

    #[test]
    fn wilsons_interval_is_the_textbook_one() {
        let (low, high) = wilson(8, 10);
        assert!((low - 0.4902).abs() < 1e-4 && (high - 0.9433).abs() < 1e-4, "{low} {high}");
        assert!(wilson(10, 10).1 <= 1.0 + 1e-12);
    }

    #[test]
    fn quantiles_are_exact_up_to_half_a_step() {
        let mut kept = Distribution::new(0.01);
        let values: Vec<f64> = (0..1001).map(|i| f64::from(i) * 0.0137).collect();
        values.iter().for_each(|v| kept.add(*v));
        for q in [0.05, 0.5, 0.95] {
            let exact = values[((q * 1001.0f64).ceil() as usize).max(1) - 1];
            assert!((kept.quantile(q) - exact).abs() <= 0.005 + 1e-12);
        }
        assert!(Distribution::new(0.1).quantile(0.5).is_nan());
    }
}
