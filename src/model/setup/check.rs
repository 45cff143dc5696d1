//! What is wrong with a setup, by the key under which a scenario file would say it.

use super::{
    MOST_CERTAINTY, MOST_MONEY, MOST_MONTHS, MOST_STATUS, OrganizationSetup, Setup, ShockKind,
    StartFrom,
};
use crate::ids::{Month, OrganizationId, ProfileId, SeatId};
use crate::parameters::TABLE;
use crate::roles::Mix;
use crate::streams::SeatKey;
use std::collections::BTreeSet;
use std::fmt::{self, Display};
use std::ops::RangeInclusive;

/// Something that is wrong with a setup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The key of a scenario file that says it: `organization.partner.works_for`.
    pub key: String,
    /// What is wrong.
    pub message: String,
    /// What is allowed; empty if the message says it.
    pub allowed: String,
    /// The likely correction; empty if there is none.
    pub help: String,
}

impl Fault {
    fn new(key: String, message: String) -> Self {
        Fault { key, message, allowed: String::new(), help: String::new() }
    }

    fn allowed(self, allowed: impl Into<String>) -> Self {
        Fault { allowed: allowed.into(), ..self }
    }

    fn help(self, help: impl Into<String>) -> Self {
        Fault { help: help.into(), ..self }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.allowed.is_empty() {
            true => write!(f, "{}", self.message),
            false => write!(f, "{}; allowed: {}", self.message, self.allowed),
        }
    }
}

const UNIT: RangeInclusive<f64> = 0.0..=1.0;
const MONEY: RangeInclusive<f64> = 0.0..=MOST_MONEY;
const MONTHS: RangeInclusive<u32> = 1..=MOST_MONTHS;

/// A part of a setup, whose faults are noted under its key. Nothing is put into words unless
/// something is wrong.
struct Part<'a> {
    faults: &'a mut Vec<Fault>,
    kind: &'static str,
    name: &'a str,
}

impl Part<'_> {
    fn hold(&mut self, law: bool, what: &str, says: &str) {
        if !law {
            let Part { kind, name, .. } = self;
            let dotted =
                |part: &str| if part.is_empty() { String::new() } else { format!(".{part}") };
            let key = format!("{kind}{}{}", dotted(name), dotted(what));
            let whose = if name.is_empty() { String::new() } else { format!(" {name}") };
            self.faults.push(Fault::new(key, format!("{kind}{whose}: {says}")));
        }
    }

    fn number<T: PartialOrd + Display>(&mut self, what: &str, value: T, range: RangeInclusive<T>) {
        if !range.contains(&value) {
            let (low, high) = (range.start(), range.end());
            self.hold(false, what, &format!("{what} is {value}; allowed is {low} to {high}"));
        }
    }
}

impl Setup {
    /// What is wrong with this setup; empty if nothing is.
    ///
    /// The one list of what a partnership can be founded from: [`Partnership::new`] asks it, and
    /// so does the reader of scenarios, which adds file and line. A scenario must moreover say who
    /// can attend and where money comes from that is needed; a twin without its shocks, or a run
    /// that draws no reserve, may lack them and lives all the same.
    ///
    /// [`Partnership::new`]: crate::model::Partnership::new
    pub fn check(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        self.parameter_faults(&mut faults);
        self.calendar_faults(&mut faults);
        self.organization_faults(&mut faults);
        self.seat_faults(&mut faults);
        self.profile_faults(&mut faults);
        self.intervention_faults(&mut faults);
        self.funding_faults(&mut faults);
        self.shock_faults(&mut faults);
        self.names_used_twice(&mut faults);
        self.mixes_beyond_repertoires(&mut faults);
        // Asked only of a setup whose parts refer to one another.
        if faults.is_empty() {
            self.faults_of_the_whole(&mut faults);
        }
        faults
    }

    /// What is wrong with its shocks; the rest was checked before.
    pub(in crate::model) fn check_shocks(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        self.shock_faults(&mut faults);
        self.mixes_beyond_repertoires(&mut faults);
        faults
    }

    fn parameter_faults(&self, faults: &mut Vec<Fault>) {
        let mut parameters = self.parameters.clone();
        for row in TABLE {
            let Some(&mut value) = parameters.get_mut(row.key) else { continue };
            if !(row.low..=row.high).contains(&value) || (row.whole && value != value.trunc()) {
                let whole = if row.whole { ", whole" } else { "" };
                let allowed = format!("{} to {}{whole}", row.low, row.high);
                let message = format!("{} is {value}; allowed is {allowed}", row.key);
                faults.push(Fault::new(row.key.into(), message));
            }
        }
        for conflict in self.parameters.conflicts() {
            let key = conflict.keys.first().copied().unwrap_or_default();
            faults.push(Fault::new(key.into(), conflict.message));
        }
    }

