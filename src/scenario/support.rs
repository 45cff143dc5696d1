//! The support of a scenario: what its source states, and where everything else comes from.
//!
//! In `[stated.NAME]` a case records what its source states, where the source states it, and which
//! keys of the case carry it; statements that nothing carries are listed too. Everything else has
//! the support given in the file in which it is *written*, so that what a case inherits keeps the
//! support it has in the preset.

use super::document::{Node, Source, Table, Value, parse, show_key};
use super::{World, built_in};
use crate::parameters::Provenance;
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Something that the source of a case states.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Statement {
    /// Its name in the scenario.
    pub name: String,
    /// What is stated, in our words.
    pub says: String,
    /// Where it is stated, perhaps with a few words of the source in quotation marks.
    pub source: String,
    /// The keys of the scenario that carry it; empty if nothing in the model does.
    pub carried_by: Vec<String>,
}

/// Something that a scenario says, and what supports it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Support {
    /// Its key.
    pub key: String,
    /// Its value, as it was written.
    pub value: String,
    /// The kind of support; [`Provenance::Assumed`] if none is given.
    pub provenance: Provenance,
    /// The source or the reason; empty if none is given.
    pub source: String,
    /// The built-in case or the file in which it is written.
    pub written_in: String,
}

/// A statement with the values of the keys that carry it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Carried {
    /// The statement.
    #[serde(flatten)]
    pub statement: Statement,
    /// The value of each key that carries it.
    pub values: Vec<String>,
}

/// Both lists: what the source states, and everything else.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Provenances {
    /// What the source of the case states.
    pub stated: Vec<Carried>,
    /// Everything else that the case and what it extends say, in the order of the scenario.
    /// Some of it is stated, by a source that a preset names.
    pub rest: Vec<Support>,
}

impl Provenances {
    /// The second list by the kind of support, the strongest first.
    pub fn rest_by_support(&self) -> Vec<(&'static str, Vec<&Support>)> {
        let of = |provenance: Provenance| {
            let rest = self.rest.iter().filter(move |support| support.provenance == provenance);
            (provenance.word(), rest.collect::<Vec<_>>())
        };
        Provenance::ALL.into_iter().map(of).filter(|(_, rest)| !rest.is_empty()).collect()
    }
}

/// Tables that do not describe the world itself: what is compared, drawn, asked or searched.
const ASIDE: [&str; 6] = ["stated", "pattern", "fact", "interview", "prior", "refitted"];
/// Keys of a scenario that are neither numbers nor structure.
const WORDS: [&str; 6] = ["schema", "title", "summary", "source", "theory", "posterior"];
/// Keys that annotate a table.
const ANNOTATIONS: [&str; 3] = ["provenance", "source", "title"];

impl World {
    /// What its source states, and what supports everything else that it or a scenario it extends
    /// says. Parameters that no file sets are not listed: their support is in the table of
    /// parameters.
    ///
    /// ```
    /// use rppsim::scenario::World;
    /// let both = World::open("bellevue").unwrap().provenances();
    /// let weekly = both.stated.iter().find(|s| s.statement.name == "weekly").unwrap();
    /// assert_eq!(weekly.statement.carried_by, ["calendar.meetings_per_month"]);
    /// assert_eq!(weekly.values, ["4"]);
    /// let turnover = both.rest.iter().find(|s| s.key == "turnover.cabinet").unwrap();
    /// assert_eq!(turnover.written_in, "design-based");
    /// ```
    pub fn provenances(&self) -> Provenances {
        let mut files = Files::default();
        let mut rest = Vec::new();
        for entry in self.table.entries() {
            let key = entry.key.as_str();
            if !ASIDE.contains(&key) && !WORDS.contains(&key) {
                let path = vec![key.to_owned()];
                leaves(&entry.node, path, &mut |path, node| rest.push(files.support(path, node)));
            }
        }
        let stated = self.statements.iter().map(|statement| {
            let value = |key: &String| find(&self.table, key).map_or(String::new(), value);
            let values = statement.carried_by.iter().map(value).collect();
            Carried { statement: statement.clone(), values }
        });
        let stated = stated.collect();
        rest.retain(|support| self.carried(&support.key).is_none());
        Provenances { stated, rest }
    }

