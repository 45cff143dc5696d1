//! A world of many partnerships, month by month.
//!
//! Every month each partnership reads what all had in common at the end of the month before, lives
//! its month, and says what it adds; what they add is summed in the order of the partnerships. So
//! nothing depends on which is computed first, or on how many threads there are.
//!
//! In common are the *hubs*, organizations that work for several districts with one staff and one
//! identity; the *programmes* of funders, whose grants only some can hold; and *policies*, which
//! strike in one month. With none of these, every partnership is the one that a run of its
//! scenario alone would give.

mod course;
#[cfg(test)]
mod tests;

pub use course::{Course, Outcome, Share};

use crate::ids::{GrantId, Month, OrganizationId, RoleId, SeatId};
use crate::measure::meetings::{MeetingLog, MeetingRecord};
use crate::model::Live;
use crate::model::Unlivable;
use crate::model::setup::Setup;
use crate::model::{Partnership, Prepared, RunId};
use crate::roles::{MAX_ROLES, Mix};
use crate::scenario::Nation;
use crate::scenario::nation::{Policy, Programme};
use crate::streams::{Process, Streams};
use crate::worlds::runs::{Stop, Stopped};
use course::Told;
use rayon::prelude::*;
use std::sync::{Arc, OnceLock};

/// Which policies strike and which programmes are offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arm {
    /// None.
    Without,
    /// The policy at this place.
    Policy(usize),
    /// The programme at this place.
    Programme(usize),
}

impl Arm {
    /// One for each policy and each programme.
    pub fn others(nation: &Nation) -> Vec<Arm> {
        let policies = (0..nation.policies.len()).map(Arm::Policy);
        let programmes = (0..nation.programmes.len()).map(Arm::Programme);
        policies.chain(programmes).collect()
    }

    /// A title for pictures and words.
    pub fn title(self, nation: &Nation) -> String {
        match self {
            Arm::Without => "without policy or programme".into(),
            Arm::Policy(place) => nation.policies[place].title.clone(),
            Arm::Programme(place) => nation.programmes[place].title.clone(),
        }
    }

    /// Its name in tables.
    pub fn name(self, nation: &Nation) -> String {
        match self {
            Arm::Without => "without".into(),
            Arm::Policy(place) => nation.policies[place].name.clone(),
            Arm::Programme(place) => nation.programmes[place].name.clone(),
        }
    }
}

/// A partnership and what is followed of it.
struct One {
    class: usize,
    hub: usize,
    partnership: Partnership,
    /// The last meetings held.
    meetings: MeetingLog,
    /// Work done by the end of the month before.
    work: f64,
}

/// What the partnerships of a hub have in common at the end of a month.
#[derive(Clone, Copy)]
struct Hub {
    identity: Mix,
    /// Mean staff time that requests, funders and tenure take from projects.
    drawn: f64,
}

/// Meetings over which role talk is taken, as in the single case: one alone is mostly chance.
const TRAILING: usize = 3;

/// Lives through one world of a nation. A `seed` and `run` give the same partnerships in every
/// world, so that worlds can be compared partnership by partnership.
///
/// ```
/// use rppsim::nation::{self, Arm};
/// use rppsim::scenario::Nation;
/// use rppsim::worlds::Stop;
/// let nation = Nation::open_with("nation", ["nation.scale=0.001"]).unwrap().unwrap();
/// let course = nation::live(&nation, Arm::Without, 1, 1, Stop::NEVER, |_| ()).unwrap();
/// let alive = course.share(12..=12, None, nation::Outcome::Alive);
/// assert!((0.0..=1.0).contains(&alive.mean));
/// ```
///
/// # Errors
/// If `stop` becomes true, or a setup cannot found a partnership.
pub fn live(
    nation: &Nation,
    world: Arm,
    seed: u64,
    run: u64,
    stop: Stop<'_>,
    mut each_month: impl FnMut(u32),
) -> Result<Course, Stopped> {
    let mut all = found(nation, world, seed, run)?;
    let mut course = Course::of(nation, all.iter().map(|one| (one.class, one.hub)).collect());
    for month in 1..=nation.months {
        if stop.is_asked() {
            return Err(Stopped::Interrupted);
        }
        let hubs = hubs(nation, &all);
        let told: Result<Vec<Told>, Unlivable> =
            all.par_iter_mut().map(|one| one.month(nation, hubs.as_deref())).collect();
        let told = told.map_err(|why| Stopped::Unlivable { run, why })?;
        course.add(told);
        if let Arm::Programme(place) = world {
            let programme = &nation.programmes[place];
            if month + 1 >= programme.from {
                awarded(programme, &mut all, month, seed, run);
            }
        }
        each_month(month);
    }
    Ok(course)
}

