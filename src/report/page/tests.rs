//! The page is well formed, loads nothing, runs nothing, and says what names say as text.

use super::*;
use crate::scenario::World;
use crate::worlds::Stop;
use crate::worlds::compare::study::Plan;
use crate::worlds::compare::{Comparison, Pairs, Variant};

fn study(variants: &[(&str, &[&str])], money: &str, plan: Plan) -> Study {
    let open = |more: &[&str]| {
        let all: Vec<String> =
            [&[money][..], more].concat().iter().map(|s| s.to_string()).collect();
        World::open_with("cypress", &all).expect("a scenario")
    };
    let variants =
        variants.iter().map(|(name, more)| Variant { name: name.to_string(), world: open(more) });
    let comparison = Comparison::of(open(&[]), variants, 1).expect("comparable");
    comparison.study(plan, Stop::NEVER, |_| {}).expect("a study")
}

fn small() -> Plan {
    Plan { pairs: Pairs::Exactly(12), pairs_each: 6, break_even: true }
}

const HOSTILE: &str = "<script>alert('1 & 2')</script>";

fn of_hostile_names() -> Study {
    let welcome = ["intervention.welcome.from=4", "intervention.welcome.price_month=10"];
    let none = ["shock.karl.enabled=false", "shock.counterpart.enabled=false"];
    study(
        &[(HOSTILE, &welcome[..]), ("\"><img src=x onerror=y>", &none[..])],
        "money={ currency=\"USD\", month=1000 }",
        small(),
    )
}

fn written(study: &Study) -> String {
    let home = tempfile::tempdir().expect("a folder");
    let target = home.path().join("out");
    let mut folder = Folder::begin(&target).expect("begun");
    let about = About {
        question: Some(format!("Is {HOSTILE} worth it?")),
        command: format!("rppsim compare --variant '{HOSTILE}: a=1'"),
        ..About::default()
    };
    assert_eq!(write(&mut folder, study, about).expect("written"), None);
    folder.commit().expect("committed");
    std::fs::read_to_string(target.join(FILE)).expect("the page")
}

/// Every tag closes in its place; gives the opening tags.
fn opened(page: &str) -> Vec<String> {
    let mut open: Vec<String> = Vec::new();
    let mut all = Vec::new();
    for part in page.split('<').skip(1) {
        let (tag, _) = part.split_once('>').expect("a tag ends");
        if tag.starts_with('!') {
            continue;
        }
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop().as_deref(), Some(name.trim()), "closed in its place");
            continue;
        }
        all.push(tag.to_owned());
        let name = tag.split([' ', '\n', '/']).next().expect("a name").to_owned();
        if !tag.ends_with('/') && name != "meta" {
            open.push(name);
        }
    }
    assert!(open.is_empty(), "left open: {open:?}");
    all
}

#[test]
fn the_page_is_well_formed_whatever_names_say() {
    let study = of_hostile_names();
    let page = written(&study);
    let tags = opened(&page);
    assert!(page.contains("&lt;script&gt;alert(&#39;1 &amp; 2&#39;)"));
    for tag in &tags {
        let name = tag.split([' ', '\n']).next().expect("a name");
        assert!(!["script", "img", "link", "iframe", "object"].contains(&name), "{tag}");
        // What stands in an attribute is text; nothing is loaded and nothing runs.
        let mut names = tag.split('"').step_by(2).map(|part| part.trim_end_matches('='));
        let loads = |part: &str| {
            let name = part.split_whitespace().last().unwrap_or("");
            ["src", "href", "xlink:href", "action"].contains(&name) || name.starts_with("on")
        };
        assert!(!names.any(loads), "{tag}");
    }
    assert!(!page.contains("url(") && !page.contains("@import"));
    assert!(!page.contains("http"), "no address at all");
    assert!(tags.iter().any(|tag| tag == "html lang=\"en\""));
    assert!(!tags.iter().any(|tag| tag.contains(" id=\"")), "nothing that could clash");
}

#[test]
fn headings_go_down_one_step_at_a_time_and_tables_say_what_heads_what() {
    let page = written(&of_hostile_names());
    let tags = opened(&page);
    let levels = tags.iter().filter_map(|tag| match tag.as_str() {
        "h1" => Some(1),
        "h2" => Some(2),
        "h3" => Some(3),
        _ => None,
    });
    let levels: Vec<i32> = levels.collect();
    assert_eq!(levels.iter().filter(|level| **level == 1).count(), 1);
    assert!(levels[0] == 1 && levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{levels:?}");
    let heads = tags.iter().filter(|tag| *tag == "th" || tag.starts_with("th "));
    assert!(heads.into_iter().all(|tag| tag.contains("scope=")));
    let svgs = tags.iter().filter(|tag| tag.starts_with("svg"));
    let svgs: Vec<&String> = svgs.collect();
    assert_eq!(svgs.len(), if cfg!(feature = "plots") { 3 } else { 0 });
    assert!(svgs.iter().all(|tag| tag.contains("role=\"img\"") && tag.contains("aria-label=")));
    assert_eq!(page.contains("This page has no pictures"), cfg!(not(feature = "plots")));
}

#[test]
fn the_same_study_gives_the_same_page() {
    assert_eq!(written(&of_hostile_names()), written(&of_hostile_names()));
}

#[test]
fn the_page_says_what_was_assumed_and_what_nobody_measured() {
    let page = written(&of_hostile_names());
    for said in [
        "No study has measured this delay.",
        "No published estimate exists.",
        "USD 1,000 a month",
        "25\u{a0}% of the joint work between meetings in months in which somebody is welcomed, USD 10 a month; from month 4 to the end.",
        "<code>shock.karl: not there</code>",
        "The base is “cypress” of the program with:",
        "<code>money.month = 1000</code>",
        "Assumed: nobody has published them",
        "It is not a forecast.",
    ] {
        assert!(page.contains(said), "missing: {said}");
    }
}

#[test]
fn a_question_is_made_from_the_names_if_none_is_asked() {
    let plan = Plan { break_even: false, ..small() };
    let same = ["schema=1"];
    let study = study(&[("a", &same[..]), ("b", &same[..])], "schema=1", plan);
    let page = page(&study, &About::default());
    opened(&page);
    assert!(page.contains(
        "<h1>What changes with ‘a’ and ‘b’? Compared with: Cypress and its partner, with two newcomers</h1>"
    ));
    assert!(page.contains("makes no difference at all"));
    assert!(page.contains("The numbers were held fixed"));
    assert!(page.contains("The base is “cypress” as it comes with the program."));
}
