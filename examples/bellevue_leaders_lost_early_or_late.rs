//! "Thoughtful organizing and luck": what carries a partnership over the loss of its leaders?
//!
//! In Bellevue the superintendent who initiated the partnership died soon after it began, and the
//! leadership of science changed twice; a successor came from within, and there were gaps in
//! funding. One case, told because it went well. This is an illustration of it, not a test: how
//! far ties and succession carry, and how often chance decides more than they do.
//!
//! `cargo run --release --example bellevue_leaders_lost_early_or_late` writes a picture to
//! `out/bellevue_leaders_lost_early_or_late/`.

mod essay;

use essay::{Claimed, Essay, Judged, NONE, signed_with_half, world};
use rppsim::measure::RunRecord;
use rppsim::worlds::Worlds;
use rppsim::worlds::hypothesis::Expected::More;
use rppsim::worlds::statistics::{Estimated, Mean, wilson_of};
use std::error::Error;

const ESSAY: Essay = Essay {
    name: "bellevue_leaders_lost_early_or_late",
    claim: "Ties with people of many levels, and successors from among them, carry a partnership over \
            the loss of its leaders, the more where they are lost early.",
    source: "Coburn, Penuel & Geil 2013, white paper of the W.T. Grant Foundation, on Bellevue and the \
             University of Washington: it \"survived through thoughtful organizing and luck\". One \
             case; no size is published. That the loss is early is part of the story, not of their claim.",
    design: "A young partnership of one district and two research groups, every week, under published \
             turnover; the partner's staff are paid by a grant of 18 months that is followed by \
             another with probability 0.8, four months later (assumed). The superintendent leaves in \
             month 4, and the director who meets with the researchers is replaced in months 10 and 20; \
             or all of this 24 months later; or none of it. Organizing: ties at every level, and \
             successors prepared within, at their shipped strengths and costs. Measured are work in \
             the 26 months from the first loss, against the same months without losses, and trust at \
             the end of them. Then single runs: their spread, what of it goes with turnover and \
             money, and how often a partnership that did not organize did more. Control: where \
             nobody leaves and nothing is spent on it, preparing successors must change nothing.",
};

/// A month old: people know and trust one another as on the first day, and money may end.
const YOUNG: [&str; 6] = [
    "calendar.months=54",
    "calendar.age=1",
    "benefit.renewal_every=0",
    "seat.partner_staff.salary=1000",
    "seat.second_staff.salary=1000",
    "money={ currency=\"USD\" }",
];
const GRANT: &str = "grant.first={ purpose=\"project\", payees={ partner=0.5, second_group=0.5 }, \
                     amount=36000, months=18, renewal=0.8, gap=4 }";
const SURE: &str = "grant.first={ purpose=\"project\", payees={ partner=0.5, second_group=0.5 }, \
                    amount=36000, months=18, renewal=1.0, gap=0 }";
const ORGANIZING: [&str; 2] =
    ["intervention.multilevel={ from=1 }", "intervention.succession={ from=1 }"];
const PREPARED: &str = "intervention.succession={ from=1, staff=0.0 }";
const CALM: [&str; 5] = [
    "turnover.cabinet=0.0",
    "turnover.director=0.0",
    "turnover.specialist=0.0",
    "turnover.lead=0.0",
    "turnover.staff=0.0",
];

/// The months in which leaders are lost, from this one on.
fn lost(first: u32) -> [String; 3] {
    let director = "kind=\"replace\", seat=\"director\", profile=\"newcomer\"";
    [
        format!("shock.head={{ kind=\"leave\", seat=\"superintendent\", month={first} }}"),
        format!("shock.science={{ {director}, month={} }}", first + 6),
        format!("shock.again={{ {director}, month={} }}", first + 16),
    ]
}

const EARLY: u32 = 4;
const LATE: u32 = 28;

/// Work in the 26 months from the first loss, early and late, and trust at their end.
const READS: usize = 4;

fn read(run: &RunRecord) -> [Option<f64>; READS] {
    let at = |month: u32| run.months.get(month as usize - 1);
    let work = |first: u32| Some(at(first + 25)?.work - at(first - 1)?.work);
    let trust = |first: u32| Some(at(first + 25)?.trust);
    [work(EARLY), work(LATE), trust(EARLY), trust(LATE)]
}

/// How often a run of the second world has more than a run of the first, other runs than itself:
/// the share, and its standard error (Hanley & McNeil's, with what each run contributes).
fn how_often(first: &[f64], second: &[f64]) -> (f64, f64) {
    let beats = |a: f64, b: f64| if a > b { 1.0 } else { 0.0 };
    let part = |own: &[f64], other: &[f64], wins: &dyn Fn(f64, f64) -> f64| {
        let mut mean = Mean::default();
        for (i, a) in own.iter().enumerate() {
            let others = other.iter().enumerate().filter(|(j, _)| *j != i);
            let won: f64 = others.map(|(_, b)| wins(*a, *b)).sum();
            mean.add(won / (other.len() - 1) as f64);
        }
        mean
    };
    let of_second = part(second, first, &beats);
    let of_first = part(first, second, &|a, b| beats(b, a));
    (of_second.mean(), libm::hypot(of_second.error(), of_first.error()))
}

