//! Requests: acts that leaders ask of an organization that works for theirs, outside the projects.
//!
//! Saying yes buys goodwill and takes staff time from the projects, and what is asked for enters
//! what is enacted and seen. Source: Farrell, Harrison & Coburn 2019 on accepted requests that
//! took the partner away from its mission; an AERA abstract on research alliances on districts
//! whose urgent needs exceed what a partner has.

use super::scene::Scene;
use crate::ids::OrganizationId;
use crate::model::event::Event;
use crate::model::setup::InterventionKind;
use crate::model::state::partnership::Partnership;
use crate::model::state::project::Commitment;
use crate::samplers::logistic;
use crate::streams::Process;

/// Requests of this month are made and answered; commitments that ran out are over.
pub(in crate::model) fn make_requests<T>(scene: &mut Scene<T>) {
    let month = scene.p.month;
    scene.p.commitments.retain(|commitment| commitment.until >= month);
    let rule = &scene.setup.parameters.requests;
    for (of, plan) in OrganizationId::each(&scene.setup.organizations) {
        scene.p.organizations[of].goodwill *= rule.goodwill_memory;
        if !plan.works_for.is_empty() {
            ask(scene, of, 0, rule.rate, &plan.works_for);
        }
        // What a district needs urgently and cannot do itself, it asks for besides.
        for (nth, client) in (1..).zip(&plan.works_for) {
            let pressure = scene.p.pressure(*client);
            if pressure > 0.0 {
                ask(scene, of, nth, rule.pressed * pressure, &[*client]);
            }
        }
    }
}

/// With this probability somebody of the clients asks an organization for an act. Each `nth` such
/// occasion of a month is a chance of its own.
fn ask<T>(
    scene: &mut Scene<T>,
    of: OrganizationId,
    nth: u32,
    probability: f64,
    clients: &[OrganizationId],
) {
    let Scene { p, setup, .. } = scene;
    let rule = &setup.parameters.requests;
    let at = |process| p.at(process).episode(nth).item(of.0);
    if !at(Process::Request).chance(probability) {
        return;
    }
    let asking = p.people().filter(|(_, person)| clients.contains(&person.organization));
    let weighed = asking.map(|(seat, person)| ((seat, person), p.seats[seat].key, person.status));
    let Some((seat, person)) = at(Process::Requester).choose(weighed) else { return };
    let (for_what, answer) = at(Process::Requested).pair();
    let role = person.views[of].expectation.role_at(for_what);
    let organization = &p.organizations[of];
    let readiness = rule.base
        + rule.mission * organization.identity.share(role)
        + rule.goodwill * organization.goodwill;
    let quick = p.under(InterventionKind::Quota).is_some();
    let ready = logistic(readiness);
    let accepted = answer < if quick { ready.max(setup.parameters.quota.accepts) } else { ready };
    let asking = person.organization;
    if accepted {
        let months = if quick { 1 } else { rule.duration as u32 };
        let until = p.month + (months - 1);
        p.commitments.push(Commitment { by: of, on_behalf_of: asking, role, until });
        let goodwill = &mut p.organizations[of].goodwill;
        *goodwill += rule.goodwill_gain * (1.0 - *goodwill);
    }
    p.commitment_observed(asking, of, accepted);
    scene.tell(Event::Request { seat, of, role, accepted });
}

impl Partnership {
    /// Staff time of an organization that its commitments take, in \[0, 1\].
    pub fn staff_committed(&self, organization: OrganizationId) -> f64 {
        let count = self.commitments.iter().filter(|c| c.by == organization).count();
        (count as f64 * self.setup.parameters.requests.staff).min(1.0)
    }
}
