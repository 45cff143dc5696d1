//! A theory whose answers are looked at.
//!
//! Anybody may write a theory. What it says that is no probability, weight or amount of evidence
//! would live on in the partnership, or keep a loop from ending; so it is noted, something
//! harmless is put in its place for the rest of the month, and the month ends with an error. What
//! a rule leaves in people's views is looked at when the month closes.

use crate::ids::{Month, RoleId};
use crate::model::state::partnership::Partnership;
use crate::model::state::person::View;
use crate::model::state::refused::Unlivable;
use crate::model::theory::{Heard, Put, Theory, Trouble};
use crate::parameters::{Agenda, Settlement, Trust};
use crate::roles::Mix;
use crate::streams::Draw;
use std::sync::OnceLock;

/// A theory, and the first thing it said that cannot be.
pub(super) struct Checked<'t, T> {
    theory: &'t T,
    wrong: OnceLock<(&'static str, f64)>,
}

impl<'t, T: Theory> Checked<'t, T> {
    pub fn of(theory: &'t T) -> Self {
        Checked { theory, wrong: OnceLock::new() }
    }

    /// Whether all that it said in a month can be.
    pub fn sound(&self, month: Month) -> Result<(), Unlivable> {
        match self.wrong.get() {
            None => Ok(()),
            Some((rule, value)) => Err(Unlivable::Theory { rule, value: *value, month }),
        }
    }

    fn up_to(&self, most: f64, rule: &'static str, value: f64) -> f64 {
        if value >= 0.0 && value <= most { value } else { self.note(rule, value) }
    }

    #[cold]
    fn note(&self, rule: &'static str, value: f64) -> f64 {
        self.wrong.get_or_init(|| (rule, value));
        0.0
    }
}

impl<T: Theory> Theory for Checked<'_, T> {
    fn raises_roles(&self, tension: f64, agenda: &Agenda) -> f64 {
        self.up_to(1.0, "raises_roles", self.theory.raises_roles(tension, agenda))
    }

    fn voice(&self, status: f64, agenda: &Agenda) -> f64 {
        self.up_to(f64::MAX, "voice", self.theory.voice(status, agenda))
    }

    fn tension(&self, trouble: &Trouble, agenda: &Agenda) -> f64 {
        self.up_to(f64::MAX, "tension", self.theory.tension(trouble, agenda))
    }

    fn source<'a>(&self, insider: bool, view: &'a View, identity: &'a Mix) -> &'a Mix {
        self.theory.source(insider, view, identity)
    }

    fn assertion(&self, source: &Mix, uniform: f64) -> Mix {
        self.theory.assertion(source, uniform)
    }

    fn learn(&self, view: &mut View, heard: &Heard<'_>) {
        self.theory.learn(view, heard);
    }

    fn defers(&self, identity: &Mix, roles: usize) -> f64 {
        self.up_to(1.0, "defers", self.theory.defers(identity, roles))
    }

    fn weight_of_talk(&self) -> f64 {
        self.up_to(1.0, "weight_of_talk", self.theory.weight_of_talk())
    }

    fn proposal(&self, sides: &[Mix]) -> Option<Mix> {
        self.theory.proposal(sides)
    }

    fn consents(&self, put: &Put, settlement: &Settlement) -> bool {
        self.theory.consents(put, settlement)
    }

    fn lesson_of_settlement(&self, settlement: &Settlement) -> f64 {
        let lesson = self.theory.lesson_of_settlement(settlement);
        self.up_to(f64::MAX, "lesson_of_settlement", lesson)
    }

    fn is_breach(&self, expectation: &Mix, role: RoleId, trust: &Trust) -> bool {
        self.theory.is_breach(expectation, role, trust)
    }

    fn time_taken_by_talk(&self) -> f64 {
        self.up_to(1.0, "time_taken_by_talk", self.theory.time_taken_by_talk())
    }

    fn close_month(&self, partnership: &mut Partnership, at: Draw) {
        self.theory.close_month(partnership, at);
    }
}
