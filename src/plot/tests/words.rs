//! Tests of how words are broken and cut, and of characters that the font lacks.

use super::super::text::{Face, clip, width, wrap, wrap_to};
use super::{fan, strip, well_formed};
use crate::report::pictures::unseen;
use std::time::Instant;

const FACE: Face = Face::regular(13.0);

#[test]
fn lines_hold_all_words_and_are_no_wider_than_they_may_be() {
    for text in ["one two ".repeat(50), "w".repeat(400), "a\u{301} b ".repeat(30) + &"x".repeat(99)]
    {
        for room in [20.0, 120.0, 700.0] {
            let lines = wrap(&text, FACE, room);
            let letters =
                |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            assert_eq!(letters(&lines.concat()), letters(&text));
            assert!(lines.iter().all(|line| width(line, FACE) <= room), "{room}: {lines:?}");
            let cut = wrap_to(2, &text, FACE, room);
            assert!(cut.len() == 2 && cut.iter().all(|line| width(line, FACE) <= room), "{cut:?}");
            let short = clip(&text, FACE, room);
            assert!(width(&short, FACE) <= room && short.ends_with('…'), "{short}");
        }
    }
    assert_eq!(clip("short", FACE, 200.0), "short");
    assert_eq!(clip("short", FACE, 3.0), "…");
}

/// In proportion to its length this takes less than a second even on a busy machine; with the
/// square of the length it would take minutes.
#[test]
fn a_text_of_a_hundred_thousand_letters_is_broken_and_cut_at_once() {
    let began = Instant::now();
    for text in ["w".repeat(100_000), "word ".repeat(20_000)] {
        assert!(wrap(&text, FACE, 700.0).len() > 500);
        assert!(clip(&text, FACE, 700.0).chars().count() < 300);
        assert_eq!(wrap_to(3, &text, FACE, 300.0).len(), 3);
    }
    assert!(began.elapsed().as_secs() < 20);
}

#[test]
fn a_title_of_a_hundred_thousand_letters_is_cut_and_drawn() {
    let mut picture = fan(17);
    picture.title = "title ".repeat(9_000) + &"w".repeat(46_000);
    picture.subtitle = "s".repeat(100_000);
    picture.fans[0].label = "f".repeat(100_000);
    picture.markers[0].label = "m".repeat(100_000);
    picture.footnote = "n".repeat(100_000);
    let began = Instant::now();
    let image = picture.draw().unwrap();
    assert!(began.elapsed().as_secs() < 60);
    let high = image.svg.split("height=\"").nth(1).and_then(|rest| rest.split('"').next());
    let high: f64 = high.expect("a height").parse().expect("a number");
    assert!(high < 2000.0, "{high}");
}

#[test]
fn characters_that_the_font_lacks_are_told_and_boxed() {
    let plain = fan(17).draw().unwrap();
    assert!(plain.unseen.is_empty() && unseen([&plain]).is_none());
    let mut picture = fan(17);
    picture.fans[0].label = "日本語".into();
    let image = picture.draw().unwrap();
    assert_eq!(image.unseen, ["日本語"]);
    assert!(image.svg.contains("日本語"), "the SVG keeps them");
    // Boxes are not blanks.
    picture.fans[0].label = "\u{a0}".repeat(9);
    assert_ne!(image.png, picture.draw().unwrap().png);
    picture.fans[1].label = "\u{1f642} smile".into();
    let told = unseen([&image, &picture.draw().unwrap(), &image]).expect("told");
    assert!(told.contains("日本語") && told.contains("\u{1f642} smile"), "{told}");
    assert_eq!(told.matches("日本語").count(), 1);
    well_formed(picture.draw().unwrap());
}

#[test]
fn a_long_run_is_folded_and_shows_each_meeting_once() {
    let svg = well_formed(strip(240, 60).draw().unwrap());
    for number in [20, 60, 80, 120, 140, 180, 200, 240] {
        assert_eq!(svg.matches(&format!("\n{number}\n")).count(), 1, "{number}");
    }
    let labels = |svg: &str| svg.matches("\nevent ").count();
    assert!(labels(&svg) > 30, "{}", labels(&svg));
    well_formed(strip(3720, 200).draw().unwrap());
}

#[test]
fn a_legend_shows_beads_only_where_there_are_some() {
    let discs = |meetings: u32| fan(meetings).draw().unwrap().svg.matches("<circle").count();
    assert_eq!(discs(120), 0);
    // Two for each bead: one to a meeting of each world, and one in the legend.
    assert_eq!(discs(17), 2 * (2 * 17 + 1));
}
