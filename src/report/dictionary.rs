//! The data dictionary: every column of every table, with its unit and meaning. Its words stand in
//! `dictionary.txt`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// A column of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Column {
    /// Its name in the header.
    pub name: &'static str,
    /// Its unit, or what its values are.
    pub unit: &'static str,
    /// What it means.
    pub meaning: &'static str,
}

/// A table. Column sets are stable: a new measure goes to a new file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Table {
    /// The name of its file.
    pub file: &'static str,
    /// Its name in the dictionary.
    name: &'static str,
}

/// What the dictionary says of a table.
#[derive(Default)]
struct Words {
    row: &'static str,
    columns: Vec<Column>,
}

static WORDS: LazyLock<BTreeMap<&str, Words>> = LazyLock::new(|| {
    let (mut shared, mut tables) = (BTreeMap::new(), BTreeMap::new());
    let mut table = "";
    for line in include_str!("dictionary.txt").lines().filter(|line| !line.starts_with('#')) {
        let mut parts = line.trim_start().splitn(3, " | ");
        let mut next = || parts.next().unwrap_or("");
        let column = Column { name: next(), unit: next(), meaning: next() };
        match line.starts_with(' ') {
            _ if line.is_empty() => {}
            false => {
                table = column.name;
                tables.insert(table, Words { row: column.unit, columns: Vec::new() });
            }
            true => match tables.get_mut(table) {
                None => {
                    shared.insert(column.name, column);
                }
                Some(words) if column.unit.is_empty() => {
                    words.columns.extend(shared.get(column.name));
                }
                Some(words) => words.columns.push(column),
            },
        }
    }
    tables
});

impl Table {
    /// What one row is.
    pub fn row(self) -> &'static str {
        WORDS.get(self.name).map_or("", |words| words.row)
    }

    /// The columns, in order.
    pub fn columns(self) -> &'static [Column] {
        WORDS.get(self.name).map_or(&[], |words| &words.columns)
    }
}

macro_rules! tables {
    ($($(#[$doc:meta])* $name:ident, $file:literal;)+) => {
        $($(#[$doc])* pub const $name: Table = Table { file: $file, name: stringify!($name) };)+

        /// Every table.
        pub const TABLES: &[Table] = &[$($name),+];
    };
}

tables! {
    /// Meetings.
    MEETINGS, "meetings.csv";
    /// Months.
    MONTHS, "months.csv";
    /// Runs.
    RUNS, "runs.csv";
    /// Values of the patterns, run by run.
    OUTCOMES, "outcomes.csv";
    /// Practices that district leaders advise.
    PRACTICES, "practices.csv";
    /// Money, where it plays a part.
    MONEY, "money.csv";
    /// A world of many partnerships, month by month.
    NATION_MONTHS, "nation_months.csv";
    /// What a policy or a programme does in a world of many partnerships.
    NATION_EFFECTS, "nation_effects.csv";
    /// Differences between a run and its twin.
    DIFFERENCES, "differences.csv";
    /// Role share by meeting over all runs.
    QUANTILES, "quantiles.csv";
    /// Patterns over all runs.
    PATTERNS, "patterns.csv";
    /// Effects of the shocks.
    EFFECTS, "effects.csv";
    /// Episodes of the first runs.
    EPISODES, "episodes.csv";
    /// Interviews of the first runs.
    INTERVIEWS, "interviews.csv";
    /// Draws from what a fit says of the numbers.
    DRAWS, "posterior.csv";
    /// What a fit says of each number.
    NUMBERS, "numbers.csv";
    /// What follows from a fit for each pattern.
    FORETOLD, "foretold.csv";
    /// How often ranges held the truth.
    CALIBRATION, "calibration.csv";
    /// Answers that are known.
    KNOWN, "known_answers.csv";
    /// The published record among runs, all patterns of a kind together.
    JOINT, "joint.csv";
    /// Patterns under every shipped theory.
    THEORIES, "theories.csv";
    /// Comparisons.
    COMPARISON, "comparison.csv";
    /// Pairs of runs.
    PAIRS, "pairs.csv";
    /// Impulse responses.
    RESPONSE, "response.csv";
    /// What impulse responses come to.
    SHAPES, "shapes.csv";
    /// Differences at the ends of the range assumed for an effect.
    ASSUMED_EFFECTS, "assumed_effects.csv";
    /// How strong an intervention must be to pay for itself.
    BREAK_EVEN, "break_even.csv";
    /// Rows of a sweep: what was varied.
    DESIGN, "design.csv";
    /// Rows of a sweep: what came out.
    SWEEP_ROWS, "rows.csv";
    /// Runs of a sweep.
    SWEEP_RUNS, "runs.csv";
    /// Role share by meeting, for each row of a sweep.
    FANS, "fans.csv";
    /// Survival, for each row of a sweep.
    SURVIVAL, "survival.csv";
    /// Failed runs of a sweep.
    FAILURES, "failures.csv";
    /// Sensitivity of outcomes to factors.
    SENSITIVITY, "sensitivity.csv";
    /// Patterns that the data of a study make.
    OBSERVED, "observed.csv";
    /// How often seats were left in a study.
    LEAVING, "leaving.csv";
    /// The dictionary itself.
    DICTIONARY, "dictionary.csv";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_has_words_for_every_column() {
        assert_eq!(WORDS.len(), TABLES.len());
        for table in TABLES {
            let words = WORDS.get(table.name).expect(table.name);
            assert!(!words.row.is_empty() && !words.columns.is_empty(), "{}", table.name);
            for Column { name, unit, meaning } in &words.columns {
                assert!(!unit.is_empty() && !meaning.is_empty(), "{}: {name}", table.name);
            }
        }
        let given = include_str!("dictionary.txt").lines().filter(|line| line.starts_with(' '));
        let shared = given.clone().take_while(|line| line.contains('|')).count();
        let told: usize = TABLES.iter().map(|table| table.columns().len()).sum();
        assert_eq!(given.count(), shared + told, "a name without words that several tables share");
    }
}
