//! The course of things: role share by meeting, what is followed by month, one run as a strip.

use super::few::{enough, most, outer};
use super::observed::by_meeting;
use super::when::{Beginning, shocks};
use crate::ids::{GrantId, Meeting, Month, SeatId};
use crate::measure::journal::Journal;
use crate::measure::record::RunRecord;
use crate::model::event::{Event, Moment, Topic};
use crate::plot::{
    Fact, Fan, FanPicture, FanPoint, GridPanel, GridPicture, Image, MeetingPlace, Place, PlotError,
    Quantity, SpanMark, StripEpisode, StripEvent, StripEventKind, StripMeeting, StripPicture,
    StripTopic,
};
use crate::report::summary::Summary;
use crate::report::words::{Basis, counted, pictures as words};
use crate::scenario::{World, patterns};
use crate::worlds::statistics::Distribution;
use crate::worlds::trajectory::FAN;

/// Role share by meeting: the scenario and its twin as fans, published facts as facts.
///
/// # Errors
/// If there is nothing to draw.
pub fn role_share(scenario: &World, summary: &Summary, seed: u64) -> Result<Image, PlotError> {
    let names = [scenario.title.as_str(), "the same runs without the scheduled shocks (twin)"];
    let shares = [&summary.shares.meetings, &summary.twin_shares.meetings];
    let fan_of = |world: usize| fan(names[world], shares[world], |n| Meeting(n).into());
    let fans: Vec<Fan<MeetingPlace>> = worlds(summary).map(fan_of).collect();
    let markers = marks(scenario);
    let fell_through = !markers.is_empty() && summary.fell_through != [0, 0];
    let fewer = fewer(summary, true, &shares.map(|shares| vec![shares]));
    let highest = fans.iter().flat_map(|fan| &fan.points).map(|p| p.p95).fold(0.8, f64::max);
    let picture = FanPicture {
        title: "Talk about roles, meeting by meeting".into(),
        subtitle: runs_and_seed(scenario, summary, seed),
        x_label: "meeting".into(),
        y_label: "share of episodes that are role negotiation".into(),
        y_max: highest,
        y_quantity: Quantity::Share,
        outer: outer(summary.runs).into(),
        fans,
        facts: scenario.facts.iter().map(fact).collect(),
        observed: by_meeting(scenario),
        markers,
        footnote: words::role_share(&Basis::of(scenario), &fewer, fell_through),
    };
    picture.draw()
}

/// When each shock can strike, among the meetings.
pub(super) fn marks(scenario: &World) -> Vec<SpanMark<MeetingPlace>> {
    let calendar = &scenario.template().calendar;
    shocks(scenario).map(|shock| shock.by_meeting(calendar)).collect()
}

/// The worlds of a summary: with the shocks, and without if there is a twin.
fn worlds(summary: &Summary) -> std::ops::Range<usize> {
    0..if summary.effects.is_some() { 2 } else { 1 }
}

/// Which runs are missing where the fans of each world rest on fewer, and why: partnerships that
/// ended and, over `meetings`, runs that held fewer because some fell through.
fn fewer(summary: &Summary, meetings: bool, fans: &[Vec<&Vec<Distribution>>]) -> String {
    let of_world = |world: usize| {
        let alive = summary.months[world].alive().last().unwrap_or(summary.runs);
        let short = if meetings { summary.fell_through[world] } else { 0 };
        let drawn = |fan: &&Vec<Distribution>| {
            let most = most(fan);
            let counts = fan.iter().map(|one| one.mean.count());
            counts.filter(|count| enough(*count, most)).collect::<Vec<u64>>()
        };
        let fewest = fans[world].iter().flat_map(drawn).min().unwrap_or(0);
        words::fewer_runs(summary.runs - alive, short, fewest)
    };
    words::fewer_runs_by_world(&worlds(summary).map(of_world).collect::<Vec<_>>())
}

pub(super) fn fan<X: Place>(
    label: &str,
    distributions: &[Distribution],
    place: fn(u32) -> X,
) -> Fan<X> {
    let most = most(distributions);
    let point = |(number, all): (u32, &Distribution)| {
        let shown = |value: f64| if enough(all.mean.count(), most) { value } else { f64::NAN };
        let [p05, p25, median, p75, p95] = FAN.map(|q| shown(all.quantile(q)));
        FanPoint { x: place(number), p05, p25, median, p75, p95, mean: shown(all.mean.mean()) }
    };
    Fan { label: label.into(), points: (1..).zip(distributions).map(point).collect() }
}

