//! `rppsim compare`: a base and variants of it as twins.

use super::asked::{Asked, made, numbers, tell_left_out, tell_outside, whole};
use super::outcome::{Failure, Found};
use super::printed;
use super::progress::Progress;
use clap::Args;
use rppsim::report::comparison;
use rppsim::report::page::About;
use rppsim::scenario::document::{Assignment, Problems, names};
use rppsim::scenario::{Numbers, World};
use rppsim::sweep::quoted;
use rppsim::worlds::compare::study::Plan;
use rppsim::worlds::compare::{Comparison, Incomparable, Pairs, Variant};
use serde_json::json;

#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub struct Arguments {
    #[command(flatten)]
    pub asked: Asked,
    /// World files to compare the base with
    files: Vec<String>,
    /// A variant of the base: --variant 'a welcome: intervention.welcome.from=1' (may be repeated)
    #[arg(long, value_name = "NAME: KEY=TOML; KEY=TOML")]
    variant: Vec<String>,
    /// Compare on this only, the first being the one that matters most (may be repeated)
    #[arg(long, value_name = "NAME")]
    outcome: Vec<String>,
    /// How many pairs of runs
    #[arg(long, default_value_t = 1000, value_parser = whole(2_u64, 10_000_000))]
    runs: u64,
    /// Run until the 95 % interval of the first outcome is this narrow on either side
    #[arg(long, value_name = "X", conflicts_with = "runs", value_parser = half_width)]
    precision: Option<f64>,
    /// Numbers of the runs: drawn from the posterior that the base carries, the same in both worlds
    /// of a pair, or fixed at those that it states
    #[arg(long, value_name = "fixed|posterior", default_value = "posterior", value_parser = numbers)]
    numbers: Numbers,
    /// No longer there
    #[arg(long, hide = true)]
    sets: Option<String>,
    /// Find how strong interventions must be to pay for themselves
    #[arg(long)]
    break_even: bool,
    /// The question in words, for the page
    #[arg(long)]
    question: Option<String>,
}

const EXAMPLES: &str = "Examples:
  rppsim compare quiet --variant 'a newcomer: shock.new={ kind=\"replace\", seat=\"instruction_director\", profile=\"newcomer\", month=6 }'
  rppsim compare cypress --variant 'welcome: intervention.welcome.from=1' --break-even
Interventions and what they give and take: rppsim params --interventions";

/// A half width of an interval.
fn half_width(text: &str) -> Result<f64, String> {
    let number = text.parse().ok().filter(|x: &f64| *x > 0.0 && x.is_finite());
    number.ok_or_else(|| "allowed is a number above 0, in the unit of the first outcome".into())
}

/// The most pairs that a precision may ask for.
const MOST_PAIRS: u64 = 1 << 20;

pub fn run(arguments: &Arguments) -> Result<Found, Failure> {
    if arguments.sets.is_some() {
        return Err(Failure::BadInput(
            "--sets is no more: sets that fit about as well are no statement of what is not known\n  help: every pair is now lived at a draw from the posterior (--numbers posterior, the default); --numbers fixed leaves that out".into(),
        ));
    }
    let base = arguments.asked.scenario(&[])?;
    tell_left_out(base.beyond_horizon());
    if arguments.numbers == Numbers::Fixed {
        tell_outside(&base.outside_its_posterior());
    }
    let base = base.drawing(arguments.numbers);
    if let Some(fault) = arguments.question.as_deref().and_then(names::fault_of_text) {
        return Err(Problems::from(fault.help("the question is asked with --question")).into());
    }
    let comparison = Comparison::on(
        &arguments.outcome,
        base.clone(),
        variants(arguments)?,
        arguments.asked.seed,
    )
    .map_err(refused)?;
    let pairs = match arguments.precision {
        None => Pairs::Exactly(arguments.runs),
        Some(half_width) => Pairs::Until { half_width, at_most: MOST_PAIRS },
    };
    let plan = Plan { pairs, break_even: arguments.break_even, ..Plan::default() };
    let mut folder = arguments.asked.folder("compare-", &base.name)?;
    folder.state("variant", &arguments.variant);
    folder.state("files_compared", &arguments.files);
    folder.state("outcomes", &arguments.outcome);
    let expected = if let Pairs::Exactly(pairs) = pairs { pairs } else { MOST_PAIRS };
    let mut progress = Progress::begin("pairs", expected);
    let question = arguments.question.clone();
    let about = About { question, command: command(arguments), ..About::default() };
    let found = comparison::write(folder, &comparison, plan, about, || progress.step())?;
    progress.end();
    made(&found.made);
    let mut json = comparison::to_json(&found.study);
    json["folder"] = json!(found.made.folder.to_string_lossy());
    json["files"] = json!(found.made.files);
    let words = printed::study(&found.study);
    Found::new(json, format!("{words}\n{}", printed::files(&found.made, found.seconds)))
}

