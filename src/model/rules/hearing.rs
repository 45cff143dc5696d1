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
    /// Evidence in the claim, in observations.
    pub evidence: f64,
    /// Credibility of who makes it, in \[0, 1\].
    pub credibility: f64,
}

impl Person {
    /// Hears a claim, and learns by the rule of the theory.
    pub(in crate::model) fn hear(&mut self, claim: &Claim, theory: &impl Theory, setup: &Setup) {
        let &Claim { about, is, evidence, credibility } = claim;
        let view = &mut self.views[about];
        let distance = setup.organizations[about].repertoire.distance(is, &view.conception);
        theory.learn(view, &Heard { claim: is, distance, evidence, credibility });
    }
}
