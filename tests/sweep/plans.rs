//! What a plan may say: refused with the place before anything runs, or read back as it was.

use super::{SMALL, home_of, refused};
use rppsim::sweep::Plan;
use std::fs;
use std::path::Path;

/// A plan is refused by `sweep`, dry or not, and nothing is written.
#[track_caller]
fn wrong(plan: &str, says: &[&str]) {
    wrong_with(plan, &[], says);
}

#[track_caller]
fn wrong_with(plan: &str, files: &[(&str, &str)], says: &[&str]) {
    let home = home_of(plan);
    for (name, text) in files {
        fs::write(home.path().join(name), text).expect("written");
    }
    let says = [says, &["nothing was run"]].concat();
    refused(home.path(), &["sweep", "--dry-run", "plan.toml"], 2, &says);
    refused(home.path(), &["sweep", "plan.toml", "--out", "out"], 2, &says);
    let left = fs::read_dir(home.path()).expect("a folder").count();
    assert_eq!(left, 1 + files.len(), "nothing was written");
}

/// The small plan with a change.
#[track_caller]
fn changed(from: &str, to: &str, says: &[&str]) {
    assert!(SMALL.contains(from), "{from}");
    wrong(&SMALL.replacen(from, to, 1), says);
}

#[test]
fn an_unknown_key_is_shown_with_the_nearest_allowed_one() {
    changed("replicates", "replicats", &["plan.toml:5:1", "did you mean `replicates`"]);
    let wrong = Plan::from_text("plan.toml", &SMALL.replace("seed", "sede")).unwrap_err();
    assert!(!wrong.to_string().contains("scenario_text"), "only a store writes that: {wrong}");
    changed("levels = [1, 2]", "level = [1, 2]", &["plan.toml:15:1", "did you mean `levels`"]);
    changed(
        "kind = \"factorial\"",
        "kin = \"sobol\"",
        &["plan.toml:17:1", "`design.kind` is missing"],
    );
    changed(
        "kind = \"factorial\"",
        "kind = \"latin\"\npoint = 5",
        &["plan.toml:19:1", "did you mean `points`"],
    );
}

#[test]
fn what_a_plan_needs_is_asked_for() {
    wrong("schema = 1", &["`scenario` is missing", "`outcomes` is missing", "`design` is missing"]);
    changed("schema = 1", "schema = 2", &["plan.toml:1:10", "out of range"]);
    changed(
        "scenario = \"quiet\"",
        "scenario = \"quite\"",
        &["plan.toml:3:12", "did you mean `quiet`"],
    );
    changed("calendar.months=3", "calendar.month=3", &["plan.toml:3:12", "did you mean `months`"]);
    changed("replicates = 12", "replicates = 0", &["plan.toml:5:14", "out of range"]);
    changed(
        "replicates = 12",
        "replicates = 200000",
        &["plan.toml:5:14", "too many values", "500000"],
    );
    changed("\"meetings\"]", "\"meeting\"]", &["plan.toml:8:17", "did you mean `meetings`"]);
}

#[test]
fn factors_are_numbers_of_the_scenario_within_their_ranges() {
    let threshold = "levels = [0.4, 0.7, 1.0]";
    changed(
        "agenda.threshold",
        "agenda.treshold",
        &["plan.toml:11:9", "did you mean `agenda.threshold`"],
    );
    changed(threshold, "levels = [0.4, 7.0]", &["plan.toml:12:16", "out of range", "0 to 3"]);
    changed(threshold, "levels = [0.4, nan]", &["plan.toml:12:16", "finite number"]);
    changed(threshold, "levels = []", &["plan.toml:12:10", "no levels"]);
    changed(threshold, "levels = [0.4, 0.4]", &["plan.toml:12:10", "a level twice"]);
    changed(threshold, "range = [1.0, 0.4]", &["plan.toml:12:9", "empty range", "low below high"]);
    changed(threshold, "range = [0.4, 0.4]", &["plan.toml:12:9", "empty range"]);
    changed(threshold, "range = [0.4]", &["plan.toml:12:9", "two ends"]);
    changed(threshold, "range = [0.4, 1.0]", &["plan.toml:11:9", "needs levels", "steps"]);
    changed(threshold, "levels = [0.4]\nsteps = 3", &["plan.toml:13:9", "no range"]);
    changed(
        threshold,
        "levels = [0.4]\nrange = [0.4, 1.0]",
        &["plan.toml:12:10", "says twice what its values are"],
    );
    changed(threshold, "label = \"doubt\"", &["plan.toml:11:9", "does not say its values"]);
    changed(
        threshold,
        "law = { beta = [2, 2] }",
        &["plan.toml:12:7", "cannot be swept by this law"],
    );
    changed(threshold, "law = { uniform = [0, 9] }", &["plan.toml:12", "can fall out of range"]);
    changed("levels = [1, 2]", "levels = [1, 1.5]", &["plan.toml:15:10", "whole numbers only"]);
    changed("work.projects", "agenda.threshold", &["plan.toml:14:9", "agenda.threshold"]);
}