fn main() -> Result<(), Box<dyn Error>> {
    print!("{ESSAY}");
    let founded = |first: u32, more: &[&str]| {
        let losses = lost(first);
        let losses = losses.each_ref().map(String::as_str);
        world("two-research-groups", &[&YOUNG, losses.as_slice(), more].concat())
    };
    let alone = [GRANT].as_slice();
    let organizing = [&ORGANIZING, alone].concat();
    let (early, late) = (founded(EARLY, alone)?, founded(LATE, alone)?);
    let organized = (founded(EARLY, &organizing)?, founded(LATE, &organizing)?);
    let stay = [&ORGANIZING, CALM.as_slice(), &[GRANT]].concat();
    let sure = [&ORGANIZING, [SURE].as_slice()].concat();
    let both = [&ORGANIZING, CALM.as_slice(), &[SURE]].concat();
    let calm = [CALM.as_slice(), &[SURE]].concat();
    let prepared = [CALM.as_slice(), &[SURE, PREPARED]].concat();
    let worlds = [
        early.twin().ok_or("no losses")?,
        early,
        late,
        organized.0.twin().ok_or("no losses")?,
        organized.0,
        organized.1,
        founded(EARLY, &stay)?,
        founded(EARLY, &sure)?,
        founded(EARLY, &both)?,
        founded(EARLY, &calm)?.twin().ok_or("no losses")?,
        founded(EARLY, &prepared)?.twin().ok_or("no losses")?,
    ];
    let side = Worlds::of(worlds.each_ref()).runs(ESSAY.runs(120)).seed(Essay::SEED);
    let runs: Vec<[Option<f64>; 11 * READS]> = side.values::<(), _>(|lived| {
        let read = lived.map(|(run, ())| read(run));
        std::array::from_fn(|i| read[i / READS][i % READS])
    })?;
    let values = |world: usize, measure: usize| -> Vec<f64> {
        runs.iter().filter_map(|run| run[READS * world + measure]).collect()
    };
    // Mean over the runs of worlds with signs.
    let contrast = |parts: &[(usize, usize, f64)]| {
        let mut mean = Mean::default();
        for run in &runs {
            let sum = parts.iter().map(|(world, m, sign)| Some(sign * run[READS * world + m]?));
            sum.sum::<Option<f64>>().into_iter().for_each(|sum| mean.add(sum));
        }
        mean
    };

    let mut claims = Vec::new();
    let mut claim = |about, unit, what: &str, parts: &[(usize, usize, f64)], expected| {
        let (what, estimate) = (what.to_owned(), contrast(parts).estimate());
        claims.push(Claimed { about, what, unit, estimate, expected });
    };
    const WORK: &str = "Work in 26 months lost with the leaders";
    const TRUST: &str = "Trust at their end lost with the leaders";
    for (about, unit, m) in [(WORK, ("work", 1), 0), (TRUST, ("0 to 1", 3), 2)] {
        let gone =
            |calm: usize, losses: usize, m: usize, sign: f64| [(calm, m, sign), (losses, m, -sign)];
        let [e, l] = [gone(0, 1, m, 1.0), gone(0, 2, m + 1, 1.0)];
        let [eo, lo] = [gone(3, 4, m, 1.0), gone(3, 5, m + 1, 1.0)];
        let [eo_less, lo_less] = [gone(3, 4, m, -1.0), gone(3, 5, m + 1, -1.0)];
        claim(about, unit, "early, nothing organized", &e, None);
        claim(about, unit, "late, nothing organized", &l, None);
        claim(about, unit, "early, organized", &eo, None);
        claim(about, unit, "late, organized", &lo, None);
        let less_early = [e, eo_less].concat();
        let less_late = [l, lo_less].concat();
        claim(about, unit, "less lost for organizing, early", &less_early, Some(More));
        claim(about, unit, "less lost for organizing, late", &less_late, Some(More));
        let turned = less_late.iter().map(|(world, m, sign)| (*world, *m, -sign));
        let more_early: Vec<_> = less_early.iter().copied().chain(turned).collect();
        claim(about, unit, "the more so early", &more_early, Some(More));
    }
    const ALL: &str = "Work in the first 26 months from month 4";
    claim(ALL, ("work", 1), "organizing, leaders lost early", &[(4, 0, 1.0), (1, 0, -1.0)], None);
    claim(ALL, ("work", 1), "organizing, no leaders lost", &[(3, 0, 1.0), (0, 0, -1.0)], None);
    claim(
        ALL,
        ("work", 1),
        "control: successors prepared, nobody leaves",
        &[(10, 0, 1.0), (9, 0, -1.0)],
        NONE,
    );
    let judged = Judged::of(claims);
    print!("{judged}");

    println!(
        "\nSpread of single runs: standard deviation of work in those 26 months, organized, early"
    );
    let chance = [(4, "as it is"), (6, "nobody else leaves"), (7, "money is sure"), (8, "both")];
    for (world, what) in chance {
        let works = values(world, 0);
        let of = |left: Option<usize>| {
            let mut mean = Mean::default();
            let kept = works.iter().enumerate().filter(|(run, _)| Some(*run) != left);
            kept.for_each(|(_, work)| mean.add(*work));
            mean
        };
        let (all, without) = (of(None), (0..works.len()).map(|run| of(Some(run)).sd()));
        let half = Estimated::jackknife(all.sd(), without).half_width();
        let half = half.map_or(String::new(), |half| format!(" ± {half:.1}"));
        println!("  {what:<20} {:5.1}{half}   (mean {:.0})", all.sd(), all.mean());
    }
    let lucky = |m: usize, plain: usize, organized: usize| {
        let (share, error) = how_often(&values(organized, m), &values(plain, m));
        // As a share of so many independent draws as would have this error.
        let interval = wilson_of(share, share * (1.0 - share) / (error * error));
        let interval = interval.map_or(String::new(), |(low, high)| {
            format!(" ({:.0} to {:.0})", 100.0 * low, 100.0 * high)
        });
        format!("{:.0}{interval}", 100.0 * share)
    };
    println!(
        "\nOf 100 pairs of different runs, in how many the one that did not organize did more work"
    );
    println!("  leaders lost early: {}; late: {}", lucky(0, 1, 4), lucky(1, 2, 5));
    println!(
        "\nBuilt in: what ties teach, that successors from within keep what they know, and every\n\
         strength and cost. Not built in: that the two carry a partnership over such losses."
    );
    let less = contrast(&[(0, 0, 1.0), (1, 0, -1.0), (3, 0, -1.0), (4, 0, 1.0)]);
    Essay::result(format!(
        "with leaders lost early, organizing saves {} units of work of {:.0} in 26 months, and \
         in {} of 100 pairs of runs the partnership that did not organize did more.",
        signed_with_half(&less, 1.0, 1),
        contrast(&[(0, 0, 1.0)]).mean(),
        lucky(0, 1, 4),
    ));
    #[cfg(feature = "plots")]
    {
        let spread = |world: usize, m: usize| values(world, m);
        let rows = [
            ("no leaders lost", 0, 0, 3),
            ("leaders lost early", 0, 1, 4),
            ("no leaders lost, 24 months later", 1, 0, 3),
            ("leaders lost late", 1, 2, 5),
        ];
        let rows = rows
            .map(|(label, m, plain, organized)| (label, spread(plain, m), spread(organized, m)));
        println!("\n{}", ESSAY.save("single_runs", &picture(rows)?)?.display());
    }
    Ok(())
}

