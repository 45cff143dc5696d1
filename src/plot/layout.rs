//! Labels on poles: words in rows above a picture, each with a line down to
//! what it names. So labels never cover data, and never each other.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use super::canvas::{Anchor, Canvas, Ink};
use super::page::SMALL;
use super::text::{clip, width};

/// Rows of labels; what does not fit in them is counted.
const ROWS: usize = 8;
/// Height of such a row.
const ROW: f64 = 17.5;
/// Space between a pole and its words.
const GAP: f64 = 5.0;

/// A label and where its pole stands.
pub(super) struct Tag<'a> {
    pub pole: f64,
    pub label: &'a str,
    /// Served after all others.
    pub minor: bool,
}

/// Labels with their places in rows.
pub(super) struct Labels {
    names: Vec<String>,
    places: Vec<Place>,
    end: f64,
    note: &'static str,
}

impl Labels {
    /// Places labels between the `ends` of the page; `note` says what becomes
    /// of those that find no place.
    pub fn plan(tags: &[Tag<'_>], ends: (f64, f64), note: &'static str) -> Self {
        let names: Vec<String> =
            tags.iter().map(|t| clip(t.label, SMALL, ends.1 - ends.0 - 2.0 * GAP)).collect();
        let flags: Vec<Flag> = tags
            .iter()
            .zip(&names)
            .map(|(tag, name)| {
                let wide = width(name, SMALL) + 2.0 * GAP;
                let pole = tag.pole;
                // Words too long for either side of their pole lie across it.
                let across = pole + wide > ends.1 && pole - wide < ends.0;
                let from = if across { ends.1 - wide } else { pole };
                Flag { from, to: from + wide, pole }
            })
            .collect();
        Self { names, places: best_plan(tags, &flags, ends), end: ends.1, note }
    }

    /// Which labels found no place.
    pub fn dropped(&self) -> impl Iterator<Item = usize> {
        (0..self.places.len()).filter(|i| self.places[*i].is_none())
    }

    /// The height that the labels need above their ground.
    pub fn height(&self) -> f64 {
        let note = if left_out(&self.places) > 0 { ROW } else { 0.0 };
        rows(&self.places) as f64 * ROW + note
    }

    /// Draws the labels above `ground` and their poles down to `foot` of each.
    pub fn draw(&self, canvas: &mut Canvas, ground: f64, foot: impl Fn(usize) -> f64) {
        // All poles before all words, so that words stay whole.
        for (i, place) in self.places.iter().enumerate() {
            if let Some((row, flag)) = place
                && !self.names[i].is_empty()
            {
                let beside = flag.from >= flag.pole - 1.0 || flag.to <= flag.pole + 1.0;
                let top = ground - (*row as f64 + if beside { 0.95 } else { 0.0 }) * ROW;
                canvas.line(vec![(flag.pole, top), (flag.pole, foot(i))], 1.0, Ink::GREY);
            }
        }
        for (place, name) in self.places.iter().zip(&self.names) {
            if let Some((row, flag)) = place {
                let base = ground - *row as f64 * ROW - 5.0;
                let (x, anchor) = if flag.from < flag.pole - 1.0 {
                    (flag.to - GAP, Anchor::End)
                } else {
                    (flag.from + GAP, Anchor::Start)
                };
                canvas.text((x, base), name, SMALL, anchor, Ink::BLACK);
            }
        }
        if left_out(&self.places) > 0 {
            let more = format!("+{} more, {}", left_out(&self.places), self.note);
            let at = (self.end - GAP, ground - rows(&self.places) as f64 * ROW - 5.0);
            canvas.text(at, &more, SMALL, Anchor::End, Ink::DARK);
        }
    }
}

/// Something that spans `from..to` in one row, and its pole, which runs from
/// that row to the ground through the rows before its own. What has no pole
/// has it at minus infinity.
#[derive(Clone, Copy)]
pub(super) struct Flag {
    pub from: f64,
    pub to: f64,
    pub pole: f64,
}

impl Flag {
    /// The flag flying to the other side of its pole.
    fn turned(self) -> Self {
        let (from, to) = (2.0 * self.pole - self.to, 2.0 * self.pole - self.from);
        Self { from, to, ..self }
    }

