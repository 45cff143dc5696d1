//! `[refitted.THEORY]`: numbers that a search found for a rival theory.

use super::Reading;
use crate::model::Shipped;
use crate::scenario::World;
use crate::scenario::document::{Node, Place, Problem, Problems, Reader};
use crate::scenario::number::plain;
use crate::scenario::refitted::Refitted;

/// Keys that say where the numbers come from.
const ANNOTATIONS: [&str; 2] = ["provenance", "source"];

impl<'a> Reading<'a> {
    pub(super) fn refitted(&mut self, top: &mut Reader<'a>) -> Vec<(Refitted, Place)> {
        let known: Vec<String> = self.known.keys().cloned().collect();
        let words: Vec<String> = Shipped::ALL.iter().map(|theory| theory.word().into()).collect();
        let mut all = Vec::new();
        for (word, place, mut reader) in top.named_tables("refitted") {
            let theory = self.lookup(&word, &place, &words, "theory");
            let note = super::note(&mut reader);
            let provenance = note.as_ref().map(|note| note.provenance);
            let source =
                reader.node("source").and_then(Node::as_str).unwrap_or_default().to_owned();
            self.notes.extend(note);
            let numbers = reader.keys();
            let numbers = numbers.iter().filter(|(key, ..)| !ANNOTATIONS.contains(key));
            let mut values = Vec::new();
            for (key, at, node) in numbers {
                let value = self.refitted_number(&reader, key, at, node, &known);
                values.extend(value.map(|value| ((*key).to_owned(), value)));
            }
            if let Some(theory) = theory {
                let theory = Shipped::ALL[theory];
                all.push((Refitted { theory, provenance, source, values }, place));
            }
        }
        all
    }

    fn refitted_number(
        &self,
        reader: &Reader<'_>,
        key: &str,
        place: &Place,
        node: &Node,
        known: &[String],
    ) -> Option<f64> {
        let path = reader.path_of(key);
        // A key without quotation marks is a table in a table.
        if let Some(first) = node.as_table().and_then(|table| table.keys().next()) {
            let problem = Problem::new(format!("`{path}` must be a number")).at(place);
            let problem = problem.found(node.describe()).allowed("\"KEY\" = number");
            reader.problem(
                problem.help(format!("write the key in quotation marks: \"{key}.{first}\" = …")),
            );
            return None;
        }
        self.lookup(key, place, known, "number in this scenario")?;
        reader.told(plain(node, &path, &self.known[key].allowed))
    }
}

/// Numbers of a theory that are each allowed but not together, at the table that states them.
pub(super) fn conflicts(world: &World, places: &[Place], problems: &mut Problems) {
    for (refitted, place) in world.refitted.iter().zip(places) {
        if let Err(why) = world.refitted_under(refitted.theory) {
            problems.push(Problem::new(why.to_string()).at(place));
        }
    }
}
