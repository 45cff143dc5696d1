//! Folders appear whole, are claimed, and lose nothing.

use super::*;

fn begin(target: &Path, force: bool) -> Result<Folder, FolderError> {
    if force { Folder::replace(target) } else { Folder::begin(target) }
}

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
    let mut folder = Folder::begin(&target).expect("begun");
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
        let mut folder = Folder::begin(&target)?;
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
    assert!(matches!(Folder::begin(&target), Err(FolderError::Exists(_))));
    assert!(matches!(Folder::replace(&target), Err(FolderError::NoManifest(_))));
    fs::write(target.join(MANIFEST), manifest(&["a.csv", "b.csv"])).expect("written");

    let mut folder = Folder::replace(&target).expect("begun");
    folder.write("a.csv", b"new").expect("written");
    folder.write(MANIFEST, b"{}").expect("written");
    folder.commit().expect("committed");
    assert_eq!(names(&target), ["a.csv", MANIFEST, "notes.txt"]);
    assert_eq!(fs::read_to_string(target.join("notes.txt")).expect("read"), "mine");

    fs::write(target.join(MANIFEST), manifest(&["a.csv"])).expect("written");
    let mut folder = Folder::replace(&target).expect("begun");
    folder.write("notes.txt", b"new").expect("written");
    let Err(FolderError::NotMoved { why, kept }) = folder.commit() else { panic!("moved") };
    assert!(matches!(*why, FolderError::Foreign(_)));
    assert_eq!(fs::read_to_string(kept.join("notes.txt")).expect("kept"), "new");
    assert_eq!(fs::read_to_string(target.join("notes.txt")).expect("read"), "mine");
    assert!(target.join(MANIFEST).exists(), "what is there is as it was");
}

#[test]
fn a_file_is_no_folder() {
    let home = tempfile::tempdir().expect("a folder");
    let target = home.path().join("run");
    fs::write(&target, "text").expect("written");
    assert!(matches!(Folder::replace(&target), Err(FolderError::NotAFolder(_))));
}

/// A folder with one file and its manifest, whose content is `text`.
fn written(mut folder: Folder, file: &str, text: &str) -> Result<(), FolderError> {
    folder.write(file, text.as_bytes())?;
    let listed = serde_json::json!(folder.listed());
    let manifest = serde_json::json!({ "program": env!("CARGO_PKG_NAME"), "files": listed });
    folder.write(MANIFEST, manifest.to_string().as_bytes())?;
    folder.commit()
}

#[test]
fn a_target_has_one_writer_at_a_time() {
    let home = tempfile::tempdir().expect("a folder");
    let target = home.path().join("out/run");
    // Where nothing is, in an empty folder, and in one that is to be replaced.
    for turn in 0..3 {
        let force = turn == 2;
        let first = begin(&target, force).expect("begun");
        let second = begin(&target, force);
        let message = second.expect_err("refused").to_string();
        assert!(message.contains(&format!("process {}", std::process::id())), "{message}");
        drop(first);
        let third = begin(&target, force).expect("begun again");
        match turn {
            0 => {
                drop(third);
                assert!(names(home.path()).is_empty());
                fs::create_dir_all(&target).expect("made");
            }
            _ => written(third, "a.csv", "x").expect("committed"),
        }
    }
    assert_eq!(names(&target), ["a.csv", MANIFEST]);
    assert_eq!(names(&home.path().join("out")), ["run"]);
}

#[test]
fn what_a_killed_process_left_is_removed_and_nothing_of_it_gets_in() {
    let home = tempfile::tempdir().expect("a folder");
    let target = home.path().join("run");
    let process = std::process::id();
    let plant = |folder: &Path, names: &[String]| {
        for name in names {
            fs::create_dir_all(folder.join(name)).expect("made");
            fs::write(folder.join(name).join("survival.csv"), "stale").expect("written");
        }
    };
    let beside = [format!(".run.partial-{process}-0"), format!(".run.partial-{process}")];
    plant(home.path(), &beside);
    fs::write(home.path().join(".run.lock"), "1").expect("written");
    // Of other targets, and of nobody.
    let others = [".run2.partial-1-0", ".run.partial-mine", "run.partial-1"].map(str::to_owned);
    plant(home.path(), &others);
    written(Folder::begin(&target).expect("begun"), "a.csv", "x").expect("committed");
    assert_eq!(names(&target), ["a.csv", MANIFEST]);

    plant(home.path(), &beside);
    plant(&target, &[format!(".rppsim.partial-{process}-0")]);
    written(Folder::replace(&target).expect("begun"), "b.csv", "x").expect("committed");
    assert_eq!(names(&target), ["b.csv", MANIFEST]);
    let mut left = others.to_vec();
    left.push("run".into());
    left.sort();
    assert_eq!(names(home.path()), left);

    // A folder in which only such things are is empty.
    let empty = home.path().join("empty");
    plant(&empty, &[".rppsim.partial-7-0".into()]);
    written(Folder::begin(&empty).expect("begun"), "a.csv", "x").expect("committed");
    assert_eq!(names(&empty), ["a.csv", MANIFEST]);
}