fn refused(why: Incomparable) -> Failure {
    let help = match &why {
        Incomparable::NoVariant => {
            "\n  help: name a scenario file, or --variant 'NAME: KEY=TOML', such as --variant 'welcome: intervention.welcome.from=1'"
        }
        _ => "",
    };
    Failure::BadInput(format!("{why}{help}"))
}

fn variants(arguments: &Arguments) -> Result<Vec<Variant>, Failure> {
    let mut variants = Vec::new();
    for file in &arguments.files {
        let scenario = World::open_with(file, &arguments.asked.set)?;
        named(&scenario.name, "rename the file: a variant is called like it")?;
        variants.push(Variant { name: scenario.name.clone(), world: scenario });
    }
    for text in &arguments.variant {
        let (name, assignments) = named_assignments(text)?;
        let scenario = arguments.asked.scenario(&assignments)?;
        variants.push(Variant { name, world: scenario });
    }
    Ok(variants)
}

/// `NAME: KEY=TOML; KEY=TOML`; a semicolon within quotation marks belongs to the text.
fn named_assignments(text: &str) -> Result<(String, Vec<Assignment>), Failure> {
    let wrong = |what: &str| {
        Failure::BadInput(format!(
            "--variant {what}\n  found: {text}\n  allowed: 'NAME: KEY=TOML; KEY=TOML', such as 'welcome: intervention.welcome.from=1'"
        ))
    };
    let Some((name, rest)) = text.split_once(':') else {
        return Err(wrong("needs a name and a colon before its assignments"));
    };
    let name = name.trim();
    if name.is_empty() {
        return Err(wrong("needs a name before its colon"));
    }
    if name.contains('=') {
        return Err(wrong(
            "has `=` before its first colon: an assignment without a name, or a name with `=`",
        ));
    }
    named(name, "it is the name in --variant 'NAME: KEY=TOML'")?;
    let mut parts = vec![String::new()];
    let mut quoted = None;
    for c in rest.chars() {
        match (c, quoted) {
            (';', None) => {
                parts.push(String::new());
                continue;
            }
            ('"' | '\'', None) => quoted = Some(c),
            (_, Some(mark)) if c == mark => quoted = None,
            _ => {}
        }
        if let Some(last) = parts.last_mut() {
            last.push(c);
        }
    }
    let parts = parts.iter().map(|part| part.trim()).filter(|part| !part.is_empty());
    let given =
        |part: &str| Assignment::given_as(format!("--variant {name}: {part}"), part.to_owned());
    let parts: Vec<Assignment> = parts.map(given).collect();
    if parts.is_empty() {
        return Err(wrong("changes nothing"));
    }
    Ok((name.to_owned(), parts))
}

/// Refuses what cannot be the name of a variant.
fn named(name: &str, help: &str) -> Result<(), Failure> {
    names::fault_of_name(name).map_or(Ok(()), |fault| Err(Problems::from(fault.help(help)).into()))
}

/// The command line that gives the same results; where they go is left out.
fn command(arguments: &Arguments) -> String {
    let asked = &arguments.asked;
    let mut words = vec!["rppsim".to_owned(), "compare".into(), quoted(&asked.scenario)];
    words.extend(arguments.files.iter().map(|file| quoted(file)));
    let mut option = |name: &str, value: &str| words.push(format!("{name} {}", quoted(value)));
    asked.set.iter().for_each(|text| option("--set", text));
    arguments.variant.iter().for_each(|text| option("--variant", text));
    arguments.outcome.iter().for_each(|name| option("--outcome", name));
    match arguments.precision {
        Some(precision) => option("--precision", &precision.to_string()),
        None => option("--runs", &arguments.runs.to_string()),
    }
    option("--numbers", arguments.numbers.word());
    option("--seed", &asked.seed.to_string());
    if let Some(question) = &arguments.question {
        option("--question", question);
    }
    if arguments.break_even {
        words.push("--break-even".into());
    }
    words.join(" ")
}
