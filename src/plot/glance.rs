//! A case at a glance, small enough to stand beside a paragraph.

use super::axes::{Panel, Scale, number};
use super::canvas::{Anchor, Canvas, Ink};
use super::curves::{band, path, unbroken};
use super::text::Face;
use super::{FanPoint, Image, PlotError, Quantity};

/// Type that is legible at half the size of the page.
const FACE: Face = Face::regular(23.0);
const LEFT: f64 = 92.0;
const RIGHT: f64 = 540.0;
const TOP: f64 = 18.0;
const FLOOR: f64 = 210.0;

/// Talk about roles as a fan, and the share of partnerships alive, over years on one scale of
/// percent.
#[derive(Clone, Debug, Default)]
pub struct GlancePicture {
    /// Its subject. It is not drawn, but readers who cannot see the picture get it as text.
    pub title: String,
    /// Share of talk, by years since the start.
    pub talk: Vec<FanPoint>,
    /// Share of partnerships alive, by years since the start.
    pub alive: Vec<(f64, f64)>,
    /// The last year.
    pub years: f64,
}

impl GlancePicture {
    /// Draws the picture.
    ///
    /// # Errors
    ///
    /// When there is nothing finite to draw, or no time passes.
    pub fn draw(&self) -> Result<Image, PlotError> {
        if !(self.years.is_finite() && self.years > 0.0) {
            return Err(PlotError("the years need an end above 0".into()));
        }
        let whole = |p: &FanPoint| {
            [p.x, p.p05, p.p25, p.median, p.p75, p.p95].iter().all(|v| v.is_finite())
        };
        let runs = unbroken(&self.talk, |p| p.x, whole);
        let alive: Vec<_> =
            self.alive.iter().filter(|(x, y)| x.is_finite() && y.is_finite()).collect();
        let (Some(last), Some(at_end)) = (runs.last().and_then(|run| run.last()), alive.last())
        else {
            return Err(PlotError("no finite point to draw".into()));
        };
        let x = Scale { values: (0.0, self.years), pixels: (LEFT, RIGHT) };
        let y = Scale { values: (0.0, 1.0), pixels: (FLOOR, TOP) };
        let panel = Panel { x, y };
        let mut canvas = Canvas::default();
        for level in [0.0, 0.5, 1.0] {
            panel.level(&mut canvas, level, 1.5, if level == 0.0 { Ink::DARK } else { Ink::PALE });
            let at = (LEFT - 10.0, y.at(level) + 0.36 * FACE.em);
            canvas.text(at, &number(level, 0.5, Quantity::Share), FACE, Anchor::End, Ink::BLACK);
        }
        for run in &runs {
            let along = |of: fn(&FanPoint) -> f64| path(&panel, run, |p| (p.x, of(p)));
            band(&mut canvas, along(|p| p.p95), along(|p| p.p05), Ink::BLUE, 0.2);
            band(&mut canvas, along(|p| p.p75), along(|p| p.p25), Ink::BLUE, 0.36);
            canvas.line(along(|p| p.median), 4.0, Ink::BLUE);
        }
        canvas.line(alive.iter().map(|(x, y)| panel.spot(*x, *y)).collect(), 3.0, Ink::BLACK);
        self.years(&mut canvas, &panel);

        let (talk, living) = (y.within(last.median), y.within(at_end.1));
        // Two names that would touch are moved apart.
        let apart = ((FACE.leading() - (talk - living).abs()) / 2.0).max(0.0);
        let down = if talk >= living { apart } else { -apart };
        let mut name = |at: f64, text: &str, ink: Ink| {
            let baseline = (at + 0.36 * FACE.em).clamp(TOP + 0.36 * FACE.em, FLOOR);
            canvas.text((RIGHT + 10.0, baseline), text, FACE, Anchor::Start, ink);
        };
        name(talk + down, "talk about roles", Ink::BLUE);
        name(living - down, "alive", Ink::BLACK);
        canvas.finish(FLOOR + 44.0, &self.title, "Median, middle half and nine in ten of the runs.")
    }

    /// A tick a year; numbers at both ends, in months where the last year is not whole.
    fn years(&self, canvas: &mut Canvas, panel: &Panel) {
        for year in 0..=self.years.min(200.0) as u32 {
            let x = panel.x.at(f64::from(year));
            canvas.line(vec![(x, FLOOR), (x, FLOOR + 6.0)], 1.5, Ink::DARK);
        }
        let end = match self.years.fract() {
            0.0 => format!("{} years", number(self.years, 1.0, Quantity::Number)),
            _ => format!("{} months", number(12.0 * self.years, 1.0, Quantity::Number)),
        };
        let below = FLOOR + 12.0 + FACE.em;
        canvas.text((LEFT, below), "0", FACE, Anchor::Middle, Ink::BLACK);
        canvas.text((RIGHT, below), &end, FACE, Anchor::Middle, Ink::BLACK);
    }
}
