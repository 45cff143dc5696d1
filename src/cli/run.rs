//! `rppsim run`: a scenario many times, its twin beside it, and the folder of results.

use super::asked::{Asked, is_no_plan, tell_left_out, whole};
use super::outcome::{Failure, print_line, stop_on_interrupt};
use super::progress::Progress;
use super::{papers, printed};
use clap::{Parser, ValueEnum};
use rppsim::measure::record::RunRecord;
use rppsim::model::setup::MOST_MONTHS;
use rppsim::report::dictionary::{self, Table};
use rppsim::report::folder::FileInFolder;
use rppsim::report::summary::Folded;
use rppsim::report::tables::{Rows, dictionary_of, of_run};
use rppsim::report::{Folder, Summary};
use rppsim::scenario::Nation;
use rppsim::scenario::document::Assignment;
use rppsim::worlds::twins::{Effects, normal};
use rppsim::worlds::{Run, Runs};
use serde_json::json;
use std::time::SystemTime;

/// Runs that keep every episode and interview.
const DETAILED: u64 = 10;

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
    /// Keep the rows of every run, or only quantiles over them
    #[arg(long, value_enum, default_value_t = Keep::Runs)]
    keep: Keep,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Keep {
    Runs,
    Quantiles,
}

/// The threads that were asked for.
pub fn pool(threads: Option<u32>) -> Result<rayon::ThreadPool, Failure> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads.unwrap_or(0) as usize).build();
    pool.map_err(|e| Failure::system("cannot start threads", e))
}

pub fn run(arguments: Arguments) -> Result<(), Failure> {
    is_no_plan(&arguments.asked.scenario)?;
    let months = |key: &str| {
        let given =
            |months| Assignment::given_as(format!("--months {months}"), format!("{key}={months}"));
        arguments.months.map(given)
    };
    let of_nation = arguments.asked.assignments(months("nation.months").as_slice());
    if let Some(nation) = Nation::open_assigned(&arguments.asked.scenario, &of_nation)? {
        tell_left_out(nation.beyond_horizon());
        return super::nation::run(&arguments, &nation);
    }
    let scenario = arguments.asked.scenario(months("calendar.months").as_slice())?;
    tell_left_out(scenario.beyond_horizon());
    let twin = scenario.twin();
    let pool = pool(arguments.threads)?;
    let folder = arguments.asked.folder(&scenario, "")?;
    let stop = stop_on_interrupt();

    let worlds = [&scenario].into_iter().chain(&twin);
    let runs = Runs::of(worlds, arguments.runs.unwrap_or(1000), arguments.asked.seed);
    let runs = Runs { first: arguments.first, detailed: DETAILED, stop: stop.into(), ..runs };
    let work = Work { arguments: &arguments, runs, threads: pool.current_num_threads() };
    pool.install(|| work.done(folder))
}

struct Work<'a> {
    arguments: &'a Arguments,
    runs: Runs<'a>,
    threads: usize,
}

/// The tables of runs while they are written.
struct Writing {
    files: Vec<FileInFolder>,
}

impl Writing {
    fn begin(folder: &Folder, tables: &[Table]) -> Result<Self, Failure> {
        let mut files = Vec::new();
        for table in tables {
            let mut file = folder.file(table.file)?;
            file.put(&Rows::header(*table))?;
            files.push(file);
        }
        Ok(Writing { files })
    }

    fn add(&mut self, rows: &[Vec<u8>]) -> Result<(), Failure> {
        for (file, rows) in self.files.iter_mut().zip(rows) {
            file.put(rows)?;
        }
        Ok(())
    }
}