    fn inside(self, ends: (f64, f64)) -> bool {
        self.from > ends.0 - 0.5 && self.to < ends.1 + 0.5
    }

    /// A pole at either end of a flag stands beside it.
    fn pierced(self, pole: f64) -> bool {
        self.from + 1.0 < pole && pole < self.to - 1.0
    }
}

/// The row of a flag and the flag, which may have been turned; `None` when
/// there is no room for it.
pub(super) type Place = Option<(usize, Flag)>;

/// How many rows are taken.
pub(super) fn rows(places: &[Place]) -> usize {
    places.iter().flatten().map(|(row, _)| row + 1).max().unwrap_or(0)
}

fn left_out(places: &[Place]) -> usize {
    places.iter().filter(|place| place.is_none()).count()
}

/// The plan that leaves out the fewest labels and takes the fewest rows.
/// Four are tried: flags fly to the right or to the left, and those that must
/// fly the other way are served in passing or get the rows above all others.
fn best_plan(tags: &[Tag<'_>], flags: &[Flag], ends: (f64, f64)) -> Vec<Place> {
    let mut plans = Vec::new();
    for left in [false, true] {
        let turned = |flag: &Flag| if left { flag.turned() } else { *flag };
        let flags: Vec<Flag> = flags.iter().map(turned).collect();
        // Against the way they fly: so a flag clears the poles yet to come.
        let mut turns: Vec<usize> = (0..tags.len()).collect();
        turns.sort_by(|a, b| {
            let (a, b) = if left { (b, a) } else { (a, b) };
            tags[*b].pole.total_cmp(&tags[*a].pole)
        });
        turns.sort_by_key(|turn| tags[*turn].minor);
        plans.push(hoist(&flags, &turns, ROWS, ends));
        let crown = crown(&flags, &turns, ROWS, ends);
        plans.push(hoist_around(crown, &flags, &turns, ROWS, ends));
    }
    let cost = |plan: &Vec<Place>| {
        let major = plan.iter().zip(tags).filter(|(place, tag)| place.is_none() && !tag.minor);
        (major.count(), left_out(plan), rows(plan))
    };
    plans.into_iter().min_by_key(cost).unwrap_or_default()
}

/// Rows for flags, 0 next to the ground, so that no flag overlaps another and
/// no pole runs through a flag. Flags are served in the order of `turns`. One
/// that finds no room between the `ends` is tried once more to the other side
/// of its pole.
pub(super) fn hoist(flags: &[Flag], turns: &[usize], rows: usize, ends: (f64, f64)) -> Vec<Place> {
    hoist_around(vec![None; flags.len()], flags, turns, rows, ends)
}

/// Places only the flags that cannot fly as they are, from the top row down.
fn crown(flags: &[Flag], turns: &[usize], rows: usize, ends: (f64, f64)) -> Vec<Place> {
    let mut placed = vec![None; flags.len()];
    for &turn in turns {
        let flag = flags[turn].turned();
        if !flags[turn].inside(ends) && flag.inside(ends) {
            let row = (0..rows).rev().find(|row| fits(flag, *row, &placed));
            placed[turn] = row.map(|row| (row, flag));
        }
    }
    placed
}

/// Places the flags that have no place yet, then closes up empty rows.
fn hoist_around(
    mut placed: Vec<Place>,
    flags: &[Flag],
    turns: &[usize],
    rows: usize,
    ends: (f64, f64),
) -> Vec<Place> {
    for turned in [false, true] {
        for &turn in turns {
            let flag = if turned { flags[turn].turned() } else { flags[turn] };
            if placed[turn].is_none() && flag.inside(ends) {
                let row = (0..rows).find(|row| fits(flag, *row, &placed));
                placed[turn] = row.map(|row| (row, flag));
            }
        }
    }
    let taken: BTreeSet<usize> = placed.iter().flatten().map(|(row, _)| *row).collect();
    for (row, _) in placed.iter_mut().flatten() {
        *row = taken.range(..*row).count();
    }
    placed
}

fn fits(flag: Flag, row: usize, placed: &[Place]) -> bool {
    placed.iter().flatten().all(|(at, other)| match at.cmp(&row) {
        Ordering::Equal => other.to < flag.from || flag.to < other.from,
        Ordering::Greater => !flag.pierced(other.pole),
        Ordering::Less => !other.pierced(flag.pole),
    })
}
