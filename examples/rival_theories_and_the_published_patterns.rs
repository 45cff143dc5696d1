//! Which theory gives the published patterns, and which patterns tell the theories apart?
//!
//! A theory that fits is worth little if its rivals fit as well. Every theory that ships is held
//! to the same patterns of the published case, with the same runs and the same measure. The
//! numbers that are searched were fitted under the standard theory, which is an advantage; so every
//! theory, the standard one too, is also given the same brief search of its own.
//!
//! `cargo run --release --example rival_theories_and_the_published_patterns` writes a picture to
//! `out/rival_theories_and_the_published_patterns/`.

mod essay;

use essay::{Essay, world};
use rppsim::fit::search::{FitError, Search, distance, fit};
use rppsim::model::Shipped;
use rppsim::scenario::World;
use rppsim::scenario::patterns::{Pattern, Published, Use};
use rppsim::worlds::hypothesis::{Expected, Finding, Verdict, together};
use rppsim::worlds::statistics::{Estimated, Mean};
use rppsim::worlds::{Run, Runs, Stop, Stopped};
use std::error::Error;

const ESSAY: Essay = Essay {
    name: "rival_theories_and_the_published_patterns",
    claim: "The standard theory comes nearer to the published patterns than each of its rivals.",
    source: "Patterns: Farrell, Harrison & Coburn 2019, AERA Open 5(2), 17 meetings, 126 episodes \
             and 51 interviews. Rivals: averaging after DeGroot 1974, code learning after March \
             1991, and the theory itself with one mechanism taken out. The claim is ours.",
    design: "Each theory runs the published case twice: with the parameters that ship, which were \
             fitted under the standard theory, and with the best of a brief search of its own, the \
             same for all. Distance: the root mean square, over the patterns that may be fitted, of \
             the difference between the mean of the runs and what was published, in sampling \
             errors of the published count. The nearer of the two counts, judged by fresh runs. A \
             distance below one says that the patterns do not speak against a theory; two theories \
             that are both below one are not told apart by this case.",
};

/// Groups of runs, left out in turn to find the error of a distance.
const GROUPS: usize = 20;
/// The smallest difference of two distances that counts, in sampling errors.
const A_TENTH: f64 = 0.1;
/// First of the fresh runs, far from those of the search.
const FRESH: u64 = 2_000_001;

/// A theory with parameters, judged.
#[derive(Clone)]
struct Judged {
    theory: String,
    /// Mean of each pattern, by group of runs.
    groups: Vec<Vec<Mean>>,
    /// Distance with the parameters that ship.
    shipped: f64,
    /// Whether the search found nearer ones.
    searched: bool,
}

impl Judged {
    /// Means over the runs, leaving out a group.
    fn means(&self, out: Option<usize>) -> Vec<Option<f64>> {
        let kept = |group: &usize| Some(*group) != out;
        let mean = |pattern: usize| {
            let (mut sum, mut count) = (0.0, 0);
            for group in (0..self.groups.len()).filter(kept) {
                let mean = &self.groups[group][pattern];
                if mean.count() > 0 {
                    sum += mean.mean() * mean.count() as f64;
                    count += mean.count();
                }
            }
            (count > 0).then(|| sum / count as f64)
        };
        (0..self.groups[0].len()).map(mean).collect()
    }

    fn distance(&self, patterns: &[Pattern], out: Option<usize>) -> f64 {
        distance(patterns, &self.means(out))
    }

