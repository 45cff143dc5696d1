//! A setup as the file that says it, so that one made in code is read like any other.

use super::kind::{Organization, Other, Profile, Seat, Shock};
use super::literal::{by_role, list, table};
use super::{Builder, Literal, Part};
use crate::ids::{OrganizationId, ProfileId, RoleId, SeatId};
use crate::model::Setup;
use crate::model::setup::{Funding, Purpose, SeatSetup, ShockKind, Start, StartFrom};
use crate::parameters::TABLE;
use crate::roles::{Mix, Repertoire};
use crate::scenario::World;
use crate::scenario::document::{Problem, Problems};
use crate::scenario::read::{
    COSTS, OF_A_GRANT, OF_AN_ORGANIZATION, PAID_FOR, PRICES, Row, priced, problem_of,
};
use std::collections::{BTreeMap, BTreeSet};

impl World {
    /// A world that starts from a setup made in code. Its organizations, profiles, seats and what
    /// is scheduled stand in the order in which a file has them (that of their names), and its runs
    /// are those of the file that [`World::to_toml`] writes. Prices are in a currency called
    /// `units`, since a setup names none; a likeness of roles is kept to twelve digits.
    ///
    /// ```
    /// use rppsim::scenario::World;
    /// let mut setup = World::open("quiet")?.template().clone();
    /// setup.seats[0].status = 3.0;
    /// let world = World::from_setup("high-status", &setup)?;
    /// assert_eq!(world.template().seats[0].status, 3.0);
    /// assert!(world.to_toml().contains("status = 3.0"));
    /// # Ok::<(), rppsim::scenario::document::Problems>(())
    /// ```
    ///
    /// # Errors
    /// Every problem found: what [`Setup::check`] finds, and what a file cannot say or would be
    /// refused for, such as two profiles of one name, a name that is no name, an intervention that
    /// begins beyond the horizon, or a partnership in which nobody can meet.
    pub fn from_setup(name: &str, setup: &Setup) -> Result<World, Problems> {
        let mut problems = Problems::new();
        setup.check().into_iter().for_each(|fault| problems.push(problem_of(fault)));
        twice("profile", setup.profiles.iter().map(|profile| &profile.name), &mut problems);
        twice("shock", setup.shocks.iter().map(|shock| &shock.name), &mut problems);
        let interventions = setup.interventions.iter().map(|intervention| &intervention.name);
        twice("intervention", interventions, &mut problems);
        twice("grant", setup.funding.grants.iter().map(|grant| &grant.name), &mut problems);
        problems.into_result(())?;
        let builder = said(name, setup);
        let all = builder.table.borrow().clone();
        let world = builder.finish()?;
        // Whatever a setup comes to hold that a file cannot say would show here.
        if !said(name, &world.template).table.borrow().same_content(&all) {
            return Err(Problem::new("a scenario file cannot say all of this setup").into());
        }
        Ok(world)
    }
}

fn twice<'a>(what: &str, names: impl Iterator<Item = &'a String>, problems: &mut Problems) {
    let mut seen = BTreeSet::new();
    for name in names.filter(|name| !seen.insert(*name)) {
        problems.push(Problem::new(format!("two {what}s are called `{name}`")));
    }
}

/// The setup in the words of a file. What has the value that a file need not state is left out.
fn said(name: &str, setup: &Setup) -> Builder {
    let w = Builder::new(name);
    let usual = Setup::default();
    for row in TABLE {
        let value = |setup: &Setup| setup.parameters.clone().get_mut(row.key).copied();
        if let Some(value) = value(setup).filter(|_| value(setup) != value(&usual)) {
            w.set(row.key, number(value, row.whole));
        }
    }
    let calendar = &setup.calendar;
    w.set("calendar.months", calendar.months);
    w.set("calendar.meetings_per_month", calendar.meetings_per_month);
    w.set("calendar.pauses", list(calendar.pauses.iter().copied()));
    w.set("calendar.first_month", calendar.first_month);
    w.set("calendar.age", calendar.age);
    organizations(&w, setup);
    people(&w, setup);
    schedule(&w, setup);
    let paid_for = |place: &fn(&mut Funding) -> &mut f64| *place(&mut setup.funding.clone());
    for (key, _, place) in PAID_FOR.iter().filter(|(_, _, place)| paid_for(place) > 0.0) {
        w.set(&format!("money.{key}"), paid_for(place));
    }
    let counted = priced(&w.table.borrow()).is_some() || w.said(&["money".to_owned()]).is_some();
    if counted {
        w.set("money.currency", "units");
    }
    w
}

