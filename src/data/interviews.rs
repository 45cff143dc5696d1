//! Interviews: which roles leaders named, wave by wave; one row a leader and role, or counts.

use super::episodes::{needed, only, optional};
use super::{Cell, Fault, Table, alike};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Which column says what. `None` is a column that may be there under its usual name.
#[derive(Clone, Debug, Default)]
pub struct Columns {
    /// The wave.
    pub wave: Option<String>,
    /// Who was asked, in a table of answers.
    pub leader: Option<String>,
    /// The role that was named, or the roles; empty for a leader who named none.
    pub role: Option<String>,
    /// What separates roles in one cell.
    pub separator: Option<String>,
    /// How many named it, in a table of counts.
    pub count: Option<String>,
    /// How many were asked, in a table of counts.
    pub asked: Option<String>,
    /// Rows that are read: those that have these values in these columns.
    pub only: Vec<(String, String)>,
}

/// The answers of a wave.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Wave {
    /// As the table calls it.
    pub name: String,
    /// How many were asked; 0 is a wave with nobody.
    pub asked: u32,
    /// How many named each role, by the role in lower case.
    pub named: BTreeMap<String, u32>,
    /// Whether a role that is not there was named by nobody: so in a table of answers. In a table
    /// of counts it is not known.
    pub complete: bool,
    /// Where it is first named.
    pub span: Range<usize>,
}

/// The waves of a table, in the order of its rows.
///
/// # Errors
/// If a column is missing or a count cannot be one.
pub fn read(text: &str, columns: &Columns) -> Result<Vec<Wave>, Fault> {
    let table = Table::read(text)?;
    let says = |key: &str| format!("data.interviews.{key}");
    let wave = needed(&table, columns.wave.as_ref(), "wave", &says("wave"))?;
    let role = needed(&table, columns.role.as_ref(), "role", &says("role"))?;
    let count = optional(&table, columns.count.as_ref(), "count", &says("count"))?;
    let rows = only(&table, &columns.only, &says("only"))?;
    if let Some(row) = rows.iter().find(|row| row[wave].said().is_none()) {
        return Err(Fault::at(&row[wave].span, "a row has no wave"));
    }
    match count {
        Some(count) => {
            let asked = needed(&table, columns.asked.as_ref(), "asked", &says("asked"))?;
            counts(&rows, wave, role, count, asked)
        }
        None => {
            let leader = needed(&table, columns.leader.as_ref(), "leader", &says("leader"))?;
            answers(&rows, wave, role, leader, columns.separator.as_deref())
        }
    }
}

/// The wave of a row, among those known.
fn wave_of<'w>(waves: &'w mut Vec<Wave>, cell: &Cell, complete: bool) -> &'w mut Wave {
    let known = waves.iter().position(|wave| alike(&wave.name) == alike(&cell.text));
    let at = known.unwrap_or_else(|| {
        let (name, span) = (cell.text.clone(), cell.span.clone());
        waves.push(Wave { name, span, complete, ..Wave::default() });
        waves.len() - 1
    });
    &mut waves[at]
}

fn answers(
    rows: &[&Vec<Cell>],
    wave: usize,
    role: usize,
    leader: usize,
    separator: Option<&str>,
) -> Result<Vec<Wave>, Fault> {
    let mut waves: Vec<Wave> = Vec::new();
    let mut asked: BTreeSet<(String, String)> = BTreeSet::new();
    let mut named: BTreeSet<(String, String, String)> = BTreeSet::new();
    for row in rows {
        let of = wave_of(&mut waves, &row[wave], true);
        // A wave in which nobody was asked.
        let Some(who) = row[leader].said().map(alike) else {
            if row[role].said().is_some() {
                return Err(Fault::at(&row[leader].span, "a role is named by nobody")
                    .help("say who named it, or give counts in columns `count` and `asked`"));
            }
            continue;
        };
        let name = alike(&of.name);
        of.asked += u32::from(asked.insert((name.clone(), who.clone())));
        let cell = row[role].text.as_str();
        let roles = match separator.filter(|separator| !separator.is_empty()) {
            Some(separator) => cell.split(separator).collect(),
            None => vec![cell],
        };
        for text in roles {
            let said = Cell { text: text.trim().to_owned(), span: row[role].span.clone() };
            let Some(role) = said.said().map(alike) else { continue };
            // Who names a role twice names it.
            if named.insert((name.clone(), who.clone(), role.clone())) {
                *of.named.entry(role).or_default() += 1;
            }
        }
    }
    Ok(waves)
}

