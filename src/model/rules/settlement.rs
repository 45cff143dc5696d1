//! Settlement: how talk about a role ends in a working arrangement, or leaves the question open.
//!
//! Source: Farrell, Harrison & Coburn 2019. Once a newcomer has heard of the past and of limits,
//! somebody proposes what both sides can live with, often "the way we're actually working"; new
//! ways of working come in subsequent projects, and are known beyond the room.

use super::scene::{Room, Scene};
use crate::ids::{InterventionId, Month, OrganizationId, RoleId, SeatId};
use crate::model::event::Event;
use crate::model::setup::{InterventionKind, Setup};
use crate::model::state::organization::Organization;
use crate::model::state::partnership::{Partnership, Seat};
use crate::model::state::person::Person;
use crate::model::theory::{Put, Theory};
use crate::roles::{MAX_ROLES, Mix};
use crate::streams::{Draw, Process};

/// What is put to the room.
struct Proposal {
    /// The organization whose role it is.
    about: OrganizationId,
    /// Who puts it.
    by: SeatId,
    mix: Mix,
    /// How much further than usual people consent.
    latitude: f64,
}

/// A role episode may end in a proposal by its initiator. Returns whether the room settled.
pub(in crate::model) fn attempt<T: Theory>(
    scene: &mut Scene<T>,
    room: &Room,
    by: SeatId,
    about: OrganizationId,
    at: Draw,
) -> bool {
    let rule = &scene.setup.parameters.settlement;
    if !at.chance(rule.demand) {
        return false;
    }
    let Some(mix) = acceptable_to_all(scene, room, about) else { return false };
    put_to_the_room(scene, room, &Proposal { about, by, mix, latitude: 0.0 })
}

/// Whether somebody knows enough of an organization to judge what its role should be.
fn understands(person: &Person, about: OrganizationId, half_certainty: f64) -> bool {
    person.is_insider(about) || person.views[about].certainty >= half_certainty
}

/// A facilitated talk that is due: see [`InterventionKind::Agreement`] and [`InterventionKind::Exploration`].
#[derive(Clone, Copy, Debug)]
pub(in crate::model) struct Facilitated {
    /// The intervention.
    pub intervention: InterventionId,
    /// Episodes it takes, one organization's role after another.
    pub episodes: u32,
    latitude: f64,
    finding: f64,
}

impl Partnership {
    /// The facilitated talk that is due in the meeting now held: the closing proposal of an
    /// exploration, once, in the last of its months that has meetings; an agreement at the launch
    /// and at intervals; one that a funder requires at the launch and when a grant begins. One at
    /// a time: the others wait for the next meeting.
    pub(in crate::model) fn facilitated(&self) -> Option<Facilitated> {
        let parameters = &self.setup.parameters;
        let months_since =
            |i: InterventionId| self.last_occasion[i].map(|last| f64::from(self.month - last));
        let closes = |i: &InterventionId| {
            let until = self.setup.interventions[*i].until;
            let mut later = (self.month.0 + 1..=until.0).map(Month);
            self.last_occasion[*i].is_none()
                && later.all(|month| self.setup.calendar.meetings_in(month) == 0)
        };
        if let Some(intervention) = self.under(InterventionKind::Exploration).filter(closes) {
            return Some(Facilitated {
                intervention,
                episodes: self.organizations.len() as u32,
                latitude: 0.0,
                finding: parameters.exploration.finding,
            });
        }
        let rule = &parameters.agreement;
        let due = |i: &InterventionId| months_since(*i).is_none_or(|months| months >= rule.every);
        let sought = self.under(InterventionKind::Agreement).filter(due);
        let begun = self.last_grant_began();
        let required = |i: &InterventionId| {
            self.last_occasion[*i].is_none_or(|last| begun.is_some_and(|began| began > last))
        };
        let required = || self.under(InterventionKind::ProcessRequirement).filter(required);
        let (intervention, more) = sought
            .map(|intervention| (intervention, rule.latitude))
            .or_else(|| Some((required()?, parameters.process.latitude)))?;
        Some(Facilitated {
            intervention,
            episodes: (rule.episodes as u32 * self.organizations.len() as u32).div_ceil(2),
            latitude: more,
            finding: 0.0,
        })
    }
}

