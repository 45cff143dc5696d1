//! Is talk about roles more salient in one design of partnership than in another?
//!
//! The authors of the published case, a design-based partnership, suppose that there is more of it
//! there than in research alliances, and perhaps in improvement networks, since people assume less
//! familiar roles. Nothing is published that could be fitted: this is a prediction of the model,
//! and it can fall either way. Every difference between the presets is then switched off in turn,
//! to see what the answer rests on.
//!
//! `cargo run --release --example designs_compared` writes a picture to `out/designs_compared/`.

mod essay;

use essay::{Answer, Essay, judged, signed_with_half, with_half};
use rppsim::measure::{RunRecord, WHOLE, months_lost};
use rppsim::scenario::World;
use rppsim::worlds::Worlds;
use rppsim::worlds::hypothesis::{Expected, Finding, together};
use rppsim::worlds::statistics::Mean;
use std::error::Error;

const ESSAY: Essay = Essay {
    name: "designs_compared",
    claim: "Talk about roles is more salient in design-based partnerships than in research \
            alliances, and in networked improvement communities more than in either, since people \
            assume roles there that are less familiar.",
    source: "Farrell, Harrison & Coburn 2019, AERA Open 5(2), as a question for research (\"might be \
             more salient\"); Coburn, Penuel & Geil 2013 on roles in the three designs. A prediction: \
             nothing is published that could be fitted.",
    design: "The presets `alliance`, `design-based` and `network` for ten years under the same \
             published turnover; no renewal falls due, so that all of them live. Measured is the \
             share of all episodes that is about roles; beside it, how many such episodes a year has, \
             and the months of work that turnover takes from each design against the same design in \
             which nobody leaves. Newcomers hold the same in every design: that researchers and \
             districts do for each other what they usually do. As that may decide the answer, the \
             same is asked with newcomers like those of the published case, who expect a vendor, a \
             helper and a thought partner at once; and, as designs differ in how often they meet, with \
             all of them meeting every month. Then each difference between presets is switched off \
             in turn, the others staying on. Artefacts: the same design with more organizations or \
             more meetings should not by itself have more talk an episode (at most one point in a \
             hundred more).",
};

type Outcome<T> = Result<T, Box<dyn Error>>;

/// At most one point in a hundred more.
const NO_MORE: Expected = Expected::Within(-1.0, 0.01);
const DISTRICTS: [&str; 4] = ["district", "second_district", "third_district", "fourth_district"];
const MONTHLY: [&str; 2] = ["calendar.pauses=[]", "calendar.meetings_per_month=1"];

fn talk(run: &RunRecord) -> Option<f64> {
    run.role_share(WHOLE)
}

fn less(a: Option<f64>, b: Option<f64>) -> Option<f64> {
    a.zip(b).map(|(a, b)| a - b)
}

/// A preset without renewals, with some of it changed.
fn preset(name: &str, changes: &[impl AsRef<str>]) -> Outcome<World> {
    let changes = changes.iter().map(|change| change.as_ref().to_owned());
    let always = ["benefit.renewal_every=0".to_owned()];
    Ok(World::open_with(name, always.into_iter().chain(changes).collect::<Vec<_>>())?)
}

/// What a case says at a key, as an assignment to a key of another.
fn as_in(case: &str, from: &str, to: &str) -> Outcome<String> {
    let whole: toml::Table = toml::from_str(&World::open(case)?.to_toml())?;
    let mut node = &toml::Value::Table(whole);
    for key in from.split('.') {
        node = node.get(key).ok_or(format!("{case} does not state {from}"))?;
    }
    Ok(format!("{to}={node}"))
}

/// What a case says at several keys, as assignments to the same keys.
fn all_as_in(case: &str, keys: &[&str]) -> Outcome<Vec<String>> {
    keys.iter().map(|key| as_in(case, key, key)).collect()
}

/// A difference between two presets: its name, and what switches it off.
struct Difference {
    name: &'static str,
    off: Vec<String>,
}

/// What makes an alliance of the design-based preset.
fn of_the_alliance() -> Outcome<Vec<Difference>> {
    let as_design = |keys: &[&str]| all_as_in("design-based", keys);
    let partner = [
        "organization.partner.identity",
        "organization.partner.agreed",
        "organization.district.wants.partner",
    ];
    let district = [
        "organization.district.identity",
        "organization.district.agreed",
        "organization.partner.wants.district",
    ];
    let flag = |text: &str| vec![text.to_owned()];
    Ok(vec![
        Difference { name: "role of the partner", off: as_design(&partner)? },
        Difference { name: "role of the district", off: as_design(&district)? },
        Difference { name: "they meet half of the year", off: flag(MONTHLY[0]) },
        Difference { name: "independence", off: flag("organization.partner.independence=0.0") },
        Difference { name: "review", off: flag("intervention.review.enabled=false") },
        Difference { name: "archive", off: flag("intervention.archive.enabled=false") },
    ])
}

