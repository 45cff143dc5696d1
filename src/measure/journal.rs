//! A journal of one run: every event as a line of JSON, with names in place of numbers.

use crate::model::Partnership;
use crate::model::event::{Event, Moment, Watch};
use crate::model::setup::Setup;
use serde_json::{Map, Value, json};
use std::sync::Arc;

/// Writes events down as they come.
#[derive(Clone, Debug)]
pub struct Journal {
    setup: Arc<Setup>,
    /// The lines so far, each ended by a line feed.
    pub lines: String,
}

impl Journal {
    /// A journal of a partnership.
    pub fn of(p: &Partnership) -> Self {
        Journal { setup: Arc::new(p.setup().clone()), lines: String::new() }
    }

    fn organization(&self, o: &Value) -> Option<Value> {
        Some(self.setup.organizations.get(o.as_u64()? as usize)?.name.clone().into())
    }

    fn seat(&self, seat: &Value) -> Option<Value> {
        Some(self.setup.seats.get(seat.as_u64()? as usize)?.name.clone().into())
    }

    fn role(&self, whose: Option<&Value>, role: &Value) -> Option<Value> {
        let organization = self.setup.organizations.get(whose?.as_u64()? as usize)?;
        Some(organization.repertoire.roles().get(role.as_u64()? as usize)?.name.clone().into())
    }

    fn named(&self, fields: &Map<String, Value>) -> Map<String, Value> {
        let whose = fields.get("about").or(fields.get("by")).or(fields.get("of"));
        let name = |key: &str, value: &Value| match key {
            "seat" | "initiator" | "moved_from" => self.seat(value),
            "about" | "by" | "of" => self.organization(value),
            "role" => self.role(whose, value),
            "shock" => Some(self.setup.shocks.get(value.as_u64()? as usize)?.name.clone().into()),
            "grant" => {
                Some(self.setup.funding.grants.get(value.as_u64()? as usize)?.name.clone().into())
            }
            "present" => {
                value.as_array().map(|seats| seats.iter().filter_map(|s| self.seat(s)).collect())
            }
            "agreed" => {
                let shares = value.as_array()?.iter().enumerate();
                let named = shares.filter_map(|(k, share)| {
                    Some((self.role(whose, &json!(k))?.as_str()?.to_owned(), share.clone()))
                });
                Some(Value::Object(named.collect()))
            }
            _ => None,
        };
        let field = |(key, value): (&String, &Value)| {
            (key.clone(), name(key, value).unwrap_or_else(|| value.clone()))
        };
        fields.iter().map(field).collect()
    }
}

impl Watch for Journal {
    fn event(&mut self, at: Moment, event: &Event) {
        let mut line = Map::new();
        line.insert("month".into(), at.month.into());
        line.insert("meeting".into(), at.meeting.into());
        if let Ok(Value::Object(fields)) = serde_json::to_value(event) {
            line.extend(self.named(&fields));
        }
        self.lines.push_str(&Value::Object(line).to_string());
        self.lines.push('\n');
    }
}
