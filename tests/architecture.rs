//! The house is as `docs/architecture.md` draws it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
    found
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

/// Rooms that a text uses: whatever follows `crate::` or `rppsim::`, also in braces.
fn used(text: &str, rooms: &BTreeSet<String>) -> BTreeSet<String> {
    let code: String = text
        .replace("#[cfg(test)]\nmod tests;", "")
        .lines()
        .map(str::trim_start)
        .take_while(|line| !line.starts_with("#[cfg(test)]"))
        .filter(|line| !line.starts_with("//"))
        .collect::<Vec<_>>()
        .join("\n");
    let mut found = BTreeSet::new();
    for root in ["crate::", "rppsim::"] {
        for (at, _) in code.match_indices(root) {
            let rest = &code[at + root.len()..];
            let names: Vec<&str> = match rest.strip_prefix('{') {
                Some(list) => list.split('}').next().unwrap_or("").split(',').collect(),
                None => vec![rest],
            };
            for name in names {
                let end = |c: char| !c.is_alphanumeric() && c != '_';
                let name = name.trim().split(end).next().unwrap_or("");
                if rooms.contains(name) {
                    found.insert(name.to_owned());
                }
            }
        }
    }
    found
}

#[test]
fn arrows_run_one_way_and_as_drawn() {
    let allowed = allowed();
    let rooms: BTreeSet<String> = allowed.keys().cloned().collect();
    assert_eq!(rooms.len(), 15);
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut walked: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for path in sources(&src) {
        let inside = path.strip_prefix(&src).expect("inside").to_string_lossy().replace('\\', "/");
        if inside.contains("/tests/") || ["main.rs", "lib.rs"].contains(&inside.as_str()) {
            continue;
        }
        let room = inside.split(['/', '.']).next().expect("a room").to_owned();
        assert!(rooms.contains(&room), "{inside} is in no room of docs/architecture.md");
        let text = fs::read_to_string(&path).expect("read");
        for other in used(&text, &rooms).into_iter().filter(|other| *other != room) {
            assert!(allowed[&room].contains(&other), "{inside} uses {other}; {room} may not");
            walked.entry(room.clone()).or_default().insert(other);
        }
    }
    for (room, may) in &allowed {
        let walks = walked.remove(room).unwrap_or_default();
        let idle: Vec<&String> = may.difference(&walks).collect();
        assert!(idle.is_empty(), "{room} is drawn to use {idle:?}, and does not");
    }
}

#[test]
fn the_model_is_pure() {
    let model = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/model");
    for path in sources(&model) {
        let text = fs::read_to_string(&path).expect("read");
        if path.to_string_lossy().contains("tests") {
            continue;
        }
        for foreign in ["std::fs", "std::time", "std::thread", "std::env", "println!", "rayon"] {
            assert!(!text.contains(foreign), "{} uses {foreign}", path.display());
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
