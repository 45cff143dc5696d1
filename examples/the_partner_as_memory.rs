//! Is a research organization whose staff stay the memory of a partnership in which the district's
//! leaders come and go?
//!
//! Staff who stay remember further back, know the district, and have no newcomers among them. The
//! three are taken apart here. How far back somebody can tell is built in; what it is good for is
//! not.
//!
//! `cargo run --release --example the_partner_as_memory` writes a picture to
//! `out/the_partner_as_memory/`.

mod essay;

use essay::{Claimed, Essay, Judged, NONE};
use rppsim::ids::{OrganizationId, SeatId};
use rppsim::measure::{RunRecord, WHOLE};
use rppsim::model::event::TalkKind;
use rppsim::model::setup::InterventionKind;
use rppsim::model::{Event, Moment, Partnership, Watch};
use rppsim::scenario::World;
use rppsim::scenario::document::Problems;
use rppsim::worlds::Worlds;
use rppsim::worlds::hypothesis::Expected::{Less, More};
use rppsim::worlds::statistics::Mean;
use std::error::Error;

const ESSAY: Essay = Essay {
    name: "the_partner_as_memory",
    claim: "Where the research organization's staff stay, they keep the memory of the partnership: \
            their histories reach further back, less has to be negotiated again and more work is \
            done, the more so the more the district's leaders turn over. An archive does in part what \
            they do.",
    source: "Coburn, Penuel & Geil 2013, white paper of the W.T. Grant Foundation: long-term \
             partnerships \"enable research organizations to serve as a repository for institutional \
             memory, which can be important in districts with high rates of leadership turnover\". No \
             size is published.",
    design: "Ten years of a large district whose leaders leave at 20 % a year, or at 5 %, with no renewals, \
             so that all live. The partner's staff stay, or leave at 20 % a year as the district's \
             leaders do. Or they leave and are followed by people who hold what they held at first, \
             so that only their own past with the partnership, and the trust it made, is new; also where \
             histories are told only by those who are asked. With an archive and without, at no \
             cost. Read: how many months back the histories reach that the partner's staff tell; talk \
             about roles; work; trust. Control: an archive that nobody can tell from must change \
             nothing.",
};

const PARTNER: OrganizationId = OrganizationId(1);

/// How far back the histories reach that the partner's staff tell.
#[derive(Default)]
struct Told {
    this_month: Vec<SeatId>,
    months_back: Mean,
}

impl Watch for Told {
    fn event(&mut self, _: Moment, event: &Event) {
        if let Event::Contribution { seat, kind: TalkKind::History, .. } = event {
            self.this_month.push(*seat);
        }
    }

    fn month(&mut self, p: &Partnership) {
        for seat in self.this_month.drain(..) {
            let Some(teller) = p.person(seat).filter(|q| q.organization == PARTNER) else {
                continue;
            };
            let now = p.last_month().0 as i32;
            let (own, all) = (now - teller.since, now - p.setup().calendar.began());
            // From the archive or not is the mean of the rule; who came this month has nothing else.
            let from_archive = if own > 0 { reach(p) } else { 1.0 };
            let (own, all) = (f64::from(own), f64::from(all));
            self.months_back.add(from_archive * all + (1.0 - from_archive) * own);
        }
    }
}

/// The probability that a history is told from an archive.
fn reach(p: &Partnership) -> f64 {
    let kept = p.setup().interventions.iter().any(|i| i.kind == InterventionKind::Archive);
    if kept { p.setup().parameters.archive.reach } else { 0.0 }
}

const READ: [(&str, &str, usize); 4] = [
    ("Months back that the partner's staff tell of (built in)", "months", 1),
    ("Talk about roles", "share of episodes", 4),
    ("Work in ten years", "work", 1),
    ("Trust of the team", "0 to 1", 4),
];

fn read((run, told): (&RunRecord, &Told)) -> [Option<f64>; 4] {
    let trust = run.months.iter().map(|month| month.trust).sum::<f64>() / run.months.len() as f64;
    let back = Some(told.months_back.mean()).filter(|months| months.is_finite());
    [back, run.role_share(WHOLE), Some(run.ledger.done), Some(trust)]
}

/// Ten years at yearly turnover of the district's leaders and of the partner's staff.
fn decade(district: f64, partner: f64, more: &[&str]) -> Result<World, Problems> {
    let mut changes = vec!["benefit.renewal_every=0".to_owned()];
    for level in ["cabinet", "director", "specialist"] {
        changes.push(format!("turnover.{level}={district:?}"));
    }
    for level in ["lead", "staff"] {
        changes.push(format!("turnover.{level}={partner:?}"));
    }
    changes.extend(more.iter().map(|text| (*text).to_owned()));
    World::open_with("churn", &changes)
}

