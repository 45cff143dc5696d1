//! Tests of what is said of indices, elementary effects and noise.

use super::*;

fn estimate(value: f64, low: f64, high: f64) -> Estimate {
    Estimate { value, low, high }
}

fn says(sentence: &str, words: &[&str]) {
    for word in words {
        assert!(sentence.contains(word), "{sentence}");
    }
}

#[test]
fn a_first_order_index_is_said_with_its_doubt() {
    let say = |value, low, high| first_order("turnover", &estimate(value, low, high));
    says(&say(0.34, 0.3, 0.38), &["Alone, turnover", "34 %", "0.30 to 0.38"]);
    says(&say(-0.02, -0.06, 0.01), &["indistinguishable from zero", "sampling error"]);
    assert!(!say(0.02, -0.02, 0.06).contains("sampling error"));
    says(&say(0.1, -0.1, 0.3), &["indistinguishable from zero", "too wide"]);
    says(&say(0.4, 0.2, 0.6), &["unstable", "more base points"]);
    says(&say(-0.2, -0.3, -0.1), &["no true index", "sampling error"]);
    assert!(!say(-0.001, -0.004, 0.001).contains("-0.00"));
}

#[test]
fn a_total_index_is_said_with_its_doubt() {
    let say = |value, low, high| total_order("turnover", &estimate(value, low, high), true);
    says(&say(0.5, 0.45, 0.55), &["50 %", "together"]);
    says(&say(0.001, 0.0, 0.003), &["less than 1 %", "fixed"]);
    let early = total_order("turnover", &estimate(0.001, 0.0, 0.003), false);
    says(&early, &["less than 1 %", "more base points are needed before it may be fixed"]);
    assert!(!say(-0.2, -0.3, -0.1).contains("fixed"), "no true index is that low");
    says(&say(0.5, 0.3, 0.7), &["unstable"]);
    says(&say(0.02, -0.02, 0.06), &["indistinguishable from zero"]);
}

#[test]
fn a_factor_may_be_fixed_only_on_indices_that_can_be_true() {
    let index = |value: f64| {
        let of = estimate(value, value, value);
        Index { first: of, total: of }
    };
    assert!(may_be_fixed(&[index(0.3), index(0.7), index(0.0)], 64));
    assert!(!may_be_fixed(&[index(0.3), index(0.7), index(0.0)], 63), "too few base rows");
    assert!(!may_be_fixed(&[index(0.3), index(0.4), index(0.0)], 512), "totals sum to 0.7");
    assert!(!may_be_fixed(&[index(0.8), index(0.7), index(0.0)], 512), "first sum to 1.5");
}

#[test]
fn acting_together_is_said_only_where_the_intervals_bear_it_out() {
    let index = |first, total| Index { first, total };
    let narrow = |value: f64| estimate(value, value - 0.02, value + 0.02);
    let say = |first, total| together("trust", &index(first, total));
    says(&say(narrow(0.0), narrow(0.24)).unwrap(), &["acts mainly together with others"]);
    says(&say(narrow(0.3), narrow(0.5)).unwrap(), &["acts also together"]);
    assert_eq!(say(narrow(0.3), narrow(0.32)), None);
    assert_eq!(say(estimate(0.1, 0.0, 0.3), estimate(0.3, 0.2, 0.4)), None);
    assert_eq!(say(narrow(0.0), estimate(0.53, 0.4, 0.66)), None, "too wide to be read");
    assert_eq!(say(estimate(0.2, 0.0, 0.1), narrow(0.5)), None, "beyond its interval");
}

#[test]
fn elementary_effects_say_direction_and_shape() {
    let of =
        |mu, mu_star, sigma| Screened { mu, mu_star, sigma, moved: 10, values: 4, per_move: 1.5 };
    let around = |mu_star: f64| estimate(mu_star, 0.9 * mu_star, 1.1 * mu_star);
    let say = |mu, mu_star, sigma| screened("trust", &of(mu, around(mu_star), sigma));
    says(&say(2.0, 2.0, 0.0), &["raises the output", "linearly"]);
    says(&say(-2.0, 2.0, 0.6), &["lowers the output", "not quite linear"]);
    says(&say(0.5, 2.0, 1.6), &["at others", "non-linear or interacting", "sigma 1.60"]);
    says(&say(0.5, 2.0, 2.6), &["strongly non-linear or interacting"]);
    says(&say(0.0, 0.0, 0.0), &["moved nothing"]);
    let unsure = of(1.0, estimate(1.0, 0.2, 1.9), 1.0);
    says(&screened("trust", &unsure), &["more trajectories"]);
    let still = Screened { moved: 0, mu: f64::NAN, ..of(f64::NAN, around(f64::NAN), f64::NAN) };
    says(&screened("trust", &still), &["on no trajectory: nothing can be said"]);
}

#[test]
fn two_levels_are_said_to_show_no_bend() {
    for sigma in [0.0, 0.6, 1.6, 3.0] {
        let mu_star = estimate(2.0, 1.8, 2.2);
        let of = Screened { mu: 2.0, mu_star, sigma, moved: 10, values: 2, per_move: 1.0 };
        let said = screened("trust", &of);
        says(&said, &["Two levels cannot show a bend."]);
        assert!(!said.contains("linear"), "{said}");
    }
}

#[test]
fn noise_is_said_by_how_much_of_the_variance_it_is() {
    says(&noise(0.01, false), &["Replicate noise is 1 % of", "little"]);
    says(&noise(0.2, true), &["that tells rows apart is 20 %", "More replicates"]);
    says(&noise(1.3, false), &["Dominated by noise: 130 %", "beyond 100 %"]);
    says(&noise_in_common(5.4), &["540 %"]);
}
