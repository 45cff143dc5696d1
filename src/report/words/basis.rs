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
mod tests;
