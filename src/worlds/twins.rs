//! Twin worlds: what the shocks of a scenario did, as paired differences between each run and
//! the same run without them.

use super::replicate::{Replicates, Run, Stopped};
use super::statistics::Distribution;
use super::trajectory::{ShareByMeeting, trailing_shares};
use crate::measure::record::RunRecord;
use crate::model::rivals::Live;
use std::sync::atomic::AtomicBool;

/// Twin runs from which the band of normal role share is taken: always the first of the seed, so
/// that a run's return does not depend on which runs were asked for.
pub const BAND_RUNS: u64 = 400;

/// The 5–95 % band of the twins' trailing three-meeting role share, by meeting.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Band(Vec<Option<(f64, f64)>>);

impl Band {
    /// The band of a twin world.
    ///
    /// # Errors
    /// If it was stopped, or a run cannot be founded.
    pub fn of<L: Live>(
        replicates: &Replicates<'_>,
        theory: &L,
        stop: &AtomicBool,
    ) -> Result<Band, Stopped> {
        let Some(twin) = replicates.twin else { return Ok(Band::default()) };
        let mut shares = ShareByMeeting::default();
        let alone = Replicates {
            scenario: twin,
            twin: None,
            first: 1,
            runs: BAND_RUNS,
            detailed: 0,
            ..replicates.clone()
        };
        alone.fold(
            theory,
            stop,
            |run| run.record,
            |record| {
                shares.add(&record);
                Ok::<(), Stopped>(())
            },
        )?;
        let ends =
            |d: &Distribution| (d.mean.count() > 0).then(|| (d.quantile(0.05), d.quantile(0.95)));
        Ok(Band(shares.trailing.iter().map(ends).collect()))
    }

    fn holds(&self, place: usize, share: Option<f64>) -> bool {
        match (self.0.get(place).copied().flatten(), share) {
            // Shares are kept in steps; half a step is no difference.
            (Some((low, high)), Some(share)) => (low - 1e-4..=high + 1e-4).contains(&share),
            _ => false,
        }
    }

    /// Months from the first shock until role share is back to normal: until the first meeting
    /// from which the trailing three-meeting share stays within the band for three meetings,
    /// after having left it. Censored at the horizon; 0 if it never left.
    pub fn back_to_normal(&self, run: &RunRecord, first_shock: u32) -> BackToNormal {
        let shares = trailing_shares(run);
        let horizon = run.months.len() as u32;
        let inside: Vec<bool> =
            shares.iter().enumerate().map(|(i, share)| self.holds(i, *share)).collect();
        let after = |i: &usize| run.meetings[*i].month >= first_shock && shares[*i].is_some();
        let Some(left) = (0..inside.len()).filter(after).find(|i| !inside[*i]) else {
            return BackToNormal { months: 0.0, censored: false };
        };
        let back =
            (left..inside.len().saturating_sub(2)).find(|i| inside[*i..*i + 3].iter().all(|b| *b));
        let month = back.map_or(horizon + 1, |i| run.meetings[i].month);
        let months = f64::from(month - first_shock.min(month));
        BackToNormal { months, censored: back.is_none() }
    }
}

/// When role share was back to normal.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BackToNormal {
    /// Months after the first shock, up to the horizon if censored.
    pub months: f64,
    /// It was not back by the horizon.
    pub censored: bool,
}

/// Months lost at the horizon: the time that the twin took, at its own pace, from the work that the
/// run had done in the end to the work it had done itself; negative if the run is ahead (the worlds
/// change places). Time in which neither does anything, since both have ended, is not lost.
///
/// `None` for an empty record or if nothing was ever done.
pub fn months_lost(run: &RunRecord, twin: &RunRecord) -> Option<f64> {
    let (mine, theirs) = (run.months.last()?.work, twin.months.last()?.work);
    let reached = |record: &RunRecord, target: f64| {
        let mut before = 0.0;
        for (month, state) in (0u32..).zip(&record.months) {
            if state.work >= target {
                let part = if state.work > before {
                    (target - before) / (state.work - before)
                } else {
                    1.0
                };
                return f64::from(month) + part;
            }
            before = state.work;
        }
        record.months.len() as f64
    };
    if mine.max(theirs) <= 0.0 {
        return None;
    }
    Some(if mine <= theirs {
        reached(twin, theirs) - reached(twin, mine)
    } else {
        reached(run, theirs) - reached(run, mine)
    })
}

/// What the shocks did to one outcome.
#[derive(Clone, Debug)]
pub struct Effect {
    /// What it is about, for tables.
    pub title: &'static str,
    /// Its name, for files.
    pub name: &'static str,
    /// Its unit.
    pub unit: &'static str,
    /// Paired differences, run less twin.
    pub differences: Distribution,
    /// Runs that were censored at the horizon (their value is the horizon).
    pub censored: u64,
}

