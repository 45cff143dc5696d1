//! Joint work: projects and their modes, what slows the work, requests, acts, trust and breach.

use super::hand::*;
use crate::ids::{Month, RoleId, SeatId};
use crate::model::Partnership;
use crate::model::event::Event;
use crate::model::rules::work::{
    Pace, enact_roles, note_missed_promises, work_between_meetings, work_in_episode,
};
use crate::model::rules::{acts, requests, trust};
use crate::model::setup::{Intervention, InterventionKind};
use crate::model::{Commitment, Ledger};
use crate::roles::Mix;

fn work(p: &mut Partnership, present: &[SeatId], time: f64) -> Log {
    let (mut pace, mut log) = (Pace::of(p, present), Log::default());
    watched(p, &mut log, |scene| work_in_episode(scene, &mut pace, time));
    log
}

/// The director and the specialist expect another role of the partner, at distance 0.5 from the
/// projects' modes, and everybody trusts by 0.8.
fn strained() -> Partnership {
    let mut p = found(planned());
    for seat in [DIRECTOR, SPECIALIST] {
        view(&mut p, seat, PARTNER).expectation = mix(&[0.0, 0.5, 0.5]);
    }
    for seat in TEAM {
        holder(&mut p, seat).views.iter_mut().for_each(|view| view.trust = 0.8);
    }
    p
}

#[track_caller]
fn assert_ledger(
    ledger: &Ledger,
    done: f64,
    displaced: f64,
    unclear: f64,
    distrust: f64,
    diverted: f64,
) {
    assert_close(ledger.done, done);
    assert_close(ledger.displaced, displaced);
    assert_close(ledger.lost_to_unclear_roles, unclear);
    assert_close(ledger.lost_to_distrust, distrust);
    assert_close(ledger.diverted, diverted);
}

#[test]
fn unclear_roles_and_distrust_slow_an_episode_of_work() {
    // Five people hold something about two organizations; two of these ten views are at 0.5:
    // clarity 1 − 1/10. Of one unit 0.1 is lost to that, and a fifth of the rest to distrust.
    let mut p = strained();
    work(&mut p, &TEAM, 1.0);
    assert_ledger(&p.ledger, 0.72, 0.0, 0.1, 0.18, 0.0);
    // Among the partner's people and the analyst all is clear.
    let mut p = strained();
    work(&mut p, &[ANALYST, LEAD, STAFF], 1.0);
    assert_ledger(&p.ledger, 0.8, 0.0, 0.0, 0.2, 0.0);
}

#[test]
fn each_channel_counts_by_its_weight_and_can_be_switched_off() {
    for (clarity, trust, done, unclear, distrust) in [
        (0.5, 1.0, 0.76, 0.05, 0.19),
        (0.0, 1.0, 0.80, 0.00, 0.20),
        (1.0, 0.0, 0.90, 0.10, 0.00),
        (0.0, 0.0, 1.00, 0.00, 0.00),
    ] {
        let p = strained();
        let mut setup = p.setup().clone();
        setup.parameters.work.clarity_weight = clarity;
        setup.parameters.work.trust_weight = trust;
        let mut p = p.fork(setup).expect("a sound setup");
        work(&mut p, &TEAM, 1.0);
        assert_ledger(&p.ledger, done, 0.0, unclear, distrust, 0.0);
    }
}

#[test]
fn talk_displaces_what_the_partners_had_the_capacity_for() {
    let mut setup = planned();
    setup.organizations[PARTNER].capacity = 0.5;
    // Capacity is (1 + 0.5)/2. An episode of talk takes it all; half an episode half of it.
    let mut p = found(setup);
    let log = work(&mut p, &TEAM, 0.0);
    assert_ledger(&p.ledger, 0.0, 0.75, 0.0, 0.0, 0.0);
    assert!(log.0.is_empty());
    work(&mut p, &TEAM, 0.5);
    assert_ledger(&p.ledger, 0.375, 1.125, 0.0, 0.0, 0.0);
}

