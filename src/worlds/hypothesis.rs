//! Hypotheses as code: a claim about a difference, and whether it holds in this model.
//!
//! A hypothesis names an outcome, a treatment and a control, and what the claim expects of the
//! mean difference: a direction, or that it is too small to matter. A direction comes with the
//! smallest difference that counts. The verdict is about this model: *holds* if the 95 % interval
//! lies where the claim says, beyond that smallest difference; *nothing there* if it lies wholly
//! within it on both sides of zero (two one-sided tests, Schuirmann 1987); *fails* if it lies where
//! the claim cannot be true; *undecided* otherwise. So more runs alone do not make a trifle hold.
//! Several at once are corrected for their number (Holm 1979). That two conditions compound is a claim about four worlds: an
//! [`Interaction`](super::conditions::Interaction).

use super::compare::{Comparison, Estimate, Incomparable, Pairs, Variant};
use super::runs::{Stop, Stopped};
use super::statistics::{Estimated, LEVEL, Mean, Split};
use crate::measure::Wanted;
use crate::scenario::{Numbers, World};
use serde::Serialize;
use std::fmt;

/// What a claim expects of the mean difference, treatment less control.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Expected {
    /// More, by the smallest difference that counts at least.
    More,
    /// Less, by as much.
    Less,
    /// Between these bounds: no difference that matters.
    Within(f64, f64),
}

/// Whether a claim holds in this model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// The interval lies where the claim says.
    Holds,
    /// The interval holds no difference that counts.
    #[serde(rename = "nothing there")]
    Nothing,
    /// The interval lies where the claim cannot be true.
    Fails,
    /// The interval reaches into both; more runs may decide, or the difference is close to none.
    Undecided,
}

impl Verdict {
    /// The word used in tables.
    pub fn word(self) -> &'static str {
        ["holds", "nothing there", "fails", "undecided"][self as usize]
    }
}

/// A mean difference with its error, and what a claim expects of it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Finding {
    /// The mean difference, with its Monte-Carlo standard error.
    pub estimate: Estimated,
    /// What the claim expects.
    pub expected: Expected,
    /// The smallest difference that counts, 0 or more; 0: every one does. Not read for
    /// [`Expected::Within`], which has bounds of its own.
    pub smallest: f64,
    /// How probable it is that the difference is above zero, whatever the numbers of the model are
    /// that the data leave open; none where numbers are fixed.
    pub above_zero: Option<f64>,
    /// The level at which it was tested, two-sided: 0.05, or less where several were.
    pub level: f64,
    /// The verdict.
    pub verdict: Verdict,
}

impl Finding {
    /// Judges a mean difference alone, by the smallest difference that counts.
    pub fn of(estimate: Estimated, expected: Expected, smallest: f64) -> Finding {
        let verdict = Verdict::Undecided;
        let (smallest, above_zero, level) = (smallest.abs(), None, LEVEL);
        Finding { estimate, expected, smallest, above_zero, level, verdict }.at(LEVEL)
    }

    /// Judges a mean difference over runs at numbers drawn from a posterior: what is not known of the
    /// numbers widens the interval as what more runs could still tell does.
    pub fn of_split(split: &Split, expected: Expected, smallest: f64) -> Finding {
        let estimate = Estimated { error: split.sd(), ..split.mean };
        let above_zero = Some(split.above_zero());
        Finding { above_zero, ..Finding::of(estimate, expected, smallest) }
    }

    /// Judges the mean of paired differences alone.
    pub fn of_mean(mean: &Mean, expected: Expected, smallest: f64) -> Finding {
        Finding::of(mean.estimate(), expected, smallest)
    }

    /// The interval at its level; none if its error is not known.
    pub fn interval(&self) -> Option<(f64, f64)> {
        self.estimate.interval_at(self.level)
    }

    fn at(self, level: f64) -> Finding {
        let judged = Finding { level, ..self };
        let Some((low, high)) = judged.interval() else { return judged };
        let (more, less) = (low > self.smallest, high < -self.smallest);
        let (holds, fails) = match self.expected {
            Expected::More => (more, less),
            Expected::Less => (less, more),
            Expected::Within(least, most) => {
                (least < low && high < most, high < least || most < low)
            }
        };
        let directed = !matches!(self.expected, Expected::Within(..));
        let nothing = directed && -self.smallest < low && high < self.smallest;
        let verdict = match (holds, fails, nothing) {
            (true, ..) => Verdict::Holds,
            (_, true, _) => Verdict::Fails,
            (.., true) => Verdict::Nothing,
            _ => Verdict::Undecided,
        };
        Finding { verdict, ..judged }
    }

