//! What a partnership takes from the world around it, between one month and the next.
//!
//! A partnership alone never calls any of this. A world of many does: a hub that works for several
//! districts is one organization with one staff, and a funder awards grants to some of many.

use crate::ids::{GrantId, OrganizationId};
use crate::model::state::partnership::Partnership;
use crate::model::state::standing::Standing;
use crate::roles::Mix;

impl Partnership {
    /// Whether a grant will pay next month, or after a gap since it is renewed.
    pub fn will_hold(&self, grant: GrantId) -> bool {
        self.grants.get(grant.0).is_some_and(|standing| standing.goes_on(self.month))
    }

    /// A grant is awarded: it pays from next month on. Nothing happens if there is no such grant.
    pub fn award(&mut self, grant: GrantId) {
        if let Some(terms) = self.setup.funding.grants.get(grant.0) {
            self.grants[grant] = Standing::from(terms, self.month + 1);
        }
    }

    /// An organization that also works elsewhere stays one: its identity here goes a `step`, in
    /// \[0, 1\], toward what it is on the whole, and its staff here is this `part` of its usual
    /// strength, in \[0, 2\]. What lies beyond counts as the nearer end. Nothing happens if there is
    /// no such organization, or it does not have a role of the `whole`.
    pub fn share_organization(
        &mut self,
        organization: OrganizationId,
        whole: &Mix,
        step: f64,
        part: f64,
    ) {
        let Some(here) = self.organizations.get_mut(organization.0) else { return };
        if !self.setup.organizations[organization].repertoire.holds(whole) {
            return;
        }
        here.identity = here.identity.toward(whole, step);
        here.lent = if part.is_nan() { 0.0 } else { part.clamp(0.0, 2.0) };
    }
}
