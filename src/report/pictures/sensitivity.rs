//! Pictures of what an outcome of a sweep depends on, by the design of the sweep.

mod cells;

use super::alive::{self, Alive};
use crate::plot::{
    BandPoint, BandSeries, Bar, BarRow, BarsPicture, CurvePicture, Image, LineMark, PlanePicture,
    PlanePoint, PlotError, Quantity, ResponsePanel, ResponsePicture, SurvivalPicture, written,
};
use crate::report::sensitivity::{Entry, OfOutcome, Sensitivity};
use crate::report::summary::finite;
use crate::report::tables::number;
use crate::report::words::{capital, pictures as below, sensitivity as words};
use crate::sweep::Plan;
use crate::sweep::sensitivity::Estimate;
use crate::sweep::sensitivity::analysis::{Found, Lines};
use crate::sweep::sensitivity::gathered::{self, Curve, Effect, Point};
use crate::sweep::sensitivity::screening::Screened;
use crate::sweep::sensitivity::variance::Index;
use crate::worlds::statistics::Estimated;

/// Factors that have a curve of their own, rows of a picture of bars, and points of a plane.
const CURVES: usize = 6;
const BARS: usize = 20;
const POINTS: usize = 16;
/// Curves in a panel, at most.
const SERIES: usize = 8;
/// Cells of a heat map in which values are written.
const WRITTEN: usize = 12;

/// A picture of a sweep.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Drawn {
    /// The place in the plan of the outcome it is of; `None` for the sweep as a whole.
    pub outcome: Option<usize>,
    /// The name of its file, without an ending.
    pub name: String,
    /// What it shows.
    pub title: String,
    /// The picture.
    pub image: Image,
}

/// Every picture that the design of a sweep calls for.
///
/// # Errors
/// If a picture that has something to show cannot be drawn.
pub fn sensitivity(of: &Sensitivity<'_>) -> Result<Vec<Drawn>, PlotError> {
    let mut all = Vec::new();
    for outcome in &of.outcomes {
        let measured = of.outcome(outcome);
        let stem: String =
            measured.name.chars().map(|c| if c.is_alphanumeric() { c } else { '_' }).collect();
        let drawing = Drawing { of, outcome };
        let mut put = |end: &str, title: String, image: Result<Image, PlotError>| {
            let name = format!("{stem}_{end}");
            image.map(|image| all.push(Drawn { outcome: Some(outcome.place), name, title, image }))
        };
        let Ok(found) = &outcome.analysis.found else { continue };
        let what = &measured.title;
        match found {
            Found::Screening { effects, .. } => {
                put(
                    "screening",
                    format!("{what}: size and spread of effects"),
                    drawing.plane(effects),
                )?;
            }
            Found::Variance(indices) => {
                put("indices", format!("{what}: shares of variance"), drawing.indices(indices))?;
            }
            Found::Regression(lines) => {
                put("regression", format!("{what}: coefficients"), drawing.regression(lines))?;
            }
            Found::Curves(curves) => {
                put("changes", format!("{what}: changes from end to end"), drawing.changes())?;
                put("curves", format!("{what}: each factor alone"), drawing.courses(curves))?;
                for (nth, entry) in outcome.entries.iter().take(CURVES).enumerate() {
                    let Some(&factor) = entry.factors.first() else { continue };
                    let title = format!("{what} by {}", of.plan.factors[factor].label);
                    let image = drawing.curve(factor, &curves[factor]);
                    put(&format!("curve_{}", nth + 1), title, image)?;
                }
            }
            Found::Crossed(_) => {
                if of.plan.factors.len() > 2 {
                    put("changes", format!("{what}: changes from end to end"), drawing.changes())?;
                }
                if let Some(cells) = drawing.cells() {
                    let pair = format!("{what} by {} and {}", cells.x().label, cells.y().label);
                    put("map", pair.clone(), drawing.map(&cells))?;
                    put("interaction", format!("{pair}, as curves"), drawing.crossed(&cells))?;
                }
            }
        }
    }
    if let Some(image) = survival(of) {
        let title = "Partnerships alive, by row".to_owned();
        all.push(Drawn { outcome: None, name: "survival".into(), title, image: image? });
    }
    Ok(all)
}

