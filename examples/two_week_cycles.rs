//! Are short cycles better, and what do they cost?
//!
//! Improvement networks work in cycles "as short as two weeks". A network meets every month, every
//! two weeks or every week: with the same number of episodes a month, cut into shorter meetings,
//! or with as many in each meeting. More meetings should not by themselves be more talk about
//! roles; that is held apart from what a newcomer adds.
//!
//! `cargo run --release --example two_week_cycles` writes a picture to `out/two_week_cycles/`.

mod essay;

use essay::{Claimed, Essay, Judged, signed_with_half, with_half, world};
use rppsim::ids::Month;
use rppsim::measure::RunRecord;
use rppsim::scenario::World;
use rppsim::worlds::Worlds;
use rppsim::worlds::hypothesis::Expected::{Less, More, Within};
use rppsim::worlds::statistics::Mean;
use std::error::Error;

const ESSAY: Essay = Essay {
    name: "two_week_cycles",
    claim: "Partnerships that work in short cycles get more done, and a newcomer's questions are \
            settled sooner, without more talk about roles than the newcomer brings; but they ask \
            more of people's time.",
    source: "Coburn, Penuel & Geil 2013, white paper of the W.T. Grant Foundation, on networked \
             improvement communities: cycles \"as short as two weeks\", and principals pulled in too \
             many directions. No size is published.",
    design: "A hub and four districts for two years without other turnover; a district's director is \
             replaced in month 6, or nobody is. They meet once, twice or four times a month: for 8 \
             episodes a month in all, or for 8 in each meeting. Measured are talk about roles without \
             a newcomer, what the newcomer adds to it in a year, months from the newcomer to the next \
             settlement (19 if none follows), work, and benefit at the end, which is taken less what \
             taking part costs: the same for everybody, or in proportion to the number of meetings. \
             By rhythm alone, at the same number of episodes a month, work may not change by more than \
             2 units, and the share of talk may not rise by more than a point, nor change at all by \
             more than that where nobody forgets.",
};

/// Nobody leaves, but a director whom a newcomer follows; renewed or ended in the last month.
const STEADY: [&str; 8] = [
    "turnover.cabinet=0.0",
    "turnover.director=0.0",
    "turnover.specialist=0.0",
    "turnover.lead=0.0",
    "turnover.staff=0.0",
    "benefit.renewal_every=24",
    "benefit.end_base=2.0",
    "shock.new={ kind=\"replace\", seat=\"director\", profile=\"newcomer\", month=6 }",
];
/// Meetings a month, and episodes in each of them.
const RHYTHMS: [(u32, u32, &str); 5] = [
    (1, 8, "every month, 8 episodes"),
    (2, 4, "every 2 weeks, 4 episodes"),
    (4, 2, "every week, 2 episodes"),
    (2, 8, "every 2 weeks, 8 episodes"),
    (4, 8, "every week, 8 episodes"),
];
const READ: [(&str, &str, usize); 7] = [
    ("Talk about roles without a newcomer", "share of episodes", 3),
    ("What a newcomer adds to it in a year", "share of episodes", 3),
    ("From the newcomer to the next settlement", "months of 19", 1),
    ("Work in two years", "work", 1),
    ("Mean benefit, meetings cost nothing more", "1 is the fullest", 3),
    ("Mean benefit, each meeting costs as much", "1 is the fullest", 3),
    ("Alive after a renewal, each meeting costs as much", "share", 3),
];

fn network(
    (meetings, episodes, _): (u32, u32, &str),
    more: &[&str],
) -> Result<World, Box<dyn Error>> {
    let meetings = format!("calendar.meetings_per_month={meetings}");
    let episodes = ["fewest", "most", "mean"].map(|n| format!("meeting.{n}_episodes={episodes}"));
    let mut all = vec!["calendar.months=24", &meetings, &episodes[0], &episodes[1], &episodes[2]];
    all.extend(STEADY);
    all.extend(more);
    Ok(world("network", &all)?)
}

/// Share of talk about roles in these months.
fn talk(run: &RunRecord, from: Month, to: Month) -> Option<f64> {
    let meetings = || run.meetings.iter().filter(|m| (from..=to).contains(&m.month));
    let episodes: u32 = meetings().map(|m| m.episodes).sum();
    let roles: u32 = meetings().map(|m| m.roles).sum();
    (episodes > 0).then(|| f64::from(roles) / f64::from(episodes))
}

