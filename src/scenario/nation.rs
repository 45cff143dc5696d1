//! Worlds of many partnerships: a file states how many there are of each kind and what they have in
//! common.
//!
//! ```toml
//! schema = 1
//! title = "Two kinds of district"
//!
//! [nation]
//! months = 60
//!
//! [class.small]
//! districts = 900
//! scenario = "nation-district"
//! set = ["turnover.cabinet=0.14"]
//! ```

use super::document::{self, Assignment, Node, Place, Problem, Problems, Reader, Table};
use super::horizon::{self, Horizon, OF_A_NATION};
use super::read::note;
use super::{Library, Note, World, built_in, find_file, looks_like_a_path, stem};
use crate::model::setup::MOST_MONTHS;
use std::cell::RefCell;

/// Months to simulate unless a file states them.
const MONTHS: u32 = 120;
/// The most partnerships of a world.
const MOST_DISTRICTS: i64 = 1_000_000;

/// A world of many partnerships.
#[derive(Clone, Debug)]
pub struct Nation {
    /// Its name: that of the built-in file, or of the file without its ending.
    pub name: String,
    /// A title for tables and pictures.
    pub title: String,
    /// What it is about, and what it is not.
    pub summary: String,
    /// Months to simulate.
    pub months: u32,
    /// The role share over three consecutive meetings from which a partnership counts as
    /// renegotiating.
    pub renegotiating: f64,
    /// Kinds of district, by size.
    pub classes: Vec<Class>,
    /// The fraction of each class that is simulated.
    pub scale: f64,
    /// The organizations that work for several districts at once, if any do.
    pub hubs: Option<Hubs>,
    /// Shocks that strike many partnerships in one month.
    pub policies: Vec<Policy>,
    /// Grants that are awarded to some of many.
    pub programmes: Vec<Programme>,
    /// Where its numbers come from.
    pub notes: Vec<Note>,
    beyond: Vec<String>,
    table: Table,
}

/// A kind of district, and the scenario of a partnership there.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Class {
    /// Its name in tables.
    pub name: String,
    /// A title for pictures.
    pub title: String,
    /// The number of districts.
    pub districts: u32,
    /// The world of a partnership in such a district.
    pub world: World,
}

/// How an organization works for several districts at once.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[non_exhaustive]
pub struct Hubs {
    /// The name of the organization in the scenario of every class.
    pub organization: String,
    /// The number of districts that share one.
    pub districts: u32,
    /// How far its staff move to the districts that draw them, in \[0, 1\]; at 0 every district
    /// keeps its own.
    pub pooling: f64,
    /// Monthly step, in \[0, 1\], of its identity in one district toward its identity on the whole.
    pub cohesion: f64,
}

/// A shock that strikes many partnerships in one month.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[non_exhaustive]
pub struct Policy {
    /// Its name in tables.
    pub name: String,
    /// A title for pictures.
    pub title: String,
    /// The name of the shock in the scenarios of the classes.
    pub shock: String,
    /// The month.
    pub month: u32,
    /// The share of the partnerships that it reaches.
    pub reach: f64,
}

/// A grant that a funder awards to some of many partnerships, by lot among those without it.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[non_exhaustive]
pub struct Programme {
    /// Its name in tables.
    pub name: String,
    /// A title for pictures.
    pub title: String,
    /// The name of the grant in the scenarios of the classes.
    pub grant: String,
    /// The first month in which it pays.
    pub from: u32,
    /// The number of partnerships that can hold it at a time.
    pub awards: u32,
}

impl Nation {
    /// Opens a world of many by its built-in name or the path of its file. `None` if the name is that
    /// of a scenario, or of nothing at all.
    ///
    /// ```
    /// use rppsim::scenario::Nation;
    /// let nation = Nation::open("nation").unwrap().unwrap();
    /// let districts: u32 = nation.classes.iter().map(|class| class.districts).sum();
    /// assert_eq!(districts, 13_318); // regular districts of the United States, 2021-22
    /// assert!(Nation::open("cypress").unwrap().is_none());
    /// ```
    ///
    /// # Errors
    /// Every problem found, with its place.
    pub fn open(name_or_path: &str) -> Result<Option<Nation>, Problems> {
        Nation::open_assigned(name_or_path, &[])
    }

