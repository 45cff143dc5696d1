//! What it takes for an intervention to break even, in sentences.

use super::{pairs, places, plain, rounded};
use crate::measure::{BUDGET_DELAYED, MONTHS_LOST, PRICE};
use crate::worlds::compare::across::Assumed;
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
    let sets = over_sets(study, found);
    let what = match found.found {
        Found::From { value, low: least, high: most } => {
            let (value, interval) = point(found, value, [least, most]);
            format!(
                "{pays} from {} = {value} on (simulation error: {interval}). Assumed is {low} to {high}{}.",
                assumed.key,
                how_much_pays([least, most], assumed.range, sets)
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
    let sets = sets.map_or_else(
        || " Other sets of numbers that fit about as well were not asked about this.".into(),
        |sets| told_over_sets(study, assumed, sets),
    );
    format!(
        "In this model, at the scenario's own numbers, {who} {what}{sets} No published estimate of this number exists."
    )
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

/// How much of the range that is assumed pays; nothing is said where that turns round for some of
/// the parameter sets.
fn how_much_pays(
    interval: [Option<f64>; 2],
    (from, to): (f64, f64),
    sets: Option<Sets>,
) -> &'static str {
    let middle = (from + to) / 2.0;
    let turns = |expected: fn(Sets) -> usize| sets.is_some_and(|s| s.paying != expected(s));
    match interval {
        [_, Some(high)] if high < middle && turns(|sets| sets.all) => "",
        [_, Some(high)] if high < from => ": anywhere in it pays",
        [_, Some(high)] if high < middle => ": most of it pays",
        [Some(low), _] if low > middle && turns(|_| 0) => "",
        [Some(low), _] if low > middle => ": little of it pays",
        _ => ": how much of it pays is not known",
    }
}

/// Over parameter sets that fit about as well, at the strength that was run.
#[derive(Clone, Copy)]
struct Sets {
    /// In how many an intervention pays on average.
    paying: usize,
    /// How many there are.
    all: usize,
}

/// In how many sets an intervention pays, or `None` unless it is all that its variant changes: sets
/// were run against the base.
fn over_sets(study: &Study, found: &BreakEven) -> Option<Sets> {
    let v = found.assumed.variant;
    let comparison = &study.comparison;
    let (base, variant) = (comparison.base().values(), comparison.variants()[v].world.values());
    let table = format!("intervention.{}.", found.assumed.intervention);
    let other = |key: &&String| base.get(*key) != variant.get(*key);
    let own = |key: &String| key.starts_with(&table) || key == found.assumed.key;
    if !base.keys().chain(variant.keys()).filter(other).all(own) {
        return None;
    }
    let across = study.across.as_ref()?;
    let in_sets = |outcome: &str| -> Option<Vec<f64>> {
        let o = comparison.measures().iter().position(|known| known.name == outcome)?;
        let mean = study.answer.estimates[v][o].mean();
        Some(across[v][o].moves.iter().map(|(size, _)| mean + size).collect())
    };
    // What it takes from the partnership, in every set.
    let net: Vec<f64> = match found.coin {
        Coin::Months => in_sets(MONTHS_LOST)?,
        Coin::Money(_) => {
            let (delayed, price) = (in_sets(BUDGET_DELAYED)?, in_sets(PRICE)?);
            delayed.iter().zip(&price).map(|(delayed, price)| delayed + price).collect()
        }
    };
    let all = net.iter().filter(|net| net.is_finite()).count();
    let paying = net.iter().filter(|net| **net <= 0.0).count();
    (all > 0).then_some(Sets { paying, all })
}

fn told_over_sets(study: &Study, assumed: &Assumed, Sets { paying, all }: Sets) -> String {
    let world = &study.comparison.variants()[assumed.variant].world;
    let mut parameters = world.template().parameters.clone();
    let run = parameters.get_mut(assumed.key).map(|run| format!(", {},", plain(*run)));
    let pays = match all - paying {
        0 => format!("pays in all {all}"),
        _ if paying == 0 => format!("pays in none of {all}"),
        not => format!("does not pay in {not} of {all}"),
    };
    format!(
        " At the strength that was run{} it {pays} sets of numbers that fit about as well (means of {}).",
        run.unwrap_or_default(),
        pairs(study.plan.pairs_each)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn most_of_a_range_pays_only_if_the_interval_and_the_sets_bear_it_out() {
        let say = |low, high, sets| how_much_pays([low, high], (3.0, 30.0), sets);
        let sets = |paying| Some(Sets { paying, all: 3 });
        assert_eq!(say(Some(1.0), Some(2.0), None), ": anywhere in it pays");
        assert_eq!(say(None, Some(4.0), sets(3)), ": most of it pays");
        assert_eq!(say(None, Some(4.0), sets(2)), "");
        assert_eq!(say(Some(2.0), Some(29.0), sets(3)), ": how much of it pays is not known");
        assert_eq!(say(Some(20.0), None, sets(0)), ": little of it pays");
        assert_eq!(say(Some(20.0), None, sets(1)), "");
    }
}
