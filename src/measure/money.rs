//! Money, month by month, of partnerships in which it plays a part.

use crate::ids::{Month, OrganizationId};
use crate::model::Account;
use crate::model::Partnership;
use crate::model::event::Watch;
use serde::Serialize;

/// The money of one organization at the end of a month. Flows are of the whole run so far.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct MoneyMonth {
    /// The month, from 1.
    pub month: Month,
    /// The organization.
    pub organization: OrganizationId,
    /// Its account.
    pub account: Account,
    /// Positions that depend on money and are held.
    pub paid: u32,
    /// Positions that depend on money.
    pub positions: u32,
}

/// Keeps every month, if money plays a part.
#[derive(Clone, Debug, Default)]
pub struct MoneyLog(
    /// By month and organization.
    pub Vec<MoneyMonth>,
);

impl Watch for MoneyLog {
    fn month(&mut self, p: &Partnership) {
        if !p.setup().is_funded() {
            return;
        }
        for (o, organization) in OrganizationId::each(p.organizations()) {
            let (paid, positions) = p.paid_positions(o);
            let account = organization.account;
            self.0.push(MoneyMonth {
                month: p.last_month(),
                organization: o,
                account,
                paid,
                positions,
            });
        }
    }
}
