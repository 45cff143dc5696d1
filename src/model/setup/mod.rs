//! What a partnership is founded from: plain numbers and mixes, every distribution drawn.
//!
//! A scenario file becomes a `Setup` for each run; `World::build` makes one from code. Organizations, seats and profiles refer to one another
//! by their place in these lists. [`Setup::check`] says what is wrong with one.

mod check;
mod funding;
mod interventions;

pub use check::Fault;
pub use funding::{Funding, Grant, Purpose};
pub use interventions::{Cost, Intervention, InterventionKind};

use crate::ids::{Month, OrganizationId, ProfileId, SeatId, ShockId, read_by};
use crate::parameters::Parameters;
use crate::roles::{Mix, Repertoire};
use serde::{Deserialize, Serialize};

/// Where a seat stands in its organization. Hazards go by level.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Superintendents, assistant superintendents.
    Cabinet,
    /// Directors, area supervisors.
    Director,
    /// Specialists, teachers on special assignment.
    Specialist,
    /// Those who lead a research organization's side.
    Lead,
    /// The rest of its staff.
    Staff,
}

impl Level {
    /// All levels, from the top of either kind of organization.
    pub const ALL: [Level; 5] =
        [Level::Cabinet, Level::Director, Level::Specialist, Level::Lead, Level::Staff];

    /// The word used in files and tables.
    pub fn word(self) -> &'static str {
        ["cabinet", "director", "specialist", "lead", "staff"][self as usize]
    }

    /// The yearly probability of leaving at this level.
    pub fn yearly_departure(self, parameters: &Parameters) -> f64 {
        let turnover = &parameters.turnover;
        match self {
            Level::Cabinet => turnover.cabinet,
            Level::Director => turnover.director,
            Level::Specialist => turnover.specialist,
            Level::Lead => turnover.lead,
            Level::Staff => turnover.staff,
        }
    }
}

/// Everything a partnership starts from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Setup {
    /// The constants of the rules.
    pub parameters: Parameters,
    /// When they meet, and for how long we look.
    pub calendar: Calendar,
    /// The organizations.
    pub organizations: Vec<OrganizationSetup>,
    /// The seats, of all organizations.
    pub seats: Vec<SeatSetup>,
    /// What people of a kind hold when they take a seat.
    pub profiles: Vec<Profile>,
    /// What is scheduled to happen.
    pub shocks: Vec<Shock>,
    /// What the partners add to what they do.
    pub interventions: Vec<Intervention>,
    /// The money.
    pub funding: Funding,
}

impl Setup {
    /// The ids of the organizations, in their order.
    pub fn organization_ids(&self) -> impl Iterator<Item = OrganizationId> + use<> {
        (0..self.organizations.len()).map(OrganizationId)
    }

    /// The ids of the seats, in their order.
    pub fn seat_ids(&self) -> impl Iterator<Item = SeatId> + use<> {
        (0..self.seats.len()).map(SeatId)
    }

    /// The most work that a month could bring.
    pub fn fullest_month(&self) -> f64 {
        let Parameters { meeting, agenda, work, .. } = &self.parameters;
        let meetings: u32 = (1..=12).map(|month| self.calendar.meetings_in(Month(month))).sum();
        let episodes = meeting.mean_episodes * f64::from(meetings) / 12.0;
        episodes * (1.0 - agenda.other_business) + work.between
    }

    /// Work a month promised for each project.
    pub fn planned_pace(&self) -> f64 {
        let work = &self.parameters.work;
        (work.planned_pace * self.fullest_month() / work.projects).max(1e-9)
    }

    /// Money that a month needs: the salaries of all positions that depend on money, held or vacant,
    /// upkeep, and meetings on the mean over a year.
    pub fn needed_a_month(&self) -> f64 {
        let payroll: f64 = self.seats.iter().map(|seat| seat.salary).sum();
        let meetings: u32 = (1..=12).map(|month| self.calendar.meetings_in(Month(month))).sum();
        payroll + self.funding.upkeep + self.funding.meeting * f64::from(meetings) / 12.0
    }

