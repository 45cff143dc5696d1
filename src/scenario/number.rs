//! Numbers in scenarios: a value, or a distribution drawn once in every run.
//!
//! Every distribution is bounded, so that a scenario can be checked once for all runs. The value
//! drawn depends only on the seed, the run and the key of the number.

mod law;

pub use law::Distribution;

use super::document::{Node, Problem, Reader, Value, join};
use crate::ids::RoleId;
use crate::model::RunId;
use crate::model::Setup;
use crate::model::setup::{MOST_MONEY, MOST_MONTHS};
use crate::roles::Mix;
use crate::streams::Process;
use serde::Serialize;
use std::cell::RefCell;
use std::fmt;
use std::ops::RangeInclusive;
use std::sync::Arc;
use thiserror::Error;

pub(super) type Setter = Arc<dyn Fn(&mut Setup, f64) + Send + Sync>;
pub(super) type MixSetter = Arc<dyn Fn(&mut Setup, Mix) + Send + Sync>;

/// A number that differs from run to run.
#[derive(Clone)]
pub struct Drawn {
    /// Its key in the scenario, which is also its random address.
    pub key: String,
    /// Its distribution.
    pub distribution: Distribution,
    pub(super) set: Setter,
}

impl fmt::Debug for Drawn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ~ {:?}", self.key, self.distribution)
    }
}

impl Drawn {
    /// Its value in a run.
    pub fn value(&self, origin: RunId) -> f64 {
        self.distribution.at(origin.streams().named(Process::Number, &self.key))
    }

    pub(super) fn draw_into(&self, setup: &mut Setup, origin: RunId) {
        (self.set)(setup, self.value(origin));
    }
}

/// A number that a scenario can state.
#[derive(Clone)]
pub(super) struct Known {
    pub allowed: Allowed,
    pub kind: Kind,
    pub set: Set,
    /// Stated by the user's own file or assignment, not by a built-in case or a default.
    pub own: bool,
    /// The lowest and the highest value stated for it, if any is stated.
    pub stated: Option<(f64, f64)>,
    /// The value that it has if none is stated; none if it then is no number at all.
    pub usual: Option<f64>,
}

impl Known {
    /// Its value as the scenario has it; none if it is no number at all.
    pub fn value(&self) -> Option<f64> {
        self.stated.map(|(least, _)| least).or(self.usual)
    }
}

/// How a number reaches the setup.
#[derive(Clone)]
pub(super) enum Set {
    /// It is put in its place.
    Place(Setter),
    /// It is the weight of a role in a mix, which is in proportion to its weights.
    Share(Arc<Weighed>, RoleId),
    /// The scenario is read again with it: so many seats, or what others are checked against.
    Again,
}

/// A mix whose shares are numbers of the scenario.
pub(super) struct Weighed {
    /// The key of the mix.
    pub key: String,
    /// The mix as the scenario states it.
    pub mix: Mix,
    /// The names of all roles that it may have, in the order of the repertoire.
    pub roles: Vec<String>,
    /// Whether an assignment gave some roles a weight, so that shares are not those written.
    pub assigned: bool,
    pub set: MixSetter,
}

impl Weighed {
    /// The key of the share of a role.
    pub fn share(&self, role: &str) -> String {
        join(&self.key, role)
    }

    /// The mix when some of its weights are others; none if nothing has a weight.
    pub fn with(&self, weight: impl Fn(&str) -> Option<f64>) -> Option<Mix> {
        let mut weights = *self.mix.shares();
        let mut same = true;
        for (role, own) in self.roles.iter().zip(&mut weights) {
            let other = weight(&self.share(role)).unwrap_or(*own);
            same &= other == *own;
            *own = other;
        }
        if same { Some(self.mix) } else { Mix::in_proportion(weights) }
    }
}

