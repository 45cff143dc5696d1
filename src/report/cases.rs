//! The library of cases: what each came to in a number of runs, and the page about all of them.

use crate::ids::Month;
use crate::measure::WHOLE;
use crate::report::words::{counted, with_error};
use crate::scenario::{World, built_in};
use crate::worlds::statistics::{Distribution, Mean, wilson};
use crate::worlds::{Run, Runs, Stop, Stopped};
use std::fmt::Write;

/// What a case came to.
#[derive(Clone, Debug)]
pub struct Lived {
    /// How many runs.
    pub runs: u64,
    /// Share of all episodes that were about roles.
    pub role_share: Mean,
    /// Trust of the team, mean over the months lived.
    pub trust: Mean,
    /// The month in which each run ended, if it did.
    ended: Vec<Option<Month>>,
    months: u32,
    /// Months in a window, and the share of talk in each.
    window: u32,
    talk: Vec<Distribution>,
}

/// Shares are ratios of small whole numbers; this step keeps them apart.
const RESOLUTION: f64 = 0.001;
/// A case of fewer months is summarised by quarters, any other by years.
const LONG: u32 = 36;

/// Runs a case a number of times.
///
/// # Errors
/// If a run cannot be founded, or it was stopped.
pub fn lived(scenario: &World, seed: u64, runs: u64, stop: Stop<'_>) -> Result<Lived, Stopped> {
    let months = scenario.template().calendar.months;
    let window = if months < LONG { 3 } else { 12 };
    let none = Distribution::new(RESOLUTION);
    let mut all = Lived {
        runs,
        role_share: Mean::default(),
        trust: Mean::default(),
        ended: Vec::new(),
        months,
        window,
        talk: vec![none; months.div_ceil(window) as usize],
    };
    let kept = |run: Run| {
        let record = run.record();
        let mut talk = vec![(0, 0); months.div_ceil(window) as usize];
        for meeting in &record.meetings {
            let (roles, episodes) = &mut talk[((meeting.month.0 - 1) / window) as usize];
            *roles += meeting.roles;
            *episodes += meeting.episodes;
        }
        (record.role_share(WHOLE), record.trust(), record.ended, talk)
    };
    let all_runs = Runs { stop, ..Runs::of([scenario], runs, seed) };
    all_runs.fold(kept, |(role_share, trust, ended, talk)| {
        role_share.into_iter().for_each(|share| all.role_share.add(share));
        trust.into_iter().for_each(|trust| all.trust.add(trust));
        all.ended.push(ended);
        for (kept, (roles, episodes)) in all.talk.iter_mut().zip(talk) {
            if episodes > 0 {
                kept.add(f64::from(roles) / f64::from(episodes));
            }
        }
        Ok::<(), Stopped>(())
    })?;
    Ok(all)
}

impl Lived {
    /// The share of talk in each window, with the middle of it in months.
    pub fn windows(&self) -> impl Iterator<Item = (f64, &Distribution)> {
        (0..).zip(&self.talk).map(|(nth, talk)| {
            let from = nth * self.window;
            let to = (from + self.window).min(self.months);
            (f64::from(from + to) / 2.0, talk)
        })
    }

    /// The share of partnerships alive at the end of each month, from 0.
    pub fn alive(&self) -> impl Iterator<Item = (u32, f64)> {
        (0..=self.months).map(|month| {
            let dead = self.ended.iter().flatten().filter(|ended| ended.0 <= month).count();
            (month, 1.0 - dead as f64 / self.runs.max(1) as f64)
        })
    }

    /// How many were alive at the horizon.
    pub fn survivors(&self) -> u64 {
        self.ended.iter().filter(|ended| ended.is_none()).count() as u64
    }
}

/// What one case's part of the page says, below its heading.
pub fn section(case: &World, lived: &Lived) -> String {
    let name = &case.name;
    let extends = built_in::extended(name);
    let mut page = String::new();
    let of = if extends.is_empty() {
        String::new()
    } else {
        format!(", extends `{}`", extends.join("`, `"))
    };
    let _ = writeln!(
        page,
        "## {}\n\n`{name}` ({}{of}). {}\n",
        case.title,
        built_in::design(name),
        case.summary
    );
    let _ = writeln!(
        page,
        "<img src=\"pictures/cases/{name}.svg\" width=\"380\" alt=\"Talk about roles and partnerships alive, by year\">\n"
    );
    let percent = |share: f64| format!("{:.0} %", 100.0 * share);
    let alive = wilson(lived.survivors(), lived.runs)
        .map_or(String::new(), |(low, high)| format!(" ({} to {})", percent(low), percent(high)));
    let _ = writeln!(
        page,
        "In {}: talk about roles, percent of episodes, {}; alive after {} {}{alive}; trust {}.\n",
        counted(lived.runs, "run"),
        with_error(100.0, &lived.role_share),
        counted(u64::from(lived.months), "month"),
        percent(lived.survivors() as f64 / lived.runs as f64),
        with_error(1.0, &lived.trust),
    );
    let both = case.provenances();
    if both.stated.is_empty() {
        let _ = writeln!(
            page,
            "What is stated stands beside its numbers: `rppsim cases {name} --provenance`.\n"
        );
        return page;
    }
    let _ = writeln!(page, "Stated:\n");
    for carried in &both.stated {
        let statement = &carried.statement;
        let aside = if statement.carried_by.is_empty() { "; *not in the model*" } else { "" };
        let _ = writeln!(page, "- {} ({}{aside})", statement.says, statement.source);
    }
    page.push('\n');
    page
}
