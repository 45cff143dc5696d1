//! `by_meeting = [[k, n], …]`: a share observed meeting by meeting, as one pattern.
//!
//! It stands for as many patterns as there are meetings with episodes, `NAME-1`, `NAME-2` …, each
//! with its own count, so that whatever reads patterns needs to know nothing of series.

use super::document::{Node, Problem, Problems, Table, Value, show_key};
use super::horizon::MOST_MEETINGS;

/// The key of a series.
const KEY: &str = "by_meeting";
/// Keys that a series says itself.
const SAID: [&str; 6] = ["published", "accept", "at_most", "count", "meetings", "sd"];

/// Puts a pattern for each meeting in the place of every series.
pub(super) fn spread(table: &mut Table, problems: &mut Problems) {
    let Some(patterns) = table.get_mut("pattern").and_then(Node::as_table_mut) else { return };
    let is_series = |name: &&str| {
        let inner = patterns.get(name).and_then(Node::as_table);
        inner.is_some_and(|inner| inner.get(KEY).is_some())
    };
    let names: Vec<String> = patterns.keys().filter(is_series).map(str::to_owned).collect();
    for name in names {
        let Some(entry) = patterns.remove(&name) else { continue };
        let Some(series) = entry.node.as_table() else { continue };
        match members(&name, series) {
            Ok(members) => {
                for (name, member) in members {
                    match patterns.get(&name) {
                        Some(node) => problems.push(
                            Problem::new(format!("there is a pattern `{name}` already"))
                                .at(&entry.key_place)
                                .note(&node.place, "here"),
                        ),
                        None => patterns.add(&name, member),
                    }
                }
            }
            Err(problem) => problems.push(*problem),
        }
    }
}

/// A pattern for each meeting with episodes.
fn members(name: &str, series: &Table) -> Result<Vec<(String, Node)>, Box<Problem>> {
    let path = format!("pattern.{}.{KEY}", show_key(name));
    if let Some(key) = SAID.into_iter().find(|key| series.get(key).is_some()) {
        let place = &series.get(key).unwrap_or(&Node::from(Value::Boolean(true))).place.clone();
        let problem = Problem::new(format!("`{path}` says what `{key}` says")).at(place);
        return Err(Box::new(problem.help(format!("leave out `{key}`"))));
    }
    let Some(node) = series.get(KEY) else { return Ok(Vec::new()) };
    let wrong = |node: &Node| {
        let problem = node.problem(&path, "must list how many of how many, meeting by meeting");
        let allowed = "[[k, n], …], whole numbers, k not above n; [0, 0] where none was coded";
        Box::new(problem.allowed(allowed))
    };
    let pairs = node.as_array().ok_or_else(|| wrong(node))?;
    if pairs.len() > MOST_MEETINGS as usize {
        return Err(wrong(node));
    }
    let title = series.get("title").and_then(Node::as_str).unwrap_or(name);
    let mut members = Vec::new();
    for (meeting, pair) in (1_i64..).zip(pairs) {
        let whole = |node: &Node| node.as_integer().filter(|k| (0..=1_000_000_000).contains(k));
        let count =
            pair.as_array().map(|counts| counts.iter().map(whole).collect::<Option<Vec<_>>>());
        let (k, n) = match count.flatten().as_deref() {
            Some([k, n]) if k <= n => (*k, *n),
            _ => return Err(wrong(pair)),
        };
        if n == 0 {
            continue;
        }
        let at = |value: Value| Node { value, place: pair.place.clone() };
        let number = || at(Value::Integer(meeting));
        let mut member = series.clone();
        member.remove(KEY);
        member.remove("title");
        member.add("title", at(Value::String(format!("{title}, meeting {meeting}"))));
        member.add("meetings", at(Value::Array(vec![number(), number()])));
        member.add("published", at(Value::Float(k as f64 / n as f64)));
        member.add("count", pair.clone());
        members.push((
            format!("{name}-{meeting}"),
            Node { place: pair.place.clone(), value: Value::Table(member) },
        ));
    }
    Ok(members)
}

#[cfg(test)]
mod tests {
    use crate::scenario::World;
    use crate::scenario::patterns::Published;

    fn with(series: &str) -> Result<World, String> {
        let text = format!(
            "extends = \"quiet\"\n[pattern.talk]\nmeasure = \"role_share\"\nuse = \"fit\"\n{series}\n"
        );
        World::from_text("mine", &text).map_err(|problems| problems.to_string())
    }

    #[test]
    fn a_series_is_a_pattern_for_each_meeting_that_has_episodes() {
        let world = with("by_meeting = [[1, 9], [0, 7], [0, 0], [7, 7]]").expect("a world");
        let of = |name: &str| world.patterns.iter().find(|pattern| pattern.name == name);
        let counts = ["talk-1", "talk-2", "talk-4"].map(|name| of(name).expect(name).count);
        assert_eq!(counts, [Some((1, 9)), Some((0, 7)), Some((7, 7))]);
        assert!(of("talk-3").is_none() && of("talk").is_none());
        assert_eq!(of("talk-4").expect("all").published, Published::Value(1.0));
        let again = World::from_text("again", &world.to_toml()).expect("what was written");
        assert_eq!(again.patterns.len(), world.patterns.len());
    }

    #[test]
    fn what_is_no_series_is_told_at_its_place() {
        for (series, says) in [
            ("by_meeting = [[9, 1]]", ["mine.toml:5:15", "k not above n"]),
            ("by_meeting = [[1, 2.5]]", ["mine.toml:5:15", "whole numbers"]),
            ("by_meeting = 3", ["mine.toml:5:14", "meeting by meeting"]),
            ("by_meeting = [[1, 2]]\ncount = [1, 2]", ["mine.toml:6:9", "leave out `count`"]),
            (
                "by_meeting = [[1, 2]]\n[pattern.talk-1]\nmeasure = \"drift\"\nat_most = 1\nuse = \"report\"",
                ["mine.toml:2:10", "already"],
            ),
        ] {
            let said = with(series).expect_err(series);
            says.iter().for_each(|part| assert!(said.contains(part), "{part} in {said}"));
        }
    }
}
