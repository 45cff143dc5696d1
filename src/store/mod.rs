//! Results in numbered chunks on disk, which survive being killed at any instant.
//!
//! A store is a folder. It knows nothing of what it keeps: a chunk is a number and bytes.
//!
//! ```text
//! store.json                what the results depend on: the identity (written first, never changed)
//! chunks/000/000123.chunk   a header line, then the payload
//! lock                      the process id of who writes; empty when nobody does
//! log.jsonl                 the caller's, if it keeps one: times and threads belong here only
//! results/                  the caller's: what it made of a complete store
//! ```
//!
//! A file is written under a hidden name beside its place, synced, and then renamed. A chunk is
//! therefore complete or absent, and a killed process leaves only hidden files, which
//! [`Store::resume`] removes. Only the field `shard` of `store.json` tells which shard a store is, so
//! that [merged](merge) shards have the bytes of a store that was never sharded.
//!
//! ```
//! use rppsim::store::{Identity, Shard, Store, StoreError};
//!
//! let home = tempfile::tempdir()?;
//! let identity = Identity {
//!     version: "0.1.0".into(),
//!     fingerprint: "of the model".into(),
//!     chunks: 3,
//!     shard: Shard::WHOLE,
//!     about: serde_json::json!({ "runs a chunk": 1000 }),
//!     plan: "seed = 1\n".into(),
//! };
//! let store = Store::create(&home.path().join("out"), &identity)?;
//! store.write(0, b"first")?;
//! drop(store); // Killed here, say.
//!
//! let store = Store::resume(&home.path().join("out"), &identity)?;
//! for number in store.status()?.to_do() {
//!     store.write(number, b"again")?;
//! }
//! let mut bytes = 0;
//! store.fold(|_, payload| {
//!     bytes += payload.len();
//!     Ok::<_, StoreError>(())
//! })?;
//! assert_eq!(bytes, 15);
//! # Ok::<_, Box<dyn std::error::Error>>(())
//! ```

mod chunk;
mod disk;
mod error;
mod identity;
mod layout;
mod lock;
mod merge;
mod shard;
mod status;

pub use chunk::Damage;
pub use disk::{Disk, RealDisk};
pub use error::StoreError;
pub use identity::{Difference, Identity, MOST_CHUNKS, Part};
pub use lock::{Lock, NotTaken};
pub use merge::{merge, merge_on};
pub use shard::{MOST_SHARDS, Shard};
pub use status::Status;

use std::fs;
use std::path::{Path, PathBuf};

/// An open store: for writing after [`Store::create`] or [`Store::resume`], for reading only after
/// [`Store::read`]. A store open for writing is locked until it is dropped or its process ends.
#[derive(Debug)]
pub struct Store {
    folder: PathBuf,
    identity: Identity,
    /// The hash of its identity, which every chunk repeats.
    hash: String,
    disk: Box<dyn Disk>,
    lock: Option<Lock>,
}

impl Store {
    /// Begins a store in a folder that is new or empty.
    ///
    /// # Errors
    /// If the folder is not empty, another process has locked it, no store can have the identity,
    /// or an I/O error occurs.
    pub fn create(folder: &Path, identity: &Identity) -> Result<Store, StoreError> {
        Store::create_on(Box::new(RealDisk), folder, identity)
    }

    /// [`Store::create`], writing through `disk`.
    ///
    /// # Errors
    /// As there.
    pub fn create_on(
        disk: Box<dyn Disk>,
        folder: &Path,
        identity: &Identity,
    ) -> Result<Store, StoreError> {
        identity.check().map_err(StoreError::BadIdentity)?;
        refuse_unless_empty(folder)?;
        disk::make_folder(&*disk, folder)?;
        let lock = locked(folder)?;
        // Again: another process may have begun, and ended, since.
        refuse_unless_empty(folder)?;
        let store = Store::open(disk, folder, identity.clone(), Some(lock));
        store.remove_leftovers()?;
        disk::put(&*store.disk, &layout::store_file(folder), identity.render().as_bytes())?;
        Ok(store)
    }

    /// Opens a store to write what it lacks. Files that a killed process left half written are
    /// removed; damaged chunks stay until they are [written](Store::write) again.
    ///
    /// # Errors
    /// If there is no store, it has another identity (then nothing was changed), another process
    /// has locked it, or an I/O error occurs.
    pub fn resume(folder: &Path, identity: &Identity) -> Result<Store, StoreError> {
        Store::resume_on(Box::new(RealDisk), folder, identity)
    }

    /// [`Store::resume`], writing through `disk`.
    ///
    /// # Errors
    /// As there.
    pub fn resume_on(
        disk: Box<dyn Disk>,
        folder: &Path,
        identity: &Identity,
    ) -> Result<Store, StoreError> {
        identity.check().map_err(StoreError::BadIdentity)?;
        let stored = Identity::read(folder)?;
        let differences = stored.differences(identity);
        if !differences.is_empty() {
            return Err(StoreError::Differs { folder: folder.into(), differences });
        }
        let lock = locked(folder)?;
        let store = Store::open(disk, folder, stored, Some(lock));
        store.remove_leftovers()?;
        Ok(store)
    }

