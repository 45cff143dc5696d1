//! A person: what somebody in a seat holds about each organization.

use super::organization::Organization;
use crate::ids::{Month, OrganizationId, read_by};
use crate::model::setup::{About, Profile, SeatSetup, Setup, Start, StartFrom};
use crate::parameters::Parameters;
use crate::roles::Mix;
use crate::samplers::{concentration, dirichlet};
use crate::streams::{Draw, Stream};
use serde::{Deserialize, Serialize};

/// What one person holds about one organization, their own included.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct View {
    /// The role they hold appropriate for it (normative).
    pub expectation: Mix,
    /// What they take it to be (descriptive).
    pub conception: Mix,
    /// How sure they are of that, as a number of observations.
    pub certainty: f64,
    /// Trust in it, in \[0, 1\]; not read for one's own.
    pub trust: f64,
}

impl View {
    /// Uncertainty u(n) = n₀/(n₀+n), in (0, 1\]: 1 for somebody who knows nothing.
    pub fn uncertainty(&self, half_certainty: f64) -> f64 {
        half_certainty / (half_certainty + self.certainty)
    }
}

/// Somebody in a seat.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Person {
    /// Their organization.
    pub organization: OrganizationId,
    /// The month in which they took the seat; 0 or less for those there from the start.
    pub since: i32,
    /// The month in which they came from outside; none: there from the start.
    pub came: Option<Month>,
    /// Status before it is scaled by that of those present.
    pub status: f64,
    /// Resistance of expectations to persuasion, in \[0, 1\].
    pub firmness: f64,
    /// Most certainty they can hold.
    pub memory: f64,
    /// What they hold about each organization.
    pub views: Vec<View>,
    /// What they have heard outsiders take their own organization for.
    pub heard: Mix,
}

impl Person {
    /// Somebody new to a seat, drawn from a profile at the seat's and holder's own address.
    pub(in crate::model) fn arrive(
        setup: &Setup,
        plan: &SeatSetup,
        profile: &Profile,
        since: i32,
        organizations: &[Organization],
        at: Draw,
    ) -> Person {
        let most_certainty = setup.parameters.learning.most_certainty;
        let memory = profile.memory.unwrap_or(most_certainty).min(most_certainty);
        let mix = |start: &Start, about: OrganizationId, which: usize| {
            let mut stream = at.item(2 * about.0 + which).open();
            scattered(start, &organizations[about], &mut stream)
        };
        let view = |(about, held): (OrganizationId, &About)| View {
            expectation: mix(&held.expectation, about, 0),
            conception: mix(&held.conception, about, 1),
            certainty: held.certainty.min(memory),
            trust: profile.trust,
        };
        let views: Vec<View> = OrganizationId::each(&profile.about).map(view).collect();
        Person {
            organization: plan.organization,
            since,
            came: None,
            status: profile.status.unwrap_or(plan.status),
            firmness: profile.firmness,
            memory,
            heard: views[plan.organization].conception,
            views,
        }
    }

    /// Whether an organization is their own.
    pub fn is_insider(&self, organization: OrganizationId) -> bool {
        self.organization == organization
    }

    /// Tension about an organization: for outsiders, what it seems to be against what it should
    /// be, and not knowing what it is; for insiders, being taken for something they should not
    /// be. Plus the question left open.
    ///
    /// Outsider: T = d(x, c) + κ·u(n) + s. Insider: T = d(x, h) + s. Source: the two halves of
    /// "what the hell is this, and who the hell are you?" (Farrell, Harrison & Coburn 2019).
    ///
    /// # Panics
    /// If there is no such organization.
    pub fn tension(&self, about: OrganizationId, setup: &Setup, open_question: f64) -> f64 {
        let Parameters { agenda, learning, .. } = &setup.parameters;
        let repertoire = &setup.organizations[about].repertoire;
        let view = &self.views[about];
        let felt = if self.is_insider(about) {
            repertoire.distance(&view.expectation, &self.heard)
        } else {
            repertoire.distance(&view.expectation, &view.conception)
                + agenda.newness * view.uncertainty(learning.half_certainty)
        };
        felt + open_question
    }

    /// Mean trust in the other organizations.
    pub fn mean_trust(&self) -> f64 {
        let others = OrganizationId::each(&self.views).filter(|(o, _)| !self.is_insider(*o));
        others.map(|(_, view)| view.trust).sum::<f64>() / (self.views.len().max(2) - 1) as f64
    }
}

fn scattered(start: &Start, organization: &Organization, stream: &mut Stream) -> Mix {
    let brought = match &start.from {
        StartFrom::Agreed => organization.agreed,
        StartFrom::Identity => organization.identity,
        StartFrom::Enacted => organization.enacted,
        StartFrom::Mix(mix) => *mix,
    };
    let mean = organization.agreed.toward(&brought, start.weight);
    if start.scatter > 0.0 {
        dirichlet(stream, &mean, concentration(&mean, start.scatter))
    } else {
        mean
    }
}

read_by!(OrganizationId: View);
