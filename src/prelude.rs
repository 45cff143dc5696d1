//! What most programs use: `use rppsim::prelude::*;`.

pub use crate::ids::{Meeting, Month, OrganizationId, RoleId, SeatId};
pub use crate::measure::{self, Measure, RunRecord, WHOLE};
pub use crate::model::setup::Level;
pub use crate::model::{Event, Heard, Moment, RunId, Standard, Theory, View, Watch};
pub use crate::parameters::{Agenda, Learning, Parameters, Settlement};
pub use crate::roles::Mix;
pub use crate::scenario::World;
pub use crate::worlds::compare::{Comparison, Pairs, Variant};
pub use crate::worlds::hypothesis::{Expected, Hypothesis, Verdict};
pub use crate::worlds::{Stop, Worlds};
