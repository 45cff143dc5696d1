//! `rppsim cases`: the built-in cases, a line each.

use super::outcome::{Failure, print_line};
use clap::Args;
use rppsim::scenario::{Nation, World, built_in};
use serde_json::{Value, json};

#[derive(Args)]
pub struct Arguments {
    /// Print a JSON list instead
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
    let cases = all()?;
    if arguments.json {
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
        if let Some(Nation { title, summary, .. }) = Nation::open(name, &[])? {
            cases.push(Listed { name, title, summary, design: None });
        }
    }
    Ok(cases)
}
