//! A cookbook: short programs, by task. All of them begin with `use rppsim::prelude::*;`.
//!
//! # A partnership of your own, in code
//!
//! What is not said has the value that it has in a file that does not say it.
//!
//! ```
//! use rppsim::prelude::*;
//!
//! let world = World::build(|w| {
//!     w.months(24);
//!     let district = w.organization("district", [("driver", 0.7), ("co-designer", 0.3)]);
//!     let partner = w.organization("partner", [("researcher", 0.8), ("vendor", 0.2)]);
//!     partner.works_for(district);
//!     w.profile("newcomer").conception(partner, [("vendor", 1.0)]).set("certainty", 2);
//!     w.seat(district, "director", Level::Director);
//!     w.seat(partner, "professor", Level::Lead);
//!     w.replace("director", 7, "newcomer");
//! })?;
//! std::fs::write(std::env::temp_dir().join("mine.toml"), world.to_toml())?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Other numbers
//!
//! ```
//! use rppsim::prelude::*;
//!
//! let eager = World::open_with("cypress", ["agenda.threshold=0.3", "calendar.months=36"])?;
//! let reluctant = eager.with([("agenda.threshold", 0.6)])?;
//! assert_eq!(reluctant.value("agenda.threshold"), Some(0.6));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # A measure of your own
//!
//! A closure is a measure wherever one of the catalogue is: here, in a sweep, or in a hypothesis.
//!
//! ```
//! use rppsim::prelude::*;
//!
//! let quiet_months = Measure::of_run("quiet_months", "months without role talk", "months", |run| {
//!     Some(run.meetings.iter().filter(|meeting| meeting.roles == 0).count() as f64)
//! })
//! .more_is_better();
//! let cypress = World::open("cypress")?;
//! let found = Worlds::of([&cypress.without_shocks(), &cypress])
//!     .runs(20)
//!     .measure(quiet_months)
//!     .compare()?;
//! assert_eq!(found.answer.pairs, 20);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # What no record holds
//!
//! A watcher hears every event and sees the whole partnership at the end of each month.
//!
//! ```
//! use rppsim::prelude::*;
//!
//! /// Counts refusals of demands.
//! #[derive(Default)]
//! struct Refusals(u32);
//! impl Watch for Refusals {
//!     fn event(&mut self, _: Moment, event: &Event) {
//!         self.0 += u32::from(matches!(event, Event::Refusal { .. }));
//!     }
//! }
//!
//! let worlds = Worlds::of([World::open("cypress")?]).runs(20);
//! let [refusals] = worlds.watched::<Refusals, 1>(|[(_, own)]| [Some(f64::from(own.0))])?;
//! println!("{:.2} refusals a run", refusals.mean());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Variants against one another
//!
//! The contrast of two variants costs nothing beside their contrasts with the base.
//!
//! ```
//! use rppsim::prelude::*;
//!
//! let variant = |name: &str, key: &str| {
//!     let world = World::open_with("cypress", [key]).expect("a known key");
//!     Variant { name: name.into(), world }
//! };
//! let variants = [
//!     variant("a welcome", "intervention.welcome.from=1"),
//!     variant("meetings of two hours", "meeting.mean_episodes=7"),
//! ];
//! let cypress = World::open("cypress")?;
//! let comparison = Comparison::on([measure::MONTHS_LOST], cypress, variants, 1)?.between(0, 1);
//! let found = comparison.answer(Pairs::Exactly(20), Stop::NEVER, |_| {})?;
//! println!("the first against the second: {:.2} months", found.estimates[2][0].mean());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Stop, and say how far it is
//!
//! ```
//! use rppsim::prelude::*;
//! use std::sync::atomic::{AtomicBool, Ordering};
//!
//! let (enough, mut done) = (AtomicBool::new(false), 0);
//! let cypress = World::open("cypress")?;
//! let calm = Variant { name: "calm".into(), world: cypress.without_shocks() };
//! let comparison = Comparison::on([measure::WORK], cypress, [calm], 1)?;
//! let stopped = comparison.answer(Pairs::Exactly(10_000), (&enough).into(), |_| {
//!     done += 1;
//!     enough.store(done >= 100, Ordering::Relaxed);
//! });
//! assert!(stopped.is_err() && done < 10_000);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
