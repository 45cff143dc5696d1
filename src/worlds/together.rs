//! Worlds that share their past live it once.
//!
//! The worlds of a run have the same chances. Where one differs from the first only by what strikes
//! or begins in some month, both go the same way until then: so it is lived once, and the other
//! forks there. That this changes no bit is held by a test.

use crate::ids::Month;
use crate::measure::{Depth, Living, RunRecord};
use crate::model::event::Watch;
use crate::model::{Prepared, RunId, Unlivable};
use crate::scenario::World;
use std::sync::Arc;

/// One run in every world.
pub(super) fn records(worlds: &[&World], origin: RunId) -> Result<Vec<RunRecord>, Unlivable> {
    let Some((&trunk, others)) = worlds.split_first() else { return Ok(Vec::new()) };
    if others.is_empty() {
        return Ok(vec![trunk.run(origin)?]);
    }
    let prepared = trunk.prepared(origin)?;
    let mut first = Living::begin(Arc::clone(&prepared), origin, &trunk.interviews, Depth::Record);
    // By world: where it forks from the first, and from what it goes on.
    let branches: Vec<Option<(Month, Arc<Prepared>)>> =
        others.iter().map(|world| branch(trunk, &prepared, world, origin)).collect();
    let mut months: Vec<Month> = branches.iter().flatten().map(|(month, _)| *month).collect();
    months.sort_unstable();
    months.dedup();
    let mut twins: Vec<Option<Living>> = others.iter().map(|_| None).collect();
    for month in months {
        first.until(month, &trunk.theory)?;
        for (twin, branch) in twins.iter_mut().zip(&branches) {
            if let Some((_, setup)) = branch.as_ref().filter(|(at, _)| *at == month) {
                *twin = Some(first.twin(Arc::clone(setup)));
            }
        }
    }
    let mut records = Vec::with_capacity(worlds.len());
    records.push(ended(first, trunk)?);
    trunk.give_back(prepared);
    for ((world, twin), branch) in others.iter().zip(twins).zip(branches) {
        records.push(match twin {
            Some(twin) => ended(twin, world)?,
            None => world.run(origin)?,
        });
        if let Some((_, setup)) = branch {
            world.give_back(setup);
        }
    }
    Ok(records)
}

fn ended(mut living: Living, world: &World) -> Result<RunRecord, Unlivable> {
    let nobody: &mut dyn Watch = &mut ();
    living.to_the_end(&world.theory, nobody)?;
    Ok(living.finish())
}

/// Where a world forks from the first, if it shares a past with it, and from what it then goes on.
fn branch(
    trunk: &World,
    prepared: &Prepared,
    world: &World,
    origin: RunId,
) -> Option<(Month, Arc<Prepared>)> {
    if !trunk.theory.is(&world.theory) || trunk.interviews != world.interviews {
        return None;
    }
    let own = world.prepared(origin).ok()?;
    match prepared.alike_for(&own) {
        Some(months) if months > 0 => Some((Month(months), own)),
        _ => {
            world.give_back(own);
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(case: &str, assignments: &[&str]) -> World {
        World::open_with(case, assignments).unwrap_or_else(|why| panic!("{why}"))
    }

    #[test]
    fn a_past_that_is_shared_changes_no_bit() {
        let newcomer = |month: u32| {
            format!(
                r#"shock.new={{ kind="replace", seat="secondary_director.1", profile="newcomer", month={month} }}"#
            )
        };
        let cypress = open("cypress", &[]);
        let calm = cypress.without_shocks();
        let quiet = open("quiet", &[]);
        let sets: [Vec<World>; 5] = [
            vec![cypress.clone(), calm.clone()],
            vec![calm, cypress.clone(), cypress.clone()],
            vec![quiet.clone(), open("quiet", &[&newcomer(20)]), open("quiet", &[&newcomer(1)])],
            vec![open("churn", &[]), open("churn", &["intervention.welcome.from=9"])],
            // Nothing is shared: other numbers, another theory.
            vec![
                quiet.clone(),
                open("quiet", &["agenda.threshold=0.3"]),
                quiet.under(crate::model::Shipped::Mute),
            ],
        ];
        for worlds in &sets {
            for run in 1..=6 {
                let origin = RunId::new(3, run);
                let worlds: Vec<&World> = worlds.iter().collect();
                let together = records(&worlds, origin).expect("runs");
                for (world, record) in worlds.iter().zip(together) {
                    let alone = world.run(origin).expect("a run");
                    assert!(format!("{alone:?}") == format!("{record:?}"), "{world:?} {run}");
                }
            }
        }
    }

    #[test]
    fn worlds_go_the_same_way_until_one_is_struck() {
        let quiet = open("quiet", &[]);
        let struck =
            open("quiet", &[r#"shock.new={ kind="leave", seat="partner_lead", month=20 }"#]);
        let origin = RunId::new(1, 1);
        let at = |world: &World| world.prepared(origin).expect("a sound setup");
        let months = |a: &World, b: &World| at(a).alike_for(&at(b));
        assert_eq!(months(&quiet, &struck), Some(19));
        assert_eq!(months(&struck, &quiet), Some(19));
        assert_eq!(months(&quiet, &quiet), Some(quiet.template().calendar.months));
        let louder = open("quiet", &["agenda.threshold=0.3"]);
        assert_eq!(months(&quiet, &louder), None);
    }
}
