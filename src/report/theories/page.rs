//! The page of patterns: how far the published record lies among runs as a whole, then every pattern
//! by what it is used for, with its own sampling interval.

use super::{Beside, Numbers, Theories, UnderTheory, share};
use crate::report::summary::published;
use crate::report::words::{capital, counted, percent, rounded};
use crate::scenario::patterns::{Published, Use};
use crate::worlds::joint::{Group, Joint};
use crate::worlds::patterns::{Compared, Verdict};

/// A number as people read it.
fn short(value: f64) -> String {
    match value.abs() {
        _ if !value.is_finite() => "–".into(),
        size if size >= 10.0 => format!("{value:.1}"),
        _ => format!("{value:.2}"),
    }
}

/// A row of a table.
fn row(cells: impl IntoIterator<Item = String>) -> String {
    format!("| {} |\n", cells.into_iter().collect::<Vec<_>>().join(" | "))
}

/// The head of a table.
fn head(cells: impl IntoIterator<Item = String>) -> String {
    let cells: Vec<String> = cells.into_iter().collect();
    let line = row(cells.iter().map(|_| "---".to_owned()));
    row(cells) + &line
}

/// The page.
pub(super) fn page(theories: &Theories<'_>) -> String {
    let Theories { world, runs, seed, compared, .. } = theories;
    let mut page = format!(
        "# Patterns: {}\n\n\
         What was published beside what {} (seed {seed}) gave under each shipped theory. Written by\n\
         `rppsim patterns {} --runs {runs} --seed {seed}`; do not edit. What must not be read into these\n\
         numbers: [limits](limits.md).\n\n",
        world.title,
        counted(*runs, "run"),
        world.name
    );
    let Some(standard) = compared.first() else { return page };
    if compared.iter().any(|theory| theory.numbers == Numbers::Refitted) {
        page.push_str(
            "*Refitted* is a theory at numbers that a search found for it; without that word it has the\n\
             numbers of the scenario, which were chosen under the standard theory.\n\n",
        );
    }
    page.push_str(&all_together(compared));
    page.push_str(&against_benchmark(theories));
    page.push_str(&one_by_one(compared, standard));
    page.push_str("What the words mean, and where each pattern stands in the source:\n\n");
    for compared in &standard.patterns {
        let pattern = &compared.pattern;
        page.push_str(&format!("- **{}** {}: {}\n", pattern.name, pattern.title, pattern.source));
    }
    page
}

fn all_together(theories: &[UnderTheory]) -> String {
    let mut text = String::from(
        "## The published record as a whole\n\n\
         *Distance* is that of the means of the runs from what was published, over the patterns marked\n\
         *fit*, in sampling errors a pattern. *Joint* takes the published record for one more run and asks\n\
         how far it lies from the others, by all patterns of a kind that have one published value\n\
         together: its distance in standard deviations, correlations allowed for, and the share of runs\n\
         that lie nearer. **Bold** is outside the central 95 %: too far off, or nearer the middle than\n\
         almost all runs, which then scatter more than partnerships do. One of the runs would be there in\n\
         one of twenty cases. A search draws the middle of the runs toward the *fit* patterns, so that to be\n\
         near says little there. Only *prediction* can speak for the model: no search\n\
         and no choice looked at these patterns.\n\n",
    );
    const GROUPS: [Group; 3] = [Group::Fit, Group::Prediction, Group::All];
    let joint = GROUPS.map(|group| format!("joint, {}", group.word()));
    text.push_str(&head(["theory".into(), "distance, fit".into()].into_iter().chain(joint)));
    for theory in theories.iter().filter(|theory| theory.numbers != Numbers::None) {
        let distance = theory.distance().map_or("–".into(), short);
        let cells = GROUPS.map(|group| theory.joint(group).map_or("–".into(), place));
        text.push_str(&row([theory.title(), distance].into_iter().chain(cells)));
    }
    text.push('\n');
    text + &left_out(theories, &GROUPS)
}

/// Where the published record lies, in a cell.
fn place(joint: &Joint) -> String {
    let Some(among) = &joint.among else { return "–".into() };
    let text = format!("{} ({} nearer)", rounded(among.distance, 1), share(among.nearer));
    if among.is_outside() { format!("**{text}**") } else { text }
}

/// What the joint distances rest on, theories with the same in one line.
fn left_out(theories: &[UnderTheory], groups: &[Group]) -> String {
    let mut lines: Vec<(String, Vec<String>)> = Vec::new();
    for theory in theories {
        let of = |group: &Group| Some((group.word(), theory.joint(*group)?));
        let parts = groups.iter().filter_map(of).map(|(word, joint)| {
            let mut part = format!("{word}: {}", counted(joint.patterns.len() as u64, "pattern"));
            for (what, names) in [("without", &joint.lacking), ("always met:", &joint.constant)] {
                if !names.is_empty() {
                    part.push_str(&format!(", {what} {}", names.join(", ")));
                }
            }
            if joint.left_out > 0 {
                part.push_str(&format!(", {} left out", counted(joint.left_out, "run")));
            }
            part
        });
        let parts = parts.collect::<Vec<_>>().join("; ");
        match lines.iter_mut().find(|(says, _)| *says == parts) {
            Some((_, titles)) => titles.push(theory.title()),
            None if parts.is_empty() => {}
            None => lines.push((parts, vec![theory.title()])),
        }
    }
    let line =
        |(says, titles): &(String, Vec<String>)| format!("- {}: {says}\n", titles.join(", "));
    format!(
        "What this rests on. A pattern that more than 5 % of the runs have no value for is left out,\n\
         otherwise the runs without one are; a pattern that every run has as published tells nothing.\n\n\
         {}\n",
        lines.iter().map(line).collect::<String>()
    )
}

