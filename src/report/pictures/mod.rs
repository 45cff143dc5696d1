//! From what was measured to pictures.

mod alive;
mod case;
mod compared;
mod comparison;
mod course;
mod few;
mod health;
mod money;
mod nation;
mod observed;
mod sensitivity;
#[cfg(test)]
mod tests;
mod when;

pub use super::words::pictures::unseen;
pub use case::case;
pub use compared::{initiators, interviews, settlement};
pub use comparison::{Captioned, of_study};
pub use course::{episodes, months, role_share};
pub use health::{health, survival};
pub use money::money;
pub use nation::nation;
pub use observed::observed;
pub use sensitivity::{Drawn, sensitivity};

use super::summary::Summary;
use crate::measure::record::RunRecord;
use crate::plot::{Image, PlotError, Quantity};
use crate::scenario::World;
use rayon::prelude::*;

/// Pictures by the names of their files, or why one cannot be drawn.
pub type Pictures = Result<Vec<(&'static str, Image)>, PlotError>;

/// What kind of number an outcome is, by its unit.
pub fn quantity(unit: &str) -> Quantity {
    match unit == "share" || unit.starts_with("share of ") {
        true => Quantity::Share,
        false => Quantity::Number,
    }
}

/// Every picture of a run, by the name of its file; those with nothing to show are left out.
///
/// # Errors
/// If a picture that has something to show cannot be drawn.
pub fn all(scenario: &World, summary: &Summary, first: Option<&RunRecord>, seed: u64) -> Pictures {
    type Drawing<'a> = &'a (dyn Fn() -> Option<Result<Image, PlotError>> + Sync);
    let drawings: [(&'static str, Drawing<'_>); 9] = [
        ("role_share", &|| Some(role_share(scenario, summary, seed))),
        ("months", &|| Some(months(scenario, summary, seed))),
        ("health", &|| Some(health(scenario, summary, seed))),
        ("survival", &|| survival(scenario, summary, seed)),
        ("money", &|| money(scenario, summary, seed)),
        ("episodes", &|| first.map(|run| episodes(scenario, run))),
        ("interviews", &|| interviews(scenario, summary, seed)),
        ("initiators", &|| initiators(scenario, summary, seed)),
        ("settlement", &|| settlement(scenario, summary, seed)),
    ];
    let drawn: Vec<_> = drawings.par_iter().map(|(name, drawing)| (*name, drawing())).collect();
    let shown = drawn.into_iter().filter_map(|(name, drawn)| Some((name, drawn?)));
    shown.map(|(name, drawn)| Ok((name, drawn?))).collect()
}
