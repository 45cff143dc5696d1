//! Sentences that say what a sensitivity means, and what it does not.

mod changes;

pub use changes::{basis, change, coefficient, interaction, nothing_together, straightness, turn};

use super::Estimate;
use super::screening::Screened;
use super::variance::Index;

/// An interval of an index wider than this does not settle how large the index is.
pub const UNSTABLE: f64 = 0.2;
/// A total index above its first-order index by more than this is worth a sentence.
const WORTH_SAYING: f64 = 0.05;
/// Shares of noise from which it has to be kept in mind, and from which it dominates.
const NOISY: f64 = 0.05;
const DOMINATED: f64 = 0.5;

/// What a first-order index says of a factor.
pub fn first_order(factor: &str, first: &Estimate) -> String {
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
    format!("Alone, {factor} accounts for {} of the variance ({interval}).", percent(first.value))
}

/// What a total index says of a factor.
pub fn total_order(factor: &str, total: &Estimate) -> String {
    let interval = interval(total);
    if total.high < 0.01 {
        return format!(
            "Alone and together with others, {factor} accounts for less than 1 % of the variance \
             ({interval}): it can be fixed."
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
        percent(total.value)
    )
}

/// What the two indices of a factor say about acting together with others; none if there is
/// nothing to say, or nothing that the intervals bear out.
pub fn together(factor: &str, index: &Index) -> Option<String> {
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
        percent(alone),
        percent(total.value)
    ))
}

/// Whether an index lies within an interval that says how large it is.
fn is_settled(of: &Estimate) -> bool {
    of.width() <= UNSTABLE && (of.low..=of.high).contains(&of.value)
}

/// Whether so much of the variance is replicate noise that no index can be read.
pub fn dominates(noise: f64) -> bool {
    noise >= DOMINATED
}

/// What is said of a factor where noise dominates.
pub fn unread(factor: &str) -> String {
    format!(
        "Noise dominates, so nothing is read of {factor}: more replicates or a larger base are \
         needed."
    )
}

