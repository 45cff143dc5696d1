//! Numbers as sentences and tables for people write them.

/// Significant digits of a number that stands alone.
const DIGITS: usize = 3;
/// A distance between two written numbers is off by no more than this part of the true one.
const CLOSE: f64 = 0.05;

/// A share in whole percent, never "-0 %".
pub fn percent(share: f64) -> String {
    match 100.0 * share {
        small if small > 0.0 && small < 0.5 => "less than 1 %".to_owned(),
        percent => format!("{} %", percent.round() + 0.0),
    }
}

/// Three significant digits.
pub fn short(value: f64) -> String {
    digits(value, DIGITS)
}

/// Three significant digits, without zeros that say nothing.
pub fn plain(value: f64) -> String {
    trimmed(digits(value, DIGITS))
}

/// Numbers with as many digits, three or more, as it takes to see how far each lies from the next.
pub fn told_apart(values: &[f64]) -> Vec<String> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let seen = |value: f64, many: usize| digits(value, many).parse::<f64>().unwrap_or(f64::NAN);
    let shows = |many: &usize| {
        sorted.windows(2).all(|pair| {
            let (true_one, written) =
                (pair[1] - pair[0], seen(pair[1], *many) - seen(pair[0], *many));
            !true_one.is_finite() || (written - true_one).abs() <= CLOSE * true_one
        })
    };
    let many = (DIGITS..17).find(shows).unwrap_or(17);
    values.iter().map(|value| trimmed(digits(*value, many))).collect()
}

fn digits(value: f64, many: usize) -> String {
    if !value.is_finite() {
        return "no value".to_owned();
    }
    if value == 0.0 {
        return "0".to_owned();
    }
    let magnitude = libm::floor(libm::log10(value.abs()));
    let after = many as f64 - 1.0;
    if (-4.0..6.0).contains(&magnitude) {
        format!("{value:.*}", (after - magnitude).max(0.0) as usize)
    } else {
        format!("{value:.*e}", many - 1)
    }
}

fn trimmed(text: String) -> String {
    let (digits, power) = text.split_at(text.find('e').unwrap_or(text.len()));
    match digits.contains('.') {
        true => format!("{}{power}", digits.trim_end_matches('0').trim_end_matches('.')),
        false => text,
    }
}

#[cfg(test)]
mod tests {
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
        assert_eq!(
            (short(f64::NAN).as_str(), plain(f64::INFINITY).as_str()),
            ("no value", "no value")
        );
        assert_eq!((short(0.0).as_str(), short(-0.0).as_str()), ("0", "0"));
    }
}