#[test]
fn values_that_are_allowed_alone_may_not_be_so_together() {
    let plan = SMALL.replace("agenda.threshold", "trust.asymmetry");
    let plan = plan.replace("levels = [0.4, 0.7, 1.0]", "levels = [1.0, 10.0]");
    let plan = plan.replace("work.projects", "trust.gain");
    let plan = plan.replace("levels = [1, 2]", "levels = [0.04, 0.5]");
    wrong(
        &plan,
        &["plan.toml:17:1", "row 4", "trust.asymmetry = 10, trust.gain = 0.5", "below nothing"],
    );
}

#[test]
fn a_date_is_swept_within_the_horizon() {
    let plan = SMALL.replace("quiet", "cypress").replace("calendar.months=3", "calendar.months=17");
    let plan = plan.replace("work.projects", "shock.karl.month").replace("[1, 2]", "[3, 90]");
    wrong(&plan, &["plan.toml:15:14", "is out of range", "90", "1 to 17"]);
}

#[test]
fn a_design_is_of_a_known_kind_and_fits() {
    changed("\"factorial\"", "\"factoral\"", &["plan.toml:18:8", "did you mean \"factorial\""]);
    changed("\"factorial\"", "\"halton\"", &["plan.toml:18:8", "saltelli", "rows"]);
    let sampled = SMALL.replace("levels = [0.4, 0.7, 1.0]", "range = [0.4, 1.0]");
    let kind = |design: &str| sampled.replace("kind = \"factorial\"", design);
    wrong(&kind("kind = \"sobol\"\npoints = 0"), &["plan.toml:19:10", "out of range"]);
    wrong(&kind("kind = \"morris\"\nlevels = 3"), &["plan.toml:17:1", "an even number"]);
    wrong(&kind("kind = \"one-at-a-time\"\nlevels = 1"), &["plan.toml:17:1", "at least two"]);
    wrong(
        &kind("kind = \"saltelli\"\nbase = 1048576"),
        &["plan.toml:17:1", "more than 1048576 points"],
    );
    wrong(&kind("kind = \"latin\"\naim = \"best\""), &["plan.toml:19:7", "maximin"]);
    wrong(
        &kind("kind = \"one-at-a-time\"\nbaseline = { \"agenda.threshold\" = 0.1 }"),
        &["plan.toml:19:35", "outside its range", "0.4 to 1"],
    );
    let none = SMALL.split("[factor").next().expect("a beginning");
    wrong(&format!("{none}[design]\nkind = \"sobol\""), &["plan.toml:11:1", "at least one factor"]);
}

#[test]
fn outcomes_are_known_and_listed_once() {
    changed("\"work\"", "\"wrok\"", &["plan.toml:7:27", "did you mean `work`"]);
    changed("\"work\"", "\"role_share\"", &["plan.toml:7:27", "listed twice"]);
    changed("\"work\"", "\"months_lost\"", &["plan.toml:7:27", "no outcome called `months_lost`"]);
    changed(
        "[\"role_share\", \"work\", \"milestone_delay\"]",
        "[]",
        &["plan.toml:7:12", "at least one outcome"],
    );
}

