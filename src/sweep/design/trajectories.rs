//! Trajectories of single steps through a grid (Morris 1991).

use super::{Drawn, Place, Placed, below, draw, shuffled};

/// `count` trajectories on a grid of an even number of levels. A factor that goes up starts in the
/// lower half of its levels, one that goes down in the upper half, and each moves by half the
/// number of levels: Morris's Δ = p/(2(p − 1)).
pub(super) fn morris(count: usize, levels: usize, factors: usize, seed: u64) -> Vec<Placed> {
    let half = levels / 2;
    let mut placed = Vec::with_capacity(count * (factors + 1));
    for trajectory in 0..count {
        let index = trajectory as u64;
        let starts = (0..factors).map(|factor| {
            let up = draw(seed, Drawn::Direction, index, factor).chance(0.5);
            let low = below(half, draw(seed, Drawn::Start, index, factor).uniform());
            if up { low } else { low + half }
        });
        let mut at: Vec<usize> = starts.collect();
        let point = |at: &[usize]| -> Vec<f64> {
            at.iter().map(|&level| level as f64 / (levels - 1) as f64).collect()
        };
        placed.push((point(&at), Place::Start { trajectory }));
        let order = |step| draw(seed, Drawn::Order, index, step as usize).uniform();
        for factor in shuffled(factors, order) {
            at[factor] = (at[factor] + half) % levels;
            placed.push((point(&at), Place::Moved { trajectory, factor }));
        }
    }
    placed
}