/// The effect of a scenario's shocks against the twin without them.
#[derive(Clone, Debug)]
pub struct Effects {
    band: Band,
    /// Role share over all meetings from the month of the first shock on.
    pub role_share: Effect,
    /// Work done by the horizon.
    pub work: Effect,
    /// The same, weighted by its fit with what is wanted.
    pub prioritized: Effect,
    /// Months lost at the horizon.
    pub months_lost: Effect,
    /// Months until role share is back to normal, less those of the twin, which strays by chance.
    pub back_to_normal: Effect,
}

/// The effects of one run, to be folded.
#[derive(Clone, Copy, Debug)]
pub struct RunEffects {
    role_share: Option<f64>,
    work: f64,
    months_lost: Option<f64>,
    prioritized: f64,
    back: BackToNormal,
    twin_back: BackToNormal,
}

impl RunEffects {
    /// Months lost in this run.
    pub fn months_lost(&self) -> Option<f64> {
        self.months_lost
    }

    /// When this run was back to normal.
    pub fn back_to_normal(&self) -> BackToNormal {
        self.back
    }

    /// The same for its twin, which strays from the band by chance alone.
    pub fn twin_back_to_normal(&self) -> BackToNormal {
        self.twin_back
    }
}

impl Effects {
    /// No effects yet, with the band that defines normal.
    pub fn new(band: Band) -> Self {
        let effect = |name, title, unit, step| Effect {
            name,
            title,
            unit,
            differences: Distribution::new(step),
            censored: 0,
        };
        Effects {
            band,
            role_share: effect(
                "role_share_since_shock",
                "role share since the first shock",
                "share",
                0.0005,
            ),
            work: effect("work", "work done", "work", 0.05),
            prioritized: effect("prioritized", "work weighted by what is wanted", "work", 0.05),
            months_lost: effect("months_lost", "months lost", "months", 0.01),
            back_to_normal: effect("back_to_normal", "months until back to normal", "months", 0.01),
        }
    }

    /// The effects in one run, if it has a twin. `first_shock` is the month of its first shock.
    pub fn of_run(band: &Band, run: &Run, first_shock: u32) -> Option<RunEffects> {
        let twin = run.twin.as_ref()?;
        let share = |record: &RunRecord| {
            let from = record.meetings.iter().find(|m| m.month >= first_shock)?.meeting;
            record.role_share((from, u32::MAX))
        };
        Some(RunEffects {
            role_share: share(&run.record).zip(share(twin)).map(|(a, b)| a - b),
            work: run.record.ledger.done - twin.ledger.done,
            prioritized: run.record.ledger.prioritized - twin.ledger.prioritized,
            months_lost: months_lost(&run.record, twin),
            back: band.back_to_normal(&run.record, first_shock),
            twin_back: band.back_to_normal(twin, first_shock),
        })
    }

    /// The band that defines normal.
    pub fn band(&self) -> &Band {
        &self.band
    }

    /// Takes a run's effects in.
    pub fn add(&mut self, effects: &RunEffects) {
        if let Some(share) = effects.role_share {
            self.role_share.differences.add(share);
        }
        self.work.differences.add(effects.work);
        if let Some(months) = effects.months_lost {
            self.months_lost.differences.add(months);
        }
        self.prioritized.differences.add(effects.prioritized);
        self.back_to_normal.differences.add(effects.back.months - effects.twin_back.months);
        self.back_to_normal.censored += u64::from(effects.back.censored);
    }

    /// All of them, in the order of the table.
    pub fn all(&self) -> [&Effect; 5] {
        [&self.role_share, &self.work, &self.prioritized, &self.months_lost, &self.back_to_normal]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::record::record_run;
    use crate::model::partnership::RunId;
    use crate::scenario::World;

    #[test]
    fn nobody_loses_months_against_a_world_that_goes_the_same_way() {
        let churn = World::open("churn").expect("a case");
        let mut ended = 0;
        for number in 1..=40 {
            let run = RunId::new(1, number);
            let record = record_run(churn.setup(run), run, &churn.theory, &[], false);
            let record = record.expect("a run");
            ended += u32::from(record.months.last().is_some_and(|month| !month.alive));
            assert_eq!(months_lost(&record, &record), Some(0.0));
            // Half of the work at the same pace is the time that the other half takes.
            let mut half = record.clone();
            half.months.iter_mut().for_each(|month| month.work /= 2.0);
            let lost = months_lost(&half, &record).expect("work was done");
            assert!(lost > 0.0 && lost < record.months.len() as f64);
            assert_eq!(months_lost(&record, &half), Some(-lost));
        }
        assert!(ended > 0, "some of them end");
    }
}