struct Drawing<'a> {
    of: &'a Sensitivity<'a>,
    outcome: &'a OfOutcome,
}

fn half(point: &Point) -> f64 {
    let degrees = point.count.saturating_sub(1) as f64;
    let known = Estimated { value: point.mean, error: point.error, degrees };
    known.half_width().unwrap_or(f64::NAN)
}

fn bar(of: &Estimate) -> Option<Bar> {
    Some(Bar { value: of.value, low: finite(of.low), high: finite(of.high) })
}

impl<'a> Drawing<'a> {
    fn plan(&self) -> &'a Plan {
        self.of.plan
    }

    fn counts(&self) -> Quantity {
        super::quantity(&self.of.outcome(self.outcome).unit)
    }

    /// The outcome with its unit.
    fn quantity(&self) -> String {
        let outcome = self.of.outcome(self.outcome);
        match outcome.title.contains(&outcome.unit) || self.counts() == Quantity::Share {
            true => outcome.title.clone(),
            false => format!("{} ({})", outcome.title, outcome.unit),
        }
    }

    fn capital(&self) -> String {
        capital(&self.of.outcome(self.outcome).title)
    }

    fn title(&self, what: &str) -> String {
        format!("{what} {}", self.of.outcome(self.outcome).title)
    }

    fn rows_and_runs(&self) -> String {
        let plan = self.plan();
        format!(
            "{}; {} rows of {} runs, seed {}",
            plan.title,
            plan.rows.len(),
            plan.replicates,
            plan.seed
        )
    }

    /// What share of the variance is noise, in a few words.
    fn noise(&self) -> String {
        let analysis = &self.outcome.analysis;
        match (analysis.noise_left(), analysis.noise_between) {
            (Some(left), between) => words::noise_between_rows(left, between.is_some()),
            (None, _) => below::NOISE_UNTOLD.into(),
        }
    }

    /// Morris's plane.
    fn plane(&self, effects: &[Screened]) -> Result<Image, PlotError> {
        let points = self.outcome.entries.iter().take(POINTS).filter_map(|entry| {
            let &factor = entry.factors.first()?;
            let of = &effects[factor];
            Some(PlanePoint {
                label: self.plan().factors[factor].label.clone(),
                x: of.mu_star.value,
                low: finite(of.mu_star.low),
                high: finite(of.mu_star.high),
                y: of.sigma,
            })
        });
        let unit = &self.of.outcome(self.outcome).unit;
        PlanePicture {
            title: self.title("What matters for"),
            subtitle: self.rows_and_runs(),
            x_label: format!("\u{b5}*: mean size of the change over a factor's range ({unit})"),
            y_label: format!("spread of the change ({unit})"),
            point_label: "factor, with the 95 % interval of \u{b5}*".into(),
            points: points.collect(),
            footnote: below::screening(
                effects.iter().any(|of| of.values == 2),
                &self.noise(),
                &self.rest(POINTS),
            ),
        }
        .draw()
    }

    fn rows(&self, bars: impl Fn(usize) -> Vec<Option<Bar>>) -> Vec<BarRow> {
        let single = self.outcome.entries.iter().filter(|entry| entry.factors.len() == 1);
        let row = |entry: &Entry| BarRow {
            label: self.plan().factors[entry.factors[0]].label.clone(),
            bars: bars(entry.factors[0]),
        };
        single.take(BARS).map(row).collect()
    }

    /// How many factors a picture leaves out.
    fn rest(&self, drawn: usize) -> String {
        below::rest(self.plan().factors.len().saturating_sub(drawn))
    }

    fn indices(&self, indices: &[Index]) -> Result<Image, PlotError> {
        BarsPicture {
            title: self.title("Shares of the variance of"),
            subtitle: self.rows_and_runs(),
            x_label: "share of the variance between rows".into(),
            x_quantity: Quantity::Share,
            series: vec!["alone (first order)".into(), "alone and with others (total)".into()],
            rows: self
                .rows(|factor| vec![bar(&indices[factor].first), bar(&indices[factor].total)]),
            decimals: 0,
            footnote: below::indices(&self.noise(), &self.rest(BARS)),
        }
        .draw()
    }

    fn regression(&self, lines: &Lines) -> Result<Image, PlotError> {
        let of = |of: &Option<Estimate>| of.as_ref().and_then(bar);
        BarsPicture {
            title: self.title("Standardised regression of"),
            subtitle: self.rows_and_runs(),
            x_label: "standard deviations of the outcome for one of the factor".into(),
            x_quantity: Quantity::Number,
            series: vec![
                format!("on values (R² {:.2})", lines.r_squared),
                format!("on ranks (R² {:.2})", lines.r_squared_of_ranks),
            ],
            rows: self.rows(|factor| vec![of(&lines.values[factor]), of(&lines.ranks[factor])]),
            decimals: 2,
            footnote: below::regression(&self.noise(), &self.rest(BARS)),
        }
        .draw()
    }

    /// Changes from the lowest to the highest value of each factor.
    fn changes(&self) -> Result<Image, PlotError> {
        let change = self.counts().difference();
        let bar_of = |factor: usize| {
            let entries = &self.outcome.entries;
            let entry = entries.iter().find(|entry| entry.factors == [factor])?;
            let figure = entry.figures.iter().find(|figure| figure.name == "effect")?;
            let (low, high) = figure.interval;
            Some(Bar { value: figure.value, low: finite(low), high: finite(high) })
        };
        let rows = self.rows(|factor| vec![bar_of(factor)]);
        let largest = rows.iter().flat_map(|row| row.bars.iter().flatten());
        let largest = largest.map(|bar| bar.value.abs()).fold(0.0, f64::max);
        BarsPicture {
            title: format!("{}: change from end to end", self.capital()),
            subtitle: self.rows_and_runs(),
            x_label: format!(
                "{}: at the highest value less at the lowest{}",
                self.quantity(),
                match change.unit("") {
                    "" => String::new(),
                    unit => format!(", in {unit}"),
                }
            ),
            x_quantity: change,
            series: vec!["change, with its 95 % Monte-Carlo interval".into()],
            rows,
            decimals: decimals(largest * change.factor()) + usize::from(change == Quantity::Points),
            footnote: below::changes(&self.rest(BARS)),
        }
        .draw()
    }

    /// The curves of the factors that matter most, over their ranges, as changes from the
    /// baseline.
    fn courses(&self, curves: &[Curve]) -> Result<Image, PlotError> {
        let (plan, change) = (self.plan(), self.counts().difference());
        let most = self.outcome.entries.iter().take(CURVES).map(|entry| entry.factors[0]);
        let most: Vec<usize> = most.collect();
        let line = |factor: usize| -> Vec<BandPoint> {
            let curve = &curves[factor];
            let value = |row: usize| plan.rows[row][factor];
            let ends = (value(curve.rows[0]), value(curve.rows[curve.rows.len() - 1]));
            let point = |(row, effect): (&usize, &Effect)| BandPoint {
                x: (value(*row) - ends.0) / (ends.1 - ends.0),
                y: effect.value,
                low: effect.low(),
                high: effect.high(),
            };
            curve.rows.iter().zip(&curve.from_baseline).map(point).collect()
        };
        let lines: Vec<Vec<BandPoint>> = most.iter().map(|factor| line(*factor)).collect();
        let all = || lines.iter().flatten().flat_map(|p| [p.y, p.low, p.high]);
        let sound = || all().filter(|value| value.is_finite());
        let range = (sound().fold(0.0, f64::min), sound().fold(0.0, f64::max));
        let panel = |(factor, line): (&usize, &Vec<BandPoint>)| {
            let rows = &curves[*factor].rows;
            let (low, high) = (rows.first(), rows.last());
            let ends = [low, high].map(|row| row.map_or(f64::NAN, |row| plan.rows[*row][*factor]));
            let ends = written(&ends);
            ResponsePanel {
                title: format!("{} ({} to {})", plan.factors[*factor].label, ends[0], ends[1]),
                y_label: change.unit("").into(),
                y_quantity: change,
                y_range: Some(range),
                lines: vec![line.clone()],
            }
        };
        ResponsePicture {
            title: self.title("One factor at a time:"),
            subtitle: format!("{}: change from the baseline", self.quantity()),
            x_label: "place within the factor's range: 0 the lowest value, 1 the highest".into(),
            variants: vec![match plan.common {
                true => "mean over paired runs, with 95 % Monte-Carlo interval".into(),
                false => "difference of means, with 95 % Monte-Carlo interval".into(),
            }],
            panels: most.iter().zip(&lines).map(panel).collect(),
            markers: Vec::new(),
            footnote: below::courses(&self.rows_and_runs(), most.len()),
        }
        .draw()
    }

    /// The curve of one factor, in its own unit.
    fn curve(&self, factor: usize, curve: &Curve) -> Result<Image, PlotError> {
        let plan = self.plan();
        let points = &self.of.gathered.points[self.outcome.place];
        let point = |row: &usize| {
            let at = &points[*row];
            BandPoint::around(plan.rows[*row][factor], at.mean, half(at))
        };
        let label = &plan.factors[factor].label;
        let unit = crate::parameters::find(&plan.factors[factor].key).map(|row| row.unit);
        CurvePicture {
            title: format!("{} by {label}", self.capital()),
            subtitle: self.rows_and_runs(),
            x_label: unit.map_or(label.clone(), |unit| format!("{label} ({unit})")),
            y_label: self.quantity(),
            y_quantity: self.counts(),
            series: vec![BandSeries {
                label: "mean, with 95 % Monte-Carlo interval".into(),
                points: curve.rows.iter().map(point).collect(),
            }],
            lines: vec![LineMark {
                at: plan.rows[0][factor],
                label: "baseline".into(),
                ..LineMark::default()
            }],
            footnote: below::curve(plan.common).into(),
            ..CurvePicture::default()
        }
        .draw()
    }
}

