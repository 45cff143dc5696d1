//! Merging shards into one store.

use super::{Disk, Identity, RealDisk, Shard, Store, StoreError};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Merges all shards of one identity, in any order, into one store. Its `store.json` and its chunks
/// have the bytes they would have had without shards. Everything, including every checksum, is
/// checked before anything is written. A merge that was killed continues when it is run again.
///
/// # Errors
/// If a shard is missing, given twice, incomplete or damaged; if two stores differ in more than the
/// shard; if `out` holds something else; or on an I/O error.
pub fn merge(shards: &[PathBuf], out: &Path) -> Result<Store, StoreError> {
    merge_on(Box::new(RealDisk), shards, out)
}

/// [`merge`], writing through `disk`.
///
/// # Errors
/// As there.
pub fn merge_on(disk: Box<dyn Disk>, shards: &[PathBuf], out: &Path) -> Result<Store, StoreError> {
    let stores = shards.iter().map(|folder| Store::read(folder)).collect::<Result<Vec<_>, _>>()?;
    let identity = one_whole(&stores)?;
    for store in &stores {
        store.status()?.complete_or(&store.folder)?;
    }
    let merged = match super::refuse_unless_empty(out) {
        Err(StoreError::AlreadyAStore(_)) => Store::resume_on(disk, out, &identity)?,
        _ => Store::create_on(disk, out, &identity)?,
    };
    for number in merged.status()?.to_do() {
        // There is one: the shards are all there, and every chunk is in one of them.
        for store in stores.iter().filter(|store| store.identity.shard.holds(number)) {
            merged.write(number, &store.read_chunk(number)?)?;
        }
    }
    Ok(merged)
}

/// The identity of the whole, if the stores are all of its shards, each once.
fn one_whole(stores: &[Store]) -> Result<Identity, StoreError> {
    let Some(first) = stores.first() else { return Err(StoreError::NothingToMerge) };
    let identity = first.identity.of_shard(Shard::WHOLE);
    let mut seen: BTreeMap<u32, &Path> = BTreeMap::new();
    for store in stores {
        let differences = identity.differences(&store.identity.of_shard(Shard::WHOLE));
        let (one, other) = (first.folder.clone(), store.folder.clone());
        if !differences.is_empty() {
            return Err(StoreError::Mixed { first: one, second: other, differences });
        }
        let shard = store.identity.shard;
        if shard.of() != first.identity.shard.of() {
            let first = (one, first.identity.shard);
            return Err(StoreError::ShardCount { first, second: (other, shard) });
        }
        if let Some(before) = seen.insert(shard.number(), &store.folder) {
            return Err(StoreError::ShardTwice { shard, first: before.into(), second: other });
        }
    }
    let of = first.identity.shard.of();
    let absent = (1..=of).filter(|number| !seen.contains_key(number));
    let missing: Vec<Shard> = absent.filter_map(|number| Shard::new(number, of).ok()).collect();
    if !missing.is_empty() {
        return Err(StoreError::ShardsMissing(missing));
    }
    Ok(identity)
}
