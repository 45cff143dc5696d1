//! A tree written back as TOML.

use super::tree::{Form, is_bare};
use super::{Entry, Node, Table, Value};
use std::collections::BTreeMap;

/// The widest list that is written on one line, in characters.
const WIDEST: usize = 90;

/// Writes a tree as TOML that reads as the same tree ([`Table::same_content`]).
///
/// In each table the plain values come first, then the sub-tables under headers of their own. What
/// was written in braces stays in braces, so that a scenario that extends the written one merges as
/// with the original. Numbers with a point keep it.
pub fn to_toml(table: &Table) -> String {
    let mut out = String::new();
    write_table(&mut out, table, "");
    out
}

/// Every value of a tree as TOML, under its dotted key.
pub fn values(table: &Table) -> BTreeMap<String, String> {
    fn gather(values: &mut BTreeMap<String, String>, path: &str, table: &Table) {
        for Entry { key, node, .. } in table.entries() {
            let below = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
            match &node.value {
                Value::Table(table) => gather(values, &below, table),
                _ => _ = values.insert(below, value(node)),
            }
        }
    }
    let mut values = BTreeMap::new();
    gather(&mut values, "", table);
    values
}

/// Whether a value is written under headers of its own.
fn has_header(node: &Node) -> bool {
    match &node.value {
        Value::Table(table) => table.form != Form::Inline,
        Value::Array(nodes) => {
            let tables = nodes.iter().all(|n| n.as_table().is_some() && has_header(n));
            tables && !nodes.is_empty()
        }
        _ => false,
    }
}

fn write_table(out: &mut String, table: &Table, path: &str) {
    for entry in table.entries.iter().filter(|e| !has_header(&e.node)) {
        out.push_str(&key(&entry.key));
        out.push_str(" = ");
        out.push_str(&value_on_lines(&entry.node));
        out.push('\n');
    }
    for entry in table.entries.iter().filter(|e| has_header(&e.node)) {
        let mut below = path.to_string();
        if !path.is_empty() {
            below.push('.');
        }
        below.push_str(&key(&entry.key));
        match &entry.node.value {
            Value::Table(table) => {
                // A table that holds nothing but further tables is named by their headers.
                let named = !table.is_empty() && table.entries.iter().all(|e| has_header(&e.node));
                if !named {
                    header(out, "[", &below, "]");
                }
                write_table(out, table, &below);
            }
            Value::Array(nodes) => {
                for table in nodes.iter().filter_map(Node::as_table) {
                    header(out, "[[", &below, "]]");
                    write_table(out, table, &below);
                }
            }
            _ => {}
        }
    }
}

fn header(out: &mut String, open: &str, path: &str, close: &str) {
    if !out.is_empty() {
        out.push('\n');
    }
    out.extend([open, path, close, "\n"]);
}

/// A value, with a long list spread over several lines.
fn value_on_lines(node: &Node) -> String {
    let line = value(node);
    match &node.value {
        Value::Array(nodes) if line.chars().count() > WIDEST => {
            let lines: String = nodes.iter().map(|n| format!("  {},\n", value(n))).collect();
            format!("[\n{lines}]")
        }
        _ => line,
    }
}

pub(in crate::scenario) fn value(node: &Node) -> String {
    match &node.value {
        Value::String(text) => string(text),
        Value::Integer(whole) => whole.to_string(),
        Value::Float(number) => float(*number),
        Value::Boolean(truth) => truth.to_string(),
        Value::Array(nodes) => {
            let values: Vec<String> = nodes.iter().map(value).collect();
            format!("[{}]", values.join(", "))
        }
        Value::Table(table) if table.is_empty() => "{}".to_string(),
        Value::Table(table) => {
            let pairs = table.entries.iter();
            let pairs = pairs.map(|e| format!("{} = {}", key(&e.key), value(&e.node)));
            format!("{{ {} }}", pairs.collect::<Vec<_>>().join(", "))
        }
    }
}

pub fn key(key: &str) -> String {
    if is_bare(key) { key.to_string() } else { string(key) }
}

/// The shortest digits that read back as the same number, with a point.
fn float(number: f64) -> String {
    if number.is_nan() {
        return "nan".to_string();
    }
    let digits = format!("{number:?}");
    match digits.split_once('e') {
        Some((mantissa, exponent)) if !mantissa.contains('.') => {
            format!("{mantissa}.0e{exponent}")
        }
        _ => digits,
    }
}

fn string(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => out.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::super::{Source, parse};
    use super::*;

    fn table(text: &str) -> Table {
        parse(Source::new("f", text)).expect("valid")
    }

    #[test]
    fn the_layout_is_fit_to_read() {
        let text = "[seat.director]\ntenure = 36.0\ndelay = { uniform = [1, 3] }\n\
                    [agenda]\nthreshold = 1\n[seat]\n[[s]]\nx = 1\n[[s.t]]\n[[s]]\n[empty]\n";
        let text = format!("theory = 'led'\n{text}");
        let expected = "\
theory = \"led\"

[agenda]
threshold = 1

[seat.director]
tenure = 36.0
delay = { uniform = [1, 3] }

[[s]]
x = 1

[[s.t]]

[[s]]

[empty]
";
        assert_eq!(to_toml(&table(&text)), expected);
        assert_eq!(to_toml(&table(expected)), expected);
    }

    #[test]
    fn odd_values_read_back_the_same() {
        let text = concat!(
            "a = 1e300\nb = 1e-7\nc = -0.0\nd = nan\ne = -inf\nf = 0.1\ng = 9007199254740993\n",
            "h = \"tab\\t quote\\\" back\\\\ bell\\u0007 del\\u007F 日本\\u2028\"\n",
            "\"a b\" = { \"\" = {}, 'x.y' = [] }\ni = [[], [1, {}], [[2.0]]]\n",
            "j = [{a.b.c = 1}, {}]\n['p q'.\"\\n\"]\n",
        );
        let first = table(text);
        let written = to_toml(&first);
        let second = table(&written);
        assert!(first.same_content(&second), "{written}");
        assert!(written.contains("a = 1.0e300") && written.contains("b = 1.0e-7"));
        assert!(written.contains("c = -0.0"));
        assert_eq!(written, to_toml(&second));
    }

    #[test]
    fn long_lists_are_spread() {
        let text = format!("a = [{}]\n", "12345, ".repeat(40));
        let written = to_toml(&table(&text));
        assert!(written.lines().all(|line| line.len() < 20), "{written}");
        assert!(table(&written).same_content(&table(&text)));
    }
}
