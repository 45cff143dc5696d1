//! `[organization.NAME]`: a repertoire, what the organization is, was agreed to be and does.

use super::{Reading, Row};
use crate::ids::{OrganizationId, RoleId};
use crate::model::setup::OrganizationSetup;
use crate::roles::{MAX_ROLES, Mix, Repertoire, Role};
use crate::scenario::document::{Node, Place, Problem, Reader};
use crate::scenario::number::{Allowed, Kind};

pub(in crate::scenario) const NUMBERS: &[Row<OrganizationSetup>] = &[
    ("endurance", Allowed::UNIT, |o| &mut o.endurance),
    ("incentive", Allowed::UNIT, |o| &mut o.incentive),
    ("independence", Allowed::UNIT, |o| &mut o.independence),
    ("capacity", Allowed::real(0.0..=2.0), |o| &mut o.capacity),
    ("tenure_track", Allowed::UNIT, |o| &mut o.tenure_track),
    ("urgency", Allowed::UNIT, |o| &mut o.urgency),
    ("reserve", Allowed::MONEY, |o| &mut o.reserve),
];

impl<'a> Reading<'a> {
    /// Two passes: names and repertoires first, since mixes and wishes refer to the others'.
    pub(super) fn organizations(&mut self, top: &mut Reader<'a>) {
        let tables = top.tables_by_name("organization");
        if tables.len() < 2 {
            self.problems.borrow_mut().push(
                Problem::new("a partnership needs at least two organizations")
                    .at(top.place())
                    .found(format!("{}", tables.len()))
                    .help("write [organization.NAME] tables, or extends = \"cypress\""),
            );
        }
        let mut pending = Vec::new();
        for (name, place, mut reader) in tables {
            self.described(&mut reader);
            let repertoire = self.repertoire(&name, &place, &mut reader);
            let uniform = first_role();
            self.setup.organizations.push(OrganizationSetup {
                name,
                repertoire,
                works_for: Vec::new(),
                identity: uniform,
                agreed: uniform,
                enacted: uniform,
                endurance: 0.98,
                capacity: 1.0,
                incentive: 0.0,
                tenure_track: 0.0,
                urgency: 0.0,
                reserve: 0.0,
                independence: 0.0,
                priorities: Vec::new(),
            });
            pending.push(reader);
        }
        let names = self.organization_names();
        for (o, reader) in pending.into_iter().enumerate() {
            self.organization_details(o, reader, &names);
        }
    }

    fn repertoire(&mut self, name: &str, place: &Place, reader: &mut Reader<'a>) -> Repertoire {
        let mut roles = Vec::new();
        for (role, _, mut properties) in reader.tables_by_name("role") {
            self.note(&mut properties);
            let mut share = |key: &str, default: f64| {
                self.noted(&properties, key, Kind::Plain, Allowed::UNIT, default);
                properties.float(key, 0.0..=1.0).unwrap_or(default)
            };
            let familiarity = share("familiarity", 1.0);
            let visibility = share("visibility", 1.0);
            let publishable = share("publishable", 0.0);
            roles.push(Role {
                name: role,
                familiarity,
                visibility,
                publishable,
                counted: properties.boolean("counted").unwrap_or(true),
            });
            properties.finish();
        }
        let count = roles.len();
        Repertoire::new(roles).unwrap_or_else(|_| {
            self.problems.borrow_mut().push(
                Problem::new(format!("organization `{name}` needs a repertoire of roles"))
                    .at(place)
                    .found(format!("{count} roles"))
                    .allowed(format!("1 to {MAX_ROLES} tables [organization.{name}.role.ROLE]")),
            );
            placeholder()
        })
    }

