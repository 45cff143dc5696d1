//! What it takes for an intervention to break even, in sentences.

use super::{places, plain, rounded};
use crate::measure::MONTHS_LOST;
use crate::worlds::compare::assumed::Assumed;
use crate::worlds::compare::break_even::{BreakEven, Coin, Found};
use crate::worlds::compare::study::Study;

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
    let pays_over_numbers = over_numbers(study, found);
    let what = match found.found {
        Found::From { value, low: least, high: most } => {
            let (value, interval) = point(found, value, [least, most]);
            format!(
                "{pays} from {} = {value} on (simulation error: {interval}). Assumed is {low} to {high}{}.",
                assumed.key,
                how_much_pays([least, most], assumed.range, pays_over_numbers)
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
    let over = pays_over_numbers.map_or_else(
        || " How far that depends on numbers that are not known was not asked.".into(),
        |pays| told_over_numbers(study, assumed, pays),
    );
    format!("In this model, {who} {what}{over} No published estimate of this number exists.")
}

/// A value from which on an intervention pays, and the interval of that, as they are told
/// everywhere; an end that lies beyond the values tried is said to.
pub fn point(found: &BreakEven, value: f64, [low, high]: [Option<f64>; 2]) -> (String, String) {
    let reach = [low, high].into_iter().flatten().map(|end| (end - value).abs());
    let digits = places(reach.fold(0.0, f64::max), value);
    let tried =
        |at: Option<&(f64, f64, Option<f64>)>| at.map_or("–".into(), |(tried, ..)| plain(*tried));
    let end = |end: Option<f64>, beyond: String| end.map_or(beyond, |end| rounded(end, digits));
    let from = end(low, format!("below {}", tried(found.curve.first())));
    let to = end(high, format!("above {}", tried(found.curve.last())));
    (rounded(value, digits), format!("{from} to {to}"))
}

/// How far a probability may be from what it would have to be.
const UNSURE: f64 = 0.05;

/// How much of the range that is assumed pays; nothing is said where that may turn round with numbers
/// that are not known.
fn how_much_pays(
    interval: [Option<f64>; 2],
    (from, to): (f64, f64),
    pays: Option<f64>,
) -> &'static str {
    let middle = (from + to) / 2.0;
    let turns = |expected: f64| pays.is_some_and(|pays| (pays - expected).abs() > UNSURE);
    match interval {
        [_, Some(high)] if high < middle && turns(1.0) => "",
        [_, Some(high)] if high < from => ": anywhere in it pays",
        [_, Some(high)] if high < middle => ": most of it pays",
        [Some(low), _] if low > middle && turns(0.0) => "",
        [Some(low), _] if low > middle => ": little of it pays",
        _ => ": how much of it pays is not known",
    }
}

/// How probable it is that an intervention pays at the strength that was run, whatever the numbers
/// are; `None` unless it is all that its variant changes, since it was run against the base, and for
/// money, whose parts are measured apart.
fn over_numbers(study: &Study, found: &BreakEven) -> Option<f64> {
    let v = found.assumed.variant;
    let comparison = &study.comparison;
    let (base, variant) = (comparison.base().values(), comparison.variants()[v].world.values());
    let table = format!("intervention.{}.", found.assumed.intervention);
    let other = |key: &&String| base.get(*key) != variant.get(*key);
    let own = |key: &String| key.starts_with(&table) || key == found.assumed.key;
    if !base.keys().chain(variant.keys()).filter(other).all(own) {
        return None;
    }
    if found.coin != Coin::Months {
        return None;
    }
    let o = comparison.measures().iter().position(|known| known.name == MONTHS_LOST)?;
    Some(1.0 - study.answer.estimates[v][o].split()?.above_zero())
}

fn told_over_numbers(study: &Study, assumed: &Assumed, pays: f64) -> String {
    let world = &study.comparison.variants()[assumed.variant].world;
    let mut parameters = world.template().parameters.clone();
    let run = parameters.get_mut(assumed.key).map(|run| format!(", {},", plain(*run)));
    format!(
        " At the strength that was run{} it pays with a probability of {pays:.2}, whatever the numbers are that the data leave open.",
        run.unwrap_or_default(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn most_of_a_range_pays_only_if_the_interval_and_the_numbers_bear_it_out() {
        let say = |low, high, pays| how_much_pays([low, high], (3.0, 30.0), pays);
        assert_eq!(say(Some(1.0), Some(2.0), None), ": anywhere in it pays");
        assert_eq!(say(None, Some(4.0), Some(0.99)), ": most of it pays");
        assert_eq!(say(None, Some(4.0), Some(0.7)), "");
        assert_eq!(say(Some(2.0), Some(29.0), Some(0.99)), ": how much of it pays is not known");
        assert_eq!(say(Some(20.0), None, Some(0.01)), ": little of it pays");
        assert_eq!(say(Some(20.0), None, Some(0.3)), "");
    }
}
