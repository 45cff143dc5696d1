//! Rival theories: fitted, lived at numbers of their own, and held to the published record
//! as a whole.

use rppsim::fit::{Partnership, Settings, Tried};
use rppsim::model::{RunId, Shipped};
use rppsim::prelude::*;
use rppsim::report::theories::{Beside, Numbers, Theories, UnderTheory};
use rppsim::worlds::Stop;
use rppsim::worlds::joint::Group;
use rppsim::worlds::statistics::Mean;
use std::fs;
use std::process::Command;

/// A year of Cypress, two patterns, and two numbers to search for.
const SMALL: &str = r#"
extends = "cypress"
without = ["pattern", "interview", "fact", "prior", "refitted", "posterior"]
title = "A year"
[calendar]
months = 12
pauses = []
[prior."agenda.threshold"]
range = [0.4, 1.6]
[prior."profile.newcomer.about.pdi.expectation.weight"]
range = [0.5, 1.0]
[pattern.share]
measure = "role_share"
meetings = [1, 12]
published = 0.25
count = [22, 88]
use = "fit"
[pattern.peak]
measure = "peak_share"
meetings = [3, 9]
published = 0.7
count = [7, 10]
use = "prediction"
"#;

fn world(more: &str) -> World {
    World::from_text("small", &format!("{SMALL}{more}"))
        .unwrap_or_else(|problems| panic!("{problems}"))
}

fn mean(world: &World, pattern: usize, runs: u64) -> f64 {
    let mut mean = Mean::default();
    for run in 1..=runs {
        let record = world.run(RunId::new(1, run)).expect("a run");
        world.patterns[pattern].measure.of(&record).into_iter().for_each(|value| mean.add(value));
    }
    mean.mean()
}

fn compared(world: &World, runs: u64) -> Theories<'_> {
    Theories::compare(world, runs, 1, Stop::NEVER, || ()).expect("compared")
}

fn found<'a>(theories: &'a Theories<'_>, word: &str, numbers: Numbers) -> &'a UnderTheory {
    let here = |theory: &&UnderTheory| theory.name == word && theory.numbers == numbers;
    theories.compared.iter().find(here).expect(word)
}

/// Nobody ever raises roles.
struct Mute;
impl Theory for Mute {
    fn raises_roles(&self, _: f64, _: &Agenda) -> f64 {
        0.0
    }
}

#[test]
fn a_fit_lives_by_the_theory_of_its_world() {
    let world = world("");
    let settings = Settings { budget: 5000, seed: 1 };
    let shares = |world: &World| {
        let partnership = Partnership::of(world, 1).expect("something to fit");
        let tried = Tried::prior(&partnership, settings, None, Stop::NEVER, |_| {}).expect("runs");
        (0..100).map(|run| tried.table.patterns(run)[0]).collect::<Vec<f64>>()
    };
    let [standard, mute] = [shares(&world), shares(&world.under(Mute))];
    assert!(standard.iter().sum::<f64>() > 2.0 && mute.iter().all(|share| *share < 0.02));
    let named = shares(&self::world("").under(Shipped::NoDoubt));
    let text = format!("theory = \"no-doubt\"{SMALL}");
    assert_eq!(named, shares(&World::from_text("small", &text).expect("a world")));
    assert_ne!(named, standard);
}

