//! The TOML parser's errors, put in a modeller's words with the likely correction.

use std::ops::Range;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue, Error};

use super::tree::{is_bare, quoted};
use super::{Place, Problem, Source};

/// The parser's errors as problems, in order, one for each line, and the number of those past a
/// limit.
///
/// `recovered` is what the parser made of the text; it tells where an unclosed bracket began.
pub(super) fn problems(
    source: &Arc<Source>,
    errors: &[Error],
    recovered: &DeTable<'_>,
    limit: usize,
) -> (Vec<Problem>, usize) {
    let text = source.text();
    let spot =
        |error: &Error| error.span().unwrap_or_else(|| first_line_with(text, error.message()));
    let mut spots: Vec<(Range<usize>, &str)> =
        errors.iter().map(|error| (spot(error), error.message())).collect();
    spots.sort_by_key(|(span, _)| span.start);
    let unclosed = spots.iter().any(|(_, message)| {
        message.starts_with("unclosed array,") || message.starts_with("unclosed inline table")
    });
    let end = text.trim_end().len();
    let open = unclosed.then(|| open_bracket(recovered, end)).flatten();
    let inner = open.and_then(|open| spots.iter().find(|(span, _)| span.start > open));
    let inner = inner.map(|(span, _)| Place::new(source, span.clone()));
    // Whatever follows a bracket that never closes is read as part of it.
    spots.retain(|(span, _)| open.is_none_or(|open| span.start < open));
    let mut told_upto = 0;
    spots.retain(|(span, _)| {
        let first = span.start >= told_upto;
        if first {
            let rest = text.get(span.start..).unwrap_or("");
            told_upto = span.start + rest.find('\n').unwrap_or(rest.len()) + 1;
        }
        first
    });
    let told = spots.iter().take(limit);
    let told =
        told.map(|(span, message)| explain(source, Place::new(source, span.clone()), message));
    let mut problems: Vec<Problem> = told.collect();
    if let Some(open) = open {
        problems.push(never_closed(&Place::new(source, open..open + 1), inner));
    }
    (problems, spots.len().saturating_sub(limit))
}

/// The line from which on the parser reports an error that it gives no place (keys of very many
/// parts): found by halving.
fn first_line_with(text: &str, message: &str) -> Range<usize> {
    let ends: Vec<usize> = text.match_indices('\n').map(|(at, _)| at).chain([text.len()]).collect();
    let reported = |end: &usize| {
        let (_, errors) = DeTable::parse_recoverable(&text[..*end]);
        errors.iter().any(|error| error.message() == message)
    };
    let at = ends.partition_point(|end| !reported(end)).min(ends.len() - 1);
    let start = at.checked_sub(1).map_or(0, |before| ends[before] + 1);
    start..ends[at]
}

/// Where the outermost bracket opens that reaches to the end of the text.
fn open_bracket(table: &DeTable<'_>, end: usize) -> Option<usize> {
    table.values().find_map(|value| open_in(value, end))
}

fn open_in(value: &Spanned<DeValue<'_>>, end: usize) -> Option<usize> {
    let span = value.span();
    match value.get_ref() {
        // Tables under a header have the header's span and so never reach the end themselves.
        DeValue::Array(_) | DeValue::Table(_) if span.end >= end && span.start < end => {
            Some(span.start)
        }
        DeValue::Array(values) => values.iter().find_map(|value| open_in(value, end)),
        DeValue::Table(table) => open_bracket(table, end),
        _ => None,
    }
}

fn never_closed(open: &Place, inner: Option<Place>) -> Problem {
    let (what, close) = match open.text() {
        "{" => ("table in braces", '}'),
        _ => ("list", ']'),
    };
    let problem = Problem::new(format!("the {what} that begins here is never closed"))
        .at(open)
        .allowed(format!("`{close}` after its last value"));
    match inner {
        Some(place) => problem.note(&place, "it was still open here"),
        None => problem,
    }
}

