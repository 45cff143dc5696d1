//! A chunk: one header line, then the payload.
//!
//! ```text
//! rppsim-chunk SCHEMA NUMBER IDENTITY LENGTH SHA-256-OF-THE-PAYLOAD
//! ```

use serde::Serialize;
use sha2::{Digest, Sha256};
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;
use thiserror::Error;

const MAGIC: &str = "rppsim-chunk";
const SCHEMA: u32 = 1;
/// The longest header, in bytes.
const HEADER_MOST: u64 = 256;

/// What is wrong with a chunk.
#[derive(Clone, Debug, PartialEq, Eq, Error, Serialize)]
#[non_exhaustive]
pub enum Damage {
    /// There is no such file.
    #[error("it is missing")]
    Missing,
    /// Something other than a file has its name.
    #[error("it is not a file")]
    NotAFile,
    /// It does not begin with the header of a chunk.
    #[error("it does not begin with the header of a chunk")]
    NotAChunk,
    /// Its header has a schema that this version does not read.
    #[error("it is of schema {0:?}; this version reads schema {SCHEMA}")]
    OtherSchema(String),
    /// Its header has the number of another chunk.
    #[error("its header says it is chunk {0:?}")]
    AnotherNumber(String),
    /// Its header has another identity.
    #[error("it belongs to results of another plan, model or version")]
    BelongsToAnother,
    /// It ends too early; its length in bytes.
    #[error("it ends too early, after {0} bytes")]
    Truncated(u64),
    /// It is longer than its header says; the number of bytes too many.
    #[error("{0} bytes follow its end")]
    TooLong(u64),
    /// Its payload does not have the checksum in its header.
    #[error("its content differs from its checksum")]
    ChecksumDiffers,
    /// It cannot be read.
    #[error("it cannot be read: {0}")]
    Unreadable(String),
}

impl From<io::Error> for Damage {
    fn from(error: io::Error) -> Damage {
        match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Damage::Missing,
            _ => Damage::Unreadable(error.to_string()),
        }
    }
}

/// SHA-256, in hexadecimal.
pub(super) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn header(number: u64, identity: &str, length: u64, checksum: &str) -> String {
    format!("{MAGIC} {SCHEMA} {number} {identity} {length} {checksum}\n")
}

/// The bytes of a chunk.
pub(super) fn encode(number: u64, identity: &str, payload: &[u8]) -> Vec<u8> {
    let header = header(number, identity, payload.len() as u64, &sha256(payload));
    [header.as_bytes(), payload].concat()
}

/// The payload of a chunk, if the chunk is as it was written.
pub(super) fn read(path: &Path, number: u64, identity: &str) -> Result<Vec<u8>, Damage> {
    let mut opened = open(path, number, identity)?;
    opened.file.read_to_end(&mut opened.bytes)?;
    let payload = opened.bytes.split_off(opened.header);
    if sha256(&payload) != opened.checksum {
        return Err(Damage::ChecksumDiffers);
    }
    Ok(payload)
}

/// Checks that a chunk is as it was written.
pub(super) fn verify(path: &Path, number: u64, identity: &str) -> Result<(), Damage> {
    read(path, number, identity).map(|_| ())
}

/// Checks header and length of a chunk, without reading the payload.
pub(super) fn glance(path: &Path, number: u64, identity: &str) -> Result<(), Damage> {
    open(path, number, identity).map(|_| ())
}

/// A chunk whose header and length are right.
struct Opened {
    file: File,
    /// What has been read so far.
    bytes: Vec<u8>,
    /// The length of the header among them.
    header: usize,
    checksum: String,
}

fn open(path: &Path, number: u64, identity: &str) -> Result<Opened, Damage> {
    // Asked before opening: to open a pipe would wait for its other end.
    let about = fs::metadata(path)?;
    if !about.is_file() {
        return Err(Damage::NotAFile);
    }
    let mut file = File::open(path)?;
    let mut bytes = Vec::new();
    file.by_ref().take(HEADER_MOST).read_to_end(&mut bytes)?;
    let (header, checksum) = understand(&bytes, about.len(), number, identity)?;
    Ok(Opened { file, bytes, header, checksum })
}

