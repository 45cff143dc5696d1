//! How a command ends: with what it found, or why it did not.

use clap::error::{ContextKind, ContextValue};
use rppsim::report::{FolderError, ReportError};
use rppsim::scenario::document::Problems;
use rppsim::store::StoreError;
use rppsim::sweep::SweepError;
use rppsim::worlds::Stopped;
use serde_json::{Value, json};
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;
use std::fmt::Display;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::atomic::AtomicBool;
use std::sync::{Once, OnceLock};

/// What a command found, for programs and for people.
pub struct Found {
    pub json: Value,
    pub words: String,
    /// It is that something is damaged.
    pub damaged: bool,
}

impl Found {
    pub fn new(json: Value, words: impl Into<String>) -> Result<Self, Failure> {
        Ok(Found { json, words: words.into(), damaged: false })
    }

    /// Prints it and gives the exit code.
    pub fn tell(self, as_json: bool) -> ExitCode {
        print_line(&if as_json { self.json.to_string() } else { self.words });
        match printed() {
            Ok(()) => ExitCode::from(u8::from(self.damaged)),
            Err(failure) => failure.tell(false),
        }
    }
}

/// Why a command did not do what was asked.
pub enum Failure {
    /// The scenario or an assignment is wrong.
    Problems(Problems),
    /// The request itself cannot be met.
    BadInput(String),
    /// The runs were interrupted.
    Interrupted,
    /// A sweep was interrupted; its store keeps what was done.
    Paused,
    /// The system failed, or a run.
    System(String),
}

impl From<Problems> for Failure {
    fn from(problems: Problems) -> Self {
        Failure::Problems(problems)
    }
}

impl From<FolderError> for Failure {
    fn from(why: FolderError) -> Self {
        Failure::of(why.is_bad_input(), why)
    }
}

impl From<ReportError> for Failure {
    fn from(why: ReportError) -> Self {
        match why {
            ReportError::Folder(why) => why.into(),
            ReportError::Stopped(why) => why.into(),
            ReportError::Sweep(why) => why.into(),
            ReportError::Refitted(why) => Failure::BadInput(why.to_string()),
            why => Failure::System(why.to_string()),
        }
    }
}

impl From<Stopped> for Failure {
    fn from(why: Stopped) -> Self {
        match why {
            Stopped::Interrupted => Failure::Interrupted,
            why => Failure::System(why.to_string()),
        }
    }
}

impl From<SweepError> for Failure {
    fn from(why: SweepError) -> Self {
        match why {
            SweepError::Interrupted => Failure::Paused,
            SweepError::Store(why) => Failure::from(why),
            SweepError::Incomplete { .. } | SweepError::Unreadable(_) => Failure::of(true, why),
            _ => Failure::of(false, why),
        }
    }
}

impl From<StoreError> for Failure {
    fn from(why: StoreError) -> Self {
        Failure::of(why.is_bad_input(), why)
    }
}

impl Failure {
    fn of(bad_input: bool, why: impl Display) -> Self {
        if bad_input {
            Failure::BadInput(why.to_string())
        } else {
            Failure::System(why.to_string())
        }
    }

    pub fn system(what: &str, error: impl Display) -> Self {
        Failure::System(format!("{what}: {error}"))
    }

    /// Says what happened, for people or as JSON, and gives the exit code.
    pub fn tell(self, as_json: bool) -> ExitCode {
        let (code, message) = match &self {
            Failure::Problems(problems) => {
                (2, format!("{problems}\n{}; nothing was run.", problems.count()))
            }
            Failure::BadInput(message) => (2, message.clone()),
            Failure::System(message) => (1, message.clone()),
            Failure::Interrupted => (130, "interrupted; nothing was written.".into()),
            Failure::Paused => (
                130,
                "interrupted; what was done is kept: go on with the same command and --resume"
                    .into(),
            ),
        };
        if as_json {
            let problems = match &self {
                Failure::Problems(problems) => json!(problems),
                _ => json!([{ "message": message.trim_start_matches("error: ") }]),
            };
            print_line(&json!({ "error": problems, "exit_code": code }).to_string());
        }
        if !as_json || printed().is_err() {
            let refused = matches!(self, Failure::BadInput(_) | Failure::System(_));
            note(&format!("{}{message}", if refused { "error: " } else { "" }));
        }
        ExitCode::from(code)
    }
}

