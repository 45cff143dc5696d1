//! Why a design cannot be made.

use super::MOST_POINTS;
use std::fmt;

/// Why there is no such design.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DesignError {
    /// There is nothing to vary.
    NoFactors,
    /// There would be no points: a count is zero.
    NoPoints,
    /// More points than [`MOST_POINTS`].
    TooLarge,
    /// More factors than the kind allows.
    TooManyFactors {
        /// How many there are.
        factors: usize,
        /// How many there may be.
        most: usize,
    },
    /// Levels or baseline are given for another number of factors.
    Mismatch {
        /// For how many they are given.
        given: usize,
        /// How many there are.
        factors: usize,
    },
    /// So many levels cannot be: at least two, and for Morris an even number.
    Levels {
        /// How many were asked for.
        levels: usize,
    },
    /// A baseline lies outside 0 to 1.
    Outside {
        /// Which factor's.
        factor: usize,
    },
}

impl fmt::Display for DesignError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DesignError::NoFactors => write!(f, "a design needs at least one factor"),
            DesignError::NoPoints => write!(f, "the design would have no points"),
            DesignError::TooLarge => {
                write!(f, "the design would have more than {MOST_POINTS} points")
            }
            DesignError::TooManyFactors { factors, most } => {
                write!(f, "{factors} factors are too many: this design takes at most {most}")
            }
            DesignError::Mismatch { given, factors } => {
                write!(f, "values are given for {given} factors, and there are {factors}")
            }
            DesignError::Levels { levels } => write!(
                f,
                "{levels} levels are not possible: give at least two, and for Morris an even number"
            ),
            DesignError::Outside { factor } => {
                write!(f, "the baseline of factor {} lies outside 0 to 1", factor + 1)
            }
        }
    }
}

impl std::error::Error for DesignError {}
