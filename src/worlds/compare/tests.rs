//! Truths of comparisons: equal worlds differ by nothing, pairing pays, lone strangers change
//! nothing, what cannot be compared is refused.

use super::study::Plan;
use super::*;
use crate::measure::followed::Followed;
use crate::measure::{MONTHS_LOST, ROLE_SHARE, WHOLE, WORK};
use crate::model::{RunId, Standard, Theory};
use crate::parameters::Agenda;
use crate::scenario::Numbers;
use crate::streams::in_one_stream;
use crate::worlds::Worlds;
use crate::worlds::statistics::Mean;

fn variant(name: &str, base: &str, more: &[&str]) -> Variant {
    let assignments: Vec<String> = more.iter().map(|text| text.to_string()).collect();
    let scenario = World::open_with(base, &assignments).expect("a scenario");
    Variant { name: name.into(), world: scenario }
}

fn scenario(base: &str, more: &[&str]) -> World {
    variant("", base, more).world
}

fn answer(base: World, variants: Vec<Variant>, pairs: u64) -> Answer {
    let comparison = Comparison::of(base, variants, 1).expect("comparable");
    comparison.answer(Pairs::Exactly(pairs), Stop::NEVER, |_| {}).expect("an answer")
}

#[test]
fn a_variant_equal_to_its_base_differs_by_exactly_nothing() {
    let found = answer(scenario("cypress", &[]), vec![variant("same", "cypress", &[])], 20);
    for estimate in &found.estimates[0] {
        assert_eq!(estimate.mean(), 0.0, "{}", estimate.measure.name);
        assert_eq!(estimate.half_width(), Some(0.0));
        assert_eq!(estimate.more_same_less(), (0.0, 1.0, 0.0));
        assert_eq!(estimate.standardised(), 0.0);
    }
    for followed in &response::FOLLOWED {
        let months = found.responses[0].months[*followed as usize].iter();
        assert!(months.filter(|mean| mean.count() > 0).all(|mean| mean.mean() == 0.0));
    }
}

/// Somebody who never attends, is not told of what is settled and meets nobody changes nothing for
/// others. (Requests, contact and promotions may fall on anybody who is there, and anybody may see
/// a breach; here they are off, and nothing is one.)
#[test]
fn an_added_person_without_part_or_ties_changes_nothing_else() {
    let alone = [
        "requests.rate=0.0",
        "ties.contact=0.0",
        "turnover.internal=0.0",
        "work.exposure=0.0",
        "trust.latitude=0.0",
    ];
    let stranger = "seat.stranger={ organization=\"cypress\", level=\"specialist\", holder=\"onlooker\", successor=\"onlooker\" }";
    let with = [&alone[..], &[stranger]].concat();
    let found =
        answer(scenario("cypress", &alone), vec![variant("one more", "cypress", &with)], 20);
    for estimate in &found.estimates[0] {
        assert_eq!(estimate.mean(), 0.0, "{:?}", estimate.measure);
        assert_eq!(estimate.half_width(), Some(0.0), "{:?}", estimate.measure);
    }
}

/// The variance of the difference in work at month 24 between Cypress and the same district
/// without newcomers or with a welcome: paired by keyed draws, with one stream a run and the same
/// seed, and between independent worlds.
#[test]
fn keyed_pairs_differ_less_than_pairs_of_one_stream_and_those_less_than_independent_worlds() {
    let base = scenario("cypress", &["calendar.months=24"]);
    let changes = [
        ("no newcomers", "shock.karl.enabled=false", "shock.counterpart.enabled=false"),
        ("a welcome", "intervention.welcome.from=1", "schema=1"),
    ];
    for (name, first, second) in changes {
        let other = scenario("cypress", &["calendar.months=24", first, second]);
        let work = |scenario: &World, run: u64| {
            // Interviews would take numbers from the one stream.
            let mut world = scenario.clone();
            world.interviews.clear();
            world.run(RunId::new(5, run)).expect("run").ledger.done
        };
        let (mut keyed, mut one_stream) = (Mean::default(), Mean::default());
        let (mut here, mut there) = (Mean::default(), Mean::default());
        for run in 1..=400 {
            let (a, b) = (work(&base, run), work(&other, run));
            keyed.add(b - a);
            here.add(a);
            there.add(b);
            let streamed = |scenario| in_one_stream::of(5, run, || work(scenario, run));
            one_stream.add(streamed(&other) - streamed(&base));
        }
        let variance = |mean: &Mean| mean.sd() * mean.sd();
        let independent = variance(&here) + variance(&there);
        let (keyed, one_stream) = (variance(&keyed), variance(&one_stream));
        println!(
            "{name}: independent / keyed {:.1}, one stream / keyed {:.1}",
            independent / keyed,
            one_stream / keyed
        );
        // Ratios of variances of 400 pairs are known to about ±10 %.
        assert!(independent > 1.1 * keyed, "{name}: {independent} {keyed}");
        assert!(one_stream > 1.1 * keyed, "{name}: {one_stream} {keyed}");
    }
}