/// What kind of number it is: how it may be moved depends on that.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Kind {
    /// A number by itself.
    Plain,
    /// The share of a role in a mix.
    Share,
    /// The month in which something happens.
    Month,
    /// How many seats there are of a kind.
    Seats,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Kind; 4] = [Kind::Plain, Kind::Share, Kind::Month, Kind::Seats];

    /// The word used in tables.
    pub fn word(self) -> &'static str {
        ["number", "share of a mix", "month", "number of seats"][self as usize]
    }
}

/// The values allowed for a number.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Allowed {
    /// Lowest and highest value.
    pub range: RangeInclusive<f64>,
    /// Whether only whole numbers are allowed.
    pub whole: bool,
}

impl fmt::Display for Allowed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let whole = if self.whole { ", whole" } else { "" };
        write!(f, "{} to {}{whole}", self.range.start(), self.range.end())
    }
}

impl Allowed {
    /// Whether a value is allowed.
    pub fn holds(&self, value: f64) -> bool {
        self.range.contains(&value) && (!self.whole || value == value.trunc())
    }

    /// A value as a file writes it.
    pub(super) fn literal(&self, value: f64) -> Value {
        if self.whole { Value::Integer(value as i64) } else { Value::Float(value) }
    }

    /// A share, a probability or a fraction.
    pub(super) const UNIT: Allowed = Allowed::real(0.0..=1.0);
    /// An amount of money.
    pub(super) const MONEY: Allowed = Allowed::real(0.0..=MOST_MONEY);
    /// A month, or a number of months above 0.
    pub(super) const MONTHS: Allowed = Allowed::whole(1.0..=MOST_MONTHS as f64);

    pub(super) const fn real(range: RangeInclusive<f64>) -> Self {
        Allowed { range, whole: false }
    }

    pub(super) const fn whole(range: RangeInclusive<f64>) -> Self {
        Allowed { range, whole: true }
    }
}

/// A number as written: one value, or a distribution to draw it from in every run.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Written {
    /// The lowest value it can have.
    pub least: f64,
    /// The highest value it can have.
    pub most: f64,
    pub law: Option<Distribution>,
}

impl Written {
    fn value(value: f64) -> Written {
        Written { least: value, most: value, law: None }
    }

    /// Its value before anything is drawn: of a distribution, the middle of its range.
    pub fn usual(&self) -> f64 {
        let middle = 0.5 * (self.least + self.most);
        match &self.law {
            None => self.least,
            Some(law) => {
                if law.is_whole() {
                    middle.floor()
                } else {
                    middle
                }
            }
        }
    }
}

/// Keys that may stand beside the number in its table.
const ANNOTATIONS: [&str; 2] = ["provenance", "source"];

const SHAPES: &str = "a number, { value = … }, { uniform = [low, high] }, { integers = [low, high] }, { triangular = [low, mode, high] }, { normal = [mean, sd], within = [low, high] }, { beta = [a, b], within = [low, high] }, { choice = […], weights = […] }";

/// Reads a distribution within what is allowed; problems go to the list of the reader.
pub(crate) fn distribution(
    reader: &Reader<'_>,
    path: &str,
    node: &Node,
    allowed: &Allowed,
    problems: &RefCell<super::Problems>,
) -> Option<Distribution> {
    let law = written(reader, path, node, allowed, problems)?.law;
    if law.is_none() {
        reader.problem(node.problem(path, "is one value, not a distribution").allowed(SHAPES));
    }
    law
}

