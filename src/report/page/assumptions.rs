//! What was assumed, and on what evidence.

use super::html::Html;
use crate::model::setup::Intervention;
use crate::parameters::{Provenance, TABLE};
use crate::report::words::{Finding, capital, flat, percent, plain};
use crate::scenario::{World, built_in};
use crate::worlds::compare::across::Assumed;
use crate::worlds::compare::study::Study;
use std::collections::{BTreeMap, BTreeSet};

/// Changes that are listed; a scenario of another kind differs in hundreds.
const LISTED: usize = 40;

pub(super) fn section(html: &mut Html, study: &Study) {
    html.line("h2", "What was assumed");
    interventions(html, study);
    grants(html, study);
    money(html, study);
    changes(html, study);
    numbers(html, study.comparison.base());
}

/// An intervention, and the variant it is of where that is called otherwise.
pub(super) fn named(intervention: &str, variant: &str) -> String {
    match intervention == variant {
        true => intervention.to_owned(),
        false => format!("{intervention} (in ‘{variant}’)"),
    }
}

/// How strong an intervention is, in the words of the table of parameters.
pub(super) fn strength(key: &str) -> String {
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

fn interventions(html: &mut Html, study: &Study) {
    let comparison = &study.comparison;
    let effects = comparison.assumed_effects();
    if effects.is_empty() {
        return;
    }
    html.line("h3", "Interventions");
    html.element("dl", &[], |html| {
        for assumed in &effects {
            let variant = &comparison.variants()[assumed.variant];
            let setup = variant.scenario.template();
            let found = setup.interventions.iter().find(|i| i.name == assumed.intervention);
            html.element("div", &[], |html| {
                let of_kind = match assumed.intervention == assumed.kind.word() {
                    true => String::new(),
                    false => format!(", of the kind {}", assumed.kind.word()),
                };
                html.line("dt", &(named(&assumed.intervention, &variant.name) + &of_kind));
                html.line("dd", &format!("Gives: {}.", assumed.kind.gives()));
                if let Some(intervention) = found {
                    html.line("dd", &takes(intervention, &variant.scenario));
                }
                html.line("dd", &strength(assumed.key));
                html.line("dd", &how_strong(study, assumed, &variant.scenario));
                html.line("dd", &format!("Proposed by: {}.", assumed.kind.source()));
            });
        }
    });
}

fn takes(intervention: &Intervention, world: &World) -> String {
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
    for (price, when) in
        [(cost.once, "once"), (cost.month, "a month"), (cost.occasion, "an occasion")]
    {
        if price > 0.0 {
            parts.push(format!("{currency} {} {when}", plain(price)));
        }
    }
    let last = world.template().calendar.months;
    let until = match intervention.until {
        until if until >= last => "to the end".to_owned(),
        until => format!("to month {until}"),
    };
    let what = if parts.is_empty() { "nothing but what it does".into() } else { parts.join(", ") };
    format!("Takes: {what}; from month {} {until}.", intervention.from)
}

/// The strength that was run, the range assumed for it, and what its ends come to.
fn how_strong(study: &Study, assumed: &Assumed, world: &World) -> String {
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
        let told = |estimate| Finding::of(estimate, None);
        let (at_low, at_high) = (told(at_low), told(at_high));
        said.push_str(&format!(
            ". {}: {} at the low end, {} at the high end",
            capital(&at_low.measure.title),
            at_low.signed_mean(),
            at_high.signed_mean()
        ));
    }
    said + "."
}

/// What is not known of grants, if a variant has another one than the base.
fn grants(html: &mut Html, study: &Study) {
    let base = study.comparison.base();
    let of_grants = |world: &World| {
        let about = differences(world, base, "base");
        about.iter().any(|line| line.starts_with("grant."))
    };
    if study.comparison.variants().iter().any(|variant| of_grants(&variant.scenario)) {
        html.line("h3", "Grants");
        html.line(
            "p",
            "What a grant does here (what it pays for, what it asks, what ends with it) is assumed. Sizes of programmes are published; no study has measured how much they do.",
        );
    }
}

fn money(html: &mut Html, study: &Study) {
    let Some(money) = &study.comparison.base().money else { return };
    let month = money.month.map_or(String::new(), |month| {
        format!(
            " The partnership's budget is taken to be {} {} a month.",
            money.currency,
            plain(month)
        )
    });
    html.line("h3", "Money");
    html.line(
        "p",
        &format!(
            "Money is counted in {}.{month} Budget and prices come from the scenario or from whoever asked.",
            money.currency
        ),
    );
    let of_money = |key: &str| {
        let table = key.split('.').next().unwrap_or(key);
        let number = key.rsplit('.').next().unwrap_or(key);
        ["money", "grant"].contains(&table) || ["salary", "reserve"].contains(&number)
    };
    let base = study.comparison.base();
    let notes: Vec<_> = base.notes.iter().filter(|note| of_money(&note.key)).collect();
    if notes.is_empty() {
        html.line("p", "Nothing is said of where they are from; no price is published.");
        return;
    }
    html.line("p", "The scenario says where its own are from:");
    html.element("ul", &[], |html| {
        for note in notes {
            html.element("li", &[], |html| {
                html.line("code", &note.key);
                html.text(&format!(" {}: {}", note.provenance.word(), note.source));
            });
        }
    });
}

