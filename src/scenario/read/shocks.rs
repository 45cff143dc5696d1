//! `[shock.NAME]`: what is scheduled to happen, each known by its name.

use super::Reading;
use crate::ids::{Month, RoleId, SeatId};
use crate::model::Setup;
use crate::model::setup::{Shock, ShockKind};
use crate::roles::Mix;
use crate::scenario::document::{Place, Problem, Reader};
use crate::scenario::number::{Allowed, Kind};

const KINDS: [&str; 5] = ["join", "replace", "leave", "counterpart", "policy"];

impl<'a> Reading<'a> {
    pub(super) fn shocks(&mut self, top: &mut Reader<'a>, horizon: u32) {
        for (name, _, mut reader) in top.tables_by_name("shock") {
            self.described(&mut reader);
            reader.required("kind");
            let kind = reader.one_of("kind", &KINDS);
            let kind = match kind {
                Some("join") => self.arrival(&mut reader, true),
                Some("replace") => self.arrival(&mut reader, false),
                Some("leave") => {
                    self.seat(&mut reader, "seat").map(|seat| ShockKind::Leave { seat })
                }
                Some("counterpart") => Some(ShockKind::Counterpart {
                    leave: self.seat_list(&mut reader, "leave"),
                    join: self.seat_list(&mut reader, "join"),
                }),
                Some(_) => self.policy(&mut reader),
                None => {
                    reader.keys();
                    None
                }
            };
            let place = self.setup.shocks.len();
            let kind = kind.unwrap_or(ShockKind::Counterpart { leave: vec![], join: vec![] });
            self.setup.shocks.push(Shock { name, month: Month(1), kind });
            reader.required("month");
            self.month(&mut reader, "month", horizon, None, move |s, v| {
                s.shocks[place].month = Month(v as u32);
            });
            reader.finish();
        }
    }

    /// `join` is for seats that are vacant at the start, `replace` for those that are held.
    fn arrival(&self, reader: &mut Reader<'a>, joins: bool) -> Option<ShockKind> {
        let seat = self.seat(reader, "seat");
        let profile = self.profile(reader, "profile");
        let (seat, profile) = (seat?, profile?);
        let held = self.setup.seats[seat].holder.is_some();
        if joins && held {
            let name = self.setup.seats[seat].name.clone();
            self.problems.borrow_mut().push(
                Problem::new(format!("nobody can join in seat `{name}`: somebody holds it"))
                    .at(reader.source_table().get("kind").map_or(reader.place(), |n| &n.place))
                    .help("write kind = \"replace\", or vacant = true for the seat"),
            );
        }
        Some(ShockKind::Arrive { seat, profile })
    }

    fn policy(&mut self, reader: &mut Reader<'a>) -> Option<ShockKind> {
        let organization = self.organization(reader, "organization");
        let about = self.organization(reader, "about");
        self.noted(reader, "step", Kind::Plain, Allowed::UNIT, 0.0);
        let step = reader.float("step", 0.0..=1.0).unwrap_or(0.0);
        let node = reader.required("wants")?;
        let (organization, about) = (organization?, about?);
        let repertoire = self.setup.organizations[about].repertoire.clone();
        let place = self.setup.shocks.len();
        // The shock is not among the others yet: what is read now is put in when it is.
        let set = move |s: &mut Setup, mix| {
            let kind = s.shocks.get_mut(place).map(|shock| &mut shock.kind);
            if let Some(ShockKind::Policy { priorities, .. }) = kind {
                *priorities = mix;
            }
        };
        let priorities = self.mix(&reader.path_of("wants"), node, &repertoire, set);
        let priorities = priorities.unwrap_or(Mix::pure(RoleId(0)));
        Some(ShockKind::Policy { organization, about, priorities, step })
    }

    fn seat(&self, reader: &mut Reader<'_>, key: &str) -> Option<SeatId> {
        let node = reader.required(key)?;
        self.seat_called(&reader.string(key)?, &node.place)
    }

    fn seat_list(&self, reader: &mut Reader<'_>, key: &str) -> Vec<SeatId> {
        let names = reader.strings(key).unwrap_or_default();
        names.iter().filter_map(|(name, place)| self.seat_called(name, place)).collect()
    }

    fn seat_called(&self, name: &str, place: &Place) -> Option<SeatId> {
        let names: Vec<String> = self.setup.seats.iter().map(|seat| seat.name.clone()).collect();
        if self.seat_names.iter().any(|known| known == name) && !names.iter().any(|n| n == name) {
            self.problems.borrow_mut().push(
                Problem::new(format!("`{name}` stands for several seats"))
                    .at(place)
                    .help(format!("name one of them: \"{name}.1\"")),
            );
            return None;
        }
        self.lookup(name, place, &names, "seat").map(SeatId)
    }
}
