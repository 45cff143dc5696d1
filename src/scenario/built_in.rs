//! The cases that ship with the program: the files of `scenarios/`, embedded.

use super::document::{Source, parse};
use std::sync::Arc;

const FILES: &[(&str, &str)] = &[
    ("cypress", include_str!("../../scenarios/cypress.toml")),
    ("quiet", include_str!("../../scenarios/quiet.toml")),
    ("churn", include_str!("../../scenarios/churn.toml")),
    ("funded", include_str!("../../scenarios/funded.toml")),
    ("nation-district", include_str!("../../scenarios/nation-district.toml")),
    ("design-based", include_str!("../../scenarios/design-based.toml")),
    ("alliance", include_str!("../../scenarios/alliance.toml")),
    ("network", include_str!("../../scenarios/network.toml")),
    ("several-districts", include_str!("../../scenarios/several-districts.toml")),
    ("two-research-groups", include_str!("../../scenarios/two-research-groups.toml")),
    ("alliance-cross-sector", include_str!("../../scenarios/alliance-cross-sector.toml")),
];

/// Partnerships that the sources name, by design and name; `cypress`, the calibrated one, is above.
const NAMED: &[(&str, &str)] = &[
    ("bellevue", include_str!("../../scenarios/cases/bellevue.toml")),
    ("boston", include_str!("../../scenarios/cases/boston.toml")),
    ("evergreen", include_str!("../../scenarios/cases/evergreen.toml")),
    ("four-high-schools", include_str!("../../scenarios/cases/four-high-schools.toml")),
    ("laurel", include_str!("../../scenarios/cases/laurel.toml")),
    ("letus", include_str!("../../scenarios/cases/letus.toml")),
    ("mist", include_str!("../../scenarios/cases/mist.toml")),
    ("serp", include_str!("../../scenarios/cases/serp.toml")),
    ("berc", include_str!("../../scenarios/cases/berc.toml")),
    ("ccsr", include_str!("../../scenarios/cases/ccsr.toml")),
    ("drc", include_str!("../../scenarios/cases/drc.toml")),
    ("gardner", include_str!("../../scenarios/cases/gardner.toml")),
    ("ranycs", include_str!("../../scenarios/cases/ranycs.toml")),
    ("rels", include_str!("../../scenarios/cases/rels.toml")),
    ("san-diego", include_str!("../../scenarios/cases/san-diego.toml")),
    ("urt", include_str!("../../scenarios/cases/urt.toml")),
    ("bten", include_str!("../../scenarios/cases/bten.toml")),
    ("strive", include_str!("../../scenarios/cases/strive.toml")),
    ("uw-nics", include_str!("../../scenarios/cases/uw-nics.toml")),
];

/// Worlds of many partnerships.
const NATIONS: &[(&str, &str)] = &[("nation", include_str!("../../scenarios/nation.toml"))];

/// The names of the built-in cases.
pub fn names() -> impl Iterator<Item = &'static str> {
    FILES.iter().chain(NAMED).map(|(name, _)| *name)
}

/// The names of the partnerships that the sources name, the calibrated one first.
pub fn partnerships() -> impl Iterator<Item = &'static str> {
    std::iter::once("cypress").chain(NAMED.iter().map(|(name, _)| *name))
}

/// The text of a built-in case, as its file holds it.
pub fn text(name: &str) -> Option<&'static str> {
    FILES.iter().chain(NAMED).find(|(known, _)| *known == name).map(|(_, text)| *text)
}

/// The built-in cases that one extends, the nearest first.
pub fn extended(name: &str) -> Vec<&'static str> {
    let below = |name: &str| {
        let table = parse(source(name)?).ok()?;
        let base = table.get("extends")?.as_str()?.to_owned();
        names().find(|known| *known == base)
    };
    std::iter::successors(below(name), |name| below(name)).collect()
}

/// The design of a partnership, as its preset is called: `alliance`, `network` or `design-based`.
pub fn design(name: &str) -> &'static str {
    let chain = extended(name);
    let of = |design: &&str| name == *design || chain.contains(design);
    ["alliance", "network"].iter().find(|design| of(design)).copied().unwrap_or("design-based")
}

/// The names of the built-in worlds of many partnerships.
pub fn nations() -> impl Iterator<Item = &'static str> {
    NATIONS.iter().map(|(name, _)| *name)
}

/// The text of a built-in world of many partnerships, as its file holds it.
pub fn nation_text(name: &str) -> Option<&'static str> {
    NATIONS.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
}

pub(super) fn nation(name: &str) -> Option<Arc<Source>> {
    nation_text(name).map(|text| Source::new(format!("built-in {name}"), text))
}

/// What a fit to a built-in case says of its numbers, as a table.
pub(super) fn posterior(name: &str) -> Option<&'static str> {
    (name == "cypress").then_some(include_str!("../../scenarios/cypress.posterior.csv"))
}

/// Whether a source of this name is a built-in case.
pub(super) fn is_source(name: &str) -> bool {
    name_of(name).is_some()
}

/// The name of the built-in case that a source is of.
pub(super) fn name_of(source: &str) -> Option<&str> {
    let name = source.strip_prefix("built-in ")?;
    text(name).or(nation_text(name)).map(|_| name)
}

pub(super) fn source(name: &str) -> Option<Arc<Source>> {
    text(name).map(|text| Source::new(format!("built-in {name}"), text))
}
