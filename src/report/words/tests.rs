//! Phrases: signs, zero, ranges, what is missing, money.

use super::*;
use crate::scenario::World;
use crate::worlds::statistics::Grouped;

const CYPRESS: Basis =
    Basis { set_up: "set up with one published case (Cypress)", data: "the Cypress case" };

/// A measure of the catalogue, told as if less of it were better.
fn measure(name: &str, unit: &str) -> Measure {
    let money = ["money={ currency=\"USD\", month=1000 }"];
    let cypress = World::open_with("cypress", money).expect("a case");
    let found = cypress.measures().into_iter().find(|measure| measure.name == name);
    let own = || Measure::of_run(name, name, unit, |_| None);
    let found = found.unwrap_or_else(own).less_is_better();
    assert_eq!(found.unit, unit);
    found
}

/// A mean whose parts are known, from grouped values.
fn split(mean: f64, sd: f64) -> Split {
    let mut grouped = Grouped::default();
    // Groups that differ by `sd` and hardly within.
    for group in 0..100 {
        let off = if group % 2 == 0 { sd } else { -sd };
        for wobble in [-1e-6, 1e-6] {
            grouped.add(group, mean + off + wobble);
        }
    }
    grouped.split().expect("groups")
}

fn finding(name: &str, unit: &str, mean: f64, half: f64) -> Finding {
    Finding {
        measure: measure(name, unit),
        mean,
        half: Some(half).filter(|half| half.is_finite()),
        base: f64::NAN,
        numbers: Some(split(mean, 0.05)),
        singles: (-0.57, 0.22),
        more_same_less: (0.41, 0.0, 0.59),
        pairs: 1000,
        missing: 0,
        censored: 0,
    }
}

#[test]
fn the_answer_says_which_way_how_sure_and_what_nobody_measured() {
    let said =
        finding("months_lost", "months", -0.09, 0.02).told_first("welcome", &CYPRESS).join(" ");
    assert_eq!(
        said,
        "In this model, set up with one published case (Cypress), the partnership ends 0.09 \
         model-months ahead under ‘welcome’ (simulation error ± 0.02; over the numbers that the \
         Cypress case leaves open: 0.01 to 0.17 ahead, ahead with probability 0.96; 90 % of \
         single pairs: 0.57 ahead to 0.22 behind). 59 % of pairs are better off, \
         41 % worse off. No study has measured this delay."
    );
    // A fit of one's own is told as such.
    let own =
        Basis { set_up: "set up with the scenario's own numbers", data: "the scenario's own data" };
    let said = finding("months_lost", "months", -0.09, 0.02).told_first("welcome", &own).join(" ");
    assert!(!said.contains("Cypress"), "{said}");
    assert!(said.contains("over the numbers that the scenario's own data leaves open"), "{said}");
    // A single pair has an outcome and no error.
    let one = Finding { pairs: 1, ..finding("months_lost", "months", -0.09, f64::NAN) };
    let said = one.told_first("welcome", &CYPRESS).join(" ");
    assert!(!said.contains('±') && said.contains("do not tell it from no difference"), "{said}");
    assert_eq!(one.signed_mean(), "−0.0900");
}

#[test]
fn signs_become_the_words_of_the_outcome() {
    let clause = |name, unit, mean| finding(name, unit, mean, 0.02).clause();
    assert_eq!(
        clause("months_lost", "months", 0.09),
        "the partnership ends 0.09 model-months behind"
    );
    assert_eq!(clause("work", "work", -0.5), "the partnership does 0.50 units less joint work");
    assert_eq!(clause("milestone_delay", "months", 0.1), "milestones come 0.10 months later");
    assert_eq!(
        clause("role_share", "share", 0.1),
        "talk about roles takes 10 percentage points more of the talk in meetings"
    );
    assert_eq!(
        clause("settlement_month", "month", -4.0),
        "roles are first settled 4.00 months earlier"
    );
    assert_eq!(
        clause("trust", "0 to 1", -0.1),
        "trust within the team is 0.10 lower on a scale from 0 to 1"
    );
    assert_eq!(
        clause("breaches", "number", -3.0),
        "people see 3.00 fewer acts that break what they expect"
    );
    assert_eq!(
        clause("benefit.cypress", "benefit", 0.1),
        "benefit to cypress is 0.10 higher (1 is the fullest)"
    );
    assert_eq!(clause("results_used", "work", -3.0), "results used come to 3.00 units less");
    assert_eq!(
        clause("positions", "share", 0.1),
        "the share of paid positions held is 10 percentage points higher"
    );
    assert_eq!(
        clause("back_to_normal", "months", 0.001),
        "talk about roles is back to normal as soon as in the base, as far as the runs can tell"
    );
    assert_eq!(clause("anything", "furlongs", 0.1), "anything is 0.10 higher");
}

