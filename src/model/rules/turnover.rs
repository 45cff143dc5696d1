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
use crate::model::state::partnership::{Partnership, Seat};
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
    // Only where successors are prepared does a scheduled one come from within.
    let prepared = scene.p.under(InterventionKind::Succession).is_some();
    let internal = if prepared { scene.setup.parameters.succession.internal } else { 0.0 };
    match shock {
        &ShockKind::Arrive { seat, profile } => {
            leave(scene, seat);
            succeed(scene, seat, profile, internal);
        }
        &ShockKind::Leave { seat } => leave(scene, seat),
        ShockKind::Counterpart { leave, join } => {
            for &seat in leave {
                if scene.p.seats[seat].team {
                    lose_an_acquaintance(scene.p, seat);
                    scene.p.seats[seat].team = false;
                }
            }
            for &seat in join {
                join_team(scene.p, seat);
                if scene.p.person(seat).is_none() {
                    succeed(scene, seat, scene.setup.seats[seat].successor, internal);
                }
            }
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
    if hazards == [0.0; Level::ALL.len()] {
        return;
    }
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
        let sought = p.seats[seat].vacant_since.is_some_and(|since| since < p.month);
        let search = || p.at_seat(Process::Filling, seat);
        if sought && search().chance(1.0 / turnover.vacancy) && p.can_be_paid(seat) {
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
    if p.person(seat).is_none() {
        return;
    }
    if p.seats[seat].team {
        lose_an_acquaintance(p, seat);
    }
    p.seats[seat].person = None;
    p.seats[seat].vacant_since = Some(p.month);
    let plan = &scene.setup.seats[seat];
    if plan.head {
        p.organizations[plan.organization].head_left = Some(p.month);
    }
    let holder = p.seats[seat].holders - 1;
    scene.tell(Event::Departure { seat, holder });
}

/// Trust in an organization rests in part on the people one knows there: where one of m leaves the
/// table, a part ρ/m of what it has grown beyond that of strangers is lost.
fn lose_an_acquaintance(p: &mut Partnership, seat: SeatId) {
    let Some(of) = p.person(seat).map(|person| person.organization) else { return };
    let parameters = &p.setup.parameters;
    let known = p.team().filter(|(_, person)| person.organization == of).count();
    let lost = parameters.trust.personal / known as f64;
    let strangers = parameters.launch.trust;
    for seat in p.setup.seat_ids() {
        let Seat { team: true, person: Some(person), .. } = &mut p.seats[seat] else { continue };
        if !person.is_insider(of) {
            let trust = &mut person.views[of].trust;
            *trust -= lost * (*trust - strangers).max(0.0);
        }
    }
}

/// Who takes part is not bound to forget as an onlooker does.
fn join_team(p: &mut Partnership, seat: SeatId) {
    p.seats[seat].team = true;
    if let Some(person) = &mut p.seats[seat].person {
        person.retention = p.setup.parameters.learning.retention;
    }
}

/// Whoever moves up keeps what they hold, and their tenure.
fn move_up(p: &mut Partnership, from: SeatId, seat: SeatId) {
    let Some(mut person) = p.seats[from].person.take() else { return };
    person.status = p.setup.seats[seat].status;
    person.retention = p.setup.parameters.learning.retention;
    p.seats[from].vacant_since = Some(p.month);
    p.take_seat(seat, person);
}
