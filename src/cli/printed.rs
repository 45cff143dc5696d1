//! Tables for people, on a terminal.

use rppsim::measure::practices::PRACTICES;
use rppsim::report::summary::published;
use rppsim::report::words::{Basis, counted, with_error};
use rppsim::report::{Made, Summary};
use rppsim::report::{page, words};
use rppsim::scenario::World;
use rppsim::worlds::compare::Estimate;
use rppsim::worlds::compare::study::Study;
use rppsim::worlds::money::Money;
use rppsim::worlds::patterns::{Compared, Verdict};
use rppsim::worlds::statistics::{Mean, wilson};

/// Columns aligned by width: the first left, the rest right unless told otherwise.
struct Grid {
    left: &'static [usize],
    rows: Vec<Vec<String>>,
}

impl Grid {
    fn render(&self) -> String {
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let width = |column: usize| {
            self.rows
                .iter()
                .filter_map(|row| row.get(column))
                .map(|c| c.chars().count())
                .max()
                .unwrap_or(0)
        };
        let widths: Vec<usize> = (0..columns).map(width).collect();
        let line = |row: &Vec<String>| {
            let cells = row.iter().enumerate().map(|(i, cell)| {
                let width = widths[i];
                if self.left.contains(&i) {
                    format!("{cell:<width$}")
                } else {
                    format!("{cell:>width$}")
                }
            });
            format!("  {}", cells.collect::<Vec<_>>().join("  ")).trim_end().to_owned()
        };
        self.rows.iter().map(line).collect::<Vec<_>>().join("\n")
    }
}

fn cells<const N: usize>(cells: [&str; N]) -> Vec<String> {
    cells.map(str::to_owned).to_vec()
}

/// Three significant digits or so, without a sign for nothing.
fn short(value: f64) -> String {
    let text = match value.abs() {
        _ if !value.is_finite() => return "–".into(),
        size if size >= 100.0 => format!("{value:.0}"),
        size if size >= 10.0 => format!("{value:.1}"),
        _ => format!("{value:.2}"),
    };
    let nothing = text.trim_start_matches('-').chars().all(|c| c == '0' || c == '.');
    if nothing { text.trim_start_matches('-').to_owned() } else { text }
}

pub fn summary(scenario: &World, summary: &Summary, seed: u64) -> String {
    let mut parts = vec![format!(
        "{}\n{}, seed {seed}, theory: {}",
        scenario.title,
        counted(summary.runs, "run"),
        scenario.theory.word()
    )];
    if !summary.patterns.is_empty() {
        parts.push(patterns(summary));
    }
    if let Some(effects) = &summary.effects {
        parts.push(self::effects(&effects.estimates));
    }
    if summary.effects.is_none() {
        parts.push(shares(summary));
    }
    if scenario.template().parameters.benefit.renewal_every > 0.0 {
        parts.push(alive(scenario, summary));
    }
    parts.extend(summary.money.as_ref().map(|[money, _]| self::money(scenario, money)));
    parts.push(practices(summary));
    parts.push(wrapped(&format!(
        "The model was {} and most of its numbers are assumed: these intervals are about the simulation, not about the next partnership.",
        Basis::of(scenario).set_up
    )));
    parts.join("\n\n")
}

/// How many live on, where partnerships can end.
fn alive(scenario: &World, summary: &Summary) -> String {
    let alive = summary.months[0].alive().last().unwrap_or(0);
    let months = u64::from(scenario.template().calendar.months);
    let interval = wilson(alive, summary.runs).map_or(String::new(), |(low, high)| {
        format!("95 % Monte-Carlo {:.0} to {:.0} %; ", 100.0 * low, 100.0 * high)
    });
    format!(
        "Alive after {}: {alive} of {} ({interval}nothing is published)",
        counted(months, "month"),
        counted(summary.runs, "run"),
    )
}

fn patterns(summary: &Summary) -> String {
    let mut rows = vec![cells(["", "pattern", "published", "median", "90 % of runs", "place"])];
    let mut by_use: Vec<&Compared> = summary.patterns.iter().collect();
    by_use.sort_by_key(|compared| compared.pattern.used_for as usize);
    for compared in &by_use {
        let (low, high) = compared.interval();
        let pattern = &compared.pattern;
        let median = match compared.highest_window() {
            Some((mean, _)) => format!("mean {}", short(mean)),
            None => short(compared.median()),
        };
        rows.push(vec![
            pattern.name.clone(),
            pattern.title.clone(),
            published(&pattern.published),
            median,
            format!("{} to {}", short(low), short(high)),
            place(compared),
        ]);
    }
    let grid = Grid { left: &[0, 1], rows }.render();
    let mut lines = grid.lines();
    let mut text = String::from(
        "Patterns (place: how many of the runs lie lower than what was published; outside: beyond their\ncentral 95 %; of a range or a bound, whether it is met)\n",
    );
    text.extend(lines.next());
    let mut last = None;
    for (compared, line) in by_use.iter().zip(lines) {
        let used_for = compared.pattern.used_for;
        if last.replace(used_for) != Some(used_for) {
            text.push_str(&format!("\n  {}: {}", used_for.word(), used_for.means()));
        }
        text.push_str(&format!("\n{line}"));
    }
    text
}

