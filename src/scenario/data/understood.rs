//! What was understood of the tables of a study.

use super::columns::File;
use super::described::Described;
use super::{open, told};
use crate::data::coded::Coded;
use crate::data::dates::When;
use crate::data::episodes::Episodes;
use crate::data::interviews::Wave;
use crate::data::people::Tenure;
use crate::data::{Fault, alike, interviews, people};
use crate::ids::Month;
use crate::model::setup::Calendar;
use crate::scenario::document::{Node, Problem, Problems, Source, Table};
use std::sync::Arc;

/// A study that goes with a scenario, as it was understood.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Understood {
    /// The coded episodes, and what they come to.
    pub episodes: Option<(Episodes, Coded)>,
    /// The waves of interviews.
    pub waves: Vec<WaveUnderstood>,
    /// Times in seats.
    pub tenures: usize,
    /// How often seats of each level were left.
    pub levels: Vec<Level>,
    /// First and last moment of which the table of people knows.
    pub observed: Option<(When, When)>,
    /// What a reader should know: what is not compared, and why.
    pub notes: Vec<String>,
    /// The patterns that follow, by name.
    pub patterns: Vec<String>,
}

/// A wave of interviews.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct WaveUnderstood {
    /// As the table calls it.
    pub name: String,
    /// The interview of the scenario that it is, if it is one.
    pub interview: Option<String>,
    /// How many were asked.
    pub asked: u32,
    /// How many named each role, by the role's name here.
    pub named: Vec<(String, u32)>,
    /// Names that are no role here.
    pub unmapped: Vec<(String, u32)>,
    /// Whether a role that is not there was named by nobody.
    pub complete: bool,
}

/// A level of seats, and how often they were left.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Level {
    /// As the table calls it; several names of one level are told together.
    pub called: String,
    /// The level here, if it is one: the number is then `turnover.LEVEL`.
    pub level: Option<String>,
    /// Holders who left.
    pub exits: u32,
    /// Position-years.
    pub years: f64,
}

/// Reads the tables.
pub(super) fn understand(
    described: &Described,
    scenario: &Table,
    calendar: &Calendar,
) -> Result<Understood, Problems> {
    let mut understood = Understood::default();
    let mut problems = Problems::new();
    let mut book = described.codebook.clone();
    let mut there = 0;
    let mut table =
        |file: &File, read: &mut dyn FnMut(&Arc<Source>) -> Result<(), Fault>| match open(
            &described.folder,
            &file.0,
            file.1.as_ref(),
        ) {
            Ok(None) => {}
            Ok(Some(source)) => {
                there += 1;
                if let Err(fault) = read(&source) {
                    problems.push(told(fault, &source));
                }
            }
            Err(found) => problems.extend(found),
        };
    let mut tenures: Vec<Tenure> = Vec::new();
    table(&described.people.0, &mut |source| {
        tenures = people::read(source.text(), &described.people.1)?;
        for tenure in &tenures {
            let Some(side) = &tenure.side else { continue };
            let Some(known) = book.sides.get(&alike(&side.text)).cloned() else {
                return Err(Fault::at(
                    &side.span,
                    "this side is none of the scenario's organizations",
                )
                .found(format!("`{}`", side.text))
                .help("say which it is: [data.sides] ORGANIZATION = [\"NAME\"]")
                .not_among(&side.text, book.sides.keys().cloned()));
            };
            book.sides.insert(alike(&tenure.seat.text), known);
        }
        Ok(())
    });
    table(&described.episodes.0, &mut |source| {
        let episodes = Episodes::read(source.text(), &described.episodes.1)?;
        let coded = Coded::of(&episodes, &book)?;
        understood.episodes = Some((episodes, coded));
        Ok(())
    });
    table(&described.interviews.0, &mut |source| {
        let waves = interviews::read(source.text(), &described.interviews.1)?;
        understood.waves = waves.into_iter().map(|wave| of_wave(wave, described)).collect();
        // In the order of the scenario, whatever that of the rows is.
        let plans = super::names_below(scenario, "interview");
        let place = |wave: &WaveUnderstood| {
            let known = plans.iter().position(|plan| Some(plan) == wave.interview.as_ref());
            known.unwrap_or(plans.len())
        };
        understood.waves.sort_by_key(place);
        Ok(())
    });
    if there == 0 && problems.is_empty() {
        problems.push(
            Problem::new("`data` names no table that is there")
                .at(&described.place)
                .found(format!("the folder {}", described.folder.display()))
                .allowed("episodes.csv, interviews.csv, people.csv, or other names: data.episodes.file = \"…\"")
                .help("data.folder is seen from the scenario's file"),
        );
    }
    understood.tenures = tenures.len();
    exits(&mut understood, &tenures, described);
    asked_as_planned(&understood, scenario, &mut problems);
    if let Some(problem) = beyond(&understood, described, scenario, calendar) {
        problems.push(problem);
    }
    notes(&mut understood, scenario, calendar);
    problems.into_result(understood)
}

