//! How numbers are read off the record of a run.

use super::meetings::MeetingRecord;
use super::money::MoneyMonth;
use super::record::RunRecord;
use crate::ids::{Meeting, Month, RoleId};
use crate::roles::{MAX_ROLES, Mix};

/// A range of meetings, both ends included.
pub type Meetings = (Meeting, Meeting);

/// All meetings.
pub const WHOLE: Meetings = (Meeting(1), Meeting(u32::MAX));

pub(super) fn divided(a: f64, b: f64) -> Option<f64> {
    (b > 0.0).then(|| a / b)
}

/// Role share of some meetings together; `None` if none was held.
fn share_of<'m>(meetings: impl Iterator<Item = &'m MeetingRecord>) -> Option<f64> {
    let (roles, all) = meetings.fold((0, 0), |(r, n), m| (r + m.roles, n + m.episodes));
    divided(f64::from(roles), f64::from(all))
}

impl RunRecord {
    fn within(&self, (from, to): Meetings) -> impl Iterator<Item = &MeetingRecord> {
        self.meetings.iter().filter(move |m| (from..=to).contains(&m.meeting))
    }

    /// The role share of each meeting of a range.
    pub fn shares(&self, range: Meetings) -> impl Iterator<Item = f64> {
        self.within(range).map(|meeting| meeting.role_share())
    }

    /// The share of the episodes of a range of meetings that were role negotiation; `None` if
    /// none was held.
    pub fn role_share(&self, range: Meetings) -> Option<f64> {
        share_of(self.within(range))
    }

    /// The role share of all meetings from a month on; `None` if none was held.
    pub fn role_share_since(&self, month: Month) -> Option<f64> {
        share_of(self.meetings.iter().filter(|m| m.month >= month))
    }

    /// The role share in each window of so many consecutive months, in order; `None` where no
    /// meeting was held.
    pub fn windows(&self, months: u32) -> impl Iterator<Item = Option<f64>> {
        let horizon = self.months.len() as u32;
        (1..=(horizon + 1).saturating_sub(months)).map(Month).map(move |first| {
            share_of(self.meetings.iter().filter(|m| (first..first + months).contains(&m.month)))
        })
    }

    /// The role share of the second half of the meetings less that of the first.
    pub fn drift(&self) -> Option<f64> {
        let last = self.meetings.last()?.meeting;
        let half = last.0 / 2;
        let (first, second) = ((Meeting(1), Meeting(half)), (Meeting(half + 1), last));
        Some(self.role_share(second)? - self.role_share(first)?)
    }

    /// The mean number of episodes in a meeting of a range; `None` if none was held.
    pub fn episodes_per_meeting(&self, range: Meetings) -> Option<f64> {
        let episodes: u32 = self.within(range).map(|m| m.episodes).sum();
        divided(f64::from(episodes), self.within(range).count() as f64)
    }

    /// Proposals refused, of the episodes of a range; `None` if no meeting was held.
    pub fn refused_share(&self, range: Meetings) -> Option<f64> {
        let (refused, all) =
            self.within(range).fold((0, 0), |(r, n), m| (r + m.refusals, n + m.episodes));
        divided(f64::from(refused), f64::from(all))
    }

    /// The correlation of a meeting's role share with the work done in the following month.
    /// (Within a meeting the two are tied by arithmetic; the following month is not.)
    pub fn talk_and_later_work(&self) -> Option<f64> {
        let done_by = |month: u32| self.months.get(month as usize - 1).map(|month| month.work);
        let work_after = |month: Month| Some(done_by(month.0 + 1)? - done_by(month.0)?);
        let pairs =
            self.meetings.iter().filter_map(|m| Some((m.role_share(), work_after(m.month)?)));
        correlation(&pairs.collect::<Vec<_>>())
    }

    /// The trust of the team, mean over the months that the partnership lived, in \[0, 1\].
    pub fn trust(&self) -> Option<f64> {
        let alive = || self.months.iter().filter(|month| month.alive);
        divided(alive().map(|month| month.trust).sum(), alive().count() as f64)
    }

    /// The work done by the horizon.
    pub fn work(&self) -> Option<f64> {
        Some(self.ledger.done)
    }

    /// 1 if the partnership was alive at the horizon, else 0.
    pub fn survives(&self) -> Option<f64> {
        Some(f64::from(u8::from(self.ended.is_none())))
    }

    /// The mean number of months that milestones were late; early ones count as 0.
    pub fn milestone_delay(&self) -> Option<f64> {
        divided(self.ledger.months_late, f64::from(self.ledger.milestones))
    }

    /// Breaches seen by somebody.
    pub fn breaches(&self) -> Option<f64> {
        Some(self.months.iter().map(|month| f64::from(month.breaches)).sum())
    }

