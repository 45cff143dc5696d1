//! Why a folder cannot be written, said so that one knows what to do.

use super::MANIFEST;
use std::io;
use std::path::{Path, PathBuf};

/// Why a folder could not be written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FolderError {
    /// It is there already, with something in it.
    #[error(
        "the output folder {} exists already\n  help: choose another with --out, or --force to replace the files that its manifest lists",
        .0.display()
    )]
    Exists(PathBuf),
    /// It is there, and a process was ended while it moved files into it.
    #[error(
        "{} is incomplete: a process was ended while it moved files there\n  help: --force replaces them, or choose another folder with --out",
        .0.display()
    )]
    Unfinished(PathBuf),
    /// Something that is no folder has its name, or the name of a folder that it is in.
    #[error(
        "{} is a file, not a folder\n  help: choose another name with --out",
        .0.display()
    )]
    NotAFolder(PathBuf),
    /// A link has its name, or the name of a folder that it is in, and leads nowhere.
    #[error(
        "{} is a link that leads nowhere\n  help: choose another name with --out, or a link to a folder that is there",
        .0.display()
    )]
    LeadsNowhere(PathBuf),
    /// It is not there, and the path does not end in a name that it could get.
    #[error(
        "`{}` is no folder that is there, and names none that could be made\n  help: choose a path with --out that ends in a name, such as out/mine",
        .0.display()
    )]
    NoName(PathBuf),
    /// Another process writes it.
    #[error(
        "{} is being written by {}\n  help: wait until it ends, or choose another folder with --out",
        folder.display(),
        process.map_or("another process".into(), |process| format!("process {process}"))
    )]
    Locked {
        /// The folder.
        folder: PathBuf,
        /// The process, if it has said so.
        process: Option<u32>,
    },
    /// Replacing was asked for, but nothing says that the files in it are ours.
    #[error(
        "{} has files, but no readable {MANIFEST} that says they are ours; --force replaces only what a manifest lists\n  help: choose another folder with --out",
        .0.display()
    )]
    NoManifest(PathBuf),
    /// Replacing would overwrite a file that the old manifest does not list.
    #[error(
        "{} is not listed in the folder's {MANIFEST}, so it is not replaced\n  help: move it away, or choose another folder with --out",
        .0.display()
    )]
    Foreign(PathBuf),
    /// The system refuses to begin it.
    #[error(
        "no folder can be written at {}: {}\n  help: choose another with --out, in a folder that can be written",
        .0.display(),
        .1
    )]
    Refused(PathBuf, #[source] io::Error),
    /// All files were written, but could not be moved to where they belong.
    #[error("{why}\n  the new files are kept in {}", kept.display())]
    NotMoved {
        /// Why.
        #[source]
        why: Box<FolderError>,
        /// The folder in which the files are, but for those that were moved before.
        kept: PathBuf,
    },
    /// The system refused.
    #[error("cannot write {}: {}", .0.display(), .1)]
    Io(PathBuf, #[source] io::Error),
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
