//! What can be observed: typed events, and those who watch them.
//!
//! A rule says what happened and knows nothing of who listens. Organizations, seats, shocks and
//! projects are given by their place in the [`Setup`](super::Setup).

use crate::ids::{
    GrantId, InterventionId, Meeting, Month, OrganizationId, RoleId, SeatId, ShockId,
};
use crate::model::state::partnership::Partnership;
use crate::roles::Mix;
use serde::Serialize;

/// When something happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Moment {
    /// Month of the simulation, from 1.
    pub month: Month,
    /// Number of the last meeting begun, from 1; 0 before the first.
    pub meeting: Meeting,
}

/// The topic of an episode.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Topic {
    /// Role negotiation: somebody raised roles and most of the talk was about them.
    Roles,
    /// Substantive joint work.
    Work,
    /// Other business.
    Other,
}

impl Topic {
    /// The word used in tables.
    pub fn word(self) -> &'static str {
        ["roles", "work", "other"][self as usize]
    }
}

/// A kind of contribution to identity-referencing discourse.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum TalkKind {
    /// Names one role.
    Assertion,
    /// Tells what was done before.
    History,
    /// Compares with another kind of organization.
    Comparison,
    /// Paints the whole.
    Metaphor,
    /// Asks, and hands over the floor.
    Question,
    /// Says of one's own organization that it will be what is needed: no claim.
    Deferral,
}

impl TalkKind {
    /// All kinds, in the order of the columns that count them.
    pub const ALL: [TalkKind; 6] = [
        TalkKind::Assertion,
        TalkKind::History,
        TalkKind::Comparison,
        TalkKind::Metaphor,
        TalkKind::Question,
        TalkKind::Deferral,
    ];

    /// The word used in files and tables.
    pub fn word(self) -> &'static str {
        ["assertion", "history", "comparison", "metaphor", "question", "deferral"][self as usize]
    }
}

/// Why a partnership ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Ending {
    /// A renewal fell due and it was not renewed.
    NotRenewed,
    /// An organization gave up: it saw too little benefit, and its people trusted too little.
    GivenUp {
        /// The organization.
        by: OrganizationId,
    },
}

/// An episode as a coder would record it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Episode {
    /// Its number in the meeting, from 1.
    pub number: u32,
    /// What it was about.
    pub topic: Topic,
    /// Roles were mentioned, but in no more than half of the contributions.
    pub peripheral: bool,
    /// The organization whose role was raised or mentioned.
    pub about: Option<OrganizationId>,
    /// The seat of the initiator.
    pub initiator: SeatId,
    /// Contributions in all.
    pub contributions: u32,
    /// Contributions about roles, by kind.
    pub kinds: [u32; 6],
    /// A coder read it as the other kind.
    pub misread: bool,
}

impl Episode {
    /// Contributions about roles.
    pub fn about_roles(&self) -> u32 {
        self.kinds.iter().sum()
    }

    /// The topic as coded: role negotiation and substantive work change places when misread.
    pub fn coded(&self) -> Topic {
        match (self.misread, self.topic) {
            (false, topic) => topic,
            (true, Topic::Roles) => Topic::Work,
            (true, _) => Topic::Roles,
        }
    }

