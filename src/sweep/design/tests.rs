//! What is true of every design.

use super::*;

fn kinds() -> Vec<Kind> {
    vec![
        Kind::Factorial { levels: vec![3, 1, 2] },
        Kind::OneAtATime { baseline: vec![0.2, 0.5, 1.0], levels: 4 },
        Kind::Latin { points: 17, aim: Aim::Plain },
        Kind::Latin { points: 17, aim: Aim::Maximin { swaps: 200 } },
        Kind::Latin { points: 17, aim: Aim::Uncorrelated { swaps: 200 } },
        Kind::Sobol { points: 24 },
        Kind::Morris { trajectories: 5, levels: 4 },
        Kind::Saltelli { base: 8 },
    ]
}

#[test]
fn a_design_has_its_size_lies_in_the_cube_and_depends_on_its_seed_alone() {
    for kind in kinds() {
        let design = kind.design(3, 7).unwrap();
        assert_eq!(design.points.len(), kind.size(3).unwrap(), "{kind:?}");
        assert_eq!(design.places.len(), design.points.len());
        for point in &design.points {
            assert_eq!(point.len(), 3);
            assert!(point.iter().all(|x| (0.0..=1.0).contains(x)));
        }
        assert_eq!(kind.design(3, 7), Ok(design.clone()));
        let drawn = !matches!(kind, Kind::Factorial { .. } | Kind::OneAtATime { .. });
        assert_eq!(kind.design(3, 8).unwrap() != design, drawn, "{kind:?}");
    }
}

#[test]
fn a_longer_design_begins_with_the_shorter_one() {
    let pairs = [
        (Kind::Sobol { points: 20 }, Kind::Sobol { points: 64 }),
        (Kind::Morris { trajectories: 3, levels: 6 }, Kind::Morris { trajectories: 9, levels: 6 }),
    ];
    for (short, long) in pairs {
        let (short, long) = (short.design(4, 2).unwrap(), long.design(4, 2).unwrap());
        assert_eq!(short.points, long.points[..short.points.len()]);
    }
}

#[test]
fn a_factorial_holds_every_combination_once_in_order() {
    let design = Kind::Factorial { levels: vec![2, 3, 1] }.design(3, 0).unwrap();
    let cells: Vec<Vec<usize>> = design
        .places
        .iter()
        .map(|place| match place {
            Place::Cell { levels } => levels.clone(),
            other => panic!("{other:?}"),
        })
        .collect();
    let mut sorted = cells.clone();
    sorted.sort();
    sorted.dedup();
    assert_eq!((cells.len(), &cells), (6, &sorted));
    assert_eq!(design.points[0], [0.0, 0.0, 0.5]);
    assert_eq!(design.points[5], [1.0, 1.0, 0.5]);
}

#[test]
fn one_at_a_time_moves_one_factor_through_all_its_levels() {
    let baseline = vec![0.1, 0.7];
    let design = Kind::OneAtATime { baseline: baseline.clone(), levels: 5 }.design(2, 0).unwrap();
    assert_eq!(design.points[0], baseline);
    for moving in 0..2 {
        let of_factor =
            |place: &Place| matches!(place, Place::Moved { factor, .. } if *factor == moving);
        let moved: Vec<&Vec<f64>> = design
            .points
            .iter()
            .zip(&design.places)
            .filter(|(_, place)| of_factor(place))
            .map(|(point, _)| point)
            .collect();
        let values: Vec<f64> = moved.iter().map(|point| point[moving]).collect();
        assert_eq!(values, [0.0, 0.25, 0.5, 0.75, 1.0]);
        assert!(moved.iter().all(|point| point[1 - moving] == baseline[1 - moving]));
    }
}

#[test]
fn each_slice_of_a_latin_hypercube_holds_one_point() {
    let aims = [Aim::Plain, Aim::Maximin { swaps: 300 }, Aim::Uncorrelated { swaps: 300 }];
    for aim in aims {
        let design = Kind::Latin { points: 25, aim }.design(6, 3).unwrap();
        for factor in 0..6 {
            let mut slices: Vec<usize> =
                design.points.iter().map(|point| (point[factor] * 25.0) as usize).collect();
            slices.sort();
            assert!(slices.into_iter().eq(0..25));
        }
    }
    assert_eq!(
        Kind::Latin { points: 1, aim: Aim::Maximin { swaps: 9 } }
            .design(2, 3)
            .unwrap()
            .points
            .len(),
        1
    );
}

#[test]
fn swaps_never_make_what_they_aim_at_worse_and_do_make_it_better() {
    let nearest_pair = |points: &[Vec<f64>]| {
        let rows = points.iter().enumerate();
        let pairs = rows.flat_map(|(i, a)| points[..i].iter().map(move |b| latin::apart(a, b)));
        pairs.fold(f64::INFINITY, f64::min)
    };
    let correlation = |points: &[Vec<f64>]| {
        (0..4).map(|factor| latin::correlated(points, factor)).fold(0.0, f64::max)
    };
    for seed in 0..5 {
        let design = |aim| Kind::Latin { points: 40, aim }.design(4, seed).unwrap().points;
        let (mut near, mut correlated) = (0.0, f64::INFINITY);
        for swaps in [0, 10, 100, 4000] {
            let now = nearest_pair(&design(Aim::Maximin { swaps }));
            assert!(now >= near);
            near = now;
            let now = correlation(&design(Aim::Uncorrelated { swaps }));
            assert!(now <= correlated);
            correlated = now;
        }
        let plain = design(Aim::Plain);
        assert!(near > 2.0 * nearest_pair(&plain));
        assert!(correlated < 0.1 * correlation(&plain));
    }
}

