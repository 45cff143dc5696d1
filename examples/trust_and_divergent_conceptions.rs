//! Trust and divergent conceptions of appropriate roles: which comes of which, and which way is
//! stronger?
//!
//! Both ways are open in the model and neither is a rule. Talk does not change what people expect;
//! only what they settle on does. But who is trusted is believed, whoever is believed makes others
//! surer, and only who is sure enough consents, so that trust may bring expectations together. Acts
//! that do not fit what somebody expects are breaches, unclear roles delay what was promised, and
//! who settles with others trusts them more, so that divergence may cost trust, or lead to a
//! settlement that makes some. Each way has switches.
//!
//! `cargo run --release --example trust_and_divergent_conceptions` writes a picture to
//! `out/trust_and_divergent_conceptions/`.

mod essay;

use essay::{Claimed, Essay, Judged, NONE};
use rppsim::ids::{OrganizationId, SeatId};
use rppsim::model::{Partnership, Watch};
use rppsim::scenario::World;
use rppsim::scenario::document::Problems;
use rppsim::worlds::Worlds;
use rppsim::worlds::hypothesis::Expected::{self, Less};
use rppsim::worlds::statistics::Mean;
use std::error::Error;

const ESSAY: Essay = Essay {
    name: "trust_and_divergent_conceptions",
    claim: "Where trust is higher at the start, the two sides come to expect more nearly the same \
            roles; where they expect different roles at the start, trust is lower later; and the \
            second is the stronger way.",
    source: "Farrell, Harrison & Coburn 2019, AERA Open 5(2), pose it as an open question: \"the \
             relationship between trust in an RPP and divergent conceptions of appropriate roles\". \
             The directions follow what they say of breaches; that the second is stronger is our \
             guess before the runs. No size is published.",
    design: "Three years of the Cypress case in four worlds: trust starts at 0.45 or 0.90, the \
             newcomers' too when they come; and the district's team expects of the partner what was \
             agreed, or mostly sessions, studies and help in classrooms. Read after three years: trust \
             of the team, and divergence, the mean distance between what a member of one side and one \
             of the other hold appropriate, for both organizations. Strength: what is changed at the \
             end, for each unit of what differed at first (divergence: after a month). Then channels are \
             switched off, and each way is made stronger or weaker. Two controls, with all channels of \
             one way off, must show no difference at all.",
};

/// Trust and divergence after the first month, and after the last.
#[derive(Default)]
struct Course {
    first: Option<[f64; 2]>,
    last: [f64; 2],
}

impl Watch for Course {
    fn month(&mut self, p: &Partnership) {
        let team: Vec<SeatId> = p.team().map(|(seat, _)| seat).collect();
        self.last = [p.mean_trust(&team), divergence(p)];
        self.first.get_or_insert(self.last);
    }
}

/// Mean distance between the roles that a member of one side and one of the other hold
/// appropriate.
fn divergence(p: &Partnership) -> f64 {
    let side =
        |o: usize| p.team().map(|(_, q)| q).filter(move |q| q.organization == OrganizationId(o));
    let mut apart = Mean::default();
    for (one, other) in side(0).flat_map(|one| side(1).map(move |other| (one, other))) {
        for (o, plan) in p.setup().organizations.iter().enumerate() {
            let (one, other) = (&one.views[o].expectation, &other.views[o].expectation);
            apart.add(plan.repertoire.distance(one, other));
        }
    }
    apart.mean()
}

const TRUST: [f64; 2] = [0.45, 0.90];
/// How far the district's team holds other roles appropriate than those agreed on.
const APART: [f64; 2] = [0.0, 0.8];

fn start(trust: usize, apart: usize, more: &[&str]) -> Result<World, Problems> {
    let mut changes = vec![
        "calendar.months=36".to_owned(),
        format!(
            "profile.district_core.about.pdi.expectation={{ from={{ \"PD provider\"=0.5, \
             researcher=0.3, \"implementation supporter\"=0.2 }}, weight={:?}, scatter=0.05 }}",
            APART[apart]
        ),
    ];
    for profile in ["district_core", "partner_core", "newcomer"] {
        changes.push(format!("profile.{profile}.trust={:?}", TRUST[trust]));
    }
    changes.extend(more.iter().map(|text| (*text).to_owned()));
    World::open_with("cypress", &changes)
}

/// What trust makes of divergence, and divergence of trust, by the end, for each unit of what
/// differed at the start. `low` and `high` differ in trust; `near` and `far` in divergence.
fn of_trust(low: &Course, high: &Course) -> Option<f64> {
    Some((high.last[1] - low.last[1]) / (TRUST[1] - TRUST[0]))
}

fn of_divergence(near: &Course, far: &Course) -> Option<f64> {
    Some((far.last[0] - near.last[0]) / (far.first?[1] - near.first?[1]))
}

fn both_ways() -> Result<[Mean; 8], Box<dyn Error>> {
    let worlds = [&start(0, 0, &[])?, &start(0, 1, &[])?, &start(1, 0, &[])?, &start(1, 1, &[])?];
    let side = Worlds::of(worlds).runs(ESSAY.runs(800)).seed(Essay::SEED);
    Ok(side.watched::<Course, 8>(|runs| {
        let [low_near, low_far, high_near, high_far] = runs.map(|(_, course)| course);
        let trust = [of_trust(low_near, high_near), of_trust(low_far, high_far)];
        let apart = [of_divergence(low_near, low_far), of_divergence(high_near, high_far)];
        let mean = |of: [Option<f64>; 2]| Some((of[0]? + of[1]?) / 2.0);
        let more = |of: [Option<f64>; 2]| Some(of[1]? - of[0]?);
        let stronger = mean(apart).zip(mean(trust)).map(|(apart, trust)| apart - trust);
        let differed = low_far.first.zip(low_near.first).map(|(far, near)| far[1] - near[1]);
        let [near, far] = trust;
        [near, far, more(trust), apart[0], apart[1], more(apart), stronger, differed]
    })?)
}

