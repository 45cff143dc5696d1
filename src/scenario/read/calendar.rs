//! `[calendar]`: when they meet, for how long we look, and what it must leave room for.

use super::Reading;
use crate::model::Setup;
use crate::model::setup::{Calendar, MOST_MONTHS};
use crate::scenario::document::{Problem, Problems, Reader, Table};
use crate::scenario::horizon::{self, Horizon, OF_A_PARTNERSHIP};
use crate::scenario::number::{Allowed, Kind, Written};
use std::cell::RefCell;

/// Tells what the calendar cannot reach, or leaves it out; see [`horizon`].
pub(super) fn within_horizon(table: Table, problems: &mut Problems) -> (Table, Vec<String>) {
    let horizon = planned(&table);
    let horizon = Horizon::of_a_partnership(&table, &horizon);
    let mut reached = table.clone();
    let cut = horizon::apply(&mut reached, &OF_A_PARTNERSHIP, &horizon, problems);
    (reached, cut)
}

/// The calendar that a scenario states, as far as it can be read.
pub(super) fn planned(table: &Table) -> Calendar {
    let unheard = RefCell::new(Problems::new());
    let mut reading = Reading::new(table, &unheard);
    reading.calendar(&mut Reader::new(table, "", &unheard));
    reading.setup.calendar
}

impl<'a> Reading<'a> {
    /// The calendar; returns the horizon.
    pub(super) fn calendar(&mut self, top: &mut Reader<'a>) -> u32 {
        let Some(mut reader) = top.table("calendar") else {
            return self.setup.calendar.months;
        };
        self.note(&mut reader);
        let most = i64::from(MOST_MONTHS);
        let mut whole = |key: &str, low: i64, high: i64| {
            reader.integer(key, low..=high).map(|number| number as u32)
        };
        let months = whole("months", 1, most);
        let per_month = whole("meetings_per_month", 0, 31);
        let first = whole("first_month", 1, 12);
        let age = whole("age", 0, most);
        // It was read before all else; see `dates`.
        reader.node("starts");
        let pauses = reader.floats("pauses", 1.0..=12.0);
        let usual = self.setup.calendar.clone();
        let mut noted = |key: &str, low: u32, high: u32, usual: u32| {
            let allowed = Allowed::whole(f64::from(low)..=f64::from(high));
            self.noted(&reader, key, Kind::Plain, allowed, f64::from(usual));
        };
        noted("meetings_per_month", 0, 31, usual.meetings_per_month);
        noted("first_month", 1, 12, usual.first_month);
        noted("age", 0, MOST_MONTHS, usual.age);
        reader.finish();
        let calendar = &mut self.setup.calendar;
        calendar.months = months.unwrap_or(calendar.months);
        calendar.meetings_per_month = per_month.unwrap_or(calendar.meetings_per_month);
        calendar.first_month = first.unwrap_or(calendar.first_month);
        calendar.age = age.unwrap_or(calendar.age);
        if let Some(pauses) = pauses {
            for (month, place) in &pauses {
                if *month != month.trunc() {
                    self.problems.borrow_mut().push(
                        Problem::new("a pause is a month of the year")
                            .at(place)
                            .found(month.to_string())
                            .allowed("whole numbers from 1 to 12"),
                    );
                }
            }
            calendar.pauses = pauses.iter().map(|(month, _)| *month as u32).collect();
        }
        self.setup.calendar.months
    }

    /// A month, or a distribution of months, within the horizon. (What lies beyond it has been told.)
    pub(super) fn month(
        &mut self,
        reader: &mut Reader<'_>,
        key: &str,
        horizon: u32,
        usual: Option<f64>,
        set: impl Fn(&mut Setup, f64) + Send + Sync + 'static,
    ) -> Option<Written> {
        let written = self.number(reader, key, Allowed::MONTHS, usual, set);
        if let Some(known) = self.known.get_mut(&reader.path_of(key)) {
            known.allowed = Allowed::whole(1.0..=f64::from(horizon));
            known.kind = Kind::Month;
        }
        written
    }
}
