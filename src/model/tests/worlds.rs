//! Whole worlds for the laws: the built-in cases, and changes of them that reach every rule.

use crate::model::Partnership;
use crate::model::RunId;
use crate::model::rivals::Shipped;
use crate::scenario::World;

/// A built-in case with changes.
pub fn world(name: &str, changes: &[&str]) -> World {
    let changes: Vec<String> = changes.iter().map(|change| (*change).to_owned()).collect();
    World::open_with(name, &changes).unwrap_or_else(|problems| panic!("{problems}"))
}

/// A partnership founded in a world.
pub fn founded(world: &World, origin: RunId) -> Partnership {
    Partnership::new(world.setup(origin), origin).expect("a sound setup")
}

/// Leaders of all levels leave at a rate.
pub const EVERYBODY_LEAVES: [&str; 5] = [
    "turnover.cabinet=0.2",
    "turnover.director=0.2",
    "turnover.specialist=0.2",
    "turnover.lead=0.2",
    "turnover.staff=0.2",
];

/// Worlds that between them use every rule, shipped theory and built-in case.
pub fn varied() -> Vec<World> {
    let restless = |more: &[&'static str]| [&EVERYBODY_LEAVES[..], more].concat();
    let mut worlds = vec![
        world("cypress", &[]),
        world("quiet", &[]),
        world("churn", &[]),
        world("cypress", &["calendar.meetings_per_month=4", "meeting.miscoding=0.1"]),
        world("cypress", &["calendar.pauses=[7, 8, 12]", "work.effort=1.0", "work.between=9.0"]),
        world("cypress", &["requests.rate=1.0", "requests.staff=0.5", "requests.base=9.0"]),
        world("cypress", &["trust.asymmetry=10.0", "trust.gain=0.1", "work.trust_weight=0.5"]),
        world("churn", &restless(&["turnover.internal=1.0", "benefit.end_base=3.0"])),
        world("churn", &restless(&["turnover.cascade=5.0", "turnover.vacancy=9.0"])),
        world("cypress", &["agenda.threshold=0.0", "settlement.demand=1.0", "ties.archive=1.0"]),
        world("cypress", &["meeting.attendance=0.15", "organization.pdi.endurance=0.3"]),
    ];
    for theory in Shipped::ALL {
        let named = format!("theory=\"{}\"", theory.word());
        worlds.push(world("cypress", &[&EVERYBODY_LEAVES[..], &[&named]].concat()));
    }
    worlds
}
