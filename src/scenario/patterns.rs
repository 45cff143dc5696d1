//! Patterns and facts: what was published, to compare a simulation with and to draw beside it.

use crate::measure::Counted;
use crate::measure::Measure;
use serde::Serialize;

/// What a pattern is used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Use {
    /// It was used to set the model's inputs.
    Input,
    /// It may be used to estimate parameters.
    Fit,
    /// No search and no choice of the model or its numbers looked at it.
    Prediction,
    /// It is reported with its uncertainty and is never a target, though it was known when the
    /// model and its numbers were chosen.
    Report,
    /// It guards against artefacts.
    Control,
}

impl Use {
    /// All uses.
    pub const ALL: [Use; 5] = [Use::Input, Use::Fit, Use::Prediction, Use::Report, Use::Control];

    /// The word used in files and tables.
    pub fn word(self) -> &'static str {
        ["input", "fit", "prediction", "report", "control"][self as usize]
    }

    /// What it is, and what it says about the model that runs meet or miss such a pattern; part of a
    /// sentence.
    pub fn means(self) -> &'static str {
        match self {
            Use::Input => "given to the model; to meet it shows nothing",
            Use::Fit => "a search moved numbers toward it; to meet it shows that the model can",
            Use::Prediction => {
                "no search and no choice looked at it; to meet it speaks for the model"
            }
            Use::Report => "no target of a search, though known when the model was made",
            Use::Control => "guards against artefacts; to miss it speaks against the model",
        }
    }
}

/// What was published about a measure.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Published {
    /// A value from one partnership, compared with single simulated runs.
    Value(f64),
    /// A range for the median of the runs.
    Range(f64, f64),
    /// A bound that the mean over runs must not exceed, in every window if there are several.
    AtMost(f64),
}

/// A pattern that a scenario compares its runs with.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Pattern {
    /// Its name in the scenario.
    pub name: String,
    /// What it says, for tables.
    pub title: String,
    /// The measure it is about.
    pub measure: Measure,
    /// What was published.
    pub published: Published,
    /// The count behind a published share or number of people, as k of n.
    pub count: Option<(u32, u32)>,
    /// The standard error of the published value, where no count implies it.
    pub sd: Option<f64>,
    /// What it is used for.
    pub used_for: Use,
    /// Whether it is of the later part of the record, which a check leaves out of the fit and then
    /// predicts from the earlier part.
    pub later: bool,
    /// The source.
    pub source: String,
}

/// The 97.5 % quantile of the normal distribution.
const Z: f64 = 1.959_963_984_540_054;

impl Pattern {
    /// Its measure under its own name and title, for tables beside the measures of the catalogue.
    pub fn as_measure(&self) -> Measure {
        let mut measure = self.measure.clone();
        (measure.name, measure.title) = (format!("pattern.{}", self.name), self.title.clone());
        measure.unit = "as published".into();
        measure.shown_where(|_| false)
    }

    /// What a share is multiplied with to be in the unit of the measure.
    fn scale(&self, n: u32) -> f64 {
        if self.measure.counted == Counted::Number { f64::from(n) } else { 1.0 }
    }

    /// The sampling error of a published value, as a standard deviation: the one that the scenario
    /// states, or the one implied by the count behind it. The latter is binomial at the rate
    /// (k + 1)/(n + 2) (Laplace's rule of succession). If k is 0 or n, the error can be to one side
    /// only, and it is the distance of Wilson's 95 % limit divided by 1.96. So 0 of 25 is known to
    /// ± 1.7: a rate at which 2.8 are expected gives none in one of twenty cases.
    pub fn sampling_sd(&self) -> Option<f64> {
        if self.sd.is_some() {
            return self.sd;
        }
        let (k, n) = self.count?;
        let scale = self.scale(n);
        let ends = k == 0 || k == n;
        let (k, n) = (f64::from(k), f64::from(n));
        let p = (k + 1.0) / (n + 2.0);
        Some(scale * if ends { Z / (n + Z * Z) } else { libm::sqrt(p * (1.0 - p) / n) })
    }

    /// The 95 % interval of a published share or count by sampling alone (Wilson 1927).
    pub fn sampling_interval(&self) -> Option<(f64, f64)> {
        let (k, n) = self.count?;
        let scale = self.scale(n);
        let (k, n, z) = (f64::from(k), f64::from(n), Z);
        let p = k / n;
        let centre = (p + z * z / (2.0 * n)) / (1.0 + z * z / n);
        let half = z * libm::sqrt(p * (1.0 - p) / n + z * z / (4.0 * n * n)) / (1.0 + z * z / n);
        Some((scale * (centre - half), scale * (centre + half)))
    }
}

/// A published fact about role share, to be drawn.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Fact {
    /// Its label.
    pub label: String,
    /// First and last meeting it is about.
    pub meetings: (u32, u32),
    /// The share.
    pub share: f64,
    /// A published or feasible range.
    pub range: Option<(f64, f64)>,
    /// Whether it was inferred from published numbers rather than stated.
    pub inferred: bool,
    /// The source.
    pub source: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pattern(counted: Counted, published: f64, count: (u32, u32)) -> Pattern {
        let mut measure = Measure::of_run("p", "p", "as published", |run| run.work());
        measure.counted = counted;
        Pattern {
            name: "p".into(),
            title: "p".into(),
            measure,
            published: Published::Value(published),
            count: Some(count),
            sd: None,
            used_for: Use::Fit,
            later: false,
            source: String::new(),
        }
    }

    #[test]
    fn the_measure_decides_between_count_and_share_not_the_size_of_the_number() {
        let nobody = pattern(Counted::Number, 0.0, (0, 25));
        let (low, high) = nobody.sampling_interval().expect("an interval");
        assert!(low.abs() < 1e-12 && (high - 3.33).abs() < 0.01);
        assert!((nobody.sampling_sd().expect("an error") - 1.70).abs() < 0.01);
        let all = pattern(Counted::Share, 1.0, (7, 7));
        let (low, high) = all.sampling_interval().expect("an interval");
        assert!((low - 0.646).abs() < 0.001 && (high - 1.0).abs() < 1e-12);
        assert!(all.sampling_sd().expect("an error") < 0.2);
        // Between the ends a count is n times its share.
        let (twelve, share) =
            (pattern(Counted::Number, 12.0, (12, 26)), pattern(Counted::Share, 0.46, (12, 26)));
        let ratio = twelve.sampling_sd().expect("sd") / share.sampling_sd().expect("sd");
        assert!((ratio - 26.0).abs() < 1e-9);
    }

    #[test]
    fn none_and_all_are_equally_uncertain() {
        for n in [1, 2, 7, 25, 1000] {
            let sd = |k| pattern(Counted::Share, 0.0, (k, n)).sampling_sd().expect("sd");
            assert_eq!(sd(0), sd(n));
            assert!(sd(0) > 0.0 && sd(0) < 0.6);
        }
    }
}