/// How the base differs from what comes with the program, and each variant from the base.
fn changes(html: &mut Html, study: &Study) {
    let base = study.comparison.base();
    html.line("h3", "What was changed for this page");
    match changed_in_base(base) {
        None => html.line(
            "p",
            &format!("The base, “{}”, is a scenario of whoever asked: see base.toml.", base.name),
        ),
        Some(all) if all.is_empty() => {
            html.line("p", &format!("The base is “{}” as it comes with the program.", base.name));
        }
        Some(all) => {
            html.line("p", &format!("The base is “{}” of the program with:", base.name));
            listed(html, &all, "base.toml");
        }
    }
    for (i, variant) in study.comparison.variants().iter().enumerate() {
        html.line("p", &format!("‘{}’ differs from the base in:", variant.name));
        let all = differences(&variant.scenario, base, "base");
        listed(html, &all, &format!("variant-{}.toml", i + 1));
    }
}

/// How a base differs from the built-in case of its name; none if there is no such case.
pub(super) fn changed_in_base(base: &World) -> Option<Vec<String>> {
    let built_in = built_in::names().any(|name| name == base.name);
    let as_shipped = built_in.then(|| World::open(&base.name).ok()).flatten()?;
    Some(differences(base, &as_shipped, "there"))
}

/// Every value of one scenario that is another in `from`, which is called so.
fn differences(scenario: &World, from: &World, called: &str) -> Vec<String> {
    let (here, there) = (flat(from), flat(scenario));
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

fn listed(html: &mut Html, all: &[String], file: &str) {
    if all.is_empty() {
        html.line("p", "nothing.");
        return;
    }
    html.element("ul", &[], |html| {
        for line in all.iter().take(LISTED) {
            html.element("li", &[], |html| html.line("code", line));
        }
        if all.len() > LISTED {
            html.line("li", &format!("and {} more: see {file}", all.len() - LISTED));
        }
    });
}

/// How many numbers of the model have which support.
fn numbers(html: &mut Html, base: &World) {
    let rules = |wanted: Provenance| {
        let of = |key: &str| {
            let note = base.notes.iter().find(|note| note.key == key);
            note.map(|note| note.provenance)
        };
        let rows = TABLE.iter().filter(|row| !base.states(row.key));
        rows.filter(|row| of(row.key).unwrap_or(row.provenance) == wanted).count()
    };
    let case = |wanted: Provenance| {
        let of_rules = |key: &str| TABLE.iter().any(|row| row.key == key);
        let notes = base.notes.iter().filter(|note| !of_rules(&note.key));
        notes.filter(|note| note.provenance == wanted).count()
    };
    let own = TABLE.iter().filter(|row| base.states(row.key)).count();
    html.line("h3", "Where the model's numbers come from");
    html.line(
        "p",
        &format!(
            "The rules (theory: {}) have {} numbers, money, interventions and rival theories included; the case adds its people and organizations. By the support they have:",
            base.theory.word(),
            TABLE.len()
        ),
    );
    html.element("table", &[], |html| {
        html.line("caption", "Support of the base's numbers");
        html.element("thead", &[], |html| {
            html.element("tr", &[], |html| {
                for head in ["Support", "Numbers of the rules", "Parts of the case"] {
                    html.element("th", &[("scope", "col")], |html| html.text(head));
                }
            });
        });
        html.element("tbody", &[], |html| {
            let mut row = |label: &str, rules: usize, case: Option<usize>| {
                html.element("tr", &[], |html| {
                    html.element("th", &[("scope", "row")], |html| html.text(label));
                    html.line("td", &rules.to_string());
                    html.line("td", &case.map_or("–".into(), |case| case.to_string()));
                });
            };
            for (label, wanted) in [
                ("Stated by the source of the case", Provenance::Stated),
                ("Estimated: a search fitted them to patterns", Provenance::Estimated),
                ("From other published work", Provenance::Literature),
                ("Assumed: nobody has published them", Provenance::Assumed),
            ] {
                row(label, rules(wanted), Some(case(wanted)));
            }
            if own > 0 {
                row("Stated by whoever asked", own, None);
            }
        });
    });
    html.line("p", "“rppsim params” lists every number with its range, meaning and source.");
}
