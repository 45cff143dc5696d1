//! Impulse response: the mean difference of a variant from its base over time, for each quantity
//! that is followed.

use crate::measure::RunRecord;
use crate::measure::followed::Followed;
use crate::worlds::statistics::{Estimated, Mean};

/// Values by month; none where there is nothing to measure.
pub type Curve = Vec<Option<f64>>;

/// Groups of runs that are left out in turn to find the error of a peak or an area.
const GROUPS: usize = 20;

/// What is followed of a difference, in the order of the picture.
pub const FOLLOWED: [Followed; 6] = [
    Followed::RoleShare,
    Followed::Work,
    Followed::Clarity,
    Followed::Trust,
    Followed::Uncertainty,
    Followed::OpenQuestion,
];

/// The courses of a run, of all that is followed.
pub(super) fn courses(run: &RunRecord) -> Vec<Curve> {
    let value = |followed: Followed, place: usize| match followed.of(run, place) {
        // What is done stays done; the rest is missing after the end, not zero.
        None if followed == Followed::Work => Some(0.0),
        value => value,
    };
    let course = |followed| (0..run.months.len()).map(|place| value(followed, place)).collect();
    FOLLOWED.map(course).into()
}

pub(super) fn difference(variant: &[Curve], base: &[Curve]) -> Vec<Curve> {
    let months = |variant: &Curve, base: &Curve| {
        variant.iter().zip(base).map(|(v, b)| Some((*v)? - (*b)?)).collect()
    };
    variant.iter().zip(base).map(|(variant, base)| months(variant, base)).collect()
}

/// The course of the difference between a variant and its base.
#[derive(Clone, Debug)]
pub struct Response {
    /// By quantity followed, by month: the mean difference over pairs that have it.
    pub months: Vec<Vec<Mean>>,
    /// The same by group of runs.
    groups: Vec<Vec<Vec<Mean>>>,
}

/// What a response comes to. Errors are by leaving out one group of runs in turn (jackknife).
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
pub struct Shape {
    /// The largest difference, with its sign.
    pub peak: Estimated,
    /// The month in which it is reached.
    pub month: Estimated,
    /// Months from there until the difference is half as large; none within the horizon.
    pub half: Option<f64>,
    /// The sum of the differences over all months.
    pub area: Estimated,
}

impl Response {
    pub(super) fn new(months: usize) -> Self {
        let none = vec![vec![Mean::default(); months]; FOLLOWED.len()];
        Response { groups: vec![none.clone(); GROUPS], months: none }
    }

    pub(super) fn add(&mut self, run: u64, curves: &[Curve]) {
        let group = (run % GROUPS as u64) as usize;
        for kept in [&mut self.months, &mut self.groups[group]] {
            for (means, curve) in kept.iter_mut().zip(curves) {
                for (mean, value) in means.iter_mut().zip(curve) {
                    if let Some(value) = value {
                        mean.add(*value);
                    }
                }
            }
        }
    }

    /// The mean difference in a month (from 1) and half of its 95 % interval.
    pub fn at(&self, followed: Followed, month: u32) -> Option<(f64, f64)> {
        let mean = self.months.get(followed as usize)?.get((month as usize).checked_sub(1)?)?;
        mean.half_width().map(|half| (mean.mean(), half))
    }

    /// Peak, time to peak, time to half and area; `None` if no month has a pair.
    pub fn shape(&self, followed: Followed) -> Option<Shape> {
        let means = self.months.get(followed as usize)?;
        let curve: Vec<f64> = means.iter().map(Mean::mean).collect();
        let whole = Figures::of(&curve)?;
        // A group without runs would be left out for nothing, and count as one that agrees.
        let has_runs = |group: &usize| {
            self.groups[*group][followed as usize].iter().any(|month| month.count() > 0)
        };
        let without: Vec<Figures> = (0..GROUPS)
            .filter(has_runs)
            .filter_map(|group| Figures::of(&self.leaving_out(followed, group)))
            .collect();
        let known =
            |of: fn(&Figures) -> f64| Estimated::jackknife(of(&whole), without.iter().map(of));
        Some(Shape {
            peak: known(|f| f.peak),
            month: known(|f| f.month),
            half: whole.half,
            area: known(|f| f.area),
        })
    }

    fn leaving_out(&self, followed: Followed, group: usize) -> Vec<f64> {
        let all = self.months[followed as usize].iter();
        let out = self.groups[group][followed as usize].iter();
        all.zip(out)
            .map(|(all, out)| {
                let left = (all.count() - out.count()) as f64;
                let sum = |mean: &Mean| match mean.count() {
                    0 => 0.0,
                    count => mean.mean() * count as f64,
                };
                (sum(all) - sum(out)) / left
            })
            .collect()
    }
}

struct Figures {
    peak: f64,
    month: f64,
    half: Option<f64>,
    area: f64,
}

impl Figures {
    fn of(curve: &[f64]) -> Option<Figures> {
        let known = || curve.iter().enumerate().filter(|(_, value)| value.is_finite());
        let (place, peak) = known().max_by(|a, b| a.1.abs().total_cmp(&b.1.abs()))?;
        let fallen = known().find(|(i, value)| *i > place && value.abs() <= 0.5 * peak.abs());
        Some(Figures {
            peak: *peak,
            month: (place + 1) as f64,
            half: fallen.map(|(i, _)| (i - place) as f64),
            area: known().map(|(_, value)| value).sum(),
        })
    }
}
