//! Dates in scenarios: `calendar.starts = "2026-09"`, and then `"2027-04"` wherever a month is
//! stated.
//!
//! A date is read as the number of its month, so that whatever reads a scenario needs to know
//! nothing of dates. The first month of the year follows from the date, too. Numbers go on being
//! allowed beside dates.

use super::document::{Node, Problem, Problems, Table, Value};
use crate::ids::Month;
use std::fmt;

/// The tables in which months are stated, with their keys.
const DATED: [(&str, &[&str]); 4] = [
    ("shock", &["month"]),
    ("intervention", &["from", "until"]),
    ("grant", &["from"]),
    ("interview", &["months"]),
];
/// Years that a date may have.
const YEARS: std::ops::RangeInclusive<u32> = 1900..=2999;
const FORM: &str = "a year and a month, such as \"2027-04\"";

/// A month of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    /// The year.
    pub year: u32,
    /// The month of the year, from 1.
    pub month: u32,
}

impl Date {
    /// Reads `2027-04`.
    pub fn read(text: &str) -> Option<Date> {
        let (year, month) = text.split_once('-')?;
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if year.len() != 4 || month.len() != 2 || !digits(year) || !digits(month) {
            return None;
        }
        let (year, month) = (year.parse().ok()?, month.parse().ok()?);
        (YEARS.contains(&year) && (1..=12).contains(&month)).then_some(Date { year, month })
    }

    /// Months since the beginning of the common era.
    fn count(self) -> i64 {
        12 * i64::from(self.year) + i64::from(self.month) - 1
    }

    /// The date of a month of a partnership that this is the first month of.
    #[must_use]
    pub fn of(self, month: Month) -> Date {
        let count = self.count() as u64 + u64::from(month.0.saturating_sub(1));
        Date { year: (count / 12) as u32, month: (count % 12) as u32 + 1 }
    }

    /// The number that a date has in a partnership that this is the first month of; 0 or less before
    /// it begins.
    pub fn number(self, date: Date) -> i64 {
        date.count() - self.count() + 1
    }
}

impl fmt::Display for Date {
    /// In words: April 2027.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const MONTHS: [&str; 12] = [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ];
        let name = MONTHS.get(self.month as usize - 1).copied().unwrap_or("");
        write!(f, "{name} {}", self.year)
    }
}

/// Puts numbers in the place of dates; returns the date of the first month, if it is stated.
pub(super) fn number(table: &mut Table, problems: &mut Problems) -> Option<Date> {
    let starts = starts(table, problems);
    for (kind, keys) in DATED {
        let Some(tables) = table.get_mut(kind).and_then(Node::as_table_mut) else { continue };
        let names: Vec<String> = tables.keys().map(str::to_owned).collect();
        for name in names {
            let Some(one) = tables.get_mut(&name).and_then(Node::as_table_mut) else { continue };
            for key in keys {
                if let Some(node) = one.get_mut(key) {
                    put(node, &format!("{kind}.{name}.{key}"), starts, problems);
                }
            }
        }
    }
    starts
}

/// The date of the first month. The month of the year in which a partnership begins goes with it.
fn starts(table: &mut Table, problems: &mut Problems) -> Option<Date> {
    let calendar = table.get_mut("calendar").and_then(Node::as_table_mut)?;
    let node = calendar.get("starts")?.clone();
    let Some(date) = node.as_str().and_then(Date::read) else {
        problems.push(node.problem("calendar.starts", "must be a date").allowed(FORM));
        return None;
    };
    let value = Value::Integer(i64::from(date.month));
    match calendar.get_mut("first_month") {
        // What the same file says twice must agree; what it takes over gives way.
        Some(first) if first.place.source_name() == node.place.source_name() => {
            if first.value != value {
                problems.push(
                    Problem::new("`calendar.first_month` is not the month of `calendar.starts`")
                        .at(&first.place)
                        .allowed(date.month.to_string())
                        .help("leave out `calendar.first_month`: it follows from the date"),
                );
            }
        }
        Some(first) => *first = Node { value, place: node.place },
        None => calendar.add("first_month", Node { value, place: node.place }),
    }
    Some(date)
}

