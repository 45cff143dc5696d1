//! What a search found, as tables and as a scenario.

use super::ReportError;
use super::dictionary;
use super::folder::{Folder, Made};
use super::summary::published;
use super::tables::{Rows, number, optional};
use crate::fit::search::{Candidate, Fitted, Search, weighted};
use crate::measure::readings::correlation;
use crate::model::Shipped;
use crate::scenario::World;
use crate::scenario::document::write_key;
use crate::scenario::patterns::Published;
use serde_json::json;

/// How sharply one parameter is pinned.
#[derive(Clone, Debug, serde::Serialize)]
#[non_exhaustive]
pub struct Pinned {
    /// Its key.
    pub key: String,
    /// The range it was sought in.
    pub range: (f64, f64),
    /// Its value in the best set.
    pub best: f64,
    /// Weighted mean and standard deviation over the sets kept.
    pub mean: f64,
    /// See `mean`.
    pub sd: f64,
    /// 5 and 95 % quantiles over the sets kept.
    pub interval: (f64, f64),
    /// 1 − sd / sd of the range: 0 not at all, 1 wholly.
    pub pinned: f64,
    /// The parameter it is most correlated with, and how much.
    pub moves_with: Option<(String, f64)>,
}

/// How sharply each parameter is pinned, in the order of the priors.
pub fn pinned(scenario: &World, fitted: &Fitted) -> Vec<Pinned> {
    let kept = &fitted.kept;
    let of = |i: usize| move |candidate: &Candidate| candidate.values[i];
    let together = |i: usize, j: usize| {
        let pairs: Vec<(f64, f64)> = kept.iter().map(|c| (c.values[i], c.values[j])).collect();
        correlation(&pairs).unwrap_or(0.0)
    };
    let count = scenario.priors.len();
    let row = |(i, prior): (usize, &crate::scenario::number::Prior)| {
        let (mean, sd) = weighted(kept, of(i));
        let others = (0..count).filter(|j| *j != i).map(|j| (j, together(i, j)));
        let most = others.reduce(|a, b| if b.1.abs() > a.1.abs() { b } else { a });
        Pinned {
            key: prior.key.clone(),
            range: (prior.low, prior.high),
            best: fitted.best.values[i],
            mean,
            sd,
            interval: (quantile(kept, i, 0.05), quantile(kept, i, 0.95)),
            pinned: 1.0 - sd / ((prior.high - prior.low) / libm::sqrt(12.0)),
            moves_with: most.map(|(j, r)| (scenario.priors[j].key.clone(), r)),
        }
    };
    scenario.priors.iter().enumerate().map(row).collect()
}

fn quantile(kept: &[Candidate], i: usize, q: f64) -> f64 {
    let mut values: Vec<(f64, f64)> = kept.iter().map(|c| (c.values[i], c.weight)).collect();
    values.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut below = 0.0;
    for (value, weight) in &values {
        below += weight;
        if below >= q {
            return *value;
        }
    }
    values.last().map_or(f64::NAN, |last| last.0)
}

/// The table [`dictionary::PARTICLES`].
pub fn particles_table(scenario: &World, fitted: &Fitted) -> Vec<u8> {
    let mut rows = Rows::headed(dictionary::PARTICLES);
    for (set, candidate) in fitted.kept.iter().enumerate() {
        for (prior, value) in scenario.priors.iter().zip(&candidate.values) {
            rows.push([
                (set + 1).to_string(),
                number(candidate.weight),
                number(candidate.distance),
                prior.key.clone(),
                number(*value),
            ]);
        }
    }
    rows.bytes()
}

/// The table [`dictionary::PINNED`].
pub fn pinned_table(scenario: &World, pinned: &[Pinned]) -> Vec<u8> {
    let mut rows = Rows::headed(dictionary::PINNED);
    for (row, prior) in pinned.iter().zip(&scenario.priors) {
        let (with, how) = row.moves_with.clone().unwrap_or_default();
        let numbers = [
            row.range.0,
            row.range.1,
            row.best,
            row.mean,
            row.sd,
            row.interval.0,
            row.interval.1,
            row.pinned,
        ];
        let end = [with, number(how), prior.source.clone()];
        rows.push([row.key.clone()].into_iter().chain(numbers.map(number)).chain(end));
    }
    rows.bytes()
}

