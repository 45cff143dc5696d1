//! The tables of a comparison, and its folder.

use super::ReportError;
use super::dictionary::{self, Table};
use super::folder::{Folder, Made};
use super::page::{self, About};
use super::summary::finite;
use super::tables::{Rows, ends, number, optional};
use crate::worlds::compare::break_even::Coin;
use crate::worlds::compare::response::FOLLOWED;
use crate::worlds::compare::study::{Plan, Study};
use crate::worlds::compare::{Better, Comparison, Estimate, PairedRun, Pairs};
use crate::worlds::statistics::Split;
use serde_json::{Value, json};
use std::time::Instant;

/// The rows that one run adds to [`dictionary::PAIRS`].
pub fn pair_rows(study: &Comparison, run: &PairedRun) -> Vec<u8> {
    let mut rows = Rows::of(dictionary::PAIRS);
    for (variant, values) in study.variants().iter().zip(&run.values) {
        for (measure, pair) in study.measures().iter().zip(values) {
            rows.push([
                run.number.to_string(),
                variant.name.clone(),
                measure.name.clone(),
                optional(pair.base),
                optional(pair.variant),
                optional(pair.difference),
                u8::from(pair.censored[0] || pair.censored[1]).to_string(),
            ]);
        }
    }
    rows.bytes()
}

/// Every other table of a study, with what each file is.
pub fn tables(study: &Study) -> Vec<(Table, Vec<u8>)> {
    let mut all = vec![
        (dictionary::COMPARISON, comparison(study)),
        (dictionary::RESPONSE, response(study)),
        (dictionary::SHAPES, shapes(study)),
    ];
    if !study.assumed.is_empty() {
        all.push((dictionary::ASSUMED_EFFECTS, assumed_effects(study)));
    }
    if !study.break_even.is_empty() {
        all.push((dictionary::BREAK_EVEN, break_even(study)));
    }
    all
}

fn table(table: Table, fill: impl FnOnce(&mut Rows)) -> Vec<u8> {
    let mut rows = Rows::headed(table);
    fill(&mut rows);
    rows.bytes()
}

/// Every estimate with the variant it is of, and the parts of what is not known of it.
pub fn estimates(study: &Study) -> impl Iterator<Item = (&str, &Estimate, Option<Split>)> {
    study.comparison.variants().iter().enumerate().flat_map(move |(v, variant)| {
        let estimates = study.answer.estimates[v].iter();
        estimates.map(move |estimate| (variant.name.as_str(), estimate, estimate.split()))
    })
}

fn comparison(study: &Study) -> Vec<u8> {
    table(dictionary::COMPARISON, |rows| {
        for (variant, estimate, split) in estimates(study) {
            let measure = &estimate.measure;
            let better = match measure.better {
                Some(Better::More) => "more",
                Some(Better::Less) => "less",
                None => "neither",
            };
            let mean = &estimate.differences.mean;
            let (p05, p95) = estimate.single_pairs();
            let (more, same, less) = estimate.more_same_less();
            let draws = split.map_or(String::new(), |split| split.draws.to_string());
            let parts = [split.map(|s| s.numbers), split.map(|s| s.chance)];
            let words = [variant, &measure.name, &measure.unit, better].map(str::to_owned);
            let counts = [mean.count(), estimate.missing, estimate.censored];
            let means = [estimate.base.mean(), estimate.variant.mean(), mean.mean(), mean.error()];
            let numbers = [estimate.standardised(), mean.sd(), p05, p95, more, same, less];
            rows.push(
                words
                    .into_iter()
                    .chain(counts.map(|count| count.to_string()))
                    .chain(means.map(number))
                    .chain(ends(estimate.interval()))
                    .chain(numbers.map(number))
                    .chain([optional(estimate.gain_of_pairing()), draws])
                    .chain(parts.map(optional))
                    .chain(ends(split.map(|split| split.range())))
                    .chain([optional(split.map(|split| split.above_zero()))]),
            );
        }
    })
}

fn response(study: &Study) -> Vec<u8> {
    table(dictionary::RESPONSE, |rows| {
        for (variant, response) in study.comparison.variants().iter().zip(&study.answer.responses) {
            for (followed, months) in FOLLOWED.iter().zip(&response.months) {
                for (month, mean) in (1u32..).zip(months) {
                    let numbers = [mean.mean(), mean.error()].map(number);
                    let start = [
                        variant.name.clone(),
                        followed.word().to_owned(),
                        month.to_string(),
                        mean.count().to_string(),
                    ];
                    rows.push(start.into_iter().chain(numbers).chain(ends(mean.interval())));
                }
            }
        }
    })
}

fn shapes(study: &Study) -> Vec<u8> {
    table(dictionary::SHAPES, |rows| {
        for (variant, response) in study.comparison.variants().iter().zip(&study.answer.responses) {
            for followed in &FOLLOWED {
                let Some(shape) = response.shape(*followed) else { continue };
                let start = [variant.name.clone(), followed.word().to_owned()];
                let (peak, month, area) = (shape.peak, shape.month, shape.area);
                let before = [peak.value, peak.error, month.value, month.error].map(number);
                let after = [area.value, area.error].map(number);
                rows.push(
                    start.into_iter().chain(before).chain([optional(shape.half)]).chain(after),
                );
            }
        }
    })
}

