//! Tests of heat maps and of effects against their spread.

use super::super::*;
use super::figures::shows;
use super::{long, well_formed};

pub(super) fn heat(columns: usize, rows: usize) -> HeatPicture {
    let cell = |x: usize, y: usize| {
        let (a, b) = (x as f64 / columns as f64 - 0.4, y as f64 / rows as f64 - 0.6);
        HeatCell { value: 8.0 * (a * a + a * b) - 3.0 * b, error: 0.2 + a * a }
    };
    let axis = |label: &str, count: usize| HeatAxis {
        label: label.into(),
        levels: HeatLevels::Numbers((0..count).map(|i| i as f64 / 10.0).collect()),
    };
    HeatPicture {
        title: "Where a pause helps".into(),
        subtitle: "200 runs to a cell".into(),
        x: axis("share of new members", columns),
        y: axis("trust at the start", rows),
        value_label: "difference in months of work".into(),
        quantity: Quantity::Number,
        decimals: 1,
        range: None,
        cells: (0..rows).map(|y| (0..columns).map(|x| cell(x, y)).collect()).collect(),
        contours: vec![0.0, 1.5],
        footnote: "Not a forecast.".into(),
    }
}

pub(super) fn named_heat() -> HeatPicture {
    let names = |all: &[&str]| HeatLevels::Named(all.iter().map(ToString::to_string).collect());
    let mut picture = heat(3, 2);
    picture.x.levels = names(&["no facilitator", "one for the first year only", "always <one>"]);
    picture.y.levels = names(&["the leader stays", "the leader leaves in month 18"]);
    picture.cells[0][1].value = f64::NAN;
    picture.cells[1][2].error = f64::NAN;
    picture
}

pub(super) fn plane(points: usize) -> PlanePicture {
    let point = |i: usize| {
        let x = 0.1 + 3.0 / (1.0 + i as f64) + 0.02 * (i * 7 % 5) as f64;
        PlanePoint {
            label: format!("parameter_{i} <&>"),
            x,
            low: Some(x - 0.08 * x),
            high: Some(x + 0.1 * x),
            y: 0.3 * x * (1 + i * 5 % 4) as f64,
        }
    };
    PlanePicture {
        title: "Which parameters matter".into(),
        subtitle: "40 trajectories".into(),
        x_label: "\u{b5}*: mean size of the effect (months)".into(),
        y_label: "standard deviation of the effect (months)".into(),
        point_label: "parameter with 95 % interval".into(),
        points: (0..points).map(point).collect(),
        footnote: "A screening.".into(),
    }
}

#[test]
fn fields_show_all_their_words() {
    let svg = well_formed(heat(7, 6).draw().unwrap());
    shows(&svg, &["Where a pause helps", "share of new members", "trust at the start"]);
    shows(&svg, &["difference in months of work", "line at 0", "line at 1.5", "\n0.6\n"]);
    shows(&svg, &["\n\u{b1}0.4\n", "Not a forecast."]);
    let svg = well_formed(named_heat().draw().unwrap());
    shows(&svg, &["no facilitator", "always &lt;one&gt;"]);
    assert!(!svg.contains("line at"));
    let svg = well_formed(plane(12).draw().unwrap());
    shows(&svg, &["\u{b5}*: mean size", "standard deviation of", "y = x", "y = 0.1 x"]);
    shows(&svg, &["parameter with 95 % interval", "A screening."]);
    for i in 0..12 {
        shows(&svg, &[&format!("\nparameter_{i} &lt;&amp;&gt;\n")]);
    }
    let svg = well_formed(plane(13).draw().unwrap());
    shows(&svg, &["\n13\n", "\nparameter_12 &lt;&amp;&gt;\n"]);
    assert!(svg.matches("\n7\n").count() == 2, "a number at the point and in the key");
}

#[test]
fn fields_of_one_and_of_many() {
    for (columns, rows) in [(1, 1), (1, 12), (12, 1), (12, 12), (13, 3), (100, 100)] {
        well_formed(heat(columns, rows).draw().unwrap());
    }
    assert!(!well_formed(heat(13, 3).draw().unwrap()).contains('\u{b1}'));
    for points in [1, 2, 60] {
        well_formed(plane(points).draw().unwrap());
    }
}

