//! Tests of the noise between rows.

use super::super::regression::standardized;
use super::*;

const GONE: f64 = f64::NAN;

fn layout(rows: &[Vec<f64>]) -> Layout {
    let mut layout = Layout::new(rows[0].len() as u64);
    for row in rows {
        let mut mean = Mean::default();
        row.iter().filter(|value| value.is_finite()).for_each(|value| mean.add(*value));
        layout.add(row, &mean);
    }
    layout
}

/// The mean square of what rows and replicates leave, by regression on both as dummies.
fn by_regression(rows: &[Vec<f64>]) -> f64 {
    let cells = || {
        let row = |(r, row): (usize, &Vec<f64>)| {
            let cell = move |(k, value): (usize, &f64)| (r, k, *value);
            row.iter().enumerate().map(cell).collect::<Vec<_>>()
        };
        rows.iter().enumerate().flat_map(row).filter(|(.., value)| value.is_finite())
    };
    let dummies = |(r, k, _): (usize, usize, f64)| {
        let is = |yes: bool| if yes { 1.0 } else { 0.0 };
        let of_rows = (1..rows.len()).map(|other| is(r == other));
        of_rows.chain((1..rows[0].len()).map(|other| is(k == other))).collect()
    };
    let points: Vec<Vec<f64>> = cells().map(dummies).collect();
    let outputs: Vec<f64> = cells().map(|(.., value)| value).collect();
    let mut all = Mean::default();
    outputs.iter().for_each(|value| all.add(*value));
    let squares = all.sd() * all.sd() * (outputs.len() - 1) as f64;
    let left = 1.0 - standardized(&points, &outputs).expect("a regression").r_squared;
    left * squares / (outputs.len() - points[0].len() - 1) as f64
}

#[test]
fn the_residual_is_that_of_rows_crossed_with_replicates_values_missing_or_not() {
    let whole = vec![
        vec![1.0, 2.0, 3.5, 2.5],
        vec![4.0, 4.5, 5.0, 7.0],
        vec![2.0, 3.0, 2.5, 1.0],
        vec![6.0, 6.5, 9.0, 9.25],
    ];
    let noise = layout(&whole).noise_between().expect("noise");
    assert!((noise - by_regression(&whole) / 4.0).abs() < 1e-12, "{noise}");
    let mut some = whole;
    (some[0][3], some[1][1], some[2][2], some[2][3]) = (GONE, GONE, GONE, GONE);
    let noise = layout(&some).noise_between().expect("noise");
    let inverse = (2.0 / 3.0 + 0.5 + 0.25) / 4.0;
    assert!((noise - by_regression(&some) * inverse).abs() < 1e-12, "{noise}");
    // A row without a value says nothing.
    some.push(vec![GONE; 4]);
    assert_eq!(layout(&some).noise_between(), Some(noise));
}

#[test]
fn what_all_rows_share_is_no_noise_between_them() {
    let luck = [0.3, -1.0, 2.0, 0.1];
    let row = |r: usize| luck.map(|luck| 5.0 * r as f64 + luck).to_vec();
    let mut rows: Vec<Vec<f64>> = (0..6).map(row).collect();
    let of = layout(&rows);
    assert!(of.noise_between().expect("noise") < 1e-12 && of.noise().expect("noise") > 0.1);
    (rows[1][0], rows[4][2]) = (GONE, GONE);
    assert!(layout(&rows).noise_between().expect("noise") < 1e-12);
}

#[test]
fn without_a_second_value_nothing_is_said_of_noise() {
    let apart = layout(&[vec![1.0, GONE], vec![GONE, 2.0]]);
    assert_eq!((apart.noise(), apart.noise_between()), (None, None));
    assert_eq!(layout(&[vec![GONE, GONE]]).noise_between(), None);
    let one = layout(&[vec![1.0, 3.0], vec![2.0, GONE]]);
    // As the other row, with half the values.
    assert!((one.noise().expect("noise") - (1.0 + 2.0) / 2.0).abs() < 1e-12);
    assert_eq!(one.noise_between(), None, "every value is spent on a row or a replicate");
    let mut many = vec![vec![0.0; MOST_EQUATIONS + 1]; 2];
    many[0][0] = GONE;
    assert_eq!(layout(&many).noise_between(), None);
}
