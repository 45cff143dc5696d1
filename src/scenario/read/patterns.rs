//! `[pattern.NAME]` and `[fact.NAME]`: what was published.

use super::Reading;
use crate::ids::{Meeting, OrganizationId, RoleId};
use crate::measure::catalogue::{self, Asked, PUBLISHABLE, Publishable};
use crate::measure::{Counted, InterviewPlan, Measure};
use crate::model::event::TalkKind;
use crate::model::setup::MOST_MONTHS;
use crate::roles::Repertoire;
use crate::scenario::document::{Problem, Reader};
use crate::scenario::horizon::MOST_MEETINGS;
use crate::scenario::patterns::{Fact, Pattern, Published, Use};

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
        reader.required("use");
        let used_for = reader.choice("use", &Use::ALL, Use::word);
        reader.required("measure");
        let named = named(reading, &mut reader);
        let counted = named.as_ref().map_or(Counted::Neither, Named::counted);
        let word = named.as_ref().map(|named| named.word().to_owned());
        let measure = named.and_then(|named| match named {
            Named::WithKeys(asked_for) => measure(reading, &mut reader, asked_for, plans, roles),
            Named::OfARun(measure) => Some(*measure),
        });
        let published = published(reading, &mut reader, counted);
        let count = count(&mut reader, counted, word.as_deref());
        agree(&mut reader, counted, published, count);
        let sd = reader.float("sd", 1e-9..=1e9);
        let fitted = (reader.node("use")).filter(|_| used_for == Some(Use::Fit));
        let fittable = matches!(published, None | Some(Published::Value(_)))
            && (count.is_some() || sd.is_some() || reader.node("count").is_some());
        if let Some(node) = fitted.filter(|_| !fittable) {
            reader.problem(
                Problem::new(format!("`{}` cannot be fitted", reader.path()))
                    .at(&node.place)
                    .found("no published value whose sampling error is known")
                    .allowed("published = number, with count = [k, n] or sd = number")
                    .help("use = \"report\" compares and does not fit"),
            );
        }
        let later = reader.boolean("later").unwrap_or(false);
        reader.finish();
        if let (Some(measure), Some(published), Some(used_for)) = (measure, published, used_for) {
            patterns.push(Pattern {
                name,
                title,
                measure,
                published,
                count,
                sd,
                used_for,
                later,
                source,
            });
        }
    }
    let mut facts = Vec::new();
    for (name, _, mut reader) in top.named_tables("fact") {
        let label = reader.string("label").unwrap_or(name);
        let source = reader.string("source").unwrap_or_default();
        reader.required("meetings");
        let meetings = reader.whole_pair("meetings", MOST_MEETINGS).unwrap_or((1, MOST_MEETINGS));
        let stated = reader.required("share");
        let share = reader.float("share", 0.0..=1.0);
        let range = reader.pair("range", 0.0..=1.0);
        if let (Some(node), Some(share), Some((low, high))) = (stated, share, range)
            && !(low..=high).contains(&share)
        {
            reader.problem(
                node.problem(&reader.path_of("share"), "lies outside its own range")
                    .allowed(format!("a share from {low} to {high}, or another range")),
            );
        }
        let inferred = reader.boolean("inferred").unwrap_or(false);
        reader.finish();
        if let Some(share) = share {
            facts.push(Fact { label, meetings, share, range, inferred, source });
        }
    }
    (patterns, facts)
}

/// A measure that a pattern is about, before its keys are read.
enum Named {
    /// One with keys of its own.
    WithKeys(Publishable),
    /// Any other of the catalogue that one run has.
    OfARun(Box<Measure>),
}

impl Named {
    fn counted(&self) -> Counted {
        match self {
            Named::WithKeys(asked_for) => asked_for.counted,
            Named::OfARun(measure) => measure.counted,
        }
    }

    fn word(&self) -> &str {
        match self {
            Named::WithKeys(asked_for) => asked_for.word,
            Named::OfARun(measure) => &measure.name,
        }
    }
}

/// The measure that a pattern names.
fn named(reading: &Reading<'_>, reader: &mut Reader<'_>) -> Option<Named> {
    let (node, word) = (reader.node("measure")?, reader.string("measure")?);
    if let Some(asked_for) = PUBLISHABLE.iter().find(|measure| measure.word == word) {
        return Some(Named::WithKeys(*asked_for));
    }
    match catalogue::of_one_run(&reading.setup, &word) {
        Some(Ok(mut measure)) => {
            if measure.is_share() {
                measure.counted = Counted::Share;
            }
            Some(Named::OfARun(Box::new(measure)))
        }
        Some(Err(why)) => {
            let path = reader.path_of("measure");
            reader.problem(
                node.problem(&path, "cannot be compared with one partnership")
                    .found(format!("`{word}`, which {why}"))
                    .allowed("a measure of a single run"),
            );
            None
        }
        None => {
            let all = catalogue::all(&reading.setup, None);
            let of_a_run =
                |name: &&str| matches!(catalogue::of_one_run(&reading.setup, name), Some(Ok(_)));
            let others = all.iter().map(|measure| measure.name.as_str()).filter(of_a_run);
            let mut words: Vec<&str> = PUBLISHABLE.iter().map(|measure| measure.word).collect();
            words.extend(others.filter(|name| !PUBLISHABLE.iter().any(|p| p.word == *name)));
            reader.one_of("measure", &words);
            None
        }
    }
}