/// In a facilitated talk what all sides can live with is proposed, as far as nothing is found from
/// which both gain. Returns whether the room settled.
pub(in crate::model) fn propose<T: Theory>(
    scene: &mut Scene<T>,
    room: &Room,
    by: SeatId,
    about: OrganizationId,
    talk: &Facilitated,
) -> bool {
    let gain = mutual_gain(scene.p, about);
    let mix = acceptable_to_all(scene, room, about).unwrap_or(gain).toward(&gain, talk.finding);
    put_to_the_room(scene, room, &Proposal { about, by, mix, latitude: talk.latitude })
}

/// What both sides gain from: the roles that the others, on the mean, want of an organization, as
/// far as they are also worth something to itself: near what it is and, by its incentives, open to
/// be published. Both weigh alike (their geometric mean), so that a role that only one side gains
/// from has no place in it. Half-way between the two if they have no role in common, and what it
/// is if the others want nothing in particular. Source: the abstract on mutual benefit, where
/// exploration found a routine that served the district's work and was new to research.
fn mutual_gain(p: &Partnership, about: OrganizationId) -> Mix {
    let identity = p.organizations[about].identity;
    let plan = &p.setup.organizations[about];
    let others = OrganizationId::each(&p.organizations).filter(|(o, _)| *o != about);
    let wanted: Vec<Mix> = others.filter_map(|(_, other)| other.priorities[about]).collect();
    let mut sum = [0.0; MAX_ROLES];
    for mix in &wanted {
        for (sum, share) in sum.iter_mut().zip(mix.shares()) {
            *sum += share;
        }
    }
    let Some(wanted) = Mix::in_proportion(sum) else { return identity };
    let mut shared = [0.0; MAX_ROLES];
    for (k, role) in RoleId::each(plan.repertoire.roles()) {
        let own = (1.0 - plan.incentive) * identity.share(k) + plan.incentive * role.publishable;
        shared[k] = libm::sqrt(wanted.share(k) * own);
    }
    Mix::in_proportion(shared).unwrap_or_else(|| identity.toward(&wanted, 0.5))
}

/// The room consents and settles, or refuses. Returns whether it settled.
fn put_to_the_room<T: Theory>(scene: &mut Scene<T>, room: &Room, proposal: &Proposal) -> bool {
    let &Proposal { about, by: seat, mix, .. } = proposal;
    let Some(consenting) = who_consents(scene, room, proposal) else {
        scene.tell(Event::Refusal { about, seat });
        return false;
    };
    let repertoire = &scene.setup.organizations[about].repertoire;
    let organization = &mut scene.p.organizations[about];
    organization.open_question = 0.0;
    let before = std::mem::replace(&mut organization.agreed, mix);
    // It names how they already work if that is nearer to it than to what was agreed before.
    let practice = &organization.enacted;
    let named_practice =
        repertoire.distance(&mix, practice) < repertoire.distance(&before, practice);
    declare(scene, room, about, &mix);
    commit(scene.p, &consenting, about, &mix);
    let moved = repertoire.distance(&before, &mix);
    scene.tell(Event::Settlement { about, seat, named_practice, moved, agreed: mix });
    true
}

/// A settlement declares what an organization now is. Everybody in the room takes it for that, and
/// so do those elsewhere who hear of it.
fn declare<T: Theory>(scene: &mut Scene<T>, room: &Room, about: OrganizationId, settled: &Mix) {
    let parameters = &scene.setup.parameters;
    let lesson = scene.theory.lesson_of_settlement(&parameters.settlement);
    if lesson <= 0.0 {
        return;
    }
    let hearsay = scene.p.at(Process::Hearsay).item(about.0);
    for seat in scene.setup.seat_ids() {
        let there = room.present.contains(&seat);
        let Seat { key, person: Some(person), .. } = &mut scene.p.seats[seat] else { continue };
        if !there && !hearsay.seat(*key).chance(parameters.work.exposure) {
            continue;
        }
        if person.is_insider(about) {
            person.heard = *settled;
        }
        let view = &mut person.views[about];
        view.conception = *settled;
        view.certainty += lesson;
    }
}

