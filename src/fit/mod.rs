//! Fitting: what one observed partnership says about numbers of a model.
//!
//! The observation is *one* partnership, so a *single run* is held against it, never the mean of
//! many. This is approximate Bayesian computation (Beaumont, Zhang and Balding 2002):
//!
//! 1. Half of a stated budget of runs is lived at numbers drawn from their ranges ([`prior`]).
//! 2. What the patterns of one run say about each number is learnt from these runs, as one summary
//!    for each number ([`summaries`], after Fearnhead and Prangle 2012). So patterns that go together
//!    do not count twice, and a pattern that says nothing does not count.
//! 3. The other half is lived in a few generations around the runs nearest to the observation
//!    ([`population`], after Lenormand, Jabot and Deffuant 2013): the tolerance falls by itself, and
//!    every run counts by how much more probable its numbers are in their ranges than in the mixture
//!    of all proposals (Owen and Zhou 2000).
//! 4. The nearest runs are kept, weighted by how near they are, and moved along a local regression
//!    to where they would lie had they met the observation ([`posterior`]).
//!
//! A [`Simulator`] is all that it knows of a model, so that a model whose answer is known goes
//! through the same door as the partnership ([`checks`]). Every run has an address of its own: the
//! same seed gives the same answer on any number of threads, from shards, and after interruptions
//! ([`keep`]).

pub mod checks;
mod error;
pub mod keep;
pub mod known;
pub mod partnership;
pub mod population;
pub mod posterior;
pub mod predict;
pub mod prior;
pub mod summaries;

pub use error::FitError;
pub use keep::Stores;
pub use partnership::Partnership;
pub use population::{Settings, Tried};
pub use posterior::{Known, Posterior, Summary};
pub use predict::Foretold;

use crate::worlds::Stopped;

/// A model with numbers that are sought.
pub trait Simulator: Sync {
    /// The lowest and the highest value of each number. Before anything is observed, every value
    /// between them is as likely as every other, whatever the other numbers are.
    fn ranges(&self) -> &[(f64, f64)];

    /// How many patterns a run has.
    fn patterns(&self) -> usize;

    /// The patterns of one run at these numbers, in their order; `None` where the run has no such
    /// thing. `place` is the address of the run: runs at other places are independent of it, and a
    /// run at the same place is the same.
    ///
    /// # Errors
    /// If there can be no such run.
    fn simulate(&self, values: &[f64], place: u64) -> Result<Vec<Option<f64>>, Stopped>;
}