    fn calendar_faults(&self, faults: &mut Vec<Fault>) {
        let calendar = &self.calendar;
        let mut part = Part { faults, kind: "calendar", name: "" };
        part.number("months", calendar.months, MONTHS);
        part.number("meetings_per_month", calendar.meetings_per_month, 0..=31);
        part.number("first_month", calendar.first_month, 1..=12);
        part.number("age", calendar.age, 0..=MOST_MONTHS);
        calendar.pauses.iter().for_each(|month| part.number("pauses", *month, 1..=12));
    }

    fn organization_faults(&self, faults: &mut Vec<Fault>) {
        let count = self.organizations.len();
        let mut all = Part { faults: &mut *faults, kind: "organization", name: "" };
        all.hold(count >= 2, "", "a partnership needs at least two");
        all.hold(count <= 255, "", "there are at most 255");
        for (place, o) in OrganizationId::each(&self.organizations) {
            let mut part = Part { faults: &mut *faults, kind: "organization", name: &o.name };
            let known = o.works_for.iter().all(|client| self.has_organization(*client));
            part.hold(known, "works_for", "works for nobody known");
            let itself = o.works_for.contains(&place);
            part.hold(!itself, "works_for", "cannot work for itself");
            part.number("endurance", o.endurance, UNIT);
            part.number("incentive", o.incentive, UNIT);
            part.number("tenure_track", o.tenure_track, UNIT);
            part.number("urgency", o.urgency, UNIT);
            part.number("independence", o.independence, UNIT);
            part.number("capacity", o.capacity, 0.0..=2.0);
            part.number("reserve", o.reserve, MONEY);
            let wishes = o.priorities.len() == count;
            part.hold(wishes, "wants", "needs one entry in its priorities for each organization");
        }
    }

    fn seat_faults(&self, faults: &mut Vec<Fault>) {
        let seats = self.seats.len();
        let mut all = Part { faults: &mut *faults, kind: "seat", name: "" };
        all.hold((1..=65_535).contains(&seats), "", "a partnership has 1 to 65,535");
        for seat in &self.seats {
            let mut part = Part { faults: &mut *faults, kind: "seat", name: &seat.name };
            let home = self.has_organization(seat.organization);
            part.hold(home, "organization", "there is no such organization");
            part.number("status", seat.status, 0.0..=MOST_STATUS);
            part.number("attendance", seat.attendance.unwrap_or(0.0), UNIT);
            part.number("salary", seat.salary, MONEY);
            let held = seat.holder.is_none_or(|profile| self.has_profile(profile));
            part.hold(held, "holder", "there is no such profile");
            let followed = self.has_profile(seat.successor);
            part.hold(followed, "successor", "there is no such profile");
        }
    }

    fn profile_faults(&self, faults: &mut Vec<Fault>) {
        for profile in &self.profiles {
            let mut part = Part { faults: &mut *faults, kind: "profile", name: &profile.name };
            part.number("trust", profile.trust, UNIT);
            part.number("tenure", profile.tenure, 0.0..=f64::from(MOST_MONTHS));
            let whole = profile.tenure == profile.tenure.trunc();
            part.hold(whole || profile.tenure.is_nan(), "tenure", "tenure is in whole months");
            let status = profile.status.unwrap_or(0.0);
            part.number("status", status, 0.0..=MOST_STATUS);
            part.number("retention", profile.retention.unwrap_or(0.0), UNIT);
            let all = profile.about.len() == self.organizations.len();
            part.hold(all, "about", "needs one entry in `about` for each organization");
            for about in &profile.about {
                part.number("certainty", about.certainty, 0.0..=MOST_CERTAINTY);
                for start in [&about.expectation, &about.conception] {
                    part.number("scatter", start.scatter, UNIT);
                    part.number("weight", start.weight, UNIT);
                }
            }
        }
    }

    fn intervention_faults(&self, faults: &mut Vec<Fault>) {
        for (place, i) in self.interventions.iter().enumerate() {
            let mut part = Part { faults: &mut *faults, kind: "intervention", name: &i.name };
            let twice = self.interventions[..place].iter().any(|other| other.doubles(i));
            part.hold(!twice, "from", "another of its kind is on in the same month");
            part.number("from", i.from.0, MONTHS);
            part.number("until", i.until.0, MONTHS);
            part.hold(i.from <= i.until, "until", "ends before it begins");
            part.number("staff", i.cost.staff, UNIT);
            part.number("agenda", i.cost.agenda, UNIT);
            part.number("price_once", i.cost.once, MONEY);
            part.number("price_month", i.cost.month, MONEY);
            part.number("price_year", i.cost.year, MONEY);
            part.number("price_occasion", i.cost.occasion, MONEY);
        }
    }

