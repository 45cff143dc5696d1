//! The claims of the literature that no rule states: whether each follows, in twin runs.
//!
//! Each test is named in docs/claims.md, in the row of the claim whose number it gives. What
//! turned out the other way is here too, with the direction that was found.

use super::paired::*;
use super::worlds::world;
use crate::ids::{Meeting, Month, OrganizationId, ProfileId, RoleId, SeatId};
use crate::measure::RunRecord;
use crate::model::Partnership;
use crate::model::RunId;
use crate::model::Standard;
use crate::model::setup::{
    Grant, Intervention, InterventionKind, Level, Purpose, Setup, Shock, ShockKind, Start,
};
use crate::model::{Person, View};
use crate::roles::{Mix, Repertoire, Role};
use crate::scenario::World;
use rayon::prelude::*;

/// Places of the organizations of the built-in cases.
const DISTRICT: OrganizationId = OrganizationId(0);
const PARTNER: OrganizationId = OrganizationId(1);

fn role(setup: &Setup, name: &str) -> RoleId {
    setup.organizations[PARTNER].repertoire.position(name).expect("a role")
}

fn seats(setup: &Setup, fits: impl Fn(&crate::model::setup::SeatSetup) -> bool) -> Vec<SeatId> {
    setup.seat_ids().filter(|seat| fits(&setup.seats[*seat])).collect()
}

fn roles_of_the_partner(setup: &mut Setup, change: impl Fn(&mut Role)) {
    let repertoire = &mut setup.organizations[PARTNER].repertoire;
    let mut roles = repertoire.roles().to_vec();
    roles.iter_mut().for_each(change);
    *repertoire = Repertoire::new(roles).expect("as many roles");
}

fn with(kind: InterventionKind) -> impl Fn(&mut Setup) + Sync {
    move |setup| setup.interventions.push(Intervention::of(kind))
}

/// How partnerships stand at the end.
fn ends(runs: u64, world: &World, change: impl Fn(&mut Setup) + Sync) -> Vec<Partnership> {
    let end = |run| {
        let origin = RunId::new(13, run);
        let mut setup = world.setup(origin);
        change(&mut setup);
        let mut p = Partnership::new(setup, origin).expect("a sound setup");
        p.run(&Standard, &mut ()).expect("a month");
        p
    };
    (1..=runs).into_par_iter().map(end).collect()
}

/// The mean, over leaders of the district, of something in what they hold of the partner.
fn held(p: &Partnership, on_the_team: bool, of: impl Fn(&View) -> f64) -> f64 {
    let leaders: Vec<&Person> = p
        .people()
        .filter(|(seat, q)| q.organization == DISTRICT && p.seats[*seat].team == on_the_team)
        .map(|(_, q)| q)
        .collect();
    leaders.iter().map(|q| of(&q.views[PARTNER])).sum::<f64>() / leaders.len() as f64
}

fn later(record: &RunRecord) -> f64 {
    record.role_share((Meeting(10), Meeting(u32::MAX))).expect("meetings were held")
}

fn last(record: &RunRecord) -> &crate::measure::months::MonthRecord {
    record.months.last().expect("a month")
}

fn trust(record: &RunRecord) -> f64 {
    record.trust().expect("months were lived")
}

fn used(record: &RunRecord) -> f64 {
    record.ledger.used
}

fn fit(record: &RunRecord) -> f64 {
    record.ledger.prioritized / record.ledger.done
}

fn least_benefit(record: &RunRecord) -> f64 {
    last(record).least_benefit
}

/// Claim 5.
#[test]
fn where_roles_can_be_settled_less_is_said_about_them_later_and_more_work_is_done() {
    let settling = records(200, &world("cypress", &[]), unchanged);
    let never = records(200, &world("cypress", &["settlement.demand=0.0"]), unchanged);
    assert!(differences(&settling, &never, later).surely_below(-0.10));
    assert!(differences(&settling, &never, work).surely_above(0.0));
}

