//! Money and capacity: what comes in is spent or there, who cannot be paid leaves, and each rule
//! does what it says and nothing when it is off.

use super::hand::*;
use crate::ids::{GrantId, Month, OrganizationId};
use crate::model::Partnership;
use crate::model::RunId;
use crate::model::Standard;
use crate::model::event::Event;
use crate::model::setup::{Grant, Intervention, InterventionKind, Purpose, Setup};

/// The partner's staff cost 10 a month.
const SALARY: f64 = 10.0;

fn salaried(grants: Vec<Grant>) -> Setup {
    let mut setup = frozen();
    setup.calendar.months = 24;
    setup.seats[STAFF].salary = SALARY;
    setup.parameters.turnover.vacancy = 1.0;
    setup.funding.grants = grants;
    setup
}

/// Pays `salaries` salaries a month for some months.
fn grant(purpose: Purpose, from: u32, months: u32, salaries: f64) -> Grant {
    let amount = SALARY * salaries * f64::from(months);
    Grant { from: Month(from), ..Grant::to(PARTNER, purpose, amount, months) }
}

fn founded(setup: Setup) -> Partnership {
    Partnership::new(setup, RunId::new(7, 1)).expect("a sound setup")
}

/// A partnership, month by month.
fn course(setup: Setup) -> Vec<Partnership> {
    let mut p = founded(setup);
    let months = p.setup().calendar.months;
    (0..months)
        .map(|_| {
            p.month(&Standard, &mut ()).expect("a month");
            p.clone()
        })
        .collect()
}

fn lived(setup: Setup) -> (Log, Partnership) {
    let (mut p, mut log) = (founded(setup), Log::default());
    p.run(&Standard, &mut log).expect("a month");
    (log, p)
}

#[test]
fn a_gap_sheds_staff_and_the_next_grant_brings_newcomers() {
    let mut grants = vec![grant(Purpose::Project, 1, 6, 1.0), grant(Purpose::Project, 10, 6, 1.0)];
    grants[1].name = "next".into();
    let course = course(salaried(grants));
    let there = |month: u32| course[month as usize - 1].person(STAFF).is_some();
    let held: Vec<u32> = (1..=24).filter(|month| there(*month)).collect();
    assert_eq!(held, [1, 2, 3, 4, 5, 6, 10, 11, 12, 13, 14, 15]);
    let trust = |month: usize| course[month - 1].person(STAFF).map(|q| q.views[DISTRICT].trust);
    assert_eq!((trust(6), trust(10)), (Some(1.0), Some(0.5)), "knows nobody yet");
    // Six of seven seats: the partner is half staffed, and so on.
    assert_close(course[6].capacity(), 0.75);
    assert_close(course[5].capacity(), 1.0);
}

#[test]
fn a_position_is_not_filled_for_less_time_than_salaries_must_be_safe() {
    let held = |in_hand: f64| -> Vec<u32> {
        let mut setup = salaried(vec![grant(Purpose::Project, 3, 2, 1.0)]);
        setup.parameters.funding.in_hand = in_hand;
        let course = course(setup);
        course.iter().filter(|p| p.person(STAFF).is_some()).map(|p| p.month.0).collect()
    };
    // Nobody can be paid in the first month; two months of money come in the third.
    assert_eq!(held(3.0), [0; 0]);
    assert_eq!(held(2.0), [3, 4]);
}

#[test]
fn all_of_a_grant_comes_in_by_its_purpose_and_nothing_after() {
    for purpose in Purpose::ALL {
        let mut setup = frozen();
        setup.funding.grants = vec![Grant::to(PARTNER, purpose, 120.0, 6)];
        setup.parameters.funding.endowment_yield = 0.05;
        let course = course(setup);
        let came: Vec<f64> =
            course.iter().map(|p| p.organizations[PARTNER].account.received).collect();
        let account = course[11].organizations[PARTNER].account;
        match purpose {
            Purpose::Endowment => assert_close(came[11], 6.0),
            _ => {
                assert_close(came[5], 120.0);
                assert_eq!(came[5], came[11]);
            }
        }
        let pool = match purpose {
            Purpose::Project => account.for_projects,
            Purpose::Meetings => account.for_meetings,
            _ => account.free,
        };
        assert_eq!(pool, account.received, "nothing has a price");
        assert_eq!(course[11].organizations[DISTRICT].account.received, 0.0);
    }
}

