//! Designs on a grid: every combination of levels, and one factor at a time.

use super::{Place, Placed};

/// Where a level lies: evenly from 0 to 1, and a single level in the middle.
fn coordinate(level: usize, levels: usize) -> f64 {
    if levels == 1 { 0.5 } else { level as f64 / (levels - 1) as f64 }
}

/// Every combination of levels, the last factor fastest.
pub(super) fn factorial(levels: &[usize]) -> Vec<Placed> {
    let size = levels.iter().product();
    let cell = |index: usize| {
        let mut rest = index;
        let mut cell: Vec<usize> = vec![0; levels.len()];
        for (level, count) in cell.iter_mut().zip(levels).rev() {
            *level = rest % count;
            rest /= count;
        }
        cell
    };
    (0..size)
        .map(|index| {
            let levels_here = cell(index);
            let pairs = levels_here.iter().zip(levels);
            let point = pairs.map(|(&level, &count)| coordinate(level, count)).collect();
            (point, Place::Cell { levels: levels_here })
        })
        .collect()
}

/// The baseline, then each factor through its levels with the others at the baseline.
pub(super) fn one_at_a_time(baseline: &[f64], levels: usize) -> Vec<Placed> {
    let mut placed = vec![(baseline.to_vec(), Place::Start { trajectory: 0 })];
    for factor in 0..baseline.len() {
        for level in 0..levels {
            let mut point = baseline.to_vec();
            point[factor] = coordinate(level, levels);
            placed.push((point, Place::Moved { trajectory: 0, factor }));
        }
    }
    placed
}
