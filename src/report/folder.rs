//! The folder of a run: its files appear whole, or not at all.
//!
//! Files are written to a hidden folder beside the target, synced, and moved when all are
//! complete; whatever happens before leaves nothing behind. A folder that exists is refused
//! unless replacing is asked for, and then only files that its manifest lists are replaced.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// Name of the file that lists the others.
pub const MANIFEST: &str = "manifest.json";

/// Why a folder could not be written.
#[derive(Debug)]
#[non_exhaustive]
pub enum FolderError {
    /// It is there already, with something in it.
    Exists(PathBuf),
    /// Something that is no folder has its name.
    NotAFolder(PathBuf),
    /// Replacing was asked for, but nothing says that the files in it are ours.
    NoManifest(PathBuf),
    /// Replacing would overwrite a file that the old manifest does not list.
    Foreign(PathBuf),
    /// The system refused.
    Io(PathBuf, io::Error),
}

impl FolderError {
    /// Whether the caller can mend it by asking for something else.
    pub fn is_bad_input(&self) -> bool {
        !matches!(self, FolderError::Io(..))
    }
}

impl fmt::Display for FolderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FolderError::Exists(path) => write!(
                f,
                "the output folder {} exists already\n  help: choose another with --out, or --force to replace the files that its manifest lists",
                path.display()
            ),
            FolderError::NotAFolder(path) => write!(
                f,
                "{} is a file, not a folder\n  help: choose another name with --out",
                path.display()
            ),
            FolderError::NoManifest(path) => write!(
                f,
                "{} has files, but no readable {MANIFEST} that says they are ours; --force replaces only what a manifest lists\n  help: choose another folder with --out",
                path.display()
            ),
            FolderError::Foreign(path) => write!(
                f,
                "{} is not listed in the folder's {MANIFEST}, so it is not replaced\n  help: move it away, or choose another folder with --out",
                path.display()
            ),
            FolderError::Io(path, error) => write!(f, "cannot write {}: {error}", path.display()),
        }
    }
}

impl std::error::Error for FolderError {}

/// A file as the manifest lists it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    /// Its size.
    pub bytes: u64,
    /// Its SHA-256, in hexadecimal.
    pub sha256: String,
}

/// The part of a manifest that replacing needs.
#[derive(Deserialize)]
struct OldManifest {
    program: String,
    files: BTreeMap<String, serde_json::Value>,
}

/// A folder being written. Dropped before [`Folder::commit`], it leaves nothing behind.
#[derive(Debug)]
pub struct Folder {
    target: PathBuf,
    staging: PathBuf,
    /// Folders made on the way, outermost first.
    made: Vec<PathBuf>,
    replaces: Option<Vec<String>>,
    listed: BTreeMap<String, Listed>,
    committed: bool,
}

impl Folder {
    /// Begins to write a folder; `force` allows to replace one that a manifest describes.
    ///
    /// # Errors
    /// If the folder must not be replaced or nothing can be written beside it.
    pub fn begin(target: &Path, force: bool) -> Result<Folder, FolderError> {
        let replaces = what_it_replaces(target, force)?;
        let before = unfinished(target).ok_or_else(|| FolderError::NotAFolder(target.into()))?;
        let parent = match target.parent() {
            Some(parent) if parent != Path::new("") => parent.to_path_buf(),
            _ => PathBuf::from("."),
        };
        let made = missing_folders(&parent);
        let staging = parent.join(format!("{before}{}", std::process::id()));
        let folder = Folder {
            target: target.into(),
            staging,
            made,
            replaces,
            listed: BTreeMap::new(),
            committed: false,
        };
        fs::create_dir_all(&folder.staging).map_err(|e| FolderError::Io(target.into(), e))?;
        Ok(folder)
    }

