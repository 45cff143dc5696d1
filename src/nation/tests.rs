use super::*;
use crate::ids::{GrantId, OrganizationId, RoleId};
use crate::measure::record::{Depth, record_run};
use crate::scenario::World;

/// Two classes on hubs of five, for three years.
fn small(more: &str) -> Nation {
    let text = format!(
        r#"
        schema = 1
        [nation]
        months = 36
        [nation.hub]
        organization = "pdi"
        districts = 5
        pooling = 0.5
        cohesion = 0.1
        [class.large]
        districts = 7
        scenario = "nation-district"
        [class.small]
        districts = 8
        scenario = "nation-district"
        set = ["seat.cabinet_office.enabled=false", "seat.specialist_office.count=2", "seat.supervisor_office.enabled=false"]
        {more}
        "#
    );
    Nation::from_text("small", &text).unwrap()
}

const POLICY: &str = "[policy.standards]\nshock = \"standards\"\nmonth = 13\n";
const PROGRAMME: &str = "[programme.core]\ngrant = \"operating\"\nfrom = 5\nawards = 6\n";

fn course(nation: &Nation, world: Arm) -> Course {
    live(nation, world, 3, 1, Stop::NEVER, |_| ()).unwrap()
}

#[test]
fn any_number_of_threads_gives_the_same_course() {
    let nation = small(PROGRAMME);
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| course(&nation, Arm::Programme(0)))
    };
    let one = on(1);
    assert_eq!(one, on(2));
    assert_eq!(one, on(3));
}

/// The work of every partnership, by its place.
fn work(course: &Course) -> Vec<f64> {
    course.of_partnerships(Outcome::Work).collect()
}

#[test]
fn with_nothing_in_common_each_partnership_is_the_one_its_scenario_gives_alone() {
    let mut nation = small("");
    nation.hubs = None;
    let together = work(&course(&nation, Arm::Without));
    for (place, work) in together.iter().enumerate() {
        let class = &nation.classes[usize::from(place >= 7)];
        let origin = RunId::in_world(3, 1, place as u32).expect("a number");
        let mut setup = class.world.setup(origin);
        setup.calendar.months = 36;
        setup.shocks.clear();
        let theory = &class.world.theory;
        let alone = record_run(setup, origin, theory, &[], Depth::Record, &mut ()).unwrap();
        assert!((alone.ledger.done - work).abs() < 1e-9, "{place}");
    }
    // What hubs share makes a difference.
    let mut tied = small("");
    assert_ne!(work(&course(&tied, Arm::Without)), together);
    // Sharing nothing does not.
    let hubs = tied.hubs.as_mut().unwrap();
    (hubs.pooling, hubs.cohesion) = (0.0, 0.0);
    assert_eq!(work(&course(&tied, Arm::Without)), together);
}

#[test]
fn the_staff_of_a_hub_stay_as_many_as_they_are_and_its_identity_comes_together() {
    let nation = small("");
    let mut all = found(&nation, Arm::Without, 3, 1).unwrap();
    let spread = |all: &[One]| {
        let identity = |one: &One| one.partnership.organizations()[1].identity;
        let hub: Vec<&One> = all.iter().filter(|one| one.hub == 0).collect();
        let first = identity(hub[0]);
        let role = |mix: Mix| {
            (0..MAX_ROLES).map(|r| (mix.share(RoleId(r)) - first.share(RoleId(r))).abs()).sum()
        };
        hub.iter().map(|one| role(identity(one))).fold(0.0, f64::max)
    };
    let mut apart: f64 = 0.0;
    for _ in 0..24 {
        let hubs = hubs(&nation, &all);
        let alive: Vec<bool> = all.iter().map(|one| one.partnership.ended().is_none()).collect();
        all.iter_mut().for_each(|one| {
            one.month(&nation, hubs.as_deref()).expect("a month");
        });
        for hub in 0..3 {
            let here = all.iter().zip(&alive).filter(|(one, alive)| one.hub == hub && **alive);
            let lent: Vec<f64> =
                here.map(|(one, _)| one.partnership.organizations()[1].lent).collect();
            let sum: f64 = lent.iter().sum();
            assert!((sum - lent.len() as f64).abs() < 1e-9, "{lent:?}");
        }
        apart = apart.max(spread(&all));
    }
    let mut loose = nation.clone();
    loose.hubs.as_mut().unwrap().cohesion = 0.0;
    let mut others = found(&loose, Arm::Without, 3, 1).unwrap();
    for _ in 0..24 {
        let hubs = hubs(&loose, &others);
        others.iter_mut().for_each(|one| {
            one.month(&loose, hubs.as_deref()).expect("a month");
        });
    }
    assert!(spread(&all) < spread(&others));
}

