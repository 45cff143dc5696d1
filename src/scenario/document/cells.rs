//! Tables of comma-separated values, as R, pandas and spreadsheets write them (RFC 4180), with the
//! place of every cell.
//!
//! The `csv` crate tells the place of a record alone, and takes the end of the file for a missing
//! quotation mark.

use super::{Place, Problem, Source};
use std::ops::Range;
use std::sync::Arc;

/// How to write a table that is read.
const COMMAS: &str = "write commas between cells and points in numbers: write.csv(d, file, row.names = FALSE) in R, d.to_csv(file, index=False) in pandas";
const UNNAMED: &str = "leave out row names and index: write.csv(d, file, row.names = FALSE) in R, d.to_csv(file, index=False) in pandas";
const TRAILING: &str = "take away the commas at the ends of the lines";

/// A cell of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// What it says: without quotation marks, and without spaces around it.
    pub text: String,
    /// Where.
    pub place: Place,
}

impl Cell {
    /// The number it holds, or why it holds none and what to write instead.
    ///
    /// # Errors
    /// If it is no finite number.
    pub fn number(&self) -> Result<f64, NotANumber> {
        match self.text.parse() {
            Ok(number) if f64::is_finite(number) => Ok(number),
            _ if self.text.is_empty() => Err(NotANumber { what: "is missing", instead: None }),
            _ => Err(NotANumber { what: "is not a number", instead: instead(&self.text) }),
        }
    }
}

/// Why a cell holds no number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotANumber {
    /// What is the matter, after the name of the value.
    pub what: &'static str,
    /// What to write instead.
    pub instead: Option<String>,
}

/// What is to be written for a number of a spreadsheet.
fn instead(text: &str) -> Option<String> {
    let number = |text: &str| text.trim().parse::<f64>().ok().filter(|number| number.is_finite());
    if let Some(number) = text.strip_suffix('%').and_then(number) {
        return Some(format!("write {} for {text}", number / 100.0));
    }
    let (whole, part) = text.split_once(',')?;
    let three = |digits: &str| digits.len() == 3 && digits.bytes().all(|c| c.is_ascii_digit());
    let groups = part.split('.').next().unwrap_or("").split(',').all(three);
    match (groups, text.contains('.') || part.contains(',') || whole.is_empty()) {
        (true, true) => number(&text.replace(',', ""))
            .map(|_| format!("write {}: no separators of thousands", text.replace(',', ""))),
        // 1,000 may be one or a thousand.
        (true, false) if whole.trim_start_matches('-') != "0" => number(whole)
            .map(|_| "write a point before decimals, and nothing between thousands".to_owned()),
        _ => number(&text.replacen(',', ".", 1))
            .map(|_| format!("write {}: decimals have a point", text.replacen(',', ".", 1))),
    }
}

/// The header of a table, and its rows one at a time; blank lines are passed over.
pub struct Rows<'a> {
    source: &'a Arc<Source>,
    at: usize,
}

impl<'a> Rows<'a> {
    /// Reads the header: every column has a name.
    ///
    /// # Errors
    /// If there is none, a column has no name, or something else than commas stands between them.
    pub fn begin(source: &'a Arc<Source>) -> Result<(Vec<Cell>, Rows<'a>), Problem> {
        let at = if source.text().starts_with('\u{feff}') { 3 } else { 0 };
        let mut rows = Rows { source, at };
        let Some(header) = rows.next() else {
            return Err(Problem::new("the table is empty").at(&Place::beginning(source)));
        };
        let header = header?;
        for (number, cell) in header.iter().enumerate() {
            if let Some(other) = cell.text.chars().find(|c| [';', '\t'].contains(c)) {
                return Err(separated(other, &cell.place));
            }
            let (first, rest) = (number == 0, &header[number..]);
            // pandas reads a nameless column as `Unnamed: 0`, and writes that.
            let index = first && (cell.text.is_empty() || cell.text.starts_with("Unnamed:"));
            let what = if first { "the first column has no name" } else { "a column has no name" };
            let problem = Problem::new(what).at(&cell.place);
            if index && header.len() > 1 {
                return Err(problem.help(UNNAMED));
            } else if cell.text.is_empty() {
                let trails = rest.iter().all(|cell| cell.text.is_empty());
                return Err(if trails { problem.help(TRAILING) } else { problem });
            }
        }
        Ok((header, rows))
    }

