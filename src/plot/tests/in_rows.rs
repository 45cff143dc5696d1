//! Tests of estimates and of bars in rows.

use super::super::*;
use super::figures::shows;
use super::{long, well_formed};

pub(super) fn forest(groups: usize, rows: usize) -> ForestPicture {
    let row = |group: usize, nth: usize| {
        let size = (1.0 + 3.0 * group as f64) * (nth as f64 - 2.6);
        let around = |half: f64| Some((size - half * size.abs(), size + half * size.abs()));
        ForestRow {
            label: format!("variant {nth} <&>"),
            estimate: size,
            interval: around(0.12),
            range: (nth != 1).then_some(around(0.5)).flatten(),
            singles: around(1.7),
            text: format!("{size:.1} \u{b1} {:.1}", 0.12 * size.abs()).replace('-', "\u{2212}"),
        }
    };
    let group = |i: usize| ForestGroup {
        heading: format!("Outcome {i}"),
        unit: "difference (unit)".into(),
        quantity: if i == 1 { Quantity::Share } else { Quantity::Number },
        rows: (0..rows).map(|nth| row(i, nth)).collect(),
    };
    ForestPicture {
        title: "What differs between twins".into(),
        subtitle: "1,000 twins, seed 1".into(),
        legend: ForestLegend {
            estimate: "mean difference".into(),
            interval: "95 % interval of the simulation".into(),
            range: "range across parameter sets that fit equally well".into(),
            singles: "9 of 10 single twin pairs".into(),
        },
        text_label: "mean \u{b1} half interval".into(),
        groups: (0..groups).map(group).collect(),
        footnote: "Scales differ.".into(),
    }
}

pub(super) fn bars(series: usize, rows: usize) -> BarsPicture {
    let bar = |nth: usize, i: usize| {
        let value = 0.6 / (1.0 + i as f64) + 0.1 * nth as f64 - 0.05;
        let (low, high) = (Some(value - 0.06), Some(value + 0.07));
        Some(Bar { value, low: low.filter(|_| i != 2), high })
    };
    let row = |i: usize| BarRow {
        label: format!("parameter {i} <&>"),
        bars: (0..series).map(|nth| bar(nth, i)).collect(),
    };
    let names = ["first-order index", "total index", "another"];
    BarsPicture {
        title: "What the spread rests on".into(),
        subtitle: "2,048 parameter sets; 95 % intervals".into(),
        x_label: "share of the variance".into(),
        x_quantity: Quantity::Number,
        series: names[..series].iter().map(ToString::to_string).collect(),
        rows: (0..rows).map(row).collect(),
        decimals: 2,
        footnote: "Not a forecast.".into(),
    }
}

#[test]
fn rows_show_all_their_words() {
    let svg = well_formed(forest(6, 5).draw().unwrap());
    shows(&svg, &["What differs", "mean difference", "95 % interval of the simulation"]);
    shows(&svg, &["parameter sets that fit equally well", "9 of 10 single twin pairs"]);
    shows(&svg, &["Outcome 5", "difference (unit)", "variant 4 &lt;&amp;&gt;", "Scales differ."]);
    shows(&svg, &["\n\u{2212}2.6 \u{b1} 0.3\n", "mean \u{b1} half interval", "%\n"]);
    let svg = well_formed(bars(2, 9).draw().unwrap());
    shows(&svg, &["first-order index", "total index", "parameter 8", "share of the variance"]);
    shows(&svg, &["\n0.55\n", "\n0.65\n", "\n0.2\n", "Not a forecast."]);
}

#[test]
fn rows_of_one_and_of_many() {
    for rows in [1, 40] {
        well_formed(forest(1, rows).draw().unwrap());
        for series in [1, 3] {
            well_formed(bars(series, rows).draw().unwrap());
        }
    }
    let mut picture = bars(1, 3);
    picture.x_quantity = Quantity::Share;
    picture.decimals = 0;
    shows(&well_formed(picture.draw().unwrap()), &["\n55 %\n", "\n25 %\n"]);
}

#[test]
fn rows_leave_out_what_is_not_finite() {
    let mut picture = forest(3, 3);
    picture.groups[0].rows[0].estimate = f64::NAN;
    picture.groups[0].rows[1].interval = Some((f64::NAN, 1.0));
    picture.groups[0].rows[2].singles = Some((-f64::INFINITY, 1.0));
    picture.groups[1].rows.clear();
    for row in &mut picture.groups[2].rows {
        (row.estimate, row.interval, row.range, row.singles) = (f64::NAN, None, None, None);
    }
    assert!(!well_formed(picture.draw().unwrap()).contains("Outcome 1"));
    let mut picture = bars(2, 4);
    picture.rows[0].bars[0] = None;
    picture.rows[1].bars[1].as_mut().unwrap().value = f64::NAN;
    picture.rows[2].bars[1].as_mut().unwrap().high = Some(f64::INFINITY);
    picture.rows[3].bars.clear();
    well_formed(picture.draw().unwrap());
}

#[test]
fn rows_of_nothing_are_errors() {
    assert!(forest(0, 3).draw().is_err());
    assert!(forest(3, 0).draw().is_err());
    assert!(bars(2, 0).draw().is_err());
    assert!(bars(0, 3).draw().is_err());
    let far = f64::MAX;
    let mut picture = forest(2, 2);
    picture.groups[0].rows[0].range = Some((-far, far));
    assert!(picture.draw().is_err());
    let mut picture = bars(1, 2);
    picture.rows[0].bars[0].as_mut().unwrap().value = far;
    assert!(picture.draw().is_err());
}

#[test]
fn rows_are_the_same_each_time() {
    assert_eq!(forest(2, 3).draw().unwrap(), forest(2, 3).draw().unwrap());
    assert_eq!(bars(2, 3).draw().unwrap(), bars(2, 3).draw().unwrap());
}

#[test]
fn strange_words_in_rows_do_no_harm() {
    let mut picture = forest(2, 2);
    picture.groups[0].heading = long();
    picture.groups[0].unit = long();
    picture.groups[1].unit = long();
    picture.groups[0].rows[0].label = long();
    picture.groups[0].rows[1].text = long();
    picture.text_label = long();
    picture.legend.range = long();
    picture.legend.singles = String::new();
    well_formed(picture.draw().unwrap());
    let mut picture = bars(2, 3);
    picture.rows[0].label = long();
    picture.series[1] = long();
    picture.x_label = long();
    picture.footnote = "\u{0}<&>".into();
    well_formed(picture.draw().unwrap());
}
