//! The cases that ship with the program: the files of `scenarios/`, embedded.

use super::document::Source;
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

/// Worlds of many partnerships.
const NATIONS: &[(&str, &str)] = &[("nation", include_str!("../../scenarios/nation.toml"))];

/// The names of the built-in cases.
pub fn names() -> impl Iterator<Item = &'static str> {
    FILES.iter().map(|(name, _)| *name)
}

/// The text of a built-in case, as its file holds it.
pub fn text(name: &str) -> Option<&'static str> {
    FILES.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
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

/// The sets of parameter values that a search kept for a built-in case, as a table.
pub(super) fn fitted_sets(name: &str) -> Option<&'static str> {
    (name == "cypress").then_some(include_str!("../../scenarios/cypress.sets.csv"))
}

/// Whether a source of this name is a built-in case.
pub(super) fn is_source(name: &str) -> bool {
    name.strip_prefix("built-in ").is_some_and(|name| text(name).or(nation_text(name)).is_some())
}

pub(super) fn source(name: &str) -> Option<Arc<Source>> {
    text(name).map(|text| Source::new(format!("built-in {name}"), text))
}
