//! Where the panels of small multiples lie: in columns, each under its title.

use super::axes::{Panel, Scale};
use super::canvas::{Anchor, Canvas, Ink, MARGIN, WIDTH};
use super::page::{SMALL, STRONG};
use super::text::{Face, wrap_to};

/// Space between two columns.
const BETWEEN: f64 = 24.0;
const RIGHT: f64 = WIDTH - 20.0;

/// A title of a panel has no more lines.
const LINES: usize = 4;

/// How small multiples are laid out.
pub(super) struct Multiples {
    /// Space for the numbers of the vertical axes.
    pub gutter: f64,
    /// Height of a panel.
    pub high: f64,
    pub columns: usize,
}

/// Where one panel lies.
#[derive(Clone, Copy)]
pub(super) struct Slot {
    /// Left and right edge.
    pub x: (f64, f64),
    /// Lower and upper edge.
    pub y: (f64, f64),
    /// Whether no panel below it has the numbers of the horizontal axis.
    pub numbered: bool,
}

impl Slot {
    /// A panel in which there is nothing to show, over the given values of the
    /// horizontal axis.
    pub fn vacant(&self, canvas: &mut Canvas, xs: (f64, f64)) {
        let x = Scale { values: xs, pixels: self.x };
        let y = Scale { values: (1.0, 2.0), pixels: self.y };
        Panel { x, y }.floor(canvas, self.numbered);
        let at = ((self.x.0 + self.x.1) / 2.0, (self.y.0 + self.y.1) / 2.0);
        canvas.text(at, "no values", SMALL, Anchor::Middle, Ink::DARK);
    }
}

impl Multiples {
    /// Left edge of a column and of the panels in it, and their right edge.
    fn column(&self, column: usize) -> (f64, f64, f64) {
        let between = BETWEEN * (self.columns - 1) as f64;
        let wide = (RIGHT - MARGIN - between) / self.columns as f64;
        let left = MARGIN + column as f64 * (wide + BETWEEN);
        (left, left + self.gutter, left + wide)
    }

    /// The edges between which the horizontal axis is named.
    pub fn ends(&self) -> (f64, f64) {
        (self.column(0).1, RIGHT)
    }

    /// Draws titles, each with what is counted below it (may be empty), and
    /// has `panel` draw each panel; gives the y below the last.
    pub fn draw(
        &self,
        canvas: &mut Canvas,
        mut y: f64,
        titles: &[(&str, &str)],
        mut panel: impl FnMut(&mut Canvas, usize, Slot),
    ) -> f64 {
        for (i, row) in titles.chunks(self.columns).enumerate() {
            let title = |(column, (title, what)): (usize, &(&str, &str))| {
                let (left, _, right) = self.column(column);
                let lines = |text, face| {
                    wrap_to(LINES, text, face, right - left)
                        .into_iter()
                        .map(move |line| (line, face))
                };
                let all = lines(title, STRONG).chain(lines(what, SMALL));
                all.collect::<Vec<(String, Face)>>()
            };
            let heads: Vec<_> = row.iter().enumerate().map(title).collect();
            let tall = |head: &Vec<(String, Face)>| head.iter().map(|l| l.1.leading()).sum();
            y += if i == 0 { 0.0 } else { 12.0 };
            let top = y + heads.iter().map(tall).fold(0.0, f64::max) + 12.0;
            for (column, head) in heads.iter().enumerate() {
                let (left, from, to) = self.column(column);
                // Short titles stand next to their panels.
                let mut base = top - 12.0 - tall(head);
                for (line, face) in head {
                    base += face.leading();
                    let ink = if face.bold { Ink::BLACK } else { Ink::DARK };
                    canvas.text((left, base), line, *face, Anchor::Start, ink);
                }
                let nth = i * self.columns + column;
                let numbered = nth + self.columns >= titles.len();
                panel(canvas, nth, Slot { x: (from, to), y: (top + self.high, top), numbered });
            }
            y = top + self.high + 6.0;
        }
        y
    }
}
