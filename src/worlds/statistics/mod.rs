//! Means, errors, intervals and quantiles that fold runs one at a time in a fixed order.
//!
//! This is the only room in which an interval is made: of a mean by Student's distribution, of a
//! share by Wilson's method, of a rate by Garwood's. One value
//! has no spread, so it has no error and no interval.

mod among;
pub(crate) mod linear;
mod rate;
mod split;
mod student;

pub use among::Among;
pub use rate::{rate, yearly};
use serde::Serialize;
pub use split::{Grouped, Split};
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// The level of every interval that stands alone: 95 %.
pub const LEVEL: f64 = 0.05;

/// Two-sided 95 % point of the standard normal distribution.
const NORMAL: f64 = 1.959_963_984_540_054;

/// An estimate with its standard error.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Estimated {
    /// The estimate; not a number if there is none.
    pub value: f64,
    /// Its standard error; not a number if it is not known.
    pub error: f64,
    /// On how many values that rests, less one; 0 if it is not known.
    pub degrees: f64,
}

impl Estimated {
    /// Half of the interval that holds the truth except with this probability (Student 1908).
    pub fn half_width_at(&self, level: f64) -> Option<f64> {
        let known = self.error.is_finite() && self.degrees > 0.0;
        known.then(|| student::point(level, self.degrees) * self.error)
    }

    /// Half of the 95 % interval.
    pub fn half_width(&self) -> Option<f64> {
        self.half_width_at(LEVEL)
    }

    /// The interval that holds the truth except with this probability.
    pub fn interval_at(&self, level: f64) -> Option<(f64, f64)> {
        self.half_width_at(level).map(|half| (self.value - half, self.value + half))
    }

    /// The 95 % interval.
    pub fn interval(&self) -> Option<(f64, f64)> {
        self.interval_at(LEVEL)
    }

    /// How probable it is by chance alone to be at least so far from a true value, on either side.
    pub fn p(&self, truth: f64) -> Option<f64> {
        let off = (self.value - truth).abs() / self.error;
        (self.degrees > 0.0 && !off.is_nan()).then(|| student::tail(off, self.degrees))
    }

    /// By how much it is more than another that was found independently (Welch 1947).
    pub fn less(&self, other: &Estimated) -> Estimated {
        let (a, b) = (self.error * self.error, other.error * other.error);
        let part = |squared: f64, degrees: f64| match squared > 0.0 {
            true => squared * squared / degrees,
            false => 0.0,
        };
        let parts = part(a, self.degrees) + part(b, other.degrees);
        let least = self.degrees.min(other.degrees);
        let degrees = if parts > 0.0 && least > 0.0 { (a + b) * (a + b) / parts } else { least };
        Estimated { value: self.value - other.value, error: libm::sqrt(a + b), degrees }
    }

    /// An estimate whose error is found by leaving out one group of what it rests on in turn:
    /// √((g − 1)/g · Σ(xᵢ − x̄)²) (Tukey 1958).
    pub fn jackknife(value: f64, without: impl IntoIterator<Item = f64>) -> Estimated {
        let mut mean = Mean::default();
        without.into_iter().for_each(|value| mean.add(value));
        let groups = mean.count() as f64;
        let error = mean.sd() * (groups - 1.0) / libm::sqrt(groups);
        Estimated { value, error, degrees: (groups - 1.0).max(0.0) }
    }
}

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

    /// The mean with its Monte-Carlo standard error.
    pub fn estimate(&self) -> Estimated {
        let degrees = self.count.saturating_sub(1) as f64;
        Estimated { value: self.mean(), error: self.error(), degrees }
    }

    /// Half of the 95 % Monte-Carlo interval; none below two values.
    pub fn half_width(&self) -> Option<f64> {
        self.estimate().half_width()
    }

    /// 95 % Monte-Carlo interval of the mean: how far more runs could still move it. Not a
    /// forecast. None below two values.
    pub fn interval(&self) -> Option<(f64, f64)> {
        self.estimate().interval()
    }

    /// How many values a 95 % interval of this half would need, going by the spread of those there
    /// are; none below two values, or if they do not vary.
    pub fn count_for(&self, half_width: f64) -> Option<u64> {
        let sd = Some(self.sd()).filter(|sd| *sd > 0.0 && half_width > 0.0)?;
        let enough = |count: u64| {
            let error = sd / libm::sqrt(count as f64);
            let of_so_many = Estimated { value: 0.0, error, degrees: (count - 1) as f64 };
            of_so_many.half_width().is_some_and(|half| half <= half_width)
        };
        // It narrows with every value, so the least that do are found by halving.
        let (mut few, mut many) = (1, 2);
        while !enough(many) {
            (few, many) = (many, many.checked_mul(2)?);
        }
        while many - few > 1 {
            let middle = few + (many - few) / 2;
            if enough(middle) { many = middle } else { few = middle }
        }
        Some(many)
    }
}

/// 95 % interval of a share of which `k` of `n` were seen (Wilson 1927); none if `n` is 0.
pub fn wilson(k: u64, n: u64) -> Option<(f64, f64)> {
    wilson_of(k as f64 / n as f64, n as f64)
}

/// The same for a share that is known as well as from `n` independent draws.
pub fn wilson_of(p: f64, n: f64) -> Option<(f64, f64)> {
    let z = NORMAL;
    let centre = (p + z * z / (2.0 * n)) / (1.0 + z * z / n);
    let half = z * libm::sqrt(p * (1.0 - p) / n + z * z / (4.0 * n * n)) / (1.0 + z * z / n);
    (n > 0.0 && half.is_finite()).then(|| ((centre - half).max(0.0), (centre + half).min(1.0)))
}

