//! rppsim simulates research-practice partnerships: a school district's leaders and a research
//! partner who meet monthly, hold expectations about each other's roles, and renegotiate them when
//! leaders change.
//!
//! Two types do most of the work. A [`World`](scenario::World) is a partnership as it might be:
//! who is there, what they hold, what happens to them. [`Worlds`](worlds::Worlds) lives several of
//! them side by side, with the same chances, so that they differ only by consequences.
//!
//! ```
//! use rppsim::prelude::*;
//!
//! /// A theory of your own: people raise roles only when they can bear it no longer.
//! struct Patience;
//! impl Theory for Patience {
//!     fn raises_roles(&self, tension: f64, agenda: &Agenda) -> f64 {
//!         if tension > agenda.threshold { 1.0 } else { 0.0 }
//!     }
//! }
//!
//! let world = World::build(|w| {
//!     let district = w.organization("district", [("driver", 0.7), ("co-designer", 0.3)]);
//!     let partner = w.organization("partner", [("researcher", 0.8), ("vendor", 0.2)]);
//!     w.profile("newcomer").conception(partner, [("vendor", 1.0)]);
//!     w.seat(district, "director", Level::Director);
//!     w.seat(partner, "professor", Level::Lead);
//!     w.replace("director", 7, "newcomer");
//! })?;
//! let found = Worlds::of([&world.without_shocks(), &world])
//!     .theory(Patience)
//!     .runs(20)
//!     .measure(measure::MONTHS_LOST)
//!     .compare()?;
//! println!("{found}");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Where to begin
//!
//! - A run: [`World::run`](scenario::World::run).
//! - A comparison: [`Worlds::compare`](worlds::Worlds::compare).
//! - A theory of your own: [`Theory`](model::Theory).
//! - A measure of your own: [`Measure`](measure::Measure).
//! - [`tutorial`]: from a first run to a tested claim, in order.
//! - [`cookbook`]: short programs, by task.
//!
//! # The map
//!
//! | room | what it holds |
//! | --- | --- |
//! | [`prelude`] | what most programs use |
//! | [`model`] | the theory: what may be (`setup`), what is, and the rules by which a month happens |
//! | [`measure`] | what is kept of a run, and the catalogue of measures |
//! | [`scenario`] | a file, or a program, becomes a checked world |
//! | [`worlds`] | worlds side by side: twins, comparisons, hypotheses, statistics |
//! | [`sweep`] | many worlds in rows: designs, plans, sensitivity |
//! | [`fit`] | numbers of a world that meet published patterns |
//! | [`nation`] | many partnerships at once |
//! | [`store`] | results in chunks on disk, which survive being killed |
//! | [`report`] | folders, tables, pages and all words; `plot` (feature `plots`) draws pictures |
//! | [`ids`], [`roles`], [`parameters`], [`samplers`], [`streams`] | the ground floor |
//!
//! # Features
//!
//! `cli` (default) builds the program `rppsim`; `plots` (default) draws pictures; `parquet` writes
//! the large tables of a sweep as Parquet, too. Without them the library is the model, worlds,
//! sweeps and tables, with few dependencies.

pub mod cookbook;
pub mod data;
pub mod fit;
pub mod ids;
pub mod measure;
pub mod model;
pub mod nation;
pub mod parameters;
#[cfg(feature = "plots")]
pub mod plot;
pub mod prelude;
pub mod report;
pub mod roles;
pub mod samplers;
pub mod scenario;
pub mod store;
pub mod streams;
pub mod sweep;
pub mod tutorial;
pub mod worlds;

/// The code of the documents is compiled and run with the other examples.
#[cfg(doctest)]
mod documents {
    #[doc = include_str!("../README.md")]
    mod readme {}
    #[doc = include_str!("../docs/for-scholars.md")]
    mod for_scholars {}
}
