//! Turnover: hazards, the cascade, vacancies, successors, and what is scheduled.

use super::hand::*;
use crate::ids::{Month, OrganizationId, SeatId, ShockId};
use crate::model::Partnership;
use crate::model::event::Event;
use crate::model::rules::turnover::{
    apply_shocks, draw_departures, fill_vacancies, leave, monthly,
};
use crate::model::setup::{Setup, Shock, ShockKind, StartFrom};
use crate::roles::Mix;

fn shocked(mut setup: Setup, kind: ShockKind) -> Setup {
    setup.shocks.push(Shock { name: "shock".into(), month: Month(1), kind });
    setup
}

fn strike(p: &mut Partnership) -> Vec<Event> {
    let mut log = Log::default();
    p.month = Month(1);
    watched(p, &mut log, apply_shocks);
    log.0.into_iter().map(|(_, event)| event).collect()
}

#[test]
fn a_yearly_hazard_is_spread_over_twelve_months() {
    // 20 % a year is 1 − 0.8^(1/12) = 1.84 % a month; twelve months of it are 20 %.
    let hazard = monthly(0.20);
    assert!((hazard - 0.0184).abs() < 0.00005);
    assert_close((0..12).fold(1.0, |stays, _| stays * (1.0 - hazard)), 0.8);
    assert_eq!(monthly(0.0), 0.0);
}

#[test]
fn holders_leave_at_the_hazard_of_their_level() {
    let n = 20_000;
    let mut left = [0; 7];
    for run in 1..=n {
        let mut setup = setup();
        let turnover = &mut setup.parameters.turnover;
        (turnover.cabinet, turnover.director, turnover.specialist) = (0.20, 0.60, 0.0);
        (turnover.lead, turnover.staff) = (0.95, 0.40);
        turnover.cascade = 1.0;
        let mut p = run_number(setup, run as u64);
        p.month = Month(1);
        apply(&mut p, draw_departures);
        for (seat, left) in left.iter_mut().enumerate() {
            assert_eq!(p.seats[seat].vacant_since.is_some(), p.seats[seat].person.is_none());
            *left += usize::from(p.seats[seat].person.is_none());
        }
    }
    for (seat, yearly) in [(HEAD, 0.20), (DIRECTOR, 0.60), (LEAD, 0.95), (STAFF, 0.40)] {
        assert_frequency(left[seat.0], n, monthly(yearly));
    }
    assert_eq!(left[SPECIALIST.0] + left[ANALYST.0] + left[OFFICE.0], 0);
}

#[test]
fn the_exit_of_a_head_shakes_those_below_in_the_months_after() {
    // A hazard of 22 % a month, times 20, is certainty: while the cascade lasts, all below leave.
    // The head leaves in month 1; six months are 2 to 7.
    let n = 4000;
    let (mut at_once, mut later, mut partners) = (0, 0, 0);
    for run in 1..=n {
        let mut setup = shocked(setup(), ShockKind::Leave { seat: HEAD });
        let turnover = &mut setup.parameters.turnover;
        (turnover.cascade, turnover.cascade_months) = (20.0, 6.0);
        (turnover.director, turnover.specialist, turnover.staff) = (0.95, 0.95, 0.95);
        let mut p = run_number(setup, run as u64);
        strike(&mut p);
        let gone = |seat: SeatId, month: u32| {
            let mut p = p.clone();
            p.month = Month(month);
            apply(&mut p, draw_departures);
            p.person(seat).is_none()
        };
        for seat in [DIRECTOR, SPECIALIST, ANALYST, OFFICE] {
            assert!(gone(seat, 2) && gone(seat, 7));
        }
        at_once += usize::from(gone(DIRECTOR, 1));
        later += usize::from(gone(DIRECTOR, 8));
        partners += usize::from(gone(STAFF, 2));
    }
    for unshaken in [at_once, later, partners] {
        assert_frequency(unshaken, n, monthly(0.95));
    }
}

#[test]
fn nobody_but_a_head_shakes_anybody_and_a_head_is_not_shaken() {
    let n = 4000;
    let (mut below, mut head) = (0, 0);
    for run in 1..=n {
        let mut setup = shocked(setup(), ShockKind::Leave { seat: DIRECTOR });
        let turnover = &mut setup.parameters.turnover;
        (turnover.cascade, turnover.cabinet, turnover.specialist) = (20.0, 0.0, 0.95);
        let mut p = run_number(setup.clone(), run as u64);
        strike(&mut p);
        p.month = Month(2);
        apply(&mut p, draw_departures);
        below += usize::from(p.seats[SPECIALIST].person.is_none());

        setup.parameters.turnover.cabinet = 0.95;
        let mut p = run_number(setup, run as u64);
        p.organizations[DISTRICT].head_left = Some(Month(1));
        p.month = Month(2);
        apply(&mut p, draw_departures);
        head += usize::from(p.person(HEAD).is_none());
    }
    assert_frequency(below, n, monthly(0.95));
    assert_frequency(head, n, monthly(0.95));
}