/// Where a published value lies among the runs; of a range or a bound, whether it is met.
fn place(compared: &Compared) -> String {
    match (compared.place(), compared.verdict()) {
        (Some(place), Verdict::Out) => format!("{}, outside", words::percent(place)),
        (Some(place), _) => words::percent(place),
        (None, verdict) => verdict.word().to_owned(),
    }
}

fn effects(effects: &[Estimate]) -> String {
    let mut rows =
        vec![cells(["effect", "mean", "95 % Monte-Carlo", "single pairs, 90 %", "above 0", ""])];
    for effect in effects {
        let (all, mean) = (&effect.differences, &effect.differences.mean);
        let interval = mean
            .interval()
            .map_or("–".into(), |(low, high)| format!("{} to {}", short(low), short(high)));
        let censored = match effect.variant_censored {
            0 => String::new(),
            n => format!("{n} not by the horizon, counted as the horizon"),
        };
        rows.push(vec![
            effect.measure.title.clone(),
            short(mean.mean()),
            interval,
            format!("{} to {}", short(all.quantile(0.05)), short(all.quantile(0.95))),
            format!("{:.0} %", 100.0 * all.share_above_zero()),
            censored,
        ]);
    }
    let grid = Grid { left: &[0, 5], rows };
    format!(
        "What the scheduled shocks did (each run less the same run without them)\n{}",
        grid.render()
    )
}

/// What there is to say without patterns or a twin: role share by year.
fn shares(summary: &Summary) -> String {
    let meetings = &summary.shares.meetings;
    let mut rows = vec![cells(["meetings", "mean role share", "95 % Monte-Carlo"])];
    for first in (0..meetings.len()).step_by(12) {
        let year = &meetings[first..meetings.len().min(first + 12)];
        let n = year.len() as f64;
        let mean = year.iter().map(|m| m.mean.mean()).sum::<f64>() / n;
        let halves: Option<Vec<f64>> = year.iter().map(|m| m.mean.half_width()).collect();
        let widest = halves.map(|halves| halves.into_iter().fold(0.0, f64::max));
        let digits = widest.map_or(2, |half| words::places_beside(half, mean));
        rows.push(vec![
            format!("{} to {}", first + 1, first + year.len()),
            words::rounded(mean, digits),
            widest
                .map_or("–".into(), |half| format!("± {} at most", words::rounded(half, digits))),
        ]);
    }
    let grid = Grid { left: &[0], rows };
    format!("Role share (mean of the meetings' means)\n{}", grid.render())
}

/// What came in, where it went, and what it held.
fn money(scenario: &World, money: &Money) -> String {
    let currency = scenario.money.as_ref().map_or("", |money| money.currency.as_str());
    let whole = |mean: &Mean| words::whole(mean.mean().round() as u64);
    let mut text = format!(
        "Money ({currency}, means of runs): {} came in, with what was there at the start; {} went into salaries, {} into meetings, {} into upkeep; {} was left. In {} of {} months nothing came in.",
        whole(&money.received),
        whole(&money.salaries),
        whole(&money.meetings),
        whole(&money.upkeep),
        whole(&money.left),
        short(money.dry.mean()),
        short(money.lived.mean()),
    );
    if money.positions.count() > 0 {
        text.push_str(&format!(
            " Positions that depend on money were held, percent of the time: {} (95 % Monte-Carlo).",
            with_error(100.0, &money.positions)
        ));
    }
    wrapped(&text)
}

/// The practices that district leaders advise, in the order of how many did.
fn practices(summary: &Summary) -> String {
    let mut rows = vec![cells(["practice", "leaders", "mean", "90 % of runs", "read off"])];
    for (practice, all) in PRACTICES.iter().zip(&summary.practices) {
        let seen = all.mean.count() > 0;
        let numbers = match seen {
            true => [
                short(all.mean.mean()),
                format!("{} to {}", short(all.quantile(0.05)), short(all.quantile(0.95))),
            ],
            false => ["–".into(), "–".into()],
        };
        let start = [practice.advice.to_owned(), practice.advised_by.to_string()];
        let indicator = [practice.indicator.to_owned()];
        rows.push(start.into_iter().chain(numbers).chain(indicator).collect());
    }
    let grid = Grid { left: &[0, 4], rows };
    format!(
        "Practices that district leaders advise, those named by most of 80 first (how many named one is an\norder, not a weight; what each is read off is this program's choice)\n{}",
        grid.render()
    )
}

