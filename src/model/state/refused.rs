//! Why a partnership could not be founded, taken up under another setup, or lived.

use crate::ids::Month;
use crate::model::setup::Fault;
use std::fmt;

/// A setup that cannot found a partnership, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unfounded(
    /// The faults; never empty.
    pub Vec<Fault>,
);

impl fmt::Display for Unfounded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the setup cannot found a partnership: {}", listed(&self.0))
    }
}

impl std::error::Error for Unfounded {}

/// Why a partnership could not live through its months.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Unlivable {
    /// It could not be founded.
    Unfounded(Unfounded),
    /// A rule of the theory gave, or left in a view, a number that it must not.
    Theory {
        /// The rule, by the name of its method.
        rule: &'static str,
        /// The number.
        value: f64,
        /// The month.
        month: Month,
    },
    /// The theory, or whoever changed the partnership from outside, left it in a state that it
    /// cannot be in.
    State {
        /// What is wrong with it.
        what: String,
        /// The month.
        month: Month,
    },
}

impl fmt::Display for Unlivable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unlivable::Unfounded(why) => why.fmt(f),
            Unlivable::Theory { rule, value, month } => {
                write!(f, "month {month}: the rule `{rule}` of the theory gave {value}")
            }
            Unlivable::State { what, month } => {
                write!(f, "month {month}: the partnership cannot go on: {what}")
            }
        }
    }
}

impl std::error::Error for Unlivable {}

impl From<Unfounded> for Unlivable {
    fn from(why: Unfounded) -> Self {
        Unlivable::Unfounded(why)
    }
}

/// Why a partnership cannot go on under another setup.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unforkable {
    /// The setup has faults.
    Faults(Vec<Fault>),
    /// Other organizations, or in another order.
    Organizations,
    /// An organization has other roles, or in another order.
    Roles(
        /// Its name.
        String,
    ),
    /// Other seats, or in another order.
    Seats,
    /// The calendar ends before the months that were lived.
    Lived {
        /// Months of the calendar.
        months: u32,
        /// Months lived.
        lived: u32,
    },
    /// Numbers that take effect at the founding alone, by their keys.
    AtTheFounding(Vec<String>),
}

impl fmt::Display for Unforkable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unforkable::Faults(faults) => write!(f, "the setup has faults: {}", listed(faults)),
            Unforkable::Organizations => {
                write!(f, "the organizations are others, or stand in another order")
            }
            Unforkable::Roles(name) => {
                write!(f, "the roles of {name} are others, or stand in another order")
            }
            Unforkable::Seats => write!(f, "the seats are others, or stand in another order"),
            Unforkable::Lived { months, lived } => {
                write!(f, "the calendar ends after {months} months; {lived} were lived already")
            }
            Unforkable::AtTheFounding(keys) => {
                write!(
                    f,
                    "what takes effect at the founding alone cannot change: {}",
                    keys.join(", ")
                )
            }
        }
    }
}

impl std::error::Error for Unforkable {}

fn listed(faults: &[Fault]) -> String {
    faults.iter().map(Fault::to_string).collect::<Vec<_>>().join("; ")
}
