//! Numbers in scenarios: a value, or a distribution drawn once a run from its own key.
//!
//! Every distribution is bounded, so that a scenario can be checked once for all runs. What is
//! drawn depends on seed, run and the number's key alone.

use super::document::{Node, Problem, Reader};
use crate::model::Setup;
use crate::model::partnership::Origin;
use crate::samplers::{beta, normal_cdf, normal_quantile};
use crate::streams::{Draw, Process};
use rand_distr::Distribution as _;
use serde::Serialize;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt;
use std::ops::RangeInclusive;
use std::sync::Arc;

/// A bounded distribution, by the words a scenario uses for it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Distribution {
    /// `{ uniform = [low, high] }`: any number between.
    Uniform(f64, f64),
    /// `{ integers = [low, high] }`: any whole number between, ends included.
    Integers(f64, f64),
    /// `{ triangular = [low, mode, high] }`.
    Triangular(f64, f64, f64),
    /// `{ normal = [mean, sd], within = [low, high] }`: cut off at the ends, not piled up there.
    Normal {
        /// Mean before cutting.
        mean: f64,
        /// Standard deviation before cutting.
        sd: f64,
        /// Lowest and highest value.
        within: (f64, f64),
    },
    /// `{ beta = [a, b], within = [low, high] }`; `within` is 0 to 1 unless given.
    Beta {
        /// First shape.
        a: f64,
        /// Second shape.
        b: f64,
        /// Lowest and highest value.
        within: (f64, f64),
    },
    /// `{ choice = [values], weights = [numbers] }`; equal weights unless given.
    Choice(Vec<f64>, Vec<f64>),
}

impl Distribution {
    /// The lowest and the highest value it can give.
    pub fn bounds(&self) -> (f64, f64) {
        match self {
            Distribution::Uniform(a, b) | Distribution::Integers(a, b) => (*a, *b),
            Distribution::Triangular(a, _, b) => (*a, *b),
            Distribution::Normal { within, .. } | Distribution::Beta { within, .. } => *within,
            Distribution::Choice(values, _) => (
                values.iter().copied().fold(f64::INFINITY, f64::min),
                values.iter().copied().fold(f64::NEG_INFINITY, f64::max),
            ),
        }
    }

    /// Whether it gives whole numbers only.
    pub fn is_whole(&self) -> bool {
        match self {
            Distribution::Integers(..) => true,
            Distribution::Choice(values, _) => values.iter().all(|v| *v == v.trunc()),
            _ => false,
        }
    }

    /// Whether it gives certain values only, not any between.
    pub fn has_steps(&self) -> bool {
        matches!(self, Distribution::Integers(..) | Distribution::Choice(..))
    }

    fn at(&self, draw: Draw) -> f64 {
        match self {
            Distribution::Triangular(a, mode, b) if a < b => {
                // Only square roots inside, which are the same everywhere.
                let law = rand_distr::Triangular::new(*a, *b, *mode);
                law.map_or(*mode, |law| law.sample(&mut draw.open()))
            }
            Distribution::Beta { a, b, within } => {
                within.0 + (within.1 - within.0) * beta(&mut draw.open(), *a, *b)
            }
            law => law.quantile(draw.uniform()).unwrap_or(law.bounds().0),
        }
    }

