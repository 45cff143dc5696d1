//! How does talk about roles come to bear on what the partner does?
//!
//! The published study asks how interactions influenced the partner's part in carrying out the
//! district's plans. In the model there is one path: talk → settlement → arrangement → projects
//! begun in it → results used. Over runs, its steps go together for many reasons; so each link is
//! switched off in turn, to see what the path loses.
//!
//! `cargo run --release --example the_path_to_implementation` writes a picture to
//! `out/the_path_to_implementation/`.

mod essay;

use essay::{Claimed, Essay, Judged, NONE, signed_with_half, with_half, world};
use rppsim::ids::{Month, OrganizationId};
use rppsim::measure::{RunRecord, WHOLE, correlation};
use rppsim::model::{Partnership, Watch};
use rppsim::roles::Mix;
use rppsim::worlds::Worlds;
use rppsim::worlds::hypothesis::Expected::More;
use rppsim::worlds::statistics::{Mean, fisher};
use std::error::Error;

const ESSAY: Essay = Essay {
    name: "the_path_to_implementation",
    claim: "New leaders who want help with implementation draw the partner into it, by way of talk \
            about its role: they settle on another role, later projects are done in it, and the \
            district uses more of what comes of them.",
    source: "Farrell, Harrison & Coburn 2019, AERA Open 5(2), ask how the interactions influenced the \
             partner's involvement in implementation, and tell of other ways of working in later \
             projects. No size is published for any step.",
    design: "The published case for 36 months, with newcomers who expect an implementation supporter \
             (0.35), a provider of PD (0.25), a team member and a thought partner (0.20 each), against \
             the same runs without newcomers. Along the path: talk about roles; settlements of the \
             partner's role; the share of PD and implementation support in what is agreed and in \
             running projects (last year); work weighted by what the district and the partner want; \
             results used. Then one link is off, in both worlds: nobody raises roles; no talk ends in a \
             proposal; projects keep their mode; a settlement teaches nobody (rival \
             `silent-settlement`); talk takes no time (rival `costless-talk`). And once with \
             newcomers of the published case, who want something else.",
};

const WANT_HELP: &str = "profile.newcomer.about.pdi.expectation={ from={ \"implementation supporter\"=0.35, \
                         \"PD provider\"=0.25, \"team member\"=0.20, \"thought partner\"=0.20 }, \
                         scatter=0.10 }";
const LINKS: [(&str, &[&str]); 7] = [
    ("whole path", &[WANT_HELP]),
    (
        "nobody raises roles",
        &[WANT_HELP, "theory=\"random-talk\"", "rival.talk_rate=0.0", "meeting.stray=0.0"],
    ),
    ("talk never ends in a proposal", &[WANT_HELP, "settlement.demand=0.0"]),
    ("projects keep their mode", &[WANT_HELP, "work.effort=1000.0"]),
    ("a settlement teaches nobody", &[WANT_HELP, "theory=\"silent-settlement\""]),
    ("talk takes no time", &[WANT_HELP, "theory=\"costless-talk\""]),
    ("newcomers as published", &[]),
];
const STEPS: [(&str, &str, usize); 6] = [
    ("Talk about roles", "share of episodes", 3),
    ("Settlements of the partner's role", "number", 2),
    ("PD and implementation support in what is agreed", "share", 3),
    ("PD and implementation support in projects", "share", 3),
    ("Fit of work with what is wanted", "0 to 1", 3),
    ("Results used", "work", 1),
];

/// Follows PD and implementation support through the last year.
#[derive(Default)]
struct Implementing {
    agreed: Mean,
    in_projects: Mean,
}

impl Watch for Implementing {
    fn month(&mut self, p: &Partnership) {
        let plans = &p.setup().organizations;
        let Some(pdi) = plans.iter().position(|o| o.name == "pdi") else { return };
        if p.last_month() <= Month(24) {
            return;
        }
        let share = |mix: &Mix| {
            let roles = plans[pdi].repertoire.roles().iter().zip(mix.shares());
            let implementing = ["PD provider", "implementation supporter"];
            roles.filter(|(r, _)| implementing.contains(&&*r.name)).map(|(_, s)| s).sum::<f64>()
        };
        self.agreed.add(share(&p.organizations()[pdi].agreed));
        p.projects().iter().for_each(|project| self.in_projects.add(share(&project.mode[pdi])));
    }
}

fn steps((run, own): (&RunRecord, &Implementing)) -> [f64; 6] {
    // The partner is the second organization of the case.
    let settled = run.settlements.iter().filter(|s| s.about == OrganizationId(1)).count();
    [
        run.role_share(WHOLE).unwrap_or(0.0),
        settled as f64,
        own.agreed.mean(),
        own.in_projects.mean(),
        run.ledger.prioritized / run.ledger.done,
        run.ledger.used,
    ]
}

