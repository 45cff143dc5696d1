//! Do an ambiguous identity of the partner and turnover of leaders compound?
//!
//! The study names both as causes of renegotiation and says that the second compounded the first.
//! If that is meant literally, newcomers must add more talk where the identity is ambiguous than
//! where it is clear: a double difference. No rule of the model reads ambiguity, and nothing was
//! fitted to this; the answer is reported whichever way it falls.
//!
//! `cargo run --release --example ambiguity_and_turnover_compound` writes a picture to
//! `out/ambiguity_and_turnover_compound/`.

use rppsim::experiment::hypothesis::{Compounded, Expected, Finding, Interaction, together};
use rppsim::measure::Outcome;
use rppsim::report::essay::{Answer, Essay};
use rppsim::roles::Mix;
use rppsim::scenario::Scenario;
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
             are other ways to be ambiguous, the same is asked of them: two roles left of seven; \
             staff who disagree about their own organization; insiders who speak from their \
             identity alone; and the rival in which contradictions leave no doubt.",
};

/// Log-shares stretched so many times, or roles given up: the identity as a scenario writes it.
fn identity(of: &Scenario, change: impl Fn(f64) -> f64) -> Result<String, Box<dyn Error>> {
    let partner =
        of.template().organizations.iter().find(|o| o.name == "pdi").ok_or("no partner")?;
    let mut weights = *partner.identity.shares();
    weights.iter_mut().for_each(|share| *share = change(*share));
    let mix = Mix::in_proportion(weights).ok_or("no role is left")?;
    let roles = partner.repertoire.roles().iter().zip(mix.shares());
    let shares: Vec<String> =
        roles.map(|(role, share)| format!("{:?} = {share:?}", role.name)).collect();
    Ok(format!("[organization.pdi]\nidentity = {{ {} }}\n", shares.join(", ")))
}

fn cypress(more: &str) -> Result<Scenario, Box<dyn Error>> {
    Ok(Scenario::from_text("cypress", &format!("extends = \"cypress\"\n{more}"))?)
}

/// A way to be ambiguous, against being clear.
struct Way {
    name: &'static str,
    ambiguous: Scenario,
    clear: Scenario,
}

impl Way {
    /// First condition: ambiguity; second: newcomers.
    fn compounds(&self, runs: u64) -> Result<Compounded, Box<dyn Error>> {
        let calm = |scenario: &Scenario| scenario.twin().ok_or("nobody joins");
        let four = Interaction {
            both: self.ambiguous.clone(),
            first: calm(&self.ambiguous)?,
            second: self.clear.clone(),
            neither: calm(&self.clear)?,
        };
        Ok(four.of(&Outcome::RoleShare((1, u32::MAX)), runs, Essay::SEED)?)
    }
}

fn ways() -> Result<[Way; 5], Box<dyn Error>> {
    let shipped = cypress("")?;
    let sharp = identity(&shipped, |share| libm::pow(share, 2.5))?;
    // Of its seven roles only the three largest, and of these one above all.
    let few = identity(&shipped, |share| if share < 0.15 { 0.0 } else { libm::pow(share, 2.5) })?;
    let disagree =
        "[profile.partner_core.about.pdi]\nexpectation = { from = \"identity\", scatter = 0.35 }\n";
    let speak = "[discourse]\ninsider_identity = 1.0\n";
    let doubtless = "theory = \"no-doubt\"\n";
    Ok([
        Way {
            name: "spread over seven roles, against sharpened",
            ambiguous: shipped.clone(),
            clear: cypress(&sharp)?,
        },
        Way {
            name: "spread over seven roles, against three",
            ambiguous: shipped.clone(),
            clear: cypress(&few)?,
        },
        Way {
            name: "staff disagree, against agree",
            ambiguous: cypress(disagree)?,
            clear: shipped.clone(),
        },
        Way {
            name: "the first, insiders speaking from identity alone",
            ambiguous: cypress(speak)?,
            clear: cypress(&format!("{speak}{sharp}"))?,
        },
        Way {
            name: "the first, where contradiction leaves no doubt",
            ambiguous: cypress(doubtless)?,
            clear: cypress(&format!("{doubtless}{sharp}"))?,
        },
    ])
}

fn main() -> Result<(), Box<dyn Error>> {
    print!("{ESSAY}");
    let mut found = Vec::new();
    for (place, way) in ways()?.iter().enumerate() {
        let runs = ESSAY.runs(if place == 0 { 3000 } else { 1000 });
        found.push((way.name, way.compounds(runs)?));
    }
    let first = &found[0].1;
    let mut findings = vec![
        Finding::of_mean(&first.first_with_second, Expected::More),
        Finding::of_mean(&first.first_alone, Expected::More),
        Finding::of_mean(&first.second_with_first, Expected::More),
    ];
    let double = |(_, of): &(&str, Compounded)| Finding::of_mean(&of.more_together, Expected::More);
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
        let answer = Answer::new(*finding, &of.more_together, None);
        println!("  {name}\n    {answer:.4}");
        doubles.push((*name, answer));
    }
    #[cfg(feature = "plots")]
    println!("\n{}", ESSAY.save("double_difference", &picture(&found, &doubles)?)?.display());
    Ok(())
}

#[cfg(feature = "plots")]
fn picture(
    found: &[(&str, Compounded)],
    doubles: &[(&str, Answer)],
) -> Result<rppsim::plot::Image, rppsim::plot::PlotError> {
    use rppsim::plot::{ForestGroup, ForestPicture};
    let added = |label: &str, mean| {
        Answer::new(Finding::of_mean(mean, Expected::More), mean, None).row(label, 1, true)
    };
    let first = &found[0].1;
    let group = |heading: &str, rows| ForestGroup {
        heading: heading.into(),
        unit: "share of episodes about roles".into(),
        percent: true,
        rows,
    };
    ForestPicture {
        title: "Ambiguity and turnover: do they compound?".into(),
        subtitle: format!("{} runs, each lived in four worlds; 1,000 in the other ways", first.more_together.count()),
        legend: rppsim::report::essay::legend(),
        text_label: "points".into(),
        groups: vec![
            group("What newcomers add to talk", vec![
                added("identity ambiguous", &first.second_with_first),
                added("identity clear", &first.second_alone),
            ]),
            group("What ambiguity adds to talk", vec![
                added("with newcomers", &first.first_with_second),
                added("without", &first.first_alone),
            ]),
            group("Double difference, by way of being ambiguous", doubles.iter().map(|(name, answer)| answer.row(name, 1, true)).collect()),
        ],
        footnote: "A prediction of the model: nothing published could be fitted. Above zero, the two compound.".into(),
    }
    .draw()
}
