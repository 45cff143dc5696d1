//! Five dimensions of how well a partnership does, as far as a run shows them.
//!
//! The dimensions are those of Henrick, Cobb, Penuel, Jackson & Clark 2017. What stands for each is
//! our reading: the framework is a guide for people who look at their own partnership, and no
//! weights or scales are published.

use super::months::MonthRecord;
use super::record::RunRecord;

/// A dimension of effectiveness, and how it is read off a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dimension {
    /// What a partnership does that does well in it.
    pub title: &'static str,
    /// What stands for it.
    pub indicator: &'static str,
    /// Its unit.
    pub unit: &'static str,
}

/// The five, in the order of the framework.
pub const DIMENSIONS: [Dimension; 5] = [
    Dimension {
        title: "1 builds trust and relationships",
        indicator: "trust of the team, mean over the months lived",
        unit: "0 to 1",
    },
    Dimension {
        title: "2 does research that informs action",
        indicator: "substantive share of episodes",
        unit: "share",
    },
    Dimension {
        title: "3 helps practice reach its goals",
        indicator: "work that fits what is wanted, of all work",
        unit: "share",
    },
    Dimension {
        title: "4 produces knowledge of use elsewhere",
        indicator: "projects completed",
        unit: "a year",
    },
    Dimension {
        title: "5 builds the capacity to partner",
        indicator: "role clarity of the team, mean over the months lived",
        unit: "0 to 1",
    },
];

/// The five indicators of a run; none where there was nothing to see.
pub fn of(record: &RunRecord) -> [Option<f64>; 5] {
    let alive = || record.months.iter().filter(|m| m.alive);
    let months = alive().count();
    let mean = |f: fn(&MonthRecord) -> f64| {
        (months > 0).then(|| alive().map(f).sum::<f64>() / months as f64)
    };
    let (episodes, work) =
        record.meetings.iter().fold((0, 0), |(n, w), m| (n + m.episodes, w + m.work));
    let ledger = &record.ledger;
    [
        mean(|m| m.trust),
        (episodes > 0).then(|| f64::from(work) / f64::from(episodes)),
        (ledger.done > 0.0).then(|| ledger.prioritized / ledger.done),
        (months > 0).then(|| 12.0 * f64::from(record.projects) / months as f64),
        mean(|m| m.clarity),
    ]
}
