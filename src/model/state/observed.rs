//! What people saw of organizations this month.

use serde::{Deserialize, Serialize};

/// What one person saw of one organization this month.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Observed {
    pub(in crate::model) kept: f64,
    pub(in crate::model) breached: f64,
    pub(in crate::model) all: f64,
}