/// Every partnership, the classes mixed over the hubs. Classes are taken in the order of their
/// names, so that their order in the file changes no partnership.
fn found(nation: &Nation, world: Arm, seed: u64, run: u64) -> Result<Vec<One>, Stopped> {
    let many = || Stopped::TooMany { partnerships: nation.partnerships() };
    if nation.partnerships() > RunId::MOST_PARTNERSHIPS as usize {
        return Err(many());
    }
    let mut classes: Vec<_> = nation.classes.iter().enumerate().collect();
    classes.sort_by_key(|(_, class)| &class.name);
    let of: Vec<usize> = classes
        .into_iter()
        .flat_map(|(place, class)| std::iter::repeat_n(place, class.districts as usize))
        .collect();
    let served = nation.hubs.as_ref().map_or(1, |hubs| hubs.districts.max(1) as usize);
    let hubs = of.len().div_ceil(served);
    // Setups that do not differ are checked and held once.
    let shared: Vec<[OnceLock<Arc<Prepared>>; 2]> =
        nation.classes.iter().map(|_| Default::default()).collect();
    let prepared = |setup| match Prepared::of(setup) {
        Ok(prepared) => Ok(Arc::new(prepared)),
        Err(why) => Err(Stopped::unfounded(run, why)),
    };
    let one = |(place, class): (usize, &usize)| {
        let number = u32::try_from(place).ok();
        let origin = number.and_then(|number| RunId::in_world(seed, run, number)).ok_or(many())?;
        let scenario = &nation.classes[*class].world;
        let struck = match world {
            Arm::Policy(policy) => reached(&nation.policies[policy], origin.streams()),
            _ => false,
        };
        let known = &shared[*class][usize::from(struck)];
        let setup = match (scenario.drawn().is_empty(), known.get()) {
            (true, Some(known)) => Arc::clone(known),
            (true, None) => {
                let prepared = prepared(setup(nation, world, scenario.template(), struck))?;
                Arc::clone(known.get_or_init(|| prepared))
            }
            (false, _) => prepared(setup(nation, world, &scenario.setup(origin), struck))?,
        };
        let partnership = Partnership::found(setup, origin);
        let meetings = MeetingLog::default();
        Ok(One { class: *class, hub: place % hubs, partnership, meetings, work: 0.0 })
    };
    of.par_iter().enumerate().map(one).collect()
}

fn reached(policy: &Policy, streams: Streams) -> bool {
    let name = format!("policy.{}", policy.name);
    streams.named(Process::PolicyReach, &name).chance(policy.reach)
}

/// A setup in a world: the shocks that policies bring strike only there, and then.
fn setup(nation: &Nation, world: Arm, setup: &Setup, struck: bool) -> Setup {
    let mut setup = setup.clone();
    setup.calendar.months = nation.months;
    let policy = match world {
        Arm::Policy(place) if struck => Some(&nation.policies[place]),
        _ => None,
    };
    setup.shocks.retain_mut(|shock| match policy {
        Some(policy) if policy.shock == shock.name => {
            shock.month = Month(policy.month);
            true
        }
        _ => {
            shock.month.0 <= nation.months
                && nation.policies.iter().all(|policy| policy.shock != shock.name)
        }
    });
    setup
}

