//! Settlement: demands, consent, what a settlement does, and the question that stays open.

use super::hand::*;
use crate::ids::{Month, OrganizationId, SeatId};
use crate::model::Partnership;
use crate::model::RunId;
use crate::model::event::{Event, Topic};
use crate::model::rivals::{RandomTalk, SilentSettlement};
use crate::model::rules::settlement::{self, leave_open};
use crate::model::{Standard, Theory};
use crate::parameters::Parameters;
use crate::roles::Mix;
use crate::scenario::World;
use crate::streams::Process;

/// The small world in which the partner was a researcher by agreement and in practice, role
/// episodes always end in a demand, and the room's expectation is pulled half-way.
fn divided() -> Partnership {
    let mut setup = setup();
    let rule = &mut setup.parameters.settlement;
    (rule.demand, rule.naming, rule.pull, rule.evidence) = (1.0, 0.0, 0.5, 5.0);
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

#[test]
fn a_settlement_moves_the_arrangement_closes_the_question_and_teaches_those_present() {
    let mut p = divided();
    p.organizations[PARTNER].open_question = 0.1;
    expect(&mut p, &[DIRECTOR, SPECIALIST], &[0.0, 1.0]);
    expect(&mut p, &[LEAD, STAFF], &[0.5, 0.5]);
    let director = view(&mut p, DIRECTOR, PARTNER);
    (director.conception, director.certainty) = (Mix::pure(RESEARCHER), 5.0);
    let before = p.clone();
    // The room expects [0.25, 0.75]; the director pulls it half-way to provider: [0.125, 0.875].
    // All consent, for it is nearer to what they expect: 0.125 against 1, 0.375 against 0.5.
    // A = [1, 0] + 0.6·[−0.875, 0.875].
    let (settled, log) = attempt(&mut p, &Standard, &[DIRECTOR, SPECIALIST, LEAD, STAFF]);
    assert!(settled);
    assert_mix(&p.organizations[PARTNER].agreed, &[0.475, 0.525]);
    assert_eq!(p.organizations[PARTNER].open_question, 0.0);
    let agreed = p.organizations[PARTNER].agreed;
    let Some(Event::Settlement {
        about: PARTNER,
        seat: DIRECTOR,
        named_practice: false,
        moved,
        agreed: told,
    }) = log.events().next()
    else {
        panic!("not a settlement by the director: {log:?}")
    };
    assert_close(*moved, 0.525);
    assert_eq!(*told, agreed);
    // Evidence 5 to a certainty of 5: half-way to A; n = 5 + 5·(1 − 0.8·0.525).
    let director = view(&mut p, DIRECTOR, PARTNER);
    assert_mix(&director.conception, &[0.7375, 0.2625]);
    assert_close(director.certainty, 7.9);
    // Nobody who was absent has learned of it, and no expectation and no project has changed.
    for absent in [ANALYST, HEAD, OFFICE] {
        assert_eq!(p.person(absent), before.person(absent));
    }
    let expected = |p: &Partnership| p.person(STAFF).map(|q| q.views[PARTNER].expectation);
    assert_eq!(expected(&p), expected(&before));
    assert_eq!(p.projects, before.projects);
    // A silent settlement does the same and teaches nobody what the partner is.
    let mut silent = before.clone();
    attempt(&mut silent, &SilentSettlement, &[DIRECTOR, SPECIALIST, LEAD, STAFF]);
    assert_eq!(silent.organizations, p.organizations);
    assert_eq!(silent.seats, before.seats);
}

#[test]
fn a_demand_may_name_how_they_already_work() {
    let mut p = with(&divided(), |p| (p.settlement.naming, p.settlement.pull) = (1.0, 1.0));
    p.organizations[PARTNER].enacted = mix(&[0.0, 0.5, 0.5]);
    expect(&mut p, &TEAM, &[0.0, 1.0]);
    // Pulled wholly to practice, at 0.5 from everybody's expectation, nearer than A at 1:
    // A = [0.4, 0.3, 0.3].
    let (settled, log) = attempt(&mut p, &Standard, &TEAM);
    assert!(settled);
    assert_mix(&p.organizations[PARTNER].agreed, &[0.4, 0.3, 0.3]);
    assert!(matches!(log.events().next(), Some(Event::Settlement { named_practice: true, .. })));
}

#[test]
fn people_consent_to_what_is_nearer_than_the_arrangement_or_within_their_latitude() {
    let mut rule = Parameters::default().settlement;
    rule.latitude = 0.4;
    assert!(Standard.consents(0.7, 0.8, &rule), "nearer");
    assert!(Standard.consents(0.4, 0.1, &rule), "within their latitude");
    assert!(!Standard.consents(0.5, 0.5, &rule), "neither");
}

#[test]
fn each_side_must_reach_the_quorum_of_its_status_there() {
    // The director (status 2) and the analyst (1) want a provider; the specialist (1) a vendor,
    // and is not served by the demand: 3/4 of the district's status consents, and all partners.
    let mut p = divided();
    expect(&mut p, &TEAM, &[0.0, 1.0]);
    expect(&mut p, &[SPECIALIST], &[0.1, 0.0, 0.0, 0.9]);
    holder(&mut p, DIRECTOR).status = 2.0;
    for (quorum, settles) in [(0.74, true), (0.76, false)] {
        let mut p = with(&p, |p| (p.settlement.quorum, p.settlement.pull) = (quorum, 1.0));
        let (settled, log) = attempt(&mut p, &Standard, &TEAM);
        assert_eq!(settled, settles);
        // Who was outvoted expects what they expected.
        assert_eq!(view(&mut p, SPECIALIST, PARTNER).expectation, mix(&[0.1, 0.0, 0.0, 0.9]));
        assert_eq!(matches!(log.events().next(), Some(Event::Refusal { .. })), !settles);
    }
    // With the whole district for it, one of two partners is no quorum.
    expect(&mut p, &[SPECIALIST], &[0.0, 1.0]);
    expect(&mut p, &[STAFF], &[0.1, 0.0, 0.0, 0.9]);
    let mut p = with(&p, |p| p.settlement.pull = 1.0);
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
fn only_those_concerned_have_a_say() {
    // The convener of a third organization expects a vendor, at distance 1 from the demand. Nobody
    // needs their consent; were the partner to work for the network, it would be needed.
    let convener = 7;
    for (works_for, settles) in [(vec![DISTRICT], true), (vec![DISTRICT, OrganizationId(2)], false)]
    {
        let mut setup = with_a_network(divided().setup().clone());
        setup.organizations[PARTNER].works_for = works_for;
        setup.parameters.settlement.pull = 1.0;
        let mut p = found(setup);
        expect(&mut p, &TEAM, &[0.0, 1.0]);
        expect(&mut p, &[SeatId(convener)], &[0.1, 0.0, 0.0, 0.9]);
        let (settled, _) = attempt(&mut p, &Standard, &[&TEAM[..], &[SeatId(convener)]].concat());
        assert_eq!(settled, settles);
    }
}

#[test]
fn one_voice_is_not_enough_where_two_attend() {
    // The director has 3/4 of the district's status, above the quorum, and is alone in wanting
    // a provider.
    let mut p = with(&divided(), |p| p.settlement.pull = 1.0);
    holder(&mut p, DIRECTOR).status = 3.0;
    expect(&mut p, &TEAM, &[0.0, 1.0]);
    expect(&mut p, &[SPECIALIST], &[0.1, 0.0, 0.0, 0.9]);
    assert!(!attempt(&mut p.clone(), &Standard, &[DIRECTOR, SPECIALIST, LEAD, STAFF]).0);
    assert!(attempt(&mut p.clone(), &Standard, &[DIRECTOR, LEAD, STAFF]).0);
    assert!(attempt(&mut p.clone(), &Standard, &[DIRECTOR, SPECIALIST, ANALYST, LEAD]).0);
}

#[test]
fn a_demand_for_nearly_what_is_agreed_changes_nothing() {
    // Everybody expects [1 − x, x]: so does the demand, at distance x from A.
    for (x, settles) in [(0.14, false), (0.16, true)] {
        let mut p = divided();
        expect(&mut p, &TEAM, &[1.0 - x, x]);
        let before = p.clone();
        let (settled, log) = attempt(&mut p, &Standard, &TEAM);
        assert_eq!(settled, settles);
        assert_eq!(log.0.is_empty(), !settles, "it is not even refused");
        assert!(settles || p == before);
    }
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
        while p.month < Month(17) {
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
