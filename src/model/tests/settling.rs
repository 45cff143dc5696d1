//! Settlement: proposals, consent, what a settlement does, and the question that stays open.

use super::hand::*;
use crate::ids::{Month, OrganizationId, SeatId};
use crate::model::Partnership;
use crate::model::RunId;
use crate::model::event::{Event, Topic};
use crate::model::rivals::{Fiat, RandomTalk, SilentSettlement};
use crate::model::rules::settlement::{self, leave_open};
use crate::model::theory::Put;
use crate::model::{Standard, Theory};
use crate::parameters::{Parameters, Settlement};
use crate::roles::Mix;
use crate::scenario::World;
use crate::streams::Process;

/// The small world in which the partner was a researcher by agreement and in practice, and role
/// episodes always end in a proposal.
fn divided() -> Partnership {
    let mut setup = setup();
    let p = &mut setup.parameters;
    (p.settlement.demand, p.settlement.evidence, p.work.exposure) = (1.0, 5.0, 0.0);
    let partner = &mut setup.organizations[PARTNER];
    (partner.agreed, partner.enacted) = (Mix::pure(RESEARCHER), Mix::pure(RESEARCHER));
    found(setup)
}

fn with(p: &Partnership, change: impl FnOnce(&mut Parameters)) -> Partnership {
    let mut setup = p.setup().clone();
    change(&mut setup.parameters);
    p.fork(setup).expect("a sound setup")
}

fn expect(p: &mut Partnership, seats: &[SeatId], expectation: &[f64]) {
    seats.iter().for_each(|seat| view(p, *seat, PARTNER).expectation = mix(expectation));
}

/// A role episode about the partner that the director began, and whether the room settled.
fn attempt(p: &mut Partnership, theory: &impl Theory, present: &[SeatId]) -> (bool, Log) {
    let (room, mut log) = (room(p, present), Log::default());
    let at = p.origin().streams().at(Process::Demand);
    let settled = in_scene(p, theory, &mut log, |scene| {
        settlement::attempt(scene, &room, DIRECTOR, PARTNER, at)
    });
    (settled, log)
}

fn proposal(sides: &[&[f64]]) -> Option<Mix> {
    let sides: Vec<Mix> = sides.iter().map(|side| mix(side)).collect();
    Standard.proposal(&sides)
}

#[test]
fn what_all_sides_can_live_with_is_the_geometric_mean_of_what_they_hold() {
    // √(0.9·0.5) : √(0.1·0.5) = 3 : 1.
    assert_mix(&proposal(&[&[0.9, 0.1], &[0.5, 0.5]]).expect("a mix"), &[0.75, 0.25]);
    // ∛(8/9·¼) : ∛(1/9·¼) = 2 : 1, in whatever order the three are asked.
    let (most, half) = ([8.0 / 9.0, 1.0 / 9.0], [0.5, 0.5]);
    for sides in [[&most, &half, &half], [&half, &most, &half], [&half, &half, &most]] {
        let sides: Vec<&[f64]> = sides.iter().map(|side| &side[..]).collect();
        assert_mix(&proposal(&sides).expect("a mix"), &[2.0 / 3.0, 1.0 / 3.0]);
    }
    // What all hold is what they can live with.
    for count in 1..=4 {
        let same: Vec<&[f64]> = vec![&[0.2, 0.3, 0.5]; count];
        assert_mix(&proposal(&same).expect("a mix"), &[0.2, 0.3, 0.5]);
    }
}

#[test]
fn what_one_side_rules_out_has_no_place_in_a_proposal() {
    // √(0.5·0.8) : √(0.32·0.05) = 5 : 1, without the broker and the vendor.
    let found = proposal(&[&[0.5, 0.32, 0.18], &[0.8, 0.05, 0.0, 0.15]]).expect("a mix");
    assert_mix(&found, &[5.0 / 6.0, 1.0 / 6.0]);
    assert_eq!(proposal(&[&[0.5, 0.5], &[0.0, 0.0, 1.0]]), None, "nothing in common");
    assert_eq!(proposal(&[&[0.5, 0.5], &[0.0, 0.5, 0.5], &[0.5, 0.0, 0.5]]), None);
}

