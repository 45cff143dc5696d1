//! Worlds: a file, a built-in case or a program's own words become a checked setup for every run.
//!
//! [`World::open`] takes the name of a built-in case or the path of a file, [`World::open_with`]
//! assignments such as `agenda.threshold=0.7` too, and [`World::build`] what a program says. All are
//! read strictly, and all problems are reported at once, each with its place
//! ([`document::Problems`]). [`World::setup`] then draws the numbers that are distributions and
//! returns what a [`crate::model::Partnership`] is founded from. It cannot fail, because every value
//! that a distribution can give has been checked.

pub mod build;
pub mod built_in;
pub mod data;
pub mod dates;
pub mod document;
mod horizon;
mod kept;
pub mod nation;
pub mod number;
pub mod numbers;
pub mod patterns;
pub mod posterior;
mod read;
pub mod refitted;
mod series;
pub mod support;
mod theory;

pub use nation::Nation;
pub use posterior::{Numbers, Posterior};
pub use theory::WorldTheory;

use crate::ids::Month;
use crate::measure::{InterviewPlan, Measure, catalogue};
use crate::model::{RunId, Setup, Shipped};
use crate::parameters::Provenance;
use dates::Date;
use document::{Assignment, Node, Problem, Problems, Resolver, Source, Table, Value};
use kept::Kept;
use number::{Allowed, Drawn, Known, Prior, Set, Unsettable, Weighed};
use patterns::{Fact, Pattern};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The source of a number or of a whole table, as the scenario states it.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[non_exhaustive]
pub struct Note {
    /// The key: `agenda.threshold`, `shock.karl`.
    pub key: String,
    /// What kind of support it has.
    pub provenance: Provenance,
    /// The source, or the reason.
    pub source: String,
}

/// What money is counted in, and what the partnership costs.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[non_exhaustive]
pub struct Money {
    /// The currency of all prices.
    pub currency: String,
    /// The budget of the partnership in a month, if stated.
    pub month: Option<f64>,
}

/// A checked scenario, ready to run.
#[derive(Clone)]
pub struct World {
    /// Its name: that of the built-in case, or of the file without its ending.
    pub name: String,
    /// A title for tables and pictures.
    pub title: String,
    /// What it is about, in a sentence or two.
    pub summary: String,
    /// The theory it runs under.
    pub theory: WorldTheory,
    /// Interviews that are held.
    pub interviews: Vec<InterviewPlan>,
    /// Patterns to compare with.
    pub patterns: Vec<Pattern>,
    /// Published facts to draw beside the simulation.
    pub facts: Vec<Fact>,
    /// Numbers that a search may move.
    pub priors: Vec<Prior>,
    /// Titles of its tables for people: `shock.karl` → "Karl joins".
    pub titles: BTreeMap<String, String>,
    /// Where its numbers come from, as far as it says.
    pub notes: Vec<Note>,
    /// What its source states, if it says so.
    pub statements: Vec<support::Statement>,
    /// Currency and budget, if stated.
    pub money: Option<Money>,
    /// What a fit says of its numbers, as draws.
    pub posterior: Option<Arc<Posterior>>,
    /// Whether runs live at these draws.
    numbers: Numbers,
    /// Numbers that are not drawn, although the posterior has them.
    undrawn: Arc<BTreeSet<String>>,
    /// The study that goes with it, if it names one: its patterns are among the patterns.
    pub data: Option<Arc<data::Understood>>,
    /// The date of month 1, if it is stated.
    pub starts: Option<Date>,
    refitted: Vec<refitted::Refitted>,
    template: Setup,
    drawn: Vec<Drawn>,
    known: Arc<BTreeMap<String, Known>>,
    shocks_strike: bool,
    /// Interventions that are left out.
    left_out: Vec<String>,
    /// Numbers that were set to other values than the table states.
    moved: BTreeMap<String, f64>,
    beyond: Vec<String>,
    table: Arc<Table>,
    kept: Kept,
}

impl std::fmt::Debug for World {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "scenario `{}`", self.name)
    }
}

