//! Tests of what a scenario's numbers are said to rest on.

use super::*;
use crate::scenario::Posterior;
use crate::scenario::document::Source;

fn open(more: &[&str]) -> World {
    let more: Vec<String> = more.iter().map(|text| text.to_string()).collect();
    World::open_with("quiet", &more).expect("a scenario")
}

#[test]
fn words_about_cypress_are_said_of_what_rests_on_cypress() {
    let cypress = Basis::of(&open(&[]));
    assert_eq!(cypress.set_up, "set up with one published case (Cypress)");
    assert_eq!(cypress.data, "the Cypress case");
    let part = Basis::of(&open(&["agenda.threshold=0.9"]));
    assert_eq!(part.set_up, "set up in part with one published case (Cypress)");
    let estimated = TABLE.iter().filter(|row| row.provenance == Provenance::Estimated);
    let all: Vec<String> =
        estimated.map(|row| format!("{}={:?}", row.key, 0.99 * row.default)).collect();
    let all: Vec<&str> = all.iter().map(String::as_str).collect();
    assert_eq!(Basis::of(&open(&all)).set_up, "set up with the scenario's own numbers");
}

#[test]
fn a_fit_of_ones_own_is_said_to_be() {
    let table = "draw,key,value\n1,agenda.newness,2\n2,agenda.newness,1\n";
    let posterior = Posterior::from_table(&Source::new("posterior.csv", table)).expect("draws");
    let mut scenario = open(&[]);
    scenario.posterior = Some(posterior.into());
    assert_eq!(Basis::of(&scenario).data, "the scenario's own data");
}
