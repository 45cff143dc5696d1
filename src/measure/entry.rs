//! A measure: one entry of the [catalogue](super::catalogue), or one of a user's own.
//!
//! It knows its name, its unit, which way is better, how a difference of it is said, what it needs
//! and how it is read. Tables, pictures, sentences, comparisons, sweeps, searches and patterns ask
//! it and know nothing more.

use super::normal::Band;
use super::readings::Meetings;
use super::record::RunRecord;
use crate::ids::{Month, OrganizationId, RoleId};
use crate::model::Setup;
use serde::Serialize;
use std::fmt;
use std::sync::Arc;

/// Which way is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Better {
    /// More of it.
    More,
    /// Less of it.
    Less,
}

/// What stands behind a published value: k of n, told as a share or as the number k, or neither.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    /// A share, from 0 to 1.
    Share,
    /// A number of people or meetings.
    Number,
    /// Something else.
    Neither,
}

/// Which part of a run a measure reads, where it reads only one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The episodes of a range of meetings, and nothing else.
    Meetings(Meetings),
    /// Windows of so many months.
    Windows(u32),
    /// The episodes of role negotiation that this organization opened.
    Opened(OrganizationId),
    /// Those who gave an answer in an interview plan: this role, or `None` for "uncertain".
    Answers {
        /// The interview plan.
        plan: usize,
        /// The role named.
        role: Option<RoleId>,
    },
}

/// The words in which a difference is said: "the partnership ends", 0.7 months, "behind".
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Words {
    /// The beginning of a sentence that an amount and a direction end.
    pub begin: String,
    /// The words for more and for less at the end of a sentence.
    pub long: [&'static str; 2],
    /// The same in a range.
    pub short: [&'static str; 2],
    /// The words for no difference.
    pub same: &'static str,
    /// What is counted: one, and several; empty where nothing is said.
    pub unit: [&'static str; 2],
}

/// A run as a measure sees it.
#[derive(Clone, Copy, Debug)]
pub struct Seen<'a> {
    /// The run.
    pub run: &'a RunRecord,
    /// The month of the first shock in any of the worlds that are compared.
    pub since: Option<Month>,
    /// What role share is normally.
    pub normal: &'a Band,
}

/// A value, and whether it is only known to be at least so much.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Value {
    /// The number.
    pub value: f64,
    /// It had not happened by the horizon.
    pub censored: bool,
}

/// A measure in the same run of two worlds.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Paired {
    /// The value in the base; `None` for measures of pairs.
    pub base: Option<f64>,
    /// The value in the variant; `None` for measures of pairs.
    pub variant: Option<f64>,
    /// The variant less the base.
    pub difference: Option<f64>,
    /// Whether the value of the base, and of the variant, is only known to be at least so much.
    pub censored: [bool; 2],
}

/// The smallest difference that counts, by unit, unless somebody states another: a percentage point
/// for what lies between 0 and 1, a week for months, one undisturbed episode of work, one in ten
/// for what is counted. None for what has another unit. These are conventions; no source states
/// what difference matters to a partnership.
///
/// A unit is known by how it begins, so that "months of 30" are months.
///
/// ```
/// use rppsim::measure::smallest_that_counts;
///
/// assert_eq!(smallest_that_counts("share of episodes"), 0.01);
/// assert_eq!(smallest_that_counts("months"), 0.25);
/// assert_eq!(smallest_that_counts("dollars"), 0.0);
/// ```
pub fn smallest_that_counts(unit: &str) -> f64 {
    const BY_UNIT: [(&[&str], f64); 4] = [
        (&["share", "0 to 1", "distance, 0 to 1", "change, 0 to 1", "benefit", "1 is"], 0.01),
        (&["month"], 0.25),
        (&["work"], 1.0),
        (&["number", "people"], 0.1),
    ];
    let begins = |words: &[&str]| words.iter().any(|word| unit.starts_with(word));
    BY_UNIT.iter().find(|(words, _)| begins(words)).map_or(0.0, |(_, smallest)| *smallest)
}

