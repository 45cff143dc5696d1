//! `[grant.NAME]`: money that comes and ends; and `[money]`: what it is counted in and needed for.

use super::{Reading, Row, shortened};
use crate::ids::{Month, OrganizationId};
use crate::model::Setup;
use crate::model::setup::{Funding, Grant, MOST_MONEY, MOST_MONTHS, Purpose};
use crate::scenario::Money;
use crate::scenario::document::{Entry, Place, Problem, Reader, Table};
use crate::scenario::number::{Allowed, Written};

/// Keys that hold money, wherever they stand.
pub(in crate::scenario) const PRICES: [&str; 8] = [
    "price_once",
    "price_month",
    "price_year",
    "price_occasion",
    "salary",
    "reserve",
    "amount",
    "upkeep",
];

pub(in crate::scenario) const OF_A_GRANT: &[Row<Grant>] = &[
    ("amount", Allowed::MONEY, |grant| &mut grant.amount),
    ("alignment", Allowed::UNIT, |grant| &mut grant.alignment),
];

pub(in crate::scenario) const PAID_FOR: &[Row<Funding>] = &[
    ("upkeep", Allowed::MONEY, |funding| &mut funding.upkeep),
    ("meeting", Allowed::MONEY, |funding| &mut funding.meeting),
];

impl<'a> Reading<'a> {
    pub(super) fn grants(&mut self, top: &mut Reader<'a>, horizon: u32) {
        let mut seen: Vec<(String, Grant)> = Vec::new();
        for (name, _, mut reader) in top.tables_by_name("grant") {
            self.described(&mut reader);
            reader.required("purpose");
            let purpose = reader.choice("purpose", &Purpose::ALL, Purpose::word);
            let payees = self.payees(&mut reader);
            let exclusive = reader.boolean("exclusive").unwrap_or(false);
            let on_award = reader.boolean("on_award").unwrap_or(false);
            let place = self.setup.funding.grants.len();
            let purpose = purpose.unwrap_or(Purpose::Project);
            let grant = Grant {
                name,
                payees,
                exclusive,
                on_award,
                ..Grant::to(OrganizationId(0), purpose, 0.0, 12)
            };
            self.setup.funding.grants.push(grant.clone());

            let from = self.month(&mut reader, "from", horizon, Some(1.0), move |s, v| {
                s.funding.grants[place].from = Month(v as u32);
            });
            reader.required("amount");
            self.numbers(&mut reader, OF_A_GRANT, move |s| &mut s.funding.grants[place]);
            let ends = |written: Option<Written>, otherwise: f64| {
                written.map_or((otherwise, otherwise), |written| (written.least, written.most))
            };
            let (earliest, latest) = ends(from, 1.0);
            let mut widest = Grant { from: Month(earliest as u32), ..grant };
            if purpose != Purpose::Endowment {
                reader.required("months");
                let set = |set: fn(&mut Grant, f64)| {
                    move |s: &mut Setup, v| set(&mut s.funding.grants[place], v)
                };
                let months = set(|grant, v| grant.months = v as u32);
                let months = self.number(&mut reader, "months", Allowed::MONTHS, None, months);
                let renewal = set(|grant, v| grant.renewal = v);
                let usual = Some(widest.renewal);
                let renewal = self.number(&mut reader, "renewal", Allowed::UNIT, usual, renewal);
                let gap = Allowed::whole(0.0..=f64::from(MOST_MONTHS));
                let usual = Some(f64::from(widest.gap));
                self.number(&mut reader, "gap", gap, usual, set(|grant, v| grant.gap = v as u32));
                widest.months = latest as u32 - earliest as u32 + ends(months, 1.0).1 as u32;
                widest.renewal = ends(renewal, 0.0).1;
            }
            let path = reader.path().to_owned();
            self.excluded(reader.place(), &path, &widest, &seen);
            seen.push((path, widest));
            reader.finish();
        }
    }

