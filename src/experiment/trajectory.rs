//! Trajectories over many runs: a mean and quantiles for every meeting or month.

use super::statistics::Distribution;
use crate::measure::record::RunRecord;

/// The quantiles that a fan shows.
pub const FAN: [f64; 5] = [0.05, 0.25, 0.5, 0.75, 0.95];

/// Distributions of role share by meeting and by trailing three meetings.
#[derive(Clone, Debug, Default)]
pub struct ShareByMeeting {
    /// By meeting number, from 1.
    pub meetings: Vec<Distribution>,
    /// Share of the last three meetings together, by the number of the third.
    pub trailing: Vec<Distribution>,
}

/// Role shares are ratios of small whole numbers; this step keeps them apart.
const RESOLUTION: f64 = 0.0001;

impl ShareByMeeting {
    /// Takes a run in.
    pub fn add(&mut self, run: &RunRecord) {
        let shares = run.meetings.iter().map(|m| Some(m.role_share()));
        add_all(&mut self.meetings, shares);
        add_all(&mut self.trailing, trailing_shares(run).into_iter());
    }
}

fn add_all(kept: &mut Vec<Distribution>, values: impl Iterator<Item = Option<f64>>) {
    for (place, value) in values.enumerate() {
        if kept.len() <= place {
            kept.push(Distribution::new(RESOLUTION));
        }
        if let Some(value) = value {
            kept[place].add(value);
        }
    }
}

/// Role share of each meeting and the two before it, together; `None` for the first two.
pub fn trailing_shares(run: &RunRecord) -> Vec<Option<f64>> {
    let share = |i: usize| {
        let last = &run.meetings[i.checked_sub(2)?..=i];
        let (roles, all) = last.iter().fold((0, 0), |(r, n), m| (r + m.roles, n + m.episodes));
        Some(f64::from(roles) / f64::from(all))
    };
    (0..run.meetings.len()).map(share).collect()
}
