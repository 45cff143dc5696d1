//! The table of what patterns can be about, for the walk-through for scholars.

use crate::measure::Counted;
use crate::measure::catalogue::PUBLISHABLE;

/// The table in Markdown.
pub fn markdown() -> String {
    let mut table =
        "| `measure` | also takes | what it is | `count` |\n| --- | --- | --- | --- |\n".to_owned();
    for measure in PUBLISHABLE {
        let needs = measure.needs.iter().map(|key| format!("`{key}`"));
        let takes = measure.takes.iter().map(|key| format!("`{key}` (optional)"));
        let keys: Vec<String> = needs.chain(takes).collect();
        let counted = match measure.counted {
            Counted::Share => "k of n as a share",
            Counted::Number => "k of n as the number k",
            Counted::Neither => "none",
        };
        table.push_str(&format!(
            "| `{}` | {} | {} | {counted} |\n",
            measure.word,
            if keys.is_empty() { "–".into() } else { keys.join(", ") },
            measure.says
        ));
    }
    table
}
