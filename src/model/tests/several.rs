//! More than two organizations: that their number, or the number of meetings, is not by itself
//! more talk; who is asked; and what independence of one of them does.

use super::hand::*;
use crate::ids::{Month, OrganizationId, RoleId, SeatId};
use crate::model::Partnership;
use crate::model::Person;
use crate::model::Standard;
use crate::model::event::{Event, Topic};
use crate::model::rules::settlement::attempt;
use crate::model::rules::trust;
use crate::model::setup::{Intervention, InterventionKind, Setup};
use crate::roles::Mix;
use crate::streams::Process;

/// So many districts, copies of the first with all its people and what they hold, for all of which
/// the one partner works.
pub fn with_districts(mut setup: Setup, count: usize) -> Setup {
    for number in 1..count {
        let place = setup.organizations.len();
        let mut copy = setup.organizations[DISTRICT].clone();
        copy.name = format!("district {number}");
        setup.organizations.push(copy);
        setup.organizations[PARTNER].works_for.push(OrganizationId(place));
        setup.profiles.iter_mut().for_each(|profile| {
            let about = profile.about[DISTRICT].clone();
            profile.about.push(about);
        });
        let first = setup.seats.iter().filter(|seat| seat.organization == DISTRICT);
        let seats: Vec<_> = first.cloned().collect();
        for mut seat in seats {
            (seat.name, seat.organization) =
                (format!("{} {number}", seat.name), OrganizationId(place));
            setup.seats.push(seat);
        }
    }
    let organizations = setup.organizations.len();
    setup.organizations.iter_mut().for_each(|o| o.priorities = vec![None; organizations]);
    setup
}

/// Everybody is as tense about their own organization as everybody else, and as tense about every
/// other one: T = 0.3 for insiders, 1.29·10/(10 + 5) = 0.86 for outsiders.
fn alike_in_tension(p: &mut Partnership) {
    for person in p.seats.iter_mut().filter_map(|seat| seat.person.as_mut()) {
        person.heard = mix(&[0.8, 0.2]);
        person.views.iter_mut().for_each(|view| view.certainty = 5.0);
    }
}

/// Episodes about roles, of all, in a year in which nothing that people hold changes and whoever
/// raises roles gets to talk about them.
fn talk(districts: usize, meetings_per_month: u32) -> (usize, usize) {
    let mut setup = with_districts(frozen(), districts);
    let p = &mut setup.parameters;
    (p.meeting.focus, p.meeting.stray, p.discourse.question) = (1.0, 0.0, 0.0);
    setup.calendar.meetings_per_month = meetings_per_month;
    let (mut roles, mut all) = (0, 0);
    for run in 1..=20 {
        let (mut p, mut log) = (run_number(setup.clone(), run), Log::default());
        alike_in_tension(&mut p);
        (0..12).for_each(|_| p.month(&Standard, &mut log).expect("a month"));
        for event in log.events() {
            if let Event::Episode(episode) = event {
                all += 1;
                roles += usize::from(episode.topic == Topic::Roles);
            }
        }
    }
    (roles, all)
}

/// What that share must be, whatever the number of organizations and of meetings.
fn expected() -> f64 {
    let raises = |tension: f64| 1.0 / (1.0 + libm::exp(-(tension - 0.69) / 0.2));
    (0.3 * raises(0.3) + 0.86 * raises(0.86)) / (0.3 + 0.86)
}

#[test]
fn more_organizations_are_not_by_themselves_more_talk() {
    for districts in [1, 2, 4, 8] {
        let (roles, all) = talk(districts, 1);
        assert_frequency(roles, all, expected());
    }
}

#[test]
fn more_meetings_are_not_by_themselves_more_talk_an_episode() {
    for meetings in [1, 2, 4] {
        let (roles, all) = talk(2, meetings);
        assert_frequency(roles, all, expected());
    }
}

/// Whether a proposal of the director about an organization settles among those present.
fn settles(p: &Partnership, about: OrganizationId, present: &[SeatId]) -> bool {
    let (mut p, room) = (p.clone(), room(p, present));
    let at = p.origin().streams().at(Process::Demand);
    apply(&mut p, |scene| attempt(scene, &room, DIRECTOR, about, at))
}

#[test]
fn about_a_role_only_those_concerned_are_asked_and_all_of_them() {
    let mut setup = with_districts(setup(), 3);
    setup.parameters.settlement.demand = 1.0;
    setup.organizations[PARTNER].identity = mix(&[0.4, 0.4, 0.2]);
    let mut p = found(setup);
    let everybody: Vec<SeatId> = p.team().map(|(seat, _)| seat).collect();
    let of = |p: &Partnership, o: OrganizationId| -> Vec<SeatId> {
        p.team().filter(|(_, person)| person.organization == o).map(|(seat, _)| seat).collect()
    };
    let (first, second) = (of(&p, DISTRICT), of(&p, OrganizationId(2)));
    let expects = |p: &mut Partnership, seats: &[SeatId], about: OrganizationId, mix: Mix| {
        seats.iter().for_each(|seat| view(p, *seat, about).expectation = mix);
    };
    // Everybody wants the first district to drive, and the partner to be a broker …
    expects(&mut p, &everybody, DISTRICT, Mix::pure(RoleId(0)));
    expects(&mut p, &everybody, PARTNER, Mix::pure(BROKER));
    assert!(settles(&p, DISTRICT, &everybody) && settles(&p, PARTNER, &everybody));
    // … but the second district, which is nearer to how both are. It has no say in what the first
    // one does; of the partner's role it has, for the partner works for it.
    expects(&mut p, &second, DISTRICT, mix(&[0.5, 0.5]));
    expects(&mut p, &second, PARTNER, mix(&[0.4, 0.4, 0.2]));
    assert!(settles(&p, DISTRICT, &everybody), "the second district is not asked");
    assert!(!settles(&p, PARTNER, &everybody), "the second district is asked");
    // Nor need it be there; of the partner's role nothing is settled without it.
    let without = |gone: &[SeatId]| -> Vec<SeatId> {
        everybody.iter().copied().filter(|seat| !gone.contains(seat)).collect()
    };
    assert!(settles(&p, DISTRICT, &without(&second)));
    assert!(!settles(&p, PARTNER, &without(&second)));
    assert!(!settles(&p, DISTRICT, &without(&[LEAD, STAFF])), "the partner is concerned");
    assert!(first.contains(&DIRECTOR));
}

