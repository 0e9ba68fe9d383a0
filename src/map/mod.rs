//! Maps: the base map, the street network, the ways of tours, and what is made of them.

mod base;
mod export;
mod import;
mod network;
mod projection;
mod route;
mod tours;

use base::is_wgs84;
pub use base::{BaseMap, Class, Feature, Geometry, Kind, PATH};
pub use import::{Bbox, Imported, import, parse_bbox};
pub use network::{Network, Snapped};
pub use projection::{Projection, distance};
pub use route::{Leg, Route};
pub use tours::{File, lay};
