//! Tension, raising roles and learning; and who comes to a meeting and begins to talk.

use super::hand::*;
use crate::ids::{OrganizationId, ProfileId, SeatId};
use crate::model::event::{Event, Topic};
use crate::model::rivals::{DivergenceOnly, NoDoubt, RandomTalk, StatusBlind};
use crate::model::theory::Trouble;
use crate::model::{Heard, Standard, Theory};
use crate::model::{Setup, View};
use crate::parameters::{Agenda, Parameters};
use crate::roles::Mix;

fn held(expectation: &[f64], conception: &[f64], certainty: f64) -> View {
    View { expectation: mix(expectation), conception: mix(conception), certainty, trust: 1.0 }
}

/// What a claim with so much evidence does to a conception.
fn learn(theory: &impl Theory, view: &mut View, claim: Mix, evidence: f64) {
    let distance = claim.distance(&view.conception);
    theory.learn(view, &Heard { claim: &claim, distance, evidence, credibility: 1.0 });
}

/// The small world with κ = 1.2 and n₀ = 10.
fn tense() -> Setup {
    let mut setup = setup();
    (setup.parameters.agenda.newness, setup.parameters.learning.half_certainty) = (1.2, 10.0);
    setup
}

#[test]
fn an_outsider_is_tense_about_what_should_be_and_about_not_knowing() {
    let mut p = found(tense());
    // d = (0.3 + 0.2 + 0.5)/2 = 0.5; u(30) = 10/40 = 0.25; T = 0.5 + 1.2·0.25 + 0.1 = 0.9.
    *view(&mut p, DIRECTOR, PARTNER) = held(&[0.5, 0.5], &[0.2, 0.3, 0.5], 30.0);
    let director = p.person(DIRECTOR).expect("the director");
    let trouble = director.trouble(PARTNER, p.setup(), 0.1);
    let Trouble { mismatch, uncertainty, open_question } = trouble;
    assert_close(mismatch, 0.5);
    assert_eq!((uncertainty, open_question), (0.25, 0.1));
    let agenda = &p.setup().parameters.agenda;
    assert_close(Standard.tension(&trouble, agenda), 0.9);
    // Where not knowing troubles nobody, T = 0.5 + 0.1.
    assert_close(DivergenceOnly.tension(&trouble, agenda), 0.6);
}

#[test]
fn an_insider_is_tense_about_being_taken_for_something_else() {
    let mut p = found(tense());
    let setup = p.setup().clone();
    let lead = holder(&mut p, LEAD);
    // d(x, h) = 0.3; T = 0.3 + 0.1 however uncertain they are, and whatever they take it for.
    lead.heard = mix(&[0.9, 0.1]);
    for (conception, certainty) in [([0.6, 0.4], 60.0), ([0.0, 1.0], 0.0)] {
        lead.views[PARTNER] = held(&[0.6, 0.4], &conception, certainty);
        let trouble = lead.trouble(PARTNER, &setup, 0.1);
        assert_eq!(trouble.uncertainty, 0.0);
        assert_close(Standard.tension(&trouble, &setup.parameters.agenda), 0.4);
        assert_close(DivergenceOnly.tension(&trouble, &setup.parameters.agenda), 0.4);
    }
}

#[test]
fn tension_grows_with_everything_that_troubles_but_for_what_a_rival_ignores() {
    let agenda = Agenda { newness: 1.2, ..Parameters::default().agenda };
    let trouble =
        |mismatch, uncertainty, open_question| Trouble { mismatch, uncertainty, open_question };
    let less = trouble(0.3, 0.4, 0.1);
    let tension = |trouble: &Trouble| Standard.tension(trouble, &agenda);
    for more in [trouble(0.4, 0.4, 0.1), trouble(0.3, 0.5, 0.1), trouble(0.3, 0.4, 0.2)] {
        assert!(tension(&more) > tension(&less));
    }
    let divergence = |uncertainty| DivergenceOnly.tension(&trouble(0.3, uncertainty, 0.1), &agenda);
    assert_eq!(divergence(0.0), divergence(1.0));
}

#[test]
fn roles_are_raised_with_logistic_probability() {
    let agenda = &Parameters::default().agenda;
    let log_3 = libm::log(3.0);
    // Odds of 1 at the threshold, 3 a step of β·ln 3 above it, 1/3 as much below.
    for (steps, probability) in [(0.0, 0.5), (log_3, 0.75), (-log_3, 0.25)] {
        let tension = agenda.threshold + steps * agenda.softness;
        assert_close(Standard.raises_roles(tension, agenda), probability);
        assert_close(RandomTalk { rate: 0.1 }.raises_roles(tension, agenda), 0.1);
    }
}

