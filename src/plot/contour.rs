//! Lines of one level through values on a grid, by marching squares.

use super::canvas::Spot;

/// The lines along which the values, given row by row, have a level. Their
/// spots count columns and rows from the first; between two values the level
/// is sought on a straight line. Squares with a corner that is not finite are
/// left out.
pub(super) fn lines(rows: &[Vec<f64>], level: f64) -> Vec<Vec<Spot>> {
    let mut pieces = Vec::new();
    for (y, pair) in rows.windows(2).enumerate() {
        for x in 1..pair[0].len().min(pair[1].len()) {
            let corners = [(x - 1, y), (x, y), (x, y + 1), (x - 1, y + 1)];
            pieces.extend(square(corners.map(|(x, y)| ((x as f64, y as f64), rows[y][x])), level));
        }
    }
    joined(pieces)
}

/// A corner of a square and its value.
type Corner = (Spot, f64);

/// The pieces of line within the square of four corners, given in a round.
fn square(corners: [Corner; 4], level: f64) -> Vec<(Spot, Spot)> {
    if !corners.iter().all(|corner| corner.1.is_finite()) {
        return Vec::new();
    }
    let sides = [0, 1, 2, 3].map(|i| crossing(corners[i], corners[(i + 1) % 4], level));
    let mut found: Vec<Spot> = sides.into_iter().flatten().collect();
    if found.len() == 4 {
        // A saddle: its middle says which two corners hang together.
        let middle = corners.iter().map(|corner| corner.1 / 4.0).sum::<f64>();
        if (middle >= level) != (corners[0].1 >= level) {
            found.rotate_left(3);
        }
    }
    found.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect()
}

/// Where a side has the level. Neighbouring squares get the same spot.
fn crossing(a: Corner, b: Corner, level: f64) -> Option<Spot> {
    if (a.1 >= level) == (b.1 >= level) {
        return None;
    }
    let (a, b) = if a.0 <= b.0 { (a, b) } else { (b, a) };
    let share = (level - a.1) / (b.1 - a.1);
    Some((a.0.0 + share * (b.0.0 - a.0.0), a.0.1 + share * (b.0.1 - a.0.1)))
}

/// Pieces put together where they meet.
fn joined(mut pieces: Vec<(Spot, Spot)>) -> Vec<Vec<Spot>> {
    let mut lines = Vec::new();
    while let Some((from, to)) = pieces.pop() {
        let mut line = vec![from, to];
        for _ in 0..2 {
            while let Some(end) = line.last().copied()
                && let Some(next) = pieces.iter().position(|(a, b)| *a == end || *b == end)
            {
                let (a, b) = pieces.swap_remove(next);
                line.push(if a == end { b } else { a });
            }
            line.reverse();
        }
        lines.push(line);
    }
    lines
}