/// Two of the district and one who counts three times want another role of the partner, which is
/// as much the one as the other; half-way between them is the proposal.
fn negotiated() -> Partnership {
    let mut p = divided();
    p.organizations[PARTNER].identity = mix(&[0.6, 0.4]);
    holder(&mut p, DIRECTOR).status = 3.0;
    // The district's people together: (3·[0.2, 0.8] + [1, 0] + [0.4, 0.6])/5 = [0.4, 0.6];
    // √(0.6·0.4) of both roles.
    expect(&mut p, &[DIRECTOR], &[0.2, 0.8]);
    expect(&mut p, &[SPECIALIST], &[1.0]);
    expect(&mut p, &[ANALYST], &[0.4, 0.6]);
    expect(&mut p, &[LEAD], &[0.3, 0.7]);
    expect(&mut p, &[STAFF], &[0.6, 0.4]);
    for seat in TEAM {
        holder(&mut p, seat).views.iter_mut().for_each(|view| view.trust = 0.5);
    }
    p
}

#[test]
fn a_settlement_is_the_arrangement_and_closes_the_question() {
    let mut p = negotiated();
    p.organizations[PARTNER].open_question = 0.1;
    let before = p.clone();
    let (settled, log) = attempt(&mut p, &Standard, &TEAM);
    assert!(settled);
    assert_mix(&p.organizations[PARTNER].agreed, &[0.5, 0.5]);
    assert_eq!(p.organizations[PARTNER].open_question, 0.0);
    let [(_, Event::Settlement { about: PARTNER, seat: DIRECTOR, named_practice, moved, agreed })] =
        log.0[..]
    else {
        panic!("not a settlement by the director: {log:?}")
    };
    assert_close(moved, 0.5);
    assert_eq!((named_practice, agreed), (false, p.organizations[PARTNER].agreed));
    // Nothing else about the organizations changes, nor do projects under way.
    let partner = &mut p.organizations[PARTNER];
    let was = &before.organizations[PARTNER];
    (partner.agreed, partner.open_question) = (was.agreed, was.open_question);
    assert_eq!((&p.organizations, &p.projects), (&before.organizations, &before.projects));
}

#[test]
fn everybody_in_the_room_takes_the_organization_for_what_was_settled() {
    let mut p = negotiated();
    view(&mut p, SPECIALIST, PARTNER).conception = Mix::pure(VENDOR);
    let before = p.clone();
    attempt(&mut p, &Standard, &TEAM);
    for seat in TEAM {
        let (now, was) = (p.person(seat).expect("one"), before.person(seat).expect("one"));
        assert_mix(&now.views[PARTNER].conception, &[0.5, 0.5]);
        assert_close(now.views[PARTNER].certainty, was.views[PARTNER].certainty + 5.0);
        // Insiders take it for what they are taken for.
        let insider = [LEAD, STAFF].contains(&seat);
        assert_eq!(now.heard, if insider { mix(&[0.5, 0.5]) } else { was.heard });
        // Of the district nothing was said.
        assert_eq!(now.views[DISTRICT].conception, was.views[DISTRICT].conception);
        assert_eq!(now.views[DISTRICT].certainty, was.views[DISTRICT].certainty);
    }
}

#[test]
fn who_consents_comes_to_expect_what_was_settled_and_trusts_the_other_side_more() {
    let mut p = negotiated();
    attempt(&mut p, &Standard, &TEAM);
    // 0.5 + 0.3·0.5. The specialist, who expected what was agreed before, did not consent.
    for seat in [DIRECTOR, ANALYST, LEAD, STAFF] {
        assert_mix(&view(&mut p, seat, PARTNER).expectation, &[0.5, 0.5]);
        let (other, own) = match seat {
            LEAD | STAFF => (DISTRICT, PARTNER),
            _ => (PARTNER, DISTRICT),
        };
        assert_close(view(&mut p, seat, other).trust, 0.65);
        assert_eq!(view(&mut p, seat, own).trust, 0.5);
    }
    let outvoted = view(&mut p, SPECIALIST, PARTNER);
    assert_eq!((outvoted.expectation, outvoted.trust), (mix(&[1.0]), 0.5));
}

