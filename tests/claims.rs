//! The table of claims leaves out no claim, says of each how it stands, and names what is there.

use rppsim::model::Shipped;
use rppsim::model::setup::InterventionKind;
use rppsim::parameters;
use rppsim::scenario::built_in;
use std::fs;
use std::path::Path;

/// Claims of the literature that we found.
const CLAIMS: u32 = 71;
const STATUSES: [&str; 4] = ["built in", "emerges", "contradicted here", "not represented"];

fn read(path: &str) -> Option<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    fs::read_to_string(path).ok()
}

/// Text between marks: every second part.
fn between(text: &str, mark: char) -> impl Iterator<Item = &str> {
    text.split(mark).skip(1).step_by(2)
}

fn is_path(word: &str) -> bool {
    ["src/", "tests/", "examples/", "scenarios/", "docs/"].iter().any(|room| word.starts_with(room))
}

/// A word of the vocabulary: a parameter, an intervention, a rival theory or a built-in case.
fn is_known(word: &str) -> bool {
    parameters::find(word).is_some()
        || InterventionKind::ALL.iter().any(|kind| kind.word() == word)
        || Shipped::ALL.iter().any(|theory| theory.word() == word)
        || built_in::names().any(|name| name == word)
}

/// Whether a file has a function or a field of this name, or in a scenario the word itself.
fn holds(path: &str, text: &str, name: &str) -> bool {
    let name = name.rsplit("::").next().unwrap_or(name);
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    let mut found = text.match_indices(name).map(|(at, _)| {
        let (before, after) = (&text[..at], &text[at + name.len()..]);
        (before, after.chars().next())
    });
    found.any(|(before, next)| {
        let whole = !before.ends_with(is_part) && !next.is_some_and(is_part);
        let is_defined = before.ends_with("fn ") || next == Some(':') || !path.ends_with(".rs");
        whole && is_defined
    })
}

/// What is wrong with the names in a cell. A name belongs to the file named before it.
fn misnamed(cell: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let mut file: Option<(&str, String)> = None;
    for word in between(cell, '`') {
        if is_path(word) {
            file = read(word).map(|text| (word, text));
            if file.is_none() {
                faults.push(format!("there is no {word}"));
            }
        } else if !is_known(word) {
            match &file {
                Some((path, text)) if holds(path, text, word) => {}
                Some((path, _)) => faults.push(format!("{path} has no {word}")),
                None => faults.push(format!("{word} is named without a file")),
            }
        }
    }
    faults
}

/// The tests that a cell names, `` `file`: one, another ``, with their files.
fn tests_named(cell: &str) -> Vec<(&str, &str)> {
    let mut tests = Vec::new();
    for (path, after) in cell.split('`').skip(1).step_by(2).zip(cell.split('`').skip(2).step_by(2))
    {
        let Some(list) = after.strip_prefix(": ") else { continue };
        for name in list.split(", ") {
            let end =
                name.find(|c: char| !c.is_ascii_lowercase() && !c.is_ascii_digit() && c != '_');
            let name = &name[..end.unwrap_or(name.len())];
            if name.contains('_') {
                tests.push((path, name));
            }
        }
    }
    tests
}

/// What is wrong with a row, and its number.
fn faults_of(row: &str) -> (u32, Vec<String>) {
    let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
    let [number, claim, source, place, status, shown] = cells[..] else {
        return (0, vec![format!("{} cells in {row}", cells.len())]);
    };
    let mut faults = Vec::new();
    let mut fault = |bad: bool, what: String| {
        if bad {
            faults.push(what);
        }
    };
    fault(number.parse::<u32>().is_err(), format!("{number} is no number"));
    fault(claim.len() < 10 || place.is_empty() || shown.is_empty(), "an empty cell".into());
    let known = ["FHC 2019", "HDF 2017", "CPG 2013", "MB", "RA"];
    fault(!source.split("; ").all(|s| known.contains(&s)), format!("{source} is no source"));

    let said: Vec<&str> = between(status, '*').collect();
    fault(said.is_empty(), "no status".into());
    for word in &said {
        fault(!STATUSES.contains(word), format!("{word} is no status"));
    }
    for (_, after) in
        status.match_indices("*not represented*").map(|(at, s)| status.split_at(at + s.len()))
    {
        fault(after.trim_start_matches(':').trim().len() < 10, "no reason is given".into());
    }
    let tests = tests_named(shown);
    let mut essays = between(shown, '`').filter(|word| word.starts_with("examples/"));
    fault(
        said.contains(&"emerges") && tests.is_empty() && essays.next().is_none(),
        "nothing shows what emerges".into(),
    );
    for (path, name) in tests {
        let there = read(path).is_some_and(|text| text.contains(&format!("#[test]\nfn {name}()")));
        fault(!there, format!("{path} has no test {name}"));
    }
    for cell in [place, status, shown] {
        faults.extend(misnamed(cell));
    }
    (number.parse().unwrap_or(0), faults)
}

