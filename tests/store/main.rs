//! A store keeps what was written, whatever happens to the process or the disk.

mod damage;
mod failing;
mod merging;
mod processes;

use rppsim::store::{Disk, Identity, RealDisk, Shard, Store, StoreError};
use serde_json::json;
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

fn shard(number: u32, of: u32) -> Shard {
    Shard::new(number, of).expect("a shard")
}

fn identity(chunks: u64, shard: Shard) -> Identity {
    Identity {
        version: "0.1.0".into(),
        fingerprint: "f00d".into(),
        chunks,
        shard,
        about: json!({ "runs in a chunk": 1000, "columns": ["x", "y"] }),
        plan: "seed = 1\n[vary]\nagenda.threshold = [0.5, 0.7]\n".into(),
    }
}

/// Does not wait for the disk: thousands of files would, in these tests.
#[derive(Debug)]
struct Hasty;

impl Disk for Hasty {
    fn make_folder(&self, path: &Path) -> io::Result<()> {
        fs::create_dir_all(path)
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        fs::write(path, bytes)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        RealDisk.rename(from, to)
    }

    fn sync_folder(&self, _: &Path) -> io::Result<()> {
        Ok(())
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        RealDisk.remove(path)
    }
}

/// Begins a store on a hasty disk.
fn create(folder: &Path, identity: &Identity) -> Result<Store, StoreError> {
    Store::create_on(Box::new(Hasty), folder, identity)
}

/// Resumes a store on a hasty disk.
fn resume(folder: &Path, identity: &Identity) -> Result<Store, StoreError> {
    Store::resume_on(Box::new(Hasty), folder, identity)
}

/// What a chunk is to hold; some hold nothing.
fn payload(number: u64) -> Vec<u8> {
    format!("{number},\n").repeat(number as usize % 4).into_bytes()
}

/// Writes what a store lacks.
fn fill(store: &Store) {
    for number in store.status().expect("a status").to_do() {
        store.write(number, &payload(number)).expect("written");
    }
}

fn filled(folder: &Path, identity: &Identity) {
    fill(&create(folder, identity).expect("a store"));
}

/// Every file and folder below a folder, and the bytes of each.
fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        if path.is_dir() {
            let inside = tree(&path).into_iter();
            found.extend(inside.map(|(inner, bytes)| (format!("{name}/{inner}"), bytes)));
            found.insert(format!("{name}/"), Vec::new());
        } else {
            found.insert(name, fs::read(&path).expect("read"));
        }
    }
    found
}

/// What is said about an error.
#[track_caller]
fn says<T>(result: Result<T, StoreError>, parts: &[&str]) {
    let message = match result {
        Ok(_) => panic!("not refused"),
        Err(error) => error.to_string(),
    };
    for part in parts {
        assert!(message.contains(part), "missing `{part}` in:\n{message}");
    }
}

#[test]
fn what_is_written_is_read() {
    let home = tempfile::tempdir().expect("a folder");
    let folder = home.path().join("deep/out");
    let identity = identity(1003, Shard::WHOLE);
    let store = Store::create(&folder, &identity).expect("a store");
    assert_eq!(store.identity(), &identity);
    let bytes: Vec<u8> = (0..=255).cycle().take(100_000).collect();
    for number in [0, 999, 1000, 1002] {
        store.write(number, &bytes[number as usize..]).expect("written");
        assert_eq!(store.read_chunk(number).expect("read"), &bytes[number as usize..]);
    }
    store.write(0, b"").expect("written again");
    drop(store);
    assert!(folder.join("chunks/000/000999.chunk").is_file());
    assert!(folder.join("chunks/001/001000.chunk").is_file());

    let store = Store::read(&folder).expect("a store");
    assert_eq!(store.read_chunk(0).expect("read"), b"");
    assert_eq!(store.read_chunk(1002).expect("read"), &bytes[1002..]);
    let status = store.status().expect("a status");
    assert_eq!((status.wanted, status.done, status.missing.len()), (1003, 4, 999));
    assert_eq!(status.to_do(), status.missing);
    assert!(status.leftovers.is_empty() && status.foreign.is_empty());
    says(store.write(0, b""), &["opened to be read"]);
    says(store.read_chunk(1), &["chunk 1", "000001.chunk", "missing", "--resume"]);
    says(store.read_chunk(1003), &["chunk 1003", "1003 chunks"]);
}

#[test]
fn a_shard_holds_its_chunks_only() {
    let home = tempfile::tempdir().expect("a folder");
    let store = Store::create(home.path(), &identity(10, shard(3, 4))).expect("a store");
    assert_eq!(store.quick_status().expect("a status").missing, [2, 6]);
    says(store.write(3, b""), &["chunk 3", "shard 3/4"]);
    store.write(6, b"six").expect("written");
    assert_eq!(store.quick_status().expect("a status").missing, [2]);
}

