//! Listening: interventions in which people are told what an organization is, outside the
//! meetings.
//!
//! Nothing here touches talk or work: what is told is evidence, weighed like any other by the
//! rules of the theory. Sources: with each kind of
//! [intervention](crate::model::setup::InterventionKind).

use super::funding;
use super::hearing::Claim;
use super::interventions::take_place;
use super::scene::Scene;
use crate::ids::{OrganizationId, SeatId};
use crate::model::setup::InterventionKind;
use crate::model::state::organization::Organization;
use crate::model::theory::Theory;
use crate::roles::Mix;
use crate::streams::Process;

/// Newcomers to the team from outside hear what was agreed about every other organization, as
/// credible as they trust it.
pub(in crate::model) fn welcome_newcomers<T: Theory>(scene: &mut Scene<T>) {
    let Some(welcome) = scene.p.under(InterventionKind::Welcome) else { return };
    let evidence = scene.setup.parameters.welcome.evidence;
    let came = Some(scene.p.month);
    let newcomers = scene.p.team().filter(|(_, person)| person.came == came);
    for seat in newcomers.map(|(seat, _)| seat).collect::<Vec<SeatId>>() {
        for about in scene.setup.organization_ids() {
            let agreed = scene.p.organizations[about].agreed;
            let newcomer = scene.p.person(seat).filter(|person| !person.is_insider(about));
            let Some(newcomer) = newcomer else { continue };
            let trust = newcomer.views[about].trust;
            tell(scene, seat, about, &agreed, evidence * trust, trust);
        }
        take_place(scene, welcome);
    }
}

/// What the coordinator, the listening sessions of an exploration, ties at every level and paid
/// upkeep of the relationship tell in a month.
pub(in crate::model) fn listen_between_meetings<T: Theory>(scene: &mut Scene<T>) {
    let parameters = &scene.setup.parameters;
    if scene.p.under(InterventionKind::Coordinator).is_some() {
        tell_everybody(scene, parameters.coordinator.evidence, 0, |of| of.enacted);
    }
    if scene.p.under(InterventionKind::Exploration).is_some() {
        tell_everybody(scene, parameters.exploration.evidence, 1, |of| of.identity);
    }
    if scene.p.under(InterventionKind::Multilevel).is_some() {
        meet_across(scene, parameters.multilevel.contact, 0);
    }
    let kept_up = funding::buy_upkeep(scene.p);
    if kept_up > 0.0 {
        meet_across(scene, parameters.funding.contact * kept_up, 1);
    }
}

/// The team, and others as far as they are exposed to the work, learn something of every
/// organization but their own. `channel` keeps the draws of different mechanisms apart.
fn tell_everybody<T: Theory>(
    scene: &mut Scene<T>,
    evidence: f64,
    channel: u32,
    what: impl Fn(&Organization) -> Mix,
) {
    let exposure = scene.setup.parameters.work.exposure;
    for about in scene.setup.organization_ids() {
        let claim = what(&scene.p.organizations[about]);
        let reached = scene.p.at(Process::Reached).episode(channel).item(about.0);
        for seat in scene.p.setup.seat_ids() {
            let p = &*scene.p;
            let there = p.seats[seat].team || reached.seat(p.seats[seat].key).chance(exposure);
            if there && p.person(seat).is_some_and(|person| !person.is_insider(about)) {
                tell(scene, seat, about, &claim, evidence, 1.0);
            }
        }
    }
}

/// With probability `contact`, each person meets a member of another organization: the person
/// hears what the member holds it to be, and the member what the person takes it for. `channel`
/// keeps the draws of different mechanisms apart.
fn meet_across<T: Theory>(scene: &mut Scene<T>, contact: f64, channel: u32) {
    let parameters = &scene.setup.parameters;
    for seat in scene.p.setup.seat_ids() {
        let p = &*scene.p;
        let Some(listener) = p.person(seat) else { continue };
        let at = |process| p.at_seat(process, seat).episode(channel);
        if !at(Process::Acquaintance).chance(contact) {
            continue;
        }
        let others = p.people().filter(|(_, q)| q.organization != listener.organization);
        let alike = others.map(|(other, teller)| ((other, teller), p.seats[other].key));
        let met = at(Process::Counterpart).choose_alike(alike);
        let Some((other, teller)) = met else { continue };
        let about = teller.organization;
        let claim = teller.views[about].expectation;
        let taken_for = listener.views[about].conception;
        let trust = listener.views[about].trust;
        tell(scene, seat, about, &claim, parameters.ties.evidence * trust, trust);
        if let Some(teller) = &mut scene.p.seats[other].person {
            teller.heard = teller.heard.toward(&taken_for, parameters.discourse.heard);
        }
    }
}

/// Tells somebody what an organization is; who is told nothing stays as they are.
fn tell<T: Theory>(
    scene: &mut Scene<T>,
    seat: SeatId,
    about: OrganizationId,
    mix: &Mix,
    evidence: f64,
    credibility: f64,
) {
    if evidence <= 0.0 {
        return;
    }
    if let Some(person) = &mut scene.p.seats[seat].person {
        let claim = Claim { about, is: mix, evidence, credibility };
        person.hear(&claim, scene.theory, scene.setup);
    }
}