impl World {
    /// Opens a built-in case by its name, or a file by its path.
    ///
    /// # Errors
    /// Every problem found, with its place.
    pub fn open(name_or_path: &str) -> Result<World, Problems> {
        World::open_assigned(name_or_path, &[])
    }

    /// Opens the same with assignments, such as `agenda.threshold=0.7`, laid over it.
    ///
    /// # Errors
    /// Every problem found, with its place.
    pub fn open_with(
        name_or_path: &str,
        assignments: impl IntoIterator<Item: AsRef<str>>,
    ) -> Result<World, Problems> {
        World::open_assigned(name_or_path, &Assignment::all(assignments))
    }

    /// Opens the same with assignments that record how they were given.
    ///
    /// # Errors
    /// Every problem found, with its place.
    pub fn open_assigned(
        name_or_path: &str,
        assignments: &[Assignment],
    ) -> Result<World, Problems> {
        let built_in = built_in::source(name_or_path).or_else(|| built_in::nation(name_or_path));
        let (source, name) = match built_in {
            Some(source) if !looks_like_a_path(name_or_path) => (source, name_or_path.to_owned()),
            _ => (find_file(name_or_path)?, stem(name_or_path)),
        };
        World::from_source(source, &name, assignments)
    }

    /// Reads a scenario from the text that a file of this name would hold.
    ///
    /// ```
    /// use rppsim::scenario::World;
    /// let calm = World::from_text("calm", "extends = \"quiet\"\nmeeting.attendance = 1.0").unwrap();
    /// assert_eq!(calm.title, "Cypress without newcomers");
    /// let problems = World::from_text("calm", "extends = \"quite\"").err().unwrap();
    /// assert!(problems.to_string().contains("did you mean"));
    /// ```
    ///
    /// # Errors
    /// Every problem found, with its place.
    pub fn from_text(name: &str, text: &str) -> Result<World, Problems> {
        World::from_source(Source::new(format!("{name}.toml"), text), name, &[])
    }

    fn from_source(
        source: Arc<Source>,
        name: &str,
        assignments: &[Assignment],
    ) -> Result<World, Problems> {
        let table = document::resolve(source, assignments, &Library)?;
        read::scenario(name, table, None)
    }

    /// The setup of one run, with every distribution drawn at its own random address.
    pub fn setup(&self, origin: RunId) -> Setup {
        let mut setup = self.template.clone();
        for drawn in &self.drawn {
            drawn.draw_into(&mut setup, origin);
        }
        self.put_drawn(&mut setup, origin);
        if !self.shocks_strike {
            setup.shocks.clear();
        }
        setup.interventions.retain(|intervention| !self.left_out.contains(&intervention.name));
        setup
    }

    /// A month in words: its date if the world says when it starts, "April 2027", else its number,
    /// "month 8".
    pub fn when(&self, month: Month) -> String {
        self.starts.map_or_else(|| format!("month {month}"), |starts| starts.of(month).to_string())
    }

    /// The same world under another theory: one that ships, or one of your own.
    #[must_use]
    pub fn under(&self, theory: impl Into<WorldTheory>) -> World {
        World { theory: theory.into(), ..self.clone() }
    }

    /// Everything that is measured in it: the catalogue and its own patterns, as `pattern.NAME`.
    pub fn measures(&self) -> Vec<Measure> {
        let budget = self.money.as_ref().map(|money| (money.currency.as_str(), money.month));
        let mut all = catalogue::all(&self.template, budget);
        all.extend(self.patterns.iter().map(Pattern::as_measure));
        all
    }

    /// The same world without its scheduled shocks: its twin.
    ///
    /// ```
    /// use rppsim::scenario::World;
    /// let cypress = World::open("cypress").unwrap();
    /// assert!(cypress.template().shocks.len() > 1);
    /// let calm = cypress.without_shocks();
    /// assert!(calm.setup(rppsim::model::RunId::new(1, 1)).shocks.is_empty());
    /// ```
    #[must_use]
    pub fn without_shocks(&self) -> World {
        World { shocks_strike: false, ..self.clone() }
    }

