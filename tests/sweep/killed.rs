//! Killed, stopped, split, merged, damaged: the bytes at the end are those of a sweep left alone.

use super::{
    Dice, SMALL, chunk, command, done, home_of, of_replicates, program, refused, rppsim, same,
    stderr, tree,
};
use rppsim::store::{Identity, Shard, Store};
use rppsim::sweep::{Plan, Sweep};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// The files of a sweep that nobody disturbed.
fn left_alone(plan: &str) -> BTreeMap<PathBuf, Vec<u8>> {
    let home = home_of(plan);
    done(home.path(), &["sweep", "plan.toml", "--out", "out"]);
    tree(&home.path().join("out"))
}

/// Starts a sweep, and waits until it has written so many chunks.
fn begun(home: &Path, chunks: usize) -> Child {
    let mut sweep = command(home, &["sweep", "plan.toml", "--out", "out"]);
    let mut child = sweep.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("starts");
    while fs::read_dir(home.join("out/chunks/000")).map_or(0, Iterator::count) < chunks {
        assert!(child.try_wait().expect("a state").is_none(), "it ended too early");
        std::thread::sleep(Duration::from_millis(5));
    }
    child
}

fn status_of(home: &Path) -> serde_json::Value {
    serde_json::from_str(&done(home, &["status", "out", "--json"])).expect("JSON")
}