    fn funding_faults(&self, faults: &mut Vec<Fault>) {
        let mut prices = Part { faults: &mut *faults, kind: "money", name: "" };
        prices.number("upkeep", self.funding.upkeep, MONEY);
        prices.number("meeting", self.funding.meeting, MONEY);
        let grants = &self.funding.grants;
        for (place, g) in grants.iter().enumerate() {
            let mut part = Part { faults: &mut *faults, kind: "grant", name: &g.name };
            part.number("amount", g.amount, MONEY);
            part.number("from", g.from.0, MONTHS);
            part.number("months", g.months, MONTHS);
            part.number("gap", g.gap, 0..=MOST_MONTHS);
            part.number("alignment", g.alignment, UNIT);
            part.number("renewal", g.renewal, UNIT);
            let known = g.payees.iter().all(|(payee, _)| self.has_organization(*payee));
            part.hold(known, "payees", "a payee is no organization");
            g.payees.iter().for_each(|(_, share)| part.number("payees", *share, UNIT));
            let shares: f64 = g.payees.iter().map(|(_, share)| share).sum();
            let whole = (shares - 1.0).abs() <= 1e-6;
            part.hold(whole, "payees", "the shares of its payees must sum to 1");
            let excluded = grants[..place].iter().any(|other| other.excludes(g));
            let why = "an exclusive grant pays the same organization in these months";
            part.hold(!excluded, "exclusive", why);
        }
    }

    fn shock_faults(&self, faults: &mut Vec<Fault>) {
        for shock in &self.shocks {
            let mut part = Part { faults: &mut *faults, kind: "shock", name: &shock.name };
            let (month, horizon) = (shock.month.0, self.calendar.months);
            if !(1..=horizon).contains(&month) {
                let allowed = format!("allowed is 1 to {horizon} (calendar.months)");
                let says = format!("month {month} lies beyond the horizon; {allowed}");
                part.hold(false, "month", &says);
            }
            let known = match &shock.kind {
                &ShockKind::Arrive { seat, profile } => {
                    self.has_seat(seat) && self.has_profile(profile)
                }
                &ShockKind::Leave { seat } => self.has_seat(seat),
                ShockKind::Counterpart { leave, join } => {
                    leave.iter().chain(join).all(|seat| self.has_seat(*seat))
                }
                &ShockKind::Policy { organization, about, step, .. } => {
                    part.number("step", step, UNIT);
                    self.has_organization(organization) && self.has_organization(about)
                }
            };
            part.hold(known, "", "names a seat, profile or organization that is not there");
        }
    }

    fn has_organization(&self, organization: OrganizationId) -> bool {
        organization.0 < self.organizations.len()
    }

    fn has_seat(&self, seat: SeatId) -> bool {
        seat.0 < self.seats.len()
    }

    fn has_profile(&self, profile: ProfileId) -> bool {
        profile.0 < self.profiles.len()
    }

    /// Names that two organizations or two seats have in common. Seats are known by their names
    /// among the random streams, where `office.1` is `office`.
    fn names_used_twice(&self, faults: &mut Vec<Fault>) {
        let mut twice = |what: &str, names: Vec<&str>| {
            let mut seen = BTreeSet::new();
            let again: BTreeSet<&str> = names.into_iter().filter(|n| !seen.insert(*n)).collect();
            for name in again {
                let message = format!("two {what}s are called {name}");
                faults.push(Fault::new(format!("{what}.{name}"), message));
            }
        };
        twice("organization", self.organizations.iter().map(|o| o.name.as_str()).collect());
        twice("seat", self.seats.iter().map(|seat| SeatKey::first_of(&seat.name)).collect());
    }

