//! Essays: examples that state a claim and its source, say what is run, and answer with an
//! estimate, its interval and a verdict about this model.

use crate::experiment::compare::across::AcrossSets;
use crate::experiment::hypothesis::{Finding, signed};
use crate::experiment::statistics::Mean;
#[cfg(feature = "plots")]
use crate::plot::{ForestLegend, ForestRow, Image};
use crate::scenario::Scenario;
use crate::scenario::document::Problems;
use std::fmt;
#[cfg(feature = "plots")]
use std::{fs, io, path::PathBuf};

/// What an essay is about.
#[derive(Clone, Copy, Debug)]
pub struct Essay {
    /// Its name: that of the example, and of its folder in `out`.
    pub name: &'static str,
    /// The claim.
    pub claim: &'static str,
    /// Who made it, and where.
    pub source: &'static str,
    /// What is run, what is measured, and what would speak against the claim.
    pub design: &'static str,
}

/// Lines are broken at this width.
const WIDTH: usize = 88;
/// Runs of an essay that is only tried out.
const SMALL: u64 = 12;

impl Essay {
    /// The seed of all essays.
    pub const SEED: u64 = 1;

    /// How many runs to make: as many as the essay wants, or few if the variable `RPPSIM_SMALL` is
    /// set, to see in a moment that it works.
    pub fn runs(&self, wanted: u64) -> u64 {
        if Essay::is_small() { SMALL.min(wanted) } else { wanted }
    }

    /// The same for the number of parameter sets that fit about as well.
    pub fn sets(&self, wanted: usize) -> usize {
        if Essay::is_small() { 2.min(wanted) } else { wanted }
    }

    fn is_small() -> bool {
        std::env::var_os("RPPSIM_SMALL").is_some()
    }

    /// Saves a picture as SVG and PNG in the essay's folder and says where.
    ///
    /// # Errors
    /// If the system refuses.
    #[cfg(feature = "plots")]
    pub fn save(&self, name: &str, image: &Image) -> io::Result<PathBuf> {
        let folder = PathBuf::from("out").join(self.name);
        fs::create_dir_all(&folder)?;
        fs::write(folder.join(name).with_extension("svg"), &image.svg)?;
        let png = folder.join(name).with_extension("png");
        fs::write(&png, &image.png)?;
        Ok(png)
    }
}

impl fmt::Display for Essay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (what, text) in
            [("Claim", self.claim), ("Source", self.source), ("Design", self.design)]
        {
            writeln!(f, "{what}")?;
            for line in broken(text) {
                writeln!(f, "  {line}")?;
            }
        }
        Ok(())
    }
}

/// A world: a built-in case or a file, with these assignments laid over it.
///
/// # Errors
/// Every problem found, with its place.
pub fn world(case: &str, assignments: &[&str]) -> Result<Scenario, Problems> {
    let assignments: Vec<String> = assignments.iter().map(|text| (*text).to_owned()).collect();
    Scenario::open(case, &assignments)
}

fn broken(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(last) if last.chars().count() + 1 + word.chars().count() <= WIDTH => {
                last.push(' ');
                last.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// One answer, with the three kinds of uncertainty that are kept apart: how far more runs could
/// move the mean, how far chance carries a single pair of runs, and how far the mean depends on
/// which of the parameter sets that fit about as well is taken.
#[derive(Clone, Copy, Debug)]
pub struct Answer {
    /// The estimate and its verdict.
    pub finding: Finding,
    /// Standard deviation of single pairs of runs.
    pub single: f64,
    /// Range over parameter sets that fit about as well, if it was asked for.
    pub range: Option<(f64, f64)>,
}

impl Answer {
    /// An answer from paired differences and what moves them.
    pub fn new(finding: Finding, differences: &Mean, across: Option<&AcrossSets>) -> Answer {
        let range = across.map(|across| across.range(finding.mean));
        Answer { finding, single: differences.sd(), range }
    }

    /// A row of a forest plot.
    #[cfg(feature = "plots")]
    pub fn row(&self, label: &str, decimals: usize, percent: bool) -> ForestRow {
        let (mean, (low, high)) = (self.finding.mean, self.finding.interval());
        let scale = if percent { 100.0 } else { 1.0 };
        let (shown, half) = (scale * mean, scale * 0.5 * (high - low));
        ForestRow {
            label: label.into(),
            estimate: mean,
            interval: Some((low, high)),
            range: self.range,
            singles: None,
            text: format!("{} ± {half:.decimals$}", signed(shown, decimals)).replace('-', "−"),
        }
    }
}

/// What the marks of rows of answers mean.
#[cfg(feature = "plots")]
pub fn legend() -> ForestLegend {
    ForestLegend {
        estimate: "mean difference".into(),
        interval: "Monte-Carlo interval, for all claims together".into(),
        range: "range over parameter sets that fit about as well".into(),
        singles: String::new(),
    }
}

impl fmt::Display for Answer {
    /// Two lines, with as many decimals as asked for: `{:.4}`; three if none are.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let d = f.precision().unwrap_or(3);
        write!(
            f,
            "{:.d$}\n    single pairs: standard deviation {:.d$}",
            self.finding, self.single
        )?;
        match self.range {
            Some((low, high)) => {
                let (low, high) = (signed(low, d), signed(high, d));
                write!(f, "; over sets that fit about as well: {low} to {high}")
            }
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_broken_at_words_and_nothing_is_lost() {
        let text = "one two ".repeat(60);
        let lines = broken(&text);
        assert!(lines.len() > 1 && lines.iter().all(|line| line.chars().count() <= WIDTH));
        assert_eq!(lines.join(" "), text.trim());
    }
}