    fn organization_details(&mut self, o: usize, mut reader: Reader<'a>, names: &[String]) {
        for (name, place) in reader.strings("works_for").unwrap_or_default() {
            if let Some(client) = self.lookup(&name, &place, names, "organization") {
                self.setup.organizations[o].works_for.push(OrganizationId(client));
            }
        }
        let path = reader.path().to_owned();
        let mut repertoire = self.setup.organizations[o].repertoire.clone();
        let similar = self.similar_pairs(&mut reader, &repertoire);
        // Pairs were read one by one: only sound ones are left.
        if !similar.is_empty()
            && let Ok(alike) = repertoire.clone().with_similarity(&similar)
        {
            repertoire = alike;
            self.setup.organizations[o].repertoire = repertoire.clone();
        }
        let identity = reader.required("identity");
        let agreed = reader.required("agreed");
        let enacted = reader.node("enacted");
        // What is not said of what it does is what was agreed, whatever that is moved to.
        let does = enacted.is_none();
        if let Some(node) = identity {
            let key = format!("{path}.identity");
            self.mix(&key, node, &repertoire, move |s, mix| s.organizations[o].identity = mix);
        }
        if let Some(node) = agreed {
            self.mix(&format!("{path}.agreed"), node, &repertoire, move |s, mix| {
                s.organizations[o].agreed = mix;
                if does {
                    s.organizations[o].enacted = mix;
                }
            });
        }
        if let Some(node) = enacted {
            let key = format!("{path}.enacted");
            self.mix(&key, node, &repertoire, move |s, mix| s.organizations[o].enacted = mix);
        }
        self.wishes(o, &mut reader, names);
        self.numbers(&mut reader, NUMBERS, move |s| &mut s.organizations[o]);
        reader.finish();
    }

    /// `wants = { OTHER = { role = share } }`: what it wants of each other organization.
    fn wishes(&mut self, o: usize, reader: &mut Reader<'a>, names: &[String]) {
        self.setup.organizations[o].priorities = vec![None; names.len()];
        let Some(mut wants) = reader.table("wants") else { return };
        for (name, place, node) in wants.keys() {
            let Some(other) = self.lookup(name, place, names, "organization") else { continue };
            let repertoire = self.setup.organizations[other].repertoire.clone();
            self.mix(&wants.path_of(name), node, &repertoire, move |s, mix| {
                s.organizations[o].priorities[other] = Some(mix);
            });
        }
    }

    /// `similar = [["role", "other role", 0.3]]`.
    fn similar_pairs(
        &mut self,
        reader: &mut Reader<'a>,
        repertoire: &Repertoire,
    ) -> Vec<(RoleId, RoleId, f64)> {
        let mut pairs = Vec::new();
        let Some(node) = reader.node("similar") else { return pairs };
        let path = reader.path_of("similar");
        let wrong = |node: &Node| {
            node.problem(&path, "must list pairs of roles with their likeness").allowed(
                "[[\"role\", \"other role\", 0 to 1], …], two different roles of the repertoire",
            )
        };
        for item in node.as_array().unwrap_or_default() {
            let pair = match item.as_array() {
                Some([a, b, likeness]) => {
                    let role = |n: &Node| repertoire.position(n.as_str()?);
                    let likeness = likeness.as_number().filter(|l| (0.0..=1.0).contains(l));
                    role(a).zip(role(b)).filter(|(a, b)| a != b).zip(likeness)
                }
                _ => None,
            };
            match pair {
                Some(((a, b), likeness)) => pairs.push((a, b, likeness)),
                None => self.problems.borrow_mut().push(wrong(item)),
            }
        }
        if node.as_array().is_none() {
            self.problems.borrow_mut().push(wrong(node));
        }
        pairs
    }
}

fn first_role() -> Mix {
    Mix::pure(RoleId(0))
}

/// Stands in for a repertoire that was refused, so that reading can go on.
fn placeholder() -> Repertoire {
    match Repertoire::new(vec![Role::new("role")]) {
        Ok(repertoire) => repertoire,
        Err(_) => unreachable!("one role is a repertoire"),
    }
}
