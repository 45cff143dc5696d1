//! An organization: what it is to its members, what was agreed about it, and what it does.

use super::account::Account;
use crate::ids::{Month, OrganizationId, read_by};
use crate::model::setup::OrganizationSetup;
use crate::roles::{MAX_ROLES, Mix};
use serde::{Deserialize, Serialize};

/// The state of one organization in a partnership.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Organization {
    /// What its members hold central about it.
    pub identity: Mix,
    /// The arrangement in force about its role.
    pub agreed: Mix,
    /// The mix of its acts this month.
    pub enacted: Mix,
    /// Role talk about it that came to no end, felt as tension in \[0, s_max\].
    pub open_question: f64,
    /// Goodwill won by accepting requests, in \[0, 1\].
    pub goodwill: f64,
    /// Benefit from the partnership as felt over the last months; 1 is the fullest.
    pub benefit: f64,
    /// What this month's work was worth to it, in units of work.
    pub gained: f64,
    /// Pace of its work against the ordinary, in \[0, 2\].
    pub capacity: f64,
    /// Part of its usual staff that works here, in a world of many partnerships; 1 otherwise.
    pub lent: f64,
    /// Its money.
    pub account: Account,
    /// What it wants of each organization.
    pub priorities: Vec<Option<Mix>>,
    /// The month of the last change of its leadership, which opens its identity for revision.
    pub led_anew: Option<Month>,
    /// The month in which its head last left, which raises the hazards below in the months after.
    pub head_left: Option<Month>,
    /// Sums of the enacted mixes from month 1 to each month: its remembered past.
    past: Vec<[f64; MAX_ROLES]>,
    /// What it enacted before month 1.
    before: Mix,
}

impl Organization {
    pub(in crate::model) fn new(setup: &OrganizationSetup) -> Self {
        Organization {
            identity: setup.identity,
            agreed: setup.agreed,
            enacted: setup.enacted,
            open_question: 0.0,
            goodwill: 0.0,
            benefit: 0.5,
            gained: 0.0,
            capacity: setup.capacity,
            lent: 1.0,
            account: Account::opened(setup.reserve),
            priorities: setup.priorities.clone(),
            led_anew: None,
            head_left: None,
            past: Vec::new(),
            before: setup.enacted,
        }
    }

    /// Whether it remembers as many months as were lived; after an end there are fewer.
    pub(in crate::model) fn remembers(&self, months: Month) -> bool {
        self.past.len() <= months.0 as usize && self.past.iter().flatten().all(|sum| *sum >= 0.0)
    }

    pub(in crate::model) fn remember(&mut self) {
        let mut sum = self.past.last().copied().unwrap_or_default();
        for (sum, share) in sum.iter_mut().zip(self.enacted.shares()) {
            *sum += share;
        }
        self.past.push(sum);
    }

    /// The mean mix enacted from month `since` (0 or less: before we began to look) to the last
    /// complete month, or `None` if that is no time at all.
    pub fn history(&self, since: i32) -> Option<Mix> {
        let mut sum = self.past.last().copied().unwrap_or_default();
        if since > 1 {
            let earlier = self.past.get(since as usize - 2)?;
            for (sum, earlier) in sum.iter_mut().zip(earlier) {
                *sum = (*sum - earlier).max(0.0);
            }
        } else {
            let months_before = 1.0 - f64::from(since);
            for (sum, share) in sum.iter_mut().zip(self.before.shares()) {
                *sum += months_before * share;
            }
        }
        Mix::in_proportion(sum)
    }
}

read_by!(OrganizationId: Organization);
