//! From tables to patterns of a scenario.

use crate::measure::{Part, ROLE_SHARE};
use crate::scenario::World;
use crate::scenario::patterns::{Pattern, Published, Use};
use std::fs;

/// A world that extends Cypress without its patterns, with these tables in a folder of its own.
fn opened(data: &str, tables: &[(&str, &str)]) -> Result<World, String> {
    let home = tempfile::tempdir().expect("a folder");
    for (name, text) in tables {
        fs::write(home.path().join(name), text).expect("written");
    }
    let file = home.path().join("mine.toml");
    let text = format!("extends = \"cypress\"\nwithout = [\"pattern\", \"fact\"]\n{data}\n");
    fs::write(&file, text).expect("written");
    World::open(&file.to_string_lossy()).map_err(|problems| problems.to_string())
}

fn world(data: &str, tables: &[(&str, &str)]) -> World {
    opened(data, tables).unwrap_or_else(|problems| panic!("{problems}"))
}

fn pattern<'w>(world: &'w World, name: &str) -> &'w Pattern {
    let names: Vec<&String> = world.patterns.iter().map(|pattern| &pattern.name).collect();
    let found = world.patterns.iter().find(|pattern| pattern.name == name);
    found.unwrap_or_else(|| panic!("no {name} in {names:?}"))
}

const EPISODES: &str = "meeting,episode,code,initiator\n\
    1,1,roles,cypress\n1,2,work,pdi\n1,3,work,pdi\n1,4,other,\n\
    2,1,work,cypress\n2,2,work,pdi\n\
    3,1,roles,pdi\n3,2,roles,cypress\n";

#[test]
fn counts_become_patterns_with_their_noise_a_count_of_zero_and_a_share_of_one_among_them() {
    let world = world("[data]\n", &[("episodes.csv", EPISODES)]);
    for (name, count, published) in [
        ("data-meeting-1", (1, 4), 0.25),
        ("data-meeting-2", (0, 2), 0.0),
        ("data-meeting-3", (2, 2), 1.0),
        ("data-role-talk", (2, 3), 2.0),
        ("data-opened-cypress", (2, 3), 2.0 / 3.0),
    ] {
        let found = pattern(&world, name);
        assert_eq!(found.count, Some(count), "{name}");
        assert_eq!(found.published, Published::Value(published), "{name}");
        assert_eq!(found.used_for, Use::Fit, "{name}");
        assert!(found.sampling_sd().is_some_and(|sd| sd > 0.0 && sd.is_finite()), "{name}");
    }
    // The shares of both sides sum to one: the second tells nothing new.
    assert_eq!(pattern(&world, "data-opened-pdi").used_for, Use::Report);
    let episodes = pattern(&world, "data-episodes");
    assert_eq!(episodes.published, Published::Value(8.0 / 3.0));
    assert!(episodes.sampling_sd().is_some_and(|sd| sd > 0.0));
    // What is measured in runs is what was observed in the study.
    let run = world.run(crate::model::RunId::new(1, 1)).expect("a run");
    assert!(world.patterns.iter().all(|pattern| pattern.measure.of(&run).is_some()));
}

#[test]
fn what_is_written_out_needs_no_tables_and_reads_the_same() {
    let world = world("[data]\n", &[("episodes.csv", EPISODES)]);
    let again = World::from_text("again", &world.to_toml()).expect("what was written");
    let told = |world: &World| -> Vec<String> {
        world.patterns.iter().map(|pattern| format!("{pattern:?}")).collect()
    };
    assert_eq!(told(&again), told(&world));
    assert!(again.data.is_none() && world.data.is_some());
}

#[test]
fn phases_are_fitted_in_the_place_of_their_meetings_and_uses_are_as_told() {
    let data = "[data]\nphases = [[1, 2], [3, 3]]\n[data.use]\nepisodes = \"input\"\nrole_talk = \"none\"\n";
    let world = world(data, &[("episodes.csv", EPISODES)]);
    let phase = pattern(&world, "data-phase-1-2");
    assert_eq!((phase.count, phase.used_for), (Some((1, 6)), Use::Fit));
    assert_eq!(pattern(&world, "data-meeting-1").used_for, Use::Report);
    assert_eq!(pattern(&world, "data-episodes").used_for, Use::Input);
    assert!(world.patterns.iter().all(|pattern| pattern.name != "data-role-talk"));
}

