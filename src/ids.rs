//! What a number is the number of: a seat, an organization, a role, a month, a meeting.
//!
//! Each is a type of its own, so that none can stand where another is meant. All are written, told
//! and stored as the bare number.
//!
//! ```
//! use rppsim::ids::{Month, OrganizationId};
//! let (first, later) = (Month(3), Month(3) + 4);
//! assert_eq!((later, later - first), (Month(7), 4));
//! assert_eq!(format!("{} {:?}", OrganizationId(0), Month(7)), "0 7");
//! ```

use serde::{Deserialize, Serialize};
use std::fmt;
use std::ops::{Add, AddAssign, Sub};

macro_rules! numbers {
    ($($(#[$doc:meta])* $Name:ident($Number:ty);)+) => {$(
        $(#[$doc])*
        #[derive(
            Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
        )]
        #[serde(transparent)]
        pub struct $Name(pub $Number);

        impl fmt::Debug for $Name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Debug::fmt(&self.0, f)
            }
        }

        impl fmt::Display for $Name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, f)
            }
        }
    )+};
}

macro_rules! places {
    ($($(#[$doc:meta])* $Name:ident;)+) => {$(
        numbers! {
            $(#[$doc])*
            $Name(usize);
        }

        impl $Name {
            /// Everything in a list, each with its id.
            pub fn each<T>(list: impl IntoIterator<Item = T>) -> impl Iterator<Item = ($Name, T)> {
                list.into_iter().enumerate().map(|(place, it)| ($Name(place), it))
            }
        }
    )+};
}

places! {
    /// A seat, by its place in the setup.
    SeatId;
    /// An organization, by its place in the setup.
    OrganizationId;
    /// A role, by its place in the repertoire of its organization.
    RoleId;
    /// A profile, by its place in the setup.
    ProfileId;
    /// A shock, by its place in the setup.
    ShockId;
    /// An intervention, by its place in the setup.
    InterventionId;
    /// A grant, by its place in the setup.
    GrantId;
}

numbers! {
    /// A month of the simulation, from 1; 0 is the one before.
    Month(u32);
    /// A meeting of a run, by its number from 1; 0 is before the first.
    Meeting(u32);
}

impl From<Month> for f64 {
    fn from(month: Month) -> f64 {
        f64::from(month.0)
    }
}

impl From<Meeting> for f64 {
    fn from(meeting: Meeting) -> f64 {
        f64::from(meeting.0)
    }
}

/// So many months later; the last month there is a number for, if it is beyond that.
impl Add<u32> for Month {
    type Output = Month;

    fn add(self, months: u32) -> Month {
        Month(self.0.saturating_add(months))
    }
}

impl AddAssign<u32> for Month {
    fn add_assign(&mut self, months: u32) {
        *self = *self + months;
    }
}

/// The months from an earlier one to this.
impl Sub for Month {
    type Output = u32;

    fn sub(self, earlier: Month) -> u32 {
        self.0 - earlier.0
    }
}

/// Lets a list of what there is one of for each id be read by the id.
macro_rules! read_by {
    ($Id:ty: $($Item:ty),+) => {$(
        impl std::ops::Index<$Id> for [$Item] {
            type Output = $Item;

            fn index(&self, id: $Id) -> &$Item {
                &self[id.0]
            }
        }

        impl std::ops::IndexMut<$Id> for [$Item] {
            fn index_mut(&mut self, id: $Id) -> &mut $Item {
                &mut self[id.0]
            }
        }

        impl std::ops::Index<$Id> for Vec<$Item> {
            type Output = $Item;

            fn index(&self, id: $Id) -> &$Item {
                &self[id.0]
            }
        }

        impl std::ops::IndexMut<$Id> for Vec<$Item> {
            fn index_mut(&mut self, id: $Id) -> &mut $Item {
                &mut self[id.0]
            }
        }
    )+};
}
pub(crate) use read_by;

read_by!(SeatId: u32, f64);
read_by!(OrganizationId: u32, f64);
read_by!(RoleId: f64);
