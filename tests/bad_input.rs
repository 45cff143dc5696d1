//! Bad input gets one clear message: file, line and column, what was found, what is allowed, and
//! a likely correction. Exit code 2; nothing is written.

use rppsim::ids::Month;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn rppsim(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_rppsim"))
        .args(arguments)
        .current_dir(folder)
        .output()
        .expect("the program starts")
}

/// Checks a scenario that extends Cypress with the given lines, and what is said about it.
#[track_caller]
fn refused(lines: &str, says: &[&str]) {
    refused_whole(&format!("extends = \"cypress\"\n{lines}"), says);
}

#[track_caller]
fn refused_whole(text: &str, says: &[&str]) {
    let home = tempfile::tempdir().expect("a folder");
    fs::write(home.path().join("mine.toml"), text).expect("written");
    let output = rppsim(home.path(), &["run", "mine.toml", "--runs", "1"]);
    let message = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{message}");
    for part in says {
        assert!(message.contains(part), "missing `{part}` in:\n{message}");
    }
    assert!(message.contains("nothing was run"), "{message}");
    assert_eq!(fs::read_dir(home.path()).expect("a folder").count(), 1, "nothing was written");
}

#[test]
fn an_unknown_key_is_shown_with_the_nearest_allowed_one() {
    refused(
        "[agenda]\ntreshold = 0.7",
        &["mine.toml:3:1", "unknown key", "`treshold`", "did you mean `threshold`", "softness"],
    );
    refused("[agenda2]\nx = 1", &["mine.toml:2", "unknown key", "did you mean `agenda`"]);
    refused("theory = \"status-blnd\"", &["mine.toml:2:10", "did you mean \"status-blind\""]);
}

#[test]
fn what_carries_a_statement_has_to_be_there() {
    let stated = "[stated.monthly]\nsays = \"they meet every month\"\nsource = \"Table 1\"\n";
    refused(
        &format!("{stated}carried_by = [\"calendar.mnths\"]"),
        &["mine.toml:5:15", "`calendar.mnths`", "did you mean", "calendar.months"],
    );
    refused(
        "[stated.monthly]\nsays = \"they meet every month\"",
        &["`stated.monthly.source` is missing"],
    );
}

#[test]
fn a_wrong_type_is_shown_with_what_is_allowed() {
    refused("[agenda]\nthreshold = \"0.7\"", &["mine.toml:3:13", "must be a number", "write 0.7"]);
    refused("[work]\nprojects = 2.5", &["mine.toml:3:12", "must be a whole number", "1 to 20"]);
    refused("[seat.partner_lead]\nteam = \"yes\"", &["must be true or false", "write true"]);
    refused("[calendar]\nmonths = [17]", &["mine.toml:3:10", "must be a whole number"]);
}

#[test]
fn a_number_out_of_range_is_shown_with_the_range() {
    refused("[agenda]\nthreshold = 7", &["mine.toml:3:13", "out of range", "0 to 3"]);
    refused("[meeting]\nattendance = 85", &["mine.toml:3:14", "percentage", "0.85"]);
    refused("[turnover]\ncabinet = -0.1", &["out of range", "0 to 0.95"]);
}

#[test]
fn what_is_not_a_finite_number_is_refused() {
    refused("[agenda]\nthreshold = nan", &["mine.toml:3:13", "finite number"]);
    refused("[agenda]\nthreshold = inf", &["mine.toml:3:13", "finite number"]);
    refused("[agenda]\nthreshold = { uniform = [0.1, inf] }", &["mine.toml:3", "finite number"]);
}

#[test]
fn a_distribution_must_be_one_and_stay_in_range() {
    refused(
        "[agenda]\nthreshold = { uniform = [0.5, 9.0] }",
        &["can fall out of range", "0.5 to 9"],
    );
    refused(
        "[agenda]\nthreshold = { unifrom = [0.5, 0.9] }",
        &["unknown key", "did you mean `uniform`"],
    );
    refused("[agenda]\nthreshold = { uniform = [0.9, 0.5] }", &["low not above high"]);
    refused("[agenda]\nthreshold = { uniform = [0.5, 0.9], beta = [1, 1] }", &["one distribution"]);
    refused("[agenda]\nthreshold = { normal = [0.7, 0.1] }", &["within = [low, high]"]);
    refused("[work]\nprojects = { uniform = [1, 3] }", &["whole number in every run", "integers"]);
}

#[test]
fn a_mix_must_sum_to_one_over_known_roles() {
    refused(
        "[organization.pdi]\nidentity = { researcher = 0.5, broker = 0.4 }",
        &["mine.toml:3:12", "do not sum to one", "0.9"],
    );
    refused(
        "[organization.pdi]\nidentity = { reseacher = 0.5, broker = 0.5 }",
        &[
            "mine.toml:3:14",
            "no role in the repertoire called `reseacher`",
            "did you mean `researcher`",
        ],
    );
    refused(
        "[organization.pdi]\nidentity = { researcher = 1.5, broker = -0.5 }",
        &["out of range"],
    );
    refused("[organization.pdi]\nidentity = 0.5", &["must be a table", "researcher = 0.6"]);
}

