//! A comparison in plain sentences, for readers who pay for partnerships or lead them.
//!
//! Every sentence says which way a difference goes, what the runs can and cannot tell, and how
//! far the answer depends on what nobody has published.

pub(crate) mod assumptions;
mod basis;
mod breaking_even;
mod numbers;
pub(crate) mod page;
#[cfg(feature = "plots")]
pub(crate) mod pictures;
pub mod sensitivity;

pub use basis::Basis;
pub use breaking_even::{breaking_even, point as break_even_point};
use numbers::is_zero;
pub use numbers::{
    capital, counted, places, places_beside, plain, rounded, short, signed, told_apart, whole,
    with_error,
};

use crate::measure::Words;
use crate::measure::{MONTHS_LOST, Measure};
use crate::worlds::compare::study::Study;
use crate::worlds::compare::{Better, Estimate};
use crate::worlds::statistics::Split;
use std::fmt;

/// What one outcome of one variant came to, as plain numbers.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Finding {
    /// What is measured.
    pub measure: Measure,
    /// Mean difference, variant less base.
    pub mean: f64,
    /// Half of its 95 % Monte-Carlo interval, or `None` below two pairs.
    pub half: Option<f64>,
    /// Mean of the base; not finite for outcomes of pairs.
    pub base: f64,
    /// What is not known of the mean, in its parts, where numbers are drawn from a posterior.
    pub numbers: Option<Split>,
    /// 5 and 95 % quantiles of single pairs.
    pub singles: (f64, f64),
    /// Shares of pairs in which the variant has more, about the same, less.
    pub more_same_less: (f64, f64, f64),
    /// Pairs that have the outcome.
    pub pairs: u64,
    /// Pairs that lack it.
    pub missing: u64,
    /// Pairs in which a value is only known to be at least so much.
    pub censored: u64,
}

impl Finding {
    /// From an estimate.
    pub fn of(estimate: &Estimate) -> Finding {
        Finding {
            measure: estimate.measure.clone(),
            mean: estimate.mean(),
            half: estimate.half_width(),
            base: estimate.base.mean(),
            numbers: estimate.split(),
            singles: estimate.single_pairs(),
            more_same_less: estimate.more_same_less(),
            pairs: estimate.differences.mean.count(),
            missing: estimate.missing,
            censored: estimate.censored,
        }
    }

    /// All of a study, by variant, by outcome.
    pub fn all(study: &Study) -> Vec<Vec<Finding>> {
        let of = |v: usize| study.answer.estimates[v].iter().map(Finding::of).collect();
        (0..study.comparison.variants().len()).map(of).collect()
    }

    /// Whether every pair has exactly the same in both worlds.
    pub fn is_nothing(&self) -> bool {
        let spreads = self.half.is_some_and(|half| half > 0.0);
        self.pairs > 0 && self.mean == 0.0 && !spreads && self.more_same_less.1 == 1.0
    }

    /// Whether the interval of the simulation holds zero, or there is no interval.
    pub fn may_be_nothing(&self) -> bool {
        self.half.is_none_or(|half| self.mean.abs() <= half)
    }

    /// Where the mean lies in 9 of 10 draws of the numbers.
    pub fn over_numbers(&self) -> Option<(f64, f64)> {
        self.numbers.map(|split| split.range())
    }

    /// Whether that range lies on both sides of zero.
    pub fn depends_on_numbers(&self) -> bool {
        self.over_numbers().is_some_and(|(low, high)| low < 0.0 && high > 0.0)
    }

    /// How probable the sign of the mean is: "above zero with probability 0.97".
    pub fn sign(&self) -> Option<String> {
        let [more, less] = self.measure.words.short;
        let above = self.numbers?.above_zero();
        let (way, p) = if self.mean > 0.0 { (more, above) } else { (less, 1.0 - above) };
        let p = match p {
            p if p > 0.99 => "over 0.99".to_owned(),
            p => format!("{p:.2}"),
        };
        (self.mean != 0.0).then(|| format!("{way} with probability {p}"))
    }

    /// How it is counted: what a number is multiplied with, and its places after the point.
    fn counted(&self) -> (f64, i32) {
        let scale = if self.measure.is_share() { 100.0 } else { 1.0 };
        (scale, places(scale * self.half.unwrap_or(0.0), scale * self.mean))
    }

    /// A size of it as a number without a sign.
    fn size(&self, value: f64) -> String {
        let (scale, places) = self.counted();
        let number = rounded((scale * value).abs(), places);
        if self.measure.is_money { format!("{} {number}", self.measure.unit) } else { number }
    }

