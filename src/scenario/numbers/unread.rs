//! Numbers that no run of a world depends on, as far as what the world has makes that sure.

use crate::ids::{OrganizationId, ProfileId, SeatId};
use crate::model::Shipped;
use crate::model::setup::{InterventionKind, Level, SeatSetup, Setup, ShockKind, StartFrom};
use crate::scenario::World;
use std::collections::BTreeSet;

const NO_THEORY: &str = "no rival theory is in force";
const NO_INTERVENTION: &str = "there is no such intervention";
const NO_MONEY: &str = "money plays no part";
const NO_TENURE: &str = "nobody is on a tenure track";
const NO_INDEPENDENCE: &str = "no organization keeps its distance";
const NO_URGENCY: &str = "no organization has urgent needs";
const NO_RENEWAL: &str = "no renewal falls due";
const NO_INTERVIEW: &str = "nobody is interviewed";
const NO_LEVEL: &str = "no seat is of this level";
const NO_HEAD: &str = "no organization has a head";
const NOBODY_LEAVES: &str = "nobody leaves, save whom a dated newcomer replaces";
const NO_PAUSE: &str = "no month of the year is without meetings";
const NO_VALUE: &str = "its organization sets no value on what may be published";
const NEVER_COMES: &str = "nobody of this profile ever comes";
const NOT_THERE: &str = "nobody of this profile is there at the start";
const OWN_STATUS: &str = "all who sit there have a status of their own";
const SAID_OTHERWISE: &str = "a certainty about each organization is stated";
const AS_AGREED: &str = "what they bring is what was agreed";
const LEFT_OUT: &str = "it is left out";

/// Who may ever come to sit where.
pub(super) struct Comers {
    /// Whether a seat may fall vacant, so that a successor is sought.
    vacant: bool,
    /// By seat: the profiles of all who may come to it from outside.
    who: Vec<BTreeSet<ProfileId>>,
}

