//! The situation that a rule acts in.

use crate::ids::{Meeting, SeatId};
use crate::model::event::{Event, Moment, Watch};
use crate::model::state::partnership::Partnership;
use crate::model::state::prepared::Prepared;
use std::cell::OnceCell;

/// A partnership in the midst of a month, the theory it lives by, and who watches.
pub(in crate::model) struct Scene<'a, T> {
    /// The partnership.
    pub p: &'a mut Partnership,
    /// What it was set up from: `p.setup`, which stays as it is while the rest changes.
    pub setup: &'a Prepared,
    /// The theory.
    pub theory: &'a T,
    /// Who watches.
    pub watch: &'a mut dyn Watch,
}

impl<T> Scene<'_, T> {
    /// Tells whoever watches what happened.
    pub fn tell(&mut self, event: Event) {
        self.tell_of(&event);
    }

    /// The same of what the teller keeps.
    pub fn tell_of(&mut self, event: &Event) {
        let at = Moment { month: self.p.month, meeting: Meeting(self.p.meetings) };
        self.watch.event(at, event);
    }
}

/// Who is in the room while a meeting is held, and what their word weighs.
pub(in crate::model) struct Room {
    /// Seats of those present, in order.
    pub present: Vec<SeatId>,
    /// Status by seat, mean 1 among those present; 0 if absent.
    pub status: Vec<f64>,
    /// Weight when a speaker is chosen, by seat; 0 if absent.
    pub voice: Vec<f64>,
    /// By organization: how likely its members are to answer without content, once that was asked.
    pub defers: Vec<OnceCell<f64>>,
}