#[test]
fn requests_take_staff_from_the_work_between_meetings() {
    // Two requests at a fifth of the partner's staff: a fifth of the two organizations' time.
    let mut p = found(planned());
    p.commitments =
        vec![Commitment { by: PARTNER, on_behalf_of: DISTRICT, role: VENDOR, until: Month(9) }; 2];
    assert_close(p.staff_committed(PARTNER), 0.4);
    apply(&mut p, work_between_meetings);
    assert_ledger(&p.ledger, 0.8, 0.0, 0.0, 0.0, 0.2);
}

#[test]
fn a_settlement_governs_only_the_projects_that_begin_after_it() {
    let mut p = found(planned());
    let old = p.organizations[PARTNER].agreed;
    let new = mix(&[0.0, 0.5, 0.5]);
    p.organizations[PARTNER].agreed = new;
    p.projects[2].done = 5.9;
    p.month = Month(1);
    // A third of a unit completes the last project; what is left of it goes to the next.
    let before = p.projects.clone();
    let log = work(&mut p, &[LEAD, STAFF], 1.0);
    let events: Vec<&Event> = log.events().collect();
    assert!(matches!(events[0], Event::Milestone { project: 2, .. }));
    assert_eq!(
        events[1..],
        [&Event::ProjectDone { project: 2 }, &Event::ProjectBegan { project: 3 }]
    );
    for (project, was) in p.projects.iter().zip(&before).take(2) {
        assert_eq!((project.number, &project.mode), (was.number, &was.mode));
        assert_eq!(project.mode[PARTNER], old);
        assert_close(project.done, was.done + 1.0 / 3.0);
    }
    let next = &p.projects[2];
    assert_eq!((next.number, next.mode[PARTNER], next.mode[DISTRICT]), (3, new, old));
    assert_close(next.done, 5.9 + 1.0 / 3.0 - 6.0);
    assert_close(next.began, 1.0);
}

#[test]
fn projects_are_under_way_at_the_start_and_fall_due_by_plan() {
    // Six months for six units, milestones every two months. The three projects are 1/6, 3/6 and
    // 5/6 through, and all have their next milestone due in month 2.
    let mut p = found(planned());
    let course: Vec<_> = p.projects.iter().map(|q| (q.done, q.began, q.reached, q.due)).collect();
    assert_eq!(course, [(1.0, 0.0, 0, 0), (3.0, -2.0, 1, 1), (5.0, -4.0, 2, 2)]);
    p.month = Month(1);
    note_missed_promises(&mut p);
    assert_eq!(p.promises, (0.0, 0.0));
    p.month = Month(2);
    p.projects[1].reached = 2;
    note_missed_promises(&mut p);
    assert_eq!(p.promises, (0.0, 2.0), "two of the three are missed");
    note_missed_promises(&mut p);
    assert_eq!(p.promises, (0.0, 2.0), "each falls due once");
}

#[test]
fn a_milestone_reached_in_time_is_a_promise_kept_and_one_reached_late_is_not() {
    // The last project has its last milestone due in month 2. Reached in month 1 or 2 it is kept,
    // though the project is over then; after it was missed, reaching it keeps nothing.
    for (month, missed, promises) in
        [(1, 0.0, (1.0, 1.0)), (2, 0.0, (1.0, 1.0)), (3, 3.0, (0.0, 3.0))]
    {
        let mut p = found(planned());
        p.projects[2].done = 5.9;
        p.month = Month(2);
        if missed > 0.0 {
            note_missed_promises(&mut p);
        }
        p.month = Month(month);
        let log = work(&mut p, &[LEAD, STAFF], 1.0);
        assert!(log.events().any(|event| *event == Event::ProjectDone { project: 2 }));
        assert_eq!(p.promises, promises);
    }
}

#[test]
fn a_milestone_is_late_by_the_months_since_it_was_due() {
    let mut p = found(planned());
    p.month = Month(5);
    p.projects[0].done = 1.9; // its first was due in month 2
    let log = work(&mut p, &TEAM, 1.0);
    assert_eq!(log.events().next(), Some(&Event::Milestone { project: 0, late: 3.0 }));
    assert_eq!((p.ledger.milestones, p.ledger.months_late), (1, 3.0));
}