impl World {
    /// Why no run depends on a number, by the parts of its key; none if some may.
    pub(super) fn unread(&self, key: &[String], comers: &Comers) -> Option<&'static str> {
        let parts: Vec<&str> = key.iter().map(String::as_str).collect();
        let setup = &self.template;
        let when = |law: bool, why: &'static str| law.then_some(why);
        match parts[..] {
            ["calendar", "first_month"] => when(setup.calendar.pauses.is_empty(), NO_PAUSE),
            ["organization", organization, "role", _, "publishable"] => {
                let plan = setup.organizations.iter().find(|o| o.name == organization)?;
                let sought = self.has(InterventionKind::Exploration);
                let valued = |key: &str, value: f64| {
                    value > 0.0
                        || self.drawn_above_zero(&format!("organization.{organization}.{key}"))
                };
                let valued = sought
                    || valued("incentive", plan.incentive)
                    || valued("tenure_track", plan.tenure_track);
                when(!valued, NO_VALUE)
            }
            ["profile", name, ref rest @ ..] => {
                let place = setup.profiles.iter().position(|profile| profile.name == name)?;
                self.unread_of_profile(ProfileId(place), rest, comers)
            }
            ["seat", name, "status"] => {
                let mut seats = SeatId::each(&setup.seats).filter(|(_, seat)| is_of(seat, name));
                when(seats.all(|(seat, _)| !self.takes_status_from(seat, comers)), OWN_STATUS)
            }
            ["shock", ..] => when(!self.shocks_strike, LEFT_OUT),
            ["intervention", name, ..] => {
                when(self.left_out.iter().any(|out| out == name), LEFT_OUT)
            }
            ["money", ..] => when(!setup.is_funded(), NO_MONEY),
            [group, name] => self.unread_parameter(group, name, comers),
            _ => None,
        }
    }

    fn unread_parameter(&self, group: &str, name: &str, comers: &Comers) -> Option<&'static str> {
        let setup = &self.template;
        let when = |law: bool, why: &'static str| law.then_some(why);
        let anybody = |value: fn(&crate::model::setup::OrganizationSetup) -> f64, key: &str| {
            let mut all = setup.organizations.iter();
            all.any(|o| {
                value(o) > 0.0 || self.drawn_above_zero(&format!("organization.{}.{key}", o.name))
            })
        };
        match (group, name) {
            ("rival", _) => when(self.theory.word() == Shipped::Standard.word(), NO_THEORY),
            ("answer", _) => when(self.interviews.is_empty(), NO_INTERVIEW),
            ("funding", _) => when(!setup.is_funded(), NO_MONEY),
            ("independence", _) => {
                when(!anybody(|o| o.independence, "independence"), NO_INDEPENDENCE)
            }
            // A talk that a funder requires is as long as one that is sought.
            ("agreement", "episodes") if self.has(InterventionKind::ProcessRequirement) => None,
            ("incentives", "pull") => when(!anybody(|o| o.tenure_track, "tenure_track"), NO_TENURE),
            ("requests", "pressed") => when(!anybody(|o| o.urgency, "urgency"), NO_URGENCY),
            ("benefit", "end_base" | "end_benefit" | "end_trust") => {
                when(!self.above_zero("benefit.renewal_every"), NO_RENEWAL)
            }
            ("turnover", "cascade" | "cascade_months") => {
                let heads = setup.seats.iter().any(|seat| seat.head);
                when(!heads, NO_HEAD).or(when(!self.leave_by_chance(), NOBODY_LEAVES))
            }
            ("turnover", "vacancy" | "internal") => when(!comers.vacant, NOBODY_LEAVES),
            ("turnover", level) => {
                when(!setup.seats.iter().any(|seat| seat.level.word() == level), NO_LEVEL)
            }
            _ => {
                let of = |kind: &&InterventionKind| {
                    let (effect, ..) = kind.effect();
                    effect.split('.').next() == Some(group)
                };
                let kind = InterventionKind::ALL.iter().find(of)?;
                when(!self.has(*kind), NO_INTERVENTION)
            }
        }
    }

    fn unread_of_profile(
        &self,
        profile: ProfileId,
        rest: &[&str],
        comers: &Comers,
    ) -> Option<&'static str> {
        let setup = &self.template;
        let when = |law: bool, why: &'static str| law.then_some(why);
        let comes = comers.who.iter().any(|who| who.contains(&profile));
        if !comes {
            return Some(NEVER_COMES);
        }
        match rest {
            ["tenure"] => {
                let first = setup.seats.iter().any(|seat| seat.holder == Some(profile));
                when(!first, NOT_THERE)
            }
            ["certainty"] => {
                let said = |name: &str| {
                    let key =
                        format!("profile.{}.about.{name}.certainty", setup.profiles[profile].name);
                    self.known.get(&key).is_some_and(|known| known.stated.is_some())
                };
                when(setup.organizations.iter().all(|o| said(&o.name)), SAID_OTHERWISE)
            }
            ["about", organization, what, "weight"] => {
                let o = setup.organizations.iter().position(|o| o.name == *organization)?;
                let about = &setup.profiles[profile].about[OrganizationId(o)];
                let start =
                    if *what == "expectation" { &about.expectation } else { &about.conception };
                when(start.from == StartFrom::Agreed, AS_AGREED)
            }
            _ => None,
        }
    }

    fn has(&self, kind: InterventionKind) -> bool {
        let mut there =
            self.template.interventions.iter().filter(|i| !self.left_out.contains(&i.name));
        there.any(|intervention| intervention.kind == kind)
    }

    /// Whether a number that differs from run to run can be above zero.
    fn drawn_above_zero(&self, key: &str) -> bool {
        self.drawn.iter().any(|drawn| drawn.key == key && drawn.distribution.bounds().1 > 0.0)
    }

    /// Whether a parameter is above zero, in some run at least.
    fn above_zero(&self, key: &str) -> bool {
        self.value(key).is_some_and(|value| value > 0.0) || self.drawn_above_zero(key)
    }

    /// Whether somebody may leave by chance.
    fn leave_by_chance(&self) -> bool {
        let there = |level: &&Level| self.template.seats.iter().any(|seat| seat.level == **level);
        let mut levels = Level::ALL.iter().filter(there);
        levels.any(|level| self.above_zero(&format!("turnover.{}", level.word())))
    }

    pub(super) fn comers(&self) -> Comers {
        let Setup { seats, shocks, .. } = &self.template;
        let shocks = || shocks.iter().filter(|_| self.shocks_strike);
        let by_shock = shocks().any(|shock| matches!(shock.kind, ShockKind::Leave { .. }));
        // Those who come from within leave a seat behind; those who are not paid may leave.
        let moved_up = self.has(InterventionKind::Succession);
        let funded = self.template.is_funded();
        let vacant = by_shock || moved_up || funded || self.leave_by_chance();
        let sits = |seat: &SeatSetup| {
            seat.holder.into_iter().chain(vacant.then_some(seat.successor)).collect()
        };
        let mut who: Vec<BTreeSet<ProfileId>> = seats.iter().map(sits).collect();
        for shock in shocks() {
            match &shock.kind {
                ShockKind::Arrive { seat, profile } => {
                    who[seat.0].insert(*profile);
                }
                ShockKind::Counterpart { join, .. } => {
                    let vacant = join.iter().filter(|seat| seats[seat.0].holder.is_none());
                    vacant.for_each(|seat| {
                        who[seat.0].insert(seats[seat.0].successor);
                    });
                }
                ShockKind::Leave { .. } | ShockKind::Policy { .. } => {}
            }
        }
        Comers { vacant, who }
    }

    /// Whether somebody may have the status of the seat.
    fn takes_status_from(&self, seat: SeatId, comers: &Comers) -> bool {
        let has_none = |who: &ProfileId| self.template.profiles[*who].status.is_none();
        comers.vacant || comers.who[seat.0].iter().any(has_none)
    }
}

/// Whether a table of seats stands for this one.
fn is_of(seat: &SeatSetup, name: &str) -> bool {
    let numbered = seat.name.strip_prefix(name).and_then(|rest| rest.strip_prefix('.'));
    seat.name == name || numbered.is_some_and(|n| n.parse::<u32>().is_ok())
}
