//! Setups, states and theories that cannot be: each is refused where it is made or said, and none
//! panics, runs for ever or goes on in silence.

use super::hand::*;
use super::random::Any;
use super::worlds::{founded, world};
use crate::ids::{Month, OrganizationId, ProfileId, RoleId, SeatId};
use crate::model::Partnership;
use crate::model::RunId;
use crate::model::View;
use crate::model::setup::{
    Calendar, Fault, Grant, Intervention, InterventionKind, Purpose, Setup, Shock, ShockKind,
};
use crate::model::theory::{Put, Trouble};
use crate::model::{Heard, Standard, Theory};
use crate::model::{Unforkable, Unlivable};
use crate::parameters::{Agenda, Settlement, TABLE};
use crate::roles::{Mix, Repertoire, Role};
use crate::streams::Draw;
use rayon::prelude::*;
use serde_json::Value;
use std::panic::{AssertUnwindSafe, catch_unwind};

const BAD: [f64; 8] = [-1.0, 0.0, 13.0, 0.5, 1e9, 4294967295.0, 1e300, -0.5];
const WORSE: [f64; 4] = [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -f64::MIN_POSITIVE];

/// The numbers of a value, by the way to them.
fn leaves(value: &Value, path: String, found: &mut Vec<String>) {
    match value {
        Value::Number(_) => found.push(path),
        Value::Array(all) => {
            all.iter().enumerate().for_each(|(i, v)| leaves(v, format!("{path}/{i}"), found));
        }
        Value::Object(all) => {
            all.iter().for_each(|(k, v)| leaves(v, format!("{path}/{k}"), found));
        }
        _ => {}
    }
}

/// A setup with one of its numbers, whichever, put to a bad one; none if a file could not hold it.
fn with_a_bad_number(setup: &Setup, any: &mut Any) -> Option<Setup> {
    let mut value = serde_json::to_value(setup).expect("a value");
    let mut found = Vec::new();
    leaves(&value, String::new(), &mut found);
    let place = value.pointer_mut(&found[any.below(found.len())]).expect("a number");
    let bad = BAD[any.below(BAD.len())];
    *place = match place.is_f64() || bad != bad.trunc() || !(0.0..=1e10).contains(&bad) {
        true => bad.into(),
        false => (bad as u64).into(),
    };
    serde_json::from_value(value).ok()
}

/// A setup with one of its fractional numbers put to what no file can hold.
fn with_a_worse_number(setup: &Setup, any: &mut Any) -> Setup {
    let mut setup = setup.clone();
    let worse = WORSE[any.below(WORSE.len())];
    let (o, seat) = (any.below(setup.organizations.len()), any.below(setup.seats.len()));
    let profile = any.below(setup.profiles.len());
    let which = any.below(8);
    let place: &mut f64 = match which {
        0 => &mut setup.organizations[o].capacity,
        1 => &mut setup.organizations[o].endurance,
        2 => &mut setup.organizations[o].reserve,
        3 => &mut setup.seats[seat].status,
        4 => &mut setup.seats[seat].salary,
        5 => &mut setup.profiles[profile].trust,
        6 => &mut setup.profiles[profile].about[o].certainty,
        _ => {
            let row = TABLE[any.below(TABLE.len())];
            setup.parameters.get_mut(row.key).expect("a row")
        }
    };
    *place = worse;
    setup
}

