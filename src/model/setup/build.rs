//! Building a setup in code: short ways to say what is usual, to be changed field by field.
//!
//! ```
//! use rppsim::model::setup::{Level, OrganizationSetup};
//! use rppsim::model::{Partnership, Setup, Standard, partnership::RunId};
//!
//! let mut world = Setup::of(vec![
//!     OrganizationSetup::playing("district", &[("driver", 0.7), ("co-designer", 0.3)])?,
//!     OrganizationSetup::playing("university", &[("researcher", 1.0)])?,
//! ]);
//! let core = world.profile("core", 40.0);
//! world.seat("director", 0, Level::Director, core);
//! world.seat("professor", 1, Level::Lead, core);
//! let mut partnership = Partnership::new(world, RunId::new(1, 1))?;
//! partnership.run(&Standard, &mut ())?;
//! assert!(partnership.ledger().done > 0.0);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use super::{
    About, Calendar, Level, OrganizationSetup, Profile, SeatSetup, Setup, Shock, ShockKind, Start,
    StartFrom,
};
use crate::parameters::Parameters;
use crate::roles::{MAX_ROLES, Mix, NoRepertoire, Repertoire, Role};

impl Start {
    /// Everybody holds this mix.
    pub fn at(mix: Mix) -> Self {
        Start { from: StartFrom::Mix(mix), weight: 1.0, scatter: 0.0 }
    }
}

impl OrganizationSetup {
    /// An organization that is, was agreed to be, and plays just these roles; each is familiar and
    /// visible. Shares are scaled to sum to one.
    ///
    /// # Errors
    /// If there are no roles or more than [`MAX_ROLES`], two of one name, or shares that are
    /// negative, not numbers, or all 0.
    pub fn playing(name: &str, roles: &[(&str, f64)]) -> Result<Self, NoRepertoire> {
        let role = |(name, _): &(&str, f64)| Role {
            name: (*name).into(),
            familiarity: 1.0,
            visibility: 1.0,
            publishable: 0.0,
            counted: true,
        };
        let repertoire = Repertoire::new(roles.iter().map(role).collect())?;
        let mut shares = [0.0; MAX_ROLES];
        shares.iter_mut().zip(roles).for_each(|(share, role)| *share = role.1);
        let mix = Mix::in_proportion(shares).ok_or(NoRepertoire::Shares)?;
        Ok(OrganizationSetup {
            name: name.into(),
            repertoire,
            works_for: Vec::new(),
            identity: mix,
            agreed: mix,
            enacted: mix,
            endurance: 0.99,
            capacity: 1.0,
            incentive: 0.0,
            tenure_track: 0.0,
            urgency: 0.0,
            reserve: 0.0,
            independence: 0.0,
            priorities: Vec::new(),
        })
    }

    /// A mix over its repertoire, by the names of roles; unknown names count for nothing, and
    /// `None` if nothing is left.
    pub fn mix(&self, roles: &[(&str, f64)]) -> Option<Mix> {
        let mut shares = [0.0; MAX_ROLES];
        for (name, share) in roles {
            if let Some(role) = self.repertoire.position(name) {
                shares[role] += share.max(0.0);
            }
        }
        Mix::in_proportion(shares)
    }
}

impl Setup {
    /// A year of monthly meetings between these organizations, nobody in them yet.
    pub fn of(mut organizations: Vec<OrganizationSetup>) -> Self {
        let count = organizations.len();
        organizations.iter_mut().for_each(|o| o.priorities.resize(count, None));
        Setup {
            parameters: Parameters::default(),
            calendar: Calendar {
                months: 12,
                meetings_per_month: 1,
                pauses: Vec::new(),
                first_month: 9,
                age: 0,
            },
            organizations,
            seats: Vec::new(),
            profiles: Vec::new(),
            shocks: Vec::new(),
            interventions: Vec::new(),
            funding: Default::default(),
        }
    }

    /// Adds people who hold every organization to be what was agreed, this surely; returns their
    /// place among the profiles.
    pub fn profile(&mut self, name: &str, certainty: f64) -> usize {
        let agreed = Start { from: StartFrom::Agreed, weight: 1.0, scatter: 0.0 };
        let about = About { expectation: agreed.clone(), conception: agreed, certainty };
        self.profiles.push(Profile {
            name: name.into(),
            firmness: 0.5,
            trust: 0.7,
            status: None,
            memory: None,
            tenure: 0.0,
            about: vec![about; self.organizations.len()],
        });
        self.profiles.len() - 1
    }

    /// Adds a seat on the team, held and later taken by people of one profile; returns its place.
    pub fn seat(&mut self, name: &str, organization: usize, level: Level, profile: usize) -> usize {
        self.seats.push(SeatSetup {
            name: name.into(),
            organization,
            level,
            team: true,
            head: false,
            status: 1.0,
            salary: 0.0,
            holder: Some(profile),
            successor: profile,
        });
        self.seats.len() - 1
    }

    /// Schedules a newcomer.
    pub fn newcomer(&mut self, name: &str, month: u32, seat: usize, profile: usize) {
        let kind = ShockKind::Arrive { seat, profile };
        self.shocks.push(Shock { name: name.into(), month, kind });
    }
}
