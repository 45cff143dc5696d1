//! What drives talk about roles and delay in the re-enacted case? Every uncertain number, three
//! ways.
//!
//! Most numbers of the Cypress case are assumed and some are estimated: not only those of the table
//! of parameters, but what newcomers are like and what they hold, when they come, how many seats
//! there are, what was agreed and what is seen of it. Here each of them that the case reads
//! ([`World::numbers`]) is moved over a stated range, in three steps that each ask more of fewer:
//!
//! 1. *One at a time*: the curve of each number alone, all kinds in one order. Also what the fitted
//!    patterns rest on.
//! 2. *Screening* (Morris): each number moved from many places, so that it shows which ones bend or
//!    act together with others.
//! 3. *Shares of variance* (Sobol' indices after Saltelli) of the six that screening finds largest.
//!
//! What is asked: role share in all meetings, role share in meetings 3 to 9, and months lost.
//!
//! Ranges decide such a ranking, so the page states each of them and where it comes from. Replicates
//! are modest, so it states what part of the variance is luck. More of them are a matter of
//! minutes: the plans stand beside the page, for `rppsim sweep` and `rppsim sensitivity`.
//!
//! `cargo run --release --example what_drives_role_talk_and_delay` writes `out/what_drives/`.
//! `RPPSIM_SMALL=1` makes it tiny, to see that it runs.

use rppsim::ids::Meeting;
use rppsim::measure::{Counted, Part};
use rppsim::parameters::{Provenance, find};
use rppsim::report::pictures;
use rppsim::report::sensitivity::{OfOutcome, Sensitivity};
use rppsim::report::tables::number;
use rppsim::report::words;
use rppsim::scenario::World;
use rppsim::scenario::number::Kind;
use rppsim::scenario::numbers::{Held, Listed, Span};
use rppsim::store::{Shard, Store};
use rppsim::sweep::results::{Row, fold};
use rppsim::sweep::sensitivity::analysis::Found;
use rppsim::sweep::sensitivity::gathered::{Curve, Effect, Gathered};
use rppsim::sweep::{Plan, Sweep, SweepError};
use rppsim::worlds::Stop;
use rppsim::worlds::statistics::Mean;
use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fmt::Write;
use std::fs;
use std::path::Path;

const OUT: &str = "out/what_drives";
/// Fitted patterns whose footing is looked at as well, one number at a time, where the case has
/// them.
const PATTERNS: [&str; 3] = ["P4c", "P7b", "P7d"];
/// The meetings in which the study saw most talk about roles.
const MEETINGS: (u32, u32) = (3, 9);
/// Why a number that could be moved is not.
const KNOWN: &str = "a source states it as one value";
/// Numbers in the order of what each does alone.
const LARGEST: usize = 15;
/// Numbers whose shares of variance are estimated.
const FEW: usize = 6;

/// A number of the case that is in doubt.
struct Uncertain {
    number: Listed,
    span: Span,
}

impl Uncertain {
    /// Its value in the case; `None` for a distribution.
    fn value(&self) -> Option<f64> {
        match self.number.held {
            Held::Value(value) => Some(value),
            _ => None,
        }
    }

    fn provenance(&self) -> &'static str {
        self.number.provenance.word()
    }

    /// What it means: a parameter in the words of the table, others by their kind.
    fn meaning(&self) -> &'static str {
        find(&self.number.key).map_or(self.number.kind.word(), |row| row.meaning)
    }

    /// Whether it is one of the scenario, and not of the table of parameters.
    fn is_of_the_scenario(&self) -> bool {
        find(&self.number.key).is_none()
    }
}

/// What is asked: role share in all meetings, in those in which the study saw most of it, and delay.
fn asked(scenario: &World) -> Result<[String; 3], String> {
    let (from, to) = MEETINGS;
    let within = |part| part == Some(Part::Meetings((Meeting(from), Meeting(to))));
    let mut patterns = scenario.patterns.iter();
    let then = patterns.find(|p| p.measure.counted == Counted::Share && within(p.measure.part));
    let then = then.ok_or(format!("no pattern is the role share of meetings {from} to {to}"))?;
    Ok(["role_share".into(), format!("pattern.{}", then.name), "months_lost".into()])
}

