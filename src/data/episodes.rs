//! Coded episodes of meetings: one row an episode, or one row an episode and code.

use super::dates::Order;
use super::meetings::{Meeting, meetings};
use super::{Cell, Fault, Table, alike};
use std::collections::BTreeMap;

/// Which column says what. `None` is a column that may be there under its usual name.
#[derive(Clone, Debug, Default)]
pub struct Columns {
    /// The meeting: its number, or its name (that of a transcript, say).
    pub meeting: Option<String>,
    /// The date of the meeting, or its month.
    pub date: Option<String>,
    /// The month of the study, from 1.
    pub month: Option<String>,
    /// What tells one episode of a meeting from another: a number, or several columns together,
    /// such as where a segment begins and ends.
    pub episode: Option<Vec<String>>,
    /// The code, or the codes.
    pub code: Option<String>,
    /// What separates codes in one cell.
    pub separator: Option<String>,
    /// Who opened the episode: a side or a seat.
    pub initiator: Option<String>,
    /// Whether roles were central, or mentioned in passing.
    pub centrality: Option<String>,
    /// Rows that are read: those that have these values in these columns.
    pub only: Vec<(String, String)>,
    /// The names of the meetings in the order in which they were held.
    pub order: Vec<String>,
    /// How dates are written.
    pub dates: Order,
}

/// An episode with everything its rows say.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Episode {
    /// The number of its meeting.
    pub meeting: u32,
    /// Its codes, each once, in the order of the rows.
    pub codes: Vec<Cell>,
    /// Who opened it.
    pub initiator: Option<Cell>,
    /// Whether roles were central, as written.
    pub centrality: Option<Cell>,
}

/// What a table of episodes holds.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Episodes {
    /// Meetings with episodes, by number.
    pub meetings: Vec<Meeting>,
    /// Episodes, by meeting, in the order of the rows.
    pub episodes: Vec<Episode>,
    /// Rows read.
    pub rows: usize,
    /// Rows left out by what is asked of other columns.
    pub left_out: usize,
    /// Whether meetings were put in the order of their names, for want of a number or a date.
    pub by_name: bool,
}

/// A column: the one that is named, which must be there, or the usual one if it is there.
pub(super) fn optional(
    table: &Table,
    named: Option<&String>,
    usual: &str,
    says: &str,
) -> Result<Option<usize>, Fault> {
    match named {
        Some(name) => table.column(name, says).map(Some),
        None => table.find(usual),
    }
}

/// A column that must be there, under the name it is given or under its usual one.
pub(super) fn needed(
    table: &Table,
    named: Option<&String>,
    usual: &str,
    says: &str,
) -> Result<usize, Fault> {
    table.column(named.map_or(usual, String::as_str), says)
}

/// The rows that have certain values in certain columns.
pub(super) fn only<'t>(
    table: &'t Table,
    only: &[(String, String)],
    says: &str,
) -> Result<Vec<&'t Vec<Cell>>, Fault> {
    let wanted = only.iter().map(|(name, value)| Ok((table.column(name, says)?, alike(value))));
    let wanted: Vec<(usize, String)> = wanted.collect::<Result<_, Fault>>()?;
    let holds = |row: &&Vec<Cell>| wanted.iter().all(|(at, value)| alike(&row[*at].text) == *value);
    Ok(table.rows.iter().filter(holds).collect())
}

