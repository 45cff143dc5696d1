//! Does patience cost a partnership anything? A world built in code, a theory and a measure of
//! one's own, and a thousand runs of both worlds, in 25 lines.
//!
//! `cargo run --release --example a_theory_of_your_own`

use rppsim::prelude::*;

/// People raise roles only when they can bear it no longer.
struct Patience;
impl Theory for Patience {
    fn raises_roles(&self, tension: f64, agenda: &Agenda) -> f64 {
        if tension > agenda.threshold { 1.0 } else { 0.0 }
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let world = World::build(|w| {
        let district = w.organization("district", [("driver", 0.7), ("co-designer", 0.3)]);
        let partner = w.organization("partner", [("researcher", 0.8), ("vendor", 0.2)]);
        w.profile("newcomer").conception(partner, [("vendor", 1.0)]).set("certainty", 2);
        w.seat(district, "director", Level::Director);
        w.seat(partner, "professor", Level::Lead);
        w.replace("director", 7, "newcomer");
    })?;
    let worlds = Worlds::of([&world.without_shocks(), &world]).theory(Patience).runs(1000);
    let projects = |run: &RunRecord| Some(f64::from(run.projects));
    let projects = Measure::of_run("projects", "projects completed", "number", projects);
    println!("Result: {}", worlds.measure(measure::MONTHS_LOST).measure(projects).compare()?);
    Ok(())
}