    /// Mixes that give a share to a role that the organization does not have.
    fn mixes_beyond_repertoires(&self, faults: &mut Vec<Fault>) {
        let mut held = |o: OrganizationId, mix: &Mix, key: &dyn Fn() -> String| {
            if !self.organizations.get(o.0).is_some_and(|plan| plan.repertoire.holds(mix)) {
                let message = format!("{}: a mix has roles that the repertoire has not", key());
                faults.push(Fault::new(key(), message));
            }
        };
        for (o, plan) in OrganizationId::each(&self.organizations) {
            let own = [
                ("identity", &plan.identity),
                ("agreed", &plan.agreed),
                ("enacted", &plan.enacted),
            ];
            for (what, mix) in own {
                held(o, mix, &|| format!("organization.{}.{what}", plan.name));
            }
            for (other, mix) in OrganizationId::each(&plan.priorities) {
                if let Some(mix) = mix {
                    held(other, mix, &|| format!("organization.{}.wants", plan.name));
                }
            }
        }
        for profile in &self.profiles {
            for (o, about) in OrganizationId::each(&profile.about) {
                for start in [&about.expectation, &about.conception] {
                    if let StartFrom::Mix(mix) = &start.from {
                        held(o, mix, &|| format!("profile.{}.about", profile.name));
                    }
                }
            }
        }
        for shock in &self.shocks {
            if let ShockKind::Policy { about, priorities, .. } = &shock.kind {
                held(*about, priorities, &|| format!("shock.{}.wants", shock.name));
            }
        }
    }

    /// What is wrong though every part is sound: nobody meets, or somebody has no place.
    fn faults_of_the_whole(&self, faults: &mut Vec<Fault>) {
        let calendar = &self.calendar;
        if !(1..=calendar.months.min(12)).any(|month| calendar.meetings_in(Month(month)) > 0) {
            let message = "no meeting is ever held".to_owned();
            faults.push(
                Fault::new("calendar".into(), message)
                    .allowed("at least one month of the horizon with a meeting"),
            );
        }
        for OrganizationSetup { name, .. } in self.without_seats() {
            faults.push(
                Fault::new(
                    format!("organization.{name}"),
                    format!("organization `{name}` has no seats"),
                )
                .allowed("at least one seat for every organization")
                .help(format!(
                    "add a seat with organization = \"{name}\", and team = true if it comes to the meetings, or leave `{name}` out"
                )),
            );
        }
        for OrganizationSetup { name, .. } in self.without_partner() {
            let others = self.organizations.iter().filter(|other| other.name != *name);
            let others: Vec<String> = others.map(|other| format!("\"{}\"", other.name)).collect();
            faults.push(
                Fault::new(
                    format!("organization.{name}"),
                    format!("organization `{name}` is nobody's partner: it works for nobody, and nobody works for it"),
                )
                .allowed("among three or more organizations, each works for another or is worked for")
                .help(format!(
                    "write works_for = [{}] in [organization.{name}] if it is the partner or hub, or add \"{name}\" to the works_for of who is",
                    others.join(", ")
                )),
            );
        }
    }

    /// Organizations that nobody can ever belong to.
    fn without_seats(&self) -> impl Iterator<Item = &OrganizationSetup> {
        let seated: BTreeSet<OrganizationId> =
            self.seats.iter().map(|seat| seat.organization).collect();
        let all = OrganizationId::each(&self.organizations);
        all.filter(move |(o, _)| !seated.contains(o)).map(|(_, plan)| plan)
    }

    /// Among three or more, organizations that neither work for another nor are worked for: nobody
    /// asks anything of them, and they would settle their role alone. Of two, each is the other's
    /// partner in any case.
    fn without_partner(&self) -> impl Iterator<Item = &OrganizationSetup> {
        let all = &self.organizations;
        let alone = |o: OrganizationId| {
            let served = all.iter().any(|other| other.works_for.contains(&o));
            all.len() > 2 && all[o].works_for.is_empty() && !served
        };
        OrganizationId::each(all).filter(move |(o, _)| alone(*o)).map(|(_, plan)| plan)
    }

    /// Whether somebody of an organization is on the team at the start, or joins it by a shock.
    pub(crate) fn can_attend(&self, organization: OrganizationId) -> bool {
        let arrives = |seat: SeatId| {
            let takes = |kind: &ShockKind| matches!(kind, ShockKind::Arrive { seat: taken, .. } if *taken == seat);
            self.shocks.iter().any(|shock| takes(&shock.kind))
        };
        let joins = |seat: SeatId| {
            let joined = |kind: &ShockKind| matches!(kind, ShockKind::Counterpart { join, .. } if join.contains(&seat));
            self.shocks.iter().any(|shock| joined(&shock.kind))
        };
        let seats = SeatId::each(&self.seats).filter(|(_, s)| s.organization == organization);
        let mut members = seats.filter(|(place, seat)| seat.team || joins(*place));
        members.any(|(place, seat)| seat.holder.is_some() || arrives(place) || joins(place))
    }
}
