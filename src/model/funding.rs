//! Funding: grants that come, end and may be followed by others, and what their money buys.
//!
//! Money pays salaries of positions that depend on it, the meetings and the upkeep of the
//! relationship, in this order. Nothing here touches talk or work: a position that cannot be paid
//! loses its holder, who takes along what they know; who is paid has more voice; money for
//! projects alone makes projects no longer than the money lasts; a funder's own priorities take
//! time from joint work. All money is accounted for: what came in was spent or is still there.
//!
//! Sources: Coburn, Penuel & Geil 2013 (voice of those who are paid, short project grants,
//! operating support, seed money, endowments, money for meetings); an AERA abstract on research
//! alliances (funders' priorities that divert time). No size is published for any of it.

use super::event::{Event, Watch};
use super::partnership::Partnership;
use super::setup::{SeatSetup, Setup};
use super::turnover;
use crate::streams::Process;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// What a grant may be spent on, and what it does to the agenda.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Purpose {
    /// Salaries. While no other money lasts, projects are no longer than the grant.
    Project,
    /// Anything: salaries, meetings, upkeep. The agenda may be long.
    Operating,
    /// Meetings.
    Meetings,
    /// Anything, to begin with; like a project grant it does not lengthen the agenda.
    Seed,
    /// Anything, for ever: the principal stays and its yield is paid.
    Endowment,
}

impl Purpose {
    /// All purposes.
    pub const ALL: [Purpose; 5] = [
        Purpose::Project,
        Purpose::Operating,
        Purpose::Meetings,
        Purpose::Seed,
        Purpose::Endowment,
    ];

    /// The word used in files.
    pub fn word(self) -> &'static str {
        ["project", "operating", "meetings", "seed", "endowment"][self as usize]
    }

    /// Whether it lets partners plan beyond its end.
    fn lengthens_the_agenda(self) -> bool {
        matches!(self, Purpose::Operating | Purpose::Endowment)
    }
}

/// A grant, known by its name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Grant {
    /// Its name in the scenario.
    pub name: String,
    /// Its first month.
    pub from: u32,
    /// How many months it runs; an endowment does not end.
    pub months: u32,
    /// Its money in all, paid in equal parts by the month; of an endowment, the principal.
    pub amount: f64,
    /// The organizations paid, and the share of each; the shares sum to 1.
    pub payees: Vec<(usize, f64)>,
    /// What it may be spent on.
    pub purpose: Purpose,
    /// How far the funder's priorities are those of the partners, in \[0, 1\].
    pub alignment: f64,
    /// Probability that another of the same kind follows it.
    pub renewal: f64,
    /// Months without money before that one begins.
    pub gap: u32,
    /// Whether its funder pays only those whom nobody else pays in these months.
    pub exclusive: bool,
    /// Whether it pays nothing until it is [awarded](Partnership::award) in a world of many
    /// partnerships.
    pub on_award: bool,
}

impl Grant {
    /// A grant to one organization from the first month on, aligned, without renewal.
    pub fn to(payee: usize, purpose: Purpose, amount: f64, months: u32) -> Self {
        Grant {
            name: purpose.word().into(),
            from: 1,
            months,
            amount,
            payees: vec![(payee, 1.0)],
            purpose,
            alignment: 1.0,
            renewal: 0.0,
            gap: 0,
            exclusive: false,
            on_award: false,
        }
    }

    /// Its last month, if it is not followed by another.
    pub fn until(&self) -> u32 {
        self.last_month(self.from)
    }

    /// The last month of one that begins in this month.
    fn last_month(&self, from: u32) -> u32 {
        match self.purpose {
            Purpose::Endowment => u32::MAX,
            _ => from.saturating_add(self.months.saturating_sub(1)),
        }
    }

    /// Whether two grants cannot be held together: one of them is exclusive, and they pay one
    /// organization in the same month.
    pub fn excludes(&self, other: &Grant) -> bool {
        let last = |g: &Grant| if g.renewal > 0.0 { u32::MAX } else { g.until() };
        let at_once = self.from <= last(other) && other.from <= last(self);
        let paid = |o: usize| other.payees.iter().any(|(payee, _)| *payee == o);
        (self.exclusive || other.exclusive) && at_once && self.payees.iter().any(|(o, _)| paid(*o))
    }
}

