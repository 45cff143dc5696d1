//! The published patterns under every shipped theory, as a table and as a page.

use super::ReportError;
use super::dictionary;
use super::folder::{Folder, Made};
use super::summary::published;
use super::tables::{Rows, ends, number};
use super::words::counted;
use crate::fit::distance;
use crate::model::Shipped;
use crate::scenario::World;
use crate::scenario::patterns::Use;
use crate::worlds::benchmark::independent_episodes;
use crate::worlds::patterns::{Compared, Verdict};
use crate::worlds::{Run, Runs, Stop, Stopped};
use serde_json::json;
use std::time::Instant;

/// Patterns under one theory.
#[derive(Clone, Debug)]
pub struct UnderTheory {
    /// The theory's word, or that of the benchmark.
    pub name: String,
    /// The patterns.
    pub patterns: Vec<Compared>,
}

impl UnderTheory {
    /// Distance of the means from what was published, in sampling errors; `None` if a pattern to
    /// be fitted has no value at all.
    pub fn distance(&self) -> Option<f64> {
        let fitted = |c: &&Compared| c.pattern.used_for == Use::Fit;
        let complete = self.patterns.iter().filter(fitted).all(|c| c.simulated.mean.count() > 0);
        let patterns: Vec<_> = self.patterns.iter().map(|c| c.pattern.clone()).collect();
        let means: Vec<_> = self.patterns.iter().map(|c| Some(c.simulated.mean.mean())).collect();
        complete.then(|| distance(&patterns, &means))
    }
}

/// The patterns of a world under every shipped theory, and without any.
#[derive(Clone, Debug)]
pub struct Theories<'a> {
    /// The world.
    pub world: &'a World,
    /// Runs of each theory.
    pub runs: u64,
    /// Their seed.
    pub seed: u64,
    /// The standard theory, the benchmark of independent episodes if there is one, the rivals.
    pub compared: Vec<UnderTheory>,
    seconds: f64,
}

impl Theories<'_> {
    /// Runs a world under every theory. `step` hears of each run.
    ///
    /// # Errors
    /// If it was stopped, or a run cannot be founded or lived.
    pub fn compare<'a>(
        world: &'a World,
        runs: u64,
        seed: u64,
        stop: Stop<'_>,
        mut step: impl FnMut(),
    ) -> Result<Theories<'a>, Stopped> {
        let began = Instant::now();
        let mut compared = Vec::new();
        for theory in Shipped::ALL {
            let mut patterns: Vec<Compared> = world.patterns.iter().map(Compared::new).collect();
            let under = world.under(*theory);
            let all = Runs { stop, ..Runs::of([&under], runs, seed) };
            let each = |run: Run| {
                let of_run = |pattern| Compared::of_run(pattern, run.record());
                world.patterns.iter().map(of_run).collect::<Vec<_>>()
            };
            all.fold(each, |values| {
                patterns.iter_mut().zip(values).for_each(|(pattern, value)| pattern.add(value));
                step();
                Ok::<(), Stopped>(())
            })?;
            compared.push(UnderTheory { name: theory.word().to_owned(), patterns });
        }
        let seconds = began.elapsed().as_secs_f64();
        if let Some(patterns) = independent_episodes(world, seed, runs) {
            compared.insert(1, UnderTheory { name: "independent episodes".into(), patterns });
        }
        Ok(Theories { world, runs, seed, compared, seconds })
    }

    /// Makes the folder: a table, and the same as a page.
    ///
    /// # Errors
    /// If somebody asked to stop, or the system refuses.
    pub fn write(&self, mut folder: Folder) -> Result<Made, ReportError> {
        let Theories { world, runs, seed, compared, seconds } = self;
        folder.table(dictionary::THEORIES, &table(compared))?;
        folder.write("patterns.md", page(world, compared, *runs, *seed).as_bytes())?;
        folder.write("scenario.toml", world.to_toml().as_bytes())?;
        folder.log(json!({ "seconds_for_runs": seconds }))?;
        let beyond = world.beyond_horizon();
        folder.finish(*world, json!({ "seed": seed, "runs": runs, "beyond_horizon": beyond }))
    }
}

