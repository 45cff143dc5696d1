//! `rppsim case NAME`: a built-in case as a file to start from, or what supports it.

use super::outcome::{Failure, print_line};
use clap::Args;
use rppsim::scenario::support::{Provenances, Support};
use rppsim::scenario::{Nation, World, built_in, document};
use serde_json::json;

#[derive(Args)]
pub struct Arguments {
    /// Its name (see `rppsim cases`)
    name: String,
    /// Write out everything it inherits
    #[arg(long)]
    resolved: bool,
    /// Print instead what its source states, and what supports everything else
    #[arg(long, conflicts_with = "resolved")]
    provenance: bool,
    /// Print a JSON object instead: with the text, or with both lists
    #[arg(long)]
    pub json: bool,
}

pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    let name = arguments.name.as_str();
    if let (Some(text), Some(nation)) = (built_in::nation_text(name), Nation::open(name, &[])?) {
        if arguments.provenance {
            return Err(Failure::BadInput(format!(
                "`{name}` is a world of many partnerships, and `--provenance` is of one\n  help: its file says where its numbers come from: rppsim case {name}"
            )));
        }
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
    let resolved = World::open(name)?;
    if arguments.provenance {
        supported(arguments, &resolved);
        return Ok(());
    }
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

/// What is stated, and then the rest by its support.
fn supported(arguments: &Arguments, case: &World) {
    let both = case.provenances();
    let extends = built_in::extended(&case.name);
    if arguments.json {
        let told = json!({
            "name": case.name, "title": case.title, "extends": extends,
            "stated": both.stated, "rest": both.rest,
        });
        return print_line(&told.to_string());
    }
    print_line(&case.title);
    print_line(&case.summary);
    if !extends.is_empty() {
        print_line(&format!(
            "What it does not say is as in {}.",
            extends.join(", and there as in ")
        ));
    }
    print_line("");
    print_stated(&both);
    for (word, supports) in both.rest_by_support() {
        let heading = match word {
            "stated" => "stated of a design or another case, and inherited",
            other => other,
        };
        print_line("");
        print_line(&heading.to_uppercase());
        print_grouped(&supports);
    }
    print_line("");
    print_line(
        "All other numbers: the defaults of `rppsim params`, which says where each comes from.",
    );
}

fn print_stated(both: &Provenances) {
    print_line("STATED");
    if both.stated.is_empty() {
        print_line("  no statement of a source is listed by name");
    }
    for carried in &both.stated {
        let statement = &carried.statement;
        print_line(&format!("  {}", statement.says));
        print_line(&format!("      {}", statement.source));
        for (key, value) in statement.carried_by.iter().zip(&carried.values) {
            print_line(&format!("      {key} = {value}"));
        }
        if statement.carried_by.is_empty() {
            print_line("      (nothing in the model carries it)");
        }
    }
}

/// Those of one file and one source together, in the order of the scenario.
fn print_grouped(supports: &[&Support]) {
    let mut groups: Vec<(&str, &str, Vec<&Support>)> = Vec::new();
    for support in supports {
        let (file, source) = (support.written_in.as_str(), support.source.as_str());
        match groups.iter_mut().find(|group| (group.0, group.1) == (file, source)) {
            Some(group) => group.2.push(support),
            None => groups.push((file, source, vec![support])),
        }
    }
    for (file, source, supports) in groups {
        let source = if source.is_empty() { "nothing is said of its source" } else { source };
        print_line(&format!("  {source}  [{file}]"));
        for support in supports {
            print_line(&format!("      {} = {}", support.key, support.value));
        }
    }
}
