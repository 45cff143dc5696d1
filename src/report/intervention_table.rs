//! The table of interventions in the forms people read it in.

use super::parameter_table::csv_text;
use super::tables::number;
use crate::model::setup::InterventionKind;
use crate::parameters::TABLE;
use serde_json::{Value, json};

const COLUMNS: [&str; 7] = ["kind", "gives", "parameter", "assumed", "staff", "agenda", "source"];

/// A row for each kind: what it gives and takes, and what is assumed of it.
fn rows() -> impl Iterator<Item = [String; 7]> {
    InterventionKind::ALL.iter().map(|kind| {
        let (key, low, high) = kind.effect();
        let cost = kind.usual_cost();
        [
            kind.word().to_owned(),
            kind.gives().to_owned(),
            key.to_owned(),
            format!("{} to {}", number(low), number(high)),
            number(cost.staff),
            number(cost.agenda),
            kind.source().to_owned(),
        ]
    })
}

/// For a terminal: a block for each kind.
pub fn text() -> String {
    let mut text = String::new();
    for [kind, gives, key, range, staff, agenda, source] in rows() {
        text.push_str(&format!(
            "{kind:<20} {gives}\n{:20} strength: {key}, assumed {range}\n{:20} takes: {staff} of the staff time for joint work, {agenda} of the meetings, unless told otherwise\n{:20} source: {source}\n\n",
            "", "", ""
        ));
    }
    text.push_str(
        "Off unless a scenario has it: [intervention.NAME] with kind, from, until, staff, agenda, price_once,\nprice_month, price_year, price_occasion. No effect size is published for any of them.\n",
    );
    text
}

/// For a spreadsheet.
pub fn csv() -> String {
    csv_text(COLUMNS, rows())
}

/// For programs.
pub fn json() -> Value {
    let object = |row: [String; 7]| {
        COLUMNS.into_iter().map(str::to_owned).zip(row.map(Value::from)).collect()
    };
    json!(rows().map(object).collect::<Vec<serde_json::Map<String, Value>>>())
}

/// What a kind takes unless a scenario says otherwise, beyond the episodes of its own talks;
/// nothing is priced.
fn cost(kind: InterventionKind) -> String {
    let cost = kind.usual_cost();
    let share = |share: f64, of: &str| (share > 0.0).then(|| format!("{} of {of}", number(share)));
    let shares = [share(cost.staff, "staff time"), share(cost.agenda, "meetings")];
    let shares: Vec<String> = shares.into_iter().flatten().collect();
    match kind {
        _ if !shares.is_empty() => shares.join(", "),
        InterventionKind::Agreement => "its episodes only".into(),
        _ => "nothing here".into(),
    }
}

/// For the documents.
pub fn markdown() -> String {
    let mut text = String::from(
        "| kind | gives | strength | default | assumed range | takes | source |\n| --- | --- | --- | --- | --- | --- | --- |\n",
    );
    for kind in InterventionKind::ALL {
        let (key, low, high) = kind.effect();
        let row = TABLE.iter().find(|row| row.key == key);
        text.push_str(&format!(
            "| `{}` | {} | `{key}` | {} | {} to {} | {} | {} |\n",
            kind.word(),
            kind.gives(),
            row.map_or_else(String::new, |row| number(row.default)),
            number(low),
            number(high),
            cost(*kind),
            kind.source()
        ));
    }
    text
}
