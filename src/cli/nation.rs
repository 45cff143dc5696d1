//! `rppsim run` for a world of many partnerships: every world of it, and the folder of results.

use super::outcome::{Failure, print_line, stop_on_interrupt};
use super::papers;
use super::progress::Progress;
use super::run::Arguments;
use rppsim::nation::{self, Arm};
use rppsim::report::dictionary;
use rppsim::report::nation::Worlds;
use rppsim::report::tables::dictionary_of;
use rppsim::report::words;
use rppsim::scenario::Nation;
use serde_json::json;
use std::path::PathBuf;
use std::time::SystemTime;

pub fn run(arguments: &Arguments, nation: &Nation) -> Result<(), Failure> {
    if arguments.runs.is_some_and(|runs| runs != 1) {
        return Err(Failure::BadInput(
            "a world of many partnerships is run once\n  help: leave --runs out; --first 2 gives another run of it".into(),
        ));
    }
    let asked = &arguments.asked;
    let target = asked.out.clone().unwrap_or_else(|| PathBuf::from("out").join(&nation.name));
    let mut folder = papers::begin(&target, asked.force)?;
    let stop = stop_on_interrupt();
    let began = SystemTime::now();
    let others = Arm::others(nation);
    let months = u64::from(nation.months) * (1 + others.len() as u64);
    let mut progress = Progress::begin("months", months);
    let pool = super::run::pool(arguments.threads)?;
    let mut lived = |world: Arm| {
        let step = |_| progress.step();
        pool.install(|| nation::live(nation, world, asked.seed, arguments.first, stop.into(), step))
    };
    let base = lived(Arm::Without)?;
    let others = others.into_iter().map(|world| Ok((world, lived(world)?)));
    let others = others.collect::<Result<Vec<_>, Failure>>()?;
    let seconds = progress.end();
    let worlds = Worlds { nation, base, others };

    let tables = [dictionary::NATION_MONTHS, dictionary::NATION_EFFECTS];
    folder.write(tables[0].file, &worlds.months())?;
    folder.write(tables[1].file, &worlds.effects())?;
    folder.write(dictionary::DICTIONARY.file, &dictionary_of(&tables))?;
    folder.write("nation.toml", nation.to_toml().as_bytes())?;
    #[cfg(feature = "plots")]
    papers::pictures(&mut folder, rppsim::report::pictures::nation(&worlds, asked.seed))?;
    let years = nation.partnerships() as f64 * months as f64 / 12.0;
    let rate = json!({
        "seconds": seconds,
        "partnership_years": years,
        "milliseconds_a_partnership_year": 1000.0 * seconds / years,
        "threads": pool.current_num_threads(),
    });
    papers::log(&mut folder, began, rate)?;
    let about = papers::About {
        name: &nation.name,
        title: &nation.title,
        theory: json!(nation.classes.iter().map(|c| &c.scenario.theory).collect::<Vec<_>>()),
        notes: &nation.notes,
    };
    let more = json!({
        "assignments": asked.set, "months": nation.months, "seed": asked.seed,
        "beyond_horizon": nation.beyond_horizon(),
        "first": arguments.first, "partnerships": nation.partnerships(),
    });
    papers::manifest(&mut folder, about, more)?;
    let files: Vec<String> = folder.listed().keys().cloned().collect();
    papers::commit(folder)?;
    if asked.json {
        let told = json!({
            "nation": nation.name, "seed": asked.seed, "partnerships": nation.partnerships(),
            "words": worlds.words(), "folder": target.to_string_lossy(), "files": files,
        });
        print_line(&told.to_string());
        return Ok(());
    }
    print_line(&nation.title);
    print_line(&nation.summary);
    print_line("");
    worlds.words().iter().for_each(|line| print_line(line));
    print_line("");
    print_line(&format!(
        "{} partnership-years in {seconds:.0} s, {:.2} ms each; {} files in {}",
        words::whole(years as u64),
        1000.0 * seconds / years,
        files.len(),
        target.display()
    ));
    Ok(())
}
