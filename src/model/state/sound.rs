//! What state a partnership can be in: asked of one that comes from a file, and of one that was
//! changed from outside, before it goes on.

use super::organization::Organization;
use super::partnership::Partnership;
use super::person::{Person, View};
use super::project::{Ledger, Project};
use super::refused::Unforkable;
use crate::ids::{Month, OrganizationId};
use crate::model::setup::{MOST_MONTHS, MOST_STATUS, OrganizationSetup, Setup};
use crate::roles::Mix;
use crate::streams::SeatKey;

/// Rounding that sums over months may bring.
const ROUNDING: f64 = 1e-9;

/// More than any partnership lives to count, and far from where counting would overflow.
const MOST_COUNTED: u32 = 1 << 30;

fn amount(value: f64) -> bool {
    (-ROUNDING..=f64::MAX).contains(&value)
}

fn share(value: f64) -> bool {
    (-ROUNDING..=1.0 + ROUNDING).contains(&value)
}

impl Partnership {
    /// What is wrong with the state, if anything is.
    pub(in crate::model) fn unsound(&self) -> Option<String> {
        let setup = &self.setup;
        let count = setup.organizations.len();
        let shapes = [
            ("organizations", self.organizations.len(), count),
            ("seats", self.seats.len(), setup.seats.len()),
            ("grants", self.grants.len(), setup.funding.grants.len()),
            ("interventions", self.last_occasion.len(), setup.interventions.len()),
            ("observations", self.observed.len(), setup.seats.len() * count),
            ("projects", self.projects.len(), setup.parameters.work.projects as usize),
        ];
        if let Some((what, found, expected)) = shapes.into_iter().find(|(_, a, b)| a != b) {
            return Some(format!("there are {found} {what}, not {expected}"));
        }
        let lived = |month: &Option<Month>| month.is_none_or(|month| month <= self.month);
        let vacant = self.seats.iter().map(|seat| &seat.vacant_since);
        let mut past = self.last_occasion.iter().chain([&self.ended]).chain(vacant);
        if self.month > Month(MOST_MONTHS) || !past.all(lived) {
            return Some("its months are not ones that can have been lived".into());
        }
        let holders = self.seats.iter().map(|seat| seat.holders);
        let mut counts =
            [self.meetings, self.projects_begun, self.ledger.milestones].into_iter().chain(holders);
        if counts.any(|count| count > MOST_COUNTED) {
            return Some("a count is out of bounds".into());
        }
        let organizations = self.organizations.iter().zip(&setup.organizations);
        for (place, (it, plan)) in OrganizationId::each(organizations) {
            if !self.holds(place, it) {
                return Some(format!("organization {} is out of bounds", plan.name));
            }
        }
        for (seat, plan) in self.seats.iter().zip(&setup.seats) {
            if seat.key != SeatKey::of(&plan.name) {
                return Some(format!("seat {} has the address of another", plan.name));
            }
            let holder = |person: &Person| {
                seat.holders > 0
                    && person.organization == plan.organization
                    && self.seats_one(person)
            };
            if !seat.person.as_ref().is_none_or(holder) {
                return Some(format!("who holds seat {} is out of bounds", plan.name));
            }
        }
        if let Some(project) = self.projects.iter().find(|project| !self.runs(project)) {
            return Some(format!("project {} is out of bounds", project.number));
        }
        let roles = |o: OrganizationId| {
            setup.organizations.get(o.0).map_or(0, |it| it.repertoire.roles().len())
        };
        if self.commitments.iter().any(|c| c.role.0 >= roles(c.by)) {
            return Some("a request is of nobody, or for no role".into());
        }
        let Ledger { done, prioritized, displaced, diverted, set_aside, used, .. } = self.ledger;
        let Ledger { lost_to_unclear_roles, lost_to_distrust, spent, months_late, .. } =
            self.ledger;
        let work = [done, prioritized, displaced, diverted, set_aside, used];
        let lost = [lost_to_unclear_roles, lost_to_distrust, spent, months_late];
        let promises = [self.promises.0, self.promises.1, self.last_meeting];
        if !work.into_iter().chain(lost).chain(promises).all(amount) {
            return Some("the ledger is out of bounds".into());
        }
        None
    }

    /// What is wrong with somebody's view, if anything is: a rule of the theory may have left it
    /// there. Looked at `closely`, its roles too.
    pub(in crate::model) fn unsound_view(&self, closely: bool) -> Option<String> {
        let organizations = &self.setup.organizations;
        let sound = |view: &View| share(view.trust) && amount(view.certainty);
        if !closely && self.people().all(|(_, person)| person.views.iter().all(sound)) {
            return None;
        }
        for (seat, person) in self.people() {
            if closely && !self.over(person.organization, &person.heard) {
                let seat = &self.setup.seats[seat].name;
                return Some(format!("who holds seat {seat} heard of a role that nobody can play"));
            }
            for (view, about) in person.views.iter().zip(organizations) {
                let seat = || &self.setup.seats[seat].name;
                if !sound(view) {
                    let (trust, certainty) = (view.trust, view.certainty);
                    let numbers = format!("trust of {trust} and certainty of {certainty}");
                    return Some(format!(
                        "`learn` left who holds seat {} with {numbers} about {}",
                        seat(),
                        about.name
                    ));
                }
                let known = |mix| about.repertoire.holds(mix);
                if closely && !(known(&view.expectation) && known(&view.conception)) {
                    return Some(format!(
                        "who holds seat {} takes {} for a role that it does not have",
                        seat(),
                        about.name
                    ));
                }
            }
        }
        None
    }

