//! Does role negotiation emerge outside the meetings, and how much of what people come to hold
//! comes from informal talk?
//!
//! The first half of the question the model cannot answer: outside the meetings nobody raises,
//! contests or settles anything, and there are no texts. What it has is talk in passing among
//! colleagues, which hands on what somebody holds. The second half is asked here.
//!
//! `cargo run --release --example role_talk_in_informal_settings` writes a picture to
//! `out/role_talk_in_informal_settings/`.

mod essay;

use essay::{Claimed, Essay, Judged, NONE, world};
use rppsim::ids::{OrganizationId, RoleId, SeatId};
use rppsim::measure::{RunRecord, WHOLE};
use rppsim::model::{Partnership, Watch};
use rppsim::roles::{MAX_ROLES, Mix};
use rppsim::worlds::Worlds;
use rppsim::worlds::hypothesis::Expected::{Less, More, Within};
use rppsim::worlds::statistics::Mean;
use std::collections::BTreeMap;
use std::error::Error;

const ESSAY: Essay = Essay {
    name: "role_talk_in_informal_settings",
    claim: "Talk among colleagues carries what is said of roles beyond the meetings: without it those \
            who do not come to them end farther from those who do, and more has to be talked about in \
            the meetings. More of it makes up for fewer meetings, so that talk stays within a point of \
            what it was; ties across the organizations leave \
            less to negotiate.",
    source: "Farrell, Harrison & Coburn 2019, AERA Open 5(2), leave open whether role negotiation \
             emerges in other settings, such as department meetings and texts. They observed leadership \
             meetings alone. The claim is ours; no size is published.",
    design: "Two years of the Cypress case. In turn: no contact among colleagues; twice as much; talk \
             and settlements in meetings that teach nothing about what the partner is; acts that teach \
             nothing; every second meeting left out, with usual contact and with twice as much; and ties \
             across the organizations, at no cost. Read: how far the leaders who were never on the team have come \
             from what they took the partner for at first, and how far they end from the district's \
             side of the team; talk about roles; work. Control: where colleagues believe one another \
             nothing, contact must change nothing.",
};

/// The district's people: what those off the team took the partner for, and where they are now.
#[derive(Default)]
struct Picture {
    first: BTreeMap<SeatId, Mix>,
    moved: f64,
    apart: f64,
}

const DISTRICT: usize = 0;
const PARTNER: usize = 1;

impl Watch for Picture {
    fn month(&mut self, p: &Partnership) {
        let conceptions = |team: bool| -> BTreeMap<SeatId, Mix> {
            let of_district =
                p.people().filter(|(_, q)| q.organization == OrganizationId(DISTRICT));
            let there = of_district.filter(|(seat, _)| p.seats()[*seat].team == team);
            there.map(|(seat, q)| (seat, q.views[PARTNER].conception)).collect()
        };
        let (mut off, on) = (conceptions(false), conceptions(true));
        if self.first.is_empty() {
            self.first.clone_from(&off);
        }
        // Who has left the table is not one of those who never came to it.
        off.retain(|seat, _| self.first.contains_key(seat));
        let mut sum = [0.0; MAX_ROLES];
        on.values().for_each(|mix| (0..MAX_ROLES).for_each(|k| sum[k] += mix.share(RoleId(k))));
        let Some(team) = Mix::in_proportion(sum) else { return };
        let repertoire = &p.setup().organizations[PARTNER].repertoire;
        let of_all = off.len() as f64;
        let moved = off.iter().map(|(seat, now)| repertoire.distance(now, &self.first[seat]));
        self.moved = moved.sum::<f64>() / of_all;
        self.apart = off.values().map(|now| repertoire.distance(now, &team)).sum::<f64>() / of_all;
    }
}

const READ: [(&str, &str, usize); 4] = [
    ("Off the team: come from what they took the partner for", "distance, 0 to 1", 4),
    ("Off the team: distance from the team's picture", "distance, 0 to 1", 4),
    ("Talk about roles in meetings", "share of episodes", 4),
    ("Work", "work", 1),
];

