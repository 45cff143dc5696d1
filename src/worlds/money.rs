//! Money over many runs, of partnerships in which it plays a part.

use super::statistics::{Distribution, Mean};
use super::trajectory::add_all;
use crate::ids::Month;
use crate::measure::money::MoneyMonth;
use crate::measure::record::RunRecord;

/// Money of all organizations of a partnership together, while it lives.
#[derive(Clone, Debug, Default)]
pub struct Money {
    /// Money in hand at the end of each month.
    pub in_hand: Vec<Distribution>,
    /// Share of the positions that depend on money that are held, at the end of each month.
    pub held: Vec<Distribution>,
    /// What came in by the end, with what was there at the start.
    pub received: Mean,
    /// Spent on salaries.
    pub salaries: Mean,
    /// Spent on meetings.
    pub meetings: Mean,
    /// Spent on keeping up the relationship.
    pub upkeep: Mean,
    /// Left at the end.
    pub left: Mean,
    /// Months in which nothing came in.
    pub dry: Mean,
    /// Months lived.
    pub lived: Mean,
    /// Share of the positions that depend on money that were held, mean over months.
    pub positions: Mean,
}

/// Steps in which money is kept for quantiles, and shares of positions.
const COIN: f64 = 1.0;
const SHARE: f64 = 0.0001;

impl Money {
    /// Takes a run in; nothing, if money plays no part.
    pub fn add(&mut self, run: &RunRecord) {
        let lived = run.ended.unwrap_or(Month(u32::MAX));
        let kept: Vec<&MoneyMonth> = run.money.iter().filter(|m| m.month <= lived).collect();
        let months: Vec<&[&MoneyMonth]> = kept.chunk_by(|a, b| a.month == b.month).collect();
        let Some(last) = months.last() else { return };
        let sum = |month: &[&MoneyMonth], part: fn(&MoneyMonth) -> f64| {
            month.iter().map(|m| part(m)).sum::<f64>()
        };
        let positions = |month: &[&MoneyMonth]| {
            let all = sum(month, |m| f64::from(m.positions));
            (all > 0.0).then(|| sum(month, |m| f64::from(m.paid)) / all)
        };
        let in_hand = months.iter().map(|month| Some(sum(month, |m| m.account.balance())));
        add_all(&mut self.in_hand, COIN, in_hand);
        add_all(&mut self.held, SHARE, months.iter().map(|month| positions(month)));
        self.received.add(sum(last, |m| m.account.received));
        self.salaries.add(sum(last, |m| m.account.salaries));
        self.meetings.add(sum(last, |m| m.account.meetings));
        self.upkeep.add(sum(last, |m| m.account.upkeep));
        self.left.add(sum(last, |m| m.account.balance()));
        let dry = months.iter().filter(|month| sum(month, |m| m.account.income) <= 0.0);
        self.dry.add(dry.count() as f64);
        self.lived.add(months.len() as f64);
        if let Some(held) = positions(&kept) {
            self.positions.add(held);
        }
    }
}
