//! What is true of the model.
//!
//! First each rule alone, against a case worked by hand; then what holds in every world, between
//! two worlds, and with a rule switched off; then how the whole responds.

mod hand;
mod paired;
mod worlds;

mod coming_and_going;
mod edges;
mod funding;
mod hostile;
mod interventions;
mod lasting;
mod saying;
mod settling;
mod talking;
mod working;

mod laws;
mod random;
mod scale;
mod several;
mod switches;
mod twins;

mod claims;
mod responses;