/// 95 % interval of a correlation over `n` pairs (Fisher 1921); none below four pairs.
pub fn fisher(correlation: f64, n: u64) -> Option<(f64, f64)> {
    let half = NORMAL / libm::sqrt(n.checked_sub(3).filter(|left| *left > 0)? as f64);
    let middle = libm::atanh(correlation);
    Some((libm::tanh(middle - half), libm::tanh(middle + half)))
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

    /// Where a value lies among those kept: the share of them that are lower, counting half of those
    /// within the same step; not a number if there are none.
    pub fn place_of(&self, value: f64) -> f64 {
        let here = (value / self.resolution).round() as i64;
        let weigh = |(step, count): (&i64, &u64)| match step.cmp(&here) {
            Ordering::Less => *count as f64,
            Ordering::Equal => 0.5 * *count as f64,
            Ordering::Greater => 0.0,
        };
        self.counts.iter().map(weigh).sum::<f64>() / self.mean.count() as f64
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

    fn of(values: &[f64]) -> Mean {
        let mut mean = Mean::default();
        values.iter().for_each(|value| mean.add(*value));
        mean
    }

    /// scipy 1.17: `t.interval(0.95, n - 1, mean, sem)` of 1, 3 and of 1, 2, 4.
    #[test]
    fn the_interval_of_a_mean_is_students_and_one_value_has_none() {
        let close = |found: Option<(f64, f64)>, low: f64, high: f64| {
            let (a, b) = found.expect("an interval");
            assert!((a - low).abs() < 1e-5 && (b - high).abs() < 1e-5, "{a} {b}");
        };
        close(of(&[1.0, 3.0]).interval(), -10.706_205, 14.706_205);
        close(of(&[1.0, 2.0, 4.0]).interval(), -1.461_250, 6.127_916);
        assert_eq!(of(&[7.0]).interval(), None);
        assert_eq!((of(&[7.0]).half_width(), of(&[]).interval()), (None, None));
        assert_eq!(of(&[7.0]).estimate().p(0.0), None);
        assert_eq!(of(&[7.0, 7.0]).interval(), Some((7.0, 7.0)));
    }

    #[test]
    fn half_of_an_interval_never_takes_as_few_values_as_there_are() {
        for n in 2..60_u64 {
            let mean = of(&(0..n).map(|i| (i * i % 7 + i) as f64).collect::<Vec<_>>());
            let half = mean.half_width().expect("two values");
            assert_eq!(mean.count_for(half * 1.000_001), Some(n));
            let more = mean.count_for(0.5 * half).expect("they vary");
            assert!(more > n, "{n}: {more}");
        }
        // Far out it is four times as many.
        let many = of(&(0..10_000).map(|i| f64::from(i % 10)).collect::<Vec<_>>());
        let four = many.count_for(0.5 * many.half_width().expect("many")).expect("they vary");
        assert!((39_990..=40_000).contains(&four), "{four}");
        assert_eq!((of(&[1.0]).count_for(0.1), of(&[1.0, 1.0]).count_for(0.1)), (None, None));
    }

    /// scipy 1.17: `ttest_ind([1, 2, 4, 9], [3, 3.5], equal_var=False)`.
    #[test]
    fn differences_of_independent_means_are_welchs() {
        let found = of(&[1.0, 2.0, 4.0, 9.0]).estimate().less(&of(&[3.0, 3.5]).estimate());
        assert!((found.value / found.error - 0.417_365_006).abs() < 1e-9);
        assert!((found.degrees - 3.115_948_294).abs() < 1e-9);
        assert_eq!(of(&[1.0, 2.0]).estimate().less(&of(&[3.0]).estimate()).interval(), None);
    }

    /// Leaving out one value in turn gives a mean its own error.
    #[test]
    fn the_jackknife_of_a_mean_is_its_error() {
        let values = [2.0, 4.0, 4.5, 9.0, 1.0];
        let whole = of(&values);
        let without = values.iter().map(|left| (whole.mean() * 5.0 - left) / 4.0);
        let found = Estimated::jackknife(whole.mean(), without);
        assert!((found.error - whole.error()).abs() < 1e-12);
        assert_eq!(found.degrees, 4.0);
    }

    #[test]
    fn wilsons_interval_is_the_textbook_one_and_stays_within_a_share() {
        let (low, high) = wilson(8, 10).expect("ten");
        assert!((low - 0.4902).abs() < 1e-4 && (high - 0.9433).abs() < 1e-4, "{low} {high}");
        let (low, high) = wilson(8, 8).expect("eight");
        assert!((low - 0.6756).abs() < 1e-4 && high == 1.0, "{low} {high}");
        assert_eq!(wilson(0, 8).expect("eight").0, 0.0);
        assert_eq!(wilson(0, 0), None);
    }

    /// R: the interval of `cor.test` for a correlation of 0.5 over 28 pairs.
    #[test]
    fn the_interval_of_a_correlation_is_fishers() {
        let (low, high) = fisher(0.5, 28).expect("28 pairs");
        assert!((low - 0.1560).abs() < 1e-3 && (high - 0.7358).abs() < 1e-3, "{low} {high}");
        assert_eq!(fisher(0.5, 3), None);
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

    #[test]
    fn the_place_of_a_value_counts_half_of_its_equals() {
        let mut kept = Distribution::new(0.01);
        [0.0, 0.0, 1.0, 1.0, 1.0, 3.0, 4.0, 9.0].into_iter().for_each(|v| kept.add(v));
        for (value, place) in [(-1.0, 0.0), (0.0, 0.125), (1.0, 0.4375), (2.0, 0.625), (10.0, 1.0)]
        {
            assert_eq!(kept.place_of(value), place, "{value}");
        }
        assert!(Distribution::new(0.1).place_of(0.0).is_nan());
    }
}
