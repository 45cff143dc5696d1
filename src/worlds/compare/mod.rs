//! Comparison: a base world and variants of it as twins, run by run.
//!
//! Every world of a run has the same seed and run number, so that it differs from the others only
//! by consequences; an outcome is compared as the mean of paired differences. Three uncertainties
//! are kept apart: how far more runs could move the mean (its Monte-Carlo error), how far chance
//! carries a single pair, and how far the answer depends on the numbers of the model: where the base
//! draws them from a posterior, every world of a run lives at the same draw
//! ([`Split`](super::statistics::Split)).

pub mod assumed;
pub mod break_even;
mod estimate;
pub mod response;
pub mod study;
#[cfg(test)]
mod tests;

pub use crate::measure::{Better, Paired};
pub use estimate::Estimate;

use super::runs::{Runs, Stop, Stopped};
use super::trajectory::normal;
use crate::measure::Wanted;
use crate::measure::normal::Band;
use crate::measure::{Measure, RunRecord, Seen};
use crate::model::RunId;
use crate::scenario::World;
use response::{Curve, Response};
use std::fmt;
use std::sync::{Arc, OnceLock};

/// A world to compare with the base.
#[derive(Clone)]
pub struct Variant {
    /// Its name in tables and pictures.
    pub name: String,
    /// What it is.
    pub world: World,
}

/// A question: how do variants differ from a base?
#[derive(Clone)]
pub struct Comparison {
    base: World,
    variants: Vec<Variant>,
    measures: Vec<Measure>,
    /// Pairs of worlds that are compared, as places: the base is 0.
    contrasts: Vec<[usize; 2]>,
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
    /// There is no measure of this name.
    NoSuchMeasure {
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
            Incomparable::NoSuchMeasure { name, known } => {
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
    /// By contrast, by measure; the first contrasts are those of each variant with the base.
    pub estimates: Vec<Vec<Estimate>>,
    /// By contrast: the course of the difference.
    pub responses: Vec<Response>,
}

/// One run of all worlds: what is kept of it.
#[derive(Clone, Debug)]
pub struct PairedRun {
    /// Its number.
    pub number: u64,
    /// The draw of the numbers that it lived at; `None` where numbers are fixed.
    pub draw: Option<usize>,
    /// By contrast, by measure.
    pub values: Vec<Vec<Paired>>,
    curves: Vec<Vec<Curve>>,
}

impl Comparison {
    /// A comparison of variants with a base on everything that makes sense in them. Where the numbers
    /// of the base [are drawn](World::drawing), those of the variants are drawn alike.
    ///
    /// # Errors
    /// If there is no variant, two have one name, or a variant differs in the horizon, the
    /// currency, the organizations or in what defines a measure.
    pub fn of(
        base: World,
        variants: impl IntoIterator<Item = Variant>,
        seed: u64,
    ) -> Result<Comparison, Incomparable> {
        Comparison::on(std::iter::empty::<Wanted>(), base, variants, seed)
    }

    /// A comparison on these measures alone, the first being the one that matters most; on
    /// everything that makes sense if there are none.
    ///
    /// # Errors
    /// As [`Comparison::of`], or if a measure is not known.
    pub fn on(
        wanted: impl IntoIterator<Item: Into<Wanted>>,
        base: World,
        variants: impl IntoIterator<Item = Variant>,
        seed: u64,
    ) -> Result<Comparison, Incomparable> {
        let mut variants: Vec<Variant> = variants.into_iter().collect();
        if variants.is_empty() {
            return Err(Incomparable::NoVariant);
        }
        for (i, variant) in variants.iter().enumerate() {
            if variants[..i].iter().any(|earlier| earlier.name == variant.name) {
                return Err(Incomparable::SameName(variant.name.clone()));
            }
        }
        let known = base.measures();
        let find = |wanted: Wanted| match wanted {
            Wanted::Own(measure) => Ok(*measure),
            Wanted::Named(name) => {
                let found = known.iter().find(|measure| measure.name == name).cloned();
                let names = || known.iter().map(|measure| measure.name.clone()).collect();
                found.ok_or_else(|| Incomparable::NoSuchMeasure { name, known: names() })
            }
        };
        let wanted = wanted.into_iter().map(|wanted| find(wanted.into()));
        let mut measures = wanted.collect::<Result<Vec<Measure>, _>>()?;
        if measures.is_empty() {
            let worlds = || variants.iter().map(|variant| &variant.world).chain([&base]);
            let shown = |measure: &Measure| worlds().any(|w| measure.is_shown_in(w.template()));
            measures = known.into_iter().filter(shown).collect();
        }
        for variant in &variants {
            comparable(&base, variant, &measures)?;
        }
        for variant in &mut variants {
            variant.world = variant.world.drawing_like(&base);
        }
        let contrasts = (1..=variants.len()).map(|variant| [variant, 0]).collect();
        Ok(Comparison { base, variants, measures, contrasts, seed, normal: Arc::default() })
    }

    /// The same with the contrast of a variant with another, by their places from 0.
    #[must_use]
    pub fn between(mut self, variant: usize, other: usize) -> Comparison {
        if variant.max(other) < self.variants.len() {
            self.contrasts.push([variant + 1, other + 1]);
        }
        self
    }

    /// The base.
    pub fn base(&self) -> &World {
        &self.base
    }

    /// The variants.
    pub fn variants(&self) -> &[Variant] {
        &self.variants
    }

    /// The measures, the one that matters most first.
    pub fn measures(&self) -> &[Measure] {
        &self.measures
    }

    /// The pairs of worlds that are compared, as places; the base is 0.
    pub fn contrasts(&self) -> &[[usize; 2]] {
        &self.contrasts
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
            world: change(Some(&variant.name), &variant.world),
        });
        let base = change(None, &self.base);
        let (variants, normal) = (variants.collect(), Arc::default());
        Comparison { base, variants, normal, ..self.clone() }
    }

