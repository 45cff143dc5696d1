//! Which theory foretells the published patterns, and which patterns tell the theories apart?
//!
//! A theory that fits is worth little if its rivals fit as well. Every theory that ships is fitted
//! to the same patterns of the published case in the same way, with a budget of its own, and is then
//! judged by what runs at draws from its posterior foretell: the patterns that were fitted, and, from
//! a fit to the earlier part of the record alone, the later part.
//!
//! `cargo run --release --example rival_theories_and_the_published_patterns` writes a picture to
//! `out/rival_theories_and_the_published_patterns/`.

mod essay;

use essay::{Essay, world};
use rppsim::fit::population::FEWEST;
use rppsim::fit::{FitError, Foretold, Partnership, Settings, Tried};
use rppsim::model::Shipped;
use rppsim::scenario::World;
use rppsim::scenario::patterns::{Pattern, Published, Use};
use rppsim::worlds::Stop;
use rppsim::worlds::hypothesis::{Expected, Finding, Verdict, together};
use rppsim::worlds::joint::{Group, Joint};
use rppsim::worlds::statistics::Estimated;
use std::error::Error;

const ESSAY: Essay = Essay {
    name: "rival_theories_and_the_published_patterns",
    claim: "The standard theory foretells the published patterns better than each of its rivals.",
    source: "Patterns: Farrell, Harrison & Coburn 2019, AERA Open 5(2), 17 meetings, 126 episodes \
             and 51 interviews. Rivals: averaging after DeGroot 1974, code learning after March \
             1991, and the theory itself with one mechanism taken out. The claim is ours.",
    design: "Each theory is fitted to the same patterns in the same brief way (`rppsim fit` with a \
             small budget). Single runs at draws from its posterior are then held to the record by \
             the energy score: the distance of a run from the record in sampling errors (root mean \
             square over patterns), less half of the distance between two runs. The less the \
             better; runs that scatter too much lose as runs that scatter too little do. Once for \
             the patterns that were fitted, once for the later part of the record, foretold from a \
             fit to the earlier part alone.",
};

/// The smallest difference of two scores that counts, in sampling errors.
const A_TENTH: f64 = 0.1;

/// A theory, fitted.
struct Judged {
    theory: &'static str,
    /// The patterns that were fitted; the later ones, foretold from the earlier. `None`: it never gives
    /// one of the patterns.
    joint: Option<[Joint; 2]>,
    /// By pattern that was fitted: sampling errors of the median run above what was published.
    off: Vec<f64>,
}

fn main() -> Result<(), Box<dyn Error>> {
    print!("{ESSAY}");
    let cypress = world("cypress", &[])?;
    let patterns = &cypress.patterns;
    let judged: Vec<Judged> =
        Shipped::ALL.iter().map(|theory| judge(&cypress, *theory)).collect::<Result<_, _>>()?;
    let (standard, rivals) = judged.split_first().ok_or("no theory")?;
    let of_standard = standard.joint.as_ref().ok_or("the standard theory gives all patterns")?;

    println!("\nScore, in sampling errors: patterns fitted; later ones foretold from the earlier");
    for theory in &judged {
        match &theory.joint {
            None => println!("  {:<18} never gives one of the patterns", theory.theory),
            Some([fitted, later]) => println!(
                "  {:<18} {:.2}   {:.2}   (the record farther out than {:.0} % and {:.0} % of runs)",
                theory.theory,
                fitted.score.mean(),
                later.score.mean(),
                100.0 * fitted.among.map_or(f64::NAN, |among| among.nearer),
                100.0 * later.among.map_or(f64::NAN, |among| among.nearer),
            ),
        }
    }
    let mut better = [0, 0];
    for (place, what) in
        ["patterns that were fitted", "later part of the record"].iter().enumerate()
    {
        let fitted: Vec<(&Judged, Estimated)> = rivals
            .iter()
            .filter_map(|rival| Some((rival, rival.joint.as_ref()?[place].score.estimate())))
            .map(|(rival, score)| (rival, score.less(&of_standard[place].score.estimate())))
            .collect();
        let mut findings: Vec<Finding> =
            fitted.iter().map(|(_, more)| Finding::of(*more, Expected::More, A_TENTH)).collect();
        together(&mut findings);
        println!(
            "\nHow much worse than the standard theory on the {what} ({} claims together)",
            findings.len()
        );
        for ((rival, _), finding) in fitted.iter().zip(&findings) {
            println!("  {:<18} {finding:.2}", rival.theory);
        }
        let never = rivals.len() - fitted.len();
        let holds = findings.iter().filter(|finding| finding.verdict == Verdict::Holds).count();
        better[place] = holds + never;
    }

    println!("\nWhat tells them apart: from the least to the most errors off, over the theories");
    let mut apart: Vec<(&Pattern, f64, f64)> = fitted(patterns)
        .enumerate()
        .map(|(i, (_, pattern))| {
            let known = || judged.iter().filter_map(|j| j.off.get(i)).filter(|e| e.is_finite());
            let least = known().copied().fold(f64::INFINITY, f64::min);
            (pattern, least, known().copied().fold(f64::NEG_INFINITY, f64::max))
        })
        .collect();
    apart.sort_by(|a, b| (b.2 - b.1).total_cmp(&(a.2 - a.1)));
    for (pattern, least, most) in &apart {
        let tells = if most - least > 2.0 { "" } else { "   tells little" };
        println!("  {:<4} {:<38} {least:+.1} to {most:+.1}{tells}", pattern.name, pattern.title);
    }
    Essay::result(format!(
        "of {} rival theories, {} foretell the patterns that were fitted worse than the standard theory, and {} the later part of the record.",
        rivals.len(),
        better[0],
        better[1]
    ));
    #[cfg(feature = "plots")]
    println!("\n{}", ESSAY.save("errors_off", &picture(&judged, patterns)?)?.display());
    Ok(())
}

