//! Tidy tables: one row an observation, in CSV.
//!
//! Rows of a run are made on the thread that computed it and written in the order of the runs.
//! Numbers are rounded to six decimals.

use super::dictionary::{self, Table};
use crate::measure::journal::Journal;
use crate::measure::practices::PRACTICES;
use crate::measure::record::RunRecord;
use crate::measure::{BACK_TO_NORMAL, MONTHS_LOST, Paired, health};
use crate::model::Setup;
use crate::scenario::World;
use crate::worlds::Run;
use crate::worlds::twins::Effects;

/// Whether a run is the scenario or its twin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// With the scheduled shocks.
    Variant,
    /// Without them.
    Twin,
}

impl Side {
    /// The word used in tables.
    pub fn word(self) -> &'static str {
        ["variant", "twin"][self as usize]
    }
}

/// A number in a table: at most six decimals, none that are not needed; empty if there is none.
pub fn number(value: f64) -> String {
    if !value.is_finite() {
        return String::new();
    }
    let text = format!("{value:.6}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".into() } else { text.into() }
}

pub(super) fn optional(value: Option<f64>) -> String {
    value.map_or(String::new(), number)
}

/// Both ends of an interval in cells of their own; empty if there is none.
pub(super) fn ends(interval: Option<(f64, f64)>) -> [String; 2] {
    let both = interval.map_or([None; 2], |(low, high)| [Some(low), Some(high)]);
    both.map(optional)
}

fn flag(value: bool) -> String {
    u8::from(value).to_string()
}

/// Rows of one table, as bytes of CSV.
#[derive(Debug)]
pub struct Rows {
    table: Table,
    writer: csv::Writer<Vec<u8>>,
}

impl Rows {
    /// No rows yet.
    pub fn of(table: Table) -> Self {
        let writer = csv::WriterBuilder::new().from_writer(Vec::new());
        Rows { table, writer }
    }

    /// The header of the table.
    pub fn header(table: Table) -> Vec<u8> {
        let mut rows = Rows::of(table);
        rows.push(table.columns.iter().map(|column| column.name.to_owned()));
        rows.bytes()
    }

    /// Adds a row; it has a cell for every column.
    pub fn push(&mut self, cells: impl IntoIterator<Item = String>) {
        let cells: Vec<String> = cells.into_iter().map(inert).collect();
        debug_assert_eq!(cells.len(), self.table.columns.len(), "{}", self.table.file);
        // Writing to memory does not fail.
        let _ = self.writer.write_record(&cells);
    }

    /// The rows.
    pub fn bytes(self) -> Vec<u8> {
        self.writer.into_inner().unwrap_or_default()
    }
}

/// A cell that a spreadsheet does not run: text that begins like a formula gets an apostrophe before
/// it. Numbers, and ranges of numbers, are left alone.
fn inert(cell: String) -> String {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let number = |word: &str| word == "to" || word.parse::<f64>().is_ok();
    if formula && !cell.split(' ').all(number) { format!("'{cell}") } else { cell }
}

/// The rows that one run, and its twin, add to the tables of runs.
#[derive(Clone, Debug, Default)]
pub struct RunRows {
    /// Rows of [`dictionary::MEETINGS`].
    pub meetings: Vec<u8>,
    /// Rows of [`dictionary::MONTHS`].
    pub months: Vec<u8>,
    /// Rows of [`dictionary::RUNS`].
    pub runs: Vec<u8>,
    /// Rows of [`dictionary::OUTCOMES`].
    pub outcomes: Vec<u8>,
    /// Rows of [`dictionary::DIFFERENCES`].
    pub differences: Vec<u8>,
    /// Rows of [`dictionary::PRACTICES`].
    pub practices: Vec<u8>,
    /// Rows of [`dictionary::MONEY`], if money plays a part.
    pub money: Vec<u8>,
    /// Rows of [`dictionary::EPISODES`], for the first runs.
    pub episodes: Vec<u8>,
    /// Rows of [`dictionary::INTERVIEWS`], for the first runs.
    pub interviews: Vec<u8>,
}