#[test]
fn what_is_enacted_mixes_the_modes_of_projects_with_accepted_requests() {
    let mut p = found(planned());
    for (project, role) in p.projects.iter_mut().zip([RESEARCHER, RESEARCHER, PROVIDER]) {
        project.mode[PARTNER] = Mix::pure(role);
    }
    apply(&mut p, enact_roles);
    assert_mix(&p.organizations[PARTNER].enacted, &[2.0 / 3.0, 1.0 / 3.0]);
    // A fifth of the staff is lent out as a vendor.
    p.commitments =
        vec![Commitment { by: PARTNER, on_behalf_of: DISTRICT, role: VENDOR, until: Month(9) }];
    apply(&mut p, enact_roles);
    assert_mix(&p.organizations[PARTNER].enacted, &[1.6 / 3.0, 0.8 / 3.0, 0.0, 0.2]);
    assert_mix(&p.organizations[DISTRICT].enacted, &[0.5, 0.5]);
}

#[test]
fn work_is_worth_what_it_fits_and_what_may_be_published() {
    let mut setup = planned();
    setup.organizations[DISTRICT].priorities[PARTNER] = Some(Mix::pure(RESEARCHER));
    setup.organizations[PARTNER].incentive = 0.4;
    let mut roles = setup.organizations[PARTNER].repertoire.roles().to_vec();
    roles[RESEARCHER].publishable = 1.0;
    setup.organizations[PARTNER].repertoire = crate::roles::Repertoire::new(roles).expect("roles");
    // Half of the mode is what the district wants; the partner wants nothing in particular and
    // may publish half: 0.6·1 + 0.4·0.5.
    let mut p = found(setup);
    work(&mut p, &TEAM, 1.0);
    assert_close(p.ledger.prioritized, 0.5);
    assert_close(p.organizations[DISTRICT].gained, 0.5);
    assert_close(p.organizations[PARTNER].gained, 0.8);
}

#[test]
fn requests_are_accepted_by_mission_and_goodwill_and_buy_goodwill() {
    // a + b·I_k + c·goodwill = −0.5 + 3·0.5 − 0.5·0.95: what is left of the goodwill counts.
    let n = 8000;
    let mut accepted = 0;
    for run in 1..=n {
        let mut setup = planned();
        setup.parameters.requests.rate = 1.0;
        let mut p = run_number(setup, run as u64);
        p.month = Month(1);
        p.organizations[PARTNER].goodwill = 0.5;
        let mut log = Log::default();
        watched(&mut p, &mut log, requests::make_requests);
        let [(_, Event::Request { seat, of, role, accepted: yes })] = log.0[..] else {
            panic!("one request, of the partner: {log:?}")
        };
        assert_eq!(p.person(seat).map(|q| q.organization), Some(DISTRICT));
        assert!(of == PARTNER && role <= PROVIDER, "they ask for what they expect");
        let asked: Vec<_> = p.commitments.iter().map(|c| (c.by, c.role, c.until)).collect();
        assert_eq!(asked, if yes { vec![(PARTNER, role, Month(3))] } else { vec![] });
        // 0.475, and a fifth of the way to 1 for a yes.
        assert_close(p.organizations[PARTNER].goodwill, if yes { 0.58 } else { 0.475 });
        accepted += usize::from(yes);
    }
    assert_frequency(accepted, n, 1.0 / (1.0 + libm::exp(-0.525)));
}

#[test]
fn an_accepted_request_is_worth_its_staff_time_to_who_asked() {
    let gained = |commitments: usize| {
        let mut setup = planned();
        setup.parameters.work.between = 1.5;
        setup.parameters.requests.staff = 0.2;
        // Nothing else is done, so that what is gained comes from requests alone.
        setup.parameters.work.trust_weight = 1.0;
        let mut p = found(setup);
        for seat in p.setup.seat_ids().collect::<Vec<_>>() {
            if let Some(person) = &mut p.seats[seat].person {
                person.views.iter_mut().for_each(|view| view.trust = 0.0);
            }
        }
        let one = Commitment { by: PARTNER, on_behalf_of: DISTRICT, role: VENDOR, until: Month(9) };
        p.commitments = vec![one; commitments];
        apply(&mut p, work_between_meetings);
        (p.organizations[DISTRICT].gained, p.organizations[PARTNER].gained, p.ledger.diverted)
    };
    assert_eq!(gained(0), (0.0, 0.0, 0.0));
    // A fifth of one of two organizations for a month of 1.5, for each request.
    for (commitments, worth) in [(1, 0.15), (2, 0.30)] {
        let (district, partner, diverted) = gained(commitments);
        assert_close(district, worth);
        assert_close(diverted, worth);
        assert_close(partner, 0.0);
    }
    // More than all of the staff cannot be given.
    assert_close(gained(9).0, 0.75);
}

