//! The estimate of a difference, with its Monte-Carlo error and the spread of single pairs.

use super::{Better, Paired};
use crate::measure::Measure;
use crate::worlds::statistics::{Distribution, Grouped, Mean, Split};

/// What paired runs say about one measure of one variant.
#[derive(Clone, Debug)]
pub struct Estimate {
    /// The measure.
    pub measure: Measure,
    /// Differences of the pairs that have it in both worlds.
    pub differences: Distribution,
    /// Values in the base.
    pub base: Mean,
    /// Values in the variant.
    pub variant: Mean,
    /// Pairs in which either value is only known to be at least so much.
    pub censored: u64,
    /// Pairs in which the value of the variant is.
    pub variant_censored: u64,
    /// Pairs in which a world lacks it, since there was nothing to measure.
    pub missing: u64,
    /// Differences by the draw of the numbers that the pair lived at.
    grouped: Grouped,
    more: u64,
    less: u64,
}

impl Estimate {
    /// No pairs yet.
    pub fn new(measure: &Measure) -> Self {
        Estimate {
            differences: Distribution::new(measure.step),
            measure: measure.clone(),
            base: Mean::default(),
            variant: Mean::default(),
            censored: 0,
            variant_censored: 0,
            missing: 0,
            grouped: Grouped::default(),
            more: 0,
            less: 0,
        }
    }

    /// Takes a pair in, with the draw of the numbers that it lived at, if numbers are drawn.
    pub fn add(&mut self, pair: &Paired, draw: Option<usize>) {
        self.censored += u64::from(pair.censored[0] || pair.censored[1]);
        self.variant_censored += u64::from(pair.censored[1]);
        match pair.difference {
            Some(difference) => {
                self.differences.add(difference);
                draw.into_iter().for_each(|draw| self.grouped.add(draw, difference));
                let smallest = self.measure.smallest;
                self.more += u64::from(difference > smallest);
                self.less += u64::from(difference < -smallest);
            }
            None => self.missing += 1,
        }
        if let Some((base, variant)) = pair.base.zip(pair.variant) {
            self.base.add(base);
            self.variant.add(variant);
        }
    }

    /// What is not known of the mean difference, in its parts; none where numbers are fixed, or where
    /// no two pairs lived at the same draw.
    pub fn split(&self) -> Option<Split> {
        self.grouped.split()
    }

    /// The mean difference, variant less base.
    pub fn mean(&self) -> f64 {
        self.differences.mean.mean()
    }

    /// Half of its 95 % Monte-Carlo interval; none below two pairs.
    pub fn half_width(&self) -> Option<f64> {
        self.differences.mean.half_width()
    }

    /// Its 95 % Monte-Carlo interval; none below two pairs.
    pub fn interval(&self) -> Option<(f64, f64)> {
        self.differences.mean.interval()
    }

    /// 5 and 95 % quantiles of single pairs.
    pub fn single_pairs(&self) -> (f64, f64) {
        (self.differences.quantile(0.05), self.differences.quantile(0.95))
    }

    /// The mean difference in standard deviations of single runs of the base; for measures of
    /// pairs, of single pairs.
    pub fn standardised(&self) -> f64 {
        let spread = if self.measure.is_of_pairs() { &self.differences.mean } else { &self.base };
        match spread.sd() {
            sd if sd > 0.0 => self.mean() / sd,
            _ if self.mean() == 0.0 => 0.0,
            _ => f64::NAN,
        }
    }

    /// Shares of pairs in which the variant has more, about the same, and less; they sum to one. About
    /// the same is a difference that does not [count](Measure::smallest).
    pub fn more_same_less(&self) -> (f64, f64, f64) {
        let all = self.differences.mean.count();
        let share = |count: u64| count as f64 / all as f64;
        (share(self.more), share(all - self.more - self.less), share(self.less))
    }

    /// Share of pairs in which the variant is better, if one way is.
    pub fn better(&self) -> Option<f64> {
        let (more, _, less) = self.more_same_less();
        Some(match self.measure.better? {
            Better::More => more,
            Better::Less => less,
        })
    }

    /// Share of pairs in which it is about the same, if one way is better.
    pub fn same(&self) -> Option<f64> {
        self.measure.better.map(|_| self.more_same_less().1)
    }

    /// Share of pairs in which the variant is worse, if one way is.
    pub fn worse(&self) -> Option<f64> {
        let (more, _, less) = self.more_same_less();
        Some(match self.measure.better? {
            Better::More => less,
            Better::Less => more,
        })
    }

    /// How many times fewer runs pairing needs than independent worlds would for the same error:
    /// the variance of independent differences over that of paired ones. `None` for measures of
    /// pairs, or where nothing varies.
    pub fn gain_of_pairing(&self) -> Option<f64> {
        let variance = |mean: &Mean| mean.sd() * mean.sd();
        let paired = variance(&self.differences.mean);
        let independent = variance(&self.base) + variance(&self.variant);
        (!self.measure.is_of_pairs() && paired > 0.0).then(|| independent / paired)
    }

    /// Pairs that a 95 % interval of this half width would need, going by the spread so far.
    pub fn pairs_for(&self, half_width: f64) -> Option<u64> {
        self.differences.mean.count_for(half_width)
    }
}
