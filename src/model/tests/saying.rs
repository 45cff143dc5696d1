//! Identity-referencing discourse: who says what, and what it does to those who hear it.

use super::hand::*;
use crate::ids::{Month, RoleId, SeatId};
use crate::model::Partnership;
use crate::model::RunId;
use crate::model::Setup;
use crate::model::event::{Event, TalkKind};
use crate::model::rivals::{Clear, Mute};
use crate::model::rules::acts;
use crate::model::rules::discourse::{Floor, contribute, other_side};
use crate::model::rules::meeting::hold_meetings;
use crate::model::{Standard, Theory};
use crate::roles::Mix;
use crate::scenario::World;

/// The small world in which every contribution with content is of one kind, and holds one
/// observation.
fn speaking(kind: TalkKind) -> Partnership {
    let mut setup = setup();
    let discourse = &mut setup.parameters.discourse;
    let only = |this: TalkKind| f64::from(u8::from(this == kind));
    discourse.question = only(TalkKind::Question);
    discourse.history = only(TalkKind::History);
    discourse.comparison = only(TalkKind::Comparison);
    discourse.metaphor = only(TalkKind::Metaphor);
    setup.parameters.learning.talk = 1.0;
    found(setup)
}

/// One contribution of a seat about the partner, heard by the whole team.
fn say(p: &mut Partnership, theory: &impl Theory, seat: SeatId) -> (TalkKind, Floor) {
    let streams = p.origin().streams();
    let room = room(p, &TEAM);
    in_scene(p, theory, &mut (), |scene| {
        contribute(scene, &room, seat, PARTNER, false, &|process| streams.at(process))
    })
}

#[test]
fn an_insider_s_assertion_weighs_as_much_as_the_hearer_trusts_and_the_role_is_familiar() {
    let mut p = speaking(TalkKind::Assertion);
    let mut setup = p.setup().clone();
    setup.organizations[PARTNER].repertoire = familiar(&setup, PROVIDER, 0.8);
    p = p.fork(setup).expect("a sound setup");
    p.organizations[PARTNER].identity = Mix::pure(PROVIDER);
    // Statuses 3 and four of 1: the lead's is 3/1.4 = 15/7 of the mean.
    holder(&mut p, LEAD).status = 3.0;
    *view(&mut p, DIRECTOR, PARTNER) = known(&[1.0], 8.0, 0.35);
    *view(&mut p, STAFF, PARTNER) = known(&[1.0], 8.0, 1.0);
    let before = p.clone();
    assert_eq!(say(&mut p, &Standard, LEAD), (TalkKind::Assertion, Floor::Anybody));
    // g = 1·15/7·0.35·0.8 = 0.6; w = 0.6/8.6; it contradicts wholly, and makes nobody surer.
    let director = view(&mut p, DIRECTOR, PARTNER);
    assert_mix(&director.conception, &[8.0 / 8.6, 0.6 / 8.6]);
    assert_eq!(director.certainty, 8.0);
    // A colleague weighs at the in-group credibility: g = 15/7·0.8·0.8 = 9.6/7.
    let staff = view(&mut p, STAFF, PARTNER);
    assert_mix(&staff.conception, &[56.0 / 65.6, 9.6 / 65.6]);
    // What insiders say of themselves is nothing they hear from outsiders, and nobody hears
    // themselves, or from another room.
    assert_eq!(p.person(STAFF).map(|q| q.heard), before.person(STAFF).map(|q| q.heard));
    assert_eq!((p.person(LEAD), p.person(HEAD)), (before.person(LEAD), before.person(HEAD)));
    assert_eq!(p.organizations, before.organizations);
}

#[test]
fn an_outsider_is_believed_as_far_as_they_can_know_and_is_heard_by_insiders() {
    let mut p = speaking(TalkKind::Assertion);
    view(&mut p, DIRECTOR, PARTNER).conception = Mix::pure(VENDOR);
    *view(&mut p, LEAD, PARTNER) = known(&[1.0], 8.55, 1.0);
    view(&mut p, LEAD, DISTRICT).trust = 0.6;
    *view(&mut p, ANALYST, PARTNER) = known(&[1.0], 9.4, 1.0);
    let before = p.clone();
    say(&mut p, &Standard, DIRECTOR);
    // Authority 1 − u(30) = 0.75. Lead: g = 0.6·0.75 = 0.45 of 9; analyst: g = 0.8·0.75 = 0.6 of 10.
    assert_mix(&view(&mut p, LEAD, PARTNER).conception, &[0.95, 0.0, 0.0, 0.05]);
    assert_mix(&view(&mut p, ANALYST, PARTNER).conception, &[0.94, 0.0, 0.0, 0.06]);
    // The image of themselves moves a fifth of the way, for insiders only.
    assert_mix(&holder(&mut p, LEAD).heard, &[0.4, 0.4, 0.0, 0.2]);
    assert_mix(&holder(&mut p, STAFF).heard, &[0.4, 0.4, 0.0, 0.2]);
    assert_eq!(p.person(ANALYST).map(|q| q.heard), before.person(ANALYST).map(|q| q.heard));
}

