//! Are roles more likely to be negotiated when somebody of high status opens the episode?
//!
//! That status decides who speaks is built in (`agenda.voice`), so the share of all talk cannot
//! answer. Asked is what happens once somebody has the floor, with that rule and without it.
//!
//! `cargo run --release --example who_raises_roles` writes a picture to `out/who_raises_roles/`.

mod essay;

use essay::{Claimed, Essay, Judged, NONE, world};
use rppsim::ids::SeatId;
use rppsim::measure::WHOLE;
use rppsim::model::event::Topic;
use rppsim::model::{Event, Moment, Watch};
use rppsim::worlds::Worlds;
use rppsim::worlds::hypothesis::Expected::More;
use rppsim::worlds::statistics::Mean;
use std::error::Error;

const ESSAY: Essay = Essay {
    name: "who_raises_roles",
    claim: "Role negotiation is more likely to surface, and to end in a settlement, when somebody of \
            high status raises it; and newcomers raise it more than others of the same status.",
    source: "Farrell, Harrison & Coburn 2019, AERA Open 5(2), pose it as an open question: \"whether \
             role negotiation is more likely to surface when raised by an individual with high status \
             or authority versus someone who is not as well positioned\". No size is published.",
    design: "The Cypress case, whose two newcomers have the status of directors, as in the case (1.5), or \
             twice that (3.0), and otherwise hold the same; or twice the usual status (2.0) goes to a \
             veteran, the assistant superintendent. Each with status deciding who opens an \
             episode (agenda.voice 1), and with everybody opening as often (0). Read are the episodes \
             that the same people open: how many become role negotiation, and how many of those end in \
             a settlement; and, at equal status, newcomers against all others since they came. Control: where who opens \
             is blind to status, talk teaches nothing, and nothing is proposed or \
             requested, status must change nothing.",
};

/// Episodes that some people opened.
#[derive(Default)]
struct Opened {
    all: f64,
    roles: f64,
    settled: f64,
}

impl Opened {
    fn surfaced(&self) -> Option<f64> {
        (self.all > 0.0).then(|| self.roles / self.all)
    }

    fn settled(&self) -> Option<f64> {
        (self.roles > 0.0).then(|| self.settled / self.roles)
    }
}

/// Who opened what: newcomers, the assistant superintendent, and everybody who is no newcomer.
#[derive(Default)]
struct Openings {
    arrived: Vec<SeatId>,
    newcomers: Opened,
    superior: Opened,
    veterans: Opened,
}

/// The assistant superintendent's, the highest seat of the district by name.
const SUPERIOR: SeatId = SeatId(0);

impl Openings {
    fn count(&mut self, seat: SeatId, count: impl Fn(&mut Opened)) {
        match self.arrived.contains(&seat) {
            true => count(&mut self.newcomers),
            false if self.arrived.is_empty() => {}
            false => count(&mut self.veterans),
        }
        if seat == SUPERIOR {
            count(&mut self.superior);
        }
    }
}

impl Watch for Openings {
    fn event(&mut self, _: Moment, event: &Event) {
        match event {
            Event::Arrival { seat, .. } => self.arrived.push(*seat),
            Event::Episode(episode) => self.count(episode.initiator, |opened| {
                opened.all += 1.0;
                opened.roles += f64::from(u8::from(episode.topic == Topic::Roles));
            }),
            Event::Settlement { seat, .. } => self.count(*seat, |opened| opened.settled += 1.0),
            _ => {}
        }
    }
}

fn less(a: Option<f64>, b: Option<f64>) -> Option<f64> {
    a.zip(b).map(|(a, b)| a - b)
}

