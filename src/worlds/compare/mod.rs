//! Comparison: a base world and variants of it as twins, run by run.
//!
//! Every world of a run has the same seed and run number, so that it differs from the others only
//! by consequences; an outcome is compared as the mean of paired differences. Three uncertainties
//! are kept apart: how far more runs could move the mean (its Monte-Carlo error), how far chance
//! carries a single pair, and how far the answer depends on which of the [parameter sets that fit
//! about as well](across) is taken.

pub mod across;
pub mod break_even;
mod contrast;
mod estimate;
pub mod response;
pub mod study;
#[cfg(test)]
mod tests;

pub use crate::measure::outcome::Better;
pub use contrast::Contrast;
pub use estimate::Estimate;

use super::Replicates;
use super::replicate::{Stopped, in_blocks};
use super::twins::Band;
use crate::measure::record::{RunRecord, record_run};
use crate::model::partnership::RunId;
use crate::scenario::World;
use contrast::Value;
use response::{Curve, Response};
use std::fmt;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, OnceLock};

/// A world to compare with the base.
#[derive(Clone)]
pub struct Variant {
    /// Its name in tables and pictures.
    pub name: String,
    /// What it is.
    pub scenario: World,
}

/// A question: how do variants differ from a base?
#[derive(Clone)]
pub struct Comparison {
    base: World,
    variants: Vec<Variant>,
    outcomes: Vec<Contrast>,
    seed: u64,
    /// What is normal in the base, once it was found.
    normal: Arc<OnceLock<Band>>,
}

/// How many pairs of runs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Pairs {
    /// Just so many.
    Exactly(u64),
    /// Until the 95 % interval of the first outcome is this narrow on either side in every
    /// variant, looking after 64, 128, 256 … pairs, at most so many.
    Until {
        /// Half of the interval's width.
        half_width: f64,
        /// The most pairs.
        at_most: u64,
    },
}

/// Pairs before the first look; every further look doubles them.
pub const FIRST_LOOK: u64 = 64;

impl Pairs {
    /// How many to run before anything is looked at.
    pub fn at_first(self) -> u64 {
        match self {
            Pairs::Exactly(pairs) => pairs,
            Pairs::Until { at_most, .. } => FIRST_LOOK.min(at_most),
        }
    }

    /// How many to have run by the next look, after so many with this widest half of an interval
    /// (none: there is no interval yet); none if they are enough.
    pub fn after(self, done: u64, widest: Option<f64>) -> Option<u64> {
        let Pairs::Until { half_width, at_most } = self else { return None };
        let enough = widest.is_some_and(|widest| widest <= half_width);
        (!enough && done < at_most).then(|| (2 * done).min(at_most))
    }
}

/// Why worlds cannot be compared.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Incomparable {
    /// There is no variant.
    NoVariant,
    /// Two variants have one name.
    SameName(
        /// The name.
        String,
    ),
    /// The base cannot be compared on this.
    NoSuchOutcome {
        /// What was asked for.
        name: String,
        /// What there is.
        known: Vec<String>,
    },
    /// A variant has something else than the base that both must have alike.
    Differs {
        /// The variant.
        variant: String,
        /// What.
        what: String,
        /// In the base.
        base: String,
        /// In the variant.
        other: String,
    },
}

impl fmt::Display for Incomparable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Incomparable::NoVariant => write!(f, "there is nothing to compare the base with"),
            Incomparable::SameName(name) => write!(f, "two variants are called `{name}`"),
            Incomparable::NoSuchOutcome { name, known } => {
                write!(f, "worlds are not compared on `{name}`\n  allowed: {}", known.join(", "))
            }
            Incomparable::Differs { variant, what, base, other } => write!(
                f,
                "`{variant}` cannot be compared with its base: they differ in {what}\n  found: {other}\n  allowed: {base}, as in the base"
            ),
        }
    }
}

impl std::error::Error for Incomparable {}

/// What a comparison found.
#[derive(Clone, Debug)]
pub struct Answer {
    /// Pairs of runs.
    pub pairs: u64,
    /// How often it was looked whether they were enough; 0 if their number was fixed.
    pub looks: u32,
    /// By variant, by outcome.
    pub estimates: Vec<Vec<Estimate>>,
    /// By variant: the course of the difference.
    pub responses: Vec<Response>,
}

/// One run of all worlds: what is kept of it.
#[derive(Clone, Debug)]
pub struct PairedRun {
    /// Its number.
    pub number: u64,
    /// By variant, by outcome: base, variant, difference; whether either is censored.
    pub values: Vec<Vec<Paired>>,
    curves: Vec<Vec<Curve>>,
}

