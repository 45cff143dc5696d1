//! Role mixes: points on the simplex of the roles an organization might play.
//!
//! Everything people hold about an organization (an expectation, a conception, a heard image)
//! and everything it is or does (identity, agreed arrangement, enacted mix) is a [`Mix`] over
//! that organization's [`Repertoire`]. Ground floor: nothing here knows about people or months.

use serde::{Deserialize, Serialize};

/// The largest repertoire an organization can have.
pub const MAX_ROLES: usize = 8;

/// A point on the simplex: the share of each role, in the order of the repertoire.
///
/// Shares are at least 0 and sum to 1; places past the end of the repertoire hold 0, so that two
/// mixes over one repertoire can be compared without knowing its length.
///
/// ```
/// use rppsim::roles::Mix;
/// let studies = Mix::pure(0);
/// let halves = Mix::from_shares(&[0.5, 0.5]).expect("sums to one");
/// assert_eq!(studies.distance(&halves), 0.5);
/// assert_eq!(halves.ambiguity(), 2.0); // as ambiguous as two equal roles
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Mix([f64; MAX_ROLES]);

/// How far the shares of a mix may be from summing to 1 when it is written by hand.
pub const SUM_TOLERANCE: f64 = 1e-6;

impl Mix {
    /// All of one role. Roles past [`MAX_ROLES`] do not exist; asking for one is a caller's bug.
    pub fn pure(role: usize) -> Self {
        let mut shares = [0.0; MAX_ROLES];
        shares[role] = 1.0;
        Mix(shares)
    }

    /// A mix from its shares, or `None` if there are more than [`MAX_ROLES`], one is negative or
    /// not finite, or they do not sum to 1 within [`SUM_TOLERANCE`].
    pub fn from_shares(shares: &[f64]) -> Option<Self> {
        if shares.len() > MAX_ROLES || shares.iter().any(|s| !s.is_finite() || *s < 0.0) {
            return None;
        }
        let mut mix = [0.0; MAX_ROLES];
        mix[..shares.len()].copy_from_slice(shares);
        let sum: f64 = mix.iter().sum();
        ((sum - 1.0).abs() <= SUM_TOLERANCE).then_some(Mix(mix))
    }

    /// The mix in proportion to non-negative weights, or `None` if they sum to nothing.
    pub fn in_proportion(weights: [f64; MAX_ROLES]) -> Option<Self> {
        let sum: f64 = weights.iter().sum();
        (sum > 0.0 && sum.is_finite()).then(|| Mix(weights.map(|w| w / sum)))
    }

    /// The share of one role.
    pub fn share(&self, role: usize) -> f64 {
        self.0[role]
    }

    /// The shares of all places, used or not.
    pub fn shares(&self) -> &[f64; MAX_ROLES] {
        &self.0
    }

    /// Total variation distance, in \[0, 1\]: the share that would have to change hands.
    pub fn distance(&self, other: &Mix) -> f64 {
        let mut sum = 0.0;
        for k in 0..MAX_ROLES {
            sum += (self.0[k] - other.0[k]).abs();
        }
        0.5 * sum
    }

    /// The point a fraction `step` of the way from here to `other`; `step` in \[0, 1\] stays on
    /// the simplex.
    pub fn toward(&self, other: &Mix, step: f64) -> Mix {
        let mut mix = self.0;
        for (share, target) in mix.iter_mut().zip(&other.0) {
            *share += step * (target - *share);
        }
        Mix(mix)
    }

    /// This mix with one role taken out and the rest scaled up, or `None` if nothing is left.
    pub fn without(&self, role: usize) -> Option<Mix> {
        let mut weights = self.0;
        weights[role] = 0.0;
        Mix::in_proportion(weights)
    }

    /// Shannon entropy in nats.
    pub fn entropy(&self) -> f64 {
        let terms = self.0.iter().filter(|s| **s > 0.0);
        -terms.map(|s| s * libm::log(*s)).sum::<f64>()
    }

    /// The effective number of roles, exp(entropy): 1 for a pure mix, n for n equal roles.
    pub fn ambiguity(&self) -> f64 {
        libm::exp(self.entropy())
    }

    /// The role in which a uniform number in (0, 1) falls when the shares are laid end to end.
    pub fn role_at(&self, uniform: f64) -> usize {
        let mut below = 0.0;
        let mut last = 0;
        for (role, share) in self.0.iter().enumerate() {
            if *share > 0.0 {
                last = role;
                below += share;
                if uniform < below {
                    return role;
                }
            }
        }
        last
    }
}

