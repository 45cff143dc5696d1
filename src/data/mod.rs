//! The data of a study, as they were coded: episodes of meetings, interviews, people.
//!
//! A study is up to three tables of text. Each is read in the form in which coding tools, R, pandas
//! and spreadsheets write it, and becomes a plain list. What cannot be read is a [`Fault`] with its
//! place. Nothing here knows the model: what a code, a side or a wave means is told by whoever asks
//! ([`coded`]).

pub mod coded;
pub mod dates;
pub mod episodes;
mod fault;
pub mod interviews;
pub mod meetings;
pub mod people;
mod table;

pub use fault::{Fault, Told};
pub use table::{Cell, Table, alike};
