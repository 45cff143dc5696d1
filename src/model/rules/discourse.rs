//! Identity-referencing discourse: what is said about an organization's role, and what it does
//! to those who hear it.
//!
//! Source: the kinds of talk in Farrell, Harrison & Coburn 2019 (histories, comparisons,
//! metaphors, questions), after Whetten 2006; insiders know best what they are, and outsiders
//! are believed as far as they can know.

use super::meeting::Room;
use crate::model::event::TalkKind;
use crate::model::setup::{InterventionKind, Setup};
use crate::model::state::partnership::Partnership;
use crate::model::state::person::Person;
use crate::model::theory::{Heard, Theory};
use crate::roles::Mix;
use crate::streams::{Draw, Process};

/// Who has the floor for the next contribution.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::model) enum Floor {
    /// Whoever raised the topic.
    Initiator(usize),
    /// Whoever speaks up.
    Anybody,
    /// Somebody of the other side, who was asked.
    Other { organization: usize, about: usize },
}

impl Floor {
    pub fn open(initiator: usize) -> Self {
        Floor::Initiator(initiator)
    }

    pub fn asked(self) -> bool {
        matches!(self, Floor::Other { .. })
    }
}

/// Whether a person is on the other side of a question asked by a member of `organization` about
/// `about`: outsiders ask insiders, insiders ask outsiders.
pub(in crate::model) fn other_side(person: &Person, organization: usize, about: usize) -> bool {
    person.is_insider(about) != (organization == about)
}

/// What a contribution claims, as each hearer takes it.
enum Claim {
    /// The same to everybody.
    Mix(Mix),
    /// "We are not another …": whatever the hearer believes, without this role.
    Without(usize),
    /// Nothing.
    Question,
}

/// One contribution about an organization's role: chosen, said and heard. Returns its kind and
/// who speaks next.
#[allow(clippy::too_many_arguments)] // the situation of speaking: who, where, about what, asked or not
pub(in crate::model) fn contribute<T: Theory>(
    p: &mut Partnership,
    setup: &Setup,
    theory: &T,
    room: &Room,
    seat: usize,
    about: usize,
    asked: bool,
    at: &dyn Fn(Process) -> Draw,
) -> (TalkKind, Floor) {
    let Some(speaker) = p.person(seat) else { return (TalkKind::Question, Floor::Anybody) };
    let parameters = &setup.parameters;
    let insider = speaker.is_insider(about);
    let view = &speaker.views[about];
    let organization = &p.organizations[about];
    let (speaks_from, looks_up) = at(Process::Source).pair();
    let source = *theory.source(
        insider,
        view,
        &organization.identity,
        &organization.enacted,
        speaks_from,
        parameters,
    );
    let (first, second) = at(Process::Claim).pair();
    let archive = match p.under(InterventionKind::Archive) {
        Some(_) => parameters.ties.archive.max(parameters.archive.reach),
        None => parameters.ties.archive,
    };
    let since = if looks_up < archive { setup.calendar.began() } else { speaker.since };
    let history = organization.history(since);
    let kind = match kind_of(setup, asked, at(Process::Kind).uniform()) {
        TalkKind::History if history.is_none() => TalkKind::Assertion,
        kind => kind,
    };
    let (claim, strength) = match kind {
        TalkKind::Assertion => (Claim::Mix(theory.assertion(&source, first)), 1.0),
        TalkKind::History => (Claim::Mix(history.unwrap_or(source)), 1.0),
        TalkKind::Metaphor => (Claim::Mix(source), parameters.discourse.metaphor_strength),
        TalkKind::Comparison if insider => {
            (Claim::Without(most_over_attributed(&speaker.heard, &organization.identity)), 1.0)
        }
        TalkKind::Comparison => {
            (Claim::Mix(Mix::pure(familiar_role(setup, about, &view.conception, second))), 1.0)
        }
        TalkKind::Question => (Claim::Question, 0.0),
    };
    let authority =
        if insider { 1.0 } else { 1.0 - view.uncertainty(parameters.learning.half_certainty) };
    let from = speaker.organization;
    let weight = parameters.learning.talk * room.status[seat] * strength;
    let brokered = p.under(InterventionKind::Broker).map_or(0.0, |_| parameters.broker.credibility);
    for &hearer in room.present.iter().filter(|hearer| **hearer != seat) {
        if let Some(person) = p.seats[hearer].person.as_mut() {
            hear(
                person, setup, theory, about, &claim, from, authority, brokered, weight, strength,
                &source,
            );
        }
    }
    let next = match kind {
        TalkKind::Question => Floor::Other { organization: from, about },
        _ => Floor::Anybody,
    };
    (kind, next)
}

