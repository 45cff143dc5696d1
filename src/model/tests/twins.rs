//! Two worlds: what one difference changes, and what it leaves to the last bit.

use super::hand::Log;
use super::worlds::{EVERYBODY_LEAVES, founded, varied, world};
use crate::ids::{Month, ProfileId, SeatId};
use crate::measure::record::{Depth, record_run};
use crate::model::Partnership;
use crate::model::RunId;
use crate::model::Standard;
use crate::model::event::{Event, Moment};
use crate::model::rivals::{Live, Shipped};
use crate::model::setup::{Setup, Shock, ShockKind};
use crate::scenario::World;
use crate::scenario::document::{Entry, Node, Source, Table, Value, parse, to_toml};
use std::collections::BTreeMap;

/// The two worlds of one run: with all shocks, and without Karl, who joins the team. The last
/// number is the month in which he comes.
fn twins(world: &World, origin: RunId) -> (Partnership, Partnership, Month) {
    let setup = world.setup(origin);
    let karl = setup.shocks.iter().find(|shock| shock.name == "karl").expect("a shock");
    let month = karl.month;
    let mut without = setup.clone();
    without.shocks.retain(|shock| shock.name != "karl");
    let found = |setup: Setup| Partnership::new(setup, origin).expect("a sound setup");
    (found(setup), found(without), month)
}

/// Whether two states are the same to the bit, whatever their setups say of the future.
fn same(a: &Partnership, b: &Partnership) -> bool {
    let mut a = a.clone();
    a.setup = b.setup.clone();
    a == *b
}

fn month(p: &mut Partnership) -> Vec<(Moment, Event)> {
    let mut log = Log::default();
    p.month(&Standard, &mut log).expect("a month");
    log.0
}

/// The whole of what follows.
fn rest(p: &mut Partnership) -> (Vec<(Moment, Event)>, Partnership) {
    let mut log = Log::default();
    p.run(&Standard, &mut log).expect("a month");
    (log.0, p.clone())
}

#[test]
fn nothing_differs_before_the_shock_and_something_does_from_its_month_on() {
    let cypress = world("cypress", &[]);
    for run in 1..=50 {
        let (mut with, mut without, shock) = twins(&cypress, RunId::new(7, run));
        while with.month + 1 < shock {
            assert_eq!(month(&mut with), month(&mut without));
            assert!(same(&with, &without));
        }
        assert_ne!(month(&mut with), month(&mut without));
        while with.month < Month(with.setup().calendar.months) {
            assert!(!same(&with, &without));
            month(&mut with);
            month(&mut without);
        }
    }
}

#[test]
fn a_twin_forked_at_the_shock_is_the_twin_that_ran_from_the_start() {
    let cypress = world("cypress", &[]);
    for run in 1..=50 {
        let (mut with, mut without, shock) = twins(&cypress, RunId::new(7, run));
        let setup = with.setup().clone();
        while without.month + 1 < shock {
            without.month(&Standard, &mut ()).expect("a month");
            with.month(&Standard, &mut ()).expect("a month");
        }
        let mut forked = without.fork(setup).expect("the same organizations and seats");
        assert_eq!(rest(&mut forked), rest(&mut with));
    }
}

#[test]
fn a_shock_leaves_alone_what_nobody_decides() {
    // Who else comes and goes, who of them attends, and how long meetings are.
    let changes = ["turnover.cascade=1.0", "turnover.internal=0.0", "calendar.months=60"];
    let cypress = world("cypress", &[&EVERYBODY_LEAVES[..], &changes[..]].concat());
    let mut comings = 0;
    for run in 1..=30 {
        let (mut with, mut without, shock) = twins(&cypress, RunId::new(8, run));
        let seats = &with.setup().seats;
        let seat = seats.iter().position(|s| s.name == "instruction_director").expect("a seat");
        let seat = SeatId(seat);
        let lived = |p: &mut Partnership| {
            let (mut comings, mut meetings) = (Vec::new(), BTreeMap::new());
            for (at, event) in rest(p).0 {
                match event {
                    Event::Departure { seat: other, .. } | Event::Arrival { seat: other, .. }
                        if other != seat =>
                    {
                        comings.push((at.month, event));
                    }
                    Event::Meeting { mut present } => {
                        present.retain(|there| *there != seat);
                        meetings.insert(at.month, (present, 0));
                    }
                    Event::Episode(episode) => {
                        let meeting = meetings.get_mut(&at.month);
                        meeting.expect("a meeting in that month").1 = episode.number;
                    }
                    _ => {}
                }
            }
            (comings, meetings)
        };
        let ((a, with), (b, without)) = (lived(&mut with), lived(&mut without));
        assert_eq!(a, b);
        // One more at the table may be all that it takes for a meeting to be held.
        assert!(with.len() >= without.len() && without.len() > 20);
        without.iter().for_each(|(month, meeting)| assert_eq!(&with[month], meeting));
        let later = a.iter().filter(|(month, event)| {
            *month >= shock && matches!(event, Event::Departure { .. } | Event::Arrival { .. })
        });
        comings += later.count();
    }
    assert!(comings > 1000, "others came and went: {comings}");
}

