//! `rppsim case NAME`: a built-in case as a file to start from.

use super::outcome::{Failure, print_line};
use clap::Args;
use rppsim::scenario::{Nation, Scenario, built_in, document};
use serde_json::json;

#[derive(Args)]
pub struct Arguments {
    /// Its name (see `rppsim cases`)
    name: String,
    /// Write out everything it inherits
    #[arg(long)]
    resolved: bool,
    /// Print a JSON object with the text instead
    #[arg(long)]
    pub json: bool,
}

pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    let name = arguments.name.as_str();
    if let (Some(text), Some(nation)) = (built_in::nation_text(name), Nation::open(name, &[])?) {
        let text = if arguments.resolved { nation.to_toml() } else { text.to_owned() };
        print(arguments, &nation.title, &text);
        return Ok(());
    }
    let Some(text) = built_in::text(name) else {
        let names: Vec<&str> = built_in::names().chain(built_in::nations()).collect();
        let near = document::nearest(name, names.iter().copied());
        let near = near.map_or(String::new(), |near| format!("\n  help: did you mean `{near}`?"));
        return Err(Failure::BadInput(format!(
            "there is no built-in case called `{name}`\n  allowed: {}{near}",
            names.join(", ")
        )));
    };
    let resolved = Scenario::open(name, &[])?;
    let text = if arguments.resolved { resolved.to_toml() } else { text.to_owned() };
    print(arguments, &resolved.title, &text);
    Ok(())
}

fn print(arguments: &Arguments, title: &str, text: &str) {
    if arguments.json {
        let told = json!({ "name": arguments.name, "title": title, "text": text });
        print_line(&told.to_string());
    } else {
        print_line(text.trim_end());
    }
}
