//! The tables of a sweep.
//!
//! Columns that hang on the plan (a column for each factor, or for each outcome) follow the fixed
//! ones of the dictionary.

use super::ReportError;
use super::dictionary::{self, Table};
use super::folder::{Folder, Made};
use super::tables::{Rows, dictionary_with, number, optional};
use crate::measure::Measure;
use crate::store::Store;
use crate::sweep::design::Place;
use crate::sweep::results::{Row, fold};
use crate::sweep::sensitivity::gathered::can_end;
use crate::sweep::{Factor, Plan, Sweep};
use crate::worlds::trajectory::FAN;
use crate::worlds::{Stop, Stopped};
use serde_json::json;

/// The table [`dictionary::DESIGN`]: what each row is.
pub fn design(plan: &Plan) -> Vec<u8> {
    let keys: Vec<String> = plan.factors.iter().map(|factor| factor.key.clone()).collect();
    let mut rows = Rows::headed_with(dictionary::DESIGN, &keys);
    for (row, values) in plan.rows.iter().enumerate() {
        let start = [(row + 1).to_string(), place(plan, row)];
        // In full, so that a run can be repeated from the table.
        rows.push(start.into_iter().chain(values.iter().map(f64::to_string)));
    }
    rows.bytes()
}

/// The dictionary of these tables, with the columns that the plan adds to them.
pub fn dictionary(plan: &Plan, tables: &[Table]) -> Vec<u8> {
    let factor = |factor: &Factor| {
        let known = crate::parameters::find(&factor.key);
        let unit = known.map_or("as in the scenario", |row| row.unit);
        let label = if factor.label == factor.key { "" } else { &factor.label };
        let meaning = known.map_or("a number of the scenario", |row| row.meaning);
        let said = [label, meaning].into_iter().filter(|text| !text.is_empty());
        let said = said.collect::<Vec<_>>().join(": ");
        [factor.key.clone(), unit.to_owned(), format!("factor: {said}")]
    };
    let outcome = |of: &Measure| {
        [of.name.clone(), of.unit.clone(), format!("{}; empty if there is none", of.title)]
    };
    dictionary_with(tables, |table| match *table {
        dictionary::DESIGN => plan.factors.iter().map(factor).collect(),
        dictionary::SWEEP_RUNS => plan.outcomes.iter().map(outcome).collect(),
        _ => Vec::new(),
    })
}

/// What a row is for in its design, in words.
pub fn place(plan: &Plan, row: usize) -> String {
    let key = |factor: &usize| plan.factors[*factor].key.as_str();
    match &plan.places[row] {
        Place::Anywhere => "anywhere".into(),
        Place::Cell { .. } => "cell".into(),
        Place::Start { trajectory } => format!("start of {}", trajectory + 1),
        Place::Moved { trajectory, factor } => format!("{}: {}", trajectory + 1, key(factor)),
        Place::A { row } => format!("A {}", row + 1),
        Place::B { row } => format!("B {}", row + 1),
        Place::Mixed { row, factor } => format!("A {} with {} of B", row + 1, key(factor)),
    }
}

/// A cell of the larger tables, which are written as Parquet too. `None` is a missing value.
#[derive(Clone, Copy, Debug)]
pub(super) enum Cell<'a> {
    Whole(Option<u64>),
    Number(Option<f64>),
    Words(&'a str),
}

impl Cell<'_> {
    fn text(self) -> String {
        match self {
            Cell::Whole(whole) => whole.map_or(String::new(), |whole| whole.to_string()),
            Cell::Number(value) => optional(value),
            Cell::Words(words) => words.to_owned(),
        }
    }
}

/// The runs of a row, in cells.
pub(super) fn run_cells<'a>(plan: &'a Plan, row: &'a Row) -> impl Iterator<Item = Vec<Cell<'a>>> {
    let kept = (0u64..).zip(&row.runs).filter_map(|(k, kept)| Some((k, kept.as_ref()?)));
    kept.map(|(replicate, kept)| {
        let number = plan.run_number(row.row, replicate);
        let start =
            [row.row as u64 + 1, replicate + 1, number].map(|whole| Cell::Whole(Some(whole)));
        let ended = Cell::Whole(kept.ended.map(u64::from));
        let values = kept.values.iter().map(|value| Cell::Number(*value));
        start.into_iter().chain([ended]).chain(values).collect()
    })
}

/// The rows that a row adds to [`dictionary::SWEEP_ROWS`], in cells: one for each outcome.
pub(super) fn row_cells<'a>(plan: &'a Plan, row: &'a Row) -> impl Iterator<Item = Vec<Cell<'a>>> {
    let whole = |number: u64| Cell::Whole(Some(number));
    plan.outcomes.iter().zip(&row.outcomes).map(move |(outcome, scalar)| {
        let words = [outcome.name.as_str(), outcome.unit.as_str()].map(Cell::Words);
        let counts = [scalar.mean.count(), scalar.missing, row.failures.len() as u64].map(whole);
        let mean = [scalar.mean.mean(), scalar.mean.sd(), scalar.mean.error()];
        let numbers = mean.into_iter().chain(scalar.quantiles).map(|n| Cell::Number(Some(n)));
        let start = [whole(row.row as u64 + 1)].into_iter().chain(words).chain(counts);
        start.chain(numbers).collect()
    })
}

