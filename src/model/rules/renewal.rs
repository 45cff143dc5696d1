//! Benefit, renewal and the end.
//!
//! An organization gains from work that fits what it wants of the others and, as far as it values
//! that, from what it may publish; taking part costs it, and so does staff time spent on acts
//! foreign to its identity. At a renewal the partnership ends the sooner, the less both sides
//! gain and trust; the lesser benefit counts more. Source: mutual benefit predicts longevity
//! (an AERA abstract on mutual benefit); fewer asks (Harrison, Davidson & Farrell 2017).

use crate::model::event::{Event, Watch};
use crate::model::state::partnership::Partnership;
use crate::samplers::logistic;
use crate::streams::Process;
use std::sync::Arc;

/// Benefit as felt: a moving average of the month's gains less its costs, 1 being the fullest.
pub(in crate::model) fn benefit_felt(p: &mut Partnership) {
    let setup = Arc::clone(&p.setup);
    let rule = &setup.parameters.benefit;
    let staff = setup.parameters.requests.staff;
    let fullest = p.fullest_month().max(f64::MIN_POSITIVE);
    for (o, organization) in p.organizations.iter_mut().enumerate() {
        let commitments = p.commitments.iter().filter(|c| c.by == o);
        let foreign: f64 =
            commitments.map(|c| staff * (1.0 - organization.identity.share(c.role))).sum();
        let net = organization.gained / fullest - rule.asks - rule.off_mission * foreign;
        organization.benefit += (net - organization.benefit) / rule.memory;
    }
}

/// At a renewal the partnership ends with probability
/// logistic(e₀ − e_b·(weighted benefit) − e_τ·(mean trust of the team)).
pub(in crate::model) fn renewed_or_ended(p: &mut Partnership, watch: &mut dyn Watch) {
    let setup = Arc::clone(&p.setup);
    let rule = &setup.parameters.benefit;
    let every = rule.renewal_every as u32;
    if every == 0 || !p.month.is_multiple_of(every) {
        return;
    }
    let benefits = || p.organizations.iter().map(|o| o.benefit);
    let least = benefits().fold(f64::INFINITY, f64::min);
    let mean = benefits().sum::<f64>() / p.organizations.len() as f64;
    let benefit = rule.lesser * least + (1.0 - rule.lesser) * mean;
    let team: Vec<usize> = p.team().map(|(seat, _)| seat).collect();
    let readiness =
        rule.end_base - rule.end_benefit * benefit - rule.end_trust * p.mean_trust(&team);
    if p.streams().at(Process::Renewal).month(p.month).chance(logistic(readiness)) {
        p.ended = Some(p.month);
        p.tell(watch, Event::Ended);
    } else {
        p.tell(watch, Event::Renewed);
    }
}