/// What could not be printed, the first time.
static NOT_PRINTED: OnceLock<io::Error> = OnceLock::new();
/// The folder of results that was put in its place.
static WHOLE: OnceLock<PathBuf> = OnceLock::new();

/// Prints to standard output. What cannot be printed is told at the [end](printed).
pub fn print_line(text: &str) {
    print_with(|| writeln!(io::stdout().lock(), "{}", shown(text)));
}

/// A text without what would steer a terminal: names of files may hold anything.
fn shown(text: &str) -> String {
    let steers = |c: char| c.is_control() && c != '\n' && c != '\t';
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        match steers(c) {
            true => shown.extend(c.escape_default()),
            false => shown.push(c),
        }
    }
    shown
}

/// Prints to standard output; a reader that has seen enough (`| head`) is no failure.
fn print_with(print: impl FnOnce() -> io::Result<()>) {
    match print() {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            // Later ones have the same reason.
            let _ = NOT_PRINTED.set(error);
        }
        _ => {}
    }
}

/// Whether all that was to be printed was printed.
pub fn printed() -> Result<(), Failure> {
    print_with(|| io::stdout().flush());
    NOT_PRINTED.get().map_or(Ok(()), |why| {
        let whole =
            WHOLE.get().map(|folder| format!("\n  the results are whole in {}", folder.display()));
        let whole = whole.unwrap_or_default();
        Err(Failure::System(format!("the standard output cannot be written: {why}{whole}")))
    })
}

/// Says that a folder of results is in its place, whatever comes later.
pub fn is_whole(folder: PathBuf) {
    let _ = WHOLE.set(folder);
}

/// Commands of earlier versions, and where they went.
const MOVED: [(&str, &str); 3] = [
    ("case", "cases NAME"),
    ("interventions", "params --interventions"),
    ("plan", "sweep --dry-run PLAN"),
];

/// Prints what the reader of the command line has to say, and gives the exit code.
pub fn told_of_arguments(told: &clap::Error) -> ExitCode {
    if let Some(ContextValue::String(word)) = told.get(ContextKind::InvalidSubcommand)
        && let Some((old, new)) = MOVED.iter().find(|(old, _)| old == word)
    {
        return Failure::BadInput(format!("`rppsim {old}` is now `rppsim {new}`")).tell(false);
    }
    if told.use_stderr() {
        let _ = told.print();
        return ExitCode::from(2);
    }
    print_with(|| told.print());
    printed().map_or_else(|failure| failure.tell(false), |()| ExitCode::SUCCESS)
}

/// Prints to standard error; that nobody reads it is no failure.
pub fn note(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{}", shown(text));
}

/// A flag that a signal to end sets (Ctrl-C; TERM, as schedulers and containers send it; HUP, as
/// a terminal that is closed), so that work can end and leave nothing behind.
pub fn stop_on_interrupt() -> &'static AtomicBool {
    static STOP: AtomicBool = AtomicBool::new(false);
    static ONCE: Once = Once::new();
    // A handler that cannot be set only costs a tidy end.
    ONCE.call_once(|| {
        for signal in [SIGINT, SIGTERM] {
            let _ = flag::register(signal, &STOP);
        }
        #[cfg(unix)]
        {
            use signal_hook::consts::{SIGHUP, SIGXFSZ};
            if ignores(SIGHUP) == Some(false) {
                let _ = flag::register(SIGHUP, &STOP);
            }
            // A file that may not grow is told by an error then, as is a full disk.
            static TOO_LARGE: AtomicBool = AtomicBool::new(false);
            let _ = flag::register(SIGXFSZ, &TOO_LARGE);
        }
    });
    &STOP
}

/// Whether who started the program wants a signal ignored, as `nohup` does; none where the system
/// does not tell.
#[cfg(unix)]
fn ignores(signal: i32) -> Option<bool> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let set = status.lines().find_map(|line| line.strip_prefix("SigIgn:"))?;
    let set = u64::from_str_radix(set.trim(), 16).ok()?;
    Some(set & 1 << (signal - 1) != 0)
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn nothing_that_is_printed_steers_a_terminal() {
        assert_eq!(shown("two\tcells\nin two lines"), "two\tcells\nin two lines");
        assert_eq!(shown("\u{1b}[31mred\u{7}"), "\\u{1b}[31mred\\u{7}");
    }
}
