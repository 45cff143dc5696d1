//! How far an answer depends on parameters that are not known: over sets that fit the published
//! patterns about as well, and over the range assumed for what an intervention does.

use super::{Answer, Comparison, PairedRun, Pairs, Variant};
use crate::model::setup::InterventionKind;
use crate::scenario::World;
use crate::scenario::fitted::Set;
use crate::worlds::runs::{Stop, Stopped};
use crate::worlds::statistics::Mean;

/// How a mean difference moves over parameter sets, for one outcome of one variant.
#[derive(Clone, Debug, Default)]
pub struct AcrossSets {
    /// By set: how much larger the mean difference is than at the scenario's own values, and the
    /// Monte-Carlo error of that.
    pub moves: Vec<(f64, f64)>,
}

impl AcrossSets {
    /// The range of a mean difference over the sets and the scenario's own values; none if no set
    /// has a value that is known up to an error. The Monte-Carlo error is taken out: every move is drawn toward their mean by the part of their
    /// spread that is no more than error (the variance of the moves less the mean of their
    /// squared errors).
    pub fn range(&self, own: f64) -> Option<(f64, f64)> {
        let (mut all, mut noise) = (Mean::default(), Mean::default());
        for (size, error) in self.known() {
            all.add(size);
            noise.add(error * error);
        }
        let spread = all.sd() * all.sd();
        let kept = if spread > noise.mean() { 1.0 - noise.mean() / spread } else { 0.0 };
        let kept = libm::sqrt(kept);
        let drawn = self.known().map(|(size, _)| all.mean() + kept * (size - all.mean()));
        let (low, high) =
            drawn.fold((0.0, 0.0), |(low, high): (f64, f64), x| (low.min(x), high.max(x)));
        (all.count() > 0).then_some((own + low, own + high))
    }

    fn known(&self) -> impl Iterator<Item = (f64, f64)> {
        self.moves.iter().copied().filter(|(size, error)| (size + error).is_finite())
    }
}

/// How means of values of single runs move over parameter sets, in the order of the values.
/// `values` gives the values of every run at a set; at the scenario's own numbers if there is none.
///
/// # Errors
/// The first of `values`.
pub fn over<'s, V: AsRef<[Option<f64>]>>(
    sets: impl IntoIterator<Item = &'s Set>,
    values: impl Fn(Option<&'s Set>) -> Result<Vec<V>, Stopped>,
) -> Result<Vec<AcrossSets>, Stopped> {
    let own = values(None)?;
    let mut across = vec![AcrossSets::default(); own.first().map_or(0, |run| run.as_ref().len())];
    for set in sets {
        let theirs = values(Some(set))?;
        for (i, across) in across.iter_mut().enumerate() {
            let mut moves = Mean::default();
            for (own, theirs) in own.iter().zip(&theirs) {
                if let Some((own, theirs)) = own.as_ref()[i].zip(theirs.as_ref()[i]) {
                    moves.add(theirs - own);
                }
            }
            across.moves.push((moves.mean(), moves.error()));
        }
    }
    Ok(across)
}

/// How a comparison moves over so many sets that fit about as well, by contrast and measure.
/// `None` if the base has no such sets.
///
/// Every set is run with the same seed and run numbers as the scenario's own values, so that the
/// two differ only by consequences.
///
/// `known` are the [`differences`] of the first pairs at the scenario's own values, from a run of
/// the comparison before; where there are not so many, they are found again.
///
/// # Errors
/// If it was stopped or a run cannot be founded.
pub fn over_sets(
    comparison: &Comparison,
    sets: usize,
    pairs: u64,
    known: Vec<Vec<Option<f64>>>,
    stop: Stop<'_>,
) -> Result<Option<Vec<Vec<AcrossSets>>>, Stopped> {
    let Some(fitted) = &comparison.base().fitted else { return Ok(None) };
    let of_all = |comparison: &Comparison| {
        let mut runs: Vec<Vec<Option<f64>>> = Vec::new();
        comparison.answer(Pairs::Exactly(pairs), stop, |run| runs.push(differences(run)))?;
        Ok(runs)
    };
    let across = over(fitted.some(sets), |set| match set {
        None if known.len() as u64 == pairs => Ok(known.clone()),
        None => of_all(comparison),
        Some(set) => {
            of_all(&comparison.of_others(|_, scenario| moved(scenario, comparison.base(), set)))
        }
    })?;
    let measures = comparison.measures().len().max(1);
    Ok(Some(across.chunks(measures).map(<[AcrossSets]>::to_vec).collect()))
}

/// The difference of a run in each outcome of each contrast.
pub fn differences(run: &PairedRun) -> Vec<Option<f64>> {
    run.values.iter().flatten().map(|pair| pair.difference).collect()
}

/// What a world states itself stays, also where only the base states it.
fn moved(scenario: &World, base: &World, set: &Set) -> World {
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
    pub kind: InterventionKind,
    /// The parameter that says how strong it is.
    pub key: &'static str,
    /// The range assumed for it.
    pub range: (f64, f64),
}

impl Comparison {
    /// The interventions that a variant has and the base does not, with the effects assumed.
    pub fn assumed_effects(&self) -> Vec<Assumed> {
        let mut all = Vec::new();
        for (variant, Variant { world, .. }) in self.variants().iter().enumerate() {
            let base = &self.base().template().interventions;
            for intervention in &world.template().interventions {
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
        stop: Stop<'_>,
    ) -> Result<Option<Answer>, Stopped> {
        let variant = &self.variants()[assumed.variant];
        let Ok(scenario) = variant.world.with([(assumed.key, value)]) else { return Ok(None) };
        let alone = Variant { name: variant.name.clone(), world: scenario };
        let there = Comparison { variants: vec![alone], contrasts: vec![[1, 0]], ..self.clone() };
        there.answer(Pairs::Exactly(pairs), stop, |_| {}).map(Some)
    }
}
