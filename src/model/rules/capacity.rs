//! Capacity and incentives: what staff time there is, and what draws it away from joint work.
//!
//! A district of little capacity and urgent needs asks for more than a partner has; staff on a
//! tenure track give their time to what can be published; a funder's own priorities take theirs.
//! What is finished is used as far as there is capacity to use it. Sources: an AERA abstract on
//! two research alliances (tenure, funders, capacity and urgency); Coburn, Penuel & Geil 2013
//! (use of research); Harrison, Davidson & Farrell 2017 (build our capacity). No size is published.

use super::scene::Scene;
use crate::ids::OrganizationId;
use crate::model::setup::InterventionKind;
use crate::model::state::partnership::Partnership;
use crate::roles::Mix;

impl Partnership {
    /// Pace of joint work: the mean capacity of the organizations, as far as they are staffed.
    pub(in crate::model) fn capacity(&self) -> f64 {
        let organizations = OrganizationId::each(&self.organizations);
        let capacities = organizations.map(|(o, it)| it.capacity * self.staffed(o) * it.lent);
        capacities.sum::<f64>() / self.organizations.len() as f64
    }

    /// Staff time of an organization that is not there for projects, in \[0, 1\]: accepted requests,
    /// a funder's own priorities, and the tenure track.
    ///
    /// # Panics
    /// If there is no such organization.
    pub fn staff_elsewhere(&self, organization: OrganizationId) -> f64 {
        let drawn = self.staff_misdirected(organization) + self.staff_on_tenure(organization);
        (self.staff_committed(organization) + drawn).min(1.0)
    }

    /// Staff time that the tenure track takes: the less of what is done can be published, the more.
    ///
    /// # Panics
    /// If there is no such organization.
    pub fn staff_on_tenure(&self, organization: OrganizationId) -> f64 {
        let rule = &self.setup.parameters.incentives;
        let relief = self.under(InterventionKind::Incentives).map_or(0.0, |_| rule.relief);
        let plan = &self.setup.organizations[organization];
        let unpublishable = 1.0 - plan.publishable(&self.organizations[organization].enacted);
        plan.tenure_track * rule.pull * (1.0 - relief) * unpublishable
    }

    /// Pressure of an organization's needs on those that work for it, in \[0, 1\]: urgency as far as
    /// it has no capacity of its own.
    ///
    /// # Panics
    /// If there is no such organization.
    pub fn pressure(&self, organization: OrganizationId) -> f64 {
        let lacking = 1.0 - self.organizations[organization].capacity;
        self.setup.organizations[organization].urgency * lacking.max(0.0)
    }

    /// Whether others work for it: a district, in most partnerships.
    pub fn is_client(&self, organization: OrganizationId) -> bool {
        self.setup.is_served(organization)
    }

    /// A finished project is used by those it was done for, as far as it fits what they want and
    /// they have the capacity to use it.
    pub(in crate::model) fn use_results(&mut self, effort: f64, mode: &[Mix]) {
        let clients: Vec<OrganizationId> =
            self.setup.organization_ids().filter(|o| self.is_client(*o)).collect();
        let weight = self.setup.parameters.benefit.results_used;
        for &client in &clients {
            let fit = self.fit_for(mode, client).unwrap_or(1.0);
            let used = effort * fit * self.organizations[client].capacity.min(1.0);
            self.ledger.used += used / clients.len() as f64;
            self.organizations[client].gained += weight * used;
        }
    }
}

/// Under a programme that builds it, the capacity of those that others work for grows.
pub(in crate::model) fn build_capacity<T>(scene: &mut Scene<T>) {
    let Scene { p, setup, .. } = scene;
    if p.under(InterventionKind::CapacityBuilding).is_none() {
        return;
    }
    let rule = &setup.parameters.capacity;
    for client in setup.organization_ids() {
        if p.is_client(client) {
            let capacity = &mut p.organizations[client].capacity;
            *capacity += rule.growth * (rule.most - *capacity).max(0.0);
        }
    }
}
