//! Plans of sweeps: a TOML file says what is varied, how often it is run and what is measured.

use super::factor::{Factor, Values};
use super::outcome::Measured;
use super::table;
use crate::experiment::design::{Aim, Kind, Place};
use crate::scenario::Scenario;
use crate::scenario::document::{
    Node, Place as Where, Problem, Problems, Reader, Source, Table, Value, nearest, parse,
    read_file_up_to, to_toml,
};
use crate::scenario::number::distribution;
use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A checked plan.
#[derive(Clone, Debug)]
pub struct Plan {
    /// A title for tables and pictures.
    pub title: String,
    /// The scenario that is varied.
    pub scenario: Scenario,
    /// What is varied, in the order of the columns.
    pub factors: Vec<Factor>,
    /// How the rows were chosen; none for rows of a table made elsewhere.
    pub design: Option<Kind>,
    /// By row: the value of each factor.
    pub rows: Vec<Vec<f64>>,
    /// By row: what it is for in the design.
    pub places: Vec<Place>,
    /// Runs of each row.
    pub replicates: u64,
    /// The seed of all runs, and of the design.
    pub seed: u64,
    /// Whether replicate k of every row is run k of the seed, so that rows differ only by
    /// consequences; otherwise every run has a number of its own.
    pub common: bool,
    /// What is measured.
    pub outcomes: Vec<Measured>,
    /// Whether a table of all runs is made, beside that of rows.
    pub keep_runs: bool,
    /// Whether the meetings of every run are kept, for fans of role share.
    pub keep_meetings: bool,
    /// Runs in a chunk of the store, if the plan says so.
    pub runs_a_chunk: Option<u64>,
    /// So many failed runs are put up with; with one more the sweep is given up.
    pub failures: u64,
    /// The scenario and the assignments that were asked for.
    pub asked: Vec<String>,
    /// The plan as one file that needs no other: [`Plan::from_text`] reads it back. Only `failures`
    /// is not in it, for results do not depend on it, and a sweep that was given up can go on.
    pub text: String,
}

/// Values of one row of a sweep that are held in memory at a time: replicates times outcomes, and
/// four kept meetings for one value.
pub const MOST_VALUES_OF_A_ROW: u64 = 500_000;
/// Runs that a chunk holds at most.
pub(super) const MOST_RUNS_OF_A_CHUNK: u64 = 4096;
/// The largest plan or table of rows that is read, in bytes.
const MOST_BYTES: u64 = 64 * 1024 * 1024;
/// The version of the plan format.
const SCHEMA: i64 = 1;
const KINDS: [&str; 7] =
    ["factorial", "one-at-a-time", "latin", "sobol", "morris", "saltelli", "rows"];
/// Rows whose values are checked together before anything runs; beyond them a fault shows as a
/// failed run.
const CHECKED: usize = 20_000;

impl Plan {
    /// Reads a plan; paths in it are relative to its file.
    ///
    /// # Errors
    /// Every problem found, with its place.
    pub fn open(path: &Path) -> Result<Plan, Problems> {
        Plan::from_source(read_file_up_to(path, MOST_BYTES)?)
    }

    /// Reads a plan from its text; paths in it are relative to `name`.
    ///
    /// # Errors
    /// Every problem found, with its place.
    pub fn from_text(name: &str, text: &str) -> Result<Plan, Problems> {
        Plan::from_source(Source::new(name, text))
    }

    fn from_source(source: Arc<Source>) -> Result<Plan, Problems> {
        let table = parse(source)?;
        let problems = RefCell::new(Problems::new());
        let plan = Reading { table: &table, problems: &problems }.plan();
        problems.into_inner().into_result(())?;
        // Without a problem there is a plan.
        plan.ok_or_else(|| Problem::new("the plan cannot be read").at(table.place()).into())
    }

    /// All runs.
    pub fn runs(&self) -> u64 {
        self.rows.len() as u64 * self.replicates
    }

    /// The number of the run that a replicate (from 0) of a row is.
    pub fn run_number(&self, row: usize, replicate: u64) -> u64 {
        match self.common {
            true => replicate + 1,
            false => row as u64 * self.replicates + replicate + 1,
        }
    }

