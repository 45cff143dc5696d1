//! A disk that fails at any of the things it is asked.

use super::{Hasty, create, fill, identity, payload, resume, says, shard, tree};
use rppsim::store::{Disk, Identity, Store, StoreError, merge_on};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

/// What has happened on the disk when it says that it failed.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Done {
    Nothing,
    Half,
    All,
}

/// How a disk fails.
#[derive(Clone, Copy, Debug)]
struct How {
    done: Done,
    /// Whether all that is asked later fails too, as if the process had been killed.
    dead: bool,
}

const WAYS: [How; 6] = {
    const fn how(done: Done, dead: bool) -> How {
        How { done, dead }
    }
    [
        how(Done::Nothing, false),
        how(Done::Nothing, true),
        how(Done::Half, false),
        how(Done::Half, true),
        how(Done::All, false),
        how(Done::All, true),
    ]
};

/// Fails at the `at`-th thing it is asked, from 0.
#[derive(Debug)]
struct Failing {
    at: usize,
    how: How,
    asked: AtomicUsize,
}

impl Failing {
    fn new(at: usize, how: How) -> Box<Failing> {
        Box::new(Failing { at, how, asked: AtomicUsize::new(0) })
    }

    fn ask(
        &self,
        half: impl Fn() -> io::Result<()>,
        whole: impl Fn() -> io::Result<()>,
    ) -> io::Result<()> {
        let turn = self.asked.fetch_add(1, Ordering::Relaxed);
        if turn < self.at || (turn > self.at && !self.how.dead) {
            return whole();
        }
        if turn == self.at {
            match self.how.done {
                Done::Nothing => {}
                Done::Half => half()?,
                Done::All => whole()?,
            }
        }
        Err(io::Error::new(io::ErrorKind::StorageFull, "the disk is full"))
    }
}

impl Disk for Failing {
    fn make_folder(&self, path: &Path) -> io::Result<()> {
        let half = || Hasty.make_folder(path.parent().expect("a folder"));
        self.ask(half, || Hasty.make_folder(path))
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let half = || fs::write(path, &bytes[..bytes.len() / 2]);
        self.ask(half, || Hasty.write(path, bytes))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.ask(|| Ok(()), || Hasty.rename(from, to))
    }

    fn sync_folder(&self, path: &Path) -> io::Result<()> {
        self.ask(|| Ok(()), || Hasty.sync_folder(path))
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.ask(|| Ok(()), || Hasty.remove(path))
    }
}

/// Tries with a disk that fails at the first, second, … thing asked, until nothing fails;
/// `check` sees what each failure left in a new folder.
fn at_every_turn(
    run: impl Fn(Box<Failing>, &Path) -> Result<(), StoreError>,
    check: impl Fn(&Path),
) {
    for how in WAYS {
        for at in 0.. {
            assert!(at < 200, "it never ends");
            let home = tempfile::tempdir().expect("a folder");
            let ended = run(Failing::new(at, how), home.path());
            check(home.path());
            match ended {
                Ok(()) => {
                    assert!(at > 5, "only {at} things were asked");
                    break;
                }
                Err(error) => {
                    assert!(!error.is_bad_input());
                    let home = home.path().display().to_string();
                    says(Err::<(), _>(error), &[&home, "the disk is full"]);
                }
            }
        }
    }
}

/// Three chunks in two folders.
fn three() -> Identity {
    identity(1002, shard(1, 500))
}

fn resumed_or_created(out: &Path, identity: &Identity) -> Store {
    match resume(out, identity) {
        Err(StoreError::NotAStore(_)) => create(out, identity).expect("a store"),
        resumed => resumed.expect("resumed"),
    }
}

#[test]
fn whatever_fails_nothing_is_lost_and_resuming_repairs() {
    let home = tempfile::tempdir().expect("a folder");
    fill(&create(home.path(), &three()).expect("a store"));
    let whole = tree(home.path());
    let written = |out: &Path| out.with_file_name("written");
    at_every_turn(
        |disk, home| {
            let out = home.join("out");
            let store = Store::create_on(disk, &out, &three())?;
            for number in [500, 0, 1000] {
                store.write(number, &payload(number))?;
                fs::write(written(&out), number.to_string()).expect("noted");
            }
            Ok(())
        },
        |home| {
            let out = home.join("out");
            let last = fs::read_to_string(written(&out)).unwrap_or_default();
            let kept: &[u64] = match last.as_str() {
                "500" => &[500],
                "0" => &[0, 500],
                "1000" => &[0, 500, 1000],
                _ => &[],
            };
            let store = resumed_or_created(&out, &three());
            for number in kept {
                assert_eq!(store.read_chunk(*number).expect("kept"), payload(*number));
            }
            let status = store.status().expect("a status");
            assert!(status.damaged.is_empty() && status.leftovers.is_empty());
            assert!(status.foreign.is_empty());
            fill(&store);
            drop(store);
            assert_eq!(tree(&out), whole);
        },
    );
}

#[test]
fn a_chunk_that_cannot_be_written_again_stays() {
    for how in WAYS {
        for at in 0..5 {
            let home = tempfile::tempdir().expect("a folder");
            fill(&create(home.path(), &three()).expect("a store"));
            let disk = Failing::new(at, how);
            let store = Store::resume_on(disk, home.path(), &three()).expect("resumed");
            says(store.write(500, b"new"), &["the disk is full"]);
            let read = store.read_chunk(500).expect("whole");
            // It is the new one once it was renamed, which is the third thing asked.
            let renamed = at > 2 || (at == 2 && how.done == Done::All);
            assert_eq!(read == b"new", renamed, "{how:?} at {at}");
            assert!(renamed || read == payload(500));
        }
    }
}

#[test]
fn a_leftover_that_cannot_be_removed_is_named() {
    let home = tempfile::tempdir().expect("a folder");
    fill(&create(home.path(), &three()).expect("a store"));
    let whole = tree(home.path());
    let name = "chunks/000/.000500.chunk.3.partial";
    fs::write(home.path().join(name), "half").expect("written");
    let disk = Failing::new(0, WAYS[0]);
    says(Store::resume_on(disk, home.path(), &three()), &[name, "the disk is full"]);
    resume(home.path(), &three()).expect("resumed");
    assert_eq!(tree(home.path()), whole);
}

#[test]
fn a_merge_that_fails_anywhere_is_taken_up_again() {
    let home = tempfile::tempdir().expect("a folder");
    let whole = home.path().join("whole");
    super::filled(&whole, &identity(3, shard(1, 1)));
    let whole = tree(&whole);
    let shards: [PathBuf; 2] = [1, 2].map(|number| {
        let folder = home.path().join(number.to_string());
        super::filled(&folder, &identity(3, shard(number, 2)));
        folder
    });
    let before = shards.each_ref().map(|folder| tree(folder));
    at_every_turn(
        |disk, home| merge_on(disk, &shards, &home.join("out")).map(|_| ()),
        |home| {
            merge_on(Box::new(Hasty), &shards, &home.join("out")).expect("merged");
            assert_eq!(tree(&home.join("out")), whole);
        },
    );
    assert_eq!(shards.each_ref().map(|folder| tree(folder)), before);
}
