//! What a study observed, drawn alone: before anything is simulated.

use super::Pictures;
use crate::ids::RoleId;
use crate::measure::{Part, ROLE_SHARE};
use crate::plot::{
    DotGroup, DotKind, DotMark, DotPicture, DotRow, DotSeries, Image, MeetingPlace, Observed,
    PlotError, Quantity,
};
use crate::report::words::pictures as words;
use crate::scenario::World;
use crate::scenario::data::Understood;
use crate::scenario::patterns::{Pattern, Published};
use crate::worlds::statistics::wilson;

/// Role share as observed meeting by meeting, with its sampling interval: the patterns of single
/// meetings.
pub(super) fn by_meeting(scenario: &World) -> Vec<Observed> {
    let of = |pattern: &Pattern| {
        let (Some(Part::Meetings((from, to))), Published::Value(y)) =
            (pattern.measure.part, pattern.published)
        else {
            return None;
        };
        let one = pattern.measure.name == ROLE_SHARE && from == to;
        let interval = pattern.sampling_interval();
        one.then(|| Observed { x: MeetingPlace::from(from), y, interval })
    };
    scenario.patterns.iter().filter_map(of).collect()
}

fn dot(k: u32, n: u32) -> DotMark {
    let interval = wilson(u64::from(k), u64::from(n));
    DotMark {
        x: f64::from(k) / f64::from(n),
        low: interval.map(|(low, _)| low),
        high: interval.map(|(_, high)| high),
    }
}

fn picture(title: &str, world: &World, x_label: &str, groups: Vec<DotGroup>) -> DotPicture {
    let label = "observed, with 95 % sampling interval".to_owned();
    DotPicture {
        title: title.into(),
        subtitle: world.title.clone(),
        x_label: x_label.into(),
        x_quantity: Quantity::Share,
        x_range: Some((0.0, 1.0)),
        series: vec![DotSeries { label, kind: DotKind::Published }],
        groups,
        footnote: words::OBSERVED.into(),
        ..DotPicture::default()
    }
}

/// Role share by meeting, who opens role negotiation, and what leaders name; those with nothing to
/// show are left out.
///
/// # Errors
/// If a picture that has something to show cannot be drawn.
pub fn observed(world: &World, understood: &Understood) -> Pictures {
    let drawn = [
        ("observed_role_share", talk(world, understood)),
        ("observed_initiators", openers(world, understood)),
        ("observed_interviews", interviews(world, understood)),
    ];
    let mut pictures = Vec::new();
    for (name, picture) in drawn {
        pictures.extend(picture.transpose()?.map(|picture| (name, picture)));
    }
    Ok(pictures)
}

type Drawn = Option<Result<Image, PlotError>>;

fn talk(world: &World, understood: &Understood) -> Drawn {
    let (_, coded) = understood.episodes.as_ref()?;
    let row = |c: &crate::data::coded::Counts| DotRow {
        label: format!("meeting {} ({} of {})", c.meeting, c.roles, c.episodes),
        marks: vec![Some(dot(c.roles, c.episodes))],
        joined: false,
    };
    let rows = coded.meetings.iter().map(row).collect();
    let groups = vec![DotGroup { heading: String::new(), rows }];
    let x_label = "share of episodes that are role negotiation";
    Some(picture("Talk about roles, meeting by meeting", world, x_label, groups).draw())
}

fn openers(world: &World, understood: &Understood) -> Drawn {
    let (_, coded) = understood.episodes.as_ref()?;
    let all = [0, 1].map(|topic| coded.opened.values().map(|counts| counts[topic]).sum::<u32>());
    let group = |(topic, heading): (usize, &str)| {
        let rows = coded.opened.iter().filter(|_| all[topic] > 0);
        let rows = rows.map(|(side, counts)| DotRow {
            label: format!("{} ({} of {})", side.replace('_', " "), counts[topic], all[topic]),
            marks: vec![Some(dot(counts[topic], all[topic]))],
            joined: false,
        });
        DotGroup { heading: heading.into(), rows: rows.collect() }
    };
    let groups = [(0, "episodes of role negotiation"), (1, "all other episodes")].map(group);
    (all[0] > 0).then(|| {
        picture("Who opens episodes", world, "share of the episodes of the kind", groups.into())
            .draw()
    })
}

fn interviews(world: &World, understood: &Understood) -> Drawn {
    let mut groups = Vec::new();
    for wave in understood.waves.iter().filter(|wave| wave.asked > 0) {
        let plan = world.interviews.iter().find(|plan| Some(&plan.name) == wave.interview.as_ref());
        let roles = plan.map(|plan| &world.template().organizations[plan.about].repertoire);
        // In the order of the repertoire.
        let place =
            |role: &str| roles.and_then(|roles| roles.position(role)).unwrap_or(RoleId(usize::MAX));
        let mut named: Vec<&(String, u32)> = wave.named.iter().collect();
        named.sort_by_key(|(role, _)| place(role));
        let row = |(role, k): &(String, u32)| DotRow {
            label: format!("{role} ({k} of {})", wave.asked),
            marks: vec![Some(dot(*k, wave.asked))],
            joined: false,
        };
        let heading = format!("{}: {} asked", wave.name.replace('_', " "), wave.asked);
        groups.push(DotGroup { heading, rows: named.into_iter().map(row).collect() });
    }
    let any = groups.iter().any(|group| !group.rows.is_empty());
    let x_label = "share of those asked who named it";
    any.then(|| picture("What leaders take their partner to be", world, x_label, groups).draw())
}