#[test]
fn a_vacancy_lasts_for_its_months_on_average_and_at_least_one() {
    // A mean of four months, of which the first is certain: 1 + Geometric(1/4), whose standard
    // deviation is √12.
    let n = 4000;
    let mut months = 0;
    for run in 1..=n {
        let mut setup = setup();
        (setup.parameters.turnover.vacancy, setup.parameters.turnover.internal) = (4.0, 0.0);
        setup.seats[ANALYST].holder = None;
        let mut p = run_number(shocked(setup, ShockKind::Leave { seat: DIRECTOR }), run);
        strike(&mut p);
        let mut log = Log::default();
        while p.person(DIRECTOR).is_none() {
            watched(&mut p, &mut log, fill_vacancies);
            p.month += 1;
        }
        let arrival = Event::Arrival { seat: DIRECTOR, holder: 1, moved_from: None };
        assert_eq!(log.events().collect::<Vec<_>>(), [&arrival]);
        assert_eq!(p.seats[DIRECTOR].vacant_since, None);
        assert!(p.person(ANALYST).is_none(), "who was never there is not followed");
        assert!(log.0[0].0.month > Month(1));
        months += log.0[0].0.month - Month(1);
    }
    let (mean, error) = (f64::from(months) / n as f64, libm::sqrt(12.0 / n as f64));
    assert!((mean - 4.0).abs() < 5.0 * error, "{mean} ± {error}");
}

#[test]
fn a_successor_from_outside_holds_what_newcomers_hold() {
    let mut setup = setup();
    (setup.parameters.turnover.vacancy, setup.parameters.turnover.internal) = (1.0, 0.0);
    let mut p = found(shocked(setup, ShockKind::Leave { seat: DIRECTOR }));
    strike(&mut p);
    p.month = Month(2);
    p.organizations[PARTNER].agreed = Mix::pure(BROKER);
    apply(&mut p, fill_vacancies);
    let director = p.person(DIRECTOR).expect("a successor");
    assert_eq!((director.since, director.views[PARTNER].certainty), (2, 0.0));
    assert_eq!(director.views[PARTNER].trust, 0.5);
    assert_mix(&director.views[PARTNER].expectation, &[0.0, 0.0, 1.0]); // as agreed by now
    assert_eq!(p.seats[DIRECTOR].holders, 2);
}

#[test]
fn newcomers_weigh_what_they_bring_against_the_arrangement_and_forget_in_their_own_way() {
    let mut setup = setup();
    let about = &mut setup.profiles[NEWCOMER].about[PARTNER];
    (about.expectation.from, about.expectation.weight) = (StartFrom::Mix(Mix::pure(VENDOR)), 0.5);
    about.certainty = 30.0;
    setup.profiles[NEWCOMER].retention = Some(0.9);
    setup.profiles[NEWCOMER].status = Some(3.0);
    let replace = ShockKind::Arrive { seat: DIRECTOR, profile: NEWCOMER };
    let mut p = found(shocked(setup, replace));
    strike(&mut p);
    let director = p.person(DIRECTOR).expect("a newcomer");
    assert_mix(&director.views[PARTNER].expectation, &[0.25, 0.25, 0.0, 0.5]);
    assert_mix(&director.views[PARTNER].conception, &[0.5, 0.5]);
    assert_eq!((director.views[PARTNER].certainty, director.status), (30.0, 3.0));
    assert_eq!(director.retention, 0.9);
    // The image they believe outsiders to have of their own organization is what they take it for.
    assert_eq!(director.heard, director.views[DISTRICT].conception);
}

#[test]
fn a_successor_from_within_keeps_what_they_hold_and_leaves_a_seat() {
    let mut setup = setup();
    (setup.parameters.turnover.vacancy, setup.parameters.turnover.internal) = (1.0, 1.0);
    setup.seats[DIRECTOR].status = 2.0;
    setup.profiles[MEMBER].retention = Some(0.9);
    let mut p = found(shocked(setup, ShockKind::Leave { seat: DIRECTOR }));
    strike(&mut p);
    // Only the office is of a lower level, in the district, and not on the team yet.
    view(&mut p, OFFICE, PARTNER).conception = Mix::pure(BROKER);
    let office = p.person(OFFICE).expect("somebody").clone();
    p.month = Month(2);
    let mut log = Log::default();
    watched(&mut p, &mut log, fill_vacancies);
    let moved = Event::Arrival { seat: DIRECTOR, holder: 1, moved_from: Some(OFFICE) };
    assert_eq!(log.events().next(), Some(&moved));
    let director = p.person(DIRECTOR).expect("a successor");
    assert_eq!((&director.views, director.heard, director.since), (&office.views, office.heard, 1));
    assert_eq!((director.status, director.retention), (2.0, 0.985)); // the seat's, and the usual
    // Their old seat falls vacant and is sought for.
    assert_eq!((p.seats[OFFICE].vacant_since, p.seats[OFFICE].holders), (Some(Month(2)), 1));
    // Without anybody who can move up, the successor comes from outside.
    p.month = Month(3);
    apply(&mut p, fill_vacancies);
    assert_eq!(view(&mut p, OFFICE, PARTNER).certainty, 0.0);
}

