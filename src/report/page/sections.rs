//! The parts of the page that tell what was found.

use super::html::{Html, escaped};
use super::{About, Picture};
use crate::report::dictionary;
use crate::report::words::{Basis, Finding, breaking_even, capital, counted, pairs, percent};
use crate::worlds::compare::study::Study;

/// The question that was asked, or the plain one.
pub(super) fn question(study: &Study, about: &About) -> String {
    let asked = about.question.as_deref().map(str::trim).filter(|asked| !asked.is_empty());
    if let Some(asked) = asked {
        return asked.to_owned();
    }
    let comparison = &study.comparison;
    let names: Vec<String> =
        comparison.variants().iter().map(|variant| format!("‘{}’", variant.name)).collect();
    let what = match names.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => names.join(""),
    };
    format!("What changes with {what}? Compared with: {}", comparison.base().title)
}

pub(super) fn opening(html: &mut Html, study: &Study, question: &str) {
    let base = study.comparison.base();
    html.element("header", &[], |html| {
        html.line("h1", question);
        let months = base.template().calendar.months;
        let variants = study.comparison.variants();
        let worlds = match variants.len() {
            1 => "the same partnership with one change".into(),
            n => format!("the same partnership with each of {n} changes"),
        };
        html.line(
            "p",
            &format!(
                "A simulation was run {} for {}: “{}” and, with the same strokes of chance, {worlds}. What follows is the difference between such twins.",
                counted(study.answer.pairs, "time"),
                counted(u64::from(months), "month"),
                base.title
            ),
        );
        // A summary may speak of a horizon that was changed.
        let changed = super::assumptions::changed_in_base(base).unwrap_or_default();
        let horizon = changed.iter().any(|line| line.starts_with("calendar.months "));
        if !base.summary.is_empty() && !horizon {
            html.element("p", &[("class", "note")], |html| {
                html.text(&format!("The base: {}", base.summary));
            });
        }
    });
}

/// The outcome that matters most, for every variant.
pub(super) fn answer(html: &mut Html, study: &Study, about: &About) {
    html.line("h2", "The answer");
    let basis = Basis::of(study.comparison.base());
    let variants = study.comparison.variants().iter().enumerate();
    for ((v, variant), all) in variants.zip(Finding::all(study)) {
        let Some(first) = all.first() else { continue };
        html.line("h3", &variant.name);
        html.element("div", &[("class", "answer")], |html| {
            html.line("p", &first.told_first(&variant.name, &basis).join(" "));
            for found in study.break_even.iter().filter(|found| found.assumed.variant == v) {
                html.line("p", &breaking_even(study, found));
            }
        });
    }
    three_uncertainties(html, study);
    picture(html, about, "comparison");
    if about.pictures.is_empty() {
        html.element("p", &[("class", "note")], |html| {
            html.text("This page has no pictures: the program was built without them, or there was nothing to draw. The tables hold the same numbers.");
        });
    }
}

/// All other outcomes, in sentences.
pub(super) fn others(html: &mut Html, study: &Study) {
    if study.comparison.measures().len() < 2 {
        return;
    }
    html.line("h2", "What else differs");
    let basis = Basis::of(study.comparison.base());
    for (variant, all) in study.comparison.variants().iter().zip(Finding::all(study)) {
        html.line("h3", &variant.name);
        html.element("ul", &[], |html| {
            for finding in &all[1..] {
                let said = finding.told(&basis);
                let Some((difference, how_sure)) = said.split_first() else { continue };
                html.element("li", &[], |html| {
                    html.line("strong", difference);
                    html.element("span", &[("class", "note")], |html| {
                        html.prose(&how_sure.join(" "));
                    });
                });
            }
        });
    }
}

