//! Acts: what organizations are seen to do.
//!
//! Visible acts are evidence of what an organization is; hidden work is evidence for nobody, and
//! so the visible projects become its public face. An act in a role that an onlooker holds
//! inappropriate is a breach. Source: Farrell, Harrison & Coburn 2019.

use crate::model::event::{Event, Watch};
use crate::model::setup::{InterventionKind, Setup};
use crate::model::state::partnership::Partnership;
use crate::model::theory::{Heard, Theory};
use crate::roles::Mix;
use crate::streams::{Draw, Process};
use std::sync::Arc;

/// Every organization acts once a month in each running project and each accepted request. The
/// other side's team sees its visible acts; others see them as far as they are exposed.
pub(in crate::model) fn seen<T: Theory>(p: &mut Partnership, theory: &T, watch: &mut dyn Watch) {
    let setup = Arc::clone(&p.setup);
    let (streams, month) = (p.streams(), p.month);
    for by in 0..p.organizations.len() {
        let repertoire = &setup.organizations[by].repertoire;
        let in_projects = p.projects.iter().map(|project| project.mode[by]);
        let on_request = p.commitments.iter().filter(|c| c.by == by).map(|c| Mix::pure(c.role));
        let acts: Vec<Mix> = in_projects.chain(on_request).collect();
        for (number, mode) in (0u32..).zip(acts) {
            // The number of an act may be higher than one field of an address holds.
            let (low, high) = (number & 0xff, number >> 8);
            let at =
                |process| streams.at(process).month(month).item(by).episode(low).contribution(high);
            let (which, visible) = at(Process::Act).pair();
            let role = mode.role_at(which);
            if visible < repertoire.roles().get(role).map_or(0.0, |role| role.visibility)
                && !withheld(p, theory, by, role, at(Process::Review), watch)
            {
                shown(p, &setup, theory, by, role, at(Process::Onlooker), watch);
            }
        }
    }
}

/// Under a no-surprises review, an act that somebody on the team would see as a breach may be
/// noticed before it is shown.
fn withheld<T: Theory>(
    p: &Partnership,
    theory: &T,
    by: usize,
    role: usize,
    review: Draw,
    watch: &mut dyn Watch,
) -> bool {
    let parameters = &p.setup.parameters;
    let shocking = || {
        let mut others = p.team().filter(|(_, person)| !person.is_insider(by));
        others.any(|(_, q)| theory.is_breach(&q.views[by].expectation, role, &parameters.learning))
    };
    let caught = p.under(InterventionKind::Review).is_some()
        && review.chance(parameters.review.catches)
        && shocking();
    if caught {
        p.tell(watch, Event::Withheld { by, role });
    }
    caught
}

fn shown<T: Theory>(
    p: &mut Partnership,
    setup: &Setup,
    theory: &T,
    by: usize,
    role: usize,
    onlooker: Draw,
    watch: &mut dyn Watch,
) {
    let parameters = &setup.parameters;
    let repertoire = &setup.organizations[by].repertoire;
    let act = Mix::pure(role);
    let (mut shocked, mut looking) = (0u32, 0u32);
    for seat in 0..p.seats.len() {
        let (on_team, key) = (p.seats[seat].team, p.seats[seat].key);
        let Some(person) = p.seats[seat].person.as_mut().filter(|q| !q.is_insider(by)) else {
            continue;
        };
        if !on_team && !onlooker.seat(key).chance(parameters.work.exposure) {
            continue;
        }
        let memory = person.memory;
        let view = &mut person.views[by];
        let heard = Heard {
            claim: &act,
            distance: repertoire.distance(&act, &view.conception),
            evidence: parameters.work.act_evidence,
            credibility: 1.0,
        };
        theory.learn(view, &heard, memory, parameters);
        let breach = theory.is_breach(&view.expectation, role, &parameters.learning);
        p.act_observed(seat, by, breach);
        if on_team {
            looking += 1;
            shocked += u32::from(breach);
        }
        if breach {
            p.tell(watch, Event::Breach { seat, by, role });
        }
    }
    if shocked > 0 {
        let most = parameters.settlement.open_most;
        let step = parameters.trust.breach_opens * f64::from(shocked) / f64::from(looking);
        let question = &mut p.organizations[by].open_question;
        *question += step * (most - *question).max(0.0);
    }
}