pub fn files(made: &Made, seconds: f64) -> String {
    let files = &made.files;
    let pictures: Vec<&str> =
        files.iter().filter(|name| name.ends_with(".png")).map(String::as_str).collect();
    let mut look = match pictures.is_empty() {
        true => String::new(),
        false => format!("; pictures: {}", pictures.join(", ")),
    };
    if files.iter().any(|name| name == page::FILE) {
        look.push_str(&format!("; the answer in words: {}", page::FILE));
    }
    format!(
        "{} files in {}{look}\n(every column is explained in dictionary.csv; the runs took {seconds:.1} s)",
        files.len(),
        made.folder.display()
    )
}

/// Pairs from which on their spread is known well enough to say how many are needed.
const ENOUGH: u64 = 10;

/// A comparison, variant by variant.
pub fn study(study: &Study) -> String {
    let comparison = &study.comparison;
    let mut parts = vec![format!(
        "{}, compared with {}\n{} of runs, seed {}",
        comparison.base().title,
        comparison.variants().iter().map(|v| v.name.as_str()).collect::<Vec<_>>().join("; "),
        words::pairs(study.answer.pairs),
        comparison.seed()
    )];
    for (v, variant) in comparison.variants().iter().enumerate() {
        let mut rows = vec![cells([
            &variant.name,
            "unit",
            "difference",
            "95 % MC",
            "over numbers",
            "sign",
            "single pairs",
            "better",
            "same",
            "worse",
        ])];
        for estimate in &study.answer.estimates[v] {
            let split = estimate.split();
            let sign = split.map(|split| split.above_zero()).map(|p| p.max(1.0 - p));
            let sign = sign.filter(|_| estimate.mean() != 0.0);
            let span = |(low, high): (f64, f64)| format!("{} to {}", short(low), short(high));
            let share = |share: Option<f64>| match share {
                Some(share) if share.is_finite() => format!("{:.0} %", 100.0 * share),
                _ => "–".into(),
            };
            let mut title = estimate.measure.title.clone();
            if estimate.missing > 0 {
                title.push_str(&format!(" (n = {})", estimate.differences.mean.count()));
            }
            // A mean is told as finely as its error.
            let half = estimate.half_width().map(fine);
            let decimals = half.iter().filter_map(|half| Some(half.split_once('.')?.1.len()));
            let mean = match decimals.max() {
                Some(decimals) => words::rounded(estimate.mean(), decimals as i32),
                None => fine(estimate.mean()),
            };
            rows.push(vec![
                title,
                estimate.measure.unit.clone(),
                mean,
                half.map_or("–".into(), |half| format!("± {half}")),
                split.map_or("–".into(), |split| span(split.range())),
                sign.map_or("–".into(), |p| format!("{:.0} %", (100.0 * p).floor())),
                span(estimate.single_pairs()),
                share(estimate.better()),
                share(estimate.same()),
                share(estimate.worse()),
            ]);
        }
        parts.push(Grid { left: &[0, 1], rows }.render());
    }
    if let Some(gain) = study.answer.estimates[0].iter().find_map(|e| e.gain_of_pairing()) {
        let first = study.answer.estimates[0].iter().find(|e| e.gain_of_pairing().is_some());
        let title = first.map_or("", |estimate| estimate.measure.title.as_str());
        parts.push(format!(
            "Twins share their chances: for \"{title}\" independent worlds would need {gain:.1} times as many runs."
        ));
    }
    if let Some(first) = study.answer.estimates[0].first() {
        let halved = first.half_width().map(|half| 0.5 * half);
        if let Some((half, more)) = halved.and_then(|half| Some((half, first.pairs_for(half)?))) {
            let so_far = first.differences.mean.count();
            let hardly = match so_far < ENOUGH {
                true => format!(
                    " How single pairs differ is hardly known from {}: ask again with more.",
                    words::pairs(so_far)
                ),
                false => String::new(),
            };
            parts.push(wrapped(&format!(
                "Half the Monte-Carlo interval of \"{}\" (± {}) would take about {}.{hardly}",
                first.measure.title,
                fine(half),
                words::pairs(more)
            )));
        }
    }
    parts.push(wrapped(&words::answer(study)));
    let even = study.break_even.iter();
    parts.extend(even.map(|found| wrapped(&words::breaking_even(study, found))));
    let basis = Basis::of(comparison.base());
    parts.push(wrapped(&format!(
        "95 % MC: how far more runs could move the mean. over numbers: where the mean lies in 9 of 10 draws of the numbers that {} leaves open, simulation included. sign: how sure its direction then is. single pairs: chance, where 90 % of single pairs lie. The model was {}; no study has measured these differences.",
        basis.data, basis.set_up
    )));
    parts.join("\n\n")
}

/// Paragraphs in lines of a hundred letters.
fn wrapped(text: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    for paragraph in text.split('\n') {
        let mut line = String::new();
        for word in paragraph.split(' ') {
            if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > 100 {
                lines.push(std::mem::take(&mut line));
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        lines.push(line);
    }
    lines.join("\n")
}

/// Like [`short`], with another digit where numbers are small.
fn fine(value: f64) -> String {
    if value.is_finite() && value.abs() < 0.1 && value != 0.0 {
        format!("{value:.3}")
    } else {
        short(value)
    }
}
