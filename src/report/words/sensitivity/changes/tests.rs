//! Tests of what is said of changes and coefficients.

use super::*;

fn effect(value: f64, half: f64) -> Effect {
    Effect { value, error: half / 2.0, half, basis: Basis::Paired(20), sides: [Side::Whole; 2] }
}

fn says(sentence: &str, words: &[&str]) {
    words.iter().for_each(|word| assert!(sentence.contains(word), "{sentence}"));
}

#[test]
fn a_change_is_said_with_its_doubt() {
    let say = |effect| change("focus", "talk", 0.6, 1.0, &effect);
    says(&say(effect(0.1, 0.02)), &["0.6 to 1, ", "raises talk by 0.100", "0.0800 to 0.12"]);
    says(&say(effect(-0.1, 0.02)), &["lowers talk by 0.100", "0.0800 to 0.12"]);
    says(&say(effect(0.01, 0.02)), &["cannot be told from nothing"]);
    says(&say(effect(0.0, 0.0)), &["changes nothing in any run"]);
    says(&say(effect(0.1, f64::NAN)), &["no interval"]);
    says(&turn("0.5", &effect(-0.2, 0.01)), &["at 0.5 the", "0.200 below the nearer end"]);
}

#[test]
fn what_has_no_value_is_said_to_have_none() {
    let at = |sides| Effect { sides, ..effect(f64::NAN, f64::NAN) };
    let say = |sides| change("requests", "talk", 0.0, 0.4, &at(sides));
    let lowest = say([Side::Empty, Side::Whole]);
    says(&lowest, &["cannot be said: no run has a value at the lowest level."]);
    says(&say([Side::Empty; 2]), &["at the lowest level or the highest level."]);
    says(&say([Side::Whole, Side::Part]), &["in some combinations at the highest level."]);
    let both = interaction("a", "b", "talk", &at([Side::Part, Side::Whole]));
    says(&both, &["cannot be said: no run has a value in some combinations of"]);
    for said in [lowest, both] {
        assert!(!said.contains("NaN") && !said.contains("lowers"), "{said}");
    }
}

#[test]
fn two_factors_together_are_said_with_their_doubt() {
    let say = |effect| interaction("focus", "voice", "talk", &effect);
    says(&say(effect(0.1, 0.02)), &["0.100 higher at the highest level of voice"]);
    says(&say(effect(-0.1, 0.02)), &["0.100 lower", "0.0800 to 0.120"]);
    says(&say(effect(0.01, 0.02)), &["cannot be shown"]);
    says(&say(effect(0.0, 0.0)), &["simply add up"]);
}

#[test]
fn a_coefficient_is_said_with_its_doubt() {
    let say =
        |value, low, high| coefficient("focus", "talk", false, &Estimate { value, low, high }, 9);
    says(&say(0.5, 0.4, 0.6), &["raises talk", "0.50 standard deviations for one"]);
    let two = coefficient("focus", "talk", true, &Estimate { value: 0.5, low: 0.4, high: 0.6 }, 2);
    says(&two, &["raises talk", "Two values cannot show a bend."]);
    says(&say(-0.001, -0.1, 0.1), &["No straight influence", "0.00"]);
    says(&straightness(0.3, 0.4), &["30 %", "does not make a factor harmless"]);
    assert!(!straightness(0.9, 0.4).contains("harmless"));
    says(&straightness(-0.001, 0.4), &["explain 0 %"]);
}
