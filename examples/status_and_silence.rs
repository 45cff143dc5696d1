//! Who falls silent where status differs, and what is lost with them?
//!
//! That status decides who speaks is built in (`agenda.voice`). What is asked here is what follows
//! when those who fall silent expect something else than the others: whose expectations the
//! arrangement comes to meet, who gains, and whether a broker gives the silent back more than a
//! voice.
//!
//! `cargo run --release --example status_and_silence` writes a picture to
//! `out/status_and_silence/`.

mod essay;

use essay::{Claimed, Essay, Judged, NONE};
use rppsim::ids::SeatId;
use rppsim::measure::{RunRecord, WHOLE};
use rppsim::model::{Event, Moment, Partnership, Watch};
use rppsim::scenario::World;
use rppsim::scenario::document::Problems;
use rppsim::worlds::Worlds;
use rppsim::worlds::hypothesis::Expected::{Less, More};
use rppsim::worlds::statistics::Mean;
use std::collections::BTreeMap;
use std::error::Error;

const ESSAY: Essay = Essay {
    name: "status_and_silence",
    claim: "Practitioners of little status fall silent among researchers of much status; what is \
            agreed then meets the expectations of those who speak, and the district gains less.",
    source: "Coburn, Penuel & Geil 2013, white paper of the W.T. Grant Foundation: \"Practitioners, \
             especially teachers, can fall silent in rooms filled with researchers.\" A neutral third \
             party is their remedy. Farrell, Harrison & Coburn 2019 pose status as an open question. \
             No size is published.",
    design: "Three years of the Cypress case with its two newcomers; the team has the leaders of the \
             case, four teachers, who want help with materials and in classrooms, and its researchers, \
             who all come as often. Status is even, or steep: researchers 2.2, leaders 1.2, teachers 0.2, the \
             same in all. Read are who opens episodes and who speaks about roles, how far the \
             arrangement about the partner is from what teachers, leaders and researchers of the \
             team expect of it at the end, talk, work and benefit. Then a broker in the steep room, \
             as assumed, taking no time of the meetings, and levelling alone. Controls: a broker \
             who does nothing and takes no time must change nothing; and teachers who expect what \
             leaders expect show what silence does by itself.",
};

const TEACHERS: &str = r#"
[profile.teacher]
trust = 0.75
tenure = 48
certainty = 40

[profile.teacher.about.pdi]
expectation = { from = { "implementation supporter" = 0.35, "tool maker" = 0.30, "PD provider" = 0.20, "thought partner" = 0.15 }, scatter = 0.05 }
conception = { from = "agreed", scatter = 0.05 }

[profile.teacher.about.cypress]
expectation = { from = "identity", scatter = 0.05 }
conception = { from = "agreed", scatter = 0.03 }
"#;

/// Leaders, teachers, researchers: their seats on the team.
const GROUPS: [&[&str]; 3] = [
    &[
        "assistant_superintendent",
        "secondary_director",
        "instruction_director",
        "mathematics_director",
    ],
    &["mathematics_specialist"],
    &["partner_lead", "partner_staff"],
];
/// All of them come as often, so that only status makes silence.
const ATTENDANCE: f64 = 0.85;
/// Their status in an even and in a steep room.
const STATUS: [[f64; 2]; 3] = [[1.2, 1.2], [1.2, 0.2], [1.2, 2.2]];

fn room(steep: bool, who: &str, more: &str) -> Result<World, Problems> {
    let [leader, teacher, researcher] = STATUS.map(|status| status[usize::from(steep)]);
    let mut text = String::from("extends = \"cypress\"\ncalendar.months = 36\n");
    text += more;
    text += TEACHERS;
    text += &format!("[seat.mathematics_specialist]\nholder = \"{who}\"\ncount = 4\n");
    text += &format!("status = {teacher}\nattendance = {ATTENDANCE}\n");
    for (seats, status) in [(GROUPS[0], leader), (GROUPS[2], researcher)] {
        for seat in seats {
            text += &format!("[seat.{seat}]\nstatus = {status}\nattendance = {ATTENDANCE}\n");
        }
    }
    World::from_text("room", &text)
}

/// Who speaks, and what they expect of the partner against what is agreed, by group.
#[derive(Default)]
struct Heard {
    /// Episodes opened and contributions made, by seat.
    said: BTreeMap<SeatId, [f64; 2]>,
    opened: [f64; 3],
    spoke: [f64; 3],
    apart: [f64; 3],
}

impl Watch for Heard {
    fn event(&mut self, _: Moment, event: &Event) {
        match event {
            Event::Episode(episode) => self.said.entry(episode.initiator).or_default()[0] += 1.0,
            Event::Contribution { seat, .. } => self.said.entry(*seat).or_default()[1] += 1.0,
            _ => {}
        }
    }