#[test]
fn a_metaphor_carries_the_whole_mix_and_a_part_of_the_evidence() {
    let mut p = speaking(TalkKind::Metaphor);
    view(&mut p, DIRECTOR, PARTNER).conception = mix(&[0.0, 0.0, 0.5, 0.5]);
    // g = 0.3·0.75 = 0.225 of 9; the image moves by 0.3 of a fifth.
    *view(&mut p, LEAD, PARTNER) = known(&[1.0], 8.775, 1.0);
    assert_eq!(say(&mut p, &Standard, DIRECTOR).0, TalkKind::Metaphor);
    assert_mix(&view(&mut p, LEAD, PARTNER).conception, &[0.975, 0.0, 0.0125, 0.0125]);
    assert_mix(&holder(&mut p, LEAD).heard, &[0.47, 0.47, 0.03, 0.03]);
}

#[test]
fn an_insider_s_comparison_takes_mass_from_the_role_they_are_taken_for_most() {
    let mut p = speaking(TalkKind::Comparison);
    // They hear themselves taken for a provider beyond their identity, by 0.1, and for a vendor,
    // by 0.3: "we are not another vendor".
    p.organizations[PARTNER].identity = mix(&[0.6, 0.3, 0.1]);
    holder(&mut p, LEAD).heard = mix(&[0.3, 0.4, 0.0, 0.3]);
    *view(&mut p, DIRECTOR, PARTNER) = known(&[0.4, 0.4, 0.0, 0.2], 9.0, 1.0);
    let before = p.clone();
    assert_eq!(say(&mut p, &Clear, LEAD).0, TalkKind::Comparison);
    // The director hears what is left without the vendor, [0.5, 0.5], at distance 0.2:
    // w = 1/10; vendor 0.2·0.9; n = 9 + 1 − 0.2.
    let director = view(&mut p, DIRECTOR, PARTNER);
    assert_mix(&director.conception, &[0.41, 0.41, 0.0, 0.18]);
    assert_close(director.certainty, 9.8);
    // It says what is, not what should be; and it is no news to insiders of how they are taken.
    let expected =
        |p: &Partnership| p.people().map(|(_, q)| q.views[PARTNER].expectation).collect();
    let (now, then): (Vec<Mix>, Vec<Mix>) = (expected(&p), expected(&before));
    assert_eq!(now, then);
    assert_eq!(p.person(STAFF).map(|q| q.heard), before.person(STAFF).map(|q| q.heard));
}

#[test]
fn an_outsider_s_comparison_adds_the_role_they_see() {
    let mut p = speaking(TalkKind::Comparison);
    view(&mut p, DIRECTOR, PARTNER).conception = Mix::pure(VENDOR);
    *view(&mut p, LEAD, PARTNER) = known(&[1.0], 9.25, 1.0);
    assert_eq!(say(&mut p, &Standard, DIRECTOR).0, TalkKind::Comparison);
    // g = 0.75 of 10.
    assert_mix(&view(&mut p, LEAD, PARTNER).conception, &[0.925, 0.0, 0.0, 0.075]);
    assert_mix(&holder(&mut p, LEAD).heard, &[0.4, 0.4, 0.0, 0.2]);
}

#[test]
fn a_question_claims_nothing_and_hands_the_floor_to_the_other_side() {
    for (asks, organization) in [(DIRECTOR, DISTRICT), (LEAD, PARTNER)] {
        let mut p = speaking(TalkKind::Question);
        let before = p.clone();
        let (kind, floor) = say(&mut p, &Standard, asks);
        assert_eq!((kind, p.clone()), (TalkKind::Question, before));
        assert_eq!(floor, Floor::Other { organization, about: PARTNER });
        // Outsiders ask insiders of the partner, insiders ask outsiders.
        let answers = |seat| other_side(p.person(seat).expect("somebody"), organization, PARTNER);
        let side: Vec<SeatId> = TEAM.into_iter().filter(|seat| answers(*seat)).collect();
        let other: &[SeatId] =
            if asks == LEAD { &[DIRECTOR, SPECIALIST, ANALYST] } else { &[LEAD, STAFF] };
        assert_eq!(side, other);
    }
}

