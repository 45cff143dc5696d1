//! Samplers whose bits are the same everywhere.
//!
//! `rand_distr` takes logarithms and exponentials from the system's mathematics as soon as any
//! crate in the build asks for it, and then gives other values on other machines. Whatever
//! reaches a table is therefore drawn here, on `libm`: one uniform through an inverse where that
//! is possible, a stream only where a sampler rejects. Tests hold these samplers against the laws
//! and against `rand_distr`.

use crate::roles::{MAX_ROLES, Mix};
use crate::streams::Stream;

/// The logistic function 1/(1 + exp(−x)).
pub fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + libm::exp(-x))
}

/// The number of successes in `trials` with probability `p` each, from one uniform; for up to a
/// thousand trials.
pub fn binomial(uniform: f64, trials: u32, p: f64) -> u32 {
    if p <= 0.0 {
        return 0;
    }
    if p >= 1.0 {
        return trials;
    }
    let odds = p / (1.0 - p);
    let mut chance = (0..trials).fold(1.0, |product, _| product * (1.0 - p));
    if chance < f64::MIN_POSITIVE && p > 0.5 {
        // From the other end, where the chances begin with one that a double holds.
        return trials - binomial(1.0 - uniform, trials, 1.0 - p);
    }
    let mut below = chance;
    let mut successes = 0;
    while uniform >= below && successes < trials {
        chance *= odds * f64::from(trials - successes) / f64::from(successes + 1);
        below += chance;
        successes += 1;
    }
    successes
}

/// A Poisson number with the given mean, from one uniform; at most 200.
pub fn poisson(uniform: f64, mean: f64) -> u32 {
    let mut chance = libm::exp(-mean);
    let mut below = chance;
    let mut count = 0;
    while uniform >= below && count < 200 {
        count += 1;
        chance *= mean / f64::from(count);
        below += chance;
    }
    count
}

/// The standard normal distribution function.
pub fn normal_cdf(z: f64) -> f64 {
    0.5 * libm::erfc(-z * std::f64::consts::FRAC_1_SQRT_2)
}

/// The quantile of the standard normal distribution at `p` in (0, 1).
///
/// Wichura 1988, algorithm AS 241 (PPND16), Applied Statistics 37; about 16 digits.
pub fn normal_quantile(p: f64) -> f64 {
    fn ratio(x: f64, coefficients: &[(f64, f64); 8]) -> f64 {
        let terms = coefficients.iter().rev();
        let (top, bottom) =
            terms.fold((0.0, 0.0), |(top, bottom), (a, b)| (top * x + a, bottom * x + b));
        top / bottom
    }
    let q = p - 0.5;
    if q.abs() <= 0.425 {
        return q * ratio(0.180625 - q * q, &CENTRE);
    }
    let tail = if q < 0.0 { p } else { 1.0 - p };
    let r = libm::sqrt(-libm::log(tail));
    let z = if r <= 5.0 { ratio(r - 1.6, &MIDDLE) } else { ratio(r - 5.0, &FAR) };
    if q < 0.0 { -z } else { z }
}

// Coefficients of the numerators and the denominators, in rising powers.
const CENTRE: [(f64, f64); 8] = [
    (3.387_132_872_796_366_5, 1.0),
    (133.141_667_891_784_38, 42.313_330_701_600_91),
    (1_971.590_950_306_551_3, 687.187_007_492_057_9),
    (13_731.693_765_509_46, 5_394.196_021_424_751),
    (45_921.953_931_549_87, 21_213.794_301_586_597),
    (67_265.770_927_008_7, 39_307.895_800_092_71),
    (33_430.575_583_588_13, 28_729.085_735_721_943),
    (2_509.080_928_730_122_7, 5_226.495_278_852_545),
];
const MIDDLE: [(f64, f64); 8] = [
    (1.423_437_110_749_683_5, 1.0),
    (4.630_337_846_156_546, 2.053_191_626_637_759),
    (5.769_497_221_460_691, 1.676_384_830_183_803_8),
    (3.647_848_324_763_204_5, 0.689_767_334_985_1),
    (1.270_458_252_452_368_4, 0.148_103_976_427_480_08),
    (0.241_780_725_177_450_6, 0.015_198_666_563_616_457),
    (0.022_723_844_989_269_184, 5.475_938_084_995_345e-4),
    (7.745_450_142_783_414e-4, 1.050_750_071_644_416_9e-9),
];
const FAR: [(f64, f64); 8] = [
    (6.657_904_643_501_103, 1.0),
    (5.463_784_911_164_114, 0.599_832_206_555_888),
    (1.784_826_539_917_291_3, 0.136_929_880_922_735_8),
    (0.296_560_571_828_504_87, 0.014_875_361_290_850_615),
    (0.026_532_189_526_576_124, 7.868_691_311_456_133e-4),
    (0.001_242_660_947_388_078_4, 1.846_318_317_510_054_7e-5),
    (2.711_555_568_743_487_6e-5, 1.421_511_758_316_446e-7),
    (2.010_334_399_292_288_1e-7, 2.044_263_103_389_939_8e-15),
];

