//! What an axis counts, which decides how its numbers are written.

/// What an axis counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Quantity {
    /// Numbers as they are.
    #[default]
    Number,
    /// Shares of 1, written in percent. Their intervals end at none and all.
    Share,
    /// Differences of shares, written in percentage points: 5 % less 3 % are 2 points, not 2 %.
    Points,
}

impl Quantity {
    /// What differences of this quantity are.
    pub fn difference(self) -> Self {
        match self {
            Self::Share => Self::Points,
            other => other,
        }
    }

    /// What 1 is written as.
    pub fn factor(self) -> f64 {
        if self == Self::Number { 1.0 } else { 100.0 }
    }

    /// What a number of it counts, if the quantity does not say so itself.
    pub fn unit(self, unit: &str) -> &str {
        if self == Self::Points { "percentage points" } else { unit }
    }

    /// What stands after a number.
    pub(super) fn sign(self) -> &'static str {
        if self == Self::Share { " %" } else { "" }
    }

    /// An end of an interval as far as the quantity reaches.
    pub(super) fn held(self, end: f64) -> f64 {
        if self == Self::Share { end.clamp(0.0, 1.0) } else { end }
    }
}
