//! What a fit says, as tables.

use super::ReportError;
use super::dictionary;
use super::folder::{Folder, Made};
use super::summary::published;
use super::tables::{Rows, number, optional};
use super::theories::joint_row;
use crate::fit::checks::{Answer, BARS, Calibration, band};
use crate::fit::{Foretold, Settings, Summary};
use crate::scenario::World;
use crate::scenario::document::write_key;
use crate::worlds::joint::Group;
use serde::Serialize;
use serde_json::json;

/// A fit under one theory.
#[derive(Clone, Debug)]
pub struct Fit {
    /// The world, under the theory.
    pub world: World,
    /// What all patterns say.
    pub whole: Foretold,
    /// What the earlier patterns say, if some are marked as later.
    pub earlier: Option<Foretold>,
    /// Tolerances of the generations, and of the answer.
    pub tolerances: Vec<f64>,
    /// Patterns of which no run from the prior has so little, or so much, as was published.
    pub beyond: Vec<String>,
}

/// The checks of the engine.
#[derive(Clone, Debug, Serialize)]
pub struct Checked {
    /// How often ranges held the truth.
    pub calibration: Calibration,
    /// Answers that are known.
    pub known: Vec<Answer>,
}

/// One line of the table [`dictionary::CALIBRATION`].
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Held {
    /// The number.
    pub key: String,
    /// What is counted.
    pub what: String,
    /// How many count.
    pub held: u64,
    /// How many should.
    pub expected: f64,
    /// What chance brings.
    pub band: (u64, u64),
}

impl Held {
    /// Whether chance explains it.
    pub fn is_within(&self) -> bool {
        (self.band.0..=self.band.1).contains(&self.held)
    }
}

impl Fit {
    /// What is known of each number, with its key.
    pub fn numbers(&self) -> Vec<(&str, Summary)> {
        let keys = self.world.priors.iter().map(|prior| prior.key.as_str());
        keys.zip(self.whole.posterior.summaries()).collect()
    }

    /// The two fits, as tables call them.
    pub fn both(&self) -> impl Iterator<Item = (&'static str, &Foretold)> {
        [("whole", &self.whole)].into_iter().chain(self.earlier.iter().map(|fit| ("earlier", fit)))
    }

    /// What is known as numbers of one world: the means, for the table of a theory in a scenario.
    pub fn refitted(&self, found_by: &str) -> String {
        let mut text = format!(
            "[refitted.{}]\nprovenance = \"estimated\"\nsource = {found_by:?}\n",
            self.world.theory.word()
        );
        for (key, summary) in self.numbers() {
            text.push_str(&format!("{} = {:.4}\n", write_key(key), summary.mean));
        }
        text
    }

    /// A scenario that extends the one that was fitted, and carries what is known.
    pub fn scenario(&self, found_by: &str) -> String {
        let mut text = format!(
            "# Found by {found_by}.\nextends = \"scenario.toml\"\nposterior = \"posterior.csv\"\n"
        );
        for (key, summary) in self.numbers() {
            text.push_str(&format!(
                "{key} = {{ value = {:.4}, provenance = \"estimated\", source = \"posterior mean; {found_by}\" }}\n",
                summary.mean
            ));
        }
        text
    }
}

/// Whether the ranges of every number held as many truths as they should, number by number.
pub fn held(keys: &[String], calibration: &Calibration) -> Vec<Held> {
    const PLACES: [&str; BARS] = [
        "tenth 1", "tenth 2", "tenth 3", "tenth 4", "tenth 5", "tenth 6", "tenth 7", "tenth 8",
        "tenth 9", "tenth 10",
    ];
    let (all, numbers) = (calibration.truths, calibration.numbers.len().max(1) as f64);
    let mut lines = Vec::new();
    for (key, covered) in keys.iter().zip(&calibration.numbers) {
        let mut line = |what: &str, held: u64, p: f64, together: f64| {
            let expected = p * all as f64;
            let band = band(all, p, 0.05 / (numbers * together));
            lines.push(Held { key: key.clone(), what: what.to_owned(), held, expected, band });
        };
        line("50 % range", covered.half, 0.5, 2.0);
        line("90 % range", covered.nine_tenths, 0.9, 2.0);
        for (what, count) in PLACES.into_iter().zip(covered.places) {
            line(what, count, 1.0 / BARS as f64, BARS as f64);
        }
    }
    lines
}

/// The table [`dictionary::DRAWS`].
pub fn draws(fit: &Fit) -> Vec<u8> {
    let mut rows = Rows::headed(dictionary::DRAWS);
    for (draw, values) in fit.whole.draws.iter().enumerate() {
        for (prior, value) in fit.world.priors.iter().zip(values) {
            rows.push([(draw + 1).to_string(), prior.key.clone(), number(*value)]);
        }
    }
    rows.bytes()
}

