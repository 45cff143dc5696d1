//! A lock that lets one process at a time write.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

/// A lock on a file that names the process holding it. The operating system keeps the lock for the
/// open file, so that it ends with the process, however the process ends; a file that is left behind
/// does not lock anything.
#[derive(Debug)]
pub struct Lock {
    file: File,
    path: PathBuf,
}

/// How often to try again when others remove the file of the lock at that moment.
const TRIES: u32 = 100;

/// Why a lock was not taken.
#[derive(Debug)]
pub enum NotTaken {
    /// Another process holds it; its number, if it is known.
    Held(Option<u32>),
    /// An I/O error.
    Refused(io::Error),
}

impl Lock {
    /// Takes the lock and writes the number of this process into its file.
    ///
    /// # Errors
    /// If another process holds it (without waiting), or on an I/O error.
    pub fn take(path: &Path) -> Result<Lock, NotTaken> {
        for _ in 0..TRIES {
            let mut file = OpenOptions::new()
                .read(true)
                .write(true)
                .create(true)
                .truncate(false)
                .open(path)
                .map_err(NotTaken::Refused)?;
            match file.try_lock() {
                // Who had it before may have removed the file between our opening and locking.
                Ok(()) if !is_at(&file, path) => continue,
                Ok(()) => {}
                Err(TryLockError::Error(error)) => return Err(NotTaken::Refused(error)),
                Err(TryLockError::WouldBlock) => {
                    // Not said yet, or not to be read on a system that locks reading too.
                    let mut text = String::new();
                    let read = file.read_to_string(&mut text);
                    let process = read.ok().and_then(|_| text.trim().parse().ok());
                    return Err(NotTaken::Held(process));
                }
            }
            let lock = Lock { file, path: path.into() };
            let say = || {
                lock.file.set_len(0)?;
                (&lock.file).write_all(format!("{}\n", std::process::id()).as_bytes())
            };
            say().map_err(NotTaken::Refused)?;
            return Ok(lock);
        }
        Err(NotTaken::Refused(io::Error::other("the file of its lock is removed again and again")))
    }

    /// Releases the lock and removes its file. The next process to take the lock makes a new one.
    pub fn remove(self) {
        // A file that stays is in nobody's way.
        let _ = fs::remove_file(&self.path);
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Best effort: a stale number in a file that nobody locks misleads nobody. Unlocking is
        // said aloud because a child that is just being started may still hold the open file.
        let _ = self.file.set_len(0);
        let _ = self.file.unlock();
    }
}

/// Whether a path still names an open file.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let identity = |about: fs::Metadata| (about.dev(), about.ino());
    match (file.metadata(), fs::metadata(path)) {
        (Ok(open), Ok(named)) => identity(open) == identity(named),
        _ => false,
    }
}

/// Elsewhere the name of an open file is not free until it is closed.
#[cfg(not(unix))]
fn is_at(_: &File, path: &Path) -> bool {
    path.exists()
}