#[test]
fn an_accepted_request_runs_for_its_months() {
    let mut setup = planned();
    setup.parameters.requests.rate = 0.0;
    let mut p = found(setup);
    p.commitments =
        vec![Commitment { by: PARTNER, on_behalf_of: DISTRICT, role: VENDOR, until: Month(3) }];
    for (month, running) in [(2, 1), (3, 1), (4, 0)] {
        p.month = Month(month);
        apply(&mut p, requests::make_requests);
        assert_eq!(p.commitments.len(), running);
    }
}

#[test]
fn trust_grows_with_kept_commitments_and_falls_with_breaches() {
    // τ + a(1−τ)·3/4 − λ·a·τ·1/4 at τ = 0.8, a = 0.04: 0.8 + 0.006 − λ·0.008.
    for (asymmetry, trust) in [(1.0, 0.798), (2.0, 0.790), (0.0, 0.806)] {
        let mut setup = planned();
        setup.parameters.trust.asymmetry = asymmetry;
        let mut p = found(setup);
        p.month = Month(1);
        for seat in [DIRECTOR, SPECIALIST] {
            view(&mut p, seat, PARTNER).trust = 0.8;
        }
        for breach in [false, false, false, true] {
            p.act_observed(DIRECTOR, PARTNER, breach);
        }
        apply(&mut p, trust::appraise_trust);
        assert_close(view(&mut p, DIRECTOR, PARTNER).trust, trust);
        assert_close(view(&mut p, SPECIALIST, PARTNER).trust, 0.8); // saw nothing
        // What was seen is appraised once.
        apply(&mut p, trust::appraise_trust);
        assert_close(view(&mut p, DIRECTOR, PARTNER).trust, trust);
    }
}

#[test]
fn refusals_and_missed_milestones_hold_trust_back_but_breach_nothing() {
    // In month 2 three milestones fall due and one is kept; a request is accepted, another
    // refused: 2 of 5 kept for those who asked, 1 of 3 for the rest. τ = 0.5 + 0.02·share.
    let mut p = found(planned());
    p.month = Month(2);
    (p.projects[1].reached, p.promises) = (2, (1.0, 1.0));
    for seat in TEAM {
        holder(&mut p, seat).views.iter_mut().for_each(|view| view.trust = 0.5);
    }
    p.commitment_observed(DISTRICT, PARTNER, true);
    p.commitment_observed(DISTRICT, PARTNER, false);
    apply(&mut p, trust::appraise_trust);
    assert_close(view(&mut p, DIRECTOR, PARTNER).trust, 0.508);
    assert_close(view(&mut p, LEAD, DISTRICT).trust, 0.5 + 0.02 / 3.0);
    assert_close(view(&mut p, HEAD, PARTNER).trust, 1.0); // not on the team: sees neither
}

/// Three projects in which the partner acts as a vendor, seen with this probability. The analyst
/// alone holds that appropriate. Whoever is not on the team is as exposed as anybody can be.
fn vending(visibility: f64) -> Partnership {
    let mut setup = planned();
    setup.parameters.work.exposure = 1.0;
    let mut roles = setup.organizations[PARTNER].repertoire.roles().to_vec();
    roles[VENDOR].visibility = visibility;
    setup.organizations[PARTNER].repertoire = crate::roles::Repertoire::new(roles).expect("roles");
    let mut p = found(setup);
    act_as(&mut p, [VENDOR; 3]);
    view(&mut p, ANALYST, PARTNER).expectation = mix(&[0.5, 0.0, 0.0, 0.5]);
    p.month = Month(1);
    p
}

/// The partner plays one role in each project.
fn act_as(p: &mut Partnership, roles: [RoleId; 3]) {
    for (project, role) in p.projects.iter_mut().zip(roles) {
        project.mode[PARTNER] = Mix::pure(role);
    }
}

