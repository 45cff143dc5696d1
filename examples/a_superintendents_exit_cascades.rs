//! A superintendent leaves: does the exit spread, and how much of what it does goes that way?
//!
//! That others leave after the head of an organization has left can be switched on in the model,
//! with a factor that nobody has measured. It is off by default: the published rates of leaving are
//! marginal, so that they hold the exits that follow one another already, and a factor on top would
//! count these twice. Whoever asks what one exit does must say how it spreads. Here the factor is
//! taken from 1, where nothing spreads, to 3, and the yearly rates stay: with a factor, more people
//! leave in all. The superintendent is one who does not come to the meetings, as in the published
//! case, or one who does. What follows for talk and work is no rule.
//!
//! `cargo run --release --example a_superintendents_exit_cascades` writes a picture to
//! `out/a_superintendents_exit_cascades/`.

mod essay;

use essay::{Claimed, Essay, Judged, NONE, signed_with_half, with_half, world};
use rppsim::ids::{Meeting, SeatId};
use rppsim::measure::{RunRecord, months_lost};
use rppsim::model::setup::Level;
use rppsim::model::{Event, Moment, Partnership, Watch};
use rppsim::worlds::Worlds;
use rppsim::worlds::hypothesis::Expected::{More, Within};
use rppsim::worlds::statistics::Mean;
use std::error::Error;

const ESSAY: Essay = Essay {
    name: "a_superintendents_exit_cascades",
    claim: "When a superintendent leaves, others leave the offices closest to instruction, and a \
            partnership suffers: new relationships have to be formed and focus is lost.",
    source: "Coburn, Penuel & Geil 2013, white paper of the W.T. Grant Foundation, on turnover: there \
             \"can also be turnover in district offices with the closest ties to instruction\". No \
             size is published, so the model ships with none (turnover.cascade = 1); a factor of \
             1.5, half as many exits again for a year, is assumed here.",
    design: "Thirty months under published turnover, with nothing to renew. The superintendent leaves \
             in month 6 or does not, which is the twin; for a year after any exit of the head, \
             hazards of the others are 1, 1.5, 2 or 3 times as high. Measured are exits of the \
             district's people from the team that meets, talk about roles after the exit, and months \
             of work lost. What goes through the cascade is the effect of the exit less that of the \
             same exit at a factor of 1. Controls: at a factor of 1 nobody else may leave; and where \
             the superintendent is not at the table, that exit should hardly be felt.",
};

const FACTORS: [f64; 4] = [1.0, 1.5, 2.0, 3.0];
const EXIT: &str = "shock.head={ kind=\"leave\", seat=\"superintendent\", month=6 }";
/// The superintendent leads the meetings, and so does the successor, who comes from elsewhere.
const AT_THE_TABLE: [&str; 3] = [
    "seat.superintendent.team=true",
    "seat.superintendent.holder=\"district_core\"",
    "seat.superintendent.successor=\"newcomer\"",
];
const WHERE: [&str; 2] = ["not at the table", "at the table"];
const READ: [(&str, &str, usize); 3] = [
    ("Exits of the district's others on the team", "people in 30 months", 2),
    ("Talk about roles after the exit", "share of episodes", 3),
    ("Months of work lost of 30", "months", 2),
];

/// Counts exits from the district's seats on the team, but that of its head.
#[derive(Default)]
struct Exits {
    this_month: Vec<SeatId>,
    count: u32,
}

impl Watch for Exits {
    fn event(&mut self, _: Moment, event: &Event) {
        if let Event::Departure { seat, .. } = event {
            self.this_month.push(*seat);
        }
    }

    fn month(&mut self, p: &Partnership) {
        for seat in self.this_month.drain(..) {
            let plan = &p.setup().seats[seat];
            let district = !matches!(plan.level, Level::Lead | Level::Staff);
            self.count += u32::from(plan.team && district && !plan.head);
        }
    }
}

type Lived<'a> = (&'a RunRecord, &'a Exits);

/// What the exit made of a run: exits of others, talk after it, months lost.
fn effect((with, left): Lived, (without, stayed): Lived) -> [Option<f64>; 3] {
    let talk = |run: &RunRecord| run.role_share((Meeting(6), Meeting(u32::MAX)));
    [
        Some(f64::from(left.count) - f64::from(stayed.count)),
        talk(with).zip(talk(without)).map(|(a, b)| a - b),
        months_lost(with, without),
    ]
}

