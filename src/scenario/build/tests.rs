//! A world made in code is one like any other.

use super::*;
use crate::ids::{Month, OrganizationId, RoleId};
use crate::model::RunId;
use crate::model::setup::ShockKind;
use crate::model::{Partnership, Setup, Standard};
use crate::roles::{Repertoire, Role};
use crate::scenario::built_in;
use crate::scenario::number::Distribution;

fn two_sides(w: &Builder) {
    let district = w.organization("district", [("driver", 0.75), ("co-designer", 0.25)]);
    let partner = w.organization("partner", [("researcher", 0.5), ("vendor", 0.5)]);
    partner.works_for(district);
    w.profile("newcomer")
        .conception(partner, [("vendor", 1.0)])
        .expectation(partner, [("researcher", 0.9), ("vendor", 0.1)])
        .set("certainty", 2);
    w.seat(district, "director", Level::Director).successor("newcomer");
    w.seat(district, "specialist", Level::Specialist).set("status", 0.5);
    w.seat(partner, "professor", Level::Lead);
    w.replace("director", Distribution::Integers(3.0, 9.0), "newcomer");
    w.leave("specialist", 10);
    w.intervention("welcome").set("until", 9);
    w.interview("early", district, partner, 2, (1, 4));
    w.set("agenda.threshold", 0.4);
    w.months(18);
}

