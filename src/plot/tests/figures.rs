//! Tests of rows of dots, small multiples and shares around an event.

use super::super::*;
use super::{long, well_formed};
use crate::ids::{Meeting, Month};

fn mark(x: f64) -> Option<DotMark> {
    Some(DotMark { x, low: Some(x - 1.5), high: Some(x + 1.5) })
}

pub(super) fn dots(rows: usize, joined: bool) -> DotPicture {
    let row = |i: usize| DotRow {
        label: format!("role {i} <&>"),
        marks: vec![mark(i as f64), (i % 5 != 3).then_some(mark(0.5 * i as f64)).flatten()],
        joined,
    };
    let series = |label: &str, kind| DotSeries { label: label.into(), kind };
    DotPicture {
        title: "What leaders say".into(),
        subtitle: "seed 1".into(),
        x_label: "leaders who named it".into(),
        x_range: None,
        x_quantity: Quantity::Number,
        series: vec![
            series("published", DotKind::Published),
            series("simulated", DotKind::Simulated),
        ],
        groups: vec![
            DotGroup { heading: "Year 1".into(), rows: (0..rows).map(row).collect() },
            DotGroup { heading: "Year 2".into(), rows: (0..rows / 2).map(row).collect() },
        ],
        reference: Some((2.0, "at the default".into())),
        footnote: "Not a forecast.".into(),
    }
}

fn curve(months: u32, level: f64) -> Vec<FanPoint<MonthPlace>> {
    let point = |month: u32| {
        let median = level * (1.0 + f64::from(month % 7) / 20.0);
        let (p05, p95, rest) = (0.8 * median, 1.3 * median, f64::NAN);
        FanPoint {
            x: MonthPlace::from(Month(month)),
            p05,
            p25: rest,
            median,
            p75: rest,
            p95,
            mean: rest,
        }
    };
    (1..=months).map(point).collect()
}

pub(super) fn grid(panels: usize, months: u32) -> GridPicture {
    let fan = |label: &str, level| Fan { label: label.into(), points: curve(months, level) };
    let panel = |i: usize| GridPanel {
        title: format!("Quantity {i} (unit)"),
        y_quantity: if i % 3 == 1 { Quantity::Share } else { Quantity::Number },
        y_range: (i % 3 == 2).then_some((0.0, 4.0)),
        fans: vec![fan("newcomers arrive", 1.0 + i as f64), fan("nobody leaves", 0.7)],
    };
    GridPicture {
        title: "What changes".into(),
        subtitle: "seed 1".into(),
        x_label: "month".into(),
        outer: "9 runs in 10".into(),
        panels: (0..panels).map(panel).collect(),
        markers: vec![
            SpanMark { from: MonthPlace(2.0), to: MonthPlace(4.0), label: "arrivals".into() },
            SpanMark { from: MonthPlace(2.5), to: MonthPlace(2.5), label: "promise".into() },
        ],
        footnote: "Scales differ.".into(),
    }
}

pub(super) fn aligned() -> AlignedPicture {
    let point = |x: i32, y: f64| BandPoint { x: f64::from(x), y, low: y - 0.02, high: y + 0.02 };
    let line = |label: &str, level: f64| BandSeries {
        label: label.into(),
        points: (-8..=8).map(|x| point(x, level)).collect(),
    };
    AlignedPicture {
        title: "Before and after".into(),
        subtitle: "seed 1".into(),
        x_label: "meetings since the settlement".into(),
        y_label: "share of episodes".into(),
        y_quantity: Quantity::Share,
        lines: vec![line("mean", 0.4), line("without a settlement", 0.3)],
        at_zero: "first settlement".into(),
        histogram: (3..17)
            .map(|m| (MeetingPlace::from(Meeting(m)), f64::from(200 - 10 * m)))
            .collect(),
        last: MeetingPlace::from(Meeting(17)),
        histogram_label: "runs, by meeting".into(),
        footnote: "Not an effect.".into(),
    }
}

