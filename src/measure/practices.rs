//! Six practices that district leaders advise, as far as a partnership shows them.
//!
//! The order is that of how many of 80 district leaders in three districts gave the advice
//! (Harrison, Davidson & Farrell 2017, Table 4). How often it is given is not how much it matters:
//! nothing is weighted by it. What stands for each practice is our reading.

use crate::ids::{Month, OrganizationId};
use crate::model::Partnership;
use crate::model::event::{Event, Moment, Watch};

/// A practice, the number of 80 leaders who advised it, and how it is read off a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Practice {
    /// Its name in tables.
    pub name: &'static str,
    /// The advice.
    pub advice: &'static str,
    /// Leaders, of 80, who gave it.
    pub advised_by: u32,
    /// What stands for it.
    pub indicator: &'static str,
    /// Its unit.
    pub unit: &'static str,
}

/// The six, the most advised first.
pub const PRACTICES: [Practice; 6] = [
    Practice {
        name: "benefit",
        advice: "benefit the district",
        advised_by: 57,
        indicator: "benefit felt by those that others work for, mean over months",
        unit: "benefit",
    },
    Practice {
        name: "transparency",
        advice: "be transparent",
        advised_by: 38,
        indicator: "part of the partners' acts that can be seen, mean over months",
        unit: "0 to 1",
    },
    Practice {
        name: "trust",
        advice: "develop trust",
        advised_by: 31,
        indicator: "trust of the clients' team members in those who work for them",
        unit: "0 to 1",
    },
    Practice {
        name: "engagement",
        advice: "plan for ongoing engagement",
        advised_by: 31,
        indicator: "share of months in which the team met",
        unit: "0 to 1",
    },
    Practice {
        name: "responsiveness",
        advice: "be flexible and responsive",
        advised_by: 28,
        indicator: "share of requests accepted; none if nothing was asked",
        unit: "0 to 1",
    },
    Practice {
        name: "context",
        advice: "understand the district's context",
        advised_by: 21,
        indicator: "1 - distance of what the partners' team takes a client to be from what it does",
        unit: "0 to 1",
    },
];

/// Follows the practices of a run.
#[derive(Clone, Debug, Default)]
pub struct PracticeLog {
    /// By practice: sum and count.
    seen: [(f64, f64); 6],
    met_in: Month,
}

impl PracticeLog {
    /// The mean of each over the run; none where there was nothing to see.
    pub fn means(&self) -> [Option<f64>; 6] {
        self.seen.map(|(sum, count)| (count > 0.0).then(|| sum / count))
    }

    fn see(&mut self, practice: usize, values: impl Iterator<Item = f64>) {
        let seen = &mut self.seen[practice];
        values.for_each(|value| *seen = (seen.0 + value, seen.1 + 1.0));
    }
}

impl Watch for PracticeLog {
    fn event(&mut self, at: Moment, event: &Event) {
        match event {
            Event::Meeting { .. } => self.met_in = at.month,
            Event::Request { accepted, .. } => {
                self.see(4, [f64::from(u8::from(*accepted))].into_iter());
            }
            _ => {}
        }
    }

    fn month(&mut self, p: &Partnership) {
        if !p.lived() {
            return;
        }
        let plans = &p.setup().organizations;
        let clients = || p.setup().organization_ids().filter(|o| p.is_client(*o));
        let partners = || p.setup().organization_ids().filter(|o| !plans[*o].works_for.is_empty());
        self.see(0, clients().map(|o| p.organizations()[o].benefit));
        self.see(
            1,
            partners().map(|o| {
                let roles = plans[o].repertoire.roles().iter();
                let shares = p.organizations()[o].enacted.shares();
                roles.zip(shares).map(|(role, share)| role.visibility * share).sum()
            }),
        );
        for (_, person) in p.team() {
            let home = person.organization;
            let works = |o: &OrganizationId| plans[*o].works_for.contains(&home);
            self.see(2, partners().filter(works).map(|o| person.views[o].trust));
            let served = plans[home].works_for.iter();
            let known = served.map(|client| {
                let view = &person.views[*client];
                let does = &p.organizations()[*client].enacted;
                1.0 - plans[*client].repertoire.distance(&view.conception, does)
            });
            self.see(5, known);
        }
        self.see(3, [f64::from(u8::from(self.met_in == p.last_month()))].into_iter());
    }
}
