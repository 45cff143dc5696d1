//! What is normal, and what was lost: numbers that need more than one run.

use super::record::RunRecord;
use crate::ids::Month;

/// The 5–95 % band of the trailing three-meeting role share of calm runs, by meeting.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Band(pub Vec<Option<(f64, f64)>>);

/// When role share was back to normal.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BackToNormal {
    /// Months after the first shock, up to the horizon if censored.
    pub months: f64,
    /// It was not back by the horizon.
    pub censored: bool,
}

impl Band {
    fn holds(&self, place: usize, share: Option<f64>) -> bool {
        match (self.0.get(place).copied().flatten(), share) {
            // Shares are kept in steps; half a step is no difference.
            (Some((low, high)), Some(share)) => (low - 1e-4..=high + 1e-4).contains(&share),
            _ => false,
        }
    }

    /// Months from the first shock until role share is back to normal: until the first meeting
    /// from which the trailing three-meeting share stays within the band for three meetings,
    /// after having left it. Censored at the horizon; 0 if it never left.
    pub fn back_to_normal(&self, run: &RunRecord, first_shock: Month) -> BackToNormal {
        let shares = trailing_shares(run);
        let horizon = Month(run.months.len() as u32);
        let inside: Vec<bool> =
            shares.iter().enumerate().map(|(i, share)| self.holds(i, *share)).collect();
        let after = |i: &usize| run.meetings[*i].month >= first_shock && shares[*i].is_some();
        let Some(left) = (0..inside.len()).filter(after).find(|i| !inside[*i]) else {
            return BackToNormal { months: 0.0, censored: false };
        };
        let back =
            (left..inside.len().saturating_sub(2)).find(|i| inside[*i..*i + 3].iter().all(|b| *b));
        let month = back.map_or(horizon + 1, |i| run.meetings[i].month);
        let months = f64::from(month - first_shock.min(month));
        BackToNormal { months, censored: back.is_none() }
    }
}

/// The role share of each meeting and the two before it, together; `None` for the first two.
pub fn trailing_shares(run: &RunRecord) -> Vec<Option<f64>> {
    let share = |i: usize| {
        let last = &run.meetings[i.checked_sub(2)?..=i];
        let (roles, all) = last.iter().fold((0, 0), |(r, n), m| (r + m.roles, n + m.episodes));
        Some(f64::from(roles) / f64::from(all))
    };
    (0..run.meetings.len()).map(share).collect()
}

/// Months lost at the horizon: the time that the other world took, at its own pace, from the work
/// that the run had done in the end to the work it had done itself; negative if the run is ahead
/// (the worlds change places). Time in which neither does anything, since both have ended, is not
/// lost.
///
/// `None` for an empty record or if nothing was ever done.
pub fn months_lost(run: &RunRecord, other: &RunRecord) -> Option<f64> {
    let (mine, theirs) = (run.months.last()?.work, other.months.last()?.work);
    let reached = |record: &RunRecord, target: f64| {
        let mut before = 0.0;
        for (month, state) in (0u32..).zip(&record.months) {
            if state.work >= target {
                let part = if state.work > before {
                    (target - before) / (state.work - before)
                } else {
                    1.0
                };
                return f64::from(month) + part;
            }
            before = state.work;
        }
        record.months.len() as f64
    };
    if mine.max(theirs) <= 0.0 {
        return None;
    }
    Some(if mine <= theirs {
        reached(other, theirs) - reached(other, mine)
    } else {
        reached(run, theirs) - reached(run, mine)
    })
}
