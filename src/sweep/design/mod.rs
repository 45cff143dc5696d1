//! Experimental designs: which parameter values to run, as points of the unit cube.
//!
//! A design is a pure function of its kind, the number of factors and a seed. A coordinate runs
//! from 0 (the lower end of a factor's range) to 1 (its upper end); giving it the factor's unit is
//! the caller's. Each point carries its [`Place`] in the design, so that a table of outputs can be
//! analysed without knowing how the points were made.
//!
//! ```
//! use rppsim::sweep::design::{Kind, Place};
//! let design = Kind::Factorial { levels: vec![2, 3] }.design(2, 1).unwrap();
//! assert_eq!(design.points.len(), 6);
//! assert_eq!(design.points[1], [0.0, 0.5]);
//! assert_eq!(design.places[1], Place::Cell { levels: vec![0, 1] });
//! ```

mod error;
mod grid;
mod joe_kuo;
mod latin;
pub mod sobol;
mod trajectories;

pub use error::DesignError;
pub use latin::Aim;

use crate::streams::{Draw, Process, Streams};
use serde::Serialize;

/// Points that a design may hold at most.
pub const MOST_POINTS: usize = 1 << 20;
/// Factors that a design may have at most, but for those that are made of the Sobol' sequence:
/// [`Kind::Sobol`] may have as many as the sequence has dimensions, 128, and [`Kind::Saltelli`] half
/// as many.
pub const MOST_FACTORS: usize = 4096;

/// What kind of design.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub enum Kind {
    /// Every combination of levels, the last factor fastest. Levels lie evenly from 0 to 1; a
    /// single level lies at 0.5.
    Factorial {
        /// How many levels each factor has.
        levels: Vec<usize>,
    },
    /// A baseline, and from it each factor alone through evenly spaced levels from 0 to 1: the
    /// extended one-factor-at-a-time design of ten Broeke, van Voorn and Ligtenberg 2016, "Which
    /// sensitivity analysis method should I use for my agent-based model?", JASSS 19(1) 5.
    OneAtATime {
        /// Coordinates of the baseline.
        baseline: Vec<f64>,
        /// Levels of each factor, at least two.
        levels: usize,
    },
    /// A Latin hypercube (McKay, Beckman and Conover 1979, Technometrics 21, 239–245): each of
    /// `points` equal slices of each factor holds one point, anywhere within the slice.
    Latin {
        /// How many points.
        points: usize,
        /// What its columns are rearranged for.
        aim: Aim,
    },
    /// The scrambled Sobol' sequence; balanced best when `points` is a power of two. A longer
    /// design of the same seed begins with the shorter one. See [`sobol`].
    Sobol {
        /// How many points.
        points: usize,
    },
    /// Trajectories through a grid, of one step in each factor in random order (Morris 1991,
    /// "Factorial sampling plans for preliminary computational experiments", Technometrics 33,
    /// 161–174). A step is p/(2(p − 1)) for p levels, up or down. More trajectories of the same
    /// seed begin with the fewer.
    Morris {
        /// How many trajectories, each of one point more than there are factors.
        trajectories: usize,
        /// Levels of the grid, p: even.
        levels: usize,
    },
    /// The radial scheme of Saltelli et al. 2010, "Variance based sensitivity analysis of model
    /// output", Computer Physics Communications 181, 259–270: two halves A and B of a scrambled
    /// Sobol' sequence in twice as many dimensions, and for each factor i the points of A with
    /// factor i taken from B. All of A come first, then all of B, then the mixtures by factor.
    Saltelli {
        /// Points of A, and of B; a power of two is best.
        base: usize,
    },
}

/// What a point is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum Place {
    /// One of many in the cube.
    Anywhere,
    /// A cell of a factorial: the level of each factor, from 0.
    Cell {
        /// By factor.
        levels: Vec<usize>,
    },
    /// The baseline, or the first point of a trajectory.
    Start {
        /// Which trajectory, from 0.
        trajectory: usize,
    },
    /// A point at which one factor differs from the baseline, or from the point before it on its
    /// trajectory.
    Moved {
        /// Which trajectory, from 0.
        trajectory: usize,
        /// The factor that moved.
        factor: usize,
    },
    /// A point of Saltelli's A.
    A {
        /// Base row, from 0.
        row: usize,
    },
    /// A point of Saltelli's B.
    B {
        /// Base row, from 0.
        row: usize,
    },
    /// A point of A with one factor taken from B.
    Mixed {
        /// Base row, from 0.
        row: usize,
        /// The factor that comes from B.
        factor: usize,
    },
}

/// Points to run, in order.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Design {
    /// How they were chosen.
    pub kind: Kind,
    /// Coordinates of each point, each from 0 to 1, one for each factor.
    pub points: Vec<Vec<f64>>,
    /// What each point is for.
    pub places: Vec<Place>,
}

