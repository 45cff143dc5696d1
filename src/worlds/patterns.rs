//! Patterns over many runs: published beside simulated, in or out.

use super::statistics::{Distribution, Mean};
use crate::measure::Part;
use crate::measure::record::RunRecord;
use crate::scenario::patterns::{Pattern, Published};
use serde::Serialize;

/// A pattern and what the runs gave.
#[derive(Clone, Debug)]
pub struct Compared {
    /// The pattern.
    pub pattern: Pattern,
    /// Its values over the runs.
    pub simulated: Distribution,
    /// Role share in every window, for controls that bound them.
    windows: Vec<Mean>,
}

/// Whether a pattern was met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// It was.
    In,
    /// It was not.
    Out,
    /// No run had a value, or too few had for what is asked.
    Unknown,
}

impl Verdict {
    /// The word used in tables.
    pub fn word(self) -> &'static str {
        ["in", "out", "unknown"][self as usize]
    }
}

impl Compared {
    /// A pattern without runs yet.
    pub fn new(pattern: &Pattern) -> Self {
        Compared {
            simulated: Distribution::new(pattern.measure.step),
            pattern: pattern.clone(),
            windows: Vec::new(),
        }
    }

    /// The values of one run: the measure, and every window if it is about windows.
    pub fn of_run(pattern: &Pattern, run: &RunRecord) -> (Option<f64>, Vec<Option<f64>>) {
        let windows = match pattern.measure.part {
            Some(Part::Windows(months)) => run.windows(months).collect(),
            _ => Vec::new(),
        };
        (pattern.measure.of(run), windows)
    }

    /// Takes one run's values in.
    pub fn add(&mut self, (value, windows): (Option<f64>, Vec<Option<f64>>)) {
        if let Some(value) = value {
            self.simulated.add(value);
        }
        self.windows.resize(self.windows.len().max(windows.len()), Mean::default());
        for (mean, value) in self.windows.iter_mut().zip(windows) {
            if let Some(value) = value {
                mean.add(value);
            }
        }
    }

    /// The 90 % interval of single runs.
    pub fn interval(&self) -> (f64, f64) {
        (self.simulated.quantile(0.05), self.simulated.quantile(0.95))
    }

    /// The median of single runs.
    pub fn median(&self) -> f64 {
        self.simulated.quantile(0.5)
    }

    /// The highest mean over runs in any window, with its upper Monte-Carlo limit.
    pub fn highest_window(&self) -> Option<(f64, f64)> {
        let known = self.windows.iter().filter_map(|mean| Some((mean.mean(), mean.interval()?.1)));
        known.reduce(|a, b| if b.1 > a.1 { b } else { a })
    }

    /// Whether the published value lies among the runs: within their 90 % interval if it is one
    /// value of one partnership; the median within the range; the mean surely below the bound. One
    /// run alone is no interval, and says nothing.
    pub fn verdict(&self) -> Verdict {
        if self.simulated.mean.count() < 2 {
            return Verdict::Unknown;
        }
        let (low, high) = self.interval();
        let half = 0.5 * self.pattern.measure.step + 1e-9;
        let met = match self.pattern.published {
            Published::Value(value) => low - half <= value && value <= high + half,
            Published::Range(least, most) => (least..=most).contains(&self.median()),
            Published::AtMost(bound) => {
                let of_all = || self.simulated.mean.interval().map(|(_, limit)| limit);
                let limit = self.highest_window().map(|(_, limit)| limit).or_else(of_all);
                let Some(limit) = limit else { return Verdict::Unknown };
                limit <= bound
            }
        };
        if met { Verdict::In } else { Verdict::Out }
    }
}
