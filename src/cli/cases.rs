//! `rppsim cases`: the built-in cases, a line each; or one of them, as a file to start from or with
//! what supports it.

use super::outcome::{Failure, print_line};
use clap::Args;
use rppsim::scenario::support::{Provenances, Support};
use rppsim::scenario::{Nation, World, built_in, document};
use serde_json::{Value, json};

#[derive(Args)]
pub struct Arguments {
    /// Print this case as a file to start from, instead of the list
    name: Option<String>,
    /// Write out everything that the case inherits
    #[arg(long, requires = "name")]
    resolved: bool,
    /// Print what the case's source states, and what supports everything else
    #[arg(long, requires = "name", conflicts_with = "resolved")]
    provenance: bool,
    /// Print JSON instead: the list, or one case with its text or with what supports it
    #[arg(long)]
    pub json: bool,
}

/// A case as it is listed.
struct Listed {
    name: &'static str,
    title: String,
    summary: String,
    /// Its design, if it is a partnership that a source names.
    design: Option<&'static str>,
}

pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    match &arguments.name {
        Some(name) => one(arguments, name),
        None => list(arguments.json),
    }
}

fn list(as_json: bool) -> Result<(), Failure> {
    let cases = all()?;
    if as_json {
        let told: Vec<Value> = cases.iter().map(|case| json!({ "name": case.name, "title": case.title, "summary": case.summary, "design": case.design })).collect();
        print_line(&json!(told).to_string());
        return Ok(());
    }
    let widest = cases.iter().map(|case| case.name.len()).max().unwrap_or(0);
    let groups = [
        ("Partnerships that the sources name: design-based", Some("design-based")),
        ("Partnerships that the sources name: research alliances", Some("alliance")),
        ("Partnerships that the sources name: networks", Some("network")),
        ("Designs, turnover, and worlds of many", None),
    ];
    for (nth, (heading, design)) in groups.into_iter().enumerate() {
        if nth > 0 {
            print_line("");
        }
        print_line(heading);
        for case in cases.iter().filter(|case| case.design == design) {
            print_line(&format!("  {:<widest$}  {}", case.name, case.summary));
        }
    }
    Ok(())
}

fn all() -> Result<Vec<Listed>, Failure> {
    let mut cases = Vec::new();
    for name in built_in::names() {
        let World { title, summary, .. } = World::open(name)?;
        let named = built_in::partnerships().any(|partnership| partnership == name);
        let design = named.then(|| built_in::design(name));
        cases.push(Listed { name, title, summary, design });
    }
    for name in built_in::nations() {
        if let Some(Nation { title, summary, .. }) = Nation::open(name)? {
            cases.push(Listed { name, title, summary, design: None });
        }
    }
    Ok(cases)
}

fn one(arguments: &Arguments, name: &str) -> Result<(), Failure> {
    if let (Some(text), Some(nation)) = (built_in::nation_text(name), Nation::open(name)?) {
        if arguments.provenance {
            return Err(Failure::BadInput(format!(
                "`{name}` is a world of many partnerships, and `--provenance` is of one\n  help: its file says where its numbers come from: rppsim cases {name}"
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