pub(super) fn shows(svg: &str, all: &[&str]) {
    for words in all {
        assert!(svg.contains(words), "{words}");
    }
}

#[test]
fn dots_show_all_their_words() {
    let svg = well_formed(dots(8, false).draw().unwrap());
    shows(&svg, &["What leaders say", "seed 1", "published", "simulated", "Year 1", "Year 2"]);
    shows(&svg, &["role 7 &lt;&amp;&gt;", "leaders who named it", "at the default"]);
    shows(&svg, &["Not a forecast.", "\n2\n", "\n\u{2212}2\n"]);
}

#[test]
fn a_grid_shows_all_its_words() {
    let svg = well_formed(grid(7, 17).draw().unwrap());
    shows(&svg, &["newcomers arrive: median and 9 runs in 10", "nobody leaves: median"]);
    shows(&svg, &["arrivals (2\u{2013}4)", "promise (2.5)", "Quantity 6 (unit)", "month"]);
    shows(&svg, &["Scales differ.", "%\n", "\n16\n"]);
    // Numbers of months stand under the last panel of either column.
    assert_eq!(svg.matches("\n16\n").count(), 2);
}

#[test]
fn an_aligned_share_shows_all_its_words() {
    let svg = well_formed(aligned().draw().unwrap());
    shows(&svg, &["mean", "without a settlement", "first settlement", "share of episodes"]);
    shows(&svg, &["meetings since the settlement", "\n\u{2212}8\n", "\n8\n", "\n0 %\n"]);
    shows(&svg, &["runs, by meeting", "\n16\n", "Not an effect."]);
    let mut picture = aligned();
    picture.histogram.clear();
    assert!(!well_formed(picture.draw().unwrap()).contains("runs, by meeting"));
}

#[test]
fn figures_of_one_and_of_many() {
    for rows in [1, 45] {
        well_formed(dots(rows, false).draw().unwrap());
        well_formed(dots(rows, true).draw().unwrap());
    }
    for panels in [1, 2, 8] {
        for months in [1, 120] {
            well_formed(grid(panels, months).draw().unwrap());
        }
    }
    let mut picture = aligned();
    picture.lines[0].points.truncate(1);
    picture.lines.push(picture.lines[1].clone());
    picture.lines.push(picture.lines[1].clone());
    picture.histogram.truncate(1);
    well_formed(picture.draw().unwrap());
}

#[test]
fn figures_leave_out_what_is_not_finite() {
    let mut picture = dots(8, true);
    let marks = &mut picture.groups[0].rows[2].marks;
    marks[0] = Some(DotMark { x: f64::NAN, low: Some(0.0), high: None });
    marks[1] = Some(DotMark { x: 3.0, low: Some(f64::NAN), high: Some(f64::INFINITY) });
    picture.groups[0].rows[3].marks.clear();
    picture.groups[0].rows[4].marks.extend([mark(1e300), None]);
    picture.groups[1].rows.clear();
    picture.reference = Some((f64::NAN, "nowhere".into()));
    picture.x_range = Some((f64::NAN, 1.0));
    assert!(!well_formed(picture.draw().unwrap()).contains("nowhere"));

    let mut picture = grid(4, 17);
    picture.panels[0].fans[0].points[5].p95 = f64::NAN;
    picture.panels[1].fans.clear();
    picture.panels[2].fans[1].points.clear();
    picture.panels[3].y_range = Some((5.0, 5.0));
    picture.markers[0].from = MonthPlace(f64::NAN);
    let svg = well_formed(picture.draw().unwrap());
    assert!(svg.contains("no values") && !svg.contains("arrivals"));

    let mut picture = aligned();
    picture.lines[0].points[3].y = f64::NAN;
    picture.lines[0].points[9].low = f64::NAN;
    let more = [(f64::NAN, 2.0), (5.0, f64::NAN), (1e300, 1.0), (5.0, 7.0)];
    picture.histogram.extend(more.map(|(meeting, count)| (MeetingPlace(meeting), count)));
    well_formed(picture.draw().unwrap());
}

