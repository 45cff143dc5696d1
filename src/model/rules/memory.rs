//! Memory: talk among colleagues, forgetting, and identities that follow what is enacted.
//!
//! Source: Farrell, Harrison & Coburn 2019 (identity is revised through interaction, and open
//! for revision with new leadership); Coburn, Penuel & Geil 2013 (ties beyond the team).

use super::hearing::Claim;
use super::scene::Scene;
use crate::ids::{OrganizationId, SeatId};
use crate::model::theory::Theory;
use crate::streams::{Process, SeatKey};

/// Colleagues of one organization pass on what they take another to be. Seats are visited in order; who was told this month may tell others.
pub(in crate::model) fn talk_among_colleagues<T: Theory>(scene: &mut Scene<T>) {
    let Scene { p, setup, theory, .. } = scene;
    let parameters = &setup.parameters;
    let others = setup.organizations.len() - 1;
    // By organization: who is there, and their addresses. Nobody comes or goes meanwhile.
    let room = p.seats.len();
    let nobody = || (Vec::with_capacity(room), Vec::with_capacity(room));
    let mut there: Vec<(Vec<SeatId>, Vec<SeatKey>)> = (0..=others).map(|_| nobody()).collect();
    for (seat, person) in p.people() {
        let (seats, keys) = &mut there[person.organization.0];
        seats.push(seat);
        keys.push(p.seats[seat].key);
    }
    let mut before = vec![0; others + 1];
    let (contact, colleague) = (p.at(Process::Contact), p.at(Process::Colleague));
    for seat in p.setup.seat_ids() {
        let Some(listener) = p.person(seat) else { continue };
        let home = listener.organization;
        let own = before[home.0];
        before[home.0] += 1;
        let (meets, which) = contact.seat(there[home.0].1[own]).pair();
        if meets >= parameters.ties.contact {
            continue;
        }
        let (seats, keys) = &there[home.0];
        let met = colleague.seat(keys[own]).one_but(keys, own);
        let Some(teller) = met.and_then(|met| p.person(seats[met])) else { continue };
        let nth = OrganizationId((which * others as f64) as usize);
        let about = if nth >= home { OrganizationId(nth.0 + 1) } else { nth };
        let told = teller.views[about].clone();
        let authority = 1.0 - told.uncertainty(parameters.learning.half_certainty);
        let credibility = parameters.learning.in_group * authority;
        let claim = Claim {
            about,
            is: &told.conception,
            evidence: parameters.ties.evidence * credibility,
            credibility,
        };
        if let Some(listener) = &mut p.seats[seat].person {
            listener.hear(&claim, *theory, setup);
        }
    }
}

/// Certainty fades: n ← δ·n.
pub(in crate::model) fn forget<T>(scene: &mut Scene<T>) {
    for person in scene.p.people_mut() {
        let kept = person.retention;
        person.views.iter_mut().for_each(|view| view.certainty *= kept);
    }
}

/// Identity moves toward what is enacted at (1 − endurance), faster after a change of the
/// organization's own leadership; members' expectations of their organization follow it.
pub(in crate::model) fn revise_identities<T>(scene: &mut Scene<T>) {
    let Scene { p, setup, .. } = scene;
    let rule = &setup.parameters.identity;
    for (o, plan) in OrganizationId::each(&setup.organizations) {
        let month = p.month;
        let organization = &mut p.organizations[o];
        let months = rule.opening_months as u32;
        let open = organization.led_anew.is_some_and(|since| month < since + months);
        let rate = (1.0 - plan.endurance) * if open { rule.opening } else { 1.0 };
        organization.identity = organization.identity.toward(&organization.enacted, rate.min(1.0));
        organization.remember();
        let identity = organization.identity;
        for person in p.members_mut(o) {
            let view = &mut person.views[o];
            view.expectation = view.expectation.toward(&identity, rule.follow);
        }
    }
}
