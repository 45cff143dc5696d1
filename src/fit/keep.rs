//! The runs of a fit on disk, so that it can be interrupted, resumed, and split over machines.
//!
//! Two stores: the runs from the prior, which need nothing of one another and may be split into
//! shards, and the runs of the generations after them, which need all of the former.

use super::FitError;
use super::population::{CHUNK, GENERATIONS, Settings};
use crate::store::{Identity, Shard, Store, StoreError, merge};
use std::path::{Path, PathBuf};

/// The folder of the runs from the prior, in that of a fit.
const PRIOR: &str = "prior";
/// The folder of the generations after them.
const NEAR: &str = "near";

/// The stores of a fit.
#[derive(Debug)]
pub struct Stores {
    prior: Store,
    near: Option<Store>,
}

impl Stores {
    /// Opens those of a folder, or begins them; to go on with what is there must be asked for.
    /// `about` is all that the runs depend on besides the settings, as the identity of a store.
    ///
    /// # Errors
    /// If a store is of another fit, locked, or the system refuses.
    pub fn open(
        folder: &Path,
        about: &Identity,
        settings: Settings,
        resume: bool,
    ) -> Result<Stores, FitError> {
        let prior = Identity { chunks: settings.from_prior() / CHUNK, ..about.clone() };
        let prior = opened(&folder.join(PRIOR), &prior, resume)?;
        let near = match about.shard == Shard::WHOLE {
            false => None,
            true => {
                let chunks = GENERATIONS * settings.a_generation() / CHUNK;
                let near = Identity { chunks, ..about.clone() };
                Some(opened(&folder.join(NEAR), &near, resume)?)
            }
        };
        Ok(Stores { prior, near })
    }

    /// Puts the runs from the prior of several shards of one fit together.
    ///
    /// # Errors
    /// If one is missing, incomplete or damaged, or of another fit.
    pub fn merged(shards: &[PathBuf], folder: &Path) -> Result<(), StoreError> {
        let shards: Vec<PathBuf> = shards.iter().map(|shard| shard.join(PRIOR)).collect();
        merge(&shards, &folder.join(PRIOR)).map(drop)
    }

    pub(super) fn prior(&self) -> &Store {
        &self.prior
    }

    pub(super) fn near(&self) -> Option<&Store> {
        self.near.as_ref()
    }

    /// How many runs the stores lack.
    ///
    /// # Errors
    /// If they cannot be read.
    pub fn to_do(&self) -> Result<u64, StoreError> {
        let of = |store: &Store| Ok::<_, StoreError>(store.quick_status()?.to_do().len() as u64);
        Ok(CHUNK * (of(&self.prior)? + self.near.as_ref().map_or(Ok(0), of)?))
    }
}

fn opened(folder: &Path, identity: &Identity, resume: bool) -> Result<Store, StoreError> {
    match resume {
        false => Store::create(folder, identity),
        true => match Store::resume(folder, identity) {
            Err(StoreError::NotAStore { .. }) => Store::create(folder, identity),
            opened => opened,
        },
    }
}

/// Numbers, bit by bit.
pub(super) fn encode(cells: &[f64]) -> Vec<u8> {
    cells.iter().flat_map(|cell| cell.to_le_bytes()).collect()
}

/// Numbers from bytes, if they are whole rows of this width.
pub(super) fn decode(bytes: &[u8], width: usize) -> Option<Vec<f64>> {
    let (numbers, rest) = bytes.as_chunks::<8>();
    let whole = rest.is_empty() && numbers.len() % width.max(1) == 0;
    whole.then(|| numbers.iter().map(|number| f64::from_le_bytes(*number)).collect())
}
