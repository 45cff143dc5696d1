//! The folder of a run: its files appear whole, or not at all.
//!
//! Before anything is computed the target is looked at and claimed: a second process that asks
//! for it is refused at once, whatever its number. Files are written to a hidden folder that is
//! new, synced, and moved when all are complete; whatever happens before leaves nothing behind. A
//! process that is killed leaves hidden things, which the next one at the target removes.
//!
//! - A target that is *not there* is written beside it, and appears by one renaming.
//! - One that *is there*, empty or to be replaced, stays the folder that it is (it may be a link,
//!   a mount, a folder with rights of its own) and is written inside. Its manifest is removed
//!   before the first file is moved, and the new one comes last: **without a manifest a folder is
//!   incomplete**. If a process is killed at that, files of two runs may be in the folder, which
//!   has no manifest then and is refused as incomplete until `force` replaces what is ours.
//!
//! A folder with something in it is refused unless replacing is asked for, and then only files
//! that its manifest lists are replaced. Only files that were [kept](Folder::keep) come into it.

mod check;
mod error;
mod papers;
mod place;
#[cfg(test)]
mod tests;

pub use check::{Fault, faults};
pub use error::FolderError;
pub use papers::{About, Made};

use crate::store::{Disk, RealDisk};
use papers::Papers;
use place::{Claim, Place, entries};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// Name of the file that lists the others.
pub const MANIFEST: &str = "manifest.json";

/// A file as the manifest lists it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Listed {
    /// Its size.
    pub bytes: u64,
    /// Its SHA-256, in hexadecimal.
    pub sha256: String,
}

/// The part of a manifest that replacing needs.
#[derive(Serialize, Deserialize)]
struct OldManifest {
    program: String,
    files: BTreeMap<String, serde_json::Value>,
}

/// A folder being written. Dropped before [`Folder::commit`], it leaves nothing behind.
#[derive(Debug)]
#[must_use = "nothing is written until the folder is committed"]
pub struct Folder {
    target: PathBuf,
    place: Place,
    /// Where the files are, until they are moved or kept there.
    staging: Option<PathBuf>,
    replaces: Found,
    listed: BTreeMap<String, Listed>,
    papers: Papers,
    disk: Box<dyn Disk>,
    /// The last to be dropped.
    _claim: Claim,
}

/// What is at a target.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Found {
    Nothing,
    /// A folder, and the names of the files in it that may be replaced.
    Folder(Vec<String>),
}

/// So often a target is claimed that others make and remove at that moment.
const TRIES: u32 = 100;

impl Folder {
    /// Begins to write a folder that is not there, or empty.
    ///
    /// # Errors
    /// If something is in the folder, another process writes it, its name is not possible,
    /// something is in the way, or nothing can be written there.
    pub fn begin(target: &Path) -> Result<Folder, FolderError> {
        Folder::begin_on(Box::new(RealDisk), target, false)
    }

    /// Begins to write a folder in place of one that a manifest describes, if there is one.
    ///
    /// # Errors
    /// As [`Folder::begin`], but a folder with a manifest may be there.
    pub fn replace(target: &Path) -> Result<Folder, FolderError> {
        Folder::begin_on(Box::new(RealDisk), target, true)
    }

    /// The same, moving files through `disk`.
    fn begin_on(disk: Box<dyn Disk>, target: &Path, force: bool) -> Result<Folder, FolderError> {
        // Without a stroke at the end, which would follow a link.
        let target: PathBuf = target.components().collect();
        for _ in 0..TRIES {
            let replaces = look(&target, force)?;
            let beside = Place::beside(&target);
            let place = match (&replaces, &beside) {
                (Found::Folder(_), _) => Place::inside(&target),
                (Found::Nothing, Some(beside)) => beside.clone(),
                (Found::Nothing, None) => return Err(FolderError::NoName(target)),
            };
            let Some(claim) = Claim::take(&*disk, &place, &target)? else { continue };
            // Again: another process may have begun, and ended, since.
            if look(&target, force)? != replaces {
                continue;
            }
            if let (Found::Folder(_), Some(beside)) = (&replaces, beside) {
                // Of a process that was killed before the target was there.
                beside.clear_if_free();
            }
            let refused = |error| FolderError::Refused(target.clone(), error);
            let staging = Some(place.staging().map_err(refused)?);
            let (listed, papers) = Default::default();
            return Ok(Folder {
                target,
                place,
                staging,
                replaces,
                listed,
                papers,
                disk,
                _claim: claim,
            });
        }
        Err(FolderError::Locked { folder: target, process: None })
    }

