//! Funding: grants that come, end and may be followed by others, and what their money buys.
//!
//! Money pays salaries of positions that depend on it, the meetings and the upkeep of the
//! relationship, in this order. Nothing here touches talk or work: a position that cannot be paid
//! loses its holder, who takes along what they know; who is paid has more voice; money for
//! projects alone makes projects no longer than the money lasts; a funder's own priorities take
//! time from joint work. What money does grows with the part of a month's need that it covers: a
//! grant of one dollar does what none does, and money beyond the need adds nothing but time. All
//! money is accounted for: what came in was spent or is still there.
//!
//! Sources: Coburn, Penuel & Geil 2013 (voice of those who are paid, short project grants,
//! operating support, seed money, endowments, money for meetings); an AERA abstract on research
//! alliances (funders' priorities that divert time). No size is published for any of it.

use super::scene::Scene;
use super::turnover;
use crate::ids::{GrantId, Month, OrganizationId, SeatId};
use crate::model::event::Event;
use crate::model::setup::{Grant, Purpose, SeatSetup};
use crate::model::state::account::{Account, ROUNDING};
use crate::model::state::partnership::Partnership;
use crate::model::state::standing::Standing;
use crate::streams::Process;

/// Grants pay for the month; those that end may be followed by others.
pub(in crate::model) fn receive_grants<T>(scene: &mut Scene<T>) {
    for organization in &mut scene.p.organizations {
        organization.account.income = 0.0;
    }
    let month = scene.p.month;
    if scene.setup.funding.grants.is_empty() {
        return;
    }
    let mut aligned = vec![0.0; scene.p.organizations.len()];
    for (g, grant) in GrantId::each(&scene.setup.funding.grants) {
        if scene.p.grants[g].next == Some(month) {
            scene.p.grants[g] = Standing::from(grant, month);
        }
        let standing = scene.p.grants[g];
        if !standing.is_on(month) {
            continue;
        }
        if standing.from == month {
            scene.tell(Event::GrantBegan { grant: g });
        }
        let money = scene.p.paid_a_month(grant);
        for &(payee, share) in &grant.payees {
            scene.p.organizations[payee].account.receive(money * share, grant.purpose);
            aligned[payee] += money * share * grant.alignment;
        }
        if standing.until == month {
            scene.tell(Event::GrantEnded { grant: g });
            let name = format!("grant.{}", grant.name);
            let followed = scene.p.streams().named(Process::Refunding, &name).month(month.0);
            if followed.chance(grant.renewal) {
                scene.p.grants[g].next = Some(month + 1 + grant.gap);
            }
        }
    }
    for (organization, aligned) in OrganizationId::each(&aligned) {
        let income = scene.p.organizations[organization].account.income;
        if income > 0.0 {
            let covered = scene.p.covered_by(income);
            let account = &mut scene.p.organizations[organization].account;
            (account.alignment, account.covered) = (aligned / income, covered);
        }
    }
}

/// Positions that depend on money are paid in the order of the seats; who cannot be paid leaves.
pub(in crate::model) fn pay_salaries<T>(scene: &mut Scene<T>) {
    if !scene.setup.organization_ids().any(|o| scene.setup.pays_somebody(o)) {
        return;
    }
    for (seat, plan) in SeatId::each(&scene.setup.seats) {
        let p = &mut *scene.p;
        if plan.salary > 0.0
            && p.seats[seat].person.is_some()
            && !p.organizations[plan.organization].account.pay_salary(plan.salary)
        {
            scene.tell(Event::Unpaid { seat });
            turnover::leave(scene, seat);
        }
    }
}

/// Buys as much upkeep of the relationship as there is free money for; returns the part of the
/// upkeep needed that was bought, in \[0, 1\].
pub(in crate::model) fn buy_upkeep(p: &mut Partnership) -> f64 {
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

/// What money for projects alone leaves of the freedom to plan.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::model) struct Agenda {
    /// Part of a month's need that no money without an end to plan for covers, in \[0, 1\].
    pub(in crate::model) bound: f64,
    /// Months for which the money in hand and on its way lasts.
    pub(in crate::model) months: f64,
}

impl Partnership {
    /// Part of what a month needs that so much money covers, in \[0, 1\]; nothing where nothing
    /// has a price.
    fn covered_by(&self, money: f64) -> f64 {
        let need = self.setup.needed_a_month();
        if need > 0.0 { (money / need).min(1.0) } else { 0.0 }
    }

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
    pub(in crate::model) fn can_be_paid(&self, seat: SeatId) -> bool {
        let plan = &self.setup.seats[seat];
        if plan.salary <= 0.0 {
            return true;
        }
        let months = self.setup.parameters.funding.in_hand;
        let paid = |(other, of): (SeatId, &SeatSetup)| {
            let counts = of.organization == plan.organization
                && (other == seat || self.seats[other].person.is_some());
            if counts { of.salary } else { 0.0 }
        };
        let payroll: f64 = SeatId::each(&self.setup.seats).map(paid).sum();
        let coming = |(g, grant): (GrantId, &Grant)| {
            let standing = self.grants[g];
            let left = if standing.is_on(self.month) && grant.purpose != Purpose::Meetings {
                f64::from(standing.until - self.month).min(months - 1.0)
            } else {
                0.0
            };
            let shares = grant.payees.iter().filter(|(payee, _)| *payee == plan.organization);
            left * self.paid_a_month(grant) * shares.map(|(_, share)| share).sum::<f64>()
        };
        let coming: f64 = GrantId::each(&self.setup.funding.grants).map(coming).sum();
        let in_hand = self.organizations[plan.organization].account.for_salaries();
        (in_hand + coming) * (1.0 + ROUNDING) >= payroll * months
    }

