//! Which factors an outcome of a sweep depends on: the table, the page, and what a command prints.

mod entries;

use super::dictionary;
use super::tables::{Rows, number};
use crate::experiment::design::Kind;
use crate::experiment::sensitivity::analysis::{Analysis, Found, analyse};
use crate::experiment::sensitivity::gathered::{Basis, Effect, Gathered, Point};
use crate::experiment::sensitivity::words;
use crate::experiment::sweep::{Factor, Measured, Plan, Values};
use std::fmt::Write;

/// The sensitivity of chosen outcomes of a sweep.
#[derive(Clone, Debug)]
pub struct Sensitivity<'a> {
    /// The plan of the sweep.
    pub plan: &'a Plan,
    /// What it gave.
    pub gathered: &'a Gathered,
    /// By chosen outcome.
    pub outcomes: Vec<OfOutcome>,
}

/// What one outcome depends on.
#[derive(Clone, Debug)]
pub struct OfOutcome {
    /// Its place in the plan.
    pub place: usize,
    /// The figures.
    pub analysis: Analysis,
    /// The factors and pairs of factors, those that matter most first.
    pub entries: Vec<Entry>,
    /// Figures of the outcome as a whole, such as its noise share.
    pub whole: Vec<Figure>,
}

/// What is said of a factor, or of two together.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The factor, or both.
    pub factors: Vec<usize>,
    /// Its figures; the first decides the order.
    pub figures: Vec<Figure>,
    /// What they mean, in words.
    pub meaning: String,
}

/// A figure.
#[derive(Clone, Debug)]
pub struct Figure {
    /// Its name, as in [`dictionary::SENSITIVITY`].
    pub name: &'static str,
    /// Its value.
    pub value: f64,
    /// Its 95 % interval; not numbers if there is none.
    pub interval: (f64, f64),
    /// What it means.
    pub meaning: String,
}

