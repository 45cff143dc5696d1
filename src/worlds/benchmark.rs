//! The benchmark of independent episodes: what the patterns of meetings would be if each episode
//! were about roles by a coin of its own, at the published rate of its phase.
//!
//! A pattern that this benchmark meets says nothing about the theory. The phases are the
//! scenario's own patterns of role share with a range of meetings.

use super::joint::Gathered;
use super::patterns::Compared;
use crate::ids::{Meeting, Month};
use crate::measure::Part;
use crate::measure::ROLE_SHARE;
use crate::measure::meetings::MeetingRecord;
use crate::measure::record::RunRecord;
use crate::model::Ledger;
use crate::model::RunId;
use crate::samplers::binomial;
use crate::scenario::World;
use crate::scenario::patterns::Published;
use crate::streams::Process;

/// The patterns of meetings under independent episodes; patterns of anything else have no value.
/// `None` if the scenario publishes no phase rates.
pub fn independent_episodes(scenario: &World, seed: u64, runs: u64) -> Option<Gathered> {
    let phases: Vec<(Meeting, Meeting, f64)> = scenario
        .patterns
        .iter()
        .filter_map(|pattern| match (pattern.measure.part, pattern.published) {
            (Some(Part::Meetings((from, to))), Published::Value(rate)) => {
                (pattern.measure.name == ROLE_SHARE).then_some((from, to, rate))
            }
            _ => None,
        })
        .collect();
    // The narrowest phase that holds a meeting gives its rate; one meeting is no phase, unless
    // there is no other.
    let rate = |meeting: Meeting| {
        let holding = phases.iter().filter(|(from, to, _)| (*from..=*to).contains(&meeting));
        holding.min_by_key(|(from, to, _)| (from == to, to.0 - from.0)).map(|(_, _, rate)| *rate)
    };
    rate(Meeting(1))?;
    let mut gathered = Gathered::of(scenario);
    for run in 1..=runs {
        let record = coin_tossed(scenario, RunId::new(seed, run), &rate);
        let values = scenario.patterns.iter().map(|pattern| match pattern.measure.part {
            Some(Part::Meetings(_)) => Compared::of_run(pattern, &record),
            _ => (None, Vec::new()),
        });
        gathered.add(values.collect());
    }
    Some(gathered)
}

fn coin_tossed(
    scenario: &World,
    origin: RunId,
    rate: &dyn Fn(Meeting) -> Option<f64>,
) -> RunRecord {
    let setup = scenario.template();
    let rule = &setup.parameters.meeting;
    let spread = (rule.most_episodes - rule.fewest_episodes) as u32;
    let share = (rule.mean_episodes - rule.fewest_episodes) / f64::from(spread.max(1));
    let held = (1..=setup.calendar.months)
        .map(Month)
        .flat_map(|month| std::iter::repeat_n(month, setup.calendar.meetings_in(month) as usize));
    let meeting = |(place, month): (usize, Month)| {
        let number = Meeting(place as u32 + 1);
        let at = origin.streams().at(Process::Benchmark).month(month.0).item(place & 0xfff);
        let (length, roles) = at.pair();
        let episodes = rule.fewest_episodes as u32 + binomial(length, spread, share);
        let roles = binomial(roles, episodes, rate(number).unwrap_or(0.0));
        MeetingRecord { meeting: number, month, episodes, roles, ..MeetingRecord::default() }
    };
    RunRecord {
        origin,
        first_shock: None,
        meetings: held.enumerate().map(meeting).collect(),
        episodes: Vec::new(),
        months: Vec::new(),
        interviews: Vec::new(),
        settlements: Vec::new(),
        ledger: Ledger::default(),
        tenure_completed: None,
        tenure_in_progress: None,
        departures: 0,
        ended: None,
        ending: None,
        projects: 0,
        initiated: Vec::new(),
        identities: Vec::new(),
        benefits: Vec::new(),
        practices: [None; 6],
        money: Vec::new(),
        journal: None,
    }
}
