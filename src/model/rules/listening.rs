//! Listening: interventions in which people are told what an organization is, outside the
//! meetings.
//!
//! Nothing here touches talk or work: what is told is evidence, weighed like any other by the
//! rules of the theory. Sources: with each kind of [intervention](super::interventions).

use super::funding;
use crate::model::event::Watch;
use crate::model::setup::InterventionKind;
use crate::model::state::partnership::Partnership;
use crate::model::theory::{Heard, Theory};
use crate::roles::Mix;
use crate::streams::Process;
use std::sync::Arc;

/// Newcomers to the team from outside hear what was agreed about every other organization, as
/// credible as they trust it.
pub(in crate::model) fn newcomers_welcomed<T: Theory>(
    p: &mut Partnership,
    theory: &T,
    watch: &mut dyn Watch,
) {
    let Some(welcome) = p.under(InterventionKind::Welcome) else { return };
    let evidence = p.setup.parameters.welcome.evidence;
    let new: Vec<usize> =
        p.team().filter(|(_, q)| q.came == Some(p.month)).map(|(seat, _)| seat).collect();
    for seat in new {
        for o in 0..p.organizations.len() {
            let Some(person) = p.person(seat).filter(|person| !person.is_insider(o)) else {
                continue;
            };
            let (credibility, agreed) = (person.views[o].trust, p.organizations[o].agreed);
            told(p, theory, seat, o, &agreed, evidence * credibility, credibility);
        }
        p.occasion(welcome, watch);
    }
}

/// What the coordinator, the listening sessions of an exploration, ties at every level and paid
/// upkeep of the relationship tell in a month.
pub(in crate::model) fn between_meetings<T: Theory>(p: &mut Partnership, theory: &T) {
    let setup = Arc::clone(&p.setup);
    let parameters = &setup.parameters;
    if p.under(InterventionKind::Coordinator).is_some() {
        let evidence = parameters.coordinator.evidence;
        everybody_told(p, theory, evidence, 0, |p, o| p.organizations[o].enacted);
    }
    if p.under(InterventionKind::Exploration).is_some() {
        let evidence = parameters.exploration.evidence;
        everybody_told(p, theory, evidence, 1, |p, o| p.organizations[o].identity);
    }
    if p.under(InterventionKind::Multilevel).is_some() {
        met_across(p, theory, parameters.multilevel.contact, 0);
    }
    let kept_up = funding::upkeep(p);
    if kept_up > 0.0 {
        met_across(p, theory, parameters.funding.contact * kept_up, 1);
    }
}

/// The team, and others as far as they are exposed to the work, learn something of every
/// organization but their own. Each `channel` reaches others than the next.
fn everybody_told<T: Theory>(
    p: &mut Partnership,
    theory: &T,
    evidence: f64,
    channel: u32,
    what: impl Fn(&Partnership, usize) -> Mix,
) {
    let exposure = p.setup.parameters.work.exposure;
    for o in 0..p.organizations.len() {
        let claim = what(p, o);
        let reached = p.streams().at(Process::Reached).month(p.month).episode(channel).item(o);
        for seat in 0..p.seats.len() {
            let there = p.seats[seat].team || reached.seat(p.seats[seat].key).chance(exposure);
            if there && p.person(seat).is_some_and(|person| !person.is_insider(o)) {
                told(p, theory, seat, o, &claim, evidence, 1.0);
            }
        }
    }
}

/// People of all levels meet somebody of another organization: they hear what its members hold it
/// to be, and let them hear what they take it for.
/// Each `channel` brings others together than the next.
fn met_across<T: Theory>(p: &mut Partnership, theory: &T, contact: f64, channel: u32) {
    let setup = Arc::clone(&p.setup);
    let parameters = &setup.parameters;
    for seat in 0..p.seats.len() {
        let Some(home) = p.person(seat).map(|listener| listener.organization) else { continue };
        let at = |process| {
            p.streams().at(process).month(p.month).episode(channel).seat(p.seats[seat].key)
        };
        if !at(Process::Acquaintance).chance(contact) {
            continue;
        }
        let others = p.people().filter(|(_, q)| q.organization != home);
        let alike = others.map(|(other, _)| (other, p.seats[other].key));
        let Some(other) = at(Process::Counterpart).choose_alike(alike) else { continue };
        let (Some(listener), Some(teller)) = (p.person(seat), p.person(other)) else { continue };
        let about = teller.organization;
        let claim = teller.views[about].expectation;
        let (credibility, taken_for) =
            (listener.views[about].trust, listener.views[about].conception);
        told(p, theory, seat, about, &claim, parameters.ties.evidence * credibility, credibility);
        if let Some(teller) = p.seats[other].person.as_mut() {
            teller.heard = teller.heard.toward(&taken_for, parameters.discourse.heard);
        }
    }
}

/// Somebody is told what an organization is, and that it should be so; who is told nothing stays
/// as they are.
fn told<T: Theory>(
    p: &mut Partnership,
    theory: &T,
    seat: usize,
    about: usize,
    claim: &Mix,
    evidence: f64,
    credibility: f64,
) {
    if evidence <= 0.0 {
        return;
    }
    let setup = Arc::clone(&p.setup);
    let Some(person) = p.seats[seat].person.as_mut() else { return };
    let (memory, firmness) = (person.memory, person.firmness);
    let view = &mut person.views[about];
    let distance = setup.organizations[about].repertoire.distance(claim, &view.conception);
    let heard = Heard { claim, distance, evidence, credibility };
    theory.learn(view, &heard, memory, &setup.parameters);
    theory.persuade(view, &heard, firmness, &setup.parameters.learning);
}