#[test]
fn outside_the_room_a_settlement_is_known_as_far_as_people_are_exposed_to_the_work() {
    let room = [DIRECTOR, SPECIALIST, LEAD];
    let outside = [HEAD, ANALYST, STAFF, OFFICE];
    let before = {
        let mut p = divided();
        expect(&mut p, &TEAM, &[0.5, 0.5]);
        p
    };
    let unexposed = {
        let mut p = before.clone();
        assert!(attempt(&mut p, &Standard, &room).0);
        p
    };
    for seat in outside {
        assert_eq!(unexposed.person(seat), before.person(seat));
    }
    let mut exposed = with(&before, |p| p.work.exposure = 1.0);
    assert!(attempt(&mut exposed, &Standard, &room).0);
    for seat in outside {
        let (now, was) = (exposed.person(seat).expect("one"), before.person(seat).expect("one"));
        let (now_held, held) = (&now.views[PARTNER], &was.views[PARTNER]);
        assert_mix(&now_held.conception, &[0.5, 0.5]);
        assert_close(now_held.certainty, held.certainty + 5.0);
        assert_eq!((now_held.expectation, now_held.trust), (held.expectation, held.trust));
        assert_eq!(now.heard, if seat == STAFF { mix(&[0.5, 0.5]) } else { was.heard });
    }
    // Each hears of it, or does not, apart from the others.
    let n = 2000;
    let (mut heard, mut both) = (0, 0);
    for run in 1..=n {
        let mut setup = with(&before, |p| p.work.exposure = 0.3).setup().clone();
        setup.organizations[PARTNER].identity = mix(&[0.5, 0.5]);
        let mut p = run_number(setup, run as u64);
        expect(&mut p, &TEAM, &[0.5, 0.5]);
        assert!(attempt(&mut p, &Standard, &room).0);
        let [head, office] =
            [HEAD, OFFICE].map(|seat| view(&mut p, seat, PARTNER).certainty > 30.0);
        heard += usize::from(head);
        both += usize::from(head && office);
    }
    assert_frequency(heard, n, 0.3);
    assert_frequency(both, n, 0.09);
}

#[test]
fn a_silent_settlement_tells_nobody_what_the_organization_is() {
    let (mut told, before) = (negotiated(), negotiated());
    let mut silent = with(&before, |p| p.work.exposure = 1.0);
    attempt(&mut told, &Standard, &TEAM);
    attempt(&mut silent, &SilentSettlement, &TEAM);
    assert_eq!(silent.organizations, told.organizations);
    for (seat, now) in silent.people() {
        let was = before.person(seat).expect("the same people");
        let (held, then) = (&now.views[PARTNER], &was.views[PARTNER]);
        assert_eq!((held.conception, held.certainty), (then.conception, then.certainty));
        assert_eq!(now.heard, was.heard);
        // What was consented to is expected all the same.
        let expected = told.person(seat).map(|person| person.views[PARTNER].expectation);
        assert_eq!(Some(held.expectation), expected);
    }
}

#[test]
fn a_proposal_names_how_they_work_where_it_is_nearer_to_that_than_the_arrangement_was() {
    // [0.5, 0.5], in place of a researcher.
    for (practice, named) in
        [(mix(&[0.7, 0.3]), true), (mix(&[0.8, 0.2]), false), (Mix::pure(BROKER), false)]
    {
        let mut p = negotiated();
        p.organizations[PARTNER].enacted = practice;
        let (_, log) = attempt(&mut p, &Standard, &TEAM);
        assert!(
            matches!(log.0[0].1, Event::Settlement { named_practice, .. } if named_practice == named)
        );
    }
}

/// Somebody who knows the organization, half-way from both, of a question that is closed.
const PUT: Put =
    Put { understood: true, to_proposal: 0.5, to_agreed: 0.5, open_question: 0.0, latitude: 0.0 };

#[test]
fn people_consent_to_what_they_understand_and_what_is_nearer_than_the_arrangement() {
    let rule = Settlement { ripeness: 1.5, ..Parameters::default().settlement };
    let consents = |put: Put| Standard.consents(&put, &rule);
    assert!(!consents(PUT), "as near");
    assert!(consents(Put { to_proposal: 0.4, ..PUT }), "nearer");
    assert!(!consents(Put { to_proposal: 0.0, understood: false, ..PUT }), "not understood");
    // A question of 0.1 bears 0.15, and a facilitated talk what its latitude is.
    for (open_question, latitude, bears) in [(0.1, 0.0, 0.15), (0.0, 0.2, 0.2), (0.1, 0.2, 0.35)] {
        let put = |farther| Put { to_proposal: 0.5 + farther, open_question, latitude, ..PUT };
        assert!(consents(put(bears - 0.01)) && !consents(put(bears + 0.01)));
    }
    // By decree nobody needs to understand.
    let decree = Fiat { lesson: 50.0 };
    assert!(decree.consents(&Put { to_proposal: 0.4, understood: false, ..PUT }, &rule));
    assert!(!decree.consents(&PUT, &rule));
}

