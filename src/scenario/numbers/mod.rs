//! The numbers of a world: every one it has, what supports it, whether it is read, and how far to
//! move it.
//!
//! [`World::numbers`] lists the parameters, and the numbers of the scenario itself: shares of mixes,
//! months of what is scheduled, how many seats there are, status, certainty, trust, what is familiar
//! and what is seen of a role. So a sensitivity analysis can be over all that a case rests on, and
//! not over one table of it.
//!
//! A range is given for each, by one rule for each kind ([`Why`]). Ranges are conventions where
//! nothing is known; they decide the order of any such analysis and belong beside it.

mod span;
#[cfg(test)]
mod tests;
mod unread;

use super::World;
use super::document::{Node, Table, key_parts};
use super::number::{Allowed, Distribution, Kind, Known};
use super::support::Files;
use crate::parameters::{Provenance, find};
use serde::Serialize;
use unread::Comers;

/// A number of a world.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Listed {
    /// Its key, by which [`World::with`], an assignment and a factor of a plan move it.
    pub key: String,
    /// What kind of number it is.
    pub kind: Kind,
    /// What it is.
    pub held: Held,
    /// What it may be.
    pub allowed: Allowed,
    /// What kind of support it has.
    pub provenance: Provenance,
    /// The source, or the reason; empty if none is given.
    pub source: String,
    /// How far to move it, or why it stays.
    pub moves: Result<Span, Still>,
}

impl Listed {
    /// The range to move it over, if it is in doubt: it is read, something can be moved, and it is
    /// not one value that a source states.
    pub fn in_doubt(&self) -> Option<&Span> {
        let known = self.provenance == Provenance::Stated && matches!(self.held, Held::Value(_));
        self.moves.as_ref().ok().filter(|_| !known)
    }
}

/// What a number is.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Held {
    /// One value.
    Value(f64),
    /// Another value in every run.
    Drawn(Distribution),
}

/// A range to move a number over.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Span {
    /// Its lower end.
    pub low: f64,
    /// Its upper end.
    pub high: f64,
    /// Where it comes from.
    pub why: Why,
}

/// Where the range of a number comes from. Every range lies within what is allowed, and the ends of
/// all numbers are allowed together: where they would not be, the ends are nearer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Why {
    /// From the lowest to the highest value of its distribution.
    Drawn,
    /// 5 to 95 % of the draws of the posterior, with its own value.
    Fitted,
    /// A quarter down and up; a whole number outwards.
    Quarter,
    /// For what is left after a month: what is lost in a month, a quarter down and up.
    Lost,
    /// The weight of a role in a mix a half down and up.
    Half,
    /// Two months earlier and later.
    TwoMonths,
    /// One seat fewer and one more.
    OneSeat,
}

impl Why {
    /// All reasons.
    pub const ALL: [Why; 7] =
        [Why::Drawn, Why::Fitted, Why::Quarter, Why::Lost, Why::Half, Why::TwoMonths, Why::OneSeat];

    /// The reason in words.
    pub fn words(self) -> &'static str {
        match self {
            Why::Drawn => "the ends of its distribution",
            Why::Fitted => "5 to 95 % of the posterior",
            Why::Quarter => "no range is stated: a quarter down and up, whole numbers outwards",
            Why::Lost => "no range is stated: what is lost in a month, a quarter down and up",
            Why::Half => {
                "no range is stated: its weight a half down and up, the others in proportion"
            }
            Why::TwoMonths => "no range is stated: two months earlier and later",
            Why::OneSeat => "no range is stated: one fewer and one more",
        }
    }
}

/// Why a number stays as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Still {
    /// No run depends on it.
    Unread(
        /// Why.
        &'static str,
    ),
    /// Runs may depend on it, and there is nowhere to move it.
    Fixed(
        /// Why.
        &'static str,
    ),
}

impl Still {
    /// The reason in words.
    pub fn words(self) -> &'static str {
        match self {
            Still::Unread(why) | Still::Fixed(why) => why,
        }
    }
}

impl World {
    /// Every number that the world has, in the order of their keys: those that no file writes too,
    /// with the value that then holds. Not in it are the length of the look (`calendar.months`) and
    /// what is asked and compared (interviews, patterns), which are no part of the world; and lists
    /// (pauses of the calendar, likeness of roles, shares of the payees of a grant).
    ///
    /// A number is told as not read only where that is sure from what the world has: interventions
    /// that it has not, money where there is none, people who never come. One that is not told so
    /// may still change nothing.
    ///
    /// ```
    /// use rppsim::scenario::World;
    /// use rppsim::scenario::number::Kind;
    /// let numbers = World::open("cypress")?.numbers();
    /// let certainty = numbers.iter().find(|n| n.key == "profile.newcomer.certainty").unwrap();
    /// let span = certainty.in_doubt().unwrap();
    /// assert!(span.low < span.high);
    /// assert!(numbers.iter().any(|n| n.kind == Kind::Share && n.in_doubt().is_some()));
    /// let welcome = numbers.iter().find(|n| n.key == "welcome.evidence").unwrap();
    /// assert!(welcome.moves.is_err(), "nobody is welcomed");
    /// # Ok::<(), rppsim::scenario::document::Problems>(())
    /// ```
    pub fn numbers(&self) -> Vec<Listed> {
        let (comers, mut files) = (self.comers(), Files::default());
        let one = |(key, known): (&String, &Known)| self.listed(key, known, &comers, &mut files);
        let mut listed: Vec<Listed> = self.known.iter().filter_map(one).collect();
        self.narrow(&mut listed);
        listed
    }

    fn listed(
        &self,
        key: &str,
        known: &Known,
        comers: &Comers,
        files: &mut Files,
    ) -> Option<Listed> {
        let held = self.held(key, known)?;
        let parts = key_parts(key).unwrap_or_default();
        let (provenance, source) = self.support(key, &parts, files);
        let moves = match self.unread(&parts, comers) {
            Some(why) => Err(Still::Unread(why)),
            None => self.span(key, known, &held),
        };
        let (key, kind, allowed) = (key.to_owned(), known.kind, known.allowed.clone());
        Some(Listed { key, kind, held, allowed, provenance, source, moves })
    }

    fn held(&self, key: &str, known: &Known) -> Option<Held> {
        if let Some(moved) = self.moved.get(key) {
            return Some(Held::Value(*moved));
        }
        let drawn = self.drawn.iter().find(|drawn| drawn.key == key);
        let drawn = drawn.map(|drawn| Held::Drawn(drawn.distribution.clone()));
        drawn.or_else(|| known.value().map(Held::Value))
    }

    /// The support of a number: that of a statement it carries, or the nearest that is given where
    /// it is written; of one that is not written, that of the table of parameters.
    fn support(&self, key: &str, parts: &[String], files: &mut Files) -> (Provenance, String) {
        if let Some(statement) = self.carried(key) {
            return (Provenance::Stated, statement.source.clone());
        }
        let written = written_at(&self.table, parts).map(|node| node.place.source());
        match (written, find(key)) {
            (Some(source), _) => {
                files.note(source, parts).unwrap_or((Provenance::Assumed, String::new()))
            }
            (None, Some(row)) => (row.provenance, row.source.to_owned()),
            (None, None) => (Provenance::Assumed, "what holds where nothing is said".to_owned()),
        }
    }
}

/// The value at a path.
fn written_at<'t>(table: &'t Table, path: &[String]) -> Option<&'t Node> {
    let (first, below) = path.split_first()?;
    let node = table.get(first)?;
    if below.is_empty() { Some(node) } else { written_at(node.as_table()?, below) }
}