    /// A value of it as a number with its sign, for tables and pictures.
    pub fn signed(&self, value: f64) -> String {
        let (scale, places) = self.counted();
        signed(scale * value, places)
    }

    /// The mean with its error, for tables and pictures: "−0.09 ± 0.02".
    pub fn signed_mean(&self) -> String {
        let (scale, places) = self.counted();
        match self.half {
            _ if self.pairs == 0 => "–".into(),
            None => self.signed(self.mean),
            Some(half) => {
                format!("{} ± {}", self.signed(self.mean), rounded(scale * half, places))
            }
        }
    }

    /// The mean of the base, for tables.
    pub fn of_base(&self) -> String {
        let (scale, digits) = self.counted();
        rounded(scale * self.base, digits)
    }

    /// A range with signs, for tables.
    pub fn signed_range(&self, (low, high): (f64, f64)) -> String {
        match low.is_finite() && high.is_finite() {
            true => format!("{} to {}", self.signed(low), self.signed(high)),
            false => "–".into(),
        }
    }

    /// What a number of it counts, with a space before it; nothing for money, whose name goes
    /// before the number.
    fn unit_words(&self, size: &str) -> String {
        match self.measure.words.unit {
            ["", _] => String::new(),
            [one, _] if size == "1" => format!(" {one}"),
            [_, many] => format!(" {many}"),
        }
    }

    /// The difference in a clause: "the partnership ends 0.09 model-months ahead".
    pub fn clause(&self) -> String {
        let Words { begin, long: [more, less], same, .. } = &self.measure.words;
        let size = self.size(self.mean);
        if is_zero(&size) {
            return format!("{begin} {same} in the base, as far as the runs can tell");
        }
        let way = if self.mean > 0.0 { more } else { less };
        format!("{begin} {size}{} {way}", self.unit_words(&size))
    }

    /// A range in words: "0.11 ahead to 0.06 behind"; "0.06 to 0.11 behind".
    pub fn range(&self, (low, high): (f64, f64)) -> String {
        let [more, less] = self.measure.words.short;
        let (a, b) = (self.size(low), self.size(high));
        let way = |value: f64| if value > 0.0 { more } else { less };
        let end = |value: f64, size: &str| match is_zero(size) {
            true => "no difference".to_owned(),
            false => format!("{size} {}", way(value)),
        };
        match (is_zero(&a), is_zero(&b)) {
            (true, true) => "no difference".into(),
            (false, false) if a == b && way(low) == way(high) => format!("{a} {}", way(low)),
            (false, false) if way(low) == way(high) => {
                // The smaller first, whichever way it goes.
                let (small, large) = if low > 0.0 { (a, b) } else { (b, a) };
                format!("{small} to {large} {}", way(low))
            }
            _ => format!("{} to {}", end(low, &a), end(high, &b)),
        }
    }

    /// How sure the difference is, in brackets. With a basis the words are explained.
    fn uncertainty(&self, basis: Option<&Basis>) -> String {
        let mut parts = Vec::new();
        parts.push(match self.half {
            Some(half) => format!("simulation error ± {}", self.size(half)),
            None => "a single pair has no simulation error".into(),
        });
        if let Some(range) = self.over_numbers() {
            let which = match basis {
                Some(basis) => format!("over the numbers that {} leaves open", basis.data),
                None => "over the numbers".into(),
            };
            let sign = self.sign().map_or(String::new(), |sign| format!(", {sign}"));
            parts.push(format!("{which}: {}{sign}", self.range(range)));
        }
        if self.singles.0.is_finite() && self.pairs > 1 {
            parts.push(format!("90 % of single pairs: {}", self.range(self.singles)));
        }
        parts.join("; ")
    }

    /// What the numbers do not tell, each in a sentence.
    fn cautions(&self, basis: &Basis) -> Vec<String> {
        let mut said = Vec::new();
        if self.may_be_nothing() {
            said.push("The runs do not tell it from no difference.".to_owned());
        }
        if self.depends_on_numbers() && !self.may_be_nothing() {
            said.push(format!(
                "Which way it goes depends on numbers that {} leaves open.",
                basis.data
            ));
        }
        said
    }

