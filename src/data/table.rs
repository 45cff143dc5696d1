//! A table of separated values, read as leniently as does no harm.
//!
//! Commas, semicolons or tabs; a byte-order mark; either line end; quotation marks or none; blank
//! lines; columns in any order; row names and indices. The place of every cell is kept.

use super::Fault;
use csv_core::{ReadFieldResult, ReaderBuilder};
use std::ops::Range;

/// What programs write where a value is missing.
const MISSING: [&str; 9] = ["", "NA", "<NA>", "N/A", "#N/A", "NaN", "nan", "NULL", "null"];

/// A cell of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// What it says, without quotation marks and without spaces around it.
    pub text: String,
    /// Its bytes in the text, quotation marks included.
    pub span: Range<usize>,
}

/// A word with the differences taken out that are none: case, and spaces around and between.
pub fn alike(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

impl Cell {
    /// The text, unless the value is missing.
    pub fn said(&self) -> Option<&str> {
        Some(self.text.as_str()).filter(|text| !MISSING.contains(text))
    }

    /// The whole number it holds. `3.0`, as pandas writes a column with gaps, is one.
    ///
    /// # Errors
    /// If it holds none from 0 to 1,000,000.
    pub fn whole(&self, what: &str) -> Result<u32, Fault> {
        let plain = self.text.trim_end_matches('0').trim_end_matches(['.', ',']);
        let text = if self.text.contains(['.', ',']) { plain } else { &self.text };
        let zero = text.is_empty() && self.text.contains('0');
        let text = if zero { "0" } else { text };
        let number = text.parse::<u32>().ok().filter(|n| *n <= 1_000_000);
        number.filter(|_| self.said().is_some()).ok_or_else(|| {
            let found = self.said().map_or("nothing".to_owned(), |text| format!("`{text}`"));
            Fault::at(&self.span, format!("{what} is not a whole number"))
                .found(found)
                .allowed("a whole number from 0 to 1000000")
        })
    }
}

/// A table: its header and its rows, all as wide as the header.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// The names of the columns. Programs leave that of an index empty.
    pub header: Vec<Cell>,
    /// The rows that say anything, in order.
    pub rows: Vec<Vec<Cell>>,
}

impl Table {
    /// Reads a text.
    ///
    /// # Errors
    /// If there is no header, a quotation mark is not closed, or a row has not as many cells as the
    /// header.
    pub fn read(text: &str) -> Result<Table, Fault> {
        let mut lines = split(text)?;
        let said = |row: &Vec<Cell>| row.iter().any(|cell| !cell.text.is_empty());
        lines.retain(said);
        if lines.is_empty() {
            return Err(Fault::at(&(0..0), "the table is empty").allowed("a header and rows"));
        }
        let mut header = lines.remove(0);
        while header.last().is_some_and(|cell| cell.text.is_empty()) && header.len() > 1 {
            header.pop();
        }
        // R's write.table gives its row names no column of the header.
        let width = header.len();
        if !lines.is_empty()
            && lines.iter().all(|row| row.len() == width + 1 && !row[width].text.is_empty())
        {
            header.insert(0, Cell { text: String::new(), span: header[0].span.clone() });
        }
        let width = header.len();
        for row in &mut lines {
            let empty = row.iter().skip(width).all(|cell| cell.text.is_empty());
            if row.len() > width && empty {
                row.truncate(width);
            }
            if row.len() != width {
                let span = row[row.len() - 1].span.clone();
                return Err(Fault::at(&span, "a row has as many cells as the header")
                    .found(format!("{} cells", row.len()))
                    .allowed(format!("{width} cells"))
                    .help("text that holds a comma or a semicolon needs quotation marks"));
            }
        }
        Ok(Table { header, rows: lines })
    }

