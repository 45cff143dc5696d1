//! A rate of events in a time that was looked at.

/// How often something happened, a year, with its exact 95 % interval (Garwood 1936).
///
/// The events are taken as Poisson: each moment has the same chance, whatever happened before.
/// The lower end is 0 if nothing happened; the interval is `None` if no time was looked at.
pub fn rate(events: u32, years: f64) -> Option<(f64, f64, f64)> {
    if !(years > 0.0 && years.is_finite()) {
        return None;
    }
    let k = f64::from(events);
    // The mean at which so few, or so many, are as rare as a tail of 2.5 %.
    let low =
        if events == 0 { 0.0 } else { crossing(|mean| 1.0 - at_most(events - 1, mean) - 0.025, k) };
    let high = crossing(|mean| 0.025 - at_most(events, mean), k);
    Some((k / years, low / years, high / years))
}

/// The probability of at most so many events where so many are expected.
fn at_most(events: u32, mean: f64) -> f64 {
    let mut log_factorial = 0.0;
    let mut sum = 0.0;
    for k in 0..=events {
        if k > 0 {
            log_factorial += libm::log(f64::from(k));
        }
        sum += libm::exp(f64::from(k) * libm::log(mean) - mean - log_factorial);
    }
    sum.min(1.0)
}

/// Where a rising function crosses zero, between nothing and far more than `around`.
fn crossing(rising: impl Fn(f64) -> f64, around: f64) -> f64 {
    let (mut low, mut high) = (1e-12, around + 10.0 * libm::sqrt(around) + 20.0);
    for _ in 0..100 {
        let middle = 0.5 * (low + high);
        if rising(middle) < 0.0 { low = middle } else { high = middle }
    }
    0.5 * (low + high)
}

/// The yearly probability of an event that comes at a rate a year.
pub fn yearly(rate: f64) -> f64 {
    -libm::expm1(-rate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interval_of_a_count_is_the_published_one() {
        // Exact Poisson limits, as printed in tables (Garwood 1936; Ulm 1990).
        for (events, low, high) in [
            (0, 0.0, 3.6889),
            (1, 0.0253, 5.5716),
            (5, 1.6235, 11.6683),
            (10, 4.7954, 18.3904),
            (50, 37.1110, 65.9188),
        ] {
            let (rate, l, h) = rate(events, 1.0).expect("a rate");
            assert_eq!(rate, f64::from(events));
            assert!((l - low).abs() < 1e-3 && (h - high).abs() < 1e-3, "{events}: {l} to {h}");
        }
    }

    #[test]
    fn twice_the_time_is_half_the_rate_and_no_time_is_none() {
        let (once, twice) = (rate(3, 10.0).expect("a rate"), rate(3, 20.0).expect("a rate"));
        assert!((once.1 - 2.0 * twice.1).abs() < 1e-12 && (once.2 - 2.0 * twice.2).abs() < 1e-12);
        assert_eq!(rate(3, 0.0), None);
        assert!((yearly(0.1) - 0.0952).abs() < 1e-4 && yearly(0.0) == 0.0 && yearly(50.0) <= 1.0);
    }
}
