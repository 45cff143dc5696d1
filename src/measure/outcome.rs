//! Outcomes: one number of a run, by name, so that scenarios can state patterns about it.

use super::money::MoneyMonth;
use super::practices::PRACTICES;
use super::record::RunRecord;
use crate::model::Setup;
use crate::roles::{MAX_ROLES, Mix};
use serde::Serialize;

/// A range of meetings, both ends included.
pub type Meetings = (u32, u32);

/// One number that a run has, or lacks if there is nothing to measure.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Outcome {
    /// Mean number of episodes in a meeting.
    EpisodesPerMeeting,
    /// Share of the episodes of these meetings that were role negotiation.
    RoleShare(Meetings),
    /// How many of these meetings had at least one episode of role negotiation.
    MeetingsWithRoleTalk(Meetings),
    /// How many of these meetings had at least this share of role negotiation.
    MeetingsAtShare(f64, Meetings),
    /// Largest share in one of these meetings.
    PeakShare(Meetings),
    /// How many leaders named a role in an interview plan.
    Named(usize, usize),
    /// How many leaders said they were uncertain.
    Uncertain(usize),
    /// Roles named per leader.
    NamesPerLeader(usize),
    /// Total variation between the mixes of names in two interview plans.
    NamesMoved(usize, usize),
    /// Change of the normalised entropy of names from one interview plan to another.
    NamesConcentrated(usize, usize),
    /// Correlation of role share with the work done in the following month.
    TalkAndLaterWork,
    /// Number of settlements.
    Settlements,
    /// Meeting of the settlement that moved an arrangement most.
    LargestSettlement,
    /// Highest role share in any window of so many months.
    HighestWindow(u32),
    /// Role share of the second half of the meetings less that of the first.
    Drift,
    /// 1 if the partnership was alive at the horizon.
    Survives,
    /// Work done by the horizon.
    Work,
    /// Work done by the horizon, weighted by its fit with what is wanted.
    Prioritized,
    /// Mean months that milestones were late; early ones count as 0.
    MilestoneDelay,
    /// Trust of the team, mean over the months the partnership lived.
    Trust,
    /// Benefit that an organization felt at the end; 1 is the fullest.
    Benefit(usize),
    /// Breaches seen by somebody.
    Breaches,
    /// Work not done because its time was set aside for interventions.
    SetAside,
    /// Money spent on interventions.
    Spent,
    /// Results used by those they were made for, in units of the work in them.
    Used,
    /// Part of the positions that depend on money that are held, mean over the months lived.
    Positions,
    /// How far one of the [six practices](super::practices) could be seen.
    Practice(usize),
}

/// Which way is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Better {
    /// More of it.
    More,
    /// Less of it.
    Less,
}

/// An outcome that can be asked for by name.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Named {
    /// Its name in tables and on the command line.
    pub name: String,
    /// Its title for people.
    pub title: String,
    /// Its unit.
    pub unit: String,
    /// Which way is better; none where neither is (more talk about roles is not worse talk).
    pub better: Option<Better>,
    /// How it is measured.
    pub outcome: Outcome,
}

/// The outcomes that every run of a setup has by name, in the order of the tables.
pub fn named(setup: &Setup) -> Vec<Named> {
    use Better::{Less, More};
    let whole = (1, u32::MAX);
    let of = |name: &str, title: &str, unit: &str, better, outcome| {
        let (name, title, unit) = (name.to_owned(), title.to_owned(), unit.to_owned());
        Named { name, title, unit, better, outcome }
    };
    let fit = "work weighted by what is wanted";
    let late = "delay of milestones";
    let alive = format!("alive after {} months", setup.calendar.months);
    let mut all = vec![
        of("work", "work done", "work", Some(More), Outcome::Work),
        of("prioritized", fit, "work", Some(More), Outcome::Prioritized),
        of("milestone_delay", late, "months", Some(Less), Outcome::MilestoneDelay),
        of("role_share", "talk about roles", "share", None, Outcome::RoleShare(whole)),
        of("peak_share", "peak of talk about roles", "share", None, Outcome::PeakShare(whole)),
        of("settlements", "settlements", "number", None, Outcome::Settlements),
        of("trust", "trust of the team", "0 to 1", Some(More), Outcome::Trust),
    ];
    for (o, organization) in setup.organizations.iter().enumerate() {
        let title = format!("benefit to {}", organization.name.replace('_', " "));
        let name = format!("benefit.{}", organization.name);
        all.push(of(&name, &title, "benefit", Some(More), Outcome::Benefit(o)));
    }
    all.push(of("breaches", "breaches seen", "number", Some(Less), Outcome::Breaches));
    all.push(of("survival", &alive, "share", Some(More), Outcome::Survives));
    let aside = "work set aside for interventions";
    all.push(of("set_aside", aside, "work", Some(Less), Outcome::SetAside));
    all.push(of("price", "price of interventions", "money", Some(Less), Outcome::Spent));
    all.push(of("results_used", "results used", "work", Some(More), Outcome::Used));
    let held = "paid positions held";
    all.push(of("positions", held, "share", Some(More), Outcome::Positions));
    for (i, practice) in PRACTICES.iter().enumerate() {
        let (name, title) = (format!("practice.{}", practice.name), practice.advice);
        all.push(of(&name, title, practice.unit, Some(More), Outcome::Practice(i)));
    }
    all
}

