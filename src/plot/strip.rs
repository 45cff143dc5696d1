//! One run as a strip of coded episodes.

use super::axes::round_step;
use super::canvas::{Anchor, Canvas, Ink, MARGIN, Spot, WIDTH};
use super::layout::{Flag, Labels, Tag, hoist};
use super::page::{self, Key, SMALL};
use super::text::width;
use super::{
    Image, Place, PlotError, StripEpisode, StripEvent, StripEventKind, StripMeeting, StripPicture,
    StripTopic,
};

/// Left edge of the columns; the numbers of the episodes stand before it.
const LEFT: f64 = 44.0;
const RIGHT: f64 = WIDTH - MARGIN;
/// Half the room that the mark of an event takes, between labels and columns.
const HALF_MARK: f64 = 7.5;
/// A long run is folded into bands of about as many meetings, but into no more bands than these.
const BAND: usize = 60;
const BANDS: usize = 8;
/// Height of the columns of a run in one band, and of each of several.
const HIGH: f64 = 240.0;
const LOW: f64 = 120.0;
/// Rows of marks.
const DEPTHS: usize = 3;
const KINDS: [(StripEventKind, &str); 5] = [
    (StripEventKind::Arrival, "arrival"),
    (StripEventKind::Departure, "departure"),
    (StripEventKind::Settlement, "settlement"),
    (StripEventKind::End, "end"),
    (StripEventKind::Other, "other event"),
];

impl StripPicture {
    /// Draws the picture.
    ///
    /// # Errors
    ///
    /// When there is no meeting to draw.
    pub fn draw(&self) -> Result<Image, PlotError> {
        if self.meetings.is_empty() {
            return Err(PlotError("no meetings to draw a strip from".into()));
        }
        let most = self.meetings.iter().map(|m| m.episodes.len()).max();
        let most = most.unwrap_or(0).max(1);
        let bands = match self.meetings.len() {
            few if few <= BAND + BAND / 3 => 1,
            many => many.div_ceil(BAND).min(BANDS),
        };
        let each = self.meetings.len().div_ceil(bands);
        // Few meetings must not become a few huge cells.
        let pitch = ((RIGHT - LEFT) / each as f64).min(60.0);
        let high = (if bands == 1 { HIGH } else { LOW } / most as f64).min(24.0);

        let mut canvas = Canvas::default();
        let mut y = page::heading(&mut canvas, &self.title, &self.subtitle);
        y = page::legend(&mut canvas, y, &self.keys());
        let events = self.events.iter().filter(|event| event.at.place().is_finite());
        let placed: Vec<(f64, &StripEvent)> =
            events.map(|event| (place(&self.meetings, event.at.place()), event)).collect();
        for (nth, meetings) in self.meetings.chunks(each).enumerate() {
            let (from, last) = ((nth * each) as f64, (nth + 1) * each >= self.meetings.len());
            let here = |column: f64| column >= from && (last || column < from + each as f64);
            let events: Vec<(f64, &StripEvent)> = placed
                .iter()
                .filter(|(column, _)| here(*column))
                .map(|(column, event)| (LEFT + (column - from) * pitch, *event))
                .collect();
            y = band(&mut canvas, y, (pitch, high), meetings, &events);
        }
        let caption = "meeting (its episodes in order from the bottom up)";
        let end = LEFT + each as f64 * pitch;
        let middle = ((LEFT + end) / 2.0).max(LEFT + width(caption, SMALL) / 2.0);
        y += SMALL.leading();
        canvas.text((middle, y), caption, SMALL, Anchor::Middle, Ink::BLACK);
        y = page::footnote(&mut canvas, y + 8.0, &self.footnote);
        canvas.finish(y, &self.title, &self.footnote)
    }

    fn keys(&self) -> Vec<Key> {
        let sample = |topic, peripheral| {
            move |c: &mut Canvas, (x, y): Spot| {
                let episode = StripEpisode { topic, peripheral };
                cell(c, (x, y - 8.0), (x + 24.0, y + 8.0), episode);
            }
        };
        let mut keys = vec![
            Key::new("role negotiation", 24.0, sample(StripTopic::Roles, false)),
            Key::new("substantive work", 24.0, sample(StripTopic::Work, false)),
            Key::new("other business", 24.0, sample(StripTopic::Other, false)),
        ];
        if self.meetings.iter().flat_map(|m| &m.episodes).any(|e| e.peripheral) {
            let sample = sample(StripTopic::Work, true);
            keys.push(Key::new("roles mentioned in passing", 24.0, sample));
        }
        for (kind, name) in KINDS {
            if self.events.iter().any(|e| e.kind == kind && e.at.place().is_finite()) {
                keys.push(Key::new(name, 14.0, move |c, (x, y)| mark(c, (x + 7.0, y), kind)));
            }
        }
        keys
    }
}

