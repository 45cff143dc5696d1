//! Why a design cannot be made.

use super::MOST_POINTS;

/// Why there is no such design.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DesignError {
    /// There is nothing to vary.
    #[error("a design needs at least one factor")]
    NoFactors,
    /// There would be no points: a count is zero.
    #[error("the design would have no points")]
    NoPoints,
    /// More points than [`MOST_POINTS`].
    #[error("the design would have more than {MOST_POINTS} points")]
    TooLarge,
    /// More factors than the kind allows.
    #[error("{factors} factors are too many: this design takes at most {most}")]
    TooManyFactors {
        /// How many there are.
        factors: usize,
        /// How many there may be.
        most: usize,
    },
    /// Levels or baseline are given for another number of factors.
    #[error("values are given for {given} factors, and there are {factors}")]
    Mismatch {
        /// For how many they are given.
        given: usize,
        /// How many there are.
        factors: usize,
    },
    /// The number of levels is not possible: it takes at least two, and for Morris an even number.
    #[error("{levels} levels are not possible: give at least two, and for Morris an even number")]
    Levels {
        /// How many were asked for.
        levels: usize,
    },
    /// A baseline lies outside 0 to 1.
    #[error("the baseline of factor {} lies outside 0 to 1", factor + 1)]
    Outside {
        /// Which factor's.
        factor: usize,
    },
}
