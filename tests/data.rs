//! The made-up study in `data/`: what the program makes it, in every form, and what it comes to.
//! Set `RPPSIM_UPDATE=1` to write it again.

use rppsim::measure::Depth;
use rppsim::model::RunId;
use rppsim::report::study::forms::{Form, tables};
use rppsim::scenario::World;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The run that was written down.
const SEED: u64 = 7;
const RUN: u64 = 3;

fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data")
}

fn open(name: &str) -> World {
    let file = data().join(format!("{name}.toml"));
    World::open(&file.to_string_lossy()).unwrap_or_else(|problems| panic!("{problems}"))
}

/// Each form, its folder, and the scenario that reads it.
const FORMS: [(Form, &str, &str); 5] = [
    (Form::Plain, "harbor", "study"),
    (Form::R, "harbor-r", "r"),
    (Form::Taguette, "harbor-taguette", "taguette"),
    (Form::QualCoder, "harbor-qualcoder", "qualcoder"),
    (Form::Dedoose, "harbor-dedoose", "dedoose"),
];

#[test]
fn the_study_is_what_the_program_writes() {
    let truth = open("truth");
    let run = truth.run_watched(RunId::new(SEED, RUN), Depth::Detail, &mut ()).expect("a run");
    for (form, folder, _) in FORMS {
        for (name, written) in tables(&truth, &run, form) {
            let path = data().join(folder).join(name);
            if std::env::var_os("RPPSIM_UPDATE").is_some() {
                fs::create_dir_all(data().join(folder)).expect("made");
                fs::write(&path, &written).expect("written");
            }
            let held = fs::read(&path).expect("a table of the study");
            assert!(
                held == written,
                "{folder}/{name} is behind; run RPPSIM_UPDATE=1 cargo test --test data"
            );
        }
    }
}

#[test]
fn every_form_gives_the_same_scenario_to_the_byte() {
    let study = open("study").to_toml();
    assert!(study.contains("[pattern.data-phase-1-4]"), "{study}");
    assert!(!study.contains("harbor"), "it needs no tables");
    for (_, _, name) in FORMS {
        assert!(open(name).to_toml() == study, "{name}");
    }
}

/// The plain tables written otherwise: by spreadsheets, and with columns and rows in another order.
#[test]
fn neither_the_writer_nor_the_order_of_columns_and_rows_makes_a_difference() {
    let study = open("study").to_toml();
    let home = tempfile::tempdir().expect("a folder");
    let scenario = home.path().join("study.toml");
    let text = fs::read_to_string(data().join("study.toml")).expect("the study");
    fs::write(&scenario, text).expect("written");
    let folder = home.path().join("harbor");
    fs::create_dir(&folder).expect("made");
    type Change = fn(&str) -> String;
    let european: Change =
        |text| format!("\u{feff}{}", text.replace(',', ";").replace('\n', "\r\n"));
    let turned: Change = |text| {
        let turn = |line: &str| line.split(',').rev().collect::<Vec<_>>().join(",");
        let (header, rows) = text.split_once('\n').expect("a header");
        let rows: Vec<String> = rows.lines().rev().map(turn).collect();
        format!("{}\n\n{}\n", turn(header), rows.join("\n"))
    };
    let pandas: Change = |text| {
        let number = |(at, line): (usize, &str)| match at {
            0 => format!(",{line}\n"),
            at => format!("{},{line}\n", at - 1),
        };
        text.lines().enumerate().map(number).collect()
    };
    for change in [european, turned, pandas] {
        for name in ["episodes.csv", "interviews.csv", "people.csv"] {
            let text = fs::read_to_string(data().join("harbor").join(name)).expect("a table");
            fs::write(folder.join(name), change(&text)).expect("written");
        }
        let world = World::open(&scenario.to_string_lossy()).unwrap_or_else(|why| panic!("{why}"));
        assert!(world.to_toml() == study);
    }
}

#[test]
fn counts_of_the_study_are_those_of_the_run_that_made_it() {
    let (truth, study) = (open("truth"), open("study"));
    let run = truth.run(RunId::new(SEED, RUN)).expect("a run");
    assert!(study.patterns.len() > 40);
    for pattern in &study.patterns {
        let rppsim::scenario::patterns::Published::Value(observed) = pattern.published else {
            panic!("{} has no value", pattern.name);
        };
        let simulated = pattern.measure.of(&run).expect("the run has it");
        assert!((observed - simulated).abs() < 1e-9, "{}: {observed}, {simulated}", pattern.name);
    }
}

fn rppsim(home: &Path, words: &[&str]) -> (i32, String, String) {
    let done = Command::new(env!("CARGO_BIN_EXE_rppsim")).args(words).current_dir(home).output();
    let done = done.expect("the program starts");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (done.status.code().unwrap_or(-1), text(&done.stdout), text(&done.stderr))
}

#[test]
fn a_check_draws_what_was_observed_and_refuses_what_is_no_study() {
    let home = tempfile::tempdir().expect("a folder");
    let study = data().join("study.toml");
    let (code, said, told) =
        rppsim(home.path(), &["data", "check", &study.to_string_lossy(), "--out", "out"]);
    assert_eq!(code, 0, "{told}");
    for part in ["17 with episodes", "role negotiation", "turnover.director", "by use: fit"] {
        assert!(said.contains(part), "{part} in {said}");
    }
    let files = [
        "observed.csv",
        "leaving.csv",
        "understood.txt",
        "scenario.toml",
        "manifest.json",
        "dictionary.csv",
    ];
    for name in files {
        assert!(home.path().join("out").join(name).exists(), "{name}");
    }
    #[cfg(feature = "plots")]
    for name in ["observed_role_share", "observed_initiators", "observed_interviews"] {
        assert!(home.path().join(format!("out/{name}.svg")).exists(), "{name}");
    }
    let (code, _, told) = rppsim(home.path(), &["data", "check", "cypress"]);
    assert_eq!(code, 2);
    assert!(told.contains("names no data") && told.contains("[data]"), "{told}");
}

#[test]
fn a_study_that_is_made_is_in_the_folder_and_nothing_else() {
    let home = tempfile::tempdir().expect("a folder");
    let made = ["data", "make", "cypress", "--form", "taguette", "--out", "mine"];
    let (code, _, told) = rppsim(home.path(), &made);
    assert_eq!(code, 0, "{told}");
    let mut names: Vec<String> = fs::read_dir(home.path().join("mine"))
        .expect("made")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    assert_eq!(names, ["episodes.csv", "interviews.csv", "people.csv"]);
    let (code, _, told) = rppsim(home.path(), &made);
    assert_eq!(code, 2, "what is there is not written over: {told}");
}