    /// The scenario of a row.
    ///
    /// # Errors
    /// Why the values cannot be set.
    pub fn scenario_of(&self, row: usize) -> Result<Scenario, String> {
        let values = self.factors.iter().map(|factor| factor.key.as_str());
        self.scenario
            .with(values.zip(self.rows[row].iter().copied()))
            .map_err(|why| why.to_string())
    }

    /// The command that repeats a run alone.
    pub fn command(&self, row: usize, replicate: u64) -> String {
        let values = self.factors.iter().zip(&self.rows[row]);
        let sets = values.map(|(factor, value)| match factor.allowed.whole {
            true => format!("{}={value}", factor.key),
            false => format!("{}={value:?}", factor.key),
        });
        let (seed, run) = (self.seed, self.run_number(row, replicate));
        let mut asked = self.asked.iter();
        let scenario = asked.next().map_or(String::new(), |name| quoted(name));
        let sets = asked.cloned().chain(sets).map(|set| format!(" --set {}", quoted(&set)));
        let sets: String = sets.collect();
        format!("rppsim run {scenario}{sets} --seed {seed} --first {run} --runs 1")
    }
}

/// A word as a shell takes it.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./=".contains(c);
    match !word.is_empty() && word.chars().all(plain) {
        true => word.to_owned(),
        false => format!("'{}'", word.replace('\'', r"'\''")),
    }
}

struct Reading<'a> {
    table: &'a Table,
    problems: &'a RefCell<Problems>,
}

impl<'a> Reading<'a> {
    fn plan(&self) -> Option<Plan> {
        let mut top = Reader::new(self.table, "", self.problems);
        top.required("schema");
        top.integer("schema", SCHEMA..=SCHEMA);
        let title = top.string("title");
        let (scenario, asked) = self.scenario(&mut top);
        let replicates = top.integer("replicates", 1..=1_000_000_000).unwrap_or(1) as u64;
        let seed = top.integer("seed", 0..=i64::MAX).unwrap_or(1) as u64;
        let common = top.boolean("common_random_numbers").unwrap_or(true);
        let keep = top.strings("keep").unwrap_or_default();
        for (word, place) in &keep {
            if !["runs", "meetings"].contains(&word.as_str()) {
                self.wrong(
                    Problem::new(format!("nothing called `{word}` can be kept"))
                        .at(place)
                        .allowed("\"runs\", \"meetings\"")
                        .suggest(nearest(word, ["runs", "meetings"].into_iter())),
                );
            }
        }
        let failures = top.integer("failures", 0..=i64::MAX).unwrap_or(0) as u64;
        let runs_a_chunk = top.integer("runs_a_chunk", 1..=MOST_RUNS_OF_A_CHUNK as i64);
        let wanted = top.required("outcomes").is_some();
        let names = top.strings("outcomes").unwrap_or_default();
        let outcomes =
            scenario.as_ref().map(|scenario| self.outcomes(&mut top, scenario, &names, wanted));
        let factors = scenario.as_ref().map(|scenario| self.factors(&mut top, scenario));
        if scenario.is_none() {
            top.table("factor").map(|mut table| table.keys());
        }
        let (factors, outcomes) = (factors.unwrap_or_default(), outcomes.unwrap_or_default());
        let design = self.design(&mut top, scenario.as_ref(), factors, seed);
        top.finish();
        let (scenario, design) = (scenario?, design?);
        let meetings = match keep.iter().any(|(word, _)| word == "meetings") {
            true => scenario.template().calendar.meetings(),
            false => 0,
        };
        let values = outcomes.len() as u64 + u64::from(meetings).div_ceil(4);
        if replicates.saturating_mul(values) > MOST_VALUES_OF_A_ROW {
            let outcomes = outcomes.len();
            let with = match meetings {
                0 => String::new(),
                meetings => format!(" and {meetings} meetings, four to a value"),
            };
            self.wrong(
                Problem::new("a row would have too many values")
                    .at(self.place("replicates"))
                    .found(format!("{replicates} replicates of {outcomes} outcomes{with}"))
                    .allowed(format!("{MOST_VALUES_OF_A_ROW} values a row"))
                    .help("spread them over more rows, or over plans with other seeds"),
            );
        }
        let plan = Plan {
            title: title.unwrap_or_else(|| scenario.title.clone()),
            text: self.alone(&scenario, &asked, design.table.as_deref()),
            asked,
            scenario,
            factors: design.factors,
            design: design.kind,
            rows: design.rows,
            places: design.places,
            replicates,
            seed,
            common,
            outcomes,
            keep_runs: keep.iter().any(|(word, _)| word == "runs"),
            keep_meetings: keep.iter().any(|(word, _)| word == "meetings"),
            runs_a_chunk: runs_a_chunk.map(|runs| runs as u64),
            failures,
        };
        let runs = plan.rows.len() as u64;
        if runs.checked_mul(replicates).is_none_or(|runs| runs > 1 << 40) {
            self.wrong(Problem::new("there would be too many runs").at(self.place("replicates")));
            return None;
        }
        self.rows_can_be(&plan);
        Some(plan)
    }

