//! What lasts and what fades: forgetting, ties, identity, benefit, renewal and the end.

use super::hand::*;
use crate::ids::{Month, OrganizationId, RoleId};
use crate::model::Commitment;
use crate::model::Partnership;
use crate::model::RunId;
use crate::model::Standard;
use crate::model::event::{Ending, Event};
use crate::model::rules::memory::{forget, revise_identities, talk_among_colleagues};
use crate::model::rules::renewal::{feel_benefit, give_up, renew_or_end};
use crate::model::rules::turnover::apply_shocks;
use crate::model::setup::{Profile, Shock, ShockKind};
use crate::roles::Mix;
use crate::scenario::World;

#[test]
fn certainty_fades_and_conceptions_stay() {
    let mut p = found(setup());
    view(&mut p, LEAD, DISTRICT).certainty = 40.0;
    let before = p.clone();
    apply(&mut p, forget);
    assert_close(view(&mut p, LEAD, DISTRICT).certainty, 39.4); // 0.985·40
    assert_close(view(&mut p, HEAD, PARTNER).certainty, 29.55);
    let held = |p: &Partnership| p.people().map(|(_, q)| q.views[PARTNER].conception).collect();
    let (now, then): (Vec<Mix>, Vec<Mix>) = (held(&p), held(&before));
    assert_eq!(now, then);
}

#[test]
fn how_much_certainty_somebody_keeps_is_their_own() {
    let mut setup = setup();
    setup.profiles[NEWCOMER] =
        Profile { retention: Some(0.5), name: "newcomer".into(), ..setup.profiles[MEMBER].clone() };
    setup.seats[OFFICE].holder = Some(NEWCOMER);
    let mut p = found(setup);
    apply(&mut p, forget);
    assert_close(view(&mut p, OFFICE, PARTNER).certainty, 15.0);
    assert_close(view(&mut p, OFFICE, DISTRICT).certainty, 15.0);
    assert_close(view(&mut p, HEAD, PARTNER).certainty, 29.55); // 0.985·30, as is usual
}

#[test]
fn people_of_a_young_partnership_are_only_part_of_the_way_from_its_first_day() {
    // A profile says what holds after four years: certainty 30 and trust 0.8. The first day is
    // one of certainty 2 and trust 0.5.
    for (age, certainty, trust) in
        [(0, 2.0, 0.5), (24, 16.0, 0.65), (48, 30.0, 0.8), (96, 30.0, 0.8)]
    {
        let mut setup = setup();
        (setup.parameters.launch.certainty, setup.parameters.launch.trust) = (2.0, 0.5);
        (setup.calendar.age, setup.profiles[MEMBER].trust) = (age, 0.8);
        let settled = found(setup.clone());
        setup.profiles[MEMBER].tenure = 48.0;
        let mut p = found(setup);
        for (seat, home) in [(DIRECTOR, DISTRICT), (LEAD, PARTNER), (OFFICE, DISTRICT)] {
            let other = if home == DISTRICT { PARTNER } else { DISTRICT };
            let held = view(&mut p, seat, other).clone();
            assert_close(held.certainty, certainty);
            assert_close(held.trust, trust);
            // What they expect and take it for is as the profile says, and so is all that they
            // hold of their own organization.
            let then = settled.person(seat).expect("the same people");
            assert_eq!(held.expectation, then.views[other].expectation);
            assert_eq!(held.conception, then.views[other].conception);
            assert_eq!(p.person(seat).expect("one").views[home], then.views[home]);
        }
        assert_eq!(holder(&mut p, LEAD).since, 1 - age.min(48) as i32);
    }
    // Whose profile knows and trusts less than strangers do stays there; so does who has just come.
    for (tenure, certainty) in [(48.0, 1.0), (0.0, 30.0)] {
        let mut setup = setup();
        (setup.parameters.launch.certainty, setup.parameters.launch.trust) = (2.0, 0.5);
        (setup.profiles[MEMBER].tenure, setup.profiles[MEMBER].trust) = (tenure, 0.3);
        setup.profiles[MEMBER].about[PARTNER].certainty = certainty;
        let held = view(&mut found(setup), DIRECTOR, PARTNER).clone();
        assert_eq!((held.certainty, held.trust), (certainty, 0.3));
    }
}

