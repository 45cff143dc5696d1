//! What happens in a month, in order. This list is the process overview of the ODD.

use crate::model::checked::Checked;
use crate::model::event::Watch;
use crate::model::rules::{
    acts, capacity, funding, interventions, listening, meeting, memory, renewal, requests, trust,
    turnover, work,
};
use crate::model::setup::MOST_MONTHS;
use crate::model::state::partnership::Partnership;
use crate::model::state::refused::Unlivable;
use crate::model::theory::Theory;
use crate::streams::Process;
use std::sync::Arc;

impl Partnership {
    /// Lives one month under a theory, told to a watcher.
    ///
    /// # Errors
    /// If a rule of the theory gave a number that it must not, or the state is not one that a
    /// partnership can be in. The month is then left in its midst and told to nobody.
    pub fn month<T: Theory>(&mut self, theory: &T, watch: &mut dyn Watch) -> Result<(), Unlivable> {
        live(self, theory, watch)
    }

    /// Lives until the horizon of the calendar.
    ///
    /// # Errors
    /// As [`Partnership::month`].
    pub fn run<T: Theory>(&mut self, theory: &T, watch: &mut dyn Watch) -> Result<(), Unlivable> {
        while self.month < self.setup.calendar.months {
            self.month(theory, watch)?;
        }
        Ok(())
    }
}

fn live<T: Theory>(
    p: &mut Partnership,
    theory: &T,
    watch: &mut dyn Watch,
) -> Result<(), Unlivable> {
    unchanged_or_sound(p)?;
    if p.month >= MOST_MONTHS {
        let what = format!("it has lived the most months there are, {MOST_MONTHS}");
        return Err(Unlivable::State { what, month: p.month });
    }
    let theory = &Checked::of(theory);
    p.month += 1;
    if p.ended.is_none() {
        funding::received(p, watch);
        turnover::scheduled_shocks(p, watch);
        turnover::departures(p, watch);
        turnover::arrivals(p, watch);
        funding::salaries(p, watch);
        interventions::paid(p);
        capacity::built(p);
        listening::newcomers_welcomed(p, theory, watch);
        requests::made(p, watch);
        work::enacted(p);
        meeting::held(p, theory, watch);
        work::between_meetings(p, watch);
        acts::seen(p, theory, watch);
        listening::between_meetings(p, theory);
        memory::informal_contact(p, theory);
        trust::appraised(p);
        memory::forgotten(p);
        memory::identities_drift(p);
        closed(p, theory)?;
        renewal::benefit_felt(p);
        renewal::renewed_or_ended(p, watch);
    }
    watch.month(p);
    Ok(())
}

/// The theory closes the month, and is held to what it said and left.
fn closed<T: Theory>(p: &mut Partnership, theory: &Checked<'_, T>) -> Result<(), Unlivable> {
    let (month, setup) = (p.month, Arc::clone(&p.setup));
    theory.close_month(p, p.streams().at(Process::Rival).month(month));
    if p.month != month || !Arc::ptr_eq(&setup, &p.setup) {
        let what = "`close_month` of the theory put another in its place".into();
        return Err(Unlivable::State { what, month });
    }
    unchanged_or_sound(p)?;
    // Roles take longer to look at than numbers, and only colour what is said: once a year.
    let closely = month.is_multiple_of(12) || month >= setup.calendar.months;
    if let Some(what) = p.unsound_view(closely) {
        return Err(Unlivable::State { what, month });
    }
    theory.sound(month)
}

fn unchanged_or_sound(p: &mut Partnership) -> Result<(), Unlivable> {
    if std::mem::take(&mut p.touched)
        && let Some(what) = p.unsound()
    {
        p.touched = true;
        return Err(Unlivable::State { what, month: p.month });
    }
    Ok(())
}
