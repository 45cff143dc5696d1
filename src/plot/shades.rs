//! The scale of colours of heat maps.

use super::canvas::Ink;

/// Colours from low to high, evenly apart: viridis (Smith and van der Walt,
/// 2015) turned round, so that more is darker. Its lightness falls evenly, in
/// grey and to all common kinds of sight.
const SHADES: [(u8, u8, u8); 11] = [
    (253, 231, 37),
    (189, 223, 38),
    (122, 209, 81),
    (68, 191, 112),
    (34, 168, 132),
    (33, 145, 140),
    (42, 120, 142),
    (53, 95, 141),
    (65, 68, 135),
    (72, 36, 117),
    (68, 1, 84),
];

/// The colour at a share of the way from low to high.
pub(super) fn shade(share: f64) -> Ink {
    let at = share.clamp(0.0, 1.0) * (SHADES.len() - 1) as f64;
    let below = (at.floor() as usize).min(SHADES.len() - 2);
    let (from, to, rest) = (SHADES[below], SHADES[below + 1], at - below as f64);
    let mixed = |a: u8, b: u8| (f64::from(a) + rest * (f64::from(b) - f64::from(a))).round() as u8;
    Ink(mixed(from.0, to.0), mixed(from.1, to.1), mixed(from.2, to.2), 1.0)
}

/// How light a colour looks, from 0 to 1.
pub(super) fn lightness(ink: Ink) -> f64 {
    (0.299 * f64::from(ink.0) + 0.587 * f64::from(ink.1) + 0.114 * f64::from(ink.2)) / 255.0
}