    fn wrong(&self, problem: Problem) {
        self.problems.borrow_mut().push(problem);
    }

    fn place(&self, key: &str) -> &Where {
        self.table.get(key).map_or(self.table.place(), |node| &node.place)
    }

    fn factor_place(&self, key: &str) -> &Where {
        let factors = self.table.get("factor").and_then(Node::as_table);
        let entry = factors.and_then(|factors| factors.entry(key));
        entry.map_or(self.place("factor"), |entry| &entry.key_place)
    }

    fn beside(&self, name: &str) -> PathBuf {
        let here = Path::new(self.table.place().source_name());
        here.parent().unwrap_or(Path::new("")).join(name)
    }

    /// The plan as one text: the scenario and the rows of a table written out in it.
    fn alone(&self, scenario: &Scenario, asked: &[String], rows: Option<&str>) -> String {
        let mut rest = self.table.clone();
        for key in ["scenario", "set", "failures", "scenario_text", "scenario_name", "asked"] {
            rest.remove(key);
        }
        rest.remove("rows_text");
        let quoted = |text: &str| Value::String(text.to_owned());
        let place = self.table.place();
        let mut top = Table::new(place.clone());
        let node = |value: Value| Node { value, place: place.clone() };
        let list = asked.iter().map(|text| node(quoted(text))).collect();
        top.add("asked", node(Value::Array(list)));
        top.add("scenario_name", node(quoted(&scenario.name)));
        // Three apostrophes stand in texts in quotation marks only, which may say them so.
        let written_out = |key: &str, text: &str| {
            format!("{key} = '''\n{}'''\n", text.replace("'''", r"\u0027\u0027\u0027"))
        };
        let mut text = to_toml(&top);
        text.push_str(&written_out("scenario_text", &scenario.to_toml()));
        text.push_str(&rows.map_or(String::new(), |rows| written_out("rows_text", rows)));
        text + &to_toml(&rest)
    }

    /// The scenario, by name or path, or as the text that [`Reading::alone`] wrote.
    fn scenario(&self, top: &mut Reader<'a>) -> (Option<Scenario>, Vec<String>) {
        let mut strings = |key: &str| -> Vec<String> {
            top.strings(key).unwrap_or_default().into_iter().map(|(text, _)| text).collect()
        };
        let (set, asked) = (strings("set"), strings("asked"));
        let alone = top.string("scenario_text");
        let name = top.string("scenario_name").unwrap_or_default();
        let (opened, asked, key) = match alone {
            Some(text) => (Scenario::from_text(&name, &text), asked, "scenario_text"),
            None => {
                top.required("scenario");
                let Some(name) = top.string("scenario") else { return (None, asked) };
                let file = match crate::scenario::built_in::text(&name) {
                    Some(_) => name.clone(),
                    None => self.beside(&name).display().to_string(),
                };
                let asked = [vec![name], set.clone()].concat();
                (Scenario::open(&file, &set), asked, "scenario")
            }
        };
        let scenario = opened.map_err(|found| {
            self.problems.borrow_mut().extend(found);
            let why = "the scenario of the plan has problems";
            self.wrong(Problem::new(why).at(self.place(key)));
        });
        (scenario.ok(), asked)
    }

