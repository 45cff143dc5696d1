//! A tutorial: from a first run to a tested claim.
//!
//! # 1. One run
//!
//! A [`World`](crate::scenario::World) is opened from a built-in case or a file. A run is known by
//! its seed and its number, and is the same wherever it is run.
//!
//! ```
//! use rppsim::prelude::*;
//!
//! let cypress = World::open("cypress")?;
//! let run = cypress.run(RunId::new(1, 1))?;
//! println!("{} meetings were held, and {} projects were completed", run.meetings.len(), run.projects);
//! println!("share of the talk that was about roles: {:?}", run.role_share(WHOLE));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! One run is one partnership: chance has a large part in it. What the model says is found in many.
//!
//! # 2. Many runs
//!
//! [`Worlds`](crate::worlds::Worlds) lives a world many times, on all processors, and gives means
//! with their Monte-Carlo error.
//!
//! ```
//! use rppsim::prelude::*;
//!
//! let [share, work] = Worlds::of([World::open("cypress")?])
//!     .runs(50)
//!     .means(|[run]| [run.role_share(WHOLE), run.work()])?;
//! let (low, high) = share.interval().expect("more than one run");
//! println!("share {:.3} (95 % interval {low:.3} to {high:.3}), work {:.1}", share.mean(), work.mean());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # 3. What did the newcomers do?
//!
//! The same runs, without the newcomers. Run *k* of both worlds has the same chances, so that they
//! differ only by what the newcomers brought: far fewer runs are needed than between independent
//! worlds.
//!
//! ```
//! use rppsim::prelude::*;
//!
//! let cypress = World::open("cypress")?;
//! let found = Worlds::of([&cypress.without_shocks(), &cypress])
//!     .runs(20)
//!     .measure(measure::MONTHS_LOST)
//!     .measure(measure::ROLE_SHARE)
//!     .compare()?;
//! println!("{found}");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Three uncertainties stand beside the mean: how far more runs could move it, how far it moves
//! over the numbers that the data leave open (with the probability of its sign), and where nine of ten
//! single pairs of partnerships lie.
//!
//! # 4. A claim, and what would speak against it
//!
//! A [`Hypothesis`](crate::worlds::hypothesis::Hypothesis) says what is expected of a difference.
//! It *holds* in this model if the interval lies where the claim says, *fails* if it lies where the
//! claim cannot be true, and is *undecided* otherwise.
//!
//! ```
//! use rppsim::prelude::*;
//!
//! let claim = Hypothesis {
//!     claim: "A welcome of newcomers saves work.".into(),
//!     measure: measure::MONTHS_LOST.into(),
//!     treatment: World::open_with("cypress", ["intervention.welcome.from=1"])?,
//!     control: World::open("cypress")?,
//!     expected: Expected::Less,
//! };
//! println!("{}", claim.test(Pairs::Exactly(20), 1)?.finding);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Look for a world in which the claim must fail. If there is none, the claim is about arithmetic.
//!
//! # 5. Another theory
//!
//! Every rule that a rival may put differently is a method of
//! [`Theory`](crate::model::Theory). What you do not override stays as it is. A world
//! [under](crate::scenario::World::under) your theory goes through everything that others do: runs,
//! comparisons, hypotheses, sweeps and searches.
//!
//! ```
//! use rppsim::prelude::*;
//!
//! /// A settlement teaches nobody anything.
//! struct Unmoved;
//! impl Theory for Unmoved {
//!     fn lesson_of_settlement(&self, _: &Settlement) -> f64 {
//!         0.0
//!     }
//! }
//!
//! let cypress = World::open("cypress")?;
//! let found = Worlds::of([&cypress, &cypress.under(Unmoved)])
//!     .runs(20)
//!     .measure(measure::ROLE_SHARE)
//!     .compare()?;
//! println!("{found}");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The [`cookbook`](crate::cookbook) has more programs, by task.