#[test]
fn what_does_not_mean_the_same_is_not_compared() {
    let base = || scenario("cypress", &["money={ currency=\"USD\", month=1000 }"]);
    let refused = |more: &[&str], outcomes: &[&str]| {
        let others = [variant("other", "cypress", more)];
        match Comparison::on(outcomes.iter().copied(), base(), others, 1) {
            Ok(_) => String::new(),
            Err(why) => why.to_string(),
        }
    };
    let usd = "money={ currency=\"USD\", month=1000 }";
    assert_eq!(refused(&[usd], &[]), "");
    assert!(refused(&[usd, "calendar.months=20"], &[]).contains("horizon"));
    assert!(refused(&["money={ currency=\"EUR\" }"], &[]).contains("currency"));
    assert!(refused(&[usd, "work.effort=7.0"], &[]).contains("milestone_delay"));
    assert_eq!(refused(&[usd, "work.effort=7.0"], &["work"]), "");
    assert!(refused(&[usd], &["wrok"]).contains("months_lost"));
    let twice = vec![variant("a", "cypress", &[usd]), variant("a", "cypress", &[usd])];
    assert!(matches!(Comparison::of(base(), twice, 1), Err(Incomparable::SameName(_))));
    assert!(matches!(Comparison::of(base(), [], 1), Err(Incomparable::NoVariant)));
}

#[test]
fn a_world_in_which_every_partnership_ends_still_gives_a_truthful_table() {
    let ending = variant(
        "ends",
        "cypress",
        &["benefit.renewal_every=1", "benefit.end_base=20.0", "benefit.end_benefit=0.0"],
    );
    let names = ["survival", "work", "role_share", "months_lost"];
    let comparison =
        Comparison::on(names, scenario("cypress", &[]), [ending], 1).expect("comparable");
    let found = comparison.answer(Pairs::Exactly(30), Stop::NEVER, |_| {}).expect("an answer");
    let [survival, work, share, lost] = &found.estimates[0][..] else { panic!("four outcomes") };
    assert_eq!(survival.mean(), -1.0);
    assert!(work.mean() < 0.0 && lost.mean() > 15.0);
    // One meeting was held before the end, in those runs that held one.
    assert_eq!(share.differences.mean.count() + share.missing, 30);
    let talk = &found.responses[0].months[Followed::RoleShare as usize];
    assert!(talk[5..].iter().all(|mean| mean.count() == 0), "nothing is measured after the end");
}

#[test]
fn a_study_says_how_far_its_answer_rests_on_what_is_not_known() {
    let welcome = variant("welcome", "cypress", &["intervention.welcome.from=1"]);
    let names = ["months_lost"];
    let comparison =
        Comparison::on(names, scenario("cypress", &[]).drawing(Numbers::Posterior), [welcome], 1)
            .expect("comparable");
    let plan = Plan { pairs: Pairs::Exactly(64), pairs_each: 32, break_even: true };
    let study = comparison.study(plan, Stop::NEVER, |_| {}).expect("a study");
    let estimate = &study.answer.estimates[0][0];
    let split = estimate.split().expect("cypress carries a posterior");
    assert_eq!(split.draws, 32, "two pairs at each");
    let (mean, (low, high)) = (estimate.mean(), split.range());
    assert!((split.mean.value - mean).abs() < 1e-9 && low < mean && mean < high);
    assert!((0.0..=1.0).contains(&split.above_zero()));
    let assumed = &study.assumed[0];
    assert!(assumed.high[0].mean() < assumed.low[0].mean(), "a stronger welcome saves more");
    assert_eq!(study.break_even.len(), 1);
    let gains: Vec<f64> = study.break_even[0].curve.iter().map(|(_, gain, _)| *gain).collect();
    assert!(gains[0] < 0.0, "a welcome that tells nothing only takes time");
}