impl Outcome {
    /// Its value in a run.
    pub fn of(&self, run: &RunRecord) -> Option<f64> {
        match *self {
            Outcome::EpisodesPerMeeting => {
                let episodes: u32 = run.meetings.iter().map(|m| m.episodes).sum();
                divided(f64::from(episodes), run.meetings.len() as f64)
            }
            Outcome::RoleShare(range) => run.role_share(range),
            Outcome::MeetingsWithRoleTalk(range) => Some(run.count(range, |share| share > 0.0)),
            Outcome::MeetingsAtShare(least, range) => {
                Some(run.count(range, |share| share >= least - 1e-9))
            }
            Outcome::PeakShare(range) => run.shares(range).reduce(f64::max),
            Outcome::Named(plan, role) => {
                run.held(plan).then(|| run.answers(plan, |i| i.names(role)))
            }
            Outcome::Uncertain(plan) => run.held(plan).then(|| run.answers(plan, |i| i.uncertain)),
            Outcome::NamesPerLeader(plan) => {
                let names = (0..MAX_ROLES).map(|role| run.answers(plan, |i| i.names(role)));
                divided(names.sum(), run.answers(plan, |_| true))
            }
            Outcome::NamesMoved(from, to) => Some(run.names(from)?.distance(&run.names(to)?)),
            Outcome::NamesConcentrated(from, to) => {
                let normalised = |mix: Mix| {
                    let used = mix.shares().iter().filter(|s| **s > 0.0).count();
                    mix.entropy() / libm::log(used.max(2) as f64)
                };
                Some(normalised(run.names(to)?) - normalised(run.names(from)?))
            }
            Outcome::TalkAndLaterWork => run.talk_and_later_work(),
            Outcome::Settlements => Some(run.settlements.len() as f64),
            Outcome::LargestSettlement => {
                let largest = run.settlements.iter().max_by(|a, b| a.moved.total_cmp(&b.moved))?;
                Some(f64::from(largest.at.meeting))
            }
            Outcome::HighestWindow(months) => run.windows(months).flatten().reduce(f64::max),
            Outcome::Drift => {
                let last = run.meetings.last()?.meeting;
                Some(run.role_share((last / 2 + 1, last))? - run.role_share((1, last / 2))?)
            }
            Outcome::Survives => Some(f64::from(u8::from(run.ended.is_none()))),
            Outcome::Work => Some(run.ledger.done),
            Outcome::Prioritized => Some(run.ledger.prioritized),
            Outcome::MilestoneDelay => {
                divided(run.ledger.months_late, f64::from(run.ledger.milestones))
            }
            Outcome::Trust => {
                let alive = || run.months.iter().filter(|month| month.alive);
                divided(alive().map(|month| month.trust).sum(), alive().count() as f64)
            }
            Outcome::Benefit(organization) => run.benefits.get(organization).copied(),
            Outcome::Breaches => {
                Some(run.months.iter().map(|month| f64::from(month.breaches)).sum())
            }
            Outcome::SetAside => Some(run.ledger.set_aside),
            Outcome::Spent => Some(run.ledger.spent),
            Outcome::Used => Some(run.ledger.used),
            Outcome::Positions => {
                let lived = run.ended.unwrap_or(u32::MAX);
                let months = || run.money.iter().filter(|m| m.month <= lived);
                let sum = |count: fn(&MoneyMonth) -> u32| months().map(count).sum::<u32>();
                divided(f64::from(sum(|m| m.paid)), f64::from(sum(|m| m.positions)))
            }
            Outcome::Practice(practice) => run.practices.get(practice).copied().flatten(),
        }
    }

    /// The step in which its distribution is kept: exact for counts, a rounding below what is
    /// printed otherwise.
    pub fn resolution(&self) -> f64 {
        match self {
            Outcome::Work | Outcome::Prioritized | Outcome::Spent | Outcome::Used => 0.01,
            _ => 0.0005,
        }
    }
}

