//! Runs of a world, and what is kept from one to the next: what they are founded from.

use super::World;
use crate::measure::{Depth, Living, RunRecord};
use crate::model::event::Watch;
use crate::model::{Prepared, RunId, Unfounded, Unlivable};
use std::sync::{Arc, Mutex, OnceLock};

/// What runs are founded from. A copy of a world begins with nothing, since it may be changed
/// before it is run.
#[derive(Default)]
pub(super) struct Kept {
    /// Of a world in which every run has the same numbers.
    same: OnceLock<Arc<Prepared>>,
    /// Of one in which only shocks differ from run to run: those of runs that are over.
    over: Mutex<Vec<Arc<Prepared>>>,
}

impl Clone for Kept {
    fn clone(&self) -> Self {
        Kept::default()
    }
}

/// What differs from run to run.
#[derive(PartialEq)]
enum Varies {
    Nothing,
    Shocks,
    More,
}

impl World {
    /// What a run is founded from. It is checked once for all runs, or once for all but their
    /// shocks, where no more is drawn.
    ///
    /// # Errors
    /// If the setup has faults, which its reader missed.
    pub fn prepared(&self, origin: RunId) -> Result<Arc<Prepared>, Unfounded> {
        let anew = || Ok(Arc::new(Prepared::of(self.setup(origin))?));
        match self.varies() {
            Varies::More => anew(),
            Varies::Nothing => match self.kept.same.get() {
                Some(same) => Ok(Arc::clone(same)),
                None => {
                    let prepared = anew()?;
                    Ok(Arc::clone(self.kept.same.get_or_init(|| prepared)))
                }
            },
            Varies::Shocks => {
                let over = self.kept.over.lock().ok().and_then(|mut over| over.pop());
                let Some(mut prepared) = over else { return anew() };
                Arc::make_mut(&mut prepared).reschedule(|setup| {
                    self.drawn.iter().for_each(|drawn| drawn.draw_into(setup, origin));
                })?;
                Ok(prepared)
            }
        }
    }

    /// Lets another run be founded from what one that is over was founded from.
    pub fn give_back(&self, prepared: Arc<Prepared>) {
        if self.varies() == Varies::Shocks
            && Arc::strong_count(&prepared) == 1
            && let Ok(mut over) = self.kept.over.lock()
        {
            over.push(prepared);
        }
    }

    fn varies(&self) -> Varies {
        if self.draws() {
            return Varies::More;
        }
        // A key below `shock` moves nothing but that shock.
        let of_shocks = self.drawn.iter().filter(|drawn| drawn.key.starts_with("shock.")).count();
        match (self.drawn.len() - of_shocks, of_shocks) {
            (0, 0) => Varies::Nothing,
            (0, _) if !self.shocks_strike => Varies::Nothing,
            (0, _) if self.left_out.is_empty() => Varies::Shocks,
            _ => Varies::More,
        }
    }

    /// Runs it once.
    ///
    /// # Errors
    /// If its theory returns an impossible value; this never happens with the theories that ship.
    pub fn run(&self, run: RunId) -> Result<RunRecord, Unlivable> {
        self.run_watched(run, Depth::Record, &mut ())
    }

    /// Runs it once with a watcher of your own beside the recorder.
    ///
    /// # Errors
    /// As [`World::run`].
    pub fn run_watched(
        &self,
        run: RunId,
        depth: Depth,
        beside: &mut dyn Watch,
    ) -> Result<RunRecord, Unlivable> {
        let prepared = self.prepared(run)?;
        let mut living = Living::begin(Arc::clone(&prepared), run, &self.interviews, depth);
        living.to_the_end(&self.theory, beside)?;
        let record = living.finish();
        self.give_back(prepared);
        Ok(record)
    }
}
