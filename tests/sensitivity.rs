//! The analysis that a design is made for finds what is true of outcomes made up for the purpose,
//! and `rppsim sensitivity` gives it from the store of a sweep alone.

use rppsim::report::sensitivity::{OfOutcome, Sensitivity};
use rppsim::sweep::results::Row;
use rppsim::sweep::sensitivity::analysis::Found;
use rppsim::sweep::sensitivity::gathered::{Basis, Gathered};
use rppsim::sweep::{Kept, Plan};
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

const FACTORS: [&str; 3] = ["agenda.threshold", "agenda.newness", "agenda.voice"];

/// A plan on three factors, from 0.5 to 1.5, 1 to 3 and 0.5 to 1.5; outcomes are made up, so that
/// nothing is run.
fn plan(design: &str, more: &str) -> Plan {
    let ranges = ["[0.5, 1.5]", "[1.0, 3.0]", "[0.5, 1.5]"];
    let factor =
        |(key, range): (&str, &str)| format!("[factor.\"{key}\"]\nrange = {range}\nsteps = 3\n");
    let factors: String = FACTORS.into_iter().zip(ranges).map(factor).collect();
    let text = format!(
        "schema = 1\nscenario = \"quiet\"\nreplicates = 20\noutcomes = [\"work\"]\n{more}\n\
         [design]\n{design}\n{factors}"
    );
    Plan::from_text("plan.toml", &text).expect("a plan")
}

