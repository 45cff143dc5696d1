//! How well partnerships do in five dimensions, and how long they live.

use super::course::runs_and_seed;
use crate::measure::health::{DIMENSIONS, Dimension};
use crate::plot::{
    AtRisk, BandPoint, BandSeries, ForestGroup, ForestLegend, ForestPicture, ForestRow, Image,
    PlotError, Quantity, SurvivalPicture,
};
use crate::report::summary::Summary;
use crate::report::words::with_error;
use crate::scenario::World;
use crate::worlds::statistics::{Distribution, wilson};

/// What the two worlds are called, the scenario first.
fn worlds(summary: &Summary) -> &'static [&'static str] {
    match summary.effects.is_some() {
        true => &["with the scheduled shocks", "without (twin)"],
        false => &["all runs"],
    }
}

/// The five dimensions, the scenario beside its twin.
///
/// # Errors
/// If there is nothing to draw.
pub fn health(scenario: &World, summary: &Summary, seed: u64) -> Result<Image, PlotError> {
    let row = |(label, all): (&&str, &Distribution)| {
        let mean = &all.mean;
        ForestRow {
            label: (*label).into(),
            estimate: mean.mean(),
            interval: mean.interval(),
            range: None,
            singles: Some((all.quantile(0.05), all.quantile(0.95))),
            text: match mean.count() {
                0 => "nothing to see".into(),
                _ => with_error(1.0, mean),
            },
        }
    };
    let group = |(place, dimension): (usize, &Dimension)| {
        let of_worlds = summary.health.iter().map(|world| &world[place]);
        ForestGroup {
            heading: dimension.title.into(),
            unit: format!("{} ({})", dimension.indicator, dimension.unit),
            quantity: Quantity::Number,
            rows: worlds(summary).iter().zip(of_worlds).map(row).collect(),
        }
    };
    let picture = ForestPicture {
        title: "Five dimensions of effectiveness".into(),
        subtitle: format!("{}; {}", scenario.title, runs_and_seed(scenario, summary, seed)),
        legend: ForestLegend {
            estimate: "mean of runs".into(),
            interval: "95 % Monte-Carlo interval".into(),
            range: String::new(),
            singles: "9 of 10 single runs".into(),
        },
        text_label: "mean ± half interval".into(),
        groups: DIMENSIONS.iter().enumerate().map(group).collect(),
        footnote: "Dimensions: Henrick, Cobb, Penuel, Jackson & Clark 2017. The indicators are this program's; the framework publishes no scale, so a value says nothing by itself, and dimensions cannot be compared. Scales differ.".into(),
    };
    picture.draw()
}

/// The share of partnerships alive by month, beside the twins; none where none can end.
pub fn survival(
    scenario: &World,
    summary: &Summary,
    seed: u64,
) -> Option<Result<Image, PlotError>> {
    if scenario.template().parameters.benefit.renewal_every <= 0.0 {
        return None;
    }
    let alive = || {
        worlds(summary)
            .iter()
            .zip(&summary.months)
            .map(|(label, months)| (*label, months.alive().collect::<Vec<u64>>()))
    };
    let point = |(month, alive): (u32, &u64)| alive_after(month, *alive, summary.runs);
    let series = |(label, alive): (&str, Vec<u64>)| {
        let start = BandPoint { x: 0.0, y: 1.0, low: 1.0, high: 1.0 };
        let points = std::iter::once(start).chain((1u32..).zip(&alive).map(point));
        BandSeries { label: label.into(), points: points.collect() }
    };
    let months = scenario.template().calendar.months as usize;
    let at: Vec<usize> = (0..=4).map(|part| part * months / 4).collect();
    let counts = |(_, alive): (&str, Vec<u64>)| {
        let count = |month: &usize| match month {
            0 => summary.runs,
            month => alive.get(month - 1).copied().unwrap_or(0),
        };
        at.iter().map(count).collect()
    };
    let picture = SurvivalPicture {
        title: "Partnerships alive".into(),
        subtitle: format!("{}; {}", scenario.title, runs_and_seed(scenario, summary, seed)),
        x_label: "month".into(),
        y_label: "share of partnerships alive".into(),
        y_quantity: Quantity::Share,
        series: alive().map(series).collect(),
        at_risk: Some(AtRisk {
            label: "partnerships alive".into(),
            at: at.iter().map(|month| *month as f64).collect(),
            counts: alive().map(counts).collect(),
        }),
        footnote: "Bands: 95 % Monte-Carlo intervals. When partnerships end in the model rests on assumed readiness to end them; no distribution of longevity is published.".into(),
    };
    Some(picture.draw())
}

/// How many of so many runs were alive after a month: their share, with a band that is Wilson's.
pub(super) fn alive_after(month: u32, alive: u64, runs: u64) -> BandPoint {
    let (low, high) = wilson(alive, runs).unwrap_or((f64::NAN, f64::NAN));
    BandPoint { x: f64::from(month), y: alive as f64 / runs as f64, low, high }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_band_of_survival_has_a_width_where_all_are_alive() {
        let all = alive_after(24, 8, 8);
        assert!((all.y, all.high) == (1.0, 1.0) && (all.low - 0.6756).abs() < 1e-4, "{all:?}");
        let none = alive_after(24, 0, 8);
        assert!((none.y, none.low) == (0.0, 0.0) && (none.high - 0.3244).abs() < 1e-4, "{none:?}");
    }
}
