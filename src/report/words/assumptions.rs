//! What was assumed, in words: of interventions, of money, and where a scenario differs from another.

use super::{Finding, capital, percent, plain};
use crate::model::setup::Intervention;
use crate::parameters::TABLE;
use crate::scenario::{Money, World, built_in};
use crate::worlds::compare::assumed::Assumed;
use crate::worlds::compare::study::Study;
use std::collections::{BTreeMap, BTreeSet};

/// An intervention, and the variant it is of where that is called otherwise.
pub(crate) fn named(intervention: &str, variant: &str) -> String {
    match intervention == variant {
        true => intervention.to_owned(),
        false => format!("{intervention} (in ‘{variant}’)"),
    }
}

/// How strong an intervention is, in the words of the table of parameters.
pub(crate) fn strength(key: &str) -> String {
    match TABLE.iter().find(|row| row.key == key) {
        Some(row) => {
            let meaning = row.meaning.trim_end_matches('.');
            format!(
                "Its strength is {key}: {meaning} ({}). No published estimate exists.",
                row.unit
            )
        }
        None => format!("Its strength is {key}. No published estimate exists."),
    }
}

/// What an intervention takes, and for how long.
pub(crate) fn takes(intervention: &Intervention, world: &World) -> String {
    let cost = &intervention.cost;
    let mut parts = Vec::new();
    if cost.staff > 0.0 {
        let when = match intervention.kind.word() {
            "welcome" => " in months in which somebody is welcomed",
            _ => " in every month",
        };
        parts.push(format!("{} of the joint work between meetings{when}", percent(cost.staff)));
    }
    if cost.agenda > 0.0 {
        parts.push(format!("{} of the time of meetings", percent(cost.agenda)));
    }
    let currency = world.money.as_ref().map_or("", |money| money.currency.as_str());
    for (price, when) in [
        (cost.once, "once"),
        (cost.month, "a month"),
        (cost.year, "a year"),
        (cost.occasion, "an occasion"),
    ] {
        if price > 0.0 {
            parts.push(format!("{currency} {} {when}", plain(price)));
        }
    }
    let last = world.template().calendar.months;
    let until = match intervention.until {
        until if until.0 >= last => "to the end".to_owned(),
        until => format!("to {}", world.when(until)),
    };
    let what = if parts.is_empty() { "nothing but what it does".into() } else { parts.join(", ") };
    format!("Takes: {what}; from {} {until}.", world.when(intervention.from))
}

/// The strength that was run, the range assumed for it, and what its ends come to.
pub(crate) fn how_strong(study: &Study, assumed: &Assumed, world: &World) -> String {
    let (low, high) = assumed.range;
    let mut parameters = world.template().parameters.clone();
    let run = match parameters.get_mut(assumed.key) {
        Some(value) => format!("Run at {}, assumed", plain(*value)),
        None => "Assumed".into(),
    };
    let mut said = format!("{run} to lie between {} and {}", plain(low), plain(high));
    let ends = study.assumed.iter().find(|range| range.assumed == *assumed);
    if let Some(range) = ends
        && let (Some(at_low), Some(at_high)) = (range.low.first(), range.high.first())
    {
        let (at_low, at_high) = (Finding::of(at_low), Finding::of(at_high));
        said.push_str(&format!(
            ". {}: {} at the low end, {} at the high end",
            capital(&at_low.measure.title),
            at_low.signed_mean(),
            at_high.signed_mean()
        ));
    }
    said + "."
}

/// In what money is counted, and where its amounts are from.
pub(crate) fn money(money: &Money) -> String {
    let month = money.month.map_or(String::new(), |month| {
        format!(
            " The partnership's budget is taken to be {} {} a month.",
            money.currency,
            plain(month)
        )
    });
    format!(
        "Money is counted in {}.{month} Budget and prices come from the scenario or from whoever asked.",
        money.currency
    )
}

/// How a base differs from the built-in case of its name, or `None` if there is no such case.
pub(crate) fn changed_in_base(base: &World) -> Option<Vec<String>> {
    let built_in = built_in::names().any(|name| name == base.name);
    let as_shipped = built_in.then(|| World::open(&base.name).ok()).flatten()?;
    Some(differences(base, &as_shipped, "there"))
}

/// Every value of one scenario that is another in `from`, which is called so.
pub(crate) fn differences(scenario: &World, from: &World, called: &str) -> Vec<String> {
    let (here, there) = (from.values(), scenario.values());
    let mut all: Vec<String> = Vec::new();
    for (key, value) in &there {
        match here.get(key) {
            Some(old) if old == value => {}
            Some(old) => all.push(format!("{key} = {value} ({called}: {old})")),
            None => all.push(format!("{key} = {value}")),
        }
    }
    let gone = here.keys().filter(|key| !there.contains_key(*key));
    let gone: BTreeSet<String> = gone.map(|key| table_of(key, &there)).collect();
    all.extend(gone.into_iter().map(|key| format!("{key}: not there")));
    all
}

/// The named table that a key stands in, if nothing of it is left; else the key.
fn table_of(key: &str, left: &BTreeMap<String, String>) -> String {
    let mut parts = key.splitn(3, '.');
    let table = match (parts.next(), parts.next()) {
        (Some(kind), Some(name)) => format!("{kind}.{name}"),
        _ => return key.to_owned(),
    };
    let of_it = |other: &String| *other == table || other.starts_with(&format!("{table}."));
    if left.keys().any(of_it) { key.to_owned() } else { table }
}
