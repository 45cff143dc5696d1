//! The summary of many runs: patterns, effects and role share by meeting.

use super::dictionary;
use super::tables::{Rows, Side, ends, number, optional};
use crate::ids::Month;
use crate::measure::practices::PRACTICES;
use crate::measure::record::{Initiated, RunRecord};
use crate::measure::{Measure, Paired, health};
use crate::model::setup::Calendar;
use crate::scenario::World;
use crate::scenario::patterns::Published;
use crate::worlds::Run;
use crate::worlds::money::Money;
use crate::worlds::patterns::Compared;
use crate::worlds::statistics::Distribution;
use crate::worlds::trajectory::{AroundSettlement, ByMonth, FAN, ShareByMeeting};
use crate::worlds::twins::Effects;
use serde_json::{Value, json};

/// What is kept of many runs, whatever their number.
#[derive(Clone, Debug)]
pub struct Summary {
    /// Patterns, published and simulated.
    pub patterns: Vec<Compared>,
    /// Effects of the shocks, if there is a twin.
    pub effects: Option<Effects>,
    /// Role share in the scenario.
    pub shares: ShareByMeeting,
    /// Role share in its twin.
    pub twin_shares: ShareByMeeting,
    /// What is followed month by month, in the scenario and in its twin.
    pub months: [ByMonth; 2],
    /// Role share around the largest settlement.
    pub around: AroundSettlement,
    /// Episodes initiated, by seat: by its first holder and by later ones.
    pub initiated: Vec<[Initiated; 2]>,
    /// How far each of the practices that district leaders advise could be seen.
    pub practices: [Distribution; 6],
    /// The indicators of the five dimensions of health, in the scenario and in its twin.
    pub health: [[Distribution; 5]; 2],
    /// Money in the scenario and in its twin, if it plays a part.
    pub money: Option<[Money; 2]>,
    /// Runs in which a meeting fell through, in the scenario and in its twin.
    pub fell_through: [u64; 2],
    /// The calendar of the scenario.
    calendar: Calendar,
    /// Runs so far.
    pub runs: u64,
}

/// What one run adds to a summary.
pub struct Folded {
    run: Run,
    patterns: Vec<(Option<f64>, Vec<Option<f64>>)>,
    effects: Option<Vec<Paired>>,
    /// The draw of the numbers that it lived at, if numbers are drawn.
    pub(super) draw: Option<usize>,
}

impl Folded {
    /// What a run adds; made on the thread that computed it.
    pub fn of(scenario: &World, run: Run, effects: Option<Vec<Paired>>) -> Self {
        let patterns =
            scenario.patterns.iter().map(|p| Compared::of_run(p, run.record())).collect();
        Folded { run, patterns, effects, draw: None }
    }

    /// The run itself.
    pub fn record(&self) -> &RunRecord {
        self.run.record()
    }
}

/// Steps in which practices and health are kept for quantiles.
const FINE: f64 = 0.0001;

/// Takes values in where there are any.
fn seen<const N: usize>(kept: &mut [Distribution; N], values: [Option<f64>; N]) {
    for (kept, value) in kept.iter_mut().zip(values) {
        value.into_iter().for_each(|value| kept.add(value));
    }
}

/// Whether a partnership held fewer meetings than the months that it lived had.
fn fell_through(calendar: &Calendar, record: &RunRecord) -> bool {
    let lived = record.ended.map_or(calendar.months, |month| month.0);
    let planned: u32 = (1..=lived).map(|month| calendar.meetings_in(Month(month))).sum();
    record.meetings.len() < planned as usize
}

impl Summary {
    /// No runs yet; with the effects of its shocks if it has a twin.
    pub fn new(scenario: &World, effects: Option<Effects>) -> Self {
        Summary {
            patterns: scenario.patterns.iter().map(Compared::new).collect(),
            effects,
            shares: ShareByMeeting::default(),
            twin_shares: ShareByMeeting::default(),
            months: Default::default(),
            around: AroundSettlement::default(),
            initiated: vec![Default::default(); scenario.template().seats.len()],
            practices: std::array::from_fn(|_| Distribution::new(FINE)),
            health: std::array::from_fn(|_| std::array::from_fn(|_| Distribution::new(FINE))),
            money: scenario.template().is_funded().then(Default::default),
            fell_through: [0; 2],
            calendar: scenario.template().calendar.clone(),
            runs: 0,
        }
    }

    /// Takes a run in.
    pub fn add(&mut self, folded: Folded) {
        self.runs += 1;
        let (record, twin) = (folded.run.record(), folded.run.twin());
        self.shares.add(record);
        self.months[0].add(record);
        if let Some(twin) = twin {
            self.twin_shares.add(twin);
            self.months[1].add(twin);
        }
        let worlds = [Some(record), twin];
        for (short, record) in self.fell_through.iter_mut().zip(worlds) {
            *short += record.map_or(0, |record| u64::from(fell_through(&self.calendar, record)));
        }
        for (kept, record) in self.health.iter_mut().zip(worlds) {
            seen(kept, record.map(health::of).unwrap_or_default());
        }
        seen(&mut self.practices, record.practices);
        for (kept, record) in self.money.iter_mut().flatten().zip(worlds) {
            record.into_iter().for_each(|record| kept.add(record));
        }
        self.around.add(record, twin);
        for (sum, run) in self.initiated.iter_mut().zip(&record.initiated) {
            for (sum, run) in sum.iter_mut().zip(run) {
                sum.roles += run.roles;
                sum.other += run.other;
            }
        }
        for (compared, values) in self.patterns.iter_mut().zip(folded.patterns) {
            compared.add(values);
        }
        if let (Some(effects), Some(of_run)) = (&mut self.effects, &folded.effects) {
            effects.add(of_run, folded.draw);
        }
    }