#[test]
fn consent_is_monotone_in_all_that_bears_on_it() {
    let steps = || (0..=10).map(|step| f64::from(step) / 10.0);
    let consents = |put: &Put, ripeness: f64| {
        let rule = Settlement { ripeness, ..Parameters::default().settlement };
        Standard.consents(put, &rule)
    };
    for (to_proposal, to_agreed) in steps().flat_map(|a| steps().map(move |b| (a, b))) {
        let put = Put { to_proposal, to_agreed, open_question: 0.1, latitude: 0.1, ..PUT };
        if !consents(&put, 1.0) {
            continue;
        }
        for more in steps() {
            for nearer_to_consent in [
                Put { to_proposal: to_proposal - more, ..put },
                Put { to_agreed: to_agreed + more, ..put },
                Put { open_question: 0.1 + more, ..put },
                Put { latitude: 0.1 + more, ..put },
            ] {
                assert!(consents(&nearer_to_consent, 1.0));
            }
            assert!(consents(&put, 1.0 + more));
        }
    }
}

#[test]
fn outsiders_consent_once_they_are_as_certain_as_half_and_insiders_always_can() {
    for (certainty, settles) in [(9.99, false), (10.0, true)] {
        let mut p = divided();
        expect(&mut p, &TEAM, &[0.5, 0.5]);
        for seat in [DIRECTOR, SPECIALIST, ANALYST] {
            view(&mut p, seat, PARTNER).certainty = certainty;
        }
        for seat in [LEAD, STAFF] {
            view(&mut p, seat, PARTNER).certainty = 0.0;
        }
        let (settled, _) = attempt(&mut p.clone(), &Standard, &TEAM);
        assert_eq!(settled, settles);
        let (settled, _) = attempt(&mut p, &Fiat { lesson: 50.0 }, &TEAM);
        assert!(settled);
        assert_close(view(&mut p, DIRECTOR, PARTNER).certainty, certainty + 50.0);
    }
}

#[test]
fn as_a_question_presses_people_give_way() {
    // Half-way between [0.8, 0.2] and [0.2, 0.8], at 0.3 from the district, which had agreed on
    // what is at 0.2: it gives way once 1.5·s is more than 0.1.
    for (open_question, settles) in [(0.06, false), (0.07, true)] {
        let mut p = divided();
        let partner = &mut p.organizations[PARTNER];
        (partner.identity, partner.agreed) = (mix(&[0.2, 0.8]), mix(&[0.6, 0.4]));
        partner.open_question = open_question;
        expect(&mut p, &[DIRECTOR, SPECIALIST, ANALYST], &[0.8, 0.2]);
        expect(&mut p, &[LEAD, STAFF], &[0.2, 0.8]);
        let (settled, log) = attempt(&mut p, &Standard, &TEAM);
        assert_eq!(settled, settles);
        assert_eq!(matches!(log.0[0].1, Event::Refusal { .. }), !settles);
        assert_eq!(
            p.organizations[PARTNER].open_question,
            if settles { 0.0 } else { open_question }
        );
    }
}

#[test]
fn what_was_agreed_already_settles_nothing_unless_a_question_is_open() {
    for (open_question, settles) in [(0.0, false), (0.01, true)] {
        let mut p = divided();
        let partner = &mut p.organizations[PARTNER];
        (partner.agreed, partner.open_question) = (mix(&[0.5, 0.5]), open_question);
        expect(&mut p, &TEAM, &[0.5, 0.5]);
        let (settled, log) = attempt(&mut p, &Standard, &TEAM);
        assert_eq!(settled, settles);
        let still = |event: &Event| matches!(event, Event::Settlement { moved: 0.0, .. });
        assert_eq!(still(&log.0[0].1), settles);
    }
}