    /// How surely the mean is not on an edge between verdicts: a two-sided p-value.
    fn p(&self) -> f64 {
        let from = |edge: f64| self.estimate.p(edge).unwrap_or(1.0);
        let (least, most) = match self.expected {
            Expected::More | Expected::Less => (-self.smallest, self.smallest),
            Expected::Within(least, most) => (least, most),
        };
        from(least).max(from(most))
    }
}

/// Judges several findings together, so that all of them are right with 95 % confidence: the
/// surest at 0.05 divided by their number, the next by one less, and so on; after the first that
/// is undecided, all are (Holm 1979).
pub fn together(findings: &mut [Finding]) {
    let mut order: Vec<usize> = (0..findings.len()).collect();
    order.sort_by(|a, b| findings[*a].p().total_cmp(&findings[*b].p()));
    let mut open = false;
    for (rank, i) in order.into_iter().enumerate() {
        let left = findings.len() - rank;
        findings[i] = findings[i].at(LEVEL / left as f64);
        open |= findings[i].verdict == Verdict::Undecided;
        if open {
            findings[i].verdict = Verdict::Undecided;
        }
    }
}

/// A claim about a treatment and a control.
#[derive(Clone)]
pub struct Hypothesis {
    /// The claim, in words.
    pub claim: String,
    /// What is measured: a measure by its name, or one of your own.
    pub measure: Wanted,
    /// The world in which what the claim is about is the case.
    pub treatment: World,
    /// The world in which it is not.
    pub control: World,
    /// What the claim expects of treatment less control.
    pub expected: Expected,
}

/// A tested claim.
#[derive(Clone, Debug)]
pub struct Tested {
    /// The verdict, with the estimate it rests on.
    pub finding: Finding,
    /// The estimate with the spread of single pairs.
    pub estimate: Estimate,
    /// Pairs of runs.
    pub pairs: u64,
}

/// Why a claim was not tested.
#[derive(Clone, Debug, PartialEq)]
pub enum Untested {
    /// Treatment and control cannot be compared.
    Incomparable(Incomparable),
    /// It was stopped.
    Stopped(Stopped),
}

impl fmt::Display for Untested {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Untested::Incomparable(why) => why.fmt(f),
            Untested::Stopped(why) => why.fmt(f),
        }
    }
}

impl std::error::Error for Untested {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Untested::Incomparable(why) => Some(why),
            Untested::Stopped(why) => Some(why),
        }
    }
}

impl From<Incomparable> for Untested {
    fn from(why: Incomparable) -> Self {
        Untested::Incomparable(why)
    }
}

impl From<Stopped> for Untested {
    fn from(why: Stopped) -> Self {
        Untested::Stopped(why)
    }
}

impl Hypothesis {
    /// Tests it with so many pairs of runs, at numbers drawn from the posterior that the control
    /// carries, if it carries one: the same in both worlds of a pair.
    ///
    /// # Errors
    /// If the worlds cannot be compared or a run cannot be founded.
    pub fn test(&self, pairs: Pairs, seed: u64) -> Result<Tested, Untested> {
        let treatment = Variant { name: "treatment".into(), world: self.treatment.clone() };
        let control = self.control.drawing(Numbers::Posterior);
        let comparison = Comparison::on([&self.measure], control, [treatment], seed)?;
        let answer = comparison.answer(pairs, Stop::NEVER, |_| {})?;
        let estimate = answer.estimates[0][0].clone();
        let smallest = comparison.measures()[0].smallest;
        let finding = match estimate.split() {
            Some(split) => Finding::of_split(&split, self.expected, smallest),
            None => Finding::of_mean(&estimate.differences.mean, self.expected, smallest),
        };
        Ok(Tested { finding, estimate, pairs: answer.pairs })
    }
}

/// A number with its sign and so many decimals; what rounds to zero has no sign.
pub fn signed(value: f64, decimals: usize) -> String {
    let text = format!("{value:+.decimals$}");
    match text.bytes().any(|digit| (b'1'..=b'9').contains(&digit)) {
        true => text,
        false => text[1..].to_owned(),
    }
}

