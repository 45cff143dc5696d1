//! Do an ambiguous identity of the partner and turnover of leaders compound?
//!
//! The study names both as causes of renegotiation and says that the second compounded the first.
//! If that is meant literally, newcomers must add more talk where the identity is ambiguous than
//! where it is clear: a double difference. One rule of the model reads ambiguity: the more an
//! organization is at once, the more often its people answer without content ("What do you want it
//! to be?"). So that ambiguity leaves people less sure is built in. That newcomers add the more talk
//! for it is not, and nothing was fitted to it; the answer is reported whichever way it falls.
//!
//! `cargo run --release --example ambiguity_and_turnover_compound` writes a picture to
//! `out/ambiguity_and_turnover_compound/`.

mod essay;

use essay::{Answer, Essay, identity, judged, sharpened};
use rppsim::measure::WHOLE;
use rppsim::roles::{Mix, Repertoire};
use rppsim::scenario::World;
use rppsim::worlds::Worlds;
use rppsim::worlds::conditions::{Compounded, Interaction};
use rppsim::worlds::hypothesis::{Expected, together};
use rppsim::worlds::statistics::Split;
use std::error::Error;

const ESSAY: Essay = Essay {
    name: "ambiguity_and_turnover_compound",
    claim: "An ambiguous identity of the partner raises talk about roles, turnover of district \
            leaders raises it, and the one compounds the other.",
    source: "Farrell, Harrison & Coburn 2019, AERA Open 5(2), in their conclusions from one case. \
             A prediction: nothing is published that could be fitted.",
    design: "Four worlds for every run: identity ambiguous or clear, with the two newcomers or \
             without. Ambiguous is the identity as its staff described it, spread over seven \
             roles. Clear is the same with its log-shares stretched 2.5-fold. Measured is the \
             share of all episodes that is about roles; the double difference is what newcomers \
             add where the identity is ambiguous, less what they add where it is clear. As there \
             are other ways to be ambiguous or clear, the same is asked of them: insiders who \
             always answer, whatever they are (rival `clear`), against those who may not; both \
             identities among insiders who always answer; the rival in which contradictions leave \
             no doubt; staff who disagree about their own organization; and, since an identity \
             cannot become clear without becoming something, identities that are clear about \
             being a researcher, a broker or a thought partner (six tenths of the way to that role \
             alone). A double difference of zero or less makes the claim false for that way.",
};

/// The identity of the partner, changed, as a file lays it over the case.
fn partner(change: impl Fn(&Mix, &Repertoire) -> Option<Mix>) -> Result<String, Box<dyn Error>> {
    Ok(format!("[organization.pdi]\nidentity = {}\n", identity("cypress", "pdi", change)?))
}

/// Clear about being this.
fn above_all(role: &'static str) -> impl Fn(&Mix, &Repertoire) -> Option<Mix> {
    move |mix, repertoire| Some(mix.toward(&Mix::pure(repertoire.position(role)?), 0.6))
}

fn cypress(more: &str) -> Result<World, Box<dyn Error>> {
    Ok(World::from_text("cypress", &format!("extends = \"cypress\"\n{more}"))?)
}

/// A way to be ambiguous, against being clear.
struct Way {
    name: &'static str,
    ambiguous: World,
    clear: World,
}

impl Way {
    /// First condition: ambiguity; second: newcomers.
    fn compounds(&self, runs: u64) -> Result<Compounded, Box<dyn Error>> {
        let calm = |scenario: &World| scenario.twin().ok_or("nobody joins");
        let four = Interaction {
            both: self.ambiguous.clone(),
            first: calm(&self.ambiguous)?,
            second: self.clear.clone(),
            neither: calm(&self.clear)?,
        };
        Ok(four.of(|run| run.role_share(WHOLE), runs, Essay::SEED)?)
    }
}

/// Ways to be ambiguous; the last three are as much ways to be something.
fn ways() -> Result<[Way; 8], Box<dyn Error>> {
    let sharp = partner(sharpened)?;
    let disagree = "[profile.partner_core.about.pdi]\nexpectation.scatter = 0.35\n";
    let answered = "theory = \"clear\"\n";
    let doubtless = "theory = \"no-doubt\"\n";
    let way = |name, ambiguous: &str, clear: &str| -> Result<Way, Box<dyn Error>> {
        Ok(Way { name, ambiguous: cypress(ambiguous)?, clear: cypress(clear)? })
    };
    let after = |first: &str| format!("{first}{sharp}");
    Ok([
        way("identity spread, against sharpened", "", &sharp)?,
        way("identity spread; may not answer, against always answers", "", answered)?,
        way("spread, against sharpened; insiders always answer", answered, &after(answered))?,
        way("the same; contradiction leaves no doubt", doubtless, &after(doubtless))?,
        way("staff disagree, against agree", disagree, "")?,
        way("spread, against a thought partner", "", &partner(above_all("thought partner"))?)?,
        way("spread, against a broker", "", &partner(above_all("broker"))?)?,
        way("spread, against a researcher", "", &partner(above_all("researcher"))?)?,
    ])
}