/// The runs of a row.
pub fn runs(plan: &Plan, row: &Row) -> Vec<u8> {
    let mut rows = Rows::with_more(dictionary::SWEEP_RUNS, plan.outcomes.len());
    run_cells(plan, row).for_each(|cells| rows.push(cells.into_iter().map(Cell::text)));
    rows.bytes()
}

/// The rows that a row adds to [`dictionary::SWEEP_ROWS`]: one for each outcome.
pub fn row(plan: &Plan, row: &Row) -> Vec<u8> {
    let mut rows = Rows::of(dictionary::SWEEP_ROWS);
    row_cells(plan, row).for_each(|cells| rows.push(cells.into_iter().map(Cell::text)));
    rows.bytes()
}

/// The rows that a row adds to [`dictionary::FANS`].
pub fn fans(row: &Row) -> Vec<u8> {
    let mut rows = Rows::of(dictionary::FANS);
    for (place, share) in row.fan.iter().enumerate() {
        let start =
            [(row.row + 1).to_string(), (place + 1).to_string(), share.mean.count().to_string()];
        let mean = [share.mean.mean(), share.mean.error()].map(number);
        rows.push(start.into_iter().chain(mean).chain(FAN.map(|q| number(share.quantile(q)))));
    }
    rows.bytes()
}

/// The rows that a row adds to [`dictionary::SURVIVAL`].
pub fn survival(row: &Row, months: u32) -> Vec<u8> {
    let mut rows = Rows::of(dictionary::SURVIVAL);
    let runs = row.runs.iter().flatten().count().to_string();
    for (month, alive) in (1u32..).zip(row.alive(months)) {
        rows.push([(row.row + 1).to_string(), month.to_string(), runs.clone(), number(alive)]);
    }
    rows.bytes()
}

/// The rows that a row adds to [`dictionary::FAILURES`]: one for each failed run.
pub fn failures(plan: &Plan, row: &Row) -> Vec<u8> {
    let mut rows = Rows::of(dictionary::FAILURES);
    for failure in &row.failures {
        rows.push([
            (failure.row + 1).to_string(),
            (failure.replicate + 1).to_string(),
            plan.run_number(failure.row, failure.replicate).to_string(),
            failure.why.clone(),
            plan.command(failure.row, failure.replicate),
        ]);
    }
    rows.bytes()
}

/// Makes the folder `results` of a complete store that this process has locked: what each row is,
/// what it came to, and, if the plan keeps them, runs and meetings.
///
/// # Errors
/// If somebody asked to stop, a chunk is missing or damaged, or the system refuses.
pub fn write(of: &Sweep<'_>, store: &Store, stop: Stop<'static>) -> Result<Made, ReportError> {
    let plan = of.plan;
    let mut folder = Folder::replace(&store.results())?.stopped_by(stop);
    folder.write(dictionary::DESIGN.file, &design(plan))?;
    let names: Vec<String> = plan.outcomes.iter().map(|outcome| outcome.name.clone()).collect();
    let setup = plan.world.template();
    // A table, whether there is one, and what a row adds to it.
    type RowsOf<'a> = &'a dyn Fn(&Row) -> Vec<u8>;
    let all: [(Table, bool, RowsOf<'_>); 5] = [
        (dictionary::SWEEP_ROWS, true, &|of| row(plan, of)),
        (dictionary::FAILURES, true, &|of| failures(plan, of)),
        (dictionary::SWEEP_RUNS, plan.keep_runs, &|of| runs(plan, of)),
        (dictionary::FANS, plan.keep_meetings, &fans),
        (dictionary::SURVIVAL, can_end(plan), &|of| survival(of, setup.calendar.months)),
    ];
    let mut tables = vec![dictionary::DESIGN];
    let mut files = Vec::new();
    for (table, _, rows_of) in all.into_iter().filter(|(_, wanted, _)| *wanted) {
        let outcomes = if table == dictionary::SWEEP_RUNS { &names[..] } else { &[] };
        let mut file = folder.file(table.file)?;
        file.put(&Rows::headed_with(table, outcomes).bytes())?;
        files.push((file, rows_of));
        tables.push(table);
    }
    #[cfg(feature = "parquet")]
    let mut parquet = super::parquet::Tables::begin(&folder, plan)?;
    fold(of, store, |row: Row| {
        if stop.is_asked() {
            return Err(ReportError::Stopped(Stopped::Interrupted));
        }
        #[cfg(feature = "parquet")]
        parquet.add(plan, &row)?;
        Ok(files.iter_mut().try_for_each(|(file, rows_of)| file.put(&rows_of(&row)))?)
    })?;
    files.into_iter().try_for_each(|(file, _)| folder.keep(file))?;
    #[cfg(feature = "parquet")]
    parquet.end(&mut folder)?;
    folder.write(dictionary::DICTIONARY.file, &dictionary(plan, &tables))?;
    folder.write("plan.toml", plan.text.as_bytes())?;
    let basis = json!({ "runs": plan.runs(), "rows": plan.rows.len(), "seed": plan.seed });
    folder.finish(&plan.world, basis)
}
