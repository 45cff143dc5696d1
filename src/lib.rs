#![doc = include_str!("../README.md")]
//!
//! # The map
//!
//! - [`roles`], [`streams`], [`samplers`], [`parameters`]: the ground floor
//! - [`model`]: the theory; a month of it reads as a list of calls
//! - [`measure`]: observers that turn what happens into records
//! - [`scenario`]: a file or a built-in case becomes a checked setup
//! - [`experiment`]: many runs, twins, statistics
//! - [`store`]: results in chunks on disk, which survive being killed
//! - `plot` (feature `plots`), [`report`]: pictures, tables, folders

pub mod experiment;
pub mod measure;
pub mod model;
pub mod parameters;
#[cfg(feature = "plots")]
pub mod plot;
pub mod report;
pub mod roles;
pub mod samplers;
pub mod scenario;
pub mod store;
pub mod streams;

/// The code of the walk-through for scholars is compiled and run with the other examples.
#[cfg(doctest)]
#[doc = include_str!("../docs/for-scholars.md")]
mod for_scholars {}
