//! Which factors an outcome of a sweep depends on: the table, the page, and what a command prints.

mod entries;
mod page;

use super::ReportError;
use super::dictionary;
use super::folder::{Folder, FolderError, Made};
use super::tables::{Rows, number};
use super::words::{capital, sensitivity as words};
use crate::measure::Measure;
use crate::sweep::Plan;
use crate::sweep::sensitivity::analysis::{Analysis, Found, analyse};
use crate::sweep::sensitivity::gathered::{Basis, Effect, Gathered};
use serde_json::json;
use std::fmt::Write;

/// The sensitivity of chosen outcomes of a sweep.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Sensitivity<'a> {
    /// The plan of the sweep.
    pub plan: &'a Plan,
    /// What it gave.
    pub gathered: &'a Gathered,
    /// By chosen outcome.
    pub outcomes: Vec<OfOutcome>,
}

/// Pictures by outcome (`None` for those of the sweep as a whole), with their file and what they
/// show.
type Pictures = Vec<(Option<usize>, String, String)>;

/// What one outcome depends on.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct OfOutcome {
    /// Its place in the plan.
    pub place: usize,
    /// The figures.
    pub analysis: Analysis,
    /// The factors and pairs of factors, those that matter most first.
    pub entries: Vec<Entry>,
    /// Figures of the outcome as a whole, such as its noise share.
    pub whole: Vec<Figure>,
}

/// What is said of a factor, or of two together.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Entry {
    /// The factor, or both.
    pub factors: Vec<usize>,
    /// Its figures; the first decides the order.
    pub figures: Vec<Figure>,
    /// What they mean, in words.
    pub meaning: String,
}

/// A figure.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Figure {
    /// Its name, as in [`dictionary::SENSITIVITY`].
    pub name: &'static str,
    /// Its value.
    pub value: f64,
    /// The ends of its 95 % interval, or NaN if there is none.
    pub interval: (f64, f64),
    /// What it means.
    pub meaning: String,
}

