//! Why a fit found nothing.

use crate::store::StoreError;
use crate::worlds::Stopped;
use thiserror::Error;

/// Why a fit found nothing.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum FitError {
    /// The scenario states no numbers to search for.
    #[error(
        "`{0}` states no numbers to fit\n  help: write [prior.\"agenda.threshold\"] with range = [low, high], for each"
    )]
    NoPriors(
        /// The scenario.
        String,
    ),
    /// The scenario states no pattern to fit.
    #[error(
        "`{0}` states no pattern to fit\n  help: write a [pattern.NAME] with use = \"fit\", and published with count or sd"
    )]
    NoPattern(
        /// The scenario.
        String,
    ),
    /// Too few runs have a value for every pattern that is to be fitted.
    #[error(
        "of {runs} runs only {whole} have a value for every pattern that is to be fitted, too few to learn from; `{pattern}` is missing most often\n  help: look at what it measures, or write use = \"report\""
    )]
    NoValue {
        /// The pattern that most of the runs lack.
        pattern: String,
        /// Runs from the prior.
        runs: u64,
        /// Those that have all patterns.
        whole: u64,
    },
    /// No pattern differs from run to run.
    #[error(
        "the patterns to fit are the same in every run, whatever the numbers are; nothing can be learnt from them"
    )]
    NothingVaries,
    /// The budget is too small.
    #[error("a budget of {0} runs is too small\n  allowed: {least} or more", least = super::population::FEWEST)]
    SmallBudget(
        /// The budget.
        u64,
    ),
    /// It was stopped, or a run cannot be lived.
    #[error("{0}")]
    Stopped(Stopped),
    /// The store refused.
    #[error("{0}")]
    Store(StoreError),
    /// A chunk holds what this program did not write.
    #[error("chunk {0} holds no runs of this fit\n  help: delete it, then fit with --resume")]
    Unreadable(
        /// Its number.
        u64,
    ),
    /// The fit needs runs that other shards have.
    #[error(
        "{missing} chunks of runs from the prior are missing or damaged\n  help: fit with --resume, or name the other shards with --merge"
    )]
    Incomplete {
        /// How many.
        missing: u64,
    },
}

impl From<Stopped> for FitError {
    fn from(why: Stopped) -> Self {
        FitError::Stopped(why)
    }
}

impl From<StoreError> for FitError {
    fn from(why: StoreError) -> Self {
        FitError::Store(why)
    }
}
