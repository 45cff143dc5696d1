//! What drives talk about roles and delay in the re-enacted case? Every uncertain number, three
//! ways.
//!
//! Most numbers of the Cypress case are assumed and some are estimated. Here each of them that the
//! standard theory reads is moved over a stated range, in three steps that each ask more of fewer:
//!
//! 1. *One at a time*: the curve of each number alone. Also what the fitted patterns rest on.
//! 2. *Screening* (Morris): each number moved from many places, so that it shows which ones bend or
//!    act together with others.
//! 3. *Shares of variance* (Sobol' indices after Saltelli) of the six that screening finds largest,
//!    for role share and for months lost.
//!
//! Ranges decide such a ranking, so the page states each of them and where it comes from. Replicates
//! are modest, so it states what part of the variance is luck. More of them are a matter of
//! minutes: the plans stand beside the page, for `rppsim sweep` and `rppsim sensitivity`.
//!
//! `cargo run --release --example what_drives_role_talk_and_delay` writes `out/what_drives/`.
//! `RPPSIM_SMALL=1` makes it tiny, to see that it runs.

use rppsim::parameters::{Provenance, TABLE, find};
use rppsim::report::pictures;
use rppsim::report::sensitivity::{OfOutcome, Sensitivity};
use rppsim::report::tables::number;
use rppsim::report::words;
use rppsim::scenario::World;
use rppsim::store::{Shard, Store};
use rppsim::sweep::results::{Row, fold};
use rppsim::sweep::sensitivity::analysis::Found;
use rppsim::sweep::sensitivity::gathered::Gathered;
use rppsim::sweep::{Plan, Sweep, SweepError};
use rppsim::worlds::Stop;
use rppsim::worlds::statistics::Mean;
use std::error::Error;
use std::fmt::Write;
use std::fs;
use std::path::Path;

const OUT: &str = "out/what_drives";
/// What is asked: talk about roles, and delay.
const ASKED: [&str; 2] = ["role_share", "months_lost"];
/// Fitted patterns whose footing is looked at as well, one number at a time.
const PATTERNS: [&str; 4] = ["pattern.P4b", "pattern.P4c", "pattern.P7b", "pattern.P7d"];
/// How far a number without a stated range is moved, as a part of its value.
const PART: f64 = 0.25;
/// Numbers whose shares of variance are estimated.
const FEW: usize = 6;

/// Numbers that this case does not read, or that only settle a scale: rivals and interventions,
/// which it has none of; money, tenure and urgent needs, of which it says nothing; turnover, as
/// none is set and newcomers are dated; the end, as no renewal falls due.
const NOT_READ: [&str; 19] = [
    "rival.",
    "welcome.",
    "agreement.",
    "coordinator.",
    "multilevel.",
    "succession.",
    "review.",
    "quota.",
    "broker.",
    "exploration.",
    "archive.",
    "capacity.",
    "process.",
    "incentives.",
    "funding.",
    "requests.pressed",
    "benefit.results_used",
    "turnover.",
    "benefit.end_",
];
const SCALE: [&str; 1] = ["learning.half_certainty"];

/// The part of newcomers' expectations of the partner that is their own.
const WEIGHT: &str = "profile.newcomer.about.pdi.expectation.weight";

/// A number of the case that nobody published.
struct Uncertain {
    key: String,
    low: f64,
    high: f64,
    /// Its value in the case; `None` for a distribution.
    value: Option<f64>,
    provenance: &'static str,
    /// Where the range comes from.
    range: &'static str,
    /// What the number rests on.
    source: String,
}

const SETS: &str = "5 to 95 % of the sets that the search kept";
const QUARTER: &str = "no range is stated anywhere: a quarter down and up, within what is allowed";
const OUTWARDS: &str = "no range is stated anywhere: a quarter down and up, whole numbers outwards";
const STATED: &str = "the range that the case states";

/// Three significant digits.
fn rounded(value: f64) -> f64 {
    format!("{value:.2e}").parse().unwrap_or(value)
}