    /// Positions of an organization that depend on money: paid ones, and all.
    pub fn paid_positions(&self, organization: OrganizationId) -> (u32, u32) {
        let seats = self.setup.seats.iter().zip(&self.seats);
        let dependent =
            seats.filter(|(plan, _)| plan.organization == organization && plan.salary > 0.0);
        dependent.fold((0, 0), |(paid, all), (_, seat)| {
            (paid + u32::from(seat.person.is_some()), all + 1)
        })
    }

    /// Part of an organization's positions that are not lost for want of money, in \[0, 1\].
    pub(in crate::model) fn staffed(&self, organization: OrganizationId) -> f64 {
        if !self.setup.pays_somebody(organization) {
            return 1.0;
        }
        let (paid, dependent) = self.paid_positions(organization);
        let all = self.setup.seats.iter().filter(|plan| plan.organization == organization).count();
        1.0 - f64::from(dependent - paid) / all as f64
    }

    /// Factor on the voice and status of an organization's members: above 1 for those who get more
    /// than an equal share of the month's money, as far as it covers what the month needs.
    pub(in crate::model) fn voice_of_money(&self, organization: OrganizationId) -> f64 {
        let count = self.organizations.len();
        let all: f64 = self.organizations.iter().map(|o| o.account.income).sum();
        if all <= 0.0 {
            return 1.0;
        }
        let rule = self.setup.parameters.funding.voice * self.covered_by(all);
        1.0 + rule * (count as f64 * self.organizations[organization].account.income / all - 1.0)
    }

    /// Staff time of an organization that funders' own priorities take, in \[0, 1\]: as far as they
    /// cover what is needed.
    ///
    /// # Panics
    /// If there is no such organization.
    pub fn staff_misdirected(&self, organization: OrganizationId) -> f64 {
        let account = &self.organizations[organization].account;
        self.setup.parameters.funding.misdirected * account.covered * (1.0 - account.alignment)
    }

    /// What binds the agenda; none where no position depends on money.
    pub(in crate::model) fn agenda_ahead(&self) -> Option<Agenda> {
        let pays = |o: OrganizationId| self.setup.pays_somebody(o);
        if !self.setup.organization_ids().any(pays) {
            return None;
        }
        let (mut lasting, mut coming) = (0.0, 0.0);
        for (grant, standing) in self.setup.funding.grants.iter().zip(&self.grants) {
            if !standing.is_on(self.month) {
                continue;
            }
            let money = self.paid_a_month(grant);
            if grant.purpose.lengthens_the_agenda() {
                lasting += money;
            } else if grant.purpose != Purpose::Meetings {
                let shares = grant.payees.iter().filter(|(payee, _)| pays(*payee));
                let share: f64 = shares.map(|(_, share)| share).sum();
                coming += money * share * f64::from(standing.until - self.month);
            }
        }
        let organizations = OrganizationId::each(&self.organizations).filter(|(o, _)| pays(*o));
        let in_hand: f64 = organizations.map(|(_, it)| it.account.for_salaries()).sum();
        let months = (in_hand + coming) / self.setup.needed_a_month();
        Some(Agenda { bound: 1.0 - self.covered_by(lasting), months })
    }

    /// Share of staff time that goes into finding the next grant.
    pub(in crate::model) fn time_seeking_money(&self) -> f64 {
        let rule = &self.setup.parameters.funding;
        match self.agenda_ahead() {
            Some(Agenda { bound, months }) if months < rule.seeking_months => rule.seeking * bound,
            _ => 0.0,
        }
    }

    /// The month in which the last grant so far began.
    pub(in crate::model) fn last_grant_began(&self) -> Option<Month> {
        self.grants.iter().map(|g| g.from).filter(|from| *from <= self.month).max()
    }

    /// Whether a meeting can be paid for.
    pub(in crate::model) fn meeting_affordable(&self) -> bool {
        let there = self.organizations.iter().map(|o| o.account.for_meetings + o.account.free);
        there.sum::<f64>() * (1.0 + ROUNDING) >= self.setup.funding.meeting
    }

    /// Pays for a meeting, first from what may be spent on nothing else.
    pub(in crate::model) fn pay_for_meeting(&mut self) {
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