/// Length of the header and checksum of the payload, from the first bytes of a file.
fn understand(
    begin: &[u8],
    length: u64,
    number: u64,
    identity: &str,
) -> Result<(usize, String), Damage> {
    let Some(end) = begin.iter().position(|byte| *byte == b'\n') else {
        let compared = begin.len().min(MAGIC.len());
        let cut = length < HEADER_MOST && begin[..compared] == MAGIC.as_bytes()[..compared];
        return Err(if cut { Damage::Truncated(length) } else { Damage::NotAChunk });
    };
    let line = str::from_utf8(&begin[..end]).map_err(|_| Damage::NotAChunk)?;
    let words: Vec<&str> = line.split(' ').collect();
    let [MAGIC, schema, its_number, its_identity, promised, checksum] = words[..] else {
        return Err(Damage::NotAChunk);
    };
    if schema != SCHEMA.to_string() {
        return Err(Damage::OtherSchema(schema.into()));
    }
    if its_number != number.to_string() {
        return Err(Damage::AnotherNumber(its_number.into()));
    }
    if its_identity != identity {
        return Err(Damage::BelongsToAnother);
    }
    let promised: u64 = promised.parse().map_err(|_| Damage::NotAChunk)?;
    let header = header(number, identity, promised, checksum);
    // Written otherwise, such as with a sign before the length: not by us.
    if begin[..=end] != *header.as_bytes() {
        return Err(Damage::NotAChunk);
    }
    let found = length.saturating_sub(header.len() as u64);
    match found.cmp(&promised) {
        std::cmp::Ordering::Less => Err(Damage::Truncated(length)),
        std::cmp::Ordering::Greater => Err(Damage::TooLong(found - promised)),
        std::cmp::Ordering::Equal => Ok((header.len(), checksum.into())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const PAYLOAD: &[u8] = b"some results\n1,2,3\n";

    fn damage(bytes: &[u8]) -> Option<Damage> {
        let home = tempfile::tempdir().expect("a folder");
        let path = home.path().join("chunk");
        fs::write(&path, bytes).expect("written");
        match read(&path, 7, "abc") {
            Ok(payload) => {
                assert_eq!(payload, PAYLOAD);
                None
            }
            Err(damage) => Some(damage),
        }
    }

    #[test]
    fn each_damage_is_named() {
        let sum = sha256(PAYLOAD);
        let with = |header: &str| damage(&[header.as_bytes(), b"\n", PAYLOAD].concat());
        assert_eq!(damage(&encode(7, "abc", PAYLOAD)), None);
        assert_eq!(with(&format!("rppsim-chunk 1 7 abc 19 {sum}")), None);
        assert_eq!(
            with(&format!("rppsim-chunk 2 7 abc 19 {sum}")),
            Some(Damage::OtherSchema("2".into()))
        );
        assert_eq!(damage(&encode(8, "abc", PAYLOAD)), Some(Damage::AnotherNumber("8".into())));
        assert_eq!(damage(&encode(7, "abd", PAYLOAD)), Some(Damage::BelongsToAnother));
        assert_eq!(with(&format!("rppsim-chunk 1 7 abc 20 {sum}")), Some(Damage::Truncated(108)));
        assert_eq!(with(&format!("rppsim-chunk 1 7 abc 18 {sum}")), Some(Damage::TooLong(1)));
        assert_eq!(with(&format!("rppsim-chunk 1 7 abc +19 {sum}")), Some(Damage::NotAChunk));
        assert_eq!(
            with(&format!("rppsim-chunk 1 7 abc {} {sum}", u64::MAX)),
            Some(Damage::Truncated(126))
        );
        assert_eq!(with(&format!("another-file 1 7 abc 19 {sum}")), Some(Damage::NotAChunk));
        assert_eq!(with("rppsim-chunk 1 7 abc 19 0"), Some(Damage::ChecksumDiffers));
        assert_eq!(damage(b""), Some(Damage::Truncated(0)));
        assert_eq!(damage(&[b'x'; 1000]), Some(Damage::NotAChunk));
        assert_eq!(damage(&[0xff, b'\n']), Some(Damage::NotAChunk));
    }

    proptest! {
        #[test]
        fn no_bytes_panic_or_pass(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            prop_assert!(damage(&bytes).is_some());
            let with_magic = [b"rppsim-chunk 1 7 abc ".as_slice(), &bytes].concat();
            prop_assert!(damage(&with_magic).is_some());
        }
    }
}
