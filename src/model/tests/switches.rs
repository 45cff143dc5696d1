//! Each channel has a switch: switched off, it does nothing, and the rest is left as it is.

use super::hand::{Log, assert_frequency};
use super::worlds::{founded, world};
use crate::ids::SeatId;
use crate::model::Partnership;
use crate::model::RunId;
use crate::model::event::{Event, Topic};
use crate::model::rivals::{
    CostlessTalk, DivergenceOnly, Mute, RandomTalk, SilentSettlement, StatusBlind,
};
use crate::model::{Standard, Theory};
use crate::scenario::World;

fn lived(world: &World, theory: &impl Theory, run: u64) -> (Log, Partnership) {
    let mut p = founded(world, RunId::new(12, run));
    let mut log = Log::default();
    p.run(theory, &mut log).expect("a month");
    (log, p)
}

/// What is said and done at meetings; not what comes of it.
fn talk(log: &Log) -> Vec<&Event> {
    let kept = |event: &&Event| {
        !matches!(
            event,
            Event::Milestone { .. } | Event::ProjectDone { .. } | Event::ProjectBegan { .. }
        )
    };
    log.events().filter(kept).collect()
}

/// A rival theory and the switches in the table that say the same.
fn same_as_the_switch(rival: &impl Theory, switch: &[&str]) {
    let cypress = world("cypress", &[]);
    let switched = world("cypress", switch);
    let mut differs = false;
    for run in 1..=20 {
        let (by_rival, p) = lived(&cypress, rival, run);
        let (by_switch, q) = lived(&switched, &Standard, run);
        assert_eq!(by_rival, by_switch);
        assert_eq!((&p.seats, &p.organizations, p.ledger), (&q.seats, &q.organizations, q.ledger));
        differs |= lived(&cypress, &Standard, run).0 != by_rival;
    }
    assert!(differs, "the switch does something");
}

#[test]
fn mute_talk_is_talk_without_evidence_that_leaves_no_image() {
    same_as_the_switch(&Mute, &["learning.talk=0.0", "discourse.heard=0.0"]);
}

#[test]
fn to_be_troubled_by_divergence_only_is_a_newness_of_zero() {
    same_as_the_switch(&DivergenceOnly, &["agenda.newness=0.0"]);
}

#[test]
fn a_silent_settlement_is_one_without_evidence() {
    same_as_the_switch(&SilentSettlement, &["settlement.evidence=0.0"]);
}

#[test]
fn being_blind_to_status_is_a_voice_of_power_zero() {
    same_as_the_switch(&StatusBlind, &["agenda.voice=0.0"]);
}

/// Trust and benefit grow from work and milestones, identity and acts from projects; with these
/// channels cut, work cannot reach back into talk.
const WORK_ENDS_IN_ITSELF: [&str; 4] =
    ["trust.gain=0.0", "work.effort=1000.0", "requests.rate=0.0", "work.planned_pace=0.01"];

#[test]
fn unclear_roles_slow_nothing_when_switched_off() {
    for run in 1..=20 {
        let clear = world("cypress", &["work.clarity_weight=0.0"]);
        let (_, p) = lived(&clear, &Standard, run);
        assert_eq!(p.ledger.lost_to_unclear_roles, 0.0);
        let cut = world("cypress", &WORK_ENDS_IN_ITSELF);
        let cut_and_clear =
            world("cypress", &[&WORK_ENDS_IN_ITSELF[..], &["work.clarity_weight=0.0"]].concat());
        let (was, p) = lived(&cut, &Standard, run);
        let (now, q) = lived(&cut_and_clear, &Standard, run);
        assert_eq!(talk(&was), talk(&now));
        assert_eq!(p.seats, q.seats);
        assert_eq!(p.ledger.displaced, q.ledger.displaced);
        assert!(q.ledger.done > p.ledger.done);
    }
}

