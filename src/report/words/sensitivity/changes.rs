//! Sentences about changes: from end to end, of curves, of two factors together, per standard
//! deviation.

use super::super::numbers::{short, told_apart, two, whole_percent};
use crate::sweep::sensitivity::Estimate;
use crate::sweep::sensitivity::gathered::{Basis, Effect, Side};

/// An R² below this leaves most of the variance to curves and interactions.
const STRAIGHT: f64 = 0.7;

/// What the change of an outcome between two values of a factor says.
pub(crate) fn change(factor: &str, outcome: &str, from: f64, to: f64, effect: &Effect) -> String {
    let ends = told_apart(&[from, to]);
    let (from, to) = (&ends[0], &ends[1]);
    if let Some(why) = unsaid(effect) {
        return format!("{factor}, from {from} to {to}: the change of {outcome} {why}.");
    }
    if effect.is_nothing() {
        return format!("{factor}, from {from} to {to}, changes nothing in any run.");
    }
    let by = short(effect.value.abs());
    let verb = if effect.value > 0.0 { "raises" } else { "lowers" };
    match interval(effect) {
        None => format!(
            "{factor}, from {from} to {to}, {verb} {outcome} by {by}; from single runs there is \
             no interval."
        ),
        Some(_) if effect.is_settled() => {
            let interval = size(effect);
            format!("{factor}, from {from} to {to}, {verb} {outcome} by {by} ({interval}).")
        }
        Some(interval) => format!(
            "{factor}, from {from} to {to}: the change of {outcome}, {}, cannot be told from \
             nothing ({interval}).",
            short(effect.value)
        ),
    }
}

/// Why a change cannot be said, if a side of it has rows without a value.
fn unsaid(effect: &Effect) -> Option<String> {
    let side = |side: Side| {
        let ends = effect.sides.iter().zip(["the lowest level", "the highest level"]);
        ends.filter(|(of, _)| **of == side).map(|(_, end)| end).collect::<Vec<_>>().join(" or ")
    };
    let (empty, part) = (side(Side::Empty), side(Side::Part));
    let why = match (empty.is_empty(), part.is_empty()) {
        _ if effect.value.is_finite() => return None,
        (true, true) => "there is too little to compare".to_owned(),
        (false, _) => format!("no run has a value at {empty}"),
        _ => format!("no run has a value in some combinations at {part}"),
    };
    Some(format!("cannot be said: {why}"))
}

/// What is to be said of a curve that turns: at an inner value it is beyond both ends.
pub(crate) fn turn(at: &str, by: &Effect) -> String {
    let (way, by) = (if by.value > 0.0 { "above" } else { "below" }, short(by.value.abs()));
    format!(
        "Its curve turns: at {at} the mean lies {by} {way} the nearer end, so that the ends do \
         not tell its size."
    )
}

/// What the double difference of two factors says.
pub(crate) fn interaction(first: &str, second: &str, outcome: &str, effect: &Effect) -> String {
    if !effect.value.is_finite() {
        return format!(
            "Whether {first} and {second} do more than add up in {outcome} cannot be said: no run \
             has a value in some combinations of their ends."
        );
    }
    if effect.is_nothing() {
        return format!("{first} and {second} simply add up.");
    }
    let way = if effect.value > 0.0 { "higher" } else { "lower" };
    let said = format!(
        "The change that {first} makes in {outcome} is {} {way} at the highest level of {second} \
         than at its lowest",
        short(effect.value.abs())
    );
    match interval(effect) {
        None => format!("{said}; from so few runs there is no interval."),
        Some(_) if effect.is_settled() => {
            format!("{said} ({}): what one does hangs on the other.", size(effect))
        }
        Some(interval) => {
            format!("That {first} and {second} do more than add up cannot be shown ({interval}).")
        }
    }
}

/// What is to be said of two factors that do nothing, neither alone nor together.
pub(crate) fn nothing_together(first: &str, second: &str) -> String {
    format!("{first} and {second} change nothing in any run, neither alone nor together.")
}

/// What a standardised regression coefficient says of a factor that has `values` different values.
pub(crate) fn coefficient(
    factor: &str,
    outcome: &str,
    on_ranks: bool,
    of: &Estimate,
    values: usize,
) -> String {
    let said = coefficient_alone(factor, outcome, on_ranks, of);
    if values == 2 { format!("{said} Two values cannot show a bend.") } else { said }
}

/// What is said of a factor that does not vary.
pub(crate) fn not_varied(factor: &str) -> String {
    format!("{factor} has the same value in every row: nothing can be said of it.")
}

fn coefficient_alone(factor: &str, outcome: &str, on_ranks: bool, of: &Estimate) -> String {
    let interval = format!("95 % interval {} to {}", two(of.low), two(of.high));
    let unit = if on_ranks { "standard deviations of rank" } else { "standard deviations" };
    if of.low <= 0.0 && of.high >= 0.0 {
        return format!(
            "No straight influence of {factor} on {outcome} can be shown: {} {unit} for one \
             ({interval}).",
            two(of.value)
        );
    }
    let verb = if of.value > 0.0 { "raises" } else { "lowers" };
    format!("{factor} {verb} {outcome}: {} {unit} for one ({interval}).", two(of.value))
}

/// What R² says of all coefficients.
pub(crate) fn straightness(r_squared: f64, of_ranks: f64) -> String {
    let said = format!(
        "Straight lines explain {} of the variance between rows, and {} of that of ranks.",
        whole_percent(r_squared),
        whole_percent(of_ranks)
    );
    let best = r_squared.max(of_ranks);
    if best < STRAIGHT {
        return format!(
            "{said} The rest is curves, interactions or noise: a small coefficient does not make \
             a factor harmless."
        );
    }
    said
}

/// How errors of differences were found, and what that means.
pub(crate) fn basis(basis: Basis) -> String {
    match basis {
        Basis::Paired(runs) => format!(
            "Replicate k of every row is the same run, so that differences were taken run by run \
             ({runs} of them); their errors are smaller than those of the rows would suggest."
        ),
        Basis::Independent => "Rows have runs of their own; errors of differences follow from \
                               the errors of the rows."
            .to_owned(),
        Basis::Conservative => "Rows share their runs, but too many have no value to be compared \
                                run by run; the errors treat rows as independent and are usually \
                                too large."
            .to_owned(),
    }
}

/// The interval of an effect, if it has one.
fn interval(effect: &Effect) -> Option<String> {
    let (low, high) = (effect.low(), effect.high());
    let text = || format!("95 % interval {} to {}", short(low), short(high));
    effect.half.is_finite().then(text)
}

/// The interval of the size of an effect whose sign is settled.
fn size(effect: &Effect) -> String {
    let (low, high) = (effect.low().abs(), effect.high().abs());
    format!("95 % interval {} to {}", short(low.min(high)), short(low.max(high)))
}

#[cfg(test)]
mod tests;