#[test]
fn a_shock_must_strike_somebody_some_time() {
    refused(
        "[shock.karl]\nmonth = 24",
        &["mine.toml:3:9", "beyond the horizon", "month 24", "1 to 23"],
    );
    refused(
        "[shock.karl]\nmonth = { integers = [3, 30] }",
        &["mine.toml:3:9", "beyond the horizon", "month 30"],
    );
    refused(
        "[shock.new]\nkind = \"leave\"\nmonth = 3\nseat = \"instruction_directer\"",
        &["no seat called", "did you mean `instruction_director`"],
    );
    refused(
        "[shock.new]\nkind = \"leave\"\nmonth = 3\nseat = \"specialist_office\"",
        &["several seats", "specialist_office.1"],
    );
    refused(
        "[shock.new]\nkind = \"replace\"\nmonth = 3\nseat = \"superintendent\"\nprofile = \"newcomr\"",
        &["no profile called", "did you mean `newcomer`"],
    );
    refused(
        "[shock.new]\nkind = \"join\"\nmonth = 3\nseat = \"superintendent\"\nprofile = \"newcomer\"",
        &["somebody holds it", "replace"],
    );
    refused("[shock.karl]\nleave = [\"nobody\"]", &["mine.toml:3", "no seat called"]);
    refused("[shock.karl]\nmonth = 0", &["out of range"]);
}

#[test]
fn an_intervention_must_be_of_a_known_kind() {
    refused(
        "[intervention.early]\nkind = \"welcom\"",
        &["mine.toml:3:8", "did you mean \"welcome\"", "coordinator"],
    );
    refused(
        "[intervention.foo]\nfrom = 2",
        &["mine.toml:2:15", "`intervention.foo` does not say what kind it is", "write kind ="],
    );
    refused("[intervention.brokr]\nfrom = 2", &["mine.toml:2:15", "did you mean `broker`"]);
    refused(
        "[intervention.early]\nkin = \"welcome\"",
        &["does not say what kind it is", "mine.toml:3:1", "did you mean `kind`"],
    );
    // What is unknown is told once, not compared with others.
    refused("[intervention.a]\nfrom = 2\n[intervention.b]\nfrom = 2", &["2 problems"]);
}

#[test]
fn an_intervention_must_begin_before_it_ends_and_alone_of_its_kind() {
    refused(
        "[intervention.welcome]\nfrom = 9\nuntil = 4",
        &["mine.toml:4:9", "can end before it begins", "from month 9 until month 4"],
    );
    refused(
        "[intervention.welcome]\nfrom = { integers = [3, 9] }\nuntil = 8",
        &["mine.toml:4:9", "from month 9 until month 8"],
    );
    refused(
        "[intervention.welcome]\nfrom = 24",
        &["mine.toml:3:8", "reaches beyond the horizon", "month 24", "calendar.months"],
    );
    refused("[intervention.welcome]\nfrom = 0", &["mine.toml:3:8", "out of range"]);
    let two = |until: &str, from: &str| {
        format!(
            "[intervention.first]\nkind = \"broker\"\nuntil = {until}\n\
             [intervention.second]\nkind = \"broker\"\nfrom = {from}"
        )
    };
    let overlap = ["mine.toml:5", "two interventions of the kind broker can overlap"];
    let both = ["`intervention.second` and `intervention.first`", "cost twice and act once"];
    refused(&two("6", "6"), &[&overlap[..], &both[..]].concat());
    // Also if they do in some runs only.
    refused(&two("6", "{ integers = [6, 9] }"), &overlap);
    refused(&two("{ integers = [3, 8] }", "8"), &overlap);
}

#[test]
fn what_an_intervention_takes_must_be_a_share_or_a_price() {
    refused("[intervention.welcome]\nstaff = 1.2", &["mine.toml:3:9", "out of range", "0 to 1"]);
    refused("[intervention.welcome]\nagenda = -0.1", &["mine.toml:3:10", "out of range"]);
    for price in ["price_once", "price_month", "price_year", "price_occasion"] {
        let line = format!("[intervention.welcome]\n{price} = -5");
        refused(&line, &["mine.toml:3", "out of range", price]);
    }
    refused("[intervention.welcome]\nprice = 5", &["unknown key", "price_once, price_month"]);
    let priced = "[intervention.welcome]\nprice_month = 5";
    refused(priced, &["mine.toml:3:1", "no currency", "[money]"]);
    refused("[money]\nmonth = 1000", &["mine.toml:2", "currency"]);
    refused("[money]\ncurrency = \"EUR\"\nmonth = -1", &["mine.toml:4:9", "out of range"]);
}

/// A scenario with a sound grant, one line of it replaced or added.
fn granted(line: &str) -> String {
    let key = line.split(' ').next().unwrap_or("");
    let sound = [
        "purpose = \"project\"",
        "payee = \"pdi\"",
        "amount = 400_000",
        "months = 12",
        "from = 1",
        "gap = 0",
    ];
    let mut lines: Vec<&str> = sound.into_iter().filter(|kept| !kept.starts_with(key)).collect();
    lines.push(line);
    format!("[money]\ncurrency = \"USD\"\n[grant.a]\n{}", lines.join("\n"))
}