    /// Opens a store for reading, even while another process writes to it.
    ///
    /// # Errors
    /// If there is no store, or its `store.json` is damaged.
    pub fn read(folder: &Path) -> Result<Store, StoreError> {
        Ok(Store::open(Box::new(RealDisk), folder, Identity::read(folder)?, None))
    }

    fn open(disk: Box<dyn Disk>, folder: &Path, identity: Identity, lock: Option<Lock>) -> Store {
        let hash = identity.hash();
        Store { folder: folder.into(), identity, hash, disk, lock }
    }

    /// Its folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The file to which the caller may append what differs between occasions, such as times and
    /// threads.
    pub fn log(&self) -> PathBuf {
        self.folder.join(layout::LOG)
    }

    /// The folder for what the caller makes of a complete store.
    pub fn results(&self) -> PathBuf {
        self.folder.join(layout::RESULTS)
    }

    /// What its results depend on.
    pub fn identity(&self) -> &Identity {
        &self.identity
    }

    /// Writes a chunk, or writes it again. When this returns, the chunk is on the disk. Several
    /// threads may call this at once.
    ///
    /// # Errors
    /// If the shard does not hold the chunk, the store was opened for reading, or an I/O error
    /// occurs; the chunk is then as it was before.
    pub fn write(&self, number: u64, payload: &[u8]) -> Result<(), StoreError> {
        if self.lock.is_none() {
            return Err(StoreError::ReadOnly(self.folder.clone()));
        }
        let path = self.place(number)?;
        disk::put(&*self.disk, &path, &chunk::encode(number, &self.hash, payload))
    }

    /// Reads the payload of a chunk and checks it against its header.
    ///
    /// # Errors
    /// If the shard does not hold the chunk, or the chunk is missing or damaged.
    pub fn read_chunk(&self, number: u64) -> Result<Vec<u8>, StoreError> {
        let path = self.place(number)?;
        let damaged = |damage| StoreError::Chunk { path: path.clone(), number, damage };
        chunk::read(&path, number, &self.hash).map_err(damaged)
    }

    /// What the store holds and what it lacks: every chunk is read and its checksum compared.
    ///
    /// While another process writes, its unfinished files are listed as leftovers.
    ///
    /// # Errors
    /// If a folder cannot be listed.
    pub fn status(&self) -> Result<Status, StoreError> {
        status::take(self, true)
    }

    /// The same at a glance: a chunk counts as done if its header and length are right.
    ///
    /// # Errors
    /// As [`Store::status`].
    pub fn quick_status(&self) -> Result<Status, StoreError> {
        status::take(self, false)
    }

    /// Hands every chunk of a complete store to `each`, in the order of their numbers and one at a
    /// time, so that memory does not grow with their number. An error of `each` ends it.
    ///
    /// # Errors
    /// Before the first call, if a chunk is missing or visibly damaged; later, when the turn of a
    /// chunk with a wrong checksum comes.
    pub fn fold<E: From<StoreError>>(
        &self,
        mut each: impl FnMut(u64, &[u8]) -> Result<(), E>,
    ) -> Result<(), E> {
        self.quick_status()?.complete_or(&self.folder)?;
        for number in self.identity.shard.chunks(self.identity.chunks) {
            each(number, &self.read_chunk(number)?)?;
        }
        Ok(())
    }

    /// The file of a chunk, if this shard holds it.
    fn place(&self, number: u64) -> Result<PathBuf, StoreError> {
        let Identity { shard, chunks, .. } = self.identity;
        if number >= chunks || !shard.holds(number) {
            return Err(StoreError::NotHeld { folder: self.folder.clone(), number, shard, chunks });
        }
        Ok(layout::chunk_file(&self.folder, number))
    }

    fn remove_leftovers(&self) -> Result<(), StoreError> {
        for path in status::scan(&self.folder, &self.identity)?.leftovers {
            self.disk.remove(&path).map_err(|error| StoreError::Io(path, error))?;
        }
        Ok(())
    }
}

/// Takes the lock of a store. Its file stays as long as the store.
fn locked(folder: &Path) -> Result<Lock, StoreError> {
    let path = folder.join(layout::LOCK);
    Lock::take(&path).map_err(|why| match why {
        NotTaken::Held(process) => StoreError::Locked { folder: folder.into(), process },
        NotTaken::Refused(error) => StoreError::Io(path, error),
    })
}

/// Accepts a folder that does not exist or is empty, except for what a killed `create` leaves.
fn refuse_unless_empty(folder: &Path) -> Result<(), StoreError> {
    let Ok(about) = fs::metadata(folder) else {
        return match folder.file_name() {
            Some(_) => Ok(()),
            // Such as `new/..`, where to make `new` would be too much.
            None => Err(StoreError::NoName(folder.into())),
        };
    };
    if !about.is_dir() {
        return Err(StoreError::NotAFolder(folder.into()));
    }
    if layout::store_file(folder).exists() {
        return Err(StoreError::AlreadyAStore(folder.into()));
    }
    let ours = |name: &str| name == layout::LOCK || layout::unfinished(name) == Some(layout::STORE);
    let empty = layout::list(folder)?.iter().all(|entry| ours(&entry.name));
    if empty { Ok(()) } else { Err(StoreError::NotEmpty(folder.into())) }
}
