//! Thousands of damaged scenarios: nothing panics, every message points into the text, and what can
//! be read is written back the same.

use std::cell::RefCell;
use std::sync::Arc;

use super::{
    Assignment, Node, Place, Problem, Problems, Reader, Resolver, Source, Table, Value, overrides,
    parse, resolve, to_toml,
};

const SCENARIO: &str = r#"# A scenario, with most of what TOML offers.
extends = "base"
name = "Größe und Rolle"	# tab
theory = 'status-blind'
seed = 0x1f
months = 1_200
"odd key" = -1.5e-3
[agenda]
threshold = 0.7
delay = { uniform = [0.1, 0.3], shift = { beta = [2, 5] } }
[seat.director]
tenure.mean = 36
tenure.shape = +inf
roles = [
  "learner", # first
  "leader",
]
[seat."日本"]
enabled = false
[[wave]]
at = 3
[[wave]]
at = nan
text = """
two
lines"""
[shock.karl]
enabled = true
"#;

const PIECES: &[&str] = &[
    "[",
    "]",
    "[[",
    "{",
    "}",
    "=",
    ".",
    ",",
    "\"",
    "\"\"\"",
    "'",
    "\n",
    "\r",
    "\t",
    "#",
    "\\",
    "-",
    "_",
    "0",
    "1e999",
    "9999999999999999999",
    "inf",
    "nan",
    "true",
    "1979-05-27",
    "enabled = false",
    "extends = \"base\"",
    "[seat]",
    "[seat.director]",
    "a.b.c = 1",
    "\u{feff}",
    "\u{1b}",
    "\u{0}",
    "\u{2028}",
    "é",
    "日",
    "a",
    "[[wave]]",
    "[wave]",
    "[agenda.delay]",
    "agenda.x = 1",
    "\\u00e9",
    "[[[[[[[[[[[[[[[[[[[[",
    "{a={a={a={a={a=",
    "a.a.a.a.a.a.a.a.a.a",
    "12:30",
    "0x",
    "'''",
];

/// A linear congruential generator; tests need no better one.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        let next = self.0.wrapping_mul(6_364_136_223_846_793_005);
        self.0 = next.wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % n.max(1)
    }
}

/// Cuts, doubles, moves and inserts pieces.
fn damage(text: &str, dice: &mut Dice) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    for _ in 0..=dice.below(6) {
        let at = dice.below(chars.len() + 1);
        let upto = (at + dice.below(20)).min(chars.len());
        match dice.below(6) {
            0 => drop(chars.drain(at..upto)),
            1 => drop(chars.splice(at..at, PIECES[dice.below(PIECES.len())].chars())),
            2 => drop(chars.splice(at..upto, PIECES[dice.below(PIECES.len())].chars())),
            3 => {
                let copy: Vec<char> = chars[at..upto].to_vec();
                let to = dice.below(chars.len() + 1);
                drop(chars.splice(to..to, copy));
            }
            4 => chars.truncate(chars.len() - dice.below(chars.len() / 4 + 1)),
            _ => {
                let lines: Vec<String> = text.lines().map(|l| format!("\n{l}\n")).collect();
                let line = &lines[dice.below(lines.len())];
                drop(chars.splice(at..at, line.chars()));
            }
        }
    }
    chars.into_iter().collect()
}

struct Base(String);

impl Resolver for Base {
    fn resolve(&self, name: &str, _: &Source) -> Result<Arc<Source>, Problems> {
        match name {
            "base" => Ok(Source::new("base", self.0.as_str())),
            _ => Err(Problem::new("there is no such scenario").into()),
        }
    }
}

/// Every message names a file, a line and a column that exist.
fn check_messages(problems: &Problems) {
    let drawn = problems.to_string();
    assert!(drawn.contains("error: "), "{drawn}");
    assert!(!drawn.contains('\u{1b}') && !drawn.contains('\0'), "{drawn}");
    for problem in problems.iter() {
        let Some(place) = &problem.place else {
            continue;
        };
        let lines = place.source().text().matches('\n').count() + 1;
        assert!((1..=lines).contains(&place.line()));
        let alone = problem.to_string();
        let widest = alone.lines().map(|line| line.chars().count()).max();
        assert!(widest.unwrap_or(0) < 400, "{alone}");
    }
    assert_eq!(problems.iter().count(), problems.len());
}

