//! Maps: the base map, the street network, the ways of tours, and what is made of them.

mod atlas;
mod base;
mod draw;
mod export;
mod feature;
mod frame;
mod import;
mod network;
mod pages;
mod projection;
mod recorded;
mod route;
mod steps;
mod tours;
mod track;

pub use atlas::Atlas;
use base::is_wgs84;
pub use base::{Attribution, BaseMap, PATH};
pub use draw::{Drawing, LEVELS, Mark, Subject, draw};
pub(crate) use export::position;
pub use feature::{Class, Feature, Geometry, Kind};
pub use frame::{Frame, WIDTH};
pub use import::{Bbox, Imported, import, parse_bbox};
pub use network::{Network, Snapped};
pub use pages::{MapWords, Maps, PageMap, titled};
pub use projection::{Projection, distance};
pub use route::{Leg, Route};
pub use steps::{Step, Turn};

/// A file of the built site: its path and its text.
pub type File = (String, String);