#[test]
fn a_grant_that_is_renewed_goes_on_after_its_gap_and_one_that_is_not_ends() {
    let began = |renewal: f64| {
        let grant = Grant { renewal, gap: 2, ..grant(Purpose::Operating, 2, 4, 1.0) };
        let mut setup = frozen();
        setup.calendar.months = 20;
        setup.funding.grants = vec![grant];
        let (log, p) = lived(setup);
        let months = |what: fn(&Event) -> bool| -> Vec<u32> {
            log.0.iter().filter(|(_, e)| what(e)).map(|(at, _)| at.month.0).collect()
        };
        let began = months(|e| matches!(e, Event::GrantBegan { .. }));
        let ended = months(|e| matches!(e, Event::GrantEnded { .. }));
        (began, ended, p.organizations[PARTNER].account.received / SALARY)
    };
    assert_eq!(began(0.0), (vec![2], vec![5], 4.0));
    let (from, until, months) = began(1.0);
    assert_eq!((from, until), (vec![2, 8, 14, 20], vec![5, 11, 17]));
    assert_close(months, 13.0);
}

#[test]
fn who_is_paid_has_more_voice_and_equal_shares_change_nothing() {
    let of = |share: f64| {
        let mut setup = frozen();
        setup.parameters.funding.voice = 0.4;
        setup.funding.upkeep = SALARY;
        let mut given = grant(Purpose::Project, 1, 12, 1.0);
        given.payees = vec![(PARTNER, share), (DISTRICT, 1.0 - share)];
        setup.funding.grants = vec![given];
        let mut p = founded(setup);
        p.month(&Standard, &mut ()).expect("a month");
        (p.voice_of_money(PARTNER), p.voice_of_money(DISTRICT))
    };
    assert_eq!(of(1.0), (1.4, 0.6));
    assert_eq!(of(0.5), (1.0, 1.0));
}

#[test]
fn who_is_paid_is_heard_more_in_meetings() {
    let initiated = |payee: OrganizationId| {
        let mut setup = frozen();
        setup.parameters.funding.voice = 0.8;
        setup.calendar.months = 120;
        setup.funding.upkeep = SALARY;
        setup.parameters.funding.contact = 0.0;
        setup.funding.grants = vec![Grant::to(payee, Purpose::Operating, 120.0 * SALARY, 120)];
        let (log, _) = lived(setup);
        log.events()
            .filter(
                |e| matches!(e, Event::Episode(e) if e.initiator == LEAD || e.initiator == STAFF),
            )
            .count()
    };
    assert!(initiated(PARTNER) > 2 * initiated(DISTRICT));
}

#[test]
fn money_for_projects_alone_makes_projects_no_longer_than_it_lasts() {
    let efforts = |purpose: Purpose| {
        let mut setup = planned();
        setup.calendar.months = 24;
        setup.seats[STAFF].salary = SALARY;
        (setup.parameters.funding.set_up, setup.parameters.funding.shortest) = (0.5, 0.25);
        setup.funding.grants = vec![grant(purpose, 1, 12, 1.0)];
        let course = course(setup);
        let shortest = |months: std::ops::Range<usize>| {
            let efforts =
                course[months].iter().flat_map(|p| &p.projects).map(|project| project.effort);
            efforts.fold(f64::INFINITY, f64::min)
        };
        (shortest(0..5), shortest(9..11), course[23].ledger.set_aside)
    };
    // One unit a month is promised for each project; six units are a project.
    let (early, late, aside) = efforts(Purpose::Project);
    assert_eq!(early, 6.0);
    assert!((1.5..=3.0).contains(&late), "{late}");
    assert!(aside > 0.0);
    let (_, late, operating) = efforts(Purpose::Operating);
    assert_eq!(late, 6.0);
    assert!(operating < aside, "fewer to set up, nothing to seek");
}

#[test]
fn time_is_spent_on_the_next_grant_only_before_the_last_for_projects_ends() {
    let mut setup = planned();
    setup.seats[STAFF].salary = SALARY;
    setup.funding.grants = vec![grant(Purpose::Project, 1, 12, 1.0)];
    setup.parameters.funding.seeking_months = 4.0;
    let seeks = |p: &Partnership| p.time_seeking_money() > 0.0;
    let seeking: Vec<u32> =
        course(setup.clone()).iter().filter(|p| seeks(p)).map(|p| p.month.0).collect();
    assert_eq!(seeking, [9, 10, 11, 12]);
    let with_core = |amount: f64| {
        let mut setup = setup.clone();
        setup.funding.grants.push(Grant::to(DISTRICT, Purpose::Operating, amount, 12));
        course(setup).iter().map(Partnership::time_seeking_money).fold(0.0, f64::max)
    };
    // All that is needed, half of it, and next to nothing.
    let all = with_core(0.0);
    assert_eq!(with_core(12.0 * SALARY), 0.0);
    assert_close(with_core(6.0 * SALARY), all / 2.0);
    assert!((with_core(1e-6) - all).abs() < 1e-6);
    setup.seats[STAFF].salary = 0.0;
    assert!(!course(setup).iter().any(seeks), "nobody depends on it");
}

