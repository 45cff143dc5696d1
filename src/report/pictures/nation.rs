//! Pictures of a world of many partnerships.

use super::alive;
use crate::nation::{Course, Outcome, Share};
use crate::plot::{
    BandPoint, BandSeries, CurvePicture, ForestGroup, ForestLegend, ForestPicture, ForestRow,
    Image, LineMark, PlotError, Quantity, SurvivalPicture,
};
use crate::report::nation::Arms;
use crate::report::words::{pictures as words, rounded, signed, whole};
use crate::scenario::nation::Class;

/// Months between two points of a curve.
const STEP: u32 = 6;

/// Every picture, by the name of its file.
///
/// # Errors
/// If one cannot be drawn.
pub fn nation(worlds: &Arms<'_>, seed: u64) -> super::Pictures {
    let mut pictures = vec![
        ("renegotiating", renegotiating(worlds, seed)?),
        ("by_size", by_size(worlds, seed)?),
        ("survival", survival(worlds, seed)?),
    ];
    if !worlds.others.is_empty() {
        pictures.push(("effects", effects(worlds, seed)?));
    }
    Ok(pictures)
}

fn subtitle(worlds: &Arms<'_>, seed: u64) -> String {
    let count = whole(worlds.nation.partnerships() as u64);
    let sample = match worlds.nation.scale < 1.0 {
        true => format!(" ({} % of them)", rounded(100.0 * worlds.nation.scale, 1)),
        false => String::new(),
    };
    format!("{}; {count} partnerships{sample}, seed {seed}", worlds.nation.title)
}

fn renegotiating(worlds: &Arms<'_>, seed: u64) -> Result<Image, PlotError> {
    let nation = worlds.nation;
    let point = |course: &Course, until: u32| {
        let share = course.share(until + 1 - STEP..=until, None, Outcome::Renegotiating);
        let (low, high) = share.interval_of_share().unwrap_or((f64::NAN, f64::NAN));
        let x = (f64::from(until) - f64::from(STEP) / 2.0) / 12.0;
        BandPoint { x, y: share.mean, low, high }
    };
    let series = worlds.all().map(|(world, course)| BandSeries {
        label: world.title(nation),
        points: (1..=course.months() / STEP).map(|n| point(course, n * STEP)).collect(),
    });
    let policies = nation.policies.iter().map(|policy| (policy.month, &policy.title));
    let programmes = nation.programmes.iter().map(|programme| (programme.from, &programme.title));
    let mark = |(month, name): (u32, &String)| LineMark {
        at: f64::from(month - 1) / 12.0,
        label: name.clone(),
        ..LineMark::default()
    };
    CurvePicture {
        title: "How many partnerships renegotiate roles".into(),
        subtitle: subtitle(worlds, seed),
        x_label: "year".into(),
        y_label: "share of living partnerships, mean over half a year".into(),
        y_quantity: Quantity::Share,
        series: series.collect(),
        lines: policies.chain(programmes).map(mark).collect(),
        footnote: words::renegotiating(nation.renegotiating),
        ..CurvePicture::default()
    }
    .draw()
}

/// A share of partnerships, which lies between none and all.
fn share_row(label: &str, share: Share) -> ForestRow {
    let interval = share.interval_of_share();
    let percent = |value: f64| rounded(100.0 * value, 1);
    let ends = interval
        .map_or(String::new(), |(low, high)| format!(" ({} to {})", percent(low), percent(high)));
    row(label, share.mean, interval, format!("{}{ends} %", percent(share.mean)))
}

fn mean_row(label: &str, share: Share) -> ForestRow {
    let half = share.half_width().map(|half| format!(" \u{b1} {}", rounded(half, 2)));
    let text = format!("{}{}", rounded(share.mean, 2), half.unwrap_or_default());
    row(label, share.mean, share.interval(), text)
}

/// A difference of means; of shares in points.
fn difference_row(label: &str, share: Share, quantity: Quantity) -> ForestRow {
    let by = quantity.factor();
    let half = share.half_width().map(|half| format!(" \u{b1} {}", rounded(by * half, 2)));
    let text = format!("{}{}", signed(by * share.mean, 2), half.unwrap_or_default());
    row(label, share.mean, share.interval(), text)
}

