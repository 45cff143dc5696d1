//! Acts: what organizations are seen to do.
//!
//! Visible acts are evidence of what an organization is; hidden work is evidence for nobody, and
//! so the visible projects become its public face. An act in a role that an onlooker holds
//! inappropriate is a breach. Source: Farrell, Harrison & Coburn 2019.

use super::hearing::Claim;
use super::scene::Scene;
use crate::ids::{OrganizationId, RoleId};
use crate::model::event::Event;
use crate::model::setup::InterventionKind;
use crate::model::state::partnership::Seat;
use crate::model::theory::Theory;
use crate::roles::Mix;
use crate::streams::{Draw, Process};

/// Every organization acts once a month in each running project and each accepted request. The
/// other side's team sees its visible acts; others see them as far as they are exposed.
pub(in crate::model) fn show_acts<T: Theory>(scene: &mut Scene<T>) {
    for by in scene.setup.organization_ids() {
        let repertoire = &scene.setup.organizations[by].repertoire;
        let p = &*scene.p;
        let in_projects = p.projects.iter().map(|project| project.mode[by]);
        let on_request = p.commitments.iter().filter(|c| c.by == by).map(|c| Mix::pure(c.role));
        let acts: Vec<Mix> = in_projects.chain(on_request).collect();
        for (number, mode) in (0u32..).zip(acts) {
            // The number of an act may be higher than one field of an address holds.
            let (low, high) = (number & 0xff, number >> 8);
            let at = |process| scene.p.at(process).item(by.0).episode(low).contribution(high);
            let (review, onlooker) = (at(Process::Review), at(Process::Onlooker));
            let (which, visible) = at(Process::Act).pair();
            let role = mode.role_at(which);
            if visible < repertoire.roles().get(role.0).map_or(0.0, |role| role.visibility)
                && !withhold(scene, by, role, review)
            {
                show(scene, by, role, onlooker);
            }
        }
    }
}

/// Under a no-surprises review, an act that somebody on the team would see as a breach may be
/// noticed before it is shown. Returns whether it was.
fn withhold<T: Theory>(
    scene: &mut Scene<T>,
    by: OrganizationId,
    role: RoleId,
    review: Draw,
) -> bool {
    let Scene { p, theory, setup, .. } = scene;
    let parameters = &setup.parameters;
    let shocking = || {
        let mut others = p.team().filter(|(_, person)| !person.is_insider(by));
        others.any(|(_, q)| theory.is_breach(&q.views[by].expectation, role, &parameters.learning))
    };
    let caught = p.under(InterventionKind::Review).is_some()
        && review.chance(parameters.review.catches)
        && shocking();
    if caught {
        scene.tell(Event::Withheld { by, role });
    }
    caught
}

/// An act is seen: it is evidence, and to some a breach.
fn show<T: Theory>(scene: &mut Scene<T>, by: OrganizationId, role: RoleId, onlooker: Draw) {
    let parameters = &scene.setup.parameters;
    let act = Claim {
        about: by,
        is: &Mix::pure(role),
        should_be: None,
        evidence: parameters.work.act_evidence,
        credibility: 1.0,
    };
    let (mut shocked, mut looking) = (0u32, 0u32);
    for seat in scene.p.setup.seat_ids() {
        let Seat { team, key, person, .. } = &mut scene.p.seats[seat];
        let Some(person) = person.as_mut().filter(|person| !person.is_insider(by)) else {
            continue;
        };
        if !*team && !onlooker.seat(*key).chance(parameters.work.exposure) {
            continue;
        }
        person.hear(&act, scene.theory, scene.setup);
        let expectation = &person.views[by].expectation;
        let breach = scene.theory.is_breach(expectation, role, &parameters.learning);
        if *team {
            looking += 1;
            shocked += u32::from(breach);
        }
        scene.p.act_observed(seat, by, breach);
        if breach {
            scene.tell(Event::Breach { seat, by, role });
        }
    }
    if shocked > 0 {
        let most = parameters.settlement.open_most;
        let step = parameters.trust.breach_opens * f64::from(shocked) / f64::from(looking);
        let question = &mut scene.p.organizations[by].open_question;
        *question += step * (most - *question).max(0.0);
    }
}
