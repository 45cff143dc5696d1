//! How the whole responds: the direction of each claim, in twin runs and with its error.

use super::paired::*;
use super::worlds::world;
use crate::ids::{Meeting, ProfileId};
use crate::measure::RunRecord;
use crate::model::setup::{Setup, Start};
use crate::roles::Mix;

#[test]
fn newcomers_raise_role_talk_and_delay_the_work() {
    let cypress = world("cypress", &[]);
    let twin = cypress.twin().expect("shocks");
    let (with, without) = (records(200, &cypress, unchanged), records(200, &twin, unchanged));
    assert!(differences(&with, &without, share).surely_above(0.10));
    assert!(differences(&with, &without, work).surely_below(0.0));
}

#[test]
fn the_less_newcomers_know_the_more_roles_are_talked_about() {
    let cypress = world("cypress", &[]);
    let knowing = |certainty: f64| {
        let change = newcomers(move |p| p.about.iter_mut().for_each(|a| a.certainty = certainty));
        records(200, &cypress, change)
    };
    let (nothing, something, much) = (knowing(0.5), knowing(10.0), knowing(40.0));
    assert!(differences(&nothing, &something, share).surely_above(0.0));
    assert!(differences(&something, &much, share).surely_above(0.0));
}

#[test]
fn the_further_newcomers_expect_from_what_they_see_the_more_talk_while_nothing_settles() {
    // They see what was agreed. A settlement would end the talk, and teach them what they see.
    let cypress = world("cypress", &["settlement.demand=0.0"]);
    let setup = cypress.template();
    let partner = setup.organizations.iter().position(|o| o.name == "pdi").expect("the partner");
    let agreed = setup.organizations[partner].agreed;
    let vendor =
        Mix::pure(setup.organizations[partner].repertoire.position("vendor").expect("a role"));
    let expecting = |step: f64| {
        let change = newcomers(move |p| {
            let about = &mut p.about[partner];
            about.conception = Start::at(agreed);
            about.expectation = Start::at(agreed.toward(&vendor, step));
        });
        records(200, &cypress, change)
    };
    let (fitting, odd, opposed) = (expecting(0.0), expecting(0.4), expecting(0.8));
    assert!(differences(&odd, &fitting, share).surely_above(0.0));
    assert!(differences(&opposed, &odd, share).surely_above(0.0));
}

#[test]
fn a_newcomer_who_holds_what_the_core_holds_raises_nothing() {
    let cypress = world("cypress", &[]);
    let twin = cypress.twin().expect("shocks");
    let alike = |setup: &mut Setup| {
        let core = setup.profiles.iter().position(|p| p.name == "district_core");
        let core = ProfileId(core.expect("a profile"));
        setup.seats.iter_mut().for_each(|seat| seat.successor = core);
    };
    let (with, without) = (records(200, &cypress, alike), records(200, &twin, unchanged));
    let raised = differences(&with, &without, share);
    assert!(
        raised.mean.abs() + 4.0 * raised.error < 0.03,
        "less than three in a hundred: {raised:?}"
    );
}

#[test]
fn a_quiet_partnership_stays_quiet_for_ten_years() {
    let quiet = records(300, &world("quiet", &[]), unchanged);
    // Every window of twelve months, in the mean of the runs.
    for first in 0..=108 {
        let window =
            |record: &RunRecord| record.windows(12).nth(first).flatten().expect("meetings");
        let share = Estimate::of(&quiet.iter().map(window).collect::<Vec<_>>());
        assert!(share.mean < 0.25, "as in the published case, months {} on: {share:?}", first + 1);
    }
    // Once it is past the first year, no year differs from the last beyond error.
    let year = |record: &RunRecord, year: usize| {
        record.windows(12).nth(12 * year).flatten().expect("meetings")
    };
    for earlier in 1..9 {
        let drift = quiet.iter().map(|record| year(record, 9) - year(record, earlier));
        let drift = Estimate::of(&drift.collect::<Vec<_>>());
        assert!(drift.mean.abs() < 0.01 + 4.0 * drift.error, "year {earlier}: {drift:?}");
    }
}

#[test]
fn the_more_leaders_leave_the_more_talk_about_roles_and_the_less_work() {
    let at = |rate: f64| {
        let set = |level| format!("turnover.{level}={rate:?}");
        let levels = ["cabinet", "director", "specialist", "lead", "staff"].map(set);
        let changes: Vec<&str> =
            levels.iter().map(String::as_str).chain(["benefit.renewal_every=0"]).collect();
        records(150, &world("churn", &changes), unchanged)
    };
    let rates: Vec<Vec<RunRecord>> = [0.0, 0.1, 0.2, 0.3].into_iter().map(at).collect();
    let whole =
        |record: &RunRecord| record.role_share((Meeting(1), Meeting(120))).expect("meetings");
    for pair in rates.windows(2) {
        let talk = differences(&pair[1], &pair[0], whole);
        let delay = differences(&pair[1], &pair[0], work);
        assert!(talk.surely_above(0.0) && delay.surely_below(0.0), "{talk:?} {delay:?}");
    }
}

#[test]
fn doubt_makes_contradicted_people_talk_about_roles() {
    let cypress = world("cypress", &[]);
    let trusting = world("cypress", &["theory=\"no-doubt\""]);
    let whole =
        |record: &RunRecord| record.role_share((Meeting(3), Meeting(17))).expect("meetings");
    let (doubting, trusting) =
        (records(200, &cypress, unchanged), records(200, &trusting, unchanged));
    assert!(differences(&doubting, &trusting, whole).surely_above(0.0));
}
