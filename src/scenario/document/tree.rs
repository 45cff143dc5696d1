//! The tree of a TOML text in which every key and value knows where it was written.

use std::collections::BTreeMap;

use super::Place;

/// A TOML value. (Dates and times, which no scenario needs, are reported while parsing.)
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Text.
    String(String),
    /// A whole number.
    Integer(i64),
    /// A number written with a point or an exponent, or `nan` or `inf`.
    Float(f64),
    /// `true` or `false`.
    Boolean(bool),
    /// A list.
    Array(Vec<Node>),
    /// A table, whether written as `[header]`, `{ in braces }` or `by.dotted.keys`.
    Table(Table),
}

/// A value and where it was written.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// The value.
    pub value: Value,
    /// Where it was written; for a table under a header, the header.
    pub place: Place,
}

/// One `key = value` of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The key, unquoted.
    pub key: String,
    /// Where the key was written.
    pub key_place: Place,
    /// The value.
    pub node: Node,
}

/// How a table was written. It decides who wins when tables are merged, and how the table is
/// written back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// Under its own `[header]`, or as a whole file.
    Header,
    /// `{ in braces }`: one value, written in one go.
    Inline,
    /// Only named on the way to a deeper key: `a` in `a.b = 1` or in `[a.b]`.
    Passed,
}

/// Keys and their values, in the order in which they were written.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    pub(super) entries: Vec<Entry>,
    pub(super) place: Place,
    pub(super) form: Form,
}

impl Default for Table {
    /// An empty table that was written nowhere.
    fn default() -> Table {
        Table::new(Place::nowhere())
    }
}

impl Table {
    /// A table with nothing in it.
    pub fn new(place: Place) -> Table {
        Table { entries: Vec::new(), place, form: Form::Header }
    }

    /// A table in braces that was written nowhere.
    pub(in crate::scenario) fn in_braces<'k>(
        entries: impl IntoIterator<Item = (&'k str, Node)>,
    ) -> Table {
        let mut table = Table { form: Form::Inline, ..Table::default() };
        entries.into_iter().for_each(|(key, node)| table.add(key, node));
        table
    }

    /// Where the table was written: its header, its braces, the key that named it in passing, or
    /// the beginning of the file.
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// The entries, in order.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The keys, in order.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|entry| entry.key.as_str())
    }

    /// The entry of a key.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.key == key)
    }

    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|entry| &entry.node)
    }

    /// The value of a key, to be changed.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut Node> {
        self.entries.iter_mut().find(|entry| entry.key == key).map(|entry| &mut entry.node)
    }

    /// How many keys there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are no keys.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Whether the table was written in braces, as one value.
    pub fn is_inline(&self) -> bool {
        self.form == Form::Inline
    }

    /// Adds an entry at the end, where the table was written.
    pub fn add(&mut self, key: &str, node: Node) {
        let key_place = self.place.clone();
        self.entries.push(Entry { key: key.to_owned(), key_place, node });
    }

    /// Sets the value of a dotted key, in place of what is there.
    pub(in crate::scenario) fn set(&mut self, key: &[String], value: Value) {
        let Some((first, below)) = key.split_first() else { return };
        let value = match below {
            [] => value,
            _ => {
                if let Some(inner) = self.get_mut(first).and_then(Node::as_table_mut) {
                    return inner.set(below, value);
                }
                let mut inner = Table::new(self.place.clone());
                inner.set(below, value);
                Value::Table(inner)
            }
        };
        match self.get_mut(first) {
            Some(node) => node.value = value,
            None => self.add(first, Node { value, place: self.place.clone() }),
        }
    }

    /// Takes an entry out.
    pub fn remove(&mut self, key: &str) -> Option<Entry> {
        let at = self.entries.iter().position(|entry| entry.key == key)?;
        Some(self.entries.remove(at))
    }

    /// The values by key, for looking up many at once: a table may hold 100,000 keys.
    pub(super) fn index(&self) -> BTreeMap<&str, &Node> {
        let pairs = self.entries.iter();
        pairs.map(|entry| (entry.key.as_str(), &entry.node)).collect()
    }

    /// Whether two tables say the same, wherever and in whatever order it was written.
    ///
    /// Unlike `==`, this finds `nan` equal to `nan`.
    pub fn same_content(&self, other: &Table) -> bool {
        let theirs = other.index();
        self.len() == other.len()
            && self.entries.iter().all(|entry| {
                let theirs = theirs.get(entry.key.as_str());
                theirs.is_some_and(|theirs| entry.node.same_content(theirs))
            })
    }
}

impl From<Value> for Node {
    /// A value that was written nowhere.
    fn from(value: Value) -> Node {
        Node { value, place: Place::nowhere() }
    }
}

impl Node {
    /// The text, if it is text.
    pub fn as_str(&self) -> Option<&str> {
        if let Value::String(text) = &self.value { Some(text) } else { None }
    }

    /// The number, if it is one, whole or not. It may be `nan` or infinite; ask `is_finite`.
    pub fn as_number(&self) -> Option<f64> {
        match self.value {
            Value::Integer(whole) => Some(whole as f64),
            Value::Float(number) => Some(number),
            _ => None,
        }
    }

