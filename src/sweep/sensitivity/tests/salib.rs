//! Against SALib 1.6.0 on the same sample: our points and outputs were analysed by it once, and its
//! numbers are kept here. Its estimators are the same (`sobol.analyze` without second order:
//! Saltelli 2010 and Jansen on outputs standardised over all rows; `morris.analyze`: σ with n − 1),
//! so that only rounding may differ. Its intervals are normal ones from random resamples of its
//! own, and are not compared.

use super::super::screening::screen;
use super::super::variance::indices;
use super::{ishigami, outputs};
use crate::sweep::design::Kind;

fn agree(ours: f64, salib: f64) {
    assert!((ours - salib).abs() < 1e-9, "{ours} is not SALib's {salib}");
}

#[test]
fn indices_are_those_of_salib() {
    let design = Kind::Saltelli { base: 64 }.design(3, 1).unwrap();
    let first = [0.39300827968190183, 0.3927672316963743, 0.08604405305706181];
    let total = [0.5685527996233103, 0.4782377114991964, 0.269953514570371];
    let ours = indices(&outputs(&design, ishigami), 3, 1).unwrap();
    for (factor, index) in ours.iter().enumerate() {
        agree(index.first.value, first[factor]);
        agree(index.total.value, total[factor]);
    }
}

#[test]
fn elementary_effects_are_those_of_salib() {
    let design = Kind::Morris { trajectories: 10, levels: 4 }.design(3, 1).unwrap();
    let mu = [7.704054111593105, -1.575, 0.0];
    let mu_star = [7.704054111593105, 7.875, 4.999036882666495];
    let sigma = [6.586809440172513, 8.133265027035575, 8.33172813777749];
    let ours = screen(&design.points, &design.points, &outputs(&design, ishigami), 1).unwrap();
    for (factor, screened) in ours.iter().enumerate() {
        agree(screened.mu, mu[factor]);
        agree(screened.mu_star.value, mu_star[factor]);
        agree(screened.sigma, sigma[factor]);
    }
}