/// Who saw a breach by the partner, in order.
fn shocked(log: &Log) -> Vec<SeatId> {
    let breach = |event: &Event| match event {
        Event::Breach { seat, by: PARTNER, role: VENDOR } => Some(*seat),
        Event::Breach { .. } => panic!("only the vendor's acts are breaches: {event:?}"),
        _ => None,
    };
    log.events().filter_map(breach).collect()
}

#[test]
fn a_breach_is_told_to_whom_it_is_one_and_opens_the_question_by_what_the_team_saw() {
    let mut p = vending(1.0);
    let mut log = Log::default();
    watched(&mut p, &mut log, acts::show_acts);
    // Those of the team see an act of each project, others of one of them.
    let seen = [HEAD, DIRECTOR, DIRECTOR, DIRECTOR, SPECIALIST, SPECIALIST, SPECIALIST, OFFICE];
    assert_eq!(shocked(&log), seen);
    // Of nine acts that the team saw six were breaches: 0.3·6/9 of what is left to s_max.
    assert_close(p.organizations[PARTNER].open_question, 0.15 * 0.2);
    assert_eq!(p.organizations[DISTRICT].open_question, 0.0);
    // Their trust suffers alone: 1 − 0.04.
    apply(&mut p, trust::appraise_trust);
    for (seat, trust) in
        [(HEAD, 0.96), (DIRECTOR, 0.96), (SPECIALIST, 0.96), (ANALYST, 1.0), (OFFICE, 0.96)]
    {
        assert_close(view(&mut p, seat, PARTNER).trust, trust);
    }
    for _ in 0..100 {
        apply(&mut p, acts::show_acts);
    }
    assert!(p.organizations[PARTNER].open_question <= 0.15);
}

#[test]
fn what_nobody_on_the_team_saw_opens_no_question() {
    let mut p = vending(1.0);
    for seat in [DIRECTOR, SPECIALIST] {
        view(&mut p, seat, PARTNER).expectation = Mix::pure(VENDOR);
    }
    let mut log = Log::default();
    watched(&mut p, &mut log, acts::show_acts);
    assert_eq!(shocked(&log), [HEAD, OFFICE]);
    assert_eq!(p.organizations[PARTNER].open_question, 0.0);
}

#[test]
fn an_accepted_request_is_one_act_more() {
    let mut p = vending(1.0);
    act_as(&mut p, [RESEARCHER; 3]);
    p.commitments =
        vec![Commitment { by: PARTNER, on_behalf_of: DISTRICT, role: VENDOR, until: Month(9) }];
    let mut log = Log::default();
    watched(&mut p, &mut log, acts::show_acts);
    let team = [DIRECTOR, SPECIALIST];
    let seen: Vec<SeatId> = shocked(&log).into_iter().filter(|s| TEAM.contains(s)).collect();
    assert_eq!(seen, team);
    // Two of the team's twelve.
    assert_close(p.organizations[PARTNER].open_question, 0.15 * 0.3 * 2.0 / 12.0);
}

#[test]
fn each_onlooker_sees_acts_of_their_own() {
    // Half of the partner's acts are a researcher's and half a provider's. What the director sees
    // tells nothing of what the specialist sees, nor one project of another.
    let n = 2000;
    let saw = |p: &mut Partnership, seat| {
        let shares = view(p, seat, PARTNER).conception;
        shares.share(RESEARCHER) > shares.share(PROVIDER)
    };
    let (mut researcher, mut alike) = (0, 0);
    let (mut by_project, mut once) = ([0; 3], 0);
    for run in 1..=n {
        let mut p = run_number(planned(), run as u64);
        (p.month, p.setup) = (Month(1), vending(1.0).setup);
        let mut varied = p.clone();
        p.projects.truncate(1);
        apply(&mut p, acts::show_acts);
        let [director, specialist] = [DIRECTOR, SPECIALIST].map(|seat| saw(&mut p, seat));
        researcher += usize::from(director);
        alike += usize::from(director == specialist);
        // Somebody who is not on the team sees one act of one project, whichever.
        act_as(&mut varied, [RESEARCHER, PROVIDER, BROKER]);
        view(&mut varied, OFFICE, PARTNER).certainty = 0.0;
        apply(&mut varied, acts::show_acts);
        let office = view(&mut varied, OFFICE, PARTNER).conception;
        by_project.iter_mut().zip(office.shares()).for_each(|(n, s)| *n += usize::from(*s == 1.0));
        once += usize::from(office.ambiguity() == 1.0);
    }
    assert_frequency(researcher, n, 0.5);
    assert_frequency(alike, n, 0.5);
    assert_eq!(once, n);
    by_project.into_iter().for_each(|count| assert_frequency(count, n, 1.0 / 3.0));
}