/// One role in a repertoire.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Role {
    /// The field's word for it.
    pub name: String,
    /// How readily outsiders understand talk of it, in \[0, 1\].
    pub familiarity: f64,
    /// The share of its acts that onlookers can see, in \[0, 1\].
    pub visibility: f64,
    /// The share of work in this role that its organization may publish, in \[0, 1\].
    pub publishable: f64,
    /// Whether interviews count it among the conceptions (a vendor frame is heard in talk only).
    pub counted: bool,
}

/// The roles an organization might play, and how alike they are.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Repertoire {
    roles: Vec<Role>,
    /// Column-stochastic: entry (j, k) is the part of role k that is as good as role j.
    blur: Option<Box<[[f64; MAX_ROLES]; MAX_ROLES]>>,
}

impl Repertoire {
    /// A repertoire of roles that have nothing in common, or `None` if there are none or more
    /// than [`MAX_ROLES`].
    pub fn new(roles: Vec<Role>) -> Option<Self> {
        (!roles.is_empty() && roles.len() <= MAX_ROLES).then_some(Repertoire { roles, blur: None })
    }

    /// Lets pairs of roles count as alike: `similarity` in \[0, 1\] for each pair, 0 if unnamed.
    ///
    /// Distances are then taken between *blurred* mixes, in which each role lends its share to
    /// the roles like it; blurring is an average, so distances only shrink and stay a
    /// (pseudo-)metric.
    pub fn with_similarity(mut self, pairs: &[(usize, usize, f64)]) -> Self {
        let mut blur = [[0.0; MAX_ROLES]; MAX_ROLES];
        for (k, row) in blur.iter_mut().enumerate() {
            row[k] = 1.0;
        }
        for &(a, b, similarity) in pairs {
            blur[a][b] = similarity;
            blur[b][a] = similarity;
        }
        for k in 0..MAX_ROLES {
            let column: f64 = blur.iter().map(|row| row[k]).sum();
            for row in &mut blur {
                row[k] /= column;
            }
        }
        self.blur = Some(Box::new(blur));
        self
    }

    /// The roles in order.
    pub fn roles(&self) -> &[Role] {
        &self.roles
    }

    /// The place of a role in the order, by name.
    pub fn position(&self, name: &str) -> Option<usize> {
        self.roles.iter().position(|role| role.name == name)
    }

    /// Distance of two mixes over this repertoire, in \[0, 1\]: total variation, after blurring
    /// where roles are alike.
    pub fn distance(&self, a: &Mix, b: &Mix) -> f64 {
        let Some(blur) = &self.blur else {
            return a.distance(b);
        };
        let mut sum = 0.0;
        for row in blur.iter() {
            let moved: f64 = (0..MAX_ROLES).map(|k| row[k] * (a.0[k] - b.0[k])).sum();
            sum += moved.abs();
        }
        0.5 * sum
    }

    /// The familiarity of a claim: the mean over its roles.
    pub fn familiarity(&self, claim: &Mix) -> f64 {
        let shares = claim.0.iter().zip(&self.roles);
        shares.map(|(share, role)| share * role.familiarity).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn mixes() -> impl Strategy<Value = Mix> {
        prop::array::uniform8(0.0f64..1.0).prop_filter_map("some mass", Mix::in_proportion)
    }

    fn plain(names: &[&str]) -> Repertoire {
        let role = |name: &&str| Role {
            name: (*name).into(),
            familiarity: 1.0,
            visibility: 1.0,
            publishable: 0.0,
            counted: true,
        };
        Repertoire::new(names.iter().map(role).collect()).expect("a repertoire")
    }

    proptest! {
        #[test]
        fn distance_is_a_metric(a in mixes(), b in mixes(), c in mixes()) {
            let repertoire = plain(&["a", "b", "c", "d", "e", "f", "g", "h"]);
            let alike = repertoire.clone().with_similarity(&[(0, 1, 0.5), (2, 3, 0.3)]);
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
                prop_assert!((share - a.share(role)).abs() < 2.0 / n as f64);
            }
        }
    }

    #[test]
    fn shares_that_are_no_mix_are_refused() {
        assert!(Mix::from_shares(&[0.5, 0.4]).is_none());
        assert!(Mix::from_shares(&[1.5, -0.5]).is_none());
        assert!(Mix::from_shares(&[f64::NAN, 1.0]).is_none());
        assert!(Mix::from_shares(&[0.1; 10]).is_none());
        assert!(Mix::pure(3).without(3).is_none());
    }
}
