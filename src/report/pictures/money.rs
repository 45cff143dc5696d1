//! Money in hand and the positions it holds, by month.

use super::course::{fan, runs_and_seed};
use super::few::outer;
use super::when::Beginning;
use crate::ids::Month;
use crate::model::setup::Purpose;
use crate::plot::{
    Fan, FanPoint, GridPanel, GridPicture, Image, MonthPlace, PlotError, Quantity, SpanMark,
};
use crate::report::summary::Summary;
use crate::report::words::pictures as words;
use crate::scenario::World;
use crate::worlds::money::Money;
use crate::worlds::statistics::Distribution;

/// Money in hand and paid positions held, by month, with the first term of each grant, or `None`
/// where money plays no part.
pub fn money(scenario: &World, summary: &Summary, seed: u64) -> Option<Result<Image, PlotError>> {
    let worlds = summary.money.as_ref()?;
    let twin = summary.effects.is_some();
    let fans = |part: fn(&Money) -> &Vec<Distribution>, unit: f64| {
        let first = if twin { "with the scheduled shocks" } else { "all runs" };
        let named = worlds.iter().zip([first, "without (twin)"]);
        let shown = named.filter(|(money, _)| !part(money).is_empty());
        shown
            .map(|(money, label)| {
                counted(fan(label, part(money), |month| Month(month).into()), unit)
            })
            .collect()
    };
    let currency = scenario.money.as_ref().map_or("money", |money| money.currency.as_str());
    let panels = vec![
        GridPanel {
            title: format!("money in hand (thousand {currency})"),
            fans: fans(|money| &money.in_hand, 1000.0),
            ..GridPanel::default()
        },
        GridPanel {
            title: "paid positions held (share)".into(),
            y_quantity: Quantity::Share,
            y_range: Some((0.0, 1.0)),
            fans: fans(|money| &money.held, 1.0),
        },
    ];
    let markers = terms(scenario);
    let marked = !markers.is_empty();
    let picture = GridPicture {
        title: "Money, and the positions it holds".into(),
        subtitle: format!("{}; {}", scenario.title, runs_and_seed(scenario, summary, seed)),
        x_label: "month".into(),
        outer: outer(summary.runs).into(),
        panels: panels.into_iter().filter(|panel| !panel.fans.is_empty()).collect(),
        markers,
        footnote: words::money(marked),
    };
    Some(picture.draw())
}

/// A fan in another unit.
fn counted(mut fan: Fan<MonthPlace>, unit: f64) -> Fan<MonthPlace> {
    for p in &mut fan.points {
        let FanPoint { x, p05, p25, median, p75, p95, mean } = *p;
        let [p05, p25, median, p75, p95, mean] =
            [p05, p25, median, p75, p95, mean].map(|value| value / unit);
        *p = FanPoint { x, p05, p25, median, p75, p95, mean };
    }
    fan
}

/// The first term of each grant that ends within the horizon.
fn terms(scenario: &World) -> Vec<SpanMark<MonthPlace>> {
    let setup = scenario.template();
    let grants = setup.funding.grants.iter();
    let ending = grants.filter(|grant| grant.purpose != Purpose::Endowment);
    let mark = |grant: &crate::model::setup::Grant| {
        let title = scenario.titles.get(&format!("grant.{}", grant.name));
        let name = title.cloned().unwrap_or_else(|| grant.name.replace('_', " "));
        let to = grant.until().min(Month(setup.calendar.months));
        Beginning { from: grant.from, to, label: name }.by_month()
    };
    ending.map(mark).collect()
}