fn check_places(table: &Table) {
    for entry in table.entries() {
        assert!(!entry.key_place.text().is_empty() || entry.key.is_empty());
        check_node(&entry.node);
    }
}

fn check_node(node: &Node) {
    assert!(!node.describe().is_empty());
    match &node.value {
        Value::Table(table) => check_places(table),
        Value::Array(nodes) => nodes.iter().for_each(check_node),
        Value::Boolean(truth) => assert_eq!(node.place.text(), truth.to_string()),
        _ => assert!(!node.place.text().is_empty()),
    }
}

/// Reads a tree as a checker would, asking every kind of question of every key.
fn read(mut reader: Reader<'_>, dice: &mut Dice) {
    for (key, _, _) in Reader::new(reader.source_table(), "", &RefCell::default()).keys() {
        match dice.below(10) {
            0 => drop(reader.string(key)),
            1 => drop(reader.boolean(key)),
            2 => drop(reader.integer(key, 0..=10)),
            3 => drop(reader.float(key, 0.0..=1.0)),
            4 => drop(reader.one_of(key, &["status-blind", "status-led"])),
            5 => drop(reader.strings(key)),
            6 => drop(reader.floats(key, 0.0..=f64::MAX)),
            7 => drop(reader.required(&format!("{key}x"))),
            8 => {
                for (_, _, below) in reader.named_tables(key) {
                    read(below, dice);
                }
            }
            _ => {
                if let Some(below) = reader.table(key) {
                    read(below, dice);
                }
            }
        }
    }
    reader.finish();
}

fn try_out(text: &str, base: &str, dice: &mut Dice) -> bool {
    let source = Source::new("fuzz.toml", text);
    // Places are safe wherever they point.
    let anywhere = dice.below(text.len() + 9)..dice.below(text.len() + 9);
    let _ = Problem::new("here").at(&Place::new(&source, anywhere)).to_string();
    let line = text.lines().nth(dice.below(30)).unwrap_or("").to_string();
    if let Err(problems) = overrides(&[Assignment::set(&line)]) {
        check_messages(&problems);
    }
    match parse(Arc::clone(&source)) {
        Err(problems) => check_messages(&problems),
        Ok(table) => check_places(&table),
    }
    let set = [Assignment::set("seat.director.enabled=false"), Assignment::set(&line)];
    let set = &set[..dice.below(3)];
    match resolve(source, set, &Base(base.to_string())) {
        Err(problems) => {
            check_messages(&problems);
            false
        }
        Ok(table) => {
            check_places(&table);
            let written = to_toml(&table);
            let again = parse(Source::new("written", written.as_str()));
            let again = again.unwrap_or_else(|problems| panic!("{problems}\n{written}"));
            assert!(table.same_content(&again), "{written}");
            let problems = RefCell::new(Problems::new());
            read(Reader::new(&table, "", &problems), dice);
            let problems = problems.into_inner();
            if !problems.is_empty() {
                check_messages(&problems);
            }
            true
        }
    }
}

#[test]
fn damaged_scenarios_are_read_or_told_but_never_panic() {
    let mut dice = Dice(20_260_101);
    let base = SCENARIO.replace("extends = \"base\"\n", "");
    assert!(try_out(SCENARIO, &base, &mut dice));
    let mut read = 0;
    for round in 0..ROUNDS {
        let text = damage(SCENARIO, &mut dice);
        let below = match round % 3 {
            0 => damage(&base, &mut dice),
            _ => base.clone(),
        };
        read += usize::from(try_out(&text, &below, &mut dice));
    }
    // Both ways are walked often, or the test would say little.
    assert!(read > ROUNDS / 50 && read < ROUNDS, "{read} of {ROUNDS} were read");
}

const ROUNDS: usize = 4000;
