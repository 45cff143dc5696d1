//! `rppsim patterns`: the published patterns under every shipped theory, and without any.

use super::asked::{Asked, made, tell_left_out, whole};
use super::outcome::{Failure, Found};
use super::progress::Progress;
use clap::Args;
use rppsim::model::Shipped;
use rppsim::report::theories::{Theories, UnderTheory};
use serde_json::{Value, json};

#[derive(Args)]
pub struct Arguments {
    #[command(flatten)]
    pub asked: Asked,
    /// How many runs of each theory
    #[arg(long, default_value_t = 1000, value_parser = whole(1_u64, 1_000_000_000))]
    runs: u64,
}

pub fn run(arguments: &Arguments) -> Result<Found, Failure> {
    let scenario = arguments.asked.scenario(&[])?;
    tell_left_out(scenario.beyond_horizon());
    if scenario.patterns.is_empty() {
        return Err(Failure::BadInput(format!(
            "`{}` states no [pattern.NAME] to compare with",
            scenario.name
        )));
    }
    let folder = arguments.asked.folder("patterns-", &scenario.name)?;
    let (runs, seed) = (arguments.runs, arguments.asked.seed);
    let theories = (Shipped::ALL.len() + scenario.refitted().len()) as u64;
    let mut progress = Progress::begin("runs", theories * runs);
    let found = Theories::compare(&scenario, runs, seed, folder.stop(), || progress.step())?;
    progress.end();
    let done = found.write(folder)?;
    made(&done);

    let theories: Vec<Value> = found.compared.iter().map(UnderTheory::to_json).collect();
    let mut lines: Vec<String> = found.compared.iter().flat_map(UnderTheory::told).collect();
    lines.extend(found.against_benchmark());
    lines.push(format!("pattern by pattern: {}", done.folder.join("patterns.md").display()));
    let json = json!({ "folder": done.folder.to_string_lossy(), "theories": theories });
    Found::new(json, lines.join("\n"))
}