#[test]
fn a_grant_must_say_how_much_to_whom_for_how_long_and_what_for() {
    refused(&granted("amount = -5"), &["mine.toml:10:10", "out of range", "grant.a.amount"]);
    refused(&granted("months = 0"), &["mine.toml:10:10", "out of range", "1 to 1200"]);
    refused(&granted("renewal = 1.2"), &["mine.toml:11:11", "out of range", "0 to 1"]);
    refused(
        &granted("purpose = \"projects\""),
        &["mine.toml:10:11", "did you mean \"project\"", "operating", "endowment"],
    );
    refused(
        &granted("payee = \"pdy\""),
        &["mine.toml:10:9", "no organization called `pdy`", "did you mean `pdi`"],
    );
    for key in ["amount", "months", "purpose"] {
        let missing = granted(&format!("{key} ")).replace(&format!("\n{key} "), "");
        refused(&missing, &["mine.toml:4", &format!("`grant.a.{key}` is missing")]);
    }
    refused(
        "[grant.a]\namount = 5\nmonths = 5\npurpose = \"seed\"\npayee = \"pdi\"",
        &["mine.toml:3:1", "`amount` is in no currency", "[money]"],
    );
    // An endowment does not end.
    refused(&granted("purpose = \"endowment\""), &["unknown key", "`months`"]);
}

#[test]
fn somebody_must_be_paid_and_all_of_it() {
    let shares = |shares: &str| {
        let all = granted(&format!("payees = {{ {shares} }}"));
        all.replace("payee = \"pdi\"\n", "")
    };
    refused(
        &shares("pdi = 0.5, cypress = 0.4"),
        &["mine.toml:10", "the shares of `grant.a.payees` do not sum to one", "0.9"],
    );
    refused(&shares("pdi = 1.5, cypress = -0.5"), &["out of range", "0 to 1"]);
    refused(&shares("pdy = 1.0"), &["mine.toml:10:12", "did you mean `pdi`"]);
    refused(
        &granted("payees = { pdi = 1.0 }"),
        &["mine.toml:6:9", "`grant.a` has a payee and payees", "one of the two"],
    );
    let nobody = granted("from = 1").replace("payee = \"pdi\"\n", "");
    refused(&nobody, &["mine.toml:4", "`grant.a` does not say who is paid", "payee ="]);
}

#[test]
fn an_exclusive_grant_stands_alone_wherever_a_run_may_take_it() {
    let two = |more: &str, from: &str| {
        let second = "[grant.b]\npurpose = \"project\"\npayee = \"pdi\"\namount = 5\nmonths = 4";
        format!("{}\n{second}\nexclusive = true\nfrom = {from}", granted(more))
    };
    let overlap =
        ["an exclusive grant can overlap", "`grant.b` and `grant.a`", "exclusive = false"];
    refused(&two("gap = 0", "12"), &overlap);
    refused(&two("months = { integers = [6, 14] }", "14"), &overlap);
    refused(&two("from = { integers = [1, 3] }", "14"), &overlap);
    // One that may be followed by another has no last month.
    refused(&two("renewal = 0.1", "14"), &overlap);
}

#[test]
fn what_has_to_be_paid_for_needs_money() {
    refused("[seat.partner_lead]\nsalary = 5", &["mine.toml:3:1", "`salary` is in no currency"]);
    refused("[organization.pdi]\nreserve = 5", &["`reserve` is in no currency"]);
    let money = "[money]\ncurrency = \"USD\"\n";
    for due in ["upkeep = 5", "meeting = 5"] {
        let says =
            ["mine.toml:4", "something has to be paid for, and there is no money", "[grant."];
        refused(&format!("{money}{due}"), &says);
    }
    let salary = format!("{money}[seat.partner_lead]\nsalary = 5");
    refused(&salary, &["mine.toml:2", "there is no money", "reserve"]);
    refused(&format!("{money}upkeep = -1"), &["mine.toml:4:10", "out of range"]);
}

#[test]
fn there_must_be_meetings_and_people_who_can_attend() {
    refused("[calendar]\nmeetings_per_month = 0", &["no meeting is ever held"]);
    refused(
        "[calendar]\npauses = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]",
        &["no meeting is ever held"],
    );
    let nobody = "[seat.partner_lead]\nteam = false\n[seat.partner_staff]\nteam = false";
    refused(nobody, &["nobody can attend", "two organizations"]);
}

/// A third organization of one role.
const UNION: &str = "[organization.union]\nidentity = { voice = 1.0 }\nagreed = { voice = 1.0 }\n\
                     role.voice = { familiarity = 1.0 }\n";
const ITS_SEAT: &str = "[seat.delegate]\norganization = \"union\"\nlevel = \"staff\"\nteam = true\n\
                        holder = \"district_core\"\nsuccessor = \"newcomer\"\n";

#[test]
fn every_organization_has_seats_and_a_partner() {
    refused(
        &format!("{UNION}works_for = [\"cypress\"]"),
        &[
            "mine.toml:2:15",
            "organization `union` has no seats",
            "a seat with organization = \"union\"",
            "add a seat",
        ],
    );
    refused(
        &format!("{UNION}{ITS_SEAT}"),
        &[
            "mine.toml:2:15",
            "organization `union` is nobody's partner",
            "works for nobody, and nobody works for it",
            "works_for = [\"cypress\", \"pdi\"] in [organization.union]",
        ],
    );
    // A hub that no longer works for anybody leaves its districts without a partner, too.
    let hubless = "extends = \"network\"\n[organization.partner]\nworks_for = []";
    refused_whole(hubless, &["organization `partner` is nobody's partner", "5 problems"]);
    refused(&format!("{UNION}{ITS_SEAT}works_for = [\"cypres\"]"), &["mine.toml", "unknown key"]);
    refused(
        &format!("{UNION}works_for = [\"cypres\"]\n{ITS_SEAT}"),
        &["mine.toml:6:14", "no organization called `cypres`", "did you mean `cypress`"],
    );
}