impl Kind {
    /// The design of this kind for `factors` factors; the same for the same seed.
    ///
    /// # Errors
    /// If it has no points or no factors, has too many of them, or does not fit the factors.
    pub fn design(&self, factors: usize, seed: u64) -> Result<Design, DesignError> {
        if factors == 0 {
            return Err(DesignError::NoFactors);
        }
        let most = match self {
            Kind::Sobol { .. } => sobol::DIMENSIONS,
            Kind::Saltelli { .. } => sobol::DIMENSIONS / 2,
            _ => MOST_FACTORS,
        };
        if factors > most {
            return Err(DesignError::TooManyFactors { factors, most });
        }
        if self.size(factors)? > MOST_POINTS {
            return Err(DesignError::TooLarge);
        }
        let pairs = match self {
            Kind::Factorial { levels } => grid::factorial(levels),
            Kind::OneAtATime { baseline, levels } => grid::one_at_a_time(baseline, *levels),
            Kind::Latin { points, aim } => anywhere(latin::points(*points, factors, *aim, seed)),
            Kind::Sobol { points } => anywhere(scrambled(*points, factors, seed)?),
            Kind::Morris { trajectories, levels } => {
                trajectories::morris(*trajectories, *levels, factors, seed)
            }
            Kind::Saltelli { base } => saltelli(&scrambled(*base, 2 * factors, seed)?),
        };
        let (points, places) = pairs.into_iter().unzip();
        Ok(Design { kind: self.clone(), points, places })
    }

    /// How many points it has for a number of factors.
    ///
    /// # Errors
    /// If the design does not fit the factors, has no points, or more than can be counted.
    pub fn size(&self, factors: usize) -> Result<usize, DesignError> {
        let fits = |given: usize| match given == factors {
            true => Ok(()),
            false => Err(DesignError::Mismatch { given, factors }),
        };
        let size = match self {
            Kind::Factorial { levels } => {
                fits(levels.len())?;
                levels.iter().try_fold(1usize, |product, &count| product.checked_mul(count))
            }
            Kind::OneAtATime { baseline, levels } => {
                fits(baseline.len())?;
                if let Some(factor) = baseline.iter().position(|x| !(0.0..=1.0).contains(x)) {
                    return Err(DesignError::Outside { factor });
                }
                if *levels < 2 {
                    return Err(DesignError::Levels { levels: *levels });
                }
                levels.checked_mul(factors).and_then(|moved| moved.checked_add(1))
            }
            Kind::Latin { points, .. } | Kind::Sobol { points } => Some(*points),
            Kind::Morris { trajectories, levels } => {
                if *levels < 2 || !levels.is_multiple_of(2) {
                    return Err(DesignError::Levels { levels: *levels });
                }
                trajectories.checked_mul(factors.saturating_add(1))
            }
            Kind::Saltelli { base } => base.checked_mul(factors.saturating_add(2)),
        };
        match size {
            None => Err(DesignError::TooLarge),
            Some(0) => Err(DesignError::NoPoints),
            Some(size) => Ok(size),
        }
    }
}

/// A point and what it is for.
type Placed = (Vec<f64>, Place);

fn anywhere(points: Vec<Vec<f64>>) -> Vec<Placed> {
    points.into_iter().map(|point| (point, Place::Anywhere)).collect()
}

/// The first points of the scrambled Sobol' sequence.
fn scrambled(count: usize, dimensions: usize, seed: u64) -> Result<Vec<Vec<f64>>, DesignError> {
    let sobol = sobol::Sobol::new(dimensions)
        .ok_or(DesignError::TooManyFactors { factors: dimensions, most: sobol::DIMENSIONS })?;
    Ok((0..count as u32).map(|place| sobol.scrambled(place, seed)).collect())
}

/// A, B and their mixtures, from points that hold a row of A and then a row of B.
fn saltelli(both: &[Vec<f64>]) -> Vec<Placed> {
    let factors = both[0].len() / 2;
    let rows = || both.iter().map(|point| point.split_at(factors)).enumerate();
    let mut placed: Vec<Placed> = Vec::with_capacity(both.len() * (factors + 2));
    placed.extend(rows().map(|(row, (a, _))| (a.to_vec(), Place::A { row })));
    placed.extend(rows().map(|(row, (_, b))| (b.to_vec(), Place::B { row })));
    for factor in 0..factors {
        placed.extend(rows().map(|(row, (a, b))| {
            let mut point = a.to_vec();
            point[factor] = b[factor];
            (point, Place::Mixed { row, factor })
        }));
    }
    placed
}

/// What is drawn for a design. Each has its own addresses.
#[derive(Clone, Copy)]
enum Drawn {
    /// The order of a Latin hypercube's slices.
    Slice,
    /// Where in its slice a point lies.
    Within,
    /// Which two points change places.
    Swap,
    /// Whether a bit is flipped.
    Flip,
    /// Where a trajectory starts.
    Start,
    /// Whether a factor goes up.
    Direction,
    /// The order of a trajectory's steps.
    Order,
}

/// The address of one decision about a design: `index` numbers points, steps or bits.
fn draw(seed: u64, drawn: Drawn, index: u64, factor: usize) -> Draw {
    Streams::new(seed, index, 0).at(Process::Design).place(factor).item(drawn as usize)
}

/// A whole number below `count`, from a uniform.
fn below(count: usize, uniform: f64) -> usize {
    (uniform * count as f64) as usize
}

/// 0 … count − 1 in random order (Fisher and Yates), each step's uniform from `uniform`.
fn shuffled(count: usize, uniform: impl Fn(u64) -> f64) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    for last in (1..count).rev() {
        order.swap(last, below(last + 1, uniform(last as u64)));
    }
    order
}

#[cfg(test)]
mod tests;
