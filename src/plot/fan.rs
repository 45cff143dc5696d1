//! The quantile fan.

use super::axes::{Panel, Scale, padded};
use super::canvas::{Anchor, Canvas, Ink, Spot, WIDTH};
use super::curves::{self, COLOURS, path, stretch, stretches, unbroken};
use super::facts::Facts;
use super::layout::{Flag, Labels, hoist, rows};
use super::page::{self, Key, SMALL, STRONG};
use super::text::{clip, width};
use super::{Fan, FanPicture, FanPoint, Image, MeetingPlace, Observed, Place, PlotError};

/// Left edge of the panels; the numbers of the vertical axis stand before it.
const LEFT: f64 = 66.0;
const RIGHT: f64 = WIDTH - 20.0;
/// Opacities of the band of nine runs in ten and of the middle half.
const OUTER: f64 = 0.20;
const INNER: f64 = 0.36;
/// More meetings than this, and the means become a line instead of beads.
const BEADS: usize = 40;

impl FanPicture {
    /// Draws the picture.
    ///
    /// # Errors
    ///
    /// When no fan has a finite point, or the vertical axis has no length.
    pub fn draw(&self) -> Result<Image, PlotError> {
        let runs: Vec<_> =
            self.fans.iter().map(|f| unbroken(&f.points, |p| p.x.place(), finite)).collect();
        let facts = Facts::of(&self.facts);
        let xs = self.domain(&runs, &facts)?;
        if !(self.y_max.is_finite() && self.y_max > 0.0) {
            return Err(PlotError("the vertical axis needs an upper end above 0".into()));
        }
        let observed: Vec<Observed> = self.observed.iter().copied().filter(is_sound).collect();
        let top = observed.iter().map(|o| o.y).fold(facts.top(self.y_max), f64::max);

        let mut canvas = Canvas::default();
        let mut notes = Vec::new();
        let mut y = page::heading(&mut canvas, &self.title, &self.subtitle);
        let mut keys = self.keys(runs.iter().flatten().any(|run| beaded(run)));
        keys.extend(facts.keys());
        if !observed.is_empty() {
            keys.push(Key::new("observed, 95 % by sampling alone", 14.0, |c, (x, y)| {
                seen(c, (x + 7.0, y), Some((y - 7.0, y + 7.0)));
            }));
        }
        y = page::legend(&mut canvas, y, &keys);
        let height = if self.fans.len() > 1 { 210.0 } else { 320.0 };
        for (i, fan) in self.fans.iter().enumerate() {
            let colour = COLOURS[i % COLOURS.len()];
            y = self.name(&mut canvas, y, fan, colour);
            let x = Scale { values: xs, pixels: (LEFT, RIGHT) };
            let labels = (i == 0).then(|| facts.labels(&x, (LEFT - 4.0, RIGHT + 4.0)));
            y += labels.as_ref().map_or(0.0, Labels::height);
            let pixels = (y + height, y);
            let panel = Panel { x, y: Scale { values: (0.0, top), pixels } };
            let numbered = i + 1 == self.fans.len();
            let below = if i == 0 { self.markers(&mut canvas, &panel, numbered) } else { 0.0 };
            panel.axes(&mut canvas, panel.step(), self.y_quantity, numbered);
            let reference = if i == 0 { runs.get(1) } else { None };
            for run in reference.into_iter().flatten() {
                let path: Vec<_> = run.iter().map(|p| panel.spot(p.x.place(), p.mean)).collect();
                canvas.dashed(&path, 2.2, COLOURS[1], (2.5, 4.0));
            }
            bands(&mut canvas, &panel, &runs[i], colour);
            lines(&mut canvas, &panel, &runs[i], colour);
            if let Some(labels) = labels {
                let unnamed: Vec<&str> = labels.dropped().map(|i| facts.label(i)).collect();
                if !unnamed.is_empty() {
                    notes.push(format!("Also marked: {}.", unnamed.join("; ")));
                }
                labels.draw(&mut canvas, y - 2.0, |i| panel.y.within(facts.level(i)));
            }
            for o in observed.iter().filter(|_| i == 0) {
                let ends =
                    o.interval.map(|(low, high)| (panel.y.within(low), panel.y.within(high)));
                seen(&mut canvas, panel.spot(o.x.place(), o.y), ends);
            }
            facts.draw(&mut canvas, &panel);
            y += height + if numbered { 2.0 * SMALL.leading() - 4.0 } else { 18.0 } + below;
        }
        notes.push(self.footnote.clone());
        y = page::caption(&mut canvas, y, (LEFT, RIGHT), &self.x_label);
        y = page::footnote(&mut canvas, y + 10.0, &notes.join(" "));
        canvas.finish(y, &self.title, &self.footnote)
    }

    /// The stretch of meetings to show: all that fans, facts and marks tell of.
    fn domain(&self, runs: &[Vec<Vec<Point>>], facts: &Facts<'_>) -> Result<(f64, f64), PlotError> {
        let mut points = runs.iter().flatten().flatten().map(|p| p.x.place()).peekable();
        if points.peek().is_none() {
            return Err(PlotError("no finite point to draw a fan from".into()));
        }
        let observed = self.observed.iter().filter(|o| is_sound(o)).map(|o| o.x.place());
        let marked = facts.meetings().chain(observed).chain(curves::reach(&self.markers));
        padded(points.chain(marked), "meetings")
    }

