//! Worlds side by side: every run lived in each of several worlds, and means of what is read from
//! all of them at once. For questions that need more than two worlds, or a measure of one's own.

use super::compare::across::AcrossSets;
use super::replicate::{Stopped, in_blocks};
use super::statistics::Mean;
use crate::measure::record::{RunRecord, record_watched};
use crate::model::event::Watch;
use crate::model::partnership::RunId;
use crate::scenario::World;
use std::sync::atomic::AtomicBool;

/// Worlds that share seed and run numbers, so that they differ only by consequences.
#[derive(Clone, Copy)]
pub struct SideBySide<'a, const WORLDS: usize> {
    /// The worlds.
    pub worlds: [&'a World; WORLDS],
    /// Runs of each.
    pub runs: u64,
    /// The seed.
    pub seed: u64,
}

impl<const WORLDS: usize> SideBySide<'_, WORLDS> {
    /// Means over the runs of what `read` gives of the same run in all worlds; a run of which it
    /// gives none does not count.
    ///
    /// ```
    /// use rppsim::worlds::side_by_side::SideBySide;
    /// use rppsim::scenario::World;
    /// let cypress = World::open("cypress").unwrap();
    /// let calm = cypress.twin().unwrap();
    /// let both = SideBySide { worlds: [&cypress, &calm], runs: 20, seed: 1 };
    /// let [lost] = both.means(|[with, without]| [Some(without.ledger.done - with.ledger.done)]).unwrap();
    /// assert!(lost.mean() > 0.0 && lost.count() == 20);
    /// ```
    ///
    /// # Errors
    /// If a run cannot be founded.
    pub fn means<const READ: usize>(
        &self,
        read: impl Fn([&RunRecord; WORLDS]) -> [Option<f64>; READ] + Sync,
    ) -> Result<[Mean; READ], Stopped> {
        self.watched::<(), READ>(|runs| read(runs.map(|(record, ())| record)))
    }

    /// The same with a watcher of one's own beside the record of each run, for what no record
    /// holds.
    ///
    /// ```
    /// use rppsim::worlds::side_by_side::SideBySide;
    /// use rppsim::model::event::Kind;
    /// use rppsim::model::{Event, Moment, Watch};
    /// use rppsim::scenario::World;
    ///
    /// /// Counts questions that are asked about roles.
    /// #[derive(Default)]
    /// struct Questions(u32);
    ///
    /// impl Watch for Questions {
    ///     fn event(&mut self, _: Moment, event: &Event) {
    ///         let asked = matches!(event, Event::Contribution { kind: Kind::Question, .. });
    ///         self.0 += u32::from(asked);
    ///     }
    /// }
    ///
    /// let cypress = World::open("cypress").unwrap();
    /// let side = SideBySide { worlds: [&cypress], runs: 20, seed: 1 };
    /// let [asked] = side.watched::<Questions, 1>(|[(_, own)]| [Some(f64::from(own.0))]).unwrap();
    /// assert!(asked.mean() > 0.0);
    /// ```
    ///
    /// # Errors
    /// If a run cannot be founded.
    pub fn watched<W: Watch + Default, const READ: usize>(
        &self,
        read: impl Fn([(&RunRecord, &W); WORLDS]) -> [Option<f64>; READ] + Sync,
    ) -> Result<[Mean; READ], Stopped> {
        let mut means = [Mean::default(); READ];
        self.each(read, |values| {
            for (mean, value) in means.iter_mut().zip(values) {
                value.into_iter().for_each(|value| mean.add(value));
            }
        })?;
        Ok(means)
    }

    /// The same, run by run in their order: for spreads, correlations and single runs.
    ///
    /// # Errors
    /// If a run cannot be founded.
    pub fn values<W: Watch + Default, const READ: usize>(
        &self,
        read: impl Fn([(&RunRecord, &W); WORLDS]) -> [Option<f64>; READ] + Sync,
    ) -> Result<Vec<[Option<f64>; READ]>, Stopped> {
        let mut kept = Vec::new();
        self.each(read, |values| kept.push(values))?;
        Ok(kept)
    }

    /// How those means move over so many of the parameter sets that fit about as well, if the
    /// first world has such sets.
    ///
    /// # Errors
    /// If a run cannot be founded.
    pub fn over_sets<const READ: usize>(
        &self,
        sets: usize,
        read: impl Fn([&RunRecord; WORLDS]) -> [Option<f64>; READ] + Sync,
    ) -> Result<Option<[AcrossSets; READ]>, Stopped> {
        let Some(fitted) = &self.worlds[0].fitted else { return Ok(None) };
        let values = |side: &SideBySide<'_, WORLDS>| {
            let mut kept = Vec::new();
            let records = |runs: [(&RunRecord, &()); WORLDS]| read(runs.map(|(record, ())| record));
            side.each(records, |values| kept.push(values))?;
            Ok::<_, Stopped>(kept)
        };
        let own = values(self)?;
        let mut across = [(); READ].map(|()| AcrossSets::default());
        for set in fitted.some(sets) {
            let there = self.worlds.map(|world| world.at_set(set));
            let theirs = values(&SideBySide { worlds: there.each_ref(), ..*self })?;
            for (i, across) in across.iter_mut().enumerate() {
                let mut moves = Mean::default();
                for (own, theirs) in own.iter().zip(&theirs) {
                    if let Some((own, theirs)) = own[i].zip(theirs[i]) {
                        moves.add(theirs - own);
                    }
                }
                across.moves.push((moves.mean(), moves.error()));
            }
        }
        Ok(Some(across))
    }

    fn each<W: Watch + Default, const READ: usize>(
        &self,
        read: impl Fn([(&RunRecord, &W); WORLDS]) -> [Option<f64>; READ] + Sync,
        mut fold: impl FnMut([Option<f64>; READ]),
    ) -> Result<(), Stopped> {
        let live = |run: u64| {
            let origin = RunId::new(self.seed, run);
            let mut lived = Vec::with_capacity(WORLDS);
            for world in self.worlds {
                let mut watch = W::default();
                let record = record_watched(
                    world.setup(origin),
                    origin,
                    &world.theory,
                    &[],
                    false,
                    &mut watch,
                )
                .map_err(|why| Stopped::Unlivable { run, why })?;
                lived.push((record, watch));
            }
            Ok(read(std::array::from_fn(|world| (&lived[world].0, &lived[world].1))))
        };
        in_blocks(1..self.runs + 1, &AtomicBool::new(false), live, |values| {
            fold(values);
            Ok::<(), Stopped>(())
        })
    }
}
