//! What is wrong with a setup that was built in code, in words.

use super::setup::{From, MOST_MONTHS, MOST_STATUS, OrganizationSetup, Setup, ShockKind};
use crate::parameters::TABLE;
use crate::roles::Mix;
use crate::streams::SeatKey;
use std::collections::BTreeSet;

fn is_money(amount: f64) -> bool {
    amount.is_finite() && amount >= 0.0
}

impl Setup {
    /// What is wrong with this setup, in words; empty if nothing is.
    ///
    /// The scenario reader reports the same faults with file and line; this is for setups built
    /// in code, so that [`crate::model::Partnership::found`] never has to panic.
    pub fn check(&self) -> Vec<String> {
        let mut faults = Vec::new();
        let mut parameters = self.parameters.clone();
        for row in TABLE {
            if let Some(&mut value) = parameters.get_mut(row.key)
                && (!(row.low..=row.high).contains(&value) || (row.whole && value != value.trunc()))
            {
                faults.push(format!(
                    "{} is {value}; allowed is {} to {}{}",
                    row.key,
                    row.low,
                    row.high,
                    if row.whole { ", whole" } else { "" }
                ));
            }
        }
        faults.extend(self.parameters.conflicts().into_iter().map(|c| c.message));
        faults.extend(self.structure_faults());
        faults.extend(self.without_seats().map(|o| format!("{} has no seats", o.name)));
        faults.extend(
            self.without_partner()
                .map(|o| format!("{}: works for nobody, and nobody works for it", o.name)),
        );
        faults.extend(self.names_used_twice());
        faults.extend(self.mixes_beyond_repertoires());
        faults
    }

    /// Organizations that nobody can ever belong to.
    pub(crate) fn without_seats(&self) -> impl Iterator<Item = &OrganizationSetup> {
        let seats = |o: usize| self.seats.iter().filter(|seat| seat.organization == o).count();
        let all = self.organizations.iter().enumerate();
        all.filter(move |(o, _)| seats(*o) == 0).map(|(_, plan)| plan)
    }

    /// Among three or more, organizations that neither work for another nor are worked for: nobody
    /// asks anything of them, and they would settle their role alone. Of two, each is the other's
    /// partner in any case.
    pub(crate) fn without_partner(&self) -> impl Iterator<Item = &OrganizationSetup> {
        let all = &self.organizations;
        let alone = |o: usize| {
            let served = all.iter().any(|other| other.works_for.contains(&o));
            all.len() > 2 && all[o].works_for.is_empty() && !served
        };
        all.iter().enumerate().filter(move |(o, _)| alone(*o)).map(|(_, plan)| plan)
    }

    /// Names that two organizations or two seats have in common. Seats are known by their names
    /// among the random streams, where `office.1` is `office`.
    fn names_used_twice(&self) -> Vec<String> {
        let twice = |what: &str, names: Vec<&str>| {
            let mut seen = BTreeSet::new();
            let again: BTreeSet<&str> = names.into_iter().filter(|n| !seen.insert(*n)).collect();
            again.into_iter().map(|n| format!("two {what} are called {n}")).collect::<Vec<_>>()
        };
        let organizations = self.organizations.iter().map(|o| o.name.as_str()).collect();
        let seats = self.seats.iter().map(|seat| SeatKey::first_of(&seat.name)).collect();
        [twice("organizations", organizations), twice("seats", seats)].concat()
    }

