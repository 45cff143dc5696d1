//! Interventions in a month: which are on, and what they take of staff time, meetings and money.
//! The kinds are listed in `setup/interventions.rs`.

use crate::model::event::{Event, Watch};
use crate::model::setup::{Intervention, InterventionKind};
use crate::model::state::partnership::Partnership;
use std::sync::Arc;

impl Partnership {
    /// The interventions that are on this month, with their places in the setup.
    pub(in crate::model) fn interventions(&self) -> impl Iterator<Item = (usize, &Intervention)> {
        self.setup.interventions.iter().enumerate().filter(|(_, i)| i.is_on(self.month))
    }

    /// The intervention of a kind that is on this month, if one is.
    pub(in crate::model) fn under(&self, kind: InterventionKind) -> Option<usize> {
        self.interventions().find(|(_, intervention)| intervention.kind == kind).map(|(i, _)| i)
    }

    /// Share of the joint work between meetings that interventions take this month.
    pub(in crate::model) fn staff_time_taken(&self) -> f64 {
        let takes = |(i, intervention): (usize, &Intervention)| match intervention.kind {
            InterventionKind::Welcome if self.last_occasion[i] != Some(self.month) => 0.0,
            _ => intervention.cost.staff,
        };
        self.interventions().map(takes).sum::<f64>().min(1.0)
    }

    /// Share of the agenda that interventions take this month.
    pub(in crate::model) fn agenda_taken(&self) -> f64 {
        self.interventions().map(|(_, i)| i.cost.agenda).sum::<f64>().min(1.0)
    }

    /// An occasion of an intervention: it is remembered and paid for.
    pub(in crate::model) fn occasion(&mut self, intervention: usize, watch: &mut dyn Watch) {
        self.last_occasion[intervention] = Some(self.month);
        self.ledger.spent += self.setup.interventions[intervention].cost.occasion;
        self.tell(watch, Event::Occasion { intervention });
    }
}

/// Pays for the month.
pub(in crate::model) fn paid(p: &mut Partnership) {
    let setup = Arc::clone(&p.setup);
    for intervention in setup.interventions.iter().filter(|i| i.is_on(p.month)) {
        p.ledger.spent += intervention.cost.month;
        if intervention.from == p.month {
            p.ledger.spent += intervention.cost.once;
        }
    }
}
