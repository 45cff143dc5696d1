//! `[stated.NAME]`: what the source of a case states, where, and which keys carry it.

use super::Reading;
use crate::scenario::document::{Problem, Reader, Table, nearest};
use crate::scenario::support::{Statement, find};

impl<'a> Reading<'a> {
    pub(super) fn statements(&mut self, top: &mut Reader<'a>, table: &Table) -> Vec<Statement> {
        let mut statements = Vec::new();
        for (name, _, mut reader) in top.named_tables("stated") {
            reader.required("says");
            reader.required("source");
            let says = reader.string("says").unwrap_or_default();
            let source = reader.string("source").unwrap_or_default();
            let mut carried_by = Vec::new();
            for (key, place) in reader.strings("carried_by").unwrap_or_default() {
                if find(table, &key).is_none() {
                    let known = keys(table, "");
                    let known = known.iter().map(String::as_str);
                    self.problems.borrow_mut().push(
                        Problem::new(format!("nothing in this scenario is called `{key}`"))
                            .at(&place)
                            .allowed("keys that this file or what it extends writes, such as \"calendar.months\"")
                            .suggest(nearest(&key, known)),
                    );
                }
                carried_by.push(key);
            }
            reader.finish();
            statements.push(Statement { name, says, source, carried_by });
        }
        statements
    }
}

/// The dotted keys of a table and of all tables in it.
fn keys(table: &Table, path: &str) -> Vec<String> {
    let mut all = Vec::new();
    for entry in table.entries() {
        let key = if path.is_empty() { entry.key.clone() } else { format!("{path}.{}", entry.key) };
        if let Some(inner) = entry.node.as_table() {
            all.extend(keys(inner, &key));
        }
        all.push(key);
    }
    all
}
