//! Settlement: how talk about a role ends in a working arrangement, or leaves the question open.
//!
//! Source: in Farrell, Harrison & Coburn 2019 the room settles by naming how they already work,
//! and new ways of working come in subsequent projects.

use super::meeting::Room;
use crate::model::event::{Event, Watch};
use crate::model::setup::{InterventionKind, Setup};
use crate::model::state::partnership::Partnership;
use crate::model::theory::{Heard, Theory};
use crate::parameters::Settlement;
use crate::roles::{MAX_ROLES, Mix};
use crate::streams::Draw;

/// A role episode may end in a demand by its initiator. Returns whether the room settled.
#[allow(clippy::too_many_arguments)] // who, in which room, about whom, at which address
pub(in crate::model) fn attempted<T: Theory>(
    p: &mut Partnership,
    setup: &Setup,
    theory: &T,
    room: &Room,
    initiator: usize,
    about: usize,
    at: Draw,
    watch: &mut dyn Watch,
) -> bool {
    let rule = &setup.parameters.settlement;
    let (made, of_practice) = at.pair();
    if made >= rule.demand {
        return false;
    }
    let named_practice = of_practice < rule.naming;
    let demand = demand(p, room, initiator, about, named_practice, rule.pull);
    let proposal = Proposal { demand, named_practice, latitude: rule.latitude };
    put_to_the_room(p, setup, theory, room, initiator, about, &proposal, watch)
}

/// What is put to the room.
struct Proposal {
    demand: Mix,
    named_practice: bool,
    /// Distance up to which people consent anyway.
    latitude: f64,
}

/// A facilitated talk that is due: see [`InterventionKind::Agreement`] and [`InterventionKind::Exploration`].
#[derive(Clone, Copy, Debug)]
pub(in crate::model) struct Facilitated {
    /// The intervention.
    pub intervention: usize,
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
        let latitude = parameters.settlement.latitude;
        let months_since =
            |i: usize| self.last_occasion[i].map(|last| f64::from(self.month - last));
        let closes = |i: &usize| {
            let until = self.setup.interventions[*i].until;
            let mut later = self.month + 1..=until;
            self.last_occasion[*i].is_none()
                && later.all(|month| self.setup.calendar.meetings_in(month) == 0)
        };
        if let Some(intervention) = self.under(InterventionKind::Exploration).filter(closes) {
            return Some(Facilitated {
                intervention,
                episodes: self.organizations.len() as u32,
                latitude,
                finding: parameters.exploration.finding,
            });
        }
        let rule = &parameters.agreement;
        let due = |i: &usize| months_since(*i).is_none_or(|months| months >= rule.every);
        let sought = self.under(InterventionKind::Agreement).filter(due);
        let begun = self.last_grant_began();
        let required = |i: &usize| {
            self.last_occasion[*i].is_none_or(|last| begun.is_some_and(|began| began > last))
        };
        let required = || self.under(InterventionKind::ProcessRequirement).filter(required);
        let (intervention, more) = sought
            .map(|intervention| (intervention, rule.latitude))
            .or_else(|| Some((required()?, parameters.process.latitude)))?;
        Some(Facilitated {
            intervention,
            episodes: (rule.episodes as u32 * self.organizations.len() as u32).div_ceil(2),
            latitude: latitude + more,
            finding: 0.0,
        })
    }
}

/// In a facilitated talk the room's own expectation is proposed, as far as nothing is found from
/// which both sides gain. Returns whether the room settled.
#[allow(clippy::too_many_arguments)] // who, in which room, about whom
pub(in crate::model) fn proposed<T: Theory>(
    p: &mut Partnership,
    setup: &Setup,
    theory: &T,
    room: &Room,
    initiator: usize,
    about: usize,
    talk: &Facilitated,
    watch: &mut dyn Watch,
) -> bool {
    let of_the_room = demand(p, room, initiator, about, false, 0.0);
    let demand = of_the_room.toward(&mutual_gain(p, about), talk.finding);
    let proposal = Proposal { demand, named_practice: false, latitude: talk.latitude };
    put_to_the_room(p, setup, theory, room, initiator, about, &proposal, watch)
}

/// What both sides gain from: the roles that the others, on the mean, want of an organization, as
/// far as they are also worth something to itself: near what it is and, by its incentives, open to
/// be published. Both weigh alike (their geometric mean), so that a role that only one side gains
/// from has no place in it. Half-way between the two if they have no role in common, and what it
/// is if the others want nothing in particular. Source: the abstract on mutual benefit, where
/// exploration found a routine that served the district's work and was new to research.
fn mutual_gain(p: &Partnership, about: usize) -> Mix {
    let identity = p.organizations[about].identity;
    let plan = &p.setup.organizations[about];
    let others = p.organizations.iter().enumerate().filter(|(o, _)| *o != about);
    let wanted: Vec<Mix> = others.filter_map(|(_, other)| other.priorities[about]).collect();
    let mut sum = [0.0; MAX_ROLES];
    for mix in &wanted {
        for (sum, share) in sum.iter_mut().zip(mix.shares()) {
            *sum += share;
        }
    }
    let Some(wanted) = Mix::in_proportion(sum) else { return identity };
    let mut shared = [0.0; MAX_ROLES];
    for (k, (shared, role)) in shared.iter_mut().zip(plan.repertoire.roles()).enumerate() {
        let own = (1.0 - plan.incentive) * identity.share(k) + plan.incentive * role.publishable;
        *shared = libm::sqrt(wanted.share(k) * own);
    }
    Mix::in_proportion(shared).unwrap_or_else(|| identity.toward(&wanted, 0.5))
}

