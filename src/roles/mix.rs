//! A mix: a point on the simplex, and the steps that stay on it.

use super::MAX_ROLES;
use crate::ids::RoleId;
use serde::{Deserialize, Serialize};

/// A point on the simplex: the share of each role, in the order of the repertoire.
///
/// Shares are at least 0 and sum to 1; places past the end of the repertoire hold 0, so that two
/// mixes over one repertoire can be compared without knowing its length.
///
/// ```
/// use rppsim::ids::RoleId;
/// use rppsim::roles::Mix;
/// let studies = Mix::pure(RoleId(0));
/// let halves = Mix::from_shares(&[0.5, 0.5]).expect("sums to one");
/// assert_eq!(studies.distance(&halves), 0.5);
/// assert_eq!(halves.ambiguity(), 2.0); // as ambiguous as two equal roles
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(into = "[f64; MAX_ROLES]", try_from = "[f64; MAX_ROLES]")]
pub struct Mix(pub(super) [f64; MAX_ROLES]);

/// How far the shares of a mix may be from summing to 1 when it is written by hand.
pub const SUM_TOLERANCE: f64 = 1e-6;

impl Mix {
    /// All of one role.
    ///
    /// # Panics
    /// If the role is not below [`MAX_ROLES`]: no repertoire has it.
    pub fn pure(role: RoleId) -> Self {
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

    /// The mix in proportion to weights, or `None` if one is negative or not a number, or if they
    /// sum to nothing or to more than a number holds.
    pub fn in_proportion(weights: [f64; MAX_ROLES]) -> Option<Self> {
        let sum: f64 = weights.iter().sum();
        let sound = sum > 0.0 && sum.is_finite() && weights.iter().all(|w| *w >= 0.0);
        sound.then(|| Mix(weights.map(|w| w / sum)))
    }

    /// The share of one role; 0 of one that no repertoire has.
    pub fn share(&self, role: RoleId) -> f64 {
        self.0.get(role.0).copied().unwrap_or(0.0)
    }

    /// The shares of all places, used or not.
    pub fn shares(&self) -> &[f64; MAX_ROLES] {
        &self.0
    }

    /// Total variation distance, in \[0, 1\]: the share that would have to change hands.
    #[inline]
    pub fn distance(&self, other: &Mix) -> f64 {
        let mut sum = 0.0;
        for k in 0..MAX_ROLES {
            sum += (self.0[k] - other.0[k]).abs();
        }
        0.5 * sum
    }

    /// The point a fraction `step` of the way from here to `other`. A step above 1 is one to
    /// `other`; one below 0, or that is not a number, is none: what comes out is a mix.
    pub fn toward(&self, other: &Mix, step: f64) -> Mix {
        let step = if step.is_nan() { 0.0 } else { step.clamp(0.0, 1.0) };
        let mut mix = self.0;
        for (share, target) in mix.iter_mut().zip(&other.0) {
            *share += step * (target - *share);
        }
        Mix(mix)
    }

    /// This mix with one role taken out and the rest scaled up, or `None` if nothing is left.
    pub fn without(&self, role: RoleId) -> Option<Mix> {
        let mut weights = self.0;
        if let Some(weight) = weights.get_mut(role.0) {
            *weight = 0.0;
        }
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
    pub fn role_at(&self, uniform: f64) -> RoleId {
        let mut below = 0.0;
        let mut last = RoleId(0);
        for (role, share) in RoleId::each(&self.0) {
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

impl From<Mix> for [f64; MAX_ROLES] {
    fn from(mix: Mix) -> Self {
        mix.0
    }
}

impl TryFrom<[f64; MAX_ROLES]> for Mix {
    type Error = NoMix;

    fn try_from(shares: [f64; MAX_ROLES]) -> Result<Self, NoMix> {
        Mix::from_shares(&shares).ok_or(NoMix(shares))
    }
}

/// Shares that are no mix.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
#[error("{0:?} are no shares; allowed are numbers from 0 that sum to 1")]
pub struct NoMix([f64; MAX_ROLES]);