#[test]
fn role_episodes_end_in_a_proposal_as_often_as_is_said() {
    let n = 2000;
    let setup = with(&divided(), |p| p.settlement.demand = 0.3).setup().clone();
    let put = (1..=n).filter(|run| {
        let mut p = run_number(setup.clone(), *run as u64);
        expect(&mut p, &TEAM, &[0.5, 0.5]);
        let (settled, log) = attempt(&mut p, &Standard, &TEAM);
        assert_eq!(log.0.len(), usize::from(settled));
        settled
    });
    assert_frequency(put.count(), n, 0.3);
}

#[test]
fn each_side_must_reach_the_quorum_of_its_status_there() {
    // The director (status 2) and the analyst (1) want a provider; the specialist (1) a vendor or
    // what was agreed, and the proposal, mostly a provider, is farther from that: 3/4 of the
    // district's status consents, and all partners.
    let mut p = divided();
    expect(&mut p, &TEAM, &[0.0, 1.0]);
    expect(&mut p, &[SPECIALIST], &[0.3, 0.0, 0.0, 0.7]);
    holder(&mut p, DIRECTOR).status = 2.0;
    for (quorum, settles) in [(0.74, true), (0.76, false)] {
        let mut p = with(&p, |p| p.settlement.quorum = quorum);
        let (settled, log) = attempt(&mut p, &Standard, &TEAM);
        assert_eq!(settled, settles);
        // Who was outvoted expects what they expected.
        assert_eq!(view(&mut p, SPECIALIST, PARTNER).expectation, mix(&[0.3, 0.0, 0.0, 0.7]));
        assert_eq!(matches!(log.events().next(), Some(Event::Refusal { .. })), !settles);
    }
    // With the whole district for it, one of two partners is no quorum.
    expect(&mut p, &[SPECIALIST], &[0.0, 1.0]);
    expect(&mut p, &[STAFF], &[1.0]);
    let before = p.clone();
    let (settled, log) = attempt(&mut p, &Standard, &TEAM);
    assert!(!settled);
    assert_eq!(log.0.len(), 1);
    assert_eq!(log.0[0].1, Event::Refusal { about: PARTNER, seat: DIRECTOR });
    assert_eq!(p, before, "a refusal changes nothing by itself");
    // Nor can the district settle the partner's role alone.
    assert!(!attempt(&mut p, &Standard, &[DIRECTOR, SPECIALIST, ANALYST]).0);
}

#[test]
fn without_a_side_or_anything_in_common_there_is_no_proposal() {
    let mut p = divided();
    expect(&mut p, &TEAM, &[0.0, 1.0]);
    let before = p.clone();
    let (settled, log) = attempt(&mut p, &Standard, &[LEAD, STAFF]);
    assert!(!settled && log.0.is_empty(), "the district is not there");
    expect(&mut p, &[DIRECTOR, SPECIALIST, ANALYST], &[0.0, 0.0, 0.5, 0.5]);
    let (settled, log) = attempt(&mut p, &Standard, &TEAM);
    assert!(!settled && log.0.is_empty(), "they have no role in common");
    assert_eq!(p.organizations, before.organizations);
}

#[test]
fn only_those_concerned_have_a_say() {
    // The convener of a third organization expects mostly something else than a provider, which is
    // all that is left of what the others want. Nobody needs their consent; were the partner to
    // work for the network, it would be needed.
    let convener = 7;
    for (works_for, settles) in [(vec![DISTRICT], true), (vec![DISTRICT, OrganizationId(2)], false)]
    {
        let mut setup = with_a_network(divided().setup().clone());
        setup.organizations[PARTNER].works_for = works_for;
        let mut p = found(setup);
        expect(&mut p, &TEAM, &[0.0, 1.0]);
        expect(&mut p, &[SeatId(convener)], &[0.3, 0.2, 0.0, 0.5]);
        let (settled, _) = attempt(&mut p, &Standard, &[&TEAM[..], &[SeatId(convener)]].concat());
        assert_eq!(settled, settles);
    }
}

#[test]
fn one_voice_is_not_enough_where_two_attend() {
    // The director has 3/4 of the district's status, above the quorum, and is alone in wanting
    // a provider.
    let mut p = divided();
    holder(&mut p, DIRECTOR).status = 3.0;
    expect(&mut p, &TEAM, &[0.0, 1.0]);
    expect(&mut p, &[SPECIALIST], &[0.3, 0.0, 0.0, 0.7]);
    assert!(!attempt(&mut p.clone(), &Standard, &[DIRECTOR, SPECIALIST, LEAD, STAFF]).0);
    assert!(attempt(&mut p.clone(), &Standard, &[DIRECTOR, LEAD, STAFF]).0);
    assert!(attempt(&mut p.clone(), &Standard, &[DIRECTOR, SPECIALIST, ANALYST, LEAD]).0);
}