/// What makes a network of the preset with several districts.
fn of_the_network() -> Outcome<Vec<Difference>> {
    let as_several = |keys: &[String]| {
        all_as_in("several-districts", &keys.iter().map(String::as_str).collect::<Vec<_>>())
    };
    let each = |key: &str| DISTRICTS.map(|district| key.replace('*', district)).to_vec();
    let own = ["organization.partner.identity", "organization.partner.agreed"].map(String::from);
    let hub = [own.to_vec(), each("organization.*.wants.partner")].concat();
    let districts = [each("organization.*.agreed"), each("organization.partner.wants.*")].concat();
    Ok(vec![
        Difference { name: "role of the hub", off: as_several(&hub)? },
        Difference { name: "role of the districts", off: as_several(&districts)? },
        Difference { name: "they meet every two weeks", off: vec![MONTHLY[1].to_owned()] },
        Difference { name: "attendance", off: as_several(&["meeting.attendance".to_owned()])? },
    ])
}

/// A network of one district, three of whom meet with the hub.
fn one_district(more: &[&str]) -> Outcome<World> {
    let of_the_network = [
        "organization.partner.identity",
        "organization.partner.agreed",
        "organization.partner.wants.district",
        "organization.district.agreed",
        "organization.district.wants.partner",
        "calendar.meetings_per_month",
        "meeting.attendance",
        "seat.director.count",
        "seat.specialist.count",
    ];
    let mut changes = all_as_in("network", &of_the_network)?;
    changes.extend(more.iter().map(|change| (*change).to_owned()));
    preset("design-based", &changes)
}

/// The whole team of six from each of the four districts.
fn whole_teams() -> Vec<String> {
    let seats = DISTRICTS.map(|district| match district.strip_suffix("_district") {
        Some(which) => format!("{which}_"),
        None => String::new(),
    });
    let of_one = |which: String| {
        [format!("seat.{which}director.count=2"), format!("seat.{which}specialist.count=3")]
    };
    seats.into_iter().flat_map(of_one).collect()
}

/// A preset with all of its differences switched off must be the other one.
fn these_are_all(preset: &World, other: &World) -> Outcome<()> {
    match preset.template() == other.template() {
        true => Ok(()),
        false => Err(format!("{preset:?} differs from {other:?} in more than is listed").into()),
    }
}

/// Answers in points of the share of talk.
type Answers = Vec<(String, Answer)>;

fn answer(what: &str, mean: &Mean, expected: Expected) -> (String, Answer) {
    (what.to_owned(), Answer::new(judged(mean, expected, "share"), mean, None))
}

fn main() -> Outcome<()> {
    print!("{ESSAY}");
    let mut answers = three_designs(&[], "newcomers who expect the usual")?;
    let keys = ["profile.newcomer.about.pdi", "profile.newcomer.about.partner"];
    let [there, here] = keys.map(|key| format!("{key}.expectation"));
    let published = as_in("cypress", &there, &here)?;
    answers.extend(three_designs(&[published], "newcomers as in the published case")?);
    let (alliance, network) = traces()?;
    answers.extend(artefacts()?);

    let mut findings: Vec<Finding> = answers.iter().map(|(_, answer)| answer.finding).collect();
    together(&mut findings);
    println!("\nShare of talk about roles, judged together ({} claims)", findings.len());
    for ((what, answer), finding) in answers.iter_mut().zip(findings) {
        answer.finding = finding;
        println!("  {what}\n    {answer:.3}");
    }
    for (name, trace) in [("alliance", &alliance), ("network", &network)] {
        println!(
            "\nWhat each difference makes of the share of talk in the {name}, the others being on"
        );
        for (difference, mean) in trace {
            println!("  {difference:<34} {}", signed_with_half(mean, 1.0, 3));
        }
    }
    Essay::result(format!(
        "share of talk, newcomers who expect the usual: design-based against alliance {:.3}; network \
         against design-based {:.3}",
        answers[0].1.finding, answers[1].1.finding
    ));
    #[cfg(feature = "plots")]
    println!("\n{}", ESSAY.save("designs", &picture(&answers, &alliance, &network)?)?.display());
    Ok(())
}

