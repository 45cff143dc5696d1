//! The course of things: role share by meeting, what is followed by month, one run as a strip.

use crate::experiment::statistics::Distribution;
use crate::experiment::trajectory::FAN;
use crate::measure::record::RunRecord;
use crate::model::event::Topic;
use crate::plot::{
    Fact, Fan, FanPicture, FanPoint, GridPanel, GridPicture, Image, PlotError, SpanMark,
    StripEpisode, StripEvent, StripEventKind, StripMeeting, StripPicture, StripTopic,
};
use crate::report::summary::Summary;
use crate::report::words::whole;
use crate::scenario::{Scenario, patterns};
use serde_json::Value;

/// Role share by meeting: the scenario and its twin as fans, published facts as facts.
///
/// # Errors
/// If there is nothing to draw.
pub fn role_share(scenario: &Scenario, summary: &Summary, seed: u64) -> Result<Image, PlotError> {
    let mut all = vec![(scenario.title.as_str(), &summary.shares.meetings)];
    if summary.effects.is_some() {
        let twin = "the same runs without the scheduled shocks (twin)";
        all.push((twin, &summary.twin_shares.meetings));
    }
    let fans: Vec<Fan> = all.iter().map(|(label, meetings)| fan(label, meetings)).collect();
    let highest = fans.iter().flat_map(|fan| &fan.points).map(|p| p.p95).fold(0.8, f64::max);
    let picture = FanPicture {
        title: "Talk about roles, meeting by meeting".into(),
        subtitle: runs_and_seed(scenario, summary, seed),
        x_label: "meeting".into(),
        y_label: "share of episodes that are role negotiation".into(),
        y_max: highest,
        y_percent: true,
        fans,
        facts: scenario.facts.iter().map(fact).collect(),
        markers: shock_months(scenario),
        footnote: format!(
            "Bands hold 50 % and 90 % of single runs; lines are medians and means. {}The model was set up with one partnership: the bands are no forecast for another.",
            left_out(all.iter().map(|(_, all)| all.as_slice()))
        ),
    };
    picture.draw()
}

/// Runs that a fan is drawn from at least, if there were so many at first: fewer have no twentieth.
const FEWEST: u64 = 20;

fn enough(distributions: &[Distribution], all: &Distribution) -> bool {
    let most = distributions.iter().map(|all| all.mean.count()).max().unwrap_or(0);
    all.mean.count() >= FEWEST.min(most)
}

/// What is said of partnerships that ended before the others, if any did.
fn left_out<'a>(fans: impl Iterator<Item = &'a [Distribution]>) -> String {
    let last = |all: &'a [Distribution]| all.iter().rev().find(|one| enough(all, one));
    let ended = |all: &&'a [Distribution]| {
        let first = all.first().map_or(0, |first| first.mean.count());
        all.iter().any(|one| one.mean.count() < first)
    };
    let fewest = fans.filter(ended).filter_map(last).map(|last| last.mean.count()).min();
    fewest.map_or(String::new(), |fewest| {
        format!(
            "Partnerships that ended are left out: {} are left where the fewest are drawn. ",
            whole(fewest)
        )
    })
}

pub(super) fn fan(label: &str, distributions: &[Distribution]) -> Fan {
    let point = |(place, all): (usize, &Distribution)| {
        let shown = |value: f64| if enough(distributions, all) { value } else { f64::NAN };
        let [p05, p25, median, p75, p95] = FAN.map(|q| shown(all.quantile(q)));
        let (x, mean) = ((place + 1) as f64, shown(all.mean.mean()));
        FanPoint { x, p05, p25, median, p75, p95, mean }
    };
    Fan { label: label.into(), points: distributions.iter().enumerate().map(point).collect() }
}

/// Substantive share, clarity, trust and work by month, beside the twin.
///
/// # Errors
/// If there is nothing to draw.
pub fn months(scenario: &Scenario, summary: &Summary, seed: u64) -> Result<Image, PlotError> {
    let panel = |place: usize, title: &str, y_percent: bool, y_range: Option<(f64, f64)>| {
        let twin = summary.effects.is_some();
        let label = if twin { "with the scheduled shocks" } else { "all runs" };
        let mut fans = vec![fan(label, &summary.months[0].0[place])];
        if summary.effects.is_some() {
            fans.push(fan("without (twin)", &summary.months[1].0[place]));
        }
        GridPanel { title: title.into(), y_percent, y_range, fans }
    };
    let worlds = if summary.effects.is_some() { 2 } else { 1 };
    let alive = summary.months.iter().take(worlds).map(|months| months.0[1].as_slice());
    let picture = GridPicture {
        title: "The course of the partnership".into(),
        subtitle: format!("{}; {}", scenario.title, runs_and_seed(scenario, summary, seed)),
        x_label: "month".into(),
        panels: vec![
            panel(0, "substantive share of episodes", true, Some((0.0, 1.0))),
            panel(1, "role clarity of the team (0 to 1)", false, None),
            panel(2, "trust of the team (0 to 1)", false, None),
            panel(3, "work done in the month", false, Some((0.0, 1.0))),
        ],
        markers: shock_months(scenario),
        footnote: format!(
            "Work: 1 is a substantive episode at full clarity, trust and capacity. {}Scales differ and need not begin at 0. Not a forecast.",
            left_out(alive)
        ),
    };
    picture.draw()
}

