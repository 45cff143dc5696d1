//! Requests: acts that leaders ask of an organization that works for theirs, outside the projects.
//!
//! Saying yes buys goodwill and takes staff time from the projects, and what is asked for enters
//! what is enacted and seen. Source: Farrell, Harrison & Coburn 2019 on accepted requests that
//! took the partner away from its mission; an AERA abstract on research alliances on districts
//! whose urgent needs exceed what a partner has.

use crate::model::event::{Event, Watch};
use crate::model::setup::InterventionKind;
use crate::model::state::partnership::Partnership;
use crate::model::state::project::Commitment;
use crate::samplers::logistic;
use crate::streams::Process;
use std::sync::Arc;

pub(in crate::model) fn made(p: &mut Partnership, watch: &mut dyn Watch) {
    let month = p.month;
    p.commitments.retain(|commitment| commitment.until >= month);
    let setup = Arc::clone(&p.setup);
    let rule = &setup.parameters.requests;
    for (of, plan) in setup.organizations.iter().enumerate() {
        p.organizations[of].goodwill *= rule.goodwill_memory;
        if !plan.works_for.is_empty() {
            asked(p, of, 0, rule.rate, &plan.works_for, watch);
        }
        // What a district needs urgently and cannot do itself, it asks for besides.
        for (nth, client) in (1..).zip(&plan.works_for) {
            let pressure = p.pressure(*client);
            if pressure > 0.0 {
                asked(p, of, nth, rule.pressed * pressure, &[*client], watch);
            }
        }
    }
}

/// With this probability somebody of the clients asks an organization for an act. Each `nth` such
/// occasion of a month is a chance of its own.
fn asked(
    p: &mut Partnership,
    of: usize,
    nth: u32,
    probability: f64,
    clients: &[usize],
    watch: &mut dyn Watch,
) {
    let setup = Arc::clone(&p.setup);
    let rule = &setup.parameters.requests;
    let month = p.month;
    let at = |process| p.streams().at(process).month(month).episode(nth).item(of);
    if !at(Process::Request).chance(probability) {
        return;
    }
    let asking = p.people().filter(|(_, person)| clients.contains(&person.organization));
    let weighed = asking.map(|(seat, person)| (seat, p.seats[seat].key, person.status));
    let Some(seat) = at(Process::Requester).choose(weighed) else { return };
    let Some(person) = p.person(seat) else { return };
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
        let until = month + months - 1;
        p.commitments.push(Commitment { by: of, role, until });
        let goodwill = &mut p.organizations[of].goodwill;
        *goodwill += rule.goodwill_gain * (1.0 - *goodwill);
    }
    p.commitment_observed(asking, of, accepted);
    p.tell(watch, Event::Request { seat, of, role, accepted });
}

impl Partnership {
    /// Staff time of an organization that its commitments take, in \[0, 1\].
    pub fn staff_committed(&self, organization: usize) -> f64 {
        let count = self.commitments.iter().filter(|c| c.by == organization).count();
        (count as f64 * self.setup.parameters.requests.staff).min(1.0)
    }
}
