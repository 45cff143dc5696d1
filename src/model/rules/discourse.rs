//! Identity-referencing discourse: what is said about an organization's role, and what it does
//! to those who hear it.
//!
//! Source: the kinds of talk in Farrell, Harrison & Coburn 2019 (histories, comparisons,
//! metaphors, questions), after Whetten 2006; insiders know best what they are, and outsiders
//! are believed as far as they can know.

use super::hearing::Claim;
use super::scene::{Room, Scene};
use crate::ids::{OrganizationId, RoleId, SeatId};
use crate::model::event::TalkKind;
use crate::model::setup::{InterventionKind, Setup};
use crate::model::state::person::Person;
use crate::model::theory::Theory;
use crate::roles::{MAX_ROLES, Mix};
use crate::streams::{Draw, Process};

/// Who has the floor for the next contribution.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::model) enum Floor {
    /// Whoever raised the topic.
    Initiator(SeatId),
    /// Whoever speaks up.
    Anybody,
    /// Somebody of the other side, who was asked.
    Other { organization: OrganizationId, about: OrganizationId },
}

impl Floor {
    pub fn asked(self) -> bool {
        matches!(self, Floor::Other { .. })
    }
}

/// Whether a person is on the other side of a question asked by a member of `organization` about
/// `about`: outsiders ask insiders, insiders ask outsiders.
pub(in crate::model) fn other_side(
    person: &Person,
    organization: OrganizationId,
    about: OrganizationId,
) -> bool {
    person.is_insider(about) != (organization == about)
}

/// A contribution about an organization's role, as it reaches everybody in the room.
struct Said {
    /// The speaker's organization.
    from: OrganizationId,
    /// The organization talked about.
    about: OrganizationId,
    what: What,
    /// The mix the speaker draws from.
    source: Mix,
    /// How far the speaker can know, in \[0, 1\].
    authority: f64,
    /// How far a broker closes the gap of trust between organizations, in \[0, 1\].
    brokered: f64,
    /// Evidence in it if it is fully believed, in observations.
    weight: f64,
    /// How strongly its kind says it.
    strength: f64,
}

/// What a contribution claims, as each hearer takes it.
enum What {
    /// The same to everybody.
    Mix(Mix),
    /// "We are not another …": whatever the hearer believes, without this role.
    Without(RoleId),
    /// Nothing.
    Nothing,
}

/// One contribution about an organization's role: chosen, said and heard. Returns its kind and
/// who speaks next.
pub(in crate::model) fn contribute<T: Theory>(
    scene: &mut Scene<T>,
    room: &Room,
    seat: SeatId,
    about: OrganizationId,
    asked: bool,
    at: &dyn Fn(Process) -> Draw,
) -> (TalkKind, Floor) {
    let Scene { p, setup, theory, .. } = scene;
    let Some(speaker) = p.person(seat) else { return (TalkKind::Question, Floor::Anybody) };
    let parameters = &setup.parameters;
    let insider = speaker.is_insider(about);
    let view = &speaker.views[about];
    let organization = &p.organizations[about];
    let identity = &organization.identity;
    let source = *theory.source(insider, view, identity);
    let archive = match p.under(InterventionKind::Archive) {
        Some(_) => parameters.ties.archive.max(parameters.archive.reach),
        None => parameters.ties.archive,
    };
    let history = || {
        let looks_up = at(Process::Source).chance(archive);
        organization.history(if looks_up { setup.calendar.began() } else { speaker.since })
    };
    let defers = || {
        let roles = setup.organizations[about].repertoire.roles().len();
        let defers = || theory.defers(identity, roles);
        insider && at(Process::Deferral).chance(*room.defers[about.0].get_or_init(defers))
    };
    let assertion = || theory.assertion(&source, at(Process::Claim).uniform());
    let (kind, past) = match kind_of(setup, asked, at(Process::Kind).uniform()) {
        TalkKind::Question => (TalkKind::Question, None),
        _ if defers() => (TalkKind::Deferral, None),
        TalkKind::History => match history() {
            None => (TalkKind::Assertion, None),
            past => (TalkKind::History, past),
        },
        kind => (kind, None),
    };
    let (what, weight) = match kind {
        TalkKind::Assertion => (What::Mix(assertion()), 1.0),
        TalkKind::History => (What::Mix(past.unwrap_or(source)), 1.0),
        TalkKind::Metaphor => (What::Mix(source), parameters.discourse.metaphor_strength),
        TalkKind::Comparison if insider => {
            (What::Without(most_over_attributed(&speaker.heard, identity)), 1.0)
        }
        TalkKind::Comparison => {
            let (_, which) = at(Process::Claim).pair();
            let role = familiar_role(setup, about, &view.conception, which);
            (What::Mix(Mix::pure(role)), 1.0)
        }
        TalkKind::Question | TalkKind::Deferral => (What::Nothing, 0.0),
    };
    let strength = weight * theory.weight_of_talk();
    let unsure = view.uncertainty(parameters.learning.half_certainty);
    let broker = p.under(InterventionKind::Broker);
    let from = speaker.organization;
    let said = Said {
        from,
        about,
        what,
        source,
        authority: if insider { 1.0 } else { 1.0 - unsure },
        brokered: broker.map_or(0.0, |_| parameters.broker.credibility),
        weight: parameters.learning.talk * room.status[seat] * strength,
        strength,
    };
    for &hearer in room.present.iter().filter(|hearer| **hearer != seat) {
        if let Some(person) = &mut p.seats[hearer].person {
            said.reach(person, *theory, setup);
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
fn most_over_attributed(heard: &Mix, identity: &Mix) -> RoleId {
    let excess = |role: RoleId| heard.share(role) - identity.share(role);
    let sooner = |worst, role| if excess(role) > excess(worst) { role } else { worst };
    (0..MAX_ROLES).map(RoleId).fold(RoleId(0), sooner)
}

/// A role an outsider compares with: one they see, the sooner the more familiar it is.
fn familiar_role(setup: &Setup, about: OrganizationId, conception: &Mix, uniform: f64) -> RoleId {
    let mut weights = *conception.shares();
    for (weight, role) in weights.iter_mut().zip(setup.organizations[about].repertoire.roles()) {
        *weight *= role.familiarity;
    }
    Mix::in_proportion(weights).unwrap_or(*conception).role_at(uniform)
}

impl Said {
    /// Somebody hears it, and believes it as far as they trust the speaker's organization.
    fn reach(&self, hearer: &mut Person, theory: &impl Theory, setup: &Setup) {
        let &Said { from, about, authority, brokered, strength, .. } = self;
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
        let (mix, familiarity, positive) = match self.what {
            What::Nothing => return,
            What::Mix(mix) => (mix, repertoire.familiarity(&mix), true),
            What::Without(role) => (
                hearer.views[about].conception.without(role).unwrap_or(self.source),
                repertoire.familiarity(&Mix::pure(role)),
                false,
            ),
        };
        if positive && hearer.is_insider(about) && from != about {
            hearer.heard = hearer.heard.toward(&mix, parameters.discourse.heard * strength);
        }
        let claim = Claim {
            about,
            is: &mix,
            evidence: self.weight * credibility * familiarity,
            credibility,
        };
        hearer.hear(&claim, theory, setup);
    }
}
