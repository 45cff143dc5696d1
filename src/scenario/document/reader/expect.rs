//! What a single value must be: the checks behind [`Reader`](super::Reader), open to callers that
//! hold a bare [`Node`] (an item of a list, one side of a distribution).

use std::ops::RangeInclusive;

use super::super::tree::quoted;
use super::super::{Node, Problem, Table, Value, nearest};

impl Node {
    /// A problem at this value: `` `path` <message>``, with the value as what was found.
    pub fn problem(&self, path: &str, message: &str) -> Problem {
        Problem::new(format!("`{path}` {message}")).at(&self.place).found(self.describe())
    }

    /// The text.
    ///
    /// # Errors
    ///
    /// The value is not text.
    pub fn expect_string(&self, path: &str) -> Result<String, Problem> {
        let problem = match &self.value {
            Value::String(text) => return Ok(text.clone()),
            _ => self.problem(path, "must be text").allowed("text in quotation marks"),
        };
        Err(match &self.value {
            Value::Array(_) | Value::Table(_) => problem,
            _ => problem.help(format!("write {}", quoted(self.place.text()))),
        })
    }

    /// The boolean.
    ///
    /// # Errors
    ///
    /// The value is not a boolean.
    pub fn expect_boolean(&self, path: &str) -> Result<bool, Problem> {
        if let Some(truth) = self.as_boolean() {
            return Ok(truth);
        }
        let problem = self.problem(path, "must be true or false");
        let problem = problem.allowed("true, false");
        let text = self.as_str().map(str::to_lowercase);
        Err(match (text.as_deref(), self.as_number()) {
            (Some("true" | "yes" | "on"), _) | (_, Some(1.0)) => problem.help("write true"),
            (Some("false" | "no" | "off"), _) | (_, Some(0.0)) => problem.help("write false"),
            _ => problem,
        })
    }

    /// The whole number, if it is in a range.
    ///
    /// # Errors
    ///
    /// The value is not a whole number, or out of range.
    pub fn expect_integer(&self, path: &str, allowed: RangeInclusive<i64>) -> Result<i64, Problem> {
        let range = whole_range(&allowed);
        match &self.value {
            Value::Integer(whole) if allowed.contains(whole) => return Ok(*whole),
            Value::Integer(_) => {
                return Err(self.problem(path, "is out of range").allowed(range));
            }
            _ => {}
        }
        let problem = self.problem(path, "must be a whole number").allowed(range);
        let digits = match &self.value {
            Value::String(text) => text.trim().parse::<i64>().ok(),
            // `3.0` is a whole number that was only written otherwise.
            Value::Float(number) if number.fract() == 0.0 && number.abs() < 9e15 => {
                Some(*number as i64)
            }
            _ => None,
        };
        Err(match digits.filter(|whole| allowed.contains(whole)) {
            Some(whole) => problem.help(format!("write {whole}")),
            None => problem,
        })
    }

    /// The number, whole or not, if it is in a range. It is never `nan` and never infinite.
    ///
    /// # Errors
    ///
    /// The value is not a number, not finite, or out of range.
    pub fn expect_number(&self, path: &str, allowed: &RangeInclusive<f64>) -> Result<f64, Problem> {
        let range = number_range(allowed);
        let Some(number) = self.as_number() else {
            let problem = self.problem(path, "must be a number").allowed(range);
            return Err(match self.as_str().and_then(written_number) {
                Some(number) if allowed.contains(&number) => {
                    problem.help(format!("write {}", short(number)))
                }
                _ => problem,
            });
        };
        if !number.is_finite() {
            return Err(self.problem(path, "must be a finite number").allowed(range));
        }
        if allowed.contains(&number) {
            return Ok(number);
        }
        let problem = self.problem(path, "is out of range").allowed(range);
        // Shares run from 0 to 1, and percentages are what people have in mind.
        let share = *allowed.start() >= 0.0 && *allowed.end() == 1.0;
        let fraction = number / 100.0;
        Err(if share && number >= 2.0 && allowed.contains(&fraction) {
            problem.help(format!("if it is a percentage, write {}", short(fraction)))
        } else {
            problem
        })
    }

    /// The one of some words that the text is.
    ///
    /// # Errors
    ///
    /// The value is not text, or none of the words.
    pub fn expect_one_of<'b>(&self, path: &str, allowed: &[&'b str]) -> Result<&'b str, Problem> {
        let words: Vec<String> = allowed.iter().map(|word| format!("{word:?}")).collect();
        let words = words.join(", ");
        let Some(text) = self.as_str() else {
            return Err(self.problem(path, "must be one of some words").allowed(words));
        };
        if let Some(word) = allowed.iter().find(|word| **word == text) {
            return Ok(word);
        }
        let problem = self.problem(path, "is none of the known words").allowed(words);
        Err(match nearest(text, allowed.iter().copied()) {
            Some(word) => problem.help(format!("did you mean {word:?}?")),
            None => problem,
        })
    }

    /// The items of the list; `wanted` describes the list in words.
    ///
    /// # Errors
    ///
    /// The value is not a list.
    pub fn expect_list(&self, path: &str, wanted: &str) -> Result<&[Node], Problem> {
        let problem = match &self.value {
            Value::Array(nodes) => return Ok(nodes),
            _ => self.problem(path, "must be a list").allowed(wanted),
        };
        Err(match &self.value {
            Value::Table(_) => problem,
            _ if self.place.text().len() > 60 => problem,
            _ => problem.help(format!("write [{}]", self.place.text())),
        })
    }

    /// The table.
    ///
    /// # Errors
    ///
    /// The value is not a table.
    pub fn expect_table(&self, path: &str) -> Result<&Table, Problem> {
        self.as_table().ok_or_else(|| {
            self.problem(path, "must be a table")
                .allowed(format!("a table, written [{path}] or {{key = value}}"))
        })
    }
}

