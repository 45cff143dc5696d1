//! The reader and [`Setup::check`](crate::model::Setup::check) find the same faults.

use crate::scenario::number::Set;
use crate::scenario::{World, built_in};

/// Values beside a range, and no values at all; of a whole number also one between.
fn beside(low: f64, high: f64, whole: bool) -> Vec<f64> {
    let step = |end: f64| if whole { 1.0 } else { (1e-6 * end.abs()).max(1e-6) };
    match whole {
        // A number of months or people cannot be negative where it is kept.
        true => [low - step(low), high + step(high)].into_iter().filter(|v| *v >= 0.0).collect(),
        false => vec![low - step(low), high + step(high), f64::NAN, f64::INFINITY],
    }
}

#[test]
fn a_number_that_the_reader_refuses_is_a_fault_of_the_setup() {
    let mut tried = 0;
    for name in built_in::names() {
        let Ok(scenario) = World::open(name) else { continue };
        // What begins after the horizon is a slip in a file. In a setup it changes nothing, as a
        // law of the model says.
        let dated = |key: &&String| key.ends_with(".from");
        for (key, known) in scenario.known.iter().filter(|(key, _)| !dated(key)) {
            let (low, high) = (*known.allowed.range.start(), *known.allowed.range.end());
            for value in beside(low, high, known.allowed.whole) {
                if let Set::Place(set) = &known.set {
                    let mut setup = scenario.template.clone();
                    set(&mut setup, value);
                    assert!(!setup.check().is_empty(), "{name}: {key} = {value}");
                }
                assert!(scenario.with([(key.as_str(), value)]).is_err(), "{name}: {key} = {value}");
                tried += 1;
            }
        }
    }
    assert!(tried > 5_000, "{tried}");
}

#[test]
fn what_check_finds_is_told_at_the_line_that_says_it() {
    let at = |text: &str, says: &[&str]| {
        let text = format!("extends = \"cypress\"\n{text}");
        let problems = World::from_text("mine", &text).expect_err("a problem").to_string();
        assert!(says.iter().all(|part| problems.contains(part)), "{problems}");
    };
    at("[organization.pdi]\nworks_for = [\"pdi\"]", &["mine.toml:3", "cannot work for itself"]);
    at(
        "[calendar]\nmonths = 23\nmeetings_per_month = 0",
        &["mine.toml:2", "no meeting is ever held"],
    );
    at("[calendar]\npauses = [0]", &["mine.toml:3"]);
}

/// A scenario with one pattern about a measure.
fn with_pattern(measure: &str, more: &str) -> Result<World, String> {
    let text = format!(
        "extends = \"cypress\"\n[pattern.mine]\nmeasure = \"{measure}\"\nuse = \"report\"\n{more}\n"
    );
    World::from_text("mine", &text).map_err(|problems| problems.to_string())
}

#[test]
fn every_measure_of_one_run_can_be_a_pattern_and_reads_as_it_does_elsewhere() {
    use crate::measure::catalogue;
    let cypress = World::open("cypress").expect("a case");
    let run = cypress.run(crate::model::RunId::new(2, 1)).expect("a run");
    let mut tried = 0;
    for measure in catalogue::all(cypress.template(), None) {
        let Some(Ok(_)) = catalogue::of_one_run(cypress.template(), &measure.name) else {
            continue;
        };
        let world =
            with_pattern(&measure.name, "at_most = 1").unwrap_or_else(|why| panic!("{why}"));
        let pattern = world.patterns.last().expect("a pattern");
        assert_eq!(pattern.measure.of(&run), measure.of(&run), "{}", measure.name);
        tried += 1;
    }
    assert!(tried > 20, "{tried}");
    // A share takes the count behind it.
    let counted = with_pattern("positions", "published = 0.5\ncount = [2, 4]").expect("a share");
    assert_eq!(counted.patterns.last().expect("a pattern").count, Some((2, 4)));
}

#[test]
fn a_pattern_about_two_worlds_or_about_nothing_known_is_told() {
    let told = |measure: &str, parts: &[&str]| {
        let said = with_pattern(measure, "at_most = 1").expect_err(measure);
        parts.iter().for_each(|part| assert!(said.contains(part), "{part} in {said}"));
    };
    told("months_lost", &["mine.toml:3:11", "the difference of two worlds", "a single run"]);
    told("back_to_normal", &["what is normal in many runs"]);
    told("breachs", &["mine.toml:3:11", "did you mean \"breaches\"?", "opened_by"]);
}
