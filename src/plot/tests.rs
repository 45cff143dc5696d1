//! Tests of the pictures: that they are well formed, complete and never panic.

mod fields;
mod figures;
mod in_rows;
mod look;
mod series;
mod ticks;
mod words;

use super::*;
use crate::ids::Meeting;

fn point(meeting: u32, mean: f64) -> FanPoint<MeetingPlace> {
    FanPoint {
        x: MeetingPlace::from(Meeting(meeting)),
        p05: (mean - 0.3).max(0.0),
        p25: (mean - 0.12).max(0.0),
        median: mean - 0.01,
        p75: mean + 0.12,
        p95: mean + 0.3,
        mean,
    }
}

fn fan(meetings: u32) -> FanPicture {
    let points = |level: f64| (1..=meetings).map(|m| point(m, level)).collect();
    FanPicture {
        title: "Roles & <newcomers>".into(),
        subtitle: "1,000 runs, seed 1".into(),
        x_label: "meeting".into(),
        y_label: "share of episodes".into(),
        y_max: 1.0,
        y_quantity: Quantity::Share,
        outer: "9 runs in 10".into(),
        fans: vec![
            Fan { label: "newcomers arrive".into(), points: points(0.35) },
            Fan { label: "nobody leaves".into(), points: points(0.13) },
        ],
        facts: vec![
            Fact::Point { x: MeetingPlace(9.0), y: 5.0 / 7.0, label: "published: 5 of 7".into() },
            Fact::Span {
                from: MeetingPlace(10.0),
                to: MeetingPlace(17.0),
                y: 0.18,
                low: Some(0.1),
                high: Some(0.29),
                inferred: true,
                label: "inferred: 18 %".into(),
            },
        ],
        observed: Vec::new(),
        markers: vec![SpanMark {
            from: MeetingPlace(2.0),
            to: MeetingPlace(3.0),
            label: "arrivals".into(),
        }],
        footnote: "Not a forecast.".into(),
    }
}

fn strip(meetings: u32, events: u32) -> StripPicture {
    let topics = [StripTopic::Roles, StripTopic::Work, StripTopic::Other];
    let episode =
        |i: u32| StripEpisode { topic: topics[i as usize % 3], peripheral: i.is_multiple_of(4) };
    let kinds = [StripEventKind::Arrival, StripEventKind::Departure, StripEventKind::Other];
    StripPicture {
        title: "One run".into(),
        subtitle: "seed 1".into(),
        meetings: (1..=meetings)
            .map(|number| StripMeeting {
                number,
                episodes: (0..5 + number % 5).map(|i| episode(i + number)).collect(),
            })
            .collect(),
        events: (0..events)
            .map(|i| StripEvent {
                at: MeetingPlace(f64::from(i) * f64::from(meetings) / f64::from(events)),
                kind: kinds[i as usize % 3],
                label: format!("event {i} <&>"),
            })
            .collect(),
        footnote: "One run among many.".into(),
    }
}

fn long() -> String {
    "long ".repeat(60) + &"w".repeat(300)
}

/// Words on the page and the area they take.
fn texts(svg: &str) -> Vec<(String, places::Area)> {
    let text = |piece: &str| {
        let of = |name: &str| {
            let (_, rest) = piece.split_once(&format!("{name}=\"")).expect("an attribute");
            rest.split('"').next().expect("a value")
        };
        let number = |name: &str| of(name).parse::<f64>().expect("a number") / 3.0;
        let (x, y, em) = (number("x"), number(" y"), number("font-size"));
        let face = text::Face { em, bold: piece.contains("font-weight=\"bold\"") };
        let words = piece.split('\n').nth(1).expect("words").replace("&lt;", "<");
        let words = words.replace("&gt;", ">").replace("&quot;", "\"").replace("&apos;", "'");
        let words = words.replace("&amp;", "&");
        let wide = text::width(&words, face);
        let share = match of("text-anchor") {
            "start" => 0.0,
            "end" => 1.0,
            _ => 0.5,
        };
        let (left, base) = (x - share * wide, y + 0.76 * em);
        (words, ((left, base - 0.72 * em), (left + wide, base + 0.1 * em)))
    };
    svg.split("<text ").skip(1).map(text).collect()
}

