//! What a crash, a bad disk or a hand can do to the files.

use super::{fill, filled, identity, payload, resume, says, tree};
use rppsim::store::{Damage, Shard, Store, StoreError};
use std::fs;
use std::path::{Path, PathBuf};

const LAST: u64 = 3;

/// A filled store of four chunks and the file of its last.
fn store(home: &Path) -> PathBuf {
    filled(home, &identity(LAST + 1, Shard::WHOLE));
    home.join("chunks/000/000003.chunk")
}

fn damage(home: &Path, verify: bool) -> Vec<(u64, Damage)> {
    let store = Store::read(home).expect("a store");
    let status = if verify { store.status() } else { store.quick_status() };
    status.expect("a status").damaged
}

/// Resumes, writes what is to do, and compares with what was there before the damage.
#[track_caller]
fn repaired(home: &Path, whole: &std::collections::BTreeMap<String, Vec<u8>>) {
    let store = resume(home, &identity(LAST + 1, Shard::WHOLE)).expect("resumed");
    fill(&store);
    assert!(store.status().expect("a status").is_complete());
    drop(store);
    assert_eq!(&tree(home), whole);
}

#[test]
fn a_file_that_was_half_written_aside_is_ignored_and_removed() {
    let home = tempfile::tempdir().expect("a folder");
    let path = store(home.path());
    let whole = tree(home.path());
    let bytes = fs::read(&path).expect("read");
    for length in 0..=bytes.len() {
        fs::remove_file(&path).expect("removed");
        let aside = path.with_file_name(".000003.chunk.17.partial");
        fs::write(&aside, &bytes[..length]).expect("written");
        fs::write(home.path().join(".store.json.0.partial"), &bytes[..length]).expect("written");
        let status = Store::read(home.path()).expect("read").status().expect("a status");
        assert_eq!((status.done, status.missing.as_slice()), (LAST, [LAST].as_slice()));
        assert_eq!(status.leftovers.len(), 2);
        assert!(status.leftovers.contains(&aside));
        assert!(status.foreign.is_empty() && status.damaged.is_empty());
        repaired(home.path(), &whole);
    }
}

#[test]
fn a_chunk_cut_anywhere_is_known_and_repaired() {
    let home = tempfile::tempdir().expect("a folder");
    let path = store(home.path());
    let whole = tree(home.path());
    let bytes = fs::read(&path).expect("read");
    for length in 0..bytes.len() {
        fs::write(&path, &bytes[..length]).expect("written");
        let truncated = vec![(LAST, Damage::Truncated(length as u64))];
        assert_eq!(damage(home.path(), false), truncated);
        assert_eq!(damage(home.path(), true), truncated);
        let store = Store::read(home.path()).expect("a store");
        says(store.read_chunk(LAST), &["chunk 3", "000003.chunk", "ends too early", "--resume"]);
        repaired(home.path(), &whole);
    }
    fs::write(&path, [&bytes[..], b"more"].concat()).expect("written");
    assert_eq!(damage(home.path(), false), [(LAST, Damage::TooLong(4))]);
    repaired(home.path(), &whole);
}

#[test]
fn a_flipped_bit_anywhere_is_known_and_repaired() {
    let home = tempfile::tempdir().expect("a folder");
    let path = store(home.path());
    let whole = tree(home.path());
    let bytes = fs::read(&path).expect("read");
    let header = bytes.len() - payload(LAST).len();
    for at in 0..bytes.len() {
        for bit in 0..8 {
            let mut flipped = bytes.clone();
            flipped[at] ^= 1 << bit;
            fs::write(&path, flipped).expect("written");
            let found = damage(home.path(), true);
            assert_eq!(found.len(), 1, "byte {at}, bit {bit}");
            if at >= header {
                assert_eq!(found, [(LAST, Damage::ChecksumDiffers)]);
                // Only who reads the payload sees it.
                assert!(damage(home.path(), false).is_empty());
            }
        }
        repaired(home.path(), &whole);
    }
}

#[test]
fn a_fold_does_not_pass_over_damage() {
    let home = tempfile::tempdir().expect("a folder");
    let path = store(home.path());
    let mut bytes = fs::read(&path).expect("read");
    *bytes.last_mut().expect("a byte") ^= 1;
    fs::write(&path, bytes).expect("written");
    let store = Store::read(home.path()).expect("a store");
    let mut seen = 0;
    let folded = store.fold(|_, _| {
        seen += 1;
        Ok::<_, StoreError>(())
    });
    says(folded, &["chunk 3", "checksum"]);
    assert_eq!(seen, LAST);
}

