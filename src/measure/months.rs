//! Trajectories: the state of the partnership at the end of each month.

use crate::ids::{Month, OrganizationId, SeatId};
use crate::model::event::{Event, Moment, Watch};
use crate::model::{Partnership, Project};
use serde::Serialize;

/// One month. Work is cumulative; counts are of the month.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct MonthRecord {
    /// Its number, from 1.
    pub month: Month,
    /// Whether the partnership lived in it; also true of the month in which it ended.
    pub alive: bool,
    /// Work done so far.
    pub work: f64,
    /// Work done so far, weighted by its fit with what is wanted.
    pub prioritized: f64,
    /// Work displaced so far by talk about roles.
    pub displaced: f64,
    /// Work lost so far to unclear roles.
    pub lost_to_unclear_roles: f64,
    /// Work lost so far to distrust.
    pub lost_to_distrust: f64,
    /// Work so far that requests took the staff from.
    pub diverted: f64,
    /// Role clarity of the team, mean over running projects, in \[0, 1\].
    pub clarity: f64,
    /// Mean trust of the team in the other organizations, in \[0, 1\].
    pub trust: f64,
    /// Mean uncertainty of the team about the other organizations, in \[0, 1\].
    pub uncertainty: f64,
    /// Sum of the open questions, in units of tension.
    pub open_question: f64,
    /// The lesser of the benefits felt; 1 is the fullest.
    pub least_benefit: f64,
    /// Breaches seen by somebody.
    pub breaches: u32,
    /// Requests accepted.
    pub requests: u32,
    /// Arrivals, from outside or from within.
    pub arrivals: u32,
    /// Seats vacant at the end of the month.
    pub vacancies: u32,
}

/// Keeps every month.
#[derive(Clone, Debug, Default)]
pub struct MonthLog {
    /// The months so far.
    pub months: Vec<MonthRecord>,
    current: MonthRecord,
}

impl Watch for MonthLog {
    fn event(&mut self, _: Moment, event: &Event) {
        match event {
            Event::Breach { .. } => self.current.breaches += 1,
            Event::Request { accepted: true, .. } => self.current.requests += 1,
            Event::Arrival { .. } => self.current.arrivals += 1,
            _ => {}
        }
    }

    fn month(&mut self, p: &Partnership) {
        let counts = std::mem::take(&mut self.current);
        let team: Vec<SeatId> = p.team().map(|(seat, _)| seat).collect();
        // Projects of one mode, which are most, are equally clear.
        let mut last: Option<(&Project, f64)> = None;
        let clarity = p.projects().iter().map(|project| {
            let known = last.filter(|(other, _)| other.mode == project.mode);
            let clarity = known.map_or_else(|| p.role_clarity(&project.mode, &team), |(_, it)| it);
            last = Some((project, clarity));
            clarity
        });
        let ledger = &p.ledger();
        self.months.push(MonthRecord {
            month: p.last_month(),
            alive: p.lived(),
            work: ledger.done,
            prioritized: ledger.prioritized,
            displaced: ledger.displaced,
            lost_to_unclear_roles: ledger.lost_to_unclear_roles,
            lost_to_distrust: ledger.lost_to_distrust,
            diverted: ledger.diverted,
            clarity: clarity.sum::<f64>() / p.projects().len() as f64,
            trust: p.mean_trust(&team),
            uncertainty: uncertainty(p, &team),
            open_question: p.organizations().iter().map(|o| o.open_question).sum(),
            least_benefit: p
                .organizations()
                .iter()
                .map(|o| o.benefit)
                .fold(f64::INFINITY, f64::min),
            vacancies: p.seats().iter().filter(|seat| seat.person.is_none()).count() as u32,
            ..counts
        });
    }
}

fn uncertainty(p: &Partnership, members: &[SeatId]) -> f64 {
    let half = p.setup().parameters.learning.half_certainty;
    let (mut sum, mut count) = (0.0, 0u32);
    for person in members.iter().filter_map(|seat| p.person(*seat)) {
        for (o, view) in OrganizationId::each(&person.views) {
            if !person.is_insider(o) {
                sum += view.uncertainty(half);
                count += 1;
            }
        }
    }
    if count == 0 { 0.0 } else { sum / f64::from(count) }
}
