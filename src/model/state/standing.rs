//! Where a grant stands.

use crate::ids::{GrantId, Month, read_by};
use crate::model::setup::Grant;
use serde::{Deserialize, Serialize};

/// Where a grant stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::model) struct Standing {
    pub(in crate::model) from: Month,
    pub(in crate::model) until: Month,
    /// The month in which another follows it, once that is known.
    pub(in crate::model) next: Option<Month>,
}

impl Standing {
    pub(in crate::model) fn of(grant: &Grant) -> Self {
        match grant.on_award {
            true => Standing { from: Month(u32::MAX), until: Month(0), next: None },
            false => Standing::from(grant, grant.from),
        }
    }

    /// One that begins in this month.
    pub(in crate::model) fn from(grant: &Grant, month: Month) -> Self {
        Standing { from: month, until: grant.last_month(month), next: None }
    }

    pub(in crate::model) fn is_on(self, month: Month) -> bool {
        (self.from..=self.until).contains(&month)
    }

    /// Whether it pays in a later month, perhaps after a gap.
    pub(in crate::model) fn goes_on(self, month: Month) -> bool {
        self.is_on(month + 1) || self.next.is_some()
    }
}

read_by!(GrantId: Standing);