#[test]
fn chunks_of_others_and_in_wrong_places_are_known() {
    let home = tempfile::tempdir().expect("a folder");
    let path = store(home.path());
    let whole = tree(home.path());
    fs::copy(path.with_file_name("000002.chunk"), &path).expect("copied");
    assert_eq!(damage(home.path(), false), [(LAST, Damage::AnotherNumber("2".into()))]);
    repaired(home.path(), &whole);

    let other = tempfile::tempdir().expect("a folder");
    filled(other.path(), &identity(LAST + 2, Shard::WHOLE));
    fs::copy(other.path().join("chunks/000/000003.chunk"), &path).expect("copied");
    assert_eq!(damage(home.path(), false), [(LAST, Damage::BelongsToAnother)]);
    repaired(home.path(), &whole);

    fs::remove_file(&path).expect("removed");
    repaired(home.path(), &whole);
    fs::remove_dir_all(home.path().join("chunks")).expect("removed");
    repaired(home.path(), &whole);
}

#[test]
fn foreign_files_are_named_and_left_alone() {
    let home = tempfile::tempdir().expect("a folder");
    let path = store(home.path());
    let foreign: Vec<PathBuf> = [
        ".mine.0.partial",
        "table.csv",
        "chunks/000/.000009.chunk.0.partial",
        "chunks/000/000009.chunk",
        "chunks/000/notes",
        "chunks/notes",
    ]
    .map(|name| home.path().join(name))
    .into();
    for path in &foreign {
        fs::write(path, "mine").expect("written");
    }
    fs::write(home.path().join("log.jsonl"), "{}\n").expect("written");
    let whole = tree(home.path());
    let mut status = Store::read(home.path()).expect("read").status().expect("a status");
    status.foreign.sort();
    let mut expected = foreign.clone();
    expected.sort();
    assert_eq!(status.foreign, expected);
    assert!(status.is_complete() && status.leftovers.is_empty());
    fs::remove_file(path).expect("removed");
    repaired(home.path(), &whole);
}

#[test]
fn a_file_where_a_folder_is_needed_is_named() {
    let home = tempfile::tempdir().expect("a folder");
    let four = identity(LAST + 1, Shard::WHOLE);
    let file = home.path().join("file");
    fs::write(&file, "mine").expect("written");
    for out in [file.clone(), file.join("out"), file.join("deep/out")] {
        says(Store::create(&out, &four), &["file is a file where a folder is needed", "--out"]);
        says(resume(&out, &four), &["no store.json"]);
    }
    assert_eq!(fs::read(&file).expect("read"), b"mine");

    for name in ["chunks", "chunks/000"] {
        let out = home.path().join("out");
        store(&out);
        let place = out.join(name);
        fs::remove_dir_all(&place).expect("removed");
        fs::write(&place, "mine").expect("written");
        let resumed = resume(&out, &four).expect("resumed");
        let status = resumed.status().expect("a status");
        assert_eq!((status.missing.len(), status.foreign), (4, vec![place.clone()]));
        says(resumed.write(0, b""), &[&place.display().to_string(), "where a folder is needed"]);
        assert_eq!(fs::read(&place).expect("read"), b"mine");
        drop(resumed);
        fs::remove_dir_all(&out).expect("removed");
    }
}

#[test]
fn what_is_no_file_is_no_chunk() {
    let home = tempfile::tempdir().expect("a folder");
    let path = store(home.path());
    fs::remove_file(&path).expect("removed");
    fs::create_dir(&path).expect("made");
    assert_eq!(damage(home.path(), true), [(LAST, Damage::NotAFile)]);
    let resumed = resume(home.path(), &identity(LAST + 1, Shard::WHOLE)).expect("resumed");
    says(resumed.write(LAST, b""), &["000003.chunk"]);
    assert!(resumed.status().expect("a status").leftovers.is_empty());
    drop(resumed);
    fs::remove_dir(&path).expect("removed");

    // To open a pipe would wait for ever.
    let made = std::process::Command::new("mkfifo").arg(&path).status();
    if made.is_ok_and(|status| status.success()) {
        assert_eq!(damage(home.path(), true), [(LAST, Damage::NotAFile)]);
    }
}

#[test]
#[cfg(unix)]
fn a_folder_that_may_not_be_written_is_named() {
    use std::os::unix::fs::PermissionsExt;
    let home = tempfile::tempdir().expect("a folder");
    let path = store(home.path());
    let inside = path.parent().expect("a folder");
    let allow = |mode| fs::set_permissions(inside, fs::Permissions::from_mode(mode)).expect("set");
    allow(0o555);
    // Nothing is forbidden to a superuser.
    if fs::write(inside.join("probe"), "").is_err() {
        let four = identity(LAST + 1, Shard::WHOLE);
        let resumed = resume(home.path(), &four).expect("resumed");
        says(resumed.write(LAST, b""), &["000003.chunk", "denied"]);
        assert_eq!(resumed.read_chunk(LAST).expect("read"), payload(LAST));
    }
    allow(0o755);
}
