//! Is it better to start small or big?
//!
//! "At present, we know little about which approach is more effective" (Coburn, Penuel & Geil
//! 2013). A young partnership begins with one small project and few people, or with several large
//! ones and everybody. Time and staff are the same; what differs is how they are cut into pieces.
//!
//! `cargo run --release --example start_small_or_big` writes a picture to
//! `out/start_small_or_big/`.

mod essay;

use essay::{Claimed, Essay, Judged, signed_with_half, with_half, world};
use rppsim::measure::{RunRecord, WHOLE};
use rppsim::worlds::Worlds;
use rppsim::worlds::hypothesis::Expected::{More, Within};
use rppsim::worlds::statistics::Mean;
use std::error::Error;

const ESSAY: Essay = Essay {
    name: "start_small_or_big",
    claim: "A partnership that starts small, with few people and simple commitments that it can keep, \
            builds more trust than one that starts big, does more work and lives longer.",
    source: "Coburn, Penuel & Geil 2013, white paper of the W.T. Grant Foundation: which way is better \
             is asked there as an open question, with reasons for both; that following through on \
             simple commitments builds trust is said of some partnerships. No size is published.",
    design: "Five years of a partnership a month old, in which people know little of each other, under published \
             turnover, renewed or ended every two years with a readiness to end of which a good part \
             do not live. Big: five projects at once, of 12 units of work each, and the whole team. Small: \
             one project at a time, of 6 units, two people of each side. Then one of the three at a time; small for a year, \
             and then with all people; and a big start that promises a third less. Who is on \
             the team sees something of each project every month, so that with one project less is \
             seen; where it is to be seen as much, each act tells five times as much. The pace of work is the same everywhere: it is the mean capacity \
             of both sides, whoever meets. Control: where talk takes no time, nothing is asked for, \
             and unclear roles and distrust slow nothing, one small project and five large ones must \
             make the same work (few people miss meetings, since nobody can stand in).",
};

const YOUNG: [&str; 8] = [
    "calendar.months=60",
    "calendar.age=1",
    "benefit.renewal_every=24",
    "benefit.end_base=2.0",
    // Two of the partner's staff have seats of their own, so that they can stay away.
    "seat.partner_staff.count=1",
    "seat.more_staff={ organization=\"pdi\", level=\"staff\", team=true, count=2, status=1.0, \
     attendance=0.9, holder=\"partner_core\", successor=\"new_staff\" }",
    "work.projects=5",
    "work.effort=12.0",
];
const ONE: &[&str] = &["work.projects=1"];
/// As much evidence as the acts of five projects give.
const SEEN_AS_MUCH: &[&str] = &["work.act_evidence=10.0"];
const LITTLE: &[&str] = &["work.effort=6.0"];
/// Two of the district meet with two of the partner.
const FEW: &[&str] = &[
    "seat.assistant_superintendent.team=false",
    "seat.mathematics_specialist.team=false",
    "seat.more_staff.team=false",
];
const ALL_LATER: &[&str] = &["shock.grow={ kind=\"counterpart\", month=13, leave=[], \
     join=[\"assistant_superintendent\", \"mathematics_specialist\", \"more_staff.1\", \
     \"more_staff.2\"] }"];
const MODEST: &[&str] = &["work.planned_pace=0.4"];
const NOTHING_SLOWS: &[&str] = &[
    "theory=\"costless-talk\"",
    "work.clarity_weight=0.0",
    "work.trust_weight=0.0",
    "requests.rate=0.0",
    "benefit.renewal_every=0",
];

/// What a world has that the big one has not, and which world it is compared with.
const WORLDS: [(&str, &[&[&str]], usize); 12] = [
    ("big", &[], 0),
    ("small", &[ONE, LITTLE, FEW], 0),
    ("small, but seen as much", &[ONE, LITTLE, FEW, SEEN_AS_MUCH], 0),
    ("one project", &[ONE], 0),
    ("one project, but seen as much", &[ONE, SEEN_AS_MUCH], 0),
    ("projects of half the work", &[LITTLE], 0),
    ("few people", &[FEW], 0),
    ("small, all people after a year", &[ONE, LITTLE, FEW, ALL_LATER], 0),
    ("big, a third less promised", &[MODEST], 0),
    ("big, nothing slows", &[NOTHING_SLOWS], 9),
    ("control: one small project, nothing slows", &[NOTHING_SLOWS, ONE, LITTLE], 9),
    ("few people, nothing slows: meetings fall through", &[NOTHING_SLOWS, FEW], 9),
];

