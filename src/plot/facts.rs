//! Published facts, drawn in black so that nobody takes them for simulation.

use super::axes::{Panel, Scale};
use super::canvas::{Canvas, Ink, Spot, WIDTH};
use super::layout::{Labels, Tag};
use super::page::{Key, SMALL};
use super::text::width;
use super::{Fact, Place};

/// The facts that can be drawn at all.
pub(super) struct Facts<'a>(Vec<&'a Fact>);

impl<'a> Facts<'a> {
    pub fn of(facts: &'a [Fact]) -> Self {
        Self(facts.iter().filter(|fact| sound(fact)).collect())
    }

    /// The meetings they tell of.
    pub fn meetings(&self) -> impl Iterator<Item = f64> {
        self.0.iter().flat_map(|fact| match fact {
            Fact::Point { x, .. } => [x.place(), x.place()],
            Fact::Span { from, to, .. } => [from.place(), to.place()],
        })
    }

    /// The highest value they tell of, if it is above `top`.
    pub fn top(&self, top: f64) -> f64 {
        let highest = self.0.iter().map(|fact| match fact {
            Fact::Point { y, .. } => *y,
            Fact::Span { y, high, .. } => high.map_or(*y, |high| high.max(*y)),
        });
        highest.fold(top, f64::max)
    }

    /// The value at which a fact has its mark.
    pub fn level(&self, index: usize) -> f64 {
        match self.0[index] {
            Fact::Point { y, .. } | Fact::Span { y, .. } => *y,
        }
    }

    /// The words about a fact.
    pub fn label(&self, index: usize) -> &str {
        match self.0[index] {
            Fact::Point { label, .. } | Fact::Span { label, .. } => label,
        }
    }

    /// What the legend says of them.
    pub fn keys(&self) -> Vec<Key> {
        let mut keys = Vec::new();
        let sample = |dash: bool| {
            move |c: &mut Canvas, (x, y): Spot| {
                bar(c, (x, y), (x + 28.0, y), dash);
            }
        };
        let inferred = |f: &&Fact| matches!(f, Fact::Span { inferred: true, .. });
        if self.0.iter().any(|f| matches!(f, Fact::Point { .. })) {
            keys.push(Key::new("published value", 12.0, |c, (x, y)| diamond(c, (x + 6.0, y))));
        }
        if self.0.iter().any(|f| matches!(f, Fact::Span { inferred: false, .. })) {
            keys.push(Key::new("published level", 28.0, sample(false)));
        }
        if self.0.iter().any(inferred) {
            keys.push(Key::new("level inferred from what is published", 28.0, sample(true)));
        }
        keys
    }

    /// Draws the marks; points last, so that no level runs over them.
    pub fn draw(&self, canvas: &mut Canvas, panel: &Panel) {
        for fact in &self.0 {
            if let Fact::Span { from, to, y, low, high, inferred, .. } = fact {
                let (a, b) = (panel.spot(from.place(), *y), panel.spot(to.place(), *y));
                if let (Some(low), Some(high)) = (low, high) {
                    let (low, high) = (panel.y.within(*low), panel.y.within(*high));
                    let frame = [(a.0, low), (b.0, low), (b.0, high), (a.0, high), (a.0, low)];
                    canvas.dashed(&frame, 1.2, Ink::BLACK, (1.5, 3.0));
                }
                bar(canvas, a, b, *inferred);
            }
        }
        for fact in &self.0 {
            if let Fact::Point { x, y, .. } = fact {
                diamond(canvas, panel.spot(x.place(), *y));
            }
        }
    }

    /// The labels of the facts, each with its pole at its mark. The pole of a
    /// level stands where there is room for the words to its right, and there
    /// as far as may be from other poles.
    pub fn labels(&self, x: &Scale, ends: (f64, f64)) -> Labels {
        let points = self.0.iter().filter_map(|fact| match fact {
            Fact::Point { x: at, .. } => Some(x.within(at.place())),
            Fact::Span { .. } => None,
        });
        let mut taken: Vec<f64> = points.collect();
        let mut tags = Vec::new();
        for fact in &self.0 {
            let (pole, label) = match fact {
                Fact::Point { x: at, label, .. } => (x.within(at.place()), label),
                Fact::Span { from, to, label, .. } => {
                    let (from, to) = (from.place(), to.place());
                    let room = ends.1 - width(label, SMALL) - 12.0;
                    let mut best = ((false, f64::NEG_INFINITY), x.within(from));
                    for share in [0.5, 0.4, 0.6, 0.25, 0.75, 0.1, 0.9] {
                        let pole = x.within(from + (to - from) * share);
                        let apart = taken.iter().map(|t| (t - pole).abs()).fold(WIDTH, f64::min);
                        let worth = (pole <= room, apart);
                        best = if worth > best.0 { (worth, pole) } else { best };
                    }
                    taken.push(best.1);
                    (best.1, label)
                }
            };
            tags.push(Tag { pole, label, minor: false });
        }
        Labels::plan(&tags, ends, "named below")
    }
}

fn sound(fact: &Fact) -> bool {
    match fact {
        Fact::Point { x, y, .. } => x.place().is_finite() && y.is_finite(),
        Fact::Span { from, to, y, low, high, .. } => {
            [Some(from.place()), Some(to.place()), Some(*y), *low, *high]
                .into_iter()
                .flatten()
                .all(f64::is_finite)
        }
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
