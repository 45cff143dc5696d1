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
    let mut pictures = vec![
        ("role_share", role_share(scenario, summary, seed)?),
        ("months", months(scenario, summary, seed)?),
        ("health", health(scenario, summary, seed)?),
    ];
    let others = [
        ("survival", survival(scenario, summary, seed)),
        ("money", money(scenario, summary, seed)),
        ("episodes", first.map(|run| episodes(scenario, run))),
        ("interviews", interviews(scenario, summary, seed)),
        ("initiators", initiators(scenario, summary, seed)),
        ("settlement", settlement(scenario, summary, seed)),
    ];
    for (name, picture) in others {
        pictures.extend(picture.transpose()?.map(|picture| (name, picture)));
    }
    Ok(pictures)
}
