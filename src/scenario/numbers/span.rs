//! How far a number is moved.

use super::{Held, Listed, Span, Still, Why};
use crate::scenario::World;
use crate::scenario::number::{Kind, Known};
use crate::scenario::read::{Ends, at_corners};

/// How far a number without a range of its own is moved, as a part of its value.
const QUARTER: f64 = 0.25;
/// How far the weight of a role is moved, as a part of it.
const HALF: f64 = 0.5;
/// Numbers that say how much is left after a month. What is lost in a month is moved: a quarter of
/// 0.98 would have people forget thirteen times as fast.
const LEFT_AFTER_A_MONTH: [&str; 3] = ["retention", "open_memory", "goodwill_memory"];
/// How far a month is moved.
const MONTHS: f64 = 2.0;
/// How often an end that is not allowed is brought half-way to the value, before it is given up.
const NEARER: usize = 6;
/// Numbers that only settle a scale: whatever they are, others scale with them.
const SCALES: [&str; 1] = ["learning.half_certainty"];

const OFF: Still = Still::Fixed("it is 0, and what is off stays off");
const SCALE: Still = Still::Fixed("it only settles the scale of others");
const ALONE: Still = Still::Fixed("no other role of the mix has a share");
const NO_OTHER: Still = Still::Fixed("the rest of the scenario allows no other value");

impl World {
    pub(super) fn span(&self, key: &str, known: &Known, held: &Held) -> Result<Span, Still> {
        if SCALES.contains(&key) {
            return Err(SCALE);
        }
        let value = match held {
            Held::Value(value) => *value,
            Held::Drawn(law) => {
                let (low, high) = law.bounds();
                return if low < high { Ok(Span { low, high, why: Why::Drawn }) } else { Err(OFF) };
            }
        };
        if let Some((low, high)) = self.kept(key, value) {
            return self.allowed_alone(key, known, value, Span { low, high, why: Why::Fitted });
        }
        if value == 0.0 {
            return Err(OFF);
        }
        let by = |step: f64, why: Why| Span { low: value - step, high: value + step, why };
        let span = match known.kind {
            // Where no other role has a share, the mix is this one whatever its weight.
            Kind::Share if value == 1.0 => return Err(ALONE),
            Kind::Share => by(HALF * value, Why::Half),
            Kind::Month => by(MONTHS, Why::TwoMonths),
            Kind::Seats => by(1.0, Why::OneSeat),
            Kind::Plain if is_left_after_a_month(key) => by(QUARTER * (1.0 - value), Why::Lost),
            Kind::Plain => by(QUARTER * value.abs(), Why::Quarter),
        };
        self.allowed_alone(key, known, value, span)
    }

    /// 5 to 95 % of the posterior, the value itself included; none for a number that it does not
    /// have, or that the user's own file states.
    fn kept(&self, key: &str, value: f64) -> Option<(f64, f64)> {
        if self.states(key) {
            return None;
        }
        let at = |part: f64| self.posterior.as_ref()?.quantile(key, part).map(three_digits);
        let (low, high) = (at(0.05)?.min(value), at(0.95)?.max(value));
        (low < high).then_some((low, high))
    }

    /// A range whose ends are allowed while everything else is as it is.
    fn allowed_alone(
        &self,
        key: &str,
        known: &Known,
        value: f64,
        span: Span,
    ) -> Result<Span, Still> {
        let (least, most) = (*known.allowed.range.start(), *known.allowed.range.end());
        let whole = known.allowed.whole;
        let (low, high) =
            if whole { (span.low.floor(), span.high.ceil()) } else { (span.low, span.high) };
        let end = |end: f64| {
            let mut end = end.clamp(least.min(value), most.max(value));
            for _ in 0..NEARER {
                if end == value || self.with([(key, end)]).is_ok() {
                    return end;
                }
                end = nearer(end, value, whole);
            }
            value
        };
        let (low, high) = (end(low), end(high));
        if low < high { Ok(Span { low, high, ..span }) } else { Err(NO_OTHER) }
    }

    /// Brings the ends of parameters nearer until they are allowed together, whatever others are.
    pub(super) fn narrow(&self, listed: &mut [Listed]) {
        for left in (0..=NEARER).rev() {
            let spans = listed.iter().filter_map(|number| {
                let span = number.moves.as_ref().ok()?;
                Some((number.key.as_str(), (span.low, span.high)))
            });
            let ends: Ends<'_> = spans.collect();
            let broken = at_corners(&self.template, &ends);
            if broken.is_empty() {
                return;
            }
            let concerned = |key: &str| broken.iter().any(|conflict| conflict.keys.contains(&key));
            for number in listed.iter_mut().filter(|number| concerned(&number.key)) {
                let (Ok(span), Held::Value(value)) = (&mut number.moves, &number.held) else {
                    continue;
                };
                span.low = nearer(span.low, *value, number.allowed.whole);
                span.high = nearer(span.high, *value, number.allowed.whole);
                if left == 0 || span.low >= span.high {
                    number.moves = Err(NO_OTHER);
                }
            }
        }
    }
}

fn is_left_after_a_month(key: &str) -> bool {
    let name = key.rsplit('.').next().unwrap_or(key);
    LEFT_AFTER_A_MONTH.contains(&name)
}

/// Half-way from an end to the value.
fn nearer(end: f64, value: f64, whole: bool) -> f64 {
    let step = 0.5 * (end - value);
    value + if whole { step.trunc() } else { step }
}

/// Three significant digits.
fn three_digits(value: f64) -> f64 {
    format!("{value:.2e}").parse().unwrap_or(value)
}
