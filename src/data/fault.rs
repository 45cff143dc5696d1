//! What is wrong with a table.

use std::ops::{Deref, Range};

/// One thing that is wrong with a table, and where.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fault(Box<Told>);

impl Deref for Fault {
    type Target = Told;

    fn deref(&self) -> &Told {
        &self.0
    }
}

/// What is told of a fault.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Told {
    /// The bytes of the text that it is about.
    pub span: Range<usize>,
    /// What is wrong, in one line.
    pub message: String,
    /// What stands there; empty if that needs no telling.
    pub found: String,
    /// What may stand there; empty if that needs no telling.
    pub allowed: String,
    /// The likely correction; empty if none is likely.
    pub help: String,
    /// A word that is not among the `known`, if that is the fault.
    pub unknown: Option<String>,
    /// The words that are known.
    pub known: Vec<String>,
}

impl Fault {
    /// A fault at some bytes.
    pub fn at(span: &Range<usize>, message: impl Into<String>) -> Fault {
        let (span, message) = (span.clone(), message.into());
        Fault(Box::new(Told { span, message, ..Told::default() }))
    }

    /// What is told of it.
    pub fn told(self) -> Told {
        *self.0
    }

    /// Says what stands there.
    #[must_use]
    pub fn found(mut self, found: impl Into<String>) -> Fault {
        self.0.found = found.into();
        self
    }

    /// Says what may stand there.
    #[must_use]
    pub fn allowed(mut self, allowed: impl Into<String>) -> Fault {
        self.0.allowed = allowed.into();
        self
    }

    /// Says the likely correction.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Fault {
        self.0.help = help.into();
        self
    }

    /// Says that a word is none of those that are known.
    #[must_use]
    pub fn not_among(mut self, word: &str, known: impl IntoIterator<Item = String>) -> Fault {
        self.0.unknown = Some(word.to_owned());
        self.0.known = known.into_iter().collect();
        self
    }
}