#[test]
fn two_of_one_name_are_shown_with_both_places() {
    for table in ["organization.union", "seat.partner_lead", "profile.newcomer", "shock.karl"] {
        let twice = format!("[{table}]\ntitle = \"x\"\n\n[{table}]\ntitle = \"y\"");
        let name = table.split_once('.').expect("a name").1;
        refused(&twice, &["mine.toml:5", name, "mine.toml:2"]);
    }
    refused(
        "[seat.\"specialist_office.3\"]\norganization = \"cypress\"\nlevel = \"staff\"\n\
         holder = \"onlooker\"\nsuccessor = \"onlooker\"",
        &["mine.toml:2:7", "two seats are called `specialist_office.3`", "NAME.1"],
    );
}

#[test]
fn parameters_that_contradict_one_another_are_refused_together() {
    refused(
        "[trust]\nasymmetry = 10.0\ngain = 0.4",
        &["mine.toml:3:13", "below nothing", "trust.gain"],
    );
    refused(
        "[trust]\nasymmetry = { uniform = [1.0, 10.0] }\ngain = 0.4",
        &["mine.toml:3:13", "below nothing"],
    );
    refused("[meeting]\nfewest_episodes = 10", &["must not exceed"]);
    refused("[discourse]\nquestion = 0.9", &["sum to 1.35", "at most 1"]);
}

#[test]
fn an_extends_circle_is_shown_link_by_link() {
    let home = tempfile::tempdir().expect("a folder");
    fs::write(home.path().join("a.toml"), "extends = \"b.toml\"").expect("written");
    fs::write(home.path().join("b.toml"), "extends = \"a.toml\"").expect("written");
    let output = rppsim(home.path(), &["check", "a.toml"]);
    let message = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2));
    assert!(message.contains("circle") || message.contains("circular"), "{message}");
    assert!(message.contains("a.toml:1:11") && message.contains("b.toml:1:11"), "{message}");
}

#[test]
fn files_that_are_no_scenarios_are_told_for_what_they_are() {
    refused_whole("", &["mine.toml", "schema", "missing"]);
    refused_whole("schema = 1\ntitle = \"x", &["mine.toml:2"]);
    refused_whole("schema = 2", &["mine.toml:1:10", "out of range"]);
    let home = tempfile::tempdir().expect("a folder");
    let at = |name: &str| home.path().join(name);
    fs::write(at("binary.toml"), [0x73, 0xff, 0xfe, 0x00, 0x80]).expect("written");
    fs::write(at("large.toml"), vec![b'#'; 50 << 20]).expect("written");
    fs::create_dir(at("folder.toml")).expect("made");
    fs::write(at("study.toml"), "extends = \"cypress\"").expect("written");
    for (name, says) in [
        ("binary.toml", "UTF-8"),
        ("large.toml", "MiB"),
        ("folder.toml", "folder"),
        ("studdy.toml", "study.toml"),
        ("cyprus", "did you mean `cypress`"),
    ] {
        let output = rppsim(home.path(), &["run", name]);
        let message = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{name}: {message}");
        assert!(message.contains(says), "{name}: {message}");
    }
}

#[test]
fn a_plan_is_no_scenario_and_a_scenario_is_no_plan() {
    let plan = "schema = 1\nscenario = \"quiet\"\noutcomes = [\"work\"]\n[factor.\"agenda.voice\"]\n\
                levels = [1.0]\n[design]\nkind = \"factorial\"";
    refused_whole(plan, &["this looks like a plan", "rppsim sweep mine.toml", "1 problem"]);
    let home = tempfile::tempdir().expect("a folder");
    fs::write(home.path().join("mine.toml"), "extends = \"cypress\"").expect("written");
    for dry in [&[][..], &["--dry-run"]] {
        let output = rppsim(home.path(), &[&["sweep", "mine.toml"], dry].concat());
        let message = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{message}");
        assert!(message.contains("this looks like a scenario"), "{message}");
        assert!(message.contains("rppsim run mine.toml"), "{message}");
    }
}

#[test]
fn a_message_that_nobody_reads_is_no_failure_of_its_own() {
    let (reader, writer) = std::io::pipe().expect("a pipe");
    drop(reader);
    let status = Command::new(env!("CARGO_BIN_EXE_rppsim"))
        .args(["run", "cypress", "--set", "agenda.newnes=0"])
        .stderr(writer)
        .status();
    assert_eq!(status.expect("the program starts").code(), Some(2));
}

#[test]
fn several_errors_are_told_together() {
    refused(
        "[agenda]\ntreshold = 0.7\nsoftness = 9\n[seat.partner_lead]\nlevel = \"boss\"",
        &["mine.toml:3:1", "mine.toml:4:12", "mine.toml:6:9", "3 problems"],
    );
}