#[test]
fn a_shock_is_known_by_its_name_and_not_by_its_place() {
    let cypress = world("cypress", &[]);
    // Another named shock changes no other's month.
    let more =
        ["[shock.a_third]", "kind = \"leave\"", "seat = \"mathematics_specialist\"", "month = 17"];
    let text = format!("extends = \"cypress\"\n{}", more.join("\n"));
    let longer = World::from_text("longer", &text).unwrap_or_else(|problems| panic!("{problems}"));
    for run in 1..=50 {
        let origin = RunId::new(7, run);
        let months = |setup: &Setup, name: &str| {
            setup.shocks.iter().filter(|s| s.name == name).map(|s| s.month).collect::<Vec<_>>()
        };
        let (a, b) = (cypress.setup(origin), longer.setup(origin));
        for name in ["karl", "counterpart"] {
            assert_eq!(months(&a, name), months(&b, name));
            assert_eq!(months(&a, name).len(), 1);
        }
        // Until the third strikes, nothing differs.
        let (mut a, mut b) = (founded(&cypress, origin), founded(&longer, origin));
        while a.month < Month(16) {
            let told = |events: Vec<(Moment, Event)>| {
                events
                    .into_iter()
                    .filter(|(_, e)| !matches!(e, Event::Shock { .. }))
                    .collect::<Vec<_>>()
            };
            assert_eq!(told(month(&mut a)), told(month(&mut b)));
            assert!(same(&a, &b));
        }
    }
}

/// A world in which the counterpart, if it changes, does so in a month of its own.
fn apart(name: &str) -> World {
    let shocked = world(name, &[]).template().shocks.iter().any(|s| s.name == "counterpart");
    world(name, if shocked { &["shock.counterpart.month=3"] } else { &[] })
}

#[test]
fn the_order_in_which_shocks_of_different_months_are_listed_does_not_matter() {
    in_any_order(&apart("cypress"));
}

fn in_any_order(cypress: &World) {
    for run in 1..=50 {
        let origin = RunId::new(7, run);
        let mut setup = cypress.setup(origin);
        setup.shocks.reverse();
        let mut reversed = Partnership::new(setup, origin).expect("a sound setup");
        let mut listed = founded(cypress, origin);
        rest(&mut listed);
        rest(&mut reversed);
        assert!(same(&listed, &reversed));
    }
}

/// A world with one more seat, off the team, at this place in the list.
fn with_one_more_seat(mut setup: Setup, place: usize, holder: Option<ProfileId>) -> Setup {
    let mut seat = setup.seats.last().expect("seats").clone();
    (seat.name, seat.team, seat.head, seat.salary) = ("one more".into(), false, false, 0.0);
    seat.holder = holder;
    setup.seats.insert(place, seat);
    let moved = |seat: &mut SeatId| seat.0 += usize::from(seat.0 >= place);
    for shock in &mut setup.shocks {
        match &mut shock.kind {
            ShockKind::Arrive { seat, .. } | ShockKind::Leave { seat } => moved(seat),
            ShockKind::Counterpart { leave, join } => {
                leave.iter_mut().chain(join).for_each(moved);
            }
            ShockKind::Policy { .. } => {}
        }
    }
    setup
}

/// All that happens, with names in place of numbers, and the work done.
fn course(world: &World, setup: Setup, origin: RunId) -> (String, f64) {
    let (theory, plans) = (&world.theory, &world.interviews);
    let record = record_run(setup, origin, theory, plans, Depth::Detail, &mut ());
    let record = record.expect("a sound setup");
    (record.journal.expect("asked for").lines(), record.ledger.done)
}

#[test]
fn one_more_vacant_seat_anywhere_changes_nothing() {
    for world in varied() {
        for run in 1..=3 {
            let origin = RunId::new(9, run);
            let setup = world.setup(origin);
            let there = course(&world, setup.clone(), origin);
            for place in [0, 7, setup.seats.len()] {
                let more = with_one_more_seat(setup.clone(), place, None);
                assert!(course(&world, more, origin) == there, "{}", world.name);
            }
        }
    }
}

#[test]
fn one_more_onlooker_who_talks_to_nobody_changes_nothing_else() {
    let changes = ["requests.rate=0.0", "ties.contact=0.0"];
    let cypress = world("cypress", &[&EVERYBODY_LEAVES[..], &changes].concat());
    for run in 1..=20 {
        let origin = RunId::new(9, run);
        let setup = cypress.setup(origin);
        let onlooker = setup.seats.last().expect("seats").holder;
        let (there, work) = course(&cypress, setup.clone(), origin);
        for place in [0, setup.seats.len()] {
            let more = with_one_more_seat(setup.clone(), place, onlooker);
            let (more, as_much) = course(&cypress, more, origin);
            let others = |line: &&str| !line.contains("\"one more\"");
            assert!(there.lines().eq(more.lines().filter(others)));
            assert_eq!(work, as_much);
        }
    }
}

