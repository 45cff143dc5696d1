//! rppsim
pub mod experiment;
pub mod measure;
pub mod model;
pub mod parameters;
pub mod roles;
pub mod samplers;
pub mod scenario;
pub mod streams;
