//! The record of one run: what is kept of it when its partnership is gone.

use super::episodes::{CodedEpisode, EpisodeLog};
use super::interviews::{Interview, InterviewPlan, Interviews};
use super::journal::Journal;
use super::meetings::{MeetingLog, MeetingRecord};
use super::money::{MoneyLog, MoneyMonth};
use super::months::{MonthLog, MonthRecord};
use super::practices::PracticeLog;
use super::tenures::Tenures;
use crate::ids::{Month, OrganizationId};
use crate::model::event::{Ending, Event, Moment, Topic, Watch};
use crate::model::setup::Setup;
use crate::model::{Ledger, Live, Partnership, Prepared, RunId, Unlivable};
use crate::roles::Mix;
use serde::Serialize;
use std::sync::Arc;

/// A settlement, kept for its size and timing.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Settled {
    /// Meeting and month.
    pub at: Moment,
    /// The organization whose role it was.
    pub about: OrganizationId,
    /// How far the arrangement moved.
    pub moved: f64,
    /// It named what was already done.
    pub named_practice: bool,
}

/// Episodes that somebody initiated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Initiated {
    /// On roles.
    pub roles: u32,
    /// On anything else.
    pub other: u32,
}

/// What is kept of one run.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct RunRecord {
    /// Seed, run and number.
    pub origin: RunId,
    /// The month of its first scheduled shock, if there is one.
    pub first_shock: Option<Month>,
    /// Every meeting held.
    pub meetings: Vec<MeetingRecord>,
    /// Every episode, as coded.
    #[serde(skip)]
    pub episodes: Vec<CodedEpisode>,
    /// Every month.
    pub months: Vec<MonthRecord>,
    /// Every interview.
    pub interviews: Vec<Interview>,
    /// Every settlement.
    pub settlements: Vec<Settled>,
    /// Work done and work kept from being done.
    pub ledger: Ledger,
    /// Mean months of tenures that ended; see [`super::tenures`].
    pub tenure_completed: Option<f64>,
    /// Mean months of tenures in progress at the end of the last month lived.
    pub tenure_in_progress: Option<f64>,
    /// Holders who left.
    pub departures: u32,
    /// The month the partnership ended, if it did.
    pub ended: Option<Month>,
    /// Why it ended.
    pub ending: Option<Ending>,
    /// Projects completed.
    pub projects: u32,
    /// Episodes initiated, by seat: by its first holder and by later ones.
    pub initiated: Vec<[Initiated; 2]>,
    /// The identity of each organization at the end.
    pub identities: Vec<Mix>,
    /// The benefit each organization felt at the end; 1 is the fullest.
    pub benefits: Vec<f64>,
    /// How far each of the [six practices](super::practices) could be seen.
    pub practices: [Option<f64>; 6],
    /// Money by month and organization, if it plays a part.
    pub money: Vec<MoneyMonth>,
    /// Every event, if asked for: it is kept for the first runs only.
    #[serde(skip)]
    pub journal: Option<Journal>,
}

/// Watches a partnership and keeps what a [`RunRecord`] holds.
#[derive(Clone, Debug)]
pub struct Recorder {
    meetings: MeetingLog,
    episodes: EpisodeLog,
    months: MonthLog,
    interviews: Interviews,
    tenures: Tenures,
    practices: PracticeLog,
    money: MoneyLog,
    settlements: Vec<Settled>,
    departures: u32,
    ending: Option<Ending>,
    projects: u32,
    holders: Vec<u32>,
    initiated: Vec<[Initiated; 2]>,
    journal: Option<Journal>,
}

impl Recorder {
    /// A recorder for a partnership about to begin; [`Depth::Detail`] keeps every event. It
    /// panics if it is told of another one with more seats.
    pub fn of(p: &Partnership, plans: &[InterviewPlan], depth: Depth) -> Self {
        Recorder {
            meetings: MeetingLog::default(),
            episodes: EpisodeLog::of(p),
            months: MonthLog::default(),
            interviews: Interviews::planned(plans),
            tenures: Tenures::of(p),
            practices: PracticeLog::default(),
            money: MoneyLog::default(),
            settlements: Vec::new(),
            departures: 0,
            ending: None,
            projects: 0,
            holders: vec![0; p.seats().len()],
            initiated: vec![Default::default(); p.seats().len()],
            journal: (depth == Depth::Detail).then(|| Journal::of(p)),
        }
    }

