//! What a scenario's numbers rest on, in words that are true of it.

use crate::parameters::{Provenance, TABLE};
use crate::scenario::World;

/// Sampling errors, root mean square over patterns, from which on even the nearest of the sets of
/// a search is said to fit badly: data lie about one sampling error from what generated them.
const FAR: f64 = 1.5;

/// What the numbers of a scenario, and its sets that fit about as well, rest on.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Basis {
    /// What the model was set up with, after "In this model,".
    pub set_up: &'static str,
    /// What the sets that fit about as well were fitted to.
    pub data: &'static str,
    /// How many sampling errors the nearest of these sets is off, if that is far.
    pub far: Option<f64>,
}

impl Basis {
    /// That of a scenario.
    ///
    /// The estimated numbers that ship were found with the Cypress case; a scenario that has others
    /// states its own.
    pub fn of(scenario: &World) -> Basis {
        let estimated = || TABLE.iter().filter(|row| row.provenance == Provenance::Estimated);
        let shipped = estimated().filter(|row| scenario.value(row.key) == Some(row.default));
        let set_up = match shipped.count() {
            0 => "set up with the scenario's own numbers",
            all if all == estimated().count() => "set up with one published case (Cypress)",
            _ => "set up in part with one published case (Cypress)",
        };
        let sets = scenario.fitted.as_ref();
        let data = match sets.is_some_and(|sets| sets.ship) {
            true => "the Cypress case",
            false => "the scenario's own data",
        };
        Basis { set_up, data, far: sets.map(|sets| sets.nearest()).filter(|off| *off > FAR) }
    }

    /// A warning where even the nearest set fits badly.
    pub fn warning(&self) -> Option<String> {
        self.far.map(|off| {
            format!(
                "Even the nearest of these sets is {off:.1} sampling errors off {} (root mean square over patterns): they fit badly, and their range says little.",
                self.data
            )
        })
    }
}

#[cfg(test)]
mod tests {
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
}