/// A gamma number of the given shape and scale 1.
///
/// Marsaglia and Tsang 2000, "A simple method for generating gamma variables"; shapes below 1 by
/// their boost. Small shapes often give less than a double holds, which is then 0. Up to shapes of
/// 10⁹ the choice of what is rejected is off by less than 10⁻⁶.
pub fn gamma(stream: &mut Stream, shape: f64) -> f64 {
    if shape < 1.0 {
        let uniform = stream.uniform();
        return unboosted(stream, shape + 1.0) * libm::pow(uniform, 1.0 / shape);
    }
    unboosted(stream, shape)
}

/// Shapes of 1 or more.
fn unboosted(stream: &mut Stream, shape: f64) -> f64 {
    let d = shape - 1.0 / 3.0;
    let c = 1.0 / libm::sqrt(9.0 * d);
    loop {
        let z = normal_quantile(stream.uniform());
        let v = 1.0 + c * z;
        if v <= 0.0 {
            continue;
        }
        let v = v * v * v;
        let uniform = stream.uniform();
        // Their squeeze, kept clear of rounding: what it accepts, the logarithms accept.
        let squared = z * z;
        if uniform < 1.0 - 0.0331 * squared * squared - 1e-12 * (1.0 + d) {
            return d * v;
        }
        if libm::log(uniform) < 0.5 * z * z + d - d * v + d * libm::log(v) {
            return d * v;
        }
    }
}

/// A gamma number and its logarithm, which is there where the number is too small for a double.
fn gamma_with_log(stream: &mut Stream, shape: f64) -> (f64, f64) {
    if shape >= 1.0 {
        let drawn = unboosted(stream, shape);
        return (drawn, libm::log(drawn));
    }
    let uniform = stream.uniform();
    let drawn = unboosted(stream, shape + 1.0);
    let boosted = drawn * libm::pow(uniform, 1.0 / shape);
    (boosted, libm::log(drawn) + libm::log(uniform) / shape)
}

/// A beta number, as a ratio of gammas; of their logarithms where one is all but 0, as it often is
/// for small shapes.
pub fn beta(stream: &mut Stream, a: f64, b: f64) -> f64 {
    let ((x, log_x), (y, log_y)) = (gamma_with_log(stream, a), gamma_with_log(stream, b));
    if x.min(y) > 1e-290 { x / (x + y) } else { logistic(log_x - log_y) }
}

/// A mix scattered around `mean` (Dirichlet): roles that have no share keep none.
///
/// `concentration` is the sum of the Dirichlet's parameters; see [`concentration`]. From 0.1 on the
/// largest share has a parameter of 0.01 or more, so that not all gammas are too small for a double.
pub fn dirichlet(stream: &mut Stream, mean: &Mix, concentration: f64) -> Mix {
    let mut weights = [0.0; MAX_ROLES];
    for (weight, share) in weights.iter_mut().zip(mean.shares()) {
        if *share > 0.0 {
            *weight = gamma(stream, concentration * share);
        }
    }
    Mix::in_proportion(weights).unwrap_or(*mean)
}

