//! Laws: what holds in every world, at every moment.

use super::hand::Log;
use super::worlds::{founded, varied};
use crate::ids::{Meeting, Month, OrganizationId};
use crate::model::Ledger;
use crate::model::Organization;
use crate::model::RunId;
use crate::model::event::{Episode, Event, Moment, Topic, Watch};
use crate::model::rivals::Live;
use crate::model::setup::SeatSetup;
use crate::model::{Partnership, Seat};
use crate::roles::Mix;
use crate::streams::Process;
use rayon::prelude::*;

/// What a state breaks, in words; nothing if it is sound.
pub fn unsound(p: &Partnership) -> Vec<String> {
    let mut faults = Vec::new();
    let mut hold = |law: bool, what: &str| {
        if !law {
            faults.push(format!("month {}: {what}", p.month));
        }
    };
    let on_simplex = |mix: &Mix, organization: OrganizationId| {
        let roles = p.setup().organizations[organization].repertoire.roles().len();
        let sum: f64 = mix.shares().iter().sum();
        (sum - 1.0).abs() < 1e-9
            && mix.shares().iter().all(|share| *share >= 0.0)
            && mix.shares()[roles..].iter().all(|share| *share == 0.0)
    };
    let parameters = &p.setup().parameters;
    let organization = |o: &Organization, place| {
        [o.identity, o.agreed, o.enacted].iter().all(|mix| on_simplex(mix, place))
            && (0.0..=parameters.settlement.open_most + 1e-12).contains(&o.open_question)
            && (0.0..=1.0).contains(&o.goodwill)
            && o.benefit.is_finite()
            && o.gained >= -1e-12
            && o.gained.is_finite()
    };
    for (place, o) in p.organizations.iter().enumerate() {
        hold(organization(o, OrganizationId(place)), "an organization is out of bounds");
    }
    for (seat, person) in p.people() {
        let home = person.organization;
        hold(home == p.setup().seats[seat].organization, "somebody sits in another's house");
        hold(on_simplex(&person.heard, home), "a heard image left the simplex");
        hold((0.0..=1.0).contains(&person.retention), "a retention out of bounds");
        for (about, view) in person.views.iter().enumerate() {
            hold(
                on_simplex(&view.expectation, OrganizationId(about)),
                "an expectation left the simplex",
            );
            hold(
                on_simplex(&view.conception, OrganizationId(about)),
                "a conception left the simplex",
            );
            hold((-1e-12..=1.0 + 1e-12).contains(&view.trust), "trust is out of bounds");
            hold((0.0..f64::INFINITY).contains(&view.certainty), "certainty is out of bounds");
        }
    }
    hold(p.projects.len() == parameters.work.projects as usize, "projects are missing");
    for project in &p.projects {
        let modes = project.mode.iter().enumerate();
        hold(
            modes.clone().all(|(o, mode)| on_simplex(mode, OrganizationId(o))),
            "a mode left the simplex",
        );
        hold(project.done.is_finite() && project.done >= -1e-12, "a project is undone");
        let most = parameters.work.milestones as u32;
        hold(project.reached <= most && project.due <= most, "too many milestones");
    }
    hold(
        p.commitments.iter().all(|c| c.until >= p.month || p.ended.is_some()),
        "a request overstayed",
    );
    let l = &p.ledger;
    let amounts = [l.done, l.prioritized, l.displaced, l.lost_to_unclear_roles, l.lost_to_distrust];
    hold(amounts.iter().all(|a| *a >= -1e-9 && a.is_finite()), "the ledger is out of bounds");
    let others = [l.diverted, l.set_aside, l.spent, l.months_late];
    hold(others.iter().all(|a| *a >= 0.0 && a.is_finite()), "the ledger is out of bounds");
    hold(l.prioritized <= l.done + 1e-9, "work fits better than wholly");
    hold(l.used >= -1e-9 && l.used.is_finite(), "the ledger is out of bounds");
    for o in &p.organizations {
        let a = &o.account;
        let pools = [a.for_projects, a.for_meetings, a.free, a.salaries, a.meetings, a.upkeep];
        hold(pools.iter().all(|pool| *pool >= 0.0), "an account is overdrawn");
        let apart = a.received - (a.spent() + a.balance());
        hold(apart.abs() <= 1e-9 * (1.0 + a.received), "money in is not spent and balance");
        hold((0.0..=1.0).contains(&a.alignment), "an alignment is out of bounds");
        hold((0.0..=2.0).contains(&o.capacity), "a capacity is out of bounds");
    }
    faults
}

