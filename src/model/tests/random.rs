//! Random worlds: whatever a setup may say, a partnership lives by the laws.

use super::hand::Log;
use super::laws::{Possible, unsound};
use crate::ids::{Month, OrganizationId, ProfileId, RoleId, SeatId};
use crate::model::Partnership;
use crate::model::RunId;
use crate::model::rivals::{Live, Shipped};
use crate::model::setup::{
    About, Calendar, Cost, Funding, Grant, Intervention, InterventionKind, Level,
    OrganizationSetup, Profile, Purpose, SeatSetup, Setup, Shock, ShockKind, Start, StartFrom,
};
use crate::parameters::{Parameters, TABLE};
use crate::roles::{MAX_ROLES, Mix, Repertoire, Role};
use crate::streams::{Process, Stream, Streams};
use rayon::prelude::*;

/// A source of arbitrary numbers, the same in every run of the tests.
pub struct Any(Stream);

impl Any {
    pub fn world(number: u64) -> Any {
        Any(Streams::new(2026, number, 0).at(Process::Number).open())
    }

    fn unit(&mut self) -> f64 {
        self.0.uniform()
    }

    pub fn chance(&mut self, p: f64) -> bool {
        self.unit() < p
    }

    /// One of so many places, from 0.
    pub fn below(&mut self, count: usize) -> usize {
        (self.unit() * count as f64) as usize
    }

    /// A number of a range; its ends are likely, and so are small ones.
    fn within(&mut self, low: f64, high: f64) -> f64 {
        match self.below(10) {
            0 => low,
            1 => high,
            2..6 => low + (high - low) * self.unit(),
            _ => {
                let square = self.unit() * self.unit();
                low + (high - low) * square * square
            }
        }
    }

    fn share(&mut self) -> f64 {
        self.within(0.0, 1.0)
    }

    fn mix(&mut self, roles: usize) -> Mix {
        let mut weights = [0.0; MAX_ROLES];
        for weight in &mut weights[..roles] {
            *weight = if self.chance(0.3) { 0.0 } else { self.unit() };
        }
        Mix::in_proportion(weights).unwrap_or(Mix::pure(RoleId(self.below(roles))))
    }

    /// Every row of the table within its range; then what rules out others gives way.
    fn parameters(&mut self) -> Parameters {
        let mut parameters = Parameters::default();
        for row in TABLE {
            let value = match self.chance(0.3) {
                true => row.default,
                false => self.within(row.low, row.high),
            };
            *parameters.get_mut(row.key).expect("a row") =
                if row.whole { value.round() } else { value };
        }
        let p = &mut parameters;
        let d = &mut p.discourse;
        let kinds = d.question + d.history + d.comparison + d.metaphor;
        for kind in [&mut d.question, &mut d.history, &mut d.comparison, &mut d.metaphor] {
            *kind /= kinds.max(1.0);
        }
        p.trust.asymmetry = p.trust.asymmetry.min(0.99 / p.trust.gain);
        if self.chance(0.5) {
            p.benefit.renewal_every = (1 + self.below(3)) as f64;
        }
        // A hundred episodes a meeting try nothing that twenty do not.
        p.meeting.fewest_episodes = (1 + self.below(12)) as f64;
        p.meeting.most_episodes = p.meeting.fewest_episodes + self.below(8) as f64;
        p.meeting.mean_episodes = self.within(p.meeting.fewest_episodes, p.meeting.most_episodes);
        parameters
    }

    fn repertoire(&mut self) -> Repertoire {
        let count = 1 + self.below(MAX_ROLES);
        let role = |number: usize| Role {
            name: format!("role {number}"),
            familiarity: self.share(),
            visibility: self.share(),
            publishable: self.share(),
            counted: self.chance(0.8),
        };
        let repertoire = Repertoire::new((0..count).map(role).collect()).expect("roles");
        if count < 2 || self.chance(0.7) {
            return repertoire;
        }
        repertoire.with_similarity(&[(RoleId(0), RoleId(1), self.share())]).expect("a pair")
    }

