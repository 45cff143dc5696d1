//! The larger tables of a sweep as Parquet too: the columns of the CSV files, with types, and
//! numbers in full.

use super::dictionary::{SWEEP_ROWS, SWEEP_RUNS, Table};
use super::folder::{FileInFolder, Folder, FolderError};
use super::sweep::{Cell, row_cells, run_cells};
use crate::sweep::Plan;
use crate::sweep::results::Row;
use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::column::writer::ColumnWriter;
use parquet::data_type::ByteArray;
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::Type;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Rows that are held in memory before they are written as one group.
const GROUP: usize = 1 << 16;

/// A column of the group that is being gathered. None is a missing value.
enum Column {
    Whole(Vec<Option<i64>>),
    Number(Vec<Option<f64>>),
    Words(Vec<Option<ByteArray>>),
}

impl Column {
    /// The kind of a column of the dictionary, by its name.
    fn of(name: &str) -> Self {
        match name {
            "outcome" | "unit" => Column::Words(Vec::new()),
            "row" | "replicate" | "run" | "ended" | "runs" | "missing" | "failed" => {
                Column::Whole(Vec::new())
            }
            _ => Column::Number(Vec::new()),
        }
    }

    fn field(&self, name: &str) -> Result<Type, ParquetError> {
        let (physical, logical) = match self {
            Column::Whole(_) => (Physical::INT64, None),
            Column::Number(_) => (Physical::DOUBLE, None),
            Column::Words(_) => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        };
        Type::primitive_type_builder(name, physical)
            .with_logical_type(logical)
            .with_repetition(Repetition::OPTIONAL)
            .build()
    }

    fn push(&mut self, cell: Cell<'_>) {
        match (self, cell) {
            (Column::Whole(cells), Cell::Whole(value)) => cells.push(value.map(|v| v as i64)),
            (Column::Number(cells), Cell::Number(value)) => {
                cells.push(value.filter(|value| value.is_finite()));
            }
            (Column::Words(cells), Cell::Words(text)) => cells.push(Some(text.into())),
            // A cell of another kind than its column is a fault of `sweep.rs` or of `Column::of`.
            _ => unreachable!("the cells of a row are in the order of its columns"),
        }
    }

    fn write(&mut self, writer: &mut ColumnWriter<'_>) -> Result<(), ParquetError> {
        match (self, writer) {
            (Column::Whole(cells), ColumnWriter::Int64ColumnWriter(writer)) => {
                let (values, there) = split(cells);
                writer.write_batch(&values, Some(&there), None)?;
            }
            (Column::Number(cells), ColumnWriter::DoubleColumnWriter(writer)) => {
                let (values, there) = split(cells);
                writer.write_batch(&values, Some(&there), None)?;
            }
            (Column::Words(cells), ColumnWriter::ByteArrayColumnWriter(writer)) => {
                let (values, there) = split(cells);
                writer.write_batch(&values, Some(&there), None)?;
            }
            _ => return Err(ParquetError::General("a column of another type".into())),
        }
        Ok(())
    }
}

/// The values that are there, and for each cell whether it is one.
fn split<T>(cells: &mut Vec<Option<T>>) -> (Vec<T>, Vec<i16>) {
    let there = cells.iter().map(|cell| i16::from(cell.is_some())).collect();
    (cells.drain(..).flatten().collect(), there)
}

/// A table that is being written.
struct Writing {
    writer: SerializedFileWriter<FileInFolder>,
    columns: Vec<Column>,
    held: usize,
    path: PathBuf,
}

impl Writing {
    /// Begins a table with the columns of the dictionary, and more that hold numbers.
    fn begin(
        folder: &Folder,
        name: &str,
        table: Table,
        more: &[&str],
    ) -> Result<Self, FolderError> {
        let file = folder.file(name)?;
        let path = file.path().to_path_buf();
        let fixed = table.columns().iter().map(|column| (column.name, Column::of(column.name)));
        let more = more.iter().map(|name| (*name, Column::Number(Vec::new())));
        let (names, columns): (Vec<&str>, Vec<Column>) = fixed.chain(more).unzip();
        let begun = || {
            let fields = names.iter().zip(&columns);
            let fields = fields.map(|(name, column)| column.field(name).map(Arc::new));
            let fields = fields.collect::<Result<Vec<_>, _>>()?;
            let schema = Type::group_type_builder("row").with_fields(fields).build()?;
            let properties =
                WriterProperties::builder().set_compression(Compression::SNAPPY).build();
            SerializedFileWriter::new(file, Arc::new(schema), Arc::new(properties))
        };
        let writer = begun().map_err(|why| refused(&path, why))?;
        Ok(Writing { writer, columns, held: 0, path })
    }

