//! Requests: acts that leaders ask of an organization that works for theirs, outside the projects.
//!
//! Saying yes buys goodwill and takes staff time from the projects, and what is asked for enters
//! what is enacted and seen. Source: Farrell, Harrison & Coburn 2019 on accepted requests that
//! took the partner away from its mission.

use super::event::{Event, Watch};
use super::interventions::Kind;
use super::partnership::Partnership;
use crate::samplers::logistic;
use crate::streams::Process;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// An accepted request in progress.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Commitment {
    /// Who acts.
    pub by: usize,
    /// In which role.
    pub role: usize,
    /// Last month of it.
    pub until: u32,
}

pub(super) fn made(p: &mut Partnership, watch: &mut impl Watch) {
    let month = p.month;
    p.commitments.retain(|commitment| commitment.until >= month);
    let setup = Arc::clone(&p.setup);
    let rule = &setup.parameters.requests;
    for (of, plan) in setup.organizations.iter().enumerate() {
        p.organizations[of].goodwill *= rule.goodwill_memory;
        let at = |process| p.streams().at(process).month(month).item(of);
        if plan.works_for.is_empty() || !at(Process::Request).chance(rule.rate) {
            continue;
        }
        let asks = |seat: usize| {
            let person = p.person(seat).filter(|q| plan.works_for.contains(&q.organization));
            person.map_or(0.0, |person| person.status)
        };
        let most = setup.parameters.meeting.most_status;
        let Some(seat) = at(Process::Requester).choose(p.seats.len(), most, asks) else { continue };
        let Some(person) = p.person(seat) else { continue };
        let (for_what, answer) = at(Process::Requested).pair();
        let role = person.views[of].expectation.role_at(for_what);
        let organization = &p.organizations[of];
        let readiness = rule.base
            + rule.mission * organization.identity.share(role)
            + rule.goodwill * organization.goodwill;
        let quick = p.under(Kind::Quota).is_some();
        let ready = logistic(readiness);
        let accepted =
            answer < if quick { ready.max(setup.parameters.quota.accepts) } else { ready };
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
}

impl Partnership {
    /// Staff time of an organization that its commitments take, in \[0, 1\].
    pub fn staff_committed(&self, organization: usize) -> f64 {
        let count = self.commitments.iter().filter(|c| c.by == organization).count();
        (count as f64 * self.setup.parameters.requests.staff).min(1.0)
    }
}
