//! Tests of the numbers of axes: over any range they differ, are in order, and say where they are.

use super::super::axes::{Scale, round_ends, value_step, written};
use super::super::*;
use super::series::{band, named};
use super::{texts, well_formed};
use crate::ids::Meeting;

/// Reads a number of an axis back.
fn read(label: &str, quantity: Quantity) -> f64 {
    let plain = label.trim_end_matches(" %").replace(',', "").replace('\u{2212}', "-");
    plain.parse::<f64>().unwrap_or_else(|_| panic!("{label}")) / quantity.factor()
}

fn ranges() -> Vec<(f64, f64)> {
    let mut all = vec![(0.7, 0.700_000_1), (0.0, 1e-7), (-1e-9, 1e-9), (1e8, 1e8 + 1.0)];
    let mut seed = 7_u32;
    let mut next = || {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        f64::from(seed >> 8) / f64::from(1_u32 << 24)
    };
    for _ in 0..3000 {
        let middle = (next() - 0.5) * libm::pow(10.0, 30.0 * next() - 15.0);
        // Down to a hundred-millionth of where it lies.
        let span = middle.abs().max(1e-12) * libm::pow(10.0, 11.0 * next() - 8.0);
        all.push((middle, middle + span));
    }
    all
}

#[test]
fn ticks_of_any_range_differ_are_in_order_and_say_where_they_are() {
    for (low, high) in ranges() {
        for quantity in [Quantity::Number, Quantity::Share, Quantity::Points] {
            let ends = round_ends([low, high].into_iter(), None).expect("an axis");
            let hair = 1e-6 * (high - low);
            assert!(ends.0 <= low + hair && high - hair <= ends.1, "{low} to {high}: {ends:?}");
            let scale = Scale { values: ends, pixels: (0.0, 600.0) };
            let step = value_step(ends.1 - ends.0, 6.0);
            let ticks = scale.ticks(step);
            let labels: Vec<String> =
                ticks.iter().map(|tick| scale.label(*tick, step, quantity)).collect();
            let told = format!("{low} to {high} in {quantity:?}: {labels:?}");
            assert!(ticks.len() > 1, "{told}");
            for (tick, label) in ticks.iter().zip(&labels) {
                assert!((read(label, quantity) - tick).abs() < 0.01 * step, "{told}");
                assert!(label.chars().count() < 20, "{told}");
            }
            for pair in labels.windows(2) {
                assert!(read(&pair[0], quantity) < read(&pair[1], quantity), "{told}");
            }
        }
    }
}

#[test]
fn one_value_alone_has_one_tick_with_its_own_number() {
    for (value, label) in [(0.7, "0.7"), (17.0, "17"), (0.0, "0"), (2.5e-9, "0.0000000025")] {
        let scale = Scale { values: (value, value), pixels: (100.0, 300.0) };
        let step = scale.checked_step(Quantity::Number).expect("fits");
        assert_eq!(scale.ticks(step), [value]);
        assert_eq!(scale.label(value, step, Quantity::Number), label);
        assert_eq!(scale.at(value), 200.0);
    }
}

#[test]
fn a_curve_over_a_tiny_range_has_numbers_that_differ() {
    let points = band(5, |i| (0.75 + 2e-8 * i, 1e-9));
    let points = points.iter().map(|p| BandPoint { x: 0.7 + 2.5e-8 * p.x, ..*p }).collect();
    let mut picture = super::series::curve(1, 3);
    picture.series = vec![named("mean", points)];
    (picture.spans, picture.lines, picture.zero) = (Vec::new(), Vec::new(), false);
    let svg = well_formed(picture.draw().unwrap());
    let mut numbers: Vec<String> =
        texts(&svg).into_iter().map(|text| text.0).filter(|text| text.starts_with("0.7")).collect();
    assert!(numbers.len() > 5, "{numbers:?}");
    let all = numbers.len();
    numbers.sort();
    numbers.dedup();
    assert_eq!(numbers.len(), all, "{numbers:?}");
}

#[test]
fn numbers_that_are_long_have_a_power_of_ten() {
    let mut picture = super::in_rows::bars(1, 2);
    picture.rows[0].bars[0].as_mut().unwrap().value = 1e300;
    let svg = well_formed(picture.draw().unwrap());
    assert!(svg.contains("\n1.0e300\n") || svg.contains("\n1e300\n"), "{svg}");
    assert_eq!(axes::number(-2e-13, 2e-13, Quantity::Number), "\u{2212}2e\u{2212}13");
}

#[test]
fn values_are_written_with_as_many_digits_as_tell_them_apart() {
    assert_eq!(
        written(&[0.7, 0.700_000_05, 0.700_000_1]),
        ["0.70000000", "0.70000005", "0.70000010"]
    );
    assert_eq!(written(&[1.0 / 3.0, 2.0 / 3.0]), ["0.333333", "0.666667"]);
    assert_eq!(written(&[0.1 + 0.2, 1.0]), ["0.3", "1.0"]);
    assert_eq!(written(&[4.0, 4.0]), ["4", "4"]);
}

#[test]
fn intervals_of_shares_end_at_none_and_all() {
    let mut picture = super::figures::aligned();
    picture.lines[0].points[2].low = -0.4;
    picture.lines[0].points[3].high = 1.7;
    let numbers = |picture: &AlignedPicture| {
        let svg = well_formed(picture.draw().unwrap());
        texts(&svg).into_iter().map(|text| text.0).filter(|t| t.ends_with(" %")).collect::<Vec<_>>()
    };
    let shares = numbers(&picture);
    assert!(
        shares.iter().all(|text| !text.starts_with('\u{2212}') && text != "150 %"),
        "{shares:?}"
    );
    assert!(shares.contains(&"100 %".to_owned()), "{shares:?}");
    // Differences may be of either sign, and have no sign of percent.
    picture.y_quantity = Quantity::Points;
    assert!(numbers(&picture).is_empty());
    let svg = picture.draw().unwrap().svg;
    assert!(svg.contains("\n\u{2212}50\n") && svg.contains("\n150\n"));
}

#[test]
fn the_histogram_ends_with_the_last_meeting() {
    let mut picture = super::figures::aligned();
    picture.lines[0].points.retain(|point| point.x.abs() < 5.0);
    picture.lines.truncate(1);
    picture.histogram = vec![(MeetingPlace::from(Meeting(7)), 3.0)];
    picture.last = MeetingPlace::from(Meeting(12));
    let svg = well_formed(picture.draw().unwrap());
    assert!(svg.contains("\n12\n") && svg.contains("\n1\n") && !svg.contains("\n13\n"));
}