impl Work<'_> {
    fn done(&self, mut folder: Folder) -> Result<(), Failure> {
        let began = SystemTime::now();
        let scenario = self.runs.worlds[0];
        let effects = match self.runs.worlds.get(1) {
            Some(calm) => {
                let normal = normal(calm, self.runs.seed, self.runs.stop)?;
                Some(Effects::new(scenario, normal))
            }
            None => None,
        };
        let all = self.arguments.keep == Keep::Runs;
        let tables = self.tables(all);
        let mut writing = Writing::begin(&folder, &tables)?;
        let mut summary = Summary::new(scenario, effects.clone());
        let mut first: Option<RunRecord> = None;
        let mut progress = Progress::begin("runs", self.runs.runs);
        let each = |run: Run| {
            let pairs = effects.as_ref().and_then(|effects| effects.of_run(&run));
            let rows = of_run(scenario, &run, effects.as_ref().zip(pairs.as_deref()), &tables);
            (rows, Folded::of(scenario, run, pairs))
        };
        self.runs.fold(each, |(rows, folded)| {
            writing.add(&rows)?;
            if first.is_none() {
                first = Some(folded.record().clone());
            }
            summary.add(folded);
            progress.step();
            Ok::<(), Failure>(())
        })?;
        let seconds = progress.end();
        for file in writing.files {
            folder.keep(file)?;
        }
        self.write_rest(&mut folder, &summary, first.as_ref(), all)?;
        let worlds = self.runs.worlds.len() as u64;
        papers::log(
            &mut folder,
            began,
            json!({
                "seconds_for_runs": seconds,
                "runs_a_second": (worlds * self.runs.runs) as f64 / seconds,
                "threads": self.threads,
            }),
        )?;
        papers::manifest(
            &mut folder,
            scenario,
            json!({
                "assignments": self.arguments.asked.set,
                "months": self.arguments.months,
                "beyond_horizon": scenario.beyond_horizon(),
                "seed": self.arguments.asked.seed,
                "first": self.arguments.first,
                "runs": self.runs.runs,
                "twin": self.runs.worlds.len() > 1,
            }),
        )?;
        let target = folder.target().to_path_buf();
        let files: Vec<String> = folder.listed().keys().cloned().collect();
        papers::commit(folder)?;
        if self.arguments.asked.json {
            let mut told = summary.to_json();
            told["scenario"] = json!(scenario.name);
            told["seed"] = json!(self.arguments.asked.seed);
            told["first"] = json!(self.arguments.first);
            told["folder"] = json!(target.to_string_lossy());
            told["files"] = json!(files);
            print_line(&told.to_string());
        } else {
            print_line(&printed::summary(scenario, &summary, self.arguments.asked.seed));
            print_line(&printed::files(&target, &files, seconds));
        }
        Ok(())
    }

    fn tables(&self, all: bool) -> Vec<Table> {
        let mut tables = vec![dictionary::EPISODES, dictionary::INTERVIEWS];
        if all {
            tables.extend([
                dictionary::MEETINGS,
                dictionary::MONTHS,
                dictionary::RUNS,
                dictionary::OUTCOMES,
                dictionary::PRACTICES,
            ]);
            let funded = self.runs.worlds[0].template().is_funded();
            tables.extend(funded.then_some(dictionary::MONEY));
            tables.extend(self.runs.worlds.get(1).map(|_| dictionary::DIFFERENCES));
        }
        tables
    }

    fn write_rest(
        &self,
        folder: &mut Folder,
        summary: &Summary,
        first: Option<&RunRecord>,
        all: bool,
    ) -> Result<(), Failure> {
        let scenario = self.runs.worlds[0];
        let mut tables = self.tables(all);
        tables.extend([dictionary::QUANTILES, dictionary::PATTERNS]);
        folder.write(dictionary::QUANTILES.file, &summary.quantiles_table())?;
        folder.write(dictionary::PATTERNS.file, &summary.patterns_table())?;
        if summary.effects.is_some() {
            tables.push(dictionary::EFFECTS);
            folder.write(dictionary::EFFECTS.file, &summary.effects_table())?;
        }
        folder.write(dictionary::DICTIONARY.file, &dictionary_of(&tables))?;
        folder.write("scenario.toml", scenario.to_toml().as_bytes())?;
        if let Some(journal) = first.and_then(|run| run.journal.as_ref()) {
            folder.write("events.jsonl", journal.lines().as_bytes())?;
        }
        #[cfg(feature = "plots")]
        papers::pictures(
            folder,
            rppsim::report::pictures::all(scenario, summary, first, self.arguments.asked.seed),
        )?;
        Ok(())
    }
}