fn against_benchmark(theories: &Theories<'_>) -> String {
    let Some(verdict) = theories.against_benchmark() else { return String::new() };
    let mut text = format!(
        "## Against independent episodes\n\n\
         Independent episodes are about roles each by a coin of its own, at the published rate of its\n\
         phase. They know nothing of people, and are told the rates that the theories have to give. They\n\
         have patterns of meetings alone, so these alone are compared: by how far a single run lies from\n\
         the published record (the root mean square over the patterns whose sampling error is known, in\n\
         such errors; about 1 if only sampling sets them apart), and by the joint distance.\n\n\
         **{verdict}**\n\n"
    );
    text.push_str(&head(
        ["", "a run's distance", "less that of independent episodes", "", "joint, meetings"]
            .map(str::to_owned),
    ));
    for theory in &theories.compared {
        let Some(joint) = theory.joint(Group::Meetings) else { continue };
        let (off, error) = (joint.off.mean(), joint.off.error());
        let [less, says] = match theories.beside_benchmark(theory) {
            None => ["–".to_owned(), String::new()],
            Some((more, beside)) => {
                let interval = more.interval().map_or(String::new(), |(low, high)| {
                    format!(" ({} to {})", rounded(low, 3), rounded(high, 3))
                });
                let says = match beside {
                    Beside::Nearer => "nearer",
                    Beside::Farther => "farther",
                    Beside::Untold => "not told apart",
                };
                [format!("{}{interval}", rounded(more.value, 3)), says.to_owned()]
            }
        };
        let off = format!("{} ± {}", rounded(off, 3), rounded(error, 3));
        text.push_str(&row([theory.title(), off, less, says, place(joint)]));
    }
    text.push_str(
        "\nAfter ± stands the Monte-Carlo standard error, in brackets after a difference its 95 % interval.\n\n",
    );
    text + &left_out(&theories.compared, &[Group::Meetings])
}

fn one_by_one(theories: &[UnderTheory], standard: &UnderTheory) -> String {
    let mut text = String::from(
        "## Pattern by pattern\n\n\
         A cell says how many of the runs lie lower than the published value (equal ones counted half),\n\
         then the median of single runs and, in brackets, their 90 % interval. **Bold** is a value outside\n\
         the central 95 % of the runs. For a range a cell says *in* if it holds the median, for a bound *in*\n\
         if the mean is surely below it. A wide interval has any value in it: that a pattern is met alone\n\
         says less than the table above. The sampling interval of a published count is Wilson's, at 95 %:\n\
         the counts of one partnership do not say more.\n\n",
    );
    for used_for in Use::ALL {
        let of_use = standard.patterns.iter().enumerate();
        let of_use: Vec<_> = of_use.filter(|(_, c)| c.pattern.used_for == used_for).collect();
        if of_use.is_empty() {
            continue;
        }
        text.push_str(&format!(
            "### {}\n\n{}.\n\n",
            capital(used_for.word()),
            capital(used_for.means())
        ));
        let fixed = ["", "pattern", "published", "sampling 95 %"].map(str::to_owned);
        text.push_str(&head(fixed.into_iter().chain(theories.iter().map(UnderTheory::title))));
        for (place, compared) in of_use {
            let pattern = &compared.pattern;
            let sampling = pattern
                .sampling_interval()
                .map_or("–".into(), |(low, high)| format!("{} to {}", short(low), short(high)));
            let fixed = [
                pattern.name.clone(),
                pattern.title.clone(),
                published(&pattern.published),
                sampling,
            ];
            let cells = theories.iter().map(|theory| cell(&theory.patterns[place]));
            text.push_str(&row(fixed.into_iter().chain(cells)));
        }
        text.push('\n');
    }
    text
}

fn cell(compared: &Compared) -> String {
    if compared.verdict() == Verdict::Unknown {
        return "–".into();
    }
    let (low, high) = compared.interval();
    let text = format!("{} ({} to {})", short(compared.median()), short(low), short(high));
    let lies = match compared.pattern.published {
        Published::Value(_) => compared.place().map_or("–".into(), percent),
        _ => compared.verdict().word().to_owned(),
    };
    let lies = if compared.verdict() == Verdict::Out { format!("**{lies}**") } else { lies };
    format!("{lies}: {text}")
}