/// A round step of about this size: 1, 2 or 5 times a power of ten, or 1 if the size is not
/// positive.
fn round_step(about: f64) -> f64 {
    if about <= 0.0 || !about.is_finite() {
        return 1.0;
    }
    let power = libm::pow(10.0, libm::floor(libm::log10(about)));
    let times = about / power;
    power
        * if times < 1.5 {
            1.0
        } else if times < 3.5 {
            2.0
        } else if times < 7.5 {
            5.0
        } else {
            10.0
        }
}

/// Decimals that show about two digits of a value.
fn decimals(value: f64) -> usize {
    if value <= 0.0 || !value.is_finite() {
        return 2;
    }
    (1.0 - libm::floor(libm::log10(value))).clamp(0.0, 12.0) as usize
}

/// Survival by row. `None` if it was not kept.
fn survival(of: &Sensitivity<'_>) -> Option<Result<Image, PlotError>> {
    let (plan, kept) = (of.plan, &of.gathered.alive);
    if kept.is_empty() {
        return None;
    }
    let label = |row: usize| {
        let values = plan.factors.iter().zip(&plan.rows[row]);
        let words = values.map(|(factor, value)| format!("{} {}", factor.label, number(*value)));
        words.collect::<Vec<_>>().join(", ")
    };
    let series = |(row, kept): (usize, &gathered::Alive)| {
        let living = |share: &f64| (share * kept.runs as f64).round() as u64;
        let after = kept.share.iter().map(living).collect();
        Alive { label: label(row), runs: kept.runs, after }
    };
    let series: Vec<Alive> = kept.iter().enumerate().map(series).collect();
    let picture = SurvivalPicture {
        subtitle: format!(
            "{}; {} runs of each row, seed {}",
            plan.title, plan.replicates, plan.seed
        ),
        footnote: below::ALIVE_BY_ROW.into(),
        ..alive::of_runs(kept[0].share.len() as u32, &series)
    };
    Some(picture.draw())
}