/// Newcomers expect more of a thought partner than was agreed. The identity leans the same way,
/// or as far to the side of a broker, a role as large and as visible that nobody wants more of.
fn identity_leaning_to(side: &'static str) -> impl Fn(&mut Setup) + Sync {
    move |setup| {
        roles_of_the_partner(setup, |role| {
            if role.name == "broker" {
                (role.visibility, role.publishable) = (0.5, 0.2);
            }
        });
        let leaning = |side| {
            let agreed = &setup.organizations[PARTNER].agreed;
            agreed.toward(&Mix::pure(role(setup, side)), 0.5)
        };
        let (identity, expected) = (leaning(side), leaning("thought partner"));
        setup.organizations[PARTNER].identity = identity;
        setup.organizations[DISTRICT].priorities[PARTNER] = None;
        newcomers(move |p| {
            p.about[PARTNER].expectation = Start { scatter: 0.05, ..Start::at(expected) };
        })(setup);
    }
}

/// Claim 12, of endings: with renewals every year about half of all end within ten years.
#[test]
fn an_identity_at_odds_with_what_newcomers_expect_ends_hardly_more_partnerships() {
    let churn = world("churn", &["benefit.renewal_every=12", "benefit.end_base=1.0"]);
    let at_odds = records(300, &churn, identity_leaning_to("broker"));
    let alike = records(300, &churn, identity_leaning_to("thought partner"));
    let ended = |record: &RunRecord| f64::from(u8::from(record.ended.is_some()));
    let more = differences(&at_odds, &alike, ended);
    assert!(more.mean.abs() + 4.0 * more.error < 0.10, "{more:?}");
}

/// Claim 11.
#[test]
fn where_an_identity_is_spread_out_leaders_expect_more_roles_and_are_less_sure() {
    let cypress = world("cypress", &[]);
    let identity = |step: f64| {
        move |setup: &mut Setup| {
            let even = Mix::in_proportion([1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.0]).expect("a mix");
            let one = Mix::pure(role(setup, "thought partner"));
            setup.organizations[PARTNER].identity = even.toward(&one, step);
        }
    };
    let (spread, sharp) = (ends(200, &cypress, identity(0.0)), ends(200, &cypress, identity(0.8)));
    let roles = |p: &Partnership| held(p, true, |view| view.expectation.ambiguity());
    let certainty = |p: &Partnership| held(p, true, |view| view.certainty);
    assert!(differences(&spread, &sharp, roles).surely_above(0.0));
    assert!(differences(&spread, &sharp, certainty).surely_below(0.0));
}

/// Claim 13. No requests, so that what newcomers expect reaches the identity by way of
/// settlements and the projects that follow them alone.
#[test]
fn an_identity_moves_toward_what_newcomers_expect_of_it() {
    let cypress = world("cypress", &["requests.rate=0.0"]);
    let expecting = |side: &'static str| {
        ends(100, &cypress, move |setup: &mut Setup| {
            let agreed = setup.organizations[PARTNER].agreed;
            let expected = agreed.toward(&Mix::pure(role(setup, side)), 0.6);
            newcomers(move |p| p.about[PARTNER].expectation = Start::at(expected))(setup);
        })
    };
    let (member, broker) = (expecting("team member"), expecting("broker"));
    let lean = |p: &Partnership| {
        let identity = &p.organizations[PARTNER].identity;
        identity.share(role(p.setup(), "team member")) - identity.share(role(p.setup(), "broker"))
    };
    assert!(differences(&member, &broker, lean).surely_above(0.0));
}

fn visible(by: impl Fn(f64) -> f64 + Sync) -> impl Fn(&mut Setup) + Sync {
    move |setup| roles_of_the_partner(setup, |role| role.visibility = by(role.visibility))
}

/// Claim 16.
#[test]
fn the_visible_roles_become_the_public_face() {
    let cypress = world("cypress", &[]);
    let as_it_is = ends(150, &cypress, unchanged);
    let alike = ends(150, &cypress, visible(|_| 0.55));
    let taken_for = |name: &'static str| {
        move |p: &Partnership| {
            let role = role(p.setup(), name);
            held(p, false, |view| view.conception.share(role))
        }
    };
    assert!(differences(&as_it_is, &alike, taken_for("PD provider")).surely_above(0.0));
    assert!(differences(&as_it_is, &alike, taken_for("broker")).surely_below(0.0));
}

