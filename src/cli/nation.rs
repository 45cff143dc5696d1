//! `rppsim run` for a world of many partnerships: every world of it, and the folder of results.

use super::asked::{Asked, made, pool};
use super::outcome::{Failure, Found};
use super::progress::Progress;
use rppsim::nation::Arm;
use rppsim::report::nation::Arms;
use rppsim::report::words;
use rppsim::scenario::Nation;
use serde_json::json;

pub fn run(
    asked: &Asked,
    runs: Option<u64>,
    first: u64,
    threads: Option<u32>,
    nation: &Nation,
) -> Result<Found, Failure> {
    if runs.is_some_and(|runs| runs != 1) {
        return Err(Failure::BadInput(
            "a world of many partnerships is run once\n  help: leave --runs out; --first 2 gives another run of it".into(),
        ));
    }
    let folder = asked.folder("", &nation.name)?;
    let arms = 1 + Arm::others(nation).len() as u64;
    let mut progress = Progress::begin("months", u64::from(nation.months) * arms);
    let pool = pool(threads)?;
    let (worlds, done) = pool.install(|| {
        let step = || progress.step();
        let worlds = Arms::live(nation, asked.seed, first, folder.stop(), step)?;
        let done = worlds.write(folder)?;
        Ok::<_, Failure>((worlds, done))
    })?;
    progress.end();
    made(&done);
    let (seconds, years) = (worlds.seconds, worlds.partnership_years());
    let json = json!({
        "nation": nation.name, "seed": asked.seed, "partnerships": nation.partnerships(),
        "words": worlds.words(), "folder": done.folder.to_string_lossy(), "files": done.files,
    });
    let words = format!(
        "{}\n{}\n\n{}\n\n{} partnership-years in {seconds:.0} s, {:.2} ms each; {} files in {}",
        nation.title,
        nation.summary,
        worlds.words().join("\n"),
        words::whole(years as u64),
        1000.0 * seconds / years,
        done.files.len(),
        done.folder.display()
    );
    Found::new(json, words)
}