    /// Whether it may go on from another setup: what would not take effect is refused by name.
    pub(in crate::model) fn can_go_on_under(&self, setup: &Setup) -> Result<(), Unforkable> {
        let was: &Setup = &self.setup;
        let names = |setup: &Setup| -> Vec<String> {
            setup.organizations.iter().map(|o| o.name.clone()).collect()
        };
        if names(setup) != names(was) {
            return Err(Unforkable::Organizations);
        }
        let roles = |o: &OrganizationSetup| -> Vec<String> {
            o.repertoire.roles().iter().map(|role| role.name.clone()).collect()
        };
        let organizations = || setup.organizations.iter().zip(&was.organizations);
        if let Some((o, _)) = organizations().find(|(now, then)| roles(now) != roles(then)) {
            return Err(Unforkable::Roles(o.name.clone()));
        }
        let seats = |setup: &Setup| -> Vec<(String, OrganizationId)> {
            setup.seats.iter().map(|seat| (seat.name.clone(), seat.organization)).collect()
        };
        if seats(setup) != seats(was) {
            return Err(Unforkable::Seats);
        }
        if setup.calendar.months < self.month.0 {
            return Err(Unforkable::Lived { months: setup.calendar.months, lived: self.month.0 });
        }
        let (now, then) = (&setup.parameters, &was.parameters);
        let mut at_the_founding = vec![
            (now.work.projects != then.work.projects, "work.projects".to_owned()),
            (now.launch.certainty != then.launch.certainty, "launch.certainty".to_owned()),
            (now.launch.trust != then.launch.trust, "launch.trust".to_owned()),
            (setup.calendar.age != was.calendar.age, "calendar.age".to_owned()),
        ];
        for (now, then) in organizations() {
            let changed = [
                (now.identity != then.identity, "identity"),
                (now.agreed != then.agreed, "agreed"),
                (now.enacted != then.enacted, "enacted"),
                (now.priorities != then.priorities, "wants"),
                (now.capacity != then.capacity, "capacity"),
                (now.reserve != then.reserve, "reserve"),
            ];
            let key = |what: &str| format!("organization.{}.{what}", now.name);
            at_the_founding.extend(changed.map(|(changed, what)| (changed, key(what))));
        }
        for (now, then) in setup.seats.iter().zip(&was.seats) {
            let changed = [(now.team != then.team, "team"), (now.holder != then.holder, "holder")];
            let key = |what: &str| format!("seat.{}.{what}", now.name);
            at_the_founding.extend(changed.map(|(changed, what)| (changed, key(what))));
        }
        let refused = at_the_founding.into_iter().filter(|(changed, _)| *changed);
        let keys: Vec<String> = refused.map(|(_, key)| key).collect();
        if keys.is_empty() { Ok(()) } else { Err(Unforkable::AtTheFounding(keys)) }
    }

    fn over(&self, organization: OrganizationId, mix: &Mix) -> bool {
        self.setup.organizations[organization].repertoire.holds(mix)
    }

    fn holds(&self, place: OrganizationId, it: &Organization) -> bool {
        let account = &it.account;
        let money = [account.for_projects, account.for_meetings, account.free, account.received];
        let spent = [account.salaries, account.meetings, account.upkeep, account.income];
        let mut wanted = OrganizationId::each(&it.priorities);
        let past = |month: Month| month <= self.month;
        [&it.identity, &it.agreed, &it.enacted].into_iter().all(|mix| self.over(place, mix))
            && it.priorities.len() == self.organizations.len()
            && wanted.all(|(o, mix)| mix.is_none_or(|mix| self.over(o, &mix)))
            && [it.open_question, it.gained, it.lent].into_iter().all(amount)
            && [it.goodwill, account.alignment, account.covered].into_iter().all(share)
            && it.benefit.is_finite()
            && (0.0..=2.0 + ROUNDING).contains(&it.capacity)
            && money.into_iter().chain(spent).all(amount)
            && it.led_anew.is_none_or(past)
            && it.head_left.is_none_or(past)
            && it.remembers(self.month)
    }

    fn seats_one(&self, person: &Person) -> bool {
        let mut views = OrganizationId::each(&person.views);
        person.views.len() == self.organizations.len()
            && self.over(person.organization, &person.heard)
            && person.since <= self.month.0 as i32 + 1
            && person.since >= self.setup.calendar.began()
            && (0.0..=MOST_STATUS).contains(&person.status)
            && share(person.retention)
            && views.all(|(o, view)| {
                self.over(o, &view.expectation)
                    && self.over(o, &view.conception)
                    && share(view.trust)
                    && amount(view.certainty)
            })
    }

    fn runs(&self, project: &Project) -> bool {
        let milestones = self.setup.parameters.work.milestones as u32;
        let mut modes = OrganizationId::each(&project.mode);
        project.mode.len() == self.organizations.len()
            && modes.all(|(o, mode)| self.over(o, mode))
            && amount(project.to_set_up)
            && (-ROUNDING..=project.effort).contains(&project.done)
            && project.effort.is_finite()
            && project.began.is_finite()
            && project.reached <= milestones
            && project.due <= milestones
    }
}