/// Claim 16.
#[test]
fn hidden_work_leaves_people_less_sure_of_what_the_others_are() {
    let calm = world("cypress", &[]).twin().expect("shocks");
    let at = |v: f64| records(200, &calm, visible(move |_| v));
    let (hidden, seen) = (at(0.0), at(1.0));
    assert!(differences(&hidden, &seen, |r| last(r).uncertainty).surely_above(0.0));
}

/// Claim 17. Onlookers ask for professional development, which is not what the partner is.
#[test]
fn saying_yes_to_requests_off_the_mission_takes_work_and_shifts_the_image() {
    let quiet = world("quiet", &["calendar.months=36"]);
    let asked = |readiness: f64| {
        move |setup: &mut Setup| {
            let provider = role(setup, "PD provider");
            setup.parameters.requests.base = readiness;
            let partner = &mut setup.organizations[PARTNER];
            partner.identity = partner.identity.without(provider).expect("other roles");
            for profile in setup.profiles.iter_mut().filter(|p| p.name == "onlooker") {
                profile.about[PARTNER].expectation = Start::at(Mix::pure(provider));
            }
        }
    };
    let (yes, no) = (ends(100, &quiet, asked(9.0)), ends(100, &quiet, asked(-9.0)));
    assert!(differences(&yes, &no, |p| p.ledger.done).surely_below(0.0));
    assert!(differences(&yes, &no, |p| p.organizations[PARTNER].goodwill).surely_above(0.5));
    let off_image = |p: &Partnership| {
        let identity = p.organizations[PARTNER].identity;
        held(p, false, |view| view.conception.distance(&identity))
    };
    assert!(differences(&yes, &no, off_image).surely_above(0.0));
}

/// Claim 18. Two directors leave the team and two who were not on it join; they hold what those of
/// a profile hold.
fn another_counterpart(profile: &'static str) -> impl Fn(&mut Setup) + Sync {
    move |setup| {
        let directors = |team: bool| {
            let mut all = seats(setup, |seat| {
                seat.level == Level::Director
                    && seat.organization == DISTRICT
                    && seat.team == team
                    && seat.holder.is_some()
            });
            all.truncate(2);
            all
        };
        let (leave, join) = (directors(true), directors(false));
        let place = setup.profiles.iter().position(|p| p.name == profile).expect("a profile");
        join.iter().for_each(|seat| setup.seats[*seat].holder = Some(ProfileId(place)));
        let kind = ShockKind::Counterpart { leave, join };
        setup.shocks.push(Shock { name: "counterpart".into(), month: Month(4), kind });
    }
}

#[test]
fn another_counterpart_raises_talk_unless_it_holds_what_the_first_held() {
    let calm = world("cypress", &[]).twin().expect("shocks");
    let same = records(200, &calm, unchanged);
    let strange = records(200, &calm, another_counterpart("onlooker"));
    let alike = records(200, &calm, another_counterpart("district_core"));
    assert!(differences(&strange, &same, share).surely_above(0.10));
    assert!(differences(&strange, &same, work).surely_below(0.0));
    let placebo = differences(&alike, &same, share);
    assert!(placebo.mean.abs() + 4.0 * placebo.error < 0.02, "{placebo:?}");
}

/// Claim 34.
#[test]
fn a_review_without_surprises_raises_trust() {
    let cypress = world("cypress", &[]);
    let (reviewed, not) =
        (records(800, &cypress, with(InterventionKind::Review)), records(800, &cypress, unchanged));
    assert!(differences(&reviewed, &not, trust).surely_above(0.0));
}

/// The district comes to want much more support of implementation, and its people expect it.
fn policy_changes(setup: &mut Setup) {
    let support = Mix::pure(role(setup, "implementation supporter"));
    let wanted = setup.organizations[DISTRICT].priorities[PARTNER].expect("wants");
    let priorities = wanted.toward(&support, 0.7);
    let kind = ShockKind::Policy { organization: DISTRICT, about: PARTNER, priorities, step: 0.7 };
    setup.shocks.push(Shock { name: "policy".into(), month: Month(6), kind });
}

