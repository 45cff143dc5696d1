//! The table of parameters in the forms people read it in.

use super::tables::number;
use crate::parameters::{Parameter, TABLE};
use serde_json::{Value, json};

fn range(row: &Parameter) -> String {
    let whole = if row.whole { ", whole" } else { "" };
    format!("{} to {}{whole}", number(row.low), number(row.high))
}

/// For a terminal: a block a group.
pub fn text() -> String {
    let mut text = String::new();
    let mut group = "";
    for row in TABLE {
        let (of, _) = row.key.split_once('.').unwrap_or((row.key, ""));
        if of != group {
            text.push_str(&format!("\n[{of}]\n"));
            group = of;
        }
        let (key, default) = (row.key, number(row.default));
        let provenance = row.provenance.word();
        text.push_str(&format!("{key:<30} {default:>7}  {provenance:<10} {}\n", row.meaning));
        text.push_str(&format!(
            "{:<30} {:>7}  {}; {}: {}\n",
            "",
            "",
            row.unit,
            range(row),
            row.source
        ));
    }
    text.trim_start().to_owned()
}

/// For a spreadsheet.
pub fn csv() -> String {
    let header =
        ["key", "unit", "low", "high", "whole", "default", "provenance", "meaning", "source"];
    let cells = |row: &Parameter| {
        let [low, high, default] = [row.low, row.high, row.default].map(number);
        let whole = u8::from(row.whole).to_string();
        let [key, unit, provenance] = [row.key, row.unit, row.provenance.word()].map(String::from);
        let [meaning, source] = [row.meaning, row.source].map(String::from);
        [key, unit, low, high, whole, default, provenance, meaning, source]
    };
    csv_text(header, TABLE.iter().map(cells))
}

/// Rows of text as CSV.
pub(super) fn csv_text<const N: usize>(
    header: [&str; N],
    rows: impl Iterator<Item = [String; N]>,
) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Writing to memory does not fail, and every cell is text.
    let _ = writer.write_record(header);
    rows.for_each(|row| _ = writer.write_record(row));
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}

/// For the documents.
pub fn markdown() -> String {
    let mut text = String::from(
        "| key | default | range | unit | provenance | meaning | source |\n| --- | --- | --- | --- | --- | --- | --- |\n",
    );
    for row in TABLE {
        text.push_str(&format!(
            "| `{}` | {} | {} | {} | {} | {} | {} |\n",
            row.key,
            number(row.default),
            range(row),
            row.unit,
            row.provenance.word(),
            row.meaning,
            row.source
        ));
    }
    text
}

/// For programs.
pub fn json() -> Value {
    json!(TABLE)
}