/// The three designs as they are and at one rhythm; prints how they are, gives the claims.
fn three_designs(changes: &[String], who: &str) -> Outcome<Answers> {
    let monthly = [changes, &MONTHLY.map(String::from)].concat();
    let nobody = ["cabinet", "director", "specialist", "lead", "staff"]
        .map(|level| format!("turnover.{level}=0.0"));
    let nobody_leaves = [changes, &nobody].concat();
    let open = |name: &str| -> Outcome<[World; 3]> {
        Ok([preset(name, changes)?, preset(name, &monthly)?, preset(name, &nobody_leaves)?])
    };
    // That of the design-based preset meets every month as it is.
    let ([a, am, a0], [d, _, d0], [n, nm, n0]) =
        (open("alliance")?, open("design-based")?, open("network")?);
    let side = Worlds::of([&d, &a, &am, &n, &nm]).runs(ESSAY.runs(160)).seed(Essay::SEED);
    let claims = |runs: [&RunRecord; 5]| {
        let [d, a, am, n, nm] = runs.map(talk);
        [less(d, a), less(n, d), less(d, am), less(nm, d)]
    };
    let means: [Mean; 4] = side.means(claims)?;
    let sets = match changes.is_empty() {
        true => side.split(claims)?,
        false => None,
    };

    let calm = Worlds::of([&a, &a0, &d, &d0, &n, &n0]).runs(ESSAY.runs(60)).seed(Essay::SEED);
    let levels: [Mean; 12] = calm.means(|runs| {
        let year = |run: &RunRecord| {
            let episodes: u32 = run.meetings.iter().map(|meeting| meeting.roles).sum();
            Some(12.0 * f64::from(episodes) / run.months.len() as f64)
        };
        let of = |i: usize| {
            [talk(runs[i]), talk(runs[i + 1]), year(runs[i]), months_lost(runs[i], runs[i + 1])]
        };
        let [[a, b, c, d], [e, f, g, h], [i, j, k, l]] = [of(0), of(2), of(4)];
        [a, b, c, d, e, f, g, h, i, j, k, l]
    })?;
    println!("\nWith {who}");
    println!(
        "  {:<14} share about roles   if nobody leaves   such episodes a year   months lost of 120",
        ""
    );
    for (name, of) in ["alliance", "design-based", "network"].iter().zip(levels.chunks(4)) {
        println!(
            "  {name:<14} {:<19} {:<18} {:>10}             {}",
            with_half(&of[0], 1.0, 3),
            with_half(&of[1], 1.0, 3),
            with_half(&of[2], 1.0, 1),
            with_half(&of[3], 1.0, 1),
        );
    }

    let claimed = [
        "design-based against alliance",
        "network against design-based",
        "design-based against alliance, all meeting monthly",
        "network against design-based, all meeting monthly",
    ];
    let claimed = claimed.iter().zip(&means).enumerate().map(|(i, (what, mean))| {
        let across = sets.as_ref().map(|sets| &sets[i]);
        let finding = judged(mean, Expected::More, "share");
        (format!("{what}; {who}"), Answer::new(finding, mean, across))
    });
    Ok(claimed.collect())
}