/// What the three ranges mean, once, in plain words.
fn three_uncertainties(html: &mut Html, study: &Study) {
    html.line("h3", "Three kinds of not knowing");
    html.element("dl", &[], |html| {
        let mut item = |term: &str, meaning: &str| {
            html.element("div", &[], |html| {
                html.line("dt", term);
                html.line("dd", meaning);
            });
        };
        item(
            "Simulation error",
            "How far more runs of the same model could still move the average. It can be made as small as one likes, and says nothing about whether the model is right.",
        );
        let basis = Basis::of(study.comparison.base());
        let data = basis.data;
        let sets = match (&study.across, study.plan.sets) {
            (Some(_), sets) => format!(
                "The numbers behind the model are not known. {} of them, found by a search, fit {data} about as well as each other; the range says how far the average moves from one set to another. What was assumed outside these sets is not in the range.{}",
                counted(sets as u64, "set"),
                basis.warning().map_or(String::new(), |warning| format!(" {warning}"))
            ),
            (None, 0) => "Other sets of numbers that fit about as well were not asked here, so how far the average depends on them is not shown.".into(),
            (None, _) => "There are no other sets of numbers for this base that are known to fit about as well, so how far the average depends on them is not known.".into(),
        };
        item("Parameter sets that fit about as well", &sets);
        item(
            "Single pairs",
            "Where 9 of 10 single twins lie: how far chance alone carries one partnership in this model. A partnership is one pair, not an average.",
        );
    });
}

/// The course of the differences.
pub(super) fn course(html: &mut Html, about: &About) {
    if about.pictures.iter().any(|picture| picture.name == "response") {
        html.line("h2", "When the difference shows");
        picture(html, about, "response");
    }
}

/// Every outcome of every variant.
pub(super) fn table(html: &mut Html, study: &Study) {
    html.line("h2", "Every number");
    html.line(
        "p",
        "Differences are variant less base. “Better” and “worse” are shares of pairs; where neither way is better, the words are “more” and “less”. Shares count in percent.",
    );
    let findings = Finding::all(study);
    for (variant, all) in study.comparison.variants().iter().zip(&findings) {
        let label = format!("Table: every outcome of {}", variant.name);
        wide(html, &label, |html| {
            html.element("table", &[], |html| {
                html.line("caption", &variant.name);
                html.element("thead", &[], |html| {
                    html.element("tr", &[], |html| {
                        let heads = [
                            "Outcome (unit)",
                            "Base",
                            "Difference ± simulation error",
                            "Over parameter sets",
                            "90 % of single pairs",
                            "Pairs better, worse",
                        ];
                        for head in heads {
                            html.element("th", &[("scope", "col")], |html| html.text(head));
                        }
                    });
                });
                html.element("tbody", &[], |html| all.iter().for_each(|f| row(html, f)));
            });
        });
    }
}

fn row(html: &mut Html, finding: &Finding) {
    html.element("tr", &[], |html| {
        html.element("th", &[("scope", "row")], |html| {
            html.text(&capital(&finding.measure.title));
            let unit = if finding.measure.is_share() { "percent" } else { &finding.measure.unit };
            let fewer = match finding.missing {
                0 => String::new(),
                _ => format!("; {} only", pairs(finding.pairs)),
            };
            html.element("span", &[("class", "unit")], |html| {
                html.text(&format!(" ({unit}{fewer})"));
            });
        });
        let (more, _, less) = finding.more_same_less;
        let shares = match finding.measure.better {
            _ if finding.pairs == 0 => "–".into(),
            Some(crate::worlds::compare::Better::More) => {
                format!("{}, {}", percent(more), percent(less))
            }
            Some(crate::worlds::compare::Better::Less) => {
                format!("{}, {}", percent(less), percent(more))
            }
            None => format!("more {}, less {}", percent(more), percent(less)),
        };
        let cells = [
            finding.of_base(),
            finding.signed_mean(),
            finding.sets.map_or("–".into(), |(_, range)| finding.signed_range(range)),
            finding.signed_range(finding.singles),
            shares,
        ];
        cells.iter().for_each(|cell| html.line("td", cell));
    });
}

/// What interventions must do to pay, if that was asked.
pub(super) fn break_even(html: &mut Html, study: &Study, about: &About) {
    if study.break_even.is_empty() {
        return;
    }
    html.line("h2", "What it takes to break even");
    html.line(
        "p",
        "An intervention takes something for sure and gives something that nobody has measured. So the question is turned round: how much must it give to be worth what it takes?",
    );
    for (i, found) in study.break_even.iter().enumerate() {
        let assumed = &found.assumed;
        let variant = &study.comparison.variants()[assumed.variant].name;
        html.line("h3", &super::assumptions::named(&assumed.intervention, variant));
        html.line("p", &breaking_even(study, found));
        html.line("p", &super::assumptions::strength(assumed.key));
        picture(html, about, &format!("break_even-{}", i + 1));
    }
}