fn number(value: f64, whole: bool) -> Literal {
    if whole { (value as i64).into() } else { value.into() }
}

/// Shares by role, in the order of the roles' names.
fn shares(mix: &Mix, repertoire: &Repertoire) -> Literal {
    let roles = repertoire.roles().iter().map(|role| role.name.as_str());
    let all = roles.zip(mix.shares().iter().copied());
    let given: BTreeMap<&str, f64> = all.filter(|(_, share)| *share != 0.0).collect();
    by_role(given)
}

impl<Kind: Copy> Part<'_, Kind> {
    /// Sets the numbers of a part of the setup; a price of nothing is not told.
    fn numbers<Of: Clone>(self, rows: &[Row<Of>], of: &Of) -> Self {
        let mut of = of.clone();
        for (key, _, place) in rows {
            let value = *place(&mut of);
            if value != 0.0 || !PRICES.contains(key) {
                self.set(key, value);
            }
        }
        self
    }
}

fn organizations(w: &Builder, setup: &Setup) {
    for o in &setup.organizations {
        let part = w.part::<Organization>("organization", &o.name);
        for role in o.repertoire.roles() {
            let set = |key: &str, value: Literal| {
                w.put(part.below(&["role", &role.name, key]), value.0);
            };
            set("familiarity", role.familiarity.into());
            set("visibility", role.visibility.into());
            set("publishable", role.publishable.into());
            set("counted", role.counted.into());
        }
        part.set("identity", shares(&o.identity, &o.repertoire))
            .set("agreed", shares(&o.agreed, &o.repertoire))
            .set("enacted", shares(&o.enacted, &o.repertoire))
            .set("similar", similar(&o.repertoire))
            .set(
                "works_for",
                list(o.works_for.iter().map(|o| setup.organizations[*o].name.as_str())),
            )
            .numbers(OF_AN_ORGANIZATION, o);
        for (other, wanted) in setup.organizations.iter().zip(&o.priorities) {
            if let Some(wanted) = wanted {
                let wanted = shares(wanted, &other.repertoire);
                w.put(part.below(&["wants", &other.name]), wanted.0);
            }
        }
    }
}

/// Pairs of roles that are alike.
fn similar(repertoire: &Repertoire) -> Literal {
    let mut roles: Vec<_> = RoleId::each(repertoire.roles()).collect();
    roles.sort_by_key(|(_, role)| &role.name);
    let mut pairs = Vec::new();
    for (place, (b, second)) in roles.iter().enumerate() {
        for (a, first) in &roles[..place] {
            let likeness = repertoire.likeness(*a, *b);
            if likeness > 0.0 {
                let digits = (likeness * 1e12).round() / 1e12;
                let [first, second] = [first, second].map(|role| Literal::from(role.name.as_str()));
                pairs.push(list([first, second, digits.into()]));
            }
        }
    }
    list(pairs)
}

fn people(w: &Builder, setup: &Setup) {
    for profile in &setup.profiles {
        let part = w.part::<Profile>("profile", &profile.name);
        let part = part.set("trust", profile.trust);
        let part = part.set("tenure", profile.tenure as i64);
        let may_be = [("status", profile.status), ("retention", profile.retention)];
        for (key, value) in may_be {
            value.into_iter().for_each(|value| {
                part.set(key, value);
            });
        }
        for (o, about) in setup.organizations.iter().zip(&profile.about) {
            let set = |key: &str, value: Literal| {
                w.put(part.below(&["about", &o.name, key]), value.0);
            };
            set("expectation", start(&about.expectation, &o.repertoire));
            set("conception", start(&about.conception, &o.repertoire));
            set("certainty", about.certainty.into());
        }
    }
    for (name, count, seat) in tables_of_seats(&setup.seats) {
        let profile = |place: ProfileId| setup.profiles[place].name.as_str();
        let part = w.part::<Seat>("seat", name);
        if count > 1 {
            part.set("count", count);
        }
        part.set("organization", setup.organizations[seat.organization].name.as_str())
            .set("level", seat.level.word())
            .set("team", seat.team)
            .set("head", seat.head)
            .set("status", seat.status)
            .successor(profile(seat.successor));
        if let Some(attendance) = seat.attendance {
            part.set("attendance", attendance);
        }
        if seat.salary != 0.0 {
            part.set("salary", seat.salary);
        }
        match seat.holder {
            Some(holder) => part.holder(profile(holder)),
            None => part.set("vacant", true),
        };
    }
}

