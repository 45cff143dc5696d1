//! A shard: the part of the chunks that one store holds.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// The largest number of shards allowed.
pub const MOST_SHARDS: u32 = 100_000;

/// Shard `number` of `of`, from 1: it holds the chunks whose remainder by `of` is `number` − 1.
/// Written `number/of`, such as `3/8`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Shard {
    number: u32,
    of: u32,
}

impl Shard {
    /// All chunks.
    pub const WHOLE: Shard = Shard { number: 1, of: 1 };

    /// Shard `number` of `of`.
    ///
    /// # Errors
    /// If there is no such shard; the text says why.
    pub fn new(number: u32, of: u32) -> Result<Shard, String> {
        if of > MOST_SHARDS {
            return Err(format!("{of} shards are too many; at most {MOST_SHARDS} are allowed"));
        }
        if of < 1 {
            return Err(format!("there is no shard {number}/{of}: there is at least one, 1/1"));
        }
        if number < 1 || number > of {
            return Err(format!("there is no shard {number}/{of}; shards are 1/{of} to {of}/{of}"));
        }
        Ok(Shard { number, of })
    }

    /// Its number, from 1.
    pub fn number(self) -> u32 {
        self.number
    }

    /// The number of shards.
    pub fn of(self) -> u32 {
        self.of
    }

    /// Whether it holds a chunk.
    pub fn holds(self, chunk: u64) -> bool {
        chunk % u64::from(self.of) == u64::from(self.number - 1)
    }

    /// The chunks it holds out of `total`, in order.
    pub fn chunks(self, total: u64) -> impl Iterator<Item = u64> + use<> {
        (u64::from(self.number - 1)..total).step_by(self.of as usize)
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.number, self.of)
    }
}

impl FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Shard, String> {
        let number = |text: &str| text.parse().ok();
        match text.split_once('/').map(|(this, of)| (number(this), number(of))) {
            Some((Some(this), Some(of))) => Shard::new(this, of),
            _ => Err(format!("`{text}` is no shard; write i/n, such as 3/8")),
        }
    }
}

impl TryFrom<String> for Shard {
    type Error = String;

    fn try_from(text: String) -> Result<Shard, String> {
        text.parse()
    }
}

impl From<Shard> for String {
    fn from(shard: Shard) -> String {
        shard.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_chunk_is_in_one_shard() {
        for of in 1..=7 {
            let shards = (1..=of).map(|number| Shard::new(number, of).expect("a shard"));
            let mut held: Vec<u64> = shards
                .flat_map(|shard| {
                    shard.chunks(20).inspect(move |chunk| assert!(shard.holds(*chunk)))
                })
                .collect();
            held.sort_unstable();
            assert_eq!(held, (0..20).collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_shard_is_read_as_it_is_written() {
        assert_eq!("3/8".parse(), Shard::new(3, 8));
        assert_eq!(Shard::new(3, 8).expect("a shard").to_string(), "3/8");
        for (text, says) in [
            ("0/4", "shards are 1/4 to 4/4"),
            ("5/4", "no shard 5/4"),
            ("1/0", "no shard 1/0"),
            ("1/4294967295", "at most 100000"),
            ("1", "such as 3/8"),
            ("1/2/3", "such as 3/8"),
            ("-1/2", "such as 3/8"),
            ("", "such as 3/8"),
        ] {
            let message = text.parse::<Shard>().expect_err("no shard");
            assert!(message.contains(says), "{message}");
        }
    }
}
