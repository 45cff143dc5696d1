//! What is said of an outcome of a sweep, and of each of its factors.

use super::{Entry, Figure};
use crate::measure::Measure;
use crate::report::words::{sensitivity as words, told_apart};
use crate::sweep::Plan;
use crate::sweep::design::Kind;
use crate::sweep::sensitivity::Estimate;
use crate::sweep::sensitivity::analysis::{Analysis, Found, Lines};
use crate::sweep::sensitivity::gathered::{Crossed, Curve, Effect};
use crate::sweep::sensitivity::screening::Screened;
use crate::sweep::sensitivity::variance::Index;

const NONE: (f64, f64) = (f64::NAN, f64::NAN);

impl Figure {
    fn plain(name: &'static str, value: f64, meaning: impl Into<String>) -> Figure {
        Figure { name, value, interval: NONE, meaning: meaning.into() }
    }

    fn of(name: &'static str, of: &Estimate, meaning: impl Into<String>) -> Figure {
        let interval = (of.low, of.high);
        Figure { name, value: of.value, interval, meaning: meaning.into() }
    }

    fn effect(name: &'static str, of: &Effect, meaning: impl Into<String>) -> Figure {
        let interval = (of.low(), of.high());
        Figure { name, value: of.value, interval, meaning: meaning.into() }
    }
}

/// Figures of an outcome as a whole.
pub(super) fn whole(plan: &Plan, analysis: &Analysis) -> Vec<Figure> {
    let mut figures = Vec::new();
    if let Ok(Found::Regression(lines)) = &analysis.found {
        let words = words::straightness(lines.r_squared, lines.r_squared_of_ranks);
        figures.push(Figure::plain("r_squared", lines.r_squared, words.clone()));
        figures.push(Figure::plain("r_squared_rank", lines.r_squared_of_ranks, words));
    }
    let shares = !matches!(plan.design, Some(Kind::Factorial { .. } | Kind::OneAtATime { .. }));
    if let Some(noise) = analysis.noise.filter(|_| shares) {
        let indices = matches!(analysis.found, Ok(Found::Variance(_)));
        let said = |share: f64, common: bool| match indices {
            true => words::noise(share, common),
            false => words::noise_between_rows(share, common),
        };
        // What decides comes first.
        let (between, alone) = match (analysis.noise_between, plan.common) {
            (Some(between), _) => {
                let alone = words::noise_in_common(noise);
                let off = if indices { words::nothing_taken_off() } else { "" };
                (Some((between, said(between, true))), format!("{alone} {off}").trim().to_owned())
            }
            (None, true) => {
                let alone = said(noise, false);
                (Some((f64::NAN, words::noise_not_told_apart().into())), alone)
            }
            (None, false) => (None, said(noise, false)),
        };
        let between =
            between.map(|(share, said)| Figure::plain("noise_share_between", share, said));
        let alone = Figure::plain("noise_share", noise, alone);
        match analysis.noise_between {
            Some(_) => figures.extend(between.into_iter().chain([alone])),
            None => figures.extend([alone].into_iter().chain(between)),
        }
    }
    figures
}

/// The entries of an outcome, those that matter most first.
pub(super) fn entries(plan: &Plan, outcome: &Measure, analysis: &Analysis) -> Vec<Entry> {
    let mut entries = match &analysis.found {
        Err(_) => Vec::new(),
        Ok(Found::Screening { effects, luck }) => screened(plan, effects, luck.as_deref()),
        Ok(Found::Variance(indices)) => shared_out(plan, analysis, indices),
        Ok(Found::Regression(lines)) => regressed(plan, outcome, lines),
        Ok(Found::Curves(curves)) => curved(plan, outcome, curves),
        Ok(Found::Crossed(effects)) => crossed(plan, outcome, effects),
    };
    let size = |entry: &Entry| {
        let by = match &analysis.found {
            Ok(Found::Regression(lines)) if lines.ranks_say_more() => 1,
            _ => 0,
        };
        entry.figures.get(by).map_or(f64::NEG_INFINITY, |figure| match figure.value.is_finite() {
            true if figure.name == "total" => figure.value,
            true => figure.value.abs(),
            false => f64::NEG_INFINITY,
        })
    };
    // Single factors before pairs; equals stay in the order of the plan.
    entries.sort_by(|a, b| a.factors.len().cmp(&b.factors.len()).then(size(b).total_cmp(&size(a))));
    entries
}

fn screened(plan: &Plan, effects: &[Screened], luck: Option<&[f64]>) -> Vec<Entry> {
    let entry = |(factor, effects): (usize, &Screened)| {
        let unsure = luck.and_then(|luck| words::by_luck(effects, luck[factor]));
        let said = [Some(words::screened(label(plan, factor), effects)), unsure];
        let meaning = said.into_iter().flatten().collect::<Vec<_>>().join(" ");
        let figures = vec![
            Figure::of("mu_star", &effects.mu_star, meaning.clone()),
            Figure::plain("mu", effects.mu, "mean change over its range, with its sign"),
            Figure::plain("sigma", effects.sigma, "how much that differs between places"),
        ];
        Entry { factors: vec![factor], figures, meaning }
    };
    effects.iter().enumerate().map(entry).collect()
}

