//! `[intervention.NAME]`: what partners add to what they do.

use super::{Reading, Row};
use crate::ids::Month;
use crate::model::setup::{Cost, Intervention, InterventionKind};
use crate::scenario::document::{Place, Problem, Reader, nearest};
use crate::scenario::number::{Allowed, Kind};

pub(in crate::scenario) const COSTS: &[Row<Cost>] = &[
    ("staff", Allowed::UNIT, |cost| &mut cost.staff),
    ("agenda", Allowed::UNIT, |cost| &mut cost.agenda),
    ("price_once", Allowed::MONEY, |cost| &mut cost.once),
    ("price_month", Allowed::MONEY, |cost| &mut cost.month),
    ("price_year", Allowed::MONEY, |cost| &mut cost.year),
    ("price_occasion", Allowed::MONEY, |cost| &mut cost.occasion),
];

impl<'a> Reading<'a> {
    pub(super) fn interventions(&mut self, top: &mut Reader<'a>, horizon: u32) {
        let mut seen: Vec<(String, Intervention)> = Vec::new();
        for (name, name_place, mut reader) in top.tables_by_name("intervention") {
            self.described(&mut reader);
            // A table that is called like a kind need not say which kind it is.
            let named = reader.source_table().get("kind").is_none();
            let stated = reader.choice("kind", InterventionKind::ALL, InterventionKind::word);
            let like_it =
                InterventionKind::ALL.iter().copied().find(|kind| named && kind.word() == name);
            let kind = stated.or(like_it);
            if named && kind.is_none() {
                let words: Vec<&str> =
                    InterventionKind::ALL.iter().map(|kind| kind.word()).collect();
                self.problems.borrow_mut().push(
                    Problem::new(format!("`{}` does not say what kind it is", reader.path()))
                        .at(&name_place)
                        .allowed(words.join(", "))
                        .help("write kind = \"…\", or call the table like a kind")
                        .suggest(nearest(&name, words.iter().copied())),
                );
            }
            let place = self.setup.interventions.len();
            let usual = Intervention::of(kind.unwrap_or(InterventionKind::Welcome));
            self.setup.interventions.push(Intervention { name, until: Month(horizon), ..usual });
            let months = self.schedule(&mut reader, place, horizon);
            self.numbers(&mut reader, COSTS, move |s| &mut s.interventions[place].cost);
            if let Some(kind) = kind {
                let widest =
                    Intervention { from: months.0, until: months.1, ..Intervention::of(kind) };
                let path = reader.path().to_owned();
                self.twice_at_once(reader.place(), &path, &widest, &seen);
                seen.push((path, widest));
            }
            reader.finish();
        }
    }

    /// From when until when it is on; returns the first and the last month in which it may be.
    fn schedule(&mut self, reader: &mut Reader<'a>, place: usize, horizon: u32) -> (Month, Month) {
        let from = self.month(reader, "from", horizon, Some(1.0), move |s, v| {
            s.interventions[place].from = Month(v as u32);
        });
        let end = Some(f64::from(horizon));
        let until = self.number(reader, "until", Allowed::MONTHS, end, move |s, v| {
            s.interventions[place].until = Month(v as u32);
        });
        if let Some(known) = self.known.get_mut(&reader.path_of("until")) {
            known.kind = Kind::Month;
        }
        let first = from.as_ref().map_or(1.0, |from| from.most);
        let last = until.as_ref().map_or(f64::from(horizon), |until| until.least);
        // What begins beyond the horizon is told as such.
        if first > last && first <= f64::from(horizon) {
            let at = ["until", "from"].iter().find_map(|key| reader.source_table().get(key));
            self.problems.borrow_mut().push(
                Problem::new(format!("`{}` can end before it begins", reader.path()))
                    .at(at.map_or(reader.place(), |node| &node.place))
                    .found(format!("from month {first} until month {last}"))
                    .allowed(format!(
                        "from ≤ until; without `until` it is on until month {horizon} (calendar.months)"
                    )),
            );
        }
        let earliest = from.map_or(1.0, |from| from.least);
        let latest = until.map_or(f64::from(horizon), |until| until.most);
        (Month(earliest as u32), Month(latest as u32))
    }

    /// Two of a kind at once would cost twice and act once.
    fn twice_at_once(
        &mut self,
        place: &Place,
        path: &str,
        this: &Intervention,
        seen: &[(String, Intervention)],
    ) {
        if let Some((other, _)) = seen.iter().find(|(_, other)| other.doubles(this)) {
            let kind = this.kind.word();
            self.problems.borrow_mut().push(
                Problem::new(format!("two interventions of the kind {kind} can overlap"))
                    .at(place)
                    .found(format!("`{path}` and `{other}`"))
                    .allowed("one of a kind at a time: they would cost twice and act once"),
            );
        }
    }
}
