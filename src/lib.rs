//! rppsim
pub mod experiment;
pub mod measure;
pub mod model;
pub mod parameters;
#[cfg(feature = "plots")]
pub mod plot;
pub mod report;
pub mod roles;
pub mod samplers;
pub mod scenario;
pub mod streams;