impl Episodes {
    /// Reads a table.
    ///
    /// # Errors
    /// If a column is missing, a cell that must say something is empty, a date cannot be read, or
    /// rows of one episode contradict each other.
    pub fn read(text: &str, columns: &Columns) -> Result<Episodes, Fault> {
        let table = Table::read(text)?;
        let says = |key: &str| format!("data.episodes.{key}");
        let meeting = needed(&table, columns.meeting.as_ref(), "meeting", &says("meeting"))?;
        let code = needed(&table, columns.code.as_ref(), "code", &says("code"))?;
        let usual = vec!["episode".to_owned()];
        let key = columns.episode.as_ref().unwrap_or(&usual).iter();
        let key: Vec<usize> =
            key.map(|name| table.column(name, &says("episode"))).collect::<Result<_, _>>()?;
        let may = |named: &Option<String>, usual: &str| {
            optional(&table, named.as_ref(), usual, &says(usual))
        };
        let date = may(&columns.date, "date")?;
        let month = may(&columns.month, "month")?;
        let initiator = may(&columns.initiator, "initiator")?;
        let centrality = may(&columns.centrality, "centrality")?;

        let rows = only(&table, &columns.only, &says("only"))?;
        for row in &rows {
            for (at, what) in [(meeting, "meeting"), (key[0], "episode")] {
                // A row name is a number that no reader takes for missing.
                if row[at].said().is_none() {
                    return Err(Fault::at(&row[at].span, format!("a row has no {what}"))
                        .help("every row of an episode says which one it is"));
                }
            }
        }
        let when = date.or(month);
        let (meetings, by_name) = meetings(&rows, meeting, when, columns)?;
        let number = |cell: &Cell| {
            let name = alike(&cell.text);
            meetings.iter().find(|m| alike(&m.name) == name).map_or(0, |m| m.number)
        };
        let mut found: BTreeMap<(u32, usize), Episode> = BTreeMap::new();
        let mut known: BTreeMap<(u32, Vec<String>), usize> = BTreeMap::new();
        for row in &rows {
            let meeting = number(&row[meeting]);
            let id = key.iter().map(|at| alike(&row[*at].text)).collect();
            let next = known.len();
            let at = *known.entry((meeting, id)).or_insert(next);
            let episode = found.entry((meeting, at)).or_default();
            episode.meeting = meeting;
            for code in codes(&row[code], columns.separator.as_deref()) {
                if !episode.codes.iter().any(|known| alike(&known.text) == alike(&code.text)) {
                    episode.codes.push(code);
                }
            }
            said_once(&mut episode.initiator, initiator.map(|at| &row[at]), "openers")?;
            // Roles that one row says to be central and another to be mentioned are central.
            let central = centrality.map(|at| &row[at]).filter(|cell| cell.said().is_some());
            if let Some(cell) = central
                && episode.centrality.as_ref().is_none_or(|before| is_passing(&before.text))
            {
                episode.centrality = Some(cell.clone());
            }
        }
        Ok(Episodes {
            meetings,
            episodes: found.into_values().collect(),
            rows: rows.len(),
            left_out: table.rows.len() - rows.len(),
            by_name,
        })
    }
}

/// Words for roles that are mentioned in passing.
pub(super) fn is_passing(text: &str) -> bool {
    ["in passing", "passing", "peripheral", "mentioned"].contains(&alike(text).as_str())
}

/// The codes of a cell.
fn codes(cell: &Cell, separator: Option<&str>) -> Vec<Cell> {
    let whole = [cell.text.as_str()];
    let parts: Vec<&str> = match separator.filter(|separator| !separator.is_empty()) {
        Some(separator) => cell.text.split(separator).collect(),
        None => whole.to_vec(),
    };
    let parts =
        parts.into_iter().map(|part| Cell { text: part.trim().into(), span: cell.span.clone() });
    parts.filter(|part| part.said().is_some()).collect()
}

