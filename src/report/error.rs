//! Why results could not be put into a folder.

use super::FolderError;
use crate::scenario::number::Unsettable;
use crate::sweep::SweepError;
use crate::worlds::Stopped;

/// Why results could not be put into a folder.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
#[non_exhaustive]
pub enum ReportError {
    /// The folder cannot be written.
    Folder(#[from] FolderError),
    /// The runs did not come to their end.
    Stopped(#[from] Stopped),
    /// Numbers that a world states for a theory are not allowed together with its own.
    Refitted(#[from] Unsettable),
    /// The store of a sweep cannot be read, or is not complete.
    Sweep(#[from] SweepError),
}