fn read((run, picture): (&RunRecord, &Picture)) -> [f64; 4] {
    let talk = run.role_share(WHOLE).unwrap_or(f64::NAN);
    [picture.moved, picture.apart, talk, run.ledger.done]
}

const NO_CONTACT: &str = "ties.contact=0.0";
const TWICE: &str = "ties.contact=0.6";
/// Every second meeting of a school year; the summer is free anyway.
const SELDOM: &str = "calendar.pauses=[2, 4, 6, 7, 8, 10, 12]";
const NOT_BELIEVED: &str = "learning.in_group=0.0";

const WORLDS: [&[&str]; 10] = [
    &[],
    &[NO_CONTACT],
    &[TWICE],
    &["learning.talk=0.0", "settlement.evidence=0.0"],
    &["work.act_evidence=0.0"],
    &[SELDOM],
    &[SELDOM, TWICE],
    &["intervention.multilevel={ from=1, staff=0.0 }"],
    &[NOT_BELIEVED],
    &[NOT_BELIEVED, NO_CONTACT],
];

/// What is compared with what.
const ASKED: [(&str, usize, usize); 9] = [
    ("no contact among colleagues", 1, 0),
    ("twice the contact", 2, 0),
    ("meetings teach nothing", 3, 0),
    ("acts teach nothing", 4, 0),
    ("every second meeting", 5, 0),
    ("the same, with twice the contact", 6, 0),
    ("of it by the contact", 6, 5),
    ("ties across the organizations", 7, 0),
    ("control: contact, nobody believed", 8, 9),
];

fn main() -> Result<(), Box<dyn Error>> {
    print!("{ESSAY}");
    let mut worlds = Vec::new();
    for more in WORLDS {
        worlds.push(world("cypress", &[&["calendar.months=24"], more].concat())?);
    }
    let worlds = std::array::from_fn(|i| &worlds[i]);
    let runs = ESSAY.runs(800);
    let side = Worlds::<10>::of(worlds).runs(runs).seed(Essay::SEED);
    let means: [Mean; 40] = side.watched::<Picture, 40>(|runs| {
        let read = runs.map(read);
        std::array::from_fn(|i| match i / 4 {
            9 => Some(read[0][i % 4]),
            asked => Some(read[ASKED[asked].1][i % 4] - read[ASKED[asked].2][i % 4]),
        })
    })?;

    let mut claims = Vec::new();
    for (i, (about, unit, decimals)) in READ.into_iter().enumerate() {
        for (j, (what, ..)) in ASKED.into_iter().enumerate() {
            let expected = match (j, i) {
                (0, 1 | 2) => Some(More),
                (5, 2) => Some(Within(-0.01, 0.01)),
                (7, 2) => Some(Less),
                (8, _) => NONE,
                _ => None,
            };
            let (what, unit) = (what.to_owned(), (unit, decimals));
            let estimate = means[4 * j + i].estimate();
            claims.push(Claimed { about, what, unit, estimate, expected });
        }
    }
    let judged = Judged::of(claims);
    print!("{judged}");
    Essay::result(judged.result());
    let [moved, apart, talk, _] = [36, 37, 38, 39].map(|i| means[i].mean());
    let part = |asked: usize| 100.0 * means[4 * asked].mean() / moved;
    println!(
        "\nAs it is, those off the team come {moved:.3} from what they first took the partner for, and end\n\
         {apart:.3} from the team; {:.0} % of episodes are about roles. That way changes by {:+.1} % without\n\
         contact, by {:+.1} % where meetings teach nothing, and by {:+.1} % where acts do not.\n\
         Not represented: negotiation outside the meetings, departments' meetings, texts. What is handed\n\
         on in passing is a picture of the partner; it is not contested, settled or counted as talk.",
        100.0 * talk,
        part(0),
        part(2),
        part(3),
    );
    #[cfg(feature = "plots")]
    {
        let image = judged.picture(
            "What is carried by informal talk",
            &format!("{runs} runs of two years in ten worlds"),
            "Outside the meetings nothing is negotiated in this model. How often colleagues talk is assumed.",
        )?;
        println!("\n{}", ESSAY.save("informal", &image)?.display());
    }
    Ok(())
}
