//! What is drawn of few runs, in one rule for all pictures: a point rests on at least twenty runs,
//! or on all of them where there were fewer at first. A mean of fewer than twenty runs has no interval:
//! two that happen to agree would look certain. Of fewer than twenty there is no twentieth either, so
//! that a band of single runs holds all of them.

use crate::worlds::statistics::Distribution;

/// Runs that a point rests on at least.
pub(super) const FEWEST: u64 = 20;

/// Whether `runs` are enough for a point, if there are no more than `most` anywhere.
pub(super) fn enough(runs: u64, most: u64) -> bool {
    runs > 0 && runs >= FEWEST.min(most)
}

/// The most runs that any of some points rests on.
pub(super) fn most(all: &[Distribution]) -> u64 {
    all.iter().map(|one| one.mean.count()).max().unwrap_or(0)
}

/// What the band from the fifth to the ninety-fifth percentile holds.
pub(super) fn outer(runs: u64) -> &'static str {
    if runs < FEWEST { "all runs" } else { "9 runs in 10" }
}
