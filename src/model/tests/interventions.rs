//! Interventions: what each gives and what it takes, and that it does nothing before it begins.

use super::hand::*;
use super::laws::Possible;
use super::worlds::{EVERYBODY_LEAVES, world};
use crate::ids::{InterventionId, Month, OrganizationId, RoleId, SeatId};
use crate::model::event::{Event, TalkKind, Topic};
use crate::model::rivals::StatusBlind;
use crate::model::rules::discourse::contribute;
use crate::model::rules::listening::{listen_between_meetings, welcome_newcomers};
use crate::model::rules::meeting::hold_meetings;
use crate::model::rules::turnover::apply_shocks;
use crate::model::setup::{
    Cost, Intervention, InterventionKind, MOST_MONTHS, Setup, Shock, ShockKind,
};
use crate::model::{Partnership, Prepared, RunId};
use crate::model::{Standard, Theory};
use crate::parameters::{Parameters, TABLE};
use crate::roles::{Mix, Repertoire, Role};
use crate::scenario::World;

/// An intervention that takes nothing, over these months.
fn free(kind: InterventionKind, from: u32, until: u32) -> Intervention {
    Intervention {
        from: Month(from),
        until: Month(until),
        cost: Cost::default(),
        ..Intervention::of(kind)
    }
}

/// A setup with an intervention from the first month on that takes nothing.
fn under(mut setup: Setup, kind: InterventionKind) -> Setup {
    setup.interventions.push(free(kind, 1, MOST_MONTHS));
    setup
}

/// A setup with other parameters.
fn with(mut setup: Setup, change: impl FnOnce(&mut Parameters)) -> Setup {
    change(&mut setup.parameters);
    setup
}

/// The small world with a newcomer to a seat in a month.
fn newcomer_comes(seat: SeatId, month: u32) -> Setup {
    let mut setup = setup();
    let kind = ShockKind::Arrive { seat, profile: NEWCOMER };
    setup.shocks.push(Shock { name: "newcomer".into(), month: Month(month), kind });
    setup
}

/// A whole world in which leaders of all levels leave.
fn restless(run: u64) -> Setup {
    let mut setup = world("cypress", &EVERYBODY_LEAVES).setup(RunId::new(30, run));
    // So that what builds capacity and frees time has something to act on.
    (setup.organizations[0].capacity, setup.organizations[1].tenure_track) = (0.6, 0.5);
    setup
}

fn lived(setup: Setup, run: u64) -> (Log, Partnership) {
    lived_by(&Standard, setup, run)
}

fn lived_by(theory: &impl Theory, setup: Setup, run: u64) -> (Log, Partnership) {
    let mut p = Partnership::new(setup, RunId::new(30, run)).expect("a sound setup");
    let mut log = Log::default();
    p.run(theory, &mut log).expect("a month");
    (log, p)
}

/// A state without what was scheduled for it.
fn unscheduled(p: &Partnership) -> Partnership {
    let mut setup = p.setup().clone();
    setup.interventions.clear();
    setup.parameters = Parameters::default();
    let mut p = p.clone();
    let setup = Prepared::of(setup).expect("a sound setup");
    (p.setup, p.last_occasion) = (setup.into(), Vec::new());
    p
}

fn count(log: &Log, what: impl Fn(&Event) -> bool) -> usize {
    log.events().filter(|event| what(event)).count()
}

const NEVER: [u32; 0] = [];

/// The months in which an intervention had an occasion.
fn occasions(log: &Log) -> Vec<u32> {
    let occasion = |event: &Event| matches!(event, Event::Occasion { .. });
    log.0.iter().filter(|(_, event)| occasion(event)).map(|(at, _)| at.month.0).collect()
}

// What none of them does.

#[test]
fn what_begins_after_the_horizon_changes_nothing() {
    for run in 1..=3 {
        let (log, p) = lived(restless(run), run);
        for kind in InterventionKind::ALL {
            let mut setup = restless(run);
            let from = Month(setup.calendar.months) + 1;
            let mut late = Intervention { from, ..Intervention::of(*kind) };
            (late.cost.once, late.cost.month, late.cost.year) = (100.0, 10.0, 120.0);
            setup.interventions.push(late);
            let (with, q) = lived(setup, run);
            assert!(with == log && unscheduled(&q) == unscheduled(&p), "{}", kind.word());
        }
    }
}

#[test]
fn without_strength_and_cost_an_intervention_changes_nothing() {
    type Change = fn(&mut Parameters);
    let weaken: [(InterventionKind, Change); 8] = [
        (InterventionKind::Welcome, |p| p.welcome.evidence = 0.0),
        (InterventionKind::Coordinator, |p| p.coordinator.evidence = 0.0),
        (InterventionKind::Multilevel, |p| p.multilevel.contact = 0.0),
        (InterventionKind::Succession, |p| p.succession.internal = 0.0),
        (InterventionKind::Review, |p| p.review.catches = 0.0),
        (InterventionKind::Broker, |p| (p.broker.credibility, p.broker.levelling) = (0.0, 0.0)),
        (InterventionKind::Archive, |p| p.archive.reach = 0.0),
        // Quick answers are short ones; where all are, nothing is left.
        (InterventionKind::Quota, |p| p.quota.accepts = 0.0),
    ];
    for run in 1..=5 {
        let short = |run| with(restless(run), |p| p.requests.duration = 1.0);
        let (log, p) = lived(short(run), run);
        for (kind, change) in weaken {
            let (mut weak, q) = lived(with(under(short(run), kind), change), run);
            weak.0.retain(|(_, event)| !matches!(event, Event::Occasion { .. }));
            assert!(weak == log && unscheduled(&q) == unscheduled(&p), "{}", kind.word());
        }
    }
}

