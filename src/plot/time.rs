//! Places on an axis of time. Those of months and of meetings are types of their own, so that no
//! picture can put one on the axis of the other: only the calendar of a scenario turns months into
//! meetings.

use crate::ids::{Meeting, Month};

/// A place on an axis.
pub trait Place: Copy {
    /// Where it lies, in the numbers of its axis.
    fn place(self) -> f64;
}

impl Place for f64 {
    fn place(self) -> f64 {
        self
    }
}

/// A place on an axis of months.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct MonthPlace(pub(super) f64);

impl From<Month> for MonthPlace {
    fn from(month: Month) -> Self {
        Self(month.into())
    }
}

impl Place for MonthPlace {
    fn place(self) -> f64 {
        self.0
    }
}

/// A place on an axis of meetings.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct MeetingPlace(pub(super) f64);

impl From<Meeting> for MeetingPlace {
    fn from(meeting: Meeting) -> Self {
        Self(meeting.into())
    }
}

impl MeetingPlace {
    /// Between a meeting and the next; after meeting 0 is before the first.
    pub fn after(meeting: Meeting) -> Self {
        Self(f64::from(meeting) + 0.5)
    }
}

impl Place for MeetingPlace {
    fn place(self) -> f64 {
        self.0
    }
}