/// What `status` says of a store with damage, which its exit code tells too.
fn damage_of(home: &Path, more: &[&str]) -> String {
    let output = rppsim(home, &[&["status", "out"], more].concat());
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    assert!(output.stderr.is_empty(), "it is said once");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn fifty_kills_leave_no_trace() {
    let plan = of_replicates(60);
    let home = home_of(&plan);
    let out = home.path().join("out");
    let mut dice = Dice(20_260_101);
    let (mut running, mut ended) = (0, 0);
    for _ in 0..50 {
        let threads = (1 + dice.below(4)).to_string();
        let arguments =
            ["sweep", "plan.toml", "--out", "out", "--resume", "--threads", threads.as_str()];
        let mut sweep = command(home.path(), &arguments);
        let mut child = sweep.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("starts");
        std::thread::sleep(Duration::from_millis(dice.below(160)));
        match child.try_wait().expect("a state") {
            Some(state) => {
                assert!(state.success());
                ended += 1;
            }
            None => running += 1,
        }
        // SIGKILL.
        child.kill().expect("killed");
        child.wait().expect("ended");
        if out.join("results").is_dir() {
            // It was fast: there is something to do again.
            fs::remove_dir_all(out.join("results")).expect("removed");
            for _ in 0..30 {
                let _ = fs::remove_file(chunk(&out, dice.below(72)));
            }
        }
    }
    println!("{running} were killed at work, {ended} had ended");
    assert!(running > 0);
    done(home.path(), &["sweep", "plan.toml", "--out", "out", "--resume"]);
    same(&tree(&out), &left_alone(&plan));
}

#[test]
fn shards_in_any_order_on_any_threads_are_the_whole() {
    let whole = left_alone(SMALL);
    let home = home_of(SMALL);
    let mut folders = Vec::new();
    for (shard, threads) in [(4, 1), (1, 3), (7, 2), (2, 7), (6, 1), (3, 2), (5, 4)] {
        let (folder, shard) = (format!("s{shard}"), format!("{shard}/7"));
        let threads = threads.to_string();
        let arguments = ["--shard", &shard, "--out", &folder, "--threads", &threads];
        let said = done(home.path(), &[&["sweep", "plan.toml"], &arguments[..]].concat());
        assert!(said.contains("rppsim merge"), "{said}");
        assert!(!home.path().join(&folder).join("results").exists());
        folders.push(folder);
    }
    let merge = |folders: &[String]| {
        let folders: Vec<&str> = folders.iter().map(String::as_str).collect();
        [&["merge", "--out", "out"], &folders[..]].concat().into_iter().map(str::to_owned).collect()
    };
    let all: Vec<String> = merge(&folders);
    let all: Vec<&str> = all.iter().map(String::as_str).collect();
    let few: Vec<String> = merge(&folders[1..]);
    let few: Vec<&str> = few.iter().map(String::as_str).collect();
    refused(home.path(), &few, 2, &["shard 4/7", "nothing was merged"]);
    assert!(!home.path().join("out").exists());
    done(home.path(), &all);
    same(&tree(&home.path().join("out")), &whole);
    // Asked again, it is the same; and the whole can be taken up where it is.
    done(home.path(), &all);
    done(home.path(), &["sweep", "plan.toml", "--out", "out", "--resume"]);
    same(&tree(&home.path().join("out")), &whole);
}

#[test]
fn a_stop_after_some_time_can_be_taken_up() {
    let home = home_of(SMALL);
    // Nothing is there yet, and `--resume` begins.
    let first = ["sweep", "plan.toml", "--out", "deep/out", "--resume", "--stop-after", "0s"];
    let said = done(home.path(), &first);
    assert!(said.contains("--resume"), "{said}");
    assert!(!home.path().join("deep/out/results").exists());
    let rest =
        ["sweep", "plan.toml", "--out", "deep/out", "--resume", "--stop-after", "1h", "--json"];
    let told: serde_json::Value = serde_json::from_str(&done(home.path(), &rest)).expect("JSON");
    assert_eq!((told["complete"].as_bool(), told["chunks"].as_u64()), (Some(true), Some(15)));
    let out = home.path().join("deep/out");
    let whole = tree(&out);
    same(&whole, &left_alone(SMALL));
    // It may also strike when only the results are left to write.
    fs::remove_dir_all(out.join("results")).expect("removed");
    let said = done(home.path(), &first);
    assert!(said.contains("15 of 15") && said.contains("--resume"), "{said}");
    assert!(tree(&out).keys().all(|name| !name.to_string_lossy().contains("results")));
    done(home.path(), &rest);
    same(&tree(&out), &whole);
    for wrong in ["5", "s", "-1s", "infs", "nanm", "1d", ""] {
        let stop = format!("--stop-after={wrong}");
        refused(home.path(), &["sweep", "plan.toml", &stop], 2, &["90s, 10m or 2h"]);
    }
}

#[test]
#[cfg(unix)]
fn an_interrupt_keeps_what_was_done() {
    // Ctrl-C, and what schedulers and containers send.
    ["-INT", "-TERM"].into_iter().for_each(an_interrupt_keeps);
}

#[cfg(unix)]
fn an_interrupt_keeps(signal: &str) {
    let home = home_of(&of_replicates(4000));
    let child = begun(home.path(), 2);
    let kill = Command::new("kill").args([signal, &child.id().to_string()]).status();
    assert!(kill.expect("kill is there").success());
    let output = child.wait_with_output().expect("ends");
    assert_eq!(output.status.code(), Some(130));
    let message = stderr(&output);
    assert!(message.contains("what was done is kept"), "{message}");
    let status = status_of(home.path());
    assert!(status["done"].as_u64() >= Some(2) && status["complete"] == false, "{status}");
    for nothing in ["damaged", "leftovers", "foreign", "failed"] {
        assert!(status[nothing].as_array().is_some_and(Vec::is_empty), "{nothing}: {status}");
    }
    let kept = tree(&home.path().join("out"));
    done(home.path(), &["sweep", "plan.toml", "--out", "out", "--resume", "--stop-after", "0s"]);
    let after = tree(&home.path().join("out"));
    assert!(kept.iter().all(|(name, bytes)| after.get(name) == Some(bytes)), "nothing is lost");
}

#[test]
fn a_second_process_is_refused() {
    let home = home_of(&of_replicates(4000));
    let mut child = begun(home.path(), 1);
    let process = format!("process {}", child.id());
    let again = ["sweep", "plan.toml", "--out", "out", "--resume"];
    refused(home.path(), &again, 2, &["is being written by", &process, "nothing was changed"]);
    // To look is allowed.
    assert_eq!(status_of(home.path())["complete"], false);
    child.kill().expect("killed");
    child.wait().expect("ended");
    refused(home.path(), &again[..4], 2, &["holds results already", "--resume"]);
}

#[test]
fn what_is_there_must_be_of_the_same_plan_and_model() {
    let home = home_of(SMALL);
    let put = |plan: &str| fs::write(home.path().join("plan.toml"), plan).expect("written");
    let resume = ["sweep", "plan.toml", "--out", "out", "--resume"];
    done(home.path(), &resume);
    let whole = tree(&home.path().join("out"));
    for (from, to, says) in [
        ("seed = 5", "seed = 6", &["the plan differs", "seed = 5", "seed = 6"][..]),
        ("1.0]", "1.1]", &["the plan differs", "0.7, 1.0]\" there", "0.7, 1.1]\" here"]),
        ("\"work\", ", "", &["the plan differs", "`about` differs"]),
        ("months=3", "months=4", &["the plan differs", "months=4"]),
        ("chunk = 5", "chunk = 6", &["number of chunks differs: 15 there, 12 here"]),
    ] {
        put(&SMALL.replacen(from, to, 1));
        refused(home.path(), &resume, 2, &[says, &["nothing was changed"]].concat());
    }
    put(SMALL);
    let shard = [&resume[..], &["--shard", "1/2"]].concat();
    refused(home.path(), &shard, 2, &["the shard differs: 1/1 there, 1/2 here"]);
    // A comment, a layout and what failed runs are put up with change nothing.
    put(&SMALL.replace("seed = 5", "# A remark.\n\nfailures = 3\nseed   =   5 # another"));
    done(home.path(), &resume);
    same(&tree(&home.path().join("out")), &whole);
    // Neither another model nor another version is continued.
    let plan = Plan::open(&home.path().join("plan.toml")).expect("a plan");
    let sweep = Sweep { plan: &plan };
    let identity = sweep.identity(Shard::WHOLE).expect("an identity");
    let others = [
        (
            Identity { fingerprint: "f0".into(), ..identity.clone() },
            "fingerprint of the model differs: f0",
        ),
        (
            Identity { version: "9.9.9".into(), ..identity.clone() },
            "version of the program differs: 9.9.9",
        ),
    ];
    for (other, says) in others {
        let folder = home.path().join(&other.version).join(&other.fingerprint);
        drop(Store::create(&folder, &other).expect("a store"));
        let out = folder.to_str().expect("text");
        refused(home.path(), &["sweep", "plan.toml", "--out", out, "--resume"], 2, &[says]);
    }
    let newer = home.path().join("9.9.9").join(&identity.fingerprint);
    let said = done(home.path(), &["status", newer.to_str().expect("text")]);
    assert!(said.contains("unknown: the store is of version 9.9.9"), "{said}");
}

#[test]
fn what_is_missing_or_damaged_is_named_and_mended() {
    let home = home_of(SMALL);
    let out = home.path().join("out");
    let resume = ["sweep", "plan.toml", "--out", "out", "--resume"];
    done(home.path(), &resume);
    let whole = tree(&out);
    for number in [3, 4, 5, 9] {
        fs::remove_file(chunk(&out, number)).expect("removed");
    }
    let mut bytes = fs::read(chunk(&out, 7)).expect("read");
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    fs::write(chunk(&out, 7), bytes).expect("written");
    fs::write(out.join("notes.txt"), "mine").expect("written");
    let said = damage_of(home.path(), &[]);
    for part in [
        "10 of 15 chunks",
        "missing      4 of 15 chunks: chunks 3–5, 9",
        "damaged      1 of 15 chunks: chunk 7 (its content differs from its checksum)",
        "results      whole",
        "notes.txt",
        "failed runs  0",
    ] {
        assert!(said.contains(part), "missing `{part}` in:\n{said}");
    }
    let told: serde_json::Value =
        serde_json::from_str(&damage_of(home.path(), &["--json"])).expect("JSON");
    assert_eq!(told["missing"], serde_json::json!([3, 4, 5, 9]));
    assert_eq!(told["results"], serde_json::json!({ "damaged": [] }));
    assert_eq!((told["damaged"][0][0].as_u64(), told["done"].as_u64()), (Some(7), Some(10)));
    fs::remove_file(out.join("notes.txt")).expect("removed");
    done(home.path(), &resume);
    same(&tree(&out), &whole);

    // Results that were being written when their writer was killed.
    fs::create_dir(out.join(".results.partial-4194303")).expect("made");
    fs::write(out.join(".results.partial-4194303/rows.csv"), "row,out").expect("written");
    fs::write(out.join("results/rows.csv"), "row,outcome\n1,").expect("written");
    let said = damage_of(home.path(), &[]);
    for part in ["15 of 15 chunks", "damaged      none", "1 damaged file: rows.csv has 14 bytes"] {
        assert!(said.contains(part), "missing `{part}` in:\n{said}");
    }
    let told: serde_json::Value =
        serde_json::from_str(&damage_of(home.path(), &["--json"])).expect("JSON");
    assert_eq!(told["results"]["damaged"][0]["file"], "rows.csv");
    assert_eq!((&told["complete"], &told["damaged"]), (&true.into(), &serde_json::json!([])));
    done(home.path(), &resume);
    same(&tree(&out), &whole);
    assert!(!out.join(".results.partial-4194303").exists());
    fs::remove_dir_all(out.join("results")).expect("removed");
    assert!(done(home.path(), &["status", "out"]).contains("results      none yet"));
    done(home.path(), &resume);
    same(&tree(&out), &whole);

    fs::create_dir(home.path().join("none")).expect("made");
    refused(home.path(), &["status", "none"], 2, &["none is no store of results"]);
    refused(home.path(), &["status", "nowhere"], 2, &["nowhere is no store of results"]);
    let told = rppsim(home.path(), &["status", "nowhere", "--json"]);
    let told: serde_json::Value = serde_json::from_slice(&told.stdout).expect("JSON");
    let message = told["error"][0]["message"].as_str().expect("text");
    assert!(message.starts_with("nowhere is no store"), "{message}");
    let said = done(home.path(), &["merge", "out", "--out", "merged"]);
    assert!(said.starts_with("1 shard merged"), "{said}");
    let into = ["sweep", "plan.toml", "--resume", "--out"];
    refused(home.path(), &[&into[..], &["plan.toml"]].concat(), 2, &["is a file where a folder"]);
    refused(home.path(), &[&into[..], &["."]].concat(), 2, &["has files in it"]);
}

/// Runs the program where files may not grow beyond some kibibytes.
#[cfg(unix)]
fn limited(home: &Path, before: &str, arguments: &[&str]) -> std::process::Output {
    // 4 KiB or 8, by the shell.
    let script = format!("{before} ulimit -c 0; ulimit -f 8; exec \"$@\"");
    let mut sh = Command::new("sh");
    sh.args(["-c", &script, "sh", program()]).args(arguments).current_dir(home);
    sh.output().expect("a shell")
}

#[test]
#[cfg(unix)]
fn a_disk_that_is_full_is_named_and_loses_nothing() {
    // A chunk of 300 runs has more than 8 KiB.
    let plan = SMALL.replace("runs_a_chunk = 5", "runs_a_chunk = 300");
    let plan = plan.replace("replicates = 12", "replicates = 100");
    let home = home_of(&plan);
    let resume = ["sweep", "plan.toml", "--out", "out", "--resume"];
    let refused_by_the_system = |file: &str| {
        let output = limited(home.path(), "trap '' XFSZ;", &resume);
        let message = stderr(&output);
        assert_eq!(output.status.code(), Some(1), "{message}");
        assert!(message.contains(file) && message.contains("large"), "{message}");
    };
    refused_by_the_system("store.json");
    assert!(!home.path().join("out/store.json").exists());
    done(home.path(), &[&resume[..], &["--stop-after", "0s"]].concat());
    refused_by_the_system(".chunk");
    let status = status_of(home.path());
    assert_eq!((status["done"].as_u64(), status["damaged"][0].is_null()), (Some(0), true));
    // Where the signal is not ignored, it is the same: the program ends of itself.
    let as_started = || limited(home.path(), "", &resume).status.code();
    assert_eq!(as_started(), Some(1));
    done(home.path(), &resume);
    let whole = tree(&home.path().join("out"));
    fs::remove_dir_all(home.path().join("out/results")).expect("removed");
    refused_by_the_system("results");
    assert!(!home.path().join("out/results").exists());
    let status = status_of(home.path());
    assert!(status["complete"] == true && status["foreign"] == serde_json::json!([]), "{status}");
    assert_eq!(as_started(), Some(1));
    assert!(rppsim(home.path(), &resume).status.success());
    same(&tree(&home.path().join("out")), &whole);
    same(&whole, &left_alone(&plan));
}
