//! From the tree of a plan's file to a checked plan.

use super::{MOST_RUNS_OF_A_CHUNK, MOST_VALUES_OF_A_ROW, Plan};
use crate::measure::Measure;
use crate::scenario::World;
use crate::scenario::document::{
    Node, Place as Where, Problem, Problems, Reader, Table, Value, names, nearest, to_toml,
};
use crate::scenario::number::{Allowed, distribution};
use crate::sweep::factor::{Factor, Values};
use std::cell::RefCell;
use std::path::{Path, PathBuf};

/// The version of the plan format.
const SCHEMA: i64 = 1;

/// A plan's file being read.
pub(super) struct Reading<'a> {
    pub(super) table: &'a Table,
    pub(super) problems: &'a RefCell<Problems>,
}

impl<'a> Reading<'a> {
    pub(super) fn plan(&self) -> Option<Plan> {
        names::check(self.table, &mut self.problems.borrow_mut());
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
            world: scenario,
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

    pub(super) fn wrong(&self, problem: Problem) {
        self.problems.borrow_mut().push(problem);
    }

    pub(super) fn place(&self, key: &str) -> &Where {
        self.table.get(key).map_or(self.table.place(), |node| &node.place)
    }

    pub(super) fn factor_place(&self, key: &str) -> &Where {
        let factors = self.table.get("factor").and_then(Node::as_table);
        let entry = factors.and_then(|factors| factors.entry(key));
        entry.map_or(self.place("factor"), |entry| &entry.key_place)
    }

    pub(super) fn beside(&self, name: &str) -> PathBuf {
        let here = Path::new(self.table.place().source_name());
        here.parent().unwrap_or(Path::new("")).join(name)
    }

    /// The plan as one text: the scenario and the rows of a table written out in it.
    fn alone(&self, scenario: &World, asked: &[String], rows: Option<&str>) -> String {
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
    fn scenario(&self, top: &mut Reader<'a>) -> (Option<World>, Vec<String>) {
        let mut strings = |key: &str| -> Vec<String> {
            top.strings(key).unwrap_or_default().into_iter().map(|(text, _)| text).collect()
        };
        let set = strings("set");
        // What only a store writes is asked for only there, so that messages do not offer it.
        let (opened, asked, key) = match self.table.get("scenario_text") {
            Some(_) => {
                let asked = strings("asked");
                let text = top.string("scenario_text").unwrap_or_default();
                let name = top.string("scenario_name").unwrap_or_default();
                (World::from_text(&name, &text), asked, "scenario_text")
            }
            None => {
                top.required("scenario");
                let Some(name) = top.string("scenario") else { return (None, set) };
                let file = match crate::scenario::built_in::text(&name) {
                    Some(_) => name.clone(),
                    None => self.beside(&name).display().to_string(),
                };
                let asked = [vec![name], set.clone()].concat();
                (World::open_with(&file, &set), asked, "scenario")
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
        scenario: &World,
        names: &[(String, Where)],
        wanted: bool,
    ) -> Vec<Measure> {
        let can_be = |measure: &Measure| !measure.is_of_pairs() || scenario.twin().is_some();
        let mut known = scenario.measures();
        known.retain(|measure| !measure.needs_normal && can_be(measure));
        let mut chosen: Vec<Measure> = Vec::new();
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
    fn factors(&self, top: &mut Reader<'a>, scenario: &World) -> Vec<Factor> {
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
            let values = self.values(&mut reader, &key, allowed);
            reader.finish();
            // A factor that has a problem is left out, so that it is told of once.
            if let Some(values) = values {
                factors.push(Factor { key, label, values, allowed: allowed.clone() });
            }
        }
        factors
    }

    /// The values that the table of a factor says it has; `None` if something is wrong with them.
    fn values(&self, reader: &mut Reader<'a>, key: &str, allowed: &Allowed) -> Option<Values> {
        let wide = *allowed.range.start()..=*allowed.range.end();
        let steps = reader.integer("steps", 2..=100_000).map(|steps| steps as usize);
        let steps_are_wrong = steps.is_none() && reader.node("steps").is_some();
        let ends = reader.node("range");
        if let (None, Some(node)) = (ends, reader.node("steps")) {
            self.wrong(
                Problem::new(format!("`factor.{key}` has steps and no range to make them in"))
                    .at(&node.place)
                    .allowed("steps beside range = [low, high]"),
            );
        }
        let plain =
            |list: Vec<(f64, Where)>| list.into_iter().map(|(v, _)| v).collect::<Vec<f64>>();
        let range = reader.floats("range", wide.clone()).map(plain);
        let stated = reader.node("levels");
        let levels = reader.floats("levels", wide).map(plain);
        let law = reader.node("law");
        let law_read = law.and_then(|node| {
            let path = reader.path_of("law");
            distribution(reader, &path, node, allowed, self.problems)
        });
        let given = [ends, stated, law].into_iter().flatten().collect::<Vec<&Node>>();
        let node = match given[..] {
            [] => return (!steps_are_wrong).then_some(Values::Given),
            [node] => node,
            [_, second, ..] => {
                self.wrong(
                    Problem::new(format!("`factor.{key}` says twice what its values are"))
                        .at(&second.place)
                        .allowed("one of range, levels, law"),
                );
                return None;
            }
        };
        let not_whole = |values: &[f64]| allowed.whole && values.iter().any(|v| *v != v.trunc());
        let fault = |what: &str, may: &str| {
            let problem = Problem::new(format!("`factor.{key}` {what}"));
            self.wrong(problem.at(&node.place).found(node.describe()).allowed(may));
            None
        };
        let values = if let Some(range) = range {
            match range[..] {
                [_, _] if not_whole(&range) => fault("takes whole numbers only", "whole ends"),
                [low, high] if low < high => Some(Values::Range { low, high, steps }),
                [_, _] => fault("has an empty range", "[low, high] with low below high"),
                _ => fault("needs two ends", "[low, high]"),
            }
        } else if let Some(levels) = levels {
            let mut sorted = levels.clone();
            sorted.sort_by(f64::total_cmp);
            match levels[..] {
                [] => fault("has no levels", "[value, …]"),
                _ if not_whole(&levels) => fault("takes whole numbers only", "whole levels"),
                _ if sorted.windows(2).any(|pair| pair[0] == pair[1]) => {
                    fault("has a level twice", "different levels")
                }
                _ => Some(Values::Levels(levels)),
            }
        } else {
            let law = law_read?;
            match law.quantile(0.5) {
                Some(_) => Some(Values::Law(law)),
                None => fault("cannot be swept by this law", "any distribution but beta"),
            }
        };
        values.filter(|_| !steps_are_wrong)
    }
}
