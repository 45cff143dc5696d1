//! Tests of responses, response curves and survival.

use super::super::*;
use super::figures::shows;
use super::{long, well_formed};

pub(super) fn band(points: u32, at: impl Fn(f64) -> (f64, f64)) -> Vec<BandPoint> {
    let point = |i: u32| {
        let (y, half) = at(f64::from(i));
        BandPoint { x: f64::from(i), y, low: y - half, high: y + half }
    };
    (0..points).map(point).collect()
}

pub(super) fn named(label: &str, points: Vec<BandPoint>) -> BandSeries {
    BandSeries { label: label.into(), points }
}

pub(super) fn response(panels: usize, lines: usize, months: u32) -> ResponsePicture {
    let line = |panel: usize, nth: usize| {
        let size = (1.0 + panel as f64) * (nth as f64 - 1.2);
        band(months, |m| {
            let after = (m - 6.0).max(0.0);
            (size * after / (1.0 + after * after / 40.0), 0.2 + 0.1 * size.abs())
        })
    };
    let panel = |i: usize| ResponsePanel {
        title: format!("Quantity {i}"),
        y_label: if i == 2 { String::new() } else { "difference (unit)".into() },
        y_quantity: if i == 1 { Quantity::Share } else { Quantity::Number },
        y_range: (i == 2).then_some((-20.0, 20.0)),
        lines: (0..lines).map(|nth| line(i, nth)).collect(),
    };
    ResponsePicture {
        title: "Mean twin difference by month".into(),
        subtitle: "1,000 twins, seed 1; 95 % intervals".into(),
        x_label: "month".into(),
        variants: (0..lines).map(|nth| format!("variant {nth} <&>")).collect(),
        panels: (0..panels).map(panel).collect(),
        markers: vec![SpanMark {
            from: MonthPlace(6.0),
            to: MonthPlace(6.0),
            label: "the leader leaves".into(),
        }],
        footnote: "Scales differ.".into(),
    }
}

pub(super) fn curve(series: usize, points: u32) -> CurvePicture {
    let line = |nth: usize| {
        let scaled = band(points, |i| ((i - 4.0) * (1.0 + nth as f64) / 3.0 - 0.5, 0.6));
        let points = scaled.into_iter().map(|p| BandPoint { x: p.x / 10.0, ..p }).collect();
        named(&format!("series {nth}"), points)
    };
    CurvePicture {
        title: "What a facilitator brings".into(),
        subtitle: "1,000 twins at each value; 95 % intervals".into(),
        x_label: "share of meetings with a facilitator".into(),
        x_quantity: Quantity::Number,
        y_label: "difference in months of work".into(),
        y_quantity: Quantity::Number,
        y_range: None,
        series: (0..series).map(line).collect(),
        spans: vec![SpanMark { from: 0.2, to: 0.4, label: "assumed range".into() }],
        lines: vec![LineMark {
            at: 0.55,
            low: Some(0.48),
            high: Some(0.61),
            label: "break-even 0.55 (0.48\u{2013}0.61)".into(),
        }],
        interval: "where it may break even".into(),
        zero: true,
        footnote: "Not a forecast.".into(),
    }
}

pub(super) fn survival(series: usize, months: u32) -> SurvivalPicture {
    let line = |nth: usize| {
        let points = band(months, |m| {
            let share = 1.0 / (1.0 + m * m * (1.0 + nth as f64) / 900.0);
            (share, 0.1 * share * (1.0 - share))
        });
        named(&format!("policy {nth}"), points)
    };
    let at: Vec<f64> = (0..=5).map(|i| 12.0 * f64::from(i)).collect();
    let counts = |nth: usize| (0..=5).map(|i| 1000 / (1 + i * (1 + nth as u64))).collect();
    SurvivalPicture {
        title: "How long partnerships live".into(),
        subtitle: "1,000 runs each; 95 % intervals".into(),
        x_label: "month".into(),
        y_label: "share of partnerships alive".into(),
        y_quantity: Quantity::Share,
        series: (0..series).map(line).collect(),
        at_risk: Some(AtRisk {
            label: "partnerships alive".into(),
            at,
            counts: (0..series).map(counts).collect(),
        }),
        footnote: "Not a forecast.".into(),
    }
}

#[test]
fn series_show_all_their_words() {
    let svg = well_formed(response(4, 3, 48).draw().unwrap());
    shows(&svg, &["Mean twin difference", "variant 2 &lt;&amp;&gt;", "the leader leaves (6)"]);
    shows(&svg, &["difference (unit)", "Quantity 3", "Scales differ.", "%\n", "\nmonth\n"]);
    let svg = well_formed(curve(2, 11).draw().unwrap());
    shows(&svg, &["series 1", "assumed range", "break-even 0.55", "\n0.4\n", "months of work"]);
    let svg = well_formed(survival(2, 60).draw().unwrap());
    shows(&svg, &["policy 1", "partnerships alive", "\n1000\n", "\n500\n", "\n40 %\n"]);
}

