//! What the results of a store depend on, and `store.json`, which records it.

use super::{Shard, StoreError, chunk, layout};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::fmt;
use std::fs;
use std::io;
use std::path::Path;

const SCHEMA: u32 = 1;

/// The largest number of chunks allowed.
pub const MOST_CHUNKS: u64 = 10_000_000;

/// What results depend on. Stores whose identities differ in the shard alone hold parts of one whole.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Identity {
    /// Version of the program.
    pub version: String,
    /// A fingerprint of all that the model computes; it is equal when the results are equal.
    pub fingerprint: String,
    /// The number of chunks in the whole.
    pub chunks: u64,
    /// The part of the chunks that this store holds.
    pub shard: Shard,
    /// Anything else that the results depend on.
    pub about: Value,
    /// The text of the plan with all its values.
    pub plan: String,
}

/// A part of an identity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub enum Part {
    /// The plan; its first differing line, counted from 1.
    Plan(usize),
    /// The fingerprint of the model.
    Fingerprint,
    /// The version of the program.
    Version,
    /// The number of chunks.
    Chunks,
    /// The shard.
    Shard,
    /// Anything else that the results depend on; the first differing line of its text, from 1.
    About(usize),
}

/// A part in which two identities differ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Difference {
    /// The part.
    pub part: Part,
    /// Its value in the first identity; for a text, the line.
    pub first: String,
    /// Its value in the second identity.
    pub second: String,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Difference { part, first, second } = self;
        match part {
            Part::Plan(line) => write!(f, "the plan differs, first on line {line}")?,
            Part::About(line) => write!(f, "`about` differs, first on line {line}")?,
            Part::Fingerprint => f.write_str("the fingerprint of the model differs")?,
            Part::Version => f.write_str("the version of the program differs")?,
            Part::Chunks => f.write_str("the number of chunks differs")?,
            Part::Shard => f.write_str("the shard differs")?,
        }
        write!(f, ": {first} there, {second} here")
    }
}

/// `store.json`.
#[derive(Serialize, Deserialize)]
struct StoreFile {
    schema: u32,
    /// The hash of everything but the shard; every chunk repeats it.
    hash: String,
    #[serde(flatten)]
    identity: Identity,
}

impl Identity {
    /// All parts in which another identity differs, the plan first.
    pub fn differences(&self, other: &Identity) -> Vec<Difference> {
        let mut found = Vec::new();
        if let Some((line, first, second)) = differing_line(&self.plan, &other.plan) {
            found.push(Difference { part: Part::Plan(line), first, second });
        }
        let mut compare = |part, first: String, second: String| {
            if first != second {
                found.push(Difference { part, first, second });
            }
        };
        compare(Part::Fingerprint, self.fingerprint.clone(), other.fingerprint.clone());
        compare(Part::Version, self.version.clone(), other.version.clone());
        compare(Part::Chunks, self.chunks.to_string(), other.chunks.to_string());
        compare(Part::Shard, self.shard.to_string(), other.shard.to_string());
        let about = |identity: &Identity| format!("{:#}", sorted(&identity.about));
        if let Some((line, first, second)) = differing_line(&about(self), &about(other)) {
            found.push(Difference { part: Part::About(line), first, second });
        }
        found
    }

    /// This identity with another shard.
    pub fn of_shard(&self, shard: Shard) -> Identity {
        Identity { shard, ..self.clone() }
    }

    /// The hash of the identity without its shard.
    pub(super) fn hash(&self) -> String {
        let whole = self.of_shard(Shard::WHOLE);
        chunk::sha256(whole.with_hash(String::new()).as_bytes())
    }

    /// The text of `store.json`.
    pub(super) fn render(&self) -> String {
        self.with_hash(self.hash())
    }

    fn with_hash(&self, hash: String) -> String {
        let file = StoreFile { schema: SCHEMA, hash, identity: self.clone() };
        format!("{:#}\n", sorted(&serde_json::json!(file)))
    }

    /// The reason why no store can have this identity, if there is one.
    pub(super) fn check(&self) -> Result<(), String> {
        if self.chunks > MOST_CHUNKS {
            return Err(format!("{} chunks are too many; at most {MOST_CHUNKS}", self.chunks));
        }
        Ok(())
    }