    /// Opens the same with assignments, such as `nation.scale=0.1`, laid over it.
    ///
    /// # Errors
    /// Every problem found, with its place.
    pub fn open_with(
        name_or_path: &str,
        assignments: impl IntoIterator<Item: AsRef<str>>,
    ) -> Result<Option<Nation>, Problems> {
        Nation::open_assigned(name_or_path, &Assignment::all(assignments))
    }

    /// Opens the same with assignments that record how they were given.
    ///
    /// # Errors
    /// Every problem found, with its place.
    pub fn open_assigned(
        name_or_path: &str,
        assignments: &[Assignment],
    ) -> Result<Option<Nation>, Problems> {
        let source = match built_in::nation(name_or_path) {
            Some(source) => source,
            None if built_in::text(name_or_path).is_some() => return Ok(None),
            None if looks_like_a_path(name_or_path) => find_file(name_or_path)?,
            None => return Ok(None),
        };
        let is_nation = |table: &Table| table.get("nation").is_some();
        if !document::parse(std::sync::Arc::clone(&source)).is_ok_and(|table| is_nation(&table)) {
            return Ok(None);
        }
        let table = document::resolve(source, assignments, &Library)?;
        // A name without a path is its own stem.
        read(&stem(name_or_path), table).map(Some)
    }

    /// Reads a world of many from the text that a file of this name would hold.
    ///
    /// # Errors
    /// Every problem found, with its place.
    pub fn from_text(name: &str, text: &str) -> Result<Nation, Problems> {
        let source = document::Source::new(format!("{name}.toml"), text);
        read(name, document::resolve(source, &[], &Library)?)
    }

    /// Policies and programmes left out because an assignment made the horizon shorter.
    pub fn beyond_horizon(&self) -> &[String] {
        &self.beyond
    }

    /// The number of partnerships.
    pub fn partnerships(&self) -> usize {
        self.classes.iter().map(|class| class.districts as usize).sum()
    }

    /// The whole file, with everything it inherits written out.
    pub fn to_toml(&self) -> String {
        document::to_toml(&self.table)
    }
}