pub(super) fn runs_and_seed(scenario: &Scenario, summary: &Summary, seed: u64) -> String {
    format!("{} runs, seed {seed}, theory: {}", whole(summary.runs), scenario.theory.word())
}

fn fact(fact: &patterns::Fact) -> Fact {
    let (from, to) = (f64::from(fact.meetings.0), f64::from(fact.meetings.1));
    let label = match fact.inferred {
        true => fact.label.clone(),
        false => format!("published: {}", fact.label),
    };
    if from == to {
        return Fact::Point { x: from, y: fact.share, label };
    }
    Fact::Span {
        from,
        to,
        y: fact.share,
        low: fact.range.map(|r| r.0),
        high: fact.range.map(|r| r.1),
        inferred: fact.inferred,
        label,
    }
}

/// When each shock can strike, in months; they are meetings where there is one a month.
pub(super) fn shock_months(scenario: &Scenario) -> Vec<SpanMark> {
    let shocks = scenario.template().shocks.iter();
    let mark = |shock: &crate::model::setup::Shock| {
        let key = format!("shock.{}.month", shock.name);
        let drawn = scenario.drawn().iter().find(|drawn| drawn.key == key);
        let (from, to) = drawn.map_or((f64::from(shock.month), f64::from(shock.month)), |drawn| {
            drawn.distribution.bounds()
        });
        let title = scenario.titles.get(&format!("shock.{}", shock.name));
        SpanMark { from, to, label: title.unwrap_or(&shock.name).clone() }
    };
    shocks.map(mark).collect()
}

/// One run as a strip of coded episodes with its events.
///
/// # Errors
/// If the run kept no detail.
pub fn episodes(scenario: &Scenario, run: &RunRecord) -> Result<Image, PlotError> {
    let coded = |meeting: u32| {
        let all = run.detail.iter().flat_map(|detail| &detail.episodes);
        let of_meeting = all.filter(move |(at, _)| at.meeting == meeting);
        let cell = |episode: &crate::model::event::Episode| StripEpisode {
            topic: match episode.coded() {
                Topic::Roles => StripTopic::Roles,
                Topic::Work => StripTopic::Work,
                Topic::Other => StripTopic::Other,
            },
            peripheral: episode.peripheral,
        };
        of_meeting.map(|(_, episode)| cell(episode)).collect()
    };
    let meetings =
        run.meetings.iter().map(|m| StripMeeting { number: m.meeting, episodes: coded(m.meeting) });
    let (seed, number) = (run.origin.seed(), run.origin.run());
    let picture = StripPicture {
        title: "One run, episode by episode".into(),
        subtitle: format!("{}; run {number}, seed {seed}", scenario.title),
        meetings: meetings.collect(),
        events: events(scenario, run),
        footnote: "One run of many: it shows what can happen, not what usually does.".into(),
    };
    picture.draw()
}

/// What the journal says happened to the team, placed between the meetings. A holder who leaves
/// and is followed in the same month is told as one event.
fn events(scenario: &Scenario, run: &RunRecord) -> Vec<StripEvent> {
    let on_team = |line: &Value| match line["seat"].as_str() {
        Some(name) => scenario.template().seats.iter().any(|seat| seat.team && seat.name == name),
        None => true,
    };
    let lines = run.detail.iter().flat_map(|detail| detail.journal.lines());
    let told: Vec<Value> = lines.filter_map(|line| serde_json::from_str(line).ok()).collect();
    let same = |a: &Value, b: &Value| a["month"] == b["month"] && a["seat"] == b["seat"];
    let followed =
        |leaving: &Value| told.iter().any(|line| line["event"] == "arrival" && same(line, leaving));
    let told = told
        .iter()
        .filter(|line| on_team(line))
        .filter(|line| line["event"] != "departure" || !followed(line));
    let place = |value: &Value| value.as_str().map(|name| name.replace('_', " "));
    let event = |line: &Value| {
        let at = line["meeting"].as_f64()?;
        let (kind, at, label) = match line["event"].as_str()? {
            "arrival" => {
                let whence = if line["moved_from"].is_null() { "newcomer" } else { "colleague" };
                (StripEventKind::Arrival, at + 0.5, format!("{whence}: {}", place(&line["seat"])?))
            }
            "departure" => {
                (StripEventKind::Departure, at + 0.5, format!("leaves: {}", place(&line["seat"])?))
            }
            "settlement" => (
                StripEventKind::Settlement,
                at,
                format!("settled: role of {}", place(&line["about"])?),
            ),
            "grant_began" => (
                StripEventKind::Other,
                at + 0.5,
                format!("grant begins: {}", place(&line["grant"])?),
            ),
            "grant_ended" => {
                (StripEventKind::Other, at + 1.5, format!("grant ends: {}", place(&line["grant"])?))
            }
            "ended" => (StripEventKind::End, at + 0.5, "the partnership ends".into()),
            _ => return None,
        };
        Some(StripEvent { at, kind, label })
    };
    told.filter_map(event).collect()
}
