//! Interventions in a month: which are on, and what they take of staff time, meetings and money.
//! The kinds are listed in `setup/interventions.rs`.

use super::scene::Scene;
use crate::ids::InterventionId;
use crate::model::event::Event;
use crate::model::setup::{Intervention, InterventionKind};
use crate::model::state::partnership::Partnership;

impl Partnership {
    /// The interventions that are on this month, with their places in the setup.
    pub(in crate::model) fn interventions(
        &self,
    ) -> impl Iterator<Item = (InterventionId, &Intervention)> {
        InterventionId::each(&self.setup.interventions).filter(|(_, i)| i.is_on(self.month))
    }

    /// The intervention of a kind that is on this month, if one is.
    pub(in crate::model) fn under(&self, kind: InterventionKind) -> Option<InterventionId> {
        self.interventions().find(|(_, intervention)| intervention.kind == kind).map(|(i, _)| i)
    }

    /// Share of the joint work between meetings that interventions take this month.
    pub(in crate::model) fn staff_time_taken(&self) -> f64 {
        let takes = |(i, intervention): (InterventionId, &Intervention)| match intervention.kind {
            InterventionKind::Welcome if self.last_occasion[i] != Some(self.month) => 0.0,
            _ => intervention.cost.staff,
        };
        self.interventions().map(takes).sum::<f64>().min(1.0)
    }

    /// Share of the agenda that interventions take this month.
    pub(in crate::model) fn agenda_taken(&self) -> f64 {
        self.interventions().map(|(_, i)| i.cost.agenda).sum::<f64>().min(1.0)
    }
}

/// An occasion of an intervention: it is remembered and paid for.
pub(in crate::model) fn take_place<T>(scene: &mut Scene<T>, intervention: InterventionId) {
    let p = &mut *scene.p;
    p.last_occasion[intervention] = Some(p.month);
    p.ledger.spent += scene.setup.interventions[intervention].cost.occasion;
    scene.tell(Event::Occasion { intervention });
}

/// Interventions that are on are paid for the month.
pub(in crate::model) fn pay_for_interventions<T>(scene: &mut Scene<T>) {
    let Scene { p, setup, .. } = scene;
    for intervention in setup.interventions.iter().filter(|i| i.is_on(p.month)) {
        p.ledger.spent += intervention.cost.month + intervention.cost.year / 12.0;
        if intervention.from == p.month {
            p.ledger.spent += intervention.cost.once;
        }
    }
}
