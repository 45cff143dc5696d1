//! The rules a scholar may replace.
//!
//! [`Theory`] holds the decisions of the model as default methods; [`Standard`] is the theory as
//! it is. A rival is a type that overrides some of them and hands the rest through; everything
//! that runs partnerships is generic over the trait, so a rule costs no lookup.
//!
//! ```
//! use rppsim::model::Theory;
//! use rppsim::parameters::Agenda;
//!
//! /// Nobody raises roles until they can bear it no longer.
//! struct Patience;
//! impl Theory for Patience {
//!     fn raises_roles(&self, tension: f64, agenda: &Agenda) -> f64 {
//!         if tension > agenda.threshold { 1.0 } else { 0.0 }
//!     }
//! }
//! ```

use crate::ids::RoleId;
use crate::model::state::partnership::Partnership;
use crate::model::state::person::View;
use crate::parameters::{Agenda, Settlement, Trust};
use crate::roles::{MAX_ROLES, Mix};
use crate::samplers::logistic;
use crate::streams::Draw;

/// What troubles a person about an organization.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trouble {
    /// For outsiders, the distance of what they take it to be from what they expect of it; for
    /// insiders, the distance of what they hear it taken for from what they expect of it.
    pub mismatch: f64,
    /// Uncertainty u(n) of outsiders, in (0, 1\]; 0 for insiders, who know what they are.
    pub uncertainty: f64,
    /// The question left open about it, as tension.
    pub open_question: f64,
}

/// A claim about an organization as one hearer weighs it.
#[derive(Clone, Copy, Debug)]
pub struct Heard<'a> {
    /// What was claimed.
    pub claim: &'a Mix,
    /// Distance of the claim from the hearer's conception, in \[0, 1\].
    pub distance: f64,
    /// Evidence g = η · status · credibility · familiarity · strength, in observations.
    pub evidence: f64,
    /// Credibility of the speaker to this hearer.
    pub credibility: f64,
}

/// A proposal as it reaches one person.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Put {
    /// Whether they know enough of the organization to judge: insiders do, outsiders once they are
    /// as certain as n₀.
    pub understood: bool,
    /// Distance of the proposal from what they expect.
    pub to_proposal: f64,
    /// Distance of the arrangement in force from what they expect.
    pub to_agreed: f64,
    /// The question left open about the organization, as tension.
    pub open_question: f64,
    /// How much farther than usual people consent, in a facilitated talk.
    pub latitude: f64,
}

/// How people decide. Every method has the standard rule as its default.
///
/// A method says what its number may be. If one says another, the month ends with an error that
/// names the method and the number ([`Unlivable`](super::Unlivable)). So it does if one leaves
/// such a number in a view, or puts there a role that the organization does not have (this is
/// looked for once a year and in the last month).
pub trait Theory: Sync {
    /// Tension of a person about an organization, 0 or more: mismatch + κ · uncertainty + the
    /// open question. Source: the two halves of "what the hell is this, and who the hell are
    /// you?" (Farrell, Harrison & Coburn 2019).
    fn tension(&self, trouble: &Trouble, agenda: &Agenda) -> f64 {
        trouble.mismatch + agenda.newness * trouble.uncertainty + trouble.open_question
    }

    /// Probability, in \[0, 1\], that a person of this tension raises roles: logistic((T − θ)/β).
    fn raises_roles(&self, tension: f64, agenda: &Agenda) -> f64 {
        logistic((tension - agenda.threshold) / agenda.softness)
    }

    /// Weight of a person when an initiator or a speaker is chosen, 0 or more: status to the
    /// power ν.
    fn voice(&self, status: f64, agenda: &Agenda) -> f64 {
        if agenda.voice == 1.0 { status } else { libm::pow(status, agenda.voice) }
    }

    /// The mix a speaker draws claims from: an insider speaks from what members hold central about
    /// their organization, an outsider from what they take it to be.
    fn source<'a>(&self, insider: bool, view: &'a View, identity: &'a Mix) -> &'a Mix {
        if insider { identity } else { &view.conception }
    }

