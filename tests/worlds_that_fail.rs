//! Worlds in which the theory must fail: what would make it false, run every time.
//!
//! A rival is taken at the numbers that a search found for it (`[refitted.…]` of the case), so that
//! it is not beaten by numbers that were sought for the standard theory.

use rppsim::ids::{Meeting, OrganizationId};
use rppsim::measure::record::RunRecord;
use rppsim::model::{RunId, Shipped};
use rppsim::prelude::*;
use rppsim::worlds::patterns::distance;
use rppsim::worlds::statistics::Mean;

const RUNS: u64 = 300;

struct Told {
    distance: f64,
    /// Role share in meetings 3 to 9 and 10 to 17.
    phases: [f64; 2],
    /// Share of runs that settle the partner's role.
    settled: f64,
    researcher: f64,
}

fn mean(records: &[RunRecord], of: impl Fn(&RunRecord) -> Option<f64>) -> f64 {
    let mut mean = Mean::default();
    records.iter().filter_map(of).for_each(|value| mean.add(value));
    mean.mean()
}

fn told(world: &World) -> Told {
    let run = |number| world.run(RunId::new(7, number)).expect("a run");
    let records: Vec<RunRecord> = (1..=RUNS).map(run).collect();
    let means: Vec<Option<f64>> = (world.patterns.iter())
        .map(|pattern| {
            Some(mean(&records, |run| pattern.measure.of(run))).filter(|m| m.is_finite())
        })
        .collect();
    let of = |name: &str| {
        let place = world.patterns.iter().position(|pattern| pattern.name == name);
        means[place.expect("a pattern")].expect("a value")
    };
    let partner = OrganizationId(1);
    let phase = |from, to| mean(&records, |run| run.role_share((Meeting(from), Meeting(to))));
    Told {
        distance: distance(&world.patterns, &means),
        phases: [phase(3, 9), phase(10, 17)],
        settled: mean(&records, |run| {
            Some(f64::from(u8::from(run.settlements.iter().any(|s| s.about == partner))))
        }),
        researcher: of("P7b"),
    }
}

#[test]
fn muted_talk_cannot_give_the_published_case_at_any_numbers_that_a_search_found() {
    let cypress = World::open("cypress").expect("a world");
    let rival = cypress.refitted_under(Shipped::Mute).expect("allowed").expect("refitted");
    let (standard, mute) = (told(&cypress), told(&rival));
    assert!(mute.distance > 1.35 * standard.distance, "{} {}", mute.distance, standard.distance);
    assert!(standard.phases[1] < 0.7 * standard.phases[0], "talk falls: {:?}", standard.phases);
    assert!(mute.phases[1] > 0.8 * mute.phases[0], "talk goes on: {:?}", mute.phases);
    assert!(standard.settled > 0.8 && mute.settled < 0.5);
    assert!(mute.researcher > 1.8 * standard.researcher);
}

#[test]
fn newcomers_who_hold_what_leavers_held_raise_no_talk() {
    let seats = ["instruction_director", "mathematics_director"];
    let clones = seats.map(|seat| format!("seat.{seat}.successor=\"district_core\""));
    let clone = World::open_with("cypress", &clones).expect("a world");
    let nobody = clone.without_shocks();
    let mut difference = Mean::default();
    for number in 1..=2 * RUNS {
        let of = |world: &World| world.run(RunId::new(7, number)).expect("a run");
        let whole = (Meeting(1), Meeting(17));
        let share = |world: &World| of(world).role_share(whole).expect("meetings");
        difference.add(share(&clone) - share(&nobody));
    }
    let (low, high) = difference.interval().expect("an interval");
    assert!(low < 0.01 && high < 0.02, "{low} to {high}");
}
