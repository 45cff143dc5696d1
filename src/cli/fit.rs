//! `rppsim fit`: what one observed partnership says about the numbers of a scenario.

use super::asked::{begin, made, pool, tell_left_out, whole};
use super::outcome::{Failure, Found, note, stop_on_interrupt};
use super::progress::Progress;
use clap::Args;
use rppsim::fit::checks::{Answer, calibration, known_answers};
use rppsim::fit::population::{FEWEST, GENERATIONS};
use rppsim::fit::{FitError, Foretold, Known, Partnership, Settings, Stores, Tried};
use rppsim::model::Shipped;
use rppsim::report::inference::{self, Checked, Fit};
use rppsim::report::theories::told as told_joint;
use rppsim::report::words::counted;
use rppsim::scenario::World;
use rppsim::scenario::document::{Assignment, nearest};
use rppsim::store::{Identity, Shard};
use rppsim::worlds::fingerprint::fingerprint;
use rppsim::worlds::joint::Group;
use serde_json::json;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// Draws that are written.
const DRAWS: usize = 400;
/// Runs at the draws, five for each, from which patterns are foretold.
const FORETOLD: usize = 2000;

#[derive(Args)]
pub struct Arguments {
    /// A built-in case (see `rppsim cases`) or the path of a scenario file
    #[arg(default_value = "cypress")]
    scenario: String,
    /// Runs in all, half of them from the prior
    #[arg(long, default_value_t = Settings::default().budget, value_parser = whole(FEWEST, 1_000_000_000))]
    budget: u64,
    /// Seed of all randomness
    #[arg(long, default_value_t = 1, value_parser = whole(0, u64::MAX))]
    seed: u64,
    /// Change a value of the scenario: --set agenda.threshold=0.7 (may be repeated)
    #[arg(long, value_name = "KEY=TOML")]
    set: Vec<String>,
    /// The theory to fit, instead of the scenario's own: no-doubt, random-talk …
    #[arg(long, value_name = "WORD", value_parser = theory)]
    theory: Option<Shipped>,
    /// Fit as well, in the same way, the theories for which the scenario states numbers
    #[arg(long)]
    rivals: bool,
    /// Check the engine: models whose answer is known, and how often ranges hold the truth of
    /// simulated observations
    #[arg(long)]
    check: bool,
    /// Simulated observations of the check
    #[arg(long, default_value_t = 1000, requires = "check", value_parser = whole(20_u64, 1_000_000))]
    truths: u64,
    /// Folder for runs and results [default: out/fit-<name of the scenario>]
    #[arg(long)]
    out: Option<PathBuf>,
    /// Go on with the runs that the folder has
    #[arg(long)]
    resume: bool,
    /// Live only this part of the runs from the prior: --shard 2/7
    #[arg(long, value_name = "i/n", default_value_t = Shard::WHOLE, allow_hyphen_values = true, conflicts_with_all = ["rivals", "check", "merge"])]
    shard: Shard,
    /// Put the runs of all shards together first
    #[arg(long, value_name = "FOLDER", num_args = 1.., requires = "out", conflicts_with = "rivals")]
    merge: Vec<PathBuf>,
    /// Threads to use; results do not depend on it [default: all]
    #[arg(long, value_parser = whole(1_u32, 1024))]
    threads: Option<u32>,
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

fn failure(why: FitError) -> Failure {
    match why {
        FitError::Stopped(rppsim::worlds::Stopped::Interrupted) => Failure::Paused,
        FitError::Stopped(why) => why.into(),
        FitError::Store(why) => why.into(),
        why => Failure::BadInput(why.to_string()),
    }
}

/// What the runs depend on besides the settings.
fn identity(world: &World, settings: Settings, shard: Shard) -> Result<Identity, Failure> {
    Ok(Identity {
        version: env!("CARGO_PKG_VERSION").into(),
        fingerprint: fingerprint()?,
        chunks: 0,
        shard,
        about: json!({ "fit": settings, "theory": world.theory.word() }),
        plan: world.to_toml(),
    })
}

pub fn run(arguments: &Arguments) -> Result<Found, Failure> {
    let set: Vec<Assignment> = arguments.set.iter().map(|text| Assignment::set(text)).collect();
    let mut world = World::open_assigned(&arguments.scenario, &set)?;
    let mut name = world.name.clone();
    if let Some(theory) = arguments.theory {
        world = world.under(theory);
        name = format!("{name}-{}", theory.word());
    }
    tell_left_out(world.beyond_horizon());
    let settings = Settings { budget: arguments.budget, seed: arguments.seed };
    let folder =
        arguments.out.clone().unwrap_or_else(|| Path::new("out").join(format!("fit-{name}")));
    // Refused before anything is written.
    let partnership = Partnership::of(&world, settings.seed).map_err(failure)?;
    partnership.tried_out().map_err(failure)?;
    if !arguments.merge.is_empty() {
        Stores::merged(&arguments.merge, &folder)?;
    }
    let pool = pool(arguments.threads)?;
    if arguments.shard != Shard::WHOLE {
        return pool.install(|| shard(arguments, &world, settings, &folder));
    }
    let results = folder.join("results");
    let resume = arguments.resume || !arguments.merge.is_empty();
    let mut theories: Vec<(World, PathBuf)> = vec![(world.clone(), folder.clone())];
    if arguments.rivals {
        for rival in world.refitted() {
            let beside = folder.join(rival.theory.word());
            theories.push((world.under(rival.theory), beside));
        }
    }
    let mut fits = Vec::new();
    let mut checked = None;
    for (world, folder) in &theories {
        let partnership = Partnership::of(world, settings.seed).map_err(failure)?;
        let stores =
            Stores::open(folder, &identity(world, settings, Shard::WHOLE)?, settings, resume);
        let stores = stores.map_err(failure)?;
        let (fit, tried) = pool.install(|| fit(&partnership, settings, &stores))?;
        if arguments.check && fits.is_empty() {
            checked = Some(pool.install(|| check(&partnership, &tried, arguments.truths))?);
        }
        fits.push(fit);
    }
    let found_by = command(arguments);
    let folder = begin(&results, resume)?;
    let done = inference::write(folder, settings, &fits, checked.as_ref(), &found_by)?;
    done.iter().for_each(made);
    said(&fits, checked.as_ref(), &results)
}

/// The command that repeats it.
fn command(arguments: &Arguments) -> String {
    let Arguments { scenario, budget, seed, theory, set, .. } = arguments;
    let mut command = format!("rppsim fit {scenario} --budget {budget} --seed {seed}");
    if let Some(theory) = theory {
        command.push_str(&format!(" --theory {}", theory.word()));
    }
    set.iter().for_each(|set| command.push_str(&format!(" --set {set}")));
    command
}

fn shard(
    arguments: &Arguments,
    world: &World,
    settings: Settings,
    folder: &Path,
) -> Result<Found, Failure> {
    let partnership = Partnership::of(world, settings.seed).map_err(failure)?;
    let about = identity(world, settings, arguments.shard)?;
    let stores = Stores::open(folder, &about, settings, arguments.resume).map_err(failure)?;
    let progress = Mutex::new(Progress::begin("runs", stores.to_do()?));
    let told = |runs: u64| {
        if let Ok(mut progress) = progress.lock() {
            progress.steps(runs);
        }
    };
    let stop = stop_on_interrupt().into();
    Tried::prior(&partnership, settings, Some(&stores), stop, told).map_err(failure)?;
    if let Ok(progress) = progress.into_inner() {
        progress.end();
    }
    let words = format!(
        "this shard is complete; when all are, put them together and fit:\n  rppsim fit {} --budget {} --merge SHARD … --out WHOLE",
        arguments.scenario, settings.budget
    );
    Found::new(json!({ "folder": folder.to_string_lossy(), "complete": true }), words)
}

fn fit(
    partnership: &Partnership<'_>,
    settings: Settings,
    stores: &Stores,
) -> Result<(Fit, Tried), Failure> {
    let stop = stop_on_interrupt();
    let observed = partnership.observed();
    let all = settings.from_prior() + GENERATIONS * settings.a_generation();
    let progress = Mutex::new(Progress::begin("runs", all));
    let told = |runs: u64| {
        if let Ok(mut progress) = progress.lock() {
            progress.steps(runs);
        }
    };
    let named = |why| failure(partnership.named(why));
    let tried = Tried::around(partnership, observed, settings, Some(stores), stop.into(), told);
    if let Ok(progress) = progress.into_inner() {
        progress.end();
    }
    let tried = tried.map_err(named)?;
    let names = |places: Vec<usize>| {
        places.into_iter().map(|at| partnership.fitted()[at].name.clone()).collect::<Vec<_>>()
    };
    let size = (DRAWS, FORETOLD);
    let whole = Foretold::from(partnership, &tried, |_| true, size, stop.into()).map_err(named)?;
    let fitted = partnership.fitted();
    let splits =
        fitted.iter().any(|p| !p.later) && partnership.world().patterns.iter().any(|p| p.later);
    let earlier = match splits {
        true => Some(
            Foretold::from(partnership, &tried, |p| !p.later, size, stop.into()).map_err(named)?,
        ),
        false => None,
    };
    let mut tolerances = tried.tolerances.clone();
    tolerances.push(whole.posterior.tolerance);
    let beyond = names(tried.beyond(observed));
    let world = partnership.world();
    if !beyond.is_empty() {
        note(&format!(
            "note: no run from the prior has as little, or as much, as was published of {}: what is said of the numbers is an extrapolation",
            beyond.join(", ")
        ));
    }
    if let Some(among) = tried.reach(observed).filter(|among| among.nearer >= 0.99) {
        note(&format!(
            "note: under {} the published record as a whole lies farther out than {:.1} % of the runs from the prior: no numbers in these ranges bring it often",
            world.theory.word(),
            100.0 * among.nearer
        ));
    }
    Ok((Fit { world: world.clone(), whole, earlier, tolerances, beyond }, tried))
}

fn check(partnership: &Partnership<'_>, tried: &Tried, truths: u64) -> Result<Checked, Failure> {
    let stop = stop_on_interrupt();
    let progress = Mutex::new(Progress::begin("truths", truths));
    let told = |count: u64| {
        if let Ok(mut progress) = progress.lock() {
            progress.steps(count);
        }
    };
    let calibration =
        calibration(partnership, tried, truths, stop.into(), told).map_err(failure)?;
    if let Ok(progress) = progress.into_inner() {
        progress.end();
    }
    let known = known_answers(tried.settings.seed, stop.into()).map_err(failure)?;
    Ok(Checked { calibration, known })
}

fn said(fits: &[Fit], checked: Option<&Checked>, results: &Path) -> Result<Found, Failure> {
    let mut lines = Vec::new();
    for fit in fits {
        lines.extend(told_fit(fit));
    }
    if let (Some(checked), Some(fit)) = (checked, fits.first()) {
        lines.extend(told_checks(checked, fit));
    }
    let shown = results.display();
    lines.push(format!(
        "\nresults: {shown}\nto go on from them, write\n  extends = \"{shown}/fitted.toml\""
    ));
    let of = |fit: &Fit| {
        let numbers = fit.numbers();
        json!({
            "theory": fit.world.theory.word(),
            "numbers": numbers.iter().map(|(key, known)| json!({ "key": key, "what_is_known": known, "known": known.known() })).collect::<Vec<_>>(),
            "effective_draws": fit.whole.posterior.effective(),
            "joint": fit.both().map(|(which, foretold)| json!({
                "fit": which,
                "groups": Group::ALL.map(|group| json!({ "group": group, "joint": foretold.gathered.joint(group) })),
            })).collect::<Vec<_>>(),
            "later_held": fit.earlier.as_ref().map(Foretold::held),
        })
    };
    let json = json!({
        "folder": results.to_string_lossy(),
        "fits": fits.iter().map(of).collect::<Vec<_>>(),
        "checks": checked,
    });
    Found::new(json, lines.join("\n"))
}

fn told_fit(fit: &Fit) -> Vec<String> {
    let posterior = &fit.whole.posterior;
    let mut lines = vec![format!(
        "{}, theory {}: {} runs kept, worth {:.0} independent draws",
        fit.world.name,
        fit.world.theory.word(),
        posterior.len(),
        posterior.effective()
    )];
    lines.push(format!(
        "{:<28} {:>14} {:>16} {:>17} {:>17}  {:<20}",
        "number", "range before", "mean ± sd", "50 % range", "90 % range", "by the data"
    ));
    for (key, known) in fit.numbers() {
        let range = |(low, high): (f64, f64)| format!("{low:.3} to {high:.3}");
        let ridge = match known.moves_with {
            Some((other, r)) if r.abs() >= 0.5 => {
                format!("; goes with {} ({r:+.2})", fit.world.priors[other].key)
            }
            _ => String::new(),
        };
        lines.push(format!(
            "{key:<28} {:>14} {:>16} {:>17} {:>17}  {}{ridge}",
            format!("{} to {}", known.range.0, known.range.1),
            format!("{:.3} ± {:.3}", known.mean, known.sd),
            range(known.half),
            range(known.nine_tenths),
            known.known().word()
        ));
    }
    let unknown: Vec<&str> = fit
        .numbers()
        .into_iter()
        .filter(|(_, known)| known.known() == Known::NotIdentified)
        .map(|(key, _)| key)
        .collect();
    if !unknown.is_empty() {
        lines.push(format!(
            "not identified: one partnership of this kind says next to nothing about {}",
            unknown.join(", ")
        ));
    }
    for (which, foretold) in fit.both() {
        lines.push(match which {
            "whole" => "the published record among runs at draws from this".to_owned(),
            _ => format!("fitted to {} alone", foretold.rests_on.join(", ")),
        });
        for group in Group::ALL {
            let joint = foretold.gathered.joint(group);
            if joint.patterns.is_empty() {
                continue;
            }
            let score = match joint.score.interval() {
                Some((low, high)) => format!("; score {low:.2} to {high:.2}"),
                None => String::new(),
            };
            lines.push(format!("  {:<11} {}{score}", group.word(), told_joint(&joint)));
        }
    }
    if let Some(earlier) = &fit.earlier {
        let (all, half, nine) = earlier.held();
        lines.push(format!(
            "of {} foretold from the earlier ones, {half} lie in their 50 % range and {nine} in their 90 % range",
            counted(all, "later pattern")
        ));
    }
    lines.push(String::new());
    lines
}

fn told_checks(checked: &Checked, fit: &Fit) -> Vec<String> {
    let Checked { calibration, known } = checked;
    let mut lines =
        vec!["answers that are known: mean and standard deviation found, and right".to_owned()];
    for answer in known {
        let Answer { what, found, truth, .. } = answer;
        let (mean, sd) = answer.off();
        lines.push(format!(
            "  {what:<28} {:.3} ± {:.3}   {:.3} ± {:.3}   off {:.1} % and {:.1} %",
            found.0,
            found.1,
            truth.0,
            truth.1,
            100.0 * mean,
            100.0 * sd
        ));
    }
    let keys: Vec<String> = fit.world.priors.iter().map(|prior| prior.key.clone()).collect();
    lines.push(format!(
        "{} simulated partnerships fitted: how many ranges held the truth (what chance brings)",
        calibration.truths
    ));
    for line in inference::held(&keys, calibration) {
        let out = if line.is_within() { "" } else { "  OUT" };
        if line.what.ends_with("range") || !out.is_empty() {
            lines.push(format!(
                "  {:<28} {:<11} {:>5} (due {:.0}; {} to {}){out}",
                line.key, line.what, line.held, line.expected, line.band.0, line.band.1
            ));
        }
    }
    lines
}
