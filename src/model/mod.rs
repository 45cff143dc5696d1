//! The theory: who there is, what happens in a month, and the rules by which it happens.
//!
//! Pure: no files, no clock, no threads, no printing. A [`Setup`] says what may be; a
//! [`Partnership`] that is started from it says what is; [`Partnership::month`] turns it, by the
//! rules of a [`Theory`]; [`Event`]s leave it for whoever [watches](Watch). To find a rule, start
//! at `month.rs`, which reads as the overview: each of its lines names a file in `rules/`.

mod checked;
pub mod event;
mod month;
pub mod rivals;
mod rules;
pub mod setup;
mod state;
pub mod theory;

pub use event::{Event, Moment, Watch};
pub use rivals::{Live, Shipped};
pub use setup::Setup;
pub use state::*;
pub use theory::{Heard, Standard, Theory};

#[cfg(test)]
mod tests;