    /// The share of the positions that depend on money that are held, mean over the months lived.
    pub fn positions(&self) -> Option<f64> {
        let lived = self.ended.unwrap_or(Month(u32::MAX));
        let months = || self.money.iter().filter(|m| m.month <= lived);
        let sum = |count: fn(&MoneyMonth) -> u32| f64::from(months().map(count).sum::<u32>());
        divided(sum(|m| m.paid), sum(|m| m.positions))
    }

    /// The meeting of the settlement that moved an arrangement most.
    pub fn largest_settlement(&self) -> Option<f64> {
        let largest = self.settlements.iter().max_by(|a, b| a.moved.total_cmp(&b.moved))?;
        Some(f64::from(largest.at.meeting))
    }

    /// How many of those asked in an interview plan gave an answer; `None` if nobody was asked.
    pub fn answers(&self, plan: usize, holds: impl Fn(&super::Interview) -> bool) -> Option<f64> {
        let asked = || self.interviews.iter().filter(|i| i.plan == plan);
        asked().next()?;
        Some(asked().filter(|i| holds(i)).count() as f64)
    }

    /// The mean number of roles that a leader named in an interview plan.
    pub fn names_per_leader(&self, plan: usize) -> Option<f64> {
        let named: Option<f64> =
            (0..MAX_ROLES).map(RoleId).map(|role| self.answers(plan, |i| i.names(role))).sum();
        divided(named?, self.answers(plan, |_| true)?)
    }

    /// The roles named in an interview plan, as a mix.
    fn names(&self, plan: usize) -> Option<Mix> {
        let mut counts = [0.0; MAX_ROLES];
        for (role, count) in RoleId::each(&mut counts) {
            *count = self.answers(plan, |i| i.names(role))?;
        }
        Mix::in_proportion(counts)
    }

    /// The distance (total variation) between the roles named in two interview plans.
    pub fn names_moved(&self, [from, to]: [usize; 2]) -> Option<f64> {
        Some(self.names(from)?.distance(&self.names(to)?))
    }

    /// The change of the normalised entropy of the roles named from one interview plan to another.
    pub fn names_concentrated(&self, [from, to]: [usize; 2]) -> Option<f64> {
        let normalised = |mix: Mix| {
            let used = mix.shares().iter().filter(|s| **s > 0.0).count();
            mix.entropy() / libm::log(used.max(2) as f64)
        };
        Some(normalised(self.names(to)?) - normalised(self.names(from)?))
    }
}

/// Pearson's correlation, or `None` with fewer than three pairs or no variation.
pub fn correlation(pairs: &[(f64, f64)]) -> Option<f64> {
    let n = pairs.len() as f64;
    let mean = |f: fn(&(f64, f64)) -> f64| pairs.iter().map(f).sum::<f64>() / n;
    let (x, y) = (mean(|p| p.0), mean(|p| p.1));
    let sum = |f: &dyn Fn(f64, f64) -> f64| pairs.iter().map(|p| f(p.0 - x, p.1 - y)).sum::<f64>();
    let spread = libm::sqrt(sum(&|a, _| a * a) * sum(&|_, b| b * b));
    (pairs.len() >= 3 && spread > 1e-12).then(|| sum(&|a, b| a * b) / spread)
}

#[cfg(test)]
mod tests {
    use super::correlation;
    use crate::ids::{Meeting, Month};

    #[test]
    fn the_halves_of_five_meetings_are_the_first_two_and_the_last_three() {
        use crate::measure::meetings::MeetingRecord;
        use crate::model::RunId;
        let cypress = crate::scenario::World::open("cypress").expect("a scenario");
        let mut run = cypress.run(RunId::new(1, 1)).expect("a run");
        // Episodes about roles, of four: (1 + 0)/8 at first, (4 + 2 + 3)/12 then.
        let meetings = (1..).zip([1, 0, 4, 2, 3]).map(|(meeting, roles)| MeetingRecord {
            meeting: Meeting(meeting),
            month: Month(meeting),
            episodes: 4,
            roles,
            ..MeetingRecord::default()
        });
        run.meetings = meetings.collect();
        assert_eq!(run.drift(), Some(9.0 / 12.0 - 1.0 / 8.0));
        run.meetings.truncate(4);
        assert_eq!(run.drift(), Some(6.0 / 8.0 - 1.0 / 8.0));
    }

    #[test]
    fn correlation_knows_its_bounds() {
        assert_eq!(correlation(&[(0.0, 1.0), (1.0, 3.0), (2.0, 5.0)]), Some(1.0));
        assert_eq!(correlation(&[(0.0, 5.0), (1.0, 3.0), (2.0, 1.0)]), Some(-1.0));
        assert_eq!(correlation(&[(0.0, 5.0), (0.0, 3.0), (0.0, 1.0)]), None);
        assert_eq!(correlation(&[(0.0, 5.0), (1.0, 3.0)]), None);
    }
}
