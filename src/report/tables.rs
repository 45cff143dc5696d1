//! Tidy tables: one row an observation, in CSV.
//!
//! Rows of a run are made on the thread that computed it and written in the order of the runs.
//! Numbers are rounded to six decimals.

use super::cells::{Digits, with_number};
use super::dictionary::{self, Table};
use crate::ids::RoleId;
use crate::measure::journal::Journal;
use crate::measure::practices::PRACTICES;
use crate::measure::record::RunRecord;
use crate::measure::{BACK_TO_NORMAL, MONTHS_LOST, Paired, health};
use crate::model::Setup;
use crate::model::event::Ending;
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

/// A number in a table, with at most six decimals and no trailing zeros; empty unless it is finite.
pub fn number(value: f64) -> String {
    with_number(value, |digits| String::from_utf8_lossy(digits).into_owned())
}

pub(super) fn optional(value: Option<f64>) -> String {
    value.map_or(String::new(), number)
}

/// Both ends of an interval in cells of their own, which stay empty if there is no interval.
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
    columns: usize,
    writer: csv::Writer<Vec<u8>>,
}

impl Rows {
    /// No rows yet.
    pub fn of(table: Table) -> Self {
        Rows::with_more(table, 0)
    }

    /// No rows yet of a table that has `more` columns after those of the dictionary.
    pub(super) fn with_more(table: Table, more: usize) -> Self {
        let writer = csv::WriterBuilder::new().from_writer(Vec::new());
        Rows { table, columns: table.columns().len() + more, writer }
    }

    /// The header of the table, to which rows can be added.
    pub fn headed(table: Table) -> Self {
        Rows::headed_with(table, &[])
    }

    /// The header of a table that has more columns after those of the dictionary.
    pub(super) fn headed_with(table: Table, more: &[String]) -> Self {
        let mut rows = Rows::with_more(table, more.len());
        let fixed = table.columns().iter().map(|column| column.name.to_owned());
        rows.push(fixed.chain(more.iter().cloned()));
        rows
    }

    /// The header of the table alone.
    pub fn header(table: Table) -> Vec<u8> {
        Rows::headed(table).bytes()
    }

    /// Adds a row; it has a cell for every column.
    pub fn push(&mut self, cells: impl IntoIterator<Item = String>) {
        let cells: Vec<String> = cells.into_iter().map(inert).collect();
        debug_assert_eq!(cells.len(), self.columns, "{}", self.table.file);
        // Writing to memory does not fail.
        let _ = self.writer.write_record(&cells);
    }

    /// Adds a row, cell by cell. For tables with many rows: nothing is held in between.
    fn write(&mut self, cells: impl FnOnce(&mut Line<'_>)) {
        let mut line = Line { writer: &mut self.writer, cells: 0 };
        cells(&mut line);
        debug_assert_eq!(line.cells, self.columns, "{}", self.table.file);
        let _ = self.writer.write_record(None::<&[u8]>);
    }

    /// The rows.
    pub fn bytes(self) -> Vec<u8> {
        self.writer.into_inner().unwrap_or_default()
    }
}

/// A row being written.
struct Line<'r> {
    writer: &'r mut csv::Writer<Vec<u8>>,
    cells: usize,
}

impl Line<'_> {
    fn cell(&mut self, bytes: &[u8]) {
        self.cells += 1;
        let _ = self.writer.write_field(bytes);
    }

    fn text(&mut self, text: &str) {
        match is_formula(text) {
            true => self.cell(format!("'{text}").as_bytes()),
            false => self.cell(text.as_bytes()),
        }
    }

    fn whole(&mut self, count: impl Into<u64>) {
        self.cell(Digits::whole(count.into()).bytes());
    }

    fn number(&mut self, value: f64) {
        with_number(value, |digits| self.cell(digits));
    }

    fn optional(&mut self, value: Option<f64>) {
        self.number(value.unwrap_or(f64::NAN));
    }

    fn maybe(&mut self, count: Option<u32>) {
        match count {
            Some(count) => self.whole(count),
            None => self.cell(b""),
        }
    }
}

