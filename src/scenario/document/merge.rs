//! Laying one tree over another: scenarios over those they extend, `--set` over both.

use std::collections::BTreeMap;

use super::tree::Form;
use super::{Entry, Node, Place, Problem, Problems, Source, Table, Value, parse};

/// Lays `over` on `base`.
///
/// Tables merge key by key, at every depth; anything else is replaced. A table written in braces is
/// one value: `delay = { beta = [2, 5] }` replaces `delay = { uniform = [1, 3] }` and does not leave
/// a delay of two kinds. (A `[delay]` header or `delay.beta = …` does merge into it.)
///
/// Keys of `base` keep their order and new ones follow. Places are those of the winner; a table that
/// `over` merely names on the way to a deeper key keeps its place in `base`.
pub fn merge(mut base: Table, over: Table) -> Table {
    let index: BTreeMap<String, usize> =
        base.entries.iter().enumerate().map(|(at, entry)| (entry.key.clone(), at)).collect();
    for entry in over.entries {
        match index.get(&entry.key) {
            Some(at) => lay(&mut base.entries[*at], entry),
            None => base.entries.push(entry),
        }
    }
    if over.form != Form::Passed {
        base.place = over.place;
        base.form = match (base.form, over.form) {
            // Once under a header it stays there, also when written back.
            (Form::Header, _) => Form::Header,
            (_, over) => over,
        };
    }
    base
}

fn lay(base: &mut Entry, over: Entry) {
    let replaces = match (&base.node.value, &over.node.value) {
        (Value::Table(base), Value::Table(over)) => base.is_inline() && over.is_inline(),
        _ => true,
    };
    if replaces {
        *base = over;
        return;
    }
    let Value::Table(upper) = over.node.value else {
        return;
    };
    let passed = upper.form == Form::Passed;
    if let Value::Table(lower) = &mut base.node.value {
        let place = lower.place.clone();
        let lower = std::mem::replace(lower, Table::new(place));
        base.node.value = Value::Table(merge(lower, upper));
    }
    if !passed {
        base.key_place = over.key_place;
        base.node.place = over.node.place;
    }
}

/// `KEY=VALUE`, laid over a file, and how it was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assignment {
    /// What problems say of where it stands: `--set agenda.threshold=7`.
    given: String,
    text: String,
}

impl Assignment {
    /// One given as `--set KEY=VALUE`.
    pub fn set(text: &str) -> Assignment {
        Assignment { given: format!("--set {text}"), text: text.to_owned() }
    }

    /// Some given as `--set KEY=VALUE`.
    pub(in crate::scenario) fn all(texts: impl IntoIterator<Item: AsRef<str>>) -> Vec<Assignment> {
        texts.into_iter().map(|text| Assignment::set(text.as_ref())).collect()
    }

    /// One given otherwise, in these words: `--variant a welcome: KEY=VALUE`, `--months 12`.
    pub fn given_as(given: String, text: String) -> Assignment {
        Assignment { given, text }
    }
}

/// Reads `KEY=VALUE` assignments, each into a tree of its own whose source is called as it was given.
///
/// The key may be dotted; the value is TOML, so text needs quotation marks.
///
/// # Errors
///
/// One problem at least for each assignment that is not a single `KEY=VALUE`, all at once.
pub fn overrides(assignments: &[Assignment]) -> Result<Vec<Table>, Problems> {
    let mut problems = Problems::new();
    let mut tables = Vec::new();
    for assignment in assignments {
        match assigned(assignment) {
            Ok(table) => tables.push(table),
            Err(problem) => problems.extend(problem),
        }
    }
    problems.into_result(tables)
}