#[test]
fn the_command_line_is_as_strict_as_a_file() {
    let home = tempfile::tempdir().expect("a folder");
    let told = |arguments: &[&str]| {
        let output = rppsim(home.path(), arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        String::from_utf8_lossy(&output.stderr).into_owned()
    };
    assert!(told(&["run", "--runs", "0"]).contains("allowed is a whole number from 1"));
    let message = told(&["run", "--set", "agenda.treshold=0.7"]);
    assert!(message.contains("--set agenda.treshold=0.7:1:8"), "{message}");
    assert!(message.contains("did you mean `threshold`"), "{message}");
    assert!(told(&["run", "--set", "theory=status-blind"]).contains("quotation marks"));
    assert!(told(&["run", "--set", "shock.carl.enabled=false"]).contains("did you mean `karl`"));
    assert!(
        told(&["run", "--months", "5", "--set", "shock.karl.month=6"])
            .contains("beyond the horizon")
    );
    assert!(told(&["cases", "cypres"]).contains("did you mean `cypress`"));
    assert_eq!(fs::read_dir(home.path()).expect("a folder").count(), 0, "nothing was written");
}

#[test]
fn a_command_of_earlier_versions_says_where_it_went() {
    let home = tempfile::tempdir().expect("a folder");
    for (old, new) in [
        (&["case", "cypress", "--resolved"][..], "`rppsim cases NAME`"),
        (&["interventions", "--json"], "`rppsim params --interventions`"),
        (&["plan", "plan.toml", "--rows", "3"], "`rppsim sweep --dry-run PLAN`"),
    ] {
        let output = rppsim(home.path(), old);
        let message = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{message}");
        assert!(message.contains(new) && message.lines().count() == 1, "{message}");
    }
}

#[test]
fn problems_can_be_had_as_json() {
    let home = tempfile::tempdir().expect("a folder");
    let output = rppsim(home.path(), &["check", "cypress", "--set", "agenda.softness=9", "--json"]);
    assert_eq!(output.status.code(), Some(2));
    let told: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(told["exit_code"], 2);
    assert_eq!(told["error"][0]["line"], 1);
    assert!(told["error"][0]["allowed"].as_str().expect("text").contains("2"));
}

#[test]
fn a_pattern_says_in_one_way_what_was_published_and_how_sure_it_is_if_it_is_fitted() {
    let pattern = "[pattern.mine]\nmeasure = \"role_share\"\n";
    refused(
        &format!("{pattern}use = \"report\"\npublished = 40"),
        &["mine.toml:5:13", "pattern.mine.published", "0 to 1", "if it is a percentage, write 0.4"],
    );
    refused(
        &format!("{pattern}use = \"report\"\npublished = 0.4\naccept = [0.1, 0.2]"),
        &["does not say in one way", "published, accept"],
    );
    refused(
        &format!("{pattern}use = \"report\"\naccept = [0.9, 0.2]"),
        &["pattern.mine.accept", "low not above high"],
    );
    refused(
        &format!("{pattern}use = \"fit\"\npublished = 0.4"),
        &["mine.toml:4", "`pattern.mine` cannot be fitted", "count = [k, n] or sd"],
    );
    refused_whole(
        "extends = \"cypress\"\n[pattern.mine]\nmeasure = \"role_share\"\nuse = \"report\"",
        &["does not say in one way", "none"],
    );
}

#[test]
fn a_scenario_without_a_pattern_to_fit_is_not_fitted() {
    let home = tempfile::tempdir().expect("a folder");
    let output = rppsim(home.path(), &["fit", "quiet", "--budget", "5000"]);
    let message = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{message}");
    assert!(message.contains("no pattern to fit"), "{message}");
    assert_eq!(fs::read_dir(home.path()).expect("a folder").count(), 0, "nothing was written");
}

#[test]
fn a_posterior_named_in_an_assignment_is_sought_from_where_the_program_runs() {
    let home = tempfile::tempdir().expect("a folder");
    fs::create_dir(home.path().join("sub")).expect("a folder");
    let draws = include_str!("../scenarios/cypress.posterior.csv");
    fs::write(home.path().join("sub/mine.csv"), draws).expect("written");
    let check = |name: &str| {
        let set = format!("posterior=\"{name}\"");
        rppsim(home.path(), &["check", "cypress", "--set", &set]).status.code()
    };
    assert_eq!(check("sub/mine.csv"), Some(0));
    assert_eq!(check("mine.csv"), Some(2));
}

#[test]
fn interviews_that_were_never_held_are_missing() {
    use rppsim::model::RunId;
    let mut cypress = rppsim::scenario::World::open("cypress").expect("a case");
    let year_1 = cypress.interviews.iter_mut().find(|plan| plan.name == "year_1");
    year_1.expect("an interview").months = (Month(30), Month(40));
    let run = cypress.run(RunId::new(1, 1)).expect("founded");
    let of = |name: &str| {
        let pattern = cypress.patterns.iter().find(|p| p.name == name).expect("a pattern");
        pattern.measure.of(&run)
    };
    assert_eq!(of("P7a"), None);
    assert!(of("P7b").is_some());
}

#[test]
fn what_the_calendar_cannot_reach_is_refused_at_its_key() {
    let measured = "use = \"report\"\npublished = 0.2\nmeasure = \"role_share\"\n";
    refused(
        &format!("[pattern.late]\n{measured}meetings = [50, 60]"),
        &[
            "mine.toml:6:12",
            "`pattern.late.meetings` reaches beyond the horizon",
            "meetings 50 to 60",
            "meetings 1 to 17",
        ],
    );
    refused(
        &format!("[pattern.late]\n{measured}meetings = [1, 18]"),
        &["mine.toml:6:12", "meetings 1 to 18"],
    );
    refused(
        "[pattern.late]\nuse = \"report\"\nat_most = 0.2\nmeasure = \"highest_window\"\nmonths = 24",
        &["mine.toml:6:10", "24 months", "at most 23 months"],
    );
    refused(
        "[pattern.P3]\ncount = [15, 18]",
        &["mine.toml:3:9", "15 of 18 meetings", "at most 17 meetings"],
    );
    refused(
        "[interview.year_2]\nmonths = [12, 24]",
        &["mine.toml:3:10", "months 12 to 24", "months 1 to 23"],
    );
    refused("[fact.later]\nmeetings = [10, 18]", &["mine.toml:3:12", "meetings 10 to 18"]);
    refused(
        "[intervention.welcome]\nfrom = { integers = [3, 24] }",
        &["mine.toml:3:8", "`intervention.welcome.from` reaches beyond", "month 24"],
    );
    let grant = "[money]\ncurrency = \"USD\"\n[grant.late]\npurpose = \"project\"\npayee = \"pdi\"\namount = 1000\nmonths = 6\n";
    refused(
        "[pattern.late]\nuse = \"report\"\nmeasure = \"largest_settlement\"\npublished = 18",
        &["mine.toml:5:13", "`pattern.late.published` reaches beyond", "meeting 18", "1 to 17"],
    );
    refused(&format!("{grant}from = 24"), &["mine.toml:9:8", "`grant.late.from` reaches beyond"]);
    // What is inherited is told where it is written, and where the horizon is set.
    refused(
        "calendar.months = 12",
        &[
            "built-in cypress",
            "`interview.year_2.months`",
            "months 12 to 23",
            "the horizon is set here",
            "mine.toml:2:19",
            "interview.year_2.enabled = false",
        ],
    );
    refused("calendar.pauses = [1, 2, 3, 4]", &["`pattern.P4c.meetings`", "meetings 10 to 17"]);
    let home = tempfile::tempdir().expect("a folder");
    let nation = "schema = 1\n[nation]\nmonths = 24\n[class.all]\ndistricts = 3\nscenario = \"nation-district\"\n[policy.late]\nshock = \"standards\"\nmonth = 25\n";
    fs::write(home.path().join("world.toml"), nation).expect("written");
    let output = rppsim(home.path(), &["check", "world.toml"]);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{told}");
    for part in
        ["world.toml:9:9", "`policy.late.month` reaches beyond", "months 1 to 24 (nation.months)"]
    {
        assert!(told.contains(part), "{part} in {told}");
    }
}

#[test]
fn a_shorter_horizon_on_the_command_line_leaves_out_what_it_cuts_off_and_says_so() {
    let home = tempfile::tempdir().expect("a folder");
    let done = |arguments: &[&str]| {
        let output = rppsim(home.path(), arguments);
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{arguments:?}\n{told}");
        told
    };
    let told = done(&["run", "cypress", "--months", "8", "--runs", "2", "--out", "short"]);
    for part in [
        "beyond the horizon",
        "interview.year_2",
        "pattern.P4b",
        "pattern.P7b",
        "pattern.P3",
        "fact.later",
    ] {
        assert!(told.contains(part), "{part} in {told}");
    }
    assert!(!told.contains("shock"), "both newcomers come by month 7: {told}");
    let manifest = fs::read_to_string(home.path().join("short/manifest.json")).expect("read");
    assert!(manifest.contains("\"pattern.P4b\""), "{manifest}");
    // What was run can be run again.
    done(&["check", "short/scenario.toml"]);
    assert!(done(&["check", "bellevue", "--set", "calendar.months=30"]).contains("shock."));
    let told =
        done(&["run", "nation", "--months", "6", "--set", "nation.scale=0.0001", "--out", "n"]);
    assert!(told.contains("policy.standards") && told.contains("programme.operating"), "{told}");
    done(&["check", "n/nation.toml"]);
    // What an assignment itself says beyond it is refused.
    let arguments = ["run", "cypress", "--months", "8", "--set", "shock.karl.month=9"];
    let output = rppsim(home.path(), &arguments);
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{told}");
    assert!(
        told.contains("--set shock.karl.month=9:1:18") && told.contains("--months 8"),
        "{told}"
    );
}

#[test]
fn what_was_published_is_what_its_count_says() {
    let share = "[pattern.mine]\nuse = \"fit\"\nmeasure = \"role_share\"\n";
    refused(
        &format!("{share}published = 0.5\ncount = [3, 39]"),
        &["mine.toml:5:13", "is not what its count says", "3 of 39 is 0.077", "published = 0.077"],
    );
    for (published, count) in [
        ("0.08", "[3.5, 39]"),
        ("1", "[40, 39]"),
        ("0", "[0, 0]"),
        ("0.1", "[4]"),
        ("0.1", "[-1, 9]"),
    ] {
        refused(
            &format!("{share}published = {published}\ncount = {count}"),
            &["mine.toml:6:", "pattern.mine.count"],
        );
    }
    let named = "[pattern.mine]\nuse = \"fit\"\nmeasure = \"named\"\ninterview = \"year_2\"\nrole = \"broker\"\n";
    refused(
        &format!("{named}published = 0.08\ncount = [2, 25]"),
        &["mine.toml:7:13", "2, the number itself"],
    );
    refused(
        "[pattern.mine]\nuse = \"fit\"\nmeasure = \"drift\"\npublished = 0.5\ncount = [1, 2]",
        &["mine.toml:6:9", "cannot stand behind `drift`", "sd ="],
    );
    let open = |lines: &str| {
        let text = format!("extends = \"cypress\"\n{lines}");
        rppsim::scenario::World::from_text("mine", &text).map(|_| ())
    };
    for (published, count) in [
        ("0.077", "[3, 39]"),
        ("0.08", "[3, 39]"),
        ("7.7e-2", "[3, 39]"),
        ("0", "[0, 9]"),
        ("1.0", "[7, 7]"),
        ("0.33", "[1, 3]"),
    ] {
        open(&format!("{share}published = {published}\ncount = {count}"))
            .unwrap_or_else(|found| panic!("{found}"));
    }
    open(&format!("{named}published = 0\ncount = [0, 25]"))
        .unwrap_or_else(|found| panic!("{found}"));
}

#[test]
fn a_count_of_nobody_moves_the_distance_by_no_more_than_others() {
    use rppsim::worlds::patterns::distance;
    let open = |lines: &str| {
        let text = format!("extends = \"cypress\"\n{lines}");
        rppsim::scenario::World::from_text("mine", &text).expect("a scenario")
    };
    let nobody = open("[pattern.P7n]\npublished = 0\ncount = [0, 25]\nuse = \"fit\"\n");
    // Everything else as published, and 2.75 leaders where none was found.
    let means =
        nobody.patterns.iter().map(|pattern| match (pattern.name.as_str(), pattern.published) {
            ("P7n", _) => Some(2.75),
            (_, rppsim::scenario::patterns::Published::Value(value)) => Some(value),
            _ => None,
        });
    let off = distance(&nobody.patterns, &means.collect::<Vec<_>>());
    assert!(off > 0.3 && off < 0.5, "{off}");
}

#[test]
fn ranges_are_told_from_low_to_high() {
    refused(
        "[fact.later]\nrange = [0.9, 0.1]",
        &["mine.toml:3:9", "`fact.later.range` must be a range", "low not above high"],
    );
    refused(
        "[fact.later]\nrange = [0.1]",
        &["mine.toml:3:9", "`fact.later.range` must be a range"],
    );
    refused(
        "[fact.later]\nshare = 0.9",
        &["mine.toml:3:9", "lies outside its own range", "0.1 to 0.29"],
    );
    refused("[fact.later]\nmeetings = [9, 3]", &["mine.toml:3:12", "first not above last"]);
    refused(
        "[prior.\"agenda.threshold\"]\nrange = [0.9, 0.4]",
        &["mine.toml:3:9", "low not above high"],
    );
    refused("[interview.year_1]\nmonths = [1.5, 8]", &["mine.toml:3:10", "whole numbers"]);
}

#[test]
fn names_and_titles_have_a_length_and_nothing_that_cannot_be_shown() {
    let seat = "organization = \"pdi\"\nlevel = \"staff\"\nholder = \"newcomer\"\nsuccessor = \"newcomer\"\n";
    refused(
        &format!("title = \"{}\"", "x".repeat(1_000_000)),
        &["mine.toml:2:9", "1000000 characters", "at most 200"],
    );
    refused("title = \"\\u001b[31mred\"", &["mine.toml:2:9", "cannot be shown", "U+001B"]);
    refused("title = \"a\\nb\"", &["mine.toml:2:9", "U+000A", "on one line"]);
    refused("summary = \"\\u202e\"", &["mine.toml:2:11", "U+202E"]);
    refused(&format!("[seat.\"@SUM(1,2)\"]\n{seat}"), &["mine.toml:2:7", "like a formula"]);
    refused(
        &format!("[seat.{}]\n{seat}", "x".repeat(81)),
        &["mine.toml:2:7", "81 characters", "at most 80"],
    );
    let home = tempfile::tempdir().expect("a folder");
    for variant in ["@SUM(A1): agenda.newness=1", "\u{1b}[31m: agenda.newness=1"] {
        let output =
            rppsim(home.path(), &["compare", "quiet", "--variant", variant, "--runs", "2"]);
        let told = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{told}");
        assert!(!told.contains('\u{1b}'), "{told:?}");
    }
    let plan = "schema = 1\nscenario = \"quiet\"\noutcomes = [\"work\"]\n[factor.\"agenda.threshold\"]\nlabel = \"a\\u001b\"\nlevels = [0.7, 0.9]\n[design]\nkind = \"factorial\"\n";
    fs::write(home.path().join("plan.toml"), plan).expect("written");
    let told = rppsim(home.path(), &["sweep", "--dry-run", "plan.toml"]);
    assert_eq!(told.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&told.stderr).contains("plan.toml:5:9"));
}

