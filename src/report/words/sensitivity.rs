//! Sentences that say what the sensitivity of an outcome means, and what it does not mean.

mod changes;
mod designs;

pub(crate) use changes::{
    basis, change, coefficient, interaction, not_varied, nothing_together, straightness, turn,
};
pub use designs::method;
pub(crate) use designs::{left_out, missing, noise_untold, of_two_levels, reading};

use super::numbers::{short, two, whole_percent};
use crate::sweep::sensitivity::Estimate;
use crate::sweep::sensitivity::screening::Screened;
use crate::sweep::sensitivity::variance::Index;

/// An interval of an index wider than this does not settle how large the index is.
const UNSTABLE: f64 = 0.2;
/// A total index above its first-order index by more than this is worth a sentence.
const WORTH_SAYING: f64 = 0.05;
/// Base rows from which a total index may say that a factor can be fixed: what it does at fewer
/// than one place in twenty may have been missed by fewer (0.95^64 is 4 %).
const FEWEST_BASE_ROWS: usize = 64;
/// True total indices sum to one or more, first-order ones to one or less; estimates that are
/// further off than this are not near their truth.
const SUM_OFF: f64 = 0.1;
/// Shares of noise from which it has to be kept in mind, and from which it dominates.
const NOISY: f64 = 0.05;
const DOMINATED: f64 = 0.5;

/// What a first-order index says of a factor.
pub(crate) fn first_order(factor: &str, first: &Estimate) -> String {
    let interval = interval(first);
    if first.high < 0.0 {
        return format!(
            "The first-order index of {factor} lies below zero ({interval}), which no true index \
             does: sampling error. More base points are needed."
        );
    }
    if first.low <= 0.0 || first.value <= 0.0 {
        let negative = if first.value < 0.0 { "; a negative value is sampling error" } else { "" };
        let wide = if first.width() > UNSTABLE {
            " The interval is too wide to rule out an influence: more base points are needed."
        } else {
            ""
        };
        return format!(
            "The first-order index of {factor} is indistinguishable from zero \
             ({interval}){negative}.{wide}"
        );
    }
    if !is_settled(first) {
        return format!(
            "The first-order index of {factor} is unstable ({interval}): {factor} has an \
             influence of its own, but more base points are needed to say how large."
        );
    }
    format!(
        "Alone, {factor} accounts for {} of the variance ({interval}).",
        whole_percent(first.value)
    )
}

/// Whether indices are evidence enough to fix a factor that has next to none: from 64 base rows or
/// more, total ones that sum to at least 0.9, and first-order ones that sum to at most 1.1.
pub(crate) fn may_be_fixed(indices: &[Index], base_rows: usize) -> bool {
    let first: f64 = indices.iter().map(|index| index.first.value).sum();
    let total: f64 = indices.iter().map(|index| index.total.value).sum();
    base_rows >= FEWEST_BASE_ROWS && total >= 1.0 - SUM_OFF && first <= 1.0 + SUM_OFF
}

/// What a total index says of a factor; `may_be_fixed` as [`may_be_fixed`] says.
pub(crate) fn total_order(factor: &str, total: &Estimate, may_be_fixed: bool) -> String {
    let interval = interval(total);
    if total.high < 0.01 && total.low > -0.01 {
        let so = match may_be_fixed {
            true => "it can be fixed",
            false => "more base points are needed before it may be fixed",
        };
        return format!(
            "Alone and together with others, {factor} accounts for less than 1 % of the variance \
             ({interval}): {so}."
        );
    }
    if !is_settled(total) {
        return format!(
            "The total index of {factor} is unstable ({interval}): more base points are needed."
        );
    }
    if total.low <= 0.0 {
        return format!("The total index of {factor} is indistinguishable from zero ({interval}).");
    }
    format!(
        "Alone and together with others, {factor} accounts for {} of the variance ({interval}).",
        whole_percent(total.value)
    )
}

/// What the two indices of a factor say about acting together with others, or `None` if the
/// intervals bear out nothing.
pub(crate) fn together(factor: &str, index: &Index) -> Option<String> {
    let (first, total) = (index.first, index.total);
    if !is_settled(&first) || !is_settled(&total) {
        return None;
    }
    if total.low <= first.high || total.value - first.value < WORTH_SAYING {
        return None;
    }
    let alone = first.value.max(0.0);
    let how = if total.value > 2.0 * alone { "acts mainly" } else { "acts also" };
    Some(format!(
        "{factor} {how} together with others: {} of the variance alone, {} with them.",
        whole_percent(alone),
        whole_percent(total.value)
    ))
}

/// What two indices come to without replicate noise.
pub(crate) fn without_noise(corrected: &Index) -> String {
    // More noise can be taken off than there is to take it from.
    if corrected.total.value < 0.0 {
        return "Without replicate noise the total index would lie below zero: more replicates or \
                a larger base are needed."
            .to_owned();
    }
    let (first, total) = (corrected.first.value + 0.0, corrected.total.value + 0.0);
    format!("Without replicate noise: {first:.2} alone, {total:.2} with others.")
}

/// Whether an index lies within an interval that says how large it is.
fn is_settled(of: &Estimate) -> bool {
    of.width() <= UNSTABLE && (of.low..=of.high).contains(&of.value)
}