    fn place(&self, span: Range<usize>) -> Place {
        Place::new(self.source, span.start..span.end.max(span.start + 1))
    }

    /// The cell at `self.at`, and whether its line goes on after it.
    fn cell(&mut self) -> Result<(Cell, bool), Problem> {
        let text = self.source.text();
        let blanks = |from: usize| {
            from + text[from..].len() - text[from..].trim_start_matches([' ', '\t']).len()
        };
        let start = blanks(self.at);
        if !text[start..].starts_with('"') {
            let end = text[self.at..].find([',', '\n']).map_or(text.len(), |end| self.at + end);
            let written = text[self.at..end].trim();
            let start = if written.is_empty() { self.at } else { start };
            let cell =
                Cell { text: written.to_owned(), place: self.place(start..start + written.len()) };
            return Ok((cell, self.pass(end)));
        }
        let mut said = String::new();
        let mut at = start + 1;
        loop {
            let Some(quote) = text[at..].find('"').map(|end| at + end) else {
                let problem = Problem::new("a quotation mark is not closed");
                return Err(problem.at(&self.place(start..start + 1)));
            };
            said.push_str(&text[at..quote]);
            at = quote + 1;
            if !text[at..].starts_with('"') {
                break;
            }
            said.push('"');
            at += 1;
        }
        let end = text[at..].find([',', '\n']).map_or(text.len(), |end| at + end);
        let after = text[at..end].trim();
        if let Some(other) = after.chars().next() {
            let place = self.place(end - text[at..end].trim_start().len()..end);
            return Err(match other {
                ';' | '\t' => separated(other, &place),
                _ => {
                    Problem::new("a comma follows a closing quotation mark").at(&place).found(after)
                }
            });
        }
        let cell = Cell { text: said.trim().to_owned(), place: self.place(start..at) };
        Ok((cell, self.pass(end)))
    }

    /// Steps over the comma or the line end at a byte: whether the line goes on.
    fn pass(&mut self, end: usize) -> bool {
        self.at = (end + 1).min(self.source.text().len());
        self.source.text()[end..].starts_with(',')
    }
}

fn separated(by: char, place: &Place) -> Problem {
    let by = if by == '\t' { "tabs".to_owned() } else { format!("`{by}`") };
    Problem::new(format!("cells are separated by {by}, not by commas")).at(place).help(COMMAS)
}

impl Iterator for Rows<'_> {
    type Item = Result<Vec<Cell>, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        let text = self.source.text();
        while let Some(line) = text[self.at..].split_inclusive('\n').next() {
            if !line.trim().is_empty() {
                break;
            }
            self.at += line.len();
        }
        if self.at >= text.len() {
            return None;
        }
        let mut cells = Vec::new();
        loop {
            match self.cell() {
                Ok((cell, goes_on)) => {
                    cells.push(cell);
                    if !goes_on {
                        return Some(Ok(cells));
                    }
                }
                Err(problem) => {
                    self.at = text.len();
                    return Some(Err(problem));
                }
            }
        }
    }
}