#[test]
fn the_staff_of_a_hub_go_where_they_are_drawn_to() {
    let mut nation = small("");
    let rule = nation.hubs.as_mut().unwrap();
    (rule.pooling, rule.cohesion) = (0.5, 0.0);
    let mut all = found(&nation, Arm::Without, 3, 1).unwrap();
    let (mut more, mut less) = (0, 0);
    for _ in 0..12 {
        let common = hubs(&nation, &all).expect("hubs");
        for one in &mut all {
            // 1 + 0.5·(own − mean): who is drawn upon more than the others gets more of the staff.
            let own = one.partnership.staff_elsewhere(OrganizationId(1));
            let mean = common[one.hub].drawn;
            one.month(&nation, Some(&common)).expect("a month");
            let lent = one.partnership.organizations()[1].lent;
            assert!((lent - (1.0 + 0.5 * (own - mean))).abs() < 1e-12);
            more += u32::from(own > mean && lent > 1.0);
            less += u32::from(own < mean && lent < 1.0);
        }
    }
    assert!(more > 10 && less > 10, "{more} {less}");
}

#[test]
fn a_programme_never_gives_more_than_it_has_and_gives_all_of_it() {
    let nation = small(PROGRAMME);
    let mut all = found(&nation, Arm::Programme(0), 3, 1).unwrap();
    for month in 1..=36 {
        all.iter_mut().for_each(|one| {
            one.month(&nation, None).expect("a month");
        });
        let held = |all: &[One]| {
            let holds = |one: &&One| {
                let p = &one.partnership;
                let mut grants = p.setup().funding.grants.iter();
                let operating = grants.position(|grant| grant.name == "operating").unwrap();
                p.ended().is_none() && p.will_hold(GrantId(operating))
            };
            all.iter().filter(holds).count()
        };
        if month >= 4 {
            awarded(&nation.programmes[0], &mut all, month, 3, 1);
            let alive = all.iter().filter(|one| one.partnership.ended().is_none()).count();
            assert_eq!(held(&all), alive.min(6), "month {month}");
        } else {
            assert_eq!(held(&all), 0);
        }
    }
}

#[test]
fn a_policy_strikes_whom_it_reaches_in_its_month_and_nobody_else_before() {
    let mut nation = small(POLICY);
    nation.hubs = None;
    let base = course(&nation, Arm::Without);
    let struck = course(&nation, Arm::Policy(0));
    for month in 1..=12 {
        let share = |course: &Course| course.share(month..=month, None, Outcome::Work);
        assert_eq!(share(&base), share(&struck), "month {month}");
    }
    let differ =
        |course: &Course| work(course).iter().zip(work(&base)).filter(|(a, b)| **a != *b).count();
    assert!(differ(&struck) > 12, "{}", differ(&struck));
    nation.policies[0].reach = 0.0;
    assert_eq!(course(&nation, Arm::Policy(0)), base);
    nation.policies[0].reach = 0.5;
    assert!((2..=13).contains(&differ(&course(&nation, Arm::Policy(0)))));
}

#[test]
fn a_partnership_of_a_nation_without_a_policy_does_not_know_its_shock() {
    let with = small(POLICY);
    let without = World::open_with("nation-district", &["shock.standards.enabled=false"]);
    let origin = RunId::new(3, 1);
    let expected = without.unwrap().setup(origin);
    let found = setup(&with, Arm::Without, &with.classes[0].world.setup(origin), false);
    assert_eq!(found.shocks, expected.shocks);
}
