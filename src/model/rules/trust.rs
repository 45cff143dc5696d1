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
        let kept = f64::from(u8::from(accepted));
        for seat in self.setup.seat_ids() {
            let member = self.person(seat).map(|person| person.organization);
            if self.seats[seat].team
                && member.is_some_and(|member| member != of && member == asking)
            {
                let seen = self.observed_by(seat, of);
                seen.kept += kept;
                seen.all += 1.0;
            }
        }
    }
}

/// Trust after the month, in the light of what was seen.
pub(in crate::model) fn appraise_trust<T>(scene: &mut Scene<T>) {
    let Scene { p, setup, .. } = scene;
    work::note_missed_promises(p);
    let (kept, all) = std::mem::take(&mut p.promises);
    let rule = &setup.parameters.trust;
    let losing = rule.asymmetry * rule.gain;
    let organizations = setup.organizations.len();
    for (seat, observed) in p.seats.iter_mut().zip(p.observed.chunks_mut(organizations)) {
        for (of, seen) in OrganizationId::each(observed) {
            let mut seen = std::mem::take(seen);
            let Some(person) = seat.person.as_mut() else { continue };
            if seat.team && person.organization != of {
                seen.kept += kept;
                seen.all += all;
            }
            if seen.all > 0.0 {
                let trust = &mut person.views[of].trust;
                let distance =
                    setup.parameters.independence.distance * setup.organizations[of].independence;
                let gained = rule.gain * (1.0 - distance) * (1.0 - *trust) * (seen.kept / seen.all);
                let lost = losing * *trust * (seen.breached / seen.all);
                *trust += gained - lost;
            }
        }
    }
}