/// Substantive share, clarity, trust and work by month, beside the twin.
///
/// # Errors
/// If there is nothing to draw.
pub fn months(scenario: &World, summary: &Summary, seed: u64) -> Result<Image, PlotError> {
    let first = if summary.effects.is_some() { "with the scheduled shocks" } else { "all runs" };
    let names = [first, "without (twin)"];
    let panel = |place: usize, title: &str, y_quantity, y_range: Option<(f64, f64)>| {
        let fan_of =
            |world: usize| fan(names[world], &summary.months[world].0[place], |n| Month(n).into());
        let fans = worlds(summary).map(fan_of).collect();
        GridPanel { title: title.into(), y_quantity, y_range, fans }
    };
    let all = summary.months.each_ref().map(|world| world.0.iter().collect());
    let picture = GridPicture {
        title: "The course of the partnership".into(),
        subtitle: format!("{}; {}", scenario.title, runs_and_seed(scenario, summary, seed)),
        x_label: "month".into(),
        outer: outer(summary.runs).into(),
        panels: vec![
            panel(0, "substantive share of episodes", Quantity::Share, Some((0.0, 1.0))),
            panel(1, "role clarity of the team (0 to 1)", Quantity::Number, None),
            panel(2, "trust of the team (0 to 1)", Quantity::Number, None),
            panel(3, "work done in the month", Quantity::Number, Some((0.0, 1.0))),
        ],
        markers: shocks(scenario).map(Beginning::by_month).collect(),
        footnote: words::months(&fewer(summary, false, &all)),
    };
    picture.draw()
}

pub(super) fn runs_and_seed(scenario: &World, summary: &Summary, seed: u64) -> String {
    let runs = counted(summary.runs, "run");
    format!("{runs}, seed {seed}, theory: {}", scenario.theory.word())
}

fn fact(fact: &patterns::Fact) -> Fact {
    let (from, to) = (Meeting(fact.meetings.0).into(), Meeting(fact.meetings.1).into());
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

/// One run as a strip of coded episodes with its events.
///
/// # Errors
/// If the run kept no journal.
pub fn episodes(scenario: &World, run: &RunRecord) -> Result<Image, PlotError> {
    let coded = |meeting: Meeting| {
        let all = run.journal.iter().flat_map(Journal::episodes);
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
    let meetings = run
        .meetings
        .iter()
        .map(|m| StripMeeting { number: m.meeting.0, episodes: coded(m.meeting) });
    let (seed, number) = (run.origin.seed(), run.origin.run());
    let picture = StripPicture {
        title: "One run, episode by episode".into(),
        subtitle: format!("{}; run {number}, seed {seed}", scenario.title),
        meetings: meetings.collect(),
        events: events(run),
        footnote: words::ONE_RUN.into(),
    };
    picture.draw()
}

/// What the journal says happened to the team, placed between the meetings. A holder who leaves
/// and is followed in the same month counts as one event.
fn events(run: &RunRecord) -> Vec<StripEvent> {
    let Some(journal) = &run.journal else { return Vec::new() };
    let setup = journal.setup();
    let on_team = |seat: SeatId| setup.seats[seat].team;
    let seat = |seat: SeatId| setup.seats[seat].name.replace('_', " ");
    let grant = |grant: GrantId| setup.funding.grants[grant].name.replace('_', " ");
    let followed = |month: Month, left: SeatId| {
        journal.events.iter().any(|(at, event)| {
            matches!(event, Event::Arrival { seat, .. } if *seat == left && at.month == month)
        })
    };
    let meetings_in =
        |month: Month| run.meetings.iter().filter(|m| m.month == month).count() as u32;
    let told = |(moment, event): &(Moment, Event)| {
        // All that is told here but settlements takes place before or after the meetings of its
        // month.
        let after = MeetingPlace::after(moment.meeting);
        let (kind, at, label) = match *event {
            Event::Arrival { seat: who, moved_from, .. } if on_team(who) => {
                let whence = if moved_from.is_none() { "newcomer" } else { "colleague" };
                (StripEventKind::Arrival, after, format!("{whence}: {}", seat(who)))
            }
            Event::Departure { seat: who, .. } if on_team(who) && !followed(moment.month, who) => {
                (StripEventKind::Departure, after, format!("leaves: {}", seat(who)))
            }
            Event::Settlement { seat: who, about, .. } if on_team(who) => {
                let about = setup.organizations[about].name.replace('_', " ");
                let label = format!("settled: role of {about}");
                (StripEventKind::Settlement, moment.meeting.into(), label)
            }
            Event::GrantBegan { grant: which } => {
                (StripEventKind::Other, after, format!("grant begins: {}", grant(which)))
            }
            // A grant ends with its last month, and is told of at the beginning of that.
            Event::GrantEnded { grant: which } => {
                let at = MeetingPlace::after(Meeting(moment.meeting.0 + meetings_in(moment.month)));
                (StripEventKind::Other, at, format!("grant ends: {}", grant(which)))
            }
            Event::Ended { .. } => (StripEventKind::End, after, "the partnership ends".into()),
            _ => return None,
        };
        Some(StripEvent { at, kind, label })
    };
    journal.events.iter().filter_map(told).collect()
}
