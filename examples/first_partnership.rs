//! A first partnership: built in code, run for a year and a half, told month by month.
//!
//! A school district and a university have met for years when a director leaves. Her successor
//! takes the university for a vendor, and expects a thought partner. Watch what the meetings are
//! about, and what becomes of the work.
//!
//! `cargo run --release --example first_partnership`

use rppsim::ids::{Month, SeatId};
use rppsim::measure::meetings::MeetingLog;
use rppsim::model::RunId;
use rppsim::model::setup::Level;
use rppsim::model::{Partnership, Standard};
use rppsim::scenario::World;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let world = World::build(|w| {
        w.months(18);
        let district = w.organization("district", [("driver", 0.6), ("co-designer", 0.4)]);
        let roles =
            [("researcher", 0.5), ("PD provider", 0.3), ("thought partner", 0.2), ("vendor", 0.0)];
        let university = w.organization("university", roles).works_for(district);
        district.set("endurance", 0.99);
        university.set("endurance", 0.99);
        w.profile("member").set("certainty", 40);
        w.profile("newcomer")
            .conception(university, [("vendor", 0.7), ("researcher", 0.3)])
            .expectation(university, [("thought partner", 0.8), ("PD provider", 0.2)])
            .set("certainty", 1.5)
            .set("status", 3);

        w.seat(district, "director", Level::Director);
        for (name, organization) in [
            ("specialist", district),
            ("principal", district),
            ("professor", university),
            ("postdoc", university),
        ] {
            w.seat(organization, name, Level::Staff);
        }
        w.replace("director", 5, "newcomer");
    })?;
    let run = RunId::new(2026, 1);
    let mut partnership = Partnership::new(world.setup(run), run)?;
    let mut meetings = MeetingLog::default();
    println!("month  episodes (R roles, w work, . other)   work so far   trust");
    while partnership.last_month() < Month(18) {
        partnership.month(&Standard, &mut meetings)?;
        let month = partnership.last_month();
        let coded = meetings.0.iter().filter(|m| m.month == month).map(|m| {
            let times = |mark: &str, count: u32| mark.repeat(count as usize);
            times("R", m.roles) + &times("w", m.work) + &times(".", m.other)
        });
        let team: Vec<SeatId> = partnership.team().map(|(seat, _)| seat).collect();
        println!(
            "{month:>5}  {:<36}  {:>11.1}  {:>6.2}{}",
            coded.collect::<String>(),
            partnership.ledger().done,
            partnership.mean_trust(&team),
            if month == Month(5) { "   <- a new director" } else { "" },
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