    /// [`World::without_shocks`], or `None` if none are scheduled.
    #[must_use]
    pub fn twin(&self) -> Option<World> {
        let shocked = self.shocks_strike && !self.template.shocks.is_empty();
        shocked.then(|| self.without_shocks())
    }

    /// The same world without the intervention of this name.
    #[must_use]
    pub fn without_intervention(&self, name: &str) -> World {
        let mut without = self.clone();
        without.left_out.push(name.to_owned());
        without
    }

    /// The same world with its priors at these values, given in the order of the priors.
    #[must_use]
    pub fn at(&self, values: &[f64]) -> World {
        let mut there = self.clone();
        let keys = self.priors.iter().map(|prior| prior.key.clone());
        there.moved.extend(keys.zip(values.iter().copied()));
        there.put();
        there
    }

    /// Puts all numbers that were moved in their places. What is said of a whole comes before what
    /// is said of a part of it, in whatever order they were moved. Returns the key of a mix whose
    /// roles were all left without a weight; it stays as it is.
    fn put(&mut self) -> Option<String> {
        let World { template, drawn, known, moved, .. } = self;
        drawn.retain(|drawn| !moved.contains_key(&drawn.key));
        let mut outer_first: Vec<(&String, f64)> = moved.iter().map(|(k, v)| (k, *v)).collect();
        outer_first.sort_by_key(|(key, _)| key.matches('.').count());
        let mut mixes: BTreeMap<&str, &Weighed> = BTreeMap::new();
        for (key, value) in outer_first {
            match known.get(key).map(|known| &known.set) {
                Some(Set::Place(set)) => set(template, value),
                Some(Set::Share(mix, _)) => _ = mixes.insert(&mix.key, mix),
                Some(Set::Again) | None => {}
            }
        }
        let mut weightless = None;
        for (key, mix) in mixes {
            match mix.with(|share| moved.get(share).copied()) {
                Some(shares) => (mix.set)(template, shares),
                None => weightless = Some(key.to_owned()),
            }
        }
        weightless
    }

    /// The same world, read again with numbers that were moved and that no place holds.
    fn read_again(&self) -> Result<World, Unsettable> {
        let mut table = Table::clone(&self.table);
        for (key, value) in &self.moved {
            let known = self.known.get(key);
            if let Some(known) = known.filter(|known| matches!(known.set, Set::Again)) {
                let path = document::key_parts(key).unwrap_or_default();
                table.set(&path, known.allowed.literal(*value));
            }
        }
        let posterior = Some(self.posterior.clone());
        let again = read::scenario(&self.name, table, posterior).map_err(|problems| {
            let first = problems.into_iter().next();
            Unsettable::Together(first.map_or(String::new(), |problem| problem.message))
        })?;
        let World { template, drawn, known, table, .. } = again;
        Ok(World { template, drawn, known, table, ..self.clone() })
    }

