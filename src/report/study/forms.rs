//! One run as a study would have coded it, in the forms in which coding tools and R write tables.
//!
//! So a study of known truth can be made, and whether an export goes in as it is can be tried.

use crate::ids::{Meeting, Month, RoleId, SeatId};
use crate::measure::journal::Journal;
use crate::measure::record::RunRecord;
use crate::model::event::{Episode, Event, TalkKind, Topic};
use crate::scenario::World;

/// A form in which tables are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Form {
    /// One row an episode and code, as described in docs/fit-your-own.md.
    Plain,
    /// The plain tables, as R's `write.csv` writes them when it is told nothing more.
    R,
    /// Episodes as Taguette exports highlights: one row a highlight and tag.
    Taguette,
    /// Episodes as QualCoder exports a coding report: one row a coded segment and code.
    QualCoder,
    /// Episodes as Dedoose exports excerpts: all codes of an excerpt in one cell.
    Dedoose,
}

impl Form {
    /// All forms.
    pub const ALL: [Form; 5] =
        [Form::Plain, Form::R, Form::Taguette, Form::QualCoder, Form::Dedoose];

    /// The word used on the command line.
    pub fn word(self) -> &'static str {
        ["plain", "r", "taguette", "qualcoder", "dedoose"][self as usize]
    }
}

/// The tables of a study by the names of their files. A run that kept no journal has no episodes
/// and no people.
pub fn tables(world: &World, run: &RunRecord, form: Form) -> Vec<(&'static str, Vec<u8>)> {
    let coded = run.journal.as_ref().map_or(Vec::new(), |journal| coded(world, journal));
    let episodes = match form {
        Form::Plain | Form::R => plain(&coded),
        Form::Taguette => taguette(&coded),
        Form::QualCoder => qualcoder(&coded),
        Form::Dedoose => dedoose(&coded),
    };
    let people = run.journal.as_ref().map_or(Vec::new(), |journal| people(world, journal));
    let tables = [
        ("episodes.csv", episodes),
        ("interviews.csv", interviews(world, run)),
        ("people.csv", people),
    ];
    let there = tables.into_iter().filter(|(_, rows)| rows.len() > 1);
    there
        .map(|(name, rows)| match (form, name) {
            (Form::R, _) => (name, as_r_writes(&rows)),
            (Form::QualCoder, "episodes.csv") => (name, quoted(&rows)),
            _ => (name, as_is(&rows)),
        })
        .collect()
}

/// A row of cells.
type Row = Vec<String>;

/// An episode as coded.
struct Coded {
    meeting: Meeting,
    month: Month,
    number: u32,
    /// The side that opened it.
    side: String,
    codes: Vec<String>,
}

fn coded(world: &World, journal: &Journal) -> Vec<Coded> {
    let setup = world.template();
    let mut all: Vec<Coded> = Vec::new();
    for (at, event) in &journal.events {
        match event {
            Event::Episode(episode) => {
                let seat = &setup.seats[episode.initiator];
                all.push(Coded {
                    meeting: at.meeting,
                    month: at.month,
                    number: episode.number,
                    side: setup.organizations[seat.organization].name.clone(),
                    codes: codes(episode),
                });
            }
            // A refusal follows the episode that led to it.
            Event::Refusal { .. } => {
                if let Some(last) = all.last_mut().filter(|last| last.meeting == at.meeting) {
                    last.codes.push("refused".into());
                }
            }
            _ => {}
        }
    }
    all
}

/// The codes of an episode: its topic, roles in passing, and kinds of contribution to negotiation.
fn codes(episode: &Episode) -> Row {
    let topic = match episode.coded() {
        Topic::Roles => "role negotiation",
        Topic::Work => "substantive work",
        Topic::Other => "other",
    };
    let passing = episode.coded_peripheral().then_some("roles in passing");
    let kinds = TalkKind::ALL.into_iter().zip(episode.kinds);
    let kinds = kinds.filter(|(_, n)| *n > 0 && episode.coded() == Topic::Roles);
    let kinds = kinds.map(|(kind, _)| kind.word());
    std::iter::once(topic).chain(passing).chain(kinds).map(str::to_owned).collect()
}

fn row<const N: usize>(cells: [&str; N]) -> Row {
    cells.map(str::to_owned).to_vec()
}

fn plain(coded: &[Coded]) -> Vec<Row> {
    let mut rows = vec![row(["meeting", "month", "episode", "code", "initiator"])];
    for episode in coded {
        let numbers =
            [episode.meeting.to_string(), episode.month.to_string(), episode.number.to_string()];
        let of = |code: &String| {
            numbers.iter().cloned().chain([code.clone(), episode.side.clone()]).collect()
        };
        rows.extend(episode.codes.iter().map(of));
    }
    rows
}

/// The name of a transcript.
fn document(episode: &Coded) -> String {
    format!("meeting {:02}, month {:02}.docx", episode.meeting.0, episode.month.0)
}

/// Codes with that of the opener: tools have no column for it.
fn with_opener(episode: &Coded) -> impl Iterator<Item = String> {
    let opener = format!("opened by {}", episode.side);
    episode.codes.iter().cloned().chain([opener])
}

