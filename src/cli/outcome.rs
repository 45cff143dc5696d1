//! How a command ends when it does not end well.

use rppsim::experiment::Stopped;
use rppsim::experiment::sweep::SweepError;
use rppsim::report::FolderError;
use rppsim::scenario::document::Problems;
use rppsim::store::StoreError;
use serde_json::json;
use std::fmt::Display;
use std::io::{self, Write};
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};

/// Why a command did not do what was asked.
pub enum Failure {
    /// The scenario or an assignment is wrong.
    Problems(Problems),
    /// The request itself cannot be met.
    BadInput(String),
    /// The folder cannot be written.
    Folder(FolderError),
    /// The runs were stopped.
    Stopped(Stopped),
    /// A sweep was interrupted; its store keeps what was done.
    Paused,
    /// The system failed otherwise.
    System(String),
}

impl From<Problems> for Failure {
    fn from(problems: Problems) -> Self {
        Failure::Problems(problems)
    }
}

impl From<FolderError> for Failure {
    fn from(error: FolderError) -> Self {
        Failure::Folder(error)
    }
}

impl From<Stopped> for Failure {
    fn from(stopped: Stopped) -> Self {
        Failure::Stopped(stopped)
    }
}

impl From<SweepError> for Failure {
    fn from(why: SweepError) -> Self {
        match why {
            SweepError::Interrupted => Failure::Paused,
            SweepError::Store(why) => Failure::from(why),
            SweepError::Incomplete { .. } | SweepError::Unreadable(_) => {
                Failure::BadInput(why.to_string())
            }
            _ => Failure::System(why.to_string()),
        }
    }
}

impl From<StoreError> for Failure {
    fn from(why: StoreError) -> Self {
        match why.is_bad_input() {
            true => Failure::BadInput(why.to_string()),
            false => Failure::System(why.to_string()),
        }
    }
}

impl Failure {
    pub fn system(what: &str, error: impl Display) -> Self {
        Failure::System(format!("{what}: {error}"))
    }

    fn code(&self) -> u8 {
        match self {
            Failure::Problems(_) | Failure::BadInput(_) => 2,
            Failure::Folder(error) if error.is_bad_input() => 2,
            Failure::Stopped(Stopped::Interrupted) | Failure::Paused => 130,
            _ => 1,
        }
    }

    /// Says what happened, for people or as JSON, and gives the exit code.
    pub fn tell(self, as_json: bool) -> ExitCode {
        let code = self.code();
        if as_json {
            let problems = match &self {
                Failure::Problems(problems) => json!(problems.views()),
                _ => json!([{ "message": self.message().trim_start_matches("error: ") }]),
            };
            print_line(&json!({ "error": problems, "exit_code": code }).to_string());
        } else {
            note(&self.message());
        }
        ExitCode::from(code)
    }

    fn message(&self) -> String {
        match self {
            Failure::Problems(problems) => {
                format!("{problems}\n{}; nothing was run.", problems.count())
            }
            Failure::BadInput(message) | Failure::System(message) => format!("error: {message}"),
            Failure::Folder(error) => format!("error: {error}"),
            Failure::Stopped(Stopped::Interrupted) => "interrupted; nothing was written.".into(),
            Failure::Stopped(stopped) => format!("error: {stopped}"),
            Failure::Paused => {
                "interrupted; what was done is kept: go on with the same command and --resume"
                    .into()
            }
        }
    }
}

/// Prints to standard output; a reader that has seen enough (`| head`) is no failure.
pub fn print_line(text: &str) {
    let _ = writeln!(io::stdout().lock(), "{text}");
}

/// Prints to standard error; that nobody reads it is no failure.
pub fn note(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// A flag that an interrupt (Ctrl-C) sets, so that work can end and leave nothing behind.
pub fn stop_on_interrupt() -> &'static AtomicBool {
    static STOP: AtomicBool = AtomicBool::new(false);
    // A handler that cannot be set only costs a tidy end.
    let _ = ctrlc::set_handler(|| STOP.store(true, Ordering::Relaxed));
    &STOP
}
