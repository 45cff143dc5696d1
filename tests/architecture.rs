//! The house is as `docs/architecture.md` draws it: every path in the code of `src` is followed to
//! the file that it names, through `super`, nested `use` trees and re-exports.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The most files of `src/model` that may name each other in a circle.
const LARGEST_CIRCLE: usize = 6;

/// A module or an item, by the names that lead to it from the root of the crate.
type Names = Vec<String>;

/// The files of `src` that are not tests, by module, with all the paths that they name.
#[derive(Default)]
struct House {
    /// By module: its file, relative to `src`.
    files: BTreeMap<Names, String>,
    /// By module: the paths that its code names, as written, each with the module it stands in.
    paths: BTreeMap<Names, Vec<(Names, Names)>>,
    /// By module: what `use` brings into it, by the name it has there.
    imports: BTreeMap<Names, BTreeMap<String, Names>>,
}

/// Where something comes from that a module passes on with `pub use`.
#[derive(Clone, Copy, PartialEq)]
enum From {
    /// The room that passes it on.
    Room,
    /// The file that defines it.
    Origin,
}

fn src() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

fn ident(token: Option<&TokenTree>) -> Option<String> {
    match token {
        Some(TokenTree::Ident(ident)) => Some(ident.to_string()),
        _ => None,
    }
}

fn is_punct(token: Option<&TokenTree>, wanted: char) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == wanted)
}

fn group(token: Option<&TokenTree>, wanted: Delimiter) -> Option<TokenStream> {
    match token {
        Some(TokenTree::Group(group)) if group.delimiter() == wanted => Some(group.stream()),
        _ => None,
    }
}

/// Whether two colons stand at a place.
fn colons(tokens: &[TokenTree], at: usize) -> bool {
    is_punct(tokens.get(at), ':') && is_punct(tokens.get(at + 1), ':')
}

/// The place after the item that begins at a place: after its semicolon or its braces.
fn item_end(tokens: &[TokenTree], from: usize) -> usize {
    let is_use = ident(tokens.get(from)).is_some_and(|word| word == "use");
    let ends = |at: &usize| {
        let braces = group(tokens.get(*at), Delimiter::Brace).is_some() && !is_use;
        braces || is_punct(tokens.get(*at), ';')
    };
    (from..tokens.len()).find(ends).map_or(tokens.len(), |at| at + 1)
}

impl House {
    fn read() -> House {
        let mut house = House::default();
        for root in ["lib.rs", "main.rs"] {
            house.file(Vec::new(), root);
        }
        house
    }

    /// Reads the file of a module, and those of the modules in it.
    fn file(&mut self, module: Names, inside: &str) {
        let text = fs::read_to_string(src().join(inside)).expect(inside);
        let tokens: TokenStream = text.parse().expect(inside);
        self.files.insert(module.clone(), inside.to_owned());
        self.walk(&tokens.into_iter().collect::<Vec<_>>(), &module, &module);
    }

    /// Reads code of a file that stands in a module of it.
    fn walk(&mut self, tokens: &[TokenTree], file: &Names, here: &Names) {
        let mut at = 0;
        while at < tokens.len() {
            if is_punct(tokens.get(at), '#')
                && let Some(attribute) = group(tokens.get(at + 1), Delimiter::Bracket)
            {
                let test = matches!(&*attribute.to_string(), "cfg (test)" | "cfg (doctest)");
                at = if test { item_end(tokens, at + 2) } else { at + 2 };
                continue;
            }
            let word = ident(tokens.get(at));
            match word.as_deref() {
                // Who may see something names no file.
                Some("pub") if group(tokens.get(at + 1), Delimiter::Parenthesis).is_some() => {
                    at += 2
                }
                Some("mod") if ident(tokens.get(at + 1)).is_some() => {
                    let name = ident(tokens.get(at + 1)).expect("a name");
                    let inner = [here.clone(), vec![name]].concat();
                    match group(tokens.get(at + 2), Delimiter::Brace) {
                        Some(body) => {
                            self.walk(&body.into_iter().collect::<Vec<_>>(), file, &inner)
                        }
                        None => self.file_of_module(inner),
                    }
                    at += 3;
                }
                Some("use") if !is_punct(tokens.get(at + 1), '<') => {
                    let end = item_end(tokens, at);
                    self.tree(&tokens[at + 1..end], &Vec::new(), file, here);
                    at = end;
                }
                Some(first) => {
                    let mut path = vec![first.to_owned()];
                    at += 1;
                    while colons(tokens, at)
                        && let Some(next) = ident(tokens.get(at + 2))
                    {
                        path.push(next);
                        at += 3;
                    }
                    if path.len() > 1 {
                        self.paths.entry(file.clone()).or_default().push((here.clone(), path));
                    }
                }
                None => {
                    if let TokenTree::Group(inner) = &tokens[at] {
                        self.walk(&inner.stream().into_iter().collect::<Vec<_>>(), file, here);
                    }
                    at += 1;
                }
            }
        }
    }