/// With status deciding who opens, or not: newcomers of high status against the others' (surfaced,
/// settled), the same of a veteran, newcomers against others at equal status, and all talk.
fn compared(voice: u32, more: &[&str], runs: u64) -> Result<[Mean; 8], Box<dyn Error>> {
    let voice = format!("agenda.voice={voice}.0");
    let open = |newcomers: &str, superior: &str| {
        world("cypress", &[&[newcomers, superior, &voice], more].concat())
    };
    let (equal, high) = ("profile.newcomer.status=1.5", "profile.newcomer.status=3.0");
    let usual = "seat.assistant_superintendent.status=2.0";
    let raised = "seat.assistant_superintendent.status=4.0";
    let worlds = [&open(equal, usual)?, &open(high, usual)?, &open(equal, raised)?];
    let side = Worlds::of(worlds).runs(ESSAY.runs(runs)).seed(Essay::SEED);
    Ok(side.watched::<Openings, 8>(|[(run, equal), (talked, high), (_, raised)]| {
        let talk = |run: &rppsim::measure::RunRecord| run.role_share(WHOLE);
        [
            less(high.newcomers.surfaced(), equal.newcomers.surfaced()),
            less(raised.superior.surfaced(), equal.superior.surfaced()),
            less(equal.newcomers.surfaced(), equal.veterans.surfaced()),
            less(high.newcomers.settled(), equal.newcomers.settled()),
            less(raised.superior.settled(), equal.superior.settled()),
            less(equal.newcomers.settled(), equal.veterans.settled()),
            less(talk(talked), talk(run)),
            equal.newcomers.surfaced(),
        ]
    })?)
}

const ABOUT: [&str; 3] = [
    "Becomes role negotiation, of what they open",
    "Settled, of what they raise",
    "All talk about roles",
];

fn main() -> Result<(), Box<dyn Error>> {
    print!("{ESSAY}");
    let decides = compared(1, &[], 1500)?;
    let blind = compared(0, &[], 1500)?;
    let nothing = ["learning.talk=0.0", "settlement.demand=0.0", "requests.rate=0.0"];
    let untaught = compared(1, &nothing, 300)?;
    let null = compared(0, &nothing, 50)?;

    let mut claims = Vec::new();
    let mut claim = |about, what: String, mean: Mean, expected| {
        let (unit, estimate) = (("share of episodes", 3), mean.estimate());
        claims.push(Claimed { about, what, unit, estimate, expected });
    };
    let who = ["newcomers of high status", "a veteran of high status", "newcomers, not others"];
    for (first, about) in [(0, ABOUT[0]), (3, ABOUT[1])] {
        for (i, who) in who.iter().enumerate() {
            let expected = Some(More).filter(|_| first == 0 || i < 2);
            claim(about, (*who).to_owned(), decides[first + i], expected);
            claim(about, format!("{who}; all open alike"), blind[first + i], expected);
        }
    }
    claim(ABOUT[0], format!("{}; talk teaches and settles nothing", who[0]), untaught[0], None);
    claim(ABOUT[2], "newcomers of high status (built in)".into(), decides[6], None);
    claim(ABOUT[2], "newcomers of high status; all open alike".into(), blind[6], None);
    for (i, who) in who.iter().enumerate().take(2) {
        claim(ABOUT[0], format!("control: {who}, nothing to weigh"), null[i], NONE);
    }
    let judged = Judged::of(claims);
    print!("{judged}");
    Essay::result(judged.result());
    println!(
        "\nAt equal status newcomers turn {:.0} % of what they open into role negotiation. Status itself, where\n\
         all open alike, adds {:+.1} points. Where status decides who opens, the share of a newcomer of high\n\
         status changes by {:+.1} points, and by {:+.1} where talk teaches and settles nothing, and nobody asks for\n\
         acts: a difference between the two comes of opening more, not of status as such. Built in: status\n\
         weighs in who opens, in what talk teaches, in what is proposed and in consent; newcomers know little\n\
         and expect something else. Not represented: others who refuse a topic. Whether talk stays with roles\n\
         once they are raised is blind to status here.",
        100.0 * decides[7].mean(),
        100.0 * blind[0].mean(),
        100.0 * decides[0].mean(),
        100.0 * untaught[0].mean(),
    );
    #[cfg(feature = "plots")]
    {
        let image = judged.picture(
            "Who opens the episode, and what becomes of it",
            &format!(
                "{} runs of the case in three worlds, with voice by status and without",
                decides[6].count()
            ),
            "Statuses are assumed. Nobody can refuse a topic in this model.",
        )?;
        println!("\n{}", ESSAY.save("openings", &image)?.display());
    }
    Ok(())
}
