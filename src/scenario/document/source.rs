//! Texts that were read, and places in them.

use std::fmt;
use std::fs::File;
use std::io::Read;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use super::{Problem, Problems, nearest};

/// The largest scenario file that is read, in bytes (1 MiB; published cases are a few kB).
pub const MAX_BYTES: u64 = 1024 * 1024;

/// A text that was read, with the name shown to the user: `scenarios/mine.toml`,
/// `built-in cypress`, `--set agenda.threshold=0.7`.
#[derive(PartialEq, Eq)]
pub struct Source {
    name: String,
    text: String,
    /// Byte offset at which each line begins.
    line_starts: Vec<usize>,
    /// Whether it is an assignment laid over a file, not a file.
    assigned: bool,
}

impl Source {
    /// A text under its display name.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Arc<Source> {
        Arc::new(Source::of(name.into(), text.into(), false))
    }

    /// The text of an assignment that is laid over a file.
    pub(super) fn assigned(name: &str, text: &str) -> Arc<Source> {
        Arc::new(Source::of(name.into(), text.into(), true))
    }

    fn of(name: String, text: String, assigned: bool) -> Source {
        // Only `\n` ends a line in TOML and in editors; other Unicode separators do not.
        let breaks = text.match_indices('\n').map(|(at, _)| at + 1);
        let line_starts = std::iter::once(0).chain(breaks).collect();
        Source { name, text, line_starts, assigned }
    }

    /// The display name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Index (0-based) of the line that holds a byte.
    fn line_index(&self, byte: usize) -> usize {
        let after = self.line_starts.partition_point(|start| *start <= byte);
        after.saturating_sub(1)
    }

    /// The bytes of a line (0-based), without its line end and without a byte-order mark.
    fn line_span(&self, index: usize) -> Range<usize> {
        let start = self.line_starts.get(index).copied().unwrap_or(0);
        let end = self.line_starts.get(index + 1).copied();
        let line = &self.text[start..end.unwrap_or(self.text.len())];
        let end = start + line.trim_end_matches(['\n', '\r']).len();
        let mark = index == 0 && line.starts_with('\u{feff}');
        let start = if mark { start + 3 } else { start };
        start..end.max(start)
    }
}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Source({:?}, {} bytes)", self.name, self.text.len())
    }
}

/// Where something was written: a source and a range of its bytes.
///
/// The range always lies inside the text and on character boundaries.
#[derive(Clone, PartialEq, Eq)]
pub struct Place {
    source: Arc<Source>,
    span: Range<usize>,
}

impl Place {
    /// A range of bytes in a source; a range that does not fit the text is moved inside it.
    pub fn new(source: &Arc<Source>, span: Range<usize>) -> Place {
        let text = source.text();
        let inside = |mut byte: usize| {
            byte = byte.min(text.len());
            while !text.is_char_boundary(byte) {
                byte -= 1;
            }
            byte
        };
        let start = inside(span.start);
        let end = inside(span.end).max(start);
        Place { source: Arc::clone(source), span: start..end }
    }

    /// The very beginning of a source.
    pub fn beginning(source: &Arc<Source>) -> Place {
        Place::new(source, 0..0)
    }

    /// The place of what was made by a program.
    pub(super) fn nowhere() -> Place {
        Place::beginning(&Source::new("", ""))
    }

    /// The source.
    pub fn source(&self) -> &Arc<Source> {
        &self.source
    }

    /// The source's display name.
    pub fn source_name(&self) -> &str {
        self.source.name()
    }

    /// Whether this was said in an assignment, not in a file.
    pub fn is_assigned(&self) -> bool {
        self.source.assigned
    }

    /// The range of bytes.
    pub fn span(&self) -> Range<usize> {
        self.span.clone()
    }

    /// The text at this place.
    pub fn text(&self) -> &str {
        &self.source.text[self.span.clone()]
    }

    /// The line, counted from 1.
    pub fn line(&self) -> usize {
        self.source.line_index(self.span.start) + 1
    }

