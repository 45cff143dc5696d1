//! The situation that a rule acts in.

use crate::model::event::{Event, Moment, Watch};
use crate::model::state::partnership::Partnership;

impl Partnership {
    pub(in crate::model) fn now(&self) -> Moment {
        Moment { month: self.month, meeting: self.meetings }
    }

    pub(in crate::model) fn tell(&self, watch: &mut dyn Watch, event: Event) {
        watch.event(self.now(), &event);
    }
}
