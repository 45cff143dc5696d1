//! The rows of a plan: from a design, or from a table made elsewhere.

use super::reading::Reading;
use super::{MOST_BYTES, Plan};
use crate::scenario::World;
use crate::scenario::document::{Place as Where, Problem, Reader, Source, read_file_up_to};
use crate::sweep::design::{Aim, Kind, Place};
use crate::sweep::factor::{Factor, Values};
use crate::sweep::table;

const KINDS: [&str; 7] =
    ["factorial", "one-at-a-time", "latin", "sobol", "morris", "saltelli", "rows"];
/// Rows whose values are checked together before anything runs; beyond them a fault shows as a
/// failed run.
const CHECKED: usize = 20_000;

impl<'a> Reading<'a> {
    /// The rows of the design; what is wrong goes to the list.
    pub(super) fn design(
        &self,
        top: &mut Reader<'a>,
        scenario: Option<&World>,
        factors: Vec<Factor>,
        seed: u64,
    ) -> Option<Rows> {
        top.required("design");
        let mut reader = top.table("design")?;
        reader.required("kind");
        let word = reader.one_of("kind", &KINDS);
        let most = crate::sweep::design::MOST_POINTS as i64;
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
        scenario: &World,
        factors: &[Factor],
    ) -> Option<Rows> {
        let source = match self.table.get("rows_text").and_then(|_| top.string("rows_text")) {
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
        scenario: Option<&World>,
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
    pub(super) fn rows_can_be(&self, plan: &Plan) {
        if !self.problems.borrow().is_empty() {
            return;
        }
        for row in 0..plan.rows.len().min(CHECKED) {
            if let Err(why) = plan.world_of(row) {
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
pub(super) struct Rows {
    pub(super) factors: Vec<Factor>,
    pub(super) kind: Option<Kind>,
    pub(super) rows: Vec<Vec<f64>>,
    pub(super) places: Vec<Place>,
    /// The text of the table that the rows are from.
    pub(super) table: Option<String>,
}
