//! What it takes for an intervention to break even, in sentences.

use super::{places, plain, rounded};
use crate::experiment::compare::break_even::{BreakEven, Coin, Found};
use crate::experiment::compare::study::Study;

/// What was found about breaking even, in sentences.
pub fn breaking_even(study: &Study, found: &BreakEven) -> String {
    let assumed = &found.assumed;
    let (low, high) = (plain(assumed.range.0), plain(assumed.range.1));
    let variant = &study.comparison.variants()[assumed.variant];
    let who = match variant.name == assumed.intervention {
        true => format!("‘{}’", assumed.intervention),
        false => format!("‘{}’, in ‘{}’,", assumed.intervention, variant.name),
    };
    let pays = match &found.coin {
        Coin::Months => {
            "comes out even in months of work with the same partnership without it".to_owned()
        }
        Coin::Money(currency) => {
            format!("saves delayed months whose budget (in {currency}) is at least the price")
        }
    };
    let what = match found.found {
        Found::From { value, half_width } => {
            let digits = places(half_width, value);
            let (from, to) = assumed.range;
            let (below, above) = (value + half_width < from, value - half_width > to);
            let lies = match () {
                () if below => "below that range: anywhere in it pays",
                () if above => "above that range: nowhere in it pays",
                () if value - half_width <= from => "near its lower end: most of it pays",
                () if value + half_width >= to => "near its upper end: little of it pays",
                () => "within it: whether it pays is not known",
            };
            format!(
                "{pays} from {} = {} on (simulation error ± {}). Assumed is {low} to {high}; breaking even lies {lies}.",
                assumed.key,
                rounded(value, digits),
                rounded(half_width, digits)
            )
        }
        Found::Always => {
            format!("{pays} even at {} = 0; assumed is {low} to {high}.", assumed.key)
        }
        Found::Never => {
            format!("never {pays}, not even at {} = {high}, the most that is assumed.", assumed.key)
        }
        Found::Unclear => format!(
            "may or may not pay: up to {} = {high}, the most that is assumed, the runs do not tell whether it {pays}.",
            assumed.key
        ),
    };
    format!("In this model {who} {what} No published estimate of this number exists.")
}
