//! Values as a file writes them.

use crate::ids::Month;
use crate::scenario::document::{Node, Table, Value, write_value};
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
pub struct Literal(pub(super) Value);

impl fmt::Display for Literal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&write_value(&self.0.clone().into()))
    }
}

macro_rules! literals {
    ($($Type:ty: $value:expr;)+) => {
        $(impl From<$Type> for Literal {
            fn from(value: $Type) -> Literal {
                Literal($value(value))
            }
        })+
    };
}

literals! {
    f64: Value::Float;
    i64: Value::Integer;
    i32: |whole| Value::Integer(i64::from(whole));
    u32: |whole| Value::Integer(i64::from(whole));
    Month: |month: Month| Value::Integer(i64::from(month.0));
    bool: Value::Boolean;
    String: Value::String;
    &str: |text: &str| Value::String(text.to_owned());
    [f64; 2]: |ends| list(ends).0;
    Distribution: |drawn| law(drawn).0;
}

impl<const N: usize> From<[(&str, f64); N]> for Literal {
    fn from(shares: [(&str, f64); N]) -> Literal {
        by_role(shares)
    }
}

/// A list of values.
pub(super) fn list(items: impl IntoIterator<Item = impl Into<Literal>>) -> Literal {
    let items = items.into_iter().map(|item| Node::from(item.into().0));
    Literal(Value::Array(items.collect()))
}

/// A table in braces.
pub(super) fn table<'k>(entries: impl IntoIterator<Item = (&'k str, Literal)>) -> Literal {
    let entries = entries.into_iter().map(|(key, value)| (key, Node::from(value.0)));
    Literal(Value::Table(Table::in_braces(entries)))
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
