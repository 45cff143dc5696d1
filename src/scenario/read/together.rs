//! Numbers that are each allowed but not together.

use super::Reading;
use crate::model::Setup;
use crate::parameters::{Conflict, TOGETHER};
use crate::scenario::document::{Place, Problem};
use crate::scenario::number::{Drawn, Prior};
use std::collections::BTreeMap;

/// The lowest and the highest value of numbers that differ from run to run, by key.
pub(in crate::scenario) type Ends<'a> = BTreeMap<&'a str, (f64, f64)>;

fn ends(drawn: &[Drawn]) -> Ends<'_> {
    drawn.iter().map(|drawn| (drawn.key.as_str(), drawn.distribution.bounds())).collect()
}

/// Conflicts that some run would have. Every rule between parameters is monotone in each of them,
/// so that it holds in all runs if it holds at all corners of the numbers it names.
pub(in crate::scenario) fn at_corners(setup: &Setup, ends: &Ends<'_>) -> Vec<Conflict> {
    let mut found: Vec<Conflict> = Vec::new();
    for group in TOGETHER {
        let moving: Vec<_> = group.iter().filter_map(|key| Some((*key, *ends.get(key)?))).collect();
        for corner in 0..1_u32 << moving.len() {
            let mut parameters = setup.parameters.clone();
            for (place, (key, (low, high))) in moving.iter().enumerate() {
                if let Some(value) = parameters.get_mut(key) {
                    *value = if corner >> place & 1 == 0 { *low } else { *high };
                }
            }
            let here = parameters.conflicts().into_iter();
            for conflict in here.filter(|c| c.keys.iter().all(|key| group.contains(key))) {
                if !found.iter().any(|known| known.keys == conflict.keys) {
                    found.push(conflict);
                }
            }
        }
    }
    found
}

/// A conflict between a scenario's numbers that some run would have.
pub(in crate::scenario) fn conflict(setup: &Setup, drawn: &[Drawn]) -> Option<String> {
    at_corners(setup, &ends(drawn)).into_iter().next().map(|conflict| conflict.message)
}

impl Reading<'_> {
    /// Conflicts between parameters, wherever runs or a search may take them.
    pub(super) fn conflicts(&mut self, priors: &[(Prior, Place)], top: &Place) {
        let setup = self.setup.clone();
        let mut ends = ends(&self.drawn);
        for (prior, _) in priors {
            let here = setup.parameters.clone().get_mut(&prior.key).copied();
            let (low, high) = here.map_or((prior.low, prior.high), |value| {
                (prior.low.min(value), prior.high.max(value))
            });
            let (least, most) = ends.get(prior.key.as_str()).copied().unwrap_or((low, high));
            ends.insert(prior.key.as_str(), (low.min(least), high.max(most)));
        }
        for conflict in at_corners(&setup, &ends) {
            let sought = priors.iter().map(|(prior, place)| (prior.key.as_str(), place));
            let stated = self.places.iter().map(|(key, place)| (*key, place));
            let places: BTreeMap<&str, &Place> = sought.chain(stated).collect();
            let at = conflict.keys.iter().find_map(|key| places.get(key).copied());
            let problem = Problem::new(conflict.message).at(at.unwrap_or(top));
            let keys = conflict.keys.join(", ");
            self.problems.borrow_mut().push(problem.help(format!("see {keys}")));
        }
    }
}