    /// Every world, the base first.
    fn worlds(&self) -> impl Iterator<Item = &World> {
        [&self.base].into_iter().chain(self.variants.iter().map(|variant| &variant.world))
    }

    /// Runs it. `told` sees every run, in order.
    ///
    /// # Errors
    /// If it was stopped or a run cannot be founded.
    pub fn answer(
        &self,
        pairs: Pairs,
        stop: Stop<'_>,
        mut told: impl FnMut(&PairedRun),
    ) -> Result<Answer, Stopped> {
        let normal = self.normal(stop)?;
        let months = self.base.template().calendar.months as usize;
        let none: Vec<Estimate> = self.measures.iter().map(Estimate::new).collect();
        let mut answer = Answer {
            pairs: 0,
            looks: 0,
            estimates: vec![none; self.contrasts.len()],
            responses: vec![Response::new(months); self.contrasts.len()],
        };
        let mut runs = Runs { stop, ..Runs::of(self.worlds(), pairs.at_first(), self.seed) };
        loop {
            runs.fold(
                |run| self.paired(run.number, &run.records, normal),
                |run: PairedRun| {
                    told(&run);
                    answer.add(run);
                    Ok::<(), Stopped>(())
                },
            )?;
            answer.looks += u32::from(matches!(pairs, Pairs::Until { .. }));
            let against_base = &answer.estimates[..self.variants.len()];
            let first = against_base.iter().filter_map(|estimates| estimates.first());
            let halves: Option<Vec<f64>> = first.map(Estimate::half_width).collect();
            let widest = halves.map(|halves| halves.into_iter().fold(0.0, f64::max));
            match pairs.after(answer.pairs, widest) {
                Some(more) => (runs.first, runs.runs) = (answer.pairs + 1, more - answer.pairs),
                None => return Ok(answer),
            }
        }
    }

    /// What is normal in the base without its shocks, if a measure asks for it.
    fn normal(&self, stop: Stop<'_>) -> Result<&Band, Stopped> {
        if let Some(known) = self.normal.get() {
            return Ok(known);
        }
        let band = match self.measures.iter().any(|measure| measure.needs_normal) {
            true => {
                let calm = self.base.twin();
                normal(calm.as_ref().unwrap_or(&self.base), self.seed, stop)?
            }
            false => Band::default(),
        };
        Ok(self.normal.get_or_init(|| band))
    }

    /// What is kept of one run of all worlds.
    fn paired(&self, number: u64, records: &[RunRecord], normal: &Band) -> PairedRun {
        let courses: Vec<Vec<Curve>> = records.iter().map(response::courses).collect();
        let contrast = |[variant, other]: &[usize; 2]| {
            let worlds = [&records[0], &records[*variant], &records[*other]];
            let since = worlds.into_iter().filter_map(|record| record.first_shock).min();
            let seen = |place: &usize| Seen { run: &records[*place], since, normal };
            let pair = |measure: &Measure| measure.paired(seen(variant), seen(other));
            let course = response::difference(&courses[*variant], &courses[*other]);
            (self.measures.iter().map(pair).collect(), course)
        };
        let (values, curves) = self.contrasts.iter().map(contrast).unzip();
        let draw = self.base.draw_of(RunId::new(self.seed, number));
        PairedRun { number, draw, values, curves }
    }
}

impl Answer {
    fn add(&mut self, run: PairedRun) {
        self.pairs += 1;
        for (estimates, values) in self.estimates.iter_mut().zip(&run.values) {
            for (estimate, pair) in estimates.iter_mut().zip(values) {
                estimate.add(pair, run.draw);
            }
        }
        for (response, curves) in self.responses.iter_mut().zip(run.curves) {
            response.add(run.number, &curves);
        }
    }
}

fn comparable(base: &World, variant: &Variant, measures: &[Measure]) -> Result<(), Incomparable> {
    let alike = |what: &str, in_base: String, other: String| {
        if in_base == other {
            return Ok(());
        }
        let (variant, what) = (variant.name.clone(), what.to_owned());
        Err(Incomparable::Differs { variant, what, base: in_base, other })
    };
    let (here, there) = (base.template(), variant.world.template());
    let months = |setup: &crate::model::Setup| format!("{} months", setup.calendar.months);
    alike("the horizon (calendar.months)", months(here), months(there))?;
    let currency = |scenario: &World| {
        scenario.money.as_ref().map_or("none".to_owned(), |money| money.currency.clone())
    };
    alike("the currency (money.currency)", currency(base), currency(&variant.world))?;
    let names = |setup: &crate::model::Setup| -> String {
        let names: Vec<&str> = setup.organizations.iter().map(|o| o.name.as_str()).collect();
        names.join(", ")
    };
    alike("their organizations", names(here), names(there))?;
    for measure in measures {
        let (ours, theirs) = (measure.definition(here), measure.definition(there));
        if let Some((what, _)) = ours.as_ref().filter(|_| ours != theirs) {
            return Err(Incomparable::Differs {
                variant: variant.name.clone(),
                what: format!("{what}, on which the outcome `{}` rests", measure.name),
                base: "the same definition".into(),
                other: "another one".into(),
            });
        }
    }
    Ok(())
}
