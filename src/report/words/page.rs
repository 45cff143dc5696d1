//! The sentences of a page that answers a question.

use super::{Basis, counted, pairs};
use crate::report::dictionary;
use crate::worlds::compare::study::Study;

/// The question that was asked, or the plain one.
pub(crate) fn question(study: &Study, asked: Option<&str>) -> String {
    let asked = asked.map(str::trim).filter(|asked| !asked.is_empty());
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

/// What was run.
pub(crate) fn opening(study: &Study) -> String {
    let base = study.comparison.base();
    let worlds = match study.comparison.variants().len() {
        1 => "the same partnership with one change".into(),
        n => format!("the same partnership with each of {n} changes"),
    };
    format!(
        "A simulation was run {} for {}: “{}” and, with the same strokes of chance, {worlds}. What follows is the difference between such twins.",
        counted(study.answer.pairs, "time"),
        counted(u64::from(base.template().calendar.months), "month"),
        base.title
    )
}

/// What the three ranges of a difference mean, each with its name.
pub(crate) fn uncertainties(study: &Study) -> [(&'static str, String); 3] {
    let comparison = &study.comparison;
    let basis = Basis::of(comparison.base());
    let draws = study.answer.estimates.iter().flatten().find_map(|estimate| estimate.split());
    let numbers = match (draws, &comparison.base().posterior) {
        (Some(split), _) => format!(
            "Some numbers behind the model are not known. {} from what {} leaves open were lived at, each by more than one pair; the range says where the average lies in 9 of 10 of them, the simulation error included, and the probability how sure its direction is. What was assumed of other numbers is not in the range.",
            counted(split.draws as u64, "draw"),
            basis.data,
        ),
        (None, Some(_)) => "The numbers were held fixed, or there were too few pairs, so how far the average depends on numbers that are not known is not shown.".into(),
        (None, None) => "This base carries no fit, so how far the average depends on its numbers is not known.".into(),
    };
    [
        (
            "Simulation error",
            "How far more runs of the same model could still move the average. It can be made as small as one likes, and says nothing about whether the model is right.".into(),
        ),
        ("Numbers that are not known", numbers),
        (
            "Chance in one partnership",
            "Where 9 of 10 single twins lie: how far chance alone carries one partnership in this model. A partnership is one pair, not an average.".into(),
        ),
    ]
}

/// What must not be concluded.
pub(crate) fn limits(basis: &Basis) -> [String; 6] {
    [
        &format!(
            "It is not a forecast. The model was {}, and nothing yet says how it does for another partnership.",
            basis.set_up
        ),
        "That the model gives what was published does not show that it is right. Other models give some of it, too.",
        "Most of its numbers are assumed. The ranges above cover some of that, never the chance that the model itself is wrong.",
        "No study has measured the work that is lost when leaders change, or what any of these interventions does. Months ahead or behind compare a simulated partnership with its own twin.",
        "Less talk about roles is not better talk. It can be how partners find out what each other is for.",
        "A difference between two plans here is no ranking of kinds of partnership.",
    ]
    .map(str::to_owned)
}

/// What it takes to get the same numbers again.
pub(crate) fn again(study: &Study) -> String {
    let numbers = match study.comparison.base().draws() {
        true => "numbers drawn from the posterior that the base carries",
        false => "fixed numbers",
    };
    format!(
        "{} {}, seed {}, {}, {numbers}.",
        env!("CARGO_PKG_NAME"),
        env!("CARGO_PKG_VERSION"),
        study.comparison.seed(),
        pairs(study.answer.pairs)
    )
}

/// What a file beside the page is.
pub(crate) fn file(name: &str) -> String {
    if let Some(table) = dictionary::TABLES.iter().find(|table| table.file == name) {
        return format!("a row is {}", table.row());
    }
    match name {
        "base.toml" => "the base, with everything it inherits",
        _ if name.ends_with(".toml") => "a variant, with everything it inherits",
        _ if name.ends_with(".svg") || name.ends_with(".png") => "a picture of this page",
        _ => "",
    }
    .into()
}