fn rows(text: &str) -> impl Iterator<Item = &str> {
    let table = text.split("| # | claim |").nth(1).unwrap_or("");
    table.lines().skip(2).take_while(|line| line.starts_with('|'))
}

/// How many rows have each status, as the document says it.
fn counts(text: &str) -> String {
    let count = |status: &&str| {
        let said = |row: &&str| {
            row.split('|').nth(5).is_some_and(|cell| between(cell, '*').any(|s| s == *status))
        };
        format!("*{status}* in {}", rows(text).filter(said).count())
    };
    let by_status: Vec<String> = STATUSES.iter().map(count).collect();
    format!("{CLAIMS} claims in {} rows: {}.", rows(text).count(), by_status.join(", "))
}

fn faults(text: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let mut numbers = Vec::new();
    for row in rows(text) {
        let (number, of_row) = faults_of(row);
        faults.extend(of_row.into_iter().map(|fault| format!("claim {number}: {fault}")));
        numbers.push(number);
    }
    let missing = (1..=CLAIMS).filter(|number| !numbers.contains(number));
    faults.extend(missing.map(|number| format!("claim {number} is missing")));
    if !numbers.is_sorted() || numbers.last() > Some(&CLAIMS) {
        faults.push("the claims are not in order".into());
    }
    let counts = counts(text);
    if !text.replace('\n', " ").contains(&counts) {
        faults.push(format!("the head should say: {counts}"));
    }
    faults
}

#[test]
fn the_table_of_claims_is_whole_and_names_what_is_there() {
    let text = read("docs/claims.md").expect("docs/claims.md");
    let faults = faults(&text);
    assert!(faults.is_empty(), "docs/claims.md:\n{}", faults.join("\n"));
}

/// A row that is in order, with one thing put in place of another.
fn broken(what: &str, by: &str) -> Vec<String> {
    let row = "| 4 | The more talk, the less work. | FHC 2019 | The rule (`src/model/rules/work.rs`, \
               `Pace::of`, `work.between`), the rival `costless-talk`. | *emerges*: less work. \
               *not represented*: schools, which are not there | \
               `src/model/tests/working.rs`: requests_take_staff_from_the_work_between_meetings; \
               `examples/role_talk_delays_work.rs` |";
    assert!(row.contains(what));
    faults_of(&row.replace(what, by)).1
}

#[test]
fn a_broken_row_is_noticed() {
    let sound = broken("less", "less");
    assert!(sound.is_empty(), "{sound:?}");
    let test = "`src/model/tests/working.rs`: requests_take_staff_from_the_work_between_meetings; ";
    let example = "`examples/role_talk_delays_work.rs`";
    for (what, by, fault) in [
        ("| 4 |", "| four |", "is no number"),
        ("FHC 2019", "hearsay", "is no source"),
        ("*emerges*", "*proven*", "proven is no status"),
        (
            "*emerges*: less work. *not represented*: schools, which are not there",
            "yes",
            "no status",
        ),
        (": schools, which are not there", "", "no reason is given"),
        ("src/model/rules/work.rs", "src/model/toil.rs", "there is no src/model/toil.rs"),
        ("Pace::of", "Pace::off", "src/model/rules/work.rs has no Pace::off"),
        ("Pace::of", "clarity", "sound"),
        ("Pace::of", "slowed", "src/model/rules/work.rs has no slowed"),
        ("work.between", "work.betwixt", "src/model/rules/work.rs has no work.betwixt"),
        ("costless-talk", "cheap-talk", "src/model/rules/work.rs has no cheap-talk"),
        ("`src/model/rules/work.rs`, ", "", "Pace::of is named without a file"),
        ("requests_take_staff", "requests_take_stuff", "has no test requests_take_stuff"),
        ("examples/role_talk_delays_work.rs", "examples/talk.rs", "there is no examples/talk.rs"),
    ] {
        let found = broken(what, by);
        let noticed = found.iter().any(|found| found.contains(fault));
        assert!(noticed || (fault == "sound" && found.is_empty()), "{what} → {by}: {found:?}");
    }
    let neither = format!("{test}{example}");
    assert_eq!(broken(&neither, "to be shown"), ["nothing shows what emerges"]);
    assert_eq!(faults_of("| 4 | too short |").1.len(), 1);
}

#[test]
fn a_missing_claim_and_a_wrong_count_are_noticed() {
    let text = read("docs/claims.md").expect("docs/claims.md");
    let row = rows(&text).find(|row| row.starts_with("| 26 |")).expect("claim 26");
    let found = faults(&text.replace(row, "| |"));
    assert!(found.contains(&"claim 26 is missing".to_owned()), "{found:?}");
    assert!(found.iter().any(|fault| fault.starts_with("the head should say")), "{found:?}");
    let twice = text.replace(row, &format!("{row}\n{row}"));
    assert!(faults(&twice).iter().all(|fault| fault.starts_with("the head should say")));
}
