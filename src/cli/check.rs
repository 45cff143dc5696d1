//! `rppsim check FILE`: what is wrong with a scenario, or what is in it.

use super::asked::{is_no_plan, tell_left_out, tell_outside};
use super::outcome::{Failure, print_line};
use clap::Args;
use rppsim::scenario::{Nation, World};
use serde_json::json;

#[derive(Args)]
pub struct Arguments {
    /// The path of a scenario file, or a built-in case
    file: String,
    /// Change a value first: --set agenda.threshold=0.7 (may be repeated)
    #[arg(long, value_name = "KEY=TOML")]
    set: Vec<String>,
    /// Print a JSON object instead
    #[arg(long)]
    pub json: bool,
}

pub fn run(arguments: &Arguments) -> Result<(), Failure> {
    is_no_plan(&arguments.file)?;
    if let Some(nation) = Nation::open_with(&arguments.file, &arguments.set)? {
        return checked(arguments, &nation);
    }
    let scenario = World::open_with(&arguments.file, &arguments.set)?;
    let setup = scenario.template();
    let team = setup.seats.iter().filter(|seat| seat.team).count();
    let shocks: Vec<&str> = setup.shocks.iter().map(|shock| shock.name.as_str()).collect();
    let drawn: Vec<&str> = scenario.drawn().iter().map(|drawn| drawn.key.as_str()).collect();
    let organizations: Vec<&str> = setup.organizations.iter().map(|o| o.name.as_str()).collect();
    if arguments.json {
        let told = json!({
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
            "outside_fitted_sets": scenario.outside_its_sets(),
            "patterns": scenario.patterns.iter().map(|pattern| &pattern.name).collect::<Vec<_>>(),
        });
        print_line(&told.to_string());
        return Ok(());
    }
    let list = |names: &[&str]| if names.is_empty() { "none".into() } else { names.join(", ") };
    print_line(&format!("{}: no problems", arguments.file));
    print_line(&format!("  title          {}", scenario.title));
    print_line(&format!("  theory         {}", scenario.theory.word()));
    print_line(&format!("  months         {}", setup.calendar.months));
    print_line(&format!("  organizations  {}", list(&organizations)));
    print_line(&format!("  seats          {} ({team} on the team)", setup.seats.len()));
    print_line(&format!("  shocks         {}", list(&shocks)));
    print_line(&format!("  drawn a run    {}", list(&drawn)));
    print_line(&format!("  patterns       {}", scenario.patterns.len()));
    tell_left_out(scenario.beyond_horizon());
    tell_outside(&scenario.outside_its_sets());
    Ok(())
}

fn checked(arguments: &Arguments, nation: &Nation) -> Result<(), Failure> {
    let classes: Vec<&str> = nation.classes.iter().map(|class| class.name.as_str()).collect();
    let policies: Vec<&str> = nation.policies.iter().map(|policy| policy.name.as_str()).collect();
    let programmes: Vec<&str> = nation.programmes.iter().map(|p| p.name.as_str()).collect();
    if arguments.json {
        let told = json!({
            "ok": true, "name": nation.name, "title": nation.title, "months": nation.months,
            "partnerships": nation.partnerships(), "classes": classes,
            "policies": policies, "programmes": programmes,
            "beyond_horizon": nation.beyond_horizon(),
        });
        print_line(&told.to_string());
        return Ok(());
    }
    let list = |names: &[&str]| if names.is_empty() { "none".into() } else { names.join(", ") };
    print_line(&format!("{}: no problems", arguments.file));
    print_line(&format!("  title          {}", nation.title));
    print_line(&format!("  months         {}", nation.months));
    print_line(&format!("  partnerships   {}", nation.partnerships()));
    print_line(&format!("  classes        {}", list(&classes)));
    print_line(&format!("  policies       {}", list(&policies)));
    print_line(&format!("  programmes     {}", list(&programmes)));
    tell_left_out(nation.beyond_horizon());
    Ok(())
}
