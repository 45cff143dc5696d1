//! A first partnership: built in code, run for a year and a half, told month by month.
//!
//! A school district and a university have met for years when a director leaves. Her successor
//! takes the university for a vendor, and expects a thought partner. Watch what the meetings are
//! about, and what becomes of the work.
//!
//! `cargo run --release --example first_partnership`

use rppsim::measure::meetings::MeetingLog;
use rppsim::model::RunId;
use rppsim::model::setup::{Level, OrganizationSetup, Start};
use rppsim::model::{Partnership, Setup, Standard};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut world = Setup::of(vec![
        OrganizationSetup::playing("district", &[("driver", 0.6), ("co-designer", 0.4)])?,
        OrganizationSetup::playing(
            "university",
            &[("researcher", 0.5), ("PD provider", 0.3), ("thought partner", 0.2), ("vendor", 0.0)],
        )?,
    ]);
    world.calendar.months = 18;
    world.organizations[1].works_for = vec![0];
    let core = world.profile("core", 40.0);
    let newcomer = world.profile("newcomer", 1.5);
    let university = &world.organizations[1];
    let takes_it_for = university.mix(&[("vendor", 0.7), ("researcher", 0.3)]);
    let expects = university.mix(&[("thought partner", 0.8), ("PD provider", 0.2)]);
    let about = &mut world.profiles[newcomer].about[1];
    about.conception = Start::at(takes_it_for.ok_or("no such role")?);
    about.expectation = Start::at(expects.ok_or("no such role")?);
    world.profiles[newcomer].status = Some(3.0);

    let director = world.seat("director", 0, Level::Director, core);
    for (name, organization) in
        [("specialist", 0), ("principal", 0), ("professor", 1), ("postdoc", 1)]
    {
        world.seat(name, organization, Level::Staff, core);
    }
    world.newcomer("a new director", 5, director, newcomer);

    let mut partnership = Partnership::new(world, RunId::new(2026, 1))?;
    let mut meetings = MeetingLog::default();
    println!("month  episodes (R roles, w work, . other)   work so far   trust");
    while partnership.months() < partnership.setup().calendar.months {
        partnership.month(&Standard, &mut meetings)?;
        let month = partnership.months();
        let coded = meetings.0.iter().filter(|m| m.month == month).map(|m| {
            let times = |mark: &str, count: u32| mark.repeat(count as usize);
            times("R", m.roles) + &times("w", m.work) + &times(".", m.other)
        });
        let team: Vec<usize> = partnership.team().map(|(seat, _)| seat).collect();
        println!(
            "{month:>5}  {:<36}  {:>11.1}  {:>6.2}{}",
            coded.collect::<String>(),
            partnership.ledger().done,
            partnership.mean_trust(&team),
            if month == 5 { "   <- a new director" } else { "" },
        );
    }
    let coded: (u32, u32) =
        meetings.0.iter().fold((0, 0), |(roles, all), m| (roles + m.roles, all + m.episodes));
    println!(
        "\nResult: in this one run {:.1} units of work were done, and {} of {} episodes were about roles.",
        partnership.ledger().done,
        coded.0,
        coded.1
    );
    Ok(())
}