/// The grants of a partnership, and what money is needed for beside salaries.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Funding {
    /// The grants.
    pub grants: Vec<Grant>,
    /// What it costs a month to keep the relationship up; 0: nobody pays for that.
    pub upkeep: f64,
    /// What a meeting costs; 0: nothing that has to be paid for.
    pub meeting: f64,
}

/// Where a grant stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Standing {
    from: u32,
    until: u32,
    /// The month in which another follows it, once that is known.
    next: Option<u32>,
}

impl Standing {
    pub fn of(grant: &Grant) -> Self {
        match grant.on_award {
            true => Standing { from: u32::MAX, until: 0, next: None },
            false => Standing::from(grant, grant.from),
        }
    }

    /// One that begins in this month.
    pub fn from(grant: &Grant, month: u32) -> Self {
        Standing { from: month, until: grant.last_month(month), next: None }
    }

    pub fn is_on(self, month: u32) -> bool {
        (self.from..=self.until).contains(&month)
    }

    /// Whether it pays in a later month, perhaps after a gap.
    pub fn goes_on(self, month: u32) -> bool {
        self.is_on(month + 1) || self.next.is_some()
    }
}

/// The money of an organization. `received` is `spent()` and `balance()` together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Account {
    /// In hand, for salaries only.
    pub for_projects: f64,
    /// In hand, for meetings only.
    pub for_meetings: f64,
    /// In hand, for anything.
    pub free: f64,
    /// All that came in so far, with what was there at the start.
    pub received: f64,
    /// Spent on salaries so far.
    pub salaries: f64,
    /// Spent on meetings so far.
    pub meetings: f64,
    /// Spent on the upkeep of the relationship so far.
    pub upkeep: f64,
    /// What came in this month.
    pub income: f64,
    /// How far the priorities of those who paid last are those of the partners.
    pub alignment: f64,
}

impl Account {
    pub(super) fn opened(reserve: f64) -> Self {
        Account { free: reserve, received: reserve, alignment: 1.0, ..Account::default() }
    }

    /// Money in hand.
    pub fn balance(&self) -> f64 {
        self.for_projects + self.for_meetings + self.free
    }

    /// Money spent so far.
    pub fn spent(&self) -> f64 {
        self.salaries + self.meetings + self.upkeep
    }

    fn receive(&mut self, money: f64, purpose: Purpose) {
        let pool = match purpose {
            Purpose::Project => &mut self.for_projects,
            Purpose::Meetings => &mut self.for_meetings,
            Purpose::Operating | Purpose::Seed | Purpose::Endowment => &mut self.free,
        };
        *pool += money;
        self.received += money;
        self.income += money;
    }

    fn for_salaries(&self) -> f64 {
        self.for_projects + self.free
    }

    /// Pays a salary, or nothing if it cannot pay all of it.
    fn pay_salary(&mut self, salary: f64) -> bool {
        let payable = self.for_salaries() + ROUNDING * salary >= salary;
        if payable {
            take(salary, [&mut self.for_projects, &mut self.free]);
            self.salaries += salary;
        }
        payable
    }
}

/// What sums of monthly parts may lack of a whole by rounding.
const ROUNDING: f64 = 1e-9;

/// Takes money from pools in their order, as far as it goes.
fn take(mut money: f64, pools: [&mut f64; 2]) {
    for pool in pools {
        let part = money.min(*pool);
        *pool -= part;
        money -= part;
    }
}