/// A draw moves the numbers that were fitted, not those that a user states.
#[test]
fn what_a_user_states_is_not_moved_by_a_draw() {
    let own = scenario("cypress", &["agenda.threshold=0.9"]);
    let draw = own.posterior.as_ref().expect("a posterior").draws()[0].clone();
    let there = own.at_draw(&draw);
    assert_eq!(there.template().parameters.agenda.threshold, 0.9);
    // All that the fit found but what is stated.
    let value = |world: &World, key: &str| {
        *world.template().parameters.clone().get_mut(key).expect("a number of the table")
    };
    let others: Vec<_> = draw.iter().filter(|(key, _)| *key != "agenda.threshold").collect();
    assert!(!others.is_empty());
    for (key, found) in others {
        assert_eq!(value(&there, key), *found);
        assert_ne!(value(&own, key), *found);
    }
}

/// The contrast of two variants is what the base takes out of both, run by run; of months lost, which
/// only a pair has, it turns its sign with the sides.
#[test]
fn two_variants_are_contrasted_as_a_base_and_a_variant_would_be() {
    let base = || scenario("cypress", &[]);
    let welcome = || variant("welcome", "cypress", &["intervention.welcome.from=1"]);
    let calm = || Variant { name: "calm".into(), world: base().without_shocks() };
    let mean = |comparison: Comparison, contrast: usize, measure: usize| {
        let found = comparison.answer(Pairs::Exactly(20), Stop::NEVER, |_| {}).expect("an answer");
        found.estimates[contrast][measure].mean()
    };
    let on = |base, variants: Vec<Variant>| {
        Comparison::on([WORK, MONTHS_LOST], base, variants, 1).expect("comparable")
    };
    let three = || on(base(), vec![welcome(), calm()]).between(0, 1);
    for measure in [0, 1] {
        let direct = mean(on(base().without_shocks(), vec![welcome()]), 0, measure);
        assert_eq!(mean(three(), 2, measure), direct);
        assert!(direct.abs() > 0.5, "the newcomers are missed: {direct}");
    }
    let over_the_base = mean(three(), 0, 0) - mean(three(), 1, 0);
    assert!((mean(three(), 2, 0) - over_the_base).abs() < 1e-9);
    assert_eq!(
        on(base(), vec![welcome()]).between(0, 1).contrasts(),
        [[1, 0]],
        "there is no second"
    );
}

/// Nobody ever raises roles.
struct Mute;

impl Theory for Mute {
    fn raises_roles(&self, _: f64, _: &Agenda) -> f64 {
        0.0
    }
}

/// A theory of one's own and a measure of one's own are what those that ship would be: the standard
/// rules under another name change nothing, and rules that mute talk leave none to be measured.
#[test]
fn a_theory_and_a_measure_of_ones_own_go_through_a_comparison() {
    let cypress = scenario("cypress", &["meeting.miscoding=0.0"]);
    let talk = Measure::of_run("talk", "talk", "share", |run| run.role_share(WHOLE));
    let worlds = [cypress.clone(), cypress.under(Standard), cypress.under(Mute)];
    let study = Worlds::of(worlds).runs(20).measure(talk).measure(ROLE_SHARE).compare();
    let study = study.expect("comparable");
    let [standard, mute] = &study.answer.estimates[..] else { panic!("two variants") };
    for own_and_named in [standard, mute] {
        assert_eq!(own_and_named[0].mean(), own_and_named[1].mean());
    }
    assert_eq!(standard[0].more_same_less(), (0.0, 1.0, 0.0));
    assert_eq!(mute[0].variant.mean(), 0.0);
    assert!(mute[0].base.mean() > 0.05);
}

#[test]
fn without_a_world_nothing_is_run_and_that_is_said() {
    let none: [World; 0] = [];
    assert!(Worlds::of(none.clone()).compare().is_err());
    let runs = Runs::of(&none, 3, 1);
    let folded = runs.fold(|_| (), |()| Ok::<(), Stopped>(()));
    assert_eq!(folded, Err(Stopped::NoWorld));
}
