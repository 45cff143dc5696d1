//! The table of interventions for the documents.

use super::tables::number;
use crate::model::setup::InterventionKind;
use crate::parameters::TABLE;

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

/// One row a kind.
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