    /// Reads `store.json` and refuses any text but the one that was written.
    pub(super) fn read(folder: &Path) -> Result<Identity, StoreError> {
        let path = layout::store_file(folder);
        let damaged = |why: String| StoreError::BadStoreFile(path.clone(), why);
        let text = fs::read(&path).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => {
                StoreError::NotAStore(folder.into())
            }
            _ => StoreError::Io(path.clone(), error),
        })?;
        let value: Value = serde_json::from_slice(&text).map_err(|e| damaged(e.to_string()))?;
        if value["schema"] != SCHEMA {
            let schema = &value["schema"];
            return Err(damaged(format!("schema {schema}; this version reads schema {SCHEMA}")));
        }
        let file: StoreFile = serde_json::from_value(value).map_err(|e| damaged(e.to_string()))?;
        file.identity.check().map_err(damaged)?;
        if file.identity.render().as_bytes() != text {
            return Err(damaged("it was changed after it was written".into()));
        }
        Ok(file.identity)
    }
}

/// Keys in order, whatever order the caller made them in.
fn sorted(value: &Value) -> Value {
    let mut value = value.clone();
    value.sort_all_objects();
    value
}

/// The first line in which two texts differ, from 1, and what each has there.
fn differing_line(first: &str, second: &str) -> Option<(usize, String, String)> {
    // Not `lines`, which does not see a differing end of the text.
    let (mut ours, mut theirs) = (first.split('\n'), second.split('\n'));
    let shown = |line: Option<&str>| line.map_or("no such line".into(), |line| format!("{line:?}"));
    (1..).find_map(|number| match (ours.next(), theirs.next()) {
        (None, None) => Some(None),
        (ours, theirs) if ours == theirs => None,
        (ours, theirs) => Some(Some((number, shown(ours), shown(theirs)))),
    })?
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn identity() -> Identity {
        Identity {
            version: "0.1.0".into(),
            fingerprint: "aa".into(),
            chunks: 10,
            shard: Shard::new(1, 4).expect("a shard"),
            about: json!({ "b": 1.5, "a": [1, 2] }),
            plan: "seed = 1\nruns = 2\n".into(),
        }
    }

    #[test]
    fn differences_are_all_found_and_shown() {
        let one = identity();
        assert!(one.differences(&one).is_empty());
        let other = Identity {
            version: "0.2.0".into(),
            fingerprint: "bb".into(),
            chunks: 11,
            shard: Shard::WHOLE,
            about: json!({ "a": [1, 3], "b": 1.5 }),
            plan: "seed = 1\nruns = 3\n".into(),
        };
        let shown: Vec<String> = one.differences(&other).iter().map(ToString::to_string).collect();
        assert_eq!(
            shown,
            [
                "the plan differs, first on line 2: \"runs = 2\" there, \"runs = 3\" here",
                "the fingerprint of the model differs: aa there, bb here",
                "the version of the program differs: 0.1.0 there, 0.2.0 here",
                "the number of chunks differs: 10 there, 11 here",
                "the shard differs: 1/4 there, 1/1 here",
                "`about` differs, first on line 4: \"    2\" there, \"    3\" here",
            ]
        );
    }

    #[test]
    fn the_end_of_a_plan_counts() {
        let differing = |a, b| differing_line(a, b).map(|(line, ..)| line);
        assert_eq!(differing("a\nb", "a\nb\n"), Some(3));
        assert_eq!(differing("a\nb\n", "a\nb\nc\n"), Some(3));
        assert_eq!(differing("a\n", "a\r\n"), Some(1));
        assert_eq!(differing("", "a"), Some(1));
        assert_eq!(differing("", ""), None);
    }

    #[test]
    fn the_hash_knows_all_but_the_shard() {
        let one = identity();
        assert_eq!(one.hash(), one.of_shard(Shard::WHOLE).hash());
        for other in [
            Identity { version: "1".into(), ..one.clone() },
            Identity { fingerprint: "1".into(), ..one.clone() },
            Identity { chunks: 1, ..one.clone() },
            Identity { about: json!(null), ..one.clone() },
            Identity { plan: String::new(), ..one.clone() },
        ] {
            assert_ne!(one.hash(), other.hash());
        }
    }

    #[test]
    fn only_the_shard_can_change_unseen() {
        let home = tempfile::tempdir().expect("a folder");
        let path = layout::store_file(home.path());
        let one = identity();
        let text = one.render().into_bytes();
        fs::write(&path, &text).expect("written");
        assert_eq!(Identity::read(home.path()).expect("read"), one);
        for at in 0..text.len() {
            fs::write(&path, &text[..at]).expect("written");
            let cut = Identity::read(home.path());
            assert!(matches!(cut, Err(StoreError::BadStoreFile(..))), "cut at {at}: {cut:?}");
            for bit in 0..8 {
                let mut flipped = text.clone();
                flipped[at] ^= 1 << bit;
                fs::write(&path, &flipped).expect("written");
                match Identity::read(home.path()) {
                    Err(StoreError::BadStoreFile(..)) => {}
                    Ok(read) => assert_eq!(read.of_shard(one.shard), one),
                    other => panic!("byte {at}, bit {bit}: {other:?}"),
                }
            }
        }
    }
}
