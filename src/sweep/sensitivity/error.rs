//! Why a sensitivity cannot be estimated.

pub(super) const ROWS: [&str; 2] = ["row with a value", "rows with a value"];
pub(super) const TRAJECTORIES: [&str; 2] = ["whole trajectory", "whole trajectories"];
pub(super) const FACTORS: [&str; 2] = ["factor that varies", "factors that vary"];

/// Why a sensitivity cannot be estimated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SensitivityError {
    /// There are not as many outputs as the design has points.
    #[error("{given} outputs were given where {expected} are expected")]
    Length {
        /// How many were given.
        given: usize,
        /// How many there should be.
        expected: usize,
    },
    /// There is too little to estimate anything from.
    #[error("{given} {} too few to estimate from: it takes at least {least}", are(*given, *of))]
    TooFew {
        /// Of what: the word for one, and for more.
        of: [&'static str; 2],
        /// How many there are.
        given: usize,
        /// How many it takes.
        least: usize,
    },
    /// An output or its standard error is not a number that can be used.
    #[error("the output of point {} or its error cannot be used", row + 1)]
    NotFinite {
        /// Which, from 0.
        row: usize,
    },
    /// A point has another number of coordinates than the first, or one that is not finite.
    #[error("point {} does not have a finite coordinate for each factor", row + 1)]
    BadPoint {
        /// Which, from 0.
        row: usize,
    },
    /// A point is not one step in one factor, each factor once, from the point before it.
    #[error("point {} is not a step in one new factor from the point before it", row + 1)]
    NotATrajectory {
        /// Which, from 0.
        row: usize,
    },
    /// All outputs are the same: nothing varies, so nothing can be attributed.
    #[error("all outputs are the same, so nothing can be attributed to a factor")]
    ConstantOutput,
    /// A factor has the same value at every point.
    #[error("factor {} has the same value at every point", factor + 1)]
    ConstantFactor {
        /// Which, from 0.
        factor: usize,
    },
    /// A factor is a linear combination of those before it.
    #[error("factor {} is a linear combination of the factors before it", factor + 1)]
    Collinear {
        /// Which, from 0.
        factor: usize,
    },
}

/// What there is too little of, with its verb.
fn are(given: usize, [one, more]: [&str; 2]) -> String {
    if given == 1 { format!("{one} is") } else { format!("{more} are") }
}