type OfRun = dyn Fn(Seen<'_>) -> Option<Value> + Send + Sync;
type OfPair = dyn Fn(&RunRecord, &RunRecord) -> Option<f64> + Send + Sync;
/// What must be alike in two worlds: its name, and its value in a setup.
pub(super) type Alike = fn(&Setup) -> (&'static str, String);

#[derive(Clone)]
enum Read {
    Run(Arc<OfRun>),
    Pair(Arc<OfPair>),
}

/// Something that is measured in a run, or in a run and the same run in another world.
///
/// ```
/// use rppsim::measure::Measure;
/// use rppsim::model::RunId;
/// use rppsim::scenario::World;
///
/// let projects = Measure::of_run("projects", "projects completed", "number", |run| {
///     Some(f64::from(run.projects))
/// });
/// let run = World::open("cypress").unwrap().run(RunId::new(1, 1)).unwrap();
/// assert!(projects.of(&run).unwrap() >= 0.0);
/// ```
#[derive(Clone)]
#[non_exhaustive]
pub struct Measure {
    /// Its name in tables and on the command line.
    pub name: String,
    /// Its title for people.
    pub title: String,
    /// Its unit.
    pub unit: String,
    /// Which way is better; `None` where neither is (more talk about roles is not worse talk).
    pub better: Option<Better>,
    /// The smallest difference that counts, in its unit; 0: every difference does. Unless it is
    /// stated ([`Measure::counts_from`]), that of its [unit](smallest_that_counts).
    pub smallest: f64,
    /// The step in which its distribution is kept: exact for counts, below what is printed
    /// otherwise.
    pub step: f64,
    /// What stands behind a published value of it.
    pub counted: Counted,
    /// Which part of a run it reads, if only one.
    pub part: Option<Part>,
    /// How a difference is said.
    pub words: Words,
    /// Its unit is a currency.
    pub is_money: bool,
    /// It needs the band of what is normal.
    pub needs_normal: bool,
    /// Its rank among those that are shown where there is no room for all; 0 comes first.
    pub rank: Option<u8>,
    /// In which worlds it is compared when none is named.
    shown: fn(&Setup) -> bool,
    alike: Option<Alike>,
    read: Read,
}

impl fmt::Debug for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.name, self.unit)
    }
}

impl Measure {
    /// A number of a run.
    pub fn of_run(
        name: &str,
        title: &str,
        unit: &str,
        of: impl Fn(&RunRecord) -> Option<f64> + Send + Sync + 'static,
    ) -> Self {
        Measure::of_seen(name, title, unit, move |seen| {
            of(seen.run).map(|value| Value { value, censored: false })
        })
    }

