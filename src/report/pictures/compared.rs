//! Comparisons: interviews beside the published table, who initiates, and role share around a
//! settlement.

use super::course::runs_and_seed;
use super::few::{FEWEST, enough};
use crate::ids::{Meeting, OrganizationId};
use crate::measure::Part;
use crate::measure::record::Initiated;
use crate::parameters::TABLE;
use crate::plot::{
    AlignedPicture, BandPoint, BandSeries, DotGroup, DotKind, DotMark, DotPicture, DotRow,
    DotSeries, Image, PlotError, Quantity,
};
use crate::report::summary::Summary;
use crate::report::words::pictures as words;
use crate::scenario::World;
use crate::scenario::patterns::{Published, Use};
use crate::worlds::patterns::Compared;
use crate::worlds::statistics::Mean;
use crate::worlds::trajectory::AROUND;
use std::collections::BTreeMap;

/// What leaders named in each set of interviews, beside what was published, with its own
/// sampling interval. `None` if the scenario publishes no interviews.
pub fn interviews(
    scenario: &World,
    summary: &Summary,
    seed: u64,
) -> Option<Result<Image, PlotError>> {
    let mut groups: Vec<DotGroup> = Vec::new();
    let (mut shown, mut fitted) = (0, 0);
    for (plan, interview) in scenario.interviews.iter().enumerate() {
        let mut rows = Vec::new();
        for compared in &summary.patterns {
            let label = match compared.pattern.measure.part {
                Some(Part::Answers { plan: of, role: Some(role) }) if of == plan => {
                    let about = &scenario.template().organizations[interview.about];
                    about.repertoire.roles()[role].name.clone()
                }
                Some(Part::Answers { plan: of, role: None }) if of == plan => {
                    "uncertain".to_owned()
                }
                _ => continue,
            };
            let Published::Value(published) = compared.pattern.published else { continue };
            shown += 1;
            fitted += usize::from(compared.pattern.used_for == Use::Fit);
            let sampling = compared.pattern.sampling_interval();
            let (low, high) = compared.interval();
            rows.push(DotRow {
                label,
                marks: vec![
                    Some(DotMark {
                        x: published,
                        low: sampling.map(|s| s.0),
                        high: sampling.map(|s| s.1),
                    }),
                    Some(DotMark { x: compared.median(), low: Some(low), high: Some(high) }),
                ],
                joined: false,
            });
        }
        if !rows.is_empty() {
            let name = interview.name.replace('_', " ");
            let heading = format!("{name}: {} leaders", interview.leaders);
            groups.push(DotGroup { heading, rows });
        }
    }
    if groups.is_empty() {
        return None;
    }
    let shipped = TABLE.iter().find(|row| row.key == "answer.names").map(|row| row.default);
    let shipped = scenario.value("answer.names") == shipped;
    let series = |label: &str, kind| DotSeries { label: label.into(), kind };
    let picture = DotPicture {
        title: "What leaders take their partner to be".into(),
        subtitle: runs_and_seed(scenario, summary, seed),
        x_label: "leaders who named it".into(),
        series: vec![
            series("published, with 95 % sampling interval", DotKind::Published),
            series("simulated: median and 90 % of runs", DotKind::Simulated),
        ],
        groups,
        footnote: words::interviews(shipped, fitted, shown),
        ..DotPicture::default()
    };
    Some(picture.draw())
}

/// Who initiates episodes on roles, by organization, level, and whether newly come. `None` if
/// nothing was initiated.
pub fn initiators(
    scenario: &World,
    summary: &Summary,
    seed: u64,
) -> Option<Result<Image, PlotError>> {
    let setup = scenario.template();
    let mut by_kind: BTreeMap<(OrganizationId, usize, usize), Initiated> = BTreeMap::new();
    for (seat, counts) in summary.initiated.iter().enumerate() {
        let plan = &setup.seats[seat];
        for (later, count) in counts.iter().enumerate() {
            let sum = by_kind.entry((plan.organization, plan.level as usize, later)).or_default();
            sum.roles += count.roles;
            sum.other += count.other;
        }
    }
    let all = |of: fn(&Initiated) -> u32| by_kind.values().map(of).sum::<u32>();
    let (roles, other) = (all(|i| i.roles), all(|i| i.other));
    if roles == 0 || other == 0 {
        return None;
    }
    let mut groups: Vec<DotGroup> = Vec::new();
    for (o, organization) in OrganizationId::each(&setup.organizations) {
        let of_it = by_kind.iter().filter(|((of, ..), i)| *of == o && i.roles + i.other > 0);
        let rows = of_it.map(|((_, level, later), count)| {
            let level = crate::model::setup::Level::ALL[*level].word();
            let mark = |part: u32, all: u32| {
                Some(DotMark { x: f64::from(part) / f64::from(all), low: None, high: None })
            };
            DotRow {
                label: format!(
                    "{level}, {}",
                    if *later == 1 { "newcomers" } else { "first holders" }
                ),
                marks: vec![mark(count.roles, roles), mark(count.other, other)],
                joined: true,
            }
        });
        let rows: Vec<DotRow> = rows.collect();
        if !rows.is_empty() {
            groups.push(DotGroup { heading: organization.name.replace('_', " "), rows });
        }
    }
    let sides = opened(scenario, summary, &by_kind, (roles, other));
    let series = |label: &str, kind| DotSeries { label: label.into(), kind };
    let mut all_series = vec![
        series("episodes on roles", DotKind::Simulated),
        series("all other episodes", DotKind::Other(1)),
    ];
    if let Some(sides) = sides {
        groups.insert(0, sides);
        let label = "observed: episodes on roles, with 95 % sampling interval";
        all_series.push(series(label, DotKind::Published));
    }
    let picture = DotPicture {
        title: "Who initiates".into(),
        subtitle: runs_and_seed(scenario, summary, seed),
        x_label: "share of all episodes of the kind".into(),
        x_quantity: Quantity::Share,
        series: all_series,
        groups,
        footnote: words::INITIATORS.into(),
        ..DotPicture::default()
    };
    Some(picture.draw())
}

