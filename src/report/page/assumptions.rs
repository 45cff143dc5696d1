//! What was assumed, and on what evidence.

use super::html::Html;
use crate::parameters::{Provenance, TABLE};
use crate::report::words::assumptions as words;
use crate::scenario::World;
use crate::worlds::compare::study::Study;

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
            let setup = variant.world.template();
            let found = setup.interventions.iter().find(|i| i.name == assumed.intervention);
            html.element("div", &[], |html| {
                let of_kind = match assumed.intervention == assumed.kind.word() {
                    true => String::new(),
                    false => format!(", of the kind {}", assumed.kind.word()),
                };
                html.line("dt", &(words::named(&assumed.intervention, &variant.name) + &of_kind));
                html.line("dd", &format!("Gives: {}.", assumed.kind.gives()));
                if let Some(intervention) = found {
                    html.line("dd", &words::takes(intervention, &variant.world));
                }
                html.line("dd", &words::strength(assumed.key));
                html.line("dd", &words::how_strong(study, assumed, &variant.world));
                html.line("dd", &format!("Proposed by: {}.", assumed.kind.source()));
            });
        }
    });
}

/// What is not known of grants, if a variant has another one than the base.
fn grants(html: &mut Html, study: &Study) {
    let base = study.comparison.base();
    let of_grants = |world: &World| {
        let about = words::differences(world, base, "base");
        about.iter().any(|line| line.starts_with("grant."))
    };
    if study.comparison.variants().iter().any(|variant| of_grants(&variant.world)) {
        html.line("h3", "Grants");
        html.line(
            "p",
            "What a grant does here (what it pays for, what it asks, what ends with it) is assumed. Sizes of programmes are published; no study has measured how much they do.",
        );
    }
}

fn money(html: &mut Html, study: &Study) {
    let Some(money) = &study.comparison.base().money else { return };
    html.line("h3", "Money");
    html.line("p", &words::money(money));
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
    html.list(notes, |html, note| {
        html.line("code", &note.key);
        html.text(&format!(" {}: {}", note.provenance.word(), note.source));
    });
}

/// How the base differs from what comes with the program, and each variant from the base.
fn changes(html: &mut Html, study: &Study) {
    let base = study.comparison.base();
    html.line("h3", "What was changed for this page");
    match words::changed_in_base(base) {
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
        let all = words::differences(&variant.world, base, "base");
        listed(html, &all, &format!("variant-{}.toml", i + 1));
    }
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
    let heads = ["Support", "Numbers of the rules", "Parts of the case"];
    html.table("Support of the base's numbers", &heads, |html| {
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
    html.line("p", "“rppsim params” lists every number with its range, meaning and source.");
}
