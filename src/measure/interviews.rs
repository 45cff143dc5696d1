//! Interviews: what leaders would answer when asked what they take an organization to be.
//!
//! A leader names each counted role that has at least the share ζ in their conception, and says
//! they are uncertain when u(n) exceeds υ. Both thresholds are set on the first year of the study
//! alone; the second year tests them. Source: Table 3 of Farrell, Harrison & Coburn 2019.

use crate::model::Partnership;
use crate::model::event::Watch;
use crate::roles::MAX_ROLES;
use crate::streams::Process;
use serde::Serialize;

/// Who is to be interviewed, about whom, and when.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct InterviewPlan {
    /// Its name in the scenario.
    pub name: String,
    /// The organization whose people are asked.
    pub of: usize,
    /// The organization they are asked about; about their own, people answer with what they hold
    /// central (their expectation of it).
    pub about: usize,
    /// First and last month in which interviews take place.
    pub months: (u32, u32),
    /// How many are asked.
    pub leaders: u32,
    /// An earlier plan, and how many of those asked then are asked again.
    pub again: Option<(usize, u32)>,
}

/// One interview.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Interview {
    /// Its plan, by place.
    pub plan: usize,
    /// The month it took place.
    pub month: u32,
    /// The seat of who was asked.
    pub seat: usize,
    /// The roles named: bit k for role k of the repertoire.
    pub named: u8,
    /// Whether they said they were uncertain.
    pub uncertain: bool,
}

impl Interview {
    /// Whether a role was named; one that no repertoire has was not.
    pub fn names(&self, role: usize) -> bool {
        role < MAX_ROLES && self.named >> role & 1 == 1
    }
}

/// Holds the interviews of all plans as their months come.
#[derive(Clone, Debug, Default)]
pub struct Interviews {
    plans: Vec<InterviewPlan>,
    /// By plan: seat and month of those asked, once they have been chosen.
    asked: Vec<Vec<(usize, u32)>>,
    /// Those that took place.
    pub held: Vec<Interview>,
}

impl Interviews {
    /// Interviews that are still to come.
    pub fn planned(plans: &[InterviewPlan]) -> Self {
        Interviews { plans: plans.to_vec(), asked: vec![Vec::new(); plans.len()], held: Vec::new() }
    }

    /// Chooses, among those in post in the first month of a plan, who is asked and when. Every
    /// seat has its own numbers, so that another plan or another seat changes nobody's turn.
    fn choose(&self, plan: &InterviewPlan, p: &Partnership) -> Vec<(usize, u32)> {
        let turns = p.origin().streams().named(Process::Interview, &plan.name);
        let at = |seat: usize| turns.seat(p.seats()[seat].key).pair();
        let there = p.people().filter(|(_, person)| person.organization == plan.of);
        let mut seats: Vec<usize> = there.map(|(seat, _)| seat).collect();
        seats.sort_by(|a, b| at(*a).0.total_cmp(&at(*b).0));
        if let Some((earlier, again)) = plan.again {
            let before = |seat: &usize| {
                self.asked.get(earlier).is_some_and(|asked| asked.iter().any(|(s, _)| s == seat))
            };
            let (mut old, mut new): (Vec<usize>, Vec<usize>) = seats.into_iter().partition(before);
            old.truncate(again as usize);
            new.truncate((plan.leaders as usize).saturating_sub(old.len()));
            seats = [old, new].concat();
        }
        seats.truncate(plan.leaders as usize);
        let (from, to) = plan.months;
        let months = f64::from(to.saturating_add(1).saturating_sub(from));
        seats
            .into_iter()
            .map(|seat| (seat, from.saturating_add((at(seat).1 * months) as u32)))
            .collect()
    }
}

impl Watch for Interviews {
    fn month(&mut self, p: &Partnership) {
        if !p.lived() {
            return;
        }
        for number in 0..self.plans.len() {
            if self.plans[number].months.0 == p.months() {
                self.asked[number] = self.choose(&self.plans[number], p);
            }
            let plan = &self.plans[number];
            let due = self.asked[number].iter().filter(|(_, month)| *month == p.months());
            for &(seat, month) in due {
                if let Some((named, uncertain)) = answer(p, plan, seat) {
                    self.held.push(Interview { plan: number, month, seat, named, uncertain });
                }
            }
        }
    }
}

fn answer(p: &Partnership, plan: &InterviewPlan, seat: usize) -> Option<(u8, bool)> {
    let person = p.person(seat)?;
    let rule = &p.setup().parameters.answer;
    let view = person.views.get(plan.about)?;
    let (held, least) = match person.is_insider(plan.about) {
        true => (view.expectation, rule.own_names),
        false => (view.conception, rule.names),
    };
    let roles = p.setup().organizations[plan.about].repertoire.roles();
    let named =
        roles.iter().enumerate().filter(|(k, role)| role.counted && held.share(*k) >= least);
    let named = named.fold(0, |bits, (k, _)| bits | 1 << k);
    let half = p.setup().parameters.learning.half_certainty;
    Some((named, view.uncertainty(half) > rule.uncertain))
}
