//! What names and texts may be: they stand on terminals, in pictures and in cells of tables.

use super::render::hidden;
use super::{Node, Problem, Problems, Table, Value};

/// The longest name, in characters.
pub const LONGEST_NAME: usize = 80;
/// The longest title or label, in characters.
pub const LONGEST_TITLE: usize = 200;
/// The longest text otherwise, such as a summary or a source, in characters.
pub const LONGEST_TEXT: usize = 4000;

/// Tables whose keys name numbers by their full path, and need not be short.
const OF_PATHS: [&str; 2] = ["factor", "prior"];
/// A table of tables whose keys do.
const OF_TABLES_OF_PATHS: &str = "refitted";
/// Keys that hold a line for people.
const TITLES: [&str; 3] = ["title", "label", "currency"];
/// Keys that hold prose.
const PROSE: [&str; 3] = ["summary", "source", "says"];

/// Why a name cannot be one, if it cannot.
pub fn fault_of_name(name: &str) -> Option<Problem> {
    // A spreadsheet runs a cell that begins so.
    if name.starts_with(['=', '+', '-', '@']) {
        return Some(
            Problem::new("a name begins like a formula, which a spreadsheet would run")
                .found(super::tree::quoted(name))
                .allowed("a name that begins with a letter, a digit or another character"),
        );
    }
    if name.trim().is_empty() {
        return Some(Problem::new("a name is empty").allowed("a name of at least one character"));
    }
    fault_of(name, "a name", LONGEST_NAME, false)
}

/// Why a title or a label cannot be one, if it cannot.
pub fn fault_of_title(title: &str) -> Option<Problem> {
    fault_of(title, "a title", LONGEST_TITLE, false)
}

/// Why a text of several lines cannot be shown, if it cannot.
pub fn fault_of_text(text: &str) -> Option<Problem> {
    fault_of(text, "a text", LONGEST_TEXT, true)
}

fn fault_of(text: &str, what: &str, most: usize, lines: bool) -> Option<Problem> {
    let breaks = |c: char| lines && matches!(c, '\n' | '\r' | '\t');
    let allowed = if lines { "visible characters" } else { "visible characters, on one line" };
    if let Some(c) = text.chars().find(|c| hidden(*c) && !breaks(*c)) {
        return Some(
            Problem::new(format!("{what} holds a character that cannot be shown"))
                .found(format!("U+{:04X}", u32::from(c)))
                .allowed(allowed),
        );
    }
    let length = text.chars().count();
    (length > most).then(|| {
        Problem::new(format!("{what} is too long"))
            .found(format!("{length} characters"))
            .allowed(format!("at most {most} characters"))
    })
}

/// Reports every key of a tree that cannot be a name, and every title and text for people that
/// cannot be shown.
pub fn check(table: &Table, problems: &mut Problems) {
    for entry in table.entries() {
        let paths = OF_PATHS.contains(&entry.key.as_str());
        if let Some(fault) = fault_of_name(&entry.key) {
            problems.push(fault.at(&entry.key_place));
        }
        match &entry.node.value {
            Value::Table(inner) if paths => check_values(inner, problems),
            Value::Table(inner) if entry.key == OF_TABLES_OF_PATHS => {
                let tables = inner.entries().iter().filter_map(|entry| entry.node.as_table());
                tables.for_each(|table| check_values(table, problems));
            }
            _ => check_value(&entry.key, &entry.node, problems),
        }
    }
}

fn check_values(table: &Table, problems: &mut Problems) {
    table.entries().iter().for_each(|entry| check_value(&entry.key, &entry.node, problems));
}

fn check_value(key: &str, node: &Node, problems: &mut Problems) {
    let fault = match &node.value {
        Value::Table(table) => return check(table, problems),
        Value::Array(nodes) => {
            return nodes.iter().for_each(|node| check_value("", node, problems));
        }
        Value::String(text) if TITLES.contains(&key) => fault_of_title(text),
        Value::String(text) if PROSE.contains(&key) => fault_of_text(text),
        _ => None,
    };
    if let Some(fault) = fault {
        problems.push(fault.at(&node.place));
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Source, parse};
    use super::*;

    fn told(text: &str) -> String {
        let mut problems = Problems::new();
        check(&parse(Source::new("f.toml", text)).expect("valid"), &mut problems);
        problems.to_string()
    }

    #[test]
    fn names_are_short_visible_and_no_formulas() {
        for name in ["a b", "a.1", "PD provider", "größe", "日本語", "a=b", "x-1", "naïve 👩‍🏫"]
        {
            assert!(fault_of_name(name).is_none(), "{name}");
        }
        for name in ["@SUM(1,2)", "=1", "+1", "-1", "", " ", "a\u{1b}[31m", "a\u{202e}b", "a\nb"] {
            assert!(fault_of_name(name).is_some(), "{name:?}");
        }
        assert!(fault_of_name(&"ü".repeat(LONGEST_NAME)).is_none());
        assert!(fault_of_name(&"ü".repeat(LONGEST_NAME + 1)).is_some());
    }

    #[test]
    fn every_name_and_title_of_a_tree_is_checked() {
        let text = told("[seat.\"@SUM(1,2)\"]\ntitle = \"a\\u001bb\"\n[x]\nlabel = \"a\\nb\"\n");
        for part in ["f.toml:1:7", "like a formula", "f.toml:2:9", "U+001B", "f.toml:4:9", "U+000A"]
        {
            assert!(text.contains(part), "{part} in {text}");
        }
        let long = format!("title = \"{}\"", "x".repeat(LONGEST_TITLE + 1));
        assert!(told(&long).contains("found: 201 characters"));
        assert!(told(&long).contains("allowed: at most 200 characters"));
        assert_eq!(told("summary = \"\"\"one\ntwo\"\"\"\n[prior.\"a.b\"]\nrange = [0, 1]\n"), "");
        let path = format!("[prior.\"{}\"]\nrange = [0, 1]\n", "profile.".repeat(20));
        assert_eq!(told(&path), "");
    }
}
