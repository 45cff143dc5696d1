//! Why a sensitivity cannot be estimated.

use std::fmt;

pub(super) const ROWS: [&str; 2] = ["row with a value", "rows with a value"];
pub(super) const TRAJECTORIES: [&str; 2] = ["whole trajectory", "whole trajectories"];
pub(super) const FACTORS: [&str; 2] = ["factor that varies", "factors that vary"];

/// Why a sensitivity cannot be estimated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SensitivityError {
    /// There are not as many outputs as the design has points.
    Length {
        /// How many were given.
        given: usize,
        /// How many there should be.
        expected: usize,
    },
    /// There is too little to estimate anything from.
    TooFew {
        /// Of what: the word for one, and for more.
        of: [&'static str; 2],
        /// How many there are.
        given: usize,
        /// How many it takes.
        least: usize,
    },
    /// An output or its standard error is not a number that can be used.
    NotFinite {
        /// Which, from 0.
        row: usize,
    },
    /// A point has another number of coordinates than the first, or one that is not finite.
    BadPoint {
        /// Which, from 0.
        row: usize,
    },
    /// A point is not one step in one factor, each factor once, from the point before it.
    NotATrajectory {
        /// Which, from 0.
        row: usize,
    },
    /// All outputs are the same: nothing varies, so nothing can be attributed.
    ConstantOutput,
    /// A factor has the same value at every point.
    ConstantFactor {
        /// Which, from 0.
        factor: usize,
    },
    /// A factor is a linear combination of those before it.
    Collinear {
        /// Which, from 0.
        factor: usize,
    },
}

impl fmt::Display for SensitivityError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SensitivityError::Length { given, expected } => {
                write!(f, "{given} outputs were given where {expected} are expected")
            }
            SensitivityError::TooFew { of: [one, more], given, least } => {
                let (what, are) = if *given == 1 { (one, "is") } else { (more, "are") };
                write!(
                    f,
                    "{given} {what} {are} too few to estimate from: it takes at least {least}"
                )
            }
            SensitivityError::NotFinite { row } => {
                write!(f, "the output of point {} or its error cannot be used", row + 1)
            }
            SensitivityError::BadPoint { row } => {
                write!(f, "point {} does not have a finite coordinate for each factor", row + 1)
            }
            SensitivityError::NotATrajectory { row } => write!(
                f,
                "point {} is not a step in one new factor from the point before it",
                row + 1
            ),
            SensitivityError::ConstantOutput => {
                write!(f, "all outputs are the same, so nothing can be attributed to a factor")
            }
            SensitivityError::ConstantFactor { factor } => {
                write!(f, "factor {} has the same value at every point", factor + 1)
            }
            SensitivityError::Collinear { factor } => {
                write!(f, "factor {} is a linear combination of the factors before it", factor + 1)
            }
        }
    }
}

impl std::error::Error for SensitivityError {}
