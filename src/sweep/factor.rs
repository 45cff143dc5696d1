//! Factors: what a sweep varies, and which values.

use crate::scenario::number::{Allowed, Distribution};

/// A number of the scenario that a sweep varies.
#[derive(Clone, Debug, PartialEq)]
pub struct Factor {
    /// Its key in the scenario.
    pub key: String,
    /// Its name in tables and pictures for people.
    pub label: String,
    /// The values it may have.
    pub values: Values,
    /// What it may be in the scenario.
    pub allowed: Allowed,
}

/// The values of a factor.
#[derive(Clone, Debug, PartialEq)]
pub enum Values {
    /// Anything between two ends; in so many steps where a design needs levels.
    Range {
        /// Lower end.
        low: f64,
        /// Upper end.
        high: f64,
        /// Levels from end to end, if stated.
        steps: Option<usize>,
    },
    /// These, in this order.
    Levels(
        /// The values.
        Vec<f64>,
    ),
    /// As often as a distribution says.
    Law(
        /// The distribution.
        Distribution,
    ),
    /// Whatever a table of rows holds.
    Given,
}

impl Factor {
    /// The value at a coordinate from 0 to 1.
    pub fn at(&self, u: f64) -> f64 {
        match &self.values {
            Values::Range { low, high, .. } if self.allowed.whole => {
                (low + (u * (high - low + 1.0)).floor()).min(*high)
            }
            Values::Range { low, high, .. } => low + u * (high - low),
            Values::Levels(levels) => {
                let place = (u * levels.len() as f64) as usize;
                levels[place.min(levels.len() - 1)]
            }
            Values::Law(law) => {
                // A design may ask for the very ends, where some laws have no finite value.
                let u = u.clamp(1e-9, 1.0 - 1e-9);
                law.quantile(u).unwrap_or(law.bounds().0)
            }
            Values::Given => f64::NAN,
        }
    }

    /// Where in its own range its value at a coordinate lies, from 0 for its lowest value to 1 for
    /// its highest: the coordinate itself, unless it has values of its own that the coordinate is
    /// rounded to.
    pub fn place(&self, u: f64) -> f64 {
        let (low, high) = match &self.values {
            Values::Range { low, high, .. } if self.allowed.whole => (*low, *high),
            Values::Levels(levels) => (
                levels.iter().copied().fold(f64::INFINITY, f64::min),
                levels.iter().copied().fold(f64::NEG_INFINITY, f64::max),
            ),
            Values::Law(law) if law.has_steps() => law.bounds(),
            _ => return u,
        };
        if low < high { (self.at(u) - low) / (high - low) } else { 0.0 }
    }

    /// How many levels a factorial gives it, if that is stated.
    pub fn levels(&self) -> Option<usize> {
        match &self.values {
            Values::Levels(levels) => Some(levels.len()),
            Values::Range { steps, .. } => *steps,
            _ => None,
        }
    }

    /// Its value at a level of a factorial with so many.
    pub fn level(&self, level: usize, of: usize) -> f64 {
        match &self.values {
            Values::Levels(levels) => levels[level.min(levels.len() - 1)],
            Values::Range { low, high, .. } => {
                let part = if of > 1 { level as f64 / (of - 1) as f64 } else { 0.5 };
                let value = low + part * (high - low);
                if self.allowed.whole { value.round() } else { value }
            }
            _ => self.at((level as f64 + 0.5) / of as f64),
        }
    }

    /// The coordinate of a value within a range; `None` for levels and distributions.
    pub fn coordinate(&self, value: f64) -> Option<f64> {
        match self.values {
            Values::Range { low, high, .. } if (low..=high).contains(&value) => {
                Some((value - low) / (high - low))
            }
            _ => None,
        }
    }
}
