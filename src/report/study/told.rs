//! What was understood of a study, in words.

use crate::data::coded::Counts;
use crate::report::words::{counted, rounded, whole};
use crate::scenario::World;
use crate::scenario::data::Understood;
use crate::scenario::patterns::Use;
use crate::worlds::statistics::{rate, yearly};
use serde::Serialize;

/// How often seats of a level were left.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Leaving {
    /// What the study calls the level.
    pub called: String,
    /// The level here, if it is one.
    pub level: Option<String>,
    /// Exits.
    pub exits: u32,
    /// Position-years.
    pub years: f64,
    /// Exits a position-year.
    pub rate: f64,
    /// Its 95 % interval.
    pub rate_95: (f64, f64),
    /// The yearly probability of leaving.
    pub yearly: f64,
    /// Its 95 % interval.
    pub yearly_95: (f64, f64),
}

/// How often seats of each level were left, where some time was looked at.
pub fn leaving(understood: &Understood) -> Vec<Leaving> {
    let of = |level: &crate::scenario::data::Level| {
        let (per_year, low, high) = rate(level.exits, level.years)?;
        Some(Leaving {
            called: level.called.clone(),
            level: level.level.clone(),
            exits: level.exits,
            years: level.years,
            rate: per_year,
            rate_95: (low, high),
            yearly: yearly(per_year),
            yearly_95: (yearly(low), yearly(high)),
        })
    };
    understood.levels.iter().filter_map(of).collect()
}

fn percent(part: u32, of: u32) -> String {
    match of {
        0 => "–".into(),
        of => format!("{} %", rounded(100.0 * f64::from(part) / f64::from(of), 0)),
    }
}

fn count(n: u32, one: &str) -> String {
    counted(u64::from(n), one)
}

/// Columns for headings, and the widest line.
const HEADING: usize = 12;
const WIDEST: usize = 100;

/// A text with its heading, in as many lines as it needs.
fn line(heading: &str, text: String) -> String {
    let mut lines = vec![format!("{heading:<HEADING$}")];
    let mut begun = false;
    for word in text.split(' ') {
        let last = lines.len() - 1;
        let long = lines[last].chars().count() + 1 + word.chars().count();
        if begun && long > WIDEST {
            lines.push(format!("{:HEADING$}{word}", ""));
            continue;
        }
        lines[last].push_str(if begun { " " } else { "" });
        lines[last].push_str(word);
        begun = true;
    }
    lines.join("\n")
}

/// What was understood, line by line.
pub fn told(world: &World, understood: &Understood) -> Vec<String> {
    let mut lines = Vec::new();
    episodes(&mut lines, understood);
    for wave in &understood.waves {
        let mut named: Vec<(u32, &str)> =
            wave.named.iter().map(|(role, k)| (*k, role.as_str())).collect();
        named.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
        let roles =
            named.iter().map(|(k, role)| format!("{role} {k}")).collect::<Vec<_>>().join(", ");
        let which = match &wave.interview {
            Some(interview) if *interview != wave.name => {
                format!("{} (interview {interview})", wave.name)
            }
            Some(interview) => interview.clone(),
            None => format!("{} (no interview here)", wave.name),
        };
        let asked = match wave.asked {
            1 => "1 person asked".into(),
            n => format!("{} people asked", whole(u64::from(n))),
        };
        let roles = if roles.is_empty() { String::new() } else { format!("; named: {roles}") };
        lines.push(line("interviews", format!("{which}: {asked}{roles}")));
    }
    people(&mut lines, understood);
    let made: Vec<_> = super::patterns(world, understood).collect();
    let of =
        |used_for: Use| made.iter().filter(|pattern| pattern.used_for == used_for).count() as u64;
    let by_use = Use::ALL.into_iter().filter(|used_for| of(*used_for) > 0);
    let by_use = by_use.map(|used_for| format!("{} {}", used_for.word(), of(used_for)));
    lines.push(line(
        "patterns",
        format!(
            "{}, by use: {}",
            counted(made.len() as u64, "pattern"),
            by_use.collect::<Vec<_>>().join(", ")
        ),
    ));
    lines.extend(understood.notes.iter().map(|note| line("note", note.clone())));
    lines
}

