//! Partnerships alive by month, for every picture of them.

use crate::plot::{AtRisk, BandPoint, BandSeries, Quantity, SurvivalPicture};
use crate::worlds::statistics::wilson;

/// The runs of one world, and how many of their partnerships were alive after each month.
pub(super) struct Alive {
    pub label: String,
    pub runs: u64,
    /// By month from 1; none was alive after the last of them.
    pub after: Vec<u64>,
}

impl Alive {
    fn after(&self, month: u32) -> u64 {
        match month {
            0 => self.runs,
            month => self.after.get(month as usize - 1).copied().unwrap_or(0),
        }
    }
}

/// The picture of some worlds over a number of months, without a subtitle and a footnote.
pub(super) fn of_runs(months: u32, worlds: &[Alive]) -> SurvivalPicture {
    let series = |world: &Alive| {
        let start = BandPoint { x: 0.0, y: 1.0, low: 1.0, high: 1.0 };
        let points = (1..).zip(&world.after);
        let points = points.map(|(month, alive)| point(month, *alive, world.runs));
        BandSeries {
            label: world.label.clone(),
            points: [start].into_iter().chain(points).collect(),
        }
    };
    let count = |nth: usize, month| worlds[nth].after(month);
    picture(months, worlds.iter().map(series).collect(), count)
}

/// The picture of some series; `count` returns how many partnerships of a series are alive after a
/// month.
pub(super) fn picture(
    months: u32,
    series: Vec<BandSeries>,
    count: impl Fn(usize, u32) -> u64,
) -> SurvivalPicture {
    let at: Vec<u32> = (0..=4).map(|part| part * months / 4).collect();
    let counts = |nth: usize| at.iter().map(|month| count(nth, *month)).collect();
    SurvivalPicture {
        title: "Partnerships alive".into(),
        x_label: "month".into(),
        y_label: "share of partnerships alive".into(),
        y_quantity: Quantity::Share,
        at_risk: Some(AtRisk {
            label: "partnerships alive".into(),
            at: at.iter().map(|month| f64::from(*month)).collect(),
            counts: (0..series.len()).map(counts).collect(),
        }),
        series,
        ..SurvivalPicture::default()
    }
}

/// The share of `runs` that were alive after a month, with Wilson's interval as its band.
fn point(month: u32, alive: u64, runs: u64) -> BandPoint {
    let (low, high) = wilson(alive, runs).unwrap_or((f64::NAN, f64::NAN));
    BandPoint { x: f64::from(month), y: alive as f64 / runs as f64, low, high }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_band_of_survival_has_a_width_where_all_are_alive() {
        let all = point(24, 8, 8);
        assert!((all.y, all.high) == (1.0, 1.0) && (all.low - 0.6756).abs() < 1e-4, "{all:?}");
        let none = point(24, 0, 8);
        assert!((none.y, none.low) == (0.0, 0.0) && (none.high - 0.3244).abs() < 1e-4, "{none:?}");
    }
}