/// The plan of a step, as a file that `rppsim sweep` reads.
fn plan(
    title: &str,
    design: &str,
    replicates: u64,
    outcomes: &[String],
    of: &[&Uncertain],
) -> String {
    let mut text = format!(
        "schema = 1\ntitle = \"{title}\"\nscenario = \"cypress\"\nreplicates = {replicates}\n\
         seed = 1\noutcomes = {outcomes:?}\n\n[design]\n{design}\n"
    );
    for Uncertain { number, span } in of {
        let (key, low, high) = (&number.key, span.low, span.high);
        // Writing to memory does not fail.
        let _ = write!(text, "\n[factor.{key:?}]\nrange = [{low:?}, {high:?}]\n");
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

/// Draws from the posterior, each as a whole; none where the case carries none.
fn drawn(
    scenario: &World,
    most: usize,
    runs: u64,
    asked: &[String],
) -> Result<Option<Step>, Box<dyn Error>> {
    let Some(posterior) = &scenario.posterior else { return Ok(None) };
    let keys: Vec<&str> = posterior.keys().collect();
    let mut rows = keys.join(",");
    for draw in posterior.some(most) {
        let values: Vec<String> = draw.values().map(|value| value.to_string()).collect();
        rows = rows + "\n" + &values.join(",");
    }
    fs::write(format!("{OUT}/draws.csv"), rows + "\n")?;
    let design = "kind = \"rows\"\nfile = \"draws.csv\"\n";
    let text = plan("Draws from the posterior", design, runs, asked, &[]);
    Ok(Some(Step::take("draws", &text)?))
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

/// The factors that change an outcome most from end to end, with the change and half of its 95 %
/// Monte-Carlo interval.
fn by_change(of: &OfOutcome) -> Vec<(usize, Effect)> {
    let Ok(Found::Curves(curves)) = &of.analysis.found else { return Vec::new() };
    let ends = curves.iter().map(|curve| curve.ends).enumerate();
    let mut ends: Vec<(usize, Effect)> = ends.filter(|(_, e)| e.value.is_finite()).collect();
    // Equals stay in the order of their keys.
    ends.sort_by(|(_, a), (_, b)| b.value.abs().total_cmp(&a.value.abs()));
    ends
}

/// A change with its sign, and half of its 95 % Monte-Carlo interval.
fn signed(change: &Effect) -> String {
    let sign = if change.value > 0.0 { "+" } else { "" };
    let error = match change.half.is_finite() {
        true => words::short(change.half),
        false => "unknown".to_owned(),
    };
    format!("{sign}{} ± {error}", words::short(change.value))
}

/// The largest changes of an outcome, whatever kind of number they are of, as a table of the page.
fn largest(of: &OfOutcome, numbers: &[Uncertain]) -> String {
    let mut text = "| | number | kind | provenance | from | to | change over the range |\n\
                    | ---: | --- | --- | --- | ---: | ---: | ---: |\n"
        .to_owned();
    for (place, (factor, change)) in by_change(of).into_iter().take(LARGEST).enumerate() {
        let uncertain = &numbers[factor];
        let Uncertain { number: Listed { key, kind, .. }, span } = uncertain;
        let _ = writeln!(
            text,
            "| {} | `{key}` | {} | {} | {} | {} | {} |",
            place + 1,
            kind.word(),
            uncertain.provenance(),
            number(span.low),
            number(span.high),
            signed(&change)
        );
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

/// How many numbers of the scenario there are of each kind.
fn kinds(all: &[Uncertain]) -> String {
    let of = |kind: Kind| {
        let count =
            all.iter().filter(|of| of.is_of_the_scenario() && of.number.kind == kind).count();
        (count > 0).then(|| format!("{}: {count}", kind.word()))
    };
    Kind::ALL.into_iter().filter_map(of).collect::<Vec<_>>().join(", ")
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
            uncertain.number.key,
            uncertain.provenance(),
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
    let asked = asked(&scenario)?;
    let numbers = scenario.numbers();
    let in_doubt = |number: &Listed| {
        let span = *number.in_doubt()?;
        Some(Uncertain { number: number.clone(), span })
    };
    let all: Vec<Uncertain> = numbers.iter().filter_map(in_doubt).collect();
    fs::create_dir_all(OUT)?;

    // One at a time, with the patterns: also the numbers by which interviews are read.
    let everything: Vec<&Uncertain> = all.iter().collect();
    let there = |name: &&&str| scenario.patterns.iter().any(|pattern| pattern.name == **name);
    let patterns = PATTERNS.iter().filter(there).map(|name| format!("pattern.{name}"));
    let outcomes: Vec<String> = asked.iter().cloned().chain(patterns).collect();
    let mut design = format!(
        "kind = \"one-at-a-time\"\nlevels = {}\n[design.baseline]\n",
        if small { 2 } else { 3 }
    );
    for uncertain in &all {
        if let Some(value) = uncertain.value() {
            let _ = writeln!(design, "{:?} = {value:?}", uncertain.number.key);
        }
    }
    let runs = if small { 2 } else { 20 };
    let text = plan("One number at a time", &design, runs, &outcomes, &everything);
    let alone = Step::take("one_at_a_time", &text)?;

    // Screening: interviews take place after the fact, so what they are read by is left out.
    let read: Vec<&Uncertain> =
        all.iter().filter(|of| !of.number.key.starts_with("answer.")).collect();
    let design =
        format!("kind = \"morris\"\ntrajectories = {}\nlevels = 4\n", if small { 2 } else { 10 });
    let runs = if small { 2 } else { 6 };
    let text = plan("Screening", &design, runs, &asked, &read);
    let screened = Step::take("screening", &text)?;
    let screening = screened.found(asked.len());

    // Shares of variance of the few that matter most to either outcome.
    let mut order: Vec<usize> = (0..read.len()).collect();
    order.sort_by(|a, b| weight(&screening, *b).total_cmp(&weight(&screening, *a)));
    let few: Vec<&Uncertain> = order.iter().take(FEW).map(|&factor| read[factor]).collect();
    let design = format!("kind = \"saltelli\"\nbase = {}\n", if small { 4 } else { 128 });
    let runs = if small { 2 } else { 20 };
    let text = plan("Shares of variance of six", &design, runs, &asked, &few);
    let shared = Step::take("shares", &text)?;

    let whole = drawn(&scenario, if small { 3 } else { 60 }, runs, &asked)?;

    let (one, shares) = (alone.found(outcomes.len()), shared.found(asked.len()));
    let shown_one = written("one_at_a_time", &alone.found(asked.len()))?;
    fs::write(format!("{OUT}/one_at_a_time.csv"), one.table())?;
    let shown_screening = written("screening", &screening)?;
    let shown_shares = written("shares", &shares)?;

    let mut page = "# What drives role talk and delay\n\n".to_owned();
    let _ = writeln!(
        page,
        "The re-enacted case (`cypress`) rests on {} numbers that are in doubt: {} of the scenario \
         itself ({}), and {} of the table of parameters. Which of them decide how much its leaders \
         talk about roles, in all meetings and in meetings {} to {}, and how many months of work the \
         newcomers cost? Each was moved over a stated range: alone, then from many places, then the \
         six largest together.\n",
        all.len(),
        all.iter().filter(|of| of.is_of_the_scenario()).count(),
        kinds(&all),
        all.iter().filter(|of| !of.is_of_the_scenario()).count(),
        MEETINGS.0,
        MEETINGS.1
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
        let [apart, low, high] = independent.map(words::short);
        let _ = writeln!(
            page,
            "Moved independently of one another, the six spread {} from {low} to {high} (5 to 95 % \
             of rows, standard deviation {apart}).",
            shares.outcome(of).title,
        );
        let Some(whole) = &whole else {
            page.push_str("The case has no sets of estimated numbers that a search kept.\n\n");
            continue;
        };
        let kept = whole.spread(of.place, usize::MAX);
        let [sd, from, to] = kept.map(words::short);
        let _ = writeln!(
            page,
            "Sets of estimated numbers that the search kept, each taken whole, spread it from {from} \
             to {to} (standard deviation {sd}): {:.0} % of that variance. What is more comes from \
             combinations that the search did not keep, as it pins estimated numbers together and not \
             one by one, and from the assumed ones among the six, which the sets leave as they are.\n",
            100.0 * kept[0] * kept[0] / (independent[0] * independent[0])
        );
    }
    page.push_str("## Assumed numbers alone\n\n");
    page.push_str(
        "Estimated numbers were moved over what the search left open, which for most is more than \
         a quarter. Of the assumed ones alone screening finds largest:\n\n",
    );
    for of in &screening.outcomes {
        let _ = writeln!(page, "**{}**\n", screening.outcome(of).title);
        let assumed = of
            .entries
            .iter()
            .filter(|e| read[e.factors[0]].number.provenance == Provenance::Assumed);
        for entry in assumed.take(5) {
            let uncertain = read[entry.factors[0]];
            let Listed { key, source, .. } = &uncertain.number;
            let meaning = uncertain.meaning();
            let rests = match source.as_str() {
                "" => String::new(),
                source => format!(" Rests on: {source}."),
            };
            let figure = &entry.figures[0];
            let (low, high) = figure.interval;
            let _ = writeln!(
                page,
                "- `{key}`: {} over its range (95 % interval {} to {}). {meaning}{rests}",
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
        let Uncertain { number: Listed { key, source, .. }, span: Span { low, high, why, .. } } =
            of;
        let (low, high, why, meaning) = (number(*low), number(*high), why.words(), of.meaning());
        let provenance = of.provenance();
        let _ = writeln!(
            page,
            "| `{key}` | {meaning} | {low} | {high} | {why} | {provenance} | {source} |"
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
         a number's range. The six went on whose mu\\* comes nearest to the largest, on any \
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
         paired. Largest first, whatever kind of number it is: the change from the lower to the \
         upper end, with half of its 95 % Monte-Carlo interval. Where that is more than the change, \
         not even the sign is settled.\n",
        alone.plan.rows.len(),
        alone.plan.replicates
    );
    for of in one.outcomes.iter().take(asked.len()) {
        let _ = writeln!(page, "### {}\n", one.outcome(of).title);
        page.push_str(&largest(of, &all));
        page.push_str(&shown_one(of.place, "curves"));
        page.push_str(&shown_one(of.place, "changes"));
    }
    let nothing = |factor: &usize| {
        let flat = |curve: &Curve| curve.from_baseline.iter().all(|change| change.is_nothing());
        one.outcomes.iter().take(asked.len()).all(|of| match &of.analysis.found {
            Ok(Found::Curves(curves)) => flat(&curves[*factor]),
            _ => false,
        })
    };
    let inert: Vec<String> = (0..all.len())
        .filter(nothing)
        .map(|factor| format!("`{}`", all[factor].number.key))
        .collect();
    let _ = writeln!(
        page,
        "Alone, {} of {} numbers changed no outcome in any run: {}.\n",
        inert.len(),
        all.len(),
        inert.join(", ")
    );
    page.push_str("### What the fitted patterns rest on\n\n");
    page.push_str("| pattern | moved most by |\n| --- | --- |\n");
    for of in one.outcomes.iter().filter(|of| one.outcome(of).name.starts_with("pattern.")) {
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
    for of in &all {
        let Uncertain { number: Listed { key, .. }, span: Span { low, high, why, .. } } = of;
        let value = of.value().map_or("drawn".to_owned(), number);
        let (low, high, why, provenance) =
            (number(*low), number(*high), why.words(), of.provenance());
        let _ = writeln!(page, "| `{key}` | {value} | {low} | {high} | {why} | {provenance} |");
    }
    page.push_str("\n## Numbers that stayed\n\n| why | how many |\n| --- | ---: |\n");
    let mut stayed: BTreeMap<&str, usize> = BTreeMap::new();
    for number in numbers.iter().filter(|number| number.in_doubt().is_none()) {
        let why = number.moves.as_ref().err().map_or(KNOWN, |still| still.words());
        *stayed.entry(why).or_default() += 1;
    }
    for (why, count) in stayed {
        let _ = writeln!(page, "| {why} | {count} |");
    }
    page.push_str(
        "\n## What this does not say\n\n\
         - A quarter, a half of a weight, two months, one seat are conventions, not knowledge: a \
         number that is known less well than that matters more than it seems here, and the order \
         above changes with the ranges.\n\
         - What is no number stays: who is on the team, which profile a seat has, what an \
         organization works for.\n\
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
        let first = by_change(of).into_iter().take(2);
        let first =
            first.map(|(factor, by)| format!("`{}` ({})", all[factor].number.key, signed(&by)));
        format!("{} most by {}", one.outcome(of).title, first.collect::<Vec<_>>().join(" and "))
    };
    let most: Vec<String> = one.outcomes.iter().take(asked.len()).map(most).collect();
    let first: BTreeSet<usize> = one
        .outcomes
        .iter()
        .take(asked.len())
        .flat_map(|of| by_change(of).into_iter().take(LARGEST).map(|(factor, _)| factor))
        .collect();
    let of_the_scenario = first.iter().filter(|factor| all[**factor].is_of_the_scenario()).count();
    println!(
        "\nResult: of {} numbers in doubt, each moved alone over its range, these change {}; of the {} \
         that are among the {LARGEST} largest for some outcome, {of_the_scenario} are numbers of the \
         scenario and not of the table of parameters.",
        all.len(),
        most.join("; "),
        first.len()
    );
    Ok(())
}