/// A row that has not as many cells as the header.
pub fn uneven(cells: &[Cell], columns: usize) -> Problem {
    let problem = Problem::new("a row has as many cells as the header")
        .at(&cells[cells.len() - 1].place)
        .found(format!("{} cells", cells.len()))
        .allowed(format!("{columns} cells"));
    let whole = |cell: &Cell| cell.text.parse::<u64>().is_ok();
    match cells {
        _ if cells.len() <= columns => problem,
        [.., last] if last.text.is_empty() => problem.help(TRAILING),
        // R's write.table gives row names no column of the header.
        [first, ..]
            if cells.len() == columns + 1
                && first.place.text().starts_with('"')
                && whole(first) =>
        {
            problem.help(UNNAMED)
        }
        _ => problem.help("a comma ends a cell: write a point before decimals"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Vec<Vec<String>>, String> {
        let source = Source::new("t.csv", text);
        let said = |problem: Problem| problem.to_string();
        let (header, rows) = Rows::begin(&source).map_err(said)?;
        let rows: Result<Vec<Vec<Cell>>, String> = rows.map(|row| row.map_err(said)).collect();
        let texts = |row: Vec<Cell>| row.into_iter().map(|cell| cell.text).collect();
        Ok(std::iter::once(header).chain(rows?).map(texts).collect())
    }

    #[test]
    fn a_table_is_read_however_r_pandas_and_spreadsheets_write_it() {
        let plain = read("a,b\n1,x\n2,\"y, z\"\n").expect("a table");
        assert_eq!(plain, [["a", "b"], ["1", "x"], ["2", "y, z"]]);
        for same in [
            "\u{feff}a,b\r\n1,x\r\n2,\"y, z\"\r\n",
            "\"a\",\"b\"\n\"1\",\"x\"\n\"2\",\"y, z\"",
            "\n a , \"b\" \n\n1 ,x\n\n2,  \"y, z\"  \n\n\n",
        ] {
            assert_eq!(read(same).as_ref(), Ok(&plain), "{same:?}");
        }
        let odd = read("a,b\n\"say \"\"so\"\"\",\"two\nlines\"\n,\n").expect("a table");
        assert_eq!(odd, [["a", "b"], ["say \"so\"", "two\nlines"], ["", ""]]);
    }

    #[test]
    fn what_is_no_such_table_is_told_with_its_place_and_the_line_that_helps() {
        let told = |text: &str, says: &[&str]| {
            let said = read(text).expect_err(text);
            says.iter().for_each(|part| assert!(said.contains(part), "{part} in {said}"));
        };
        told("", &["the table is empty"]);
        told("a,b\n1,\"2\n3,4\n", &["t.csv:2:3", "a quotation mark is not closed"]);
        told("a,b\n\"1\"2,3\n", &["t.csv:2:4", "follows a closing quotation mark"]);
        told(",a\n0,1\n", &["t.csv:1:1", "the first column has no name", "index=False"]);
        told("\"\",\"a\"\n\"1\",2\n", &["t.csv:1:1", "row.names = FALSE"]);
        told("Unnamed: 0,a\n0,1\n", &["t.csv:1:1", "index=False"]);
        told("a,b,,\n1,2,,\n", &["t.csv:1:5", "commas at the ends of the lines"]);
        told("a,,b\n", &["t.csv:1:3", "a column has no name"]);
        told("a;b\n1;2\n", &["t.csv:1:1", "separated by `;`", "write.csv"]);
        told("\"a\";\"b\"\n", &["t.csv:1:4", "separated by `;`"]);
        told("a\tb\n", &["separated by tabs"]);
    }

    #[test]
    fn numbers_of_spreadsheets_are_told_how_to_be_written() {
        let source = Source::new("t.csv", "");
        let cell = |text: &str| Cell { text: text.to_owned(), place: Place::beginning(&source) };
        assert_eq!(cell("7e-1").number(), Ok(0.7));
        let why = |text: &str| cell(text).number().expect_err(text);
        let instead = |text: &str| why(text).instead.unwrap_or_default();
        assert_eq!(instead("80%"), "write 0.8 for 80%");
        assert_eq!(instead("0,7"), "write 0.7: decimals have a point");
        assert_eq!(instead("-0,125"), "write -0.125: decimals have a point");
        assert_eq!(instead("1,000.5"), "write 1000.5: no separators of thousands");
        assert_eq!(instead("1,000,000"), "write 1000000: no separators of thousands");
        assert!(instead("1,000").contains("nothing between thousands"), "one or a thousand");
        for none in ["NA", "NaN", "inf", "0x10", "1,2,3", "half", ","] {
            assert_eq!(why(none), NotANumber { what: "is not a number", instead: None }, "{none}");
        }
        assert_eq!(why("").what, "is missing");
    }
}