/// Four years in which nobody leaves.
fn four_years(more: &[&str]) -> World {
    world("quiet", &[&["calendar.months=48"], more].concat())
}

/// Claim 42.
#[test]
fn when_wants_change_mutual_benefit_depends_on_negotiation() {
    let (open, closed) = (four_years(&[]), four_years(&["settlement.demand=0.0"]));
    let least = |change: fn(&mut Setup)| {
        let (open, closed) = (records(150, &open, change), records(150, &closed, change));
        differences(&open, &closed, least_benefit)
    };
    let changed = least(policy_changes);
    assert!(changed.surely_above(0.0));
    let calm = least(unchanged);
    assert!(calm.mean.abs() + 4.0 * calm.error < 0.1 * changed.mean, "{calm:?} of {changed:?}");
}

/// Claim 48.
#[test]
fn shorter_projects_fit_shifting_priorities_better() {
    let (short, long) = (four_years(&["work.effort=2.0"]), four_years(&["work.effort=20.0"]));
    let better = |change: fn(&mut Setup)| {
        let (short, long) = (records(150, &short, change), records(150, &long, change));
        differences(&short, &long, fit)
    };
    let changed = better(policy_changes);
    assert!(changed.surely_above(0.0));
    let calm = better(unchanged);
    assert!(calm.mean.abs() + 4.0 * calm.error < 0.1 * changed.mean, "{calm:?} of {changed:?}");
}

/// Claim 43.
#[test]
fn an_exploratory_year_finds_a_better_fit_with_newcomers_and_no_more_benefit_in_three_years() {
    let cypress = world("cypress", &["calendar.months=36"]);
    let explored = records(150, &cypress, |setup: &mut Setup| {
        let year =
            Intervention { until: Month(12), ..Intervention::of(InterventionKind::Exploration) };
        setup.interventions.push(year);
    });
    let not = records(150, &cypress, unchanged);
    assert!(differences(&explored, &not, fit).surely_above(0.0));
    let more = differences(&explored, &not, least_benefit);
    assert!(more.mean + 4.0 * more.error < 0.02, "of some 0.19: {more:?}");
}

/// Claim 45.
#[test]
fn who_meets_twice_as_often_is_surer_and_trusts_more() {
    let often = records(200, &world("cypress", &["calendar.meetings_per_month=2"]), unchanged);
    let monthly = records(200, &world("cypress", &[]), unchanged);
    assert!(differences(&often, &monthly, |r| last(r).uncertainty).surely_below(0.0));
    assert!(differences(&often, &monthly, trust).surely_above(0.0));
}

/// A district of little capacity and urgent needs, for five years in which nobody leaves.
fn weak(setup: &mut Setup) {
    setup.organizations[DISTRICT].capacity = 0.4;
    setup.organizations[DISTRICT].urgency = 0.8;
}

fn five_years() -> World {
    world("quiet", &["calendar.months=60"])
}

fn on_tenure_track(setup: &mut Setup) {
    setup.organizations[PARTNER].tenure_track = 1.0;
}

fn both(a: impl Fn(&mut Setup), b: impl Fn(&mut Setup)) -> impl Fn(&mut Setup) {
    move |setup| {
        a(setup);
        b(setup);
    }
}

/// Claims 46 and 70.
#[test]
fn building_capacity_gets_more_results_used_than_quick_answers_or_incentives() {
    let world = five_years();
    let runs = |change: &(dyn Fn(&mut Setup) + Sync)| {
        records(50, &world, |setup: &mut Setup| {
            both(weak, on_tenure_track)(setup);
            change(setup);
        })
    };
    let (neither, built) = (runs(&unchanged), runs(&with(InterventionKind::CapacityBuilding)));
    let (quick, relieved) =
        (runs(&with(InterventionKind::Quota)), runs(&with(InterventionKind::Incentives)));
    let attended = runs(&|setup| {
        both(with(InterventionKind::CapacityBuilding), with(InterventionKind::Incentives))(setup)
    });
    assert!(differences(&built, &neither, used).surely_above(0.0));
    assert!(differences(&built, &quick, used).surely_above(0.0));
    assert!(differences(&quick, &neither, used).surely_below(1.0), "of some 57");
    assert!(differences(&relieved, &neither, used).surely_above(0.0));
    assert!(differences(&built, &relieved, used).surely_above(0.0));
    assert!(differences(&attended, &built, used).surely_above(0.0));
}

