//! What a comparison found: estimates in rows, the course of the difference, and break-even.

use super::quantity;
use super::when::{Beginning, shocks};
use crate::ids::Month;
use crate::measure::followed::Followed;
use crate::plot::{
    BandPoint, BandSeries, CurvePicture, ForestGroup, ForestLegend, ForestPicture, ForestRow,
    Image, LineMark, MonthPlace, PlotError, Quantity, ResponsePanel, ResponsePicture, SpanMark,
};
use crate::report::words::{Basis, Finding, break_even_point, capital, pairs, pictures as words};
use crate::worlds::compare::break_even::{BreakEven, Coin, Found};
use crate::worlds::compare::response::{FOLLOWED, Response};
use crate::worlds::compare::study::Study;
use crate::worlds::compare::{Better, Variant};

/// Outcomes in the picture of estimates; the others are in the table.
const SHOWN: usize = 6;
/// Lines that can be distinguished in one panel.
const LINES: usize = 8;
/// A picture of a study.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Captioned {
    /// The name of its file, without an ending.
    pub name: String,
    /// Its heading.
    pub title: String,
    /// What to look for, in words.
    pub caption: String,
    /// The picture.
    pub image: Image,
}

/// Every picture of a study; those with nothing to show are left out.
///
/// # Errors
/// If a picture that has something to show cannot be drawn.
pub fn of_study(study: &Study) -> Result<Vec<Captioned>, PlotError> {
    let mut all = Vec::new();
    if let Some(picture) = estimates(study) {
        all.push(Captioned {
            name: "comparison".into(),
            title: picture.title.clone(),
            caption: words::reading_differences(&Basis::of(study.comparison.base())),
            image: picture.draw()?,
        });
    }
    if let Some(picture) = response(study) {
        all.push(Captioned {
            name: "response".into(),
            title: picture.title.clone(),
            caption: words::READING_RESPONSE.into(),
            image: picture.draw()?,
        });
    }
    for (i, found) in study.break_even.iter().enumerate() {
        let picture = break_even(study, found);
        all.push(Captioned {
            name: format!("break_even-{}", i + 1),
            title: picture.title.clone(),
            caption: words::READING_BREAK_EVEN.into(),
            image: picture.draw()?,
        });
    }
    Ok(all)
}

fn pairs_and_seed(study: &Study) -> String {
    format!("{} of runs, seed {}", pairs(study.answer.pairs), study.comparison.seed())
}

/// Places of the outcomes that are shown, the one that matters most first.
fn chosen(findings: &[Vec<Finding>]) -> Vec<usize> {
    let outcomes = findings.first().map_or(0, Vec::len);
    let tells = |o: &usize| findings.iter().any(|all| all[*o].pairs > 0 && !all[*o].is_nothing());
    let telling: Vec<usize> = (0..outcomes).filter(tells).collect();
    if telling.len() <= SHOWN {
        return telling;
    }
    let mut shown = vec![telling[0]];
    // One of several measures that say about the same (work and months lost) is enough.
    let rank = |o: usize| findings[0][o].measure.rank;
    let mut main: Vec<usize> = telling.iter().copied().filter(|o| rank(*o).is_some()).collect();
    main.sort_by_key(|o| rank(*o));
    for o in main.into_iter().chain(telling.iter().copied()) {
        if shown.len() < SHOWN && !shown.contains(&o) {
            shown.push(o);
        }
    }
    shown
}

/// Outcomes by variants with their three uncertainties, or `None` if nothing differs.
fn estimates(study: &Study) -> Option<ForestPicture> {
    let findings = Finding::all(study);
    let shown = chosen(&findings);
    if shown.is_empty() {
        return None;
    }
    let group = |o: &usize| {
        let first = &findings[0][*o].measure;
        let better = match first.better {
            Some(Better::More) => "; right is better",
            Some(Better::Less) => "; left is better",
            None => "; neither way is better",
        };
        let row = |(variant, all): (&Variant, &Vec<Finding>)| {
            let finding = &all[*o];
            let finite = |(low, high): (f64, f64)| low.is_finite() && high.is_finite();
            ForestRow {
                label: variant.name.clone(),
                estimate: finding.mean,
                interval: finding.half.map(|half| (finding.mean - half, finding.mean + half)),
                range: finding.over_numbers(),
                singles: Some(finding.singles).filter(|ends| finite(*ends)),
                text: finding.signed_mean(),
            }
        };
        let quantity = quantity(&first.unit).difference();
        ForestGroup {
            heading: capital(&first.title),
            unit: format!("{}{better}", quantity.unit(&first.unit)),
            quantity,
            rows: study.comparison.variants().iter().zip(&findings).map(row).collect(),
        }
    };
    let drawn = study.comparison.base().draws();
    let rest = findings[0].len() - shown.len();
    Some(ForestPicture {
        title: format!("Differences from: {}", study.comparison.base().title),
        subtitle: pairs_and_seed(study),
        legend: ForestLegend {
            estimate: "mean difference".into(),
            interval: "simulation error (95 %)".into(),
            range: match drawn {
                true => "over the numbers that are not known (90 %)".into(),
                false => String::new(),
            },
            singles: "90 % of single pairs".into(),
        },
        text_label: "mean ± simulation error".into(),
        groups: shown.iter().map(group).collect(),
        footnote: words::differences(&Basis::of(study.comparison.base()), rest),
    })
}

