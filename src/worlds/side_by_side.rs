//! Worlds side by side: every run lived in each of several worlds, and what is read from all of
//! them at once.

use super::compare::study::{Plan, Study};
use super::compare::{Comparison, Incomparable, Pairs, Variant};
use super::hypothesis::Untested;
use super::runs::{Runs, Stop, Stopped};
use super::statistics::{Grouped, Mean, Split};
use crate::measure::Wanted;
use crate::measure::record::RunRecord;
use crate::model::RunId;
use crate::model::event::Watch;
use crate::scenario::{Numbers, World, WorldTheory};
use std::borrow::Borrow;

/// Worlds that share seed and run numbers, so that they differ only by consequences.
///
/// ```
/// use rppsim::scenario::World;
/// use rppsim::worlds::Worlds;
///
/// let cypress = World::open("cypress").unwrap();
/// let calm = cypress.twin().unwrap();
/// let worlds = Worlds::of([&cypress, &calm]).runs(20);
/// let [lost] = worlds.means(|[with, without]| [Some(without.ledger.done - with.ledger.done)]).unwrap();
/// assert!(lost.mean() > 0.0 && lost.count() == 20);
/// ```
#[derive(Clone, Debug)]
#[must_use]
pub struct Worlds<'s, const N: usize> {
    worlds: [World; N],
    runs: u64,
    seed: u64,
    stop: Stop<'s>,
    wanted: Vec<Wanted>,
    numbers: Numbers,
}

/// Runs, unless another number is asked for.
const RUNS: u64 = 1000;

impl<const N: usize> Worlds<'static, N> {
    /// These worlds, each under its own theory; a thousand runs of seed 1. Where the first carries a
    /// posterior, every run lives at the numbers of one of its draws, the same in all worlds.
    pub fn of(worlds: [impl Borrow<World>; N]) -> Self {
        let worlds = worlds.map(|world| world.borrow().clone());
        let (runs, seed, stop, wanted) = (RUNS, 1, Stop::NEVER, Vec::new());
        Worlds { worlds, runs, seed, stop, wanted, numbers: Numbers::Posterior }
    }
}

impl<'s, const N: usize> Worlds<'s, N> {
    /// So many runs of each.
    pub fn runs(self, runs: u64) -> Self {
        Worlds { runs, ..self }
    }

    /// Runs of another seed.
    pub fn seed(self, seed: u64) -> Self {
        Worlds { seed, ..self }
    }

    /// Runs at fixed numbers, or at draws from the posterior that the first world carries.
    pub fn numbers(self, numbers: Numbers) -> Self {
        Worlds { numbers, ..self }
    }

    /// The same worlds, all under this theory.
    pub fn theory(self, theory: impl Into<WorldTheory>) -> Self {
        let theory = theory.into();
        let worlds = self.worlds.map(|world| world.under(theory.clone()));
        Worlds { worlds, ..self }
    }

