//! People: who held which seat from when to when, and how often seats were left.

use super::dates::{Order, When};
use super::episodes::{needed, only, optional};
use super::{Cell, Fault, Table, alike};
use std::collections::BTreeMap;

/// Which column says what. `None` is a column that may be there under its usual name.
#[derive(Clone, Debug, Default)]
pub struct Columns {
    /// The seat.
    pub seat: Option<String>,
    /// The side.
    pub side: Option<String>,
    /// The level.
    pub level: Option<String>,
    /// When its holder took it; empty: before the study began.
    pub from: Option<String>,
    /// When its holder left it; empty: holds it at the end.
    pub to: Option<String>,
    /// Rows that are read: those that have these values in these columns.
    pub only: Vec<(String, String)>,
    /// How dates are written.
    pub dates: Order,
}

/// Somebody's time in a seat.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Tenure {
    /// The seat.
    pub seat: Cell,
    /// The side, if it is said.
    pub side: Option<Cell>,
    /// The level, if it is said.
    pub level: Option<Cell>,
    /// From when; `None`: from before the study.
    pub from: Option<When>,
    /// To when; `None`: to the end of it.
    pub to: Option<When>,
}

/// How often seats of a level were left.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Exits {
    /// The level, as the table calls it.
    pub level: String,
    /// Holders who left while the study looked.
    pub exits: u32,
    /// Position-years that the study looked at.
    pub years: f64,
}

/// The times in seats that a table holds.
///
/// # Errors
/// If a column is missing, a date cannot be read, or somebody left before they came.
pub fn read(text: &str, columns: &Columns) -> Result<Vec<Tenure>, Fault> {
    let table = Table::read(text)?;
    let says = |key: &str| format!("data.people.{key}");
    let seat = needed(&table, columns.seat.as_ref(), "seat", &says("seat"))?;
    let may =
        |named: &Option<String>, usual: &str| optional(&table, named.as_ref(), usual, &says(usual));
    let (side, level) = (may(&columns.side, "side")?, may(&columns.level, "level")?);
    let (from, to) = (may(&columns.from, "from")?, may(&columns.to, "to")?);
    let read = |row: &Vec<Cell>| {
        let said = |at: Option<usize>| at.map(|at| &row[at]).filter(|cell| cell.said().is_some());
        let when = |at| said(at).map(|cell| When::read(cell, columns.dates)).transpose();
        let (from, to) = (when(from)?, when(to)?);
        if row[seat].said().is_none() {
            return Err(Fault::at(&row[seat].span, "a row has no seat"));
        }
        if let (Some(from), Some(to)) = (from, to) {
            let cell = said(columns_to(&table, columns)).unwrap_or(&row[seat]);
            match to.months_since(from) {
                None => {
                    return Err(Fault::at(
                        &cell.span,
                        "one end is a date, the other a month of the study",
                    ));
                }
                Some(months) if months < 0.0 => {
                    return Err(Fault::at(&cell.span, "somebody left before they came")
                        .found(format!("from {from} to {to}")));
                }
                Some(_) => {}
            }
        }
        Ok(Tenure {
            seat: row[seat].clone(),
            side: said(side).cloned(),
            level: said(level).cloned(),
            from,
            to,
        })
    };
    only(&table, &columns.only, &says("only"))?.into_iter().map(read).collect()
}

fn columns_to(table: &Table, columns: &Columns) -> Option<usize> {
    table.find(columns.to.as_deref().unwrap_or("to")).ok().flatten()
}

/// The first and the last moment of which a study knows: what it was told, or else the first and
/// last moment that any of these names. `None` if they do not go together.
pub fn observed(
    told: [Option<When>; 2],
    people: &[Tenure],
    others: impl Iterator<Item = When>,
) -> Option<(When, When)> {
    let others: Vec<When> = others.collect();
    // Of people, when they came and left; but of meetings, if they are dated, these alone.
    let all: Vec<When> = match others.is_empty() {
        true => people.iter().flat_map(|tenure| [tenure.from, tenure.to]).flatten().collect(),
        false => others,
    };
    let [first, last] = told;
    let (first, last) = (first.or(all.iter().min().copied())?, last.or(all.iter().max().copied())?);
    last.months_since(first).filter(|months| *months > 0.0).map(|_| (first, last))
}