/// Who consents comes to expect what was settled, and trusts those they settled with.
fn commit(p: &mut Partnership, consenting: &[SeatId], about: OrganizationId, settled: &Mix) {
    let gained = p.setup.parameters.settlement.trust;
    let concerned: Vec<OrganizationId> = concerned(&p.setup, about).collect();
    for seat in consenting {
        let Some(person) = &mut p.seats[*seat].person else { continue };
        person.views[about].expectation = *settled;
        let home = person.organization;
        for other in concerned.iter().filter(|other| **other != home) {
            let trust = &mut person.views[*other].trust;
            *trust += gained * (1.0 - *trust);
        }
    }
}

/// What all sides can live with, as the theory has it.
fn acceptable_to_all<T: Theory>(
    scene: &Scene<T>,
    room: &Room,
    about: OrganizationId,
) -> Option<Mix> {
    let p = &*scene.p;
    let mut sides = vec![p.organizations[about].identity];
    for side in concerned(scene.setup, about).filter(|side| *side != about) {
        let mut weights = [0.0; MAX_ROLES];
        for (seat, person) in room.present.iter().filter_map(|seat| Some((*seat, p.person(*seat)?)))
        {
            if person.organization == side {
                let expected = person.views[about].expectation;
                for (weight, share) in weights.iter_mut().zip(expected.shares()) {
                    *weight += room.status[seat] * share;
                }
            }
        }
        sides.push(Mix::in_proportion(weights)?);
    }
    scene.theory.proposal(&sides)
}

/// Concerned with an organization's role are itself, those it works for, and those that work for
/// it.
fn concerned(setup: &Setup, about: OrganizationId) -> impl Iterator<Item = OrganizationId> + '_ {
    let works_for =
        |a: OrganizationId, b: OrganizationId| setup.organizations[a].works_for.contains(&b);
    setup
        .organization_ids()
        .filter(move |o| *o == about || works_for(about, *o) || works_for(*o, about))
}

/// Sums of status are rounded, and a share that meets the quorum exactly is enough: two directors
/// and an assistant superintendent have 3 of 5.
const ROUNDING: f64 = 1e-9;

/// Those who consent, if in each organization concerned the consenting share of status reaches the
/// quorum, and at least two consent where at least two attend; else `None`.
fn who_consents<T: Theory>(
    scene: &Scene<T>,
    room: &Room,
    proposal: &Proposal,
) -> Option<Vec<SeatId>> {
    let Scene { p, setup, theory, .. } = scene;
    let &Proposal { about, mix: ref proposed, latitude, .. } = proposal;
    let rule = &setup.parameters.settlement;
    let half_certainty = setup.parameters.learning.half_certainty;
    let repertoire = &setup.organizations[about].repertoire;
    let Organization { agreed, open_question, .. } = &p.organizations[about];
    let mut all_consenting = Vec::new();
    for side in concerned(setup, about) {
        let (mut consent, mut all, mut consenting, mut attending) = (0.0, 0.0, 0, 0);
        for &seat in &room.present {
            let Some(person) = p.person(seat).filter(|person| person.organization == side) else {
                continue;
            };
            let expected = &person.views[about].expectation;
            let put = Put {
                understood: understands(person, about, half_certainty),
                to_proposal: repertoire.distance(proposed, expected),
                to_agreed: repertoire.distance(agreed, expected),
                open_question: *open_question,
                latitude,
            };
            attending += 1;
            all += room.status[seat];
            if theory.consents(&put, rule) {
                consenting += 1;
                consent += room.status[seat];
                all_consenting.push(seat);
            }
        }
        let quorate = consent >= rule.quorum * all - ROUNDING;
        if attending == 0 || !quorate || consenting < attending.min(2) {
            return None;
        }
    }
    Some(all_consenting)
}

/// What the meeting left unresolved keeps the question open, once a meeting and scaled to the
/// months since the last: s ← k·s + (1−k)·s_max·(unresolved/episodes). Bounded by s_max, so that
/// unresolved talk cannot feed on itself.
pub(in crate::model) fn leave_open<T>(
    scene: &mut Scene<T>,
    unresolved: &[u32],
    episodes: u32,
    elapsed: f64,
) {
    let rule = &scene.setup.parameters.settlement;
    let kept = libm::pow(rule.open_memory, elapsed);
    for (organization, count) in scene.p.organizations.iter_mut().zip(unresolved) {
        let felt = rule.open_most * f64::from(*count) / f64::from(episodes);
        organization.open_question = kept * organization.open_question + (1.0 - kept) * felt;
    }
}