/// The kind of a contribution; who was asked tells of the past or of limits.
fn kind_of(setup: &Setup, asked: bool, uniform: f64) -> TalkKind {
    let d = &setup.parameters.discourse;
    if asked {
        return if uniform < 0.5 { TalkKind::History } else { TalkKind::Comparison };
    }
    let steps = [
        (TalkKind::Question, d.question),
        (TalkKind::History, d.history),
        (TalkKind::Comparison, d.comparison),
        (TalkKind::Metaphor, d.metaphor),
    ];
    let mut below = 0.0;
    for (kind, share) in steps {
        below += share;
        if uniform < below {
            return kind;
        }
    }
    TalkKind::Assertion
}

/// The role that outsiders are heard to over-attribute most. An insider goes by what was said:
/// nobody reads minds.
fn most_over_attributed(heard: &Mix, identity: &Mix) -> usize {
    let excess = |role: usize| heard.share(role) - identity.share(role);
    (0..crate::roles::MAX_ROLES)
        .fold(0, |worst, role| if excess(role) > excess(worst) { role } else { worst })
}

/// A role an outsider compares with: one they see, the sooner the more familiar it is.
fn familiar_role(setup: &Setup, about: usize, conception: &Mix, uniform: f64) -> usize {
    let mut weights = *conception.shares();
    for (weight, role) in weights.iter_mut().zip(setup.organizations[about].repertoire.roles()) {
        *weight *= role.familiarity;
    }
    Mix::in_proportion(weights).unwrap_or(*conception).role_at(uniform)
}

#[allow(clippy::too_many_arguments)] // a claim and all that makes it weigh
fn hear<T: Theory>(
    hearer: &mut Person,
    setup: &Setup,
    theory: &T,
    about: usize,
    claim: &Claim,
    from: usize,
    authority: f64,
    brokered: f64,
    weight: f64,
    strength: f64,
    source: &Mix,
) {
    let parameters = &setup.parameters;
    let repertoire = &setup.organizations[about].repertoire;
    let in_group = hearer.organization == from;
    let trust = match hearer.views[from].trust {
        _ if in_group => parameters.learning.in_group,
        trust => {
            let independent =
                parameters.independence.credibility * setup.organizations[from].independence;
            let closer = brokered + independent * (1.0 - brokered);
            trust + closer * (1.0 - trust)
        }
    };
    let credibility = trust * authority;
    let (claim, familiarity, positive) = match claim {
        Claim::Question => return,
        Claim::Mix(mix) => (*mix, repertoire.familiarity(mix), true),
        Claim::Without(role) => (
            hearer.views[about].conception.without(*role).unwrap_or(*source),
            repertoire.familiarity(&Mix::pure(*role)),
            false,
        ),
    };
    if positive && hearer.is_insider(about) && from != about {
        hearer.heard = hearer.heard.toward(&claim, parameters.discourse.heard * strength);
    }
    let (memory, firmness) = (hearer.memory, hearer.firmness);
    let view = &mut hearer.views[about];
    let heard = Heard {
        claim: &claim,
        distance: repertoire.distance(&claim, &view.conception),
        evidence: weight * credibility * familiarity,
        credibility,
    };
    theory.learn(view, &heard, memory, parameters);
    // "We are not …" says what is, not what should be.
    if positive {
        theory.persuade(view, &heard, firmness, &parameters.learning);
    }
}
