//! Reports: tables, pictures and the folder they stand in.
//!
//! What a run gives is the same bytes on every machine; what varies with the occasion (times,
//! threads, paths) goes to `log.json` and nowhere else.

pub mod cases;
mod cells;
pub mod comparison;
pub mod dictionary;
mod error;
pub mod folder;
pub mod inference;
pub mod intervention_table;
pub mod measure_table;
pub mod nation;
pub mod page;
pub mod parameter_table;
#[cfg(feature = "parquet")]
mod parquet;
#[cfg(feature = "plots")]
pub mod pictures;
pub mod runs;
pub mod sensitivity;
pub mod study;
pub mod summary;
pub mod sweep;
pub mod tables;
pub mod theories;
pub mod words;

pub use error::ReportError;
pub use folder::{Folder, FolderError, Made};
pub use summary::Summary;
