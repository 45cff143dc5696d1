//! `rppsim params`: the table of parameters.

use super::outcome::{Failure, print_line};
use clap::{Args, ValueEnum};
use rppsim::report::parameter_table;

#[derive(Args)]
pub struct Arguments {
    /// How to print it
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    /// The same as --format json
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Table,
    Csv,
    Markdown,
    Json,
}

impl Arguments {
    pub fn wants_json(&self) -> bool {
        self.json || self.format == Format::Json
    }
}

pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    let text = match arguments.format {
        _ if arguments.wants_json() => parameter_table::json(),
        Format::Csv => parameter_table::csv(),
        Format::Markdown => parameter_table::markdown(),
        _ => parameter_table::text(),
    };
    print_line(text.trim_end());
    Ok(())
}