impl RunRows {
    /// The rows of a run; `all` makes those of every run, otherwise only those of the first.
    pub fn of(
        scenario: &World,
        run: &Run,
        effects: Option<(&Effects, &[Paired])>,
        all: bool,
    ) -> RunRows {
        let worlds = || [Side::Variant, Side::Twin].into_iter().zip(&run.records);
        let table = |table: Table, rows: &dyn Fn(&mut Rows, &[String; 2], &RunRecord)| {
            let mut made = Rows::of(table);
            for (world, record) in worlds() {
                let start = [run.number.to_string(), world.word().to_owned()];
                rows(&mut made, &start, record);
            }
            made.bytes()
        };
        let mut rows = RunRows::default();
        if all {
            rows.meetings = table(dictionary::MEETINGS, &meetings);
            rows.months = table(dictionary::MONTHS, &months);
            rows.runs = table(dictionary::RUNS, &|rows, start, record| {
                rows.push(start.iter().cloned().chain(summary(record)));
            });
            rows.outcomes = table(dictionary::OUTCOMES, &|rows, start, record| {
                for pattern in &scenario.patterns {
                    if let Some(value) = pattern.measure.of(record) {
                        let cells = [pattern.name.clone(), number(value)];
                        rows.push(start.iter().cloned().chain(cells));
                    }
                }
            });
            rows.practices = table(dictionary::PRACTICES, &practices);
            rows.money = table(dictionary::MONEY, &|rows, start, record| {
                money(rows, start, record, scenario.template());
            });
            if let Some((effects, pairs)) = effects {
                let of = |name| effects.place(name).map(|place| pairs[place]).unwrap_or_default();
                let back = of(BACK_TO_NORMAL);
                let mut made = Rows::of(dictionary::DIFFERENCES);
                made.push([
                    run.number.to_string(),
                    optional(of(MONTHS_LOST).difference),
                    optional(back.variant),
                    flag(back.censored[1]),
                    optional(back.base),
                ]);
                rows.differences = made.bytes();
            }
        }
        let setup = scenario.template();
        rows.episodes = table(dictionary::EPISODES, &|rows, start, record| {
            episodes(rows, start, record, setup);
        });
        if run.record().journal.is_some() {
            rows.interviews = table(dictionary::INTERVIEWS, &|rows, start, record| {
                interviews(rows, start, record, scenario);
            });
        }
        rows
    }
}

fn meetings(rows: &mut Rows, start: &[String; 2], record: &RunRecord) {
    for m in &record.meetings {
        let counts =
            [m.meeting, m.month, m.present, m.episodes, m.roles, m.work, m.other, m.peripheral];
        let counts = counts.map(|count| count.to_string());
        let rest = [number(m.role_share()), m.settlements.to_string(), m.refusals.to_string()];
        rows.push(start.iter().cloned().chain(counts).chain(rest));
    }
}

fn months(rows: &mut Rows, start: &[String; 2], record: &RunRecord) {
    for m in &record.months {
        let state = [
            m.work,
            m.prioritized,
            m.displaced,
            m.lost_to_unclear_roles,
            m.lost_to_distrust,
            m.diverted,
            m.clarity,
            m.trust,
            m.uncertainty,
            m.open_question,
            m.least_benefit,
        ];
        let counts =
            [m.breaches, m.requests, m.arrivals, m.vacancies].map(|count| count.to_string());
        let when = [m.month.to_string(), flag(m.alive)];
        rows.push(start.iter().cloned().chain(when).chain(state.map(number)).chain(counts));
    }
}

fn summary(record: &RunRecord) -> Vec<String> {
    let total = |f: fn(&crate::measure::meetings::Meeting) -> u32| {
        record.meetings.iter().map(f).sum::<u32>()
    };
    let (episodes, roles) = (total(|m| m.episodes), total(|m| m.roles));
    let share = |part: u32| (episodes > 0).then(|| f64::from(part) / f64::from(episodes));
    let largest = record.settlements.iter().max_by(|a, b| a.moved.total_cmp(&b.moved));
    let ledger = &record.ledger;
    let whole = |count: usize| count.to_string();
    let mut cells = vec![
        whole(record.months.len()),
        record.ended.map_or(String::new(), |month| month.to_string()),
        whole(record.meetings.len()),
        episodes.to_string(),
        roles.to_string(),
        optional(share(roles)),
        whole(record.meetings.iter().filter(|m| m.roles > 0).count()),
        optional(record.meetings.iter().map(|m| m.role_share()).reduce(f64::max)),
        whole(record.settlements.len()),
        record.settlements.first().map_or(String::new(), |s| s.at.meeting.to_string()),
        largest.map_or(String::new(), |s| s.at.meeting.to_string()),
        optional(largest.map(|s| s.moved)),
        number(ledger.done),
        number(ledger.prioritized),
        number(ledger.displaced),
        number(ledger.lost_to_unclear_roles),
        number(ledger.lost_to_distrust),
        number(ledger.diverted),
        record.projects.to_string(),
        ledger.milestones.to_string(),
        optional(
            (ledger.milestones > 0).then(|| ledger.months_late / f64::from(ledger.milestones)),
        ),
        record.departures.to_string(),
        optional(record.tenure_completed),
        optional(record.tenure_in_progress),
        record.months.iter().map(|m| m.breaches).sum::<u32>().to_string(),
    ];
    cells.extend(health::of(record).map(optional));
    cells
}

