//! Worlds made in code. A program says what a file would say, and the result is read as a file is:
//! it is checked as strictly, its errors show the line and the likely correction, and whatever can
//! be done with an opened world can be done with it, [`World::to_toml`] included.
//!
//! ```
//! use rppsim::model::setup::Level;
//! use rppsim::scenario::World;
//!
//! let world = World::build(|w| {
//!     let district = w.organization("district", [("driver", 0.7), ("co-designer", 0.3)]);
//!     let partner = w.organization("partner", [("researcher", 0.8), ("vendor", 0.2)]);
//!     w.profile("newcomer").conception(partner, [("vendor", 1.0)]).set("certainty", 2);
//!     w.seat(district, "director", Level::Director);
//!     w.seat(partner, "professor", Level::Lead);
//!     w.replace("director", 7, "newcomer");
//! })?;
//! assert_eq!(world.template().calendar.months, 12);
//! assert_eq!(world.with([("agenda.threshold", 0.4)])?.value("agenda.threshold"), Some(0.4));
//! assert_eq!(world.without_shocks().template().seats.len(), 2);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod literal;
mod setup;
#[cfg(test)]
mod tests;

pub use literal::Literal;

use super::World;
use super::document::{Problem, Problems, Source, Table, Value, key_parts, to_toml};
use crate::model::setup::Level;
use literal::{by_role, list};
use std::cell::{Cell, RefCell};
use std::marker::PhantomData;

/// The profile of people in seats for which the program names none: they hold what was agreed.
const USUAL: &str = "member";

/// What a program says of a world, inside [`World::build`]. Parts refer to one another by name or
/// by the handle that introduced them; what a method does not offer, [`Builder::set`] and
/// [`Part::set`] say by its key, as listed in the reference of scenarios.
#[derive(Debug)]
pub struct Builder {
    name: RefCell<String>,
    /// What a file would say.
    table: RefCell<Table>,
    problems: RefCell<Problems>,
    parts: RefCell<Vec<Vec<String>>>,
    /// Whether a seat was introduced, whose people are of the usual profile unless more is said.
    usual: Cell<bool>,
}

/// Kinds of [`Part`]: a handle of one kind cannot stand for another.
pub mod kind {
    macro_rules! kinds {
        ($($(#[$doc:meta])* $Kind:ident)+) => {
            $($(#[$doc])* #[derive(Clone, Copy, Debug)] pub enum $Kind {})+
        };
    }
    kinds! {
        /// An organization.
        Organization
        /// What people of a kind hold when they take a seat.
        Profile
        /// A seat.
        Seat
        /// A scheduled shock.
        Shock
        /// Any other table.
        Other
    }
}

use kind::{Organization, Other, Profile, Seat, Shock};

/// A table of the world being built, such as an organization or a seat.
#[derive(Clone, Copy, Debug)]
pub struct Part<'w, Kind> {
    world: &'w Builder,
    place: usize,
    kind: PhantomData<Kind>,
}

/// The name of a part: as text, or by its handle.
pub trait Named<Kind> {
    /// The name.
    fn name(&self) -> String;
}

impl<Kind> Named<Kind> for &str {
    fn name(&self) -> String {
        (*self).to_owned()
    }
}

impl<Kind> Named<Kind> for Part<'_, Kind> {
    fn name(&self) -> String {
        self.path().pop().unwrap_or_default()
    }
}

impl World {
    /// A world made in code; see [the module](self) for a program. What is not said has the value
    /// it has in a file that does not say it; people in seats hold what was agreed unless a profile
    /// is named.
    ///
    /// ```
    /// use rppsim::model::setup::Level;
    /// use rppsim::scenario::World;
    ///
    /// let problems = World::build(|w| {
    ///     w.organization("district", [("driver", 1.0)]);
    ///     w.organization("partner", [("researcher", 1.0)]);
    ///     w.seat("distrct", "director", Level::Director);
    ///     w.seat("partner", "professor", Level::Lead);
    /// })
    /// .expect_err("a misspelt name");
    /// assert!(problems.to_string().contains("did you mean `district`?"));
    /// ```
    ///
    /// # Errors
    /// Every problem found. Each shows the line of the file that would say the same.
    pub fn build(say: impl FnOnce(&Builder)) -> Result<World, Problems> {
        let builder = Builder::new("world");
        say(&builder);
        builder.finish()
    }
}

impl Builder {
    fn new(name: &str) -> Builder {
        Builder {
            name: RefCell::new(name.to_owned()),
            table: RefCell::default(),
            problems: RefCell::default(),
            parts: RefCell::default(),
            usual: Cell::new(false),
        }
    }

    /// Names the world, for tables and pictures; otherwise it is called `world`.
    pub fn name(&self, name: &str) {
        name.clone_into(&mut self.name.borrow_mut());
    }

    /// Sets a key as a file would: `w.set("agenda.threshold", 0.4)`, `w.set("title", "A year")`.
    /// `w.set("extends", "cypress")` builds on a built-in case. The last value of a key holds.
    pub fn set(&self, key: &str, value: impl Into<Literal>) {
        self.put_at(Vec::new(), key, value.into().0);
    }

    /// The number of months to simulate; otherwise 12.
    pub fn months(&self, months: u32) {
        self.set("calendar.months", months);
    }

    /// An organization with the roles it can play. The shares, which sum to 1, are what it is and
    /// what was agreed for it; `set("agreed.ROLE", …)` is for organizations whose two differ.
    pub fn organization<'r>(
        &self,
        name: &str,
        roles: impl IntoIterator<Item = (&'r str, f64)>,
    ) -> Part<'_, Organization> {
        let part = self.part("organization", name);
        let roles: Vec<(&str, f64)> = roles.into_iter().collect();
        for (role, _) in &roles {
            self.empty(part.below(&["role", role]));
        }
        let shares = by_role(roles);
        part.set("identity", shares.clone()).set("agreed", shares)
    }

    /// A profile: what newcomers of a kind hold. Without more they hold what was agreed.
    pub fn profile(&self, name: &str) -> Part<'_, Profile> {
        self.part("profile", name)
    }

