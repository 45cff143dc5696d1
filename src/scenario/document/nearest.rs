//! The likely correction of a mistyped name.

/// Names longer than this are not compared: nobody mistypes them letter by letter.
const LONGEST: usize = 64;

/// The candidate that `name` is plausibly a slip of, if there is one.
///
/// Case, spaces, `-` and `_` make no difference; beyond that about one letter in three may be wrong,
/// missing, added or swapped with its neighbour. Failing that, the only candidate that begins with
/// the name, or that the name begins with, is taken.
pub fn nearest<'a>(name: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = plain(name);
    let length = wanted.chars().count();
    if length == 0 || length > LONGEST {
        return None;
    }
    let mut best: Option<(usize, &'a str)> = None;
    let mut extensions: Vec<&'a str> = Vec::new();
    for candidate in candidates {
        let offered = plain(candidate);
        let offered_length = offered.chars().count();
        if offered_length == 0 || offered_length > LONGEST {
            continue;
        }
        let distance = strsim::damerau_levenshtein(&wanted, &offered);
        // "ab" for "xy" is no slip; "abc" for "abd" may be.
        let allowed = (length.max(offered_length) / 3).min(3);
        if distance <= allowed && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
        let shorter = length.min(offered_length);
        if shorter >= 4 && (offered.starts_with(&wanted) || wanted.starts_with(&offered)) {
            extensions.push(candidate);
        }
    }
    match (best, extensions.as_slice()) {
        (Some((_, candidate)), _) => Some(candidate),
        (None, [only]) => Some(only),
        _ => None,
    }
}

fn plain(name: &str) -> String {
    let kept = name.chars().filter(|c| !matches!(c, '-' | '_' | ' '));
    kept.flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::nearest;

    fn among(name: &str, candidates: &[&'static str]) -> Option<&'static str> {
        nearest(name, candidates.iter().copied())
    }

    #[test]
    fn slips_of_the_pen_are_corrected() {
        let keys = ["threshold", "tenure", "share", "tenure_months"];
        assert_eq!(among("treshold", &keys), Some("threshold"));
        assert_eq!(among("tenrue", &keys), Some("tenure"));
        assert_eq!(among("Share", &keys), Some("share"));
        assert_eq!(among("tenure-months", &keys), Some("tenure_months"));
        assert_eq!(among("Tenure Months", &keys), Some("tenure_months"));
        assert_eq!(among("thresh", &keys), Some("threshold"));
    }

    #[test]
    fn other_words_are_left_alone() {
        assert_eq!(among("budget", &["tenure", "share"]), None);
        assert_eq!(among("a", &["b"]), None);
        assert_eq!(among("", &["b", ""]), None);
        assert_eq!(among(&"x".repeat(100_000), &["x"]), None);
        assert_eq!(among("seat", &["seating", "seatings_held"]), None);
    }
}
