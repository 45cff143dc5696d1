//! Why results could not be put into a folder.

use super::FolderError;
use crate::sweep::SweepError;
use crate::worlds::Stopped;
use std::error::Error;
use std::fmt;

/// Why results could not be put into a folder.
#[derive(Debug)]
#[non_exhaustive]
pub enum ReportError {
    /// The folder cannot be written.
    Folder(FolderError),
    /// The runs did not come to their end.
    Stopped(Stopped),
    /// The store of a sweep cannot be read, or is not complete.
    Sweep(SweepError),
}

impl fmt::Display for ReportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ReportError::Folder(why) => why.fmt(f),
            ReportError::Stopped(why) => why.fmt(f),
            ReportError::Sweep(why) => why.fmt(f),
        }
    }
}

impl Error for ReportError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            ReportError::Folder(why) => Some(why),
            ReportError::Stopped(why) => Some(why),
            ReportError::Sweep(why) => Some(why),
        }
    }
}

impl From<FolderError> for ReportError {
    fn from(why: FolderError) -> Self {
        ReportError::Folder(why)
    }
}

impl From<Stopped> for ReportError {
    fn from(why: Stopped) -> Self {
        ReportError::Stopped(why)
    }
}

impl From<SweepError> for ReportError {
    fn from(why: SweepError) -> Self {
        ReportError::Sweep(why)
    }
}
