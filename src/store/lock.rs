//! One process at a time.

use super::{StoreError, layout};
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Write};
use std::path::Path;

/// A store's lock. The system holds it for the open file, so that it ends with the process,
/// however that ends. The file stays: to remove it would let two processes lock two files of
/// one name.
#[derive(Debug)]
pub(super) struct Lock(File);

impl Lock {
    /// Takes the lock, and says in the file who has it.
    pub(super) fn take(folder: &Path) -> Result<Lock, StoreError> {
        let path = folder.join(layout::LOCK);
        let refused = |error| StoreError::Io(path.clone(), error);
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(refused)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::Error(error)) => return Err(refused(error)),
            Err(TryLockError::WouldBlock) => {
                // Not said yet, or not to be read on a system that locks reading too.
                let mut text = String::new();
                let read = file.read_to_string(&mut text);
                let process = read.ok().and_then(|_| text.trim().parse().ok());
                return Err(StoreError::Locked { folder: folder.into(), process });
            }
        }
        let lock = Lock(file);
        let say = || {
            lock.0.set_len(0)?;
            (&lock.0).write_all(format!("{}\n", std::process::id()).as_bytes())
        };
        say().map_err(refused)?;
        Ok(lock)
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Best effort: a stale number in a file that nobody locks misleads nobody. Unlocking is
        // said aloud because a child that is just being started may still hold the open file.
        let _ = self.0.set_len(0);
        let _ = self.0.unlock();
    }
}