fn assigned(assignment: &Assignment) -> Result<Table, Problems> {
    let Assignment { given, text } = assignment;
    let source = Source::assigned(given, text);
    let whole = Place::new(&source, 0..text.len());
    let shape = |message: &str| {
        Problem::new(message).at(&whole).allowed("KEY=VALUE, such as `agenda.threshold=0.7`")
    };
    let Some((key, value)) = text.split_once('=') else {
        return Err(shape("an assignment needs a key and a value").into());
    };
    if key.trim().is_empty() || value.trim().is_empty() {
        return Err(shape("an assignment needs a key and a value").into());
    }
    if text.contains('\n') {
        return Err(shape("an assignment stands on one line").into());
    }
    let before = given.strip_suffix(text.as_str()).unwrap_or("--set ");
    let mut table = parse(source).map_err(|found| requoted(found, before, key, value))?;
    // The root stands for the scenario, not for the command line.
    table.form = Form::Passed;
    if single(&table) { Ok(table) } else { Err(shape("one assignment sets one key").into()) }
}

/// Whether a tree is one path to one value.
fn single(table: &Table) -> bool {
    match table.entries.as_slice() {
        [entry] => match &entry.node.value {
            Value::Table(table) if table.form == Form::Passed => single(table),
            Value::Table(table) => table.is_inline(),
            _ => true,
        },
        _ => false,
    }
}

/// Suggests quotation marks where the value would be valid as text. The shell takes the outermost
/// ones away, so the suggestion has two pairs. `before` is what stands before the assignment: the
/// option, and perhaps a name.
fn requoted(problems: Problems, before: &str, key: &str, value: &str) -> Problems {
    let (key, value) = (key.trim(), value.trim());
    let quotable = !value.contains(['"', '\\', '\'', '[', ']', '{', '}', ',', '%', '/']);
    let suggestion = format!("{key}=\"{value}\"");
    let numeric = value.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c));
    let boolean = matches!(value.to_lowercase().as_str(), "yes" | "no" | "true" | "false");
    let valid = toml::de::DeTable::parse(&suggestion).is_ok();
    if !quotable || numeric || boolean || !valid {
        return problems;
    }
    let help = match before.split_once(' ') {
        Some((option, name)) if option.starts_with("--") => format!(
            "text needs quotation marks, and the shell takes one pair: {option} '{name}{suggestion}'"
        ),
        _ => format!("text needs quotation marks: {suggestion}"),
    };
    problems.into_iter().map(|problem| problem.help(help.as_str())).collect()
}

/// Reports every sub-table of `over` that says nothing but `enabled = false` where `base` has no such
/// table: a misspelt name would otherwise switch nothing off and go unseen.
pub(super) fn check_switches(base: &Table, over: &Table, path: &str, problems: &mut Problems) {
    let known = base.index();
    for entry in &over.entries {
        let Value::Table(table) = &entry.node.value else {
            continue;
        };
        let below = super::reader::join(path, &entry.key);
        match known.get(entry.key.as_str()).map(|node| &node.value) {
            Some(Value::Table(lower)) => check_switches(lower, table, &below, problems),
            Some(_) => {}
            None if only_switches_off(table) => {
                let siblings = base.entries.iter().filter(|e| is_table(&e.node));
                let names: Vec<&str> = siblings.map(|e| e.key.as_str()).collect();
                let problem = Problem::new(format!("there is no `{below}` to switch off"))
                    .at(&entry.key_place)
                    .suggest(super::nearest(&entry.key, names.iter().copied()));
                problems.push(match names.len() {
                    0 => problem,
                    _ => problem.allowed(names.join(", ")),
                });
            }
            None => {
                let nothing = Table::new(base.place.clone());
                check_switches(&nothing, table, &below, problems);
            }
        }
    }
}

fn is_table(node: &Node) -> bool {
    node.as_table().is_some()
}

