//! Maps: the base map, the street network, the ways of tours, and what is made of them.

mod base;
mod export;
mod network;
mod places;
mod projection;
mod recorded;
mod route;
mod steps;
mod tours;
mod track;

pub use base::{BaseMap, Class, Feature, Geometry, Kind, PATH};
pub use network::{Network, Snapped};
pub use projection::{Projection, distance};
pub use route::{Leg, Route};
pub use steps::{Step, Turn};
pub use tours::{File, lay};