fn shared_out(plan: &Plan, analysis: &Analysis, indices: &[Index]) -> Vec<Entry> {
    let dominated = analysis.noise_left().is_some_and(words::dominates);
    let base_rows = (plan.rows.len() - analysis.left_out) / (plan.factors.len() + 2);
    let fixed = words::may_be_fixed(indices, base_rows);
    let entry = |(factor, index): (usize, &Index)| {
        let name = label(plan, factor);
        let (first, total) = match dominated {
            true => (words::unread(name), words::unread(name)),
            false => (
                words::first_order(name, &index.first),
                words::total_order(name, &index.total, fixed),
            ),
        };
        let mut said = vec![first.clone(), total.clone()];
        said.dedup();
        let noise = analysis.noise.filter(|_| !plan.common && !dominated);
        let corrected = noise.and_then(|share| index.without_noise(share));
        let negative = corrected.is_some_and(|index| index.total.value < 0.0);
        said.extend(words::together(name, index).filter(|_| !dominated && !negative));
        said.extend(corrected.as_ref().map(words::without_noise));
        let figures = vec![
            Figure::of("total", &index.total, total),
            Figure::of("first", &index.first, first),
        ];
        Entry { factors: vec![factor], figures, meaning: said.join(" ") }
    };
    indices.iter().enumerate().map(entry).collect()
}

fn curved(plan: &Plan, outcome: &Measure, curves: &[Curve]) -> Vec<Entry> {
    let entry = |(factor, curve): (usize, &Curve)| {
        let name = label(plan, factor);
        let values: Vec<f64> = curve.rows.iter().map(|row| plan.rows[*row][factor]).collect();
        let end = |value: Option<&f64>| value.copied().unwrap_or(f64::NAN);
        let (low, high) = (end(values.first()), end(values.last()));
        let ended = words::change(name, &outcome.title, low, high, &curve.ends);
        let at = |nth: usize| told_apart(&[low, values[nth], high]).swap_remove(1);
        let turned = curve.turn.as_ref().map(|(nth, by)| words::turn(&at(*nth), by));
        let meaning = [Some(ended), turned].into_iter().flatten().collect::<Vec<_>>().join(" ");
        let figures = vec![
            Figure::plain("span", curve.span, "highest less lowest mean along its curve"),
            Figure::effect("effect", &curve.ends, meaning.clone()),
        ];
        Entry { factors: vec![factor], figures, meaning }
    };
    curves.iter().enumerate().map(entry).collect()
}

fn crossed(plan: &Plan, outcome: &Measure, effects: &[Crossed]) -> Vec<Entry> {
    let does_nothing = |factor: usize| {
        let alone = effects.iter().find(|crossed| crossed.factors == [factor]);
        alone.is_some_and(|crossed| crossed.effect.is_nothing())
    };
    let entry = |crossed: &Crossed| {
        let (name, meaning) = match crossed.factors[..] {
            [first, second] => {
                let (a, b) = (label(plan, first), label(plan, second));
                let said = match does_nothing(first) && does_nothing(second) {
                    true if crossed.effect.is_nothing() => words::nothing_together(a, b),
                    _ => words::interaction(a, b, &outcome.title, &crossed.effect),
                };
                ("interaction", said)
            }
            [factor, ..] => {
                let levels = plan.rows.iter().map(|row| row[factor]);
                let low = levels.clone().fold(f64::INFINITY, f64::min);
                let high = levels.fold(f64::NEG_INFINITY, f64::max);
                let name = label(plan, factor);
                ("effect", words::change(name, &outcome.title, low, high, &crossed.effect))
            }
            [] => ("effect", String::new()),
        };
        let figures = vec![Figure::effect(name, &crossed.effect, meaning.clone())];
        Entry { factors: crossed.factors.clone(), figures, meaning }
    };
    effects.iter().map(entry).collect()
}

fn regressed(plan: &Plan, outcome: &Measure, lines: &Lines) -> Vec<Entry> {
    let entry = |(factor, (value, rank)): (usize, (&Option<Estimate>, &Option<Estimate>))| {
        let name = label(plan, factor);
        let mut values: Vec<f64> = plan.rows.iter().map(|row| row[factor]).collect();
        values.sort_by(f64::total_cmp);
        values.dedup();
        let say = |on_ranks: bool, of: &Option<Estimate>| match of {
            Some(of) => words::coefficient(name, &outcome.title, on_ranks, of, values.len()),
            None => words::not_varied(name),
        };
        let missing = Estimate { value: f64::NAN, low: f64::NAN, high: f64::NAN };
        let (on_values, on_ranks) = (say(false, value), say(true, rank));
        let meaning = if lines.ranks_say_more() { on_ranks.clone() } else { on_values.clone() };
        let figures = vec![
            Figure::of("src", &value.unwrap_or(missing), on_values),
            Figure::of("src_rank", &rank.unwrap_or(missing), on_ranks),
        ];
        Entry { factors: vec![factor], figures, meaning }
    };
    lines.values.iter().zip(&lines.ranks).enumerate().map(entry).collect()
}

fn label(plan: &Plan, factor: usize) -> &str {
    &plan.factors[factor].label
}