/// One outcome in one pair of worlds.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Paired {
    /// In the base; none for outcomes of pairs.
    pub base: Option<f64>,
    /// In the variant; none for outcomes of pairs.
    pub variant: Option<f64>,
    /// Variant less base.
    pub difference: Option<f64>,
    /// Either is only known to be at least so much.
    pub censored: bool,
}

impl Comparison {
    /// A comparison of variants with a base on some outcomes, by name; on everything if none is
    /// named.
    ///
    /// # Errors
    /// If there is no variant, two have one name, an outcome is not known, or a variant differs
    /// in the horizon, the currency, the organizations or in what defines an outcome.
    pub fn new(
        base: World,
        variants: Vec<Variant>,
        outcomes: &[String],
        seed: u64,
    ) -> Result<Comparison, Incomparable> {
        if variants.is_empty() {
            return Err(Incomparable::NoVariant);
        }
        for (i, variant) in variants.iter().enumerate() {
            if variants[..i].iter().any(|earlier| earlier.name == variant.name) {
                return Err(Incomparable::SameName(variant.name.clone()));
            }
        }
        let known = Contrast::all(&base);
        let outcomes = match outcomes {
            [] => known.into_iter().filter(|c| makes_sense(c, &base, &variants)).collect(),
            named => {
                let find = |name: &String| {
                    let found = known.iter().find(|contrast| contrast.name == *name);
                    found.cloned().ok_or_else(|| Incomparable::NoSuchOutcome {
                        name: name.clone(),
                        known: known.iter().map(|contrast| contrast.name.clone()).collect(),
                    })
                };
                named.iter().map(find).collect::<Result<Vec<_>, _>>()?
            }
        };
        for variant in &variants {
            comparable(&base, variant, &outcomes)?;
        }
        Ok(Comparison { base, variants, outcomes, seed, normal: Arc::default() })
    }

    /// The base.
    pub fn base(&self) -> &World {
        &self.base
    }

    /// The variants.
    pub fn variants(&self) -> &[Variant] {
        &self.variants
    }

    /// The outcomes.
    pub fn outcomes(&self) -> &[Contrast] {
        &self.outcomes
    }

    /// The seed.
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// The same question of other worlds: `change` is applied to the base (named none) and to
    /// every variant.
    pub fn of_others(&self, change: impl Fn(Option<&str>, &World) -> World) -> Comparison {
        let variants = self.variants.iter().map(|variant| Variant {
            name: variant.name.clone(),
            scenario: change(Some(&variant.name), &variant.scenario),
        });
        let base = change(None, &self.base);
        let (variants, normal) = (variants.collect(), Arc::default());
        Comparison { base, variants, normal, ..self.clone() }
    }

    /// Runs it. `told` sees every run, in order.
    ///
    /// # Errors
    /// If it was stopped or a run cannot be founded.
    pub fn answer(
        &self,
        pairs: Pairs,
        stop: &AtomicBool,
        mut told: impl FnMut(&PairedRun),
    ) -> Result<Answer, Stopped> {
        let band = self.band(stop)?;
        let months = self.base.template().calendar.months as usize;
        let mut answer = Answer {
            pairs: 0,
            looks: 0,
            estimates: vec![self.outcomes.iter().map(Estimate::new).collect(); self.variants.len()],
            responses: vec![Response::new(months); self.variants.len()],
        };
        let mut next = pairs.at_first();
        loop {
            in_blocks(
                answer.pairs + 1..next + 1,
                stop,
                |number| self.run(number, band),
                |run: PairedRun| {
                    told(&run);
                    answer.add(run);
                    Ok::<(), Stopped>(())
                },
            )?;
            answer.looks += u32::from(matches!(pairs, Pairs::Until { .. }));
            let first = answer.estimates.iter().filter_map(|estimates| estimates.first());
            let halves: Option<Vec<f64>> = first.map(Estimate::half_width).collect();
            let widest = halves.map(|halves| halves.into_iter().fold(0.0, f64::max));
            match pairs.after(answer.pairs, widest) {
                Some(more) => next = more,
                None => return Ok(answer),
            }
        }
    }

    /// What is normal: the band of the base without its shocks.
    fn band(&self, stop: &AtomicBool) -> Result<&Band, Stopped> {
        if let Some(known) = self.normal.get() {
            return Ok(known);
        }
        let needed = self.outcomes.iter().any(|contrast| contrast.name == "back_to_normal");
        let band = if needed { self.band_of_the_base(stop)? } else { Band::default() };
        Ok(self.normal.get_or_init(|| band))
    }

    fn band_of_the_base(&self, stop: &AtomicBool) -> Result<Band, Stopped> {
        let calm = self.base.twin().unwrap_or_else(|| self.base.clone());
        let replicates = Replicates {
            scenario: &self.base,
            twin: Some(&calm),
            seed: self.seed,
            first: 1,
            runs: 0,
            detailed: 0,
        };
        Band::of(&replicates, &calm.theory, stop)
    }

