//! A fingerprint of the model: equal if it computes the same.

use super::runs::Stopped;
use crate::measure::Depth;
use crate::model::RunId;
use crate::scenario::World;
use sha2::{Digest, Sha256};

/// The built-in cases of which one run each is taken.
const CASES: [&str; 2] = ["cypress", "churn"];

/// A hash of all that is recorded of one run each of two built-in cases: another program, or the
/// same on another machine, that computes anything differently will hardly have the same.
///
/// # Errors
/// If a built-in case cannot be run.
pub fn fingerprint() -> Result<String, Stopped> {
    let mut hash = Sha256::new();
    for case in CASES {
        // Built-in cases are tested to be without problems.
        let Ok(scenario) = World::open(case) else { continue };
        let record = scenario
            .run_watched(RunId::new(1, 1), Depth::Detail, &mut ())
            .map_err(|why| Stopped::Unlivable { run: 1, why })?;
        // The fingerprint keeps the name that the record of a month once had.
        hash.update(format!("{:?}", record.months).replace("MonthRecord", "Month"));
        hash.update(format!("{:?}", record.identities));
        hash.update(record.journal.map(|journal| journal.lines()).unwrap_or_default());
    }
    Ok(hex(hash))
}

/// A hash of numbers, bit by bit, in their order.
pub fn of_numbers<'n>(numbers: impl Iterator<Item = &'n f64>) -> String {
    let mut hash = Sha256::new();
    numbers.for_each(|number| hash.update(number.to_bits().to_le_bytes()));
    hex(hash)
}

fn hex(hash: Sha256) -> String {
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
