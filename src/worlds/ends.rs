//! A partnership that ends in month 12 has twelve months in every measure: that month was lived.

use super::money::Money;
use super::trajectory::{ByMonth, FOLLOWED};
use crate::ids::{Month, OrganizationId};
use crate::measure::followed::Followed;
use crate::measure::{InterviewPlan, RunRecord, health};
use crate::model::RunId;
use crate::scenario::World;

const END: Month = Month(12);

/// A funded partnership that is certain to end at its first renewal, halfway to the horizon.
fn ending() -> RunRecord {
    let set = ["calendar.months=24", "benefit.renewal_every=12", "benefit.end_base=20"];
    let more = ["benefit.end_benefit=0", "benefit.end_trust=0"];
    let set: Vec<String> = set.iter().chain(&more).map(|text| (*text).to_owned()).collect();
    let scenario = World::open_with("funded", &set).expect("a scenario");
    let plan = InterviewPlan {
        name: "at the end".into(),
        of: OrganizationId(0),
        about: OrganizationId(1),
        months: (END, END),
        leaders: 5,
        again: None,
    };
    let mut scenario = scenario;
    scenario.interviews = vec![plan];
    scenario.run(RunId::new(4, 1)).expect("a run")
}

#[test]
fn the_month_of_the_end_counts_alike_in_every_measure() {
    let run = ending();
    assert_eq!((run.ended, run.months.len()), (Some(END), 24));
    let lived: Vec<bool> = run.months.iter().map(|month| month.alive).collect();
    assert_eq!(lived, [[true; 12], [false; 12]].concat());
    assert!(run.meetings.iter().all(|meeting| meeting.month <= END));
    assert!(run.interviews.iter().all(|interview| interview.month == END));
    assert!(!run.interviews.is_empty(), "asked at the end of the month");

    let months = f64::from(END);
    let mean = |of: fn(&crate::measure::months::MonthRecord) -> f64| {
        run.months[..END.0 as usize].iter().map(of).sum::<f64>() / months
    };
    let [trust, _, _, projects, clarity] = health::of(&run);
    assert_eq!((trust, clarity), (Some(mean(|m| m.trust)), Some(mean(|m| m.clarity))));
    assert_eq!(run.trust(), trust);
    assert_eq!(projects, Some(f64::from(run.projects)), "a year was lived");
    let met: std::collections::BTreeSet<Month> = run.meetings.iter().map(|m| m.month).collect();
    assert_eq!(run.practices[3], Some(met.len() as f64 / months), "months with a meeting");
    let held = |of: fn(&crate::measure::money::MoneyMonth) -> u32| {
        f64::from(run.money.iter().filter(|m| m.month <= END).map(of).sum::<u32>())
    };
    let positions = run.positions();
    assert_eq!(positions, Some(held(|m| m.paid) / held(|m| m.positions)));

    let (mut money, mut course) = (Money::default(), ByMonth::default());
    money.add(&run);
    course.add(&run);
    assert_eq!((money.lived.mean(), money.held.len()), (months, END.0 as usize));
    assert_eq!(Some(money.positions.mean()), positions);
    let shares = |followed: &Followed| *followed == Followed::Substance;
    for (followed, months) in FOLLOWED.iter().zip(&course.0).filter(|(f, _)| !shares(f)) {
        let counts = months.iter().map(|all| all.mean.count());
        assert_eq!(counts.collect::<Vec<_>>(), [[1; 12], [0; 12]].concat(), "{followed:?}");
    }
    // Nobody lives on after it: survival falls at the end of the month.
    assert_eq!(course.alive().collect::<Vec<_>>(), [vec![1; 11], vec![0; 13]].concat());
    // A run that nobody ends has the same measures over all its months.
    assert_eq!(run.survives(), Some(0.0));
}
