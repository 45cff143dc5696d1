//! The parts of the page that tell what was found.

use super::html::{Html, escaped};
use super::{About, Picture};
use crate::report::words::{self, Basis, Finding, breaking_even, capital, pairs, percent};
use crate::worlds::compare::study::Study;

pub(super) fn opening(html: &mut Html, study: &Study, question: &str) {
    let base = study.comparison.base();
    html.element("header", &[], |html| {
        html.line("h1", question);
        html.line("p", &words::page::opening(study));
        // A summary may speak of a horizon that was changed.
        let changed = words::assumptions::changed_in_base(base).unwrap_or_default();
        let horizon = changed.iter().any(|line| line.starts_with("calendar.months "));
        if !base.summary.is_empty() && !horizon {
            html.note(&format!("The base: {}", base.summary));
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
        html.note("This page has no pictures: the program was built without them, or there was nothing to draw. The tables hold the same numbers.");
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
        html.list(all[1..].iter().map(|finding| finding.told(&basis)), |html, said| {
            let (difference, how_sure) = said.split_at(1);
            html.line("strong", &difference.concat());
            html.element("span", &[("class", "note")], |html| html.prose(&how_sure.join(" ")));
        });
    }
}

/// What the three ranges mean, once, in plain words.
fn three_uncertainties(html: &mut Html, study: &Study) {
    html.line("h3", "Three kinds of not knowing");
    html.element("dl", &[], |html| {
        for (term, meaning) in words::page::uncertainties(study) {
            html.element("div", &[], |html| {
                html.line("dt", term);
                html.line("dd", &meaning);
            });
        }
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
        "Differences are variant less base. “Better”, “about the same” and “worse” are shares of pairs; where neither way is better, the words are “more” and “less”. About the same is a difference too small to count. Shares count in percent.",
    );
    let findings = Finding::all(study);
    for (variant, all) in study.comparison.variants().iter().zip(&findings) {
        let label = format!("Table: every outcome of {}", variant.name);
        wide(html, &label, |html| {
            let heads = [
                "Outcome (unit)",
                "Base",
                "Difference ± simulation error",
                "Over the numbers; sign",
                "90 % of single pairs",
                "Pairs better, about the same, worse",
            ];
            html.table(&variant.name, &heads, |html| all.iter().for_each(|f| row(html, f)));
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
        let (more, same, less) = finding.more_same_less;
        let [more, same, less] = [more, same, less].map(percent);
        let shares = match finding.measure.better {
            _ if finding.pairs == 0 => "–".into(),
            Some(crate::worlds::compare::Better::More) => {
                format!("{more}, {same}, {less}")
            }
            Some(crate::worlds::compare::Better::Less) => {
                format!("{less}, {same}, {more}")
            }
            None => format!("more {more}, same {same}, less {less}"),
        };
        let cells = [
            finding.of_base(),
            finding.signed_mean(),
            over_numbers(finding),
            finding.signed_range(finding.singles),
            shares,
        ];
        cells.iter().for_each(|cell| html.line("td", cell));
    });
}

fn over_numbers(finding: &Finding) -> String {
    let Some(range) = finding.over_numbers() else { return "–".into() };
    let sign = finding.sign().map_or(String::new(), |sign| format!("; {sign}"));
    format!("{}{sign}", finding.signed_range(range))
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
        html.line("h3", &words::assumptions::named(&assumed.intervention, variant));
        html.line("p", &breaking_even(study, found));
        html.line("p", &words::assumptions::strength(assumed.key));
        picture(html, about, &format!("break_even-{}", i + 1));
    }
}

/// What must not be concluded.
pub(super) fn limits(html: &mut Html, study: &Study) {
    let basis = Basis::of(study.comparison.base());
    html.line("h2", "What this page cannot say");
    html.element("ul", &[], |html| {
        words::page::limits(&basis).iter().for_each(|limit| html.line("li", limit));
    });
}

/// How to get the page again, and what stands beside it.
pub(super) fn again(html: &mut Html, study: &Study, about: &About) {
    html.line("h2", "The same page again");
    html.line("p", "The same version gives the same numbers on any machine:");
    html.element("pre", &[], |html| html.element("code", &[], |html| html.text(&about.command)));
    html.line("p", &words::page::again(study));
    if about.files.is_empty() {
        return;
    }
    html.line("p", "Beside this page:");
    html.list(&about.files, |html, name| {
        html.line("code", name);
        html.element("span", &[("class", "note")], |html| html.text(&words::page::file(name)));
    });
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