#[test]
fn numbers_that_fit_together_only_in_some_runs_are_refused() {
    refused(
        "[meeting]\nfewest_episodes = { integers = [3, 9] }\nmost_episodes = { integers = [8, 12] }\nmean_episodes = 8.5",
        &["mine.toml:3:19", "at least 9 and at most 8", "mine.toml:5:17", "must lie between"],
    );
    refused(
        "[trust]\nasymmetry = { uniform = [1.0, 8.0] }\ngain = { uniform = [0.01, 0.2] }",
        &["mine.toml:3:13", "loss of trust"],
    );
    // Ends that fit at every corner found every run.
    let sound = "extends = \"cypress\"\n[meeting]\nfewest_episodes = { integers = [2, 5] }\nmean_episodes = { uniform = [6.0, 8.0] }\nmost_episodes = { integers = [9, 12] }\n";
    let sound = rppsim::scenario::World::from_text("sound", sound).expect("a scenario");
    for run in 1..=200 {
        let origin = rppsim::model::RunId::new(1, run);
        assert_eq!(sound.setup(origin).check(), []);
    }
}

#[test]
fn wrong_numbers_of_options_are_told_with_what_is_allowed() {
    let home = tempfile::tempdir().expect("a folder");
    let told = |arguments: &[&str]| {
        let output = rppsim(home.path(), arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        String::from_utf8_lossy(&output.stderr).into_owned()
    };
    for (arguments, says) in [
        (
            &["run", "--seed", "-1"][..],
            "'-1' for '--seed <SEED>': allowed is a whole number from 0 to",
        ),
        (&["run", "--runs", "-1"], "allowed is a whole number from 1 to 1000000000"),
        (&["run", "--months", "0"], "allowed is a whole number from 1 to 1200"),
        (&["compare", "--precision", "-1"], "allowed is a number above 0"),
        (&["sweep", "p.toml", "--shard", "-1/2"], "`-1/2` is no shard; write i/n"),
        (&["sweep", "p.toml", "--shard", "1/0"], "there is at least one, 1/1"),
        (
            &["compare", "quiet", "--variant", "a = b: agenda.newness=1"],
            "has `=` before its first colon",
        ),
        (
            &["compare", "quiet", "--variant", "a: agenda.newnes=1"],
            "--variant a: agenda.newnes=1:1:8",
        ),
    ] {
        let told = told(arguments);
        assert!(told.contains(says), "{says} in {told}");
    }
    let output = rppsim(home.path(), &["status", "nowhere", "--json"]);
    assert!(!String::from_utf8_lossy(&output.stdout).contains("error: "), "said once, as the key");
    let told = told(&["check", "cypress", "--set", "posterior=\"nope\""]);
    assert_eq!(told.matches("error:").count(), 1, "{told}");
}

#[test]
fn a_pattern_that_no_run_has_a_value_for_stops_a_fit() {
    // Three months hold two pairs of talk and later work at most, too few for a correlation.
    let text = "extends = \"quiet\"\ncalendar.months = 3\n[pattern.none]\nmeasure = \"talk_and_later_work\"\npublished = 0.1\nsd = 0.1\nuse = \"fit\"\n[pattern]\nC1a.enabled = false\n";
    let home = tempfile::tempdir().expect("a folder");
    fs::write(home.path().join("mine.toml"), text).expect("written");
    let output = rppsim(home.path(), &["fit", "mine.toml", "--budget", "5000"]);
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{told}");
    assert!(told.contains("`none` is missing most often"), "{told}");
    assert_eq!(fs::read_dir(home.path()).expect("a folder").count(), 1, "nothing was written");
}

#[test]
fn numbers_of_a_rival_theory_are_checked_like_those_of_the_scenario() {
    let theory = |lines: &str| format!("[refitted.no-doubt]\n{lines}");
    refused(
        "[refitted.no-dout]\n\"agenda.threshold\" = 0.3",
        &["mine.toml:2:11", "no theory called `no-dout`", "did you mean `no-doubt`"],
    );
    refused(
        &theory("\"agenda.treshold\" = 0.3"),
        &["mine.toml:3:1", "no number in this scenario called", "did you mean `agenda.threshold`"],
    );
    refused(&theory("\"agenda.threshold\" = 7"), &["mine.toml:3:22", "out of range", "0 to 3"]);
    refused(&theory("\"agenda.threshold\" = \"low\""), &["mine.toml:3:22", "must be a number"]);
    refused(&theory("\"work.projects\" = 2.5"), &["mine.toml:3:19", "must be a whole number"]);
    refused(
        &theory("agenda.threshold = 0.3"),
        &["mine.toml:3:1", "quotation marks", "\"agenda.threshold\" = "],
    );
    refused(&theory("provenance = \"guessed\""), &["mine.toml:3:14", "estimated"]);
    refused(
        &theory("\"meeting.fewest_episodes\" = 9\n\"meeting.most_episodes\" = 5"),
        &["mine.toml:2:11", "must not exceed"],
    );
}

#[test]
fn a_fit_is_under_a_theory_that_there_is() {
    let home = tempfile::tempdir().expect("a folder");
    let output = rppsim(home.path(), &["fit", "cypress", "--theory", "no-dout"]);
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{told}");
    assert!(told.contains("did you mean `no-doubt`?") && told.contains("random-talk"), "{told}");
}

#[test]
fn what_the_search_left_behind_is_told_where_it_went() {
    let home = tempfile::tempdir().expect("a folder");
    for (arguments, says) in [
        (&["calibrate", "cypress", "--particles", "20"][..], "rppsim fit"),
        (&["check", "cypress", "--set", "fitted_sets=\"cypress\""], "posterior = "),
        (&["compare", "cypress", "--sets", "20", "--variant", "a: agenda.newness=0"], "--numbers"),
    ] {
        let output = rppsim(home.path(), arguments);
        let told = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{told}");
        assert!(told.contains("no more") && told.contains(says), "{told}");
    }
    assert_eq!(fs::read_dir(home.path()).expect("a folder").count(), 0, "nothing was written");
}

#[test]
fn a_scenario_that_is_none_of_its_draws_is_told() {
    let home = tempfile::tempdir().expect("a folder");
    let draws = "draw,key,value\n1,agenda.threshold,0.86\n2,agenda.threshold,0.98\n";
    fs::write(home.path().join("posterior.csv"), draws).expect("written");
    let check = |lines: &str| {
        let text = format!("extends = \"quiet\"\nposterior = \"posterior.csv\"\n{lines}");
        fs::write(home.path().join("mine.toml"), text).expect("written");
        String::from_utf8_lossy(&rppsim(home.path(), &["check", "mine.toml"]).stderr).into_owned()
    };
    let told = check("");
    assert!(
        told.contains("`agenda.threshold` is ")
            && told.contains("outside all draws of the posterior (0.8600 to 0.9800)"),
        "{told}"
    );
    assert_eq!(check("agenda.threshold = 0.9"), "");
}