/// With informal talk only whoever happens to meet the onlooker learns something else, and whoever
/// they tell in turn.
#[test]
fn one_more_onlooker_changes_few_others_in_a_month() {
    let cypress = world("cypress", &["ties.contact=1.0"]);
    let mut changed = 0;
    for run in 1..=50 {
        let origin = RunId::new(9, run);
        let setup = cypress.setup(origin);
        let holder = setup.seats.last().expect("seats").holder;
        let found = |setup: Setup| Partnership::new(setup, origin).expect("a sound setup");
        let mut more = found(with_one_more_seat(setup.clone(), setup.seats.len(), holder));
        let mut there = found(setup);
        month(&mut there);
        month(&mut more);
        changed += there.seats.iter().zip(&more.seats).filter(|(a, b)| a != b).count();
    }
    // One of 40 colleagues meets the onlooker on average, and tells one other; all used to change.
    assert!((50..50 * 6).contains(&changed), "{changed}");
}

/// A file's tables in the opposite order, at every depth.
fn reversed(table: &Table) -> Table {
    let mut out = Table::new(table.place().clone());
    for Entry { key, node, .. } in table.entries().iter().rev() {
        let value = match &node.value {
            Value::Table(table) => Value::Table(reversed(table)),
            other => other.clone(),
        };
        out.add(key, Node { value, place: node.place.clone() });
    }
    out
}

#[test]
fn the_order_of_tables_in_a_file_changes_nothing() {
    for name in ["cypress", "funded", "several-districts", "two-research-groups", "bellevue"] {
        let written = apart(name);
        let table = parse(Source::new(name, written.to_toml())).expect("TOML");
        let text = to_toml(&reversed(&table));
        let other = World::from_text(name, &text).unwrap_or_else(|problems| panic!("{problems}"));
        for run in 1..=3 {
            let origin = RunId::new(9, run);
            let course = |world: &World| course(world, world.setup(origin), origin);
            assert!(course(&written) == course(&other), "{name}");
        }
    }
}

#[test]
fn a_copy_goes_on_like_the_original() {
    for world in varied() {
        let mut original = founded(&world, RunId::new(10, 1));
        while original.month < Month(9) {
            world.theory.live(&mut original, &mut ()).expect("a month");
        }
        let mut copy = original.clone();
        let (mut first, mut second) = (Log::default(), Log::default());
        world.theory.run_to_horizon(&mut original, &mut first).expect("a month");
        world.theory.run_to_horizon(&mut copy, &mut second).expect("a month");
        assert_eq!(first, second);
        assert_eq!(original, copy);
    }
}

#[test]
fn a_stored_partnership_goes_on_like_the_original() {
    for world in varied() {
        let mut original = founded(&world, RunId::new(10, 2));
        while original.month < Month(9) {
            world.theory.live(&mut original, &mut ()).expect("a month");
        }
        let stored = serde_json::to_value(&original).expect("a value");
        let mut restored: Partnership = serde_json::from_value(stored).expect("a partnership");
        assert_eq!(restored, original);
        let (mut first, mut second) = (Log::default(), Log::default());
        world.theory.run_to_horizon(&mut original, &mut first).expect("a month");
        world.theory.run_to_horizon(&mut restored, &mut second).expect("a month");
        assert_eq!(first, second);
        assert_eq!(original, restored);
    }
}

#[test]
fn a_run_depends_on_its_seed_and_number_and_on_nothing_else() {
    let cypress = world("cypress", &[]);
    let run = |seed, run| rest(&mut founded(&cypress, RunId::new(seed, run))).0;
    let first = run(1, 1);
    assert_ne!(first, run(1, 2));
    assert_ne!(first, run(2, 1));
    assert_eq!(first, run(1, 1));
    let other = RunId::in_world(1, 1, 1).expect("a number");
    assert_ne!(first, rest(&mut founded(&cypress, other)).0);
}

#[test]
fn a_fork_must_fit_the_state() {
    let p = founded(&world("cypress", &[]), RunId::new(1, 1));
    let mut fewer = p.setup().clone();
    fewer.seats.pop();
    assert!(p.fork(fewer).is_err());
    let mut faulty = p.setup().clone();
    faulty.parameters.agenda.softness = -1.0;
    assert!(p.fork(faulty).is_err());
    let mut sound = p.setup().clone();
    let kind = ShockKind::Leave { seat: SeatId(0) };
    sound.shocks.push(Shock { name: "exit".into(), month: Month(1), kind });
    assert!(p.fork(sound).is_ok_and(|fork| same(&fork, &p)));
    assert_eq!(Shipped::default(), Shipped::Standard);
}
