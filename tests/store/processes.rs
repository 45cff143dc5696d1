//! Two processes at one store, and processes that are killed.

use super::{fill, identity, payload, says, tree};
use rppsim::store::{Identity, Shard, Store, StoreError};
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

/// Set for a child: what it does, and to which store.
const TASK: &str = "RPPSIM_TEST_STORE_TASK";
const FOLDER: &str = "RPPSIM_TEST_STORE_FOLDER";
/// No child lives longer, whatever becomes of its parent.
const LIFE: Duration = Duration::from_secs(60);

fn whole() -> Identity {
    identity(20, Shard::WHOLE)
}

/// What a child process does; no test of its own.
#[test]
fn a_child() {
    let (Ok(task), Some(folder)) = (std::env::var(TASK), std::env::var_os(FOLDER)) else { return };
    std::thread::spawn(|| {
        std::thread::sleep(LIFE);
        std::process::exit(3);
    });
    let store = Store::resume(Path::new(&folder), &whole()).expect("resumed");
    println!("at it");
    match task.as_str() {
        "hold" => std::thread::sleep(2 * LIFE),
        "write" => loop {
            for number in 0..20 {
                store.write(number, &payload(number).repeat(2000)).expect("written");
            }
        },
        "write too much" => {
            store.write(0, b"small").expect("written");
            says(store.write(1, &[7; 1_000_000]), &["000001.chunk", "large"]);
            store.write(2, b"small").expect("written");
        }
        _ => panic!("no such task"),
    }
}

fn command(program: &str) -> Command {
    let mut command = Command::new(program);
    command.stdout(Stdio::piped()).stderr(Stdio::null());
    command
}

fn this_program() -> String {
    std::env::current_exe().expect("a program").to_str().expect("a text").to_owned()
}

/// Starts a child, and waits until it has the store.
fn child(task: &str, folder: &Path) -> (Child, BufReader<ChildStdout>) {
    let mut child = command(&this_program())
        .args(["--exact", "processes::a_child", "--nocapture"])
        .envs([(TASK, task.as_ref()), (FOLDER, folder.as_os_str())])
        .spawn()
        .expect("started");
    let mut said = BufReader::new(child.stdout.take().expect("piped"));
    let mut line = String::new();
    while !line.contains("at it") {
        line.clear();
        assert_ne!(said.read_line(&mut line).expect("read"), 0, "the child ended");
    }
    (child, said)
}

fn killed(mut child: Child) {
    child.kill().expect("killed");
    child.wait().expect("ended");
}

#[test]
fn a_second_handle_is_refused_until_the_first_is_dropped() {
    let home = tempfile::tempdir().expect("a folder");
    let out = home.path().join("out");
    let first = Store::create(&out, &whole()).expect("a store");
    let me = format!("process {}", std::process::id());
    says(Store::resume(&out, &whole()), &["out", &me, "nothing was changed"]);
    says(Store::create(&out, &whole()), &["results already"]);
    first.write(0, b"first").expect("written");
    assert_eq!(Store::read(&out).expect("read").read_chunk(0).expect("read"), b"first");
    drop(first);
    let second = Store::resume(&out, &whole()).expect("free");
    says(Store::resume(&out, &whole()), &[&me]);
    drop(second);
    assert_eq!(fs::read(out.join("lock")).expect("read"), b"");
}

#[test]
fn a_second_process_is_refused_until_the_first_is_killed() {
    let home = tempfile::tempdir().expect("a folder");
    drop(Store::create(home.path(), &whole()).expect("a store"));
    let (child, _said) = child("hold", home.path());
    match Store::resume(home.path(), &whole()) {
        Err(StoreError::Locked { process, .. }) => assert_eq!(process, Some(child.id())),
        other => panic!("{other:?}"),
    }
    assert_eq!(Store::read(home.path()).expect("read").status().expect("a status").done, 0);
    killed(child);
    Store::resume(home.path(), &whole()).expect("free");

    let mine = Store::resume(home.path(), &whole()).expect("free");
    let refused = command(&this_program())
        .args(["--exact", "processes::a_child"])
        .envs([(TASK, "hold".as_ref()), (FOLDER, home.path().as_os_str())])
        .output()
        .expect("ended");
    assert!(!refused.status.success());
    let said = String::from_utf8_lossy(&refused.stdout).into_owned();
    assert!(said.contains(&format!("process: Some({})", std::process::id())), "{said}");
    drop(mine);
}

#[test]
fn a_writer_killed_at_any_time_leaves_whole_chunks_only() {
    let home = tempfile::tempdir().expect("a folder");
    let (out, reference) = (home.path().join("out"), home.path().join("reference"));
    drop(Store::create(&out, &whole()).expect("a store"));
    let mut leftovers = 0;
    for turn in 0..20 {
        let (child, _said) = child("write", &out);
        std::thread::sleep(Duration::from_micros(1700 * turn));
        killed(child);
        leftovers +=
            Store::read(&out).expect("read").quick_status().expect("a status").leftovers.len();
        let store = Store::resume(&out, &whole()).expect("resumed");
        let status = store.status().expect("a status");
        assert!(status.damaged.is_empty() && status.foreign.is_empty(), "{status:?}");
        assert!(status.leftovers.is_empty());
        for number in (0..20).filter(|number| !status.missing.contains(number)) {
            assert_eq!(store.read_chunk(number).expect("read"), payload(number).repeat(2000));
        }
        if turn % 5 == 4 {
            fs::remove_dir_all(out.join("chunks")).expect("removed");
        }
    }
    println!("{leftovers} files were left half written");
    fill_both(&out, &reference);
    assert_eq!(tree(&out), tree(&reference));
}

fn fill_both(out: &Path, reference: &Path) {
    fs::remove_dir_all(out.join("chunks")).unwrap_or_default();
    fill(&Store::resume(out, &whole()).expect("resumed"));
    fill(&Store::create(reference, &whole()).expect("a store"));
}

/// A child that may not write large files.
#[cfg(unix)]
fn limited(folder: &Path, before: &str) -> std::process::ExitStatus {
    let script = format!("{before} ulimit -c 0; ulimit -f 64; exec \"$@\"");
    command("sh")
        .args(["-c", &script, "sh", &this_program(), "--exact", "processes::a_child"])
        .envs([(TASK, "write too much".as_ref()), (FOLDER, folder.as_os_str())])
        .output()
        .expect("ended")
        .status
}

#[test]
#[cfg(unix)]
fn a_limit_on_files_leaves_no_chunk_that_looks_whole() {
    let home = tempfile::tempdir().expect("a folder");
    drop(Store::create(home.path(), &whole()).expect("a store"));
    let status = || Store::read(home.path()).expect("read").status().expect("a status");

    // The system kills it.
    assert!(!limited(home.path(), "").success());
    let left = status();
    assert_eq!((left.done, left.leftovers.len(), left.damaged.len()), (1, 1, 0), "{left:?}");
    drop(Store::resume(home.path(), &whole()).expect("resumed"));
    assert!(status().leftovers.is_empty());

    // Where the signal is ignored, writing is refused instead, and it goes on.
    assert!(limited(home.path(), "trap '' XFSZ;").success());
    let left = status();
    assert_eq!((left.done, left.leftovers.len(), left.missing[0]), (2, 0, 1), "{left:?}");
}