/// Claim 67.
#[test]
fn urgent_needs_without_capacity_take_staff_and_work() {
    let world = five_years();
    let little = |setup: &mut Setup| setup.organizations[DISTRICT].capacity = 0.4;
    let (urgent, calm) = (records(100, &world, weak), records(100, &world, little));
    assert!(differences(&urgent, &calm, |r| r.ledger.diverted).surely_above(0.0));
    assert!(differences(&urgent, &calm, work).surely_below(0.0));
}

/// Claim 68: each takes its part of the work whatever the others take.
#[test]
fn tenure_funders_priorities_and_capacity_hardly_interact() {
    let world = five_years();
    let cell = |tenure: bool, misaligned: bool, little: bool| {
        records(40, &world, move |setup: &mut Setup| {
            let alignment = if misaligned { 0.2 } else { 1.0 };
            let grant = Grant::to(PARTNER, Purpose::Operating, 600.0, 60);
            // A month needs just what the grant pays.
            setup.funding.upkeep = 10.0;
            setup.parameters.funding.contact = 0.0;
            setup.funding.grants.push(Grant { alignment, ..grant });
            if tenure {
                on_tenure_track(setup);
            }
            if little {
                weak(setup);
            }
        })
    };
    let none = cell(false, false, false);
    let alone = [cell(true, false, false), cell(false, true, false), cell(false, false, true)];
    let pairs = [
        (0, 1, cell(true, true, false)),
        (0, 2, cell(true, false, true)),
        (1, 2, cell(false, true, true)),
    ];
    let log = |record: &RunRecord| libm::log(record.ledger.done);
    for one in &alone {
        assert!(differences(one, &none, log).surely_below(-0.02));
    }
    for (a, b, together) in &pairs {
        let with_b = together.iter().zip(&alone[*b]).map(|(t, b)| log(t) - log(b));
        let without = alone[*a].iter().zip(&none).map(|(a, n)| log(a) - log(n));
        let double: Vec<f64> = with_b.zip(without).map(|(x, y)| x - y).collect();
        let double = Estimate::of(&double);
        assert!(double.mean.abs() + 4.0 * double.error < 0.02, "{a} and {b}: {double:?}");
    }
}

/// Claim 53.
#[test]
fn a_broker_brings_hardly_more_use_of_results_and_its_time_costs_more_than_that() {
    let cypress = world("cypress", &[]);
    let not = records(800, &cypress, unchanged);
    let brokered = records(800, &cypress, with(InterventionKind::Broker));
    let free = records(800, &cypress, |setup: &mut Setup| {
        with(InterventionKind::Broker)(setup);
        setup.interventions[0].cost.agenda = 0.0;
    });
    assert!(differences(&brokered, &not, used).surely_below(0.0));
    let hardly = differences(&free, &not, used);
    assert!(hardly.mean.abs() + 4.0 * hardly.error < 4.0, "of some 46: {hardly:?}");
}

/// Claim 57.
#[test]
fn in_every_one_of_ten_years_turnover_makes_talk_about_roles() {
    let churn = records(60, &world("churn", &["benefit.renewal_every=0"]), unchanged);
    let quiet = records(60, &world("quiet", &[]), unchanged);
    for year in 0..10 {
        let talk = |r: &RunRecord| r.windows(12).nth(12 * year).flatten().expect("meetings");
        assert!(differences(&churn, &quiet, talk).surely_above(0.0), "year {}", year + 1);
    }
}

