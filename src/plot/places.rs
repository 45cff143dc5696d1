//! Places for labels beside points, so that they cover neither each other nor
//! the points.

use super::canvas::{Anchor, Canvas, Ink, Spot};
use super::page::SMALL;
use super::text::width;

/// Distances from a point at which its label is tried.
const REACHES: [f64; 7] = [8.0, 15.0, 24.0, 36.0, 50.0, 66.0, 84.0];
/// Beyond this distance a line joins the label to its point.
const JOINED: f64 = 9.0;
/// Half of the height of a label.
const HALF: f64 = 7.0;

/// A rectangle: its upper left and lower right corner.
pub(super) type Area = (Spot, Spot);

/// The area around a spot.
pub(super) fn around((x, y): Spot, half: Spot) -> Area {
    ((x - half.0, y - half.1), (x + half.0, y + half.1))
}

fn apart(a: &Area, b: &Area) -> bool {
    a.1.0 <= b.0.0 || b.1.0 <= a.0.0 || a.1.1 <= b.0.1 || b.1.1 <= a.0.1
}

fn holds(outer: &Area, inner: &Area) -> bool {
    outer.0.0 <= inner.0.0
        && outer.0.1 <= inner.0.1
        && inner.1.0 <= outer.1.0
        && inner.1.1 <= outer.1.1
}

/// Draws a label beside each point, within `page`. None lies on a point or on
/// another label; they also keep off what is `better_clear` where they can.
/// One that finds no place at all is left out.
pub(super) fn label(
    canvas: &mut Canvas,
    points: &[(Spot, String)],
    page: &Area,
    better_clear: &[Area],
) {
    let mut taken: Vec<Area> = points.iter().map(|(at, _)| around(*at, (5.0, 5.0))).collect();
    for (at, words) in points {
        let half = width(words, SMALL) / 2.0 + 2.0;
        let tries = REACHES.iter().flat_map(|reach| candidates(*at, half, *reach));
        let free = tries
            .filter(|(_, area)| holds(page, area) && taken.iter().all(|other| apart(area, other)));
        let crossed = |area: &Area| better_clear.iter().filter(|o| !apart(area, o)).count();
        // Far away is as bad as on a line or two.
        let cost = |(reach, area): &(f64, Area)| (crossed(area) as f64 * 14.0 + reach) as i64;
        let Some((reach, area)) = free.min_by_key(cost) else { continue };
        let (middle, base) = ((area.0.0 + area.1.0) / 2.0, (area.0.1 + area.1.1) / 2.0);
        if reach > JOINED {
            let end = (at.0.clamp(area.0.0, area.1.0), at.1.clamp(area.0.1, area.1.1));
            canvas.line(vec![*at, end], 0.8, Ink::GREY);
        }
        canvas.text((middle, base + 0.36 * SMALL.em), words, SMALL, Anchor::Middle, Ink::BLACK);
        taken.push(area);
    }
}

/// Places for a label around a point: to its right, to its left, above, below
/// and between.
fn candidates(at: Spot, half: f64, reach: f64) -> [(f64, Area); 8] {
    let (wide, high) = (half + reach, HALF + reach - 2.0);
    let steps = [
        (wide, 0.0),
        (-wide, 0.0),
        (0.0, -high),
        (0.0, high),
        (wide - 3.0, -high + 3.0),
        (wide - 3.0, high - 3.0),
        (3.0 - wide, -high + 3.0),
        (3.0 - wide, high - 3.0),
    ];
    steps.map(|(dx, dy)| (reach, around((at.0 + dx, at.1 + dy), (half, HALF))))
}