/// How often seats of each level were left between two moments. Who was there before counts from
/// the first; who is there after counts to the last. `None` if moments are dates here and months
/// of the study there.
pub fn exits(people: &[Tenure], (first, last): (When, When)) -> Option<Vec<Exits>> {
    let whole = last.months_since(first)?;
    let mut by_level: BTreeMap<String, Exits> = BTreeMap::new();
    for tenure in people {
        let Some(level) = &tenure.level else { continue };
        let after = |when: Option<When>, usual: f64| match when {
            None => Some(usual),
            Some(when) => when.months_since(first),
        };
        let (from, to) = (after(tenure.from, 0.0)?, after(tenure.to, whole)?);
        let (begins, ends) = (from.max(0.0), to.min(whole));
        if to < 0.0 || begins > whole {
            continue;
        }
        let of = by_level
            .entry(alike(&level.text))
            .or_insert_with(|| Exits { level: level.text.clone(), ..Exits::default() });
        of.exits += u32::from(tenure.to.is_some() && to <= whole);
        of.years += (ends - begins).max(0.0) / 12.0;
    }
    Some(by_level.into_values().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn month(number: u32) -> When {
        When::month(number)
    }

    #[test]
    fn exits_and_position_years_are_those_that_the_study_saw() {
        let text = "seat,side,level,from,to\na,d,director,,7\na,d,director,9,\nb,d,director,,\nc,d,cabinet,,0\nd,d,cabinet,30,\ne,p,lead,,40\n";
        let people = read(text, &Columns::default()).expect("people");
        let found = exits(&people, (month(1), month(25))).expect("months");
        let of = |level: &str| found.iter().find(|exits| exits.level == level);
        // 6 months, 16 months, and the whole two years.
        let directors = of("director").expect("directors");
        assert_eq!(directors.exits, 1);
        assert!((directors.years - 46.0 / 12.0).abs() < 1e-9);
        // Who left before it began, and who came after its end, were not seen.
        assert!(of("cabinet").is_none());
        let leads = of("lead").expect("leads");
        assert_eq!((leads.exits, leads.years), (0, 2.0));
    }

    #[test]
    fn a_study_looks_as_long_as_its_meetings_if_nothing_else_is_said() {
        let people =
            read("seat,from,to\na,2015-01,2019-01\n", &Columns::default()).expect("people");
        let date = |text: &str| {
            When::read(&Cell { text: text.into(), span: 0..0 }, Order::YearFirst).expect("a date")
        };
        let meetings = [date("2016-01"), date("2017-01")];
        assert_eq!(
            observed([None; 2], &people, meetings.into_iter()),
            Some((meetings[0], meetings[1]))
        );
        assert_eq!(
            observed([None; 2], &people, [].into_iter()),
            Some((date("2015-01"), date("2019-01")))
        );
        let told = [Some(date("2014-09")), None];
        assert_eq!(
            observed(told, &people, meetings.into_iter()),
            Some((date("2014-09"), meetings[1]))
        );
        assert_eq!(observed([Some(month(1)), None], &people, meetings.into_iter()), None);
    }

    #[test]
    fn impossible_times_are_told_at_their_cells() {
        let fault = |text: &str| read(text, &Columns::default()).expect_err(text);
        assert_eq!(fault("seat,from,to\na,9,7\n").span.start, 17);
        assert!(fault("seat,from,to\na,2015-01,7\n").message.contains("a date"));
        assert!(fault("seat,from\n,7\n").message.contains("no seat"));
    }
}
