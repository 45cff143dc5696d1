//! `rppsim cases`: the built-in cases, a line each; or one of them, as a file to start from or with
//! what supports it.

use super::outcome::{Failure, Found};
use clap::Args;
use rppsim::scenario::support::{Provenances, Support};
use rppsim::scenario::{Nation, World, built_in, document};
use serde_json::json;

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
}

/// A case as it is listed.
struct Listed {
    name: &'static str,
    title: String,
    summary: String,
    /// Its design, if it is a partnership that a source names.
    design: Option<&'static str>,
}

pub fn run(arguments: &Arguments) -> Result<Found, Failure> {
    match &arguments.name {
        Some(name) => one(arguments, name),
        None => list(&all()?),
    }
}

fn list(cases: &[Listed]) -> Result<Found, Failure> {
    let json = |case: &Listed| json!({ "name": case.name, "title": case.title, "summary": case.summary, "design": case.design });
    let widest = cases.iter().map(|case| case.name.len()).max().unwrap_or(0);
    let groups = [
        ("Partnerships that the sources name: design-based", Some("design-based")),
        ("Partnerships that the sources name: research alliances", Some("alliance")),
        ("Partnerships that the sources name: networks", Some("network")),
        ("Designs, turnover, and worlds of many", None),
    ];
    let groups = groups.map(|(heading, design)| {
        let of_it = cases.iter().filter(|case| case.design == design);
        let line = |case: &Listed| format!("\n  {:<widest$}  {}", case.name, case.summary);
        format!("{heading}{}", of_it.map(line).collect::<String>())
    });
    Found::new(cases.iter().map(json).collect(), groups.join("\n\n"))
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

fn one(arguments: &Arguments, name: &str) -> Result<Found, Failure> {
    let whole = |title: &str, text: &str| {
        Found::new(json!({ "name": name, "title": title, "text": text }), text.trim_end())
    };
    if let (Some(text), Some(nation)) = (built_in::nation_text(name), Nation::open(name)?) {
        if arguments.provenance {
            return Err(Failure::BadInput(format!(
                "`{name}` is a world of many partnerships, and `--provenance` is of one\n  help: its file says where its numbers come from: rppsim cases {name}"
            )));
        }
        let resolved = arguments.resolved.then(|| nation.to_toml());
        return whole(&nation.title, resolved.as_deref().unwrap_or(text));
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
    let case = World::open(name)?;
    if arguments.provenance {
        return supported(&case);
    }
    let resolved = arguments.resolved.then(|| case.to_toml());
    whole(&case.title, resolved.as_deref().unwrap_or(text))
}

/// What is stated, and then the rest by its support.
fn supported(case: &World) -> Result<Found, Failure> {
    let both = case.provenances();
    let extends = built_in::extended(&case.name);
    let json = json!({
        "name": case.name, "title": case.title, "extends": extends,
        "stated": both.stated, "rest": both.rest,
    });
    let mut lines = vec![case.title.clone(), case.summary.clone()];
    if !extends.is_empty() {
        let chain = extends.join(", and there as in ");
        lines.push(format!("What it does not say is as in {chain}."));
    }
    lines.push(String::new());
    stated(&both, &mut lines);
    for (word, supports) in both.rest_by_support() {
        let heading = match word {
            "stated" => "stated of a design or another case, and inherited",
            other => other,
        };
        lines.extend([String::new(), heading.to_uppercase()]);
        grouped(&supports, &mut lines);
    }
    lines.push(
        "\nAll other numbers: the defaults of `rppsim params`, which says where each comes from."
            .into(),
    );
    Found::new(json, lines.join("\n"))
}

fn stated(both: &Provenances, lines: &mut Vec<String>) {
    lines.push("STATED".into());
    if both.stated.is_empty() {
        lines.push("  no statement of a source is listed by name".into());
    }
    for carried in &both.stated {
        let statement = &carried.statement;
        lines.push(format!("  {}\n      {}", statement.says, statement.source));
        let values = statement.carried_by.iter().zip(&carried.values);
        lines.extend(values.map(|(key, value)| format!("      {key} = {value}")));
        if statement.carried_by.is_empty() {
            lines.push("      (nothing in the model carries it)".into());
        }
    }
}

/// Those of one file and one source together, in the order of the scenario.
fn grouped(supports: &[&Support], lines: &mut Vec<String>) {
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
        lines.push(format!("  {source}  [{file}]"));
        lines.extend(supports.iter().map(|s| format!("      {} = {}", s.key, s.value)));
    }
}
