//! What is: the state of a partnership, and of all that is in it, at the end of a month.

pub(in crate::model) mod account;
pub(in crate::model) mod observed;
pub(in crate::model) mod organization;
pub(in crate::model) mod partnership;
pub(in crate::model) mod person;
pub(in crate::model) mod prepared;
pub(in crate::model) mod project;
pub(in crate::model) mod refused;
pub(in crate::model) mod run_id;
mod sound;
pub(in crate::model) mod standing;

pub use account::Account;
pub use organization::Organization;
pub use partnership::{Partnership, Seat};
pub use person::{Person, View};
pub use prepared::Prepared;
pub use project::{Commitment, Ledger, Project};
pub use refused::{Unforkable, Unfounded, Unlivable};
pub use run_id::RunId;