    /// The place of a column, if there is one of this name. Case and spaces make no difference
    /// where no column has just this name.
    ///
    /// # Errors
    /// If several columns have it.
    pub fn find(&self, name: &str) -> Result<Option<usize>, Fault> {
        let of = |same: &dyn Fn(&Cell) -> bool| -> Vec<usize> {
            (0..self.header.len()).filter(|at| same(&self.header[*at])).collect()
        };
        let exactly = of(&|cell| cell.text == name);
        let found =
            if exactly.is_empty() { of(&|cell| alike(&cell.text) == alike(name)) } else { exactly };
        match found[..] {
            [] => Ok(None),
            [at] => Ok(Some(at)),
            [_, second, ..] => {
                let span = &self.header[second].span;
                Err(Fault::at(span, format!("two columns are called `{name}`"))
                    .help("give one of them another name"))
            }
        }
    }

    /// The place of a column that must be there; `says` is the key that names it.
    ///
    /// # Errors
    /// If there is none of this name, or several.
    pub fn column(&self, name: &str, says: &str) -> Result<usize, Fault> {
        self.find(name)?.ok_or_else(|| {
            let names = self.header.iter().map(|cell| cell.text.clone());
            let named: Vec<String> = names.filter(|name| !name.is_empty()).collect();
            let all = Range {
                start: self.header[0].span.start,
                end: self.header[self.header.len() - 1].span.end,
            };
            Fault::at(&all, format!("there is no column `{name}`"))
                .found(named.join(", "))
                .help(format!("say which column it is: {says} = \"NAME\""))
                .not_among(name, named)
        })
    }
}

/// Which character separates cells: the one of which the header has most.
fn delimiter(text: &str) -> u8 {
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0)];
    let mut quoted = false;
    for byte in text.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted && counts.iter().any(|(_, n)| *n > 0) => break,
            _ if quoted => {}
            _ => counts.iter_mut().filter(|(c, _)| *c == byte).for_each(|(_, n)| *n += 1),
        }
    }
    let most = counts.iter().map(|(_, n)| *n).max().unwrap_or(0);
    counts.iter().find(|(_, n)| *n == most).map_or(b',', |(c, _)| *c)
}

