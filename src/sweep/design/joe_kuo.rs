//! Direction numbers of the Sobol' sequence: the first 128 dimensions of `new-joe-kuo-6.21201`.
//!
//! S. Joe and F. Y. Kuo 2008, "Constructing Sobol sequences with better two-dimensional
//! projections", SIAM Journal on Scientific Computing 30, 2635–2654;
//! <https://web.maths.unsw.edu.au/~fkuo/sobol/>. The numbers, in `joe_kuo.txt`, come under this
//! licence:
//!
//! Copyright (c) 2008, Frances Y. Kuo and Stephen Joe. All rights reserved.
//!
//! Redistribution and use in source and binary forms, with or without modification, are permitted
//! provided that the following conditions are met:
//!
//! - Redistributions of source code must retain the above copyright notice, this list of
//!   conditions and the following disclaimer.
//! - Redistributions in binary form must reproduce the above copyright notice, this list of
//!   conditions and the following disclaimer in the documentation and/or other materials provided
//!   with the distribution.
//! - Neither the names of the copyright holders nor the names of the University of New South Wales
//!   and the University of Waikato and its contributors may be used to endorse or promote products
//!   derived from this software without specific prior written permission.
//!
//! THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS "AS IS" AND ANY EXPRESS OR IMPLIED
//! WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED WARRANTIES OF MERCHANTABILITY AND
//! FITNESS FOR A PARTICULAR PURPOSE ARE DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDERS BE
//! LIABLE FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL DAMAGES
//! (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR SERVICES; LOSS OF USE, DATA,
//! OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN
//! CONTRACT, STRICT LIABILITY, OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT
//! OF THE USE OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.

/// Dimensions with direction numbers; the first one needs none.
pub const DIMENSIONS: usize = 128;

/// The direction numbers of a dimension from the second, which is 1: the inner coefficients `a` of
/// its primitive polynomial, as bits, and its initial numbers m₁ … mₛ; s is the degree of the
/// polynomial.
pub fn directions(dimension: usize) -> (u32, Vec<u32>) {
    let line = include_str!("joe_kuo.txt").lines().nth(dimension).unwrap_or("");
    // Each line has the dimension (counted from 1), s, a, and m₁ … mₛ.
    let mut numbers = line.split_whitespace().skip(2).filter_map(|number| number.parse().ok());
    (numbers.next().unwrap_or(0), numbers.collect())
}
