//! Numbers that a search found for a rival theory.
//!
//! A scenario's own numbers were chosen under one theory. A rival that is tried at these numbers is
//! tried at numbers that are not its own. So a scenario may state, for any theory, the numbers under
//! which that theory comes nearest to the published patterns:
//!
//! ```toml
//! [refitted.no-doubt]
//! provenance = "estimated"
//! source = "rppsim fit cypress --theory no-doubt --seed 1"
//! "agenda.threshold" = 0.31
//! ```

use super::World;
use super::number::Unsettable;
use crate::model::Shipped;
use crate::parameters::Provenance;
use serde::Serialize;

/// Numbers that a search found for a theory.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Refitted {
    /// The theory.
    pub theory: Shipped,
    /// What kind of support they have, if the scenario says so.
    pub provenance: Option<Provenance>,
    /// The search that found them, or another source; empty if none is given.
    pub source: String,
    /// The numbers by key, in the order in which they are written.
    pub values: Vec<(String, f64)>,
}

impl World {
    /// The numbers that it states for theories of their own, in the order in which they are written.
    pub fn refitted(&self) -> &[Refitted] {
        &self.refitted
    }

    /// The same world under a theory, at the numbers that it states for this theory. `None` if it
    /// states none.
    ///
    /// ```
    /// use rppsim::{model::Shipped, scenario::World};
    /// let text = "extends = \"cypress\"\n[refitted.no-doubt]\n\"agenda.threshold\" = 0.31";
    /// let world = World::from_text("mine", text).unwrap();
    /// let rival = world.refitted_under(Shipped::NoDoubt).unwrap().unwrap();
    /// assert_eq!((rival.theory.word(), rival.value("agenda.threshold")), ("no-doubt", Some(0.31)));
    /// ```
    ///
    /// # Errors
    /// If a number is not allowed together with others that [`World::with`] has moved.
    pub fn refitted_under(&self, theory: Shipped) -> Result<Option<World>, Unsettable> {
        let Some(found) = self.refitted.iter().find(|refitted| refitted.theory == theory) else {
            return Ok(None);
        };
        let values = found.values.iter().map(|(key, value)| (key.as_str(), *value));
        self.under(theory).with(values).map(Some)
    }
}
