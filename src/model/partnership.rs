//! A partnership: organizations, seats and the people in them, and the work in progress.

use super::event::{Event, Moment, Watch};
use super::funding::{Grant, Standing};
use super::interventions::Intervention;
use super::month;
use super::organization::Organization;
use super::person::Person;
use super::requests::Commitment;
use super::setup::{SeatSetup, Setup};
use super::theory::Theory;
use super::trust::Observed;
use super::work::{Ledger, Project};
use crate::roles::Mix;
use crate::streams::{Process, SeatKey, Streams};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::sync::Arc;

/// A seat and who holds it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Seat {
    /// Its address among the random streams.
    pub key: SeatKey,
    /// How many people have held it so far; its holders are numbered from 0.
    pub holders: u32,
    /// Whether its holder belongs to the leadership team.
    pub team: bool,
    /// The month in which its last holder left; a successor is sought from the next month on.
    pub vacant_since: Option<u32>,
    /// Who holds it; none: vacant.
    pub person: Option<Person>,
}

/// The state of one partnership at the end of a month.
///
/// Cloning it and running both copies on gives the same months; running one of them under
/// another setup ([`Partnership::fork`]) gives a twin.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Partnership {
    pub(super) setup: Arc<Setup>,
    pub(super) origin: Origin,
    /// The last complete month; 0 at the start.
    pub month: u32,
    /// Meetings held so far.
    pub meetings: u32,
    /// The month in which it ended, if it did.
    pub ended: Option<u32>,
    /// The organizations, in the order of the setup.
    pub organizations: Vec<Organization>,
    /// The seats, in the order of the setup.
    pub seats: Vec<Seat>,
    /// Running projects.
    pub projects: Vec<Project>,
    /// Accepted requests in progress.
    pub commitments: Vec<Commitment>,
    /// Work done and work kept from being done.
    pub ledger: Ledger,
    pub(super) projects_begun: u32,
    /// By intervention: the month of its last occasion.
    pub(super) last_occasion: Vec<Option<u32>>,
    /// By grant: its months, or those of the one that follows it.
    pub(super) grants: Vec<Standing>,
    pub(super) last_meeting: f64,
    pub(super) observed: Vec<Observed>,
    /// Promised milestones of this month: kept, and kept or missed.
    pub(super) promises: (f64, f64),
}

/// Which run this is: with the setup, all that its course depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// The seed of the experiment.
    pub seed: u64,
    /// The number of the run, from 1.
    pub run: u64,
    /// The number of the partnership in its world, from 0.
    pub partnership: u32,
}

impl Origin {
    /// The first partnership of a run.
    pub fn new(seed: u64, run: u64) -> Self {
        Origin { seed, run, partnership: 0 }
    }

    /// The run's random streams.
    pub fn streams(&self) -> Streams {
        Streams::new(self.seed, self.run, self.partnership)
    }
}

/// A setup that cannot found a partnership, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unfounded(
    /// The faults, one sentence each; never empty.
    pub Vec<String>,
);

impl fmt::Display for Unfounded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the setup cannot found a partnership: {}", self.0.join("; "))
    }
}

impl std::error::Error for Unfounded {}

impl Partnership {
    /// Founds a partnership and seats its first people.
    ///
    /// # Errors
    /// What [`Setup::check`] finds wrong.
    pub fn found(setup: impl Into<Arc<Setup>>, origin: Origin) -> Result<Self, Unfounded> {
        let setup: Arc<Setup> = setup.into();
        let faults = setup.check();
        if !faults.is_empty() {
            return Err(Unfounded(faults));
        }
        let empty = |plan: &SeatSetup| Seat {
            key: SeatKey::of(&plan.name),
            holders: 0,
            team: plan.team,
            vacant_since: None,
            person: None,
        };
        let mut partnership = Partnership {
            organizations: setup.organizations.iter().map(Organization::found).collect(),
            seats: setup.seats.iter().map(empty).collect(),
            observed: vec![Observed::default(); setup.seats.len() * setup.organizations.len()],
            last_occasion: vec![None; setup.interventions.len()],
            grants: setup.funding.grants.iter().map(Standing::of).collect(),
            setup,
            origin,
            month: 0,
            meetings: 0,
            ended: None,
            projects: Vec::new(),
            commitments: Vec::new(),
            ledger: Ledger::default(),
            projects_begun: 0,
            last_meeting: 0.0,
            promises: (0.0, 0.0),
        };
        for seat in 0..partnership.seats.len() {
            if let Some(profile) = partnership.setup.seats[seat].holder {
                let tenure = partnership.setup.profiles[profile].tenure;
                let tenure = tenure.min(f64::from(partnership.setup.calendar.age));
                partnership.seat_newcomer(seat, profile, 1 - tenure as i32);
            }
        }
        partnership.begin_first_projects();
        Ok(partnership)
    }

    /// The setup it runs under.
    pub fn setup(&self) -> &Setup {
        &self.setup
    }

