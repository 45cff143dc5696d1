//! What `[data]` says: where the tables are, which column is what, and which code means what.

use super::columns::{File, episode_columns, interview_columns, people_columns, several};
use super::names_below;
use crate::data::coded::{Codebook, Meaning};
use crate::data::dates::{Order, When};
use crate::data::{alike, episodes, interviews, people};
use crate::model::event::TalkKind;
use crate::model::setup::Level;
use crate::scenario::document::{Entry, Node, Place, Problem, Problems, Reader, Table};
use crate::scenario::horizon::MOST_MEETINGS;
use crate::scenario::patterns::Use;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The families of patterns that data become, by the word that says what they are used for.
pub(super) const FAMILIES: [&str; 9] = [
    "role_share",
    "phases",
    "role_talk",
    "episodes",
    "in_passing",
    "refused",
    "opened",
    "kinds",
    "interviews",
];

/// What roles are called in interviews where nobody names one: they say they are uncertain.
pub(super) const UNCERTAIN: &str = "uncertain";

/// What a scenario says about the data.
pub(super) struct Described {
    /// Where `[data]` stands.
    pub place: Place,
    pub folder: PathBuf,
    pub episodes: (File, episodes::Columns),
    pub interviews: (File, interviews::Columns),
    pub people: (File, people::Columns),
    pub codebook: Codebook,
    /// Waves in lower case, and the interview that each is.
    pub waves: BTreeMap<String, String>,
    /// Names of roles in lower case, and the role that each is, or [`UNCERTAIN`].
    pub roles: BTreeMap<String, String>,
    /// Levels in lower case, and the level of the model that each is.
    pub levels: BTreeMap<String, String>,
    /// First and last meeting of each phase.
    pub phases: Vec<(u32, u32)>,
    /// What a family of patterns is used for; `None`: nothing is made of it.
    pub uses: BTreeMap<&'static str, Option<Use>>,
    /// First and last moment of which the table of people knows.
    pub observed: [Option<When>; 2],
    /// Whether the scenario says what codes mean.
    pub codes_stated: bool,
    /// The organizations, by name.
    pub organizations: Vec<String>,
    /// The roles that interviews count, by interview.
    pub asked_about: BTreeMap<String, Vec<String>>,
}

impl Described {
    /// Reads `[data]`; `scenario` is the rest, whose names it may use.
    pub fn read(node: &Node, scenario: &Table, problems: &RefCell<Problems>) -> Option<Described> {
        let table = match node.expect_table("data") {
            Ok(table) => table,
            Err(problem) => {
                problems.borrow_mut().push(problem);
                return None;
            }
        };
        let mut top = Reader::new(table, "data", problems);
        let folder = top.string("folder").unwrap_or_else(|| ".".into());
        let written_in = top.node("folder").map_or(&node.place, |node| &node.place).source_name();
        // What stands in an assignment is seen from where the program runs.
        let written_in = Path::new(written_in);
        let beside = if written_in.is_file() { written_in.parent() } else { None };
        let folder = beside.unwrap_or(Path::new("")).join(folder);
        let dates = top.choice("dates", &Order::ALL, Order::words).unwrap_or_default();

        let organizations = names_below(scenario, "organization");
        let episodes = episode_columns(&mut top, dates);
        let (codes, codes_stated) = codes(&mut top, &organizations);
        let sides = sides(&mut top, scenario, &organizations);
        let interviews = interview_columns(&mut top);
        let plans = names_below(scenario, "interview");
        let waves = aliases(&mut top, "waves", &plans, "interview");
        let asked_about = asked_about(scenario);
        let roles = aliases(&mut top, "roles", &all_roles(scenario, &asked_about), "role");
        let (people, observed) = people_columns(&mut top, dates);
        let levels = Level::ALL.map(|level| level.word().to_owned());
        let levels = aliases(&mut top, "levels", &levels, "level");
        let phases = phases(&mut top);
        let uses = uses(&mut top, !phases.is_empty());
        top.finish();
        let codes = if codes_stated { codes } else { usual_codes() };
        let codebook = Codebook { codes, sides };
        let place = node.place.clone();
        Some(Described {
            place,
            folder,
            episodes,
            interviews,
            people,
            codebook,
            waves,
            roles,
            levels,
            phases,
            uses,
            observed,
            codes_stated,
            organizations,
            asked_about,
        })
    }
}