/// The concentration at which a scattered mix lies about `scatter` from `mean` on average
/// (total variation; by the normal approximation), between 0.1 and 10¹².
pub fn concentration(mean: &Mix, scatter: f64) -> f64 {
    let spread: f64 = mean.shares().iter().map(|m| libm::sqrt(m * (1.0 - m))).sum();
    let root = spread / (scatter * libm::sqrt(2.0 * std::f64::consts::PI));
    (root * root - 1.0).clamp(0.1, 1e12)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::RoleId;
    use crate::streams::{Process, Streams};
    use rand_distr::Distribution;

    fn stream(item: usize) -> Stream {
        Streams::new(5, 0, 0).at(Process::Person).item(item).open()
    }

    /// Largest distance between the distribution functions of two samples.
    fn kolmogorov_smirnov(mut a: Vec<f64>, mut b: Vec<f64>) -> f64 {
        a.sort_by(f64::total_cmp);
        b.sort_by(f64::total_cmp);
        let (mut i, mut j, mut worst) = (0, 0, 0.0f64);
        while i < a.len() && j < b.len() {
            if a[i] <= b[j] {
                i += 1
            } else {
                j += 1
            }
            worst = worst.max((i as f64 / a.len() as f64 - j as f64 / b.len() as f64).abs());
        }
        worst
    }

    #[test]
    fn values_are_pinned() {
        // Any change here changes every published table.
        let mean = Mix::from_shares(&[0.5, 0.3, 0.2]).unwrap();
        let values = [
            normal_quantile(0.975),
            gamma(&mut stream(1), 2.5),
            gamma(&mut stream(2), 0.3),
            beta(&mut stream(3), 2.0, 5.0),
            dirichlet(&mut stream(4), &mean, 20.0).share(RoleId(0)),
        ];
        assert_eq!(values.map(f64::to_bits), PINNED, "{values:?}");
        assert_eq!((binomial(0.4, 4, 0.6), poisson(0.9, 3.0)), (2, 5));
    }

    const PINNED: [u64; 5] = [
        4_611_505_712_243_081_090,
        4_616_727_258_566_820_818,
        4_600_147_844_422_912_624,
        4_603_583_399_291_055_333,
        4_602_324_590_963_168_806,
    ];

    #[test]
    fn the_normal_quantile_inverts_the_distribution_function() {
        for i in 1..2000 {
            let p = f64::from(i) / 2000.0;
            assert!((normal_cdf(normal_quantile(p)) - p).abs() < 1e-14);
        }
        for tail in [1e-5, 1e-9, 1e-15, 1e-60] {
            assert!((normal_cdf(normal_quantile(tail)) / tail - 1.0).abs() < 1e-9);
        }
    }

    #[test]
    fn rejecting_samplers_follow_the_laws_of_rand_distr() {
        let n = 40_000;
        let limit = 1.95 * (2.0 / f64::from(n)).sqrt(); // one in a thousand
        for (i, shape) in [0.3, 1.0, 2.5, 40.0].into_iter().enumerate() {
            let (mut ours, mut theirs) = (stream(10 + i), stream(20 + i));
            let law = rand_distr::Gamma::new(shape, 1.0).unwrap();
            let a = (0..n).map(|_| gamma(&mut ours, shape)).collect();
            let b = (0..n).map(|_| law.sample(&mut theirs)).collect();
            assert!(kolmogorov_smirnov(a, b) < limit, "gamma({shape})");
        }
        let (mut ours, mut theirs) = (stream(30), stream(31));
        let law = rand_distr::Beta::new(2.0, 5.0).unwrap();
        let a = (0..n).map(|_| beta(&mut ours, 2.0, 5.0)).collect();
        let b = (0..n).map(|_| law.sample(&mut theirs)).collect();
        assert!(kolmogorov_smirnov(a, b) < limit, "beta");
    }

    #[test]
    fn counts_from_one_uniform_have_the_exact_law() {
        let grid = 200_000;
        let uniforms = || (0..grid).map(|i| (f64::from(i) + 0.5) / f64::from(grid));
        let mean =
            |counts: Vec<u32>| counts.iter().map(|c| f64::from(*c)).sum::<f64>() / f64::from(grid);
        assert!((mean(uniforms().map(|u| binomial(u, 4, 0.6)).collect()) - 2.4).abs() < 1e-4);
        assert!((mean(uniforms().map(|u| poisson(u, 3.0)).collect()) - 3.0).abs() < 1e-3);
        let nothing = uniforms().filter(|u| poisson(*u, 3.0) == 0).count() as f64;
        assert!((nothing / f64::from(grid) - libm::exp(-3.0)).abs() < 1e-4);
        for (trials, p) in [(100, 0.9999), (100, 1e-4), (1000, 0.5), (1000, 0.9)] {
            let expected = f64::from(trials) * p;
            let drawn = mean(uniforms().map(|u| binomial(u, trials, p)).collect());
            assert!((drawn - expected).abs() < 1e-3, "{trials} {p}: {drawn}");
        }
        assert!(uniforms().all(|u| binomial(u, 3, 1.0) == 3 && binomial(u, 3, 0.0) == 0));
    }

    #[test]
    fn scattered_mixes_lie_about_as_far_off_as_asked() {
        let mean = Mix::from_shares(&[0.4, 0.3, 0.2, 0.1]).unwrap();
        let mut stream = stream(40);
        for scatter in [0.02, 0.05, 0.1] {
            let n = 4000;
            let around = concentration(&mean, scatter);
            let total: f64 =
                (0..n).map(|_| dirichlet(&mut stream, &mean, around).distance(&mean)).sum();
            assert!((total / f64::from(n) / scatter - 1.0).abs() < 0.1);
        }
        assert_eq!(dirichlet(&mut stream, &mean, 50.0).share(RoleId(5)), 0.0);
    }
}
