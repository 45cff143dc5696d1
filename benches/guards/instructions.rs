//! Work to be counted or timed, on one thread; `benches/guards/run` and `benches/peers/run` call it.
//!
//! - `instructions WORKLOAD TIMES`: a run, a comparison, runs of a chunk of a sweep, a step of a
//!   fit, months of a nation, or the floor, so many times. Prints a number that depends on the
//!   results, so that nothing is optimised away.
//! - `instructions CASE KEY=VALUE TIMES`: runs of a case with a number changed.
//! - `instructions outcomes RUNS`: outcomes of runs of the published case, to hold others to.
//! - `instructions bytes`: a hash over full records of five cases. A change of speed must leave it
//!   as it is.

use rppsim::fit::{Partnership, Simulator};
use rppsim::ids::{Meeting, RoleId};
use rppsim::measure::{Depth, ROLE_SHARE};
use rppsim::model::{Heard, RunId, Standard, Theory, View};
use rppsim::nation::{self, Arm};
use rppsim::roles::Mix;
use rppsim::samplers::gamma;
use rppsim::scenario::{Nation, World};
use rppsim::store::{Shard, Store};
use rppsim::streams::{Process, SeatKey};
use rppsim::sweep::{Plan, Sweep};
use rppsim::worlds::compare::{Comparison, Pairs, Variant};
use rppsim::worlds::runs::Stop;
use sha2::{Digest, Sha256};
use std::hint::black_box;
use std::sync::atomic::{AtomicBool, Ordering};

/// A row of the published case, run so many times.
fn plan(times: u64) -> String {
    format!(
        r#"schema = 1
title = "One row"
scenario = "cypress"
outcomes = ["role_share", "work", "survival"]
runs_a_chunk = 1000
replicates = {times}
[factor."agenda.threshold"]
levels = [0.7]
[design]
kind = "factorial""#
    )
}

fn main() {
    rayon::ThreadPoolBuilder::new().num_threads(1).build_global().expect("one thread");
    let asked: Vec<String> = std::env::args().skip(1).filter(|it| it != "--bench").collect();
    let asked: Vec<&str> = asked.iter().map(String::as_str).collect();
    match asked[..] {
        ["bytes"] => println!("{}", bytes()),
        ["outcomes", runs] => outcomes(runs.parse().expect("a number of runs")),
        [case, set, times] => {
            let world = World::open_with(case, [set]).unwrap_or_else(|why| panic!("{why}"));
            println!("{}", lived(&world, times.parse().expect("a number of times")));
        }
        [what, times] => {
            let times: u64 = times.parse().expect("a number of times");
            println!("{}", workload(what, times));
        }
        _ => {}
    }
}

fn open(case: &str) -> World {
    World::open(case).unwrap_or_else(|why| panic!("{why}"))
}

fn lived(world: &World, times: u64) -> f64 {
    (1..=times).map(|run| world.run(RunId::new(1, run)).expect("a run").ledger.done).sum()
}

/// The draws and vector steps of a run of the published case, and nothing else: decisions drawn at
/// their addresses, claims learnt, distances taken, and gamma numbers for those there at the start.
/// Their numbers are those of the calls counted under callgrind in 20 runs.
fn floor(times: u64) -> f64 {
    const DRAWS: u64 = 6_650;
    const LEARNT: u64 = 1_860;
    const DISTANCES: u64 = 3_680;
    const GAMMAS: u64 = 724;
    let world = open("cypress");
    let pdi = &world.template().organizations[1];
    let keys: Vec<SeatKey> =
        world.template().seats.iter().map(|seat| SeatKey::of(&seat.name)).collect();
    let mixes = [pdi.identity, pdi.agreed, Mix::pure(RoleId(0))];
    let mut sum = 0.0;
    for run in 1..=times {
        let streams = RunId::new(1, run).streams();
        for n in 0..DRAWS {
            let draw = streams.at(Process::Act).month((n / 200) as u32);
            sum += black_box(draw.seat(keys[n as usize % keys.len()])).uniform();
        }
        let mut view =
            View { expectation: mixes[0], conception: mixes[1], certainty: 10.0, trust: 0.5 };
        for n in 0..LEARNT {
            let (claim, distance) = (&mixes[n as usize % 3], 0.5);
            let heard = Heard { claim, distance, evidence: 1.0, credibility: 1.0 };
            Standard.learn(black_box(&mut view), &heard);
        }
        for n in 0..DISTANCES {
            let mix = black_box(&mixes[n as usize % 3]);
            sum += pdi.repertoire.distance(&view.conception, mix);
        }
        let mut stream = streams.at(Process::Person).open();
        sum += (0..GAMMAS).map(|n| gamma(&mut stream, 1.0 + (n % 20) as f64)).sum::<f64>();
    }
    sum
}

