//! Interventions as they are set up: the kinds, their schedule and what they take.
//!
//! A scenario schedules an [`Intervention`] by name; none is on unless one does. It takes staff
//! time, time of the meetings, money. What it gives is a number of the table of parameters
//! ([`InterventionKind::effect`]) and acts in the rule that it changes: nowhere does an
//! intervention touch role talk or work directly. No effect size is published for any of them.
//! Sources: Farrell, Harrison & Coburn 2019; Harrison, Davidson & Farrell 2017; Coburn, Penuel &
//! Geil 2013; the abstract on mutual benefit.

use super::MOST_MONTHS;
use crate::ids::{InterventionId, Month, read_by};
use serde::{Deserialize, Serialize};

macro_rules! kinds {
    ($($(#[$doc:meta])* $Kind:ident = $word:literal: $effect:literal $low:literal..=$high:literal,
        takes $staff:literal of staff and $agenda:literal of meetings, $gives:literal, $source:literal;)+) => {
        /// A kind of intervention.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        #[non_exhaustive]
        pub enum InterventionKind {
            $($(#[$doc])* $Kind,)+
        }

        impl InterventionKind {
            /// All kinds.
            pub const ALL: &[InterventionKind] = &[$(InterventionKind::$Kind,)+];

            /// The word a scenario uses.
            pub fn word(self) -> &'static str {
                match self { $(InterventionKind::$Kind => $word,)+ }
            }

            /// The parameter that says how strong it is, and the range that is assumed for it.
            pub fn effect(self) -> (&'static str, f64, f64) {
                match self { $(InterventionKind::$Kind => ($effect, $low, $high),)+ }
            }

            /// What it gives, in words.
            pub fn gives(self) -> &'static str {
                match self { $(InterventionKind::$Kind => $gives,)+ }
            }

            /// Who proposed it.
            pub fn source(self) -> &'static str {
                match self { $(InterventionKind::$Kind => $source,)+ }
            }

            /// What it takes unless a scenario says otherwise. The shares are assumed; nothing is
            /// priced, since no price is published.
            pub fn usual_cost(self) -> Cost {
                let (staff, agenda) = match self { $(InterventionKind::$Kind => ($staff, $agenda),)+ };
                Cost { staff, agenda, ..Cost::default() }
            }
        }
    };
}

