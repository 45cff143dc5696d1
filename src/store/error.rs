//! What goes wrong with a store, said so that one knows what to do.

use super::{Damage, Difference, Shard, Status};
use std::fmt;
use std::io;
use std::path::PathBuf;

/// Why a store cannot be opened, written, read or merged.
#[derive(Debug)]
#[non_exhaustive]
pub enum StoreError {
    /// A new store needs an empty folder.
    NotEmpty(PathBuf),
    /// A store is there already.
    AlreadyAStore(PathBuf),
    /// A file has the name of a folder that is needed.
    NotAFolder(PathBuf),
    /// It is not there, and the path does not end in a name that it could get.
    NoName(PathBuf),
    /// There is no store.
    NotAStore(PathBuf),
    /// No store can have this identity; the text says why.
    BadIdentity(String),
    /// `store.json` is not as it was written; the text says why.
    BadStoreFile(PathBuf, String),
    /// The store holds results of another identity.
    Differs {
        /// Its folder.
        folder: PathBuf,
        /// In what: first what is stored, second what was asked for.
        differences: Vec<Difference>,
    },
    /// A process writes to it.
    Locked {
        /// Its folder.
        folder: PathBuf,
        /// The process, if it has said so.
        process: Option<u32>,
    },
    /// It was opened to be read.
    ReadOnly(PathBuf),
    /// A chunk that its shard does not hold.
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
    Chunk {
        /// Its file.
        path: PathBuf,
        /// Its number.
        number: u64,
        /// What is wrong.
        damage: Damage,
    },
    /// Chunks are missing or damaged.
    Incomplete {
        /// The folder of the store.
        folder: PathBuf,
        /// Which.
        status: Box<Status>,
    },
    /// No stores to merge were given.
    NothingToMerge,
    /// Stores to merge hold results of two identities.
    Mixed {
        /// The one.
        first: PathBuf,
        /// The other.
        second: PathBuf,
        /// In what they differ.
        differences: Vec<Difference>,
    },
    /// Stores to merge are shards of different numbers of shards.
    ShardCount {
        /// The one, and its shard.
        first: (PathBuf, Shard),
        /// The other, and its shard.
        second: (PathBuf, Shard),
    },
    /// One shard is there twice.
    ShardTwice {
        /// The shard.
        shard: Shard,
        /// The one.
        first: PathBuf,
        /// The other.
        second: PathBuf,
    },
    /// Shards are not among the stores to merge.
    ShardsMissing(Vec<Shard>),
    /// The system refused.
    Io(PathBuf, io::Error),
}

impl StoreError {
    /// Whether the caller can mend it by asking for something else.
    pub fn is_bad_input(&self) -> bool {
        !matches!(self, StoreError::Io(..))
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StoreError::NotEmpty(path) => write!(
                f,
                "{} has files in it, and is no store of results\n  help: choose a new or empty folder with --out",
                path.display()
            ),
            StoreError::AlreadyAStore(path) => write!(
                f,
                "{} holds results already\n  help: continue them with --resume, or choose another folder with --out",
                path.display()
            ),
            StoreError::NotAFolder(path) => write!(
                f,
                "{} is a file where a folder is needed\n  help: move it away, or choose another folder with --out",
                path.display()
            ),
            StoreError::NoName(path) => write!(
                f,
                "`{}` is no folder that is there, and names none that could be made\n  help: choose a path with --out that ends in a name, such as out/mine",
                path.display()
            ),
            StoreError::NotAStore(path) => write!(
                f,
                "{} is no store of results: it has no store.json\n  help: check the name; without --resume a new store is begun",
                path.display()
            ),
            StoreError::BadIdentity(why) => write!(f, "no store can be begun: {why}"),
            StoreError::BadStoreFile(path, why) => write!(
                f,
                "{} is damaged or not ours: {why}\n  help: nothing was changed; restore the file, or begin in another folder with --out",
                path.display()
            ),
            StoreError::Differs { folder, differences } => {
                write!(f, "{} holds results of something else", folder.display())?;
                lines(f, differences)?;
                write!(
                    f,
                    "\n  help: nothing was changed; ask for what is there, or choose another folder with --out"
                )
            }
            StoreError::Locked { folder, process } => {
                write!(f, "{} is being written by ", folder.display())?;
                match process {
                    Some(process) => write!(f, "process {process}")?,
                    None => write!(f, "another process")?,
                }
                write!(f, "\n  help: wait until it ends, or end it; nothing was changed")
            }
            StoreError::ReadOnly(path) => {
                write!(f, "{} was opened to be read, so nothing can be written", path.display())
            }
            StoreError::NotHeld { folder, number, shard, chunks } => write!(
                f,
                "chunk {number} does not belong in {}, which holds shard {shard} of {chunks} chunks",
                folder.display()
            ),
            StoreError::Chunk { path, number, damage } => write!(
                f,
                "chunk {number}, {}: {damage}\n  help: --resume writes it again",
                path.display()
            ),
            StoreError::Incomplete { folder, status } => {
                write!(f, "{} is not complete: shard {}", folder.display(), status.shard)?;
                let chunks = |number| if number == 1 { "chunk" } else { "chunks" };
                write!(f, " has {} of its {}", status.done, status.wanted)?;
                write!(f, " {}", chunks(status.wanted))?;
                let missing = status.missing.len() as u64;
                if missing > 0 {
                    write!(f, "\n  missing: {} {}", chunks(missing), some(&status.missing))?;
                }
                let damaged: Vec<String> = (status.damaged.iter())
                    .map(|(number, damage)| format!("chunk {number} ({damage})"))
                    .collect();
                if !damaged.is_empty() {
                    write!(f, "\n  damaged: {}", some(&damaged))?;
                }
                write!(f, "\n  help: --resume writes what is missing or damaged")
            }
            StoreError::NothingToMerge => {
                write!(f, "there is nothing to merge\n  help: name the folder of every shard")
            }
            StoreError::Mixed { first, second, differences } => {
                let (first, second) = (first.display(), second.display());
                write!(f, "{first} and {second} are not parts of one whole")?;
                lines(f, differences)?;
                write!(f, "\n  (there: {first}; here: {second}; nothing was merged)")
            }
            StoreError::ShardCount { first, second } => write!(
                f,
                "{} is shard {}, but {} is shard {}: their numbers of shards differ\n  help: merge the shards of one division; nothing was merged",
                first.0.display(),
                first.1,
                second.0.display(),
                second.1
            ),
            StoreError::ShardTwice { shard, first, second } => write!(
                f,
                "{} and {} are both shard {shard}\n  help: name every shard once; nothing was merged",
                first.display(),
                second.display()
            ),
            StoreError::ShardsMissing(shards) => write!(
                f,
                "not among the folders to merge: shard {}\n  help: name the folder of every shard; nothing was merged",
                some(shards)
            ),
            StoreError::Io(path, error) => {
                write!(f, "the system refuses {}: {error}", path.display())
            }
        }
    }
}

impl std::error::Error for StoreError {}

fn lines(f: &mut fmt::Formatter<'_>, differences: &[Difference]) -> fmt::Result {
    differences.iter().try_for_each(|difference| write!(f, "\n  {difference}"))
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
