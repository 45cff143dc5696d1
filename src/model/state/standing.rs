//! Where a grant stands.

use crate::model::setup::Grant;
use serde::{Deserialize, Serialize};

/// Where a grant stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::model) struct Standing {
    pub(in crate::model) from: u32,
    pub(in crate::model) until: u32,
    /// The month in which another follows it, once that is known.
    pub(in crate::model) next: Option<u32>,
}

impl Standing {
    pub(in crate::model) fn of(grant: &Grant) -> Self {
        match grant.on_award {
            true => Standing { from: u32::MAX, until: 0, next: None },
            false => Standing::from(grant, grant.from),
        }
    }

    /// One that begins in this month.
    pub(in crate::model) fn from(grant: &Grant, month: u32) -> Self {
        Standing { from: month, until: grant.last_month(month), next: None }
    }

    pub(in crate::model) fn is_on(self, month: u32) -> bool {
        (self.from..=self.until).contains(&month)
    }

    /// Whether it pays in a later month, perhaps after a gap.
    pub(in crate::model) fn goes_on(self, month: u32) -> bool {
        self.is_on(month + 1) || self.next.is_some()
    }
}
