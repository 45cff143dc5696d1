//! The page of a sensitivity, in Markdown.

use super::{Entry, Figure, OfOutcome, Sensitivity, capital, method};
use crate::report::words::counted;
use crate::sweep::design::Kind;
use crate::sweep::sensitivity::words;
use crate::sweep::{Factor, Plan, Values};
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
            method(plan.design.as_ref()),
            counted(plan.rows.len() as u64, "row"),
            counted(plan.replicates, "replicate"),
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
