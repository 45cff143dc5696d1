//! Numbers as the text of a cell.

/// The most decimals that a table gives.
const DECIMALS: usize = 6;

/// A number as text, in a place of its own.
pub(super) struct Digits {
    text: [u8; 40],
    from: usize,
}

impl Digits {
    fn none() -> Digits {
        Digits { text: [0; 40], from: 40 }
    }

    /// A whole number.
    pub fn whole(value: u64) -> Digits {
        let mut digits = Digits::none();
        digits.before(value, 1);
        digits
    }

    /// A number with at most six decimals and no trailing zeros; none if that cannot be had at once.
    fn rounded(value: f64) -> Option<Digits> {
        let scaled = value.abs() * 1e6;
        // Near the middle between two, the last digit hangs on more than this product holds.
        let up = scaled + 0.5;
        let near = up - up.trunc();
        if !(scaled < 1e12 && (1e-3..=1.0 - 1e-3).contains(&near)) {
            return None;
        }
        let units = up as u64;
        let (mut decimals, mut places) = (units % 1_000_000, DECIMALS);
        while places > 0 && decimals % 10 == 0 {
            (decimals, places) = (decimals / 10, places - 1);
        }
        let mut digits = Digits::none();
        if places > 0 {
            digits.before(decimals, places);
            digits.put(b'.');
        }
        digits.before(units / 1_000_000, 1);
        if value < 0.0 && units > 0 {
            digits.put(b'-');
        }
        Some(digits)
    }

    fn put(&mut self, letter: u8) {
        self.from -= 1;
        self.text[self.from] = letter;
    }

    /// Puts a number before what is there, with zeros up to so many digits.
    fn before(&mut self, mut value: u64, digits: usize) {
        let end = self.from;
        while value > 0 || end - self.from < digits {
            self.put(b'0' + (value % 10) as u8);
            value /= 10;
        }
    }

    pub fn bytes(&self) -> &[u8] {
        &self.text[self.from..]
    }
}

/// Hands over a number as it stands in a table: with at most six decimals and no trailing zeros;
/// empty unless it is finite.
pub(super) fn with_number<T>(value: f64, of: impl FnOnce(&[u8]) -> T) -> T {
    if !value.is_finite() {
        return of(b"");
    }
    if let Some(digits) = Digits::rounded(value) {
        return of(digits.bytes());
    }
    let text = format!("{value:.DECIMALS$}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    of(if text == "-0" { b"0" } else { text.as_bytes() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn slowly(value: f64) -> String {
        let text = format!("{value:.6}");
        let text = text.trim_end_matches('0').trim_end_matches('.');
        if text == "-0" { "0".into() } else { text.into() }
    }

    fn quickly(value: f64) -> String {
        with_number(value, |bytes| String::from_utf8_lossy(bytes).into_owned())
    }

    proptest! {
        #[test]
        fn a_number_reads_as_the_standard_library_writes_it(
            value in -2e6..2e6f64, small in -2.0..2.0f64, half in -4_000_000i64..4_000_000, any: f64,
        ) {
            let middle = (half as f64 + 0.5) * 1e-6;
            for value in [value, small, small * 1e-6, value.trunc(), middle, half as f64 * 1e-6] {
                prop_assert_eq!(quickly(value), slowly(value));
            }
            if any.is_finite() {
                prop_assert_eq!(quickly(any), slowly(any));
            }
        }

        #[test]
        fn a_whole_number_keeps_its_digits(value: u64) {
            let digits = Digits::whole(value);
            prop_assert_eq!(digits.bytes().to_vec(), value.to_string().into_bytes());
        }
    }
}