    fn file_of_module(&mut self, module: Names) {
        let path = module.join("/");
        let candidates = [format!("{path}.rs"), format!("{path}/mod.rs")];
        let inside = candidates.iter().find(|inside| src().join(inside).exists());
        self.file(module, inside.expect(&path));
    }

    /// Reads what stands after `use`, below a path that has led to it.
    fn tree(&mut self, tokens: &[TokenTree], above: &Names, file: &Names, here: &Names) {
        let between = |token: &TokenTree| is_punct(Some(token), ',') || is_punct(Some(token), ';');
        for branch in tokens.split(between).filter(|branch| !branch.is_empty()) {
            let mut path = above.clone();
            let mut at = 0;
            while let Some(next) = ident(branch.get(at)).filter(|next| next != "as") {
                path.push(next);
                at += if colons(branch, at + 1) { 3 } else { 1 };
            }
            if let Some(inner) = group(branch.get(at), Delimiter::Brace) {
                self.tree(&inner.into_iter().collect::<Vec<_>>(), &path, file, here);
                continue;
            }
            if path.len() > 1 && path.last().is_some_and(|last| last == "self") {
                path.pop();
            }
            let renamed = ident(branch.get(at)).and(ident(branch.get(at + 1)));
            let glob = is_punct(branch.get(at), '*').then(|| "*".to_owned());
            if let Some(name) = glob.or(renamed).or(path.last().cloned()) {
                let imports = self.imports.entry(here.clone()).or_default();
                imports.insert(name, path.clone());
                self.paths.entry(file.clone()).or_default().push((here.clone(), path));
            }
        }
    }

    /// The module whose file has what a path names that is written in a module; `None` outside the
    /// crate. What a room passes on is its own, or else is followed to where it comes `from`.
    fn module(&self, here: &Names, path: &[String], from: From) -> Option<Names> {
        let first = path.first()?.as_str();
        let mut whole = match first {
            "crate" | "rppsim" => path[1..].to_vec(),
            "self" => [here, &path[1..]].concat(),
            "super" => {
                let ups = path.iter().take_while(|name| *name == "super").count();
                [&here[..here.len() - ups], &path[ups..]].concat()
            }
            _ => [here, path].concat(),
        };
        let relative = !["crate", "rppsim", "self", "super"].contains(&first);
        if relative && !self.files.contains_key(&whole[..here.len() + 1]) {
            return None;
        }
        let item = whole.clone();
        while !self.files.contains_key(&whole) {
            whole.pop();
        }
        let passed_on = item.get(whole.len()).and_then(|name| self.imports.get(&whole)?.get(name));
        let follow = from == From::Origin || whole.is_empty();
        let origin = passed_on.filter(|_| follow).and_then(|origin| {
            let beyond = &item[whole.len() + 1..];
            self.module(&whole, &[origin, beyond].concat(), from)
        });
        Some(origin.unwrap_or(whole))
    }

    /// What the code of each file names: the module of the other file, and the path as written.
    fn uses(&self, from: From) -> impl Iterator<Item = (&Names, Names, String)> {
        self.paths.iter().flat_map(move |(file, paths)| {
            paths.iter().filter_map(move |(here, path)| {
                Some((file, self.module(here, path, from)?, path.join("::")))
            })
        })
    }
}

#[test]
fn every_path_in_code_is_followed_and_none_in_tests_or_comments() {
    let text = r#"
        #[cfg(test)]
        mod tests;
        use super::super::{plot::{self, Month as Time}, roles::*};
        /// crate::cli::doc
        fn act() -> Time { "crate::cli::text"; crate::store::write(super::read::<u8>()) }
        pub use crate::fit::Search;
        pub(in crate::cli) mod seen {}
        #[cfg(test)]
        mod inner { use crate::cli::run; }
    "#;
    let module = |path: &str| -> Names { path.split_terminator('/').map(str::to_owned).collect() };
    let mut house = House::default();
    for file in ["", "cli", "fit", "plot", "report", "report/words", "roles", "store"] {
        house.files.insert(module(file), format!("{file}.rs"));
    }
    let tokens: TokenStream = text.parse().expect("code");
    let (here, other) = (module("report/words"), module("report"));
    house.walk(&tokens.into_iter().collect::<Vec<_>>(), &here, &here);
    let found: BTreeSet<Names> = house.uses(From::Room).map(|(_, other, _)| other).collect();
    assert_eq!(found, ["fit", "plot", "report", "roles", "store"].map(module).into());
    let search = ["super", "words", "Search"].map(str::to_owned);
    assert_eq!(house.module(&other, &search[1..], From::Room), Some(here.clone()));
    assert_eq!(house.module(&here, &search, From::Origin), Some(module("fit")));
}