#[test]
fn a_funder_s_own_priorities_take_time_in_proportion() {
    let diverted = |alignment: f64| {
        let mut setup = frozen();
        setup.parameters.requests.rate = 0.0;
        setup.parameters.funding.misdirected = 0.6;
        setup.funding.upkeep = SALARY;
        setup.funding.grants = vec![Grant { alignment, ..grant(Purpose::Operating, 1, 12, 1.0) }];
        lived(setup).1.ledger.diverted
    };
    assert_eq!(diverted(1.0), 0.0);
    let (half, none) = (diverted(0.5), diverted(0.0));
    // Half of the organizations are paid; 12 months of 1.5 units between meetings.
    assert_close(none, 0.5 * 0.6 * 12.0 * 1.5);
    assert_close(half, none / 2.0);
}

/// With one rule after another that reads money: what a dollar does is what none does, and what
/// goes beyond the need is kept for later.
#[test]
fn what_money_does_grows_with_the_part_of_the_need_that_it_covers() {
    let month = |purpose: Purpose, salaries: f64| {
        let mut setup = salaried(vec![Grant { alignment: 0.0, ..grant(purpose, 1, 24, salaries) }]);
        setup.organizations[PARTNER].reserve = 3.0 * SALARY;
        let mut p = founded(setup);
        p.month(&Standard, &mut ()).expect("a month");
        let agenda = p.agenda_ahead().expect("somebody is paid");
        (agenda, p.voice_of_money(PARTNER), p.staff_misdirected(PARTNER))
    };
    let near = |a: f64, b: f64| assert!((a - b).abs() < 1e-6, "{a} is not {b}");
    let (none, voice, misdirected) = month(Purpose::Project, 0.0);
    assert_eq!((none.bound, voice, misdirected), (1.0, 1.0, 0.0));
    assert_close(none.months, 2.0);
    for purpose in [Purpose::Project, Purpose::Operating] {
        let (agenda, voice, misdirected) = month(purpose, 1e-9);
        near(agenda.bound, none.bound);
        near(agenda.months, none.months);
        near(voice, 1.0);
        near(misdirected, 0.0);
    }
    let full = Setup::default().parameters.funding;
    for (salaries, covered) in [(0.25, 0.25), (0.5, 0.5), (1.0, 1.0), (2.0, 1.0)] {
        let (agenda, voice, misdirected) = month(Purpose::Operating, salaries);
        assert_close(agenda.bound, 1.0 - covered);
        assert_close(voice, 1.0 + full.voice * covered);
        assert_close(misdirected, full.misdirected * covered);
        let (agenda, ..) = month(Purpose::Project, salaries);
        assert_eq!(agenda.bound, 1.0, "money for projects frees nobody");
        assert_close(agenda.months, 2.0 + 24.0 * salaries);
    }
}

#[test]
fn upkeep_is_bought_with_free_money_as_far_as_it_goes_and_brings_people_together() {
    let after = |purpose: Purpose, price: f64| {
        let mut setup = setup();
        setup.funding.upkeep = price;
        setup.parameters.funding.voice = 0.0;
        setup.parameters.funding.contact = 1.0;
        setup.parameters.work.act_evidence = 0.0;
        setup.funding.grants = vec![grant(purpose, 1, 12, 1.0)];
        // The office knows nothing, and is in no meeting.
        setup.seats[OFFICE].holder = Some(NEWCOMER);
        let mut p = founded(setup);
        p.month(&Standard, &mut ()).expect("a month");
        (
            p.organizations[PARTNER].account.upkeep,
            p.person(OFFICE).map(|q| q.views[PARTNER].certainty),
        )
    };
    let (paid, known) = after(Purpose::Operating, 5.0);
    assert_eq!(paid, 5.0);
    assert!(known > after(Purpose::Operating, 0.0).1);
    assert_eq!(after(Purpose::Operating, 40.0).0, 10.0, "all there is");
    assert_eq!(after(Purpose::Project, 5.0), (0.0, after(Purpose::Operating, 0.0).1));
}

