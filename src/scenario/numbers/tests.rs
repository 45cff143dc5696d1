use super::{Held, Listed, Still, Why};
use crate::measure::Depth;
use crate::model::setup::{Level, StartFrom};
use crate::model::{RunId, Setup};
use crate::parameters::Provenance;
use crate::roles::Mix;
use crate::scenario::World;
use crate::scenario::number::{Distribution, Kind};
use std::collections::BTreeMap;

const CASES: [&str; 6] = ["cypress", "quiet", "churn", "funded", "network", "bellevue"];

fn all(name: &str) -> (World, Vec<Listed>) {
    let world = World::open(name).expect(name);
    let numbers = world.numbers();
    (world, numbers)
}

/// Two sides, of which one replaces somebody, and all kinds of numbers.
fn two_sides() -> World {
    let world = World::build(|w| {
        let district = w.organization("district", [("driver", 0.6), ("client", 0.4)]);
        let shares = [("researcher", 0.5), ("team member", 0.3), ("vendor", 0.2)];
        let partner = w.organization("partner", shares).set("wants.district", [("driver", 1.0)]);
        w.profile("newcomer")
            .conception(partner, [("vendor", 0.75), ("researcher", 0.25)])
            .set("certainty", 2)
            .set("about.district.certainty", 30)
            .set("status", Distribution::Triangular(1.0, 2.0, 4.0));
        w.profile("nobody").set("trust", 0.4);
        w.seat(district, "director", Level::Director);
        w.seat(district, "office", Level::Specialist).set("count", 3);
        w.seat(partner, "professor", Level::Lead);
        w.replace("director", Distribution::Integers(3.0, 5.0), "newcomer");
        w.replace("professor", 2, "member");
    });
    world.expect("a world")
}

fn number<'n>(numbers: &'n [Listed], key: &str) -> &'n Listed {
    numbers.iter().find(|number| number.key == key).unwrap_or_else(|| panic!("{key} is listed"))
}

fn ends(numbers: &[Listed], key: &str) -> (f64, f64, Why) {
    let span =
        number(numbers, key).moves.as_ref().unwrap_or_else(|still| panic!("{key}: {still:?}"));
    (span.low, span.high, span.why)
}

fn mixes(setup: &Setup) -> Vec<Mix> {
    let of = |o: &crate::model::setup::OrganizationSetup| {
        [o.identity, o.agreed, o.enacted]
            .into_iter()
            .chain(o.priorities.iter().flatten().copied())
            .collect::<Vec<_>>()
    };
    let starts =
        setup.profiles.iter().flat_map(|p| &p.about).flat_map(|a| [&a.expectation, &a.conception]);
    let stated = starts.filter_map(|start| match &start.from {
        StartFrom::Mix(mix) => Some(*mix),
        _ => None,
    });
    setup.organizations.iter().flat_map(of).chain(stated).collect()
}

#[test]
fn every_number_that_can_be_moved_changes_what_a_run_starts_from() {
    for name in CASES {
        let (world, numbers) = all(name);
        let run = RunId::new(1, 1);
        let here = world.setup(run);
        let mut moved = 0;
        for Listed { key, held, moves, allowed, .. } in &numbers {
            let Ok(span) = moves else { continue };
            assert!(span.low < span.high, "{name}: {key}");
            let changes = [span.low, span.high].map(|end| {
                assert!(allowed.holds(end), "{name}: {key} = {end}");
                let there = world.with([(key.as_str(), end)]);
                let there = there.unwrap_or_else(|why| panic!("{name}: {key} = {end}: {why}"));
                let changes = there.setup(run) != here;
                if let Held::Value(value) = held {
                    assert_eq!(changes, end != *value, "{name}: {key} = {end}");
                    assert!((span.low..=span.high).contains(value), "{name}: {key}");
                }
                changes
            });
            assert!(changes.contains(&true), "{name}: {key}");
            moved += 1;
        }
        assert!(moved > 60, "{name}: {moved}");
    }
}