/// What was published of a measure, in one of three ways.
fn published(
    reading: &Reading<'_>,
    reader: &mut Reader<'_>,
    counted: Counted,
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
    let allowed = match counted {
        Counted::Share => 0.0..=1.0,
        Counted::Number => 0.0..=f64::from(MOST_MEETINGS),
        Counted::Neither => f64::MIN..=f64::MAX,
    };
    match there[0] {
        "published" => reader.float("published", allowed).map(Published::Value),
        "at_most" => reader.float("at_most", allowed).map(Published::AtMost),
        _ => reader.pair("accept", allowed).map(|(low, high)| Published::Range(low, high)),
    }
}

/// The count behind a published value: k of n.
fn count(reader: &mut Reader<'_>, counted: Counted, word: Option<&str>) -> Option<(u32, u32)> {
    let node = reader.node("count")?;
    if let Some(word) = word.filter(|_| counted == Counted::Neither) {
        let path = reader.path_of("count");
        reader.problem(
            node.problem(&path, &format!("cannot stand behind `{word}`"))
                .allowed("a count behind a share, or a number of leaders or meetings")
                .help("write sd = how far the published value may be off by sampling"),
        );
        return None;
    }
    let whole = |value: f64| value == value.trunc();
    match reader.floats("count", 0.0..=1e9)?[..] {
        [(k, _), (n, _)] if k <= n && n >= 1.0 && whole(k) && whole(n) => {
            Some((k as u32, n as u32))
        }
        _ => {
            let problem = node.problem(&reader.path_of("count"), "must say how many of how many");
            let shown = node.place.text().to_owned();
            reader.problem(problem.found(shown).allowed("[k, n], whole numbers, k not above n"));
            None
        }
    }
}

/// A published value is the count behind it, as rounded to the decimals in which it is written.
fn agree(
    reader: &mut Reader<'_>,
    counted: Counted,
    published: Option<Published>,
    count: Option<(u32, u32)>,
) {
    let (Some(Published::Value(value)), Some((k, n))) = (published, count) else { return };
    let Some(node) = reader.node("published") else { return };
    let share = f64::from(k) / f64::from(n);
    let path = reader.path_of("published");
    let written = node.place.text();
    let problem = node.problem(&path, "is not what its count says");
    if counted == Counted::Number && value != f64::from(k) {
        reader.problem(
            problem
                .found(format!("{written}, and count = [{k}, {n}]"))
                .allowed(format!("{k}, the number itself, or the count behind {written}")),
        );
    } else if counted == Counted::Share && (value - share).abs() > half_a_digit(written) {
        reader.problem(
            problem
                .found(format!("{written}, and {k} of {n} is {share:.3}"))
                .allowed(format!("published = {share:.3}, or the count behind {written}")),
        );
    }
}

/// How far a number may have been rounded, as it is written; one without decimals was not.
fn half_a_digit(written: &str) -> f64 {
    let (digits, power) = written.split_once(['e', 'E']).unwrap_or((written, "0"));
    let decimals = digits
        .split_once('.')
        .map_or(0, |(_, after)| after.bytes().filter(u8::is_ascii_digit).count() as i64);
    let decimals = decimals - power.parse::<i64>().unwrap_or(0);
    let unit = format!("1e-{decimals}").parse().ok().filter(|_| decimals > 0);
    1e-9 + 0.5 * unit.unwrap_or(0.0)
}

/// The measure with what the pattern says beside its word; each key is read once.
fn measure(
    reading: &mut Reading<'_>,
    reader: &mut Reader<'_>,
    asked_for: Publishable,
    plans: &[InterviewPlan],
    roles: &[Repertoire],
) -> Option<Measure> {
    for key in asked_for.needs {
        reader.required(key);
    }
    let meetings = (Meeting(1), Meeting(MOST_MEETINGS));
    let mut asked = Asked {
        meetings,
        share: 0.0,
        months: 0,
        plans: [0; 2],
        role: RoleId(0),
        organization: OrganizationId(0),
        kind: TalkKind::Assertion,
    };
    let interviews: Vec<String> = plans.iter().map(|plan| plan.name.clone()).collect();
    for key in asked_for.needs.iter().chain(asked_for.takes) {
        match *key {
            "meetings" => {
                if let Some((from, to)) = reader.whole_pair(key, MOST_MEETINGS) {
                    asked.meetings = (Meeting(from), Meeting(to));
                }
            }
            "share" => asked.share = reader.float(key, 0.0..=1.0)?,
            "months" => asked.months = reader.integer(key, 1..=i64::from(MOST_MONTHS))? as u32,
            "role" => {
                let known = roles.get(plans[asked.plans[0]].about.0)?.roles().iter();
                let known: Vec<String> = known.map(|role| role.name.clone()).collect();
                let role = reading.named(reader, key, &known, "role in the repertoire")?;
                asked.role = RoleId(role);
            }
            "organization" => asked.organization = reading.organization(reader, key)?,
            "kind" => asked.kind = reader.choice(key, &TalkKind::ALL, TalkKind::word)?,
            "to" => asked.plans[1] = reading.named(reader, key, &interviews, "interview")?,
            _ => asked.plans[0] = reading.named(reader, key, &interviews, "interview")?,
        }
    }
    Some(asked_for.measure(asked))
}
