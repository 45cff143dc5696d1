//! Five workloads for counting instructions: a run, a comparison, a chunk of a sweep, a step of a
//! fit, a month of a nation.
//!
//! `instructions WORKLOAD TIMES` does one of them so many times, on one thread, and prints a number
//! that depends on the results, so that nothing is optimised away. `benches/guards/run` counts under
//! callgrind and compares with what is committed. `instructions bytes` prints a hash over full
//! records of five cases: a change of speed must leave it as it is.

use rppsim::fit::{Search, fit};
use rppsim::measure::Depth;
use rppsim::model::RunId;
use rppsim::nation::{self, Arm};
use rppsim::scenario::{Nation, World};
use rppsim::store::{Shard, Store};
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

fn workload(what: &str, times: u64) -> f64 {
    match what {
        "run" => {
            let cypress = open("cypress");
            let work = |run| cypress.run(RunId::new(1, run)).expect("a run").ledger.done;
            (1..=times).map(work).sum()
        }
        "compare" => {
            let base = open("quiet");
            let newcomer = r#"shock.new={ kind="replace", seat="secondary_director.1", profile="newcomer", month=6 }"#;
            let world = World::open_with("quiet", [newcomer]).unwrap_or_else(|why| panic!("{why}"));
            let variant = Variant { name: "a newcomer".into(), world };
            let comparison = Comparison::of(base, [variant], 1).expect("a comparison");
            let answer = comparison.answer(Pairs::Exactly(times), Stop::NEVER, |_| {});
            answer.expect("an answer").estimates[0][0].mean()
        }
        "fit" => {
            let search = Search {
                particles: 5,
                generations: 0,
                runs: times,
                final_runs: times,
                ..Search::default()
            };
            fit(&open("cypress"), search, Stop::NEVER, |_, _, _| {}).expect("a fit").best.distance
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
