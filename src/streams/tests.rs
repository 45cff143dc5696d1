use super::*;

#[test]
fn the_generator_is_the_published_one() {
    // The known answers that its authors publish with Random123.
    let ones = [u64::MAX; 2];
    let pi = [0x243f_6a88_85a3_08d3, 0x1319_8a2e_0370_7344];
    let more_pi = [0xa409_3822_299f_31d0, 0x082e_fa98_ec4e_6c89];
    assert_eq!(threefry2x64([0; 2], [0; 2]), [0xc2b6_e3a8_c2c6_9865, 0x6f81_ed42_f350_084d]);
    assert_eq!(threefry2x64(ones, ones), [0xe02c_b7c4_d95d_277a, 0xd066_33d0_893b_8b68]);
    assert_eq!(threefry2x64(more_pi, pi), [0x263c_7d30_bb0f_0af1, 0x56be_8361_d331_1526]);
}

#[test]
fn values_are_pinned() {
    let streams = Streams::new(1, 2, 3);
    let draw = streams.at(Process::Speaker).month(4).episode(5).place(6).holder(7).item(8);
    assert_eq!(draw.counter, [0x0f00_0400_0500_0000, 0x0000_0300_0600_7008]);
    assert_eq!(fnv1a("a"), 0xaf63_dc4c_8601_ec8c); // published test value of FNV-1a
    let named = streams.named(Process::Number, "shock.karl.month");
    assert_eq!(named.counter[0], 0x0100_0000_0003_0000);
    assert_ne!(named.uniform(), streams.named(Process::Number, "shock.karl.seat").uniform());
    // The third output of SplitMix64 from state 0, as its authors' program prints it.
    assert_eq!(mix(0x9e37_79b9_7f4a_7c15u64.wrapping_mul(3)), 0x06c4_5d18_8009_454f);
    assert_eq!(SeatKey::of("office.1"), SeatKey::of("office"));
    assert_ne!(SeatKey::of("office.2"), SeatKey::of("office"));
}

#[test]
fn every_field_of_an_address_matters_and_none_reaches_into_another() {
    let here = Streams::new(9, 9, 9).at(Process::Claim);
    let far = [
        here.month(0xffff),
        here.meeting(0xff),
        here.episode(0xff),
        here.contribution(0xff),
        here.attempt(0xffff),
        here.place(0xffff),
        here.holder(0xfff),
        here.item(0xfff),
    ];
    for (i, a) in far.iter().enumerate() {
        for b in &far[i + 1..] {
            let shared: u32 = (0..2)
                .map(|w| {
                    let moved = |d: &Draw| d.counter[w] ^ here.counter[w];
                    (moved(a) & moved(b)).count_ones()
                })
                .sum();
            assert_eq!(shared, 0);
        }
    }
}

/// Neighbouring seeds, runs, months and seats must look unrelated: the correlation of n pairs
/// of uniforms is within five standard errors (1/√n) of zero.
#[test]
fn neighbouring_addresses_are_independent() {
    let n = 200_000u64;
    let at = |seed, run, month: u64, seat: u64| {
        let draw = Streams::new(seed, run, 0).at(Process::Agenda);
        draw.month(month as u32).seat(SeatKey::of(&format!("seat.{seat}"))).uniform() - 0.5
    };
    let pairs: [&dyn Fn(u64) -> (f64, f64); 4] = [
        &|i| (at(i, 0, 0, 0), at(i + 1, 0, 0, 0)),
        &|i| (at(7, i, 0, 0), at(7, i + 1, 0, 0)),
        &|i| (at(7, i, 3, 0), at(7, i, 4, 0)),
        &|i| (at(7, i, 3, 8), at(7, i, 3, 9)),
    ];
    for pair in pairs {
        let sum: f64 = (0..n).map(pair).map(|(a, b)| a * b).sum();
        let correlation = 12.0 * sum / n as f64;
        assert!(correlation.abs() < 5.0 / (n as f64).sqrt(), "{correlation}");
    }
}

