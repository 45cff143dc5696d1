//! `[pattern.NAME]` and `[fact.NAME]`: what was published.

use super::Reading;
use crate::measure::{InterviewPlan, Outcome};
use crate::model::setup::MOST_MONTHS;
use crate::roles::Repertoire;
use crate::scenario::document::{Problem, Reader};
use crate::scenario::patterns::{Fact, Pattern, Published, Use};

const MEASURES: [&str; 17] = [
    "episodes_per_meeting",
    "role_share",
    "meetings_with_role_talk",
    "meetings_at_share",
    "peak_share",
    "named",
    "uncertain",
    "names_per_leader",
    "names_moved",
    "names_concentrated",
    "talk_and_later_work",
    "settlements",
    "largest_settlement",
    "highest_window",
    "drift",
    "survives",
    "work",
];

/// The most meetings a range can name.
const MOST_MEETINGS: u32 = MOST_MONTHS * 31;

pub(super) fn read<'a>(
    reading: &mut Reading<'a>,
    top: &mut Reader<'a>,
    plans: &[InterviewPlan],
    roles: &[Repertoire],
) -> (Vec<Pattern>, Vec<Fact>) {
    let mut patterns = Vec::new();
    for (name, _, mut reader) in top.named_tables("pattern") {
        let title = reader.string("title").unwrap_or_else(|| name.clone());
        let source = reader.string("source").unwrap_or_default();
        let words = Use::ALL.map(Use::word);
        reader.required("use");
        let word = reader.one_of("use", &words);
        let used_for = Use::ALL.into_iter().find(|u| Some(u.word()) == word);
        let outcome = outcome(reading, &mut reader, plans, roles);
        let published = published(reading, &mut reader, outcome.as_ref());
        let count = count(reading, &mut reader);
        let sd = reader.float("sd", 1e-9..=1e9);
        let fitted = (reader.node("use")).filter(|_| used_for == Some(Use::Fit));
        let fittable = matches!(published, None | Some(Published::Value(_)))
            && (count.is_some() || sd.is_some());
        if let Some(node) = fitted.filter(|_| !fittable) {
            reading.problems.borrow_mut().push(
                Problem::new(format!("`{}` cannot be fitted", reader.path()))
                    .at(&node.place)
                    .found("no published value whose sampling error is known")
                    .allowed("published = number, with count = [k, n] or sd = number")
                    .help("use = \"report\" compares and does not fit"),
            );
        }
        reader.finish();
        if let (Some(outcome), Some(published), Some(used_for)) = (outcome, published, used_for) {
            patterns.push(Pattern { name, title, outcome, published, count, sd, used_for, source });
        }
    }
    let mut facts = Vec::new();
    for (name, _, mut reader) in top.named_tables("fact") {
        let label = reader.string("label").unwrap_or(name);
        let source = reader.string("source").unwrap_or_default();
        let meetings = reading.range(&mut reader, "meetings", MOST_MEETINGS);
        reader.required("share");
        let share = reader.float("share", 0.0..=1.0);
        let range = reader.node("range").and_then(|_| reader.floats("range", 0.0..=1.0));
        let inferred = reader.boolean("inferred").unwrap_or(false);
        reader.finish();
        let range = range.and_then(|ends| match ends[..] {
            [(low, _), (high, _)] => Some((low, high)),
            _ => None,
        });
        if let Some(share) = share {
            facts.push(Fact { label, meetings, share, range, inferred, source });
        }
    }
    (patterns, facts)
}

