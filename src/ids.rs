//! What a number is the number of.

/// A seat, by its place in the setup.
pub type SeatId = usize;
/// An organization, by its place in the setup.
pub type OrganizationId = usize;
/// A role, by its place in the repertoire.
pub type RoleId = usize;
/// A profile, by its place in the setup.
pub type ProfileId = usize;
/// An intervention, by its place in the setup.
pub type InterventionId = usize;
/// A grant, by its place in the setup.
pub type GrantId = usize;
/// A month of the simulation, from 1.
pub type Month = u32;
