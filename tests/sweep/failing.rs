//! A run that fails is data, up to a limit.

use super::{SMALL, done, home_of, program, refused, table};
use rppsim::measure::Measure;
use rppsim::model::{Partnership, Standard, Theory};
use rppsim::scenario::WorldTheory;
use rppsim::store::{Shard, Store};
use rppsim::streams::Draw;
use rppsim::sweep::{Plan, Sweep, SweepError, results};
use rppsim::worlds::Stop;
use std::path::Path;
use std::process::Command;
use std::sync::Once;

/// A theory with a fault that shows in some runs of one row.
struct Fragile;

impl Theory for Fragile {
    fn close_month(&self, partnership: &mut Partnership, at: Draw) {
        let threshold = partnership.setup().parameters.agenda.threshold;
        assert!(threshold < 0.9 || at.uniform() > 0.15, "a fragile rule broke");
    }
}

/// Faults that are meant are not printed.
fn quietly() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let usual = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |fault| {
            let said = fault.payload().downcast_ref::<&str>();
            if !said.is_some_and(|said| said.contains("fragile")) {
                usual(fault);
            }
        }));
    });
}

fn plan_of(home: &Path) -> Plan {
    Plan::open(&home.join("plan.toml")).unwrap_or_else(|problems| panic!("{problems}"))
}

/// The plan, stored as if the standard theory had the fault, so that the program goes on with it.
fn fragile(plan: &Plan) -> Plan {
    let world = plan.world.under(WorldTheory::named("standard", Fragile));
    Plan { world, ..plan.clone() }
}

fn run(sweep: &Sweep<'_>, store: &Store) -> Result<(), SweepError> {
    sweep.run(store, Stop::NEVER, |_| {})
}

#[test]
fn a_failed_run_is_data_with_the_command_that_repeats_it() {
    quietly();
    let home = home_of(&SMALL.replace("seed = 5", "seed = 5\nfailures = 1000"));
    let plan = plan_of(home.path());
    let fragile = fragile(&plan);
    let sweep = Sweep { plan: &fragile };
    let identity = sweep.identity(Shard::WHOLE).expect("an identity");
    let store = Store::create(&home.path().join("out"), &identity).expect("a store");
    run(&sweep, &store).expect("within the limit");
    let failures = sweep.failures(&store).expect("read");
    assert!(failures.len() > 2 && failures.len() < 24, "{}", failures.len());
    assert!(failures.iter().all(|failure| failure.row >= 4 && failure.why.contains("fragile")));

    // The same runs without the fault, and those that had none, are the same.
    let sound = Sweep { plan: &plan };
    let other = Store::create(&home.path().join("sound"), &identity).expect("a store");
    run(&sound, &other).expect("no faults");
    let fold = |sweep: &Sweep<'_>, store: &Store| {
        let mut rows = Vec::new();
        let folded = results::fold(sweep, store, |row| {
            rows.push(row);
            Ok::<(), SweepError>(())
        });
        folded.expect("complete");
        rows
    };
    for (broken, whole) in fold(&sound, &store).iter().zip(&fold(&sound, &other)) {
        for (k, (broken, whole)) in broken.runs.iter().zip(&whole.runs).enumerate() {
            assert!(broken.is_none() || broken == whole, "{k}");
        }
        assert_eq!(broken.runs.iter().filter(|run| run.is_none()).count(), broken.failures.len());
        assert!(whole.failures.is_empty());
    }
    drop((store, other));

    let said = done(home.path(), &["status", "out"]);
    assert!(said.contains(&format!("failed runs  {}", failures.len())), "{said}");
    assert!(said.contains("a fragile rule broke") && said.contains("repeat: rppsim run"), "{said}");
    done(home.path(), &["sweep", "plan.toml", "--out", "out", "--resume"]);
    let out = home.path().join("out/results");
    let told = table(&out.join("failures.csv"));
    assert_eq!(told.len(), failures.len());
    let failed = told.iter().filter(|failure| failure["row"] == "6").count().to_string();
    let rows = table(&out.join("rows.csv"));
    let sixth = rows.iter().find(|row| row["row"] == "6" && row["outcome"] == "work");
    let sixth = sixth.expect("the row");
    assert_eq!(sixth["failed"], failed);
    let runs = table(&out.join("runs.csv"));
    assert_eq!(runs.len() + told.len(), 72);
    // The program itself has no such fault, so that the command gives the run.
    let repeat = told[0]["repeat"].strip_prefix("rppsim ").expect("a command").to_owned();
    let script = format!("exec \"$0\" {repeat} --out again");
    let output =
        Command::new("sh").args(["-c", &script, program()]).current_dir(home.path()).output();
    let output = output.expect("a shell");
    assert!(output.status.success(), "{}", super::stderr(&output));
    assert_eq!(table(&home.path().join("again/runs.csv"))[0]["run"], told[0]["run"]);
}

#[test]
fn with_more_failed_runs_than_allowed_a_sweep_is_given_up() {
    quietly();
    for allowed in [0, 2] {
        let text = SMALL.replace("seed = 5", &format!("seed = 5\nfailures = {allowed}"));
        let home = home_of(&text);
        let plan = fragile(&plan_of(home.path()));
        let sweep = Sweep { plan: &plan };
        let identity = sweep.identity(Shard::WHOLE).expect("an identity");
        let store = Store::create(&home.path().join("out"), &identity).expect("a store");
        for _ in 0..2 {
            // Resuming does not begin to count anew.
            match run(&sweep, &store) {
                Err(SweepError::TooManyFailed { failed, first }) => {
                    assert!(failed > allowed);
                    assert!(first.contains("repeat: rppsim run quiet"), "{first}");
                }
                other => panic!("{other:?}"),
            }
        }
        drop(store);
        let resume = ["sweep", "plan.toml", "--out", "out", "--resume"];
        refused(home.path(), &resume, 1, &["more than the plan allows", "a fragile rule broke"]);
        assert!(!home.path().join("out/results").exists());
        // Who wants to put up with more says so, and goes on.
        let more = text.replace(&format!("failures = {allowed}"), "failures = 100");
        std::fs::write(home.path().join("plan.toml"), more).expect("written");
        done(home.path(), &resume);
        assert!(home.path().join("out/results/failures.csv").exists());
    }
}

#[test]
fn an_outcome_of_ones_own_is_measured() {
    let home = home_of(SMALL);
    let mut plan = plan_of(home.path());
    let settled = |run: &rppsim::measure::record::RunRecord| {
        run.origin.run().is_multiple_of(2).then_some(f64::from(run.projects))
    };
    plan.world = plan.world.under(WorldTheory::named("mine", Standard));
    plan.outcomes = vec![Measure::of_run("settled", "settled by half", "number", settled)];
    let sweep = Sweep { plan: &plan };
    let identity = sweep.identity(Shard::WHOLE).expect("an identity");
    let store = Store::create(&home.path().join("out"), &identity).expect("a store");
    run(&sweep, &store).expect("done");
    let folded = results::fold(&sweep, &store, |row| {
        assert_eq!((row.outcomes[0].missing, row.outcomes[0].mean.count()), (6, 6));
        Ok::<(), SweepError>(())
    });
    folded.expect("complete");
}
