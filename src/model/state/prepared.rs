//! A checked setup, with what follows from it for every month.

use super::organization::Organization;
use super::person::Brought;
use super::refused::Unfounded;
use crate::ids::{Month, OrganizationId, ProfileId};
use crate::model::setup::Setup;
use crate::streams::SeatKey;
use serde::{Deserialize, Serialize, Serializer};
use std::ops::Deref;
use std::sync::Arc;

/// A [`Setup`] that was checked, from which any number of partnerships can be founded.
///
/// What it says stays as it is, so that nothing is checked or worked out twice.
///
/// ```
/// use rppsim::model::{Partnership, Prepared, RunId};
/// use rppsim::scenario::World;
/// use std::sync::Arc;
/// let setup = World::open("cypress").unwrap().template().clone();
/// let prepared = Arc::new(Prepared::of(setup.clone()).unwrap());
/// let first = Partnership::found(Arc::clone(&prepared), RunId::new(1, 1));
/// assert_eq!(first, Partnership::new(setup, RunId::new(1, 1)).unwrap());
/// assert_ne!(first, Partnership::found(prepared, RunId::new(1, 2)));
/// ```
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(try_from = "Setup")]
pub struct Prepared {
    setup: Setup,
    fullest_month: f64,
    planned_pace: f64,
    /// By organization: how many of its positions depend on money.
    dependent: Vec<u32>,
    /// By organization: whether others work for it.
    served: Vec<bool>,
    /// By seat: its address among the random streams.
    keys: Vec<SeatKey>,
    /// By profile: what people bring who are there from the start.
    brought: Vec<Brought>,
}

impl Prepared {
    /// Checks a setup.
    ///
    /// # Errors
    /// What [`Setup::check`] finds wrong.
    pub fn of(setup: impl Into<Arc<Setup>>) -> Result<Prepared, Unfounded> {
        let setup = Arc::unwrap_or_clone(setup.into());
        let faults = setup.check();
        if !faults.is_empty() {
            return Err(Unfounded(faults));
        }
        let dependent = |o: OrganizationId| {
            let seats = setup.seats.iter();
            seats.filter(|seat| seat.organization == o && seat.salary > 0.0).count() as u32
        };
        let all = &setup.organizations;
        let organizations: Vec<Organization> = all.iter().map(Organization::new).collect();
        let served = |o: OrganizationId| all.iter().any(|other| other.works_for.contains(&o));
        Ok(Prepared {
            fullest_month: setup.fullest_month(),
            planned_pace: setup.planned_pace(),
            dependent: setup.organization_ids().map(dependent).collect(),
            served: setup.organization_ids().map(served).collect(),
            brought: setup.profiles.iter().map(|p| Brought::of(p, &organizations)).collect(),
            keys: setup.seats.iter().map(|seat| SeatKey::of(&seat.name)).collect(),
            setup,
        })
    }

    /// Lets shocks strike in other months or otherwise, and checks them again. `change` may change
    /// nothing but shocks.
    pub(crate) fn reschedule(&mut self, change: impl FnOnce(&mut Setup)) -> Result<(), Unfounded> {
        change(&mut self.setup);
        let faults = self.setup.check_shocks();
        if faults.is_empty() { Ok(()) } else { Err(Unfounded(faults)) }
    }

    /// For how many months a partnership goes the same way from here as from another setup, by the
    /// same theory and with the same chances: until the first shock or intervention that only one
    /// of them has. None if they differ in more.
    pub(crate) fn alike_for(&self, other: &Prepared) -> Option<u32> {
        let (here, there) = (&self.setup, &other.setup);
        let same = here.parameters == there.parameters
            && here.calendar == there.calendar
            && here.funding == there.funding
            && here.profiles == there.profiles
            && here.organizations == there.organizations
            && here.seats == there.seats;
        if !same {
            return None;
        }
        let shocks = first_difference(&here.shocks, &there.shocks, |shock| shock.month);
        let added = first_difference(&here.interventions, &there.interventions, |it| it.from);
        let month = shocks.into_iter().chain(added).min();
        Some(month.map_or(here.calendar.months, |month| month.0.saturating_sub(1)))
    }

    /// [`Setup::fullest_month`].
    pub fn fullest_month(&self) -> f64 {
        self.fullest_month
    }

    /// [`Setup::planned_pace`].
    pub fn planned_pace(&self) -> f64 {
        self.planned_pace
    }

    /// Whether others work for an organization.
    pub(in crate::model) fn is_served(&self, organization: OrganizationId) -> bool {
        self.served.get(organization.0).is_some_and(|served| *served)
    }

    /// What people of a profile bring who are there from the start.
    pub(in crate::model) fn brought(&self, profile: ProfileId) -> &Brought {
        &self.brought[profile.0]
    }

    /// The addresses of the seats, in their order.
    pub(in crate::model) fn keys(&self) -> impl Iterator<Item = SeatKey> + '_ {
        self.keys.iter().copied()
    }

    /// Whether a position of an organization depends on money.
    pub(in crate::model) fn pays_somebody(&self, organization: OrganizationId) -> bool {
        self.dependent.get(organization.0).is_some_and(|positions| *positions > 0)
    }
}

/// The first month in which one of two lists has something that the other has not, or has it in
/// another order.
fn first_difference<'l, T: PartialEq>(
    here: &'l [T],
    there: &'l [T],
    month: impl Fn(&T) -> Month,
) -> Option<Month> {
    let lacks = |list: &[T], in_which: &[T]| {
        list.iter().filter(|it| !in_which.contains(it)).map(&month).min()
    };
    let first = lacks(here, there).into_iter().chain(lacks(there, here)).min();
    let until = first.unwrap_or(Month(u32::MAX));
    let before = |list: &'l [T]| list.iter().filter(|it| month(it) < until);
    if before(here).eq(before(there)) { first } else { Some(Month(0)) }
}

impl Deref for Prepared {
    type Target = Setup;

    fn deref(&self) -> &Setup {
        &self.setup
    }
}

impl TryFrom<Setup> for Prepared {
    type Error = Unfounded;

    fn try_from(setup: Setup) -> Result<Self, Unfounded> {
        Prepared::of(setup)
    }
}

impl Serialize for Prepared {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.setup.serialize(serializer)
    }
}
