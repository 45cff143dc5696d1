//! What goes wrong with a store, said so that one knows what to do.

use super::{Damage, Difference, Shard, Status};
use std::io;
use std::path::PathBuf;
use thiserror::Error;

/// Why a store cannot be opened, written, read or merged.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum StoreError {
    /// A new store needs an empty folder.
    #[error("{} has files in it, and is no store of results\n  help: choose a new or empty folder with --out", .0.display())]
    NotEmpty(PathBuf),
    /// A store is there already.
    #[error("{} holds results already\n  help: continue them with --resume, or choose another folder with --out", .0.display())]
    AlreadyAStore(PathBuf),
    /// A file has the name of a folder that is needed.
    #[error("{} is a file where a folder is needed\n  help: move it away, or choose another folder with --out", .0.display())]
    NotAFolder(PathBuf),
    /// It is not there, and the path does not end in a name that it could get.
    #[error("`{}` is no folder that is there, and names none that could be made\n  help: choose a path with --out that ends in a name, such as out/mine", .0.display())]
    NoName(PathBuf),
    /// There is no store.
    #[error("{} is no store of results: it has no store.json\n  help: check the name; without --resume a new store is begun", .0.display())]
    NotAStore(PathBuf),
    /// No store can have this identity; the text says why.
    #[error("no store can be begun: {0}")]
    BadIdentity(String),
    /// `store.json` is not as it was written; the text says why.
    #[error("{} is damaged or not ours: {}\n  help: nothing was changed; restore the file, or begin in another folder with --out", .0.display(), .1)]
    BadStoreFile(PathBuf, String),
    /// The store holds results of another identity.
    #[error("{} holds results of something else{}\n  help: nothing was changed; ask for what is there, or choose another folder with --out", .folder.display(), lines(.differences))]
    Differs {
        /// Its folder.
        folder: PathBuf,
        /// In what: first what is stored, second what was asked for.
        differences: Vec<Difference>,
    },
    /// A process writes to it.
    #[error("{} is being written by {}\n  help: wait until it ends, or end it; nothing was changed", .folder.display(), .process.map_or("another process".into(), |number| format!("process {number}")))]
    Locked {
        /// Its folder.
        folder: PathBuf,
        /// The process, if it has said so.
        process: Option<u32>,
    },
    /// It was opened to be read.
    #[error("{} was opened to be read, so nothing can be written", .0.display())]
    ReadOnly(PathBuf),
    /// A chunk that its shard does not hold.
    #[error("chunk {number} does not belong in {}, which holds shard {shard} of {chunks} chunks", .folder.display())]
    NotHeld {
        /// Its folder.
        folder: PathBuf,
        /// The chunk.
        number: u64,
        /// The shard.
        shard: Shard,
        /// How many chunks there are in all.
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
        /// Which.
        status: Box<Status>,
    },
    /// No stores to merge were given.
    #[error("there is nothing to merge\n  help: name the folder of every shard")]
    NothingToMerge,
    /// Stores to merge hold results of two identities.
    #[error("{} and {} are not parts of one whole{}\n  (there: {}; here: {}; nothing was merged)", .first.display(), .second.display(), lines(.differences), .first.display(), .second.display())]
    Mixed {
        /// The one.
        first: PathBuf,
        /// The other.
        second: PathBuf,
        /// In what they differ.
        differences: Vec<Difference>,
    },
    /// Stores to merge are shards of different numbers of shards.
    #[error("{} is shard {}, but {} is shard {}: their numbers of shards differ\n  help: merge the shards of one division; nothing was merged", .first.0.display(), .first.1, .second.0.display(), .second.1)]
    ShardCount {
        /// The one, and its shard.
        first: (PathBuf, Shard),
        /// The other, and its shard.
        second: (PathBuf, Shard),
    },
    /// One shard is there twice.
    #[error("{} and {} are both shard {shard}\n  help: name every shard once; nothing was merged", .first.display(), .second.display())]
    ShardTwice {
        /// The shard.
        shard: Shard,
        /// The one.
        first: PathBuf,
        /// The other.
        second: PathBuf,
    },
    /// Shards are not among the stores to merge.
    #[error("not among the folders to merge: shard {}\n  help: name the folder of every shard; nothing was merged", some(.0))]
    ShardsMissing(Vec<Shard>),
    /// The system refused.
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
