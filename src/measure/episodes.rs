//! Every episode of a run, as a coder would list it.

use crate::model::event::{Episode, Event, Moment, Watch};

/// Keeps every episode with the meeting it was part of.
#[derive(Clone, Debug, Default)]
pub struct EpisodeLog(pub Vec<(Moment, Episode)>);

impl Watch for EpisodeLog {
    fn event(&mut self, at: Moment, event: &Event) {
        if let Event::Episode(episode) = event {
            self.0.push((at, episode.clone()));
        }
    }
}