    /// Where the files will be.
    pub fn target(&self) -> &Path {
        &self.target
    }

    /// What has been written so far.
    pub fn listed(&self) -> &BTreeMap<String, Listed> {
        &self.listed
    }

    /// Begins a file.
    ///
    /// # Errors
    /// If it cannot be made.
    pub fn file(&self, name: &str) -> Result<FileInFolder, FolderError> {
        let refused = |error| FolderError::Io(self.target.join(name), error);
        let staging =
            self.staging.as_ref().ok_or_else(|| refused(io::ErrorKind::NotFound.into()))?;
        let file = File::create(staging.join(name)).map_err(refused)?;
        Ok(FileInFolder {
            name: name.into(),
            shown: self.target.join(name),
            out: BufWriter::new(file),
            digest: Sha256::new(),
            bytes: 0,
        })
    }

    /// Ends a file: flushed, synced, listed.
    ///
    /// # Errors
    /// If the system refuses.
    pub fn keep(&mut self, file: FileInFolder) -> Result<(), FolderError> {
        let shown = file.shown.clone();
        let (name, listed) = file.end().map_err(|e| FolderError::Io(shown, e))?;
        self.listed.insert(name, listed);
        Ok(())
    }

    /// Writes a whole file.
    ///
    /// # Errors
    /// If the system refuses.
    pub fn write(&mut self, name: &str, content: &[u8]) -> Result<(), FolderError> {
        let mut file = self.file(name)?;
        file.put(content)?;
        self.keep(file)
    }

    /// Moves everything into place; the manifest, written last, is among the files.
    ///
    /// # Errors
    /// If the system refuses, or a file would replace one that is not ours. Then the files are
    /// kept beside, and the error says where.
    pub fn commit(mut self) -> Result<(), FolderError> {
        let Some(staging) = self.staging.take() else { return Ok(()) };
        match self.moved(&staging) {
            Ok(()) => {
                // Empty, or no longer there.
                let _ = fs::remove_dir(&staging);
                Ok(())
            }
            Err(why) if staging.is_dir() => {
                // Under its hidden name the next process at the target would remove it.
                let kept = self.place.kept();
                let kept = fs::rename(&staging, &kept).map_or(staging, |()| kept);
                Err(FolderError::NotMoved { why: Box::new(why), kept })
            }
            Err(why) => Err(why),
        }
    }

    fn moved(&self, staging: &Path) -> Result<(), FolderError> {
        let name = |path: &Path| path.file_name().map(|name| name.to_string_lossy().into_owned());
        for path in entries(staging) {
            if !name(&path).is_some_and(|name| self.listed.contains_key(&name)) {
                let removed = fs::remove_file(&path).or_else(|_| fs::remove_dir_all(&path));
                removed.map_err(|error| FolderError::Io(path, error))?;
            }
        }
        match &self.replaces {
            Found::Nothing => {
                let io = |error| FolderError::Io(self.target.clone(), error);
                self.disk.sync_folder(staging).map_err(io)?;
                self.disk.rename(staging, &self.target).map_err(io)?;
                self.disk.sync_folder(&self.place.folder).map_err(io)
            }
            Found::Folder(old) => self.move_into(staging, old),
        }
    }

