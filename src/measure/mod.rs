//! Measures: observers that turn events and states into records.
//!
//! An observer is anything that [watches](crate::model::Watch) a partnership; the ones here keep
//! what the tables need. To measure something else, write another: ten lines, as the example at
//! [`crate::model::Watch`] shows.

pub mod health;
pub mod interviews;
pub mod journal;
pub mod meetings;
pub mod money;
pub mod months;
pub mod outcome;
pub mod practices;
pub mod record;
pub mod tenures;

pub use interviews::{Interview, InterviewPlan};
pub use outcome::Outcome;
pub use record::{Recorder, RunRecord};
