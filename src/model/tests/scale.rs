//! The scale of certainty is arbitrary: nothing can tell four observations from one, if all
//! evidence counts four.

use super::hand::Log;
use super::worlds::{EVERYBODY_LEAVES, founded, world};
use crate::model::Partnership;
use crate::model::RunId;
use crate::model::rivals::Live;
use crate::model::setup::Setup;

/// All evidence and all certainties, four times as large; powers of two are exact.
fn fourfold(mut setup: Setup) -> Setup {
    let p = &mut setup.parameters;
    for number in [
        &mut p.learning.half_certainty,
        &mut p.learning.talk,
        &mut p.work.act_evidence,
        &mut p.settlement.evidence,
        &mut p.ties.evidence,
        &mut p.launch.certainty,
    ] {
        *number *= 4.0;
    }
    for profile in &mut setup.profiles {
        profile.about.iter_mut().for_each(|about| about.certainty *= 4.0);
    }
    setup
}

#[test]
fn the_scale_of_certainty_is_arbitrary() {
    for theory in ["standard", "averaging", "code-learning", "no-doubt", "status-blind"] {
        let named = format!("theory=\"{theory}\"");
        let changes = [&EVERYBODY_LEAVES[..], &["calendar.months=36", &named]].concat();
        let cypress = world("cypress", &changes);
        for run in 1..=10 {
            let origin = RunId::new(11, run);
            let mut one = founded(&cypress, origin);
            let setup = fourfold(cypress.setup(origin));
            let mut four = Partnership::new(setup, origin).expect("a sound setup");
            let (mut first, mut second) = (Log::default(), Log::default());
            cypress.theory.run_to_horizon(&mut one, &mut first).expect("a month");
            cypress.theory.run_to_horizon(&mut four, &mut second).expect("a month");
            assert_eq!(first, second);
            assert_eq!(one.ledger, four.ledger);
            assert_eq!(one.organizations, four.organizations);
            for ((_, a), (_, b)) in one.people().zip(four.people()) {
                for (a, b) in a.views.iter().zip(&b.views) {
                    assert_eq!((4.0 * a.certainty, a.conception), (b.certainty, b.conception));
                }
            }
        }
    }
}
