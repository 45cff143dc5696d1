//! Why a folder cannot be written, said so that one knows what to do.

use super::MANIFEST;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// Why a folder could not be written.
#[derive(Debug)]
#[non_exhaustive]
pub enum FolderError {
    /// It is there already, with something in it.
    Exists(PathBuf),
    /// It is there, and a process was ended while it moved files into it.
    Unfinished(PathBuf),
    /// Something that is no folder has its name, or the name of a folder that it is in.
    NotAFolder(PathBuf),
    /// A link has its name, or the name of a folder that it is in, and leads nowhere.
    LeadsNowhere(PathBuf),
    /// It is not there, and the path does not end in a name that it could get.
    NoName(PathBuf),
    /// Another process writes it.
    Locked {
        /// The folder.
        folder: PathBuf,
        /// The process, if it has said so.
        process: Option<u32>,
    },
    /// Replacing was asked for, but nothing says that the files in it are ours.
    NoManifest(PathBuf),
    /// Replacing would overwrite a file that the old manifest does not list.
    Foreign(PathBuf),
    /// The system refuses to begin it.
    Refused(PathBuf, io::Error),
    /// All files were written, but could not be moved to where they belong.
    NotMoved {
        /// Why.
        why: Box<FolderError>,
        /// The folder in which the files are, but for those that were moved before.
        kept: PathBuf,
    },
    /// The system refused.
    Io(PathBuf, io::Error),
}

impl FolderError {
    /// Whether the caller can mend it by asking for something else.
    pub fn is_bad_input(&self) -> bool {
        use FolderError::{Io, NotMoved, Refused};
        !matches!(self, Io(..) | Refused(..) | NotMoved { .. })
    }

    /// An error of the system about a path, or what is in the way there.
    pub(super) fn at(path: &Path, error: io::Error) -> FolderError {
        let there = |path: &&Path| path.symlink_metadata().is_ok() && !path.is_dir();
        match path.ancestors().find(there) {
            Some(link) if link.is_symlink() && !link.exists() => {
                FolderError::LeadsNowhere(link.into())
            }
            Some(file) => FolderError::NotAFolder(file.into()),
            None => FolderError::Refused(path.into(), error),
        }
    }
}

impl fmt::Display for FolderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FolderError::Exists(path) => write!(
                f,
                "the output folder {} exists already\n  help: choose another with --out, or --force to replace the files that its manifest lists",
                path.display()
            ),
            FolderError::Unfinished(path) => write!(
                f,
                "{} is incomplete: a process was ended while it moved files there\n  help: --force replaces them, or choose another folder with --out",
                path.display()
            ),
            FolderError::NotAFolder(path) => write!(
                f,
                "{} is a file, not a folder\n  help: choose another name with --out",
                path.display()
            ),
            FolderError::LeadsNowhere(path) => write!(
                f,
                "{} is a link that leads nowhere\n  help: choose another name with --out, or a link to a folder that is there",
                path.display()
            ),
            FolderError::NoName(path) => write!(
                f,
                "`{}` is no folder that is there, and names none that could be made\n  help: choose a path with --out that ends in a name, such as out/mine",
                path.display()
            ),
            FolderError::Locked { folder, process } => {
                write!(f, "{} is being written by ", folder.display())?;
                match process {
                    Some(process) => write!(f, "process {process}")?,
                    None => write!(f, "another process")?,
                }
                write!(f, "\n  help: wait until it ends, or choose another folder with --out")
            }
            FolderError::NoManifest(path) => write!(
                f,
                "{} has files, but no readable {MANIFEST} that says they are ours; --force replaces only what a manifest lists\n  help: choose another folder with --out",
                path.display()
            ),
            FolderError::Foreign(path) => write!(
                f,
                "{} is not listed in the folder's {MANIFEST}, so it is not replaced\n  help: move it away, or choose another folder with --out",
                path.display()
            ),
            FolderError::Refused(path, error) => write!(
                f,
                "no folder can be written at {}: {error}\n  help: choose another with --out, in a folder that can be written",
                path.display()
            ),
            FolderError::NotMoved { why, kept } => {
                write!(f, "{why}\n  the new files are kept in {}", kept.display())
            }
            FolderError::Io(path, error) => write!(f, "cannot write {}: {error}", path.display()),
        }
    }
}

impl std::error::Error for FolderError {}