/// The cells of every line.
fn split(text: &str) -> Result<Vec<Vec<Cell>>, Fault> {
    let mut at = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut reader = ReaderBuilder::new().delimiter(delimiter(&text[at..])).build();
    let mut out = vec![0; text.len() + 1];
    let (mut lines, mut line) = (Vec::new(), Vec::new());
    loop {
        let (result, taken, written) = reader.read_field(&text.as_bytes()[at..], &mut out);
        // Nothing is left: the reader is told so by an empty text, and ends its last cell.
        let (result, written) = match result {
            ReadFieldResult::InputEmpty => {
                let (result, _, more) = reader.read_field(&[], &mut out[written..]);
                (result, written + more)
            }
            result => (result, written),
        };
        let ReadFieldResult::Field { record_end } = result else { return Ok(lines) };
        let raw = &text[at..at + taken];
        let start = at + raw.len() - raw.trim_start_matches(['\r', '\n']).len();
        let inside = &text[start..at + taken];
        // What ends a cell is no part of it.
        let ended = match (record_end, inside.chars().next_back()) {
            (false, Some(last)) => inside.len() - last.len_utf8(),
            _ => inside.trim_end_matches(['\r', '\n']).len(),
        };
        let span = start..start + ended;
        if text[span.clone()].matches('"').count() % 2 == 1 && text[span.clone()].starts_with('"') {
            return Err(Fault::at(&(start..start + 1), "a quotation mark is not closed"));
        }
        let said = String::from_utf8_lossy(&out[..written]);
        let said = said.trim();
        // A spreadsheet keeps zeros in front by writing ="0010".
        let said = said.strip_prefix("=\"").and_then(|said| said.strip_suffix('"')).unwrap_or(said);
        line.push(Cell { text: said.to_owned(), span });
        if record_end {
            lines.push(std::mem::take(&mut line));
        }
        at += taken;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<Vec<String>> {
        let table = Table::read(text).expect("a table");
        let texts = |row: &Vec<Cell>| row.iter().map(|cell| cell.text.clone()).collect();
        std::iter::once(&table.header).chain(&table.rows).map(texts).collect()
    }

    #[test]
    fn a_table_is_the_same_however_it_is_written() {
        let plain = read("a,b\n1,x\n2,\"y, z\"\n");
        assert_eq!(plain, [["a", "b"], ["1", "x"], ["2", "y, z"]]);
        for same in [
            "\u{feff}a,b\r\n1,x\r\n2,\"y, z\"\r\n",
            "\"a\",\"b\"\n\"1\",\"x\"\n\"2\",\"y, z\"",
            "a;b\n1;x\n2;y, z\n",
            "a\tb\n1\tx\n\n\n2\ty, z\n\n",
            "a,b,,\n1,x,,\n,,,\n2,\"y, z\",,\n",
            "\n a , b \n=\"1\", x\n2,\"y, z\" \n",
        ] {
            assert_eq!(read(same), plain, "{same:?}");
        }
        // Row names: of write.csv in R and of pandas, and of write.table.
        for indexed in ["\"\",\"a\"\n\"1\",\"x\"\n", ",a\n1,x\n", "\"a\"\n\"1\",\"x\"\n"] {
            assert_eq!(read(indexed), [["", "a"], ["1", "x"]], "{indexed:?}");
        }
        assert_eq!(
            read("a,b\n\"say \"\"so\"\"\",\"two\nlines\"\n")[1],
            ["say \"so\"", "two\nlines"]
        );
    }

    #[test]
    fn every_cell_knows_its_place() {
        let text = "\u{feff}\"a\";b\r\n\r\n\"x\";ü y\r\n;last";
        let table = Table::read(text).expect("a table");
        let written = |cell: &Cell| text[cell.span.clone()].to_owned();
        let all: Vec<String> =
            table.header.iter().chain(table.rows.iter().flatten()).map(written).collect();
        assert_eq!(all, ["\"a\"", "b", "\"x\"", "ü y", "", "last"]);
    }

    #[test]
    fn what_is_no_table_is_told_with_its_place() {
        let told = |text: &str| Table::read(text).expect_err(text);
        assert_eq!(told("\n\n").message, "the table is empty");
        let open = told("a,b\n1,\"2\n3,4\n");
        assert_eq!((open.span.start, open.message.as_str()), (6, "a quotation mark is not closed"));
        let short = told("a,b,c\n1,2,3\n1,2\n");
        assert_eq!(
            (short.span.start, short.found.as_str(), short.allowed.as_str()),
            (14, "2 cells", "3 cells")
        );
        let long = told("a,b\n1,2\n1,2,x\n");
        assert_eq!((long.span.start, long.found.as_str()), (12, "3 cells"));
    }

    #[test]
    fn columns_are_found_by_name_and_missing_ones_told_with_those_that_there_are() {
        let table = Table::read("Document Name,Code,code\nx,y,z\n").expect("a table");
        assert_eq!(table.find("document name"), Ok(Some(0)));
        assert_eq!(table.find("code"), Ok(Some(2)));
        assert!(table.find("CODE").is_err_and(|fault| fault.message.contains("two columns")));
        let fault = table.column("meeting", "data.episodes.meeting").expect_err("none");
        assert!(
            fault.found.contains("Document Name") && fault.help.contains("data.episodes.meeting")
        );
    }

    #[test]
    fn missing_values_and_whole_numbers_are_read_as_programs_write_them() {
        let cell = |text: &str| Cell { text: text.into(), span: 0..0 };
        for missing in ["", "NA", "NaN", "NULL"] {
            assert_eq!(cell(missing).said(), None);
            assert!(cell(missing).whole("k").is_err());
        }
        for (text, number) in
            [("3", 3), ("0", 0), ("3.0", 3), ("10", 10), ("10,00", 10), ("0.0", 0)]
        {
            assert_eq!(cell(text).whole("k"), Ok(number), "{text}");
        }
        for none in ["3.5", "-1", "three", "1e3", "."] {
            assert!(cell(none).whole("k").is_err(), "{none}");
        }
    }
}