    /// What the legend says, and whether there are `beads`.
    fn keys(&self, beads: bool) -> Vec<Key> {
        let ink = Ink(60, 60, 60, 1.0);
        let band = move |opacity: f64, half: f64| {
            move |c: &mut Canvas, (x, y): Spot| {
                c.rect((x, y - half), (x + 26.0, y + half), ink.faded(opacity));
            }
        };
        let mut keys = vec![
            Key::new(&*self.outer, 26.0, band(OUTER, 7.0)),
            Key::new("middle half", 26.0, band(INNER + OUTER, 5.0)),
            Key::new("median", 26.0, move |c, (x, y)| {
                c.line(vec![(x, y), (x + 26.0, y)], 2.6, ink);
            }),
            Key::new("mean", 26.0, move |c, (x, y)| {
                c.line(vec![(x, y), (x + 26.0, y)], 1.0, ink);
                if beads {
                    bead(c, (x + 13.0, y), ink);
                }
            }),
        ];
        if self.fans.len() > 1 {
            keys.push(Key::new("mean of the world below", 26.0, |c, (x, y)| {
                c.dashed(&[(x, y), (x + 26.0, y)], 2.2, COLOURS[1], (2.5, 4.0));
            }));
        }
        keys
    }

    /// The world's name and what its axis counts, above its panel.
    fn name(&self, canvas: &mut Canvas, y: f64, fan: &Fan<MeetingPlace>, colour: Ink) -> f64 {
        let y = y + STRONG.leading();
        let start = LEFT - 50.0;
        canvas.rect((start, y - 10.0), (start + 11.0, y + 1.0), colour);
        page::named(canvas, (start + 17.0, RIGHT), y, &fan.label, &self.y_label) + 13.0
    }

    /// The marked stretches, shaded in the panel and named under its axis.
    /// Gives the height that the names need.
    fn markers(&self, canvas: &mut Canvas, panel: &Panel, numbered: bool) -> f64 {
        let marks = stretches(&self.markers);
        let names: Vec<String> =
            marks.iter().map(|m| clip(&m.label, SMALL, RIGHT - LEFT)).collect();
        let flags: Vec<Flag> = marks
            .iter()
            .zip(&names)
            .map(|(mark, name)| {
                let (from, to) = stretch(&panel.x, mark);
                let half = (width(name, SMALL) / 2.0 + 6.0).max((to - from) / 2.0);
                let middle = ((from + to) / 2.0).clamp(LEFT - 6.0 + half, RIGHT + 6.5 - half);
                Flag { from: middle - half, to: middle + half, pole: f64::NEG_INFINITY }
            })
            .collect();
        let turns: Vec<usize> = (0..flags.len()).collect();
        let places = hoist(&flags, &turns, 3, (0.0, WIDTH));
        let [_, y0, _, y1] = panel.edges();
        let top = y1 + if numbered { 14.0 + SMALL.em } else { 9.0 };
        for ((mark, name), place) in marks.iter().zip(&names).zip(&places) {
            let (from, to) = stretch(&panel.x, mark);
            canvas.rect((from, y0), (to, y1), Ink(234, 234, 234, 1.0));
            if let Some((row, flag)) = place {
                let top = top + *row as f64 * (SMALL.leading() + 4.0);
                canvas.rect((from, top), (to, top + 3.0), Ink::GREY);
                let at = ((flag.from + flag.to) / 2.0, top + 4.0 + SMALL.em);
                canvas.text(at, name, SMALL, Anchor::Middle, Ink::DARK);
            }
        }
        rows(&places) as f64 * (SMALL.leading() + 4.0)
    }
}

type Point = FanPoint<MeetingPlace>;

fn is_sound(o: &Observed) -> bool {
    o.x.place().is_finite() && o.y.is_finite()
}

/// An observed value: a black cross, its interval a thin black line.
fn seen(canvas: &mut Canvas, (x, y): Spot, interval: Option<(f64, f64)>) {
    if let Some((low, high)) = interval {
        canvas.line(vec![(x, low), (x, high)], 1.2, Ink::BLACK);
    }
    for (wide, ink) in [(5.0, Ink::WHITE), (2.2, Ink::BLACK)] {
        for turn in [1.0, -1.0] {
            canvas.line(vec![(x - 4.0, y - 4.0 * turn), (x + 4.0, y + 4.0 * turn)], wide, ink);
        }
    }
}

fn finite(p: &Point) -> bool {
    [p.x.place(), p.p05, p.p25, p.median, p.p75, p.p95, p.mean].iter().all(|v| v.is_finite())
}

fn bands(canvas: &mut Canvas, panel: &Panel, runs: &[Vec<Point>], colour: Ink) {
    type Edge = fn(&Point) -> f64;
    let edges: [(Edge, Edge, f64); 2] =
        [(|p| p.p05, |p| p.p95, OUTER), (|p| p.p25, |p| p.p75, INNER)];
    for run in runs {
        for (low, high, opacity) in edges {
            let side = |edge: Edge| path(panel, run, |p| (p.x.place(), edge(p)));
            curves::band(canvas, side(high), side(low), colour, opacity);
        }
    }
}

fn lines(canvas: &mut Canvas, panel: &Panel, runs: &[Vec<Point>], colour: Ink) {
    for run in runs {
        canvas.line(path(panel, run, |p| (p.x.place(), p.median)), 2.6, colour);
        let mean: Vec<_> = run.iter().map(|p| panel.spot(p.x.place(), p.mean)).collect();
        canvas.line(mean.clone(), 1.0, colour);
        if beaded(run) {
            mean.into_iter().for_each(|spot| bead(canvas, spot, colour));
        }
    }
}

/// Whether the means of a run of points are beads.
fn beaded(run: &[Point]) -> bool {
    run.len() <= BEADS
}

/// A mean: a white bead with a coloured rim.
fn bead(canvas: &mut Canvas, spot: Spot, colour: Ink) {
    canvas.disc(spot, 4.0, colour);
    canvas.disc(spot, 2.4, Ink::WHITE);
}
