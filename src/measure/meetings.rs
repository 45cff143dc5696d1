//! Coded episodes, counted by meeting: the measure that the published study reports.

use crate::ids::{Meeting, Month};
use crate::model::event::{Event, Moment, Topic, Watch};
use serde::Serialize;

/// One meeting, as coded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct MeetingRecord {
    /// Its number, from 1.
    pub meeting: Meeting,
    /// Its month, from 1.
    pub month: Month,
    /// People present.
    pub present: u32,
    /// Episodes in all; `roles + work + other`.
    pub episodes: u32,
    /// Episodes coded as role negotiation.
    pub roles: u32,
    /// Episodes coded as substantive work.
    pub work: u32,
    /// Episodes coded as other business.
    pub other: u32,
    /// Episodes not coded as role negotiation, though roles were mentioned.
    pub peripheral: u32,
    /// Settlements reached.
    pub settlements: u32,
    /// Demands refused.
    pub refusals: u32,
}

impl MeetingRecord {
    /// Share of episodes coded as role negotiation.
    pub fn role_share(&self) -> f64 {
        f64::from(self.roles) / f64::from(self.episodes)
    }
}

/// Keeps every meeting held.
#[derive(Clone, Debug, Default)]
pub struct MeetingLog(pub Vec<MeetingRecord>);

impl Watch for MeetingLog {
    fn event(&mut self, at: Moment, event: &Event) {
        if let Event::Meeting { present } = event {
            let present = present.len() as u32;
            let Moment { meeting, month } = at;
            self.0.push(MeetingRecord { meeting, month, present, ..MeetingRecord::default() });
            return;
        }
        let Some(meeting) = self.0.last_mut() else { return };
        match event {
            Event::Episode(episode) => {
                meeting.episodes += 1;
                match episode.coded() {
                    Topic::Roles => meeting.roles += 1,
                    Topic::Work => meeting.work += 1,
                    Topic::Other => meeting.other += 1,
                }
                meeting.peripheral += u32::from(episode.coded_peripheral());
            }
            Event::Settlement { .. } => meeting.settlements += 1,
            Event::Refusal { .. } => meeting.refusals += 1,
            _ => {}
        }
    }
}
