//! Tests of what a scenario's numbers are said to rest on.

use super::*;
use crate::scenario::document::Source;
use crate::scenario::fitted::Sets;

fn open(more: &[&str]) -> World {
    let more: Vec<String> = more.iter().map(|text| text.to_string()).collect();
    World::open_with("quiet", &more).expect("a scenario")
}

#[test]
fn words_about_cypress_are_said_of_what_rests_on_cypress() {
    let cypress = Basis::of(&open(&[]));
    assert_eq!(cypress.set_up, "set up with one published case (Cypress)");
    assert_eq!((cypress.data, cypress.warning()), ("the Cypress case", None));
    let part = Basis::of(&open(&["agenda.threshold=0.9"]));
    assert_eq!(part.set_up, "set up in part with one published case (Cypress)");
    let estimated = TABLE.iter().filter(|row| row.provenance == Provenance::Estimated);
    let all: Vec<String> =
        estimated.map(|row| format!("{}={:?}", row.key, 0.99 * row.default)).collect();
    let all: Vec<&str> = all.iter().map(String::as_str).collect();
    assert_eq!(Basis::of(&open(&all)).set_up, "set up with the scenario's own numbers");
}

#[test]
fn sets_of_a_search_of_ones_own_are_said_to_be_and_to_fit_badly_where_they_do() {
    let with = |distance: f64| {
        let table = format!(
            "set,weight,distance,key,value\n1,1,{distance},agenda.newness,2\n2,1,9,agenda.newness,1\n"
        );
        let fitted = Sets::from_table(&Source::new("sets.csv", table)).expect("two sets");
        let mut scenario = open(&[]);
        scenario.fitted = Some(fitted);
        Basis::of(&scenario)
    };
    assert_eq!((with(1.1).data, with(1.1).warning()), ("the scenario's own data", None));
    assert!(with(1.92).warning().expect("far").contains("1.9 sampling errors off"));
}
