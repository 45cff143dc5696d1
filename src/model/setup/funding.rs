//! Funding as it is set up: grants, and what money is needed for. What money does in a month is
//! told in `rules/funding.rs`.

use crate::ids::{GrantId, Month, OrganizationId, read_by};
use serde::{Deserialize, Serialize};

/// What a grant may be spent on, and what it does to the agenda.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Purpose {
    /// Salaries. While no other money lasts, projects are no longer than the grant.
    Project,
    /// Anything: salaries, meetings, upkeep. The agenda may be long.
    Operating,
    /// Meetings.
    Meetings,
    /// Anything, to begin with; like a project grant it does not lengthen the agenda.
    Seed,
    /// Anything, for ever: the principal stays and its yield is paid.
    Endowment,
}

impl Purpose {
    /// All purposes.
    pub const ALL: [Purpose; 5] = [
        Purpose::Project,
        Purpose::Operating,
        Purpose::Meetings,
        Purpose::Seed,
        Purpose::Endowment,
    ];

    /// The word used in files.
    pub fn word(self) -> &'static str {
        ["project", "operating", "meetings", "seed", "endowment"][self as usize]
    }

    /// Whether it lets partners plan beyond its end.
    pub(in crate::model) fn lengthens_the_agenda(self) -> bool {
        matches!(self, Purpose::Operating | Purpose::Endowment)
    }
}

/// A grant, known by its name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Grant {
    /// Its name in the scenario.
    pub name: String,
    /// Its first month.
    pub from: Month,
    /// How many months it runs; an endowment does not end.
    pub months: u32,
    /// Its money in all, paid in equal parts by the month; of an endowment, the principal.
    pub amount: f64,
    /// The organizations paid, and the share of each; the shares sum to 1.
    pub payees: Vec<(OrganizationId, f64)>,
    /// What it may be spent on.
    pub purpose: Purpose,
    /// How far the funder's priorities are those of the partners, in \[0, 1\].
    pub alignment: f64,
    /// Probability that another of the same kind follows it.
    pub renewal: f64,
    /// Months without money before that one begins.
    pub gap: u32,
    /// Whether its funder pays only those whom nobody else pays in these months.
    pub exclusive: bool,
    /// Whether it pays nothing until it is [awarded](crate::model::Partnership::award) in a world of many
    /// partnerships.
    pub on_award: bool,
}

impl Grant {
    /// A grant to one organization from the first month on, aligned, without renewal.
    pub fn to(payee: OrganizationId, purpose: Purpose, amount: f64, months: u32) -> Self {
        Grant {
            name: purpose.word().into(),
            from: Month(1),
            months,
            amount,
            payees: vec![(payee, 1.0)],
            purpose,
            alignment: 1.0,
            renewal: 0.0,
            gap: 0,
            exclusive: false,
            on_award: false,
        }
    }

    /// Its last month, if it is not followed by another.
    pub fn until(&self) -> Month {
        self.last_month(self.from)
    }

    /// The last month of one that begins in this month.
    pub(in crate::model) fn last_month(&self, from: Month) -> Month {
        match self.purpose {
            Purpose::Endowment => Month(u32::MAX),
            _ => from + self.months.saturating_sub(1),
        }
    }

    /// Whether two grants cannot be held together: one of them is exclusive, and they pay one
    /// organization in the same month.
    pub fn excludes(&self, other: &Grant) -> bool {
        let last = |g: &Grant| if g.renewal > 0.0 { Month(u32::MAX) } else { g.until() };
        let at_once = self.from <= last(other) && other.from <= last(self);
        let paid = |o: OrganizationId| other.payees.iter().any(|(payee, _)| *payee == o);
        (self.exclusive || other.exclusive) && at_once && self.payees.iter().any(|(o, _)| paid(*o))
    }
}

/// The grants of a partnership, and what money is needed for beside salaries.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Funding {
    /// The grants.
    pub grants: Vec<Grant>,
    /// What it costs a month to keep the relationship up; 0: nobody pays for that.
    pub upkeep: f64,
    /// What a meeting costs; 0: nothing that has to be paid for.
    pub meeting: f64,
}

read_by!(GrantId: Grant);
