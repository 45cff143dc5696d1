//! Interviews: what leaders would answer when asked what they take an organization to be.
//!
//! A leader names each counted role that has at least the share ζ in their conception, and says
//! they are uncertain when u(n) exceeds υ. Both thresholds are set on the first year of the study
//! alone; the second year tests them. Source: Table 3 of Farrell, Harrison & Coburn 2019.

use crate::model::event::Watch;
use crate::model::partnership::Partnership;
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
    /// Month, plan and seat of those to come.
    agenda: Vec<(u32, usize, usize)>,
    plans: Vec<InterviewPlan>,
    /// Those that took place.
    pub held: Vec<Interview>,
}

impl Interviews {
    /// Draws who will be asked, and when; every seat has its own numbers, so that another plan or
    /// another seat changes nobody's turn.
    pub fn planned(plans: &[InterviewPlan], p: &Partnership) -> Self {
        let mut asked: Vec<Vec<usize>> = Vec::new();
        let mut agenda = Vec::new();
        for (number, plan) in plans.iter().enumerate() {
            let at = |seat| p.origin().streams().at(Process::Interview).item(number).seat(seat);
            let mut seats: Vec<usize> = (0..p.seats().len())
                .filter(|seat| p.setup().seats[*seat].organization == plan.of)
                .collect();
            seats.sort_by(|a, b| at(*a).uniform().total_cmp(&at(*b).uniform()));
            let chosen: Vec<usize> = match plan.again {
                None => seats.into_iter().take(plan.leaders as usize).collect(),
                Some((earlier, again)) => {
                    let (before, new): (Vec<usize>, Vec<usize>) =
                        seats.into_iter().partition(|seat| {
                            asked.get(earlier).is_some_and(|seats| seats.contains(seat))
                        });
                    let again = (again as usize).min(before.len());
                    let others = (plan.leaders as usize).saturating_sub(again);
                    before.into_iter().take(again).chain(new.into_iter().take(others)).collect()
                }
            };
            let (from, to) = plan.months;
            for &seat in &chosen {
                let months = to.saturating_add(1).saturating_sub(from);
                let turn = (at(seat).pair().1 * f64::from(months)) as u32;
                agenda.push((from.saturating_add(turn), number, seat));
            }
            asked.push(chosen);
        }
        Interviews { agenda, plans: plans.to_vec(), held: Vec::new() }
    }
}

impl Watch for Interviews {
    fn month(&mut self, p: &Partnership) {
        if !p.lived() {
            return;
        }
        let due = self.agenda.iter().filter(|(month, ..)| *month == p.months());
        for &(month, plan, seat) in due {
            if let Some((named, uncertain)) = answer(p, &self.plans[plan], seat) {
                self.held.push(Interview { plan, month, seat, named, uncertain });
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