    /// Whether a coder records roles as mentioned in passing: those who do not read the episode as
    /// role negotiation do, however much of it was.
    pub fn coded_peripheral(&self) -> bool {
        self.about_roles() > 0 && self.coded() != Topic::Roles
    }
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "event", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Event {
    /// A scheduled shock struck.
    Shock {
        /// Its place in the setup.
        shock: ShockId,
    },
    /// A holder left.
    Departure {
        /// The seat that falls vacant.
        seat: SeatId,
        /// Which holder it was, from 0.
        holder: u32,
    },
    /// Somebody took a seat.
    Arrival {
        /// The seat.
        seat: SeatId,
        /// Which holder it is, from 0.
        holder: u32,
        /// The seat a colleague moved up from; none: came from outside.
        moved_from: Option<SeatId>,
    },
    /// A meeting began.
    Meeting {
        /// Seats of those present.
        present: Vec<SeatId>,
    },
    /// A meeting fell through: fewer than two organizations were there.
    NoMeeting,
    /// An episode ended.
    Episode(Episode),
    /// Somebody contributed to talk about roles.
    Contribution {
        /// The speaker's seat.
        seat: SeatId,
        /// The organization talked about.
        about: OrganizationId,
        /// What kind of contribution.
        kind: TalkKind,
    },
    /// A demand was not accepted.
    Refusal {
        /// The organization whose role it was.
        about: OrganizationId,
        /// The seat of who made it.
        seat: SeatId,
    },
    /// The room settled on a working arrangement.
    Settlement {
        /// The organization whose role it is.
        about: OrganizationId,
        /// The seat of who made the demand.
        seat: SeatId,
        /// It named what was already done.
        named_practice: bool,
        /// How far the arrangement moved.
        moved: f64,
        /// The arrangement now.
        agreed: Mix,
    },
    /// A project began, in the mode of the arrangement then in force.
    ProjectBegan {
        /// Its number, from 0.
        project: u32,
    },
    /// A project was completed.
    ProjectDone {
        /// Its number, from 0.
        project: u32,
    },
    /// A milestone was reached.
    Milestone {
        /// The project's number.
        project: u32,
        /// Months after it was due; negative when early.
        late: f64,
    },
    /// An organization was asked for an act.
    Request {
        /// Who asked.
        seat: SeatId,
        /// Who was asked.
        of: OrganizationId,
        /// The role asked for.
        role: RoleId,
        /// Whether it was accepted.
        accepted: bool,
    },
    /// Somebody saw an organization act in a role they hold inappropriate for it.
    Breach {
        /// Who saw it.
        seat: SeatId,
        /// The organization that acted.
        by: OrganizationId,
        /// The role it played.
        role: RoleId,
    },
    /// An occasion of an intervention: a newcomer welcomed, an agreement sought, an exploration
    /// closed.
    Occasion {
        /// The intervention, by its place in the setup.
        intervention: InterventionId,
    },
    /// An act was not shown, since a review found that it would be a breach.
    Withheld {
        /// The organization that would have acted.
        by: OrganizationId,
        /// The role it would have played.
        role: RoleId,
    },
    /// A grant began to pay.
    GrantBegan {
        /// Its place in the setup.
        grant: GrantId,
    },
    /// A grant paid for the last time.
    GrantEnded {
        /// Its place in the setup.
        grant: GrantId,
    },
    /// A position could not be paid: its holder leaves.
    Unpaid {
        /// The seat.
        seat: SeatId,
    },
    /// The partnership was renewed.
    Renewed,
    /// The partnership ended.
    Ended {
        /// Why.
        why: Ending,
    },
}

/// Somebody who watches a partnership.
///
/// Both methods do nothing unless written. A pair of watchers is a watcher, and so is one that is
/// there or not.
///
/// ```
/// use rppsim::model::{Event, Moment, Watch};
///
/// /// Counts breaches of role expectations.
/// #[derive(Default)]
/// struct Breaches(u32);
///
/// impl Watch for Breaches {
///     fn event(&mut self, _: Moment, event: &Event) {
///         if let Event::Breach { .. } = event {
///             self.0 += 1;
///         }
///     }
/// }
/// ```
pub trait Watch {
    /// Something happened.
    fn event(&mut self, _at: Moment, _event: &Event) {}

    /// A month is over; the whole state can be read.
    fn month(&mut self, _partnership: &Partnership) {}
}

impl Watch for () {}

impl<A: Watch, B: Watch> Watch for (A, B) {
    fn event(&mut self, at: Moment, event: &Event) {
        self.0.event(at, event);
        self.1.event(at, event);
    }

    fn month(&mut self, partnership: &Partnership) {
        self.0.month(partnership);
        self.1.month(partnership);
    }
}

impl<W: Watch + ?Sized> Watch for &mut W {
    fn event(&mut self, at: Moment, event: &Event) {
        (**self).event(at, event);
    }

    fn month(&mut self, partnership: &Partnership) {
        (**self).month(partnership);
    }
}

impl<W: Watch> Watch for Option<W> {
    fn event(&mut self, at: Moment, event: &Event) {
        if let Some(watch) = self {
            watch.event(at, event);
        }
    }

    fn month(&mut self, partnership: &Partnership) {
        if let Some(watch) = self {
            watch.month(partnership);
        }
    }
}