fn of_wave(wave: Wave, described: &Described) -> WaveUnderstood {
    let mut named: Vec<(String, u32)> = Vec::new();
    let mut unmapped: Vec<(String, u32)> = Vec::new();
    for (role, count) in &wave.named {
        match described.roles.get(role) {
            Some(known) => match named.iter_mut().find(|(name, _)| name == known) {
                // Whoever names two names of one role may be one person: the larger is sure.
                Some((_, sum)) => *sum = (*sum).max(*count),
                None => named.push((known.clone(), *count)),
            },
            None => unmapped.push((role.clone(), *count)),
        }
    }
    let interview = described.waves.get(&alike(&wave.name)).cloned();
    let Wave { name, asked, complete, .. } = wave;
    WaveUnderstood { name, interview, asked, named, unmapped, complete }
}

/// How often seats were left, by level of the model where it is one.
fn exits(understood: &mut Understood, tenures: &[Tenure], described: &Described) {
    let meetings = understood.episodes.iter().flat_map(|(episodes, _)| &episodes.meetings);
    let held = meetings.filter_map(|meeting| meeting.when);
    understood.observed = people::observed(described.observed, tenures, held);
    let Some(found) = understood.observed.and_then(|window| people::exits(tenures, window)) else {
        return;
    };
    for exits in found {
        let level = described.levels.get(&alike(&exits.level)).cloned();
        let known = understood.levels.iter_mut().find(|of| level.is_some() && of.level == level);
        match known {
            Some(of) => {
                of.called = format!("{}, {}", of.called, exits.level);
                of.exits += exits.exits;
                of.years += exits.years;
            }
            None => understood.levels.push(Level {
                called: exits.level,
                level,
                exits: exits.exits,
                years: exits.years,
            }),
        }
    }
}

/// How many leaders the interview of a wave seeks, and where that stands.
fn leaders<'t>(wave: &WaveUnderstood, scenario: &'t Table) -> Option<&'t Node> {
    let plans = scenario.get("interview").and_then(Node::as_table)?;
    plans.get(wave.interview.as_ref()?).and_then(Node::as_table)?.get("leaders")
}

/// An interview that seeks fewer leaders than the study asked can never count as many answers.
fn asked_as_planned(understood: &Understood, scenario: &Table, problems: &mut Problems) {
    for wave in &understood.waves {
        let Some(node) = leaders(wave, scenario) else { continue };
        let name = wave.interview.as_deref().unwrap_or_default();
        if node.as_integer().is_some_and(|leaders| leaders < i64::from(wave.asked)) {
            problems.push(
                Problem::new(format!("the data asked more people in wave `{}`", wave.name))
                    .at(&node.place)
                    .found(format!("{} here, {} in the data", node.place.text(), wave.asked))
                    .help(format!("interview.{name}.leaders = {}", wave.asked)),
            );
        }
    }
}

/// Meetings that the calendar does not reach, unless an assignment made it shorter.
fn beyond(
    understood: &Understood,
    described: &Described,
    scenario: &Table,
    calendar: &Calendar,
) -> Option<Problem> {
    let (episodes, _) = understood.episodes.as_ref()?;
    let last = episodes.meetings.last()?.number;
    let stated = scenario.get("calendar").and_then(Node::as_table);
    let assigned = stated.is_some_and(|of| of.entries().iter().any(|e| e.node.place.is_assigned()));
    let planned = calendar.meetings();
    (last > planned && planned > 0 && !assigned).then(|| {
        Problem::new("the data have more meetings than the calendar")
            .at(&described.place)
            .found(format!("meeting {last}"))
            .allowed(format!("{planned} meetings in {} months (calendar.months)", calendar.months))
            .help(
                "make the calendar that of the study: calendar.months, meetings_per_month, pauses",
            )
    })
}

/// The month of every meeting that the calendar plans.
fn planned(calendar: &Calendar) -> Vec<u32> {
    let months = 1..=calendar.months;
    months.flat_map(|m| (0..calendar.meetings_in(Month(m))).map(move |_| m)).collect()
}