    /// The column in characters, counted from 1.
    pub fn column(&self) -> usize {
        let line = self.source.line_span(self.line() - 1);
        // A place on the line end itself is one past the last character.
        let upto = self.span.start.clamp(line.start, line.end);
        self.source.text[line.start..upto].chars().count() + 1
    }

    /// The line on which this place begins, and the part of it that the place covers.
    pub(super) fn line_and_mark(&self) -> (&str, Range<usize>) {
        let line = self.source.line_span(self.line() - 1);
        let start = self.span.start.clamp(line.start, line.end);
        let end = self.span.end.clamp(start, line.end);
        let mark = start - line.start..end - line.start;
        (&self.source.text[line], mark)
    }
}

impl fmt::Display for Place {
    /// `file:line:column`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.source_name(), self.line(), self.column())
    }
}

impl fmt::Debug for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}..{}", self.span.end)
    }
}

/// Reads a file as a source named by its path.
///
/// # Errors
///
/// One problem if the file is missing (with the nearest name in its folder), is a folder, cannot be
/// opened, is larger than [`MAX_BYTES`] (it is then not read), or is not UTF-8 (with the line).
/// An empty file is no problem here.
pub fn read_file(path: &Path) -> Result<Arc<Source>, Problems> {
    read_file_up_to(path, MAX_BYTES)
}

/// [`read_file`] with another limit, for texts that are made by programs.
///
/// # Errors
///
/// As there.
pub fn read_file_up_to(path: &Path, most: u64) -> Result<Arc<Source>, Problems> {
    read(path, most).map_err(Problems::from)
}

fn read(path: &Path, most: u64) -> Result<Arc<Source>, Problem> {
    let name = path.display().to_string();
    let failed = |error: std::io::Error| {
        Problem::new(format!("`{name}` cannot be read")).found(error.to_string())
    };
    let about = match std::fs::metadata(path) {
        Ok(about) => about,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return Err(missing(path, &name));
        }
        Err(error) => return Err(failed(error)),
    };
    if about.is_dir() {
        return Err(Problem::new(format!("`{name}` is a folder"))
            .allowed("a scenario file, such as `mine.toml`")
            .help(contents(path)));
    }
    if about.len() > most {
        return Err(too_large(&name, &format!("{} bytes", about.len()), most));
    }
    let mut bytes = Vec::new();
    // A pipe has no size to ask for, so the limit is held while reading as well.
    let mut limited = File::open(path).map_err(failed)?.take(most + 1);
    limited.read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > most {
        return Err(too_large(&name, &format!("more than {most} bytes"), most));
    }
    String::from_utf8(bytes)
        .map(|text| Source::new(name.as_str(), text))
        .map_err(|error| not_utf8(&name, error.as_bytes(), error.utf8_error().valid_up_to()))
}

fn missing(path: &Path, name: &str) -> Problem {
    let problem = Problem::new(format!("there is no file `{name}`"));
    let folder = folder_of(path);
    if !folder.is_dir() {
        return problem.help(format!("the folder `{}` is missing too", folder.display()));
    }
    let names = toml_files(folder);
    let wanted = path.file_name().map(|n| n.to_string_lossy().into_owned());
    // `mine` for `mine.toml` is the commonest slip of all.
    let wanted = wanted.unwrap_or_default();
    let stem = wanted.trim_end_matches(".toml");
    let stems = names.iter().map(|n| n.trim_end_matches(".toml"));
    match nearest(stem, stems) {
        Some(stem) => {
            let found = path.with_file_name(format!("{stem}.toml"));
            problem.help(format!("did you mean `{}`?", found.display()))
        }
        None => problem.help(contents(folder)),
    }
}

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// The scenario files in a folder, in the order of their names.
fn toml_files(folder: &Path) -> Vec<String> {
    let listing = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<String> = listing
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter(|name| name.ends_with(".toml"))
        .collect();
    names.sort();
    names
}

