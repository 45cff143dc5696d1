//! Do ties between people of many levels keep a partnership going when leaders leave?
//!
//! In Bellevue the superintendent died, others left, and the work went on. Researchers knew people
//! of several levels, and a successor came from among them. The two are told apart here.
//!
//! `cargo run --release --example multi_level_ties` writes a picture to `out/multi_level_ties/`.

mod essay;

use essay::{Claimed, Essay, Judged, NONE, world};
use rppsim::measure::{RunRecord, WHOLE};
use rppsim::worlds::Worlds;
use rppsim::worlds::hypothesis::Expected::More;
use rppsim::worlds::statistics::Mean;
use std::error::Error;

const ESSAY: Essay = Essay {
    name: "multi_level_ties",
    claim: "Ties with people of many levels keep a partnership going under turnover, the more where \
            successors come from within, who then know the partner.",
    source: "Coburn, Penuel & Geil 2013, white paper of the W.T. Grant Foundation, on Bellevue: \
             \"researchers develop relationships with multiple leaders in the schools\", and the \
             replacement \"came from within that group\". One case; no size is published.",
    design: "Ten years under published turnover, renewed or ended every three years, \
             with a higher readiness to end than usual (benefit.end_base = 2.5), as where nearly all \
             live on nothing can be told. With ties of all \
             levels and without; with successors prepared within and without; and both. Besides, \
             the district's head leaves in month 12, or in month 84. Measured are survival, work, \
             trust and talk. Claimed is more survival, work and trust with ties; more still where \
             successors come from within; and a smaller loss where a head leaves. The ties take a \
             twentieth of the staff's time, so they are also run for nothing. Control: ties in \
             which nobody meets, for nothing, must change nothing.",
};

const READ: [(&str, &str, usize); 4] = [
    ("Partnerships alive after ten years", "share", 3),
    ("Work in ten years", "work", 1),
    ("Trust of the team", "0 to 1", 4),
    ("Talk about roles", "share of episodes", 3),
];

fn read(run: &RunRecord) -> [Option<f64>; 4] {
    [run.survives(), run.work(), run.trust(), run.role_share(WHOLE)]
}

const TIES: &str = "intervention.multilevel={ from=1 }";
const FOR_NOTHING: &str = "intervention.multilevel={ from=1, staff=0.0 }";
const WITHIN: &str = "intervention.succession={ from=1 }";
const EARLY: &str = "shock.head={ kind=\"leave\", seat=\"superintendent\", month=12 }";
const LATE: &str = "shock.head={ kind=\"leave\", seat=\"superintendent\", month=84 }";

const WORLDS: [&[&str]; 10] = [
    &[],
    &[TIES],
    &[WITHIN],
    &[TIES, WITHIN],
    &[EARLY],
    &[TIES, EARLY],
    &[LATE],
    &[TIES, LATE],
    &[FOR_NOTHING],
    &[FOR_NOTHING, "multilevel.contact=0.0"],
];

/// What is asked: a sum of worlds with signs, and whether the claim speaks of it.
type Asked = (&'static str, &'static [(usize, f64)], bool);

const ASKED: [Asked; 9] = [
    ("ties", &[(1, 1.0), (0, -1.0)], true),
    ("ties that take no time", &[(8, 1.0), (0, -1.0)], false),
    ("successors from within", &[(2, 1.0), (0, -1.0)], false),
    ("both", &[(3, 1.0), (0, -1.0)], false),
    ("ties × successors from within", &[(3, 1.0), (2, -1.0), (1, -1.0), (0, 1.0)], true),
    ("the head leaves early", &[(4, 1.0), (0, -1.0)], false),
    ("ties × head leaves early", &[(5, 1.0), (4, -1.0), (1, -1.0), (0, 1.0)], true),
    ("ties × head leaves late", &[(7, 1.0), (6, -1.0), (1, -1.0), (0, 1.0)], true),
    ("control: ties in which nobody meets", &[(9, 1.0), (0, -1.0)], false),
];

fn main() -> Result<(), Box<dyn Error>> {
    print!("{ESSAY}");
    let mut worlds = Vec::new();
    for more in WORLDS {
        worlds.push(world("churn", &[&["benefit.end_base=2.5"], more].concat())?);
    }
    let worlds = std::array::from_fn(|i| &worlds[i]);
    let runs = ESSAY.runs(220);
    let side = Worlds::<10>::of(worlds).runs(runs).seed(Essay::SEED);
    let means: [Mean; 36] = side.means(|runs| {
        let read = runs.map(read);
        std::array::from_fn(|i| {
            let (_, parts, _) = ASKED[i / 4];
            parts.iter().map(|(world, sign)| Some(sign * read[*world][i % 4]?)).sum()
        })
    })?;

    let mut claims = Vec::new();
    for (i, (about, unit, decimals)) in READ.into_iter().enumerate() {
        for (j, (what, _, claimed)) in ASKED.into_iter().enumerate() {
            // Less talk is not better talk: nothing is expected of it.
            let expected = match j {
                8 => NONE,
                _ => Some(More).filter(|_| claimed && i < 3),
            };
            let (what, unit) = (what.to_owned(), (unit, decimals));
            let estimate = means[4 * j + i].estimate();
            claims.push(Claimed { about, what, unit, estimate, expected });
        }
    }
    let judged = Judged::of(claims);
    print!("{judged}");
    Essay::result(judged.result());
    println!(
        "\nBuilt in: who meets somebody of the other side hears what its members hold it to be, and\n\
         successors from within keep what they know. Not built in: that this helps when leaders go."
    );
    #[cfg(feature = "plots")]
    {
        let image = judged.picture(
            "Ties of many levels, and who leaves",
            &format!("{runs} runs of ten years in ten worlds"),
            "Built in: who meets somebody of the other side learns what its members hold it to be. Strengths are assumed.",
        )?;
        println!("\n{}", ESSAY.save("ties", &image)?.display());
    }
    Ok(())
}
