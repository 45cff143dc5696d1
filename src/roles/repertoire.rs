//! A repertoire: the roles an organization might play, and how alike they are.

use super::{MAX_ROLES, Mix};
use crate::ids::{RoleId, read_by};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use thiserror::Error;

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

impl Role {
    /// A role that is counted, familiar to everybody and visible to all, and whose work is not
    /// published.
    pub fn new(name: impl Into<String>) -> Role {
        Role {
            name: name.into(),
            familiarity: 1.0,
            visibility: 1.0,
            publishable: 0.0,
            counted: true,
        }
    }
}

/// The roles an organization might play, and how alike they are. Whatever it was made from, its
/// roles are 1 to [`MAX_ROLES`] of different names, their numbers lie in \[0, 1\], and likeness
/// is mutual and in \[0, 1\].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Written")]
pub struct Repertoire {
    roles: Vec<Role>,
    blur: Option<Box<Blur>>,
}

/// Column-stochastic: entry (j, k) is the part of role k that is as good as role j.
type Blur = [[f64; MAX_ROLES]; MAX_ROLES];

/// How alike two roles are is what one takes of the other against what that one keeps.
fn likeness(blur: &Blur, a: usize, b: usize) -> f64 {
    match blur[a][b] / blur[b][b] {
        rounded if (1.0..=1.0 + 1e-9).contains(&rounded) => 1.0,
        likeness => likeness,
    }
}

/// A repertoire as it stands in a file, not yet looked at.
#[derive(Deserialize)]
struct Written {
    roles: Vec<Role>,
    blur: Option<Box<Blur>>,
}

impl TryFrom<Written> for Repertoire {
    type Error = NoRepertoire;

    fn try_from(Written { roles, blur }: Written) -> Result<Self, NoRepertoire> {
        let plain = Repertoire::new(roles)?;
        let Some(blur) = blur else { return Ok(plain) };
        let all = 0..plain.roles.len();
        let pairs = all.flat_map(|b| (0..b).map(move |a| (a, b)));
        let pairs: Vec<_> =
            pairs.map(|(a, b)| (RoleId(a), RoleId(b), likeness(&blur, a, b))).collect();
        let made = plain.clone().with_similarity(&pairs)?.blur.unwrap_or_default();
        for (a, (row, made)) in blur.iter().zip(made.iter()).enumerate() {
            for (b, (value, made)) in row.iter().zip(made).enumerate() {
                if !(0.0..=1e-9).contains(&(value - made).abs()) {
                    return Err(NoRepertoire::Likeness {
                        roles: (RoleId(a), RoleId(b)),
                        value: *value,
                    });
                }
            }
        }
        // Its own bits, not those of a second division.
        Ok(Repertoire { blur: Some(blur), ..plain })
    }
}

/// Why roles are no repertoire.
#[derive(Clone, Debug, PartialEq, Error)]
#[non_exhaustive]
pub enum NoRepertoire {
    /// There are none, or too many.
    #[error("{0} roles; a repertoire has 1 to {MAX_ROLES}")]
    Count(usize),
    /// Two have this name.
    #[error("two roles are called {0}")]
    Twice(String),
    /// A number of a role does not lie in \[0, 1\].
    #[error("role {role}: {what} is {value}; allowed is 0 to 1")]
    Number {
        /// The role.
        role: String,
        /// Which number.
        what: &'static str,
        /// Its value.
        value: f64,
    },
    /// A likeness does not lie in \[0, 1\], or is not one of two different roles.
    #[error("roles {} and {} are alike by {value}; allowed is 0 to 1, for two different roles of the repertoire", .roles.0, .roles.1)]
    Likeness {
        /// The places of the roles.
        roles: (RoleId, RoleId),
        /// How alike they would be.
        value: f64,
    },
}

impl Repertoire {
    /// A repertoire of roles that have nothing in common.
    ///
    /// # Errors
    /// What is wrong with them.
    pub fn new(roles: Vec<Role>) -> Result<Self, NoRepertoire> {
        if !(1..=MAX_ROLES).contains(&roles.len()) {
            return Err(NoRepertoire::Count(roles.len()));
        }
        let mut names = BTreeSet::new();
        for role in &roles {
            if !names.insert(&role.name) {
                return Err(NoRepertoire::Twice(role.name.clone()));
            }
            let numbers = [
                ("familiarity", role.familiarity),
                ("visibility", role.visibility),
                ("publishable", role.publishable),
            ];
            if let Some((what, value)) = numbers.into_iter().find(|(_, v)| !in_unit(*v)) {
                return Err(NoRepertoire::Number { role: role.name.clone(), what, value });
            }
        }
        Ok(Repertoire { roles, blur: None })
    }

    /// Lets pairs of roles count as alike: `similarity` in \[0, 1\] for each pair, 0 if unnamed.
    ///
    /// Distances are then taken between *blurred* mixes, in which each role lends its share to
    /// the roles like it; blurring is an average, so distances only shrink and stay a
    /// (pseudo-)metric.
    ///
    /// # Errors
    /// If a pair is not of two different roles of this repertoire, or a similarity not in
    /// \[0, 1\].
    pub fn with_similarity(
        mut self,
        pairs: &[(RoleId, RoleId, f64)],
    ) -> Result<Self, NoRepertoire> {
        let mut blur = [[0.0; MAX_ROLES]; MAX_ROLES];
        for (k, row) in blur.iter_mut().enumerate() {
            row[k] = 1.0;
        }
        for &(a, b, similarity) in pairs {
            self.alike(a, b, similarity)?;
            blur[a.0][b.0] = similarity;
            blur[b.0][a.0] = similarity;
        }
        for k in 0..MAX_ROLES {
            let column: f64 = blur.iter().map(|row| row[k]).sum();
            for row in &mut blur {
                row[k] /= column;
            }
        }
        self.blur = Some(Box::new(blur));
        Ok(self)
    }

    /// How alike two roles count, in \[0, 1\].
    pub fn likeness(&self, a: RoleId, b: RoleId) -> f64 {
        self.blur.as_ref().map_or(f64::from(a == b), |blur| likeness(blur, a.0, b.0))
    }

    fn alike(&self, a: RoleId, b: RoleId, similarity: f64) -> Result<(), NoRepertoire> {
        let known = a != b && a.max(b).0 < self.roles.len();
        if known && in_unit(similarity) {
            return Ok(());
        }
        Err(NoRepertoire::Likeness { roles: (a, b), value: similarity })
    }

    /// The roles in order.
    pub fn roles(&self) -> &[Role] {
        &self.roles
    }

    /// The place of a role in the order, by name.
    pub fn position(&self, name: &str) -> Option<RoleId> {
        self.roles.iter().position(|role| role.name == name).map(RoleId)
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

    /// Whether a mix gives shares to roles of this repertoire alone.
    pub fn holds(&self, mix: &Mix) -> bool {
        mix.0[self.roles.len()..].iter().all(|share| *share == 0.0)
    }

    /// The familiarity of a claim: the mean over its roles.
    pub fn familiarity(&self, claim: &Mix) -> f64 {
        let shares = claim.0.iter().zip(&self.roles);
        shares.map(|(share, role)| share * role.familiarity).sum()
    }
}

fn in_unit(value: f64) -> bool {
    (0.0..=1.0).contains(&value)
}

read_by!(RoleId: Role);