fn counts(
    rows: &[&Vec<Cell>],
    wave: usize,
    role: usize,
    count: usize,
    asked: usize,
) -> Result<Vec<Wave>, Fault> {
    let mut waves: Vec<Wave> = Vec::new();
    let mut begun: BTreeSet<String> = BTreeSet::new();
    for row in rows {
        let of = wave_of(&mut waves, &row[wave], false);
        let all = row[asked].whole("the number asked")?;
        if begun.insert(alike(&of.name)) {
            of.asked = all;
        } else if of.asked != all {
            return Err(Fault::at(
                &row[asked].span,
                format!("wave `{}` has two numbers of people asked", of.name),
            )
            .found(format!("{all}, and {} in a row above", of.asked)));
        }
        let Some(name) = row[role].said().map(alike) else {
            if all == 0 {
                continue;
            }
            return Err(Fault::at(&row[role].span, "a row has no role"));
        };
        let k = row[count].whole("a count")?;
        if k > all {
            return Err(Fault::at(&row[count].span, "more named a role than were asked")
                .found(k.to_string())
                .allowed(format!("0 to {all}")));
        }
        if of.named.insert(name, k).is_some() {
            return Err(Fault::at(&row[role].span, "a role is counted twice in one wave")
                .found(format!("`{}`", row[role].text)));
        }
    }
    Ok(waves)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A wave, how many were asked, and who named what.
    type Counted = (String, u32, Vec<(String, u32)>);

    fn told(text: &str) -> Vec<Counted> {
        let waves = read(text, &Columns::default()).unwrap_or_else(|why| panic!("{why:?}"));
        let named = |wave: &Wave| wave.named.clone().into_iter().collect();
        waves.iter().map(|wave| (wave.name.clone(), wave.asked, named(wave))).collect()
    }

    #[test]
    fn answers_and_counts_tell_the_same() {
        let answers = told(
            "wave,leader,role\n1,A,Broker\n1,A,Vendor\n1,B,broker\n1,B,broker\n1,C,NA\n2,A,\n",
        );
        let counts = told(
            "wave,role,count,asked\n1,broker,2,3\n1,vendor,1,3\n2,,,1\n2,broker,0,1\n"
                .replace("2,,,1\n", "")
                .as_str(),
        );
        assert_eq!(answers[0], ("1".into(), 3, vec![("broker".into(), 2), ("vendor".into(), 1)]));
        assert_eq!(answers[0], counts[0]);
        assert_eq!((answers[1].1, counts[1].1), (1, 1));
    }

    #[test]
    fn a_wave_with_nobody_is_a_wave() {
        assert_eq!(told("wave,leader,role\n1,A,x\n2,NA,NA\n")[1], ("2".into(), 0, vec![]));
        assert_eq!(told("wave,role,count,asked\n2,NA,NA,0\n")[0], ("2".into(), 0, vec![]));
    }

    #[test]
    fn what_cannot_be_is_told_at_its_cell() {
        let told = |text: &str, part: &str, at: usize| {
            let fault = read(text, &Columns::default()).expect_err(text);
            assert!(fault.message.contains(part), "{part} in {fault:?}");
            assert_eq!(fault.span.start, at, "{fault:?}");
        };
        told("wave,leader,role\n1,,x\n", "by nobody", 19);
        told("wave,role,count,asked\n1,x,3,2\n", "more named", 26);
        told("wave,role,count,asked\n1,x,1,2\n1,y,1,3\n", "two numbers", 36);
        told("wave,role,count,asked\n1,x,1,2\n1,X,1,2\n", "counted twice", 32);
        told("wave,role\n1,x\n", "no column `leader`", 0);
    }
}