    /// What an assertion claims: one role of the speaker's source.
    fn assertion(&self, source: &Mix, uniform: f64) -> Mix {
        Mix::pure(source.role_at(uniform))
    }

    /// Probability, in \[0, 1\], that an insider's turn has no content, because the organization
    /// will not say in one word what it is: (e^H − 1)/(K − 1) for an identity of entropy H in a
    /// repertoire of K roles. 0 if it is one thing, 1 if it is everything alike. Source: "What do
    /// you want it to be?" (Farrell, Harrison & Coburn 2019).
    fn defers(&self, identity: &Mix, roles: usize) -> f64 {
        let others = roles.saturating_sub(1).max(1) as f64;
        ((identity.ambiguity() - 1.0) / others).clamp(0.0, 1.0)
    }

    /// How much of what is said in a meeting reaches those who hear it, in \[0, 1\].
    fn weight_of_talk(&self) -> f64 {
        1.0
    }

    /// What a claim or an act does to a conception:
    /// c ← c + g/(n+g)·(claim − c); n ← n + g·(1 − d(claim, c)).
    ///
    /// Only what confirms makes certain. Certainty stays at 0 or more, trust in \[0, 1\].
    fn learn(&self, view: &mut View, heard: &Heard<'_>) {
        weigh_evidence(view, heard, 1.0 - heard.distance);
    }

    /// What is put to the room: what all sides can live with. The sides are the identity of the
    /// organization whose role it is and, for each other organization concerned, what those of it
    /// who are present expect, weighted by status. The proposal is their geometric mean, so that a
    /// role that one side rules out has no place in it; `None` if that leaves nothing.
    fn proposal(&self, sides: &[Mix]) -> Option<Mix> {
        let mut product = [1.0; MAX_ROLES];
        for side in sides {
            for (product, share) in product.iter_mut().zip(side.shares()) {
                *product *= share;
            }
        }
        let root = 1.0 / sides.len().max(1) as f64;
        Mix::in_proportion(product.map(|product| libm::pow(product, root)))
    }

    /// Whether a person consents to a proposal: they know enough, and it is nearer to what they
    /// expect than the arrangement is. As the open question presses, people give way by λ·s.
    fn consents(&self, put: &Put, settlement: &Settlement) -> bool {
        let ripe = settlement.ripeness * put.open_question;
        put.understood && put.to_proposal < put.to_agreed + ripe + put.latitude
    }

    /// Certainty that a settlement adds to everyone who hears of it, 0 or more, in observations
    /// (n_s). At 0 the settlement tells nobody what the organization now is.
    fn lesson_of_settlement(&self, settlement: &Settlement) -> f64 {
        settlement.evidence
    }

    /// Whether an act in a role is a breach to somebody who expects this.
    fn is_breach(&self, expectation: &Mix, role: RoleId, trust: &Trust) -> bool {
        expectation.share(role) < trust.latitude
    }

    /// The part of an episode that talk about roles takes from the agenda, in \[0, 1\].
    fn time_taken_by_talk(&self) -> f64 {
        1.0
    }

    /// What else happens at the end of a month; nothing, in the standard theory. People and
    /// organizations can be changed ([`Partnership::person_mut`],
    /// [`Partnership::organizations_mut`]), but not made others.
    fn close_month(&self, _partnership: &mut Partnership, _at: Draw) {}
}

/// Learning, where this part of the evidence makes certain.
pub(super) fn weigh_evidence(view: &mut View, heard: &Heard<'_>, confirms: f64) {
    if heard.evidence <= 0.0 {
        return;
    }
    let weight = heard.evidence / (view.certainty + heard.evidence);
    view.conception = view.conception.toward(heard.claim, weight);
    view.certainty += heard.evidence * confirms.max(0.0);
}

/// The theory as it is.
#[derive(Clone, Copy, Debug, Default)]
pub struct Standard;

impl Theory for Standard {}