#[test]
fn distrust_slows_nothing_when_switched_off() {
    for run in 1..=20 {
        let trusting = world("cypress", &["work.trust_weight=0.0"]);
        let (_, p) = lived(&trusting, &Standard, run);
        assert_eq!(p.ledger.lost_to_distrust, 0.0);
        let cut = world("cypress", &WORK_ENDS_IN_ITSELF);
        let cut_and_trusting =
            world("cypress", &[&WORK_ENDS_IN_ITSELF[..], &["work.trust_weight=0.0"]].concat());
        let (was, p) = lived(&cut, &Standard, run);
        let (now, q) = lived(&cut_and_trusting, &Standard, run);
        assert_eq!(talk(&was), talk(&now));
        let lost = |p: &Partnership| p.ledger.lost_to_unclear_roles;
        assert!((lost(&p) - lost(&q)).abs() < 1e-9, "what unclear roles cost is counted first");
        assert!(q.ledger.done > p.ledger.done);
    }
}

#[test]
fn talk_that_costs_no_time_displaces_nothing_and_is_the_same_talk() {
    let cut = world("cypress", &WORK_ENDS_IN_ITSELF);
    for run in 1..=20 {
        let (was, p) = lived(&cut, &Standard, run);
        let (now, q) = lived(&cut, &CostlessTalk, run);
        assert_eq!(q.ledger.displaced, 0.0);
        assert!(p.ledger.displaced > 0.0 && q.ledger.done > p.ledger.done);
        assert_eq!(talk(&was), talk(&now));
        assert_eq!(p.seats, q.seats);
    }
}

#[test]
fn work_alone_costs_nothing_when_every_channel_is_off() {
    let set = ["work.clarity_weight=0.0", "work.trust_weight=0.0", "requests.rate=0.0"];
    let free = world("cypress", &set);
    for run in 1..=20 {
        let (log, p) = lived(&free, &CostlessTalk, run);
        let ledger = p.ledger;
        let lost = ledger.lost_to_unclear_roles + ledger.lost_to_distrust;
        assert_eq!((ledger.displaced, lost, ledger.diverted), (0.0, 0.0, 0.0));
        // Each episode on work is one unit, and so are those on roles that would have been.
        let topics = |topic| {
            let of = |event: &&Event| matches!(event, Event::Episode(e) if e.topic == topic);
            log.events().filter(of).count() as f64
        };
        let months = f64::from(p.setup().calendar.months);
        let between = months * p.setup().parameters.work.between;
        assert!(ledger.done > topics(Topic::Work) + between - 1e-9);
        assert!(ledger.done < topics(Topic::Work) + topics(Topic::Roles) + between + 1e-9);
    }
}

#[test]
fn random_talk_comes_at_its_rate_whatever_anybody_holds() {
    // With every contribution about roles once they are raised, and none otherwise.
    let said = ["meeting.focus=1.0", "meeting.stray=0.0", "discourse.question=0.0"];
    let calm = world("quiet", &said);
    let tense = world("cypress", &[&said[..], &["profile.newcomer.certainty=0.0"]].concat());
    for (world, rate, runs) in [(&calm, 0.25, 10), (&tense, 0.25, 60), (&tense, 0.6, 60)] {
        let (mut roles, mut all) = (0, 0);
        for run in 1..=runs {
            let (log, _) = lived(world, &RandomTalk { rate }, run);
            for event in log.events() {
                if let Event::Episode(episode) = event {
                    roles += usize::from(episode.topic == Topic::Roles);
                    all += 1;
                }
            }
        }
        assert_frequency(roles, all, rate);
    }
}

#[test]
fn who_speaks_from_no_evidence_teaches_nobody() {
    // Talk without evidence, acts without evidence, silent settlements and ties: no conception
    // ever moves.
    let set = [
        "learning.talk=0.0",
        "work.act_evidence=0.0",
        "settlement.evidence=0.0",
        "ties.evidence=0.0",
    ];
    let mute = world("cypress", &set);
    let mut p = founded(&mute, RunId::new(12, 1));
    let held = |p: &Partnership| {
        let of = |(seat, q): (SeatId, &crate::model::Person)| {
            let conceptions: Vec<_> = q.views.iter().map(|view| view.conception).collect();
            (seat, p.seats[seat].holders, conceptions)
        };
        p.people().map(of).collect::<Vec<_>>()
    };
    let before = held(&p);
    p.run(&Standard, &mut ()).expect("a month");
    let seats: Vec<SeatId> = before.iter().map(|(seat, ..)| *seat).collect();
    let stayed = held(&p).into_iter().filter(|now| now.1 == 1 && seats.contains(&now.0));
    assert!(stayed.clone().count() > 30);
    assert!(stayed.clone().all(|now| before.contains(&now)));
}
