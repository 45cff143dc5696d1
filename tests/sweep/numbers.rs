//! What the tables say is what the runs gave.

use super::{SMALL, done, home_of, program, table};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

type Rows = Vec<BTreeMap<String, String>>;

/// The results of a plan.
fn swept(home: &Path) -> (Rows, Rows) {
    done(home, &["sweep", "plan.toml", "--out", "out"]);
    let results = home.join("out/results");
    (table(&results.join("rows.csv")), table(&results.join("runs.csv")))
}

/// Runs a command as a reader of the tables would, and gives the folder it fills.
fn repeated(home: &Path, line: &str) -> (Output, PathBuf) {
    let (name, rest) = line.split_once(' ').expect("words");
    assert_eq!(name, "rppsim");
    let script = format!("exec \"$0\" {rest} --out again --force");
    let output = Command::new("sh").args(["-c", &script, program()]).current_dir(home).output();
    (output.expect("a shell"), home.join("again"))
}

#[test]
fn rows_are_the_means_and_exact_quantiles_of_their_runs() {
    let home = home_of(SMALL);
    let (rows, runs) = swept(home.path());
    assert_eq!((rows.len(), runs.len()), (18, 72));
    let mut compared = 0;
    for row in &rows {
        let mine = runs.iter().filter(|run| run["row"] == row["row"]);
        let cells: Vec<&str> = mine.map(|run| run[&row["outcome"]].as_str()).collect();
        let mut values: Vec<f64> = cells.iter().filter_map(|cell| cell.parse().ok()).collect();
        values.sort_by(f64::total_cmp);
        assert_eq!(row["runs"], values.len().to_string());
        assert_eq!(row["missing"], (cells.len() - values.len()).to_string());
        assert_eq!(row["failed"], "0");
        let number = |column: &str| row[column].parse::<f64>().ok();
        let n = values.len() as f64;
        if values.is_empty() {
            assert_eq!((number("mean"), number("p50")), (None, None));
            continue;
        }
        let mean = values.iter().sum::<f64>() / n;
        assert!((number("mean").expect("a mean") - mean).abs() < 2e-6, "{row:?}");
        if values.len() > 1 {
            let squares: f64 = values.iter().map(|v| (v - mean) * (v - mean)).sum();
            let sd = (squares / (n - 1.0)).sqrt();
            assert!((number("sd").expect("a spread") - sd).abs() < 5e-6, "{row:?}");
            assert!((number("error").expect("an error") - sd / n.sqrt()).abs() < 5e-6, "{row:?}");
        }
        for (column, q) in
            [("p05", 0.05), ("p25", 0.25), ("p50", 0.5), ("p75", 0.75), ("p95", 0.95)]
        {
            // The smallest value at or below which at least this part of all lies.
            let exact = values.iter().find(|value| {
                let below = values.iter().filter(|other| other <= value).count();
                below as f64 >= q * n
            });
            assert_eq!(number(column), exact.copied(), "{column} of {row:?}");
            compared += 1;
        }
    }
    assert!(compared >= 60);
    // Every table is described, and every file listed.
    let results = home.path().join("out/results");
    let known = table(&results.join("dictionary.csv"));
    for name in ["rows.csv", "runs.csv", "fans.csv", "design.csv", "failures.csv"] {
        assert!(known.iter().any(|column| column["file"] == name), "{name}");
        let text = fs::read_to_string(results.join(name)).expect("a table");
        for column in text.lines().next().expect("a header").split(',') {
            let of =
                |row: &&BTreeMap<String, String>| row["file"] == name && row["column"] == column;
            let row = known.iter().find(of).unwrap_or_else(|| panic!("{name}: {column}"));
            assert!(!row["unit"].is_empty() && !row["meaning"].is_empty(), "{name}: {column}");
        }
    }
    assert_eq!(table(&results.join("design.csv")).len(), 6);
    assert_eq!(table(&results.join("failures.csv")).len(), 0);
}

#[test]
fn rows_differ_only_by_consequences_unless_told_otherwise() {
    let (top, _) = SMALL.split_once("[factor").expect("factors");
    let plan = format!("{top}[design]\nkind = \"rows\"\nfile = \"rows.csv\"\n");
    let by_row = |plan: &str| {
        let home = home_of(plan);
        let rows = "agenda.threshold,work.projects\n0.7,2\n0.4,1\n0.7,2\n";
        fs::write(home.path().join("rows.csv"), rows).expect("written");
        let (_, runs) = swept(home.path());
        let of = |row: &str| -> Vec<BTreeMap<String, String>> {
            let mine = runs.iter().filter(|run| run["row"] == row).cloned();
            mine.map(|mut run| {
                run.remove("row");
                run
            })
            .collect()
        };
        ["1", "2", "3"].map(of)
    };
    let [one, two, three] = by_row(&plan);
    assert_eq!(one, three);
    assert_ne!(one, two);
    let [one, _, three] =
        by_row(&plan.replace("seed = 5", "seed = 5\ncommon_random_numbers = false"));
    assert_ne!(one, three);
    let shares = |runs: &Rows| runs.iter().map(|r| r["role_share"].clone()).collect::<Vec<_>>();
    assert_ne!(shares(&one), shares(&three));
    assert_eq!((one[0]["run"].as_str(), three[0]["run"].as_str()), ("1", "25"));
}

#[test]
fn a_run_of_a_sweep_is_the_run_that_its_command_repeats() {
    // An apostrophe in an assignment must pass through a shell.
    let plan = SMALL.replace("set = [", "set = [\"title = \\\"It's so\\\"\", ");
    let plan = plan.replace("levels = [0.4, 0.7, 1.0]", "law = { uniform = [0.2, 1.0] }");
    let plan = plan.replace("levels = [1, 2]", "range = [1, 3]");
    let plan = plan.replace("kind = \"factorial\"", "kind = \"sobol\"\npoints = 4");
    let home = home_of(&plan);
    let (_, runs) = swept(home.path());
    let plan = rppsim::sweep::Plan::open(&home.path().join("plan.toml")).expect("a plan");
    assert_eq!(plan.world.title, "It's so");
    for (row, replicate) in [(0, 0), (2, 7), (3, 11)] {
        let line = plan.command(row, replicate);
        let (output, folder) = repeated(home.path(), &line);
        assert!(output.status.success(), "{line}: {}", super::stderr(&output));
        let alone = &table(&folder.join("runs.csv"))[0];
        let place = [(row + 1).to_string(), (replicate + 1).to_string()];
        let here = runs.iter().find(|run| run["row"] == place[0] && run["replicate"] == place[1]);
        let here = here.expect("the run");
        assert_eq!(here["run"], alone["run"]);
        for column in ["ended", "role_share", "work"] {
            assert_eq!(here[column], alone[column], "{column}: {line}");
        }
    }
}