#[test]
fn a_theory_is_listed_as_shipped_and_at_the_numbers_that_a_fit_found_for_it() {
    let home = tempfile::tempdir().expect("a folder");
    let rppsim = |arguments: &[&str]| {
        let mut program = Command::new(env!("CARGO_BIN_EXE_rppsim"));
        let output = program.args(arguments).current_dir(home.path()).output().expect("starts");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    let path = home.path().join("small.toml");
    fs::write(&path, SMALL).expect("written");
    let stated = "[refitted.no-doubt]\n\"agenda.threshold\" = 0.5\n";
    fs::write(&path, format!("{SMALL}{stated}")).expect("written");
    // Fitted beside the scenario's own theory, it comes back as the table that a scenario states.
    let said = rppsim(&["fit", "small.toml", "--budget", "5000", "--rivals", "--out", "fitted"]);
    assert!(said.contains("small, theory no-doubt"), "{said}");
    let results = home.path().join("fitted/results");
    let table = fs::read_to_string(results.join("refitted.toml")).expect("a table");
    // What was fitted goes on as a scenario that carries what is known.
    let fitted = results.join("fitted.toml");
    let fitted = World::open(fitted.to_str().expect("a path")).expect("a world");
    assert_eq!(fitted.posterior.as_ref().map(|posterior| posterior.len()), Some(400));
    assert!(fitted.outside_its_posterior().is_empty());

    fs::write(&path, format!("{SMALL}{table}")).expect("written");
    let world = World::open(path.to_str().expect("a path")).expect("a world");
    let [refitted] = world.refitted() else { panic!("{:?}", world.refitted()) };
    assert_eq!(refitted.theory, Shipped::NoDoubt);
    assert!(refitted.source.contains("rppsim fit small.toml"), "{}", refitted.source);
    let keys: Vec<&str> = refitted.values.iter().map(|(key, _)| key.as_str()).collect();
    let priors: Vec<&str> = world.priors.iter().map(|prior| prior.key.as_str()).collect();
    assert_eq!(keys, priors);

    let told = rppsim(&["patterns", "small.toml", "--runs", "20", "--json"]);
    let told: serde_json::Value = serde_json::from_str(&told).expect("JSON");
    let theories = told["theories"].as_array().expect("a list");
    let of = |numbers: &str| {
        let here = |theory: &&serde_json::Value| {
            theory["theory"] == "no-doubt" && theory["numbers"] == numbers
        };
        theories.iter().find(here).expect("a theory")["patterns"][0]["mean"]
            .as_f64()
            .expect("a mean")
    };
    let own = world.refitted_under(Shipped::NoDoubt).expect("allowed").expect("stated");
    assert!((of("refitted") - mean(&own, 0, 20)).abs() < 1e-12);
    assert!((of("shipped") - mean(&world.under(Shipped::NoDoubt), 0, 20)).abs() < 1e-12);
    assert_eq!(theories.len(), Shipped::ALL.len() + 2, "and independent episodes");
    assert!(world.refitted_under(Shipped::RandomTalk).expect("allowed").is_none());

    // The record as a whole comes first, then independent episodes, then the patterns by their use.
    let page = home.path().join("out/patterns-small/patterns.md");
    let page = fs::read_to_string(page).expect("a page");
    let parts =
        ["as a whole", "| no-doubt, refitted |", "## Against independent", "### Fit", "### Pred"];
    let places = parts.map(|part| page.find(part).unwrap_or_else(|| panic!("{part} in {page}")));
    assert!(places.is_sorted(), "{page}");
    let said = rppsim(&["patterns", "small.toml", "--runs", "20", "--out", "again"]);
    let first: Vec<&str> = said.lines().take(5).map(str::trim_start).collect();
    let begins = ["standard", "distance, fit", "joint, fit", "joint, prediction", "joint, all"];
    assert!(first.iter().zip(begins).all(|(line, begin)| line.starts_with(begin)), "{said}");
}

#[test]
fn refitted_at_the_numbers_of_the_scenario_a_theory_is_as_shipped() {
    let world = world("");
    let value = world.value("agenda.threshold").expect("a number");
    let same = self::world(&format!("[refitted.no-doubt]\n\"agenda.threshold\" = {value}\n"));
    let theories = compared(&same, 30);
    let lists = [Numbers::Shipped, Numbers::Refitted].map(|numbers| {
        let theory = found(&theories, "no-doubt", numbers);
        let mut told = theory.to_json();
        told.as_object_mut().expect("an object").remove("numbers");
        (told, theory.title())
    });
    assert_eq!(lists[0].0, lists[1].0);
    assert_ne!(lists[0].1, lists[1].1);
}

#[test]
fn refitted_numbers_are_written_down_and_leave_with_what_they_are_about() {
    let text = "[refitted.no-doubt]\nprovenance = \"estimated\"\nsource = \"a \\\"search\\\"\"\n\
        \"agenda.threshold\" = 0.31\n\"shock.karl.month\" = 3\n\"profile.newcomer.about.pdi.expectation.weight\" = 0.75\n\
        [refitted.averaging]\n\"rival.averaging\" = 0.5\n";
    let world = world(text);
    let again = |world: &World| World::from_text("again", &world.to_toml()).expect("a world");
    assert_eq!(again(&world).refitted(), world.refitted());
    assert_eq!(world.refitted().len(), 2);
    let own = world.refitted_under(Shipped::NoDoubt).expect("allowed").expect("stated");
    assert_eq!(own.value("agenda.threshold"), Some(0.31));
    assert_eq!(again(&own).value("agenda.threshold"), Some(0.31));
    let calm = again(&world.without_shocks());
    assert_eq!(calm.refitted()[0].values.len(), world.refitted()[0].values.len() - 1);
}

#[test]
fn independent_episodes_and_theories_are_compared_by_the_same_patterns_of_meetings() {
    let world = world("");
    let theories = compared(&world, 60);
    let benchmark = found(&theories, "independent episodes", Numbers::None);
    let groups: Vec<Group> = benchmark.joint.iter().map(|(group, _)| *group).collect();
    assert_eq!(groups, [Group::Meetings]);
    assert!(theories.beside_benchmark(benchmark).is_none());
    for theory in theories.compared.iter().filter(|theory| theory.numbers != Numbers::None) {
        let (more, beside) = theories.beside_benchmark(theory).expect("compared");
        let off = |of: &UnderTheory| of.joint(Group::Meetings).expect("meetings").off.mean();
        assert!((more.value - (off(theory) - off(benchmark))).abs() < 1e-12);
        let (low, high) = more.interval().expect("an interval");
        assert_eq!(beside == Beside::Nearer, high < 0.0);
        assert_eq!(beside == Beside::Farther, low > 0.0);
    }
    let says = theories.against_benchmark().expect("a sentence");
    let beats = theories.beside_benchmark(&theories.compared[0]).expect("compared").1;
    assert_eq!(says.contains("does not beat"), beats != Beside::Nearer, "{says}");

    // Without a published rate there are no independent episodes to compare with.
    let quiet = World::open("quiet").expect("quiet");
    assert_eq!(compared(&quiet, 2).against_benchmark(), None);
}

#[test]
fn the_record_as_a_whole_is_the_same_on_any_number_of_threads() {
    let world = world("");
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        pool.install(|| {
            compared(&world, 100).compared.iter().map(UnderTheory::to_json).collect::<Vec<_>>()
        })
    };
    assert_eq!(on(1), on(3));
}