#[test]
fn a_table_of_rows_is_as_strict() {
    let (plan, _) = SMALL.split_once("[factor").expect("factors");
    let plan = format!("{plan}[design]\nkind = \"rows\"\nfile = \"rows.csv\"\n");
    let rows = |text: &str, says: &[&str]| {
        wrong_with(&plan, &[("rows.csv", text)], &[says, &["plan.toml:13:8"]].concat());
    };
    rows("", &["rows.csv:1:1", "empty"]);
    rows("agenda.threshold\n", &["rows.csv:1:1", "no rows"]);
    rows("agenda.treshold\n1\n", &["rows.csv:1:1", "did you mean `agenda.threshold`"]);
    rows("1.0,2.0\n0.5,2\n", &["rows.csv:1:1", "no number called `1.0`"]);
    rows("agenda.threshold,agenda.threshold\n1,1\n", &["rows.csv:1:18", "two columns"]);
    let two = "agenda.threshold,work.projects\n";
    rows(&format!("{two}0.5,\n"), &["rows.csv:2:5", "`work.projects` is missing", "whole"]);
    rows(&format!("{two}0.5\n"), &["rows.csv:2:1", "as many cells", "found: 1 cells"]);
    rows(&format!("{two}0.5,1,7\n"), &["rows.csv:2:7", "as many cells", "found: 3 cells"]);
    rows(&format!("{two}0.5,1\nNaN,1\n"), &["rows.csv:3:1", "is not a number", "0 to 3"]);
    rows(&format!("{two}inf,1\n"), &["rows.csv:2:1", "is not a number"]);
    rows(&format!("{two}half,1\n"), &["rows.csv:2:1", "is not a number"]);
    rows(&format!("{two}0.5,99\n"), &["rows.csv:2:5", "is out of range", "1 to 20"]);
    rows(&format!("{two}0.5,1.5\n"), &["rows.csv:2:5", "whole"]);
    wrong(&plan, &["plan.toml:13:8", "there is no file `rows.csv`"]);
    // Where the plan names factors, the table has just these.
    let named = format!("{plan}\n[factor.\"agenda.threshold\"]\nlabel = \"Doubt\"\n");
    let rows = |text: &str, says: &[&str]| wrong_with(&named, &[("rows.csv", text)], says);
    rows("agenda.threshold,work.projects\n0.5,1\n", &["rows.csv:1:18", "not among the factors"]);
    rows("work.projects\n1\n", &["rows.csv:1:1", "no column for the factor `agenda.threshold`"]);
}

#[test]
fn tables_of_other_programs_are_read_or_refused_with_the_line_that_helps() {
    let (plan, _) = SMALL.split_once("[factor").expect("factors");
    let plan = format!("{plan}[design]\nkind = \"rows\"\nfile = \"rows.csv\"\n");
    let rows = |text: &str, says: &[&str]| {
        wrong_with(&plan, &[("rows.csv", text)], says);
    };
    let unnamed =
        ["rows.csv:1:1", "the first column has no name", "row.names = FALSE", "index=False"];
    rows(",agenda.threshold\n0,0.7\n", &unnamed);
    rows("\"\",\"agenda.threshold\"\n\"1\",0.7\n", &unnamed);
    rows("agenda.threshold;work.projects\n0,7;2\n", &["rows.csv:1:1", "separated by `;`"]);
    let two = "agenda.threshold,work.projects\n";
    rows(&format!("{two}\"1\",0.7,2\n"), &["rows.csv:2:9", "3 cells", "row.names = FALSE"]);
    rows(&format!("{two}0.7,2,\n"), &["rows.csv:2:7", "3 cells", "commas at the ends"]);
    rows(&format!("{two}0,7,2\n"), &["rows.csv:2:5", "3 cells", "a point before decimals"]);
    rows(&format!("{two}\"0,7\",2\n"), &["rows.csv:2:1", "write 0.7: decimals have a point"]);
    rows(&format!("{two}0.7,\"1,000.5\"\n"), &["rows.csv:2:5", "write 1000.5"]);
    rows(&format!("{two}80%,2\n"), &["rows.csv:2:1", "write 0.8 for 80%"]);
    rows(&format!("{two}\"0.7,2\n0.8,3\n"), &["rows.csv:2:1", "mark is not closed"]);
    rows("agenda.threshold,\n0.7,\n", &["rows.csv:1:18", "commas at the ends"]);
    // A sweep's own design.
    let home = home_of(&plan);
    let design = "row,place,agenda.threshold,work.projects\n1,A 1,0.7,1\n2,\"B, 1\",0.8,2\n";
    fs::write(home.path().join("rows.csv"), design).expect("written");
    let plan = survives(&home.path().join("plan.toml"));
    assert_eq!(plan.rows, [[0.7, 1.0], [0.8, 2.0]]);
}

