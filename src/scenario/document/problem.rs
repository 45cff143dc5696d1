//! What is wrong with a text, and lists of such problems.

use std::fmt;
use std::sync::Arc;

use serde::ser::{Serialize, SerializeStruct, Serializer};
use serde_json::json;

use super::{Place, Source, render};

/// How many problems are drawn; the rest are only counted.
const DRAWN: usize = 50;

/// One thing that is wrong, with what a reader needs to put it right.
///
/// (The optional texts are boxed to keep the type small enough for an `Err`.)
#[derive(Clone, Debug, PartialEq)]
#[must_use]
#[non_exhaustive]
pub struct Problem {
    /// Where it is, if it is in a text.
    pub place: Option<Place>,
    /// What is wrong, in one line.
    pub message: String,
    /// What stands there.
    pub found: Option<Box<str>>,
    /// What may stand there.
    pub allowed: Option<Box<str>>,
    /// The likely correction.
    pub help: Option<Box<str>>,
    /// Other places that explain it, each with a few words.
    pub note_places: Vec<(Place, String)>,
}

impl Problem {
    /// A problem that has only its message yet; the other parts are added by the methods below.
    pub fn new(message: impl Into<String>) -> Problem {
        Problem {
            place: None,
            message: message.into(),
            found: None,
            allowed: None,
            help: None,
            note_places: Vec::new(),
        }
    }

    /// Says where it is.
    pub fn at(mut self, place: &Place) -> Problem {
        self.place = Some(place.clone());
        self
    }

    /// Says what stands there.
    pub fn found(mut self, found: impl Into<String>) -> Problem {
        self.found = Some(found.into().into_boxed_str());
        self
    }

    /// Says what may stand there.
    pub fn allowed(mut self, allowed: impl Into<String>) -> Problem {
        self.allowed = Some(allowed.into().into_boxed_str());
        self
    }

    /// Says the likely correction.
    pub fn help(mut self, help: impl Into<String>) -> Problem {
        self.help = Some(help.into().into_boxed_str());
        self
    }

    /// Says "did you mean `x`?" if there is an `x`.
    pub fn suggest(self, nearest: Option<&str>) -> Problem {
        match nearest {
            Some(name) => self.help(format!("did you mean `{name}`?")),
            None => self,
        }
    }

    /// Points at another place that explains it.
    pub fn note(mut self, place: &Place, text: impl Into<String>) -> Problem {
        self.note_places.push((place.clone(), text.into()));
        self
    }
}

/// For `--json`: `file`, `line`, `column`, `message`, `found`, `allowed`, `help`, and `notes`, each
/// with the first four.
impl Serialize for Problem {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let place = self.place.as_ref();
        let notes = self.note_places.iter().map(|(place, message)| {
            json!({
                "file": place.source_name(),
                "line": place.line(),
                "column": place.column(),
                "message": message,
            })
        });
        let notes: Vec<_> = notes.collect();
        let mut view = serializer.serialize_struct("Problem", 8)?;
        view.serialize_field("file", &place.map(Place::source_name))?;
        view.serialize_field("line", &place.map(Place::line))?;
        view.serialize_field("column", &place.map(Place::column))?;
        view.serialize_field("message", &self.message)?;
        view.serialize_field("found", &self.found)?;
        view.serialize_field("allowed", &self.allowed)?;
        view.serialize_field("help", &self.help)?;
        view.serialize_field("notes", &notes)?;
        view.end()
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        render::problem(self, f)
    }
}

impl std::error::Error for Problem {}

/// Problems, kept in order of source (as first met) and position, without repeats; those without a
/// place come last. `Display` draws them as plain text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Problems {
    by_source: Vec<(Arc<Source>, Vec<Problem>)>,
    elsewhere: Vec<Problem>,
}

impl Problems {
    /// No problems yet.
    pub fn new() -> Problems {
        Problems::default()
    }

    /// Adds a problem at its proper rank, unless the same one is there.
    pub fn push(&mut self, problem: Problem) {
        let Some(place) = &problem.place else {
            if !self.elsewhere.contains(&problem) {
                self.elsewhere.push(problem);
            }
            return;
        };
        let known = self.by_source.iter().position(|(s, _)| s == place.source());
        let rank = known.unwrap_or_else(|| {
            let source = Arc::clone(place.source());
            self.by_source.push((source, Vec::new()));
            self.by_source.len() - 1
        });
        let start = place.span().start;
        let here = &mut self.by_source[rank].1;
        let before = |p: &Problem| p.place.as_ref().is_some_and(|q| q.span().start < start);
        let upto = |p: &Problem| p.place.as_ref().is_some_and(|q| q.span().start <= start);
        let first = here.partition_point(before);
        let end = here.partition_point(upto);
        if !here[first..end].contains(&problem) {
            here.insert(end, problem);
        }
    }

