//! What is kept of a world of many: by month and class, and by partnership at the end.

use crate::scenario::Nation;
use crate::worlds::statistics::{Estimated, wilson_of};
use std::ops::RangeInclusive;

/// What one partnership says of a month.
#[derive(Clone, Copy, Debug)]
pub(super) struct Told {
    /// At the end of the month; what else it says is of the month in which it ended, too.
    pub alive: bool,
    pub renegotiating: Option<bool>,
    pub role_share: Option<f64>,
    pub work: f64,
    pub trust: Option<f64>,
    pub positions: Option<f64>,
}

/// Something followed by month, a mean over partnerships.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// Share of partnerships alive.
    Alive,
    /// Share of the living that renegotiate: role talk of the last three meetings at or above the
    /// nation's threshold.
    Renegotiating,
    /// Role share of the last three meetings, of the living.
    RoleShare,
    /// Work in the month, of all that began.
    Work,
    /// Trust of the team, of the living.
    Trust,
    /// Part of the positions that depend on money that are held, of the living.
    Positions,
}

impl Outcome {
    /// All of them, in the order of the tables.
    pub const ALL: [Outcome; 6] = [
        Outcome::Alive,
        Outcome::Renegotiating,
        Outcome::RoleShare,
        Outcome::Work,
        Outcome::Trust,
        Outcome::Positions,
    ];

    /// Its name in tables.
    pub fn name(self) -> &'static str {
        ["alive", "renegotiating", "recent_role_share", "work", "trust", "positions"][self as usize]
    }

    fn of(self, told: &Told) -> Option<f64> {
        let flag = |yes: bool| f64::from(u8::from(yes));
        match self {
            Outcome::Alive => Some(flag(told.alive)),
            Outcome::Renegotiating => told.renegotiating.map(flag),
            Outcome::RoleShare => told.role_share,
            Outcome::Work => Some(told.work),
            Outcome::Trust => told.trust,
            Outcome::Positions => told.positions,
        }
    }
}

/// A mean over partnerships.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Share {
    /// Partnerships, or months of partnerships, that have a value.
    pub values: u64,
    /// Their mean; not a number if there are none.
    pub mean: f64,
    /// Monte-Carlo standard error of it. Partnerships of one hub are taken as one draw, since what
    /// they share ties them together.
    pub error: f64,
    /// Hubs that have a value: draws that do not depend on each other.
    pub draws: u64,
}

impl Share {
    /// Half of the 95 % Monte-Carlo interval; none below two hubs.
    pub fn half_width(&self) -> Option<f64> {
        self.estimate().half_width()
    }

    /// 95 % Monte-Carlo interval; none below two hubs.
    pub fn interval(&self) -> Option<(f64, f64)> {
        self.estimate().interval()
    }

    fn estimate(&self) -> Estimated {
        let degrees = self.draws.saturating_sub(1) as f64;
        Estimated { value: self.mean, error: self.error, degrees }
    }

    /// 95 % Monte-Carlo interval of a mean that lies between 0 and 1, such as the share alive, and
    /// stays there (Wilson's, for as many independent draws as the error comes to).
    pub fn interval_of_share(&self) -> Option<(f64, f64)> {
        let draws = match self.error > 0.0 {
            true => self.mean * (1.0 - self.mean) / (self.error * self.error),
            false => self.draws as f64,
        };
        wilson_of(self.mean, draws)
    }
}

/// Sums of one outcome over the partnerships of a hub.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Sum {
    count: f64,
    total: f64,
}

/// The mean of a ratio of sums over hubs, and its error: hubs are independent, what happens within
/// one is not.
fn over_hubs(sums: &[Sum]) -> Share {
    let count: f64 = sums.iter().map(|sum| sum.count).sum();
    let mean = sums.iter().map(|sum| sum.total).sum::<f64>() / count;
    let hubs = sums.iter().filter(|sum| sum.count > 0.0).count() as f64;
    let off = |sum: &Sum| sum.total - mean * sum.count;
    let squares: f64 = sums.iter().map(|sum| off(sum) * off(sum)).sum();
    let error = libm::sqrt(squares * hubs / (hubs - 1.0)) / count;
    Share { values: count as u64, mean, error, draws: hubs as u64 }
}

/// A world of many, as it went.
#[derive(Clone, Debug, PartialEq)]
pub struct Course {
    places: Vec<(usize, usize)>,
    classes: usize,
    hubs: usize,
    /// By month, outcome, class and hub.
    months: Vec<Vec<Sum>>,
    /// By outcome and partnership: sum over months, and months with a value.
    lasting: [Vec<Sum>; Outcome::ALL.len()],
}

