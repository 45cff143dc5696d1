//! Direction numbers of the Sobol' sequence: the first 128 dimensions of `new-joe-kuo-6.21201` by
//! S. Joe and F. Y. Kuo 2008. They stand in `joe_kuo.txt`, with their licence.

/// Dimensions with direction numbers; the first one needs none.
pub const DIMENSIONS: usize = 128;

/// The direction numbers of a dimension from the second, which is 1: the inner coefficients `a` of
/// its primitive polynomial, as bits, and its initial numbers m₁ … mₛ; s is the degree of the
/// polynomial.
pub fn directions(dimension: usize) -> (u32, Vec<u32>) {
    let mut lines = include_str!("joe_kuo.txt").lines().filter(|line| !line.starts_with('#'));
    let line = lines.nth(dimension).unwrap_or("");
    // Each line has the dimension (counted from 1), s, a, and m₁ … mₛ.
    let mut numbers = line.split_whitespace().skip(2).filter_map(|number| number.parse().ok());
    (numbers.next().unwrap_or(0), numbers.collect())
}
