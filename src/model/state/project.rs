//! Joint work in progress: projects, accepted requests, and the ledger of all work.

use super::prepared::Prepared;
use crate::ids::{Month, OrganizationId, RoleId};
use crate::roles::Mix;
use serde::{Deserialize, Serialize};

/// A project.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Project {
    /// Its number, from 0.
    pub number: u32,
    /// The role each organization plays in it.
    pub mode: Vec<Mix>,
    /// Work in it.
    pub effort: f64,
    /// What is left of setting it up.
    pub to_set_up: f64,
    /// Work done on it.
    pub done: f64,
    /// The month in which it began; fractional for those under way at the start.
    pub began: f64,
    /// Milestones reached.
    pub reached: u32,
    /// Milestones that have fallen due.
    pub due: u32,
}

impl Project {
    /// One of the projects that are under way at the start: evenly spread over their course, and
    /// on schedule.
    pub(in crate::model) fn under_way(number: u32, setup: &Prepared) -> Self {
        let work = &setup.parameters.work;
        let months = work.effort / setup.planned_pace();
        let part = (f64::from(number) + 0.5) / work.projects;
        let milestones = (part * work.milestones) as u32;
        Project {
            number,
            mode: setup.organizations.iter().map(|o| o.agreed).collect(),
            effort: work.effort,
            to_set_up: 0.0,
            done: part * work.effort,
            began: 1.0 - part * months,
            reached: milestones,
            due: milestones,
        }
    }
}

/// Work done, and work kept from being done, in units of a substantive episode at full clarity,
/// trust and capacity. `done + displaced + lost_to_unclear_roles + lost_to_distrust + diverted
/// + set_aside` is all that could have been done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Ledger {
    /// Work done.
    pub done: f64,
    /// Work done, each part weighted by how well its mode fits what is wanted.
    pub prioritized: f64,
    /// Kept from being done by talk about roles.
    pub displaced: f64,
    /// Kept from being done by unclear roles.
    pub lost_to_unclear_roles: f64,
    /// Kept from being done by distrust.
    pub lost_to_distrust: f64,
    /// Staff time that went into requests, funders' own priorities or the tenure track instead.
    pub diverted: f64,
    /// Set aside: time for interventions, for finding money and for setting up what it pays for.
    pub set_aside: f64,
    /// Results used by those they were made for, in units of the work in them.
    pub used: f64,
    /// Money spent on interventions.
    pub spent: f64,
    /// Milestones reached.
    pub milestones: u32,
    /// Sum over them of months after they were due, early ones counting as 0.
    pub months_late: f64,
}

/// An accepted request in progress.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Commitment {
    /// Who acts.
    pub by: OrganizationId,
    /// For whom: the organization whose leader asked.
    pub on_behalf_of: OrganizationId,
    /// In which role.
    pub role: RoleId,
    /// Last month of it.
    pub until: Month,
}