fn divided(a: f64, b: f64) -> Option<f64> {
    (b > 0.0).then(|| a / b)
}

impl RunRecord {
    fn within(&self, (from, to): Meetings) -> impl Iterator<Item = &super::meetings::Meeting> {
        self.meetings.iter().filter(move |m| (from..=to).contains(&m.meeting))
    }

    fn shares(&self, range: Meetings) -> impl Iterator<Item = f64> {
        self.within(range).map(|meeting| meeting.role_share())
    }

    fn count(&self, range: Meetings, holds: impl Fn(f64) -> bool) -> f64 {
        self.shares(range).filter(|share| holds(*share)).count() as f64
    }

    /// Share of the episodes of a range of meetings that were role negotiation; `None` if none
    /// was held.
    pub fn role_share(&self, range: Meetings) -> Option<f64> {
        let (roles, all) =
            self.within(range).fold((0, 0), |(r, n), m| (r + m.roles, n + m.episodes));
        divided(f64::from(roles), f64::from(all))
    }

    fn held(&self, plan: usize) -> bool {
        self.interviews.iter().any(|i| i.plan == plan)
    }

    fn answers(&self, plan: usize, holds: impl Fn(&super::Interview) -> bool) -> f64 {
        self.interviews.iter().filter(|i| i.plan == plan && holds(i)).count() as f64
    }

    fn names(&self, plan: usize) -> Option<Mix> {
        let mut counts = [0.0; MAX_ROLES];
        for (role, count) in counts.iter_mut().enumerate() {
            *count = self.answers(plan, |i| i.names(role));
        }
        Mix::in_proportion(counts)
    }

    /// Role share in each window of so many consecutive months, in order; `None` where no
    /// meeting was held.
    pub fn windows(&self, months: u32) -> impl Iterator<Item = Option<f64>> {
        let horizon = self.months.len() as u32;
        (1..=(horizon + 1).saturating_sub(months)).map(move |first| {
            let inside =
                self.meetings.iter().filter(|m| (first..first + months).contains(&m.month));
            let (roles, all) = inside.fold((0, 0), |(r, n), m| (r + m.roles, n + m.episodes));
            divided(f64::from(roles), f64::from(all))
        })
    }

    /// Within a meeting the two are tied by arithmetic; the following month is not.
    fn talk_and_later_work(&self) -> Option<f64> {
        let work_in = |month: u32| {
            let at = |m: u32| self.months.get(m as usize - 1).map(|month| month.work);
            Some(at(month)? - if month > 1 { at(month - 1)? } else { 0.0 })
        };
        let pairs =
            self.meetings.iter().filter_map(|m| Some((m.role_share(), work_in(m.month + 1)?)));
        correlation(&pairs.collect::<Vec<_>>())
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
    use super::*;

    #[test]
    fn the_halves_of_five_meetings_are_the_first_two_and_the_last_three() {
        use crate::measure::meetings::Meeting;
        use crate::model::partnership::RunId;
        let cypress = crate::scenario::World::open("cypress").expect("a scenario");
        let origin = RunId::new(1, 1);
        let record = super::super::record::record_run;
        let mut run =
            record(cypress.setup(origin), origin, &cypress.theory, &[], false).expect("a run");
        // Episodes about roles, of four: (1 + 0)/8 at first, (4 + 2 + 3)/12 then.
        let meetings = (1..).zip([1, 0, 4, 2, 3]).map(|(meeting, roles)| Meeting {
            meeting,
            month: meeting,
            episodes: 4,
            roles,
            ..Meeting::default()
        });
        run.meetings = meetings.collect();
        assert_eq!(Outcome::Drift.of(&run), Some(9.0 / 12.0 - 1.0 / 8.0));
        run.meetings.truncate(4);
        assert_eq!(Outcome::Drift.of(&run), Some(6.0 / 8.0 - 1.0 / 8.0));
    }

    #[test]
    fn correlation_knows_its_bounds() {
        assert_eq!(correlation(&[(0.0, 1.0), (1.0, 3.0), (2.0, 5.0)]), Some(1.0));
        assert_eq!(correlation(&[(0.0, 5.0), (1.0, 3.0), (2.0, 1.0)]), Some(-1.0));
        assert_eq!(correlation(&[(0.0, 5.0), (0.0, 3.0), (0.0, 1.0)]), None);
        assert_eq!(correlation(&[(0.0, 5.0), (1.0, 3.0)]), None);
    }
}