    /// Mixes that give a share to a role that the organization does not have.
    fn mixes_beyond_repertoires(&self) -> Vec<String> {
        let mut held: Vec<(usize, &Mix, String)> = Vec::new();
        for (o, plan) in self.organizations.iter().enumerate() {
            let own = [&plan.identity, &plan.agreed, &plan.enacted];
            held.extend(own.map(|mix| (o, mix, plan.name.clone())));
            let wanted = plan.priorities.iter().enumerate();
            held.extend(
                wanted.filter_map(|(other, mix)| Some((other, mix.as_ref()?, plan.name.clone()))),
            );
        }
        for profile in &self.profiles {
            for (o, about) in profile.about.iter().enumerate() {
                for start in [&about.expectation, &about.conception] {
                    if let From::Mix(mix) = &start.from {
                        held.push((o, mix, format!("profile {}", profile.name)));
                    }
                }
            }
        }
        for shock in &self.shocks {
            if let ShockKind::Policy { about, priorities, .. } = &shock.kind {
                held.push((*about, priorities, format!("shock {}", shock.name)));
            }
        }
        let beyond = |(o, mix, _): &(usize, &Mix, String)| {
            let roles = self.organizations.get(*o).map_or(0, |plan| plan.repertoire.roles().len());
            mix.shares()[roles..].iter().any(|share| *share != 0.0)
        };
        let beyond = held.into_iter().filter(beyond);
        beyond
            .map(|(_, _, whose)| format!("{whose}: a mix has roles that the repertoire has not"))
            .collect()
    }