fn assumed_effects(study: &Study) -> Vec<u8> {
    table(dictionary::ASSUMED_EFFECTS, |rows| {
        for range in &study.assumed {
            let ends = [(range.assumed.range.0, &range.low), (range.assumed.range.1, &range.high)];
            for (value, estimates) in ends {
                for estimate in estimates {
                    rows.push([
                        study.comparison.variants()[range.assumed.variant].name.clone(),
                        range.assumed.intervention.clone(),
                        range.assumed.key.to_owned(),
                        number(value),
                        estimate.measure.name.clone(),
                        number(estimate.mean()),
                        number(estimate.differences.mean.error()),
                    ]);
                }
            }
        }
    })
}

fn break_even(study: &Study) -> Vec<u8> {
    table(dictionary::BREAK_EVEN, |rows| {
        for found in &study.break_even {
            let coin = match &found.coin {
                Coin::Months => "months",
                Coin::Money(currency) => currency,
            };
            for (value, gain, half) in &found.curve {
                let start = [
                    study.comparison.variants()[found.assumed.variant].name.clone(),
                    found.assumed.intervention.clone(),
                    found.assumed.key.to_owned(),
                    number(*value),
                    coin.to_owned(),
                    found.pairs.to_string(),
                    number(*gain),
                ];
                let interval = half.map(|half| (gain - half, gain + half));
                rows.push(start.into_iter().chain(ends(interval)));
            }
        }
    })
}

/// A study for programs.
pub fn to_json(study: &Study) -> Value {
    let rows = estimates(study).map(|(variant, estimate, split)| {
        let (p05, p95) = estimate.single_pairs();
        json!({
            "variant": variant,
            "outcome": estimate.measure.name,
            "title": estimate.measure.title,
            "unit": estimate.measure.unit,
            "pairs": estimate.differences.mean.count(),
            "missing": estimate.missing,
            "censored": estimate.censored,
            "difference": finite(estimate.mean()),
            "error": finite(estimate.differences.mean.error()),
            "interval_95": estimate.interval(),
            "standardised": finite(estimate.standardised()),
            "single_pairs_90": [finite(p05), finite(p95)],
            "better": estimate.better().and_then(finite),
            "about_the_same": estimate.same().and_then(finite),
            "worse": estimate.worse().and_then(finite),
            "smallest_that_counts": estimate.measure.smallest,
            "gain_of_pairing": estimate.gain_of_pairing(),
            "not_known": split.map(|split| {
                json!({ "split": split, "range": split.range(), "above_zero": split.above_zero() })
            }),
        })
    });
    let comparison = &study.comparison;
    json!({
        "base": comparison.base().name,
        "seed": comparison.seed(),
        "pairs": study.answer.pairs,
        "looks": study.answer.looks,
        "estimates": rows.collect::<Vec<_>>(),
        "break_even": study.break_even,
    })
}

/// A study, and the folder it is in.
#[derive(Clone)]
#[non_exhaustive]
pub struct Compared {
    /// The study.
    pub study: Study,
    /// The folder.
    pub made: Made,
    /// Seconds that the runs took.
    pub seconds: f64,
}

/// Runs a study and makes its folder: tables, the worlds as files, pictures, and a page that
/// answers the question. `step` hears of each pair of runs.
///
/// # Errors
/// If it was stopped, a run cannot be founded or lived, or the system refuses.
pub fn write(
    mut folder: Folder,
    comparison: &Comparison,
    plan: Plan,
    about: About,
    mut step: impl FnMut(),
) -> Result<Compared, ReportError> {
    let base = comparison.base();
    let mut file = folder.begin_table(dictionary::PAIRS)?;
    let mut written = Ok(());
    let began = Instant::now();
    let study = comparison.study(plan, folder.stop(), |run: &PairedRun| {
        if written.is_ok() {
            written = file.put(&pair_rows(comparison, run));
        }
        step();
    })?;
    let seconds = began.elapsed().as_secs_f64();
    written?;
    folder.keep(file)?;
    for (table, bytes) in tables(&study) {
        folder.table(table, &bytes)?;
    }
    folder.dictionary()?;
    folder.write("base.toml", base.to_toml().as_bytes())?;
    for (i, variant) in comparison.variants().iter().enumerate() {
        folder.write(&format!("variant-{}.toml", i + 1), variant.world.to_toml().as_bytes())?;
    }
    if let Some(missing) = page::write(&mut folder, &study, about)? {
        folder.note(missing);
    }
    folder.log(json!({ "seconds_for_pairs": seconds }))?;
    let precision = match plan.pairs {
        Pairs::Exactly(_) => None,
        Pairs::Until { half_width, .. } => Some(half_width),
    };
    let basis = json!({
        "beyond_horizon": base.beyond_horizon(),
        "seed": comparison.seed(),
        "variants": comparison.variants().iter().map(|v| &v.name).collect::<Vec<_>>(),
        "pairs": study.answer.pairs,
        "precision": precision,
        "numbers": if base.draws() { "posterior" } else { "fixed" },
        "break_even": plan.break_even,
    });
    let made = folder.finish(base, basis)?;
    Ok(Compared { study, made, seconds })
}
