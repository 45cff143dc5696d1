//! The Sobol' sequence, plain and scrambled.
//!
//! Any 2ᵏ points from a multiple of 2ᵏ on hold one in each of the 2ᵏ equal slices of every
//! coordinate, and in the first two coordinates one in each elementary rectangle of area 2⁻ᵏ
//! (Sobol' 1967). Scrambling keeps that and makes each single point uniform in the cube.

pub use super::joe_kuo::DIMENSIONS;
use super::joe_kuo::directions as published;
use super::{Drawn, draw};

/// Bits of a coordinate.
const BITS: usize = 32;

/// The sequence in some number of dimensions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sobol {
    /// By dimension: what bit 0, 1, … of a point's place contributes, as a fraction of 2³².
    directions: Vec<[u32; BITS]>,
}

impl Sobol {
    /// The sequence in `dimensions` dimensions, or `None` beyond [`DIMENSIONS`].
    pub fn new(dimensions: usize) -> Option<Self> {
        let directions = (dimensions <= DIMENSIONS).then(|| (0..dimensions).map(directions))?;
        Some(Sobol { directions: directions.collect() })
    }

    /// The point at a place of the sequence, from 0, unscrambled; the places are in the order of
    /// Gray codes (Antonov and Saleev 1979), as usual.
    pub fn point(&self, place: u32) -> Vec<f64> {
        self.bits(place).map(|bits| f64::from(bits) / TWO_32).collect()
    }

    /// The same point, scrambled by nested uniform scrambling (Owen 1995, "Randomly permuted
    /// (t,m,s)-nets and (t,s)-sequences"): each bit is flipped or not by a coin of its own for
    /// every string of bits above it. A coordinate is the middle of its interval of width 2⁻³².
    pub fn scrambled(&self, place: u32, seed: u64) -> Vec<f64> {
        let points = self.bits(place).enumerate();
        points.map(|(d, bits)| (f64::from(scramble(bits, seed, d)) + 0.5) / TWO_32).collect()
    }

    fn bits(&self, place: u32) -> impl Iterator<Item = u32> {
        let gray = place ^ (place >> 1);
        self.directions.iter().map(move |numbers| {
            let set = numbers.iter().enumerate().filter(|(bit, _)| gray >> bit & 1 == 1);
            set.fold(0, |bits, (_, number)| bits ^ number)
        })
    }
}

const TWO_32: f64 = (1u64 << BITS) as f64;

fn scramble(bits: u32, seed: u64, dimension: usize) -> u32 {
    (0..BITS).fold(bits, |scrambled, above| {
        // The bits above, with a leading one that tells 0 from 00.
        let prefix = (1 << above) | (u64::from(bits) >> (BITS - above));
        let flip = draw(seed, Drawn::Flip, prefix, dimension).chance(0.5);
        scrambled ^ (u32::from(flip) << (BITS - 1 - above))
    })
}

/// Direction numbers of a dimension by the recurrence of Joe and Kuo 2008, section 2.
fn directions(dimension: usize) -> [u32; BITS] {
    let mut m = [1u32; BITS];
    if dimension > 0 {
        let (a, initial) = published(dimension);
        let degree = initial.len();
        m[..degree].copy_from_slice(&initial);
        for next in degree..BITS {
            let ends = m[next - degree] ^ (m[next - degree] << degree);
            m[next] = (1..degree)
                .filter(|k| a >> (degree - 1 - k) & 1 == 1)
                .fold(ends, |value, k| value ^ (m[next - k] << k));
        }
    }
    std::array::from_fn(|bit| m[bit] << (BITS - 1 - bit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_points_are_the_published_ones() {
        // As Joe and Kuo's own program prints them for three dimensions.
        let published = [
            [0.0, 0.0, 0.0],
            [0.5, 0.5, 0.5],
            [0.75, 0.25, 0.25],
            [0.25, 0.75, 0.75],
            [0.375, 0.375, 0.625],
            [0.875, 0.875, 0.125],
            [0.625, 0.125, 0.875],
            [0.125, 0.625, 0.375],
        ];
        let sobol = Sobol::new(3).unwrap();
        for (place, point) in published.iter().enumerate() {
            assert_eq!(sobol.point(place as u32), point);
        }
        assert_eq!(Sobol::new(DIMENSIONS + 1), None);
        // Far out, as SciPy 1.17.1 (stats.qmc.Sobol, unscrambled) gives them.
        let sobol = Sobol::new(DIMENSIONS).unwrap();
        let at = |place| [9, 63, 127].map(|d| sobol.point(place)[d]);
        assert_eq!(at(1000), [0.0693359375, 0.4462890625, 0.5439453125]);
        assert_eq!(at(4095), [0.246337890625, 0.553466796875, 0.261474609375]);
    }

    /// One point in each of the cells that `cell` numbers from 0 to the number of points.
    fn one_in_each(points: &[Vec<f64>], cell: impl Fn(&[f64]) -> usize) {
        let mut seen = vec![false; points.len()];
        for point in points {
            assert!(!std::mem::replace(&mut seen[cell(point)], true));
        }
    }

    fn is_balanced(point: impl Fn(u32) -> Vec<f64>) {
        let slice = |x: f64, k: u32| (x * f64::from(1 << k)) as usize;
        for k in 0..=9u32 {
            for block in [0, 1, 5] {
                let first = block << k;
                let points: Vec<Vec<f64>> = (first..first + (1 << k)).map(&point).collect();
                for d in 0..DIMENSIONS {
                    one_in_each(&points, |p| slice(p[d], k));
                }
                for wide in 0..=k {
                    let tall = k - wide;
                    one_in_each(&points, |p| (slice(p[0], wide) << tall) + slice(p[1], tall));
                }
            }
        }
    }

    #[test]
    fn every_block_is_balanced_in_each_dimension_and_in_the_first_two_together() {
        let sobol = Sobol::new(DIMENSIONS).unwrap();
        is_balanced(|place| sobol.point(place));
    }

    #[test]
    fn scrambling_keeps_the_balance() {
        let sobol = Sobol::new(DIMENSIONS).unwrap();
        is_balanced(|place| sobol.scrambled(place, 3));
    }

    /// Over many seeds one scrambled point is uniform: its mean lies within five standard errors,
    /// √(1/12n), of one half, and so does that of the product of two coordinates around zero.
    #[test]
    fn a_scrambled_point_is_uniform_over_seeds() {
        let sobol = Sobol::new(3).unwrap();
        let n = 4000;
        for place in [0, 1, 6] {
            let points: Vec<Vec<f64>> = (0..n).map(|seed| sobol.scrambled(place, seed)).collect();
            let mean = |of: &dyn Fn(&[f64]) -> f64| {
                points.iter().map(|p| of(p)).sum::<f64>() / points.len() as f64
            };
            for d in 0..3 {
                assert!((mean(&|p| p[d]) - 0.5).abs() < 5.0 * (1.0 / (12.0 * n as f64)).sqrt());
                let e = (d + 1) % 3;
                let product = mean(&|p| (p[d] - 0.5) * (p[e] - 0.5));
                assert!(product.abs() < 5.0 / (12.0 * (n as f64).sqrt()));
            }
        }
    }
}
