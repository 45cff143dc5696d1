//! `rppsim params`: the table of parameters, or that of interventions.

use super::outcome::{Failure, Found};
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
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Table,
    Csv,
    Markdown,
    Json,
}

pub fn run(arguments: &Arguments) -> Result<Found, Failure> {
    let json = match arguments.interventions {
        false => parameter_table::json(),
        true => intervention_table::json(),
    };
    let text = match (arguments.interventions, arguments.format) {
        (_, Format::Json) => json.to_string(),
        (false, Format::Table) => parameter_table::text(),
        (false, Format::Csv) => parameter_table::csv(),
        (false, Format::Markdown) => parameter_table::markdown(),
        (true, Format::Table) => intervention_table::text(),
        (true, Format::Csv) => intervention_table::csv(),
        (true, Format::Markdown) => intervention_table::markdown(),
    };
    Found::new(json, text.trim_end())
}
