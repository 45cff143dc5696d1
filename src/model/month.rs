//! What happens in a month, in order. This list is the process overview of the ODD.

use crate::ids::Month;
use crate::model::checked::Checked;
use crate::model::event::Watch;
use crate::model::rules::scene::Scene;
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
        unchanged_or_sound(self)?;
        if self.month >= Month(MOST_MONTHS) {
            let what = format!("it has lived the most months there are, {MOST_MONTHS}");
            return Err(Unlivable::State { what, month: self.month });
        }
        self.month += 1;
        if self.ended.is_none() {
            // The rules read the setup while they change the rest.
            let setup = &*Arc::clone(&self.setup);
            live(&mut Scene { p: self, setup, theory: &Checked::of(theory), watch })?;
        }
        watch.month(self);
        Ok(())
    }

    /// Lives until the horizon of the calendar.
    ///
    /// # Errors
    /// As [`Partnership::month`].
    pub fn run<T: Theory>(&mut self, theory: &T, watch: &mut dyn Watch) -> Result<(), Unlivable> {
        while self.month.0 < self.setup.calendar.months {
            self.month(theory, watch)?;
        }
        Ok(())
    }
}

fn live<T: Theory>(scene: &mut Scene<Checked<'_, T>>) -> Result<(), Unlivable> {
    funding::receive_grants(scene);
    turnover::apply_shocks(scene);
    turnover::draw_departures(scene);
    turnover::fill_vacancies(scene);
    funding::pay_salaries(scene);
    interventions::pay_for_interventions(scene);
    capacity::build_capacity(scene);
    listening::welcome_newcomers(scene);
    requests::make_requests(scene);
    work::enact_roles(scene);
    meeting::hold_meetings(scene);
    work::work_between_meetings(scene);
    acts::show_acts(scene);
    listening::listen_between_meetings(scene);
    memory::talk_among_colleagues(scene);
    trust::appraise_trust(scene);
    memory::forget(scene);
    memory::revise_identities(scene);
    close(scene)?;
    renewal::feel_benefit(scene);
    renewal::give_up(scene);
    renewal::renew_or_end(scene);
    Ok(())
}

/// The theory closes the month, and is held to what it said and left.
fn close<T: Theory>(scene: &mut Scene<Checked<'_, T>>) -> Result<(), Unlivable> {
    let Scene { p, setup, theory, .. } = scene;
    let month = p.month;
    let at = p.at(Process::Rival);
    theory.close_month(p, at);
    if p.month != month || !std::ptr::eq(*setup, &*p.setup) {
        let what = "`close_month` of the theory put another in its place".into();
        return Err(Unlivable::State { what, month });
    }
    unchanged_or_sound(p)?;
    // Roles take longer to look at than numbers, and only colour what is said: once a year.
    let closely = month.0.is_multiple_of(12) || month.0 >= setup.calendar.months;
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
