//! Break-even: how strong an intervention must be to pay for itself.
//!
//! What it takes (staff time, time of meetings, money) is in the simulation; what it gives is an
//! assumed number of which no estimate is published. So the question is turned round: from which
//! value of that number on does the partnership come out ahead of itself without the intervention,
//! everything else in its variant being as it is?

use super::Comparison;
use super::assumed::Assumed;
use crate::measure::normal::months_lost;
use crate::measure::record::RunRecord;
use crate::scenario::World;
use crate::worlds::runs::{Run, Runs, Stop, Stopped};
use crate::worlds::statistics::Mean;
use serde::Serialize;

/// Values of the effect that are tried, from none to the most that is assumed.
const STEPS: usize = 9;

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
    pub curve: Vec<(f64, f64, Option<f64>)>,
    /// What came out.
    pub found: Found,
}

/// Whether and from where on an intervention pays.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Found {
    /// From this value of its effect on.
    From {
        /// The value: where the gain rises through zero.
        value: f64,
        /// Where the upper edge of the gain's 95 % Monte-Carlo band does; none if it is above zero
        /// already without any effect.
        low: Option<f64>,
        /// Where the lower edge of that band does for the last time; none if it ends below zero.
        high: Option<f64>,
    },
    /// Already without any effect: it takes nothing that is missed.
    Always,
    /// Not even at the most that is assumed.
    Never,
    /// The runs do not tell: the gain stays below zero, but at the most that is assumed not surely
    /// so; or it crosses zero more than once.
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
        stop: Stop<'_>,
    ) -> Result<Option<BreakEven>, Stopped> {
        let variant = &self.variants()[assumed.variant].world;
        let step = |k: usize| assumed.range.1 * k as f64 / (STEPS - 1) as f64;
        // A value that the parameter may not have is left out.
        let at = |k: usize| Some((step(k), variant.with([(assumed.key, step(k))]).ok()?));
        let worlds: Vec<(f64, World)> = (0..STEPS).filter_map(at).collect();
        if worlds.len() < 2 {
            return Ok(None);
        }
        let without = variant.without_intervention(&assumed.intervention);
        let money = self.base().money.as_ref().and_then(|money| Some((money, money.month?)));
        let gains = |run: Run| {
            let base = run.record();
            let gain = |record: &RunRecord| {
                let price = record.ledger.spent - base.ledger.spent;
                months_lost(record, base).map(|months| match money {
                    Some((_, month)) => -months * month - price,
                    None => -months,
                })
            };
            run.records[1..].iter().map(gain).collect::<Vec<Option<f64>>>()
        };
        let all = [&without].into_iter().chain(worlds.iter().map(|(_, world)| world));
        let mut means = vec![Mean::default(); worlds.len()];
        Runs { stop, ..Runs::of(all, pairs, self.seed()) }.fold(gains, |gains| {
            for (mean, gain) in means.iter_mut().zip(gains) {
                gain.into_iter().for_each(|gain| mean.add(gain));
            }
            Ok::<(), Stopped>(())
        })?;
        let curve = worlds.iter().zip(&means);
        let curve: Vec<_> =
            curve.map(|((value, _), mean)| (*value, mean.mean(), mean.half_width())).collect();
        let coin = money.map_or(Coin::Months, |(money, _)| Coin::Money(money.currency.clone()));
        let found = found(&curve);
        Ok(Some(BreakEven { assumed: assumed.clone(), coin, pairs, curve, found }))
    }
}

/// What a curve of values, gains and halves of their intervals comes to.
fn found(curve: &[(f64, f64, Option<f64>)]) -> Found {
    let known = |(value, gain, half): &(f64, f64, Option<f64>)| Some((*value, *gain, (*half)?));
    let known: Option<Vec<(f64, f64, f64)>> = curve.iter().map(known).collect();
    let Some(curve) = known else { return Found::Unclear };
    let Some(&(_, last, half)) = curve.last() else { return Found::Unclear };
    let edge = |sign: f64| -> Vec<(f64, f64)> {
        curve.iter().map(|(value, gain, half)| (*value, gain + sign * half)).collect()
    };
    if last < -half {
        return Found::Never;
    }
    if curve.iter().all(|(_, gain, _)| *gain >= 0.0) {
        return Found::Always;
    }
    let [value] = rises(&edge(0.0))[..] else { return Found::Unclear };
    if last < 0.0 {
        return Found::Unclear;
    }
    let (upper, lower) = (edge(1.0), edge(-1.0));
    let low = rises(&upper).first().copied().filter(|_| upper[0].1 < 0.0);
    let high = rises(&lower).last().copied().filter(|_| lower[lower.len() - 1].1 >= 0.0);
    Found::From { value, low, high }
}

/// Where a curve rises through zero, by straight lines between its points.
fn rises(curve: &[(f64, f64)]) -> Vec<f64> {
    let pairs = curve.windows(2).map(|pair| (pair[0], pair[1]));
    let up = pairs.filter(|((_, before), (_, after))| *before < 0.0 && *after >= 0.0);
    up.map(|((from, before), (to, after))| from - before / (after - before) * (to - from)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A gain of slope 1 through zero at 1.5, with this half of the interval at each value.
    fn line(halves: [f64; 4]) -> Found {
        let at = |(k, half): (usize, &f64)| (k as f64, k as f64 - 1.5, Some(*half));
        found(&halves.iter().enumerate().map(at).collect::<Vec<_>>())
    }

    #[test]
    fn the_interval_ends_where_the_band_meets_zero() {
        let from = |low, high| Found::From { value: 1.5, low, high };
        assert_eq!(line([0.5; 4]), from(Some(1.0), Some(2.0)));
        // Where the band is wider on one side, so is the interval.
        assert_eq!(line([0.5, 0.5, 1.0, 1.0]), from(Some(1.0), Some(2.5)));
        // A band that holds zero at an end of the range leaves that end open.
        assert_eq!(line([2.0, 0.5, 0.5, 0.5]), from(None, Some(2.0)));
        assert_eq!(line([0.5, 0.5, 0.5, 2.0]), from(Some(1.0), None));
    }

    #[test]
    fn a_gain_that_never_rises_or_rises_twice_has_no_such_value() {
        let of = |gains: [f64; 4]| {
            let at = |(k, gain): (usize, &f64)| (k as f64, *gain, Some(0.6));
            found(&gains.iter().enumerate().map(at).collect::<Vec<_>>())
        };
        assert_eq!(of([-3.0, -2.0, -1.0, -0.7]), Found::Never);
        assert_eq!(of([-3.0, -2.0, -1.0, -0.5]), Found::Unclear);
        assert_eq!(of([-1.0, 1.0, -1.0, 1.0]), Found::Unclear);
        assert_eq!(of([-1.0, 1.0, 1.0, -0.5]), Found::Unclear);
        assert_eq!(of([0.0, 1.0, 2.0, 3.0]), Found::Always);
        // From single runs nothing is told.
        assert_eq!(found(&[(0.0, -1.0, None), (1.0, 1.0, None)]), Found::Unclear);
    }
}