/// The mean difference month by month, or `None` if no month has two pairs.
fn response(study: &Study) -> Option<ResponsePicture> {
    let variants = study.comparison.variants();
    let mut panels = Vec::new();
    for followed in &FOLLOWED {
        let line = |response: &Response| {
            let months = 1..=response.months[*followed as usize].len() as u32;
            let point = |month: u32| {
                let (y, half) = response.at(*followed, month).unwrap_or((f64::NAN, f64::NAN));
                BandPoint::around(f64::from(month), y, half)
            };
            months.map(point).collect::<Vec<_>>()
        };
        let lines: Vec<_> = study.answer.responses.iter().take(LINES).map(line).collect();
        if lines.iter().flatten().any(|point| point.y.is_finite()) {
            let shares = *followed == Followed::RoleShare;
            let y_quantity = if shares { Quantity::Points } else { Quantity::Number };
            panels.push(ResponsePanel {
                title: capital(followed.title()),
                y_label: y_quantity.unit("").into(),
                y_quantity,
                y_range: None,
                lines,
            });
        }
    }
    if panels.is_empty() {
        return None;
    }
    Some(ResponsePicture {
        title: "The difference from the base, month by month".into(),
        subtitle: pairs_and_seed(study),
        x_label: "month".into(),
        variants: variants.iter().take(LINES).map(|variant| variant.name.clone()).collect(),
        panels,
        markers: starts(study),
        footnote: words::response(variants.len() > LINES),
    })
}

/// When shocks strike in any of the worlds, and when interventions begin after the first month.
fn starts(study: &Study) -> Vec<SpanMark<MonthPlace>> {
    let mut marks: Vec<SpanMark<MonthPlace>> = Vec::new();
    let mut mark = |new: Beginning| {
        let new = new.by_month();
        let same =
            |m: &SpanMark<MonthPlace>| m.label == new.label && m.from == new.from && m.to == new.to;
        if !marks.iter().any(same) {
            marks.push(new);
        }
    };
    let variants = study.comparison.variants().iter().map(|variant| &variant.world);
    for world in [study.comparison.base()].into_iter().chain(variants) {
        shocks(world).for_each(&mut mark);
        for intervention in world.template().interventions.iter().filter(|i| i.from > Month(1)) {
            let from = intervention.from;
            mark(Beginning { from, to: from, label: format!("{} begins", intervention.name) });
        }
    }
    marks
}

/// The net gain of an intervention over what it is assumed to do.
fn break_even(study: &Study, found: &BreakEven) -> CurvePicture {
    let assumed = &found.assumed;
    let variant = &study.comparison.variants()[assumed.variant].name;
    let (y_label, series) = match &found.coin {
        Coin::Months => (
            "net gain: model-months ahead of the same without it, at the end".to_owned(),
            "mean net gain, 95 % interval of the simulation",
        ),
        Coin::Money(currency) => (
            format!("net gain in {currency}: budget of the months saved, less the price"),
            "mean net gain, 95 % interval of the simulation",
        ),
    };
    let point = |(x, y, half): &(f64, f64, Option<f64>)| {
        BandPoint::around(*x, *y, half.unwrap_or(f64::NAN))
    };
    let lines = match found.found {
        Found::From { value, low, high } => {
            let (at, interval) = break_even_point(found, value, [low, high]);
            let label = format!("breaks even at {at} ({interval})");
            vec![LineMark { at: value, low, high, label }]
        }
        Found::Always | Found::Never | Found::Unclear => Vec::new(),
    };
    CurvePicture {
        title: format!("What it takes for ‘{}’ to break even", assumed.intervention),
        subtitle: format!("variant: {variant}; {} at each value", pairs(found.pairs)),
        x_label: format!("{}, the assumed strength of the intervention", assumed.key),
        y_label,
        series: vec![BandSeries {
            label: series.into(),
            points: found.curve.iter().map(point).collect(),
        }],
        spans: vec![SpanMark {
            from: assumed.range.0,
            to: assumed.range.1,
            label: "assumed".into(),
        }],
        lines,
        interval: "where that interval holds zero: breaking even".into(),
        zero: true,
        footnote: words::break_even(&Basis::of(study.comparison.base())),
        ..CurvePicture::default()
    }
}
