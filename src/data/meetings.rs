//! The meetings of a table of episodes, numbered.

use super::dates::When;
use super::episodes::Columns;
use super::{Cell, Fault, alike};
use std::ops::Range;

/// A meeting with episodes.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Meeting {
    /// Its number, from 1.
    pub number: u32,
    /// As the table calls it.
    pub name: String,
    /// When it was held, if that is said.
    pub when: Option<When>,
    /// Where it is first named.
    pub span: Range<usize>,
}

/// The meetings with their numbers, and whether nothing but their names put them in order.
pub(super) fn meetings(
    rows: &[&Vec<Cell>],
    meeting: usize,
    when: Option<usize>,
    columns: &Columns,
) -> Result<(Vec<Meeting>, bool), Fault> {
    let mut found: Vec<Meeting> = Vec::new();
    for row in rows {
        let cell = &row[meeting];
        let at = when.map(|at| &row[at]).filter(|cell| cell.said().is_some());
        let at = at.map(|cell| Ok((When::read(cell, columns.dates)?, cell))).transpose()?;
        let known = found.iter_mut().find(|known| alike(&known.name) == alike(&cell.text));
        match known {
            None => found.push(Meeting {
                number: 0,
                name: cell.text.clone(),
                when: at.map(|(when, _)| when),
                span: cell.span.clone(),
            }),
            Some(known) => match (known.when, at) {
                (Some(before), Some((when, cell))) if before != when => {
                    return Err(Fault::at(
                        &cell.span,
                        format!("meeting `{}` has two dates", known.name),
                    )
                    .found(format!("`{}`, and {before} in a row above", cell.text)));
                }
                (None, Some((when, _))) => known.when = Some(when),
                _ => {}
            },
        }
    }
    if found.is_empty() {
        return Err(Fault::at(&(0..0), "no row is left to read").help("look at data.episodes.only"));
    }
    let mut by_name = false;
    let whole = |m: &Meeting| Cell { text: m.name.clone(), span: m.span.clone() }.whole("").ok();
    if !columns.order.is_empty() {
        for known in &mut found {
            let place = columns.order.iter().position(|name| alike(name) == alike(&known.name));
            let Some(place) = place else {
                return Err(Fault::at(&known.span, "this meeting is not in the order of meetings")
                    .found(format!("`{}`", known.name))
                    .help("write it in data.episodes.order where it was held")
                    .not_among(&known.name, columns.order.clone()));
            };
            known.number = place as u32 + 1;
        }
    } else if found.iter().all(|m| whole(m).is_some()) {
        for known in &mut found {
            known.number = whole(known).unwrap_or(0);
            if known.number == 0 {
                return Err(Fault::at(&known.span, "meetings are counted from 1").found("0"));
            }
        }
    } else {
        by_name = !found.iter().all(|m| m.when.is_some());
        match by_name {
            false => found.sort_by_key(|m| (m.when, natural(&m.name))),
            true => found.sort_by_key(|m| natural(&m.name)),
        }
        (1..).zip(&mut found).for_each(|(number, known)| known.number = number);
    }
    found.sort_by_key(|m| m.number);
    for pair in found.windows(2) {
        let [before, after] = pair else { continue };
        if before.number == after.number {
            return Err(Fault::at(
                &after.span,
                format!("two meetings are number {}", after.number),
            )
            .found(format!("`{}` and `{}`", before.name, after.name)));
        }
        let back = after.when.zip(before.when).map(|(after, before)| after.months_since(before));
        match back {
            Some(None) => {
                return Err(Fault::at(
                    &after.span,
                    "one meeting has a date, another a month of the study",
                ));
            }
            Some(Some(months)) if months < 0.0 => {
                return Err(Fault::at(
                    &after.span,
                    format!("meeting {} is before meeting {}", after.number, before.number),
                )
                .found(format!(
                    "{} and {}",
                    after.when.map_or(String::new(), |w| w.to_string()),
                    before.when.map_or(String::new(), |w| w.to_string())
                ))
                .help("number meetings in the order in which they were held"));
            }
            _ => {}
        }
    }
    Ok((found, by_name))
}

/// A name by which "meeting 9" comes before "meeting 10".
fn natural(name: &str) -> Vec<(String, u64)> {
    let mut parts: Vec<(String, u64)> = vec![(String::new(), 0)];
    let mut in_number = false;
    for c in alike(name).chars() {
        let last = parts.len() - 1;
        match c.to_digit(10) {
            Some(digit) => {
                parts[last].1 = parts[last].1.saturating_mul(10).saturating_add(u64::from(digit));
                in_number = true;
            }
            None if in_number => {
                parts.push((c.to_string(), 0));
                in_number = false;
            }
            None => parts[last].0.push(c),
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::super::episodes::{Columns, Episodes};

    #[test]
    fn meetings_are_numbered_by_number_order_date_or_name() {
        let numbers = |text: &str, columns: &Columns| -> Vec<(u32, String)> {
            let read = Episodes::read(text, columns).unwrap_or_else(|why| panic!("{why:?}"));
            read.meetings.into_iter().map(|m| (m.number, m.name)).collect()
        };
        let named = |all: &[(u32, &str)]| -> Vec<(u32, String)> {
            all.iter().map(|(n, name)| (*n, (*name).to_owned())).collect()
        };
        let gap = "meeting,episode,code\n3,1,a\n1,1,a\n";
        assert_eq!(numbers(gap, &Columns::default()), named(&[(1, "1"), (3, "3")]));
        let names = "meeting,episode,code\nmeeting 10,1,a\nmeeting 9,1,a\n";
        assert_eq!(
            numbers(names, &Columns::default()),
            named(&[(1, "meeting 9"), (2, "meeting 10")])
        );
        let dated = "meeting,date,episode,code\nfall,2015-10-02,1,a\nearly fall,2015-09-30,1,a\n";
        assert_eq!(numbers(dated, &Columns::default()), named(&[(1, "early fall"), (2, "fall")]));
        let order = Columns {
            order: vec!["early fall".into(), "lost".into(), "Fall".into()],
            ..Columns::default()
        };
        assert_eq!(numbers(dated, &order), named(&[(1, "early fall"), (3, "fall")]));
    }
}
