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
use crate::parameters::{Agenda, Learning, Parameters, Settlement};
use crate::roles::{MAX_ROLES, Mix};
use crate::samplers::logistic;
use crate::streams::Draw;

/// A claim about an organization as one hearer weighs it.
#[derive(Clone, Copy, Debug)]
pub struct Heard<'a> {
    /// What was claimed.
    pub claim: &'a Mix,
    /// Distance of the claim from the hearer's conception.
    pub distance: f64,
    /// Evidence g = η · status · credibility · familiarity · strength, in observations.
    pub evidence: f64,
    /// Credibility of the speaker to this hearer.
    pub credibility: f64,
}

/// How people decide. Every method has the standard rule as its default.
///
/// A method says what its number may be. If one says another, the month ends with an error that
/// names the method and the number ([`Unlivable`](super::Unlivable)). So it does if one leaves
/// such a number in a view, or puts there a role that the organization does not have (this is
/// looked for once a year and in the last month).
pub trait Theory: Sync {
    /// Probability, in \[0, 1\], that a person of this tension raises roles: logistic((T − θ)/β).
    fn raises_roles(&self, tension: f64, agenda: &Agenda) -> f64 {
        logistic((tension - agenda.threshold) / agenda.softness)
    }

    /// Weight of a person when an initiator or a speaker is chosen, 0 or more: status to the
    /// power ν.
    fn voice(&self, status: f64, agenda: &Agenda) -> f64 {
        if agenda.voice == 1.0 { status } else { libm::pow(status, agenda.voice) }
    }

    /// The mix a speaker draws claims from: an insider speaks from the identity or from what is
    /// done, an outsider from what they expect or from what they take it to be. `uniform`
    /// decides which.
    fn source<'a>(
        &self,
        insider: bool,
        view: &'a View,
        identity: &'a Mix,
        enacted: &'a Mix,
        uniform: f64,
        parameters: &Parameters,
    ) -> &'a Mix {
        let discourse = &parameters.discourse;
        match insider {
            true if uniform < discourse.insider_identity => identity,
            true => enacted,
            false if uniform < discourse.outsider_expectation => &view.expectation,
            false => &view.conception,
        }
    }

    /// What an assertion claims: one role of the speaker's source.
    fn assertion(&self, source: &Mix, uniform: f64) -> Mix {
        Mix::pure(source.role_at(uniform))
    }

    /// What a claim, an act or a settlement does to a conception:
    /// c ← c + g/(n+g)·(claim − c); n ← min(cap, n + g·(1 − χ·d(claim, c))).
    ///
    /// Contradicting claims do not make one certain. Certainty stays at 0 or more, trust in \[0, 1\].
    fn learn(&self, view: &mut View, heard: &Heard<'_>, memory: f64, parameters: &Parameters) {
        weigh_evidence(view, heard, memory, parameters.learning.doubt);
    }

    /// What a claim does to an expectation: only the roles that are acceptable already
    /// (x_k ≥ ℓ) can win, x ← x + μ·credibility·(1−firmness)·a·(claim within them − x), where a
    /// is their part of the claim.
    fn persuade(&self, view: &mut View, heard: &Heard<'_>, firmness: f64, learning: &Learning) {
        let mut acceptable = [0.0; MAX_ROLES];
        let mut part = 0.0;
        for (role, share) in RoleId::each(heard.claim.shares()) {
            if view.expectation.share(role) >= learning.latitude {
                acceptable[role] = *share;
                part += share;
            }
        }
        if let Some(target) = Mix::in_proportion(acceptable) {
            let step = learning.persuasion * heard.credibility * (1.0 - firmness) * part;
            view.expectation = view.expectation.toward(&target, step.min(1.0));
        }
    }

    /// Whether a person consents to a demand: it is nearer to what they expect than the
    /// arrangement is, or within their latitude.
    fn consents(&self, to_demand: f64, to_agreed: f64, settlement: &Settlement) -> bool {
        to_demand < to_agreed || to_demand <= settlement.latitude
    }

    /// Evidence in a settlement for everyone present, 0 or more, in observations (n_s).
    fn lesson_of_settlement(&self, settlement: &Settlement) -> f64 {
        settlement.evidence
    }

    /// Whether an act in a role is a breach to somebody who expects this.
    fn is_breach(&self, expectation: &Mix, role: RoleId, learning: &Learning) -> bool {
        expectation.share(role) < learning.latitude
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

/// The standard rule of learning, with the doubt χ given.
pub(super) fn weigh_evidence(view: &mut View, heard: &Heard<'_>, memory: f64, doubt: f64) {
    if heard.evidence <= 0.0 {
        return;
    }
    let weight = heard.evidence / (view.certainty + heard.evidence);
    view.conception = view.conception.toward(heard.claim, weight);
    let gained = heard.evidence * (1.0 - doubt * heard.distance.min(1.0));
    view.certainty = memory.min(view.certainty + gained);
}

/// The theory as it is.
#[derive(Clone, Copy, Debug, Default)]
pub struct Standard;

impl Theory for Standard {}