fn notes(understood: &mut Understood, scenario: &Table, calendar: &Calendar) {
    let mut notes = Vec::new();
    let quoted = |names: &[String]| {
        names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
    };
    if let Some((episodes, coded)) = &understood.episodes {
        if episodes.left_out > 0 {
            notes.push(format!(
                "{} rows of episodes are left out by data.episodes.only",
                episodes.left_out
            ));
        }
        if episodes.by_name {
            notes.push("meetings stand in the order of their names, since nothing else says it: check the list, or write data.episodes.order".into());
        }
        let gaps: Vec<String> = gaps(episodes).iter().map(u32::to_string).collect();
        if !gaps.is_empty() {
            notes.push(format!(
                "no episode is coded in meeting {}: nothing is known of it, and the number of meetings with role talk is not compared",
                gaps.join(", ")
            ));
        }
        if coded.without_topic > 0 {
            notes.push(format!(
                "{} episodes have no code that says what they are about; they count as other business",
                coded.without_topic
            ));
        }
        if !coded.unmapped.is_empty() {
            let all = coded.unmapped.iter().map(|(code, n)| format!("`{code}` ({n})"));
            notes.push(format!(
                "codes that mean nothing here, with the episodes that have them: {}",
                all.collect::<Vec<_>>().join(", ")
            ));
        }
        if coded.opened_by_nobody > 0 && !coded.opened.is_empty() {
            notes.push(format!(
                "of {} episodes it is not known who opened them; they are left out of who opens",
                coded.opened_by_nobody
            ));
        }
        notes.extend(other_months(episodes, &planned(calendar)));
    }
    for wave in &understood.waves {
        if wave.interview.is_none() {
            notes.push(format!(
                "wave `{}` is no interview of the scenario and is not compared; to say which it is: [data.waves] INTERVIEW = [\"{}\"]",
                wave.name, wave.name
            ));
        }
        let sought = leaders(wave, scenario).and_then(Node::as_integer);
        if let Some(sought) =
            sought.filter(|sought| *sought > i64::from(wave.asked) && wave.asked > 0)
        {
            notes.push(format!(
                "in wave `{}` {} people were asked; the interview here seeks {sought}, and misses those who leave before their turn",
                wave.name, wave.asked
            ));
        }
        if wave.asked == 0 {
            notes.push(format!("nobody was asked in wave `{}`", wave.name));
        }
        if !wave.unmapped.is_empty() {
            let all: Vec<String> =
                wave.unmapped.iter().map(|(role, n)| format!("`{role}` ({n})")).collect();
            notes.push(format!(
                "names in wave `{}` that are no role here: {}; to say which they are: [data.roles] ROLE = [\"NAME\"]",
                wave.name,
                all.join(", ")
            ));
        }
    }
    let plans = super::names_below(scenario, "interview");
    let without: Vec<String> = plans
        .into_iter()
        .filter(|plan| !understood.waves.iter().any(|wave| wave.interview.as_ref() == Some(plan)))
        .collect();
    if !without.is_empty() && !understood.waves.is_empty() {
        notes.push(format!("interviews of the scenario without data: {}", quoted(&without)));
    }
    let strange: Vec<String> = understood
        .levels
        .iter()
        .filter(|of| of.level.is_none())
        .map(|of| of.called.clone())
        .collect();
    if !strange.is_empty() {
        notes.push(format!(
            "levels that are none here: {}; to say which they are: [data.levels] director = [\"NAME\"]",
            quoted(&strange)
        ));
    }
    if understood.tenures > 0 && understood.observed.is_none() {
        notes.push("it is not known from when to when people were looked at, so there are no rates: data.people.observed = [\"2015-09\", \"2017-08\"]".into());
    } else if understood.tenures > 0 && understood.levels.is_empty() {
        notes.push("no rates of leaving follow: people have no level, or their dates do not go with those of the meetings".into());
    }
    understood.notes = notes;
}

/// Meetings before the last that have no episode.
pub(super) fn gaps(episodes: &Episodes) -> Vec<u32> {
    let has = |number: &u32| episodes.meetings.iter().any(|meeting| meeting.number == *number);
    let last = episodes.meetings.last().map_or(0, |meeting| meeting.number);
    (1..last).filter(|number| !has(number)).collect()
}

/// Whether the calendar holds meetings in other months than the study did.
fn other_months(episodes: &Episodes, planned: &[u32]) -> Option<String> {
    let first = episodes.meetings.first()?;
    let base = *planned.get(first.number as usize - 1)?;
    let off = |meeting: &&crate::data::meetings::Meeting| {
        let since = meeting.when?.months_since(first.when?)?;
        let plan = f64::from(*planned.get(meeting.number as usize - 1)?) - f64::from(base);
        // To the day a meeting of the same month may be most of a month away.
        ((since - plan).abs() >= 1.0).then_some((meeting.number, since, plan))
    };
    let others: Vec<(u32, f64, f64)> = episodes.meetings.iter().filter_map(|m| off(&m)).collect();
    let (number, since, plan) = *others.first()?;
    Some(format!(
        "{} of the meetings are in another month than in the calendar, first meeting {number}: {since:.0} months after meeting {} in the data, {plan:.0} in the calendar (calendar.pauses, meetings_per_month)",
        others.len(),
        first.number
    ))
}