fn main() -> Result<(), Box<dyn Error>> {
    print!("{ESSAY}");
    let mut worlds = Vec::new();
    for (_, more) in LINKS {
        let with = world("cypress", &[&["calendar.months=36"], more].concat())?;
        worlds.extend([with.twin().ok_or("nobody joins")?, with]);
    }
    let worlds = std::array::from_fn(|i| &worlds[i]);
    let count = ESSAY.runs(300);
    let side = Worlds::<14>::of(worlds).runs(count).seed(Essay::SEED);
    // Of every run and world the six steps: without newcomers, with them, and so on.
    let runs: Vec<[Option<f64>; 84]> = side.values::<Implementing, 84>(|lived| {
        let steps = lived.map(steps);
        std::array::from_fn(|i| Some(steps[i / 6][i % 6]))
    })?;
    let column = |i: usize| runs.iter().filter_map(move |run| run[i]);
    let effect = |link: usize, step: usize| {
        let (with, without) = (column(12 * link + 6 + step), column(12 * link + step));
        let mut mean = Mean::default();
        with.zip(without).for_each(|(with, without)| mean.add(with - without));
        mean
    };

    println!("\nWithout newcomers");
    for (s, (about, unit, d)) in STEPS.into_iter().enumerate() {
        let mut mean = Mean::default();
        column(s).for_each(|value| mean.add(value));
        println!("  {about}, {unit}: {}", with_half(&mean, 1.0, d));
    }
    let mut claims = Vec::new();
    for (s, (about, unit, decimals)) in STEPS.into_iter().enumerate() {
        for (link, (what, _)) in LINKS.into_iter().enumerate() {
            let expected = match (link, s) {
                (0, _) => Some(More),
                (1, 1..=3) | (2, 1..=3) | (3, 3) => NONE,
                _ => None,
            };
            // Projects that never end have no results to use.
            if (link, s) != (3, 5) {
                let (unit, estimate) = ((unit, decimals), effect(link, s).estimate());
                claims.push(Claimed { about, what: what.into(), unit, estimate, expected });
            }
        }
    }
    for (off, what) in
        [(1, "whole path, less: nobody raises roles"), (2, "whole path, less: no proposal")]
    {
        let mut gained = Mean::default();
        let made =
            |link: usize, run: &[Option<f64>; 84]| Some(run[12 * link + 11]? - run[12 * link + 5]?);
        runs.iter()
            .filter_map(|run| Some(made(0, run)? - made(off, run)?))
            .for_each(|x| gained.add(x));
        let (about, unit, decimals) = STEPS[5];
        let (what, unit, estimate) = (what.to_owned(), (unit, decimals), gained.estimate());
        claims.push(Claimed { about, what, unit, estimate, expected: Some(More) });
    }
    let judged = Judged::of(claims);
    println!("\nWhat newcomers make of each step");
    print!("{judged}");

    println!("\nNot the same: correlations over runs with newcomers, whole path (95 % interval)");
    for (a, b) in [(0, 3), (1, 3), (0, 5), (3, 5)] {
        let pairs: Vec<(f64, f64)> = column(6 + a).zip(column(6 + b)).collect();
        let Some(r) = correlation(&pairs) else { continue };
        let Some((low, high)) = fisher(r, pairs.len() as u64) else { continue };
        println!("  {} | {}\n    {r:+.2} ({low:+.2} to {high:+.2})", STEPS[a].0, STEPS[b].0);
    }
    println!(
        "\nBuilt in: a project takes the arrangement in force when it begins, and results count as far\n\
         as they fit what the district wants. Not built in: that newcomers' wants get so far, and what\n\
         the talk costs on the way. What newcomers want is our assumption."
    );
    let of = |link, step, scale: f64, d: usize| signed_with_half(&effect(link, step), scale, d);
    Essay::result(format!(
        "newcomers who want help raise PD and implementation support in projects by {} points (as \
         published: {}; no talk or no proposal: none), and change results used by {} ({} where talk \
         takes no time).",
        of(0, 3, 100.0, 1),
        of(6, 3, 100.0, 1),
        of(0, 5, 1.0, 1),
        of(5, 5, 1.0, 1),
    ));
    #[cfg(feature = "plots")]
    {
        let image = judged.picture(
            "What newcomers make of each step, by which link is off",
            &format!("{count} runs of 36 months, against the same runs without newcomers"),
            "Steps that cannot move are left out. What newcomers want is assumed; the rest of the path is the model's.",
        )?;
        println!("\n{}", ESSAY.save("path", &image)?.display());
    }
    Ok(())
}