/// A cell that a spreadsheet does not run: text that begins like a formula gets an apostrophe before
/// it. Numbers, and ranges of numbers, are left alone.
fn inert(cell: String) -> String {
    if is_formula(&cell) { format!("'{cell}") } else { cell }
}

fn is_formula(cell: &str) -> bool {
    let number = |word: &str| word == "to" || word.parse::<f64>().is_ok();
    cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && !cell.split(' ').all(number)
}

/// The rows that one run, and its twin, add to each of some tables of runs.
pub fn of_run(
    scenario: &World,
    run: &Run,
    effects: Option<(&Effects, &[Paired])>,
    tables: &[Table],
) -> Vec<Vec<u8>> {
    let setup = scenario.template();
    let rows_of = |table: &Table| {
        let mut rows = Rows::of(*table);
        if let (dictionary::DIFFERENCES, Some((effects, pairs))) = (*table, effects) {
            let of = |name| effects.place(name).map(|place| pairs[place]).unwrap_or_default();
            let back = of(BACK_TO_NORMAL);
            rows.push([
                run.number.to_string(),
                optional(of(MONTHS_LOST).difference),
                optional(back.variant),
                flag(back.censored[1]),
                optional(back.base),
            ]);
        }
        for (world, record) in [Side::Variant, Side::Twin].into_iter().zip(&run.records) {
            let put: Put<'_> = &mut |cells| {
                rows.write(|line| {
                    line.whole(run.number);
                    line.text(world.word());
                    cells(line);
                });
            };
            match *table {
                dictionary::MEETINGS => meetings(record, put),
                dictionary::MONTHS => months(record, put),
                dictionary::RUNS => put(&|line| summary(record, setup, line)),
                dictionary::OUTCOMES => {
                    for pattern in &scenario.patterns {
                        if let Some(value) = pattern.measure.of(record) {
                            put(&|line| {
                                line.text(&pattern.name);
                                line.number(value);
                            });
                        }
                    }
                }
                dictionary::PRACTICES => practices(record, put),
                dictionary::MONEY => money(record, setup, put),
                dictionary::EPISODES => episodes(record, setup, put),
                dictionary::INTERVIEWS if run.record().journal.is_some() => {
                    interviews(record, scenario, put);
                }
                _ => {}
            }
        }
        rows.bytes()
    };
    tables.iter().map(rows_of).collect()
}

/// Takes a row, from the cells behind those of the run and its world.
type Put<'a> = &'a mut dyn FnMut(&dyn Fn(&mut Line<'_>));

fn meetings(record: &RunRecord, put: Put<'_>) {
    for m in &record.meetings {
        let counts =
            [m.meeting.0, m.month.0, m.present, m.episodes, m.roles, m.work, m.other, m.peripheral];
        put(&|line| {
            counts.iter().for_each(|count| line.whole(*count));
            line.number(m.role_share());
            line.whole(m.settlements);
            line.whole(m.refusals);
        });
    }
}

fn months(record: &RunRecord, put: Put<'_>) {
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
        put(&|line| {
            line.whole(m.month.0);
            line.whole(u8::from(m.alive));
            state.iter().for_each(|value| line.number(*value));
            let counts = [m.breaches, m.requests, m.arrivals, m.vacancies];
            counts.iter().for_each(|count| line.whole(*count));
        });
    }
}

/// Why a partnership ended, in a word.
fn ended_by<'s>(record: &RunRecord, setup: &'s Setup) -> &'s str {
    match record.ending {
        None => "",
        Some(Ending::NotRenewed) => "renewal",
        Some(Ending::GivenUp { by }) => &setup.organizations[by].name,
    }
}

