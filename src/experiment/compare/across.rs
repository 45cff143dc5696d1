//! How far an answer depends on parameters that are not known: over sets that fit the published
//! patterns about as well, and over the range assumed for what an intervention does.

use super::{Answer, Comparison, Pairs};
use crate::experiment::replicate::Stopped;
use crate::experiment::statistics::Mean;
use crate::model::interventions::Kind;
use crate::scenario::Scenario;
use std::sync::atomic::AtomicBool;

/// Mean differences over parameter sets, for one outcome of one variant.
#[derive(Clone, Debug, Default)]
pub struct AcrossSets {
    /// By set: the mean difference and its Monte-Carlo error.
    pub means: Vec<(f64, f64)>,
}

impl AcrossSets {
    /// Mean over sets, and the standard deviation between them with the Monte-Carlo error of each
    /// taken out: the variance of the means less the mean of their squared errors, not below 0.
    pub fn mean_and_spread(&self) -> (f64, f64) {
        let (mut all, mut noise) = (Mean::default(), Mean::default());
        for (mean, error) in self.means.iter().filter(|(mean, error)| (mean + error).is_finite()) {
            all.add(*mean);
            noise.add(error * error);
        }
        let between = all.sd() * all.sd() - noise.mean();
        (all.mean(), if between > 0.0 { libm::sqrt(between) } else { 0.0 * between })
    }

    /// The range over sets with the Monte-Carlo error taken out: every mean is drawn toward the
    /// mean of all by the part of their spread that is not error, then the least and the most.
    pub fn range(&self) -> (f64, f64) {
        let (centre, spread) = self.mean_and_spread();
        let mut all = Mean::default();
        self.means.iter().for_each(|(mean, _)| all.add(*mean));
        let kept = if all.sd() > 0.0 { spread / all.sd() } else { 0.0 };
        let drawn = self.means.iter().map(|(mean, _)| centre + kept * (mean - centre));
        drawn.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| (low.min(x), high.max(x)))
    }
}

/// Answers of a comparison for so many sets that fit about as well, by variant and outcome.
/// `None` if the base has no such sets.
///
/// # Errors
/// If it was stopped or a run cannot be founded.
pub fn over_sets(
    comparison: &Comparison,
    sets: usize,
    pairs: u64,
    stop: &AtomicBool,
) -> Result<Option<Vec<Vec<AcrossSets>>>, Stopped> {
    let Some(fitted) = &comparison.base().fitted else { return Ok(None) };
    let mut across =
        vec![vec![AcrossSets::default(); comparison.outcomes().len()]; comparison.variants().len()];
    for set in fitted.some(sets) {
        let there = comparison.of_others(|_, scenario| moved(scenario, comparison.base(), set));
        let answer = there.answer(Pairs::Exactly(pairs), stop, |_| {})?;
        for (kept, found) in across.iter_mut().zip(&answer.estimates) {
            for (kept, estimate) in kept.iter_mut().zip(found) {
                let mean = &estimate.differences.mean;
                kept.means.push((mean.mean(), mean.error()));
            }
        }
    }
    Ok(Some(across))
}

/// What a world states itself stays, also where only the base states it.
fn moved(scenario: &Scenario, base: &Scenario, set: &crate::scenario::fitted::Set) -> Scenario {
    let mut set = set.clone();
    set.values.retain(|key, _| !base.states(key));
    scenario.at_set(&set)
}

/// An assumed effect of an intervention of a variant.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Assumed {
    /// The variant.
    pub variant: usize,
    /// The intervention's name.
    pub intervention: String,
    /// Its kind.
    pub kind: Kind,
    /// The parameter that says how strong it is.
    pub key: &'static str,
    /// The range assumed for it.
    pub range: (f64, f64),
}

impl Comparison {
    /// The interventions that a variant has and the base does not, with the effects assumed.
    pub fn assumed_effects(&self) -> Vec<Assumed> {
        let mut all = Vec::new();
        for (variant, world) in self.variants().iter().enumerate() {
            let base = &self.base().template().interventions;
            for intervention in &world.scenario.template().interventions {
                if base.contains(intervention) {
                    continue;
                }
                let (key, low, high) = intervention.kind.effect();
                all.push(Assumed {
                    variant,
                    intervention: intervention.name.clone(),
                    kind: intervention.kind,
                    key,
                    range: (low, high),
                });
            }
        }
        all
    }

    /// The answer with an assumed effect at another value, for the variant concerned alone.
    /// `None` if the value cannot be set.
    ///
    /// # Errors
    /// If it was stopped or a run cannot be founded.
    pub fn with_effect(
        &self,
        assumed: &Assumed,
        value: f64,
        pairs: u64,
        stop: &AtomicBool,
    ) -> Result<Option<Answer>, Stopped> {
        let variant = &self.variants()[assumed.variant];
        let Ok(scenario) = variant.scenario.with([(assumed.key, value)]) else { return Ok(None) };
        let alone = super::Variant { name: variant.name.clone(), scenario };
        let there = Comparison { variants: vec![alone], ..self.clone() };
        there.answer(Pairs::Exactly(pairs), stop, |_| {}).map(Some)
    }
}