#[test]
fn series_of_one_and_of_many() {
    for lines in [1, 2, 4, 8] {
        well_formed(response(1, lines, 60).draw().unwrap());
        well_formed(curve(lines, 11).draw().unwrap());
        well_formed(survival(lines, 60).draw().unwrap());
    }
    for panels in 1..=6 {
        well_formed(response(panels, 1, 1).draw().unwrap());
    }
    well_formed(curve(1, 1).draw().unwrap());
    well_formed(survival(1, 1).draw().unwrap());
}

#[test]
fn a_step_holds_until_the_next_point() {
    let mut picture = survival(1, 0);
    picture.series[0].points = [(0.0, 1.0), (10.0, 0.5)]
        .map(|(x, y)| BandPoint { x, y, low: f64::NAN, high: f64::NAN })
        .to_vec();
    let svg = well_formed(picture.draw().unwrap());
    let step = svg.split("points=\"").find_map(|piece| {
        let spots: Vec<&str> = piece.split('"').next()?.split_whitespace().collect();
        let spots: Vec<_> = spots.iter().filter_map(|spot| spot.split_once(',')).collect();
        (spots.len() == 3).then_some(spots)
    });
    let step = step.expect("a path of three spots");
    assert!(step[0].1 == step[1].1 && step[1].0 == step[2].0 && step[1].1 != step[2].1);
}

#[test]
fn series_leave_gaps_for_what_is_not_finite() {
    let mut picture = response(3, 2, 20);
    picture.panels[0].lines[0][7].y = f64::NAN;
    picture.panels[0].lines[1][7].low = f64::NAN;
    picture.panels[1].lines.clear();
    picture.panels[2].y_range = Some((f64::NAN, 1.0));
    picture.markers[0].from = MonthPlace(f64::NAN);
    let svg = well_formed(picture.draw().unwrap());
    assert!(svg.contains("no values") && !svg.contains("the leader leaves"));
    let mut picture = curve(2, 11);
    picture.series[0].points[3].y = f64::NAN;
    picture.series[1].points.iter_mut().for_each(|p| p.high = f64::INFINITY);
    picture.lines[0].at = f64::NAN;
    picture.spans[0].to = f64::NAN;
    let svg = well_formed(picture.draw().unwrap());
    assert!(!svg.contains("break-even") && !svg.contains("assumed"));
    let mut picture = survival(2, 30);
    picture.series[0].points[9].x = f64::NAN;
    picture.at_risk.as_mut().unwrap().at[0] = f64::NAN;
    picture.at_risk.as_mut().unwrap().counts.truncate(1);
    well_formed(picture.draw().unwrap());
}

#[test]
fn series_of_nothing_are_errors() {
    assert!(response(0, 1, 9).draw().is_err());
    assert!(response(2, 0, 9).draw().is_err());
    assert!(response(2, 9, 9).draw().is_err());
    assert!(curve(0, 9).draw().is_err());
    assert!(curve(9, 9).draw().is_err());
    assert!(survival(1, 0).draw().is_err());
    assert!(survival(9, 9).draw().is_err());
    let far = f64::MAX;
    let mut picture = response(2, 1, 9);
    picture.panels[0].lines[0][0].low = -far;
    picture.panels[0].lines[0][0].high = far;
    assert!(picture.draw().is_err());
    let mut picture = curve(1, 9);
    picture.series[0].points[0].x = far;
    assert!(picture.draw().is_err());
    let mut picture = survival(1, 9);
    picture.series[0].points[0].y = far;
    assert!(picture.draw().is_err());
}

#[test]
fn series_are_the_same_each_time() {
    assert_eq!(response(2, 3, 20).draw().unwrap(), response(2, 3, 20).draw().unwrap());
    assert_eq!(curve(2, 9).draw().unwrap(), curve(2, 9).draw().unwrap());
    assert_eq!(survival(2, 20).draw().unwrap(), survival(2, 20).draw().unwrap());
}

#[test]
fn strange_words_in_series_do_no_harm() {
    let mut picture = response(3, 2, 9);
    picture.panels[1].title = long();
    picture.panels[1].y_label = long();
    picture.variants = vec![long(), String::new(), long()];
    picture.markers[0].label = long();
    well_formed(picture.draw().unwrap());
    let mut picture = curve(2, 9);
    picture.lines[0].label = long();
    picture.spans[0].label = long();
    picture.x_label = long();
    picture.y_label = long();
    well_formed(picture.draw().unwrap());
    let mut picture = survival(2, 9);
    picture.series[0].label = long();
    picture.at_risk.as_mut().unwrap().label = long();
    picture.footnote = "\u{0}<&>".into();
    well_formed(picture.draw().unwrap());
}
