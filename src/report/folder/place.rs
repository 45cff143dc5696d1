//! Where the files of a folder wait until all are there, and who may write them.

use super::FolderError;
use crate::store::{Disk, Lock, NotTaken};
use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// A folder in which hidden things of a target are, and what their names begin with after a dot.
#[derive(Clone, Debug)]
pub(super) struct Place {
    pub(super) folder: PathBuf,
    name: OsString,
}

impl Place {
    /// For a target that is not there: beside it, so that it appears by one renaming.
    pub(super) fn beside(target: &Path) -> Option<Place> {
        let name = target.file_name()?.to_owned();
        let folder = match target.parent() {
            Some(parent) if parent == Path::new("") => Path::new("."),
            Some(parent) => parent,
            None => return None,
        };
        Some(Place { folder: folder.into(), name })
    }

    /// For a target that is there: in it. It may be a link, or a mount in a folder that must not
    /// be written, and it stays the folder that it is.
    pub(super) fn inside(target: &Path) -> Place {
        Place { folder: target.into(), name: "rppsim".into() }
    }

    fn hidden(&self, rest: &str) -> PathBuf {
        let mut name = OsString::from(".");
        name.push(&self.name);
        name.push(format!(".{rest}"));
        self.folder.join(name)
    }

    fn lock(&self) -> PathBuf {
        self.hidden("lock")
    }

    /// What says, while files are moved into a folder that is there, which of them are ours.
    pub(super) fn replacing(&self) -> PathBuf {
        self.hidden("replacing.json")
    }

    /// Makes a folder that nobody else writes: by a name that is new.
    pub(super) fn staging(&self) -> io::Result<PathBuf> {
        let process = std::process::id();
        for turn in 0u32.. {
            let path = self.hidden(&format!("partial-{process}-{turn}"));
            match fs::create_dir(&path) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                made => return made.map(|()| path),
            }
        }
        Err(io::ErrorKind::AlreadyExists.into())
    }

    /// A name that is free, and not hidden, for files that nobody may remove.
    pub(super) fn kept(&self) -> PathBuf {
        let mut paths = (1u64..).map(|turn| {
            let mut name = self.name.clone();
            name.push(format!(".kept-{turn}"));
            self.folder.join(name)
        });
        let free = paths.find(|path| path.symlink_metadata().is_err());
        free.unwrap_or_else(|| self.hidden("kept"))
    }

    /// Whether something in the folder has such a name and comes to nothing: a lock, or what an
    /// ended process has not finished.
    pub(super) fn is_passing(&self, path: &Path) -> bool {
        let rest = || {
            let name = path.file_name()?.as_encoded_bytes().strip_prefix(b".")?;
            name.strip_prefix(self.name.as_encoded_bytes())?.strip_prefix(b".")
        };
        match rest() {
            Some(b"lock") => true,
            Some(rest) => is_partial(rest) && path.is_dir() && !path.is_symlink(),
            None => false,
        }
    }

    /// Removes what ended processes have not finished. The lock must be held.
    fn clear(&self) {
        for path in entries(&self.folder).filter(|path| self.is_passing(path)) {
            if path != self.lock() {
                // If it stays, it is in nobody's way.
                let _ = fs::remove_dir_all(path);
            }
        }
    }

    /// The same, if there is something and no process holds the lock.
    pub(super) fn clear_if_free(&self) {
        if !entries(&self.folder).any(|path| self.is_passing(&path)) {
            return;
        }
        if let Ok(lock) = Lock::take(&self.lock()) {
            self.clear();
            lock.remove();
        }
    }
}

/// `partial-PROCESS-TURN`, or `partial-PROCESS` as older versions wrote it.
fn is_partial(rest: &[u8]) -> bool {
    let numbers = rest.strip_prefix(b"partial-").and_then(|rest| std::str::from_utf8(rest).ok());
    let number = |text: &str| text.parse::<u32>().is_ok();
    numbers.is_some_and(|rest| match rest.split_once('-') {
        Some((process, turn)) => number(process) && number(turn),
        None => number(rest),
    })
}

/// What is in a folder; nothing if it cannot be read.
pub(super) fn entries(folder: &Path) -> impl Iterator<Item = PathBuf> + use<> {
    fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path())
}

/// The right to write a target. It ends with the process, however that ends.
#[derive(Debug)]
pub(super) struct Claim {
    lock: Option<Lock>,
    /// Folders made on the way, outermost first.
    made: Vec<PathBuf>,
}

impl Claim {
    /// Takes it, and removes what ended processes have left there; nothing if the folder of the
    /// place has just been removed by who made it.
    pub(super) fn take(
        disk: &dyn Disk,
        place: &Place,
        target: &Path,
    ) -> Result<Option<Claim>, FolderError> {
        let mut claim = Claim { lock: None, made: missing_folders(&place.folder) };
        disk.make_folder(&place.folder).map_err(|error| FolderError::at(&place.folder, error))?;
        match Lock::take(&place.lock()) {
            Ok(lock) => claim.lock = Some(lock),
            Err(NotTaken::Held(process)) => {
                return Err(FolderError::Locked { folder: target.into(), process });
            }
            Err(NotTaken::Refused(error)) if error.kind() == io::ErrorKind::NotFound => {
                return Ok(None);
            }
            Err(NotTaken::Refused(error)) => {
                return Err(FolderError::Refused(target.into(), error));
            }
        }
        place.clear();
        Ok(Some(claim))
    }
}

impl Drop for Claim {
    fn drop(&mut self) {
        if let Some(lock) = self.lock.take() {
            lock.remove();
        }
        for made in self.made.iter().rev() {
            // Only if there is nothing in it.
            let _ = fs::remove_dir(made);
        }
    }
}

fn missing_folders(path: &Path) -> Vec<PathBuf> {
    let mut missing: Vec<PathBuf> = path
        .ancestors()
        .take_while(|folder| !folder.as_os_str().is_empty() && !folder.exists())
        .map(Path::to_path_buf)
        .collect();
    missing.reverse();
    missing
}