fn practices(rows: &mut Rows, start: &[String; 2], record: &RunRecord) {
    for (practice, value) in PRACTICES.iter().zip(record.practices) {
        let cells = [practice.name.to_owned(), practice.advised_by.to_string(), optional(value)];
        rows.push(start.iter().cloned().chain(cells));
    }
}

fn money(rows: &mut Rows, start: &[String; 2], record: &RunRecord, setup: &Setup) {
    for m in &record.money {
        let account = &m.account;
        let flows = [
            account.received,
            account.salaries,
            account.meetings,
            account.upkeep,
            account.balance(),
        ];
        let whose = [m.month.to_string(), setup.organizations[m.organization].name.clone()];
        let positions = [m.paid, m.positions].map(|count| count.to_string());
        rows.push(start.iter().cloned().chain(whose).chain(flows.map(number)).chain(positions));
    }
}

fn episodes(rows: &mut Rows, start: &[String; 2], record: &RunRecord, setup: &Setup) {
    for (at, episode) in record.journal.iter().flat_map(Journal::episodes) {
        let seat = &setup.seats[episode.initiator];
        let cells = [
            at.meeting.to_string(),
            episode.number.to_string(),
            episode.coded().word().to_owned(),
            flag(episode.coded_peripheral()),
            episode.about.map_or(String::new(), |o| setup.organizations[o].name.clone()),
            seat.name.clone(),
            setup.organizations[seat.organization].name.clone(),
            seat.level.word().to_owned(),
            episode.contributions.to_string(),
        ];
        let kinds = episode.kinds.map(|count| count.to_string());
        rows.push(start.iter().cloned().chain(cells).chain(kinds));
    }
}

fn interviews(rows: &mut Rows, start: &[String; 2], record: &RunRecord, scenario: &World) {
    let setup = scenario.template();
    for held in &record.interviews {
        let plan = &scenario.interviews[held.plan];
        let about = &setup.organizations[plan.about];
        let roles = about.repertoire.roles().iter().enumerate();
        let mut answers: Vec<&str> =
            roles.filter(|(k, _)| held.names(*k)).map(|(_, role)| role.name.as_str()).collect();
        if held.uncertain {
            answers.push("uncertain");
        }
        if answers.is_empty() {
            answers.push("nothing");
        }
        for answer in answers {
            let cells = [
                plan.name.clone(),
                held.month.to_string(),
                setup.seats[held.seat].name.clone(),
                about.name.clone(),
                answer.to_owned(),
            ];
            rows.push(start.iter().cloned().chain(cells));
        }
    }
}

/// The dictionary of these tables, as a table.
pub fn dictionary_of(tables: &[Table]) -> Vec<u8> {
    dictionary_with(tables, |_| Vec::new())
}

/// The dictionary of these tables, with the columns (name, unit and meaning) that a table has more
/// than its fixed ones.
pub fn dictionary_with(tables: &[Table], more: impl Fn(&Table) -> Vec<[String; 3]>) -> Vec<u8> {
    let mut rows = Rows::of(dictionary::DICTIONARY);
    for table in tables.iter().chain([&dictionary::DICTIONARY]) {
        for column in table.columns {
            let cells = [table.file, table.row, column.name, column.unit, column.meaning];
            rows.push(cells.map(str::to_owned));
        }
        for column in more(table) {
            rows.push([table.file, table.row].map(str::to_owned).into_iter().chain(column));
        }
    }
    [Rows::header(dictionary::DICTIONARY), rows.bytes()].concat()
}

#[cfg(test)]
mod tests {
    use super::inert;

    #[test]
    fn no_cell_is_run_by_a_spreadsheet() {
        for cell in ["=SUM(A1)", "@SUM(1,2)", "+1+cmd|' /C calc'!A0", "-2+3", "- a list", "\tx"] {
            assert_eq!(inert(cell.into()), format!("'{cell}"));
        }
        for cell in
            ["-0.5", "-1e-7", "-0.02 to 0.02", "+3", "a = b", "", "role share, meetings 1-6"]
        {
            assert_eq!(inert(cell.into()), cell);
        }
    }
}