#[test]
fn what_is_told_as_not_read_changes_no_run() {
    let mut tried = 0;
    for name in CASES.into_iter().map(Some).chain([None]) {
        let world = name.map_or_else(two_sides, |name| World::open(name).expect(name));
        let record = |world: &World, run| {
            let record = world.run_watched(RunId::new(1, run), Depth::Record, &mut ());
            format!("{:?}", record.expect("a run"))
        };
        let here = [1, 2].map(|run| record(&world, run));
        for Listed { key, held, moves, allowed, .. } in world.numbers() {
            let Err(Still::Unread(why)) = moves else { continue };
            let value = match held {
                Held::Value(value) => value,
                Held::Drawn(law) => law.bounds().0,
            };
            let (least, most) = (*allowed.range.start(), *allowed.range.end());
            let step = if allowed.whole { 1.0 } else { 0.3 * value.abs().max(1.0) };
            for end in [(value - step).max(least), (value + step).min(most)] {
                let Ok(there) = world.with([(key.as_str(), end)]) else { continue };
                for (run, here) in (1..).zip(&here) {
                    let same = record(&there, run) == *here;
                    assert!(same, "{name:?}: {key} = {end} in run {run}, though {why}");
                    tried += 1;
                }
            }
        }
    }
    assert!(tried > 1_000, "{tried}");
}

#[test]
fn a_mix_of_which_shares_are_moved_sums_to_one_and_keeps_the_proportions_of_the_others() {
    for name in CASES {
        let (world, numbers) = all(name);
        let shares: Vec<&Listed> =
            numbers.iter().filter(|n| n.kind == Kind::Share && n.moves.is_ok()).collect();
        let sums = |world: &World| {
            for mix in mixes(world.template()) {
                let sum: f64 = mix.shares().iter().sum();
                assert!((sum - 1.0).abs() < 2e-6, "{name}: {sum}");
            }
        };
        for number in &shares {
            for end in [0.0, number.moves.as_ref().expect("a span").high, 1.0] {
                sums(&world.with([(number.key.as_str(), end)]).expect("a mix"));
            }
        }
        // All at once, each at one of its ends.
        for lowest in [0, 1, 2] {
            let at = |(nth, number): (usize, &&Listed)| {
                let span = *number.moves.as_ref().expect("a span");
                if nth % 3 == lowest { span.low } else { span.high }
            };
            let values = shares.iter().enumerate().map(|n| (shares[n.0].key.as_str(), at(n)));
            sums(&world.with(values).expect("mixes"));
        }
    }
    let key = "organization.partner.identity.researcher";
    let world = two_sides().with([(key, 0.25)]).expect("a mix");
    let identity = world.template().organizations[1].identity;
    let sum = 0.25 + 0.3 + 0.2;
    let expected = [0.25 / sum, 0.3 / sum, 0.2 / sum];
    identity
        .shares()
        .iter()
        .zip(expected)
        .for_each(|(share, of)| assert!((share - of).abs() < 1e-12));
    assert_eq!(
        world.template().organizations[1].agreed,
        two_sides().template().organizations[1].agreed
    );
}

#[test]
fn weights_of_a_mix_do_not_depend_on_the_order_in_which_they_are_moved() {
    let key = |role: &str| format!("organization.partner.agreed.{role}");
    let (a, b) = (key("researcher"), key("vendor"));
    let world = two_sides();
    let there = world.with([(a.as_str(), 0.1), (b.as_str(), 0.7)]).expect("a mix");
    let back = world.with([(b.as_str(), 0.7)]).and_then(|w| w.with([(a.as_str(), 0.1)]));
    assert_eq!(there.template(), back.expect("a mix").template());
    // What is done is what was agreed, as nothing else is said of it.
    let partner = &there.template().organizations[1];
    assert_eq!(partner.enacted, partner.agreed);
    // To move a weight to where it is changes nothing.
    let same = world.with([(a.as_str(), 0.5), (b.as_str(), 0.2)]).expect("a mix");
    assert_eq!(same.template(), world.template());
    let none = [key("researcher"), key("\"team member\""), key("vendor")];
    let none = world.with(none.iter().map(|key| (key.as_str(), 0.0)));
    assert!(none.is_err_and(|why| why.to_string().contains("organization.partner.agreed")));
}

