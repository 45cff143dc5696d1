//! `rppsim check FILE`: what is wrong with a scenario, or what is in it.

use super::asked::{is_no_plan, tell_left_out, tell_outside};
use super::outcome::{Failure, Found};
use clap::Args;
use rppsim::scenario::{Nation, World};
use serde_json::{Value, json};

#[derive(Args)]
pub struct Arguments {
    /// The path of a scenario file, or a built-in case
    file: String,
    /// Change a value first: --set agenda.threshold=0.7 (may be repeated)
    #[arg(long, value_name = "KEY=TOML")]
    set: Vec<String>,
}

pub fn run(arguments: &Arguments) -> Result<Found, Failure> {
    is_no_plan(&arguments.file)?;
    let (json, rows) = match Nation::open_with(&arguments.file, &arguments.set)? {
        Some(nation) => of_nation(&nation),
        None => of_world(&World::open_with(&arguments.file, &arguments.set)?),
    };
    let rows = rows.into_iter().map(|(what, value)| format!("\n  {what:<14} {value}"));
    Found::new(json, format!("{}: no problems{}", arguments.file, rows.collect::<String>()))
}

/// What is in it, for programs, and by row for people.
type Contents = (Value, Vec<(&'static str, String)>);

fn list(names: &[&str]) -> String {
    if names.is_empty() { "none".into() } else { names.join(", ") }
}

fn of_world(scenario: &World) -> Contents {
    let setup = scenario.template();
    let team = setup.seats.iter().filter(|seat| seat.team).count();
    let shocks: Vec<&str> = setup.shocks.iter().map(|shock| shock.name.as_str()).collect();
    let drawn: Vec<&str> = scenario.drawn().iter().map(|drawn| drawn.key.as_str()).collect();
    let organizations: Vec<&str> = setup.organizations.iter().map(|o| o.name.as_str()).collect();
    tell_left_out(scenario.beyond_horizon());
    tell_outside(&scenario.outside_its_posterior());
    let json = json!({
        "ok": true,
        "name": scenario.name,
        "title": scenario.title,
        "theory": scenario.theory,
        "months": setup.calendar.months,
        "organizations": organizations,
        "seats": setup.seats.len(),
        "team_seats": team,
        "shocks": shocks,
        "drawn": drawn,
        "beyond_horizon": scenario.beyond_horizon(),
        "outside_posterior": scenario.outside_its_posterior(),
        "patterns": scenario.patterns.iter().map(|pattern| &pattern.name).collect::<Vec<_>>(),
    });
    let rows = vec![
        ("title", scenario.title.clone()),
        ("theory", scenario.theory.word().to_owned()),
        ("months", setup.calendar.months.to_string()),
        ("organizations", list(&organizations)),
        ("seats", format!("{} ({team} on the team)", setup.seats.len())),
        ("shocks", list(&shocks)),
        ("drawn a run", list(&drawn)),
        ("patterns", scenario.patterns.len().to_string()),
    ];
    (json, rows)
}

fn of_nation(nation: &Nation) -> Contents {
    let classes: Vec<&str> = nation.classes.iter().map(|class| class.name.as_str()).collect();
    let policies: Vec<&str> = nation.policies.iter().map(|policy| policy.name.as_str()).collect();
    let programmes: Vec<&str> = nation.programmes.iter().map(|p| p.name.as_str()).collect();
    tell_left_out(nation.beyond_horizon());
    let json = json!({
        "ok": true, "name": nation.name, "title": nation.title, "months": nation.months,
        "partnerships": nation.partnerships(), "classes": classes,
        "policies": policies, "programmes": programmes,
        "beyond_horizon": nation.beyond_horizon(),
    });
    let rows = vec![
        ("title", nation.title.clone()),
        ("months", nation.months.to_string()),
        ("partnerships", nation.partnerships().to_string()),
        ("classes", list(&classes)),
        ("policies", list(&policies)),
        ("programmes", list(&programmes)),
    ];
    (json, rows)
}
