//! What is seen becomes the public face: does hidden work leave a wrong picture, and does that make
//! for negotiation?
//!
//! That only visible acts are evidence is built in. What they leave in people's minds, and whether
//! there is more to negotiate for it, is not.
//!
//! `cargo run --release --example hidden_and_visible_work` writes a picture to
//! `out/hidden_and_visible_work/`.

mod essay;

use essay::{Claimed, Essay, Judged, NONE};
use rppsim::ids::{OrganizationId, RoleId};
use rppsim::measure::{RunRecord, WHOLE};
use rppsim::model::{Partnership, Watch};
use rppsim::scenario::World;
use rppsim::scenario::document::Problems;
use rppsim::worlds::Worlds;
use rppsim::worlds::hypothesis::Expected::{Less, More};
use rppsim::worlds::statistics::Mean;
use std::error::Error;

const ESSAY: Essay = Essay {
    name: "hidden_and_visible_work",
    claim: "What is visible becomes the public face of the partner's work; what is hidden leaves the \
            picture incomplete and people uncertain, so that more is negotiated. Showing what is \
            hidden brings less negotiation.",
    source: "Farrell, Harrison & Coburn 2019, AERA Open 5(2): \"More visible projects—like PD \
             sessions—became the public face of PDI work instead\", and uncertainty \"may have \
             necessitated additional negotiation\". One case; no size is published.",
    design: "Two years of the Cypress case. In it sessions are the most visible of the partner's roles \
             (0.9), and of the others fewer acts are seen. Against it: every role seen as often as \
             another, with as many acts of what was agreed seen in all; all at 0.9; only sessions hidden \
             (0.4); all hidden (0.1); and all at 0.9 where a breach opens no question. Read among the \
             district's people at the end: how much more \
             of sessions is in what they take the partner for than in what it does; how far that \
             picture is from what it does; the team's uncertainty; talk about roles; breaches. \
             Control: where acts teach nothing, count for no trust and are no breach, what is seen \
             must change nothing.",
};

const DISTRICT: usize = 0;
const PARTNER: usize = 1;
const SESSIONS: &str = "PD provider";

/// The district's picture of the partner against what it does, mean over its people.
#[derive(Default)]
struct Picture {
    excess_of_sessions: f64,
    from_what_it_does: f64,
}

impl Watch for Picture {
    fn month(&mut self, p: &Partnership) {
        let repertoire = &p.setup().organizations[PARTNER].repertoire;
        let sessions = repertoire.roles().iter().position(|role| role.name == SESSIONS);
        let done = &p.organizations()[PARTNER].enacted;
        let (mut excess, mut apart) = (Mean::default(), Mean::default());
        for (_, person) in p.people().filter(|(_, q)| q.organization == OrganizationId(DISTRICT)) {
            let taken = &person.views[PARTNER].conception;
            sessions
                .into_iter()
                .for_each(|k| excess.add(taken.share(RoleId(k)) - done.share(RoleId(k))));
            apart.add(repertoire.distance(taken, done));
        }
        *self = Picture { excess_of_sessions: excess.mean(), from_what_it_does: apart.mean() };
    }
}

const READ: [(&str, &str, usize); 5] = [
    ("Sessions in the picture, beyond what is done", "share", 4),
    ("The picture: distance from what is done", "distance, 0 to 1", 4),
    ("Uncertainty of the team at the end", "0 to 1", 4),
    ("Talk about roles", "share of episodes", 4),
    ("Breaches seen", "number", 1),
];

fn read((run, picture): (&RunRecord, &Picture)) -> [f64; 5] {
    let uncertain = run.months.last().map_or(f64::NAN, |month| month.uncertainty);
    let talk = run.role_share(WHOLE).unwrap_or(f64::NAN);
    let breaches = run.breaches().unwrap_or(f64::NAN);
    [picture.excess_of_sessions, picture.from_what_it_does, uncertain, talk, breaches]
}