/// Whether so much of the variance is replicate noise that no index can be read.
pub(crate) fn dominates(noise: f64) -> bool {
    noise >= DOMINATED
}

/// What is said of a factor where noise dominates.
pub(crate) fn unread(factor: &str) -> String {
    format!(
        "Noise dominates, so nothing is read of {factor}: more replicates or a larger base are \
         needed."
    )
}

/// What replicate noise alone does to elementary effects, if it may account for a factor's.
pub(crate) fn by_luck(effects: &Screened, luck: f64) -> Option<String> {
    let unsure = effects.mu_star.value > 0.0 && effects.mu_star.low <= luck;
    unsure.then(|| {
        format!(
            "Replicate noise alone can give a mu* of up to about {}, so this may be luck.",
            short(luck)
        )
    })
}

/// What the elementary effects of a factor say. The bounds on σ/μ* are those of Garcia Sanchez,
/// Lacarrière, Musy and Bourges 2014, Energy and Buildings 68, 741–750.
pub(crate) fn screened(factor: &str, effects: &Screened) -> String {
    let Screened { mu, mu_star, sigma, moved, values, .. } = *effects;
    if moved < 2 {
        let on = if moved == 0 { "no trajectory" } else { "one trajectory only" };
        return format!("{factor} changed its value on {on}: nothing can be said of it.");
    }
    if mu_star.value == 0.0 {
        return format!("{factor} moved nothing on any trajectory.");
    }
    let direction = match mu / mu_star.value {
        sign if sign > 0.9 => "raises the output",
        sign if sign < -0.9 => "lowers the output",
        _ => "raises the output at some points and lowers it at others",
    };
    // What differs between places where only two values are compared is not a bend.
    let two = values == 2;
    let either = |bend: &'static str, together: &'static str| if two { together } else { bend };
    let shape = match sigma / mu_star.value {
        ratio if ratio < 0.1 => format!(
            "by nearly the same everywhere: {}",
            either("linearly, and on its own", "on its own")
        ),
        ratio if ratio < 0.5 => format!(
            "by somewhat more here than there: {}",
            either("not quite linear, or interacting", "interacting")
        ),
        ratio if ratio < 1.0 => format!(
            "by much more here than there: {}",
            either("non-linear or interacting", "interacting")
        ),
        _ => format!(
            "by amounts that vary more than they measure: {}",
            either("strongly non-linear or interacting", "strongly interacting")
        ),
    };
    let bend = if two { " Two levels cannot show a bend." } else { "" };
    let unsure = if mu_star.width() > mu_star.value {
        " The interval is wider than the effect: more trajectories are needed."
    } else {
        ""
    };
    format!(
        "{factor} {direction}, {shape} (mu* {}, 95 % interval {} to {}; sigma {}).{bend}{unsure}",
        short(mu_star.value),
        short(mu_star.low),
        short(mu_star.high),
        short(sigma)
    )
}

/// What a share of noise says of all indices from the same outputs. With rows that share their run
/// numbers it is the noise that tells rows apart.
pub(crate) fn noise(share: f64, common: bool) -> String {
    if dominates(share) {
        return format!(
            "Dominated by noise: {} of the variance between rows is luck that no factor explains{}. \
             More replicates are needed before any index is read.",
            whole_percent(share),
            beyond(share)
        );
    }
    let said = noise_between_rows(share, common);
    if share < NOISY {
        return format!("{said} That is little.");
    }
    format!(
        "{said} It lowers first-order indices, raises total ones by about as much, and counts as \
         interaction. More replicates reduce it."
    )
}

/// What a share of noise is.
pub(crate) fn noise_between_rows(share: f64, common: bool) -> String {
    let which = if common { " that tells rows apart" } else { "" };
    let (percent, beyond) = (whole_percent(share), beyond(share));
    format!("Replicate noise{which} is {percent} of the variance between rows{beyond}.")
}

fn beyond(share: f64) -> &'static str {
    match share > 1.0 {
        true => " (errors that are themselves estimated can carry it beyond 100 %)",
        false => "",
    }
}

/// What is said, beside what tells rows apart, of the noise that rows have as if they were
/// independent.
pub(crate) fn noise_in_common(alone: f64) -> String {
    format!(
        "As if rows had runs of their own it would be {}; but they share their run numbers, and \
         what a replicate does to all rows alike tells no row from another.",
        whole_percent(alone)
    )
}

/// Why noise is not taken off indices of rows that share their run numbers.
pub(crate) fn nothing_taken_off() -> &'static str {
    "Rows that differ in one factor alone share still more, so that taking the whole of what is \
     left off the indices would correct too much: nothing is taken off."
}

/// What is said where the noise that tells rows apart cannot be estimated.
pub(crate) fn noise_not_told_apart() -> &'static str {
    "Rows share their run numbers; how much of this noise is common to all of them cannot be said, \
     since values are missing."
}

/// An index with its interval, to two digits.
fn interval(estimate: &Estimate) -> String {
    if !estimate.width().is_finite() {
        return format!("{}, no interval", two(estimate.value));
    }
    format!(
        "{}, 95 % interval {} to {}",
        two(estimate.value),
        two(estimate.low),
        two(estimate.high)
    )
}

#[cfg(test)]
mod tests;