fn main() -> Result<(), Box<dyn Error>> {
    print!("{ESSAY}");
    let mut worlds = Vec::new();
    for head in [[].as_slice(), &AT_THE_TABLE] {
        for factor in FACTORS {
            let factor = format!("turnover.cascade={factor:?}");
            let calendar = ["calendar.months=30", "benefit.renewal_every=0", &factor, EXIT];
            let exit = world("churn", &[calendar.as_slice(), head].concat())?;
            worlds.extend([exit.twin().ok_or("nobody leaves")?, exit]);
        }
    }
    let worlds = std::array::from_fn(|i| &worlds[i]);
    let side = Worlds::<16>::of(worlds).runs(ESSAY.runs(300)).seed(Essay::SEED);
    // By table, factor and measure: the effect, and then the effect less that at a factor of 1.
    let means: [Mean; 48] = side.watched::<Exits, 48>(|lived| {
        let effects: [_; 8] = std::array::from_fn(|i| effect(lived[2 * i + 1], lived[2 * i]));
        std::array::from_fn(|i| {
            let (through, world, measure) = (i >= 24, (i % 24) / 3, i % 3);
            let alone = if through { effects[world / 4 * 4][measure]? } else { 0.0 };
            Some(effects[world][measure]? - alone)
        })
    })?;
    let at = |table: usize, factor: usize, measure: usize| 12 * table + 3 * factor + measure;

    let mut claims = Vec::new();
    for (m, (about, unit, decimals)) in READ.into_iter().enumerate() {
        for (table, place) in WHERE.into_iter().enumerate() {
            for (f, factor) in [(0, "1"), (1, "1.5"), (3, "3")] {
                let expected = match (f, m, table) {
                    (0, 0, _) => NONE,
                    (0, 1, 0) => Some(Within(-0.01, 0.01)),
                    (0, 2, 0) => Some(Within(-0.3, 0.3)),
                    _ => Some(More),
                };
                let mut claim = |what, i: usize, expected| {
                    let (unit, estimate) = ((unit, decimals), means[i].estimate());
                    claims.push(Claimed { about, what, unit, estimate, expected });
                };
                let i = at(table, f, m);
                claim(format!("{place}, factor {factor}"), i, expected);
                if f > 0 && m > 0 {
                    claim(format!("{place}, factor {factor}: through the cascade"), i + 24, None);
                }
            }
        }
    }
    print!("{}", Judged::of(claims));

    println!("\nPart of the effect of the exit that goes through the cascade, by factor 1.5, 2, 3");
    for (table, place) in WHERE.into_iter().enumerate() {
        for (m, (about, ..)) in READ.into_iter().enumerate().skip(1) {
            let part = |f| means[at(table, f, m) + 24].mean() / means[at(table, f, m)].mean();
            let parts = [1, 2, 3].map(|f| format!("{:>4.0} %", 100.0 * part(f)));
            println!("  {place:<17} {about:<32} {}", parts.join(" "));
        }
    }
    println!(
        "\nPut in here: that exits spread, and how far. Built in: that whoever comes from outside knows less. Not\n\
         built in: what that does to talk and work, and how little a head's own exit does to people\n\
         who meet without the head."
    );
    let [talk, others] = [1, 0].map(|m| &means[at(0, 1, m)]);
    Essay::result(format!(
        "at an assumed factor of 1.5, the exit of a superintendent who is not at the table makes \
         {} more people leave the team and {} points more talk about roles (factor 3: {}); at the \
         table {}.",
        with_half(others, 1.0, 2),
        signed_with_half(talk, 100.0, 1),
        signed_with_half(&means[at(0, 3, 1)], 100.0, 1),
        signed_with_half(&means[at(1, 1, 1)], 100.0, 1),
    ));
    #[cfg(feature = "plots")]
    println!("\n{}", ESSAY.save("cascade", &picture(&means)?)?.display());
    Ok(())
}

#[cfg(feature = "plots")]
fn picture(means: &[Mean; 48]) -> Result<rppsim::plot::Image, rppsim::plot::PlotError> {
    use rppsim::plot::{BandPoint, BandSeries, CurvePicture, Quantity};
    let curve = |table: usize, place: &str| BandSeries {
        label: format!("{place} (95 % Monte-Carlo interval)"),
        points: (0..4)
            .map(|f| {
                let mean = &means[12 * table + 3 * f + 1];
                let (low, high) = mean.interval().unwrap_or((f64::NAN, f64::NAN));
                BandPoint { x: FACTORS[f], y: mean.mean(), low, high }
            })
            .collect(),
    };
    CurvePicture {
        title: "Talk about roles that a superintendent's exit adds in two years".into(),
        subtitle: format!(
            "{} runs under published turnover, against their twins",
            means[0].count()
        ),
        x_label: "factor on the hazards of the others, for a year".into(),
        x_quantity: Quantity::Number,
        y_label: "more talk about roles, percentage points of episodes".into(),
        y_quantity: Quantity::Points,
        y_range: None,
        series: vec![
            curve(0, "superintendent not at the table"),
            curve(1, "superintendent at the table"),
        ],
        spans: vec![],
        lines: vec![],
        interval: String::new(),
        zero: true,
        footnote:
            "That exits spread is put in, and no factor is published. Less talk is not better talk."
                .into(),
    }
    .draw()
}
