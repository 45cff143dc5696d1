//! What a sweep measures in each run.

use crate::measure::outcome::{Outcome, named};
use crate::measure::record::RunRecord;
use crate::scenario::World;
use crate::worlds::twins::months_lost;
use std::fmt;
use std::sync::Arc;

/// A number of a run, or none if there is nothing to measure: of the run, and of its twin without
/// the scheduled shocks if it asks for one.
type Measure = Arc<dyn Fn(&RunRecord, Option<&RunRecord>) -> Option<f64> + Send + Sync>;

/// Something that a sweep measures. Scholars can make their own.
///
/// ```
/// use rppsim::sweep::Measured;
/// let projects = Measured::of_run("projects", "projects completed", "number", |run| {
///     Some(f64::from(run.projects))
/// });
/// assert_eq!(projects.name, "projects");
/// ```
#[derive(Clone)]
pub struct Measured {
    /// Its name in tables.
    pub name: String,
    /// Its title for people.
    pub title: String,
    /// Its unit.
    pub unit: String,
    of_twins: bool,
    measure: Measure,
}

impl fmt::Debug for Measured {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.name, self.unit)
    }
}

impl Measured {
    /// A number of a run alone.
    pub fn of_run(
        name: &str,
        title: &str,
        unit: &str,
        of: impl Fn(&RunRecord) -> Option<f64> + Send + Sync + 'static,
    ) -> Self {
        let measure: Measure = Arc::new(move |run, _| of(run));
        let (name, title, unit) = (name.into(), title.into(), unit.into());
        Measured { name, title, unit, of_twins: false, measure }
    }

    /// A number of a run and its twin without the scheduled shocks.
    pub fn of_twins(
        name: &str,
        title: &str,
        unit: &str,
        of: impl Fn(&RunRecord, &RunRecord) -> Option<f64> + Send + Sync + 'static,
    ) -> Self {
        let measure: Measure = Arc::new(move |run, twin| of(run, twin?));
        let (name, title, unit) = (name.into(), title.into(), unit.into());
        Measured { name, title, unit, of_twins: true, measure }
    }

    /// Whether it needs the twin to be run as well.
    pub fn needs_twin(&self) -> bool {
        self.of_twins
    }

    /// Its value.
    pub fn of(&self, run: &RunRecord, twin: Option<&RunRecord>) -> Option<f64> {
        (self.measure)(run, twin)
    }

    /// Everything that a scenario can be asked for by name: numbers of a run, differences from its
    /// twin if it has shocks, and the patterns it states, as `pattern.NAME`.
    pub fn known(scenario: &World) -> Vec<Measured> {
        let mut all: Vec<Measured> = named(scenario.template())
            .into_iter()
            .map(|n| Measured::of_run(&n.name, &n.title, &n.unit, move |run| n.outcome.of(run)))
            .collect();
        if scenario.twin().is_some() {
            all.push(Measured::of_twins("months_lost", "months lost", "months", months_lost));
            let share = Outcome::RoleShare((1, u32::MAX));
            let rise =
                move |run: &RunRecord, twin: &RunRecord| Some(share.of(run)? - share.of(twin)?);
            let title = "rise of talk about roles";
            all.push(Measured::of_twins("role_share_rise", title, "share", rise));
        }
        for pattern in &scenario.patterns {
            let outcome = pattern.outcome.clone();
            let name = format!("pattern.{}", pattern.name);
            all.push(Measured::of_run(&name, &pattern.title, "as published", move |run| {
                outcome.of(run)
            }));
        }
        all
    }
}
