//! From the tree of a file to a checked scenario: one room for each kind of table.

mod calendar;
mod funding;
mod interventions;
mod interviews;
mod organizations;
mod patterns;
mod people;
mod refitted;
mod shocks;
mod statements;
#[cfg(test)]
mod tests;
mod together;

use super::document::{self, Entry, Node, Place, Problem, Problems, Reader, Table};
use super::number::{Allowed, Drawn, Kind, Known, Prior, Set, Setter, Weighed, Written, written};
use super::{Note, Numbers, Posterior, World, built_in, data, dates, posterior, series};
use crate::ids::{OrganizationId, ProfileId, RoleId};
use crate::model::setup::Fault;
use crate::model::{Setup, Shipped};
use crate::parameters::{self, Provenance, TABLE};
use crate::roles::{MAX_ROLES, Mix, Repertoire};
pub(super) use funding::{OF_A_GRANT, PAID_FOR, PRICES, priced};
pub(super) use interventions::COSTS;
pub(super) use organizations::NUMBERS as OF_AN_ORGANIZATION;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;
pub(super) use together::{Ends, at_corners, conflict};

/// The version of the scenario format.
pub const SCHEMA: i64 = 1;

/// A number of a part of the setup: its key, what it may be, and its place. What is read by such
/// rows is written by them, too, where a setup becomes a file.
pub(super) type Row<Part> = (&'static str, Allowed, fn(&mut Part) -> &mut f64);

/// What has been read so far.
struct Reading<'a> {
    problems: &'a RefCell<Problems>,
    setup: Setup,
    /// Numbers that differ from run to run.
    drawn: Vec<Drawn>,
    /// Every number that the scenario could state, whether it does or not.
    known: BTreeMap<String, Known>,
    notes: Vec<Note>,
    titles: BTreeMap<String, String>,
    /// Names of the seats as written, before a `count` multiplies them.
    seat_names: Vec<String>,
    /// The source that carries a posterior, if one does.
    fitted_in: Option<String>,
    /// Where parameters are stated.
    places: Vec<(&'static str, Place)>,
}

impl<'a> Reading<'a> {
    fn new(table: &Table, problems: &'a RefCell<Problems>) -> Reading<'a> {
        Reading {
            problems,
            setup: Setup::default(),
            drawn: Vec::new(),
            known: BTreeMap::new(),
            notes: Vec::new(),
            titles: BTreeMap::new(),
            seat_names: Vec::new(),
            fitted_in: table.get("posterior").map(|node| node.place.source_name().to_owned()),
            places: Vec::new(),
        }
    }
}

/// Reads a scenario; with its posterior, if that was read before.
pub(super) fn scenario(
    name: &str,
    table: Table,
    known: Option<Option<Arc<Posterior>>>,
) -> Result<World, Problems> {
    if let Some(node) = table.get("nation") {
        let many = Problem::new("this is a world of many partnerships, not a partnership");
        let many = many.at(&node.place).help("`rppsim run` and `rppsim check` take one; to compare, patch or sweep, name the scenario of a class");
        return Err(many.into());
    }
    let mut found = Problems::new();
    if let Some(fault) = document::names::fault_of_title(name) {
        found.push(fault.help("rename the file"));
    }
    document::names::check(&table, &mut found);
    let mut table = table;
    let starts = dates::number(&mut table, &mut found);
    series::spread(&mut table, &mut found);
    let planned = calendar::planned(&table);
    let data = data::expand(&mut table, &planned, &mut found);
    let (table, beyond) = calendar::within_horizon(table, &mut found);
    let problems = RefCell::new(found);
    let mut reading = Reading::new(&table, &problems);
    let mut top = Reader::new(&table, "", &problems);
    top.integer("schema", SCHEMA..=SCHEMA);
    if table.get("schema").is_none() {
        top.problem(
            Problem::new("`schema` is missing: the version of the scenario format")
                .at(table.place())
                .help(format!("write schema = {SCHEMA} at the top, or extends = \"cypress\"")),
        );
    }
    let title = top.string("title").unwrap_or_else(|| name.to_owned());
    let summary = top.string("summary").unwrap_or_default();
    top.string("source");
    let theory = top.choice("theory", Shipped::ALL, Shipped::word);

    reading.parameters(&mut top);
    let months = reading.calendar(&mut top);
    reading.organizations(&mut top);
    reading.profiles(&mut top);
    reading.seats(&mut top);
    reading.shocks(&mut top, months);
    reading.interventions(&mut top, months);
    reading.grants(&mut top, months);
    let money = reading.money(&mut top);
    reading.prices_have_a_currency(&table, money.as_ref());
    let interviews = reading.interviews(&mut top);
    let roles =
        reading.setup.organizations.iter().map(|o| o.repertoire.clone()).collect::<Vec<_>>();
    let (patterns, facts) = patterns::read(&mut reading, &mut top, &interviews, &roles);
    let priors = reading.priors(&mut top);
    reading.conflicts(&priors, table.place());
    let priors = priors.into_iter().map(|(prior, _)| prior).collect();
    let (refitted, refitted_at): (Vec<_>, Vec<_>) = reading.refitted(&mut top).into_iter().unzip();
    let posterior = match known {
        Some(posterior) => {
            top.node("posterior");
            posterior
        }
        None => posterior::read(&mut top),
    };
    let statements = reading.statements(&mut top, &table);
    top.finish();

    let Reading { setup: template, drawn, known, notes, titles, .. } = reading;
    let mut found = problems.into_inner();
    if found.is_empty() {
        template.check().into_iter().for_each(|fault| found.push(told(fault, &table)));
    }
    if found.is_empty() {
        nobody_attends(&template, &table).into_iter().for_each(|problem| found.push(problem));
    }
    let sound = found.is_empty();
    let world = World {
        name: name.to_owned(),
        title,
        summary,
        theory: theory.unwrap_or_default().into(),
        interviews,
        patterns,
        facts,
        priors,
        titles,
        notes,
        statements,
        money,
        refitted,
        template,
        posterior,
        numbers: Numbers::Fixed,
        undrawn: Arc::default(),
        data: data.map(Arc::new),
        starts,
        drawn,
        known: Arc::new(known),
        shocks_strike: true,
        left_out: Vec::new(),
        moved: BTreeMap::new(),
        beyond,
        table: table.into(),
        kept: Default::default(),
    };
    if sound {
        refitted::conflicts(&world, &refitted_at, &mut found);
    }
    found.into_result(world)
}

/// A fault of the whole setup, at the key that says it; what the key names and the file does not
/// write, such as the number of a seat, is passed over.
fn told(fault: Fault, table: &Table) -> Problem {
    let (mut inside, mut place) = (table, table.place());
    for part in fault.key.split('.') {
        if let Some(entry) = inside.entry(part) {
            place =
                if entry.node.as_table().is_some() { &entry.key_place } else { &entry.node.place };
            inside = entry.node.as_table().unwrap_or(inside);
        }
    }
    problem_of(fault).at(place)
}

/// A fault of a setup as a problem, without a place.
pub(super) fn problem_of(fault: Fault) -> Problem {
    let mut problem = Problem::new(fault.message);
    if !fault.allowed.is_empty() {
        problem = problem.allowed(fault.allowed);
    }
    if !fault.help.is_empty() {
        problem = problem.help(fault.help);
    }
    problem
}

impl<'a> Reading<'a> {
    /// A number or a distribution, set now or in every run. `None` if absent or wrong. `usual` is
    /// the value that holds if it is absent, if there is one.
    fn number(
        &mut self,
        reader: &mut Reader<'_>,
        key: &str,
        allowed: Allowed,
        usual: Option<f64>,
        set: impl Fn(&mut Setup, f64) + Send + Sync + 'static,
    ) -> Option<Written> {
        let path = reader.path_of(key);
        let set: Setter = Arc::new(set);
        let node = reader.node(key);
        let own = node.is_some_and(|node| self.is_own(node));
        let number = node.and_then(|node| written(reader, &path, node, &allowed, self.problems));
        let stated = number.as_ref().map(|number| (number.least, number.most));
        let place = Set::Place(Arc::clone(&set));
        let known = Known { allowed, kind: Kind::Plain, set: place, own, stated, usual };
        self.known.insert(path.clone(), known);
        if let Some(table) = node?.as_table() {
            let mut inner = Reader::new(table, path.as_str(), self.problems);
            self.note(&mut inner);
            inner.keys();
        }
        let number = number?;
        set(&mut self.setup, number.usual());
        if let Some(distribution) = number.law.clone() {
            self.drawn.push(Drawn { key: path, distribution, set });
        }
        Some(number)
    }

    /// Whether a value is the user's own.
    fn is_own(&self, node: &Node) -> bool {
        let source = node.place.source_name();
        // What the file that carries a posterior states beside them is what the fit found.
        !built_in::is_source(source) && self.fitted_in.as_deref() != Some(source)
    }

    /// Takes note of a number that was read by itself and is not put in a place: with another one
    /// the scenario is read again.
    fn noted(&mut self, reader: &Reader<'_>, key: &str, kind: Kind, allowed: Allowed, usual: f64) {
        let node = reader.source_table().get(key);
        let own = node.is_some_and(|node| self.is_own(node));
        let stated = node.and_then(Node::as_number).map(|value| (value, value));
        let known = Known { allowed, kind, set: Set::Again, own, stated, usual: Some(usual) };
        self.known.insert(reader.path_of(key), known);
    }

    /// Several numbers of one part of the setup.
    fn numbers<Part: 'static>(
        &mut self,
        reader: &mut Reader<'_>,
        rows: &'static [Row<Part>],
        part: impl Fn(&mut Setup) -> &mut Part + Copy + Send + Sync + 'static,
    ) {
        for (key, allowed, place) in rows {
            let usual = Some(*place(part(&mut self.setup)));
            let set = move |setup: &mut Setup, v| *place(part(setup)) = v;
            self.number(reader, key, allowed.clone(), usual, set);
        }
    }

    /// Takes note of the `title` of the table being read, and of its `provenance` and `source`.
    fn described(&mut self, reader: &mut Reader<'_>) {
        if let Some(title) = reader.string("title") {
            self.titles.insert(reader.path().to_owned(), title);
        }
        self.note(reader);
    }

    /// Takes note of `provenance` and `source` in the table being read.
    fn note(&mut self, reader: &mut Reader<'_>) {
        self.notes.extend(note(reader));
    }

    fn parameters(&mut self, top: &mut Reader<'a>) {
        for group in parameters::groups() {
            // A group that is not there is read as an empty one, so that its numbers are known.
            let nothing = Table::new(top.place().clone());
            let mut reader = match top.table(group) {
                Some(reader) => reader,
                None => Reader::new(&nothing, group, self.problems),
            };
            for row in TABLE {
                let Some(name) = row.key.strip_prefix(group).and_then(|n| n.strip_prefix('.'))
                else {
                    continue;
                };
                let allowed = Allowed { range: row.low..=row.high, whole: row.whole };
                let set = move |setup: &mut Setup, value: f64| {
                    if let Some(place) = setup.parameters.get_mut(row.key) {
                        *place = value;
                    }
                };
                self.number(&mut reader, name, allowed, Some(row.default), set);
                if let Some(node) = reader.node(name) {
                    self.places.push((row.key, node.place.clone()));
                }
            }
            reader.finish();
        }
    }

    /// `[prior."KEY"]`: numbers that a search may move, and the range they are sought in.
    fn priors(&mut self, top: &mut Reader<'a>) -> Vec<(Prior, Place)> {
        let known: Vec<String> = self.known.keys().cloned().collect();
        let mut priors = Vec::new();
        for (key, place, mut reader) in top.named_tables("prior") {
            self.note(&mut reader);
            let source = reader.string("source").unwrap_or_default();
            let node = reader.required("range");
            let ends = reader.pair("range", f64::MIN..=f64::MAX);
            reader.finish();
            let found = self.lookup(&key, &place, &known, "number in this scenario");
            let (Some(node), Some(ends), Some(_)) = (node, ends, found) else { continue };
            let Known { allowed, set, .. } = &self.known[&key];
            if matches!(set, Set::Again) {
                let message = format!("a search cannot move `{key}`");
                let why = "numbers that do not change how the scenario is read";
                self.problems.borrow_mut().push(Problem::new(message).at(&place).allowed(why));
                continue;
            }
            let (low, high) = ends;
            let holds = |end: f64| allowed.range.contains(&end);
            if low < high && !allowed.whole && holds(low) && holds(high) {
                let prior = Prior { key, low, high, source };
                priors.push((prior, node.place.clone()));
                continue;
            }
            self.problems.borrow_mut().push(
                node.problem(&key, "can be sought only in a range it may have").allowed(format!(
                    "[low, high] within {} to {}, for a number that need not be whole",
                    allowed.range.start(),
                    allowed.range.end()
                )),
            );
        }
        priors
    }

    /// The place of a name in a list; not being there is a problem.
    fn lookup(&self, name: &str, place: &Place, known: &[String], what: &str) -> Option<usize> {
        let found = known.iter().position(|k| k == name);
        if found.is_none() {
            self.problems.borrow_mut().push(
                Problem::new(format!("there is no {what} called `{name}`"))
                    .at(place)
                    .allowed(if known.is_empty() {
                        "none is defined".into()
                    } else {
                        shortened(known)
                    })
                    .suggest(super::document::nearest(name, known.iter().map(String::as_str))),
            );
        }
        found
    }

    fn organization_names(&self) -> Vec<String> {
        self.setup.organizations.iter().map(|o| o.name.clone()).collect()
    }

    /// What a key refers to by its name in a list.
    fn named(
        &self,
        reader: &mut Reader<'_>,
        key: &str,
        known: &[String],
        what: &str,
    ) -> Option<usize> {
        let node = reader.required(key)?;
        let name = reader.string(key)?;
        self.lookup(&name, &node.place, known, what)
    }

    fn organization(&self, reader: &mut Reader<'_>, key: &str) -> Option<OrganizationId> {
        let known = self.organization_names();
        self.named(reader, key, &known, "organization").map(OrganizationId)
    }

    fn profile(&self, reader: &mut Reader<'_>, key: &str) -> Option<ProfileId> {
        let known: Vec<String> = self.setup.profiles.iter().map(|p| p.name.clone()).collect();
        self.named(reader, key, &known, "profile").map(ProfileId)
    }

    /// A mix over a repertoire, written as role → share; its shares are numbers of the scenario.
    fn mix(
        &mut self,
        path: &str,
        node: &Node,
        repertoire: &Repertoire,
        set: impl Fn(&mut Setup, Mix) + Send + Sync + 'static,
    ) -> Option<Mix> {
        let (mix, assigned) = self.shares(path, node, repertoire)?;
        set(&mut self.setup, mix);
        let roles: Vec<String> = repertoire.roles().iter().map(|role| role.name.clone()).collect();
        let (key, set) = (path.to_owned(), Arc::new(set));
        let weighed = Arc::new(Weighed { key, mix, roles, assigned, set });
        for (role, name) in RoleId::each(&weighed.roles) {
            let entry = node.as_table().and_then(|table| table.get(name));
            let share = mix.share(role);
            let known = Known {
                allowed: Allowed::UNIT,
                kind: Kind::Share,
                set: Set::Share(Arc::clone(&weighed), role),
                own: entry.is_some_and(|node| self.is_own(node)),
                stated: entry.map(|_| (share, share)),
                usual: Some(share),
            };
            self.known.insert(weighed.share(name), known);
        }
        Some(mix)
    }

    /// The shares of a mix, and whether they are weights in part: where an assignment gives single
    /// roles theirs, the mix is in proportion to all of them.
    fn shares(&self, path: &str, node: &Node, repertoire: &Repertoire) -> Option<(Mix, bool)> {
        let table = match node.expect_table(path) {
            Ok(table) => table,
            Err(problem) => {
                let problem =
                    problem.allowed("shares by role, such as { researcher = 0.6, broker = 0.4 }");
                self.problems.borrow_mut().push(problem);
                return None;
            }
        };
        let names: Vec<String> = repertoire.roles().iter().map(|role| role.name.clone()).collect();
        let mut shares = [0.0; MAX_ROLES];
        let mut complete = true;
        for entry in table.entries() {
            let role = self.lookup(&entry.key, &entry.key_place, &names, "role in the repertoire");
            let share = entry.node.expect_number(&format!("{path}.{}", entry.key), &(0.0..=1.0));
            match (role, share) {
                (Some(role), Ok(share)) => shares[role] = share,
                (_, Err(problem)) => {
                    self.problems.borrow_mut().push(problem);
                    complete = false;
                }
                (None, _) => complete = false,
            }
        }
        let given = |entry: &Entry| entry.node.place.is_assigned();
        let assigned = !node.place.is_assigned() && table.entries().iter().any(given);
        let mix = Mix::from_shares(&shares);
        let mix = mix.or_else(|| assigned.then(|| Mix::in_proportion(shares)).flatten());
        if mix.is_none() && complete {
            let sum: f64 = shares.iter().sum();
            self.problems.borrow_mut().push(
                Problem::new(format!("the shares of `{path}` do not sum to one"))
                    .at(&node.place)
                    .found(format!("a sum of {sum:.6}"))
                    .allowed("1, give or take 0.000001"),
            );
        }
        Some((mix.filter(|_| complete)?, assigned))
    }
}

/// Where the table being read says that its numbers come from.
pub(super) fn note(reader: &mut Reader<'_>) -> Option<Note> {
    let provenance = reader.choice("provenance", &Provenance::ALL, Provenance::word);
    let source = reader.string("source").unwrap_or_default();
    Some(Note { key: reader.path().to_owned(), provenance: provenance?, source })
}

/// Team members of two organizations must be able to meet: from the start, or by a shock.
fn nobody_attends(setup: &Setup, table: &Table) -> Option<Problem> {
    let attend = setup.organization_ids().filter(|o| setup.can_attend(*o)).count();
    let place = table.get("seat").map_or(table.place(), |node| &node.place);
    (attend < 2).then(|| {
        Problem::new("nobody can attend: a meeting needs team members of two organizations")
            .at(place)
            .found(format!("{attend} organizations with team members"))
            .allowed("seats with team = true and a holder in at least two organizations")
    })
}

/// A list of names, not longer than one can read.
fn shortened(names: &[String]) -> String {
    const SHOWN: usize = 12;
    match names.len() {
        0..=SHOWN => names.join(", "),
        n => format!("{}, … and {} more", names[..SHOWN].join(", "), n - SHOWN),
    }
}