fn taguette(coded: &[Coded]) -> Vec<Row> {
    let mut rows = vec![row(["id", "document", "tag", "content"])];
    for (id, episode) in (1..).zip(coded) {
        let content = format!("Episode {}", episode.number);
        let of = |tag| {
            row([&id.to_string(), &document(episode), &tag, &content].map(|s: &String| s.as_str()))
        };
        rows.extend(with_opener(episode).map(of));
    }
    rows
}

fn qualcoder(coded: &[Coded]) -> Vec<Row> {
    let mut rows = vec![row([
        "File",
        "Coder",
        "Coded",
        "Id",
        "Codename",
        "Coded_Memo",
        "Category",
        "Category",
    ])];
    let mut coding = 0;
    for episode in coded {
        let segment = format!("Episode {}", episode.number);
        for code in with_opener(episode) {
            coding += 1;
            rows.push(row([
                &document(episode),
                "AB",
                &segment,
                &format!("ctid:{coding}"),
                &code,
                "",
                "talk",
                "",
            ]));
        }
    }
    rows
}

fn dedoose(coded: &[Coded]) -> Vec<Row> {
    let mut rows = vec![row([
        "Media Title",
        "Excerpt Range",
        "Excerpt Creator",
        "Excerpt Copy",
        "Codes Applied Combined",
    ])];
    for episode in coded {
        let (from, number) = (1000 * episode.number, episode.number);
        let codes = with_opener(episode).collect::<Vec<_>>().join(", ");
        rows.push(row([
            &document(episode),
            &format!("{from}-{}", from + 900),
            "AB",
            &format!("Episode {number}"),
            &codes,
        ]));
    }
    rows
}

fn interviews(world: &World, run: &RunRecord) -> Vec<Row> {
    let setup = world.template();
    let mut rows = vec![row(["wave", "leader", "role"])];
    for held in &run.interviews {
        let plan = &world.interviews[held.plan];
        let roles = RoleId::each(setup.organizations[plan.about].repertoire.roles());
        let named = roles.filter(|(k, _)| held.names(*k)).map(|(_, role)| role.name.as_str());
        let mut named: Vec<&str> = named.chain(held.uncertain.then_some("uncertain")).collect();
        if named.is_empty() {
            named.push("");
        }
        let leader = &setup.seats[held.seat].name;
        rows.extend(named.into_iter().map(|role| row([&plan.name, leader, role])));
    }
    rows
}

fn people(world: &World, journal: &Journal) -> Vec<Row> {
    let setup = world.template();
    let mut rows = vec![row(["seat", "side", "level", "from", "to"])];
    let mut since: Vec<Option<String>> =
        setup.seats.iter().map(|seat| seat.holder.map(|_| String::new())).collect();
    let mut ended: Vec<(SeatId, String, String)> = Vec::new();
    for (at, event) in &journal.events {
        let mut leave = |seat: SeatId| {
            if let Some(from) = since.get_mut(seat.0).and_then(Option::take) {
                ended.push((seat, from, at.month.to_string()));
            }
        };
        match event {
            Event::Departure { seat, .. } => leave(*seat),
            Event::Arrival { seat, moved_from, .. } => {
                moved_from.iter().for_each(|from| leave(*from));
                since[seat.0] = Some(at.month.to_string());
            }
            _ => {}
        }
    }
    let held = since.into_iter().enumerate();
    ended.extend(held.filter_map(|(seat, from)| Some((SeatId(seat), from?, String::new()))));
    ended.sort_by_key(|(seat, from, _)| (*seat, from.parse::<u32>().unwrap_or(0)));
    for (seat, from, to) in ended {
        let plan = &setup.seats[seat];
        let side = &setup.organizations[plan.organization].name;
        rows.push(row([&plan.name, side, plan.level.word(), &from, &to]));
    }
    rows
}

/// With quotation marks where they are needed.
fn as_is(rows: &[Row]) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().from_writer(Vec::new());
    // Writing to memory does not fail.
    rows.iter().for_each(|row| _ = writer.write_record(row));
    writer.into_inner().unwrap_or_default()
}

/// With a byte-order mark, quotation marks around every cell, and the line ends of Windows.
fn quoted(rows: &[Row]) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new()
        .quote_style(csv::QuoteStyle::Always)
        .terminator(csv::Terminator::CRLF)
        .from_writer("\u{feff}".as_bytes().to_vec());
    rows.iter().for_each(|row| _ = writer.write_record(row));
    writer.into_inner().unwrap_or_default()
}

/// With row names, quotation marks around text alone, and NA where nothing stands.
fn as_r_writes(rows: &[Row]) -> Vec<u8> {
    let cell = |text: &String| match text.as_str() {
        "" => "NA".to_owned(),
        number if number.parse::<f64>().is_ok() => number.to_owned(),
        text => format!("\"{}\"", text.replace('"', "\"\"")),
    };
    let mut text = String::new();
    for (number, row) in rows.iter().enumerate() {
        let name = if number == 0 { "\"\"".to_owned() } else { format!("\"{number}\"") };
        let cells: Vec<String> = std::iter::once(name).chain(row.iter().map(cell)).collect();
        text.push_str(&cells.join(","));
        text.push('\n');
    }
    text.into_bytes()
}
