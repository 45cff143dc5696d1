//! What happens: one file a rule, each called from `month.rs` or from a rule that is.

pub(in crate::model) mod acts;
pub(in crate::model) mod capacity;
pub(in crate::model) mod discourse;
pub(in crate::model) mod funding;
pub(in crate::model) mod hearing;
pub(in crate::model) mod interventions;
pub(in crate::model) mod listening;
pub(in crate::model) mod meeting;
pub(in crate::model) mod memory;
pub(in crate::model) mod renewal;
pub(in crate::model) mod requests;
pub(in crate::model) mod scene;
pub(in crate::model) mod settlement;
mod surroundings;
pub(in crate::model) mod trust;
pub(in crate::model) mod turnover;
pub(in crate::model) mod work;