#[test]
fn a_newcomer_replaces_the_holder_or_joins_in_an_empty_seat() {
    let replace = ShockKind::Arrive { seat: DIRECTOR, profile: NEWCOMER };
    let mut p = found(shocked(setup(), replace.clone()));
    let events = strike(&mut p);
    assert_eq!(events[0], Event::Shock { shock: ShockId(0) });
    assert_eq!(events[1], Event::Departure { seat: DIRECTOR, holder: 0 });
    assert_eq!(events[2], Event::Arrival { seat: DIRECTOR, holder: 1, moved_from: None });
    assert_eq!(view(&mut p, DIRECTOR, PARTNER).certainty, 0.0);
    assert_eq!(p.seats[DIRECTOR].vacant_since, None);

    let mut setup = setup();
    setup.seats[DIRECTOR].holder = None;
    let mut p = found(shocked(setup, replace));
    let events = strike(&mut p);
    assert_eq!(events[1..], [Event::Arrival { seat: DIRECTOR, holder: 0, moved_from: None }]);
}

#[test]
fn shocks_strike_in_their_month_only() {
    let mut setup = shocked(setup(), ShockKind::Leave { seat: DIRECTOR });
    setup.shocks[0].month = Month(3);
    let mut p = found(setup);
    for month in [1, 2, 4] {
        p.month = Month(month);
        apply(&mut p, apply_shocks);
        assert!(p.person(DIRECTOR).is_some());
    }
    p.month = Month(3);
    apply(&mut p, apply_shocks);
    assert!(p.person(DIRECTOR).is_none() && p.seats[DIRECTOR].vacant_since == Some(Month(3)));
}

#[test]
fn another_department_brings_other_people_to_the_table() {
    let kind = ShockKind::Counterpart { leave: vec![DIRECTOR], join: vec![OFFICE] };
    let mut setup = setup();
    setup.profiles[MEMBER].retention = Some(0.9);
    let mut p = found(shocked(setup, kind));
    strike(&mut p);
    let team: Vec<SeatId> = p.team().map(|(seat, _)| seat).collect();
    assert_eq!(team, [SPECIALIST, ANALYST, LEAD, STAFF, OFFICE]);
    assert_eq!(p.people().count(), 7, "nobody has left");
    // Who takes part does not forget as an onlooker does.
    let retention = [OFFICE, HEAD].map(|seat| holder(&mut p, seat).retention);
    assert_eq!(retention, [0.985, 0.9]);
}

#[test]
fn a_vacant_seat_that_joins_the_table_is_filled_by_a_newcomer() {
    let kind = ShockKind::Counterpart { leave: vec![DIRECTOR], join: vec![OFFICE, ANALYST] };
    let mut setup = setup();
    setup.seats[OFFICE].holder = None;
    // Even where successors come from within: nobody precedes this one.
    setup.parameters.turnover.internal = 1.0;
    let mut p = found(shocked(setup, kind));
    let events = strike(&mut p);
    let arrival = Event::Arrival { seat: OFFICE, holder: 0, moved_from: None };
    assert_eq!(events, [Event::Shock { shock: ShockId(0) }, arrival]);
    let team: Vec<SeatId> = p.team().map(|(seat, _)| seat).collect();
    assert_eq!(team, [SPECIALIST, ANALYST, LEAD, STAFF, OFFICE]);
    let office = p.person(OFFICE).expect("a newcomer");
    let held = &office.views[PARTNER];
    assert_eq!((held.certainty, held.trust, office.came), (0.0, 0.5, Some(Month(1))));
    assert!(p.person(DIRECTOR).is_some(), "who leaves the table does not leave the house");
}

/// The small world in which half of the trust rests on people one knows, and strangers trust
/// by 0.4.
fn acquainted() -> Setup {
    let mut setup = setup();
    (setup.parameters.trust.personal, setup.parameters.launch.trust) = (0.5, 0.4);
    setup
}

/// Trust of these seats in an organization.
fn trust(p: &mut Partnership, seats: &[SeatId], of: OrganizationId) -> Vec<f64> {
    seats.iter().map(|seat| view(p, *seat, of).trust).collect()
}

