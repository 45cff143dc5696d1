//! `extends`, `without` and `enabled`: from a file to the one tree that a scenario means.

use std::sync::Arc;

use super::merge::check_switches;
use super::reader::join;
use super::{
    Assignment, Node, Place, Problem, Problems, Source, Table, Value, merge, overrides, parse,
};

/// The longest chain of files that extend one another.
pub const MAX_CHAIN: usize = 16;

/// Finds the source that an `extends` names.
pub trait Resolver {
    /// The source called `name` by `from`: a built-in case, or a path relative to `from`.
    ///
    /// The same file should always be given the same source name, whatever way led to it, since a
    /// circle is known by the names of its sources.
    ///
    /// # Errors
    ///
    /// What stands in the way; a problem without a place is put at the `extends` that asked.
    fn resolve(&self, name: &str, from: &Source) -> Result<Arc<Source>, Problems>;
}

/// A source with everything it extends below it and the assignments above it.
///
/// The chain of `extends` is merged from its far end, each file taking out of those below it the keys
/// that it lists in `without`; the assignments are laid on last, then every
/// sub-table with `enabled = false` is taken out, at any depth. The keys `extends` and `enabled` are
/// no longer in the result. (An `enabled` at the top of the file is nobody's sub-table and stays, to
/// be reported as an unknown key.)
///
/// # Errors
///
/// All problems of the files and of the assignments; a chain that is circular or longer than
/// [`MAX_CHAIN`], shown link by link; `extends` that is not text; `enabled` that is not a boolean;
/// `enabled = false` for a table that nothing below it has.
pub fn resolve(
    root: Arc<Source>,
    assignments: &[Assignment],
    resolver: &dyn Resolver,
) -> Result<Table, Problems> {
    let mut problems = Problems::new();
    let mut told = |found: Problems| {
        problems.extend(found);
        Vec::new()
    };
    let chain = chain(root, resolver).unwrap_or_else(&mut told);
    let laid_on = overrides(assignments).unwrap_or_else(&mut told);
    for table in &laid_on {
        if let Some(entry) = table.entry("extends") {
            problems.push(
                Problem::new("`extends` belongs in a file, not in an assignment")
                    .at(&entry.key_place)
                    .help("name the other scenario instead of this one"),
            );
        }
    }
    let mut upwards = chain.into_iter().rev();
    let Some(base) = upwards.next() else {
        return Err(problems);
    };
    let mut merged = upwards.chain(laid_on).fold(base, |mut base, mut over| {
        if let Some(without) = over.remove("without") {
            take_out(&mut base, &without.node, &mut problems);
        }
        check_switches(&base, &over, "", &mut problems);
        merge(base, over)
    });
    apply_enabled(&mut merged, "", &mut problems);
    problems.into_result(merged)
}

/// The tables of a source and of all it extends, nearest first, without their `extends`.
fn chain(root: Arc<Source>, resolver: &dyn Resolver) -> Result<Vec<Table>, Problems> {
    let mut tables = Vec::new();
    let mut links: Vec<(Place, String)> = Vec::new();
    let mut names = vec![root.name().to_string()];
    let mut source = root;
    loop {
        let mut table = parse(Arc::clone(&source))?;
        let extends = table.remove("extends");
        tables.push(table);
        let Some(extends) = extends else {
            return Ok(tables);
        };
        let name = base_name(&extends.node)?;
        let place = extends.node.place;
        let next = resolver.resolve(&name, &source).map_err(|found| placed(found, &place))?;
        let text = format!("{} extends {}", source.name(), next.name());
        links.push((place.clone(), text));
        let circular = names.iter().any(|known| known == next.name());
        if circular || tables.len() == MAX_CHAIN {
            return Err(endless(&place, links, circular).into());
        }
        names.push(next.name().to_string());
        source = next;
    }
}

fn base_name(node: &Node) -> Result<String, Problem> {
    let wrong = Problem::new("`extends` names no scenario")
        .at(&node.place)
        .found(node.describe())
        .allowed("the name of a built-in case or a file beside this one, as text");
    match &node.value {
        Value::String(name) if !name.trim().is_empty() => Ok(name.clone()),
        Value::Array(_) => Err(wrong.help("a scenario extends one other")),
        _ => Err(wrong),
    }
}

/// Problems that have no place yet are put where the file was asked for.
fn placed(found: Problems, place: &Place) -> Problems {
    let put = |mut problem: Problem| {
        problem.place.get_or_insert_with(|| place.clone());
        problem
    };
    found.into_iter().map(put).collect()
}

fn endless(place: &Place, links: Vec<(Place, String)>, circular: bool) -> Problem {
    let mut problem = match circular {
        true => Problem::new("these scenarios extend one another in a circle")
            .help("take `extends` out of one of them"),
        false => Problem::new("the chain of `extends` is too long")
            .found(format!("more than {MAX_CHAIN} files"))
            .allowed(format!("at most {MAX_CHAIN} files")),
    };
    problem.place = Some(place.clone());
    problem.note_places = links;
    problem
}

