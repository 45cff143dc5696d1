//! Bounded distributions: what may be written of them, and what is drawn.

use crate::samplers::{beta, normal_cdf, normal_quantile};
use crate::streams::Draw;
use rand_distr::Distribution as _;
use serde::Serialize;
use std::ops::RangeInclusive;

/// A bounded distribution, by the words a scenario uses for it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Distribution {
    /// `{ uniform = [low, high] }`: any number between.
    Uniform(f64, f64),
    /// `{ integers = [low, high] }`: any whole number between, ends included.
    Integers(f64, f64),
    /// `{ triangular = [low, mode, high] }`.
    Triangular(f64, f64, f64),
    /// `{ normal = [mean, sd], within = [low, high] }`: cut off at the ends, not piled up there.
    /// Draws are off by less than a hundred-millionth of the distance of the ends.
    Normal {
        /// Mean before cutting.
        mean: f64,
        /// Standard deviation before cutting.
        sd: f64,
        /// Lowest and highest value.
        within: (f64, f64),
    },
    /// `{ beta = [a, b], within = [low, high] }`; `within` is 0 to 1 unless given.
    Beta {
        /// First shape.
        a: f64,
        /// Second shape.
        b: f64,
        /// Lowest and highest value.
        within: (f64, f64),
    },
    /// `{ choice = [values], weights = [numbers] }`; equal weights unless given.
    Choice(Vec<f64>, Vec<f64>),
}

impl Distribution {
    /// The lowest and the highest value it can give.
    pub fn bounds(&self) -> (f64, f64) {
        match self {
            Distribution::Uniform(a, b) | Distribution::Integers(a, b) => (*a, *b),
            Distribution::Triangular(a, _, b) => (*a, *b),
            Distribution::Normal { within, .. } | Distribution::Beta { within, .. } => *within,
            Distribution::Choice(values, weights) => {
                let given =
                    || values.iter().zip(weights).filter(|(_, w)| **w > 0.0).map(|(v, _)| *v);
                (given().fold(f64::INFINITY, f64::min), given().fold(f64::NEG_INFINITY, f64::max))
            }
        }
    }

    /// Whether it gives whole numbers only.
    pub fn is_whole(&self) -> bool {
        match self {
            Distribution::Integers(..) => true,
            Distribution::Choice(values, _) => values.iter().all(|v| *v == v.trunc()),
            _ => false,
        }
    }

    /// Whether it gives certain values only, not any between.
    pub fn has_steps(&self) -> bool {
        matches!(self, Distribution::Integers(..) | Distribution::Choice(..))
    }

    pub(super) fn at(&self, draw: Draw) -> f64 {
        match self {
            Distribution::Triangular(a, mode, b) if a < b => {
                // Only square roots inside, which are the same everywhere.
                let law = rand_distr::Triangular::new(*a, *b, *mode);
                law.map_or(*mode, |law| law.sample(&mut draw.open()))
            }
            Distribution::Beta { a, b, within } => {
                within.0 + (within.1 - within.0) * beta(&mut draw.open(), *a, *b)
            }
            law => law.quantile(draw.uniform()).unwrap_or(law.bounds().0),
        }
    }

    /// The value below which a part `u` of all values lies, 0 < u < 1; `None` for a beta
    /// distribution, for which there is no closed form.
    pub fn quantile(&self, u: f64) -> Option<f64> {
        Some(match self {
            Distribution::Uniform(a, b) => (a + u * (b - a)).min(*b),
            Distribution::Integers(a, b) => (a + (u * (b - a + 1.0)).floor()).min(*b),
            Distribution::Triangular(a, _, b) if a >= b => *a,
            Distribution::Triangular(a, mode, b) => {
                let (left, right) = ((mode - a) * (b - a), (b - mode) * (b - a));
                let below = u * (b - a) < mode - a;
                if below { a + libm::sqrt(u * left) } else { b - libm::sqrt((1.0 - u) * right) }
            }
            Distribution::Normal { mean, sd, within } => {
                // Beyond the mean from the other side, where the distribution function is exact.
                let beyond = within.0 > *mean;
                let (side, u) = if beyond { (-1.0, 1.0 - u) } else { (1.0, u) };
                let below = |x: f64| normal_cdf(side * (x - mean) / sd);
                let (from, to) = (below(within.0), below(within.1));
                let (low, high) = if beyond { (to, from) } else { (from, to) };
                let p = (low + u * (high - low)).clamp(f64::MIN_POSITIVE, 1.0 - f64::EPSILON);
                (mean + side * sd * normal_quantile(p)).clamp(within.0, within.1)
            }
            Distribution::Beta { .. } => return None,
            Distribution::Choice(values, weights) => {
                let mut left = u * weights.iter().sum::<f64>();
                let chosen = weights.iter().position(|w| {
                    left -= w;
                    left < 0.0
                });
                // Rounding may leave a last bit of the sum.
                let last = || weights.iter().rposition(|weight| *weight > 0.0).unwrap_or(0);
                values[chosen.unwrap_or_else(last)]
            }
        })
    }
}