    /// Stops the runs when a flag is raised.
    pub fn stop<'t>(self, stop: impl Into<Stop<'t>>) -> Worlds<'t, N> {
        let Worlds { worlds, runs, seed, wanted, numbers, .. } = self;
        Worlds { worlds, runs, seed, wanted, numbers, stop: stop.into() }
    }

    /// Compares on this measure: one of the catalogue by its name, or one of your own. Asked for
    /// several times, the first is the one that matters most; not at all, the worlds are compared
    /// on everything that makes sense in them.
    pub fn measure(mut self, measure: impl Into<Wanted>) -> Self {
        self.wanted.push(measure.into());
        self
    }

    /// Compares all others with the first world. Each goes by its name; worlds that share one are
    /// told as "world 2", "world 3" and so on, by their place.
    ///
    /// # Errors
    /// If the worlds cannot be compared, it was stopped, or a run cannot be founded.
    pub fn compare(&self) -> Result<Study, Untested> {
        let worlds = self.drawn();
        let Some(base) = worlds.first() else { return Err(Incomparable::NoVariant.into()) };
        let variant = |(place, world): (usize, &World)| {
            let namesakes = worlds.iter().filter(|other| other.name == world.name).count();
            let name = match namesakes {
                1 => world.name.clone(),
                _ => format!("world {}", place + 1),
            };
            Variant { name, world: world.clone() }
        };
        let variants = worlds.iter().enumerate().skip(1).map(variant);
        let comparison = Comparison::on(&self.wanted, base.clone(), variants, self.seed)?;
        let plan = Plan { pairs: Pairs::Exactly(self.runs), ..Plan::default() };
        Ok(comparison.study(plan, self.stop, |_| {})?)
    }

    /// Means over the runs of what `read` gives of the same run in all worlds; a run of which it
    /// gives `None` does not count.
    ///
    /// # Errors
    /// If it was stopped or a run cannot be founded.
    pub fn means<const READ: usize>(
        &self,
        read: impl Fn([&RunRecord; N]) -> [Option<f64>; READ] + Sync,
    ) -> Result<[Mean; READ], Stopped> {
        self.watched::<(), READ>(|runs| read(runs.map(|(record, ())| record)))
    }

    /// The same with a watcher of one's own beside the record of each run, for what no record
    /// holds.
    ///
    /// ```
    /// use rppsim::model::event::TalkKind;
    /// use rppsim::model::{Event, Moment, Watch};
    /// use rppsim::scenario::World;
    /// use rppsim::worlds::Worlds;
    ///
    /// /// Counts questions that are asked about roles.
    /// #[derive(Default)]
    /// struct Questions(u32);
    ///
    /// impl Watch for Questions {
    ///     fn event(&mut self, _: Moment, event: &Event) {
    ///         let asked = matches!(event, Event::Contribution { kind: TalkKind::Question, .. });
    ///         self.0 += u32::from(asked);
    ///     }
    /// }
    ///
    /// let worlds = Worlds::of([World::open("cypress").unwrap()]).runs(20);
    /// let [asked] = worlds.watched::<Questions, 1>(|[(_, own)]| [Some(f64::from(own.0))]).unwrap();
    /// assert!(asked.mean() > 0.0);
    /// ```
    ///
    /// # Errors
    /// If it was stopped or a run cannot be founded.
    pub fn watched<W: Watch + Default, const READ: usize>(
        &self,
        read: impl Fn([(&RunRecord, &W); N]) -> [Option<f64>; READ] + Sync,
    ) -> Result<[Mean; READ], Stopped> {
        let mut means = [Mean::default(); READ];
        for values in self.values(read)? {
            for (mean, value) in means.iter_mut().zip(values) {
                value.into_iter().for_each(|value| mean.add(value));
            }
        }
        Ok(means)
    }

    /// The same, run by run in their order: for spreads, correlations and single runs.
    ///
    /// # Errors
    /// If it was stopped or a run cannot be founded.
    pub fn values<W: Watch + Default, const READ: usize>(
        &self,
        read: impl Fn([(&RunRecord, &W); N]) -> [Option<f64>; READ] + Sync,
    ) -> Result<Vec<[Option<f64>; READ]>, Stopped> {
        let worlds = self.drawn();
        let runs = Runs { stop: self.stop, ..Runs::of(&worlds, self.runs, self.seed) };
        let live = |number| {
            let lived = runs.watched(number, |_| W::default())?;
            Ok(read(std::array::from_fn(|world| (&lived[world].0, &lived[world].1))))
        };
        let mut kept = Vec::new();
        runs.fold_numbers(live, |values| {
            kept.push(values);
            Ok::<(), Stopped>(())
        })?;
        Ok(kept)
    }

    /// What is not known of those means, in its parts: simulation, numbers, chance. `None` where
    /// numbers are fixed, or where no two runs lived at the same draw.
    ///
    /// # Errors
    /// If it was stopped or a run cannot be founded.
    pub fn split<const READ: usize>(
        &self,
        read: impl Fn([&RunRecord; N]) -> [Option<f64>; READ] + Sync,
    ) -> Result<Option<[Split; READ]>, Stopped> {
        let values = self.values::<(), READ>(|runs| read(runs.map(|(record, ())| record)))?;
        let worlds = self.drawn();
        let mut grouped = [(); READ].map(|()| Grouped::default());
        for (number, values) in (1..).zip(values) {
            let draw =
                worlds.first().and_then(|world| world.draw_of(RunId::new(self.seed, number)));
            for (grouped, value) in grouped.iter_mut().zip(values) {
                draw.zip(value).into_iter().for_each(|(draw, value)| grouped.add(draw, value));
            }
        }
        let split: Option<Vec<Split>> = grouped.iter().map(Grouped::split).collect();
        Ok(split.and_then(|split| split.try_into().ok()))
    }

    /// The worlds as they are lived: at the numbers that were asked for, all alike.
    fn drawn(&self) -> [World; N] {
        let base = self.worlds.first().map(|world| world.drawing(self.numbers));
        self.worlds.each_ref().map(|world| match &base {
            Some(base) => world.drawing_like(base),
            None => world.clone(),
        })
    }
}
