//! From counts to patterns: `[pattern.data-…]`.

use super::described::{Described, UNCERTAIN};
use super::understood::{Understood, gaps};
use crate::data::coded::{Coded, Counts, Meaning};
use crate::data::episodes::Episodes;
use crate::scenario::document::{Node, Place, Problem, Problems, Table, Value};
use crate::scenario::patterns::Use;
use std::collections::BTreeSet;

/// Patterns as they are made, in order.
pub(super) struct Made<'d> {
    place: &'d Place,
    described: &'d Described,
    all: Vec<(String, Table)>,
}

/// What a pattern says beside its name.
struct Said {
    title: String,
    measure: &'static str,
    used_for: Use,
    source: &'static str,
}

const OF_EPISODES: &str = "the study's coded episodes";
const OF_INTERVIEWS: &str = "the study's interviews";

impl Made<'_> {
    /// What a family is used for, unless nothing is made of it.
    fn used_for(&self, family: &str) -> Option<Use> {
        self.described.uses.get(family).copied().flatten()
    }

    fn node(&self, value: Value) -> Node {
        Node { value, place: self.place.clone() }
    }

    fn pair(&self, (a, b): (u32, u32)) -> Value {
        let whole = |n: u32| self.node(Value::Integer(i64::from(n)));
        Value::Array(vec![whole(a), whole(b)])
    }

    fn text(&self, text: &str) -> Value {
        Value::String(text.to_owned())
    }

    fn put(&mut self, name: String, said: &Said, more: Vec<(&str, Value)>) {
        let mut table = Table::new(self.place.clone());
        let known = [
            ("title", self.text(&said.title)),
            ("measure", self.text(said.measure)),
            ("use", self.text(said.used_for.word())),
            ("source", self.text(said.source)),
        ];
        for (key, value) in known.into_iter().chain(more) {
            let node = self.node(value);
            table.add(key, node);
        }
        self.all.push((name, table));
    }

    /// A share with the count behind it.
    fn share(&mut self, name: String, said: &Said, (k, n): (u32, u32), more: Vec<(&str, Value)>) {
        let published = Value::Float(f64::from(k) / f64::from(n));
        let counted = vec![("published", published), ("count", self.pair((k, n)))];
        self.put(name, said, more.into_iter().chain(counted).collect());
    }

    /// The number k of a count.
    fn number(&mut self, name: String, said: &Said, (k, n): (u32, u32), more: Vec<(&str, Value)>) {
        let published = Value::Integer(i64::from(k));
        let counted = vec![("published", published), ("count", self.pair((k, n)))];
        self.put(name, said, more.into_iter().chain(counted).collect());
    }
}

/// The patterns that follow from what was understood.
pub(super) fn patterns<'d>(understood: &Understood, described: &'d Described) -> Made<'d> {
    let mut made = Made { place: &described.place, described, all: Vec::new() };
    if let Some((episodes, coded)) = &understood.episodes {
        of_talk(&mut made, episodes, coded);
        of_episodes(&mut made, coded);
    }
    of_interviews(&mut made, understood);
    made
}

/// Role share by phase and by meeting, and meetings with role talk.
fn of_talk(made: &mut Made<'_>, episodes: &Episodes, coded: &Coded) {
    let said =
        |title: String, measure, used_for| Said { title, measure, used_for, source: OF_EPISODES };
    if let Some(used_for) = made.used_for("phases") {
        for (from, to) in made.described.phases.clone() {
            let inside = |c: &Counts| (from..=to).contains(&c.meeting);
            let sum = |of: fn(&Counts) -> u32| coded.total(|c| if inside(c) { of(c) } else { 0 });
            let (k, n) = (sum(|c| c.roles), sum(|c| c.episodes));
            if n > 0 {
                let title = format!("role share, meetings {from}-{to} (data)");
                let range = vec![("meetings", made.pair((from, to)))];
                let said = said(title, "role_share", used_for);
                made.share(format!("data-phase-{from}-{to}"), &said, (k, n), range);
            }
        }
    }
    if let Some(used_for) = made.used_for("role_share") {
        for c in &coded.meetings {
            let title = format!("role share, meeting {} (data)", c.meeting);
            let range = vec![("meetings", made.pair((c.meeting, c.meeting)))];
            let said = said(title, "role_share", used_for);
            made.share(format!("data-meeting-{}", c.meeting), &said, (c.roles, c.episodes), range);
        }
    }
    if let Some(used_for) = made.used_for("role_talk")
        && gaps(episodes).is_empty()
    {
        let with = coded.meetings.iter().filter(|c| c.roles > 0).count() as u32;
        let all = coded.meetings.len() as u32;
        let said = said(
            format!("meetings with role talk, of {all} (data)"),
            "meetings_with_role_talk",
            used_for,
        );
        let range = vec![("meetings", made.pair((1, all)))];
        made.number("data-role-talk".into(), &said, (with, all), range);
    }
}