/// Reads a number or a distribution; problems go to the list of the reader.
pub(super) fn written(
    reader: &Reader<'_>,
    path: &str,
    node: &Node,
    allowed: &Allowed,
    problems: &RefCell<super::Problems>,
) -> Option<Written> {
    let Some(table) = node.as_table() else {
        return reader.told(plain(node, path, allowed)).map(Written::value);
    };
    let mut inner = Reader::new(table, path, problems);
    for key in ANNOTATIONS {
        inner.node(key);
    }
    let wide = f64::MIN..=f64::MAX;
    let kinds = ["value", "uniform", "integers", "triangular", "normal", "beta", "choice"];
    let given: Vec<&str> = kinds.iter().copied().filter(|kind| table.get(kind).is_some()).collect();
    let fault = |message: String| {
        reader
            .problem(Problem::new(message).at(&node.place).found(node.describe()).allowed(SHAPES));
    };
    let [kind] = given[..] else {
        // Misspelt kinds get their own message, with the likely correction.
        for kind in kinds {
            inner.node(kind);
        }
        inner.finish();
        if table.keys().all(|key| kinds.contains(&key) || ANNOTATIONS.contains(&key)) {
            fault(format!("`{path}` must be one number or one distribution"));
        }
        return None;
    };
    if kind == "value" {
        let value = inner.node("value")?;
        inner.finish();
        return reader.told(plain(value, path, allowed)).map(Written::value);
    }
    let list = |reader: &mut Reader<'_>, key: &str| -> Option<Vec<f64>> {
        Some(reader.floats(key, wide.clone())?.into_iter().map(|(value, _)| value).collect())
    };
    let numbers = list(&mut inner, kind);
    let within = match kind {
        "normal" | "beta" => list(&mut inner, "within"),
        _ => None,
    };
    let weights = match kind {
        "choice" => list(&mut inner, "weights"),
        _ => None,
    };
    inner.finish();
    let law = law::written(kind, &numbers?, within.as_deref(), weights.as_deref());
    let law = law.map_err(|why| fault(format!("`{path}`: {why}"))).ok()?;
    let (least, most) = law.bounds();
    if !allowed.range.contains(&least) || !allowed.range.contains(&most) {
        let (low, high) = (allowed.range.start(), allowed.range.end());
        reader.problem(
            node.problem(path, "can fall out of range")
                .found(format!("values from {least} to {most}"))
                .allowed(format!("{low} to {high}")),
        );
        return None;
    }
    if allowed.whole && !law.is_whole() {
        reader.problem(
            node.problem(path, "must be a whole number in every run")
                .allowed("{ integers = [low, high] } or { choice = [whole numbers] }"),
        );
        return None;
    }
    Some(Written { least, most, law: Some(law) })
}

/// One value within what is allowed.
pub(super) fn plain(node: &Node, path: &str, allowed: &Allowed) -> Result<f64, Problem> {
    if allowed.whole {
        let (low, high) = (*allowed.range.start() as i64, *allowed.range.end() as i64);
        return node.expect_integer(path, low..=high).map(|whole| whole as f64);
    }
    node.expect_number(path, &allowed.range)
}

/// A number that a search may move, and the range it is sought in.
#[derive(Clone)]
pub struct Prior {
    /// Its key in the scenario.
    pub key: String,
    /// Lowest value sought.
    pub low: f64,
    /// Highest value sought.
    pub high: f64,
    /// The reason for this range.
    pub source: String,
}

impl fmt::Debug for Prior {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} in {} to {}", self.key, self.low, self.high)
    }
}

/// Why a number of a scenario cannot be set.
#[derive(Clone, Debug, PartialEq, Error)]
#[non_exhaustive]
pub enum Unsettable {
    /// The scenario has no such number; there may be one of a similar name.
    #[error("there is no number called `{key}` in this scenario{}", .near.iter().map(|near| format!("; did you mean `{near}`?")).collect::<String>())]
    Unknown {
        /// The key.
        key: String,
        /// The nearest key there is.
        near: Option<String>,
    },
    /// The value is not allowed.
    #[error("`{key}` cannot be {value}; allowed is {allowed}")]
    NotAllowed {
        /// The key.
        key: String,
        /// The value.
        value: f64,
        /// What is allowed.
        allowed: Allowed,
    },
    /// Each value is allowed, but not together with the others.
    #[error("{0}")]
    Together(
        /// The rule that they break.
        String,
    ),
}