/// That no text runs over the edges of the page.
fn inside(svg: &str) {
    for (words, ((left, top), (right, _))) in texts(svg) {
        let within = left > -1.0 && right < canvas::WIDTH + 1.0 && top > -1.0;
        assert!(within, "{words}: {left} to {right}");
    }
}

/// The document if its tags balance and no sign is left unescaped.
fn well_formed(image: Image) -> String {
    let mut open = Vec::new();
    for piece in image.svg.split('<').skip(1) {
        let (tag, text) = piece.split_once('>').expect("a tag ends");
        assert!(!text.contains('>'), "{text}");
        for rest in text.split('&').skip(1) {
            let name = rest.split(';').next().unwrap();
            assert!(["amp", "lt", "gt", "quot", "apos"].contains(&name), "{text}");
        }
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name));
        } else if !tag.ends_with('/') {
            open.push(tag.split(' ').next().unwrap());
        }
    }
    assert!(open.is_empty(), "{open:?}");
    assert!(image.svg.starts_with("<svg ") && !image.svg.contains("NaN"));
    assert!(image.png.starts_with(b"\x89PNG") && image.png.ends_with(b"IEND\xAE\x42\x60\x82"));
    inside(&image.svg);
    image.svg
}

#[test]
fn a_fan_shows_all_its_words() {
    let svg = well_formed(fan(17).draw().unwrap());
    for words in [
        "\nRoles &amp; &lt;newcomers&gt;\n",
        "1,000 runs, seed 1",
        "\nmeeting\n",
        "share of episodes",
        "newcomers arrive",
        "nobody leaves",
        "published: 5 of 7",
        "inferred: 18 %",
        "arrivals",
        "Not a forecast.",
        "\n20 %\n",
        "\n17\n",
        "DejaVu Sans, Verdana, sans-serif",
    ] {
        assert!(svg.contains(words), "{words}");
    }
}

#[test]
fn what_was_observed_stands_in_the_first_panel_and_in_the_legend() {
    let plain = well_formed(fan(17).draw().unwrap());
    let mut picture = fan(17);
    picture.observed = vec![
        Observed { x: MeetingPlace(3.0), y: 0.25, interval: Some((0.07, 0.59)) },
        Observed { x: MeetingPlace(4.0), y: 1.0, interval: None },
        Observed { x: MeetingPlace(5.0), y: f64::NAN, interval: None },
    ];
    let svg = well_formed(picture.draw().unwrap());
    assert!(svg.contains("observed, 95 % by sampling alone") && !plain.contains("observed"));
    // Beyond the last meeting that is simulated the axis goes on.
    picture.observed.push(Observed { x: MeetingPlace(21.0), y: 0.5, interval: None });
    assert!(well_formed(picture.draw().unwrap()).contains("\n21\n"));
}

#[test]
fn a_strip_shows_all_its_words() {
    let svg = well_formed(strip(17, 5).draw().unwrap());
    for words in ["\nOne run\n", "seed 1", "event 0 &lt;&amp;&gt;", "event 4", "arrival"] {
        assert!(svg.contains(words), "{words}");
    }
    assert!(svg.contains("role negotiation") && svg.contains("One run among many."));
    assert!(!svg.contains("more, marked"));
}

#[test]
fn same_input_same_bytes() {
    assert_eq!(fan(17).draw().unwrap(), fan(17).draw().unwrap());
    assert_eq!(strip(17, 9).draw().unwrap(), strip(17, 9).draw().unwrap());
}

#[test]
fn one_meeting_and_many() {
    for meetings in [1, 2, 120] {
        well_formed(fan(meetings).draw().unwrap());
        let svg = well_formed(strip(meetings, 90).draw().unwrap());
        assert!(svg.contains("more, marked without a label"));
    }
}

#[test]
fn gaps_for_what_is_not_finite() {
    let mut picture = fan(17);
    picture.fans[0].points[4].p95 = f64::NAN;
    picture.fans[0].points[6].x = MeetingPlace(f64::INFINITY);
    let label = "nowhere".to_string();
    picture.facts.push(Fact::Point { x: MeetingPlace(f64::NAN), y: 0.1, label });
    picture.markers[0].to = MeetingPlace(f64::NAN);
    let svg = well_formed(picture.draw().unwrap());
    assert!(!svg.contains("nowhere"));

    let mut picture = strip(17, 2);
    picture.events[0].at = MeetingPlace(f64::NAN);
    picture.meetings[3].episodes.clear();
    picture.meetings[5].number = 5;
    well_formed(picture.draw().unwrap());
}