    /// Moves the files one by one into a folder that is there. At any time either its manifest
    /// is there and all that it lists, or there is none.
    fn move_into(&self, staging: &Path, old: &[String]) -> Result<(), FolderError> {
        let io = |path: &Path| {
            let path = path.to_path_buf();
            move |error| FolderError::Io(path, error)
        };
        let at = |name: &String| self.target.join(name);
        let ours = |name: &String| old.contains(name) || name == MANIFEST;
        let mut others = self.listed.keys().filter(|name| !ours(name)).map(at);
        if let Some(path) = others.find(|path| path.symlink_metadata().is_ok()) {
            return Err(FolderError::Foreign(path));
        }
        let remove = |path: &Path| match self.disk.remove(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            removed => removed.map_err(io(path)),
        };
        let sync = || self.disk.sync_folder(&self.target).map_err(io(&self.target));

        let names = old.iter().chain(self.listed.keys()).cloned();
        let files = names.map(|name| (name, serde_json::Value::Null)).collect();
        let both = OldManifest { program: env!("CARGO_PKG_NAME").into(), files };
        let (manifest, replacing) = (self.target.join(MANIFEST), self.place.replacing());
        let text = serde_json::json!(both).to_string();
        self.disk.write(&replacing, text.as_bytes()).map_err(io(&replacing))?;
        sync()?;
        remove(&manifest)?;
        sync()?;
        for name in self.listed.keys().filter(|name| *name != MANIFEST) {
            self.disk.rename(&staging.join(name), &at(name)).map_err(io(&at(name)))?;
        }
        for name in old.iter().filter(|name| !self.listed.contains_key(*name)) {
            remove(&at(name))?;
        }
        sync()?;
        if self.listed.contains_key(MANIFEST) {
            self.disk.rename(&staging.join(MANIFEST), &manifest).map_err(io(&manifest))?;
        }
        sync()?;
        // Beside a manifest it says nothing.
        let _ = self.disk.remove(&replacing);
        Ok(())
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if let Some(staging) = &self.staging {
            let _ = fs::remove_dir_all(staging);
        }
    }
}

/// A file that is being written.
#[derive(Debug)]
#[must_use = "a file comes into its folder only when it is kept"]
pub struct FileInFolder {
    name: String,
    shown: PathBuf,
    out: BufWriter<File>,
    digest: Sha256,
    bytes: u64,
}

impl FileInFolder {
    /// Where the file will be.
    pub fn path(&self) -> &Path {
        &self.shown
    }

    /// Adds to it.
    ///
    /// # Errors
    /// If the system refuses.
    pub fn put(&mut self, content: &[u8]) -> Result<(), FolderError> {
        self.write_all(content).map_err(|e| FolderError::Io(self.shown.clone(), e))
    }

    fn end(mut self) -> io::Result<(String, Listed)> {
        self.out.flush()?;
        self.out.get_ref().sync_all()?;
        Ok((self.name, Listed { bytes: self.bytes, sha256: hexadecimal(self.digest) }))
    }
}

impl Write for FileInFolder {
    fn write(&mut self, content: &[u8]) -> io::Result<usize> {
        let written = self.out.write(content)?;
        self.digest.update(&content[..written]);
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

fn hexadecimal(digest: Sha256) -> String {
    digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What is at a target, if it may be written.
fn look(target: &Path, force: bool) -> Result<Found, FolderError> {
    match fs::metadata(target) {
        // Also behind a link that leads nowhere.
        Err(error) if error.kind() == io::ErrorKind::NotFound && !target.is_symlink() => {
            return Ok(Found::Nothing);
        }
        Err(error) => return Err(FolderError::at(target, error)),
        Ok(about) if !about.is_dir() => return Err(FolderError::NotAFolder(target.into())),
        Ok(_) => {}
    }
    // One that cannot be read must not pass for an empty one.
    fs::read_dir(target).map_err(|error| FolderError::Refused(target.into(), error))?;
    let place = Place::inside(target);
    if entries(target).all(|path| place.is_passing(&path)) {
        return Ok(Found::Folder(Vec::new()));
    }
    let manifest = target.join(MANIFEST);
    let unfinished = manifest.symlink_metadata().is_err() && place.replacing().exists();
    if !force {
        return Err(match unfinished {
            true => FolderError::Unfinished(target.into()),
            false => FolderError::Exists(target.into()),
        });
    }
    let text = fs::read_to_string(if unfinished { place.replacing() } else { manifest });
    let old: Option<OldManifest> = text.ok().and_then(|text| serde_json::from_str(&text).ok());
    match old {
        Some(old) if old.program == env!("CARGO_PKG_NAME") => {
            let plain = |name: &String| !name.contains(['/', '\\']) && name != "..";
            Ok(Found::Folder(old.files.into_keys().filter(plain).collect()))
        }
        _ => Err(FolderError::NoManifest(target.into())),
    }
}