    /// How much farther off than another: paired, since both have the same runs, with the error by
    /// leaving out one group of them in turn.
    fn farther(&self, than: &Judged, patterns: &[Pattern]) -> Estimated {
        let off = |out| self.distance(patterns, out) - than.distance(patterns, out);
        Estimated::jackknife(off(None), (0..GROUPS).map(|group| off(Some(group))))
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    print!("{ESSAY}");
    let cypress = world("cypress", &[])?;
    let patterns = &cypress.patterns;
    let mut judged = Vec::new();
    for theory in Shipped::ALL {
        judged.push(judge(&World::open_with(
            "cypress",
            &[format!("theory=\"{}\"", theory.word())],
        )?)?);
    }

    let standard = judged[0].clone();
    let mut findings: Vec<Finding> = judged[1..]
        .iter()
        .map(|rival| Finding::of(rival.farther(&standard, patterns), Expected::More, A_TENTH))
        .collect();
    together(&mut findings);
    println!(
        "\nDistance from the published patterns, in sampling errors: as shipped; the nearer of two"
    );
    for theory in &judged {
        println!(
            "  {:<18} {:.2}   {:.2} ({})",
            theory.theory,
            theory.shipped,
            theory.distance(patterns, None),
            if theory.searched { "after its own search" } else { "as shipped" }
        );
    }
    println!(
        "\nHow much farther than the standard theory, judged together ({} claims)",
        findings.len()
    );
    for (rival, finding) in judged[1..].iter().zip(&findings) {
        println!("  {:<18} {finding:.2}", rival.theory);
    }

    let off = table(&judged, patterns);
    println!("\nWhat tells them apart: from the least to the most errors off, over the theories");
    let mut apart: Vec<(&Pattern, f64, f64)> = fitted(patterns)
        .enumerate()
        .map(|(i, (_, pattern))| {
            let known = || off.iter().map(|row| row[i]).filter(|error| error.is_finite());
            (
                pattern,
                known().fold(f64::INFINITY, f64::min),
                known().fold(f64::NEG_INFINITY, f64::max),
            )
        })
        .collect();
    apart.sort_by(|a, b| (b.2 - b.1).total_cmp(&(a.2 - a.1)));
    for (pattern, least, most) in &apart {
        let tells = if most - least > 2.0 { "" } else { "   tells little" };
        println!("  {:<4} {:<38} {least:+.1} to {most:+.1}{tells}", pattern.name, pattern.title);
    }
    let farther = findings.iter().filter(|finding| finding.verdict == Verdict::Holds).count();
    Essay::result(format!(
        "{farther} of {} rival theories are farther from the published patterns than the standard theory.",
        findings.len()
    ));
    #[cfg(feature = "plots")]
    println!("\n{}", ESSAY.save("errors_off", &picture(&judged, patterns, &off)?)?.display());
    Ok(())
}

fn fitted(patterns: &[Pattern]) -> impl Iterator<Item = (usize, &Pattern)> {
    patterns.iter().enumerate().filter(|(_, pattern)| pattern.used_for == Use::Fit)
}

/// A theory as shipped and after a brief search; the nearer of the two.
fn judge(scenario: &World) -> Result<Judged, Box<dyn Error>> {
    // A search with fewer than eight sets is none.
    let (particles, runs) = (ESSAY.sets(16).max(8), ESSAY.runs(12));
    let search =
        Search { particles, generations: 2, runs, final_runs: ESSAY.runs(64), seed: Essay::SEED };
    let found = match fit(scenario, search, Stop::NEVER, |_, _, _| {}) {
        Ok(found) => Some(found),
        // A theory that never gives a pattern is judged as it ships: no search brings it nearer.
        Err(FitError::NoValue { .. }) => None,
        Err(why) => return Err(why.into()),
    };
    let shipped = lived(scenario)?;
    let judged = Judged {
        theory: scenario.theory.word().to_owned(),
        groups: shipped,
        shipped: 0.0,
        searched: false,
    };
    let of_shipped = judged.distance(&scenario.patterns, None);
    let Some(found) = found else { return Ok(Judged { shipped: of_shipped, ..judged }) };
    let searched = lived(&scenario.at(&found.best.values))?;
    let other = Judged { groups: searched, searched: true, ..judged.clone() };
    let nearer = other.distance(&scenario.patterns, None) < of_shipped;
    Ok(Judged { shipped: of_shipped, ..if nearer { other } else { judged } })
}

/// The patterns in fresh runs, by group of runs.
fn lived(scenario: &World) -> Result<Vec<Vec<Mean>>, Stopped> {
    let mut groups = vec![vec![Mean::default(); scenario.patterns.len()]; GROUPS];
    let read = |run: Run| {
        let values = scenario.patterns.iter().map(|pattern| pattern.measure.of(run.record()));
        (run.number, values.collect::<Vec<_>>())
    };
    let runs = Runs::of([scenario], ESSAY.runs(300).max(2 * GROUPS as u64), Essay::SEED);
    Runs { first: FRESH, ..runs }.fold(read, |(run, values)| {
        let group = &mut groups[(run % GROUPS as u64) as usize];
        for (mean, value) in group.iter_mut().zip(values) {
            value.into_iter().for_each(|value| mean.add(value));
        }
        Ok::<(), Stopped>(())
    })?;
    Ok(groups)
}

/// By theory, by pattern that may be fitted: sampling errors above what was published.
fn table(judged: &[Judged], patterns: &[Pattern]) -> Vec<Vec<f64>> {
    let row = |theory: &Judged| {
        let means = theory.means(None);
        let off = |(i, pattern): (usize, &Pattern)| {
            let Published::Value(published) = pattern.published else { return f64::NAN };
            let sd = pattern.sampling_sd().unwrap_or(f64::NAN);
            means[i].map_or(f64::NAN, |mean| (mean - published) / sd)
        };
        fitted(patterns).map(off).collect()
    };
    judged.iter().map(row).collect()
}

#[cfg(feature = "plots")]
fn picture(
    judged: &[Judged],
    patterns: &[Pattern],
    off: &[Vec<f64>],
) -> Result<rppsim::plot::Image, rppsim::plot::PlotError> {
    use rppsim::plot::{DotGroup, DotKind, DotMark, DotPicture, DotRow, DotSeries, Quantity};
    // The standard theory and the four farthest from what was published; more cannot be told apart.
    let mut shown: Vec<usize> = (1..judged.len()).collect();
    let distance = |i: &usize| judged[*i].distance(patterns, None);
    shown.sort_by(|a, b| distance(b).total_cmp(&distance(a)));
    let near: Vec<&str> =
        shown.split_off(4).into_iter().map(|i| judged[i].theory.as_str()).collect();
    shown.insert(0, 0);
    let series = shown.iter().enumerate().map(|(place, i)| DotSeries {
        label: judged[*i].theory.clone(),
        kind: if place == 0 { DotKind::Simulated } else { DotKind::Other(place - 1) },
    });
    let rows = fitted(patterns).map(|(_, pattern)| pattern).enumerate().map(|(row, pattern)| {
        let mark = |i: &usize| Some(DotMark { x: off[*i][row], low: None, high: None });
        DotRow {
            label: pattern.title.clone(),
            marks: shown.iter().map(mark).collect(),
            joined: true,
        }
    });
    DotPicture {
        title: "How far each theory is from what was published".into(),
        subtitle: "means of the runs, by the nearer of shipped and briefly searched parameters".into(),
        x_label: "sampling errors above what was published".into(),
        x_range: None,
        x_quantity: Quantity::Number,
        series: series.collect(),
        groups: vec![DotGroup { heading: String::new(), rows: rows.collect() }],
        reference: Some((0.0, "published".into())),
        footnote: format!(
            "Not drawn, being nearer to what was published: {}. A theory that fits is not thereby the true one.",
            near.join(", ")
        ),
    }
    .draw()
}
