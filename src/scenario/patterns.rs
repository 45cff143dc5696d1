//! Patterns and facts: what was published, to compare a simulation with and to draw beside it.

use crate::measure::Outcome;
use serde::Serialize;

/// What a pattern is used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Use {
    /// Given to the model.
    Input,
    /// May be used to estimate parameters.
    Fit,
    /// Shown with its uncertainty, never a target.
    Report,
    /// Guards against artefacts.
    Control,
}

impl Use {
    /// All uses.
    pub const ALL: [Use; 4] = [Use::Input, Use::Fit, Use::Report, Use::Control];

    /// The word used in files and tables.
    pub fn word(self) -> &'static str {
        ["input", "fit", "report", "control"][self as usize]
    }
}

/// What is said about the outcome.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Published {
    /// One value, of one partnership: does it lie among single simulated runs?
    Value(f64),
    /// A range for the median of the runs.
    Range(f64, f64),
    /// A bound that the mean over runs must not exceed, in every window if there are several.
    AtMost(f64),
}

/// A pattern that a scenario compares its runs with.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Pattern {
    /// Its name in the scenario.
    pub name: String,
    /// What it says, for tables.
    pub title: String,
    /// The outcome it is about.
    pub outcome: Outcome,
    /// What was published.
    pub published: Published,
    /// The count behind a published share or number of people: k of n.
    pub count: Option<(u32, u32)>,
    /// How uncertain the published value is, where no count says so (standard deviation).
    pub sd: Option<f64>,
    /// What it is used for.
    #[serde(rename = "use")]
    pub used_for: Use,
    /// Where it stands.
    pub source: String,
}

impl Pattern {
    /// How far a published value may be off by sampling alone, as a standard deviation: from the
    /// count behind it (binomial, with one success and one failure added, so that 0 of n is not
    /// certain), or as the scenario says.
    pub fn sampling_sd(&self) -> Option<f64> {
        if self.sd.is_some() {
            return self.sd;
        }
        let (k, n) = self.count?;
        let p = (f64::from(k) + 1.0) / (f64::from(n) + 2.0);
        let sd = libm::sqrt(p * (1.0 - p) / f64::from(n));
        let counts = matches!(self.published, Published::Value(value) if value >= 1.0);
        Some(if counts { f64::from(n) * sd } else { sd })
    }

    /// The 95 % interval of a published share or count by sampling alone (Wilson 1927).
    pub fn sampling_interval(&self) -> Option<(f64, f64)> {
        let (k, n) = self.count?;
        let (k, n, z) = (f64::from(k), f64::from(n), 1.959_963_984_540_054);
        let p = k / n;
        let centre = (p + z * z / (2.0 * n)) / (1.0 + z * z / n);
        let half = z * libm::sqrt(p * (1.0 - p) / n + z * z / (4.0 * n * n)) / (1.0 + z * z / n);
        let counts = matches!(self.published, Published::Value(value) if value >= 1.0);
        let scale = if counts { n } else { 1.0 };
        Some((scale * (centre - half), scale * (centre + half)))
    }
}

/// A published fact about role share, to be drawn.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Fact {
    /// Its label.
    pub label: String,
    /// First and last meeting it is about.
    pub meetings: (u32, u32),
    /// The share.
    pub share: f64,
    /// A published or feasible range.
    pub range: Option<(f64, f64)>,
    /// Inferred from published numbers, not stated.
    pub inferred: bool,
    /// Where it stands.
    pub source: String,
}