#[test]
fn roles_that_nobody_named_are_counts_of_zero_and_a_wave_with_nobody_is_none() {
    let interviews =
        "wave,leader,role\n1,A,researcher\n1,B,Researcher\n1,B,middleman\n1,C,\n2,,\n3,A,broker\n";
    let data = "[data]\n[data.waves]\nyear_1 = \"1\"\nyear_2 = \"2\"\n[data.roles]\nbroker = [\"middleman\"]\n";
    let world = world(data, &[("interviews.csv", interviews)]);
    assert_eq!(pattern(&world, "data-year_1-researcher").count, Some((2, 3)));
    assert_eq!(pattern(&world, "data-year_1-broker").count, Some((1, 3)));
    assert_eq!(pattern(&world, "data-year_1-team member").count, Some((0, 3)));
    // What interviews do not count is not compared; nor is a wave in which nobody was asked.
    assert!(
        world.patterns.iter().all(|p| !p.name.contains("vendor") && !p.name.contains("year_2"))
    );
    let notes = world.data.expect("data").notes.join("\n");
    for said in ["nobody was asked in wave `2`", "wave `3` is no interview"] {
        assert!(notes.contains(said), "{said} in {notes}");
    }
}

#[test]
fn in_a_table_of_counts_a_role_that_is_not_there_is_not_known() {
    let interviews = "wave,role,count,asked\nyear_1,researcher,0,20\nyear_1,uncertain,20,20\n";
    let world = world("[data]\n", &[("interviews.csv", interviews)]);
    assert_eq!(pattern(&world, "data-year_1-researcher").count, Some((0, 20)));
    assert_eq!(pattern(&world, "data-year_1-uncertain").count, Some((20, 20)));
    assert_eq!(world.patterns.len(), 2);
}

#[test]
fn codes_that_nobody_maps_are_listed_and_codes_nobody_uses_are_no_problem() {
    let data = "[data]\n[data.codes]\nroles = [\"roles\", \"who are we\"]\nwork = \"work\"\nrefused = \"no\"\n";
    let world = world(
        data,
        &[("episodes.csv", "meeting,episode,code\n1,1,Who are we\n1,2,laughter\n2,1,work\n")],
    );
    assert_eq!(pattern(&world, "data-meeting-1").count, Some((1, 2)));
    // Looked for and never seen: a count of zero.
    assert_eq!(pattern(&world, "data-refused").count, Some((0, 3)));
    let understood = world.data.expect("data");
    assert!(
        understood.notes.iter().any(|note| note.contains("`laughter` (1)")),
        "{:?}",
        understood.notes
    );
    let (_, coded) = understood.episodes.as_ref().expect("episodes");
    assert_eq!(coded.unused, ["no", "roles"]);
}

#[test]
fn a_meeting_without_episodes_is_not_known_and_the_series_goes_on_behind_it() {
    let world =
        world("[data]\n", &[("episodes.csv", "meeting,episode,code\n1,1,roles\n3,1,work\n")]);
    let meetings: Vec<_> = world
        .patterns
        .iter()
        .filter(|p| p.measure.name == ROLE_SHARE)
        .map(|p| p.measure.part)
        .collect();
    let at = |n| Some(Part::Meetings((crate::ids::Meeting(n), crate::ids::Meeting(n))));
    assert_eq!(meetings, [at(1), at(3)]);
    assert!(world.patterns.iter().all(|pattern| pattern.name != "data-role-talk"));
}

#[test]
fn people_give_rates_and_the_sides_of_their_seats() {
    let people = "seat,side,level,from,to\nboss,cypress,director,,7\nboss,cypress,director,9,\nprof,pdi,dean,,\n";
    let episodes = "meeting,month,episode,code,initiator\n1,1,1,roles,Boss\n2,13,1,roles,prof\n";
    let world = world("[data]\n", &[("people.csv", people), ("episodes.csv", episodes)]);
    assert_eq!(pattern(&world, "data-opened-cypress").count, Some((1, 2)));
    let understood = world.data.clone().expect("data");
    let director = &understood.levels[1];
    assert_eq!((director.level.as_deref(), director.exits), (Some("director"), 1));
    assert!((director.years - 10.0 / 12.0).abs() < 1e-9);
    assert!(understood.notes.iter().any(|note| note.contains("levels that are none here: `dean`")));
    // Suggested, and not set.
    assert_eq!(
        world.value("turnover.director"),
        World::open("cypress").expect("a case").value("turnover.director")
    );
}

