//! What is not known of a mean, in its parts: how many runs there were, the numbers of the model,
//! and chance in one partnership.
//!
//! Runs are in groups, each at the numbers of one draw of a posterior. How far the groups' means lie
//! apart beyond what chance within them explains is due to the numbers (one-way analysis of variance
//! with random groups; Searle, Casella and McCulloch 1992).

use super::{Estimated, Mean};
use crate::samplers::normal_cdf;
use serde::Serialize;
use std::collections::BTreeMap;

/// 95 % point of the standard normal distribution.
const NINE_TENTHS: f64 = 1.644_853_626_951_472_7;

/// Values in groups.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Grouped(BTreeMap<usize, Mean>);

/// What is not known of a mean, in its parts.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Split {
    /// The mean over all runs, and how far more runs could move it.
    pub mean: Estimated,
    /// How far the mean differs from draw to draw: the standard deviation over draws.
    pub numbers: f64,
    /// How far single runs at the same numbers differ: their standard deviation.
    pub chance: f64,
    /// How many draws it rests on.
    pub draws: usize,
}

impl Grouped {
    /// Takes a value in.
    pub fn add(&mut self, group: usize, value: f64) {
        self.0.entry(group).or_default().add(value);
    }

    /// The parts; none below two groups, or if no group has two values.
    pub fn split(&self) -> Option<Split> {
        let groups = self.0.len() as f64;
        let all: f64 = self.0.values().map(|mean| mean.count() as f64).sum();
        if groups < 2.0 || all <= groups {
            return None;
        }
        let grand = self.0.values().map(|m| m.count() as f64 * m.mean()).sum::<f64>() / all;
        let (mut within, mut between, mut squares) = (0.0, 0.0, 0.0);
        for mean in self.0.values() {
            let n = mean.count() as f64;
            let sd = if n > 1.0 { mean.sd() } else { 0.0 };
            within += (n - 1.0) * sd * sd;
            between += n * (mean.mean() - grand) * (mean.mean() - grand);
            squares += n * n;
        }
        let (within, between) = (within / (all - groups), between / (groups - 1.0));
        let usual = (all - squares / all) / (groups - 1.0);
        let numbers = ((between - within) / usual).max(0.0);
        // Runs at the same draw are not independent.
        let error = libm::sqrt(numbers * squares / (all * all) + within / all);
        let mean = Estimated { value: grand, error, degrees: groups - 1.0 };
        Some(Split {
            mean,
            numbers: libm::sqrt(numbers),
            chance: libm::sqrt(within),
            draws: self.0.len(),
        })
    }
}

impl Split {
    /// How far the mean may lie from the one that is told: simulation and numbers together.
    pub fn sd(&self) -> f64 {
        libm::sqrt(self.mean.error * self.mean.error + self.numbers * self.numbers)
    }

    /// Where the mean lies in 9 of 10 draws of the numbers, the error of the simulation included; as
    /// if it were normal.
    pub fn range(&self) -> (f64, f64) {
        let half = NINE_TENTHS * self.sd();
        (self.mean.value - half, self.mean.value + half)
    }

    /// How probable it is that the mean lies above zero, whatever the numbers are; half if all runs
    /// are the same.
    pub fn above_zero(&self) -> f64 {
        match self.sd() {
            sd if sd > 0.0 => normal_cdf(self.mean.value / sd),
            _ if self.mean.value == 0.0 => 0.5,
            _ => f64::from(u8::from(self.mean.value > 0.0)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samplers::normal_quantile;
    use crate::streams::{Process, Streams};

    fn normal(place: u64, item: usize) -> f64 {
        normal_quantile(Streams::new(1, place, 0).at(Process::Number).item(item).uniform())
    }

    fn grouped(numbers: f64, chance: f64, each: u64) -> Split {
        let mut all = Grouped::default();
        for run in 0..2000 {
            let group = run / each;
            let value = 1.0 + numbers * normal(group, 0) + chance * normal(run, 1);
            all.add(group as usize, value);
        }
        all.split().expect("groups")
    }

    #[test]
    fn numbers_and_chance_are_told_apart() {
        let both = grouped(0.5, 1.0, 2);
        assert!((both.numbers - 0.5).abs() < 0.06, "{both:?}");
        assert!((both.chance - 1.0).abs() < 0.05, "{both:?}");
        let chance = grouped(0.0, 1.0, 4);
        assert!(chance.numbers < 0.15 && (chance.chance - 1.0).abs() < 0.05, "{chance:?}");
        let numbers = grouped(1.0, 0.0, 2);
        assert!((numbers.numbers - 1.0).abs() < 0.1 && numbers.chance < 1e-9, "{numbers:?}");
    }

    /// R: `aov(y ~ group)` of 1, 3 | 4, 6 | 8, 10 has mean squares 2 and 24.67.
    #[test]
    fn the_parts_are_those_of_the_analysis_of_variance() {
        let mut all = Grouped::default();
        for (group, value) in [(0, 1.0), (0, 3.0), (1, 4.0), (1, 6.0), (2, 8.0), (2, 10.0)] {
            all.add(group, value);
        }
        let found = all.split().expect("groups");
        assert!((found.chance - libm::sqrt(2.0)).abs() < 1e-12);
        assert!((found.numbers - libm::sqrt((74.0 / 3.0 - 2.0) / 2.0)).abs() < 1e-12);
        assert!((found.mean.error - libm::sqrt(74.0 / 18.0)).abs() < 1e-12);
    }

    #[test]
    fn the_sign_is_as_sure_as_the_parts_let_it_be() {
        let of = |value: f64, error: f64, numbers: f64| {
            let mean = Estimated { value, error, degrees: 100.0 };
            Split { mean, numbers, chance: 1.0, draws: 100 }
        };
        assert!((of(0.0, 1.0, 1.0).above_zero() - 0.5).abs() < 1e-12);
        assert!(of(1.0, 0.1, 0.1).above_zero() > 0.999);
        assert!((of(1.0, 0.1, 1.0).above_zero() - 0.84).abs() < 0.01);
        assert_eq!(of(0.0, 0.0, 0.0).above_zero(), 0.5);
        assert_eq!(of(-1.0, 0.0, 0.0).above_zero(), 0.0);
        let (low, high) = of(0.0, 0.6, 0.8).range();
        assert!((low + 1.645).abs() < 1e-3 && (high - 1.645).abs() < 1e-3);
        let mut one = Grouped::default();
        one.add(1, 1.0);
        one.add(1, 2.0);
        assert_eq!(one.split(), None);
        one.add(2, 2.0);
        assert!(one.split().is_some());
    }
}