    /// A seat on the team of an organization.
    pub fn seat(
        &self,
        organization: impl Named<Organization>,
        name: &str,
        level: Level,
    ) -> Part<'_, Seat> {
        let seat = self.part("seat", name).set("organization", organization.name());
        self.usual.set(true);
        seat.set("level", level.word()).set("team", true).holder(USUAL).successor(USUAL)
    }

    /// Schedules somebody of a profile to take a seat, in place of its holder if there is one. The
    /// month may be a [distribution](super::number::Distribution), drawn in every run.
    pub fn replace(
        &self,
        seat: impl Named<Seat>,
        month: impl Into<Literal>,
        profile: impl Named<Profile>,
    ) -> Part<'_, Shock> {
        self.shock(&seat.name(), "replace", month).set("profile", profile.name())
    }

    /// Schedules the holder of a seat to leave it vacant.
    pub fn leave(&self, seat: impl Named<Seat>, month: impl Into<Literal>) -> Part<'_, Shock> {
        self.shock(&seat.name(), "leave", month)
    }

    /// Several shocks at one seat are told apart by a number.
    fn shock(&self, seat: &str, kind: &str, month: impl Into<Literal>) -> Part<'_, Shock> {
        let there = |name: &str| self.said(&["shock".to_owned(), name.to_owned()]).is_some();
        let names = std::iter::once(seat.to_owned()).chain((2..).map(|n| format!("{seat} {n}")));
        let name = names.into_iter().find(|name| !there(name)).unwrap_or_default();
        self.part("shock", &name).set("kind", kind).set("seat", seat).set("month", month)
    }

    /// An intervention, by the word for its kind: `w.intervention("welcome").set("from", 3)`.
    pub fn intervention(&self, kind: &str) -> Part<'_, Other> {
        self.part("intervention", kind)
    }

    /// Interviews of so many leaders of one organization about another, from a first month to a
    /// last one.
    pub fn interview(
        &self,
        name: &str,
        of: impl Named<Organization>,
        about: impl Named<Organization>,
        leaders: u32,
        months: (u32, u32),
    ) -> Part<'_, Other> {
        let part = self.part("interview", name).set("of", of.name()).set("about", about.name());
        part.set("leaders", leaders).set("months", list([months.0, months.1]))
    }

    /// Any other named table: `w.part_of("grant", "foundation")`.
    pub fn part_of(&self, table: &str, name: &str) -> Part<'_, Other> {
        self.part(table, name)
    }

    fn part<Kind>(&self, table: &str, name: &str) -> Part<'_, Kind> {
        let path = vec![table.to_owned(), name.to_owned()];
        self.empty(path.clone());
        self.parts.borrow_mut().push(path);
        Part { world: self, place: self.parts.borrow().len() - 1, kind: PhantomData }
    }

    /// A table that is there though nothing is said in it.
    fn empty(&self, path: Vec<String>) {
        if self.said(&path).is_none() {
            self.put(path, Value::Table(Table::default()));
        }
    }

    fn put(&self, path: Vec<String>, value: Value) {
        self.table.borrow_mut().set(&path, value);
    }

    fn put_at(&self, mut path: Vec<String>, key: &str, value: Value) {
        match key_parts(key) {
            Some(parts) => {
                path.extend(parts);
                self.put(path, value);
            }
            None => self.problems.borrow_mut().push(
                Problem::new(format!("`{key}` is no key"))
                    .allowed("names with points between them, such as agenda.threshold"),
            ),
        }
    }

    /// What stands at a path.
    fn said(&self, path: &[String]) -> Option<Value> {
        let (last, above) = path.split_last()?;
        let table = self.table.borrow();
        let inside = above.iter().try_fold(&*table, |table, key| table.get(key)?.as_table());
        Some(inside?.get(last)?.value.clone())
    }

    fn finish(self) -> Result<World, Problems> {
        let says = |key: &str| self.table.borrow().get(key).is_some();
        if !says("extends") {
            self.set("schema", super::read::SCHEMA);
            if !says("title") {
                self.set("title", self.name.borrow().as_str());
            }
        }
        if self.usual.get() {
            self.empty(vec!["profile".to_owned(), USUAL.to_owned()]);
        }
        let text = to_toml(&self.table.borrow());
        let (name, mut problems) = (self.name.into_inner(), self.problems.into_inner());
        let source = Source::new(format!("{name} (built in code)"), text);
        match World::from_source(source, &name, &[]) {
            Ok(world) => problems.into_result(world),
            Err(found) => {
                problems.extend(found);
                Err(problems)
            }
        }
    }
}