impl<'a> Sensitivity<'a> {
    /// The analysis of some outcomes of a plan (by their places in it) that its design was made
    /// for.
    pub fn of(plan: &'a Plan, gathered: &'a Gathered, outcomes: &[usize]) -> Sensitivity<'a> {
        let of_outcome = |&place: &usize| {
            let analysis = analyse(plan, gathered, place);
            let entries = entries::entries(plan, &plan.outcomes[place], &analysis);
            let whole = entries::whole(plan, &analysis);
            OfOutcome { place, analysis, entries, whole }
        };
        Sensitivity { plan, gathered, outcomes: outcomes.iter().map(of_outcome).collect() }
    }

    /// The outcome that an analysis is of.
    pub fn outcome(&self, of: &OfOutcome) -> &Measure {
        &self.plan.outcomes[of.place]
    }

    /// The keys of an entry's factors.
    pub fn keys(&self, entry: &Entry) -> String {
        let keys = entry.factors.iter().map(|&factor| self.plan.factors[factor].key.as_str());
        keys.collect::<Vec<_>>().join(" × ")
    }

    /// The table [`dictionary::SENSITIVITY`].
    pub fn table(&self) -> Vec<u8> {
        let mut rows = Rows::headed(dictionary::SENSITIVITY);
        for of in &self.outcomes {
            let outcome = &self.outcome(of).name;
            let mut put = |key: &str, figure: &Figure| {
                let (low, high) = figure.interval;
                let words = [outcome.clone(), key.to_owned(), figure.name.to_owned()];
                let numbers = [figure.value, low, high].map(precise);
                rows.push(words.into_iter().chain(numbers).chain([figure.meaning.clone()]));
            };
            of.whole.iter().for_each(|figure| put("", figure));
            for entry in &of.entries {
                let key = self.keys(entry);
                entry.figures.iter().for_each(|figure| put(&key, figure));
            }
        }
        rows.bytes()
    }

    /// Makes the folder: the table, pictures, and the page that shows them.
    ///
    /// # Errors
    /// If somebody asked to stop, or the system refuses.
    pub fn write(&self, mut folder: Folder) -> Result<Made, ReportError> {
        let plan = self.plan;
        folder.table(dictionary::SENSITIVITY, &self.table())?;
        let pictures = self.draw(&mut folder)?;
        folder.write("sensitivity.md", self.page(&pictures).as_bytes())?;
        folder.write("plan.toml", plan.text.as_bytes())?;
        let basis = json!({ "runs": plan.runs(), "rows": plan.rows.len(), "seed": plan.seed });
        folder.finish(&plan.world, basis)
    }

    #[cfg(feature = "plots")]
    fn draw(&self, folder: &mut Folder) -> Result<Pictures, FolderError> {
        let drawn = match super::pictures::sensitivity(self) {
            Ok(drawn) => drawn,
            Err(why) => {
                folder.note(format!("pictures are missing: {why}"));
                return Ok(Vec::new());
            }
        };
        let unseen =
            crate::report::words::pictures::unseen(drawn.iter().map(|picture| &picture.image));
        unseen.into_iter().for_each(|unseen| folder.note(unseen));
        let mut listed = Vec::new();
        for picture in drawn {
            folder.picture(&picture.name, &picture.image)?;
            listed.push((picture.outcome, format!("{}.svg", picture.name), picture.title));
        }
        Ok(listed)
    }

    #[cfg(not(feature = "plots"))]
    fn draw(&self, _: &mut Folder) -> Result<Pictures, FolderError> {
        Ok(Vec::new())
    }

    /// Sentences on an outcome as a whole: noise, missing values, why nothing can be said.
    pub fn about(&self, of: &OfOutcome) -> Vec<String> {
        let mut said = Vec::new();
        if let Err(why) = &of.analysis.found {
            said.push(format!("Nothing can be said: {why}."));
        }
        said.extend(of.whole.iter().map(|figure| figure.meaning.clone()));
        said.dedup();
        if of.analysis.noise.is_none() && of.analysis.found.is_ok() {
            said.push(words::noise_untold(self.plan, self.gathered, of.place).into());
        }
        if let Some(basis) = of.basis() {
            said.push(words::basis(basis));
        }
        if of.analysis.missing > 0 {
            let (runs, failed) = (self.plan.runs(), self.gathered.failures);
            said.push(words::missing(of.analysis.missing, runs, failed));
        }
        if of.analysis.left_out > 0 {
            said.push(words::left_out(of.analysis.left_out, self.plan.rows.len()));
        }
        said
    }

    /// What a command prints about an outcome: its first factors in words, at most `most` of them.
    pub fn printed(&self, of: &OfOutcome, most: usize) -> String {
        let outcome = self.outcome(of);
        let mut text = format!("{} ({})\n", capital(&outcome.title), outcome.name);
        for sentence in self.about(of) {
            let _ = writeln!(text, "  {sentence}");
        }
        for (place, entry) in of.entries.iter().take(most).enumerate() {
            let _ = writeln!(text, "{:>4}  {}", place + 1, entry.meaning);
        }
        if of.entries.len() > most {
            let _ = writeln!(text, "   …  and {} more in the table", of.entries.len() - most);
        }
        text
    }
}

impl OfOutcome {
    /// How errors of differences were found, if there are differences.
    fn basis(&self) -> Option<Basis> {
        let said = |effect: &&Effect| effect.value.is_finite();
        match self.analysis.found.as_ref().ok()? {
            Found::Curves(curves) => curves.iter().map(|curve| &curve.ends).find(said),
            Found::Crossed(effects) => effects.iter().map(|crossed| &crossed.effect).find(said),
            _ => None,
        }
        .map(|effect| effect.basis)
    }
}

/// A figure in the table: as [`number`] writes it, save where that would leave fewer than three
/// digits.
fn precise(value: f64) -> String {
    match value != 0.0 && value.abs() < 1e-4 {
        true => format!("{value:.5e}"),
        false => number(value),
    }
}
