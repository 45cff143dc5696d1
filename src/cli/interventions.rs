//! `rppsim interventions`: what partners may add to what they do.

use super::outcome::{Failure, print_line};
use clap::Args;
use rppsim::report::comparison;
use serde_json::json;

#[derive(Args)]
pub struct Arguments {
    /// Print a JSON list instead
    #[arg(long)]
    pub json: bool,
}

pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    let rows = comparison::interventions();
    if arguments.json {
        let told = rows.iter().map(|[kind, gives, key, range, staff, agenda, source]| {
            json!({
                "kind": kind,
                "gives": gives,
                "parameter": key,
                "assumed": range,
                "staff": staff,
                "agenda": agenda,
                "source": source,
            })
        });
        print_line(&json!(told.collect::<Vec<_>>()).to_string());
        return Ok(());
    }
    for [kind, gives, key, range, staff, agenda, source] in rows {
        print_line(&format!(
            "{kind:<20} {gives}\n{:20} strength: {key}, assumed {range}\n{:20} takes: {staff} of the staff time for joint work, {agenda} of the meetings, unless told otherwise\n{:20} source: {source}\n",
            "", "", ""
        ));
    }
    print_line(
        "Off unless a scenario has it: [intervention.NAME] with kind, from, until, staff, agenda, price_once,\nprice_month, price_occasion. No effect size is published for any of them.",
    );
    Ok(())
}