fn episodes(lines: &mut Vec<String>, understood: &Understood) {
    let Some((episodes, coded)) = &understood.episodes else { return };
    let sum = |of: fn(&Counts) -> u32| coded.total(of);
    let (all, roles, work) = (sum(|c| c.episodes), sum(|c| c.roles), sum(|c| c.work));
    let held = &episodes.meetings;
    let when = held.first().and_then(|m| m.when).zip(held.last().and_then(|m| m.when));
    let when = when.map_or(String::new(), |(first, last)| format!(", {first} to {last}"));
    lines.push(line(
        "meetings",
        format!(
            "{} with episodes, number {} to {}{when}",
            held.len(),
            held.first().map_or(0, |m| m.number),
            held.last().map_or(0, |m| m.number)
        ),
    ));
    lines.push(line(
        "episodes",
        format!(
            "{} in {}: role negotiation {roles} ({}), substantive work {work} ({}), other business {} ({})",
            whole(u64::from(all)),
            counted(episodes.rows as u64, "row"),
            percent(roles, all),
            percent(work, all),
            all - roles - work,
            percent(all - roles - work, all),
        ),
    ));
    let by_meeting =
        coded.meetings.iter().map(|c| format!("{}: {}/{}", c.meeting, c.roles, c.episodes));
    lines.push(line(
        "roles",
        format!(
            "role negotiation of all episodes, meeting by meeting: {}",
            by_meeting.collect::<Vec<_>>().join(", ")
        ),
    ));
    let (passing, refused) = (sum(|c| c.in_passing), sum(|c| c.refused));
    if passing > 0 {
        lines.push(line(
            "in passing",
            format!("{} mention roles in passing", count(passing, "episode")),
        ));
    }
    if refused > 0 {
        lines.push(line(
            "refused",
            format!("a proposal about roles in {}", count(refused, "episode")),
        ));
    }
    let opened: u32 = coded.opened.values().map(|[roles, _]| *roles).sum();
    if opened > 0 {
        let by_side = coded.opened.iter().map(|(side, [k, _])| {
            format!("{} {k} ({})", side.replace('_', " "), percent(*k, opened))
        });
        lines.push(line(
            "opened",
            format!(
                "of {}: {}",
                count(opened, "role episode"),
                by_side.collect::<Vec<_>>().join(", ")
            ),
        ));
    }
    if !coded.kinds.is_empty() {
        let kinds = coded.kinds.iter().map(|(kind, k)| format!("{kind} {k}"));
        lines.push(line(
            "kinds",
            format!(
                "role episodes with a contribution of each kind: {}",
                kinds.collect::<Vec<_>>().join(", ")
            ),
        ));
    }
    if !coded.unused.is_empty() {
        let codes: Vec<String> = coded.unused.iter().map(|code| format!("`{code}`")).collect();
        lines.push(line("not used", format!("codes that no episode has: {}", codes.join(", "))));
    }
}

fn people(lines: &mut Vec<String>, understood: &Understood) {
    if understood.tenures == 0 {
        return;
    }
    let seen = understood
        .observed
        .map_or(String::new(), |(first, last)| format!(", looked at from {first} to {last}"));
    lines.push(line(
        "people",
        format!("{} in seats{seen}", counted(understood.tenures as u64, "time")),
    ));
    for of in leaving(understood) {
        let (low, high) = of.rate_95;
        let number = match &of.level {
            Some(level) => format!(
                "; as a number of the scenario: turnover.{level} = {} ({} to {})",
                rounded(of.yearly, 3),
                rounded(of.yearly_95.0, 3),
                rounded(of.yearly_95.1, 3)
            ),
            None => String::new(),
        };
        lines.push(line(
            "leaving",
            format!(
                "{}: {} in {} position-years, {} a year (95 % {} to {}){number}",
                of.called,
                count(of.exits, "exit"),
                rounded(of.years, 1),
                rounded(of.rate, 3),
                rounded(low, 3),
                rounded(high, 3)
            ),
        ));
    }
}
