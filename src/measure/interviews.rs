//! Interviews: what leaders would answer when asked what they take an organization to be.
//!
//! A leader names each counted role k with probability min(1, ζ·c_k), and says they are uncertain
//! when u(n) exceeds υ. Both numbers are set on the first year of the study alone. Source: Table 3 of Farrell, Harrison & Coburn 2019.

use crate::ids::{Month, OrganizationId, RoleId, SeatId};
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
    pub of: OrganizationId,
    /// The organization they are asked about; about their own, people answer with what they hold
    /// central (their expectation of it).
    pub about: OrganizationId,
    /// First and last month in which interviews take place.
    pub months: (Month, Month),
    /// How many are asked.
    pub leaders: u32,
    /// An earlier plan, and how many of those asked then are asked again.
    pub again: Option<(usize, u32)>,
}

/// One interview.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Interview {
    /// Its plan, by place.
    pub plan: usize,
    /// The month it took place.
    pub month: Month,
    /// The seat of who was asked.
    pub seat: SeatId,
    /// The roles named: bit k for role k of the repertoire.
    pub named: u8,
    /// Whether they said they were uncertain.
    pub uncertain: bool,
}

impl Interview {
    /// Whether a role was named; one that no repertoire has was not.
    pub fn names(&self, role: RoleId) -> bool {
        role.0 < MAX_ROLES && self.named >> role.0 & 1 == 1
    }
}

/// Holds the interviews of all plans as their months come.
#[derive(Clone, Debug, Default)]
pub struct Interviews {
    plans: Vec<InterviewPlan>,
    /// By plan: seat and month of those asked, once they have been chosen.
    asked: Vec<Vec<(SeatId, Month)>>,
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
    fn choose(&self, plan: &InterviewPlan, p: &Partnership) -> Vec<(SeatId, Month)> {
        let turns = p.origin().streams().named(Process::Interview, &plan.name);
        let at = |seat: SeatId| turns.seat(p.seats()[seat].key).pair();
        let there = p.people().filter(|(_, person)| person.organization == plan.of);
        let mut in_turn: Vec<(f64, SeatId)> = there.map(|(seat, _)| (at(seat).0, seat)).collect();
        in_turn.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut seats: Vec<SeatId> = in_turn.into_iter().map(|(_, seat)| seat).collect();
        if let Some((earlier, again)) = plan.again {
            let before = |seat: &SeatId| {
                self.asked.get(earlier).is_some_and(|asked| asked.iter().any(|(s, _)| s == seat))
            };
            let (mut old, mut new): (Vec<SeatId>, Vec<SeatId>) =
                seats.into_iter().partition(before);
            old.truncate(again as usize);
            new.truncate((plan.leaders as usize).saturating_sub(old.len()));
            seats = [old, new].concat();
        }
        seats.truncate(plan.leaders as usize);
        let (from, to) = plan.months;
        let months = f64::from((to + 1).0.saturating_sub(from.0));
        seats.into_iter().map(|seat| (seat, from + (at(seat).1 * months) as u32)).collect()
    }
}

impl Watch for Interviews {
    fn month(&mut self, p: &Partnership) {
        if !p.lived() {
            return;
        }
        for number in 0..self.plans.len() {
            if self.plans[number].months.0 == p.last_month() {
                self.asked[number] = self.choose(&self.plans[number], p);
            }
            let plan = &self.plans[number];
            let due = self.asked[number].iter().filter(|(_, month)| *month == p.last_month());
            for &(seat, month) in due {
                if let Some((named, uncertain)) = answer(p, plan, seat) {
                    self.held.push(Interview { plan: number, month, seat, named, uncertain });
                }
            }
        }
    }
}

fn answer(p: &Partnership, plan: &InterviewPlan, seat: SeatId) -> Option<(u8, bool)> {
    let person = p.person(seat)?;
    let rule = &p.setup().parameters.answer;
    let view = person.views.get(plan.about.0)?;
    let (held, readiness) = match person.is_insider(plan.about) {
        true => (view.expectation, rule.own_names),
        false => (view.conception, rule.names),
    };
    let roles = p.setup().organizations[plan.about].repertoire.roles();
    let says = p.origin().streams().named(Process::Naming, &plan.name).seat(p.seats()[seat].key);
    let named = RoleId::each(roles).filter(|(k, role)| {
        role.counted && says.item(k.0).chance((readiness * held.share(*k)).min(1.0))
    });
    let named = named.fold(0, |bits, (k, _)| bits | 1 << k.0);
    let half = p.setup().parameters.learning.half_certainty;
    Some((named, view.uncertainty(half) > rule.uncertain))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::RunId;
    use crate::roles::Mix;
    use crate::scenario::World;

    /// How often each role is named by those a plan asks, who hold this of the organization, and
    /// how many are asked.
    fn named(world: &World, plan: &str, held: Mix) -> ([u32; MAX_ROLES], u32) {
        let plan = world.interviews.iter().find(|it| it.name == plan).expect("a plan");
        let (mut counts, mut asked) = ([0; MAX_ROLES], 0);
        for run in 1..=200 {
            let origin = RunId::new(17, run);
            let mut p = Partnership::new(world.setup(origin), origin).expect("a sound setup");
            let of = |(seat, q): (SeatId, &crate::model::Person)| {
                (q.organization == plan.of).then_some(seat)
            };
            for seat in p.people().filter_map(of).collect::<Vec<_>>() {
                let view = &mut p.person_mut(seat).expect("somebody").views[plan.about];
                (view.expectation, view.conception) = (held, held);
                let (named, _) = answer(&p, plan, seat).expect("an answer");
                asked += 1;
                counts.iter_mut().enumerate().for_each(|(k, n)| *n += u32::from(named >> k & 1));
            }
        }
        (counts, asked)
    }

    #[test]
    fn a_role_is_named_the_sooner_the_larger_its_share_and_surely_where_it_is_large() {
        let set = ["answer.names=1.6", "answer.own_names=4.0"];
        let cypress = World::open_with("cypress", set).unwrap_or_else(|why| panic!("{why}"));
        let roles = &cypress.template().organizations[1].repertoire;
        let place = |name: &str| roles.position(name).expect("a role");
        let [small, large, vendor] = ["researcher", "broker", "vendor"].map(place);
        let mut shares = [0.0; MAX_ROLES];
        (shares[small.0], shares[large.0], shares[vendor.0]) = (0.1, 0.7, 0.2);
        let held = Mix::from_shares(&shares).expect("a mix");
        // Members name more of their own organization.
        for (plan, readiness) in [("year_1", 1.6), ("staff_year_1", 4.0)] {
            let (counts, asked) = named(&cypress, plan, held);
            let (n, p) = (f64::from(asked), 0.1 * readiness);
            let error = libm::sqrt(p * (1.0 - p) / n);
            assert!((f64::from(counts[small.0]) / n - p).abs() < 5.0 * error, "{counts:?} of {n}");
            assert_eq!(counts[large.0], asked);
            // Neither a role that is not held nor one that interviews do not count.
            let others = (0..MAX_ROLES).map(RoleId).filter(|k| *k != small && *k != large);
            assert!(others.map(|k| counts[k.0]).all(|count| count == 0));
        }
    }
}