#[test]
fn problems_are_told_at_line_and_column_with_the_likely_correction() {
    let told = |data: &str, tables: &[(&str, &str)], says: &[&str]| {
        let said = opened(data, tables).expect_err(data);
        says.iter().for_each(|part| assert!(said.contains(part), "{part} in {said}"));
    };
    let episodes = |text: &'static str| [("episodes.csv", text)];
    told("[data]\n", &[], &["mine.toml:3:1", "names no table that is there", "episodes.csv"]);
    told("[data]\nfoldr = \"x\"\n", &[], &["unknown key in `data`", "did you mean `folder`?"]);
    told(
        "[data]\n[data.episodes]\nfile = \"coded.csv\"\n",
        &[],
        &["mine.toml:5:8", "there is no file"],
    );
    told(
        "[data]\n",
        &episodes("Meeting ID,episode,code\n1,1,roles\n"),
        &["episodes.csv:1:1", "no column `meeting`", "data.episodes.meeting"],
    );
    told(
        "[data]\n",
        &episodes("meeting,episode,code,initiator\n1,1,roles,cypres\n"),
        &["episodes.csv:2:11", "did you mean `cypress`?"],
    );
    told(
        "[data]\n",
        &episodes("meeting;episode;code\n1;;roles\n"),
        &["episodes.csv:2:3", "no episode"],
    );
    told(
        "[data]\n",
        &episodes("meeting,episode,code\n18,1,roles\n"),
        &["mine.toml:3:1", "more meetings than the calendar", "17 meetings in 23 months"],
    );
    told(
        "[data]\n",
        &episodes("meeting,date,episode,code\n1,10/11/2015,1,roles\n"),
        &["episodes.csv:2:3", "month first"],
    );
    told(
        "[data]\n[data.codes]\nroles = [\"a\"]\nwork = [\"A\"]\n",
        &episodes("meeting,episode,code\n1,1,a\n"),
        &["mine.toml:6:9", "means two things"],
    );
    told(
        "[data]\n[data.roles]\nbrokr = [\"a\"]\n",
        &episodes(EPISODES),
        &["mine.toml:5:1", "did you mean `broker`?"],
    );
    told(
        "[data]\nphases = [[2, 1]]\n",
        &episodes(EPISODES),
        &["mine.toml:4:10", "first and last meeting"],
    );
    told(
        "[data]\n[data.use]\nrole_share = \"fitt\"\n",
        &episodes(EPISODES),
        &["mine.toml:5:14", "fit"],
    );
    told(
        "[data]\n",
        &[("interviews.csv", "wave,role,count,asked\nyear_1,researcher,3,30\n")],
        &["asked more people", "interview.year_1.leaders = 30"],
    );
    told(
        "[data]\n",
        &[("people.csv", "seat,side\na,cyprus\n")],
        &["people.csv:2:3", "none of the scenario's organizations"],
    );
    told(
        "[data]\n[pattern.data-episodes]\nmeasure = \"drift\"\nat_most = 1\nuse = \"report\"\n",
        &episodes(EPISODES),
        &["mine.toml:4:10", "make a pattern `data-episodes`"],
    );
}

#[test]
fn a_shorter_horizon_leaves_out_what_it_does_not_reach() {
    let home = tempfile::tempdir().expect("a folder");
    fs::write(home.path().join("episodes.csv"), EPISODES).expect("written");
    let file = home.path().join("mine.toml");
    fs::write(&file, "extends = \"cypress\"\nwithout = [\"pattern\", \"fact\", \"shock\", \"interview\"]\n[data]\n").expect("written");
    let short = World::open_with(&file.to_string_lossy(), ["calendar.months=2"])
        .unwrap_or_else(|why| panic!("{why}"));
    assert!(
        short.beyond_horizon().iter().any(|key| key == "pattern.data-meeting-3"),
        "{:?}",
        short.beyond_horizon()
    );
    assert!(short.patterns.iter().any(|pattern| pattern.name == "data-meeting-2"));
}
