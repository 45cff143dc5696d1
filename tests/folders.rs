//! The program and the folders it writes: one process at a target, nothing left by one that is
//! ended, names of any bytes, and nothing lost in silence.

use rppsim::report::folder::faults;
use std::ffi::OsStr;
use std::fs;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

/// Runs that no test waits for.
const MANY: &str = "1000000";

fn program() -> &'static str {
    env!("CARGO_BIN_EXE_rppsim")
}

fn rppsim<S: AsRef<OsStr>>(home: &Path, arguments: impl IntoIterator<Item = S>) -> Output {
    let mut command = Command::new(program());
    command.args(arguments).current_dir(home).output().expect("the program starts")
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[track_caller]
fn done(output: &Output) -> String {
    assert!(output.status.success(), "{}", stderr(output));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn names(home: &Path) -> Vec<String> {
    let entries = fs::read_dir(home).expect("a folder");
    let mut names: Vec<String> =
        entries.map(|e| e.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// Starts a command in `home`, and waits until it has begun to write hidden things in `there`.
fn begun(mut command: Command, home: &Path, there: &Path) -> Child {
    let before = names(there);
    let child = command.current_dir(home).stdout(Stdio::null()).stderr(Stdio::piped()).spawn();
    let mut child = child.expect("started");
    let began = Instant::now();
    while !names(there).iter().any(|name| name.contains(".partial-") && !before.contains(name)) {
        assert!(child.try_wait().expect("a state").is_none(), "it ended too early");
        assert!(began.elapsed() < Duration::from_secs(60), "it writes nothing");
        std::thread::sleep(Duration::from_millis(5));
    }
    child
}

fn run(out: &str, more: &[&str]) -> Command {
    let mut command = Command::new(program());
    command.args(["run", "cypress", "--out", out]).args(more);
    command
}

/// The folder is whole, nothing else is in it, and its runs have this seed.
#[track_caller]
fn whole(folder: &Path, seed: u64) {
    assert_eq!(faults(folder), []);
    let manifest = fs::read_to_string(folder.join("manifest.json")).expect("read");
    let manifest: serde_json::Value = serde_json::from_str(&manifest).expect("JSON");
    assert_eq!(manifest["seed"], seed);
    let listed = manifest["files"].as_object().expect("files");
    let strays: Vec<String> = names(folder)
        .into_iter()
        .filter(|name| name != "manifest.json" && !listed.contains_key(name))
        .collect();
    assert!(strays.is_empty(), "{strays:?}");
}

#[test]
fn a_second_process_at_a_target_is_refused_at_once_and_one_after_a_kill_finds_it_free() {
    let home = tempfile::tempdir().expect("a folder");
    let mut first = begun(run("both", &["--runs", MANY]), home.path(), home.path());
    let second = rppsim(home.path(), ["run", "cypress", "--runs", MANY, "--out", "both"]);
    let message = stderr(&second);
    assert_eq!(second.status.code(), Some(2), "{message}");
    assert!(message.contains(&format!("is being written by process {}", first.id())), "{message}");
    // SIGKILL.
    first.kill().expect("killed");
    first.wait().expect("ended");
    assert!(!home.path().join("both").exists());
    done(&rppsim(home.path(), ["run", "cypress", "--runs", "2", "--seed", "3", "--out", "both"]));
    assert_eq!(names(home.path()), ["both"]);
    whole(&home.path().join("both"), 3);

    // The same with --force, where the old results stay as long as nothing new is whole.
    let force = ["run", "cypress", "--runs", "2", "--seed", "4", "--out", "both", "--force"];
    let first = run("both", &["--runs", MANY, "--force"]);
    let mut first = begun(first, home.path(), &home.path().join("both"));
    let second = rppsim(home.path(), force);
    assert!(stderr(&second).contains("is being written by"), "{}", stderr(&second));
    first.kill().expect("killed");
    first.wait().expect("ended");
    assert_eq!(faults(&home.path().join("both")), []);
    done(&rppsim(home.path(), force));
    whole(&home.path().join("both"), 4);
}

/// Two at one moment, started by `before`; the target ends as one of them wants it.
fn two_at_once(before: &[&str]) {
    let home = tempfile::tempdir().expect("a folder");
    let start = |seed: &str| {
        let words = [before, &[program(), "run", "cypress", "--runs", "20"]].concat();
        let mut command = Command::new(words[0]);
        command.args(&words[1..]).args(["--seed", seed, "--out", "both"]);
        let child = command.current_dir(home.path()).stdout(Stdio::null()).stderr(Stdio::piped());
        child.spawn().expect("started")
    };
    let both = [start("1"), start("2")].map(|child| child.wait_with_output().expect("ended"));
    let codes = [&both[0], &both[1]].map(|output| output.status.code());
    let (winner, loser) = if codes[0] == Some(0) { (1, &both[1]) } else { (2, &both[0]) };
    assert!(codes.contains(&Some(0)) && codes.contains(&Some(2)), "{codes:?}: {}", stderr(loser));
    let message = stderr(loser);
    assert!(["is being written by", "exists already"].iter().any(|says| message.contains(says)));
    whole(&home.path().join("both"), winner);
    assert_eq!(names(home.path()), ["both"]);
}

#[test]
fn of_two_processes_at_one_moment_one_writes() {
    for _ in 0..3 {
        two_at_once(&["env"]);
    }
}

#[test]
#[cfg(target_os = "linux")]
fn of_two_processes_with_one_number_one_writes() {
    // Each is process 1, as in containers; only some users may do that.
    let may = Command::new("unshare").args(["-fp", "true"]).output();
    if may.is_ok_and(|output| output.status.success()) {
        for _ in 0..2 {
            two_at_once(&["unshare", "-fp"]);
        }
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_signal_to_end_leaves_nothing_behind() {
    let signal = |signal: &str, child: &Child| {
        let kill = Command::new("kill").args([signal, &child.id().to_string()]).status();
        assert!(kill.expect("kill is there").success());
    };
    // Whatever the tests were started with.
    let started = |option: &str, home: &Path| {
        let mut command = Command::new("env");
        command.args([option, program(), "run", "cypress", "--out", "deep/out", "--runs", MANY]);
        fs::create_dir(home.join("deep")).expect("made");
        let child = command.current_dir(home).stdout(Stdio::null()).stderr(Stdio::piped()).spawn();
        let child = child.expect("started");
        while names(&home.join("deep")).len() < 2 {
            std::thread::sleep(Duration::from_millis(5));
        }
        child
    };
    for name in ["-INT", "-TERM", "-HUP"] {
        let home = tempfile::tempdir().expect("a folder");
        let child = started("--default-signal=INT,TERM,HUP", home.path());
        signal(name, &child);
        let output = child.wait_with_output().expect("ended");
        assert_eq!(output.status.code(), Some(130), "{name}");
        assert!(stderr(&output).contains("nothing was written"), "{}", stderr(&output));
        assert!(names(&home.path().join("deep")).is_empty(), "{name}");
    }
    // Who says nohup means it.
    let home = tempfile::tempdir().expect("a folder");
    let mut child = started("--ignore-signal=HUP", home.path());
    signal("-HUP", &child);
    std::thread::sleep(Duration::from_millis(300));
    assert!(child.try_wait().expect("a state").is_none(), "it goes on");
    signal("-TERM", &child);
    assert_eq!(child.wait().expect("ended").code(), Some(130));
}

#[test]
#[cfg(unix)]
fn a_file_that_may_not_grow_is_an_error_and_leaves_nothing() {
    let home = tempfile::tempdir().expect("a folder");
    let script = "ulimit -c 0; ulimit -f 8; exec \"$@\"";
    let mut sh = Command::new("sh");
    sh.args(["-c", script, "sh", program(), "run", "cypress", "--runs", "20", "--out", "out"]);
    let output = sh.current_dir(home.path()).output().expect("a shell");
    let message = stderr(&output);
    assert_eq!(output.status.code(), Some(1), "{message}");
    assert!(message.contains(".csv") && message.contains("large"), "{message}");
    assert!(names(home.path()).is_empty());
}

#[test]
fn a_target_that_cannot_be_is_refused_before_the_first_run() {
    let home = tempfile::tempdir().expect("a folder");
    fs::write(home.path().join("file"), "mine").expect("written");
    fs::create_dir(home.path().join("full")).expect("made");
    fs::write(home.path().join("full/notes.txt"), "mine").expect("written");
    let mut targets = vec![
        ("file", "file is a file"),
        ("file/out", "file is a file"),
        ("newdir/..", "no folder that is there"),
        ("full", "exists already"),
        (".", "exists already"),
    ];
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("nowhere", home.path().join("lost")).expect("made");
        std::os::unix::fs::symlink("full", home.path().join("link")).expect("made");
        targets.extend([("lost", "leads nowhere"), ("link", "exists already")]);
    }
    let before = names(home.path());
    for (target, says) in targets {
        let output = rppsim(home.path(), ["run", "cypress", "--runs", MANY, "--out", target]);
        let message = stderr(&output);
        assert_eq!(output.status.code(), Some(2), "{target}: {message}");
        assert!(message.contains(says) && message.contains("--out"), "{target}: {message}");
    }
    assert_eq!(names(home.path()), before);
}

/// A plan of few runs.
const PLAN: &str = "
schema = 1
scenario = \"quiet\"
outcomes = [\"work\"]
replicates = 4
seed = 5
[factor.\"agenda.threshold\"]
levels = [0.6, 1.2]
[design]
kind = \"factorial\"
";

#[test]
#[cfg(target_os = "linux")]
fn names_that_are_no_text_are_names() {
    use std::os::unix::ffi::{OsStrExt, OsStringExt};
    let home = tempfile::tempdir().expect("a folder");
    let bytes = |name: &str| {
        let mut bytes = name.as_bytes().to_vec();
        bytes.push(0xff);
        std::ffi::OsString::from_vec(bytes)
    };
    let plan = bytes("plan");
    fs::write(home.path().join(&plan), PLAN).expect("written");
    let told = |words: &str, names: &[(&str, &str)], json: bool| {
        let mut arguments: Vec<std::ffi::OsString> = words.split(' ').map(Into::into).collect();
        for (option, name) in names {
            if !option.is_empty() {
                arguments.push(option.into());
            }
            arguments.push(bytes(name));
        }
        if json {
            arguments.push("--json".into());
        }
        let output = rppsim(home.path(), &arguments);
        let said = done(&output);
        if json {
            serde_json::from_str::<serde_json::Value>(&said).expect("JSON");
        }
        assert!(!stderr(&output).contains("note:"), "{}", stderr(&output));
    };
    for command in [
        "run cypress --runs 2",
        "run nation --set nation.scale=0.004",
        "compare cypress --variant w:intervention.welcome.from=1 --runs 2",
        "patterns cypress --runs 2",
    ] {
        let words: Vec<&str> = command.split(' ').collect();
        let out = if words[1] == "nation" { "world" } else { words[0] };
        told(command, &[("--out", out)], true);
        assert_eq!(faults(&home.path().join(bytes(out))), [], "{command}");
    }
    told("run cypress --runs 2 --force", &[("--out", "run")], false);
    for json in [false, true] {
        let (resume, force) = if json { (" --resume", " --force") } else { ("", "") };
        told(&format!("sweep{resume}"), &[("", "plan"), ("--out", "sweep")], json);
        assert_eq!(faults(&home.path().join(bytes("sweep")).join("results")), []);
        told("status", &[("", "sweep")], json);
        told(&format!("sensitivity{force}"), &[("", "sweep"), ("--out", "read")], json);
        told("merge", &[("", "sweep"), ("--out", "merged")], json);
    }
    let log = fs::read_to_string(home.path().join(bytes("run")).join("log.json")).expect("read");
    assert!(log.contains("run\u{fffd}"), "as nearly as text can: {log}");
    // Where nothing else is said, after the plan.
    done(&rppsim(home.path(), [OsStr::new("sweep"), &plan]));
    assert!(home.path().join("out").join(OsStr::from_bytes(b"sweep-plan\xff")).is_dir());
}

#[test]
#[cfg(target_os = "linux")]
fn what_cannot_be_printed_is_an_error_and_a_reader_that_has_seen_enough_is_none() {
    let home = tempfile::tempdir().expect("a folder");
    fs::write(home.path().join("plan.toml"), PLAN).expect("written");
    let to = |words: &str, out: Stdio| {
        let mut command = Command::new(program());
        command.args(words.split(' ')).current_dir(home.path()).stdout(out);
        command.stderr(Stdio::piped()).spawn().expect("started").wait_with_output().expect("ended")
    };
    for words in [
        "cases cypress",
        "cases bellevue --provenance",
        "cases",
        "check cypress",
        "params --json",
        "params --interventions",
        "sweep --dry-run plan.toml",
        "run cypress --runs 1 --json --out run",
        "compare cypress --variant w:intervention.welcome.from=1 --runs 2 --out compare",
        "sweep plan.toml --out sweep",
        "status sweep",
        "status nowhere --json",
        "--help",
        "run --help",
        "--version",
    ] {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").expect("a device");
        let output = to(words, full.into());
        let message = stderr(&output);
        if words.contains("nowhere") {
            // What went wrong first is what counts, and is told where somebody may see it.
            assert_eq!(output.status.code(), Some(2));
            assert!(message.contains("no store of results"), "{message}");
            continue;
        }
        assert_eq!(output.status.code(), Some(1), "{words}: {message}");
        assert!(message.contains("standard output") && message.contains("space"), "{message}");
        let folder = words.split_once("--out ").map(|(_, folder)| folder);
        assert_eq!(message.contains("the results are whole"), folder.is_some(), "{message}");
        match folder {
            Some("sweep") => assert_eq!(faults(&home.path().join("sweep/results")), []),
            Some(folder) => assert_eq!(faults(&home.path().join(folder)), []),
            None => {}
        }
    }
    for words in ["cases cypress", "params --json", "--help", "run cypress --runs 1 --out piped"] {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let output = to(words, writer.into());
        assert!(
            output.status.success() && output.stderr.is_empty(),
            "{words}: {}",
            stderr(&output)
        );
    }
}