#[test]
fn money_is_told_in_its_currency_and_no_finer_than_it_is_known() {
    let budget = finding("budget_delayed", "USD", 114_298.0, 4489.0);
    assert_eq!(budget.clause(), "the budget that falls in delayed months is USD 114,000 more");
    assert_eq!(budget.signed_mean(), "+114,000 ± 4,000");
    assert_eq!(budget.range((61_133.0, 168_072.0)), "USD 61,000 to USD 168,000 more");
}

#[test]
fn an_interval_that_holds_zero_is_said_to() {
    let unsure = finding("months_lost", "months", -0.01, 0.02).told(&CYPRESS);
    assert!(unsure.contains(&"The runs do not tell it from no difference.".to_owned()));
    let sure = finding("months_lost", "months", -0.09, 0.02).told(&CYPRESS);
    assert!(!sure.iter().any(|said| said.contains("no difference.")));
}

#[test]
fn ranges_are_told_from_the_smaller_end_where_both_go_one_way() {
    let delay = finding("months_lost", "months", 0.09, 0.02);
    assert_eq!(delay.range((-0.57, -0.22)), "0.22 to 0.57 ahead");
    assert_eq!(delay.range((0.06, 0.11)), "0.06 to 0.11 behind");
    assert_eq!(delay.range((0.0, 0.11)), "no difference to 0.11 behind");
    assert_eq!(delay.range((-0.001, 0.001)), "no difference");
    assert!(!Finding { numbers: Some(split(0.09, 0.01)), ..delay.clone() }.depends_on_numbers());
    assert!(Finding { numbers: Some(split(0.09, 0.2)), ..delay }.depends_on_numbers());
}

#[test]
fn what_makes_no_difference_and_what_cannot_be_measured_is_said_plainly() {
    let same =
        Finding { more_same_less: (0.0, 1.0, 0.0), ..finding("months_lost", "months", 0.0, 0.0) };
    assert!(same.told_first("x", &CYPRESS).join(" ").contains("no difference at all"));
    assert_eq!(same.told(&CYPRESS), ["Months lost: no difference in any pair."]);
    let none = Finding { pairs: 0, missing: 50, ..finding("trust", "0 to 1", f64::NAN, f64::NAN) };
    assert_eq!(none.told(&CYPRESS), ["Trust of the team: nothing to measure in any pair."]);
    assert_eq!(none.signed_mean(), "–");
    assert!(none.told_first("x", &CYPRESS)[0].contains("nothing to measure"));
}

#[test]
fn pairs_that_ended_or_did_not_get_there_are_counted() {
    let some =
        Finding { pairs: 900, missing: 300, censored: 1, ..finding("trust", "0 to 1", 0.1, 0.02) };
    let said = some.told(&CYPRESS).join(" ");
    assert!(said.contains("This rests on 900 of 1,200 pairs"), "{said}");
    assert!(said.contains("In 1 pair it had not happened by the last month"), "{said}");
    let mut talk = finding("role_share", "share", 0.1, 0.02);
    talk.measure.better = None;
    assert_eq!(talk.shares(), "41 % of pairs have more, 59 % have less; neither is better.");
}

#[test]
fn a_mean_does_not_vanish_beside_a_larger_error() {
    let told = |half, value| rounded(value, numbers::places_beside(half, value));
    assert_eq!(told(5.0, 0.222), "0.22");
    assert_eq!(told(0.2, 0.08), "0.080");
    assert_eq!(told(0.02, 0.222), "0.22");
    assert_eq!(told(5.0, 0.0), "0");
}

#[test]
fn numbers_are_told_as_finely_as_they_are_known() {
    assert_eq!(places(0.02, 1.0), 2);
    assert_eq!(places(4489.0, 1.0), -3);
    assert_eq!(places(0.0, 3.0), 2);
    assert_eq!(signed(-0.001, 2), "0.00");
    assert_eq!(rounded(-0.001, 2), "0.00");
    assert_eq!(percent(-0.001), "0 %");
    assert_eq!(signed(-1234.6, 0), "−1,235");
    assert_eq!(percent(0.004), "under 1 %");
    assert_eq!(percent(0.996), "over 99 %");
    assert_eq!(percent(0.0), "0 %");
}