kinds! {
    /// Newcomers to the team are told, before their first meeting, what was agreed.
    Welcome = "welcome": "welcome.evidence" 3.0..=30.0,
        takes 0.25 of staff and 0.0 of meetings,
        "newcomers hear what was agreed about every other organization before their first meeting",
        "explicit role work after turnover: Farrell, Harrison & Coburn 2019, recommended, untested";
    /// A facilitated talk about every organization's role, at the launch and at intervals.
    Agreement = "agreement": "agreement.latitude" 0.0..=0.3,
        takes 0.0 of staff and 0.0 of meetings,
        "episodes at the launch and at intervals in which the room's own expectation is proposed, with more latitude than usual",
        "explicit role work: Farrell, Harrison & Coburn 2019";
    /// Somebody on site who goes between the organizations.
    Coordinator = "coordinator": "coordinator.evidence" 1.0..=8.0,
        takes 0.05 of staff and 0.0 of meetings,
        "the team, and those exposed to the work, learn every month what the others really do",
        "full-time staff on site, go-betweens: Coburn, Penuel & Geil 2013";
    /// Ties between people of every level of the organizations.
    Multilevel = "multilevel": "multilevel.contact" 0.1..=0.6,
        takes 0.05 of staff and 0.0 of meetings,
        "people of all levels meet one of another organization and hear what it holds itself to be",
        "ties at several levels (Bellevue): Coburn, Penuel & Geil 2013";
    /// Deputies are prepared, so that successors come from within.
    Succession = "succession": "succession.internal" 0.5..=1.0,
        takes 0.02 of staff and 0.0 of meetings,
        "successors, also those of a scheduled change, come from within where somebody can move up",
        "an internal successor (Bellevue): Coburn, Penuel & Geil 2013";
    /// Partners see what will be shown before others do.
    Review = "review": "review.catches" 0.2..=0.9,
        takes 0.03 of staff and 0.0 of meetings,
        "acts that somebody on the team would see as a breach may be noticed, and are then not shown",
        "no surprises, approval before publishing: Coburn, Penuel & Geil 2013";
    /// Staff time kept for quick answers to requests.
    Quota = "quota": "quota.accepts" 0.6..=1.0,
        takes 0.10 of staff and 0.0 of meetings,
        "requests are met within the month, whatever their role",
        "rapid response (Baltimore): Coburn, Penuel & Geil 2013";
    /// A neutral third party moderates the meetings.
    Broker = "broker": "broker.credibility" 0.1..=0.8,
        takes 0.0 of staff and 0.05 of meetings,
        "the organizations are believed more by one another, and status decides less who speaks",
        "a neutral intermediary (SERP): Coburn, Penuel & Geil 2013";
    /// Months of listening before, or in place of, most of the work.
    Exploration = "exploration": "exploration.finding" 0.2..=0.8,
        takes 0.5 of staff and 0.5 of meetings,
        "listening every month, and at the end a proposal that both an organization and the others gain from",
        "an exploratory year: the abstract on mutual benefit";
    /// An archive of what was done together.
    Archive = "archive": "archive.reach" 0.4..=1.0,
        takes 0.02 of staff and 0.0 of meetings,
        "who tells of the past tells all of it, though they were not there",
        "a shared data archive: Coburn, Penuel & Geil 2013";
    /// A programme that builds the capacity of those the others work for.
    CapacityBuilding = "capacity-building": "capacity.growth" 0.01..=0.08,
        takes 0.10 of staff and 0.0 of meetings,
        "the capacity of those that others work for grows: less pressure by requests, more use of results",
        "capacity building for both sides: Coburn, Penuel & Geil 2013; Harrison, Davidson & Farrell 2017";
    /// A funder requires to be told how the partners will work together.
    ProcessRequirement = "process-requirement": "process.latitude" 0.0..=0.2,
        takes 0.05 of staff and 0.0 of meetings,
        "a facilitated talk about every organization's role at the launch and whenever a grant begins",
        "process as well as products in proposals: Coburn, Penuel & Geil 2013";
    /// Work for the partnership counts beside what is published.
    Incentives = "incentives": "incentives.relief" 0.3..=1.0,
        takes 0.0 of staff and 0.0 of meetings,
        "the tenure track takes less of the staff's time",
        "research centres outside departments, other standards for tenure: Coburn, Penuel & Geil 2013; an AERA abstract on research alliances";
}

/// What an intervention takes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Cost {
    /// Share of the month's joint work between meetings, in \[0, 1\]: in every month it is on, or
    /// for [`InterventionKind::Welcome`] in months in which somebody is welcomed.
    pub staff: f64,
    /// Share of the time of substantive episodes, in \[0, 1\].
    pub agenda: f64,
    /// Price paid once, when it begins.
    pub once: f64,
    /// Price of a month.
    pub month: f64,
    /// Price of a year, paid in twelve parts.
    pub year: f64,
    /// Price of an occasion: a newcomer welcomed, an agreement sought, an exploration closed.
    pub occasion: f64,
}

impl Cost {
    /// Whether anything has a price.
    pub fn is_priced(&self) -> bool {
        self.once + self.month + self.year + self.occasion > 0.0
    }
}

/// Something that partners do from one month to another, known by its name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Intervention {
    /// Its name in the scenario.
    pub name: String,
    /// What it is.
    pub kind: InterventionKind,
    /// First month of it.
    pub from: Month,
    /// Last month of it.
    pub until: Month,
    /// What it takes.
    pub cost: Cost,
}

impl Intervention {
    /// An intervention of the usual cost from the first month on. Give an exploration an end:
    /// without one its closing proposal never comes.
    pub fn of(kind: InterventionKind) -> Self {
        let (name, cost) = (kind.word().to_owned(), kind.usual_cost());
        Intervention { name, kind, from: Month(1), until: Month(MOST_MONTHS), cost }
    }

    /// Whether two of one kind are on in the same month: they would cost twice and act once.
    pub fn doubles(&self, other: &Intervention) -> bool {
        self.kind == other.kind && self.from <= other.until && other.from <= self.until
    }

    /// Whether it is on in a month.
    pub fn is_on(&self, month: Month) -> bool {
        (self.from..=self.until).contains(&month)
    }
}

read_by!(InterventionId: Intervention);