#[test]
fn an_assignment_and_a_program_move_a_number_to_the_same_world() {
    let (world, numbers) = all("cypress");
    let mut tried = BTreeMap::new();
    for Listed { key, kind, moves, .. } in &numbers {
        let Ok(span) = moves else { continue };
        let moved = world.with([(key.as_str(), span.high)]).expect(key);
        let assignment = moved.assignment(key).expect("an assignment");
        let plain = if *kind == Kind::Share {
            format!("{key}={:?}", span.high)
        } else {
            assignment.clone()
        };
        for set in [assignment, plain] {
            let opened =
                World::open_with("cypress", [&set]).unwrap_or_else(|why| panic!("{set}: {why}"));
            let (mine, theirs) = (moved.template(), opened.template());
            match kind {
                // The same to the last digits: weights are divided by their sum once more.
                Kind::Share => assert!(alike(mine, theirs), "{set}"),
                _ => assert_eq!(mine, theirs, "{set}"),
            }
            let again = World::from_text("again", &opened.to_toml());
            let again = again.unwrap_or_else(|why| panic!("{set}: {why}"));
            assert_eq!(again.template(), opened.template(), "{set}");
        }
        *tried.entry(kind.word()).or_insert(0) += 1;
    }
    assert_eq!(tried.len(), Kind::ALL.len(), "{tried:?}");
}

fn alike(a: &Setup, b: &Setup) -> bool {
    let pairs = mixes(a).into_iter().zip(mixes(b));
    pairs.into_iter().all(|(a, b)| a.distance(&b) < 1e-12)
}

#[test]
fn the_list_does_not_depend_on_the_order_of_tables_in_the_file() {
    let text = World::open("cypress").expect("cypress").to_toml();
    let mut parts: Vec<&str> = text.split("\n[").collect();
    parts[1..].reverse();
    let turned = parts.join("\n[");
    assert_ne!(turned, text);
    let read = |text: &str| World::from_text("mine", text).expect("a world").numbers();
    assert_eq!(read(&turned), read(&text));
}

#[test]
fn numbers_of_every_kind_are_listed_with_the_range_that_is_said() {
    let world = two_sides();
    let numbers = world.numbers();
    let status = number(&numbers, "profile.newcomer.status");
    assert_eq!(status.held, Held::Drawn(Distribution::Triangular(1.0, 2.0, 4.0)));
    assert_eq!(ends(&numbers, "profile.newcomer.status"), (1.0, 4.0, Why::Drawn));
    assert_eq!(ends(&numbers, "shock.director.month"), (3.0, 5.0, Why::Drawn));
    assert_eq!(ends(&numbers, "shock.professor.month"), (1.0, 4.0, Why::TwoMonths));
    assert_eq!(ends(&numbers, "seat.office.count"), (2.0, 4.0, Why::OneSeat));
    assert_eq!(ends(&numbers, "profile.newcomer.certainty"), (1.5, 2.5, Why::Quarter));
    assert_eq!(ends(&numbers, "organization.district.capacity"), (0.75, 1.25, Why::Quarter));
    let team = "organization.partner.identity.\"team member\"";
    let (low, high, why) = ends(&numbers, team);
    assert!((low - 0.15).abs() < 1e-12 && (high - 0.45).abs() < 1e-12 && why == Why::Half);
    let vendor = "profile.newcomer.about.partner.conception.vendor";
    assert_eq!(ends(&numbers, vendor), (0.375, 1.0, Why::Half));
    // A probability stays one.
    let seen = "organization.partner.role.vendor.familiarity";
    assert_eq!(ends(&numbers, seen), (0.75, 1.0, Why::Quarter));
    let not_read = |key: &str| matches!(number(&numbers, key).moves, Err(Still::Unread(_)));
    assert!(not_read("profile.nobody.trust") && not_read("rival.averaging"));
    assert!(not_read("organization.partner.role.researcher.publishable"));
    assert!(!not_read("profile.newcomer.trust") && !not_read("learning.talk"));
    let fixed = |key: &str| matches!(number(&numbers, key).moves, Err(Still::Fixed(_)));
    assert!(fixed("organization.district.independence") && fixed("learning.half_certainty"));
    // A seat that a shock names cannot become two.
    assert!(fixed("seat.director.count"));
    assert!(numbers.windows(2).all(|pair| pair[0].key < pair[1].key), "by key");
}