#[test]
fn who_was_asked_answers_with_the_past_or_with_limits_or_says_nothing() {
    let set =
        ["discourse.question=0.5", "meeting.focus=1.0", "meeting.stray=0.0", "ties.archive=1.0"];
    let cypress = World::open_with("cypress", set).expect("a sound scenario");
    let mut answers = 0;
    for run in 1..=20 {
        let origin = RunId::new(3, run);
        let mut p = Partnership::new(cypress.setup(origin), origin).expect("a sound setup");
        let seats = p.setup().seats.clone();
        let mut log = Log::default();
        p.run(&Standard, &mut log).expect("a month");
        let mut asked_by = None;
        for event in log.events() {
            asked_by = match event {
                Event::Contribution { seat, about, kind } => {
                    if let Some(asker) = asked_by {
                        let insider = |seat: SeatId| seats[seat].organization == *about;
                        let told = matches!(kind, TalkKind::History | TalkKind::Comparison);
                        // An insider may have nothing to say, for all that they were asked.
                        assert!(told || (*kind == TalkKind::Deferral && insider(*seat)));
                        assert_ne!(insider(asker), insider(*seat));
                        answers += 1;
                    }
                    (*kind == TalkKind::Question).then_some(*seat)
                }
                _ => None,
            };
        }
    }
    assert!(answers > 1000);
}

#[test]
fn an_insider_speaks_from_the_identity_and_an_outsider_from_what_they_take_it_for() {
    let (identity, view) = (Mix::pure(BROKER), known(&[0.2, 0.8], 8.0, 1.0));
    assert_eq!(*Standard.source(true, &view, &identity), identity);
    assert_eq!(*Standard.source(false, &view, &identity), view.conception);
}

#[test]
fn an_organization_that_is_much_at_once_will_not_say_what_it_is() {
    // (e^H − 1)/(K − 1), where e^H is n for n roles alike.
    for (identity, roles, defers) in [
        (mix(&[1.0]), 4, 0.0),
        (mix(&[0.5, 0.5]), 4, 1.0 / 3.0),
        (mix(&[0.0, 0.5, 0.0, 0.5]), 4, 1.0 / 3.0),
        (mix(&[0.5, 0.5]), 2, 1.0),
        (mix(&[0.25; 4]), 4, 1.0),
        (mix(&[0.125; 8]), 8, 1.0),
        (mix(&[1.0]), 1, 0.0),
        // e^H = 2^(1/2)·4^(1/2), by half of one role and two quarters.
        (mix(&[0.5, 0.25, 0.25]), 4, (libm::sqrt(8.0) - 1.0) / 3.0),
    ] {
        assert_close(Standard.defers(&identity, roles), defers);
        assert_eq!(Clear.defers(&identity, roles), 0.0);
    }
}

const WITH_CONTENT: [TalkKind; 4] =
    [TalkKind::Assertion, TalkKind::History, TalkKind::Comparison, TalkKind::Metaphor];

#[test]
fn a_deferral_claims_nothing_teaches_nobody_and_leaves_no_image() {
    for kind in WITH_CONTENT {
        let mut p = speaking(kind);
        p.organizations[PARTNER].identity = mix(&[0.25; 4]);
        p.organizations[PARTNER].remember();
        view(&mut p, DIRECTOR, PARTNER).conception = Mix::pure(VENDOR);
        holder(&mut p, STAFF).heard = Mix::pure(VENDOR);
        let before = p.clone();
        assert_eq!(say(&mut p, &Standard, LEAD), (TalkKind::Deferral, Floor::Anybody));
        assert_eq!(p, before);
        // An outsider has no such way out, nor has who always says what it is.
        assert_eq!(say(&mut p.clone(), &Standard, DIRECTOR).0, kind);
        assert_eq!(say(&mut p, &Clear, LEAD).0, kind);
        assert_ne!(p, before);
    }
    // Who asks asks, whatever their own organization is.
    let mut p = speaking(TalkKind::Question);
    p.organizations[PARTNER].identity = mix(&[0.25; 4]);
    assert_eq!(say(&mut p, &Standard, LEAD).0, TalkKind::Question);
}

#[test]
fn insiders_defer_as_often_as_their_identity_is_spread_out() {
    let n = 3000;
    let setup = speaking(TalkKind::Metaphor).setup().clone();
    let deferrals = (1..=n).filter(|run| {
        let mut p = run_number(setup.clone(), *run as u64);
        say(&mut p, &Standard, LEAD).0 == TalkKind::Deferral
    });
    assert_frequency(deferrals.count(), n, 1.0 / 3.0);
}