    /// The same world with some of its numbers at other values, given by key. A number that was a
    /// distribution becomes the value.
    ///
    /// The share of a role in a mix is moved as a weight: the mix is in proportion to its weights,
    /// so that it always sums to one. Where the others sum to 0.8, a weight of 0.4 makes a share of
    /// a third. To state the shares themselves, write the whole mix in a file or an assignment.
    ///
    /// ```
    /// use rppsim::scenario::World;
    /// let quiet = World::open("quiet").unwrap();
    /// let loud = quiet.with([("agenda.threshold", 0.2)]).unwrap();
    /// assert_eq!(loud.template().parameters.agenda.threshold, 0.2);
    /// assert!(quiet.with([("agenda.treshold", 0.2)]).err().unwrap().to_string().contains("threshold"));
    /// ```
    ///
    /// ```
    /// use rppsim::scenario::World;
    /// let mine = "extends = \"quiet\"\norganization.pdi.identity = { researcher = 0.5, broker = 0.5 }";
    /// let mine = World::from_text("mine", mine)?.with([("organization.pdi.identity.broker", 1.0)])?;
    /// let pdi = mine.template().organizations.iter().find(|o| o.name == "pdi").unwrap();
    /// let broker = pdi.repertoire.position("broker").unwrap();
    /// assert_eq!(pdi.identity.share(broker), 2.0 / 3.0);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// If there is no number of this key, or its value is not allowed, alone or with the others.
    pub fn with<'k>(
        &self,
        values: impl IntoIterator<Item = (&'k str, f64)>,
    ) -> Result<World, Unsettable> {
        let mut there = self.clone();
        let mut again = false;
        for (key, value) in values {
            let Some(known) = self.known.get(key) else {
                let near = document::nearest(key, self.known.keys().map(String::as_str));
                return Err(Unsettable::Unknown { key: key.into(), near: near.map(str::to_owned) });
            };
            if !known.allowed.holds(value) {
                let allowed = known.allowed.clone();
                return Err(Unsettable::NotAllowed { key: key.into(), value, allowed });
            }
            let before = there.moved.insert(key.to_owned(), value).or(known.value());
            again |= matches!(known.set, Set::Again) && before != Some(value);
        }
        if again {
            there = there.read_again()?;
        }
        if let Some(mix) = there.put() {
            return Err(Unsettable::Together(format!("no role of `{mix}` has a weight")));
        }
        let fault = there.template.check().into_iter().next().map(|fault| fault.to_string());
        match fault.or_else(|| read::conflict(&there.template, &there.drawn)) {
            Some(fault) => Err(Unsettable::Together(fault)),
            None => Ok(there),
        }
    }

    /// The values allowed for a number, by its key; `None` if there is no such number.
    pub fn allowed(&self, key: &str) -> Option<&Allowed> {
        self.known.get(key).map(|known| &known.allowed)
    }

    /// The value of a parameter before any distribution is drawn, by its key; `None` for keys that
    /// are not in the table of parameters.
    pub fn value(&self, key: &str) -> Option<f64> {
        self.template.parameters.clone().get_mut(key).copied()
    }

    /// The assignment that gives a number, in the world as it was opened, the value it was moved to
    /// here: of a share of a mix that of the whole mix; none if there is no such number.
    pub fn assignment(&self, key: &str) -> Option<String> {
        let known = self.known.get(key)?;
        if let Set::Share(mix, _) = &known.set {
            let now = mix.with(|share| self.moved.get(share).copied()).unwrap_or(mix.mix);
            let shares = mix.roles.iter().zip(now.shares());
            let told = |(role, share): &(&String, &f64)| {
                let written = self.known.get(&mix.share(role)).is_some_and(|k| k.stated.is_some());
                **share > 0.0 || written
            };
            let shares = shares.filter(told);
            let shares = shares.map(|(role, share)| (role.as_str(), Value::Float(*share).into()));
            let value = Node::from(Value::Table(Table::in_braces(shares)));
            return Some(format!("{}={}", mix.key, document::write_value(&value)));
        }
        let value = known.allowed.literal(*self.moved.get(key)?);
        Some(format!("{key}={}", document::write_value(&value.into())))
    }

