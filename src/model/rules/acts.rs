//! Acts: what organizations are seen to do.
//!
//! Visible acts are evidence of what an organization is; hidden work is evidence for nobody, and
//! so the visible projects become its public face. An act in a role that an onlooker holds
//! inappropriate is a breach. Source: Farrell, Harrison & Coburn 2019.

use super::hearing::Claim;
use super::scene::Scene;
use crate::ids::{OrganizationId, RoleId, SeatId};
use crate::model::event::Event;
use crate::model::setup::InterventionKind;
use crate::model::state::partnership::Seat;
use crate::model::theory::Theory;
use crate::roles::Mix;
use crate::streams::{Draw, Process};

/// What people see of another organization in a month: those of the team an act of each running
/// project and of each accepted request, others an act of one of them, which their department is
/// near. An organization acts more often than it is seen: each person sees acts of their own.
pub(in crate::model) fn show_acts<T: Theory>(scene: &mut Scene<T>) {
    let mut acts: Vec<Mix> = Vec::new();
    for by in scene.setup.organization_ids() {
        let p = &*scene.p;
        let in_projects = p.projects.iter().map(|project| project.mode[by]);
        let on_request = p.commitments.iter().filter(|c| c.by == by).map(|c| Mix::pure(c.role));
        acts.clear();
        acts.extend(in_projects.chain(on_request));
        // Where all are of one kind, it does not matter which somebody is near.
        let alike = acts.iter().all(|act| *act == acts[0]);
        let (act, near) = (p.at(Process::Act).item(by.0), p.at(Process::Onlooker).item(by.0));
        let (mut seen, mut breaches) = (0u32, 0u32);
        for seat in scene.setup.seat_ids() {
            let &Seat { team, key, ref person, .. } = &scene.p.seats[seat];
            if person.as_ref().is_none_or(|person| person.is_insider(by)) {
                continue;
            }
            if team {
                for (number, mode) in (0u32..).zip(&acts) {
                    // The number of an act may be higher than one field of an address holds.
                    let (low, high) = (number & 0xff, number >> 8);
                    let act = act.seat(key).episode(low).contribution(high);
                    let shown = see(scene, seat, by, mode, number, act);
                    seen += u32::from(shown.is_some());
                    breaches += u32::from(shown == Some(true));
                }
            } else {
                let which = || near.seat(key).uniform();
                let nth = if alike { 0 } else { (which() * acts.len() as f64) as usize };
                see(scene, seat, by, &acts[nth], 0, act.seat(key));
            }
        }
        if breaches > 0 {
            let most = scene.setup.parameters.settlement.open_most;
            let step =
                scene.setup.parameters.trust.breach_opens * f64::from(breaches) / f64::from(seen);
            let question = &mut scene.p.organizations[by].open_question;
            *question += step * (most - *question).max(0.0);
        }
    }
}

/// Somebody comes across an act, and sees it if its role is visible. Returns whether it was a
/// breach to them; `None` if they saw nothing. `at` is where it is drawn which and whether.
fn see<T: Theory>(
    scene: &mut Scene<T>,
    seat: SeatId,
    by: OrganizationId,
    mode: &Mix,
    number: u32,
    at: Draw,
) -> Option<bool> {
    let parameters = &scene.setup.parameters;
    let (which, visible) = at.pair();
    let role = mode.role_at(which);
    let visibility = scene.setup.organizations[by].repertoire.roles().get(role.0)?.visibility;
    if visible >= visibility || withhold(scene, seat, by, role, number) {
        return None;
    }
    let act = Claim {
        about: by,
        is: &Mix::pure(role),
        evidence: parameters.work.act_evidence,
        credibility: 1.0,
    };
    let person = scene.p.seats[seat].person.as_mut()?;
    person.hear(&act, scene.theory, scene.setup);
    let expectation = &person.views[by].expectation;
    let breach = scene.theory.is_breach(expectation, role, &parameters.trust);
    scene.p.act_observed(seat, by, breach);
    if breach {
        scene.tell(Event::Breach { seat, by, role });
    }
    Some(breach)
}

/// Under a no-surprises review, an act that somebody on the team would see as a breach may be
/// noticed before it is shown. Returns whether it was.
fn withhold<T: Theory>(
    scene: &mut Scene<T>,
    seat: SeatId,
    by: OrganizationId,
    role: RoleId,
    number: u32,
) -> bool {
    let Scene { p, theory, setup, .. } = scene;
    if p.under(InterventionKind::Review).is_none() {
        return false;
    }
    let parameters = &setup.parameters;
    let (low, high) = (number & 0xff, number >> 8);
    let review = p.at_seat(Process::Review, seat).item(by.0).episode(low).contribution(high);
    let shocking = || {
        let mut others = p.team().filter(|(_, person)| !person.is_insider(by));
        others.any(|(_, q)| theory.is_breach(&q.views[by].expectation, role, &parameters.trust))
    };
    let caught = review.chance(parameters.review.catches) && shocking();
    if caught {
        scene.tell(Event::Withheld { by, role });
    }
    caught
}