    /// Whether money plays a part: somebody gives some, or something has to be paid for.
    pub fn is_funded(&self) -> bool {
        !self.funding.grants.is_empty()
            || self.seats.iter().any(|seat| seat.salary > 0.0)
            || self.organizations.iter().any(|o| o.reserve > 0.0)
    }
}

impl Default for Setup {
    /// A year of monthly meetings from September on, of nobody yet.
    fn default() -> Self {
        Setup {
            parameters: Parameters::default(),
            calendar: Calendar {
                months: 12,
                meetings_per_month: 1,
                pauses: Vec::new(),
                first_month: 9,
                age: 0,
            },
            organizations: Vec::new(),
            seats: Vec::new(),
            profiles: Vec::new(),
            shocks: Vec::new(),
            interventions: Vec::new(),
            funding: Funding::default(),
        }
    }
}

/// When they meet, and for how long we look.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Calendar {
    /// Months to simulate, from month 1.
    pub months: u32,
    /// Meetings in a month that is not paused.
    pub meetings_per_month: u32,
    /// Months of the year (1 to 12) without meetings.
    pub pauses: Vec<u32>,
    /// Month of the year of month 1.
    pub first_month: u32,
    /// Months the partnership had existed before month 1; bounds what people remember of it.
    pub age: u32,
}

impl Calendar {
    /// The month in which the partnership began: 1, or less if that was before we look.
    pub fn began(&self) -> i32 {
        1i32.saturating_sub_unsigned(self.age)
    }

    /// The number of meetings in a month of the simulation.
    pub fn meetings_in(&self, month: Month) -> u32 {
        let of_year = (self.first_month % 12 + month.0 % 12 + 10) % 12 + 1;
        if self.pauses.contains(&of_year) { 0 } else { self.meetings_per_month }
    }

    /// The number of meetings up to the horizon.
    pub fn meetings(&self) -> u32 {
        let held =
            |months: u32| (1..=months).filter(|month| self.meetings_in(Month(*month)) > 0).count();
        let months = u64::from(self.months / 12) * held(12) as u64 + held(self.months % 12) as u64;
        let meetings = months.saturating_mul(u64::from(self.meetings_per_month));
        u32::try_from(meetings).unwrap_or(u32::MAX)
    }
}

/// An organization as it is founded.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OrganizationSetup {
    /// Its name in the scenario.
    pub name: String,
    /// The roles it might play.
    pub repertoire: Repertoire,
    /// The organizations it works for: those concerned when its role is settled, and those that
    /// may make requests of it.
    pub works_for: Vec<OrganizationId>,
    /// What its members hold central about it.
    pub identity: Mix,
    /// The role the partners have agreed on for it.
    pub agreed: Mix,
    /// The role it plays when we begin to look.
    pub enacted: Mix,
    /// Part of its identity that outlives a month of enacting something else, in \[0, 1\].
    pub endurance: f64,
    /// Pace of its work against the ordinary, in \[0, 2\].
    pub capacity: f64,
    /// How much it values what may be published, in \[0, 1\].
    pub incentive: f64,
    /// Share of its staff whom only what may be published takes further (tenure), in \[0, 1\].
    pub tenure_track: f64,
    /// How urgent its needs are, in \[0, 1\]: without capacity of its own it asks for more.
    pub urgency: f64,
    /// Money it has at the start.
    pub reserve: f64,
    /// How far it keeps its distance from the others, so that it is believed more and trusted
    /// more slowly, in \[0, 1\].
    pub independence: f64,
    /// What it wants of each organization (its own entry is not read).
    pub priorities: Vec<Option<Mix>>,
}

impl OrganizationSetup {
    /// Part of a mix of its roles that may be published, in \[0, 1\].
    pub fn publishable(&self, mix: &Mix) -> f64 {
        let roles = mix.shares().iter().zip(self.repertoire.roles());
        roles.map(|(share, role)| share * role.publishable).sum()
    }
}

