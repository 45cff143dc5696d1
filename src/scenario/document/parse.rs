//! TOML text into a [`Table`] that knows its places, telling several mistakes at once.

use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeInteger, DeTable, DeValue};

use super::tree::Form;
use super::{Entry, Node, Place, Problem, Problems, Source, Table, Value, syntax};

/// How deep tables and lists may lie in one another. Scenarios need five; a bound keeps every later
/// walk over a tree from exhausting the stack.
pub const MAX_DEPTH: usize = 32;

/// How many problems of one text are told before the rest is only counted.
const TOLD: usize = 20;

/// Reads a source as TOML.
///
/// # Errors
///
/// All syntax errors (one for each line, since one slip often confuses the parser twice), doubled
/// keys, numbers too large to hold, dates and times, and nesting beyond [`MAX_DEPTH`].
pub fn parse(source: Arc<Source>) -> Result<Table, Problems> {
    let (recovered, errors) = DeTable::parse_recoverable(source.text());
    if !errors.is_empty() {
        let (problems, more) = syntax::problems(&source, &errors, recovered.get_ref(), TOLD);
        return Err(told(problems, more));
    }
    let mut reading = Reading { source: &source, problems: Vec::new(), more: 0 };
    let place = Place::beginning(&source);
    let table = reading.table(recovered.get_ref(), place, Form::Header, 0);
    let Reading { problems, more, .. } = reading;
    if problems.is_empty() { Ok(table) } else { Err(told(problems, more)) }
}

/// The parts of a dotted key, read as TOML reads them, so that they may stand in quotation marks;
/// `None` if it is no key.
pub(in crate::scenario) fn key_parts(key: &str) -> Option<Vec<String>> {
    let plain = !key.contains(['\n', '=', '#']);
    let mut inside = parse(Source::new("key", format!("{key} = 0"))).ok().filter(|_| plain)?;
    let mut parts = Vec::new();
    while let Some(Entry { key, node, .. }) = inside.entries.pop() {
        parts.push(key);
        let Value::Table(below) = node.value else { break };
        inside = below;
    }
    Some(parts)
}

/// Problems, and the number of those that were left out.
fn told(problems: Vec<Problem>, more: usize) -> Problems {
    let mut told: Problems = problems.into_iter().collect();
    if more > 0 {
        told.push(Problem::new(format!("and {more} more places cannot be read")));
    }
    told
}

struct Reading<'s> {
    source: &'s Arc<Source>,
    problems: Vec<Problem>,
    /// How many problems came after the first [`TOLD`].
    more: usize,
}

impl Reading<'_> {
    fn problem(&mut self, problem: Problem) {
        match self.problems.len() < TOLD {
            true => self.problems.push(problem),
            false => self.more += 1,
        }
    }

    fn table(&mut self, table: &DeTable<'_>, place: Place, form: Form, depth: usize) -> Table {
        // In the order of the text, which the parser does not keep.
        let mut sorted: Vec<_> = table.iter().collect();
        sorted.sort_by_key(|(key, _)| key.span().start);
        let mut entries: Vec<Entry> = Vec::with_capacity(table.len());
        for (key, value) in sorted {
            if let Some(node) = self.node(value, depth + 1) {
                entries.push(Entry {
                    key: key.get_ref().to_string(),
                    key_place: Place::new(self.source, key.span()),
                    node,
                });
            }
        }
        Table { entries, place, form }
    }

    fn node(&mut self, value: &Spanned<DeValue<'_>>, depth: usize) -> Option<Node> {
        let place = Place::new(self.source, value.span());
        if depth > MAX_DEPTH {
            self.problem(
                Problem::new("tables and lists lie too deep in one another")
                    .at(&place)
                    .allowed(format!("at most {MAX_DEPTH} levels")),
            );
            return None;
        }
        let value = match value.get_ref() {
            DeValue::String(text) => Value::String(text.to_string()),
            DeValue::Boolean(truth) => Value::Boolean(*truth),
            DeValue::Integer(digits) => Value::Integer(self.integer(digits, &place)?),
            DeValue::Float(digits) => Value::Float(self.float(digits.as_str(), &place)?),
            DeValue::Datetime(_) => {
                self.problem(datetime(&place));
                return None;
            }
            DeValue::Array(values) => {
                let nodes = values.iter().filter_map(|v| self.node(v, depth + 1));
                Value::Array(nodes.collect())
            }
            DeValue::Table(table) => {
                let form = match place.text().as_bytes().first() {
                    Some(b'{') => Form::Inline,
                    Some(b'[') => Form::Header,
                    // Named in passing, its place is that of the key, which opens no bracket.
                    _ => Form::Passed,
                };
                Value::Table(self.table(table, place.clone(), form, depth))
            }
        };
        Some(Node { value, place })
    }

    fn integer(&mut self, digits: &DeInteger<'_>, place: &Place) -> Option<i64> {
        let number = i64::from_str_radix(digits.as_str(), digits.radix()).ok();
        if number.is_none() {
            self.problem(
                Problem::new("a whole number is too large")
                    .at(place)
                    .found(super::tree::quoted(place.text()))
                    .allowed(format!("whole numbers from {} to {}", i64::MIN, i64::MAX)),
            );
        }
        number
    }

    fn float(&mut self, digits: &str, place: &Place) -> Option<f64> {
        let number: Option<f64> = digits.parse().ok();
        // `inf` may be meant; a number that overflows never is.
        let number = number.filter(|n| !n.is_infinite() || digits.contains("inf"));
        if number.is_none() {
            self.problem(
                Problem::new("a number is too large")
                    .at(place)
                    .found(super::tree::quoted(place.text()))
                    .allowed("numbers up to about 1.8e308"),
            );
        }
        number
    }
}

