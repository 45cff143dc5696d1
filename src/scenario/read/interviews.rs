//! `[interview.NAME]`: who is asked about whom, and when.

use super::Reading;
use crate::ids::Month;
use crate::measure::InterviewPlan;
use crate::model::setup::MOST_MONTHS;
use crate::scenario::document::{Node, Reader};

impl<'a> Reading<'a> {
    pub(super) fn interviews(&mut self, top: &mut Reader<'a>) -> Vec<InterviewPlan> {
        let mut plans: Vec<InterviewPlan> = Vec::new();
        // In the order in which they take place, since one may ask again those of an earlier one.
        let mut tables = top.tables_by_name("interview");
        tables.sort_by_cached_key(|(_, _, reader)| {
            let months = reader.source_table().get("months").and_then(Node::as_array);
            months.and_then(|months| months.first()?.as_number()).map(|first| first as i64)
        });
        for (name, _, mut reader) in tables {
            self.note(&mut reader);
            let of = self.organization(&mut reader, "of");
            let about = self.organization(&mut reader, "about");
            reader.required("leaders");
            let leaders = reader.integer("leaders", 1..=65_535).unwrap_or(1) as u32;
            reader.required("months");
            let months = reader.whole_pair("months", MOST_MONTHS).unwrap_or((1, MOST_MONTHS));
            let months = (Month(months.0), Month(months.1));
            let earlier = reader.node("again").and_then(|_| reader.string("again"));
            let again = reader.integer("leaders_again", 0..=i64::from(leaders));
            let known: Vec<String> = plans.iter().map(|plan| plan.name.clone()).collect();
            let again = earlier.and_then(|name| {
                let place = &reader.node("again")?.place;
                let plan = self.lookup(&name, place, &known, "earlier interview")?;
                Some((plan, again.unwrap_or(i64::from(leaders)) as u32))
            });
            reader.finish();
            let (of, about) = (of.unwrap_or_default(), about.unwrap_or_default());
            plans.push(InterviewPlan { name, of, about, months, leaders, again });
        }
        plans
    }
}
