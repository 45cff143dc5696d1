//! Whether the files of a folder are as its manifest lists them.

use super::{Listed, MANIFEST};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

/// What is wrong with a file of a folder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Fault {
    /// Its name.
    pub file: String,
    /// What is wrong, to be read after the name.
    pub why: String,
}

#[derive(Deserialize)]
struct Manifest {
    files: BTreeMap<String, serde_json::Value>,
}

/// Reads every file that the manifest of a folder lists with its size and checksum, and says
/// which are not as listed, by name. Without a manifest, that alone.
pub fn faults(folder: &Path) -> Vec<Fault> {
    let of_manifest = |why: String| vec![Fault { file: MANIFEST.into(), why }];
    let text = match fs::read_to_string(folder.join(MANIFEST)) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return of_manifest("is missing, so the folder is incomplete".into());
        }
        Err(error) => return of_manifest(format!("cannot be read: {error}")),
    };
    let Ok(manifest) = serde_json::from_str::<Manifest>(&text) else {
        return of_manifest("is no manifest".into());
    };
    let faults = manifest.files.into_iter().filter_map(|(file, listed)| {
        // What varies with the occasion is listed without.
        let listed: Listed = serde_json::from_value(listed).ok()?;
        wrong(&folder.join(&file), &listed).map(|why| Fault { file, why })
    });
    faults.collect()
}

fn wrong(path: &Path, listed: &Listed) -> Option<String> {
    match read(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Some("is missing".into()),
        Err(error) => Some(format!("cannot be read: {error}")),
        Ok(read) if read.bytes != listed.bytes => {
            Some(format!("has {} bytes, and its manifest says {}", read.bytes, listed.bytes))
        }
        Ok(read) if read != *listed => Some("differs from its checksum".into()),
        Ok(_) => None,
    }
}

fn read(path: &Path) -> io::Result<Listed> {
    // To open a pipe would wait for ever.
    if !fs::metadata(path)?.is_file() {
        return Err(io::Error::other("it is no file"));
    }
    let (mut file, mut digest, mut bytes) = (File::open(path)?, Sha256::new(), 0);
    let mut buffer = vec![0; 1 << 16];
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(Listed { bytes, sha256: super::hexadecimal(digest) }),
            some => {
                digest.update(&buffer[..some]);
                bytes += some as u64;
            }
        }
    }
}