/// 5 to 95 % of what the search kept, the value of the case included.
fn kept(scenario: &World, key: &str, value: f64) -> Option<(f64, f64)> {
    let sets = scenario.fitted.as_ref()?.some(200);
    let mut values: Vec<f64> = sets.iter().filter_map(|set| set.values.get(key).copied()).collect();
    values.sort_by(f64::total_cmp);
    let at = |part: f64| values.get((part * values.len() as f64) as usize).copied();
    Some((rounded(at(0.05)?).min(value), rounded(at(0.95)?).max(value)))
}

/// Every uncertain number that the case reads, with its range.
fn uncertain(scenario: &World) -> Vec<Uncertain> {
    let mut all = Vec::new();
    for row in TABLE {
        let value = scenario.value(row.key).unwrap_or(row.default);
        let unread = NOT_READ.iter().any(|start| row.key.starts_with(start));
        let open = [Provenance::Assumed, Provenance::Estimated].contains(&row.provenance);
        // What is switched off stays off.
        if unread || !open || SCALE.contains(&row.key) || value == 0.0 {
            continue;
        }
        let (a, b) = ((1.0 - PART) * value, (1.0 + PART) * value);
        let (a, b) = (a.min(b).max(row.low), a.max(b).min(row.high));
        let (low, high, range) = match kept(scenario, row.key, value) {
            Some((low, high)) => (low, high, SETS),
            None if row.whole => (a.floor().max(row.low), b.ceil().min(row.high), OUTWARDS),
            None => (a, b, QUARTER),
        };
        let (key, provenance, source) = (row.key.into(), row.provenance.word(), row.source.into());
        all.push(Uncertain { key, low, high, value: Some(value), provenance, range, source });
    }
    if let Some((low, high)) = kept(scenario, WEIGHT, 0.958) {
        all.push(Uncertain {
            key: WEIGHT.into(),
            low,
            high,
            value: Some(0.958),
            provenance: "estimated",
            range: SETS,
            source: "rppsim calibrate cypress, seed 1, on one published case".into(),
        });
    }
    all.push(Uncertain {
        key: "shock.second_leader.month".into(),
        low: 3.0,
        high: 7.0,
        value: None,
        provenance: "assumed",
        range: STATED,
        source: "not dated in the study; role talk does not rise before meeting 3".into(),
    });
    all
}

/// The plan of a step, as a file that `rppsim sweep` reads.
fn plan(
    title: &str,
    design: &str,
    replicates: u64,
    outcomes: &[&str],
    of: &[&Uncertain],
) -> String {
    let mut text = format!(
        "schema = 1\ntitle = \"{title}\"\nscenario = \"cypress\"\nreplicates = {replicates}\n\
         seed = 1\noutcomes = {outcomes:?}\n\n[design]\n{design}\n"
    );
    for uncertain in of {
        let Uncertain { key, low, high, .. } = uncertain;
        // Writing to memory does not fail.
        let _ = write!(text, "\n[factor.\"{key}\"]\nrange = [{low:?}, {high:?}]\n");
        if key == WEIGHT {
            let _ = writeln!(text, "label = \"weight of newcomers' own expectations\"");
        }
    }
    text
}

/// Runs a plan, into a store that is kept only as long as it is read.
fn lived(plan: &Plan) -> Result<Gathered, Box<dyn Error>> {
    let home = tempfile::tempdir()?;
    let sweep = Sweep { plan };
    let store = Store::create(&home.path().join("store"), &sweep.identity(Shard::WHOLE)?)?;
    sweep.run(&store, Stop::NEVER, |_| {})?;
    let mut gathered = Gathered::new(plan);
    fold(&sweep, &store, |row: Row| {
        gathered.add(plan, &row);
        Ok::<(), SweepError>(())
    })?;
    Ok(gathered)
}

/// A step: its plan, what it gave, and its pictures with their titles.
struct Step {
    plan: Plan,
    gathered: Gathered,
}