    /// Which pairs are better off and which worse; or, where neither way is better, have more.
    pub fn shares(&self) -> String {
        let (more, same, less) = self.more_same_less;
        let (what, with, other, without) = match self.measure.better {
            Some(Better::More) => ("better off", more, "worse off", less),
            Some(Better::Less) => ("better off", less, "worse off", more),
            None => ("have more", more, "have less", less),
        };
        let are = if self.measure.better.is_some() { "are " } else { "" };
        let mut said =
            format!("{} of pairs {are}{what}, {} {other}", percent(with), percent(without));
        if percent(same) != "0 %" {
            let unlike = match self.measure.smallest {
                smallest if smallest > 0.0 => {
                    let size = plain(self.counted().0 * smallest);
                    let unit = self.measure.words.unit[usize::from(size != "1")];
                    let unit = if unit.is_empty() { String::new() } else { format!(" {unit}") };
                    format!(" (less than {size}{unit} apart)")
                }
                _ => String::new(),
            };
            said.push_str(&format!(", {} about the same{unlike}", percent(same)));
        }
        if self.measure.better.is_none() {
            said.push_str("; neither is better");
        }
        capital(&said) + "."
    }

    /// What could not be measured, if anything.
    fn gaps(&self) -> Vec<String> {
        let mut said = Vec::new();
        if self.missing > 0 {
            let all = self.pairs + self.missing;
            said.push(format!(
                "This rests on {} of {}: in the others a partnership had ended or there was nothing to measure.",
                whole(self.pairs),
                pairs(all)
            ));
        }
        if self.censored > 0 {
            said.push(format!(
                "In {} it had not happened by the last month in one world or both, and the last month is counted.",
                pairs(self.censored)
            ));
        }
        said
    }

    /// The outcome that matters most, in full.
    pub fn told_first(&self, variant: &str, basis: &Basis) -> Vec<String> {
        let mut said = Vec::new();
        if self.pairs == 0 {
            said.push(format!(
                "Under ‘{variant}’ there was nothing to measure for \"{}\" in any pair of runs.",
                self.measure.title
            ));
            return said;
        }
        if self.is_nothing() {
            said.push(format!(
                "In this model, {}, ‘{variant}’ makes no difference at all to \"{}\": both worlds have the same in every one of {}.",
                basis.set_up,
                self.measure.title,
                pairs(self.pairs)
            ));
        } else {
            said.push(format!(
                "In this model, {}, {} under ‘{variant}’ ({}).",
                basis.set_up,
                self.clause(),
                self.uncertainty(Some(basis))
            ));
            said.extend(self.cautions(basis));
            said.push(self.shares());
        }
        said.extend(self.gaps());
        said.push(match self.measure.name.as_str() {
            MONTHS_LOST => "No study has measured this delay.".into(),
            _ => "No study has measured this difference.".to_owned(),
        });
        said
    }

    /// Any other outcome: first the difference, then how sure it is.
    pub fn told(&self, basis: &Basis) -> Vec<String> {
        if self.pairs == 0 {
            return vec![format!(
                "{}: nothing to measure in any pair.",
                capital(&self.measure.title)
            )];
        }
        if self.is_nothing() {
            return vec![format!("{}: no difference in any pair.", capital(&self.measure.title))];
        }
        let mut said = vec![
            format!("{}.", capital(&self.clause())),
            format!("{}.", capital(&self.uncertainty(None))),
        ];
        said.extend(self.cautions(basis));
        said.push(self.shares());
        said.extend(self.gaps());
        said
    }
}

/// The answer of a study on the outcome that matters most, a paragraph for each variant.
pub fn answer(study: &Study) -> String {
    let (findings, basis) = (Finding::all(study), Basis::of(study.comparison.base()));
    let paragraphs = study.comparison.variants().iter().zip(&findings).filter_map(|(v, all)| {
        let first = all.first()?;
        Some(first.told_first(&v.name, &basis).join(" "))
    });
    paragraphs.collect::<Vec<_>>().join("\n\n")
}

/// What a study found, in sentences: for each variant the measure that matters most in full, and
/// the others in a line each.
impl fmt::Display for Study {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let basis = Basis::of(self.comparison.base());
        let variants = self.comparison.variants().iter().zip(Finding::all(self));
        for (place, (variant, findings)) in variants.enumerate() {
            let Some((first, others)) = findings.split_first() else { continue };
            let gap = if place > 0 { "\n\n" } else { "" };
            write!(f, "{gap}{}", first.told_first(&variant.name, &basis).join(" "))?;
            for finding in others {
                write!(f, "\n{}", finding.told(&basis).join(" "))?;
            }
        }
        Ok(())
    }
}

/// A count of pairs in words.
pub fn pairs(count: u64) -> String {
    counted(count, "pair")
}

/// A share in whole percent. A share near 0 or 1 is written as "under 1 %" or "over 99 %".
pub fn percent(share: f64) -> String {
    match share {
        s if !s.is_finite() => "–".into(),
        s if s > 0.0 && s < 0.01 => "under 1 %".into(),
        s if s < 1.0 && s > 0.99 => "over 99 %".into(),
        s => format!("{} %", rounded(100.0 * s, 0)),
    }
}

#[cfg(test)]
mod tests;
