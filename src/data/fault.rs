//! What is wrong with a table.

use std::ops::Range;

/// One thing that is wrong with a table, and where.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fault {
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
        Fault { span: span.clone(), message: message.into(), ..Fault::default() }
    }

    /// Says what stands there.
    #[must_use]
    pub fn found(self, found: impl Into<String>) -> Fault {
        Fault { found: found.into(), ..self }
    }

    /// Says what may stand there.
    #[must_use]
    pub fn allowed(self, allowed: impl Into<String>) -> Fault {
        Fault { allowed: allowed.into(), ..self }
    }

    /// Says the likely correction.
    #[must_use]
    pub fn help(self, help: impl Into<String>) -> Fault {
        Fault { help: help.into(), ..self }
    }

    /// Says that a word is none of those that are known.
    #[must_use]
    pub fn not_among(self, word: &str, known: impl IntoIterator<Item = String>) -> Fault {
        Fault { unknown: Some(word.to_owned()), known: known.into_iter().collect(), ..self }
    }
}
