//! The journal of one run: every event, and on demand a line of JSON for each, with names in place
//! of numbers.

use crate::ids::{OrganizationId, RoleId, SeatId};
use crate::model::Partnership;
use crate::model::event::{Episode, Event, Moment, Watch};
use crate::model::setup::Setup;
use serde_json::{Map, Value, json};
use std::sync::Arc;

/// Keeps events as they come.
#[derive(Clone, Debug)]
pub struct Journal {
    setup: Arc<Setup>,
    /// What happened, in order.
    pub events: Vec<(Moment, Event)>,
}

impl Journal {
    /// An empty journal of a partnership.
    pub fn of(p: &Partnership) -> Self {
        Journal { setup: Arc::new(p.setup().clone()), events: Vec::new() }
    }

    /// What the partnership was founded from. Events give organizations, seats, shocks and grants
    /// by their places in it.
    pub fn setup(&self) -> &Setup {
        &self.setup
    }

    /// Every episode, as a coder would list it.
    pub fn episodes(&self) -> impl Iterator<Item = (Moment, &Episode)> {
        self.events.iter().filter_map(|(at, event)| match event {
            Event::Episode(episode) => Some((*at, episode)),
            _ => None,
        })
    }

    /// Every event as a line of JSON, each ended by a line feed.
    ///
    /// # Panics
    /// If the journal was told of another partnership, with more seats or organizations.
    pub fn lines(&self) -> String {
        self.events.iter().map(|(at, event)| format!("{}\n", self.line(*at, event))).collect()
    }

    fn line(&self, at: Moment, event: &Event) -> Value {
        let mut line = json!(event);
        line["month"] = json!(at.month);
        line["meeting"] = json!(at.meeting);
        for (field, name) in self.names(event) {
            line[field] = name;
        }
        line
    }

    /// The fields of an event that are places in the setup, as names.
    fn names(&self, event: &Event) -> Vec<(&'static str, Value)> {
        let Setup { seats, organizations, shocks, funding, .. } = &*self.setup;
        let seat = |at: &SeatId| json!(seats[*at].name);
        let organization = |at: &OrganizationId| json!(organizations[*at].name);
        let roles = |of: &OrganizationId| organizations[*of].repertoire.roles();
        let role = |of, at: &RoleId| json!(roles(of)[*at].name);
        match event {
            Event::Shock { shock } => vec![("shock", json!(shocks[*shock].name))],
            Event::Departure { seat: who, .. } | Event::Unpaid { seat: who } => {
                vec![("seat", seat(who))]
            }
            Event::Arrival { seat: who, moved_from, .. } => {
                vec![("seat", seat(who)), ("moved_from", json!(moved_from.as_ref().map(seat)))]
            }
            Event::Meeting { present } => vec![("present", present.iter().map(seat).collect())],
            Event::Episode(Episode { about, initiator, .. }) => {
                let about = json!(about.as_ref().map(organization));
                vec![("about", about), ("initiator", seat(initiator))]
            }
            Event::Contribution { seat: who, about, .. } | Event::Refusal { about, seat: who } => {
                vec![("seat", seat(who)), ("about", organization(about))]
            }
            Event::Settlement { about, seat: who, agreed, .. } => {
                let shares = roles(about).iter().zip(agreed.shares());
                let agreed: Map<String, Value> =
                    shares.map(|(role, share)| (role.name.clone(), json!(share))).collect();
                let about = organization(about);
                vec![("seat", seat(who)), ("about", about), ("agreed", json!(agreed))]
            }
            Event::Request { seat: who, of, role: which, .. } => {
                let which = role(of, which);
                vec![("seat", seat(who)), ("of", organization(of)), ("role", which)]
            }
            Event::Breach { seat: who, by, role: which } => {
                let which = role(by, which);
                vec![("seat", seat(who)), ("by", organization(by)), ("role", which)]
            }
            Event::Withheld { by, role: which } => {
                vec![("by", organization(by)), ("role", role(by, which))]
            }
            Event::GrantBegan { grant } | Event::GrantEnded { grant } => {
                vec![("grant", json!(funding.grants[*grant].name))]
            }
            Event::NoMeeting
            | Event::ProjectBegan { .. }
            | Event::ProjectDone { .. }
            | Event::Milestone { .. }
            | Event::Occasion { .. }
            | Event::Renewed
            | Event::Ended { .. } => Vec::new(),
        }
    }
}

impl Watch for Journal {
    fn event(&mut self, at: Moment, event: &Event) {
        self.events.push((at, event.clone()));
    }
}