fn datetime(place: &Place) -> Problem {
    Problem::new("scenarios hold no dates or times")
        .at(place)
        .found(format!("the date or time {}", place.text()))
        .allowed("a number of months, or text")
        .help(format!("if it is meant as text, write \"{}\"", place.text()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> Table {
        parse(Source::new("f", text)).expect("valid")
    }

    fn wrong(text: &str) -> String {
        let problems = parse(Source::new("f", text)).expect_err("a problem");
        problems.to_string()
    }

    #[test]
    fn every_key_and_value_knows_its_place() {
        let root = table("a = 1\n[seat.director]\nmix = { x = 0.5 }\n");
        assert_eq!(root.place().to_string(), "f:1:1");
        let a = root.entry("a").expect("a");
        assert_eq!(a.key_place.to_string(), "f:1:1");
        assert_eq!(a.node.place.to_string(), "f:1:5");
        let seat = root.get("seat").and_then(Node::as_table).expect("seat");
        assert_eq!(seat.form, Form::Passed);
        let director = seat.entry("director").expect("director");
        assert_eq!(director.key_place.to_string(), "f:2:7");
        assert_eq!(director.node.place.text(), "[seat.director]");
        let mix = director.node.as_table().and_then(|t| t.get("mix"));
        let mix = mix.and_then(Node::as_table).expect("mix");
        assert!(mix.is_inline());
        assert_eq!(mix.get("x").expect("x").place.to_string(), "f:3:13");
    }

    #[test]
    fn the_order_is_that_of_the_text() {
        let root = table("[b.c]\n[a]\n[b]\nx = 1\n[d]\n");
        assert_eq!(root.keys().collect::<Vec<_>>(), ["a", "b", "d"]);
        let names: Vec<String> = (0..100).map(|n| format!("k{}", n * 7919 % 100)).collect();
        let text: String = names.iter().map(|n| format!("{n} = 1\n")).collect();
        assert_eq!(table(&text).keys().collect::<Vec<_>>(), names);
    }

    #[test]
    fn numbers_keep_their_kind() {
        let root = table("a = 1_000\nb = 0x1f\nc = -0.5\nd = 1e3\ne = +inf\nf = nan\n");
        assert_eq!(root.get("a").and_then(Node::as_integer), Some(1000));
        assert_eq!(root.get("b").and_then(Node::as_integer), Some(31));
        assert_eq!(root.get("c").and_then(Node::as_number), Some(-0.5));
        assert_eq!(root.get("d").expect("d").value, Value::Float(1000.0));
        assert_eq!(root.get("e").and_then(Node::as_number), Some(f64::INFINITY));
        assert!(root.get("f").and_then(Node::as_number).expect("f").is_nan());
    }

    #[test]
    fn what_a_scenario_cannot_hold_is_told_all_at_once() {
        let text = "a = 1979-05-27\nb = 99999999999999999999\nc = 1e999\n";
        let message = wrong(text);
        assert!(message.contains("f:1:5") && message.contains("\"1979-05-27\""));
        assert!(message.contains("f:2:5") && message.contains("9223372036854775807"));
        assert!(message.contains("f:3:5") && message.contains("1.8e308"));
    }

    #[test]
    fn depth_is_bounded() {
        let nested = |n: usize| format!("a = {}{}", "[".repeat(n), "]".repeat(n));
        assert!(parse(Source::new("f", nested(MAX_DEPTH))).is_ok());
        assert!(wrong(&nested(MAX_DEPTH + 1)).contains("at most 32 levels"));
        for n in [79, 81, 1000, 100_000] {
            assert!(wrong(&nested(n)).contains("deep"), "{n}");
        }
        let keys = vec!["a"; 50].join(".");
        assert!(wrong(&format!("{keys} = 1")).contains("at most 32 levels"));
        assert!(wrong(&format!("[{keys}]")).contains("at most 32 levels"));
        let keys = vec!["a"; 100_000].join(".");
        for text in [format!("x = 1\n\n{keys} = 1\n"), format!("x = 1\n\n[{keys}]\ny = 1\n")] {
            let message = wrong(&text);
            assert!(message.contains("deep") && message.contains("f:3:1"), "{message}");
        }
    }

    #[test]
    fn a_flood_of_mistakes_is_counted() {
        let message = wrong(&"?\n".repeat(1000));
        assert!(message.contains("and 980 more places"), "{message}");
    }
}
