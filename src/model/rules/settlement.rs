//! Settlement: how talk about a role ends in a working arrangement, or leaves the question open.
//!
//! Source: in Farrell, Harrison & Coburn 2019 the room settles by naming how they already work,
//! and new ways of working come in subsequent projects.

use super::hearing::Claim;
use super::scene::{Room, Scene};
use crate::ids::{InterventionId, Month, OrganizationId, RoleId, SeatId};
use crate::model::event::Event;
use crate::model::setup::InterventionKind;
use crate::model::state::partnership::Partnership;
use crate::model::theory::Theory;
use crate::parameters::Settlement;
use crate::roles::{MAX_ROLES, Mix};
use crate::streams::Draw;

/// What is put to the room.
struct Proposal {
    /// The organization whose role it is.
    about: OrganizationId,
    /// Whose demand it is.
    by: SeatId,
    demand: Mix,
    /// It names what is already done.
    named_practice: bool,
    /// Distance up to which people consent anyway.
    latitude: f64,
}

/// A role episode may end in a demand by its initiator. Returns whether the room settled.
pub(in crate::model) fn attempt<T: Theory>(
    scene: &mut Scene<T>,
    room: &Room,
    by: SeatId,
    about: OrganizationId,
    at: Draw,
) -> bool {
    let rule = &scene.setup.parameters.settlement;
    let (made, of_practice) = at.pair();
    if made >= rule.demand {
        return false;
    }
    let named_practice = of_practice < rule.naming;
    let demand = demand(scene.p, room, by, about, named_practice, rule.pull);
    let latitude = rule.latitude;
    put_to_the_room(scene, room, &Proposal { about, by, demand, named_practice, latitude })
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
        let latitude = parameters.settlement.latitude;
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
                latitude,
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
            latitude: latitude + more,
            finding: 0.0,
        })
    }
}

/// In a facilitated talk the room's own expectation is proposed, as far as nothing is found from
/// which both sides gain. Returns whether the room settled.
pub(in crate::model) fn propose<T: Theory>(
    scene: &mut Scene<T>,
    room: &Room,
    by: SeatId,
    about: OrganizationId,
    talk: &Facilitated,
) -> bool {
    let of_the_room = demand(scene.p, room, by, about, false, 0.0);
    let demand = of_the_room.toward(&mutual_gain(scene.p, about), talk.finding);
    let latitude = talk.latitude;
    put_to_the_room(scene, room, &Proposal { about, by, demand, named_practice: false, latitude })
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
    let &Proposal { about, by: seat, demand, named_practice, .. } = proposal;
    let rule = &scene.setup.parameters.settlement;
    let repertoire = &scene.setup.organizations[about].repertoire;
    let agreed = scene.p.organizations[about].agreed;
    if repertoire.distance(&demand, &agreed) < rule.least_change {
        return false;
    }
    if !quorum_consents(scene, room, proposal) {
        scene.tell(Event::Refusal { about, seat });
        return false;
    }
    let settled = agreed.toward(&demand, rule.step);
    scene.p.organizations[about].agreed = settled;
    scene.p.organizations[about].open_question = 0.0;
    for &seat in &room.present {
        let Some(person) = &mut scene.p.seats[seat].person else { continue };
        let lesson = Claim {
            about,
            is: &settled,
            should_be: None,
            evidence: scene.theory.lesson_of_settlement(rule),
            credibility: 1.0,
        };
        person.hear(&lesson, scene.theory, scene.setup);
    }
    let moved = repertoire.distance(&agreed, &settled);
    scene.tell(Event::Settlement { about, seat, named_practice, moved, agreed: settled });
    true
}

/// The room's expectation, weighted by status, pulled toward that of who makes the demand or toward what
/// is done already.
fn demand(
    p: &Partnership,
    room: &Room,
    by: SeatId,
    about: OrganizationId,
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
    let own = p.person(by).map_or(practice, |person| person.views[about].expectation);
    let target = if named_practice { practice } else { own };
    Mix::in_proportion(weights).unwrap_or(target).toward(&target, pull)
}

/// In each organization concerned, the consenting share of status reaches the quorum, and at
/// least two consent where at least two attend. Concerned are the organization whose role it is,
/// those it works for, and those that work for it.
fn quorum_consents<T: Theory>(scene: &Scene<T>, room: &Room, proposal: &Proposal) -> bool {
    let Scene { p, setup, theory, .. } = scene;
    let &Proposal { about, ref demand, latitude, .. } = proposal;
    let rule = &Settlement { latitude, ..setup.parameters.settlement.clone() };
    let repertoire = &setup.organizations[about].repertoire;
    let agreed = &p.organizations[about].agreed;
    let works_for = |a: OrganizationId, b| setup.organizations[a].works_for.contains(&b);
    let concerned =
        |o: &OrganizationId| *o == about || works_for(about, *o) || works_for(*o, about);
    setup.organization_ids().filter(concerned).all(|o| {
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
