//! Patterns over many runs: published beside simulated, one by one. All together: [`super::joint`].

use super::statistics::{Distribution, LEVEL, Mean};
use crate::measure::Part;
use crate::measure::record::RunRecord;
use crate::scenario::patterns::{Pattern, Published, Use};
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

    /// Where the published value lies among the runs that have one: the share of them that are
    /// lower, equal ones counted half. `None` for a range or a bound, and below two runs.
    pub fn place(&self) -> Option<f64> {
        match self.pattern.published {
            Published::Value(value) if self.simulated.mean.count() >= 2 => {
                Some(self.simulated.place_of(value))
            }
            _ => None,
        }
    }

    /// Whether the pattern was met: a published value lies within the central 95 % of single runs,
    /// a range holds their median, a bound lies surely above their mean. One run alone says
    /// nothing. Many patterns that are each met may all the same never be met together.
    pub fn verdict(&self) -> Verdict {
        if self.simulated.mean.count() < 2 {
            return Verdict::Unknown;
        }
        let met = match self.pattern.published {
            Published::Value(value) => {
                (0.5 * LEVEL..=1.0 - 0.5 * LEVEL).contains(&self.simulated.place_of(value))
            }
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

/// Distance of simulated means from what was published: the root mean square, over the patterns
/// that may be fitted, of the difference in units of sampling error. A pattern without a value is
/// as far off as ten errors.
pub fn distance(patterns: &[Pattern], means: &[Option<f64>]) -> f64 {
    let terms = patterns.iter().zip(means).filter_map(|(pattern, mean)| {
        let Published::Value(published) = pattern.published else { return None };
        let sd = pattern.sampling_sd().filter(|_| pattern.used_for == Use::Fit)?;
        let off = mean.map_or(10.0, |mean| (mean - published) / sd);
        Some(off * off)
    });
    let (sum, count) = terms.fold((0.0, 0u32), |(sum, count), term| (sum + term, count + 1));
    libm::sqrt(sum / f64::from(count.max(1)))
}
