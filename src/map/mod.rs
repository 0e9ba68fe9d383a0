//! Maps: the base map, the street network, the ways of tours, and what is made of them.

mod atlas;
mod base;
mod draw;
mod export;
mod frame;
mod network;
mod pages;
mod places;
mod projection;
mod recorded;
mod route;
mod steps;
mod tours;
mod track;

pub use atlas::Atlas;
pub use base::{BaseMap, Class, Feature, Geometry, Kind, PATH};
pub use draw::{Drawing, LEVELS, Mark, Subject, draw};
pub use frame::{Frame, WIDTH};
pub use network::{Network, Snapped};
pub use pages::{MapWords, Maps, PageMap, titled};
pub use projection::{Projection, distance};
pub use route::{Leg, Route};
pub use steps::{Step, Turn};

/// A file of the built site: its path and its text.
pub type File = (String, String);