#[test]
fn a_role_is_seen_as_far_as_it_is_visible() {
    let n = 1000;
    let setup = vending(0.3).setup().clone();
    let (mut team, mut others) = (0, 0);
    for run in 1..=n {
        let mut p = run_number(setup.clone(), run as u64);
        act_as(&mut p, [VENDOR; 3]);
        p.month = Month(1);
        let mut log = Log::default();
        watched(&mut p, &mut log, acts::show_acts);
        let seen = shocked(&log);
        team += seen.iter().filter(|seat| **seat == DIRECTOR).count();
        others += seen.iter().filter(|seat| **seat == OFFICE).count();
    }
    assert_frequency(team, 3 * n, 0.3);
    assert_frequency(others, n, 0.3);
}

#[test]
fn a_review_withholds_what_would_shock_somebody_on_the_team_from_everybody() {
    let reviewed = |catches: f64, shocking: bool| {
        let mut p = vending(1.0);
        let mut setup = p.setup().clone();
        setup.parameters.review.catches = catches;
        setup.interventions.push(Intervention::of(InterventionKind::Review));
        p = p.fork(setup).expect("a sound setup");
        if !shocking {
            for seat in [DIRECTOR, SPECIALIST] {
                view(&mut p, seat, PARTNER).expectation = Mix::pure(VENDOR);
            }
        }
        let (before, mut log) = (p.clone(), Log::default());
        watched(&mut p, &mut log, acts::show_acts);
        let withheld = |e: &&Event| **e == Event::Withheld { by: PARTNER, role: VENDOR };
        let held = |p: &Partnership| {
            [HEAD, DIRECTOR, ANALYST].map(|seat| p.person(seat).map(|q| q.views[PARTNER].clone()))
        };
        (log.events().filter(withheld).count(), shocked(&log).len(), held(&p) == held(&before))
    };
    // Three acts to each of three at the table, and one to each of the two who are not.
    assert_eq!(reviewed(1.0, true), (11, 0, true));
    assert_eq!(reviewed(0.0, true), (0, 8, false));
    // What shocks only those who are not at the table is not noticed.
    assert_eq!(reviewed(1.0, false), (0, 2, false));
}

#[test]
fn visible_acts_are_evidence_for_onlookers_and_hidden_ones_for_nobody() {
    let mut p = vending(1.0);
    p.projects.truncate(1);
    let director = view(&mut p, DIRECTOR, PARTNER);
    (director.conception, director.certainty) = (Mix::pure(VENDOR), 8.1);
    let before = p.clone();
    apply(&mut p, acts::show_acts);
    // An act is 0.9 observations: the director is confirmed; the analyst and the head, at halves
    // and 30, see a contradiction (d = 1) and move by 0.9/30.9.
    assert_close(view(&mut p, DIRECTOR, PARTNER).certainty, 9.0);
    for seat in [ANALYST, HEAD] {
        let held = view(&mut p, seat, PARTNER);
        assert_mix(&held.conception, &[15.0 / 30.9, 15.0 / 30.9, 0.0, 0.9 / 30.9]);
        assert_eq!(held.certainty, 30.0);
    }
    // Insiders know: their own acts are no evidence to them.
    let about_partner = |p: &Partnership| p.person(LEAD).map(|q| q.views[PARTNER].clone());
    assert_eq!(about_partner(&p), about_partner(&before));

    let mut hidden = vending(0.0);
    let before = hidden.clone();
    apply(&mut hidden, acts::show_acts);
    for seat in [HEAD, DIRECTOR, ANALYST] {
        let held = |p: &Partnership| p.person(seat).map(|q| q.views[PARTNER].clone());
        assert_eq!(held(&hidden), held(&before));
    }
    assert_eq!(hidden.organizations, before.organizations);
}