fn fitted(patterns: &[Pattern]) -> impl Iterator<Item = (usize, &Pattern)> {
    patterns.iter().enumerate().filter(|(_, pattern)| pattern.used_for == Use::Fit)
}

/// A theory after a brief fit of its own.
fn judge(cypress: &World, theory: Shipped) -> Result<Judged, Box<dyn Error>> {
    let world = cypress.under(theory);
    let settings = Settings { budget: FEWEST, seed: Essay::SEED };
    let partnership = Partnership::of(&world, settings.seed)?;
    let tried =
        Tried::around(&partnership, partnership.observed(), settings, None, Stop::NEVER, |_| {});
    let (theory, runs) = (theory.word(), ESSAY.runs(600).max(80) as usize);
    let tried = match tried {
        // No numbers bring a theory nearer to a pattern that it never gives.
        Err(FitError::NoValue { .. }) => {
            return Ok(Judged { theory, joint: None, off: Vec::new() });
        }
        tried => tried?,
    };
    let foretold = |keep: fn(&Pattern) -> bool| {
        Foretold::from(&partnership, &tried, keep, (100, runs), Stop::NEVER)
    };
    let (whole, earlier) = (foretold(|_| true)?, foretold(|pattern| !pattern.later)?);
    let off = fitted(&world.patterns).map(|(i, pattern)| {
        let Published::Value(published) = pattern.published else { return f64::NAN };
        let sd = pattern.sampling_sd().unwrap_or(f64::NAN);
        (whole.gathered.patterns[i].median() - published) / sd
    });
    let off = off.collect();
    Ok(Judged { theory, joint: Some([whole.gathered.joint(Group::Fit), earlier.later()]), off })
}

#[cfg(feature = "plots")]
fn picture(
    judged: &[Judged],
    patterns: &[Pattern],
) -> Result<rppsim::plot::Image, rppsim::plot::PlotError> {
    use rppsim::plot::{DotGroup, DotKind, DotMark, DotPicture, DotRow, DotSeries, Quantity};
    // The standard theory and the four that foretell worst; more cannot be told apart.
    let score = |i: &usize| judged[*i].joint.as_ref().map_or(f64::NAN, |j| j[0].score.mean());
    let mut shown: Vec<usize> = (1..judged.len()).filter(|i| judged[*i].joint.is_some()).collect();
    shown.sort_by(|a, b| score(b).total_cmp(&score(a)));
    let near: Vec<&str> =
        shown.split_off(4.min(shown.len())).into_iter().map(|i| judged[i].theory).collect();
    shown.insert(0, 0);
    let series = shown.iter().enumerate().map(|(place, i)| DotSeries {
        label: judged[*i].theory.into(),
        kind: if place == 0 { DotKind::Simulated } else { DotKind::Other(place - 1) },
    });
    let rows = fitted(patterns).map(|(_, pattern)| pattern).enumerate().map(|(row, pattern)| {
        let mark = |i: &usize| Some(DotMark { x: judged[*i].off[row], low: None, high: None });
        DotRow {
            label: pattern.title.clone(),
            marks: shown.iter().map(mark).collect(),
            joined: true,
        }
    });
    DotPicture {
        title: "How far each theory is from what was published".into(),
        subtitle: "medians of runs at draws from a brief fit of each theory".into(),
        x_label: "sampling errors above what was published".into(),
        x_range: None,
        x_quantity: Quantity::Number,
        series: series.collect(),
        groups: vec![DotGroup { heading: String::new(), rows: rows.collect() }],
        reference: Some((0.0, "published".into())),
        footnote: format!(
            "Not drawn, as they foretell it better: {}. A theory that fits is not thereby the true one.",
            near.join(", ")
        ),
    }
    .draw()
}
