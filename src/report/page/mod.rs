//! One page that answers a question: the answer first, in words, with its uncertainties; then
//! pictures, every number, what was assumed, what must not be concluded, and how to get the same
//! page again.
//!
//! The page stands alone: it loads nothing, runs nothing, and prints on paper. Without the
//! feature `plots` it has no pictures and says so.

mod assumptions;
mod html;
mod sections;

use super::folder::{Folder, FolderError};
use super::words::page as words;
use crate::worlds::compare::study::Study;
use html::Html;

/// The name of the page's file.
pub const FILE: &str = "report.html";

/// What a page says besides its study.
#[derive(Clone, Debug, Default)]
pub struct About {
    /// The question in words; made from the names of the worlds if not given.
    pub question: Option<String>,
    /// The command that gives the page again.
    pub command: String,
    /// The pictures; [`write()`] draws them.
    pub pictures: Vec<Picture>,
    /// Names of the files beside the page.
    pub files: Vec<String>,
}

/// A picture on a page.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Picture {
    /// The name of its file, without an ending.
    pub name: String,
    /// What it shows, for those who see it.
    pub caption: String,
    /// What it shows, for those who do not: the numbers themselves are in sentences and tables.
    pub alternative: String,
    /// The picture as an SVG document.
    pub svg: String,
}

/// The page of a study.
pub fn page(study: &Study, about: &About) -> String {
    let question = words::question(study, about.question.as_deref());
    let mut html = Html::default();
    html.markup("<!DOCTYPE html>\n");
    html.element("html", &[("lang", "en")], |html| {
        html.element("head", &[], |html| {
            html.void("meta", &[("charset", "utf-8")]);
            let fit = "width=device-width, initial-scale=1";
            html.void("meta", &[("name", "viewport"), ("content", fit)]);
            html.line("title", &question);
            html.element("style", &[], |html| html.markup(include_str!("style.css")));
        });
        html.element("body", &[], |html| {
            html.element("main", &[], |html| {
                sections::opening(html, study, &question);
                sections::answer(html, study, about);
                sections::course(html, about);
                sections::others(html, study);
                sections::table(html, study);
                sections::break_even(html, study, about);
                assumptions::section(html, study);
                sections::limits(html, study);
                sections::again(html, study, about);
            });
        });
    });
    html.finished()
}

/// Draws the pictures of a study into a folder and writes the page there, with the files that the
/// folder then has. Gives what could not be drawn, in words.
///
/// # Errors
/// If the system refuses.
pub fn write(
    folder: &mut Folder,
    study: &Study,
    about: About,
) -> Result<Option<String>, FolderError> {
    let (drawn, missing) = pictures(folder, study)?;
    let files = folder.listed().keys().cloned().collect();
    let about = About { pictures: drawn, files, ..about };
    folder.write(FILE, page(study, &about).as_bytes())?;
    Ok(missing)
}

#[cfg(feature = "plots")]
fn pictures(
    folder: &mut Folder,
    study: &Study,
) -> Result<(Vec<Picture>, Option<String>), FolderError> {
    let drawn = match super::pictures::of_study(study) {
        Ok(drawn) => drawn,
        Err(why) => return Ok((Vec::new(), Some(format!("pictures are missing: {why}")))),
    };
    let lacking = super::pictures::unseen(drawn.iter().map(|picture| &picture.image));
    let mut pictures = Vec::new();
    for picture in drawn {
        folder.write(&format!("{}.svg", picture.name), picture.image.svg.as_bytes())?;
        folder.write(&format!("{}.png", picture.name), &picture.image.png)?;
        pictures.push(Picture {
            alternative: format!("{}. {}", picture.title, picture.caption),
            name: picture.name,
            caption: picture.caption,
            svg: picture.image.svg,
        });
    }
    Ok((pictures, lacking))
}

#[cfg(not(feature = "plots"))]
fn pictures(_: &mut Folder, _: &Study) -> Result<(Vec<Picture>, Option<String>), FolderError> {
    Ok((Vec::new(), None))
}

#[cfg(test)]
mod tests;