/// All that could have been done, by the events alone: each episode that was, or would have been,
/// substantive, and each month between meetings, at full capacity.
#[derive(Default)]
pub struct Possible {
    /// Of this month.
    episodes: f64,
    work: f64,
    salaries: f64,
    meeting_of_month: (Month, u32),
}

impl Possible {
    /// Takes in an event of a partnership.
    pub fn event(&mut self, p: &Partnership, at: Moment, event: &Event) {
        match event {
            Event::Meeting { .. } | Event::NoMeeting => {
                let (month, meeting) = self.meeting_of_month;
                self.meeting_of_month = (at.month, if month == at.month { meeting + 1 } else { 0 });
            }
            Event::Episode(Episode { topic: Topic::Work, .. }) => self.episodes += 1.0,
            Event::Episode(Episode { topic: Topic::Roles, number, .. }) => {
                let (month, meeting) = self.meeting_of_month;
                let at =
                    p.origin().streams().at(Process::Substance).month(month.0).meeting(meeting);
                let other =
                    at.episode(number - 1).chance(p.setup().parameters.agenda.other_business);
                self.episodes += f64::from(u8::from(!other));
            }
            _ => {}
        }
    }

    /// A month in which the partnership was alive is over: whether the ledger accounts for all
    /// that could have been done, and salaries for the positions that are held.
    pub fn accounted_for(&mut self, p: &Partnership) -> bool {
        let setup = p.setup();
        let seats = || setup.seats.iter().zip(&p.seats);
        let staffed = |o: usize| {
            let all = seats().filter(|(plan, _)| plan.organization == OrganizationId(o)).count();
            let gone = |(plan, seat): &(&SeatSetup, &Seat)| {
                plan.organization == OrganizationId(o) && plan.salary > 0.0 && seat.person.is_none()
            };
            if all == 0 { 1.0 } else { 1.0 - seats().filter(gone).count() as f64 / all as f64 }
        };
        let capacity = p.organizations.iter().enumerate().map(|(o, it)| it.capacity * staffed(o));
        let could = std::mem::take(&mut self.episodes) + setup.parameters.work.between;
        self.work += could * capacity.sum::<f64>() / p.organizations.len() as f64;
        let l = &p.ledger;
        let lost = l.lost_to_unclear_roles + l.lost_to_distrust;
        let all = l.done + l.displaced + lost + l.diverted + l.set_aside;
        let held = seats().filter(|(_, seat)| seat.person.is_some());
        self.salaries += held.map(|(plan, _)| plan.salary).sum::<f64>();
        let paid: f64 = p.organizations.iter().map(|o| o.account.salaries).sum();
        (all - self.work).abs() < 1e-9 * (1.0 + self.work)
            && (paid - self.salaries).abs() < 1e-9 * (1.0 + paid)
    }
}

