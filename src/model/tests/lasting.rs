//! What lasts and what fades: forgetting, ties, identity, benefit, renewal and the end.

use super::hand::*;
use crate::ids::{Month, RoleId};
use crate::model::Commitment;
use crate::model::Partnership;
use crate::model::RunId;
use crate::model::Standard;
use crate::model::event::Event;
use crate::model::rules::memory::{forget, revise_identities, talk_among_colleagues};
use crate::model::rules::renewal::{feel_benefit, renew_or_end};
use crate::model::rules::turnover::apply_shocks;
use crate::model::setup::{Shock, ShockKind};
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
fn colleagues_pass_on_what_they_hold_of_the_other_organization() {
    let mut setup = setup();
    (setup.parameters.ties.contact, setup.parameters.learning.persuasion) = (1.0, 0.5);
    let mut p = found(setup);
    // The lead can only hear the staff member, about the district: authority 1 − u(30) = 0.75,
    // credibility 0.8·0.75 = 0.6, evidence 0.6·0.6 = 0.36 of 9, and 0.5·0.6 of the way to what
    // they expect.
    let staff = view(&mut p, STAFF, DISTRICT);
    (staff.conception, staff.expectation) = (Mix::pure(RoleId(1)), Mix::pure(RoleId(0)));
    let lead = view(&mut p, LEAD, DISTRICT);
    (lead.conception, lead.certainty) = (Mix::pure(RoleId(0)), 8.64);
    let before = p.clone();
    p.month = Month(1);
    apply(&mut p, talk_among_colleagues);
    let lead = view(&mut p, LEAD, DISTRICT);
    assert_mix(&lead.conception, &[0.96, 0.04]);
    assert_mix(&lead.expectation, &[0.65, 0.35]);
    assert_close(lead.certainty, 8.64 + 0.36 * (1.0 - 0.8));
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
    p.commitments = vec![Commitment { by: PARTNER, role: PROVIDER, until: Month(9) }];
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
            assert_eq!(log.0[0].1, if over { Event::Ended } else { Event::Renewed });
            ended += usize::from(over);
        }
        assert_frequency(ended, n, probability);
    }
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
