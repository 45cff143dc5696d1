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
    /// What stands behind the outcome.
    #[serde(skip)]
    pub counted: Counted,
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

/// The 97.5 % quantile of the normal distribution.
const Z: f64 = 1.959_963_984_540_054;

impl Pattern {
    /// How far a published value may be off by sampling alone, as a standard deviation: as the
    /// scenario says, or from the count behind it. That is binomial at the rate (k + 1)/(n + 2)
    /// (Laplace's rule of succession). Of none or all of n it can be off to one side only, and that
    /// side says how far: as far as Wilson's 95 % limit lies, over 1.96. So 0 of 25 is known to
    /// ± 1.7: a rate at which 2.8 are expected gives none in one of twenty cases.
    pub fn sampling_sd(&self) -> Option<f64> {
        if self.sd.is_some() {
            return self.sd;
        }
        let (k, n) = self.count?;
        let scale = self.counted.scale(n);
        let ends = k == 0 || k == n;
        let (k, n) = (f64::from(k), f64::from(n));
        let p = (k + 1.0) / (n + 2.0);
        Some(scale * if ends { Z / (n + Z * Z) } else { libm::sqrt(p * (1.0 - p) / n) })
    }

    /// The 95 % interval of a published share or count by sampling alone (Wilson 1927).
    pub fn sampling_interval(&self) -> Option<(f64, f64)> {
        let (k, n) = self.count?;
        let scale = self.counted.scale(n);
        let (k, n, z) = (f64::from(k), f64::from(n), Z);
        let p = k / n;
        let centre = (p + z * z / (2.0 * n)) / (1.0 + z * z / n);
        let half = z * libm::sqrt(p * (1.0 - p) / n + z * z / (4.0 * n * n)) / (1.0 + z * z / n);
        Some((scale * (centre - half), scale * (centre + half)))
    }
}

/// What stands behind a measure: k of n, told as a share or as the number k, or neither.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    /// A share, from 0 to 1.
    Share,
    /// A number of people or meetings.
    Number,
    /// Something else.
    Neither,
}

impl Counted {
    /// What a share is multiplied with to be in the unit of the measure.
    fn scale(self, n: u32) -> f64 {
        if self == Counted::Number { f64::from(n) } else { 1.0 }
    }
}

/// Something that a pattern can be about.
#[derive(Clone, Copy, Debug)]
pub struct Measure {
    /// Its word in scenarios.
    pub word: &'static str,
    /// Keys that it needs.
    pub needs: &'static [&'static str],
    /// Keys that it may have.
    pub takes: &'static [&'static str],
    /// What stands behind it.
    pub counted: Counted,
    /// What it is.
    pub says: &'static str,
}

/// Everything that a pattern can be about.
pub const MEASURES: [Measure; 17] = {
    use Counted::{Neither, Number, Share};
    const fn of(
        word: &'static str,
        needs: &'static [&'static str],
        takes: &'static [&'static str],
        counted: Counted,
        says: &'static str,
    ) -> Measure {
        Measure { word, needs, takes, counted, says }
    }
    const RANGE: &[&str] = &["meetings"];
    const ASKED: &[&str] = &["interview"];
    const TWICE: &[&str] = &["from", "to"];
    const NONE: &[&str] = &[];
    [
        of("episodes_per_meeting", NONE, NONE, Neither, "mean number of episodes in a meeting"),
        of("role_share", NONE, RANGE, Share, "share of the episodes that were role negotiation"),
        of("meetings_with_role_talk", NONE, RANGE, Number, "meetings with some role negotiation"),
        of(
            "meetings_at_share",
            &["share"],
            RANGE,
            Number,
            "meetings in which at least this share of the episodes was role negotiation",
        ),
        of("peak_share", NONE, RANGE, Share, "the largest share of role negotiation in a meeting"),
        of("named", &["interview", "role"], NONE, Number, "leaders who named the role"),
        of("uncertain", ASKED, NONE, Number, "leaders who said they were uncertain"),
        of("names_per_leader", ASKED, NONE, Neither, "roles that a leader named, on average"),
        of(
            "names_moved",
            TWICE,
            NONE,
            Neither,
            "distance (total variation) between the roles named in two interviews",
        ),
        of(
            "names_concentrated",
            TWICE,
            NONE,
            Neither,
            "change of the normalised entropy of the roles named",
        ),
        of(
            "talk_and_later_work",
            NONE,
            NONE,
            Neither,
            "correlation of role share with the work done in the following month",
        ),
        of("settlements", NONE, NONE, Neither, "number of settlements"),
        of(
            "largest_settlement",
            NONE,
            NONE,
            Neither,
            "meeting of the settlement that moved an arrangement most",
        ),
        of(
            "highest_window",
            &["months"],
            NONE,
            Share,
            "the highest share of role negotiation in so many consecutive months",
        ),
        of(
            "drift",
            NONE,
            NONE,
            Neither,
            "share of role negotiation in the later half of the meetings less that in the earlier",
        ),
        of("survives", NONE, NONE, Share, "1 if the partnership is alive at the horizon, else 0"),
        of("work", NONE, NONE, Neither, "work done by the horizon"),
    ]
};

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

#[cfg(test)]
mod tests {
    use super::*;

    fn pattern(counted: Counted, published: f64, count: (u32, u32)) -> Pattern {
        Pattern {
            name: "p".into(),
            title: "p".into(),
            outcome: Outcome::Work,
            counted,
            published: Published::Value(published),
            count: Some(count),
            sd: None,
            used_for: Use::Fit,
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