/// What must not be concluded.
pub(super) fn limits(html: &mut Html, study: &Study) {
    let basis = Basis::of(study.comparison.base());
    html.line("h2", "What this page cannot say");
    html.element("ul", &[], |html| {
        html.line(
            "li",
            &format!(
                "It is not a forecast. The model was {}, and nothing yet says how it does for another partnership.",
                basis.set_up
            ),
        );
        for limit in [
            "That the model gives what was published does not show that it is right. Other models give some of it, too.",
            "Most of its numbers are assumed. The ranges above cover some of that, never the chance that the model itself is wrong.",
            "No study has measured the work that is lost when leaders change, or what any of these interventions does. Months ahead or behind compare a simulated partnership with its own twin.",
            "Less talk about roles is not better talk. It can be how partners find out what each other is for.",
            "A difference between two plans here is no ranking of kinds of partnership.",
        ] {
            html.line("li", limit);
        }
    });
}

/// How to get the page again, and what stands beside it.
pub(super) fn again(html: &mut Html, study: &Study, about: &About) {
    html.line("h2", "The same page again");
    html.line("p", "The same version gives the same numbers on any machine:");
    html.element("pre", &[], |html| html.element("code", &[], |html| html.text(&about.command)));
    let sets = match &study.across {
        Some(_) => {
            format!("{} parameter sets with {} each", study.plan.sets, pairs(study.plan.pairs_each))
        }
        None => "no other parameter sets".into(),
    };
    html.line(
        "p",
        &format!(
            "{} {}, seed {}, {}, {sets}.",
            env!("CARGO_PKG_NAME"),
            env!("CARGO_PKG_VERSION"),
            study.comparison.seed(),
            pairs(study.answer.pairs)
        ),
    );
    if about.files.is_empty() {
        return;
    }
    html.line("p", "Beside this page:");
    html.element("ul", &[], |html| {
        for name in &about.files {
            html.element("li", &[], |html| {
                html.line("code", name);
                html.element("span", &[("class", "note")], |html| html.text(&in_words(name)));
            });
        }
    });
}

fn in_words(file: &str) -> String {
    if let Some(table) = dictionary::TABLES.iter().find(|table| table.file == file) {
        return format!("a row is {}", table.row());
    }
    match file {
        "base.toml" => "the base, with everything it inherits",
        _ if file.ends_with(".toml") => "a variant, with everything it inherits",
        _ if file.ends_with(".svg") || file.ends_with(".png") => "a picture of this page",
        _ => "",
    }
    .into()
}

/// Something that may be wider than a phone: it scrolls by itself, also with a keyboard.
fn wide(html: &mut Html, label: &str, content: impl FnOnce(&mut Html)) {
    html.element("p", &[("class", "swipe note")], |html| {
        html.text("Swipe sideways to see all of it.")
    });
    let attributes =
        [("class", "wide"), ("role", "region"), ("aria-label", label), ("tabindex", "0")];
    html.element("div", &attributes, content);
}

fn picture(html: &mut Html, about: &About, name: &str) {
    let Some(picture) = about.pictures.iter().find(|picture| picture.name == name) else { return };
    html.element("figure", &[], |html| {
        wide(html, &format!("Picture: {}", picture.name), |html| html.markup(&inlined(picture)));
        html.line("figcaption", &picture.caption);
    });
}

/// The picture as part of the page: its text for those who do not see it goes to its own label,
/// and what only a file of its own needs is left out.
fn inlined(picture: &Picture) -> String {
    let svg = picture.svg.replacen(" xmlns=\"http://www.w3.org/2000/svg\"", "", 1);
    let labelled = format!("<svg aria-label=\"{}\"", escaped(&picture.alternative));
    svg.replacen("<svg", &labelled, 1)
}