    /// Adds all of another list.
    pub fn extend(&mut self, others: Problems) {
        others.into_iter().for_each(|problem| self.push(problem));
    }

    /// Each problem, in order.
    pub fn iter(&self) -> impl Iterator<Item = &Problem> {
        let placed = self.by_source.iter().flat_map(|(_, here)| here);
        placed.chain(&self.elsewhere)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        let placed: usize = self.by_source.iter().map(|(_, here)| here.len()).sum();
        placed + self.elsewhere.len()
    }

    /// Whether all is well.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// `value` if there are no problems, the problems otherwise.
    pub fn into_result<T>(self, value: T) -> Result<T, Problems> {
        if self.is_empty() { Ok(value) } else { Err(self) }
    }

    /// "1 problem", "3 problems": the beginning of a last line such as
    /// "3 problems; nothing was run."
    pub fn count(&self) -> String {
        match self.len() {
            1 => "1 problem".to_string(),
            n => format!("{n} problems"),
        }
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.iter().take(DRAWN).enumerate() {
            if index > 0 {
                writeln!(f)?;
            }
            write!(f, "{problem}")?;
        }
        match self.len().saturating_sub(DRAWN) {
            0 => Ok(()),
            more => writeln!(f, "\n... and {more} more"),
        }
    }
}

impl Serialize for Problems {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

impl std::error::Error for Problems {}

impl From<Problem> for Problems {
    fn from(problem: Problem) -> Problems {
        [problem].into_iter().collect()
    }
}

impl FromIterator<Problem> for Problems {
    fn from_iter<I: IntoIterator<Item = Problem>>(all: I) -> Problems {
        let mut problems = Problems::new();
        all.into_iter().for_each(|problem| problems.push(problem));
        problems
    }
}

impl IntoIterator for Problems {
    type Item = Problem;
    type IntoIter = std::vec::IntoIter<Problem>;

    fn into_iter(self) -> Self::IntoIter {
        let placed = self.by_source.into_iter().flat_map(|(_, here)| here);
        let all: Vec<Problem> = placed.chain(self.elsewhere).collect();
        all.into_iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn problems_come_in_the_order_of_the_text_and_only_once() {
        let one = Source::new("one", "abcdef");
        let two = Source::new("two", "abcdef");
        let mut problems = Problems::new();
        let at = |s, n| Problem::new(format!("p{n}")).at(&Place::new(s, n..n + 1));
        problems.push(Problem::new("nowhere"));
        for problem in [at(&one, 4), at(&two, 1), at(&one, 2), at(&one, 4), at(&two, 0)] {
            problems.push(problem);
        }
        let order: Vec<_> = problems.iter().map(|p| p.message.as_str()).collect();
        assert_eq!(order, ["p2", "p4", "p0", "p1", "nowhere"]);
        assert_eq!(problems.count(), "5 problems");
        assert_eq!(problems.clone().into_iter().count(), 5);
    }

    #[test]
    fn a_view_is_plain_data() {
        let source = Source::new("f.toml", "a = 1\nb = 2\n");
        let problem = Problem::new("wrong")
            .at(&Place::new(&source, 10..11))
            .found("2")
            .note(&Place::new(&source, 0..1), "see here");
        let json = serde_json::to_value(problem).expect("serializes");
        assert_eq!(json["file"], "f.toml");
        assert_eq!((&json["line"], &json["column"]), (&2.into(), &5.into()));
        assert_eq!(json["found"], "2");
        assert!(json["help"].is_null());
        assert_eq!(json["notes"][0]["line"], 1);
    }

    #[test]
    fn a_flood_is_cut_and_counted() {
        let source = Source::new("f", "x".repeat(200));
        let mut problems = Problems::new();
        for n in 0..120 {
            problems.push(Problem::new("wrong").at(&Place::new(&source, n..n + 1)));
        }
        let text = problems.to_string();
        assert_eq!(text.matches("error: wrong").count(), DRAWN);
        assert!(text.ends_with("... and 70 more\n"));
        assert_eq!(problems.len(), 120);
    }
}