impl Step {
    fn take(name: &str, text: &str) -> Result<Step, Box<dyn Error>> {
        fs::write(format!("{OUT}/{name}.toml"), text)?;
        let path = format!("{OUT}/{name}.toml");
        let plan = Plan::open(Path::new(&path)).map_err(|problems| problems.to_string())?;
        let began = std::time::Instant::now();
        let gathered = lived(&plan)?;
        println!(
            "{name}: {} rows, {} runs and as many twins, {:.0} s",
            plan.rows.len(),
            plan.runs(),
            began.elapsed().as_secs_f64()
        );
        Ok(Step { plan, gathered })
    }

    fn found(&self, outcomes: usize) -> Sensitivity<'_> {
        let all: Vec<usize> = (0..outcomes).collect();
        Sensitivity::of(&self.plan, &self.gathered, &all)
    }

    /// Standard deviation and 5 to 95 % of an outcome over the first rows.
    fn spread(&self, outcome: usize, rows: usize) -> [f64; 3] {
        let points = self.gathered.points[outcome].iter().take(rows);
        let mut means: Vec<f64> = points.map(|p| p.mean).filter(|mean| mean.is_finite()).collect();
        let mut spread = Mean::default();
        means.iter().for_each(|mean| spread.add(*mean));
        means.sort_by(f64::total_cmp);
        let at = |part: f64| means.get((part * means.len() as f64) as usize).copied();
        [spread.sd(), at(0.05).unwrap_or(f64::NAN), at(0.95).unwrap_or(f64::NAN)]
    }
}

/// Writes the table and the pictures of a step; gives the pictures of an outcome as Markdown.
fn written(
    name: &str,
    found: &Sensitivity<'_>,
) -> Result<impl Fn(usize, &str) -> String + use<>, Box<dyn Error>> {
    fs::write(format!("{OUT}/{name}.csv"), found.table())?;
    let drawn = pictures::sensitivity(found)?;
    for picture in &drawn {
        fs::write(format!("{OUT}/{name}_{}.svg", picture.name), &picture.image.svg)?;
        fs::write(format!("{OUT}/{name}_{}.png", picture.name), &picture.image.png)?;
    }
    let name = name.to_owned();
    let shown = move |outcome: usize, end: &str| {
        let wanted = drawn.iter().find(|p| p.outcome == Some(outcome) && p.name.ends_with(end));
        let link = |p: &pictures::Drawn| format!("![{}]({name}_{}.svg)\n\n", p.title, p.name);
        wanted.map_or(String::new(), link)
    };
    Ok(shown)
}

/// The first entries of an outcome as a table of the page.
fn listed(found: &Sensitivity<'_>, of: &OfOutcome, most: usize) -> String {
    let mut text = "| | number | in words |\n| ---: | --- | --- |\n".to_owned();
    for (place, entry) in of.entries.iter().take(most).enumerate() {
        let meaning = entry.meaning.replace('*', "\\*");
        let _ = writeln!(text, "| {} | `{}` | {meaning} |", place + 1, found.keys(entry));
    }
    text + "\n"
}

/// The mean size of a factor's effects as a part of the largest, on the outcome where that is more.
fn weight(found: &Sensitivity<'_>, factor: usize) -> f64 {
    let of_outcome = |of: &OfOutcome| {
        let Ok(Found::Screening { effects, .. }) = &of.analysis.found else { return 0.0 };
        let largest = effects.iter().map(|e| e.mu_star.value).fold(f64::MIN_POSITIVE, f64::max);
        effects[factor].mu_star.value / largest
    };
    found.outcomes.iter().map(of_outcome).fold(0.0, f64::max)
}

/// The sentence that answers for one outcome, from its shares of variance.
fn answer(found: &Sensitivity<'_>, of: &OfOutcome, numbers: &[&Uncertain]) -> String {
    let about = |(place, entry): (usize, &rppsim::report::sensitivity::Entry)| {
        let uncertain = numbers[entry.factors[0]];
        let total = &entry.figures[0];
        let (low, high) = total.interval;
        let first = &entry.figures[1];
        let alone = match first.interval.0 > 0.0 {
            true => format!("{:.0} % alone", 100.0 * first.value),
            false => "nothing alone that can be told from zero".to_owned(),
        };
        format!(
            "{}. `{}` ({}): {:.0} % of the variance alone and with others (95 % interval {:.0} to \
             {:.0} %), {}.\n",
            place + 1,
            uncertain.key,
            uncertain.provenance,
            100.0 * total.value,
            100.0 * low,
            100.0 * high,
            alone
        )
    };
    let list: String = of.entries.iter().enumerate().map(about).collect();
    format!("**{}** rests, among the six, on\n\n{list}\n", found.outcome(of).title)
}

