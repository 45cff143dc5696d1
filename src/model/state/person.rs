//! A person: what somebody in a seat holds about each organization.

use super::organization::Organization;
use crate::ids::{Month, OrganizationId, read_by};
use crate::model::setup::{About, Profile, SeatSetup, Setup, Start, StartFrom};
use crate::model::theory::Trouble;
use crate::roles::Mix;
use crate::samplers::{concentration, dirichlet};
use crate::streams::Draw;
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
    /// Somebody new to a seat, drawn from a profile at the seat's and holder's own address;
    /// `brought` is what people of the profile bring.
    pub(in crate::model) fn arrive(
        setup: &Setup,
        plan: &SeatSetup,
        profile: &Profile,
        since: i32,
        brought: &Brought,
        at: Draw,
    ) -> Person {
        let mix = |about: OrganizationId, which: usize| {
            brought.0[about.0][which].drawn(at.item(2 * about.0 + which))
        };
        let view = |(about, held): (OrganizationId, &About)| View {
            expectation: mix(about, 0),
            conception: mix(about, 1),
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

/// What people of a profile bring, by organization: the expectation and the conception.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::model) struct Brought(Vec<[Around; 2]>);

/// A mix around which people scatter.
#[derive(Clone, Debug, PartialEq)]
struct Around {
    mean: Mix,
    /// How closely they lie around it; none: all hold just that.
    concentration: Option<f64>,
}

impl Brought {
    /// What they bring when the organizations are as these are.
    pub fn of(profile: &Profile, organizations: &[Organization]) -> Brought {
        let around = |(held, organization): (&About, &Organization)| {
            [&held.expectation, &held.conception].map(|start| Around::of(start, organization))
        };
        Brought(profile.about.iter().zip(organizations).map(around).collect())
    }
}

impl Around {
    fn of(start: &Start, organization: &Organization) -> Around {
        let brought = match &start.from {
            StartFrom::Agreed => organization.agreed,
            StartFrom::Identity => organization.identity,
            StartFrom::Enacted => organization.enacted,
            StartFrom::Mix(mix) => *mix,
        };
        let mean = organization.agreed.toward(&brought, start.weight);
        let concentration = (start.scatter > 0.0).then(|| concentration(&mean, start.scatter));
        Around { mean, concentration }
    }

    fn drawn(&self, at: Draw) -> Mix {
        match self.concentration {
            Some(concentration) => dirichlet(&mut at.open(), &self.mean, concentration),
            None => self.mean,
        }
    }
}

read_by!(OrganizationId: View);