/// Grants pay for the month; those that end may be followed by others.
pub(super) fn received(p: &mut Partnership, watch: &mut dyn Watch) {
    let setup = Arc::clone(&p.setup);
    for organization in &mut p.organizations {
        organization.account.income = 0.0;
    }
    let mut aligned = vec![0.0; p.organizations.len()];
    for (g, grant) in setup.funding.grants.iter().enumerate() {
        if p.grants[g].next == Some(p.month) {
            p.grants[g] = Standing::from(grant, p.month);
        }
        let standing = p.grants[g];
        if !standing.is_on(p.month) {
            continue;
        }
        if standing.from == p.month {
            p.tell(watch, Event::GrantBegan { grant: g });
        }
        let money = p.paid_a_month(grant);
        for &(payee, share) in &grant.payees {
            p.organizations[payee].account.receive(money * share, grant.purpose);
            aligned[payee] += money * share * grant.alignment;
        }
        if standing.until == p.month {
            p.tell(watch, Event::GrantEnded { grant: g });
            let name = format!("grant.{}", grant.name);
            let followed = p.streams().named(Process::Refunding, &name).month(p.month);
            if followed.chance(grant.renewal) {
                p.grants[g].next = Some(p.month + 1 + grant.gap);
            }
        }
    }
    for (organization, aligned) in p.organizations.iter_mut().zip(aligned) {
        let account = &mut organization.account;
        if account.income > 0.0 {
            account.alignment = aligned / account.income;
        }
    }
}

/// Positions that depend on money are paid in the order of the seats; who cannot be paid leaves.
pub(super) fn salaries(p: &mut Partnership, watch: &mut dyn Watch) {
    let setup = Arc::clone(&p.setup);
    for (seat, plan) in setup.seats.iter().enumerate() {
        if plan.salary > 0.0
            && p.seats[seat].person.is_some()
            && !p.organizations[plan.organization].account.pay_salary(plan.salary)
        {
            p.tell(watch, Event::Unpaid { seat });
            turnover::leave(p, seat, watch);
        }
    }
}

/// Buys as much upkeep of the relationship as there is free money for; returns the part of the
/// upkeep needed that was bought, in \[0, 1\].
pub(super) fn upkeep(p: &mut Partnership) -> f64 {
    let needed = p.setup.funding.upkeep;
    if needed <= 0.0 {
        return 0.0;
    }
    let there: f64 = p.organizations.iter().map(|o| o.account.free).sum();
    let part = (there / needed).min(1.0);
    let each = if there > 0.0 { part * needed / there } else { 0.0 };
    for organization in &mut p.organizations {
        let account = &mut organization.account;
        let paid = (account.free * each).min(account.free);
        account.free -= paid;
        account.upkeep += paid;
    }
    part
}

impl Setup {
    /// Whether money plays a part: somebody gives some, or something has to be paid for.
    pub fn is_funded(&self) -> bool {
        !self.funding.grants.is_empty()
            || self.seats.iter().any(|seat| seat.salary > 0.0)
            || self.organizations.iter().any(|o| o.reserve > 0.0)
    }
}

impl Partnership {
    fn paid_a_month(&self, grant: &Grant) -> f64 {
        match grant.purpose {
            Purpose::Endowment => {
                grant.amount * self.setup.parameters.funding.endowment_yield / 12.0
            }
            _ => grant.amount / f64::from(grant.months),
        }
    }

    /// Whether a vacant seat may be filled: one that depends on money only while there is enough
    /// in hand or on its way to pay all such positions for some months.
    pub(super) fn can_be_paid(&self, seat: usize) -> bool {
        let plan = &self.setup.seats[seat];
        if plan.salary <= 0.0 {
            return true;
        }
        let months = self.setup.parameters.funding.in_hand;
        let paid = |(other, of): (usize, &SeatSetup)| {
            let counts = of.organization == plan.organization
                && (other == seat || self.seats[other].person.is_some());
            if counts { of.salary } else { 0.0 }
        };
        let payroll: f64 = self.setup.seats.iter().enumerate().map(paid).sum();
        let coming = |(g, grant): (usize, &Grant)| {
            let standing = self.grants[g];
            let left = if standing.is_on(self.month) && grant.purpose != Purpose::Meetings {
                f64::from(standing.until - self.month).min(months - 1.0)
            } else {
                0.0
            };
            let shares = grant.payees.iter().filter(|(payee, _)| *payee == plan.organization);
            left * self.paid_a_month(grant) * shares.map(|(_, share)| share).sum::<f64>()
        };
        let coming: f64 = self.setup.funding.grants.iter().enumerate().map(coming).sum();
        let in_hand = self.organizations[plan.organization].account.for_salaries();
        (in_hand + coming) * (1.0 + ROUNDING) >= payroll * months
    }