#[test]
fn a_claim_moves_a_conception_by_its_share_of_the_evidence_and_nothing_else() {
    // g/(n+g) = 2/10; the claim is half of what they hold (d = 0.5), so n grows by 2·0.5.
    let mut view = held(&[0.5, 0.5], &[1.0], 8.0);
    learn(&Standard, &mut view, mix(&[0.5, 0.5]), 2.0);
    assert_mix(&view.conception, &[0.9, 0.1]);
    assert_close(view.certainty, 9.0);
    // What should be is no matter of evidence, nor is trust.
    assert_eq!((view.expectation, view.trust), (mix(&[0.5, 0.5]), 1.0));
    // A rival in which what contradicts makes as certain as what agrees: n = 8 + 2.
    let mut trusting = held(&[0.5, 0.5], &[1.0], 8.0);
    learn(&NoDoubt, &mut trusting, mix(&[0.5, 0.5]), 2.0);
    assert_close(trusting.certainty, 10.0);
    assert_eq!(trusting.conception, view.conception);
}

#[test]
fn only_what_confirms_makes_certain() {
    for (claim, certainty) in [(RESEARCHER, 10.0), (PROVIDER, 8.0)] {
        let mut view = held(&[0.5, 0.5], &[1.0], 8.0);
        learn(&Standard, &mut view, Mix::pure(claim), 2.0);
        assert_close(view.certainty, certainty);
    }
    // There is no end to it.
    let mut view = held(&[0.5, 0.5], &[1.0], 8.0);
    (0..1000).for_each(|_| learn(&Standard, &mut view, Mix::pure(RESEARCHER), 2.0));
    assert_close(view.certainty, 2008.0);
}

#[test]
fn who_knows_nothing_takes_the_first_claim_whole_but_not_what_carries_no_evidence() {
    let mut view = held(&[0.5, 0.5], &[1.0], 0.0);
    learn(&Standard, &mut view, Mix::pure(BROKER), 0.0);
    assert_eq!(view, held(&[0.5, 0.5], &[1.0], 0.0));
    learn(&Standard, &mut view, Mix::pure(BROKER), 0.5);
    assert_mix(&view.conception, &[0.0, 0.0, 1.0]);
}

/// Who initiated, and about whom, in a frozen world in which everybody attends.
fn episodes(
    setup: crate::model::Setup,
    theory: &impl Theory,
) -> Vec<(SeatId, Option<OrganizationId>)> {
    let mut setup = setup;
    setup.calendar.months = 400;
    setup.parameters.meeting.attendance = 1.0;
    (setup.parameters.meeting.focus, setup.parameters.meeting.stray) = (1.0, 1.0);
    let mut log = Log::default();
    found(setup).run(theory, &mut log).expect("a month");
    let episode = |event: &Event| match event {
        Event::Episode(episode) => Some((episode.initiator, episode.about)),
        _ => None,
    };
    log.events().filter_map(episode).collect()
}

#[test]
fn a_meeting_holds_five_to_nine_episodes_with_the_stated_mean() {
    let mut setup = frozen();
    (setup.calendar.months, setup.parameters.meeting.attendance) = (1000, 1.0);
    let mut log = Log::default();
    found(setup).run(&Standard, &mut log).expect("a month");
    let meetings = log.events().filter(|e| matches!(e, Event::Meeting { .. })).count();
    let episodes = log.events().filter(|e| matches!(e, Event::Episode(_))).count();
    let last = |e: &Event| if let Event::Episode(episode) = e { episode.number } else { 0 };
    assert_eq!((meetings, log.events().map(last).max()), (1000, Some(9)));
    // Five and a binomial number of four at 0.6: of 4000 chances for one more, 2400 are taken.
    assert_frequency(episodes - 5 * meetings, 4 * meetings, 0.6);
}

#[test]
fn a_meeting_needs_two_organizations() {
    let mut setup = frozen();
    setup.parameters.meeting.attendance = 1.0;
    setup.seats[LEAD].holder = None;
    setup.seats[STAFF].holder = None;
    let mut p = found(setup);
    let mut log = Log::default();
    p.month(&Standard, &mut log).expect("a month");
    assert_eq!(log.events().filter(|e| matches!(e, Event::NoMeeting)).count(), 1);
    assert!(!log.events().any(|e| matches!(e, Event::Meeting { .. } | Event::Episode(_))));
    assert_eq!(p.meetings, 0);
}

#[test]
fn team_members_attend_at_the_stated_rate() {
    let n = 4000;
    let mut setup = frozen();
    (setup.calendar.months, setup.parameters.meeting.attendance) = (1000, 0.6);
    setup.calendar.meetings_per_month = 4;
    let mut log = Log::default();
    found(setup).run(&Standard, &mut log).expect("a month");
    // They meet when somebody of the three and somebody of the two come; and then all five do
    // with probability 0.6⁵.
    let meets = (1.0 - 0.4 * 0.4 * 0.4) * (1.0 - 0.4 * 0.4);
    let full = 0.6 * 0.6 * 0.6 * 0.6 * 0.6;
    let all = Event::Meeting { present: TEAM.to_vec() };
    let held = log.events().filter(|e| matches!(e, Event::Meeting { .. })).count();
    assert_frequency(held, n, meets);
    assert_frequency(log.events().filter(|e| **e == all).count(), n, full);
    assert_eq!(log.events().filter(|e| matches!(e, Event::NoMeeting)).count(), n - held);
}

