//! Conditions that hold or do not: two make four worlds, three make eight, and every run is lived
//! in all of them. So what the conditions make of a number alone, in pairs and together are means
//! of differences within runs.

use super::runs::Stopped;
use super::side_by_side::Worlds;
use super::statistics::Mean;
use crate::measure::record::RunRecord;
use crate::scenario::World;
use serde::Serialize;

/// Four worlds: with both of two conditions, with one of them, with the other, with neither.
#[derive(Clone)]
pub struct Interaction {
    /// Both conditions hold.
    pub both: World,
    /// Only the first.
    pub first: World,
    /// Only the second.
    pub second: World,
    /// Neither.
    pub neither: World,
}

/// What two conditions make of a number.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Compounded {
    /// What the first makes where the second holds.
    pub first_with_second: Mean,
    /// What the first makes alone.
    pub first_alone: Mean,
    /// What the second makes where the first holds.
    pub second_with_first: Mean,
    /// What the second makes alone.
    pub second_alone: Mean,
    /// How much more the first makes where the second holds: the double difference.
    pub more_together: Mean,
}

impl Interaction {
    /// Runs all four worlds and compounds a number of each run.
    ///
    /// # Errors
    /// If a run cannot be founded.
    pub fn of(
        &self,
        read: impl Fn(&RunRecord) -> Option<f64> + Sync,
        runs: u64,
        seed: u64,
    ) -> Result<Compounded, Stopped> {
        let four = Worlds::of([&self.both, &self.first, &self.second, &self.neither]);
        let [first_with_second, first_alone, second_with_first, second_alone, more_together] =
            four.runs(runs).seed(seed).means(|records| {
                let [both, first, second, neither] = records.map(&read);
                let less = |a: Option<f64>, b: Option<f64>| a.zip(b).map(|(a, b)| a - b);
                let (with, alone) = (less(both, second), less(first, neither));
                [with, alone, less(both, first), less(second, neither), less(with, alone)]
            })?;
        Ok(Compounded {
            first_with_second,
            first_alone,
            second_with_first,
            second_alone,
            more_together,
        })
    }
}

/// Worlds in which each of three conditions holds or does not.
#[derive(Clone)]
pub struct ThreeWay {
    /// World 4a + 2b + c: a, b and c are 1 where the first, second and third condition holds.
    worlds: [World; 8],
}

/// What three conditions make of a number. Every run is lived in all eight worlds, so each of
/// these is a mean of differences within runs.
#[derive(Clone, Copy, Debug)]
pub struct Contrasts {
    /// What each makes, mean over whether the two others hold.
    pub alone: [Mean; 3],
    /// How much more one makes where the other holds, mean over whether the third does: first and
    /// second, first and third, second and third.
    pub in_pairs: [Mean; 3],
    /// How much larger such a double difference is where the third holds.
    pub all_three: Mean,
}

impl ThreeWay {
    /// The worlds, each made from which conditions hold.
    ///
    /// # Errors
    /// The first that a world has.
    pub fn of<E>(world: impl Fn([bool; 3]) -> Result<World, E>) -> Result<ThreeWay, E> {
        let at = |place: usize| world([place & 4 > 0, place & 2 > 0, place & 1 > 0]);
        let worlds = [at(0)?, at(1)?, at(2)?, at(3)?, at(4)?, at(5)?, at(6)?, at(7)?];
        Ok(ThreeWay { worlds })
    }

    /// Runs all worlds and contrasts a number of each run, or its logarithm, for effects that
    /// multiply.
    ///
    /// # Errors
    /// If a run cannot be founded.
    pub fn contrasts(
        &self,
        read: impl Fn(&RunRecord) -> Option<f64> + Sync,
        runs: u64,
        seed: u64,
    ) -> Result<Contrasts, Stopped> {
        let eight = Worlds::of(self.worlds.each_ref()).runs(runs).seed(seed);
        let [c, b, bc, a, ac, ab, abc] = eight.means(|records| {
            let values = records.map(|record| read(record).unwrap_or(f64::NAN));
            contrasts(&values).map(|contrast| Some(contrast).filter(|x| x.is_finite()))
        })?;
        Ok(Contrasts { alone: [a, b, c], in_pairs: [ab, ac, bc], all_three: abc })
    }
}