    fn month(&mut self, p: &Partnership) {
        let repertoire = &p.setup().organizations[1].repertoire;
        let agreed = &p.organizations()[1].agreed;
        let seats = GROUPS.map(|names| -> Vec<SeatId> {
            let plans = SeatId::each(&p.setup().seats);
            // Several of a kind are numbered: `partner_staff.2`.
            let plans = plans.filter(|(_, plan)| {
                names.contains(&plan.name.split('.').next().unwrap_or_default())
            });
            plans.map(|(seat, _)| seat).collect()
        });
        let sum = |seats: &[SeatId], which: usize| -> f64 {
            seats.iter().filter_map(|seat| self.said.get(seat)).map(|said| said[which]).sum()
        };
        self.opened = seats.each_ref().map(|seats| sum(seats, 0));
        self.spoke = seats.each_ref().map(|seats| sum(seats, 1));
        self.apart = seats.map(|seats| {
            let people = || {
                let there = seats.iter().filter(|seat| p.seats()[**seat].team);
                there.filter_map(|seat| p.person(*seat))
            };
            let apart = people().map(|q| repertoire.distance(&q.views[1].expectation, agreed));
            apart.sum::<f64>() / people().count() as f64
        });
    }
}

const READ: [(&str, &str, usize); 9] = [
    ("Episodes that teachers open (built in)", "share of episodes", 3),
    ("Said about roles by teachers (built in)", "share of contributions", 3),
    ("What is agreed: distance from what teachers expect", "distance, 0 to 1", 3),
    ("What is agreed: distance from what leaders expect", "distance, 0 to 1", 3),
    ("What is agreed: distance from what researchers expect", "distance, 0 to 1", 3),
    ("Benefit to the district", "benefit, 1 is the fullest", 4),
    ("Benefit to the partner", "benefit, 1 is the fullest", 4),
    ("Talk about roles", "share of episodes", 3),
    ("Work", "work", 1),
];

fn read((run, heard): (&RunRecord, &Heard)) -> [f64; 9] {
    let share = |of: [f64; 3]| of[1] / of.iter().sum::<f64>();
    let [leaders, teachers, researchers] = heard.apart;
    let talk = run.role_share(WHOLE).unwrap_or(f64::NAN);
    let (benefits, work) = (&run.benefits, run.ledger.done);
    let said = [share(heard.opened), share(heard.spoke), teachers, leaders, researchers];
    let [a, b, c, d, e] = said;
    [a, b, c, d, e, benefits[0], benefits[1], talk, work]
}

fn main() -> Result<(), Box<dyn Error>> {
    print!("{ESSAY}");
    let broker = |cost: &str, credibility: f64, levelling: f64| {
        format!(
            "intervention.broker = {{ from = 1{cost} }}\nbroker.credibility = {credibility:?}\n\
             broker.levelling = {levelling:?}\n"
        )
    };
    let worlds = [
        &room(false, "teacher", "")?,
        &room(true, "teacher", "")?,
        &room(true, "teacher", &broker("", 0.4, 0.5))?,
        &room(true, "teacher", &broker("", 0.0, 0.5))?,
        &room(true, "teacher", &broker(", agenda = 0.0", 0.0, 0.0))?,
        &room(true, "teacher", &broker(", agenda = 0.0", 0.4, 0.5))?,
        &room(false, "district_core", "")?,
        &room(true, "district_core", "")?,
    ];
    let runs = ESSAY.runs(600);
    let side = Worlds::of(worlds).runs(runs).seed(Essay::SEED);
    let asked = [
        ("steep, not even status", 1, 0),
        ("steep, teachers like leaders", 7, 6),
        ("a broker in the steep room", 2, 1),
        ("a broker who takes no time", 5, 1),
        ("a broker who only levels", 3, 1),
        ("control: an idle broker", 4, 1),
    ];
    let means: [Mean; 54] = side.watched::<Heard, 54>(|runs| {
        let read = runs.map(read);
        std::array::from_fn(|i| {
            let (_, one, other) = asked[i / 9];
            Some(read[one][i % 9] - read[other][i % 9]).filter(|x| x.is_finite())
        })
    })?;

    let mut claims = Vec::new();
    for (i, (about, unit, decimals)) in READ.into_iter().enumerate() {
        for (j, (what, ..)) in asked.into_iter().enumerate() {
            let expected = match (j, i) {
                (0, 2) | (2, 5) => Some(More),
                (0, 4 | 5) | (2, 2) => Some(Less),
                (5, _) => NONE,
                _ => None,
            };
            let (what, unit) = (what.to_owned(), (unit, decimals));
            let estimate = means[9 * j + i].estimate();
            claims.push(Claimed { about, what, unit, estimate, expected });
        }
    }
    let judged = Judged::of(claims);
    print!("{judged}");
    Essay::result(judged.result());
    println!(
        "\nBuilt in: that status decides who speaks, and that a broker levels it. Not built in: whom the\n\
         arrangement comes to suit. The district's benefit counts what the district wants as an\n\
         organization, which is not what its teachers expect."
    );
    #[cfg(feature = "plots")]
    {
        let image = judged.picture(
            "Status, silence and what follows",
            &format!("{runs} runs of three years in eight worlds"),
            "That status decides who speaks is built in; statuses and what teachers expect are assumed.",
        )?;
        println!("\n{}", ESSAY.save("silence", &image)?.display());
    }
    Ok(())
}
