//! Leadership turnover: scheduled shocks, departures, vacancies and successors.
//!
//! Hazards are yearly probabilities by level, turned into monthly ones. Whether a seat falls
//! vacant or is filled in a month depends on seat and month alone, so that a change in one seat
//! leaves the others' course as it is. Nothing here touches talk or work: newcomers differ only
//! in what they hold. Source: Farrell, Harrison & Coburn 2019 (newcomers); Coburn, Penuel & Geil
//! 2013 (an exit at the top spreads); Finnigan & Daly and others (rates).

use super::scene::Scene;
use crate::ids::{Month, ProfileId, SeatId, ShockId};
use crate::model::event::Event;
use crate::model::setup::{InterventionKind, Level, ShockKind};
use crate::model::state::partnership::Partnership;
use crate::streams::Process;

/// The monthly probability that gives a yearly one: 1 − (1 − q)^(1/12).
pub(in crate::model) fn monthly(yearly: f64) -> f64 {
    1.0 - libm::pow(1.0 - yearly, 1.0 / 12.0)
}

/// What the scenario schedules for this month happens.
pub(in crate::model) fn apply_shocks<T>(scene: &mut Scene<T>) {
    for (shock, plan) in ShockId::each(&scene.setup.shocks) {
        if plan.month == scene.p.month {
            scene.tell(Event::Shock { shock });
            apply(scene, &plan.kind);
        }
    }
}

fn apply<T>(scene: &mut Scene<T>, shock: &ShockKind) {
    match shock {
        &ShockKind::Arrive { seat, profile } => {
            leave(scene, seat);
            // Only where successors are prepared does a scheduled one come from within.
            let prepared = scene.p.under(InterventionKind::Succession).is_some();
            let internal = if prepared { scene.setup.parameters.succession.internal } else { 0.0 };
            succeed(scene, seat, profile, internal);
        }
        &ShockKind::Leave { seat } => leave(scene, seat),
        ShockKind::Counterpart { leave, join } => {
            leave.iter().for_each(|seat| scene.p.seats[*seat].team = false);
            join.iter().for_each(|seat| join_team(scene.p, *seat));
        }
        ShockKind::Policy { organization, about, priorities, step } => {
            scene.p.organizations[*organization].priorities[*about] = Some(*priorities);
            for person in scene.p.members_mut(*organization) {
                let view = &mut person.views[*about];
                view.expectation = view.expectation.toward(priorities, *step);
            }
        }
    }
}

/// Holders leave by chance, the sooner after the head of their organization left.
pub(in crate::model) fn draw_departures<T>(scene: &mut Scene<T>) {
    let parameters = &scene.setup.parameters;
    let hazards = Level::ALL.map(|level| monthly(level.yearly_departure(parameters)));
    for (seat, plan) in SeatId::each(&scene.setup.seats) {
        let p = &*scene.p;
        if p.seats[seat].person.is_none() {
            continue;
        }
        let months = parameters.turnover.cascade_months as u32;
        let after = |left: Month| left < p.month && p.month <= left + months;
        let shaken = !plan.head && p.organizations[plan.organization].head_left.is_some_and(after);
        let factor = if shaken { parameters.turnover.cascade } else { 1.0 };
        let hazard = (hazards[plan.level as usize] * factor).min(1.0);
        if p.at_seat(Process::Departure, seat).chance(hazard) {
            leave(scene, seat);
        }
    }
}

/// Vacant seats are filled by chance, from the month after their holder left.
pub(in crate::model) fn fill_vacancies<T>(scene: &mut Scene<T>) {
    let parameters = &scene.setup.parameters;
    let turnover = &parameters.turnover;
    let internal = match scene.p.under(InterventionKind::Succession) {
        Some(_) => turnover.internal.max(parameters.succession.internal),
        None => turnover.internal,
    };
    for (seat, plan) in SeatId::each(&scene.setup.seats) {
        let p = &*scene.p;
        let search = p.at_seat(Process::Filling, seat);
        let sought = p.seats[seat].vacant_since.is_some_and(|since| since < p.month);
        if sought && search.chance(1.0 / turnover.vacancy) && p.can_be_paid(seat) {
            succeed(scene, seat, plan.successor, internal);
        }
    }
}

/// A colleague moves up, if chance and the organization allow it; else somebody comes from
/// outside.
fn succeed<T>(scene: &mut Scene<T>, seat: SeatId, profile: ProfileId, internal: f64) {
    let p = &mut *scene.p;
    let within = p.at_seat(Process::Succession, seat).chance(internal);
    let moved_from = within.then(|| who_moves_up(p, seat)).flatten();
    match moved_from {
        Some(from) => move_up(p, from, seat),
        None => p.seat_newcomer(seat, profile, p.month.0 as i32),
    }
    let plan = &scene.setup.seats[seat];
    let leads =
        plan.head || (p.seats[seat].team && matches!(plan.level, Level::Cabinet | Level::Lead));
    if leads {
        p.organizations[plan.organization].led_anew = Some(p.month);
    }
    let holder = p.seats[seat].holders - 1;
    scene.tell(Event::Arrival { seat, holder, moved_from });
}

/// A colleague of a lower level who is not on the team yet, in proportion to the seat's status.
fn who_moves_up(p: &Partnership, seat: SeatId) -> Option<SeatId> {
    let plan = &p.setup.seats[seat];
    let colleagues = p.people().filter(|(other, person)| {
        person.organization == plan.organization
            && p.setup.seats[*other].level > plan.level
            && !p.seats[*other].team
    });
    let weighed =
        colleagues.map(|(other, _)| (other, p.seats[other].key, p.setup.seats[other].status));
    p.at_seat(Process::Promotion, seat).choose(weighed)
}

/// The holder of a seat leaves, if there is one.
pub(in crate::model) fn leave<T>(scene: &mut Scene<T>, seat: SeatId) {
    let p = &mut *scene.p;
    if p.seats[seat].person.take().is_none() {
        return;
    }
    p.seats[seat].vacant_since = Some(p.month);
    let plan = &scene.setup.seats[seat];
    if plan.head {
        p.organizations[plan.organization].head_left = Some(p.month);
    }
    let holder = p.seats[seat].holders - 1;
    scene.tell(Event::Departure { seat, holder });
}

/// Who takes part is not bound by the short memory of an onlooker.
fn join_team(p: &mut Partnership, seat: SeatId) {
    p.seats[seat].team = true;
    if let Some(person) = &mut p.seats[seat].person {
        person.memory = p.setup.parameters.learning.most_certainty;
    }
}

/// Whoever moves up keeps what they hold, and their tenure.
fn move_up(p: &mut Partnership, from: SeatId, seat: SeatId) {
    let Some(mut person) = p.seats[from].person.take() else { return };
    person.status = p.setup.seats[seat].status;
    person.memory = p.setup.parameters.learning.most_certainty;
    p.seats[from].vacant_since = Some(p.month);
    p.take_seat(seat, person);
}
