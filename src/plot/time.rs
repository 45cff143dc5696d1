//! Places on an axis of time. Months and meetings are types of their own, so that no picture can
//! put one on the axis of the other: only the calendar of a scenario turns months into meetings.

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
pub struct Month(pub(super) f64);

impl Month {
    /// The month with this number, from 1.
    pub fn number(number: u32) -> Self {
        Self(f64::from(number))
    }
}

impl Place for Month {
    fn place(self) -> f64 {
        self.0
    }
}

/// A place on an axis of meetings.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Meeting(pub(super) f64);

impl Meeting {
    /// The meeting with this number, from 1.
    pub fn number(number: u32) -> Self {
        Self(f64::from(number))
    }

    /// Between the meeting with this number and the next; after 0 is before the first.
    pub fn after(number: u32) -> Self {
        Self(f64::from(number) + 0.5)
    }
}

impl Place for Meeting {
    fn place(self) -> f64 {
        self.0
    }
}