    /// One run of all worlds.
    fn run(&self, number: u64, band: &Band) -> Result<PairedRun, Stopped> {
        let origin = RunId::new(self.seed, number);
        let live = |scenario: &World| -> Result<(RunRecord, Option<u32>), Stopped> {
            let setup = scenario.setup(origin);
            let shock = setup.shocks.iter().map(|shock| shock.month).min();
            let record = record_run(setup, origin, &scenario.theory, &[], false)
                .map_err(|why| Stopped::Unlivable { run: number, why })?;
            Ok((record, shock))
        };
        let (base, base_shock) = live(&self.base)?;
        let base_curves = trajectory_of(&base);
        let mut values = Vec::new();
        let mut curves = Vec::new();
        for variant in &self.variants {
            let (record, shock) = live(&variant.scenario)?;
            let shock = base_shock.into_iter().chain(shock).min();
            let pair = |contrast: &Contrast| {
                let of = |record| contrast.of(record, band, shock);
                paired(contrast, (&record, of(&record)), (&base, of(&base)))
            };
            values.push(self.outcomes.iter().map(pair).collect());
            curves.push(response::difference(&trajectory_of(&record), &base_curves));
        }
        Ok(PairedRun { number, values, curves })
    }
}

fn trajectory_of(record: &RunRecord) -> Vec<Curve> {
    response::Followed::ALL.iter().map(|followed| followed.of(record)).collect()
}

fn paired(contrast: &Contrast, variant: (&RunRecord, Value), base: (&RunRecord, Value)) -> Paired {
    let censored = |value: Value| value.is_some_and(|(_, censored)| censored);
    Paired {
        base: base.1.map(|(value, _)| value),
        variant: variant.1.map(|(value, _)| value),
        difference: contrast.difference(variant, base),
        censored: censored(base.1) || censored(variant.1),
    }
}

impl Answer {
    fn add(&mut self, run: PairedRun) {
        self.pairs += 1;
        for (estimates, values) in self.estimates.iter_mut().zip(&run.values) {
            for (estimate, pair) in estimates.iter_mut().zip(values) {
                estimate.add(pair);
            }
        }
        for (response, curves) in self.responses.iter_mut().zip(run.curves) {
            response.add(run.number, &curves);
        }
    }
}

/// Outcomes that are compared when none is named: not those which no world here can have.
fn makes_sense(contrast: &Contrast, base: &World, variants: &[Variant]) -> bool {
    let mut worlds = variants.iter().map(|variant| &variant.scenario).chain([base]);
    match contrast.name.as_str() {
        "back_to_normal" => worlds.any(|world| !world.template().shocks.is_empty()),
        "survival" => worlds.any(|world| world.template().parameters.benefit.renewal_every > 0.0),
        "set_aside" => worlds.any(|world| !world.template().interventions.is_empty()),
        "price" => {
            worlds.any(|world| world.template().interventions.iter().any(|i| i.cost.is_priced()))
        }
        "results_used" => worlds.any(|world| {
            let organizations = &world.template().organizations;
            organizations.iter().any(|o| o.capacity < 1.0) || world.template().is_funded()
        }),
        "positions" => worlds.any(|world| world.template().seats.iter().any(|s| s.salary > 0.0)),
        practice if practice.starts_with("practice.") => false,
        _ => true,
    }
}

fn comparable(base: &World, variant: &Variant, outcomes: &[Contrast]) -> Result<(), Incomparable> {
    let alike = |what: &str, in_base: String, other: String| {
        if in_base == other {
            return Ok(());
        }
        let (variant, what) = (variant.name.clone(), what.to_owned());
        Err(Incomparable::Differs { variant, what, base: in_base, other })
    };
    let (here, there) = (base.template(), variant.scenario.template());
    let months = |setup: &crate::model::Setup| format!("{} months", setup.calendar.months);
    alike("the horizon (calendar.months)", months(here), months(there))?;
    let currency = |scenario: &World| {
        scenario.money.as_ref().map_or("none".to_owned(), |money| money.currency.clone())
    };
    alike("the currency (money.currency)", currency(base), currency(&variant.scenario))?;
    let names = |setup: &crate::model::Setup| -> String {
        let names: Vec<&str> = setup.organizations.iter().map(|o| o.name.as_str()).collect();
        names.join(", ")
    };
    alike("their organizations", names(here), names(there))?;
    for contrast in outcomes {
        let ((what, ours), (_, theirs)) = (contrast.definition(here), contrast.definition(there));
        if ours != theirs {
            return Err(Incomparable::Differs {
                variant: variant.name.clone(),
                what: format!("{what}, on which the outcome `{}` rests", contrast.name),
                base: "the same definition".into(),
                other: "another one".into(),
            });
        }
    }
    Ok(())
}