/// Names that the data use, and what each is here; what is known here is known by its own name, too.
fn aliases(
    top: &mut Reader<'_>,
    key: &str,
    known: &[String],
    what: &str,
) -> BTreeMap<String, String> {
    let mut all: BTreeMap<String, String> =
        known.iter().map(|name| (alike(name), name.clone())).collect();
    let Some(mut reader) = top.table(key) else { return all };
    for (name, place, _) in reader.keys() {
        if !known.iter().any(|known| known == name) {
            let near = crate::scenario::document::nearest(name, known.iter().map(String::as_str));
            reader.problem(
                Problem::new(format!("there is no {what} called `{name}`"))
                    .at(place)
                    .allowed(if known.is_empty() {
                        "none is defined".into()
                    } else {
                        known.join(", ")
                    })
                    .suggest(near),
            );
        }
        for (alias, place) in several(&mut reader, name).unwrap_or_default() {
            if let Some(other) = all.insert(alike(&alias), name.to_owned())
                && other != name
            {
                let problem = Problem::new(format!("`{alias}` means both `{other}` and `{name}`"));
                reader.problem(problem.at(&place).allowed("one meaning for each name"));
            }
        }
    }
    all
}

/// `[data.sides]`: what each organization, and each seat of the scenario, is called.
fn sides(
    top: &mut Reader<'_>,
    scenario: &Table,
    organizations: &[String],
) -> BTreeMap<String, String> {
    let mut sides = BTreeMap::new();
    let seats = scenario.get("seat").and_then(Node::as_table);
    for entry in seats.iter().flat_map(|seats| seats.entries()) {
        let Some(seat) = entry.node.as_table() else { continue };
        let Some(side) = seat.get("organization").and_then(Node::as_str) else { continue };
        let count = seat.get("count").and_then(Node::as_integer).unwrap_or(1);
        sides.insert(alike(&entry.key), side.to_owned());
        for n in 1..=count.min(10_000) {
            sides.insert(alike(&format!("{}.{n}", entry.key)), side.to_owned());
        }
    }
    sides.extend(aliases(top, "sides", organizations, "organization"));
    sides
}

/// The roles that each interview counts: those of the organization that it is about.
fn asked_about(scenario: &Table) -> BTreeMap<String, Vec<String>> {
    let tables = |key: &str| scenario.get(key).and_then(Node::as_table);
    let of_plan = |entry: &Entry| {
        let about = entry.node.as_table()?.get("about")?.as_str()?;
        let roles = tables("organization")?.get(about)?.as_table()?.get("role")?.as_table()?;
        let counted = |role: &&Entry| {
            let counted = role.node.as_table().and_then(|role| role.get("counted"));
            counted.and_then(Node::as_boolean) != Some(false)
        };
        let roles = roles.entries().iter().filter(counted).map(|role| role.key.clone());
        Some((entry.key.clone(), roles.collect()))
    };
    tables("interview").into_iter().flat_map(Table::entries).filter_map(of_plan).collect()
}

/// Every role that interviews count, and [`UNCERTAIN`].
fn all_roles(scenario: &Table, asked_about: &BTreeMap<String, Vec<String>>) -> Vec<String> {
    let mut roles: Vec<String> = asked_about.values().flatten().cloned().collect();
    // A role that is heard in talk only is a role all the same.
    let organizations = scenario.get("organization").and_then(Node::as_table);
    for organization in organizations.into_iter().flat_map(Table::entries) {
        roles.extend(organization.node.as_table().map_or(Vec::new(), |of| names_below(of, "role")));
    }
    roles.push(UNCERTAIN.to_owned());
    roles.sort();
    roles.dedup();
    roles
}

