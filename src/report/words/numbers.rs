//! Numbers as they stand in sentences.

use crate::worlds::statistics::Mean;

/// Significant digits of a number that stands alone.
const DIGITS: usize = 3;
/// A distance between two written numbers is off by no more than this part of the true one.
const CLOSE: f64 = 0.05;

/// Places after the point (before it, if negative) to which a number with this error is written:
/// those at which the error has one digit, or two that begin with 1.
pub fn places(error: f64, value: f64) -> i32 {
    let guide = if error > 0.0 && error.is_finite() { error } else { 0.01 * value.abs() };
    if !(guide > 0.0 && guide.is_finite()) {
        return 0;
    }
    let mut places = -9;
    while places < 6 && guide * tens(places) < 1.95 {
        places += 1;
    }
    places
}

fn tens(places: i32) -> f64 {
    let power = (0..places.unsigned_abs()).fold(1.0, |power, _| 10.0 * power);
    if places < 0 { 1.0 / power } else { power }
}

/// A number rounded to a number of places, with commas between thousands. Zero has no sign.
pub fn rounded(value: f64, places: i32) -> String {
    if !value.is_finite() {
        return "–".into();
    }
    let value = if places < 0 { (value * tens(places)).round() / tens(places) } else { value };
    let text = format!("{value:.*}", places.max(0) as usize);
    thousands(if is_zero(&text) { text.trim_start_matches('-') } else { &text })
}

/// A number with a typographic sign; zero has none.
pub fn signed(value: f64, places: i32) -> String {
    let text = rounded(value.abs(), places);
    match value {
        v if !v.is_finite() || is_zero(&text) => text,
        v if v < 0.0 => format!("−{text}"),
        _ => format!("+{text}"),
    }
}

/// A number that a person or the program stated, without the last digits of its binary form.
pub fn plain(value: f64) -> String {
    let text = crate::report::tables::number(value);
    thousands(&text).replace('-', "−")
}

/// Places to which a mean is written beside half of its interval: those of the half. A mean that would
/// vanish beside a larger half gets up to two more.
pub fn places_beside(half: f64, value: f64) -> i32 {
    let of_half = places(half, value);
    match value != 0.0 && half > value.abs() {
        true => of_half.max(places(0.1 * value.abs(), value).min(of_half + 2)),
        false => of_half,
    }
}

/// A mean in some unit with half of its 95 % interval, both told as finely as it is known; without
/// one that does not exist.
pub fn with_error(scale: f64, mean: &Mean) -> String {
    let (value, half) = (scale * mean.mean(), mean.half_width().map(|half| scale * half));
    let digits = half.map_or(2, |half| places_beside(half, value));
    let half = half.map_or(String::new(), |half| format!(" ± {}", rounded(half, digits)));
    format!("{}{half}", rounded(value, digits))
}

/// A count of things, by their name in the singular: "1 run", "2 runs".
pub fn counted(count: u64, one: &str) -> String {
    format!("{} {one}{}", whole(count), if count == 1 { "" } else { "s" })
}

/// A whole number with commas between thousands.
pub fn whole(count: u64) -> String {
    thousands(&count.to_string())
}

fn thousands(number: &str) -> String {
    let (whole, rest) = number.split_once('.').map_or((number, None), |(w, r)| (w, Some(r)));
    let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |digits| ("-", digits));
    let mut out = String::from(sign);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(rest) = rest {
        out.push('.');
        out.push_str(rest);
    }
    out
}

pub(super) fn is_zero(size: &str) -> bool {
    !size.chars().any(|c| c.is_ascii_digit() && c != '0')
}

/// With a capital at its beginning.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

/// A share of the variance in whole percent, or "less than 1 %" below half a percent.
pub fn whole_percent(share: f64) -> String {
    match 100.0 * share {
        small if small > 0.0 && small < 0.5 => "less than 1 %".to_owned(),
        percent => format!("{} %", percent.round() + 0.0),
    }
}

/// Two decimals, and never "-0.00".
pub(super) fn two(value: f64) -> String {
    format!("{:.2}", (100.0 * value).round() / 100.0 + 0.0)
}

/// Three significant digits.
pub fn short(value: f64) -> String {
    digits(value, DIGITS)
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
mod tests;