/// Room → rooms it may use, from the table of the document.
fn allowed() -> BTreeMap<String, BTreeSet<String>> {
    let text = include_str!("../docs/architecture.md");
    let table = text.split("| room | may use |").nth(1).expect("the table");
    let rows = table.lines().skip(2).take_while(|line| line.starts_with('|'));
    rows.map(|row| {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let may = cells[1].split(',').map(str::trim).filter(|room| !room.is_empty());
        (cells[0].to_owned(), may.map(str::to_owned).collect())
    })
    .collect()
}

/// The front door, which may name every room, and which no room names.
const FRONT_DOOR: [&str; 3] = ["prelude", "tutorial", "cookbook"];

#[test]
fn arrows_run_one_way_and_as_drawn() {
    let allowed = allowed();
    let house = House::read();
    let inside = |module: &Names| {
        module.first().filter(|room| !FRONT_DOOR.contains(&room.as_str())).cloned()
    };
    for (module, file) in &house.files {
        let known = inside(module).is_none_or(|room| allowed.contains_key(&room));
        assert!(known, "{file} is in no room of docs/architecture.md");
    }
    let mut walked: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (module, other, path) in house.uses(From::Room) {
        let Some(room) = inside(module) else { continue };
        let file = &house.files[module];
        let other = other.first().cloned().unwrap_or_else(|| "lib.rs".into());
        if other != room {
            assert!(
                allowed[&room].contains(&other),
                "{file} names {path}; {room} may not use {other}"
            );
            walked.entry(room).or_default().insert(other);
        }
    }
    for (room, may) in &allowed {
        let walks = walked.remove(room).unwrap_or_default();
        let idle: Vec<&String> = may.difference(&walks).collect();
        assert!(idle.is_empty(), "{room} is drawn to use {idle:?}, and does not");
    }
}

/// The files of a room in circles: each set of files that lead to one another.
fn circles(house: &House, room: &str) -> BTreeSet<BTreeSet<String>> {
    let is_inside = |module: &Names| module.first().is_some_and(|first| first == room);
    let mut next: BTreeMap<Names, BTreeSet<Names>> = BTreeMap::new();
    for (module, other, _) in
        house.uses(From::Origin).filter(|(from, to, _)| is_inside(from) && is_inside(to))
    {
        next.entry(module.clone()).or_default().insert(other);
    }
    let reached = |from: &Names| {
        let (mut found, mut open) = (BTreeSet::new(), vec![from.clone()]);
        while let Some(module) = open.pop() {
            for other in next.get(&module).into_iter().flatten() {
                if found.insert(other.clone()) {
                    open.push(other.clone());
                }
            }
        }
        found
    };
    let reach: BTreeMap<&Names, BTreeSet<Names>> =
        next.keys().map(|module| (module, reached(module))).collect();
    let circle = |(module, found): (&&Names, &BTreeSet<Names>)| {
        let back = |other: &&Names| reach.get(other).is_some_and(|found| found.contains(*module));
        found.iter().filter(back).map(|other| house.files[other].clone()).collect()
    };
    reach.iter().map(circle).collect()
}

#[test]
fn no_large_circle_of_files_is_inside_the_model() {
    let house = House::read();
    let circles = circles(&house, "model");
    let largest = circles.iter().max_by_key(|circle| circle.len()).expect("files");
    assert!(
        largest.len() <= LARGEST_CIRCLE,
        "{} files name each other in a circle: {largest:#?}",
        largest.len()
    );
}

#[test]
fn the_model_is_pure() {
    let house = House::read();
    for file in
        house.files.iter().filter(|(module, _)| module.first().is_some_and(|m| m == "model"))
    {
        let text = fs::read_to_string(src().join(file.1)).expect("read");
        for foreign in ["std::fs", "std::time", "std::thread", "std::env", "println!", "rayon"] {
            assert!(!text.contains(foreign), "{} uses {foreign}", file.1);
        }
    }
}

#[test]
fn the_commands_are_those_that_there_are() {
    let text = include_str!("../docs/architecture.md");
    let drawn = text.split_once("takes and prints:").expect("the list").1;
    let drawn = drawn.split_once(';').expect("its end").0;
    let drawn: BTreeSet<&str> = drawn.split(',').map(str::trim).collect();
    let help = std::process::Command::new(env!("CARGO_BIN_EXE_rppsim")).arg("--help").output();
    let help = String::from_utf8(help.expect("the program starts").stdout).expect("text");
    let commands = help.split_once("Commands:").expect("commands").1;
    let commands = commands.split_once("\n\n").expect("their end").0;
    let there: BTreeSet<&str> = commands
        .lines()
        .filter_map(|line| line.strip_prefix("  ").filter(|line| !line.starts_with(' ')))
        .filter_map(|line| line.split_whitespace().next())
        .filter(|word| *word != "help")
        .collect();
    assert_eq!(drawn, there);
}