    /// Positions of an organization that depend on money: paid ones, and all.
    pub fn paid_positions(&self, organization: usize) -> (u32, u32) {
        let seats = self.setup.seats.iter().zip(&self.seats);
        let dependent =
            seats.filter(|(plan, _)| plan.organization == organization && plan.salary > 0.0);
        dependent.fold((0, 0), |(paid, all), (_, seat)| {
            (paid + u32::from(seat.person.is_some()), all + 1)
        })
    }

    /// Part of an organization's positions that are not lost for want of money, in \[0, 1\].
    pub(super) fn staffed(&self, organization: usize) -> f64 {
        let (paid, dependent) = self.paid_positions(organization);
        if dependent == 0 {
            return 1.0;
        }
        let all = self.setup.seats.iter().filter(|plan| plan.organization == organization).count();
        1.0 - f64::from(dependent - paid) / all as f64
    }

    /// Factor on the voice and status of an organization's members: above 1 for those who get more
    /// than an equal share of the month's money.
    pub(super) fn voice_of_money(&self, organization: usize) -> f64 {
        let income = |o: usize| self.organizations[o].account.income;
        let count = self.organizations.len();
        let all: f64 = (0..count).map(income).sum();
        if all <= 0.0 {
            return 1.0;
        }
        let rule = self.setup.parameters.funding.voice;
        1.0 + rule * (count as f64 * income(organization) / all - 1.0)
    }

    /// Staff time of an organization that funders' own priorities take, in \[0, 1\].
    ///
    /// # Panics
    /// If there is no such organization.
    pub fn staff_misdirected(&self, organization: usize) -> f64 {
        let account = &self.organizations[organization].account;
        let paid = if account.received > 0.0 { 1.0 - account.alignment } else { 0.0 };
        self.setup.parameters.funding.misdirected * paid
    }

    /// Months for which projects can be planned; none: no end in sight, since no position depends
    /// on money or there is money without an end to plan for.
    pub(super) fn agenda_ahead(&self) -> Option<u32> {
        let on = || {
            let grants = self.setup.funding.grants.iter().zip(&self.grants);
            grants.filter(|(_, standing)| standing.is_on(self.month))
        };
        let free = self.setup.seats.iter().all(|seat| seat.salary <= 0.0)
            || on().any(|(grant, _)| grant.purpose.lengthens_the_agenda());
        (!free).then(|| {
            let project = on().filter(|(grant, _)| grant.purpose != Purpose::Meetings);
            project.map(|(_, standing)| standing.until - self.month).max().unwrap_or(0)
        })
    }

    /// Share of staff time that goes into finding the next grant.
    pub(super) fn time_seeking_money(&self) -> f64 {
        let rule = &self.setup.parameters.funding;
        match self.agenda_ahead() {
            Some(months) if f64::from(months) < rule.seeking_months => rule.seeking,
            _ => 0.0,
        }
    }

    /// The month in which the last grant so far began.
    pub(super) fn last_grant_began(&self) -> Option<u32> {
        self.grants.iter().map(|g| g.from).filter(|from| *from <= self.month).max()
    }

    /// Whether a meeting can be paid for.
    pub(super) fn meeting_affordable(&self) -> bool {
        let there = self.organizations.iter().map(|o| o.account.for_meetings + o.account.free);
        there.sum::<f64>() * (1.0 + ROUNDING) >= self.setup.funding.meeting
    }

    /// Pays for a meeting, first from what may be spent on nothing else.
    pub(super) fn pay_for_meeting(&mut self) {
        let mut left = self.setup.funding.meeting;
        let pools: [fn(&mut Account) -> &mut f64; 2] = [|a| &mut a.for_meetings, |a| &mut a.free];
        for pool in pools {
            for organization in &mut self.organizations {
                let pool = pool(&mut organization.account);
                let paid = left.min(*pool);
                *pool -= paid;
                organization.account.meetings += paid;
                left -= paid;
            }
        }
    }
}
