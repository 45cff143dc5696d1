//! Tests of what pictures say: that it is so.

use super::course::marks;
use crate::model::event::Event;
use crate::plot::Place;
use crate::scenario::World;
use crate::worlds::Runs;

fn world(case: &str, set: &[&str]) -> World {
    let set: Vec<String> = set.iter().map(|text| (*text).to_owned()).collect();
    World::open_with(case, &set).expect("a sound scenario")
}

/// Where shocks struck in some runs in which every meeting was held: the name of each, its month,
/// and the number of the last meeting before it.
fn struck(scenario: &World, runs: u64) -> Vec<(String, u32, u32)> {
    let all = Runs { detailed: runs, ..Runs::of([scenario], runs, 1) };
    let calendar = &scenario.template().calendar;
    let mut found = Vec::new();
    let done = all.fold(
        |run| run,
        |run| {
            let record = run.record();
            let whole = record.meetings.len() == calendar.meetings() as usize;
            let journal = record.journal.as_ref().expect("kept");
            for (at, event) in journal.events.iter().filter(|_| whole) {
                if let Event::Shock { shock } = event {
                    let name = journal.setup().shocks[*shock].name.clone();
                    found.push((name, at.month.0, at.meeting.0));
                }
            }
            Ok::<(), crate::worlds::Stopped>(())
        },
    );
    done.expect("not stopped");
    found
}

/// A partnership that meets every second month; a leader goes in month 8, without a meeting, and
/// is followed in month 11, with one.
const BIMONTHLY: &[&str] = &[
    "calendar.months=24",
    "calendar.pauses=[2, 4, 6, 8, 10, 12]",
    "calendar.first_month=1",
    r#"shock.exit={ kind="leave", seat="superintendent", month=8 }"#,
    r#"shock.next={ kind="replace", seat="superintendent", profile="newcomer", month=11 }"#,
];

/// Everybody at the table of the published case comes to every meeting.
const ALL_ATTEND: [&str; 8] = [
    "meeting.attendance=1",
    "seat.assistant_superintendent.attendance=1",
    "seat.secondary_director.attendance=1",
    "seat.instruction_director.attendance=1",
    "seat.mathematics_director.attendance=1",
    "seat.mathematics_specialist.attendance=1",
    "seat.partner_lead.attendance=1",
    "seat.partner_staff.attendance=1",
];

#[test]
fn a_shock_is_marked_where_it_strikes_whatever_the_calendar() {
    let attended = |name, more: &[&'static str]| world(name, &[&ALL_ATTEND[..], more].concat());
    let worlds = [
        attended("cypress", &[]),
        attended("cypress", &["calendar.meetings_per_month=2"]),
        attended("cypress", &["calendar.meetings_per_month=4"]),
        attended("cypress", &["calendar.pauses=[7, 8, 12]"]),
        world("bellevue", &["meeting.attendance=1", "benefit.renewal_every=0"]),
        attended("quiet", BIMONTHLY),
    ];
    for scenario in worlds {
        let found = struck(&scenario, 60);
        let title = &scenario.title;
        assert!(found.len() > 20, "{title}: {}", found.len());
        let shocks = &scenario.template().shocks;
        for (mark, shock) in marks(&scenario).iter().zip(shocks) {
            let (from, to) = (mark.from.place(), mark.to.place());
            let of_it: Vec<_> = found.iter().filter(|(name, ..)| *name == shock.name).collect();
            assert!(!of_it.is_empty(), "{title}: {}", shock.name);
            // Between the last meeting before it and the first that it can affect.
            let at = |last: u32| f64::from(last) + 0.5;
            let first =
                of_it.iter().map(|(_, month, last)| (*month, at(*last))).min_by_key(|f| f.0);
            let last = of_it.iter().map(|(_, month, last)| (*month, at(*last))).max_by_key(|l| l.0);
            for (_, month, last) in &of_it {
                assert!((from..=to).contains(&at(*last)), "{title}: month {month}, {last}");
            }
            // Sixty runs all but surely draw both ends of a short range.
            if to - from < 12.0 {
                assert_eq!(first.map(|f| f.1), Some(from), "{title}: {}", shock.name);
                assert_eq!(last.map(|l| l.1), Some(to), "{title}: {}", shock.name);
            }
        }
    }
}

#[test]
fn a_departure_in_a_month_without_meetings_is_marked_between_two() {
    let scenario = world("quiet", BIMONTHLY);
    let places: Vec<f64> = marks(&scenario).iter().map(|mark| mark.from.place()).collect();
    // Months 1, 3, 5 and 7 meet before month 8; month 9 as well before month 11.
    assert_eq!(places, [4.5, 5.5]);
    let twice = world(
        "cypress",
        &[
            "calendar.meetings_per_month=2",
            "calendar.pauses=[]",
            "shock.counterpart.month={ integers=[3, 5] }",
            "shock.karl.month={ integers=[3, 7] }",
        ],
    );
    let places: Vec<(f64, f64)> =
        marks(&twice).iter().map(|mark| (mark.from.place(), mark.to.place())).collect();
    // Months 3 to 5 and 3 to 7, before meetings 5, 9 and 13.
    assert_eq!(places, [(4.5, 8.5), (4.5, 12.5)]);
}
