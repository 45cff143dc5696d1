//! Memory: talk among colleagues, forgetting, and identities that follow what is enacted.
//!
//! Source: Farrell, Harrison & Coburn 2019 (identity is revised through interaction, and open
//! for revision with new leadership); Coburn, Penuel & Geil 2013 (ties beyond the team).

use crate::model::state::partnership::Partnership;
use crate::model::theory::{Heard, Theory};
use crate::streams::Process;
use std::sync::Arc;

/// Colleagues of one organization pass on what they take another to be and what they expect of
/// it. Seats are visited in order; who was told this month may tell others.
pub(in crate::model) fn informal_contact<T: Theory>(p: &mut Partnership, theory: &T) {
    let setup = Arc::clone(&p.setup);
    let parameters = &setup.parameters;
    let organizations = p.organizations.len();
    for seat in 0..p.seats.len() {
        let Some(listener) = p.person(seat) else { continue };
        let home = listener.organization;
        let at = |process| p.streams().at(process).month(p.month).seat(p.seats[seat].key);
        let (meets, which) = at(Process::Contact).pair();
        if meets >= parameters.ties.contact {
            continue;
        }
        let colleagues = p.people().filter(|(other, q)| *other != seat && q.organization == home);
        let alike = colleagues.map(|(other, teller)| (teller, p.seats[other].key));
        let Some(teller) = at(Process::Colleague).choose_alike(alike) else { continue };
        let nth = (which * (organizations - 1) as f64) as usize;
        let about = if nth >= home { nth + 1 } else { nth };
        let told = &teller.views[about];
        let authority = 1.0 - told.uncertainty(parameters.learning.half_certainty);
        let (conception, expectation) = (told.conception, told.expectation);
        let credibility = parameters.learning.in_group * authority;

        let Some(listener) = p.seats[seat].person.as_mut() else { continue };
        let (memory, firmness) = (listener.memory, listener.firmness);
        let view = &mut listener.views[about];
        let distance =
            setup.organizations[about].repertoire.distance(&conception, &view.conception);
        let evidence = parameters.ties.evidence * credibility;
        let heard = Heard { claim: &conception, distance, evidence, credibility };
        theory.learn(view, &heard, memory, parameters);
        theory.persuade(
            view,
            &Heard { claim: &expectation, ..heard },
            firmness,
            &parameters.learning,
        );
    }
}

/// Certainty fades: n ← δ·n.
pub(in crate::model) fn forgotten(p: &mut Partnership) {
    let kept = p.setup.parameters.learning.retention;
    let people = p.seats.iter_mut().filter_map(|seat| seat.person.as_mut());
    for view in people.flat_map(|person| &mut person.views) {
        view.certainty *= kept;
    }
}

/// Identity moves toward what is enacted at (1 − endurance), faster after a change of the
/// organization's own leadership; members' expectations of their organization follow it.
pub(in crate::model) fn identities_drift(p: &mut Partnership) {
    let setup = Arc::clone(&p.setup);
    let rule = &setup.parameters.identity;
    for (o, plan) in setup.organizations.iter().enumerate() {
        let organization = &mut p.organizations[o];
        let months = rule.opening_months as u32;
        let open = organization.led_anew.is_some_and(|since| p.month < since + months);
        let rate = (1.0 - plan.endurance) * if open { rule.opening } else { 1.0 };
        organization.identity = organization.identity.toward(&organization.enacted, rate.min(1.0));
        organization.remember();
        let identity = organization.identity;
        let people = p.seats.iter_mut().filter_map(|seat| seat.person.as_mut());
        for person in people.filter(|person| person.is_insider(o)) {
            let view = &mut person.views[o];
            view.expectation = view.expectation.toward(&identity, rule.follow);
        }
    }
}