const ALIKE: [&str; 2] = [
    "seat.partner_lead.successor=\"partner_core\"",
    "seat.partner_staff.successor=\"partner_core\"",
];
/// Histories are told only by those who are asked.
const NO_HISTORY: &str = "discourse.history=0.0";
const ARCHIVE: &str = "intervention.archive={ from=1, staff=0.0 }";

/// What is asked: a sum of worlds with signs.
const ASKED: [(&str, &[(usize, f64)]); 9] = [
    ("staff stay, district at 20 %", &[(0, 1.0), (1, -1.0)]),
    ("staff stay, district at 5 %", &[(2, 1.0), (3, -1.0)]),
    ("20 against 5 %", &[(0, 1.0), (1, -1.0), (2, -1.0), (3, 1.0)]),
    ("stay, not followed by their like", &[(0, 1.0), (4, -1.0)]),
    ("of it by histories unasked", &[(0, 1.0), (4, -1.0), (8, -1.0), (9, 1.0)]),
    ("followed by their like, not by new staff", &[(4, 1.0), (1, -1.0)]),
    ("an archive where staff leave", &[(5, 1.0), (1, -1.0)]),
    ("an archive where staff stay", &[(6, 1.0), (0, -1.0)]),
    ("control: an archive nobody tells from", &[(7, 1.0), (1, -1.0)]),
];

fn main() -> Result<(), Box<dyn Error>> {
    print!("{ESSAY}");
    let worlds = [
        &decade(0.20, 0.0, &[])?,
        &decade(0.20, 0.20, &[])?,
        &decade(0.05, 0.0, &[])?,
        &decade(0.05, 0.20, &[])?,
        &decade(0.20, 0.20, &ALIKE)?,
        &decade(0.20, 0.20, &[ARCHIVE])?,
        &decade(0.20, 0.0, &[ARCHIVE])?,
        &decade(0.20, 0.20, &[ARCHIVE, "archive.reach=0.0"])?,
        &decade(0.20, 0.0, &[NO_HISTORY])?,
        &decade(0.20, 0.20, &[&ALIKE[..], &[NO_HISTORY]].concat())?,
    ];
    let runs = ESSAY.runs(200);
    let side = Worlds::of(worlds).runs(runs).seed(Essay::SEED);
    let means: [Mean; 44] = side.watched::<Told, 44>(|runs| {
        let read = runs.map(read);
        std::array::from_fn(|i| match ASKED.get(i / 4) {
            Some((_, parts)) => {
                parts.iter().map(|(world, sign)| Some(sign * read[*world][i % 4]?)).sum()
            }
            None => read[i / 4 - ASKED.len()][i % 4],
        })
    })?;

    let mut claims = Vec::new();
    for (i, (about, unit, decimals)) in READ.into_iter().enumerate() {
        // That histories reach further back is no history's doing.
        for (j, (what, _)) in ASKED.into_iter().enumerate().filter(|(j, _)| (i, *j) != (0, 4)) {
            let expected = match (j, i) {
                (8, _) => NONE,
                (0 | 2 | 3 | 6, 1) => Some(Less),
                (0 | 2 | 3 | 6, 2) => Some(More),
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
    let [stay, leave] = [36, 40].map(|first| [0, 1, 2].map(|i| means[first + i].mean()));
    println!(
        "\nStaff who stay tell of {:.0} months, staff who leave of {:.0}; talk {:.1} and {:.1} % of episodes, work\n\
         {:.0} and {:.0}. Built in: one tells of one's own time, or from an archive of all of it. A history is not\n\
         believed more for reaching further back, and tells of arrangements long left beside those that\n\
         hold: what staff who stay bring is what they know and the trust they have.",
        stay[0],
        leave[0],
        100.0 * stay[1],
        100.0 * leave[1],
        stay[2],
        leave[2],
    );
    #[cfg(feature = "plots")]
    {
        let image = judged.picture(
            "A partner whose staff stay, and what of it is memory",
            &format!("{runs} runs of ten years in ten worlds"),
            "What new staff hold is assumed. A history is not believed more for reaching further back.",
        )?;
        println!("\n{}", ESSAY.save("memory", &image)?.display());
    }
    Ok(())
}