/// Claim 58.
#[test]
fn a_partner_whose_staff_stay_helps_under_turnover_and_an_archive_does_not() {
    let leaving = |rate: &str| {
        let rates = [format!("turnover.lead={rate}"), format!("turnover.staff={rate}")];
        world("churn", &["benefit.renewal_every=0", &rates[0], &rates[1]])
    };
    let (stays, leaves) = (leaving("0.0"), leaving("0.3"));
    let (stay, leave) = (records(60, &stays, unchanged), records(60, &leaves, unchanged));
    assert!(differences(&stay, &leave, work).surely_above(0.0));
    assert!(differences(&stay, &leave, later).surely_below(0.0));
    let kept = records(60, &leaves, with(InterventionKind::Archive));
    let talk = differences(&kept, &leave, later);
    assert!(talk.mean - 4.0 * talk.error > -0.01, "{talk:?}");
    let more = differences(&kept, &leave, work);
    assert!(more.mean + 4.0 * more.error < 5.0, "of some 450: {more:?}");
}

/// Claims 60 and 61. A grant pays three of the partner's four for two of five years.
#[test]
fn what_goes_on_after_a_grant_depends_on_the_capacity_there_is() {
    let world = five_years();
    let paid = |months: u32, capacity: f64| {
        move |setup: &mut Setup| {
            setup.organizations[DISTRICT].capacity = capacity;
            let staff = seats(setup, |seat| seat.level == Level::Staff);
            staff.iter().for_each(|seat| setup.seats[*seat].salary = 10.0);
            let amount = 10.0 * f64::from(months) * staff.len() as f64;
            setup.funding.grants.push(Grant::to(PARTNER, Purpose::Project, amount, months));
        }
    };
    let after = |record: &RunRecord| record.months[59].work - record.months[23].work;
    let until_then = |kind: InterventionKind| {
        records(60, &world, move |setup: &mut Setup| {
            paid(24, 0.5)(setup);
            setup.interventions.push(Intervention { until: Month(24), ..Intervention::of(kind) });
        })
    };
    let little = records(60, &world, paid(24, 0.5));
    let (built, tied) =
        (until_then(InterventionKind::CapacityBuilding), until_then(InterventionKind::Multilevel));
    assert!(differences(&built, &little, after).surely_above(10.0));
    let ties = differences(&tied, &little, after);
    assert!(ties.mean.abs() + 4.0 * ties.error < 2.0, "of some 42: {ties:?}");
    // What is left, as a part of what would have been done had the grant gone on.
    let able = records(60, &world, paid(24, 1.0));
    let (goes_on, goes_on_able) =
        (records(60, &world, paid(60, 0.5)), records(60, &world, paid(60, 1.0)));
    let left = |end: &[RunRecord], on: &[RunRecord]| -> Vec<f64> {
        end.iter().zip(on).map(|(end, on)| after(end) / after(on)).collect()
    };
    let (able, little) = (left(&able, &goes_on_able), left(&little, &goes_on));
    let more: Vec<f64> = able.iter().zip(&little).map(|(a, b)| a - b).collect();
    assert!(Estimate::of(&more).surely_above(0.0));
}

/// Claim 64.
#[test]
fn short_grants_for_projects_cost_work_and_leave_the_fit_as_it_is() {
    let world = five_years();
    let paid = |grant: fn() -> Grant| {
        records(60, &world, move |setup: &mut Setup| {
            policy_changes(setup);
            setup.funding.grants.push(grant());
            // One position depends on it, and is always paid.
            let staff = setup.seats.iter_mut().find(|seat| seat.level == Level::Staff);
            staff.expect("staff").salary = 10.0;
        })
    };
    let long = paid(|| Grant::to(PARTNER, Purpose::Operating, 600.0, 60));
    let short = paid(|| Grant { renewal: 1.0, ..Grant::to(PARTNER, Purpose::Project, 120.0, 12) });
    assert!(differences(&short, &long, work).surely_below(0.0));
    let better = differences(&short, &long, fit);
    assert!(better.mean.abs() + 4.0 * better.error < 0.01, "{better:?}");
}

/// Claim 62.
#[test]
fn meetings_that_nobody_pays_for_leave_people_less_sure_and_cost_work() {
    let cypress = world("cypress", &[]);
    let unpaid = records(400, &cypress, |setup: &mut Setup| setup.funding.meeting = 1.0);
    let usual = records(400, &cypress, unchanged);
    assert!(differences(&unpaid, &usual, |r| last(r).uncertainty).surely_above(0.0));
    assert!(differences(&unpaid, &usual, work).surely_below(0.0));
}