fn explain(source: &Arc<Source>, place: Place, message: &str) -> Problem {
    let (what, expected) = message.split_once(", expected ").unwrap_or((message, ""));
    match what {
        "string values must be quoted" | "invalid boolean" if !place.text().is_empty() => {
            unquoted(&place)
        }
        "duplicate key" => duplicate(source, &place),
        "unexpected key or value" => left_over(&place),
        "invalid unquoted key" => odd_key(&place),
        "key with no value" => Problem::new("a key without a value")
            .at(&place)
            .allowed("`key = value`, or `[table]` alone on its line"),
        "string values must be quoted" | "missing value" | "missing value for key" => {
            Problem::new("a value is missing")
                .at(&place)
                .allowed("a number, \"text\", true, false, a [list] or a {table}")
        }
        "unclosed table" => Problem::new("a table header is not closed")
            .at(&place)
            .allowed("`]` at the end of the header"),
        "unclosed array table" => Problem::new("a table header is not closed")
            .at(&place)
            .allowed("`]]` at the end of the header"),
        "missing comma between array elements" | "missing comma between key-value pairs" => {
            Problem::new("a comma is missing between two values")
                .at(&place)
                .allowed("`,` between the values of a list or of a table in braces")
        }
        "unexpected leading zero" => Problem::new("a number begins with a needless zero")
            .at(&place)
            .help("write `7`, not `07`"),
        "invalid mantissa" | "invalid fraction" => {
            Problem::new("a number needs digits on both sides of its point")
                .at(&place)
                .help("write `0.5`, not `.5`, and `5.0`, not `5.`")
        }
        "missing escaped value" => Problem::new("a backslash in text must be written twice")
            .at(&place)
            .found(following(&place))
            .help("write `\\\\`, or put the text in single quotation marks: 'a\\b'"),
        what if what.starts_with("cannot recurse") || what.starts_with("recursion") => {
            Problem::new("tables and lists lie too deep in one another").at(&place)
        }
        what if what.starts_with("invalid") && what.ends_with("string") => {
            broken_string(&place, what, expected)
        }
        what if what.starts_with("cannot extend value of type ") => {
            let kind = what.trim_start_matches("cannot extend value of type ");
            let kind = kind.trim_end_matches(" with a dotted key");
            Problem::new(format!("`{}` is not a table that can be added to", place.text()))
                .at(&place)
                .found(format!("it was written before as a value: {kind}"))
        }
        _ => {
            let problem = Problem::new(format!("this is not TOML: {what}")).at(&place);
            match expected {
                "" | "nothing" => problem,
                expected => problem.allowed(expected),
            }
        }
    }
}

/// A bare word, or something like a number, where a value belongs.
fn unquoted(place: &Place) -> Problem {
    let raw = place.text();
    let number = |text: &str| text.trim().parse::<f64>().ok().filter(|n| n.is_finite());
    let bare = raw.trim_matches(['“', '”', '„', '‘', '’', '«', '»', '`', '\'', '"', ' ']);
    let problem = Problem::new("a value cannot be read; text needs quotation marks")
        .at(place)
        .found(quoted(raw))
        .allowed("a number, \"text\", true, false, a [list] or a {table}");
    if let Some(percent) = raw.strip_suffix('%').and_then(number) {
        return problem.help(format!("write a share as a fraction: {}", percent / 100.0));
    }
    if let Some((over, under)) = raw.split_once('/')
        && let (Some(over), Some(under)) = (number(over), number(under))
        && under != 0.0
    {
        return problem.help(format!("write the number itself: {:.4}", over / under));
    }
    match bare.to_lowercase().as_str() {
        "yes" | "on" | "true" => problem.help("write true"),
        "no" | "off" | "false" => problem.help("write false"),
        _ => problem.help(format!("write {}", quoted(bare))),
    }
}