/// A distribution from what is written of it: one that is then drawn so.
pub(super) fn written(
    kind: &str,
    numbers: &[f64],
    within: Option<&[f64]>,
    weights: Option<&[f64]>,
) -> Result<Distribution, String> {
    shaped(kind, numbers, within, weights).and_then(drawable)
}

fn shaped(
    kind: &str,
    numbers: &[f64],
    within: Option<&[f64]>,
    weights: Option<&[f64]>,
) -> Result<Distribution, String> {
    let ends = |default: Option<(f64, f64)>| match (within, default) {
        (Some([low, high]), _) if low < high => Ok((*low, *high)),
        (None, Some(default)) => Ok(default),
        _ => Err("`within = [low, high]` is needed, low below high".to_owned()),
    };
    let wanted = match kind {
        "uniform" => "write uniform = [low, high], low not above high",
        "integers" => "write integers = [low, high], whole numbers, low not above high",
        "triangular" => "write triangular = [low, mode, high], in rising order",
        "normal" => "write normal = [mean, sd] with sd above 0, and within = [low, high]",
        "beta" => "write beta = [a, b], both above 0",
        _ => "choice needs values, and as many weights, none negative, not all 0",
    };
    Ok(match (kind, numbers) {
        ("uniform", &[low, high]) if low <= high => Distribution::Uniform(low, high),
        ("integers", &[low, high]) if low <= high && low == low.trunc() && high == high.trunc() => {
            Distribution::Integers(low, high)
        }
        ("triangular", &[low, mode, high]) if low <= mode && mode <= high => {
            Distribution::Triangular(low, mode, high)
        }
        ("normal", &[mean, sd]) if sd > 0.0 => {
            Distribution::Normal { mean, sd, within: ends(None)? }
        }
        ("beta", &[a, b]) if a > 0.0 && b > 0.0 => {
            Distribution::Beta { a, b, within: ends(Some((0.0, 1.0)))? }
        }
        ("choice", values) if !values.is_empty() => {
            let weights = weights.map_or(vec![1.0; values.len()], <[f64]>::to_vec);
            let sound = weights.iter().all(|w| *w >= 0.0) && weights.iter().sum::<f64>() > 0.0;
            if !sound || weights.len() != values.len() {
                return Err(wanted.into());
            }
            Distribution::Choice(values.to_vec(), weights)
        }
        _ => return Err(wanted.into()),
    })
}

/// Whole numbers that may be drawn from: each then has its chance to a millionth of it.
const MOST_WHOLE: f64 = 4_294_967_296.0;
/// Ends that lie nearer or further apart than this are lost where they are multiplied.
const APART: RangeInclusive<f64> = 1e-100..=1e100;
/// A normal is drawn from its tail up to so many standard deviations: beyond, too little of it is
/// left for a double.
const MOST_DEVIATIONS: f64 = 35.0;
/// Standard deviations between the ends of a normal, at least: below, it is a uniform one, and the
/// difference of two probabilities is lost in their last digits.
const LEAST_DEVIATIONS: f64 = 1e-6;
/// Shapes of a beta: below, it is a choice of its ends; above, its middle.
const SHAPES_OF_BETA: RangeInclusive<f64> = 1e-9..=1e9;
/// What weights of a choice may sum to.
const WEIGHT: RangeInclusive<f64> = 1e-300..=f64::MAX;