/// What is read off all episodes together.
fn of_episodes(made: &mut Made<'_>, coded: &Coded) {
    let numbers = || coded.meetings.iter().map(|c| c.meeting);
    let (Some(first), Some(last)) = (numbers().min(), numbers().max()) else { return };
    let range = |made: &Made<'_>| vec![("meetings", made.pair((first, last)))];
    let said = |title: &str, measure, used_for| Said {
        title: format!("{title} (data)"),
        measure,
        used_for,
        source: OF_EPISODES,
    };
    let (all, roles) = (coded.total(|c| c.episodes), coded.total(|c| c.roles));
    let meetings = coded.meetings.len();
    if let Some(used_for) = made.used_for("episodes").filter(|_| meetings >= 2) {
        let mean = f64::from(all) / meetings as f64;
        let off = coded.meetings.iter().map(|c| f64::from(c.episodes) - mean);
        let squares: f64 = off.map(|off| off * off).sum();
        // Meetings that all had the same number of episodes still are few.
        let variance = (squares / (meetings - 1) as f64).max(1.0 / 12.0);
        let mut more = range(made);
        more.push(("published", Value::Float(mean)));
        more.push(("sd", Value::Float(libm::sqrt(variance / meetings as f64))));
        made.put(
            "data-episodes".into(),
            &said("episodes a meeting", "episodes_per_meeting", used_for),
            more,
        );
    }
    let means: BTreeSet<&Meaning> = made.described.codebook.codes.values().collect();
    // That a code is never used says something only where it could have been.
    let seen = |meaning: &Meaning, k: u32| {
        k > 0 || (made.described.codes_stated && means.contains(meaning))
    };
    let in_passing = coded.total(|c| c.in_passing);
    let refused = coded.total(|c| c.refused);
    let (with_passing, with_refused) = (
        coded.says_centrality || seen(&Meaning::InPassing, in_passing),
        seen(&Meaning::Refused, refused),
    );
    if let Some(used_for) = made.used_for("in_passing").filter(|_| with_passing) {
        let said = said("episodes that mention roles in passing", "in_passing", used_for);
        let range = range(made);
        made.share("data-in-passing".into(), &said, (in_passing, all), range);
    }
    if let Some(used_for) = made.used_for("refused").filter(|_| with_refused) {
        let said = said("episodes with a proposal refused", "refused_share", used_for);
        let range = range(made);
        made.share("data-refused".into(), &said, (refused, all), range);
    }
    if let Some(used_for) = made.used_for("kinds") {
        let kinds: BTreeSet<&String> = means
            .iter()
            .filter_map(|meaning| match meaning {
                Meaning::Kind(kind)
                    if made.described.codes_stated || coded.kinds.contains_key(kind) =>
                {
                    Some(kind)
                }
                _ => None,
            })
            .collect();
        for kind in kinds.into_iter().filter(|_| roles > 0) {
            let k = coded.kinds.get(kind).copied().unwrap_or(0);
            let said = said(
                &format!("role episodes with a contribution of kind {kind}"),
                "kind_share",
                used_for,
            );
            let mut more = range(made);
            more.push(("kind", made.text(kind)));
            made.share(format!("data-kind-{kind}"), &said, (k, roles), more);
        }
    }
    opened(made, coded, (first, last));
}

/// Who opens role negotiation, by side. The shares of all sides sum to one, so that the last tells
/// nothing new: it is reported and not fitted.
fn opened(made: &mut Made<'_>, coded: &Coded, range: (u32, u32)) {
    let Some(used_for) = made.used_for("opened") else { return };
    let n: u32 = coded.opened.values().map(|[roles, _]| *roles).sum();
    if n == 0 {
        return;
    }
    let sides: BTreeSet<&String> = made.described.organizations.iter().collect();
    let last = sides.len();
    for (at, side) in (1..).zip(sides) {
        let k = coded.opened.get(side).map_or(0, |[roles, _]| *roles);
        let used_for = if at == last && used_for == Use::Fit { Use::Report } else { used_for };
        let said = Said {
            title: format!("role episodes that {} opened (data)", side.replace('_', " ")),
            measure: "opened_by",
            used_for,
            source: OF_EPISODES,
        };
        let more = vec![("organization", made.text(side)), ("meetings", made.pair(range))];
        made.share(format!("data-opened-{side}"), &said, (k, n), more);
    }
}

/// How many leaders named each role, wave by wave.
fn of_interviews(made: &mut Made<'_>, understood: &Understood) {
    let Some(used_for) = made.used_for("interviews") else { return };
    for wave in understood.waves.iter().filter(|wave| wave.asked > 0) {
        let Some(interview) = &wave.interview else { continue };
        let roles = made.described.asked_about.get(interview).cloned().unwrap_or_default();
        let uncertain = wave.named.iter().any(|(name, _)| name == UNCERTAIN);
        let roles = roles.into_iter().map(Some).chain(uncertain.then_some(None));
        for role in roles {
            let name = role.as_deref().unwrap_or(UNCERTAIN);
            let k = wave.named.iter().find(|(named, _)| named == name).map(|(_, k)| *k);
            let Some(k) = k.or(wave.complete.then_some(0)) else { continue };
            let said = Said {
                title: format!("{name}, {}, of {} (data)", interview.replace('_', " "), wave.asked),
                measure: if role.is_some() { "named" } else { "uncertain" },
                used_for,
                source: OF_INTERVIEWS,
            };
            let mut more = vec![("interview", made.text(interview))];
            more.extend(role.as_deref().map(|role| ("role", made.text(role))));
            made.number(format!("data-{interview}-{name}"), &said, (k, wave.asked), more);
        }
    }
}

/// Writes the patterns into a scenario; returns their names.
pub(super) fn enter(scenario: &mut Table, made: Made<'_>, problems: &mut Problems) -> Vec<String> {
    let Made { place, all, .. } = made;
    if scenario.get("pattern").is_none() {
        scenario.add(
            "pattern",
            Node { value: Value::Table(Table::new(place.clone())), place: place.clone() },
        );
    }
    let Some(patterns) = scenario.get_mut("pattern").and_then(Node::as_table_mut) else {
        return Vec::new();
    };
    let mut names = Vec::new();
    for (name, table) in all {
        if let Some(entry) = patterns.entry(&name) {
            let problem =
                Problem::new(format!("the data make a pattern `{name}`, and there is one"));
            problems.push(problem.at(&entry.key_place).help("give it another name"));
            continue;
        }
        patterns.add(&name, Node { value: Value::Table(table), place: place.clone() });
        names.push(name);
    }
    names
}
