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
mod tests;