const BELIEVED: [&str; 3] = [
    "intervention.broker={ from=1, agenda=0.0 }",
    "broker.credibility=1.0",
    "broker.levelling=0.0",
];
const NO_PACE: &str = "work.trust_weight=0.0";
/// Nobody holds any role inappropriate.
const NO_BREACH: &str = "trust.latitude=0.0";
/// Who settles with others trusts them no more for it.
const NO_REWARD: &str = "settlement.trust=0.0";
const NO_CLARITY: &str = "work.clarity_weight=0.0";

/// Every act is seen in whatever role, so that as much is seen of whatever was agreed.
fn all_seen() -> Result<Vec<String>, Problems> {
    let cypress = World::open("cypress")?;
    let roles = cypress.template().organizations.iter().flat_map(|organization| {
        let key = move |role: &str| {
            format!("organization.{}.role.\"{role}\".visibility=1.0", organization.name)
        };
        organization.repertoire.roles().iter().map(move |role| key(&role.name))
    });
    Ok(roles.collect())
}

/// One way, in a changed model: trust on divergence where sides are apart, or divergence on
/// trust where trust is high.
fn changed(trust: bool, changes: &[&str], runs: u64) -> Result<Mean, Box<dyn Error>> {
    let worlds = match trust {
        true => [&start(0, 1, changes)?, &start(1, 1, changes)?],
        false => [&start(1, 0, changes)?, &start(1, 1, changes)?],
    };
    let side = Worlds::of(worlds).runs(ESSAY.runs(runs)).seed(Essay::SEED);
    let [mean] = side.watched::<Course, 1>(|[(_, one), (_, other)]| {
        [if trust { of_trust(one, other) } else { of_divergence(one, other) }]
    })?;
    Ok(mean)
}

fn main() -> Result<(), Box<dyn Error>> {
    print!("{ESSAY}");
    let both = both_ways()?;
    let (of_trust, of_divergence) =
        ("Divergence later, per unit of trust", "Trust later, per unit of divergence");
    let mut claims = Vec::new();
    let mut claim = |about, what: &str, mean: Mean, expected: Option<Expected>| {
        let (what, unit, estimate) = (what.to_owned(), ("change, 0 to 1", 4), mean.estimate());
        claims.push(Claimed { about, what, unit, estimate, expected });
    };
    claim(of_trust, "sides start near", both[0], Some(Less));
    claim(of_trust, "sides start apart", both[1], Some(Less));
    claim(of_trust, "apart against near", both[2], None);
    claim(of_divergence, "trust starts low", both[3], Some(Less));
    claim(of_divergence, "trust starts high", both[4], Some(Less));
    claim(of_divergence, "high against low", both[5], None);
    let neither = [BELIEVED.as_slice(), &[NO_PACE]].concat();
    let seen = all_seen()?;
    let mut nothing =
        vec![NO_BREACH, NO_REWARD, NO_CLARITY, "requests.rate=0.0", "theory=\"costless-talk\""];
    nothing.extend(seen.iter().map(String::as_str));
    let variants: [(bool, &str, &[&str], u64); 10] = [
        (true, "apart; all believed alike", &BELIEVED, 250),
        (true, "apart; distrust slows nothing", &[NO_PACE], 250),
        (true, "apart; talk tells nothing", &["theory=\"mute\""], 250),
        (true, "apart; nothing is proposed", &["settlement.demand=0.0"], 250),
        (true, "control: trust has no part in either", &neither, 50),
        (false, "high; no act is a breach", &[NO_BREACH], 250),
        (false, "high; a settlement makes no trust", &[NO_REWARD], 250),
        (false, "high; unclear roles slow nothing", &[NO_CLARITY], 250),
        (false, "high; trust moves a quarter as fast", &["trust.gain=0.01"], 250),
        (false, "control: nothing carries it", &nothing, 50),
    ];
    for (trust, what, changes, runs) in variants {
        let about = if trust { of_trust } else { of_divergence };
        let expected = if what.starts_with("control") { NONE } else { None };
        claim(about, what, changed(trust, changes, runs)?, expected);
    }
    let (about, what) = ("The two ways compared", "of divergence less of trust");
    claim(about, what, both[6], Some(Less));
    let judged = Judged::of(claims);
    print!("{judged}");
    Essay::result(judged.result());
    println!(
        "\nThat trust starts at 0.90, not 0.45, takes {:.3} from divergence where sides start apart; that they\n\
         start {:.3} farther apart takes {:.3} from trust where it is low. Built in: whom one trusts one\n\
         believes, breaches cost trust, settlements make it, unclear roles slow the work. Not built in: what is left of either\n\
         after three years, and which way is stronger; that rests on strengths that are assumed.",
        -(TRUST[1] - TRUST[0]) * both[1].mean(),
        both[7].mean(),
        -both[7].mean() * both[3].mean(),
    );
    #[cfg(feature = "plots")]
    {
        let image = judged.picture(
            "Trust and divergence, each on the other",
            &format!(
                "{} runs of three years in four worlds; fewer in changed models",
                both[0].count()
            ),
            "Strengths are assumed, and with them how the two ways compare.",
        )?;
        println!("\n{}", ESSAY.save("both_ways", &image)?.display());
    }
    Ok(())
}
