//! The model for the browser. A page writes a question into memory and reads the answer from it:
//! both are JSON, and nothing is imported.
//!
//! ```text
//! question(bytes)  -> where the question is to be written, in UTF-8
//! answer()         -> bytes of the answer
//! reply()          -> where the answer stands
//! ```
//!
//! A question is `{"case": "cypress", "set": [], "seed": 1, "run": 1}`. `set` changes values, as
//! `--set` of the command line does. The answer holds the fingerprint of the model, and the share
//! of talk about roles at each meeting of that run.

use rppsim::model::RunId;
use rppsim::scenario::World;
use rppsim::worlds::fingerprint::fingerprint;
use serde_json::{Value, json};
use std::error::Error;
use std::sync::{Mutex, MutexGuard};

static QUESTION: Mutex<Vec<u8>> = Mutex::new(Vec::new());
static REPLY: Mutex<Vec<u8>> = Mutex::new(Vec::new());

fn open(memory: &'static Mutex<Vec<u8>>) -> MutexGuard<'static, Vec<u8>> {
    memory.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
}

/// Makes room for a question and says where.
#[unsafe(no_mangle)]
pub extern "C" fn question(bytes: usize) -> *mut u8 {
    let mut question = open(&QUESTION);
    *question = vec![0; bytes];
    question.as_mut_ptr()
}

/// Answers the question; returns the size of the answer.
#[unsafe(no_mangle)]
pub extern "C" fn answer() -> usize {
    let mut reply = open(&REPLY);
    *reply = ask(&String::from_utf8_lossy(&open(&QUESTION))).into_bytes();
    reply.len()
}

/// Where the answer stands.
#[unsafe(no_mangle)]
pub extern "C" fn reply() -> *const u8 {
    open(&REPLY).as_ptr()
}

/// The answer to a question, or `{"error": …}`.
pub fn ask(question: &str) -> String {
    answered(question).unwrap_or_else(|why| json!({ "error": why.to_string() })).to_string()
}

fn answered(question: &str) -> Result<Value, Box<dyn Error>> {
    let asked: Value = serde_json::from_str(question)?;
    let number = |key: &str| asked[key].as_u64().unwrap_or(1);
    let set = asked["set"].as_array().into_iter().flatten().filter_map(Value::as_str);
    let world = World::open_with(asked["case"].as_str().unwrap_or("cypress"), set)?;
    let record = world.run(RunId::new(number("seed"), number("run")))?;
    let shares: Vec<f64> = record.meetings.iter().map(|meeting| meeting.role_share()).collect();
    Ok(json!({
        "version": env!("CARGO_PKG_VERSION"),
        "fingerprint": fingerprint()?,
        "title": world.title,
        "role_share": shares,
        "work": record.ledger.done,
    }))
}