#[test]
fn requests_come_only_from_those_an_organization_works_for() {
    let mut setup = with_districts(setup(), 3);
    setup.organizations[PARTNER].works_for = vec![DISTRICT, OrganizationId(2)];
    // The third district is no orphan, and asks nothing of the partner.
    setup.organizations[3].works_for = vec![DISTRICT];
    setup.parameters.requests.rate = 1.0;
    let mut asked = [0; 4];
    for run in 1..=20 {
        let (mut p, mut log) = (run_number(setup.clone(), run), Log::default());
        p.run(&Standard, &mut log).expect("a month");
        for event in log.events() {
            if let Event::Request { seat, of: PARTNER, .. } = event {
                asked[setup.seats[*seat].organization] += 1;
            }
        }
    }
    assert_eq!((asked[PARTNER], asked[3]), (0, 0));
    assert!(asked[DISTRICT] > 50 && asked[2] > 50, "{asked:?}");
}

#[test]
fn a_facilitated_talk_comes_to_every_organization() {
    for (districts, episodes) in [(1, 2), (2, 3), (4, 5)] {
        let mut setup = with_districts(setup(), districts);
        setup.interventions.push(Intervention::of(InterventionKind::Agreement));
        let mut p = found(setup);
        p.month = Month(1);
        let due = p.facilitated().expect("a talk at the launch");
        assert_eq!(due.episodes, episodes);
    }
}

/// The small world in which people half trust one another, and trust slows no work.
fn half_trusted() -> Setup {
    let mut setup = setup();
    (setup.parameters.trust.gain, setup.parameters.work.trust_weight) = (0.0, 0.0);
    setup.profiles.iter_mut().for_each(|profile| profile.trust = 0.5);
    setup
}

#[test]
fn independence_makes_an_organization_believed_as_if_it_were_trusted_more() {
    // 0.5 + 0.4·(1 − 0.5) = 0.7.
    let lived = |independence: f64, trust: f64| {
        let mut setup = half_trusted();
        setup.parameters.independence.credibility = 0.4;
        setup.organizations[PARTNER].independence = independence;
        let (mut p, mut log) = (found(setup), Log::default());
        for person in p.seats.iter_mut().filter_map(|seat| seat.person.as_mut()) {
            person.views[PARTNER].trust = trust;
        }
        p.run(&Standard, &mut log).expect("a month");
        let held = |person: &Person| person.views.iter().map(|view| view.conception).collect();
        (log, p.people().map(|(_, person)| held(person)).collect::<Vec<Vec<Mix>>>())
    };
    let independent = lived(1.0, 0.5);
    assert!(independent == lived(0.0, 0.7));
    assert!(independent != lived(0.0, 0.5), "it makes a difference");
}

#[test]
fn trust_in_an_independent_organization_grows_more_slowly_and_is_lost_as_fast() {
    // Kept: 0.5 + 0.04·(1 − 0.5·i)·0.5; breached: 0.5 − 0.04·0.5.
    for (independence, kept) in [(0.0, 0.52), (0.5, 0.515), (1.0, 0.51)] {
        let mut setup = half_trusted();
        setup.organizations[PARTNER].independence = independence;
        (setup.parameters.trust.gain, setup.parameters.trust.asymmetry) = (0.04, 1.0);
        setup.parameters.independence.distance = 0.5;
        let mut p = found(setup);
        p.act_observed(DIRECTOR, PARTNER, false);
        p.act_observed(SPECIALIST, PARTNER, true);
        p.act_observed(LEAD, DISTRICT, false);
        apply(&mut p, trust::appraise_trust);
        assert_close(view(&mut p, DIRECTOR, PARTNER).trust, kept);
        assert_close(view(&mut p, SPECIALIST, PARTNER).trust, 0.48);
        assert_close(view(&mut p, LEAD, DISTRICT).trust, 0.52);
    }
}

#[test]
fn an_organization_without_seats_or_partner_and_two_of_one_name_are_refused() {
    let faults = |change: fn(&mut Setup)| {
        let mut setup = with_districts(setup(), 3);
        change(&mut setup);
        setup.check().into_iter().map(|fault| fault.message).collect::<Vec<_>>()
    };
    assert!(faults(|_| ()).is_empty());
    let seatless =
        faults(|setup| setup.seats.retain(|seat| seat.organization != OrganizationId(3)));
    assert_eq!(seatless, ["organization `district 2` has no seats"]);
    let alone =
        faults(|setup| setup.organizations[PARTNER].works_for = vec![DISTRICT, OrganizationId(2)]);
    assert_eq!(
        alone,
        [
            "organization `district 2` is nobody's partner: it works for nobody, and nobody works for it"
        ]
    );
    let twice = faults(|setup| setup.organizations[3].name = "district 1".into());
    assert_eq!(twice, ["two organizations are called district 1"]);
    let twice = faults(|setup| setup.seats[8].name = setup.seats[7].name.clone());
    assert_eq!(twice, ["two seats are called head 1"]);
}
