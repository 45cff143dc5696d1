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
    /// What it is used for.
    #[serde(rename = "use")]
    pub used_for: Use,
    /// Where it stands.
    pub source: String,
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