    /// The table [`dictionary::PATTERNS`].
    pub fn patterns_table(&self) -> Vec<u8> {
        let mut rows = Rows::headed(dictionary::PATTERNS);
        for compared in &self.patterns {
            let (pattern, mean) = (&compared.pattern, &compared.simulated.mean);
            let (low, high) = compared.interval();
            rows.push([
                pattern.name.clone(),
                pattern.title.clone(),
                published(&pattern.published),
                mean.count().to_string(),
                number(compared.median()),
                number(low),
                number(high),
                number(mean.mean()),
                number(mean.error()),
                optional(compared.place()),
                compared.verdict().word().to_owned(),
                pattern.used_for.word().to_owned(),
                pattern.source.clone(),
            ]);
        }
        rows.bytes()
    }

    /// The table [`dictionary::EFFECTS`].
    pub fn effects_table(&self) -> Vec<u8> {
        let mut rows = Rows::headed(dictionary::EFFECTS);
        for effect in self.effects.iter().flat_map(|effects| &effects.estimates) {
            let (all, mean) = (&effect.differences, &effect.differences.mean);
            let Measure { name, unit, .. } = &effect.measure;
            let start = [name.clone(), unit.clone(), mean.count().to_string()];
            let singles =
                [mean.sd(), all.quantile(0.05), all.quantile(0.95), all.share_above_zero()];
            rows.push(
                start
                    .into_iter()
                    .chain([mean.mean(), mean.error()].map(number))
                    .chain(ends(mean.interval()))
                    .chain(singles.map(number))
                    .chain([effect.variant_censored.to_string()]),
            );
        }
        rows.bytes()
    }

    /// The table [`dictionary::QUANTILES`].
    pub fn quantiles_table(&self) -> Vec<u8> {
        let mut rows = Rows::headed(dictionary::QUANTILES);
        for (world, shares) in [(Side::Variant, &self.shares), (Side::Twin, &self.twin_shares)] {
            for (place, share) in shares.meetings.iter().enumerate() {
                let mean = &share.mean;
                let start = [
                    world.word().to_owned(),
                    (place + 1).to_string(),
                    mean.count().to_string(),
                    number(mean.mean()),
                    number(mean.error()),
                ];
                rows.push(start.into_iter().chain(FAN.map(|q| number(share.quantile(q)))));
            }
        }
        rows.bytes()
    }

    /// Patterns, effects, practices and money for programs.
    pub fn to_json(&self) -> Value {
        let patterns = self.patterns.iter().map(|compared| {
            let (low, high) = compared.interval();
            let mean = &compared.simulated.mean;
            json!({
                "pattern": compared.pattern.name,
                "title": compared.pattern.title,
                "published": compared.pattern.published,
                "count": compared.pattern.count,
                "runs": mean.count(),
                "median": finite(compared.median()),
                "interval_90": [finite(low), finite(high)],
                "mean": finite(mean.mean()),
                "error": finite(mean.error()),
                "highest_window": compared.highest_window().map(|(mean, limit)| json!({ "mean": mean, "upper_limit": limit })),
                "place": compared.place(),
                "verdict": compared.verdict(),
                "use": compared.pattern.used_for,
                "source": compared.pattern.source,
            })
        });
        let effects = self.effects.iter().flat_map(|effects| &effects.estimates).map(|effect| {
            let (all, mean) = (&effect.differences, &effect.differences.mean);
            json!({
                "outcome": effect.measure.name,
                "title": effect.measure.title,
                "unit": effect.measure.unit,
                "pairs": mean.count(),
                "mean": finite(mean.mean()),
                "error": finite(mean.error()),
                "interval_95": mean.interval(),
                "sd": finite(mean.sd()),
                "single_pairs_90": [finite(all.quantile(0.05)), finite(all.quantile(0.95))],
                "above_zero": finite(all.share_above_zero()),
                "censored": effect.variant_censored,
            })
        });
        let practices = PRACTICES.iter().zip(&self.practices).map(|(practice, all)| {
            json!({
                "practice": practice.name,
                "advice": practice.advice,
                "advised_by": practice.advised_by,
                "mean": finite(all.mean.mean()),
                "error": finite(all.mean.error()),
                "single_runs_90": [finite(all.quantile(0.05)), finite(all.quantile(0.95))],
                "indicator": practice.indicator,
            })
        });
        let money = self.money.as_ref().map(|[money, _]| {
            json!({
                "received": finite(money.received.mean()),
                "salaries": finite(money.salaries.mean()),
                "meetings": finite(money.meetings.mean()),
                "upkeep": finite(money.upkeep.mean()),
                "left": finite(money.left.mean()),
                "months_without": finite(money.dry.mean()),
                "months_lived": finite(money.lived.mean()),
                "positions_held": finite(money.positions.mean()),
                "positions_held_error": finite(money.positions.error()),
            })
        });
        json!({
            "runs": self.runs,
            "patterns": patterns.collect::<Vec<_>>(),
            "effects": effects.collect::<Vec<_>>(),
            "practices": practices.collect::<Vec<_>>(),
            "money": money,
        })
    }
}

pub(super) fn finite(value: f64) -> Option<f64> {
    value.is_finite().then_some(value)
}

/// What was published, in a cell.
pub fn published(published: &Published) -> String {
    let short = |value: f64| number((value * 1000.0).round() / 1000.0);
    match published {
        Published::Value(value) => short(*value),
        Published::Range(low, high) => format!("{} to {}", short(*low), short(*high)),
        Published::AtMost(bound) => format!("at most {}", short(*bound)),
    }
}
