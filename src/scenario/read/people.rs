//! `[profile.NAME]` and `[seat.NAME]`: what people of a kind hold, and where they sit.

use super::{Reading, Row};
use crate::ids::OrganizationId;
use crate::model::setup::{
    About, Level, MOST_CERTAINTY, MOST_MONTHS, MOST_STATUS, Profile, SeatSetup, Setup, Start,
    StartFrom,
};
use crate::roles::Repertoire;
use crate::scenario::document::{Node, Place, Problem, Reader};
use crate::scenario::number::{Allowed, Kind};
use crate::streams::SeatKey;
use std::collections::BTreeSet;

/// Certainty of a profile that says nothing.
const DEFAULT_CERTAINTY: f64 = 20.0;
const CERTAINTY: Allowed = Allowed::real(0.0..=MOST_CERTAINTY);
const STATUS: Allowed = Allowed::real(0.0..=MOST_STATUS);
/// The most seats a table may stand for.
const MOST_SEATS: i64 = 10_000;

const OF_A_START: &[Row<Start>] = &[
    ("scatter", Allowed::UNIT, |start| &mut start.scatter),
    ("weight", Allowed::UNIT, |start| &mut start.weight),
];

impl<'a> Reading<'a> {
    pub(super) fn profiles(&mut self, top: &mut Reader<'a>) {
        for (name, _, mut reader) in top.tables_by_name("profile") {
            self.note(&mut reader);
            let place = self.setup.profiles.len();
            let organizations = self.setup.organizations.len();
            let about = About {
                expectation: Start { from: StartFrom::Agreed, weight: 1.0, scatter: 0.0 },
                conception: Start { from: StartFrom::Agreed, weight: 1.0, scatter: 0.0 },
                certainty: DEFAULT_CERTAINTY,
            };
            self.setup.profiles.push(Profile {
                name,
                trust: 0.7,
                status: None,
                retention: None,
                tenure: 0.0,
                about: vec![about; organizations],
            });
            let months = Allowed::whole(0.0..=f64::from(MOST_MONTHS));
            let usual = self.setup.profiles[place].clone();
            let mut number =
                |key: &str, allowed: Allowed, usual: Option<f64>, set: fn(&mut Profile, f64)| {
                    let set = move |s: &mut Setup, v| set(&mut s.profiles[place], v);
                    self.number(&mut reader, key, allowed, usual, set);
                };
            number("trust", Allowed::UNIT, Some(usual.trust), |p, v| p.trust = v);
            number("status", STATUS, None, |p, v| p.status = Some(v));
            number("retention", Allowed::UNIT, None, |p, v| p.retention = Some(v));
            number("tenure", months, Some(usual.tenure), |p, v| p.tenure = v);
            // It holds for the organizations about which nothing else is said.
            let others = self.not_said_otherwise(&reader);
            let set = move |s: &mut Setup, v| {
                others.iter().for_each(|o| s.profiles[place].about[*o].certainty = v);
            };
            self.number(&mut reader, "certainty", CERTAINTY, Some(DEFAULT_CERTAINTY), set);
            self.held_about(place, &mut reader);
            reader.finish();
        }
    }

    /// Organizations about which a profile says no certainty of its own.
    fn not_said_otherwise(&self, reader: &Reader<'a>) -> Vec<OrganizationId> {
        let about = reader.source_table().get("about").and_then(Node::as_table);
        let said = |name: &str| about?.get(name)?.as_table()?.get("certainty");
        let all = OrganizationId::each(&self.setup.organizations);
        all.filter(|(_, plan)| said(&plan.name).is_none()).map(|(o, _)| o).collect()
    }

    /// `[profile.NAME.about.ORGANIZATION]`
    fn held_about(&mut self, place: usize, reader: &mut Reader<'a>) {
        let names = self.organization_names();
        for (name, at, mut inner) in reader.named_tables("about") {
            let Some(o) = self.lookup(&name, &at, &names, "organization") else {
                inner.keys();
                continue;
            };
            let repertoire = self.setup.organizations[o].repertoire.clone();
            self.start(&mut inner, "expectation", &repertoire, move |s| {
                &mut s.profiles[place].about[o].expectation
            });
            self.start(&mut inner, "conception", &repertoire, move |s| {
                &mut s.profiles[place].about[o].conception
            });
            self.number(&mut inner, "certainty", CERTAINTY, None, move |s, v| {
                s.profiles[place].about[o].certainty = v;
            });
            inner.finish();
        }
    }