#[test]
fn nothing_differs_before_an_intervention_begins_and_something_does_afterwards() {
    for kind in InterventionKind::ALL {
        let mut differs = false;
        for run in 1..=3 {
            let mut setup = restless(run);
            let (log, _) = lived(setup.clone(), run);
            let begun =
                Intervention { from: Month(6), until: Month(12), ..Intervention::of(*kind) };
            setup.interventions.push(begun);
            let mut twin = setup.clone();
            twin.interventions.clear();
            let found = |setup| Partnership::new(setup, RunId::new(30, run)).expect("sound");
            let (mut a, mut b) = (found(setup.clone()), found(twin));
            while a.month < Month(5) {
                a.month(&Standard, &mut ()).expect("a month");
                b.month(&Standard, &mut ()).expect("a month");
                assert_eq!(unscheduled(&a), unscheduled(&b), "{}", kind.word());
            }
            // Whether it was planned from the start or comes to mind now.
            let mut forked = b.fork(setup).expect("the same seats");
            let (mut planned, mut now) = (Log::default(), Log::default());
            a.run(&Standard, &mut planned).expect("a month");
            forked.run(&Standard, &mut now).expect("a month");
            assert!(a == forked && planned == now, "{}", kind.word());
            differs |= !log.0.ends_with(&planned.0) || a.ledger.set_aside > 0.0;
        }
        assert!(differs, "{} does something", kind.word());
    }
}

#[test]
fn a_fork_under_the_same_setup_goes_on_like_the_original() {
    let mut setup = restless(1);
    setup.interventions =
        InterventionKind::ALL.iter().map(|kind| Intervention::of(*kind)).collect();
    setup.interventions.iter_mut().for_each(|i| i.until = Month(12));
    let mut p = Partnership::new(setup.clone(), RunId::new(30, 1)).expect("a sound setup");
    while p.month < Month(7) {
        p.month(&Standard, &mut ()).expect("a month");
    }
    // Nothing goes on where organizations play other roles.
    let mut others = setup.clone();
    others.organizations[PARTNER].repertoire =
        Repertoire::new(vec![Role::new("researcher")]).expect("a role");
    assert!(p.fork(others).is_err());
    let mut forked = p.fork(setup).expect("the same seats");
    let (mut one, mut other) = (Log::default(), Log::default());
    p.run(&Standard, &mut one).expect("a month");
    forked.run(&Standard, &mut other).expect("a month");
    assert!(p == forked && one == other);
}