#[test]
fn figures_of_nothing_are_errors() {
    let mut picture = dots(3, false);
    picture.series.clear();
    assert!(picture.draw().is_err());
    let mut picture = dots(3, false);
    picture.groups[0].rows[0].marks[0] = mark(f64::MAX);
    assert!(picture.draw().is_err());
    picture.groups.clear();
    assert!(picture.draw().is_err());
    assert!(grid(0, 17).draw().is_err());
    assert!(grid(3, 0).draw().is_err());
    let mut picture = grid(3, 17);
    picture.panels[1].fans[0].points[0].p05 = -f64::MAX;
    picture.panels[1].fans[0].points[0].p95 = f64::MAX;
    assert!(picture.draw().is_err());
    let mut picture = aligned();
    picture.lines[0].points[0].x = -f64::MAX;
    picture.lines[0].points[1].x = f64::MAX;
    assert!(picture.draw().is_err());
    picture.lines.clear();
    assert!(picture.draw().is_err());
}

#[test]
fn figures_are_the_same_each_time() {
    assert_eq!(dots(8, false).draw().unwrap(), dots(8, false).draw().unwrap());
    assert_eq!(grid(4, 17).draw().unwrap(), grid(4, 17).draw().unwrap());
    assert_eq!(aligned().draw().unwrap(), aligned().draw().unwrap());
}

#[test]
fn strange_words_in_figures_do_no_harm() {
    let mut picture = dots(4, false);
    picture.groups[0].heading = long();
    picture.groups[0].rows[1].label = long();
    picture.series[0].label = long();
    picture.series[1].label = String::new();
    picture.reference = Some((2.0, long()));
    picture.x_label = long();
    well_formed(picture.draw().unwrap());
    let mut picture = grid(3, 9);
    picture.panels[1].title = long();
    picture.panels[0].fans[0].label = long();
    picture.markers[0].label = "\u{0}<&>".into();
    well_formed(picture.draw().unwrap());
    let mut picture = aligned();
    picture.at_zero = long();
    picture.histogram_label = long();
    picture.y_label = String::new();
    well_formed(picture.draw().unwrap());
}

#[test]
fn ends_of_axes_are_round() {
    let ends = |values: &[f64], wanted| axes::round_ends(values.iter().copied(), wanted);
    let near = |a: Option<(f64, f64)>, b: (f64, f64)| {
        let a = a.expect("an axis");
        assert!((a.0 - b.0).abs() < 1e-9 && (a.1 - b.1).abs() < 1e-9, "{a:?} {b:?}");
    };
    near(ends(&[1.0, 7.3], None), (0.0, 8.0));
    near(ends(&[0.71, 0.79], None), (0.7, 0.8));
    near(ends(&[-1.2, 3.0], None), (-2.0, 3.0));
    near(ends(&[0.2, 0.7], Some((0.0, 1.0))), (0.0, 1.0));
    near(ends(&[0.2, 1.3], Some((0.0, 1.0))), (0.0, 1.5));
    near(ends(&[0.0], None), (0.0, 1.0));
    near(ends(&[f64::NAN, 4.0], Some((9.0, f64::NAN))), (0.0, 4.0));
    assert_eq!(ends(&[f64::NAN], Some((0.0, 1.0))), None);
    assert_eq!(ends(&[f64::MAX, -f64::MAX], None), None);
    // One value alone is shown by its distance from 0.
    for value in [0.7, 1e-12, 1e300, -3.0] {
        let (low, high) = ends(&[value], None).expect("an axis");
        assert!(low <= value && value <= high && low < high);
    }
}

#[test]
fn long_numbers_are_grouped() {
    assert_eq!(axes::number(1_234_000.0, 1000.0, Quantity::Number), "1,234,000");
    assert_eq!(axes::number(12_000.5, 0.5, Quantity::Number), "12,000.5");
    assert_eq!(axes::number(5000.0, 1000.0, Quantity::Number), "5000");
    assert_eq!(axes::number(-0.2, 0.1, Quantity::Share), "\u{2212}20 %");
}