#[test]
fn only_files_that_were_kept_come_in() {
    let home = tempfile::tempdir().expect("a folder");
    for there in [false, true] {
        let target = home.path().join(format!("run-{there}"));
        if there {
            fs::create_dir(&target).expect("made");
        }
        let folder = Folder::begin(&target).expect("begun");
        let mut half = folder.file("half.csv").expect("a file");
        half.put(b"1,2").expect("written");
        let staging = folder.staging.clone().expect("a folder");
        fs::create_dir(staging.join("stray")).expect("made");
        written(folder, "a.csv", "x").expect("committed");
        assert_eq!(names(&target), ["a.csv", MANIFEST]);
    }
}

#[test]
fn files_that_cannot_be_moved_are_kept_and_the_next_process_leaves_them() {
    let home = tempfile::tempdir().expect("a folder");
    let target = home.path().join("run");
    let folder = Folder::begin(&target).expect("begun");
    fs::create_dir(&target).expect("made");
    fs::write(target.join("notes.txt"), "mine").expect("written");
    let refused = written(folder, "a.csv", "x").expect_err("not moved");
    assert!(!refused.is_bad_input());
    let FolderError::NotMoved { kept, .. } = &refused else { panic!("{refused}") };
    assert_eq!(kept, &home.path().join("run.kept-1"));
    assert!(refused.to_string().contains(&kept.display().to_string()), "{refused}");
    assert_eq!(names(&target), ["notes.txt"]);
    fs::remove_file(target.join("notes.txt")).expect("removed");
    written(Folder::begin(&target).expect("begun"), "b.csv", "x").expect("committed");
    assert!(faults(kept).is_empty(), "all of it is there");
}

#[test]
fn what_is_no_name_of_a_folder_is_told_before_anything_is_written() {
    let home = tempfile::tempdir().expect("a folder");
    let at = |name: &str| home.path().join(name);
    fs::write(at("file"), "mine").expect("written");
    let refused = |name: &str, says: &str| {
        for force in [false, true] {
            let error = begin(&at(name), force).expect_err("refused");
            assert!(error.to_string().contains(says), "{name}: {error}");
        }
    };
    refused("file", "file is a file");
    refused("file/run", "file is a file");
    refused("file/deep/run", "file is a file");
    refused("newdir/..", "no folder that is there");
    assert!(matches!(Folder::replace(Path::new("")), Err(FolderError::NoName(_))));
    assert_eq!(names(home.path()), ["file"]);
    refused(&"n".repeat(300), "too long");
    // The target would be allowed, but not what is hidden beside it.
    refused(&"n".repeat(250), "too long");
    assert_eq!(names(home.path()), ["file"]);
}

#[test]
#[cfg(unix)]
fn a_link_is_the_folder_that_it_leads_to() {
    use std::os::unix::fs::symlink;
    let home = tempfile::tempdir().expect("a folder");
    let at = |name: &str| home.path().join(name);
    fs::create_dir(at("real")).expect("made");
    symlink("real", at("link")).expect("made");
    let first = Folder::begin(&at("link")).expect("begun");
    let second = Folder::begin(&at("real")).expect_err("one folder, two names");
    assert!(matches!(second, FolderError::Locked { .. }), "{second}");
    written(first, "a.csv", "x").expect("committed");
    assert_eq!(names(&at("real")), ["a.csv", MANIFEST]);
    assert!(at("link").is_symlink());
    written(Folder::replace(&at("link/")).expect("begun"), "b.csv", "x").expect("replaced");
    assert_eq!(names(&at("real")), ["b.csv", MANIFEST]);

    symlink("nowhere", at("lost")).expect("made");
    symlink("circle", at("circle")).expect("made");
    for name in ["lost", "lost/", "lost/run", "circle", "circle/run"] {
        let error = Folder::replace(&at(name)).expect_err("refused");
        assert!(matches!(error, FolderError::LeadsNowhere(_)), "{name}: {error}");
    }
    assert_eq!(names(home.path()), ["circle", "link", "lost", "real"]);
}

