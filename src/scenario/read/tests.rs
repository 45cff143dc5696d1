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