/// What replicate noise alone does to elementary effects, if it may account for a factor's.
pub fn by_luck(effects: &Screened, luck: f64) -> Option<String> {
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
pub fn screened(factor: &str, effects: &Screened) -> String {
    let Screened { mu, mu_star, sigma } = *effects;
    if mu_star.value == 0.0 {
        return format!("{factor} moved nothing on any trajectory.");
    }
    let direction = match mu / mu_star.value {
        sign if sign > 0.9 => "raises the output",
        sign if sign < -0.9 => "lowers the output",
        _ => "raises the output at some points and lowers it at others",
    };
    let shape = match sigma / mu_star.value {
        ratio if ratio < 0.1 => "by nearly the same everywhere: linearly, and on its own",
        ratio if ratio < 0.5 => {
            "by somewhat more here than there: not quite linear, or interacting"
        }
        ratio if ratio < 1.0 => "by much more here than there: non-linear or interacting",
        _ => "by amounts that vary more than they measure: strongly non-linear or interacting",
    };
    let unsure = if mu_star.width() > mu_star.value {
        " The interval is wider than the effect: more trajectories are needed."
    } else {
        ""
    };
    format!(
        "{factor} {direction}, {shape} (mu* {}, 95 % interval {} to {}; sigma {}).{unsure}",
        short(mu_star.value),
        short(mu_star.low),
        short(mu_star.high),
        short(sigma)
    )
}

/// What a share of noise says of all indices from the same outputs.
pub fn noise(share: f64) -> String {
    let percent = percent(share.min(1.0));
    if share < NOISY {
        return format!("Replicate noise is {percent} of the variance between points: little.");
    }
    if !dominates(share) {
        return format!(
            "Replicate noise is {percent} of the variance between points: it lowers first-order \
             indices, raises total ones by about as much, and counts as interaction. More \
             replicates reduce it."
        );
    }
    format!(
        "Dominated by noise: {percent} of the variance between points is luck that no factor \
         explains. More replicates are needed before any index is read."
    )
}

/// What a noise share says where rows share their run numbers: `between` is what is left of it
/// without what a replicate does to all rows alike.
pub fn noise_in_common(between: f64) -> String {
    format!(
        "Rows share their run numbers, so that part of this noise is common to all and tells no \
         row from another; what is left is {} of the variance between rows on average, and less \
         between rows that differ in one factor alone. Taking the whole of it off the indices \
         would correct too much, so nothing is taken off.",
        percent(between)
    )
}

/// An index with its interval, to two digits.
fn interval(estimate: &Estimate) -> String {
    let two = |x: f64| format!("{:.2}", (100.0 * x).round() / 100.0 + 0.0); // never "-0.00"
    format!(
        "{}, 95 % interval {} to {}",
        two(estimate.value),
        two(estimate.low),
        two(estimate.high)
    )
}

/// A share in whole percent, never "-0 %".
pub fn percent(share: f64) -> String {
    match 100.0 * share {
        small if small > 0.0 && small < 0.5 => "less than 1 %".to_owned(),
        percent => format!("{} %", percent.round() + 0.0),
    }
}

/// Three significant digits.
pub fn short(value: f64) -> String {
    if value == 0.0 || !value.is_finite() {
        return format!("{value}");
    }
    let magnitude = libm::floor(libm::log10(value.abs()));
    if (-4.0..6.0).contains(&magnitude) {
        format!("{value:.*}", (2.0 - magnitude).max(0.0) as usize)
    } else {
        format!("{value:.2e}")
    }
}

/// Three significant digits, without zeros that say nothing.
pub fn plain(value: f64) -> String {
    let text = short(value);
    match text.contains('.') && !text.contains('e') {
        true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn estimate(value: f64, low: f64, high: f64) -> Estimate {
        Estimate { value, low, high }
    }

    fn says(sentence: &str, words: &[&str]) {
        for word in words {
            assert!(sentence.contains(word), "{sentence}");
        }
    }

    #[test]
    fn a_first_order_index_is_said_with_its_doubt() {
        let say = |value, low, high| first_order("turnover", &estimate(value, low, high));
        says(&say(0.34, 0.3, 0.38), &["Alone, turnover", "34 %", "0.30 to 0.38"]);
        says(&say(-0.02, -0.06, 0.01), &["indistinguishable from zero", "sampling error"]);
        assert!(!say(0.02, -0.02, 0.06).contains("sampling error"));
        says(&say(0.1, -0.1, 0.3), &["indistinguishable from zero", "too wide"]);
        says(&say(0.4, 0.2, 0.6), &["unstable", "more base points"]);
        says(&say(-0.2, -0.3, -0.1), &["no true index", "sampling error"]);
        assert!(!say(-0.001, -0.004, 0.001).contains("-0.00"));
    }

    #[test]
    fn a_total_index_is_said_with_its_doubt() {
        let say = |value, low, high| total_order("turnover", &estimate(value, low, high));
        says(&say(0.5, 0.45, 0.55), &["50 %", "together"]);
        says(&say(0.001, 0.0, 0.003), &["less than 1 %", "fixed"]);
        says(&say(0.5, 0.3, 0.7), &["unstable"]);
        says(&say(0.02, -0.02, 0.06), &["indistinguishable from zero"]);
    }

    #[test]
    fn acting_together_is_said_only_where_the_intervals_bear_it_out() {
        let index = |first, total| Index { first, total };
        let narrow = |value: f64| estimate(value, value - 0.02, value + 0.02);
        let say = |first, total| together("trust", &index(first, total));
        says(&say(narrow(0.0), narrow(0.24)).unwrap(), &["acts mainly together with others"]);
        says(&say(narrow(0.3), narrow(0.5)).unwrap(), &["acts also together"]);
        assert_eq!(say(narrow(0.3), narrow(0.32)), None);
        assert_eq!(say(estimate(0.1, 0.0, 0.3), estimate(0.3, 0.2, 0.4)), None);
        assert_eq!(say(narrow(0.0), estimate(0.53, 0.4, 0.66)), None, "too wide to be read");
        assert_eq!(say(estimate(0.2, 0.0, 0.1), narrow(0.5)), None, "beyond its interval");
    }

    #[test]
    fn elementary_effects_say_direction_and_shape() {
        let say = |mu, mu_star: f64, sigma| {
            let mu_star = estimate(mu_star, 0.9 * mu_star, 1.1 * mu_star);
            screened("trust", &Screened { mu, mu_star, sigma })
        };
        says(&say(2.0, 2.0, 0.0), &["raises the output", "linearly"]);
        says(&say(-2.0, 2.0, 0.6), &["lowers the output", "not quite linear"]);
        says(&say(0.5, 2.0, 1.6), &["at others", "non-linear or interacting", "sigma 1.60"]);
        says(&say(0.5, 2.0, 2.6), &["strongly non-linear or interacting"]);
        says(&say(0.0, 0.0, 0.0), &["moved nothing"]);
        let unsure = Screened { mu: 1.0, mu_star: estimate(1.0, 0.2, 1.9), sigma: 1.0 };
        says(&screened("trust", &unsure), &["more trajectories"]);
    }

    #[test]
    fn noise_is_said_by_how_much_of_the_variance_it_is() {
        says(&noise(0.01), &["1 %", "little"]);
        says(&noise(0.2), &["20 %", "More replicates"]);
        says(&noise(1.3), &["Dominated by noise", "100 %"]);
    }
}