/// The number that a text is meant to be: `0.5`, `0,5`, `50%`.
fn written_number(text: &str) -> Option<f64> {
    let text = text.trim();
    let (digits, scale) = match text.strip_suffix('%') {
        Some(percent) => (percent.trim(), 100.0),
        None => (text, 1.0),
    };
    let number: f64 = digits.replacen(',', ".", 1).parse().ok()?;
    Some(number / scale).filter(|number| number.is_finite())
}

/// A number without a needless `.0`, and never as hundreds of digits.
fn short(number: f64) -> String {
    let digits = format!("{number:?}");
    digits.strip_suffix(".0").unwrap_or(&digits).to_string()
}

fn number_range(allowed: &RangeInclusive<f64>) -> String {
    // The largest finite number is no bound that anybody chose.
    let low = Some(*allowed.start()).filter(|low| *low > f64::MIN);
    let high = Some(*allowed.end()).filter(|high| *high < f64::MAX);
    in_words("a number", low.map(short), high.map(short))
}

fn whole_range(allowed: &RangeInclusive<i64>) -> String {
    let low = Some(*allowed.start()).filter(|low| *low > i64::MIN);
    let high = Some(*allowed.end()).filter(|high| *high < i64::MAX);
    let text = |bound: Option<i64>| bound.map(|bound| bound.to_string());
    in_words("a whole number", text(low), text(high))
}

fn in_words(what: &str, low: Option<String>, high: Option<String>) -> String {
    match (low, high) {
        (Some(low), Some(high)) => format!("{what} from {low} to {high}"),
        (Some(low), None) => format!("{what} of at least {low}"),
        (None, Some(high)) => format!("{what} of at most {high}"),
        (None, None) => what.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::{Source, parse};
    use super::*;

    fn told<T>(value: &str, check: impl Fn(&Node) -> Result<T, Problem>) -> String {
        let source = Source::new("f.toml", format!("p = {value}\n"));
        let table = parse(source).expect("valid");
        let problem = check(table.get("p").expect("p")).err().expect("a problem");
        problem.to_string()
    }

    fn tells<T>(value: &str, check: impl Fn(&Node) -> Result<T, Problem>, parts: &[&str]) {
        let told = told(value, check);
        assert!(told.contains("--> f.toml:1:5"), "{told}");
        for part in parts {
            assert!(told.contains(part), "no {part:?} in\n{told}");
        }
    }

    #[test]
    fn numbers_are_held_to_their_range() {
        let share = |n: &Node| n.expect_number("agenda.p", &(0.0..=1.0));
        tells(
            "1.5",
            share,
            &[
                "error: `agenda.p` is out of range",
                "found: the number 1.5",
                "allowed: a number from 0 to 1",
            ],
        );
        assert!(!told("1.5", share).contains("help"));
        tells("50", share, &["help: if it is a percentage, write 0.5"]);
        tells("\"0,5\"", share, &["found: the string \"0,5\"", "help: write 0.5"]);
        tells("\"50 %\"", share, &["must be a number", "help: write 0.5"]);
        tells("inf", share, &["must be a finite number", "infinity (inf)"]);
        let open = |n: &Node| n.expect_number("p", &(0.5..=f64::INFINITY));
        tells("nan", open, &["not a number (nan)", "a number of at least 0.5"]);
        let any = |n: &Node| n.expect_number("p", &(f64::MIN..=1e300));
        tells("{x = 1}", any, &["the table {x = …}", "a number of at most 1e300"]);
    }

    #[test]
    fn whole_numbers_are_held_to_their_range() {
        let months = |n: &Node| n.expect_integer("p", 1..=600);
        tells("0", months, &["found: the number 0", "a whole number from 1 to 600"]);
        tells("12.0", months, &["must be a whole number", "help: write 12"]);
        tells("\"12\"", months, &["help: write 12"]);
        assert!(!told("12.5", months).contains("help"));
        tells("true", months, &["found: the boolean true"]);
        let open = |n: &Node| n.expect_integer("p", i64::MIN..=i64::MAX);
        tells("1.5", open, &["allowed: a whole number\n"]);
    }

    #[test]
    fn words_get_their_nearest() {
        let law = |n: &Node| n.expect_one_of("theory", &["status-led", "status-blind"]);
        tells(
            "\"Status blind\"",
            law,
            &[
                "`theory` is none of the known words",
                "found: the string \"Status blind\"",
                "allowed: \"status-led\", \"status-blind\"",
                "help: did you mean \"status-blind\"?",
            ],
        );
        tells("3", law, &["must be one of some words", "found: the number 3"]);
    }

    #[test]
    fn other_kinds_are_told_too() {
        tells("3", |n| n.expect_string("p"), &["must be text", "help: write \"3\""]);
        tells("\"yes\"", |n| n.expect_boolean("p"), &["help: write true"]);
        let list = |n: &Node| n.expect_list("p", "a list of texts").map(|_| ());
        tells("\"x\"", list, &["a list of texts", "help: write [\"x\"]"]);
        let table = |n: &Node| n.expect_table("p").map(|_| ());
        tells("[]", table, &["must be a table", "an empty list", "written [p]"]);
    }
}