    fn organizations(&mut self) -> Vec<OrganizationSetup> {
        let count = 2 + self.below(3);
        let repertoires: Vec<Repertoire> = (0..count).map(|_| self.repertoire()).collect();
        let roles: Vec<usize> = repertoires.iter().map(|r| r.roles().len()).collect();
        let organization = |(place, repertoire): (usize, Repertoire)| OrganizationSetup {
            name: format!("organization {place}"),
            repertoire,
            works_for: (0..count)
                .filter(|o| *o != place && self.chance(0.4))
                .map(OrganizationId)
                .collect(),
            identity: self.mix(roles[place]),
            agreed: self.mix(roles[place]),
            enacted: self.mix(roles[place]),
            endurance: self.share(),
            capacity: self.within(0.0, 2.0),
            incentive: self.share(),
            tenure_track: self.share(),
            urgency: self.share(),
            reserve: if self.chance(0.2) { self.within(0.0, 50.0) } else { 0.0 },
            independence: self.share(),
            priorities: roles.iter().map(|n| self.chance(0.5).then(|| self.mix(*n))).collect(),
        };
        let mut organizations: Vec<OrganizationSetup> =
            repertoires.into_iter().enumerate().map(organization).collect();
        // Among three or more, nobody stands alone.
        for (place, organization) in organizations.iter_mut().enumerate() {
            if count > 2 && organization.works_for.is_empty() {
                organization.works_for.push(OrganizationId((place + 1) % count));
            }
        }
        organizations
    }

    fn start(&mut self, roles: usize) -> Start {
        let from = match self.below(6) {
            0 => StartFrom::Agreed,
            1 => StartFrom::Identity,
            2 => StartFrom::Enacted,
            _ => StartFrom::Mix(self.mix(roles)),
        };
        Start { from, weight: self.share(), scatter: self.share() }
    }

    fn profile(&mut self, number: usize, organizations: &[OrganizationSetup]) -> Profile {
        let about = |o: &OrganizationSetup| {
            let roles = o.repertoire.roles().len();
            let (expectation, conception) = (self.start(roles), self.start(roles));
            About { expectation, conception, certainty: self.within(0.0, 100.0) }
        };
        Profile {
            about: organizations.iter().map(about).collect(),
            name: format!("profile {number}"),
            trust: self.share(),
            status: self.chance(0.3).then(|| self.unit() * 4.0),
            retention: self.chance(0.3).then(|| self.share()),
            tenure: self.within(0.0, 60.0).round(),
        }
    }

    /// A seat; the first ones give every organization one.
    fn seat(&mut self, number: usize, organizations: usize, profiles: usize) -> SeatSetup {
        SeatSetup {
            name: format!("seat {number}"),
            organization: if number < organizations {
                OrganizationId(number)
            } else {
                OrganizationId(self.below(organizations))
            },
            level: Level::ALL[self.below(5)],
            team: self.chance(0.7),
            head: self.chance(0.2),
            status: self.unit() * 4.0,
            attendance: self.chance(0.3).then(|| self.share()),
            salary: if self.chance(0.3) { self.within(0.0, 10.0) } else { 0.0 },
            holder: self.chance(0.8).then(|| ProfileId(self.below(profiles))),
            successor: ProfileId(self.below(profiles)),
        }
    }

    fn shock(&mut self, setup: &Setup) -> Shock {
        let (seats, organizations) = (setup.seats.len(), setup.organizations.len());
        let kind = match self.below(4) {
            0 => ShockKind::Leave { seat: SeatId(self.below(seats)) },
            1 => ShockKind::Counterpart {
                leave: vec![SeatId(self.below(seats)), SeatId(self.below(seats))],
                join: vec![SeatId(self.below(seats))],
            },
            2 => {
                let about = self.below(organizations);
                ShockKind::Policy {
                    organization: OrganizationId(self.below(organizations)),
                    about: OrganizationId(about),
                    priorities: self.mix(setup.organizations[about].repertoire.roles().len()),
                    step: self.share(),
                }
            }
            _ => ShockKind::Arrive {
                seat: SeatId(self.below(seats)),
                profile: ProfileId(self.below(setup.profiles.len())),
            },
        };
        Shock {
            name: format!("shock {}", setup.shocks.len()),
            month: Month(1 + self.below(setup.calendar.months as usize) as u32),
            kind,
        }
    }

    fn intervention(&mut self, kind: InterventionKind) -> Intervention {
        let from = 1 + self.below(6) as u32;
        let cost = Cost {
            staff: self.share(),
            agenda: self.share(),
            once: self.within(0.0, 1e4),
            month: self.within(0.0, 1e4),
            year: self.within(0.0, 1e4),
            occasion: self.within(0.0, 1e4),
        };
        Intervention {
            name: kind.word().into(),
            kind,
            from: Month(from),
            until: Month(from + self.below(6) as u32),
            cost,
        }
    }

    fn grant(&mut self, number: usize, organizations: usize) -> Grant {
        let (one, other) = (self.below(organizations), self.below(organizations));
        let share = self.share();
        Grant {
            name: format!("grant {number}"),
            from: Month(1) + self.below(4) as u32,
            months: 1 + self.below(3) as u32,
            amount: self.within(0.0, 60.0),
            payees: vec![(OrganizationId(one), share), (OrganizationId(other), 1.0 - share)],
            purpose: Purpose::ALL[self.below(Purpose::ALL.len())],
            alignment: self.share(),
            renewal: self.share(),
            gap: self.below(3) as u32,
            exclusive: false,
            on_award: self.chance(0.1),
        }
    }

