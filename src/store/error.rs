//! What can go wrong with a store, in messages that say what to do.

use super::{Damage, Difference, Shard, Status};
use std::io;
use std::path::PathBuf;
use thiserror::Error;

/// Why a store cannot be opened, written, read or merged.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum StoreError {
    /// The folder for a new store is not empty.
    #[error("{} has files in it, and is no store of results\n  help: choose a new or empty folder with --out", .0.display())]
    NotEmpty(PathBuf),
    /// The folder already holds a store.
    #[error("{} holds results already\n  help: continue them with --resume, or choose another folder with --out", .0.display())]
    AlreadyAStore(PathBuf),
    /// A file has the name of a folder that is needed.
    #[error("{} is a file where a folder is needed\n  help: move it away, or choose another folder with --out", .0.display())]
    NotAFolder(PathBuf),
    /// The folder does not exist, and its path does not end in a name.
    #[error("`{}` is no folder that is there, and names none that could be made\n  help: choose a path with --out that ends in a name, such as out/mine", .0.display())]
    NoName(PathBuf),
    /// The folder holds no store.
    #[error("{} is no store of results: it has no store.json\n  help: check the name; without --resume a new store is begun", .0.display())]
    NotAStore(PathBuf),
    /// No store can have this identity; the text gives the reason.
    #[error("no store can be begun: {0}")]
    BadIdentity(String),
    /// `store.json` is not as it was written; the text gives the reason.
    #[error("{} is damaged or not ours: {}\n  help: nothing was changed; restore the file, or begin in another folder with --out", .0.display(), .1)]
    BadStoreFile(PathBuf, String),
    /// The store holds results of another identity.
    #[error("{} holds results of something else{}\n  help: nothing was changed; ask for what is there, or choose another folder with --out", .folder.display(), lines(.differences))]
    Differs {
        /// Its folder.
        folder: PathBuf,
        /// The differences: first what is stored, second what was asked for.
        differences: Vec<Difference>,
    },
    /// Another process writes to the store.
    #[error("{} is being written by {}\n  help: wait until it ends, or end it; nothing was changed", .folder.display(), .process.map_or("another process".into(), |number| format!("process {number}")))]
    Locked {
        /// Its folder.
        folder: PathBuf,
        /// The number of the process, if it is known.
        process: Option<u32>,
    },
    /// The store was opened for reading.
    #[error("{} was opened to be read, so nothing can be written", .0.display())]
    ReadOnly(PathBuf),
    /// The shard does not hold this chunk.
    #[error("chunk {number} does not belong in {}, which holds shard {shard} of {chunks} chunks", .folder.display())]
    NotHeld {
        /// Its folder.
        folder: PathBuf,
        /// The chunk.
        number: u64,
        /// The shard.
        shard: Shard,
        /// The number of chunks in all shards.
        chunks: u64,
    },
    /// A chunk is missing or damaged.
    #[error("chunk {number}, {}: {damage}\n  help: --resume writes it again", .path.display())]
    Chunk {
        /// Its file.
        path: PathBuf,
        /// Its number.
        number: u64,
        /// What is wrong.
        #[source]
        damage: Damage,
    },
    /// Chunks are missing or damaged.
    #[error("{} is not complete: {}\n  help: --resume writes what is missing or damaged", .folder.display(), lacking(.status))]
    Incomplete {
        /// The folder of the store.
        folder: PathBuf,
        /// What is missing or damaged.
        status: Box<Status>,
    },
    /// No stores to merge were given.
    #[error("there is nothing to merge\n  help: name the folder of every shard")]
    NothingToMerge,
    /// The stores to merge hold results of two identities.
    #[error("{} and {} are not parts of one whole{}\n  (there: {}; here: {}; nothing was merged)", .first.display(), .second.display(), lines(.differences), .first.display(), .second.display())]
    Mixed {
        /// One store.
        first: PathBuf,
        /// The other store.
        second: PathBuf,
        /// The differences.
        differences: Vec<Difference>,
    },
    /// The stores to merge come from different numbers of shards.
    #[error("{} is shard {}, but {} is shard {}: their numbers of shards differ\n  help: merge the shards of one division; nothing was merged", .first.0.display(), .first.1, .second.0.display(), .second.1)]
    ShardCount {
        /// One store and its shard.
        first: (PathBuf, Shard),
        /// The other store and its shard.
        second: (PathBuf, Shard),
    },
    /// The same shard was given twice.
    #[error("{} and {} are both shard {shard}\n  help: name every shard once; nothing was merged", .first.display(), .second.display())]
    ShardTwice {
        /// The shard.
        shard: Shard,
        /// One store.
        first: PathBuf,
        /// The other store.
        second: PathBuf,
    },
    /// These shards are not among the stores to merge.
    #[error("not among the folders to merge: shard {}\n  help: name the folder of every shard; nothing was merged", some(.0))]
    ShardsMissing(Vec<Shard>),
    /// An I/O error, with the path.
    #[error("the system refuses {}: {}", .0.display(), .1)]
    Io(PathBuf, #[source] io::Error),
}

impl StoreError {
    /// Whether the caller can mend it by asking for something else.
    pub fn is_bad_input(&self) -> bool {
        !matches!(self, StoreError::Io(..))
    }
}

fn lines(differences: &[Difference]) -> String {
    differences.iter().map(|difference| format!("\n  {difference}")).collect()
}

/// How much of a shard is there, and what is not.
fn lacking(status: &Status) -> String {
    let chunks = |number| if number == 1 { "chunk" } else { "chunks" };
    let Status { shard, done, wanted, .. } = status;
    let mut said = format!("shard {shard} has {done} of its {wanted} {}", chunks(*wanted));
    let missing = status.missing.len() as u64;
    if missing > 0 {
        said += &format!("\n  missing: {} {}", chunks(missing), some(&status.missing));
    }
    let damaged = status.damaged.iter();
    let damaged = damaged.map(|(number, damage)| format!("chunk {number} ({damage})"));
    let damaged: Vec<String> = damaged.collect();
    if !damaged.is_empty() {
        said += &format!("\n  damaged: {}", some(&damaged));
    }
    said
}

/// The first few of a list, and how many more there are.
fn some(list: &[impl ToString]) -> String {
    const SHOWN: usize = 8;
    let shown: Vec<String> = list.iter().take(SHOWN).map(ToString::to_string).collect();
    match list.len().saturating_sub(SHOWN) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}
