//! Every partnership of the sources checks, says what supports each of its numbers, and shows what
//! its line says.

use rppsim::ids::{Month, OrganizationId, SeatId};
use rppsim::measure::RunRecord;
use rppsim::model::Live;
use rppsim::model::event::{Event, Moment, TalkKind as Contribution, Watch};
use rppsim::model::setup::InterventionKind;
use rppsim::model::{Partnership, RunId};
use rppsim::scenario::{World, built_in};
use rppsim::worlds::statistics::Mean;

/// As many as a line is held to.
const RUNS: u64 = 200;

fn case(name: &str) -> World {
    World::open(name).unwrap_or_else(|problems| panic!("{problems}"))
}

fn organization(scenario: &World, name: &str) -> OrganizationId {
    let all = &scenario.template().organizations;
    OrganizationId(all.iter().position(|o| o.name == name).expect("the organization"))
}

fn seat(scenario: &World, name: &str) -> usize {
    scenario.template().seats.iter().position(|seat| seat.name == name).expect("the seat")
}

/// Lives every run of a case; the watcher is made anew for each, and given back with its end.
fn lived<W: Watch>(scenario: &World, runs: u64, watcher: impl Fn() -> W) -> Vec<(Partnership, W)> {
    let run = |number| {
        let origin = RunId::new(1, number);
        let mut p = Partnership::new(scenario.setup(origin), origin).expect("founded");
        let mut watch = watcher();
        scenario.theory.run_to_horizon(&mut p, &mut watch).expect("it lives");
        (p, watch)
    };
    (1..=runs).map(run).collect()
}

fn recorded(scenario: &World, runs: u64) -> Vec<RunRecord> {
    let run = |number| scenario.run(RunId::new(1, number)).expect("founded");
    (1..=runs).map(run).collect()
}

/// Everything that happened.
#[derive(Default)]
struct Happened(Vec<(Moment, Event)>);

impl Watch for Happened {
    fn event(&mut self, at: Moment, event: &Event) {
        self.0.push((at, event.clone()));
    }
}

impl Happened {
    fn months(&self, holds: impl Fn(&Event) -> bool) -> Vec<u32> {
        self.0.iter().filter(|(_, event)| holds(event)).map(|(at, _)| at.month.0).collect()
    }
}

/// A number of every month.
struct Monthly<F: Fn(&Partnership) -> f64>(F, Vec<f64>);

impl<F: Fn(&Partnership) -> f64> Watch for Monthly<F> {
    fn month(&mut self, p: &Partnership) {
        self.1.push((self.0)(p));
    }
}

fn monthly(scenario: &World, of: impl Fn(&Partnership) -> f64 + Copy) -> Vec<Vec<f64>> {
    let all = lived(scenario, RUNS, || Monthly(of, Vec::new()));
    all.into_iter().map(|(_, watch)| watch.1).collect()
}

/// Mean of `a` less `b`, run by run, and half of its interval.
fn difference(a: &[f64], b: &[f64]) -> (f64, f64) {
    let mut mean = Mean::default();
    a.iter().zip(b).for_each(|(a, b)| mean.add(a - b));
    (mean.mean(), mean.half_width().expect("runs"))
}