/// Takes the keys that a list names, dotted, out of what is inherited.
fn take_out(base: &mut Table, list: &Node, problems: &mut Problems) {
    let wanted = "a list of inherited keys, such as [\"grant.project.gap\"]";
    let Some(nodes) = list.as_array() else {
        return problems.push(list.problem("without", "must be a list").allowed(wanted));
    };
    for node in nodes {
        let key = node.as_str().unwrap_or_default();
        let Some(path) = super::key_parts(key) else {
            problems.push(node.problem("without", "must list keys").allowed(wanted));
            continue;
        };
        if let Err(siblings) = taken_out(base, &path) {
            let last = key.rsplit('.').next().unwrap_or_default();
            let near = super::nearest(last, siblings.iter().map(String::as_str));
            let message = "`without` names a key that is not inherited";
            problems
                .push(Problem::new(message).at(&node.place).found(node.describe()).suggest(near));
        }
    }
}

/// Takes one key out; if it is not there, the keys that are there instead.
fn taken_out(base: &mut Table, path: &[String]) -> Result<(), Vec<String>> {
    let there: Vec<String> = base.keys().map(str::to_owned).collect();
    match path {
        [key] if base.remove(key).is_some() => Ok(()),
        [key, below @ ..] if !below.is_empty() => {
            let inner = base.get_mut(key).and_then(Node::as_table_mut);
            inner.map_or(Err(there), |inner| taken_out(inner, below))
        }
        _ => Err(there),
    }
}

/// Takes out every sub-table that is switched off, and the switches of the others.
fn apply_enabled(table: &mut Table, path: &str, problems: &mut Problems) {
    table.entries.retain_mut(|entry| {
        let below = join(path, &entry.key);
        stays(&mut entry.node, &below, problems)
    });
}