    /// The value below which a part `u` of all values lies, 0 < u < 1; `None` for a beta
    /// distribution, for which there is no closed form.
    pub fn quantile(&self, u: f64) -> Option<f64> {
        Some(match self {
            Distribution::Uniform(a, b) => a + u * (b - a),
            Distribution::Integers(a, b) => (a + (u * (b - a + 1.0)).floor()).min(*b),
            Distribution::Triangular(a, _, b) if a >= b => *a,
            Distribution::Triangular(a, mode, b) => {
                let (left, right) = ((mode - a) * (b - a), (b - mode) * (b - a));
                match u * (b - a) < mode - a {
                    true => a + libm::sqrt(u * left),
                    false => b - libm::sqrt((1.0 - u) * right),
                }
            }
            Distribution::Normal { mean, sd, within } => {
                let below = |x: f64| normal_cdf((x - mean) / sd);
                let (low, high) = (below(within.0), below(within.1));
                let p = (low + u * (high - low)).clamp(f64::MIN_POSITIVE, 1.0 - f64::EPSILON);
                (mean + sd * normal_quantile(p)).clamp(within.0, within.1)
            }
            Distribution::Beta { .. } => return None,
            Distribution::Choice(values, weights) => {
                let mut left = u * weights.iter().sum::<f64>();
                let chosen = weights.iter().position(|w| {
                    left -= w;
                    left < 0.0
                });
                values[chosen.unwrap_or(values.len() - 1)]
            }
        })
    }
}

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
    pub fn value(&self, origin: Origin) -> f64 {
        self.distribution.at(origin.streams().named(Process::Number, &self.key))
    }

    pub(super) fn draw_into(&self, setup: &mut Setup, origin: Origin) {
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
    let distribution = match shaped(kind, &numbers?, within.as_deref(), weights.as_deref()) {
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

fn shaped(
    kind: &str,
    numbers: &[f64],
    within: Option<&[f64]>,
    weights: Option<&[f64]>,
) -> Result<Distribution, String> {
    let ends = |default: Option<(f64, f64)>| match (within, default) {
        (Some([low, high]), _) if low < high => Ok((*low, *high)),
        (None, Some(default)) => Ok(default),
        _ => Err("`within = [low, high]` is needed, low below high".to_owned()),
    };
    match (kind, numbers) {
        ("uniform", [low, high]) if low <= high => Ok(Distribution::Uniform(*low, *high)),
        ("uniform", _) => Err("write uniform = [low, high], low not above high".into()),
        ("integers", [low, high])
            if low <= high && *low == low.trunc() && *high == high.trunc() =>
        {
            Ok(Distribution::Integers(*low, *high))
        }
        ("integers", _) => {
            Err("write integers = [low, high], whole numbers, low not above high".into())
        }
        ("triangular", [low, mode, high]) if low <= mode && mode <= high => {
            Ok(Distribution::Triangular(*low, *mode, *high))
        }
        ("triangular", _) => Err("write triangular = [low, mode, high], in rising order".into()),
        ("normal", [mean, sd]) if *sd > 0.0 => {
            Ok(Distribution::Normal { mean: *mean, sd: *sd, within: ends(None)? })
        }
        ("normal", _) => {
            Err("write normal = [mean, sd] with sd above 0, and within = [low, high]".into())
        }
        ("beta", [a, b]) if *a > 0.0 && *b > 0.0 => {
            Ok(Distribution::Beta { a: *a, b: *b, within: ends(Some((0.0, 1.0)))? })
        }
        ("beta", _) => Err("write beta = [a, b], both above 0".into()),
        (_, values) => {
            let weights = weights.map_or(vec![1.0; values.len()], <[f64]>::to_vec);
            let fits = weights.len() == values.len()
                && weights.iter().all(|w| *w >= 0.0)
                && weights.iter().sum::<f64>() > 0.0;
            if values.is_empty() || !fits {
                return Err(
                    "choice needs values, and as many weights, none negative, not all 0".into()
                );
            }
            Ok(Distribution::Choice(values.to_vec(), weights))
        }
    }
}

impl Numbers {
    /// Takes a number in: sets it now, or in every run.
    pub fn take(&mut self, key: String, written: Written, set: Setter) {
        let setup = self.setup.get_or_insert_with(super::read::empty_setup);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::streams::Streams;

    fn values(distribution: &Distribution, n: u64) -> Vec<f64> {
        let at = |run| Streams::new(1, run, 0).named(Process::Number, "x");
        (0..n).map(|run| distribution.at(at(run))).collect()
    }

    #[test]
    fn draws_stay_within_their_bounds_and_have_the_stated_mean() {
        let cases = [
            (Distribution::Uniform(0.1, 0.3), 0.2, 0.06),
            (Distribution::Integers(3.0, 6.0), 4.5, 1.12),
            (Distribution::Triangular(0.0, 1.0, 2.0), 1.0, 0.41),
            (Distribution::Normal { mean: 0.5, sd: 0.1, within: (0.3, 0.7) }, 0.5, 0.09),
            (Distribution::Beta { a: 2.0, b: 2.0, within: (1.0, 3.0) }, 2.0, 0.45),
            (Distribution::Choice(vec![1.0, 5.0], vec![3.0, 1.0]), 2.0, 1.74),
        ];
        for (distribution, mean, sd) in cases {
            let n = 20_000;
            let drawn = values(&distribution, n);
            let (low, high) = distribution.bounds();
            assert!(drawn.iter().all(|v| (low..=high).contains(v)), "{distribution:?}");
            assert!(!distribution.is_whole() || drawn.iter().all(|v| *v == v.trunc()));
            let found = drawn.iter().sum::<f64>() / n as f64;
            assert!(
                (found - mean).abs() < 5.0 * sd / (n as f64).sqrt(),
                "{distribution:?} {found}"
            );
        }
    }
}
