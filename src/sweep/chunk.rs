//! What a chunk holds: the runs of a stretch of a sweep, as bytes.
//!
//! Runs follow one another. Each begins with a byte: 0 for a run, 1 for one that failed. A run goes
//! on with the month in which its partnership ended (2 bytes; 0 if it did not), its outcomes
//! (8 bytes each; not a number where there is none) and, if a plan keeps meetings, their number
//! (2 bytes) and for each the episodes about roles and all episodes (1 byte each). A failed run
//! goes on with the length of a text (4 bytes) and the text that says why. All numbers are little-
//! endian, so that the bytes are the same everywhere.

/// One run of a sweep.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// It came to its end.
    Done(
        /// What was kept of it.
        Kept,
    ),
    /// It failed, for this reason.
    Failed(
        /// Why.
        String,
    ),
}

/// What is kept of a run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Kept {
    /// The month in which its partnership ended, if it did.
    pub ended: Option<u32>,
    /// By outcome.
    pub values: Vec<Option<f64>>,
    /// By meeting: episodes about roles, and all; empty unless the plan keeps them.
    pub meetings: Vec<(u8, u8)>,
}

pub(super) fn encode(run: &Outcome, into: &mut Vec<u8>, with_meetings: bool) {
    match run {
        Outcome::Done(kept) => {
            into.push(0);
            into.extend((kept.ended.unwrap_or(0) as u16).to_le_bytes());
            for value in &kept.values {
                into.extend(value.unwrap_or(f64::NAN).to_le_bytes());
            }
            if with_meetings {
                let meetings = &kept.meetings[..kept.meetings.len().min(usize::from(u16::MAX))];
                into.extend((meetings.len() as u16).to_le_bytes());
                meetings.iter().for_each(|(roles, all)| into.extend([*roles, *all]));
            }
        }
        Outcome::Failed(why) => {
            into.push(1);
            into.extend((why.len() as u32).to_le_bytes());
            into.extend(why.as_bytes());
        }
    }
}

/// Reads the runs of a chunk back; `None` if the bytes are not those of such runs.
pub(super) fn decode(bytes: &[u8], outcomes: usize, with_meetings: bool) -> Option<Vec<Outcome>> {
    let mut rest = bytes;
    let mut runs = Vec::new();
    while !rest.is_empty() {
        runs.push(match take::<1>(&mut rest)? {
            [0] => Outcome::Done(kept(&mut rest, outcomes, with_meetings)?),
            [1] => {
                let length = u32::from_le_bytes(take(&mut rest)?) as usize;
                let (why, after) = rest.split_at_checked(length)?;
                rest = after;
                Outcome::Failed(String::from_utf8(why.to_vec()).ok()?)
            }
            _ => return None,
        });
    }
    Some(runs)
}

fn kept(rest: &mut &[u8], outcomes: usize, with_meetings: bool) -> Option<Kept> {
    let ended = u16::from_le_bytes(take(rest)?);
    let mut values = Vec::with_capacity(outcomes);
    for _ in 0..outcomes {
        let value = f64::from_le_bytes(take(rest)?);
        values.push((!value.is_nan()).then_some(value));
    }
    let mut meetings = Vec::new();
    if with_meetings {
        for _ in 0..u16::from_le_bytes(take(rest)?) {
            let [roles, all] = take(rest)?;
            meetings.push((roles, all));
        }
    }
    Some(Kept { ended: (ended > 0).then_some(u32::from(ended)), values, meetings })
}

fn take<const N: usize>(rest: &mut &[u8]) -> Option<[u8; N]> {
    let (first, after) = rest.split_first_chunk::<N>()?;
    *rest = after;
    Some(*first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back_and_nothing_else_is() {
        let runs = vec![
            Outcome::Done(Kept {
                ended: Some(12),
                values: vec![Some(0.1 + 0.2), None, Some(-0.0)],
                meetings: vec![(3, 9), (0, 5)],
            }),
            Outcome::Failed("the setup cannot found a partnership: größer".into()),
            Outcome::Done(Kept { ended: None, values: vec![None; 3], meetings: vec![] }),
        ];
        let mut bytes = Vec::new();
        runs.iter().for_each(|run| encode(run, &mut bytes, true));
        assert_eq!(decode(&bytes, 3, true), Some(runs));
        for short in 1..bytes.len() {
            // A cut may fall between runs, never within one unseen.
            let cut = decode(&bytes[..short], 3, true);
            assert!(cut.is_none_or(|runs| runs.len() < 3));
        }
        assert_eq!(decode(&[7], 3, true), None);
    }
}