/// What codes mean where nothing is said.
fn usual_codes() -> BTreeMap<String, Meaning> {
    let mut usual: BTreeMap<String, Meaning> = [
        ("roles", Meaning::Roles),
        ("role negotiation", Meaning::Roles),
        ("work", Meaning::Work),
        ("substantive work", Meaning::Work),
        ("other", Meaning::Other),
        ("roles in passing", Meaning::InPassing),
        ("refused", Meaning::Refused),
    ]
    .map(|(code, meaning)| (code.to_owned(), meaning))
    .into();
    usual.extend(
        TalkKind::ALL.map(|kind| (kind.word().to_owned(), Meaning::Kind(kind.word().into()))),
    );
    usual
}

/// `[data.codes]`, and whether it is there.
fn codes(top: &mut Reader<'_>, organizations: &[String]) -> (BTreeMap<String, Meaning>, bool) {
    let mut codes: BTreeMap<String, Meaning> = BTreeMap::new();
    let Some(mut reader) = top.table("codes") else { return (codes, false) };
    let plain: [(&str, Meaning); 6] = [
        ("roles", Meaning::Roles),
        ("work", Meaning::Work),
        ("other", Meaning::Other),
        ("in_passing", Meaning::InPassing),
        ("refused", Meaning::Refused),
        ("ignored", Meaning::Nothing),
    ];
    let mut put = |reader: &Reader<'_>, found: Option<Vec<(String, Place)>>, meaning: Meaning| {
        for (code, place) in found.unwrap_or_default() {
            if let Some(other) = codes.insert(alike(&code), meaning.clone())
                && other != meaning
            {
                let problem = Problem::new(format!("the code `{code}` means two things"));
                reader.problem(problem.at(&place).help("name each code once"));
            }
        }
    };
    for (key, meaning) in plain {
        let found = several(&mut reader, key);
        put(&reader, found, meaning);
    }
    let kinds = TalkKind::ALL.map(|kind| kind.word().to_owned());
    type Means = fn(String) -> Meaning;
    let below: [(&str, &[String], Means); 2] =
        [("opened", organizations, Meaning::Opened), ("kinds", &kinds, Meaning::Kind)];
    for (key, known, means) in below {
        let Some(mut inner) = reader.table(key) else { continue };
        for name in known {
            let found = several(&mut inner, name);
            put(&inner, found, means(name.clone()));
        }
        inner.finish();
    }
    reader.finish();
    (codes, true)
}

/// `phases = [[1, 9], [10, 17]]`.
fn phases(top: &mut Reader<'_>) -> Vec<(u32, u32)> {
    let Some(node) = top.node("phases") else { return Vec::new() };
    let whole = |node: &Node| node.as_integer().and_then(|n| u32::try_from(n).ok());
    let phase = |node: &Node| match node.as_array()? {
        [from, to] => {
            let (from, to) = (whole(from)?, whole(to)?);
            (1 <= from && from <= to && to <= MOST_MEETINGS).then_some((from, to))
        }
        _ => None,
    };
    let phases: Option<Vec<(u32, u32)>> =
        node.as_array().map(|all| all.iter().map(phase).collect()).unwrap_or(None);
    phases.unwrap_or_else(|| {
        let problem = node.problem("data.phases", "must list first and last meeting of each phase");
        top.problem(problem.allowed("[[1, 9], [10, 17]]"));
        Vec::new()
    })
}

/// `[data.use]`: what each family of patterns is used for.
fn uses(top: &mut Reader<'_>, phases: bool) -> BTreeMap<&'static str, Option<Use>> {
    let mut uses: BTreeMap<&'static str, Option<Use>> =
        FAMILIES.map(|family| (family, Some(Use::Fit))).into();
    // Meetings and their phases are the same episodes: they are not fitted twice.
    if phases {
        uses.insert("role_share", Some(Use::Report));
    }
    let Some(mut reader) = top.table("use") else { return uses };
    let words: Vec<&str> = Use::ALL.iter().map(|one| one.word()).chain(["none"]).collect();
    for family in FAMILIES {
        if let Some(word) = reader.one_of(family, &words) {
            uses.insert(family, Use::ALL.into_iter().find(|one| one.word() == word));
        }
    }
    reader.finish();
    uses
}
