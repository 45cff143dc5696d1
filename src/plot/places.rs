//! Places for labels beside points, so that they cover neither each other nor
//! the points.

use super::canvas::{Anchor, Canvas, Ink, Spot};
use super::page::SMALL;
use super::text::width;

/// Distances from a point at which its label is tried.
const REACHES: [f64; 9] = [8.0, 15.0, 24.0, 36.0, 50.0, 66.0, 84.0, 104.0, 126.0];
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

/// Whether two areas have nothing in common.
pub(super) fn apart(a: &Area, b: &Area) -> bool {
    a.1.0 <= b.0.0 || b.1.0 <= a.0.0 || a.1.1 <= b.0.1 || b.1.1 <= a.0.1
}

fn holds(outer: &Area, inner: &Area) -> bool {
    outer.0.0 <= inner.0.0
        && outer.0.1 <= inner.0.1
        && inner.1.0 <= outer.1.0
        && inner.1.1 <= outer.1.1
}

/// Small areas along a line, to keep off it.
pub(super) fn along(from: Spot, to: Spot) -> Vec<Area> {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let steps = ((dx * dx + dy * dy).sqrt() / 4.0).clamp(1.0, 500.0).floor();
    let spot = |share: f64| (from.0 + share * dx, from.1 + share * dy);
    (0..=steps as u32).map(|i| around(spot(f64::from(i) / steps), (1.0, 1.0))).collect()
}

/// Draws a label beside each point, within `page`. None lies on a point or on
/// another label; they also keep off what is `better_clear` where they can.
/// One that finds no place at all is left out.
pub(super) fn label(
    canvas: &mut Canvas,
    points: &[(Spot, String)],
    page: &Area,
    mut better_clear: Vec<Area>,
) {
    let mut taken: Vec<Area> = points.iter().map(|(at, _)| around(*at, (5.0, 5.0))).collect();
    let touched = |area: &Area, by: &[Area]| by.iter().filter(|o| !apart(area, o)).count();
    for (at, words) in points {
        let half = width(words, SMALL) / 2.0 + 2.0;
        let tries = REACHES.iter().flat_map(|reach| candidates(*at, half, *reach));
        let free = tries.filter(|(_, area)| holds(page, area) && touched(area, &taken) == 0);
        // Far away is as bad as on another line or on the way of one.
        let cost = |(reach, area): &(f64, Area)| {
            let join = joint(*at, *reach, area);
            let crossed = touched(area, &better_clear).min(4);
            let struck = join.iter().filter(|spot| touched(spot, &taken) > 0).count();
            (crossed as f64 * 8.0 + struck as f64 * 12.0 + reach) as i64
        };
        let Some((reach, area)) = free.min_by_key(cost) else { continue };
        let (middle, base) = ((area.0.0 + area.1.0) / 2.0, (area.0.1 + area.1.1) / 2.0);
        if reach > JOINED {
            canvas.line(vec![*at, nearest(*at, &area)], 0.8, Ink::GREY);
        }
        canvas.text((middle, base + 0.36 * SMALL.em), words, SMALL, Anchor::Middle, Ink::BLACK);
        better_clear.extend(joint(*at, reach, &area));
        taken.push(area);
    }
}

/// The line that joins a label to its point, without its beginning.
fn joint(at: Spot, reach: f64, area: &Area) -> Vec<Area> {
    if reach <= JOINED {
        return Vec::new();
    }
    along(at, nearest(at, area)).into_iter().skip(3).collect()
}

/// The spot of an area that is nearest to a point.
fn nearest(at: Spot, area: &Area) -> Spot {
    (at.0.clamp(area.0.0, area.1.0), at.1.clamp(area.0.1, area.1.1))
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