/// Medians and the middle 90 % of single runs, without and with organizing.
#[cfg(feature = "plots")]
fn picture(
    rows: [(&str, Vec<f64>, Vec<f64>); 4],
) -> Result<rppsim::plot::Image, rppsim::plot::PlotError> {
    use rppsim::plot::{DotGroup, DotKind, DotMark, DotPicture, DotRow, DotSeries, Quantity};
    let runs = rows[0].1.len();
    let mark = |mut values: Vec<f64>| {
        values.sort_by(f64::total_cmp);
        let at =
            |q: f64| values.get((q * (values.len().max(1) - 1) as f64).round() as usize).copied();
        Some(DotMark { x: at(0.5)?, low: at(0.05), high: at(0.95) })
    };
    let series = |label: &str, kind| DotSeries {
        label: format!("{label}: median and 90 % of single runs"),
        kind,
    };
    DotPicture {
        title: "Single partnerships that lose their leaders: organizing, and luck".into(),
        subtitle: format!("{runs} runs of a young partnership of a district and two research groups"),
        x_label: "work in 26 months".into(),
        x_range: None,
        x_quantity: Quantity::Number,
        series: vec![series("nothing organized", DotKind::Other(0)), series("organized", DotKind::Simulated)],
        groups: vec![DotGroup {
            heading: String::new(),
            rows: rows
                .into_iter()
                .map(|(label, plain, organized)| DotRow {
                    label: label.into(),
                    marks: vec![mark(plain), mark(organized)],
                    joined: false,
                })
                .collect(),
        }],
        reference: None,
        footnote: "An illustration of one published case. Strengths, costs and the chances of money are assumed.".into(),
    }
    .draw()
}
