//! Interventions: what partners may add to what they do, each taking something as well as giving.
//!
//! A scenario schedules an [`Intervention`] by name; none is on unless one does. This file holds
//! the kinds, their schedule and what they take: staff time, time of the meetings, money. What
//! each gives is a number of the table of parameters ([`Kind::effect`]) and acts in the room of
//! the rule that it changes: nowhere does an intervention touch role talk or work directly. No
//! effect size is published for any of them. Sources: Farrell, Harrison & Coburn 2019; Harrison,
//! Davidson & Farrell 2017; Coburn, Penuel & Geil 2013; the abstract on mutual benefit.

use super::event::{Event, Watch};
use super::partnership::Partnership;
use super::setup::MOST_MONTHS;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

macro_rules! kinds {
    ($($(#[$doc:meta])* $Kind:ident = $word:literal: $effect:literal $low:literal..=$high:literal,
        takes $staff:literal of staff and $agenda:literal of meetings, $gives:literal, $source:literal;)+) => {
        /// A kind of intervention.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        #[non_exhaustive]
        pub enum Kind {
            $($(#[$doc])* $Kind,)+
        }

        impl Kind {
            /// All kinds.
            pub const ALL: &[Kind] = &[$(Kind::$Kind,)+];

            /// The word a scenario uses.
            pub fn word(self) -> &'static str {
                match self { $(Kind::$Kind => $word,)+ }
            }

            /// The parameter that says how strong it is, and the range that is assumed for it.
            pub fn effect(self) -> (&'static str, f64, f64) {
                match self { $(Kind::$Kind => ($effect, $low, $high),)+ }
            }

            /// What it gives, in words.
            pub fn gives(self) -> &'static str {
                match self { $(Kind::$Kind => $gives,)+ }
            }

            /// Who proposed it.
            pub fn source(self) -> &'static str {
                match self { $(Kind::$Kind => $source,)+ }
            }

            /// What it takes unless a scenario says otherwise. The shares are assumed; nothing is
            /// priced, since no price is published.
            pub fn usual_cost(self) -> Cost {
                let (staff, agenda) = match self { $(Kind::$Kind => ($staff, $agenda),)+ };
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
    /// for [`Kind::Welcome`] in months in which somebody is welcomed.
    pub staff: f64,
    /// Share of the time of substantive episodes, in \[0, 1\].
    pub agenda: f64,
    /// Price paid once, when it begins.
    pub once: f64,
    /// Price of a month.
    pub month: f64,
    /// Price of an occasion: a newcomer welcomed, an agreement sought, an exploration closed.
    pub occasion: f64,
}

impl Cost {
    /// Whether anything has a price.
    pub fn is_priced(&self) -> bool {
        self.once + self.month + self.occasion > 0.0
    }
}

/// Something that partners do from one month to another, known by its name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Intervention {
    /// Its name in the scenario.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// First month of it.
    pub from: u32,
    /// Last month of it.
    pub until: u32,
    /// What it takes.
    pub cost: Cost,
}

impl Intervention {
    /// An intervention of the usual cost from the first month on. Give an exploration an end:
    /// without one its closing proposal never comes.
    pub fn of(kind: Kind) -> Self {
        let (name, cost) = (kind.word().to_owned(), kind.usual_cost());
        Intervention { name, kind, from: 1, until: MOST_MONTHS, cost }
    }

    /// Whether two of one kind are on in the same month: they would cost twice and act once.
    pub fn doubles(&self, other: &Intervention) -> bool {
        self.kind == other.kind && self.from <= other.until && other.from <= self.until
    }

    /// Whether it is on in a month.
    pub fn is_on(&self, month: u32) -> bool {
        (self.from..=self.until).contains(&month)
    }
}

impl Partnership {
    /// The interventions that are on this month, with their places in the setup.
    pub(super) fn interventions(&self) -> impl Iterator<Item = (usize, &Intervention)> {
        self.setup.interventions.iter().enumerate().filter(|(_, i)| i.is_on(self.month))
    }

    /// The intervention of a kind that is on this month, if one is.
    pub(super) fn under(&self, kind: Kind) -> Option<usize> {
        self.interventions().find(|(_, intervention)| intervention.kind == kind).map(|(i, _)| i)
    }

    /// Share of the joint work between meetings that interventions take this month.
    pub(super) fn staff_time_taken(&self) -> f64 {
        let takes = |(i, intervention): (usize, &Intervention)| match intervention.kind {
            Kind::Welcome if self.last_occasion[i] != Some(self.month) => 0.0,
            _ => intervention.cost.staff,
        };
        self.interventions().map(takes).sum::<f64>().min(1.0)
    }

    /// Share of the agenda that interventions take this month.
    pub(super) fn agenda_taken(&self) -> f64 {
        self.interventions().map(|(_, i)| i.cost.agenda).sum::<f64>().min(1.0)
    }

    /// An occasion of an intervention: it is remembered and paid for.
    pub(super) fn occasion(&mut self, intervention: usize, watch: &mut dyn Watch) {
        self.last_occasion[intervention] = Some(self.month);
        self.ledger.spent += self.setup.interventions[intervention].cost.occasion;
        self.tell(watch, Event::Occasion { intervention });
    }
}

/// Pays for the month.
pub(super) fn paid(p: &mut Partnership) {
    let setup = Arc::clone(&p.setup);
    for intervention in setup.interventions.iter().filter(|i| i.is_on(p.month)) {
        p.ledger.spent += intervention.cost.month;
        if intervention.from == p.month {
            p.ledger.spent += intervention.cost.once;
        }
    }
}
