//! Essays: examples that state a claim and its source, say what is run, and answer with an
//! estimate, its interval and a verdict about this model.

#![allow(dead_code, reason = "each essay uses a part of it")]

use rppsim::measure::smallest_that_counts;
#[cfg(feature = "plots")]
use rppsim::plot::{
    ForestGroup, ForestLegend, ForestPicture, ForestRow, Image, PlotError, Quantity,
};
use rppsim::roles::{Mix, Repertoire};
use rppsim::scenario::World;
use rppsim::scenario::document::Problems;
use rppsim::worlds::hypothesis::{Expected, Finding, Verdict, signed, together};
use rppsim::worlds::statistics::{Estimated, Mean, Split};
use std::error::Error;
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

    /// The same for a number of draws from the posterior.
    pub fn draws(&self, wanted: usize) -> usize {
        if Essay::is_small() { 2.min(wanted) } else { wanted }
    }

    fn is_small() -> bool {
        std::env::var_os("RPPSIM_SMALL").is_some()
    }

    /// Prints the result in one line. `docs/examples.md` holds this line of every example, and a
    /// test holds it to what is printed.
    pub fn result(text: impl fmt::Display) {
        println!("\nResult: {text}");
    }

    /// Saves a picture as SVG and PNG in the essay's folder and says where.
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

/// Judges a mean difference alone, by the smallest difference that counts in its unit.
pub fn judged(mean: &Mean, expected: Expected, unit: &str) -> Finding {
    Finding::of_mean(mean, expected, smallest_that_counts(unit))
}

/// A mean in some unit with half of its 95 % interval, "1.20 ± 0.13"; alone where it has none.
pub fn with_half(mean: &Mean, scale: f64, decimals: usize) -> String {
    let half = mean.half_width().map(|half| format!(" ± {:.decimals$}", scale * half));
    format!("{:.decimals$}{}", scale * mean.mean(), half.unwrap_or_default())
}

/// The same of a difference, with its sign.
pub fn signed_with_half(mean: &Mean, scale: f64, decimals: usize) -> String {
    let sign = if mean.mean() >= 0.0 { "+" } else { "" };
    format!("{sign}{}", with_half(mean, scale, decimals))
}

/// A world: a built-in case or a file, with these assignments laid over it.
pub fn world(case: &str, assignments: &[&str]) -> Result<World, Problems> {
    World::open_with(case, assignments)
}

/// The identity of an organization of a case, changed, as a scenario writes a mix.
pub fn identity(
    case: &str,
    organization: &str,
    change: impl Fn(&Mix, &Repertoire) -> Option<Mix>,
) -> Result<String, Box<dyn Error>> {
    let shipped = World::open(case)?;
    let plan = shipped.template().organizations.iter().find(|o| o.name == organization);
    let plan = plan.ok_or_else(|| format!("{case} has no {organization}"))?;
    let mix = change(&plan.identity, &plan.repertoire).ok_or("no such identity")?;
    let roles = plan.repertoire.roles().iter().zip(mix.shares());
    let shares: Vec<String> =
        roles.map(|(role, share)| format!("{:?} = {share:?}", role.name)).collect();
    Ok(format!("{{ {} }}", shares.join(", ")))
}