/// The table [`dictionary::THEORIES`].
pub fn table(theories: &[UnderTheory]) -> Vec<u8> {
    let mut rows = Rows::headed(dictionary::THEORIES);
    for theory in theories {
        for compared in &theory.patterns {
            let (pattern, mean) = (&compared.pattern, &compared.simulated.mean);
            let sampling = pattern.sampling_interval();
            let (low, high) = compared.interval();
            let [from, to] = ends(sampling);
            rows.push([
                theory.name.clone(),
                pattern.name.clone(),
                pattern.title.clone(),
                published(&pattern.published),
                from,
                to,
                number(compared.median()),
                number(low),
                number(high),
                number(mean.mean()),
                number(mean.error()),
                compared.verdict().word().to_owned(),
                pattern.used_for.word().to_owned(),
            ]);
        }
    }
    rows.bytes()
}

/// A number as people read it.
fn short(value: f64) -> String {
    match value.abs() {
        _ if !value.is_finite() => "–".into(),
        size if size >= 10.0 => format!("{value:.1}"),
        _ => format!("{value:.2}"),
    }
}

/// The page: every pattern with its own sampling interval, the standard theory, the benchmark and
/// the rivals.
pub fn page(scenario: &World, theories: &[UnderTheory], runs: u64, seed: u64) -> String {
    let mut page = format!(
        "# Patterns: {}\n\n\
         What was published beside what {} (seed {seed}) gave under each shipped theory. Written by\n\
         `rppsim patterns {} --runs {runs} --seed {seed}`; do not edit. What must not be read into these\n\
         numbers: [limits](limits.md).\n\n\
         A cell holds the median of single runs and, in brackets, their 90 % interval. **Out** means that\n\
         the published value does not lie within it (or, for a range, that the range does not hold the\n\
         median; for a bound, that the mean is not surely below it). The sampling interval of a published\n\
         count is Wilson's, at 95 %: the counts of one partnership do not say more.\n\n",
        scenario.title,
        counted(runs, "run"),
        scenario.name
    );
    let Some(standard) = theories.first() else { return page };
    page.push_str("| | pattern | published | sampling 95 % | use |");
    theories.iter().for_each(|theory| page.push_str(&format!(" {} |", theory.name)));
    page.push_str("\n| --- | --- | --- | --- | --- |");
    theories.iter().for_each(|_| page.push_str(" --- |"));
    page.push('\n');
    for (place, compared) in standard.patterns.iter().enumerate() {
        let pattern = &compared.pattern;
        let sampling = pattern
            .sampling_interval()
            .map_or("–".into(), |(low, high)| format!("{} to {}", short(low), short(high)));
        page.push_str(&format!(
            "| {} | {} | {} | {sampling} | {} |",
            pattern.name,
            pattern.title,
            published(&pattern.published),
            pattern.used_for.word()
        ));
        for theory in theories {
            page.push_str(&format!(" {} |", cell(&theory.patterns[place])));
        }
        page.push('\n');
    }
    page.push_str("| | distance, in sampling errors (fit patterns) | 0 | – | |");
    for theory in theories {
        let text = theory.distance().map_or("–".into(), short);
        page.push_str(&format!(" {text} |"));
    }
    page.push_str("\n\nWhat the words mean, and where each pattern stands in the source:\n\n");
    for compared in &standard.patterns {
        let pattern = &compared.pattern;
        page.push_str(&format!("- **{}** {}: {}\n", pattern.name, pattern.title, pattern.source));
    }
    page
}

fn cell(compared: &Compared) -> String {
    if compared.verdict() == Verdict::Unknown {
        return "–".into();
    }
    let (low, high) = compared.interval();
    let text = format!("{} ({} to {})", short(compared.median()), short(low), short(high));
    if compared.verdict() == Verdict::Out { format!("{text} **out**") } else { text }
}