    /// A mix to start from: a word, shares by role, or either with a `scatter`.
    fn start(
        &mut self,
        reader: &mut Reader<'a>,
        key: &str,
        repertoire: &Repertoire,
        place: impl Fn(&mut Setup) -> &mut Start + Copy + Send + Sync + 'static,
    ) {
        let Some(node) = reader.node(key) else { return };
        let path = reader.path_of(key);
        let structured = node.as_table().filter(|table| {
            ["from", "weight", "scatter"].iter().any(|key| table.get(key).is_some())
        });
        let Some(table) = structured else {
            return self.origin(&path, node, repertoire, place);
        };
        let mut inner = Reader::new(table, path, self.problems);
        self.numbers(&mut inner, OF_A_START, place);
        if let Some(node) = inner.required("from") {
            self.origin(&inner.path_of("from"), node, repertoire, place);
        }
        inner.finish();
    }

    fn origin(
        &mut self,
        path: &str,
        node: &Node,
        repertoire: &Repertoire,
        place: impl Fn(&mut Setup) -> &mut Start + Copy + Send + Sync + 'static,
    ) {
        if node.as_table().is_some() {
            self.mix(path, node, repertoire, move |s, mix| place(s).from = StartFrom::Mix(mix));
            return;
        }
        let from = match node.expect_one_of(path, &["agreed", "identity", "enacted"]) {
            Ok("agreed") => StartFrom::Agreed,
            Ok("identity") => StartFrom::Identity,
            Ok(_) => StartFrom::Enacted,
            Err(problem) => {
                let allowed = "\"agreed\", \"identity\", \"enacted\", shares by role, or { from = one of these, scatter = distance }";
                self.problems.borrow_mut().push(problem.allowed(allowed));
                return;
            }
        };
        place(&mut self.setup).from = from;
    }

    pub(super) fn seats(&mut self, top: &mut Reader<'a>) {
        let mut taken = BTreeSet::new();
        for (name, place, mut reader) in self.seats_in_order(top) {
            self.described(&mut reader);
            let organization = self.organization(&mut reader, "organization");
            reader.required("level");
            let level = reader.choice("level", &Level::ALL, Level::word);
            let seats = Allowed::whole(1.0..=MOST_SEATS as f64);
            self.noted(&reader, "count", Kind::Seats, seats, 1.0);
            let count = reader.integer("count", 1..=MOST_SEATS).unwrap_or(1) as usize;
            let team = reader.boolean("team").unwrap_or(false);
            let head = reader.boolean("head").unwrap_or(false);
            let holder = match reader.boolean("vacant") {
                Some(true) => {
                    reader.string("holder");
                    None
                }
                _ => self.profile(&mut reader, "holder"),
            };
            let successor = self.profile(&mut reader, "successor");
            let first = self.setup.seats.len();
            self.seat_names.push(name.clone());
            for n in 1..=count {
                let name = if count == 1 { name.clone() } else { format!("{name}.{n}") };
                if !taken.insert(SeatKey::of(&name)) {
                    self.problems.borrow_mut().push(
                        Problem::new(format!("two seats are called `{name}`"))
                            .at(&place)
                            .help("`count` numbers the seats of a table as NAME.1, NAME.2, …, and NAME.1 is also called NAME; give the other a name of its own"),
                    );
                }
                self.setup.seats.push(SeatSetup {
                    name,
                    organization: organization.unwrap_or_default(),
                    level: level.unwrap_or(Level::Staff),
                    team,
                    head,
                    status: 1.0,
                    attendance: None,
                    salary: 0.0,
                    holder,
                    successor: successor.unwrap_or_default(),
                });
            }
            let seats = first..first + count;
            let to_each = |set: fn(&mut SeatSetup, f64)| {
                let seats = seats.clone();
                move |s: &mut Setup, v| {
                    s.seats[seats.clone()].iter_mut().for_each(|seat| set(seat, v))
                }
            };
            let status = to_each(|seat, v| seat.status = v);
            let salary = to_each(|seat, v| seat.salary = v);
            self.number(&mut reader, "status", STATUS, Some(1.0), status);
            let attendance = to_each(|seat, v| seat.attendance = Some(v));
            self.number(&mut reader, "attendance", Allowed::UNIT, None, attendance);
            self.number(&mut reader, "salary", Allowed::MONEY, Some(0.0), salary);
            reader.finish();
            if self.setup.seats.len() > 65_535 {
                self.problems.borrow_mut().push(
                    Problem::new("there are too many seats").at(&place).allowed("at most 65,535"),
                );
                return;
            }
        }
    }

    /// Seats in the order of their organizations, then of their levels, then of their names.
    fn seats_in_order(&mut self, top: &mut Reader<'a>) -> Vec<(String, Place, Reader<'a>)> {
        let organizations = self.organization_names();
        let mut tables = top.tables_by_name("seat");
        tables.sort_by_cached_key(|(_, _, reader)| {
            let word = |key: &str| reader.source_table().get(key).and_then(Node::as_str);
            let organization =
                organizations.iter().position(|name| Some(name.as_str()) == word("organization"));
            let level = Level::ALL.iter().position(|level| Some(level.word()) == word("level"));
            (organization, level)
        });
        tables
    }
}
