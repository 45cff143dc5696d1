//! Published facts, drawn in black so that nobody takes them for simulation.

use super::axes::{Panel, Scale};
use super::canvas::{Canvas, Ink, Spot, WIDTH};
use super::layout::{Labels, Tag};
use super::page::{Key, SMALL};
use super::text::width;
use super::{Fact, Place};

/// The facts that can be drawn at all.
pub(super) struct Facts<'a>(Vec<Mark<'a>>);

/// A fact as it is drawn; a value is a stretch of one meeting.
struct Mark<'a> {
    from: f64,
    to: f64,
    y: f64,
    low: Option<f64>,
    high: Option<f64>,
    kind: Kind,
    label: &'a str,
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Value,
    Level,
    Inferred,
}

impl<'a> From<&'a Fact> for Mark<'a> {
    fn from(fact: &'a Fact) -> Self {
        match fact {
            Fact::Point { x, y, label } => {
                let (from, to) = (x.place(), x.place());
                Mark { from, to, y: *y, low: None, high: None, kind: Kind::Value, label }
            }
            Fact::Span { from, to, y, low, high, inferred, label } => {
                let kind = if *inferred { Kind::Inferred } else { Kind::Level };
                let (from, to) = (from.place(), to.place());
                Mark { from, to, y: *y, low: *low, high: *high, kind, label }
            }
        }
    }
}

impl Mark<'_> {
    fn is_sound(&self) -> bool {
        let ends = [self.low, self.high].into_iter().flatten();
        [self.from, self.to, self.y].into_iter().chain(ends).all(f64::is_finite)
    }
}

impl<'a> Facts<'a> {
    pub fn of(facts: &'a [Fact]) -> Self {
        Self(facts.iter().map(Mark::from).filter(Mark::is_sound).collect())
    }

    /// The meetings they tell of.
    pub fn meetings(&self) -> impl Iterator<Item = f64> {
        self.0.iter().flat_map(|mark| [mark.from, mark.to])
    }

    /// The highest value they tell of, if it is above `top`.
    pub fn top(&self, top: f64) -> f64 {
        self.0.iter().flat_map(|mark| [Some(mark.y), mark.high]).flatten().fold(top, f64::max)
    }

    /// The value at which a fact has its mark.
    pub fn level(&self, index: usize) -> f64 {
        self.0[index].y
    }

    /// The words about a fact.
    pub fn label(&self, index: usize) -> &str {
        self.0[index].label
    }

    fn of_kind(&self, kind: Kind) -> impl Iterator<Item = &Mark<'a>> {
        self.0.iter().filter(move |mark| mark.kind == kind)
    }

    /// What the legend says of them.
    pub fn keys(&self) -> Vec<Key> {
        let sample = |dash: bool| {
            move |c: &mut Canvas, (x, y): Spot| {
                bar(c, (x, y), (x + 28.0, y), dash);
            }
        };
        let key = |kind: Kind| match kind {
            Kind::Value => Key::new("published value", 12.0, |c, (x, y)| diamond(c, (x + 6.0, y))),
            Kind::Level => Key::new("published level", 28.0, sample(false)),
            Kind::Inferred => Key::new("level inferred from what is published", 28.0, sample(true)),
        };
        let kinds = [Kind::Value, Kind::Level, Kind::Inferred].into_iter();
        kinds.filter(|kind| self.of_kind(*kind).next().is_some()).map(key).collect()
    }

    /// Draws the marks; points last, so that no level runs over them.
    pub fn draw(&self, canvas: &mut Canvas, panel: &Panel) {
        for mark in self.0.iter().filter(|mark| mark.kind != Kind::Value) {
            let (a, b) = (panel.spot(mark.from, mark.y), panel.spot(mark.to, mark.y));
            if let (Some(low), Some(high)) = (mark.low, mark.high) {
                let (low, high) = (panel.y.within(low), panel.y.within(high));
                let frame = [(a.0, low), (b.0, low), (b.0, high), (a.0, high), (a.0, low)];
                canvas.dashed(&frame, 1.2, Ink::BLACK, (1.5, 3.0));
            }
            bar(canvas, a, b, mark.kind == Kind::Inferred);
        }
        self.of_kind(Kind::Value).for_each(|mark| diamond(canvas, panel.spot(mark.from, mark.y)));
    }

    /// The labels of the facts, each with its pole at its mark. The pole of a
    /// level stands where there is room for the words to its right, and there
    /// as far as may be from other poles.
    pub fn labels(&self, x: &Scale, ends: (f64, f64)) -> Labels {
        let mut taken: Vec<f64> =
            self.of_kind(Kind::Value).map(|mark| x.within(mark.from)).collect();
        let mut tags = Vec::new();
        for Mark { from, to, kind, label, .. } in &self.0 {
            let mut best = ((false, f64::NEG_INFINITY), x.within(*from));
            if *kind != Kind::Value {
                let room = ends.1 - width(label, SMALL) - 12.0;
                for share in [0.5, 0.4, 0.6, 0.25, 0.75, 0.1, 0.9] {
                    let pole = x.within(from + (to - from) * share);
                    let apart = taken.iter().map(|t| (t - pole).abs()).fold(WIDTH, f64::min);
                    let worth = (pole <= room, apart);
                    best = if worth > best.0 { (worth, pole) } else { best };
                }
                taken.push(best.1);
            }
            tags.push(Tag { pole: best.1, label, minor: false });
        }
        Labels::plan(&tags, ends, "named below")
    }
}

/// A published value: a black diamond with a white rim.
pub(super) fn diamond(canvas: &mut Canvas, (x, y): Spot) {
    for (r, ink) in [(8.0, Ink::WHITE), (6.2, Ink::BLACK)] {
        canvas.area(vec![(x - r, y), (x, y - r), (x + r, y), (x, y + r)], ink);
    }
}

/// A level: a black bar with a white rim, dashed where it is inferred.
fn bar(canvas: &mut Canvas, from: Spot, to: Spot, dashed: bool) {
    canvas.line(vec![from, to], 5.0, Ink::WHITE.faded(0.7));
    if dashed {
        canvas.dashed(&[from, to], 3.0, Ink::BLACK, (8.0, 4.0));
    } else {
        canvas.line(vec![from, to], 3.0, Ink::BLACK);
    }
    if !dashed {
        for (x, y) in [from, to] {
            canvas.line(vec![(x, y - 5.0), (x, y + 5.0)], 2.0, Ink::BLACK);
        }
    }
}
