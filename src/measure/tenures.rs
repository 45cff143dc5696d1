//! Tenures, completed and in progress: two statistics of one process that differ widely (urban
//! superintendents: about three years in post so far, about six when they leave).
//!
//! A tenure is the time that somebody holds one post, counted in the months at the end of which they
//! hold it: the month of arrival counts, that of leaving does not. Whoever moves up leaves a post
//! and begins in another.

use crate::ids::SeatId;
use crate::model::Partnership;
use crate::model::event::{Event, Moment, Watch};

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
        Tenures { since: p.setup().seat_ids().map(since).collect(), ..Tenures::default() }
    }

    /// Mean length of tenures that ended, or `None` if none did.
    pub fn completed(&self) -> Option<f64> {
        (self.completed.1 > 0).then(|| self.completed.0 / f64::from(self.completed.1))
    }

    /// Mean time in post, so far, of those who hold one at the end of the last month lived.
    pub fn in_progress(&self) -> Option<f64> {
        self.in_progress
    }
}

impl Tenures {
    fn end(&mut self, seat: SeatId, month: i32) {
        if let Some(since) = self.since.get_mut(seat.0).and_then(Option::take) {
            self.completed.0 += f64::from(month - since);
            self.completed.1 += 1;
        }
    }
}

impl Watch for Tenures {
    fn event(&mut self, at: Moment, event: &Event) {
        let month = at.month.0 as i32;
        match event {
            Event::Departure { seat, .. } => self.end(*seat, month),
            Event::Arrival { seat, moved_from, .. } => {
                moved_from.iter().for_each(|from| self.end(*from, month));
                self.since[seat.0] = Some(month);
            }
            _ => {}
        }
    }

    fn month(&mut self, p: &Partnership) {
        if !p.lived() {
            return;
        }
        let month = p.last_month().0 as i32 + 1;
        let held = self.since.iter().flatten().map(|since| f64::from(month - since));
        let (sum, count) = held.fold((0.0, 0u32), |(sum, count), t| (sum + t, count + 1));
        self.in_progress = (count > 0).then(|| sum / f64::from(count));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{Meeting, Month, SeatId};
    use crate::model::RunId;
    use crate::model::setup::Level;
    use crate::model::{Partnership, Standard};
    use crate::scenario::World;

    #[test]
    fn a_tenure_is_the_months_in_a_post_and_moving_up_ends_one_and_begins_another() {
        let world = World::build(|w| {
            let district = w.organization("district", [("role", 1.0)]);
            let partner = w.organization("partner", [("role", 1.0)]);
            w.seat(district, "director", Level::Director);
            w.seat(district, "deputy", Level::Staff);
            w.seat(partner, "lead", Level::Staff);
        });
        let run = RunId::new(1, 1);
        let mut p = Partnership::new(world.expect("a world").setup(run), run).expect("a world");
        let mut tenures = Tenures::of(&p);
        p.run(&Standard, &mut ()).expect("a year");
        let mut tell = |month, event| tenures.event(Moment { month, meeting: Meeting(0) }, &event);
        // The director leaves in month 5: 4 months. The deputy moves up in month 7: 6 months.
        tell(Month(5), Event::Departure { seat: SeatId(0), holder: 0 });
        tell(Month(7), Event::Arrival { seat: SeatId(0), holder: 1, moved_from: Some(SeatId(1)) });
        tell(Month(9), Event::Arrival { seat: SeatId(1), holder: 1, moved_from: None });
        tenures.month(&p);
        assert_eq!(tenures.completed(), Some((4.0 + 6.0) / 2.0));
        // At the end of month 12: months 7 to 12, 9 to 12, 1 to 12.
        assert_eq!(tenures.in_progress(), Some((6.0 + 4.0 + 12.0) / 3.0));
        // Who leaves in the month after has stayed as long as those in progress were counted.
        tenures.event(
            Moment { month: Month(13), meeting: Meeting(0) },
            &Event::Departure { seat: SeatId(2), holder: 0 },
        );
        assert_eq!(tenures.completed(), Some((4.0 + 6.0 + 12.0) / 3.0));
    }
}
