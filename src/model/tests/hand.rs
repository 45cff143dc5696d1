//! A partnership small enough to work by hand, and what is needed to look at one.
//!
//! A district of five and a partner of two, who all hold the arrangement and hold it for what it
//! is: clarity and trust are full, everybody's word weighs the same, every role is familiar and
//! every act visible. A test changes what it is about and works out the rest on paper.

use crate::ids::{OrganizationId, ProfileId, RoleId, SeatId};
use crate::model::Partnership;
use crate::model::RunId;
use crate::model::Standard;
use crate::model::event::{Event, Moment, Watch};
use crate::model::rules::scene::{Room, Scene};
use crate::model::setup::{
    About, Calendar, Level, OrganizationSetup, Profile, SeatSetup, Setup, Start, StartFrom,
};
use crate::model::{Person, View};
use crate::parameters::Parameters;
use crate::roles::{Mix, Repertoire, Role};
use std::sync::Arc;

pub const DISTRICT: OrganizationId = OrganizationId(0);
pub const PARTNER: OrganizationId = OrganizationId(1);

/// Roles of the partner, by place; the district's are driver and client.
pub const RESEARCHER: RoleId = RoleId(0);
pub const PROVIDER: RoleId = RoleId(1);
pub const BROKER: RoleId = RoleId(2);
pub const VENDOR: RoleId = RoleId(3);

/// Seats, by place. The head and the office are not on the team.
pub const HEAD: SeatId = SeatId(0);
pub const DIRECTOR: SeatId = SeatId(1);
pub const SPECIALIST: SeatId = SeatId(2);
pub const ANALYST: SeatId = SeatId(3);
pub const LEAD: SeatId = SeatId(4);
pub const STAFF: SeatId = SeatId(5);
pub const OFFICE: SeatId = SeatId(6);

/// Everybody on the team.
pub const TEAM: [SeatId; 5] = [DIRECTOR, SPECIALIST, ANALYST, LEAD, STAFF];

/// The profile of those there from the start, and of those who follow.
pub const MEMBER: ProfileId = ProfileId(0);
pub const NEWCOMER: ProfileId = ProfileId(1);

/// A mix from its shares.
pub fn mix(shares: &[f64]) -> Mix {
    Mix::from_shares(shares).expect("shares of a mix")
}

/// Whether two numbers agree but for rounding.
#[track_caller]
pub fn assert_close(found: f64, expected: f64) {
    assert!((found - expected).abs() < 1e-12, "found {found}, expected {expected}");
}

/// Whether a mix has these shares but for rounding, and nothing else.
#[track_caller]
pub fn assert_mix(found: &Mix, expected: &[f64]) {
    for (role, share) in found.shares().iter().enumerate() {
        let expected = expected.get(role).copied().unwrap_or(0.0);
        assert!((share - expected).abs() < 1e-12, "role {role} of {found:?}: not {expected}");
    }
}

/// Whether a share of `n` trials is `p` within five standard errors.
#[track_caller]
pub fn assert_frequency(count: usize, n: usize, p: f64) {
    let (found, error) = (count as f64 / n as f64, libm::sqrt(p * (1.0 - p) / n as f64));
    assert!((found - p).abs() <= 5.0 * error, "found {found}, expected {p} ± {error}");
}

fn organization(name: &str, roles: &[&str], works_for: &[OrganizationId]) -> OrganizationSetup {
    let role = |name: &&str| Role {
        name: (*name).into(),
        familiarity: 1.0,
        visibility: 1.0,
        publishable: 0.0,
        counted: true,
    };
    let repertoire = Repertoire::new(roles.iter().map(role).collect()).expect("a repertoire");
    let halves = mix(&[0.5, 0.5]);
    OrganizationSetup {
        name: name.into(),
        repertoire,
        works_for: works_for.to_vec(),
        identity: halves,
        agreed: halves,
        enacted: halves,
        endurance: 1.0,
        capacity: 1.0,
        incentive: 0.0,
        tenure_track: 0.0,
        urgency: 0.0,
        reserve: 0.0,
        independence: 0.0,
        priorities: vec![None; 2],
    }
}

fn profile(name: &str, trust: f64, certainty: f64) -> Profile {
    let agreed = || Start { from: StartFrom::Agreed, weight: 1.0, scatter: 0.0 };
    let about = || About { expectation: agreed(), conception: agreed(), certainty };
    Profile {
        name: name.into(),
        trust,
        status: None,
        retention: None,
        tenure: 0.0,
        about: vec![about(), about()],
    }
}

fn seat(name: &str, organization: OrganizationId, level: Level, team: bool) -> SeatSetup {
    SeatSetup {
        name: name.into(),
        organization,
        level,
        team,
        head: level == Level::Cabinet,
        status: 1.0,
        attendance: None,
        salary: 0.0,
        holder: Some(MEMBER),
        successor: NEWCOMER,
    }
}

/// The small world. Who is there trusts fully and has a certainty of 30; who follows trusts
/// halfway and is quite uncertain (0).
pub fn setup() -> Setup {
    Setup {
        parameters: hand_parameters(),
        calendar: Calendar {
            months: 12,
            meetings_per_month: 1,
            pauses: vec![],
            first_month: 1,
            age: 0,
        },
        organizations: vec![
            organization("district", &["driver", "client"], &[]),
            organization("partner", &["researcher", "provider", "broker", "vendor"], &[DISTRICT]),
        ],
        seats: vec![
            seat("head", DISTRICT, Level::Cabinet, false),
            seat("director", DISTRICT, Level::Director, true),
            seat("specialist", DISTRICT, Level::Specialist, true),
            seat("analyst", DISTRICT, Level::Specialist, true),
            seat("lead", PARTNER, Level::Lead, true),
            seat("staff", PARTNER, Level::Staff, true),
            seat("office", DISTRICT, Level::Specialist, false),
        ],
        profiles: vec![profile("member", 1.0, 30.0), profile("newcomer", 0.5, 0.0)],
        shocks: vec![],
        interventions: vec![],
        funding: Default::default(),
    }
}

