//! Benefit, renewal and the end.
//!
//! An organization gains from work that fits what it wants of the others and, as far as it values
//! that, from what it may publish; taking part costs it, and so does staff time spent on acts
//! foreign to its identity. At a renewal the partnership ends the sooner, the less both sides
//! gain and trust; the lesser benefit counts more. Source: mutual benefit predicts longevity
//! (an AERA abstract on mutual benefit); fewer asks (Harrison, Davidson & Farrell 2017).

use super::scene::Scene;
use crate::ids::{OrganizationId, SeatId};
use crate::model::event::{Ending, Event};
use crate::samplers::logistic;
use crate::streams::Process;

/// Benefit as felt: a moving average of the month's gains less its costs, 1 being the fullest.
pub(in crate::model) fn feel_benefit<T>(scene: &mut Scene<T>) {
    let Scene { p, setup, .. } = scene;
    let rule = &setup.parameters.benefit;
    let staff = setup.parameters.requests.staff;
    let fullest = setup.fullest_month().max(f64::MIN_POSITIVE);
    let commitments = &p.commitments;
    for (o, organization) in OrganizationId::each(&mut p.organizations) {
        let foreign = |role| staff * (1.0 - organization.identity.share(role));
        let accepted = commitments.iter().filter(|c| c.by == o);
        let foreign: f64 = accepted.map(|c| foreign(c.role)).sum();
        let net = organization.gained / fullest - rule.asks - rule.off_mission * foreign;
        organization.benefit += (net - organization.benefit) / rule.memory;
    }
}

/// An organization gives up between renewals with probability h·(1 − benefit)·(1 − trust of its
/// people on the team in the others), so that a partnership may end in its first year. Benefit
/// below nothing counts as nothing.
pub(in crate::model) fn give_up<T>(scene: &mut Scene<T>) {
    let most = scene.setup.parameters.benefit.give_up;
    if most == 0.0 {
        return;
    }
    for by in scene.setup.organization_ids() {
        let p = &mut *scene.p;
        let members: Vec<SeatId> =
            p.team().filter(|(_, person)| person.is_insider(by)).map(|(seat, _)| seat).collect();
        let missing = 1.0 - p.organizations[by].benefit.clamp(0.0, 1.0);
        let hazard = most * missing * (1.0 - p.mean_trust(&members));
        if p.at(Process::GivingUp).item(by.0).chance(hazard) {
            p.ended = Some(p.month);
            scene.tell(Event::Ended { why: Ending::GivenUp { by } });
            return;
        }
    }
}

/// At a renewal the partnership ends with probability
/// logistic(e₀ − e_b·(weighted benefit) − e_τ·(mean trust of the team)).
pub(in crate::model) fn renew_or_end<T>(scene: &mut Scene<T>) {
    let p = &mut *scene.p;
    let rule = &scene.setup.parameters.benefit;
    let every = rule.renewal_every as u32;
    if p.ended.is_some() || every == 0 || !p.month.0.is_multiple_of(every) {
        return;
    }
    let benefits = || p.organizations.iter().map(|o| o.benefit);
    let least = benefits().fold(f64::INFINITY, f64::min);
    let mean = benefits().sum::<f64>() / p.organizations.len() as f64;
    let benefit = rule.lesser * least + (1.0 - rule.lesser) * mean;
    let team: Vec<SeatId> = p.team().map(|(seat, _)| seat).collect();
    let readiness =
        rule.end_base - rule.end_benefit * benefit - rule.end_trust * p.mean_trust(&team);
    if p.at(Process::Renewal).chance(logistic(readiness)) {
        p.ended = Some(p.month);
        scene.tell(Event::Ended { why: Ending::NotRenewed });
    } else {
        scene.tell(Event::Renewed);
    }
}