/// Its log-shares stretched 2.5-fold: the same order of roles, with a clearer centre.
pub fn sharpened(mix: &Mix, _: &Repertoire) -> Option<Mix> {
    Mix::in_proportion(mix.shares().map(|share| libm::pow(share, 2.5)))
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
/// numbers that the data leave open.
#[derive(Clone, Copy, Debug)]
pub struct Answer {
    /// The estimate and its verdict.
    pub finding: Finding,
    /// Standard deviation of single pairs of runs.
    pub single: f64,
    /// Where the mean lies in 9 of 10 draws of the numbers, and how probable it is that it lies above
    /// zero, if that was asked for.
    pub numbers: Option<Split>,
}

impl Answer {
    /// An answer from paired differences and what moves them.
    pub fn new(finding: Finding, differences: &Mean, numbers: Option<&Split>) -> Answer {
        Answer { finding, single: differences.sd(), numbers: numbers.copied() }
    }

    /// A row of a forest plot.
    #[cfg(feature = "plots")]
    pub fn row(&self, label: &str, decimals: usize, quantity: Quantity) -> ForestRow {
        let (mean, interval) = (self.finding.estimate.value, self.finding.interval());
        let scale = quantity.factor();
        let half = interval.map_or(String::new(), |(low, high)| {
            format!(" ± {:.decimals$}", scale * 0.5 * (high - low))
        });
        ForestRow {
            label: label.into(),
            estimate: mean,
            interval,
            range: self.numbers.map(|split| split.range()),
            singles: None,
            text: format!("{}{half}", signed(scale * mean, decimals)).replace('-', "−"),
        }
    }
}

/// What the marks of rows of answers mean.
#[cfg(feature = "plots")]
pub fn legend() -> ForestLegend {
    ForestLegend {
        estimate: "mean difference".into(),
        interval: "Monte-Carlo interval, for all claims together".into(),
        range: "over the numbers that the data leave open (90 %)".into(),
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
        let Some(split) = self.numbers else { return Ok(()) };
        let (low, high) = split.range();
        let (low, high, above) = (signed(low, d), signed(high, d), split.above_zero());
        write!(
            f,
            "\n    over the numbers that the data leave open (90 %): {low} to {high}; above zero with probability {above:.2}"
        )
    }
}

/// What an essay claims about one mean difference.
#[derive(Clone, Debug)]
pub struct Claimed {
    /// What it is about: rows with the same words stand together. Differences of one unit.
    pub about: &'static str,
    /// Which worlds differ, in words.
    pub what: String,
    /// The unit, and how many decimals to print.
    pub unit: (&'static str, usize),
    /// The mean difference, with its Monte-Carlo standard error.
    pub estimate: Estimated,
    /// What is expected of it; none: reported, not judged.
    pub expected: Option<Expected>,
}

/// No difference at all: what a control must show in which nothing can have an effect.
pub const NONE: Option<Expected> = Some(Expected::Within(-1e-9, 1e-9));

/// The claims of an essay, those that expect something judged together.
#[derive(Clone, Debug)]
pub struct Judged(Vec<(Claimed, Answer)>);

impl Judged {
    /// Judges them; their order stays.
    pub fn of(claims: impl IntoIterator<Item = Claimed>) -> Judged {
        let claims: Vec<Claimed> = claims.into_iter().collect();
        let alone = |claim: &Claimed, expected| {
            Finding::of(claim.estimate, expected, smallest_that_counts(claim.unit.0))
        };
        let mut findings: Vec<Finding> =
            claims.iter().filter_map(|claim| Some(alone(claim, claim.expected?))).collect();
        together(&mut findings);
        let mut findings = findings.into_iter();
        let answered = claims.into_iter().map(|claim| {
            let judged = claim.expected.and_then(|_| findings.next());
            let finding = judged.unwrap_or_else(|| alone(&claim, Expected::More));
            (claim, Answer { finding, single: f64::NAN, numbers: None })
        });
        Judged(answered.collect())
    }

    /// The claims, controls apart.
    fn claimed(&self) -> Vec<&(Claimed, Answer)> {
        let expects = |claim: &Claimed| claim.expected.is_some() && claim.expected != NONE;
        self.0.iter().filter(|(claim, _)| expects(claim)).collect()
    }

    /// How many of the claims hold, find nothing, fail or stay undecided, controls apart.
    pub fn counts(&self) -> String {
        let claimed = self.claimed();
        let count = |verdict| claimed.iter().filter(|(_, a)| a.finding.verdict == verdict).count();
        let said = |count, one, many| format!("{count} {}", if count == 1 { one } else { many });
        format!(
            "of {}, {}, {}, {} and {}",
            said(claimed.len(), "claim", "claims"),
            said(count(Verdict::Holds), "holds", "hold"),
            said(count(Verdict::Nothing), "finds nothing that counts", "find nothing that counts"),
            said(count(Verdict::Fails), "fails", "fail"),
            said(count(Verdict::Undecided), "is undecided", "are undecided")
        )
    }

    /// These counts, and the first of the claims with its figure: a [result](Essay::result) in one
    /// line.
    pub fn result(&self) -> String {
        let first = self.claimed().first().map_or(String::new(), |(claim, answer)| {
            let d = claim.unit.1;
            format!("; {}, {}: {:.d$}", claim.about, claim.what, answer.finding)
        });
        format!("{}{first}.", self.counts())
    }

    /// Rows that stand together, in the order of their first.
    fn groups(&self) -> Vec<Vec<&(Claimed, Answer)>> {
        let mut groups: Vec<Vec<&(Claimed, Answer)>> = Vec::new();
        for row in &self.0 {
            match groups.iter_mut().find(|group| group[0].0.about == row.0.about) {
                Some(group) => group.push(row),
                None => groups.push(vec![row]),
            }
        }
        groups
    }

    /// A picture of all of them but the controls that expect no difference at all.
    #[cfg(feature = "plots")]
    pub fn picture(&self, title: &str, subtitle: &str, footnote: &str) -> Result<Image, PlotError> {
        let groups = self.groups().into_iter().map(|rows| {
            let Claimed { about, unit: (unit, decimals), .. } = rows[0].0;
            let quantity = rppsim::report::pictures::quantity(unit).difference();
            let decimals =
                if quantity == Quantity::Points { decimals.saturating_sub(2) } else { decimals };
            let drawn = rows.into_iter().filter(|(claim, _)| claim.expected != NONE);
            ForestGroup {
                heading: about.into(),
                unit: quantity.unit(unit).into(),
                quantity,
                rows: drawn
                    .map(|(claim, answer)| answer.row(&claim.what, decimals, quantity))
                    .collect(),
            }
        });
        ForestPicture {
            title: title.into(),
            subtitle: subtitle.into(),
            legend: ForestLegend {
                interval: "Monte-Carlo interval: 95 %, wider where claims are judged together"
                    .into(),
                range: String::new(),
                ..legend()
            },
            text_label: "mean ± half".into(),
            groups: groups.collect(),
            footnote: footnote.into(),
        }
        .draw()
    }
}

impl fmt::Display for Judged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let judged = self.0.iter().filter(|(claim, _)| claim.expected.is_some()).count();
        writeln!(f, "\nMean differences within runs; {judged} claims judged together")?;
        for group in self.groups() {
            let (about, unit) = (group[0].0.about, group[0].0.unit.0);
            let judged = group.iter().any(|(claim, _)| claim.expected.is_some());
            match smallest_that_counts(unit) {
                smallest if judged && smallest > 0.0 => {
                    writeln!(f, "{about}, {unit} (from {smallest} on it counts)")?;
                }
                _ => writeln!(f, "{about}, {unit}")?,
            }
            for (claim, answer) in group {
                let (d, finding) = (claim.unit.1, answer.finding);
                write!(f, "  {}\n    ", claim.what)?;
                match claim.expected {
                    Some(_) => writeln!(f, "{finding:.d$}")?,
                    None => {
                        write!(f, "{}", signed(finding.estimate.value, d))?;
                        if let Some((low, high)) = finding.interval() {
                            let (low, high) = (signed(low, d), signed(high, d));
                            write!(f, " (95 % interval {low} to {high})")?;
                        }
                        writeln!(f, ": not judged")?;
                    }
                }
            }
        }
        Ok(())
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

    #[test]
    fn only_what_is_expected_is_judged_and_rows_stand_together() {
        let claim = |about, expected| Claimed {
            about,
            what: "this against that".into(),
            unit: ("work", 1),
            estimate: Estimated { value: 3.0, error: 0.1, degrees: 99.0 },
            expected,
        };
        let judged = Judged::of([
            claim("work", Some(Expected::More)),
            claim("trust", NONE),
            claim("work", None),
        ]);
        let text = judged.to_string();
        assert!(text.contains("2 claims judged together"), "{text}");
        let at = |part: &str| text.find(part).expect("said");
        assert!(at("holds in this model") < at("not judged") && at("not judged") < at("fails"));
    }
}