    /// The statement that a key carries, itself or as part of what carries it.
    pub(super) fn carried(&self, key: &str) -> Option<&Statement> {
        let carries = |carrier: &String| {
            key.strip_prefix(carrier.as_str())
                .is_some_and(|rest| matches!(rest.chars().next(), None | Some('.')))
        };
        self.statements.iter().find(|statement| statement.carried_by.iter().any(carries))
    }
}

/// The value of a dotted key.
pub(super) fn find<'t>(table: &'t Table, key: &str) -> Option<&'t Node> {
    match key.split_once('.') {
        Some((first, rest)) => find(table.get(first)?.as_table()?, rest),
        None => table.get(key),
    }
}

/// Visits every single value. A table in braces is one value, and so is a table without keys.
fn leaves(node: &Node, path: Vec<String>, visit: &mut impl FnMut(&[String], &Node)) {
    let Some(table) = node.as_table().filter(|table| !table.is_inline()) else {
        return visit(&path, node);
    };
    let named = path.first().is_some_and(|first| first == "organization");
    let tells = |key: &str| !ANNOTATIONS.contains(&key) || (named && key == "title");
    let told: Vec<_> = table.entries().iter().filter(|entry| tells(&entry.key)).collect();
    if told.is_empty() {
        visit(&path, node);
    }
    for entry in told {
        let path = path.iter().cloned().chain([entry.key.clone()]).collect();
        leaves(&entry.node, path, visit);
    }
}

/// A value as it was written, without its annotations.
fn value(node: &Node) -> String {
    let Some(table) = node.as_table() else {
        return node.place.text().split_whitespace().collect::<Vec<_>>().join(" ");
    };
    let plain = |entry: &&super::document::Entry| !ANNOTATIONS.contains(&entry.key.as_str());
    let told: Vec<_> = table.entries().iter().filter(plain).collect();
    match told[..] {
        [] => "on".to_owned(),
        [only] if only.key == "value" => value(&only.node),
        _ => {
            let parts = told.iter().map(|e| format!("{} = {}", show_key(&e.key), value(&e.node)));
            format!("{{ {} }}", parts.collect::<Vec<_>>().join(", "))
        }
    }
}

/// The files of a chain of `extends`, each read again as it stands.
#[derive(Default)]
pub(super) struct Files(BTreeMap<String, Option<Table>>);

impl Files {
    fn support(&mut self, path: &[String], node: &Node) -> Support {
        let source = node.place.source();
        let (provenance, words) =
            self.note(source, path).unwrap_or((Provenance::Assumed, String::new()));
        let name = source.name();
        Support {
            key: path.iter().map(|key| show_key(key)).collect::<Vec<_>>().join("."),
            value: value(node),
            provenance,
            source: words,
            written_in: built_in::name_of(name).unwrap_or(name).to_owned(),
        }
    }

    /// The support given in the file that writes it, at the value itself or at a table around it.
    pub(super) fn note(
        &mut self,
        source: &Arc<Source>,
        path: &[String],
    ) -> Option<(Provenance, String)> {
        let file = self.0.entry(source.name().to_owned());
        let mut table = file.or_insert_with(|| parse(Arc::clone(source)).ok()).as_ref()?;
        let mut nearest = None;
        for key in path {
            let Some(Value::Table(inner)) = table.get(key).map(|node| &node.value) else { break };
            table = inner;
            let word = table.get("provenance").and_then(Node::as_str);
            let known = Provenance::ALL.into_iter().find(|known| Some(known.word()) == word);
            if let Some(known) = known {
                let words = table.get("source").and_then(Node::as_str).unwrap_or_default();
                nearest = Some((known, words.to_owned()));
            }
        }
        nearest
    }
}