    pub fn setup(&mut self) -> Setup {
        let parameters = self.parameters();
        let organizations = self.organizations();
        let profiles: Vec<Profile> =
            (0..1 + self.below(4)).map(|n| self.profile(n, &organizations)).collect();
        let seats = (0..organizations.len() + self.below(10))
            .map(|n| self.seat(n, organizations.len(), profiles.len()))
            .collect();
        let calendar = Calendar {
            months: 3 + self.below(4) as u32,
            meetings_per_month: 1 + self.below(3) as u32,
            pauses: (1..=12).filter(|_| self.chance(0.1)).collect(),
            first_month: 1 + self.below(12) as u32,
            age: self.below(100) as u32,
        };
        let calendar = match calendar.meetings() {
            0 => Calendar { pauses: Vec::new(), ..calendar },
            _ => calendar,
        };
        let mut setup = Setup {
            parameters,
            calendar,
            organizations,
            seats,
            profiles,
            shocks: Vec::new(),
            interventions: Vec::new(),
            funding: Funding::default(),
        };
        setup.funding.upkeep = if self.chance(0.5) { self.within(0.0, 5.0) } else { 0.0 };
        setup.funding.meeting = if self.chance(0.5) { self.within(0.0, 5.0) } else { 0.0 };
        for number in 0..self.below(4) {
            let grant = self.grant(number, setup.organizations.len());
            setup.funding.grants.push(grant);
        }
        for _ in 0..self.below(4) {
            let shock = self.shock(&setup);
            setup.shocks.push(shock);
        }
        for kind in InterventionKind::ALL {
            if self.chance(0.3) {
                setup.interventions.push(self.intervention(*kind));
            }
        }
        setup
    }
}

/// What went wrong in a random world, if anything did.
fn live_through(number: u64) -> Vec<String> {
    let setup = Any::world(number).setup();
    assert_eq!(setup.check(), []);
    let months = setup.calendar.months;
    let theory = Shipped::ALL[number as usize % Shipped::ALL.len()];
    let mut p = Partnership::new(setup, RunId::new(15, number)).expect("it was checked");
    let mut faults = unsound(&p);
    let mut possible = Possible::default();
    while p.month < Month(months) {
        let alive = p.ended.is_none();
        let mut log = Log::default();
        theory.live(&mut p, &mut log).expect("a month");
        log.0.iter().for_each(|(at, event)| possible.event(&p, *at, event));
        faults.extend(unsound(&p));
        if alive && !possible.accounted_for(&p) {
            faults.push(format!("month {}: the ledger does not add up", p.month));
        }
    }
    faults.into_iter().map(|fault| format!("world {number}, {}: {fault}", theory.word())).collect()
}

#[test]
fn ten_thousand_random_worlds_live_by_the_laws() {
    let faults: Vec<String> = (0..10_000).into_par_iter().flat_map_iter(live_through).collect();
    assert!(
        faults.is_empty(),
        "{} faults, among them {:#?}",
        faults.len(),
        &faults[..faults.len().min(5)]
    );
}

#[test]
fn random_worlds_reach_every_part_of_the_model() {
    use crate::model::Event;
    let mut reached = [0; 17];
    for number in 0..1200 {
        let setup = Any::world(number).setup();
        let mut p = Partnership::new(setup, RunId::new(15, number)).expect("it was checked");
        let mut log = Log::default();
        Shipped::Standard.run_to_horizon(&mut p, &mut log).expect("a month");
        for event in log.events() {
            let place = match event {
                Event::Shock { .. } => 0,
                Event::Departure { .. } => 1,
                Event::Arrival { moved_from: None, .. } => 2,
                Event::Arrival { .. } => 3,
                Event::NoMeeting => 4,
                Event::Refusal { .. } => 5,
                Event::Settlement { .. } => 6,
                Event::ProjectDone { .. } => 7,
                Event::Request { accepted: true, .. } => 8,
                Event::Breach { .. } => 9,
                Event::Renewed => 10,
                Event::Ended { .. } => 11,
                Event::Occasion { .. } => 12,
                Event::Withheld { .. } => 13,
                Event::GrantBegan { .. } => 14,
                Event::GrantEnded { .. } => 15,
                Event::Unpaid { .. } => 16,
                _ => continue,
            };
            reached[place] += 1;
        }
    }
    assert!(reached.iter().all(|times| *times >= 10), "{reached:?}");
}
