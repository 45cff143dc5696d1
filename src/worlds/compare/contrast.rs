//! What worlds are compared on: one number of each world in each run, or of a pair of worlds.

use crate::measure::outcome::{self, Better, Outcome};
use crate::measure::record::RunRecord;
use crate::model::Setup;
use crate::scenario::World;
use crate::worlds::twins::{Band, months_lost};
use serde::Serialize;

/// Something on which worlds are compared.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Contrast {
    /// Its name in tables and on the command line.
    pub name: String,
    /// Its title for people.
    pub title: String,
    /// Its unit.
    pub unit: String,
    /// Which way is better; none where neither is (more talk about roles is not worse talk).
    pub better: Option<Better>,
    pub(super) what: What,
}

/// How a contrast is measured.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum What {
    /// A number of one world.
    Of(Outcome),
    /// Month of the first settlement; the horizon if there is none.
    SettlementMonth,
    /// Months until role share is back to normal; see [`Band::back_to_normal`].
    BackToNormal,
    /// Months by which the variant is behind the base; see [`months_lost`].
    MonthsLost,
    /// The budget that falls in these months.
    BudgetDelayed(f64),
}

/// A value of one world, and whether it is only known to be at least so much.
pub(super) type Value = Option<(f64, bool)>;

impl Contrast {
    fn new(name: &str, title: &str, unit: &str, better: Option<Better>, what: What) -> Self {
        let (name, title, unit) = (name.into(), title.into(), unit.into());
        Contrast { name, title, unit, better, what }
    }

    /// Everything that a base scenario can be compared on, in the order of the tables.
    pub fn all(base: &World) -> Vec<Contrast> {
        let of_pairs =
            |name, title, unit, better, what| Contrast::new(name, title, unit, better, what);
        let less = Some(Better::Less);
        let mut all =
            vec![of_pairs("months_lost", "months lost", "months", less, What::MonthsLost)];
        let named = outcome::named(base.template()).into_iter();
        // How high talk peaks and how often it settles belong to the patterns of one world.
        let named = named.filter(|n| !["peak_share", "settlements", "price"].contains(&&*n.name));
        all.extend(
            named.map(|n| Contrast::new(&n.name, &n.title, &n.unit, n.better, What::Of(n.outcome))),
        );
        let back = "months until talk is back to normal";
        let back = of_pairs("back_to_normal", back, "months", less, What::BackToNormal);
        let settled = "month of the first settlement";
        let settled = of_pairs("settlement_month", settled, "month", None, What::SettlementMonth);
        let after = all.iter().position(|c| c.name == "trust").unwrap_or(all.len());
        all.splice(after..after, [back, settled]);
        if let Some(money) = &base.money {
            let delayed = "budget that falls in delayed months";
            let unit = &money.currency;
            all.extend(money.month.map(|month| {
                of_pairs("budget_delayed", delayed, unit, less, What::BudgetDelayed(month))
            }));
            let price = What::Of(Outcome::Spent);
            all.push(of_pairs("price", "price of interventions", unit, less, price));
        }
        all
    }

    /// Whether only a pair of worlds has it, not each of them.
    pub fn is_of_pairs(&self) -> bool {
        matches!(self.what, What::MonthsLost | What::BudgetDelayed(_))
    }

    /// Its value in one world. `first_shock` is the month from which a return to normal counts.
    pub(super) fn of(&self, run: &RunRecord, band: &Band, first_shock: Option<u32>) -> Value {
        let exact = |value| (value, false);
        match &self.what {
            What::Of(outcome) => outcome.of(run).map(exact),
            What::SettlementMonth => Some(match run.settlements.first() {
                Some(settled) => exact(f64::from(settled.at.month)),
                None => (run.months.len() as f64, true),
            }),
            What::BackToNormal => {
                let back = band.back_to_normal(run, first_shock?);
                Some((back.months, back.censored))
            }
            What::MonthsLost | What::BudgetDelayed(_) => None,
        }
    }

    /// The difference of a variant from its base in the same run.
    pub(super) fn difference(
        &self,
        variant: (&RunRecord, Value),
        base: (&RunRecord, Value),
    ) -> Option<f64> {
        match &self.what {
            What::MonthsLost => months_lost(variant.0, base.0),
            What::BudgetDelayed(month) => Some(months_lost(variant.0, base.0)? * month),
            _ => Some(variant.1?.0 - base.1?.0),
        }
    }

    /// The step in which its distribution is kept, below what is printed.
    pub(super) fn resolution(&self) -> f64 {
        match &self.what {
            What::Of(outcome) => outcome.resolution(),
            What::BudgetDelayed(_) => 1.0,
            _ => 0.01,
        }
    }

    /// What two worlds must have alike for this to mean the same in both: a name, and whatever
    /// defines it.
    pub(super) fn definition(&self, setup: &Setup) -> (&'static str, String) {
        let parameters = &setup.parameters;
        let wants = || -> Vec<_> { setup.organizations.iter().map(|o| &o.priorities).collect() };
        let work = &parameters.work;
        match &self.what {
            What::Of(Outcome::Prioritized) => ("what organizations want", format!("{:?}", wants())),
            What::Of(Outcome::Benefit(_)) => {
                let rule = &parameters.benefit;
                let counted = (rule.asks, rule.off_mission, rule.memory);
                let incentives: Vec<f64> =
                    setup.organizations.iter().map(|o| o.incentive).collect();
                ("what counts as benefit", format!("{:?}{counted:?}{incentives:?}", wants()))
            }
            What::Of(Outcome::MilestoneDelay) => (
                "what was promised",
                format!("{:?}", (work.effort, work.milestones, work.projects, work.planned_pace)),
            ),
            What::Of(Outcome::RoleShare(_)) | What::BackToNormal => {
                let misread = parameters.meeting.miscoding;
                ("how episodes are coded", format!("{misread:?}"))
            }
            What::Of(Outcome::Breaches) => {
                ("what counts as a breach", format!("{:?}", parameters.learning.latitude))
            }
            _ => ("", String::new()),
        }
    }
}
