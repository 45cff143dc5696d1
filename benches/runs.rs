//! What a run costs, and how that grows with the team, the office and the months.
//!
//! `cargo bench`. Machines are noisy: read ratios within one table, not single figures. The time
//! of a meeting is the difference between rows of `months` divided by the months between them
//! (one meeting a month).

use divan::Bencher;
use rppsim::model::RunId;
use rppsim::scenario::World;

fn main() {
    divan::main();
}

fn run(bencher: Bencher, name: &str, assignments: &[String]) {
    let scenario = World::open_with(name, assignments).expect("a scenario");
    let mut number = 0;
    bencher.bench_local(|| {
        number += 1;
        scenario.run(RunId::new(1, number))
    });
}

/// Setting up a run without living it.
#[divan::bench]
fn founding(bencher: Bencher) {
    let scenario = World::open("cypress").expect("a scenario");
    let mut number = 0;
    bencher.bench_local(|| {
        number += 1;
        let origin = RunId::new(1, number);
        rppsim::model::Partnership::new(scenario.setup(origin), origin)
    });
}

/// One run of the published case: 17 meetings, 10 on the team, 34 in the office.
#[divan::bench]
fn cypress(bencher: Bencher) {
    run(bencher, "cypress", &[]);
}

/// Months of the quiet world.
#[divan::bench(args = [12, 24, 48, 96])]
fn months(bencher: Bencher, months: u32) {
    run(bencher, "quiet", &[format!("calendar.months={months}")]);
}

/// Specialists on the team, 24 months.
#[divan::bench(args = [2, 8, 32, 128])]
fn team(bencher: Bencher, specialists: u32) {
    let size = format!("seat.mathematics_specialist.count={specialists}");
    run(bencher, "quiet", &["calendar.months=24".into(), size]);
}

/// Specialists in the office, 24 months.
#[divan::bench(args = [15, 60, 240, 960])]
fn office(bencher: Bencher, specialists: u32) {
    let size = format!("seat.specialist_office.count={specialists}");
    run(bencher, "quiet", &["calendar.months=24".into(), size]);
}

/// Ten years of published turnover.
#[divan::bench]
fn churn(bencher: Bencher) {
    run(bencher, "churn", &[]);
}
