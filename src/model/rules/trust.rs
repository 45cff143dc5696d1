//! Trust: a month's kept commitments against its breaches.
//!
//! τ ← τ + a·(1−τ)·(share kept) − λ·a·τ·(share breached), shares being of all that a person saw
//! of an organization in the month: its acts, the milestones that were reached in time or missed,
//! and its answers to requests. λ = 1 is the null: breaking is said to be easier than building,
//! but no ratio is published. Trust in an independent organization grows more slowly. Source:
//! Farrell, Harrison & Coburn 2019 (breaches); Harrison, Davidson & Farrell 2017 (slow to build,
//! easily breached); Coburn, Penuel & Geil 2013 (independence as distance).

use super::scene::Scene;
use super::work;
use crate::ids::{OrganizationId, SeatId};
use crate::model::state::observed::Observed;
use crate::model::state::partnership::Partnership;

impl Partnership {
    fn observed_by(&mut self, seat: SeatId, organization: OrganizationId) -> &mut Observed {
        let organizations = self.organizations.len();
        &mut self.observed[seat.0 * organizations + organization.0]
    }

    /// Somebody saw an act that fits what they expect, or one that breaches it.
    pub(in crate::model) fn act_observed(
        &mut self,
        seat: SeatId,
        by: OrganizationId,
        breach: bool,
    ) {
        let seen = self.observed_by(seat, by);
        seen.all += 1.0;
        if breach { seen.breached += 1.0 } else { seen.kept += 1.0 }
    }

    /// The team members of one organization see another accept or refuse a request.
    pub(in crate::model) fn commitment_observed(
        &mut self,
        asking: OrganizationId,
        of: OrganizationId,
        accepted: bool,
    ) {
        self.team_observes(|member| member == asking, of, f64::from(u8::from(accepted)), 1.0);
    }

    fn team_observes(
        &mut self,
        who: impl Fn(OrganizationId) -> bool,
        of: OrganizationId,
        kept: f64,
        all: f64,
    ) {
        for seat in self.setup.seat_ids() {
            let member = self.person(seat).map(|person| person.organization);
            if self.seats[seat].team && member.is_some_and(|member| member != of && who(member)) {
                let seen = self.observed_by(seat, of);
                seen.kept += kept;
                seen.all += all;
            }
        }
    }
}

/// Trust after the month, in the light of what was seen.
pub(in crate::model) fn appraise_trust<T>(scene: &mut Scene<T>) {
    let Scene { p, setup, .. } = scene;
    work::note_missed_promises(p);
    let (kept, all) = std::mem::take(&mut p.promises);
    let organizations = setup.organizations.len();
    for of in setup.organization_ids() {
        p.team_observes(|_| true, of, kept, all);
    }
    let rule = &setup.parameters.trust;
    for (place, seen) in p.observed.iter_mut().enumerate() {
        let (seat, of) = (SeatId(place / organizations), OrganizationId(place % organizations));
        let seen = std::mem::take(seen);
        let Some(person) = p.seats[seat].person.as_mut().filter(|_| seen.all > 0.0) else {
            continue;
        };
        let trust = &mut person.views[of].trust;
        let distance =
            setup.parameters.independence.distance * setup.organizations[of].independence;
        let gained = rule.gain * (1.0 - distance) * (1.0 - *trust) * (seen.kept / seen.all);
        let lost = rule.asymmetry * rule.gain * *trust * (seen.breached / seen.all);
        *trust += gained - lost;
    }
}