impl<'a> Sensitivity<'a> {
    /// The analysis of some outcomes of a plan (by their places in it) that its design was made
    /// for.
    pub fn of(plan: &'a Plan, gathered: &'a Gathered, outcomes: &[usize]) -> Sensitivity<'a> {
        let of_outcome = |&place: &usize| {
            let analysis = analyse(plan, gathered, place);
            let entries = entries::entries(plan, &plan.outcomes[place], &analysis);
            let whole = entries::whole(plan, &analysis);
            OfOutcome { place, analysis, entries, whole }
        };
        Sensitivity { plan, gathered, outcomes: outcomes.iter().map(of_outcome).collect() }
    }

    /// The outcome that an analysis is of.
    pub fn outcome(&self, of: &OfOutcome) -> &Measured {
        &self.plan.outcomes[of.place]
    }

    /// The keys of an entry's factors.
    pub fn keys(&self, entry: &Entry) -> String {
        let keys = entry.factors.iter().map(|&factor| self.plan.factors[factor].key.as_str());
        keys.collect::<Vec<_>>().join(" × ")
    }

    /// The table [`dictionary::SENSITIVITY`].
    pub fn table(&self) -> Vec<u8> {
        let mut rows = Rows::of(dictionary::SENSITIVITY);
        for of in &self.outcomes {
            let outcome = &self.outcome(of).name;
            let mut put = |key: &str, figure: &Figure| {
                let (low, high) = figure.interval;
                let words = [outcome.clone(), key.to_owned(), figure.name.to_owned()];
                let numbers = [figure.value, low, high].map(precise);
                rows.push(words.into_iter().chain(numbers).chain([figure.meaning.clone()]));
            };
            of.whole.iter().for_each(|figure| put("", figure));
            for entry in &of.entries {
                let key = self.keys(entry);
                entry.figures.iter().for_each(|figure| put(&key, figure));
            }
        }
        [Rows::header(dictionary::SENSITIVITY), rows.bytes()].concat()
    }

    /// Sentences on an outcome as a whole: noise, missing values, why nothing can be said.
    pub fn about(&self, of: &OfOutcome) -> Vec<String> {
        let mut said = Vec::new();
        if let Err(why) = &of.analysis.found {
            said.push(format!("Nothing can be said: {why}."));
        }
        said.extend(of.whole.iter().map(|figure| figure.meaning.clone()));
        said.dedup();
        if of.analysis.noise.is_none() && of.analysis.found.is_ok() {
            said.push(self.without_noise(of).into());
        }
        if let Some(basis) = of.basis() {
            said.push(words::basis(basis));
        }
        if of.analysis.missing > 0 {
            said.push(format!(
                "{} of {} runs have no value ({} failed runs in all).",
                of.analysis.missing,
                self.plan.runs(),
                self.gathered.failures
            ));
        }
        if of.analysis.left_out > 0 {
            said.push(format!(
                "{} of {} rows are left out: in them, or in rows they are read with, no run has a \
                 value.",
                of.analysis.left_out,
                self.plan.rows.len()
            ));
        }
        said
    }

    /// Why there is no share of noise in an outcome.
    fn without_noise(&self, of: &OfOutcome) -> &'static str {
        let points = &self.gathered.points[of.place];
        let valued: Vec<&Point> = points.iter().filter(|point| point.count > 0).collect();
        let same = self.gathered.is_same(of.place);
        match valued[..] {
            [] => "No run has a value.",
            [_] if points.len() == 1 => "There is one row only: nothing is varied.",
            [_] => "One row only has a value: nothing can be compared.",
            // Below two values there is no error, and the value is the mean.
            _ if same && valued.iter().all(|point| point.count < 2 || point.error == 0.0) => {
                "The outcome is the same in all runs: it depends on none of these factors here."
            }
            _ if same => {
                "The mean is the same in all rows: that the outcome depends on these factors does \
                 not show."
            }
            _ if self.plan.replicates == 1 => {
                "Each row has a single run: noise cannot be told from effects."
            }
            _ => "Rows have fewer than two runs with a value: noise cannot be told from effects.",
        }
    }

    /// The page: what was run, then for each outcome the factors in their order; `pictures` are
    /// the names of picture files by outcome (`None` for those of the sweep as a whole).
    pub fn page(&self, pictures: &[(Option<usize>, String, String)]) -> String {
        let plan = self.plan;
        let mut page = format!("# What it depends on: {}\n\n", escaped(&plan.title));
        // Writing to memory does not fail.
        let _ = writeln!(
            page,
            "{} {} with {} each, seed {}. Scenario `{}`: {}.\n",
            method(plan.design.as_ref()),
            counted(plan.rows.len() as u64, "row", "rows"),
            counted(plan.replicates, "replicate", "replicates"),
            plan.seed,
            plan.scenario.name,
            escaped(&plan.scenario.title)
        );
        let _ = writeln!(page, "{}{}\n", reading(plan), of_two_levels(plan));
        for of in &self.outcomes {
            let outcome = self.outcome(of);
            let _ =
                writeln!(page, "## {} (`{}`)\n", escaped(&capital(&outcome.title)), outcome.name);
            let _ =
                writeln!(page, "Unit: {}. {}\n", outcome.unit, escaped(&self.about(of).join(" ")));
            for (_, file, title) in pictures.iter().filter(|(at, ..)| *at == Some(of.place)) {
                let _ = writeln!(page, "![{}]({file})\n", escaped(title));
            }
            self.list(&mut page, of);
        }
        for (_, file, title) in pictures.iter().filter(|(at, ..)| at.is_none()) {
            let _ = writeln!(page, "![{}]({file})\n", escaped(title));
        }
        page.push_str(
            "## What was varied\n\n| factor | values | provenance |\n| --- | --- | --- |\n",
        );
        for factor in &plan.factors {
            let known = crate::parameters::find(&factor.key);
            let provenance = known.map_or("", |row| row.provenance.word());
            let label = if factor.label == factor.key {
                String::new()
            } else {
                format!(" ({})", escaped(&factor.label))
            };
            let _ =
                writeln!(page, "| `{}`{label} | {} | {provenance} |", factor.key, range(factor));
        }
        page.push_str(
            "\nProvenance is that of the parameter's default; a scenario may state another. Every \
             order above holds for these ranges: a factor given a wider range matters more.\n",
        );
        page
    }

    /// The entries of an outcome as a table of a page.
    fn list(&self, page: &mut String, of: &OfOutcome) {
        let Some(first) = of.entries.first() else { return };
        let names: Vec<&str> = first.figures.iter().map(|figure| title(figure.name)).collect();
        let (single, pairs): (Vec<&Entry>, Vec<&Entry>) =
            of.entries.iter().partition(|entry| entry.factors.len() == 1);
        let mut table = |entries: &[&Entry], names: &[&str]| {
            let _ = writeln!(page, "| | factor | {} | in words |", names.join(" | "));
            let _ = writeln!(page, "| ---: | --- |{} --- |", " ---: |".repeat(names.len()));
            for (place, entry) in entries.iter().enumerate() {
                let cell = |figure: &Figure| match figure.value.is_finite() {
                    true => words::short(figure.value),
                    false => String::new(),
                };
                let figures = entry.figures.iter().map(cell).collect::<Vec<_>>().join(" | ");
                let keys = self.keys(entry);
                let (place, meaning) = (place + 1, escaped(&entry.meaning));
                let _ = writeln!(page, "| {place} | `{keys}` | {figures} | {meaning} |");
            }
            page.push('\n');
        };
        table(&single, &names);
        if !pairs.is_empty() {
            table(&pairs, &[title("interaction")]);
        }
    }

    /// What a command prints of an outcome: the factors in their order, in words; at most so many.
    pub fn printed(&self, of: &OfOutcome, most: usize) -> String {
        let outcome = self.outcome(of);
        let mut text = format!("{} ({})\n", capital(&outcome.title), outcome.name);
        for sentence in self.about(of) {
            let _ = writeln!(text, "  {sentence}");
        }
        for (place, entry) in of.entries.iter().take(most).enumerate() {
            let _ = writeln!(text, "{:>4}  {}", place + 1, entry.meaning);
        }
        if of.entries.len() > most {
            let _ = writeln!(text, "   …  and {} more in the table", of.entries.len() - most);
        }
        text
    }
}