    /// The keys of all numbers that the scenario states or could state.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.known.keys().map(String::as_str)
    }

    /// Whether a file or an assignment of the user's own states a number, rather than a built-in
    /// case, a default, or the file that carries a posterior.
    pub fn states(&self, key: &str) -> bool {
        self.known.get(key).is_some_and(|known| known.own)
    }

    /// The keys of what was left out because an assignment made the horizon shorter: shocks, grants,
    /// interviews, patterns and so on that lie beyond it.
    pub fn beyond_horizon(&self) -> &[String] {
        &self.beyond
    }

    /// The setup before any distribution is drawn; each has the middle of its range.
    pub fn template(&self) -> &Setup {
        &self.template
    }

    /// The numbers that differ from run to run.
    pub fn drawn(&self) -> &[Drawn] {
        &self.drawn
    }

    /// The whole world as one file: everything it inherits is written out, numbers have the values
    /// that [`World::with`] gave them, and what was left out is not in it. The file needs no other
    /// file, so that a posterior in a file beside the scenario is left out, as is a theory of a
    /// user's own.
    ///
    /// ```
    /// use rppsim::scenario::World;
    /// let calm = World::open("cypress").unwrap().without_shocks();
    /// let louder = calm.with([("agenda.threshold", 0.2)]).unwrap();
    /// let again = World::from_text("louder", &louder.to_toml()).unwrap();
    /// assert_eq!(again.value("agenda.threshold"), Some(0.2));
    /// assert!(again.template().shocks.is_empty());
    /// ```
    pub fn to_toml(&self) -> String {
        document::to_toml(&self.written_out())
    }

    /// Every value of it as TOML, under its dotted key, as in [`World::to_toml`].
    pub fn values(&self) -> BTreeMap<String, String> {
        document::values(&self.written_out())
    }

    fn written_out(&self) -> Table {
        let mut table = Table::clone(&self.table);
        let posterior = table.get("posterior").and_then(Node::as_str);
        if posterior.is_some_and(|name| built_in::posterior(name).is_none()) {
            table.remove("posterior");
        }
        let write = |table: &mut Table, key: &str, value: Value| {
            table.set(&document::key_parts(key).unwrap_or_default(), value);
        };
        for (key, known) in self.known.iter() {
            let moved = self.moved.get(key);
            match (&known.set, moved) {
                (Set::Share(mix, role), _) => {
                    let now = mix.with(|share| self.moved.get(share).copied()).unwrap_or(mix.mix);
                    // A file states shares, which sum to one.
                    if (mix.assigned || now != mix.mix)
                        && (now.share(*role) > 0.0 || known.stated.is_some())
                    {
                        write(&mut table, key, Value::Float(now.share(*role)));
                    }
                }
                (_, Some(value)) => write(&mut table, key, known.allowed.literal(*value)),
                _ => {}
            }
        }
        match Shipped::ALL.iter().find(|shipped| shipped.word() == self.theory.word()) {
            None => _ = table.remove("theory"),
            Some(Shipped::Standard) if table.get("theory").is_none() => {}
            Some(shipped) => {
                table.set(&["theory".to_owned()], Value::String(shipped.word().to_owned()));
            }
        }
        let mut out: Vec<String> = Vec::new();
        if !self.shocks_strike && table.remove("shock").is_some() {
            out.push("shock".to_owned());
        }
        for name in &self.left_out {
            let interventions = table.get_mut("intervention").and_then(Node::as_table_mut);
            if interventions.and_then(|all| all.remove(name)).is_some() {
                out.push(format!("intervention.{name}"));
            }
        }
        horizon::forget(&mut table, &out);
        table
    }
}

fn looks_like_a_path(name: &str) -> bool {
    name.contains(['/', '\\']) || name.ends_with(".toml")
}

fn stem(path: &str) -> String {
    Path::new(path).file_stem().map_or(path.into(), |stem| stem.to_string_lossy().into_owned())
}

fn find_file(name_or_path: &str) -> Result<Arc<Source>, Problems> {
    let path = Path::new(name_or_path);
    if !looks_like_a_path(name_or_path) && !path.exists() {
        let names: Vec<&str> = built_in::names().collect();
        let mut problems = Problems::new();
        problems.push(
            Problem::new(format!("there is no built-in case and no file called `{name_or_path}`"))
                .allowed(format!("{}, or the path of a file", names.join(", ")))
                .suggest(document::nearest(name_or_path, names.iter().copied())),
        );
        return Err(problems);
    }
    document::read_file(path)
}

/// Finds what `extends` names: a built-in case, or a file beside the one that asks.
struct Library;

impl Resolver for Library {
    fn resolve(&self, name: &str, from: &Source) -> Result<Arc<Source>, Problems> {
        if !looks_like_a_path(name)
            && let Some(source) = built_in::source(name)
        {
            return Ok(source);
        }
        let beside: PathBuf = Path::new(from.name()).parent().unwrap_or(Path::new("")).join(name);
        if looks_like_a_path(name) || beside.exists() {
            return document::read_file(&beside);
        }
        find_file(name)
    }
}
