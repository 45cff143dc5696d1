//! Strict reading of a table: every key is asked for, and what nobody asked for is a problem.

mod expect;

use std::cell::RefCell;
use std::ops::RangeInclusive;

use super::tree::show_key;
use super::{Node, Place, Problem, Problems, Table, nearest};

/// A table being read.
///
/// The reader remembers which keys were asked for; [`Reader::finish`] reports every other key as
/// unknown, with the nearest of those asked for. What is wrong goes to the shared list, so that one
/// reading tells everything; a reading method then answers `None`, as it does for a key that is not
/// there. (Ask [`Reader::required`] first where a key must be there.)
///
/// Works on tables in braces as well as on those under a header.
#[must_use = "call `finish`, or unknown keys go unseen"]
pub struct Reader<'a> {
    table: &'a Table,
    path: String,
    problems: &'a RefCell<Problems>,
    /// Keys asked for, in the order of asking.
    asked: Vec<String>,
    /// Whether every key is welcome.
    free: bool,
}

/// The path of a key below a path: `seat`, `director` → `seat.director`.
pub(in crate::scenario) fn join(path: &str, key: &str) -> String {
    match path {
        "" => show_key(key),
        path => format!("{path}.{}", show_key(key)),
    }
}

impl<'a> Reader<'a> {
    /// Begins to read a table; `path` is its name in messages (`""` for a whole file).
    pub fn new(
        table: &'a Table,
        path: impl Into<String>,
        problems: &'a RefCell<Problems>,
    ) -> Reader<'a> {
        Reader { table, path: path.into(), problems, asked: Vec::new(), free: false }
    }

    /// The table.
    pub fn source_table(&self) -> &'a Table {
        self.table
    }

    /// Where the table was written.
    pub fn place(&self) -> &'a Place {
        self.table.place()
    }

    /// The table's name in messages: `seat.director`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The full name of a key of this table: `seat.director.tenure`.
    pub fn path_of(&self, key: &str) -> String {
        join(&self.path, key)
    }

    /// Adds a problem of the caller's own.
    pub fn problem(&self, problem: Problem) {
        self.problems.borrow_mut().push(problem);
    }

    /// The value of a key, if it is there.
    pub fn node(&mut self, key: &str) -> Option<&'a Node> {
        if !self.asked.iter().any(|asked| asked == key) {
            self.asked.push(key.to_string());
        }
        self.table.get(key)
    }

    /// The value of a key; that it is missing is a problem at the table's place.
    pub fn required(&mut self, key: &str) -> Option<&'a Node> {
        let node = self.node(key);
        if node.is_none() {
            let near = nearest(key, self.table.keys());
            let near = near.filter(|near| !self.asked.iter().any(|asked| asked == near));
            let problem = Problem::new(format!("`{}` is missing", self.path_of(key)));
            let problem = problem.at(self.place());
            self.problem(match near {
                Some(near) => problem.help(format!("is `{}` meant to be `{key}`?", show_key(near))),
                None => problem,
            });
        }
        node
    }

    /// Text.
    pub fn string(&mut self, key: &str) -> Option<String> {
        let node = self.node(key)?;
        self.told(node.expect_string(&self.path_of(key)))
    }

    /// `true` or `false`.
    pub fn boolean(&mut self, key: &str) -> Option<bool> {
        let node = self.node(key)?;
        self.told(node.expect_boolean(&self.path_of(key)))
    }

    /// A whole number in a range.
    pub fn integer(&mut self, key: &str, allowed: RangeInclusive<i64>) -> Option<i64> {
        let node = self.node(key)?;
        self.told(node.expect_integer(&self.path_of(key), allowed))
    }

    /// A number in a range, written with or without a point; never `nan`, never infinite.
    pub fn float(&mut self, key: &str, allowed: RangeInclusive<f64>) -> Option<f64> {
        let node = self.node(key)?;
        self.told(node.expect_number(&self.path_of(key), &allowed))
    }

    /// One of some words.
    pub fn one_of<'b>(&mut self, key: &str, allowed: &[&'b str]) -> Option<&'b str> {
        let node = self.node(key)?;
        self.told(node.expect_one_of(&self.path_of(key), allowed))
    }

    /// One of some things, by the word for each.
    pub fn choice<T: Copy>(
        &mut self,
        key: &str,
        all: &[T],
        word: impl Fn(T) -> &'static str,
    ) -> Option<T> {
        let words: Vec<&str> = all.iter().map(|one| word(*one)).collect();
        let chosen = self.one_of(key, &words)?;
        all.iter().copied().find(|one| word(*one) == chosen)
    }

    /// A list of texts, each with its place. One wrong item spoils the list, but each is told.
    pub fn strings(&mut self, key: &str) -> Option<Vec<(String, Place)>> {
        let wanted = "a list of texts, such as [\"a\", \"b\"]";
        self.list(key, wanted, |node, path| node.expect_string(path))
    }

    /// A list of numbers in a range, each with its place. One wrong item spoils the list, but each is
    /// told.
    pub fn floats(&mut self, key: &str, allowed: RangeInclusive<f64>) -> Option<Vec<(f64, Place)>> {
        let wanted = "a list of numbers, such as [0.1, 0.3]";
        self.list(key, wanted, |node, path| node.expect_number(path, &allowed))
    }

    /// Two numbers in a range, the first not above the second.
    pub fn pair(&mut self, key: &str, allowed: RangeInclusive<f64>) -> Option<(f64, f64)> {
        self.ends(key, allowed, "[low, high], low not above high", |low, high| low <= high)
    }

    /// Two whole numbers from 1 to a last one, the first not above the second.
    pub fn whole_pair(&mut self, key: &str, most: u32) -> Option<(u32, u32)> {
        let wanted = "[first, last], whole numbers, first not above last";
        let whole = |from: f64, to: f64| from <= to && from == from.trunc() && to == to.trunc();
        let ends = self.ends(key, 1.0..=f64::from(most), wanted, whole);
        ends.map(|(from, to)| (from as u32, to as u32))
    }

    fn ends(
        &mut self,
        key: &str,
        allowed: RangeInclusive<f64>,
        wanted: &str,
        holds: impl Fn(f64, f64) -> bool,
    ) -> Option<(f64, f64)> {
        let node = self.node(key)?;
        match self.floats(key, allowed)?[..] {
            [(low, _), (high, _)] if holds(low, high) => Some((low, high)),
            _ => {
                let problem = node.problem(&self.path_of(key), "must be a range");
                self.problem(problem.allowed(wanted));
                None
            }
        }
    }

    fn list<T>(
        &mut self,
        key: &str,
        wanted: &str,
        item: impl Fn(&Node, &str) -> Result<T, Problem>,
    ) -> Option<Vec<(T, Place)>> {
        let node = self.node(key)?;
        let path = self.path_of(key);
        let nodes = self.told(node.expect_list(&path, wanted))?;
        // Every item is read, so that each wrong one is told.
        let read = nodes.iter().enumerate().map(|(at, node)| {
            let value = self.told(item(node, &format!("{path}[{at}]")))?;
            Some((value, node.place.clone()))
        });
        let read: Vec<Option<(T, Place)>> = read.collect();
        read.into_iter().collect()
    }

    /// A table below this one.
    pub fn table(&mut self, key: &str) -> Option<Reader<'a>> {
        let node = self.node(key)?;
        let path = self.path_of(key);
        let table = self.told(node.expect_table(&path))?;
        Some(Reader::new(table, path, self.problems))
    }

    /// The named tables below a key, `[seat.director]`, `[seat.teacher]` …, each with its name and
    /// the place of the name. An entry that is not a table is a problem.
    pub fn named_tables(&mut self, key: &str) -> Vec<(String, Place, Reader<'a>)> {
        let Some(above) = self.table(key) else {
            return Vec::new();
        };
        let mut tables = Vec::new();
        for entry in above.table.entries() {
            let path = above.path_of(&entry.key);
            let Some(table) = self.told(entry.node.expect_table(&path)) else {
                continue;
            };
            let reader = Reader::new(table, path, self.problems);
            tables.push((entry.key.clone(), entry.key_place.clone(), reader));
        }
        tables
    }

    /// The named tables below a key in the order of their names: so is read whatever a partnership
    /// lives by, and the order in which a file writes its tables changes nothing.
    pub fn tables_by_name(&mut self, key: &str) -> Vec<(String, Place, Reader<'a>)> {
        let mut tables = self.named_tables(key);
        tables.sort_by(|(a, ..), (b, ..)| a.cmp(b));
        tables
    }

    /// All keys of a table whose keys are free (role → share), each with its place and value. No key
    /// is unknown from then on.
    pub fn keys(&mut self) -> Vec<(&'a str, &'a Place, &'a Node)> {
        self.free = true;
        let entries = self.table.entries().iter();
        entries.map(|entry| (entry.key.as_str(), &entry.key_place, &entry.node)).collect()
    }

    /// Ends the reading: every key that was not asked for is reported as unknown.
    pub fn finish(self) {
        if self.free {
            return;
        }
        let within = match self.path.as_str() {
            "" => "at the top of the file".to_string(),
            path => format!("in `{path}`"),
        };
        let allowed = if self.asked.is_empty() { "no keys".into() } else { self.asked.join(", ") };
        // A key that is there already is less likely what another one was meant to be.
        let asked = self.asked.iter().map(String::as_str);
        let (there, missing): (Vec<&str>, Vec<&str>) =
            asked.partition(|key| self.table.get(key).is_some());
        for entry in self.table.entries() {
            if there.contains(&entry.key.as_str()) {
                continue;
            }
            let near = nearest(&entry.key, missing.iter().copied());
            let near = near.or_else(|| nearest(&entry.key, there.iter().copied()));
            let problem = Problem::new(format!("unknown key {within}"))
                .at(&entry.key_place)
                .found(format!("`{}`", show_key(&entry.key)))
                .allowed(allowed.as_str());
            self.problem(problem.suggest(near));
        }
    }

    /// The value, or `None` and the problem told.
    pub(in crate::scenario) fn told<T>(&self, read: Result<T, Problem>) -> Option<T> {
        read.map_err(|problem| self.problem(problem)).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Source, parse};
    use super::*;

    /// Reads a text and gives back what was told.
    fn reading(text: &str, read: impl FnOnce(&mut Reader<'_>)) -> Problems {
        let table = parse(Source::new("f.toml", text)).expect("valid");
        let problems = RefCell::new(Problems::new());
        let mut reader = Reader::new(&table, "", &problems);
        read(&mut reader);
        reader.finish();
        problems.into_inner()
    }

    fn tells(problems: &Problems, parts: &[&str]) {
        let told = problems.to_string();
        for part in parts {
            assert!(told.contains(part), "no {part:?} in\n{told}");
        }
    }

    #[test]
    fn a_correct_table_reads_without_a_word() {
        let text = "name = \"x\"\non = true\nmonths = 12\nshare = 1\nlaw = \"led\"\n\
                    roles = [\"a\", \"b\"]\npair = [0.1, 1]\n[seat.d]\nt = 1\n[mix]\na = 0.5\n";
        let problems = reading(text, |r| {
            assert_eq!(r.string("name").as_deref(), Some("x"));
            assert_eq!(r.boolean("on"), Some(true));
            assert_eq!(r.integer("months", 1..=100), Some(12));
            assert_eq!(r.float("share", 0.0..=1.0), Some(1.0));
            assert_eq!(r.one_of("law", &["led", "blind"]), Some("led"));
            assert_eq!(r.string("absent"), None);
            let roles = r.strings("roles").expect("roles");
            assert_eq!(roles[1].0, "b");
            assert_eq!(roles[1].1.to_string(), "f.toml:6:15");
            assert_eq!(r.floats("pair", 0.0..=1.0).expect("pair")[1].0, 1.0);
            for (name, place, mut seat) in r.named_tables("seat") {
                assert_eq!((name.as_str(), seat.path()), ("d", "seat.d"));
                assert_eq!(place.to_string(), "f.toml:8:7");
                assert!(seat.required("t").is_some());
                seat.finish();
            }
            let mut mix = r.table("mix").expect("mix");
            assert_eq!(mix.keys()[0].0, "a");
            mix.finish();
        });
        assert!(problems.is_empty(), "{problems}");
    }

    #[test]
    fn unknown_keys_are_told_with_the_nearest_known_one() {
        let text = "[seat.director]\ntenur = 3\ncolour = \"x\"\n";
        let problems = reading(text, |r| {
            for (_, _, mut seat) in r.named_tables("seat") {
                let _ = seat.integer("tenure", 0..=9);
                let _ = seat.string("role");
                seat.finish();
            }
        });
        assert_eq!(problems.len(), 2);
        tells(
            &problems,
            &[
                "error: unknown key in `seat.director`",
                "f.toml:2:1",
                "found: `tenur`",
                "allowed: tenure, role",
                "did you mean `tenure`?",
                "f.toml:3:1",
            ],
        );
        tells(&reading("x = 1", |_| {}), &["at the top", "allowed: no keys"]);
    }

    #[test]
    fn a_missing_key_is_told_at_its_table() {
        let problems = reading("[agenda]\nx = 1\nTreshold = 2\n", |r| {
            let mut agenda = r.table("agenda").expect("agenda");
            assert!(agenda.required("x").is_some());
            assert!(agenda.required("threshold").is_none());
            agenda.finish();
        });
        tells(&problems, &["`agenda.threshold` is missing", "f.toml:1:1", "is `Treshold` meant"]);
    }

    #[test]
    fn everything_wrong_is_told_in_order_of_the_text() {
        let text = "a = 1\nb = \"x\"\nc = nan\nd = 2.5\ne = 50\nf = \"ledd\"\ng = [1, \"x\", 2]\n\
                    h = 3\n[seat]\nx = 1\n";
        let problems = reading(text, |r| {
            assert!(r.named_tables("seat").is_empty());
            assert_eq!(r.table("h").map(|_| ()), None);
            assert_eq!(r.strings("g"), None);
            assert_eq!(r.one_of("f", &["led", "blind"]), None);
            assert_eq!(r.float("e", 0.0..=1.0), None);
            assert_eq!(r.integer("d", 0..=i64::MAX), None);
            assert_eq!(r.float("c", 0.0..=f64::INFINITY), None);
            assert_eq!(r.boolean("b"), None);
            assert_eq!(r.string("a"), None);
        });
        let lines: Vec<_> =
            problems.iter().filter_map(|p| Some(p.place.as_ref()?.line())).collect();
        assert_eq!(lines, [1, 2, 3, 4, 5, 6, 7, 7, 8, 10]);
        tells(&problems, &["`g[0]`", "`g[2]`", "`seat.x` must be a table"]);
        tells(&problems, &["found: not a number (nan)", "help: write \"1\""]);
    }

    #[test]
    fn tables_in_braces_are_read_the_same_way() {
        let problems = reading("delay = { uniform = [3, \"x\"], shape = 1 }", |r| {
            let mut delay = r.table("delay").expect("delay");
            assert_eq!(delay.floats("uniform", 0.0..=9.0), None);
            delay.finish();
        });
        tells(&problems, &["f.toml:1:25", "unknown key in `delay`", "f.toml:1:31"]);
        assert_eq!(problems.len(), 2);
    }
}
