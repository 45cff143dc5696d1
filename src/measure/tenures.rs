//! Tenures, completed and in progress: two statistics of one process that differ widely (urban
//! superintendents: about three years in post so far, about six when they leave).

use crate::model::event::{Event, Moment, Watch};
use crate::model::partnership::Partnership;

/// Mean tenures in months, over all seats.
#[derive(Clone, Debug, Default)]
pub struct Tenures {
    since: Vec<Option<i32>>,
    completed: (f64, u32),
    in_progress: Option<f64>,
}

impl Tenures {
    /// Begins with the people who are there at the start.
    pub fn of(p: &Partnership) -> Self {
        let since = |seat| p.person(seat).map(|person| person.since);
        Tenures { since: (0..p.seats.len()).map(since).collect(), ..Tenures::default() }
    }

    /// Mean length of tenures that ended, or `None` if none did.
    pub fn completed(&self) -> Option<f64> {
        (self.completed.1 > 0).then(|| self.completed.0 / f64::from(self.completed.1))
    }

    /// Mean time in post of those who hold a seat at the last month.
    pub fn in_progress(&self) -> Option<f64> {
        self.in_progress
    }
}

impl Watch for Tenures {
    fn event(&mut self, at: Moment, event: &Event) {
        let month = at.month as i32;
        match event {
            Event::Departure { seat, .. } => {
                if let Some(since) = self.since[*seat].take() {
                    self.completed.0 += f64::from(month - since);
                    self.completed.1 += 1;
                }
            }
            Event::Arrival { seat, moved_from, .. } => {
                if let Some(from) = moved_from {
                    self.since[*from] = None;
                }
                self.since[*seat] = Some(month);
            }
            _ => {}
        }
    }

    fn month(&mut self, p: &Partnership) {
        if p.ended.is_some_and(|month| month < p.month) {
            return;
        }
        let month = p.month as i32 + 1;
        let held = self.since.iter().flatten().map(|since| f64::from(month - since));
        let (sum, count) = held.fold((0.0, 0u32), |(sum, count), t| (sum + t, count + 1));
        self.in_progress = (count > 0).then(|| sum / f64::from(count));
    }
}
