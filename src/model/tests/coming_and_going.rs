//! Turnover: hazards, the cascade, vacancies, successors, and what is scheduled.

use super::hand::*;
use crate::ids::{Month, SeatId, ShockId};
use crate::model::Partnership;
use crate::model::event::Event;
use crate::model::rules::turnover::{apply_shocks, draw_departures, fill_vacancies, monthly};
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
fn newcomers_weigh_what_they_bring_against_the_arrangement_and_know_what_they_can_hold() {
    let mut setup = setup();
    let about = &mut setup.profiles[NEWCOMER].about[PARTNER];
    (about.expectation.from, about.expectation.weight) = (StartFrom::Mix(Mix::pure(VENDOR)), 0.5);
    about.certainty = 30.0;
    setup.profiles[NEWCOMER].memory = Some(4.0);
    setup.profiles[NEWCOMER].status = Some(3.0);
    let replace = ShockKind::Arrive { seat: DIRECTOR, profile: NEWCOMER };
    let mut p = found(shocked(setup, replace));
    strike(&mut p);
    let director = p.person(DIRECTOR).expect("a newcomer");
    assert_mix(&director.views[PARTNER].expectation, &[0.25, 0.25, 0.0, 0.5]);
    assert_mix(&director.views[PARTNER].conception, &[0.5, 0.5]);
    assert_eq!((director.views[PARTNER].certainty, director.status), (4.0, 3.0));
    // The image they believe outsiders to have of their own organization is what they take it for.
    assert_eq!(director.heard, director.views[DISTRICT].conception);
}

#[test]
fn a_successor_from_within_keeps_what_they_hold_and_leaves_a_seat() {
    let mut setup = setup();
    (setup.parameters.turnover.vacancy, setup.parameters.turnover.internal) = (1.0, 1.0);
    setup.seats[DIRECTOR].status = 2.0;
    setup.profiles[MEMBER].memory = Some(30.0);
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
    assert_eq!((director.status, director.memory), (2.0, 60.0)); // the seat's, and a member's
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
    setup.profiles[MEMBER].memory = Some(30.0);
    let mut p = found(shocked(setup, kind));
    strike(&mut p);
    let team: Vec<SeatId> = p.team().map(|(seat, _)| seat).collect();
    assert_eq!(team, [SPECIALIST, ANALYST, LEAD, STAFF, OFFICE]);
    assert_eq!(p.people().count(), 7, "nobody has left");
    // Who takes part is not bound by the short memory of an onlooker.
    assert_eq!((holder(&mut p, OFFICE).memory, holder(&mut p, HEAD).memory), (60.0, 30.0));
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
