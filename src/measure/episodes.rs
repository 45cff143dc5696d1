//! Episodes one by one, as far as patterns read them: who opened each, what it was coded as, and
//! the kinds of contribution to it that were about roles.

use super::readings::{Meetings, divided};
use super::record::RunRecord;
use crate::ids::{Meeting, OrganizationId};
use crate::model::Partnership;
use crate::model::event::{Event, Moment, TalkKind, Topic, Watch};

/// An episode as coded.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct CodedEpisode {
    /// The meeting it was held in.
    pub meeting: Meeting,
    /// The organization of whoever opened it.
    pub opened_by: OrganizationId,
    /// The topic as coded.
    pub topic: Topic,
    /// Roles were mentioned, and it was coded as something else.
    pub in_passing: bool,
    /// Contributions about roles, by kind.
    pub kinds: [u32; 6],
}

/// Keeps every episode.
#[derive(Clone, Debug, Default)]
pub(super) struct EpisodeLog {
    /// The organization of each seat.
    sides: Vec<OrganizationId>,
    pub held: Vec<CodedEpisode>,
}

impl EpisodeLog {
    pub fn of(p: &Partnership) -> Self {
        let sides = p.setup().seats.iter().map(|seat| seat.organization).collect();
        EpisodeLog { sides, held: Vec::new() }
    }
}

impl Watch for EpisodeLog {
    fn event(&mut self, at: Moment, event: &Event) {
        let Event::Episode(episode) = event else { return };
        let Some(opened_by) = self.sides.get(episode.initiator.0) else { return };
        self.held.push(CodedEpisode {
            meeting: at.meeting,
            opened_by: *opened_by,
            topic: episode.coded(),
            in_passing: episode.coded_peripheral(),
            kinds: episode.kinds,
        });
    }
}

impl RunRecord {
    fn episodes_in(&self, (from, to): Meetings) -> impl Iterator<Item = &CodedEpisode> {
        self.episodes.iter().filter(move |e| (from..=to).contains(&e.meeting))
    }

    /// Of some episodes, the share for which something holds; `None` if there is none.
    fn share_of_episodes<'e>(
        episodes: impl Iterator<Item = &'e CodedEpisode>,
        holds: impl Fn(&CodedEpisode) -> bool,
    ) -> Option<f64> {
        let count = |(k, n): (u32, u32), e: &CodedEpisode| (k + u32::from(holds(e)), n + 1);
        let (k, n) = episodes.fold((0, 0), count);
        divided(f64::from(k), f64::from(n))
    }

    /// The share of the episodes of role negotiation that people of an organization opened; `None`
    /// if there was none.
    pub fn opened_by(&self, by: OrganizationId, range: Meetings) -> Option<f64> {
        let roles = self.episodes_in(range).filter(|e| e.topic == Topic::Roles);
        RunRecord::share_of_episodes(roles, |e| e.opened_by == by)
    }

    /// The share of the episodes that mentioned roles in passing: not coded as role negotiation.
    pub fn in_passing(&self, range: Meetings) -> Option<f64> {
        RunRecord::share_of_episodes(self.episodes_in(range), |e| e.in_passing)
    }

    /// The share of the episodes of role negotiation to which somebody contributed in this way;
    /// `None` if there was none.
    pub fn kind_share(&self, kind: TalkKind, range: Meetings) -> Option<f64> {
        let roles = self.episodes_in(range).filter(|e| e.topic == Topic::Roles);
        RunRecord::share_of_episodes(roles, |e| e.kinds[kind as usize] > 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::WHOLE;
    use crate::model::RunId;
    use crate::scenario::World;

    #[test]
    fn episodes_one_by_one_say_what_is_counted_by_meeting() {
        let run = World::open("cypress").expect("a case").run(RunId::new(3, 1)).expect("a run");
        for m in &run.meetings {
            let of_it = || run.episodes.iter().filter(|e| e.meeting == m.meeting);
            let count = |holds: fn(&&CodedEpisode) -> bool| of_it().filter(holds).count() as u32;
            assert_eq!(of_it().count() as u32, m.episodes);
            assert_eq!(count(|e| e.topic == Topic::Roles), m.roles);
            assert_eq!(count(|e| e.in_passing), m.peripheral);
        }
    }

    #[test]
    fn shares_by_opener_sum_to_one_in_any_range_and_every_role_episode_has_a_kind() {
        let run = World::open("cypress").expect("a case").run(RunId::new(3, 2)).expect("a run");
        for range in [WHOLE, (Meeting(3), Meeting(9))] {
            let openers: Option<f64> =
                [0, 1].into_iter().map(|o| run.opened_by(OrganizationId(o), range)).sum();
            assert!((openers.expect("role talk") - 1.0).abs() < 1e-12);
            let kinds: Option<f64> =
                TalkKind::ALL.into_iter().map(|kind| run.kind_share(kind, range)).sum();
            assert!(kinds.expect("role talk") > 0.9, "each has one at least, but for misread ones");
        }
        let before = (Meeting(0), Meeting(0));
        assert_eq!(run.opened_by(OrganizationId(0), before), None);
        assert_eq!(
            (run.in_passing(before), run.kind_share(TalkKind::History, before)),
            (None, None)
        );
    }
}