#[test]
fn nothing_to_draw_is_an_error() {
    let mut picture = fan(17);
    picture.y_max = f64::NAN;
    assert!(picture.draw().is_err());
    let mut picture = fan(3);
    picture.fans[0].points[0].x = MeetingPlace(-f64::MAX);
    picture.fans[0].points[1].x = MeetingPlace(f64::MAX);
    assert!(picture.draw().is_err());
    let mut picture = fan(0);
    assert!(picture.draw().is_err());
    picture.fans.clear();
    assert!(picture.draw().is_err());
    let error = strip(0, 3).draw().unwrap_err();
    assert!(error.to_string().contains("no meetings"));
}

#[test]
fn strange_words_do_no_harm() {
    let mut picture = fan(5);
    picture.title = "long ".repeat(80) + &"x".repeat(300);
    picture.fans[0].label = "w".repeat(500);
    picture.footnote = "\u{0}\u{7}κ ≥ 0.6\n日本 \"quoted\"".into();
    picture.y_label = String::new();
    well_formed(picture.draw().unwrap());
    let mut picture = strip(3, 3);
    picture.events[1].label = "e".repeat(400);
    well_formed(picture.draw().unwrap());
}

#[test]
fn numbers_of_axes() {
    assert_eq!(axes::number(0.2, 0.2, Quantity::Share), "20 %");
    assert_eq!(axes::number(0.025, 0.025, Quantity::Share), "2.5 %");
    assert_eq!(axes::number(1.5, 0.5, Quantity::Number), "1.5");
    assert_eq!(axes::number(40.0, 20.0, Quantity::Number), "40");
    assert!((axes::value_step(1.0, 6.0) - 0.2).abs() < 1e-12);
    assert!((axes::value_step(0.35, 6.0) - 0.1).abs() < 1e-12);
}

#[test]
fn every_fact_keeps_its_label_near_the_right_edge() {
    let mut picture = fan(17);
    for meeting in [12.0, 15.0, 16.0, 17.0] {
        let label = format!("published at meeting {meeting}: 1 of 7 (14 %)");
        picture.facts.push(Fact::Point { x: MeetingPlace(meeting), y: 1.0 / 7.0, label });
    }
    let svg = well_formed(picture.draw().unwrap());
    for meeting in [12, 15, 16, 17] {
        assert!(svg.contains(&format!("published at meeting {meeting}:")), "{meeting}");
    }
    assert!(svg.contains("published: 5 of 7") && svg.contains("inferred: 18 %"));
}

#[test]
fn flags_neither_overlap_nor_are_pierced() {
    let mut seed = 1_u32;
    let mut next = |below: u32| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        f64::from((seed >> 8) % below)
    };
    for _ in 0..50 {
        let flags: Vec<layout::Flag> = (0..30)
            .map(|_| {
                let pole = next(700);
                layout::Flag { from: pole, to: pole + 20.0 + next(200), pole }
            })
            .collect();
        let turns: Vec<usize> = (0..flags.len()).collect();
        let placed = layout::hoist(&flags, &turns, 8, (0.0, 760.0));
        let placed: Vec<_> = placed.into_iter().flatten().collect();
        for (i, (row, flag)) in placed.iter().enumerate() {
            assert!(flag.from >= -1.0 && flag.to <= 761.0);
            for (other_row, other) in &placed[i + 1..] {
                let (low, high) = if row < other_row { (flag, other) } else { (other, flag) };
                let apart = flag.to < other.from || other.to < flag.from;
                let clear = high.pole <= low.from + 1.0 || high.pole >= low.to - 1.0;
                assert!(if row == other_row { apart } else { clear });
            }
        }
    }
}

#[test]
fn a_png_gives_its_pixels_back() {
    let pixels: Vec<u8> = (0..64 * 300 * 3_u32).map(|i| (i * 37 % 251) as u8).collect();
    let file = png::encode(&pixels, 64, 300).expect("encodes");
    let mut reader = ::png::Decoder::new(std::io::Cursor::new(file)).read_info().expect("a PNG");
    let mut decoded = vec![0; reader.output_buffer_size().expect("a size")];
    reader.next_frame(&mut decoded).expect("a frame");
    assert_eq!(decoded, pixels);
}
