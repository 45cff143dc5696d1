//! Break-even: how strong an intervention must be to pay for itself.
//!
//! What it takes (staff time, time of meetings, money) is in the simulation; what it gives is an
//! assumed number of which no estimate is published. So the question is turned round: from which
//! value of that number on does the partnership come out ahead of itself without the intervention,
//! everything else in its variant being as it is?

use super::across::Assumed;
use super::response::jackknife;
use super::{Comparison, Variant};
use crate::experiment::replicate::{Stopped, in_blocks};
use crate::experiment::statistics::{Mean, Z95};
use crate::experiment::twins::months_lost;
use crate::measure::record::record_run;
use crate::model::partnership::Origin;
use crate::scenario::Scenario;
use serde::Serialize;
use std::sync::atomic::AtomicBool;

/// Values of the effect that are tried, from none to the most that is assumed.
const STEPS: usize = 9;
/// Groups of runs that are left out in turn to find the error.
const GROUPS: u64 = 20;

/// In what an intervention pays.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Coin {
    /// Months of work: it pays if the partnership is not behind in the end.
    Months,
    /// Money: the budget of the months that it saves, less its price.
    Money(
        /// The currency.
        String,
    ),
}

/// How strong an intervention must be.
#[derive(Clone, Debug, Serialize)]
pub struct BreakEven {
    /// The intervention and its assumed effect.
    pub assumed: Assumed,
    /// In what it pays.
    pub coin: Coin,
    /// Pairs of runs for each value.
    pub pairs: u64,
    /// The values tried; the net gain at each and half of its 95 % Monte-Carlo interval.
    pub curve: Vec<(f64, f64, f64)>,
    /// What came out.
    pub found: Found,
}

/// Whether and from where on an intervention pays.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Found {
    /// From this value of its effect on.
    From {
        /// The value.
        value: f64,
        /// Half of its 95 % Monte-Carlo interval.
        half_width: f64,
    },
    /// Already without any effect: it takes nothing that is missed.
    Always,
    /// Not even at the most that is assumed.
    Never,
    /// The runs do not tell: at the most that is assumed the interval of the gain holds zero, or
    /// the gain crosses zero more than once.
    Unclear,
}

impl Comparison {
    /// How strong an intervention must be to pay for itself, against its variant without it.
    ///
    /// # Errors
    /// If it was stopped or a run cannot be founded.
    pub fn break_even(
        &self,
        assumed: &Assumed,
        pairs: u64,
        stop: &AtomicBool,
    ) -> Result<Option<BreakEven>, Stopped> {
        let variant = &self.variants()[assumed.variant];
        let step = |k: usize| assumed.range.1 * k as f64 / (STEPS - 1) as f64;
        let at = |k: usize| {
            let scenario = variant.scenario.with([(assumed.key, step(k))]).ok()?;
            Some((step(k), Variant { name: variant.name.clone(), scenario }))
        };
        // A value that the parameter may not have is left out.
        let worlds: Vec<(f64, Variant)> = (0..STEPS).filter_map(at).collect();
        if worlds.len() < 2 {
            return Ok(None);
        }
        let without = variant.scenario.without_intervention(&assumed.intervention);
        let money = self.base().money.as_ref().and_then(|money| Some((money, money.month?)));
        let gains = |number: u64| -> Result<(u64, Vec<Option<f64>>), Stopped> {
            let origin = Origin::new(self.seed(), number);
            let live = |scenario: &Scenario| {
                record_run(scenario.setup(origin), origin, &scenario.theory, &[], false)
                    .map_err(|why| Stopped::Unfounded { run: number, why })
            };
            let base = live(&without)?;
            let gain = |(_, world): &(f64, Variant)| -> Result<Option<f64>, Stopped> {
                let record = live(&world.scenario)?;
                let price = record.ledger.spent - base.ledger.spent;
                Ok(months_lost(&record, &base).map(|months| match money {
                    Some((_, month)) => -months * month - price,
                    None => -months,
                }))
            };
            Ok((number, worlds.iter().map(gain).collect::<Result<_, _>>()?))
        };
        let mut all = vec![Mean::default(); worlds.len()];
        let mut groups = vec![all.clone(); GROUPS as usize];
        in_blocks(1..pairs + 1, stop, gains, |(number, gains)| {
            for kept in [&mut all, &mut groups[(number % GROUPS) as usize]] {
                for (mean, gain) in kept.iter_mut().zip(&gains) {
                    if let Some(gain) = gain {
                        mean.add(*gain);
                    }
                }
            }
            Ok::<(), Stopped>(())
        })?;
        let values: Vec<f64> = worlds.iter().map(|(value, _)| *value).collect();
        let curve = values.iter().zip(&all);
        let curve = curve.map(|(v, mean)| (*v, mean.mean(), mean.half_width())).collect();
        let coin = money.map_or(Coin::Months, |(money, _)| Coin::Money(money.currency.clone()));
        let found = found(&values, &all, &groups);
        Ok(Some(BreakEven { assumed: assumed.clone(), coin, pairs, curve, found }))
    }
}

fn found(values: &[f64], all: &[Mean], groups: &[Vec<Mean>]) -> Found {
    let (Some(first), Some(last)) = (all.first(), all.last()) else { return Found::Unclear };
    let surely = |mean: &Mean| mean.mean() > mean.half_width();
    let surely_not = |mean: &Mean| mean.mean() < -mean.half_width();
    if surely_not(last) {
        return Found::Never;
    }
    if all.iter().all(|mean| mean.mean() >= 0.0) && !surely_not(first) {
        return Found::Always;
    }
    let means: Vec<f64> = all.iter().map(Mean::mean).collect();
    let (Some(value), true) = (crossing(values, &means), surely(last)) else {
        return Found::Unclear;
    };
    let without: Vec<Option<f64>> = groups
        .iter()
        .map(|group| {
            let rest: Vec<f64> = all.iter().zip(group).map(|(a, g)| leaving_out(a, g)).collect();
            crossing(values, &rest)
        })
        .collect();
    match without.into_iter().collect::<Option<Vec<f64>>>() {
        Some(without) => Found::From { value, half_width: Z95 * jackknife(without.into_iter()) },
        None => Found::Unclear,
    }
}

/// Where a curve that begins below zero rises through it, by straight lines between the values;
/// none if it does not, or does so more than once.
fn crossing(values: &[f64], gains: &[f64]) -> Option<f64> {
    let mut up = (1..values.len()).filter(|i| gains[i - 1] < 0.0 && gains[*i] >= 0.0);
    let i = up.next()?;
    if up.next().is_some() {
        return None;
    }
    let part = -gains[i - 1] / (gains[i] - gains[i - 1]);
    Some(values[i - 1] + part * (values[i] - values[i - 1]))
}

fn leaving_out(all: &Mean, group: &Mean) -> f64 {
    let left = (all.count() - group.count()) as f64;
    let sum = |mean: &Mean| if mean.count() == 0 { 0.0 } else { mean.mean() * mean.count() as f64 };
    (sum(all) - sum(group)) / left
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rising_line_pays_from_where_it_crosses_zero() {
        let values = [0.0, 1.0, 2.0, 3.0];
        assert_eq!(crossing(&values, &[-1.0, 1.0, 2.0, 3.0]), Some(0.5));
        assert_eq!(crossing(&values, &[-3.0, -2.0, -1.0, -0.5]), None);
        assert_eq!(crossing(&values, &[-1.0, 1.0, -1.0, 1.0]), None);
    }
}
