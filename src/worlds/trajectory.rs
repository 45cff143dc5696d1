//! Trajectories over many runs: a mean and quantiles for every meeting or month.

use super::runs::{Run, Runs, Stop, Stopped};
use super::statistics::{Distribution, Mean};
use crate::measure::followed::Followed;
use crate::measure::normal::{Band, trailing_shares};
use crate::measure::record::RunRecord;
use crate::scenario::World;

/// The quantiles that a fan shows.
pub const FAN: [f64; 5] = [0.05, 0.25, 0.5, 0.75, 0.95];

/// Distributions of role share by meeting and by trailing three meetings.
#[derive(Clone, Debug, Default)]
pub struct ShareByMeeting {
    /// By meeting number, from 1.
    pub meetings: Vec<Distribution>,
    /// Share of the last three meetings together, by the number of the third.
    pub trailing: Vec<Distribution>,
}

/// Role shares are ratios of small whole numbers; this step keeps them apart.
const RESOLUTION: f64 = 0.0001;

impl ShareByMeeting {
    /// Takes a run in.
    pub fn add(&mut self, run: &RunRecord) {
        let shares = run.meetings.iter().map(|m| Some(m.role_share()));
        add_all(&mut self.meetings, RESOLUTION, shares);
        add_all(&mut self.trailing, RESOLUTION, trailing_shares(run).into_iter());
    }
}

/// Adds each value to the distribution in its place, kept in steps of a resolution.
pub(super) fn add_all(
    kept: &mut Vec<Distribution>,
    resolution: f64,
    values: impl Iterator<Item = Option<f64>>,
) {
    for (place, value) in values.enumerate() {
        if kept.len() <= place {
            kept.push(Distribution::new(resolution));
        }
        if let Some(value) = value {
            kept[place].add(value);
        }
    }
}

/// Runs from which the band of normal role share is taken: always the first of the seed, so that
/// a run's return does not depend on which runs were asked for.
pub const BAND_RUNS: u64 = 400;

/// The 5–95 % band of a calm world's trailing three-meeting role share, by meeting.
///
/// # Errors
/// If it was stopped, or a run cannot be founded.
pub fn normal(calm: &World, seed: u64, stop: Stop<'_>) -> Result<Band, Stopped> {
    let mut shares = ShareByMeeting::default();
    let keep = |run: Run| run.records;
    Runs { stop, ..Runs::of([calm], BAND_RUNS, seed) }.fold(keep, |records: Vec<RunRecord>| {
        records.iter().for_each(|record| shares.add(record));
        Ok::<(), Stopped>(())
    })?;
    let ends =
        |d: &Distribution| (d.mean.count() > 0).then(|| (d.quantile(0.05), d.quantile(0.95)));
    Ok(Band(shares.trailing.iter().map(ends).collect()))
}

/// What is followed of a world, in the order of the picture.
pub const FOLLOWED: [Followed; 4] =
    [Followed::Substance, Followed::Clarity, Followed::Trust, Followed::Work];

/// Distributions of what is followed, by month. Partnerships that ended are missing, and the
/// counts say how many are left.
#[derive(Clone, Debug, Default)]
pub struct ByMonth(
    pub [Vec<Distribution>; 4],
    /// Partnerships that live on after the month.
    Vec<u64>,
);

impl ByMonth {
    /// Takes a run in.
    pub fn add(&mut self, run: &RunRecord) {
        for (kept, followed) in self.0.iter_mut().zip(FOLLOWED) {
            add_all(kept, RESOLUTION, (0..run.months.len()).map(|place| followed.of(run, place)));
        }
        self.1.resize(self.1.len().max(run.months.len()), 0);
        for (alive, month) in self.1.iter_mut().zip(&run.months) {
            *alive += u64::from(run.ended.is_none_or(|ended| ended > month.month));
        }
    }

    /// Partnerships that live on after each month: those that ended in it do not.
    pub fn alive(&self) -> impl Iterator<Item = u64> + '_ {
        self.1.iter().copied()
    }
}

/// Meetings shown before and after a settlement.
pub const AROUND: i64 = 8;

/// Role share around the settlement that moved an arrangement most.
#[derive(Clone, Debug)]
pub struct AroundSettlement {
    /// Role share by meetings after the settlement, from −[`AROUND`] to [`AROUND`].
    pub share: Vec<Mean>,
    /// The same meetings of the twins, which had no newcomers.
    pub twin: Vec<Mean>,
    /// How often it came at each meeting, from 1.
    pub when: Vec<u64>,
    /// Settlements in a run.
    pub count: Distribution,
}

impl Default for AroundSettlement {
    fn default() -> Self {
        let none = vec![Mean::default(); 2 * AROUND as usize + 1];
        let count = Distribution::new(1.0);
        AroundSettlement { share: none.clone(), twin: none, when: Vec::new(), count }
    }
}

impl AroundSettlement {
    /// Takes a run in.
    pub fn add(&mut self, run: &RunRecord, twin: Option<&RunRecord>) {
        self.count.add(run.settlements.len() as f64);
        let largest = run.settlements.iter().max_by(|a, b| a.moved.total_cmp(&b.moved));
        let Some(at) = largest.map(|settled| settled.at.meeting) else { return };
        self.when.resize(self.when.len().max(at.0 as usize), 0);
        self.when[at.0 as usize - 1] += 1;
        let worlds = [(&mut self.share, Some(run)), (&mut self.twin, twin)];
        for (kept, record) in worlds {
            for meeting in record.iter().flat_map(|record| &record.meetings) {
                let after = i64::from(meeting.meeting.0) - i64::from(at.0);
                if after.abs() <= AROUND {
                    kept[(after + AROUND) as usize].add(meeting.role_share());
                }
            }
        }
    }
}