/// Puts a number in the place of a date, also in a list and in a distribution.
fn put(node: &mut Node, path: &str, starts: Option<Date>, problems: &mut Problems) {
    match &mut node.value {
        Value::Array(items) => {
            items.iter_mut().for_each(|item| put(item, path, starts, problems));
        }
        Value::Table(inner) => {
            for key in ["value", "integers", "choice", "uniform", "triangular"] {
                if let Some(node) = inner.get_mut(key) {
                    put(node, path, starts, problems);
                }
            }
        }
        Value::String(text) => {
            let problem = match (Date::read(text), starts) {
                (None, _) => Problem::new(format!("`{path}` is no month"))
                    .found(format!("\"{text}\""))
                    .allowed(format!("the number of a month from 1, or {FORM}")),
                (Some(date), None) => Problem::new(format!(
                    "`{path}` is a date, and nothing says when it all starts"
                ))
                .found(date.to_string())
                .help("write starts = \"…\" under [calendar]: the year and the month of month 1"),
                (Some(date), Some(starts)) if starts.number(date) < 1 => {
                    Problem::new(format!("`{path}` lies before the start"))
                        .found(date.to_string())
                        .allowed(format!("{starts} (calendar.starts) or later"))
                }
                (Some(date), Some(starts)) => {
                    node.value = Value::Integer(starts.number(date));
                    return;
                }
            };
            problems.push(problem.at(&node.place));
            // So that one fault is told once.
            node.value = Value::Integer(1);
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::World;

    #[test]
    fn a_date_is_the_month_that_it_is() {
        let dated = "extends = \"quiet\"\ncalendar.starts = \"2026-10\"\n[shock.new]\nkind = \"replace\"\n\
                     seat = \"secondary_director.1\"\nprofile = \"newcomer\"\nmonth = \"2027-04\"\n\
                     [intervention.welcome]\nfrom = \"2026-10\"\nuntil = \"2028-09\"\n";
        let world = World::from_text("dated", dated).unwrap_or_else(|why| panic!("{why}"));
        let numbered = dated
            .replace("calendar.starts = \"2026-10\"", "calendar.first_month = 10")
            .replace("\"2027-04\"", "7")
            .replace("\"2026-10\"", "1")
            .replace("\"2028-09\"", "24");
        let same = World::from_text("numbered", &numbered).unwrap_or_else(|why| panic!("{why}"));
        assert_eq!(world.template(), same.template());
        assert_eq!(world.when(Month(7)), "April 2027");
        assert_eq!(same.when(Month(7)), "month 7");
        let again = World::from_text("again", &world.to_toml()).expect("what was written");
        assert_eq!((again.template(), again.starts), (world.template(), world.starts));
    }

    #[test]
    fn every_month_comes_back_from_its_date() {
        let starts = Date::read("2026-09").expect("a date");
        for month in (1..=1200).map(Month) {
            assert_eq!(starts.number(starts.of(month)), i64::from(month.0));
        }
        for wrong in ["2027", "2027-13", "2027-00", "27-04", "2027-4", "2027-04-01", "+027-04", ""]
        {
            assert_eq!(Date::read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn what_is_no_date_is_told_at_its_place() {
        for (text, says) in [
            ("[calendar]\nstarts = \"April\"", "such as \"2027-04\""),
            ("[calendar]\nstarts = \"2026-10\"\nfirst_month = 9", "follows from the date"),
            ("[intervention.welcome]\nfrom = \"2027-04\"", "under [calendar]"),
            ("[intervention.welcome]\nfrom = \"soon\"", "the number of a month from 1"),
            (
                "[calendar]\nstarts = \"2026-10\"\n[intervention.welcome]\nfrom = \"2026-09\"",
                "October 2026 (calendar.starts) or later",
            ),
            (
                "[calendar]\nstarts = \"2026-10\"\nmonths = 12\n[intervention.welcome]\nfrom = \"2027-10\"",
                "beyond the horizon",
            ),
        ] {
            let problems = World::from_text("mine", &format!("extends = \"quiet\"\n{text}\n"));
            let told = problems.expect_err(text).to_string();
            assert!(told.contains(says) && told.contains("mine.toml:"), "{text}: {told}");
        }
    }
}