#[test]
fn a_trajectory_moves_each_factor_once_by_the_step_of_morris() {
    for levels in [2, 4, 10] {
        let factors = 5;
        let design = Kind::Morris { trajectories: 40, levels }.design(factors, 1).unwrap();
        let step = levels as f64 / (2.0 * (levels as f64 - 1.0));
        let (mut ups, mut firsts) = (0, [0; 5]);
        for (number, points) in design.points.chunks(factors + 1).enumerate() {
            let places = &design.places[number * (factors + 1)..];
            assert_eq!(places[0], Place::Start { trajectory: number });
            let mut moved: Vec<usize> = (1..=factors)
                .map(|at| {
                    let Place::Moved { trajectory, factor } = places[at] else { panic!() };
                    assert_eq!(trajectory, number);
                    let change = points[at][factor] - points[at - 1][factor];
                    assert!((change.abs() - step).abs() < 1e-12);
                    ups += u32::from(change > 0.0);
                    let same = |f: usize| f == factor || points[at][f] == points[at - 1][f];
                    assert!((0..factors).all(same));
                    factor
                })
                .collect();
            firsts[moved[0]] += 1;
            moved.sort();
            assert!(moved.into_iter().eq(0..factors));
        }
        // 200 fair coins, and 40 first places among five: within four standard errors.
        assert!((70..=130).contains(&ups), "{ups}");
        assert!(firsts.iter().all(|n| (1..=18).contains(n)), "{firsts:?}");
    }
}

#[test]
fn saltelli_mixes_one_column_of_b_into_a() {
    let (base, factors) = (16, 3);
    let design = Kind::Saltelli { base }.design(factors, 5).unwrap();
    let wide = Kind::Sobol { points: base }.design(2 * factors, 5).unwrap();
    for (point, place) in design.points.iter().zip(&design.places) {
        let expected: Vec<f64> = match *place {
            Place::A { row } => wide.points[row][..factors].to_vec(),
            Place::B { row } => wide.points[row][factors..].to_vec(),
            Place::Mixed { row, factor } => (0..factors)
                .map(|f| wide.points[row][if f == factor { f + factors } else { f }])
                .collect(),
            ref other => panic!("{other:?}"),
        };
        assert_eq!(*point, expected);
    }
    assert_eq!(design.places[0], Place::A { row: 0 });
    assert_eq!(design.places[base], Place::B { row: 0 });
    assert_eq!(design.places[3 * base + 1], Place::Mixed { row: 1, factor: 1 });
}

#[test]
fn what_cannot_be_designed_says_why() {
    let why = |kind: Kind, factors| kind.design(factors, 0).unwrap_err();
    let latin = |points| Kind::Latin { points, aim: Aim::Plain };
    let one = |baseline: &[f64], levels| Kind::OneAtATime { baseline: baseline.to_vec(), levels };
    let morris = |trajectories, levels| Kind::Morris { trajectories, levels };
    assert_eq!(why(latin(4), 0), DesignError::NoFactors);
    assert_eq!(why(latin(0), 2), DesignError::NoPoints);
    assert_eq!(why(Kind::Factorial { levels: vec![2, 0] }, 2), DesignError::NoPoints);
    assert_eq!(why(Kind::Factorial { levels: vec![10; 100] }, 100), DesignError::TooLarge);
    assert_eq!(why(Kind::Factorial { levels: vec![2; 21] }, 21), DesignError::TooLarge);
    assert_eq!(why(Kind::Sobol { points: MOST_POINTS + 1 }, 2), DesignError::TooLarge);
    assert_eq!(why(Kind::Saltelli { base: usize::MAX }, 2), DesignError::TooLarge);
    assert_eq!(why(one(&[0.5], 3), 2), DesignError::Mismatch { given: 1, factors: 2 });
    assert_eq!(why(one(&[0.5, f64::NAN], 3), 2), DesignError::Outside { factor: 1 });
    assert_eq!(why(one(&[0.5], 1), 1), DesignError::Levels { levels: 1 });
    assert_eq!(why(morris(4, 5), 2), DesignError::Levels { levels: 5 });
    assert_eq!(why(morris(0, 4), 2), DesignError::NoPoints);
    let too_many = |factors, most| DesignError::TooManyFactors { factors, most };
    assert_eq!(why(Kind::Saltelli { base: 2 }, 65), too_many(65, 64));
    assert_eq!(why(Kind::Sobol { points: 2 }, 129), too_many(129, 128));
    assert_eq!(why(latin(2), usize::MAX), too_many(usize::MAX, MOST_FACTORS));
    assert!(!too_many(65, 64).to_string().is_empty());
}