#[test]
fn colleagues_pass_on_what_they_hold_of_the_other_organization() {
    let mut setup = setup();
    setup.parameters.ties.contact = 1.0;
    let mut p = found(setup);
    // The lead can only hear the staff member, about the district: authority 1 − u(30) = 0.75,
    // credibility 0.8·0.75 = 0.6, evidence 0.6·0.6 = 0.36 of 9, and none that confirms.
    let staff = view(&mut p, STAFF, DISTRICT);
    (staff.conception, staff.expectation) = (Mix::pure(RoleId(1)), Mix::pure(RoleId(0)));
    let lead = view(&mut p, LEAD, DISTRICT);
    (lead.conception, lead.certainty) = (Mix::pure(RoleId(0)), 8.64);
    let before = p.clone();
    p.month = Month(1);
    apply(&mut p, talk_among_colleagues);
    let lead = view(&mut p, LEAD, DISTRICT);
    assert_mix(&lead.conception, &[0.96, 0.04]);
    assert_eq!((lead.expectation, lead.certainty), (mix(&[0.5, 0.5]), 8.64));
    // Nobody hears about their own organization, and heard images stay as they are.
    for (seat, person) in p.people() {
        let then = before.person(seat).expect("the same people");
        let home = person.organization;
        assert_eq!((&person.views[home], person.heard), (&then.views[home], then.heard));
    }
}

#[test]
fn identity_follows_what_is_enacted_and_members_follow_the_identity() {
    let mut setup = setup();
    setup.organizations[PARTNER].endurance = 0.9;
    let mut p = found(setup);
    let partner = &mut p.organizations[PARTNER];
    (partner.identity, partner.enacted) = (Mix::pure(RESEARCHER), Mix::pure(PROVIDER));
    view(&mut p, LEAD, PARTNER).expectation = Mix::pure(RESEARCHER);
    let before = p.clone();
    p.month = Month(1);
    apply(&mut p, revise_identities);
    // A tenth of the way; the lead a twentieth of the way there.
    assert_mix(&p.organizations[PARTNER].identity, &[0.9, 0.1]);
    assert_mix(&view(&mut p, LEAD, PARTNER).expectation, &[0.995, 0.005]);
    assert_eq!(p.person(DIRECTOR), before.person(DIRECTOR), "outsiders follow nothing");
}

#[test]
fn an_identity_is_open_for_revision_after_a_change_of_its_own_leadership() {
    // A tenth of the way a month, three tenths while open: from the month of the change on, six
    // months are 1 to 6.
    for (seat, open) in [(LEAD, true), (STAFF, false), (DIRECTOR, false)] {
        let mut setup = setup();
        setup.organizations[PARTNER].endurance = 0.9;
        setup.parameters.identity.opening = 3.0;
        setup.parameters.identity.opening_months = 6.0;
        let kind = ShockKind::Arrive { seat, profile: NEWCOMER };
        setup.shocks.push(Shock { name: "change".into(), month: Month(1), kind });
        let mut p = found(setup);
        p.month = Month(1);
        apply(&mut p, apply_shocks);
        let opened = if open { 0.7 } else { 0.9 };
        for (month, kept) in [(1, opened), (6, opened), (7, 0.9)] {
            let mut p = p.clone();
            let partner = &mut p.organizations[PARTNER];
            (partner.identity, partner.enacted) = (Mix::pure(RESEARCHER), Mix::pure(PROVIDER));
            p.month = Month(month);
            apply(&mut p, revise_identities);
            assert_mix(&p.organizations[PARTNER].identity, &[kept, 1.0 - kept]);
        }
    }
}

#[test]
fn benefit_is_what_was_gained_less_what_it_cost_felt_over_a_year() {
    let mut p = found(planned());
    p.commitments =
        vec![Commitment { by: PARTNER, on_behalf_of: DISTRICT, role: PROVIDER, until: Month(9) }];
    (p.organizations[DISTRICT].gained, p.organizations[PARTNER].gained) = (3.0, 3.0);
    apply(&mut p, feel_benefit);
    // 3 of 6, less 0.1 for taking part; from 0.5 a twelfth of the way to 0.4.
    assert_close(p.organizations[DISTRICT].benefit, 0.5 - 0.1 / 12.0);
    // The partner spends a fifth of its staff on an act half foreign to it: 0.5·0.2·0.5 less.
    assert_close(p.organizations[PARTNER].benefit, 0.5 - 0.15 / 12.0);
}

#[test]
fn a_partnership_ends_at_renewal_the_sooner_the_less_both_sides_gain_and_trust() {
    // Benefits 0.5 and 0.3: 0.7·0.3 + 0.3·0.4 = 0.33; trust 0.8; e₀ − 4·0.33 − 3·0.8 = e₀ − 3.72.
    let n = 4000;
    for (base, probability) in [(3.72, 0.5), (3.72 + libm::log(3.0), 0.75)] {
        let mut ended = 0;
        for run in 1..=n {
            let mut setup = setup();
            (setup.parameters.benefit.renewal_every, setup.parameters.benefit.end_base) =
                (6.0, base);
            setup.profiles[MEMBER].trust = 0.8;
            let mut p = run_number(setup, run as u64);
            p.organizations[DISTRICT].benefit = 0.5;
            p.organizations[PARTNER].benefit = 0.3;
            p.month = Month(5);
            let mut log = Log::default();
            watched(&mut p, &mut log, renew_or_end);
            assert!(log.0.is_empty() && p.ended.is_none(), "only at a renewal");
            p.month = Month(6);
            watched(&mut p, &mut log, renew_or_end);
            let over = p.ended == Some(Month(6));
            assert_eq!(
                log.0[0].1,
                if over { Event::Ended { why: Ending::NotRenewed } } else { Event::Renewed }
            );
            ended += usize::from(over);
        }
        assert_frequency(ended, n, probability);
    }
}