fn contents(folder: &Path) -> String {
    let names = toml_files(folder);
    let shown = folder.display();
    match names.len() {
        0 => format!("the folder `{shown}` holds no .toml files"),
        1..=8 => format!("the folder `{shown}` holds {}", names.join(", ")),
        many => {
            format!("the folder `{shown}` holds {} and {} more", names[..8].join(", "), many - 8)
        }
    }
}

fn too_large(name: &str, size: &str, most: u64) -> Problem {
    let problem = Problem::new(format!("`{name}` is too large"))
        .found(size)
        .allowed(format!("at most {most} bytes ({} MiB)", most >> 20));
    match most {
        MAX_BYTES => problem.help("is this really a scenario file?"),
        _ => problem,
    }
}

fn not_utf8(name: &str, bytes: &[u8], at: usize) -> Problem {
    // Everything before `at` is unchanged by the lossy reading, so the place stays right.
    let source = Source::new(name, String::from_utf8_lossy(bytes));
    let place = Place::new(&source, at..at + '\u{fffd}'.len_utf8());
    let byte = bytes.get(at).copied().unwrap_or_default();
    let utf16 = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
    let found = match byte {
        _ if utf16 => "UTF-16 text".to_string(),
        0xa0.. => format!("byte 0x{byte:02x} at offset {at} (`{}` in Latin-1)", char::from(byte)),
        _ => format!("byte 0x{byte:02x} at offset {at}"),
    };
    Problem::new(format!("`{name}` is not UTF-8 text"))
        .at(&place)
        .found(found)
        .allowed("UTF-8")
        .help("save the file again with the encoding UTF-8")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(path: &Path) -> String {
        read_file(path).expect_err("a problem").to_string()
    }

    #[test]
    fn lines_and_columns_count_characters_from_one() {
        let source = Source::new("f", "\u{feff}größe = 1\r\nb = 2\n");
        let place = |span| Place::new(&source, span);
        assert_eq!(place(3..4).to_string(), "f:1:1");
        assert_eq!(place(13..14).text(), "1");
        assert_eq!(place(13..14).to_string(), "f:1:9");
        assert_eq!(place(14..15).to_string(), "f:1:10", "on the line end");
        assert_eq!(place(16..17).to_string(), "f:2:1");
        assert_eq!(place(22..22).to_string(), "f:3:1", "the end of the file");
        assert_eq!(place(6..900).span(), 5..22, "moved to a character boundary");
    }

    #[test]
    fn a_missing_file_names_its_nearest_neighbour() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        std::fs::write(at("cypress.toml"), "").expect("written");
        assert!(message(&at("cypres.toml")).contains("cypress.toml`?"));
        assert!(message(&at("cypress")).contains("cypress.toml`?"));
        assert!(message(&at("quite-other")).contains("holds cypress.toml"));
        assert!(message(&at("no/such.toml")).contains("is missing too"));
        assert!(message(folder.path()).contains("is a folder"));
    }

    #[test]
    fn a_file_that_is_too_large_is_not_read() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("big.toml");
        let file = File::create(&path).expect("created");
        file.set_len(MAX_BYTES + 1).expect("sized");
        let message = message(&path);
        assert!(message.contains("1048577 bytes"), "{message}");
        assert!(message.contains("at most 1048576"), "{message}");
    }

    #[test]
    fn a_file_that_is_not_utf8_tells_the_byte_and_the_line() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("latin.toml");
        std::fs::write(&path, b"a = 1\nname = \"Jos\xe9\"\n").expect("written");
        let text = message(&path);
        assert!(text.contains("latin.toml:2:12"), "{text}");
        assert!(text.contains("byte 0xe9 at offset 17"), "{text}");
        assert!(text.contains("UTF-8"), "{text}");
        std::fs::write(&path, b"\xff\xfea\0").expect("written");
        assert!(message(&path).contains("UTF-16"));
    }

    #[test]
    fn an_empty_file_is_left_to_the_caller() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("empty.toml");
        std::fs::write(&path, "").expect("written");
        assert_eq!(read_file(&path).expect("read").text(), "");
    }
}