/// Takes what rows of one episode must say alike.
fn said_once(kept: &mut Option<Cell>, cell: Option<&Cell>, what: &str) -> Result<(), Fault> {
    let Some(cell) = cell.filter(|cell| cell.said().is_some()) else { return Ok(()) };
    match kept {
        Some(before) if alike(&before.text) != alike(&cell.text) => {
            Err(Fault::at(&cell.span, format!("one episode has two {what}"))
                .found(format!("`{}`, and `{}` in a row above", cell.text, before.text))
                .help("if these are two episodes, they need two numbers"))
        }
        _ => {
            *kept = Some(cell.clone());
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(meeting: &str, episode: &[&str], code: &str) -> Columns {
        let episode = episode.iter().map(|name| (*name).to_owned()).collect();
        Columns {
            meeting: Some(meeting.into()),
            episode: Some(episode),
            code: Some(code.into()),
            ..Columns::default()
        }
    }

    /// Meeting and codes of every episode.
    fn told(text: &str, columns: &Columns) -> Vec<(u32, Vec<String>)> {
        let read = Episodes::read(text, columns).unwrap_or_else(|why| panic!("{why:?}"));
        let codes = |e: &Episode| e.codes.iter().map(|code| code.text.clone()).collect();
        read.episodes.iter().map(|e| (e.meeting, codes(e))).collect()
    }

    #[test]
    fn rows_of_one_episode_are_one_episode_in_every_export() {
        let plain = told(
            "meeting,episode,code\n1,1,roles\n1,1,history\n1,2,work\n2,1,roles\n",
            &Columns::default(),
        );
        let expected: Vec<(u32, Vec<String>)> = vec![
            (1, vec!["roles".into(), "history".into()]),
            (1, vec!["work".into()]),
            (2, vec!["roles".into()]),
        ];
        assert_eq!(plain, expected);
        // Taguette: one row a highlight and tag.
        let taguette =
            "id,document,tag,content\n5,m1,roles,a\n5,m1,history,a\n6,m1,work,b\n9,m2,roles,c\n";
        assert_eq!(told(taguette, &columns("document", &["id"], "tag")), expected);
        // QualCoder: every coding has an id of its own, so that the text tells segments apart.
        let qualcoder = "\u{feff}\"File\",\"Coder\",\"Coded\",\"Id\",\"Codename\",\"Coded_Memo\",\"Category\",\"Category\"\r\n\
            \"m1\",\"x\",\"a\",\"ctid:1\",\"roles\",\"\",\"t\",\"\"\r\n\"m1\",\"x\",\"a\",\"ctid:2\",\"history\",\"\",\"t\",\"\"\r\n\
            \"m1\",\"x\",\"b\",\"ctid:3\",\"work\",\"\",\"t\",\"\"\r\n\"m2\",\"x\",\"c\",\"ctid:4\",\"roles\",\"\",\"t\",\"\"\r\n";
        assert_eq!(told(qualcoder, &columns("File", &["Coded"], "Codename")), expected);
        // Dedoose: all codes of an excerpt in one cell.
        let dedoose = "Media Title;Excerpt Range;Codes Applied Combined\nm1;0-9;roles, history\nm1;10-20;work\nm2;0-9;roles\n";
        let separated = Columns {
            separator: Some(",".into()),
            ..columns("Media Title", &["Excerpt Range"], "Codes Applied Combined")
        };
        assert_eq!(told(dedoose, &separated), expected);
    }

    #[test]
    fn contradictions_and_gaps_are_told_at_their_cells() {
        let told = |text: &str, part: &str, at: usize| {
            let fault = Episodes::read(text, &Columns::default()).expect_err(text);
            assert!(fault.message.contains(part), "{part} in {fault:?}");
            assert_eq!(fault.span.start, at, "{fault:?}");
        };
        told("meeting,episode,code\n1,,a\n", "no episode", 23);
        told("meeting,episode,code,initiator\n1,1,a,x\n1,1,b,y\n", "two openers", 45);
        told("meeting,episode,code,date\n1,1,a,2015-01\n1,2,b,2015-02\n", "two dates", 46);
        told("meeting,episode,code,date\n1,1,a,2015-02\n2,1,b,2015-01\n", "is before", 40);
        told("meeting,episode\n1,1\n", "no column `code`", 0);
        told("meeting,episode,code\n0,1,a\n", "counted from 1", 21);
    }

    #[test]
    fn only_some_rows_may_be_read() {
        let text = "meeting,episode,code,coder\n1,1,a,AB\n1,2,a,CD\n";
        let only = Columns { only: vec![("coder".into(), "ab".into())], ..Columns::default() };
        let read = Episodes::read(text, &only).expect("read");
        assert_eq!((read.episodes.len(), read.rows, read.left_out), (1, 1, 1));
    }
}