/// What a rhythm makes: of the world without a newcomer, with one, and with costs by meeting.
fn read(calm: &RunRecord, new: &RunRecord, burdened: &RunRecord) -> [Option<f64>; 7] {
    let settled = new.settlements.iter().find(|s| s.at.month >= Month(6));
    let benefit = |run: &RunRecord| run.benefits.iter().sum::<f64>() / run.benefits.len() as f64;
    [
        talk(calm, Month(1), Month(24)),
        talk(new, Month(6), Month(17))
            .zip(talk(calm, Month(6), Month(17)))
            .map(|(new, calm)| new - calm),
        Some(settled.map_or(19.0, |s| f64::from(s.at.month - Month(6)))),
        Some(new.ledger.done),
        Some(benefit(new)),
        Some(benefit(burdened)),
        Some(f64::from(u8::from(burdened.ended.is_none()))),
    ]
}

fn main() -> Result<(), Box<dyn Error>> {
    print!("{ESSAY}");
    // Three worlds of each rhythm, and three rhythms in which nobody forgets.
    let mut worlds = Vec::new();
    for rhythm in RHYTHMS {
        let new = network(rhythm, &[])?;
        let asks = format!("benefit.asks={:?}", 0.1 * f64::from(rhythm.0));
        worlds.extend([new.twin().ok_or("nobody joins")?, new, network(rhythm, &[&asks])?]);
    }
    for rhythm in &RHYTHMS[..3] {
        let remember = network(*rhythm, &["learning.retention=1.0"])?;
        worlds.push(remember.twin().ok_or("nobody joins")?);
    }
    let worlds = std::array::from_fn(|i| &worlds[i]);
    let runs = ESSAY.runs(200);
    let side = Worlds::<18>::of(worlds).runs(runs).seed(Essay::SEED);
    // The first rhythm, the others less the first, and the talk of two where nobody forgets.
    let means: [Mean; 37] = side.means(|runs| {
        let read: [_; 5] =
            std::array::from_fn(|r| read(runs[3 * r], runs[3 * r + 1], runs[3 * r + 2]));
        std::array::from_fn(|i| match i {
            0..7 => read[0][i],
            7..35 => Some(read[i / 7][i % 7]? - read[0][i % 7]?),
            _ => Some(
                talk(runs[16 + i - 35], Month(1), Month(24))?
                    - talk(runs[15], Month(1), Month(24))?,
            ),
        })
    })?;

    println!("\nEvery month, 8 episodes");
    for ((about, unit, d), mean) in READ.iter().zip(&means) {
        println!("  {about}, {unit}: {}", with_half(mean, 1.0, *d));
    }
    let mut claims = Vec::new();
    for (m, (about, unit, decimals)) in READ.into_iter().enumerate() {
        let mut claim = |what: String, i: usize, expected| {
            let (unit, estimate) = ((unit, decimals), means[i].estimate());
            claims.push(Claimed { about, what, unit, estimate, expected });
        };
        for (r, (_, _, rhythm)) in RHYTHMS.into_iter().enumerate().skip(1) {
            let expected = match m {
                0 => Some(Within(-1.0, 0.01)),
                1 => Some(Within(-1.0, 0.01)),
                2 => Some(Less),
                3 if r < 3 => Some(Within(-2.0, 2.0)),
                3 => Some(More),
                5 | 6 => Some(Less),
                _ => None,
            };
            claim(rhythm.into(), 7 * r + m, expected);
        }
        if m == 0 {
            for (r, (_, _, rhythm)) in RHYTHMS.into_iter().enumerate().take(3).skip(1) {
                let what = format!("nobody forgets: {rhythm}");
                claim(what, 34 + r, Some(Within(-0.01, 0.01)));
            }
        }
    }
    let judged = Judged::of(claims);
    println!("\nOther rhythms, less that");
    print!("{judged}");
    println!(
        "\nBuilt in: more time in meetings is more work, work between meetings does not depend on them,\n\
         and benefit is counted against the most that a month could bring. What a meeting costs people\n\
         is assumed. That cycles test and refine changes is not represented."
    );
    let of =
        |r: usize, m: usize, scale: f64, d: usize| signed_with_half(&means[7 * r + m], scale, d);
    Essay::result(format!(
        "every two weeks against every month, for the same episodes a month: {} points of what a \
         newcomer adds to talk, {} months to the next settlement, work {} of {:.0}; with twice the \
         episodes {} points, {} months, {}.",
        of(1, 1, 100.0, 1),
        of(1, 2, 1.0, 1),
        of(1, 3, 1.0, 1),
        means[3].mean(),
        of(3, 1, 100.0, 1),
        of(3, 2, 1.0, 1),
        of(3, 3, 1.0, 1),
    ));
    #[cfg(feature = "plots")]
    {
        let image = judged.picture(
            "Meeting more often, against every month",
            &format!("{runs} runs of two years; a hub and four districts"),
            "What a meeting costs people is assumed. Less talk is not better talk.",
        )?;
        println!("\n{}", ESSAY.save("rhythm", &image)?.display());
    }
    Ok(())
}
