//! Sweeps, through the program: whatever happens on the way, the bytes at the end are the same.
//!
//! Horizons and chunks are short, so that a sweep takes a second.

mod failing;
mod killed;
mod numbers;
#[cfg(feature = "parquet")]
mod parquet;
mod plans;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A plan of six rows in small chunks.
const SMALL: &str = r#"schema = 1
title = "Small"
scenario = "quiet"
set = ["calendar.months=3"]
replicates = 12
seed = 5
outcomes = ["role_share", "work", "milestone_delay"]
keep = ["runs", "meetings"]
runs_a_chunk = 5

[factor."agenda.threshold"]
levels = [0.4, 0.7, 1.0]

[factor."work.projects"]
levels = [1, 2]

[design]
kind = "factorial"
"#;

/// The same with more replicates.
fn of_replicates(replicates: u32) -> String {
    SMALL.replace("replicates = 12", &format!("replicates = {replicates}"))
}

fn program() -> &'static str {
    env!("CARGO_BIN_EXE_rppsim")
}

fn command(home: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(program());
    command.args(arguments).current_dir(home);
    command
}

fn rppsim(home: &Path, arguments: &[&str]) -> Output {
    command(home, arguments).output().expect("the program starts")
}

/// Runs the program, which must do what is asked, and gives what it says.
#[track_caller]
fn done(home: &Path, arguments: &[&str]) -> String {
    let output = rppsim(home, arguments);
    assert!(output.status.success(), "{arguments:?}: {}", stderr(&output));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Runs the program, which must end with this code and say all this.
#[track_caller]
fn refused(home: &Path, arguments: &[&str], code: i32, says: &[&str]) {
    let output = rppsim(home, arguments);
    let message = stderr(&output);
    assert_eq!(output.status.code(), Some(code), "{arguments:?}: {message}");
    for part in says {
        assert!(message.contains(part), "missing `{part}` in:\n{message}");
    }
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A folder with a plan in it.
fn home_of(plan: &str) -> tempfile::TempDir {
    let home = tempfile::tempdir().expect("a folder");
    fs::write(home.path().join("plan.toml"), plan).expect("written");
    home
}

/// All files of a store, but for those that vary with the occasion.
fn tree(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(at) = folders.pop() {
        for entry in fs::read_dir(&at).expect("a folder") {
            let path = entry.expect("an entry").path();
            let name = path.strip_prefix(folder).expect("inside").to_path_buf();
            if path.is_dir() {
                folders.push(path);
            } else if !["lock", "log.jsonl"].contains(&&*name.to_string_lossy()) {
                found.insert(name, fs::read(&path).expect("read"));
            }
        }
    }
    found
}

/// Says which file differs, not all its bytes.
#[track_caller]
fn same(one: &BTreeMap<PathBuf, Vec<u8>>, other: &BTreeMap<PathBuf, Vec<u8>>) {
    let names = |tree: &BTreeMap<PathBuf, Vec<u8>>| tree.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(one), names(other));
    for (name, bytes) in one {
        assert!(bytes == &other[name], "{} differs", name.display());
    }
}

fn chunk(store: &Path, number: u64) -> PathBuf {
    store.join(format!("chunks/000/{number:06}.chunk"))
}

/// A linear congruential generator; tests need no better one.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }
}

/// A table as rows of cells by column.
fn table(path: &Path) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_path(path).expect("a table");
    reader.deserialize().map(|row| row.expect("a row")).collect()
}