/// Lives through a world and holds every month against the laws.
fn hold_in(world: &crate::scenario::World, origin: RunId) {
    let mut p = founded(world, origin);
    assert_eq!(unsound(&p), Vec::<String>::new());
    let mut possible = Possible::default();
    let mut holders: Vec<Option<u32>> =
        p.seats.iter().map(|s| s.person.as_ref().map(|_| 0)).collect();
    let mut taken: Vec<u32> = p.seats.iter().map(|seat| seat.holders).collect();
    let (mut meeting, mut ledger) = (0, Ledger::default());
    let mut agreed: Vec<Mix> = p.organizations.iter().map(|o| o.agreed).collect();
    let settles_by_talk = world.theory.word() != "code-learning";
    while p.month < Month(world.template().calendar.months) {
        let modes = p.projects.clone();
        let alive = p.ended.is_none();
        let mut log = Log::default();
        world.theory.live(&mut p, &mut log).expect("a month");
        assert_eq!(unsound(&p), Vec::<String>::new());
        for (at, event) in &log.0 {
            assert_eq!(at.month, p.month);
            possible.event(&p, *at, event);
            match event {
                Event::Meeting { present } => {
                    meeting += 1;
                    assert_eq!(at.meeting, Meeting(meeting), "meetings are numbered without gaps");
                    assert!(present.is_sorted() && present.len() >= 2);
                }
                Event::Departure { seat, holder } => {
                    assert_eq!(holders[seat.0].take(), Some(*holder), "the holder leaves");
                }
                Event::Arrival { seat, holder, moved_from } => {
                    if let Some(from) = moved_from {
                        assert!(holders[from.0].take().is_some(), "somebody moves up");
                    }
                    assert_eq!(holders[seat.0].replace(*holder), None, "the seat was vacant");
                    assert_eq!(taken[*seat], *holder, "holders are numbered without gaps");
                    taken[*seat] += 1;
                }
                Event::Settlement { about, agreed: now, moved, .. } => {
                    let repertoire = &p.setup().organizations[*about].repertoire;
                    let was = std::mem::replace(&mut agreed[*about], *now);
                    assert!((repertoire.distance(&was, now) - moved).abs() < 1e-12);
                }
                _ => {}
            }
        }
        // People and vacancies make up the seats, as arrivals and departures say.
        let there: Vec<bool> = p.seats.iter().map(|seat| seat.person.is_some()).collect();
        assert_eq!(holders.iter().map(Option::is_some).collect::<Vec<_>>(), there);
        assert_eq!(p.seats.iter().map(|seat| seat.holders).collect::<Vec<_>>(), taken);
        // Only a settlement moves an arrangement, and no project changes its mode.
        if settles_by_talk {
            assert_eq!(p.organizations.iter().map(|o| o.agreed).collect::<Vec<_>>(), agreed);
        }
        for (now, was) in p.projects.iter().zip(&modes) {
            assert!(now.number != was.number || now.mode == was.mode);
        }
        episodes_add_up(&log);
        // Work is conserved, never falls, and is frozen after the end.
        assert!(!alive || possible.accounted_for(&p));
        assert!(p.ledger.done >= ledger.done && p.ledger.milestones >= ledger.milestones);
        assert!(alive || p.ledger == ledger);
        ledger = p.ledger;
    }
}

/// The episodes of a meeting are numbered from one, as many as a meeting can hold, each about
/// roles, work or other business.
fn episodes_add_up(log: &Log) {
    let mut counts: Vec<(u32, [u32; 3])> = Vec::new();
    for event in log.events() {
        match event {
            Event::Meeting { .. } => counts.push((0, [0; 3])),
            Event::Episode(episode) => {
                let (all, by_topic) = counts.last_mut().expect("a meeting");
                *all += 1;
                by_topic[episode.topic as usize] += 1;
                assert_eq!(episode.number, *all);
            }
            _ => {}
        }
    }
    for (all, [roles, work, other]) in counts {
        assert!((5..=9).contains(&all));
        assert_eq!(roles + work + other, all);
    }
}

#[test]
fn the_laws_hold_in_every_world_at_every_month() {
    let worlds = varied();
    let runs: Vec<(usize, u64)> =
        (0..worlds.len()).flat_map(|world| (1..=10).map(move |run| (world, run))).collect();
    runs.par_iter().for_each(|(place, run)| hold_in(&worlds[*place], RunId::new(6, *run)));
}

#[test]
fn a_partnership_begins_in_a_sound_state_with_work_under_way_but_none_done() {
    let p = founded(&varied()[0], RunId::new(6, 1));
    assert_eq!(p.ledger, Ledger::default());
    assert_eq!((p.month, p.meetings, p.ended), (Month(0), 0, None));
    assert!(p.seats.iter().all(|seat| seat.holders == u32::from(seat.person.is_some())));
}

#[test]
fn whoever_watches_changes_nothing() {
    struct Idle;
    impl Watch for Idle {}
    for world in &varied()[..3] {
        let origin = RunId::new(6, 2);
        let (mut watched, mut alone) = (founded(world, origin), founded(world, origin));
        watched.run(&crate::model::Standard, &mut (Log::default(), Some(Idle))).expect("a month");
        alone.run(&crate::model::Standard, &mut ()).expect("a month");
        assert_eq!(watched, alone);
    }
}