#[test]
fn what_is_left_unresolved_keeps_the_question_open() {
    let mut p = divided();
    p.organizations[PARTNER].open_question = 0.1;
    // 0.7·0.1 + 0.3·0.15·2/8, and for the district 0.3·0.15·0/8.
    apply(&mut p, |scene| leave_open(scene, &[0, 2], 8, 1.0));
    assert_close(p.organizations[PARTNER].open_question, 0.08125);
    assert_eq!(p.organizations[DISTRICT].open_question, 0.0);
}

#[test]
fn four_weekly_meetings_leave_as_much_open_as_one_monthly_meeting() {
    let (mut monthly, mut weekly) = (divided(), divided());
    for (unresolved, episodes) in [(2, 8), (5, 5), (0, 7), (3, 6)] {
        apply(&mut monthly, |scene| leave_open(scene, &[0, unresolved], episodes, 1.0));
        for _ in 0..4 {
            apply(&mut weekly, |scene| leave_open(scene, &[0, unresolved], episodes, 0.25));
        }
        let open = |p: &Partnership| p.organizations[PARTNER].open_question;
        assert_close(open(&weekly), open(&monthly));
    }
}

#[test]
fn talk_that_never_settles_opens_a_question_by_the_time_it_takes_not_by_the_meetings() {
    // Nothing but unresolved talk, shared by two organizations: together they approach s_max as
    // 1 − k^t, where t is the time from a month before the first meeting to the last one.
    for meetings in [1, 4] {
        let mut setup = frozen();
        setup.calendar.meetings_per_month = meetings;
        (setup.parameters.meeting.focus, setup.parameters.discourse.question) = (1.0, 0.0);
        (setup.parameters.meeting.attendance, setup.parameters.settlement.open_most) = (1.0, 0.15);
        setup.parameters.trust.breach_opens = 0.0;
        let mut p = found(setup);
        for month in 1..=12 {
            p.month(&RandomTalk { rate: 1.0 }, &mut ()).expect("a month");
            let elapsed = f64::from(month) + 1.0 - 1.0 / f64::from(meetings);
            let open: f64 = p.organizations.iter().map(|o| o.open_question).sum();
            assert_close(open, 0.15 * (1.0 - libm::pow(0.7, elapsed)));
        }
    }
}

#[test]
fn an_open_question_stays_below_its_bound_however_much_is_left_unresolved() {
    let mut p = divided();
    for _ in 0..500 {
        apply(&mut p, |scene| leave_open(scene, &[0, 9], 9, 1.0));
        assert!(p.organizations[PARTNER].open_question <= 0.15 + 1e-12);
    }
    assert_close(p.organizations[PARTNER].open_question, 0.15);
}

#[test]
fn a_question_is_closed_after_a_meeting_whose_last_word_on_it_was_a_settlement() {
    let set = ["trust.breach_opens=0.0".to_owned()];
    let cypress = World::open_with("cypress", &set).expect("a sound scenario");
    let (mut closed, mut open) = (0, 0);
    for run in 1..=200 {
        let origin = RunId::new(4, run);
        let mut p = Partnership::new(cypress.setup(origin), origin).expect("a sound setup");
        while p.month < Month(p.setup().calendar.months) {
            let mut log = Log::default();
            p.month(&Standard, &mut log).expect("a month");
            let mut last = [None; 2];
            for event in log.events() {
                match event {
                    Event::Settlement { about, .. } => last[about.0] = Some(true),
                    Event::Episode(episode) if episode.topic == Topic::Roles => {
                        if let Some(about) = episode.about {
                            last[about.0] = Some(false);
                        }
                    }
                    _ => {}
                }
            }
            for (o, last) in p.organizations.iter().zip(last) {
                match last {
                    Some(true) => {
                        assert_eq!(o.open_question, 0.0);
                        closed += 1;
                    }
                    Some(false) => {
                        assert!(o.open_question > 0.0);
                        open += 1;
                    }
                    None => {}
                }
            }
        }
    }
    assert!(closed > 20 && open > 200, "both happen: {closed} closed, {open} open");
}
