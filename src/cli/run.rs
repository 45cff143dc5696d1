//! `rppsim run`: a scenario many times, its twin beside it, and the folder of results.

use super::asked::{Asked, is_no_plan, made, numbers, pool, tell_left_out, whole};
use super::outcome::{Failure, Found};
use super::printed;
use super::progress::Progress;
use clap::{Parser, ValueEnum};
use rppsim::model::setup::MOST_MONTHS;
use rppsim::report::runs::{self, DETAILED};
use rppsim::scenario::document::Assignment;
use rppsim::scenario::{Nation, Numbers};
use rppsim::worlds::Runs;
use serde_json::json;

#[derive(Parser)]
pub struct Arguments {
    #[command(flatten)]
    pub asked: Asked,
    /// How many runs [default: 1000; a world of many partnerships is run once]
    #[arg(long, value_parser = whole(1_u64, 1_000_000_000))]
    pub runs: Option<u64>,
    /// Number of the first run; run 500 alone is run 500 of a thousand
    #[arg(long, default_value_t = 1, value_parser = whole(1, u64::MAX / 2))]
    pub first: u64,
    /// Months to simulate, instead of the scenario's calendar.months
    #[arg(long, value_parser = whole(1, MOST_MONTHS))]
    months: Option<u32>,
    /// Threads to use; results do not depend on it [default: all]
    #[arg(long, value_parser = whole(1_u32, 1024))]
    pub threads: Option<u32>,
    /// Numbers of the runs: fixed at those that the scenario states, or drawn from the posterior that
    /// it carries, the same in both worlds of a run
    #[arg(long, value_name = "fixed|posterior", default_value = "fixed", value_parser = numbers)]
    numbers: Numbers,
    /// Keep the rows of every run, or only quantiles over them
    #[arg(long, value_enum, default_value_t = Keep::Runs)]
    keep: Keep,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Keep {
    Runs,
    Quantiles,
}

pub fn run(arguments: &Arguments) -> Result<Found, Failure> {
    is_no_plan(&arguments.asked.scenario)?;
    let months = |key: &str| {
        let given =
            |months| Assignment::given_as(format!("--months {months}"), format!("{key}={months}"));
        arguments.months.map(given)
    };
    let of_nation = arguments.asked.assignments(months("nation.months").as_slice());
    if let Some(nation) = Nation::open_assigned(&arguments.asked.scenario, &of_nation)? {
        tell_left_out(nation.beyond_horizon());
        let Arguments { asked, runs, first, threads, .. } = arguments;
        return super::nation::run(asked, *runs, *first, *threads, &nation);
    }
    let scenario = arguments.asked.scenario(months("calendar.months").as_slice())?;
    tell_left_out(scenario.beyond_horizon());
    let scenario = scenario.drawing(arguments.numbers);
    let twin = scenario.twin();
    let pool = pool(arguments.threads)?;
    let mut folder = arguments.asked.folder("", &scenario.name)?;
    folder.state("months", arguments.months);
    let worlds = [&scenario].into_iter().chain(&twin);
    let seed = arguments.asked.seed;
    let runs = Runs::of(worlds, arguments.runs.unwrap_or(1000), seed);
    let runs = Runs { first: arguments.first, detailed: DETAILED, stop: folder.stop(), ..runs };
    let keep = match arguments.keep {
        Keep::Runs => runs::Keep::Runs,
        Keep::Quantiles => runs::Keep::Quantiles,
    };
    let mut progress = Progress::begin("runs", runs.runs);
    let ran = pool.install(|| runs::write(folder, &runs, keep, || progress.step()))?;
    progress.end();
    made(&ran.made);
    let mut json = ran.summary.to_json();
    json["scenario"] = json!(scenario.name);
    json["seed"] = json!(seed);
    json["first"] = json!(arguments.first);
    json["folder"] = json!(ran.made.folder.to_string_lossy());
    json["files"] = json!(ran.made.files);
    let words = printed::summary(&scenario, &ran.summary, seed);
    Found::new(json, format!("{words}\n{}", printed::files(&ran.made, ran.seconds)))
}