impl Course {
    /// Nothing has happened yet; partnerships by class and hub.
    pub(super) fn of(nation: &Nation, places: Vec<(usize, usize)>) -> Course {
        let nothing = vec![Sum::default(); places.len()];
        Course {
            classes: nation.classes.len(),
            hubs: places.iter().map(|(_, hub)| hub + 1).max().unwrap_or(0),
            months: Vec::new(),
            lasting: Outcome::ALL.map(|_| nothing.clone()),
            places,
        }
    }

    pub(super) fn add(&mut self, told: Vec<Told>) {
        let mut month = vec![Sum::default(); Outcome::ALL.len() * self.classes * self.hubs];
        for (place, told) in told.iter().enumerate() {
            let (class, hub) = self.places[place];
            for outcome in Outcome::ALL {
                let Some(value) = outcome.of(told) else { continue };
                let at = (outcome as usize * self.classes + class) * self.hubs + hub;
                for sum in [&mut month[at], &mut self.lasting[outcome as usize][place]] {
                    sum.count += 1.0;
                    sum.total += value;
                }
            }
        }
        self.months.push(month);
    }

    /// Months lived through.
    pub fn months(&self) -> u32 {
        self.months.len() as u32
    }

    /// An outcome over some months, from 1: of a class, or of all.
    pub fn share(
        &self,
        months: RangeInclusive<u32>,
        class: Option<usize>,
        outcome: Outcome,
    ) -> Share {
        // The classes of one hub, and its months, belong together.
        let mut sums = vec![Sum::default(); self.hubs];
        let classes = class.map_or(0..self.classes, |class| class..class + 1);
        let months = months.filter_map(|month| self.months.get((month as usize).wrapping_sub(1)));
        for month in months {
            for class in classes.clone() {
                let from = (outcome as usize * self.classes + class) * self.hubs;
                for (all, sum) in sums.iter_mut().zip(&month[from..from + self.hubs]) {
                    all.count += sum.count;
                    all.total += sum.total;
                }
            }
        }
        over_hubs(&sums)
    }

    /// An outcome of each partnership, in their order: its mean over the months in which it has
    /// one, of work the sum. Those that never had one are left out.
    pub fn of_partnerships(&self, outcome: Outcome) -> impl Iterator<Item = f64> {
        let had = self.lasting[outcome as usize].iter().filter(|sum| sum.count > 0.0);
        had.map(move |sum| lasting(outcome, sum))
    }

    /// How this world differs from another of the same nation, seed and run, partnership by
    /// partnership, in the mean of an outcome over the months (of work, in its sum): of a class,
    /// or of all.
    pub fn less(&self, other: &Course, class: Option<usize>, outcome: Outcome) -> Share {
        let mut sums = vec![Sum::default(); self.hubs];
        let pairs = self.lasting[outcome as usize].iter().zip(&other.lasting[outcome as usize]);
        for ((here, there), (of, hub)) in pairs.zip(&self.places) {
            if class.is_some_and(|class| class != *of) || here.count * there.count == 0.0 {
                continue;
            }
            sums[*hub].count += 1.0;
            sums[*hub].total += lasting(outcome, here) - lasting(outcome, there);
        }
        over_hubs(&sums)
    }
}

fn lasting(outcome: Outcome, sum: &Sum) -> f64 {
    match outcome {
        Outcome::Work => sum.total,
        _ => sum.total / sum.count,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_takes_the_partnerships_of_a_hub_as_one_draw() {
        let sum = |count: f64, total: f64| Sum { count, total };
        // Two hubs of ten alike: as uncertain as two coins, not as twenty.
        let share = over_hubs(&[sum(10.0, 10.0), sum(10.0, 0.0)]);
        assert_eq!((share.values, share.mean, share.error, share.draws), (20, 0.5, 0.5, 2));
        // Twenty hubs of one: as the textbook has it, with n - 1.
        let ones: Vec<Sum> = (0..20).map(|i| sum(1.0, f64::from(i % 2))).collect();
        let share = over_hubs(&ones);
        assert!((share.error - libm::sqrt(0.25 / 19.0)).abs() < 1e-12);
        // All alive is not sure to be all, and never more than all.
        let (low, high) =
            over_hubs(&[sum(10.0, 10.0), sum(10.0, 10.0)]).interval_of_share().expect("two hubs");
        assert!(low < 0.4 && high <= 1.0, "{low} to {high}");
        let share = over_hubs(&[sum(10.0, 10.0), sum(10.0, 9.0), sum(10.0, 10.0)]);
        let (low, high) = share.interval_of_share().expect("three hubs");
        assert!(low < share.mean && share.mean < high && high < 1.0);
        assert!(share.interval().expect("three hubs").1 > 1.0);
        // What one hub says has no error.
        assert_eq!(over_hubs(&[sum(10.0, 9.0)]).interval(), None);
    }
}