/// Seats by the tables that say them: NAME.1, NAME.2 and so on, if alike, are one with a `count`.
fn tables_of_seats(seats: &[SeatSetup]) -> Vec<(&str, u32, &SeatSetup)> {
    let by_name: BTreeMap<&str, &SeatSetup> = seats.iter().map(|s| (s.name.as_str(), s)).collect();
    let nth = |first: &SeatSetup, base: &str, n: u32| {
        let seat = by_name.get(format!("{base}.{n}").as_str()).copied()?;
        (SeatSetup { name: first.name.clone(), ..seat.clone() } == *first).then_some(seat)
    };
    let mut told = BTreeSet::new();
    let mut tables = Vec::new();
    for seat in seats.iter().filter(|seat| seat.name.ends_with(".1")) {
        let base = seat.name.strip_suffix(".1").unwrap_or(&seat.name);
        let more: Vec<&SeatSetup> = (2..).map_while(|n| nth(seat, base, n)).collect();
        if !more.is_empty() {
            told.extend(more.iter().chain([&seat]).map(|seat| seat.name.as_str()));
            tables.push((base, more.len() as u32 + 1, seat));
        }
    }
    let alone = seats.iter().filter(|seat| !told.contains(seat.name.as_str()));
    tables.extend(alone.map(|seat| (seat.name.as_str(), 1, seat)));
    tables
}

fn start(start: &Start, repertoire: &Repertoire) -> Literal {
    let from = match &start.from {
        StartFrom::Agreed => "agreed".into(),
        StartFrom::Identity => "identity".into(),
        StartFrom::Enacted => "enacted".into(),
        StartFrom::Mix(mix) => shares(mix, repertoire),
    };
    table([("from", from), ("weight", start.weight.into()), ("scatter", start.scatter.into())])
}

fn schedule(w: &Builder, setup: &Setup) {
    let organization = |o: OrganizationId| setup.organizations[o].name.as_str();
    let seat = |seat: SeatId| setup.seats[seat].name.as_str();
    for shock in &setup.shocks {
        let part = w.part::<Shock>("shock", &shock.name).set("month", shock.month);
        match &shock.kind {
            ShockKind::Arrive { seat: taken, profile } => part
                .set("kind", "replace")
                .set("seat", seat(*taken))
                .set("profile", setup.profiles[*profile].name.as_str()),
            ShockKind::Leave { seat: left } => part.set("kind", "leave").set("seat", seat(*left)),
            ShockKind::Counterpart { leave, join } => part
                .set("kind", "counterpart")
                .set("leave", list(leave.iter().map(|left| seat(*left))))
                .set("join", list(join.iter().map(|joined| seat(*joined)))),
            ShockKind::Policy { organization: whose, about, priorities, step } => part
                .set("kind", "policy")
                .set("organization", organization(*whose))
                .set("about", organization(*about))
                .set("wants", shares(priorities, &setup.organizations[*about].repertoire))
                .set("step", *step),
        };
    }
    for intervention in &setup.interventions {
        w.part::<Other>("intervention", &intervention.name)
            .set("kind", intervention.kind.word())
            .set("from", intervention.from)
            .set("until", intervention.until)
            .numbers(COSTS, &intervention.cost);
    }
    for grant in &setup.funding.grants {
        let payees = grant.payees.iter().map(|(o, share)| (organization(*o), (*share).into()));
        let part = w.part::<Other>("grant", &grant.name).set("purpose", grant.purpose.word());
        let part = part
            .set("payees", table(payees))
            .set("exclusive", grant.exclusive)
            .set("on_award", grant.on_award)
            .set("from", grant.from)
            .set("amount", grant.amount)
            .numbers(OF_A_GRANT, grant);
        if grant.purpose != Purpose::Endowment {
            part.set("months", grant.months).set("renewal", grant.renewal).set("gap", grant.gap);
        }
    }
}
