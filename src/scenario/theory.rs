//! The theory that a world is lived by.

use crate::model::Unlivable;
use crate::model::event::Watch;
use crate::model::rivals::{Live, Shipped};
use crate::model::{Partnership, Theory};
use std::fmt;
use std::sync::Arc;

/// The theory that a world is lived by: one that ships, or one of a user's own.
#[derive(Clone)]
pub struct WorldTheory {
    word: String,
    shipped: Option<Shipped>,
    theory: Arc<dyn Live + Send>,
}

impl WorldTheory {
    /// A theory of a user's own by a name of its own; results in a store are kept apart by it.
    pub fn named(word: &str, theory: impl Theory + Send + 'static) -> WorldTheory {
        WorldTheory { word: word.to_owned(), shipped: None, theory: Arc::new(theory) }
    }

    /// Whether both are one theory: the same that ships, or the same of a user's own.
    pub(crate) fn is(&self, other: &WorldTheory) -> bool {
        let shipped = self.shipped.is_some() && self.shipped == other.shipped;
        shipped || Arc::ptr_eq(&self.theory, &other.theory)
    }

    /// The word for it: that which a scenario uses, or the name of the user's type.
    pub fn word(&self) -> &str {
        &self.word
    }
}

/// A theory of a user's own goes by the name of its type.
impl<T: Theory + Send + 'static> From<T> for WorldTheory {
    fn from(theory: T) -> WorldTheory {
        let name = std::any::type_name::<T>();
        let name = &name[..name.find('<').unwrap_or(name.len())];
        let word = name.rsplit("::").next().unwrap_or(name).to_owned();
        WorldTheory { word, shipped: None, theory: Arc::new(theory) }
    }
}

impl From<Shipped> for WorldTheory {
    fn from(shipped: Shipped) -> WorldTheory {
        let theory = Arc::new(shipped);
        WorldTheory { word: shipped.word().to_owned(), shipped: Some(shipped), theory }
    }
}

impl Live for WorldTheory {
    fn live(&self, partnership: &mut Partnership, watch: &mut dyn Watch) -> Result<(), Unlivable> {
        self.theory.live(partnership, watch)
    }

    fn run_to_horizon(
        &self,
        partnership: &mut Partnership,
        watch: &mut dyn Watch,
    ) -> Result<(), Unlivable> {
        self.theory.run_to_horizon(partnership, watch)
    }
}

impl fmt::Debug for WorldTheory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.word)
    }
}

impl serde::Serialize for WorldTheory {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.word)
    }
}
