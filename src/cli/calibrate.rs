//! `rppsim calibrate`: which parameter values give the published patterns.

use super::asked::{Asked, made, tell_left_out, whole};
use super::outcome::{Failure, Found, note, stop_on_interrupt};
use clap::Args;
use rppsim::fit::search::{FitError, Search, fit};
use rppsim::model::Shipped;
use rppsim::report::fitting;
use rppsim::scenario::document::nearest;
use rppsim::scenario::patterns::Use;
use serde_json::json;

#[derive(Args)]
pub struct Arguments {
    #[command(flatten)]
    pub asked: Asked,
    /// The theory to search under, instead of the scenario's own: no-doubt, random-talk …
    #[arg(long, value_name = "WORD", value_parser = theory)]
    theory: Option<Shipped>,
    /// Parameter sets kept in each generation
    #[arg(long, default_value_t = 100, value_parser = whole(20_u64, 100_000))]
    particles: u64,
    /// Generations after the first
    #[arg(long, default_value_t = 8, value_parser = whole(0_u32, 1000))]
    generations: u32,
    /// Runs of each parameter set
    #[arg(long, default_value_t = 32, value_parser = whole(2_u64, 1_000_000))]
    runs: u64,
}

/// A theory that ships, by its word.
fn theory(word: &str) -> Result<Shipped, String> {
    let words: Vec<&str> = Shipped::ALL.iter().map(|theory| theory.word()).collect();
    let found = Shipped::ALL.iter().find(|theory| theory.word() == word);
    found.copied().ok_or_else(|| {
        let near = nearest(word, words.iter().copied());
        let near = near.map_or(String::new(), |near| format!("; did you mean `{near}`?"));
        format!("allowed is {}{near}", words.join(", "))
    })
}

pub fn run(arguments: &Arguments) -> Result<Found, Failure> {
    let mut scenario = arguments.asked.scenario(&[])?;
    let mut name = scenario.name.clone();
    if let Some(theory) = arguments.theory {
        scenario = scenario.under(theory);
        name = format!("{name}-{}", theory.word());
    }
    tell_left_out(scenario.beyond_horizon());
    if scenario.priors.is_empty() {
        return Err(Failure::BadInput(format!(
            "`{}` states no numbers to search for\n  help: write [prior.\"agenda.threshold\"] with range = [low, high], for each",
            scenario.name
        )));
    }
    if !scenario.patterns.iter().any(|pattern| pattern.used_for == Use::Fit) {
        return Err(Failure::BadInput(format!(
            "`{}` states no pattern to fit\n  help: write a [pattern.NAME] with use = \"fit\", and published with count or sd",
            scenario.name
        )));
    }
    let folder = arguments.asked.folder("calibrate-", &name)?;
    let search = Search {
        particles: arguments.particles as usize,
        generations: arguments.generations,
        runs: arguments.runs,
        seed: arguments.asked.seed,
        ..Search::default()
    };
    let fitted = fit(&scenario, search, stop_on_interrupt().into(), |g, bound, tried| {
        note(&format!("generation {g}: within {bound:.2} sampling errors, {tried} sets tried"));
    })
    .map_err(|why| match why {
        FitError::Stopped(why) => why.into(),
        why => Failure::BadInput(why.to_string()),
    })?;

    let done = fitting::write(folder, &scenario, &search, &fitted, arguments.theory)?;
    made(&done);
    let (pinned, fit) =
        (fitting::pinned(&scenario, &fitted), fitting::fit_rows(&scenario, &fitted));
    let json = json!({ "folder": done.folder.to_string_lossy(), "best": fitted.best, "pinned": pinned, "patterns": fit });
    let mut lines = vec![format!(
        "{:<48} {:>15} {:>8} {:>16} {:>7}  moves with",
        "parameter", "range", "best", "mean ± sd", "pinned"
    )];
    lines.extend(pinned.iter().map(|row| {
        let ridge = match &row.moves_with {
            Some((key, r)) if r.abs() >= 0.5 => format!("{key} ({r:+.2})"),
            _ => String::new(),
        };
        format!(
            "{:<48} {:>15} {:>8.3} {:>16} {:>6.0} %  {ridge}",
            row.key,
            format!("{} to {}", row.range.0, row.range.1),
            row.best,
            format!("{:.3} ± {:.3}", row.mean, row.sd),
            100.0 * row.pinned
        )
    }));
    lines.push(String::new());
    let number = |value: Option<f64>| value.map_or("–".into(), |value| format!("{value:.2}"));
    lines.extend(fit.iter().map(|row| {
        format!(
            "{:<5} {:<42} published {:>10} simulated {:>7}  off {:>6} sampling errors  {}",
            row.pattern,
            row.title,
            row.published,
            number(row.simulated),
            number(row.off),
            row.used_for
        )
    }));
    lines.push(format!(
        "\ndistance of the best set: {:.2} sampling errors ({} sets tried)\nthe sets kept are in {}; to go on from the best of them, write\n  extends = \"{}\"",
        fitted.best.distance,
        fitted.tried,
        done.folder.join("particles.csv").display(),
        done.folder.join("best.toml").display()
    ));
    if let Some(theory) = arguments.theory {
        let table = fitting::refitted(&scenario, &search, &fitted, theory);
        lines.push(format!(
            "\nto have `rppsim patterns` compare {} at these numbers, paste into the scenario\n{table}",
            theory.word()
        ));
    }
    Found::new(json, lines.join("\n").trim_end().to_owned())
}