type Trace = Vec<(&'static str, Mean)>;

/// What each difference makes, the others being on.
fn traces() -> Outcome<(Trace, Trace)> {
    let off = |name: &str, differences: &[Difference]| -> Outcome<Vec<World>> {
        let all = differences.iter().flat_map(|difference| difference.off.clone());
        let each = differences.iter().map(|difference| difference.off.clone());
        each.chain([all.collect()]).map(|off| preset(name, &off)).collect()
    };
    let none: [&str; 0] = [];
    let names = |differences: &[Difference]| differences.iter().map(|d| d.name).collect::<Vec<_>>();

    let (differences, on) = (of_the_alliance()?, preset("alliance", &none)?);
    let worlds = off("alliance", &differences)?;
    let [w0, w1, w2, w3, w4, w5, all] = &worlds[..] else { return Err("six differences".into()) };
    these_are_all(all, &preset("design-based", &none)?)?;
    let worlds = [&on, w0, w1, w2, w3, w4, w5];
    let side = Worlds::of(worlds).runs(ESSAY.runs(120)).seed(Essay::SEED);
    let means: [Mean; 6] =
        side.means(|runs| std::array::from_fn(|i| less(talk(runs[0]), talk(runs[i + 1]))))?;
    let alliance = names(&differences).into_iter().zip(means).collect();

    let (differences, on) = (of_the_network()?, preset("network", &none)?);
    let worlds = off("network", &differences)?;
    let [w0, w1, w2, w3, all] = &worlds[..] else { return Err("four differences".into()) };
    these_are_all(all, &preset("several-districts", &none)?)?;
    let one = one_district(&[])?;
    let six = preset("network", &whole_teams())?;
    let unsettled = preset("network", &["settlement.demand=0.0"])?;
    let one_unsettled = one_district(&["settlement.demand=0.0"])?;
    let worlds = [&on, w0, w1, w2, w3, &one, &six, &unsettled, &one_unsettled];
    let side = Worlds::of(worlds).runs(ESSAY.runs(60)).seed(Essay::SEED);
    let means: [Mean; 7] = side.means(|runs| {
        let with = talk(runs[0]);
        let off = |i: usize| less(with, talk(runs[i]));
        [off(1), off(2), off(3), off(4), off(5), off(6), less(talk(runs[7]), talk(runs[8]))]
    })?;
    let more = [
        "four districts, not one",
        "three of each district, not six",
        "four, not one, nothing settled",
    ];
    let network = names(&differences).into_iter().chain(more).zip(means).collect();
    Ok((alliance, network))
}

/// More organizations and more meetings, in the design-based preset.
fn artefacts() -> Outcome<Answers> {
    let none: [&str; 0] = [];
    let three = ["seat.director.count=1", "seat.specialist.count=1"];
    let nobody = [
        "turnover.cabinet=0",
        "turnover.director=0",
        "turnover.specialist=0",
        "turnover.lead=0",
        "turnover.staff=0",
        "learning.retention=1.0",
    ];
    let twice = "calendar.meetings_per_month=2";
    let (one, four) = (preset("design-based", &three)?, preset("several-districts", &none)?);
    let (month, weeks) = (preset("design-based", &none)?, preset("design-based", &[twice])?);
    let kept = "learning.retention=1.0";
    let (month_kept, weeks_kept) =
        (preset("design-based", &[kept])?, preset("design-based", &[kept, twice])?);
    let (month_calm, weeks_calm) = (
        preset("design-based", &nobody)?,
        preset("design-based", &[&nobody[..], &[twice]].concat())?,
    );
    let side = Worlds::of([
        &one,
        &four,
        &month,
        &weeks,
        &month_kept,
        &weeks_kept,
        &month_calm,
        &weeks_calm,
    ])
    .runs(ESSAY.runs(100))
    .seed(Essay::SEED);
    let means: [Mean; 4] = side.means(|runs| {
        let more = |i: usize| less(talk(runs[i + 1]), talk(runs[i]));
        [more(0), more(2), more(4), more(6)]
    })?;
    let what = [
        "artefact: four districts, not one",
        "artefact: two meetings a month, not one",
        "artefact: two meetings, where nobody forgets",
        "artefact: two meetings, where nobody forgets or leaves",
    ];
    Ok(what.iter().zip(&means).map(|(what, mean)| answer(what, mean, NO_MORE)).collect())
}

#[cfg(feature = "plots")]
fn picture(
    answers: &[(String, Answer)],
    alliance: &Trace,
    network: &Trace,
) -> Result<rppsim::plot::Image, rppsim::plot::PlotError> {
    use rppsim::plot::{ForestGroup, ForestPicture, Quantity};
    let group = |heading: &str, rows| ForestGroup {
        heading: heading.into(),
        unit: "share of talk about roles, difference in percentage points".into(),
        quantity: Quantity::Points,
        rows,
    };
    let claims = |some: &[(String, Answer)]| {
        let label = |what: &str| {
            let what = what.split_once("; ").map_or(what, |(what, _)| what);
            what.trim_start_matches("artefact: ").to_owned()
        };
        some.iter()
            .map(|(what, answer)| answer.row(&label(what), 1, Quantity::Points))
            .collect::<Vec<_>>()
    };
    let traced = |trace: &Trace| {
        let row = |(name, mean): &(&str, Mean)| {
            answer("", mean, NO_MORE).1.row(name, 1, Quantity::Points)
        };
        trace.iter().map(row).collect::<Vec<_>>()
    };
    ForestPicture {
        title: "Talk about roles by design of partnership".into(),
        subtitle: "Ten years under the same turnover; presets, not real partnerships".into(),
        legend: essay::legend(),
        text_label: "points".into(),
        groups: vec![
            group("Newcomers expect the usual of researchers", claims(&answers[..4])),
            group("Newcomers expect what those of the case did", claims(&answers[4..8])),
            group("What makes the alliance what it is", traced(alliance)),
            group("What makes the network what it is", traced(network)),
            group("The same design with more of the same", claims(&answers[8..])),
        ],
        footnote: "Above zero: more talk. In the third and fourth part, each difference alone is switched off, at 95 %. Less talk is not better talk; no ranking of designs.".into(),
    }
    .draw()
}