fn row(label: &str, estimate: f64, interval: Option<(f64, f64)>, text: String) -> ForestRow {
    ForestRow { label: label.into(), estimate, interval, range: None, singles: None, text }
}

fn legend() -> ForestLegend {
    ForestLegend {
        estimate: "mean over partnerships".into(),
        interval: "95 % Monte-Carlo interval".into(),
        ..ForestLegend::default()
    }
}

fn by_size(worlds: &Arms<'_>, seed: u64) -> Result<Image, PlotError> {
    let nation = worlds.nation;
    let course = &worlds.base;
    let months = course.months();
    let rows = |from: u32, outcome: Outcome| {
        let row = |(place, class): (usize, &Class)| {
            let share = course.share(from..=months, Some(place), outcome);
            match outcome {
                Outcome::Work => mean_row(&class.title, share),
                _ => share_row(&class.title, share),
            }
        };
        nation.classes.iter().enumerate().map(row).collect()
    };
    let first = months.min(13);
    let group = |heading: &str, unit: &str, quantity, rows| ForestGroup {
        heading: heading.into(),
        unit: unit.into(),
        quantity,
        rows,
    };
    ForestPicture {
        title: "Renegotiation, survival and work by size of district".into(),
        subtitle: subtitle(worlds, seed),
        legend: legend(),
        text_label: "mean, 95 %".into(),
        groups: vec![
            group(
                &format!("Renegotiating at any time, months {first} to {months}"),
                "share of living partnerships",
                Quantity::Share,
                rows(first, Outcome::Renegotiating),
            ),
            group(
                &format!("Alive after {months} months"),
                "share of partnerships",
                Quantity::Share,
                rows(months, Outcome::Alive),
            ),
            group("Work in a month", "work", Quantity::Number, rows(1, Outcome::Work)),
        ],
        footnote: words::by_size(),
    }
    .draw()
}

fn survival(worlds: &Arms<'_>, seed: u64) -> Result<Image, PlotError> {
    let nation = worlds.nation;
    let months = nation.months;
    let share = |course: &Course, month: u32| match month {
        0 => Share { values: 0, mean: 1.0, error: 0.0, draws: u64::MAX },
        month => course.share(month..=month, None, Outcome::Alive),
    };
    let series = worlds.all().map(|(world, course)| BandSeries {
        label: world.title(nation),
        points: (0..=months)
            .map(|month| {
                let share = share(course, month);
                let (low, high) = share.interval_of_share().unwrap_or((f64::NAN, f64::NAN));
                BandPoint { x: f64::from(month), y: share.mean, low, high }
            })
            .collect(),
    });
    let all = nation.partnerships() as f64;
    let courses: Vec<&Course> = worlds.all().map(|(_, course)| course).collect();
    let count = |nth: usize, month| (share(courses[nth], month).mean * all).round() as u64;
    SurvivalPicture {
        title: "Partnerships that are still alive".into(),
        subtitle: subtitle(worlds, seed),
        footnote: words::COUNTERFACTUAL.into(),
        ..alive::picture(months, series.collect(), count)
    }
    .draw()
}

fn effects(worlds: &Arms<'_>, seed: u64) -> Result<Image, PlotError> {
    let nation = worlds.nation;
    let group = |outcome: Outcome, heading: &str, of: Quantity, unit: &str| {
        let quantity = of.difference();
        let less = |course: &Course| course.less(&worlds.base, None, outcome);
        let rows = worlds
            .others
            .iter()
            .map(|(world, course)| difference_row(&world.title(nation), less(course), quantity));
        ForestGroup {
            heading: heading.into(),
            unit: format!("difference, {}", quantity.unit(unit)),
            quantity,
            rows: rows.collect(),
        }
    };
    ForestPicture {
        title: "What policies and programmes do in the model".into(),
        subtitle: subtitle(worlds, seed),
        legend: legend(),
        text_label: "difference \u{b1} half".into(),
        groups: vec![
            group(Outcome::Renegotiating, "Share of months renegotiating", Quantity::Share, ""),
            group(Outcome::Alive, "Share of months alive", Quantity::Share, ""),
            group(Outcome::Positions, "Share of paid positions held", Quantity::Share, ""),
            group(Outcome::Work, "Work in all", Quantity::Number, "work a partnership"),
        ],
        footnote: words::policies(),
    }
    .draw()
}