    fn outcomes(
        &self,
        top: &mut Reader<'a>,
        scenario: &Scenario,
        names: &[(String, Where)],
        wanted: bool,
    ) -> Vec<Measured> {
        let known = Measured::known(scenario);
        let mut chosen: Vec<Measured> = Vec::new();
        for (name, place) in names {
            let found = known.iter().find(|measured| measured.name == *name);
            if chosen.iter().any(|earlier| earlier.name == *name) {
                self.wrong(Problem::new(format!("the outcome `{name}` is listed twice")).at(place));
            } else if let Some(found) = found {
                chosen.push(found.clone());
            } else {
                let names: Vec<&str> = known.iter().map(|m| m.name.as_str()).collect();
                self.wrong(
                    Problem::new(format!("there is no outcome called `{name}`"))
                        .at(place)
                        .allowed(names.join(", "))
                        .suggest(nearest(name, names.iter().copied())),
                );
            }
        }
        if wanted && names.is_empty() && self.problems.borrow().is_empty() {
            let place = top.node("outcomes").map_or(self.table.place(), |node| &node.place);
            self.wrong(Problem::new("a plan measures at least one outcome").at(place));
        }
        chosen
    }

    /// `[factor."KEY"]`: a range, levels or a distribution, each within what the scenario allows.
    fn factors(&self, top: &mut Reader<'a>, scenario: &Scenario) -> Vec<Factor> {
        let mut factors = Vec::new();
        for (key, place, mut reader) in top.named_tables("factor") {
            let label = reader.string("label").unwrap_or_else(|| key.clone());
            reader.string("source");
            let Some(allowed) = scenario.allowed(&key) else {
                let near = nearest(&key, scenario.keys());
                self.wrong(
                    Problem::new(format!("the scenario has no number called `{key}`"))
                        .at(&place)
                        .allowed("any number of the scenario; `rppsim params` lists the parameters")
                        .suggest(near),
                );
                reader.keys();
                continue;
            };
            let wide = *allowed.range.start()..=*allowed.range.end();
            let steps = reader.integer("steps", 2..=100_000).map(|steps| steps as usize);
            let ends = reader.node("range");
            if let (None, Some(node)) = (ends, reader.node("steps")) {
                self.wrong(
                    Problem::new(format!("`factor.{key}` has steps and no range to make them in"))
                        .at(&node.place)
                        .allowed("steps beside range = [low, high]"),
                );
            }
            let range = reader.floats("range", wide.clone());
            let stated = reader.node("levels");
            let levels = reader.floats("levels", wide.clone());
            let law = reader.node("law");
            let law_read = law.and_then(|node| {
                let path = reader.path_of("law");
                distribution(&reader, &path, node, allowed, self.problems)
            });
            let given = [ends, stated, law].into_iter().flatten().collect::<Vec<&Node>>();
            let values = match given[..] {
                [] => Some(Values::Given),
                [node] => self.values(node, &key, range, levels, law_read, steps, allowed.whole),
                [_, second, ..] => {
                    self.wrong(
                        Problem::new(format!("`factor.{key}` says twice what its values are"))
                            .at(&second.place)
                            .allowed("one of range, levels, law"),
                    );
                    None
                }
            };
            reader.finish();
            if let Some(values) = values {
                factors.push(Factor { key, label, values, allowed: allowed.clone() });
            }
        }
        factors
    }