#[test]
fn threads_write_what_one_would() {
    let home = tempfile::tempdir().expect("a folder");
    let (one, many) = (home.path().join("one"), home.path().join("many"));
    filled(&one, &identity(12, Shard::WHOLE));
    let store = Store::create(&many, &identity(12, Shard::WHOLE)).expect("a store");
    std::thread::scope(|threads| {
        for turn in 0..4 {
            let store = &store;
            // Each chunk by two threads.
            threads.spawn(move || {
                for number in (0..12).filter(|number| number % 2 == turn % 2) {
                    store.write(number, &payload(number)).expect("written");
                }
            });
        }
    });
    drop(store);
    assert_eq!(tree(&many), tree(&one));
}

#[test]
fn a_fold_goes_in_order_and_only_over_the_whole() {
    let home = tempfile::tempdir().expect("a folder");
    let store = Store::create(home.path(), &identity(7, Shard::WHOLE)).expect("a store");
    for number in [6, 2, 4, 0, 5, 3] {
        store.write(number, &payload(number)).expect("written");
    }
    let untouched = |_, _: &[u8]| -> Result<(), StoreError> { panic!("called") };
    says(store.fold(untouched), &["6 of its 7 chunks", "missing: chunk 1", "--resume"]);
    store.write(1, &payload(1)).expect("written");
    let mut seen = Vec::new();
    let folded = store.fold(|number, bytes| {
        assert_eq!(bytes, payload(number));
        seen.push(number);
        Ok::<_, StoreError>(())
    });
    folded.expect("folded");
    assert_eq!(seen, [0, 1, 2, 3, 4, 5, 6]);
    let stopped = store.fold(|number, _| match number {
        3 => Err(Box::<dyn std::error::Error>::from("enough")),
        _ => Ok(()),
    });
    assert_eq!(stopped.expect_err("stopped").to_string(), "enough");
}

#[test]
fn a_new_store_needs_an_empty_folder() {
    let home = tempfile::tempdir().expect("a folder");
    let identity = identity(3, Shard::WHOLE);
    let mine = home.path().join("mine");
    fs::create_dir(&mine).expect("made");
    fs::write(mine.join("notes.txt"), "mine").expect("written");
    says(Store::create(&mine, &identity), &["mine", "no store of results", "--out"]);
    assert_eq!(tree(&mine).len(), 1);
    says(Store::resume(&mine, &identity), &["mine", "no store.json"]);
    says(Store::read(&home.path().join("absent")), &["absent", "no store.json"]);
    assert_eq!(tree(&mine).len(), 1);

    let out = home.path().join("out");
    filled(&out, &identity);
    let before = tree(&out);
    says(Store::create(&out, &identity), &["out", "results already", "--resume"]);
    let many = Identity { chunks: u64::MAX, ..identity.clone() };
    says(Store::create(&home.path().join("many"), &many), &["chunks are too many"]);
    assert_eq!(tree(&out), before);

    let beyond = home.path().join("new/..");
    says(Store::create(&beyond, &identity), &["new/..", "names none", "--out"]);
    #[cfg(unix)]
    {
        let link = home.path().join("link");
        std::os::unix::fs::symlink("nowhere", &link).expect("made");
        says(Store::create(&link, &identity), &["link is a file", "--out"]);
        fs::remove_file(link).expect("removed");
    }
    assert_eq!(fs::read_dir(home.path()).expect("a folder").count(), 2, "nothing was made");
}

#[test]
fn resuming_something_else_is_refused_and_says_what_differs() {
    let home = tempfile::tempdir().expect("a folder");
    let stored = identity(5, shard(1, 2));
    filled(home.path(), &stored);
    let before = tree(home.path());
    let other = |change: fn(&mut Identity)| {
        let mut other = stored.clone();
        change(&mut other);
        other
    };
    let cases: [(Identity, &[&str]); 6] = [
        (
            other(|it| it.plan = it.plan.replace("0.7", "0.8")),
            &["line 3", "[0.5, 0.7]\" there", "[0.5, 0.8]\" here"],
        ),
        (other(|it| it.fingerprint = "beef".into()), &["fingerprint", "f00d there", "beef here"]),
        (other(|it| it.version = "0.2.0".into()), &["version", "0.1.0 there", "0.2.0 here"]),
        (other(|it| it.chunks = 6), &["number of chunks", "5 there", "6 here"]),
        (other(|it| it.shard = shard(2, 2)), &["shard", "1/2 there", "2/2 here"]),
        (other(|it| it.about = json!({})), &["`about`"]),
    ];
    for (other, parts) in cases {
        let refused = Store::resume(home.path(), &other);
        assert!(matches!(refused, Err(StoreError::Differs { .. })));
        says(refused, parts);
        says(Store::resume(home.path(), &other), &["nothing was changed", "--out"]);
        assert_eq!(tree(home.path()), before);
    }
    Store::resume(home.path(), &stored).expect("the same");
}