/// The table [`dictionary::NUMBERS`].
pub fn numbers(fits: &[Fit]) -> Vec<u8> {
    let mut rows = Rows::headed(dictionary::NUMBERS);
    for fit in fits {
        for ((key, known), prior) in fit.numbers().into_iter().zip(&fit.world.priors) {
            let with = known.moves_with.map(|(other, _)| fit.world.priors[other].key.clone());
            let cells = [
                known.range.0,
                known.range.1,
                known.mean,
                known.sd,
                known.median,
                known.nine_tenths.0,
                known.half.0,
                known.half.1,
                known.nine_tenths.1,
                known.contraction,
                known.width,
            ];
            let begin = [fit.world.theory.word().to_owned(), key.to_owned()];
            let end = [
                known.known().word().to_owned(),
                with.unwrap_or_default(),
                optional(known.moves_with.map(|(_, r)| r)),
                prior.source.clone(),
            ];
            rows.push(begin.into_iter().chain(cells.map(number)).chain(end));
        }
    }
    rows.bytes()
}

/// The table [`dictionary::FORETOLD`].
pub fn foretold(fits: &[Fit]) -> Vec<u8> {
    let mut rows = Rows::headed(dictionary::FORETOLD);
    for fit in fits {
        for (which, foretold) in fit.both() {
            for compared in &foretold.gathered.patterns {
                let pattern = &compared.pattern;
                let flag = |is: bool| u8::from(is).to_string();
                let quantile = |q| number(compared.simulated.quantile(q));
                rows.push([
                    fit.world.theory.word().to_owned(),
                    which.to_owned(),
                    pattern.name.clone(),
                    pattern.title.clone(),
                    published(&pattern.published),
                    flag(foretold.rests_on.contains(&pattern.name)),
                    flag(pattern.later),
                    quantile(0.5),
                    quantile(0.05),
                    quantile(0.25),
                    quantile(0.75),
                    quantile(0.95),
                    optional(compared.place()),
                    compared.verdict().word().to_owned(),
                    pattern.used_for.word().to_owned(),
                ]);
            }
        }
    }
    rows.bytes()
}

/// The table [`dictionary::JOINT`].
pub fn joint(fits: &[Fit]) -> Vec<u8> {
    let mut rows = Rows::headed(dictionary::JOINT);
    for fit in fits {
        for (which, foretold) in fit.both() {
            for group in Group::ALL {
                let joint = foretold.gathered.joint(group);
                rows.push(joint_row(fit.world.theory.word(), which, group, &joint));
            }
        }
    }
    rows.bytes()
}

/// Makes the folder of a fit, and of fits under other theories beside it: the first fit is the one
/// whose draws are written.
///
/// # Errors
/// If somebody asked to stop, or the system refuses.
pub fn write(
    mut folder: Folder,
    settings: Settings,
    fits: &[Fit],
    checked: Option<&Checked>,
    found_by: &str,
) -> Result<Option<Made>, ReportError> {
    let Some((fit, rivals)) = fits.split_first() else { return Ok(None) };
    folder.table(dictionary::DRAWS, &draws(fit))?;
    folder.table(dictionary::NUMBERS, &numbers(fits))?;
    folder.table(dictionary::FORETOLD, &foretold(fits))?;
    folder.table(dictionary::JOINT, &joint(fits))?;
    if let Some(Checked { calibration, known }) = checked {
        let mut rows = Rows::headed(dictionary::CALIBRATION);
        let keys: Vec<String> = fit.world.priors.iter().map(|prior| prior.key.clone()).collect();
        for line in held(&keys, calibration) {
            let counts = [line.held.to_string(), number(line.expected)];
            let band = [line.band.0.to_string(), line.band.1.to_string()];
            let begin = [line.key, line.what, calibration.truths.to_string()];
            rows.push(begin.into_iter().chain(counts).chain(band));
        }
        folder.table(dictionary::CALIBRATION, &rows.bytes())?;
        let mut rows = Rows::headed(dictionary::KNOWN);
        for Answer { what, found, truth, .. } in known {
            let cells = [found.0, truth.0, found.1, truth.1].map(number);
            rows.push([what.clone()].into_iter().chain(cells));
        }
        folder.table(dictionary::KNOWN, &rows.bytes())?;
    }
    folder.write("fitted.toml", fit.scenario(found_by).as_bytes())?;
    folder.write("scenario.toml", fit.world.to_toml().as_bytes())?;
    if !rivals.is_empty() {
        let tables: Vec<String> = rivals.iter().map(|rival| rival.refitted(found_by)).collect();
        folder.write("refitted.toml", tables.join("\n").as_bytes())?;
    }
    folder.log(json!({}))?;
    let of = |fit: &Fit| {
        json!({
            "theory": fit.world.theory.word(),
            "kept": fit.whole.posterior.len(),
            "effective_draws": fit.whole.posterior.effective(),
            "tolerances": fit.tolerances,
            "beyond_prior": fit.beyond,
        })
    };
    let basis = json!({
        "settings": settings,
        "found_by": found_by,
        "fits": fits.iter().map(of).collect::<Vec<_>>(),
        "beyond_horizon": fit.world.beyond_horizon(),
    });
    Ok(Some(folder.finish(&fit.world, basis)?))
}
