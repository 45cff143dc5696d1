//! Measures: observers that turn events and states into records.
//!
//! An observer is anything that [watches](crate::model::Watch) a partnership; the ones here keep
//! what the tables need. To measure something else, write another: ten lines, as the example at
//! [`crate::model::Watch`] shows.

pub mod catalogue;
mod entry;
pub mod episodes;
pub mod followed;
pub mod health;
pub mod interviews;
pub mod journal;
pub mod meetings;
pub mod money;
pub mod months;
pub mod normal;
pub mod practices;
pub mod readings;
pub mod record;
pub mod tenures;

pub use catalogue::{
    BACK_TO_NORMAL, BUDGET_DELAYED, MONTHS_LOST, PRICE, ROLE_SHARE, SURVIVAL, WORK,
};
pub use entry::{
    Better, Counted, Measure, Paired, Part, Seen, Value, Wanted, Words, smallest_that_counts,
};
pub use interviews::{Interview, InterviewPlan};
pub use normal::months_lost;
pub use readings::{Meetings, WHOLE, correlation};
pub use record::{Depth, Living, Recorder, RunRecord, record_run};
