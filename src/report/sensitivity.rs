//! Which factors an outcome of a sweep depends on: the table, the page, and what a command prints.

use super::dictionary;
use super::tables::{Rows, number};
use super::words::counted;
use crate::experiment::design::Kind;
use crate::experiment::sensitivity::Estimate;
use crate::experiment::sensitivity::analysis::{Analysis, Found, Lines, analyse};
use crate::experiment::sensitivity::gathered::{Basis, Crossed, Curve, Effect, Gathered, Point};
use crate::experiment::sensitivity::variance::Index;
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

const NONE: (f64, f64) = (f64::NAN, f64::NAN);

impl Figure {
    fn plain(name: &'static str, value: f64, meaning: impl Into<String>) -> Figure {
        Figure { name, value, interval: NONE, meaning: meaning.into() }
    }

    fn of(name: &'static str, of: &Estimate, meaning: impl Into<String>) -> Figure {
        let interval = (of.low, of.high);
        Figure { name, value: of.value, interval, meaning: meaning.into() }
    }

    fn effect(name: &'static str, of: &Effect, meaning: impl Into<String>) -> Figure {
        let interval = (of.low(), of.high());
        Figure { name, value: of.value, interval, meaning: meaning.into() }
    }
}

impl<'a> Sensitivity<'a> {
    /// The analysis of some outcomes of a plan (by their places in it) that its design was made
    /// for.
    pub fn of(plan: &'a Plan, gathered: &'a Gathered, outcomes: &[usize]) -> Sensitivity<'a> {
        let of_outcome = |&place: &usize| {
            let analysis = analyse(plan, gathered, place);
            let entries = entries(plan, &plan.outcomes[place], &analysis);
            let whole = whole(plan, &analysis);
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
                let numbers = [figure.value, low, high].map(number);
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
        let mut page = format!("# What it depends on: {}\n\n", plan.title);
        // Writing to memory does not fail.
        let _ = writeln!(
            page,
            "{} {} with {} each, seed {}. Scenario `{}`: {}.\n",
            method(plan.design.as_ref()),
            counted(plan.rows.len() as u64, "row"),
            counted(plan.replicates, "replicate"),
            plan.seed,
            plan.scenario.name,
            plan.scenario.title
        );
        let _ = writeln!(page, "{}\n", reading(plan));
        for of in &self.outcomes {
            let outcome = self.outcome(of);
            let _ = writeln!(page, "## {} (`{}`)\n", capital(&outcome.title), outcome.name);
            let _ =
                writeln!(page, "Unit: {}. {}\n", outcome.unit, escaped(&self.about(of).join(" ")));
            for (_, file, title) in pictures.iter().filter(|(at, ..)| *at == Some(of.place)) {
                let _ = writeln!(page, "![{title}]({file})\n");
            }
            self.list(&mut page, of);
        }
        for (_, file, title) in pictures.iter().filter(|(at, ..)| at.is_none()) {
            let _ = writeln!(page, "![{title}]({file})\n");
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
                format!(" ({})", factor.label)
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
                let figures = entry.figures.iter().map(|figure| words::short(figure.value));
                let figures = figures.collect::<Vec<_>>().join(" | ");
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
        match self.analysis.found.as_ref().ok()? {
            Found::Curves(curves) => Some(curves.first()?.ends.basis),
            Found::Crossed(effects) => Some(effects.first()?.effect.basis),
            _ => None,
        }
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
    let list = |values: &[f64]| values.iter().map(|v| number(*v)).collect::<Vec<_>>().join(", ");
    match &factor.values {
        Values::Range { low, high, .. } => format!("{} to {}", number(*low), number(*high)),
        Values::Levels(levels) => list(levels),
        Values::Law(law) => {
            let (low, high) = law.bounds();
            format!("a distribution from {} to {}", number(low), number(high))
        }
        Values::Given => "as in the given rows".into(),
    }
}

/// Text that Markdown leaves as it is.
fn escaped(text: &str) -> String {
    text.replace('*', "\\*").replace('|', "\\|")
}

/// A text with its first letter in capitals.
pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}

/// Figures of an outcome as a whole.
fn whole(plan: &Plan, analysis: &Analysis) -> Vec<Figure> {
    let mut figures = Vec::new();
    if let Ok(Found::Regression(lines)) = &analysis.found {
        let words = words::straightness(lines.r_squared, lines.r_squared_of_ranks);
        figures.push(Figure::plain("r_squared", lines.r_squared, words.clone()));
        figures.push(Figure::plain("r_squared_rank", lines.r_squared_of_ranks, words));
    }
    let shares = matches!(
        plan.design,
        Some(Kind::Morris { .. } | Kind::Saltelli { .. } | Kind::Latin { .. } | Kind::Sobol { .. })
            | None
    );
    if let Some(noise) = analysis.noise.filter(|_| shares) {
        let said = match analysis.found {
            Ok(Found::Variance(_)) => words::noise(noise),
            _ => format!(
                "Replicate noise is {} of the variance between rows.",
                words::percent(noise.min(1.0))
            ),
        };
        figures.push(Figure::plain("noise_share", noise, said));
    }
    if let Some(between) = analysis.noise_between.filter(|_| shares) {
        let words = match analysis.found {
            Ok(Found::Variance(_)) => words::noise_in_common(between),
            _ => format!(
                "Rows share their run numbers; without what a replicate does to all rows alike \
                 it is {}.",
                words::percent(between)
            ),
        };
        figures.push(Figure::plain("noise_share_between", between, words));
    }
    figures
}

/// The entries of an outcome, those that matter most first.
fn entries(plan: &Plan, outcome: &Measured, analysis: &Analysis) -> Vec<Entry> {
    let label = |factor: usize| plan.factors[factor].label.as_str();
    let mut entries: Vec<Entry> = match &analysis.found {
        Err(_) => Vec::new(),
        Ok(Found::Screening { effects, luck }) => {
            let entry = |(factor, effects): (usize, &_)| {
                let unsure = luck.and_then(|luck| words::by_luck(effects, luck));
                let said = [Some(words::screened(label(factor), effects)), unsure];
                let meaning = said.into_iter().flatten().collect::<Vec<_>>().join(" ");
                let figures = vec![
                    Figure::of("mu_star", &effects.mu_star, meaning.clone()),
                    Figure::plain("mu", effects.mu, "mean change over its range, with its sign"),
                    Figure::plain("sigma", effects.sigma, "how much that differs between places"),
                ];
                Entry { factors: vec![factor], figures, meaning }
            };
            effects.iter().enumerate().map(entry).collect()
        }
        Ok(Found::Variance(indices)) => {
            let entry = |(factor, index): (usize, &Index)| {
                let name = label(factor);
                let dominated = analysis.noise.is_some_and(words::dominates);
                let (first, total) = match dominated {
                    true => (words::unread(name), words::unread(name)),
                    false => (
                        words::first_order(name, &index.first),
                        words::total_order(name, &index.total),
                    ),
                };
                let mut said = vec![first.clone(), total.clone()];
                said.dedup();
                let noise = analysis.noise.filter(|_| !plan.common && !dominated);
                match noise.and_then(|share| index.without_noise(share)) {
                    // More noise is taken off than there is to take it from.
                    Some(corrected) if corrected.total.value < 0.0 => said.push(
                        "Without replicate noise the total index would lie below zero: more \
                         replicates or a larger base are needed."
                            .into(),
                    ),
                    corrected => {
                        said.extend(words::together(name, index).filter(|_| !dominated));
                        said.extend(corrected.map(|corrected| {
                            format!(
                                "Without replicate noise: {:.2} alone, {:.2} with others.",
                                corrected.first.value + 0.0,
                                corrected.total.value + 0.0
                            )
                        }));
                    }
                }
                let figures = vec![
                    Figure::of("total", &index.total, total),
                    Figure::of("first", &index.first, first),
                ];
                Entry { factors: vec![factor], figures, meaning: said.join(" ") }
            };
            indices.iter().enumerate().map(entry).collect()
        }
        Ok(Found::Regression(lines)) => regressed(plan, outcome, lines),
        Ok(Found::Curves(curves)) => {
            let entry = |(factor, curve): (usize, &Curve)| {
                let value = |row: &usize| plan.rows[*row][factor];
                let ends = (
                    curve.rows.first().map_or(f64::NAN, value),
                    curve.rows.last().map_or(f64::NAN, value),
                );
                let ended =
                    words::change(label(factor), &outcome.title, ends.0, ends.1, &curve.ends);
                let turned =
                    curve.turn.as_ref().map(|(nth, by)| words::turn(value(&curve.rows[*nth]), by));
                let meaning = [Some(ended.clone()), turned].into_iter().flatten();
                let meaning = meaning.collect::<Vec<_>>().join(" ");
                let figures = vec![
                    Figure::plain("span", curve.span, "highest less lowest mean along its curve"),
                    Figure::effect("effect", &curve.ends, meaning.clone()),
                ];
                Entry { factors: vec![factor], figures, meaning }
            };
            curves.iter().enumerate().map(entry).collect()
        }
        Ok(Found::Crossed(effects)) => {
            let does_nothing = |factor: usize| {
                let alone = effects.iter().find(|crossed| crossed.factors == [factor]);
                alone.is_some_and(|crossed| crossed.effect.is_nothing())
            };
            let entry = |crossed: &Crossed| {
                let (name, meaning) = match crossed.factors[..] {
                    [first, second] => {
                        let (a, b) = (label(first), label(second));
                        let said = match does_nothing(first) && does_nothing(second) {
                            true if crossed.effect.is_nothing() => words::nothing_together(a, b),
                            _ => words::interaction(a, b, &outcome.title, &crossed.effect),
                        };
                        ("interaction", said)
                    }
                    [factor, ..] => {
                        let levels = plan.rows.iter().map(|row| row[factor]);
                        let low = levels.clone().fold(f64::INFINITY, f64::min);
                        let high = levels.fold(f64::NEG_INFINITY, f64::max);
                        let effect = &crossed.effect;
                        ("effect", words::change(label(factor), &outcome.title, low, high, effect))
                    }
                    [] => ("effect", String::new()),
                };
                let figures = vec![Figure::effect(name, &crossed.effect, meaning.clone())];
                Entry { factors: crossed.factors.clone(), figures, meaning }
            };
            effects.iter().map(entry).collect()
        }
    };
    let size = |entry: &Entry| {
        let by = match &analysis.found {
            Ok(Found::Regression(lines)) if lines.ranks_say_more() => 1,
            _ => 0,
        };
        entry.figures.get(by).map_or(f64::NEG_INFINITY, |figure| match figure.value.is_finite() {
            true if figure.name == "total" => figure.value,
            true => figure.value.abs(),
            false => f64::NEG_INFINITY,
        })
    };
    // Single factors before pairs; equals stay in the order of the plan.
    entries.sort_by(|a, b| a.factors.len().cmp(&b.factors.len()).then(size(b).total_cmp(&size(a))));
    entries
}

fn regressed(plan: &Plan, outcome: &Measured, lines: &Lines) -> Vec<Entry> {
    let entry = |(factor, (value, rank)): (usize, (&Option<Estimate>, &Option<Estimate>))| {
        let name = plan.factors[factor].label.as_str();
        let say = |on_ranks: bool, of: &Option<Estimate>| match of {
            Some(of) => words::coefficient(name, &outcome.title, on_ranks, of),
            None => format!("{name} has the same value in every row: nothing can be said of it."),
        };
        let missing = Estimate { value: f64::NAN, low: f64::NAN, high: f64::NAN };
        let (on_values, on_ranks) = (say(false, value), say(true, rank));
        let meaning = if lines.ranks_say_more() { on_ranks.clone() } else { on_values.clone() };
        let figures = vec![
            Figure::of("src", &value.unwrap_or(missing), on_values),
            Figure::of("src_rank", &rank.unwrap_or(missing), on_ranks),
        ];
        Entry { factors: vec![factor], figures, meaning }
    };
    lines.values.iter().zip(&lines.ranks).enumerate().map(entry).collect()
}
