//! A person: what somebody in a seat holds about each organization.

use super::organization::Organization;
use crate::ids::{Month, OrganizationId, read_by};
use crate::model::setup::{About, Profile, SeatSetup, Setup, Start, StartFrom};
use crate::model::theory::Trouble;
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
    /// Part of their certainty that they keep from one month to the next, in \[0, 1\].
    pub retention: f64,
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
        let mix = |start: &Start, about: OrganizationId, which: usize| {
            let mut stream = at.item(2 * about.0 + which).open();
            scattered(start, &organizations[about], &mut stream)
        };
        let view = |(about, held): (OrganizationId, &About)| View {
            expectation: mix(&held.expectation, about, 0),
            conception: mix(&held.conception, about, 1),
            certainty: held.certainty,
            trust: profile.trust,
        };
        let views: Vec<View> = OrganizationId::each(&profile.about).map(view).collect();
        Person {
            organization: plan.organization,
            since,
            came: None,
            status: profile.status.unwrap_or(plan.status),
            retention: profile.retention.unwrap_or(setup.parameters.learning.retention),
            heard: views[plan.organization].conception,
            views,
        }
    }

    /// Whether an organization is their own.
    pub fn is_insider(&self, organization: OrganizationId) -> bool {
        self.organization == organization
    }

    /// What troubles them about an organization, whose open question is given.
    ///
    /// # Panics
    /// If there is no such organization.
    pub fn trouble(&self, about: OrganizationId, setup: &Setup, open_question: f64) -> Trouble {
        let repertoire = &setup.organizations[about].repertoire;
        let view = &self.views[about];
        let (seems, uncertainty) = match self.is_insider(about) {
            true => (&self.heard, 0.0),
            false => (&view.conception, view.uncertainty(setup.parameters.learning.half_certainty)),
        };
        let mismatch = repertoire.distance(&view.expectation, seems);
        Trouble { mismatch, uncertainty, open_question }
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
