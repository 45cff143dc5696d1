//! What worlds are compared on: one number of each world in each run, or of a pair of worlds.

use crate::experiment::twins::{Band, months_lost};
use crate::measure::Outcome;
use crate::measure::record::RunRecord;
use crate::model::Setup;
use crate::scenario::Scenario;
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

/// Which way is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Better {
    /// More of it.
    More,
    /// Less of it.
    Less,
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
    pub fn all(base: &Scenario) -> Vec<Contrast> {
        use Better::{Less, More};
        fn of(
            name: &str,
            title: &str,
            unit: &str,
            better: Option<Better>,
            outcome: Outcome,
        ) -> Contrast {
            Contrast::new(name, title, unit, better, What::Of(outcome))
        }
        let months = base.template().calendar.months;
        let whole = (1, u32::MAX);
        let mut all = vec![
            Contrast::new("months_lost", "months lost", "months", Some(Less), What::MonthsLost),
            of("work", "work done", "work", Some(More), Outcome::Work),
            of(
                "prioritized",
                "work weighted by what is wanted",
                "work",
                Some(More),
                Outcome::Prioritized,
            ),
            of(
                "milestone_delay",
                "delay of milestones",
                "months",
                Some(Less),
                Outcome::MilestoneDelay,
            ),
            of("role_share", "talk about roles", "share", None, Outcome::RoleShare(whole)),
            Contrast::new(
                "back_to_normal",
                "months until talk is back to normal",
                "months",
                Some(Less),
                What::BackToNormal,
            ),
            Contrast::new(
                "settlement_month",
                "month of the first settlement",
                "month",
                None,
                What::SettlementMonth,
            ),
            of("trust", "trust of the team", "0 to 1", Some(More), Outcome::Trust),
        ];
        for (o, organization) in base.template().organizations.iter().enumerate() {
            let (name, title) = (
                format!("benefit.{}", organization.name),
                format!("benefit to {}", organization.name.replace('_', " ")),
            );
            all.push(of(&name, &title, "benefit", Some(More), Outcome::Benefit(o)));
        }
        all.push(of("breaches", "breaches seen", "number", Some(Less), Outcome::Breaches));
        let title = format!("alive after {months} months");
        all.push(of("survival", &title, "share", Some(More), Outcome::Survives));
        if let Some(money) = &base.money {
            if let Some(month) = money.month {
                all.push(Contrast::new(
                    "budget_delayed",
                    "budget that falls in delayed months",
                    &money.currency,
                    Some(Less),
                    What::BudgetDelayed(month),
                ));
            }
            let title = "price of interventions";
            all.push(of("price", title, &money.currency, Some(Less), Outcome::Spent));
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
