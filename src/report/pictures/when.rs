//! When what is marked in a picture takes place. Scenarios speak of months; a picture over
//! meetings gets its marks from here, by the calendar.

use crate::ids::{Meeting, Month};
use crate::model::setup::{Calendar, Shock};
use crate::plot::{MeetingPlace, MonthPlace, SpanMark};
use crate::scenario::World;

/// A stretch of months in which something begins, with its name.
pub(super) struct Beginning {
    pub from: Month,
    pub to: Month,
    pub label: String,
}

impl Beginning {
    /// On an axis of months.
    pub fn by_month(self) -> SpanMark<MonthPlace> {
        let Beginning { from, to, label } = self;
        SpanMark { from: from.into(), to: to.into(), label }
    }

    /// On an axis of meetings.
    pub fn by_meeting(self, calendar: &Calendar) -> SpanMark<MeetingPlace> {
        let Beginning { from, to, label } = self;
        SpanMark { from: before(calendar, from), to: before(calendar, to), label }
    }
}

/// Where the beginning of a month lies among the meetings: between the last one of the months
/// before and the first one that it can affect.
fn before(calendar: &Calendar, month: Month) -> MeetingPlace {
    let held = (1..month.0).map(|month| calendar.meetings_in(Month(month))).sum();
    MeetingPlace::after(Meeting(held))
}

/// When each shock can strike.
pub(super) fn shocks(scenario: &World) -> impl Iterator<Item = Beginning> {
    scenario.template().shocks.iter().map(|shock: &Shock| {
        let key = format!("shock.{}.month", shock.name);
        let drawn = scenario.drawn().iter().find(|drawn| drawn.key == key);
        let (from, to) = drawn.map_or((shock.month, shock.month), |drawn| {
            let (from, to) = drawn.distribution.bounds();
            (Month(from.round() as u32), Month(to.round() as u32))
        });
        let title = scenario.titles.get(&format!("shock.{}", shock.name));
        Beginning { from, to, label: title.unwrap_or(&shock.name).clone() }
    })
}
