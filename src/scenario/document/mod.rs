//! World files as text: what was written, and where.
//!
//! This is the lowest floor of `scenario`. It knows TOML and nothing of the model: it reads a file,
//! keeps the place of every key and value, follows `extends`, lays `--set` assignments over the
//! result, drops what says `enabled = false`, and offers the checker above a strict `Reader` that
//! collects every [`Problem`] instead of stopping at the first. A problem names file, line and
//! column, shows the line with a mark, and says what was found, what is allowed, and the likely
//! correction. The usual way through: [`read_file`] → `resolve` → `Reader::new` →
//! `Reader::finish`; `to_toml` writes the merged scenario down beside the results.

pub(crate) mod cells;
mod merge;
pub mod names;
mod nearest;
mod parse;
mod problem;
mod reader;
mod render;
mod resolve;
mod source;
mod syntax;
mod tree;
mod write;

#[cfg(test)]
mod fuzz;

pub use merge::Assignment;
use merge::{merge, overrides};
pub use nearest::nearest;
pub(super) use parse::key_parts;
pub use parse::{MAX_DEPTH, parse};
pub use problem::{Problem, Problems};
pub(crate) use reader::Reader;
pub(super) use reader::join;
pub(super) use resolve::{Resolver, resolve};
pub(crate) use source::read_file_up_to;
pub use source::{MAX_BYTES, Place, Source, read_file};
pub(crate) use tree::show_key;
pub use tree::{Entry, Node, Table, Value};
pub(crate) use write::key as write_key;
pub(crate) use write::to_toml;
pub(super) use write::value as write_value;
pub(super) use write::values;
