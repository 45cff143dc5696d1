//! `rppsim params`: the table of parameters, or that of interventions.

use super::outcome::{Failure, print_line};
use clap::{Args, ValueEnum};
use rppsim::report::{intervention_table, parameter_table};

#[derive(Args)]
pub struct Arguments {
    /// List instead what partners may add to what they do, what it takes and what is assumed of it
    #[arg(long)]
    interventions: bool,
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
    let format = if arguments.json { Format::Json } else { arguments.format };
    let text = match (arguments.interventions, format) {
        (false, Format::Table) => parameter_table::text(),
        (false, Format::Csv) => parameter_table::csv(),
        (false, Format::Markdown) => parameter_table::markdown(),
        (false, Format::Json) => parameter_table::json(),
        (true, Format::Table) => intervention_table::text(),
        (true, Format::Csv) => intervention_table::csv(),
        (true, Format::Markdown) => intervention_table::markdown(),
        (true, Format::Json) => intervention_table::json(),
    };
    print_line(text.trim_end());
    Ok(())
}
