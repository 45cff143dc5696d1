//! The theory: who there is, what happens in a month, and the rules by which it happens.
//!
//! Pure: no files, no clock, no threads, no printing. A [`Setup`] founds a [`Partnership`];
//! [`Partnership::month`] turns it, by the rules of a [`Theory`]; [`Event`]s leave it for
//! whoever [watches](Watch). To find a rule, start at [`month`], which reads as the overview.

pub mod acts;
pub mod capacity;
pub mod check;
mod checked;
pub mod discourse;
pub mod event;
pub mod funding;
pub mod interventions;
mod listening;
pub mod meeting;
pub mod memory;
pub mod month;
pub mod organization;
pub mod partnership;
pub mod person;
pub mod refused;
pub mod renewal;
pub mod requests;
pub mod rivals;
pub mod settlement;
pub mod setup;
mod state;
pub mod surroundings;
pub mod theory;
pub mod trust;
pub mod turnover;
pub mod work;

pub use event::{Event, Moment, Watch};
pub use organization::Organization;
pub use partnership::{Partnership, RunId, Seat};
pub use person::{Person, View};
pub use refused::{Unforkable, Unfounded, Unlivable};
pub use rivals::{Live, Shipped};
pub use setup::Setup;
pub use theory::{Standard, Theory};

#[cfg(test)]
mod tests;