fn read(name: &str, table: Table) -> Result<Nation, Problems> {
    let mut found = Problems::new();
    if let Some(fault) = document::names::fault_of_title(name) {
        found.push(fault.help("rename the file"));
    }
    document::names::check(&table, &mut found);
    let stated = table.get("nation").and_then(|node| node.as_table()?.get("months"));
    let stated = stated.and_then(Node::as_integer).and_then(|months| u32::try_from(months).ok());
    let horizon = Horizon::of_a_nation(&table, stated.unwrap_or(MONTHS));
    let mut reached = table.clone();
    let mut beyond = horizon::apply(&mut reached, &OF_A_NATION, &horizon, &mut found);
    let table = reached;
    let problems = RefCell::new(found);
    let mut notes = Vec::new();
    let mut top = Reader::new(&table, "", &problems);
    top.required("schema");
    top.integer("schema", super::read::SCHEMA..=super::read::SCHEMA);
    let title = top.string("title").unwrap_or_else(|| name.to_owned());
    let summary = top.string("summary").unwrap_or_default();
    top.string("source");

    let mut months = MONTHS;
    let (mut scale, mut renegotiating, mut hubs) = (1.0, 1.0 / 3.0, None);
    if let Some(mut reader) = top.table("nation") {
        notes.extend(note(&mut reader));
        let most = i64::from(MOST_MONTHS);
        months = reader.integer("months", 1..=most).map_or(months, |months| months as u32);
        scale = reader.float("scale", 1e-6..=1.0).unwrap_or(scale);
        renegotiating = reader.float("renegotiating", 0.0..=1.0).unwrap_or(renegotiating);
        hubs = hub(&mut reader, &mut notes);
        reader.finish();
    }
    let classes = classes(&mut top, &mut notes, scale);
    for Class { name, world, .. } in &classes {
        let lost = world.beyond_horizon().iter();
        beyond.extend(lost.map(|key| format!("{key} of class {name}")));
    }
    let mut policies = Vec::new();
    for (name, _, mut reader) in top.named_tables("policy") {
        let title = reader.string("title").unwrap_or_else(|| name.replace('_', " "));
        notes.extend(note(&mut reader));
        let shock = named(&mut reader, "shock", &classes, &problems, shocks);
        reader.required("month");
        let month = reader.integer("month", 1..=i64::from(MOST_MONTHS)).unwrap_or(1) as u32;
        let reach = reader.float("reach", 0.0..=1.0).unwrap_or(1.0);
        reader.finish();
        policies.extend(shock.map(|shock| Policy { name, title, shock, month, reach }));
    }
    let mut programmes = Vec::new();
    for (name, _, mut reader) in top.named_tables("programme") {
        let title = reader.string("title").unwrap_or_else(|| name.replace('_', " "));
        notes.extend(note(&mut reader));
        let grant = named(&mut reader, "grant", &classes, &problems, grants);
        let from = reader.integer("from", 2..=i64::from(MOST_MONTHS)).unwrap_or(2) as u32;
        reader.required("awards");
        let awards = reader.integer("awards", 0..=MOST_DISTRICTS).unwrap_or(0);
        reader.finish();
        let awards = scaled(awards, scale);
        programmes.extend(grant.map(|grant| Programme { name, title, grant, from, awards }));
    }
    if let Some(hubs) = &hubs {
        let place = table.get("nation").map_or(table.place(), |node| &node.place);
        not_everywhere(hubs, &classes).for_each(|problem| top.problem(problem.at(place)));
    }
    top.finish();
    let nation = Nation {
        name: name.to_owned(),
        title,
        summary,
        months,
        renegotiating,
        scale,
        classes,
        hubs,
        policies,
        programmes,
        notes,
        beyond,
        table: table.clone(),
    };
    problems.into_inner().into_result(nation)
}

/// Classes whose scenario has no such organization, or one with other roles.
fn not_everywhere(hubs: &Hubs, classes: &[Class]) -> impl Iterator<Item = Problem> {
    let hub = &hubs.organization;
    let roles = |class: &Class| {
        let all = &class.world.template().organizations;
        let found = all.iter().find(|o| o.name == *hub)?;
        Some(found.repertoire.roles().iter().map(|role| role.name.clone()).collect::<Vec<_>>())
    };
    let without = classes.iter().find(|class| roles(class).is_none()).map(|class| {
        Problem::new(format!("class `{}` has no organization called `{hub}`", class.name))
            .allowed(organizations(class).join(", "))
    });
    // Its identity is one over all districts, so it has to have the same roles everywhere.
    let other = |class: &&Class| roles(class).is_some() && roles(class) != roles(&classes[0]);
    let other = classes.iter().find(other).map(|class| {
        let (here, first) = (&class.name, &classes[0].name);
        Problem::new(format!("`{hub}` has other roles in class `{here}` than in class `{first}`"))
            .allowed("an organization with the same roles, in the same order, in every class")
    });
    without.into_iter().chain(other)
}

fn scaled(count: i64, scale: f64) -> u32 {
    (count as f64 * scale).round() as u32
}

