//! Tidy tables: one row an observation, in CSV.
//!
//! Rows of a run are made on the thread that computed it and written in the order of the runs.
//! Numbers are rounded to six decimals.

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
            let start = [run.number.to_string(), world.word().to_owned()];
            let put: Put<'_> = &mut |cells| rows.push(start.iter().cloned().chain(cells));
            match *table {
                dictionary::MEETINGS => meetings(record, put),
                dictionary::MONTHS => months(record, put),
                dictionary::RUNS => put(summary(record, setup)),
                dictionary::OUTCOMES => {
                    for pattern in &scenario.patterns {
                        let value = pattern.measure.of(record).map(number);
                        value.into_iter().for_each(|value| put(vec![pattern.name.clone(), value]));
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
type Put<'a> = &'a mut dyn FnMut(Vec<String>);

fn meetings(record: &RunRecord, put: Put<'_>) {
    for m in &record.meetings {
        let counts =
            [m.meeting.0, m.month.0, m.present, m.episodes, m.roles, m.work, m.other, m.peripheral];
        let mut cells = counts.map(|count| count.to_string()).to_vec();
        cells.extend([number(m.role_share()), m.settlements.to_string(), m.refusals.to_string()]);
        put(cells);
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
        let counts = [m.breaches, m.requests, m.arrivals, m.vacancies];
        let mut cells = vec![m.month.to_string(), flag(m.alive)];
        cells.extend(state.map(number));
        cells.extend(counts.map(|count| count.to_string()));
        put(cells);
    }
}

/// Why a partnership ended, in a word.
fn ended_by(record: &RunRecord, setup: &Setup) -> String {
    match record.ending {
        None => String::new(),
        Some(Ending::NotRenewed) => "renewal".into(),
        Some(Ending::GivenUp { by }) => setup.organizations[by].name.clone(),
    }
}

fn summary(record: &RunRecord, setup: &Setup) -> Vec<String> {
    let total = |f: fn(&crate::measure::meetings::MeetingRecord) -> u32| {
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
        ended_by(record, setup),
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

fn practices(record: &RunRecord, put: Put<'_>) {
    for (practice, value) in PRACTICES.iter().zip(record.practices) {
        put(vec![practice.name.to_owned(), practice.advised_by.to_string(), optional(value)]);
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
        let mut cells = vec![m.month.to_string(), setup.organizations[m.organization].name.clone()];
        cells.extend(flows.map(number));
        cells.extend([m.paid, m.positions].map(|count| count.to_string()));
        put(cells);
    }
}

fn episodes(record: &RunRecord, setup: &Setup, put: Put<'_>) {
    for (at, episode) in record.journal.iter().flat_map(Journal::episodes) {
        let seat = &setup.seats[episode.initiator];
        let mut cells = vec![
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
        cells.extend(episode.kinds.map(|count| count.to_string()));
        put(cells);
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
            put(vec![
                plan.name.clone(),
                held.month.to_string(),
                setup.seats[held.seat].name.clone(),
                about.name.clone(),
                answer.to_owned(),
            ]);
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
