//! Tests of numbers that must be told apart.

use super::*;

#[test]
fn the_ends_of_a_tiny_range_are_told_apart() {
    let ends = |low, high| told_apart(&[low, high]).join(" to ");
    assert_eq!(ends(0.7, 0.7000001), "0.7 to 0.7000001");
    assert_eq!(ends(1.0, 1.005), "1 to 1.005");
    assert_eq!(ends(0.0, 1e-7), "0 to 1e-7");
    assert_eq!(ends(0.6, 1.6), "0.6 to 1.6");
    assert_eq!(ends(-1.5, 250000.0), "-1.5 to 250000");
    assert_eq!(ends(2.0, 2.0 + 4.0 * f64::EPSILON), "2 to 2.000000000000001");
    assert_eq!(told_apart(&[0.7, 0.7000001, 3.0])[1], "0.7000001");
    assert_eq!(told_apart(&[f64::NAN, 1.0]).join(" to "), "no value to 1");
}

#[test]
fn no_number_that_is_missing_is_written_as_one() {
    assert_eq!(short(f64::NAN), "no value");
    assert_eq!((short(0.0).as_str(), short(-0.0).as_str()), ("0", "0"));
}
