//! Writing a file so that it is complete or absent: written aside, synced, renamed, and its folder
//! synced.
//!
//! Everything that a store changes on disk goes through a [`Disk`], so that a test can make any step
//! fail. Only the lock does not, since it holds no data.

use super::{StoreError, layout};
use std::fmt::Debug;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

/// The operations on a disk that a store needs.
pub trait Disk: Debug + Send + Sync {
    /// Makes a folder and its parents, unless they exist.
    ///
    /// # Errors
    /// On an I/O error.
    fn make_folder(&self, path: &Path) -> io::Result<()>;

    /// Writes a whole file. When this returns, its content is on the disk.
    ///
    /// # Errors
    /// On an I/O error; the file may then exist in part.
    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()>;

    /// Renames a file within its folder and replaces any file of that name.
    ///
    /// # Errors
    /// On an I/O error.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Syncs a folder, so that the names in it are on the disk.
    ///
    /// # Errors
    /// On an I/O error.
    fn sync_folder(&self, path: &Path) -> io::Result<()>;

    /// Removes a file.
    ///
    /// # Errors
    /// On an I/O error.
    fn remove(&self, path: &Path) -> io::Result<()>;
}

/// The disk of this machine.
#[derive(Clone, Copy, Debug, Default)]
pub struct RealDisk;

impl Disk for RealDisk {
    fn make_folder(&self, path: &Path) -> io::Result<()> {
        if path.is_dir() {
            return Ok(());
        }
        let parent = parent(path);
        if parent != path {
            self.make_folder(parent)?;
        }
        match fs::create_dir(path) {
            // Another thread was faster.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && path.is_dir() => {}
            made => made?,
        }
        self.sync_folder(parent)
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let mut file = File::create(path)?;
        file.write_all(bytes)?;
        file.sync_all()
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        // Elsewhere a folder cannot be opened as a file, and its names need no syncing.
        if cfg!(unix) { File::open(path)?.sync_all() } else { Ok(()) }
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }
}

/// Makes a folder; an error names the file that is in its way.
pub(super) fn make_folder(disk: &dyn Disk, path: &Path) -> Result<(), StoreError> {
    disk.make_folder(path).map_err(|error| {
        // A link that leads nowhere is there, too.
        let there = |place: &&Path| place.symlink_metadata().is_ok() && !place.is_dir();
        match path.ancestors().find(there) {
            Some(file) => StoreError::NotAFolder(file.into()),
            None => StoreError::Io(path.into(), error),
        }
    })
}

/// Puts a complete file in its place, or leaves what was there.
pub(super) fn put(disk: &dyn Disk, path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    static TURN: AtomicU64 = AtomicU64::new(0);
    let folder = parent(path);
    make_folder(disk, folder)?;
    let aside = layout::aside(path, TURN.fetch_add(1, Ordering::Relaxed));
    let written = disk.write(&aside, bytes).and_then(|()| disk.rename(&aside, path));
    if let Err(error) = written {
        // If it cannot be removed now, resuming removes it.
        let _ = disk.remove(&aside);
        return Err(StoreError::Io(path.into(), error));
    }
    // The folder's own name too: who made it may have been killed before bringing it to the disk.
    for folder in [folder, parent(folder)] {
        disk.sync_folder(folder).map_err(|error| StoreError::Io(folder.into(), error))?;
    }
    Ok(())
}

/// The folder that a path is in; `.` for a bare name, itself for a root.
fn parent(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if parent == Path::new("") => Path::new("."),
        Some(parent) => parent,
        None => path,
    }
}
