//! What does saying yes to requests buy, and what does it cost?
//!
//! The partner of the case said yes to sessions that it did not see as its own work. That wins
//! goodwill and takes staff time, both built in. Not built in is how far the identity drifts,
//! what leaders come to take the partner for, and who gains in the end.
//!
//! `cargo run --release --example requests_goodwill_and_mission_drift` writes a picture to
//! `out/requests_goodwill_and_mission_drift/`.

mod essay;

use essay::{Claimed, Essay, Judged, NONE, world};
use rppsim::ids::OrganizationId;
use rppsim::measure::RunRecord;
use rppsim::model::{Partnership, Watch};
use rppsim::worlds::Worlds;
use rppsim::worlds::hypothesis::Expected::{Less, More};
use rppsim::worlds::statistics::Mean;
use std::error::Error;

const ESSAY: Essay = Essay {
    name: "requests_goodwill_and_mission_drift",
    claim: "Saying yes to requests outside the mission wins goodwill and trust, takes staff from \
            the projects, moves what the partner is, and leaves leaders with an image farther from \
            what it holds itself to be.",
    source: "Farrell, Harrison & Coburn 2019: such sessions \"took it away from the main aspects of \
             its mission\" and became its public face. An AERA abstract on research alliances: \
             districts of little capacity and urgent needs ask for more than a partner has. Coburn, \
             Penuel & Geil 2013: quick answers \"buy BERC goodwill\" (in Baltimore). No size is \
             published.",
    design: "Five years of the Cypress partnership without newcomers. Asked at the usual rate, the \
             partner says yes to everything, to what it thinks right, or to nothing; and yes to \
             everything at the highest rate. Then a district with half the ordinary capacity, \
             urgent in its needs or not; and a tenth of staff time kept for quick answers, in either \
             district. Measured are goodwill, trust, work that requests took the staff from, how far \
             the identity moved, how far leaders' picture of the partner is from that identity, and \
             both benefits. Control: where nobody asks, readiness must change nothing.",
};

const PARTNER: usize = 1;

/// Goodwill, what the partner is, and what the district's leaders take it for.
#[derive(Default)]
struct Image {
    goodwill: Mean,
    moved: f64,
    taken_for: f64,
}

impl Watch for Image {
    fn month(&mut self, p: &Partnership) {
        let (partner, plan) = (&p.organizations()[PARTNER], &p.setup().organizations[PARTNER]);
        self.goodwill.add(partner.goodwill);
        self.moved = plan.repertoire.distance(&partner.identity, &plan.identity);
        let mut apart = Mean::default();
        for (_, person) in
            p.people().filter(|(_, person)| person.organization != OrganizationId(PARTNER))
        {
            let taken_for = &person.views[PARTNER].conception;
            apart.add(plan.repertoire.distance(taken_for, &partner.identity));
        }
        self.taken_for = apart.mean();
    }
}

const READ: [(&str, &str, usize); 8] = [
    ("Goodwill", "0 to 1, mean of five years", 3),
    ("Trust of the team", "0 to 1, mean of five years", 4),
    ("Work that the staff were taken from", "work", 1),
    ("Work done", "work", 1),
    ("How far the partner's identity moved", "distance, 0 to 1", 4),
    ("Leaders' picture of the partner, from its identity", "distance, 0 to 1", 4),
    ("Benefit to the partner", "benefit, 1 is the fullest", 4),
    ("Benefit to the district", "benefit, 1 is the fullest", 4),
];

fn read((run, image): (&RunRecord, &Image)) -> [f64; 8] {
    [
        image.goodwill.mean(),
        run.trust().unwrap_or(f64::NAN),
        run.ledger.diverted,
        run.ledger.done,
        image.moved,
        image.taken_for,
        run.benefits[PARTNER],
        run.benefits[0],
    ]
}

const YES: &str = "requests.base=10.0";
const NO: &str = "requests.base=-10.0";
const NOBODY_ASKS: &str = "requests.rate=0.0";
const POOR: &str = "organization.cypress.capacity=0.5";
const URGENT: &str = "organization.cypress.urgency=1.0";
const QUOTA: &str = "intervention.quota={ from=1 }";

const WORLDS: [&[&str]; 10] = [
    &[NO],
    &[],
    &[YES],
    &["requests.rate=1.0", YES],
    &[POOR],
    &[POOR, URGENT],
    &[QUOTA],
    &[POOR, URGENT, QUOTA],
    &[NOBODY_ASKS, NO],
    &[NOBODY_ASKS, YES],
];

/// One world less another: saying no to all, the same without urgency, the same without a quota.
const ASKED: [(&str, usize, usize); 7] = [
    ("yes to all", 2, 0),
    ("yes to what seems right", 1, 0),
    ("yes to all, asked monthly", 3, 0),
    ("a poor district, urgent", 5, 4),
    ("quick answers", 6, 1),
    ("quick answers, urgent needs", 7, 5),
    ("control: nobody asks", 9, 8),
];

fn main() -> Result<(), Box<dyn Error>> {
    print!("{ESSAY}");
    let mut worlds = Vec::new();
    for more in WORLDS {
        worlds.push(world("quiet", &[&["calendar.months=60"], more].concat())?);
    }
    let worlds = std::array::from_fn(|i| &worlds[i]);
    let runs = ESSAY.runs(300);
    let side = Worlds::<10>::of(worlds).runs(runs).seed(Essay::SEED);
    let means: [Mean; 56] = side.watched::<Image, 56>(|runs| {
        let read = runs.map(read);
        std::array::from_fn(|i| {
            let (_, one, other) = ASKED[i / 8];
            Some(read[one][i % 8] - read[other][i % 8])
        })
    })?;

    let mut claims = Vec::new();
    for (i, (about, unit, decimals)) in READ.into_iter().enumerate() {
        for (j, (what, ..)) in ASKED.into_iter().enumerate() {
            let expected = match (j, i) {
                (0, 0 | 1 | 2 | 4 | 5) | (3, 2) | (4, 0) => Some(More),
                (0, 3) => Some(Less),
                (6, _) => NONE,
                _ => None,
            };
            let (what, unit) = (what.to_owned(), (unit, decimals));
            let estimate = means[8 * j + i].estimate();
            claims.push(Claimed { about, what, unit, estimate, expected });
        }
    }
    let judged = Judged::of(claims);
    print!("{judged}");
    Essay::result(judged.result());
    println!(
        "\nYes: against no to all. Urgent: against a poor district that is not. Quick answers: against\n\
         usual ones. Built in: that yes wins goodwill and counts as a kept commitment, and takes staff time.\n\
         Not built in: whose picture drifts where, and what either side gains from the projects.\n\
         What a district has of an answered request is not counted as its benefit."
    );
    #[cfg(feature = "plots")]
    {
        let image = judged.picture(
            "Saying yes: what it buys and what it costs",
            &format!("{runs} runs of five years in ten worlds"),
            "Yes: against no to all. Urgent: against not. Quick answers: against usual ones. All strengths are assumed.",
        )?;
        println!("\n{}", ESSAY.save("saying_yes", &image)?.display());
    }
    Ok(())
}