#[test]
fn a_setup_with_a_bad_number_is_refused_or_lives_by_the_laws() {
    let outcome = |number: u64| {
        let mut any = Any::world(number);
        let sound = any.setup();
        let setup = match any.chance(0.7) {
            true => with_a_bad_number(&sound, &mut any),
            false => Some(with_a_worse_number(&sound, &mut any)),
        };
        let Some(setup) = setup.filter(|setup| setup.check().is_empty()) else { return [1, 0] };
        let live = || {
            let mut p = Partnership::new(setup, RunId::new(16, number)).expect("it was checked");
            for _ in 0..3 {
                assert_eq!(p.unsound(), None, "setup {number}");
                p.month(&Standard, &mut ()).expect("a month");
            }
            assert_eq!(p.unsound(), None, "setup {number}");
        };
        assert!(catch_unwind(AssertUnwindSafe(live)).is_ok(), "setup {number}");
        [0, 1]
    };
    let sums =
        (0..6000).into_par_iter().map(outcome).reduce(|| [0, 0], |a, b| [a[0] + b[0], a[1] + b[1]]);
    assert!(sums.iter().all(|count| *count > 600), "{sums:?}");
}

/// The keys of what is wrong with the small setup after a change.
fn faults(change: impl FnOnce(&mut Setup)) -> Vec<String> {
    let mut setup = setup();
    change(&mut setup);
    assert!(Partnership::new(setup.clone(), RunId::new(1, 1)).is_err());
    setup.check().into_iter().map(|fault| fault.key).collect()
}

#[test]
fn each_fault_of_a_setup_is_named_by_its_key() {
    assert_eq!(setup().check(), []);
    let itself = faults(|s| s.organizations[PARTNER].works_for = vec![PARTNER]);
    assert_eq!(itself, ["organization.partner.works_for"]);
    assert_eq!(faults(|s| s.calendar.pauses = vec![0, 6, 13]), ["calendar.pauses"; 2]);
    assert_eq!(faults(|s| s.calendar.meetings_per_month = 0), ["calendar"]);
    assert_eq!(faults(|s| s.calendar.pauses = (1..=12).collect()), ["calendar"]);
    assert_eq!(faults(|s| s.profiles[0].tenure = 0.5), ["profile.member.tenure"]);
    assert_eq!(faults(|s| s.profiles[1].trust = f64::NAN), ["profile.newcomer.trust"]);
    assert_eq!(faults(|s| s.profiles[1].retention = Some(1.1)), ["profile.newcomer.retention"]);
    assert_eq!(faults(|s| s.seats[LEAD].attendance = Some(-0.1)), ["seat.lead.attendance"]);
    assert_eq!(faults(|s| s.seats[LEAD].salary = 1e13), ["seat.lead.salary"]);
    assert_eq!(faults(|s| s.seats[LEAD].successor = ProfileId(9)), ["seat.lead.successor"]);
    assert_eq!(faults(|s| s.parameters.agenda.softness = f64::NAN), ["agenda.softness"]);
    let late = Grant { from: Month(5000), ..Grant::to(PARTNER, Purpose::Seed, 1.0, 1) };
    assert_eq!(faults(|s| s.funding.grants = vec![late]), ["grant.seed.from"]);
    let dear = Intervention::of(InterventionKind::Broker);
    let dear = Intervention {
        cost: crate::model::setup::Cost { once: -1.0, ..dear.cost.clone() },
        ..dear
    };
    assert_eq!(faults(|s| s.interventions = vec![dear]), ["intervention.broker.price_once"]);
    let nobody = ShockKind::Leave { seat: SeatId(99) };
    let nobody = Shock { name: "exit".into(), month: Month(1), kind: nobody };
    assert_eq!(faults(|s| s.shocks = vec![nobody]), ["shock.exit"]);
    assert!(!faults(|s| *s = Setup::default()).is_empty());
}

