//! The identity of a run: its seed, its number, and the number of its partnership.

use crate::streams::Streams;
use serde::{Deserialize, Serialize};

/// Which run this is: with the setup, all that its course depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Numbers")]
pub struct RunId {
    seed: u64,
    run: u64,
    partnership: u32,
}

impl RunId {
    /// How many partnerships a world can have: an address holds no more.
    pub const MOST_PARTNERSHIPS: u32 = 1 << 24;

    /// The first partnership of a run, by the seed of the experiment and the number of the run.
    pub fn new(seed: u64, run: u64) -> Self {
        RunId { seed, run, partnership: 0 }
    }

    /// A partnership of a world of many, by its number from 0; `None` from
    /// [`RunId::MOST_PARTNERSHIPS`] on.
    pub fn in_world(seed: u64, run: u64, partnership: u32) -> Option<Self> {
        let origin = RunId { seed, run, partnership };
        (partnership < RunId::MOST_PARTNERSHIPS).then_some(origin)
    }

    /// The seed of the experiment.
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// The number of the run, from 1.
    pub fn run(&self) -> u64 {
        self.run
    }

    /// The number of the partnership in its world, from 0.
    pub fn partnership(&self) -> u32 {
        self.partnership
    }

    /// The run's random streams.
    pub fn streams(&self) -> Streams {
        Streams::of(self.seed, self.run, self.partnership)
    }
}

/// An origin as it stands in a file.
#[derive(Deserialize)]
struct Numbers {
    seed: u64,
    run: u64,
    partnership: u32,
}

impl TryFrom<Numbers> for RunId {
    type Error = String;

    fn try_from(Numbers { seed, run, partnership }: Numbers) -> Result<Self, String> {
        RunId::in_world(seed, run, partnership)
            .ok_or(format!("partnership {partnership} is beyond the most that a world can have"))
    }
}