impl fmt::Display for Finding {
    /// With as many decimals as asked for: `{:.4}`; three if none are.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let told = |value| signed(value, f.precision().unwrap_or(3));
        let (mean, verdict) = (told(self.estimate.value), self.verdict.word());
        let Some((low, high)) = self.interval() else {
            return write!(f, "{mean} (too few runs for an interval): {verdict} in this model");
        };
        let (low, high) = (told(low), told(high));
        // Tested with others, a claim needs a wider interval; its level says which.
        let percent = (1e4 * (1.0 - self.level)).round() / 100.0;
        write!(f, "{mean} ({percent} % interval {low} to {high}): {verdict} in this model")?;
        match self.above_zero {
            Some(above) => write!(f, " (above zero with probability {above:.2})"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// From very many runs.
    fn known(value: f64, error: f64) -> Estimated {
        Estimated { value, error, degrees: 1e6 }
    }

    #[test]
    fn a_claim_holds_fails_or_stays_open_by_its_interval() {
        let verdict =
            |mean, error, expected| Finding::of(known(mean, error), expected, 0.0).verdict;
        assert_eq!(verdict(1.0, 0.1, Expected::More), Verdict::Holds);
        assert_eq!(verdict(1.0, 0.1, Expected::Less), Verdict::Fails);
        assert_eq!(verdict(0.1, 0.1, Expected::More), Verdict::Undecided);
        let small = Expected::Within(-0.5, 0.5);
        assert_eq!(verdict(0.1, 0.1, small), Verdict::Holds);
        assert_eq!(verdict(0.45, 0.1, small), Verdict::Undecided);
        assert_eq!(verdict(1.0, 0.1, small), Verdict::Fails);
        // Worlds that never differ differ by nothing, with certainty.
        assert_eq!(verdict(0.0, 0.0, small), Verdict::Holds);
        assert_eq!(verdict(0.0, 0.0, Expected::More), Verdict::Undecided);
    }

    /// Were every difference to count, enough runs would make any claim hold or fail.
    #[test]
    fn a_trifle_is_nothing_however_sure_it_is() {
        let verdict = |mean, error| Finding::of(known(mean, error), Expected::More, 0.5).verdict;
        assert_eq!(verdict(0.1, 0.01), Verdict::Nothing);
        assert_eq!(verdict(-0.1, 0.01), Verdict::Nothing);
        assert_eq!(verdict(0.1, 0.5), Verdict::Undecided);
        assert_eq!(verdict(0.5, 0.01), Verdict::Undecided);
        assert_eq!(verdict(0.6, 0.01), Verdict::Holds);
        assert_eq!(verdict(-0.6, 0.01), Verdict::Fails);
        // Worlds that never differ.
        assert_eq!(verdict(0.0, 0.0), Verdict::Nothing);
        let less = Finding::of(known(-0.6, 0.01), Expected::Less, 0.5);
        assert_eq!(less.verdict, Verdict::Holds);
        // Together with others that are sure, it stays what it is.
        let mut three = [less; 3];
        three[1] = Finding::of(known(0.1, 0.01), Expected::More, 0.5);
        together(&mut three);
        assert_eq!(three.map(|found| found.verdict)[1], Verdict::Nothing);
    }

    #[test]
    fn many_claims_need_more_than_one() {
        let near = Finding::of(known(2.2, 1.0), Expected::More, 0.0);
        assert_eq!(near.verdict, Verdict::Holds);
        let mut five = [near; 5];
        together(&mut five);
        assert!(five.iter().all(|finding| finding.verdict == Verdict::Undecided));
        let mut two = [Finding::of(known(9.0, 1.0), Expected::More, 0.0), near];
        together(&mut two);
        assert!(two.iter().all(|finding| finding.verdict == Verdict::Holds));
    }

    #[test]
    fn a_finding_says_at_which_level_it_was_judged() {
        let of = |mean, expected| Finding::of(known(mean, 1.0), expected, 0.0);
        let mut two = [of(9.0, Expected::Less), of(0.0, Expected::More)];
        assert_eq!(
            format!("{:.1}", two[0]),
            "+9.0 (95 % interval +7.0 to +11.0): fails in this model"
        );
        together(&mut two);
        assert!(two[0].to_string().contains("(97.5 % interval"));
    }

    /// A mean that is two and a half errors from nothing: enough from many runs, at Holm's level of
    /// two claims just so, and never from five (Student's points are 2.776 and 3.495 there).
    #[test]
    fn what_is_sure_from_many_runs_is_open_from_few() {
        let of = |degrees| {
            let estimate = Estimated { value: 2.5, error: 1.0, degrees };
            Finding::of(estimate, Expected::More, 0.0)
        };
        let verdicts = |degrees| {
            let mut two = [of(degrees); 2];
            together(&mut two);
            [of(degrees).verdict, two[0].verdict]
        };
        assert_eq!(verdicts(1e3), [Verdict::Holds; 2]);
        assert_eq!(verdicts(10.0), [Verdict::Holds, Verdict::Undecided]);
        assert_eq!(verdicts(4.0), [Verdict::Undecided; 2]);
        let mut alone = of(4.0);
        alone = alone.at(LEVEL / 2.0);
        let (low, high) = alone.interval().expect("five runs");
        assert!((low - (2.5 - 3.495_406)).abs() < 1e-5 && (high - (2.5 + 3.495_406)).abs() < 1e-5);
        let none = Finding::of_mean(&Mean::default(), Expected::More, 0.0);
        assert_eq!((none.verdict, none.interval()), (Verdict::Undecided, None));
        assert!(of(0.0).to_string().contains("too few runs for an interval"));
    }
}