/// Each side together, where its share of the episodes on roles is among the patterns.
fn opened(
    scenario: &World,
    summary: &Summary,
    by_kind: &BTreeMap<(OrganizationId, usize, usize), Initiated>,
    (roles, other): (u32, u32),
) -> Option<DotGroup> {
    let row = |compared: &Compared| {
        let (Some(Part::Opened(by)), Published::Value(published)) =
            (compared.pattern.measure.part, compared.pattern.published)
        else {
            return None;
        };
        let of_it = || by_kind.iter().filter(|((of, ..), _)| *of == by).map(|(_, count)| count);
        let share = |part: u32, all: u32| {
            Some(DotMark { x: f64::from(part) / f64::from(all), low: None, high: None })
        };
        let interval = compared.pattern.sampling_interval();
        let observed =
            DotMark { x: published, low: interval.map(|i| i.0), high: interval.map(|i| i.1) };
        Some(DotRow {
            label: scenario.template().organizations[by].name.replace('_', " "),
            marks: vec![
                share(of_it().map(|i| i.roles).sum(), roles),
                share(of_it().map(|i| i.other).sum(), other),
                Some(observed),
            ],
            joined: false,
        })
    };
    let rows: Vec<DotRow> = summary.patterns.iter().filter_map(row).collect();
    (!rows.is_empty()).then(|| DotGroup { heading: "by side, beside the data".into(), rows })
}

/// Role share before and after the largest settlement, and when it came. `None` if no run
/// settled anything.
pub fn settlement(
    scenario: &World,
    summary: &Summary,
    seed: u64,
) -> Option<Result<Image, PlotError>> {
    let around = &summary.around;
    let settled: u64 = around.when.iter().sum();
    if settled == 0 {
        return None;
    }
    let drawn = |mean: &Mean| enough(mean.count(), settled);
    let point = |(place, mean): (usize, &Mean)| {
        let x = place as f64 - AROUND as f64;
        let shown = if drawn(mean) { mean.mean() } else { f64::NAN };
        let known = mean.interval().filter(|_| drawn(mean) && mean.count() >= FEWEST);
        let (low, high) = known.unwrap_or((f64::NAN, f64::NAN));
        BandPoint { x, y: shown, low, high }
    };
    let few = around.share.iter().any(|mean| mean.count() > 0 && !drawn(mean));
    let line = |label: &str, means: &[Mean]| BandSeries {
        label: label.into(),
        points: means.iter().enumerate().map(point).collect(),
    };
    let left_out = few.then_some(FEWEST.min(settled));
    let bare = (settled < FEWEST).then_some(FEWEST);
    let name = match bare {
        Some(_) => "mean role share",
        None => "mean role share, 95 % Monte-Carlo",
    };
    let mut lines = vec![line(name, &around.share)];
    if summary.effects.is_some() {
        lines.push(line("the same meetings of the twins", &around.twin));
    }
    let percent = 100.0 * settled as f64 / summary.runs as f64;
    let picture = AlignedPicture {
        title: "Role share around the largest settlement".into(),
        subtitle: format!(
            "{}; {percent:.0} % of runs settled, {:.1} times on average",
            runs_and_seed(scenario, summary, seed),
            around.count.mean.mean()
        ),
        x_label: "meetings before and after the settlement".into(),
        y_label: "share of episodes that are role negotiation".into(),
        y_quantity: Quantity::Share,
        lines,
        at_zero: "settlement".into(),
        histogram: (1..).zip(&around.when).map(|(i, n)| (Meeting(i).into(), *n as f64)).collect(),
        last: Meeting(scenario.template().calendar.meetings()).into(),
        histogram_label: "runs by meeting of the largest settlement".into(),
        footnote: words::settlement(left_out, bare),
    };
    Some(picture.draw())
}
