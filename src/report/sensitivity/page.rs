//! The page of a sensitivity, in Markdown.

use super::{Entry, Figure, OfOutcome, Sensitivity};
use crate::report::words::{capital, counted, sensitivity as words, short, told_apart};
use crate::sweep::{Factor, Values};
use std::fmt::Write;

impl Sensitivity<'_> {
    /// The page: what was run, then for each outcome the factors in their order; `pictures` are
    /// the names of picture files by outcome (`None` for those of the sweep as a whole).
    pub fn page(&self, pictures: &[(Option<usize>, String, String)]) -> String {
        let plan = self.plan;
        let mut page = format!("# What it depends on: {}\n\n", escaped(&plan.title));
        // Writing to memory does not fail.
        let _ = writeln!(
            page,
            "{} {} with {} each, seed {}. World `{}`: {}.\n",
            words::method(plan.design.as_ref()),
            counted(plan.rows.len() as u64, "row"),
            counted(plan.replicates, "replicate"),
            plan.seed,
            plan.world.name,
            escaped(&plan.world.title)
        );
        let _ = writeln!(
            page,
            "{}{}\n",
            words::reading(plan.design.as_ref()),
            words::of_two_levels(plan.design.as_ref())
        );
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
                    true => short(figure.value),
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
    let ends = |low: f64, high: f64| told_apart(&[low, high]).join(" to ");
    match &factor.values {
        Values::Range { low, high, .. } => ends(*low, *high),
        Values::Levels(levels) => told_apart(levels).join(", "),
        Values::Law(law) => {
            let (low, high) = law.bounds();
            format!("a distribution from {}", ends(low, high))
        }
        Values::Given => "as in the given rows".into(),
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
