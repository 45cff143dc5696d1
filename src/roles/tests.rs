//! Mixes stay on the simplex, repertoires within their bounds, whatever they are made from.

use super::*;
use crate::ids::RoleId;
use proptest::prelude::*;

fn mixes() -> impl Strategy<Value = Mix> {
    prop::array::uniform8(0.0f64..1.0).prop_filter_map("some mass", Mix::in_proportion)
}

fn roles(names: &[&str]) -> Vec<Role> {
    names.iter().copied().map(Role::new).collect()
}

fn plain(names: &[&str]) -> Repertoire {
    Repertoire::new(roles(names)).expect("a repertoire")
}

proptest! {
    #[test]
    fn distance_is_a_metric(a in mixes(), b in mixes(), c in mixes()) {
        let repertoire = plain(&["a", "b", "c", "d", "e", "f", "g", "h"]);
        let alike =
            repertoire.clone().with_similarity(&[(RoleId(0), RoleId(1), 0.5), (RoleId(2), RoleId(3), 0.3)]).expect("pairs");
        for r in [&repertoire, &alike] {
            prop_assert!(r.distance(&a, &a) < 1e-12);
            prop_assert!((r.distance(&a, &b) - r.distance(&b, &a)).abs() < 1e-12);
            prop_assert!(r.distance(&a, &c) <= r.distance(&a, &b) + r.distance(&b, &c) + 1e-12);
            prop_assert!((0.0..=1.0 + 1e-12).contains(&r.distance(&a, &b)));
        }
        prop_assert!(alike.distance(&a, &b) <= repertoire.distance(&a, &b) + 1e-12);
    }

    #[test]
    fn moving_toward_another_mix_stays_on_the_simplex(a in mixes(), b in mixes(), step in 0.0f64..=1.0) {
        let moved = a.toward(&b, step);
        prop_assert!((moved.shares().iter().sum::<f64>() - 1.0).abs() < 1e-12);
        prop_assert!(moved.shares().iter().all(|s| *s >= 0.0));
        prop_assert!((moved.distance(&b) - (1.0 - step) * a.distance(&b)).abs() < 1e-12);
    }

    #[test]
    fn no_step_leaves_the_simplex(a in mixes(), b in mixes(), step in prop::num::f64::ANY) {
        let moved = a.toward(&b, step);
        prop_assert!((moved.shares().iter().sum::<f64>() - 1.0).abs() < 1e-12);
        prop_assert!(moved.shares().iter().all(|s| *s >= 0.0));
    }

    #[test]
    fn weights_of_any_kind_are_in_proportion_or_refused(
        weights in prop::array::uniform8(prop::num::f64::ANY),
    ) {
        if let Some(mix) = Mix::in_proportion(weights) {
            prop_assert!((mix.shares().iter().sum::<f64>() - 1.0).abs() < 1e-12);
            prop_assert!(mix.shares().iter().all(|s| *s >= 0.0));
        }
    }

    #[test]
    fn likeness_of_any_kind_keeps_distances_in_the_unit_or_is_refused(
        x in mixes(), y in mixes(), a in 0usize..10, b in 0usize..10, n in 0usize..10,
        value in prop_oneof![prop::num::f64::ANY, 0.0f64..=1.0],
    ) {
        let names: Vec<String> = (0..n).map(|k| k.to_string()).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let made = Repertoire::new(roles(&names)).and_then(|r| r.with_similarity(&[(RoleId(a), RoleId(b), value)]));
        let sound = (1..=8).contains(&n) && a != b && a.max(b) < n && (0.0..=1.0).contains(&value);
        prop_assert_eq!(made.is_ok(), sound);
        if let Ok(alike) = made {
            prop_assert!((0.0..=1.0 + 1e-12).contains(&alike.distance(&x, &y)));
            let text = serde_json::to_string(&alike).expect("text");
            prop_assert_eq!(serde_json::from_str::<Repertoire>(&text).expect("a repertoire"), alike);
        }
    }

    #[test]
    fn ambiguity_lies_between_one_role_and_all(a in mixes()) {
        prop_assert!((1.0 - 1e-12..=MAX_ROLES as f64 + 1e-9).contains(&a.ambiguity()));
    }

    #[test]
    fn a_role_is_met_as_often_as_its_share(a in mixes()) {
        let n = 4000;
        let mut met = [0.0; MAX_ROLES];
        for i in 0..n {
            met[a.role_at((i as f64 + 0.5) / n as f64)] += 1.0 / n as f64;
        }
        for (role, share) in met.iter().enumerate() {
            prop_assert!((share - a.share(RoleId(role))).abs() < 2.0 / n as f64);
        }
    }
}

