//! `rppsim cases`: the built-in cases, a line each.

use super::outcome::{Failure, print_line};
use clap::Args;
use rppsim::scenario::{Nation, Scenario, built_in};
use serde_json::json;

#[derive(Args)]
pub struct Arguments {
    /// Print a JSON list instead
    #[arg(long)]
    pub json: bool,
}

pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    let mut listed = Vec::new();
    let widest = built_in::names().map(str::len).max().unwrap_or(0);
    for name in built_in::names() {
        let case = Scenario::open(name, &[])?;
        if arguments.json {
            listed.push(json!({ "name": name, "title": case.title, "summary": case.summary }));
        } else {
            print_line(&format!("{name:<widest$}  {}", case.summary));
        }
    }
    for name in built_in::nations() {
        let Some(nation) = Nation::open(name, &[])? else { continue };
        if arguments.json {
            let (title, summary) = (&nation.title, &nation.summary);
            listed.push(json!({ "name": name, "title": title, "summary": summary }));
        } else {
            print_line(&format!("{name:<10} {}", nation.summary));
        }
    }
    if arguments.json {
        print_line(&json!(listed).to_string());
    }
    Ok(())
}