    fn push<'a>(&mut self, cells: impl IntoIterator<Item = Cell<'a>>) -> Result<(), FolderError> {
        self.columns.iter_mut().zip(cells).for_each(|(column, cell)| column.push(cell));
        self.held += 1;
        if self.held >= GROUP { self.write() } else { Ok(()) }
    }

    /// Writes what is held as one group.
    fn write(&mut self) -> Result<(), FolderError> {
        self.held = 0;
        self.write_group().map_err(|why| refused(&self.path, why))
    }

    fn write_group(&mut self) -> Result<(), ParquetError> {
        let mut group = self.writer.next_row_group()?;
        for column in &mut self.columns {
            let Some(mut place) = group.next_column()? else { break };
            column.write(place.untyped())?;
            place.close()?;
        }
        group.close().map(|_| ())
    }

    fn end(mut self, folder: &mut Folder) -> Result<(), FolderError> {
        if self.held > 0 {
            self.write()?;
        }
        let file = self.writer.into_inner().map_err(|why| refused(&self.path, why))?;
        folder.keep(file)
    }
}

fn refused(path: &Path, why: ParquetError) -> FolderError {
    FolderError::Io(path.into(), io::Error::other(why))
}

/// `rows.parquet`, and `runs.parquet` if the plan keeps runs.
pub struct Tables {
    rows: Writing,
    runs: Option<Writing>,
}

impl Tables {
    pub fn begin(folder: &Folder, plan: &Plan) -> Result<Self, FolderError> {
        let rows = Writing::begin(folder, "rows.parquet", SWEEP_ROWS, &[])?;
        let names: Vec<&str> = plan.outcomes.iter().map(|o| o.name.as_str()).collect();
        let runs = plan.keep_runs;
        let runs = runs.then(|| Writing::begin(folder, "runs.parquet", SWEEP_RUNS, &names));
        Ok(Tables { rows, runs: runs.transpose()? })
    }

    pub fn add(&mut self, plan: &Plan, row: &Row) -> Result<(), FolderError> {
        row_cells(plan, row).try_for_each(|cells| self.rows.push(cells))?;
        let Some(runs) = &mut self.runs else { return Ok(()) };
        run_cells(plan, row).try_for_each(|cells| runs.push(cells))
    }

    pub fn end(self, folder: &mut Folder) -> Result<(), FolderError> {
        self.rows.end(folder)?;
        self.runs.map_or(Ok(()), |runs| runs.end(folder))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use parquet::file::reader::{FileReader, SerializedFileReader};

    #[test]
    fn a_table_longer_than_a_group_is_read_back() {
        let home = tempfile::tempdir().expect("a folder");
        let target = home.path().join("out");
        let mut folder = Folder::begin(&target).expect("begun");
        let begun = Writing::begin(&folder, "runs.parquet", SWEEP_RUNS, &["row share"]);
        let mut table = begun.map_err(|_| "begun").expect("begun");
        let rows = 2 * GROUP as u64 + 7;
        let share = |row: u64| (!row.is_multiple_of(3)).then_some(row as f64 / 7.0);
        for row in 0..rows {
            let ended = Cell::Whole(row.is_multiple_of(5).then_some(row));
            let whole = |number| Cell::Whole(Some(number));
            let cells = [whole(row), whole(1), whole(2), ended, Cell::Number(share(row))];
            assert!(table.push(cells).is_ok());
        }
        assert!(table.end(&mut folder).is_ok());
        let listed = folder.listed()["runs.parquet"].clone();
        folder.commit().expect("committed");
        let path = target.join("runs.parquet");
        assert_eq!(std::fs::metadata(&path).expect("there").len(), listed.bytes);
        let file = std::fs::File::open(path).expect("a file");
        let reader = SerializedFileReader::new(file).expect("parquet");
        assert_eq!(reader.num_row_groups(), 3);
        let mut read = 0;
        for (number, row) in (0u64..).zip(reader.get_row_iter(None).expect("rows")) {
            let fields = row.expect("a row").into_columns();
            let missing = "null".to_owned();
            let wanted = [
                number.to_string(),
                "1".into(),
                "2".into(),
                if number.is_multiple_of(5) { number.to_string() } else { missing.clone() },
                share(number).map_or(missing, |share| format!("{share:?}")),
            ];
            for ((_, field), wanted) in fields.iter().zip(&wanted) {
                assert_eq!(&field.to_string(), wanted);
            }
            read += 1;
        }
        assert_eq!(read, rows);
    }
}
