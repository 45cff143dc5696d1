//! Sentences about a design: what was done, how to read it, and what it cannot say.

use crate::sweep::Plan;
use crate::sweep::design::Kind;
use crate::sweep::sensitivity::gathered::{Gathered, Point};

/// The sentence that says what was done.
pub fn method(design: Option<&Kind>) -> String {
    match design {
        Some(Kind::Morris { trajectories, levels }) => format!(
            "Screening by elementary effects (Morris): {trajectories} trajectories on {levels} \
             levels."
        ),
        Some(Kind::Saltelli { base }) => {
            format!("Shares of variance (Sobol' indices after Saltelli): {base} base points.")
        }
        Some(Kind::OneAtATime { levels, .. }) => {
            format!("One factor at a time from a baseline, at {levels} levels each.")
        }
        Some(Kind::Factorial { .. }) => "Every combination of levels (factorial).".into(),
        Some(Kind::Latin { points, .. }) => format!(
            "Standardised regression on the values of a Latin hypercube of {points} points, and \
             on their ranks."
        ),
        Some(Kind::Sobol { points }) => format!(
            "Standardised regression on the values of {points} points of a Sobol' sequence, and \
             on their ranks."
        ),
        None => {
            "Standardised regression on the values of the given rows, and on their ranks.".into()
        }
    }
}

/// How to read the figures of a design, and what they do not say.
pub(crate) fn reading(design: Option<&Kind>) -> &'static str {
    match design {
        Some(Kind::Morris { .. }) => {
            "**mu\\*** is the mean size of the change when a factor alone goes through its whole \
             range, measured on steps from many places; **mu** keeps the sign, so that rises and \
             falls cancel in it; the **spread** (sigma) is how much the change differs from place \
             to place: large where a factor bends or acts together with others. Neighbours whose \
             intervals overlap may change places. Screening ranks; it gives no shares."
        }
        Some(Kind::Saltelli { .. }) => {
            "The **first-order** index is the share of the variance between rows that a factor \
             accounts for alone; the **total** index adds what it does together with others. A \
             true index is never negative: a negative estimate is sampling error around a small \
             one. An index whose interval is wider than 0.2 is not settled. First-order indices \
             sum to less than 1 where factors act together; total ones then sum to more."
        }
        Some(Kind::OneAtATime { .. }) => {
            "Each factor moved alone, with all others at the baseline. **change** is from its \
             lowest to its highest value; **span** is the highest less the lowest mean along the \
             curve, which chance alone makes more than nothing. What factors do together does not \
             show."
        }
        Some(Kind::Factorial { .. }) => {
            "**change** is the mean at the highest level of a factor less that at its lowest, \
             over all levels of the others; an **interaction** is how much more the first factor \
             changes the outcome at the highest level of the second than at its lowest."
        }
        _ => {
            "A coefficient is the number of standard deviations by which the outcome rises with \
             one of the factor, the others held. Where R² is low straight lines say little; on \
             ranks, curves that always rise or always fall count as straight."
        }
    }
}

/// What does not show where a design has two levels only.
pub(crate) fn of_two_levels(design: Option<&Kind>) -> &'static str {
    match design {
        Some(Kind::Morris { levels: 2, .. }) => {
            " On two levels only the ends are compared: the spread then shows acting together, and \
             no bend."
        }
        Some(Kind::OneAtATime { levels: 2, .. }) => {
            " With two levels, what lies between the ends is not seen."
        }
        _ => "",
    }
}

/// Why there is no share of noise in an outcome.
pub(crate) fn noise_untold(plan: &Plan, gathered: &Gathered, outcome: usize) -> &'static str {
    let points = &gathered.points[outcome];
    let valued: Vec<&Point> = points.iter().filter(|point| point.count > 0).collect();
    let same = gathered.is_same(outcome);
    match valued[..] {
        [] => "No run has a value.",
        [_] if points.len() == 1 => "There is one row only: nothing is varied.",
        [_] => "One row only has a value: nothing can be compared.",
        // Below two values there is no error, and the value is the mean.
        _ if same && valued.iter().all(|point| point.count < 2 || point.error == 0.0) => {
            "The outcome is the same in all runs: it depends on none of these factors here."
        }
        _ if same => {
            "The mean is the same in all rows: that the outcome depends on these factors does \
             not show."
        }
        _ if plan.replicates == 1 => {
            "Each row has a single run: noise cannot be told from effects."
        }
        _ => "Rows have fewer than two runs with a value: noise cannot be told from effects.",
    }
}

/// How many runs have no value.
pub(crate) fn missing(missing: u64, runs: u64, failed: u64) -> String {
    format!("{missing} of {runs} runs have no value ({failed} failed runs in all).")
}

/// How many rows are not read.
pub(crate) fn left_out(left_out: usize, rows: usize) -> String {
    format!(
        "{left_out} of {rows} rows are left out: in them, or in rows they are read with, no run has a \
         value."
    )
}
