//! The papers that go with every folder of results: the log and the manifest.

use super::outcome::{self, Failure, stop_on_interrupt};
use rppsim::report::Folder;
use rppsim::report::folder::MANIFEST;
use rppsim::scenario::{Note, World};
use rppsim::worlds::Stopped;
use serde_json::{Value, json};
use std::path::Path;
use std::sync::atomic::Ordering;
use std::time::{SystemTime, UNIX_EPOCH};

/// Begins a folder, before anything is computed. From here on a signal to end leaves nothing.
pub fn begin(target: &Path, force: bool) -> Result<Folder, Failure> {
    stop_on_interrupt();
    Ok(Folder::begin(target, force)?)
}

/// Moves a folder into its place, unless the program is to end.
pub fn commit(folder: Folder) -> Result<(), Failure> {
    if stop_on_interrupt().load(Ordering::Relaxed) {
        return Err(Failure::Stopped(Stopped::Interrupted));
    }
    let target = folder.target().to_path_buf();
    folder.commit()?;
    outcome::is_whole(target);
    Ok(())
}

/// The command line. A word that is no text is told as nearly as text can.
pub fn command_line() -> Vec<String> {
    std::env::args_os().map(|word| word.to_string_lossy().into_owned()).collect()
}

/// What varies with the occasion, and goes nowhere else.
pub fn log(folder: &mut Folder, began: SystemTime, more: Value) -> Result<(), Failure> {
    let since = |time: SystemTime| time.duration_since(UNIX_EPOCH).map_or(0, |d| d.as_secs());
    let mut log = json!({
        "schema": 1,
        "began_unix_seconds": since(began),
        "ended_unix_seconds": since(SystemTime::now()),
        "folder": folder.target().to_string_lossy(),
        "command": command_line(),
    });
    join(&mut log, more);
    Ok(folder.write("log.json", pretty(&log).as_bytes())?)
}

/// Pictures, each as SVG and PNG; that they cannot be drawn is said, and no reason to fail.
#[cfg(feature = "plots")]
pub fn pictures(
    folder: &mut Folder,
    drawn: rppsim::report::pictures::Pictures,
) -> Result<(), Failure> {
    match drawn {
        Ok(pictures) => {
            let images = pictures.iter().map(|(_, image)| image);
            if let Some(lacking) = rppsim::report::pictures::unseen(images) {
                outcome::note(&format!("note: {lacking}"));
            }
            for (name, image) in pictures {
                folder.write(&format!("{name}.svg"), image.svg.as_bytes())?;
                folder.write(&format!("{name}.png"), &image.png)?;
            }
        }
        Err(error) => outcome::note(&format!("note: pictures are missing: {error}")),
    }
    Ok(())
}

/// What was run.
pub struct About<'a> {
    pub name: &'a str,
    pub title: &'a str,
    pub theory: Value,
    pub notes: &'a [Note],
}

impl<'a> From<&'a World> for About<'a> {
    fn from(scenario: &'a World) -> Self {
        About {
            name: &scenario.name,
            title: &scenario.title,
            theory: json!(scenario.theory),
            notes: &scenario.notes,
        }
    }
}

/// Everything the results depend on, and what there is; the last file to be written.
pub fn manifest<'a>(
    folder: &mut Folder,
    about: impl Into<About<'a>>,
    more: Value,
) -> Result<(), Failure> {
    let about = about.into();
    let mut files = json!({});
    for (name, listed) in folder.listed() {
        // The log differs from occasion to occasion.
        files[name] = if name == "log.json" { json!({}) } else { json!(listed) };
    }
    let mut manifest = json!({
        "schema": 1,
        "program": env!("CARGO_PKG_NAME"),
        "version": env!("CARGO_PKG_VERSION"),
        "scenario": about.name,
        "title": about.title,
        "theory": about.theory,
        "provenance": about.notes,
        "files": files,
    });
    join(&mut manifest, more);
    Ok(folder.write(MANIFEST, pretty(&manifest).as_bytes())?)
}

fn join(to: &mut Value, more: Value) {
    if let (Value::Object(to), Value::Object(more)) = (to, more) {
        to.extend(more);
    }
}

fn pretty(value: &Value) -> String {
    format!("{value:#}\n")
}
