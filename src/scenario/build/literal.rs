//! Values as a file writes them.

use crate::ids::Month;
use crate::scenario::document::{write_float, write_key, write_string};
use crate::scenario::number::Distribution;
use std::fmt;

/// A value as a file writes it: made from a number, a month, text, `true` or `false`, a
/// [`Distribution`], shares by role, or a list of two numbers.
///
/// ```
/// use rppsim::scenario::build::Literal;
/// use rppsim::scenario::number::Distribution;
/// assert_eq!(Literal::from(0.5).to_string(), "0.5");
/// assert_eq!(Literal::from(Distribution::Integers(3.0, 6.0)).to_string(), "{ integers = [3.0, 6.0] }");
/// assert_eq!(Literal::from([("vendor", 1.0)]).to_string(), "{ vendor = 1.0 }");
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Literal(String);

impl fmt::Display for Literal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

macro_rules! literals {
    ($($Type:ty: $write:expr;)+) => {
        $(impl From<$Type> for Literal {
            fn from(value: $Type) -> Literal {
                Literal($write(value))
            }
        })+
    };
}

literals! {
    f64: write_float;
    i32: |whole: i32| whole.to_string();
    i64: |whole: i64| whole.to_string();
    u32: |whole: u32| whole.to_string();
    Month: |month: Month| month.to_string();
    bool: |truth: bool| truth.to_string();
    &str: write_string;
    String: |text: String| write_string(&text);
    [f64; 2]: |ends: [f64; 2]| list(ends).0;
    Distribution: |drawn: Distribution| law(drawn).0;
}

impl<const N: usize> From<[(&str, f64); N]> for Literal {
    fn from(shares: [(&str, f64); N]) -> Literal {
        by_role(shares)
    }
}

impl Literal {
    /// A list with one more item.
    pub(super) fn and(mut self, other: Literal) -> Literal {
        self.0.truncate(self.0.len() - 1);
        Literal(format!("{}, {other}]", self.0))
    }
}

/// A list of values.
pub(super) fn list(items: impl IntoIterator<Item = impl Into<Literal>>) -> Literal {
    let items: Vec<String> = items.into_iter().map(|item| item.into().0).collect();
    Literal(format!("[{}]", items.join(", ")))
}

/// A table in braces.
pub(super) fn table<'k>(entries: impl IntoIterator<Item = (&'k str, Literal)>) -> Literal {
    let entry = |(key, value): (&str, Literal)| format!("{} = {value}", write_key(key));
    Literal(format!("{{ {} }}", entries.into_iter().map(entry).collect::<Vec<_>>().join(", ")))
}

/// Shares by role.
pub(super) fn by_role<'r>(shares: impl IntoIterator<Item = (&'r str, f64)>) -> Literal {
    table(shares.into_iter().map(|(role, share)| (role, share.into())))
}

fn law(law: Distribution) -> Literal {
    match law {
        Distribution::Uniform(low, high) => table([("uniform", list([low, high]))]),
        Distribution::Integers(low, high) => table([("integers", list([low, high]))]),
        Distribution::Triangular(a, mode, b) => table([("triangular", list([a, mode, b]))]),
        Distribution::Normal { mean, sd, within: (low, high) } => {
            table([("normal", list([mean, sd])), ("within", list([low, high]))])
        }
        Distribution::Beta { a, b, within: (low, high) } => {
            table([("beta", list([a, b])), ("within", list([low, high]))])
        }
        Distribution::Choice(values, weights) => {
            table([("choice", list(values)), ("weights", list(weights))])
        }
    }
}
