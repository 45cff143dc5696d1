//! A world of many partnerships, as a user runs it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn rppsim(home: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rppsim"));
    command.args(arguments).current_dir(home).output().expect("starts")
}

/// Every file of a folder but the log, which says when and with how many threads.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry"));
    entries
        .map(|entry| (entry.file_name().into_string().expect("text"), entry.path()))
        .filter(|(name, _)| name != "log.json")
        .map(|(name, path)| (name, fs::read(path).expect("read")))
        .collect()
}

#[test]
fn one_two_and_three_threads_write_the_same_bytes() {
    let home = tempfile::tempdir().expect("a folder");
    let on = |threads: &str| {
        let scale = "nation.scale=0.004";
        let run = rppsim(
            home.path(),
            &["run", "nation", "--set", scale, "--threads", threads, "--out", threads],
        );
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        files(&home.path().join(threads))
    };
    let one = on("1");
    for table in ["nation_months.csv", "nation_effects.csv", "manifest.json", "nation.toml"] {
        assert!(one.contains_key(table), "{table}");
    }
    assert_eq!(one.contains_key("renegotiating.png"), cfg!(feature = "plots"));
    assert!(one == on("2") && one == on("3"));
}

/// What a bad file is answered with.
fn refused(text: &str) -> String {
    let home = tempfile::tempdir().expect("a folder");
    fs::write(home.path().join("mine.toml"), text).expect("written");
    let run = rppsim(home.path(), &["run", "mine.toml"]);
    assert_eq!(run.status.code(), Some(2), "{}", String::from_utf8_lossy(&run.stdout));
    assert!(!home.path().join("out").exists(), "nothing is written");
    String::from_utf8(run.stderr).expect("text")
}

const HEAD: &str = "schema = 1\n[nation]\nmonths = 24\n";
const CLASS: &str = "[class.a]\ndistricts = 3\nscenario = \"nation-district\"\n";

#[track_caller]
fn says(text: &str, parts: &[&str]) {
    let told = refused(text);
    for part in parts {
        assert!(told.contains(part), "no `{part}` in:\n{told}");
    }
}

#[test]
fn what_is_wrong_with_a_world_of_many_is_said_with_its_place() {
    says(HEAD, &["at least one class of district", "[class.NAME]"]);
    says(&format!("{HEAD}{CLASS}months = 3\n"), &["mine.toml:7", "months"]);
    says(
        &format!("{HEAD}[class.a]\ndistricts = 0\nscenario = \"quiet\"\n"),
        &["mine.toml:5", "districts"],
    );
    says(
        &format!("{HEAD}[class.a]\ndistricts = 2\nscenario = \"nation-distric\"\n"),
        &["class `a`", "did you mean `nation-district`"],
    );
    says(
        &format!("{HEAD}{CLASS}set = [\"turnover.cabinet=2\"]\n"),
        &["class `a`", "turnover.cabinet", "0.95"],
    );
    says(
        &format!("{HEAD}{CLASS}[policy.p]\nshock = \"standard\"\nmonth = 3\n"),
        &["mine.toml:8", "has no shock called `standard`", "did you mean `standards`"],
    );
    says(
        &format!("{HEAD}{CLASS}[policy.p]\nshock = \"standards\"\nmonth = 25\n"),
        &["mine.toml:9", "1 to 24"],
    );
    says(
        &format!("{HEAD}{CLASS}[programme.p]\ngrant = \"project\"\nawards = 3\n"),
        &["mine.toml:8", "grant with on_award = true", "operating"],
    );
    says(
        &format!("{HEAD}{CLASS}[class.b]\ndistricts = 999_998\nscenario = \"nation-district\"\n"),
        &["mine.toml:7", "1000001 partnerships", "at most 1000000"],
    );
    says(
        &format!("{HEAD}[nation.hub]\norganization = \"hub\"\ndistricts = 2\n{CLASS}"),
        &["no organization called `hub`", "cypress, pdi"],
    );
    says(
        &format!(
            "{HEAD}[nation.hub]\norganization = \"pdi\"\ndistricts = 2\npooling = 1.5\n{CLASS}"
        ),
        &["mine.toml:7", "pooling", "0 to 1"],
    );
}

#[test]
fn a_world_of_many_is_named_and_checked_but_is_no_partnership() {
    let home = tempfile::tempdir().expect("a folder");
    let told = |arguments: &[&str]| {
        let run = rppsim(home.path(), arguments);
        let text = [run.stdout, run.stderr].concat();
        (run.status.code(), String::from_utf8(text).expect("text"))
    };
    assert!(told(&["cases"]).1.contains("counterfactual"));
    let (code, text) = told(&["check", "nation"]);
    assert!(code == Some(0) && text.contains("13318"), "{text}");
    let (code, text) = told(&["cases", "nation"]);
    assert!(code == Some(0) && text.contains("[class.from_25000]"));
    let (code, text) = told(&["patterns", "nation"]);
    assert!(code == Some(2) && text.contains("a world of many partnerships"), "{text}");
    let (code, text) = told(&["run", "nation", "--runs", "5"]);
    assert!(code == Some(2) && text.contains("run once"), "{text}");
}