#[test]
fn where_talk_is_mute_nothing_that_is_said_changes_anybody() {
    for kind in TalkKind::ALL {
        for speaker in TEAM {
            let mut p = speaking(kind);
            p.organizations[PARTNER].identity = Mix::pure(BROKER);
            view(&mut p, DIRECTOR, PARTNER).conception = Mix::pure(VENDOR);
            let before = p.clone();
            say(&mut p, &Mute, speaker);
            assert_eq!(p, before);
        }
    }
}

#[test]
fn mute_meetings_leave_what_is_held_to_acts_and_settlements() {
    let mut setup = setup();
    (setup.parameters.agenda.threshold, setup.parameters.meeting.focus) = (0.0, 1.0);
    (setup.parameters.settlement.demand, setup.parameters.learning.talk) = (0.0, 5.0);
    setup.parameters.meeting.attendance = 1.0;
    let meet = |setup: &Setup, theory: &dyn Fn(&mut Partnership)| {
        let mut p = found(setup.clone());
        view(&mut p, DIRECTOR, PARTNER).conception = Mix::pure(VENDOR);
        p.organizations[PARTNER].agreed = Mix::pure(BROKER);
        p.month = Month(1);
        let before = p.clone();
        theory(&mut p);
        assert_eq!(p.meetings, 1);
        p.seats != before.seats
    };
    let mute = |p: &mut Partnership| in_scene(p, &Mute, &mut (), hold_meetings);
    assert!(!meet(&setup, &mute));
    assert!(meet(&setup, &|p| apply(p, hold_meetings)));
    // What is settled is still declared, and what is done is still seen.
    setup.parameters.settlement.demand = 1.0;
    assert!(meet(&setup, &mute));
    let mut p = found(setup);
    let before = p.clone();
    in_scene(&mut p, &Mute, &mut (), acts::show_acts);
    assert_ne!(p.seats, before.seats);
}

#[test]
fn the_past_is_told_by_those_who_were_there_or_from_an_archive() {
    let mut p = speaking(TalkKind::History);
    // Before we look they did research; in months 1 and 2 they provided; in month 3 they broke
    // deals half the time.
    let partner = &mut p.organizations[PARTNER];
    partner.enacted = Mix::pure(PROVIDER);
    partner.remember();
    partner.remember();
    partner.enacted = mix(&[0.0, 0.5, 0.5]);
    partner.remember();
    assert_mix(&partner.history(1).expect("a past"), &[0.0, 2.5 / 3.0, 0.5 / 3.0]);
    assert_mix(&partner.history(3).expect("a past"), &[0.0, 0.5, 0.5]);
    assert_eq!(partner.history(4), None);
    // Who was there two months earlier remembers halves of the year before: [1, 1 + 2.5, 0.5]/5.
    assert_mix(&partner.history(-1).expect("a past"), &[0.2, 0.7, 0.1]);

    p.month = Month(4);
    holder(&mut p, DIRECTOR).since = 3;
    *view(&mut p, LEAD, PARTNER) = known(&[1.0], 9.25, 1.0);
    assert_eq!(say(&mut p, &Standard, DIRECTOR).0, TalkKind::History);
    assert_mix(&view(&mut p, LEAD, PARTNER).conception, &[0.925, 0.0375, 0.0375]);
    // A newcomer has no history to tell, and makes an assertion.
    holder(&mut p, DIRECTOR).since = 4;
    assert_eq!(say(&mut p, &Standard, DIRECTOR).0, TalkKind::Assertion);
    // From an archive they tell of all three months, [0, 2.5, 0.5]/3, and so does everybody.
    let mut setup = p.setup().clone();
    setup.parameters.ties.archive = 1.0;
    let mut p = p.fork(setup).expect("a sound setup");
    for since in [4, 3] {
        holder(&mut p, DIRECTOR).since = since;
        *view(&mut p, LEAD, PARTNER) = known(&[1.0], 9.25, 1.0);
        assert_eq!(say(&mut p, &Standard, DIRECTOR).0, TalkKind::History);
        assert_mix(&view(&mut p, LEAD, PARTNER).conception, &[0.925, 0.0625, 0.0125]);
    }
}

/// A view with this conception and certainty, and trust.
fn known(conception: &[f64], certainty: f64, trust: f64) -> crate::model::View {
    crate::model::View {
        expectation: mix(&[0.5, 0.5]),
        conception: mix(conception),
        certainty,
        trust,
    }
}

/// The partner's repertoire with another familiarity of one role.
fn familiar(
    setup: &crate::model::Setup,
    role: RoleId,
    familiarity: f64,
) -> crate::roles::Repertoire {
    let mut roles = setup.organizations[PARTNER].repertoire.roles().to_vec();
    roles[role].familiarity = familiarity;
    crate::roles::Repertoire::new(roles).expect("a repertoire")
}