/// A seat: a place that people hold one after another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SeatSetup {
    /// Its name in the scenario.
    pub name: String,
    /// Its organization.
    pub organization: OrganizationId,
    /// Its level.
    pub level: Level,
    /// Whether its holder belongs to the leadership team that meets.
    pub team: bool,
    /// Whether it is the head of its organization, whose exit shakes those below.
    pub head: bool,
    /// Status of its holders, unless their profile says otherwise.
    pub status: f64,
    /// Probability that its holder comes to a meeting; none: `meeting.attendance`.
    pub attendance: Option<f64>,
    /// What it costs a month, if it depends on the partnership's money; 0: paid from elsewhere.
    pub salary: f64,
    /// The profile of the first holder; none: vacant at the start.
    pub holder: Option<ProfileId>,
    /// The profile of those who come from outside later.
    pub successor: ProfileId,
}

/// What people of a kind hold when they take a seat.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Profile {
    /// Its name in the scenario.
    pub name: String,
    /// Trust in every other organization, in \[0, 1\].
    pub trust: f64,
    /// Status; none: that of the seat.
    pub status: Option<f64>,
    /// Part of their certainty that such people keep from one month to the next, in \[0, 1\]; none:
    /// `learning.retention`.
    pub retention: Option<f64>,
    /// Months they had been there when the simulation began (initial holders only).
    pub tenure: f64,
    /// What they hold about each organization, in the order of the organizations.
    pub about: Vec<About>,
}

/// What a newly seated person holds about one organization.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct About {
    /// The role they hold appropriate.
    pub expectation: Start,
    /// What they take it to be; for members of the organization, also what they believe
    /// outsiders take it to be.
    pub conception: Start,
    /// Certainty of the conception, as a number of observations.
    pub certainty: f64,
}

/// A mix to start from, and how widely people scatter around it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Start {
    /// The mix people bring.
    pub from: StartFrom,
    /// Its weight in what they hold, in \[0, 1\]; the rest is the arrangement in force.
    pub weight: f64,
    /// Mean distance of a person from it; 0: all hold the same.
    pub scatter: f64,
}

impl Start {
    /// Everybody holds this mix.
    pub fn at(mix: Mix) -> Self {
        Start { from: StartFrom::Mix(mix), weight: 1.0, scatter: 0.0 }
    }
}

/// What a starting mix is taken from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum StartFrom {
    /// The arrangement in force when the person arrives.
    Agreed,
    /// The identity the organization then has.
    Identity,
    /// What the organization then does.
    Enacted,
    /// A mix of its own.
    Mix(Mix),
}

/// Something scheduled, known by its name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Shock {
    /// Its name in the scenario.
    pub name: String,
    /// The month in which it strikes.
    pub month: Month,
    /// What happens.
    pub kind: ShockKind,
}

/// What a shock does. Without it, everything stays as it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum ShockKind {
    /// A newcomer takes a seat, in place of its holder if there is one.
    Arrive {
        /// The seat.
        seat: SeatId,
        /// What the newcomer holds.
        profile: ProfileId,
    },
    /// The holder leaves and the seat falls vacant.
    Leave {
        /// The seat.
        seat: SeatId,
    },
    /// Another department becomes the counterpart: some seats leave the team, others join it. One
    /// that is vacant is then filled by a newcomer of its successors' profile.
    Counterpart {
        /// Seats that leave the team.
        leave: Vec<SeatId>,
        /// Seats that join it.
        join: Vec<SeatId>,
    },
    /// A policy gives an organization other priorities, and moves what its people expect.
    Policy {
        /// Whose priorities change.
        organization: OrganizationId,
        /// The organization from which something else is now wanted.
        about: OrganizationId,
        /// What is wanted.
        priorities: Mix,
        /// How far expectations move toward it, in \[0, 1\].
        step: f64,
    },
}

/// The highest status.
pub const MOST_STATUS: f64 = 20.0;

/// The longest horizon, and the longest past.
pub const MOST_MONTHS: u32 = 1200;

/// The most that anything may cost, and that there may be of it.
pub const MOST_MONEY: f64 = 1e12;

/// The most certainty a profile may state, as a number of observations.
pub const MOST_CERTAINTY: f64 = 100_000.0;

read_by!(SeatId: SeatSetup);
read_by!(OrganizationId: OrganizationSetup, About, Mix, Option<Mix>);
read_by!(ProfileId: Profile);
read_by!(ShockId: Shock);
