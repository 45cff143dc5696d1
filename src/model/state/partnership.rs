//! A partnership: organizations, seats and the people in them, and the work in progress.

use super::observed::Observed;
use super::organization::Organization;
use super::person::{Brought, Person};
use super::prepared::Prepared;
use super::project::{Commitment, Ledger, Project};
use super::refused::{Unforkable, Unfounded, Unlivable};
use super::run_id::RunId;
use super::standing::Standing;
use crate::ids::{InterventionId, Month, OrganizationId, ProfileId, SeatId, read_by};
use crate::model::setup::{Grant, Intervention, SeatSetup, Setup};
use crate::roles::Mix;
use crate::streams::{Draw, Process, SeatKey, Streams};
use serde::{Deserialize, Serialize};
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
    pub vacant_since: Option<Month>,
    /// Who holds it; none: vacant.
    pub person: Option<Person>,
}

macro_rules! state {
    ($(#[$doc:meta])* pub struct Partnership { $($(#[$about:meta])* $field:ident: $Type:ty,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        #[serde(try_from = "Written")]
        pub struct Partnership {
            $($(#[$about])* pub(in crate::model) $field: $Type,)+
            /// Somebody was given leave to change it, and it was not checked since.
            #[serde(skip)]
            pub(in crate::model) touched: bool,
        }

        /// A partnership as it stands in a file, not yet checked.
        #[derive(Deserialize)]
        struct Written {
            $($field: $Type,)+
        }

        impl TryFrom<Written> for Partnership {
            type Error = Unlivable;

            fn try_from(written: Written) -> Result<Self, Unlivable> {
                let partnership = Partnership { $($field: written.$field,)+ touched: false };
                match partnership.unsound() {
                    Some(what) => Err(Unlivable::State { what, month: partnership.month }),
                    None => Ok(partnership),
                }
            }
        }
    };
}

state! {
    /// The state of one partnership at the end of a month.
    ///
    /// Cloning it and running both copies on gives the same months; running one of them under
    /// another setup ([`Partnership::fork`]) gives a twin.
    pub struct Partnership {
        setup: Arc<Prepared>,
        origin: RunId,
        month: Month,
        meetings: u32,
        ended: Option<Month>,
        organizations: Vec<Organization>,
        seats: Vec<Seat>,
        projects: Vec<Project>,
        commitments: Vec<Commitment>,
        ledger: Ledger,
        projects_begun: u32,
        /// By intervention: the month of its last occasion.
        last_occasion: Vec<Option<Month>>,
        /// By grant: its months, or those of the one that follows it.
        grants: Vec<Standing>,
        last_meeting: f64,
        observed: Vec<Observed>,
        /// Promised milestones of this month: kept, and kept or missed.
        promises: (f64, f64),
    }
}

impl Partnership {
    /// Founds a partnership and seats its first people.
    ///
    /// # Errors
    /// What [`Setup::check`] finds wrong.
    pub fn new(setup: impl Into<Arc<Setup>>, origin: RunId) -> Result<Self, Unfounded> {
        Ok(Partnership::found(Arc::new(Prepared::of(setup)?), origin))
    }

    /// Founds a partnership from a setup that was checked, and seats its first people.
    pub fn found(setup: Arc<Prepared>, origin: RunId) -> Self {
        let empty = |(plan, key): (&SeatSetup, SeatKey)| Seat {
            key,
            holders: 0,
            team: plan.team,
            vacant_since: None,
            person: None,
        };
        let projects = setup.parameters.work.projects as u32;
        let mut partnership = Partnership {
            organizations: setup.organizations.iter().map(Organization::new).collect(),
            seats: setup.seats.iter().zip(setup.keys()).map(empty).collect(),
            observed: vec![Observed::default(); setup.seats.len() * setup.organizations.len()],
            last_occasion: vec![None; setup.interventions.len()],
            grants: setup.funding.grants.iter().map(Standing::of).collect(),
            origin,
            month: Month(0),
            meetings: 0,
            ended: None,
            projects: (0..projects).map(|number| Project::under_way(number, &setup)).collect(),
            commitments: Vec::new(),
            ledger: Ledger::default(),
            projects_begun: projects,
            last_meeting: 0.0,
            promises: (0.0, 0.0),
            touched: false,
            setup,
        };
        for seat in partnership.setup.seat_ids() {
            if let Some(profile) = partnership.setup.seats[seat].holder {
                let tenure = partnership.setup.profiles[profile].tenure;
                let together = tenure.min(f64::from(partnership.setup.calendar.age));
                partnership.seat_newcomer(seat, profile, 1 - together as i32);
                if together < tenure {
                    partnership.make_less_acquainted(seat, together / tenure);
                }
            }
        }
        partnership
    }

    /// The setup it runs under.
    pub fn setup(&self) -> &Setup {
        &self.setup
    }

    /// Seed, run and number.
    pub fn origin(&self) -> RunId {
        self.origin
    }

    /// The last complete month; month 0 at the start.
    pub fn last_month(&self) -> Month {
        self.month
    }

    /// Meetings held so far.
    pub fn meetings(&self) -> u32 {
        self.meetings
    }

    /// The month in which it ended, if it did. That month was still lived.
    pub fn ended(&self) -> Option<Month> {
        self.ended
    }

    /// Whether the last complete month was lived: it had not ended before.
    pub fn lived(&self) -> bool {
        self.ended.is_none_or(|ended| ended >= self.month)
    }

    /// The organizations, in the order of the setup.
    pub fn organizations(&self) -> &[Organization] {
        &self.organizations
    }

    /// The organizations, to be changed by a theory of one's own
    /// ([`close_month`](crate::model::Theory::close_month)). What is left is checked before the partnership goes on.
    pub fn organizations_mut(&mut self) -> &mut [Organization] {
        self.touched = true;
        &mut self.organizations
    }

    /// The seats, in the order of the setup.
    pub fn seats(&self) -> &[Seat] {
        &self.seats
    }

    /// Running projects.
    pub fn projects(&self) -> &[Project] {
        &self.projects
    }

    /// Accepted requests in progress.
    pub fn commitments(&self) -> &[Commitment] {
        &self.commitments
    }

    /// Work done and work kept from being done.
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// The same state, to go on under another setup: a twin that forks here.
    ///
    /// What the setup says of months to come takes effect: its shocks, interventions, calendar and
    /// parameters.
    ///
    /// # Errors
    /// If the setup has faults, organizations, their roles or seats are others, its calendar ends
    /// before now, or it changes what takes effect at the founding alone.
    pub fn fork(&self, setup: impl Into<Arc<Setup>>) -> Result<Self, Unforkable> {
        let setup = Prepared::of(setup).map_err(|why| Unforkable::Faults(why.0))?;
        self.can_go_on_under(&setup)?;
        Ok(self.going_on_under(Arc::new(setup)))
    }

    /// The same state under a setup that it can go on under.
    pub(crate) fn going_on_under(&self, setup: Arc<Prepared>) -> Self {
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
        Partnership { setup, last_occasion, grants, ..self.clone() }
    }

    /// The person in a seat; none if it is vacant, or there is no such seat.
    pub fn person(&self, seat: SeatId) -> Option<&Person> {
        self.seats.get(seat.0)?.person.as_ref()
    }

    /// The person in a seat, to be changed by a theory of one's own ([`close_month`](crate::model::Theory::close_month)). What
    /// is left is checked before the partnership goes on.
    pub fn person_mut(&mut self, seat: SeatId) -> Option<&mut Person> {
        self.touched = true;
        self.seats.get_mut(seat.0)?.person.as_mut()
    }

    /// Everybody there is, with their seats.
    pub fn people(&self) -> impl Iterator<Item = (SeatId, &Person)> {
        SeatId::each(&self.seats).filter_map(|(id, seat)| Some((id, seat.person.as_ref()?)))
    }

    /// The members of the leadership team who are there, with their seats.
    pub fn team(&self) -> impl Iterator<Item = (SeatId, &Person)> {
        self.people().filter(|(seat, _)| self.seats[*seat].team)
    }

    /// Role clarity of some people in a mode of working: one minus the mean distance of what they
    /// expect of each organization from the mode; 1 when all expect just that. Vacant seats, and
    /// organizations that the mode says nothing of, do not count.
    pub fn role_clarity(&self, mode: &[Mix], members: &[SeatId]) -> f64 {
        let (mut sum, mut count) = (0.0, 0u32);
        for person in members.iter().filter_map(|seat| self.person(*seat)) {
            for ((view, mode), plan) in person.views.iter().zip(mode).zip(&self.setup.organizations)
            {
                sum += plan.repertoire.distance(&view.expectation, mode);
                count += 1;
            }
        }
        if count == 0 { 0.0 } else { 1.0 - sum / f64::from(count) }
    }

    /// Mean trust of some people in the other organizations.
    pub fn mean_trust(&self, members: &[SeatId]) -> f64 {
        let people = || members.iter().filter_map(|seat| self.person(*seat));
        let count = people().count();
        if count == 0 { 0.0 } else { people().map(Person::mean_trust).sum::<f64>() / count as f64 }
    }

    pub(in crate::model) fn streams(&self) -> Streams {
        self.origin.streams()
    }

    /// The address of this month's decisions of a process.
    pub(in crate::model) fn at(&self, process: Process) -> Draw {
        self.streams().at(process).month(self.month.0)
    }

    /// The address of this month's decision of a process about a seat.
    pub(in crate::model) fn at_seat(&self, process: Process, seat: SeatId) -> Draw {
        self.at(process).seat(self.seats[seat].key)
    }

    /// Everybody there is, to be changed by a rule.
    pub(in crate::model) fn people_mut(&mut self) -> impl Iterator<Item = &mut Person> {
        self.seats.iter_mut().filter_map(|seat| seat.person.as_mut())
    }

    /// The members of an organization, to be changed by a rule.
    pub(in crate::model) fn members_mut(
        &mut self,
        organization: OrganizationId,
    ) -> impl Iterator<Item = &mut Person> {
        self.people_mut().filter(move |person| person.is_insider(organization))
    }

    /// Seats somebody from outside; their numbers depend on seat and holder alone.
    pub(in crate::model) fn seat_newcomer(&mut self, seat: SeatId, profile: ProfileId, since: i32) {
        let plan = &self.setup.seats[seat];
        let holder = self.seats[seat].holders;
        let at = self.streams().at(Process::Person).seat(self.seats[seat].key).holder(holder);
        let kind = &self.setup.profiles[profile];
        let person = match self.month {
            Month(0) => {
                let brought = self.setup.brought(profile);
                Person::arrive(&self.setup, plan, kind, since, brought, at)
            }
            month => {
                let brought = Brought::of(kind, &self.organizations);
                let person = Person::arrive(&self.setup, plan, kind, since, &brought, at);
                Person { came: Some(month), ..person }
            }
        };
        self.take_seat(seat, person);
    }

    /// What a profile says holds for people of its tenure. Where the partnership is younger, they
    /// have come only this part of the way from its first day.
    fn make_less_acquainted(&mut self, seat: SeatId, part: f64) {
        let launch = &self.setup.parameters.launch;
        let Some(person) = &mut self.seats[seat].person else { return };
        let home = person.organization;
        for (_, view) in person.views.iter_mut().enumerate().filter(|(o, _)| *o != home.0) {
            let (certainty, trust) =
                (launch.certainty.min(view.certainty), launch.trust.min(view.trust));
            view.certainty = certainty + part * (view.certainty - certainty);
            view.trust = trust + part * (view.trust - trust);
        }
    }

    pub(in crate::model) fn take_seat(&mut self, seat: SeatId, person: Person) {
        let place = &mut self.seats[seat];
        place.holders += 1;
        place.vacant_since = None;
        place.person = Some(person);
    }
}

read_by!(SeatId: Seat);
read_by!(InterventionId: Option<Month>);
