//! A 95 % interval holds the truth 95 times in 100, with and without looking in between.

use rppsim::experiment::compare::{Comparison, Pairs, Variant};
use rppsim::experiment::statistics::Mean;
use rppsim::scenario::Scenario;
use rppsim::streams::{Process, Streams};
use std::sync::atomic::AtomicBool;

/// 93 to 97 % allows for the error of 2,000 repeats (0.5 points) four times over.
fn assert_covers(hits: usize, repeats: usize, what: &str) {
    let share = hits as f64 / repeats as f64;
    println!("{what}: {:.1} % of {repeats} intervals hold the truth", 100.0 * share);
    assert!((0.93..=0.97).contains(&share), "{what}: {share}");
}

/// A cheap stand-in for differences of pairs: skewed, with a mass at zero. Half of all are zero,
/// the rest exponential with mean 1, so that the mean is 1/2.
fn surrogate(repeat: u64, pair: u64) -> f64 {
    let draw = Streams::new(77, repeat, 0).at(Process::Benchmark).month(pair as u32);
    let (which, size) = draw.pair();
    if which < 0.5 { 0.0 } else { -libm::log(size) }
}

fn covered(repeat: u64, pairs: Pairs) -> bool {
    let mut mean = Mean::default();
    let mut next = pairs.at_first();
    loop {
        (mean.count() + 1..=next).for_each(|pair| mean.add(surrogate(repeat, pair)));
        match pairs.after(mean.count(), mean.half_width()) {
            Some(more) => next = more,
            None => return (mean.mean() - 0.5).abs() <= mean.half_width(),
        }
    }
}

#[test]
fn intervals_of_a_skewed_surrogate_hold_the_truth() {
    let fixed = (1..=2000).filter(|repeat| covered(*repeat, Pairs::Exactly(256))).count();
    assert_covers(fixed, 2000, "256 pairs");
    let until = Pairs::Until { half_width: 0.1, at_most: 1 << 16 };
    let looked = (1..=2000).filter(|repeat| covered(*repeat, until)).count();
    assert_covers(looked, 2000, "until ±0.1");
}

/// The truth is taken from all repeats together: its error is a twentieth of that of one, and so
/// less than a tenth of a half-width.
#[test]
fn intervals_of_the_model_hold_the_truth() {
    let months = ["calendar.months=12".to_owned()];
    let open = |more: &str| {
        Scenario::open("cypress", &[&months[..], &[more.to_owned()]].concat()).expect("a scenario")
    };
    let base = open("schema=1");
    let variant = || Variant {
        name: "no second newcomer".into(),
        scenario: open("shock.second_leader.enabled=false"),
    };
    let outcome = ["work".to_owned()];
    let stop = AtomicBool::new(false);
    let study = |seed, pairs| {
        let comparison = Comparison::new(base.clone(), vec![variant()], &outcome, seed)?;
        let answer = comparison.answer(pairs, &stop, |_| {}).expect("an answer");
        let found = &answer.estimates[0][0];
        Ok::<_, rppsim::experiment::compare::Incomparable>((
            found.mean(),
            found.half_width(),
            answer.pairs,
        ))
    };
    let first = study(1, Pairs::Exactly(64)).expect("comparable").1;
    // Narrow enough that about half of the repeats need a second look.
    let until = Pairs::Until { half_width: first, at_most: 1 << 12 };
    let repeats = 400;
    let mut found = Vec::new();
    let mut looked = Vec::new();
    for seed in 1..=repeats {
        found.push(study(1000 + seed, Pairs::Exactly(64)).expect("comparable"));
        looked.push(study(1000 + seed, until).expect("comparable"));
    }
    let total: u64 = looked.iter().map(|(.., pairs)| pairs).sum();
    let truth =
        looked.iter().map(|(mean, _, pairs)| mean * *pairs as f64).sum::<f64>() / total as f64;
    let hits = |all: &[(f64, f64, u64)]| {
        all.iter().filter(|(mean, half, _)| (mean - truth).abs() <= *half).count()
    };
    assert!(looked.iter().any(|(.., pairs)| *pairs > 64), "some had to look again");
    assert_covers(hits(&found), repeats as usize, "64 pairs of the model");
    assert_covers(hits(&looked), repeats as usize, "pairs of the model with looks");
}