const READ: [(&str, &str, usize); 5] = [
    ("Trust of the team", "0 to 1", 3),
    ("Work in five years", "work", 1),
    ("Partnerships alive after five years", "share", 3),
    ("Milestones late", "months each", 2),
    ("Talk about roles", "share of episodes", 3),
];

fn read(run: &RunRecord) -> [Option<f64>; 5] {
    [run.trust(), run.work(), run.survives(), run.milestone_delay(), run.role_share(WHOLE)]
}

fn main() -> Result<(), Box<dyn Error>> {
    print!("{ESSAY}");
    let mut worlds = Vec::new();
    for (_, parts, _) in WORLDS {
        worlds.push(world("churn", &[YOUNG.as_slice(), &parts.concat()].concat())?);
    }
    let worlds = std::array::from_fn(|i| &worlds[i]);
    let runs = ESSAY.runs(250);
    let side = Worlds::<12>::of(worlds).runs(runs).seed(Essay::SEED);
    let means: [Mean; 60] = side.means(|runs| {
        let read = runs.map(read);
        std::array::from_fn(|i| {
            let (world, measure) = (i / 5, i % 5);
            let less = if world == 0 { 0.0 } else { read[WORLDS[world].2][measure]? };
            Some(read[world][measure]? - less)
        })
    })?;

    println!("\nThe big start");
    for ((about, unit, d), mean) in READ.iter().zip(&means) {
        println!("  {about}, {unit}: {}", with_half(mean, 1.0, *d));
    }
    let mut claims = Vec::new();
    for (m, (about, unit, decimals)) in READ.into_iter().enumerate() {
        for (i, (what, ..)) in WORLDS.into_iter().enumerate().filter(|(i, _)| *i % 9 > 0) {
            let expected = match (i, m) {
                (10, 1) => Some(Within(-1e-6, 1e-6)),
                (11, 1) => None,
                (10.., _) => continue,
                (1 | 2, 0..=2) => Some(More),
                _ => None,
            };
            let (unit, estimate) = ((unit, decimals), means[5 * i + m].estimate());
            claims.push(Claimed { about, what: what.into(), unit, estimate, expected });
        }
    }
    let judged = Judged::of(claims);
    println!("\nOther starts, less the big one");
    print!("{judged}");
    println!(
        "\nBuilt in: the team sees an act of each project a month, so that several projects show more of\n\
         what the partners do; a project keeps the arrangement it began with; kept and missed milestones are\n\
         seen. Not represented: resources and support that a big start may win, opponents that a small\n\
         one may escape, and what a pilot teaches about the change itself."
    );
    let of = |world: usize, m: usize, scale: f64, d: usize| {
        signed_with_half(&means[5 * world + m], scale, d)
    };
    Essay::result(format!(
        "starting small against big: trust {}, work {} of {:.0}, alive after five years {} points; \
         seen as much: trust {}, work {}, {} points.",
        of(1, 0, 1.0, 3),
        of(1, 1, 1.0, 1),
        means[1].mean(),
        of(1, 2, 100.0, 0),
        of(2, 0, 1.0, 3),
        of(2, 1, 1.0, 1),
        of(2, 2, 100.0, 0),
    ));
    #[cfg(feature = "plots")]
    {
        let image = judged.picture(
            "Starting small against starting big",
            &format!("{runs} runs of the first five years of a young partnership"),
            "Pace of work is the same by construction. Nothing says how big a partnership should be.",
        )?;
        println!("\n{}", ESSAY.save("small_or_big", &image)?.display());
    }
    Ok(())
}