/// Numbers that are easy to work with by hand, whatever the defaults are.
fn hand_parameters() -> Parameters {
    let mut p = Parameters::default();
    (p.settlement.demand, p.settlement.quorum, p.settlement.ripeness) = (0.5, 0.69, 1.5);
    (p.settlement.evidence, p.settlement.trust, p.settlement.open_most) = (5.7, 0.3, 0.15);
    (p.work.effort, p.work.act_evidence, p.work.exposure) = (8.0, 0.9, 0.3);
    (p.agenda.threshold, p.agenda.softness, p.agenda.newness) = (0.69, 0.2, 1.29);
    (p.learning.talk, p.learning.half_certainty, p.learning.retention) = (0.55, 10.0, 0.985);
    p.settlement.open_memory = 0.7;
    (p.learning.in_group, p.discourse.heard, p.trust.personal) = (0.8, 0.2, 0.5);
    p
}

/// The small world in which nothing that people hold ever changes.
pub fn frozen() -> Setup {
    let mut setup = setup();
    let p = &mut setup.parameters;
    (p.learning.talk, p.learning.retention) = (0.0, 1.0);
    (p.discourse.heard, p.work.act_evidence, p.ties.evidence) = (0.0, 0.0, 0.0);
    (p.settlement.demand, p.settlement.open_most, p.identity.follow) = (0.0, 0.0, 0.0);
    p.trust.gain = 0.0;
    setup
}

/// A setup whose plan is easy to work: a month can bring 6 units of work and 3 are promised, one
/// to each of three projects of 6 units with three milestones.
pub fn planned() -> Setup {
    let mut setup = setup();
    let p = &mut setup.parameters;
    (p.meeting.fewest_episodes, p.meeting.mean_episodes, p.meeting.most_episodes) = (5.0, 5.0, 5.0);
    (p.agenda.other_business, p.work.between, p.work.planned_pace) = (0.0, 1.0, 0.5);
    (p.work.effort, p.work.projects, p.work.milestones) = (6.0, 3.0, 3.0);
    setup
}

/// The small world with a third organization, of one role, that works for the district; its only seat,
/// on the team, is the last.
pub fn with_a_network(mut setup: Setup) -> Setup {
    setup.organizations.push(organization("network", &["convener"], &[DISTRICT]));
    setup.organizations[2].identity = Mix::pure(RoleId(0));
    setup.organizations[2].agreed = Mix::pure(RoleId(0));
    setup.organizations[2].enacted = Mix::pure(RoleId(0));
    setup.organizations.iter_mut().for_each(|o| o.priorities = vec![None; 3]);
    for profile in &mut setup.profiles {
        profile.about.push(profile.about[DISTRICT].clone());
    }
    setup.seats.push(seat("convener", OrganizationId(2), Level::Staff, true));
    setup
}

/// A partnership founded from a setup.
pub fn found(setup: Setup) -> Partnership {
    run_number(setup, 1)
}

/// A partnership founded from a setup, in a run of its own.
pub fn run_number(setup: Setup, run: u64) -> Partnership {
    Partnership::new(setup, RunId::new(20, run)).expect("a sound setup")
}

/// Who holds a seat.
pub fn holder(p: &mut Partnership, seat: SeatId) -> &mut Person {
    p.seats[seat].person.as_mut().expect("somebody")
}

/// What the holder of a seat holds about an organization.
pub fn view(p: &mut Partnership, seat: SeatId, about: OrganizationId) -> &mut View {
    &mut holder(p, seat).views[about]
}

/// A room with these people in it, their status scaled to a mean of 1.
pub fn room(p: &Partnership, present: &[SeatId]) -> Room {
    let own = |seat: SeatId| p.person(seat).expect("somebody").status;
    let mean = present.iter().map(|seat| own(*seat)).sum::<f64>() / present.len() as f64;
    let mut status = vec![0.0; p.seats.len()];
    present.iter().for_each(|seat| status[*seat] = own(*seat) / mean);
    let defers = vec![Default::default(); p.organizations.len()];
    Room { present: present.to_vec(), voice: status.clone(), status, defers }
}

/// What a rule does to a partnership under a theory, watched.
pub fn in_scene<T, R>(
    p: &mut Partnership,
    theory: &T,
    watch: &mut dyn Watch,
    rule: impl FnOnce(&mut Scene<T>) -> R,
) -> R {
    let setup = &*Arc::clone(&p.setup);
    rule(&mut Scene { p, setup, theory, watch })
}

/// What a rule does to a partnership under the standard theory.
pub fn apply<R>(p: &mut Partnership, rule: impl FnOnce(&mut Scene<Standard>) -> R) -> R {
    in_scene(p, &Standard, &mut (), rule)
}

/// The same, with the events that it tells.
pub fn watched<R>(
    p: &mut Partnership,
    log: &mut Log,
    rule: impl FnOnce(&mut Scene<Standard>) -> R,
) -> R {
    in_scene(p, &Standard, log, rule)
}

/// Keeps every event.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Log(pub Vec<(Moment, Event)>);

impl Watch for Log {
    fn event(&mut self, at: Moment, event: &Event) {
        self.0.push((at, event.clone()));
    }
}

impl Log {
    /// The events alone.
    pub fn events(&self) -> impl Iterator<Item = &Event> {
        self.0.iter().map(|(_, event)| event)
    }
}