fn main() -> Result<(), Box<dyn Error>> {
    print!("{ESSAY}");
    let mut found = Vec::new();
    let ways = ways()?;
    for (place, way) in ways.iter().enumerate() {
        let runs = ESSAY.runs(if place == 0 { 3000 } else { 1000 });
        found.push((way.name, way.compounds(runs)?));
    }
    let first = &found[0].1;
    let mut findings = vec![
        judged(&first.first_with_second, Expected::More, "share"),
        judged(&first.first_alone, Expected::More, "share"),
        judged(&first.second_with_first, Expected::More, "share"),
    ];
    let double = |(_, of): &(&str, Compounded)| judged(&of.more_together, Expected::More, "share");
    findings.extend(found.iter().map(double));
    together(&mut findings);

    println!("\nShare of talk about roles, judged together ({} claims)", findings.len());
    let simple = [
        ("ambiguity raises it, with newcomers", &first.first_with_second),
        ("ambiguity raises it, without newcomers", &first.first_alone),
        ("newcomers raise it, identity ambiguous", &first.second_with_first),
    ];
    for ((what, mean), finding) in simple.iter().zip(&findings) {
        println!("  {what}\n    {:.4}", Answer::new(*finding, mean, None));
    }
    println!("  (newcomers, identity clear: {:+.4})", first.second_alone.mean());
    println!("\nDouble difference: more than zero if the two compound");
    let mut doubles = Vec::new();
    for ((name, of), finding) in found.iter().zip(&findings[3..]) {
        let across = if doubles.is_empty() { over_numbers(&ways[0])? } else { None };
        let answer = Answer::new(*finding, &of.more_together, across.as_ref());
        let alone = of.first_with_second.mean();
        println!(
            "  {name}\n    {answer:.4}\n    (with newcomers, being ambiguous makes {alone:+.4})"
        );
        doubles.push((*name, answer));
    }
    Essay::result(format!(
        "how much more talk newcomers add where the identity is ambiguous: {:.4}",
        doubles[0].1.finding
    ));
    #[cfg(feature = "plots")]
    println!("\n{}", ESSAY.save("double_difference", &picture(&found, &doubles)?)?.display());
    Ok(())
}

/// How the double difference moves over the numbers that the data leave open.
fn over_numbers(way: &Way) -> Result<Option<Split>, Box<dyn Error>> {
    let calm = |scenario: &World| scenario.twin().ok_or("nobody joins");
    let worlds = [&way.ambiguous, &calm(&way.ambiguous)?, &way.clear, &calm(&way.clear)?];
    let side = Worlds::of(worlds).runs(ESSAY.runs(1000)).seed(Essay::SEED);
    let across = side.split(|runs| {
        let [a, b, c, d] = runs.map(|run| run.role_share(WHOLE).unwrap_or(f64::NAN));
        [Some((a - b) - (c - d))]
    })?;
    Ok(across.map(|[across]| across))
}

#[cfg(feature = "plots")]
fn picture(
    found: &[(&str, Compounded)],
    doubles: &[(&str, Answer)],
) -> Result<rppsim::plot::Image, rppsim::plot::PlotError> {
    use rppsim::plot::{ForestGroup, ForestPicture, Quantity};
    let added = |label: &str, mean| {
        Answer::new(judged(mean, Expected::More, "share"), mean, None).row(
            label,
            1,
            Quantity::Points,
        )
    };
    let first = &found[0].1;
    let group = |heading: &str, rows| ForestGroup {
        heading: heading.into(),
        unit: "share of episodes about roles, percentage points".into(),
        quantity: Quantity::Points,
        rows,
    };
    let rows = |some: &[(&str, Answer)]| {
        some.iter().map(|(name, answer)| answer.row(name, 2, Quantity::Points)).collect::<Vec<_>>()
    };
    ForestPicture {
        title: "Ambiguity and turnover: do they compound?".into(),
        subtitle: format!(
            "{} runs in four worlds each; {} of the other ways",
            first.more_together.count(),
            found[1].1.more_together.count()
        ),
        legend: essay::legend(),
        text_label: "points".into(),
        groups: vec![
            group(
                "What newcomers add to talk",
                vec![
                    added("identity spread", &first.second_with_first),
                    added("identity sharpened", &first.second_alone),
                ],
            ),
            group("Double difference, by way of being ambiguous", rows(&doubles[..5])),
            group("Double difference against being something else", rows(&doubles[5..])),
        ],
        footnote: "Above zero, the two compound. A prediction of the model: nothing published could be fitted.".into(),
    }
    .draw()
}
