//! Edges that a first version fell over.

use super::hand::*;
use super::worlds::*;
use crate::ids::{Month, RoleId};
use crate::model::Partnership;
use crate::model::RunId;
use crate::model::Standard;
use crate::model::rules::trust;
use crate::model::rules::work::{Pace, work_in_episode};
use crate::roles::Mix;

#[test]
fn a_mix_beyond_the_repertoire_is_a_fault() {
    let mut setup = setup();
    setup.organizations[DISTRICT].agreed = Mix::pure(RoleId(5));
    assert!(!setup.check().is_empty());
}

#[test]
fn a_tiny_scatter_is_no_scatter() {
    let mut setup = setup();
    let mean = Mix::from_shares(&[0.5, 0.5]).expect("a mix");
    let start = &mut setup.profiles[MEMBER].about[PARTNER].expectation;
    (start.from, start.scatter) = (crate::model::setup::StartFrom::Mix(mean), 1e-160);
    let mut p = found(setup);
    assert!(view(&mut p, DIRECTOR, PARTNER).expectation.distance(&mean) < 1e-4);
}

#[test]
fn a_state_survives_its_text() {
    let mut p = founded(&world("cypress", &[]), RunId::new(9, 1));
    p.run(&Standard, &mut ()).expect("a month");
    let text = serde_json::to_string(&p).expect("text");
    assert_eq!(serde_json::from_str::<Partnership>(&text).expect("a state"), p);
}

#[test]
fn trust_stays_within_bounds_to_the_bit() {
    let mut setup = planned();
    setup.parameters.trust.gain = 1.0;
    for k in 1..400 {
        let mut p = found(setup.clone());
        p.month = Month(1);
        for acts in 1..8 {
            view(&mut p, DIRECTOR, PARTNER).trust = f64::from(k) / 401.0;
            (0..acts).for_each(|_| p.act_observed(DIRECTOR, PARTNER, false));
            apply(&mut p, trust::appraise_trust);
            assert!(view(&mut p, DIRECTOR, PARTNER).trust <= 1.0);
        }
    }
}

#[test]
fn no_project_holds_more_work_than_its_effort() {
    let mut setup = planned();
    setup.parameters.work.effort = 0.1;
    let mut p = found(setup);
    (0..6).for_each(|_| p.month(&Standard, &mut ()).expect("a month"));
    assert!(p.projects.iter().all(|project| project.done < 0.1));
}

#[test]
fn a_new_project_goes_at_its_own_clarity() {
    let mut p = found(planned());
    for seat in TEAM {
        view(&mut p, seat, PARTNER).expectation = Mix::pure(VENDOR);
    }
    p.organizations[PARTNER].agreed = Mix::pure(VENDOR);
    (p.projects[2].done, p.month) = (5.9, Month(1));
    let mut pace = Pace::of(&p, &TEAM);
    apply(&mut p, |scene| work_in_episode(scene, &mut pace, 1.0));
    let before = p.projects[2].done;
    apply(&mut p, |scene| work_in_episode(scene, &mut pace, 1.0));
    assert_close(p.projects[2].done - before, 1.0 / 3.0);
}
