//! Role mixes: points on the simplex of the roles an organization might play.
//!
//! Everything people hold about an organization (an expectation, a conception, a heard image)
//! and everything it is or does (identity, agreed arrangement, enacted mix) is a [`Mix`] over
//! that organization's [`Repertoire`]. Ground floor: nothing here knows about people or months.

mod mix;
mod repertoire;
#[cfg(test)]
mod tests;

pub use mix::{Mix, NoMix, SUM_TOLERANCE};
pub use repertoire::{NoRepertoire, Repertoire, Role};

/// The largest repertoire an organization can have.
pub const MAX_ROLES: usize = 8;