#[test]
fn shares_that_are_no_mix_are_refused() {
    assert!(Mix::from_shares(&[0.5, 0.4]).is_none());
    assert!(Mix::from_shares(&[1.5, -0.5]).is_none());
    assert!(Mix::from_shares(&[f64::NAN, 1.0]).is_none());
    assert!(Mix::from_shares(&[0.1; 10]).is_none());
    assert!(Mix::pure(RoleId(3)).without(RoleId(3)).is_none());
}

#[test]
fn a_role_beyond_every_repertoire_has_no_share_and_takes_none_away() {
    let halves = Mix::from_shares(&[0.5, 0.5]).expect("a mix");
    assert_eq!(halves.share(RoleId(9)), 0.0);
    assert_eq!(halves.without(RoleId(9)), Some(halves));
    assert_eq!(Mix::pure(RoleId(0)).toward(&Mix::pure(RoleId(1)), 7.0), Mix::pure(RoleId(1)));
    assert_eq!(Mix::pure(RoleId(0)).toward(&Mix::pure(RoleId(1)), f64::NAN), Mix::pure(RoleId(0)));
    assert!(Mix::in_proportion([2.0, -1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]).is_none());
}

#[test]
fn roles_that_are_no_repertoire_are_refused_by_what_is_wrong() {
    let twelve: Vec<String> = (0..12).map(|k| k.to_string()).collect();
    let twelve: Vec<&str> = twelve.iter().map(String::as_str).collect();
    assert_eq!(Repertoire::new(vec![]), Err(NoRepertoire::Count(0)));
    assert_eq!(Repertoire::new(roles(&twelve)), Err(NoRepertoire::Count(12)));
    assert_eq!(Repertoire::new(roles(&["a", "a"])), Err(NoRepertoire::Twice("a".into())));
    for value in [f64::NAN, -0.1, 1e9] {
        let mut unlikely = roles(&["a", "b"]);
        unlikely[1].visibility = value;
        let said = Repertoire::new(unlikely).expect_err("no visibility").to_string();
        assert!(said.starts_with("role b: visibility is "), "{said}");
    }
}

#[test]
fn a_file_cannot_hold_what_cannot_be_made() {
    let mixes = ["[5,-3,-1,0,0,0,0,0]", "[0.5,0,0,0,0,0,0,0]", "[1,0,0]"];
    assert!(mixes.iter().all(|text| serde_json::from_str::<Mix>(text).is_err()));
    let twelve: Vec<String> = (0..12).map(|k| k.to_string()).collect();
    let twelve: Vec<&str> = twelve.iter().map(String::as_str).collect();
    let twelve = serde_json::json!({ "roles": roles(&twelve), "blur": null });
    let read = serde_json::from_value::<Repertoire>(twelve).map_err(|why| why.to_string());
    assert_eq!(read, Err("12 roles; a repertoire has 1 to 8".into()));
    let alike = plain(&["a", "b"]).with_similarity(&[(RoleId(0), RoleId(1), 0.5)]).expect("a pair");
    let text = serde_json::to_string(&alike).expect("text");
    assert!(serde_json::from_str::<Repertoire>(&text).is_ok());
    for (from, to) in [
        ("0.6666666666666666", "0.7"),
        ("0.3333333333333333", "-0.3333333333333333"),
        ("\"visibility\":1.0", "\"visibility\":2.0"),
        ("\"name\":\"b\"", "\"name\":\"a\""),
    ] {
        assert!(text.contains(from), "{text}");
        assert!(serde_json::from_str::<Repertoire>(&text.replacen(from, to, 1)).is_err());
    }
}
