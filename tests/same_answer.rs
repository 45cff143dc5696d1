//! A result depends on scenario, seed and version alone: not on threads, not on which runs were
//! asked for together, not on the machine's mathematics. Files appear whole or not at all.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rppsim"));
    command.args(arguments).current_dir(folder);
    command
}

fn rppsim(folder: &Path, arguments: &[&str]) -> Output {
    command(folder, arguments).output().expect("the program starts")
}

#[track_caller]
fn done(folder: &Path, arguments: &[&str]) -> PathBuf {
    let output = rppsim(folder, arguments);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    folder.join("out")
}

/// Every file but the pictures (they are the same too, but need a feature) and the log.
fn tables(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).expect("a folder");
    let names =
        entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned());
    let tables = names.filter(|name| !name.ends_with("png") && !name.ends_with("svg"));
    let tables = tables.filter(|name| name != "log.json" && name != "manifest.json");
    tables.map(|name| (name.clone(), fs::read(folder.join(&name)).expect("read"))).collect()
}

const FIFTY: [&str; 8] = ["run", "cypress", "--runs", "50", "--seed", "7", "--out", "out"];

#[test]
fn any_number_of_threads_gives_the_same_bytes() {
    let home = tempfile::tempdir().expect("a folder");
    let with = |threads: &str| {
        let folder = home.path().join(threads);
        fs::create_dir(&folder).expect("made");
        let runs = ["run", "cypress", "--runs", "600", "--out", "out", "--threads", threads];
        tables(&done(&folder, &runs))
    };
    let one = with("1");
    assert!(one.len() >= 12);
    assert!(one == with("2"), "two threads");
    assert!(one == with("7"), "seven threads");
}

#[test]
fn a_run_alone_is_the_run_among_a_thousand() {
    let home = tempfile::tempdir().expect("a folder");
    let [many, alone] = ["many", "alone"].map(|name| home.path().join(name));
    fs::create_dir(&many).expect("made");
    fs::create_dir(&alone).expect("made");
    let many = tables(&done(&many, &["run", "--runs", "600", "--out", "out"]));
    let alone = tables(&done(&alone, &["run", "--runs", "1", "--first", "500", "--out", "out"]));
    for name in ["meetings.csv", "months.csv", "runs.csv", "outcomes.csv", "differences.csv"] {
        let text = |tables: &BTreeMap<String, Vec<u8>>| {
            String::from_utf8(tables[name].clone()).expect("text")
        };
        let (many, alone) = (text(&many), text(&alone));
        let same: Vec<&str> = many.lines().filter(|line| line.starts_with("500,")).collect();
        assert_eq!(same, alone.lines().skip(1).collect::<Vec<_>>(), "{name}");
        assert!(!same.is_empty());
    }
}

/// Bytes that are promised: any change of them is a change of the model and must be said in the
/// changelog. `cargo test --no-default-features` holds a build without pictures to the same.
#[test]
fn the_golden_run_has_not_moved() {
    let home = tempfile::tempdir().expect("a folder");
    let manifest = done(home.path(), &FIFTY).join("manifest.json");
    let manifest: serde_json::Value =
        serde_json::from_slice(&fs::read(manifest).expect("read")).expect("JSON");
    let files = manifest["files"].as_object().expect("files");
    let tables = files.iter().filter(|(name, _)| name.ends_with("csv") || name.ends_with("jsonl"));
    let found: String = tables
        .filter(|(name, _)| *name != "dictionary.csv")
        .map(|(name, listed)| format!("{} {name}\n", listed["sha256"].as_str().expect("a hash")))
        .collect();
    let golden = include_str!("golden.txt");
    assert!(found == golden, "if the model was meant to change, tests/golden.txt is now:\n{found}");
}

/// The processor's fused and vector instructions must not change a digit. (glibc reads this
/// variable; elsewhere the test compares a run with itself.)
#[test]
fn the_machines_mathematics_does_not_matter() {
    let home = tempfile::tempdir().expect("a folder");
    let plain = tables(&done(home.path(), &FIFTY));
    let other = home.path().join("other");
    fs::create_dir(&other).expect("made");
    let mut without = command(&other, &FIFTY);
    without.env("GLIBC_TUNABLES", "glibc.cpu.hwcaps=-AVX2,-FMA,-AVX512F");
    assert!(without.output().expect("starts").status.success());
    assert!(plain == tables(&other.join("out")));
}

