//! Dates beyond the horizon: one rule for everything that is dated.
//!
//! A date beyond the horizon of its own file is a problem, told at its key. What lies beyond the
//! shorter horizon of an assignment (`--months 12`) is left out, and its name is reported.

use super::document::{Node, Place, Problem, Problems, Reader, Table, Value, show_key};
use super::number::{Allowed, written};
use crate::model::setup::{Calendar, MOST_MONTHS};
use std::cell::RefCell;

/// The most meetings there can be.
pub(super) const MOST_MEETINGS: u32 = MOST_MONTHS * 31;

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Unit {
    Month,
    Meeting,
    /// A number of consecutive months.
    Window,
    /// Counted meetings: k of n.
    Counted,
}

/// A kind of table, the key in it that says when, and in which unit.
pub(super) type Dated = (&'static str, &'static str, Unit);

pub(super) const OF_A_PARTNERSHIP: [Dated; 9] = [
    ("shock", "month", Unit::Month),
    ("intervention", "from", Unit::Month),
    ("grant", "from", Unit::Month),
    ("interview", "months", Unit::Month),
    ("pattern", "meetings", Unit::Meeting),
    ("pattern", "months", Unit::Window),
    ("pattern", "count", Unit::Counted),
    ("pattern", "published", Unit::Meeting),
    ("fact", "meetings", Unit::Meeting),
];

pub(super) const OF_A_NATION: [Dated; 2] =
    [("policy", "month", Unit::Month), ("programme", "from", Unit::Month)];

/// Measures whose counts are of meetings.
const COUNT_MEETINGS: [&str; 2] = ["meetings_with_role_talk", "meetings_at_share"];
/// Measures whose value is the number of a meeting.
const NAME_A_MEETING: [&str; 1] = ["largest_settlement"];

/// The horizon of a scenario.
pub(super) struct Horizon<'a> {
    months: u32,
    meetings: u32,
    /// The key that sets it.
    key: &'static str,
    place: Option<&'a Place>,
    /// Whether an assignment sets it rather than a file.
    assigned: bool,
}

