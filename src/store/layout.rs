//! The names of the files in a store.

use super::StoreError;
use std::fs;
use std::path::{Path, PathBuf};

/// The identity.
pub(super) const STORE: &str = "store.json";
/// The folder of chunks.
pub(super) const CHUNKS: &str = "chunks";
/// Locked while a process writes.
pub(super) const LOCK: &str = "lock";
/// The log, which belongs to the caller.
pub(super) const LOG: &str = "log.jsonl";
/// The folder for what the caller made of a complete store.
pub(super) const RESULTS: &str = "results";

/// The number of chunks in a subfolder, so that folders stay small.
const IN_A_FOLDER: u64 = 1000;

/// The file of the identity.
pub(super) fn store_file(folder: &Path) -> PathBuf {
    folder.join(STORE)
}

/// The file of a chunk.
pub(super) fn chunk_file(folder: &Path, number: u64) -> PathBuf {
    folder.join(CHUNKS).join(subfolder(number)).join(chunk_name(number))
}

fn subfolder(number: u64) -> String {
    format!("{:03}", number / IN_A_FOLDER)
}

fn chunk_name(number: u64) -> String {
    format!("{number:06}.chunk")
}

/// The chunk whose file has this name in this subfolder.
pub(super) fn chunk_number(inside: &str, name: &str) -> Option<u64> {
    let number = name.strip_suffix(".chunk")?.parse().ok()?;
    (subfolder(number) == inside && chunk_name(number) == name).then_some(number)
}

/// Whether a subfolder of chunks may have this name.
pub(super) fn is_subfolder(name: &str) -> bool {
    name.parse().is_ok_and(|thousand: u64| format!("{thousand:03}") == name)
}

/// Where a file is written before it is renamed. `turn` tells apart threads that write the same file.
pub(super) fn aside(path: &Path, turn: u64) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.{turn}.partial"))
}

/// The name that a file would have got, if this is the name of one written [`aside`].
pub(super) fn unfinished(name: &str) -> Option<&str> {
    let (wanted, turn) = name.strip_prefix('.')?.strip_suffix(".partial")?.rsplit_once('.')?;
    turn.parse::<u64>().is_ok().then_some(wanted)
}

/// An entry of a folder.
pub(super) struct Entry {
    pub(super) name: String,
    pub(super) path: PathBuf,
    pub(super) is_folder: bool,
}

/// The entries of a folder in the order of their names; empty if there is no such folder.
pub(super) fn list(folder: &Path) -> Result<Vec<Entry>, StoreError> {
    let refused = |error| StoreError::Io(folder.into(), error);
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let mut entries = Vec::new();
    for entry in fs::read_dir(folder).map_err(refused)? {
        let path = entry.map_err(refused)?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        entries.push(Entry { name, is_folder: path.is_dir(), path });
    }
    entries.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(entries)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_as_they_are_written() {
        for number in [0, 7, 999, 1000, 999_999, 1_000_000, 9_999_999] {
            let path = chunk_file(Path::new("out"), number);
            let name = path.file_name().expect("a name").to_string_lossy();
            let inside = path.parent().and_then(Path::file_name).expect("a name").to_string_lossy();
            assert_eq!(chunk_number(&inside, &name), Some(number));
            assert!(is_subfolder(&inside));
            let aside = aside(&path, 12);
            let aside = aside.file_name().expect("a name").to_string_lossy();
            assert_eq!(unfinished(&aside), Some(&*name));
            assert_eq!(chunk_number(&inside, &aside), None);
        }
        let path = chunk_file(Path::new("out"), 123_456);
        assert!(path.ends_with("chunks/123/123456.chunk"));
    }

    #[test]
    fn a_name_that_is_almost_ours_is_not() {
        for (inside, name) in [
            ("000", "7.chunk"),
            ("000", "0000007.chunk"),
            ("000", "+00007.chunk"),
            ("000", "000007.chunk.bak"),
            ("001", "000007.chunk"),
            ("0", "000007.chunk"),
        ] {
            assert_eq!(chunk_number(inside, name), None, "{inside}/{name}");
        }
        for name in ["store.json.1.partial", ".store.json.partial", ".store.json.x.partial", "."] {
            assert_eq!(unfinished(name), None, "{name}");
        }
    }
}
