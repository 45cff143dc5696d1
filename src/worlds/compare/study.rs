//! A whole study of a comparison: the answer, and everything it depends on that is not known.

use super::assumed::Assumed;
use super::break_even::BreakEven;
use super::{Answer, Comparison, Estimate, PairedRun, Pairs};
use crate::worlds::runs::{Stop, Stopped};

/// How much is run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Plan {
    /// Pairs of runs for the answer.
    pub pairs: Pairs,
    /// Pairs of runs for each value of an assumed effect.
    pub pairs_each: u64,
    /// Whether to find how strong interventions must be to pay for themselves.
    pub break_even: bool,
}

impl Default for Plan {
    fn default() -> Self {
        Plan { pairs: Pairs::Exactly(1000), pairs_each: 64, break_even: false }
    }
}

/// A comparison with its answer.
#[derive(Clone)]
pub struct Study {
    /// The question.
    pub comparison: Comparison,
    /// How much was run.
    pub plan: Plan,
    /// The answer.
    pub answer: Answer,
    /// Answers at the ends of the range assumed for what an intervention does.
    pub assumed: Vec<AssumedRange>,
    /// How strong interventions must be to pay for themselves, if that was asked.
    pub break_even: Vec<BreakEven>,
}

/// What an intervention does at the ends of the range assumed for it.
#[derive(Clone, Debug)]
pub struct AssumedRange {
    /// The assumption.
    pub assumed: Assumed,
    /// Estimates by measure, at the low end.
    pub low: Vec<Estimate>,
    /// At the high end.
    pub high: Vec<Estimate>,
}

impl Comparison {
    /// Runs the whole study. `told` sees every run of the answer, in order.
    ///
    /// # Errors
    /// If it was stopped or a run cannot be founded.
    pub fn study(
        &self,
        plan: Plan,
        stop: Stop<'_>,
        told: impl FnMut(&PairedRun),
    ) -> Result<Study, Stopped> {
        let answer = self.answer(plan.pairs, stop, told)?;
        let mut assumed = Vec::new();
        let mut break_even = Vec::new();
        for effect in self.assumed_effects() {
            let (low, high) = effect.range;
            let at = |value| self.with_effect(&effect, value, plan.pairs_each, stop);
            if let (Some(low), Some(high)) = (at(low)?, at(high)?) {
                let of = |answer: Answer| answer.estimates.into_iter().flatten().collect();
                let (low, high) = (of(low), of(high));
                assumed.push(AssumedRange { assumed: effect.clone(), low, high });
            }
            if plan.break_even {
                let pairs = match plan.pairs {
                    Pairs::Exactly(pairs) => pairs,
                    Pairs::Until { .. } => answer.pairs,
                };
                break_even.extend(self.break_even(&effect, pairs, stop)?);
            }
        }
        Ok(Study { comparison: self.clone(), plan, answer, assumed, break_even })
    }
}