/// A number that looks like chance, the same for the same places.
fn chance(row: usize, replicate: usize) -> f64 {
    let mixed = (row as u64 * 7919 + replicate as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    ((mixed ^ (mixed >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9) >> 11) as f64 / (1u64 << 53) as f64
        - 0.5
}

/// What a sweep would give if an outcome were `of` the factors plus `luck` of row and replicate.
fn gathered(
    plan: &Plan,
    of: impl Fn(&[f64]) -> f64,
    luck: impl Fn(usize, usize) -> Option<f64>,
) -> Gathered {
    let mut gathered = Gathered::new(plan);
    for (row, values) in plan.rows.iter().enumerate() {
        let run = |replicate: usize| {
            let value = luck(row, replicate).map(|luck| of(values) + luck);
            Some(Kept { ended: None, values: vec![value], meetings: Vec::new() })
        };
        let runs = (0..plan.replicates as usize).map(run).collect();
        let (outcomes, failures, fan) = (Vec::new(), Vec::new(), Vec::new());
        gathered.add(plan, &Row { row, outcomes, runs, failures, fan });
    }
    gathered
}

fn shared(_: usize, replicate: usize) -> Option<f64> {
    Some(chance(0, replicate))
}

fn own(row: usize, replicate: usize) -> Option<f64> {
    Some(chance(row, replicate))
}

fn keys(found: &Sensitivity<'_>, of: &OfOutcome) -> Vec<String> {
    of.entries.iter().map(|entry| found.keys(entry)).collect()
}

/// The figure of this name of a factor (or a pair), by its key.
fn figure(found: &Sensitivity<'_>, key: &str, name: &str) -> (f64, (f64, f64)) {
    let of = &found.outcomes[0];
    let entry = of.entries.iter().find(|entry| found.keys(entry) == key).expect("an entry");
    let figure = entry.figures.iter().find(|figure| figure.name == name).expect("a figure");
    (figure.value, figure.interval)
}

fn meaning(found: &Sensitivity<'_>, key: &str) -> String {
    let of = &found.outcomes[0];
    let entry = of.entries.iter().find(|entry| found.keys(entry) == key).expect("an entry");
    entry.meaning.clone()
}

fn near(value: f64, wanted: f64) {
    assert!((value - wanted).abs() < 1e-9, "{value} is not {wanted}");
}

/// 2 and −3 for one of the first two factors; the third does nothing.
fn straight(x: &[f64]) -> f64 {
    2.0 * x[0] - 3.0 * x[1]
}

#[test]
fn one_at_a_time_finds_the_changes_from_end_to_end() {
    let plan = plan("kind = \"one-at-a-time\"\nlevels = 5", "");
    let made = gathered(&plan, straight, shared);
    let found = Sensitivity::of(&plan, &made, &[0]);
    assert_eq!(
        keys(&found, &found.outcomes[0]),
        ["agenda.newness", "agenda.threshold", "agenda.voice"]
    );
    near(figure(&found, "agenda.threshold", "effect").0, 2.0);
    near(figure(&found, "agenda.newness", "effect").0, -6.0);
    // What the runs share is no error of a difference.
    let (low, high) = figure(&found, "agenda.newness", "effect").1;
    assert!(high - low < 1e-9);
    assert!(meaning(&found, "agenda.voice").contains("changes nothing in any run"));
    assert!(found.about(&found.outcomes[0]).join(" ").contains("run by run"));
}

#[test]
fn rows_with_runs_of_their_own_have_larger_errors() {
    let plan = plan("kind = \"one-at-a-time\"\nlevels = 3", "common_random_numbers = false");
    let made = gathered(&plan, straight, own);
    let found = Sensitivity::of(&plan, &made, &[0]);
    let Ok(Found::Curves(curves)) = &found.outcomes[0].analysis.found else { panic!("curves") };
    let ends = curves[0].ends;
    assert_eq!(ends.basis, Basis::Independent);
    let points = &made.points[0];
    let both = points[1].error * points[1].error + points[3].error * points[3].error;
    near(ends.error, both.sqrt());
    assert!(meaning(&found, "agenda.voice").contains("cannot be told from nothing"));
}

#[test]
fn a_curve_that_turns_is_not_lost_between_its_ends() {
    let plan = plan("kind = \"one-at-a-time\"\nlevels = 5", "");
    let made = gathered(&plan, |x| -(x[0] - 1.0) * (x[0] - 1.0) + 0.1 * x[1], own);
    let found = Sensitivity::of(&plan, &made, &[0]);
    let plain = gathered(&plan, |x| -40.0 * (x[0] - 1.0) * (x[0] - 1.0) + 0.1 * x[1], own);
    let steep = Sensitivity::of(&plan, &plain, &[0]);
    assert_eq!(keys(&steep, &steep.outcomes[0])[0], "agenda.threshold");
    assert!(meaning(&steep, "agenda.threshold").contains("turns: at 1 the mean lies"));
    assert!(!meaning(&found, "agenda.voice").contains("turns"), "chance is no turn");
}

#[test]
fn runs_without_a_value_are_left_out_of_pairs() {
    let plan = plan("kind = \"one-at-a-time\"\nlevels = 3", "");
    let some =
        |row: usize, replicate: usize| (row != 3 || replicate > 4).then(|| chance(0, replicate));
    let made = gathered(&plan, straight, some);
    let found = Sensitivity::of(&plan, &made, &[0]);
    let Ok(Found::Curves(curves)) = &found.outcomes[0].analysis.found else { panic!("curves") };
    assert_eq!(curves[0].ends.basis, Basis::Paired(15));
    near(curves[0].ends.value, 2.0);
    let few =
        |row: usize, replicate: usize| (row != 3 || replicate > 14).then(|| chance(0, replicate));
    let made = gathered(&plan, straight, few);
    let found = Sensitivity::of(&plan, &made, &[0]);
    let Ok(Found::Curves(curves)) = &found.outcomes[0].analysis.found else { panic!("curves") };
    assert_eq!(curves[0].ends.basis, Basis::Conservative);
    assert!(found.about(&found.outcomes[0]).join(" ").contains("15 of 200 runs have no value"));
}

#[test]
fn screening_finds_effects_over_whole_ranges() {
    let plan = plan("kind = \"morris\"\ntrajectories = 6", "");
    let made = gathered(&plan, straight, shared);
    let found = Sensitivity::of(&plan, &made, &[0]);
    assert_eq!(
        keys(&found, &found.outcomes[0]),
        ["agenda.newness", "agenda.threshold", "agenda.voice"]
    );
    near(figure(&found, "agenda.newness", "mu_star").0, 6.0);
    near(figure(&found, "agenda.newness", "mu").0, -6.0);
    near(figure(&found, "agenda.newness", "sigma").0, 0.0);
    near(figure(&found, "agenda.voice", "mu_star").0, 0.0);
    // Noise that all rows share tells no row from another.
    let analysis = &found.outcomes[0].analysis;
    assert!(analysis.noise.expect("noise") > 1e-4);
    near(analysis.noise_between.expect("noise"), 0.0);
}

#[test]
fn an_effect_that_luck_alone_can_give_is_called_so() {
    let plan = plan("kind = \"morris\"\ntrajectories = 10", "common_random_numbers = false");
    let made = gathered(&plan, straight, own);
    let found = Sensitivity::of(&plan, &made, &[0]);
    assert!(meaning(&found, "agenda.voice").contains("may be luck"));
    assert!(!meaning(&found, "agenda.newness").contains("luck"));
    let Ok(Found::Screening { effects, luck }) = &found.outcomes[0].analysis.found else {
        panic!("screening")
    };
    let (seen, said) = (effects[2].mu_star.value, luck.as_ref().expect("luck")[2]);
    assert!(seen / said > 0.6 && seen / said < 1.6, "{seen} beside {said}");
}

#[test]
fn trajectories_with_a_row_without_values_are_left_out() {
    let plan = plan("kind = \"morris\"\ntrajectories = 5", "");
    let made = gathered(
        &plan,
        straight,
        |row, replicate| {
            if row == 6 { None } else { shared(row, replicate) }
        },
    );
    let found = Sensitivity::of(&plan, &made, &[0]);
    assert_eq!(found.outcomes[0].analysis.left_out, 4);
    near(figure(&found, "agenda.threshold", "mu_star").0, 2.0);
    assert!(found.about(&found.outcomes[0]).join(" ").contains("4 of 20 rows are left out"));
}

#[test]
fn sobol_indices_are_the_shares_of_variance() {
    let plan = plan("kind = \"saltelli\"\nbase = 512", "");
    // Ranges of 1 and 2: variances as 1 to 4.
    let made = gathered(&plan, |x| x[0] + x[1], |_, _| Some(0.0));
    let found = Sensitivity::of(&plan, &made, &[0]);
    let total = |key| figure(&found, key, "total").0;
    assert!((total("agenda.threshold") - 0.2).abs() < 0.03);
    assert!((total("agenda.newness") - 0.8).abs() < 0.03);
    near(total("agenda.voice"), 0.0);
    assert!(meaning(&found, "agenda.voice").contains("can be fixed"));
    assert!(found.about(&found.outcomes[0]).join(" ").contains("rows apart is 0 %"));
}

#[test]
fn noise_is_taken_off_shares_only_where_rows_have_runs_of_their_own() {
    let about = |more: &str, luck: fn(usize, usize) -> Option<f64>| {
        let plan = plan("kind = \"saltelli\"\nbase = 64", more);
        let made = gathered(&plan, |x| x[0] + x[1], luck);
        let found = Sensitivity::of(&plan, &made, &[0]);
        (meaning(&found, "agenda.newness"), found.about(&found.outcomes[0]).join(" "))
    };
    let (words, _) = about("common_random_numbers = false", own);
    assert!(words.contains("Without replicate noise"), "{words}");
    let (words, whole) = about("", shared);
    assert!(!words.contains("Without replicate noise"), "{words}");
    assert!(whole.contains("would correct too much"), "{whole}");
}

#[test]
fn regression_finds_straight_lines_and_says_so() {
    let plan = plan("kind = \"latin\"\npoints = 60", "");
    let made = gathered(&plan, straight, own);
    let found = Sensitivity::of(&plan, &made, &[0]);
    let (newness, (low, high)) = figure(&found, "agenda.newness", "src");
    // Standard deviations as 1 to 3, since ranges are as 1 to 2 and slopes as 2 to 3.
    let ratio = newness / figure(&found, "agenda.threshold", "src").0;
    assert!((ratio + 3.0).abs() < 0.3, "{ratio}");
    assert!(low < newness && newness < high && high < 0.0);
    assert!(meaning(&found, "agenda.voice").contains("No straight influence"));
    let whole = &found.outcomes[0].whole;
    assert!(whole[0].name == "r_squared" && whole[0].value > 0.97);
}

#[test]
fn a_factorial_finds_a_product_and_what_simply_adds_up() {
    let plan = plan("kind = \"factorial\"", "");
    let made = gathered(&plan, |x| x[0] * x[1] + x[2], shared);
    let found = Sensitivity::of(&plan, &made, &[0]);
    let pair = "agenda.threshold × agenda.newness";
    near(figure(&found, pair, "interaction").0, 2.0);
    near(figure(&found, "agenda.threshold", "effect").0, 2.0);
    near(figure(&found, "agenda.voice", "effect").0, 1.0);
    assert!(meaning(&found, pair).contains("what one does hangs on the other"));
    assert!(meaning(&found, "agenda.threshold × agenda.voice").contains("simply add up"));
    assert_eq!(keys(&found, &found.outcomes[0])[3], pair, "pairs follow, the largest first");
}

#[test]
fn what_does_not_vary_is_said_to_be_the_same() {
    let said = |design: &str, luck: fn(usize, usize) -> Option<f64>| {
        let plan = plan(design, "");
        let made = gathered(&plan, |_| 3.0, luck);
        let found = Sensitivity::of(&plan, &made, &[0]);
        found.page(&[])
    };
    let page = said("kind = \"factorial\"", |_, _| Some(0.0));
    assert!(page.contains("the same in all runs"), "{page}");
    assert!(page.contains("neither alone nor together") && !page.contains("simply add up"));
    let page = said("kind = \"factorial\"", shared);
    assert!(page.contains("The mean is the same in all rows"), "{page}");
    let page = said("kind = \"latin\"\npoints = 1", shared);
    assert!(page.contains("1 row with a value is too few"), "{page}");
    let single = |_: usize, replicate: usize| (replicate == 0).then_some(0.0);
    let plan = plan("kind = \"factorial\"", "");
    let made = gathered(&plan, straight, single);
    let found = Sensitivity::of(&plan, &made, &[0]);
    let about = found.about(&found.outcomes[0]).join(" ");
    assert!(about.contains("fewer than two runs with a value"), "{about}");
}

#[test]
fn nothing_is_read_of_factors_where_noise_dominates() {
    let plan = plan("kind = \"saltelli\"\nbase = 64", "common_random_numbers = false");
    let made = gathered(&plan, |x| 0.01 * x[0], own);
    let found = Sensitivity::of(&plan, &made, &[0]);
    let words = meaning(&found, "agenda.threshold");
    assert!(words.contains("nothing is read of agenda.threshold"), "{words}");
    assert!(!words.contains('%') && !words.contains("together with others"), "{words}");
}

#[test]
fn the_page_and_the_table_say_what_was_found() {
    let plan = plan("kind = \"saltelli\"\nbase = 32", "");
    let made = gathered(&plan, straight, own);
    let found = Sensitivity::of(&plan, &made, &[0]);
    let page = found.page(&[(Some(0), "work_indices.svg".into(), "shares".into())]);
    for part in [
        "# What it depends on",
        "160 rows with 20 replicates",
        "never negative",
        "## Work done (`work`)",
        "![shares](work_indices.svg)",
        "| 1 | `agenda.newness` |",
        "| `agenda.voice` | 0.5 to 1.5 | assumed |",
    ] {
        assert!(page.contains(part), "missing `{part}` in\n{page}");
    }
    let table = String::from_utf8(found.table()).expect("text");
    assert!(table.starts_with("outcome,factor,figure,value,low,high,meaning\n"));
    assert!(table.contains("work,,noise_share,") && table.contains("work,agenda.voice,total,"));
}

/// A plan with factors of its own.
fn plan_with(factors: &[(&str, &str)], design: &str, more: &str) -> Plan {
    let factor = |(key, values): &(&str, &str)| format!("[factor.\"{key}\"]\n{values}\n");
    let text = format!(
        "schema = 1\nscenario = \"quiet\"\nreplicates = 20\noutcomes = [\"work\"]\n{more}\n\
         [design]\n{design}\n{}",
        factors.iter().map(factor).collect::<String>()
    );
    Plan::from_text("plan.toml", &text).expect("a plan")
}

#[test]
fn luck_that_all_rows_share_silences_no_index() {
    let plan = plan("kind = \"saltelli\"\nbase = 512", "");
    let luck = |row: usize, replicate: usize| {
        Some(20.0 * chance(0, replicate) + 0.5 * chance(row + 1, replicate))
    };
    let made = gathered(&plan, |x| x[0] + x[1], luck);
    let found = Sensitivity::of(&plan, &made, &[0]);
    let analysis = &found.outcomes[0].analysis;
    assert!(analysis.noise.expect("noise") > 0.9 && analysis.noise_left().expect("noise") < 0.01);
    assert!(meaning(&found, "agenda.newness").contains("Alone, agenda.newness accounts for 8"));
    let about = found.about(&found.outcomes[0]);
    assert!(about[0].starts_with("Replicate noise that tells rows apart is"), "{about:?}");
    assert!(about[1].starts_with("As if rows had runs of their own it would be"), "{about:?}");
    assert!(!about.join(" ").contains("Dominated"));
}

#[test]
fn runs_without_a_value_leave_the_noise_between_rows_what_it_is() {
    let plan = plan("kind = \"saltelli\"\nbase = 64", "");
    let between = |luck: &dyn Fn(usize, usize) -> Option<f64>| {
        let made = gathered(&plan, |x| x[0] + x[1], luck);
        Sensitivity::of(&plan, &made, &[0]).outcomes[0].analysis.noise_between.expect("noise")
    };
    let luck = |row: usize, k: usize| 5.0 * chance(0, k) + 3.0 * chance(row + 1, k);
    let whole = between(&|row, k| Some(luck(row, k)));
    let some = between(&|row, k| (k != 7 || row % 3 > 0).then(|| luck(row, k)));
    assert!(whole > 0.05 && (some / whole - 1.0).abs() < 0.1, "{some} beside {whole}");
    let shared = between(&|row, k| (k != 7 || row % 3 > 0).then(|| chance(0, k)));
    assert!(shared < 0.001, "{shared}: nothing but luck that is shared");
}

#[test]
fn a_factor_that_decides_is_never_to_be_fixed_and_others_only_on_evidence() {
    let said = |base: usize| {
        let plan = plan(&format!("kind = \"saltelli\"\nbase = {base}"), "");
        let made = gathered(&plan, |x| x[0] + x[1], |_, _| Some(0.0));
        let found = Sensitivity::of(&plan, &made, &[0]);
        meaning(&found, "agenda.voice")
    };
    let few = said(16);
    assert!(few.contains("more base points are needed before it may be fixed"), "{few}");
    assert!(said(64).contains("it can be fixed"));
}

#[test]
fn an_effect_is_the_change_over_the_whole_range_of_a_factors_own_values() {
    let factors = [
        ("agenda.threshold", "levels = [1.6, 0.6]"),
        ("work.projects", "range = [1, 3]"),
        ("agenda.newness", "levels = [0.5, 1.0, 3.0]"),
        ("learning.in_group", "law = { choice = [0.2, 0.4], weights = [9, 1] }"),
        ("agenda.voice", "range = [0.5, 1.5]"),
    ];
    let plan = plan_with(&factors, "kind = \"morris\"\ntrajectories = 12", "");
    let of = |x: &[f64]| 0.5 * x[0] + 2.0 * x[1] - 3.0 * x[2] + 10.0 * x[3] + x[4];
    let made = gathered(&plan, of, shared);
    let found = Sensitivity::of(&plan, &made, &[0]);
    for (key, whole) in [
        ("agenda.threshold", 0.5),
        ("work.projects", 4.0),
        ("agenda.newness", -7.5),
        ("learning.in_group", 2.0),
        ("agenda.voice", 1.0),
    ] {
        near(figure(&found, key, "mu").0, whole);
        near(figure(&found, key, "mu_star").0, f64::abs(whole));
        assert_eq!(figure(&found, key, "sigma").0, 0.0, "{key}: nothing bends");
    }
    for (key, two) in
        [("agenda.threshold", true), ("learning.in_group", true), ("agenda.voice", false)]
    {
        let said = meaning(&found, key);
        assert_eq!(said.contains("Two levels cannot show a bend"), two, "{said}");
        assert_eq!(said.contains("linearly"), !two, "{said}");
    }
}

#[test]
fn on_two_levels_nothing_is_said_to_be_linear() {
    for design in ["kind = \"morris\"\ntrajectories = 6\nlevels = 2", "kind = \"latin\""] {
        let factors = match design.contains("morris") {
            true => {
                [("agenda.threshold", "range = [0.5, 1.5]"), ("agenda.voice", "range = [0.5, 1.5]")]
            }
            false => [
                ("agenda.threshold", "levels = [0.5, 1.5]"),
                ("agenda.voice", "levels = [0.5, 1.5]"),
            ],
        };
        let plan = plan_with(&factors, design, "");
        let made = gathered(&plan, |x| 2.0 * x[0] - x[0] * x[1], shared);
        let page = Sensitivity::of(&plan, &made, &[0]).page(&[]);
        assert!(page.contains("cannot show a bend"), "{page}");
        assert!(!page.contains("linear"), "{page}");
    }
}

/// Where there is no value nothing is said, and no file says `NaN`.
#[test]
fn a_level_without_a_value_has_no_change() {
    let said = |design: &str, empty: &dyn Fn(&[f64]) -> bool| {
        let plan = plan(design, "");
        let rows = plan.rows.clone();
        let made = gathered(&plan, straight, |row, k| {
            (!empty(&rows[row])).then(|| shared(row, k)).flatten()
        });
        let found = Sensitivity::of(&plan, &made, &[0]);
        let table = String::from_utf8(found.table()).expect("text");
        let page = found.page(&[]);
        for text in [&table, &page, &found.printed(&found.outcomes[0], 20)] {
            assert!(!text.contains("NaN") && !text.contains("no value,"), "{text}");
        }
        let keys = keys(&found, &found.outcomes[0]);
        keys.into_iter().map(|key| (key.clone(), meaning(&found, &key))).collect::<Vec<_>>()
    };
    let of = |all: &[(String, String)], key: &str| {
        all.iter().find(|(of, _)| of == key).expect("an entry").1.clone()
    };
    let lowest = "cannot be said: no run has a value at the lowest level";
    let all = said("kind = \"factorial\"", &|x| x[0] == 0.5);
    assert!(of(&all, "agenda.threshold").contains(lowest), "{all:?}");
    assert!(of(&all, "agenda.newness").contains("in some combinations at the lowest level or"));
    assert!(of(&all, "agenda.threshold × agenda.newness").contains("cannot be said"));
    let all = said("kind = \"one-at-a-time\"\nlevels = 3", &|x| x[0] == 0.5);
    assert!(of(&all, "agenda.threshold").contains(lowest), "{all:?}");
    assert!(of(&all, "agenda.newness").contains("lowers work done by 6"), "{all:?}");
    let all = said("kind = \"one-at-a-time\"\nlevels = 3", &|x| x[0] == 1.5);
    assert!(of(&all, "agenda.threshold").contains("at the highest level"), "{all:?}");
}

#[test]
fn labels_and_tiny_ranges_are_told_as_they_are() {
    let factors = [
        ("agenda.threshold", "label = \"a | b *c* <d>\"\nlevels = [0.7, 0.7000001]"),
        ("agenda.voice", "range = [0.5, 0.50001]\nsteps = 2"),
    ];
    let plan = plan_with(&factors, "kind = \"factorial\"", "title = \"x | y\"");
    let made = gathered(&plan, |x| 1e-3 * x[0] + x[1], |_, _| Some(0.0));
    let found = Sensitivity::of(&plan, &made, &[0]);
    let page = found.page(&[]);
    assert!(page.contains("from 0.7 to 0.7000001"), "{page}");
    assert!(page.contains("| 0.5 to 0.50001 | assumed |"), "{page}");
    assert!(
        page.contains("| `agenda.threshold` (a \\| b \\*c\\* \\<d>) | 0.7, 0.7000001 |"),
        "{page}"
    );
    assert!(page.starts_with("# What it depends on: x \\| y\n"), "{page}");
    // What the screen says is in the table.
    let table = String::from_utf8(found.table()).expect("text");
    let row = table.lines().find(|row| row.starts_with("work,agenda.threshold,effect,"));
    let value: f64 = row.and_then(|row| row.split(',').nth(3)?.parse().ok()).expect("a figure");
    assert!((value - 1e-10).abs() < 1e-14 && page.contains("by 1.00e-10"), "{table}");
}

fn rppsim(folder: &Path, arguments: &[&str]) -> Output {
    let program =
        Command::new(env!("CARGO_BIN_EXE_rppsim")).args(arguments).current_dir(folder).output();
    program.expect("the program starts")
}

#[test]
fn the_command_reads_a_store_alone_and_refuses_one_that_is_not_whole() {
    let home = tempfile::tempdir().expect("a folder");
    let here = home.path();
    let plan = "schema = 1\nscenario = \"quiet\"\nset = [\"calendar.months=6\", \"benefit.renewal_every=2\"]\n\
                replicates = 3\noutcomes = [\"work\", \"role_share\"]\n[design]\nkind = \"factorial\"\n\
                [factor.\"meeting.attendance\"]\nlevels = [0.9, 0.8]\nlabel = \"attendance\"\n\
                [factor.\"work.between\"]\nrange = [0.0, 3.0]\nsteps = 3\n";
    fs::write(here.join("p.toml"), plan).expect("written");
    let done = |arguments: &[&str]| {
        let output = rppsim(here, arguments);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    done(&["sweep", "p.toml", "--out", "s"]);
    fs::remove_file(here.join("p.toml")).expect("removed");
    let said = done(&["sensitivity", "s"]);
    assert!(said.contains("work.between, from 0 to 3, raises work done"), "{said}");
    let files =
        ["sensitivity.md", "sensitivity.csv", "dictionary.csv", "plan.toml", "manifest.json"];
    for file in files {
        assert!(here.join("s-sensitivity").join(file).exists(), "{file}");
    }
    #[cfg(feature = "plots")]
    for file in ["work_map.svg", "work_interaction.png", "survival.svg"] {
        assert!(here.join("s-sensitivity").join(file).exists(), "{file}");
    }
    assert!(done(&["status", "s"]).contains("foreign      none"));
    let json = done(&["sensitivity", "s", "--outcome", "work", "--out", "j", "--json"]);
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(json["outcomes"].as_array().expect("outcomes").len(), 1);
    assert_eq!(json["outcomes"][0]["factors"][0]["factor"], "work.between");

    let refused = |arguments: &[&str], says: &str| {
        let output = rppsim(here, arguments);
        let message = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{message}");
        assert!(message.contains(says), "{message}");
    };
    refused(&["sensitivity", "s"], "exists already");
    refused(&["sensitivity", "s", "--out", "n", "--outcome", "wrok"], "allowed: work, role_share");
    fs::write(here.join("p.toml"), plan).expect("written");
    done(&["sweep", "p.toml", "--out", "half", "--shard", "1/2"]);
    refused(&["sensitivity", "half"], "rppsim merge");
    let chunk =
        walk(&here.join("s")).into_iter().find(|path| path.to_string_lossy().contains("chunk"));
    fs::remove_file(chunk.expect("a chunk")).expect("removed");
    refused(&["sensitivity", "s", "--out", "n"], "--resume");
    assert!(!here.join("n").exists() && !here.join("half-sensitivity").exists());
}

#[test]
fn no_file_says_nan_where_an_outcome_has_no_value() {
    let home = tempfile::tempdir().expect("a folder");
    // Without requests there is no share of them that is accepted.
    let plan = "schema = 1\nscenario = \"quiet\"\nset = [\"calendar.months=4\"]\nreplicates = 2\n\
                outcomes = [\"practice.responsiveness\"]\n[design]\nkind = \"factorial\"\n\
                [factor.\"requests.rate\"]\nlevels = [0.0, 0.4]\n\
                [factor.\"agenda.threshold\"]\nlevels = [0.7, 0.9]\n";
    fs::write(home.path().join("p.toml"), plan).expect("written");
    for arguments in [&["sweep", "p.toml", "--out", "s"][..], &["sensitivity", "s"]] {
        let output = rppsim(home.path(), arguments);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        assert!(!String::from_utf8_lossy(&output.stdout).contains("NaN"));
    }
    for file in walk(home.path()) {
        let bytes = fs::read(&file).expect("read");
        assert!(!bytes.windows(3).any(|three| three == b"NaN"), "{}", file.display());
    }
}

fn walk(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() { files.extend(walk(&path)) } else { files.push(path) }
    }
    files
}