fn stays(node: &mut Node, path: &str, problems: &mut Problems) -> bool {
    match &mut node.value {
        Value::Table(table) => {
            let switch = table.remove("enabled");
            let enabled = switch.is_none_or(|entry| {
                let read = entry.node.expect_boolean(&join(path, "enabled"));
                read.map_err(|problem| problems.push(problem)).unwrap_or(true)
            });
            // What is switched off as a whole is not looked into.
            if enabled {
                apply_enabled(table, path, problems);
            }
            enabled
        }
        Value::Array(nodes) => {
            nodes.retain_mut(|node| stays(node, path, problems));
            true
        }
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Files by name.
    struct Shelf(Vec<(&'static str, &'static str)>);

    impl Resolver for Shelf {
        fn resolve(&self, name: &str, _: &Source) -> Result<Arc<Source>, Problems> {
            let found = self.0.iter().find(|(known, _)| *known == name);
            found
                .map(|(name, text)| Source::new(*name, *text))
                .ok_or_else(|| Problem::new(format!("there is no scenario `{name}`")).into())
        }
    }

    fn resolved(shelf: &[(&'static str, &'static str)], set: &[&str]) -> Result<Table, Problems> {
        let set: Vec<Assignment> = set.iter().map(|s| Assignment::set(s)).collect();
        let root = Source::new(shelf[0].0, shelf[0].1);
        resolve(root, &set, &Shelf(shelf.to_vec()))
    }

    fn refused(shelf: &[(&'static str, &'static str)], set: &[&str]) -> String {
        resolved(shelf, set).expect_err("a problem").to_string()
    }

    fn assert_says(table: &Table, text: &str) {
        let expected = parse(Source::new("expected", text)).expect("valid");
        assert!(table.same_content(&expected), "{}", super::super::to_toml(table));
    }

    const CHAIN: &[(&str, &str)] = &[
        ("mine", "extends = \"middle\"\nx = 1\n"),
        ("middle", "extends = \"far\"\nx = 2\ny = 2\n[shock.karl]\nmonth = 3\n"),
        ("far", "x = 3\ny = 3\nz = 3\n[shock.karl]\nsize = 1\n[shock.ida]\nsize = 2\n"),
    ];

    #[test]
    fn the_nearest_file_wins_and_set_wins_over_all() {
        let table = resolved(CHAIN, &["z=9", "z=10"]).expect("resolved");
        assert_says(
            &table,
            "x = 1\ny = 2\nz = 10\nshock.karl = {size = 1, month = 3}\nshock.ida = {size = 2}",
        );
        let shock = table.get("shock").and_then(Node::as_table).expect("shock");
        assert_eq!(shock.keys().collect::<Vec<_>>(), ["karl", "ida"]);
        assert_eq!(table.place().source_name(), "mine");
    }

    #[test]
    fn what_is_not_enabled_is_gone() {
        let table = resolved(CHAIN, &["shock.karl.enabled=false"]).expect("resolved");
        assert_says(&table, "x = 1\ny = 2\nz = 3\nshock.ida = {size = 2}");
        let text = "[a]\nenabled = true\nx = 1\n[a.b]\nenabled = false\n[[s]]\n\
                    enabled = false\n[[s]]\ny = 2\n[c]\nz = {enabled = false}\n";
        let table = resolved(&[("f", text)], &[]).expect("resolved");
        assert_says(&table, "a = {x = 1}\ns = [{y = 2}]\nc = {}");
        let table = resolved(&[("f", text)], &["a.b.enabled=true"]).expect("resolved");
        assert_says(&table, "a = {x = 1, b = {}}\ns = [{y = 2}]\nc = {}");
        let top = resolved(&[("f", "enabled = false")], &[]).expect("resolved");
        assert_says(&top, "enabled = false");
    }

    #[test]
    fn an_inherited_key_can_be_taken_out() {
        let mine =
            "extends = \"middle\"\nwithout = [\"y\", \"shock.karl.size\", \"shock.ida\"]\nx = 1\n";
        let shelf = [("mine", mine), CHAIN[1], CHAIN[2]];
        let table = resolved(&shelf, &[]).expect("resolved");
        assert_says(&table, "x = 1\nz = 3\nshock.karl = {month = 3}");
        // Its own statement of the same key stands.
        let mine = "extends = \"middle\"\nwithout = [\"shock.karl\"]\nshock.karl.month = 9\n";
        let shelf = [("mine", mine), CHAIN[1], CHAIN[2]];
        let table = resolved(&shelf, &[]).expect("resolved");
        assert_says(
            &table,
            "x = 2\ny = 2\nz = 3\nshock.karl = {month = 9}\nshock.ida = {size = 2}",
        );
        for (list, says) in [
            ("[\"shock.carl\"]", "did you mean `karl`?"),
            ("[\"nothing.there\"]", "not inherited"),
            ("[3]", "must list keys"),
            ("\"y\"", "must be a list"),
        ] {
            let mine = format!("extends = \"middle\"\nwithout = {list}\n");
            let mine: &'static str = Box::leak(mine.into_boxed_str());
            let told = refused(&[("mine", mine), CHAIN[1], CHAIN[2]], &[]);
            assert!(told.contains(says) && told.contains("mine:2:1"), "{told}");
        }
    }

    #[test]
    fn a_switch_must_be_a_boolean() {
        let text = refused(&[("f.toml", "[a]\nenabled = \"no\"\n")], &[]);
        assert!(text.contains("f.toml:2:11"), "{text}");
        assert!(text.contains("`a.enabled` must be true or false"), "{text}");
        assert!(text.contains("found: the string \"no\""), "{text}");
        assert!(text.contains("help: write false"), "{text}");
    }

    #[test]
    fn switching_off_what_is_not_there_is_told() {
        let text = refused(CHAIN, &["shock.carl.enabled=false"]);
        assert!(text.contains("no `shock.carl` to switch off"), "{text}");
        assert!(text.contains("did you mean `karl`?"), "{text}");
        let shelf = [("f", "extends = \"g\"\n[shok.x]\nenabled = false\n"), ("g", "")];
        assert!(refused(&shelf, &[]).contains("no `shok.x` to switch off"));
    }

    #[test]
    fn a_circle_shows_every_link() {
        let shelf = [
            ("a.toml", "extends = \"b.toml\"\n"),
            ("b.toml", "# b\nextends = \"c.toml\"\n"),
            ("c.toml", "extends = \"b.toml\"\n"),
        ];
        let text = refused(&shelf, &[]);
        assert!(text.contains("in a circle"), "{text}");
        for part in ["--> a.toml:1:11", "--> b.toml:2:11", "--> c.toml:1:11"] {
            assert!(text.contains(part), "{text}");
        }
        assert!(text.contains("c.toml extends b.toml"), "{text}");
        assert!(refused(&[("a", "extends = \"a\"")], &[]).contains("circle"));
    }

    #[test]
    fn an_endless_chain_is_cut() {
        struct Counter;
        impl Resolver for Counter {
            fn resolve(&self, name: &str, _: &Source) -> Result<Arc<Source>, Problems> {
                Ok(Source::new(name, format!("extends = \"{name}x\"")))
            }
        }
        let root = Source::new("r", "extends = \"x\"");
        let text = resolve(root, &[], &Counter).expect_err("cut").to_string();
        assert!(text.contains("at most 16 files"), "{text}");
        assert_eq!(text.matches("note:").count(), MAX_CHAIN);
    }

    #[test]
    fn files_and_assignments_are_told_together() {
        let shelf = [("f.toml", "extends = \"nowhere\"\n")];
        let text = refused(&shelf, &["a=b", "extends=\"x\""]);
        assert!(text.contains("f.toml:1:11"), "{text}");
        assert!(text.contains("no scenario `nowhere`"), "{text}");
        assert!(text.contains("--set 'a=\"b\"'"), "{text}");
        assert!(refused(CHAIN, &["extends=\"x\""]).contains("belongs in a file"));
        assert!(refused(&[("f", "extends = 3")], &[]).contains("f:1:11"));
        assert!(refused(&[("f", "extends = ['a']")], &[]).contains("extends one other"));
    }
}