impl OfOutcome {
    /// How errors of differences were found, if there are differences.
    fn basis(&self) -> Option<Basis> {
        let said = |effect: &&Effect| effect.value.is_finite();
        match self.analysis.found.as_ref().ok()? {
            Found::Curves(curves) => curves.iter().map(|curve| &curve.ends).find(said),
            Found::Crossed(effects) => effects.iter().map(|crossed| &crossed.effect).find(said),
            _ => None,
        }
        .map(|effect| effect.basis)
    }
}

/// The sentence that says what was done.
pub fn method(design: Option<&Kind>) -> String {
    match design {
        Some(Kind::Morris { trajectories, levels }) => format!(
            "Screening by elementary effects (Morris): {trajectories} trajectories on {levels} \
             levels."
        ),
        Some(Kind::Saltelli { base }) => {
            format!("Shares of variance (Sobol' indices after Saltelli): {base} base points.")
        }
        Some(Kind::OneAtATime { levels, .. }) => {
            format!("One factor at a time from a baseline, at {levels} levels each.")
        }
        Some(Kind::Factorial { .. }) => "Every combination of levels (factorial).".into(),
        Some(Kind::Latin { points, .. }) => format!(
            "Standardised regression on the values of a Latin hypercube of {points} points, and \
             on their ranks."
        ),
        Some(Kind::Sobol { points }) => format!(
            "Standardised regression on the values of {points} points of a Sobol' sequence, and \
             on their ranks."
        ),
        None => {
            "Standardised regression on the values of the given rows, and on their ranks.".into()
        }
    }
}