    /// The record, once the run is over.
    pub fn finish(self, p: &Partnership) -> RunRecord {
        RunRecord {
            origin: p.origin(),
            first_shock: p.setup().shocks.iter().map(|shock| shock.month).min(),
            meetings: self.meetings.0,
            episodes: self.episodes.held,
            months: self.months.months,
            interviews: self.interviews.held,
            settlements: self.settlements,
            ledger: *p.ledger(),
            tenure_completed: self.tenures.completed(),
            tenure_in_progress: self.tenures.in_progress(),
            departures: self.departures,
            ended: p.ended(),
            ending: self.ending,
            projects: self.projects,
            initiated: self.initiated,
            identities: p.organizations().iter().map(|o| o.identity).collect(),
            benefits: p.organizations().iter().map(|o| o.benefit).collect(),
            practices: self.practices.means(),
            money: self.money.0,
            journal: self.journal,
        }
    }
}

impl RunRecord {
    /// What grants paid, all organizations together.
    pub fn granted(&self) -> f64 {
        self.money.iter().map(|month| month.account.income).sum()
    }
}

impl Watch for Recorder {
    fn event(&mut self, at: Moment, event: &Event) {
        self.meetings.event(at, event);
        self.episodes.event(at, event);
        self.months.event(at, event);
        self.tenures.event(at, event);
        self.practices.event(at, event);
        match event {
            Event::Settlement { about, moved, named_practice, .. } => {
                self.settlements.push(Settled {
                    at,
                    about: *about,
                    moved: *moved,
                    named_practice: *named_practice,
                })
            }
            Event::Departure { .. } => self.departures += 1,
            Event::Ended { why } => self.ending = Some(*why),
            Event::ProjectDone { .. } => self.projects += 1,
            Event::Arrival { seat, holder, .. } => self.holders[seat.0] = *holder,
            Event::Episode(episode) => {
                let later = usize::from(self.holders[episode.initiator.0] > 0);
                let initiated = &mut self.initiated[episode.initiator.0][later];
                match episode.coded() {
                    Topic::Roles => initiated.roles += 1,
                    _ => initiated.other += 1,
                }
            }
            _ => {}
        }
        self.journal.event(at, event);
    }

    fn month(&mut self, p: &Partnership) {
        self.months.month(p);
        self.interviews.month(p);
        self.tenures.month(p);
        self.practices.month(p);
        self.money.month(p);
    }
}

/// How much is kept of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// The record.
    Record,
    /// The record, with every episode and event.
    Detail,
}

/// Founds a partnership, lives it to its horizon under a theory, and keeps the record. `beside` is
/// a watcher of one's own beside the recorder; `&mut ()` is none.
///
/// # Errors
/// What [`Setup::check`] finds wrong, or what the theory says that cannot be.
pub fn record_run<L: Live>(
    setup: impl Into<Arc<Setup>>,
    origin: RunId,
    theory: &L,
    plans: &[InterviewPlan],
    depth: Depth,
    beside: &mut dyn Watch,
) -> Result<RunRecord, Unlivable> {
    let mut living = Living::begin(Arc::new(Prepared::of(setup)?), origin, plans, depth);
    living.to_the_end(theory, beside)?;
    Ok(living.finish())
}

/// A run in its course, and its record so far.
pub struct Living {
    partnership: Partnership,
    recorder: Recorder,
}

impl Living {
    /// A run that begins.
    pub fn begin(
        setup: Arc<Prepared>,
        origin: RunId,
        plans: &[InterviewPlan],
        depth: Depth,
    ) -> Living {
        let partnership = Partnership::found(setup, origin);
        let recorder = Recorder::of(&partnership, plans, depth);
        Living { partnership, recorder }
    }

    /// Lives on until the end of a month.
    ///
    /// # Errors
    /// What the theory says that cannot be.
    pub fn until(&mut self, month: Month, theory: &impl Live) -> Result<(), Unlivable> {
        while self.partnership.last_month() < month {
            theory.live(&mut self.partnership, &mut self.recorder)?;
        }
        Ok(())
    }

    /// Lives on to the horizon; `beside` watches, too.
    ///
    /// # Errors
    /// What the theory says that cannot be.
    pub fn to_the_end(
        &mut self,
        theory: &impl Live,
        beside: &mut dyn Watch,
    ) -> Result<(), Unlivable> {
        theory.run_to_horizon(&mut self.partnership, &mut (&mut self.recorder, beside))
    }

    /// A twin with the same past, which goes on from a setup that differs only in what is still to
    /// come. A journal names what happens by its own setup: a run that keeps one has no such twin.
    pub(crate) fn twin(&self, setup: Arc<Prepared>) -> Living {
        let partnership = self.partnership.going_on_under(setup);
        Living { partnership, recorder: self.recorder.clone() }
    }

    /// Its record.
    pub fn finish(self) -> RunRecord {
        self.recorder.finish(&self.partnership)
    }
}