/// Something after a complete value on the same line.
fn left_over(place: &Place) -> Problem {
    let (line, mark) = place.line_and_mark();
    let (before, after) = line.split_at(mark.start);
    let whole: String = last_run(before, |c| c.is_ascii_digit());
    let decimals: String = match after.strip_prefix(',') {
        Some(rest) => rest.chars().take_while(char::is_ascii_digit).collect(),
        None => String::new(),
    };
    let problem = Problem::new("something is left over after the value")
        .at(place)
        .found(following(place))
        .allowed("the end of the line, or a comment after `#`");
    if whole.is_empty() || decimals.is_empty() {
        return problem;
    }
    let mut help = format!("decimals follow a point: {whole}.{decimals}");
    if decimals.len() == 3 {
        help.push_str(&format!(" (and thousands are not set off: {whole}{decimals})"));
    }
    problem.help(help)
}

fn last_run(text: &str, wanted: impl Fn(char) -> bool) -> String {
    let run = text.chars().rev().take_while(|c| wanted(*c));
    let reversed: Vec<char> = run.collect();
    reversed.into_iter().rev().collect()
}

/// A key with a character that bare keys may not have.
fn odd_key(place: &Place) -> Problem {
    let (line, mark) = place.line_and_mark();
    let in_key = |c: char| !c.is_whitespace() && !"=[]{}.,\"'#".contains(c);
    let (before, after) = line.split_at(mark.start);
    let mut word = last_run(before, in_key);
    word.extend(after.chars().take_while(|c| in_key(*c)));
    let problem = Problem::new("a key has a character that needs quotation marks")
        .at(place)
        .found(quoted(place.text()))
        .allowed("letters a-z and A-Z, digits, `-` and `_`");
    match word.strip_suffix(':') {
        Some(key) if is_bare(key) => {
            problem.help(format!("a key and its value are joined by `=`: {key} = …"))
        }
        _ if word.is_empty() => problem,
        _ => problem.help(format!("write {} as the key", quoted(&word))),
    }
}

fn broken_string(place: &Place, what: &str, expected: &str) -> Problem {
    match expected {
        "`\"`" | "'`'" | "`'`" | "`\"\"\"`" | "`'''`" => {
            Problem::new("the quotation mark that opens this text is never closed")
                .at(place)
                .allowed("the same quotation mark at the end of the text")
        }
        _ => Problem::new(format!("this is not TOML: {what}"))
            .at(place)
            .found(following(place))
            .allowed(expected),
    }
}

/// A key or header written twice, with the first one if it can be seen.
fn duplicate(source: &Arc<Source>, place: &Place) -> Problem {
    let problem = Problem::new(format!("`{}` is written twice", place.text()))
        .at(place)
        .allowed("each key once, each [header] once")
        .help("keep one of the two");
    match first_of(source, place) {
        Some(first) => problem.note(&first, "first written here"),
        None => problem,
    }
}

/// The earlier line with the same header, or with the same key under the same header.
///
/// The parser forgets the first place, so the lines are searched. It may miss a first place that is
/// spelled otherwise (`"a"` and `a`), but it never changes what is an error.
fn first_of(source: &Arc<Source>, place: &Place) -> Option<Place> {
    let (line, mark) = place.line_and_mark();
    let is_header = |line: &str| line.trim_start().starts_with('[');
    let wanted = if is_header(line) {
        line.split_inclusive(']').next()?.trim()
    } else {
        line[..mark.end].trim()
    };
    let mut at = 0;
    let mut found = None;
    for (index, earlier) in source.text().split_inclusive('\n').enumerate() {
        if index + 1 >= place.line() {
            break;
        }
        let indent = earlier.len() - earlier.trim_start().len();
        if is_header(earlier) && !is_header(line) {
            found = None;
        }
        if let Some(rest) = earlier.trim_start().strip_prefix(wanted) {
            let rest = rest.trim();
            let same = match is_header(line) {
                true => rest.is_empty() || rest.starts_with('#'),
                false => rest.starts_with('='),
            };
            if same && found.is_none() {
                found = Some(at + indent..at + indent + wanted.len());
            }
        }
        at += earlier.len();
    }
    found.map(|span| Place::new(source, span))
}