/// The small world in which an organization without any benefit and trust gives up with this
/// probability; the benefits of district and partner, and the trust of their people.
fn wavering(run: u64, most: f64, benefit: [f64; 2], trust: [f64; 2]) -> Partnership {
    let mut setup = setup();
    setup.parameters.benefit.give_up = most;
    let mut p = run_number(setup, run);
    for (o, benefit) in p.organizations.iter_mut().zip(benefit) {
        o.benefit = benefit;
    }
    for seat in TEAM {
        let person = holder(&mut p, seat);
        let home = person.organization.0;
        person.views.iter_mut().for_each(|view| view.trust = trust[home]);
    }
    p.month = Month(1);
    p
}

/// Who gave up, if anybody did.
fn gives_up(p: &mut Partnership) -> Option<OrganizationId> {
    let mut log = Log::default();
    watched(p, &mut log, give_up);
    match log.0[..] {
        [] => {
            assert_eq!(p.ended, None);
            None
        }
        [(_, Event::Ended { why: Ending::GivenUp { by } })] => {
            assert_eq!(p.ended, Some(p.month));
            Some(by)
        }
        _ => panic!("{log:?}"),
    }
}

#[test]
fn an_organization_gives_up_the_sooner_the_less_it_gains_and_trusts() {
    for run in 1..=50 {
        let who = |most, benefit, trust| gives_up(&mut wavering(run, most, benefit, trust));
        assert_eq!(who(0.0, [0.0; 2], [0.0; 2]), None, "off unless a scenario sets it");
        assert_eq!(who(1.0, [0.0; 2], [0.0; 2]), Some(DISTRICT), "at once");
        assert_eq!(who(1.0, [1.0, 0.0], [0.0; 2]), Some(PARTNER));
        assert_eq!(who(1.0, [0.0; 2], [1.0, 0.0]), Some(PARTNER));
        assert_eq!(who(1.0, [1.0; 2], [0.0; 2]), None, "who gains all stays");
        assert_eq!(who(1.0, [0.0; 2], [1.0; 2]), None, "and so does who trusts wholly");
    }
    // 0.8·(1 − 0.5)·(1 − 0.25) = 0.3 by the district, and 0.7·0.8·1·0.25 = 0.14 by the partner,
    // to which less than no benefit is none.
    let n = 4000;
    let gave_up = |run| gives_up(&mut wavering(run, 0.8, [0.5, -2.0], [0.25, 0.75]));
    let gave_up: Vec<_> = (1..=n).map(|run| gave_up(run as u64)).collect();
    for (by, probability) in [(DISTRICT, 0.3), (PARTNER, 0.14)] {
        let count = gave_up.iter().filter(|who| **who == Some(by)).count();
        assert_frequency(count, n, probability);
    }
}

#[test]
fn what_was_given_up_is_not_renewed() {
    let mut setup = wavering(1, 1.0, [0.0; 2], [0.0; 2]).setup().clone();
    (setup.parameters.benefit.renewal_every, setup.parameters.benefit.memory) = (1.0, 1.0);
    setup.organizations.iter_mut().for_each(|o| o.capacity = 0.0);
    setup.profiles[MEMBER].trust = 0.0;
    let (mut p, mut log) = (found(setup), Log::default());
    p.month(&Standard, &mut log).expect("a month");
    let ends: Vec<&Event> =
        log.events().filter(|e| matches!(e, Event::Ended { .. } | Event::Renewed)).collect();
    assert_eq!(ends, [&Event::Ended { why: Ending::GivenUp { by: DISTRICT } }]);
}

#[test]
fn after_the_end_nothing_happens_but_time() {
    let set = ["benefit.renewal_every=6", "benefit.end_base=20.0", "turnover.director=0.9"];
    let churn = World::open_with("churn", set).expect("a sound scenario");
    let origin = RunId::new(5, 1);
    let mut p = Partnership::new(churn.setup(origin), origin).expect("a sound setup");
    while p.ended.is_none() {
        p.month(&Standard, &mut ()).expect("a month");
    }
    assert_eq!(p.month, Month(6));
    let end = p.clone();
    let mut log = Log::default();
    p.run(&Standard, &mut log).expect("a month");
    assert_eq!((p.month, log.0.len()), (Month(120), 0));
    p.month = end.month;
    assert_eq!(p, end);
}
