//! Numbers in scenarios: a value, or a distribution drawn once a run from its own key.
//!
//! Every distribution is bounded, so that a scenario can be checked once for all runs. What is
//! drawn depends on seed, run and the number's key alone.

mod law;

pub use law::Distribution;

use super::document::{Node, Problem, Reader};
use crate::model::RunId;
use crate::model::Setup;
use crate::streams::Process;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt;
use std::ops::RangeInclusive;
use std::sync::Arc;

pub(super) type Setter = Arc<dyn Fn(&mut Setup, f64) + Send + Sync>;

/// A number that differs from run to run.
#[derive(Clone)]
pub struct Drawn {
    /// Its key in the scenario, which is also its random address.
    pub key: String,
    /// Its distribution.
    pub distribution: Distribution,
    set: Setter,
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

/// The numbers read so far: fixed ones are set at once, distributions are kept for the runs.
#[derive(Default)]
pub(super) struct Numbers {
    pub setup: Option<Setup>,
    pub drawn: Vec<Drawn>,
    /// Every number that the scenario could state, whether it does or not.
    pub known: BTreeMap<String, Known>,
}

/// A number that a scenario can state.
#[derive(Clone)]
pub(super) struct Known {
    pub allowed: Allowed,
    pub set: Setter,
    /// Stated by the user's own file or assignment, not by a built-in case or a default.
    pub own: bool,
    /// The lowest and the highest value it is stated to have.
    pub stated: Option<(f64, f64)>,
}

/// What a number may be.
#[derive(Clone, Debug, PartialEq)]
pub struct Allowed {
    /// Lowest and highest value.
    pub range: RangeInclusive<f64>,
    /// Whether only whole numbers are allowed.
    pub whole: bool,
}

impl Allowed {
    /// Whether a value is allowed.
    pub fn holds(&self, value: f64) -> bool {
        self.range.contains(&value) && (!self.whole || value == value.trunc())
    }

    pub(super) fn real(range: RangeInclusive<f64>) -> Self {
        Allowed { range, whole: false }
    }

    pub(super) fn whole(range: RangeInclusive<f64>) -> Self {
        Allowed { range, whole: true }
    }
}

/// A number as written.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Written {
    Value(f64),
    Distribution(Distribution),
}

impl Written {
    /// The lowest value it can have.
    pub fn least(&self) -> f64 {
        match self {
            Written::Value(value) => *value,
            Written::Distribution(distribution) => distribution.bounds().0,
        }
    }

    /// The highest value it can have.
    pub fn most(&self) -> f64 {
        match self {
            Written::Value(value) => *value,
            Written::Distribution(distribution) => distribution.bounds().1,
        }
    }
}

/// Keys that may stand beside the number in its table.
const ANNOTATIONS: [&str; 2] = ["provenance", "source"];

const SHAPES: &str = "a number, { value = … }, { uniform = [low, high] }, { integers = [low, high] }, { triangular = [low, mode, high] }, { normal = [mean, sd], within = [low, high] }, { beta = [a, b], within = [low, high] }, { choice = […], weights = […] }";

/// Reads a distribution of a number that may be so much; problems go to the reader's list.
pub fn distribution(
    reader: &Reader<'_>,
    path: &str,
    node: &Node,
    allowed: &Allowed,
    problems: &RefCell<super::Problems>,
) -> Option<Distribution> {
    match written(reader, path, node, allowed, problems)? {
        Written::Distribution(distribution) => Some(distribution),
        Written::Value(_) => {
            reader.problem(
                Problem::new(format!("`{path}` is one value, not a distribution"))
                    .at(&node.place)
                    .found(node.describe())
                    .allowed(SHAPES),
            );
            None
        }
    }
}

/// Reads a number or a distribution; problems go to the reader's list.
pub(super) fn written(
    reader: &Reader<'_>,
    path: &str,
    node: &Node,
    allowed: &Allowed,
    problems: &RefCell<super::Problems>,
) -> Option<Written> {
    let Some(table) = node.as_table() else {
        return plain(node, path, allowed).map_err(|p| reader.problem(p)).ok().map(Written::Value);
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
        return plain(value, path, allowed).map_err(|p| reader.problem(p)).ok().map(Written::Value);
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
    let distribution = match law {
        Ok(distribution) => distribution,
        Err(why) => {
            fault(format!("`{path}`: {why}"));
            return None;
        }
    };
    let (low, high) = distribution.bounds();
    if !allowed.range.contains(&low) || !allowed.range.contains(&high) {
        let (least, most) = (allowed.range.start(), allowed.range.end());
        reader.problem(
            Problem::new(format!("`{path}` can fall out of range"))
                .at(&node.place)
                .found(format!("values from {low} to {high}"))
                .allowed(format!("{least} to {most}")),
        );
        return None;
    }
    if allowed.whole && !distribution.is_whole() {
        reader.problem(
            Problem::new(format!("`{path}` must be a whole number in every run"))
                .at(&node.place)
                .found(node.describe())
                .allowed("{ integers = [low, high] } or { choice = [whole numbers] }"),
        );
        return None;
    }
    Some(Written::Distribution(distribution))
}

fn plain(node: &Node, path: &str, allowed: &Allowed) -> Result<f64, Problem> {
    if allowed.whole {
        let (low, high) = (*allowed.range.start() as i64, *allowed.range.end() as i64);
        return node.expect_integer(path, low..=high).map(|whole| whole as f64);
    }
    node.expect_number(path, &allowed.range)
}

impl Numbers {
    /// Takes a number in: sets it now, or in every run.
    pub fn take(&mut self, key: String, written: Written, set: Setter) {
        let setup = self.setup.get_or_insert_with(Setup::default);
        match written {
            Written::Value(value) => set(setup, value),
            Written::Distribution(distribution) => {
                let (low, high) = distribution.bounds();
                let middle = 0.5 * (low + high);
                set(setup, if distribution.is_whole() { middle.floor() } else { middle });
                self.drawn.push(Drawn { key, distribution, set });
            }
        }
    }
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
    /// Why this range.
    pub source: String,
    pub(super) set: Setter,
}

impl fmt::Debug for Prior {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} in {} to {}", self.key, self.low, self.high)
    }
}

/// Why a number of a scenario cannot be set.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Unsettable {
    /// The scenario has no such number; there may be one of a similar name.
    Unknown {
        /// The key.
        key: String,
        /// The nearest key there is.
        near: Option<String>,
    },
    /// The value is not allowed.
    NotAllowed {
        /// The key.
        key: String,
        /// The value.
        value: f64,
        /// What is allowed.
        allowed: Allowed,
    },
    /// The values are allowed one by one but not together.
    Together(
        /// Why.
        String,
    ),
}

impl fmt::Display for Unsettable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unsettable::Unknown { key, near } => {
                write!(f, "there is no number called `{key}` in this scenario")?;
                near.as_ref().map_or(Ok(()), |near| write!(f, "; did you mean `{near}`?"))
            }
            Unsettable::NotAllowed { key, value, allowed } => {
                let (low, high) = (allowed.range.start(), allowed.range.end());
                let whole = if allowed.whole { ", whole" } else { "" };
                write!(f, "`{key}` cannot be {value}; allowed is {low} to {high}{whole}")
            }
            Unsettable::Together(why) => write!(f, "{why}"),
        }
    }
}

impl std::error::Error for Unsettable {}
