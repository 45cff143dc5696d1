//! What a scenario's numbers rest on, in words that are true of it.

use crate::parameters::{Provenance, TABLE};
use crate::scenario::World;

/// What the numbers of a scenario, and the posterior that it carries, rest on.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Basis {
    /// What the model was set up with, after "In this model,".
    pub set_up: &'static str,
    /// What the posterior was fitted to.
    pub data: &'static str,
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
        let posterior = scenario.posterior.as_ref();
        let data = match posterior.is_some_and(|posterior| posterior.ship) {
            true => "the Cypress case",
            false => "the scenario's own data",
        };
        Basis { set_up, data }
    }
}

#[cfg(test)]
mod tests;