    /// Seed, run and number.
    pub fn origin(&self) -> Origin {
        self.origin
    }

    /// The same state, to go on under another setup: a twin that forks here.
    ///
    /// Only what the setup says of months to come takes effect: its shocks, interventions,
    /// calendar and parameters. `None` if organizations, their roles or seats are others, or it has
    /// faults.
    pub fn fork(&self, setup: impl Into<Arc<Setup>>) -> Option<Self> {
        let setup: Arc<Setup> = setup.into();
        let roles = |setup: &Setup| -> Vec<usize> {
            setup.organizations.iter().map(|o| o.repertoire.roles().len()).collect()
        };
        let seats = |setup: &Setup| -> Vec<usize> {
            setup.seats.iter().map(|seat| seat.organization).collect()
        };
        let alike = roles(&setup) == roles(&self.setup)
            && seats(&setup) == seats(&self.setup)
            && setup.check().is_empty();
        // An intervention that goes on remembers its occasions.
        let last = |now: &Intervention| {
            let mut then = self.setup.interventions.iter().zip(&self.last_occasion);
            let same = then.find(|(then, _)| then.name == now.name && then.kind == now.kind);
            same.and_then(|(_, last)| *last)
        };
        let last_occasion = setup.interventions.iter().map(last).collect();
        // So does a grant that is the same.
        let standing = |now: &Grant| {
            let mut then = self.setup.funding.grants.iter().zip(&self.grants);
            let same = then.find(|(then, _)| *then == now);
            same.map_or(Standing::of(now), |(_, standing)| *standing)
        };
        let grants = setup.funding.grants.iter().map(standing).collect();
        alike.then(|| Partnership { setup, last_occasion, grants, ..self.clone() })
    }

    /// Lives one month under a theory, told to a watcher.
    pub fn month<T: Theory>(&mut self, theory: &T, watch: &mut dyn Watch) {
        month::live(self, theory, watch);
    }

    /// Lives until the horizon of the calendar.
    pub fn run<T: Theory>(&mut self, theory: &T, watch: &mut dyn Watch) {
        while self.month < self.setup.calendar.months {
            self.month(theory, watch);
        }
    }

    /// The person in a seat.
    pub fn person(&self, seat: usize) -> Option<&Person> {
        self.seats[seat].person.as_ref()
    }

    /// Everybody there is, with their seats.
    pub fn people(&self) -> impl Iterator<Item = (usize, &Person)> {
        self.seats.iter().enumerate().filter_map(|(i, seat)| Some((i, seat.person.as_ref()?)))
    }

    /// The members of the leadership team who are there, with their seats.
    pub fn team(&self) -> impl Iterator<Item = (usize, &Person)> {
        self.people().filter(|(seat, _)| self.seats[*seat].team)
    }

    /// Role clarity of some people in a mode of working: one minus the mean distance of what they
    /// expect of each organization from the mode; 1 when all expect just that.
    pub fn role_clarity(&self, mode: &[Mix], members: &[usize]) -> f64 {
        let (mut sum, mut count) = (0.0, 0u32);
        for person in members.iter().filter_map(|seat| self.person(*seat)) {
            for (o, view) in person.views.iter().enumerate() {
                let repertoire = &self.setup.organizations[o].repertoire;
                sum += repertoire.distance(&view.expectation, &mode[o]);
                count += 1;
            }
        }
        if count == 0 { 0.0 } else { 1.0 - sum / f64::from(count) }
    }

    /// Mean trust of some people in the other organizations.
    pub fn mean_trust(&self, members: &[usize]) -> f64 {
        let people = || members.iter().filter_map(|seat| self.person(*seat));
        let count = people().count();
        if count == 0 { 0.0 } else { people().map(Person::mean_trust).sum::<f64>() / count as f64 }
    }

    pub(super) fn streams(&self) -> Streams {
        self.origin.streams()
    }

    pub(super) fn now(&self) -> Moment {
        Moment { month: self.month, meeting: self.meetings }
    }

    pub(super) fn tell(&self, watch: &mut dyn Watch, event: Event) {
        watch.event(self.now(), &event);
    }

    /// Seats somebody from outside; their numbers depend on seat and holder alone.
    pub(super) fn seat_newcomer(&mut self, seat: usize, profile: usize, since: i32) {
        let plan = &self.setup.seats[seat];
        let holder = self.seats[seat].holders;
        let person = Person::arrive(
            &self.setup.profiles[profile],
            plan.status,
            plan.organization,
            since,
            &self.organizations,
            self.setup.parameters.learning.most_certainty,
            self.streams().at(Process::Person).seat(self.seats[seat].key).holder(holder),
        );
        let came = (self.month > 0).then_some(self.month);
        self.take_seat(seat, Person { came, ..person });
    }

    pub(super) fn take_seat(&mut self, seat: usize, person: Person) {
        let place = &mut self.seats[seat];
        place.holders += 1;
        place.vacant_since = None;
        place.person = Some(person);
    }
}