/// By set of conditions, as a number from 1 to 7: the sum over the worlds, each with the sign of
/// the product of its conditions in that set (+1: holds, −1: does not), over the number of
/// differences it is the mean of.
fn contrasts(worlds: &[f64; 8]) -> [f64; 7] {
    std::array::from_fn(|place| {
        let set = place + 1;
        let lacking = |world: usize| (!world & set).count_ones();
        let sign = |world: usize| if lacking(world).is_multiple_of(2) { 1.0 } else { -1.0 };
        let sum: f64 = worlds.iter().enumerate().map(|(world, value)| sign(world) * value).sum();
        sum / f64::from(8 >> set.count_ones())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::worlds::hypothesis::{Expected, Finding, Verdict};

    /// Values by whether each condition holds.
    fn of(value: impl Fn(f64, f64, f64) -> f64) -> [f64; 7] {
        let bit = |world: usize, bit: usize| f64::from(u8::from(world & bit > 0));
        contrasts(&std::array::from_fn(|w| value(bit(w, 4), bit(w, 2), bit(w, 1))))
    }

    #[test]
    fn sums_have_no_interaction_and_products_have() {
        assert_eq!(
            of(|a, b, c| 1.0 + 2.0 * a + 3.0 * b + 5.0 * c),
            [5.0, 3.0, 0.0, 2.0, 0.0, 0.0, 0.0]
        );
        // Only all three together do anything.
        assert_eq!(of(|a, b, c| 8.0 * a * b * c), [2.0, 2.0, 4.0, 2.0, 4.0, 4.0, 8.0]);
        // The pair of the first two, whatever the third.
        assert_eq!(of(|a, b, _| 6.0 * a * b)[5], 6.0);
        // What multiplies is a sum on the scale of logarithms.
        let logs = of(|a, b, c| {
            libm::log(2.0 * libm::pow(0.5, a) * libm::pow(0.3, b) * libm::pow(0.7, c))
        });
        assert!(logs[2].abs() + logs[4].abs() + logs[5].abs() + logs[6].abs() < 1e-12);
        assert!((logs[3] - libm::log(0.5)).abs() < 1e-12);
    }

    #[test]
    fn conditions_that_are_not_read_do_nothing_and_capacity_does() {
        let world = |[capacity, idle, other]: [bool; 3]| {
            let more = [
                format!("organization.cypress.capacity={}", if capacity { 0.5 } else { 1.0 }),
                format!("answer.names={}", if idle { 0.3 } else { 0.2 }),
                format!("answer.own_names={}", if other { 0.3 } else { 0.2 }),
            ];
            World::open_with("cypress", &more)
        };
        let eight = ThreeWay::of(world).expect("worlds");
        let found = eight.contrasts(|run| Some(run.ledger.done), 5, 1).expect("runs");
        assert!(found.alone[0].mean() < -1.0 && found.alone[0].count() == 5);
        let nothing = [found.alone[1], found.alone[2], found.in_pairs[0], found.all_three];
        assert!(nothing.iter().all(|mean| mean.mean() == 0.0));
    }

    /// Work rises with capacity, and capacity multiplies everything else: twice the capacity makes
    /// twice the loss by newcomers, so the two compound; a condition that does nothing does not.
    #[test]
    fn conditions_that_multiply_compound_and_idle_ones_do_not() {
        let open = |more: &[&str]| {
            let more: Vec<String> = more.iter().map(|text| text.to_string()).collect();
            World::open_with("cypress", &more).expect("a scenario")
        };
        let calm = |scenario: &World| scenario.twin().expect("shocks");
        // The first condition: newcomers; the second: the whole capacity.
        let of = |whole: World, less: World| {
            let (second, neither) = (calm(&whole), calm(&less));
            let four = Interaction { both: whole, first: less, second, neither };
            four.of(RunRecord::work, 40, 1).expect("runs")
        };
        let idle = of(open(&[]), open(&["answer.names=0.3"]));
        assert_eq!((idle.more_together.mean(), idle.more_together.sd()), (0.0, 0.0));
        let half = ["organization.cypress.capacity=0.5", "organization.pdi.capacity=0.5"];
        let compounded = of(open(&[]), open(&half));
        let found = Finding::of_mean(&compounded.more_together, Expected::Less, 0.0);
        assert_eq!(found.verdict, Verdict::Holds, "{found}");
        let apart = compounded.first_with_second.mean() - compounded.first_alone.mean();
        assert!((apart - compounded.more_together.mean()).abs() < 1e-9);
    }
}