/// One pattern, as the best set has it.
#[derive(Clone, Debug, serde::Serialize)]
#[non_exhaustive]
pub struct FitRow {
    /// Name of the pattern.
    pub pattern: String,
    /// What it says.
    pub title: String,
    /// What was published, in words.
    pub published: String,
    /// How far sampling alone may put it off.
    pub sampling_sd: Option<f64>,
    /// Mean over fresh runs of the best set.
    pub simulated: Option<f64>,
    /// Simulated less published, in sampling errors.
    pub off: Option<f64>,
    /// What it is used for.
    pub used_for: &'static str,
}

/// The best set against the published patterns.
pub fn fit_rows(scenario: &World, fitted: &Fitted) -> Vec<FitRow> {
    let row = |(pattern, simulated): (&crate::scenario::patterns::Pattern, &Option<f64>)| {
        let value = match pattern.published {
            Published::Value(value) => Some(value),
            _ => None,
        };
        let sd = pattern.sampling_sd();
        let off = simulated.zip(value).zip(sd).map(|((mean, value), sd)| (mean - value) / sd);
        FitRow {
            pattern: pattern.name.clone(),
            title: pattern.title.clone(),
            published: published(&pattern.published),
            sampling_sd: sd,
            simulated: *simulated,
            off,
            used_for: pattern.used_for.word(),
        }
    };
    scenario.patterns.iter().zip(&fitted.best.patterns).map(row).collect()
}

/// The table [`dictionary::FIT`].
pub fn fit_table(fit: &[FitRow]) -> Vec<u8> {
    let mut rows = Rows::headed(dictionary::FIT);
    for row in fit {
        rows.push([
            row.pattern.clone(),
            row.title.clone(),
            row.published.clone(),
            optional(row.sampling_sd),
            optional(row.simulated),
            optional(row.off),
            row.used_for.to_owned(),
        ]);
    }
    rows.bytes()
}

/// The best set as a scenario that extends the one it was found for.
pub fn best_scenario(scenario: &World, fitted: &Fitted, found_by: &str) -> String {
    let mut text = format!(
        "# Found by {found_by}.\nextends = \"scenario.toml\"\nfitted_sets = \"particles.csv\"\n"
    );
    for (prior, value) in scenario.priors.iter().zip(&fitted.best.values) {
        text.push_str(&format!(
            "{} = {{ value = {value:.4}, provenance = \"estimated\", source = {found_by:?} }}\n",
            prior.key
        ));
    }
    text
}

/// The command that made a search.
fn command(scenario: &World, search: &Search, theory: Option<Shipped>) -> String {
    let under = theory.map_or(String::new(), |theory| format!(" --theory {}", theory.word()));
    format!(
        "rppsim calibrate {}{under} --particles {} --generations {} --runs {} --seed {}",
        scenario.name, search.particles, search.generations, search.runs, search.seed
    )
}

/// The best set as a table that a scenario can state for the theory it was found under.
pub fn refitted(scenario: &World, search: &Search, fitted: &Fitted, theory: Shipped) -> String {
    let mut text = format!(
        "[refitted.{}]\nprovenance = \"estimated\"\nsource = {:?}\n",
        theory.word(),
        command(scenario, search, Some(theory))
    );
    for (prior, value) in scenario.priors.iter().zip(&fitted.best.values) {
        text.push_str(&format!("{} = {value:.4}\n", write_key(&prior.key)));
    }
    text
}

/// Makes the folder of a search: the sets kept, how sharply they pin each number, the patterns, and
/// the best set as a scenario and, of a search under a theory that was asked for, as the table that a
/// scenario can state for it.
///
/// # Errors
/// If somebody asked to stop, or the system refuses.
pub fn write(
    mut folder: Folder,
    scenario: &World,
    search: &Search,
    fitted: &Fitted,
    theory: Option<Shipped>,
) -> Result<Made, ReportError> {
    let found_by = command(scenario, search, theory);
    folder.table(dictionary::PARTICLES, &particles_table(scenario, fitted))?;
    folder.table(dictionary::PINNED, &pinned_table(scenario, &pinned(scenario, fitted)))?;
    folder.table(dictionary::FIT, &fit_table(&fit_rows(scenario, fitted)))?;
    folder.write("best.toml", best_scenario(scenario, fitted, &found_by).as_bytes())?;
    if let Some(theory) = theory {
        let table = refitted(scenario, search, fitted, theory);
        folder.write("refitted.toml", table.as_bytes())?;
    }
    folder.write("scenario.toml", scenario.to_toml().as_bytes())?;
    folder.log(json!({}))?;
    let beyond = scenario.beyond_horizon();
    let basis = json!({ "search": search, "tried": fitted.tried, "beyond_horizon": beyond });
    folder.finish(scenario, basis)
}
