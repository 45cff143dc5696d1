//! Hearing: where a claim about an organization meets a person.

use crate::ids::OrganizationId;
use crate::model::setup::Setup;
use crate::model::state::person::Person;
use crate::model::theory::{Heard, Theory};
use crate::roles::Mix;

/// What somebody is told of an organization, or sees of it.
pub(in crate::model) struct Claim<'a> {
    /// The organization.
    pub about: OrganizationId,
    /// What it is.
    pub is: &'a Mix,
    /// What it should be, if the claim says so.
    pub should_be: Option<&'a Mix>,
    /// Evidence in the claim, in observations.
    pub evidence: f64,
    /// Credibility of who makes it, in \[0, 1\].
    pub credibility: f64,
}

impl Person {
    /// Hears a claim: what an organization is said to be is learned, and what it should be
    /// persuades, both by the rules of the theory.
    pub(in crate::model) fn hear(&mut self, claim: &Claim, theory: &impl Theory, setup: &Setup) {
        let &Claim { about, is, should_be, evidence, credibility } = claim;
        let view = &mut self.views[about];
        let distance = setup.organizations[about].repertoire.distance(is, &view.conception);
        let heard = Heard { claim: is, distance, evidence, credibility };
        theory.learn(view, &heard, self.memory, &setup.parameters);
        if let Some(claim) = should_be {
            let learning = &setup.parameters.learning;
            theory.persuade(view, &Heard { claim, ..heard }, self.firmness, learning);
        }
    }
}