fn hub(reader: &mut Reader<'_>, notes: &mut Vec<Note>) -> Option<Hubs> {
    let mut reader = reader.table("hub")?;
    notes.extend(note(&mut reader));
    reader.required("organization");
    reader.required("districts");
    let organization = reader.string("organization");
    let districts = reader.integer("districts", 1..=MOST_DISTRICTS);
    let pooling = reader.float("pooling", 0.0..=1.0).unwrap_or(0.0);
    let cohesion = reader.float("cohesion", 0.0..=1.0).unwrap_or(0.0);
    reader.finish();
    Some(Hubs { organization: organization?, districts: districts? as u32, pooling, cohesion })
}

fn classes(top: &mut Reader<'_>, notes: &mut Vec<Note>, scale: f64) -> Vec<Class> {
    let mut classes: Vec<Class> = Vec::new();
    let mut none = true;
    let mut all = 0;
    for (name, place, mut reader) in top.named_tables("class") {
        none = false;
        let title = reader.string("title").unwrap_or_else(|| name.replace('_', " "));
        notes.extend(note(&mut reader));
        reader.required("districts");
        let districts = reader.integer("districts", 1..=MOST_DISTRICTS);
        reader.required("scenario");
        let scenario = reader.string("scenario");
        let set = reader.strings("set").unwrap_or_default();
        let given = |text: String| Assignment::given_as(format!("class {name}, set {text}"), text);
        let assignments: Vec<_> = set.into_iter().map(|(text, _)| given(text)).collect();
        let problem = |found: Problems, place: &Place| {
            for mut inner in found {
                inner.message = format!("class `{name}`: {}", inner.message);
                inner.place.get_or_insert_with(|| place.clone());
                reader.problem(inner);
            }
        };
        let opened = scenario.map(|scenario| World::open_assigned(&scenario, &assignments));
        match (opened, districts) {
            (Some(Ok(scenario)), Some(districts)) => {
                let districts = scaled(districts, scale).max(1);
                all += i64::from(districts);
                if all > MOST_DISTRICTS {
                    reader.problem(
                        Problem::new(format!("with class `{name}` there are {all} partnerships"))
                            .at(&place)
                            .allowed(format!("at most {MOST_DISTRICTS} in all classes together"))
                            .help("a world of `nation.scale = 0.1` has a tenth of each class"),
                    );
                }
                classes.push(Class { name: name.clone(), title, districts, world: scenario });
            }
            (Some(Err(found)), _) => problem(found, &place),
            _ => {}
        }
        reader.finish();
    }
    if none {
        top.problem(
            Problem::new("a world of many partnerships needs at least one class of district")
                .at(top.place())
                .help("write [class.NAME] with districts = 100 and scenario = \"nation-district\""),
        );
    }
    classes
}

fn shocks(class: &Class) -> Vec<String> {
    class.world.template().shocks.iter().map(|shock| shock.name.clone()).collect()
}

fn grants(class: &Class) -> Vec<String> {
    let grants = class.world.template().funding.grants.iter();
    grants.filter(|grant| grant.on_award).map(|grant| grant.name.clone()).collect()
}

fn organizations(class: &Class) -> Vec<String> {
    class.world.template().organizations.iter().map(|o| o.name.clone()).collect()
}

/// Something that every class's scenario must have.
fn named(
    reader: &mut Reader<'_>,
    key: &str,
    classes: &[Class],
    problems: &RefCell<Problems>,
    known: fn(&Class) -> Vec<String>,
) -> Option<String> {
    let node = reader.required(key)?;
    let name = reader.string(key)?;
    let lacking = classes.iter().find(|class| !known(class).contains(&name));
    if let Some(class) = lacking {
        let known = known(class);
        let what = if key == "grant" { "grant with on_award = true" } else { "shock" };
        problems.borrow_mut().push(
            Problem::new(format!("class `{}` has no {what} called `{name}`", class.name))
                .at(&node.place)
                .allowed(if known.is_empty() { "none is there".into() } else { known.join(", ") })
                .suggest(document::nearest(&name, known.iter().map(String::as_str))),
        );
        return None;
    }
    Some(name)
}