impl<'a> Horizon<'a> {
    pub fn of_a_partnership(table: &'a Table, calendar: &Calendar) -> Horizon<'a> {
        let inner = table.get("calendar").and_then(Node::as_table);
        let node = |key: &str| inner.and_then(|inner| inner.get(key));
        let keys = ["months", "meetings_per_month", "pauses", "first_month"];
        Horizon {
            months: calendar.months,
            meetings: calendar.meetings(),
            key: "calendar.months",
            place: node("months").map(|node| &node.place),
            assigned: keys.iter().any(|key| node(key).is_some_and(|n| n.place.is_assigned())),
        }
    }

    pub fn of_a_nation(table: &'a Table, months: u32) -> Horizon<'a> {
        let inner = table.get("nation").and_then(Node::as_table);
        let place = inner.and_then(|inner| inner.get("months")).map(|node| &node.place);
        let assigned = place.is_some_and(Place::is_assigned);
        Horizon { months, meetings: 0, key: "nation.months", place, assigned }
    }

    fn last(&self, unit: Unit) -> u32 {
        match unit {
            Unit::Month | Unit::Window => self.months,
            // Where nobody ever meets, that is told instead.
            _ if self.meetings == 0 => MOST_MEETINGS,
            _ => self.meetings,
        }
    }

    fn problem(&self, kind: &str, name: &str, (key, unit): (&str, Unit), node: &Node) -> Problem {
        let path = format!("{kind}.{}", show_key(name));
        let (months, key_of_months) = (self.months, self.key);
        let problem = Problem::new(format!("`{path}.{key}` reaches beyond the horizon"))
            .at(&node.place)
            .found(found(node, unit))
            .allowed(match unit {
                Unit::Month => format!("months 1 to {months} ({key_of_months})"),
                Unit::Window => format!("at most {months} months ({key_of_months})"),
                Unit::Meeting => {
                    format!("meetings 1 to {}, in {months} months ({key_of_months})", self.meetings)
                }
                Unit::Counted => {
                    format!(
                        "at most {} meetings, in {months} months ({key_of_months})",
                        self.meetings
                    )
                }
            })
            .help(format!("{path}.enabled = false leaves it out"));
        match self.place.filter(|place| place.source_name() != node.place.source_name()) {
            Some(place) => problem.note(place, "the horizon is set here"),
            None => problem,
        }
    }
}

/// Reports what lies beyond the horizon of a file, and removes from the table what lies beyond the
/// horizon of an assignment, with everything that refers to it. Returns the names of what was removed.
pub(super) fn apply(
    table: &mut Table,
    dated: &[Dated],
    horizon: &Horizon<'_>,
    problems: &mut Problems,
) -> Vec<String> {
    let mut cut: Vec<(&'static str, String)> = Vec::new();
    for &(kind, key, unit) in dated {
        let Some(tables) = table.get_mut(kind).and_then(Node::as_table_mut) else { continue };
        let mut gone = Vec::new();
        for entry in tables.entries() {
            let Some(inner) = entry.node.as_table() else { continue };
            let Some(node) = inner.get(key) else { continue };
            let measure = inner.get("measure").and_then(Node::as_str).unwrap_or("");
            let dates = match key {
                "count" => COUNT_MEETINGS.contains(&measure),
                "published" => NAME_A_MEETING.contains(&measure),
                _ => true,
            };
            if !dates {
                continue;
            }
            if latest(node, unit).is_none_or(|latest| latest <= f64::from(horizon.last(unit))) {
                continue;
            }
            match horizon.assigned && !node.place.is_assigned() {
                true => gone.push(entry.key.clone()),
                false => problems.push(horizon.problem(kind, &entry.key, (key, unit), node)),
            }
        }
        for name in gone {
            tables.remove(&name);
            cut.push((kind, name));
        }
    }
    about_lost_interviews(table, &mut cut);
    let cut: Vec<String> = cut.into_iter().map(|(kind, name)| format!("{kind}.{name}")).collect();
    forget(table, &cut);
    cut
}

/// Removes interviews that return to a removed one, and patterns about them.
fn about_lost_interviews(table: &mut Table, cut: &mut Vec<(&'static str, String)>) {
    for (kind, keys) in [("interview", &["again"][..]), ("pattern", &["interview", "from", "to"])] {
        let Some(tables) = table.get_mut(kind).and_then(Node::as_table_mut) else { continue };
        let names: Vec<String> = tables.keys().map(str::to_owned).collect();
        for name in names {
            let inner = tables.get(&name).and_then(Node::as_table);
            let refers = |key: &&str| inner?.get(key)?.as_str().map(str::to_owned);
            let lost = |other: &String| cut.iter().any(|(k, n)| *k == "interview" && n == other);
            if keys.iter().filter_map(refers).any(|other| lost(&other)) {
                tables.remove(&name);
                cut.push((kind, name));
            }
        }
    }
}

/// Removes references to what was removed: from the priors, from numbers refitted for other
/// theories, and from what carries a statement.
pub(super) fn forget(table: &mut Table, cut: &[String]) {
    let gone = |key: &str| {
        cut.iter().any(|name| {
            key.strip_prefix(name.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        })
    };
    let without = |numbers: &mut Table| {
        let keys: Vec<String> = numbers.keys().map(str::to_owned).collect();
        keys.iter().filter(|key| gone(key)).for_each(|key| _ = numbers.remove(key));
    };
    table.get_mut("prior").and_then(Node::as_table_mut).map(without);
    if let Some(theories) = table.get_mut("refitted").and_then(Node::as_table_mut) {
        for word in theories.keys().map(str::to_owned).collect::<Vec<_>>() {
            theories.get_mut(&word).and_then(Node::as_table_mut).map(without);
        }
    }
    let Some(stated) = table.get_mut("stated").and_then(Node::as_table_mut) else { return };
    let names: Vec<String> = stated.keys().map(str::to_owned).collect();
    for name in names {
        let inner = stated.get_mut(&name).and_then(Node::as_table_mut);
        if let Some(Value::Array(nodes)) =
            inner.and_then(|inner| inner.get_mut("carried_by")).map(|node| &mut node.value)
        {
            nodes.retain(|node| node.as_str().is_none_or(|key| !gone(key)));
        }
    }
}

/// The last month or meeting that a value names, or `None` if it names an impossible one, which is
/// reported when the value is read.
fn latest(node: &Node, unit: Unit) -> Option<f64> {
    let most = f64::from(match unit {
        Unit::Month | Unit::Window => MOST_MONTHS,
        Unit::Meeting | Unit::Counted => MOST_MEETINGS,
    });
    let latest = match &node.value {
        Value::Array(nodes) => nodes.last()?.as_number()?,
        Value::Table(table) => {
            let unheard = RefCell::new(Problems::new());
            let reader = Reader::new(table, "", &unheard);
            written(&reader, "", node, &Allowed::whole(1.0..=most), &unheard)?.most
        }
        _ => node.as_number()?,
    };
    Some(latest).filter(|latest| *latest <= most)
}

fn found(node: &Node, unit: Unit) -> String {
    let number = |node: &Node| node.as_number().unwrap_or(f64::NAN);
    let many = if unit == Unit::Month { "months" } else { "meetings" };
    match node.as_array() {
        Some([k, n]) if unit == Unit::Counted => format!("{} of {} meetings", number(k), number(n)),
        Some([from, to]) => format!("{many} {} to {}", number(from), number(to)),
        _ => {
            let latest = latest(node, unit).unwrap_or(f64::NAN);
            match unit {
                Unit::Window => format!("{latest} months"),
                Unit::Month => format!("month {latest}"),
                Unit::Meeting | Unit::Counted => format!("meeting {latest}"),
            }
        }
    }
}