#[test]
fn steps_that_cannot_be_are_told_of_once() {
    let threshold = "levels = [0.4, 0.7, 1.0]";
    let plan = SMALL.replace(threshold, "range = [0.4, 1.0]\nsteps = 1048576");
    let said = Plan::from_text("plan.toml", &plan).unwrap_err().to_string();
    assert!(said.contains("plan.toml:13:9") && said.contains("2 to 100000"), "{said}");
    assert!(!said.contains("needs levels"), "{said}");
}

/// The plan read again from its own text says the same, in the same bytes.
fn survives(path: &Path) -> Plan {
    let plan = Plan::open(path).unwrap_or_else(|problems| panic!("{problems}"));
    let again = Plan::from_text("plan.toml", &plan.text);
    let again = again.unwrap_or_else(|problems| panic!("{problems}\n{}", plan.text));
    assert_eq!(again.text, plan.text);
    let parts = |plan: &Plan| {
        let outcomes: Vec<String> = plan.outcomes.iter().map(|o| o.name.clone()).collect();
        let places = plan.places.clone();
        let switches = (plan.common, plan.keep_runs, plan.keep_meetings);
        let counts = (plan.replicates, plan.seed, plan.runs_a_chunk);
        let words = (plan.title.clone(), plan.asked.clone(), plan.world.name.clone());
        (plan.factors.clone(), plan.rows.clone(), places, outcomes, switches, counts, words)
    };
    assert_eq!(parts(&again), parts(&plan));
    assert_eq!(again.design, plan.design);
    for row in 0..plan.rows.len().min(3) {
        let template = |plan: &Plan| {
            plan.world_of(row).unwrap_or_else(|why| panic!("{why}")).template().clone()
        };
        assert_eq!(template(&again), template(&plan));
        assert_eq!(again.command(row, 1), plan.command(row, 1));
    }
    plan
}

#[test]
fn a_plan_is_read_back_from_its_own_text() {
    let home = tempfile::tempdir().expect("a folder");
    let open = |plan: &str| {
        let path = home.path().join("plan.toml");
        fs::write(&path, plan).expect("written");
        survives(&path)
    };
    open(SMALL);
    // Quotation marks of all kinds, and a set that looks like the end of a text.
    let odd = SMALL
        .replace("set = [", "set = [\"title = \\\"It's '''odd''' \\\\\\\"so\\\\\\\" 日本\\\"\", ");
    let odd =
        odd.replace("levels = [1, 2]", "levels = [2, 1]\nlabel = \"two '''or''' \\\"one\\\"\"");
    let odd = open(&odd.replace("title = \"Small\"\n", ""));
    assert_eq!(odd.title, "It's '''odd''' \"so\" 日本");
    assert_eq!(odd.factors[1].label, "two '''or''' \"one\"");
    // Every design.
    let sampled =
        SMALL.replace("levels = [0.4, 0.7, 1.0]", "range = [0.4, 1.0]\nsource = \"ours\"");
    for design in [
        "kind = \"sobol\"\npoints = 8",
        "kind = \"latin\"\npoints = 7\naim = \"uncorrelated\"\nswaps = 20",
        "kind = \"morris\"\ntrajectories = 2",
        "kind = \"saltelli\"\nbase = 4",
        "kind = \"one-at-a-time\"\nlevels = 3\nbaseline = { \"agenda.threshold\" = 0.6 }",
    ] {
        open(&sampled.replace("kind = \"factorial\"", design));
    }
    let law = sampled.replace("levels = [1, 2]", "law = { integers = [1, 4] }");
    open(&law.replace("kind = \"factorial\"", "kind = \"sobol\"\npoints = 4"));
    // A scenario with shocks and a posterior.
    let cypress = SMALL.replace("\"quiet\"", "\"cypress\"").replace("months=3", "months=9");
    open(&cypress.replace("\"work\"", "\"months_lost\""));
}