#[test]
fn fitted_numbers_are_moved_over_the_posterior_unless_the_user_states_them() {
    let (world, numbers) = all("cypress");
    let keys: Vec<&str> = world.posterior.as_ref().expect("a posterior").keys().collect();
    let fitted = |numbers: &[Listed], key: &str| {
        let moves = numbers.iter().find(|n| n.key == key).map(|n| n.moves);
        moves.is_some_and(|moves| moves.is_ok_and(|span| span.why == Why::Fitted))
    };
    let known: Vec<&&str> = keys.iter().filter(|key| fitted(&numbers, key)).collect();
    assert!(!known.is_empty());
    let mine = format!("extends = \"cypress\"\n{} = 0.7", known[0]);
    let mine = World::from_text("mine", &mine).expect("a world").numbers();
    assert!(!fitted(&mine, known[0]));
}

#[test]
fn what_a_source_states_is_in_doubt_only_if_it_is_drawn() {
    let text = "extends = \"cypress\"\n[profile.newcomer]\nprovenance = \"stated\"\nsource = \"a text\"\nstatus = 2.0\ntrust = { uniform = [0.2, 0.4] }";
    let numbers = World::from_text("mine", text).expect("a world").numbers();
    let (status, trust) =
        (number(&numbers, "profile.newcomer.status"), number(&numbers, "profile.newcomer.trust"));
    assert_eq!((status.provenance, status.source.as_str()), (Provenance::Stated, "a text"));
    assert!(status.moves.is_ok() && status.in_doubt().is_none());
    assert!(trust.in_doubt().is_some());
}

#[test]
fn parameters_that_are_allowed_only_together_are_moved_no_further_than_that() {
    let text = "extends = \"cypress\"\n[meeting]\nfewest_episodes = 6\nmost_episodes = 8\nmean_episodes = 7.4\n[discourse]\nquestion = 0.5\nhistory = 0.2\ncomparison = 0.1\nmetaphor = 0.1";
    let world = World::from_text("mine", text).expect("a world");
    let numbers = world.numbers();
    let keys = [
        "discourse.question",
        "discourse.history",
        "discourse.comparison",
        "discourse.metaphor",
        "meeting.fewest_episodes",
        "meeting.most_episodes",
        "meeting.mean_episodes",
    ];
    let spans: Vec<_> =
        keys.iter().filter_map(|key| Some((*key, number(&numbers, key).moves.ok()?))).collect();
    assert!(spans.len() > 3, "{spans:?}");
    for corner in 0..1_u32 << spans.len() {
        let values = spans.iter().enumerate();
        let values = values.map(|(nth, (key, span))| {
            (*key, if corner >> nth & 1 == 0 { span.low } else { span.high })
        });
        world.with(values).expect("every corner");
    }
}

#[test]
fn what_is_said_of_a_whole_leaves_what_is_said_of_a_part() {
    let key = "profile.newcomer.certainty";
    let world = two_sides().with([(key, 5.0)]).expect("a world");
    let certainty = |world: &World| -> Vec<f64> {
        let profile = world.template().profiles.iter().find(|p| p.name == "newcomer");
        profile.expect("newcomers").about.iter().map(|about| about.certainty).collect()
    };
    assert_eq!(certainty(&world), [30.0, 5.0]);
    let part = "profile.newcomer.about.partner.certainty";
    let both = two_sides().with([(part, 9.0), (key, 5.0)]).expect("a world");
    assert_eq!(certainty(&both), [30.0, 9.0]);
    assert_eq!(
        certainty(&World::from_text("again", &both.to_toml()).expect("a world")),
        [30.0, 9.0]
    );
}

#[test]
fn a_world_that_is_read_again_keeps_what_was_changed_about_it() {
    let world = two_sides().with([("agenda.threshold", 0.3), ("profile.newcomer.status", 3.0)]);
    let more = world.expect("a world").without_shocks().with([("seat.office.count", 5.0)]);
    let more = more.expect("more seats");
    assert_eq!(more.template().seats.len(), 7);
    assert_eq!(more.value("agenda.threshold"), Some(0.3));
    assert!(more.drawn().iter().all(|drawn| drawn.key != "profile.newcomer.status"));
    assert!(more.setup(RunId::new(1, 1)).shocks.is_empty());
    let back = more.with([("seat.office.count", 3.0)]).expect("fewer seats");
    assert_eq!(back.template().seats.len(), 5);
    let split = more.with([("seat.director.count", 2.0)]).expect_err("a shock names it");
    assert!(split.to_string().contains("several seats"), "{split}");
}