/// Only what is then drawn as it is written.
fn drawable(distribution: Distribution) -> Result<Distribution, String> {
    let (low, high) = distribution.bounds();
    if low < high && !APART.contains(&(high - low)) {
        return Err("its ends must lie between 1e-100 and 1e100 apart".into());
    }
    match &distribution {
        Distribution::Integers(low, high) if high - low >= MOST_WHOLE => {
            return Err(format!("integers may be one of {MOST_WHOLE} at most"));
        }
        Distribution::Normal { mean, sd, within } => {
            let off = (within.0 - mean).max(mean - within.1) / sd;
            if off > MOST_DEVIATIONS {
                return Err(format!(
                    "`within` lies {off:.0} standard deviations off the mean; at most \
                     {MOST_DEVIATIONS} can be drawn"
                ));
            }
            if (within.1 - within.0) / sd < LEAST_DEVIATIONS {
                return Err(format!(
                    "`within` is less than a millionth of a standard deviation wide: write \
                     uniform = [{}, {}]",
                    within.0, within.1
                ));
            }
        }
        Distribution::Beta { a, b, .. }
            if !SHAPES_OF_BETA.contains(a) || !SHAPES_OF_BETA.contains(b) =>
        {
            return Err("the shapes of a beta must lie between 1e-9 and 1e9".into());
        }
        Distribution::Choice(_, weights) if !WEIGHT.contains(&weights.iter().sum()) => {
            return Err("weights must sum to a finite number, 1e-300 or more".into());
        }
        _ => {}
    }
    Ok(distribution)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::streams::{Process, Streams};

    fn values(distribution: &Distribution, n: u64) -> Vec<f64> {
        let at = |run| Streams::new(1, run, 0).named(Process::Number, "x");
        (0..n).map(|run| distribution.at(at(run))).collect()
    }

    /// Largest distance of drawn values from a law.
    fn off(mut drawn: Vec<f64>, law: impl Fn(f64) -> f64) -> f64 {
        drawn.sort_by(f64::total_cmp);
        let n = drawn.len() as f64;
        let distance = |(i, x): (usize, &f64)| {
            let (below, at) = (i as f64 / n, (i + 1) as f64 / n);
            (law(*x) - below).abs().max((law(*x) - at).abs())
        };
        drawn.iter().enumerate().map(distance).fold(0.0, f64::max)
    }

    fn normal(mean: f64, sd: f64, within: (f64, f64)) -> Distribution {
        drawable(Distribution::Normal { mean, sd, within }).expect("it can be drawn")
    }

    /// One in a thousand samples of this size is further off (Kolmogorov).
    const DRAWN: u64 = 4000;
    const FAR: f64 = 1.95 / 63.2;

    /// Deep in its tail a normal is an exponential law of rate z/sd, to 1/z² of it.
    #[test]
    fn a_normal_is_drawn_as_cut_off_at_the_edges_of_what_is_accepted() {
        let above = normal(-34.0, 1.0, (0.9, 1.3));
        let below = normal(35.0, 1.0, (-0.3, 0.1));
        let exponential = |x: f64, rate: f64| -libm::expm1(-rate * x) / -libm::expm1(-rate * 0.4);
        let tail = |x: f64| exponential(x - 0.9, 34.9 + 0.03);
        assert!(off(values(&above, DRAWN), tail) < FAR);
        let tail = |x: f64| 1.0 - exponential(0.1 - x, 34.9 + 0.03);
        assert!(off(values(&below, DRAWN), tail) < FAR);
        for law in [&above, &below] {
            let Distribution::Normal { within, .. } = law else { unreachable!() };
            let ends =
                values(law, DRAWN).iter().filter(|v| [within.0, within.1].contains(v)).count();
            assert_eq!(ends, 0, "nothing is piled up at the ends");
        }
        // So wide that it is flat, in the middle and on a slope.
        for mean in [0.5, 9e5, -9e5] {
            let flat = normal(mean, 7e5, (0.1, 0.8));
            assert!(off(values(&flat, DRAWN), |x| (x - 0.1) / 0.7) < FAR, "{mean}");
            let different = values(&flat, 200).windows(2).filter(|pair| pair[0] != pair[1]).count();
            assert_eq!(different, 199);
        }
        // So narrow that it is one value.
        assert!(values(&normal(0.5, 1e-300, (0.1, 0.9)), 50).iter().all(|v| *v == 0.5));
    }

    #[test]
    fn the_two_tails_of_a_normal_are_mirror_images() {
        for (low, high) in [(0.5, 2.0), (4.0, 9.0), (20.0, 21.0), (34.0, 90.0)] {
            let (right, left) = (normal(0.0, 1.0, (low, high)), normal(0.0, 1.0, (-high, -low)));
            for u in [0.001, 0.3, 0.5, 0.9, 0.9999] {
                let pair = (right.quantile(u).unwrap(), left.quantile(1.0 - u).unwrap());
                assert!((pair.0 + pair.1).abs() < 1e-11 * pair.0, "{low} {u} {pair:?}");
            }
        }
    }

    /// With shapes near 0 a beta lies at its ends: below x < 1/2 with chance b/(a + b)·(2x)^a.
    #[test]
    fn a_beta_is_drawn_as_written_at_the_edges_of_what_is_accepted() {
        for (a, b) in [(1e-9, 1e-9), (1e-9, 3e-9), (1e-3, 1e-3), (0.02, 0.01)] {
            let law = drawable(Distribution::Beta { a, b, within: (0.0, 1.0) }).unwrap();
            let drawn = values(&law, DRAWN);
            for x in [1e-300, 1e-30, 1e-3] {
                let seen = drawn.iter().filter(|v| **v <= x).count() as f64 / DRAWN as f64;
                let chance = b / (a + b) * libm::pow(2.0 * x, a);
                assert!((seen - chance).abs() < 0.03, "{a} {b} {x}: {seen} beside {chance}");
            }
        }
        let (a, b) = (1e9, 3e9 / 4.0);
        let law = drawable(Distribution::Beta { a, b, within: (0.0, 1.0) }).unwrap();
        let (mean, n) = (a / (a + b), a + b);
        let sd = libm::sqrt(mean * (1.0 - mean) / n);
        assert!(off(values(&law, DRAWN), |x| normal_cdf((x - mean) / sd)) < FAR);
    }

    #[test]
    fn a_choice_gives_what_its_weights_say_and_nothing_of_no_weight() {
        let weights = vec![1e308, 0.5e308, 0.0];
        let law = drawable(Distribution::Choice(vec![1.0, 2.0, 99.0], weights)).unwrap();
        let ones = values(&law, DRAWN).iter().filter(|v| **v == 1.0).count() as f64 / DRAWN as f64;
        assert!((ones - 2.0 / 3.0).abs() < 0.03, "{ones}");
        let law = Distribution::Choice(vec![1.0, 2.0, 99.0], vec![0.1, 0.2, 0.0]);
        assert_eq!((law.quantile(1.0 - f64::EPSILON / 2.0), law.bounds()), (Some(2.0), (1.0, 2.0)));
    }

    #[test]
    fn what_cannot_be_drawn_as_written_is_refused() {
        let within = (0.1, 0.9);
        let refused = [
            (Distribution::Choice(vec![0.5, 1.0], vec![1e308, 1e308]), "finite number"),
            (Distribution::Choice(vec![0.5, 1.0], vec![1e-310, 1e-310]), "1e-300 or more"),
            (Distribution::Normal { mean: -50.0, sd: 1.0, within }, "50 standard deviations off"),
            (Distribution::Normal { mean: 0.5, sd: 1e300, within }, "uniform = [0.1, 0.9]"),
            (Distribution::Normal { mean: 1e300, sd: 1e-300, within }, "standard deviations off"),
            (Distribution::Beta { a: 1e-10, b: 1.0, within }, "between 1e-9 and 1e9"),
            (Distribution::Beta { a: 1.0, b: 1e10, within }, "between 1e-9 and 1e9"),
            (Distribution::Integers(0.0, 1e10), "4294967296"),
            (Distribution::Uniform(-1e308, 1e308), "1e100 apart"),
            (Distribution::Triangular(0.0, 1e-200, 2e-200), "1e-100"),
        ];
        for (distribution, says) in refused {
            let why = drawable(distribution.clone()).expect_err("it cannot be drawn");
            assert!(why.contains(says), "{distribution:?}: {why}");
        }
    }

    #[test]
    fn draws_follow_the_quantiles() {
        let laws = [
            Distribution::Uniform(0.1, 0.3),
            Distribution::Triangular(0.0, 0.2, 2.0),
            Distribution::Triangular(0.0, 2.0, 2.0),
            normal(0.9, 0.3, (0.3, 0.7)),
            normal(0.0, 0.1, (0.3, 0.7)),
        ];
        for law in laws {
            let drawn = values(&law, DRAWN);
            let at = |q: f64| law.quantile(q).unwrap();
            for q in [0.01, 0.1, 0.5, 0.9, 0.99] {
                let below = drawn.iter().filter(|v| **v <= at(q)).count() as f64 / DRAWN as f64;
                assert!((below - q).abs() < FAR, "{law:?} {q} {below}");
            }
        }
    }

    #[test]
    fn draws_stay_within_their_bounds_and_have_the_stated_mean() {
        let cases = [
            (Distribution::Uniform(0.1, 0.3), 0.2, 0.06),
            (Distribution::Integers(3.0, 6.0), 4.5, 1.12),
            (Distribution::Triangular(0.0, 1.0, 2.0), 1.0, 0.41),
            (Distribution::Normal { mean: 0.5, sd: 0.1, within: (0.3, 0.7) }, 0.5, 0.09),
            (Distribution::Beta { a: 2.0, b: 2.0, within: (1.0, 3.0) }, 2.0, 0.45),
            (Distribution::Choice(vec![1.0, 5.0], vec![3.0, 1.0]), 2.0, 1.74),
        ];
        for (distribution, mean, sd) in cases {
            let n = 20_000;
            let drawn = values(&distribution, n);
            let (low, high) = distribution.bounds();
            assert!(drawn.iter().all(|v| (low..=high).contains(v)), "{distribution:?}");
            assert!(!distribution.is_whole() || drawn.iter().all(|v| *v == v.trunc()));
            let found = drawn.iter().sum::<f64>() / n as f64;
            assert!(
                (found - mean).abs() < 5.0 * sd / (n as f64).sqrt(),
                "{distribution:?} {found}"
            );
        }
    }
}