    /// Whether a path is where some process writes, or was killed while it wrote, the files of a
    /// target.
    pub fn is_unfinished(path: &Path, target: &Path) -> bool {
        let process = path.file_name().and_then(|name| name.to_str()).and_then(|name| {
            let before = unfinished(target)?;
            name.strip_prefix(before.as_str())
        });
        process.is_some_and(|process| process.parse::<u32>().is_ok())
            && path.parent() == target.parent()
            && path.is_dir()
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
        let path = self.staging.join(name);
        let file = File::create(&path).map_err(|e| FolderError::Io(self.target.join(name), e))?;
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
    /// If the system refuses, or a file would replace one that is not ours.
    pub fn commit(mut self) -> Result<(), FolderError> {
        let io = |path: &Path| {
            let path = path.to_path_buf();
            move |error| FolderError::Io(path, error)
        };
        match &self.replaces {
            None => {
                if self.target.exists() {
                    fs::remove_dir(&self.target).map_err(io(&self.target))?;
                }
                fs::rename(&self.staging, &self.target).map_err(io(&self.target))?;
            }
            Some(old) => {
                let ours = |name: &str| old.iter().any(|known| known == name) || name == MANIFEST;
                let others = self.listed.keys().filter(|name| !ours(name));
                let mut in_the_way = others.map(|name| self.target.join(name));
                if let Some(path) = in_the_way.find(|path| path.exists()) {
                    return Err(FolderError::Foreign(path));
                }
                let last_manifest = |name: &&String| name.as_str() == MANIFEST;
                let (manifest, others): (Vec<_>, Vec<_>) =
                    self.listed.keys().partition(last_manifest);
                for name in others.into_iter().chain(manifest) {
                    let path = self.target.join(name);
                    fs::rename(self.staging.join(name), &path).map_err(io(&path))?;
                }
                for name in old.iter().filter(|name| !self.listed.contains_key(*name)) {
                    // Already gone is as good.
                    let _ = fs::remove_file(self.target.join(name));
                }
                fs::remove_dir(&self.staging).map_err(io(&self.target))?;
            }
        }
        self.committed = true;
        Ok(())
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if self.committed {
            return;
        }
        let _ = fs::remove_dir_all(&self.staging);
        for made in self.made.iter().rev() {
            // Only if nobody else put something there.
            let _ = fs::remove_dir(made);
        }
    }
}

/// A file that is being written.
#[derive(Debug)]
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
        let sha256 = self.digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        Ok((self.name, Listed { bytes: self.bytes, sha256 }))
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

/// What the name of a hidden folder begins with in which the files of a target are written.
fn unfinished(target: &Path) -> Option<String> {
    Some(format!(".{}.partial-", target.file_name()?.to_string_lossy()))
}

/// The files to be replaced, or `None` for a folder that is new or empty.
fn what_it_replaces(target: &Path, force: bool) -> Result<Option<Vec<String>>, FolderError> {
    let Ok(about) = fs::metadata(target) else { return Ok(None) };
    if !about.is_dir() {
        return Err(FolderError::NotAFolder(target.into()));
    }
    let mut inside = fs::read_dir(target).map_err(|e| FolderError::Io(target.into(), e))?;
    if inside.next().is_none() {
        return Ok(None);
    }
    if !force {
        return Err(FolderError::Exists(target.into()));
    }
    let text = fs::read_to_string(target.join(MANIFEST));
    let old: Option<OldManifest> = text.ok().and_then(|text| serde_json::from_str(&text).ok());
    match old {
        Some(old) if old.program == env!("CARGO_PKG_NAME") => {
            let plain = |name: &String| !name.contains(['/', '\\']) && name != "..";
            Ok(Some(old.files.into_keys().filter(plain).collect()))
        }
        _ => Err(FolderError::NoManifest(target.into())),
    }
}

fn missing_folders(path: &Path) -> Vec<PathBuf> {
    let mut missing: Vec<PathBuf> = path
        .ancestors()
        .take_while(|folder| !folder.as_os_str().is_empty() && !folder.exists())
        .map(Path::to_path_buf)
        .collect();
    missing.reverse();
    missing
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest(names: &[&str]) -> String {
        let files: BTreeMap<&str, &str> = names.iter().map(|name| (*name, "")).collect();
        serde_json::json!({ "program": env!("CARGO_PKG_NAME"), "files": files }).to_string()
    }

    fn names(path: &Path) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(path)
            .expect("a folder")
            .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_folder_appears_whole() {
        let home = tempfile::tempdir().expect("a folder");
        let target = home.path().join("out/run");
        let mut folder = Folder::begin(&target, false).expect("begun");
        folder.write("a.csv", b"x\n1\n").expect("written");
        assert!(!target.exists());
        assert_eq!(folder.listed()["a.csv"].bytes, 4);
        folder.commit().expect("committed");
        assert_eq!(names(&target), ["a.csv"]);
        assert_eq!(names(&home.path().join("out")), ["run"]);
    }

    #[test]
    fn a_writer_that_fails_half_way_leaves_nothing() {
        let home = tempfile::tempdir().expect("a folder");
        let target = home.path().join("deep/out/run");
        let failed = (|| {
            let mut folder = Folder::begin(&target, false)?;
            folder.write("whole.csv", b"1\n")?;
            let mut file = folder.file("half.csv")?;
            file.write_all(b"1,2,").expect("written");
            Err::<(), _>(FolderError::Io(file.path().into(), io::Error::other("disk full")))
        })();
        let message = failed.expect_err("failed").to_string();
        assert!(message.contains("half.csv") && message.contains("disk full"));
        assert!(names(home.path()).is_empty(), "folders made on the way are gone too");
    }

    #[test]
    fn only_files_that_the_old_manifest_lists_are_replaced() {
        let home = tempfile::tempdir().expect("a folder");
        let target = home.path().join("run");
        fs::create_dir(&target).expect("made");
        for (name, text) in [("a.csv", "old"), ("b.csv", "old"), ("notes.txt", "mine")] {
            fs::write(target.join(name), text).expect("written");
        }
        assert!(matches!(Folder::begin(&target, false), Err(FolderError::Exists(_))));
        assert!(matches!(Folder::begin(&target, true), Err(FolderError::NoManifest(_))));
        fs::write(target.join(MANIFEST), manifest(&["a.csv", "b.csv"])).expect("written");

        let mut folder = Folder::begin(&target, true).expect("begun");
        folder.write("a.csv", b"new").expect("written");
        folder.write(MANIFEST, b"{}").expect("written");
        folder.commit().expect("committed");
        assert_eq!(names(&target), ["a.csv", MANIFEST, "notes.txt"]);
        assert_eq!(fs::read_to_string(target.join("notes.txt")).expect("read"), "mine");

        fs::write(target.join(MANIFEST), manifest(&["a.csv"])).expect("written");
        let mut folder = Folder::begin(&target, true).expect("begun");
        folder.write("notes.txt", b"new").expect("written");
        assert!(matches!(folder.commit(), Err(FolderError::Foreign(_))));
        assert_eq!(fs::read_to_string(target.join("notes.txt")).expect("read"), "mine");
    }

    #[test]
    fn a_file_is_no_folder() {
        let home = tempfile::tempdir().expect("a folder");
        let target = home.path().join("run");
        fs::write(&target, "text").expect("written");
        assert!(matches!(Folder::begin(&target, true), Err(FolderError::NotAFolder(_))));
    }
}