#[test]
fn a_calendar_has_an_answer_for_every_month_and_an_origin_a_world_of_its_own() {
    let calendar = Calendar { months: u32::MAX, age: u32::MAX, ..setup().calendar };
    assert_eq!(calendar.meetings_in(Month(0)), 1);
    assert_eq!(calendar.meetings_in(Month(u32::MAX)), 1);
    assert_eq!(calendar.meetings(), u32::MAX);
    let summer = Calendar { pauses: vec![7, 8], first_month: 6, months: 14, ..setup().calendar };
    assert_eq!(
        (1..=14).map(Month).map(|month| summer.meetings_in(month)).sum::<u32>(),
        summer.meetings()
    );
    assert_eq!(summer.meetings(), 11);
    assert!(calendar.began() < 0);
    assert!(RunId::in_world(1, 1, (1 << 24) - 1).is_some());
    assert!(RunId::in_world(1, 1, 1 << 24).is_none());
    assert!(serde_json::from_str::<RunId>(r#"{"seed":1,"run":1,"partnership":16777216}"#).is_err());
}

#[test]
fn nobody_sits_where_there_is_no_seat() {
    let mut p = found(setup());
    assert!(p.person(SeatId(99)).is_none() && p.person_mut(SeatId(99)).is_none());
    assert_eq!(p.mean_trust(&[SeatId(99)]), 0.0);
    assert_eq!(p.role_clarity(&[], &TEAM), 0.0);
    assert_eq!(p.role_clarity(&[mix(&[0.5, 0.5])], &[DIRECTOR, SeatId(99)]), 1.0);
    let before = p.clone();
    p.touched = false;
    p.share_organization(OrganizationId(99), &Mix::pure(RoleId(0)), 1.0, 1.0);
    p.share_organization(DISTRICT, &Mix::pure(RoleId(7)), 1.0, 1.0);
    assert_eq!(p.organizations, before.organizations);
    p.share_organization(DISTRICT, &Mix::pure(RoleId(0)), f64::NAN, f64::NAN);
    assert_eq!(p.organizations[DISTRICT].identity, before.organizations[DISTRICT].identity);
    assert_eq!(p.organizations[DISTRICT].lent, 0.0);
}

/// A theory that says something else in one rule. It raises roles always, so that all are asked.
struct Rogue {
    rule: &'static str,
    value: f64,
}

impl Rogue {
    fn says(&self, rule: &str, otherwise: f64) -> f64 {
        if self.rule == rule { self.value } else { otherwise }
    }
}

impl Theory for Rogue {
    fn raises_roles(&self, _: f64, _: &Agenda) -> f64 {
        self.says("raises_roles", 1.0)
    }

    fn voice(&self, status: f64, _: &Agenda) -> f64 {
        self.says("voice", status)
    }

    fn tension(&self, _: &Trouble, _: &Agenda) -> f64 {
        self.says("tension", 1.0)
    }

    fn defers(&self, _: &Mix, _: usize) -> f64 {
        self.says("defers", 0.0)
    }

    fn weight_of_talk(&self) -> f64 {
        self.says("weight_of_talk", 1.0)
    }

    fn learn(&self, view: &mut View, _: &Heard<'_>) {
        view.certainty = self.says("certainty", view.certainty);
        view.trust = self.says("trust", view.trust);
    }

    fn consents(&self, _: &Put, _: &Settlement) -> bool {
        true
    }

    fn lesson_of_settlement(&self, _: &Settlement) -> f64 {
        self.says("lesson_of_settlement", 1.0)
    }

    fn time_taken_by_talk(&self) -> f64 {
        self.says("time_taken_by_talk", 1.0)
    }
}

/// The small world in which the room settles whatever it talks about.
fn settling() -> Setup {
    let mut setup = setup();
    setup.parameters.settlement.demand = 1.0;
    setup
}

#[test]
fn a_theory_that_says_what_cannot_be_is_stopped_by_rule_and_number() {
    let (amounts, shares) = ([f64::NAN, -1.0, f64::INFINITY], [f64::NAN, -1.0, 1.5, f64::INFINITY]);
    let rules = ["tension", "voice", "lesson_of_settlement"].map(|rule| (rule, &amounts[..]));
    let more = ["raises_roles", "defers", "weight_of_talk", "time_taken_by_talk"];
    let more = more.map(|rule| (rule, &shares[..]));
    for (rule, values) in rules.into_iter().chain(more) {
        for &said in values {
            let mut p = found(settling());
            match p.run(&Rogue { rule, value: said }, &mut ()) {
                Err(Unlivable::Theory { rule: named, value, month }) => {
                    assert_eq!((named, value.to_bits(), month), (rule, said.to_bits(), Month(1)));
                }
                other => panic!("{rule} says {said}: {other:?}"),
            }
        }
    }
    for said in [f64::NAN, -1.0, f64::INFINITY] {
        for rule in ["certainty", "trust"] {
            let why = found(settling()).run(&Rogue { rule, value: said }, &mut ());
            let why = why.expect_err("no view").to_string();
            assert!(why.starts_with("month 1: ") && why.contains("`learn`"), "{why}");
        }
    }
    let mut p = found(settling());
    p.run(&Rogue { rule: "none", value: 0.0 }, &mut ()).expect("it says nothing of the kind");
    assert_eq!(p.month, Month(12));
    let why = found(settling()).run(&Rogue { rule: "voice", value: f64::NAN }, &mut ());
    let why = why.expect_err("no voice").to_string();
    assert_eq!(why, "month 1: the rule `voice` of the theory gave NaN");
}

#[test]
fn a_theory_cannot_give_an_organization_a_role_that_it_does_not_have() {
    /// Everybody says that everybody is the eighth of eight roles, and is believed.
    struct Eighth;
    impl Theory for Eighth {
        fn raises_roles(&self, _: f64, _: &Agenda) -> f64 {
            1.0
        }

        fn assertion(&self, _: &Mix, _: f64) -> Mix {
            Mix::pure(RoleId(7))
        }
    }
    let why = found(setup()).run(&Eighth, &mut ()).expect_err("no such role");
    assert!(
        matches!(&why, Unlivable::State { what, month: Month(12) } if what.contains("heard of a role"))
    );
}

/// A theory that spoils the partnership when the month closes.
struct Spoiling(fn(&mut Partnership));

impl Theory for Spoiling {
    fn close_month(&self, partnership: &mut Partnership, _: Draw) {
        (self.0)(partnership);
    }
}

#[test]
fn a_theory_may_change_people_and_organizations_but_not_spoil_them() {
    let after = |change: fn(&mut Partnership)| {
        let mut p = found(setup());
        p.run(&Spoiling(change), &mut ()).map(|()| p)
    };
    let agreed = after(|p| p.organizations_mut()[PARTNER].agreed = Mix::pure(BROKER));
    assert_eq!(agreed.expect("a change").organizations()[PARTNER].agreed, Mix::pure(BROKER));
    let spoils: [fn(&mut Partnership); 9] = [
        |p| p.organizations_mut()[DISTRICT].priorities.clear(),
        |p| p.organizations_mut()[DISTRICT].agreed = Mix::pure(RoleId(7)),
        |p| p.organizations_mut()[DISTRICT].benefit = f64::NAN,
        |p| p.organizations_mut()[DISTRICT].led_anew = Some(Month(u32::MAX)),
        |p| p.person_mut(DIRECTOR).expect("somebody").views.clear(),
        |p| p.person_mut(DIRECTOR).expect("somebody").organization = OrganizationId(99),
        |p| p.person_mut(DIRECTOR).expect("somebody").status = 1e9,
        |p| p.person_mut(DIRECTOR).expect("somebody").since = i32::MIN,
        |p| *p = found(setup()),
    ];
    for (place, spoil) in spoils.into_iter().enumerate() {
        let why = after(spoil).expect_err("spoiled");
        assert!(matches!(why, Unlivable::State { month: Month(1), .. }), "{place}: {why}");
    }
    // Between two months as well.
    let mut p = found(setup());
    p.person_mut(DIRECTOR).expect("somebody").views[PARTNER].trust = f64::NAN;
    assert!(p.run(&Standard, &mut ()).is_err());
    assert!(p.run(&Standard, &mut ()).is_err(), "and does not get well by itself");
}

#[test]
fn a_partnership_from_a_file_is_one_that_could_have_lived() {
    let mut p = founded(&world("funded", &[]), RunId::new(3, 1));
    (0..9).for_each(|_| p.month(&Standard, &mut ()).expect("a month"));
    let stored = serde_json::to_value(&p).expect("a value");
    let read = |value: Value| serde_json::from_value::<Partnership>(value);
    assert_eq!(read(stored.clone()).expect("sound"), p);
    for key in ["seats", "organizations", "projects", "observed", "grants"] {
        let mut without = stored.clone();
        without[key] = Value::Array(Vec::new());
        assert!(read(without).is_err(), "without {key}");
    }
    let spoils = [
        ("/month", 100_000.into()),
        ("/ended", 50.into()),
        ("/setup/parameters/agenda/softness", Value::from(-1.0)),
        ("/organizations/0/goodwill", Value::from(7.0)),
        ("/projects/0/done", Value::from(1e300)),
        ("/projects/0/reached", u32::MAX.into()),
        ("/projects_begun", u32::MAX.into()),
        ("/seats/0/holders", u32::MAX.into()),
        ("/seats/0/vacant_since", 500.into()),
        ("/ledger/done", Value::from(-5.0)),
    ];
    for (path, value) in spoils {
        let mut spoiled = stored.clone();
        *spoiled.pointer_mut(path).expect(path) = value;
        assert!(read(spoiled).is_err(), "{path}");
    }
}

#[test]
fn a_fork_says_what_it_cannot_take_up() {
    let mut p = found(setup());
    holder(&mut p, DIRECTOR).status = 3.0;
    (0..5).for_each(|_| p.month(&Standard, &mut ()).expect("a month"));
    let fork = |change: fn(&mut Setup)| {
        let mut other = setup();
        change(&mut other);
        p.fork(other).map(|forked| forked.month)
    };
    assert_eq!(fork(|_| ()), Ok(Month(5)));
    assert_eq!(fork(|s| s.calendar.months = 5), Ok(Month(5)));
    assert_eq!(fork(|s| s.calendar.months = 4), Err(Unforkable::Lived { months: 4, lived: 5 }));
    let swapped = fork(|s| {
        s.organizations[DISTRICT].name = "partner".into();
        s.organizations[PARTNER].name = "district".into();
    });
    assert_eq!(swapped, Err(Unforkable::Organizations));
    assert_eq!(fork(|s| s.seats.swap(SPECIALIST.0, ANALYST.0)), Err(Unforkable::Seats));
    let others = fork(|s| {
        s.organizations[DISTRICT].repertoire =
            Repertoire::new(["driver", "payer"].map(Role::new).into()).expect("roles");
    });
    assert_eq!(others, Err(Unforkable::Roles("district".into())));
    let faulty = fork(|s| s.parameters.agenda.softness = -1.0);
    assert!(
        matches!(faulty, Err(Unforkable::Faults(faults)) if faults[0].key == "agenda.softness")
    );
    let founding = |keys: &[&str]| {
        Err(Unforkable::AtTheFounding(keys.iter().map(|key| (*key).to_owned()).collect()))
    };
    assert_eq!(fork(|s| s.parameters.work.projects = 9.0), founding(&["work.projects"]));
    assert_eq!(fork(|s| s.parameters.launch.trust = 0.1), founding(&["launch.trust"]));
    assert_eq!(fork(|s| s.parameters.launch.certainty = 0.1), founding(&["launch.certainty"]));
    assert_eq!(fork(|s| s.calendar.age = 9), founding(&["calendar.age"]));
    let anew = fork(|s| {
        s.organizations[PARTNER].identity = Mix::pure(BROKER);
        s.seats[OFFICE].team = true;
    });
    assert_eq!(anew, founding(&["organization.partner.identity", "seat.office.team"]));
    // What is told of a fault is what the setup says of itself.
    let told =
        Fault { key: "k".into(), message: "m".into(), allowed: "a".into(), help: "h".into() };
    assert_eq!(told.to_string(), "m; allowed: a");
}