impl One {
    fn month(&mut self, nation: &Nation, hubs: Option<&[Hub]>) -> Result<Told, Unlivable> {
        if let (Some(rule), Some(hubs)) = (&nation.hubs, hubs) {
            let whole = &hubs[self.hub];
            if let Some(o) = hub_in(&self.partnership, &rule.organization) {
                // Who is drawn upon more than the others gets of their staff, and the reverse: the
                // staff of a hub stay as many as they are.
                let part = 1.0 + rule.pooling * (self.partnership.staff_elsewhere(o) - whole.drawn);
                self.partnership.share_organization(o, &whole.identity, rule.cohesion, part);
            }
        }
        let theory = &nation.classes[self.class].world.theory;
        theory.live(&mut self.partnership, &mut self.meetings)?;
        let held = &mut self.meetings.0;
        if held.len() > TRAILING {
            held.drain(..held.len() - TRAILING);
        }
        let p = &self.partnership;
        let lived = p.lived();
        let count = |of: fn(&MeetingRecord) -> u32| f64::from(held.iter().map(of).sum::<u32>());
        let share = (lived && !held.is_empty()).then(|| count(|m| m.roles) / count(|m| m.episodes));
        let team: Vec<SeatId> = p.team().map(|(seat, _)| seat).collect();
        let work = p.ledger().done - std::mem::replace(&mut self.work, p.ledger().done);
        let (paid, positions) = p
            .setup()
            .organization_ids()
            .map(|o| p.paid_positions(o))
            .fold((0, 0), |(paid, all), (p, a)| (paid + p, all + a));
        Ok(Told {
            alive: p.ended().is_none(),
            renegotiating: (held.len() == TRAILING)
                .then_some(share.map(|share| share >= nation.renegotiating))
                .flatten(),
            role_share: share,
            work,
            trust: lived.then(|| p.mean_trust(&team)),
            positions: (lived && positions > 0).then(|| f64::from(paid) / f64::from(positions)),
        })
    }
}

fn hub_in(p: &Partnership, name: &str) -> Option<OrganizationId> {
    p.setup().organizations.iter().position(|o| o.name == name).map(OrganizationId)
}

/// The hubs as they are at the end of a month, summed in the order of the partnerships; those that
/// ended have no part in it.
fn hubs(nation: &Nation, all: &[One]) -> Option<Vec<Hub>> {
    let rule = nation.hubs.as_ref()?;
    let count = all.iter().map(|one| one.hub + 1).max().unwrap_or(0);
    let mut sums = vec![([0.0; MAX_ROLES], 0.0, 0u32); count];
    for one in all.iter().filter(|one| one.partnership.ended().is_none()) {
        let Some(o) = hub_in(&one.partnership, &rule.organization) else { continue };
        let (identity, drawn, partnerships) = &mut sums[one.hub];
        let here = &one.partnership.organizations()[o].identity;
        identity.iter_mut().zip(here.shares()).for_each(|(sum, share)| *sum += share);
        *drawn += one.partnership.staff_elsewhere(o);
        *partnerships += 1;
    }
    let hub = |(identity, drawn, count): ([f64; MAX_ROLES], f64, u32)| Hub {
        identity: Mix::in_proportion(identity).unwrap_or(Mix::pure(RoleId(0))),
        drawn: if count == 0 { 0.0 } else { drawn / f64::from(count) },
    };
    Some(sums.into_iter().map(hub).collect())
}

/// What a programme has to give goes, by lot, to living partnerships that do not hold it.
fn awarded(programme: &Programme, all: &mut [One], month: u32, seed: u64, run: u64) {
    let place = |p: &Partnership| {
        p.setup().funding.grants.iter().position(|grant| grant.name == programme.grant).map(GrantId)
    };
    let mut held = 0;
    let mut lots: Vec<(f64, usize)> = Vec::new();
    for (at, one) in all.iter().enumerate() {
        let p = &one.partnership;
        let Some(grant) = place(p).filter(|_| p.ended().is_none()) else { continue };
        if p.will_hold(grant) {
            held += 1;
        } else {
            let name = format!("programme.{}", programme.name);
            let streams = Streams::new(seed, run, at as u32);
            let lot = streams.named(Process::Award, &name).month(month).uniform();
            lots.push((lot, at));
        }
    }
    let free = (programme.awards as usize).saturating_sub(held).min(lots.len());
    lots.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    for (_, at) in &lots[..free] {
        let p = &mut all[*at].partnership;
        if let Some(grant) = place(p) {
            p.award(grant);
        }
    }
}