#[test]
fn scenarios_and_rows_from_files_are_written_out() {
    let home = tempfile::tempdir().expect("a folder");
    let put = |name: &str, text: &str| fs::write(home.path().join(name), text).expect("written");
    fs::create_dir(home.path().join("below")).expect("made");
    put("below/base.toml", "extends = \"cypress\"\n[calendar]\nmonths = 24\n");
    let draws = "draw,key,value\n1,agenda.threshold,0.6\n";
    put("below/draws.csv", draws);
    put(
        "below/mine.toml",
        "extends = \"base.toml\"\nposterior = \"draws.csv\"\ntitle = \"Größe\"\n",
    );
    // Marks of other systems: a byte order mark, line ends, quotation marks, spaces.
    put(
        "rows.csv",
        "\u{feff}\"agenda.threshold\" , work.projects\r\n0.50,\"1\"\r\n\r\n 7e-1 ,2\r\n",
    );
    let (top, _) = SMALL.split_once("[factor").expect("factors");
    let top = top
        .replace("\"quiet\"", "\"below/mine.toml\"")
        .replace("set = [\"calendar.months=3\"]\n", "");
    let rows = "[factor.\"work.projects\"]\nlabel = \"Projects\"\n[factor.\"agenda.threshold\"]\n";
    let design = "[design]\nkind = \"rows\"\nfile = \"rows.csv\"\n";
    put("plan.toml", &format!("{top}{rows}{design}"));
    let plan = survives(&home.path().join("plan.toml"));
    assert_eq!(plan.rows, [[0.5, 1.0], [0.7, 2.0]]);
    assert_eq!(plan.factors[1].label, "Projects");
    assert_eq!(plan.world.title, "Größe");
    // What says the same is the same plan.
    put("rows.csv", "agenda.threshold,work.projects\n0.5,1\n0.7,2");
    let before = plan.text;
    assert_eq!(survives(&home.path().join("plan.toml")).text, before);
    for file in ["rows.csv", "below/mine.toml", "below/base.toml", "below/draws.csv"] {
        fs::remove_file(home.path().join(file)).expect("removed");
    }
    assert!(Plan::from_text("elsewhere.toml", &before).is_ok(), "it needs no other file");
}

#[test]
fn damaged_plans_are_read_or_told_but_never_panic() {
    let pieces = [
        "[",
        "]",
        "=",
        "\"",
        "'''",
        "\n",
        "\\",
        "-1",
        "nan",
        "1e999",
        "[factor]",
        "[design]",
        "factor = 1",
        "levels = [1e18]",
        "range = [0, 1]",
        "law = { normal = [0, 1] }",
        "steps = 2",
        "rows_text = \"a\"",
        "scenario_text = \"\"",
        "asked = []",
        "replicates = 1000000000",
        "kind = \"rows\"",
        "design = []",
        "outcomes = [1]",
        "\u{0}",
        "日",
    ];
    let mut dice = super::Dice(7);
    let mut read = 0;
    for _ in 0..600 {
        let mut text: Vec<char> = SMALL.chars().collect();
        for _ in 0..=dice.below(3) {
            let at = dice.below(text.len() as u64) as usize;
            let upto = (at + dice.below(12) as usize).min(text.len());
            let piece = match dice.below(3) {
                0 => "",
                1 => pieces[dice.below(pieces.len() as u64) as usize],
                _ => SMALL.lines().nth(dice.below(18) as usize).unwrap_or(""),
            };
            drop(text.splice(at..upto, piece.chars()));
        }
        let text: String = text.into_iter().collect();
        match Plan::from_text("plan.toml", &text) {
            Ok(plan) => {
                read += 1;
                let again = Plan::from_text("plan.toml", &plan.text);
                assert_eq!(again.map(|again| again.text).ok().as_ref(), Some(&plan.text), "{text}");
            }
            Err(problems) => assert!(problems.to_string().contains("error: ")),
        }
    }
    assert!((10..600).contains(&read), "{read}");
}
