//! The index of examples has them all with their questions, and holds the results that they print.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn index() -> PathBuf {
    root().join("docs/examples.md")
}

/// The cells of a row of a table.
fn cells(line: &str) -> Option<Vec<&str>> {
    let row = line.strip_prefix("| ")?.strip_suffix(" |")?;
    Some(row.split(" | ").collect())
}

/// The name in the first cell of a row, which is code and may be a link.
fn name(cells: &[&str]) -> Option<String> {
    let code = cells.first()?.trim_start_matches('[').strip_prefix('`')?;
    Some(code.split_once('`')?.0.to_owned())
}

/// Examples and what a table says in the second cell of their rows.
fn questions(document: &Path) -> BTreeMap<String, String> {
    let text = fs::read_to_string(document).expect("a document");
    let rows = text.lines().filter_map(cells);
    let named = rows.filter_map(|row| Some((name(&row)?, (*row.get(1)?).to_owned())));
    named.filter(|(name, _)| name.starts_with(|c: char| c.is_ascii_lowercase())).collect()
}

fn examples() -> Vec<String> {
    let files = fs::read_dir(root().join("examples")).expect("examples");
    let paths = files.map(|entry| entry.expect("an entry").path());
    let rust = paths.filter(|path| path.extension().is_some_and(|e| e == "rs"));
    let mut names: Vec<String> =
        rust.map(|path| path.file_stem().expect("a name").to_string_lossy().into()).collect();
    names.sort();
    names
}

#[test]
fn every_example_is_in_the_index_with_its_question() {
    let indexed = questions(&index());
    assert_eq!(indexed.keys().cloned().collect::<Vec<_>>(), examples());
    assert!(indexed.values().all(|question| question.contains(['?', '.'])));
}

/// What an example says it found: its line of result, or else its last verdict.
fn result(printed: &str) -> Option<&str> {
    let mut lines = printed.lines().rev();
    let said = lines.clone().find_map(|line| line.strip_prefix("Result: "));
    said.or_else(|| lines.find(|line| line.contains(" in this model"))).map(str::trim)
}

/// Runs every example as it is meant to be run, which takes minutes.
/// `RPPSIM_UPDATE=1` writes what they print into the index.
#[test]
#[ignore = "minutes; cargo build --examples, then cargo test --test index_of_examples -- --ignored"]
fn the_index_holds_what_every_example_prints() {
    let test = std::env::current_exe().expect("the test's own path");
    let built = test.ancestors().nth(2).expect("the folder of the profile").join("examples");
    let home = tempfile::tempdir().expect("a folder");
    let held = fs::read_to_string(index()).expect("the index");
    let mut wanted = String::new();
    for line in held.lines() {
        let row = cells(line).and_then(|row| Some((name(&row)?, row)));
        match row.filter(|(name, _)| examples().contains(name)) {
            Some((name, row)) => {
                let run =
                    Command::new(built.join(format!("{name}{}", std::env::consts::EXE_SUFFIX)))
                        .env_remove("RPPSIM_SMALL")
                        .current_dir(home.path())
                        .output()
                        .expect("cargo build --examples");
                assert!(run.status.success(), "{name}: {}", String::from_utf8_lossy(&run.stderr));
                let printed = String::from_utf8(run.stdout).expect("text");
                let found = result(&printed).unwrap_or_else(|| panic!("{name} has no result"));
                wanted += &format!("| {} | {} | {found} |\n", row[0], row[1]);
            }
            None => wanted += &format!("{line}\n"),
        }
    }
    if std::env::var_os("RPPSIM_UPDATE").is_some() {
        fs::write(index(), &wanted).expect("written");
    } else {
        assert_eq!(held, wanted, "docs/examples.md is behind: see CONTRIBUTING.md");
    }
}
