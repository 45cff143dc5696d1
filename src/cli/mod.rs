//! The command line: one file a command.
//!
//! Exit codes: 0 done; 1 the system failed (a full disk, say), or `status` found damage; 2 bad input,
//! nothing was written; 130 ended by a signal (Ctrl-C, TERM, HUP), nothing was written, but that a
//! sweep keeps what was done.

mod asked;
mod cases;
mod check;
mod compare;
mod data;
mod fit;
mod nation;
mod outcome;
mod params;
mod patterns;
mod printed;
mod progress;
mod run;
mod sensitivity;
mod status;
mod sweep;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};
use std::process::ExitCode;

/// Simulates research-practice partnerships: leaders and a research partner who meet, negotiate
/// roles, and do joint work.
///
/// Without a command: `run cypress`, the published case beside its twin without newcomers.
#[derive(Parser)]
#[command(version, max_term_width = 100, after_help = EXIT_CODES)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    /// Print JSON instead of words and tables
    #[arg(long, global = true)]
    json: bool,
}

const EXIT_CODES: &str = "Exit codes: 0 done; 1 the system failed, or status found damage; 2 bad input, nothing was written; 130 interrupted (also by TERM or HUP), nothing was written (a sweep keeps what was done).";

#[derive(Subcommand)]
enum Command {
    /// Run a scenario many times, and its twin without the scheduled shocks beside it
    Run(run::Arguments),
    /// Say what the published patterns of one partnership tell about the numbers of a scenario
    Fit(fit::Arguments),
    /// No longer there: see `fit`
    #[command(hide = true, disable_help_flag = true)]
    Calibrate {
        #[arg(trailing_var_arg = true, allow_hyphen_values = true, hide = true)]
        _rest: Vec<String>,
    },
    /// Compare the published patterns with every shipped theory
    Patterns(patterns::Arguments),
    /// Compare a scenario with variants of it, as twins
    Compare(compare::Arguments),
    /// Run a plan: many rows of parameter values, so many runs of each
    Sweep(sweep::Arguments),
    /// Say what of a sweep is done, missing, failed or damaged
    Status(status::Arguments),
    /// Put the shards of a sweep together
    Merge(sweep::MergeArguments),
    /// Say which factors the outcomes of a complete sweep depend on
    Sensitivity(sensitivity::Arguments),
    /// List the built-in cases, or print one as a file to start from
    Cases(cases::Arguments),
    /// Check a scenario and say what is wrong with it
    Check(check::Arguments),
    /// Say what was understood of the data of a study, or write a run as a study would have coded it
    #[command(subcommand)]
    Data(data::Arguments),
    /// List every parameter with its range, default, meaning and source; or what partners may add
    Params(params::Arguments),
}

/// Runs the command that was asked for.
pub fn main() -> ExitCode {
    // `--seed -1` is a wrong number, not an unknown option.
    let command = Arguments::command().mut_subcommands(|one| one.allow_negative_numbers(true));
    let matches = command.try_get_matches();
    let arguments = match matches.and_then(|found| Arguments::from_arg_matches(&found)) {
        Ok(arguments) => arguments,
        Err(told) => return outcome::told_of_arguments(&told),
    };
    let run_cypress = || Command::Run(run::Arguments::parse_from(["run"]));
    let done = match arguments.command.unwrap_or_else(run_cypress) {
        Command::Run(arguments) => run::run(&arguments),
        Command::Fit(arguments) => fit::run(&arguments),
        Command::Calibrate { .. } => Err(outcome::Failure::BadInput(
            "`calibrate` is no more: it matched means of runs to one partnership, and its ranges did not hold the truth\n  help: `rppsim fit SCENARIO` says what the data tell about each number; `posterior = \"posterior.csv\"` in a scenario carries it".into(),
        )),
        Command::Patterns(arguments) => patterns::run(&arguments),
        Command::Compare(arguments) => compare::run(&arguments),
        Command::Sweep(arguments) => sweep::run(&arguments),
        Command::Status(arguments) => status::run(&arguments),
        Command::Merge(arguments) => sweep::merge(&arguments),
        Command::Sensitivity(arguments) => sensitivity::run(&arguments),
        Command::Cases(arguments) => cases::run(&arguments),
        Command::Check(arguments) => check::run(&arguments),
        Command::Data(arguments) => data::run(&arguments),
        Command::Params(arguments) => params::run(&arguments),
    };
    match done {
        Ok(found) => found.tell(arguments.json),
        Err(failure) => failure.tell(arguments.json),
    }
}