#[test]
fn two_of_a_kind_are_never_on_at_once() {
    let both = |until, from| {
        let mut setup = setup();
        setup.interventions = vec![
            free(InterventionKind::Broker, 1, until),
            free(InterventionKind::Broker, from, 12),
        ];
        setup.interventions[1].name = "another".into();
        setup.check().iter().map(|fault| fault.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(both(6, 7), Vec::<String>::new());
    assert!(both(7, 7)[0].contains("another of its kind"));
}

#[test]
fn every_kind_has_a_strength_in_the_table_within_what_is_assumed() {
    for kind in InterventionKind::ALL {
        let (key, low, high) = kind.effect();
        let row = TABLE.iter().find(|row| row.key == key).expect("a parameter");
        assert!(row.low <= low && low < high && high <= row.high, "{key}");
        assert!((low..=high).contains(&row.default), "{key}");
        let named_after = kind.word().split('-').next().unwrap_or_default();
        assert!(key.starts_with(named_after), "{key}");
        assert!(!kind.usual_cost().is_priced(), "no price is published");
    }
}

// What they take.

#[test]
fn time_set_aside_and_all_other_entries_are_all_that_could_have_been_done() {
    let all: Vec<InterventionKind> = InterventionKind::ALL.to_vec();
    let sets = InterventionKind::ALL.iter().map(|kind| vec![*kind]).chain([all]);
    for kinds in sets {
        for run in 1..=3 {
            let mut setup = restless(run);
            for kind in &kinds {
                let cost = Cost { staff: 0.3, agenda: 0.2, ..Cost::default() };
                setup.interventions.push(Intervention { cost, ..free(*kind, 2, 12) });
            }
            let mut p = Partnership::new(setup, RunId::new(30, run)).expect("a sound setup");
            let mut possible = Possible::default();
            while p.month < Month(17) {
                let (mut log, before) = (Log::default(), p.ledger.set_aside);
                p.month(&Standard, &mut log).expect("a month");
                log.0.iter().for_each(|(at, event)| possible.event(&p, *at, event));
                assert!(possible.accounted_for(&p), "{kinds:?}, month {}", p.month);
                assert!(p.ledger.set_aside == before || (2..=12).contains(&p.month.0));
            }
            assert!(p.ledger.set_aside > 0.0, "{kinds:?}");
        }
    }
}

#[test]
fn an_intervention_takes_its_shares_of_meetings_and_of_the_time_between() {
    // Five substantive episodes and one unit between meetings, nobody raises roles.
    let setup = with(planned(), |p| {
        (p.agenda.threshold, p.agenda.softness, p.meeting.stray) = (3.0, 0.01, 0.0);
        p.requests.rate = 0.0;
    });
    let lived = |cost: Cost| {
        let mut setup = setup.clone();
        setup.interventions.push(Intervention { cost, ..free(InterventionKind::Archive, 1, 12) });
        lived(setup, 1).1
    };
    let (p, q) =
        (lived(Cost::default()), lived(Cost { staff: 0.25, agenda: 0.1, ..Cost::default() }));
    assert_close(p.ledger.done, 12.0 * 6.0);
    assert_close(q.ledger.set_aside, 12.0 * (5.0 * 0.1 + 0.25));
    assert_close(p.ledger.done - q.ledger.done, q.ledger.set_aside);
    // What several take together is never more than there is.
    let mut setup = setup.clone();
    for kind in [InterventionKind::Archive, InterventionKind::Broker] {
        let cost = Cost { staff: 0.7, agenda: 0.8, ..Cost::default() };
        setup.interventions.push(Intervention { cost, ..free(kind, 1, 12) });
    }
    let r = self::lived(setup, 1).1;
    assert_eq!((r.ledger.done, r.ledger.set_aside), (0.0, 12.0 * 6.0));
}

#[test]
fn a_welcome_takes_staff_time_only_when_somebody_is_welcomed() {
    let mut setup = newcomer_comes(DIRECTOR, 4);
    let cost = Cost { staff: 0.5, ..Cost::default() };
    setup.interventions.push(Intervention { cost, ..free(InterventionKind::Welcome, 1, 12) });
    let mut p = found(setup);
    for month in 1..=12 {
        let before = p.ledger.set_aside;
        p.month(&Standard, &mut ()).expect("a month");
        assert_eq!(p.ledger.set_aside > before, month == 4);
    }
}

#[test]
fn money_is_spent_once_by_the_month_and_by_the_occasion_and_not_after_the_end() {
    let priced = |months: u32, ends: bool| {
        let mut setup = with(setup(), |p| {
            (p.agreement.every, p.meeting.attendance) = (2.0, 1.0);
            (p.benefit.renewal_every, p.benefit.end_base) = (if ends { 4.0 } else { 0.0 }, 20.0);
            (p.benefit.end_benefit, p.benefit.end_trust) = (0.0, 0.0);
        });
        setup.calendar.months = months;
        let cost = Cost { once: 100.0, month: 4.0, year: 72.0, occasion: 1.0, ..Cost::default() };
        setup.interventions.push(Intervention { cost, ..free(InterventionKind::Agreement, 3, 7) });
        let (log, p) = lived(setup, 1);
        (p.ledger.spent, occasions(&log))
    };
    assert_eq!(priced(2, false), (0.0, vec![]));
    assert_eq!(priced(5, false), (100.0 + 3.0 * 10.0 + 2.0, vec![3, 5]));
    assert_eq!(priced(12, false), (100.0 + 5.0 * 10.0 + 3.0, vec![3, 5, 7]));
    // The partnership ends in month 4, which is still lived and paid for.
    assert_eq!(priced(12, true), (100.0 + 2.0 * 10.0 + 1.0, vec![3]));
}

// What each of them gives.

#[test]
fn the_more_a_welcome_tells_the_surer_newcomers_are() {
    let welcomed = |evidence: f64| {
        let setup = with(newcomer_comes(DIRECTOR, 2), |p| p.welcome.evidence = evidence);
        let mut p = found(under(setup, InterventionKind::Welcome));
        p.month = Month(2);
        apply(&mut p, apply_shocks);
        view(&mut p, DIRECTOR, PARTNER).conception = mix(&[0.5, 0.0, 0.0, 0.5]);
        let mut log = Log::default();
        watched(&mut p, &mut log, welcome_newcomers);
        assert_eq!(
            log.events().collect::<Vec<_>>(),
            [&Event::Occasion { intervention: InterventionId(0) }]
        );
        p
    };
    // They trust halfway: g = 10/2, of which half confirms what they thought, and the conception
    // of one who knew nothing is what they were told. Nothing is told of their own organization.
    let mut p = welcomed(10.0);
    let partner = view(&mut p, DIRECTOR, PARTNER).clone();
    assert_mix(&partner.conception, &[0.5, 0.5]);
    assert_close(partner.certainty, 2.5);
    assert_eq!(view(&mut p, DIRECTOR, DISTRICT).certainty, 0.0);
    assert_eq!(view(&mut p, SPECIALIST, PARTNER).certainty, 30.0);
    let uncertainty = |evidence| view(&mut welcomed(evidence), DIRECTOR, PARTNER).uncertainty(10.0);
    assert_eq!(uncertainty(0.0), 1.0);
    assert!(uncertainty(3.0) < 1.0);
    assert!(uncertainty(10.0) < uncertainty(3.0) && uncertainty(30.0) < uncertainty(10.0));
}

#[test]
fn only_those_who_come_to_the_team_from_outside_are_welcomed() {
    let welcomed = |setup: Setup| occasions(&lived(under(setup, InterventionKind::Welcome), 1).0);
    // Everybody has been there since month 1, when the partnership was founded.
    assert_eq!(welcomed(setup()), NEVER);
    assert_eq!(welcomed(newcomer_comes(DIRECTOR, 1)), [1]);
    assert_eq!(welcomed(newcomer_comes(DIRECTOR, 5)), [5]);
    assert_eq!(welcomed(newcomer_comes(OFFICE, 5)), NEVER, "the office is not on the team");
    // A successor from outside is; one from within is not, not even from the first month.
    let follows = |internal: f64, month: u32| {
        let mut setup = with(newcomer_comes(DIRECTOR, month), |p| {
            (p.turnover.vacancy, p.turnover.internal) = (1.0, internal);
        });
        setup.shocks[0].kind = ShockKind::Leave { seat: DIRECTOR };
        setup
    };
    assert_eq!(welcomed(follows(0.0, 5)), [6]);
    assert_eq!(welcomed(follows(1.0, 5)), NEVER);
    for month in [1, 5] {
        let prepared = under(newcomer_comes(DIRECTOR, month), InterventionKind::Succession);
        assert_eq!(welcomed(with(prepared, |p| p.succession.internal = 1.0)), NEVER);
    }
}

#[test]
fn a_coordinator_makes_the_team_surer_of_what_the_others_do() {
    let setup = with(setup(), |p| {
        (p.coordinator.evidence, p.work.exposure) = (10.0, 0.0);
    });
    let mut p = found(under(setup, InterventionKind::Coordinator));
    p.month = Month(1);
    p.organizations[PARTNER].enacted = Mix::pure(BROKER);
    let before = p.clone();
    apply(&mut p, listen_between_meetings);
    for seat in [DIRECTOR, SPECIALIST, ANALYST] {
        // g/(n + g) = 1/4 of the way, and nothing confirms.
        let view = view(&mut p, seat, PARTNER);
        assert_mix(&view.conception, &[0.375, 0.375, 0.25]);
        assert_eq!(view.certainty, 30.0);
    }
    for seat in [LEAD, STAFF] {
        assert_close(view(&mut p, seat, DISTRICT).certainty, 40.0);
        let (now, then) = (p.person(seat), before.person(seat));
        assert_eq!(now.map(|q| &q.views[PARTNER]), then.map(|q| &q.views[PARTNER]));
    }
    for seat in [HEAD, OFFICE] {
        assert_eq!(p.person(seat), before.person(seat), "not exposed to the work");
    }
}

#[test]
fn a_coordinator_and_an_exploration_reach_others_as_far_as_they_are_exposed() {
    // The head is exposed to it with probability 0.3, to each of the two for itself.
    let both = [InterventionKind::Coordinator, InterventionKind::Exploration];
    for (kinds, p) in [(&both[..1], 0.3), (&both[1..], 0.3), (&both[..], 1.0 - 0.7 * 0.7)] {
        let reached = |run: &u64| {
            let world = kinds.iter().fold(setup(), |setup, kind| under(setup, *kind));
            let mut p = run_number(world, *run);
            p.month = Month(1);
            apply(&mut p, listen_between_meetings);
            view(&mut p, HEAD, PARTNER).certainty > 30.0
        };
        assert_frequency((1..=2000).filter(reached).count(), 2000, p);
    }
}

#[test]
fn ties_at_every_level_reach_people_who_are_not_on_the_team() {
    let setup = with(setup(), |p| (p.multilevel.contact, p.ties.evidence) = (1.0, 4.0));
    let mut p = found(under(setup, InterventionKind::Multilevel));
    p.month = Month(1);
    for seat in [LEAD, STAFF] {
        // Members hold their organization to be a broker; they are taken for something else.
        view(&mut p, seat, PARTNER).expectation = Mix::pure(BROKER);
        holder(&mut p, seat).heard = Mix::pure(VENDOR);
    }
    apply(&mut p, listen_between_meetings);
    for seat in [HEAD, OFFICE, DIRECTOR] {
        // They trust fully: g = 4, all of it contradicting.
        let view = view(&mut p, seat, PARTNER);
        assert_mix(&view.conception, &[15.0 / 34.0, 15.0 / 34.0, 4.0 / 34.0]);
        assert_eq!(view.certainty, 30.0);
    }
    let heard = [LEAD, STAFF].map(|seat| holder(&mut p, seat).heard.share(VENDOR));
    assert!(heard.iter().any(|share| *share < 1.0), "who tells also hears");
    assert_eq!(view(&mut p, LEAD, PARTNER).certainty, 30.0, "nobody is told of their own");
}

#[test]
fn what_is_told_across_weighs_as_much_as_the_teller_s_organization_is_trusted() {
    let setup = with(setup(), |p| (p.multilevel.contact, p.ties.evidence) = (1.0, 4.0));
    let mut p = found(under(setup, InterventionKind::Multilevel));
    p.month = Month(1);
    for seat in [LEAD, STAFF] {
        view(&mut p, seat, PARTNER).expectation = Mix::pure(BROKER);
    }
    view(&mut p, DIRECTOR, PARTNER).trust = 0.5;
    apply(&mut p, listen_between_meetings);
    // g = 4 · 0.5 against a certainty of 30, all of it contradicting.
    let told = view(&mut p, DIRECTOR, PARTNER);
    assert_mix(&told.conception, &[15.0 / 32.0, 15.0 / 32.0, 2.0 / 32.0]);
    assert_eq!(told.certainty, 30.0);
}

#[test]
fn prepared_successors_come_from_within_also_when_a_change_is_scheduled() {
    let arrival = |setup: Setup| {
        let (log, _) = lived(setup, 1);
        let arrival = |event: &Event| match event {
            Event::Arrival { seat: DIRECTOR, moved_from, .. } => Some(*moved_from),
            _ => None,
        };
        log.events().find_map(arrival).expect("somebody arrives")
    };
    let scheduled = |internal: f64| {
        with(under(newcomer_comes(DIRECTOR, 3), InterventionKind::Succession), |p| {
            (p.succession.internal, p.turnover.internal) = (internal, 1.0);
        })
    };
    assert_eq!(arrival(scheduled(1.0)), Some(OFFICE));
    assert_eq!(arrival(scheduled(0.0)), None);
    assert_eq!(arrival(newcomer_comes(DIRECTOR, 3)), None);
    // Those whom turnover brings, as well.
    let mut turnover = with(scheduled(1.0), |p| {
        (p.turnover.internal, p.turnover.vacancy) = (0.0, 1.0);
    });
    turnover.shocks[0].kind = ShockKind::Leave { seat: DIRECTOR };
    assert_eq!(arrival(turnover.clone()), Some(OFFICE));
    turnover.interventions.clear();
    assert_eq!(arrival(turnover), None);
}

#[test]
fn the_more_a_review_catches_the_fewer_breaches_the_team_sees() {
    let seen = |catches: f64| {
        let (mut breaches, mut withheld) = (0, 0);
        for run in 1..=20 {
            let mut setup = with(under(restless(run), InterventionKind::Review), |p| {
                p.review.catches = catches
            });
            // Whoever is on the team stays there while they hold their seat.
            setup.shocks.clear();
            let team: Vec<bool> = setup.seats.iter().map(|seat| seat.team).collect();
            let (log, _) = lived(setup, run);
            breaches +=
                count(&log, |event| matches!(event, Event::Breach { seat, .. } if team[seat.0]));
            withheld += count(&log, |event| matches!(event, Event::Withheld { .. }));
        }
        (breaches, withheld)
    };
    let [none, half, all] = [0.0, 0.5, 1.0].map(seen);
    assert!(none.0 > 2 * 100 && none.1 == 0, "{none:?}");
    assert!(half.0 < none.0 && half.1 > 0, "{half:?} against {none:?}");
    assert!(all.0 == 0 && all.1 > half.1, "{all:?}");
}

#[test]
fn where_nobody_would_be_shocked_a_review_holds_nothing_back() {
    let setup = with(setup(), |p| p.review.catches = 1.0);
    let (plain, _) = lived(setup.clone(), 1);
    let (log, _) = lived(under(setup, InterventionKind::Review), 1);
    assert_eq!(log, plain);
    assert_eq!(count(&log, |event| matches!(event, Event::Breach { .. })), 0);
}

#[test]
fn quick_answers_are_more_often_a_yes_and_last_a_month() {
    let answers = |quick: bool| {
        let (mut yes, mut all) = (0, 0);
        for run in 1..=20 {
            let setup = with(restless(run), |p| (p.requests.rate, p.quota.accepts) = (1.0, 0.9));
            let setup = if quick { under(setup, InterventionKind::Quota) } else { setup };
            let months = setup.calendar.months;
            let mut p = Partnership::new(setup, RunId::new(30, run)).expect("a sound setup");
            while p.month < Month(months) {
                let mut log = Log::default();
                p.month(&Standard, &mut log).expect("a month");
                yes += count(&log, |e| matches!(e, Event::Request { accepted: true, .. }));
                all += count(&log, |e| matches!(e, Event::Request { .. }));
                let until = if quick { p.month } else { p.month + 2 };
                assert!(p.commitments.iter().all(|c| c.until <= until));
            }
        }
        (yes, all)
    };
    let ((slow, asked), (quick, all)) = (answers(false), answers(true));
    assert!(asked > 300 && slow * 10 < asked * 9);
    assert!(quick * 10 > all * 17 / 2, "{quick} of {all}");
}

/// A frozen world in which a broker moderates and the director has four times the status of
/// everybody else.
fn moderated(levelling: f64) -> Setup {
    let mut setup = with(frozen(), |p| {
        p.meeting.attendance = 1.0;
        (p.broker.levelling, p.broker.credibility) = (levelling, 0.0);
    });
    setup.seats[DIRECTOR].status = 4.0;
    setup.calendar.months = 1200;
    under(setup, InterventionKind::Broker)
}

/// How often the director initiates, of how many episodes.
fn initiated(setup: Setup) -> (usize, usize) {
    let (log, _) = lived(setup, 1);
    let by = |who: Option<SeatId>| {
        count(&log, |event| match event {
            Event::Episode(episode) => who.is_none_or(|seat| seat == episode.initiator),
            _ => false,
        })
    };
    (by(Some(DIRECTOR)), by(None))
}

#[test]
fn a_broker_levels_who_speaks() {
    for (levelling, voice) in [(0.0, 4.0), (0.5, 2.5), (1.0, 1.0)] {
        let (director, all) = initiated(moderated(levelling));
        assert_frequency(director, all, voice / (voice + 4.0));
    }
}

#[test]
fn where_status_counts_for_nothing_a_broker_has_nothing_to_level() {
    let levelled = lived_by(&StatusBlind, moderated(1.0), 1);
    let plain = lived_by(&StatusBlind, moderated(0.0), 1);
    assert_eq!(levelled.0, plain.0);
}

#[test]
fn a_theory_with_voices_of_its_own_is_levelled_like_the_standard_one() {
    /// Who has no status is heard by nobody, and status beyond that counts for nothing.
    struct Gated;
    impl Theory for Gated {
        fn voice(&self, status: f64, _: &crate::parameters::Agenda) -> f64 {
            if status > 1.0 { 0.25 } else { 0.0 }
        }
    }
    let share = |levelling: f64| {
        let (log, _) = lived_by(&Gated, moderated(levelling), 1);
        let by = |who: &dyn Fn(SeatId) -> bool| {
            count(&log, |e| matches!(e, Event::Episode(episode) if who(episode.initiator)))
        };
        (by(&|seat| seat == DIRECTOR), by(&|_| true))
    };
    let (director, all) = share(0.0);
    assert_eq!(director, all);
    // 0.25 + 0.5·0.75 against 0.5.
    let (director, all) = share(0.5);
    assert_frequency(director, all, 0.625 / (0.625 + 4.0 * 0.5));
}

#[test]
fn under_a_broker_people_learn_more_from_the_other_organization() {
    let heard = |credibility: f64| {
        let mut setup = with(setup(), |p| {
            let d = &mut p.discourse;
            (d.question, d.history, d.comparison, d.metaphor) = (0.0, 0.0, 0.0, 0.0);
            p.learning.talk = 1.0;
            p.broker.credibility = credibility;
        });
        setup.organizations[PARTNER].identity = Mix::pure(PROVIDER);
        let mut p = found(under(setup, InterventionKind::Broker));
        p.month = Month(1);
        view(&mut p, DIRECTOR, PARTNER).trust = 0.5;
        let (room, streams) = (room(&p, &TEAM), p.origin().streams());
        apply(&mut p, |scene| contribute(scene, &room, LEAD, PARTNER, false, &|at| streams.at(at)));
        [DIRECTOR, SPECIALIST, STAFF].map(|seat| view(&mut p, seat, PARTNER).certainty - 30.0)
    };
    // The claim is at 1/2 from what they hold: g·(1 − 1/2), with g = r, the credibility.
    let [director, specialist, colleague] = heard(0.0);
    assert_close(director, 0.5 * 0.5);
    let [brokered, trusting, same] = heard(0.4);
    assert_close(brokered, (0.5 + 0.4 * 0.5) * 0.5);
    assert_eq!((trusting, same), (specialist, colleague), "where nothing was to be gained");
}

/// A frozen world whose people agreed on a broker and expect something else, district and partner
/// apart; everybody attends, and whoever raises roles talks of nothing else.
fn at_odds() -> Setup {
    let mut setup = with(frozen(), |p| {
        (p.meeting.attendance, p.meeting.focus) = (1.0, 1.0);
        (p.agenda.threshold, p.agenda.softness, p.meeting.stray) = (3.0, 0.01, 0.0);
        p.settlement.evidence = 0.0;
    });
    setup.organizations[PARTNER].agreed = Mix::pure(BROKER);
    setup
}

/// The meetings of some months, in a world in which the two sides expect this of the partner.
fn meetings(setup: Setup, months: u32, district: Mix, partner: Mix) -> (Log, Partnership) {
    let mut p = found(setup);
    for seat in TEAM {
        let home = holder(&mut p, seat).organization;
        let expected = if home == DISTRICT { district } else { partner };
        view(&mut p, seat, PARTNER).expectation = expected;
    }
    let mut log = Log::default();
    for month in 1..=months {
        p.month = Month(month);
        watched(&mut p, &mut log, hold_meetings);
    }
    (log, p)
}

fn in_agreement(setup: Setup, months: u32) -> (Log, Partnership) {
    let expected = mix(&[0.5, 0.5]);
    meetings(setup, months, expected, expected)
}

/// Months and subjects of the episodes about roles.
fn role_talk(log: &Log) -> Vec<(u32, OrganizationId)> {
    let talk = log.0.iter().filter_map(|(at, event)| match event {
        Event::Episode(e) if e.topic == Topic::Roles => Some((at.month.0, e.about?)),
        _ => None,
    });
    talk.collect()
}

#[test]
fn an_agreement_is_sought_at_the_launch_and_at_intervals_and_takes_its_episodes() {
    let regular = |episodes: f64, every: f64| {
        with(under(at_odds(), InterventionKind::Agreement), |p| {
            (p.agreement.episodes, p.agreement.every) = (episodes, every);
        })
    };
    let (log, _) = in_agreement(regular(3.0, 4.0), 12);
    assert_eq!(occasions(&log), [1, 5, 9]);
    let months = [1, 5, 9].into_iter();
    let talk = months.flat_map(|m| [(m, DISTRICT), (m, PARTNER), (m, DISTRICT)]);
    assert_eq!(role_talk(&log), talk.collect::<Vec<_>>());
    // It waits for a meeting, however many were paused, and comes once a month at most.
    let mut paused = regular(1.0, 2.0);
    (paused.calendar.pauses, paused.calendar.meetings_per_month) = (vec![1, 2, 5], 3);
    let (log, _) = in_agreement(paused.clone(), 8);
    assert_eq!(occasions(&log), [3, 6, 8]);
    assert_eq!(role_talk(&log).len(), 3);
    // Also for one that is held: in this run the first falls through.
    let few = |p: &mut Parameters| p.meeting.attendance = 0.3;
    let (log, _) = in_agreement(with(regular(1.0, 12.0), few), 8);
    let first = log.0.iter().find(|(_, e)| matches!(e, Event::Meeting { .. })).expect("one");
    assert_eq!(occasions(&log), [first.0.month.0]);
    assert!(count(&log, |e| matches!(e, Event::NoMeeting)) > 0);
}

#[test]
fn an_agreement_settles_on_what_all_sides_can_live_with() {
    let (log, p) = in_agreement(under(at_odds(), InterventionKind::Agreement), 1);
    assert_mix(&p.organizations[PARTNER].agreed, &[0.5, 0.5]);
    let named = |event: &Event| match event {
        Event::Settlement { about: PARTNER, named_practice, .. } => Some(*named_practice),
        _ => None,
    };
    // It is how they work already.
    assert_eq!(log.events().find_map(named), Some(true));
    // What was settled is not left open.
    assert_eq!(p.organizations[PARTNER].open_question, 0.0);
}

#[test]
fn in_a_facilitated_talk_people_consent_to_what_is_further_away() {
    // The two of the partner want what was agreed and what they are. Half-way between that and
    // what the district wants is 0.3 from it.
    let settles = |latitude: f64| {
        let mut setup = with(under(at_odds(), InterventionKind::Agreement), |p| {
            p.agreement.latitude = latitude;
        });
        let partner = &mut setup.organizations[PARTNER];
        (partner.agreed, partner.identity) = (mix(&[0.8, 0.2]), mix(&[0.8, 0.2]));
        let (log, p) = meetings(setup, 1, mix(&[0.2, 0.8]), mix(&[0.8, 0.2]));
        let refused = count(&log, |e| matches!(e, Event::Refusal { about: PARTNER, .. }));
        (p.organizations[PARTNER].agreed, refused)
    };
    assert_eq!(settles(0.29), (mix(&[0.8, 0.2]), 1));
    let (agreed, refused) = settles(0.31);
    assert_mix(&agreed, &[0.5, 0.5]);
    assert_eq!(refused, 0);
}

/// An exploration of some months that takes half of everything.
fn exploring(from: u32, until: u32) -> Intervention {
    Intervention {
        from: Month(from),
        until: Month(until),
        ..Intervention::of(InterventionKind::Exploration)
    }
}

#[test]
fn an_exploration_slows_the_work_while_it_lasts_and_ends_in_a_proposal() {
    let run = |interventions: Vec<Intervention>| {
        let mut setup = at_odds();
        setup.interventions = interventions;
        let mut p = found(setup);
        let (mut log, mut done) = (Log::default(), vec![0.0]);
        while p.month < Month(12) {
            p.month(&Standard, &mut log).expect("a month");
            done.push(p.ledger.done);
        }
        (log, done.windows(2).map(|pair| pair[1] - pair[0]).collect::<Vec<_>>())
    };
    let ((plain, usual), (log, slowed)) = (run(vec![]), run(vec![exploring(3, 7)]));
    assert_eq!((occasions(&plain), occasions(&log)), (vec![], vec![7]));
    assert_eq!(usual[..2], slowed[..2]);
    for month in 3..=6 {
        assert_close(slowed[month - 1], 0.5 * usual[month - 1]);
    }
    // The closing proposal takes the first two episodes of its meeting.
    assert_eq!(role_talk(&log), [(7, DISTRICT), (7, PARTNER)]);
    assert!(slowed[6] < 0.5 * usual[6]);
}

#[test]
fn a_closing_proposal_comes_once_in_the_last_month_with_meetings_whatever_the_horizon() {
    let closes = |pauses: &[u32], meetings: u32, until: u32, horizon: u32| {
        let mut setup = at_odds();
        setup.interventions.push(exploring(2, until));
        setup.calendar.pauses = pauses.to_vec();
        (setup.calendar.meetings_per_month, setup.calendar.months) = (meetings, horizon);
        occasions(&lived(setup, 1).0)
    };
    assert_eq!(closes(&[], 1, 6, 12), [6]);
    assert_eq!(closes(&[], 3, 6, 12), [6]);
    assert_eq!(closes(&[5, 6], 1, 6, 12), [4]);
    assert_eq!(closes(&[2, 3, 4, 5, 6], 1, 6, 12), NEVER);
    assert_eq!(closes(&[], 1, 9, 6), NEVER, "it goes on when we stop looking");
}

#[test]
fn an_agreement_waits_for_a_closing_proposal() {
    let mut setup = with(at_odds(), |p| p.agreement.every = 4.0);
    setup.interventions =
        vec![free(InterventionKind::Agreement, 1, 12), free(InterventionKind::Exploration, 1, 5)];
    let told = |setup: Setup| {
        let (log, _) = lived(setup, 1);
        let occasion = |(at, event): &(crate::model::Moment, Event)| match event {
            Event::Occasion { intervention } => Some((at.month.0, intervention.0)),
            _ => None,
        };
        log.0.iter().filter_map(occasion).collect::<Vec<_>>()
    };
    assert_eq!(told(setup.clone()), [(1, 0), (5, 1), (6, 0), (10, 0)]);
    setup.calendar.meetings_per_month = 2;
    assert_eq!(told(setup), [(1, 0), (5, 1), (5, 0), (9, 0)]);
}

#[test]
fn what_is_proposed_lies_between_what_all_can_live_with_and_what_both_sides_gain_from() {
    let proposed_to = |identity: RoleId, finding: f64, wants: Option<Mix>| {
        let mut setup = with(at_odds(), |p| p.exploration.finding = finding);
        setup.interventions.push(free(InterventionKind::Exploration, 1, 1));
        setup.organizations[PARTNER].identity = Mix::pure(identity);
        setup.organizations[DISTRICT].priorities[PARTNER] = wants;
        in_agreement(setup, 1).1.organizations[PARTNER].agreed
    };
    let proposed = |finding: f64, wants: Option<Mix>| proposed_to(RESEARCHER, finding, wants);
    // Everybody expects halves, of which the partner is the one.
    let vendor = Some(Mix::pure(VENDOR));
    assert_mix(&proposed(0.0, vendor), &[1.0]);
    // Half-way between researcher and vendor, and half of the way to it.
    assert_mix(&proposed(1.0, vendor), &[0.5, 0.0, 0.0, 0.5]);
    assert_mix(&proposed(0.5, vendor), &[0.75, 0.0, 0.0, 0.25]);
    // Where expectations and what the partner is have nothing in common, only that is left.
    let researcher = Some(Mix::pure(RESEARCHER));
    assert_mix(&proposed_to(VENDOR, 0.0, researcher), &[0.5, 0.0, 0.0, 0.5]);
    // Of two roles that are wanted, the one that the partner also is.
    let both = Mix::in_proportion([0.5, 0.0, 0.0, 0.5, 0.0, 0.0, 0.0, 0.0]);
    assert_mix(&proposed(1.0, both), &[1.0]);
    // Nobody wants anything in particular: what the partner is.
    assert_mix(&proposed(1.0, None), &[1.0]);
}

#[test]
fn the_listening_of_an_exploration_tells_what_an_organization_holds_central() {
    let setup = with(setup(), |p| (p.exploration.evidence, p.work.exposure) = (10.0, 0.0));
    let mut p = found(under(setup, InterventionKind::Exploration));
    p.month = Month(1);
    p.organizations[PARTNER].identity = Mix::pure(RESEARCHER);
    apply(&mut p, listen_between_meetings);
    assert_mix(&view(&mut p, DIRECTOR, PARTNER).conception, &[0.625, 0.375]);
    assert_mix(&view(&mut p, HEAD, PARTNER).conception, &[0.5, 0.5]);
}

#[test]
fn with_an_archive_the_history_is_told_by_those_who_were_not_there() {
    let told = |reach: Option<f64>| {
        let mut setup = with(newcomer_comes(DIRECTOR, 3), |p| {
            let d = &mut p.discourse;
            (d.question, d.history, d.comparison, d.metaphor) = (0.0, 1.0, 0.0, 0.0);
            (p.meeting.focus, p.meeting.stray, p.meeting.attendance) = (1.0, 1.0, 1.0);
            p.archive.reach = reach.unwrap_or(0.0);
        });
        setup.calendar.months = 3;
        // Organizations that are one thing, and say so.
        setup.organizations.iter_mut().for_each(|o| o.identity = Mix::pure(RoleId(0)));
        let setup = if reach.is_some() { under(setup, InterventionKind::Archive) } else { setup };
        let (mut histories, mut all) = (0, 0);
        for run in 1..=50 {
            let (log, _) = lived(setup.clone(), run);
            let of_newcomer = log.0.iter().filter(|(at, _)| at.month == Month(3));
            for (_, event) in of_newcomer {
                if let Event::Contribution { seat: DIRECTOR, kind, .. } = event {
                    histories += usize::from(*kind == TalkKind::History);
                    all += 1;
                }
            }
        }
        (histories, all)
    };
    assert_eq!(told(None).0, 0);
    assert_eq!(told(Some(0.0)).0, 0);
    let (histories, all) = told(Some(0.8));
    assert_frequency(histories, all, 0.8);
    let (histories, all) = told(Some(1.0));
    assert!(histories == all && all > 0);
}

#[test]
fn a_scenario_may_draw_when_an_intervention_begins() {
    let text = "extends = \"cypress\"\n[money]\ncurrency = \"USD\"\nmonth = 1e4\n\
        [intervention.welcome]\nfrom = { integers = [3, 5] }\nprice_month = { uniform = [1, 9] }\n\
        [intervention.later]\nkind = \"broker\"\nfrom = 4\nuntil = 9\nstaff = 0.2\nagenda = 0";
    let read = World::from_text("mine", text).unwrap_or_else(|problems| panic!("{problems}"));
    let money = read.money.as_ref().expect("a currency");
    assert_eq!((money.currency.as_str(), money.month), ("USD", Some(1e4)));
    let mut months = [0; 3];
    for run in 1..=60 {
        let setup = read.setup(RunId::new(31, run));
        let find = |name: &str| setup.interventions.iter().find(|i| i.name == name).expect("it");
        let (welcome, broker) = (find("welcome"), find("later"));
        months[welcome.from.0 as usize - 3] += 1;
        let last = setup.calendar.months;
        assert_eq!((welcome.kind, welcome.until), (InterventionKind::Welcome, Month(last)));
        assert_eq!(welcome.cost.staff, InterventionKind::Welcome.usual_cost().staff);
        assert!((1.0..=9.0).contains(&welcome.cost.month) && welcome.cost.once == 0.0);
        assert_eq!(
            (broker.kind, broker.from, broker.until),
            (InterventionKind::Broker, Month(4), Month(9))
        );
        assert_eq!((broker.cost.staff, broker.cost.agenda), (0.2, 0.0));
        // It is paid for from the month that was drawn to the horizon.
        let (_, p) = lived(setup.clone(), run);
        let months = f64::from(last + 1) - f64::from(welcome.from);
        assert_close(p.ledger.spent, months * welcome.cost.month);
    }
    assert!(months.iter().all(|times| *times > 5), "{months:?}");
}
