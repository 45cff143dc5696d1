//! How well partnerships do in five dimensions, and how long they live.

use super::alive::{self, Alive};
use super::course::runs_and_seed;
use crate::measure::health::{DIMENSIONS, Dimension};
use crate::plot::{
    ForestGroup, ForestLegend, ForestPicture, ForestRow, Image, PlotError, Quantity,
    SurvivalPicture,
};
use crate::report::summary::Summary;
use crate::report::words::{pictures as words, with_error};
use crate::scenario::World;
use crate::worlds::statistics::Distribution;

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
        footnote: words::HEALTH.into(),
    };
    picture.draw()
}

/// The share of partnerships alive by month, beside the twins, or `None` where no partnership can
/// end.
pub fn survival(
    scenario: &World,
    summary: &Summary,
    seed: u64,
) -> Option<Result<Image, PlotError>> {
    if scenario.template().parameters.benefit.renewal_every <= 0.0 {
        return None;
    }
    let months = summary.months.iter().map(|months| months.alive().collect());
    let series = worlds(summary).iter().zip(months);
    let series =
        series.map(|(label, after)| Alive { label: (*label).into(), runs: summary.runs, after });
    let picture = SurvivalPicture {
        subtitle: format!("{}; {}", scenario.title, runs_and_seed(scenario, summary, seed)),
        footnote: words::ALIVE.into(),
        ..alive::of_runs(scenario.template().calendar.months, &series.collect::<Vec<_>>())
    };
    Some(picture.draw())
}