/// The outcomes that `benches/peers/cypress.py` gives of a run.
fn outcomes(runs: u64) {
    println!(
        "role_share,meetings_1_2,meetings_3_9,meetings_10_17,work,breaches,settlements,refusals"
    );
    let world = open("cypress");
    for run in 1..=runs {
        let record = world.run(RunId::new(1, run)).expect("a run");
        let share = |first, last| record.role_share((Meeting(first), Meeting(last))).unwrap_or(0.0);
        let breaches: u32 = record.months.iter().map(|month| month.breaches).sum();
        let refusals: u32 = record.meetings.iter().map(|meeting| meeting.refusals).sum();
        println!(
            "{},{},{},{},{},{breaches},{},{refusals}",
            share(1, 99),
            share(1, 2),
            share(3, 9),
            share(10, 17),
            record.ledger.done,
            record.settlements.len(),
        );
    }
}

fn workload(what: &str, times: u64) -> f64 {
    match what {
        "run" => lived(&open("cypress"), times),
        "floor" => floor(times),
        "compare" => {
            let base = open("quiet");
            let newcomer = r#"shock.new={ kind="replace", seat="secondary_director.1", profile="newcomer", month=6 }"#;
            let world = World::open_with("quiet", [newcomer]).unwrap_or_else(|why| panic!("{why}"));
            let variant = Variant { name: "a newcomer".into(), world };
            let comparison = Comparison::on([ROLE_SHARE], base, [variant], 1);
            let comparison = comparison.expect("a comparison");
            let answer = comparison.answer(Pairs::Exactly(times), Stop::NEVER, |_| {});
            answer.expect("an answer").estimates[0][0].mean()
        }
        "fit" => {
            let world = open("cypress");
            let partnership = Partnership::of(&world, 1).expect("something to fit");
            let middle = |(low, high): &(f64, f64)| 0.5 * (low + high);
            let values: Vec<f64> = partnership.ranges().iter().map(middle).collect();
            let run = |place| partnership.simulate(&values, place).expect("a run");
            (0..times).flat_map(run).flatten().sum()
        }
        "nation" => {
            let nation = Nation::open_with("nation", ["nation.scale=0.001"]);
            let nation = nation.unwrap_or_else(|why| panic!("{why}")).expect("a nation");
            let enough = AtomicBool::new(false);
            let told = |month| enough.store(u64::from(month) >= times, Ordering::Relaxed);
            let lived = nation::live(&nation, Arm::Without, 1, 1, Stop::from(&enough), told);
            f64::from(u8::from(lived.is_err()))
        }
        "sweep" => {
            let plan = Plan::from_text("plan", &plan(times)).unwrap_or_else(|why| panic!("{why}"));
            let sweep = Sweep { plan: &plan };
            let identity = sweep.identity(Shard::WHOLE).expect("an identity");
            let folder = tempfile::tempdir().expect("a folder");
            let store = Store::create(&folder.path().join("store"), &identity).expect("a store");
            sweep.run(&store, Stop::NEVER, |_| ()).expect("a sweep");
            times as f64
        }
        _ => panic!("no workload is called {what}"),
    }
}

fn bytes() -> String {
    let mut hash = Sha256::new();
    for case in ["cypress", "quiet", "churn", "funded", "network"] {
        let world = open(case);
        for run in 1..=20 {
            let record = world.run_watched(RunId::new(1, run), Depth::Detail, &mut ());
            hash.update(format!("{:?}", black_box(record.expect("a run"))));
        }
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