#[test]
#[cfg(target_os = "linux")]
fn names_that_are_no_text_are_different_names() {
    use std::os::unix::ffi::OsStrExt;
    let home = tempfile::tempdir().expect("a folder");
    let at = |name: &[u8]| home.path().join(std::ffi::OsStr::from_bytes(name));
    let first = Folder::begin(&at(b"run\xff")).expect("begun");
    let second = Folder::begin(&at(b"run\xfe")).expect("begun");
    written(first, "a.csv", "1").expect("committed");
    written(second, "a.csv", "2").expect("committed");
    for (name, text) in [(b"run\xff", "1"), (b"run\xfe", "2")] {
        assert_eq!(fs::read_to_string(at(name).join("a.csv")).expect("read"), text);
    }
    assert_eq!(names(home.path()).len(), 2);
}

/// A disk that fails from the `at`-th thing it is asked on, as if the process had been killed.
#[derive(Debug)]
struct Dying {
    at: usize,
    asked: std::sync::atomic::AtomicUsize,
}

impl Dying {
    fn ask(&self, what: impl FnOnce() -> io::Result<()>) -> io::Result<()> {
        match self.asked.fetch_add(1, std::sync::atomic::Ordering::Relaxed) < self.at {
            true => what(),
            false => Err(io::Error::other("the disk is gone")),
        }
    }
}

impl Disk for Dying {
    fn make_folder(&self, path: &Path) -> io::Result<()> {
        self.ask(|| fs::create_dir_all(path))
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.ask(|| fs::write(path, bytes))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.ask(|| fs::rename(from, to))
    }

    fn sync_folder(&self, _: &Path) -> io::Result<()> {
        self.ask(|| Ok(()))
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.ask(|| fs::remove_file(path))
    }
}

#[test]
fn wherever_replacing_ends_a_folder_with_a_manifest_is_whole_and_others_can_be_mended() {
    let (mut old, mut incomplete, mut new) = (0, 0, 0);
    for at in 1.. {
        let home = tempfile::tempdir().expect("a folder");
        let target = home.path().join("run");
        let read = |name: &str| fs::read_to_string(target.join(name));
        let mut first = Folder::begin(&target).expect("begun");
        first.write("gone.csv", b"old").expect("written");
        written(first, "a.csv", "old").expect("committed");
        fs::write(target.join("notes.txt"), "mine").expect("written");

        let disk = Box::new(Dying { at, asked: 0.into() });
        let mut second = Folder::begin_on(disk, &target, true).expect("begun");
        second.write("b.csv", b"new").expect("written");
        let ended = written(second, "a.csv", "new");
        match (target.join(MANIFEST).exists(), read("a.csv").expect("there").as_str()) {
            (true, text) => {
                assert!(faults(&target).is_empty(), "{at}");
                assert_eq!(read("gone.csv").is_ok(), text == "old", "{at}");
                assert_eq!(read("b.csv").is_ok(), text == "new", "{at}");
                if text == "old" { old += 1 } else { new += 1 }
            }
            (false, _) => {
                incomplete += 1;
                let refused = Folder::begin(&target).expect_err("refused");
                assert!(matches!(refused, FolderError::Unfinished(_)), "{at}: {refused}");
            }
        }
        if let Err(FolderError::NotMoved { kept, .. }) = &ended {
            fs::remove_dir_all(kept).expect("kept");
        }
        written(Folder::replace(&target).expect("begun"), "c.csv", "3").expect("mended");
        assert_eq!(names(&target), ["c.csv", MANIFEST, "notes.txt"], "{at}");
        assert_eq!(read("notes.txt").expect("read"), "mine");
        if ended.is_ok() && new > 2 {
            break;
        }
    }
    assert!(old > 1 && incomplete > 4, "{old} {incomplete} {new}");
}

#[test]
fn a_file_that_is_not_as_listed_is_named() {
    let home = tempfile::tempdir().expect("a folder");
    let target = home.path().join("run");
    written(Folder::begin(&target).expect("begun"), "a.csv", "abc").expect("committed");
    assert!(faults(&target).is_empty());
    let fault = || {
        let faults = faults(&target);
        assert_eq!(faults.len(), 1, "{faults:?}");
        format!("{} {}", faults[0].file, faults[0].why)
    };
    fs::write(target.join("a.csv"), "ab").expect("written");
    assert_eq!(fault(), "a.csv has 2 bytes, and its manifest says 3");
    fs::write(target.join("a.csv"), "abd").expect("written");
    assert_eq!(fault(), "a.csv differs from its checksum");
    fs::remove_file(target.join("a.csv")).expect("removed");
    assert_eq!(fault(), "a.csv is missing");
    fs::create_dir(target.join("a.csv")).expect("made");
    assert_eq!(fault(), "a.csv cannot be read: it is no file");
    fs::write(target.join(MANIFEST), "{").expect("written");
    assert_eq!(fault(), "manifest.json is no manifest");
    fs::remove_file(target.join(MANIFEST)).expect("removed");
    assert_eq!(fault(), "manifest.json is missing, so the folder is incomplete");
}
