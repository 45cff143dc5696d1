//! What a store holds, found by looking at every file in it.

use super::{Damage, Identity, Shard, Store, StoreError, chunk, layout};
use serde::Serialize;
use std::path::{Path, PathBuf};

/// What a store holds and what it lacks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Status {
    /// Its shard.
    pub shard: Shard,
    /// The number of chunks it should hold.
    pub wanted: u64,
    /// The number of chunks it holds.
    pub done: u64,
    /// Missing chunks, in order.
    pub missing: Vec<u64>,
    /// Damaged chunks, in order, and what is wrong with each.
    pub damaged: Vec<(u64, Damage)>,
    /// Files that a killed process left half written, or that a running one is writing.
    pub leftovers: Vec<PathBuf>,
    /// Files that are not part of the store. They are never touched.
    pub foreign: Vec<PathBuf>,
}

impl Status {
    /// Whether it holds every chunk.
    pub fn is_complete(&self) -> bool {
        self.done == self.wanted
    }

    /// The chunks to be written: those missing or damaged, in order.
    pub fn to_do(&self) -> Vec<u64> {
        let damaged = self.damaged.iter().map(|(number, _)| *number);
        let mut numbers: Vec<u64> = self.missing.iter().copied().chain(damaged).collect();
        numbers.sort_unstable();
        numbers
    }

    /// Refuses a store that is not complete.
    pub(super) fn complete_or(self, folder: &Path) -> Result<(), StoreError> {
        if self.is_complete() {
            return Ok(());
        }
        Err(StoreError::Incomplete { folder: folder.into(), status: Box::new(self) })
    }
}

/// Looks at every chunk that a store is to hold, and then for files that are none.
pub(super) fn take(store: &Store, verify: bool) -> Result<Status, StoreError> {
    let Identity { shard, chunks, .. } = store.identity;
    let Found { leftovers, foreign } = scan(&store.folder, &store.identity)?;
    let (missing, damaged) = (Vec::new(), Vec::new());
    let mut status = Status { shard, wanted: 0, done: 0, missing, damaged, leftovers, foreign };
    for number in shard.chunks(chunks) {
        let path = layout::chunk_file(&store.folder, number);
        let check = if verify { chunk::verify } else { chunk::glance };
        status.wanted += 1;
        match check(&path, number, &store.hash) {
            Ok(()) => status.done += 1,
            Err(Damage::Missing) => status.missing.push(number),
            Err(damage) => status.damaged.push((number, damage)),
        }
    }
    Ok(status)
}

/// Files that are no part of a store.
#[derive(Default)]
pub(super) struct Found {
    pub(super) leftovers: Vec<PathBuf>,
    pub(super) foreign: Vec<PathBuf>,
}

/// Looks for files that are no part of the store.
pub(super) fn scan(folder: &Path, identity: &Identity) -> Result<Found, StoreError> {
    let mut found = Found::default();
    let held = |inside: &str, name: &str| {
        layout::chunk_number(inside, name)
            .is_some_and(|number| number < identity.chunks && identity.shard.holds(number))
    };
    for entry in layout::list(folder)? {
        match entry.name.as_str() {
            layout::CHUNKS | layout::RESULTS if entry.is_folder => {}
            layout::STORE | layout::LOCK | layout::LOG if !entry.is_folder => {}
            _ => found.add(entry, |name| name == layout::STORE),
        }
    }
    for thousand in layout::list(&folder.join(layout::CHUNKS))? {
        if !thousand.is_folder || !layout::is_subfolder(&thousand.name) {
            found.foreign.push(thousand.path);
            continue;
        }
        for entry in layout::list(&thousand.path)? {
            if !held(&thousand.name, &entry.name) {
                found.add(entry, |name| held(&thousand.name, name));
            }
        }
    }
    Ok(found)
}

impl Found {
    /// Adds a file that is none of the store's: half written if what it was to be is `ours`.
    fn add(&mut self, entry: layout::Entry, ours: impl Fn(&str) -> bool) {
        match layout::unfinished(&entry.name).is_some_and(ours) && !entry.is_folder {
            true => self.leftovers.push(entry.path),
            false => self.foreign.push(entry.path),
        }
    }
}