    /// The whole number, if it was written as one (`3`, not `3.0`).
    pub fn as_integer(&self) -> Option<i64> {
        if let Value::Integer(whole) = self.value { Some(whole) } else { None }
    }

    /// The boolean, if it is one.
    pub fn as_boolean(&self) -> Option<bool> {
        if let Value::Boolean(truth) = self.value { Some(truth) } else { None }
    }

    /// The list, if it is one.
    pub fn as_array(&self) -> Option<&[Node]> {
        if let Value::Array(nodes) = &self.value { Some(nodes) } else { None }
    }

    /// The table, if it is one.
    pub fn as_table(&self) -> Option<&Table> {
        if let Value::Table(table) = &self.value { Some(table) } else { None }
    }

    /// The table, if it is one, to be changed.
    pub fn as_table_mut(&mut self) -> Option<&mut Table> {
        if let Value::Table(table) = &mut self.value { Some(table) } else { None }
    }

    /// Whether two nodes say the same; see [`Table::same_content`].
    pub fn same_content(&self, other: &Node) -> bool {
        match (&self.value, &other.value) {
            (Value::Float(a), Value::Float(b)) => a == b || (a.is_nan() && b.is_nan()),
            (Value::Array(a), Value::Array(b)) => {
                a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.same_content(b))
            }
            (Value::Table(a), Value::Table(b)) => a.same_content(b),
            (a, b) => a == b,
        }
    }

    /// The value in words, for "found": `the string "abc"`, `the number 1.5`,
    /// `the table {uniform = …}`, `not a number (nan)`.
    pub fn describe(&self) -> String {
        match &self.value {
            Value::String(text) if text.is_empty() => "an empty string".to_string(),
            Value::String(text) => format!("the string {}", quoted(text)),
            Value::Integer(whole) => format!("the number {whole}"),
            Value::Float(number) if number.is_nan() => "not a number (nan)".to_string(),
            Value::Float(number) if number.is_infinite() => format!("infinity ({number})"),
            Value::Float(number) => format!("the number {number:?}"),
            Value::Boolean(truth) => format!("the boolean {truth}"),
            Value::Array(nodes) if nodes.is_empty() => "an empty list".to_string(),
            Value::Array(nodes) if nodes.len() == 1 => "a list of 1 value".to_string(),
            Value::Array(nodes) => format!("a list of {} values", nodes.len()),
            Value::Table(table) => describe_table(table),
        }
    }
}

fn describe_table(table: &Table) -> String {
    let shown: Vec<String> =
        table.keys().take(3).map(|key| format!("{} = …", show_key(key))).collect();
    match table.len() {
        0 => "an empty table".to_string(),
        1..=3 => format!("the table {{{}}}", shown.join(", ")),
        _ => format!("the table {{{}, …}}", shown.join(", ")),
    }
}

/// The longest piece of the user's text that is repeated in a message, in characters.
const SHOWN: usize = 60;

/// Text in quotation marks, escaped, and cut if it is long.
pub(super) fn quoted(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        None => format!("{text:?}"),
        Some((end, _)) => format!("{:?}…", &text[..end]),
    }
}

/// A key as it is written in TOML: bare if it can be, otherwise in quotation marks (and cut if it
/// is long, since this is for messages).
pub fn show_key(key: &str) -> String {
    if is_bare(key) && key.len() <= SHOWN { key.to_string() } else { quoted(key) }
}

/// Whether a key needs no quotation marks.
pub(super) fn is_bare(key: &str) -> bool {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b == b'_' || b == b'-';
    !key.is_empty() && key.bytes().all(plain)
}

#[cfg(test)]
mod tests {
    use super::super::{Source, parse};
    use super::*;

    fn table(text: &str) -> Table {
        parse(Source::new("f", text)).expect("valid")
    }

    #[test]
    fn values_are_described_in_words() {
        let described = |value: &str| {
            let table = table(&format!("a = {value}"));
            table.get("a").expect("a").describe()
        };
        assert_eq!(described("\"abc\""), "the string \"abc\"");
        assert_eq!(described("''"), "an empty string");
        assert_eq!(described("1.5"), "the number 1.5");
        assert_eq!(described("3"), "the number 3");
        assert_eq!(described("nan"), "not a number (nan)");
        assert_eq!(described("-inf"), "infinity (-inf)");
        assert_eq!(described("true"), "the boolean true");
        assert_eq!(described("[1, 2]"), "a list of 2 values");
        assert_eq!(described("{uniform = [0, 1]}"), "the table {uniform = …}");
        assert_eq!(described("{}"), "an empty table");
        let long = described(&format!("\"{}\"", "x".repeat(1000)));
        assert!(long.ends_with("x\"…") && long.len() < 100, "{long}");
    }

    #[test]
    fn tables_of_the_same_content_are_found_equal() {
        let one = table("a = nan\nb = [1, {c = 2}]\n");
        let two = table("b = [1, {c = 2}]\na = nan\n");
        assert!(one.same_content(&two));
        assert!(!one.same_content(&table("a = nan\nb = [1, {c = 3}]\n")));
        assert!(!one.same_content(&table("a = nan\n")));
        assert!(!table("a = 1").same_content(&table("a = 1.0")));
    }
}