/// How to read the figures of a design, and what they do not say.
fn reading(plan: &Plan) -> &'static str {
    match plan.design {
        Some(Kind::Morris { .. }) => {
            "**mu\\*** is the mean size of the change when a factor alone goes through its whole \
             range, measured on steps from many places; **mu** keeps the sign, so that rises and \
             falls cancel in it; the **spread** (sigma) is how much the change differs from place \
             to place: large where a factor bends or acts together with others. Neighbours whose \
             intervals overlap may change places. Screening ranks; it gives no shares."
        }
        Some(Kind::Saltelli { .. }) => {
            "The **first-order** index is the share of the variance between rows that a factor \
             accounts for alone; the **total** index adds what it does together with others. A \
             true index is never negative: a negative estimate is sampling error around a small \
             one. An index whose interval is wider than 0.2 is not settled. First-order indices \
             sum to less than 1 where factors act together; total ones then sum to more."
        }
        Some(Kind::OneAtATime { .. }) => {
            "Each factor moved alone, with all others at the baseline. **change** is from its \
             lowest to its highest value; **span** is the highest less the lowest mean along the \
             curve, which chance alone makes more than nothing. What factors do together does not \
             show."
        }
        Some(Kind::Factorial { .. }) => {
            "**change** is the mean at the highest level of a factor less that at its lowest, \
             over all levels of the others; an **interaction** is how much more the first factor \
             changes the outcome at the highest level of the second than at its lowest."
        }
        _ => {
            "A coefficient is the number of standard deviations by which the outcome rises with \
             one of the factor, the others held. Where R² is low straight lines say little; on \
             ranks, curves that always rise or always fall count as straight."
        }
    }
}

/// What does not show where a design has two levels only.
fn of_two_levels(plan: &Plan) -> &'static str {
    match plan.design {
        Some(Kind::Morris { levels: 2, .. }) => {
            " On two levels only the ends are compared: the spread then shows acting together, and \
             no bend."
        }
        Some(Kind::OneAtATime { levels: 2, .. }) => {
            " With two levels, what lies between the ends is not seen."
        }
        _ => "",
    }
}

/// The name of a figure for people.
fn title(name: &str) -> &str {
    match name {
        "mu_star" => "mu\\*",
        "sigma" => "spread",
        "src" => "on values",
        "src_rank" => "on ranks",
        "effect" => "change",
        other => other,
    }
}

fn range(factor: &Factor) -> String {
    let ends = |low: f64, high: f64| words::told_apart(&[low, high]).join(" to ");
    match &factor.values {
        Values::Range { low, high, .. } => ends(*low, *high),
        Values::Levels(levels) => words::told_apart(levels).join(", "),
        Values::Law(law) => {
            let (low, high) = law.bounds();
            format!("a distribution from {}", ends(low, high))
        }
        Values::Given => "as in the given rows".into(),
    }
}

/// A figure in the table: as [`number`] writes it, save where that would leave fewer than three
/// digits.
fn precise(value: f64) -> String {
    match value != 0.0 && value.abs() < 1e-4 {
        true => format!("{value:.5e}"),
        false => number(value),
    }
}

/// Text that Markdown leaves as it is, on one line.
fn escaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    let mut before = ' ';
    while let Some(letter) = letters.next() {
        // Within a word an underscore is one; outside it stresses.
        let within =
            before.is_alphanumeric() && letters.peek().is_some_and(|c| c.is_alphanumeric());
        match letter {
            '\n' | '\r' => plain.push(' '),
            '_' if within => plain.push('_'),
            '\\' | '`' | '*' | '_' | '|' | '<' | '[' | ']' => plain.extend(['\\', letter]),
            _ => plain.push(letter),
        }
        before = letter;
    }
    plain
}

fn counted(count: u64, one: &str, more: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { more })
}

/// A text with its first letter in capitals.
pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}
