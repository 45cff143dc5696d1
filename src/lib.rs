#![doc = include_str!("../README.md")]
//!
//! # The map
//!
//! - [`roles`], [`streams`], [`samplers`], [`parameters`]: the ground floor
//! - [`model`]: the theory; a month of it reads as a list of calls
//! - [`measure`]: observers that turn what happens into records
//! - [`scenario`]: a file or a built-in case becomes a checked setup
//! - [`worlds`]: worlds lived side by side, twins, comparisons, statistics
//! - [`sweep`]: many worlds in rows: designs, plans, sensitivity
//! - [`fit`]: numbers that meet published patterns; [`nation`]: many partnerships at once
//! - [`store`]: results in chunks on disk, which survive being killed
//! - `plot` (feature `plots`), [`report`]: pictures, tables, folders

pub mod fit;
pub mod ids;
pub mod measure;
pub mod model;
pub mod nation;
pub mod parameters;
#[cfg(feature = "plots")]
pub mod plot;
pub mod report;
pub mod roles;
pub mod samplers;
pub mod scenario;
pub mod store;
pub mod streams;
pub mod sweep;
pub mod worlds;

/// The code of the walk-through for scholars is compiled and run with the other examples.
#[cfg(doctest)]
#[doc = include_str!("../docs/for-scholars.md")]
mod for_scholars {}
