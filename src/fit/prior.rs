//! What is known of a number before anything is observed: its range, flat.
//!
//! The work is done on a scale on which every number is standard normal before anything is observed:
//! its place in its range, as a quantile of the normal distribution (probit). There the numbers have
//! no ends, all have one unit, and what comes back always lies within its range.

use crate::samplers::{normal_cdf, normal_quantile};
use crate::streams::{Process, Streams};

/// Where a number on the normal scale lies in its range.
pub fn value_of(place: f64, (low, high): (f64, f64)) -> f64 {
    (low + normal_cdf(place) * (high - low)).clamp(low, high)
}

/// Where a value of a range lies on the normal scale; its ends lie at ±8.
pub fn place_of(value: f64, (low, high): (f64, f64)) -> f64 {
    let share = ((value - low) / (high - low)).clamp(1e-15, 1.0 - 1e-15);
    normal_quantile(share).clamp(-8.0, 8.0)
}

/// Values of several numbers, each in its range.
pub fn values_of(places: &[f64], ranges: &[(f64, f64)]) -> Vec<f64> {
    places.iter().zip(ranges).map(|(place, range)| value_of(*place, *range)).collect()
}

/// Independent standard normal numbers at an address.
pub(super) fn normals(seed: u64, place: u64, count: usize) -> Vec<f64> {
    let at = Streams::new(seed, place, 0).at(Process::Candidate);
    (0..count).map(|item| normal_quantile(at.item(item).uniform())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_go_there_and_back_and_never_leave_their_range() {
        for range in [(0.0, 1.0), (-3.0, 40.0), (0.58, 1.0)] {
            for share in [0.001, 0.3, 0.5, 0.9999] {
                let value = range.0 + share * (range.1 - range.0);
                assert!((value_of(place_of(value, range), range) - value).abs() < 1e-9);
            }
            for place in [-60.0, -8.0, 8.0, 60.0, f64::INFINITY] {
                assert!((range.0..=range.1).contains(&value_of(place, range)));
            }
            assert!(place_of(range.0, range).is_finite() && place_of(range.1, range).is_finite());
        }
    }

    #[test]
    fn draws_are_spread_evenly_over_the_range() {
        let draws: Vec<f64> =
            (0..4000).map(|i| value_of(normals(1, i, 2)[1], (0.0, 1.0))).collect();
        for quarter in 0..4 {
            let low = 0.25 * f64::from(quarter);
            let count = draws.iter().filter(|x| (low..low + 0.25).contains(*x)).count();
            assert!((870..1130).contains(&count), "{quarter}: {count}");
        }
    }
}