fn main() -> Result<(), Box<dyn Error>> {
    let small = std::env::var_os("RPPSIM_SMALL").is_some();
    let scenario = World::open("cypress").map_err(|problems| problems.to_string())?;
    let all = uncertain(&scenario);
    fs::create_dir_all(OUT)?;

    // One at a time, with the patterns: also the numbers by which interviews are read.
    let everything: Vec<&Uncertain> = all.iter().collect();
    let outcomes = [&ASKED[..], &PATTERNS[..]].concat();
    let mut design = format!(
        "kind = \"one-at-a-time\"\nlevels = {}\n[design.baseline]\n",
        if small { 2 } else { 5 }
    );
    for uncertain in &all {
        if let Some(value) = uncertain.value {
            let _ = writeln!(design, "\"{}\" = {value:?}", uncertain.key);
        }
    }
    let runs = if small { 2 } else { 24 };
    let text = plan("One number at a time", &design, runs, &outcomes, &everything);
    let alone = Step::take("one_at_a_time", &text)?;

    // Screening: interviews take place after the fact, so what they are read by is left out.
    let read: Vec<&Uncertain> = all.iter().filter(|of| !of.key.starts_with("answer.")).collect();
    let design =
        format!("kind = \"morris\"\ntrajectories = {}\nlevels = 4\n", if small { 2 } else { 12 });
    let runs = if small { 2 } else { 16 };
    let text = plan("Screening", &design, runs, &ASKED, &read);
    let screened = Step::take("screening", &text)?;
    let screening = screened.found(ASKED.len());

    // Shares of variance of the few that matter most to either outcome.
    let mut order: Vec<usize> = (0..read.len()).collect();
    order.sort_by(|a, b| weight(&screening, *b).total_cmp(&weight(&screening, *a)));
    let few: Vec<&Uncertain> = order.iter().take(FEW).map(|&factor| read[factor]).collect();
    let design = format!("kind = \"saltelli\"\nbase = {}\n", if small { 4 } else { 128 });
    let runs = if small { 2 } else { 20 };
    let text = plan("Shares of variance of six", &design, runs, &ASKED, &few);
    let shared = Step::take("shares", &text)?;

    // The sets that the search kept, each as a whole.
    let sets = scenario.fitted.as_ref().ok_or("no fitted sets")?.some(if small { 3 } else { 60 });
    let keys: Vec<&String> = sets.first().ok_or("no set")?.values.keys().collect();
    let mut rows = keys.iter().map(|key| key.as_str()).collect::<Vec<_>>().join(",");
    for set in &sets {
        let values: Vec<String> = set.values.values().map(|value| value.to_string()).collect();
        rows = rows + "\n" + &values.join(",");
    }
    fs::write(format!("{OUT}/kept_sets.csv"), rows + "\n")?;
    let design = "kind = \"rows\"\nfile = \"kept_sets.csv\"\n";
    let text = plan("Sets that the search kept", design, runs, &ASKED, &[]);
    let whole = Step::take("kept_sets", &text)?;

    let (one, shares) = (alone.found(outcomes.len()), shared.found(ASKED.len()));
    let asked = alone.found(ASKED.len());
    let shown_one = written("one_at_a_time", &asked)?;
    fs::write(format!("{OUT}/one_at_a_time.csv"), one.table())?;
    let shown_screening = written("screening", &screening)?;
    let shown_shares = written("shares", &shares)?;

    let mut page = "# What drives role talk and delay\n\n".to_owned();
    let _ = writeln!(
        page,
        "The re-enacted case (`cypress`) rests on {} numbers that nobody published. Which of them \
         decide how much its leaders talk about roles, and how many months of work the newcomers \
         cost? Each was moved over a stated range: alone, then from many places, then the six \
         largest together.\n",
        all.len()
    );
    for of in &shares.outcomes {
        page.push_str(&answer(&shares, of, &few));
        for sentence in shares.about(of) {
            let _ = writeln!(page, "{sentence}\n");
        }
    }
    page.push_str(
        "An interval wider than 20 points does not settle a share; neighbours whose intervals \
         overlap may change places.\n\n",
    );
    for of in &shares.outcomes {
        let independent = shared.spread(of.place, 2 * shared.plan.rows.len() / (few.len() + 2));
        let kept = whole.spread(of.place, usize::MAX);
        let [apart, low, high] = independent.map(words::short);
        let [sd, from, to] = kept.map(words::short);
        let _ = writeln!(
            page,
            "Moved independently of one another, the six spread {} from {low} to {high} (5 to 95 % \
             of rows, standard deviation {apart}). Sets of estimated numbers that the search kept, \
             each taken whole, spread it from {from} to {to} (standard deviation {sd}): {:.0} % of \
             that variance. What is more comes from combinations that the search did not keep, as it \
             pins estimated numbers together and not one by one, and from the assumed ones among \
             the six, which the sets leave as they are.\n",
            shares.outcome(of).title,
            100.0 * kept[0] * kept[0] / (independent[0] * independent[0])
        );
    }
    page.push_str("## Assumed numbers alone\n\n");
    page.push_str(
        "Estimated numbers were moved over what the search left open, which for most is more than \
         a quarter. Of the assumed ones alone, moved a quarter down and up, screening finds \
         largest:\n\n",
    );
    for of in &screening.outcomes {
        let _ = writeln!(page, "**{}**\n", screening.outcome(of).title);
        let assumed = of.entries.iter().filter(|e| read[e.factors[0]].provenance == "assumed");
        for entry in assumed.take(5) {
            let uncertain = read[entry.factors[0]];
            let meaning = find(&uncertain.key).map_or("", |row| row.meaning);
            let (key, source) = (&uncertain.key, &uncertain.source);
            let figure = &entry.figures[0];
            let (low, high) = figure.interval;
            let _ = writeln!(
                page,
                "- `{key}`: {} over its range (95 % interval {} to {}). {meaning} Rests on: {source}.",
                words::short(figure.value),
                words::short(low),
                words::short(high)
            );
        }
        page.push('\n');
    }
    page.push_str("## The six, and what they rest on\n\n");
    page.push_str("| number | meaning | from | to | why this range | provenance | source |\n");
    page.push_str("| --- | --- | ---: | ---: | --- | --- | --- |\n");
    for of in &few {
        let own = "Part of newcomers' expectations of the partner that is their own.";
        let meaning = find(&of.key).map_or(own, |row| row.meaning);
        let (low, high) = (number(of.low), number(of.high));
        let Uncertain { key, range, provenance, source, .. } = of;
        let _ = writeln!(
            page,
            "| `{key}` | {meaning} | {low} | {high} | {range} | {provenance} | {source} |"
        );
    }
    page.push_str("\n## Shares of variance\n\n");
    let _ = writeln!(
        page,
        "{} rows of {} runs and their twins; the other numbers as the case has them.\n",
        shared.plan.rows.len(),
        shared.plan.replicates
    );
    for of in &shares.outcomes {
        let _ = writeln!(page, "### {}\n", shares.outcome(of).title);
        page.push_str(&shown_shares(of.place, "indices"));
        page.push_str(&listed(&shares, of, FEW));
    }
    page.push_str("## Screening\n\n");
    let _ = writeln!(
        page,
        "{} numbers, {} rows of {} runs and their twins. mu\\* is the mean size of the change over \
         a number's range. The six went on whose mu\\* comes nearest to the largest, on either \
         outcome.\n",
        read.len(),
        screened.plan.rows.len(),
        screened.plan.replicates
    );
    for of in &screening.outcomes {
        let _ = writeln!(
            page,
            "### {}\n\n{}\n",
            screening.outcome(of).title,
            screening.about(of).join(" ")
        );
        page.push_str(&shown_screening(of.place, "screening"));
        page.push_str(&listed(&screening, of, 10));
    }
    page.push_str("## One at a time\n\n");
    let _ = writeln!(
        page,
        "{} rows of {} runs and their twins; the same runs everywhere, so that changes are \
         paired.\n",
        alone.plan.rows.len(),
        alone.plan.replicates
    );
    for of in one.outcomes.iter().take(ASKED.len()) {
        let _ = writeln!(page, "### {}\n", one.outcome(of).title);
        page.push_str(&shown_one(of.place, "curves"));
        page.push_str(&shown_one(of.place, "changes"));
        page.push_str(&listed(&one, of, 10));
    }
    let Ok(Found::Curves(talk)) = &one.outcomes[0].analysis.found else {
        return Err("no curves".into());
    };
    let Ok(Found::Curves(delay)) = &one.outcomes[1].analysis.found else {
        return Err("no curves".into());
    };
    let nothing = |factor: &usize| {
        let flat = |curves: &[rppsim::sweep::sensitivity::gathered::Curve]| {
            curves[*factor].from_baseline.iter().all(|change| change.is_nothing())
        };
        flat(talk) && flat(delay)
    };
    let inert: Vec<String> =
        (0..all.len()).filter(nothing).map(|factor| format!("`{}`", all[factor].key)).collect();
    let _ = writeln!(
        page,
        "Alone, {} of {} numbers changed neither outcome in any run: {}.\n",
        inert.len(),
        all.len(),
        inert.join(", ")
    );
    page.push_str("### What the fitted patterns rest on\n\n");
    page.push_str("| pattern | moved most by |\n| --- | --- |\n");
    for of in one.outcomes.iter().skip(ASKED.len()) {
        let entry = |entry: &rppsim::report::sensitivity::Entry| {
            format!("`{}` ({})", one.keys(entry), words::short(entry.figures[1].value))
        };
        let most: Vec<String> = of.entries.iter().take(5).map(entry).collect();
        let _ = writeln!(page, "| {} | {} |", one.outcome(of).title, most.join(", "));
    }
    page.push_str(
        "\nIn brackets: the change from the lowest to the highest value.\n\n\
         ## The ranges\n\n| number | in the case | from | to | why | provenance |\n\
         | --- | ---: | ---: | ---: | --- | --- |\n",
    );
    for Uncertain { key, low, high, value, provenance, range, .. } in &all {
        let value = value.map_or("drawn".to_owned(), number);
        let (low, high) = (number(*low), number(*high));
        let _ = writeln!(page, "| `{key}` | {value} | {low} | {high} | {range} | {provenance} |");
    }
    page.push_str(
        "\n## What this does not say\n\n\
         - A quarter down and up is a convention, not knowledge: a number that is known less well \
         than that matters more than it seems here, and the order above changes with the ranges.\n\
         - Numbers that are switched off (0) stay off, and so does every rule that reads them \
         alone; theories of another kind are compared by `rppsim patterns`.\n\
         - Shares are of the variance that the six make, not of that of all.\n\
         - It is about one re-enacted partnership, and about the model of it.\n",
    );
    fs::write(format!("{OUT}/what_drives_role_talk_and_delay.md"), &page)?;

    for of in &shares.outcomes {
        println!("\n{}", answer(&shares, of, &few).trim());
        println!("{}", shares.about(of).join(" "));
    }
    println!("\n{OUT}: what_drives_role_talk_and_delay.md, with tables, pictures and plans");
    let most = |of: &OfOutcome| {
        let keys =
            of.entries.iter().take(2).map(|entry| format!("`{}`", few[entry.factors[0]].key));
        format!(
            "{} rests most on {}",
            shares.outcome(of).title,
            keys.collect::<Vec<_>>().join(" and ")
        )
    };
    let most: Vec<String> = shares.outcomes.iter().map(most).collect();
    println!("\nResult: among the six numbers that matter most, {}.", most.join("; "));
    Ok(())
}
