//! Marks of dot pictures; each differs from the others in shape.

use super::canvas::{Canvas, Ink, Spot};
use super::dots::DotKind;
use super::facts::diamond;

/// The two ends of an interval.
pub(super) type Interval = (f64, f64);

fn ink(kind: DotKind) -> Ink {
    match kind {
        DotKind::Published => Ink::BLACK,
        DotKind::Simulated | DotKind::High => Ink::BLUE,
        DotKind::Low => Ink::VERMILION,
        DotKind::Other(n) => [Ink::GREEN, Ink::VERMILION, Ink::PURPLE, Ink::DARK][n % 4],
    }
}

/// The bar of an interval, between two pixels.
pub(super) fn interval(canvas: &mut Canvas, y: f64, ends: Option<Interval>, kind: DotKind) {
    let Some((low, high)) = ends else { return };
    let (low, high) = (low.min(high), low.max(high));
    let ink = ink(kind);
    match kind {
        DotKind::Published => {
            canvas.whisker((low, y), (high, y), 1.6, ink);
        }
        DotKind::Simulated | DotKind::Low | DotKind::High => {
            canvas.rect((low, y - 3.2), (high, y + 3.2), ink.faded(0.42));
        }
        DotKind::Other(_) => {
            canvas.line(vec![(low, y), (high, y)], 2.4, ink.faded(0.8));
        }
    }
}

/// The mark of a value.
pub(super) fn mark(canvas: &mut Canvas, (x, y): Spot, kind: DotKind) {
    let ink = ink(kind);
    match kind {
        DotKind::Published => diamond(canvas, (x, y)),
        DotKind::Simulated => {
            canvas.disc((x, y), 6.4, Ink::WHITE);
            canvas.disc((x, y), 5.2, ink);
        }
        DotKind::Low => {
            triangle(canvas, (x, y), -6.6, ink);
            triangle(canvas, (x, y), -2.8, Ink::WHITE);
        }
        DotKind::High => {
            triangle(canvas, (x, y), 8.0, Ink::WHITE);
            triangle(canvas, (x, y), 6.6, ink);
        }
        DotKind::Other(n) => match n % 4 {
            0 => {
                canvas.rect((x - 6.0, y - 6.0), (x + 6.0, y + 6.0), Ink::WHITE);
                canvas.rect((x - 4.7, y - 4.7), (x + 4.7, y + 4.7), ink);
            }
            1 => {
                canvas.disc((x, y), 5.4, ink);
                canvas.disc((x, y), 3.2, Ink::WHITE);
            }
            2 => {
                for (r, ink) in [(8.0, Ink::WHITE), (6.4, ink)] {
                    let base = y - 0.72 * r;
                    canvas.area(vec![(x - r, base), (x + r, base), (x, y + 0.95 * r)], ink);
                }
            }
            _ => {
                for (wide, ink) in [(5.4, Ink::WHITE), (2.6, ink)] {
                    for turn in [1.0, -1.0] {
                        let stroke = vec![(x - 4.6, y - 4.6 * turn), (x + 4.6, y + 4.6 * turn)];
                        canvas.line(stroke, wide, ink);
                    }
                }
            }
        },
    }
}

/// A triangle `reach` long from its centre of mass to its tip, to the right if
/// that is above 0, else to the left.
fn triangle(canvas: &mut Canvas, (x, y): Spot, reach: f64, ink: Ink) {
    let (base, half) = (x - reach / 2.0, reach.abs() * 0.866);
    canvas.area(vec![(base, y - half), (x + reach, y), (base, y + half)], ink);
}
