//! Twin worlds: what the shocks of a world did, as paired differences between each run and the
//! same run without them.

use super::compare::Estimate;
use super::runs::Run;
use crate::measure::normal::Band;
use crate::measure::{Paired, Seen, catalogue};
use crate::scenario::World;

/// The effect of a world's shocks against its twin without them.
#[derive(Clone, Debug)]
pub struct Effects {
    /// What role share is without the shocks.
    pub normal: Band,
    /// The differences of the world from its twin, in the order of the table.
    pub estimates: Vec<Estimate>,
}

impl Effects {
    /// No runs yet, with the band that defines normal.
    pub fn new(world: &World, normal: Band) -> Self {
        let measures = catalogue::effects(world.template());
        Effects { normal, estimates: measures.iter().map(Estimate::new).collect() }
    }

    /// The differences of one run, if it has a twin and is struck by a shock.
    pub fn of_run(&self, run: &Run) -> Option<Vec<Paired>> {
        let (record, twin) = (run.record(), run.twin()?);
        let since = Some(record.first_shock?);
        let [seen, calm] = [record, twin].map(|run| Seen { run, since, normal: &self.normal });
        Some(self.estimates.iter().map(|e| e.measure.paired(seen, calm)).collect())
    }

    /// Takes a run's differences in, with the draw of the numbers that it lived at, if numbers are
    /// drawn.
    pub fn add(&mut self, pairs: &[Paired], draw: Option<usize>) {
        self.estimates.iter_mut().zip(pairs).for_each(|(estimate, pair)| estimate.add(pair, draw));
    }

    /// The place of a measure among them, by its name.
    pub fn place(&self, name: &str) -> Option<usize> {
        self.estimates.iter().position(|estimate| estimate.measure.name == name)
    }
}

#[cfg(test)]
mod tests {
    use crate::measure::normal::months_lost;
    use crate::model::RunId;
    use crate::scenario::World;

    #[test]
    fn nobody_loses_months_against_a_world_that_goes_the_same_way() {
        let churn = World::open("churn").expect("a case");
        let mut ended = 0;
        for number in 1..=40 {
            let run = RunId::new(1, number);
            let record = churn.run(run).expect("a run");
            ended += u32::from(record.months.last().is_some_and(|month| !month.alive));
            assert_eq!(months_lost(&record, &record), Some(0.0));
            // Half of the work at the same pace is the time that the other half takes.
            let mut half = record.clone();
            half.months.iter_mut().for_each(|month| month.work /= 2.0);
            let lost = months_lost(&half, &record).expect("work was done");
            assert!(lost > 0.0 && lost < record.months.len() as f64);
            assert_eq!(months_lost(&record, &half), Some(-lost));
        }
        assert!(ended > 0, "some of them end");
    }
}