#[test]
fn uniforms_fill_the_unit_interval_evenly() {
    let streams = Streams::new(3, 0, 0);
    let (n, cells) = (100_000usize, 100usize);
    let mut counts = vec![0.0; cells];
    for i in 0..n {
        let u = streams.at(Process::Act).month((i >> 12) as u32).item(i & 0xfff).uniform();
        assert!(u > 0.0 && u < 1.0);
        counts[(u * cells as f64) as usize] += 1.0;
    }
    let expected = n as f64 / cells as f64;
    let chi2: f64 = counts.iter().map(|c| (c - expected) * (c - expected) / expected).sum();
    assert!((50.0..170.0).contains(&chi2), "chi-squared {chi2} on 99 degrees of freedom");
}

fn keyed(weights: &[f64]) -> impl Iterator<Item = (usize, SeatKey, f64)> {
    let key = |place: usize| SeatKey::of(["a", "b", "c", "d", "e"][place]);
    weights.iter().enumerate().map(move |(place, weight)| (place, key(place), *weight))
}

#[test]
fn a_change_at_one_seat_changes_only_choices_that_fall_on_it() {
    let before = [1.0, 2.0, 0.5, 1.0];
    let heavier = [1.0, 2.0, 3.0, 1.0];
    let one_more = [1.0, 2.0, 0.5, 1.0, 2.0];
    let streams = Streams::new(11, 0, 0);
    for (after, changed) in [(&heavier[..], 2), (&one_more[..], 4)] {
        let mut moved = 0;
        for month in 0..5000 {
            let draw = streams.at(Process::Speaker).month(month);
            let old = draw.choose(keyed(&before)).expect("somebody");
            // Written in another order, it is the same choice.
            let mut other: Vec<_> = keyed(after).collect();
            other.reverse();
            let new = draw.choose(other).expect("somebody");
            assert_eq!(draw.choose(keyed(after)), Some(new));
            if old != new {
                moved += 1;
                assert_eq!(new, changed, "whoever is newly chosen is the one who changed");
            }
        }
        assert!(moved > 1000);
    }
    assert_eq!(streams.at(Process::Speaker).choose(keyed(&[0.0, f64::NAN, -1.0])), None);
}

/// Chi-squared over single choices and over pairs of choices at neighbouring addresses.
#[test]
fn seats_are_chosen_in_proportion_to_their_weight() {
    let weights = [1.0, 3.0, 0.0, 2.0];
    let p = weights.map(|weight| weight / 6.0);
    let n = 60_000u32;
    let choice = |month: u32| {
        let draw = Streams::new(12, 0, 0).at(Process::Speaker).month(month);
        draw.choose(keyed(&weights)).expect("somebody")
    };
    let (mut counts, mut pairs) = ([0.0; 4], [[0.0; 4]; 4]);
    for month in 0..n {
        let (this, next) = (choice(month), choice(month + 1));
        counts[this] += 1.0;
        pairs[this][next] += 1.0;
    }
    assert_eq!(counts[2], 0.0);
    let chi2 = |seen: f64, p: f64| {
        let expected = p * f64::from(n);
        if expected > 0.0 { (seen - expected) * (seen - expected) / expected } else { 0.0 }
    };
    let single: f64 = (0..4).map(|a| chi2(counts[a], p[a])).sum();
    let paired: f64 = (0..4)
        .flat_map(|a| (0..4).map(move |b| (a, b)))
        .map(|(a, b)| chi2(pairs[a][b], p[a] * p[b]))
        .sum();
    // 0.999 quantiles on 2 and on 8 degrees of freedom, doubled.
    assert!(single < 27.6 && paired < 52.2, "{single} {paired}");
}

#[test]
fn alike_are_chosen_as_with_equal_weights() {
    let streams = Streams::new(13, 0, 0);
    for month in 0..2000 {
        let draw = streams.at(Process::Colleague).month(month);
        let alike = keyed(&[1.0; 5]).map(|(place, seat, _)| (place, seat));
        assert_eq!(draw.choose_alike(alike), draw.choose(keyed(&[1.0; 5])));
    }
    assert_eq!(streams.at(Process::Colleague).choose_alike::<u8>([]), None);
}

#[test]
fn vanishing_weights_still_choose_somebody() {
    let draw = Streams::new(1, 0, 0).at(Process::Speaker);
    assert_eq!(draw.choose(keyed(&[0.0, 1e-300, 0.0])), Some(1));
}