    #[allow(clippy::too_many_arguments)] // the three ways to say what values a factor has
    fn values(
        &self,
        node: &Node,
        key: &str,
        range: Option<Vec<(f64, Where)>>,
        levels: Option<Vec<(f64, Where)>>,
        law: Option<crate::scenario::number::Distribution>,
        steps: Option<usize>,
        whole: bool,
    ) -> Option<Values> {
        let plain =
            |list: Vec<(f64, Where)>| list.into_iter().map(|(v, _)| v).collect::<Vec<f64>>();
        let not_whole = |values: &[f64]| whole && values.iter().any(|v| *v != v.trunc());
        let fault = |what: &str, allowed: &str| {
            let problem = Problem::new(format!("`factor.{key}` {what}"));
            self.wrong(problem.at(&node.place).found(node.describe()).allowed(allowed));
            None
        };
        if let Some(range) = range.map(plain) {
            return match range[..] {
                [_, _] if not_whole(&range) => fault("takes whole numbers only", "whole ends"),
                [low, high] if low < high => Some(Values::Range { low, high, steps }),
                [_, _] => fault("has an empty range", "[low, high] with low below high"),
                _ => fault("needs two ends", "[low, high]"),
            };
        }
        if let Some(levels) = levels.map(plain) {
            let mut sorted = levels.clone();
            sorted.sort_by(f64::total_cmp);
            return match levels[..] {
                [] => fault("has no levels", "[value, …]"),
                _ if not_whole(&levels) => fault("takes whole numbers only", "whole levels"),
                _ if sorted.windows(2).any(|pair| pair[0] == pair[1]) => {
                    fault("has a level twice", "different levels")
                }
                _ => Some(Values::Levels(levels)),
            };
        }
        let law = law?;
        match law.quantile(0.5) {
            Some(_) => Some(Values::Law(law)),
            None => fault("cannot be swept by this law", "any distribution but beta"),
        }
    }