#[test]
fn contours_follow_their_level() {
    let cone: Vec<Vec<f64>> = (0..9)
        .map(|y| (0..9).map(|x| (f64::from(x) - 4.0).abs() + (f64::from(y) - 4.0).abs()).collect())
        .collect();
    let lines = contour::lines(&cone, 2.5);
    assert_eq!(lines.len(), 1, "one closed line");
    assert_eq!(lines[0].first(), lines[0].last());
    for (x, y) in &lines[0] {
        assert!(((x - 4.0).abs() + (y - 4.0).abs() - 2.5).abs() < 1e-9);
    }
    assert!(contour::lines(&cone, 20.0).is_empty());
    let saddle = [vec![1.0, 0.0], vec![0.0, 1.0]];
    assert_eq!(contour::lines(&saddle, 0.4).len(), 2);
    // Above its middle the low corners of a saddle hang together, below it the
    // high ones.
    let turn = |level: f64| {
        let first = &contour::lines(&saddle, level)[0];
        (first[0].0 + first[0].1 - first[1].0 - first[1].1).abs() < 1e-9
    };
    assert!(turn(0.6) != turn(0.4));
    assert!(contour::lines(&[vec![f64::NAN, 1.0], vec![0.0, 1.0]], 0.5).is_empty());
}

#[test]
fn shades_grow_darker() {
    let light = |i: u32| shades::lightness(shades::shade(f64::from(i) / 100.0));
    for i in 0..100 {
        assert!(light(i) > light(i + 1) - 1e-3, "{i}");
    }
    assert!(light(0) - light(100) > 0.6);
}

#[test]
fn fields_leave_out_what_is_not_finite() {
    let mut picture = heat(5, 4);
    picture.cells[0].clear();
    picture.cells[1][1].value = f64::INFINITY;
    picture.cells[2][2].error = f64::NAN;
    picture.cells[3].push(HeatCell { value: 9.0, error: 1.0 });
    picture.cells.push(vec![HeatCell { value: 9.0, error: 1.0 }]);
    picture.contours.push(f64::NAN);
    picture.range = Some((f64::NAN, 2.0));
    well_formed(picture.draw().unwrap());
    picture.x.levels = HeatLevels::Numbers(vec![0.0, f64::NAN, 2.0]);
    assert!(!well_formed(picture.draw().unwrap()).contains("line at"));
    let mut picture = plane(5);
    picture.points[0].x = f64::NAN;
    picture.points[1].y = f64::INFINITY;
    picture.points[2].low = None;
    picture.points[3].high = Some(f64::NAN);
    assert!(!well_formed(picture.draw().unwrap()).contains("parameter_1"));
}

#[test]
fn fields_of_nothing_are_errors() {
    assert!(heat(0, 0).draw().is_err());
    assert!(heat(3, 0).draw().is_err());
    assert!(heat(201, 1).draw().is_err());
    assert!(plane(0).draw().is_err());
    let far = f64::MAX;
    let mut picture = heat(3, 3);
    (picture.cells[0][0].value, picture.cells[1][0].value) = (-far, far);
    assert!(picture.draw().is_err());
    let mut picture = plane(3);
    (picture.points[0].x, picture.points[1].x) = (-far, far);
    assert!(picture.draw().is_err());
}

#[test]
fn fields_are_the_same_each_time() {
    assert_eq!(heat(5, 4).draw().unwrap(), heat(5, 4).draw().unwrap());
    assert_eq!(plane(20).draw().unwrap(), plane(20).draw().unwrap());
}

#[test]
fn strange_words_in_fields_do_no_harm() {
    let mut picture = named_heat();
    picture.x.levels = HeatLevels::Named(vec![long(), long(), String::new()]);
    picture.y.levels = HeatLevels::Named(vec![long(), "\u{0}<&>".into()]);
    picture.value_label = long();
    picture.x.label = long();
    well_formed(picture.draw().unwrap());
    let mut picture = heat(30, 2);
    picture.x.levels = HeatLevels::Named(vec![long(); 30]);
    well_formed(picture.draw().unwrap());
    for points in [5, 20] {
        let mut picture = plane(points);
        picture.points[3].label = long();
        picture.point_label = long();
        picture.y_label = long();
        well_formed(picture.draw().unwrap());
    }
}