/// A stretch of meetings with the events in it, each with its pixel; gives the y below its
/// numbers.
fn band(
    canvas: &mut Canvas,
    y: f64,
    (pitch, high): (f64, f64),
    meetings: &[StripMeeting],
    events: &[(f64, &StripEvent)],
) -> f64 {
    let most = meetings.iter().map(|m| m.episodes.len()).max().unwrap_or(0).max(1);
    let ground = above(canvas, y, events) + most as f64 * high;
    for (i, meeting) in meetings.iter().enumerate() {
        let x = LEFT + i as f64 * pitch;
        for (j, episode) in meeting.episodes.iter().enumerate() {
            let base = ground - j as f64 * high;
            cell(canvas, (x, base - high), (x + pitch, base), *episode);
        }
    }
    let end = LEFT + meetings.len() as f64 * pitch;
    canvas.line(vec![(LEFT - 2.0, ground + 1.0), (end, ground + 1.0)], 1.0, Ink::DARK);
    numbers(canvas, ground, (pitch, high), meetings);
    ground + SMALL.leading() + 8.0
}

/// Events above the columns: labels on poles, and a mark for each at its foot. Gives the y at
/// which the columns may begin.
fn above(canvas: &mut Canvas, y: f64, events: &[(f64, &StripEvent)]) -> f64 {
    if events.is_empty() {
        return y + 6.0;
    }
    let tag = |(pole, event): &(f64, &'_ StripEvent)| (*pole, event.kind == StripEventKind::Other);
    let tags: Vec<Tag<'_>> = events
        .iter()
        .map(|of| (tag(of), &*of.1.label))
        .map(|((pole, minor), label)| Tag { pole, label, minor })
        .collect();
    let labels = Labels::plan(&tags, (MARGIN, RIGHT + 8.0), "marked without a label");

    // Marks that would touch stand below each other; to their poles, which
    // run upwards, the labels are the ground.
    let marks: Vec<Flag> = tags
        .iter()
        .map(|t| Flag { from: t.pole - HALF_MARK, to: t.pole + HALF_MARK, pole: t.pole })
        .collect();
    let turns: Vec<usize> = (0..marks.len()).collect();
    let depths = hoist(&marks, &turns, DEPTHS, (0.0, WIDTH));
    let depths: Vec<usize> = depths.iter().map(|d| d.map_or(DEPTHS - 1, |(row, _)| row)).collect();
    let deepest = depths.iter().max().copied().unwrap_or(0);

    let ground = y + 4.0 + labels.height() + 3.0;
    let middle = |depth: usize| ground + (depth as f64 + 0.5) * 2.0 * HALF_MARK;
    labels.draw(canvas, ground, |i| middle(depths[i]));
    for ((_, event), (tag, depth)) in events.iter().zip(tags.iter().zip(&depths)) {
        mark(canvas, (tag.pole, middle(*depth)), event.kind);
    }
    middle(deepest) + HALF_MARK + 3.0
}

/// Numbers of meetings below the columns, of episodes before them.
fn numbers(canvas: &mut Canvas, ground: f64, (pitch, high): (f64, f64), meetings: &[StripMeeting]) {
    let last = meetings.iter().map(|m| m.number).max().unwrap_or(0);
    let most = meetings.iter().map(|m| m.episodes.len()).max().unwrap_or(0).max(1);
    let widest = width(&last.to_string(), SMALL) + 8.0;
    let step = round_step(widest / pitch, 1.0, 1.0).max(1.0) as u32;
    let all = meetings.len() as f64 * pitch <= RIGHT - LEFT && widest <= pitch;
    for (i, meeting) in meetings.iter().enumerate() {
        if all || meeting.number.is_multiple_of(step) {
            let x = LEFT + (i as f64 + 0.5) * pitch;
            canvas.line(vec![(x, ground + 1.0), (x, ground + 5.0)], 1.0, Ink::DARK);
            let at = (x, ground + 8.0 + SMALL.em);
            let text = meeting.number.to_string();
            canvas.text(at, &text, SMALL, Anchor::Middle, Ink::BLACK);
        }
    }
    let step = round_step(18.0 / high, 1.0, 1.0).max(1.0) as usize;
    for episode in (1..=most).filter(|n| n % step == 0 || (*n == 1 && step < 4)) {
        let base = ground - (episode as f64 - 0.5) * high + 0.36 * SMALL.em;
        let text = episode.to_string();
        canvas.text((LEFT - 8.0, base), &text, SMALL, Anchor::End, Ink::DARK);
    }
}

/// Where a moment lies, counted in columns from the left edge: the middle of a
/// column for its own number, and in proportion between two columns.
fn place(meetings: &[StripMeeting], at: f64) -> f64 {
    let number = |i: usize| f64::from(meetings[i].number);
    let next = (0..meetings.len()).find(|i| number(*i) >= at);
    let column = match next {
        Some(0) => at - number(0),
        Some(i) => (i - 1) as f64 + (at - number(i - 1)) / (number(i) - number(i - 1)),
        None => (meetings.len() - 1) as f64 + at - number(meetings.len() - 1),
    };
    (column + 0.5).clamp(0.0, meetings.len() as f64)
}

/// One episode. The topics differ in lightness and in pattern as well as hue.
fn cell(canvas: &mut Canvas, from: Spot, to: Spot, episode: StripEpisode) {
    let pitch = to.0 - from.0;
    let gap = (pitch * 0.06).clamp(0.3, 1.5);
    let (from, to) = ((from.0 + gap, from.1 + 1.0), (to.0 - gap, to.1 - 1.0));
    let rim = if pitch < 12.0 { 0.4 } else { 0.8 };
    let work = Ink(173, 222, 202, 1.0);
    let (fill, edge) = match episode.topic {
        StripTopic::Roles => (Ink::BLUE, Ink(0, 70, 110, 1.0)),
        StripTopic::Work => (work, Ink(110, 170, 148, 1.0)),
        StripTopic::Other => (Ink::WHITE, Ink::GREY),
    };
    canvas.framed(from, to, fill, rim, edge);
    if episode.topic == StripTopic::Other {
        canvas.line(vec![(from.0, to.1), (to.0, from.1)], rim + 0.4, Ink::GREY);
    }
    if episode.peripheral {
        let middle = ((from.0 + to.0) / 2.0, (from.1 + to.1) / 2.0);
        let room = (to.0 - from.0).min(to.1 - from.1) / 2.0;
        let radius = room.min(4.0);
        let dot = match episode.topic {
            StripTopic::Roles => Ink::WHITE,
            StripTopic::Work => Ink::BLUE,
            StripTopic::Other => {
                canvas.disc(middle, (radius + 1.5).min(room), Ink::WHITE);
                Ink::BLUE
            }
        };
        canvas.disc(middle, radius * 0.9, dot);
    }
}

/// The mark of an event, a shape for each kind.
fn mark(canvas: &mut Canvas, (x, y): Spot, kind: StripEventKind) {
    let ink = Ink::BLACK;
    match kind {
        // Into the meeting: a full arrow head pointing down.
        StripEventKind::Arrival => {
            canvas.area(vec![(x - 6.0, y - 5.0), (x + 6.0, y - 5.0), (x, y + 6.0)], ink);
        }
        // Out of it: a hollow one pointing up.
        StripEventKind::Departure => {
            canvas.area(vec![(x - 6.5, y + 5.5), (x + 6.5, y + 5.5), (x, y - 6.5)], ink);
            canvas.area(vec![(x - 3.4, y + 3.6), (x + 3.4, y + 3.6), (x, y - 2.8)], Ink::WHITE);
        }
        StripEventKind::Settlement => {
            canvas.disc((x, y), 5.6, ink);
            canvas.disc((x, y), 3.6, Ink::WHITE);
            canvas.disc((x, y), 1.9, ink);
        }
        StripEventKind::End => {
            for turn in [1.0, -1.0] {
                let cross = vec![(x - 5.0, y - 5.0 * turn), (x + 5.0, y + 5.0 * turn)];
                canvas.line(cross, 2.4, ink);
            }
        }
        StripEventKind::Other => canvas.rect((x - 2.0, y - 5.0), (x + 2.0, y + 5.0), ink),
    }
}