#[test]
fn a_meeting_that_nobody_can_pay_for_is_attended_less_and_costs_nothing() {
    let present = |salaries: f64, ratio: f64| {
        let mut setup = frozen();
        setup.calendar.months = 240;
        setup.parameters.funding.unpaid_attendance = ratio;
        setup.funding.meeting = SALARY;
        setup.funding.grants = vec![grant(Purpose::Meetings, 1, 240, salaries)];
        let (log, p) = lived(setup);
        let mut present = 0;
        for event in log.events() {
            if let Event::Meeting { present: there } = event {
                present += there.len();
            }
        }
        (present, p.organizations[PARTNER].account.meetings)
    };
    let (usual, paid) = present(1.0, 0.5);
    assert!(paid > 200.0 * SALARY);
    let (fewer, nothing) = present(0.0, 0.5);
    assert_eq!(nothing, 0.0);
    assert!(fewer < 3 * usual / 4);
    assert_eq!(present(0.0, 1.0).0, usual, "with the same readiness to come");
}

#[test]
fn an_exclusive_grant_bears_no_other_to_the_same_payee() {
    let faults = |exclusive: bool, payee: OrganizationId, renewal: f64| {
        let mut setup = frozen();
        let first = Grant { exclusive, renewal, ..Grant::to(PARTNER, Purpose::Project, 1.0, 6) };
        let other = Grant { from: Month(7), ..Grant::to(payee, Purpose::Seed, 1.0, 6) };
        setup.funding.grants = vec![first, other];
        setup.check().len()
    };
    assert_eq!(faults(true, PARTNER, 0.0), 0);
    assert_eq!(faults(true, PARTNER, 0.5), 1, "it may go on");
    assert_eq!(faults(false, PARTNER, 0.5), 0);
    assert_eq!(faults(true, DISTRICT, 0.5), 0);
}

#[test]
fn urgent_needs_without_capacity_bring_more_requests() {
    let requests = |urgency: f64, capacity: f64| {
        let mut setup = frozen();
        setup.calendar.months = 240;
        (setup.parameters.requests.rate, setup.parameters.requests.pressed) = (0.2, 0.5);
        setup.organizations[DISTRICT].urgency = urgency;
        setup.organizations[DISTRICT].capacity = capacity;
        lived(setup).0.events().filter(|e| matches!(e, Event::Request { .. })).count()
    };
    let usual = requests(0.0, 0.0);
    assert_eq!(requests(1.0, 1.0), usual);
    assert_eq!(requests(0.0, 0.5), usual);
    assert_frequency(requests(1.0, 0.0) - usual, 240, 0.5);
    assert_frequency(requests(0.5, 0.5) - usual, 240, 0.125);
}

#[test]
fn capacity_building_closes_the_gap_at_its_rate_and_only_for_clients() {
    let mut setup = frozen();
    setup.organizations[DISTRICT].capacity = 0.2;
    setup.organizations[PARTNER].capacity = 0.5;
    setup.parameters.capacity.growth = 0.1;
    let of =
        |p: &Partnership| (p.organizations[DISTRICT].capacity, p.organizations[PARTNER].capacity);
    assert_eq!(of(&lived(setup.clone()).1), (0.2, 0.5));
    setup.interventions = vec![Intervention {
        until: Month(3),
        ..Intervention::of(InterventionKind::CapacityBuilding)
    }];
    let (district, partner) = of(&lived(setup).1);
    assert_close(district, 1.0 - 0.8 * 0.9 * 0.9 * 0.9);
    assert_eq!(partner, 0.5);
}

#[test]
fn the_tenure_track_takes_time_as_far_as_nothing_can_be_published() {
    let mut setup = frozen();
    setup.organizations[PARTNER].tenure_track = 0.5;
    setup.parameters.incentives.pull = 0.4;
    // Half of what is done has the role of researcher.
    let p = founded(setup.clone());
    assert_close(p.staff_on_tenure(PARTNER), 0.2);
    assert_eq!(p.staff_on_tenure(DISTRICT), 0.0);
    setup.parameters.incentives.relief = 0.75;
    setup.interventions = vec![Intervention::of(InterventionKind::Incentives)];
    let mut p = founded(setup);
    p.month = Month(1);
    assert_close(p.staff_on_tenure(PARTNER), 0.05);
}

