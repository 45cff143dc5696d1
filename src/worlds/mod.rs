//! Worlds lived many times, alone or side by side: [`Worlds`] is what a program asks, [`runs`] the
//! engine behind it, [`compare`] what the command line asks.
//!
//! Runs are folded one at a time, so that memory does not grow with their number. They are computed
//! in parallel, in blocks of fixed size, and folded in the order of their numbers: the answer is the
//! same on any number of threads, and a run alone is the run among a thousand.

pub mod benchmark;
pub mod compare;
pub mod conditions;
#[cfg(test)]
mod ends;
pub mod fingerprint;
pub mod hypothesis;
pub mod joint;
pub mod money;
pub mod patterns;
pub mod runs;
pub mod side_by_side;
pub mod statistics;
mod together;
pub mod trajectory;
pub mod twins;

pub use runs::{Run, Runs, Stop, Stopped};
pub use side_by_side::Worlds;