#[test]
fn who_leaves_the_table_takes_their_part_of_the_trust_in_their_organization_along() {
    let mut p = found(acquainted());
    view(&mut p, STAFF, DISTRICT).trust = 0.3;
    let before = p.clone();
    // One of three, of two, the last: 1 − 0.6/6, 0.9 − 0.5/4, 0.775 − 0.375/2. Who trusts less
    // than a stranger has nothing to lose.
    for (leaves, left) in [(DIRECTOR, 0.9), (SPECIALIST, 0.775), (ANALYST, 0.5875)] {
        apply(&mut p, |scene| leave(scene, leaves));
        assert_close(view(&mut p, LEAD, DISTRICT).trust, left);
        assert_eq!(view(&mut p, STAFF, DISTRICT).trust, 0.3);
    }
    // Nobody else trusts otherwise, nor anybody in another organization.
    assert_eq!(p.person(HEAD), before.person(HEAD));
    assert_eq!(p.person(OFFICE), before.person(OFFICE));
    assert_eq!(trust(&mut p, &[LEAD, STAFF], PARTNER), [1.0, 1.0]);
    // The lead is one of two: 1 − 0.6/4 for those of the district at the table.
    let mut p = before.clone();
    apply(&mut p, |scene| leave(scene, LEAD));
    for seat in [DIRECTOR, SPECIALIST, ANALYST] {
        assert_close(view(&mut p, seat, PARTNER).trust, 0.85);
    }
    assert_eq!(p.person(HEAD), before.person(HEAD), "the head never met them");
    assert_eq!(p.person(STAFF), before.person(STAFF), "nor do colleagues trust one another less");
}

#[test]
fn the_exit_of_somebody_who_was_not_at_the_table_costs_no_trust() {
    let mut p = found(acquainted());
    let others = |p: &Partnership| TEAM.map(|seat| p.person(seat).cloned());
    let before = others(&p);
    for seat in [HEAD, OFFICE] {
        apply(&mut p, |scene| leave(scene, seat));
    }
    assert_eq!(others(&p), before);
}

#[test]
fn another_counterpart_costs_as_much_trust_as_the_exit_of_those_who_leave_the_table() {
    let kind = ShockKind::Counterpart { leave: vec![DIRECTOR, SPECIALIST], join: vec![OFFICE] };
    let mut p = found(shocked(acquainted(), kind));
    strike(&mut p);
    for trust in trust(&mut p, &[LEAD, STAFF], DISTRICT) {
        assert_close(trust, 0.775);
    }
    assert_eq!(trust(&mut p, &[DIRECTOR, ANALYST, OFFICE], PARTNER), [1.0; 3]);
}

#[test]
fn a_seat_that_was_not_at_the_table_cannot_leave_it() {
    // The office was never there, and the director leaves once.
    let kind = ShockKind::Counterpart { leave: vec![OFFICE, DIRECTOR, DIRECTOR], join: vec![] };
    let mut p = found(shocked(acquainted(), kind));
    strike(&mut p);
    assert_close(view(&mut p, LEAD, DISTRICT).trust, 0.9);
}

#[test]
fn a_newcomer_who_holds_what_the_one_before_held_changes_nothing_but_trust() {
    let kind = ShockKind::Arrive { seat: LEAD, profile: MEMBER };
    let mut p = found(shocked(acquainted(), kind));
    let before = p.clone();
    strike(&mut p);
    let (clone, was) = (p.person(LEAD).expect("one"), before.person(LEAD).expect("one"));
    assert_eq!((&clone.views, clone.heard, clone.status), (&was.views, was.heard, was.status));
    for (seat, was) in before.people().filter(|(seat, _)| *seat != LEAD) {
        let mut now = p.person(seat).expect("the same people").clone();
        if [DIRECTOR, SPECIALIST, ANALYST].contains(&seat) {
            assert_close(now.views[PARTNER].trust, 0.85);
            now.views[PARTNER].trust = was.views[PARTNER].trust;
        }
        assert_eq!(&now, was);
    }
}

#[test]
fn a_policy_changes_what_an_organization_wants_and_its_people_expect() {
    let priorities = Mix::pure(BROKER);
    let kind = ShockKind::Policy { organization: DISTRICT, about: PARTNER, priorities, step: 0.5 };
    let mut p = found(shocked(setup(), kind));
    strike(&mut p);
    assert_eq!(p.organizations[DISTRICT].priorities[PARTNER], Some(priorities));
    for seat in [HEAD, DIRECTOR, OFFICE] {
        assert_mix(&view(&mut p, seat, PARTNER).expectation, &[0.25, 0.25, 0.5]);
        assert_mix(&view(&mut p, seat, PARTNER).conception, &[0.5, 0.5]);
    }
    assert_mix(&view(&mut p, LEAD, PARTNER).expectation, &[0.5, 0.5]);
}
