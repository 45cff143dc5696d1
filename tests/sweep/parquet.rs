//! Parquet files say what the CSV files say.

use super::{SMALL, done, home_of, table};
use parquet::basic::Type;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;
use std::fs::File;
use std::path::Path;
use std::process::Command;

/// The columns with their types, and the cells of every row.
fn read(path: &Path) -> (Vec<(String, Type)>, Vec<Vec<Field>>) {
    let reader = SerializedFileReader::new(File::open(path).expect("a file")).expect("parquet");
    let schema = reader.metadata().file_metadata().schema_descr();
    let columns = schema.columns().iter().map(|c| (c.name().to_owned(), c.physical_type()));
    let columns: Vec<(String, Type)> = columns.collect();
    let rows = reader.get_row_iter(None).expect("rows").map(|row| {
        let row = row.expect("a row");
        assert_eq!(row.len(), columns.len());
        row.get_column_iter().map(|(_, field)| field.clone()).collect()
    });
    let rows = rows.collect();
    (columns, rows)
}

#[test]
fn parquet_files_hold_what_the_csv_files_hold() {
    // One run has no spread, which is then missing.
    let plan = SMALL.replace("replicates = 12", "replicates = 1");
    let home = home_of(&plan);
    done(home.path(), &["sweep", "plan.toml", "--out", "out"]);
    let results = home.path().join("out/results");
    for name in ["rows", "runs"] {
        let (columns, rows) = read(&results.join(format!("{name}.parquet")));
        let csv = table(&results.join(format!("{name}.csv")));
        assert_eq!(rows.len(), csv.len());
        let mut missing = 0;
        for (fields, cells) in rows.iter().zip(&csv) {
            assert_eq!(cells.len(), columns.len());
            for ((column, kind), field) in columns.iter().zip(fields) {
                let cell = &cells[column];
                match field {
                    Field::Null => {
                        assert_eq!(cell, "", "{column}");
                        missing += 1;
                    }
                    Field::Long(number) => assert_eq!(&number.to_string(), cell),
                    Field::Str(text) => assert_eq!(text, cell),
                    Field::Double(number) => {
                        let rounded: f64 = cell.parse().expect("a number");
                        assert!((number - rounded).abs() <= 5.1e-7, "{column}");
                    }
                    other => panic!("{column} holds {other}"),
                }
                let whole = ["row", "replicate", "run", "ended", "runs", "missing", "failed"];
                let expected = match column.as_str() {
                    "outcome" | "unit" => Type::BYTE_ARRAY,
                    name if whole.contains(&name) => Type::INT64,
                    _ => Type::DOUBLE,
                };
                assert_eq!(*kind, expected, "{column}");
            }
        }
        assert!(missing > 0, "{name} has missing values, or the test would say less");
    }
    let manifest = std::fs::read_to_string(results.join("manifest.json")).expect("read");
    assert!(manifest.contains("rows.parquet") && manifest.contains("runs.parquet"));
    read_in_python(&results);
}

/// `RPPSIM_PYTHON` names an interpreter, else `python3`; without one that can read Parquet nothing
/// is tested here.
fn read_in_python(results: &Path) {
    let python = std::env::var("RPPSIM_PYTHON").unwrap_or_else(|_| "python3".into());
    let run =
        |script: &str| Command::new(&python).args(["-c", script]).current_dir(results).output();
    if !run("import pyarrow.parquet").is_ok_and(|output| output.status.success()) {
        println!("skipped: no {python} that imports pyarrow");
        return;
    }
    let script = r#"
import csv, pyarrow.parquet as parquet
for name in ["rows", "runs"]:
    table = parquet.read_table(name + ".parquet")
    cells = list(csv.DictReader(open(name + ".csv", encoding="utf-8")))
    assert table.num_rows == len(cells), name
    assert table.column_names == list(cells[0]), name
    types = {str(field.type) for field in table.schema}
    assert types <= {"int64", "double", "string"}, types
    for here, there in zip(table.to_pylist(), cells):
        for column, value in here.items():
            text = there[column]
            if value is None: assert text == "", column
            elif isinstance(value, float): assert abs(value - float(text)) < 6e-7, column
            else: assert str(value) == text, column
print("read", table.num_rows, "runs")
"#;
    let output = run(script).expect("the interpreter");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    println!("{}", String::from_utf8_lossy(&output.stdout).trim());
}
