//! `[data.episodes]`, `[data.interviews]` and `[data.people]`: where a table is, and which column is
//! what.

use crate::data::dates::{Order, When};
use crate::data::{Cell, episodes, interviews, people};
use crate::scenario::document::{Place, Problem, Reader};

/// A file, and the place where it is named, if it is.
pub(super) type File = (String, Option<Place>);

/// A reader, with the keys that stand where a table is missing.
struct Inner<'a>(Option<Reader<'a>>);

impl<'a> Inner<'a> {
    fn text(&mut self, key: &str) -> Option<String> {
        self.0.as_mut()?.string(key)
    }

    fn texts(&mut self, key: &str) -> Option<Vec<(String, Place)>> {
        several(self.0.as_mut()?, key)
    }

    fn file(&mut self, usual: &str) -> File {
        let named = self.0.as_mut().and_then(|reader| {
            let place = reader.node("file")?.place.clone();
            Some((reader.string("file")?, place))
        });
        named.map_or((usual.to_owned(), None), |(file, place)| (file, Some(place)))
    }

    fn only(&mut self) -> Vec<(String, String)> {
        let Some(mut inner) = self.0.as_mut().and_then(|reader| reader.table("only")) else {
            return Vec::new();
        };
        let keys: Vec<String> = inner.keys().iter().map(|(key, ..)| (*key).to_owned()).collect();
        keys.into_iter().filter_map(|key| Some((key.clone(), inner.string(&key)?))).collect()
    }

    fn finish(self) {
        self.0.into_iter().for_each(Reader::finish);
    }
}

/// A text, or a list of texts.
pub(super) fn several(reader: &mut Reader<'_>, key: &str) -> Option<Vec<(String, Place)>> {
    let node = reader.node(key)?;
    match node.as_str() {
        Some(text) => Some(vec![(text.to_owned(), node.place.clone())]),
        None => reader.strings(key),
    }
}

pub(super) fn episode_columns(top: &mut Reader<'_>, dates: Order) -> (File, episodes::Columns) {
    let mut of = Inner(top.table("episodes"));
    let file = of.file("episodes.csv");
    let texts = |all: Option<Vec<(String, Place)>>| {
        all.map(|all| all.into_iter().map(|(text, _)| text).collect::<Vec<_>>())
    };
    let columns = episodes::Columns {
        meeting: of.text("meeting"),
        date: of.text("date"),
        month: of.text("month"),
        episode: texts(of.texts("episode")).filter(|names| !names.is_empty()),
        code: of.text("code"),
        separator: of.text("separator"),
        initiator: of.text("initiator"),
        centrality: of.text("centrality"),
        only: of.only(),
        order: texts(of.texts("order")).unwrap_or_default(),
        dates,
    };
    of.finish();
    (file, columns)
}

pub(super) fn interview_columns(top: &mut Reader<'_>) -> (File, interviews::Columns) {
    let mut of = Inner(top.table("interviews"));
    let file = of.file("interviews.csv");
    let columns = interviews::Columns {
        wave: of.text("wave"),
        leader: of.text("leader"),
        role: of.text("role"),
        separator: of.text("separator"),
        count: of.text("count"),
        asked: of.text("asked"),
        only: of.only(),
    };
    of.finish();
    (file, columns)
}

pub(super) fn people_columns(
    top: &mut Reader<'_>,
    dates: Order,
) -> ((File, people::Columns), [Option<When>; 2]) {
    let mut of = Inner(top.table("people"));
    let file = of.file("people.csv");
    let columns = people::Columns {
        seat: of.text("seat"),
        side: of.text("side"),
        level: of.text("level"),
        from: of.text("from"),
        to: of.text("to"),
        only: of.only(),
        dates,
    };
    let mut observed = [None; 2];
    if let Some(ends) = of.texts("observed") {
        let read = |(text, place): &(String, Place)| {
            let cell = Cell { text: text.clone(), span: 0..0 };
            When::read(&cell, dates).map_err(|fault| {
                Problem::new(&*fault.message)
                    .at(place)
                    .found(&*fault.found)
                    .allowed(&*fault.allowed)
            })
        };
        for (end, text) in observed.iter_mut().zip(&ends) {
            match read(text) {
                Ok(when) => *end = Some(when),
                Err(problem) => top.problem(problem),
            }
        }
        if ends.len() != 2 {
            let place = ends.first().map_or(top.place(), |(_, place)| place);
            top.problem(
                Problem::new("`data.people.observed` must be two moments")
                    .at(place)
                    .allowed("[\"2015-09\", \"2017-08\"], first and last of which the table knows"),
            );
        }
    }
    of.finish();
    ((file, columns), observed)
}