#[test]
fn the_time_for_seeking_money_is_set_aside_from_the_work_between_meetings() {
    // A month between meetings could bring 1.5 units; a fifth goes into the next grant while the
    // last one has fewer than three months to run, and nothing else is lost.
    let mut setup = salaried(vec![grant(Purpose::Project, 1, 6, 1.0)]);
    setup.parameters.work.between = 1.5;
    (setup.parameters.funding.seeking, setup.parameters.funding.seeking_months) = (0.2, 3.0);
    for (month, set_aside) in [(1, 0.0), (3, 0.0), (4, 0.3), (6, 0.3)] {
        let mut p = founded(setup.clone());
        p.month = Month(month);
        apply(&mut p, crate::model::rules::work::work_between_meetings);
        assert_close(p.ledger.set_aside, set_aside);
        assert_close(p.ledger.done, 1.5 - set_aside);
    }
}

#[test]
fn results_used_are_a_mean_over_those_they_were_made_for() {
    let setup = super::several::with_districts(setup(), 2);
    let mut p = found(setup);
    assert_eq!([0, 1, 2].map(|o| p.is_client(OrganizationId(o))), [true, false, true]);
    (p.organizations[DISTRICT].capacity, p.organizations[2].capacity) = (0.5, 1.0);
    let mode: Vec<_> = p.organizations.iter().map(|o| o.agreed).collect();
    p.use_results(8.0, &mode);
    assert_close(p.ledger.used, (8.0 * 0.5 + 8.0 * 1.0) / 2.0);
}

#[test]
fn results_are_used_as_far_as_there_is_capacity() {
    let used = |capacity: f64, weight: f64| {
        let mut setup = planned();
        setup.organizations[DISTRICT].capacity = capacity;
        setup.organizations[PARTNER].capacity = 2.0 - capacity;
        setup.parameters.benefit.results_used = weight;
        let p = lived(setup).1;
        (p.ledger.used, p.organizations[DISTRICT].benefit)
    };
    let (all, felt) = used(1.0, 0.0);
    let (half, felt_at_half) = used(0.5, 0.0);
    assert!(all > 0.0);
    assert_close(half, all / 2.0);
    assert_eq!(felt, felt_at_half, "use counts only where a scenario says so");
    assert!(used(0.5, 1.0).1 < used(1.0, 1.0).1);
}

#[test]
fn a_funder_that_requires_process_is_told_at_the_launch_and_at_every_grant() {
    let mut setup = planned();
    setup.interventions = vec![Intervention::of(InterventionKind::ProcessRequirement)];
    let occasions = |setup: &Setup| -> Vec<u32> {
        let (log, _) = lived(setup.clone());
        let occasion = |e: &Event| matches!(e, Event::Occasion { .. });
        log.0.iter().filter(|(_, e)| occasion(e)).map(|(at, _)| at.month.0).collect()
    };
    assert_eq!(occasions(&setup), [1]);
    setup.funding.grants =
        vec![Grant { renewal: 1.0, gap: 1, ..grant(Purpose::Project, 3, 4, 1.0) }];
    assert_eq!(occasions(&setup), [1, 3, 8]);
}

#[test]
fn a_fork_keeps_the_money_and_where_grants_stand() {
    let renewed = Grant { renewal: 1.0, gap: 1, ..grant(Purpose::Operating, 1, 4, 1.0) };
    let setup = salaried(vec![renewed]);
    let mut p = founded(setup.clone());
    while p.month < Month(9) {
        p.month(&Standard, &mut ()).expect("a month");
    }
    let mut forked = p.fork(setup).expect("the same seats");
    p.run(&Standard, &mut ()).expect("a month");
    forked.run(&Standard, &mut ()).expect("a month");
    assert_eq!(p, forked);
}

#[test]
fn an_operating_grant_runs_in_its_last_month_whether_it_is_renewed_or_not() {
    for (renewal, gap) in [(0.0, 0), (1.0, 0), (1.0, 2)] {
        let mut p =
            founded(salaried(vec![Grant { renewal, gap, ..grant(Purpose::Operating, 1, 4, 1.0) }]));
        while p.month < Month(4) {
            p.month(&Standard, &mut ()).expect("a month");
            let bound = p.agenda_ahead().map(|agenda| agenda.bound);
            assert_eq!(bound, Some(0.0), "renewal {renewal}, month {}", p.month);
        }
        assert_eq!(p.will_hold(GrantId(0)), renewal == 1.0);
    }
}
