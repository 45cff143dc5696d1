//! The money of an organization: what is in hand, what came in and what was spent.

use crate::model::setup::Purpose;
use serde::{Deserialize, Serialize};

/// The money of an organization. `received` is `spent()` and `balance()` together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Account {
    /// In hand, for salaries only.
    pub for_projects: f64,
    /// In hand, for meetings only.
    pub for_meetings: f64,
    /// In hand, for anything.
    pub free: f64,
    /// All that came in so far, with what was there at the start.
    pub received: f64,
    /// Spent on salaries so far.
    pub salaries: f64,
    /// Spent on meetings so far.
    pub meetings: f64,
    /// Spent on the upkeep of the relationship so far.
    pub upkeep: f64,
    /// What came in this month.
    pub income: f64,
    /// How far the priorities of those who paid last are those of the partners.
    pub alignment: f64,
    /// Part of what that month needed that they covered, in \[0, 1\].
    pub covered: f64,
}

impl Account {
    pub(in crate::model) fn opened(reserve: f64) -> Self {
        Account { free: reserve, received: reserve, alignment: 1.0, ..Account::default() }
    }

    /// Money in hand.
    pub fn balance(&self) -> f64 {
        self.for_projects + self.for_meetings + self.free
    }

    /// Money spent so far.
    pub fn spent(&self) -> f64 {
        self.salaries + self.meetings + self.upkeep
    }

    pub(in crate::model) fn receive(&mut self, money: f64, purpose: Purpose) {
        let pool = match purpose {
            Purpose::Project => &mut self.for_projects,
            Purpose::Meetings => &mut self.for_meetings,
            Purpose::Operating | Purpose::Seed | Purpose::Endowment => &mut self.free,
        };
        *pool += money;
        self.received += money;
        self.income += money;
    }

    pub(in crate::model) fn for_salaries(&self) -> f64 {
        self.for_projects + self.free
    }

    /// Pays a salary, or nothing if it cannot pay all of it.
    pub(in crate::model) fn pay_salary(&mut self, salary: f64) -> bool {
        let payable = self.for_salaries() + ROUNDING * salary >= salary;
        if payable {
            take(salary, [&mut self.for_projects, &mut self.free]);
            self.salaries += salary;
        }
        payable
    }
}

/// What sums of monthly parts may lack of a whole by rounding.
pub(in crate::model) const ROUNDING: f64 = 1e-9;

/// Takes money from pools in their order, as far as it goes.
fn take(mut money: f64, pools: [&mut f64; 2]) {
    for pool in pools {
        let part = money.min(*pool);
        *pool -= part;
        money -= part;
    }
}