    /// `payee = "NAME"`, or `payees = { NAME = share }`.
    fn payees(&self, reader: &mut Reader<'a>) -> Vec<(OrganizationId, f64)> {
        let names = self.organization_names();
        let Some(mut shares) = reader.table("payees") else {
            if reader.node("payee").is_none() {
                self.problems.borrow_mut().push(
                    Problem::new(format!("`{}` does not say who is paid", reader.path()))
                        .at(reader.place())
                        .allowed(shortened(&names))
                        .help("write payee = \"NAME\", or payees = { NAME = 0.6, OTHER = 0.4 }"),
                );
                return vec![(OrganizationId(0), 1.0)];
            }
            return vec![(self.organization(reader, "payee").unwrap_or_default(), 1.0)];
        };
        if let Some(node) = reader.node("payee") {
            self.problems.borrow_mut().push(
                Problem::new(format!("`{}` has a payee and payees", reader.path()))
                    .at(&node.place)
                    .allowed("one of the two"),
            );
        }
        let path = shares.path().to_owned();
        let stated = shares.keys();
        let count = stated.len();
        let mut payees = Vec::new();
        for (name, place, node) in stated {
            let payee = self.lookup(name, place, &names, "organization");
            match (payee, node.expect_number(&shares.path_of(name), &(0.0..=1.0))) {
                (Some(payee), Ok(share)) => payees.push((OrganizationId(payee), share)),
                (_, Err(problem)) => self.problems.borrow_mut().push(problem),
                (None, _) => {}
            }
        }
        let sum: f64 = payees.iter().map(|(_, share)| share).sum();
        // One wrong share is told as such.
        if (sum - 1.0).abs() > 1e-6 && payees.len() == count {
            self.problems.borrow_mut().push(
                Problem::new(format!("the shares of `{path}` do not sum to one"))
                    .at(shares.place())
                    .found(format!("a sum of {sum:.6}"))
                    .allowed("1, give or take 0.000001"),
            );
        }
        payees
    }

    fn excluded(&self, place: &Place, path: &str, this: &Grant, seen: &[(String, Grant)]) {
        if let Some((other, _)) = seen.iter().find(|(_, other)| other.excludes(this)) {
            self.problems.borrow_mut().push(
                Problem::new("an exclusive grant can overlap with another to the same organization")
                    .at(place)
                    .found(format!("`{path}` and `{other}`"))
                    .allowed("other months (one that may be renewed has no last month), another payee, or exclusive = false"),
            );
        }
    }

    /// Money in no currency says nothing.
    pub(super) fn prices_have_a_currency(&self, top: &Table, money: Option<&Money>) {
        if let (Some(price), None) = (priced(top), money) {
            self.problems.borrow_mut().push(
                Problem::new(format!("`{}` is in no currency", price.key))
                    .at(&price.key_place)
                    .help("write [money] with currency = \"USD\", and month = the budget of a month if it is known"),
            );
        }
    }

    /// `[money]`: the currency of all prices, what the partnership costs in a month, and what
    /// grants have to pay for beside salaries.
    pub(super) fn money(&mut self, top: &mut Reader<'a>) -> Option<Money> {
        let mut reader = top.table("money")?;
        self.note(&mut reader);
        reader.required("currency");
        let currency = reader.string("currency");
        let month = reader.float("month", 0.0..=MOST_MONEY);
        self.numbers(&mut reader, PAID_FOR, |s| &mut s.funding);
        self.nobody_to_pay(&reader);
        reader.finish();
        Some(Money { currency: currency?, month })
    }

    /// Something has to be paid for, and there is no money at all.
    fn nobody_to_pay(&self, reader: &Reader<'a>) {
        let setup = &self.setup;
        let moneyless =
            setup.funding.grants.is_empty() && setup.organizations.iter().all(|o| o.reserve == 0.0);
        let salaried = setup.seats.iter().any(|seat| seat.salary > 0.0);
        let due = ["upkeep", "meeting"].iter().find_map(|key| reader.source_table().get(key));
        if moneyless && (salaried || due.is_some()) {
            self.problems.borrow_mut().push(
                Problem::new("something has to be paid for, and there is no money")
                    .at(due.map_or(reader.place(), |node| &node.place))
                    .found(
                        "salaries, upkeep or meetings with a price, without a grant or a reserve",
                    )
                    .allowed("a [grant.NAME] table, or a reserve of an organization"),
            );
        }
    }
}

/// The first price that a scenario states.
pub(in crate::scenario) fn priced(top: &Table) -> Option<&Entry> {
    ["intervention", "grant", "seat", "organization"].into_iter().find_map(|kind| {
        let tables = top.get(kind)?.as_table()?.entries().iter();
        let mut keys = tables.filter_map(|entry| entry.node.as_table()).flat_map(Table::entries);
        keys.find(|entry| PRICES.contains(&entry.key.as_str()))
    })
}