impl<'w, Kind> Part<'w, Kind> {
    fn path(&self) -> Vec<String> {
        self.world.parts.borrow()[self.place].clone()
    }

    /// The header of a table in this one.
    fn below(&self, keys: &[&str]) -> Vec<String> {
        let keys = keys.iter().map(|key| (*key).to_owned());
        self.path().into_iter().chain(keys).collect()
    }

    /// Sets a key of this table as a file would: `.set("urgency", 0.3)`, `.set("title", "Karl")`.
    pub fn set(self, key: &str, value: impl Into<Literal>) -> Self {
        self.world.put_at(self.path(), key, value.into().0);
        self
    }
}

impl Part<'_, Organization> {
    /// Says for whom it works: who is concerned when its role is settled, and may make requests of
    /// it. Of two organizations, each is the other's partner in any case.
    pub fn works_for(self, other: impl Named<Organization>) -> Self {
        let path = self.below(&["works_for"]);
        let mut clients = match self.world.said(&path) {
            Some(Value::Array(clients)) => clients,
            _ => Vec::new(),
        };
        clients.push(Literal::from(other.name()).0.into());
        self.world.put(path, Value::Array(clients));
        self
    }
}

impl Part<'_, Profile> {
    /// The role that such people hold appropriate for an organization.
    pub fn expectation<'r>(
        self,
        organization: impl Named<Organization>,
        shares: impl IntoIterator<Item = (&'r str, f64)>,
    ) -> Self {
        self.about(organization, "expectation", shares)
    }

    /// What such people take an organization to be; members of it, what they believe others do.
    pub fn conception<'r>(
        self,
        organization: impl Named<Organization>,
        shares: impl IntoIterator<Item = (&'r str, f64)>,
    ) -> Self {
        self.about(organization, "conception", shares)
    }

    fn about<'r>(
        self,
        organization: impl Named<Organization>,
        what: &str,
        shares: impl IntoIterator<Item = (&'r str, f64)>,
    ) -> Self {
        let path = self.below(&["about", &organization.name(), what]);
        self.world.put(path, by_role(shares).0);
        self
    }
}

impl Part<'_, Seat> {
    /// The profile of who holds it at the start; `set("vacant", true)` leaves it empty.
    pub fn holder(self, profile: impl Named<Profile>) -> Self {
        self.set("holder", profile.name())
    }

    /// The profile of those who come from outside later.
    pub fn successor(self, profile: impl Named<Profile>) -> Self {
        self.set("successor", profile.name())
    }
}