fn assert_more(name: &str, a: &[f64], b: &[f64]) {
    let (mean, half) = difference(a, b);
    assert!(mean - half > 0.0, "{name}: {mean} ± {half}");
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// How far a district's team is from what an organization really does, on average over the run.
fn misjudged(scenario: &World, about: &str, others: &[&str]) -> Vec<f64> {
    let about = organization(scenario, about);
    let others: Vec<OrganizationId> = others.iter().map(|o| organization(scenario, o)).collect();
    let of = |p: &Partnership| {
        let repertoire = &p.setup().organizations[about].repertoire;
        let done = p.organizations()[about].enacted;
        let people = p.team().filter(|(_, person)| others.contains(&person.organization));
        let far = people.map(|(_, q)| repertoire.distance(&q.views[about].conception, &done));
        mean(&far.collect::<Vec<_>>())
    };
    let of_months = monthly(scenario, of);
    of_months
        .iter()
        .map(|m| mean(&m.iter().copied().filter(|v| v.is_finite()).collect::<Vec<_>>()))
        .collect()
}

// ---------------------------------------------------------------- all of them

#[test]
fn every_case_checks_says_a_line_and_lives() {
    assert_eq!(built_in::partnerships().count(), 20);
    for name in built_in::partnerships() {
        let scenario = case(name);
        assert!(scenario.summary.ends_with('.') && scenario.summary.len() < 130, "{name}");
        assert!(!scenario.title.is_empty() && scenario.title != name, "{name}");
        let setup = scenario.template();
        assert!(setup.check().is_empty(), "{name}");
        let written = World::from_text(name, &scenario.to_toml());
        let written = written.unwrap_or_else(|problems| panic!("{name}: {problems}"));
        let (mine, theirs) = (recorded(&scenario, 1), recorded(&written, 1));
        assert_eq!(mine[0].months, theirs[0].months, "{name}");
    }
}

#[test]
fn every_case_is_short_and_says_where_each_of_its_own_numbers_comes_from() {
    for name in built_in::partnerships().filter(|name| *name != "cypress") {
        let text = built_in::text(name).expect("its text");
        assert!(text.lines().count() < 150, "{name} is long");
        let both = case(name).provenances();
        assert!(!both.stated.is_empty(), "{name}");
        for support in both.rest.iter().filter(|support| support.written_in == name) {
            assert!(!support.source.is_empty(), "{name}: nothing supports {}", support.key);
            assert!(
                support.provenance != rppsim::parameters::Provenance::Stated,
                "{name}: {}",
                support.key
            );
        }
        // What is stated and what is not are two lists, and nothing is on both.
        let carried = both.stated.iter().flat_map(|s| &s.statement.carried_by);
        for key in carried {
            assert!(both.rest.iter().all(|support| support.key != *key), "{name}: {key}");
        }
        assert!(
            both.rest.iter().any(|support| support.written_in != name),
            "{name} inherits nothing"
        );
    }
}

#[test]
fn the_command_line_lists_cases_by_design_and_tells_what_is_stated() {
    let told = |arguments: &[&str]| {
        let program = std::process::Command::new(env!("CARGO_BIN_EXE_rppsim"));
        let output = { program }.args(arguments).output().expect("the program starts");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("text")
    };
    let listed = told(&["cases"]);
    let of =
        |heading: &str| listed.split(heading).nth(1).and_then(|rest| rest.split("\n\n").next());
    let networks = of("sources name: networks").expect("networks");
    assert_eq!(networks.trim().lines().count(), 3, "{networks}");
    for name in built_in::partnerships() {
        let line = listed.lines().find(|line| line.trim_start().starts_with(&format!("{name} ")));
        assert!(line.is_some_and(|line| line.ends_with(&case(name).summary)), "{name}");
    }
    let columns = listed.lines().filter(|line| line.starts_with("  ")).map(|line| {
        let name = line.trim_start().split(' ').next().expect("a name");
        line.len() - line[2 + name.len()..].trim_start().len()
    });
    assert_eq!(columns.collect::<std::collections::BTreeSet<_>>().len(), 1, "{listed}");

    let text = told(&["cases", "bellevue", "--provenance"]);
    let (stated, rest) = text.split_once("LITERATURE").expect("both lists");
    assert!(stated.contains("calendar.meetings_per_month = 4"), "{stated}");
    assert!(stated.contains("(nothing in the model carries it)"), "{stated}");
    assert!(rest.contains("[design-based]") && rest.contains("ASSUMED"), "{rest}");
    let json: serde_json::Value =
        serde_json::from_str(&told(&["cases", "bellevue", "--provenance", "--json"]))
            .expect("JSON");
    assert_eq!(json["extends"][1], "design-based");
    assert_eq!(json["stated"][1]["carried_by"][0], "calendar.meetings_per_month");
    assert!(json["rest"].as_array().is_some_and(|rest| rest.len() > 100));
}

// ---------------------------------------------------------------- design-based

#[test]
fn cypress_gets_two_new_leaders() {
    let cypress = case("cypress");
    let seats = ["instruction_director", "mathematics_director"].map(|s| seat(&cypress, s));
    for (_, happened) in lived(&cypress, RUNS, Happened::default) {
        for wanted in seats {
            let came = happened
                .months(|e| matches!(e, Event::Arrival { seat, .. } if *seat == SeatId(wanted)));
            assert_eq!(came.len(), 1);
        }
    }
}

#[test]
fn bellevue_loses_three_leaders_and_gets_a_successor_from_within() {
    let bellevue = case("bellevue");
    let [superintendent, science] = ["superintendent", "director"].map(|s| seat(&bellevue, s));
    let coaches: Vec<usize> =
        (1..=8).map(|n| seat(&bellevue, &format!("specialist_office.{n}"))).collect();
    for (p, happened) in lived(&bellevue, RUNS, Happened::default) {
        let left = |wanted: usize| {
            happened
                .months(|e| matches!(e, Event::Departure { seat, .. } if *seat == SeatId(wanted)))
        };
        assert!(left(superintendent)[0] <= 12);
        let changes = left(science);
        let all = if p.ended().is_none() { 2 } else { changes.len() };
        assert_eq!(changes.len(), all, "{changes:?}");
        let came = happened.0.iter().filter_map(|(_, event)| match event {
            Event::Arrival { seat, moved_from, .. } if *seat == SeatId(science) => {
                Some(*moved_from)
            }
            _ => None,
        });
        let first = came.into_iter().next();
        if !changes.is_empty() {
            assert!(coaches.contains(&first.flatten().expect("from within").0));
        }
        // Every gap between two grants is three to nine months long.
        let ended = happened.months(|e| matches!(e, Event::GrantEnded { .. }));
        let began = happened.months(|e| matches!(e, Event::GrantBegan { .. }));
        for (end, next) in ended.iter().zip(began.iter().skip(1)) {
            assert!((3..=9).contains(&(next - end - 1)), "{ended:?} {began:?}");
        }
        assert!(p.ended().is_some() || began.len() > 1);
    }
}

#[test]
fn in_boston_results_are_used_more_with_the_third_partner() {
    let boston = case("boston");
    let used = |scenario: &World| -> Vec<f64> {
        recorded(scenario, RUNS).iter().map(|run| run.ledger.used).collect()
    };
    assert_more("boston", &used(&boston), &used(&boston.without_intervention("third_partner")));
}

#[test]
fn evergreen_and_laurel_have_the_leaders_of_the_study() {
    for (name, leaders, by_level) in [("evergreen", 17, [5, 8, 4]), ("laurel", 19, [3, 9, 7])] {
        let scenario = case(name);
        let district = organization(&scenario, "district");
        let seats =
            || scenario.template().seats.iter().filter(|seat| seat.organization == district);
        assert_eq!(seats().count(), leaders, "{name}");
        use rppsim::model::setup::Level::{Cabinet, Director, Specialist};
        let count = |level| seats().filter(|seat| seat.level == level).count();
        assert_eq!([Cabinet, Director, Specialist].map(count), by_level, "{name}");
        let runs = recorded(&scenario, RUNS);
        assert!(
            runs.iter().all(|run| run.ended.is_none()),
            "{name}: there is no renewal in 30 months"
        );
        let some_left = runs.iter().filter(|run| run.departures > 0).count();
        assert!(some_left as f64 > 0.95 * RUNS as f64, "{name}: {some_left}");
    }
}

#[test]
fn four_high_schools_do_more_in_the_second_year() {
    let runs = recorded(&case("four-high-schools"), RUNS);
    let first: Vec<f64> = runs.iter().map(|run| run.months[11].work).collect();
    let second: Vec<f64> =
        runs.iter().map(|run| run.months[23].work - run.months[11].work).collect();
    assert_more("four-high-schools", &second, &first);
}

#[test]
fn in_letus_the_capacity_of_two_districts_grows_from_the_third_year() {
    let letus = case("letus");
    assert_eq!(letus.template().organizations.len(), 3);
    for district in ["district", "second_district"].map(|d| organization(&letus, d)) {
        for capacity in monthly(&letus, |p: &Partnership| p.organizations()[district].capacity) {
            assert_eq!(capacity[0], 0.6);
            assert_eq!(capacity[22], 0.6);
            if let Some(later) = capacity.get(37) {
                assert!(*later > 0.6);
            }
        }
    }
}

#[test]
fn mist_has_four_districts_at_one_table_for_eight_years() {
    let mist = case("mist");
    let setup = mist.template();
    assert_eq!(setup.calendar.months, 96);
    assert_eq!(setup.organizations[organization(&mist, "partner")].works_for.len(), 4);
    let meets = |o: usize| {
        setup.seats.iter().any(|seat| seat.organization == OrganizationId(o) && seat.team)
    };
    assert!((0..setup.organizations.len()).all(meets));
    let courses = mist.statements.iter().find(|statement| statement.name == "courses");
    assert!(courses.is_some_and(|courses| courses.carried_by.is_empty()));
}

#[test]
fn serp_is_known_better_with_its_staff_on_site() {
    let serp = case("serp");
    let without = serp.without_intervention("coordinator").without_intervention("broker");
    let of = |scenario: &World| misjudged(scenario, "partner", &["district"]);
    assert_more("serp", &of(&without), &of(&serp));
}

// ---------------------------------------------------------------- alliances

#[test]
fn berc_does_what_it_accepts_within_the_month() {
    let berc = case("berc");
    let late = |p: &Partnership| {
        p.commitments().iter().filter(|c| c.until > p.last_month()).count() as f64
    };
    let now = |p: &Partnership| p.commitments().len() as f64;
    assert!(monthly(&berc, late).iter().flatten().all(|late| *late == 0.0));
    assert!(monthly(&berc, now).iter().flatten().sum::<f64>() > 0.0);
    assert!(monthly(&case("alliance"), late).iter().flatten().any(|late| *late > 0.0));
}

#[test]
fn ccsr_can_tell_its_history_when_few_of_the_first_team_are_left() {
    /// Contributions that tell the history, in the last two years.
    #[derive(Default)]
    struct Told(f64);
    impl Watch for Told {
        fn event(&mut self, at: Moment, event: &Event) {
            if let (Event::Episode(episode), 97..) = (event, at.month.0) {
                self.0 += f64::from(episode.kinds[Contribution::History as usize]);
            }
        }
    }
    let ccsr = case("ccsr");
    let told = |scenario: &World| -> Vec<f64> {
        lived(scenario, RUNS, Told::default).into_iter().map(|(_, told)| told.0).collect()
    };
    assert_more("ccsr", &told(&ccsr), &told(&ccsr.without_intervention("archive")));
    let left = lived(&ccsr, RUNS, || ()).into_iter().filter(|(p, ())| p.ended().is_none());
    let left: Vec<f64> = left
        .map(|(p, ())| {
            let team: Vec<_> = p.seats().iter().filter(|seat| seat.team).collect();
            let first = team.iter().filter(|seat| seat.holders == 1 && seat.person.is_some());
            first.count() as f64 / team.len() as f64
        })
        .collect();
    assert!(mean(&left) < 0.25, "{}", mean(&left));
}

#[test]
fn drc_is_asked_for_more_than_another_alliance() {
    let asked = |scenario: &World| -> Vec<f64> {
        let all = lived(scenario, RUNS, Happened::default);
        all.iter()
            .map(|(_, h)| {
                h.months(|e| matches!(e, Event::Request { .. }))
                    .iter()
                    .filter(|month| **month <= 36)
                    .count() as f64
            })
            .collect()
    };
    assert_more("drc", &asked(&case("drc")), &asked(&case("alliance")));
}

#[test]
fn nobody_of_an_endowed_center_or_hub_is_let_go_for_want_of_money() {
    for name in ["gardner", "bten"] {
        let scenario = case(name);
        let partner = organization(&scenario, "partner");
        let seats = scenario.template().seats.iter();
        let paid: Vec<_> = seats.filter(|seat| seat.salary > 0.0).collect();
        assert!(paid.len() == 4 && paid.iter().all(|seat| seat.organization == partner), "{name}");
        for (_, happened) in lived(&scenario, RUNS, Happened::default) {
            assert!(happened.months(|e| matches!(e, Event::Unpaid { .. })).is_empty(), "{name}");
        }
    }
    let poor = World::open_with("gardner", &["grant.endowment.amount=90000"]).expect("a case");
    let let_go = lived(&poor, 3, Happened::default);
    assert!(
        let_go.iter().all(|(_, h)| !h.months(|e| matches!(e, Event::Unpaid { .. })).is_empty())
    );
}

#[test]
fn partners_of_gardner_and_ranycs_see_all_before_others_do() {
    for name in ["gardner", "ranycs"] {
        let scenario = case(name);
        let review =
            scenario.template().interventions.iter().find(|i| i.kind == InterventionKind::Review);
        assert!(
            review.is_some_and(|review| review.from == Month(1) && review.until >= Month(120)),
            "{name}"
        );
    }
    assert_eq!(case("gardner").template().organizations.len(), 5);
}

#[test]
fn ranycs_meets_in_half_of_the_months_and_is_independent() {
    let ranycs = case("ranycs");
    let partner = &ranycs.template().organizations[organization(&ranycs, "partner")];
    assert_eq!(partner.independence, 1.0);
    let calendar = &ranycs.template().calendar;
    let of_the_year = |month: u32| (calendar.first_month - 1 + month - 1) % 12 + 1;
    for run in recorded(&ranycs, RUNS) {
        let lived = run.ended.map_or(120, |month| month.0);
        assert!(
            run.meetings.iter().all(|m| ![12, 1, 2, 3, 7, 8].contains(&of_the_year(m.month.0)))
        );
        // Some fall through, when too few come.
        let held = run.meetings.len() as u32;
        assert!(held <= lived / 2 && 10 * held >= 4 * lived, "{held} in {lived} months");
    }
}

#[test]
fn rels_talk_roles_over_whenever_a_contract_begins() {
    for (p, happened) in lived(&case("rels"), RUNS, Happened::default) {
        let began = happened.months(|e| matches!(e, Event::GrantBegan { .. }));
        let rules = p
            .setup()
            .interventions
            .iter()
            .position(|i| i.kind == InterventionKind::ProcessRequirement);
        let talks = happened.months(
            |e| matches!(e, Event::Occasion { intervention } if Some(intervention.0) == rules),
        );
        assert_eq!(talks.len(), began.len(), "{began:?} {talks:?}");
        assert!(p.ended().is_some() || began.len() == 2);
    }
}

#[test]
fn what_is_only_named_runs_as_its_preset_does() {
    for (name, preset) in [("san-diego", "alliance"), ("uw-nics", "network")] {
        let (case, preset) = (recorded(&case(name), 20), recorded(&case(preset), 20));
        for (a, b) in case.iter().zip(&preset) {
            assert_eq!((&a.months, &a.meetings), (&b.months, &b.meetings), "{name}");
        }
    }
}

#[test]
fn urt_gives_time_to_the_tenure_track_in_every_month() {
    let urt = case("urt");
    let partner = organization(&urt, "partner");
    let time = monthly(&urt, |p: &Partnership| p.staff_on_tenure(partner));
    // None where all that is done can be published.
    let taken = time.iter().flatten().filter(|time| **time > 0.0).count();
    let months = time.iter().flatten().count();
    assert!(10 * taken > 9 * months, "{taken} of {months} months");
    let drc = monthly(&case("drc"), |p: &Partnership| p.staff_on_tenure(partner));
    assert!(drc.iter().flatten().all(|time| *time == 0.0));
}

// ---------------------------------------------------------------- networks

#[test]
fn bten_is_young_and_meets_twice_a_month() {
    let bten = case("bten");
    assert_eq!((bten.template().calendar.age, bten.template().calendar.meetings_per_month), (0, 2));
    assert_eq!(bten.template().organizations.len(), 5);
}

#[test]
fn the_anchor_of_strive_is_known_better_with_staff_for_it() {
    let strive = case("strive");
    let members = ["district", "second_district", "third_district", "fourth_district"];
    let of = |scenario: &World| misjudged(scenario, "partner", &members);
    assert_more("strive", &of(&strive.without_intervention("coordinator")), &of(&strive));
}