fn summary(record: &RunRecord, setup: &Setup, line: &mut Line<'_>) {
    let total = |f: fn(&crate::measure::meetings::MeetingRecord) -> u32| {
        record.meetings.iter().map(f).sum::<u32>()
    };
    let (episodes, roles) = (total(|m| m.episodes), total(|m| m.roles));
    let share = |part: u32| (episodes > 0).then(|| f64::from(part) / f64::from(episodes));
    let largest = record.settlements.iter().max_by(|a, b| a.moved.total_cmp(&b.moved));
    let ledger = &record.ledger;
    let count = |count: usize| count as u64;
    line.whole(count(record.months.len()));
    line.maybe(record.ended.map(|month| month.0));
    line.text(ended_by(record, setup));
    line.whole(count(record.meetings.len()));
    line.whole(episodes);
    line.whole(roles);
    line.optional(share(roles));
    line.whole(count(record.meetings.iter().filter(|m| m.roles > 0).count()));
    line.optional(record.meetings.iter().map(|m| m.role_share()).reduce(f64::max));
    line.whole(count(record.settlements.len()));
    line.maybe(record.settlements.first().map(|s| s.at.meeting.0));
    line.maybe(largest.map(|s| s.at.meeting.0));
    line.optional(largest.map(|s| s.moved));
    line.number(ledger.done);
    line.number(ledger.prioritized);
    line.number(ledger.displaced);
    line.number(ledger.lost_to_unclear_roles);
    line.number(ledger.lost_to_distrust);
    line.number(ledger.diverted);
    line.whole(record.projects);
    line.whole(ledger.milestones);
    let late = || ledger.months_late / f64::from(ledger.milestones);
    line.optional((ledger.milestones > 0).then(late));
    line.whole(record.departures);
    line.optional(record.tenure_completed);
    line.optional(record.tenure_in_progress);
    line.whole(record.months.iter().map(|m| m.breaches).sum::<u32>());
    health::of(record).into_iter().for_each(|value| line.optional(value));
}

fn practices(record: &RunRecord, put: Put<'_>) {
    for (practice, value) in PRACTICES.iter().zip(record.practices) {
        put(&|line| {
            line.text(practice.name);
            line.whole(practice.advised_by);
            line.optional(value);
        });
    }
}

fn money(record: &RunRecord, setup: &Setup, put: Put<'_>) {
    for m in &record.money {
        let account = &m.account;
        let flows = [
            account.received,
            account.salaries,
            account.meetings,
            account.upkeep,
            account.balance(),
        ];
        put(&|line| {
            line.whole(m.month.0);
            line.text(&setup.organizations[m.organization].name);
            flows.iter().for_each(|flow| line.number(*flow));
            line.whole(m.paid);
            line.whole(m.positions);
        });
    }
}

fn episodes(record: &RunRecord, setup: &Setup, put: Put<'_>) {
    for (at, episode) in record.journal.iter().flat_map(Journal::episodes) {
        let seat = &setup.seats[episode.initiator];
        put(&|line| {
            line.whole(at.meeting.0);
            line.whole(episode.number);
            line.text(episode.coded().word());
            line.whole(u8::from(episode.coded_peripheral()));
            line.text(episode.about.map_or("", |o| &setup.organizations[o].name));
            line.text(&seat.name);
            line.text(&setup.organizations[seat.organization].name);
            line.text(seat.level.word());
            line.whole(episode.contributions);
            episode.kinds.iter().for_each(|count| line.whole(*count));
        });
    }
}

fn interviews(record: &RunRecord, scenario: &World, put: Put<'_>) {
    let setup = scenario.template();
    for held in &record.interviews {
        let plan = &scenario.interviews[held.plan];
        let about = &setup.organizations[plan.about];
        let roles = RoleId::each(about.repertoire.roles());
        let mut answers: Vec<&str> =
            roles.filter(|(k, _)| held.names(*k)).map(|(_, role)| role.name.as_str()).collect();
        if held.uncertain {
            answers.push("uncertain");
        }
        if answers.is_empty() {
            answers.push("nothing");
        }
        for answer in answers {
            put(&|line| {
                line.text(&plan.name);
                line.whole(held.month.0);
                line.text(&setup.seats[held.seat].name);
                line.text(&about.name);
                line.text(answer);
            });
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
    let mut rows = Rows::headed(dictionary::DICTIONARY);
    for table in tables.iter().chain([&dictionary::DICTIONARY]) {
        for column in table.columns() {
            let cells = [table.file, table.row(), column.name, column.unit, column.meaning];
            rows.push(cells.map(str::to_owned));
        }
        for column in more(table) {
            rows.push([table.file, table.row()].map(str::to_owned).into_iter().chain(column));
        }
    }
    rows.bytes()
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