#[test]
fn quantiles_are_the_same_whether_or_not_the_runs_are_kept() {
    let home = tempfile::tempdir().expect("a folder");
    let all = tables(&done(home.path(), &FIFTY));
    let few = home.path().join("few");
    fs::create_dir(&few).expect("made");
    let few = tables(&done(&few, &[&FIFTY[..], &["--keep", "quantiles"]].concat()));
    assert!(!few.contains_key("runs.csv") && !few.contains_key("months.csv"));
    for name in ["quantiles.csv", "patterns.csv", "effects.csv"] {
        assert_eq!(all[name], few[name], "{name}");
    }
}

#[test]
fn a_folder_that_exists_is_not_touched_without_force() {
    let home = tempfile::tempdir().expect("a folder");
    let out = done(home.path(), &FIFTY);
    fs::write(out.join("notes.txt"), "mine").expect("written");
    let before = tables(&out);
    let again = rppsim(home.path(), &[&FIFTY[..6], &["--out", "out", "--runs", "3"]].concat());
    assert_eq!(again.status.code(), Some(2));
    let again = rppsim(home.path(), &FIFTY);
    assert_eq!(again.status.code(), Some(2));
    let message = String::from_utf8_lossy(&again.stderr).into_owned();
    assert!(message.contains("exists already") && message.contains("--force"), "{message}");
    assert!(before == tables(&out));
    done(
        home.path(),
        &["run", "quiet", "--runs", "3", "--months", "24", "--out", "out", "--force"],
    );
    let after = tables(&out);
    assert_eq!(after["notes.txt"], b"mine");
    assert!(!after.contains_key("effects.csv"), "files of the old run are gone");
}

#[test]
fn every_column_of_every_table_is_in_the_dictionary() {
    let home = tempfile::tempdir().expect("a folder");
    let tables = tables(&done(home.path(), &FIFTY));
    let mut dictionary = csv::Reader::from_reader(&tables["dictionary.csv"][..]);
    let mut known: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in dictionary.records() {
        let row = row.expect("a row");
        assert!(row.iter().all(|cell| !cell.is_empty()), "{row:?}");
        known.entry(row[0].to_owned()).or_default().push(row[2].to_owned());
    }
    for (name, content) in tables.iter().filter(|(name, _)| name.ends_with(".csv")) {
        let mut table = csv::Reader::from_reader(&content[..]);
        let header: Vec<&str> = table.headers().expect("a header").iter().collect();
        assert_eq!(known[name], header, "{name}");
        for row in table.records() {
            let row = row.expect("as many cells as columns");
            assert!(!row.iter().any(|cell| cell == "NaN" || cell == "inf"), "{name}");
        }
    }
}

#[cfg(unix)]
mod stopped {
    use super::*;
    use std::time::Duration;

    fn leftovers(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).expect("a folder");
        entries
            .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
            .collect()
    }

    #[test]
    fn an_interrupt_leaves_nothing_half_written() {
        let home = tempfile::tempdir().expect("a folder");
        let many = ["run", "--runs", "1000000", "--out", "deep/out"];
        let mut child = command(home.path(), &many).spawn().expect("starts");
        while leftovers(home.path()).is_empty() {
            std::thread::sleep(Duration::from_millis(20));
        }
        std::thread::sleep(Duration::from_millis(300));
        let kill = Command::new("kill").args(["-INT", &child.id().to_string()]).status();
        assert!(kill.expect("kill is there").success());
        assert_eq!(child.wait().expect("ends").code(), Some(130));
        assert!(leftovers(home.path()).is_empty(), "{:?}", leftovers(home.path()));
    }

    #[test]
    fn a_disk_that_is_full_leaves_nothing_half_written() {
        let home = tempfile::tempdir().expect("a folder");
        // Files may grow to 64 KiB only, and the signal that says so is ignored.
        let script = format!(
            "ulimit -f 64; trap '' XFSZ; exec '{}' run --runs 200 --out out",
            env!("CARGO_BIN_EXE_rppsim")
        );
        let output = Command::new("bash").args(["-c", &script]).current_dir(home.path()).output();
        let output = output.expect("a shell");
        let message = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(1), "{message}");
        assert!(message.contains("cannot write") && message.contains(".csv"), "{message}");
        assert!(leftovers(home.path()).is_empty(), "{:?}", leftovers(home.path()));
    }
}