fn only_switches_off(table: &Table) -> bool {
    match table.entries.as_slice() {
        [only] => only.key == "enabled" && only.node.as_boolean() == Some(false),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::to_toml;
    use super::*;

    fn table(name: &str, text: &str) -> Table {
        parse(Source::new(name, text)).expect("valid")
    }

    fn set(assignment: &str) -> Table {
        let mut tables = overrides(&[Assignment::set(assignment)]).expect("valid");
        tables.remove(0)
    }

    fn refused(assignment: &str) -> String {
        overrides(&[Assignment::set(assignment)]).expect_err("a problem").to_string()
    }

    #[test]
    fn tables_merge_and_everything_else_is_replaced() {
        let base = "x = 1\nlist = [1, 2]\n[a]\np = 1\nq = 2\n[a.b]\nr = 3\n";
        let over = "list = [9]\ny = 5\n[a]\nq = 7\n[a.b]\ns = 4\n";
        let merged = merge(table("base", base), table("over", over));
        let expected = "x = 1\nlist = [9]\ny = 5\n[a]\np = 1\nq = 7\n[a.b]\nr = 3\ns = 4\n";
        assert!(merged.same_content(&table("e", expected)), "{}", to_toml(&merged));
        assert_eq!(merged.keys().collect::<Vec<_>>(), ["x", "list", "a", "y"]);
    }

    #[test]
    fn a_table_in_braces_is_one_value() {
        let base = table("base", "delay = { uniform = [1, 3] }\n");
        let whole = table("over", "delay = { beta = [2, 5] }\n");
        let merged = merge(base.clone(), whole.clone());
        assert!(merged.same_content(&whole));
        let merged = merge(base, set("delay.beta=[2, 5]"));
        let delay = merged.get("delay").and_then(Node::as_table).expect("delay");
        assert_eq!(delay.len(), 2);
        let merged = merge(table("base", "[a]\nx = 1\n"), set("a={y = 2}"));
        assert!(merged.same_content(&table("e", "a = {x = 1, y = 2}")));
    }

    #[test]
    fn places_are_those_of_the_winner() {
        let base = table("base", "[a]\np = 1\nq = 2\n");
        let merged = merge(base.clone(), table("over", "[a]\nq = 7\n"));
        assert_eq!(merged.place().source_name(), "over");
        let a = merged.get("a").and_then(Node::as_table).expect("a");
        assert_eq!(a.place().source_name(), "over");
        assert_eq!(a.get("p").expect("p").place.source_name(), "base");
        assert_eq!(a.get("q").expect("q").place.source_name(), "over");
        let merged = merge(base, set("a.q=8"));
        assert_eq!(merged.place().source_name(), "base");
        let a = merged.get("a").and_then(Node::as_table).expect("a");
        assert_eq!(a.place().source_name(), "base", "only named in passing");
        let q = a.get("q").expect("q");
        assert_eq!(q.place.to_string(), "--set a.q=8:1:5");
    }

    #[test]
    fn assignments_take_dotted_and_quoted_keys() {
        let one = set(" seat.\"a=b\".tenure = 12 ");
        assert!(one.same_content(&table("e", "seat.\"a=b\".tenure = 12")));
        assert!(set("mix={x = 0.5, y = 0.5}").get("mix").is_some());
    }

    #[test]
    fn assignments_that_are_none_are_told() {
        let text = refused("theory=status-blind");
        assert!(text.contains("--set theory=status-blind:1:8"), "{text}");
        assert!(text.contains("--set 'theory=\"status-blind\"'"), "{text}");
        assert!(refused("theory=status blind").contains("'theory=\"status blind\"'"));
        assert!(refused("agenda.threshold").contains("KEY=VALUE"));
        assert!(refused("=1").contains("KEY=VALUE"));
        assert!(refused("a=").contains("KEY=VALUE"));
        assert!(refused("[a]\nb=1").contains("one line"));
        assert!(refused("a=0,5").contains("0.5"));
        assert!(refused("a=yes").contains("write true"));
        assert!(refused("a=1979-05-27").contains("\"1979-05-27\""));
        let two = overrides(&[Assignment::set("a"), Assignment::set("b=c")]);
        assert_eq!(two.expect_err("two").len(), 2);
    }

    #[test]
    fn an_assignment_is_told_where_it_was_given() {
        let given = "--variant a welcome: theory=status-blind".to_owned();
        let variant = Assignment::given_as(given, "theory=status-blind".to_owned());
        let text = overrides(&[variant]).expect_err("a problem").to_string();
        assert!(text.contains("--> --variant a welcome: theory=status-blind:1:8"), "{text}");
        assert!(text.contains("--variant 'a welcome: theory=\"status-blind\"'"), "{text}");
    }
}
