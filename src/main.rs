//! The command line of `rppsim`; see [`rppsim`] for the library.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::main()
}