    fn design(
        &self,
        top: &mut Reader<'a>,
        scenario: Option<&Scenario>,
        factors: Vec<Factor>,
        seed: u64,
    ) -> Option<Rows> {
        top.required("design");
        let mut reader = top.table("design")?;
        reader.required("kind");
        let word = reader.one_of("kind", &KINDS);
        let most = crate::experiment::design::MOST_POINTS as i64;
        let count = |reader: &mut Reader<'a>, key: &str, usual: i64| {
            reader.integer(key, 1..=most).unwrap_or(usual) as usize
        };
        let made = match word {
            Some("factorial") => self.factorial(&factors),
            Some("one-at-a-time") => {
                let levels = count(&mut reader, "levels", 5);
                self.one_at_a_time(&mut reader, scenario, &factors, levels)
            }
            Some("latin") => {
                let points = count(&mut reader, "points", 100);
                let swaps = count(&mut reader, "swaps", 1000) as u32;
                let aim = match reader.one_of("aim", &["plain", "maximin", "uncorrelated"]) {
                    Some("plain") => Aim::Plain,
                    Some("uncorrelated") => Aim::Uncorrelated { swaps },
                    _ => Aim::Maximin { swaps },
                };
                Some(Kind::Latin { points, aim })
            }
            Some("sobol") => Some(Kind::Sobol { points: count(&mut reader, "points", 128) }),
            Some("morris") => {
                let trajectories = count(&mut reader, "trajectories", 20);
                Some(Kind::Morris { trajectories, levels: count(&mut reader, "levels", 4) })
            }
            Some("saltelli") => Some(Kind::Saltelli { base: count(&mut reader, "base", 256) }),
            Some(_) => {
                let node = reader.required("file");
                let name = reader.string("file");
                reader.finish();
                let place = node.map_or(self.table.place(), |node| &node.place);
                return self.rows_made_elsewhere(top, &name?, place, scenario?, &factors);
            }
            None => {
                reader.keys();
                None
            }
        };
        let place = reader.place();
        reader.finish();
        // Without a scenario there are no factors, and why was told.
        scenario?;
        if let Some(factor) = factors.iter().find(|factor| factor.values == Values::Given) {
            self.wrong(
                Problem::new(format!("`factor.{}` does not say its values", factor.key))
                    .at(self.factor_place(&factor.key))
                    .allowed("range = [low, high], levels = [value, …] or law = { … }"),
            );
            return None;
        }
        let kind = made?;
        // A factor that has a problem is missing here, and was told of.
        let whole = self.problems.borrow().is_empty();
        match kind.design(factors.len(), seed) {
            Ok(design) => {
                let levels: Vec<usize> = match &kind {
                    Kind::Factorial { levels } => levels.clone(),
                    _ => Vec::new(),
                };
                let value = |f: usize, point: &[f64], at: &Place| match at {
                    Place::Cell { levels: cell } => factors[f].level(cell[f], levels[f]),
                    _ => factors[f].at(point[f]),
                };
                let row = |(point, at): (&Vec<f64>, &Place)| {
                    (0..factors.len()).map(|f| value(f, point, at)).collect()
                };
                let rows = design.points.iter().zip(&design.places).map(row).collect();
                Some(Rows { rows, places: design.places, kind: Some(kind), factors, table: None })
            }
            Err(why) if whole => {
                self.wrong(Problem::new(format!("no such design: {why}")).at(place));
                None
            }
            Err(_) => None,
        }
    }

    fn rows_made_elsewhere(
        &self,
        top: &mut Reader<'a>,
        name: &str,
        place: &Where,
        scenario: &Scenario,
        factors: &[Factor],
    ) -> Option<Rows> {
        let source = match top.string("rows_text") {
            Some(text) => Ok(Source::new(name, text)),
            None => read_file_up_to(&self.beside(name), MOST_BYTES),
        };
        match source.and_then(|source| table::rows(&source, scenario, factors)) {
            Ok((factors, rows)) => {
                let places = vec![Place::Anywhere; rows.len()];
                let text = table::text(&factors, &rows);
                Some(Rows { factors, kind: None, rows, places, table: Some(text) })
            }
            Err(found) => {
                self.problems.borrow_mut().extend(found);
                self.wrong(Problem::new("the rows of the plan have problems").at(place));
                None
            }
        }
    }

    fn factorial(&self, factors: &[Factor]) -> Option<Kind> {
        let levels: Option<Vec<usize>> = factors.iter().map(Factor::levels).collect();
        if let Some(missing) = factors.iter().find(|factor| factor.levels().is_none()) {
            let key = missing.key.as_str();
            self.wrong(
                Problem::new(format!("`factor.{key}` needs levels in a factorial design"))
                    .at(self.factor_place(key))
                    .allowed("levels = [value, …], or range = [low, high] with steps = number"),
            );
        }
        Some(Kind::Factorial { levels: levels? })
    }

    /// The baseline is the scenario's own value, or the middle where the factor has no range.
    fn one_at_a_time(
        &self,
        reader: &mut Reader<'a>,
        scenario: Option<&Scenario>,
        factors: &[Factor],
        levels: usize,
    ) -> Option<Kind> {
        let mut baseline = Vec::new();
        let stated = reader.table("baseline");
        let mut stated = stated;
        for factor in factors {
            let own = scenario.and_then(|scenario| scenario.value(&factor.key));
            let key = factor.key.as_str();
            let told = stated.as_mut().and_then(|table| {
                table.float(key, *factor.allowed.range.start()..=*factor.allowed.range.end())
            });
            let at = told.or(own).and_then(|value| factor.coordinate(value));
            if let (Some(_), None, Some(node)) =
                (told, at, stated.as_mut().and_then(|table| table.node(key)))
            {
                let (what, allowed) = match factor.values {
                    Values::Range { low, high, .. } => {
                        ("lies outside its range", format!("{low} to {high}"))
                    }
                    _ => ("cannot be stated", "a baseline for factors with a range".into()),
                };
                self.wrong(
                    Problem::new(format!("the baseline of `{key}` {what}"))
                        .at(&node.place)
                        .allowed(allowed),
                );
            }
            baseline.push(at.unwrap_or(0.5));
        }
        if let Some(stated) = stated {
            stated.finish();
        }
        Some(Kind::OneAtATime { baseline, levels })
    }

    /// Values that are each allowed may not be so together.
    fn rows_can_be(&self, plan: &Plan) {
        if !self.problems.borrow().is_empty() {
            return;
        }
        for row in 0..plan.rows.len().min(CHECKED) {
            if let Err(why) = plan.scenario_of(row) {
                let values = plan.factors.iter().zip(&plan.rows[row]);
                let values: Vec<String> =
                    values.map(|(factor, value)| format!("{} = {value}", factor.key)).collect();
                self.wrong(
                    Problem::new(format!("row {} of the design cannot be run", row + 1))
                        .at(self.place("design"))
                        .found(values.join(", "))
                        .help(why),
                );
                return;
            }
        }
    }
}

/// What a design gives.
struct Rows {
    factors: Vec<Factor>,
    kind: Option<Kind>,
    rows: Vec<Vec<f64>>,
    places: Vec<Place>,
    /// The text of the table that the rows are from.
    table: Option<String>,
}