    fn structure_faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        let mut fault = |bad: bool, text: String| {
            if bad {
                faults.push(text);
            }
        };
        let (organizations, seats) = (self.organizations.len(), self.seats.len());
        let unit = 0.0..=1.0;
        fault(organizations < 2, "a partnership needs at least two organizations".into());
        fault(organizations > 255, "at most 255 organizations".into());
        fault(seats == 0, "a partnership needs seats".into());
        fault(seats > 65_535, "at most 65,535 seats".into());
        let calendar = &self.calendar;
        fault(
            !(1..=MOST_MONTHS).contains(&calendar.months),
            format!("months is {}; allowed is 1 to {MOST_MONTHS}", calendar.months),
        );
        fault(calendar.meetings_per_month > 31, "at most 31 meetings a month".into());
        fault(!(1..=12).contains(&calendar.first_month), "first_month must be 1 to 12".into());
        fault(calendar.age > MOST_MONTHS, format!("age is at most {MOST_MONTHS} months"));
        for o in &self.organizations {
            let n = &o.name;
            fault(
                o.works_for.iter().any(|w| *w >= organizations),
                format!("{n}: works for nobody known"),
            );
            fault(!unit.contains(&o.endurance), format!("{n}: endurance must be 0 to 1"));
            fault(!(0.0..=2.0).contains(&o.capacity), format!("{n}: capacity must be 0 to 2"));
            fault(!unit.contains(&o.incentive), format!("{n}: incentive must be 0 to 1"));
            fault(!unit.contains(&o.tenure_track), format!("{n}: tenure_track must be 0 to 1"));
            fault(!unit.contains(&o.urgency), format!("{n}: urgency must be 0 to 1"));
            fault(!is_money(o.reserve), format!("{n}: reserve must be 0 or more"));
            fault(!unit.contains(&o.independence), format!("{n}: independence must be 0 to 1"));
            fault(
                o.priorities.len() != organizations,
                format!("{n}: one priority entry an organization"),
            );
        }
        for s in &self.seats {
            let n = &s.name;
            fault(s.organization >= organizations, format!("seat {n}: no such organization"));
            fault(
                !(0.0..=MOST_STATUS).contains(&s.status),
                format!("seat {n}: status must be 0 to {MOST_STATUS}"),
            );
            fault(!is_money(s.salary), format!("seat {n}: salary must be 0 or more"));
            let profiles = s.holder.into_iter().chain([s.successor]);
            fault(
                profiles.into_iter().any(|p| p >= self.profiles.len()),
                format!("seat {n}: no such profile"),
            );
        }
        for p in &self.profiles {
            let n = &p.name;
            fault(!unit.contains(&p.firmness), format!("profile {n}: firmness must be 0 to 1"));
            fault(!unit.contains(&p.trust), format!("profile {n}: trust must be 0 to 1"));
            fault(
                !(0.0..=f64::from(MOST_MONTHS)).contains(&p.tenure),
                format!("profile {n}: tenure must be 0 to {MOST_MONTHS} months"),
            );
            fault(
                p.status.is_some_and(|s| !(0.0..=MOST_STATUS).contains(&s)),
                format!("profile {n}: status must be 0 to {MOST_STATUS}"),
            );
            let number = |x: f64| x.is_finite() && x >= 0.0;
            fault(
                p.memory.is_some_and(|m| !number(m)),
                format!("profile {n}: memory must be 0 or more"),
            );
            fault(
                p.about.len() != organizations,
                format!("profile {n}: one `about` an organization"),
            );
            fault(
                p.about.iter().any(|a| {
                    !number(a.certainty)
                        || [&a.expectation, &a.conception]
                            .iter()
                            .any(|s| !unit.contains(&s.scatter) || !unit.contains(&s.weight))
                }),
                format!("profile {n}: certainty must be 0 or more, scatter and weight 0 to 1"),
            );
        }
        for (place, i) in self.interventions.iter().enumerate() {
            let n = &i.name;
            fault(
                self.interventions[..place].iter().any(|other| other.doubles(i)),
                format!("intervention {n}: another of its kind is on in the same month"),
            );
            fault(
                i.from < 1 || i.from > i.until || i.until > MOST_MONTHS,
                format!(
                    "intervention {n}: months must run from 1 or later to {MOST_MONTHS} or earlier"
                ),
            );
            fault(
                !unit.contains(&i.cost.staff) || !unit.contains(&i.cost.agenda),
                format!("intervention {n}: the shares it takes must be 0 to 1"),
            );
            let prices = [i.cost.once, i.cost.month, i.cost.occasion];
            fault(
                !prices.into_iter().all(is_money),
                format!("intervention {n}: prices must be 0 or more"),
            );
        }
        let funding = &self.funding;
        fault(!is_money(funding.upkeep), "the price of upkeep must be 0 or more".into());
        fault(!is_money(funding.meeting), "the price of a meeting must be 0 or more".into());
        for (place, g) in funding.grants.iter().enumerate() {
            let n = &g.name;
            fault(!is_money(g.amount), format!("grant {n}: amount must be 0 or more"));
            fault(
                g.from < 1 || !(1..=MOST_MONTHS).contains(&g.months) || g.gap > MOST_MONTHS,
                format!(
                    "grant {n}: from must be 1 or later, months 1 to {MOST_MONTHS}, gap at most that"
                ),
            );
            fault(!unit.contains(&g.alignment), format!("grant {n}: alignment must be 0 to 1"));
            fault(!unit.contains(&g.renewal), format!("grant {n}: renewal must be 0 to 1"));
            let shares: f64 = g.payees.iter().map(|(_, share)| share).sum();
            fault(
                g.payees.iter().any(|(o, share)| *o >= organizations || !unit.contains(share))
                    || (shares - 1.0).abs() > 1e-6,
                format!("grant {n}: payees must be organizations, with shares that sum to 1"),
            );
            fault(
                funding.grants[..place].iter().any(|other| other.excludes(g)),
                format!("grant {n}: an exclusive grant pays the same organization in these months"),
            );
        }
        for s in &self.shocks {
            fault(
                !(1..=calendar.months).contains(&s.month),
                format!(
                    "shock {}: month {} lies beyond the horizon; allowed is 1 to {} (calendar.months)",
                    s.name, s.month, calendar.months
                ),
            );
            let known = match &s.kind {
                ShockKind::Arrive { seat, profile } => {
                    *seat < seats && *profile < self.profiles.len()
                }
                ShockKind::Leave { seat } => *seat < seats,
                ShockKind::Counterpart { leave, join } => {
                    leave.iter().chain(join).all(|s| *s < seats)
                }
                ShockKind::Policy { organization, about, step, .. } => {
                    *organization < organizations && *about < organizations && unit.contains(step)
                }
            };
            fault(
                !known,
                format!(
                    "shock {}: names a seat, profile or organization that is not there",
                    s.name
                ),
            );
        }
        faults
    }
}