#[test]
fn a_seat_may_have_an_attendance_of_its_own() {
    // The director never comes, the analyst always does, the others come as is usual.
    let mut setup = frozen();
    (setup.calendar.months, setup.parameters.meeting.attendance) = (1000, 0.6);
    (setup.seats[DIRECTOR].attendance, setup.seats[ANALYST].attendance) = (Some(0.0), Some(1.0));
    setup.seats[STAFF].attendance = Some(0.3);
    let mut log = Log::default();
    found(setup).run(&Standard, &mut log).expect("a month");
    let rooms: Vec<&Vec<SeatId>> = log
        .events()
        .filter_map(|event| match event {
            Event::Meeting { present } => Some(present),
            _ => None,
        })
        .collect();
    let there = |seat: SeatId| rooms.iter().filter(|room| room.contains(&seat)).count();
    assert_eq!((there(DIRECTOR), there(ANALYST)), (0, rooms.len()));
    // The analyst is there, so that they meet when the lead or the staff member comes.
    let meets = 1.0 - 0.4 * 0.7;
    assert_frequency(rooms.len(), 1000, meets);
    assert_frequency(there(SPECIALIST), rooms.len(), 0.6);
    assert_frequency(there(LEAD), rooms.len(), 0.6 / meets);
    assert_frequency(there(STAFF), rooms.len(), 0.3 / meets);
}

#[test]
fn initiators_are_chosen_by_a_power_of_their_status() {
    // Statuses 3, 1, 1, 2, 1: the director has 3/8 of the first power, 9/16 of the squares and a
    // fifth of the heads; the lead 2/8, 4/16 and a fifth.
    for (voice, director, lead) in [(1.0, 0.375, 0.25), (2.0, 0.5625, 0.25), (0.0, 0.2, 0.2)] {
        let mut setup = frozen();
        (setup.seats[DIRECTOR].status, setup.seats[LEAD].status) = (3.0, 2.0);
        setup.parameters.agenda.voice = voice;
        let initiators = episodes(setup, &Standard);
        let of = |seat: SeatId| initiators.iter().filter(|(by, _)| *by == seat).count();
        assert_frequency(of(DIRECTOR), initiators.len(), director);
        assert_frequency(of(LEAD), initiators.len(), lead);
        assert_eq!(of(HEAD) + of(OFFICE), 0, "who is not on the team is not in the room");
    }
    let mut setup = frozen();
    setup.seats[DIRECTOR].status = 3.0;
    let blind = episodes(setup, &StatusBlind);
    let director = blind.iter().filter(|(by, _)| *by == DIRECTOR).count();
    assert_frequency(director, blind.len(), 0.2);
}

#[test]
fn an_organization_comes_to_mind_in_proportion_to_the_tension_about_it() {
    // Everybody in the district: d(x, h) = 0.1 about their own, and about the partner d(x, c) =
    // 0.175 and 0.5·u(30) = 0.125, together 0.3. A quarter of the episodes that the district's
    // people initiate is about the district, whatever the partner's people have in mind.
    let mut setup = frozen();
    setup.parameters.agenda.newness = 0.5;
    setup.profiles.push(setup.profiles[MEMBER].clone());
    let from = |shares: &[f64]| crate::model::setup::StartFrom::Mix(mix(shares));
    setup.profiles[MEMBER].about[DISTRICT].conception.from = from(&[0.6, 0.4]);
    setup.profiles[MEMBER].about[PARTNER].conception.from = from(&[0.325, 0.675]);
    for seat in [LEAD, STAFF] {
        setup.seats[seat].holder = Some(ProfileId(2));
    }
    let talk = episodes(setup, &Standard);
    let district = |by: &SeatId| [DIRECTOR, SPECIALIST, ANALYST].contains(by);
    let theirs: Vec<_> = talk.iter().filter(|(by, _)| district(by)).collect();
    let own = theirs.iter().filter(|(_, about)| *about == Some(DISTRICT)).count();
    assert_frequency(own, theirs.len(), 0.25);
}

#[test]
fn role_negotiation_is_an_episode_mostly_about_roles() {
    let mut setup = frozen();
    setup.calendar.months = 300;
    (setup.parameters.meeting.focus, setup.parameters.meeting.stray) = (0.6, 0.3);
    let mut log = Log::default();
    found(setup).run(&RandomTalk { rate: 0.5 }, &mut log).expect("a month");
    let mut seen = [0; 3];
    for event in log.events() {
        let Event::Episode(episode) = event else { continue };
        let mentions = episode.about_roles();
        assert!(episode.contributions >= 5 && mentions <= episode.contributions);
        let central = 2 * mentions > episode.contributions;
        assert_eq!(central, episode.topic == Topic::Roles);
        assert_eq!(episode.peripheral, mentions > 0 && !central);
        assert_eq!(episode.about.is_some(), mentions > 0);
        seen[usize::from(central) + 2 * usize::from(mentions == 0)] += 1;
    }
    assert!(seen.iter().all(|n| *n > 20), "some central, some peripheral, some neither: {seen:?}");
}
