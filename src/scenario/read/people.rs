//! `[profile.NAME]` and `[seat.NAME]`: what people of a kind hold, and where they sit.

use super::Reading;
use crate::model::setup::{
    About, Level, MOST_CERTAINTY, MOST_MONTHS, MOST_STATUS, Profile, SeatSetup, Setup, Start,
    StartFrom,
};
use crate::roles::Repertoire;
use crate::scenario::document::{Node, Place, Problem, Reader};
use crate::scenario::number::Allowed;
use crate::streams::SeatKey;
use std::collections::BTreeSet;

/// Certainty of a profile that says nothing.
const DEFAULT_CERTAINTY: f64 = 20.0;
/// The most seats a table may stand for.
const MOST_SEATS: i64 = 10_000;

impl<'a> Reading<'a> {
    pub(super) fn profiles(&mut self, top: &mut Reader<'a>) {
        for (name, _, mut reader) in top.tables_by_name("profile") {
            self.note(&mut reader);
            let place = self.setup().profiles.len();
            let organizations = self.setup().organizations.len();
            let about = About {
                expectation: Start { from: StartFrom::Agreed, weight: 1.0, scatter: 0.0 },
                conception: Start { from: StartFrom::Agreed, weight: 1.0, scatter: 0.0 },
                certainty: DEFAULT_CERTAINTY,
            };
            self.setup().profiles.push(Profile {
                name,
                firmness: 0.5,
                trust: 0.7,
                status: None,
                memory: None,
                tenure: 0.0,
                about: vec![about; organizations],
            });
            let unit = || Allowed::real(0.0..=1.0);
            self.number(&mut reader, "firmness", unit(), move |s, v| {
                s.profiles[place].firmness = v
            });
            self.number(&mut reader, "trust", unit(), move |s, v| s.profiles[place].trust = v);
            self.number(&mut reader, "status", Allowed::real(0.0..=MOST_STATUS), move |s, v| {
                s.profiles[place].status = Some(v);
            });
            let certainty = || Allowed::real(0.0..=MOST_CERTAINTY);
            self.number(&mut reader, "memory", certainty(), move |s, v| {
                s.profiles[place].memory = Some(v);
            });
            self.number(&mut reader, "certainty", certainty(), move |s, v| {
                s.profiles[place].about.iter_mut().for_each(|about| about.certainty = v);
            });
            let months = Allowed::whole(0.0..=f64::from(MOST_MONTHS));
            self.number(&mut reader, "tenure", months, move |s, v| s.profiles[place].tenure = v);
            self.held_about(place, &mut reader);
            reader.finish();
        }
    }

    /// `[profile.NAME.about.ORGANIZATION]`
    fn held_about(&mut self, place: usize, reader: &mut Reader<'a>) {
        let names = self.organization_names();
        for (name, at, mut inner) in reader.named_tables("about") {
            let Some(o) = self.lookup(&name, &at, &names, "organization") else {
                inner.keys();
                continue;
            };
            let repertoire = self.setup().organizations[o].repertoire.clone();
            self.start(&mut inner, "expectation", &repertoire, move |s| {
                &mut s.profiles[place].about[o].expectation
            });
            self.start(&mut inner, "conception", &repertoire, move |s| {
                &mut s.profiles[place].about[o].conception
            });
            let certainty = Allowed::real(0.0..=MOST_CERTAINTY);
            self.number(&mut inner, "certainty", certainty, move |s, v| {
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
        let from = match structured {
            Some(table) => {
                let mut inner = Reader::new(table, path.clone(), self.problems);
                let unit = || Allowed::real(0.0..=1.0);
                self.number(&mut inner, "scatter", unit(), move |s, v| place(s).scatter = v);
                self.number(&mut inner, "weight", unit(), move |s, v| place(s).weight = v);
                let from = inner
                    .required("from")
                    .and_then(|node| self.origin(&inner.path_of("from"), node, repertoire));
                inner.finish();
                from
            }
            None => self.origin(&path, node, repertoire),
        };
        if let Some(from) = from {
            place(self.setup()).from = from;
        }
    }

    fn origin(&mut self, path: &str, node: &Node, repertoire: &Repertoire) -> Option<StartFrom> {
        if node.as_table().is_some() {
            return self.mix(path, node, repertoire).map(StartFrom::Mix);
        }
        match node.expect_one_of(path, &["agreed", "identity", "enacted"]) {
            Ok("agreed") => Some(StartFrom::Agreed),
            Ok("identity") => Some(StartFrom::Identity),
            Ok(_) => Some(StartFrom::Enacted),
            Err(problem) => {
                let allowed = "\"agreed\", \"identity\", \"enacted\", shares by role, or { from = one of these, scatter = distance }";
                self.problems.borrow_mut().push(problem.allowed(allowed));
                None
            }
        }
    }

    pub(super) fn seats(&mut self, top: &mut Reader<'a>) {
        let mut taken = BTreeSet::new();
        for (name, place, mut reader) in self.seats_in_order(top) {
            self.described(&mut reader);
            let organization = self.organization(&mut reader, "organization");
            let words = Level::ALL.map(Level::word);
            reader.required("level");
            let word = reader.one_of("level", &words);
            let level = Level::ALL.into_iter().find(|level| Some(level.word()) == word);
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
            let first = self.setup().seats.len();
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
                self.setup().seats.push(SeatSetup {
                    name,
                    organization: organization.unwrap_or(0),
                    level: level.unwrap_or(Level::Staff),
                    team,
                    head,
                    status: 1.0,
                    salary: 0.0,
                    holder,
                    successor: successor.unwrap_or(0),
                });
            }
            self.number(&mut reader, "status", Allowed::real(0.0..=MOST_STATUS), move |s, v| {
                s.seats[first..first + count].iter_mut().for_each(|seat| seat.status = v);
            });
            let money = Allowed::real(0.0..=super::funding::MOST_MONEY);
            self.number(&mut reader, "salary", money, move |s, v| {
                s.seats[first..first + count].iter_mut().for_each(|seat| seat.salary = v);
            });
            reader.finish();
            if self.setup().seats.len() > 65_535 {
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

    /// A profile named by a key.
    pub(super) fn profile(&mut self, reader: &mut Reader<'_>, key: &str) -> Option<usize> {
        let node = reader.required(key)?;
        let name = reader.string(key)?;
        let names: Vec<String> = self.setup().profiles.iter().map(|p| p.name.clone()).collect();
        self.lookup(&name, &node.place, &names, "profile")
    }
}