    /// A number of a run that may be censored, or that needs what is normal.
    pub fn of_seen(
        name: &str,
        title: &str,
        unit: &str,
        of: impl Fn(Seen<'_>) -> Option<Value> + Send + Sync + 'static,
    ) -> Self {
        Measure::new(name, title, unit, Read::Run(Arc::new(of)))
    }

    /// A number of a run and the same run in another world, with which it is compared.
    pub fn of_pair(
        name: &str,
        title: &str,
        unit: &str,
        of: impl Fn(&RunRecord, &RunRecord) -> Option<f64> + Send + Sync + 'static,
    ) -> Self {
        Measure::new(name, title, unit, Read::Pair(Arc::new(of)))
    }

    fn new(name: &str, title: &str, unit: &str, read: Read) -> Self {
        let of_unit = match unit {
            "share" => ["percentage point", "percentage points"],
            "months" | "month" => ["month", "months"],
            "work" => ["unit", "units"],
            _ => [""; 2],
        };
        let words = Words {
            begin: format!("{title} is"),
            long: ["higher", "lower"],
            short: ["higher", "lower"],
            same: "the same as",
            unit: of_unit,
        };
        Measure {
            name: name.into(),
            title: title.into(),
            unit: unit.into(),
            better: None,
            smallest: smallest_that_counts(unit),
            step: match unit {
                "months" | "month" => 0.01,
                _ => 0.0005,
            },
            counted: Counted::Neither,
            part: None,
            words,
            is_money: false,
            needs_normal: false,
            rank: None,
            shown: |_| true,
            alike: None,
            read,
        }
    }

    /// More of it is better.
    #[must_use]
    pub fn more_is_better(self) -> Self {
        Measure { better: Some(Better::More), ..self }
    }

    /// Less of it is better.
    #[must_use]
    pub fn less_is_better(self) -> Self {
        Measure { better: Some(Better::Less), ..self }
    }

    /// A difference below this does not count.
    #[must_use]
    pub fn counts_from(self, smallest: f64) -> Self {
        Measure { smallest, ..self }
    }

    /// Says a difference in words of its own: the beginning of the sentence, and the words for
    /// more and for less.
    #[must_use]
    pub fn said(mut self, begin: &str, more_and_less: [&'static str; 2]) -> Self {
        self.words.begin = begin.into();
        (self.words.long, self.words.short) = (more_and_less, more_and_less);
        self
    }

    /// Keeps its distribution in other steps.
    #[must_use]
    pub fn in_steps(self, step: f64) -> Self {
        Measure { step, ..self }
    }

    pub(super) fn said_at_length(mut self, more_and_less: [&'static str; 2]) -> Self {
        self.words.long = more_and_less;
        self
    }

    pub(super) fn ranked(self, rank: u8) -> Self {
        Measure { rank: Some(rank), ..self }
    }

    /// Compares it only in worlds that are like this, where no measure is named.
    #[must_use]
    pub fn shown_where(self, shown: fn(&Setup) -> bool) -> Self {
        Measure { shown, ..self }
    }

    pub(super) fn alike_in(self, alike: Alike) -> Self {
        Measure { alike: Some(alike), ..self }
    }

    pub(super) fn in_money(self, step: f64) -> Self {
        Measure { is_money: true, step, ..self }
    }

    pub(super) fn of_part(self, part: Part) -> Self {
        Measure { part: Some(part), ..self }
    }

    /// Whether only a pair of worlds has it, not each of them.
    pub fn is_of_pairs(&self) -> bool {
        matches!(self.read, Read::Pair(_))
    }

    /// Whether it is a share of 1, told in percent.
    pub fn is_share(&self) -> bool {
        self.unit == "share"
    }

    /// Whether it is compared in a world when no measure is named.
    pub fn is_shown_in(&self, setup: &Setup) -> bool {
        (self.shown)(setup)
    }

    /// What two worlds must have alike for it to mean the same in both: a name, and whatever
    /// defines it in a setup.
    pub fn definition(&self, setup: &Setup) -> Option<(&'static str, String)> {
        self.alike.map(|alike| alike(setup))
    }

    /// Its value in a run; `None` for measures of pairs, or if there is nothing to measure.
    pub fn seen_in(&self, seen: Seen<'_>) -> Option<Value> {
        match &self.read {
            Read::Run(of) => of(seen),
            Read::Pair(_) => None,
        }
    }

    /// Its value in a run alone; `None` where it needs another world, or what is normal, or if
    /// there is nothing to measure.
    pub fn of(&self, run: &RunRecord) -> Option<f64> {
        let normal = &Band::default();
        self.seen_in(Seen { run, since: run.first_shock, normal }).map(|value| value.value)
    }

    /// Its value in a run and in the same run of another world.
    pub fn paired(&self, variant: Seen<'_>, base: Seen<'_>) -> Paired {
        let (ours, theirs) = (self.seen_in(variant), self.seen_in(base));
        let censored = [theirs, ours].map(|value| value.is_some_and(|value| value.censored));
        let [theirs, ours] = [theirs, ours].map(|value| value.map(|value| value.value));
        let difference = match &self.read {
            Read::Run(_) => ours.zip(theirs).map(|(ours, theirs)| ours - theirs),
            Read::Pair(of) => of(variant.run, base.run),
        };
        Paired { base: theirs, variant: ours, difference, censored }
    }
}

/// A measure that is wanted: by its name in the catalogue, or one of a user's own.
#[derive(Clone, Debug)]
pub enum Wanted {
    /// The one of this name.
    Named(String),
    /// This one.
    Own(Box<Measure>),
}

impl From<&str> for Wanted {
    fn from(name: &str) -> Self {
        Wanted::Named(name.to_owned())
    }
}

impl From<&String> for Wanted {
    fn from(name: &String) -> Self {
        Wanted::Named(name.clone())
    }
}

impl From<&Wanted> for Wanted {
    fn from(wanted: &Wanted) -> Self {
        wanted.clone()
    }
}

impl From<Measure> for Wanted {
    fn from(measure: Measure) -> Self {
        Wanted::Own(Box::new(measure))
    }
}

impl Measure {
    pub(super) fn told_by_time(mut self, begin: &str) -> Self {
        self.words.same = "as soon as";
        self.said(begin, ["later", "earlier"])
    }
}