/// Two years with the partner's roles as visible as this; sessions first, then all others.
fn seen(visible: Option<(f64, f64)>, more: &[&str]) -> Result<World, Problems> {
    let roles = [
        SESSIONS,
        "researcher",
        "broker",
        "thought partner",
        "team member",
        "tool maker",
        "implementation supporter",
        "vendor",
    ];
    let mut changes = vec!["calendar.months=24".to_owned()];
    changes.extend(more.iter().map(|text| (*text).to_owned()));
    if let Some((sessions, others)) = visible {
        for role in roles {
            let visible = if role == SESSIONS { sessions } else { others };
            changes.push(format!("organization.pdi.role.\"{role}\".visibility={visible:?}"));
        }
    }
    World::open_with("cypress", &changes)
}

/// How much of what was agreed is seen, on the mean.
fn as_much_in_all() -> Result<f64, Problems> {
    let cypress = World::open("cypress")?;
    let partner = &cypress.template().organizations[PARTNER];
    let roles = partner.repertoire.roles().iter().zip(partner.agreed.shares());
    Ok(roles.map(|(role, share)| role.visibility * share).sum())
}

fn hidden_sessions() -> Result<World, Problems> {
    seen(None, &["organization.pdi.role.\"PD provider\".visibility=0.4"])
}

fn main() -> Result<(), Box<dyn Error>> {
    print!("{ESSAY}");
    let blind = ["work.act_evidence=0.0", "trust.latitude=0.0", "trust.gain=0.0"];
    let closed = ["trust.breach_opens=0.0"];
    let alike = as_much_in_all()?;
    let worlds = [
        &seen(None, &[])?,
        &seen(Some((alike, alike)), &[])?,
        &seen(Some((0.9, 0.9)), &[])?,
        &hidden_sessions()?,
        &seen(Some((0.1, 0.1)), &[])?,
        &seen(None, &blind)?,
        &seen(Some((0.1, 0.1)), &blind)?,
        &seen(None, &closed)?,
        &seen(Some((0.9, 0.9)), &closed)?,
    ];
    let asked = [
        ("as it is, against all seen alike", 0, 1),
        ("hidden roles shown", 2, 0),
        ("sessions hidden", 3, 0),
        ("all hidden", 4, 0),
        ("hidden roles shown; breaches open nothing", 8, 7),
        ("control: acts that mean nothing", 6, 5),
    ];
    let runs = ESSAY.runs(1000);
    let side = Worlds::of(worlds).runs(runs).seed(Essay::SEED);
    let means: [Mean; 35] = side.watched::<Picture, 35>(|runs| {
        let read = runs.map(read);
        std::array::from_fn(|i| match asked.get(i / 5) {
            Some((_, one, other)) => Some(read[*one][i % 5] - read[*other][i % 5]),
            None => Some(read[0][i % 5]),
        })
    })?;

    let mut claims = Vec::new();
    for (i, (about, unit, decimals)) in READ.into_iter().enumerate() {
        for (j, (what, ..)) in asked.into_iter().enumerate() {
            let expected = match (j, i) {
                // Sessions as the public face.
                (0, 0) => Some(More),
                (2, 0) => Some(Less),
                // What is hidden leaves the picture incomplete, people uncertain, more to negotiate.
                (3, 1..=3) => Some(More),
                (1, 1..=3) => Some(Less),
                (5, _) => NONE,
                _ => None,
            };
            let (what, unit) = (what.to_owned(), (unit, decimals));
            let estimate = means[5 * j + i].estimate();
            claims.push(Claimed { about, what, unit, estimate, expected });
        }
    }
    let judged = Judged::of(claims);
    print!("{judged}");
    Essay::result(judged.result());
    let [excess, apart, uncertain, talk, breaches] = [30, 31, 32, 33, 34].map(|i| means[i].mean());
    println!(
        "\nAs the case has it: sessions take {excess:+.3} more of the picture than of what is done; the picture\n\
         is {apart:.3} from it; uncertainty {uncertain:.3}; {:.0} % of episodes about roles; {breaches:.0} breaches.\n\
         Built in: only what is seen is evidence, and what is seen can be a breach, which opens the question\n\
         of roles. So to be seen cuts both ways: what breaches add is in \"breaches open nothing\".",
        100.0 * talk,
    );
    #[cfg(feature = "plots")]
    {
        let image = judged.picture(
            "What is seen of the partner's work, and what follows",
            &format!("{runs} runs of two years in nine worlds"),
            "How visible each role is, and what a seen act teaches, are assumed.",
        )?;
        println!("\n{}", ESSAY.save("visible", &image)?.display());
    }
    Ok(())
}