/// What was published of an outcome, in one of three ways.
fn published(
    reading: &Reading<'_>,
    reader: &mut Reader<'_>,
    outcome: Option<&Outcome>,
) -> Option<Published> {
    const WAYS: [&str; 3] = ["published", "accept", "at_most"];
    let there: Vec<&str> = WAYS.into_iter().filter(|key| reader.node(key).is_some()).collect();
    if there.len() != 1 {
        let place = there.last().and_then(|key| reader.node(key));
        reading.problems.borrow_mut().push(
            Problem::new(format!("`{}` does not say in one way what was published", reader.path()))
                .at(place.map_or(reader.place(), |node| &node.place))
                .found(if there.is_empty() { "none".into() } else { there.join(", ") })
                .allowed("published = number, accept = [low, high], or at_most = number"),
        );
        return None;
    }
    let share = outcome.is_some_and(|outcome| {
        matches!(outcome, Outcome::RoleShare(_) | Outcome::PeakShare(_) | Outcome::Survives)
    });
    let any = if share { 0.0..=1.0 } else { f64::MIN..=f64::MAX };
    match there[0] {
        "published" => reader.float("published", any).map(Published::Value),
        "at_most" => reader.float("at_most", any).map(Published::AtMost),
        _ => match reader.floats("accept", any)?[..] {
            [(low, _), (high, _)] if low <= high => Some(Published::Range(low, high)),
            _ => {
                let node = reader.node("accept")?;
                reading.problems.borrow_mut().push(
                    node.problem(&reader.path_of("accept"), "must be a range")
                        .allowed("[low, high], low not above high"),
                );
                None
            }
        },
    }
}

fn count(reading: &Reading<'_>, reader: &mut Reader<'_>) -> Option<(u32, u32)> {
    let node = reader.node("count")?;
    let numbers = reader.floats("count", 0.0..=1e9)?;
    match numbers[..] {
        [(k, _), (n, _)] if k <= n && n >= 1.0 => Some((k as u32, n as u32)),
        _ => {
            reading.problems.borrow_mut().push(
                node.problem(&reader.path_of("count"), "must say how many of how many")
                    .allowed("[k, n], k not above n"),
            );
            None
        }
    }
}

fn outcome(
    reading: &mut Reading<'_>,
    reader: &mut Reader<'_>,
    plans: &[InterviewPlan],
    roles: &[Repertoire],
) -> Option<Outcome> {
    reader.required("measure");
    let measure = reader.one_of("measure", &MEASURES)?;
    let mut meetings = |reader: &mut Reader<'_>| match reader.node("meetings") {
        Some(_) => reading.range(reader, "meetings", MOST_MEETINGS),
        None => (1, MOST_MEETINGS),
    };
    Some(match measure {
        "episodes_per_meeting" => Outcome::EpisodesPerMeeting,
        "role_share" => Outcome::RoleShare(meetings(reader)),
        "meetings_with_role_talk" => Outcome::MeetingsWithRoleTalk(meetings(reader)),
        "meetings_at_share" => {
            let range = meetings(reader);
            reader.required("share");
            Outcome::MeetingsAtShare(reader.float("share", 0.0..=1.0)?, range)
        }
        "peak_share" => Outcome::PeakShare(meetings(reader)),
        "named" => {
            let plan = interview(reading, reader, "interview", plans)?;
            let node = reader.required("role")?;
            let name = reader.string("role")?;
            let known: Vec<String> = roles
                .get(plans[plan].about)?
                .roles()
                .iter()
                .map(|role| role.name.clone())
                .collect();
            Outcome::Named(
                plan,
                reading.lookup(&name, &node.place, &known, "role in the repertoire")?,
            )
        }
        "uncertain" => Outcome::Uncertain(interview(reading, reader, "interview", plans)?),
        "names_per_leader" => {
            Outcome::NamesPerLeader(interview(reading, reader, "interview", plans)?)
        }
        "names_moved" => Outcome::NamesMoved(
            interview(reading, reader, "from", plans)?,
            interview(reading, reader, "to", plans)?,
        ),
        "names_concentrated" => Outcome::NamesConcentrated(
            interview(reading, reader, "from", plans)?,
            interview(reading, reader, "to", plans)?,
        ),
        "talk_and_later_work" => Outcome::TalkAndLaterWork,
        "settlements" => Outcome::Settlements,
        "largest_settlement" => Outcome::LargestSettlement,
        "highest_window" => Outcome::HighestWindow(
            reader.integer("months", 1..=i64::from(MOST_MONTHS)).unwrap_or(12) as u32,
        ),
        "drift" => Outcome::Drift,
        "survives" => Outcome::Survives,
        _ => Outcome::Work,
    })
}

fn interview(
    reading: &Reading<'_>,
    reader: &mut Reader<'_>,
    key: &str,
    plans: &[InterviewPlan],
) -> Option<usize> {
    let node = reader.required(key)?;
    let name = reader.string(key)?;
    let known: Vec<String> = plans.iter().map(|plan| plan.name.clone()).collect();
    reading.lookup(&name, &node.place, &known, "interview")
}
