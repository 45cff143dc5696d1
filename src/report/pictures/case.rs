//! A small picture of a case of the library.

use crate::plot::{FanPoint, GlancePicture, Image, PlotError};
use crate::report::cases::Lived;
use crate::scenario::World;
use crate::worlds::trajectory::FAN;

/// Talk about roles and the share of partnerships alive, over the years of a case.
///
/// # Errors
/// If nothing can be drawn.
pub fn case(scenario: &World, lived: &Lived) -> Result<Image, PlotError> {
    let years = |months: f64| months / 12.0;
    let talk = lived.windows().map(|(middle, all)| {
        let [p05, p25, median, p75, p95] = FAN.map(|q| all.quantile(q));
        FanPoint { x: years(middle), p05, p25, median, p75, p95, mean: all.mean.mean() }
    });
    let alive = lived.alive().map(|(month, share)| (years(f64::from(month)), share));
    let picture = GlancePicture {
        title: scenario.title.clone(),
        talk: talk.collect(),
        alive: alive.collect(),
        years: years(f64::from(scenario.template().calendar.months)),
    };
    picture.draw()
}