/// The room consents and settles, or refuses.
#[allow(clippy::too_many_arguments)] // who, in which room, about whom
fn put_to_the_room<T: Theory>(
    p: &mut Partnership,
    setup: &Setup,
    theory: &T,
    room: &Room,
    initiator: usize,
    about: usize,
    proposal: &Proposal,
    watch: &mut dyn Watch,
) -> bool {
    let rule = &setup.parameters.settlement;
    let &Proposal { demand, named_practice, latitude } = proposal;
    let repertoire = &setup.organizations[about].repertoire;
    let agreed = p.organizations[about].agreed;
    if repertoire.distance(&demand, &agreed) < rule.least_change {
        return false;
    }
    if !quorum_consents(p, setup, theory, room, about, &demand, &agreed, latitude) {
        p.tell(watch, Event::Refusal { about, seat: initiator });
        return false;
    }
    let settled = agreed.toward(&demand, rule.step);
    p.organizations[about].agreed = settled;
    p.organizations[about].open_question = 0.0;
    for &seat in &room.present {
        let Some(person) = p.seats[seat].person.as_mut() else { continue };
        let memory = person.memory;
        let view = &mut person.views[about];
        let heard = Heard {
            claim: &settled,
            distance: repertoire.distance(&settled, &view.conception),
            evidence: theory.lesson_of_settlement(rule),
            credibility: 1.0,
        };
        theory.learn(view, &heard, memory, &setup.parameters);
    }
    let moved = repertoire.distance(&agreed, &settled);
    p.tell(
        watch,
        Event::Settlement { about, seat: initiator, named_practice, moved, agreed: settled },
    );
    true
}

/// The room's expectation, weighted by status, pulled toward the initiator's own or toward what
/// is done already.
fn demand(
    p: &Partnership,
    room: &Room,
    initiator: usize,
    about: usize,
    named_practice: bool,
    pull: f64,
) -> Mix {
    let mut weights = [0.0; MAX_ROLES];
    for &seat in &room.present {
        let Some(person) = p.person(seat) else { continue };
        for (weight, share) in weights.iter_mut().zip(person.views[about].expectation.shares()) {
            *weight += room.status[seat] * share;
        }
    }
    let practice = p.organizations[about].enacted;
    let own = p.person(initiator).map_or(practice, |person| person.views[about].expectation);
    let target = if named_practice { practice } else { own };
    Mix::in_proportion(weights).unwrap_or(target).toward(&target, pull)
}

/// In each organization concerned, the consenting share of status reaches the quorum, and at
/// least two consent where at least two attend. Concerned are the organization whose role it is,
/// those it works for, and those that work for it.
#[allow(clippy::too_many_arguments)] // who, in which room, about whom and what
fn quorum_consents<T: Theory>(
    p: &Partnership,
    setup: &Setup,
    theory: &T,
    room: &Room,
    about: usize,
    demand: &Mix,
    agreed: &Mix,
    latitude: f64,
) -> bool {
    let rule = &Settlement { latitude, ..setup.parameters.settlement.clone() };
    let repertoire = &setup.organizations[about].repertoire;
    let works_for = |a: usize, b: usize| setup.organizations[a].works_for.contains(&b);
    let concerned = |o: &usize| *o == about || works_for(about, *o) || works_for(*o, about);
    (0..p.organizations.len()).filter(concerned).all(|o| {
        let (mut consent, mut all, mut consenting, mut attending) = (0.0, 0.0, 0, 0);
        for &seat in &room.present {
            let Some(person) = p.person(seat).filter(|person| person.organization == o) else {
                continue;
            };
            let expected = &person.views[about].expectation;
            let to_demand = repertoire.distance(demand, expected);
            let to_agreed = repertoire.distance(agreed, expected);
            attending += 1;
            all += room.status[seat];
            if theory.consents(to_demand, to_agreed, rule) {
                consenting += 1;
                consent += room.status[seat];
            }
        }
        attending > 0 && consent >= rule.quorum * all && consenting >= attending.min(2)
    })
}

/// What the meeting left unresolved keeps the question open, once a meeting and scaled to the
/// months since the last: s ← k·s + (1−k)·s_max·(unresolved/episodes). Bounded by s_max, so that
/// unresolved talk cannot feed on itself.
pub(in crate::model) fn leave_open(
    p: &mut Partnership,
    setup: &Setup,
    unresolved: &[u32],
    episodes: u32,
    elapsed: f64,
) {
    let rule = &setup.parameters.settlement;
    let kept = libm::pow(rule.open_memory, elapsed);
    for (organization, count) in p.organizations.iter_mut().zip(unresolved) {
        let felt = rule.open_most * f64::from(*count) / f64::from(episodes);
        organization.open_question = kept * organization.open_question + (1.0 - kept) * felt;
    }
}