/// The rest of the line from a place on.
fn following(place: &Place) -> String {
    let (line, mark) = place.line_and_mark();
    match line[mark.start..].trim() {
        "" => "the end of the line".to_string(),
        rest => quoted(rest),
    }
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::*;

    fn told(text: &str) -> String {
        let problems = parse(Source::new("f.toml", text)).expect_err("a problem");
        problems.to_string()
    }

    fn tells(text: &str, parts: &[&str]) {
        let told = told(text);
        for part in parts {
            assert!(told.contains(part), "no {part:?} in\n{told}");
        }
    }

    #[test]
    fn several_mistakes_are_told_at_once_and_each_once() {
        let told = told("a = status-blind\nb = 1\n c = = 2\n[x\ny = 1\n");
        assert_eq!(told.matches("error:").count(), 3, "{told}");
        assert!(told.contains("f.toml:1:5"), "{told}");
        assert!(told.contains("f.toml:3:6"), "{told}");
        assert!(told.contains("f.toml:4:3"), "{told}");
    }

    #[test]
    fn values_that_are_no_toml_get_their_correction() {
        tells("theory = status-blind", &["f.toml:1:10", "help: write \"status-blind\""]);
        tells("theory = “led”", &["help: write \"led\""]);
        tells("a = yes", &["help: write true"]);
        tells("a = False", &["help: write false"]);
        tells("a = 50%", &["help: write a share as a fraction: 0.5"]);
        tells("a = 1/3", &["0.3333"]);
        tells("a = 0,5", &["f.toml:1:6", "help: decimals follow a point: 0.5"]);
        tells("a = 1,000", &["1.000", "1000"]);
        tells("a = .5", &["`0.5`, not `.5`"]);
        tells("a = 07", &["`7`, not `07`"]);
        tells("a = 1 # one\nb = 2 3", &["f.toml:2:5", "\"2 3\""]);
        tells("a = 'abc\nb = 1", &["f.toml:1", "never closed"]);
        tells("a = \"C:\\q\"", &["backslash"]);
        tells("a =\n", &["f.toml:1:4", "a value is missing"]);
    }

    #[test]
    fn keys_that_are_no_toml_get_their_correction() {
        tells("a: 1", &["f.toml:1:2", "joined by `=`: a = …"]);
        tells("größe = 1", &["f.toml:1:3", "help: write \"größe\" as the key"]);
        tells("a\n", &["a key without a value", "`key = value`"]);
        tells("a = 1\na.b = 2", &["`a` is not a table"]);
    }

    #[test]
    fn a_key_written_twice_shows_the_first() {
        let text = "x = 1\n[a]\nx = 1\ny = 2\nx = 3\n";
        tells(text, &["`x` is written twice", "f.toml:5:1", "note: first", "f.toml:3:1"]);
        let text = "[seat.a]\nx = 1\n[b]\n [seat.a] # again\n";
        tells(text, &["f.toml:4:8", "note: first", "f.toml:1:1"]);
    }

    #[test]
    fn an_unclosed_bracket_is_told_where_it_opens() {
        let told = told("x = 1 1\na = [1, 2\nb = 3\n[c]\nd = 4\n");
        assert_eq!(told.matches("error:").count(), 2, "{told}");
        assert!(told.contains("f.toml:2:5"), "{told}");
        assert!(told.contains("`]` after its last value"), "{told}");
        assert!(told.contains("f.toml:3:1"), "{told}");
        tells("[t]\na = {x = 1\nb = 2\n", &["f.toml:2:5", "`}` after its last value"]);
    }
}
