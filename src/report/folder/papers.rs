//! The papers that go with every folder of results: the dictionary, the log and the manifest.

use super::{FileInFolder, Folder, FolderError, MANIFEST};
use crate::report::ReportError;
use crate::report::dictionary::{DICTIONARY, Table};
use crate::report::tables::{Rows, dictionary_of};
use crate::scenario::{Nation, Note, World};
use crate::worlds::{Stop, Stopped};
use serde::Serialize;
use serde_json::{Map, Value, json};
use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

/// What a folder knows of itself besides its files.
#[derive(Debug)]
pub(super) struct Papers {
    began: SystemTime,
    stop: Stop<'static>,
    /// For the dictionary.
    tables: Vec<Table>,
    /// For the manifest.
    stated: Map<String, Value>,
    /// What the reader should hear of.
    notes: Vec<String>,
}

impl Default for Papers {
    fn default() -> Self {
        let (tables, stated, notes) = Default::default();
        Papers { began: SystemTime::now(), stop: Stop::NEVER, tables, stated, notes }
    }
}

/// A folder that is in its place.
#[derive(Clone, Debug)]
pub struct Made {
    /// Where it is.
    pub folder: PathBuf,
    /// The names of its files.
    pub files: Vec<String>,
    /// What is not as it should be, though no reason to fail, such as pictures that are missing.
    pub notes: Vec<String>,
}

/// What a folder's results are of, for its manifest.
#[derive(Clone, Debug)]
pub struct About<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its title.
    pub title: &'a str,
    /// The theory or theories.
    pub theory: Value,
    /// Where its numbers come from.
    pub notes: &'a [Note],
}

impl<'a> From<&'a World> for About<'a> {
    fn from(world: &'a World) -> Self {
        About {
            name: &world.name,
            title: &world.title,
            theory: json!(world.theory),
            notes: &world.notes,
        }
    }
}

impl<'a> From<&'a Nation> for About<'a> {
    fn from(nation: &'a Nation) -> Self {
        About {
            name: &nation.name,
            title: &nation.title,
            theory: json!(nation.classes.iter().map(|c| &c.world.theory).collect::<Vec<_>>()),
            notes: &nation.notes,
        }
    }
}

impl Folder {
    /// The same folder, which comes to nothing if somebody asks to stop before it is in its place.
    pub fn stopped_by(mut self, stop: Stop<'static>) -> Folder {
        self.papers.stop = stop;
        self
    }

    /// What stops it.
    pub fn stop(&self) -> Stop<'static> {
        self.papers.stop
    }

    /// Writes a whole table, with its header, and enters it in the dictionary.
    ///
    /// # Errors
    /// If the system refuses.
    pub fn table(&mut self, table: Table, content: &[u8]) -> Result<(), FolderError> {
        self.papers.tables.push(table);
        self.write(table.file, content)
    }

    /// Begins a table with its header and enters it in the dictionary.
    ///
    /// # Errors
    /// If it cannot be made.
    pub fn begin_table(&mut self, table: Table) -> Result<FileInFolder, FolderError> {
        self.papers.tables.push(table);
        let mut file = self.file(table.file)?;
        file.put(&Rows::header(table))?;
        Ok(file)
    }

    /// States something in the manifest that the results depend on.
    pub fn state(&mut self, key: &str, value: impl Serialize) {
        self.papers.stated.insert(key.to_owned(), json!(value));
    }

    /// Writes pictures, each as SVG and PNG. That they cannot be drawn, or not be seen, is a note.
    ///
    /// # Errors
    /// If the system refuses.
    #[cfg(feature = "plots")]
    pub fn pictures(
        &mut self,
        drawn: crate::report::pictures::Pictures,
    ) -> Result<(), FolderError> {
        match drawn {
            Ok(pictures) => {
                let unseen =
                    crate::report::words::pictures::unseen(pictures.iter().map(|(_, image)| image));
                self.papers.notes.extend(unseen);
                pictures.iter().try_for_each(|(name, image)| self.picture(name, image))
            }
            Err(why) => {
                self.note(format!("pictures are missing: {why}"));
                Ok(())
            }
        }
    }

    /// Writes a picture as SVG and PNG.
    #[cfg(feature = "plots")]
    pub(in crate::report) fn picture(
        &mut self,
        name: &str,
        image: &crate::plot::Image,
    ) -> Result<(), FolderError> {
        self.write(&format!("{name}.svg"), image.svg.as_bytes())?;
        self.write(&format!("{name}.png"), &image.png)
    }

    /// Writes the dictionary of the tables that were [entered](Folder::table), if it is not there.
    ///
    /// # Errors
    /// If the system refuses.
    pub(in crate::report) fn dictionary(&mut self) -> Result<(), FolderError> {
        if self.papers.tables.is_empty() || self.listed.contains_key(DICTIONARY.file) {
            return Ok(());
        }
        self.write(DICTIONARY.file, &dictionary_of(&self.papers.tables))
    }

    /// Says something to whoever asked for the folder.
    pub(in crate::report) fn note(&mut self, note: String) {
        self.papers.notes.push(note);
    }

    /// Writes what varies with the occasion, and goes nowhere else: times, threads, the command.
    ///
    /// # Errors
    /// If the system refuses.
    pub(in crate::report) fn log(&mut self, more: Value) -> Result<(), FolderError> {
        let since = |time: SystemTime| time.duration_since(UNIX_EPOCH).map_or(0, |d| d.as_secs());
        // A word that is no text is told as nearly as text can.
        let command = std::env::args_os().map(|word| word.to_string_lossy().into_owned());
        let log = json!({
            "schema": 1,
            "began_unix_seconds": since(self.papers.began),
            "ended_unix_seconds": since(SystemTime::now()),
            "folder": self.target.to_string_lossy(),
            "command": command.collect::<Vec<_>>(),
        });
        self.write("log.json", pretty(join(log, more)).as_bytes())
    }

    /// Writes the dictionary and the manifest, which says what the results depend on (`basis`, and
    /// what was [stated](Folder::state)) and lists every file; then moves all into its place.
    ///
    /// # Errors
    /// If somebody asked to stop, or the system refuses.
    pub(in crate::report) fn finish<'a>(
        mut self,
        about: impl Into<About<'a>>,
        basis: Value,
    ) -> Result<Made, ReportError> {
        self.dictionary()?;
        let about = about.into();
        let mut files = json!({});
        for (name, listed) in self.listed() {
            // The log differs from occasion to occasion.
            files[name] = if name == "log.json" { json!({}) } else { json!(listed) };
        }
        let manifest = json!({
            "schema": 1,
            "program": env!("CARGO_PKG_NAME"),
            "version": env!("CARGO_PKG_VERSION"),
            "scenario": about.name,
            "title": about.title,
            "theory": about.theory,
            "provenance": about.notes,
            "files": files,
        });
        let manifest = join(join(manifest, basis), json!(self.papers.stated));
        self.write(MANIFEST, pretty(manifest).as_bytes())?;
        if self.papers.stop.is_asked() {
            return Err(Stopped::Interrupted.into());
        }
        let made = Made {
            folder: self.target.clone(),
            files: self.listed.keys().cloned().collect(),
            notes: std::mem::take(&mut self.papers.notes),
        };
        self.commit()?;
        Ok(made)
    }
}

fn join(mut all: Value, more: Value) -> Value {
    if let (Value::Object(all), Value::Object(more)) = (&mut all, more) {
        all.extend(more);
    }
    all
}

fn pretty(value: Value) -> String {
    format!("{value:#}\n")
}