const THE_SAME: &str = "schema = 1
agenda.threshold = 0.4
calendar.months = 18
[organization.district]
identity = { driver = 0.75, co-designer = 0.25 }
agreed = { driver = 0.75, co-designer = 0.25 }
role = { driver = {}, co-designer = {} }
[organization.partner]
identity = { researcher = 0.5, vendor = 0.5 }
agreed = { researcher = 0.5, vendor = 0.5 }
works_for = [\"district\"]
role = { researcher = {}, vendor = {} }
[profile.member]
[profile.newcomer]
certainty = 2
[profile.newcomer.about.partner]
conception = { vendor = 1 }
expectation = { researcher = 0.9, vendor = 0.1 }
[seat.director]
organization = \"district\"
level = \"director\"
team = true
holder = \"member\"
successor = \"newcomer\"
[seat.specialist]
organization = \"district\"
level = \"specialist\"
team = true
holder = \"member\"
successor = \"member\"
status = 0.5
[seat.professor]
organization = \"partner\"
level = \"lead\"
team = true
holder = \"member\"
successor = \"member\"
[shock.director]
kind = \"replace\"
seat = \"director\"
profile = \"newcomer\"
month = { integers = [3, 9] }
[shock.specialist]
kind = \"leave\"
seat = \"specialist\"
month = 10
[intervention.welcome]
until = 9
[interview.early]
of = \"district\"
about = \"partner\"
leaders = 2
months = [1, 4]
";

fn lived(setup: Setup, run: RunId) -> Partnership {
    let mut partnership = Partnership::new(setup, run).expect("a partnership");
    partnership.run(&Standard, &mut ()).expect("lives");
    partnership
}

#[test]
fn what_is_built_in_code_is_what_a_file_says_and_what_it_writes() {
    let built = World::build(two_sides).expect("a world");
    let file = World::from_text("world", THE_SAME).expect("a world");
    let written = World::from_text("world", &built.to_toml()).expect("a world");
    for other in [&file, &written] {
        assert_eq!(built.template(), other.template());
        assert_eq!((&built.title, &built.interviews), (&other.title, &other.interviews));
        for number in 1..4 {
            let run = RunId::new(7, number);
            assert!(lived(built.setup(run), run) == lived(other.setup(run), run));
        }
    }
    assert_eq!(built.drawn().len(), 1);
}

#[test]
fn a_world_built_in_code_can_be_changed_by_key_as_one_from_a_file() {
    let built = World::build(two_sides).expect("a world");
    let later = built.with([("shock.director.month", 12.0), ("profile.newcomer.trust", 0.1)]);
    let later = later.expect("keys of the world");
    assert!(later.drawn().is_empty());
    assert!(later.template().shocks.iter().any(|shock| shock.month == Month(12)));
    assert!(built.allowed("seat.director.status").is_some());
    assert!(built.keys().any(|key| key == "intervention.welcome.until"));
    assert!(built.states("agenda.threshold") && !built.states("agenda.softness"));
    let run = RunId::new(1, 1);
    assert!(built.without_shocks().setup(run).shocks.is_empty());
    assert!(built.without_intervention("welcome").setup(run).interventions.is_empty());
}

#[test]
fn a_world_built_in_code_can_extend_a_case_and_say_what_has_no_method() {
    let mut text = String::new();
    let world = World::build(|w| {
        w.name("louder");
        w.set("extends", "cypress");
        w.set("agenda.threshold", 0.1);
        w.part_of("grant", "a \"small\" one")
            .set("purpose", "meetings")
            .set("payee", "cypress")
            .set("amount", 1000)
            .set("months", 3);
        w.set("money.currency", "USD");
        text = to_toml(&w.table.borrow());
    })
    .expect("a world");
    assert_eq!(world.name, "louder");
    assert_eq!(world.template().funding.grants[0].name, "a \"small\" one");
    assert!(text.starts_with("extends = \"cypress\"\n"), "{text}");
    assert!(world.template().seats == World::open("cypress").expect("a case").template().seats);
}

#[test]
fn what_is_wrong_is_told_as_of_a_file() {
    let told = |wrong: fn(&Builder)| {
        let say = |w: &Builder| {
            two_sides(w);
            wrong(w);
        };
        World::build(say).expect_err("a problem").to_string()
    };
    let seat = told(|w| {
        w.replace("directer", 3, "newcomer");
    });
    for part in ["world (built in code):", "seat = \"directer\"", "did you mean `director`?"] {
        assert!(seat.contains(part), "{seat}");
    }
    assert!(told(|w| w.set("agenda.treshold", 1)).contains("did you mean `threshold`?"));
    assert!(told(|w| w.set("agenda.", 1)).contains("`agenda.` is no key"));
    assert!(told(|w| w.set("agenda.voice", 9)).contains("a number from 0 to 2"));
    assert!(told(|w| w.set("agenda.voice", f64::NAN)).contains("a finite number"));
    let roles: Vec<String> = (0..12).map(|k| k.to_string()).collect();
    for count in [0, 12] {
        let shares = roles[..count].iter().map(|role| (role.as_str(), 1.0 / count as f64));
        let many = World::build(|w| {
            w.organization("district", shares);
            w.organization("partner", [("researcher", 1.0)]);
        });
        let told = many.expect_err("a repertoire has 1 to 8 roles").to_string();
        assert!(told.contains(&format!("{count} roles")), "{told}");
    }
}

#[test]
fn every_built_in_case_can_be_made_from_its_setup() {
    for name in built_in::names() {
        let run = RunId::new(1, 3);
        let setup = World::open(name).expect("a case").setup(run);
        let made = World::from_setup(name, &setup).unwrap_or_else(|why| panic!("{name}: {why}"));
        assert!(made.template() == &setup, "{name}");
        let written = World::from_text(name, &made.to_toml()).expect("its own file");
        assert!(written.template() == &setup, "{name}");
    }
}

#[test]
fn a_setup_is_put_in_the_order_of_a_file_or_refused() {
    let world = World::build(two_sides).expect("a world");
    let mut setup = world.template().clone();
    setup.seats.swap(0, 1);
    setup.shocks.iter_mut().for_each(|shock| match &mut shock.kind {
        ShockKind::Arrive { seat, .. } | ShockKind::Leave { seat } => seat.0 = 1 - seat.0,
        _ => {}
    });
    let again = World::from_setup("world", &setup).expect("a world");
    assert_eq!(again.template(), world.template());
    let refused = |change: fn(&mut Setup)| {
        let mut setup = world.template().clone();
        change(&mut setup);
        World::from_setup("world", &setup).expect_err("a problem").to_string()
    };
    assert!(
        refused(|s| s.seats[0].organization = OrganizationId(9)).contains("no such organization")
    );
    let twice = refused(|s| s.profiles[1].name = "member".into());
    assert!(twice.contains("two profiles are called `member`"), "{twice}");
    let formula = refused(|s| s.seats[0].name = "=1+1".into());
    assert!(formula.contains("like a formula"), "{formula}");
    let beyond =
        refused(|s| (s.interventions[0].from, s.interventions[0].until) = (Month(19), Month(20)));
    assert!(beyond.contains("beyond the horizon"), "{beyond}");
}

#[test]
fn likeness_of_roles_is_kept_to_twelve_digits() {
    let mut setup = World::build(two_sides).expect("a world").template().clone();
    let roles = ["vendor", "researcher"].map(Role::new).into();
    let alike = Repertoire::new(roles)
        .and_then(|roles| roles.with_similarity(&[(RoleId(0), RoleId(1), 1.0 / 3.0)]));
    let home = &mut setup.organizations[1];
    home.repertoire = alike.expect("two roles");
    let made = World::from_setup("world", &setup).expect("a world");
    let kept = made.template().organizations[1].repertoire.likeness(RoleId(1), RoleId(0));
    assert!((kept - 1.0 / 3.0).abs() < 1e-11);
}

#[test]
fn what_was_changed_about_a_world_is_in_the_file_it_writes() {
    let run = RunId::new(1, 1);
    let built = World::build(two_sides).expect("a world");
    let moved =
        [("shock.director.month", 4.0), ("agenda.voice", 0.5), ("profile.member.trust", 0.1)];
    let changed = built.with(moved).expect("its keys").without_intervention("welcome");
    let calm = changed.without_shocks().under(crate::model::Shipped::NoDoubt);
    for world in [changed, calm] {
        let again = World::from_text("world", &world.to_toml()).expect("a world");
        assert!(again.setup(run) == world.setup(run));
        assert_eq!(again.theory.word(), world.theory.word());
    }
    let bellevue = World::open("bellevue").expect("a case");
    let calm = bellevue.without_shocks();
    let again = World::from_text("bellevue", &calm.to_toml()).expect("no statement is left alone");
    assert!(again.setup(run) == calm.setup(run));
}
