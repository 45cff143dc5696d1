//! Leadership turnover: scheduled shocks, departures, vacancies and successors.
//!
//! Hazards are yearly probabilities by level, turned into monthly ones. Whether a seat falls
//! vacant or is filled in a month depends on seat and month alone, so that a change in one seat
//! leaves the others' course as it is. Nothing here touches talk or work: newcomers differ only
//! in what they hold. Source: Farrell, Harrison & Coburn 2019 (newcomers); Coburn, Penuel & Geil
//! 2013 (an exit at the top spreads); Finnigan & Daly and others (rates).

use crate::model::event::{Event, Watch};
use crate::model::setup::{InterventionKind, Level, ShockKind};
use crate::model::state::partnership::Partnership;
use crate::streams::Process;
use std::sync::Arc;

/// The monthly probability that gives a yearly one: 1 − (1 − q)^(1/12).
pub fn monthly(yearly: f64) -> f64 {
    1.0 - libm::pow(1.0 - yearly, 1.0 / 12.0)
}

pub(in crate::model) fn scheduled_shocks(p: &mut Partnership, watch: &mut dyn Watch) {
    let setup = Arc::clone(&p.setup);
    for (i, shock) in setup.shocks.iter().enumerate() {
        if shock.month != p.month {
            continue;
        }
        p.tell(watch, Event::Shock { shock: i });
        match &shock.kind {
            ShockKind::Arrive { seat, profile } => {
                leave(p, *seat, watch);
                // Only where successors are prepared does a scheduled one come from within.
                let prepared = p.under(InterventionKind::Succession).is_some();
                let internal = if prepared { setup.parameters.succession.internal } else { 0.0 };
                let within = from_within(p, *seat, internal);
                succeeded(p, *seat, *profile, within, watch);
            }
            ShockKind::Leave { seat } => leave(p, *seat, watch),
            ShockKind::Counterpart { leave, join } => {
                leave.iter().for_each(|seat| p.seats[*seat].team = false);
                join.iter().for_each(|seat| join_team(p, *seat));
            }
            ShockKind::Policy { organization, about, priorities, step } => {
                p.organizations[*organization].priorities[*about] = Some(*priorities);
                let people = p.seats.iter_mut().filter_map(|seat| seat.person.as_mut());
                for person in people.filter(|person| person.is_insider(*organization)) {
                    let view = &mut person.views[*about];
                    view.expectation = view.expectation.toward(priorities, *step);
                }
            }
        }
    }
}

pub(in crate::model) fn departures(p: &mut Partnership, watch: &mut dyn Watch) {
    let setup = Arc::clone(&p.setup);
    let hazards = Level::ALL.map(|level| monthly(level.yearly_departure(&setup.parameters)));
    for (seat, plan) in setup.seats.iter().enumerate() {
        if p.seats[seat].person.is_none() {
            continue;
        }
        let months = setup.parameters.turnover.cascade_months as u32;
        let after = |left: u32| left < p.month && p.month <= left + months;
        let shaken = !plan.head && p.organizations[plan.organization].head_left.is_some_and(after);
        let factor = if shaken { setup.parameters.turnover.cascade } else { 1.0 };
        let hazard = (hazards[plan.level as usize] * factor).min(1.0);
        if p.streams().at(Process::Departure).month(p.month).seat(p.seats[seat].key).chance(hazard)
        {
            leave(p, seat, watch);
        }
    }
}

pub(in crate::model) fn arrivals(p: &mut Partnership, watch: &mut dyn Watch) {
    let setup = Arc::clone(&p.setup);
    let turnover = &setup.parameters.turnover;
    let internal = match p.under(InterventionKind::Succession) {
        Some(_) => turnover.internal.max(setup.parameters.succession.internal),
        None => turnover.internal,
    };
    for (seat, plan) in setup.seats.iter().enumerate() {
        let search = p.streams().at(Process::Filling).month(p.month).seat(p.seats[seat].key);
        let sought = p.seats[seat].vacant_since.is_some_and(|since| since < p.month);
        if !sought || !search.chance(1.0 / turnover.vacancy) || !p.can_be_paid(seat) {
            continue;
        }
        let within = from_within(p, seat, internal);
        succeeded(p, seat, plan.successor, within, watch);
    }
}

/// A colleague who succeeds, if chance and the organization allow it.
fn from_within(p: &Partnership, seat: usize, internal: f64) -> Option<usize> {
    let succession = p.streams().at(Process::Succession).month(p.month).seat(p.seats[seat].key);
    succession.chance(internal).then(|| who_moves_up(p, seat)).flatten()
}

fn succeeded(
    p: &mut Partnership,
    seat: usize,
    profile: usize,
    within: Option<usize>,
    watch: &mut dyn Watch,
) {
    match within {
        Some(from) => move_up(p, from, seat, watch),
        None => arrive_from_outside(p, seat, profile, watch),
    }
}

/// A colleague of a lower level who is not on the team yet, in proportion to the seat's status.
fn who_moves_up(p: &Partnership, seat: usize) -> Option<usize> {
    let plan = &p.setup.seats[seat];
    let colleagues = p.people().filter(|(other, person)| {
        person.organization == plan.organization
            && p.setup.seats[*other].level > plan.level
            && !p.seats[*other].team
    });
    let weighed =
        colleagues.map(|(other, _)| (other, p.seats[other].key, p.setup.seats[other].status));
    p.streams().at(Process::Promotion).month(p.month).seat(p.seats[seat].key).choose(weighed)
}

pub(in crate::model) fn leave(p: &mut Partnership, seat: usize, watch: &mut dyn Watch) {
    if p.seats[seat].person.take().is_none() {
        return;
    }
    p.seats[seat].vacant_since = Some(p.month);
    p.tell(watch, Event::Departure { seat, holder: p.seats[seat].holders - 1 });
    let plan = &p.setup.seats[seat];
    if plan.head {
        p.organizations[plan.organization].head_left = Some(p.month);
    }
}

fn arrive_from_outside(p: &mut Partnership, seat: usize, profile: usize, watch: &mut dyn Watch) {
    p.seat_newcomer(seat, profile, p.month as i32);
    arrived(p, seat, None, watch);
}

/// Who takes part is not bound by the short memory of an onlooker.
fn join_team(p: &mut Partnership, seat: usize) {
    p.seats[seat].team = true;
    if let Some(person) = &mut p.seats[seat].person {
        person.memory = p.setup.parameters.learning.most_certainty;
    }
}

/// Whoever moves up keeps what they hold, and their tenure.
fn move_up(p: &mut Partnership, from: usize, seat: usize, watch: &mut dyn Watch) {
    let Some(mut person) = p.seats[from].person.take() else { return };
    person.status = p.setup.seats[seat].status;
    person.memory = p.setup.parameters.learning.most_certainty;
    p.seats[from].vacant_since = Some(p.month);
    p.take_seat(seat, person);
    arrived(p, seat, Some(from), watch);
}

fn arrived(p: &mut Partnership, seat: usize, moved_from: Option<usize>, watch: &mut dyn Watch) {
    let plan = &p.setup.seats[seat];
    let leads =
        plan.head || (p.seats[seat].team && matches!(plan.level, Level::Cabinet | Level::Lead));
    if leads {
        p.organizations[plan.organization].led_anew = Some(p.month);
    }
    p.tell(watch, Event::Arrival { seat, holder: p.seats[seat].holders - 1, moved_from });
}
