//! `rppsim patterns`: the published patterns under every shipped theory, and without any.

use super::asked::{Asked, tell_left_out, whole};
use super::outcome::{Failure, print_line, stop_on_interrupt};
use super::papers;
use super::progress::Progress;
use clap::Args;
use rppsim::model::Shipped;
use rppsim::report::dictionary;
use rppsim::report::tables::dictionary_of;
use rppsim::report::theories::{UnderTheory, page, table};
use rppsim::worlds::benchmark::independent_episodes;
use rppsim::worlds::patterns::Compared;
use rppsim::worlds::{Run, Runs};
use serde_json::json;
use std::time::SystemTime;

#[derive(Args)]
pub struct Arguments {
    #[command(flatten)]
    pub asked: Asked,
    /// How many runs of each theory
    #[arg(long, default_value_t = 1000, value_parser = whole(1_u64, 1_000_000_000))]
    runs: u64,
}

pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    let began = SystemTime::now();
    let scenario = arguments.asked.scenario(&[])?;
    tell_left_out(scenario.beyond_horizon());
    if scenario.patterns.is_empty() {
        return Err(Failure::BadInput(format!(
            "`{}` states no [pattern.NAME] to compare with",
            scenario.name
        )));
    }
    let mut folder = arguments.asked.folder(&scenario, "patterns-")?;
    let target = folder.target().to_path_buf();
    let stop = stop_on_interrupt();

    let theories = Shipped::ALL.len() as u64;
    let mut progress = Progress::begin("runs", theories * arguments.runs);
    let mut compared = Vec::new();
    for theory in Shipped::ALL {
        let mut patterns: Vec<Compared> = scenario.patterns.iter().map(Compared::new).collect();
        let world = scenario.under(*theory);
        let runs = Runs::of([&world], arguments.runs, arguments.asked.seed);
        let runs = Runs { stop: stop.into(), ..runs };
        let each = |run: Run| {
            let of_run = |pattern| Compared::of_run(pattern, run.record());
            scenario.patterns.iter().map(of_run).collect::<Vec<_>>()
        };
        runs.fold(each, |values| {
            patterns.iter_mut().zip(values).for_each(|(pattern, value)| pattern.add(value));
            progress.step();
            Ok::<(), Failure>(())
        })?;
        compared.push(UnderTheory { name: theory.word().to_owned(), patterns });
    }
    let seconds = progress.end();
    if let Some(patterns) = independent_episodes(&scenario, arguments.asked.seed, arguments.runs) {
        compared.insert(1, UnderTheory { name: "independent episodes".into(), patterns });
    }

    let page = page(&scenario, &compared, arguments.runs, arguments.asked.seed);
    folder.write(dictionary::THEORIES.file, &table(&compared))?;
    folder.write("patterns.md", page.as_bytes())?;
    folder.write(dictionary::DICTIONARY.file, &dictionary_of(&[dictionary::THEORIES]))?;
    folder.write("scenario.toml", scenario.to_toml().as_bytes())?;
    papers::log(&mut folder, began, json!({ "seconds_for_runs": seconds }))?;
    let basis = json!({ "seed": arguments.asked.seed, "runs": arguments.runs, "assignments": arguments.asked.set, "beyond_horizon": scenario.beyond_horizon() });
    papers::manifest(&mut folder, &scenario, basis)?;
    papers::commit(folder)?;

    if arguments.asked.json {
        let told = compared.iter().map(|theory| {
            let patterns = theory.patterns.iter().map(|c| {
                json!({
                    "pattern": c.pattern.name,
                    "mean": Some(c.simulated.mean.mean()).filter(|m| m.is_finite()),
                    "verdict": c.verdict(),
                })
            });
            json!({ "theory": theory.name, "distance": theory.distance(), "patterns": patterns.collect::<Vec<_>>() })
        });
        print_line(
            &json!({ "folder": target.to_string_lossy(), "theories": told.collect::<Vec<_>>() })
                .to_string(),
        );
    } else {
        for theory in &compared {
            let out: Vec<&str> = theory
                .patterns
                .iter()
                .filter(|c| c.verdict().word() == "out")
                .map(|c| c.pattern.name.as_str())
                .collect();
            print_line(&format!(
                "{:<22} distance {:<5} out: {}",
                theory.name,
                theory.distance().map_or("–".into(), |distance| format!("{distance:.2}")),
                if out.is_empty() { "none".into() } else { out.join(", ") }
            ));
        }
        print_line(&format!("the whole table: {}", target.join("patterns.md").display()));
    }
    Ok(())
}
