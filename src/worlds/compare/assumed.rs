//! How far an answer depends on what is assumed of an intervention: over the range assumed for what it
//! does.

use super::{Answer, Comparison, Pairs, Variant};
use crate::model::setup::InterventionKind;
use crate::worlds::runs::{Stop, Stopped};

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
