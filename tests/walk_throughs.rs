//! The walk-throughs for funders run, answer in words, and leave a page.

use std::path::PathBuf;
use std::process::Command;

/// Runs an example, small, in an empty folder; gives what it printed and its page.
fn walked(name: &str) -> (String, String) {
    let home = tempfile::tempdir().expect("a folder");
    // …/target/debug/deps/this: the examples are built into the same target.
    let this = std::env::current_exe().expect("a path");
    let target: PathBuf = this.ancestors().nth(3).expect("a target").into();
    let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["run", "--quiet", "--example", name, "--manifest-path", manifest]);
    if cfg!(not(feature = "plots")) {
        cargo.arg("--no-default-features");
    }
    cargo.env("CARGO_TARGET_DIR", target).env("RPPSIM_SMALL", "1").current_dir(home.path());
    let output = cargo.output().expect("cargo starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let page = home.path().join("out").join(name).join("report.html");
    let page = std::fs::read_to_string(page).expect("a page");
    (String::from_utf8_lossy(&output.stdout).into_owned(), page)
}

#[test]
fn an_exit_is_told_with_what_nobody_measured() {
    let (told, page) = walked("what_would_an_exit_do");
    let (told, result) = told.split_once("\nResult: ").expect("a line of result");
    assert_eq!(told.matches("No study has measured this delay.").count(), 3, "{told}");
    assert!(told.contains(result.trim()), "the result is one of them");
    assert!(page.contains("<h1>What would it do to the partnership"));
    assert!(
        page.contains("The superintendent leaves") || page.contains("the superintendent leaves")
    );
}

#[test]
fn a_coordinator_is_weighed_against_a_price() {
    let (told, page) = walked("is_a_coordinator_worth_it");
    assert!(told.contains("coordinator.evidence"), "{told}");
    assert!(told.contains("No published estimate of this number exists."), "{told}");
    assert!(page.contains("USD 7,500 a month"));
    assert!(page.contains("What it takes to break even"));
}
